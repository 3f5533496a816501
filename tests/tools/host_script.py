# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host script as one file, as tests run it without Ansible: Ansible sends each part as a module of its own."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ = ROOT / "plugins" / "modules" / "__windows" / "_host.ps1"
APPLY = ROOT / "plugins" / "modules" / "__windows" / "_apply.ps1"
CLIENT = ROOT / "plugins" / "modules" / "__windows" / "_client.ps1"
WITNESSES = ROOT / "plugins" / "modules" / "__windows" / "_witnesses.ps1"


def parts(module: Path) -> list[Path]:
    """The files that Ansible sends with a module: those that it requires, and those that they require, by name."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        names = re.findall(
            r"(?m)^#AnsibleRequires -PowerShell \.{2,3}module_utils\.(\w+)$", waiting.pop().read_text("ascii")
        )
        fresh = {ROOT / "plugins" / "module_utils" / f"{name}.psm1" for name in names} - found
        found |= fresh
        waiting += fresh
    return sorted(found)


# Of the PowerShell of a question. The wrapper of ansible-core sends it as base64, uncompressed: 117 KiB of the 176 that
# a whole question may be (tests/twin/test_decode.py), beside the wrapper's own scripts and what is asked for.
LIMIT = 88 * 1024


def sent(module: Path) -> bytes:
    """All that Ansible sends of this collection for a call of a module."""
    return b"".join(path.read_bytes() for path in (*parts(module), module))


def joined(module: Path = APPLY) -> str:
    """The parts and a module behind them; ``_apply`` can do all that ``_host`` can."""
    text = "".join(
        re.sub(r"(?ms)^Export-ModuleMember .*\Z", "", path.read_text("ascii")) for path in (*parts(module), module)
    )
    return re.sub(r"(?m)^#(Requires|AnsibleRequires|!powershell).*$", "", text)


def _write(name: str = "host.ps1", module: Path = APPLY) -> Path:
    target = ROOT / ".build" / name
    target.parent.mkdir(exist_ok=True)
    text = joined(module)
    if not target.exists() or target.read_text("ascii") != text:
        fresh = target.with_suffix(f".{id(text)}.new")
        fresh.write_text(text, "ascii")
        fresh.replace(target)
    return target


SCRIPT = _write()
CLIENT_SCRIPT = _write("client.ps1", CLIENT)
WITNESSES_SCRIPT = _write("witnesses.ps1", WITNESSES)
