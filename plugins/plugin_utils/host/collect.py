# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a snapshot asks for beyond the fixed sections: registry values by key, and services and drivers by name.

A rule that needs a value more adds it here; the host script reads whatever is named. Keys are below ``HKLM``; a ``*`` in a key stands for each subkey, as a
name for every value. Sources: the public documentation of the settings; the names of security products from public lists, each with its vendor.
"""

from __future__ import annotations

_CONTROL = r"SYSTEM\CurrentControlSet\Control"
TERMINAL_SERVER = _CONTROL + r"\Terminal Server"
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
    r"SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services": ["LicensingMode", "LicenseServers"],
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
