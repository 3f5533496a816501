# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who breaks in the next days: what ends soon and will not be renewed by itself, and what waits for the next start of the service."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import RCM, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import Binding, StoredCertificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.settings import Setting
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso, parse

with contextlib.suppress(ImportError):  # ansible-core brings it along; only a check of bare imports is without
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

CERTIFICATE, LICENSING, POLICY = "certificate", "licensing", "policy"

# What making a new key in the place of the old one takes on its file: to read, write and delete it.
_REPLACE = 0x13019F


@dataclass(frozen=True)
class Forecast:
    """One thing that will keep clients out, or leave the host weak.

    ``kind`` is ``certificate``, ``licensing`` or ``policy``. ``when`` is the UTC time at which it happens (None: at the next start of TermService, whenever
    that is) and ``days`` the whole days until then. ``what`` and ``why`` are sentences; ``finding`` is the id of a finding that has to do with it, or None.
    """

    kind: str
    when: datetime | None
    days: int | None
    what: str
    why: str | None = None
    finding: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "when": iso(self.when) if self.when else None,
            "days": self.days,
            "what": self.what,
            "why": self.why,
            "finding": self.finding,
        }


@dataclass(frozen=True)
class _Doubt:
    """Why a certificate will not be renewed, and the finding that tells of it."""

    text: str
    finding: str | None = None


@dataclass(frozen=True)
class _Ahead:
    """What everything here looks at."""

    snapshot: Snapshot
    probe: ProbeResult
    clock: datetime
    until: datetime
    findings: tuple[Finding, ...]

    def soon(self, moment: datetime) -> bool:
        return self.clock < moment <= self.until

    def found(self, id_: str, **target: Any) -> Finding | None:
        return next(
            (
                entry
                for entry in self.findings
                if entry.id == id_ and all(entry.target.get(key) == value for key, value in target.items())
            ),
            None,
        )


def forecast(snapshot: Snapshot, probe: ProbeResult, findings: Iterable[Finding], days: int) -> list[Forecast]:
    """What will happen to clients within ``days`` days of the snapshot, the soonest first.

    ``findings`` are those of the same moment. What has happened already is a finding and no forecast.
    """
    clock = snapshot.taken_at
    ahead = _Ahead(snapshot, probe, clock, clock + timedelta(days=days), tuple(findings))
    return sorted(
        [*_certificates(ahead), *_licensing(ahead), *_policies(ahead)],
        key=lambda item: (item.when is None, item.when or clock),
    )


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")


# Certificates ---------------------------------------------------------------------------------------------------------------------------


def _stored(host: Snapshot) -> Iterator[StoredCertificate]:
    for entries in (host.stores or {}).values():
        yield from entries


def _ends(certificate: StoredCertificate) -> datetime:
    """When it ends; one that cannot be read has long ended."""
    return certificate.not_after or datetime.min.replace(tzinfo=timezone.utc)


def _certificates(ahead: _Ahead) -> Iterator[Forecast]:
    binding = ahead.snapshot.binding
    certificate = binding.certificate if binding else None
    if not binding or not certificate or certificate.not_after is None:
        return
    if ahead.soon(certificate.not_after):
        kind, lead, reasons = _RENEWAL[binding.source]
        doubts = list(reasons(ahead, certificate))
        if doubts:
            yield Forecast(
                CERTIFICATE,
                certificate.not_after,
                (certificate.not_after - ahead.clock).days,
                f"The listener's {kind} certificate {certificate.thumbprint} ends on {_day(certificate.not_after)}",
                f"{lead}: {'; '.join(doubt.text for doubt in doubts)}",
                next((doubt.finding for doubt in doubts if doubt.finding), None),
            )
    yield from _issuers(ahead, binding)


def _pinned(ahead: _Ahead, certificate: StoredCertificate) -> Iterator[_Doubt]:
    yield _Doubt(
        "bind its successor with winops.rdp.certificate state=bound, or go back to the self-signed one with state=self_signed"
    )
    # The usual mishap: renewed in the store, and the listener still names the old one.
    later = [
        entry
        for entry in _stored(ahead.snapshot)
        if certificate.subject
        and entry.subject == certificate.subject
        and entry.has_key_property
        and entry.serves
        and _ends(entry) > _ends(certificate)
    ]
    if later:
        best = max(later, key=_ends)
        yield _Doubt(f"store {best.store} has {best.thumbprint} for the same subject, valid until {_day(_ends(best))}")


