# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with a Windows client, or between it and a host: one entry for each finding that is made there. A
scenario changes a client in order, of which the name or address of the host that it is to reach is known."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.hosts import clients
from tests.hosts.changes import CREDSSP, product
from tests.hosts.windows import LSA, POLICY, SCHANNEL, Windows

Change = Callable[[Windows, str], None]
DELEGATION = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\CredentialsDelegation"
FILE = r"C:\Users\Public\Desktop\srv01.rdp"


@dataclass(frozen=True)
class ClientScenario:
    """``finding`` is what must be found, ``verdict`` whose the fault is, ``host`` the host's scenario."""

    finding: str
    change: Change
    verdict: str = "in_order"
    host: str = "healthy"


def _dword(key: str, name: str, data: int) -> Change:
    return lambda pc, _target: pc.put(key, name, {"type": "dword", "data": data})


def _tls_off(pc: Windows, _target: str) -> None:
    for version in ("TLS 1.2", "TLS 1.3"):
        pc.put(rf"{SCHANNEL}\Protocols\{version}\Client", "Enabled", {"type": "dword", "data": 0})


def _deny(policy: str) -> Change:
    def change(pc: Windows, _target: str) -> None:
        pc.put(DELEGATION, policy, {"type": "dword", "data": 1})
        pc.put(rf"{DELEGATION}\{policy}", "1", {"type": "string", "data": "TERMSRV/*"})

    return change


def _state(name: str, value: Any) -> Change:
    return lambda pc, _target: pc.data["client"].update({name: value})


def _to_target(name: str) -> Change:
    return lambda pc, target: pc.data["client"].update({name: [target]})


def _kept(pc: Windows, target: str) -> None:
    value = {"type": "binary", "data": base64.b64encode(b"x" * 20).decode()}
    pc.data["client"]["profiles"] = [clients.profile(targets={target: {"CertHash": value}})]


def _file(*lines: str) -> Change:
    return _state("rdp_files", {FILE: list(lines)})


def _build(number: int, revision: int) -> Change:
    return lambda pc, _target: pc.data["host"].update(build=number, ubr=revision)


def _behind_a_tunnel(pc: Windows, target: str) -> None:
    pc.data["client"]["dropped"] = [target]
    product("PanGPS")(pc)


CLIENT_SCENARIOS: dict[str, ClientScenario] = {
    "tls_off": ClientScenario("client.tls_off", _tls_off, "client"),
    "dropped": ClientScenario("client.look_fails", _to_target("dropped"), "path"),
    "tunnel": ClientScenario("client.products", _behind_a_tunnel, "path"),
    "name": ClientScenario("client.name", _to_target("unresolved"), "client"),
    "blocked": ClientScenario("client.cannot_connect", _to_target("filtered"), "path"),
    "inspected": ClientScenario("client.altered", _state("files", []), host="tls_inspected"),
    "clock": ClientScenario("client.clock", lambda pc, _target: pc.data["host"].update(clock_offset_seconds=4000)),
    "authentication_off": ClientScenario("client.authentication_off", _dword(POLICY, "AuthenticationLevel", 0)),
    "authentication": ClientScenario("client.authentication_required", _dword(POLICY, "AuthenticationLevel", 1)),
    "delegation": ClientScenario("client.delegation_policy", _deny("DenyFreshCredentials")),
    "saved": ClientScenario("client.saved_credentials", _deny("DenySavedCredentials")),
    "oracle": ClientScenario("client.oracle_vulnerable", _dword(CREDSSP, "AllowEncryptionOracle", 2)),
    "oracle_forced": ClientScenario(
        "client.oracle_forced", _dword(CREDSSP, "AllowEncryptionOracle", 0), host="credssp_unpatched"
    ),
    "restricted": ClientScenario("client.restricted_admin", _dword(DELEGATION, "RestrictedRemoteAdministration", 1)),
    "ntlm": ClientScenario("client.ntlm_off", _dword(LSA + r"\MSV1_0", "RestrictSendingNTLMTraffic", 2)),
    "stale_hash": ClientScenario("client.stale_hash", _kept),
    "retired": ClientScenario(
        "client.app_retired", _state("packages", [clients.package("Microsoft.RemoteDesktop", "10.2.3012.0")])
    ),
    "outdated": ClientScenario(
        "client.app_outdated", _state("packages", [clients.package("MicrosoftCorporationII.Windows365", "2.0.660.0")])
    ),
    "update": ClientScenario("client.update_defect", _build(26100, 7623)),
    "rdp_file": ClientScenario("client.rdp_file", _file("enablecredsspsupport:i:0")),
    "rdp_file_risk": ClientScenario("client.rdp_file_risk", _file("authentication level:i:0", "password 51:b:AA")),
}
