# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody has changed since a step was done: a later choice, which an undo keeps.

Each kind of step that leaves a state behind says how that state is read of a snapshot, or of what a client says of
itself, how the step left it and how it was before. A membership has but two states, and taking out who is out already
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl, firewall, local_policy, nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientFacts
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import PERSONAL_STORE, group_of
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal

Json = dict[str, Any]

_UNREAD, _GONE = object(), object()
_RUNNING = 4


@dataclass(frozen=True)
class _Kind:
    """``of`` names what a step changes, ``read`` says how that is now, ``left`` and ``before`` how it was.

    ``told`` is the clause for people. ``on_client``: it is read of ``ClientFacts``, and else of a ``Snapshot``.

    A state that was not read is ``_UNREAD``: nothing is concluded from it.
    """

    of: Callable[[Json], Any]
    read: Callable[[Json, Any], Any]
    left: Callable[[Json], Any]
    before: Callable[[Json], Any]
    told: Callable[[Json, Any], str]
    same: Callable[[Any, Any], bool] = lambda now, known: bool(now == known)
    on_client: bool = False


def changed(
    raw: Json, snapshot: Snapshot | None, undone: Iterable[Json], client: ClientFacts | None = None
) -> str | None:
    """What is no longer as a step left it, nor as it was before, as one clause.

    ``undone`` are the steps that are taken back before this one, in that order.
    """
    kind = _KINDS.get(raw["op"])
    now = _now(kind, raw, snapshot, client)
    if kind is None or now is _UNREAD or raw["status"] != "done":
        return None
    now = _once_undone(kind, raw, undone, now)
    if any(kind.same(now, known) for known in (kind.left(raw), kind.before(raw))):
        return None
    return kind.told(raw, now)


def is_back(raw: Json, snapshot: Snapshot | None, undone: Iterable[Json], client: ClientFacts | None = None) -> bool:
    """Whether the host is known to be as it was before a step, once ``undone`` are taken back as for ``changed``."""
    kind = _AS_BEFORE.get(raw["op"])
    now = _now(kind, raw, snapshot, client)
    if kind is None or now is _UNREAD:
        return False
    return bool(kind.same(_once_undone(kind, raw, undone, now), kind.before(raw)))


def later(
    raw: Json,
    snapshot: Snapshot | None,
    undone: Iterable[Json],
    standing: Iterable[Journal],
    client: ClientFacts | None = None,
) -> Journal | None:
    """The newest later journal that has changed the same, and must be taken back before this step is.

    ``standing`` are those that are not taken back with this one, newest first; ``undone`` as for ``changed``.
    """
    kind = _KINDS.get(raw["op"])
    now = _now(kind, raw, snapshot, client)
    if kind is None or now is _UNREAD or raw["status"] != "done":
        return None
    is_back = kind.same(now, kind.before(raw))
    newest = None
    for journal in standing:
        for step in reversed(journal.changed_steps):
            before = _gone_back(kind, raw, step, now)
            newest = newest or (journal if before is not now else None)
            now = before
    now = _once_undone(kind, raw, undone, now)
    # What one of them has set back is not over: once that is taken back, it is as this step left it.
    waits = [kind.left(raw), *([] if is_back else [kind.before(raw)])]
    return newest if any(kind.same(now, known) for known in waits) else None


def never_came(raw: Json, behind: Iterable[Journal]) -> bool:
    """Whether a step that was under way when its run was cut off is known to have changed nothing: the first one behind
    it that was about the same found what had been there before. ``behind`` are later journals, oldest first."""
    kind = _AS_BEFORE.get(raw["op"])
    if kind is None or raw["status"] == "done":
        return False
    meant = {**raw, "after": None}  # what was read behind one that failed is not what it was to leave
    for step in (step for journal in behind for step in journal.steps if step["status"] in ("done", "unchanged")):
        found = _of_another(kind.before, kind, raw, step)
        if found is not _UNREAD:
            before, left = (_of_another(state, kind, raw, meant) for state in (kind.before, kind.left))
            return _UNREAD not in (before, left) and kind.same(found, before) and not kind.same(found, left)
    return False


