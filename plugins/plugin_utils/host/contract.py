# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract: what Python and PowerShell have agreed on, each list once.

Sections of a snapshot, the listener's registry values, services, steps with their fields, the registry values that a
step may write, and the caps. Everything else in Python reads these lists, and ``make contract`` writes the schemas in
``docs``, the tables of ``docs/host-contract.md`` and the choices in the modules' documentation from them.

PowerShell keeps its own closed lists on purpose: a host must refuse what is not on its list, whatever a controller
sends. A test compares them with this file; nothing is copied by hand.

What rules ask for beyond the fixed sections (registry values, events, services of products) is in ``collect``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

HIVE = "HKLM"
# Keys, all without their hive.
TERMINAL_SERVER = r"SYSTEM\CurrentControlSet\Control\Terminal Server"
WINSTATIONS = TERMINAL_SERVER + r"\WinStations"
RDP_TCP = WINSTATIONS + r"\RDP-Tcp"
POLICY = r"SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services"
STORES = r"SOFTWARE\Microsoft\SystemCertificates"
REMOTE_DESKTOP_STORE = "Remote Desktop"
PERSONAL_STORE = "My"
STORE_NAMES = (REMOTE_DESKTOP_STORE, PERSONAL_STORE)


def hklm(key: str) -> str:
    """A key as the host names it and people read it: with its hive."""
    return rf"{HIVE}\{key}"


# Sections -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Section:
    """One part of a snapshot, read by itself: one that fails never hides another.

    ``purpose`` names what cannot be judged without it, as the subject of a sentence. Without a ``needed`` one there is
    no verdict "healthy". ``sheds`` names its lists in which an entry that does not fit is left out (the section then
    counts as truncated): lists that many programs fill, and in which a missing entry makes no claim. Where a missing
    entry would be taken for an absence (a certificate, a session, a firewall rule), the whole section is unread.
    """

    purpose: str
    needed: bool = False
    sheds: tuple[str, ...] = ()


# In the order in which the host reads them: ``services`` uses what ``port`` found out about the port's owner.
SECTIONS: dict[str, Section] = {
    "host": Section("clock and version", needed=True),
    "listener": Section("listener settings and policy", needed=True),
    "certificates": Section("the listener's certificate", needed=True),
    "key_files": Section("access to the private key", needed=True),
    "port": Section("who listens on the port"),
    "services": Section("the services", needed=True),
    "sessions": Section("who is logged on"),
    "events": Section("what the host logged", sheds=("entries", "counts")),
    "journals": Section("earlier repairs"),
    "registry": Section("what surrounds the listener: TLS, CredSSP, NTLM, licences, time"),
    "firewall": Section("the firewall's rules"),
    "files": Section("versions and signatures of the programs behind Remote Desktop"),
    "logon": Section("who may log on through Remote Desktop"),
    "network": Section("the networks that are up"),
    "domain": Section("the trust in the domain"),
    "licensing": Section("licences of an RD Session Host"),
    "policies": Section("which Group Policy object set a value", sheds=("values",)),
    "products": Section("security products and other services", sheds=("services", "security_center")),
}
# Read only where a call asks for them by name: what nobody else needs, and what is large.
ON_REQUEST: dict[str, Section] = {
    "local_policy": Section("the host's own Group Policy files"),
    "machine_keys": Section("what lives in the folder of machine keys"),
}
ALL_SECTIONS: dict[str, Section] = {**SECTIONS, **ON_REQUEST}
# The account of a section that came in a form that this version cannot read, as the host's own errors are:
# ERROR_INVALID_DATA as an HRESULT.
MALFORMED = "Malformed"
MALFORMED_CODE = -2147024883


# Services -------------------------------------------------------------------------------------------------------------

# Services behind Remote Desktop, in the order in which they start: each may need those before it.
SERVICES = ("CryptSvc", "KeyIso", "CertPropSvc", "SessionEnv", "TermService", "UmRdpService")
# Those without which no client is answered, or none for long: with the first TermService finds its certificate.
NEEDED = ("SessionEnv", "TermService")
# The types of registry values, with their names in Windows' tools.
REGISTRY_TYPES = {
    "dword": "REG_DWORD",
    "qword": "REG_QWORD",
    "string": "REG_SZ",
    "expand_string": "REG_EXPAND_SZ",
    "multi_string": "REG_MULTI_SZ",
    "binary": "REG_BINARY",
    "none": "REG_NONE",
}
# They hold keys and sessions of other programs: a step may start them, never stop them, an undo neither.
START_ONLY = ("KeyIso", "CryptSvc")
# Start types of Windows (SERVICE_BOOT_START to SERVICE_DISABLED) and run states (SERVICE_STOPPED to SERVICE_PAUSED);
# https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_status
START_TYPES = {0: "boot", 1: "system", 2: "automatic", 3: "manual", 4: "disabled"}
RUN_STATES = {
    1: "stopped",
    2: "start pending",
    3: "stop pending",
    4: "running",
    5: "continue pending",
    6: "pause pending",
    7: "paused",
}


def run_state(number: int | None) -> str:
    """The state of a service for people: ``state 1 (stopped)``; None is one that was not read."""
    return _in_words("state", number, RUN_STATES)


def start_type(number: int | None) -> str:
    """The same of its start type: ``start type 4 (disabled)``."""
    return _in_words("start type", number, START_TYPES)


def _in_words(what: str, number: int | None, words: dict[int, str]) -> str:
    return f"{what} not read" if number is None else f"{what} {number} ({words.get(number, 'unknown')})"


# Facts ----------------------------------------------------------------------------------------------------------------


# The most characters of a text that a host gives: no path, name or command line of Windows is longer; and of what holds
# other data, in base64, as SDDL or XML, or out of a registry value.
LONGEST_TEXT = 32767
LONGEST_DATA = 1 << 20
# What Windows allows a service, and an account with its domain, to be called.
_LONGEST_SERVICE = 256
_LONGEST_USER = 512


