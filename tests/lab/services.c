/* Copyright: (c) 2026, winops.rdp contributors
 * GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lab's Windows services, one program for all: real services under the service control manager.
 *   SessionEnv   makes the listener's self-signed certificate when none is valid, as Windows' service of that name does, at its start
 *                and when TermService asks for one.
 *   TermService  listens on RDP-Tcp\PortNumber: X.224 negotiation, TLS with the bound certificate, an NTLM challenge. A client that
 *                comes while there is no certificate makes it ask SessionEnv for one.
 *   any other    runs until it is stopped.
 * HKLM\SOFTWARE\Lab\NAME: Delay (milliseconds before it runs), Fail (Win32 code with which it stops instead), DelayStop;
 * of SessionEnv also NoRenew (it makes no certificate).
 * usage: services.exe NAME            run by the service control manager
 *        services.exe --new DAYS      make a certificate that ends in DAYS (may be negative) and bind it as self-signed
 * Wine opens a certificate's key only in the user's key set, so the key lives there, and a stand-in lies where Windows keeps the key file.
 */
#define SECURITY_WIN32
#include <winsock2.h>
#include <windows.h>
#include <wincrypt.h>
#include <security.h>
#include <schannel.h>
#include <stdio.h>

#define TS L"SYSTEM\\CurrentControlSet\\Control\\Terminal Server"
#define WS TS L"\\WinStations"
#define RDP WS L"\\RDP-Tcp"
static WCHAR container[] = L"TSSecKeySet1", provider[] = L"Microsoft Enhanced Cryptographic Provider v1.0";
static SERVICE_STATUS status = {SERVICE_WIN32_OWN_PROCESS, SERVICE_START_PENDING, SERVICE_ACCEPT_STOP, 0, 0, 0, 0};
static SERVICE_STATUS_HANDLE handle;
static WCHAR *name;
static HANDLE ended;

static HCERTSTORE open_store(const WCHAR *store)
{
    return CertOpenStore(CERT_STORE_PROV_SYSTEM_REGISTRY_W, 0, 0, CERT_SYSTEM_STORE_LOCAL_MACHINE, store);
}

/* A look for the pin makes no store: a host that only answers clients stays as it is. */
static HCERTSTORE personal_store(void)
{
    DWORD flags = CERT_SYSTEM_STORE_LOCAL_MACHINE | CERT_STORE_OPEN_EXISTING_FLAG;
    return CertOpenStore(CERT_STORE_PROV_SYSTEM_REGISTRY_W, 0, 0, flags, L"My");
}

static PCCERT_CONTEXT find(HCERTSTORE store, BYTE *hash)
{
    CRYPT_HASH_BLOB blob = {20, hash};
    return CertFindCertificateInStore(store, X509_ASN_ENCODING, 0, CERT_FIND_SHA1_HASH, &blob, NULL);
}

static BOOL bound(const WCHAR *key, const WCHAR *value, BYTE *hash)
{
    DWORD size = 20, type = 0;
    return !RegGetValueW(HKEY_LOCAL_MACHINE, key, value, RRF_RT_ANY, &type, hash, &size) && size == 20 && type == REG_BINARY;
}

static DWORD number(const WCHAR *key, const WCHAR *value, DWORD absent)
{
    DWORD data, size = sizeof data;
    return RegGetValueW(HKEY_LOCAL_MACHINE, key, value, RRF_RT_REG_DWORD, NULL, &data, &size) ? absent : data;
}

static void remove_certificate(BYTE *hash)
{
    WCHAR path[200] = L"SOFTWARE\\Microsoft\\SystemCertificates\\Remote Desktop\\Certificates\\";
    for (int i = 0, n = wcslen(path); i < 20; i++) wsprintfW(path + n + 2 * i, L"%02X", hash[i]);
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, path);
}

/* An empty file where Windows keeps the key of this container: readable by everybody, so by NETWORK SERVICE. */
static void leave_key_file(void)
{
    WCHAR path[300] = L"C:\\ProgramData", guid[64] = L"";
    DWORD size = sizeof guid;
    const WCHAR *parts[] = {L"\\Microsoft", L"\\Crypto", L"\\RSA", L"\\MachineKeys"};
    for (int i = 0; i < 4; i++) { wcscat(path, parts[i]); CreateDirectoryW(path, NULL); }
    RegGetValueW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Cryptography", L"MachineGuid", RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY, NULL, guid, &size);
    wcscat(path, L"\\f686aace6942fb7f7ceb231212eef4a4_");
    wcscat(path, guid);
    HANDLE f = CreateFileW(path, GENERIC_WRITE, 0, NULL, OPEN_ALWAYS, 0, NULL);
    if (f != INVALID_HANDLE_VALUE) CloseHandle(f);
}

