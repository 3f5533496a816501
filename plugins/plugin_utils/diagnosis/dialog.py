# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the codes in what a person pastes: a number, a pair, or a dialog's words in any language, joined to one line or
broken into many.

A code is recognised by its form: with 0x (full-width digits, a typed x that is a Cyrillic letter or a multiplication
sign), by a name that the tables have, or, where there is neither, as a bare number that the tables have and that stands
where codes do: first in a sentence, behind a mark, or behind a word for a code. These are the only words that are known
here, and those of what other numbers are (a port, a process). What looks like a code and is none is handed back as
unread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import EXTENDED

LONGEST = 20_000  # Characters that are read; no dialog comes near.
_LARGEST = 0xFFFFFFFF
_LONGEST_PAIR = 64


@dataclass(frozen=True)
class Token:
    """A code as it stood: the numbers that it may stand for, the likeliest first, or the kind and number that a name
    belongs to. ``bare`` is one that nothing but its place makes a code: it may be any number.
    """

    text: str
    readings: tuple[int, ...]
    kind: str | None = None
    bare: bool = False


@dataclass
class Reading:
    """``tokens`` in the order in which they stood; ``unread`` are sentences on what was not understood."""

    tokens: list[Token] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tables:
    """What the reading must know of the tables: whether they have a number; whether clients show one bare, without 0x,
    in a text; and their names as ``folded`` writes them, with kind and number.
    """

    known: Callable[[int], bool]
    bare: Callable[[str], Callable[[int], bool]]
    names: dict[str, tuple[str, int]]


# What programs type for an apostrophe.
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'")


class _Plain(dict[int, str]):
    """One character at a time, so that the cost stays in proportion to the text: full-width and other forms to plain
    ones, digits of any script to 0 to 9, marks of writing direction and other invisible ones to nothing.
    """

    def __missing__(self, point: int) -> str:
        character = chr(point)
        self[point] = ""
        if unicodedata.category(character) != "Cf":
            plain = unicodedata.normalize("NFKC", character)
            self[point] = "".join(str(unicodedata.decimal(one, one)) for one in plain)
        return self[point]


def plain(text: str) -> str:
    if text.isascii():
        return text
    return text.translate(_Plain(_APOSTROPHES))


