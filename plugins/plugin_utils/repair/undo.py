# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking back what a journal says was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import firewall, local_policy, nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import REMOTE_DESKTOP_STORE, key_container
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientFacts
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import PERSONAL_STORE, SERVICES, START_ONLY
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED, Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import gone, since
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps as make
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal, JournalError
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import DEPENDENTS, IN_USE, Blocked, Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import BIND_BY_HAND
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step, is_zero, never_written

_STOPPED = 1
_TYPE = "service.start_type"
# Takes out what an import brought.
IMPORTED = "certificate.remove_imported"
# What to do where TermService still has it.
RESTART_FIRST = "restart TermService when that suits, then restore again"
_REQUIRED, _NOT_REQUIRED = ({"type": "dword", "data": number} for number in (1, 0))


# Steps that nothing takes back once they are done, whatever was there before, and of which there is nothing to say.
_WITHOUT_WAY_BACK = frozenset(
    {"certificate.renew", "certificate.wait_renewed", "certificate.enrol", "clock.resync", "domain.reset_channel"}
)


@dataclass(frozen=True)
class _Back:
    step: Step | None
    why_not: str | None = None
    detail: str | None = None
    guard: str = "never"
    # Whether the host is known to be as it was already: there is nothing to change.
    idle: bool = False


@dataclass(frozen=True)
class _Scene:
    """What a step of a journal is taken back on: the host, and a client, as they are now, the ``standing`` later
    journals that are not taken back, and the steps that are taken back before it (``undone``, in that order)."""

    journal: Journal
    snapshot: Snapshot | None
    client: ClientFacts | None
    standing: Sequence[Journal]
    undone: Sequence[dict[str, Any]]

    def later(self, raw: dict[str, Any]) -> Journal | None:
        return since.later(raw, self.snapshot, self.undone, self.standing, self.client)

    def changed(self, raw: dict[str, Any]) -> str | None:
        return since.changed(raw, self.snapshot, self.undone, self.client)


def undo(
    journal: Journal,
    snapshot: Snapshot | None = None,
    later: Sequence[Journal] = (),
    *,
    client: ClientFacts | None = None,
    expect_empty: bool = True,
    reloaded: bool = False,
    presented: str = "",
    standing: Sequence[Journal] = (),
    unloaded: bool = False,
) -> Plan:
    """The plan that takes a journal back, last change first, with one restart at the end where the listener needs it.

    ``later`` are journals that are taken back before this one. ``client`` is what a client's own steps changed, as it
    is now. ``expect_empty``: the host looks for people, and for services that would not come back, right before
    a service is taken down; a stop that would take one of another maker down is left. ``reloaded``: TermService was
    restarted for these changes by a later journal, so it has them in force and must be restarted to lose them.
    ``presented`` is the thumbprint that a look from outside was shown, empty where there was none. ``standing`` are
    later journals of other runs that are not taken back, newest first: what they have changed, or would go back to,
    waits for them (``Plan.later``). ``unloaded``: TermService was not restarted for what an earlier undo of this
    journal took back. Raises ``JournalError``.

    What somebody else has set since stays, and is blocked; what the ``snapshot`` has made since by itself (a new
    certificate and its key, events) stays, too. A certificate that the listener is bound to or presents is left until
    it is no more (``Plan.later``); the host looks for itself right before it takes one out. What refers to something
    that is gone by now is left out.
    """
    steps, blocked, changing = _steps_back(journal, snapshot, later, client, standing)
    steps = _without_needed(steps, blocked, snapshot) if expect_empty else steps
    reload = reloaded or any(map(_restarts_listener, journal.changed_steps))
    stopping = {step.fields["service"] for step in steps if step.op == "service.stop"}
    restart = reload and (changing or unloaded) and "TermService" not in stopping
    stays_up = not (restart or "TermService" in stopping or (snapshot and snapshot.running("TermService") is False))
    for step in [step for step in steps if step.op == IMPORTED]:
        if left := _in_use(step, steps, snapshot, presented if stays_up else "", standing):
            steps.remove(step)
            blocked.append(left)
    return Plan.of(_in_order(steps, restart, expect_empty), blocked)


