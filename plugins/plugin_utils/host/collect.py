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

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract

_CONTROL = r"SYSTEM\CurrentControlSet\Control"
TERMINAL_SERVER = contract.TERMINAL_SERVER
SCHANNEL = _CONTROL + r"\SecurityProviders\SCHANNEL"
LSA = _CONTROL + r"\Lsa"
CREDSSP = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\CredSSP\Parameters"
SUITES_POLICY = r"SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002"
SUITES_LOCAL = _CONTROL + r"\Cryptography\Configuration\Local\SSL\00010002"
FIREWALL_LOCAL = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
FIREWALL_POLICY = r"SOFTWARE\Policies\Microsoft\WindowsFirewall"
PROFILES = {1: "DomainProfile", 2: "StandardProfile", 4: "PublicProfile"}
MDM = r"SOFTWARE\Microsoft\PolicyManager\current\device"

_PROFILE_VALUES = ["EnableFirewall", "DoNotAllowExceptions", "DefaultInboundAction", "AllowLocalPolicyMerge"]

VALUES: dict[str, list[str]] = {
    SCHANNEL + r"\Protocols\TLS 1.2\Server": ["Enabled", "DisabledByDefault"],
    SCHANNEL + r"\Protocols\TLS 1.3\Server": ["Enabled", "DisabledByDefault"],
    SCHANNEL + r"\Ciphers\*": ["Enabled"],
    SCHANNEL + r"\Hashes\*": ["Enabled"],
    SCHANNEL + r"\KeyExchangeAlgorithms\*": ["Enabled"],
    SUITES_POLICY: ["Functions"],
    SUITES_LOCAL: ["Functions"],
    LSA: ["LmCompatibilityLevel", "disabledomaincreds"],
    LSA + r"\MSV1_0": ["RestrictReceivingNTLMTraffic", "RestrictSendingNTLMTraffic"],
    LSA + r"\FipsAlgorithmPolicy": ["Enabled"],
    CREDSSP: ["AllowEncryptionOracle"],
    r"SYSTEM\Setup": ["SystemSetupInProgress", "OOBEInProgress"],
    r"SYSTEM\CurrentControlSet\Services\W32Time\Parameters": ["Type", "NtpServer"],
    r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList": ["ProgramData"],
    TERMINAL_SERVER + r"\lanatable\*": ["LanaId"],
    TERMINAL_SERVER + r"\RCM\Licensing Core": ["LicensingMode"],
    r"SYSTEM\CurrentControlSet\Services\TermService\Parameters\LicenseServers": ["SpecifiedLicenseServers"],
    contract.POLICY: ["LicensingMode", "LicenseServers"],
    **{rf"{FIREWALL_LOCAL}\{name}": list(_PROFILE_VALUES) for name in PROFILES.values()},
    **{rf"{FIREWALL_POLICY}\{name}": list(_PROFILE_VALUES) for name in (*PROFILES.values(), "PrivateProfile")},
    **{rf"{MDM}\{area}": ["*"] for area in ("RemoteDesktopServices", "ADMX_TerminalServer")},
}

# Service or driver name -> product; a name may end in a star.
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
    "xagt": "Trellix Endpoint Security (FireEye)",
    **dict.fromkeys(("AVP*", "klnagent", "kavfs", "kavfswp"), "Kaspersky"),
    **dict.fromkeys(("tmlisten", "ntrtscan", "ds_agent", "TMBMServer", "TmCCSF", "Amsp", "ds_monitor"), "Trend Micro"),
    **dict.fromkeys(("ekrn", "epfw", "epfwlwf", "EraAgentSvc", "efwd"), "ESET"),
    "MBAMService": "Malwarebytes",
    "CylanceSvc": "Cylance",
    "cyserver": "Palo Alto Cortex XDR",
    "PanGPS": "Palo Alto GlobalProtect",
    **dict.fromkeys(("CbDefense", "CarbonBlack"), "Carbon Black"),
    "WRSVC": "Webroot",
    "fshoster": "WithSecure",
    **dict.fromkeys(("avast! Antivirus", "AVGSvc"), "Avast or AVG"),
    **dict.fromkeys(("FA_Scheduler", "FortiEDR*"), "Fortinet"),
    **dict.fromkeys(("TracSrvWrapper", "CPDA"), "Check Point"),
    **dict.fromkeys(("CiscoAMP*", "csc_*"), "Cisco Secure Client"),
    **dict.fromkeys(("ZSAService", "ZSATunnel"), "Zscaler"),
    "Elastic Endpoint": "Elastic Defend",
    "RustDesk": "RustDesk",
}
# Windows' own services that rules look at.
SERVICES: tuple[str, ...] = ("mpssvc", "BFE", "W32Time", "Netlogon", "Tssdis", *PRODUCTS)

# The listener's keys, by group, each with the values to read: those of the ledger.
LISTENER: dict[str, dict[str, Any]] = {
    name: {"key": group.key, "values": list(group.names)} for name, group in contract.LISTENER.items()
}

# Sources of events, as the event log names them.
RCM = "Microsoft-Windows-TerminalServices-RemoteConnectionManager"
LSM = "Microsoft-Windows-TerminalServices-LocalSessionManager"
CORE = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"
AUDIT = "Microsoft-Windows-Security-Auditing"
SERVICE_MANAGER = "Service Control Manager"
SCHANNEL_EVENTS = "Schannel"
NETLOGON = "NETLOGON"
TERMDD = "TermDD"


def _source(provider: str, *ids: int | list[int], condition: str | None = None) -> dict[str, Any]:
    """Events of a source: ids, or first and last of a range, which keeps a query below the log's limit on terms.

    ``condition`` is one of ``contract.EVENT_CONDITIONS``: an event's data is never searched by a text sent from here.
    """
    return {"provider": provider, "ids": list(ids), "condition": condition}


# Log -> what is read of it. Which events mean what: the public documentation of Windows' event sources, and
# https://learn.microsoft.com/windows/security/threat-protection/auditing (4625, 5058, 5061).
EVENTS: dict[str, list[dict[str, Any]]] = {
    "System": [
        _source(RCM, 1035, 1036, 1041, [1050, 1059], [1063, 1065], 1067),
        _source(SCHANNEL_EVENTS, [36869, 36874], [36886, 36888]),
        _source(TERMDD, 50, 56),
        _source(NETLOGON, 3210, 5719, [5721, 5723]),
        _source(SERVICE_MANAGER, 7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038, [7040, 7041]),
    ],
    f"{RCM}/Operational": [_source(RCM, [258, 261], 1149)],
    f"{RCM}/Admin": [_source(RCM, 1006, [1068, 1069])],
    f"{CORE}/Operational": [_source(CORE, 65, 97, 99, [102, 103], 129, 131, 136, [138, 140], [226, 227])],
    f"{LSM}/Operational": [_source(LSM, [21, 25], [39, 40])],
    "Security": [
        _source(AUDIT, 4625, condition="network_logon"),
        _source(AUDIT, 5058, 5061, condition="listener_key"),
    ],
}


def collects_event(provider: str, number: int) -> bool:
    """Whether a snapshot has the events of this source and id."""
    return any(
        source["provider"] == provider and _covers(source["ids"], number)
        for sources in EVENTS.values()
        for source in sources
    )


def _covers(ids: list[int | list[int]], number: int) -> bool:
    return any(one[0] <= number <= one[1] if isinstance(one, list) else one == number for one in ids)


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
