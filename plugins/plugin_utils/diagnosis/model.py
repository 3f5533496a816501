# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a diagnosis is made of: evidence, findings, and what a client saw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import codes
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.meaning import NOTHING
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

RCM = "Microsoft-Windows-TerminalServices-RemoteConnectionManager"
CORE = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"

CRITICAL, WARNING = "critical", "warning"
PROVEN, LIKELY, POSSIBLE = "proven", "likely", "possible"
DOCS = "docs/causes"


@dataclass(frozen=True)
class Evidence:
    """One fact and where it was read: a registry value, a section of the snapshot, or the probe."""

    fact: str
    where: str

    def to_dict(self) -> dict[str, str]:
        return {"fact": self.fact, "where": self.where}


@dataclass(frozen=True)
class Finding:
    """One cause.

    ``severity`` is ``critical`` (keeps clients out) or ``warning`` (weak, or will keep them out). ``owner`` is who can mend it: ``host``, ``policy``,
    ``client``, ``network`` or ``none``. ``subject`` is what a remedy needs to know. ``advice`` says why nothing is done by itself.
    ``needs_evidence`` names the facts that are missing for more confidence.
    """

    id: str
    severity: str
    summary: str
    confidence: str = LIKELY
    evidence_for: tuple[Evidence, ...] = ()
    evidence_against: tuple[Evidence, ...] = ()
    owner: str = "host"
    advice: str | None = None
    needs_evidence: tuple[str, ...] = ()
    subject: dict[str, Any] = field(default_factory=dict)

    @property
    def docs(self) -> str:
        return f"{DOCS}/{self.id.split('.')[0]}.md#{self.id}"

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "severity": self.severity,
            "confidence": self.confidence,
            "summary": self.summary,
            "evidence_for": [evidence.to_dict() for evidence in self.evidence_for],
            "evidence_against": [evidence.to_dict() for evidence in self.evidence_against],
            "owner": self.owner,
            "advice": self.advice,
            "needs_evidence": list(self.needs_evidence),
            "docs": self.docs,
            "subject": self.subject,
        }


def finding_from_dict(raw: dict[str, Any]) -> Finding:
    """The finding that ``to_dict`` wrote."""
    return Finding(
        id=raw["id"],
        severity=raw["severity"],
        summary=raw["summary"],
        confidence=raw["confidence"],
        evidence_for=tuple(Evidence(**evidence) for evidence in raw["evidence_for"]),
        evidence_against=tuple(Evidence(**evidence) for evidence in raw["evidence_against"]),
        owner=raw["owner"],
        advice=raw["advice"],
        needs_evidence=tuple(raw["needs_evidence"]),
        subject=raw["subject"],
    )


NTLM_BLOCKED = 0xC0000418


class Sight:
    """What a client saw at the listener, from a probe's result; everything is unknown (None, or False) without one."""

    def __init__(self, result: dict[str, Any] | None) -> None:
        self.result = result
        self.stage: str | None = result["stage"] if result else None
        self.outcome: str | None = result["outcome"] if result else None

    def __bool__(self) -> bool:
        return self.result is not None

    @property
    def where(self) -> str:
        return f"probe of {self.result['host']}:{self.result['port']}" if self.result else "probe"

    @property
    def gets_in(self) -> bool:
        return (self.stage, self.outcome) == ("session", "ok")

    @property
    def past_tls(self) -> bool:
        """TLS came about: the listener has a certificate and can use its key, whatever came after."""
        return self.stage in ("credssp", "session")

    @property
    def presents_expired(self) -> bool:
        days = (self.certificate or {}).get("days_left")
        return days is not None and days < 0

    @property
    def well(self) -> bool:
        """A client gets in and nothing that the listener presents would make a strict one turn away."""
        return self.gets_in and not self.presents_expired

    @property
    def refused(self) -> bool:
        return self.stage == "tcp" and self.outcome == "refused"

    @property
    def out_of_reach(self) -> bool:
        """No connection was made for a reason that the host may know nothing of: name, route, filter."""
        return self.stage == "name" or (self.stage == "tcp" and self.outcome in ("timeout", "unreachable"))

    @property
    def no_credential(self) -> bool:
        """What a listener without a usable certificate or key looks like: it says so, or drops the client once TLS begins."""
        if self.stage != "tls":
            return self.denied == 3
        if self.outcome == "malformed":
            # RDP where TLS belongs: a server that notices only now that it cannot.
            return self.failure.get("name") == "plaintext"
        return (
            self.outcome in ("reset", "closed", "alert") and not self.too_old and self.failure.get("sender") != "client"
        )

    @property
    def too_old(self) -> list[str]:
        """What makes the listener's TLS one that clients of today refuse, if that is why the handshake failed."""
        tls = (self.result or {}).get("tls") or {}
        return list(tls.get("weaknesses") or ()) if self.stage == "tls" and tls.get("modern") is False else []

    @property
    def dies_in_negotiation(self) -> bool:
        return self.stage == "negotiation" and not self.denied

    @property
    def denied(self) -> int | None:
        """The RDP_NEG_FAILURE code with which the listener answered, if it did."""
        if (
            self.stage == "negotiation"
            and self.outcome == "denied"
            and self.failure.get("kind", "negotiation") == "negotiation"
        ):
            return self.failure.get("number")
        return None

    @property
    def failure(self) -> dict[str, Any]:
        """What the client was told, or noticed, where it ended; empty if nothing."""
        return (self.result or {}).get("failure") or {}

    @property
    def status(self) -> int | None:
        """The NTSTATUS with which the host refused Network Level Authentication, if it said one."""
        number = self.failure.get("number")
        return (
            number & 0xFFFFFFFF
            if self.stage == "credssp" and self.failure.get("kind") == "ntstatus" and isinstance(number, int)
            else None
        )

    @property
    def refuses_ntlm(self) -> bool:
        """Network Level Authentication was refused for the sake of NTLM, the only way in that the probe has."""
        told = (self.failure.get("kind"), self.failure.get("name"))
        return self.status == NTLM_BLOCKED or (self.stage == "credssp" and told == ("spnego", "REJECT"))

    @property
    def certificate(self) -> dict[str, Any] | None:
        return (self.result or {}).get("certificate") or None

    @property
    def thumbprint(self) -> str:
        """Of the certificate that the client was shown; empty if it was shown none."""
        return ((self.certificate or {}).get("sha1") or "").upper()

    def offers(self, protocol: str) -> bool | None:
        return ((self.result or {}).get("offered") or {}).get(protocol)

    @property
    def says(self) -> str:
        """In a few words, for people."""
        if not self.result:
            return "not looked at"
        if self.gets_in:
            return "answers with an expired certificate" if self.presents_expired else "client gets in"
        codes = self.result.get("client_view") or {}
        code = (
            f" ({codes['code']}/{codes['extended']})"
            if codes.get("code") and codes.get("extended")
            else f" ({codes['code']})"
            if codes.get("code")
            else ""
        )
        name = self.failure.get("name")
        denial = f" {name}" if self.outcome == "denied" and name else ""
        return f"{self.stage}: {self.outcome}{denial}{code}"