def _now(kind: _Kind | None, raw: Json, snapshot: Snapshot | None, client: ClientFacts | None) -> Any:
    """What a step is about, as it is now."""
    seen = client if kind and kind.on_client else snapshot
    return kind.read(raw, seen) if kind and seen is not None else _UNREAD


def _once_undone(kind: _Kind, raw: Json, undone: Iterable[Json], now: Any) -> Any:
    """The state once these steps are taken back."""
    for step in undone:
        now = _gone_back(kind, raw, step, now)
    return now


def _gone_back(kind: _Kind, raw: Json, step: Json, now: Any) -> Any:
    """The state once a step is taken back: what it found, if it is about the same and what it left is there."""
    left, found = (_of_another(state, kind, raw, step) for state in (kind.left, kind.before))
    return found if left is not _UNREAD and found is not _UNREAD and kind.same(now, left) else now


def _of_another(state: Callable[[Json], Any], kind: _Kind, raw: Json, step: Json) -> Any:
    """What a step left or found, if it is about the same as this one; ``_UNREAD`` where it does not say that, too: it
    may be of anybody's journal, and whoever takes that back is told."""
    try:
        kinds = _KINDS.get(step["op"]), _STATES.get(step["op"])
        is_same = kind in kinds and kind.of(step) == kind.of(raw)
        return state(step) if is_same else _UNREAD
    except (AttributeError, KeyError, TypeError, ValueError):
        return _UNREAD


def _value_now(raw: Json, snapshot: Snapshot) -> Any:
    section, group = snapshot.section("listener"), group_of(raw["key"])
    if not section or not group:
        return _UNREAD
    return section[group]["settings"].get(raw["name"], _UNREAD)


def _value_left(raw: Json) -> Any:
    """None is an absent value."""
    return {"type": raw["type"], "data": raw["data"]} if raw["op"] == "registry.set" else None


def _value_told(raw: Json, now: Any) -> str:
    return f"{raw['name']} has been changed since (it is {now['data'] if now else 'absent'})"


def _access_now(raw: Json, snapshot: Snapshot) -> Any:
    rows = (snapshot.section("key_files") or {"files": ()})["files"]
    file = next((row for row in rows if row["path"] == raw["path"]), None)
    return file["sddl"] if file and file["sddl"] else _UNREAD


def _access_left(raw: Json) -> Any:
    """The descriptor as the host read it then."""
    return (raw.get("after") or {}).get("sddl") or raw.get("sddl")


def _same_access(now: str | None, known: str | None) -> bool:
    if now is None:
        return True  # an undo gives back what could not be read: nothing is concluded
    if known is None:
        return False
    try:
        return acl.same(acl.parse(now), acl.parse(known))
    except acl.SddlError:
        return now == known


def _start_now(raw: Json, snapshot: Snapshot) -> Any:
    service = snapshot.service(raw["service"])
    return service["start"] if service and service["start"] is not None else _UNREAD


def _state_now(raw: Json, snapshot: Snapshot) -> Any:
    service = snapshot.service(raw["service"])
    return service["state"] if service and service["state"] is not None else _UNREAD


def _is_there(raw: Json, snapshot: Snapshot) -> Any:
    """Whether a certificate is in the store My."""
    if snapshot.stores is None:
        return _UNREAD
    found = any(one.thumbprint == raw["thumbprint"] for one in snapshot.stores[PERSONAL_STORE])
    return found if found or "certificates" not in snapshot.truncated else _UNREAD


def _member_now(raw: Json, snapshot: Snapshot) -> Any:
    return _UNREAD if snapshot.members is None else raw["member"] in snapshot.members


def _rule(name: str, text: str | None) -> firewall.Rule | None:
    """A rule with its addresses in one form and order, wherever they were read."""
    return firewall.plain(firewall.parse_rule("local", name, text)) if text is not None else None