def _restarts_listener(raw: dict[str, Any]) -> bool:
    return bool(raw["op"] == "service.restart" and raw["service"] == "TermService")


def _steps_back(
    journal: Journal,
    snapshot: Snapshot | None,
    later: Sequence[Journal],
    client: ClientFacts | None,
    standing: Sequence[Journal],
) -> tuple[list[Step], list[Blocked], bool]:
    """What takes each step back, last one first, and what is not taken back. Raises ``JournalError``.

    The third is whether any of these changes what TermService reads when it starts.
    """
    steps: list[Step] = []
    blocked: list[Blocked] = []
    changing = False
    for raw, back in _ways_back(journal, snapshot, later, client, standing):
        lost = gone.reference(back.step, journal, snapshot, steps) if back.step else None
        if lost:
            blocked.append(lost)
        elif back.step:
            steps.append(back.step)
            changing |= not (back.idle or back.step.op.startswith(("service.", IMPORTED)))
        elif back.why_not:
            blocked.append(Blocked(raw["op"], back.why_not, back.detail, back.guard))
    return steps, blocked, changing


def left_nothing(journal: Journal, snapshot: Snapshot, *, unloaded: bool = False) -> bool:
    """Whether there is nothing to take back of a journal: no step that would leave anything is known to have been done,
    and as far as one was under way the host is known to be as it was before. ``unloaded`` is that of ``undo``."""
    if unloaded and any(map(_restarts_listener, journal.changed_steps)):
        return False
    try:
        backs = list(_ways_back(journal, snapshot, (), None, ()))
    except JournalError:  # taking it back says why
        return False
    return all(
        raw["op"] == "service.restart" and not back.step
        if raw["status"] == "done"
        else not (back.step or back.why_not) or since.is_back(raw, snapshot, ())
        for raw, back in backs
    )


def left_for_good(journal: Journal) -> list[str] | None:
    """Why nothing that a journal changed is ever taken back, whatever the host is like by now, a clause for each step
    that there is one for; None where some of it may be."""
    try:
        policy = _policy_fault(journal, None, [], ())
        backs = [_policy_back(raw, policy) or _back(raw, None) for raw in reversed(journal.changed_steps)]
    except (KeyError, TypeError, ValueError):  # of a journal that cannot be read so, taking it back says why
        return None
    if any(back.step for back in backs):
        return None
    return list(dict.fromkeys(back.why_not for back in backs if back.why_not))


def left_by_words(steps: Iterable[str]) -> list[str] | None:
    """The same by the words for a journal's steps, all of which were done; None where some of it may be taken back."""
    whys = []
    for op, _blank, name in (step.partition(" ") for step in steps):
        if op == "service.start" and name in START_ONLY:
            whys.append(_in_others_use(name))
        elif op == "app.install":
            whys.append(f"{name} is installed")
        elif op not in _WITHOUT_WAY_BACK:
            return None
    return list(dict.fromkeys(whys))


def _in_others_use(service: str) -> str:
    return f"{service} was stopped, and other programs may use it by now"


def _in_use(
    step: Step, steps: list[Step], snapshot: Snapshot | None, presented: str, standing: Sequence[Journal]
) -> Blocked | None:
    """Why an imported certificate stays for now: the listener is bound to it once these steps are done, or presents it,
    or a later run goes back to it.

    ``presented`` is what it goes on presenting; empty where it is restarted or stopped, or that is not known.
    """
    thumbprint = step.fields["thumbprint"]
    pin, template = (snapshot.pin, snapshot.template) if snapshot else (None, None)
    pinned = gone.bound_by(steps, pin.thumbprint if pin else None)
    if thumbprint == pinned and (other := gone.binding(thumbprint, standing)):
        return _waits(f"{other.run_in_words} has bound the listener to {thumbprint} since", other, step.op)
    if thumbprint in (pinned, template.thumbprint if template else None):
        why = f"the listener is bound to the imported certificate {thumbprint}, so it stays"
        return Blocked(step.op, why, f"{BIND_BY_HAND}, then restore again", IN_USE)
    if other := gone.needed(thumbprint, pinned, standing):
        return _waits(f"{other.run_in_words} goes back to the imported certificate {thumbprint}", other, step.op)
    if presented == thumbprint:
        why = f"TermService presents the imported certificate {thumbprint} until it starts next"
        return Blocked(step.op, f"{why}, so it stays", RESTART_FIRST, IN_USE)
    return None


