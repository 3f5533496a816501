# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which certificate of the host could take the place of a chosen one that cannot be used any more.

ACME clients and enrolment put a new certificate into ``My`` and take the old one out; a listener that was bound to the
old one keeps its name and finds nothing. What was most likely meant is the one certificate there that fits, if anything
says that it is the listener's: on many hosts the only one in ``My`` is that of a website or a database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import Context
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import (
    REMOTE_DESKTOP_AUTHENTICATION,
    StoredCertificate,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import matches, read_certificate, read_strength


def successors(ctx: Context) -> list[StoredCertificate]:
    """The certificates in ``My`` that fit, newest first.

    For a server, in date by the host's clock and by the controller's, with a key that is not known to be gone, strong
    enough, and not for another name than the one that the probe was asked for. Where several are left, only those for
    a name of the host itself.
    """
    fitting = [entry for entry in (ctx.snapshot.stores or {}).get("My", ()) if _fits(ctx, entry)]
    if is_name(ctx.probe.host):
        fitting = [entry for entry in fitting if _is_for(entry, [ctx.probe.host])]
    if len(fitting) > 1:
        fitting = [entry for entry in fitting if is_for_host(ctx, entry)] or fitting
    return sorted(fitting, key=lambda entry: (entry.not_before, entry.thumbprint), reverse=True)


def is_for_host(ctx: Context, certificate: StoredCertificate) -> bool:
    """Whether it is made out to a name that the host has, or to the name or address that the probe was asked for."""
    name, domain = _own_names(ctx)
    names = [ctx.probe.host, name, f"{name}.{domain}" if domain else None]
    return _is_for(certificate, [text for text in names if text])


# Names that people give to what Remote Desktop is reached by, as the first label of a name. A letter more makes another
# word of the short ones: tsa stamps times, tsm keeps backups, rdb is a database.
_OF_REMOTE_DESKTOP = re.compile(
    r"(?:rd|rdp|rds|rdsh|rdgw|rdweb|ts|term|terminal|remote|desktop|remotedesktop)(?:[-_][a-z])?[-_]?[0-9]*",
    re.IGNORECASE,
)


def is_for_listener(ctx: Context, certificate: StoredCertificate, pinned: StoredCertificate | None) -> bool:
    """Whether something says that it was made for the listener: a name of the host, in whatever domain, the names of
    the pinned one, where that is still there, a name that is Remote Desktop's, or its purposes. Who may read its key
    says nothing: a database, a website or a mail server may run as NETWORK SERVICE, as the listener does.
    """
    names = _names(certificate)
    if is_for_host(ctx, certificate) or (pinned is not None and names == _names(pinned)):
        return True
    own = (_own_names(ctx)[0] or "").lower().split(".")[0]
    labels = [name.split(".")[0] for name in names]
    if any(label == own or _OF_REMOTE_DESKTOP.fullmatch(label) for label in labels):
        return True
    return REMOTE_DESKTOP_AUTHENTICATION in (certificate.usages or ())


def _own_names(ctx: Context) -> tuple[str | None, str | None]:
    """The host's name and its domain, as far as they were read."""
    host = ctx.snapshot.section("host") or {}
    return host.get("dns_host_name") or ctx.snapshot.name, host.get("dns_domain")


def _names(certificate: StoredCertificate) -> frozenset[str]:
    read = read_certificate(certificate.der or b"", certificate.not_before or datetime.min)
    named = [text.removeprefix("DNS:") for text in read["sans"] or ()] or [read["common_name"] or ""]
    return frozenset(name.lower() for name in named) - {""}


def is_name(text: str) -> bool:
    """A name, and no IPv4 or IPv6 address."""
    return bool(re.search("[A-Za-z]", text)) and ":" not in text


def _fits(ctx: Context, entry: StoredCertificate) -> bool:
    now = ctx.snapshot.now
    if now is None or not entry.readable or not entry.der or not entry.serves or not entry.has_key_property:
        return False
    if any(entry.expired(clock) or entry.not_yet_valid(clock) for clock in (now, ctx.clock)):
        return False
    file = ctx.snapshot.key_file(entry)
    if file and file["exists"] is False:
        return False
    return not {"weak_key", "weak_signature"} & set(read_strength(entry.der)["weaknesses"])


def _is_for(certificate: StoredCertificate, names: Iterable[str]) -> bool:
    read = read_certificate(certificate.der or b"", certificate.not_before or datetime.min)
    return any(matches(name, read["sans"], read["common_name"]) for name in names)