@dataclass(frozen=True)
class Fact:
    """One plain fact: what kind of value it is, and what it means.

    ``kind`` is a type of JSON schema, ``time`` (UTC), ``thumbprint``, ``error`` (an ERROR, or null), or one of these
    with ``[]`` behind it for a list. Null is "not known", which is also what an answer without it means; a fact that is
    ``required`` is always known, and an answer without it is not read. New facts are never required: bundles that were
    taken before stay readable. A text, or each of a list, has at most ``longest`` characters.
    """

    kind: str
    text: str
    required: bool = False
    longest: int = LONGEST_TEXT


def _sure(kind: str, text: str, longest: int = LONGEST_TEXT) -> Fact:
    return Fact(kind, text, required=True, longest=longest)


def _data(text: str) -> Fact:
    return Fact("string", text, longest=LONGEST_DATA)


_LISTED_SERVICE = {
    "name": _sure("string", "its name"),
    "start": Fact("integer", "start type"),
    "type": Fact("integer", "`Type`"),
    "image_path": Fact("string", "`ImagePath`, not expanded, without what stands behind the program"),
    "state": Fact("integer", "run state"),
}
# The programs behind Remote Desktop of which section ``files`` tells.
SYSTEM_FILES = ("termsrv.dll", "rdpcorets.dll", "sessenv.dll", "schannel.dll")
_RANGE = {"first": _sure("integer", "its first port"), "last": _sure("integer", "its last port")}
# The plain facts of each place: a section, or of a section's objects the name behind a dot. How places lie in each
# other is ``schema``'s business; a new fact is one line here.
FACTS: dict[str, dict[str, Fact]] = {
    "host": {
        "computer_name": _sure("string", "NetBIOS name"),
        "dns_host_name": Fact("string", "name in DNS, without the domain"),
        "dns_domain": Fact(
            "string",
            "the directory's name, out of the distinguished name that Group Policy keeps, else the DNS suffix; null in"
            " a workgroup",
        ),
        "part_of_domain": Fact("boolean", "Netlogon starts by itself, or the host is a domain controller"),
        "domain_role": Fact("integer", "0 to 5 as Win32_ComputerSystem numbers them, 4 for every domain controller"),
        "product_type": Fact("integer", "1 client, 2 domain controller, 3 server"),
        "build": _sure("integer", "build of Windows"),
        "ubr": Fact("integer", "its revision"),
        "edition_id": Fact("string", "`EditionID`"),
        "installation_type": Fact("string", "`InstallationType`"),
        "utc": _sure("time", "the host's clock"),
        "boot_utc": Fact("time", "when it started, by the performance counter"),
        "locale": Fact("integer", "LCID of the system's formats"),
        "ui_locale": Fact("integer", "LCID of its language"),
        "utc_offset_minutes": Fact("integer", "its time zone, with daylight saving time"),
        "machine_guid": Fact("string", "`MachineGuid`"),
        "program_data": Fact("string", "`%ProgramData%`, expanded"),
        "elevated": _sure("boolean", "the account is a member of S-1-5-32-544 in force"),
        "user_sid": Fact("string", "the account"),
        "powershell": Fact("string", "version of PowerShell"),
        "process_bits": Fact("integer", "32 or 64"),
        "connection_broker": _sure("boolean", "the service TSSDis exists"),
        "free_bytes": Fact("integer", "free on the system drive"),
    },
    "host.pending_reboot": {
        "component_servicing": _sure("boolean", "an update of Windows' components waits for a restart"),
        "windows_update": _sure("boolean", "Windows Update waits for one"),
        "file_rename": _sure("boolean", "files are to be replaced at the next one"),
    },
    "listener.nla_task": {
        "xml": _data("the task that requires Network Level Authentication again, as the scheduler gives it"),
        "error": Fact("error", "why it could not be read"),
    },
    "certificates.stores": {
        "present": _sure("boolean", "the store's key exists"),
        "sddl": _data("of the store's key; null if not readable"),
    },
    "certificates.stores.certificates": {
        "thumbprint": _sure("thumbprint", "SHA-1 of the certificate"),
        "der": _data("the certificate, base64"),
        "key_provider": _data("property 2 (CERT_KEY_PROV_INFO_PROP_ID), base64"),
        "error": _sure("error", "why it could not be read"),
    },
    "key_files": {
        "path": Fact("string", "full path"),
        "exists": Fact("boolean", "whether it is there"),
        "sddl": _data("its owner and DACL"),
        "length": Fact("integer", "bytes"),
        "error": _sure("error", "why it could not be read"),
    },
    "key_files.files": {
        "store": Fact("string", "store of its certificate"),
        "thumbprint": Fact("thumbprint", "its certificate; null for the container `TSSecKeySet1` of none"),
        "container": Fact("string", "container of the key"),
        "provider": Fact("string", "provider of the key"),
        "provider_type": Fact("integer", "0 is CNG"),
    },
    "key_files.files.used": {
        "code": _sure("integer", "0: a digest of zeros was signed with the key; else the HRESULT"),
        "matches": Fact("boolean", "the certificate's own key made that signature"),
    },
    "key_files.own_keys": {
        "guid": _sure("string", "MachineGuid in the name of a file of the container `TSSecKeySet1`"),
        "written": Fact("time", "when it was written"),
    },
    "services": {
        "delayed": Fact("boolean", "whether an automatic start is delayed"),
        "account": Fact("string", "`ObjectName`"),
        "service_dll": Fact("string", "`ServiceDll`, not expanded; null if it has none"),
        "image_path": Fact("string", "`ImagePath`, not expanded"),
        "type": Fact("integer", "`Type`"),
        "pid": Fact("integer", "its process, 0 if it does not run"),
        "exit_code": Fact("integer", "that of its last run"),
        "started": Fact("time", "start of its process"),
        "shares": Fact("string[]", "other services in its process"),
        "depends_on": Fact("string[]", "services that it needs"),
    },
    "port": {
        "number": _sure("integer", "in force: PortNumber or 3389"),
        "established": _sure("integer", "established TCP connections to it"),
    },
    "port.listeners": {
        "address": _sure("string", "address that is listened on"),
        "port": _sure("integer", "its port"),
        "pid": Fact("integer", "the process that listens"),
        "process": Fact("string", "its name"),
    },
    "port.dynamic": _RANGE,
    "port.excluded": {
        **_RANGE,
        "administered": _sure("boolean", "an administrator made it: a program gets such a port by its number"),
    },
    "sessions": {
        "active": Fact("integer", "sessions that are in use"),
        "disconnected": Fact("integer", "sessions that were left"),
        "unknown": Fact("integer", "sessions whose state is not known"),
    },
    "sessions.sessions": {
        "id": _sure("integer", "number of the session"),
        "user": Fact("string", "who is logged on", longest=_LONGEST_USER),
        "user_sid": Fact("string", "the account"),
        "station": Fact("string", "`Console`, `RDP-Tcp#0`"),
        "state": Fact("integer", "WTS number: 0 active, 4 disconnected"),
    },
    "events": {"since": Fact("time", "how far the logs were looked through")},
    "events.states": {
        "enabled": Fact("boolean", "whether anything is written to the log"),
        "bytes": Fact("integer", "its size"),
        "oldest": Fact("time", "time of its oldest record"),
        "wrapped": Fact("boolean", "whether older records are gone: overwritten, or cleared"),
        "read_to": Fact("time", "time down to which it was read"),
        "whole": _sure("boolean", "all that was asked for was read"),
    },
    "events.entries": {
        "log": _sure("string", "log"),
        "provider": _sure("string", "provider"),
        "id": _sure("integer", "number of the event"),
        "utc": _sure("time", "when it was logged"),
        "service": Fact(
            "string",
            "of an event of the Service Control Manager, the one of our services that it names",
            longest=_LONGEST_SERVICE,
        ),
    },
    "events.counts": {
        "log": _sure("string", "log"),
        "provider": _sure("string", "provider"),
        "id": _sure("integer", "number of the event"),
        "count": _sure("integer", "how often it was found"),
        "first": _sure("time", "for the first time"),
        "last": _sure("time", "for the last time"),
    },
    "journals": {
        "folder": _sure("string", "where journals are"),
        "untrusted": Fact("string", "why the folders are not trusted and nothing in them was read"),
        "whole": Fact("object", "the journal asked for with `journal_id`"),
        "total": Fact("integer", "number of journals on the host, listed or not"),
    },
    "journals.recent": {
        "id": _sure("string", "id of the journal"),
        "created": Fact("time", "when, by the controller's clock"),
        "undoes": Fact("string", "id of the journal that it takes back"),
        "controller": Fact("string", "who made it"),
        "run": Fact("string", "run of a playbook that it belongs to"),
        "what": Fact("string", "its steps in a few words"),
        "found": Fact("object", "how the host was before"),
        "sequence": Fact("integer", "its place in the order in which this host was changed, by nobody's clock"),
        "steps_done": Fact("integer", "number of its steps that were done"),
        "steps_begun": Fact("integer", "number of its steps that changed something, or may have"),
        "steps_total": Fact("integer", "number of its steps"),
        "untrusted": Fact("string", "why it is not trusted and nothing of it was read"),
    },
    "journals.lock": {
        "holder": Fact("string", "who is changing the host now"),
        "since": Fact("time", "since when"),
        "journal": Fact("string", "id of the journal that is being written"),
    },
    "firewall": {"port": _sure("integer", "the port that was looked for")},
    "firewall.rules": {
        "name": _sure("string", "name of the rule"),
        # A list of blocked addresses is one rule.
        "rule": _sure("string", "the registry's own text", LONGEST_DATA),
    },
    "files": {
        "path": _sure("string", "full path"),
        "version": Fact("string", "four numbers, those of the file itself"),
        "written": Fact("time", "when it was written"),
        "signature": Fact("integer", "PowerShell's SignatureStatus: 0 valid, 2 not signed, 3 altered"),
        "windows": Fact("boolean", "signed as a part of Windows"),
    },
    "logon": {"members": Fact("string[]", "SIDs in the group S-1-5-32-555")},
    "logon.policy": {
        "file": _sure("string", "file of the Group Policy object"),
        "right": _sure("string", "name of the right"),
        "accounts": _sure("string[]", "who holds it, as it is written there: `*SID` or a name"),
    },
    "network.adapters": {
        "id": _sure("string", "GUID"),
        "kind": _sure("integer", ".NET NetworkInterfaceType"),
        "up": _sure("boolean", "whether it is up"),
        "index": Fact("integer", "index of its interface"),
        "mtu": Fact("integer", "bytes"),
        "addresses": _sure("string[]", "its addresses"),
        "category": Fact("integer", "0 public, 1 private, 2 domain"),
    },
    "domain": {
        "joined": Fact("boolean", "member of a domain, or domain controller"),
        "name": Fact("string", "as `dns_domain` of `host`"),
        "channel_status": Fact(
            "integer",
            "the number with which `nltest /sc_query` tells of the secure channel, 0 is in order; null also where"
            " `channel` did not ask for it, and where the"
            " program ended with an error, for what it writes then is about its own failure. It makes no traffic and"
            " changes nothing",
        ),
    },
    "licensing": {
        "session_host": _sure("boolean", "RD Session Host is installed"),
        "type": Fact("integer", "there only: 2 per device, 4 per user, 5 not configured"),
        "grace_days": Fact("integer", "there only: days left without licences"),
    },
    "policies.values": {
        "key": _sure("string", "registry key"),
        "name": _sure("string", "name of the value"),
        "gpo": Fact("string", "display name of the object that won"),
        "id": _sure("string", "its id"),
    },
    "products.services": _LISTED_SERVICE,
    "products.security_center": {
        "kind": _sure("string", "`AntiVirusProduct` or `FirewallProduct`"),
        "name": _sure("string", "display name"),
        "state": _sure("integer", "`productState`"),
    },
    "local_policy": {
        "path": _sure("string", "where the file is, or would be"),
        "content": _data("its bytes, base64; null where there is no file"),
    },
    "machine_keys": {
        "count": _sure("integer", "how many there are, up to the cap"),
        "whole": _sure("boolean", "whether that is all of them"),
    },
    "machine_keys.owners": {
        "sid": _sure("string", "an owner; empty where it could not be read"),
        "count": _sure("integer", "how many are this owner's"),
    },
}