def _waits(why: str, other: Journal, op: str) -> Blocked:
    return Blocked(op, why, f"restore {other.run_in_words} first, then this one again", IN_USE)


def _ways_back(
    journal: Journal,
    snapshot: Snapshot | None,
    later: Sequence[Journal],
    client: ClientFacts | None,
    standing: Sequence[Journal],
) -> Iterator[tuple[dict[str, Any], _Back]]:
    """Each step that changed something, last one first, and what takes it back. Raises ``JournalError``."""
    undone = [step for one in later for step in reversed(one.changed_steps)]
    policy = _policy_fault(journal, snapshot, undone, standing)
    for raw in reversed(journal.changed_steps):
        scene = _Scene(journal, snapshot, client, standing, undone)
        try:
            back = (
                _unending(raw, scene) or _policy_back(raw, policy) or _changed_since(raw, scene) or _back(raw, snapshot)
            )
            if back.step and since.is_back(raw, snapshot, undone, client):
                back = replace(back, idle=True)
        except (KeyError, TypeError, ValueError) as error:
            raise JournalError(f"step {raw.get('op')!r} does not say what was there before") from error
        undone.append(raw)
        yield raw, back


def _in_order(steps: list[Step], restart: bool, expect_empty: bool) -> list[Step]:
    """What disturbs nobody first, then what stops, then start types, and one restart of TermService.

    What runs on is disabled behind the restart, which would end it for good. An imported certificate goes last: until
    TermService has started anew, it may still be the one that is presented.
    """
    changes = [step for step in steps if not step.op.startswith(("service.", IMPORTED))]
    # Windows applies what the files say by then.
    changes.sort(key=lambda step: step.op == "policy.refresh")
    stops = [step for step in steps if step.op == "service.stop"]
    types = [step for step in steps if step.op == "service.start_type"]
    last = [step for step in types if _disables_running(step, steps)]
    if expect_empty:
        looks = {"expect_empty": True, "expect_back": True}
        stops = [replace(step, fields={**step.fields, **looks}) for step in stops]
    ordered = [*changes, *stops, *(step for step in types if step not in last)]
    if restart:
        why = "the change takes effect when the listener's service starts"
        ordered.append(
            make.run_state("restart", "TermService", why, (), expect_empty=expect_empty, expect_back=expect_empty)
        )
    return [*ordered, *last, *(step for step in steps if step.op == IMPORTED)]


def _disables(step: Step) -> bool:
    return step.op == "service.start_type" and step.fields["start"] == DISABLED


def _disables_running(step: Step, steps: Iterable[Step]) -> bool:
    """Whether a step disables a service that none of the steps stops."""
    return _disables(step) and not any(
        one.op == "service.stop" and one.fields["service"] == step.fields["service"] for one in steps
    )


def with_starts(steps: Sequence[Step], starts: Iterable[Step]) -> tuple[Step, ...]:
    """The steps of an undo with starts among them, ahead of what disables a service."""
    late = (at for at, step in enumerate(steps) if step.op == IMPORTED or _disables(step))
    at = next(late, len(steps))
    return (*steps[:at], *starts, *steps[at:])


def _stopped_again(service: str, before: int, why: str) -> _Back:
    """What was stopped is stopped again. A restart of what ran leaves nothing to take back."""
    if before != _STOPPED:
        return _Back(None)
    if service in START_ONLY:
        return _Back(None, _in_others_use(service), "it stays running")
    return _Back(make.run_state("stop", service, why, ()))


def _without_needed(steps: list[Step], blocked: list[Blocked], snapshot: Snapshot | None) -> list[Step]:
    """The steps without the stops that would take services of other makers down with them, which are ``blocked``.

    Nor is the start type of such a service given back: disabled, it would be down once Windows starts next.
    """
    kept = list(steps)
    for step in steps:
        names = _needing(step.fields["service"], snapshot) if step.op == "service.stop" else ""
        if not names:
            continue
        service = step.fields["service"]
        why = f"a stop of {service} would take {names} down with it"
        what = f"stop {names} if nobody needs it, or allow_disconnect=true stops {service} all the same"
        blocked.append(Blocked(step.op, why, f"{what}; then restore again", DEPENDENTS))
        kept = [one for one in kept if one is not step and (one.op, one.fields.get("service")) != (_TYPE, service)]
    return kept


