# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the services behind Remote Desktop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    WARNING,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import in_words
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED, RUNNING, STOPPED

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
        critical = service["state"] != RUNNING and name != "SessionEnv"
        yield ctx.judged(
            Finding(
                "service.disabled",
                CRITICAL if critical else WARNING,
                f"The service {name}, which {purpose}, is disabled",
                evidence_for=(
                    Evidence(f"{name}: start type 4 (disabled), state {service['state']}", "section services"),
                ),
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
                evidence_for=(
                    Evidence(
                        f"TermService: state 1 (stopped), exit code {in_words(service['exit_code'])}",
                        "section services",
                    ),
                ),
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
                advice=f"a service that hangs cannot be restarted: end its process {service['pid'] or ''} or restart the host".replace(
                    "  ", " "
                ),
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
            evidence_for=(
                Evidence("SessionEnv: state 1 (stopped); TermService: state 4 (running)", "section services"),
            ),
            subject={"service": "SessionEnv"},
        ),
        fits=None,
    )


@rule
def replaced(ctx: Context) -> Iterator[Finding]:
    """Tools that patch the number of sessions put themselves in the place of termsrv.dll, and break with updates of Windows."""
    service = ctx.host.service("TermService")
    path = (service or {}).get("service_dll")
    if not path or re.fullmatch(
        r'"?(%systemroot%|%windir%|[a-z]:\\windows)\\system32\\termsrv\.dll"?', path, re.IGNORECASE
    ):
        return
    yield ctx.judged(
        Finding(
            "service.dll_replaced",
            WARNING if ctx.sight.gets_in else CRITICAL,
            "TermService does not run Windows' own code: its ServiceDll was replaced",
            evidence_for=(
                Evidence(f"ServiceDll is {path}", r"HKLM\SYSTEM\CurrentControlSet\Services\TermService\Parameters"),
            ),
            advice="find out what was installed (RDP Wrapper and the like) and remove it; then ServiceDll must be %SystemRoot%\\System32\\termsrv.dll"
            " (REG_EXPAND_SZ), and TermService must be restarted",
        ),
        fits=None,
    )


@rule
def account(ctx: Context) -> Iterator[Finding]:
    """Names of built-in accounts are written in many languages; what is certainly another account is not."""
    service = ctx.host.service("TermService")
    name = ((service or {}).get("account") or "").lower()
    foreign = name in ("localsystem", r"nt authority\localservice") or name.startswith(".\\") or "@" in name
    if not service or not foreign:
        return
    yield ctx.judged(
        Finding(
            "service.account_changed",
            WARNING if ctx.sight.gets_in else CRITICAL,
            "TermService does not run as NETWORK SERVICE, for which its key files are made",
            evidence_for=(
                Evidence(f"ObjectName is {service['account']}", r"HKLM\SYSTEM\CurrentControlSet\Services\TermService"),
            ),
            advice='give the account back: sc.exe config TermService obj= "NT AUTHORITY\\NetworkService", then restart TermService',
        ),
        fits=None,
    )


@rule
def started_along(ctx: Context) -> Iterator[Finding]:
    listener = ctx.host.section("listener")
    value = listener["terminal_server"]["settings"]["RCDependentServices"] if listener else None
    if not value or value["type"] != "multi_string" or "sessionenv" in [name.lower() for name in value["data"]]:
        return
    yield ctx.judged(
        Finding(
            "service.not_started_along",
            WARNING,
            "SessionEnv is not among the services that are started with the listener: a restart of the host can leave it stopped",
            evidence_for=(
                Evidence(
                    f"RCDependentServices is {', '.join(value['data']) or 'empty'}",
                    listener["terminal_server"]["path"] if listener else "",
                ),
            ),
            advice="set RCDependentServices to CertPropSvc and SessionEnv (REG_MULTI_SZ), as Windows does",
        ),
        fits=None,
    )


@rule
def crashing(ctx: Context) -> Iterator[Finding]:
    count = ctx.host.event_count("Service Control Manager", 7031, 7034)
    if count < 2:
        return
    down = ctx.host.running("TermService") is False
    yield ctx.judged(
        Finding(
            "service.crashing",
            CRITICAL if down and ctx.host.rdp_enabled else WARNING,
            "A service of Remote Desktop ended unexpectedly, more than once",
            evidence_for=(
                Evidence(
                    f"{count} event(s) 7031/7034 of the Service Control Manager about these services in the last days",
                    "section events",
                ),
            ),
            advice="look at events 1000 of Application Error at the same times for the module that failed; printer drivers, security software and a replaced"
            " termsrv.dll are the usual ones",
        ),
        fits=None,
    )


@rule
def broker(ctx: Context) -> Iterator[Finding]:
    host, service = ctx.host.section("host"), ctx.host.windows_service("Tssdis")
    if not host or not host["connection_broker"] or not service or service["state"] != STOPPED:
        return
    yield ctx.judged(
        Finding(
            "service.broker_stopped",
            WARNING,
            "The RD Connection Broker on this host is stopped: users are not led to their sessions",
            evidence_for=(Evidence("Tssdis: state 1 (stopped)", "section products"),),
            advice="start it: Start-Service Tssdis; if it stops again, its events and the group 'RDS Endpoint Servers' (NETWORK SERVICE must be in"
            " it) tell why",
        ),
        fits=None,
    )
