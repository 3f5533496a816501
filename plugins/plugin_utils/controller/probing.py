# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The probe as the controller uses it: probe a listener in this process, and read the certificate that it presents."""

from __future__ import annotations

import base64
import binascii
import socket
from datetime import datetime, timezone
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe import connection
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import OUTCOMES, SCHEMA_VERSION, STAGES, probe
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import POSSIBLE
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import documents, validate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import read_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

Json = dict[str, Any]

_TEXT: Json = {"type": ["string", "null"]}
_NUMBER: Json = {"type": ["integer", "null"]}
_TEXTS: Json = {"type": ["array", "null"], "items": {"type": "string"}}
# What rules look at in a probe's result; the rest may be anything.
PROBE: Json = {
    "type": "object",
    "required": ["host", "port", "stage", "outcome"],
    "properties": {
        "schema_version": {"const": SCHEMA_VERSION},
        "host": {"type": "string"},
        "port": {"type": "integer", "minimum": 1, "maximum": 65535},
        "address": _TEXT,
        "addresses": {
            "type": ["array", "null"],
            "items": {
                "type": "object",
                "required": ["address"],
                "properties": {"address": {"type": "string"}, "outcome": _TEXT},
            },
        },
        "source": _TEXT,
        "stage": {"enum": list(STAGES)},
        "outcome": {"enum": list(OUTCOMES)},
        "failure": {
            "type": ["object", "null"],
            "properties": {"kind": _TEXT, "name": _TEXT, "number": _NUMBER, "sender": _TEXT},
        },
        "offered": {"type": ["object", "null"], "additionalProperties": {"type": ["boolean", "null"]}},
        "tls": {
            "type": ["object", "null"],
            "properties": {
                "modern": {"type": ["boolean", "null"]},
                "weaknesses": _TEXTS,
            },
        },
        "certificate": {
            "type": ["object", "null"],
            "properties": {
                "der": _TEXT,
                "sha1": _TEXT,
                "days_left": _NUMBER,
                "common_name": _TEXT,
                "sans": _TEXTS,
                "name_matches": {"type": ["boolean", "null"]},
            },
        },
        "identity": {"type": ["object", "null"], "properties": {"credssp_version": _NUMBER}},
        "client_view": {"type": ["object", "null"], "properties": {"code": _TEXT, "extended": _TEXT}},
        "time": {
            "type": ["string", "null"],
            "format": "date-time",
            "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z$",
        },
    },
}
# What is read of the answer of a probe that ran on another machine.
_LOOK: Json = {
    **PROBE,
    "required": [*PROBE["required"], "detail"],
    "properties": {**PROBE["properties"], "detail": {"type": "string"}},
}
_GATEWAY: Json = {
    "type": "object",
    "required": ["host", "port", "stage", "outcome", "detail", "transports"],
    "properties": {
        **{name: {"type": "string"} for name in ("host", "stage", "outcome", "detail")},
        "port": PROBE["properties"]["port"],
        "certificate": {"type": ["object", "null"], "properties": {"der": _TEXT, "weaknesses": _TEXTS}},
        "trusted": {"type": ["object", "null"]},
        "transports": {
            "type": "object",
            "additionalProperties": {"type": ["object", "null"], "properties": {"answer": _TEXT}},
        },
    },
}
_answer_fault = validate.compiled(
    {
        "type": "object",
        "properties": {
            "probe": {"anyOf": [{"type": "null"}, _LOOK]},
            "gateway": {"anyOf": [{"type": "null"}, _GATEWAY]},
            "probes": {"type": "array", "items": _LOOK},
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
            "unfinished": {"type": "array", "items": {"type": "string"}},
            "ended": {"type": "string"},
        },
    }
)
# Of more targets the numbers are told, not each.
_MOST_SENTENCES = 16


def probe_listener(
    host: str,
    port: int = 3389,
    timeout: float = 5.0,
    deadline: float = 30.0,
    *,
    server_name: str | None = None,
    load_balance_info: str | None = None,
    depth: str = "full",
    spacing: float = 0.0,
) -> dict[str, Any]:
    """Probe a listener once, without credentials: the result of ``winops.rdp.probe`` with the certificate read.

    Never raises for what host or network do.
    """
    result = probe(
        host,
        port,
        timeout=timeout,
        deadline=deadline,
        server_name=server_name,
        load_balance_info=load_balance_info,
        depth=depth,
        spacing=spacing,
    )
    return with_certificate(result, server_name or host)