def _needing(service: str, snapshot: Snapshot | None) -> str:
    """The services of other makers that depend on this one and run; the listener's own come and go with it."""
    rows = ((snapshot.service(service) if snapshot else None) or {}).get("dependents") or ()
    return " and ".join(row["name"] for row in rows if row["state"] != _STOPPED and row["name"] not in SERVICES)


def _key_replaced(blob: str | None, snapshot: Snapshot | None) -> bool:
    """Whether the key of an entry that was removed is another certificate's by now.

    SessionEnv gives every certificate that it makes a new key under the same name: put back, the old entry would have a
    key that does not fit it.
    """
    container = key_container(blob)
    entries = ((snapshot.stores if snapshot else None) or {}).get(REMOTE_DESKTOP_STORE, ())
    return container is not None and any(entry.key and entry.key.container == container for entry in entries)


def _certificate_back(raw: dict[str, Any], snapshot: Snapshot | None) -> _Back:
    """An entry that was taken out; by a renewal, only where that was cut off before it could put the entry back.

    Once the new certificate of a renewal has come the old one's key is gone: there is nothing to give back.
    """
    before = raw["before"]
    if raw["op"] == "certificate.remove":
        thumbprint, why = raw["thumbprint"], "put the entry back beside the new certificate"
    else:
        thumbprint, why = raw["remove"], "put the entry back: no new certificate had come"
    if raw["op"] == "certificate.renew" and (raw["status"] == "done" or _is_kept(raw) or not before["blob"]):
        return _Back(None)
    if snapshot and snapshot.find_certificate(thumbprint, REMOTE_DESKTOP_STORE):
        return _Back(None)
    if _key_replaced(before["blob"], snapshot):
        return _Back(None, "its key has been replaced: Windows has made a new certificate, which stays in force")
    fields = {"store": REMOTE_DESKTOP_STORE, "thumbprint": thumbprint, "blob": before["blob"]}
    return _Back(Step("certificate.import", fields, why))


def _is_kept(raw: dict[str, Any]) -> bool:
    """Whether a renewal that failed took nothing out, or has put it back."""
    told = raw.get("after") or {}
    taken = raw["status"] != "failed" or "removal" in told.get("attempts", ("removal",))
    return not raw["remove"] or not taken or told.get("put_back") is True


def _turned_off(raw: dict[str, Any]) -> bool:
    """Whether a step turned Network Level Authentication off, which only a task of this collection's ends."""
    return raw["op"] == "registry.set" and raw["name"] == "UserAuthentication" and raw["data"] == 0


def _unending(raw: dict[str, Any], scene: _Scene) -> _Back | None:
    """What would leave Network Level Authentication off without an end, or with one that is over."""
    return (
        _time_over(raw, scene.snapshot) or _without_task(raw, scene) or _task_stays(raw, scene.journal, scene.snapshot)
    )


def _time_over(raw: dict[str, Any], snapshot: Snapshot | None) -> _Back | None:
    """The task of a time without Network Level Authentication that is over by now, or as good as over."""
    at = nla_task.parse_time((raw["before"] or {}).get("at")) if raw["op"].startswith("task.") else None
    if at is None or snapshot is None or snapshot.now is None or nla_task.NlaTask(at).ends(snapshot.now):
        return None
    return _Back(None)


def _without_task(raw: dict[str, Any], scene: _Scene) -> _Back | None:
    """A value by which Network Level Authentication would be off, and no task ends that.

    Where no step of the journal had to do with the task, done or not, nor found one there, the value was there before.
    """
    before = raw["before"]
    gives_off = raw["op"] == "registry.set" and raw["name"].lower() == "userauthentication" and before
    if not gives_off or not is_zero(before["type"], before["data"]):
        return None
    paused = any(one["op"].startswith("task.") or one.get("paused") for one in scene.journal.steps)
    if not paused or _task_then(scene):
        return None
    why = "the time for which Network Level Authentication was off is over, or nothing would end it"
    return _Back(None, why, "it stays required")