# Letters that are typed or recognised for those of a code, and for its digits.
_LOOK_ALIKE = str.maketrans("АВСЕавсеoOоОlI", "ABCEabce000011")
_HEX = "0-9A-Fa-fАВСЕавсе"
# A letter is a digit only before one, or at the code's end: a word may be joined to a code.
_AS_A_DIGIT = r"[oOоОlI](?=[oOоОlI]{0,7}(?:\d|\b))"
# Two codes may stand without anything between them: the second one's 0 is not a digit of the first.
_WITH_0X = re.compile(
    rf"(?:0[ \t]?[xX×хХ]\s?|(?<![^\W_])[oOоО][xX×хХ](?=[{_HEX}oOоОlI]{{0,3}}\d))"
    rf"((?:(?!0[xX×хХ][{_HEX}])(?:[{_HEX}]|{_AS_A_DIGIT}))+)"
)
# Numbers that events and crash reports have beside the code: of a process, a logon, keywords, a place in memory. In
# some languages the word for a number goes before its owner: ID de proceso. Compiled when a text has a number with 0x.
_FIELD = (
    r"(?:(?<![A-Za-z])i\.?d|(?-i:[a-z]I[dD])|\bp?id|keywords|offset|desplazamiento de errores|address|handle|flags|mask"
    r"|time ?stamp|marca de tiempo|zeitstempel|version"
    r"|(?:^|[\n,;{(])[ \t\"'-]{0,4}(?:i\.?d\.?|идентификатор)[ \t][^\n,;:=]{1,40})"
    r"[.\"']{0,2}(?:\\{1,4}[nrt]|[\s:='\"(\[]){1,12}$"
)
_OF_AN_ERROR = r"(?:(?:err|fehler|ошиб|code|event)\w{0,4}[ _-]?id|\bid\W[^\n,;:=]{0,12}(?:err|ошиб)\w{0,6})\W{0,12}$"
_FIELD_BEFORE = 64
# Of a place in memory, or a time in a crash report: nobody takes them for a code.
_DIGITS_OF_AN_ADDRESS = range(11, 17)
_SLASH_NUMBER = re.compile(r"\s*/\s*(\d{1,5})(?![\w/.:×-]|[ \t][xX×хХ])")
_NAME = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z][A-Za-z0-9_]{5,63}(?![A-Za-z0-9_])")
# How FreeRDP, Windows and Kerberos begin the names of their errors.
_NAME_OF_A_CODE = (
    r"(?<![A-Za-z0-9_])(?:ERRCONNECT|ERRINFO|STATUS|SEC_E|NTE|E_PROXY|KDC_ERR|KRB_AP_ERR|CERT_E|CRYPT_E|SSL_ERR)_"
    r"[A-Z0-9_]{3,60}(?![A-Za-z0-9_])"
)
_NAMES_SAID = 3
_BARE = re.compile(r"(?<![A-Za-z0-9_.,/\\+#-])(?<!\d:)(?<!::)-?[0-9A-Fa-f]{1,10}(?![A-Za-z0-9_\\-]|[.,/:]\d)")
_BARE_PAIR = re.compile(r"(?<![A-Za-z0-9_.,/\\:+-])([0-9A-Fa-f]{3,5}) ?/ ?(\d{1,5})(?![A-Za-z0-9_/])")
# Numbers of others: what an operating system has for a socket (104 is no 0x104), a web server's answer, and what else
# is counted in a log or a ticket.
_OF_OTHERS = re.compile(
    r"(?:os error|system error|errno|(?P<status>(?<!exit )(?<!exited with )status(?: code)?)|HTTP(?:/[\d.]{1,3})?"
    r"|(?:\bport|p_?id|\bproce\w{2,4}|thread|\btid|prozess|proceso|\bline|zeile|ligne|l[ií]nea|linia|\bticket|\bcase"
    r"|incident|room|\btel|phone|telefon|poste|puerto|porta|порт|процесс|поток|строка|端口|端口号|行|线程|进程|ポート"
    r"|스레드|포트)(?: ?(?:id|no|nr|number))?)\W{0,8}$",
    re.IGNORECASE,
)
# What a ticket labels with numbers as long as a code: rooms, extensions, things, people, places, papers and amounts.
_IN_A_TICKET = re.compile(
    r"(?<![^\W_])(?:room|raum|zimmer|b[uü]ro|office|bureau|salle|sala|despacho|oficina|stanza|ufficio|kamer|kantoor"
    r"|pok[oó]j|gabinet|m[ií]stnost|кабинет|каб|комната|部屋|房间"
    r"|extension|ext|durchwahl|apparat|nebenstelle|interno|anexo|ramal|toestel|wewn[eę]trzny|linka|внутренний|доб|fax"
    r"|mobile?|handy|内線|分机"
    r"|asset|inventory|inventar\w*|inventaire|inventario|inv|serial|seriennummer|cost cent(?:re|er)|kostenstelle"
    r"|centre de co[uû]ts?|centro de costo?s?|kostenplaats"
    r"|employee|user|staff|badge|personal\w*|mitarbeiter\w*|matricule|matricola|matr[ií]cula|customer|kunden\w*|mandant"
    r"|site|branch|filiale|standort|sucursal|floor|etage|étage"
    r"|change|incident|inc|request|order|po|ref(?:erence|erenz)?|vorgang|auftrag|rfc|job|sr|category|kategori\w*"
    r"|cat[eé]gorie|categor[ií]a|queue|заявка|обращение"
    r"|users|sessions|benutzer|sitzungen|utilisateurs|usuarios|utenti|latency|latenz|latence|latencia|ping|ram|memory"
    r"|disk|free|size|duration|dauer|durée|seconds|sekunden|build|year|jahr)"
    r"(?:[ .-]{0,2}(?:id|no|nr|n[°º]|number|nummer|num|tag))?\.?[ \t]*(?:\([^()\n]{1,12}\)[ \t]*)?[:=#№]\W{0,4}$",
    re.IGNORECASE,
)
_WORD_FOR_A_CODE = (
    r"(?:code|error|err|reason|exit|(?:exit|exited with)(?: exit)? (?:status|code)|exited with"
    r"|fehler|fehlercode|erreur|errore?|c[oó]digo|codice|fout|kod\w{0,2}|bł[aą]d\w{0,2}"
    r"|chyb[ay]?|hiba|hibak[oó]d|hata|felkod|feilkode|fejlkode|virhe|virhekoodi|код\w{0,2}|ошибк\w|代码|代碼|错误|錯誤"
    r"|コード|エラー|오류|코드)"
)
_OF_A_CODE = re.compile(_WORD_FOR_A_CODE + r"(?: is| was)?\W{0,8}$", re.IGNORECASE)
_LONG_BEFORE = 24
# Disconnect reason 4; (Reason= 3) of event 1026, as it may be typed; DisconnectReason: 3, as programs write it.
_OF_A_DISCONNECT = re.compile(r"\bdis\w{1,9}\W{0,6}reason\W{0,4}$", re.IGNORECASE)
_MARKED = re.compile(r"(?:^|[:=#(\[>|\"']|[.!?;][ \t\r\n]|(?<=[^\d\s])(?:\r?\n[ \t]*){2})[ \t\r\n*_`>-]{0,6}$")
# Nobody counts with as many digits as a status has.
_DIGITS_OF_A_STATUS = 8
_LABEL = re.compile(r":\s*$")
# What stands before that mark, in its line, behind another number or mark; and what of it says that a code follows.
_ITS_LABEL = re.compile(r"[^\n\r\d;,|(\[]{1,48}$")
_LABEL_OF_A_CODE = re.compile(
    r"code|kood|kód|\bcod(?:ul)?\b|kodas|kods|error|\berr\b|reason|\bexit|fehler|grund|ursache|erreur|raison|errore"
    r"|c[oó]digo|codice|motiv|raz[oó]n|fout|reden|kod|bł[aą]d|powód|příčin|chyb|hiba|hata|orsak|årsa[gk]|virhe|syy"
    r"|код|ошибк|помилк|причин"
    r"|代[码碼]|错误|錯誤|原因|コード|エラー|理由|오류|코드|이유|disconnect|exten[ds]|erweitert|étend|ampliad|estes|uitgebreid"
    r"|rozszerz|rozšíř|utökad|utvid|udvid|laajenn|bővít|genişlet|расширен|розширен|拡張|扩展|擴充|확장",
    re.IGNORECASE,
)
_LINE_ENDS = re.compile(r"[ \t.)\]]{0,4}(?:[\r\n]|$)")
_CODE = r"-?[0-9A-Fa-f]{1,16}|0[xX][0-9A-Fa-f]{1,16}"
_WHOLE = re.compile(rf"[\s(\[]*({_CODE})(?:[ \t]*(/|[,; ])[ \t]*({_CODE})?)?[\s)\]]*")


