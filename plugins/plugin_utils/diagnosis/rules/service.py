# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the services behind Remote Desktop."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT, FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import (
    gives_a_reason,
    of_the_limit,
    shares_nothing,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    APPLICATION_ERROR,
    CORE,
    CRITICAL,
    ERROR_REPORTING,
    LIKELY,
    OF_DEVICES,
    POSSIBLE,
    RCM,
    SERVICE_CONTROL_MANAGER,
    SESSIONS,
    WARNING,
    Clearance,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    critical_if,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import in_words, unsigned, win32_of
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import (
    keys_refused,
    renewal_is_due,
    unread_key,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract, flaws
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED, RUNNING, STOPPED
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import minute, parse

# Windows' own start type of those that it has on another than Manual.
_OWN_START_TYPE = {"CryptSvc": "Automatic"}
# UmRdpService only redirects devices, and hardening guides disable it: connections do without.
_PURPOSES = {
    "TermService": "answers clients",
    "SessionEnv": "makes and renews the listener's certificate",
    "KeyIso": "opens private keys",
    "CryptSvc": "serves certificates",
}
# A service that ended once may have been ended by somebody.
_CRASHES = 2
# Services that Windows installs and that hardening may stop, but never has a reason to delete.
_INSTALLED = ("TermService", "SessionEnv", "KeyIso", "CryptSvc", OF_DEVICES)
# What a connection does without: it redirects devices, and carries the certificates of smart cards over.
BESIDE = (OF_DEVICES, "CertPropSvc")
# Whom an event of the service manager may name to be about connections: of old snapshots, nobody.
CONCERNED: tuple[str | None, ...] = (None, *(name for name in contract.SERVICES if name not in BESIDE))
# What makes and renews the listener's certificate.
_RENEWER = "SessionEnv"
# What makes and opens keys, for the listener as for others.
_OF_KEYS = ("KeyIso", "CryptSvc")
# What Windows' own services of ``contract.SERVICES`` depend on, by build.
_WINDOWS_NEEDS = ("rpcss", "termdd", "lsm", "lanmanworkstation", "rdpdr", "termservice")
# The exit codes with which a start fails as the next one will, and the words for why.
_NO_START = {
    **dict.fromkeys((2, 3, 126, 127, 182, 193, 216, 577, 1114, 1157, 1392, 14001), "module"),
    **dict.fromkeys((1260, 4551, 4556, 4557, 4558, 4559, 4580, 4581, 4582, 4583), "forbidden"),
    **dict.fromkeys((225, 226), "antivirus"),
    # ERROR_CANT_ACCESS_FILE: a filter lets nobody open the file, be it an antivirus or what lays files elsewhere.
    1920: "unopened",
    **dict.fromkeys((1058, 1059, 1060, 1068, 1075), "dependency"),
    1072: "deleted",
    5: "denied",
    **dict.fromkeys((1053, 1054, 1070, 1290), DEFAULT),
    **dict.fromkeys((1057, 1069, 1079), "account"),
    **dict.fromkeys((1063, 1083), "program"),
    1084: "safe_mode",
    # RPC_S_UNKNOWN_IF, RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED and the like, EPT_S_NOT_REGISTERED.
    **dict.fromkeys((1717, 1722, 1726, 1727, 1753), "calls"),
    **dict.fromkeys((1297, 1314), "rights"),
    **dict.fromkeys((1064, 1067), "dies"),
    # Neither memory nor room in the paging file or on the disk was left for it.
    **dict.fromkeys((8, 14, 39, 112, *range(1450, 1456), 1816), "resources"),
}
# Of these a start fails before the code of the service is loaded, whosever it is.
_BEFORE_ITS_CODE = ("dependency", "deleted", "account", "rights", "program", "safe_mode")
# ERROR_SERVICE_DISABLED: the service itself, or one that it depends on.
_SERVICE_DISABLED = 1058
# Of a service whose dependency runs by now: that did not start then, or was disabled.
_PASSED = (_SERVICE_DISABLED, 1068)
# The service did not answer in time: it hangs, or its process died meanwhile.
_TIMED_OUT = 1053
# The same, no thread could be made for it, or it hung while it started: the next start need not meet that.
_TOO_LATE = (_TIMED_OUT, 1054, 1070)
# Exit codes that say nothing of an attempt to start: the service ended in order, or never ran since Windows started.
_SILENT = (0, 1077)
# STATUS_SEVERITY_ERROR: the exit code of a process that crashed is the NTSTATUS of that.
_ERROR_STATUS = 0xC0000000
# Exceptions of Windows have its highest bit set: 0xC0000005, 0x80000003, 0xE06D7363.
_CODE = 0x80000000
_COMES_AGAIN = (
    "whether event 36870 comes again once TermService was restarted: then the key can be read and is no good, and the "
    "certificate has to be renewed"
)
_WHEN_IT_ENDED = (
    "whether its process ended while it started, or later: events 7031 and 7034, and 7000 or 7009 after them"
)
# What would tell whether the next start fails as well, by the word for why the last one did: its process may have ended
# long after it, and what was short may be there again.
_MISSING = {
    "dies": _WHEN_IT_ENDED,
    "resources": (
        "memory, paging file and disk that are free now (Get-CimInstance Win32_OperatingSystem: FreePhysicalMemory, "
        "FreeVirtualMemory and FreeSpaceInPagingFiles, in KB; Get-Volume)"
    ),
}
# What RCM has of a listener that began to listen, of a connection, and of a user who was authenticated.
_WRITTEN_BY_TERM_SERVICE = (258, 261, 1149)
# What a crash of TermService is logged under.
_CRASHED = collect.CRASHING_SERVICES[0]
CRASHING = tuple(name for name in collect.CRASHING_SERVICES if not name.endswith(BESIDE))
_KEY = rf"{flaws.SERVICES}\TermService"
# Status of a signature that shows a file which was altered, or is not Windows'; others may mean that nobody could look.
# https://learn.microsoft.com/dotnet/api/system.management.automation.signaturestatus
_BAD_SIGNATURES = {2: "NotSigned", 3: "HashMismatch"}
_SAME_BUILD = ("sessenv.dll", "schannel.dll")
# MaxInstanceCount that limits nothing: 0xFFFFFFFF, and 999999, which the editors of policy write for it.
NO_LIMIT = 999999
_ADVICE_ON_CODE = {DEFAULT: DEFAULT, "process": "process"}


@rule
def check_installed(ctx: Context) -> Iterator[Finding]:
    """A service that was deleted: the section was read, and Windows does not know it."""
    services = ctx.snapshot.section("services")
    missing = [name for name in _INSTALLED if services and services[name] is None]
    if not missing:
        return
    summary, severity = "redirection", WARNING
    if "TermService" in missing:
        summary, severity = ("served" if ctx.probe.logon_reached else DEFAULT), CRITICAL
    elif "SessionEnv" in missing:
        summary, severity = "renewal", ctx.latent_severity
    elif set(missing) & set(_OF_KEYS):
        summary, severity = "keys", ctx.latent_severity
    answers = "TermService" in missing
    yield ctx.corroborate(
        ctx.finding(
            catalogue.SERVICE_MISSING,
            summary=summary,
            severity=severity,
            evidence=[Evidence(f"{name} is not among the services", "section services") for name in missing],
            target={"service": OF_DEVICES} if missing == [OF_DEVICES] else {},
            services=", ".join(missing),
            keys=", ".join(f"{flaws.SERVICES}\\{name}" for name in missing),
        ),
        supports=answers and ctx.probe.refused,
    )


def _needed(ctx: Context, name: str) -> dict[str, Any] | None:
    """A service that is there, where Remote Desktop is on. One that is disabled may have another fault behind that."""
    return ctx.snapshot.service(name) if ctx.snapshot.rdp_enabled else None


def _meant_to_run(ctx: Context, name: str) -> dict[str, Any] | None:
    """The same, and not disabled: that one is disabled is told elsewhere."""
    service = _needed(ctx, name)
    return service if service and service["start"] != DISABLED else None


@rule
def check_startable(ctx: Context) -> Iterator[Finding]:
    """TermService is stopped and cannot start, or runs and will not start again, whether it is disabled or not. Where
    Remote Desktop is off nobody is kept out by it: it is what turning it on would meet.
    """
    if ctx.snapshot.rdp_enabled is None:
        return
    for found in _unstartable(ctx):
        yield found if ctx.snapshot.rdp_enabled else replace(found, severity=WARNING, explains=())


def _unstartable(ctx: Context) -> Iterator[Finding]:
    service = ctx.snapshot.service("TermService")
    if not service:
        return
    refused = ctx.probe.refused and ctx.snapshot.rdp_enabled
    flaw = flaws.flaw(ctx.snapshot, "TermService")
    # What stands in the place of Windows' own program is a finding of its own.
    if flaw and flaw.fails:
        yield _misconfigured(
            ctx,
            catalogue.SERVICE_CANNOT_START,
            "TermService",
            flaw,
            severity=CRITICAL,
            supports=refused,
            contradicts=flaw.stopped and ctx.probe.logon_reached,
        )
        return
    reason = "dies" if _died_starting(ctx, service) else _failed_start(service)
    logged = None if reason else _logged_failure(ctx, service)
    if logged:
        reason, evidence = logged
    elif reason:
        evidence = exit_of("TermService", service)
    else:
        return
    # The log tells of an attempt, not of the next one.
    sure = not logged and reason not in _MISSING
    yield ctx.corroborate(
        ctx.finding(
            catalogue.SERVICE_CANNOT_START,
            summary=reason,
            advice=reason,
            needs_evidence=[_MISSING[reason]] if reason in _MISSING else (),
            evidence=dict.fromkeys([evidence, exit_of("TermService", service)]),
            target={"service": "TermService"},
        ),
        supports=refused and sure,
        contradicts=ctx.probe.logon_reached,
    )


def _misconfigured(
    ctx: Context,
    type_: FindingType,
    name: str,
    flaw: flaws.Flaw,
    *,
    severity: str,
    supports: object = False,
    contradicts: object = False,
) -> Finding:
    """A service with a flaw. Of one that is not stopped it is a warning about the next start, and explains nothing."""
    service = ctx.snapshot.service(name) or {}
    found = ctx.finding(
        type_,
        summary="redirection" if name == OF_DEVICES else "flaw",
        advice="redirection" if name == OF_DEVICES else flaw.word,
        severity=severity if flaw.stopped else WARNING,
        evidence=[*_shown(flaw), exit_of(name, service)],
        target={"service": name, "running": not flaw.stopped},
        group=flaw.group,
        outlook=flaw.outlook,
    )
    if not flaw.stopped:
        found = replace(found, explains=())
    return ctx.corroborate(found, supports=supports and flaw.keeps_down, contradicts=contradicts)


def _shown(flaw: flaws.Flaw) -> list[Evidence]:
    return [Evidence(fact, flaw.where) for fact in (flaw.fact, flaw.beside) if fact]


def _failed_start(service: dict[str, Any]) -> str | None:
    """The word for why a stopped service fails to start, by its last exit code; None if it may well start."""
    code = service["exit_code"]
    if service["state"] != STOPPED or code is None:
        return None
    # An NTSTATUS of severity error: its process crashed.
    return "dies" if unsigned(code) >= _ERROR_STATUS else _why_not(service, win32_of(code))


def _why_not(service: dict[str, Any], code: int) -> str | None:
    """The word for an error of a start that the next one meets too. That a disabled service was refused its start says
    no more than that it is disabled, and one that came too late once need not do so again.
    """
    if service["start"] == DISABLED and code in (_SERVICE_DISABLED, *_TOO_LATE):
        return None
    return _NO_START.get(code)


def _died_starting(ctx: Context, service: dict[str, Any]) -> bool:
    """Whether the Application log has crashes of TermService's process, of which the service manager knows only that it
    did not answer in time.
    """
    if service["state"] != STOPPED or service["exit_code"] != _TIMED_OUT:
        return False
    return _crashed_since(ctx, ctx.lately)


def _crashed_since(ctx: Context, since: datetime | None) -> bool:
    """Whether the Application log has crashes of TermService's process since then."""
    rows = _of_services(ctx, APPLICATION_ERROR, 1000) + _of_services(ctx, ERROR_REPORTING, 1001)
    return since is not None and any(_CRASHED in row["modules"] and parse(row["utc"]) >= since for row in rows)


def _logged_failure(ctx: Context, service: dict[str, Any]) -> tuple[str, Evidence] | None:
    """The same by the log, where the exit code is silent: of a process that never came to run Windows keeps none. The
    newest attempt since Windows started counts.

    Event 17 is of TermService alone, and has an HRESULT; 7000 and 7023 name their service.
    """
    since = attempts_count_from(ctx, "TermService")
    if service["state"] != STOPPED or service["exit_code"] not in _SILENT or not since:
        return None
    own = ctx.snapshot.listed_events(SESSIONS, 17)
    starts = ctx.snapshot.listed_events(SERVICE_CONTROL_MANAGER, 7000, 7023)
    starts = [row for row in starts if row["service"] in named_in_events(ctx, "TermService")]
    for provider, listed in ((SESSIONS, own), (SERVICE_CONTROL_MANAGER, starts)):
        rows = [row for row in listed if parse(row["utc"]) >= since]
        newest = max(rows, key=lambda row: str(row["utc"]), default=None)
        if not newest:
            continue
        for code in map(win32_of, newest["numbers"]):
            if reason := _why_not(service, code):
                fact = f"event {newest['id']} of {provider}, the last at {newest['utc']}: {in_words(code)}"
                return reason, Evidence(fact, "section events")
    return None


def attempts_count_from(ctx: Context, name: str | None) -> datetime | None:
    """From when on a start of a service that failed (None: of any) tells of the next one: of the last day, since
    Windows started, and of TermService since it wrote of connections, for then it ran. What stands in the future is
    of a clock that was wrong, and makes nothing old.
    """
    if not ctx.lately:
        return None
    boot = (ctx.snapshot.section("host") or {}).get("boot_utc")
    moments = [parse(boot)] if boot else []
    if name == "TermService":
        # The other events of RCM may be SessionEnv's, which writes of its certificate under the same name.
        rows = ctx.snapshot.listed_events(CORE) + ctx.snapshot.listed_events(RCM, *_WRITTEN_BY_TERM_SERVICE)
        moments += [parse(row["utc"]) for row in rows]
    now = ctx.snapshot.now
    return max([ctx.lately, *(moment for moment in moments if now and moment <= now)])


def named_in_events(ctx: Context, name: str) -> tuple[str | None, ...]:
    """Whom an event of the service manager may name to be one of this service's. Of a snapshot that was taken before
    events had a name, it is one where no other service of Remote Desktop is known to have failed.
    """
    others = {"TermService", "SessionEnv", "UmRdpService"} - {name}
    return (name,) if any(map(ctx.snapshot.failed_by_itself, others)) else (name, None)


def exit_of(name: str, service: dict[str, Any]) -> Evidence:
    fact = f"{name}: {contract.run_state(service['state'])}, exit code {in_words(service['exit_code'])}"
    needed = service["depends_on"] if _NO_START.get(service["exit_code"]) == "dependency" else None
    if needed:
        others = [one for one in needed if one.lower() not in _WINDOWS_NEEDS]
        fact += f"; it depends on {', '.join(needed)}"
        fact += f", of which Windows itself does not set {', '.join(others)}" * bool(others)
    return Evidence(fact, "section services")


@rule
def check_enabled(ctx: Context) -> Iterator[Finding]:
    for name, purpose in _PURPOSES.items():
        service = ctx.snapshot.service(name)
        if not service or service["start"] != DISABLED:
            continue
        if name in contract.NEEDED and ctx.snapshot.rdp_enabled is False:
            continue  # nothing is to answer
        running = service["state"] == RUNNING
        fact = f"{name}: {contract.start_type(DISABLED)}, {contract.run_state(service['state'])}"
        finding = ctx.finding(
            catalogue.SERVICE_DISABLED,
            # The certificate that is there serves without SessionEnv, as long as it is in date.
            severity=critical_if(not running and (name != "SessionEnv" or renewal_is_due(ctx))),
            evidence=[Evidence(fact, "section services")],
            # Whoever turned Remote Desktop off may have disabled its services as well.
            needs_evidence=ctx.unread("listener") if name in contract.NEEDED else (),
            target={"service": name, "running": running},
            service=name,
            purpose=purpose,
            start_type=_OWN_START_TYPE.get(name, "Manual"),
        )
        answers = name == "TermService"
        yield ctx.corroborate(
            finding,
            supports=answers and ctx.probe.refused and ctx.snapshot.rdp_enabled,
            contradicts=answers and ctx.probe.logon_reached,
        )


@rule
def check_running(ctx: Context) -> Iterator[Finding]:
    service = _meant_to_run(ctx, "TermService")
    if not service:
        return
    if service["state"] == STOPPED:
        yield ctx.corroborate(
            ctx.finding(
                catalogue.SERVICE_STOPPED,
                evidence=[exit_of("TermService", service)],
                target={"service": "TermService"},
            ),
            supports=ctx.probe.refused,
        )
    elif service["state"] not in (None, RUNNING):
        yield ctx.corroborate(
            ctx.finding(
                catalogue.SERVICE_STUCK,
                evidence=[Evidence(f"TermService: {contract.run_state(service['state'])}", "section services")],
                state=contract.run_state(service["state"]),
                way_out=_way_out(ctx),
            ),
        )


@rule
def check_sessionenv_running(ctx: Context) -> Iterator[Finding]:
    service = _needed(ctx, "SessionEnv")
    if not service:
        return
    flaw = flaws.flaw(ctx.snapshot, "SessionEnv")
    if flaw:
        yield _maker_misconfigured(ctx, flaw)
        return
    if service["state"] != STOPPED or not ctx.snapshot.running("TermService"):
        return
    evidence = [
        exit_of("SessionEnv", service),
        Evidence(f"TermService: {contract.run_state(RUNNING)}", "section services"),
    ]
    reason = _failed_start(service)
    if reason:
        due = renewal_is_due(ctx)
        finding = ctx.finding(
            catalogue.SERVICE_SESSIONENV_CANNOT_START,
            summary=reason,
            severity=ctx.latent_if(due),
            evidence=evidence,
            target={"service": "SessionEnv"},
        )
        yield ctx.corroborate(finding, supports=due and ctx.probe.suggests_no_credential)
        return
    if service["start"] == DISABLED:
        return
    yield ctx.corroborate(
        ctx.finding(
            catalogue.SERVICE_SESSIONENV_STOPPED,
            severity=ctx.latent_if(renewal_is_due(ctx)),
            evidence=evidence,
            target={"service": "SessionEnv"},
        )
    )


def _maker_misconfigured(ctx: Context, flaw: flaws.Flaw) -> Finding:
    due = renewal_is_due(ctx)
    supports = due and ctx.snapshot.running("TermService") and ctx.probe.suggests_no_credential
    type_, severity = catalogue.SERVICE_SESSIONENV_CANNOT_START, ctx.latent_if(due)
    return _misconfigured(ctx, type_, "SessionEnv", flaw, severity=severity, supports=supports)


def maker_that_failed(ctx: Context, findings: list[Finding]) -> Finding | None:
    """A look that broke as one does without a certificate, nothing else that explains it, and a SessionEnv that is down
    and cannot start: by its file the certificate is good, and whether it is what Windows presents is not known.
    """
    found = next((one for one in findings if one.id == catalogue.SERVICE_SESSIONENV_CANNOT_START.id), None)
    flaw = flaws.flaw(ctx.snapshot, "SessionEnv")
    if not found or not _breaks(ctx) or (flaw and not flaw.keeps_down):
        return None
    evidence = (*found.evidence_for, ctx.probe_evidence)
    needed = (*found.needs_evidence, "whether the connection breaks for it: the certificate that is there is in date")
    return replace(found, severity=CRITICAL, confidence=LIKELY, evidence_for=evidence, needs_evidence=needed)


@rule
def check_redirection(ctx: Context) -> Iterator[Finding]:
    """UmRdpService: connections do without it, and their devices do not."""
    service = _meant_to_run(ctx, OF_DEVICES)
    if not service:
        return
    flaw = flaws.flaw(ctx.snapshot, OF_DEVICES)
    # Where TermService is gone or down, that is told, and this one went with it.
    if flaw and flaw.word != flaws.DEPENDENCY:
        yield _misconfigured(ctx, catalogue.SERVICE_CANNOT_START, OF_DEVICES, flaw, severity=WARNING)
    elif _failed_start(service) and service["exit_code"] not in _PASSED and ctx.snapshot.running("TermService"):
        yield ctx.corroborate(
            ctx.finding(
                catalogue.SERVICE_CANNOT_START,
                summary="redirection",
                advice="redirection",
                severity=WARNING,
                evidence=[exit_of(OF_DEVICES, service)],
                target={"service": OF_DEVICES},
                outlook=f"cannot start: {in_words(service['exit_code'])}",
            )
        )


@rule
def check_key_services(ctx: Context) -> Iterator[Finding]:
    """What makes and opens keys is stopped, and its last start failed with an error that the next one meets too."""
    for name in _OF_KEYS:
        service = _needed(ctx, name)
        if not service or not _failed_start(service):
            continue
        due = renewal_is_due(ctx)
        # Without who opens it a key that can be read is not opened, and a restart of TermService opens none.
        refused = name == "KeyIso" and ctx.probe.suggests_no_credential and keys_refused(ctx)
        finding = ctx.finding(
            catalogue.SERVICE_CANNOT_START,
            summary="keys",
            advice="keys",
            severity=ctx.latent_if(due or refused),
            evidence=[exit_of(name, service)],
            target={"service": name},
            service=name,
            purpose=_PURPOSES[name],
            why=in_words(service["exit_code"]),
        )
        yield ctx.corroborate(finding, supports=due and ctx.probe.suggests_no_credential)


@rule
def check_service_dll(ctx: Context) -> Iterator[Finding]:
    """Tools that lift the limit of sessions replace termsrv.dll, and break with updates of Windows."""
    altered = foreign_code(ctx)
    if not altered:
        return
    summary, fact = altered
    evidence = EvidenceList([fact])
    # Such tools lift Windows' own limit. Whoever meets it all the same met a tool that does not fit this build, where
    # no limit is set: that one the tool leaves.
    not_lifted = shares_nothing(ctx.client) and lifts_the_limit(ctx)
    set_by_somebody = of_the_limit(ctx.client) and not not_lifted
    evidence.add_if(not_lifted, ctx.client_evidence.fact, ctx.client_evidence.where)
    evidence.add_events(ctx.snapshot, SERVICE_CONTROL_MANAGER, 7031, 7034)
    service = ctx.snapshot.service("TermService") or {}
    stopped = service.get("state") == STOPPED
    if stopped:
        evidence.append(exit_of("TermService", service))
    # Where Remote Desktop is off, nobody is served whatever the file is.
    severity = ctx.latent_if(ctx.snapshot.rdp_enabled and not set_by_somebody)
    file = (ctx.snapshot.section("files") or {}).get("termsrv.dll") or {}
    finding = ctx.finding(
        catalogue.SERVICE_DLL_REPLACED,
        summary=summary,
        advice=_ADVICE_ON_CODE.get(summary, "file"),
        severity=severity,
        evidence=evidence,
        target={"service": "TermService"},
        path=file.get("path"),
        version=file.get("version"),
    )
    finding = ctx.corroborate(
        finding,
        supports=stopped and ctx.probe.refused and severity == CRITICAL and not _ends_before_its_code(ctx, service),
        # Who gets in, and is then refused for a reason, is refused for another one.
        contradicts=ctx.probe.logon_reached and gives_a_reason(ctx.client) and not not_lifted,
    )
    # A limit that it does not lift turns away whom the service has answered.
    yield replace(finding, confidence=POSSIBLE) if set_by_somebody else finding


def lifts_the_limit(ctx: Context) -> bool:
    """Whether another ServiceDll, or one of another build, stands in the place of Windows' own: a tool that lifts
    Windows' limit does that. Another process brings sessions of its own. A limit that somebody set stays.
    """
    most = ctx.snapshot.effective("MaxInstanceCount")
    altered = foreign_code(ctx) if not isinstance(most, int) or most >= NO_LIMIT else None
    return altered is not None and altered[0] in (DEFAULT, "foreign")


def _ends_before_its_code(ctx: Context, service: dict[str, Any]) -> bool:
    """Whether a start of TermService fails before its code is loaded, whosever it is."""
    flaw = flaws.flaw(ctx.snapshot, "TermService")
    return bool(flaw and flaw.fails) or _failed_start(service) in _BEFORE_ITS_CODE


def foreign_code(ctx: Context) -> tuple[str, Evidence] | None:
    """What shows that TermService loads something else than Windows' own code of this build: the word for it, and the
    fact.

    All of Windows' own files have the number of one build in their version, hosts that an enablement package lifted to
    a later one as well (22631 runs files of 22621): so they are compared with each other, not with the host's build.
    """
    program = flaws.foreign_program(ctx.snapshot, "TermService")
    if program:
        return "process" if program.where == _KEY else DEFAULT, Evidence(program.fact, program.where)
    files = ctx.snapshot.section("files") or {}
    own = files.get("termsrv.dll")
    if not own:
        return None
    if own["signature"] in _BAD_SIGNATURES:
        return "altered", Evidence(f"signature: {_BAD_SIGNATURES[own['signature']]}", own["path"])
    builds = {name: str(file["version"]).split(".")[2:3] for name, file in files.items() if file and file["version"]}
    others = [build for name, build in builds.items() if name in _SAME_BUILD and build]
    mine = builds.get("termsrv.dll")
    if mine and len(others) == len(_SAME_BUILD) and mine not in others and others.count(others[0]) == len(others):
        return "foreign", Evidence(f"version {own['version']}, beside files of build {others[0][0]}", own["path"])
    return None


# In all languages Windows' own accounts are those of an authority that is called NT.
_BY_WINDOWS = re.compile(r"(?<![^\W_])nt(?![^\W_])")


def _is_another_account(name: str) -> bool:
    """Whether ObjectName, in small letters, certainly is not NETWORK SERVICE."""
    owner, backslash, _account = name.rpartition("\\")
    of_a_domain = bool(backslash) and not _BY_WINDOWS.search(owner)
    return name in ("localsystem", r"nt authority\localservice") or of_a_domain or "@" in name


@rule
def check_account(ctx: Context) -> Iterator[Finding]:
    """Names of built-in accounts are written in many languages; what is certainly another account is not. Another
    program in the place of Windows' own has the account that it needs.
    """
    service = ctx.snapshot.service("TermService")
    if (foreign_code(ctx) or (None,))[0] == "process":
        return
    name = ((service or {}).get("account") or "").lower()
    if not service or not _is_another_account(name):
        return
    evidence = [Evidence(f"ObjectName is {service['account']}", _KEY)]
    stopped = service["state"] == STOPPED
    if stopped:
        evidence.append(exit_of("TermService", service))
    yield ctx.corroborate(
        ctx.finding(catalogue.SERVICE_ACCOUNT_CHANGED, severity=ctx.latent_severity, evidence=evidence),
        supports=stopped and ctx.probe.refused,
    )


@rule
def check_dependent_services(ctx: Context) -> Iterator[Finding]:
    value = ctx.snapshot.listener_value("terminal_server", "RCDependentServices")
    if not value or value["type"] != "multi_string":
        return
    if "sessionenv" in [name.lower() for name in value["data"]]:
        return
    fact = f"RCDependentServices is {', '.join(value['data']) or 'empty'}"
    yield ctx.corroborate(
        ctx.finding(
            catalogue.SERVICE_NOT_STARTED_ALONG, evidence=[Evidence(fact, ctx.snapshot.listener_key("terminal_server"))]
        )
    )


@rule
def check_crashes(ctx: Context) -> Iterator[Finding]:
    """Where the look broke, whether it is the cause depends on what else was found: see ``crashing``. Not so of what
    makes the certificate, where one is needed.
    """
    found = _crashed(ctx)
    if found and (found.target["renewer"] or not _breaks(ctx)):
        yield found


def crashing(ctx: Context, *, alone: bool) -> Finding | None:
    """A connection that broke, and services that crash: one ends, its recovery action starts it again, and the next
    connection ends it once more. It is the cause where nothing else is (``alone``).
    """
    found = _crashed(ctx) if _breaks(ctx) else None
    return found and replace(found, severity=critical_if(alone or found.target["renewer"]))


def ended_at_look(ctx: Context) -> Finding | None:
    """Services that connections do without, ended at the time of a look that broke: a suspicion, and no chance that
    anybody would wave away. Of those that connections need, see ``crashing``.
    """
    if not ctx.look_began or not _breaks(ctx):
        return None
    ended = _since(ctx.look_began, ctx.snapshot.listed_events(SERVICE_CONTROL_MANAGER, 7031, 7034))
    logged = [*ctx.snapshot.listed_events(APPLICATION_ERROR, 1000), *ctx.snapshot.listed_events(ERROR_REPORTING, 1001)]
    crashed = _since(ctx.look_began, logged)
    of_scm = sorted({str(row["service"]) for row in ended if row["service"] not in CONCERNED})
    processes = {name for row in crashed for name in row["modules"]}
    of_application = [name for name in collect.CRASHING_SERVICES if name in processes and name not in CRASHING]
    evidence = EvidenceList([ctx.probe_evidence])
    evidence.add_if(of_scm, f"{', '.join(of_scm)} ended (7031/7034) at the time of the look", "section events")
    evidence.add_if(of_application, f"{', '.join(of_application)} crashed (1000/1001) at that time", "section events")
    if not of_scm and not of_application:
        return None
    return ctx.finding(
        catalogue.SERVICE_CRASHING,
        summary="at_the_look",
        severity=CRITICAL,
        confidence=POSSIBLE,
        evidence=evidence,
        needs_evidence=["whether it ends again with each look"],
        target={"met": False},
        services=" and ".join(of_scm or [name.rpartition("_")[2] for name in of_application]),
    )


def _breaks(ctx: Context) -> bool:
    return ctx.probe.stage in ("negotiation", "tls", "credssp") and not ctx.probe.denied


def _since(moment: datetime | None, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if moment is None or parse(row["utc"]) >= moment]


def _of_concern(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["service"] in CONCERNED]


def _ended(ctx: Context, *ids: int) -> list[dict[str, Any]]:
    """What the service manager listed of these in the last day."""
    return _since(ctx.lately, ctx.snapshot.listed_events(SERVICE_CONTROL_MANAGER, *ids))


def _ends(ctx: Context, *ids: int) -> int:
    """How often the service manager logged these in the last day, of services that connections need."""
    rows = _ended(ctx, *ids)
    ours = _of_concern(rows)
    if len(ours) < len(rows):
        return len(ours)
    return ctx.logged_lately(SERVICE_CONTROL_MANAGER, *ids)


def _names(rows: list[dict[str, Any]], programs: Iterable[str] = ()) -> str:
    """Which services these events are of, and the processes that are logged with a service's name."""
    found = {row["service"] for row in rows if row["service"]}
    found |= {program.rpartition("_")[2] for program in programs}
    return " and ".join(sorted(found))


def _errors_of(rows: list[dict[str, Any]]) -> str:
    """With which errors services ended, as the events of such ends have it."""
    codes = {unsigned(number) for row in rows if row["id"] in (7023, 7024) for number in row["numbers"]}
    return "".join(f": {told}" for told in [", ".join(in_words(code) for code in sorted(codes))] if told)


@rule
def check_other_crashes(ctx: Context) -> Iterator[Finding]:
    """Crashes of services that connections do without, and those before the last day: no reason for what is met now."""
    if _crashed(ctx):
        return
    rows = ctx.snapshot.listed_events(SERVICE_CONTROL_MANAGER, 7031, 7034)
    found = _again_and_again([row for row in _since(ctx.lately, rows) if row["service"] in BESIDE])
    if not found and not _cannot_run(ctx):
        found = _again_and_again(rows)
    if not found:
        return
    last = max(row["utc"] for row in found)
    about = f" about {_names(found)}" * bool(_names(found))
    fact = f"{counted(len(found))} 7031/7034 of the Service Control Manager{about}, the last at {last}"
    finding = ctx.finding(
        catalogue.SERVICE_CRASHING,
        summary=_summary(ctx, found),
        confidence=POSSIBLE,
        evidence=[Evidence(fact, "section events")],
        target={"met": False},
        services=_names(found) or "A service of Remote Desktop",
    )
    against = Evidence("not twice in the last day by a service that connections need", "section events")
    yield replace(finding, evidence_against=(against,))


@rule
def check_end_at_that_time(ctx: Context) -> Iterator[Finding]:
    """One end is enough where a user's client broke at its time, and says no more than that it did."""
    if (ctx.probe and not ctx.probe.logon_reached) or gives_a_reason(ctx.client) or _crashed(ctx) or _cannot_run(ctx):
        return
    ended = [row for row in ctx.snapshot.listed_events(SERVICE_CONTROL_MANAGER, 7031, 7034) if row["service"]]
    rows = [row for row in ended if row["service"] == "TermService"]
    logged = _of_services(ctx, APPLICATION_ERROR, 1000) + _of_services(ctx, ERROR_REPORTING, 1001)
    rows += [row for row in logged if _CRASHED in row["modules"]]
    then = ctx.when_shown(parse(row["utc"]) for row in rows)
    if not then:
        return
    numbers = "/".join(str(number) for number in sorted({row["id"] for row in rows if parse(row["utc"]) in then}))
    ended_then = Evidence(f"TermService ended at {minute(max(then))} ({numbers})", "section events")
    crashes = _process_crashes(ctx)
    yield ctx.finding(
        catalogue.SERVICE_CRASHING,
        summary="then",
        advice=crashes.advice,
        evidence=[ctx.client_evidence, ended_then],
        modules=crashes.modules,
        services="TermService",
        target={"met": False},
    )


def _again_and_again(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of services that ended more than once: one that ends takes others of its process along."""
    count = Counter(row["service"] for row in rows)
    return [row for row in rows if count[row["service"]] >= _CRASHES]


def _summary(ctx: Context, rows: list[dict[str, Any]]) -> str:
    """How crashes are told: of services that connections need, and of others, which only a client that got in shows to
    have kept nobody out.
    """
    if _of_concern(rows):
        return DEFAULT
    if ctx.probe.logon_reached:
        return "without"
    return "beside"


def _crashed(ctx: Context) -> Finding | None:
    count = _ends(ctx, 7031, 7034)
    # An end with an error is a crash where a connection met it; where nothing listens, it is a start that failed.
    now = 0
    ends = _of_concern(_ended(ctx, 7031, 7034))
    if ctx.look_began and not ctx.probe.logon_reached:
        rows = [*ctx.snapshot.listed_events(SERVICE_CONTROL_MANAGER, 7031, 7034)]
        if _breaks(ctx):
            rows += ctx.snapshot.listed_events(SERVICE_CONTROL_MANAGER, 7023, 7024)
        rows = _of_concern(_since(ctx.look_began, rows))
        now, ends = len(rows), rows or ends
    crashes = _process_crashes(ctx)
    met = now or (_breaks(ctx) and _crashed_since(ctx, ctx.look_began))
    if (max(count, crashes.count) < _CRASHES and not met) or _cannot_run(ctx):
        return None
    # What ended in order, or never ran since Windows started, did not crash: others did, or it did and ran again.
    died = ctx.snapshot.failed("TermService") is not None
    enabled = (ctx.snapshot.service("TermService") or {"start": DISABLED})["start"] != DISABLED
    down = died and enabled and ctx.snapshot.rdp_enabled
    evidence = EvidenceList()
    evidence.add_if(count or now, _told_of_ends(ends, now, count), "section events")
    names, vain = _names(ends, crashes.programs), _renewer_dies(ctx)
    renewer = vain and names == _RENEWER and renewal_is_due(ctx)
    finding = ctx.finding(
        catalogue.SERVICE_CRASHING,
        summary=_told_as(ctx, renewer),
        severity=ctx.latent_severity if renewer else critical_if(down),
        evidence=[*evidence, *crashes.evidence],
        advice=crashes.advice,
        target={"met": bool(met and _breaks(ctx)) and not renewer, "vain": vain, "renewer": renewer},
        modules=crashes.modules,
        services=names or "A service of Remote Desktop",
    )
    found = _before_start(ctx, ctx.corroborate(finding, supports=down and ctx.probe.refused))
    # Without the host's clock all that is in the log counts, however old it is.
    if ctx.lately is None and not (down or met):
        return replace(found, confidence=POSSIBLE, needs_evidence=(*found.needs_evidence, *ctx.unread("host")))
    return found


def _told_as(ctx: Context, renewer: bool) -> str:
    """How crashes of services that connections need are told."""
    if renewer:
        return "renewer"
    return "met" if _breaks(ctx) else DEFAULT


def _renewer_dies(ctx: Context) -> bool:
    """Whether SessionEnv died again and again in the last day, and has neither made a certificate since nor had Windows
    start anew: asked for another one it would die once more.
    """
    boot = (ctx.snapshot.section("host") or {}).get("boot_utc")
    moments = (ctx.lately, ctx.snapshot.last_logged(RCM, 1056), parse(boot) if boot else None)
    since = max((moment for moment in moments if moment), default=None)
    ended = [
        row for row in ctx.snapshot.listed_events(SERVICE_CONTROL_MANAGER, 7031, 7034) if row["service"] == _RENEWER
    ]
    crashed = [row for row in _of_services(ctx, APPLICATION_ERROR, 1000) if f"svchost.exe_{_RENEWER}" in row["modules"]]
    return max(len(_since(since, ended)), len(_since(since, crashed))) >= _CRASHES


def _told_of_ends(ends: list[dict[str, Any]], now: int, count: int) -> str:
    """How often which services ended: at the time of the look (``now``), or in the last day."""
    who, manager = _names(ends) or "these services", "of the Service Control Manager about"
    if not now:
        return f"{counted(count)} 7031/7034 {manager} {who} in the last day"
    met = "/".join(str(number) for number in sorted({row["id"] for row in ends}))
    return f"{counted(now)} {met} {manager} {who} at the time of the look{_errors_of(ends)}"


def _before_start(ctx: Context, finding: Finding) -> Finding:
    """Crashes that all came before Windows was last started, on a host that lets a client in: whatever ended the
    service then may have been taken off since.
    """
    boot = (ctx.snapshot.section("host") or {}).get("boot_utc")
    if not boot or not ctx.probe.logon_reached:
        return finding
    rows = [
        *_of_concern(ctx.snapshot.listed_events(SERVICE_CONTROL_MANAGER, 7031, 7034)),
        *_of_services(ctx, APPLICATION_ERROR, 1000),
        *_of_services(ctx, ERROR_REPORTING, 1001),
    ]
    if not rows or _since(parse(boot), rows):
        return finding
    against = Evidence(f"none of it since Windows was started at {boot}, and a client gets in", "section events")
    return replace(finding, confidence=POSSIBLE, evidence_against=(*finding.evidence_against, against))


@dataclass(frozen=True)
class _Crashes:
    """What the Application log has of crashes of the services' processes: how many, and in what module each kind was.

    ``advice`` is the template of the advice, ``modules`` what fills it.
    """

    count: int
    evidence: tuple[Evidence, ...]
    advice: str
    modules: str
    programs: tuple[str, ...]


def _process_crashes(ctx: Context) -> _Crashes:
    """Event 1000 has program, module and exception code, 1001 (of the report) the same names: it counts by itself."""
    source, rows = f"1000 of {APPLICATION_ERROR}", _since(ctx.lately, _of_services(ctx, APPLICATION_ERROR, 1000))
    if not rows:
        source = f"1001 of {ERROR_REPORTING}"
        rows = _since(ctx.lately, _of_services(ctx, ERROR_REPORTING, 1001))
    kinds, evidence = kinds_of_crashes(rows, CRASHING, source)
    modules = ", ".join(dict.fromkeys(module for _program, module, _codes in kinds if module))
    programs = tuple(program for program, _module, _codes in kinds)
    return _Crashes(len(rows), tuple(evidence), "named" if modules else DEFAULT, modules, programs)


Kinds = dict[tuple[str, str, tuple[int, ...]], list[str]]


def kinds_of_crashes(
    rows: list[dict[str, Any]], programs: Collection[str], source: str
) -> tuple[Kinds, list[Evidence]]:
    """The times of crashes of these programs, by program, module and exception code; and each kind as evidence."""
    kinds: Kinds = {}
    for row in rows:
        program = next((name for name in row["modules"] if name in programs), "a program without a name")
        module = next((name for name in row["modules"] if name != program), "")
        codes = tuple(unsigned(number) for number in row["numbers"] if unsigned(number) >= _CODE)
        kinds.setdefault((program, module, codes[:1]), []).append(row["utc"])
    evidence = []
    for (program, module, codes), times in kinds.items():
        why = "".join(f" with {in_words(code)}" for code in codes)
        where = module or "a module without a name"
        fact = f"{program} crashed in {where}{why}: {counted(len(times))} {source}, the last at {max(times)}"
        evidence.append(Evidence(fact, "section events"))
    return kinds, evidence


def _of_services(ctx: Context, provider: str, number: int) -> list[dict[str, Any]]:
    rows = ctx.snapshot.listed_events(provider, number)
    return [row for row in rows if set(row["modules"]) & set(CRASHING)]


def _cannot_run(ctx: Context) -> bool:
    """Whether TermService is stopped for a reason other than a crash: that is the cause, not what came before."""
    service = ctx.snapshot.service("TermService")
    if service is None or _died_starting(ctx, service):
        return False
    return _failed_start(service) not in (None, "dies")


@rule
def check_broker(ctx: Context) -> Iterator[Finding]:
    host, service = ctx.snapshot.section("host"), ctx.snapshot.windows_service("Tssdis")
    if not host or not host["connection_broker"] or not service or service["state"] != STOPPED:
        return
    evidence = Evidence(f"Tssdis: {contract.run_state(STOPPED)}", "section products")
    yield ctx.corroborate(ctx.finding(catalogue.SERVICE_BROKER_STOPPED, evidence=[evidence]))


@rule
def check_farm(ctx: Context) -> Iterator[Finding]:
    """A host that still asks a broker, though it is no session host any more; or an address of its own that the broker
    sends people to, and that it no longer has. A broker asks itself: clients come to it first.

    https://learn.microsoft.com/troubleshoot/windows-server/remote/rds-client-not-connect-to-rd-session-host-server
    """
    is_host = (ctx.snapshot.section("licensing") or {}).get("session_host")
    is_broker = (ctx.snapshot.section("host") or {}).get("connection_broker")
    active = ctx.snapshot.number(collect.FARM, "SessionDirectoryActive") == 1
    if active and is_host is False and is_broker is False:
        broker = ctx.snapshot.text(collect.FARM, "SessionDirectoryLocation") or "of a name that was not read"
        evidence = [
            Evidence("SessionDirectoryActive is 1", f"HKLM\\{collect.FARM}"),
            Evidence("the role RD Session Host is not installed", "section licensing"),
        ]
        yield _of_the_farm(ctx, "gone", evidence, broker=broker)
    address = ctx.snapshot.text(collect.FARM, "SessionDirectoryRedirectionIP")
    adapters = (ctx.snapshot.section("network") or {"adapters": ()})["adapters"]
    own = {one for adapter in adapters for one in adapter["addresses"]}
    if address and own and address not in own:
        evidence = [
            Evidence(f"SessionDirectoryRedirectionIP is {address}", f"HKLM\\{collect.FARM}"),
            Evidence(f"the host's addresses: {', '.join(sorted(own))}", "section network"),
        ]
        yield _of_the_farm(ctx, "address", evidence, address=address)


def _of_the_farm(ctx: Context, word: str, evidence: list[Evidence], **facts: Any) -> Finding:
    return ctx.corroborate(
        ctx.finding(catalogue.SERVICE_BROKER_STOPPED, summary=word, advice=word, evidence=evidence, **facts)
    )


def stale_credential(ctx: Context) -> Finding | None:
    """Everything is in order by now, but the service still runs with what it found at its start."""
    if unread_key(ctx):
        return None
    refused, interrupted = keys_refused(ctx), ctx.snapshot.interrupted_journals
    unloaded = ctx.snapshot.unloaded_journals
    # Without a store's name a listener ends the negotiation.
    seen = ctx.probe.suggests_no_credential or (unloaded and ctx.probe.ends_in_negotiation)
    if not seen or not (refused or interrupted or unloaded):
        return None
    evidence = EvidenceList([ctx.probe_evidence])
    evidence.add("certificate and key of the listener are in order now", "snapshot")
    opened = f"{counted(refused)} 36870 at the start of TermService or of the look: a private key could not be used"
    evidence.add_if(refused, opened, "section events")
    cut = f"a repair was interrupted before its end (journal {', '.join(interrupted)})"
    evidence.add_if(interrupted, cut, "section journals")
    since = f"TermService was not restarted after a change of this collection (journal {', '.join(unloaded)})"
    evidence.add_if(unloaded, since, "section journals")
    # A key that can be read may be of no use by what is in it, which the log alone would tell.
    needed = () if interrupted or unloaded else (_COMES_AGAIN,)
    return ctx.finding(catalogue.SERVICE_STALE_CREDENTIAL, evidence=evidence, needs_evidence=needed)


def hanging(ctx: Context, clearance: Clearance) -> Finding | None:
    """A connection that is accepted and never answered: Windows accepts it, and the service behind it may hang."""
    silent = ctx.probe.outcome == "silent" and ctx.probe.stage in ("negotiation", "session")
    if not silent or not ctx.snapshot.running("TermService"):
        return None
    logged = _ends(ctx, 7009, 7011, 7022)
    accepted = ctx.connection_logged or ctx.probe.stage == "session"
    evidence = EvidenceList(clearance.evidence)
    late = f"{counted(logged)} 7009/7011/7022 of the Service Control Manager: a service did not answer in time"
    evidence.add_if(logged, late, "section events")
    accepted_by = "section events" if ctx.connection_logged else ctx.probe.where
    evidence.add_if(accepted, "the host accepted the probe's connection", accepted_by)
    confidence, needed = clearance.confidence, clearance.unread
    if not logged and not accepted:
        elsewhere = "a probe from the host's own network: if it is answered there, something on the way is silent"
        confidence, needed = POSSIBLE, (*needed, elsewhere)
    return ctx.finding(
        catalogue.SERVICE_STUCK,
        summary="silent",
        advice="silent",
        evidence=evidence,
        confidence=confidence,
        needs_evidence=needed,
        way_out=_way_out(ctx),
    )


def _way_out(ctx: Context) -> str:
    """What helps a service that hangs: its process may be ended only where no other service lives in it.

    Servers run TermService alone (``svchost -k termsvcs``). Windows 10 and 11 run it in the group NetworkService, which
    below 3.5 GB of memory shares one process with DNS Client, Workstation, WinRM and others.
    https://learn.microsoft.com/windows/application-management/svchost-service-refactoring
    """
    service = ctx.snapshot.service("TermService") or {}
    pid = service.get("pid")
    if not pid:
        return "restart the host"
    others = service.get("shares")
    if others is None:
        services = ctx.snapshot.section("services") or {}
        others = [name for name, one in services.items() if name != "TermService" and one and one["pid"] == pid]
    if others:
        return f"restart the host; its process {pid} runs {', '.join(others)} as well, which would go down with it"
    alone = service.get("shares") == [] or re.search(
        r"-k[ \t]+termsvcs(?![^ \t])", service.get("image_path") or "", re.ASCII | re.IGNORECASE
    )
    if alone:
        return f"end its process, in which no other service runs (taskkill /f /pid {pid}), or restart the host"
    return f"restart the host; other services may share its process {pid} and would go down with it"
