# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rulebooks in ``extensions/eda``, run by ansible-rulebook itself: ``python -m tests.tools.rulebooks``.

The hosts are twins. Needs ansible-rulebook in the environment of this Python, and a JRE.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.commands import BIN, ROOT, environment
from tests.ports import free_port

sys.path[:0] = [str(ROOT / "collections")]

from tests.twin.fleet import Fleet  # noqa: E402

RULEBOOKS = ROOT / "extensions/eda/rulebooks"
TOKEN = "of-the-test"
SECONDS = 120


class Rulebook:
    """ansible-rulebook with a copy of a rulebook, changed as the test needs it, until the block ends."""

    def __init__(self, fleet: Fleet, folder: Path, name: str, changes: dict[str, str]) -> None:
        text = (RULEBOOKS / f"{name}.yml").read_text(encoding="utf-8")
        for old, new in changes.items():
            if old not in text:
                raise ValueError(f"{name}.yml has no {old!r}")
            text = text.replace(old, new)
        path = folder / f"{name}.yml"
        path.write_text(text, encoding="utf-8")
        self.log = folder / f"{name}.log"
        env = environment(
            ANSIBLE_COLLECTIONS_PATH=str(ROOT / "collections"), RDP_WEBHOOK_TOKEN=TOKEN, HOME=str(folder / "home"),
            PATH=f"{BIN}:{os.environ['PATH']}", ANSIBLE_HOME=str(folder / "home/.ansible"),
        )  # fmt: skip
        words = ["-r", str(path), "-i", str(fleet.inventory_path), "--env-vars", "RDP_WEBHOOK_TOKEN", "--print-events"]
        with self.log.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [str(BIN / "ansible-rulebook"), *words], cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip

    def __enter__(self) -> Rulebook:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(60)

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def until(self, what: Callable[[], bool], words: str) -> None:
        end = time.monotonic() + SECONDS
        while not what():
            if time.monotonic() > end or self._process.poll() not in (None, 0):
                raise AssertionError(f"not seen: {words}\n{self.said[-6000:]}")
            time.sleep(0.5)


def _alert(port: int, **labels: str) -> None:
    """A notification as Alertmanager sends it: https://prometheus.io/docs/alerting/latest/configuration/"""
    body = {
        "version": "4",
        "status": "firing",
        "groupLabels": labels,
        "commonLabels": labels,
        "alerts": [{"status": "firing", "labels": labels}],
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/alerts",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


def _applies(fleet: Fleet, name: str) -> list[dict[str, Any]]:
    return [call for call in fleet.hosts[name].calls if call["operation"] == "apply"]


def alert(folder: Path) -> str:
    """An alert of one broken host repairs that host alone, after a run in check mode, and once."""
    port = free_port()
    with (
        Fleet(["key_unreadable", "key_missing"], folder / "state") as fleet,
        Rulebook(fleet, folder, "alert", {"port: 5001": f"port: {port}"}) as book,
    ):
        other = fleet.hosts["key_missing"].state

        def told() -> bool:
            try:
                _alert(port, alertname="RemoteDesktopBroken", host="key_unreadable")
            except (urllib.error.URLError, OSError):
                return False
            return True

        book.until(told, "the webhook")
        _alert(port, alertname="RemoteDesktopBroken", host="all")  # no host
        _alert(port, alertname="RemoteDesktopBroken", host="windows")  # the group of both
        book.until(lambda: "windows is a group" in book.said, "that a group is refused")
        book.until(lambda: "key_unreadable: repaired: " in book.said, "the repair")
        assert fleet.hosts["key_unreadable"].host.lets_in
        reads = [call for call in fleet.hosts["key_unreadable"].calls if call["operation"] == "snapshot"]
        assert reads and reads[0]["check_mode"], "the first call was not in check mode"
        repairs = len(_applies(fleet, "key_unreadable"))
        _alert(port, alertname="RemoteDesktopBroken", host="key_unreadable")
        _alert(port, alertname="RemoteDesktopBroken", host="all")
        time.sleep(5)
        assert len(_applies(fleet, "key_unreadable")) == repairs, "an alert within the hour was not held back"
        assert fleet.hosts["key_missing"].state == other, "a host without an alert was changed"
        assert fleet.hosts["key_missing"].posts == 0, "a host without an alert was asked"
        return (
            "one host of two repaired, after check mode; the same alert again and one for 'all' were held back, one for"
            " a group refused"
        )


def nightly(folder: Path) -> str:
    """What is due is renewed, and what needs more than that is left alone; a host that is away holds nobody back."""
    with (
        Fleet(["cert_expired", "key_unreadable", "winrm_closed"], folder / "state") as fleet,
        Rulebook(fleet, folder, "nightly", {"limit: 36500": "limit: 1", "delay: 86400": "delay: 1"}) as book,
    ):
        broken = fleet.hosts["key_unreadable"].state
        book.until(lambda: bool(_applies(fleet, "cert_expired")), "the renewal")
        book.until(lambda: book._process.poll() == 0, "the end of the rulebook")
        assert fleet.hosts["key_unreadable"].state == broken, "a host that needs more than a renewal was changed"
        return "the expired certificate was renewed, the broken host left alone, the one that is away held nobody back"


def main(names: list[str]) -> int:
    for check in (alert, nightly):
        if names and check.__name__ not in names:
            continue
        with tempfile.TemporaryDirectory(prefix="rulebook") as folder:
            (Path(folder) / "home").mkdir()
            print(f"{check.__name__}: {check(Path(folder))}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