# The listener's registry values ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Writable:
    """What a step may write into a value.

    ``only`` is the closed list of its data, ``length`` the number of bytes of binary data. An undo may put back any
    data of any type, if the journal that it names says that it was there; but where ``never_zero`` nothing that is all
    zeros, in no type: that would be no TLS at all. ``removable``: its absence is a repair, not only an undo.
    ``behind_task`` is the data that is written only behind a ``task.arm`` of the same call, which takes it back.
    """

    only: tuple[int | str, ...] = ()
    behind_task: tuple[int, ...] = ()
    length: int | None = None
    never_zero: bool = False
    removable: bool = False


@dataclass(frozen=True)
class Value:
    """One registry value of the listener, entirely.

    ``kind`` is the type that Windows reads. A value ``in_force`` has a meaning also where it is absent: ``default``
    (None: Windows has the value always, and what it takes where somebody deleted it is not documented alike for all
    builds; a look from outside tells).
    ``policy`` is the Group Policy that governs it (below Remote Desktop Session Host), ``mdm`` area and name under
    which device management keeps it. ``account`` names the value beside it that leaves it to the account of whoever
    logs on, unless it is 0: the listener's own counts only then. An answer may lack that one: neither was asked for, as
    in older bundles. Absent on the host it is what Windows sets it to, 1. ``writable`` says what a step may write
    (None: no step may), ``words`` what its numbers mean, ``option`` and ``choices`` are the option of the module
    ``listener`` that sets it.

    Sources: https://learn.microsoft.com/windows/win32/termserv/win32-tsgeneralsetting (security layer, encryption
    level, authentication), https://learn.microsoft.com/windows/win32/termserv/win32-tssessionsetting (time limits, in
    milliseconds; 0 is none), https://learn.microsoft.com/windows/client-management/mdm/policy-csp-admx-terminalserver
    (none by default), https://learn.microsoft.com/windows/client-management/mdm/policy-csp-remotedesktopservices
    """

    name: str
    kind: str = "dword"
    in_force: bool = False
    default: int | str | None = None
    policy: str | None = None
    mdm: tuple[str, str] | None = None
    account: str | None = None
    writable: Writable | None = None
    words: dict[int, str] = field(default_factory=dict)
    option: str | None = None
    choices: dict[str | bool, int] = field(default_factory=dict)
    # Rules cannot do without it (nor without one in force): an answer that lacks it is unread, not absent.
    required: bool = False


