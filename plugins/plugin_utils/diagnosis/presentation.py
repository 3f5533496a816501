# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which certificate the listener presents, beside the one that it is bound to: what several groups of rules ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    RCM,
    SCHANNEL,
    SERVICE_CONTROL_MANAGER,
    Context,
    Evidence,
    EvidenceList,
    moved,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import in_words, translate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import Binding, StoredCertificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import minute, parse

# With these statuses a key that is there cannot be used: SEC_E_UNKNOWN_CREDENTIALS, NTE_BAD_KEYSET, NTE_PERM, access.
KEY_UNUSABLE = frozenset({0x8009030D, 0x80090016, 0x80090010, 0x80070005})
# A service opens its key in this time after its start, and logs a little before its process is seen.
_BEFORE_START, _AFTER_START = timedelta(seconds=2), timedelta(seconds=60)


@dataclass(frozen=True)
class OtherCertificate:
    """A certificate with which clients get in, and which the listener is not bound to.

    ``known``: the host has it, or it is an earlier one of the host, which has expired or is self-signed in its name.
    """

    thumbprint: str
    known: bool
    evidence: tuple[Evidence, ...]


def bound_certificate(ctx: Context) -> tuple[Binding, StoredCertificate] | None:
    """What the listener is bound to, and the certificate; None if that is not in a store, or was not read."""
    binding = ctx.snapshot.binding
    if not binding or not binding.certificate:
        return None
    return binding, binding.certificate


def renewal_is_due(ctx: Context) -> bool:
    """The listener needs a new self-signed certificate now."""
    binding = ctx.snapshot.binding
    if binding is None or binding.source != "self_signed":
        return False
    return binding.certificate is None or binding.certificate.expired(ctx.clock)


def renewal_failed(
    snapshot: Snapshot, certificate: StoredCertificate | None, failed: tuple[int, ...], done: int
) -> datetime | None:
    """When the host last logged one of the events ``failed``, if the next try has to expect the same.

    However long ago that is, as far as the log was read: ``done`` since then, or a certificate of a later time, settles
    it, for it has succeeded; and so does a start of SessionEnv, which then looks at its certificate and did not fail
    again.
    """
    last, success = snapshot.last_logged(RCM, *failed), snapshot.last_logged(RCM, done)
    if last is None or (success and success >= last) or snapshot.has_looked_since(last):
        return None
    began = certificate.not_before if certificate else None
    return None if began and began >= last else last


# The events of a renewal that failed, and the one of a success: of the listener's own certificate, and of a template's.
OWN, TEMPLATE = ((1057, 1058), 1056), ((1064, 1065), 1063)


def renewal_fails(ctx: Context, certificate: StoredCertificate | None, *, needed: object) -> bool:
    """Whether Windows failed to make the listener's own certificate, and has made none since: at any time where one is
    ``needed`` now, for the next try would meet what that one met; in the last day where the one that is there serves.
    """
    failed = renewal_failed(ctx.snapshot, certificate, *OWN)
    return failed is not None and (bool(needed) or (ctx.lately is not None and failed >= ctx.lately))


def renewal_numbers(ctx: Context) -> set[int]:
    """The numbers in the failures that still tell something."""
    since = renewals_count_from(ctx)
    return ctx.snapshot.numbers_since(since, RCM, 1057, 1058) if since else set()


def renewals_failed(ctx: Context) -> int:
    """How many failures still tell something."""
    since = renewals_count_from(ctx)
    return ctx.snapshot.events_since(since, RCM, 1057, 1058) if since else 0


def renewals_count_from(ctx: Context, kind: tuple[tuple[int, ...], int] = OWN) -> datetime | None:
    """The day up to the last failure, or since Windows last got a certificate: what was in the way before is not any
    more."""
    failed, made = ctx.snapshot.last_logged(RCM, *kind[0]), ctx.snapshot.last_logged(RCM, kind[1])
    day = moved(failed and min(failed, ctx.snapshot.now or failed), timedelta(days=-1))
    return max((moment for moment in (day, made) if moment), default=None)


def unread_key(ctx: Context) -> str | None:
    """A phrase for the bound certificate's key if nobody knows whether the service can read it; else None.

    None also where that is known, or the certificate itself is not.
    """
    found = bound_certificate(ctx)
    if not found or not found[1].has_key_property:
        return None
    certificate = found[1]
    file = ctx.snapshot.key_file(certificate)
    if file and (file["exists"] is False or ctx.snapshot.service_can_read(file) is not None):
        return None
    reason = ""
    if file and file["error"]:
        reason = f" ({in_words(file['error']['code'])})"
    return f"the access list of the private key of {certificate.thumbprint}{reason}"


def keys_refused(ctx: Context) -> int:
    """How many events 36870 (a key could not be opened) fit the listener by status and time.

    Every program that serves TLS logs them of its own keys, and none says whose it is: IIS, WinRM, SQL Server, LDAPS.
    Those count that were logged while the probe looked, or when TermService started.
    """
    told = (ctx.snapshot.service("TermService") or {}).get("started")
    started = parse(told) if told else None
    count = 0
    for row in ctx.snapshot.listed_events(SCHANNEL, 36870):
        if not KEY_UNUSABLE & {number & 0xFFFFFFFF for number in row["numbers"]}:
            continue
        at = parse(row["utc"])
        at_start = started is not None and -_BEFORE_START <= at - started <= _AFTER_START
        count += at_start or (ctx.look_began is not None and at >= ctx.look_began)
    return count


