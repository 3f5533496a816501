# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents in pieces, through ways that cut, wrap, quote, repeat and mix: put together, or refused in one sentence."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import quopri
import random
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles
from ansible_collections.winops.rdp.plugins.plugin_utils.host import documents, pieces
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.profiles import examples
from tests.unit.fleets import bundle, machines

MACHINE = next(iter(machines(1)))
DOCUMENT = json.dumps(bundle(MACHINE)).encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


def cut(document: bytes, length: int = 2400) -> list[str]:
    """The pieces, as docs/offline.md has them; the script's own are put together in the lab."""
    packed = gzip.compress(document)
    text = base64.b64encode(packed).decode()
    bodies = textwrap.wrap(text, length)
    return [
        "\r\n".join(
            [
                f"--- winops.rdp {digest(packed)} {number}/{len(bodies)} {digest(body.encode())} ---",
                *textwrap.wrap(body, 64),
                f"--- end {digest(packed)} {number}/{len(bodies)} ---",
            ]
        )
        for number, body in enumerate(bodies, 1)
    ]


def lines(all_: list[str]) -> list[str]:
    return [line for one in all_ for line in one.split("\r\n")]


def between(all_: list[str], *words: str) -> bytes:
    """Every few lines some that are no part of it."""
    mixed = [[line, *words] if number % 9 == 4 else [line] for number, line in enumerate(lines(all_))]
    return "\n".join(line for few in mixed for line in few).encode()


WAYS: dict[str, Callable[[list[str]], bytes]] = {
    "as printed": lambda all_: "\r\n".join(all_).encode(),
    "line ends of Unix": lambda all_: "\n".join(all_).replace("\r", "").encode(),
    "out of order": lambda all_: "\n".join(random.Random(1).sample(all_, len(all_))).encode(),
    "each twice": lambda all_: "\n".join(all_ + all_).encode(),
    "UTF-16 of a redirection": lambda all_: "\r\n".join(all_).encode("utf-16"),
    "byte order mark": lambda all_: b"\xef\xbb\xbf" + "\r\n".join(all_).encode(),
    "prompts between": lambda all_: "\r\n\r\nPS C:\\Windows\\system32> .\\rdp-collect.ps1 -Part 2\r\n".join(
        all_
    ).encode(),
    "quoted in a mail": lambda all_: "\n".join("> " + line for one in all_ for line in one.split("\r\n")).encode(),
    "empty lines and blanks": lambda all_: "\n\n".join(
        f"   {line}  " for one in all_ for line in one.split("\r\n")
    ).encode(),
    "wrapped at 50": lambda all_: "\n".join(
        line[at : at + 50] for one in all_ for line in one.split("\r\n") for at in range(0, len(line), 50)
    ).encode(),
    "a JSON string": lambda all_: json.dumps({"message": "\n".join(all_)}).encode(),
    "a JSON string that escapes more": lambda all_: (
        json.dumps("\r\n".join(all_)).replace("+", "\\u002B").replace("/", "\\/").encode()
    ),
    "wrapped at 40 and quoted twice": lambda all_: "\n".join(
        f"> > {line[at : at + 44]}" for line in lines(all_) for at in range(0, len(line), 44)
    ).encode(),
    "a cloud's serial port": lambda all_: "\r\n".join(
        f"2026/11/26 20:00:00 GCEMetadataScripts: windows-startup-script-ps1: {line}" for line in lines(all_)
    ).encode(),
    "a console that writes over it": lambda all_: between(all_, "OK"),
    "a chat that names who says it": lambda all_: between(all_, "Alice", "10:03"),
    "a prompt before some lines": lambda all_: "\n".join(
        f"PS C:\\> {line}" if number % 7 == 3 else line for number, line in enumerate(lines(all_))
    ).encode(),
    "lines that are numbered": lambda all_: "\n".join(f"{n}: {line}" for n, line in enumerate(lines(all_))).encode(),
    "lines in a JSON list": lambda all_: json.dumps({"stdout_lines": lines(all_)}, indent=1).encode(),
    "lines in a JSON list on one line": lambda all_: json.dumps({"stdout_lines": lines(all_)}).encode(),
    "JSON in JSON": lambda all_: json.dumps(json.dumps("\r\n".join(all_))).encode(),
    "a page": lambda all_: "<br>\n".join(html.escape(f"> {line}") for line in lines(all_)).encode(),
    "a mail's own encoding": lambda all_: quopri.encodestring("\n".join(lines(all_)).encode()),
    "dashes made long": lambda all_: "\n".join(lines(all_)).replace("---", "\u2014").encode(),
    "dashes made half long": lambda all_: "\n".join(lines(all_)).replace("---", "\u2013-").encode("utf-16"),
    "blanks that do not break": lambda all_: "\n".join(f"\u00a0{line}" for line in lines(all_)).encode(),
    "blanks of an old code page": lambda all_: "\n".join(lines(all_)).replace(" ", "\u00a0").encode("cp1252"),
    "what does not show": lambda all_: "\n".join(f"\x1b[0m{line}\u200b\x1b[K" for line in lines(all_)).encode(),
    "all on one line": lambda all_: " ".join(lines(all_)).encode(),
    "UTF-16 without its mark": lambda all_: "\r\n".join(all_).encode("utf-16-le"),
    "two files of UTF-16": lambda all_: "\r\n".encode("utf-16-le").join(one.encode("utf-16") for one in all_),
    "UTF-16, then ASCII": lambda all_: all_[0].encode("utf-16") + b"\r\n" + "\r\n".join(all_[1:]).encode(),
    "some in another size": lambda all_: "\n".join(cut(DOCUMENT, 1200)[:2] + all_ + cut(DOCUMENT, 1200)[3:]).encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_put_together_again(way: str, tmp_path: Path) -> None:
    data = WAYS[way](cut(DOCUMENT))
    assert pieces.are_in(data) and pieces.join(data) == DOCUMENT
    path = tmp_path / "pasted.txt"
    path.write_bytes(data)
    assert bundles.read(path).name == MACHINE.name


def _ends_in(padding: int) -> bytes:
    """The document with as many blanks as its base64 needs to end so."""
    longer = (DOCUMENT + b" " * blanks for blanks in range(200))
    return next(one for one in longer if (-len(gzip.compress(one))) % 3 == padding)


@pytest.mark.parametrize("padding", [0, 1, 2])
def test_put_together_again_wherever_it_was_wrapped(padding: int) -> None:
    """Also between the base64 and its padding, and within that."""
    document = _ends_in(padding)
    all_ = lines(cut(document))
    for width in range(max(len(line) for line in all_ if line.startswith("---")), 130):
        wrapped = [line[at : at + width] for line in all_ for at in range(0, len(line), width)]
        for before in ("", "> ", "web01: "):
            assert pieces.join("\n".join(before + line for line in wrapped).encode()) == document, (width, before)
    last = all_[-2]
    for kept in range(1, len(last)):
        wrapped = [*all_[:-2], last[:kept], last[kept:], all_[-1]]
        assert pieces.join("\n".join(wrapped).encode()) == document, kept


ALTERED: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "one missing": (lambda all_: all_[:1] + all_[2:], r"piece 2 of \d+ is missing: print it with -Part"),
    "two missing": (lambda all_: all_[1:-1], r"pieces 1, \d+ of \d+ are missing: print them"),
    "one altered": (
        lambda all_: [all_[0].replace("A", "B"), *all_[1:]],
        r"piece 1 of \d+ was altered on the way: copy it again",
    ),
    "only the end": (lambda all_: ["\r\n".join(all_)[-4096:]], "missing"),
    "of two hosts": (lambda all_: all_ + cut(DOCUMENT + b" "), "pieces of 2 documents"),
}


