# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans for a state that somebody asks for, rather than for what is broken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment, assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import WARNING, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl, contract, flaws
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import Reference, is_listeners_own
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED, Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import local_policy, nla, opening, steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import (
    NO_CERTIFICATE,
    STILL_OUT,
    Blocked,
    Plan,
    arrange,
    clock_guard,
    dependents_guard,
    has_certificate,
    restart,
    session_guard,
    then_restart,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import PUT_RIGHT, Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import (
    Remedy,
    Renewal,
    ended,
    expect_known_key,
    is_broken,
    key_access_step,
    logged_reason,
    own_certificate,
    refuse_broker,
    shared_key_access_step,
    tried_alone,
    why_no_start,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

_REFUSED = {
    "nla": (
        "nla=false is refused with where=local_policy: nothing would end that policy; leave where out, and say for how"
        " long (for: 30m to 24h)"
    ),
    "negotiation": (
        "negotiation=false is refused: clients could then only connect without TLS; leave negotiation out or set it to"
        " true"
    ),
}


def _plan(name: str, remedy: Remedy, snapshot: Snapshot, options: RepairPolicy) -> Plan:
    """What is asked for, and the restart of TermService that puts it in force, if nobody holds it back."""
    asked = f"asked.{name}"
    rungs = arrange([(Finding(asked, WARNING, "asked for"), remedy)], assess(snapshot, ProbeResult()))
    return then_restart(rungs, asked, snapshot, options) if remedy.reload else Plan(rungs)


_NOBODY_LOOKED = ProbeResult()


def listener(
    asked: dict[str, Any], snapshot: Snapshot, options: RepairPolicy, look: ProbeResult = _NOBODY_LOOKED
) -> Plan:
    """Listener settings; those that are None are left alone. ``look`` is what a client meets at the listener now.

    ``where`` is ``local_policy`` for those that a policy can set. Raises ``Refused``, also where a policy would
    override the value.
    """
    remedy = _listener_remedy("asked.listener", asked, assess(snapshot, look))
    return _plan("listener", remedy, snapshot, options)


def _listener_remedy(name: str, asked: dict[str, Any], before: Assessment) -> Remedy:
    """The steps for the listener's settings; ``name`` is what asks for them. Raises ``Refused``."""
    snapshot = before.snapshot
    by_policy = _of_policy(asked) if asked.get("where") == "local_policy" else {}
    found = (
        _setting_step(name, option, asked.get(option), snapshot)
        for option, value in contract.OPTIONS.items()
        if option != "nla" and value.name not in by_policy
    )
    changes = [step for step in found if step]
    if contract.OPTIONS["nla"].name not in by_policy:
        changes += _nla_steps(name, asked, snapshot)
    written = {step.fields["name"]: step.fields["data"] for step in changes if step.op == "registry.set"}
    changes += local_policy.changes(by_policy, snapshot, _in_words(by_policy), name)
    written |= {policy: number for policy, number in by_policy.items() if snapshot.effective(policy) != number}
    _refuse_nla(changes, written, before)
    _refuse_tls(written, before)
    starts: tuple[str, ...] = ()
    if asked.get("enabled") and "fDenyTSConnections" in written:
        starts = _to_be_started(before)
    # The service reads this value only when it starts: one that an earlier run set may wait for that.
    reload = _NEGOTIATION in written or bool(asked.get("negotiation") and snapshot.waits_for_start(_NEGOTIATION))
    return Remedy(tuple(changes), reload=reload, starts=starts)


def _nla_steps(name: str, asked: dict[str, Any], snapshot: Snapshot) -> tuple[Step, ...]:
    """Required, with the task gone that would require it; or off for the time that is asked for, the task first."""
    if asked.get("nla") is None:
        return ()
    if not asked["nla"]:
        length = nla.duration(asked.get("for") or "")
        if length is None:
            raise Refused("nla=false needs the time for which it is off (for: 30m to 24h)")
        return nla.turn_off(snapshot, length, allow_public=bool(asked.get("allow_public")), finding=name)
    step = _setting_step(name, "nla", True, snapshot)
    if step is None and snapshot.nla_task is None:
        return ()
    return nla.turn_on(snapshot, "nla is asked to be True", name)


def _refuse_nla(changes: list[Step], written: dict[str, Any], before: Assessment) -> None:
    """Network Level Authentication that would keep people out, or that the security layer does not carry."""
    snapshot = before.snapshot
    if written.get("fDenyTSConnections") == 1 and not {"SecurityLayer", "UserAuthentication"} & set(written):
        return  # What nobody connects to need not work.
    layer = written.get("SecurityLayer", snapshot.effective("SecurityLayer"))
    required = written.get("UserAuthentication", snapshot.effective("UserAuthentication"))
    if written.get("UserAuthentication") == 1:
        # What the host says by itself, and what a client met: who gets in now may do so by what a restart takes away.
        obstacle = nla.obstacle(assess(snapshot, ProbeResult())) or nla.obstacle(before)
        if obstacle:
            raise Refused(f"Network Level Authentication would keep people out: {obstacle}; repair that first")
    if changes and required == 1 and layer == 0:
        raise Refused(
            "Network Level Authentication needs TLS, and SecurityLayer is 0: set the security layer to TLS first"
            " (role rdp_security_layer, or security_layer=tls of module winops.rdp.listener)"
        )


def _refuse_tls(written: dict[str, Any], before: Assessment) -> None:
    """TLS for everybody, where no certificate for it was read or seen: it would keep out who gets in without. Where
    Remote Desktop is off nobody does, and Windows makes one when it is turned on. What ends a time without Network
    Level Authentication waits for nothing.
    """
    snapshot = before.snapshot
    layer, in_force = written.get("SecurityLayer"), snapshot.effective("SecurityLayer")
    is_looser = layer is not None and in_force in (1, 2) and layer <= in_force
    needs_tls = (bool(layer) and not is_looser) or (
        written.get("UserAuthentication") == 1 and snapshot.nla_task is None
    )
    is_on = snapshot.rdp_enabled and written.get("fDenyTSConnections") != 1
    if needs_tls and is_on and not before.probe.thumbprint and not has_certificate(snapshot):
        raise Refused(
            f"{NO_CERTIFICATE}: whoever gets in without TLS would be kept out",
            "have one made (winops.rdp.certificate state=renewed) or bind one first",
        )


def _of_policy(asked: dict[str, Any]) -> dict[str, int]:
    """The numbers that policies are to set, by the name of the value. Raises ``Refused``."""
    wanted = {}
    for option, value in contract.OPTIONS.items():
        if asked.get(option) is None or value.name not in contract.POLICY_DATA:
            continue
        if asked[option] not in value.choices or value.choices[asked[option]] not in contract.POLICY_DATA[value.name]:
            raise Refused(_REFUSED[option])
        wanted[value.name] = value.choices[asked[option]]
    return wanted


def _in_words(wanted: dict[str, int]) -> str:
    names = ", ".join(f"{name} {number}" for name, number in wanted.items())
    return f"the host's own policy is asked to set {names}"


def _setting_step(asking: str, option: str, wanted: Any, snapshot: Snapshot) -> Step | None:
    """The step that gives a setting the value that is asked for; None if it has it, or nobody asks."""
    name, numbers = contract.OPTIONS[option].name, contract.OPTIONS[option].choices
    if wanted is None:
        return None
    if wanted not in numbers:
        raise Refused(_REFUSED[option])
    setting = snapshot.setting(name)
    if setting is None:
        raise Refused("the listener's settings could not be read")
    if setting.effective == numbers[wanted]:
        return None
    if setting.by_policy:
        there = f"change it there ({setting.policy_name})"
        if setting.own and setting.name in contract.POLICY_DATA:
            there = "where=local_policy changes it there"
        raise Refused(f"{option} cannot be set on the host: {setting.set_by} sets it ({setting.where}); {there}")
    return steps.set_value(setting.key, name, numbers[wanted], f"{option} is asked to be {wanted}", asking)


def firewall(asked: dict[str, Any], snapshot: Snapshot, options: RepairPolicy) -> Plan:
    """The host's own firewall open for Remote Desktop in the profiles that are asked for, or closed.

    Raises ``Refused``, also where a policy or a block rule would override it.
    """
    changes = _firewall_steps("asked.firewall", asked, snapshot)
    plan = _plan("firewall", Remedy(tuple(changes)), snapshot, options)
    return _with_notes(plan, "asked.firewall", asked, snapshot)


def _firewall_steps(name: str, asked: dict[str, Any], snapshot: Snapshot) -> list[Step]:
    if not asked["enabled"]:
        return opening.close_steps(snapshot, name)
    addresses = asked["remote_addresses"]
    wanted = opening.Opening(
        sum(opening.PROFILES[profile] for profile in set(asked["profiles"])),
        None if addresses is None else tuple(addresses),
        tuple(opening.RULES[rule] for rule in opening.RULES if rule in asked["rules"]),
        name,
    )
    return opening.open_steps(wanted, snapshot)


def _with_notes(plan: Plan, name: str, asked: dict[str, Any], snapshot: Snapshot) -> Plan:
    """The plan, with what stays as it is in the firewall and matters, beside what else is held back."""
    found = opening.notes(snapshot, closing=not asked["enabled"])
    notes = (Blocked(name, summary, detail, "firewall") for summary, detail in found)
    return replace(plan, blocked=(*plan.blocked, *notes))


def access(
    asked: dict[str, Any], snapshot: Snapshot, options: RepairPolicy, look: ProbeResult = _NOBODY_LOOKED
) -> Plan:
    """Remote Desktop on with all that belongs to it, or off: one plan.

    On: the switch, the listener, its logons, NLA, services and their start types, the firewall, members of Remote
    Desktop Users. Off: the switch and the firewall; services, members and NLA stay. Raises ``Refused``.
    """
    name, before = "asked.access", assess(snapshot, look)
    wishes = {"enabled": asked["enabled"], "nla": True if asked["enabled"] and asked["require_nla"] else None}
    remedy = _listener_remedy(name, wishes, before)
    changes = list(remedy.steps)
    if asked["firewall"]:
        changes += _firewall_steps(name, asked, snapshot)
    if asked["enabled"]:
        changes += [
            *_listener_open(name, snapshot),
            *_services_enabled(name, snapshot),
            *_members(name, asked["members"], snapshot),
        ]
        missing = _to_be_started(before)
        reload = any(step.fields.get("name") in _RELOADING for step in changes) or snapshot.waits_for_start(*_RELOADING)
        remedy = replace(remedy, starts=missing, reload=reload)
    plan = _plan("access", replace(remedy, steps=tuple(changes)), snapshot, options)
    return _with_notes(plan, name, asked, snapshot) if asked["firewall"] else plan


# The service reads these only when it starts.
_RELOADING = ("fEnableWinStation", "fLogonDisabled")
_NEGOTIATION = "fAllowSecProtocolNegotiation"


def _listener_open(asking: str, snapshot: Snapshot) -> list[Step]:
    """The listener itself, and its logons."""
    done = []
    for name, right in (("fEnableWinStation", 1), ("fLogonDisabled", 0)):
        setting = snapshot.setting(name)
        if setting is None:
            raise Refused("the listener's settings could not be read")
        if setting.effective != right:
            done.append(steps.set_value(setting.key, name, right, "Remote Desktop is asked to be on", asking))
    return done


def _services_enabled(asking: str, snapshot: Snapshot) -> list[Step]:
    done = []
    for name in contract.NEEDED:
        service = snapshot.service(name)
        if service is None:
            raise Refused(f"the service {name} is not installed on this host, or the services could not be read")
        if service["start"] == DISABLED:
            done.append(
                steps.start_type(name, 3, "Remote Desktop is asked to be on, and this service is disabled", asking)
            )
    return done


def _members(asking: str, wanted: Iterable[str], snapshot: Snapshot) -> list[Step]:
    """Those that are not members yet; all where the members could not be read, for the host looks again."""
    present = {sid.upper() for sid in snapshot.members or ()}
    missing = [sid for sid in dict.fromkeys(wanted) if sid.upper() not in present]
    return [steps.add_member(sid, "asked to be a member of Remote Desktop Users", asking) for sid in missing]


def _refuse_flawed(name: str, snapshot: Snapshot) -> None:
    """Raises ``Refused`` for a service that cannot start as it is configured. Another program in its place may start:
    whoever asks for it may try.
    """
    flaw = flaws.flaw(snapshot, name)
    if flaw and flaw.fails:
        raise Refused(f"the service {name} {flaw.outlook}", PUT_RIGHT)


def _to_be_started(before: Assessment) -> tuple[str, ...]:
    """The services that do not run and must, where Remote Desktop is asked to be on. Raises ``Refused`` where nobody
    would answer, or for long: as in a repair, but for another program in the place of Windows' own, which may start.
    """
    snapshot = before.snapshot
    stopped = tuple(name for name in contract.NEEDED if not snapshot.running(name))
    for name in stopped:
        flaw = flaws.flaw(snapshot, name)
        may_start = flaw is not None and not flaw.fails
        if snapshot.running(name) is False and not may_start and (why := why_no_start(before, name)):
            raise Refused(why, tried_alone(name))
    return stopped


def service(asked: dict[str, Any], snapshot: Snapshot, options: RepairPolicy) -> Plan:
    """Start type and run state of one service, or of the two that RDP needs."""
    names = (asked["name"],) if asked["name"] else contract.NEEDED
    done = []
    for name in names:
        current = snapshot.service(name)
        if current is None:
            raise Refused(f"the service {name} is not installed on this host, or the services could not be read")
        if asked["state"] == "restarted" and name in contract.START_ONLY:
            raise Refused(f"{name} is never stopped, for other programs use it", f"state=started starts {name}")
        if asked["state"] == "restarted" or (asked["state"] and not snapshot.running(name)):
            _refuse_flawed(name, snapshot)
        start = {"manual": 3, "automatic": 2}.get(asked["start_type"] or "")
        if start and current["start"] != start:
            done.append(
                steps.start_type(name, start, f"start_type is asked to be {asked['start_type']}", "asked.service")
            )
        elif asked["state"] and current["start"] == 4:
            raise Refused(f"the service {name} is disabled and cannot be started: ask for a start_type as well")
    for name in sorted(names, key=contract.SERVICES.index):
        if asked["state"] == "restarted" and snapshot.running(name):
            done.append(restart(name, "asked to be restarted", ("asked.service",), snapshot, options))
        elif asked["state"] and not snapshot.running(name):
            done.append(steps.run_state("start", name, f"asked to be {asked['state']}", ("asked.service",)))
    _refuse_restarts(done, snapshot, options)
    return Plan.of(done)


def _refuse_restarts(done: list[Step], snapshot: Snapshot, options: RepairPolicy) -> None:
    """Raises ``Refused`` for a restart that would disconnect people, or stop for good what depends on the service."""
    if any(step.cost == steps.SESSIONS for step in done) and (refusal := session_guard(snapshot, options, done)):
        raise refusal
    for step in done:
        if step.op == "service.restart" and (lost := dependents_guard(snapshot, step.fields["service"], options)):
            raise lost


def machine_keys(snapshot: Snapshot, options: RepairPolicy) -> Plan:
    """The key file of the certificate that the listener is bound to can be read by the listener's service.

    Windows' own gets the access that Windows itself gives it; a chosen certificate's, which may be a web server's as
    well, read access for NETWORK SERVICE and no more. Raises ``Refused``.
    """
    binding = snapshot.binding
    file = snapshot.key_file(binding.certificate) if binding and binding.certificate else None
    if not file or not file["exists"]:
        raise Refused(
            "the listener's key file is not there (or could not be found); winops.rdp.certificate"
            " state=renewed makes a new certificate with its key"
        )
    descriptor = snapshot.key_descriptor(file)
    if descriptor is None:
        raise Refused(
            f"the access list of {file['path']} could not be read; use an account that is an administrator on the host"
        )
    asked, own = "asked.machine_keys", is_listeners_own(file)
    defaults = acl.key_file_defaults(snapshot.build) if own else ()
    if snapshot.service_can_read(file) and all(acl.granted(descriptor, {sid}, rights) for sid, rights in defaults):
        return Plan()
    if own:
        step = key_access_step(file["path"], file["sddl"], snapshot, asked)
    else:
        step = shared_key_access_step(file["path"], file["sddl"], asked)
    return then_restart(Plan.of([step]).rungs, asked, snapshot, options, STILL_OUT)


def certificate(asked: dict[str, Any], snapshot: Snapshot, options: RepairPolicy) -> Plan:
    """The listener's certificate. ``renewed``: a self-signed one in date; ``self_signed``: the same and no pin.

    For ``bound`` see ``bind``.
    """
    binding, pin = snapshot.binding, snapshot.pin
    if binding is None or pin is None or snapshot.now is None:
        raise Refused("the certificates or the listener's settings could not be read")
    if asked["state"] == "renewed" and binding.source != "self_signed":
        raise Refused(
            f"the listener is bound to a certificate that was chosen ({binding.source},"
            f" {binding.reference.thumbprint}), so renewing the self-signed one would"
            " change nothing; state=self_signed goes back to it"
        )
    changes = [_unpin(snapshot, pin)] if pin.present else []
    entry = own_certificate(snapshot)
    renewal: Renewal | None = None
    if changes and entry and not asked["force"] and not is_broken(entry, snapshot):
        expect_known_key(entry, snapshot)
    if asked["force"] or entry is None or is_broken(entry, snapshot):
        service = snapshot.service("SessionEnv")
        if service is None or service["start"] == DISABLED:
            raise Refused(
                "SessionEnv, which makes the certificate, is disabled or not installed: winops.rdp.service"
                " name=SessionEnv start_type=manual"
            )
        # It is stopped and started to make one.
        _refuse_flawed("SessionEnv", snapshot)
        if why := ended(snapshot, "SessionEnv"):
            raise Refused(f"the service SessionEnv, which makes the certificate, {why}", tried_alone("SessionEnv"))
        renewal = Renewal(())
        if entry:
            keep = logged_reason(snapshot) or snapshot.just_started
            renewal = Renewal((entry.thumbprint,), None if keep else entry.thumbprint)
    reload = pin.present or renewal is not None
    # A pin goes only once there is a certificate that takes its place.
    remedy = Remedy(renewal=renewal, after_renewal=tuple(changes), reload=reload)
    clock_guard(remedy, assess(snapshot, ProbeResult()))
    return _plan("certificate", remedy, snapshot, options)


def _unpin(snapshot: Snapshot, pin: Reference) -> Step:
    refuse_broker(snapshot)
    return steps.remove_value(
        contract.hklm(contract.RDP_TCP), pin.name, "the self-signed certificate is asked for", "asked.certificate"
    )
