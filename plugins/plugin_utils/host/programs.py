# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a path or a command line names a file of Windows' own, in its folder System32, however it is spelled.

The service manager starts what ImagePath says as CreateProcess finds it: a bare name beside its own program, which is
in System32, and a relative one below the Windows folder as well
(https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-createprocessw). What may stand
before a drive changes nothing (https://learn.microsoft.com/archive/blogs/jeremykuhne/dos-to-nt-a-paths-journey).
"""

from __future__ import annotations

import re
from functools import lru_cache

# Where nobody read which folder it is: on any drive, by the names that setups give it.
_ANY_DRIVE, _ANY_FOLDER = "[a-z]:", "(?:windows|winnt)"
_BEFORE_A_DRIVE = r"(?:/\?\?/|//[?.]/)?"
_FOLDER = re.compile(r"([a-z]:)/(.+)/system32", re.IGNORECASE | re.ASCII)
# Windows parts a command line at these alone; other characters that look like a blank belong to a name.
BLANKS = " \t"


@lru_cache(maxsize=128)
def is_own(path: str, file: str, folder: str | None, *, bare: bool = True) -> bool:
    """Whether a path names this file in ``folder``, or in what may be System32 where that is None. ``bare``: without a
    folder, or the ending of a program, it does as well.
    """
    return bool(_spelling(file, folder, bare).fullmatch(path.replace("\\", "/")))


@lru_cache(maxsize=64)
def _spelling(file: str, folder: str | None, bare: bool) -> re.Pattern[str]:
    """A regular expression for the file, with / for \\."""
    known = _FOLDER.fullmatch(folder.replace("\\", "/")) if folder else None
    drive, below = _ANY_DRIVE, _ANY_FOLDER
    if known:
        drive, below = known[1], "/+".join(map(re.escape, known[2].split("/")))
    windows = rf"%systemroot%|%windir%|/systemroot|(?:%systemdrive%/+|{_BEFORE_A_DRIVE}{drive}/+|/){below}"
    name, _dot, ending = file.rpartition(".")
    way = rf"(?:{windows})/+system32/+"
    if not bare:
        return re.compile(rf"{way}{re.escape(file)}", re.IGNORECASE | re.ASCII)
    way = rf"(?:{way}|system32/+)?"
    return re.compile(rf"{way}{re.escape(name)}(?:\.{ending})?", re.IGNORECASE | re.ASCII)


def program(command: str) -> tuple[str, str]:
    """The program of a command line and what stands behind it, as Windows parts them: a quoted name ends with its
    quotation mark, or never.
    """
    command = command.lstrip(BLANKS)
    if command.startswith('"'):
        name, _quote, rest = command[1:].partition('"')
        return name, rest
    name = re.split(f"[{BLANKS}]", command, maxsplit=1)[0]
    return name, command[len(name) :]