static DWORD new_certificate(int days)
{
    HCRYPTPROV prov;
    HCRYPTKEY key;
    BYTE hash[20], old[20], eku[64], subject[600];
    DWORD size;
    WCHAR computer[64] = L"CN=";
    if (CryptAcquireContextW(&prov, container, provider, PROV_RSA_FULL, CRYPT_DELETEKEYSET)) prov = 0;
    if (!CryptAcquireContextW(&prov, container, provider, PROV_RSA_FULL, CRYPT_NEWKEYSET)) return GetLastError();
    if (!CryptGenKey(prov, AT_KEYEXCHANGE, 2048 << 16 | CRYPT_EXPORTABLE, &key)) return GetLastError();
    CryptDestroyKey(key);
    CryptReleaseContext(prov, 0); /* Wine keeps the key only now */
    /* the recorded provider is Windows' own, which cannot sign with SHA-256 */
    if (!CryptAcquireContextW(&prov, container, MS_ENH_RSA_AES_PROV_W, PROV_RSA_AES, 0)) return GetLastError();

    size = 60;
    GetComputerNameW(computer + 3, &size);
    CERT_NAME_BLOB issuer = {sizeof subject, subject};
    CertStrToNameW(X509_ASN_ENCODING, computer, CERT_X500_NAME_STR, NULL, subject, &issuer.cbData, NULL);
    LPSTR use = szOID_PKIX_KP_SERVER_AUTH;
    CERT_ENHKEY_USAGE uses = {1, &use};
    size = sizeof eku;
    CryptEncodeObject(X509_ASN_ENCODING, X509_ENHANCED_KEY_USAGE, &uses, eku, &size);
    CERT_EXTENSION extension = {szOID_ENHANCED_KEY_USAGE, FALSE, {size, eku}};
    CERT_EXTENSIONS extensions = {1, &extension};
    CRYPT_KEY_PROV_INFO info = {container, provider, PROV_RSA_FULL, 0, 0, NULL, AT_KEYEXCHANGE};
    CRYPT_ALGORITHM_IDENTIFIER algorithm = {szOID_RSA_SHA256RSA};
    FILETIME now;
    ULONGLONG at;
    SYSTEMTIME from, to;
    GetSystemTimeAsFileTime(&now);
    at = ((ULONGLONG)now.dwHighDateTime << 32 | now.dwLowDateTime);
    ULONGLONG day = 864000000000ULL, end = at + (LONGLONG)days * (LONGLONG)day, begin = end - 183 * day;
    if (begin > at - day / 24) begin = at - day / 24;
    now.dwLowDateTime = (DWORD)begin, now.dwHighDateTime = begin >> 32;
    FileTimeToSystemTime(&now, &from);
    now.dwLowDateTime = (DWORD)end, now.dwHighDateTime = end >> 32;
    FileTimeToSystemTime(&now, &to);
    PCCERT_CONTEXT cert;
    do { /* Wine's random serial number may be negative; Windows' is not */
        cert = CertCreateSelfSignCertificate(prov, &issuer, 0, &info, &algorithm, &from, &to, &extensions);
        if (!cert) return GetLastError();
    } while (cert->pCertInfo->SerialNumber.pbData[cert->pCertInfo->SerialNumber.cbData - 1] & 0x80);
    CertSetCertificateContextProperty(cert, CERT_KEY_PROV_INFO_PROP_ID, 0, &info);
    size = 20;
    CertGetCertificateContextProperty(cert, CERT_SHA1_HASH_PROP_ID, hash, &size);
    HCERTSTORE store = open_store(L"Remote Desktop");
    if (!store || !CertAddCertificateContextToStore(store, cert, CERT_STORE_ADD_REPLACE_EXISTING, NULL)) return GetLastError();
    CertControlStore(store, 0, CERT_STORE_CTRL_COMMIT, NULL);
    CertCloseStore(store, 0);
    BOOL had = bound(WS, L"SelfSignedCertificate", old);
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, WS, L"SelfSignedCertificate", REG_BINARY, hash, 20);
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, WS, L"SelfSignedCertStore", REG_SZ, L"Remote Desktop", 30);
    if (had) remove_certificate(old);
    leave_key_file();
    CryptReleaseContext(prov, 0);
    return 0;
}

