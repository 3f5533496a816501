# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which clients fail in the next days: what ends soon and will not be renewed by itself, and what takes effect when the
service starts next."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import RCM, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import renewal_failed
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.licensing import lacking_licences
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import Binding, StoredCertificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso, minute

with contextlib.suppress(ImportError):  # ansible-core brings it along; only a check of bare imports is without
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

CERTIFICATE, LICENSING, POLICY = "certificate", "licensing", "policy"

# What making a new key in the place of the old one takes on its file: to read, write and delete it.
_REPLACE = 0x13019F
# A number of days that any calendar can add: a host may answer more.
_LONGEST_GRACE = 36500


@dataclass(frozen=True)
class Forecast:
    """One thing that will keep clients out, or leave the host weak.

    ``kind`` is ``certificate``, ``licensing`` or ``policy``. ``when`` is the UTC time at which it happens (None: at the
    next start of TermService, whenever that is) and ``days`` the whole days until then. ``what`` and ``why`` are
    sentences; ``finding`` is the id of a finding that has to do with it, or None.
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
class RenewalObstacle:
    """Why a certificate will not be renewed, and the id of the finding that says so, if there is one."""

    text: str
    finding: str | None = None


@dataclass(frozen=True)
class ForecastInput:
    """What everything here looks at. ``until`` is the last time that is looked at, UTC."""

    snapshot: Snapshot
    probe: ProbeResult
    until: datetime
    findings: tuple[Finding, ...]

    @property
    def clock(self) -> datetime:
        """The controller's UTC time at the snapshot."""
        return self.snapshot.taken_at

    def is_ahead(self, moment: datetime) -> bool:
        return self.clock < moment <= self.until

    def found(self, *types: FindingType) -> Finding | None:
        """The first finding of one of these types."""
        return next((finding for finding in self.findings if finding.type in types), None)

    def found_id(self, *types: FindingType) -> str | None:
        finding = self.found(*types)
        return finding.id if finding else None

    def obstacle(self, type_: FindingType, text: str, **target: Any) -> Iterator[RenewalObstacle]:
        """The obstacle that a finding of this type is, on this target if one is given; nothing if there is none."""
        for finding in self.findings:
            if finding.type is type_ and target.items() <= finding.target.items():
                yield RenewalObstacle(text, finding.id)
                return


def forecast(snapshot: Snapshot, probe: ProbeResult, findings: Iterable[Finding], days: int) -> list[Forecast]:
    """What will happen to clients within ``days`` days of the snapshot, the soonest first.

    ``findings`` are those of the same snapshot. What has happened already is a finding and no forecast.
    """
    clock = snapshot.taken_at
    ahead = ForecastInput(snapshot, probe, clock + timedelta(days=days), tuple(findings))
    return sorted(
        [*_certificates(ahead), *_licensing(ahead), *_policies(ahead)],
        key=lambda item: (item.when is None, item.when or clock),
    )


# Certificates ---------------------------------------------------------------------------------------------------------


def _stored(snapshot: Snapshot) -> Iterator[StoredCertificate]:
    for entries in (snapshot.stores or {}).values():
        yield from entries


def _ends(certificate: StoredCertificate) -> datetime:
    """When it ends; one that cannot be read has long ended."""
    return certificate.not_after or datetime.min.replace(tzinfo=timezone.utc)


def _certificates(ahead: ForecastInput) -> Iterator[Forecast]:
    binding = ahead.snapshot.binding
    certificate = binding.certificate if binding else None
    if not binding or not certificate or certificate.not_after is None:
        return
    if ahead.is_ahead(certificate.not_after):
        kind, lead, reasons = _RENEWAL[binding.source]
        obstacles = list(reasons(ahead, certificate))
        if obstacles:
            yield Forecast(
                CERTIFICATE,
                certificate.not_after,
                (certificate.not_after - ahead.clock).days,
                f"The listener's {kind} certificate {certificate.thumbprint} ends on {minute(certificate.not_after)}",
                f"{lead}: {'; '.join(obstacle.text for obstacle in obstacles)}",
                next((obstacle.finding for obstacle in obstacles if obstacle.finding), None),
            )
    yield from _issuers(ahead, binding)


def _pinned(ahead: ForecastInput, certificate: StoredCertificate) -> Iterator[RenewalObstacle]:
    yield RenewalObstacle(
        "bind its successor with winops.rdp.certificate state=bound, or go back to the self-signed one with"
        " state=self_signed"
    )
    # What often happens: it was renewed in the store, and the listener still names the old one.
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
        end = minute(_ends(best))
        yield RenewalObstacle(f"store {best.store} has {best.thumbprint} for the same subject, valid until {end}")


