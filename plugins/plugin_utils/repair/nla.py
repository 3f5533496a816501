# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether Network Level Authentication may be turned on.

With it, whoever cannot be authenticated before the logon is out; without it he could still log on at the host, with
cached credentials or a local account. So it is turned on only where everything that it needs is known to work.
"""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL

# CredSSP runs inside of TLS, and checks tickets by the clock.
_NEEDED_GROUPS = frozenset({"nla", "certificate", "tls", "clock"})
# The trust in the domain, the settings of NTLM and CredSSP, and what TLS needs.
_NEEDED_SECTIONS = ("host", "listener", "certificates", "key_files", "services", "registry", "domain")


def obstacle(assessment: Assessment) -> str | None:
    """What forbids to turn it on, in a few words; None if it may be."""
    broken = [
        finding.id
        for finding in assessment.diagnosis.findings
        if finding.type.explains_nla or (finding.severity == CRITICAL and finding.type.group in _NEEDED_GROUPS)
    ]
    if broken:
        return f"what it needs is broken ({', '.join(broken)})"
    if assessment.probe.offers("credssp") is False:
        return "the listener does not answer it"
    unread = [name for name in _NEEDED_SECTIONS if assessment.snapshot.section(name) is None]
    if unread:
        return f"what it needs could not be read (section {', '.join(unread)})"
    domain = assessment.snapshot.section("domain")
    if domain["joined"] and domain["channel_status"] is None:
        return "the trust in the domain could not be read"
    return None
