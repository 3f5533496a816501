# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a snapshot asks the host for, sent with each call: registry values, the listener's values, services, events.

A rule that needs one more names it here (a value of the listener in ``contract``); the host script reads whatever is
named, and a test holds what rules ask for against these lists. Keys are below ``HKLM``; a ``*`` in a key stands for
each subkey, as a name for every value. Sources: the public documentation of the settings; the names of security
products from public lists, each with its vendor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, providers

_CONTROL = r"SYSTEM\CurrentControlSet\Control"
TERMINAL_SERVER = contract.TERMINAL_SERVER
SCHANNEL = _CONTROL + r"\SecurityProviders\SCHANNEL"
LSA = _CONTROL + r"\Lsa"
CREDSSP = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\CredSSP\Parameters"
SUITES_POLICY = r"SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002"
SUITES_LOCAL = _CONTROL + r"\Cryptography\Configuration\Local\SSL\00010002"
FIREWALL_LOCAL = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
FIREWALL_POLICY = r"SOFTWARE\Policies\Microsoft\WindowsFirewall"
# Connection security rules ("IPsec rules"), one value each.
IPSEC_LOCAL, IPSEC_POLICY = FIREWALL_LOCAL + r"\ConSecRules", FIREWALL_POLICY + r"\ConSecRules"
NETWORKS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\NetworkList\Profiles"
CLOUD_JOIN = _CONTROL + r"\CloudDomainJoin\JoinInfo"
FARM = TERMINAL_SERVER + r"\ClusterSettings"
TIME_SERVICE = r"SYSTEM\CurrentControlSet\Services\W32Time\Parameters"
PORT_PROXY = r"SYSTEM\CurrentControlSet\Services\PortProxy\v4tov4\tcp"
CREDENTIAL_PROVIDERS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Authentication\Credential Providers"
PROFILES = {1: "DomainProfile", 2: "StandardProfile", 4: "PublicProfile"}
SVCHOST = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Svchost"
# Groups of services that share a process: those in which Windows has TermService, and those of SessionEnv and
# UmRdpService, which older snapshots do not have.
FIRST_GROUPS, LATER_GROUPS = ("termsvcs", "NetworkService"), ("netsvcs", "LocalSystemNetworkRestricted")
# The Group Policy objects whose registry values were applied in the last run, one subkey each
# (https://learn.microsoft.com/troubleshoot/windows-server/group-policy/group-policy-history-stored-registry).
POLICY_HISTORY = (
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Group Policy\History\{35378EAC-683F-11D2-A89A-00C04FBBCFA2}"
)
MDM = r"SOFTWARE\Microsoft\PolicyManager\current\device"

_PROFILE_VALUES = ["EnableFirewall", "DoNotAllowExceptions", "DefaultInboundAction", "AllowLocalPolicyMerge"]

