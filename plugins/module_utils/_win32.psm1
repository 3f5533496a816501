# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

# What only Win32 knows, by a few lines of C#. Compiling them takes about a second, and some hosts forbid it: each
# caller says what it does then. Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$Win32Source = @'
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;
namespace WinopsRdp {
  public class Session { public int Id; public int State; public string Station; public string User; }

  public static class Win32 {
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    struct WtsSession { public int Id; public IntPtr Station; public int State; }
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    struct Privilege { public int Count; public long Luid; public int Attributes; }

    [DllImport("wtsapi32.dll", SetLastError = true)]
    static extern bool WTSEnumerateSessionsW(IntPtr server, int reserved, int version, out IntPtr list,
      out int count);
    [DllImport("wtsapi32.dll", SetLastError = true)]
    static extern bool WTSQuerySessionInformationW(IntPtr server, int id, int what, out IntPtr text, out int bytes);
    [DllImport("wtsapi32.dll")]
    static extern void WTSFreeMemory(IntPtr memory);
    [DllImport("advapi32.dll", SetLastError = true)]
    static extern bool QueryServiceStatus(SafeHandle service, [Out] int[] status);
    [DllImport("kernel32.dll")]
    static extern IntPtr GetCurrentProcess();
    [DllImport("kernel32.dll")]
    static extern bool CloseHandle(IntPtr handle);
    [DllImport("advapi32.dll", SetLastError = true)]
    static extern bool OpenProcessToken(IntPtr process, int access, out IntPtr token);
    [DllImport("advapi32.dll", SetLastError = true, CharSet = CharSet.Unicode)]
    static extern bool LookupPrivilegeValueW(string system, string name, out long luid);
    [DllImport("advapi32.dll", SetLastError = true)]
    static extern bool AdjustTokenPrivileges(IntPtr token, bool none, ref Privilege wanted, int size, IntPtr before,
      IntPtr needed);

    [DllImport("netapi32.dll", CharSet = CharSet.Unicode)]
    static extern int NetLocalGroupGetMembers(string server, string group, int level, out IntPtr list, int size,
      out int count, out int total, IntPtr resume);
    [DllImport("netapi32.dll", CharSet = CharSet.Unicode)]
    static extern int NetLocalGroupAddMembers(string server, string group, int level, ref IntPtr sid, int count);
    [DllImport("netapi32.dll", CharSet = CharSet.Unicode)]
    static extern int NetLocalGroupDelMembers(string server, string group, int level, ref IntPtr sid, int count);
    [DllImport("netapi32.dll")]
    static extern int NetApiBufferFree(IntPtr memory);

    // Level 0 of these is SIDs alone: nothing is looked up, in no domain.
    public static bool IsMember(string group, byte[] sid) {
      IntPtr list;
      int count, total;
      int error = NetLocalGroupGetMembers(null, group, 0, out list, -1, out count, out total, IntPtr.Zero);
      if (error != 0) throw new Win32Exception(error);
      try {
        for (int n = 0; n < count; n++) {
          IntPtr at = Marshal.ReadIntPtr(list, n * IntPtr.Size);
          int length = 8 + 4 * Marshal.ReadByte(at, 1);
          bool same = length == sid.Length;
          for (int m = 0; same && m < length; m++) same = Marshal.ReadByte(at, m) == sid[m];
          if (same) return true;
        }
        return false;
      }
      finally { NetApiBufferFree(list); }
    }

    public static void ChangeMember(string group, byte[] sid, bool add) {
      GCHandle held = GCHandle.Alloc(sid, GCHandleType.Pinned);
      try {
        IntPtr at = held.AddrOfPinnedObject();
        int error = add ? NetLocalGroupAddMembers(null, group, 0, ref at, 1)
          : NetLocalGroupDelMembers(null, group, 0, ref at, 1);
        if (error != 0) throw new Win32Exception(error);
      }
      finally { held.Free(); }
    }

    public static List<Session> Sessions() {
      IntPtr list;
      int count;
      if (!WTSEnumerateSessionsW(IntPtr.Zero, 0, 1, out list, out count)) throw new Win32Exception();
      var found = new List<Session>();
      try {
        for (int n = 0; n < count; n++) {
          var at = new IntPtr(list.ToInt64() + (long)n * Marshal.SizeOf(typeof(WtsSession)));
          var one = (WtsSession)Marshal.PtrToStructure(at, typeof(WtsSession));
          found.Add(new Session {
            Id = one.Id, State = one.State, Station = Marshal.PtrToStringUni(one.Station), User = UserOf(one.Id)
          });
        }
      }
      finally { WTSFreeMemory(list); }
      return found;
    }