static DWORD renew_if_needed(void)
{
    BYTE hash[20];
    if (number(L"SOFTWARE\\Lab\\SessionEnv", L"NoRenew", 0)) return 0;
    HCERTSTORE store = open_store(L"Remote Desktop");
    PCCERT_CONTEXT cert = bound(WS, L"SelfSignedCertificate", hash) ? find(store, hash) : NULL;
    BOOL good = cert && !CertVerifyTimeValidity(NULL, cert->pCertInfo);
    CertCloseStore(store, 0);
    return good ? 0 : new_certificate(183);
}

/* The control with which TermService asks SessionEnv for a certificate. */
#define MAKE_ONE 128
static void ask_for_certificate(void)
{
    SERVICE_STATUS now;
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    SC_HANDLE service = OpenServiceW(manager, L"SessionEnv", SERVICE_USER_DEFINED_CONTROL);
    if (service) { ControlService(service, MAKE_ONE, &now); CloseServiceHandle(service); }
    CloseServiceHandle(manager);
}

/* The certificate in force, with its key: the pin in My, else the self-signed one. */
static PCCERT_CONTEXT certificate_in_force(void)
{
    BYTE hash[20];
    PCCERT_CONTEXT cert = NULL;
    HCERTSTORE store;
    if (bound(RDP, L"SSLCertificateSHA1Hash", hash)) /* a dead pin serves nothing */
        return (store = personal_store()) ? find(store, hash) : NULL;
    if (bound(WS, L"SelfSignedCertificate", hash)) cert = find(open_store(L"Remote Desktop"), hash);
    return cert;
}

static BOOL read_all(SOCKET s, BYTE *to, int n)
{
    while (n > 0) { int got = recv(s, (char *)to, n, 0); if (got <= 0) return FALSE; to += got, n -= got; }
    return TRUE;
}

static int put(BYTE *to, const void *data, int n) { memcpy(to, data, n); return n; }
static int pair(BYTE *to, WORD number, const void *data, WORD n) { put(to, &number, 2); put(to + 2, &n, 2); return 4 + put(to + 4, data, n); }
static int wrap(BYTE *to, BYTE tag, const BYTE *data, int n)
{
    BYTE head[4] = {tag, 0x82, n >> 8, n};
    memmove(to + 4, data, n);
    memcpy(to, head, 4);
    return n + 4;
}

/* CredSSP's first answer: a TSRequest with an NTLM challenge. Nobody gets further, for nobody sends credentials. */
static int challenge(BYTE *to)
{
    BYTE token[600] = "NTLMSSP\0\2", pairs[400], version[] = {0x30, 3, 2, 1, 6};
    WCHAR computer[64];
    DWORD size = 64, flags = 0xE2898215, at;
    WORD n, all = 0;
    FILETIME now;
    GetComputerNameW(computer, &size);
    GetSystemTimeAsFileTime(&now);
    n = size * 2;
    for (WORD number = 1; number <= 4; number++) all += pair(pairs + all, number, computer, n);
    all += pair(pairs + all, 7, &now, 8);
    all += pair(pairs + all, 0, &now, 0);
    put(token + 12, &n, 2), put(token + 14, &n, 2), put(token + 16, (at = 56, &at), 4), put(token + 20, &flags, 4), put(token + 24, &now, 8);
    put(token + 40, &all, 2), put(token + 42, &all, 2), put(token + 44, (at = 56 + n, &at), 4), token[48] = 10, put(token + 50, "\x63\x4a", 2), token[55] = 15;
    put(token + 56, computer, n), put(token + 56 + n, pairs, all);
    int length = wrap(to, 4, token, 56 + n + all);
    length = wrap(to, 0xa0, to, length), length = wrap(to, 0x30, to, length), length = wrap(to, 0x30, to, length), length = wrap(to, 0xa1, to, length);
    memmove(to + 5, to, length);
    version[0] = 0xa0;
    memcpy(to, version, 5);
    return wrap(to, 0x30, to, length + 5);
}