VALUES: dict[str, list[str]] = {
    SCHANNEL + r"\Protocols\TLS 1.0\Server": ["Enabled"],
    SCHANNEL + r"\Protocols\TLS 1.2\Server": ["Enabled", "DisabledByDefault"],
    SCHANNEL + r"\Protocols\TLS 1.3\Server": ["Enabled", "DisabledByDefault"],
    SCHANNEL + r"\Ciphers\*": ["Enabled"],
    SCHANNEL + r"\Hashes\*": ["Enabled"],
    SCHANNEL + r"\KeyExchangeAlgorithms\*": ["Enabled"],
    SUITES_POLICY: ["Functions"],
    SUITES_LOCAL: ["Functions"],
    LSA: ["LmCompatibilityLevel", "disabledomaincreds"],
    LSA + r"\MSV1_0": ["RestrictReceivingNTLMTraffic", "RestrictSendingNTLMTraffic"],
    LSA + r"\pku2u": ["AllowOnlineID"],
    LSA + r"\FipsAlgorithmPolicy": ["Enabled"],
    CREDSSP: ["AllowEncryptionOracle"],
    r"SYSTEM\Setup": ["SystemSetupInProgress", "OOBEInProgress"],
    TIME_SERVICE: ["Type", "NtpServer"],
    r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList": ["ProgramData"],
    SVCHOST: [*FIRST_GROUPS, *LATER_GROUPS],
    TERMINAL_SERVER + r"\lanatable\*": ["LanaId"],
    TERMINAL_SERVER + r"\RCM\Licensing Core": ["LicensingMode"],
    # Which RD Connection Broker the host asks, and the address that it gave it.
    FARM: ["SessionDirectoryActive", "SessionDirectoryLocation", "SessionDirectoryRedirectionIP"],
    r"SYSTEM\CurrentControlSet\Services\TermService\Parameters\LicenseServers": ["SpecifiedLicenseServers"],
    contract.POLICY: ["LicensingMode", "LicenseServers"],
    **{rf"{FIREWALL_LOCAL}\{name}": list(_PROFILE_VALUES) for name in PROFILES.values()},
    **{rf"{FIREWALL_POLICY}\{name}": list(_PROFILE_VALUES) for name in (*PROFILES.values(), "PrivateProfile")},
    IPSEC_LOCAL: ["*"],
    IPSEC_POLICY: ["*"],
    # The categories of all networks that the host ever was in, for where it does not say which of them is up.
    NETWORKS + r"\*": ["Category"],
    # Joined to Microsoft Entra ID: one key per registration (as dsregcmd reports it).
    CLOUD_JOIN + r"\*": ["TenantId"],
    # The other listeners (of Citrix and the like, of Azure Virtual Desktop), and what they are pinned to.
    contract.WINSTATIONS + r"\*": ["PortNumber", "fEnableWinStation", "SSLCertificateSHA1Hash"],
    # What takes part in the logon screen; the value without a name is what it is called.
    CREDENTIAL_PROVIDERS + r"\*": ["", "Disabled"],
    POLICY_HISTORY + r"\*": ["DisplayName", "DSPath"],
    # "Turn off Local Group Policy Objects processing".
    r"SOFTWARE\Policies\Microsoft\Windows\System": ["DisableLGPOProcessing"],
    # netsh interface portproxy keeps its rules here: a port of the host that leads elsewhere.
    PORT_PROXY: ["*"],
    **{rf"{MDM}\{area}": ["*"] for area in ("RemoteDesktopServices", "ADMX_TerminalServer")},
}