def _rule_now(raw: Json, snapshot: Snapshot) -> Any:
    section = snapshot.section("firewall")
    if section is None:
        return _UNREAD
    texts = [row["rule"] for row in section["rules"] if (row["store"], row["name"]) == ("local", raw["rule"])]
    if not texts and "firewall" in snapshot.truncated:
        return _UNREAD
    return _rule(raw["rule"], texts[0] if texts else None)


def _rule_left(raw: Json) -> Any:
    """As the host read it afterwards; where it did not say, as the step makes it of the rule that was there."""
    if raw["op"] == "firewall.remove":
        return None
    if text := (raw.get("after") or {}).get("rule"):
        return _rule(raw["rule"], text)
    return firewall.made(raw, _rule_before(raw))


def _rule_before(raw: Json) -> Any:
    return _rule(raw["rule"], raw["before"]["rule"])


def _rule_told(raw: Json, now: Any) -> str:
    if now is None:
        return f"the firewall rule {raw['rule']} has been deleted since"
    return f"the firewall rule {raw['rule']} has been changed since (it is {'on' if now.active else 'off'})"


def _file_now(raw: Json, snapshot: Snapshot) -> Any:
    """The hash of a file of the host's own Group Policy; None where it is not there."""
    section = snapshot.section("local_policy")
    if section is None:
        return _UNREAD
    return local_policy.digest(local_policy.content_of(section, raw["policy_file"]))


def _hash(content: Any) -> str | None:
    return local_policy.digest(local_policy.decoded(content))


def _task_now(_raw: Json, snapshot: Snapshot) -> Any:
    """When the task requires Network Level Authentication again; None where it is another's."""
    section = snapshot.section("listener")
    if not section or not section.get("nla_task") or section["nla_task"]["error"]:
        return _UNREAD
    return snapshot.nla_task.at if snapshot.nla_task else None


def _task_there(raw: Json, snapshot: Snapshot) -> Any:
    """The same, and None only where there is no task at all: one that cannot be read as ours is there, and unread."""
    section = snapshot.section("listener")
    if section and section.get("nla_task", section) is None:
        return None
    now = _task_now(raw, snapshot)
    return _UNREAD if now is None else now


def _import_now(raw: Json, snapshot: Snapshot) -> Any:
    """The file of the key that an imported certificate has; None where it is not there any more."""
    if snapshot.stores is None or _import_left(raw) is None:
        return _UNREAD
    entry = next((one for one in snapshot.stores[PERSONAL_STORE] if one.thumbprint == raw["thumbprint"]), None)
    if entry is None:
        return None
    path = (snapshot.key_file(entry) or {"path": None})["path"]
    return path.lower() if path else _UNREAD


def _import_left(raw: Json) -> Any:
    path = (raw.get("after") or {}).get("path")
    return path.lower() if path else None


def _import_told(raw: Json, _now: Any) -> str:
    return f"the certificate {raw['thumbprint']} has been imported again since, with another key"


def _setting_now(raw: Json, client: ClientFacts) -> Any:
    """The number of a setting; None where the file has no such setting."""
    file = next((one for one in client.rdp_files if one.path.lower() == raw["file"].lower()), None)
    if file is None or file.error is not None:
        return _UNREAD
    return file.number(raw["setting"]) if file.present else _GONE


def _setting_told(raw: Json, now: Any) -> str:
    if now is _GONE:
        return f"the file {raw['file']} has been deleted since"
    return f"{raw['setting']} of {raw['file']} has been changed since (it is {'absent' if now is None else now})"


def _hash_now(raw: Json, client: ClientFacts) -> Any:
    """The hash that somebody's client keeps of a target; None where it keeps none."""
    profile = next((one for one in client.profiles if one["sid"] == raw["sid"] and one["loaded"]), None)
    if profile is None or profile["error"] is not None:
        return _UNREAD
    target = raw["target"].lower()
    kept = [values.get("CertHash") for name, values in profile["targets"].items() if name.lower() == target]
    return kept[0]["data"] if kept and kept[0] else None


