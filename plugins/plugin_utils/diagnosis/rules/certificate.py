# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the listener's certificate: is there one, is it in date, can the service that presents it read its key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    RCM,
    WARNING,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import other_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import (
    REMOTE_DESKTOP_STORE,
    Binding,
    Reference,
    StoredCertificate,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import read_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.schema import STORES

SCHANNEL = "Schannel"
_SET_VALUE_OR_CREATE = 0x0006


def _day(date: datetime | None) -> str:
    return date.strftime("%Y-%m-%d %H:%M UTC") if date else "an unreadable date"


def _events(ctx: Context, provider: str, *ids: int) -> tuple[Evidence, ...]:
    count = ctx.snapshot.event_count(provider, *ids)
    names = "/".join(str(id_) for id_ in ids)
    return (Evidence(f"{count} event(s) {names} of {provider} in the last days", "section events"),) if count else ()


def _in_store(certificate: StoredCertificate) -> str:
    return f"certificate {certificate.thumbprint} in store {certificate.store}"


def _fits_no_credential(ctx: Context) -> bool | None:
    return True if ctx.probe.suggests_no_credential else False if ctx.probe.logon_reached else None


def _listens(ctx: Context) -> bool:
    return bool(ctx.snapshot.rdp_enabled and ctx.snapshot.running("TermService"))


def _presented(ctx: Context, certificate: StoredCertificate) -> bool:
    return ctx.probe.thumbprint == certificate.thumbprint


def _stands_in(ctx: Context, binding: Binding) -> bool:
    """Clients get in with another certificate of the host: some builds fall back to the self-signed one when the one that was chosen cannot be used."""
    shown = ctx.probe.thumbprint
    if (
        not ctx.probe.is_healthy
        or binding.source == "self_signed"
        or not shown
        or shown == binding.reference.thumbprint
    ):
        return False
    return ctx.snapshot.find_certificate(shown) is not None


@rule
def validity(ctx: Context) -> Iterator[Finding]:
    """Expired by both clocks: the host's own, and the controller's. Where they disagree it is the clock's fault (see ``clock``)."""
    binding, now = ctx.snapshot.binding, ctx.snapshot.now
    if not binding or not binding.certificate or not now:
        return
    certificate = binding.certificate
    if not certificate.expired(now) or not certificate.expired(ctx.clock):
        return
    facts = (
        Evidence(
            f"valid until {_day(certificate.not_after)}, the host's clock says {_day(now)}", _in_store(certificate)
        ),
        Evidence(f"the listener is bound to it ({binding.source})", binding.reference.where),
        *_events(ctx, RCM, 1057, 1058, 1065),
    )
    served = _presented(ctx, certificate)
    fits = True if served or ctx.probe.suggests_no_credential else False if ctx.probe.is_healthy else None
    if binding.source == "self_signed":
        yield ctx.judged(
            Finding(
                "certificate.expired",
                CRITICAL,
                f"The listener's self-signed certificate expired on {_day(certificate.not_after)} and was not renewed",
                evidence_for=facts,
                target={"store": certificate.store, "thumbprint": certificate.thumbprint},
            ),
            fits=fits,
        )
        return
    pinned = binding.source == "pin"
    instead = _stands_in(ctx, binding)
    yield ctx.judged(
        Finding(
            "certificate.pin_expired" if pinned else "certificate.template_expired",
            WARNING if instead else CRITICAL,
            f"The {'pinned' if pinned else 'enrolled'} certificate {certificate.thumbprint} expired on {_day(certificate.not_after)}"
            + ("; the listener shows another one in its place" if instead else ""),
            evidence_for=facts,
            owner="host" if pinned else "policy",
            advice=(
                "somebody chose this certificate: bind its successor with winops.rdp.certificate state=bound, or go back to the self-signed one"
                " with state=self_signed"
                if pinned
                else "the certificate comes from a template set by Group Policy: renew it there (enrolment permission, template, CA)"
            ),
            target={"thumbprint": certificate.thumbprint},
        ),
        fits=None if instead else fits,
    )


@rule
def missing(ctx: Context) -> Iterator[Finding]:
    """The listener runs and has no certificate of its own to present."""
    binding = ctx.snapshot.binding
    if not binding or binding.source != "self_signed" or binding.certificate or not _listens(ctx):
        return
    reference = binding.reference
    names = f"names {reference.thumbprint}" if reference.thumbprint else (reference.fault or "is absent")
    others = [entry.thumbprint for entry in (ctx.snapshot.stores or {}).get(REMOTE_DESKTOP_STORE, ())]
    yield ctx.judged(
        Finding(
            "certificate.missing",
            CRITICAL,
            "The listener has no certificate: the one it should present is not in the store",
            evidence_for=(
                Evidence(f"{reference.name} {names}", reference.where),
                Evidence(f"the store holds {', '.join(others) or 'no certificate'}", f"store {REMOTE_DESKTOP_STORE}"),
                *_events(ctx, RCM, 1057, 1058),
            ),
            target={"present": others},
        ),
        fits=_fits_no_credential(ctx),
    )


@rule
def key(ctx: Context) -> Iterator[Finding]:
    """The private key behind the certificate that the listener is bound to: there, and readable for NETWORK SERVICE."""
    binding = ctx.snapshot.binding
    if not binding or not binding.certificate:
        return
    certificate = binding.certificate
    if not certificate.has_key_property:
        yield _key_missing(
            ctx, binding, certificate, Evidence("the store entry has no key attached", _in_store(certificate))
        )
        return
    file = ctx.snapshot.key_file(certificate)
    if not file or file["exists"] is None:
        return
    if not file["exists"]:
        yield _key_missing(
            ctx,
            binding,
            certificate,
            Evidence(f"key file of container {file['container']} does not exist", file["path"] or "section key_files"),
        )
        return
    descriptor = ctx.snapshot.key_descriptor(file)
    if not descriptor or ctx.snapshot.service_can_read(file):
        return
    denied = acl.denies(descriptor, acl.NETWORK_SERVICE, acl.READ)
    finding = ctx.judged(
        Finding(
            "certificate.key_unreadable",
            CRITICAL,
            "NETWORK SERVICE, as which the listener runs, cannot read the private key of the certificate that it must present",
            evidence_for=(
                Evidence(f"S-1-5-20 {'is denied' if denied else 'has no'} read access: {file['sddl']}", file["path"]),
                *_events(ctx, SCHANNEL, 36870),
                *_events(ctx, RCM, 1055, 1058),
            ),
            target={"path": file["path"], "sddl": file["sddl"], "thumbprint": certificate.thumbprint},
        ),
        fits=_fits_no_credential(ctx),
    )
    if ctx.probe.logon_reached:
        # In its place: the mended key is taken up only when the service starts again.
        instead = _stands_in(ctx, binding)
        held = "the service still holds a key that it opened earlier and will fail at its next start"
        why = "the listener shows another certificate in its place" if instead else held
        finding = replace(finding, summary=f"{finding.summary}; {why}", target={**finding.target, "replaced": instead})
    yield finding


def _key_missing(ctx: Context, binding: Binding, certificate: StoredCertificate, evidence: Evidence) -> Finding:
    if binding.source == "pin":
        return _dead_pin(ctx, binding.reference, evidence, "its private key is gone")
    return ctx.judged(
        Finding(
            "certificate.key_missing",
            CRITICAL,
            "The private key of the listener's certificate is gone; Windows keeps a certificate that is in date and does not notice",
            evidence_for=(evidence, *_events(ctx, RCM, 1057, 1058), *_events(ctx, SCHANNEL, 36869, 36870)),
            owner="host" if binding.source == "self_signed" else "policy",
            advice=None
            if binding.source == "self_signed"
            else "the certificate comes from a template set by Group Policy: enrol it again",
            target={"store": certificate.store, "thumbprint": certificate.thumbprint},
        ),
        fits=_fits_no_credential(ctx),
    )


def _dead_pin(ctx: Context, pin: Reference, evidence: Evidence, why: str) -> Finding:
    return ctx.judged(
        Finding(
            "certificate.pin_dead",
            WARNING if ctx.probe.logon_reached else CRITICAL,
            f"The listener is pinned to a certificate that cannot be used: {why}",
            evidence_for=(evidence, *_events(ctx, RCM, 1051, 1055, 1059)),
            target={"key": pin.where.rsplit("\\", 1)[0], "name": pin.name},
        ),
        # Windows may also fall back to its own certificate; then the pin is as dead and does no harm yet.
        fits=True
        if ctx.probe.suggests_no_credential
        else None
        if ctx.probe.logon_reached
        else _fits_no_credential(ctx),
    )


@rule
def pin(ctx: Context) -> Iterator[Finding]:
    """A pin (``SSLCertificateSHA1Hash``) that names nothing, or is not a SHA-1 at all."""
    pin_, stores = ctx.snapshot.pin, ctx.snapshot.stores
    if not pin_ or not pin_.present or stores is None:
        return
    if pin_.fault:
        yield _dead_pin(ctx, pin_, Evidence(f"{pin_.name} {pin_.fault}", pin_.where), "the registry value is malformed")
    elif pin_.thumbprint and not ctx.snapshot.find_certificate(pin_.thumbprint):
        if "certificates" in ctx.snapshot.truncated:
            return  # it may be among those that were not listed
        yield _dead_pin(
            ctx,
            pin_,
            Evidence(
                f"{pin_.name} names {pin_.thumbprint}, which neither My nor {REMOTE_DESKTOP_STORE} holds", pin_.where
            ),
            "there is no such certificate",
        )


@rule
def store_name(ctx: Context) -> Iterator[Finding]:
    """``SelfSignedCertStore`` tells the service where its own certificate is."""
    setting = ctx.snapshot.setting("SelfSignedCertStore")
    if not setting or setting.effective == REMOTE_DESKTOP_STORE:
        return
    if ctx.snapshot.self_signed and not ctx.snapshot.self_signed.present and setting.source == "default":
        return  # a host on which the service has never made a certificate has neither value
    found = setting.fault or (f"is {setting.effective!r}" if setting.effective is not None else "is absent")
    yield ctx.judged(
        Finding(
            "certificate.store_name",
            CRITICAL,
            f"The listener looks for its certificate in the wrong store: SelfSignedCertStore should be '{REMOTE_DESKTOP_STORE}'",
            evidence_for=(Evidence(f"SelfSignedCertStore {found}", setting.where),),
            target={"key": setting.key, "name": setting.name},
        ),
        fits=True
        if ctx.probe.suggests_no_credential or ctx.probe.ends_in_negotiation
        else False
        if ctx.probe.logon_reached
        else None,
    )


def _usable(ctx: Context, binding: Binding) -> bool:
    """Whether nothing is known that keeps the listener from showing the bound certificate; what does is a finding of its own."""
    certificate = binding.certificate
    file = ctx.snapshot.key_file(certificate) if certificate else None
    key_fails = file is not None and (file["exists"] is False or ctx.snapshot.service_can_read(file) is False)
    return bool(certificate and certificate.has_key_property and certificate.serves) and not key_fails


@rule
def not_presented(ctx: Context) -> Iterator[Finding]:
    """The listener presents another certificate than the one it is bound to."""
    binding = ctx.snapshot.binding
    shown = ctx.probe.thumbprint
    if (
        not ctx.probe.logon_reached
        or not shown
        or not binding
        or not binding.certificate
        or _presented(ctx, binding.certificate)
    ):
        return
    if binding.certificate.expired(ctx.clock) or not _usable(ctx, binding):
        return
    other = other_certificate(ctx)
    if not other or not other.known:
        return
    yield ctx.finding(
        catalogue.CERTIFICATE_NOT_PRESENTED, evidence=other.evidence, target={"presented": other.thumbprint}
    )


@rule
def not_yet_valid(ctx: Context) -> Iterator[Finding]:
    """Begins in the future by both clocks: made while the host's clock was wrong, or issued too early."""
    binding, now = ctx.snapshot.binding, ctx.snapshot.now
    certificate = binding.certificate if binding else None
    if (
        not binding
        or not certificate
        or not now
        or not certificate.not_yet_valid(now)
        or not certificate.not_yet_valid(ctx.clock)
    ):
        return
    own = binding.source == "self_signed"
    yield ctx.judged(
        Finding(
            "certificate.not_yet_valid",
            CRITICAL,
            f"The listener's certificate is not valid before {_day(certificate.not_before)}",
            evidence_for=(
                Evidence(
                    f"valid from {_day(certificate.not_before)}, the host's clock says {_day(now)}",
                    _in_store(certificate),
                ),
                Evidence(f"the listener is bound to it ({binding.source})", binding.reference.where),
            ),
            owner="host" if own or binding.source == "pin" else "policy",
            advice=None if own else "somebody chose this certificate: bind another one, or wait until it is valid",
            target={"store": certificate.store, "thumbprint": certificate.thumbprint},
        ),
        fits=True if _presented(ctx, certificate) or ctx.probe.suggests_no_credential else None,
    )


@rule
def purpose(ctx: Context) -> Iterator[Finding]:
    binding = ctx.snapshot.binding
    certificate = binding.certificate if binding else None
    if (
        not binding
        or not certificate
        or binding.source == "self_signed"
        or not certificate.readable
        or certificate.serves
    ):
        return
    yield ctx.judged(
        Finding(
            "certificate.wrong_purpose",
            WARNING if _stands_in(ctx, binding) else CRITICAL,
            "The certificate that the listener is bound to is not for a server: it has neither Server Authentication nor Remote Desktop Authentication",
            evidence_for=(
                Evidence(f"purposes {', '.join(certificate.usages or ()) or 'none'}", _in_store(certificate)),
                Evidence(f"the listener is bound to it ({binding.source})", binding.reference.where),
                *_events(ctx, RCM, 1054),
            ),
            owner="host" if binding.source == "pin" else "policy",
            advice="somebody chose this certificate: bind one with the purpose 1.3.6.1.5.5.7.3.1 (winops.rdp.certificate state=bound), or go back to the"
            " self-signed one (state=self_signed)",
            target={"thumbprint": certificate.thumbprint},
        ),
        fits=True if ctx.probe.suggests_no_credential else None,
    )


@rule
def name(ctx: Context) -> Iterator[Finding]:
    """Only for a certificate that somebody chose, and only for a name that somebody asked for: aliases are as good as any other name."""
    binding, shown = ctx.snapshot.binding, ctx.probe.certificate
    asked = ctx.probe.host
    if (
        not binding
        or not binding.certificate
        or binding.source == "self_signed"
        or not shown
        or not _presented(ctx, binding.certificate)
    ):
        return
    if shown.get("name_matches") is not False or not re.search("[A-Za-z]", asked) or ":" in asked:
        return
    names = [text.removeprefix("DNS:") for text in shown.get("sans") or ()] or [shown.get("common_name") or "no name"]
    yield ctx.judged(
        Finding(
            "certificate.name_mismatch",
            WARNING,
            f"The certificate that the listener is bound to is not for the name {asked}",
            evidence_for=(Evidence(f"it is for {', '.join(names)}", _in_store(binding.certificate)),),
            owner="host" if binding.source == "pin" else "policy",
            advice="issue it for the names that users type, or tell users the right one; clients that check names strictly refuse it",
        ),
        fits=True,
    )


@rule
def weak(ctx: Context) -> Iterator[Finding]:
    """The self-signed one of an old build is signed with SHA-1 as a matter of course, and nobody checks that signature."""
    binding = ctx.snapshot.binding
    certificate = binding.certificate if binding else None
    if not binding or not certificate or not certificate.der or not certificate.readable:
        return
    read = read_certificate(certificate.der, ctx.clock)
    faults = {
        "weak_key": f"{read['key_type']} key of {read['key_bits']} bits",
        "weak_signature": f"signature with {read['signature_hash']}",
    }
    found = [
        text
        for word, text in faults.items()
        if word in read["weaknesses"] and not (binding.source == "self_signed" and word == "weak_signature")
    ]
    if not found:
        return
    yield ctx.judged(
        Finding(
            "certificate.weak",
            WARNING,
            "The listener's certificate is too weak for current clients other than mstsc",
            evidence_for=(Evidence(", ".join(found), _in_store(certificate)),),
            owner="host" if binding.source != "template" else "policy",
            advice="bind one with an RSA key of 2048 bits or more, signed with SHA-256",
        ),
        fits=None,
    )


@rule
def template(ctx: Context) -> Iterator[Finding]:
    listener = ctx.snapshot.section("listener")
    value = listener["policy"]["settings"]["CertTemplateName"] if listener else None
    refused, again = ctx.snapshot.event_count(RCM, 1064, 1065), ctx.snapshot.event_count(RCM, 1063)
    if not value or not (refused or again >= 4):
        return
    gpo = ctx.snapshot.gpo(listener["policy"]["path"] if listener else "", "CertTemplateName")
    yield ctx.judged(
        Finding(
            "certificate.template_failing",
            WARNING,
            f"The certificate template {value['data']} that a policy names cannot be enrolled"
            if refused
            else f"A new certificate is enrolled from the template {value['data']} again and again",
            evidence_for=(
                Evidence(
                    f"CertTemplateName is {value['data']}" + (f", set by the GPO '{gpo}'" if gpo else ""),
                    listener["policy"]["path"] if listener else "",
                ),
                *_events(ctx, RCM, 1064, 1065),
                *(_events(ctx, RCM, 1063) if again >= 4 else ()),
            ),
            owner="policy",
            advice="on the CA: the template's name and display name must be the same, the computer needs the right to enrol, and the CA must answer",
        ),
        fits=None,
    )


@rule
def store(ctx: Context) -> Iterator[Finding]:
    section = ctx.snapshot.section("certificates")
    sddl = section["stores"][REMOTE_DESKTOP_STORE]["sddl"] if section else None
    if not sddl:
        return
    try:
        descriptor = acl.parse(sddl)
    except acl.SddlError:
        return
    denied = [
        ace
        for ace in descriptor.aces or ()
        if ace.kind == "D" and ace.sid == acl.SYSTEM and ace.mask & _SET_VALUE_OR_CREATE
    ]
    if not denied:
        return
    inherited = all(ace.inherited for ace in denied)
    binding = ctx.snapshot.binding
    empty = (
        binding is not None
        and binding.source == "self_signed"
        and (binding.certificate is None or binding.certificate.expired(ctx.clock))
    )
    where = f"{STORES}\\{REMOTE_DESKTOP_STORE}"
    yield ctx.judged(
        Finding(
            "certificate.store_denied",
            CRITICAL if empty else WARNING,
            "SYSTEM may not write into the store of the listener's certificate: SessionEnv cannot renew it",
            evidence_for=(
                Evidence(f"a denial for S-1-5-18{' that is inherited' if inherited else ''}: {sddl}", where),
            ),
            advice=f"remove the denial on {where if not inherited else STORES} and nothing else (regedit, Permissions, Advanced), then restart SessionEnv",
        ),
        fits=None,
    )
