# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The time limits of sessions: who set the one that a user met, and what the host's log has of it.

The computer's policy comes first, then the policies of the user, which are not read, then the listener's own value
where it does not leave it to the account, and then the account's
(https://learn.microsoft.com/windows/win32/termserv/win32-tssessionsetting).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import TIME_LIMITS
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import SESSIONS, Context, Evidence
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.settings import owner_of
from ansible_collections.winops.rdp.plugins.plugin_utils.host.settings import Setting
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted, lasting

# How long a session that was disconnected is kept, and whether a limit ends a session at once.
_KEPT, _ENDS = "MaxDisconnectionTime", "fResetBroken"
# What the policy's editor offers ends at five days, in whole minutes; of other data nothing is documented:
# https://learn.microsoft.com/windows/client-management/mdm/policy-csp-admx-terminalserver
_MINUTE, _LONGEST = 60_000, 5 * 24 * 60 * 60_000
_OF_THE_USER = "whether a policy of the user sets another limit (gpresult /r as that user): it comes first"


@dataclass(frozen=True)
class Limit:
    """What a host says of one limit.

    ``advice`` names the template for it, ``owner`` who can change it (None: not the host), ``unread`` what is not
    known of it, and ``facts`` is what sentences need of it. ``in_force``: it is a limit, and how long is known.
    """

    advice: str = DEFAULT
    owner: str | None = None
    evidence: tuple[Evidence, ...] = ()
    unread: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    in_force: bool = False


def limit_behind(ctx: Context, reason: int) -> Limit:
    """The limit that a reason of ``TIME_LIMITS`` is about."""
    name = TIME_LIMITS[reason]
    setting = ctx.snapshot.setting(name)
    if setting is None or setting.source == "unread":
        return Limit(unread=(f"{name} as it is in force, which was not read",))
    if setting.fault:
        told = _evidence(setting, f"{setting.fault} ({setting.source})")
        open_ = (f"what Windows makes of that: {name} {setting.fault}",)
        if setting.by_policy:
            return Limit("faulty", owner_of(setting), (told,), open_, _facts(setting))
        return Limit(evidence=(told,), unread=open_)
    if not isinstance(setting.effective, int) or setting.effective == 0:
        said = "is left to the account" if setting.source == "account" else f"is 0, no limit ({setting.source})"
        return Limit("elsewhere", evidence=(_evidence(setting, said),))
    time = lasting(setting.effective)
    evidence = (_evidence(setting, f"is {setting.effective}, {time} ({setting.source})"), *_what_is_lost(ctx))
    unread = [_OF_THE_USER] * (not setting.by_policy)
    offered = setting.effective <= _LONGEST and setting.effective % _MINUTE == 0
    if not offered:
        unread.append(f"what Windows makes of {name} {setting.effective}, which is none of the times that it offers")
    advice = "policy" if setting.by_policy else "limit"
    return Limit(advice, owner_of(setting), evidence, tuple(unread), {**_facts(setting), "lasting": time}, offered)


def _facts(setting: Setting) -> dict[str, Any]:
    return {
        "name": setting.name,
        "where": setting.where,
        "value": setting.effective,
        "set_by": setting.set_by,
        "how": setting.how_to_change,
        "policy_name": setting.policy_name,
    }


def logged(ctx: Context, reason: int) -> list[Evidence]:
    """The sessions that ended for this reason in the last day; event 40 has the session's number and the reason."""
    rows = ctx.snapshot.listed_since(ctx.lately, SESSIONS, 40)
    count = sum(1 for row in rows if row["numbers"][1:2] == [reason])
    fact = f"{counted(count)} 40 of {SESSIONS} in the last day with the reason {reason}"
    return [Evidence(fact, "section events")] * bool(count)


def _what_is_lost(ctx: Context) -> Iterator[Evidence]:
    """Whether what was open in the session is lost, which users report rather than the limit."""
    ends, kept = ctx.snapshot.setting(_ENDS), ctx.snapshot.setting(_KEPT)
    for setting in (ends, kept):
        if setting and setting.fault:
            yield _evidence(setting, setting.fault)
    if ends and ends.effective == 1:
        yield _evidence(ends, "is 1: the limit ends the session with all that is open in it")
    elif kept and isinstance(kept.effective, int) and kept.effective:
        said = f"is {kept.effective}: a session that was disconnected is ended after {lasting(kept.effective)}"
        yield _evidence(kept, f"{said}, with all that is open in it")


def _evidence(setting: Setting, said: str) -> Evidence:
    return Evidence(f"{setting.name} {said}", setting.where)
