# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client saw at the listener, as rules ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# How far a client comes, in the order of a connection.
STAGES = ("name", "tcp", "negotiation", "tls", "credssp", "session")
NTLM_BLOCKED = 0xC0000418
# The first version of CredSSP that has the protection of the update for CVE-2018-0886, as every later one has (MS-CSSP
# 2.2.1, TSRequest.version, and 3.1.5).
CREDSSP_PROTECTED = 5
# RDP_NEG_FAILURE: SSL_CERT_NOT_ON_SERVER (MS-RDPBCGR 2.2.1.2.2).
NO_CERTIFICATE_ON_SERVER = 3


@dataclass(frozen=True)
class ProbeResult:
    """The result of one probe. Without one (``data`` is None) it is false, and all is unknown: None, False or empty."""

    data: dict[str, Any] | None = None

    def __bool__(self) -> bool:
        return self.data is not None

    def _get(self, name: str) -> Any:
        return (self.data or {}).get(name)

    @property
    def stage(self) -> str | None:
        """How far the client came, one of ``STAGES``."""
        return self._get("stage")

    @property
    def outcome(self) -> str | None:
        """How that stage ended: ``ok``, or what went wrong (``reset``, ``closed``, ``silent``, ``denied`` ...)."""
        return self._get("outcome")

    @property
    def where(self) -> str:
        """The source that evidence names."""
        return f"probe of {self.host}:{self.port}" if self else "probe"

    @property
    def host(self) -> str:
        """The name or address that was asked for; empty if nobody asked."""
        return self._get("host") or ""

    @property
    def port(self) -> int | None:
        return self._get("port")

    @property
    def asked(self) -> frozenset[str]:
        """The address that answered; where none did, those that were tried."""
        tried = [row["address"] for row in self._get("addresses") or () if row.get("outcome")]
        return frozenset(one.partition("%")[0] for one in ([self._get("address")] if self._get("address") else tried))

    @property
    def address(self) -> str | None:
        """The one that was asked; None where several were, and none of them answered."""
        return next(iter(self.asked)) if len(self.asked) == 1 else None

    @property
    def time(self) -> str | None:
        """The prober's UTC time when the probe began."""
        return self._get("time")

    @property
    def logon_reached(self) -> bool:
        """The client came as far as a user's logon: it gets in."""
        return (self.stage, self.outcome) == ("session", "ok")

    @property
    def tls_established(self) -> bool:
        """The listener has a certificate and can use its key, whatever came after."""
        return self.stage in ("credssp", "session")

    @property
    def presents_expired(self) -> bool:
        days = (self.certificate or {}).get("days_left")
        return days is not None and days < 0

    @property
    def is_healthy(self) -> bool:
        """A client gets in, and the certificate presented has not expired, which would make a strict one refuse it."""
        return self.logon_reached and not self.presents_expired

    @property
    def refused(self) -> bool:
        return self.stage == "tcp" and self.outcome == "refused"

    @property
    def unreachable(self) -> bool:
        """No connection was made for a reason that the host may know nothing of: name, route, filter."""
        return self.stage == "name" or (self.stage == "tcp" and self.outcome in ("timeout", "unreachable"))

    @property
    def came_to(self) -> int | None:
        """How far the client came with the host's listener, as a place in ``STAGES``; None without a probe. What is
        not Remote Desktop answers in the listener's place.
        """
        if self.met_another:
            return STAGES.index("tcp")
        return {stage: place for place, stage in enumerate(STAGES)}.get(self.stage or "")

    def ended_before(self, stage: str) -> bool:
        """Whether this look ended before that stage: False for one that came there, and where nobody looked."""
        return self.came_to is not None and self.came_to < STAGES.index(stage)

    @property
    def without_tls(self) -> bool:
        """The listener took standard RDP security, so that nothing was seen of TLS."""
        return self._get("selected") == "rdp" or (self.offers("rdp") is True and not self.offers("tls"))

    @property
    def met_another(self) -> bool:
        """Something that is not Remote Desktop answered."""
        return self.stage == "negotiation" and self.outcome in ("not_rdp", "malformed")

    @property
    def suggests_no_credential(self) -> bool:
        """A listener without a usable certificate or key looks like this: it says so, or drops the client in TLS."""
        if self.stage != "tls":
            return self.denied == NO_CERTIFICATE_ON_SERVER
        if self.outcome == "malformed":
            # RDP where TLS belongs: a server that notices only now that it cannot.
            return self.failure.get("name") == "plaintext"
        dropped = self.outcome in ("reset", "closed", "alert")
        return dropped and not self.legacy_tls_reasons and self.failure.get("sender") != "client"

    @property
    def legacy_tls_reasons(self) -> list[str]:
        """Why current clients refuse the listener's TLS; empty unless that is why the handshake failed."""
        tls = self._get("tls") or {}
        if self.stage != "tls" or tls.get("modern") is not False:
            return []
        return list(tls.get("weaknesses") or ())

    @property
    def ends_in_negotiation(self) -> bool:
        """The connection ended during the negotiation, and the listener gave no reason."""
        return self.stage == "negotiation" and not self.denied

    @property
    def denied(self) -> int | None:
        """The RDP_NEG_FAILURE code with which the listener answered, if it did."""
        in_negotiation = self.stage == "negotiation" and self.outcome == "denied"
        if in_negotiation and self.failure.get("kind", "negotiation") == "negotiation":
            return self.failure.get("number")
        return None

    @property
    def failure(self) -> dict[str, Any]:
        """What the host answered, or the client noticed, where the connection ended; empty if nothing."""
        return self._get("failure") or {}

    @property
    def status(self) -> int | None:
        """The NTSTATUS with which the host refused Network Level Authentication, if it gave one."""
        number = self.failure.get("number")
        if self.stage == "credssp" and self.failure.get("kind") == "ntstatus" and isinstance(number, int):
            return number & 0xFFFFFFFF
        return None

    @property
    def refuses_ntlm(self) -> bool:
        """The host refused Network Level Authentication because of NTLM, the only protocol that the probe has."""
        rejected = (self.failure.get("kind"), self.failure.get("name")) == ("spnego", "REJECT")
        return self.status == NTLM_BLOCKED or (self.stage == "credssp" and rejected)

    @property
    def credssp_version(self) -> int | None:
        return (self._get("identity") or {}).get("credssp_version")

    @property
    def certificate(self) -> dict[str, Any] | None:
        return self._get("certificate") or None

    @property
    def thumbprint(self) -> str:
        """SHA-1 of the certificate presented, in capitals; empty if there was none."""
        return ((self.certificate or {}).get("sha1") or "").upper()

    def offers(self, protocol: str) -> bool | None:
        """Whether the listener accepts ``rdp``, ``tls`` and so on; None if that was not tried."""
        return (self._get("offered") or {}).get(protocol)

    @property
    def summary(self) -> str:
        """In a few words, for people."""
        if not self:
            return "not looked at"
        if self.presents_expired and self.logon_reached:
            return "answers with an expired certificate"
        if self.logon_reached:
            return "a client reaches the logon"
        denial = f" {self.failure['name']}" if self.outcome == "denied" and self.failure.get("name") else ""
        return f"{self.stage}: {self.outcome}{denial}{self._client_code}"

    @property
    def _client_code(self) -> str:
        """The code that mstsc probably shows, as `` (0x904/0x7)``."""
        view = self._get("client_view") or {}
        codes = [text for text in (view.get("code"), view.get("extended")) if text]
        return f" ({'/'.join(codes)})" if view.get("code") else ""