def _task_then(scene: _Scene) -> bool:
    """Whether the task stands once of the steps before this one are taken back those that are: what somebody, or a
    later run, has changed since stays as it is."""
    snapshot = scene.snapshot
    if snapshot is None or snapshot.now is None:
        return False
    task = snapshot.nla_task
    for number, step in enumerate(scene.undone):
        then = replace(scene, undone=scene.undone[:number])
        if not step["op"].startswith("task.") or then.later(step) or then.changed(step):
            continue
        at = nla_task.parse_time((step["before"] or {}).get("at"))
        if at is None:
            task = None
        elif nla_task.NlaTask(at).ends(snapshot.now):
            task = nla_task.NlaTask(at)
    return task is not None and task.ends(snapshot.now)


def _task_stays(raw: dict[str, Any], journal: Journal, snapshot: Snapshot | None) -> _Back | None:
    """A task that gave an end to what had none: without it Network Level Authentication would be off for good."""
    if raw["op"] != "task.arm" or raw["before"]["at"] or any(_turned_off(one) for one in journal.changed_steps):
        return None
    if snapshot is None or snapshot.listener_value("rdp_tcp", "UserAuthentication") != _NOT_REQUIRED:
        return None
    return _Back(None, "Network Level Authentication was off before, without an end", "the task that ends it stays")


def _changed_since(raw: dict[str, Any], scene: _Scene) -> _Back | None:
    """What is no longer as a step left it: somebody's later choice is kept, and named; a later run's until that is
    taken back."""
    snapshot = scene.snapshot
    # While Network Level Authentication is off, the task that ends that is a part of it.
    about = [raw, *(one for one in scene.journal.changed_steps if one["op"] == "task.arm" and _turned_off(raw))]
    if other := next(filter(None, map(scene.later, about)), None):
        waits = _waits(f"{other.run_in_words} has changed the same since", other, raw["op"])
        return _Back(None, waits.summary, waits.detail, IN_USE)
    if snapshot and _turned_off(raw) and snapshot.listener_value("rdp_tcp", "UserAuthentication") == _REQUIRED:
        return None  # the task that stood behind it did that
    why = scene.changed(raw)
    return _Back(None, why, "that stays; set it yourself if need be") if why else None


def _policy_fault(
    journal: Journal, snapshot: Snapshot | None, undone: list[dict[str, Any]], standing: Sequence[Journal]
) -> _Back | None:
    """Why the host's own Group Policy stays as it is, and what to do, or None: its two files go back together.

    Raises ``JournalError``.
    """
    try:
        for raw in journal.changed_steps:
            if raw["op"] != "file.replace":
                continue
            before = local_policy.decoded(raw["before"]["content"])
            if raw["policy_file"] == local_policy.REGISTRY_POL and local_policy.weakens(before):
                return _Back(None, "the policy file had a SecurityLayer that is never written", "it stays as it is")
            file, told = raw["policy_file"], {**raw, "status": "done"}
            if other := since.later(told, snapshot, undone, standing):
                waits = _waits(f"{other.run_in_words} has changed {file} since", other, raw["op"])
                return _Back(None, waits.summary, waits.detail, IN_USE)
            if why := since.changed(told, snapshot, undone):
                return _Back(None, why, "that stays; set the policy yourself if need be")
    except (KeyError, TypeError, ValueError) as error:
        raise JournalError("a step of the host's own Group Policy does not say what was there before") from error
    return None


def _policy_back(raw: dict[str, Any], fault: _Back | None) -> _Back | None:
    """The way back of a step of the host's own Group Policy; None for any other step."""
    if raw["op"] not in ("file.replace", "policy.refresh"):
        return None
    if fault:
        return fault if raw["op"] == "file.replace" else _Back(None)
    why = "as it was before"
    if raw["op"] == "policy.refresh":
        return _Back(make.refresh_policy(raw["before"]["settings"], why))
    before, written = (local_policy.decoded(content) for content in (raw["before"]["content"], raw["content"]))
    return _Back(make.replace_file(raw["policy_file"], written, before, why))


