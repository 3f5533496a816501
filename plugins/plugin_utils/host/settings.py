# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listener settings: the value in force, and who set it.

A value under the policy key is in force whatever the listener's own key says; where neither has one, the operating
system's default is. Some of the listener's own count only where it does not leave them to the account. The values
themselves are in ``contract``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract

_GPO = (
    "Computer Configuration > Administrative Templates > Windows Components > Remote Desktop Services"
    " > Remote Desktop Session Host > "
)


@dataclass(frozen=True)
class Setting:
    """One setting of the listener.

    ``effective`` is the value in force (None if the value that counts has an unusable type, or if it is absent and has
    no default that is known), ``source`` is ``policy``
    (Group Policy, or written by hand where policies are), ``mdm`` (mobile device management), ``local``, ``account``
    (each account has its own, or the policies of its user), ``unread`` (the snapshot is older than the question) or
    ``default``, ``local`` the raw registry value under the listener's own key (None if absent), ``policy_name`` the
    Group Policy that governs it, ``gpo`` the Group Policy object that set it where the host knows, and ``fault`` says
    what is wrong with the registry value that counts. ``own`` tells whether a policy's value is the host's own (its
    local Group Policy, or written by hand where nobody else sets policies); None if that is not known.
    """

    name: str
    effective: int | str | None
    source: str
    key: str
    local: dict[str, Any] | None
    policy_name: str | None = None
    fault: str | None = None
    gpo: str | None = None
    own: bool | None = None

    @property
    def by_policy(self) -> bool:
        """A change on the host would not last."""
        return self.source in ("policy", "mdm")

    @property
    def set_by(self) -> str:
        """Who sets it, in words."""
        if self.source == "mdm":
            return "device management (MDM)"
        if self.own:
            return f"the host's own Group Policy '{self.policy_title}'"
        return f"Group Policy '{self.policy_title}'" + (f" in the GPO '{self.gpo}'" if self.gpo else "")

    @property
    def how_to_change(self) -> str:
        """Where a change lasts."""
        if self.own and self.name in contract.POLICY_DATA:
            return "winops.rdp.listener changes it there with where=local_policy"
        return "a change on the host would not last, change it there"

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
    return tuple(contract.SETTINGS)


def mdm_place(name: str) -> tuple[str, str] | None:
    """Area and name under which device management keeps this setting."""
    return contract.SETTINGS[name][1].mdm


def resolve(
    name: str,
    listener: dict[str, Any],
    managed: bool = False,
    gpo: str | None = None,
    own: bool | None = None,
) -> Setting:
    """The setting ``name`` of a snapshot's ``listener`` section.

    ``managed`` tells that device management has this setting, ``gpo`` the name of the Group Policy object that won,
    ``own`` whether that is the host's own.
    """
    group, known = contract.SETTINGS[name]
    local = listener[group]["settings"][name]
    policy = listener["policy"]["settings"].get(name) if name in contract.LISTENER["policy"].names else None
    effective, fault = _in_force(known, policy or local)
    source = "local" if local else "default"
    if policy:
        source, group = "mdm" if managed else "policy", "policy"
    elif known.account:
        left, odd = _left_to_account(known.account, listener[group]["settings"])
        source = left or source
        effective, fault = (None, odd) if left or odd else (effective, fault)
    return Setting(
        name,
        effective,
        source,
        listener[group]["path"],
        local,
        _GPO + known.policy if known.policy else None,
        fault,
        gpo if source == "policy" else None,
        own if source == "policy" else None,
    )


def wrong_type(given: str, wanted: str) -> str:
    """What is wrong with a registry value of another type, behind its name."""
    return f"is {contract.REGISTRY_TYPES.get(given, given)} and must be {contract.REGISTRY_TYPES[wanted]}"


# What Windows sets each value to that leaves another to the account.
_LEFT = contract.Value("", default=1)


def _left_to_account(name: str, settings: dict[str, Any]) -> tuple[str | None, str | None]:
    """Whose the value is if not the listener's, by the one beside it, and what is wrong with that one, or None."""
    if name not in settings:
        return "unread", None
    left, odd = _in_force(_LEFT, settings[name])
    if odd:
        return None, f"counts only where {name} beside it is 0, and that one {odd}"
    return "account" if left else None, None


def _in_force(known: contract.Value, raw: dict[str, Any] | None) -> tuple[int | str | None, str | None]:
    """What the registry value that counts comes to, and what is wrong with it, or None."""
    if raw is None:
        return known.default, None
    if raw["type"] == known.kind or (known.kind == "string" and raw["type"] == "expand_string"):
        return raw["data"], None
    return None, wrong_type(raw["type"], known.kind)
