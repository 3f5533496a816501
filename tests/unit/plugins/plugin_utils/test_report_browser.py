# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page in a real browser: its policy lets it work, its filter filters, it fits on a phone, and it says all without
scripts too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.reports import page as to_html
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet

from tests.profiles import absent
from tests.tools.browser import Browser, chromium
from tests.unit.fleets import results

SHOWN = (
    "[...document.querySelectorAll('.host')].filter(host => !host.hidden && "
    "!host.closest('.group').hidden).map(host => host.querySelector('b').textContent)"
)
# Enough that hosts with the same fault are on several sites.
HOSTS = 150
VISIBLE = "(selector => document.querySelector(selector).getClientRects().length > 0)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium()
    if not program:
        absent("chromium is not on PATH")
    with Browser(program) as one:
        yield one


@pytest.fixture(scope="module")
def fleet() -> Fleet:
    return Fleet.of(results(HOSTS))


@pytest.fixture(scope="module")
def page(fleet: Fleet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "rdp-report.html"
    path.write_text(to_html(fleet, "Remote Desktop"), encoding="utf-8")
    return path


def test_nothing_is_complained_of_and_the_style_is_there(browser: Browser, page: Path) -> None:
    browser.complaints.clear()
    browser.open(page)
    assert browser.evaluate("getComputedStyle(document.querySelector('.tiles')).display") == "grid"
    assert browser.evaluate("document.querySelector('.group.broken b') !== null") and browser.complaints == []


def test_a_policy_that_is_broken_would_be_noticed(browser: Browser, page: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered.html"
    altered.write_text(page.read_text(encoding="utf-8").replace('"use strict";', '"use strict"; '), encoding="utf-8")
    browser.complaints.clear()
    browser.open(altered)
    assert any("Content Security Policy" in text for text in browser.complaints)
    browser.complaints.clear()


def test_the_filter_filters(browser: Browser, page: Path, fleet: Fleet) -> None:
    browser.open(page)
    assert (
        browser.evaluate("document.getElementById('shown').textContent") == "" and len(browser.evaluate(SHOWN)) == HOSTS
    )
    browser.evaluate("document.getElementById('filter').focus()")
    browser.type("certificate.EXPIRED fra-")
    wanted = sorted(host.name for host in fleet.hosts if "certificate.expired" in host.ids and "fra-" in host.name)
    assert wanted and sorted(browser.evaluate(SHOWN)) == wanted
    assert browser.evaluate("document.getElementById('shown').textContent") == f"{len(wanted)} of {HOSTS} hosts"
    assert browser.evaluate("[...document.querySelectorAll('.group:not([hidden])')].every(group => group.open)")
    browser.press("Escape", 27)
    assert len(browser.evaluate(SHOWN)) == HOSTS
    browser.type("no such host")
    assert (
        browser.evaluate(SHOWN) == []
        and browser.evaluate("document.getElementById('shown').textContent") == f"0 of {HOSTS} hosts"
    )


def test_tiles_and_causes_are_filters(browser: Browser, page: Path, fleet: Fleet) -> None:
    browser.open(page)
    browser.evaluate("document.querySelector('.tiles .degraded a').click()")
    assert sorted(browser.evaluate(SHOWN)) == sorted(host.name for host in fleet.hosts if host.verdict == "degraded")
    browser.evaluate("document.querySelector('.tiles .failed a').click()")
    assert sorted(browser.evaluate(SHOWN)) == sorted(host.name for host in fleet.hosts if host.verdict == "failed")
    cause = fleet.causes[0]
    browser.evaluate("document.querySelector('.causes a').click()")
    assert sorted(browser.evaluate(SHOWN)) == sorted(cause.hosts)


def test_it_is_dark_where_that_is_wanted(browser: Browser, page: Path) -> None:
    paint = "getComputedStyle(document.body).backgroundColor"
    browser.open(page)
    light = browser.evaluate(paint)
    browser.open(page, dark=True)
    dark = browser.evaluate(paint)
    assert light != dark
    browser.evaluate("document.getElementById('theme').click()")
    assert browser.evaluate(paint) == light
    browser.evaluate("document.getElementById('theme').click()")
    assert browser.evaluate(paint) == dark
    browser.evaluate("localStorage.clear()")


def test_it_fits(browser: Browser, page: Path) -> None:
    browser.open(page, width=2560)
    browser.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for width in (360, 768, 1280, 2560):
        browser.look(width=width)
        assert browser.evaluate("[innerWidth, document.documentElement.scrollWidth <= innerWidth]") == [width, True]


def test_the_colours_can_be_read(browser: Browser, page: Path) -> None:
    """Text against what is behind it has a contrast of 4.5 at least (WCAG 2.2, 1.4.3), in both themes."""
    measure = """
      (() => {
        const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        const channel = value => linear(value / 255);
        const numbers = text => text.match(/[\\d.]+/g).map(Number);
        const light = colour => 0.2126 * channel(colour[0]) + 0.7152 * channel(colour[1]) + 0.0722 * channel(colour[2]);
        const behind = element => {
          for (let one = element; one; one = one.parentElement) {
            const colour = numbers(getComputedStyle(one).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
          }
        };
        let least = 99, where = "";
        for (const element of document.querySelectorAll("main *, header *, footer")) {
          const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
          if (!own || element.closest("svg, [hidden]") || !element.getClientRects().length) continue;
          const [a, b] = [light(numbers(getComputedStyle(element).color)), light(behind(element))];
          const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (contrast < least) { least = contrast; where = element.outerHTML.slice(0, 200); }
        }
        return [least, where];
      })()"""
    browser.open(page)
    paints = set()
    for dark in (False, True):
        browser.look(dark=dark)
        paints.add(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
        least, where = browser.evaluate(measure)
        assert 4.5 <= least < 99, where
    assert len(paints) == 2


def test_it_says_all_without_scripts(browser: Browser, page: Path) -> None:
    browser.open(page, scripts=False)
    page_text = browser.evaluate("document.body.textContent")
    assert (
        "certificate.key_missing" in page_text
        and not browser.evaluate(f"{VISIBLE}('#filter')")
        and browser.evaluate(f"{VISIBLE}('.group summary')")
    )
    browser.open(page)
    assert browser.evaluate(f"{VISIBLE}('#filter')")
