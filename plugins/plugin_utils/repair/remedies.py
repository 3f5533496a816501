# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Remedies: what repairs a finding, as steps and as needs that the planner joins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import REMOTE_DESKTOP_STORE
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step


@dataclass(frozen=True)
class Remedy:
    """Steps for one finding, and what must follow once for all findings.

    ``renews`` lists thumbprints that the listener's certificate must no longer have (None: no new certificate is
    due); ``reload`` says that the change takes effect when TermService is restarted; ``starts`` are services that must
    run.
    """

    steps: tuple[Step, ...] = ()
    renews: tuple[str, ...] | None = None
    reload: bool = False
    starts: tuple[str, ...] = ()


class Refused(Exception):
    """A remedy that must not be applied.

    ``summary`` says why in a few words, ``detail`` what to do next, ``guard`` which guard stood in the way.
    """

    def __init__(self, summary: str, detail: str | None = None, guard: str = "refused") -> None:
        super().__init__(f"{summary}; {detail}" if detail else summary)
        self.summary = summary
        self.detail = detail
        self.guard = guard


@dataclass(frozen=True)
class Options:
    """What the user allows. ``skip`` and ``only`` are finding ids (``only`` empty: all)."""

    allow_disconnect: bool = False
    drop_dead_pin: bool = True
    skip: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


Maker = Callable[[Finding, Snapshot, Options], Remedy]
REMEDIES: dict[str, Maker] = {}


def remedy(*types: FindingType) -> Callable[[Maker], Maker]:
    """Enter a remedy for findings of these types."""

    def enter(maker: Maker) -> Maker:
        REMEDIES.update({type_.id: maker for type_ in types})
        return maker

    return enter


def _renewal_guard(host: Snapshot) -> None:
    """A certificate may only go if Windows will make another one."""
    if host.service("SessionEnv") is None:
        raise Refused("the service SessionEnv, which would make a new certificate, is not installed")


_WHY_RENEWED = {
    catalogue.CERTIFICATE_EXPIRED.id: "its validity has ended",
    catalogue.CERTIFICATE_KEY_MISSING.id: "its private key is gone",
    catalogue.CERTIFICATE_NOT_YET_VALID.id: "it is not valid yet",
}


@remedy(catalogue.CERTIFICATE_EXPIRED, catalogue.CERTIFICATE_KEY_MISSING, catalogue.CERTIFICATE_NOT_YET_VALID)
def renew(finding: Finding, host: Snapshot, options: Options) -> Remedy:
    thumbprint = finding.target["thumbprint"]
    _renewal_guard(host)
    step = steps.remove_certificate(
        thumbprint, f"{_WHY_RENEWED[finding.id]}; SessionEnv makes a new certificate when there is none", finding.id
    )
    # A key file that SessionEnv cannot replace would make the renewal fail, and leave the host without any certificate.
    repair = [file for file in _key_files(host) if file["container"] and file["sddl"] and not _manageable(host, file)]
    return Remedy(
        (*(key_access_step(file["path"], file["sddl"], host, finding.id) for file in repair), step),
        renews=(thumbprint,),
        reload=True,
    )


def _key_files(host: Snapshot) -> list[dict[str, Any]]:
    files = host.section("key_files")
    return (
        [file for file in files["files"] if file["store"] in (REMOTE_DESKTOP_STORE, None) and file["exists"]]
        if files
        else []
    )


def _manageable(host: Snapshot, file: dict[str, Any]) -> bool:
    descriptor = host.key_descriptor(file)
    return descriptor is None or acl.granted(descriptor, acl.SYSTEM_TOKEN | {acl.SESSIONENV}, acl.FULL_CONTROL)


def key_access_step(path: str, sddl: str, host: Snapshot, finding: str) -> Step:
    repaired = acl.repaired_key_file(acl.parse(sddl), host.build)
    return steps.set_acl(
        path,
        repaired.to_sddl(),
        "give back the access that Windows sets on this key file, and take nothing else away",
        finding,
    )


@remedy(catalogue.CERTIFICATE_MISSING)
def make(finding: Finding, host: Snapshot, options: Options) -> Remedy:
    _renewal_guard(host)
    return Remedy(renews=tuple(finding.target["present"]), reload=True)


@remedy(catalogue.CERTIFICATE_KEY_UNREADABLE)
def key_access(finding: Finding, host: Snapshot, options: Options) -> Remedy:
    # With a key that is still held open the repair can wait for the next start by itself; with another in its place
    # it cannot.
    reload = finding.severity == CRITICAL or bool(finding.target.get("replaced"))
    return Remedy((key_access_step(finding.target["path"], finding.target["sddl"], host, finding.id),), reload=reload)