# Service or driver name -> product; a name may end in a star. Where the names of the later ones stand:
# https://github.com/tothi/serviceDetector (Acronis, Cybereason, Panda, Carbon Black App Control),
# https://github.com/cyberark/epv-api-scripts (both names of CyberArk's),
# https://github.com/Devolutions/devolutions-gateway and the installer of Delinea's engine. WALLIX, One Identity
# Safeguard, senhasegura, Teleport and PAM360 have no service on the host that people connect to, or none whose name is
# known.
PRODUCTS: dict[str, str] = {
    **dict.fromkeys(("CSFalconService", "CSAgent"), "CrowdStrike Falcon"),
    **dict.fromkeys(
        ("SentinelAgent", "SentinelStaticEngine", "SentinelHelperService", "LogProcessorService"), "SentinelOne"
    ),
    **dict.fromkeys(("SepMasterService", "ccSetMgr", "SmcService", "sepWscSvc"), "Symantec Endpoint Protection"),
    **dict.fromkeys(
        ("VSSERV", "EPSecurityService", "bdredline", "EPIntegrationService", "EPProtectedService", "EPRedline"),
        "Bitdefender",
    ),
    **dict.fromkeys(
        (
            "SAVService",
            "SntpService",
            "Sophos Endpoint Defense Service",
            "Sophos MCS Agent",
            "Sophos Network Threat Protection",
            "hmpalertsvc",
        ),
        "Sophos",
    ),
    **dict.fromkeys(
        ("McAfeeFramework", "mfefire", "mfewfpk", "mfemms", "mfevtp", "mfetp", "masvc", "macmnsvc"), "McAfee or Trellix"
    ),
    **dict.fromkeys(("CybereasonActiveProbe", "CybereasonCRS"), "Cybereason"),
    **dict.fromkeys(("NanoServiceMain", "PSUAService", "PandaAetherAgent"), "Panda or WatchGuard"),
    "AcronisActiveProtectionService": "Acronis",
    "HuntressAgent": "Huntress",
    "a2AntiMalware": "Emsisoft",
    "xagt": "Trellix Endpoint Security (FireEye)",
    **dict.fromkeys(("AVP*", "klnagent", "kavfs", "kavfswp"), "Kaspersky"),
    **dict.fromkeys(("tmlisten", "ntrtscan", "ds_agent", "TMBMServer", "TmCCSF", "Amsp", "ds_monitor"), "Trend Micro"),
    **dict.fromkeys(("ekrn", "epfw", "epfwlwf", "EraAgentSvc", "efwd"), "ESET"),
    "MBAMService": "Malwarebytes",
    "CylanceSvc": "Cylance",
    "cyserver": "Palo Alto Cortex XDR",
    "PanGPS": "Palo Alto GlobalProtect",
    **dict.fromkeys(("CbDefense", "CarbonBlack", "Parity"), "Carbon Black"),
    "WRSVC": "Webroot",
    "fshoster": "WithSecure",
    **dict.fromkeys(("avast! Antivirus", "AVGSvc"), "Avast or AVG"),
    "AntiVirService": "Avira",
    "NortonSecurity": "Norton",
    "cmdagent": "Comodo",
    **dict.fromkeys(("AVKWCtl", "GDFwSvc"), "G DATA"),
    **dict.fromkeys(("DrWebAVService", "DrWebNetFilter"), "Dr.Web"),
    **dict.fromkeys(("QHActiveDefense", "ZhuDongFangYu"), "360 Total Security"),
    "HipsDaemon": "Huorong",
    "SBAMSvc": "VIPRE",
    "ThreatLockerService": "ThreatLocker",
    # Its service is there with its VPN alone, too; a firewall of it is one that the Security Center names.
    "FA_Scheduler": "Fortinet FortiClient",
    # What it keeps apart from the network it lets Remote Desktop into:
    # https://docs.fortinet.com/document/fortiedr/5.2.0/administration-guide/463021/isolating-a-device
    "FortiEDR*": "Fortinet FortiEDR",
    **dict.fromkeys(("TracSrvWrapper", "CPDA"), "Check Point"),
    **dict.fromkeys(("CiscoAMP*", "csc_*", "vpnagent"), "Cisco Secure Client"),
    "PulseSecureService": "Ivanti Secure Access (Pulse Secure)",
    "SONICWALL_NetExtender": "SonicWall NetExtender",
    "Twingate.Service": "Twingate",
    **dict.fromkeys(("ZSAService", "ZSATunnel"), "Zscaler"),
    "Elastic Endpoint": "Elastic Defend",
    "stAgentSvc": "Netskope",
    "CloudflareWARP": "Cloudflare WARP",
    "Netbird": "NetBird",
    "Hamachi2Svc": "LogMeIn Hamachi",
    "RvControlSvc": "Radmin VPN",
    "RustDesk": "RustDesk",
    "TeamViewer": "TeamViewer",
    "AnyDesk": "AnyDesk",
    "ScreenConnect Client*": "ScreenConnect",
    "SplashtopRemoteService": "Splashtop",
    "LogMeIn": "LogMeIn",
    "chromoting": "Chrome Remote Desktop",
    "dwmrcs": "DameWare",
    "rserver3": "Radmin Server",
    "Mesh Agent": "MeshCentral",
    "SupremoService": "Supremo",
    "uvnc_service": "UltraVNC",
    "tvnserver": "TightVNC",
    "vncserver": "RealVNC",
    "bomgar-*": "BeyondTrust",
    **dict.fromkeys(("CyberArk Privileged Session Manager", "Cyber-Ark Privileged Session Manager"), "CyberArk PSM"),
    "Thycotic.DistributedEngine.Service": "Delinea Secret Server",
    "DevolutionsGateway": "Devolutions Gateway",
    "Tailscale": "Tailscale",
    "ZeroTierOneService": "ZeroTier",
    "WireGuardTunnel*": "WireGuard",
    "OpenVPNService": "OpenVPN",
    # https://github.com/cloudflare/cloudflared/blob/master/cmd/cloudflared/windows_service.go
    "Cloudflared": "Cloudflare Tunnel",
    "nordvpn-service": "NordVPN",
    "Parsec": "Parsec",
}
# Those that carry the connection: VPN and tunnels.
TUNNELS = frozenset(
    {
        "Check Point",
        "Cisco Secure Client",
        "Cloudflare Tunnel",
        "Cloudflare WARP",
        "Fortinet FortiClient",
        "Ivanti Secure Access (Pulse Secure)",
        "LogMeIn Hamachi",
        "NetBird",
        "Netskope",
        "NordVPN",
        "OpenVPN",
        "Palo Alto GlobalProtect",
        "Radmin VPN",
        "SonicWall NetExtender",
        "Tailscale",
        "Twingate",
        "WireGuard",
        "ZeroTier",
        "Zscaler",
    }
)
# Bastions: people's sessions pass them, and what they open to a host is a connection of their own.
BASTIONS = frozenset({"BeyondTrust", "CyberArk PSM", "Delinea Secret Server", "Devolutions Gateway"})
# Other ways to the same desktop, with connections of their own: they carry and filter none of Remote Desktop's, but may
# hold its port, lock the screen or put a display in its place.
REMOTE_CONTROL = frozenset(
    {
        "AnyDesk",
        "Chrome Remote Desktop",
        "DameWare",
        "LogMeIn",
        "MeshCentral",
        "Parsec",
        "Radmin Server",
        "RealVNC",
        "RustDesk",
        "ScreenConnect",
        "Splashtop",
        "Supremo",
        "TeamViewer",
        "TightVNC",
        "UltraVNC",
    }
)
# Those with a firewall of their own, which Windows' own does not know of: they drop connections before a program sees
# them. What only watches programs is not among them.
FIREWALLS = frozenset(
    {
        "360 Total Security",
        "Avast or AVG",
        "Bitdefender",
        "Check Point",
        "Comodo",
        "Dr.Web",
        "ESET",
        "G DATA",
        "Huorong",
        "Kaspersky",
        "Malwarebytes",
        "McAfee or Trellix",
        "Norton",
        "Panda or WatchGuard",
        "Sophos",
        "Symantec Endpoint Protection",
        "ThreatLocker",
        "Trend Micro",
        "VIPRE",
        "WithSecure",
    }
)
# Those that can keep a host apart from the network as an answer to an attack, whatever Windows' own firewall lets in:
# https://www.cyberglossary.org/en/term/endpoint-isolation,
# https://docs-cortex.paloaltonetworks.com/r/Cortex-XDR/Cortex-XDR-Documentation/Isolate-an-endpoint,
# https://support.huntress.io/hc/en-us/articles/4404960349459-Managed-Host-Isolation-Overview
ISOLATING = frozenset({"Carbon Black", "CrowdStrike Falcon", "Huntress", "Palo Alto Cortex XDR", "SentinelOne"})
# Windows' own services that rules look at.
SERVICES: tuple[str, ...] = ("mpssvc", "BFE", "Schedule", "W32Time", "Netlogon", "Tssdis", *PRODUCTS)