static DWORD WINAPI serve(void *argument)
{
    SOCKET s = (SOCKET)argument;
    BYTE hash[20], in[65536], reply[19] = {3, 0, 0, 19, 14, 0xd0, 0, 0, 0x12, 0x34, 0, 2, 0, 8, 0};
    DWORD asked = 0, chosen = 0, failure = 0, layer = number(RDP, L"SecurityLayer", 2), have = 0;
    if (!read_all(s, in, 4) || in[0] != 3) goto done;
    int length = in[2] << 8 | in[3];
    if (length < 11 || length > 600 || !read_all(s, in + 4, length - 4)) goto done;
    if (length >= 19 && in[length - 8] == 1) asked = in[length - 4] | in[length - 3] << 8;
    PCCERT_CONTEXT cert = certificate_in_force();
    if (!cert && !bound(RDP, L"SSLCertificateSHA1Hash", hash)) { ask_for_certificate(); cert = certificate_in_force(); }
    if (layer > 2) goto done;
    if (layer == 0) failure = asked & 3 ? 2 : 0;
    else if (!cert) failure = 3;
    else if (number(RDP, L"UserAuthentication", 1) == 1) { if (asked & 2) chosen = 2; else failure = 5; }
    else if (asked & 1) chosen = 1;
    else if (layer == 2) failure = 1;
    if (failure) reply[11] = 3;
    reply[15] = failure ? failure : chosen;
    send(s, (char *)reply, 19, 0);
    if (!chosen) goto done;

    SCHANNEL_CRED want = {SCHANNEL_CRED_VERSION, 1, &cert};
    CredHandle cred;
    CtxtHandle context;
    BOOL first = TRUE;
    ULONG attributes;
    want.dwFlags = SCH_CRED_NO_SYSTEM_MAPPER;
    if (AcquireCredentialsHandleW(NULL, UNISP_NAME_W, SECPKG_CRED_INBOUND, NULL, &want, NULL, NULL, &cred, NULL)) goto done;
    for (;;) {
        SecBuffer i[2] = {{have, SECBUFFER_TOKEN, in}, {0, SECBUFFER_EMPTY, NULL}}, o = {0, SECBUFFER_TOKEN, NULL};
        SecBufferDesc id = {SECBUFFER_VERSION, 2, i}, od = {SECBUFFER_VERSION, 1, &o};
        SECURITY_STATUS r = have ? AcceptSecurityContext(&cred, first ? NULL : &context, &id, ASC_REQ_ALLOCATE_MEMORY | ASC_REQ_STREAM, 0, &context, &od, &attributes, NULL) : SEC_E_INCOMPLETE_MESSAGE;
        if (r != SEC_E_INCOMPLETE_MESSAGE) {
            first = FALSE;
            if (o.cbBuffer) { send(s, o.pvBuffer, o.cbBuffer, 0); FreeContextBuffer(o.pvBuffer); }
            DWORD extra = i[1].BufferType == SECBUFFER_EXTRA ? i[1].cbBuffer : 0;
            memmove(in, in + have - extra, extra);
            have = extra;
            if (r == SEC_E_OK) break;
            if (r != SEC_I_CONTINUE_NEEDED) goto done;
            if (have) continue;
        }
        int got = recv(s, (char *)in + have, sizeof in - have, 0);
        if (got <= 0) goto done;
        have += got;
    }
    SecPkgContext_StreamSizes sizes;
    QueryContextAttributesW(&context, SECPKG_ATTR_STREAM_SIZES, &sizes);
    for (;;) { /* answer the first message, whatever it says; then wait for the client to go */
        SecBuffer b[4] = {{have, SECBUFFER_DATA, in}, {0, SECBUFFER_EMPTY, NULL}, {0, SECBUFFER_EMPTY, NULL}, {0, SECBUFFER_EMPTY, NULL}};
        SecBufferDesc d = {SECBUFFER_VERSION, 4, b};
        if (have && DecryptMessage(&context, &d, 0, NULL) == SEC_E_OK) break;
        int got = recv(s, (char *)in + have, sizeof in - have, 0);
        if (got <= 0) goto done;
        have += got;
    }
    if (chosen == 2) {
        BYTE out[2048];
        int length = challenge(out + sizes.cbHeader);
        SecBuffer b[4] = {{sizes.cbHeader, SECBUFFER_STREAM_HEADER, out}, {length, SECBUFFER_DATA, out + sizes.cbHeader},
                          {sizes.cbTrailer, SECBUFFER_STREAM_TRAILER, out + sizes.cbHeader + length}, {0, SECBUFFER_EMPTY, NULL}};
        SecBufferDesc d = {SECBUFFER_VERSION, 4, b};
        if (EncryptMessage(&context, 0, &d, 0) == SEC_E_OK) send(s, (char *)out, b[0].cbBuffer + b[1].cbBuffer + b[2].cbBuffer, 0);
    }
    while (recv(s, (char *)in, sizeof in, 0) > 0) {}
done:
    closesocket(s);
    return 0;
}

