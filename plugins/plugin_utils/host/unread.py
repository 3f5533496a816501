# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a host could not be read: whole sections, and parts of sections that came without them.

What is listed here is not known. It is neither a fault nor in order, and no conclusion may rest on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import minute, parse


@dataclass(frozen=True)
class Unread:
    """One thing that could not be read.

    ``section`` is where it belongs, ``part`` what of it (empty: all of it), ``what`` the same as the subject of a
    sentence, ``code`` the host's number (an HRESULT; None where it gave none).
    """

    section: str
    part: str
    what: str
    code: int | None = None

    @property
    def number(self) -> str:
        """The host's number as it goes behind a word; empty if it gave none."""
        return "" if self.code is None else f" 0x{self.code & 0xFFFFFFFF:08X}"

    @property
    def phrase(self) -> str:
        """What is missing, with the number that the host gave."""
        number = f" ({self.number.strip()})" if self.number else ""
        return f"{self.what}, which the host did not give{number}"

    def to_dict(self) -> dict[str, Any]:
        return {"section": self.section, "part": self.part, "what": self.what, "code": self.code}


def unread(snapshot: Snapshot) -> tuple[Unread, ...]:
    """All that the snapshot was to hold and does not, in the order of the sections.

    Of certificates and keys only those of the listener count: others cannot keep a client out.
    """
    found = []
    for name in contract.SECTIONS:
        if name in snapshot.errors:
            found.append(Unread(name, "", f"section {name}", snapshot.errors[name]["code"]))
            continue
        if name in snapshot.silent:
            found.append(Unread(name, "silent", f"a part of section {name}", snapshot.silent[name]["code"]))
        if name in _PARTS and snapshot.section(name) is not None:
            found.extend(_PARTS[name](snapshot))
    return tuple(found)


def _certificate(snapshot: Snapshot) -> Iterator[Unread]:
    thumbprint = (snapshot.binding.reference.thumbprint if snapshot.binding else None) or ""
    for name, store in snapshot.section("certificates")["stores"].items():
        for entry in store["certificates"]:
            if entry["thumbprint"] == thumbprint and entry["error"]:
                yield Unread(
                    "certificates", thumbprint, f"certificate {thumbprint} in store {name}", entry["error"]["code"]
                )


def _key(snapshot: Snapshot) -> Iterator[Unread]:
    """A key of which it is not known whether it is there, or who may read it."""
    certificate = snapshot.binding.certificate if snapshot.binding else None
    if certificate is None or not certificate.has_key_property:
        return
    file = snapshot.key_file(certificate)
    code = file["error"]["code"] if file and file["error"] else None
    if file is None or file["exists"] is None:
        what = f"whether the private key of certificate {certificate.thumbprint} is there"
    elif file["exists"] and snapshot.key_descriptor(file) is None:
        what = f"who may read the private key of certificate {certificate.thumbprint}"
    else:
        return
    yield Unread("key_files", certificate.thumbprint, what, code)


def _services(snapshot: Snapshot) -> Iterator[Unread]:
    for name in contract.SERVICES:
        service, raw = snapshot.service(name), snapshot.section("services")[name]
        code = service["error"]["code"] if service and service["error"] else None
        if service and service["state"] is None:
            yield Unread("services", name, f"the state{_odd(raw['state'])} of the service {name}", code)
        elif service and service["start"] is None:
            yield Unread("services", f"{name} Start", f"the start type{_odd(raw['start'])} of the service {name}", code)


def _odd(number: int | None) -> str:
    """A number that is none of Windows' documentation, behind what it is one of."""
    return "" if number is None else f" ({number})"


def _keys_of_registry(snapshot: Snapshot) -> Iterator[Unread]:
    for path, part in snapshot.section("registry").items():
        if part["error"]:
            yield Unread("registry", path, f"registry key {path}", part["error"]["code"])


def _logs(snapshot: Snapshot) -> Iterator[Unread]:
    """Logs that gave an error, and those that nothing is written into."""
    events = snapshot.section("events")
    for log, error in events["logs"].items():
        state = (events["states"] or {}).get(log)
        if error:
            yield Unread("events", log, f"event log {log}", error["code"])
        elif state and state["enabled"] is False:
            yield Unread("events", log, f"event log {log} (switched off)")


def short_logs(snapshot: Snapshot, asked_from: Callable[[str], datetime | None]) -> tuple[Unread, ...]:
    """Logs that were read, and not back to where they are asked about: wrapped, cleared, or cut by their number.

    ``asked_from`` gives that moment of a log, by the host's own clock; None where nothing rests on its silence. Every
    host's logs wrap: this is no lack of the snapshot, only of a question.
    """
    events = snapshot.section("events") or {"logs": {}, "states": None}
    found = []
    for log, state in (events["states"] or {}).items():
        moment = asked_from(log)
        if moment is None or events["logs"].get(log) or state["enabled"] is False:
            continue
        if not state["whole"] and not state["read_to"]:
            found.append(Unread("events", log, f"event log {log} beyond its newest records"))
            continue
        begins = _begins(state)
        if begins and begins > moment:
            found.append(Unread("events", log, f"event log {log} before {minute(begins)}"))
    return tuple(found)


def _begins(state: dict[str, Any]) -> datetime | None:
    """From when on a log has been read; None: it has all that ever was written to it, as far as is known."""
    times = [state["oldest"]] * (state["wrapped"] is not False) + [state["read_to"]] * (not state["whole"])
    return max((parse(time) for time in times if time), default=None)


def _rules(snapshot: Snapshot) -> Iterator[Unread]:
    if "firewall" in snapshot.truncated:
        yield Unread("firewall", "rules", "some firewall rules")


_PARTS = {
    "certificates": _certificate,
    "key_files": _key,
    "services": _services,
    "registry": _keys_of_registry,
    "events": _logs,
    "firewall": _rules,
}