_VALUES = _Kind(
    of=lambda raw: (raw["key"].lower(), raw["name"].lower()),
    read=_value_now,
    left=_value_left,
    before=lambda raw: raw["before"],
    told=_value_told,
)
_ACCESS = _Kind(
    of=lambda raw: raw["path"].lower(),
    read=_access_now,
    left=_access_left,
    before=lambda raw: raw["before"]["sddl"],
    told=lambda raw, _now: f"who may read {raw['path']} has been changed since",
    same=_same_access,
)
_STARTS = _Kind(
    of=lambda raw: raw["service"],
    read=_start_now,
    left=lambda raw: raw["start"],
    before=lambda raw: raw["before"]["start"],
    told=lambda raw, now: f"the start type of {raw['service']} has been changed since (it is {now})",
)
_RULES = _Kind(of=lambda raw: raw["rule"], read=_rule_now, left=_rule_left, before=_rule_before, told=_rule_told)
_IMPORTS = _Kind(
    of=lambda raw: raw["thumbprint"],
    read=_import_now,
    left=_import_left,
    before=lambda raw: None,
    told=_import_told,
)
_FILES = _Kind(
    of=lambda raw: raw["policy_file"],
    read=_file_now,
    left=lambda raw: _hash(raw["content"]),
    before=lambda raw: _hash(raw["before"]["content"]),
    told=lambda raw, _now: f"{raw['policy_file']} has been changed since",
)
_TASKS = _Kind(
    of=lambda _raw: None,
    read=_task_now,
    left=lambda raw: nla_task.parse_time(raw.get("at")),
    before=lambda raw: nla_task.parse_time(raw["before"]["at"]),
    told=lambda _raw, _now: "the task that requires Network Level Authentication again has been changed since",
)
_SETTINGS = _Kind(
    of=lambda raw: (raw["file"].lower(), raw["setting"]),
    read=_setting_now,
    left=lambda raw: raw["value"],
    before=lambda raw: raw["before"]["value"],
    told=_setting_told,
    on_client=True,
)
_HASHES = _Kind(
    of=lambda raw: (raw["sid"], raw["target"].lower()),
    read=_hash_now,
    left=lambda raw: None,
    before=lambda raw: raw["before"]["hash"],
    told=lambda raw, _now: f"the client of {raw['sid']} keeps another certificate of {raw['target']} since",
    on_client=True,
)
_KINDS: dict[str, _Kind] = {
    **dict.fromkeys(("registry.set", "registry.remove"), _VALUES),
    "acl.set": _ACCESS,
    "service.start_type": _STARTS,
    **dict.fromkeys(("firewall.set", "firewall.add", "firewall.remove"), _RULES),
    "certificate.import_pfx": _IMPORTS,
    "file.replace": _FILES,
    **dict.fromkeys(("task.arm", "task.disarm"), _TASKS),
    "rdp_file.set": _SETTINGS,
    "profile.forget": _HASHES,
}
# What tells nothing of a later choice, but whether it is as it was before: what runs, who is a member, whether a
# certificate is there at all, and that a task is not, which may be over.
_RUNS = _Kind(
    of=lambda raw: raw["service"],
    read=_state_now,
    left=lambda raw: _RUNNING,
    before=lambda raw: raw["before"]["state"],
    told=lambda raw, _now: raw["service"],
)
_MEMBERS = _Kind(
    of=lambda raw: raw["member"],
    read=_member_now,
    left=lambda raw: True,
    before=lambda raw: raw["before"]["member"],
    told=lambda raw, _now: raw["member"],
)
_THERE = _Kind(
    of=lambda raw: raw["thumbprint"],
    read=_is_there,
    left=lambda raw: True,
    before=lambda raw: raw["before"]["present"],
    told=lambda raw, _now: raw["thumbprint"],
)
_STATES: dict[str, _Kind] = {
    "certificate.import_pfx": _THERE,
    **dict.fromkeys(("service.start", "service.restart"), _RUNS),
    "group.add": _MEMBERS,
    **dict.fromkeys(("task.arm", "task.disarm"), replace(_TASKS, read=_task_there)),
}
# By which a step is held to be taken back, or never to have come about.
_AS_BEFORE = {**_KINDS, **_STATES}
