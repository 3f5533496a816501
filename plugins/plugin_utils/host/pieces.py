# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A document in numbered pieces of text, for ways on which output is cut, wrapped and quoted.

Consoles and run commands show the last few thousand characters, mail and chat break lines and put marks before them,
and some hand the whole out as a JSON string. A piece is

    --- winops.rdp 1a2b3c4d 2/9 5e6f7a8b ---
    H4sIAAAAAAAACu1d...
    --- end 1a2b3c4d 2/9 ---

with the id of the whole (the first digits of the SHA-256 of its gzip), its number, how many there are, and the first
digits of the SHA-256 of its own base64. Pieces may come in any order, more than once, and with anything between them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.plugin_utils.host import documents

# The beginning or the end of a piece: id, number, count and, at the beginning, the hash. It has a greatest length, and
# what stands between two of them is looked at once: a text of nothing but beginnings costs no more than any other.
# Word processors, mail and chat make other dashes of two or three of them.
_DASHES = "[-\u2010-\u2015\u2212]{1,3}"
_MARK = re.compile(
    rf"{_DASHES}\s{{0,9}}(winops\.rdp|end)\s{{1,9}}([0-9a-f]{{8}})\s{{1,9}}([0-9]{{1,4}})/([0-9]{{1,4}})"
    rf"(?:\s{{1,9}}([0-9a-f]{{8}}))?(\s{{0,9}}{_DASHES})?",
    re.IGNORECASE,
)
# What every mark has, and few other texts: it is found at a fraction of the cost.
_OF_COUNT = re.compile("/(?<=[0-9]/)[0-9]")
_PLAIN_COUNT = re.compile(_OF_COUNT.pattern.encode())
# Its padding may have been wrapped onto a line of its own.
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}|(?<![A-Za-z0-9+/=])={1,2}(?![A-Za-z0-9+/=])")
# Of characters that a line of base64 has when it is printed.
_WIDTH = 64
# What quotes a line in mail and chat.
_QUOTE = re.compile(r"^[>|\s]+")
# What shows nothing: colours of a terminal, byte order marks and joiners; NUL is what UTF-16 without a mark leaves.
_UNSEEN = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]|[\0\u00ad\u200b-\u200f\u2060\ufeff]")
# JSON's ways to write what base64 and line ends are made of.
_ESCAPES = {
    r"\r": "",
    r"\n": "\n",
    r"\t": " ",
    r"\/": "/",
    r"\u002b": "+",
    r"\u002f": "/",
    r"\u003d": "=",
    r"\u003e": ">",
    "=3d": "=",  # of mail, "quoted-printable"
}
_ESCAPED = re.compile(r"\\(?:[rntRNT/]|[uU]00[0-9a-fA-F]{2})")
# JSON in JSON.
_AGAIN = re.compile(r"\\{1,4}(?=[rnt/]|u00[0-9a-fA-F]{2})")
_OF_MAIL = re.compile("=3[dD]")
_GZIP = 16 + zlib.MAX_WBITS
_MARKS_OF_ORDER = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class PieceError(ValueError):
    """The pieces do not make the whole; the message is one clause that says what to do."""


@dataclass(frozen=True)
class _Piece:
    whole: str
    number: int
    count: int
    body: str
    intact: bool


def are_in(data: bytes) -> bool:
    """Whether this holds pieces at all."""
    if not _may_hold(data):
        return False
    text = _text(data)
    return _OF_COUNT.search(text) is not None and _MARK.search(text) is not None


def _may_hold(data: bytes) -> bool:
    """Every stored document is looked at for pieces, and most have no mark in any spelling."""
    if not data.isascii() or any(sign in data for sign in (b"\x1b", b"\0", b"\\/", b"002f", b"002F")):
        return True
    return _PLAIN_COUNT.search(data) is not None


def join(data: bytes) -> bytes:
    """The document that the pieces in a text make. Raises ``PieceError``."""
    text = _text(data)
    pieces = list(_pieces(text))
    wholes = {piece.whole for piece in pieces} or {match[2].lower() for match in _MARK.finditer(text)}
    if not wholes:
        raise PieceError("it has no pieces: print them again")
    if len(wholes) > 1:
        raise PieceError(
            f"it has pieces of {len(wholes)} documents ({', '.join(sorted(wholes))}): give each its own file"
        )
    count = _fullest(pieces) or _count(text)
    good = {piece.number: piece.body for piece in pieces if piece.intact and piece.count == count}
    altered = sorted({piece.number for piece in pieces if piece.count == count} - set(good))
    if altered:
        raise PieceError(
            f"{_named(altered)} of {count} {_was(altered)} altered on the way: copy {_them(altered)} again"
        )
    missing = [number for number in range(1, count + 1) if number not in good]
    if missing:
        raise PieceError(
            f"{_named(missing)} of {count} {_is(missing)} missing: print {_them(missing)} with -Part and add"
            f" {_them(missing)} to the file"
        )
    return _unpacked("".join(good[number] for number in range(1, count + 1)), next(iter(wholes)))


