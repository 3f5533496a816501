# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each build of Windows as it is installed: what its documentation and published measurements say of its defaults.

Sources, by the letter at each fact:

A  https://github.com/Azure/repair-script-library, win-fix-rdp-certificate.ps1 and win-fix-rdp-connectivity.ps1: start
   types, descriptors of the folder and of the key file, provider, absent pin, as measured on builds 9600 to 26100
B  https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/microsoft-windows-terminalservices-localsessionmanager-fdenytsconnections
C  https://learn.microsoft.com/windows/win32/termserv/win32-tsgeneralsetting and published exports of RDP-Tcp
D  https://learn.microsoft.com/windows/application-management/svchost-service-refactoring: services share a process
   below 3.5 GB of memory; the groups are those of published exports of the key Svchost
E  https://learn.microsoft.com/windows/client-management/mdm/policy-csp-remotedesktopservices and published exports:
   licensing modes of hosts without the role (1), with the role and not configured (5), of Azure Virtual Desktop (6)
F  https://learn.microsoft.com/entra/identity/devices/troubleshoot-device-dsregcmd: where the join is kept
G  https://learn.microsoft.com/windows/deployment/windows-enablement-package (builds that run the files of another)
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.hosts.windows import (
    FIREWALL,
    RDP_TCP,
    STOPPED,
    TS,
    WS,
    Windows,
    firewall_rule,
)

_SVCHOST = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Svchost"
_LICENSING = TS + r"\RCM\Licensing Core"
_JOIN = r"HKLM\SYSTEM\CurrentControlSet\Control\CloudDomainJoin\JoinInfo"


@dataclass(frozen=True)
class Build:
    """One build: edition, kind (1 client, 2 domain controller, 3 server), svchost's group of TermService (D), whether
    its process is shared, and the licensing mode of a host with the role of a session host (E)."""

    number: int
    edition: str
    installation: str = "Server"
    kind: int = 3
    group: str = "termsvcs"
    shared: bool = False
    session_host: int | None = None

    @property
    def joins(self) -> tuple[str, ...]:
        return ("domain",) if self.kind == 2 else ("workgroup", "domain", "entra")


BUILDS: dict[str, Build] = {
    "server_2012_r2": Build(9600, "ServerStandard"),
    "server_2016": Build(14393, "ServerStandard"),
    "server_2019": Build(17763, "ServerDatacenter"),
    "server_2022": Build(20348, "ServerStandard"),
    "server_2025": Build(26100, "ServerStandard"),
    "server_core": Build(20348, "ServerStandard", "Server Core"),
    "windows_10": Build(19045, "Professional", "Client", 1, "NetworkService -p"),
    "windows_10_small": Build(19045, "Enterprise", "Client", 1, "NetworkService -p", shared=True),
    "windows_11": Build(22631, "Professional", "Client", 1, "NetworkService -p"),
    "windows_11_24h2": Build(26100, "Enterprise", "Client", 1, "NetworkService -p"),
    "home": Build(22631, "Core", "Client", 1, "NetworkService -p"),
    "avd_multi_session": Build(22631, "ServerRdsh", "Client", 3, "NetworkService -p", session_host=6),
    "domain_controller": Build(20348, "ServerStandard", kind=2),
    "session_host": Build(20348, "ServerStandard", session_host=4),
}


def host_of(name: str, join: str = "workgroup", on: bool = True) -> Windows:
    """A host of this build as it is installed; ``on``: Remote Desktop was then switched on in its settings."""
    build = BUILDS[name]
    host = Windows(name, build.number)
    host.data["host"].update(
        edition_id=build.edition,
        installation_type=build.installation,
        product_type=build.kind,
        domain_role=_role(build.kind, join),
        dns_domain="corp.example.test" if join == "domain" else None,
    )
    _settings(host, build)
    if join == "entra":
        host.put(
            _JOIN + r"\0123456789ABCDEF", "TenantId", {"type": "string", "data": "00000000-0000-0000-0000-000000000001"}
        )
    if on:
        host.self_sign(days_ago=20)  # SessionEnv, at the first start (A)
        host.take_credential()
    else:
        _off(host)
    if build.shared:
        host.volatile["pids"]["CryptSvc"] = host.volatile["pids"]["TermService"]
    return host


def _role(kind: int, join: str) -> int:
    """As Win32_ComputerSystem numbers it."""
    if kind == 2:
        return 5
    return (0 if kind == 1 else 2) + int(join == "domain")


def _settings(host: Windows, build: Build) -> None:
    # C: SecurityLayer 2, MinEncryptionLevel 2, UserAuthentication 1 are the model's own; TSUserEnabled is 0, TSEnabled
    # absent. A: the pin is absent.
    host.put(TS, "TSEnabled", None)
    host.dword(TS, "TSUserEnabled", 0)
    host.dword(_LICENSING, "LicensingMode", build.session_host or 1)
    if build.session_host:
        host.dword(TS, "TSAppCompat", 1)
        host.data["licensing"] = {"type": build.session_host, "grace_days": 0}
        if build.session_host != 6:
            servers = {"type": "string", "data": "lic01.corp.example.test"}
            host.put(r"HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services", "LicenseServers", servers)
    # D
    group = build.group.split()[0]
    members = (
        ["TermService"]
        if group == "termsvcs"
        else ["CryptSvc", "nlasvc", "lanmanworkstation", "DNSCache", "TermService"]
    )
    host.put(_SVCHOST, group, {"type": "multi_string", "data": members})
    for other, lists in (("netsvcs", "SessionEnv"), ("LocalSystemNetworkRestricted", "UmRdpService")):
        host.put(_SVCHOST, other, {"type": "multi_string", "data": [lists, "Schedule"]})
        host.data["image_paths"][lists] = rf"%SystemRoot%\System32\svchost.exe -k {other} -p"
    host.data["image_paths"]["TermService"] = rf"%SystemRoot%\System32\svchost.exe -k {build.group}"


def _off(host: Windows) -> None:
    """B: Windows is installed with it off; then nothing was ever started for it: no certificate, no key, no rule on."""
    host.dword(TS, "fDenyTSConnections", 1)
    for name in ("UmRdpService", "TermService", "SessionEnv"):
        host.service(name).update(state=STOPPED, exit_code=1077)  # ERROR_SERVICE_NEVER_STARTED
        host.volatile["pids"][name] = 0
    host.put(WS, "SelfSignedCertificate", None)
    host.put(RDP_TCP, "SSLCertificateSHA1Hash", None)
    for name, number in (("TCP", 6), ("UDP", 17)):
        rule = {"type": "string", "data": firewall_rule(active=False, number=number)}
        host.put(FIREWALL + r"\FirewallRules", f"RemoteDesktop-UserMode-In-{name}", rule)
