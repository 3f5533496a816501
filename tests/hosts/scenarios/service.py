# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services."""

from __future__ import annotations

from tests.hosts.changes import behaves, deleted, facts, logged, mended_since, multi_string, product, service, state
from tests.hosts.scenarios.model import Scenarios
from tests.hosts.windows import DISABLED, START_PENDING, STOPPED, TS

SCENARIOS = Scenarios()
add = SCENARIOS.add

add(
    "termservice_disabled",
    "TermService is disabled",
    "service.disabled",
    service("TermService", start=DISABLED, state=STOPPED),
    service("UmRdpService", state=STOPPED),
)
add(
    "termservice_stopped",
    "TermService is stopped",
    "service.stopped",
    service("TermService", state=STOPPED),
    service("UmRdpService", state=STOPPED),
)
add(
    "sessionenv_stopped",
    "SessionEnv is stopped while TermService runs",
    "service.sessionenv_stopped",
    service("SessionEnv", state=STOPPED),
)
add(
    "sessionenv_disabled",
    "SessionEnv is disabled",
    "service.disabled",
    service("SessionEnv", start=DISABLED, state=STOPPED),
)
add(
    "wrapper",
    "termsrv.dll was replaced",
    "service.dll_replaced",
    service("TermService", service_dll=r"C:\Program Files\RDP Wrapper\rdpwrap.dll"),
)
add(
    "account_changed",
    "TermService runs as LocalSystem",
    "service.account_changed",
    service("TermService", account="LocalSystem"),
)
add(
    "not_started_along",
    "SessionEnv is not started with the listener",
    "service.not_started_along",
    multi_string(TS, "RCDependentServices", "CertPropSvc"),
)
add("crashing", "a service keeps dying", "service.crashing", logged("System", "Service Control Manager", 7034, 4))
add(
    "broker_stopped",
    "the Connection Broker is stopped",
    "service.broker_stopped",
    facts(connection_broker=True),
    product("Tssdis", state=STOPPED),
)
add(
    "termservice_hangs",
    "TermService runs and answers nobody",
    "service.stuck",
    behaves(middlebox="silent"),
    logged("System", "Service Control Manager", 7011, 2),
    repairable=False,
)
add(
    "termservice_stuck",
    "TermService hangs while it starts",
    "service.stuck",
    service("TermService", state=START_PENDING),
    repairable=False,
)
add("stale_credential", "the key was repaired, TermService was not restarted", "service.stale_credential", mended_since)
add("redirector_deleted", "UmRdpService was deleted", "service.missing", deleted("UmRdpService"), repairable=False)
add(
    "dependency_gone",
    "a service that TermService needs is not installed",
    "service.cannot_start",
    service("TermService", state=STOPPED, exit_code=1075),
    service("UmRdpService", state=STOPPED),
    repairable=False,
)
add(
    "sessionenv_broken",
    "a program file of SessionEnv is missing",
    "service.sessionenv_cannot_start",
    service("SessionEnv", state=STOPPED, exit_code=126),
    repairable=False,
)
add(
    "dll_altered",
    "termsrv.dll was patched, and the service stopped",
    "service.dll_replaced",
    state(signatures={"termsrv.dll": 3}),
    service("TermService", state=STOPPED, exit_code=1067),
    repairable=False,
)