def number_of(digits: str) -> int | None:
    """Hexadecimal digits as 32 bits; 64 bits are taken where they are a negative 32-bit number. None: it is longer."""
    number = int(digits, 16)
    if number >> 32 == _LARGEST:
        number &= _LARGEST
    if number > _LARGEST:
        return None
    return number


def readings(text: str) -> tuple[int, ...]:
    """The numbers that a code may stand for: decimal digits may be hexadecimal ones without their 0x. Empty if it is
    none, or longer than 32 bits.
    """
    text = text.strip()
    if re.fullmatch(r"-\d{1,10}", text):
        if int(text) < -(2**31):
            return ()
        return (int(text) & _LARGEST,)
    if re.fullmatch(r"0[xX][0-9a-fA-F]{1,16}", text):
        number = number_of(text[2:])
        return () if number is None else (number,)
    if not re.fullmatch(r"[0-9a-fA-F]{1,16}", text):
        return ()
    found = [int(text)] if text.isdecimal() else []
    hexadecimal = number_of(text)
    if hexadecimal is not None:
        found.append(hexadecimal)
    return tuple(number for number in dict.fromkeys(found) if number <= _LARGEST)


def _script(character: str) -> str:
    """The alphabet of a letter: LATIN, CYRILLIC or another; empty for any other character."""
    return unicodedata.name(character, "").split(" ")[0] if character.isalpha() else ""


