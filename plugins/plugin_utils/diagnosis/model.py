# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a diagnosis is made of: evidence, findings, and what a rule may look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue, code_tables, codes, dialog, moments
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.by_hand import filled
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import (
    CRITICAL,
    DEFAULT,
    WARNING,
    FindingType,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import FREERDP, FREERDP_EXIT, NEGOTIATION
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.meaning import NOTHING
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import statuses
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import STAGES, ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientFacts
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import SECTIONS
from ansible_collections.winops.rdp.plugins.plugin_utils.host.providers import (
    APPLICATION_ERROR,
    CORE,
    ERROR_REPORTING,
    LSA,
    NETLOGON,
    PROFILES,
    RCM,
    SCHANNEL,
    SECURITY,
    SERVICE_CONTROL_MANAGER,
    SESSIONS,
    TERMDD,
    WINLOGON,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import minute, parse
from ansible_collections.winops.rdp.plugins.plugin_utils.host.unread import Unread, short_logs, unread

PROVEN, LIKELY, POSSIBLE = "proven", "likely", "possible"

# The host may write its clock a little later than the prober did; this much earlier still belongs to the probe.
_LOG_TOLERANCE = timedelta(seconds=2)
# Where nobody noted when the probe began, it was not long before the host was read.
_LOOKED_WITHIN = timedelta(minutes=5)
# What was logged in this time before the snapshot still tells of today's trouble.
_LATELY = timedelta(hours=24)
# A log that was read this soon after the probe began may not have its event yet: the probe's time has milliseconds,
# or (of old bundles) whole seconds.
_LOG_DELAY = timedelta(milliseconds=10)
_LOG_DELAY_WHOLE_SECONDS = timedelta(seconds=1, milliseconds=10)
# How far the times of a user's dialog and of the host's log may be apart.
_AT_THAT_TIME = timedelta(minutes=2)
# What is added to words that say that nobody gets in, where somebody does.
_ALL_THE_SAME = "; a client got in all the same"


@dataclass(frozen=True)
class Evidence:
    """One fact and where it was read: a registry value, a section of the snapshot, or the probe.

    ``beside``: it is told to whoever has to decide, and is so on a host that is in order, too.
    """

    fact: str
    where: str
    beside: bool = field(default=False, compare=False)

    def to_dict(self) -> dict[str, str]:
        return {"fact": self.fact, "where": self.where}


class EvidenceList(list[Evidence]):
    """Evidence as a rule gathers it."""

    def add(self, fact: str, where: str) -> None:
        self.append(Evidence(fact, where))

    def add_if(self, condition: object, fact: str, where: str) -> None:
        """Add a fact that is one only under this condition."""
        if condition:
            self.add(fact, where)

    def add_events(self, snapshot: Snapshot, provider: str, *ids: int) -> None:
        """Add how often the host logged these events, if it did."""
        count = snapshot.event_count(provider, *ids)
        numbers = "/".join(str(id_) for id_ in ids)
        words = ", ".join(statuses(snapshot.event_numbers(provider, *ids)))
        last = snapshot.last_logged(provider, *ids)
        fact = f"{counted(count)} {numbers} of {provider} in the last days, the last at {minute(last)}"
        fact += f": {words}" * bool(words)
        self.add_if(count, fact, "section events")


@dataclass(frozen=True)
class Finding:
    """One cause.

    ``severity`` is ``critical`` (keeps clients out) or ``warning`` (weak, or will keep them out). ``owner`` is who
    can change it: ``host``, ``policy``, ``client``, ``network`` or ``none``. ``automatic`` says that this collection
    has a remedy and applies it by default; ``advice`` is what people should do (None where nothing is left to them).
    ``manual`` is the type's ``by_hand`` with this finding's facts. ``target`` is what a remedy needs to know.
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
    target: dict[str, Any] = field(default_factory=dict)
    explains: tuple[str, ...] = field(default=(), compare=False)
    manual: str | None = field(default=None, compare=False)

    @property
    def by_hand(self) -> str | None:
        """What a person types on the host in place of the remedy; None where the advice says what is left to people."""
        return self.manual if self.has_remedy and self.advice is None else None

    @property
    def type(self) -> FindingType:
        """Its entry in the catalogue. Raises ``KeyError`` for an id that is not there."""
        return catalogue.by_id(self.id)

    @property
    def of_the_next_start(self) -> bool:
        """Whether a service has this fault and is not down: nothing that happens now comes of it."""
        return bool(self.target.get("running"))

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last stage of a look at which one can end for this. With TermService alone down nobody
        answers; what makes and opens keys is missed where the certificate is.
        """
        if self.type.group == "service" and self.target.get("service") not in (None, "TermService"):
            return catalogue.UNTIL_TLS
        return self.type.ends

    @property
    def has_remedy(self) -> bool:
        """Whether this collection can repair it, or try to. What else has advice is left to people."""
        return self.type.repair_class is not None and (self.advice is None or self.type.by_name)

    @property
    def automatic(self) -> bool:
        """Whether this collection has a remedy and applies it by default, without being asked for it."""
        return self.has_remedy and self.type.repair_class in (catalogue.RESTORE, catalogue.RENEW)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.type.title,
            "severity": self.severity,
            "confidence": self.confidence,
            "summary": self.summary,
            "evidence_for": [evidence.to_dict() for evidence in self.evidence_for],
            "evidence_against": [evidence.to_dict() for evidence in self.evidence_against],
            "owner": self.owner,
            "advice": self.advice,
            "by_hand": self.by_hand,
            "automatic": self.automatic,
            "needs_evidence": list(self.needs_evidence),
            "docs": self.type.docs,
            "target": self.target,
        }


# It brings a client's printers and drives into a session; connections do without it.
OF_DEVICES = "UmRdpService"
# Where a client is that has the host's certificate, and was asked for an account or a licence.
_PAST_TLS = ("credssp", "licensing")
# A code as clients show them: hexadecimal, two with a slash, a number alone, or behind a name of it.
_A_NUMBER = re.compile(r"0x[0-9a-f]|\b\d+\s*/\s*\d+\b|^\s*\d+\s*$|errinfo_|(?:reason|code)\W{0,3}\d", re.IGNORECASE)
# Why TLS failed, as logs of other clients have it; and what such clients are called.
_TURNED_DOWN = re.compile(
    r"self.?signed|(?:not|un|isn't) ?trusted|unknown.?ca\b"
    r"|certificate (?:verif|is not|has expired|unknown|rejected|refused)"
    r"|reset by peer|econnreset|forcibly closed|\b104\b|\b10054\b",
    re.IGNORECASE,
)
# What the dialog on the remedy of CVE-2018-0886 has in every language: the protocol's name, and the number of its page.
_CREDSSP = re.compile(r"cred\s?ssp|866660", re.IGNORECASE)
# What mstsc says where one host of a farm sends it to another, in English and German.
_FARM_S_NAME = re.compile(
    r"farm\s+name,?\s+(?:and\s+)?not\s+the\s+computer|belong\s+to\s+the\s+same\s+RD\s+Session\s+Host\s+server\s+farm"
    r"|Farmnamen,?\s+(?:und\s+)?nicht\s+den\s+Computernamen",
    re.IGNORECASE,
)
_MICROSOFT_ACCOUNT = re.compile(
    r"microsoft\s?(?:account|konto)|(?:compte|cuenta|account|conta)\s+(?:de\s+)?microsoft\b"
    r"|@(?:outlook|hotmail|live|msn)\.\w{2,3}\b",
    re.IGNORECASE,
)
# By their products' names, which the tables of services have, and by those that people call them.
_WAYS = re.compile(
    r"\b(?:"
    + "|".join(
        re.escape(name).replace(r"\ ", r"\s")
        for name in sorted(
            {
                *(name.split(" (")[0] for name in collect.TUNNELS | collect.BASTIONS | collect.REMOTE_CONTROL),
                *("FortiClient", "FortiGate", "AnyConnect", "Cisco AnyConnect", "GlobalProtect", "Pulse Secure"),
                *("NetExtender", "ExpressVPN", "ProtonVPN", "Mullvad", "SoftEther", "cloudflared"),
            },
            key=len,
            reverse=True,
        )
    )
    + r")\b(?:\sVPN\b)?",
    re.IGNORECASE,
)
_ANOTHER_CLIENT = re.compile(
    r"\bprox(?:y|ies)\b|\bgateway\b|\bbastion\b|guacamole|xrdp|neutrinordp|freerdp|rdesktop|remmina|\blinux\b"
    r"|meshcentral|jumpserver|myrtille|next[- ]?terminal|ironrdp|node-rdp|\bbrowser\b|\bhtml ?5\b"
    r"|\b(?:thin|zero|old|older) clients?\b|\bwindows (?:xp|vista|7)\b",
    re.IGNORECASE,
)


class ClientCode:
    """What a user's client showed, read with the code tables; all is None without it.

    ``number`` and ``extended`` are those that Windows' own client would have shown, ``negotiation`` is the host's
    failure code where the client passed that on; ``unread`` is what of the text was not understood. Raises
    ``codes.CodeError`` for what cannot be a code at all. ``found`` is what ``codes.explain`` made of it already.
    """

    def __init__(self, text: str | None, found: dict[str, Any] | None = None) -> None:
        found = dict(found or {})
        extended: dict[str, Any] = {}
        self.number: int | None = None
        self.negotiation: int | None = None
        # Words may be anybody's, of a website or of a wish; a number is the client's own.
        self.in_numbers = bool(text and _A_NUMBER.search(str(text)))
        if text:
            found = found or codes.explain(text)
            extended = codes.extended_as_windows_shows(found)
            self.number = codes.as_windows_shows(found)
        self.extended: int | None = extended.get("number")
        self.kind: str | None = found.get("kind")
        if self.kind == NEGOTIATION:
            self.negotiation = found["number"]
        # The alert with which TLS ended, where it shows that.
        self.alert: int | None = found["number"] if self.kind == code_tables.ALERT else None
        self.stage: str | None = found.get("stage")
        self.meaning: str = found.get("meaning", "")
        self.extended_meaning: str = extended.get("meaning", "")
        self.summary: str = found.get("summary", "")
        # Whom the code accuses by itself.
        self.states_fault: str = found.get("states_fault", NOTHING)
        self.unread: list[str] = found.get("unread", [])
        self.advice: str | None = found.get("advice")
        self._text = str(text or "")

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """When it happened, as far as what was shown says; one of these."""
        return moments.shown(self._text)

    @property
    def says_why_tls_failed(self) -> bool:
        """A log says it beside its code: the certificate was turned down, or the connection cut off."""
        return bool(_TURNED_DOWN.search(self._text))

    @property
    def calls_a_password_expired(self) -> bool:
        """FreeRDP's own name for it, which it has for another end of CredSSP as well."""
        return "ERRCONNECT_PASSWORD_CERTAINLY_EXPIRED" in self._text.upper()

    @property
    def names_credssp(self) -> bool:
        """Whether it names CredSSP, or the page on its remedy that the dialog links, beside its sentence or number."""
        return bool(_CREDSSP.search(self._text))

    @property
    def wants_the_farm_s_name(self) -> bool:
        """The dialog says that the name of a farm was to be given, not a host's."""
        return bool(_FARM_S_NAME.search(self._text))

    @cached_property
    def ways(self) -> tuple[str, ...]:
        """VPNs, tunnels, bastions and programs for remote control that are named in what was shown, as they stand."""
        return tuple(dict.fromkeys(found.group() for found in _WAYS.finditer(self._text)))

    @property
    def names_a_microsoft_account(self) -> bool:
        """Whether the name of the account, or of its mail, is one of Microsoft's for people, not for companies."""
        return bool(_MICROSOFT_ACCOUNT.search(self._text))

    @property
    def names_another_client(self) -> bool:
        """Whether what was shown names a program in between, an older client, or one that is not Microsoft's."""
        return bool(_ANOTHER_CLIENT.search(self._text))

    @property
    def not_understood(self) -> bool:
        """Something was shown, and neither a code nor a known sentence is in it."""
        return self.kind is None and bool(self.unread)

    @property
    def of_credentials(self) -> bool:
        return self.stage == "credssp" or self.kind == code_tables.STATUS

    @property
    def found_no_common_security(self) -> bool:
        """FreeRDP, and programs that are built on it, say only that host and client did not agree."""
        return self.stage == "negotiation" and self.kind in (FREERDP, FREERDP_EXIT)


# Texts that are kept as they were read, those alone that are no longer than what is read of one.
_MOST_KEPT = 512


@lru_cache(maxsize=_MOST_KEPT)
def _read_once(text: str) -> ClientCode:
    return ClientCode(text)


def code_shown(text: str | None) -> ClientCode:
    """What a client showed: the hosts of a run, and the parts of one result, share what was read of the same text."""
    if isinstance(text, str) and len(text) <= dialog.LONGEST:
        return _read_once(text)
    return ClientCode(text)


class MakesFindings:
    """What makes findings of a type: the contexts of rules."""

    def finding(
        self,
        type_: FindingType,
        *,
        evidence: Iterable[Evidence] = (),
        summary: str = DEFAULT,
        advice: str | None = DEFAULT,
        severity: str | None = None,
        confidence: str = LIKELY,
        owner: str | None = None,
        needs_evidence: Iterable[str] = (),
        target: dict[str, Any] | None = None,
        **facts: object,
    ) -> Finding:
        """A finding of this type.

        ``summary`` and ``advice`` choose among the type's templates by name; ``facts`` fill them. ``advice=None``:
        nothing is left to people. What has a remedy and no advice is automatic.
        """
        return Finding(
            type_.id,
            severity or type_.severity,
            type_.summary_text(summary, facts),
            confidence,
            tuple(evidence),
            owner=owner or type_.owner,
            advice=type_.advice_text(advice, facts),
            needs_evidence=tuple(needs_evidence),
            target=target or {},
            explains=type_.explains_if.get(summary, type_.explains),
            manual=filled(type_.by_hand, {**(target or {}), **facts}) if type_.by_hand else None,
        )


@dataclass(frozen=True)
class Context(MakesFindings):
    """What a rule may look at.

    ``client_code`` is what a user's client showed.
    """

    snapshot: Snapshot
    probe: ProbeResult
    client_code: str | None = None

    @property
    def clock(self) -> datetime:
        """The controller's UTC time at the snapshot."""
        return self.snapshot.taken_at

    @property
    def skew(self) -> float | None:
        """The host's clock minus the controller's, in seconds; None if it is not known."""
        return self.snapshot.clock_skew

    @cached_property
    def client(self) -> ClientCode:
        return code_shown(self.client_code)

    @property
    def probe_evidence(self) -> Evidence:
        """What the client saw, as evidence."""
        return Evidence(self.probe.summary, self.probe.where)

    @property
    def latent_severity(self) -> str:
        """Of a fault that is there, but keeps nobody out while a client gets in."""
        return WARNING if self.probe.logon_reached else CRITICAL

    def latent_if(self, condition: object) -> str:
        """The same where this makes it one that can keep somebody out; else a warning."""
        return self.latent_severity if condition else WARNING

    @property
    def behind_the_look(self) -> tuple[str, ...]:
        """What is missing of a fault that only a logon meets, where a client came that far; else empty."""
        said = "a logon with an account: the look came as far as the logon and gave none, so what is behind it is open"
        return (said,) if self.probe.logon_reached else ()

    @property
    def client_evidence(self) -> Evidence:
        """What the user's client showed, as evidence."""
        return Evidence(self.client.summary, "the user's client")

    @cached_property
    def lately(self) -> datetime | None:
        """From when on, by the host's own clock, its events tell of what people meet now; None without a clock."""
        return moved(self.snapshot.now, -_LATELY)

    def logged_lately(self, provider: str, *ids: int) -> int:
        """How often these were logged in the last day; in all that was read where the host's clock was not."""
        if self.lately is None:
            return self.snapshot.event_count(provider, *ids)
        return self.snapshot.count_since(self.lately, provider, *ids)

    def told_lately(self, provider: str, *ids: int) -> set[int]:
        """The numbers in these events of the last day, or of all where the host's clock was not read."""
        if self.lately is None:
            return self.snapshot.event_numbers(provider, *ids)
        return self.snapshot.numbers_since(self.lately, provider, *ids)

    def when_shown(self, times: Iterable[datetime]) -> list[datetime]:
        """Those of these times of the host's own clock at which the user's client shows that it happened."""
        ahead = timedelta(seconds=self.skew or 0)  # of the host's clock
        shown = self.client.moments
        return [time for time in times if any(abs(time - ahead - one) <= _AT_THAT_TIME for one in shown)]

    @cached_property
    def look_began(self) -> datetime | None:
        """From when on, by the host's own clock, it may have logged the probe's connection; None without a probe."""
        now, time = self.snapshot.now, self.probe.time
        if not self.probe or not now:
            return None
        if not time or self.skew is None:
            return moved(now, -_LOOKED_WITHIN)
        return moved(parse(time), timedelta(seconds=self.skew) - _LOG_TOLERANCE)

    @cached_property
    def connection_logged(self) -> bool | None:
        """Whether the host logged a connection when the probe made one.

        None if its log was not read after the probe, or cannot tell.
        """
        events, now, time = self.snapshot.section("events"), self.snapshot.now, self.probe.time
        if not events or not now or not time or self.skew is None:
            return None
        delay = _LOG_DELAY if "." in time else _LOG_DELAY_WHOLE_SECONDS
        try:
            began = parse(time) + timedelta(seconds=self.skew)
            since, settled = began - _LOG_TOLERANCE, began + delay
        except OverflowError:  # the host's clock stands near an end of the calendar
            return None
        if self.snapshot.events_since(since, CORE, 131) or self.snapshot.events_since(since, RCM, 261):
            return True
        tells = self.snapshot.log_tells_since(f"{CORE}/Operational", since)
        return False if tells and now > settled else None

    @cached_property
    def parts_unread(self) -> tuple[Unread, ...]:
        """The parts of sections that the host gave without them."""
        parts = tuple(one for one in unread(self.snapshot) if one.part)
        return (*parts, *short_logs(self.snapshot, self._log_asked_from))

    def _log_asked_from(self, log: str) -> datetime | None:
        """From when on a conclusion can rest on what this log does not have; None: on nothing of it."""
        if self.probe.logon_reached:
            return None
        if log == "Security":
            # Failed logons tell of an authentication alone.
            return {"credssp": self.lately}.get(self.probe.stage or "")
        # What is amiss with the listener or a service was logged when it began; of a connection, only the probe's own.
        return {"System": self.lately}.get(log, self.look_began)

    def unread(self, *sections: str) -> tuple[str, ...]:
        """A phrase for each of these sections, and for each part of one, that the snapshot lacks."""
        missing = [
            f"section {name}, which the host did not give" for name in sections if self.snapshot.section(name) is None
        ]
        parts = [one.phrase for one in self.parts_unread if one.section in sections and not self._is_no_matter(one)]
        return (*missing, *parts)

    def subjects_unread(self, *sections: str) -> tuple[str, ...]:
        """The same as subjects of a sentence, without the host's numbers."""
        missing = [SECTIONS[name].purpose for name in sections if self.snapshot.section(name) is None]
        parts = [one.what for one in self.parts_unread if one.section in sections and not self._is_no_matter(one)]
        return (*missing, *parts)

    def unread_keys(self, *keys: str) -> tuple[str, ...]:
        """A phrase for each of these registry keys below HKLM, and of the keys in them, that the snapshot lacks.

        For conclusions from values that are absent there.
        """
        if self.snapshot.section("registry") is None:
            return self.unread("registry")
        lost = self.snapshot.keys_unread(*keys)
        return tuple(one.phrase for one in self.parts_unread if one.section == "registry" and one.part in lost)

    def _is_no_matter(self, one: Unread) -> bool:
        """Failed logons tell of an authentication, and of nothing that comes before it."""
        return (one.section, one.part) == ("events", "Security") and self.probe.stage != "credssp"

    def corroborate(self, finding: Finding, *, supports: object = False, contradicts: object = False) -> Finding:
        """Set confidence by comparing with what the client saw, and note it.

        The mechanism has been read on the host. ``supports``: the client saw what this fault brings about, which
        proves it. ``contradicts``: it saw the opposite, which is evidence against (and leaves no more than a warning
        if a client gets in). Neither (no probe, or one that stopped earlier) leaves the finding likely.
        """
        finding = replace(finding, confidence=LIKELY)
        if not self.probe:
            return _needing(finding, "a probe of the listener from where clients are")
        if contradicts or self._refuted(finding):
            return self._contradicted(finding)
        # Where its name did not resolve, nothing was seen of the host; before a fault is met, nothing of that.
        if supports and not self.ended_before(finding):
            # What only a logon meets shows in a log or in what a client said: a look that gets in says nothing for it.
            behind = finding.type.behind_look and self.probe.logon_reached
            evidence = (*finding.evidence_for, *([self.probe_evidence] * (not behind)))
            return replace(finding, confidence=PROVEN, evidence_for=evidence)
        if self.probe.logon_reached:
            return finding
        return _needing(finding, f"a probe that gets further than '{self.probe.summary}'")

    def ended_before(self, finding: Finding) -> bool:
        """Whether the look ended before anybody meets this: it is no reason for that, and nothing was seen of it."""
        return self.probe.ended_before(finding.ends[0])

    def did_not_meet(self, finding: Finding) -> bool:
        """Whether the look ended, and not for this: before anybody meets it, or where nobody comes who does."""
        return not self.probe.logon_reached and (self.ended_before(finding) or self._got_past(finding))

    def _got_past(self, finding: Finding) -> bool:
        """Whether the look ended where nobody comes who meets this."""
        came_to = self.probe.came_to
        past = came_to is not None and came_to > STAGES.index(finding.ends[1])
        return past and (self.probe.tls_established or self.probe.stage == "tls") and not self.probe.without_tls

    def _refuted(self, finding: Finding) -> bool:
        """It would keep everybody out before the logon, or before the stage at which the probe ended."""
        reached = self.probe.logon_reached and not finding.type.behind_look
        return finding.severity == CRITICAL and (reached or self._got_past(finding))

    def _contradicted(self, finding: Finding) -> Finding:
        # What keeps nobody out now, since the running service does not follow it yet, will at its next start.
        past = self.probe.logon_reached or self._got_past(finding)
        severity = WARNING if past else finding.severity
        evidence = finding.evidence_against
        if self.probe_evidence not in evidence:
            evidence = (*evidence, self.probe_evidence)
        confidence = POSSIBLE if finding.confidence == POSSIBLE else LIKELY
        summary = finding.summary
        if self.probe.logon_reached and finding.type.denies:
            summary = summary.removesuffix(_ALL_THE_SAME) + _ALL_THE_SAME
        return replace(finding, summary=summary, severity=severity, confidence=confidence, evidence_against=evidence)

    def held_against_look(self, finding: Finding) -> Finding:
        """The finding as far as the probe leaves it: whatever a rule read, nobody is kept out who gets in."""
        if self._refuted(finding):
            return self._contradicted(finding)
        if finding.severity == CRITICAL and self._client_got_past(finding):
            evidence = (*finding.evidence_against, self.client_evidence)
            return replace(finding, severity=WARNING, evidence_against=evidence)
        return finding

    def _client_got_past(self, finding: Finding) -> bool:
        """Whether a user's client was asked who it is where nobody looked: it came past what is met before that."""
        client = self.client
        # A status may be of any log that was pasted.
        of_a_client = client.kind in (code_tables.DISCONNECT, code_tables.FREERDP) and client.in_numbers
        if self.probe or not of_a_client or client.stage not in _PAST_TLS or self._has_changed_since_shown:
            return False
        return STAGES.index(finding.ends[1]) < STAGES.index("credssp")

    @property
    def _has_changed_since_shown(self) -> bool:
        """Whether the user's client shows a time before TermService was started, which reads its settings then, or
        before the certificate ended: what it came past is not what is there now."""
        shown = max(self.client.moments, default=None)
        certificate = self.snapshot.binding.certificate if self.snapshot.binding else None
        ended = certificate.not_after if certificate and certificate.expired(self.clock) else None
        changes = (self.snapshot.runs_since("TermService"), ended)
        ahead = timedelta(seconds=self.skew or 0)
        return shown is not None and any(one is not None and one - ahead > shown for one in changes)


def moved(moment: datetime | None, by: timedelta) -> datetime | None:
    """Another moment; None also where the host's clock stands near an end of the calendar."""
    try:
        return moment + by if moment else None
    except OverflowError:
        return None


def _needing(finding: Finding, what: str) -> Finding:
    return replace(finding, needs_evidence=(*finding.needs_evidence, what))


def no_more_than_possible(finding: Finding, unread: tuple[str, ...]) -> Finding:
    """The finding where all that it rests on was read; else a suspicion that names what was not."""
    if not unread:
        return finding
    return replace(finding, confidence=POSSIBLE, needs_evidence=(*finding.needs_evidence, *unread))


def likely_if(condition: object) -> str:
    """The confidence of a finding that is no more than a suspicion without this."""
    return LIKELY if condition else POSSIBLE


def critical_if(condition: object) -> str:
    """The severity of a finding that keeps clients out only with this."""
    return CRITICAL if condition else WARNING


@dataclass(frozen=True)
class Clearance:
    """How far a host on which nothing was found wrong is cleared, for conclusions that rest on that.

    ``evidence`` is what the client saw, and what was read to be in order; ``confidence`` what can be concluded from
    it. ``unread`` names what could still explain it and was not read; ``listener_read`` says whether the listener's
    own parts were. ``missing`` are the subjects of ``unread``, as far as they are parts of the host.
    """

    confidence: str
    evidence: tuple[Evidence, ...]
    unread: tuple[str, ...]
    listener_read: bool
    missing: tuple[str, ...] = ()


Rule = Callable[[Context], Iterator[Finding] | Iterable[Finding]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Enter a rule among those that every diagnosis asks.

    A rule yields findings, and none on a host that it knows too little of.
    """
    RULES.append(function)
    return function


@dataclass(frozen=True)
class ClientContext(MakesFindings):
    """What a rule on a client's own machine may look at.

    ``target`` is the host that the client is to reach (None: none was named) and ``name`` how the client calls it.
    ``look`` is what the client saw of it, ``here`` what the controller saw; both are false without a look.
    """

    facts: ClientFacts
    target: str | None
    look: ProbeResult
    here: ProbeResult

    @property
    def look_evidence(self) -> Evidence:
        """What the client saw, as evidence."""
        return Evidence(self.look.summary, f"look from {self.facts.name or 'the client'}")

    @property
    def here_evidence(self) -> Evidence:
        """What the controller saw, as evidence."""
        return Evidence(self.here.summary, f"{self.here.where} from the controller")

    @property
    def own_fault(self) -> bool:
        """The client's look ended where the controller's did not: what is found on the client can be why."""
        return bool(self.look) and not self.look.logon_reached and self.here.logon_reached


ClientRule = Callable[[ClientContext], Iterator[Finding] | Iterable[Finding]]
CLIENT_RULES: list[ClientRule] = []


def client_rule(function: ClientRule) -> ClientRule:
    """Enter a rule among those that every diagnosis of a client asks."""
    CLIENT_RULES.append(function)
    return function


__all__ = [
    "APPLICATION_ERROR",
    "CLIENT_RULES",
    "CORE",
    "CRITICAL",
    "ERROR_REPORTING",
    "LIKELY",
    "LSA",
    "NETLOGON",
    "POSSIBLE",
    "PROFILES",
    "PROVEN",
    "RCM",
    "RULES",
    "SCHANNEL",
    "SECURITY",
    "SERVICE_CONTROL_MANAGER",
    "SESSIONS",
    "TERMDD",
    "WARNING",
    "WINLOGON",
    "Clearance",
    "ClientCode",
    "ClientContext",
    "Context",
    "Evidence",
    "EvidenceList",
    "Finding",
    "client_rule",
    "critical_if",
    "likely_if",
    "no_more_than_possible",
    "rule",
]
