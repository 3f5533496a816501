# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the listener's settings: is it on, and can it agree with a client on how to secure the connection."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    WARNING,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.settings import Setting


def _wrong(
    ctx: Context,
    id_: str,
    severity: str,
    summary: str,
    setting: Setting,
    target: int,
    fits: bool | None,
    *more: Evidence,
    left: str | None = None,
) -> Finding:
    """A setting with a value in force that should be ``target``. One that a policy sets is left to the policy; ``left`` says why another is left to people."""
    value = setting.fault or f"is {setting.effective}"
    by_policy = setting.by_policy
    if by_policy and setting.local:
        more = (
            *more,
            Evidence(
                f"the listener's own value is {setting.local['data']}, which the policy overrides", "section listener"
            ),
        )
    return ctx.judged(
        Finding(
            id_,
            severity,
            summary,
            evidence_for=(Evidence(f"{setting.name} {value} ({setting.source})", setting.where), *more),
            owner="policy" if by_policy else "host",
            advice=(
                f"{setting.set_by} sets {setting.name} to {setting.effective}; a change on the host would not last, change it there"
                f" ({setting.policy_name}; on the host: {setting.where})"
                if by_policy
                else left
            ),
            target={"key": setting.key, "name": setting.name, "data": target},
        ),
        fits=fits,
    )


@rule
def turned_off(ctx: Context) -> Iterator[Finding]:
    refused = True if ctx.probe.refused or ctx.probe.ends_in_negotiation else False if ctx.probe.logon_reached else None
    for name, healthy, id_, summary in (
        ("fDenyTSConnections", 0, "listener.rdp_disabled", "Remote Desktop is turned off on this host"),
        ("fEnableWinStation", 1, "listener.disabled", "The listener RDP-Tcp is turned off"),
        ("fLogonDisabled", 0, "listener.logon_disabled", "The listener RDP-Tcp takes no new logons"),
    ):
        setting = ctx.snapshot.setting(name)
        if setting and setting.effective != healthy:
            yield _wrong(ctx, id_, CRITICAL, summary, setting, healthy, None if name == "fLogonDisabled" else refused)


@rule
def security_layer(ctx: Context) -> Iterator[Finding]:
    layer, nla = ctx.snapshot.setting("SecurityLayer"), ctx.snapshot.effective("UserAuthentication")
    if not layer or layer.effective == 2:
        return
    if layer.effective not in (0, 1):
        yield _wrong(
            ctx,
            "listener.security_layer_invalid",
            CRITICAL,
            "SecurityLayer has a value that Windows does not know; the listener cannot agree with any client",
            layer,
            2,
            False if ctx.probe.logon_reached else True if ctx.probe.stage in ("negotiation", "tls") else None,
        )
    elif layer.effective == 0 and nla == 1:
        yield _wrong(
            ctx,
            "listener.security_layer_conflict",
            CRITICAL,
            "SecurityLayer 0 (no TLS) contradicts Network Level Authentication, which needs TLS",
            layer,
            2,
            True
            if ctx.probe.denied or ctx.probe.ends_in_negotiation or ctx.probe.offers("tls") is False
            else False
            if ctx.probe.logon_reached
            else None,
            Evidence("UserAuthentication is 1", "section listener"),
        )
    else:
        offered = (
            ctx.probe.offers("rdp")
            if layer.effective == 1 and nla != 1
            else (True if ctx.probe.offers("tls") is False else None)
        )
        yield _wrong(
            ctx,
            "listener.security_layer_weak",
            WARNING,
            "The listener accepts connections without TLS"
            if layer.effective == 0 or nla != 1
            else "The listener does not insist on TLS",
            layer,
            2,
            offered,
        )


@rule
def negotiation(ctx: Context) -> Iterator[Finding]:
    setting = ctx.snapshot.setting("fAllowSecProtocolNegotiation")
    if setting and setting.effective != 1:
        stopped = ctx.probe.stage in ("negotiation", "tls") or ctx.probe.offers("tls") is False
        yield _wrong(
            ctx,
            "listener.negotiation_disabled",
            CRITICAL,
            "The listener does not negotiate how a connection is secured; clients that ask for TLS or NLA are turned away",
            setting,
            1,
            True if stopped else False if ctx.probe.logon_reached else None,
        )


@rule
def not_listening(ctx: Context) -> Iterator[Finding]:
    """Everything is on and the service runs, and still nobody listens on the port, or somebody else does."""
    host, port, service = ctx.snapshot, ctx.snapshot.section("port"), ctx.snapshot.service("TermService")
    if (
        not port
        or not service
        or not host.rdp_enabled
        or not host.running("TermService")
        or host.effective("fEnableWinStation") != 1
    ):
        return
    if (
        _key_gone(ctx)
        or _adapter_gone(ctx)
        or any(host.number(r"SYSTEM\Setup", name) for name in ("SystemSetupInProgress", "OOBEInProgress"))
    ):
        return  # these explain it
    if not port["listeners"]:
        # Setup that is not over, or an adapter that is gone, would explain it: without these sections it is no more than likely.
        unread = tuple(
            f"section {name}, which the host did not give"
            for name in ("registry", "network")
            if host.section(name) is None
        )
        yield ctx.judged(
            Finding(
                "listener.not_listening",
                CRITICAL,
                f"TermService runs, but nothing listens on port {port['number']}",
                evidence_for=(Evidence(f"no listener on port {port['number']}", "section port"),),
                needs_evidence=unread,
            ),
            fits=None if unread else True if ctx.probe.refused else False if ctx.probe.logon_reached else None,
        )
        return
    strangers = [
        entry for entry in port["listeners"] if entry["pid"] and service["pid"] and entry["pid"] != service["pid"]
    ]
    if strangers and len(strangers) == len(port["listeners"]):
        yield ctx.judged(
            Finding(
                "listener.port_taken",
                CRITICAL,
                f"Port {port['number']} belongs to another program ({strangers[0]['process'] or 'process'} {strangers[0]['pid']})",
                evidence_for=(Evidence(f"TermService is process {service['pid']}", "section services"),),
                advice="stop the other program or move one of the two to another port",
            ),
            fits=False if ctx.probe.logon_reached else True if ctx.probe.stage == "negotiation" else None,
        )


