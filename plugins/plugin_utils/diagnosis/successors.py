# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which certificate of the host could take the place of a chosen one that cannot be used any more.

ACME clients and enrolment put a new certificate into ``My`` and take the old one out; a listener that was bound to the
old one keeps its name and finds nothing. What was most likely meant is the one certificate there that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import Context
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import StoredCertificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import matches, read_certificate


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
    """Whether it is made out to a name that the host has, or that the probe was asked for."""
    host = ctx.snapshot.section("host") or {}
    name, domain = host.get("dns_host_name") or ctx.snapshot.name, host.get("dns_domain")
    names = [ctx.probe.host if is_name(ctx.probe.host) else None, name, f"{name}.{domain}" if domain else None]
    return _is_for(certificate, [text for text in names if text])


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
    return not {"weak_key", "weak_signature"} & set(read_certificate(entry.der, ctx.clock)["weaknesses"])


def _is_for(certificate: StoredCertificate, names: Iterable[str]) -> bool:
    read = read_certificate(certificate.der or b"", certificate.not_before or datetime.min)
    return any(matches(name, read["sans"], read["common_name"]) for name in names)
