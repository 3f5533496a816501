# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host at one moment: its snapshot, what a client saw, and the diagnosis of both."""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import BROKEN, OFF, Diagnosis, diagnose
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.forecast import Forecast, forecast
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import code_shown
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules import nla
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot


@dataclass(frozen=True)
class Assessment:
    """What is known of a host: everything that a plan, a proof or a result is made from.

    ``probe`` is false if nobody looked at the listener.
    """

    snapshot: Snapshot
    probe: ProbeResult
    diagnosis: Diagnosis
    client_code: str | None = None

    @property
    def is_healthy(self) -> bool:
        """Clients get in, as far as is known, and nothing that the listener presents would turn a strict one away."""
        gets_in = not self.probe or self.probe.is_healthy
        return self.diagnosis.verdict not in (BROKEN, OFF) and self.diagnosis.complete and gets_in

    @property
    def client_gets_in(self) -> bool:
        """Whether somebody looked, and got as far as a user's logon."""
        return self.probe.logon_reached

    @property
    def needs_host_log(self) -> bool:
        """What the client saw is not explained, and the host's log of the probe's own connection may explain it."""
        return bool(self.probe) and any(finding.type.deserves_second_look for finding in self.diagnosis.findings)

    def needs_channel(self, *, nla_is_wanted: bool) -> bool:
        """Whether somebody has to know how the secure channel to the domain is, and the host was not asked yet.

        A client was shown that logging on fails, the host's own log says so, or Network Level Authentication is to be
        required, for which ``nla_is_wanted`` says that it is asked for.
        """
        domain = self.snapshot.section("domain")
        if not domain or not domain["joined"] or self.snapshot.is_domain_controller:
            return False
        if domain["channel_status"] is not None or "domain" in self.snapshot.silent:
            return False
        logon_fails = self.probe.stage == "credssp" or code_shown(self.client_code).of_credentials
        return logon_fails or nla.rests_on_channel(self.diagnosis.findings, nla_is_wanted)

    @property
    def needs_sections(self) -> tuple[str, ...]:
        """Sections on request without which a finding cannot say all that somebody needs who has to decide."""
        wanted = {name for finding in self.diagnosis.findings for name in finding.type.wants}
        return tuple(sorted(name for name in wanted if self.snapshot.section(name) is None))

    def forecast(self, days: int) -> list[Forecast]:
        """What will happen to clients within so many days, the soonest first."""
        return forecast(self.snapshot, self.probe, self.diagnosis.findings, days)


def assess(snapshot: Snapshot, probe: ProbeResult, client_code: str | None = None) -> Assessment:
    """Judge a host by its snapshot and a probe's result (false: nobody looked).

    ``client_code`` is what a user's client showed. Raises ``codes.CodeError`` if it is no code.
    """
    return Assessment(snapshot, probe, diagnose(snapshot, probe, client_code), client_code)