def _fullest(pieces: list[_Piece]) -> int:
    """Into how many pieces it was cut; where in more than one way, then in that of which least is missing."""
    good = {(piece.count, piece.number) for piece in pieces if piece.intact}
    found = Counter(count for count, _number in good)
    return min((piece.count for piece in pieces), key=lambda count: (count - found[count], count), default=0)


def _count(text: str) -> int:
    return max((int(match[4]) for match in _MARK.finditer(text)), default=0)


def _text(data: bytes) -> str:
    """The text, in whatever encoding a console wrote it; all that matters is ASCII."""
    for mark, encoding in _MARKS_OF_ORDER:
        # Files of both kinds may have been put together: then the marks of pieces are not there to be seen.
        if data.startswith(mark) and not data.count(b"winops.rdp"):
            return _plain(data.decode(encoding, "replace"))
    return _plain(data.decode("utf-8", "replace").replace("\ufffd", " "))


def _plain(text: str) -> str:
    # Only where there is something to find: the searches are slow.
    if not text.isascii() or "\x1b" in text or "\0" in text:
        text = _UNSEEN.sub("", text)
    if "\\" in text:
        text = _ESCAPED.sub(_unescaped, _AGAIN.sub(r"\\", text))
    return _OF_MAIL.sub(_unescaped, text) if "=3" in text else text


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0].lower(), found[0])


def _pieces(text: str) -> Iterator[_Piece]:
    begun: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if not mark[6]:
            continue  # cut off behind its numbers
        if mark[1].lower() != "end":
            begun = mark if mark[5] else None
        elif begun and _key(mark) == _key(begun):
            yield _piece(begun, text[begun.end() : mark.start()])
            begun = None


def _key(mark: re.Match[str]) -> tuple[str, int, int]:
    return mark[2].lower(), int(mark[3]), int(mark[4])


def _piece(begun: re.Match[str], between: str) -> _Piece:
    bodies = list(dict.fromkeys(_bodies(between)))
    for body in bodies:
        if hashlib.sha256(body.encode()).hexdigest()[:8] == begun[5].lower():
            return _Piece(*_key(begun), body, True)
    return _Piece(*_key(begun), bodies[0], False)


def _bodies(between: str) -> Iterator[str]:
    """What the base64 may be of what stands between two marks: its hash says which."""
    # The last line is that of the mark behind, also where nothing stands before the mark.
    lines = [_QUOTE.sub("", line).strip() for line in f"{between} ".splitlines()]
    whole = [line for line in lines if _BASE64.fullmatch(line)]
    yield "".join(whole)
    # Between them lines of one word, by a console or a chat.
    yield "".join([line for line in whole[:-1] if len(line) == _WIDTH] + whole[-1:])
    # Before or behind each of them a time, a prompt, a quote, a tag; what is around the marks stands on their lines.
    words = [found for line in lines[1:-1] if (found := _BASE64.findall(line))]
    yield "".join(line[-1] for line in words)
    full = [word for line in words[:-1] for word in line if len(word) == _WIDTH]
    yield "".join(full + [max(line, key=len) for line in words[-1:]])
    # All on one line.
    yield "".join(_BASE64.findall(between))


def _unpacked(body: str, whole: str) -> bytes:
    """The document, no larger than the gate lets through."""
    try:
        packed = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise PieceError(f"its pieces are no base64 ({error}): print them again") from error
    if hashlib.sha256(packed).hexdigest()[:8] != whole:
        raise PieceError("its pieces are of several documents: print them again, all in one go")
    try:
        reader = zlib.decompressobj(_GZIP)
        data = reader.decompress(packed, documents.LARGEST)
    except zlib.error as error:
        raise PieceError(f"its pieces are no gzip ({error}): print them again") from error
    if reader.unconsumed_tail:
        raise PieceError(f"it is larger than {documents.LARGEST} bytes, which no honest one is")
    return data


_MOST_NAMED = 20


def _named(numbers: list[int]) -> str:
    more = f" and {len(numbers) - _MOST_NAMED} more" * (len(numbers) > _MOST_NAMED)
    return f"piece{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers[:_MOST_NAMED]))}{more}"


def _was(numbers: list[int]) -> str:
    return ("was", "were")[len(numbers) > 1]


def _is(numbers: list[int]) -> str:
    return ("is", "are")[len(numbers) > 1]


def _them(numbers: list[int]) -> str:
    return ("it", "them")[len(numbers) > 1]