def demand(raw: dict[str, Any]) -> Step | None:
    """The step that takes one back, whatever the host is like by now. Raises ``JournalError``."""
    try:
        return (_policy_back(raw, None) or _back(raw, None)).step
    except (KeyError, TypeError, ValueError) as error:
        raise JournalError(f"step {raw.get('op')!r} does not say what was there before") from error


def _back(raw: dict[str, Any], snapshot: Snapshot | None) -> _Back:
    op, before = raw["op"], raw["before"]
    why = "as it was before"
    if op.startswith("registry."):
        if before is None:
            return _Back(make.remove_value(raw["key"], raw["name"], why, ""))
        if never_written(raw["name"], before["type"], before["data"]):
            return _Back(
                None,
                f"{raw['name']} was {before['data']}, which is never written",
                f"it stays {raw.get('data')}",
            )
        fields = {"key": raw["key"], "name": raw["name"], "type": before["type"], "data": before["data"]}
        return _Back(Step("registry.set", fields, why))
    if op == "service.start_type":
        return _Back(make.start_type(raw["service"], before["start"], why, ""))
    if op in ("service.start", "service.restart"):
        return _stopped_again(raw["service"], before["state"], why)
    if op in ("certificate.renew", "certificate.remove"):
        return _certificate_back(raw, snapshot)
    if op == "acl.set" and before["sddl"] is None:
        return _Back(None, f"what access {raw['path']} had before could not be read")
    if op == "app.install":
        return _Back(None, f"{raw['app']} is installed", "it stays; uninstall it with winget if it should go")
    maker = _MAKERS.get(op)
    return _Back(maker(raw, before, why) if maker else None)


def _imported_back(raw: dict[str, Any], before: dict[str, Any], _why: str) -> Step | None:
    fields = {"store": PERSONAL_STORE, "thumbprint": raw["thumbprint"]}
    if path := (raw.get("after") or {}).get("path"):
        fields["path"] = path
    step = Step(IMPORTED, fields, "take the imported certificate out again, with its key")
    return None if before["present"] else step


def _hash_back(raw: dict[str, Any], before: dict[str, Any], why: str) -> Step | None:
    fields = {"sid": raw["sid"], "target": raw["target"], "hash": before["hash"]}
    return Step("profile.remember", fields, why) if before["hash"] else None


def _rdp_file_back(raw: dict[str, Any], before: dict[str, Any], why: str) -> Step:
    fields = {"file": raw["file"], "setting": raw["setting"], "value": before["value"]}
    return Step("rdp_file.set", fields, why)


def _task_back(raw: dict[str, Any], before: dict[str, Any], why: str) -> Step:
    at = nla_task.parse_time(before["at"])
    return make.arm(nla_task.NlaTask(at, tuple(before["causes"])), why, "") if at else make.disarm(why, "")


def _rule_back(raw: dict[str, Any], before: dict[str, Any], why: str) -> Step:
    """The rule as it was, in the fields that a step has; of a rule that was not there, its removal."""
    if before["rule"] is None:
        return Step("firewall.remove", {"rule": raw["rule"]}, why)
    rule = firewall.parse_rule("local", raw["rule"], before["rule"])
    addresses = list(dict.fromkeys(map(firewall.kept_address, rule.remotes))) or [firewall.ANY]
    fields = {"rule": rule.name, "active": rule.active, "profiles": rule.profile_sum, "addresses": addresses}
    port = {"port": rule.ports[0][0]} if raw["op"] == "firewall.add" and rule.ports else {}
    return Step(raw["op"], {**fields, **port}, why)


def _member_back(raw: dict[str, Any], before: dict[str, Any], why: str) -> Step | None:
    return None if before["member"] else Step("group.remove", {"member": raw["member"]}, why)


_MAKERS: dict[str, Callable[[dict[str, Any], dict[str, Any], str], Step | None]] = {
    "certificate.import_pfx": _imported_back,
    "profile.forget": _hash_back,
    "rdp_file.set": _rdp_file_back,
    "acl.set": lambda raw, before, why: make.set_acl(raw["path"], before["sddl"], why, ""),
    "task.arm": _task_back,
    "task.disarm": _task_back,
    "firewall.set": _rule_back,
    "firewall.add": _rule_back,
    "group.add": _member_back,
}
