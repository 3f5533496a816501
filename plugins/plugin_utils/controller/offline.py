# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts that run on a host without Ansible: the collection's own PowerShell in one file, with what it is to do.

They are made from the files that Ansible sends; there is no second copy.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.bundles import collection_version
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

_PLUGINS = Path(__file__).parents[2]
_MODULES, _PARTS, _TAILS = _PLUGINS / "modules", _PLUGINS / "module_utils", _PLUGINS / "plugin_utils" / "offline"
_REQUIRED = re.compile(r"(?m)^#AnsibleRequires -PowerShell \.\.module_utils\.(\w+)$")
# What Ansible alone needs, and what stands once at the top of the file.
_LEFT_OUT = re.compile(
    r"(?m)^(#(Requires|AnsibleRequires|!powershell|\s*Copyright|\s*SPDX|\s*GNU General).*"
    r"|Set-StrictMode -Version Latest|\$ErrorActionPreference = 'Stop')\n"
)

_COLLECT = """\
# winops.rdp {version}: reads what Remote Desktop on this host depends on, for winops.rdp.diagnose to judge elsewhere.
# It changes nothing. It needs an elevated PowerShell 5.1 or later, and asks for nothing.
#   powershell -ExecutionPolicy Bypass -File {name}                   prints the bundle in numbered pieces
#   powershell -ExecutionPolicy Bypass -File {name} -Out FILE         writes it to a file instead
#   powershell -ExecutionPolicy Bypass -File {name} -From FILE -Part 3  prints piece 3 of a file that -Out wrote
#Requires -Version 5.1
param(
  [string] $Out,
  [string] $From,
  [int] $Part,
  # Characters of a piece: Azure's Run Command shows the last 4,096 of its output.
  [ValidateRange(600, 1000000)] [int] $PieceSize = 4000
)
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {{
  'App Control or AppLocker lets PowerShell run here in a restricted language mode only: the host cannot be read.'
  return
}}
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($Part -and -not $From) {{
  throw '-Part needs -From: each reading is another one. Write one with -Out first, then print its pieces.'
}}
$CollectionVersion = '{version}'
$WhatToRead = @'
{arguments}
'@

"""


def collect_script(name: str) -> str:
    """The script that reads a host, ``name`` is that of its file."""
    arguments = json.dumps({"operation": "snapshot", "key_certificates": ["*"], **collect.arguments()}, indent=1)
    if re.search(r"(?m)^'@", arguments):
        raise ValueError("what is to be collected ends a here-string of PowerShell")
    head = _COLLECT.format(version=collection_version(), name=name, arguments=arguments)
    return head + _parts(_MODULES / "_host.ps1") + (_TAILS / "collect.ps1").read_text(encoding="ascii")


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