def misplaced(options: dict[str, Any], snapshot: Snapshot, seen: ProbeResult) -> tuple[str, str] | None:
    """Why a look that failed says nothing of the host, and what to do: it went where an option sent it, and that is no
    place of the host's. None where it may be one."""
    host, port = options["probe_host"], options["probe_port"]
    if host and seen.stage == "name":
        return f"probe_host is {host}, a name that the controller cannot resolve", "correct it, or the controller's DNS"
    section = snapshot.section("port")
    elsewhere = port and port != snapshot.port and section and section["listeners"]
    if not (elsewhere and seen.stage == "tcp"):
        return None
    return (
        f"nothing answers at {seen.host}:{port}, and probe_port is {port}; the host itself listens on {snapshot.port}",
        "correct probe_port, leave it out, or look at what passes that port on to the host",
    )


def place_given(options: dict[str, Any], seen: ProbeResult) -> str | None:
    """Where a look went that ended on the way to the host, if an option sent it there, in a clause."""
    names = [name for name in ("probe_host", "probe_port") if options.get(name)]
    if not names or seen.stage not in ("name", "tcp"):
        return None
    verb = "says" if len(names) == 1 else "say"
    return f"that look was at {seen.host}:{seen.port}, as {' and '.join(names)} {verb}"


def fault(answer: Any) -> str | None:
    """What is wrong with the answer of a probe on another machine, as one clause; None if it can be read."""
    try:
        documents.check(answer, documents.MOST_VALUES_OF_A_FLEET)
    except documents.DocumentError as error:
        return str(error)
    wrong = _answer_fault(answer)
    if wrong:
        return wrong.lstrip(": ")
    if "probes" in answer:
        missing = [name for name in ("counts", "unfinished", "ended") if name not in answer]
        if missing:
            return f"{missing[0]}: missing"
        seen = answer["probes"] or answer["unfinished"]
    else:
        seen = answer.get("probe") or answer.get("gateway") or answer.get("failed") or answer.get("unreachable")
    return None if seen else "no look is in it"


def own_address(host: str, port: int) -> str | None:
    """The controller's address from which this host is looked at; None if there is no way there. Sends nothing."""
    try:
        family, _kind, _protocol, _name, place = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
    except OSError:
        return None
    return connection.own_address((family, place))


def summary(found: dict[str, Any]) -> str:
    """A result of ``winops.rdp.probe`` for people: a sentence for each host, or numbers where there are many."""
    if found.get("comparison"):
        return str(found["comparison"]["summary"])
    looks = found["probes"] if "probes" in found else [found.get("probe") or found.get("gateway")]
    told = [_sentence(look) for look in looks if look]
    if len(told) > _MOST_SENTENCES:
        counts = ", ".join(f"{number} {pair}" for pair, number in found["counts"].items())
        told = [f"{len(told)} targets: {counts}"]
    if found.get("unfinished"):
        told.append(f"{len(found['unfinished'])} targets have no result ({found['ended'].replace('_', ' ')})")
    if found.get("logon"):
        told.append(f"account: {found['logon']['outcome'].replace('_', ' ')}: {found['logon']['detail'].rstrip('.')}")
    return " | ".join(told)


def _sentence(look: dict[str, Any]) -> str:
    """What was seen of one host, and the finding where a look from outside is enough to name it."""
    seen, detail = ProbeResult(look), look["detail"].rstrip(".")
    place = f"{look['host']}:{look['port']}"
    if "transports" in look:
        return f"{place}: {look['stage']}: {look['outcome']}: {detail}"
    told = f"{place}: {seen.summary}" + ("" if seen.logon_reached or not detail else f": {detail}")
    # Nothing of the host itself was read: what it is likely to be all the same, the look alone shows.
    nothing_read = Snapshot({}, {}, [], datetime.now(timezone.utc))
    cause = assess(nothing_read, seen).diagnosis.cause
    if cause is None or seen.logon_reached:
        return told
    is_way_known = cause.confidence != POSSIBLE or (seen.stage, seen.outcome) == ("tcp", "unreachable")
    return f"{told}; {f'see {cause.type.docs}' if is_way_known else 'winops.rdp.diagnose asks the host why'}"


def with_certificate(result: dict[str, Any], name: str | None = None) -> dict[str, Any]:
    """Add to a probe's result what the presented certificate says.

    ``name`` is the one that clients use (default: the host probed).
    """
    presented = result.get("certificate")
    if not presented or "der" not in presented:
        return result
    try:
        der = base64.b64decode(presented["der"], validate=True)
    except (binascii.Error, TypeError, ValueError):
        return result
    presented.update(read_certificate(der, datetime.now(timezone.utc), name or result["host"]))
    return result
