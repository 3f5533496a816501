# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet for programs: JSON, CSV and the text format of Prometheus.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import readable, visible
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet, Host, moment

SCHEMA_VERSION = 1
COLUMNS = (
    "host",
    "verdict",
    "finding",
    "severity",
    "confidence",
    "owner",
    "summary",
    "advice",
    "by_hand",
    "client_summary",
    "certificate_source",
    "certificate_not_after",
    "message",
)
_OF_A_FINDING = ("severity", "confidence", "owner", "summary", "advice", "by_hand")
# What makes a spreadsheet take a cell for a formula; https://owasp.org/www-community/attacks/CSV_Injection
# Spreadsheets pass over blanks and quotes in front of it, some take the signs of East Asian keyboards for the signs,
# and where lists are parted by semicolons a new cell begins behind each.
_FORMULA = re.compile(r"(^|;)(?=[\s'\"]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207c\u207a\u2212])")


def to_json(fleet: Fleet, title: str) -> str:
    """Everything that the page shows, with sorted keys: the same data give the same text."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "title": title,
        "assessed_at": iso(fleet.assessed_at) if fleet.assessed_at else None,
        "summary": fleet.summary,
        "notes": list(fleet.notes),
        "counts": fleet.counts,
        "causes": [
            {
                "id": cause.id,
                "severity": cause.severity,
                "owner": cause.owner,
                "hosts": list(cause.hosts),
                "first": cause.first,
            }
            for cause in fleet.causes
        ],
        "forecast": [{"host": host.name, **item} for host, item in fleet.forecast],
        "hosts": {host.name: _host(host) for host in fleet.hosts},
    }
    return json.dumps(readable(document), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def _host(host: Host) -> dict[str, Any]:
    return {
        "verdict": host.verdict,
        "message": host.message,
        "assessed_at": iso(host.assessed_at) if host.assessed_at else None,
        "client_gets_in": host.gets_in,
        "client_summary": host.view,
        "host": host.result.get("host"),
        "certificate": host.result.get("certificate"),
        "findings": host.findings,
        "unread": host.unread,
        "compared": host.comparison,
        "changed_since": host.changed_since,
        "client_arrival": host.client_arrival,
        "interrupted_journals": host.interrupted_journals,
        "run": host.run,
        "why_taken_back": host.why_taken_back,
        "repaired": host.repaired,
        "steps": host.steps,
        "conditional": host.conditional,
        "blocked": host.blocked,
    }


def to_csv(fleet: Fleet) -> str:
    """One row for each host and finding, one for a host without; UTF-8, lines end as RFC 4180 has it.

    Every cell is quoted.
    """
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for host in fleet.hosts:
        shared = {
            "host": host.name,
            "verdict": host.verdict,
            "client_summary": host.view,
            "certificate_source": host.certificate.get("source"),
            "certificate_not_after": host.certificate.get("not_after"),
            "message": host.message,
        }
        for finding in host.findings or [{}]:
            row = {
                **shared,
                **{name: finding.get(name) for name in _OF_A_FINDING},
                "finding": finding.get("id"),
            }
            writer.writerow({name: _cell(text) for name, text in row.items()})
    return file.getvalue()


def _cell(value: Any) -> str:
    """The text of a cell, which no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", "" if value is None else visible(str(value)))


Samples = Iterable[tuple[dict[str, str], float | None]]


def to_prometheus(fleet: Fleet) -> str:
    """For the textfile collector of node_exporter. Times are seconds since 1970, as Prometheus wants them."""
    metrics: tuple[tuple[str, str, Samples], ...] = (
        (
            "hosts",
            "Hosts with this verdict.",
            (({"verdict": verdict}, number) for verdict, number in fleet.counts.items()),
        ),
        (
            "verdict",
            "1 for the verdict that the host has.",
            (({"host": host.name, "verdict": host.verdict}, 1) for host in fleet.hosts),
        ),
        (
            "client_gets_in",
            "1 if the probe got in as a client does, 0 if not; absent where nobody looked.",
            (({"host": host.name}, None if host.gets_in is None else int(host.gets_in)) for host in fleet.hosts),
        ),
        ("finding", "1 for each cause that was found.", _findings(fleet)),
        (
            "certificate_not_after_timestamp_seconds",
            "When the certificate ends that the listener is bound to.",
            _ends(fleet),
        ),
        (
            "forecast_timestamp_seconds",
            "When something will keep clients out that nobody averts by itself; the soonest of its kind.",
            (({"host": name, "kind": kind}, time) for (name, kind), time in _soonest(fleet).items()),
        ),
        (
            "assessed_timestamp_seconds",
            "When the host was read.",
            (({"host": host.name}, _seconds(host.assessed_at)) for host in fleet.hosts),
        ),
    )
    return "".join(_metric(*metric) for metric in metrics)


def _metric(name: str, help_: str, samples: Samples) -> str:
    """The lines of one metric; none if it has no samples."""
    rows: dict[str, float] = {}
    for labels, value in samples:
        if value is not None:
            # A reader drops the whole file for a sample that is there twice.
            rows.setdefault(_labels(labels), value)
    if not rows:
        return ""
    lines = (
        f"# HELP winops_rdp_{name} {help_}",
        f"# TYPE winops_rdp_{name} gauge",
        *(f"winops_rdp_{name}{labels} {value:.0f}" for labels, value in rows.items()),
    )
    return "".join(f"{line}\n" for line in lines)


def _findings(fleet: Fleet) -> Samples:
    """Each finding of each host once, the one that ranks first."""
    for host in fleet.hosts:
        first = {finding["id"]: finding for finding in reversed(host.findings)}
        for id_, finding in first.items():
            labels = {name: finding[name] for name in ("severity", "confidence")}
            yield {"host": host.name, "finding": id_, **labels}, 1


def _ends(fleet: Fleet) -> Samples:
    for host in fleet.hosts:
        yield {"host": host.name, "source": str(host.certificate.get("source"))}, _seconds(host.ends)


def _seconds(time: datetime | None) -> float | None:
    return time.timestamp() if time else None


def _soonest(fleet: Fleet) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for host, item in fleet.forecast:
        time = moment(item.get("when"))
        if time:
            found.setdefault((host.name, item["kind"]), time.timestamp())
    return found


def _labels(labels: dict[str, str]) -> str:
    escaped = (f'{name}="{_escape(text)}"' for name, text in labels.items())
    return "{" + ",".join(escaped) + "}"


def _escape(text: str) -> str:
    return visible(text).replace("\\", "\\\\").replace('"', '\\"')