@pytest.mark.parametrize("name", ALTERED)
def test_what_is_not_whole_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    change, words = ALTERED[name]
    data = "\n".join(change(cut(DOCUMENT))).encode()
    with pytest.raises(pieces.PieceError, match=words):
        pieces.join(data)
    path = tmp_path / "pasted.txt"
    path.write_bytes(data)
    with pytest.raises(bundles.BundleError, match="cannot be put together: ") as caught:
        bundles.read(path)
    assert str(caught.value).count("\n") == 0 and len(str(caught.value)) < 500


def test_a_piece_that_was_altered_and_came_again_whole_counts() -> None:
    all_ = cut(DOCUMENT)
    assert pieces.join("\n".join([all_[0].replace("A", "B"), *all_]).encode()) == DOCUMENT


def test_a_bomb_is_refused() -> None:
    with pytest.raises(pieces.PieceError, match="larger than"):
        pieces.join("\n".join(cut(bytes(documents.LARGEST + 1), 100000)).encode())


def test_other_text_has_no_pieces() -> None:
    assert not pieces.are_in(DOCUMENT) and not pieces.are_in(b"--- hello ---") and not pieces.are_in(b"")


@given(st.binary(max_size=400), st.integers(0, 10**6), st.integers(0, 3))
@settings(max_examples=examples(150, 6000), deadline=None)
def test_whatever_happens_on_the_way_is_one_sentence(noise: bytes, at: int, kind: int) -> None:
    data = bytearray("\n".join(cut(DOCUMENT)).encode())
    place = at % len(data)
    if kind == 0:
        data[place:place] = noise
    elif kind == 1:
        del data[place : place + len(noise)]
    elif kind == 2:
        data[place : place + len(noise)] = noise
    else:
        data = bytearray(noise)
    try:
        assert pieces.join(bytes(data)) == DOCUMENT
    except pieces.PieceError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("end", ["", "--- end 1a2b3c4d %d/9999"])
def test_beginnings_alone_cost_no_more_than_their_length(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each mark is found once, with a greatest length, and nothing is looked at once more behind it."""
    looked: list[int] = []

    class Counting:
        def finditer(self, text: str) -> Any:
            for mark in marks.finditer(text):
                looked.append(mark.end() - mark.start())
                yield mark

    marks = pieces._MARK
    monkeypatch.setattr(pieces, "_MARK", Counting())
    lines = [f"--- winops.rdp 1a2b3c4d {n + 1}/9999 5e6f7a8b ---\n{end and end % (n + 2)}\n" for n in range(9000)]
    text = "".join(lines).encode()
    with pytest.raises(pieces.PieceError, match="missing") as caught:
        pieces.join(text)
    assert len(lines) <= len(looked) <= 6 * len(lines) and sum(looked) <= 3 * len(text)
    assert len(str(caught.value)) < 500
    assert marks.search("---" + " " * 1000 + "end 1a2b3c4d 1/9") is None


def test_a_piece_whose_end_was_cut_off_takes_no_other_with_it() -> None:
    """The console cut the first one in the middle; it was printed again behind the others."""
    all_ = cut(DOCUMENT)
    assert len(all_) > 1
    assert pieces.join("\n".join([all_[0][: len(all_[0]) // 2], *all_[1:], all_[0]]).encode()) == DOCUMENT
