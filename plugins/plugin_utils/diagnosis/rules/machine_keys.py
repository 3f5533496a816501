# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on where machine keys are kept: what makes the next renewal fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    Context,
    Evidence,
    EvidenceList,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import (
    bound_certificate,
    renewal_fails,
    renewal_is_due,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl, acl_words

_PROGRAM_DATA = re.compile(r"(%SystemDrive%|[A-Z]:)\\ProgramData\\?", re.IGNORECASE)
_PROFILES = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList"
# What Windows grants Everyone on the folder: read and write, on the folder alone.
EVERYONE_ON_FOLDER = 0x12019F
# FILE_ADD_FILE
_MAKE_FILES = 0x2
_DEFAULT_SDDL = "O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)"
# The two entries of it as icacls takes them, quoted, for PowerShell reads parentheses otherwise. (R,W) is 0x12019F;
# both hold for the folder alone.
_FOR_EVERYONE, _FOR_ADMINISTRATORS = f'"*{acl.EVERYONE}:(R,W)"', f'"*{acl.ADMINISTRATORS}:(F)"'

_OWNERS = {acl.SYSTEM: "SYSTEM", acl.NETWORK_SERVICE: "NETWORK SERVICE", acl.ADMINISTRATORS: "Administrators"}


def _folder(ctx: Context) -> tuple[dict[str, Any] | None, acl.Descriptor | None]:
    """The folder of machine keys and its access list; None for what was not read."""
    folder = ctx.snapshot.key_folder
    return folder, ctx.snapshot.key_descriptor(folder) if folder else None


def _decision(ctx: Context, path: str, change: str) -> dict[str, Any]:
    """What a person needs to decide on the folder: what is kept first, the one change, and what else lives there."""
    section = ctx.snapshot.section("machine_keys")
    others = "what else lives there was not counted"
    if section:
        owners = ", ".join(
            f"{row['count']} of {_OWNERS.get(row['sid'], row['sid'] or 'an unknown owner')}"
            for row in sorted(section["owners"], key=lambda row: (-row["count"], row["sid"]))
        )
        more = "" if section["whole"] else " or more"
        others = f"{section['count']}{more} key files live there ({owners})"
    return {
        "default_sddl": _DEFAULT_SDDL,
        "folder": path,
        "change": change,
        "others": others,
    }


def _change(descriptor: acl.Descriptor, token: frozenset[str], wanted: int, entry: str) -> str:
    """What icacls is to do so that a token gets what is wanted, and no more.

    The entries that deny it go, and Windows' own ``entry`` comes where that is not enough. What the folder inherits
    cannot be taken out of it: there both of Windows' own take its place.
    """
    denials = acl.denials(descriptor, token, wanted)
    explicit = {ace.sid for ace in denials if not ace.inherited}
    parts = []
    if explicit:
        parts.append(f"/remove:d {' '.join(f'*{sid}' for sid in sorted(explicit))}")
    if any(ace.inherited for ace in denials):
        return " ".join(["/inheritance:r", *parts, f"/grant:r {_FOR_EVERYONE} {_FOR_ADMINISTRATORS}"])
    rest = tuple(ace for ace in descriptor.aces or () if not (ace.kind == "D" and ace.sid in explicit))
    if not acl.granted(replace(descriptor, aces=rest), token, wanted):
        parts.append(f"/grant {entry}")
    return " ".join(parts)


@rule
def check_folder_access(ctx: Context) -> Iterator[Finding]:
    """A hardened folder is no fault today: the key that is there keeps its own access list."""
    folder, descriptor = _folder(ctx)
    everyone = frozenset({acl.EVERYONE})
    if not folder or not descriptor or acl.granted(descriptor, everyone, EVERYONE_ON_FOLDER):
        return
    evidence = Evidence(
        f"Everyone lacks read and write on the folder itself: {acl_words.line(folder['sddl'], ctx.snapshot)}",
        folder["path"],
    )
    change = _change(descriptor, everyone, EVERYONE_ON_FOLDER, _FOR_EVERYONE)
    yield ctx.corroborate(
        ctx.finding(
            catalogue.MACHINE_KEYS_FOLDER_HARDENED,
            evidence=[evidence],
            **_decision(ctx, folder["path"], change),
        )
    )


@rule
def check_system_denied(ctx: Context) -> Iterator[Finding]:
    """SessionEnv, which is SYSTEM, makes the new key in this folder: an entry for any group of SYSTEM counts."""
    folder, descriptor = _folder(ctx)
    if not folder or not descriptor or acl.granted(descriptor, acl.SYSTEM_TOKEN, _MAKE_FILES):
        return
    who = acl_words.accounts(acl.denials(descriptor, acl.SYSTEM_TOKEN, _MAKE_FILES), ctx.snapshot)
    told = f"{who} is denied" if who else "nothing grants SYSTEM the right to make files"
    due, access = renewal_is_due(ctx), acl_words.line(folder["sddl"], ctx.snapshot)
    finding = ctx.finding(
        catalogue.MACHINE_KEYS_SYSTEM_DENIED,
        summary="default" if who else "ungranted",
        severity=ctx.latent_if(due),
        evidence=[Evidence(f"{told} on the folder: {access}", folder["path"])],
        target={"vain": True},
        **_decision(ctx, folder["path"], _change(descriptor, acl.SYSTEM_TOKEN, _MAKE_FILES, _FOR_ADMINISTRATORS)),
    )
    yield ctx.corroborate(finding, supports=due and ctx.probe.suggests_no_credential)


def _key_was_in_it(ctx: Context) -> bool:
    """Whether the key of the listener's certificate is gone, and was in that folder: Windows keeps that of its own
    nowhere else.
    """
    bound = bound_certificate(ctx)
    file = ctx.snapshot.key_file(bound[1]) if bound else None
    if not bound or file is None or file["exists"] is not False:
        return False
    folder = ((ctx.snapshot.key_folder or {}).get("path") or "").lower()
    return bound[0].source == "self_signed" or (bool(folder) and (file["path"] or "").lower().startswith(folder + "\\"))


def _told_by_the_log(ctx: Context) -> bool:
    """Whether the listener's own certificate could not be made, which ``certificate.renewal_failing`` tells."""
    binding = ctx.snapshot.binding
    if binding is None or binding.source != "self_signed":
        return False
    return renewal_fails(ctx, binding.certificate, needed=renewal_is_due(ctx) or _key_was_in_it(ctx))


@rule
def check_folder_present(ctx: Context) -> Iterator[Finding]:
    """Without the folder no key can be made; where a renewal has met that, the log says it, and tells it. Where Windows
    looks for it in another place than its own, that is what is amiss.
    """
    folder = ctx.snapshot.key_folder
    if not folder or not ctx.snapshot.key_folder_is_gone or _told_by_the_log(ctx) or _moved_to(ctx):
        return
    due = renewal_is_due(ctx) or _key_was_in_it(ctx)
    finding = ctx.finding(
        catalogue.MACHINE_KEYS_SYSTEM_DENIED,
        summary="absent",
        advice="absent",
        severity=ctx.latent_if(due),
        evidence=[Evidence("the folder does not exist", folder["path"] or "section key_files")],
        target={"vain": True},
    )
    # Without the host's clock and log nobody knows whether a renewal has met it, and what else that one was.
    told = ctx.lately and not ctx.unread("events")
    yield ctx.corroborate(finding, supports=due and told and ctx.probe.suggests_no_credential)


def _moved_to(ctx: Context) -> str | None:
    """Where ProgramData is by the registry, if that is not where Windows is installed with it."""
    path = ctx.snapshot.text(_PROFILES, "ProgramData")
    return None if path is None or _PROGRAM_DATA.fullmatch(path) else path


@rule
def check_program_data(ctx: Context) -> Iterator[Finding]:
    """Windows finds the folder of machine keys below ProgramData."""
    path = _moved_to(ctx)
    if path is None:
        return
    evidence = EvidenceList([Evidence(f"ProgramData is {path}", f"HKLM\\{_PROFILES}")])
    folder = ctx.snapshot.key_folder or {}
    evidence.add_if(
        ctx.snapshot.key_folder_is_gone, "no folder of machine keys is there", folder.get("path") or "section key_files"
    )
    # The key of a certificate that was made now would be in the wrong place once it is set back. Where clients get in
    # the keys came along, unless there is no place for them.
    target = {"vain": not ctx.probe.logon_reached or ctx.snapshot.key_folder_is_gone}
    finding = ctx.finding(catalogue.MACHINE_KEYS_MISPLACED, evidence=evidence, target=target)
    yield ctx.corroborate(finding, supports=ctx.probe.suggests_no_credential)