_NAMED = {name.lower(): product for name, product in PRODUCTS.items() if not name.endswith("*")}
_BEGINNING = tuple((name[:-1].lower(), product) for name, product in PRODUCTS.items() if name.endswith("*"))


def product_of(service: str) -> str | None:
    """The product of a service or driver; a name that ends in ``*`` stands for all that begin so."""
    name = service.lower()
    return _NAMED.get(name) or next((product for begin, product in _BEGINNING if name.startswith(begin)), None)


LOGON_PROGRAMS = ("LogonUI.exe", "winlogon.exe", "userinit.exe", "CredentialUIBroker.exe")
# What crashes are logged under: the process of a service, with the service's name.
CRASHING_SERVICES = tuple(f"svchost.exe_{name}" for name in ("TermService", "SessionEnv", "UmRdpService"))


@dataclass(frozen=True)
class EventSource:
    """Events of one provider in one log that a snapshot collects.

    ``ids`` are event ids, or the first and the last of a range. ``data`` is a condition: the event's value of that name
    is one of those given (a name of None: any of its values). One source may have about 20 comparisons: the event log
    refuses a longer query.
    """

    log: str
    provider: str
    ids: tuple[int | tuple[int, int], ...]
    data: tuple[str | None, tuple[int | str, ...]] | None = None

    def has(self, event_id: int) -> bool:
        """Whether it collects events of this id."""
        return any(event_id == one if isinstance(one, int) else one[0] <= event_id <= one[1] for one in self.ids)

    def to_argument(self) -> dict[str, Any]:
        """As the host script takes it."""
        row: dict[str, Any] = {
            "log": self.log,
            "provider": self.provider,
            "ids": [one if isinstance(one, int) else list(one) for one in self.ids],
        }
        if self.data:
            row["data"] = {"name": self.data[0], "values": list(self.data[1])}
        return row