def _self_signed(ahead: _Ahead, certificate: StoredCertificate) -> Iterator[_Doubt]:
    yield from _nobody_looks(ahead)
    file = ahead.snapshot.key_file(certificate)
    descriptor = ahead.snapshot.key_descriptor(file) if file else None
    if file and descriptor and not acl.granted(descriptor, {*acl.SYSTEM_TOKEN, acl.SESSIONENV}, _REPLACE):
        yield _Doubt(f"neither SYSTEM nor SessionEnv may replace its key file {file['path']}")
    yield from _key_place(ahead)
    if ahead.found("certificate.store_denied"):
        yield _Doubt("SYSTEM may not write into the store Remote Desktop", "certificate.store_denied")
    yield from _failures(ahead, certificate, (1057, 1058), 1056)


def _enrolled(ahead: _Ahead, certificate: StoredCertificate) -> Iterator[_Doubt]:
    yield from _nobody_looks(ahead)
    if certificate.key and certificate.key.provider_type:  # CNG keeps its keys elsewhere
        yield from _key_place(ahead)
    listener = ahead.snapshot.section("listener")
    if listener and not listener["policy"]["settings"]["CertTemplateName"]:
        yield _Doubt("no policy names a template any more")
    yield from _failures(ahead, certificate, (1064, 1065), 1063, "certificate.template_failing")


# How the certificate is called, how the reasons begin, and what they are.
_RENEWAL = {
    "pin": ("pinned", "Nothing renews a pinned certificate by itself", _pinned),
    "template": ("enrolled", "It may not be enrolled again", _enrolled),
    "self_signed": ("self-signed", "SessionEnv will not renew it", _self_signed),
}


def _nobody_looks(ahead: _Ahead) -> Iterator[_Doubt]:
    """What keeps SessionEnv from looking after any certificate."""
    if ahead.found("service.disabled", service="SessionEnv"):
        yield _Doubt("the service SessionEnv is disabled", "service.disabled")
    if ahead.found("service.sessionenv_stopped"):
        yield _Doubt("the service SessionEnv is stopped while TermService runs", "service.sessionenv_stopped")
    listener = ahead.snapshot.section("listener")
    interval = listener["winstations"]["settings"]["CertRefreshInterval"] if listener else None
    if interval and interval["type"] == "dword" and interval["data"] == 0:
        yield _Doubt("CertRefreshInterval is 0, so it is never looked at")


def _key_place(ahead: _Ahead) -> Iterator[_Doubt]:
    if ahead.found("machine_keys.folder_hardened"):
        yield _Doubt(
            "the folder of machine keys was hardened, and the next key may come out unreadable",
            "machine_keys.folder_hardened",
        )


def _failures(
    ahead: _Ahead, certificate: StoredCertificate, failed: tuple[int, ...], done: int, finding: str | None = None
) -> Iterator[_Doubt]:
    """The host logged that it could not, and neither that it could afterwards, nor is the certificate any younger."""
    count, last, success = (
        ahead.snapshot.event_count(RCM, *failed),
        _last(ahead.snapshot, *failed),
        _last(ahead.snapshot, done),
    )
    if not last or (success and success >= last) or (certificate.not_before and certificate.not_before >= last):
        return
    names = "/".join(str(number) for number in failed)
    yield _Doubt(
        f"{count} event(s) {names}, the last on {_day(last)}, say that it was tried in vain",
        finding if finding and ahead.found(finding) else None,
    )


def _last(host: Snapshot, *ids: int) -> datetime | None:
    events = host.section("events")
    return max(
        (
            parse(row["last"])
            for row in (events["counts"] if events else ())
            if row["provider"] == RCM and row["id"] in ids
        ),
        default=None,
    )


def _issuers(ahead: _Ahead, binding: Binding) -> Iterator[Forecast]:
    """Certificates of the CAs above the bound one, as far as the stores that were read have them, that end before it does."""
    leaf = binding.certificate
    if binding.source == "self_signed" or not leaf:
        return
    chain = [leaf]
    while (issuer := _issuer(ahead.snapshot, chain[-1])) and issuer.not_after and issuer not in chain:
        if ahead.soon(issuer.not_after) and leaf.not_after and issuer.not_after < leaf.not_after:
            yield Forecast(
                CERTIFICATE,
                issuer.not_after,
                (issuer.not_after - ahead.clock).days,
                f"The certificate of the CA {issuer.subject}, which issued the listener's, ends on {_day(issuer.not_after)}, before that one",
                "Clients that check the chain then refuse the listener's certificate: renew the CA's certificate, and give it to host and clients",
            )
        chain.append(issuer)