def _apart(digits: str, following: str, known: Callable[[int], bool]) -> str:
    """The digits of a code that a word was joined to (``0x904Extended``): without those letters at its end that begin
    the word.
    """
    letters = len(digits) - len(digits.rstrip("ABCDEFabcdefАВСЕавсе"))
    if (
        not letters
        or len(digits) > 24
        or _script(following) not in ("LATIN", "CYRILLIC")
        or _script(digits[-1]) != _script(following)
    ):
        return digits
    if digits[-1].isupper() and following.islower() and len(digits) > 1:
        return digits[:-1]  # a word's capital
    capital = max((at for at in range(len(digits) - letters, len(digits)) if digits[at].isupper()), default=0)
    if capital and digits[-1].islower() and not digits[capital + 1 :].isupper():
        return digits[:capital]
    shorter = [digits[:end] for end in range(len(digits), len(digits) - letters - 1, -1) if end]
    usual = [one for one in shorter if len(one) == 1 or not one.startswith("0")]
    return next((one for one in usual if len(one) <= 8 and known(int(one.translate(_LOOK_ALIKE), 16))), shorter[-1])


def _is_a_field(before: str) -> bool:
    """Whether these words name a number that is no code."""
    return bool(re.search(_FIELD, before, re.IGNORECASE)) and not re.search(_OF_AN_ERROR, before, re.IGNORECASE)


def _with_0x(text: str, known: Callable[[int], bool], into: list[tuple[int, Token]], unread: list[str]) -> None:
    end = -1
    for found in _WITH_0X.finditer(text):
        start = found.start()
        if start and start != end and text[start - 1].isdigit():
            continue  # 1920x1080
        end = found.end()
        if _is_a_field(text[max(0, start - _FIELD_BEFORE) : start]):
            continue
        following = text[end : end + 1]
        if text[found.start(1) - 1].isspace() and found[1].isalpha() and following.isalpha():
            continue  # begins with 0x or 0X: a word
        digits = _apart(found[1], following, known).translate(_LOOK_ALIKE)
        number = number_of(digits)
        if number is None:
            if len(digits) not in _DIGITS_OF_AN_ADDRESS:
                unread.append(f"0x{digits[:40]} has more digits than a code has")
            continue
        into.append((start, Token(f"0x{digits}", (number,))))
        # 0x904/7: the second number of a pair does without.
        second = _SLASH_NUMBER.match(text, end)
        if second:
            into.append((second.start(1), Token(second[1], readings(second[1]))))