@remedy(catalogue.CERTIFICATE_PIN_DEAD)
def unpin(finding: Finding, host: Snapshot, options: Options) -> Remedy:
    if not options.drop_dead_pin:
        raise Refused(
            "the pin is dead, but drop_dead_pin is false",
            "bind a good certificate with winops.rdp.certificate state=bound",
        )
    section = host.section("host")
    if section is None or section["connection_broker"]:
        raise Refused(
            "this host is a Connection Broker (or could not say): a pin there belongs to the deployment",
            "set its certificates in the deployment",
        )
    step = steps.remove_value(
        finding.target["key"],
        finding.target["name"],
        "the pin is dead; without it the listener uses its self-signed certificate",
        finding.id,
    )
    own = host.self_signed
    usable = (
        own
        and own.thumbprint
        and (entry := host.find_certificate(own.thumbprint, REMOTE_DESKTOP_STORE))
        and host.now
        and not entry.expired(host.now)
    )
    return Remedy((step,), renews=None if usable else (), reload=True)


@remedy(catalogue.CERTIFICATE_STORE_NAME)
def store_name(finding: Finding, host: Snapshot, options: Options) -> Remedy:
    step = steps.set_value(
        finding.target["key"],
        finding.target["name"],
        REMOTE_DESKTOP_STORE,
        "where the service keeps its certificate",
        finding.id,
    )
    return Remedy((step,), reload=True)


@remedy(catalogue.CERTIFICATE_NOT_PRESENTED, catalogue.LISTENER_NOT_LISTENING, catalogue.SERVICE_STALE_CREDENTIAL)
def reload_listener(finding: Finding, host: Snapshot, options: Options) -> Remedy:
    return Remedy(reload=True)


@remedy(
    catalogue.LISTENER_RDP_DISABLED,
    catalogue.LISTENER_SECURITY_LAYER_INVALID,
    catalogue.LISTENER_SECURITY_LAYER_CONFLICT,
    catalogue.LISTENER_SECURITY_LAYER_WEAK,
    catalogue.NLA_DISABLED,
    catalogue.LISTENER_ENCRYPTION_LEVEL_INVALID,
)
def set_listener(finding: Finding, host: Snapshot, options: Options) -> Remedy:
    target = finding.target
    # With RDP turned on, the services that answer must run as well.
    starts = (
        tuple(name for name in ("SessionEnv", "TermService") if host.running(name) is False)
        if finding.id == catalogue.LISTENER_RDP_DISABLED.id
        else ()
    )
    return Remedy(
        (steps.set_value(target["key"], target["name"], target["data"], finding.summary, finding.id),), starts=starts
    )


@remedy(catalogue.LISTENER_NEGOTIATION_DISABLED, catalogue.LISTENER_DISABLED, catalogue.LISTENER_LOGON_DISABLED)
def set_listener_and_reload(finding: Finding, host: Snapshot, options: Options) -> Remedy:
    return Remedy(set_listener(finding, host, options).steps, reload=True)


@remedy(catalogue.SERVICE_DISABLED)
def enable(finding: Finding, host: Snapshot, options: Options) -> Remedy:
    name = finding.target["service"]
    start = 2 if name == "CryptSvc" else 3
    step = steps.start_type(
        name, start, f"Windows' own start type of {name} is {'automatic' if start == 2 else 'manual'}", finding.id
    )
    wanted = (
        name in ("CryptSvc", "SessionEnv", "TermService")
        and not finding.target["running"]
        and (host.rdp_enabled or name == "CryptSvc")
    )
    return Remedy((step,), starts=_with_maker(host, name) if wanted else ())


@remedy(catalogue.SERVICE_STOPPED, catalogue.SERVICE_SESSIONENV_STOPPED)
def start(finding: Finding, host: Snapshot, options: Options) -> Remedy:
    return Remedy(starts=_with_maker(host, finding.target["service"]))


def _with_maker(host: Snapshot, service: str) -> tuple[str, ...]:
    """TermService is started with SessionEnv before it, so that it finds a certificate."""
    disabled = (host.service("SessionEnv") or {"start": 4})["start"] == 4
    if service != "TermService" or host.running("SessionEnv") or disabled:
        return (service,)
    return ("SessionEnv", service)