@dataclass(frozen=True)
class Group:
    """A key of the listener, without its hive, and its values."""

    key: str
    values: tuple[Value, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(value.name for value in self.values)


def _plain(names: str) -> tuple[Value, ...]:
    return tuple(Value(name) for name in names.split())


def _left_to_account(name: str, account: str, policy: str, mdm: str) -> tuple[Value, ...]:
    """A value of the listener that counts only where the one beside it does not leave it to the account."""
    policy = f"Session Time Limits > {policy}"
    mdm_place = ("ADMX_TerminalServer", mdm)
    value = Value(name, in_force=True, default=0, policy=policy, mdm=mdm_place, account=account)
    return value, Value(account)


_RDP_TCP_VALUES = (
    Value(
        "SecurityLayer",
        in_force=True,
        policy="Security > Require use of specific security layer for remote (RDP) connections",
        mdm=("ADMX_TerminalServer", "TS_SECURITY_LAYER_POLICY"),
        writable=Writable(only=(1, 2), never_zero=True),
        words={0: "RDP", 1: "Negotiate", 2: "SSL (TLS)"},
        option="security_layer",
        choices={"negotiate": 1, "tls": 2},
    ),
    Value(
        "UserAuthentication",
        in_force=True,
        policy="Security > Require user authentication for remote connections by using Network Level Authentication",
        mdm=("ADMX_TerminalServer", "TS_USER_AUTHENTICATION_POLICY"),
        writable=Writable(only=(1,), behind_task=(0,)),
        words={0: "Network Level Authentication not required", 1: "Network Level Authentication required"},
        option="nla",
        choices={True: 1, False: 0},
    ),
    Value(
        "MinEncryptionLevel",
        in_force=True,
        default=2,
        policy="Security > Set client connection encryption level",
        mdm=("RemoteDesktopServices", "ClientConnectionEncryptionLevel"),
        writable=Writable(only=(2, 3, 4)),
        words={1: "Low", 2: "Client Compatible", 3: "High", 4: "FIPS Compliant"},
        option="encryption_level",
        choices={"client_compatible": 2, "high": 3, "fips": 4},
    ),
    Value(
        "fAllowSecProtocolNegotiation",
        in_force=True,
        default=1,
        writable=Writable(only=(1,)),
        words={0: "protocol negotiation off", 1: "protocol negotiation on"},
        option="negotiation",
        choices={True: 1},
    ),
    Value("SSLCertificateSHA1Hash", "binary", writable=Writable(length=20, removable=True), required=True),
    Value("fPromptForPassword"),
    Value("PortNumber", in_force=True, default=3389),
    Value(
        "fEnableWinStation",
        in_force=True,
        default=1,
        writable=Writable(only=(1,)),
        words={0: "listener disabled", 1: "listener enabled"},
    ),
    Value(
        "fLogonDisabled",
        in_force=True,
        default=0,
        writable=Writable(only=(0,)),
        words={0: "logons allowed", 1: "logons disabled"},
    ),
    Value("LanAdapter", in_force=True, default=0),
    Value(
        "MaxInstanceCount",
        in_force=True,
        default=0xFFFFFFFF,
        policy="Connections > Limit number of connections",
        mdm=("ADMX_TerminalServer", "TS_MAX_CON_POLICY"),
    ),
    *_left_to_account(
        "MaxIdleTime",
        "fInheritMaxIdleTime",
        "Set time limit for active but idle Remote Desktop Services sessions",
        "TS_SESSIONS_Idle_Limit_2",
    ),
    *_left_to_account(
        "MaxConnectionTime",
        "fInheritMaxSessionTime",
        "Set time limit for active Remote Desktop Services sessions",
        "TS_SESSIONS_Limits_2",
    ),
    *_left_to_account(
        "MaxDisconnectionTime",
        "fInheritMaxDisconnectionTime",
        "Set time limit for disconnected sessions",
        "TS_SESSIONS_Disconnected_Timeout_2",
    ),
    *_left_to_account(
        "fResetBroken",
        "fInheritResetBroken",
        "End session when time limits are reached",
        "TS_Session_End_On_Limit_2",
    ),
    *_plain(
        "KeepAliveTimeout fInheritReconnectSame fReconnectSame fQueryUserConfigFromLocalMachine SelectTransport"
        " SelectNetworkDetect"
    ),
    Value("LoadableProtocol_Object", "string"),
)
_TERMINAL_SERVER_VALUES = (
    Value(
        "fDenyTSConnections",
        in_force=True,
        default=1,
        policy="Connections > Allow users to connect remotely by using Remote Desktop Services",
        mdm=("RemoteDesktopServices", "AllowUsersToConnectRemotely"),
        writable=Writable(only=(0, 1)),
        words={0: "connections allowed", 1: "connections denied"},
        option="enabled",
        choices={True: 0, False: 1},
    ),
    Value("TSEnabled", in_force=True, default=1),
    Value("TSUserEnabled", in_force=True, default=0),
    Value("TSServerDrainMode", in_force=True, default=0),
    Value("RCDependentServices", "multi_string"),
    *_plain("fSingleSessionPerUser KeepAliveEnable KeepAliveInterval fQueryUserConfigFromDC"),
)
_WINSTATIONS_VALUES = (
    Value("SelfSignedCertificate", "binary", required=True),
    Value(
        "SelfSignedCertStore",
        in_force=True,
        default=None,
        kind="string",
        writable=Writable(only=(REMOTE_DESKTOP_STORE,)),
    ),
    Value("TemplateCertificate", "binary", required=True),
    Value("CertRefreshInterval"),
)
# Under the policy key, whatever the listener's own key says: those that override a setting are required with it.
_POLICY_VALUES = (
    *(
        Value(name, required=True)
        for name in (
            "fDenyTSConnections",
            "UserAuthentication",
            "SecurityLayer",
            "MinEncryptionLevel",
            "MaxInstanceCount",
        )
    ),
    Value("CertTemplateName", "string", required=True),
    *_plain(
        "fPromptForPassword fEncryptRPCTraffic fWritableTSCCPermTab KeepAliveEnable KeepAliveInterval"
        " fDisableAutoReconnect SelectTransport SelectNetworkDetect fSingleSessionPerUser"
        " MaxIdleTime MaxConnectionTime MaxDisconnectionTime fResetBroken"
    ),
)
LISTENER: dict[str, Group] = {
    "rdp_tcp": Group(RDP_TCP, _RDP_TCP_VALUES),
    "terminal_server": Group(TERMINAL_SERVER, _TERMINAL_SERVER_VALUES),
    "winstations": Group(WINSTATIONS, _WINSTATIONS_VALUES),
    "policy": Group(POLICY, _POLICY_VALUES),
}
# Name -> group and value, of those that have a value in force.
SETTINGS: dict[str, tuple[str, Value]] = {
    value.name: (name, value) for name, group in LISTENER.items() for value in group.values if value.in_force
}
# What a step may write: full path of the key and name of the value, both in lower case, for Windows compares so.
REGISTRY: dict[tuple[str, str], Value] = {
    (hklm(group.key).lower(), value.name.lower()): value
    for group in LISTENER.values()
    for value in group.values
    if value.writable
}
# What the numbers of a value mean, by its name in lower case.
REGISTRY_WORDS: dict[str, dict[int, str]] = {name: value.words for (_key, name), value in REGISTRY.items()}
# Option of the module ``listener`` -> the value that it sets.
OPTIONS: dict[str, Value] = {value.option: value for _group, value in SETTINGS.values() if value.option}


# What a step may make the host's own Group Policy say, by the name of the value below ``POLICY``. The data are those
# of the policies themselves, whatever else may be written into the listener's own values.
POLICY_DATA: dict[str, tuple[int, ...]] = {
    "SecurityLayer": (1, 2),
    "UserAuthentication": (1,),
    "MinEncryptionLevel": (2, 3, 4),
    "fDenyTSConnections": (0, 1),
}
# The two files of the host's own Group Policy object, below %SystemRoot%\\System32\\GroupPolicy.
POLICY_FILES = {"registry.pol": r"Machine\Registry.pol", "gpt.ini": "gpt.ini"}


def group_of(key: str) -> str | None:
    """The listener's group with this key (given with its hive), or None."""
    return next((name for name, group in LISTENER.items() if hklm(group.key).lower() == key.lower()), None)


# Firewall and group ---------------------------------------------------------------------------------------------------

# Windows' own rules for Remote Desktop by their names, which are the same in every language, and the collection's own
# rule for a listener that they do not cover.
BUILT_IN_RULES = ("RemoteDesktop-UserMode-In-TCP", "RemoteDesktop-UserMode-In-UDP", "RemoteDesktop-Shadow-In-TCP")
OWN_RULE = "winops.rdp-In-TCP"
# A sum of NET_FW_PROFILE_TYPE2; https://learn.microsoft.com/windows/win32/api/icftypes/ne-icftypes-net_fw_profile_type2
DOMAIN, PRIVATE, PUBLIC = 1, 2, 4
# Accounts and groups of a domain or of the machine, and those of Microsoft Entra ID: never a service's, never
# everybody, which Domain Users and Domain Guests are, never Guest, krbtgt, Windows' own accounts or groups of computers
# (https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers).
MEMBER = r"S-1-(5-21|12-1)(-(0|[1-9][0-9]{0,9})){3}-(?!(498|50[1-4]|51[3-6]|521)$)[1-9][0-9]{0,9}"


# Steps ----------------------------------------------------------------------------------------------------------------

# On a client: the settings of .rdp files that may be corrected, each to one number, and the apps that may be installed.
# https://learn.microsoft.com/azure/virtual-desktop/rdp-properties,
# https://learn.microsoft.com/windows/win32/termserv/imsrdpclientadvancedsettings4-authenticationlevel
RDP_SETTINGS: dict[str, int] = {
    "enablecredsspsupport": 1,
    "authentication level": 2,
    "negotiate security layer": 1,
}
APPS = ("Microsoft.WindowsApp",)


@dataclass(frozen=True)
class Field:
    """A field of steps: its type in Ansible's words, its closed list of values or its bounds, and what it is."""

    kind: str
    text: str
    choices: tuple[str | int, ...] = ()
    undo_only: tuple[str | int, ...] = ()  # of the choices, those that only an undo may use
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Operation:
    """One kind of step.

    ``does`` is a sentence with its fields in braces, ``states`` what its ``before`` and ``after`` hold, ``allowed``
    what both sides hold it to. One that is ``undo_only`` takes back what an earlier journal did. Its fields must be
    there, those that are ``optional`` may be.
    """

    fields: tuple[str, ...]
    does: str
    states: str
    allowed: str
    undo_only: bool = False
    optional: tuple[str, ...] = ()


FIELDS: dict[str, Field] = {
    "key": Field("str", "Full path of a registry key."),
    "name": Field("str", "Name of a registry value."),
    "type": Field(
        "str",
        "Type of a registry value.",
        tuple(REGISTRY_TYPES),
    ),
    "data": Field("raw", "Data of a registry value. Base64 for V(binary) and V(none)."),
    "service": Field("str", "Name of a service.", SERVICES),
    "start": Field(
        "int", "Start type. V(2) automatic, V(3) manual, V(4) disabled. Only an undo may disable.", (2, 3, 4), (4,)
    ),
    "timeout_s": Field(
        "int",
        "How long to wait, in seconds, from 1 to 300. A stop, and what is started again behind it, have times of their"
        " own.",
        least=1,
        most=300,
    ),
    "expect_empty": Field(
        "bool",
        "Whether people are looked for right before TermService is stopped. If somebody is connected, or nobody can"
        " tell, the step is V(refused).",
    ),
    "expect_back": Field(
        "bool",
        "Whether the services that depend on this one are looked at right before it is stopped. If one of them runs and"
        " could not start again, the step is V(refused). Where it is not started again, one of another maker that runs"
        " is enough.",
    ),
    "store": Field("str", "Name of a certificate store.", STORE_NAMES),
    "thumbprint": Field("str", "SHA-1 of a certificate, 40 upper-case hex digits."),
    "blob": Field("str", "A store entry, base64."),
    "previous": Field("list", "Thumbprints of the certificates that are not the new one."),
    "remove": Field(
        "str",
        "The certificate that is taken out of the store while the new one does not come, and put back if none comes"
        " then. Null for none.",
    ),
    "restart": Field(
        "bool",
        "Whether SessionEnv is started, or restarted. Otherwise the host connects to its own listener, which asks"
        " SessionEnv for a certificate where it has none.",
    ),
    "path": Field("str", "Full path of a key file."),
    "sddl": Field("str", "Security descriptor with a DACL and, if it is to change, an owner."),
    "sid": Field("str", "SID of the person whose profile it is, who is logged on."),
    "target": Field("str", "Name of a host, as the person's client keeps it."),
    "hash": Field("str", "The hash of a certificate that the client kept. Base64."),
    "file": Field("str", "Full path of an .rdp file on a local disk."),
    "setting": Field("str", "Name of a setting of an .rdp file.", tuple(RDP_SETTINGS)),
    "value": Field("int", "Number of a setting of an .rdp file. Null for none, which only an undo may."),
    "app": Field("str", "Winget's id of an app.", APPS),
    "policy_file": Field("str", "One of the two files of the host's own Group Policy object.", tuple(POLICY_FILES)),
    "sha256": Field("str", "SHA-256 of the file that was read, 64 upper-case hex digits. Null where there was none."),
    "content": Field("str", "The file's new bytes, base64. Null for no file, which only an undo may ask for."),
    "settings": Field(
        "dict", "Registry values below the policy key, by name; null for absent, which only an undo may ask for."
    ),
    "at": Field("str", "When the task runs, as UTC in whole minutes such as C(2026-11-23T13:00:00Z)."),
    "causes": Field("list", "Ids of the findings for which Network Level Authentication is turned off."),
    "xml": Field("str", "The task as the host makes it of its time and causes; another one is refused."),
    "rule": Field("str", "Name of a firewall rule in the host's own store.", (*BUILT_IN_RULES, OWN_RULE)),
    "active": Field("bool", "Whether the rule is on."),
    "profiles": Field(
        "int",
        "Sum of the profiles in which a rule holds: 1 domain, 2 private, 4 public; 0 is all of them, for an undo.",
        least=0,
        most=7,
    ),
    "addresses": Field(
        "list",
        "Remote addresses for which a rule holds, V(Any) alone for all. Null leaves them as they are, which is refused"
        " for a rule that is on in the public profile.",
    ),
    "port": Field("int", "The listener's port.", least=1, most=65535),
    "member": Field("str", "SID of an account or group."),
}
_RUN = '`{"state", "dependents": [{"name","state","start"}]}`'
_THE_SIX = "the six services"
_STOPPABLE = f"{_THE_SIX} but {' and '.join(START_ONLY)}"
STEPS: dict[str, Operation] = {
    "registry.set": Operation(
        ("key", "name", "type", "data"),
        "Write {data} of type {type} into the value {name} of {key}.",
        "registry value",
        "only the registry values below, with their type and data; an undo only what the journal that it names had as"
        " its `before`, and never a SecurityLayer of zeros, in whatever type; `refused` where an undo would bind the"
        " listener to a certificate that was there then, and is gone by now or has lost its key",
    ),
    "registry.remove": Operation(
        ("key", "name"), "Delete the value {name} of {key}.", "registry value", "the pin; the others only an undo"
    ),
    "service.start_type": Operation(
        ("service", "start"),
        "Set the start type of {service} to {start}.",
        '`{"start"}`',
        f"{_THE_SIX}; 4 only when the journal undoes another",
    ),
    "service.start": Operation(("service", "timeout_s"), "Start {service}.", _RUN, _THE_SIX),
    "service.stop": Operation(
        ("service", "timeout_s"),
        "Stop {service} and the services that depend on it. Only an undo may.",
        _RUN,
        f"{_STOPPABLE}; only when the journal undoes another",
        undo_only=True,
        optional=("expect_empty", "expect_back"),
    ),
    "service.restart": Operation(
        ("service", "timeout_s"),
        "Stop {service} and its dependents, then start all that ran.",
        _RUN,
        f"{_STOPPABLE}; `refused` where it runs and could not start again, for it is disabled, has no ServiceDll or"
        " is not in its group of svchost, and where no stop came about and it runs on; a dependent that does not come"
        " back is in `after`, and is no failure of the step",
        optional=("expect_empty", "expect_back"),
    ),
    "certificate.remove": Operation(
        ("store", "thumbprint"),
        "Remove {thumbprint} from {store}.",
        '`{"present", "blob" (base64 of the store entry; public part and properties), "der"}`',
        f"store `{REMOTE_DESKTOP_STORE}` only; never the pinned thumbprint",
    ),
    "certificate.import": Operation(
        ("store", "thumbprint", "blob"),
        "Put back the store entry {blob}. Only an undo may.",
        '`{"present"}`',
        f"store `{REMOTE_DESKTOP_STORE}`, only when the journal undoes another",
        undo_only=True,
    ),
    "certificate.import_pfx": Operation(
        ("store", "thumbprint"),
        "Import {thumbprint} with its key (both in `secrets`) into {store}, and let NETWORK SERVICE read the key.",
        '`{"present", "has_key", "path", "sddl"}` of the entry and its key file',
        f"store `{PERSONAL_STORE}` only; what `secrets` has under this thumbprint. An import that does not come to its"
        " end is taken out in the same step",
    ),
    "certificate.remove_imported": Operation(
        ("store", "thumbprint"),
        "Take {thumbprint} out of {store}, and its key unless that is another one by now. Only an undo may.",
        '`{"present", "has_key", "path", "sddl"}`',
        f"store `{PERSONAL_STORE}`, only where the journal that it names imported it; `refused` where the listener is"
        " bound to it, and where TermService presents it or may: it runs, no step before this one started it, and a"
        " look at the listener on the host itself shows that certificate or none; and where another journal that is not"
        " taken back would bind the listener to it again",
        undo_only=True,
        optional=("path",),
    ),
    "certificate.wait_renewed": Operation(
        ("previous", "timeout_s"),
        "Wait for a self-signed certificate that is not among {previous}.",
        '`{"thumbprint"}`',
        "waits until `SelfSignedCertificate` names a certificate that is in the store and not among `previous`; status"
        " `unchanged`, it only waits; `failed` on time-out",
    ),
    "certificate.renew": Operation(
        ("previous", "remove", "restart", "timeout_s"),
        "Have Windows make a self-signed certificate that is neither among {previous} nor {remove}, and wait for it.",
        '`{"thumbprint", "blob", "der"}` of the certificate that may go (`remove`, else the one in force) /'
        ' `{"thumbprint" (in force), "attempts": [of "start", "restart", "connection", "removal"], "put_back"}`',
        f"store `{REMOTE_DESKTOP_STORE}` only; never the pinned thumbprint",
    ),
    "certificate.enrol": Operation(
        ("timeout_s",),
        "Have Windows ask the CA once for a certificate of the template that a policy names, and wait for it.",
        '`{"thumbprint"}` of `TemplateCertificate`',
        "only where a policy names a template; Windows' own task enrols, no request is made here; `failed` where none"
        " comes in time; leaves nothing to take back",
    ),
    "acl.set": Operation(
        ("path", "sddl"),
        "Give the file {path} the descriptor {sddl}.",
        '`{"sddl"}`',
        "the DACL (and the owner, if the SDDL has one and it differs) of one file: a key file that section `key_files`"
        " lists, and no link leads to; never the folder. What was there, and beyond it only what Windows itself grants"
        " there to SYSTEM, NETWORK SERVICE, NT SERVICE\\SessionEnv and Administrators; entries that deny these"
        " something may go. The owner of a `TSSecKeySet` may become SYSTEM. An undo only what the journal that it names"
        " had as its `before`",
    ),
    "profile.forget": Operation(
        ("sid", "target"),
        "Remove the hash that the client of {sid} keeps of the certificate of {target}.",
        '`{"hash"}`',
        "the value `CertHash` of one target below `Terminal Server Client\\Servers` in the profile of one person who is"
        " logged on",
    ),
    "profile.remember": Operation(
        ("sid", "target", "hash"),
        "Put back the {hash} that the client of {sid} kept of the certificate of {target}. Only an undo may.",
        '`{"hash"}`',
        "the same value, only when the journal undoes another",
        undo_only=True,
    ),
    "rdp_file.set": Operation(
        ("file", "setting", "value"),
        "Set {setting} of the .rdp file {file} to {value}, and keep a copy of the file beside it.",
        '`{"value"}`, null where the file has no such setting',
        "one of a few settings, to the one number that is in order; a file on a local disk that no link leads to and"
        " nobody has signed. An undo only what the journal that it names had as its `before`",
    ),
    "app.install": Operation(
        ("app", "timeout_s"),
        "Have winget install or update {app}.",
        '`{"packages": [full names]}`',
        "Windows App alone; it stays when the journal is taken back",
    ),
    "clock.resync": Operation(
        ("timeout_s",),
        "Have Windows set its clock from the source that it is set to.",
        '`{"utc"}`',
        "W32Time is started if it does not run, never enabled; leaves nothing to take back",
    ),
    "domain.reset_channel": Operation(
        ("timeout_s",),
        "Make the secure channel to the domain anew, with the computer's own password.",
        '`{"channel_status"}`',
        "the host's own domain; leaves nothing to take back",
    ),
    "file.replace": Operation(
        ("policy_file", "sha256", "content"),
        "Give {policy_file} the bytes {content} if it still has the hash {sha256}.",
        '`{"hash", "content"}`',
        "the two files below `%SystemRoot%\\System32\\GroupPolicy`. Of `registry.pol` all entries stay, byte for byte"
        " and in their order, but those of the four policy values below, each of which must then have one of its data;"
        " of `gpt.ini` only the machine's half of `Version`, by one, and the registry's extension in"
        " `gPCMachineExtensionNames`. An undo only what the journal that it names had as its `before`, and never a"
        " SecurityLayer other than these",
    ),
    "policy.refresh": Operation(
        ("settings", "timeout_s"),
        "Have Windows apply Group Policy, and see to it that {settings} are in force.",
        '`{"settings"}` / `{"settings", "refreshed" (whether Windows took the request)}`',
        "the four policy values below, with their data; an undo what the journal that it names had as its `before`, and"
        " never a SecurityLayer other than these. What Windows has not applied in time is written as it would have"
        " been; where it has applied something else the step is `failed`",
    ),
    "task.arm": Operation(
        ("at", "causes", "xml"),
        "Register the task {xml} that requires Network Level Authentication again, {at} and when Windows starts.",
        '`{"at", "causes"}`, null and none where there is no task',
        "the task `winops.rdp arm NLA` alone, as the host itself makes it; not before now, at most 24 hours from now",
    ),
    "task.disarm": Operation(
        (),
        "Remove the task that requires Network Level Authentication again.",
        '`{"at", "causes"}`',
        "that task; never while the listener's own `UserAuthentication` is 0",
    ),
    "firewall.set": Operation(
        ("rule", "active", "profiles", "addresses"),
        "Turn {rule} on or off ({active}), in {profiles} and for {addresses}.",
        '`{"rule"}`: the rule as the registry has it, or null',
        "the rules of the list, in the host's own store; an undo only what the journal that it names had as its"
        " `before`",
    ),
    "firewall.add": Operation(
        ("rule", "port", "active", "profiles", "addresses"),
        "Make {rule} for TCP {port}, in {profiles} and for {addresses}, or change it.",
        '`{"rule"}`',
        f"`{OWN_RULE}`, on, for the port on which the listener is; an undo what the journal that it names had",
    ),
    "firewall.remove": Operation(
        ("rule",),
        "Remove {rule}. Only an undo may.",
        '`{"rule"}`',
        f"`{OWN_RULE}`, only when the journal undoes another",
        undo_only=True,
    ),
    "group.add": Operation(
        ("member",),
        "Add {member} to the group Remote Desktop Users.",
        '`{"member"}`: whether it is one',
        "accounts and groups of a domain, of the machine or of Microsoft Entra ID",
    ),
    "group.remove": Operation(
        ("member",),
        "Take {member} out of the group Remote Desktop Users. Only an undo may.",
        '`{"member"}`',
        "only when the journal undoes another",
        undo_only=True,
    ),
}


# Caps -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cap:
    """The most that a host answers of something: the number, PowerShell's variable for it, and what it counts."""

    most: int
    variable: str
    text: str


CAPS: dict[str, Cap] = {
    "certificates": Cap(
        512, "MaxCertificates", "certificates of a store; those that the listener's values name come first"
    ),
    "journals": Cap(50, "MaxJournals", "journals in `recent`, newest first"),
    "events": Cap(400, "MaxEvents", "events in `entries`, newest first"),
    "events_of_one_id": Cap(
        40, "EventsOfOneId", "events of one id in `entries`, which is no truncation: `counts` has them all"
    ),
    "events_per_log": Cap(5000, "EventsPerLog", "events read of one log"),
    "records_per_log": Cap(200000, "RecordsPerLog", "newest records of a log that are looked through"),
    "event_ms": Cap(4000, "EventMilliseconds", "milliseconds for one log"),
    "firewall_ms": Cap(5000, "FirewallMilliseconds", "milliseconds for the firewall rules"),
    "event_hours": Cap(72, "EventHours", "hours that section `events` looks back"),
    "numbers": Cap(8, "MaxNumbers", "integers among an event's data"),
    "firewall_rules": Cap(200, "MaxFirewallRules", "firewall rules of a store beside the built-in ones"),
    "members": Cap(200, "MaxMembers", "members of the group S-1-5-32-555"),
    "own_keys": Cap(16, "MaxListenerKeys", "key files of the listener's own container"),
    "subkeys": Cap(64, "MaxSubkeys", "subkeys for which the `*` in a key of `values` stands"),
    "message": Cap(500, "MaxMessage", "characters of an error's message"),
    "key_files": Cap(1000, "MaxKeyFiles", "files of the folder of machine keys that are counted by owner"),
    "policy_bytes": Cap(131072, "MaxPolicyBytes", "bytes of a file of the host's own policy; a larger one is unread"),
}
