# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listener settings: the value in force, and who set it.

A value under the policy key is in force whatever the listener's own key says; where neither has one, the operating system's default is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import schema

_GPO = "Computer Configuration > Administrative Templates > Windows Components > Remote Desktop Services > Remote Desktop Session Host > "


@dataclass(frozen=True)
class _Known:
    group: str
    default: int | str | None
    policy: str | None = None
    kind: str = "dword"


_KNOWN: dict[str, _Known] = {
    "SecurityLayer": _Known("rdp_tcp", 2, "Security > Require use of specific security layer for remote (RDP) connections"),
    "UserAuthentication": _Known("rdp_tcp", 1, "Security > Require user authentication for remote connections by using Network Level Authentication"),
    "MinEncryptionLevel": _Known("rdp_tcp", 2, "Security > Set client connection encryption level"),
    "fAllowSecProtocolNegotiation": _Known("rdp_tcp", 1),
    "PortNumber": _Known("rdp_tcp", 3389),
    "fEnableWinStation": _Known("rdp_tcp", 1),
    "fLogonDisabled": _Known("rdp_tcp", 0),
    "MaxInstanceCount": _Known("rdp_tcp", 0xFFFFFFFF, "Connections > Limit number of connections"),
    "fDenyTSConnections": _Known("terminal_server", 1, "Connections > Allow users to connect remotely by using Remote Desktop Services"),
    "SelfSignedCertStore": _Known("winstations", None, None, "string"),
}


@dataclass(frozen=True)
class Setting:
    """One setting of the listener.

    ``effective`` is the value in force (None if the value that counts has an unusable type), ``source`` is ``policy``, ``local`` or ``default``,
    ``local`` the raw registry value under the listener's own key (None if absent), ``policy_name`` the Group Policy that governs it, and
    ``fault`` says what is wrong with the registry value that counts.
    """

    name: str
    effective: int | str | None
    source: str
    key: str
    local: dict[str, Any] | None
    policy_name: str | None = None
    fault: str | None = None

    @property
    def where(self) -> str:
        return f"{self.key}\\{self.name}"

    @property
    def policy_title(self) -> str | None:
        return self.policy_name.rsplit(" > ", 1)[-1] if self.policy_name else None

    def to_dict(self) -> dict[str, Any]:
        return {
            "effective": self.effective,
            "source": self.source,
            "where": self.where,
            "local": self.local["data"] if self.local else None,
            "policy": self.policy_name,
            "fault": self.fault,
        }


def names() -> tuple[str, ...]:
    """The settings that have a value in force."""
    return tuple(_KNOWN)


def resolve(name: str, listener: dict[str, Any], build: int) -> Setting:
    """The setting ``name`` of a snapshot's ``listener`` section, on a host of this build."""
    known = _KNOWN[name]
    local = listener[known.group]["settings"][name]
    policy = listener["policy"]["settings"].get(name) if name in schema.LISTENER_VALUES["policy"] else None
    source, group = ("policy", "policy") if policy else ("local" if local else "default", known.group)
    raw = policy or local
    effective: int | str | None = known.default
    if name == "SecurityLayer" and build < 14393:
        effective = 1
    fault = None
    if raw:
        if raw["type"] == known.kind or (known.kind == "string" and raw["type"] == "expand_string"):
            effective = raw["data"]
        else:
            effective, fault = None, f"is {raw['type']}, should be {known.kind}"
    return Setting(name, effective, source, listener[group]["path"], local, _GPO + known.policy if known.policy else None, fault)
