# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""What mstsc shows for an outcome.

Names of codes are Microsoft's (IMsTscAxEvents::OnDisconnected, ExtendedDisconnectReasonCode).
"""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.wire import reasons

# How sure it is that this code goes with this picture.
DOCUMENTED, INFERRED, UNCONFIRMED = "documented", "inferred", "unconfirmed"

_TEXTS = {
    0x104: "the computer's name cannot be found",
    0x108: "the connection attempt timed out",
    0x204: "Remote Desktop can't connect to the remote computer: "
    "remote access is not enabled, or it is off or not on the network",
    0x704: "the remote computer did not answer in time",
    0x904: "this computer can't connect to the remote computer: the server closed the socket",
}
_STATUS = {
    0xC000006D: 0x807,
    0xC000006A: 0x807,
    0x8009030C: 0x807,
    0xC0000064: 0xA07,
    0xC0000072: 0xB07,
    0xC000006E: 0xC07,
    0xC000006F: 0xC07,
    0xC0000070: 0xC07,
    0xC000015B: 0xC07,
    0xC0000234: 0xD07,
    0xC0000193: 0xE07,
    0xC0000071: 0xF07,
    0xC0000224: 0x1207,
    0xC000005E: 0x1807,
    0x80090311: 0x1807,
}
_REFUSALS = {
    3: "the server has no usable certificate, so neither TLS nor Network Level Authentication is possible",
    5: "the remote computer requires Network Level Authentication",
    6: "the remote computer requires a client certificate",
}


def client_view(stage: str, outcome: str, failure: dict[str, Any] | None) -> dict[str, Any]:
    """What mstsc does: ``code`` and ``extended`` as it prints them, ``name``, ``text``, and ``certainty``.

    ``code`` None: it gets on, or no code is known.
    """
    kind = (failure or {}).get("kind")
    if kind == "internal":
        return _view(None, None, "not known: the probe itself failed", UNCONFIRMED)
    if outcome == "ok":
        return _view(None, None, "mstsc goes on to the logon", DOCUMENTED)
    if stage == "name":
        return _view(0x104, None, None, DOCUMENTED)
    if stage == "tcp":
        return _view(0x204, None, None, UNCONFIRMED if outcome == "timeout" else DOCUMENTED)
    if outcome == "silent":
        return _view(0x704 if stage != "negotiation" else 0x108, None, None, UNCONFIRMED)
    if outcome in ("closed", "reset"):
        return _view(0x904, 0x7, None, INFERRED)
    return _view_of_refusal(outcome, failure or {})


def _view_of_refusal(outcome: str, failure: dict[str, Any]) -> dict[str, Any]:
    number, name = failure.get("number"), failure.get("name")
    if failure.get("kind") == "ntstatus" and number in _STATUS:
        return _view(_STATUS[number], None, name, INFERRED)
    if failure.get("kind") == "negotiation" and outcome == "denied":
        text = _REFUSALS.get(number or 0, f"the server refuses the security that the client asks for: {name}")
        return _view(None, None, text, UNCONFIRMED)
    return _view(0x904, 0x7, None, UNCONFIRMED)


def _view(code: int | None, extended: int | None, text: str | None, certainty: str) -> dict[str, Any]:
    return {
        "code": f"0x{code:X}" if code is not None else None,
        "extended": f"0x{extended:X}" if extended is not None else None,
        "name": reasons.NAMES.get(code) if code is not None else None,
        "text": text or _TEXTS.get(code or 0),
        "certainty": certainty,
    }
