# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the codes mean that Remote Desktop clients, hosts and the probe report: one lookup, ``explain``, over the tables
of ``code_tables`` and ``numbers``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import (
    about,
    code_tables,
    dialog,
    log_lines,
    numbers,
    sentence_tables,
    sentences,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import (
    ALERT,
    DISCONNECT,
    ERRINFO,
    EXTENDED,
    FREERDP,
    FREERDP_EXIT,
    NEGOTIATION,
    STATUS,
    WIN32,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.meaning import NOTHING, Meaning

KINDS = (*code_tables.CLIENT_KINDS, STATUS, WIN32)
TABLES: dict[str, dict[int, Meaning]] = {**code_tables.TABLES, STATUS: numbers.STATUS, WIN32: numbers.WIN32}


class CodeError(ValueError):
    """What cannot be a code at all: nothing, not a text or number, or a number beyond 32 bits. Words without a code are
    no error.
    """


_UNKNOWN = Meaning("", "not a code that is known here")


@dataclass(frozen=True)
class _Code:
    """A code that was found: where it was looked up, what it means, and other readings of the same digits that are
    known.
    """

    kind: str
    number: int
    meaning: Meaning = _UNKNOWN
    also: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return self.meaning is not _UNKNOWN

    @property
    def title(self) -> str:
        return f"0x{self.number:X} {self.meaning.name}".rstrip()


@dataclass
class _Shown:
    """All that was shown: the code that says most, the extended one that goes with it, the others, and what was not
    understood.
    """

    main: _Code | None = None
    extended: _Code | None = None
    others: list[_Code] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


# The low byte of a client's disconnect reason tells the layer that gave up.
_LAYERS = {
    0x04: "transport",
    0x06: "security",
    0x07: "TLS or credentials",
    0x08: "client, name lookup, timers or licensing",
}
_FORMS = (
    "a code is a number such as 2308, a text such as '0x904' or '904', a pair such as '0x904/0x7', or the dialog's own"
    " words with its codes"
)
_CLOSED = (
    "The pair only says that the socket was closed while connecting; it proves nothing about the cause."
    " Ask the host: ansible-playbook winops.rdp.audit_rdp -i HOST, reads it and looks at it as a client does."
)
_CLOSED_LATE = (
    "The socket was closed; with the extended code 0x0 that was seen after credentials were given: look at NLA, the"
    " account and the session."
)
_INTERNAL = (
    "It is no time limit of the session. Look for a service or a wrapper that crashes on each connection (events"
    " Application 1000 and System 7031), and try from another computer, or with another client."
)
_NO_CREDSSP = (
    "The client did not offer CredSSP, which Network Level Authentication needs: turn it on in the client"
    " (enablecredsspsupport:i:1 in an .rdp file, 'Use CredSSP' in a connection manager, /sec:nla in FreeRDP), or use a"
    " client that has it. Do not turn NLA off on the host for it."
)
_CERTIFICATE = (
    "Compare the certificate that the client shows with the one that the probe sees. In a farm, broker, gateway and"
    " session hosts must present the certificate that clients are set to expect; on Mac, iOS and Android the"
    " certificate must be trusted and made out to the name that was typed."
)
_GATEWAY = (
    "Look at the gateway itself: winops.rdp.probe with gateway=NAME says how far a client comes there, with which"
    " certificate and which ways to log on (docs/probe.md, 'A Remote Desktop Gateway')."
)
_GATEWAY_S_HOST = (
    "Look at the way from the gateway to the host (name, port 3389, firewall); then winops.rdp.diagnose looks at the"
    " host itself."
)
_FAULTY_UPDATE = (
    "Remove or renew the update of the client that broke it, or use another client; nothing on the host explains it."
)
_MEMORY = (
    "Look at the host's memory: event 2004 of Resource-Exhaustion-Detector in its System log, and what uses it"
    " (Get-Process | Sort-Object PM -Descending). Log off sessions that nobody needs."
)
_ENDED_BY_HOST = 3
_ADVICE = {
    (DISCONNECT, 0x4): _INTERNAL,
    (DISCONNECT, 0x607): _CERTIFICATE,
    (DISCONNECT, 0x907): _CERTIFICATE,
    (DISCONNECT, 0xB09): _NO_CREDSSP,
    (NEGOTIATION, 5): _NO_CREDSSP,
    (FREERDP_EXIT, 161): _NO_CREDSSP,
    (DISCONNECT, 0x3000008): _GATEWAY_S_HOST,
    (STATUS, 0x80080005): _FAULTY_UPDATE,
}


def _lookup(kind: str, number: int) -> Meaning | None:
    if kind in (STATUS, WIN32):
        if kind == WIN32 and number >= 0x10000:
            return None
        return numbers.translate(number)
    return code_tables.lookup(kind, number)


def _places(number: int) -> list[tuple[str, int]]:
    """The tables in which a number that is shown alone is looked for, and the number that it has there."""
    if number >= 0x80000000:
        return [(STATUS, number)]
    if number >> 16 == code_tables.FREERDP_CLASS >> 16:
        return [(FREERDP, number)]
    if number >> 16 == code_tables.FREERDP_ERRINFO_CLASS >> 16:
        return [(ERRINFO, number & 0xFFFF)]
    kinds = [DISCONNECT, ERRINFO]
    # Exit codes of one byte are FreeRDP's, and errors of logons and connections Windows', where nothing else has the
    # number.
    if 128 <= number <= 255:
        kinds.append(FREERDP_EXIT)
    if number in code_tables.WIN32_AS:
        kinds.append(WIN32)
    return [(kind, number) for kind in kinds]


def _code(readings: tuple[int, ...], kind: str | None) -> _Code:
    """The first reading that is known; an unknown code is none the less one."""
    places = [place for number in readings for place in ([(kind, number)] if kind else _places(number))]
    found = [(place, meaning) for place in places if (meaning := _lookup(*place))]
    if not found:
        return _Code(*places[0])
    (name, number), meaning = found[0]
    also = tuple(
        f"0x{other:X} ({other}) {more.name}".rstrip() + f": {more.text}"
        for (_kind, other), more in found[1:]
        if other != number
    )
    return _Code(name, number, meaning, also)


# What documents and logs write before a name.
_PREFIXES = {ERRINFO: ("errinfo_",), DISCONNECT: ("disconnectReason", "SSL_ERR_"), EXTENDED: ("exDiscReason",)}


def _names() -> dict[str, tuple[str, int]]:
    """Every name of the tables that cannot be an ordinary word, as it is compared, with its kind and number. Of equal
    names the first kind counts.
    """
    found = {dialog.folded(name): place for name, place in code_tables.APP_NAMES.items()}
    found.update({dialog.folded(error.name): error.code for error in code_tables.KERBEROS.values()})
    for number, meaning in TABLES[ALERT].items():
        if "_" in meaning.name:
            found[meaning.name] = (ALERT, number)
    for kind in (FREERDP, FREERDP_EXIT, NEGOTIATION, STATUS, WIN32, DISCONNECT, EXTENDED, ERRINFO):
        for number, meaning in TABLES[kind].items():
            if not meaning.name:
                continue  # the prefix alone is the name of none: DisconnectReason
            for prefix in _PREFIXES.get(kind, ()):
                found.setdefault(dialog.folded(prefix + meaning.name), (kind, number))
            if "_" in meaning.name or sum(letter.isupper() for letter in meaning.name) > 1:
                found.setdefault(dialog.folded(meaning.name), (kind, number))
    for number, meaning in TABLES[FREERDP].items():
        name = meaning.name.removeprefix("ERRCONNECT_")
        for prefix in ("FREERDP_ERROR_", "FREERDP_ERROR_CONNECT_"):
            found.setdefault(dialog.folded(prefix + name), (FREERDP, number))
    return found


def _known(number: int) -> bool:
    return _code((number,), None).known


# Where FreeRDP's exit codes may be meant: they are as small as any number.
_FREERDP_PROGRAMS = ("freerdp", "remmina")


def _bare(text: str) -> Callable[[int], bool]:
    """Whether a number that stands bare among these words is a code. The host's error info is not, which looks like the
    ids of events; FreeRDP's programs have it with a class of its own.
    """
    of_freerdp = any(name in text.lower() for name in _FREERDP_PROGRAMS)

    def is_code(number: int) -> bool:
        if 128 <= number <= 255:
            return of_freerdp and _lookup(FREERDP_EXIT, number) is not None
        if number >> 16 == code_tables.FREERDP_ERRINFO_CLASS >> 16:
            return of_freerdp and _lookup(ERRINFO, number & 0xFFFF) is not None
        return any(_lookup(*place) for place in _places(number) if place[0] in (DISCONNECT, FREERDP, STATUS, WIN32))

    return is_code


@cache
def _tables() -> dialog.Tables:
    return dialog.Tables(_known, _bare, _names())


def explain(code: int | str, extended: int | str | None = None, kind: str | None = None) -> dict[str, Any]:
    """Explain a code, or whatever words a client showed.

    ``code`` is a number, ``0x904``, ``904``, a pair ``0x904/0x7``, the name of a code, or the words of a dialog in any
    language with any number of codes; ``extended`` the extended disconnect reason. ``kind`` is one of ``KINDS``;
    without it a code of 0x80000000 or more is a status, one of class 0x2 FreeRDP's own, any other a client's disconnect
    reason or, if that is not known, the host's error info.

    Decimal digits without 0x are read as decimal if that is a known code, else as hexadecimal if that is one (so 2308
    and 904 are the same code); ``also`` tells of a second reading that is known as well.

    A sentence that clients show without a code (``sentences``) stands for the code that says the same.

    Of several codes the one that accuses somebody is the result, and the rest are in ``others``. ``states_fault`` says
    whom the whole accuses: ``host``, ``client``, ``network``, ``gateway``, or ``nothing``, as 0x904/0x7 does. What was
    not understood is said in ``unread``, one sentence each; without any code, ``code``, ``number`` and ``kind`` are
    None.

    ``same_as`` is the disconnect reason of Windows' own client that says the same as a code of another kind.

    Returns ``kind code number known name meaning stage layer states_fault source same_as also extended others unread
    summary advice``. Raises ``CodeError`` for what cannot be a code at all.
    """
    if kind is not None and kind not in KINDS:
        raise CodeError(f"{kind!r} is not a kind of code: choose one of {', '.join(KINDS)}")
    shown = _shown(_tokens(code), kind)
    if extended is not None:
        _add_extended(shown, extended)
    return _result(shown, code)


def as_windows_shows(found: dict[str, Any]) -> int | None:
    """The number by which rules judge a result of ``explain``: the status or disconnect reason that Windows' own client
    shows for it. None where that client has no number, as for a TLS alert.
    """
    if found["same_as"]:
        return int(found["same_as"], 16)
    if found["kind"] in (ERRINFO, EXTENDED) and found["known"]:
        return 3  # what the host reported is the extended code there
    number: int | None = found["number"] if found["kind"] in (DISCONNECT, ERRINFO, STATUS) else None
    return number


def extended_as_windows_shows(found: dict[str, Any]) -> dict[str, Any]:
    """The extended code that goes with ``as_windows_shows``, described as ``explain`` does; empty without one."""
    return found if found["kind"] in (ERRINFO, EXTENDED) and found["known"] else found["extended"] or {}


# E_FAIL, E_UNEXPECTED, STATUS_UNSUCCESSFUL, FreeRDP's undefined error, no reason, no reason with a name, any failure of
# TLS or CredSSP: what is said beside them says more, beside the last only what is of these two.
_INTERNAL_ERROR = 0x4
_REFUSED = (DISCONNECT, 0x807)  # That a logon failed.
_STILL_WAITING = (STATUS, 0xC00A0017)  # A session that does not get beyond its beginning.
_SAYS_NOTHING = frozenset({0x80004005, 0x8000FFFF, 0xC0000001, 0x20002, 0x0, 0xB04, 0x207})
_OF_A_HANDSHAKE = 0x207
# How JSON writes the end of a line.
_ESCAPED = re.compile(r"\\[nrt]")


# What a dialog has behind its code: its end, an empty line, another code or what has a label, and whom to ask.
_GOES_ON = (
    r"(?=[ \t]*(?:\r?\n[ \t]*)?$|[ \t]*\r?\n[ \t]*(?:\r?\n|[^\n]{0,60}?(?:0x[0-9a-f]|[:：])"
    r"|(?:please|contact|bitte|wenden sie|veuillez|contactez|póngase|por favor|contatt|si prega|neem contact"
    r"|skontaktuj|prosím|обратитесь|请|請|管理者に)))"
)
# A code whose last digits stand alone in the next line, or behind a blank, as a picture's words are recognised.
_BROKEN = re.compile(
    r"(0x)([0-9a-f]{2,4})[ \t]*\r?\n[ \t]*([0-9a-f]{1,2})(?=[ \t]*(?:$|[\r\n]))"
    r"|(0x)([0-9a-f]{1,3})[ \t]([0-9a-f]{1,3})(?=[ \t]*(?:$|[\r\n/,;|)\]]))",
    re.IGNORECASE,
)
_DIALOG_GOES_ON = re.compile(_GOES_ON, re.IGNORECASE)
# Digit by digit, as a picture's words or full-width ones come: nobody counts so.
_SPACED = re.compile(r"(?<![\w.,])0[ \t]?x((?:[ \t][0-9a-f]){3,8})(?![ \t]?\w)", re.IGNORECASE)


def _joined(text: str) -> tuple[str, list[str]]:
    """A text with each code in one, where only that is one of a client, and which were made so. A number in the next
    line is a part of the code behind a label, in a dialog; elsewhere it may count something, and then neither that code
    nor what its beginning would mean is read.
    """
    said = []

    def unspaced(found: re.Match[str]) -> str:
        code = "0x" + "".join(found[1].split())
        if not _lookup(DISCONNECT, int(code, 16)):
            return found[0]
        said.append(f"{found[0]} is read as one code, {code}")
        return code

    text = _SPACED.sub(unspaced, text)

    def in_one(found: re.Match[str]) -> str:
        prefix, begin, end = (part for part in found.groups() if part)
        first, whole = int(begin, 16), int(begin + end, 16)
        # What begins with a nought is no number of its own.
        if not _lookup(DISCONNECT, whole) or (_lookup(DISCONNECT, first) and end[0] != "0"):
            return found[0]
        code = f"{prefix}{begin}{end}"
        in_a_dialog = dialog.is_labelled(text, found.start()) and _DIALOG_GOES_ON.match(text, found.end())
        if found[1] and not in_a_dialog:
            said.append(
                f"{prefix}{begin} and {end} in the next line may be one code, {code}, or not: no cause is read there"
            )
            return " " * len(found[0]) if _known(first) else found[0]
        said.append(f"{prefix}{begin} and {end} behind it are read as one code, {code}")
        return code

    return _BROKEN.sub(in_one, text), said


def _tokens(code: Any) -> dialog.Reading:
    if isinstance(code, bool) or not isinstance(code, (int, str)):
        raise CodeError(f"{code!r} is not a code: {_FORMS}")
    if isinstance(code, str):
        if not code.strip():
            raise CodeError(f"an empty text is not a code: {_FORMS}")
        return _of_text(code)
    if not -(2**31) <= code <= 0xFFFFFFFF:
        raise CodeError(f"{code} is not a code: it is larger than 32 bits")
    # A number may have been typed in YAML without its 0x.
    numbers_ = dialog.readings(str(code))
    return dialog.Reading([dialog.Token(str(code), numbers_)])


def _of_text(text: str) -> dialog.Reading:
    """The codes of a text, and the sentence that says more than they do."""
    # Some characters are many as plain ones.
    plain = _ESCAPED.sub("\n ", dialog.plain(text[: dialog.LONGEST])[: dialog.LONGEST])
    whole, joined = _joined(plain)
    said, left_aside = about.complaints(whole)
    lines = log_lines.read(said)
    reading = dialog.read(lines.text + text[dialog.LONGEST :], _tables())
    reading.tokens[:0] = [dialog.Token(words, (number,), kind) for words, kind, number in lines.codes]
    reading.unread += joined + lines.unread + left_aside
    _leave_the_host_s_word(lines.text, reading)
    unknown = [token for token in reading.tokens if not _code(token.readings, token.kind).known]
    telling = [token for token in reading.tokens if token not in unknown and _SAYS_NOTHING.isdisjoint(token.readings)]
    if any(token.readings[0] in numbers.STATUS for token in telling):
        return reading  # a status is exact
    row = sentences.find(lines.text, beside_a_code=bool(telling))
    if row is None and telling and _only_how_sessions_ended(telling, lines):
        sentence = sentences.find(lines.text)
        row = sentence if sentence and sentence[1:] == _STILL_WAITING else None
    if row and any(_OF_A_HANDSHAKE in token.readings for token in reading.tokens) and not _is_of_a_handshake(row):
        row = sentences.find(lines.text, beside_a_code=True)
    if row is None and telling and all(token.bare for token in telling):
        row = _more_than_bare(lines.text, reading)
    if row and row[1:] == _REFUSED and any(token.readings[0] >> 31 for token in unknown):
        reading.tokens = unknown  # a status says why, though it is not known here
    elif row:
        words, kind, number = row
        reading.tokens = [dialog.Token(words, (number,), kind), *unknown]
    return reading


def _only_how_sessions_ended(telling: list[dialog.Token], lines: log_lines.Lines) -> bool:
    """Whether all that was found are the reasons for which sessions ended, as the host logs them of everybody: whoever
    waits for a session has not got one that could end.
    """
    reasons = {number for _words, kind, number in lines.codes if kind == ERRINFO}
    return all(token.kind == ERRINFO and token.readings[0] in reasons for token in telling)


def _leave_the_host_s_word(text: str, reading: dialog.Reading) -> None:
    """Leave aside what the host logged of a client that broke off, where that client says something itself."""
    broke_off = log_lines.of_who_broke_off(text)
    of_the_client = [token for token in reading.tokens if token.readings[0] not in broke_off]
    if broke_off and (of_the_client or sentences.find(text)):
        reading.tokens = of_the_client
        reading.unread += [f"0x{number:X} is what the host logged when a client broke off" for number in broke_off]


def _is_of_a_handshake(row: sentence_tables.Row) -> bool:
    meaning = _lookup(*row[1:])
    return meaning is not None and meaning.stage in ("tls", "credssp")


def _more_than_bare(text: str, reading: dialog.Reading) -> sentence_tables.Row | None:
    """The sentence beside numbers that may be anybody's (a telephone's), where it is about something else."""
    said = sentences.find(text)
    if said is None or said[2] == _INTERNAL_ERROR or any(said[2] in token.readings for token in reading.tokens):
        return None
    reading.unread += [
        f"{token.text} may be any number: the words beside it say something else" for token in reading.tokens
    ]
    return said


def _is_pair_part(token: dialog.Token) -> bool:
    """Whether a token may be the disconnect reason or the extended one: a number that no table claims as its own."""
    number = token.readings[0]
    return token.kind is None and number < 0x80000000 and number >> 16 not in (1, 2)


def _may_be_anything(token: dialog.Token) -> bool:
    is_written_so = not token.bare and _lookup(DISCONNECT, token.readings[0]) and token.readings[0] > 0xFF
    return _is_pair_part(token) and not is_written_so


def _pair(reading: dialog.Reading) -> tuple[dialog.Token | None, dialog.Token | None]:
    """The disconnect reason and the extended one: the first two numbers that may be, or what is named or called so."""
    parts = [token for token in reading.tokens if _is_pair_part(token)]
    first, second = (*parts, None, None)[:2]
    called = next((token for token in reading.tokens if token.kind == EXTENDED), None)
    if first and called:
        return first, called
    known = [bool(token and _lookup(DISCONNECT, token.readings[0])) for token in (first, second)]
    if known == [False, True] and second and second.readings[0]:
        return second, first  # shown the other way round; 0 is what a client shows as the extended one
    if all(known) and second and not _lookup(EXTENDED, second.readings[0]):
        return first, None  # another dialog's
    return first, second


def _shown(reading: dialog.Reading, kind: str | None) -> _Shown:
    first, second = _pair(reading)
    ranked: dict[tuple[str, int], tuple[int, _Code, _Code | None]] = {}
    for token in reading.tokens:
        code = _code(token.readings, token.kind or kind)
        if token is first:
            extended = _code(second.readings, EXTENDED) if second else None
            ranked[code.kind, code.number] = (_weight(code, extended), code, extended)
        elif token is second or (
            token.kind is None and token.readings in {one.readings for one in (first, second) if one}
        ):
            continue  # the same dialog once more
        else:
            # More numbers than a dialog has may be anything, but for those that are written as codes.
            weight = _LAST if _may_be_anything(token) else _weight(code, None)
            ranked.setdefault((code.kind, code.number), (weight, code, None))
    exact = any(_is_exact(code) for _weight_, code, _extended in ranked.values())
    ordered = sorted(ranked.values(), key=lambda entry: (exact and entry[1].number in _GENERAL, entry[0]))
    shown = _Shown(unread=list(reading.unread))
    if ordered:
        _first, shown.main, shown.extended = ordered[0]
    shown.others = [code for _weight_, *pair in ordered[1:] for code in pair if code]
    return shown


_LAST = 4
# What is said of any refused logon, and of any restriction: the NTSTATUS beside it (an event's sub status) says which.
_GENERAL = frozenset({0xC000006D, 0xC000006E, 0x80090302, 0x8009030C})


def _is_exact(code: _Code) -> bool:
    of_logons = code.kind == STATUS and code.meaning.stage == "credssp" and code.number >> 28 == 0xC
    return of_logons and code.number not in _GENERAL


def _weight(code: _Code, extended: _Code | None) -> int:
    """How little a code says: the least goes first, and of equals the one that stood first."""
    if not code.known:
        return 3
    if _fault(code, extended) != NOTHING:
        return 0
    return 1 if code.number else 2


def _add_extended(shown: _Shown, extended: Any) -> None:
    if shown.extended:
        raise CodeError(
            f"give the extended code once: in the pair (0x{shown.extended.number:X}) or as extended ({extended})"
        )
    reading = _tokens(extended)
    shown.unread += reading.unread
    if reading.tokens:
        shown.extended = _code(reading.tokens[0].readings, EXTENDED)
    else:
        shown.unread.append(f"no code was found in the extended code{_quoted(extended)}")


def _fault(main: _Code, extended: _Code | None) -> str:
    """Whom the whole accuses. Extended 7 is shown beside any connection that broke, and accuses nobody there."""
    if main.meaning.states_fault != NOTHING or not extended:
        return main.meaning.states_fault
    return NOTHING if _is_beside_anything(main, extended) else extended.meaning.states_fault


def _is_beside_anything(main: _Code, extended: _Code) -> bool:
    return extended.number == 7 and main.number != 3


def _same_as(code: _Code) -> int | None:
    """The disconnect reason of Windows' own client that says the same as a code of another kind."""
    if code.kind in (STATUS, WIN32):
        error = numbers.win32_of(code.number)
        return code_tables.WIN32_AS.get(error)
    return code_tables.SAME_AS.get((code.kind, code.number))


def _described(code: _Code) -> dict[str, Any]:
    meaning = code.meaning
    same_as = _same_as(code)
    return {
        "kind": code.kind,
        "code": f"0x{code.number:X}",
        "number": code.number,
        "known": code.known,
        "name": meaning.name or None,
        "meaning": meaning.text,
        "stage": meaning.stage or None,
        "states_fault": meaning.states_fault,
        "source": meaning.source or None,
        "same_as": same_as and f"0x{same_as:X}",
        "also": list(code.also),
    }


_BESIDE_ANYTHING = "shown beside any connection that broke; the host did not say it"


def _described_beside(main: _Code | None, extended: _Code) -> dict[str, Any]:
    if main and _is_beside_anything(main, extended):
        return {**_described(extended), "meaning": _BESIDE_ANYTHING, "states_fault": NOTHING}
    return _described(extended)


# A pasted ticket may have anything in it, a password too: no part of it is given back.
_QUOTED = 24


def _quoted(given: Any) -> str:
    text = str(given)
    return f" {text!r}" if len(text) <= _QUOTED else ""


_NOTHING_FOUND = {
    "kind": None,
    "code": None,
    "number": None,
    "known": False,
    "name": None,
    "meaning": "no code was found in what was shown",
    "stage": None,
    "states_fault": NOTHING,
    "source": None,
    "same_as": None,
}


def _result(shown: _Shown, given: Any) -> dict[str, Any]:
    main = shown.main
    if main is None:
        shown.unread.append(f"no code was found in{_quoted(given) or ' what was shown'}")
    more = {
        "extended": shown.extended and _described_beside(main, shown.extended),
        "others": [_described(code) for code in shown.others],
        "unread": shown.unread,
    }
    if main is None:
        advice = (
            f"Look once more at the dialog: {_FORMS}. Windows' own client may show the codes only behind 'Show"
            " details'; Ctrl+C in the dialog copies all of it."
        )
        return {
            **_NOTHING_FOUND,
            "also": [],
            "layer": None,
            **more,
            "summary": "; ".join(shown.unread),
            "advice": advice,
        }
    layer = _layer(main)
    return {
        **_described(main),
        "states_fault": _fault(main, shown.extended),
        "layer": layer,
        **more,
        "summary": _summary(shown, main, layer),
        "advice": _advice(main, shown.extended),
    }


def _layer(code: _Code) -> str | None:
    of_a_client = code.kind == DISCONNECT and 0xFF < code.number < 0x10000
    return _LAYERS.get(code.number & 0xFF) if of_a_client else None


def _summary(shown: _Shown, main: _Code, layer: str | None) -> str:
    said = main.meaning.text
    if not main.known and layer:
        said += f" (its low byte is that of the layer: {layer})"
    parts = [f"{main.title}: {said}"]
    if shown.extended:
        means = shown.extended.meaning.text
        if _is_beside_anything(main, shown.extended):
            means = _BESIDE_ANYTHING
        parts.append(f"extended {shown.extended.title}: {means}")
    if shown.others:
        parts.append("also shown: " + ", ".join(f"{code.title} ({code.meaning.text})" for code in shown.others))
    parts += [f"not understood: {one}" for one in shown.unread]
    return "; ".join(parts)


_ADVICE_ON_EXTENDED = {6: _MEMORY}


def _advice(main: _Code, extended: _Code | None) -> str | None:
    said = extended if main.number == _ENDED_BY_HOST else None
    said = main if main.kind == ERRINFO else said
    if said and said.number in _ADVICE_ON_EXTENDED:
        return _ADVICE_ON_EXTENDED[said.number]
    if main.kind == DISCONNECT and main.number == 0x904:
        return _CLOSED_LATE if extended and extended.number == 0 else _CLOSED
    advice = _ADVICE.get((main.kind, main.number))
    if advice is None and main.kind == DISCONNECT and main.meaning.stage == "gateway":
        return _GATEWAY
    return advice
