# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host script as one file, as tests run it without Ansible: Ansible sends the shared part as a module of its own."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = ROOT / "plugins" / "module_utils" / "host.psm1"
READ = ROOT / "plugins" / "modules" / "_host.ps1"
APPLY = ROOT / "plugins" / "modules" / "_apply.ps1"


def joined(module: Path = APPLY) -> str:
    """The shared part and a module behind it; ``_apply`` can do all that ``_host`` can."""
    shared = re.sub(r"(?m)^Export-ModuleMember .*$", "", SHARED.read_text("ascii"))
    return shared + re.sub(r"(?m)^#(Requires|AnsibleRequires|!powershell).*$", "", module.read_text("ascii"))


def _write() -> Path:
    target = ROOT / ".build" / "host.ps1"
    target.parent.mkdir(exist_ok=True)
    text = joined()
    if not target.exists() or target.read_text("ascii") != text:
        fresh = target.with_suffix(f".{id(text)}.new")
        fresh.write_text(text, "ascii")
        fresh.replace(target)
    return target


SCRIPT = _write()
