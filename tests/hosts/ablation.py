# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host's answer with a part of it lost, in each of the ways in which parts get lost: missing, denied, cut by a
deadline or a cap, hanging, or of a form that nobody foresaw."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Answer = dict[str, Any]

DENIED = {"code": -2147024891, "type": "System.UnauthorizedAccessException", "message": "Zugriff verweigert"}
LATE = {"code": -2146233083, "type": "System.TimeoutException", "message": "No answer came in time."}


def _missing(answer: Answer, section: str) -> bool:
    return answer["sections"].pop(section, None) is not None


def _denied(answer: Answer, section: str) -> bool:
    answer["errors"][section] = dict(DENIED)
    return _missing(answer, section)


def _malformed(answer: Answer, section: str) -> bool:
    answer["sections"][section] = ["what", {"is": "this"}]
    return True


def _cut(answer: Answer, section: str) -> bool:
    """The second half of its lists is lost, and that is said."""
    found = answer["sections"][section]
    if section == "events":
        found["logs"] = {name: dict(LATE) for name in found["logs"]}
        found["states"] = {name: {**state, "whole": False} for name, state in found["states"].items()}
        found["entries"], found["counts"] = found["entries"][:1], found["counts"][:1]
    elif section == "firewall":
        found["rules"] = found["rules"][:2]
    elif section == "registry":
        answer["sections"][section] = {key: {"settings": {}, "error": dict(LATE)} for key in found}
    else:
        return False
    answer["truncated"].append(section)
    return True


def _nothing_of(rows: list[dict[str, Any]], *names: str, error: bool = False) -> None:
    for row in rows:
        row.update(dict.fromkeys(names))
        if error:
            row["error"] = dict(DENIED)


def _hanging(answer: Answer, section: str) -> bool:
    """What a program, WMI, the service manager or a file was to tell of it did not come, and that is said."""
    found = answer["sections"][section]
    answer["silent"][section] = dict(LATE)
    if section == "services":
        _nothing_of(
            [one for one in found.values() if one], "state", "pid", "exit_code", "started", "shares", error=True
        )
    elif section == "key_files":
        _nothing_of([found["folder"], *found["files"]], "exists", "sddl", "length", error=True)
        _nothing_of(found["files"], "used")
        found["own_keys"] = None
    elif section == "certificates":
        for store in found["stores"].values():
            _nothing_of(store["certificates"], "der", "key_provider", error=True)
    elif section == "port":
        _nothing_of(found["listeners"], "pid", "process")
        found.update(dynamic=None, excluded=None)
    elif section == "network":
        _nothing_of(found["adapters"], "category")
    elif section == "domain":
        found.update(channel_status=None)
    elif section == "licensing":
        found.update(type=None, grace_days=None)
    elif section == "files":
        _nothing_of([one for one in found.values() if one], "signature", "windows")
    elif section == "logon":
        found.update(members=None, policy=None, local=None)
    elif section == "policies":
        found["values"] = []
    elif section == "products":
        found["security_center"] = []
    elif section == "sessions":
        _nothing_of(found["sessions"], "state")
    else:
        del answer["silent"][section]
        return False
    return True


MANNERS: dict[str, Callable[[Answer, str], bool]] = {
    "missing": _missing,
    "denied": _denied,
    "malformed": _malformed,
    "cut": _cut,
    "hanging": _hanging,
}


def without(answer: Answer, section: str, manner: str) -> Answer | None:
    """The answer with this section lost in this way; None where it cannot be lost so."""
    if section not in answer["sections"]:
        return None
    rest = {name: copy.deepcopy(part) for name, part in answer.items() if name != "sections"}
    less = {**rest, "sections": {**answer["sections"], section: copy.deepcopy(answer["sections"][section])}}
    return less if MANNERS[manner](less, section) else None
