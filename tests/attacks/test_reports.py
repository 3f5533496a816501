# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of hostile results, read by those who read them: Prometheus, spreadsheets, a JSON reader, a browser."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import shutil
import subprocess
import time
import unicodedata
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.reports import page
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet
from ansible_collections.winops.rdp.plugins.plugin_utils.report.text import COLUMNS, to_csv, to_json, to_prometheus
from prometheus_client.parser import text_string_to_metric_families

from tests.attacks.mutants import everywhere
from tests.ports import free_port
from tests.profiles import absent
from tests.tools.browser import Browser, chromium

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫⁼⁺−"
FRONTS = (
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u00a0",
    "\u3000",
    "'",
    '"',
    ' "',
    "\x00",
    "\u200b",
    "x;",
    "x; ",
    'x";"',
    "x\t",
    "x\n",
)
FORMULAS = tuple(f"{front}{sign}cmd|' /C calc'!A0" for front, sign in itertools.product(FRONTS, SIGNS))
TEXTS = (
    *FORMULAS[:: len(SIGNS)],
    "x\\",
    'x"} 1\nforged{host="y"} 1\n#',
    "x\r",
    "x\r\nforged 1",
    "x\u2028y",
    "\ud800",
    "\\ud800",
    "\\n",
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "javascript:document.title='owned'",
    "{{ 7 * 7 }}",
    "\u202emoc.live",
    "\x9b31m",
    "\x1b]0;owned\x07",
    "𝕏" * 3000,
)


@pytest.fixture(scope="module")
def fleet() -> Fleet:
    """Each text as a host's name, and everywhere in the result of an honest name."""
    results: dict[str, Any] = {f"honest{number:03}": everywhere(text) for number, text in enumerate(TEXTS)}
    results.update({text: {"verdict": "healthy", "findings": []} for text in TEXTS})
    results.update(
        {f"failed{number:03}": {"failed": True, "msg": text} for number, text in enumerate(TEXTS) if text != "\ud800"}
    )
    return Fleet.of(results)


def test_every_host_is_there(fleet: Fleet) -> None:
    assert len(fleet.hosts) == 3 * len(TEXTS) - 1
    # Half a character is refused, and nothing else that a result says.
    refused = [host.name for host in fleet.hosts if host.name.startswith("honest") and host.verdict == "failed"]
    assert refused == [f"honest{TEXTS.index(chr(0xD800)):03}"]


# Strictly the text format: https://prometheus.io/docs/instrumenting/exposition_formats/
LABEL = r'[a-z_]+="(?:[^"\\\n]|\\\\|\\"|\\n)*"'
LINE = re.compile(rf"winops_rdp_[a-z_]+\{{{LABEL}(?:,{LABEL})*\}} -?[0-9]+")


def test_metrics_are_read_by_prometheus_parser(fleet: Fleet) -> None:
    text = to_prometheus(fleet).encode("utf-8").decode("utf-8")
    samples = [line for line in text.split("\n") if line and not line.startswith("# ")]
    assert all(LINE.fullmatch(line) for line in samples)
    assert len({line.rpartition(" ")[0] for line in samples}) == len(samples), "a sample that is there twice"
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\ud800-\udfff]", text)
    families = {family.name: family for family in text_string_to_metric_families(text)}
    hosts = {sample.labels["host"] for sample in families["winops_rdp_verdict"].samples}
    assert hosts == {host.name for host in fleet.hosts} and len(families) <= 7
    assert sum(len(family.samples) for family in families.values()) == len(samples)


def test_metrics_pass_through_node_exporter(fleet: Fleet, tmp_path: Path) -> None:
    """The program that reads the file in practice hands on each sample as it was, and finds no fault in the file."""
    program = shutil.which("prometheus-node-exporter") or shutil.which("node_exporter")
    if not program:
        absent("node_exporter is not on PATH")
    text, place = to_prometheus(fleet), f"127.0.0.1:{free_port()}"
    (tmp_path / "rdp.prom").write_text(text, encoding="utf-8")
    options = ("--collector.disable-defaults", "--collector.textfile", f"--collector.textfile.directory={tmp_path}")
    with subprocess.Popen([program, *options, f"--web.listen-address={place}"], stderr=subprocess.DEVNULL) as process:
        try:
            handed_on = _asked(f"http://{place}/metrics", process)
        finally:
            process.kill()
    assert "\nnode_textfile_scrape_error 0\n" in handed_on
    assert _samples(handed_on) == _samples(text)


def _asked(url: str, process: subprocess.Popen[bytes]) -> str:
    """What a program that has just been started answers, once it listens."""
    for _try in range(600):
        assert process.poll() is None
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return str(answer.read().decode("utf-8"))
        except URLError:
            time.sleep(0.1)
    raise AssertionError("it does not listen")


def _samples(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("winops_rdp_")
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_is_a_formula(delimiter: str) -> None:
    results = {f"h{number}": {"failed": True, "msg": text} for number, text in enumerate(FORMULAS)}
    results.update({f"f{number}": everywhere(text) for number, text in enumerate(FORMULAS)})
    rows = list(csv.reader(io.StringIO(to_csv(Fleet.of(results)), newline=""), delimiter=delimiter))
    assert len(rows) > len(FORMULAS) * 3
    for cell in itertools.chain.from_iterable(rows):
        shown = unicodedata.normalize("NFKC", cell).replace("\u2212", "-")
        start = re.sub(r'^[\s"\x00-\x1f\u200b]+', "", shown)
        assert not start.startswith(("=", "+", "-", "@")), cell


def test_a_csv_reader_finds_every_cell(fleet: Fleet) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(fleet), newline=""), strict=True))
    assert rows[0] == list(COLUMNS) and {len(row) for row in rows} == {len(COLUMNS)}
    assert len(rows) == 1 + sum(max(1, len(host.findings)) for host in fleet.hosts)


def test_json_is_utf8_and_has_nothing_that_does_not_show(fleet: Fleet) -> None:
    text = to_json(fleet, "x").encode("utf-8").decode("utf-8")
    assert set(json.loads(text)["hosts"]) == {host.name for host in fleet.hosts}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\ud800-\udfff]", text)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium()
    if not program:
        absent("chromium is not on PATH")
    with Browser(program) as one:
        yield one


def test_a_browser_shows_it_and_runs_nothing_of_it(browser: Browser, fleet: Fleet, tmp_path: Path) -> None:
    path = tmp_path / "rdp-report.html"
    path.write_bytes(page(fleet, "</title><script>document.title='owned'</script>").encode("utf-8"))
    browser.complaints.clear()
    browser.open(path)
    assert browser.evaluate("document.title") != "owned" and browser.complaints == []
    shown = browser.evaluate(
        "[...document.querySelectorAll('.host > summary bdi:first-child')].map(one => one.textContent)"
    )
    assert {host.name for host in fleet.hosts} <= set(shown)
    links = browser.evaluate("[...document.querySelectorAll('a')].map(one => one.getAttribute('href'))")
    assert set(links) <= {"#hosts"}
