# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files on the controller: whole, or as they were."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file with these permissions, in the place of one that may be there. Raises ``OSError``.

    Its folder is made, for its owner alone.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".winops.rdp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_json(path: Path, document: Any) -> None:
    """The same, of an object; what tools and people compare has its keys sorted."""
    write(path, (json.dumps(document, indent=1, sort_keys=True) + "\n").encode())


class FileProblem(ValueError):
    """A file, or a folder of files, that cannot be read; the message is one sentence."""


def json_files(place: str, what: str, option: str, fill: str, *, nested: bool = False) -> list[Path]:
    """The file named, or those in a folder whose names end in .json, hidden ones left out. Raises ``FileProblem``.

    ``nested`` takes those in folders within it, too.

    ``what`` they hold, the ``option`` that names the place and what would ``fill`` it are for the message.
    """
    root = Path(place).expanduser()
    try:
        if not root.is_dir():
            if root.is_file():
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


def read_json(path: Path, again: str) -> Any:
    """What is in a file. Raises ``FileProblem``; ``again`` says how to get a better one."""
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise FileProblem(
            f"{path} cannot be read: {error.strerror or error}. Make it readable, or leave it out."
        ) from error
    except (ValueError, RecursionError) as error:
        raise FileProblem(f"{path} is not JSON ({error}): {again}, or leave the file out.") from error