    // WTSUserName; empty where nobody is logged on.
    static string UserOf(int id) {
      IntPtr text;
      int bytes;
      if (!WTSQuerySessionInformationW(IntPtr.Zero, id, 5, out text, out bytes)) throw new Win32Exception();
      try { return Marshal.PtrToStringUni(text); }
      finally { WTSFreeMemory(text); }
    }

    // SERVICE_STATUS: the exit code, or the service's own where that says so (ERROR_SERVICE_SPECIFIC_ERROR).
    public static int ExitCode(SafeHandle service) {
      var status = new int[7];
      if (!QueryServiceStatus(service, status)) throw new Win32Exception();
      return status[3] == 1066 ? status[4] : status[3];
    }

    // Turns on a privilege that the token has; answers whether it is on.
    public static bool Enable(string name) {
      IntPtr token;
      if (!OpenProcessToken(GetCurrentProcess(), 0x28, out token)) throw new Win32Exception();
      try {
        var wanted = new Privilege { Count = 1, Attributes = 2 };
        if (!LookupPrivilegeValueW(null, name, out wanted.Luid)) throw new Win32Exception();
        if (!AdjustTokenPrivileges(token, false, ref wanted, 0, IntPtr.Zero, IntPtr.Zero)) throw new Win32Exception();
        return Marshal.GetLastWin32Error() == 0;
      }
      finally { CloseHandle(token); }
    }
  }
}
'@
$Compiled = @{ tried = $false; type = $null; why = $null }

# The compiled type, or null where this host does not compile; $Compiled says why.
function Get-Win32 {
  if (-not $Compiled['tried']) {
    $Compiled['tried'] = $true
    try {
      Add-Type -TypeDefinition $Win32Source
      $Compiled['type'] = 'WinopsRdp.Win32' -as [type]
    }
    catch { $Compiled['why'] = (Get-ErrorValue $_).message }
  }
  $Compiled['type']
}

function Get-Win32OrStop {
  $win32 = Get-Win32
  if (-not $win32) { throw [NotSupportedException] "This host does not compile: $($Compiled['why'])" }
  $win32
}

# The group Remote Desktop Users by what it is called here.
function Get-UsersGroup {
  $sid = [Security.Principal.SecurityIdentifier]::new('S-1-5-32-555')
  $sid.Translate([Security.Principal.NTAccount]).Value.Split('\')[-1]
}

function ConvertTo-SidBytes([string] $text) {
  $sid = [Security.Principal.SecurityIdentifier]::new($text)
  $bytes = [byte[]]::new($sid.BinaryLength)
  $sid.GetBinaryForm($bytes, 0)
  , $bytes
}

function Get-MemberState([string] $sid) {
  @{ member = (Get-Win32OrStop)::IsMember((Get-UsersGroup), (ConvertTo-SidBytes $sid)) }
}

function Set-Member([string] $sid, [bool] $add) {
  (Get-Win32OrStop)::ChangeMember((Get-UsersGroup), (ConvertTo-SidBytes $sid), $add)
}

# Accounts and groups of people: of a domain, of this machine, of Microsoft Entra ID. None of everybody, of guests, of
# Windows itself or of computers.
$MemberSid = '^S-1-(5-21|12-1)(-(0|[1-9][0-9]{0,9})){3}-(?!(498|50[1-4]|51[3-6]|521)$)[1-9][0-9]{0,9}\z'

# Why a step is refused, as the closed list says it.
function Test-MemberStep($step, $scope) {
  if ($step.member -isnot [string] -or $step.member -cnotmatch $MemberSid) { return 'member is no account of people' }
  if ($step.op -eq 'group.remove' -and -not $scope.undoing) { 'takes a member out: only an undo may' }
}

# The sessions that a restart of TermService would disconnect: people who came over the network and are connected now.
function Get-ConnectedPeople {
  $win32 = Get-Win32OrStop
  foreach ($session in $win32::Sessions()) {
    if ($session.User -and $session.State -ne 4 -and $session.Station -ne 'Console') { $session }
  }
}

# The exit code of a service that stopped by itself; 0 where it cannot be had.
function Get-ExitCode($controller) {
  try {
    $win32 = Get-Win32
    if ($win32) { $win32::ExitCode($controller.ServiceHandle) } else { 0 }
  }
  catch { 0 }
}

Export-ModuleMember -Function * -Variable Compiled
