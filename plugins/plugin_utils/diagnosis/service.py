# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the services behind Remote Desktop."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, WARNING, Context, Evidence, Finding, rule
from ansible_collections.winops.rdp.plugins.plugin_utils.host.view import DISABLED, RUNNING, STOPPED

# UmRdpService only redirects devices, and hardening guides disable it: connections do without.
_NEEDED = {
    "TermService": "answers clients",
    "SessionEnv": "makes and renews the listener's certificate",
    "KeyIso": "opens private keys",
    "CryptSvc": "serves certificates",
}


def _refused(ctx: Context) -> bool | None:
    return True if ctx.sight.refused else False if ctx.sight.gets_in else None


@rule
def disabled(ctx: Context) -> Iterator[Finding]:
    for name, purpose in _NEEDED.items():
        service = ctx.host.service(name)
        if not service or service["start"] != DISABLED:
            continue
        critical = name == "TermService" or (service["state"] != RUNNING and name != "SessionEnv")
        yield ctx.judged(
            Finding(
                "service.disabled",
                CRITICAL if critical else WARNING,
                f"The service {name}, which {purpose}, is disabled",
                evidence_for=(Evidence(f"{name}: start type 4 (disabled), state {service['state']}", "section services"),),
                subject={"service": name, "running": service["state"] == RUNNING},
            ),
            fits=_refused(ctx) if name == "TermService" else None,
        )


@rule
def stopped(ctx: Context) -> Iterator[Finding]:
    service = ctx.host.service("TermService")
    if not service or service["start"] == DISABLED or not ctx.host.rdp_enabled:
        return
    if service["state"] == STOPPED:
        yield ctx.judged(
            Finding(
                "service.stopped",
                CRITICAL,
                "The service TermService, which answers clients, is stopped",
                evidence_for=(Evidence(f"TermService: state 1 (stopped), exit code {service['exit_code']}", "section services"),),
                subject={"service": "TermService"},
            ),
            fits=_refused(ctx),
        )
    elif service["state"] != RUNNING:
        yield ctx.judged(
            Finding(
                "service.stuck",
                CRITICAL,
                f"The service TermService is neither running nor stopped (state {service['state']})",
                evidence_for=(Evidence(f"TermService: state {service['state']}", "section services"),),
                no_remedy=f"a service that hangs cannot be restarted: end its process {service['pid'] or ''} or restart the host".replace("  ", " "),
            ),
            fits=False if ctx.sight.gets_in else None,
        )


@rule
def certificate_maker_stopped(ctx: Context) -> Iterator[Finding]:
    service = ctx.host.service("SessionEnv")
    if not service or service["start"] == DISABLED or service["state"] != STOPPED:
        return
    if not ctx.host.rdp_enabled or not ctx.host.running("TermService"):
        return
    yield ctx.judged(
        Finding(
            "service.sessionenv_stopped",
            WARNING,
            "The service SessionEnv is stopped while TermService runs: the listener's certificate will not be renewed",
            evidence_for=(Evidence("SessionEnv: state 1 (stopped); TermService: state 4 (running)", "section services"),),
            subject={"service": "SessionEnv"},
        ),
        fits=None,
    )
