# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on where machine keys are kept, and on the store's own key in the registry: what makes the next renewal fail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    WARNING,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import REMOTE_DESKTOP_STORE
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import STORES, hklm

_PROFILES = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList"
# What Windows grants Everyone on the folder: read and write, on the folder alone.
EVERYONE_ON_FOLDER = 0x12019F
_DEFAULT = "O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)"
_SET_VALUE_OR_CREATE = 0x0006


@rule
def folder(ctx: Context) -> Iterator[Finding]:
    """A hardened folder is no fault today: the key that is there keeps its own access list."""
    section = ctx.host.section("key_files")
    folder_ = section["folder"] if section else None
    descriptor = ctx.host.key_descriptor(folder_) if folder_ else None
    if not folder_ or not descriptor or acl.granted(descriptor, {acl.EVERYONE}, EVERYONE_ON_FOLDER):
        return
    yield ctx.judged(
        Finding(
            "machine_keys.folder_hardened",
            WARNING,
            "The folder of machine keys was hardened: the key that the next renewal makes may come out unreadable",
            evidence_for=(
                Evidence(f"Everyone lacks 0x12019F on the folder itself: {folder_['sddl']}", folder_["path"]),
            ),
            advice=f"many other keys live there, so this collection never changes the folder; Windows' own access list is {_DEFAULT}, on the folder only",
        ),
        fits=None,
    )


@rule
def misplaced(ctx: Context) -> Iterator[Finding]:
    text = ctx.host.text(_PROFILES, "ProgramData")
    if text is None or re.fullmatch(r"(%SystemDrive%|[A-Z]:)\\ProgramData\\?", text, re.IGNORECASE):
        return
    yield ctx.judged(
        Finding(
            "machine_keys.misplaced",
            CRITICAL,
            "The folder ProgramData was moved: Windows looks for its machine keys where they are not",
            evidence_for=(Evidence(f"ProgramData is {text}", f"HKLM\\{_PROFILES}"),),
            advice="everything on the host looks there, so this is left to you: set it to %SystemDrive%\\ProgramData (REG_EXPAND_SZ) and restart the host",
        ),
        fits=True if ctx.sight.no_credential else False if ctx.sight.gets_in else None,
    )


@rule
def store(ctx: Context) -> Iterator[Finding]:
    section = ctx.host.section("certificates")
    sddl = section["stores"][REMOTE_DESKTOP_STORE]["sddl"] if section else None
    if not sddl:
        return
    try:
        descriptor = acl.parse(sddl)
    except acl.SddlError:
        return
    denied = [
        ace
        for ace in descriptor.aces or ()
        if ace.kind == "D" and ace.sid == acl.SYSTEM and ace.mask & _SET_VALUE_OR_CREATE
    ]
    if not denied:
        return
    inherited = all(ace.inherited for ace in denied)
    binding = ctx.host.binding
    empty = (
        binding is not None
        and binding.source == "self_signed"
        and (binding.certificate is None or binding.certificate.expired(ctx.clock))
    )
    stores = hklm(STORES)
    where = f"{stores}\\{REMOTE_DESKTOP_STORE}"
    yield ctx.judged(
        Finding(
            "certificate.store_denied",
            CRITICAL if empty else WARNING,
            "SYSTEM may not write into the store of the listener's certificate: SessionEnv cannot renew it",
            evidence_for=(
                Evidence(f"a denial for S-1-5-18{' that is inherited' if inherited else ''}: {sddl}", where),
            ),
            advice=f"remove the denial on {stores if inherited else where} and nothing else (regedit, Permissions, Advanced), then restart SessionEnv",
        ),
        fits=None,
    )
