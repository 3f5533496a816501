# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts that run on a host without Ansible: the collection's own PowerShell in one file, with what it is to do.

They are made from the files that Ansible sends; there is no second copy.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import client_session, journals
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.bundles import (
    GOOD_FOR,
    Bundle,
    collection_version,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment, assess
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import visible
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso_milliseconds
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import expected
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import in_words
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan, Rung
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

_PLUGINS = Path(__file__).parents[2]
_MODULES, _PARTS = _PLUGINS / "modules" / "__windows", _PLUGINS / "module_utils"
_TAILS = _PLUGINS / "plugin_utils" / "offline"
_REQUIRED = re.compile(r"(?m)^#AnsibleRequires -PowerShell \.{2,3}module_utils\.(\w+)$")
# What Ansible alone needs, and what stands once at the top of the file.
_LEFT_OUT = re.compile(
    r"(?m)^(#(Requires|AnsibleRequires|!powershell|\s*Copyright|\s*SPDX|\s*GNU General).*"
    r"|Set-StrictMode -Version Latest|\$ErrorActionPreference = 'Stop')\n"
)


class OfflineError(ValueError):
    """A script that cannot be made; the message is one clause."""


_BEGIN = """\
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {{
  'App Control or AppLocker lets PowerShell run here in a restricted language mode only: {cannot}.'
  return
}}
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
"""
_COLLECT = """\
# winops.rdp {version}: reads what Remote Desktop on this host depends on, for winops.rdp.diagnose to judge elsewhere.
# It changes nothing. It needs an elevated PowerShell 5.1 or later, and asks for nothing.
#   powershell -ExecutionPolicy Bypass -File {name}                   prints the bundle in numbered pieces
#   powershell -ExecutionPolicy Bypass -File {name} -Out FILE         writes it to a file instead
#   powershell -ExecutionPolicy Bypass -File {name} -From FILE -Part 3  prints piece 3 of a file that -Out wrote
# With -Anonymous in any of these, names of people, machines and domains, and addresses, become others of their kind.
#Requires -Version 5.1
param(
  [string] $Out,
  [string] $From,
  [int] $Part,
  [switch] $Anonymous,
  # Characters of a piece: Azure's Run Command shows the last 4,096 of its output.
  [ValidateRange(600, 1000000)] [int] $PieceSize = 4000
)
{begin}if ($Part -and -not $From) {{
  throw '-Part needs -From: each reading is another one. Write one with -Out first, then print its pieces.'
}}
$CollectionVersion = '{version}'
$WhatToRead = @'
{arguments}
'@

"""


_REPAIR = """\
# winops.rdp {version}: repairs Remote Desktop on {host} and on no other machine, by a plan from what was read there.
# Good until {until}; -Undo has no end. It needs an elevated PowerShell 5.1 or later, and asks for nothing.
#   powershell -ExecutionPolicy Bypass -File {name} -WhatIf          says what it would do; changes nothing
#   powershell -ExecutionPolicy Bypass -File {name}                  does it, and prints how the host is then
#   powershell -ExecutionPolicy Bypass -File {name} -Then RUNG       what follows only if clients still do not get in
#   powershell -ExecutionPolicy Bypass -File {name} -Undo            takes it back
#Requires -Version 5.1
param(
  [switch] $WhatIf,
  [switch] $Undo,
  [string] $Then = '',
  [ValidateRange(600, 1000000)] [int] $PieceSize = 4000
)
{begin}$CollectionVersion = '{version}'
$MadeAs = '{digest}'
$WhatToDo = @'
{plan}
'@

"""
_CLIENT = """\
# winops.rdp {version}: looks at Remote Desktop from this PC, for winops.rdp.client to judge elsewhere.
# It changes nothing, logs on nowhere, needs no rights and asks for nothing. In PowerShell, in the folder of this file:
#   powershell -ExecutionPolicy Bypass -File {name}            says what it saw, and writes rdp-client.json beside it
#   powershell -ExecutionPolicy Bypass -File {name} -Print     prints the bundle in numbered pieces instead
#Requires -Version 5.1
param(
  [string] $Out = '',
  [switch] $Print,
  [ValidateRange(600, 1000000)] [int] $PieceSize = 4000
)
{begin}$CollectionVersion = '{version}'
$Target = {target}
$ServerName = {server_name}
$WhatToRead = @'
{arguments}
'@

"""
# As module client has them by itself.
_LOOK: dict[str, Any] = {
    "load_balance_info": None,
    "timeout": 5.0,
    "deadline": 30.0,
    "unloaded_profiles": False,
    "rdp_files": [],
}


def _document(value: Any) -> str:
    """JSON in ASCII that a here-string of PowerShell can hold."""
    return json.dumps(value, indent=1).replace("\n'@", "\n\\u0027@")


def _in_comment(name: str) -> str:
    """Others' text as it may stand in a comment of a script: on one line, in ASCII, and nothing in it that is code."""
    shown = visible(name).encode("ascii", "backslashreplace").decode()
    return re.sub(r"[$'`]", lambda found: f"\\u{ord(found[0]):04x}", shown)


def collect_script(name: str) -> str:
    """The script that reads a host, ``name`` is that of its file."""
    # It is asked once, by somebody who is there.
    asked = {"operation": "snapshot", "key_certificates": ["*"], "channel": True}
    arguments = _document({**asked, **collect.arguments()})
    begin = _BEGIN.format(cannot="the host cannot be read")
    head = _COLLECT.format(version=collection_version(), name=_in_comment(name), begin=begin, arguments=arguments)
    return (
        head
        + _parts(_MODULES / "_host.ps1")
        + _tail("pieces")
        + _tail("bundle")
        + _tail("anonymous")
        + _tail("collect")
    )


def client_script(name: str, target: str, server_name: str | None) -> str:
    """The script that reads a person's PC and looks at ``target`` from there.

    Raises ``OfflineError`` where that is no host.
    """
    if not target.strip():
        raise OfflineError("target is empty; name the host that the PC is to reach")
    options = {"target": target, "server_name": server_name, **_LOOK}
    try:
        asked = client_session.question(client_session.target_of(options, "offline"), options)
    except HostFailure as failure:
        raise OfflineError(str(failure).removeprefix("winops.rdp.offline: ").rstrip(".")) from failure
    fields = {
        "begin": _BEGIN.format(cannot="this PC cannot be read"),
        "target": _quoted(target),
        "server_name": _quoted(server_name or ""),
        "arguments": _document(asked),
    }
    head = _CLIENT.format(version=collection_version(), name=_in_comment(name), **fields)
    module = _MODULES / "_client.ps1"
    return head + _parts(module) + _tail("pieces") + _tail("client")


def _quoted(text: str) -> str:
    """A text as PowerShell writes it between single quotes; those that Windows' own names can have are ASCII."""
    if not text.isascii() or not text.isprintable():
        raise OfflineError(f"{text!r} has characters beyond ASCII; give the name as DNS has it (xn--...)")
    return "'" + text.replace("'", "''") + "'"


def assessed(bundle: Bundle) -> Assessment:
    """The host of a bundle, judged, so that a plan can be bound to it. Raises ``OfflineError``."""
    if bundle.anonymous:
        raise OfflineError(
            f"{bundle.name}: names were left out of this bundle (-Anonymous), so nothing can be bound to a machine;"
            " collect again without"
        )
    return assess(bundle.snapshot, bundle.comparable_probe, bundle.client_code)


def repair_script(host: str, name: str, assessment: Assessment, plan: Plan, now: datetime) -> str:
    """The script that carries a plan out on the host that it was made for; ``now`` is the UTC time of its making.

    Raises ``OfflineError`` where nothing says which machine that is, or there is nothing to do.
    """
    snapshot = assessment.snapshot
    if not snapshot.machine:
        raise OfflineError(
            f"{host}: its MachineGuid was not read, so nothing can be bound to this machine; collect again"
        )
    if not plan.rungs:
        raise OfflineError(f"{host}: {_nothing_to_do(assessment)}")
    document = {
        "host": host,
        "machine": snapshot.machine,
        "made": iso_milliseconds(now),
        "until": iso_milliseconds(now + GOOD_FOR),
        "journal": {
            "created": iso_milliseconds(now),
            "controller": "rdp-repair.ps1",
            "found": journals.found(assessment),
        },
        "what_to_read": collect.arguments(),
        "rungs": _rungs(plan, snapshot),
    }
    fields = {
        "version": collection_version(),
        "host": _in_comment(host),
        "name": _in_comment(name),
        "until": document["until"],
        "begin": _BEGIN.format(cannot="nothing can be done"),
    }
    body = _parts(_MODULES / "_apply.ps1") + _alone(_MODULES / "_apply.ps1")
    body += _tail("pieces") + _tail("bundle") + _tail("repair")
    plain = _REPAIR.format(**fields, digest="", plan=_document(document)) + body
    return _REPAIR.format(**fields, digest=digest(plain), plan=_document(document)) + body


def _nothing_to_do(assessment: Assessment) -> str:
    if assessment.diagnosis.findings:
        return "a script repairs nothing of what was found; winops.rdp.diagnose with this bundle_path says what to do"
    return f"its verdict is {assessment.diagnosis.verdict}, and there is nothing to repair"


def digest(text: str) -> str:
    """The SHA-256 by which a script knows itself: of its text without that number, and without line ends behind it."""
    return hashlib.sha256(text.rstrip("\n").encode("ascii")).hexdigest()


def _rungs(plan: Plan, snapshot: Snapshot) -> list[dict[str, Any]]:
    """The steps of each call: what is done in any case as one, and each rung that has a condition."""
    certain = [Rung("certain", plan.steps)] if plan.steps else []
    rungs, mark, sequence = [], snapshot.journal_mark, snapshot.next_sequence
    for rung in (*certain, *plan.conditional):
        id_ = journals.new_journal().id
        rungs.append(
            {
                "name": rung.name,
                "condition": rung.condition,
                "journal": {"id": id_, "what": in_words(rung.steps), "sequence": sequence, **mark},
                "steps": [_planned(step, snapshot) for step in rung.steps],
            }
        )
        if mark:  # the next call finds the journal of this one
            mark, sequence = {**mark, "seen": [*mark["seen"], id_]}, (sequence or 0) + 1
    return rungs


def _planned(step: Step, snapshot: Snapshot) -> dict[str, Any]:
    facts = expected.before(step, snapshot)
    return {
        "step": step.to_host(),
        "words": f"{step.op} {step.target}",
        "reason": step.reason,
        "before": facts or {},
        "absent": facts is None,
    }


def _tail(name: str) -> str:
    return (_TAILS / f"{name}.ps1").read_text(encoding="ascii")


def _parts(module: Path) -> str:
    """The parts that a module of the host script requires, those first that others need."""
    found: list[Path] = []

    def take(path: Path) -> None:
        for name in _REQUIRED.findall(path.read_text(encoding="ascii")):
            part = _PARTS / f"{name}.psm1"
            if part not in found:
                take(part)
                found.append(part)

    take(module)
    return "".join(_alone(path) for path in found)


def _alone(path: Path) -> str:
    """A part as it stands in one file with others: there is nothing to export."""
    text = re.sub(r"(?ms)^Export-ModuleMember .*\Z", "", path.read_text(encoding="ascii"))
    rule = f"# {path.name} ".ljust(120, "-")
    return f"{rule}\n\n{_LEFT_OUT.sub('', text).strip()}\n\n"
