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

from ansible_collections.winops.rdp.plugins.module_utils.probe.host import probe
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import POSSIBLE
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import read_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

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


def own_address(host: str, port: int) -> str | None:
    """The controller's address from which this host is looked at; None if there is no way there. Sends nothing."""
    try:
        family, kind, protocol, _name, place = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, kind, protocol) as link:
            link.connect(place)
            return str(link.getsockname()[0]).split("%", 1)[0]
    except OSError:
        return None


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
    return f"{told}; {'winops.rdp.diagnose asks the host why' if cause.confidence == POSSIBLE else f'see {cause.id}'}"


def with_certificate(result: dict[str, Any], name: str | None = None) -> dict[str, Any]:
    """Add to a probe's result what the presented certificate says.

    ``name`` is the one that clients use (default: the host probed).
    """
    presented = result.get("certificate")
    if not presented or "der" not in presented:
        return result
    try:
        der = base64.b64decode(presented["der"], validate=True)
    except (binascii.Error, ValueError):
        return result
    presented.update(read_certificate(der, datetime.now(timezone.utc), name or result["host"]))
    return result