def presents(ctx: Context, certificate: StoredCertificate) -> bool:
    return ctx.probe.thumbprint == certificate.thumbprint


def presented_instead(ctx: Context, binding: Binding) -> bool:
    """Clients get in with another certificate of the host than the chosen one.

    Some builds fall back to the self-signed one if the chosen one cannot be used.
    """
    shown = ctx.probe.thumbprint
    if not ctx.probe.is_healthy or binding.source == "self_signed" or not shown:
        return False
    return shown != binding.reference.thumbprint and ctx.snapshot.find_certificate(shown) is not None


def other_certificate(ctx: Context) -> OtherCertificate | None:
    """None where the bound one is presented, could not be, or is not known."""
    found, shown = bound_certificate(ctx), ctx.probe.thumbprint
    if not ctx.probe.logon_reached or not shown or not found:
        return None
    binding, bound = found
    if presents(ctx, bound) or bound.expired(ctx.clock) or not _usable(ctx, bound):
        return None
    return OtherCertificate(
        shown,
        ctx.probe.presents_expired or _made_here(ctx) or ctx.snapshot.find_certificate(shown) is not None,
        (
            Evidence(f"presented: {shown}", ctx.probe.where),
            Evidence(f"bound: {bound.thumbprint} ({binding.source})", binding.reference.where),
        ),
    )


def _made_here(ctx: Context) -> bool:
    """Whether the certificate presented is one as SessionEnv makes them on this host: self-signed, in its name."""
    shown = ctx.probe.certificate or {}
    return bool(shown.get("self_signed")) and is_own_name(ctx, shown.get("common_name") or "")


def is_own_name(ctx: Context, name: str) -> bool:
    """Whether it is the host's name, with or without a domain: the one of NetBIOS, which ends after 15 characters, or
    the one in DNS.
    """
    host = ctx.snapshot.section("host") or {}
    names = {(text or "").lower().split(".")[0] for text in (host.get("computer_name"), host.get("dns_host_name"))}
    return name.lower().split(".")[0] in names - {""}


def _usable(ctx: Context, certificate: StoredCertificate) -> bool:
    """Whether nothing is known that keeps the listener from presenting it; what does is a finding of its own."""
    if not certificate.has_key_property or not certificate.serves:
        return False
    file = ctx.snapshot.key_file(certificate)
    if file is None:
        return True
    return file["exists"] is not False and ctx.snapshot.service_can_read(file) is not False


# What the service manager logs where a service does not start, cannot log on, or ends with an error:
# https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc756339(v=ws.10)
FAILED_STARTS = (7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038, 7041)
# Of these, what a service that runs now has behind it; and how one ended, at its start or later: once.
_NOT_STARTED, _ENDED = (7000, 7001, 7009, 7022, 7038, 7041), (7023, 7024)


def logged_errors(
    ctx: Context,
    since: datetime | None,
    provider: str,
    *ids: int,
    of: Collection[str | None] = (),
    when: str = "in the last day",
    settled: bool = False,
) -> EvidenceList:
    """What was logged from a moment on, with the status numbers in it: those that are known, or too large to count.

    ``of``: the services that an event may name (empty: whatever it names); ``when`` says the time in words. What a
    later start of the service has settled is left out; with ``settled`` it is all there is.
    """
    found = EvidenceList()
    rows = [row for row in ctx.snapshot.listed_since(since, provider, *ids) if not of or row["service"] in of]
    over = _settled(ctx.snapshot, rows)
    rows = [row for row in rows if settled is (row in over)]
    if not rows:
        return found
    numbers = {number & 0xFFFFFFFF for row in rows for number in row["numbers"]}
    told = [in_words(number) for number in sorted(numbers) if number > 0xFFFF or (number > 1 and translate(number))]
    met = "/".join(str(number) for number in sorted({row["id"] for row in rows}))
    logs = " and ".join(sorted({row["log"] for row in rows}))
    last = minute(parse(max(row["utc"] for row in rows)))
    fact = f"{counted(len(rows))} {met} of {provider} {when}, the last at {last} (log {logs})"
    fact = ": ".join((fact, *([", ".join(told)] * bool(told))))
    found.add(fact + "; what failed was started since" * settled, "section events")
    return found


def _settled(snapshot: Snapshot, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The failures of services that have been started since. One that ended more than once may end again."""
    failures = [row for row in rows if row["provider"] == SERVICE_CONTROL_MANAGER and row["service"]]
    ended = Counter(row["service"] for row in failures if row["id"] in _ENDED)

    def is_settled(row: dict[str, Any]) -> bool:
        since = snapshot.runs_since(row["service"])
        once = row["id"] in _ENDED and ended[row["service"]] == 1
        return since is not None and parse(row["utc"]) < since and (once or row["id"] in _NOT_STARTED)

    return [row for row in failures if is_settled(row)]
