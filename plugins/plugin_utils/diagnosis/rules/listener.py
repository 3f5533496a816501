# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the listener's settings: is it on, and can it agree with a client on how to secure the connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import of_the_limit
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    APPLICATION_ERROR,
    CORE,
    CRITICAL,
    ERROR_REPORTING,
    LIKELY,
    POSSIBLE,
    RCM,
    SCHANNEL,
    SERVICE_CONTROL_MANAGER,
    SESSIONS,
    WARNING,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    critical_if,
    likely_if,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import (
    FAILED_STARTS,
    KEY_UNUSABLE,
    logged_errors,
    renewal_failed,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import NO_CERTIFICATE_ON_SERVER
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.service import (
    CONCERNED,
    CRASHING,
    NO_LIMIT,
    lifts_the_limit,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.settings import owner_of, setting_finding
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import NAMES, Firewall
from ansible_collections.winops.rdp.plugins.plugin_utils.host.settings import Setting
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import times
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

_ADAPTERS = collect.TERMINAL_SERVER + r"\lanatable"
# The first of the ports that Windows hands out to programs:
# https://learn.microsoft.com/troubleshoot/windows-server/networking/default-dynamic-port-range-tcpip-chang
_HANDED_OUT = 49152
# What the key of each listener has: its port, whether it is on, and what serves its connections.
_ESSENTIAL = ("PortNumber", "fEnableWinStation", "LoadableProtocol_Object")
# Values that are read as numbers and have no finding of their own for what is none; of these, where the listener is.
_PLACES = ("PortNumber", "LanAdapter")
# With what Windows ships.
_NUMBERS = {"PortNumber": 3389, "LanAdapter": 0, "MaxInstanceCount": 0xFFFFFFFF}
# Who turned Remote Desktop off, by where the setting comes from.
_TURNED_OFF = {"policy": "policy", "mdm": "policy", "default": "never"}
# A server without the role RD Session Host takes this many sessions, the console's among them, for its administration:
# https://support.microsoft.com/kb/2477176
_FOR_ADMINISTRATION = 2
# Domain controllers and servers, as section host numbers them.
_SERVERS = (2, 3)
# Who is turned away at the limit is ended this soon after the password was right.
_ENDED_WITHIN = timedelta(minutes=2)


@rule
def check_remote_desktop_enabled(ctx: Context) -> Iterator[Finding]:
    setting = ctx.snapshot.setting("fDenyTSConnections")
    if setting and setting.effective != 0:
        finding = setting_finding(
            ctx,
            catalogue.LISTENER_RDP_DISABLED,
            setting,
            0,
            summary=_TURNED_OFF.get(setting.source, DEFAULT),
            facts={"profile": _profile_to_open(ctx)},
        )
        yield _not_answering(ctx, finding, setting)


def _profile_to_open(ctx: Context) -> str | None:
    """The firewall's profile in which Remote Desktop is let in; None where it is public, not the only one or unread."""
    profiles = Firewall(ctx.snapshot).profiles_in_force() or []
    return NAMES[profiles[0]] if len(profiles) == 1 and profiles != [contract.PUBLIC] else None


@rule
def check_listener_enabled(ctx: Context) -> Iterator[Finding]:
    setting = ctx.snapshot.setting("fEnableWinStation")
    if setting and setting.effective != 1:
        yield _not_answering(ctx, setting_finding(ctx, catalogue.LISTENER_DISABLED, setting, 1), setting)


def _not_answering(ctx: Context, finding: Finding, setting: Setting) -> Finding:
    # What Windows makes of a value of a wrong type is not documented.
    seen = ctx.probe.refused or ctx.probe.ends_in_negotiation
    return ctx.corroborate(finding, supports=seen and not setting.fault)


@rule
def check_logons_enabled(ctx: Context) -> Iterator[Finding]:
    setting = ctx.snapshot.setting("fLogonDisabled")
    if setting and setting.effective != 0:
        finding = setting_finding(ctx, catalogue.LISTENER_LOGON_DISABLED, setting, 0)
        if setting.fault:
            finding = replace(finding, severity=ctx.latent_severity)
        yield ctx.corroborate(finding)


@rule
def check_security_layer(ctx: Context) -> Iterator[Finding]:
    """2 is TLS alone; 0 (legacy RDP security) is weak at best, and so is 1 (what the client asks for) without NLA.

    With NLA, which needs TLS, 1 comes to the same as 2 and is what an unattended setup leaves:
    Microsoft-Windows-TerminalServices-RDP-WinStationExtensions, SecurityLayer, in Windows' Unattend reference.
    """
    layer, nla = ctx.snapshot.setting("SecurityLayer"), ctx.snapshot.effective("UserAuthentication")
    if not layer or layer.source == "default" or layer.effective == 2:
        return
    if layer.effective not in (0, 1):
        yield ctx.corroborate(
            setting_finding(ctx, catalogue.LISTENER_SECURITY_LAYER_INVALID, layer, 2),
            supports=ctx.probe.stage in ("negotiation", "tls") and ctx.probe.denied != NO_CERTIFICATE_ON_SERVER,
        )
        return
    refuses_tls = ctx.probe.offers("tls") is False
    with_tls = ctx.probe.offers("tls") or ctx.probe.offers("nla")
    # Who gets in without TLS shows that NLA is not asked for, whatever the registry says.
    if layer.effective == 0 and nla == 1 and (with_tls or not ctx.probe.logon_reached):
        requires_nla = Evidence("UserAuthentication is 1", "section listener")
        yield ctx.corroborate(
            setting_finding(ctx, catalogue.LISTENER_SECURITY_LAYER_CONFLICT, layer, 2, more=[requires_nla]),
            supports=refuses_tls or _turns_away(ctx),
        )
    elif layer.effective == 0:
        yield ctx.corroborate(
            setting_finding(ctx, catalogue.LISTENER_SECURITY_LAYER_WEAK, layer, 2), supports=refuses_tls
        )
    elif nla != 1:
        without_tls = ctx.probe.offers("rdp")
        yield ctx.corroborate(
            setting_finding(ctx, catalogue.LISTENER_SECURITY_LAYER_WEAK, layer, 2),
            supports=without_tls,
            contradicts=without_tls is False,
        )


def _turns_away(ctx: Context) -> bool:
    """Whether the look was refused in the negotiation as a listener without TLS does it: that misses no certificate,
    and leaves nobody without an answer.
    """
    if ctx.probe.denied:
        return ctx.probe.denied != NO_CERTIFICATE_ON_SERVER
    return ctx.probe.ends_in_negotiation and ctx.probe.outcome != "silent"


@rule
def check_negotiation(ctx: Context) -> Iterator[Finding]:
    setting = ctx.snapshot.setting("fAllowSecProtocolNegotiation")
    if setting and setting.effective != 1:
        yield ctx.corroborate(
            setting_finding(ctx, catalogue.LISTENER_NEGOTIATION_DISABLED, setting, 1),
            # A listener that names the reason has negotiated.
            supports=ctx.probe.ends_in_negotiation or ctx.probe.offers("tls") is False,
        )


@rule
def check_listening(ctx: Context) -> Iterator[Finding]:
    """Everything is on and the service runs, and still nobody listens on the port."""
    port = _port_of_running_listener(ctx)
    if not port or port["listeners"]:
        return
    reserved = _reserved(ctx, port)
    if reserved:
        yield ctx.corroborate(reserved, supports=ctx.probe.refused and port["excluded"])
    # Setup that is not over, an adapter that is gone or a port that Windows keeps would explain it: what of these was
    # not read leaves it no more than likely.
    unread = ctx.unread("registry", "network")
    if port["excluded"] is None:
        unread = (*unread, "whether Windows keeps the port: netsh int ipv4 show excludedportrange tcp, on the host")
    yield ctx.corroborate(
        ctx.finding(
            catalogue.LISTENER_NOT_LISTENING,
            evidence=[Evidence(f"no listener on port {port['number']}", "section port")],
            needs_evidence=unread,
            port=port["number"],
        ),
        supports=ctx.probe.refused and not unread,
    )


def unheard(ctx: Context) -> Finding | None:
    """Nothing listens, and what would say why was not read."""
    port = ctx.snapshot.section("port")
    unread = ctx.unread("services", "listener")
    if not port or port["listeners"] or not unread:
        return None
    return ctx.finding(
        catalogue.LISTENER_NOT_LISTENING,
        summary="unread",
        confidence=POSSIBLE,
        evidence=[ctx.probe_evidence, Evidence(f"no listener on port {port['number']}", "section port")],
        needs_evidence=unread,
        port=port["number"],
    )


@rule
def check_unusable_values(ctx: Context) -> Iterator[Finding]:
    """Values of the listener that are no number at all, or a port that there is not. What Windows makes of them is not
    documented, so nothing of it is proven.
    """
    port = _port_of_running_listener(ctx)
    for name, shipped in _NUMBERS.items():
        setting = ctx.snapshot.setting(name)
        fault = _unusable(setting) if setting else None
        if not setting or not fault:
            continue
        silent = name in _PLACES and port is not None and not port["listeners"]
        yield setting_finding(
            ctx,
            catalogue.LISTENER_VALUE_UNUSABLE,
            replace(setting, fault=fault),
            shipped,
            summary="nothing_listens" if silent else DEFAULT,
            severity=ctx.latent_if(silent),
        )


def _unusable(setting: Setting) -> str | None:
    """What is wrong with the value that counts, behind its name."""
    number = setting.effective
    if setting.name == "PortNumber" and isinstance(number, int) and not 0 < number < 65536:
        return f"is {number}, and ports are 1 to 65535"
    return setting.fault


def _reserved(ctx: Context, port: dict[str, Any]) -> Finding | None:
    """Whether Windows keeps the port from the listener.

    It does so for whole ranges. What an administrator excluded is kept from programs that take any port, and given to
    who asks for it by number; so such a range is no obstacle.
    """
    number, excluded = port["number"], port["excluded"]
    taken = next((one for one in excluded or () if not one["administered"]), None)
    dynamic = port["dynamic"] or {"first": _HANDED_OUT, "last": 65535}
    evidence = EvidenceList([Evidence(f"no listener on port {number}", "section port")])
    if taken:
        evidence.add(f"excluded port range {taken['first']} to {taken['last']}", "section port")
        return ctx.finding(
            catalogue.LISTENER_PORT_RESERVED,
            summary="reserved",
            evidence=evidence,
            port=number,
            first=taken["first"],
            last=taken["last"],
        )
    if excluded is not None or not dynamic["first"] <= number <= dynamic["last"]:
        return None
    return ctx.finding(
        catalogue.LISTENER_PORT_RESERVED,
        evidence=evidence,
        needs_evidence=["netsh int ipv4 show excludedportrange tcp, on the host"],
        port=number,
        first=dynamic["first"],
        last=dynamic["last"],
    )


@rule
def check_port_proxy(ctx: Context) -> Iterator[Finding]:
    """netsh interface portproxy takes what comes in on a port of the host, and connects it to another address."""
    proxy = _proxy(ctx)
    if not proxy:
        return
    address, target = proxy
    finding = ctx.finding(
        catalogue.LISTENER_PORT_TAKEN,
        summary="proxied",
        advice="proxied",
        evidence=[Evidence(f"port {ctx.snapshot.port} of {address} leads to {target}", f"HKLM\\{collect.PORT_PROXY}")],
        port=ctx.snapshot.port,
        address=address,
        leads_to=target,
    )
    # That another process holds the port, and answered the look, says as much as where no rule was read.
    answered = _other_owner(ctx) is not None and ctx.probe.stage == "negotiation"
    yield ctx.corroborate(finding, supports=answered, contradicts=_shows_own_certificate(ctx))


def _proxy(ctx: Context) -> tuple[str, str] | None:
    """From which address and to where netsh interface portproxy sends what comes in on the listener's port."""
    for name in ctx.snapshot.value_names(collect.PORT_PROXY):
        address, _slash, number = name.partition("/")
        if number == str(ctx.snapshot.port):
            return address, (ctx.snapshot.text(collect.PORT_PROXY, name) or "").replace("/", ":")
    return None


def _shows_own_certificate(ctx: Context) -> bool:
    """Whether the client was shown a certificate that this host has: it is this host that answered."""
    shown = ctx.probe.thumbprint
    return bool(shown and ctx.snapshot.find_certificate(shown))


@rule
def check_other_listeners(ctx: Context) -> Iterator[Finding]:
    """Two listeners on one port: only the first to start gets it."""
    for name in ctx.snapshot.subkeys(contract.WINSTATIONS):
        key = rf"{contract.WINSTATIONS}\{name}"
        if name.lower() == "rdp-tcp" or ctx.snapshot.number(key, "fEnableWinStation") == 0:
            continue
        if ctx.snapshot.number(key, "PortNumber") != ctx.snapshot.port:
            continue
        finding = ctx.finding(
            catalogue.LISTENER_PORT_TAKEN,
            summary="listener",
            advice="listener",
            severity=ctx.latent_severity,
            evidence=[Evidence(f"PortNumber is {ctx.snapshot.port}", f"HKLM\\{key}")],
            port=ctx.snapshot.port,
            listener=name,
        )
        yield ctx.corroborate(finding)


@rule
def check_port_owner(ctx: Context) -> Iterator[Finding]:
    """Everything is on and the service runs, and somebody else listens on the port."""
    other, service = _other_owner(ctx), ctx.snapshot.service("TermService")
    if not other or not service or _proxy(ctx):
        return
    yield ctx.corroborate(
        ctx.finding(
            catalogue.LISTENER_PORT_TAKEN,
            evidence=[Evidence(f"TermService is process {service['pid']}", "section services")],
            port=ctx.snapshot.port,
            process=other["process"] or "its name was not read",
            pid=other["pid"],
        ),
        supports=ctx.probe.stage == "negotiation",
    )


def _other_owner(ctx: Context) -> dict[str, Any] | None:
    """Who listens on the port in TermService's place, where nobody else than others does, by their processes."""
    port, service = _port_of_running_listener(ctx), ctx.snapshot.service("TermService")
    if not port or not port["listeners"] or not service or not service["pid"]:
        return None
    if any(entry["pid"] in (None, 0, service["pid"]) for entry in port["listeners"]):
        return None
    other: dict[str, Any] = port["listeners"][0]
    return other


def _port_of_running_listener(ctx: Context) -> dict[str, Any] | None:
    """Section port, where TermService should listen; None where something that is known keeps it from listening."""
    snapshot = ctx.snapshot
    if not snapshot.rdp_enabled or not snapshot.running("TermService"):
        return None
    if snapshot.effective("fEnableWinStation") != 1 or _missing_adapter(ctx):
        return None
    if _key_is_gone(ctx) or _key_is_hollow(ctx):
        return None
    if any(snapshot.number(r"SYSTEM\Setup", name) for name in ("SystemSetupInProgress", "OOBEInProgress")):
        return None
    return snapshot.section("port")


def _key_is_gone(ctx: Context) -> bool:
    section = ctx.snapshot.section("listener")
    return section is not None and not section["rdp_tcp"]["present"]


def _key_is_hollow(ctx: Context) -> bool:
    """Whether the key is there without what every listener has, and nothing listens."""
    section, port = ctx.snapshot.section("listener"), ctx.snapshot.section("port")
    if not section or not port or port["listeners"] or not section["rdp_tcp"]["present"]:
        return False
    # One that is missing alone may only not have been given.
    return all(section["rdp_tcp"]["settings"].get(name) is None for name in _ESSENTIAL)


@rule
def check_listener_key(ctx: Context) -> Iterator[Finding]:
    section, gone = ctx.snapshot.section("listener"), _key_is_gone(ctx)
    if not section or not (gone or _key_is_hollow(ctx)):
        return
    yield ctx.corroborate(
        ctx.finding(
            catalogue.LISTENER_MISSING,
            summary=DEFAULT if gone else "incomplete",
            evidence=[
                Evidence(
                    "the key does not exist" if gone else f"it has none of {', '.join(_ESSENTIAL)}",
                    section["rdp_tcp"]["path"],
                )
            ],
        ),
        supports=ctx.probe.refused,
    )


def _missing_adapter(ctx: Context) -> str | None:
    """What is wrong with the adapter that the listener is tied to, by its number in the table ``lanatable``; None also
    where that may stand in what was not read.
    """
    setting, network = ctx.snapshot.setting("LanAdapter"), ctx.snapshot.section("network")
    if not setting or not setting.effective or ctx.snapshot.section("registry") is None or network is None:
        return None
    bound = [
        name
        for name in ctx.snapshot.subkeys(_ADAPTERS)
        if ctx.snapshot.number(rf"{_ADAPTERS}\{name}", "LanaId") == setting.effective
    ]
    present = {row["id"].lower() for row in network["adapters"]}
    if any(name.lower() in present for name in bound) or ctx.snapshot.keys_unread(_ADAPTERS):
        return None
    if bound:
        return f"adapter number {setting.effective} is {bound[0]}, which the host does not have"
    return f"adapter number {setting.effective} is in no entry"


@rule
def check_adapter(ctx: Context) -> Iterator[Finding]:
    setting, missing = ctx.snapshot.setting("LanAdapter"), _missing_adapter(ctx)
    if not setting or not missing:
        return
    table = Evidence(missing, f"HKLM\\{_ADAPTERS}")
    yield ctx.corroborate(
        setting_finding(ctx, catalogue.LISTENER_ADAPTER_GONE, setting, 0, more=[table]),
        supports=ctx.probe.refused or ctx.probe.unreachable,
    )


@rule
def check_drain_mode(ctx: Context) -> Iterator[Finding]:
    """Administrators may still get in, so it is a warning, and somebody intended it."""
    for name, healthy, text in (
        ("TSServerDrainMode", 0, "drain_mode"),
        ("TSUserEnabled", 0, DEFAULT),
        ("TSEnabled", 1, DEFAULT),
    ):
        setting = ctx.snapshot.setting(name)
        if not setting or setting.effective == healthy:
            continue
        value = setting.fault or f"is {setting.effective}"
        yield ctx.corroborate(
            ctx.finding(
                catalogue.LISTENER_DRAINING,
                summary=text,
                advice=text,
                evidence=[Evidence(f"{name} {value}, {healthy} would let users in", setting.where)],
                where=setting.where,
                healthy=healthy,
            )
        )
        return


@rule
def check_connection_limit(ctx: Context) -> Iterator[Finding]:
    found = _limit_that_is_set(ctx) or _limit_for_administration(ctx) or _limit_that_a_user_met(ctx)
    if found:
        yield found


def _limit_that_is_set(ctx: Context) -> Finding | None:
    setting, port = ctx.snapshot.setting("MaxInstanceCount"), ctx.snapshot.section("port")
    most = ctx.snapshot.effective("MaxInstanceCount")
    if not setting or not isinstance(most, int) or most >= NO_LIMIT:
        return None
    connections = port["established"] if port else 0
    if most and connections < most:
        return None
    evidence = EvidenceList()
    evidence.add(f"MaxInstanceCount is {most} ({setting.source})", setting.where)
    evidence.add_if(most, f"{connections} open connection(s)", "section port")
    finding = ctx.finding(
        catalogue.LISTENER_CONNECTION_LIMIT,
        summary=DEFAULT if most else "zero",
        advice="policy" if setting.by_policy else DEFAULT,
        owner=owner_of(setting),
        evidence=evidence,
        set_by=setting.set_by,
        where=setting.where,
    )
    if of_the_limit(ctx.client):
        # Connections come and go: that the look found one free says nothing against who did not.
        return replace(finding, confidence=LIKELY, evidence_for=(*finding.evidence_for, ctx.client_evidence))
    return ctx.corroborate(finding, supports=ctx.probe.ends_in_negotiation)


def _limit_for_administration(ctx: Context) -> Finding | None:
    """The sessions of a server that is no session host are all taken, and a further user was ended before the logon."""
    users = _logged_on(ctx)
    if len(users) < _FOR_ADMINISTRATION or not _is_for_administration(ctx):
        return None
    at = _turned_away(ctx)
    if at is None:
        return None
    evidence = EvidenceList()
    evidence.add(f"{len(users)} sessions: {', '.join(users)}", "section sessions")
    evidence.add("the role RD Session Host is not installed", "section licensing")
    fact = f"event 1149 of {RCM} at {at}: a user was authenticated; 40 of {SESSIONS} soon after, and no 21, 22 or 25"
    evidence.add(fact, "section events")
    return ctx.finding(
        catalogue.LISTENER_CONNECTION_LIMIT,
        summary="administration",
        advice="administration",
        severity=WARNING,
        evidence=evidence,
        # Without Network Level Authentication 1149 comes before any password.
        confidence=likely_if(ctx.snapshot.effective("UserAuthentication") == 1),
    )


def _limit_that_a_user_met(ctx: Context) -> Finding | None:
    """Windows says it to the one who comes too late; who was there then may be gone by now."""
    if not of_the_limit(ctx.client):
        return None
    users = _logged_on(ctx)
    evidence = EvidenceList([ctx.client_evidence])
    if users:
        # That somebody is logged on is nothing amiss.
        evidence.append(Evidence(f"{len(users)} session(s): {', '.join(users)}", "section sessions", beside=True))
    return ctx.finding(
        catalogue.LISTENER_CONNECTION_LIMIT,
        summary="met",
        advice="administration" if _is_for_administration(ctx) else "met",
        severity=WARNING,
        evidence=evidence,
        confidence=LIKELY,
        # Windows' own limit comes back where a tool that lifted it does not fit this build.
        needs_evidence=["whether a tool that lifts the limit works here: it would let more in"] * lifts_the_limit(ctx),
    )


def _is_for_administration(ctx: Context) -> bool:
    host, licensing = ctx.snapshot.section("host"), ctx.snapshot.section("licensing")
    server = host is not None and host["product_type"] in _SERVERS
    return server and licensing is not None and licensing["session_host"] is False


def _logged_on(ctx: Context) -> list[str]:
    section = ctx.snapshot.section("sessions")
    return [one["user"] for one in (section["sessions"] if section else ()) if one["user"]]


def _turned_away(ctx: Context) -> str | None:
    """When the last user of this day was authenticated, if that connection ended and no session came of it."""
    if ctx.lately is None:
        return None
    began = max((str(row["utc"]) for row in ctx.snapshot.listed_events(RCM, 1149)), default=None)
    if began is None or parse(began) < ctx.lately:
        return None
    ended = [at for at in _times(ctx, 40) if parse(began) <= at <= parse(began) + _ENDED_WITHIN]
    logged_on = [at for at in _times(ctx, 21, 22, 25) if at >= parse(began)]
    return began if ended and not logged_on else None


def _times(ctx: Context, *ids: int) -> list[datetime]:
    return [parse(row["utc"]) for row in ctx.snapshot.listed_events(SESSIONS, *ids)]


@rule
def check_encryption_level(ctx: Context) -> Iterator[Finding]:
    """Only legacy RDP security looks at it, but a value that cannot be is a fault, and 1 contradicts TLS."""
    setting = ctx.snapshot.setting("MinEncryptionLevel")
    if not setting or setting.effective in (2, 3, 4):
        return
    summary = DEFAULT
    if setting.effective == 1:
        summary = "contradiction"
        if ctx.snapshot.effective("SecurityLayer") != 2:
            return
    # With a level that is none, client and host may not agree on how to secure the connection:
    # https://github.com/Azure/repair-script-library/blob/main/src/windows/win-fix-rdp-connectivity.ps1
    severity = critical_if(summary == DEFAULT and ctx.probe.ends_in_negotiation)
    yield ctx.corroborate(
        setting_finding(
            ctx, catalogue.LISTENER_ENCRYPTION_LEVEL_INVALID, setting, 3, summary=summary, severity=severity
        )
    )


def _keys_refused_lately(ctx: Context) -> EvidenceList:
    """A key that could not be used, of whatever program on the host: its number alone says so."""
    lately = ctx.lately
    if lately is None or not KEY_UNUSABLE & ctx.snapshot.numbers_since(lately, SCHANNEL, 36870):
        return EvidenceList()
    return logged_errors(ctx, lately, SCHANNEL, 36870)


# What is logged where the listener, its certificate or its services fail. What else stands in these logs every
# connection leaves, or each start of a host that is in no domain.
_OF_LISTENER = (260, 1035, 1036, 1051, 1054, 1055, 1057, 1058, 1059)
# The same of a whole day, with what renewals from templates leave; and the events that say that a renewal came, which
# settle the failures before it.
_LOGGED = (*_OF_LISTENER, 1062, 1064, 1065, 1067)
_RENEWALS = {1056: (1057, 1058), 1063: (1062, 1064, 1065)}
# A certificate without its private key, and no certificate that fits: which program's, they do not say.
_OF_CREDENTIALS = (36869, 36872)
_AT_THE_LOOK = "at the time of the look"


def errors_since(ctx: Context, since: datetime | None, when: str) -> list[Evidence]:
    """Errors of the listener and of its services since then; ``when`` says that time in words."""
    return [
        *logged_errors(ctx, since, RCM, *_OF_LISTENER, when=when),
        *logged_errors(ctx, since, SESSIONS, 17, when=when),
        *logged_errors(ctx, since, SERVICE_CONTROL_MANAGER, *FAILED_STARTS, when=when, of=CONCERNED),
        *_crashes(ctx, since, when, CRASHING),
    ]


def errors_met(ctx: Context) -> Finding | None:
    """Errors of the very time at which a look was ended: what they have to do with it they do not say, and before them
    nothing is guessed. Those of any program alone are a suspicion.
    """
    began = ctx.look_began
    own = errors_since(ctx, began, _AT_THE_LOOK)
    of_any_program = logged_errors(ctx, began, SCHANNEL, *_OF_CREDENTIALS, when=_AT_THE_LOOK)
    if not own and not of_any_program:
        return None
    return ctx.finding(
        catalogue.LISTENER_ERRORS_LOGGED,
        summary="met" if own else "certificates",
        advice="met",
        severity=CRITICAL,
        evidence=[ctx.probe_evidence, *own, *of_any_program],
        # Without the time of the look they are of the minutes around it.
        confidence=likely_if(own and ctx.probe.time),
        needs_evidence=["whether they come again with each look"],
    )


def _crashes(ctx: Context, since: datetime | None, when: str, names: Iterable[str]) -> Iterator[Evidence]:
    """Crashes of these services' processes since then; the report of one (1001) has the same names."""
    rows = ctx.snapshot.listed_events(APPLICATION_ERROR, 1000) or ctx.snapshot.listed_events(ERROR_REPORTING, 1001)
    lately = [row for row in rows if since and parse(row["utc"]) >= since]
    for name in names:
        count = sum(1 for row in lately if name in row["modules"])
        if count:
            yield Evidence(f"{name} crashed {times(count)} {when}", "section events")


def _succeeded(ctx: Context, failed: tuple[int, ...], done: int) -> bool:
    return renewal_failed(ctx.snapshot, None, failed, done) is None


# SEC_E_NO_CREDENTIALS and what says that a key cannot be used: of the host's own certificate.
_OF_THE_HOST = KEY_UNUSABLE | {0x8009030E}


def errors_logged(ctx: Context) -> Finding | None:
    """Errors of the last day on a host that nobody looked at: alone they prove nothing, and silence would be wrong.

    A connection that ended in an error may be anybody's, and an error of a key any program's: suspicions. So is what a
    service met that was started since.
    """
    settled = {number for done, failed in _RENEWALS.items() if _succeeded(ctx, failed, done) for number in failed}
    evidence = [
        *logged_errors(ctx, ctx.lately, RCM, *(number for number in _LOGGED if number not in settled)),
        *logged_errors(ctx, ctx.lately, SESSIONS, 17),
        *logged_errors(ctx, ctx.lately, SERVICE_CONTROL_MANAGER, *FAILED_STARTS, of=CONCERNED),
        *_crashes(ctx, ctx.lately, "in the last day", CRASHING),
    ]
    ended = logged_errors(ctx, ctx.lately, CORE, 139)
    # EVENT_AUTORECONNECT_AUTHENTICATION_FAILED: of a client that was in before, and whose connection broke.
    reconnections = logged_errors(ctx, ctx.lately, RCM, 1041)
    of_any_program = _keys_refused_lately(ctx)
    over = logged_errors(ctx, ctx.lately, SERVICE_CONTROL_MANAGER, *FAILED_STARTS, of=CONCERNED, settled=True)
    own = evidence or (ctx.lately and _OF_THE_HOST & ctx.snapshot.numbers_since(ctx.lately, CORE, 139))
    everything = [*evidence, *ended, *reconnections, *of_any_program, *over]
    if not everything:
        return None
    summaries = ((own, DEFAULT), (ended, "clients"), (of_any_program, "keys"), (reconnections, "reconnections"))
    summary = next((name for found, name in summaries if found), DEFAULT)
    return ctx.finding(
        catalogue.LISTENER_ERRORS_LOGGED,
        summary=summary,
        advice="reconnections" if summary == "reconnections" else DEFAULT,
        evidence=everything,
        confidence=likely_if(own),
        needs_evidence=["a probe of the listener from where clients are"],
    )