def _issuer(host: Snapshot, certificate: StoredCertificate) -> StoredCertificate | None:
    """The certificate of a store that this one was signed with: of a CA that renewed its own, the one that lasts longest."""
    signers = [
        entry
        for entry in _stored(host)
        if entry.thumbprint != certificate.thumbprint and entry.not_after and _signed(certificate, entry)
    ]
    return max(signers, key=_ends) if signers else None


def _signed(certificate: StoredCertificate, issuer: StoredCertificate) -> bool:
    if not certificate.der or not issuer.der:
        return False
    try:
        below, above = x509.load_der_x509_certificate(certificate.der), x509.load_der_x509_certificate(issuer.der)
        name = below.issuer.public_bytes()
        if name == below.subject.public_bytes() or name != above.subject.public_bytes():
            return False  # its own issuer, or another's
        below.verify_directly_issued_by(above)
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, AttributeError):
        return True  # too old a signature, or too old a library, to be checked: the names agree
    except (ValueError, TypeError):
        return False
    return True


# Licences -------------------------------------------------------------------------------------------------------------------------------


def _licensing(ahead: _Ahead) -> Iterator[Forecast]:
    section = ahead.snapshot.section("licensing")
    lacking = ahead.found("licensing.not_configured")
    grace = section["grace_days"] if section else None
    if not lacking or grace is None:
        return
    end = ahead.clock + timedelta(days=min(grace, 36500))
    if ahead.soon(end):
        yield Forecast(
            LICENSING,
            end,
            grace,
            f"The grace period of this RD Session Host ends in {grace} day{'' if grace == 1 else 's'}",
            f"Users are turned away then: {lacking.evidence_for[0].fact}"
            if lacking.evidence_for
            else "Users are turned away then",
            lacking.id,
        )


# Policies -------------------------------------------------------------------------------------------------------------------------------


def _policies(ahead: _Ahead) -> Iterator[Forecast]:
    """Values that a policy has set while the running listener still works the old way: it reads them when TermService starts."""
    if not ahead.probe:
        return
    for name in ("fDenyTSConnections", "SecurityLayer", "UserAuthentication", "MaxInstanceCount"):
        setting = ahead.snapshot.setting(name)
        if not setting or not setting.by_policy or not isinstance(setting.effective, int):
            continue
        harm = _harm(ahead, setting)
        if harm:
            told = next(
                (
                    entry.id
                    for entry in ahead.findings
                    if any(fact.where == setting.where for fact in entry.evidence_for)
                ),
                None,
            )
            yield Forecast(
                POLICY,
                None,
                None,
                f"{setting.set_by} sets {name} to {setting.effective}: {harm} from the next start of TermService on",
                f"The listener that runs does not follow it yet ({ahead.probe.summary}); change it in the policy before the service or the host is restarted",
                told,
            )


def _harm(ahead: _Ahead, setting: Setting) -> str | None:
    """What the value will do, if the probe shows that it does not do so yet."""
    value, probe = setting.effective, ahead.probe
    insists = probe.offers("tls") is False and probe.offers("rdp") is False
    if setting.name == "fDenyTSConnections":
        # A listener that drops every request for a connection does follow it.
        answers = probe.tls_established or probe.stage == "tls" or bool(probe.denied)
        return "no client gets in" if value and answers else None
    if setting.name == "SecurityLayer" and value != 2:
        if value == 0:
            return (
                "there is no TLS any more, and clients that want it or NLA are turned away"
                if probe.tls_established
                else None
            )
        if value == 1:
            weaker = probe.offers("rdp") is False and ahead.snapshot.effective("UserAuthentication") != 1
            return "connections without TLS are taken" if weaker else None
        return "the listener agrees with no client" if probe.tls_established else None
    if setting.name == "UserAuthentication":
        return "Network Level Authentication is no longer required" if value != 1 and insists else None
    if setting.name == "MaxInstanceCount":
        return "no connection is taken at all" if value == 0 and probe.logon_reached else None
    return None