def _bare(text: str, tables: Tables, unread: list[str]) -> list[tuple[int, Token]]:
    """Numbers without 0x that the tables have: those of a pair, or of three digits and more; not times, addresses and
    versions. What a text calls a code and the tables do not have is unread.

    Any text is full of small numbers: one counts only as the second of a pair, at the end of a line or after a colon,
    behind a disconnect reason, or if two of them follow a colon.
    """
    is_code = tables.bare(text)
    pair = next((found for found in _BARE_PAIR.finditer(text) if any(map(is_code, readings(found[1])))), None)
    if pair:
        return [(pair.start(at), Token(pair[at], readings(pair[at]))) for at in (1, 2)]
    large: list[tuple[int, Token]] = []
    small: list[tuple[int, Token]] = []
    for match in _BARE.finditer(text):
        digits, start = match[0], match.start()
        before = max(0, start - _LONG_BEFORE)
        if not any(character.isdigit() for character in digits) or _is_of_others(text, before, match):
            continue
        numbers = tuple(number for number in readings(digits) if is_code(number))
        if len(digits.lstrip("0")) > 2:
            if numbers and _stands_as_a_code(text, before, match):
                large.append((start, Token(digits, numbers, bare=not _is_called_a_code(text, before, match))))
            elif not numbers and digits.isdecimal() and _OF_A_CODE.search(text, before, start):
                unread.append(f"{digits} stands where a code does, and is none that is known here")
        elif numbers and _OF_A_DISCONNECT.search(text, before, start):
            large.append((start, Token(digits, numbers)))
        elif len(digits) <= 2 and digits[0] != "-" and _is_marked(text, match, after_another=bool(large)):
            small.append((start, Token(digits, readings(digits))))
    small = _with_labels_of_codes(text, small)
    if large:
        return large + [one for one in small if one[0] > large[0][0]][:1]
    return small[:2] if len(small) > 1 else []


def _with_labels_of_codes(text: str, small: list[tuple[int, Token]]) -> list[tuple[int, Token]]:
    """Of numbers behind labels, those of a dialog: a ticket's priority is labelled, too. In a language whose word for a
    code is not known, the label of the extended one holds that of the other.
    """
    labels = [_label_before(text, start) for start, _token in small]

    def is_of_a_dialog(label: str | None) -> bool:
        if label is None:
            return True
        apart = [other for other in labels if other and other != label and (label in other or other in label)]
        return bool(_LABEL_OF_A_CODE.search(label) or (apart and not label.isascii()))

    return [one for one, label in zip(small, labels) if is_of_a_dialog(label)]


def _label_before(text: str, start: int) -> str | None:
    """What labels a number; None where nothing does, since it is at the end of its line behind another code."""
    before = text[max(0, start - _FIELD_BEFORE) : start]
    if not _LABEL.search(before):
        return None
    found = _ITS_LABEL.search(before.rstrip(": \t\r\n"))
    return found[0].strip(" \t*_`>\"'-").casefold() if found else ""


def _is_of_others(text: str, before: int, number: re.Match[str]) -> bool:
    """Whether the words before a bare number say whose it is. A web server's status is no long number; Windows' is, and
    a small one may be an extended code.
    """
    if 2 < len(number[0]) < _DIGITS_OF_A_STATUS and _IN_A_TICKET.search(text, before, number.start()):
        return True
    other = _OF_OTHERS.search(text, before, number.start())
    return bool(other and not (other["status"] and len(number[0]) >= _DIGITS_OF_A_STATUS))


def is_labelled(text: str, at: int) -> bool:
    """Whether a word for a code stands right before a place in a text."""
    return bool(_OF_A_CODE.search(text, max(0, at - _LONG_BEFORE), at))


def _is_called_a_code(text: str, before: int, number: re.Match[str]) -> bool:
    return len(number[0]) >= _DIGITS_OF_A_STATUS or bool(_OF_A_CODE.search(text, before, number.start()))


def _stands_as_a_code(text: str, before: int, number: re.Match[str]) -> bool:
    """Whether a bare number is where codes are."""
    return _is_called_a_code(text, before, number) or bool(_MARKED.search(text, before, number.start()))