def _self_signed(ahead: ForecastInput, certificate: StoredCertificate) -> Iterator[RenewalObstacle]:
    yield from _renewal_service_down(ahead)
    file = ahead.snapshot.key_file(certificate)
    descriptor = ahead.snapshot.key_descriptor(file) if file else None
    if file and descriptor and not acl.granted(descriptor, {*acl.SYSTEM_TOKEN, acl.SESSIONENV}, _REPLACE):
        yield RenewalObstacle(f"neither SYSTEM nor SessionEnv may replace its key file {file['path']}")
    yield from _key_folder_hardened(ahead)
    yield from ahead.obstacle(catalogue.CERTIFICATE_STORE_DENIED, "SYSTEM may not write into the store Remote Desktop")
    yield from _failed_before(ahead, certificate, (1057, 1058), 1056)


def _enrolled(ahead: ForecastInput, certificate: StoredCertificate) -> Iterator[RenewalObstacle]:
    yield from _renewal_service_down(ahead)
    if certificate.key and certificate.key.provider_type:  # CNG keeps its keys elsewhere
        yield from _key_folder_hardened(ahead)
    listener = ahead.snapshot.section("listener")
    if listener and not listener["policy"]["settings"]["CertTemplateName"]:
        yield RenewalObstacle("no policy names a template any more")
    yield from _failed_before(ahead, certificate, (1064, 1065), 1063, catalogue.CERTIFICATE_TEMPLATE_FAILING)


# How the certificate is called, how the reasons begin, and what they are.
_RENEWAL = {
    "pin": ("pinned", "Nothing renews a pinned certificate by itself", _pinned),
    "template": ("enrolled", "It may not be enrolled again", _enrolled),
    "self_signed": ("self-signed", "SessionEnv will not renew it", _self_signed),
}


def _renewal_service_down(ahead: ForecastInput) -> Iterator[RenewalObstacle]:
    """What keeps SessionEnv from renewing any certificate."""
    yield from ahead.obstacle(catalogue.SERVICE_DISABLED, "the service SessionEnv is disabled", service="SessionEnv")
    yield from ahead.obstacle(
        catalogue.SERVICE_SESSIONENV_STOPPED, "the service SessionEnv is stopped while TermService runs"
    )
    interval = ahead.snapshot.listener_value("winstations", "CertRefreshInterval")
    if interval and interval["type"] == "dword" and interval["data"] == 0:
        yield RenewalObstacle("CertRefreshInterval is 0, so it is never looked at")


def _key_folder_hardened(ahead: ForecastInput) -> Iterator[RenewalObstacle]:
    yield from ahead.obstacle(
        catalogue.MACHINE_KEYS_FOLDER_HARDENED,
        "the folder of machine keys was hardened, and the next key may come out unreadable",
    )


def _failed_before(
    ahead: ForecastInput,
    certificate: StoredCertificate,
    failed: tuple[int, ...],
    done: int,
    *types: FindingType,
) -> Iterator[RenewalObstacle]:
    """The host logged that it failed, and nothing has settled it since."""
    last = renewal_failed(ahead.snapshot, certificate, failed, done)
    if not last:
        return
    count, names = ahead.snapshot.event_count(RCM, *failed), "/".join(str(number) for number in failed)
    yield RenewalObstacle(
        f"{counted(count)} {names}, the last on {minute(last)}, say that it failed", ahead.found_id(*types)
    )


def _issuers(ahead: ForecastInput, binding: Binding) -> Iterator[Forecast]:
    """Certificates of the CAs above the bound one that end before it does, as far as they are in the stores read."""
    leaf = binding.certificate
    if binding.source == "self_signed" or not leaf:
        return
    chain = [leaf]
    while (issuer := _issuer(ahead.snapshot, chain[-1])) and issuer.not_after and issuer not in chain:
        if ahead.is_ahead(issuer.not_after) and leaf.not_after and issuer.not_after < leaf.not_after:
            yield Forecast(
                CERTIFICATE,
                issuer.not_after,
                (issuer.not_after - ahead.clock).days,
                f"The certificate of the CA {issuer.subject}, which issued the listener's, ends on"
                f" {minute(issuer.not_after)}, before that one",
                "Clients that check the chain then refuse the listener's certificate: renew the CA's certificate, and"
                " give it to host and clients",
            )
        chain.append(issuer)


