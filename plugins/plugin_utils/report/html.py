# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet for people: one page that needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import (
    BROKEN,
    DEGRADED,
    HEALTHY,
    OFF,
    UNKNOWN,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import visible
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import (
    FAILED,
    UNREACHABLE,
    VERDICTS,
    Cause,
    Fleet,
    Host,
    moment,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.report.tickets import tickets

try:
    from jinja2 import Environment, StrictUndefined, Template
    from markupsafe import Markup
except ImportError:  # ansible-core brings them along; only a check of bare imports is without
    pass

_MEANS = {
    BROKEN: "clients are kept out",
    UNREACHABLE: "could not be asked",
    FAILED: "could not be judged",
    UNKNOWN: "nothing found; too little read, or nobody looked",
    DEGRADED: "clients get in, repair it in time",
    OFF: "Remote Desktop is turned off",
    HEALTHY: "a client reaches the logon, nothing to do",
}
# Groups of so many hosts are shown open; larger ones would push the others off the page.
_OPEN_UP_TO = 8
_CAUSES_UP_TO = 12
_WEEKS = 26
_NAMED = 12


@dataclass(frozen=True)
class Assets:
    """The files of the page: its style, its script, its template, and an explanation of each finding as HTML, by id."""

    style: str
    script: str
    template: str
    explanations: Mapping[str, str]


def _visible(value: Any) -> Any:
    """Text with characters that do not show made visible."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else visible(value, lines=True)


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_visible
    )


@cache
def _template(source: str) -> Template:
    return _environment().from_string(source)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def to_html(fleet: Fleet, title: str, assets: Assets) -> str:
    """The whole page. The date on it is that of the newest data, so the same data give the same page."""
    most = max((len(cause.hosts) for cause in fleet.causes), default=1)
    return _template(assets.template).render(
        title=title,
        fleet=fleet,
        assessed_at=_minute(fleet.assessed_at) if fleet.assessed_at else None,
        assessed_at_iso=iso(fleet.assessed_at) if fleet.assessed_at else None,
        # Both are files of this collection.
        style=Markup(assets.style),
        style_hash=_hash(assets.style),
        script=Markup(assets.script),
        script_hash=_hash(assets.script),
        tiles=[{"verdict": verdict, "count": fleet.counts[verdict], "means": _MEANS[verdict]} for verdict in VERDICTS],
        chart=chart(fleet),
        open_up_to=_OPEN_UP_TO,
        causes_up_to=_CAUSES_UP_TO,
        breakable=_breakable,
        share=lambda cause: _share(cause, most),
        day=_day,
        ends=lambda host: _ends(host, fleet.assessed_at),
        facts=_facts,
        not_repaired=_not_repaired,
        tickets=tickets,
        # Made from this collection's own docs.
        explanations={id_: Markup(text) for id_, text in assets.explanations.items()},
        explained=[(cause.id, cause.title) for cause in fleet.causes if cause.id in assets.explanations],
    )


def _breakable(id_: str) -> Markup:
    """An id that a line ends in only where a part of it does."""
    parts = re.split(r"(?<=[._])", visible(id_))
    return Markup("<wbr>").join(parts)


def _share(cause: Cause, most: int) -> float:
    return round(100 * len(cause.hosts) / most, 1)


def _minute(time: datetime) -> str:
    return time.strftime("%Y-%m-%d %H:%M UTC")


def _day(item: dict[str, Any]) -> str:
    time = moment(item.get("when"))
    return f"{time:%Y-%m-%d}" if time else "next restart"


def _ends(host: Host, now: datetime | None) -> str:
    if not host.ends:
        return ""
    days = (host.ends - now).days if now else None
    return (
        f"certificate until {host.ends:%Y-%m-%d}"
        if days is None or days >= 0
        else f"certificate ended {host.ends:%Y-%m-%d}"
    )


def _facts(host: Host) -> list[tuple[str, str]]:
    about, certificate = host.about, host.certificate
    rows = (
        (
            "Computer",
            ", ".join(
                text
                for text in (about.get("name"), f"domain {about['domain']}" if about.get("domain") else None)
                if text
            ),
        ),
        ("Windows", _windows(about)),
        ("Port", str(about["port"]) if about.get("port") else None),
        (
            "Certificate",
            " ".join(
                text
                for text in (str(certificate.get("source") or "").replace("_", "-"), certificate.get("subject"))
                if text
            ),
        ),
        ("Thumbprint", certificate.get("thumbprint")),
        ("Read", _minute(host.assessed_at) if host.assessed_at else None),
    )
    return [(name, text) for name, text in rows if text]


def _windows(about: dict[str, Any]) -> str | None:
    build = f"build {about['build']}" if about.get("build") else None
    return f"{about['product']} ({build})" if about.get("product") and build else build


def _not_repaired(host: Host) -> list[dict[str, Any]]:
    """What is not done, unless the advice of the finding says so already."""
    advice = {finding["id"]: finding["advice"] for finding in host.findings}
    return [
        left
        for left in host.blocked
        if left["finding"] in advice and not (advice[left["finding"]] and left["detail"] == advice[left["finding"]])
    ]


# The picture --------------------------------------------------------------------------------------------------------

_WIDTH, _HEIGHT, _FLOOR, _TOP, _LARGEST = 600, 170, 140, 26, 14


def chart(fleet: Fleet) -> dict[str, Any]:
    """Bars over the weeks to come, one before for what has ended and one behind for what comes later.

    It is as readable for three hosts as for a thousand.
    """
    now = fleet.assessed_at
    known = [host for host in fleet.hosts if host.ends]
    if not now or not known:
        return {"bars": []}
    weeks: dict[int, list[Host]] = {}
    for host in known:
        weeks.setdefault(_week(host, now), []).append(host)
    slot = _WIDTH / (_WEEKS + 2)
    unit = min(_LARGEST, (_FLOOR - _TOP) / max(len(hosts) for hosts in weeks.values()))
    bars = [_bar(week, weeks[week], now, slot, unit) for week in sorted(weeks)]
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "floor": _FLOOR,
        "today": round(slot, 1),
        "bars": bars,
        "ticks": _ticks(now, slot),
        "text": _in_words(fleet, known, now),
    }


def _week(host: Host, now: datetime) -> int:
    days = (host.ends - now).days if host.ends else 0
    return -1 if days < 0 else min(days // 7, _WEEKS)


def _bar(week: int, hosts: list[Host], now: datetime, slot: float, unit: float) -> dict[str, Any]:
    kinds = (
        {"ended": len(hosts)}
        if week < 0
        else {"alone": sum(host.alone for host in hosts), "renewed": sum(not host.alone for host in hosts)}
    )
    parts, floor = [], float(_FLOOR)
    for kind, count in kinds.items():
        if count:
            floor -= count * unit
            parts.append({"kind": kind, "y": round(floor, 1), "height": round(count * unit, 1)})
    names = ", ".join(host.name for host in hosts[:_NAMED]) + (
        f" and {len(hosts) - _NAMED} more" if len(hosts) > _NAMED else ""
    )
    left = (week + 1) * slot
    return {
        "x": round(left + 2, 1),
        "width": round(slot - 4, 1),
        "middle": round(left + slot / 2, 1),
        "top": round(floor - 4, 1),
        "count": len(hosts),
        "parts": parts,
        "text": f"{_when(week, now)}: {names}",
    }


def _when(week: int, now: datetime) -> str:
    if week < 0:
        return "ended"
    first = now + timedelta(weeks=week)
    if week == _WEEKS:
        return f"after {first:%Y-%m-%d}"
    return f"{first:%Y-%m-%d} to {first + timedelta(days=6):%Y-%m-%d}"


def _ticks(now: datetime, slot: float) -> list[dict[str, Any]]:
    ticks = [{"x": 0, "text": "ended", "anchor": "start"}, {"x": _WIDTH, "text": "later", "anchor": "end"}]
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while True:
        month = (month + timedelta(days=32)).replace(day=1)
        at = slot + (month - now) / timedelta(weeks=1) * slot
        if at > _WIDTH - 2.5 * slot:
            return ticks
        if at > 2.5 * slot:
            ticks.append({"x": round(at, 1), "text": f"{month:%b}", "anchor": "middle"})


def _in_words(fleet: Fleet, known: list[Host], now: datetime) -> str:
    def soon(days: int) -> int:
        return sum(now <= host.ends < now + timedelta(days=days) for host in known if host.ends)

    ended, month = sum(host.ends < now for host in known if host.ends), soon(30)
    alone = [host for host in known if host.alone and host.ends and host.ends >= now]
    sentences = [
        f"{ended} ended" if ended else "None has ended",
        f"{month} end{'s' if month == 1 else ''} in the next 30 days, {soon(90)} in the next 90",
    ]
    if alone:
        first = min(alone, key=lambda host: host.ends or now)
        sentences.append(f"of those that nobody renews, the first ends on {first.ends:%Y-%m-%d} ({first.name})")
    if len(known) < len(fleet.hosts):
        sentences.append(f"for {len(fleet.hosts) - len(known)} no date is known")
    return "; ".join(sentences) + "."
