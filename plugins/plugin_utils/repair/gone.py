# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an undo would refer to and is not on the host any more, and what another undo still needs there.

Nothing is written that names a certificate, a file or a service that was there then and is gone by now: a pin without
its certificate keeps everybody out.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import GONE, Blocked
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import IMPORT_AGAIN
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

Json = dict[str, Any]

_PIN = "SSLCertificateSHA1Hash"
# The pin named nothing that could be used before the run, either: it is given back as it was.
_DEAD_THEN = frozenset((catalogue.CERTIFICATE_PIN_DEAD.id, catalogue.CERTIFICATE_HELD_OPEN.id))


def reference(step: Step, journal: Journal, snapshot: Snapshot | None, earlier: Iterable[Step]) -> Blocked | None:
    """Why a step that takes something of the journal back is left out: what it is about is gone.

    ``earlier`` are the steps that are done before it. What was not read is not gone.
    """
    if snapshot is None:
        return None
    imported = [one for one in earlier if one.op == "certificate.import"]
    if step.op == "registry.set" and _is_pin(step.fields):
        back = {one.fields["thumbprint"] for one in imported}
        why = None if _was_dead(journal) else _certificate(_thumbprint(step.fields["data"]), snapshot, back)
        return Blocked(step.op, why, IMPORT_AGAIN, GONE) if why else None
    if step.op == "acl.set" and not imported and _no_file(step.fields["path"], snapshot):
        return Blocked(step.op, f"the key file {step.fields['path']} is not on the host any more", None, "never")
    name = step.fields.get("service")
    if name and snapshot.section("services") and snapshot.service(name) is None:
        return Blocked(step.op, f"the service {name} is not on the host any more", None, "never")
    return None


def needed(thumbprint: str, pin: str | None, standing: Sequence[Journal]) -> Journal | None:
    """The run, not taken back so far, whose undo would bind the listener to this certificate again.

    ``pin`` is what the listener is bound to, ``standing`` are the journals that can still be taken back, in whatever
    order that is done.
    """
    moves = [(journal, *_ends(step)) for journal in standing for step in journal.changed_steps if _is_pin(step)]
    reached, before = {pin}, 0
    while len(reached) != before:
        before = len(reached)
        for journal, left, back in moves:
            if left in reached and back == thumbprint:
                return journal
            reached |= {back} if left in reached else set()
    return None


def binding(thumbprint: str, standing: Iterable[Journal]) -> Journal | None:
    """The newest run, not taken back so far, that has bound the listener to this certificate."""
    return next(
        (one for one in standing for step in one.changed_steps if _is_pin(step) and _ends(step)[0] == thumbprint), None
    )


def bound_by(steps: Iterable[Step], pin: str | None) -> str | None:
    """What the listener is bound to once these steps are done; ``pin`` is what it is bound to now."""
    for step in steps:
        if _is_pin(step.fields):
            pin = _thumbprint(step.fields.get("data"))
    return pin


def _is_pin(fields: Json) -> bool:
    return str(fields.get("name")).lower() == _PIN.lower()


def _ends(step: Json) -> tuple[str | None, str | None]:
    """What a step has bound the listener to, and what it was bound to before."""
    left, before = (step if step["op"] == "registry.set" else {}), step["before"] or {}
    return _thumbprint(left.get("data")), _thumbprint(before.get("data"))


def _thumbprint(data: Any) -> str | None:
    """None is a value that names no certificate."""
    try:
        raw = base64.b64decode(data, validate=True)
    except (binascii.Error, TypeError, ValueError):
        return None
    return raw.hex().upper() if len(raw) == 20 and any(raw) else None


def _was_dead(journal: Journal) -> bool:
    causes = (journal.found or {}).get("causes")
    return isinstance(causes, list) and not _DEAD_THEN.isdisjoint(map(str, causes))


def _certificate(thumbprint: str | None, snapshot: Snapshot, back: set[str]) -> str | None:
    """Why the listener could not be bound to it, or None."""
    if not thumbprint or thumbprint in back or snapshot.stores is None:
        return None
    entry = snapshot.find_certificate(thumbprint)
    if entry is None:
        gone = "certificates" not in snapshot.truncated
        return f"the certificate {thumbprint} is not on the host any more" if gone else None
    file = snapshot.key_file(entry)
    if not entry.has_key_property or (file and file["exists"] is False):
        return f"the private key of the certificate {thumbprint} is not on the host any more"
    return None


def _no_file(path: str, snapshot: Snapshot) -> bool:
    section = snapshot.section("key_files")
    if section is None:
        return False
    row = next((one for one in section["files"] if (one["path"] or "").lower() == path.lower()), None)
    if row is None:
        return "key_files" not in snapshot.truncated and all(one["path"] for one in section["files"])
    return row["exists"] is False
