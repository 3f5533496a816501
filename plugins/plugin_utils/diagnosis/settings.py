# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings on a setting of the listener that has a wrong value in force: the same for every group that has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT, HOST, POLICY, FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import Context, Evidence, EvidenceList, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.settings import Setting


def owner_of(setting: Setting) -> str:
    """Who can change it so that it lasts."""
    return POLICY if setting.by_policy else HOST


def setting_finding(
    ctx: Context,
    type_: FindingType,
    setting: Setting,
    right: int,
    *,
    summary: str = DEFAULT,
    severity: str | None = None,
    more: Iterable[Evidence] = (),
    facts: Mapping[str, Any] | None = None,
) -> Finding:
    """A setting whose value should be ``right``. One that a policy sets is left to whoever runs the policy.

    ``facts`` are those of the finding's texts beyond what the setting has.
    """
    evidence = EvidenceList()
    value = setting.fault or ("is not set" if setting.effective is None else f"is {setting.effective}")
    evidence.add(f"{setting.name} {value} ({setting.source})", setting.where)
    evidence.extend(more)
    if setting.by_policy and setting.local:
        local = setting.local["data"]
        evidence.add(f"the listener's own value is {local}, which the policy overrides", "section listener")
    return ctx.finding(
        type_,
        evidence=evidence,
        summary=summary,
        advice="policy" if setting.by_policy else DEFAULT,
        severity=severity,
        owner=owner_of(setting),
        target={"key": setting.key, "name": setting.name, "data": right, **_own_policy(setting, right)},
        set_by=setting.set_by,
        how=setting.how_to_change,
        name=setting.name,
        healthy=right,
        value=f"a value that {setting.fault}" if setting.fault else setting.effective,
        policy_name=setting.policy_name,
        where=setting.where,
        **(facts or {}),
    )


def _own_policy(setting: Setting, right: int) -> dict[str, dict[str, str]]:
    """With which options ``winops.rdp.listener`` changes a value that the host's own Group Policy sets, if it does."""
    if not setting.own or right not in contract.POLICY_DATA.get(setting.name, ()):
        return {}
    option, value = next((option, one) for option, one in contract.OPTIONS.items() if one.name == setting.name)
    word = next(choice for choice, number in value.choices.items() if number == right)
    return {"own_policy": {option: str(word).lower(), "where": "local_policy"}}