# In the order in which the logs are read: what a probe's own connection left comes before other events push it out, and
# the log that is slowest to read comes last. RCM 1128 to 1130 are about licences (the grace period is over, no server
# answers, none is named), Netlogon 5783 and 5805 about a channel that failed.
EVENTS: tuple[EventSource, ...] = (
    EventSource(
        f"{providers.CORE}/Operational", providers.CORE, (65, 97, 99, (102, 103), 129, 131, 136, (138, 140), (226, 227))
    ),
    EventSource(f"{providers.RCM}/Operational", providers.RCM, ((258, 261), 1149)),
    EventSource(f"{providers.RCM}/Admin", providers.RCM, (1006, (1068, 1069), (50280, 50282))),
    EventSource("System", providers.RCM, (1035, 1036, 1041, (1050, 1059), (1062, 1065), 1067, (1128, 1130))),
    EventSource("System", providers.SCHANNEL, ((36869, 36874), (36886, 36888))),
    EventSource("System", providers.TERMDD, (50, 56)),
    # Two machines share a security identifier; its source stands in docs/causes/nla.md.
    EventSource("System", providers.LSA, (6167,)),
    EventSource("System", providers.NETLOGON, (3210, 5719, (5721, 5723), 5783, 5805)),
    EventSource(
        "System",
        providers.SERVICE_CONTROL_MANAGER,
        (7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038, (7040, 7041), 7045),
    ),
    # What brought a change: an update that was installed, policies that were applied with other settings than before.
    EventSource("System", providers.UPDATES, (19,)),
    EventSource("System", providers.GROUP_POLICY, (1502,)),
    # 17: Windows tried to start TermService, and could not; with an HRESULT.
    EventSource(f"{providers.SESSIONS}/Operational", providers.SESSIONS, (17, (21, 25), 36, (39, 40))),
    # Programs of the logon and services of Remote Desktop that crashed, and profiles that could not be loaded. Only
    # newer builds give the values of 1000 names, so any value of it may be the program's. The report on a crash (1001)
    # has the same names, and comes alone where the program was ended before it could be looked at.
    EventSource("Application", providers.APPLICATION_ERROR, (1000,), (None, (*LOGON_PROGRAMS, *CRASHING_SERVICES))),
    EventSource("Application", providers.ERROR_REPORTING, (1001,), (None, CRASHING_SERVICES)),
    # The process of the logon ended, whatever ended it.
    EventSource("Application", providers.WINLOGON, (4005,)),
    EventSource("Application", providers.PROFILES, (1500, 1502, (1508, 1509), 1511, 1515, 1542)),
    # A certificate was not issued (13), no CA took the request (82), autoenrolment failed (6); each with an HRESULT.
    EventSource("Application", providers.ENROLL, (13, 82)),
    EventSource("Application", providers.AUTOENROLL, (6,)),
    # Failed logons from the network (3) and by Remote Desktop (10) alone.
    EventSource("Security", providers.SECURITY, (4625,), ("LogonType", (3, 10))),
)


def arguments() -> dict[str, Any]:
    """What every call of the host script is given along with its operation."""
    return {
        "values": VALUES,
        "listener_values": {name: list(group.names) for name, group in contract.LISTENER.items()},
        "events": [source.to_argument() for source in EVENTS],
        "service_names": list(SERVICES),
    }


def collects_event(provider: str, number: int) -> bool:
    """Whether a snapshot has the events of this source and id."""
    return any(source.provider == provider and source.has(number) for source in EVENTS)


def collects_value(key: str, name: str) -> bool:
    """Whether a snapshot has this registry value, where the host has it. ``key`` is below ``HKLM``."""
    return any(
        _stands_for(pattern, key) and any(one == "*" or one.lower() == name.lower() for one in names)
        for pattern, names in VALUES.items()
    )


def _stands_for(pattern: str, key: str) -> bool:
    """Whether the pattern's ``*``, which is one whole part of a key, can be what stands there."""
    parts, given = pattern.lower().split("\\"), key.lower().split("\\")
    return len(parts) == len(given) and all(part in ("*", one) for part, one in zip(parts, given))
