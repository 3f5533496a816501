# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Binding the listener to a certificate of the store My: which one is meant, and whether it would serve clients."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.successors import is_name
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import StoredCertificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import matches, read_certificate, template_of
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.pfx import Pfx
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan, then_restart
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import refuse_broker, shared_key_access_step

Json = dict[str, Any]

# What a certificate can be chosen by.
CRITERIA = ("subject", "san", "issuer", "template")
_ASKED = steps.ASKED_CERTIFICATE


@dataclass(frozen=True)
class Binding:
    """What is to be done, which certificate was chosen, and the others that are what was asked for.

    ``rivals`` are those, newest first, each with ``why_not``. ``notes`` say what could not be told beforehand.
    """

    plan: Plan
    chosen: Json
    rivals: tuple[Json, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Candidate:
    """A certificate that is what was asked for; ``fault`` says why it cannot be bound."""

    entry: StoredCertificate
    read: Json
    fault: str | None

    def to_dict(self) -> Json:
        return {
            "thumbprint": self.entry.thumbprint,
            "subject": self.entry.subject,
            "san": self.read["sans"],
            "issuer": self.read["issuer"],
            "not_before": iso(self.entry.not_before) if self.entry.not_before else None,
            "not_after": iso(self.entry.not_after) if self.entry.not_after else None,
        }


def wanted_keys(asked: Json) -> tuple[str, ...]:
    """The certificates whose keys a snapshot has to look at for this bind."""
    return (thumbprint(asked),) if asked.get("thumbprint") else ("*",)


def thumbprint(asked: Json) -> str:
    """The thumbprint as Windows has it: the console's copy has blanks and an invisible mark at its beginning."""
    return re.sub(r"[^0-9A-Fa-f]", "", asked.get("thumbprint") or "").upper()


def bind(asked: Json, snapshot: Snapshot, policy: RepairPolicy, brought: Pfx | None = None) -> Binding:
    """The plan that binds the listener to the certificate that is asked for, or to the newest one that fits.

    ``brought`` is one out of a file: it is imported first, unless the host has it with its key.

    One whose key cannot be read beforehand is bound only where the listener is looked at afterwards and the run takes
    itself back (``probe`` and ``rollback``). Raises ``Refused``.
    """
    if brought:
        asked = {**asked, "thumbprint": brought.entry.thumbprint}
        if snapshot.find_certificate(brought.entry.thumbprint, contract.PERSONAL_STORE) is None:
            return _bring(asked, brought, snapshot, policy)
    is_proven = asked.get("probe", True) and asked.get("rollback", True)
    candidates = _candidates(asked, snapshot)
    fitting = [candidate for candidate in candidates if candidate.fault is None]
    if not fitting:
        raise Refused(_why_none(asked, candidates))
    best = fitting[0]
    notes: list[str] = []
    access = _key_access(best.entry, snapshot, is_proven, notes)
    notes += _name_notes(asked, snapshot)
    rivals = tuple(
        {**rival.to_dict(), "why_not": rival.fault or "it is older"} for rival in candidates if rival is not best
    )
    return Binding(_plan(best.entry, access, snapshot, policy), best.to_dict(), rivals, tuple(notes))


def _bring(asked: Json, brought: Pfx, snapshot: Snapshot, policy: RepairPolicy) -> Binding:
    """The same with a certificate that the host does not have: all that can be told is told before it goes there."""
    entry = brought.entry
    if snapshot.stores is None:
        raise Refused("the certificates of the host could not be read")
    read = read_certificate(entry.der or b"", snapshot.taken_at)
    fault = _fault(asked, entry, read, snapshot)
    if fault:
        raise Refused(fault)
    notes = _name_notes(asked, snapshot)
    if brought.others:
        notes.append(
            f"{brought.others} more certificates of the file (its CA's) are not imported: clients that do not know them"
            " need them in the host's store of intermediate certification authorities"
        )
    step = steps.import_pfx(entry.thumbprint, entry.subject or "the certificate", _ASKED)
    chosen = _Candidate(entry, read, None).to_dict()
    return Binding(_plan(entry, [step], snapshot, policy), chosen, (), tuple(notes))


def _name_notes(asked: Json, snapshot: Snapshot) -> list[str]:
    if asked.get("allow_name_mismatch") or _names(asked, snapshot):
        return []
    return ["whether it is for the name that clients use is not known: the host is in no domain"]


# Choosing -----------------------------------------------------------------------------------------------------------


def _candidates(asked: Json, snapshot: Snapshot) -> list[_Candidate]:
    """What is asked for, newest first."""
    entries = (snapshot.stores or {}).get("My", ())
    if not any(asked.get(name) for name in CRITERIA):
        wanted = thumbprint(asked)
        if len(wanted) != 40:
            raise Refused("thumbprint must be the SHA-1 of a certificate: 40 hexadecimal digits")
        entries = tuple(entry for entry in entries if entry.thumbprint == wanted)
    found = []
    for entry in entries:
        read = read_certificate(entry.der or b"", snapshot.taken_at)
        if _is_asked_for(asked, entry, read):
            found.append(_Candidate(entry, read, _fault(asked, entry, read, snapshot)))
    beginning = snapshot.taken_at.replace(year=1)
    found.sort(key=lambda one: (one.entry.not_before or beginning, one.entry.thumbprint), reverse=True)
    return found


def _is_asked_for(asked: Json, entry: StoredCertificate, read: Json) -> bool:
    tests = {
        "subject": lambda text: _is_called(text, read["common_name"], read["subject"]),
        "san": lambda text: matches(text, read["sans"], None),
        "issuer": lambda text: _is_called(text, _common_name(read["issuer"]), read["issuer"]),
        "template": lambda text: text.lower() in template_of(entry.der or b""),
    }
    return all(tests[name](asked[name]) for name in CRITERIA if asked.get(name))


def _is_called(text: str, common_name: str | None, whole: str | None) -> bool:
    """Whether a name is this one: by its common name, or as a whole, without regard to case and blanks."""
    wanted = re.sub(r"\s*([,=])\s*", r"\1", text.strip()).lower()
    return wanted in ((common_name or "").lower(), f"cn={(common_name or '').lower()}", (whole or "").lower())


def _common_name(name: str | None) -> str | None:
    found = re.search(r"(?:^|,)CN=((?:\\.|[^,\\])*)", name or "")
    return found[1] if found else None


def _names(asked: Json, snapshot: Snapshot) -> list[str]:
    """Full names of the host that are known: its own in a domain, and the one under which it is looked at."""
    section = snapshot.section("host") or {}
    short, domain = section.get("dns_host_name") or snapshot.name, section.get("dns_domain")
    names = [f"{short.partition('.')[0]}.{domain}"] if short and domain else []
    looked_at = asked.get("probe_host") or ""
    if is_name(looked_at):
        names.append(looked_at)
    return names


def _fault(asked: Json, entry: StoredCertificate, read: Json, snapshot: Snapshot) -> str | None:
    """Why a certificate cannot be bound, as far as it can be told without its key's file."""
    name = entry.thumbprint
    now = snapshot.now
    if not entry.readable or now is None or entry.expired(now) or entry.not_yet_valid(now):
        return f"the certificate {name} is not valid now (from {entry.not_before} to {entry.not_after})"
    if not entry.serves:
        purposes = ", ".join(entry.usages or ())
        return f"the certificate {name} is not for server authentication (its purposes: {purposes})"
    weak = {"weak_key", "weak_signature"} & set(read["weaknesses"])
    if weak:
        return f"the certificate {name} is too weak for current clients ({', '.join(sorted(weak)).replace('_', ' ')})"
    if not entry.has_key_property:
        return f"the certificate {name} has no private key on the host"
    file = snapshot.key_file(entry)
    if file and file["exists"] is False:
        return f"the private key of certificate {name} is gone: there is no file {file['path']}"
    return _name_fault(asked, entry, read, snapshot)


def _name_fault(asked: Json, entry: StoredCertificate, read: Json, snapshot: Snapshot) -> str | None:
    names = _names(asked, snapshot)
    if asked.get("allow_name_mismatch") or not names:
        return None
    # In a domain people use the short name as well, and are warned then: that is no reason against it.
    if any(matches(name, read["sans"], read["common_name"]) for name in (*names, snapshot.name)):
        return None
    return (
        f"the certificate {entry.thumbprint} is for another name ({_told_names(read)}) than the host's"
        f" ({', '.join(names)}); allow_name_mismatch binds it all the same"
    )


def _told_names(read: Json) -> str:
    names = [text.removeprefix("DNS:") for text in read["sans"] or ()] or [read["common_name"] or "none"]
    return ", ".join(names[:5])


def _why_none(asked: Json, candidates: list[_Candidate]) -> str:
    if candidates:
        rest = f" ({len(candidates) - 1} more are no better)" if len(candidates) > 1 else ""
        return f"{candidates[0].fault}{rest}"
    if asked.get("thumbprint"):
        return (
            f"no certificate {thumbprint(asked)} is in the host's store LocalMachine\\My; import it there first,"
            " with its private key"
        )
    wanted = ", ".join(f"{name} {asked.get(name)}" for name in CRITERIA if asked.get(name))
    return f"no certificate with {wanted} is in the host's store LocalMachine\\My"


# Binding ------------------------------------------------------------------------------------------------------------


def _key_access(entry: StoredCertificate, snapshot: Snapshot, is_proven: bool, notes: list[str]) -> list[steps.Step]:
    """The step that lets the listener read the key, if it cannot. Raises ``Refused`` where nobody could tell."""
    file = snapshot.key_file(entry)
    readable = snapshot.service_can_read(file) if file and file["exists"] else None
    if readable:
        return []
    if readable is False and file:
        return [shared_key_access_step(file["path"], file["sddl"], _ASKED)]
    reason = (file or {}).get("reason") or "its file could not be read"
    unknown = f"whether the listener may use the key of certificate {entry.thumbprint} is not known: {reason}"
    if not is_proven:
        raise Refused(f"{unknown}; with probe and rollback it can be tried, for it is taken back if it fails")
    notes.append(unknown)
    return []


def _plan(entry: StoredCertificate, before: list[steps.Step], snapshot: Snapshot, policy: RepairPolicy) -> Plan:
    """``before`` is what the certificate needs before the listener is bound to it."""
    pin = snapshot.pin
    if pin is None:
        raise Refused("the listener's settings could not be read")
    todo = list(before)
    if pin.thumbprint != entry.thumbprint:
        refuse_broker(snapshot)
        raw = bytes.fromhex(entry.thumbprint)
        todo.append(steps.set_value(contract.hklm(contract.RDP_TCP), pin.name, raw, "bound as asked", _ASKED))
    return then_restart(Plan.of(todo).rungs, _ASKED, snapshot, policy) if todo else Plan()
