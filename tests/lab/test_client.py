# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows client: read over Wine's registry and files, and its look over Wine's sockets and Schannel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.tools.host_script import CLIENT_SCRIPT
from tests.unit.plugins.module_utils import looking

from .prefix import Prefix, windows

# Where a look over Wine's Schannel, which is GnuTLS, ends otherwise than the probe's, and why.
DIFFERENCES: looking.Differences = {
    # Wine, like Windows, drops what it has received and not yet handed over when the RST comes.
    "alert and a reset": (("tls", "reset"),),
    "a client certificate, TLS 1.2": (("tls", "reset"), ("tls", "closed")),
    # Wine's own default ends at TLS 1.2, where the server says no with the same RST.
    "a client certificate, TLS 1.3": (("tls", "reset"), ("tls", "closed")),
    # SEC_E_INTERNAL_ERROR, with the alert protocol_version or none, for what Schannel calls SEC_E_ILLEGAL_MESSAGE.
    "garbage: a short ServerHello": (("tls", "alert"),),
    "garbage: application data": (("tls", "alert"),),
    "garbage: ServerHelloDone first": (("tls", "alert"),),
    # A system that still allows TLS 1.1 lets its client in: the probe is a current client on a current system.
    "TLS 1.1 alone": (("session", "ok"),),
    # Wine does not tell .NET of close_notify.
    "CredSSP: closed politely": (("credssp", "silent"),),
}


@pytest.fixture(scope="module")
def client(new_prefix: Callable[[], Prefix]) -> Iterator[Prefix]:
    one = new_prefix()
    yield one
    one.leave()


def ask(client: Prefix, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The client's answers to calls, all from one process."""
    folder = client.path / "client"
    folder.mkdir(exist_ok=True)
    text = looking.script_of(windows(CLIENT_SCRIPT), windows(looking.write(folder, calls)))
    (folder / "run.ps1").write_text(text)
    ran = client.pwsh("-File", windows(folder / "run.ps1"), timeout=570)
    assert ran.code == 0, ran
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_look_over_schannel_ends_where_the_probe_s_does(client: Prefix) -> None:
    compared = looking.compare(lambda calls: ask(client, calls))
    assert looking.unexplained(compared, DIFFERENCES) == {}
    mine, theirs = compared["in order"]
    assert theirs["identity"]["computer"] == mine["identity"]["computer"]
    assert theirs["certificate"]["sha1"] == mine["certificate"]["sha1"]
