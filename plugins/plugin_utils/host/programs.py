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

# What may stand before a drive, the folder of Windows by a variable or by its path, System32, and the program.
_PATH = re.compile(
    r"(?:(?:%systemroot%|%windir%|/systemroot"
    r"|(?:%systemdrive%/|(?:/\?\?/|//[?.]/)?(?P<drive>[a-z]:)/|/)(?P<below>.+?))/system32/"
    r"|(?P<relative>(?:system32/)?))(?P<name>[^/]+)",
    re.IGNORECASE | re.ASCII,
)
_FOLDER = re.compile(r"([a-z]:)/(.+)/system32", re.IGNORECASE | re.ASCII)
# Where nobody read which folder it is: on any drive, by the names that setups give it.
_NAMES = ("windows", "winnt")
_SLASHES = re.compile("/+")
# Windows parts a command line at these alone; other characters that look like a blank belong to a name.
BLANKS = " \t"
_BLANK = re.compile(f"[{BLANKS}]")
# Case is no matter in English letters; of others, Windows has a table of its own.
_SMALL = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


# The hosts of a run name the same few programs.
@lru_cache(maxsize=1024)
def is_own(path: str, file: str, folder: str | None, *, bare: bool = True) -> bool:
    """Whether a path names this file in ``folder``, or in what may be System32 where that is None. ``bare``: without a
    folder, or the ending of a program, it does as well.
    """
    found = _PATH.fullmatch(_slashed(path))
    if not found or (found["relative"] is not None and not bare):
        return False
    names = {file.translate(_SMALL), *([file.translate(_SMALL).rpartition(".")[0]] if bare else ())}
    return found["name"].translate(_SMALL) in names and _is_windows(found["drive"], found["below"], folder)


def _is_windows(drive: str | None, below: str | None, folder: str | None) -> bool:
    """Whether that part of a path, without its drive, is the folder of Windows; one that was not spelled out is."""
    if below is None:
        return True
    known = _FOLDER.fullmatch(_slashed(folder)) if folder else None
    if not known:
        return below.translate(_SMALL) in _NAMES
    same = below.translate(_SMALL) == known[2].translate(_SMALL)
    return same and (drive is None or drive.translate(_SMALL) == known[1].translate(_SMALL))


def _slashed(path: str) -> str:
    """The path with / for \\, and one for several but at its beginning, where two say something else than one."""
    path = path.replace("\\", "/")
    return path[:2] + _SLASHES.sub("/", path[2:])


@lru_cache(maxsize=1024)
def program(command: str) -> tuple[str, str]:
    """The program of a command line and what stands behind it, as Windows parts them: a quoted name ends with its
    quotation mark, or never.
    """
    command = command.lstrip(BLANKS)
    if command.startswith('"'):
        name, _quote, rest = command[1:].partition('"')
        return name, rest
    name = _BLANK.split(command, maxsplit=1)[0]
    return name, command[len(name) :]
