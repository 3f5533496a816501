# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the report, to be looked at: python -m tests.tools.screenshots

With ``--readme`` those that README shows, of the page that ``make demo`` has left (``make pictures`` does both).
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.reports import page as to_html  # noqa: E402
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet  # noqa: E402

from tests.tools.browser import Browser, chromium  # noqa: E402
from tests.unit.fleets import results  # noqa: E402

FOLDER = ROOT / ".build" / "screenshots"
SHOWN = ROOT / "docs" / "images"
DEMO = ROOT / ".build" / "demo" / "before" / "rdp-report.html"
OPEN = (
    "document.querySelectorAll('.group.broken').forEach(group => "
    "{ group.open = true; group.querySelector('.host').open = true; })"
)


def readme(program: str) -> int:
    """The demo's own fleet before the repair, light and dark."""
    if not DEMO.exists():
        print(f"screenshots: {DEMO.relative_to(ROOT)} is not there; make demo leaves it", file=sys.stderr)
        return 1
    SHOWN.mkdir(parents=True, exist_ok=True)
    with Browser(program) as browser:
        for dark in (False, True):
            browser.open(DEMO, width=1180, height=1250, dark=dark)
            picture = SHOWN / f"report-{'dark' if dark else 'light'}.png"
            browser.screenshot(picture)
            print(picture.relative_to(ROOT))
    return 0


def main() -> int:
    program = chromium()
    if not program:
        print("screenshots: chromium is not on PATH", file=sys.stderr)
        return 1
    if "--readme" in sys.argv:
        return readme(program)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Browser(program) as browser:
        for count in (3, 300):
            page = FOLDER / f"{count}.html"
            page.write_text(to_html(Fleet.of(results(count)), "Remote Desktop"), encoding="utf-8")
            for shape, width, height in (("desktop", 1280, 2000), ("phone", 390, 2400)):
                for dark in (False, True):
                    browser.open(page, width=width, height=height, dark=dark)
                    browser.evaluate(OPEN)
                    picture = FOLDER / f"{count}-{shape}-{'dark' if dark else 'light'}.png"
                    browser.screenshot(picture)
                    print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
