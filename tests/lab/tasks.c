/* Copyright: (c) 2026, winops.rdp contributors
   GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
   SPDX-License-Identifier: GPL-3.0-or-later

   The host's task scheduler by its own COM interface, for PowerShell and scripts cannot talk to that of Wine:

     tasks register NAME FILE   make or replace a task of SYSTEM from XML (UTF-8), as the host script does
     tasks read NAME            write its XML (UTF-8)
     tasks delete NAME

   The exit code is 0, or 1 with an HRESULT on standard error. */

#define COBJMACROS
#include <initguid.h>
#include <taskschd.h>
#include <stdio.h>
#include <stdlib.h>

static int failed(const char *what, HRESULT result)
{
    fprintf(stderr, "%s: 0x%08lX\n", what, (unsigned long)result);
    return 1;
}

static VARIANT text(const WCHAR *value)
{
    VARIANT made;
    VariantInit(&made);
    if (value) {
        V_VT(&made) = VT_BSTR;
        V_BSTR(&made) = SysAllocString(value);
    }
    return made;
}

static BSTR read_file(const WCHAR *path)
{
    static char bytes[65536];
    static WCHAR wide[65536];
    FILE *file = _wfopen(path, L"rb");
    size_t count = file ? fread(bytes, 1, sizeof bytes - 1, file) : 0;
    if (file) fclose(file);
    MultiByteToWideChar(CP_UTF8, 0, bytes, (int)count + 1, wide, 65536);
    return SysAllocString(wide);
}

static int registered(ITaskFolder *folder, BSTR name, const WCHAR *path)
{
    IRegisteredTask *task;
    HRESULT result = ITaskFolder_RegisterTask(folder, name, read_file(path), TASK_CREATE_OR_UPDATE, text(L"SYSTEM"),
        text(NULL), TASK_LOGON_SERVICE_ACCOUNT, text(L"O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)"), &task);
    return FAILED(result) ? failed("RegisterTask", result) : 0;
}

static int shown(ITaskFolder *folder, BSTR name)
{
    static char bytes[65536];
    IRegisteredTask *task;
    BSTR xml;
    HRESULT result = ITaskFolder_GetTask(folder, name, &task);
    if (FAILED(result)) return failed("GetTask", result);
    result = IRegisteredTask_get_Xml(task, &xml);
    if (FAILED(result)) return failed("get_Xml", result);
    WideCharToMultiByte(CP_UTF8, 0, xml, -1, bytes, sizeof bytes, NULL, NULL);
    fputs(bytes, stdout);
    return 0;
}

int wmain(int count, WCHAR **words)
{
    ITaskService *service;
    ITaskFolder *folder;
    HRESULT result = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    BSTR name = count > 2 ? SysAllocString(words[2]) : NULL;
    if (!name) return failed("no name", E_INVALIDARG);
    result = CoCreateInstance(&CLSID_TaskScheduler, NULL, CLSCTX_INPROC_SERVER, &IID_ITaskService, (void **)&service);
    if (FAILED(result)) return failed("CoCreateInstance", result);
    result = ITaskService_Connect(service, text(NULL), text(NULL), text(NULL), text(NULL));
    if (FAILED(result)) return failed("Connect", result);
    result = ITaskService_GetFolder(service, SysAllocString(L"\\"), &folder);
    if (FAILED(result)) return failed("GetFolder", result);
    if (!wcscmp(words[1], L"register") && count > 3) return registered(folder, name, words[3]);
    if (!wcscmp(words[1], L"read")) return shown(folder, name);
    result = ITaskFolder_DeleteTask(folder, name, 0);
    return FAILED(result) ? failed("DeleteTask", result) : 0;
}
