# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the listener's certificate: is there one, is it in date, can the service that presents it read its key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import of_certificate, of_its_end
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    POSSIBLE,
    RCM,
    SCHANNEL,
    WARNING,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    critical_if,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import in_words, statuses, unsigned
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import (
    KEY_UNUSABLE,
    TEMPLATE,
    bound_certificate,
    is_own_name,
    keys_refused,
    other_certificate,
    presented_instead,
    presents,
    renewal_failed,
    renewal_fails,
    renewal_is_due,
    renewal_numbers,
    renewals_failed,
    unread_key,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import NO_CERTIFICATE_ON_SERVER
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.successors import (
    is_for_host,
    is_for_listener,
    is_name,
    successors,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl, acl_words
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import (
    REMOTE_DESKTOP_AUTHENTICATION,
    REMOTE_DESKTOP_STORE,
    SERVER_AUTHENTICATION,
    Binding,
    Reference,
    StoredCertificate,
    is_listeners_own,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import STORES, hklm
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import read_strength
from ansible_collections.winops.rdp.plugins.plugin_utils.host.providers import AUTOENROLL, ENROLL
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import minute

_STORE_KEY = f"{hklm(STORES)}\\{REMOTE_DESKTOP_STORE}"
# Who can change the certificate, by how the listener came to it.
_OWNERS = {"self_signed": "host", "pin": "host", "template": "policy"}
# Which advice goes with it: SessionEnv makes another self-signed one, which leaves nothing to people.
_ADVICE_ON_KEY = {"self_signed": None, "template": "template"}
_ADVICE_ON_BEGIN = {"self_signed": None, "pin": "chosen", "template": "chosen"}
# With these a key was opened and is no good: NTE_BAD_KEY, NTE_BAD_DATA, NTE_BAD_KEY_STATE, NTE_NO_KEY and
# NTE_KEYSET_ENTRY_BAD; of a key that nobody may open the provider says NTE_BAD_KEYSET or access denied.
_KEY_NO_GOOD = frozenset({0x80090003, 0x80090005, 0x8009000B, 0x8009000D, 0x8009001A})
# With these the provider itself is broken or replaced, and every renewal ends so: NTE_BAD_ALGID and the like.
_PROVIDER_BROKEN = frozenset({0x80090008, *range(0x80090013, 0x80090015), *range(0x80090017, 0x8009001F)})
# NTE_EXISTS: what is left of the listener's former key is in the way of each new one.
_KEY_IN_THE_WAY = frozenset({0x8009000F})
# Access denied and NTE_PERM.
_KEY_DENIED = frozenset({0x80070005, 0x80090010})
# Denied this often, on a host whose lists deny nothing, the next renewal is denied too.
_DENIED_AGAIN = 2
# What is said of a key that is gone, that nobody may open, or that is no good: another one is made all the same.
_OF_THE_OLD_KEY = (_KEY_NO_GOOD | {0x80090016}) - _PROVIDER_BROKEN
# ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL; what RPC says where the service behind it does not answer.
_NO_SPACE = frozenset({0x80070070, 0x80070027})
_NO_ANSWER = frozenset({0x800706BA, 0x800706BB, 0x800706BE, 0x800706BF, 0x800706D9})
_LARGEST_WIN32 = 0xFFFF  # smaller numbers in an event need not be a status
# The word for the advice by status: the first that fits.
_IN_VAIN = (
    (_NO_SPACE, "full"),
    (_PROVIDER_BROKEN | {0x80090020, 0x80090021, 0x80090025, 0x80090029, 0x8009002D}, "provider"),
    (_KEY_IN_THE_WAY, "in_the_way"),
    (_NO_ANSWER, "no_answer"),
)
_NO_FOLDER = "no_folder"
_WHICH_OF_THREE = (
    "whether the certificate that the listener is bound to is in its store, has its private key, and NETWORK SERVICE "
    "can read that"
)
# The providers of Windows that keep keys as files.
_SOFTWARE = re.compile(r"Microsoft (?!Platform|Smart Card|Base Smart Card|Passport)", re.IGNORECASE)
# Enrolled this often in the time that the snapshot looks back, a certificate is never taken into use.
_REPEATED = 4
# KEY_SET_VALUE and KEY_CREATE_SUB_KEY: what adding a certificate to a store in the registry takes.
_SET_VALUE_OR_CREATE = 0x0006
# Who does that: SessionEnv, as SYSTEM.
_RENEWS = frozenset({*acl.SYSTEM_TOKEN, acl.SESSIONENV})


def _binding(binding: Binding) -> Evidence:
    return Evidence(f"the listener is bound to it ({binding.source})", binding.reference.where)


def _target(certificate: StoredCertificate) -> dict[str, Any]:
    return {"store": certificate.store, "thumbprint": certificate.thumbprint}


@rule
def check_expired(ctx: Context) -> Iterator[Finding]:
    """Expired by both clocks, the host's own and the controller's. Where they disagree, see ``clock.wrong``."""
    bound, now = bound_certificate(ctx), ctx.snapshot.now
    if not bound or not now:
        return
    binding, certificate = bound
    if not certificate.expired(now) or not certificate.expired(ctx.clock):
        return
    end = minute(certificate.not_after)
    evidence = EvidenceList()
    evidence.add(f"valid until {end}, the host's clock says {minute(now)}", certificate.where)
    evidence.append(_binding(binding))
    evidence.add_events(ctx.snapshot, RCM, 1057, 1058, 1065)
    if presented_instead(ctx, binding):
        yield ctx.corroborate(_chosen_expired(ctx, binding, certificate, evidence, "replaced", WARNING))
        return
    if binding.source == "self_signed":
        type_, target = catalogue.CERTIFICATE_EXPIRED, _target(certificate)
        finding = ctx.finding(type_, evidence=evidence, target=target, end=end, severity=ctx.latent_severity)
    else:
        finding = _chosen_expired(ctx, binding, certificate, evidence, DEFAULT, ctx.latent_severity)
    # Nothing on the host refuses it: mstsc and others warn, and let their users go on. Strict clients do not.
    told = of_its_end(ctx.client)
    if told:
        finding = replace(finding, evidence_for=(*finding.evidence_for, ctx.client_evidence))
    finding = ctx.corroborate(
        finding,
        supports=presents(ctx, certificate) or ctx.probe.suggests_no_credential,
        contradicts=ctx.probe.is_healthy and not told,
    )
    # The host was off when its certificate ended, and SessionEnv may not have come to it yet.
    yield _awaiting_renewal(finding) if ctx.snapshot.just_started and ctx.probe.logon_reached else finding


def _awaiting_renewal(finding: Finding) -> Finding:
    needed = "another look a quarter of an hour after the host started: Windows renews it by itself then"
    return replace(finding, confidence=POSSIBLE, needs_evidence=(*finding.needs_evidence, needed))


def _chosen_expired(
    ctx: Context,
    binding: Binding,
    certificate: StoredCertificate,
    evidence: EvidenceList,
    summary: str,
    severity: str,
) -> Finding:
    """Of a certificate that somebody chose, by hand or by policy."""
    types = {"pin": catalogue.CERTIFICATE_PIN_EXPIRED, "template": catalogue.CERTIFICATE_TEMPLATE_EXPIRED}
    # Of a template Group Policy renews the certificate: nobody binds another one.
    fitting = successors(ctx) if binding.source == "pin" else []
    return ctx.finding(
        types[binding.source],
        summary=summary,
        severity=severity,
        evidence=[*evidence, *_in_date(fitting)],
        target={"thumbprint": certificate.thumbprint},
        thumbprint=certificate.thumbprint,
        end=minute(certificate.not_after),
        successor=_most_likely(ctx, fitting, certificate, "is its successor"),
    )


@rule
def check_present(ctx: Context) -> Iterator[Finding]:
    """The listener runs and has no certificate of its own to present."""
    binding = ctx.snapshot.binding
    if not binding or binding.source != "self_signed" or binding.certificate:
        return
    if not ctx.snapshot.rdp_enabled or not ctx.snapshot.running("TermService"):
        return
    reference = binding.reference
    others = [entry.thumbprint for entry in (ctx.snapshot.stores or {}).get(REMOTE_DESKTOP_STORE, ())]
    evidence = EvidenceList()
    evidence.add(f"{reference.name} {_named_by(reference)}", reference.where)
    evidence.add(f"the store holds {', '.join(others) or 'no certificate'}", f"store {REMOTE_DESKTOP_STORE}")
    evidence.add_events(ctx.snapshot, RCM, 1057, 1058)
    yield ctx.corroborate(
        ctx.finding(catalogue.CERTIFICATE_MISSING, evidence=evidence, target={"present": others}),
        supports=ctx.probe.suggests_no_credential,
    )


def none_usable(ctx: Context) -> Finding | None:
    """The listener says so in the negotiation, and nothing that was read says why: nobody dropped the connection. No
    certificate, no key, and one that its service may not read are told alike.
    """
    if ctx.probe.denied != NO_CERTIFICATE_ON_SERVER:
        return None
    evidence = EvidenceList([ctx.probe_evidence])
    evidence.add_events(ctx.snapshot, RCM, 1057, 1058)
    return ctx.finding(
        catalogue.CERTIFICATE_MISSING,
        summary="answered",
        advice="answered",
        evidence=evidence,
        confidence=POSSIBLE,
        needs_evidence=[_WHICH_OF_THREE, *ctx.unread("listener", "certificates", "key_files")],
    )


def _named_by(reference: Reference) -> str:
    if reference.thumbprint:
        return f"names {reference.thumbprint}"
    return reference.fault or "is absent"


@rule
def check_key_present(ctx: Context) -> Iterator[Finding]:
    """Behind the certificate that the listener is bound to there must be a private key."""
    bound = bound_certificate(ctx)
    if not bound:
        return
    binding, certificate = bound
    lost = _lost_key(ctx, certificate)
    if not lost:
        return
    if presents(ctx, certificate):
        yield _held_open(ctx, certificate.thumbprint, binding.reference, lost, "no_key")
        return
    if binding.source == "pin":
        yield _dead_pin(ctx, binding.reference, lost, "no_key", certificate)
        return
    evidence = EvidenceList([lost])
    evidence.add_events(ctx.snapshot, RCM, 1057, 1058)
    evidence.add_events(ctx.snapshot, SCHANNEL, 36869, 36870)
    yield ctx.corroborate(
        ctx.finding(
            catalogue.CERTIFICATE_KEY_MISSING,
            summary=_how_lost(ctx, certificate),
            evidence=evidence,
            advice=_ADVICE_ON_KEY[binding.source],
            owner=_OWNERS[binding.source],
            target=_target(certificate),
        ),
        supports=ctx.probe.suggests_no_credential,
    )


def _held_open(ctx: Context, thumbprint: str, reference: Reference, lost: Evidence, summary: str) -> Finding:
    """A client was just shown this certificate: whatever is gone on disk, the service has it."""
    evidence = EvidenceList([lost])
    evidence.add(f"presented: {thumbprint}", ctx.probe.where)
    return ctx.finding(
        catalogue.CERTIFICATE_HELD_OPEN,
        summary=summary,
        evidence=evidence,
        target={"thumbprint": thumbprint, "key": reference.key, "name": reference.name},
        thumbprint=thumbprint,
    )


def _kept_as_file(file: dict[str, Any]) -> bool:
    """Whether the key's provider is one of Windows that keeps keys as files; those of hardware and of other vendors, of
    smart cards and of the TPM do not, and a file that is missing says nothing of them.
    """
    provider = file["provider"]
    return provider is None or bool(_SOFTWARE.match(provider))


def _lost_key(ctx: Context, certificate: StoredCertificate) -> Evidence | None:
    if not certificate.has_key_property:
        return Evidence("the store entry has no key attached", certificate.where)
    file = ctx.snapshot.key_file(certificate)
    if not file or not _kept_as_file(file):
        return None
    where = file["path"] or "section key_files"
    how = _how_lost(ctx, certificate)
    if how == "other":
        return Evidence(f"what the key of container {file['container']} signs does not fit the certificate", where)
    if how == "unusable":
        why = in_words(file["used"]["code"])
        return Evidence(f"the key of container {file['container']} signs nothing: {why}", where)
    if file["exists"] is False:
        there = ", ".join(key["guid"] for key in _copied_keys(ctx))
        more = f"; there is one of {there}" if how == "cloned" else ""
        return Evidence(f"key file of container {file['container']} does not exist{more}", where)
    return None


def _how_lost(ctx: Context, certificate: StoredCertificate) -> str:
    """The word for what is wrong with a certificate's key, where that is known beyond that it is gone.

    Whoever asked may be denied the key, which Windows reports as if it were not there: only statuses that say that it
    was opened and is no good count.
    """
    file = ctx.snapshot.key_file(certificate) or {}
    used = file.get("used") or {"code": None, "matches": None}
    if file.get("exists") and used["matches"] is False:
        return "other"
    if file.get("exists") and used["code"] is not None and unsigned(used["code"]) in _KEY_NO_GOOD:
        return "unusable"
    is_own = str(file.get("container") or "").lower() == "tsseckeyset1"
    return "cloned" if file.get("exists") is False and is_own and _copied_keys(ctx) else DEFAULT


def _copied_keys(ctx: Context) -> list[dict[str, Any]]:
    """Key files of the listener's container under another MachineGuid than the host's."""
    return [key for key in _own_keys(ctx) if key["guid"].lower() != ctx.snapshot.machine.lower()]


def _own_keys(ctx: Context) -> list[dict[str, Any]]:
    """Key files of the listener's container, under whatever MachineGuid."""
    return list((ctx.snapshot.section("key_files") or {"own_keys": None})["own_keys"] or ())


@rule
def check_key_readable(ctx: Context) -> Iterator[Finding]:
    """NETWORK SERVICE, as which TermService runs, opens the key when the service starts."""
    bound = bound_certificate(ctx)
    if not bound:
        return
    binding, certificate = bound
    file = ctx.snapshot.key_file(certificate)
    if not certificate.has_key_property or not file or not file["exists"]:
        return
    descriptor = ctx.snapshot.key_descriptor(file)
    if not descriptor or ctx.snapshot.service_can_read(file):
        return
    access = "is denied" if acl.denies(descriptor, acl.NETWORK_SERVICE, acl.READ) else "has no"
    evidence = EvidenceList()
    told = acl_words.line(file["sddl"], ctx.snapshot)
    evidence.add(f"NETWORK SERVICE (S-1-5-20) {access} read access: {told}", file["path"])
    evidence.add_events(ctx.snapshot, SCHANNEL, 36870)
    evidence.add_events(ctx.snapshot, RCM, 1055, 1058)
    target = {
        "path": file["path"],
        "sddl": file["sddl"],
        "thumbprint": certificate.thumbprint,
        "own": is_listeners_own(file),
    }
    summary = DEFAULT
    if ctx.probe.logon_reached:
        replaced = presented_instead(ctx, binding)
        # With another certificate presented, a repaired key is used only from the next start of the service on.
        target["replaced"] = replaced
        summary = "replaced" if replaced else "held_open"
    yield ctx.corroborate(
        ctx.finding(catalogue.CERTIFICATE_KEY_UNREADABLE, summary=summary, evidence=evidence, target=target),
        supports=ctx.probe.suggests_no_credential,
    )


@rule
def check_key_unread(ctx: Context) -> Iterator[Finding]:
    """Nobody read who may use the key, and Windows logged that it could not be used."""
    bound, unread = bound_certificate(ctx), unread_key(ctx)
    since = ctx.look_began or ctx.lately
    if not bound or not unread or since is None or ctx.probe.logon_reached:
        return
    said = KEY_UNUSABLE & ctx.snapshot.numbers_since(since, SCHANNEL, 36870)
    if not said:
        return
    binding, certificate = bound
    evidence = EvidenceList()
    told = ", ".join(in_words(number) for number in sorted(said))
    evidence.add(f"event 36870 of {SCHANNEL}: {told}", "section events")
    evidence.append(_binding(binding))
    evidence.add_events(ctx.snapshot, RCM, 1055, 1058)
    yield ctx.corroborate(
        ctx.finding(
            catalogue.CERTIFICATE_KEY_UNREADABLE,
            summary="not_read",
            advice="not_read",
            owner=_OWNERS[binding.source],
            evidence=evidence,
            target={"thumbprint": certificate.thumbprint},
            needs_evidence=[unread],
        )
    )


@rule
def check_renewal(ctx: Context) -> Iterator[Finding]:
    """Windows logged that it could not make or replace the listener's own certificate."""
    binding = ctx.snapshot.binding
    if not binding or binding.source != "self_signed":
        return
    due = renewal_is_due(ctx)
    gone = _lost_key(ctx, binding.certificate) if binding.certificate else None
    if not renewal_fails(ctx, binding.certificate, needed=due or gone):
        return
    numbers = renewal_numbers(ctx)
    advice = _what_fails(ctx, numbers, binding)
    if due and advice == DEFAULT:
        return  # what ended, and the repair of it, are findings of their own
    # Where the whole folder of keys is gone, that is why this one is.
    lost = gone if not due and advice == _NO_FOLDER else None
    told = ", ".join(statuses(numbers))
    evidence = EvidenceList([lost] if lost else ())
    evidence.add_events(ctx.snapshot, RCM, 1057, 1058)
    evidence.add(_state_of(binding), binding.reference.where)
    finding = ctx.finding(
        catalogue.CERTIFICATE_RENEWAL_FAILING,
        summary=next((word for fits, word in ((lost, "lost"), (due, "due")) if fits), DEFAULT),
        advice=advice,
        severity=ctx.latent_if(due or lost),
        evidence=evidence,
        why=told or "events 1057 and 1058 do not say why",
        target={"vain": advice != DEFAULT},
    )
    # One whose dates alone are amiss is presented all the same; and what kept the last one from being made may be gone
    # where that is long ago.
    absent = lost or binding.certificate is None
    met = absent and renewal_fails(ctx, binding.certificate, needed=False)
    yield ctx.corroborate(finding, supports=met and ctx.probe.suggests_no_credential)


def _what_fails(ctx: Context, numbers: set[int], binding: Binding) -> str:
    """The name of the advice for these statuses; that of the default one where the next renewal may well succeed."""
    rest = numbers - _passing(ctx, binding)
    if ctx.snapshot.key_folder_is_gone:
        return _NO_FOLDER
    for known, word in _IN_VAIN:
        if known & rest:
            return word
    # Without a certificate nothing tells of its access list, and no repair opens it.
    left_over = binding.certificate is None and len(_own_keys(ctx)) > len(_copied_keys(ctx))
    if _KEY_DENIED & (numbers if left_over else rest):
        return "denied"
    return "other" if any(number > _LARGEST_WIN32 for number in rest) else DEFAULT


def _passing(ctx: Context, binding: Binding) -> frozenset[int]:
    """The statuses that another try need not meet: what was read on the host explains them, and a repair sees to it."""
    lost = binding.certificate is not None and _lost_key(ctx, binding.certificate) is not None
    locked = lost or ctx.snapshot.keys_locked
    found = _OF_THE_OLD_KEY if locked else frozenset()
    # What denied it once may be gone; and of keys that were not read nobody knows whether they are locked.
    once = renewals_failed(ctx) < _DENIED_AGAIN
    if locked or once or _kept_from(ctx) or unread_key(ctx) or ctx.unread("key_files"):
        found |= _KEY_DENIED
    asked = [ctx.snapshot.service(name) for name in ("KeyIso", "CryptSvc")]
    return found | _NO_ANSWER if any(one and one["start"] == DISABLED for one in asked) else found


def _kept_from(ctx: Context) -> bool:
    """Whether one of the listener's own keys is one that its service may not read."""
    return any(ctx.snapshot.service_can_read(file) is False for file in ctx.snapshot.own_key_files)


def _state_of(binding: Binding) -> str:
    if binding.certificate is None:
        return "there is no certificate"
    return f"the certificate is valid until {minute(binding.certificate.not_after)}"


def _in_date(fitting: list[StoredCertificate]) -> list[Evidence]:
    return [
        Evidence(
            f"{entry.thumbprint} ({entry.subject}, until {minute(entry.not_after)}) is for a server and in date",
            "store My",
        )
        for entry in fitting
    ]


def _most_likely(ctx: Context, fitting: list[StoredCertificate], pinned: StoredCertificate | None, said: str) -> str:
    """What a summary adds where only one certificate can take the place of the pinned one."""
    if len(fitting) != 1:
        return ""
    likely = is_for_listener(ctx, fitting[0], pinned)
    how, left = ("most likely", "") if likely else ("perhaps", ", of which nothing says that it is the listener's")
    return f"; {how} {fitting[0].thumbprint} in My, {fitting[0].subject}, {said}{left}"


def _dead_pin(
    ctx: Context, pin: Reference, fact: Evidence, summary: str, pinned: StoredCertificate | None = None
) -> Finding:
    evidence = EvidenceList([fact])
    evidence.add_events(ctx.snapshot, RCM, 1051, 1055, 1059)
    fitting = successors(ctx)
    evidence.extend(_in_date(fitting))
    meant = fitting[0] if len(fitting) == 1 else None
    # That a client gets in does not contradict it: Windows may fall back to its own certificate, and the pin does no
    # harm yet.
    return ctx.corroborate(
        ctx.finding(
            catalogue.CERTIFICATE_PIN_DEAD,
            summary=summary,
            severity=ctx.latent_severity,
            evidence=evidence,
            target={
                "key": pin.key,
                "name": pin.name,
                "successor": meant.thumbprint if meant else None,
                "for_host": bool(meant and is_for_host(ctx, meant)),
                "for_listener": bool(meant and is_for_listener(ctx, meant, pinned)),
                "candidates": [entry.thumbprint for entry in fitting],
            },
            meant=_most_likely(ctx, fitting, pinned, "was meant"),
        ),
        supports=ctx.probe.suggests_no_credential,
    )


@rule
def check_pin(ctx: Context) -> Iterator[Finding]:
    """A pin (``SSLCertificateSHA1Hash``) that names nothing, or is not a SHA-1 at all."""
    pin = ctx.snapshot.pin
    if not pin or not pin.present or ctx.snapshot.stores is None:
        return
    if pin.fault:
        yield _dead_pin(ctx, pin, Evidence(f"{pin.name} {pin.fault}", pin.where), "malformed")
        return
    if not pin.thumbprint or ctx.snapshot.find_certificate(pin.thumbprint):
        return
    if "certificates" in ctx.snapshot.truncated:
        return  # it may be among those that were not listed
    gone = Evidence(f"{pin.name} names {pin.thumbprint}, which neither My nor {REMOTE_DESKTOP_STORE} holds", pin.where)
    if pin.thumbprint == ctx.probe.thumbprint:
        yield _held_open(ctx, pin.thumbprint, pin, gone, "absent")
    else:
        yield _dead_pin(ctx, pin, gone, "absent")


@rule
def check_store_name(ctx: Context) -> Iterator[Finding]:
    """``SelfSignedCertStore`` says where the service finds its own certificate."""
    setting = ctx.snapshot.setting("SelfSignedCertStore")
    if not setting or setting.effective == REMOTE_DESKTOP_STORE:
        return
    own = ctx.snapshot.self_signed
    if setting.source == "default" and ctx.probe.logon_reached:
        return  # older hosts that were upgraded have no such value
    if own and not own.present and setting.source == "default":
        return  # a host on which the service has never made a certificate has neither value
    found = setting.fault or "is absent"
    if not setting.fault and setting.effective is not None:
        found = f"is {setting.effective!r}"
    yield ctx.corroborate(
        ctx.finding(
            catalogue.CERTIFICATE_STORE_NAME,
            evidence=[Evidence(f"SelfSignedCertStore {found}", setting.where)],
            target={"key": setting.key, "name": setting.name},
            store=REMOTE_DESKTOP_STORE,
        ),
        # Without the value some hosts work: of those that do not, something else may be the cause.
        supports=(ctx.probe.suggests_no_credential or ctx.probe.ends_in_negotiation) and setting.source != "default",
    )


@rule
def check_presented(ctx: Context) -> Iterator[Finding]:
    """The listener presents another certificate of the host than the one it is bound to."""
    other = other_certificate(ctx)
    if other and other.known:
        yield ctx.finding(
            catalogue.CERTIFICATE_NOT_PRESENTED, evidence=other.evidence, target={"presented": other.thumbprint}
        )


@rule
def check_begun(ctx: Context) -> Iterator[Finding]:
    """Begins in the future by both clocks: made while the host's clock was wrong, or issued too early."""
    bound, now = bound_certificate(ctx), ctx.snapshot.now
    if not bound or not now:
        return
    binding, certificate = bound
    if not certificate.not_yet_valid(now) or not certificate.not_yet_valid(ctx.clock):
        return
    begin = minute(certificate.not_before)
    evidence = EvidenceList()
    evidence.add(f"valid from {begin}, the host's clock says {minute(now)}", certificate.where)
    evidence.append(_binding(binding))
    yield ctx.corroborate(
        ctx.finding(
            catalogue.CERTIFICATE_NOT_YET_VALID,
            evidence=evidence,
            advice=_ADVICE_ON_BEGIN[binding.source],
            owner=_OWNERS[binding.source],
            severity=ctx.latent_severity,
            target=_target(certificate),
            begin=begin,
        ),
        supports=presents(ctx, certificate) or ctx.probe.suggests_no_credential,
    )


def _purpose(oid: str) -> str:
    return f"{oid} ({_PURPOSES[oid]})" if oid in _PURPOSES else oid


@rule
def check_purpose(ctx: Context) -> Iterator[Finding]:
    bound = bound_certificate(ctx)
    if not bound:
        return
    binding, certificate = bound
    if binding.source == "self_signed" or not certificate.readable or certificate.serves:
        return
    evidence = EvidenceList()
    purposes = ", ".join(map(_purpose, certificate.usages or ()))
    evidence.add(f"its purposes: {purposes or 'none'}", certificate.where)
    evidence.append(_binding(binding))
    evidence.add_events(ctx.snapshot, RCM, 1054)
    yield ctx.corroborate(
        ctx.finding(
            catalogue.CERTIFICATE_WRONG_PURPOSE,
            evidence=evidence,
            severity=critical_if(not presented_instead(ctx, binding)),
            owner=_OWNERS[binding.source],
            target={"thumbprint": certificate.thumbprint},
        ),
        supports=ctx.probe.suggests_no_credential,
    )


@rule
def check_name_match(ctx: Context) -> Iterator[Finding]:
    """Only for a certificate that somebody chose, and only for a name that the probe was asked for."""
    bound, shown, asked = bound_certificate(ctx), ctx.probe.certificate, ctx.probe.host
    if not bound or not shown:
        return
    binding, certificate = bound
    if binding.source == "self_signed" or not presents(ctx, certificate):
        return
    if shown.get("name_matches") is not False or not is_name(asked):
        return
    names = [text.removeprefix("DNS:") for text in shown.get("sans") or ()] or [shown.get("common_name") or "no name"]
    yield ctx.corroborate(
        ctx.finding(
            catalogue.CERTIFICATE_NAME_MISMATCH,
            evidence=[Evidence(f"it is for {', '.join(names)}", certificate.where)],
            owner=_OWNERS[binding.source],
            name=asked,
        ),
        supports=True,
    )


@rule
def check_former_name(ctx: Context) -> Iterator[Finding]:
    """Where a client complains of the certificate."""
    found = of_certificate(ctx.client) and former_name(ctx)
    if found:
        yield replace(found, severity=WARNING, evidence_for=(*found.evidence_for, ctx.client_evidence))


def former_name(ctx: Context) -> Finding | None:
    """The listener's own certificate is that of another name: the host was renamed or copied, and its key with it."""
    bound, host = bound_certificate(ctx), ctx.snapshot.section("host")
    if not bound or not host or bound[0].source != "self_signed":
        return None
    former, name = _common_name(bound[1]), host["computer_name"]
    if not former or is_own_name(ctx, former):
        return None
    return ctx.finding(
        catalogue.CERTIFICATE_NAME_MISMATCH,
        summary="former",
        advice="former",
        severity=CRITICAL,
        evidence=[Evidence(f"its name is {former}", bound[1].where)],
        former=former,
        name=name,
    )


def _common_name(certificate: StoredCertificate) -> str | None:
    found = re.search(r"CN=([^,+]+)", certificate.subject or "")
    return found[1].strip() if found else None


@rule
def check_strength(ctx: Context) -> Iterator[Finding]:
    """Old builds sign the self-signed one with SHA-1, and nobody checks that signature."""
    bound = bound_certificate(ctx)
    if not bound:
        return
    binding, certificate = bound
    if not certificate.der or not certificate.readable:
        return
    read = read_strength(certificate.der)
    faults = []
    if "weak_key" in read["weaknesses"]:
        faults.append(f"{read['key_type']} key of {read['key_bits']} bits")
    if "weak_signature" in read["weaknesses"] and binding.source != "self_signed":
        faults.append(f"signature with {read['signature_hash']}")
    if faults:
        evidence = [Evidence(", ".join(faults), certificate.where)]
        yield ctx.corroborate(ctx.finding(catalogue.CERTIFICATE_WEAK, evidence=evidence, owner=_OWNERS[binding.source]))


# What a CA, or the way to it, answers to a request
# (https://learn.microsoft.com/windows/win32/com/com-error-codes-4).
_ENROLMENT_FAULTS = {
    # CERTSRV_E_TEMPLATE_DENIED, CERTSRV_E_ENROLL_DENIED, access denied
    "no_right": {0x80094012, 0x80094011, 0x80070005},
    # CERTSRV_E_UNSUPPORTED_CERT_TYPE, ERROR_NOT_FOUND
    "no_template": {0x80094800, 0x80070490},
    # RPC server unavailable, call failed, no endpoint; no such domain, LDAP server down
    "no_ca": {0x800706BA, 0x800706BE, 0x800706D9, 0x8007054B, 0x8007203A},
}
# Purposes that certificates of a host have, by the names that Windows' own tools show.
_PURPOSES = {
    SERVER_AUTHENTICATION: "Server Authentication",
    REMOTE_DESKTOP_AUTHENTICATION: "Remote Desktop Authentication",
    "1.3.6.1.5.5.7.3.2": "Client Authentication",
    "1.3.6.1.5.5.7.3.3": "Code Signing",
    "1.3.6.1.5.5.7.3.4": "Secure Email",
    "1.3.6.1.5.5.7.3.9": "OCSP Signing",
    "1.3.6.1.5.2.3.5": "KDC Authentication",
    "1.3.6.1.4.1.311.20.2.2": "Smart Card Logon",
}
_TEMPLATE_POLICY = "Security > Server authentication certificate template"


@rule
def check_enrolment(ctx: Context) -> Iterator[Finding]:
    """The host logged that the template which a policy names could not be enrolled, or is enrolled over and over."""
    value = ctx.snapshot.listener_value("policy", "CertTemplateName")
    refused = renewal_failed(ctx.snapshot, None, *TEMPLATE) is not None
    repeated = ctx.snapshot.event_count(RCM, 1063) >= _REPEATED
    # It was enrolled, and then the listener cannot use it: Windows goes on to no other.
    refused_key = ctx.snapshot.event_count(RCM, 1058) and keys_refused(ctx)
    unusable = bool(refused_key and ctx.probe.suggests_no_credential)
    # One that came, and is not for the host's name: Windows shows the host's own instead.
    misnamed = _is_misnamed(ctx)
    if not value or not (refused or repeated or unusable or misnamed):
        return
    evidence = _template_named(ctx, value["data"])
    reason = _enrolment_fault(ctx, refused and not unusable)
    fault = reason or _template_fault(unusable, refused, misnamed)
    if refused:
        evidence.add_events(ctx.snapshot, RCM, 1064, 1065)
        evidence.add_events(ctx.snapshot, ENROLL, 13, 82)
        evidence.add_events(ctx.snapshot, AUTOENROLL, 6)
    if unusable:
        evidence.add_events(ctx.snapshot, RCM, 1058)
        evidence.add_events(ctx.snapshot, SCHANNEL, 36870)
    if repeated:
        evidence.add_events(ctx.snapshot, RCM, 1063)
    if misnamed:
        evidence.add_events(ctx.snapshot, RCM, 1062)
    yield ctx.corroborate(
        ctx.finding(
            catalogue.CERTIFICATE_TEMPLATE_FAILING,
            summary=fault,
            advice=fault if reason or fault in ("misnamed", "unusable") else DEFAULT,
            # One that ended, or is not there, came to that by what the host logged.
            severity=critical_if(unusable or (refused and _lacks_one(ctx, reason) and not ctx.probe.logon_reached)),
            evidence=evidence,
            # Until the request is answered Windows goes on with what it has.
            target=dict.fromkeys(("worth_another_try", "vain"), refused and not unusable),
            template=value["data"],
            policy_name=_TEMPLATE_POLICY,
        )
    )


def _is_misnamed(ctx: Context) -> bool:
    """Whether the last that came in the last day is not for the host's name, where Windows looks for one at all: a pin
    is shown whatever the template is.
    """
    last, pin = renewal_failed(ctx.snapshot, None, (1062,), 1063), ctx.snapshot.pin
    return last is not None and ctx.lately is not None and last >= ctx.lately and not (pin and pin.present)


def _template_named(ctx: Context, name: str) -> EvidenceList:
    where = ctx.snapshot.listener_key("policy")
    gpo = ctx.snapshot.gpo(where, "CertTemplateName")
    set_by = f", set by the GPO '{gpo}'" if gpo else ""
    return EvidenceList([Evidence(f"CertTemplateName is {name}{set_by}", where)])


def _lacks_one(ctx: Context, reason: str | None) -> bool:
    """Whether the listener, which no pin tells what to present, has no certificate in date. An enrolled one that
    ended says as much as that it was not replaced, where the host logged no reason.
    """
    binding = ctx.snapshot.binding
    if not binding or binding.source == "pin" or (binding.source == "template" and not reason):
        return False
    return binding.certificate is None or binding.certificate.expired(ctx.clock)


def _enrolment_fault(ctx: Context, refused: bool) -> str | None:
    """Why it could not be enrolled, as the host logged it; None where that is not said in a number that is known."""
    told = ctx.snapshot.event_numbers(RCM, 1064, 1065)
    told |= ctx.snapshot.event_numbers(ENROLL, 13, 82) | ctx.snapshot.event_numbers(AUTOENROLL, 6)
    return next((reason for reason, numbers in _ENROLMENT_FAULTS.items() if refused and told & numbers), None)


def _template_fault(unusable: bool, refused: bool, misnamed: bool) -> str:
    """The name of the sentence that says most."""
    if unusable:
        return "unusable"
    if misnamed:
        return "misnamed"
    return DEFAULT if refused else "repeated"


@rule
def check_store_writable(ctx: Context) -> Iterator[Finding]:
    """SessionEnv, which is SYSTEM, puts a new certificate into the store's key in the registry: an entry for any group
    of SYSTEM counts.
    """
    descriptor = _store_descriptor(ctx)
    if not descriptor or acl.granted(descriptor, _RENEWS, _SET_VALUE_OR_CREATE):
        return
    denied = acl.denials(descriptor, _RENEWS, _SET_VALUE_OR_CREATE)
    who = acl_words.accounts(denied, ctx.snapshot)
    told, where = f"a denial for {who}" if who else "nothing grants SYSTEM the right to write", _STORE_KEY
    if denied and all(ace.inherited for ace in denied):
        # It can only be removed where it comes from.
        told, where = f"{told} that is inherited", hklm(STORES)
    template = DEFAULT if who else "ungranted"
    yield ctx.corroborate(
        ctx.finding(
            catalogue.CERTIFICATE_STORE_DENIED,
            summary=template,
            advice=template,
            evidence=[Evidence(f"{told}: {acl_words.line(_store_sddl(ctx), ctx.snapshot)}", _STORE_KEY)],
            severity=critical_if(renewal_is_due(ctx)),
            target={"vain": True},
            where=where,
            who=who,
        )
    )


def _store_sddl(ctx: Context) -> str | None:
    section = ctx.snapshot.section("certificates")
    return section["stores"][REMOTE_DESKTOP_STORE]["sddl"] if section else None


def _store_descriptor(ctx: Context) -> acl.Descriptor | None:
    try:
        return acl.parse(_store_sddl(ctx) or "")
    except acl.SddlError:
        return None
