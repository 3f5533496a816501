# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether Network Level Authentication may be turned on, and how it is turned off for a time.

With it, whoever cannot be authenticated before the logon is out; without it he could still log on at the host, with
cached credentials or a local account. So it is turned on only where everything that it needs is known to work.

It is turned off only with a time: before the value changes a task stands on the host that requires it again, whatever
becomes of the controller.
"""

from __future__ import annotations

import re
from datetime import timedelta

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment, assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import PUBLIC, Firewall
from ansible_collections.winops.rdp.plugins.plugin_utils.host.settings import Setting
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import RUNNING, Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

# CredSSP runs inside of TLS, and checks tickets by the clock.
NEEDED_GROUPS = frozenset({"nla", "certificate", "tls", "clock"})
# The trust in the domain, the settings of NTLM and CredSSP, and what TLS needs.
_NEEDED_SECTIONS = ("host", "listener", "certificates", "key_files", "services", "registry", "domain")


_NAME = "UserAuthentication"
_CLOCK_SLACK = timedelta(minutes=5)
_DURATION = re.compile(r"([1-9][0-9]{0,4})\s*(?:(m|min|minutes?)|h|hours?)", re.IGNORECASE)


def broken_needs(assessment: Assessment) -> tuple[str, ...]:
    """Ids of the findings by which Network Level Authentication keeps people out."""
    return tuple(
        finding.id
        for finding in assessment.diagnosis.findings
        if finding.type.explains_nla or (finding.severity == CRITICAL and finding.type.group in NEEDED_GROUPS)
    )


def obstacle(assessment: Assessment) -> str | None:
    """What forbids to turn it on, in a few words; None if it may be."""
    broken = broken_needs(assessment)
    if broken:
        return f"what it needs is broken ({', '.join(broken)})"
    if assessment.probe.offers("credssp") is False:
        return "the listener does not take CredSSP, with which it begins"
    unread = [name for name in _NEEDED_SECTIONS if assessment.snapshot.section(name) is None]
    if unread:
        return f"what it needs could not be read (section {', '.join(unread)})"
    domain = assessment.snapshot.section("domain")
    if domain["joined"] and domain["channel_status"] is None:
        return "the trust in the domain could not be read"
    return None


# For a time -----------------------------------------------------------------------------------------------------------


def duration(text: str) -> timedelta | None:
    """How long it is to be off, from 30 minutes to 24 hours (``30m``, ``30 minutes``, ``4h``); None if it is none."""
    found = _DURATION.fullmatch(text.strip())
    if not found:
        return None
    length = timedelta(minutes=int(found[1])) if found[2] else timedelta(hours=int(found[1]))
    return length if nla_task.SHORTEST <= length <= nla_task.LONGEST else None


def turn_off(snapshot: Snapshot, length: timedelta, *, allow_public: bool, finding: str) -> tuple[Step, ...]:
    """The steps that turn it off for a time, the task before the value. Asked again, the time begins anew.

    Raises ``Refused``.
    """
    setting = snapshot.setting(_NAME)
    if setting is None or snapshot.now is None:
        raise Refused("the listener's settings, or the host's clock, could not be read")
    _refuse_policy(setting)
    _refuse_wrong_clock(snapshot)
    _refuse_without_scheduler(snapshot)
    if not allow_public:
        _refuse_public(snapshot)
    task = nla_task.lasting(snapshot.now, length, broken_needs(assess(snapshot, ProbeResult())))
    done = []
    # No value is written but behind the task, also where a run that was cut off has left the very same.
    if snapshot.nla_task != task or setting.effective != 0:
        done.append(steps.arm(task, "the host requires it again by itself, also without a controller", finding))
    if setting.effective != 0:
        why = f"nla is asked to be off until {task.utc}"
        done.append(steps.set_value(setting.key, _NAME, 0, why, finding))
    return tuple(done)


def turn_on(snapshot: Snapshot, reason: str, finding: str) -> tuple[Step, ...]:
    """The steps that require it again, and remove the task that would; none if all is so."""
    setting = snapshot.setting(_NAME)
    done = []
    if setting and setting.effective != 1:
        done.append(steps.set_value(setting.key, _NAME, 1, reason, finding))
    local = snapshot.listener_value("rdp_tcp", _NAME)
    # Where a policy requires it over a local 0 the task stays, and ends that.
    if snapshot.nla_task and (done or not local or local["data"] != 0):
        done.append(steps.disarm("nothing is left for it to do", finding))
    return tuple(done)


def off_until(snapshot: Snapshot) -> str | None:
    """Until when it is off on this host, UTC; None if it is required, or nothing ends that it is not."""
    task = snapshot.nla_task
    far = task is not None and snapshot.now is not None and task.is_far(snapshot.now)
    return task.utc if task and not far and snapshot.effective(_NAME) != 1 else None


def _refuse_policy(setting: Setting) -> None:
    if setting.by_policy:
        raise Refused(
            f"nla cannot be turned off on the host: {setting.set_by} sets it ({setting.where}); change it there"
            f" ({setting.policy_name})",
            guard="policy",
        )


def _refuse_wrong_clock(snapshot: Snapshot) -> None:
    """The task runs by the host's clock: once that is set right, the end may be a year away."""
    skew = snapshot.clock_skew
    if skew is None or abs(skew) > _CLOCK_SLACK.total_seconds():
        off = "could not be read" if skew is None else f"differs from the controller's by {abs(skew):.0f} seconds"
        raise Refused(
            f"nla is turned off only for a time, and the host's clock, which is to end it, {off}; set the clock first",
            guard="clock",
        )


def _refuse_without_scheduler(snapshot: Snapshot) -> None:
    service = snapshot.windows_service("Schedule")
    if service is None or service["state"] != RUNNING:
        raise Refused(
            "nla is turned off only with a task that turns it on again, and the host's task scheduler does not run, or"
            " could not be read (service Schedule)",
            guard="scheduler",
        )


def _refuse_public(snapshot: Snapshot) -> None:
    """Without NLA anybody who gets a connection reaches the logon screen."""
    profiles = Firewall(snapshot).profiles_in_force()
    if profiles and PUBLIC not in profiles:
        return
    why = "a network of this host is public" if profiles else "which networks are up could not be read"
    raise Refused(
        f"nla is not turned off where anybody may reach the logon screen: {why}",
        "allow_public=true does it all the same",
        "public",
    )