def _is_marked(text: str, number: re.Match[str], *, after_another: bool) -> bool:
    """Whether a small number follows a colon, or another code and ends its line. The number of a session, a task or a
    process does not count.
    """
    if _is_a_field(text[max(0, number.start() - _FIELD_BEFORE) : number.start()]):
        return False
    labelled = _LABEL.search(text, max(0, number.start() - 8), number.start())
    return bool(labelled or (after_another and _LINE_ENDS.match(text, number.end())))


def read(text: str, tables: Tables) -> Reading:
    """All codes of a text. Never raises."""
    reading = Reading()
    if len(text) > LONGEST:
        reading.unread.append(f"the text has {len(text)} characters; only the first {LONGEST} were read")
    words = plain(text[:LONGEST])
    whole = _WHOLE.fullmatch(words.strip()) if len(words.strip()) <= _LONGEST_PAIR else None
    if whole:
        _whole(whole, reading)
        return reading
    found: list[tuple[int, Token]] = []
    _with_0x(words, tables.known, found, reading.unread)
    found = _named(words, tables, found)
    found += _statuses_without_0x(words, tables.known) if found else []
    if not found:
        reading.unread += _unknown_names(words)
    if all(token.kind == EXTENDED for _start, token in found):
        # The name of an extended reason stands behind a number as that reason's own number does.
        found += _bare(words, tables, reading.unread)
    reading.tokens = [token for _start, token in sorted(found, key=lambda one: one[0])]
    return reading


# A status of Windows as some logs write it, beside names and numbers with 0x: ErrorCode = c0000224.
_OF_A_STATUS = re.compile(
    r"(?:code|status|error)\w{0,8}[ \t]{0,3}[=:][ \t\"'(\[]{0,4}(c0[0-9a-f]{6})(?![\w-])", re.IGNORECASE
)


def _statuses_without_0x(text: str, known: Callable[[int], bool]) -> list[tuple[int, Token]]:
    found = ((one.start(1), Token(one[1], (int(one[1], 16),))) for one in _OF_A_STATUS.finditer(text))
    return [one for one in found if known(one[1].readings[0])]


_BESIDE = range(1, 4)  # Characters between a name and its number.


def _named(text: str, tables: Tables, numbers: list[tuple[int, Token]]) -> list[tuple[int, Token]]:
    """The names that the tables have, and those of the numbers that are not a name's own: HYBRID_REQUIRED_BY_SERVER
    [0x00000005], 0x00000005 HYBRID_REQUIRED_BY_SERVER.
    """
    found: list[tuple[int, Token]] = []
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    for match in _NAME.finditer(text):
        named = tables.names.get(match[0].lower()) or tables.names.get(folded(match[0]))
        if named:
            kind, number = named
            found.append((match.start(), Token(match[0], (number,), kind)))
            begins.update(dict.fromkeys((match.start() - gap for gap in _BESIDE), number & 0xFFFF))
            ends.update(dict.fromkeys((match.end() + gap for gap in _BESIDE), number & 0xFFFF))

    def is_a_name_s(start: int, token: Token) -> bool:
        return token.readings[0] & 0xFFFF in (ends.get(start), begins.get(start + len(token.text)))

    return found + [one for one in numbers if not is_a_name_s(*one)]


def _unknown_names(text: str) -> list[str]:
    names = dict.fromkeys(found[0] for found in re.finditer(_NAME_OF_A_CODE, text))
    return [f"{name} is the name of a code that is not known here" for name in names][:_NAMES_SAID]


def _whole(found: re.Match[str], reading: Reading) -> None:
    """A code alone, or a pair."""
    for part in (found[1], found[3]):
        numbers = readings(part) if part else ()
        if numbers:
            reading.tokens.append(Token(part, numbers))
        elif part:
            reading.unread.append(f"{part} is larger than 32 bits")
    if found[2] == "/" and found[3] is None:
        reading.unread.append("no extended code follows the slash")


def folded(name: str) -> str:
    """A name as it is compared: without capitals and underscores."""
    return name.lower().replace("_", "")