def _key_gone(ctx: Context) -> bool:
    section = ctx.snapshot.section("listener")
    return section is not None and not section["rdp_tcp"]["present"]


@rule
def missing(ctx: Context) -> Iterator[Finding]:
    section = ctx.snapshot.section("listener")
    if not section or not _key_gone(ctx):
        return
    yield ctx.judged(
        Finding(
            "listener.missing",
            CRITICAL,
            "The listener RDP-Tcp is not there: its key is gone from the registry",
            evidence_for=(Evidence("the key does not exist", section["rdp_tcp"]["path"]),),
            advice="import the key from a host with the same version of Windows (reg export there, reg import here), then restart TermService",
        ),
        fits=True if ctx.probe.refused else False if ctx.probe.logon_reached else None,
    )


_ADAPTERS = collect.TERMINAL_SERVER + r"\lanatable"


def _adapter_gone(ctx: Context) -> str | None:
    """What is wrong with the network adapter that the listener is tied to, by a number that the table ``lanatable`` gives each of them."""
    setting, network = ctx.snapshot.setting("LanAdapter"), ctx.snapshot.section("network")
    if not setting or not setting.effective or ctx.snapshot.section("registry") is None or network is None:
        return None
    bound = [
        name
        for name in ctx.snapshot.subkeys(_ADAPTERS)
        if ctx.snapshot.number(rf"{_ADAPTERS}\{name}", "LanaId") == setting.effective
    ]
    present = {row["id"].lower() for row in network["adapters"]}
    if any(name.lower() in present for name in bound):
        return None
    return f"adapter number {setting.effective} is {f'{bound[0]}, which the host does not have' if bound else 'in no entry'}"


@rule
def adapter(ctx: Context) -> Iterator[Finding]:
    setting, gone = ctx.snapshot.setting("LanAdapter"), _adapter_gone(ctx)
    if not setting or not gone:
        return
    yield _wrong(
        ctx,
        "listener.adapter_gone",
        CRITICAL,
        "The listener is tied to a network adapter that the host does not have",
        setting,
        0,
        True if ctx.probe.refused or ctx.probe.unreachable else False if ctx.probe.logon_reached else None,
        Evidence(gone, f"HKLM\\{_ADAPTERS}"),
        left=f"somebody tied it to one network on purpose: tie it to the adapter that took its place, or set {setting.where} to 0 (all), then restart"
        " TermService",
    )


@rule
def draining(ctx: Context) -> Iterator[Finding]:
    """Administrators may still get in, so it is a warning, and it was somebody's intent."""
    for name, healthy in (("TSServerDrainMode", 0), ("TSUserEnabled", 0), ("TSEnabled", 1)):
        setting = ctx.snapshot.setting(name)
        if not setting or setting.effective == healthy:
            continue
        yield ctx.judged(
            Finding(
                "listener.draining",
                WARNING,
                "The host is in drain mode and takes no new users"
                if name == "TSServerDrainMode"
                else "The host is told to take no new users",
                evidence_for=(
                    Evidence(
                        f"{name} {setting.fault or f'is {setting.effective}'}, {healthy} would let users in",
                        setting.where,
                    ),
                ),
                advice="somebody is about to maintain it; when that is over: change logon /enable"
                if name == "TSServerDrainMode"
                else f"somebody did it on purpose; when that is over, set {setting.where} to {healthy}",
            ),
            fits=None,
        )
        return


@rule
def limit(ctx: Context) -> Iterator[Finding]:
    setting, port = ctx.snapshot.setting("MaxInstanceCount"), ctx.snapshot.section("port")
    most = setting.effective if setting else None
    # 999999 is how the policy says 'no limit'.
    if not setting or not isinstance(most, int) or most >= 999999:
        return
    open_ = port["established"] if port else 0
    if most and open_ < most:
        return
    by_policy = setting.by_policy
    yield ctx.judged(
        Finding(
            "listener.connection_limit",
            CRITICAL,
            "The listener takes no connection at all: its limit is 0"
            if not most
            else "All connections that the listener may take are in use",
            evidence_for=(
                Evidence(f"MaxInstanceCount is {most} ({setting.source})", setting.where),
                *((Evidence(f"{open_} open connection(s)", "section port"),) if most else ()),
            ),
            owner="policy" if by_policy else "host",
            advice=f"{setting.set_by} sets the limit; raise it there"
            if by_policy
            else f"raise it: set {setting.where} to 4294967295 (no limit), or end sessions",
        ),
        fits=True if ctx.probe.ends_in_negotiation else False if ctx.probe.logon_reached else None,
    )


@rule
def encryption(ctx: Context) -> Iterator[Finding]:
    """Only legacy RDP security looks at it, but a value that cannot be is a fault, and 1 contradicts TLS."""
    setting = ctx.snapshot.setting("MinEncryptionLevel")
    if (
        not setting
        or setting.effective in (2, 3, 4)
        or (setting.effective == 1 and ctx.snapshot.effective("SecurityLayer") != 2)
    ):
        return
    yield _wrong(
        ctx,
        "listener.encryption_level_invalid",
        WARNING,
        "MinEncryptionLevel 1 contradicts SecurityLayer 2"
        if setting.effective == 1
        else "MinEncryptionLevel has a value that Windows does not know",
        setting,
        3,
        None,
    )
