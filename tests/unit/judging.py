# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diagnosis of a unit tests' host."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis, diagnose
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

from tests.hosts.faults import IN, Sight
from tests.hosts.snapshots import NOW, Host

_GETS_IN: Any = object()


def run(host: Host, sight: Sight | None = _GETS_IN, code: str | None = None) -> Diagnosis:
    """Diagnose; a client gets in unless ``sight`` says otherwise (None: nobody probed)."""
    return diagnose(Snapshot.of(host.answer, NOW), ProbeResult(IN if sight is _GETS_IN else sight), code)


def ids(diagnosis: Diagnosis) -> list[str]:
    return [finding.id for finding in diagnosis.findings]


def assert_silent(change: Callable[[Host], Any], sight: Sight | None) -> None:
    """A host that was changed in this way has no finding: what was done is in order, or nobody's fault."""
    host = Host()
    change(host)
    assert ids(run(host, sight)) == []
