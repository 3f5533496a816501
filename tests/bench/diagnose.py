# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What it takes to judge stored bundles and to report on them: time for each host, memory, and the size of the report.

    python -m tests.bench.diagnose [--hosts N] [--rounds N] [--json FILE]

Every part is measured in one run: reading a file alone, reading and judging it, and making the report. The best round
counts. Goals for 1,000 hosts: less than 5 ms for each from the file to its place in the report, judging it in less than
20 times what reading its JSON takes, and a page of less than 5 MB.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles, files, reports  # noqa: E402
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy  # noqa: E402
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet  # noqa: E402
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape  # noqa: E402

from tests.unit.fleets import bundle, machines  # noqa: E402

GOAL_MS, GOAL_MB, GOAL_TIMES = 5.0, 5.0, 20.0


def best(rounds: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of the fastest round, and what the last one came to: what else runs here is no part of it."""
    times, answer = [], None
    for _round in range(rounds):
        begin = time.process_time()
        answer = work()
        times.append(time.process_time() - begin)
    return min(times), answer


def memory() -> float:
    """The most that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as out:
        size = 0
        for machine in machines(options.hosts):
            path = bundles.path_of(folder, machine.name)
            files.write_json(path, bundle(machine))
            size += path.stat().st_size
        start = memory()
        raw, _documents = best(
            options.rounds, lambda: sum(len(json.loads(path.read_bytes())) for path in bundles.listed(folder))
        )
        judged, answer = best(
            options.rounds,
            lambda: bundles.replay(folder, lambda one: bundles.judge(one, None, RepairPolicy(), shape.Questions())),
        )
        after = memory()
        made, written = best(
            options.rounds,
            lambda: reports.render(Fleet.of(answer["hosts"]), "Remote Desktop", list(reports.FORMATS), out, 0o600),
        )
        page = next(file for file in written if file.path.suffix == ".html")
    each = (judged + made) / options.hosts * 1000
    rows = {
        "hosts": options.hosts,
        "verdicts": answer["counts"],
        "bundle_kb": round(size / options.hosts / 1024, 1),
        "parse_json_ms": round(raw / options.hosts * 1000, 2),
        "judge_ms": round(judged / options.hosts * 1000, 2),
        "report_ms": round(made / options.hosts * 1000, 2),
        "each_ms": round(each, 2),
        "times_json": round(judged / raw, 1),
        "page_mb": round(len(page.after) / 1e6, 2),
        "files_mb": {file.path.suffix[1:]: round(len(file.after) / 1e6, 2) for file in written},
        "memory_mb": {"before": round(start), "judged": round(after), "reported": round(memory())},
    }
    for name, value in rows.items():
        print(f"{name:14} {value}")
    met = each < GOAL_MS and len(page.after) / 1e6 < GOAL_MB and judged / raw < GOAL_TIMES
    print(
        f"goal           less than {GOAL_MS:g} ms a host, {GOAL_TIMES:g} times its JSON, {GOAL_MB:g} MB for the page:"
        f" {'met' if met else 'missed'}"
    )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