class UserCode:
    """What a user's client showed, read with the code tables; everything is None without it.

    Raises ``codes.CodeError`` for what cannot be a code at all.
    """

    def __init__(self, text: str | None) -> None:
        found = codes.explain(text) if text else None
        extended = codes.extended_as_windows_shows(found) if found else {}
        self.number: int | None = codes.as_windows_shows(found) if found else None
        self.extended: int | None = extended.get("number")
        self.kind: str | None = found["kind"] if found else None
        self.stage: str | None = found["stage"] if found else None
        self.meaning: str = found["meaning"] if found else ""
        self.extended_meaning: str = extended.get("meaning", "")
        self.summary: str = found["summary"] if found else ""
        # Whom the code accuses by itself, and what of it was not understood.
        self.states_fault: str = found["states_fault"] if found else NOTHING
        self.unread: list[str] = found["unread"] if found else []
        self.advice: str | None = found["advice"] if found else None

    @property
    def of_credentials(self) -> bool:
        return self.stage == "credssp" or self.kind == codes.STATUS


@dataclass(frozen=True)
class Context:
    """What a rule may look at.

    ``clock`` is the controller's UTC time at the snapshot, ``skew`` the host's clock minus the controller's in seconds (None: not known),
    ``client_code`` what a user's client showed.
    """

    host: Snapshot
    sight: Sight
    clock: datetime
    skew: float | None
    client_code: str | None = None

    @cached_property
    def user(self) -> UserCode:
        return UserCode(self.client_code)

    @cached_property
    def arrived(self) -> bool | None:
        """Whether the host logged a connection when the probe made one; None if its log was not read after the probe, or cannot tell."""
        events, now, time = self.host.section("events"), self.host.now, (self.sight.result or {}).get("time")
        if not events or not now or not time or self.skew is None:
            return None
        began = parse(time) + timedelta(seconds=self.skew)
        if self.host.events_since(began - timedelta(seconds=2), CORE, 131) or self.host.events_since(
            began - timedelta(seconds=2), RCM, 261
        ):
            return True
        # Only a log that is kept at all can tell by its silence.
        keeps = f"{CORE}/Operational" in events["logs"] and events["logs"][f"{CORE}/Operational"] is None
        return False if keeps and now > began + timedelta(seconds=0.01 if "." in time else 1.01) else None

    def judged(self, finding: Finding, *, fits: bool | None) -> Finding:
        """Set confidence and note what the client saw.

        The mechanism has been read on the host. ``fits`` says whether what the client saw is what this fault brings about: True makes it proven,
        False is evidence against (and no more than a warning if a client gets in), None (no probe, or one that stopped earlier) leaves it likely.
        """
        if not self.sight:
            return replace(
                finding,
                confidence=LIKELY,
                needs_evidence=(*finding.needs_evidence, "a probe of the listener from where clients are"),
            )
        seen = Evidence(self.sight.says, self.sight.where)
        if fits:
            return replace(finding, confidence=PROVEN, evidence_for=(*finding.evidence_for, seen))
        if fits is False:
            # What keeps nobody out now, since the running service does not follow it yet, will at its next start.
            severity = WARNING if self.sight.gets_in else finding.severity
            return replace(
                finding, severity=severity, confidence=LIKELY, evidence_against=(*finding.evidence_against, seen)
            )
        if self.sight.gets_in:
            return replace(finding, confidence=LIKELY)
        return replace(
            finding,
            confidence=LIKELY,
            needs_evidence=(*finding.needs_evidence, f"a probe that gets further than '{self.sight.says}'"),
        )


Rule = Callable[[Context], Iterator[Finding] | Iterable[Finding]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Enter a rule in the catalogue. A rule yields findings, and none on a host that it knows too little of."""
    RULES.append(function)
    return function