def _issuer(snapshot: Snapshot, certificate: StoredCertificate) -> StoredCertificate | None:
    """The stored certificate that signed this one: of a CA that renewed its own, the one that lasts longest."""
    signers = [
        entry
        for entry in _stored(snapshot)
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
    except Exception:  # whatever the library raises over odd bytes
        return False
    return True


# Licences -------------------------------------------------------------------------------------------------------------


def _licensing(ahead: ForecastInput) -> Iterator[Forecast]:
    section = ahead.snapshot.section("licensing")
    finding = ahead.found(catalogue.LICENSING_NOT_CONFIGURED)
    grace = section["grace_days"] if section else None
    if not finding or grace is None:
        return
    end = ahead.clock + timedelta(days=min(grace, _LONGEST_GRACE))
    if ahead.is_ahead(end):
        days = "1 day" if grace == 1 else f"{grace} days"
        yield Forecast(
            LICENSING,
            end,
            grace,
            f"The grace period of this RD Session Host ends in {days}",
            f"Users are refused then: {lacking_licences(ahead.snapshot)}",
            finding.id,
        )


# Policies -------------------------------------------------------------------------------------------------------------


def _deny_connections(ahead: ForecastInput, value: int) -> str | None:
    # A listener that drops every request for a connection does follow it.
    answers = ahead.probe.tls_established or ahead.probe.stage == "tls" or ahead.probe.denied
    if value and answers:
        return "no client gets in"
    return None


def _security_layer(ahead: ForecastInput, value: int) -> str | None:
    if value == 2:
        return None
    if value == 1:
        return _without_insisting_on_tls(ahead)
    if not ahead.probe.tls_established:
        return None
    if value == 0:
        return "there is no TLS any more, and clients that want it or NLA are refused"
    return "the listener agrees with no client"


def _without_insisting_on_tls(ahead: ForecastInput) -> str | None:
    if ahead.probe.offers("rdp") is False and ahead.snapshot.effective("UserAuthentication") != 1:
        return "connections without TLS are accepted"
    return None


def _user_authentication(ahead: ForecastInput, value: int) -> str | None:
    insists = ahead.probe.offers("tls") is False and ahead.probe.offers("rdp") is False
    if value != 1 and insists:
        return "Network Level Authentication is no longer required"
    return None


def _connection_limit(ahead: ForecastInput, value: int) -> str | None:
    if value == 0 and ahead.probe.logon_reached:
        return "no connection is taken at all"
    return None


@dataclass(frozen=True)
class _PolicyValue:
    """A setting that the listener reads when TermService starts.

    ``effect_when_applied`` says what its value will do, if the probe shows that it does not do so yet; ``types`` are
    the findings on this setting.
    """

    name: str
    effect_when_applied: Callable[[ForecastInput, int], str | None]
    types: tuple[FindingType, ...]


_POLICY_VALUES = (
    _PolicyValue("fDenyTSConnections", _deny_connections, (catalogue.LISTENER_RDP_DISABLED,)),
    _PolicyValue(
        "SecurityLayer",
        _security_layer,
        (
            catalogue.LISTENER_SECURITY_LAYER_INVALID,
            catalogue.LISTENER_SECURITY_LAYER_CONFLICT,
            catalogue.LISTENER_SECURITY_LAYER_WEAK,
        ),
    ),
    _PolicyValue("UserAuthentication", _user_authentication, (catalogue.NLA_DISABLED,)),
    _PolicyValue("MaxInstanceCount", _connection_limit, (catalogue.LISTENER_CONNECTION_LIMIT,)),
)


def _policies(ahead: ForecastInput) -> Iterator[Forecast]:
    """Values that a policy has set while the running listener still works the old way."""
    if not ahead.probe:
        return
    for value in _POLICY_VALUES:
        setting = ahead.snapshot.setting(value.name)
        if not setting or not setting.by_policy or not isinstance(setting.effective, int):
            continue
        effect = value.effect_when_applied(ahead, setting.effective)
        if not effect:
            continue
        yield Forecast(
            POLICY,
            None,
            None,
            f"{setting.set_by} sets {value.name} to {setting.effective}: {effect} from the next start of TermService"
            " on",
            f"The listener that runs does not follow it yet ({ahead.probe.summary}); change it in the policy before the"
            " service or the host is restarted",
            ahead.found_id(*value.types),
        )
