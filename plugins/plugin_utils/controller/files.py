# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files on the controller: whole, or as they were; plain files only; and one way from a host's name to a file's."""

from __future__ import annotations

import errno
import hashlib
import json
import math
import os
import pwd
import re
import stat
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from ansible_collections.winops.rdp.plugins.plugin_utils.host import documents, pieces


class FileProblem(ValueError):
    """A file, or a folder of files, that cannot be used; the message is one sentence."""


# Names --------------------------------------------------------------------------------------------------------------

# File systems take 255 bytes; an ending and what a temporary file is called by come on top.
_LONGEST_NAME = 200


def name_for(host: str) -> str:
    """A host's name as a file's or a folder's.

    Whatever is no part of plain names is percent-encoded, a dot in front as well: no two hosts share a file, and no
    name leads out of its folder or hides in it. Of a name too long for a file the SHA-256 stands behind its beginning,
    after ``%~``, which no encoded name has.
    """
    safe = quote(host, safe="", errors="surrogatepass")
    safe = "%2E" + safe[1:] if safe.startswith(".") else safe
    if len(safe) <= _LONGEST_NAME:
        return safe
    digest = hashlib.sha256(safe.encode()).hexdigest()
    return re.sub("%.?$", "", safe[: _LONGEST_NAME - len(digest) - 2]) + f"%~{digest}"


def host_of(name: str) -> str:
    """The host that a file's name without its ending stands for."""
    try:
        return unquote(name, errors="surrogatepass")
    except UnicodeDecodeError:
        return unquote(name)


def home() -> str:
    """The folder of the account that runs Ansible.

    ``HOME`` counts if it is an absolute path. Empty or relative, it would lead to the root of the file system, or to
    wherever the task happens to run. Raises ``FileProblem`` if the account has no folder either.
    """
    given = os.environ.get("HOME", "")
    if os.path.isabs(given):
        return given
    try:
        folder = pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        folder = ""
    if not os.path.isabs(folder):
        raise FileProblem(
            "HOME is no absolute path and the account has no home folder; set HOME, or write paths without ~."
        )
    return folder


def expanded(path: str) -> str:
    """The path with a ``~`` or ``~name`` in front as the home folder of that account. Raises ``FileProblem`` for what
    no file can be called.
    """
    try:
        whole = home() + path[1:] if path == "~" or path.startswith("~/") else str(os.path.expanduser(path))
        named = b"\0" not in os.fsencode(whole)
    except UnicodeEncodeError:
        named = False
    if not named:
        raise FileProblem(f"{path!r} is no name that a file can have; name another.")
    if whole.startswith("~"):
        raise FileProblem(f"{path}: there is no account of that name; write the whole path.")
    return whole


def place(path: str) -> Path:
    """The same as a path. Raises ``FileProblem``."""
    return Path(expanded(path))


def standing(path: Path) -> Path:
    """The path itself where it is there, or else the nearest folder above it in which it could be made.

    Raises ``FileProblem`` for a link that leads nowhere, and for what cannot be looked at or cannot be a name there.
    """
    for there in (path, *path.absolute().parents):
        try:
            there.stat()
            longest = _longest_name(there)
        except (FileNotFoundError, NotADirectoryError) as error:
            if there.is_symlink():
                raise FileProblem(f"{there} is a link that leads nowhere; remove it, or name another place.") from error
            continue
        except OSError as error:
            raise FileProblem(f"{there} cannot be used: {error.strerror or error}; name another place.") from error
        below = path.absolute().parts[len(there.absolute().parts) :]
        if any(len(os.fsencode(part)) > longest for part in below):
            raise FileProblem(f"{path} cannot be made: a name in it is too long; name another place.")
        return there
    return path


def _longest_name(folder: Path) -> float:
    """How many bytes the name of a file may have there. A file system without such a limit says -1, or that it has none
    to tell of.
    """
    try:
        longest = os.pathconf(folder, "PC_NAME_MAX")
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        longest = -1
    return longest if longest >= 0 else math.inf