static DWORD WINAPI listen_for_ever(void *argument)
{
    SOCKET server = (SOCKET)argument, s;
    while ((s = accept(server, NULL, NULL)) != INVALID_SOCKET) CloseHandle(CreateThread(NULL, 0, serve, (void *)s, 0, NULL));
    return 0;
}

static DWORD start_listening(void)
{
    WSADATA data;
    struct sockaddr_in at = {AF_INET};
    if (number(TS, L"fDenyTSConnections", 1)) return 0;
    WSAStartup(0x202, &data);
    at.sin_port = htons((USHORT)number(RDP, L"PortNumber", 3389));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    SOCKET server = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(server, (void *)&at, sizeof at) || listen(server, 20)) return WSAGetLastError();
    CreateThread(NULL, 0, listen_for_ever, (void *)server, 0, NULL);
    return 0;
}

static void report(DWORD state, DWORD code) { status.dwCurrentState = state, status.dwWin32ExitCode = code; SetServiceStatus(handle, &status); }
static DWORD WINAPI control(DWORD code, DWORD type, void *data, void *context)
{
    if (code == SERVICE_CONTROL_STOP) { report(SERVICE_STOP_PENDING, 0); SetEvent(ended); }
    if (code == MAKE_ONE && !wcscmp(name, L"SessionEnv")) { renew_if_needed(); return NO_ERROR; }
    return code == SERVICE_CONTROL_STOP || code == SERVICE_CONTROL_INTERROGATE ? NO_ERROR : ERROR_CALL_NOT_IMPLEMENTED;
}
static void WINAPI run(DWORD count, WCHAR **arguments)
{
    DWORD code;
    WCHAR fault[100];
    ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    handle = RegisterServiceCtrlHandlerExW(name, control, NULL);
    report(SERVICE_START_PENDING, 0);
    wsprintfW(fault, L"SOFTWARE\\Lab\\%s", name);
    Sleep(number(fault, L"Delay", 0));
    code = number(fault, L"Fail", 0);
    if (code) { report(SERVICE_STOPPED, code); return; }
    if (!wcscmp(name, L"SessionEnv")) code = renew_if_needed();
    if (!wcscmp(name, L"TermService")) code = start_listening();
    if (code) { report(SERVICE_STOPPED, code); return; }
    report(SERVICE_RUNNING, 0);
    WaitForSingleObject(ended, INFINITE);
    Sleep(number(fault, L"DelayStop", 0));
    report(SERVICE_STOPPED, 0);
}

/* Starts services and waits until all run: the answer to none is the number of the first that does not. */
static int up(int count, WCHAR **names)
{
    SERVICE_STATUS now;
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    for (int i = 0; i < count; i++) {
        SC_HANDLE service = OpenServiceW(manager, names[i], SERVICE_START | SERVICE_QUERY_STATUS);
        if (!service) return 10 + i;
        if (!StartServiceW(service, 0, NULL) && GetLastError() != ERROR_SERVICE_ALREADY_RUNNING) return 20 + i;
        for (int tries = 0; !QueryServiceStatus(service, &now) || now.dwCurrentState != SERVICE_RUNNING; tries++) {
            if (tries > 3000) return 30 + i;
            Sleep(10);
        }
        CloseServiceHandle(service);
    }
    return 0;
}

int wmain(int count, WCHAR **arguments)
{
    if (count > 2 && !wcscmp(arguments[1], L"--up")) return up(count - 2, arguments + 2);
    if (count == 3 && !wcscmp(arguments[1], L"--new")) return new_certificate(_wtoi(arguments[2]));
    name = count > 1 ? arguments[1] : L"none";
    SERVICE_TABLE_ENTRYW table[] = {{name, run}, {NULL, NULL}};
    return StartServiceCtrlDispatcherW(table) ? 0 : GetLastError();
}
