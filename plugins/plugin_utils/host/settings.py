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
    "SecurityLayer": _Known(
        "rdp_tcp", 2, "Security > Require use of specific security layer for remote (RDP) connections"
    ),
    "UserAuthentication": _Known(
        "rdp_tcp",
        1,
        "Security > Require user authentication for remote connections by using Network Level Authentication",
    ),
    "MinEncryptionLevel": _Known("rdp_tcp", 2, "Security > Set client connection encryption level"),
    "fAllowSecProtocolNegotiation": _Known("rdp_tcp", 1),
    "PortNumber": _Known("rdp_tcp", 3389),
    "fEnableWinStation": _Known("rdp_tcp", 1),
    "fLogonDisabled": _Known("rdp_tcp", 0),
    "MaxInstanceCount": _Known("rdp_tcp", 0xFFFFFFFF, "Connections > Limit number of connections"),
    "LanAdapter": _Known("rdp_tcp", 0),
    "TSServerDrainMode": _Known("terminal_server", 0),
    "TSEnabled": _Known("terminal_server", 1),
    "TSUserEnabled": _Known("terminal_server", 0),
    "fDenyTSConnections": _Known(
        "terminal_server", 1, "Connections > Allow users to connect remotely by using Remote Desktop Services"
    ),
    "SelfSignedCertStore": _Known("winstations", None, None, "string"),
}


# Where mobile device management keeps what it set, by area and name; it writes the same policy value as Group Policy does.
_MDM = {
    "SecurityLayer": ("ADMX_TerminalServer", "TS_SECURITY_LAYER_POLICY"),
    "UserAuthentication": ("ADMX_TerminalServer", "TS_USER_AUTHENTICATION_POLICY"),
    "MinEncryptionLevel": ("RemoteDesktopServices", "ClientConnectionEncryptionLevel"),
    "MaxInstanceCount": ("ADMX_TerminalServer", "TS_MAX_CON_POLICY"),
    "fDenyTSConnections": ("RemoteDesktopServices", "AllowUsersToConnectRemotely"),
}


@dataclass(frozen=True)
class Setting:
    """One setting of the listener.

    ``effective`` is the value in force (None if the value that counts has an unusable type), ``source`` is ``policy`` (Group Policy, or written by hand where
    policies are), ``mdm`` (mobile device management), ``local`` or ``default``, ``local`` the raw registry value under the listener's own key (None if absent),
    ``policy_name`` the Group Policy that governs it, ``gpo`` the Group Policy object that set it where the host knows, and ``fault`` says what is wrong with
    the registry value that counts.
    """

    name: str
    effective: int | str | None
    source: str
    key: str
    local: dict[str, Any] | None
    policy_name: str | None = None
    fault: str | None = None
    gpo: str | None = None

    @property
    def by_policy(self) -> bool:
        """A change on the host would not last."""
        return self.source in ("policy", "mdm")

    @property
    def set_by(self) -> str:
        """Who sets it, in words."""
        if self.source == "mdm":
            return "device management (MDM)"
        return f"Group Policy '{self.policy_title}'" + (f" in the GPO '{self.gpo}'" if self.gpo else "")

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
            "gpo": self.gpo,
            "fault": self.fault,
        }


def names() -> tuple[str, ...]:
    """The settings that have a value in force."""
    return tuple(_KNOWN)


def mdm_place(name: str) -> tuple[str, str] | None:
    """Area and name under which device management keeps this setting."""
    return _MDM.get(name)


def resolve(name: str, listener: dict[str, Any], build: int, managed: bool = False, gpo: str | None = None) -> Setting:
    """The setting ``name`` of a snapshot's ``listener`` section, on a host of this build.

    ``managed`` tells that device management has this setting, ``gpo`` the name of the Group Policy object that won.
    """
    known = _KNOWN[name]
    local = listener[known.group]["settings"][name]
    policy = listener["policy"]["settings"].get(name) if name in schema.LISTENER_VALUES["policy"] else None
    source, group = ("policy", "policy") if policy else ("local" if local else "default", known.group)
    raw = policy or local
    effective: int | str | None = known.default
    if name == "SecurityLayer" and 0 < build < 14393:
        effective = 1
    fault = None
    if raw:
        if raw["type"] == known.kind or (known.kind == "string" and raw["type"] == "expand_string"):
            effective = raw["data"]
        else:
            effective, fault = None, f"is {raw['type']}, should be {known.kind}"
    if source == "policy" and managed:
        source = "mdm"
    policy_name = _GPO + known.policy if known.policy else None
    return Setting(
        name, effective, source, listener[group]["path"], local, policy_name, fault, gpo if source == "policy" else None
    )
