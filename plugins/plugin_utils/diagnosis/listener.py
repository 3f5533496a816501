# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the listener's settings: is it on, and can it agree with a client on how to secure the connection."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, WARNING, Context, Evidence, Finding, rule
from ansible_collections.winops.rdp.plugins.plugin_utils.host.settings import Setting


def _wrong(ctx: Context, id_: str, severity: str, summary: str, setting: Setting, target: int, fits: bool | None, *more: Evidence) -> Finding:
    """A setting with a value in force that should be ``target``; one that a policy sets is left to the policy."""
    value = setting.fault or f"is {setting.effective}"
    by_policy = setting.source == "policy"
    if by_policy and setting.local:
        more = (*more, Evidence(f"the listener's own value is {setting.local['data']}, which the policy overrides", "section listener"))
    return ctx.judged(
        Finding(
            id_,
            severity,
            summary,
            evidence_for=(Evidence(f"{setting.name} {value} ({setting.source})", setting.where), *more),
            owner="policy" if by_policy else "host",
            no_remedy=(
                f"Group Policy '{setting.policy_title}' sets {setting.name} to {setting.effective}; a change on the host would not last, change it there"
                f" ({setting.policy_name}; on the host: {setting.where})"
                if by_policy
                else None
            ),
            subject={"key": setting.key, "name": setting.name, "data": target},
        ),
        fits=fits,
    )


@rule
def turned_off(ctx: Context) -> Iterator[Finding]:
    refused = True if ctx.sight.refused or ctx.sight.dies_in_negotiation else False if ctx.sight.gets_in else None
    for name, healthy, id_, summary in (
        ("fDenyTSConnections", 0, "listener.rdp_disabled", "Remote Desktop is turned off on this host"),
        ("fEnableWinStation", 1, "listener.disabled", "The listener RDP-Tcp is turned off"),
        ("fLogonDisabled", 0, "listener.logon_disabled", "The listener RDP-Tcp takes no new logons"),
    ):
        setting = ctx.host.setting(name)
        if setting and setting.effective != healthy:
            yield _wrong(ctx, id_, CRITICAL, summary, setting, healthy, None if name == "fLogonDisabled" else refused)


@rule
def security_layer(ctx: Context) -> Iterator[Finding]:
    layer, nla = ctx.host.setting("SecurityLayer"), ctx.host.effective("UserAuthentication")
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
            False if ctx.sight.gets_in else True if ctx.sight.stage in ("negotiation", "tls") else None,
        )
    elif layer.effective == 0 and nla == 1:
        yield _wrong(
            ctx,
            "listener.security_layer_conflict",
            CRITICAL,
            "SecurityLayer 0 (no TLS) contradicts Network Level Authentication, which needs TLS",
            layer,
            2,
            True if ctx.sight.denied or ctx.sight.dies_in_negotiation or ctx.sight.offers("tls") is False else False if ctx.sight.gets_in else None,
            Evidence("UserAuthentication is 1", "section listener"),
        )
    else:
        offered = ctx.sight.offers("rdp") if layer.effective == 1 and nla != 1 else (True if ctx.sight.offers("tls") is False else None)
        yield _wrong(
            ctx,
            "listener.security_layer_weak",
            WARNING,
            "The listener accepts connections without TLS" if layer.effective == 0 or nla != 1 else "The listener does not insist on TLS",
            layer,
            2,
            offered,
        )


@rule
def nla(ctx: Context) -> Iterator[Finding]:
    setting = ctx.host.setting("UserAuthentication")
    if setting and setting.effective != 1:
        # A listener that takes plain TLS does not insist on NLA.
        yield _wrong(
            ctx, "nla.disabled", WARNING, "Network Level Authentication is not required", setting, 1, ctx.sight.offers("tls") or ctx.sight.offers("rdp")
        )


@rule
def negotiation(ctx: Context) -> Iterator[Finding]:
    setting = ctx.host.setting("fAllowSecProtocolNegotiation")
    if setting and setting.effective != 1:
        stopped = ctx.sight.stage in ("negotiation", "tls") or ctx.sight.offers("tls") is False
        yield _wrong(
            ctx,
            "listener.negotiation_disabled",
            CRITICAL,
            "The listener does not negotiate how a connection is secured; clients that ask for TLS or NLA are turned away",
            setting,
            1,
            True if stopped else False if ctx.sight.gets_in else None,
        )


@rule
def not_listening(ctx: Context) -> Iterator[Finding]:
    """Everything is on and the service runs, and still nobody listens on the port, or somebody else does."""
    host, port, service = ctx.host, ctx.host.section("port"), ctx.host.service("TermService")
    if not port or not service or not host.rdp_enabled or not host.running("TermService") or host.effective("fEnableWinStation") != 1:
        return
    if not port["listeners"]:
        yield ctx.judged(
            Finding(
                "listener.not_listening",
                CRITICAL,
                f"TermService runs, but nothing listens on port {port['number']}",
                evidence_for=(Evidence(f"no listener on port {port['number']}", "section port"),),
            ),
            fits=True if ctx.sight.refused else False if ctx.sight.gets_in else None,
        )
        return
    strangers = [entry for entry in port["listeners"] if entry["pid"] and service["pid"] and entry["pid"] != service["pid"]]
    if strangers and len(strangers) == len(port["listeners"]):
        yield ctx.judged(
            Finding(
                "listener.port_taken",
                CRITICAL,
                f"Port {port['number']} belongs to another program ({strangers[0]['process'] or 'process'} {strangers[0]['pid']})",
                evidence_for=(Evidence(f"TermService is process {service['pid']}", "section services"),),
                no_remedy="stop the other program or move one of the two to another port",
            ),
            fits=False if ctx.sight.gets_in else True if ctx.sight.stage == "negotiation" else None,
        )
