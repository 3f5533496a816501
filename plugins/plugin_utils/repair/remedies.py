# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Remedies: what repairs a finding, as steps and as needs that the planner joins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, POSSIBLE, RCM, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import in_words
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl, collect, contract, flaws
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import (
    REMOTE_DESKTOP_STORE,
    StoredCertificate,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED, Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import KERBEROS_SKEW
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import nla, opening, steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import PUT_RIGHT, Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step


@dataclass(frozen=True)
class Renewal:
    """A new self-signed certificate is due: not one of ``previous``.

    ``remove`` is the entry that may be taken out for it, if nothing less brings a new one (None: nothing is taken
    out). It is put back where none comes.
    """

    previous: tuple[str, ...]
    remove: str | None = None


@dataclass(frozen=True)
class Remedy:
    """Steps for one finding, and what must follow once for all findings.

    ``steps`` disturb nobody. ``renewal`` says that a new certificate is due, ``after_renewal`` are steps that may be
    done only with a good one in its place. ``reload``: the change may take effect only when TermService
    starts. ``starts`` are services that must run.
    """

    steps: tuple[Step, ...] = ()
    renewal: Renewal | None = None
    after_renewal: tuple[Step, ...] = ()
    reload: bool = False
    starts: tuple[str, ...] = ()


Maker = Callable[[Finding, Assessment, RepairPolicy], Remedy]
REMEDIES: dict[str, Maker] = {}


def remedy(*types: FindingType) -> Callable[[Maker], Maker]:
    """Enter a remedy for findings of these types."""

    def enter(maker: Maker) -> Maker:
        REMEDIES.update({type_.id: maker for type_ in types})
        return maker

    return enter


# Certificates ---------------------------------------------------------------------------------------------------------


def _renewal_guard(snapshot: Snapshot) -> None:
    """A certificate may only go if Windows will make another one, and its key."""
    if why := _kept_down(snapshot, "SessionEnv") or ended(snapshot, "SessionEnv"):
        raise Refused(f"the service SessionEnv, which would make a new certificate, {why}", PUT_RIGHT)
    for name in ("KeyIso", "CryptSvc"):
        down = snapshot.running(name) is False
        if down and (why := _kept_down(snapshot, name) or ended(snapshot, name)):
            raise Refused(f"the service {name}, without which no key and no certificate is made, {why}", PUT_RIGHT)


def logged_reason(snapshot: Snapshot) -> bool:
    """Whether the host's log says why a renewal fails (events 1057 and 1058 with a status), or may: it was not read.

    Nothing is taken away then in the hope that it goes better.
    """
    return snapshot.section("events") is None or bool(snapshot.event_numbers(RCM, 1057, 1058))


def _key_repair(snapshot: Snapshot, finding: Finding) -> tuple[Step, ...]:
    """A key file that SessionEnv cannot replace would make the renewal fail."""
    return tuple(
        key_access_step(file["path"], file["sddl"], snapshot, finding.id)
        for file in snapshot.own_key_files
        if file["container"] and file["sddl"] and not snapshot.maker_can_replace(file)
    )


@remedy(catalogue.CERTIFICATE_EXPIRED)
def renew_expired(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    """SessionEnv sees an end date by itself. While clients get in, the old one is good enough to stay meanwhile."""
    host, thumbprint = before.snapshot, finding.target["thumbprint"]
    _renewal_guard(host)
    keep = before.client_gets_in or logged_reason(host) or host.section("key_files") is None
    return Remedy(
        _key_repair(host, finding),
        renewal=Renewal((thumbprint,), None if keep else thumbprint),
        reload=not before.client_gets_in,
    )


@remedy(catalogue.CERTIFICATE_KEY_MISSING, catalogue.CERTIFICATE_NOT_YET_VALID)
def renew_unnoticed(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    """SessionEnv keeps a certificate whose end is far away, and does not look for its key or its first day."""
    host, thumbprint = before.snapshot, finding.target["thumbprint"]
    _renewal_guard(host)
    return Remedy(
        _key_repair(host, finding),
        renewal=Renewal((thumbprint,), None if logged_reason(host) else thumbprint),
        reload=not before.client_gets_in,
    )


def key_access_step(path: str, sddl: str, snapshot: Snapshot, finding: str) -> Step:
    """The listener's own key gets the access that Windows itself sets on it."""
    repaired = acl.repaired_key_file(acl.parse(sddl), snapshot.build)
    return steps.set_acl(
        path,
        repaired.to_sddl(),
        "give back the access that Windows sets on this key file, and take nothing else away",
        finding,
    )


def shared_key_access_step(path: str, sddl: str, finding: str) -> Step:
    """The key of a chosen certificate, which may be a web server's or a database's as well.

    NETWORK SERVICE gets read access; owner and all other entries stay. Raises ``Refused`` where an entry denies it.
    """
    descriptor = acl.with_read_for_service(acl.parse(sddl))
    if not acl.granted(descriptor, acl.NETWORK_SERVICE_TOKEN, acl.READ):
        raise Refused(
            "an entry denies NETWORK SERVICE the key of the chosen certificate: somebody put it there",
            f"remove that entry from {path}, or bind another certificate",
        )
    return steps.set_acl(
        path,
        descriptor.to_sddl(),
        "let NETWORK SERVICE, as which the listener runs, read this key; owner and all other entries stay",
        finding,
    )


@remedy(catalogue.CERTIFICATE_MISSING)
def make(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    _renewal_guard(before.snapshot)
    return Remedy(renewal=Renewal(tuple(finding.target["present"])), reload=True)


@remedy(catalogue.CERTIFICATE_KEY_UNREADABLE)
def key_access(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    host, path, sddl = before.snapshot, finding.target["path"], finding.target["sddl"]
    if finding.target["own"]:
        step = key_access_step(path, sddl, host, finding.id)
    else:
        step = shared_key_access_step(path, sddl, finding.id)
    # With a key that is still held open the repair can wait for the next start by itself; with another in its place
    # it cannot.
    return Remedy((step,), reload=finding.severity == CRITICAL or bool(finding.target.get("replaced")))


@remedy(catalogue.CERTIFICATE_PIN_DEAD)
def dead_pin(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    """Bind what was most likely meant; going back to the self-signed certificate is the second best, on request.

    Of a certificate that may be another program's nobody knows whether it was meant, and its key is not opened for it.
    """
    section = before.snapshot.section("host")
    if section is None or section["connection_broker"]:
        raise Refused(
            "this host is a Connection Broker (or could not say): a pin there belongs to the deployment",
            "set its certificates in the deployment",
        )
    if finding.target["for_listener"]:
        return _bind_successor(finding, before)
    if policy.drop_dead_pin:
        return _unpin(finding, before.snapshot)
    raise Refused(
        _not_known(finding.target["candidates"]),
        "bind one with winops.rdp.certificate state=bound, or let the listener go back to its self-signed certificate"
        " with drop_dead_pin=true",
        "pin",
    )


def _not_known(candidates: list[str]) -> str:
    if not candidates:
        return "no certificate takes its place"
    if len(candidates) == 1:
        return f"nothing says that {candidates[0]}, which fits, is the listener's and not another program's"
    return f"which of {', '.join(candidates)} was meant is not known"


def _bind_successor(finding: Finding, before: Assessment) -> Remedy:
    host, target = before.snapshot, finding.target
    entry = host.find_certificate(target["successor"], "My")
    file = host.key_file(entry) if entry else None
    readable = host.service_can_read(file) if file else None
    if before.client_gets_in and not (target["for_host"] and readable is not None):
        raise Refused(
            f"clients get in meanwhile, and nothing proves that {target['successor']} would serve them",
            "bind it with winops.rdp.certificate state=bound",
            "pin",
        )
    access = (shared_key_access_step(file["path"], file["sddl"], finding.id),) if file and readable is False else ()
    bind = steps.set_value(
        target["key"],
        target["name"],
        bytes.fromhex(target["successor"]),
        "the pinned certificate is gone, and this is the one in My that fits: for a server, in date, with its key",
        finding.id,
    )
    return Remedy((*access, bind), reload=True)


def _unpin(finding: Finding, snapshot: Snapshot) -> Remedy:
    step = steps.remove_value(
        finding.target["key"],
        finding.target["name"],
        "the pin is dead; without it the listener uses its self-signed certificate",
        finding.id,
    )
    entry = own_certificate(snapshot)
    if entry and not is_broken(entry, snapshot):
        expect_known_key(entry, snapshot)
        return Remedy((step,), reload=True)
    _renewal_guard(snapshot)
    previous = (entry.thumbprint,) if entry else ()
    return Remedy(renewal=Renewal(previous), after_renewal=(step,), reload=True)


def refuse_broker(snapshot: Snapshot) -> None:
    """Raises ``Refused`` where the certificate that somebody asks for is not the host's own affair."""
    section = snapshot.section("host")
    if section is None or section["connection_broker"]:
        raise Refused(
            "this host is a Connection Broker (or could not say): its certificate belongs to the deployment and is set"
            " there"
        )


def own_certificate(snapshot: Snapshot) -> StoredCertificate | None:
    """The self-signed certificate that Windows made for the listener, if it is there."""
    own = snapshot.self_signed
    return snapshot.find_certificate(own.thumbprint, REMOTE_DESKTOP_STORE) if own and own.thumbprint else None


def is_broken(entry: StoredCertificate, snapshot: Snapshot) -> bool:
    """Whether the listener's own certificate could not take a pin's place as it is."""
    now = snapshot.now
    if now is None or entry.expired(now) or entry.not_yet_valid(now) or not entry.has_key_property:
        return True
    file = snapshot.key_file(entry)
    return file is not None and (file["exists"] is False or snapshot.service_can_read(file) is False)


def expect_known_key(entry: StoredCertificate, snapshot: Snapshot) -> None:
    """Raises ``Refused`` where nobody can tell whether the key of the listener's own certificate would serve."""
    file = snapshot.key_file(entry)
    if file is None or snapshot.service_can_read(file) is None:
        raise Refused("whether the listener can use the key of its self-signed certificate could not be read")


@remedy(catalogue.CERTIFICATE_STORE_NAME)
def store_name(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    step = steps.set_value(
        finding.target["key"],
        finding.target["name"],
        REMOTE_DESKTOP_STORE,
        "where the service keeps its certificate",
        finding.id,
    )
    return Remedy((step,), reload=True)


@remedy(catalogue.CERTIFICATE_NOT_PRESENTED, catalogue.LISTENER_NOT_LISTENING, catalogue.SERVICE_STALE_CREDENTIAL)
def reload_listener(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    return Remedy(reload=True)


# The listener's settings ----------------------------------------------------------------------------------------------


@remedy(
    catalogue.LISTENER_SECURITY_LAYER_INVALID,
    catalogue.LISTENER_SECURITY_LAYER_CONFLICT,
    catalogue.LISTENER_SECURITY_LAYER_WEAK,
    catalogue.LISTENER_ENCRYPTION_LEVEL_INVALID,
)
def set_listener(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    return Remedy((_setting(finding),))


def _setting(finding: Finding) -> Step:
    target = finding.target
    return steps.set_value(target["key"], target["name"], target["data"], finding.summary, finding.id)


@remedy(catalogue.NLA_DISABLED)
def require_nla(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    obstacle = nla.obstacle(before)
    if obstacle:
        raise Refused(
            f"Network Level Authentication would keep people out: {obstacle}",
            "repair that first, then turn it on",
            "nla",
        )
    return Remedy((_setting(finding),))


@remedy(catalogue.NLA_OFF_UNTIL)
def arm_again(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    """At once when what it was turned off for is gone, or when its time is over; else the host does it by itself."""
    target = finding.target
    if not target["overdue"]:
        present = {one.id for one in before.diagnosis.findings}
        still = [id_ for id_ in target["causes"] if id_ in present]
        hindrance = f"what it was turned off for is still there ({', '.join(still)})" if still else nla.obstacle(before)
        if not target["causes"]:
            hindrance = "somebody turned it off for that time, for a reason that is not on the host"
        if hindrance:
            raise Refused(
                f"{hindrance}; the host requires it again at {target['until']} by itself",
                "winops.rdp.listener nla=true requires it now",
                "nla",
            )
    return Remedy(
        nla.turn_on(before.snapshot, "what it was turned off for is gone, or its time is over or no end", finding.id)
    )


@remedy(catalogue.LISTENER_RDP_DISABLED)
def turn_on(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    """With it the services that answer: they may have been disabled along with it. Where nobody could answer, nothing
    is turned on; and what ended with an error is not started again in the hope that it goes better.
    """
    snapshot = before.snapshot
    if snapshot.running("TermService") is False and (why := why_no_start(before, "TermService")):
        raise Refused(f"it is not turned on, for TermService may not answer: {why}", PUT_RIGHT)
    types = tuple(
        _start_type(name, finding.id)
        for name in contract.NEEDED
        if (snapshot.service(name) or {"start": None})["start"] == DISABLED
    )
    starts = tuple(
        name
        for name in contract.NEEDED
        if snapshot.running(name) is False and snapshot.service(name) and not ended(snapshot, name)
    )
    return Remedy((*types, _setting(finding)), starts=starts)


@remedy(catalogue.LISTENER_NEGOTIATION_DISABLED, catalogue.LISTENER_DISABLED, catalogue.LISTENER_LOGON_DISABLED)
def set_listener_and_reload(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    return Remedy((_setting(finding),), reload=True)


@remedy(catalogue.FIREWALL_RULE_DISABLED, catalogue.FIREWALL_PORT_NOT_ALLOWED)
def open_firewall(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    """In the profile of the network that is up; who comes in from a public one is for people to say."""
    wanted = opening.Opening(finding.target["profile"], finding=finding.id)
    return Remedy(tuple(opening.open_steps(wanted, before.snapshot)))


# Services -------------------------------------------------------------------------------------------------------------


def _start_type(name: str, finding: str) -> Step:
    start = 2 if name == "CryptSvc" else 3
    return steps.start_type(
        name, start, f"Windows' own start type of {name} is {'automatic' if start == 2 else 'manual'}", finding
    )


@remedy(catalogue.SERVICE_DISABLED)
def enable(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    name = finding.target["service"]
    if why := _in_its_way(before, name, f"the service {name} would not start: "):
        raise Refused(why, PUT_RIGHT)
    wanted = name in ("CryptSvc", *contract.NEEDED) and not finding.target["running"]
    # What ended with an error is not started again in the hope that it goes better.
    wanted = wanted and not ended(before.snapshot, name)
    return Remedy((_start_type(name, finding.id),), starts=_with_maker(before.snapshot, name) if wanted else ())


def why_no_start(before: Assessment, service: str) -> str | None:
    """Why a service that does not run would not start, as far as is known."""
    error = ended(before.snapshot, service)
    return _in_its_way(before, service) or (error and f"the service {service} {error}")


def _in_its_way(before: Assessment, service: str, words: str = "") -> str | None:
    """The same but for how it ended: what of the service itself is in its way, or behind ``words`` another fault."""
    if why := _kept_down(before.snapshot, service):
        return f"the service {service} {why}"
    faults = [one.summary for one in before.diagnosis.findings if _keeps_back(one, service)]
    return f"{words}{faults[0]}" if faults else None


def _kept_down(snapshot: Snapshot, service: str) -> str | None:
    """What of a service itself keeps it from starting, behind its name."""
    if snapshot.service(service) is None:
        return "is not installed"
    flaw = flaws.flaw(snapshot, service)
    return flaw.outlook if flaw else None


def ended(snapshot: Snapshot, service: str) -> str | None:
    """With which error a service that is stopped ended, behind its name."""
    code = snapshot.failed(service)
    return None if code is None else f"ended with {in_words(code)}"


def tried_alone(service: str) -> str:
    """What people do about one that has just failed."""
    return f"{PUT_RIGHT}, or try to start it alone (winops.rdp.service name={service} state=started)"


def _keeps_back(finding: Finding, service: str) -> bool:
    """Whether this is another fault of the same service, behind its being disabled."""
    told = catalogue.SERVICE_DISABLED.id in finding.type.brings_about and finding.confidence != POSSIBLE
    return told and finding.target.get("service") == service


@remedy(catalogue.SERVICE_STOPPED, catalogue.SERVICE_SESSIONENV_STOPPED)
def start(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    return Remedy(starts=_with_maker(before.snapshot, finding.target["service"]))


def _with_maker(snapshot: Snapshot, service: str) -> tuple[str, ...]:
    """TermService is started with SessionEnv before it, so that it finds a certificate."""
    disabled = (snapshot.service("SessionEnv") or {"start": DISABLED})["start"] == DISABLED
    down = disabled or _kept_down(snapshot, "SessionEnv") or ended(snapshot, "SessionEnv")
    if service != "TermService" or snapshot.running("SessionEnv") or down:
        return (service,)
    return ("SessionEnv", service)


# The clock and the domain ---------------------------------------------------------------------------------------------

# ERROR_NO_TRUST_LSA_SECRET and ERROR_NO_TRUST_SAM_ACCOUNT: the host has no password, or the domain no such computer.
_NOTHING_TO_RESET = (1786, 1787)


@remedy(catalogue.CLOCK_WRONG)
def set_clock(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    """From the source that the host is set to. Of two domain clocks that differ nobody knows which one is right."""
    snapshot = before.snapshot
    if snapshot.clock_skew is None or abs(snapshot.clock_skew) <= KERBEROS_SKEW:
        raise Refused("this host's clock agrees with that of Ansible's controller", finding.advice)
    service = snapshot.windows_service("W32Time")
    source = (snapshot.text(collect.TIME_SERVICE, "Type") or "").lower()
    if service is None or service["start"] == DISABLED or source == "nosync":
        raise Refused("nothing sets this host's clock, so there is no source to set it from", finding.advice)
    return Remedy((steps.resync_clock(finding.id),))


@remedy(catalogue.NLA_TRUST_BROKEN)
def reset_channel(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    """With the computer's own password: no other account takes part. It helps where that password still fits."""
    if before.snapshot.is_domain_controller:
        raise Refused("a domain controller's own account is not repaired from there", finding.advice)
    status = (before.snapshot.section("domain") or {"channel_status": None})["channel_status"]
    if status is None:
        raise Refused("how the secure channel is could not be read", finding.advice)
    if status in _NOTHING_TO_RESET:
        raise Refused(f"the secure channel has status {status}: there is no password that could fit", finding.advice)
    return Remedy((steps.reset_channel(finding.id),))


@remedy(catalogue.CERTIFICATE_TEMPLATE_FAILING)
def enrol(finding: Finding, before: Assessment, policy: RepairPolicy) -> Remedy:
    """Once, after somebody has repaired what was in the way. Windows would ask again within half a day."""
    if not finding.target["worth_another_try"]:
        raise Refused("another certificate of this template would be no better", finding.advice)
    return Remedy((steps.enrol(finding.id),), reload=not before.client_gets_in)