def expect_writable(folder: Path) -> None:
    """Raise ``FileProblem`` where files could not be written into a folder, which may have to be made first.

    Tried, with a folder that is gone at once: what the permissions say of a file system of another kind, or of one that
    is read-only, is not so.
    """
    there = standing(folder)
    if not there.is_dir():
        raise FileProblem(f"{there} is no folder to write into")
    try:
        os.rmdir(tempfile.mkdtemp(dir=there.resolve(), prefix=".winops.rdp"))
    except OSError as error:
        raise FileProblem(f"{there} is no folder to write into ({error.strerror or error})") from error


# Writing ------------------------------------------------------------------------------------------------------------


# What each file of a kind has in it, and no file of anybody else. Objects are written with their first level set in by
# one blank, and no text of JSON has a line break in it.
RESULT = re.compile(rb'(?m)^ "result_version": ')
BUNDLE = re.compile(rb'(?m)^ "bundle_version": ')
JOURNAL = re.compile(rb'(?m)^ "controller": ')
SCRIPT = re.compile(rb"\A# winops\.rdp ")
# A mark of the order of bytes, the other half of a character of UTF-16, and blanks.
_BEFORE_JSON = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


def write(path: Path, data: bytes, mode: int = 0o600, *, own: re.Pattern[bytes] | None = None) -> None:
    """Write a file with these permissions, in the place of an older one of its kind. Raises ``OSError``.

    ``own`` is what all of that kind have in them: any other file stays as it is. Without it, the place is nobody
    else's. Each folder on the way that is not there is made, for its owner alone. A link in the file's place is
    replaced, and what it leads to stays as it is.
    """
    _refuse_devices(path)
    if own:
        refuse_foreign(path, own)
    _make(path.parent)
    # Behind a link ".." is another folder than in the path's text, which is how tempfile would read it.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent.resolve(), prefix=".winops.rdp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _refuse_devices(path: Path) -> None:
    """Raise ``OSError`` for a device, a pipe or a socket, and for a link such as ``/dev/stdout``.

    Replaced by a file, it would be gone for the whole machine.
    """
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    into_proc = stat.S_ISLNK(mode) and str(path.readlink()).startswith("/proc/")
    if into_proc or not (stat.S_ISREG(mode) or stat.S_ISLNK(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is no plain file")


def refuse_foreign(path: Path, own: re.Pattern[bytes]) -> None:
    """Raise ``OSError`` where a file is in this place that is none of the kind; an empty one holds nothing to lose."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return
        there = read(path, documents.LARGEST_FLEET, follow=False)
    except (FileNotFoundError, NotADirectoryError):
        return
    except FileProblem:
        there = b"?"
    if there and not own.search(there):
        why = "the file there is none that winops.rdp wrote, and stays; move it away, or name another place"
        raise FileExistsError(errno.EEXIST, why, str(path))


def _make(folder: Path) -> None:
    """Make a folder; ``mkdir`` with ``parents`` would leave those above it open to others."""
    missing = [folder]
    while not missing[-1].exists() and missing[-1].parent != missing[-1]:
        missing.append(missing[-1].parent)
    for each in reversed(missing):
        each.mkdir(exist_ok=True, mode=0o700)


def write_json(path: Path, document: Any, *, own: re.Pattern[bytes] | None = None) -> None:
    """The same, of an object; what tools and people compare has its keys sorted."""
    write(path, (json.dumps(document, indent=1, sort_keys=True, allow_nan=False) + "\n").encode(), own=own)


# Reading ------------------------------------------------------------------------------------------------------------


def read(path: Path, most: int, *, follow: bool = True) -> bytes:
    """What is in a plain file of at most so many bytes. Raises ``OSError`` and ``FileProblem``.

    Looked at through the open file, so that it cannot be exchanged in between; a pipe or a device never keeps the task
    waiting. Not to ``follow`` refuses a link.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    with os.fdopen(os.open(path, flags), "rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise FileProblem(f"{path} is no plain file")
        data = file.read(most + 1) if about.st_size <= most else b""
        if about.st_size > most or len(data) > most:
            raise FileProblem(f"{path} is larger than {most} bytes, which no honest one is")
        return data


def json_files(place: str, what: str, option: str, fill: str, *, nested: bool = False) -> list[Path]:
    """The file named, or those in a folder whose names end in .json, hidden ones left out. Raises ``FileProblem``.

    ``nested`` takes those in folders within it, too.

    ``what`` they hold, the ``option`` that names the place and what would ``fill`` it are for the message.
    """
    root = Path(expanded(place))
    try:
        standing(root)
        if not root.is_dir():
            if root.exists():
                return [root]
            raise FileProblem(f"{place}: there is no such file or folder with {what}; {fill}.")
        found = sorted(
            path
            for path in (root.rglob("*") if nested else root.iterdir())
            if path.suffix.lower() == ".json"
            and not any(part.startswith(".") for part in path.relative_to(root).parts)
            and path.is_file()
        )
    except OSError as error:
        raise FileProblem(
            f"{place} cannot be read: {error.strerror or error}. Give {option} a folder, or a file, that can be read."
        ) from error
    if not found:
        raise FileProblem(f"{place} has no {what}: no file in it ends in .json; {fill}.")
    return found


# The collection's own files by the keys that only they have, what they are, and what takes them.
_OWN = (
    ({"counts", "causes", "hosts"}, "is a report, made of results: winops.rdp.report takes those (results_path)"),
    ({"client_bundle_version"}, "is a bundle of a person's PC: winops.rdp.client takes it (bundle_path)"),
    ({"verdict", "findings"}, "is a result, which has been judged: winops.rdp.report takes it (results_path)"),
    ({"counts", "hosts"}, "has results, which have been judged: winops.rdp.report takes it (results_path)"),
    ({"snapshot"}, "is a bundle that is still to be judged: winops.rdp.diagnose takes it (bundle_path, results_dir)"),
    (
        {"schema_version", "sections"},
        "is a snapshot that is still to be judged: winops.rdp.diagnose takes it (bundle_path, results_dir)",
    ),
)


def own_kind(document: Any) -> str | None:
    """What a document is that this collection wrote, and what takes it; None for all others."""
    keys = set(document) if isinstance(document, dict) else set()
    return next((what for wanted, what in _OWN if wanted <= keys), None)


# How files begin that people give in place of text, and what they are.
_NO_TEXT = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an archive or a document of an office program"),
)


def _in_place_of_pieces(path: Path, data: bytes) -> str:
    """What a file is in place of what a script of this collection printed or wrote, and what to do."""
    wanted = "give all that the script printed, from the first line with '--- winops.rdp' to the last, as text"
    if not data.strip(_BEFORE_JSON):
        return f"{path} is empty: {wanted}."
    if path.suffix.lower() in (".ps1", ".psm1"):
        return f"{path} is a script, not what it prints: run it on the host, and {wanted}."
    for begin, what in _NO_TEXT:
        if data.startswith(begin):
            return f"{path} is {what}: {wanted}."
    return (
        f"{path} has neither the pieces that the script prints nor the JSON that it writes: {wanted}. What a user's"
        " client showed is no bundle; it goes into client_code."
    )


def read_json(
    path: Path,
    again: str,
    most: int = documents.LARGEST,
    most_values: int = documents.MOST_VALUES,
    *,
    in_pieces: bool = False,
) -> Any:
    """What is in a file of at most ``most`` bytes, held to ``documents``' gate; ``in_pieces``, or as such it came.

    Raises ``FileProblem``; ``again`` says how to get a better one.
    """
    try:
        data = read(path, most)
        return documents.parse(pieces.join(data) if in_pieces and pieces.are_in(data) else data, most_values)
    except FileNotFoundError as error:
        raise FileProblem(f"{path}: there is no such file; name one that there is, or {again}.") from error
    except IsADirectoryError as error:
        raise FileProblem(f"{path} is a folder, and one file is wanted; name a file in it.") from error
    except OSError as error:
        raise FileProblem(f"{path} cannot be read: {error.strerror or error}. Make it readable.") from error
    except FileProblem as problem:
        raise FileProblem(f"{problem}: {again}.") from problem
    except pieces.PieceError as error:
        raise FileProblem(f"{path} cannot be put together: {error}.") from error
    except documents.DocumentError as error:
        if in_pieces and data.lstrip(_BEFORE_JSON)[:1] not in (b"{", b"["):
            raise FileProblem(_in_place_of_pieces(path, data)) from error
        raise FileProblem(f"{path} is not JSON that can be taken ({error}): {again}.") from error
