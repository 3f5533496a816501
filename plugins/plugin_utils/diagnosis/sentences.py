# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients say without a code: finds the sentence of a dialog or log that says the same as a code.

Many dialogs of Windows' own client have a sentence alone. A sentence counts only where no code was found beside it. The
rows are in ``sentence_tables`` (sentences, as public pages show them) and ``complaint_tables`` (put together from
``concepts`` in the words of many languages).

A row has what tells a sentence apart, and the kind and number of the code. Its parts stand in any order; of each part,
one of the wordings with | between them. Between parts stands ... where they are not far from each other, + where they
are of one sentence and near, ~ where hardly anything is between them, and > where the second says something of the
first: they are of one clause and the first stands before the second, with nothing between them but its connection or
session and how often, or right behind it; >> where more may be between them. What a place, a way or an owner is told by
is nothing that is said something of: the mouse in the session freezes. Nothing counts behind a word that says no, and
parts with +, ~, > or >> not with one between them: a password that has not expired. What stands behind ... in a row
that has one of these, too, may be anywhere in the text, but where it is said to work. A wording that ends with $ is a
whole word; a word before a star may end in any way, and the next one follows it. Capitals, accents, spaces and marks do
not count. The first row that fits is taken; one without a kind says that there is no cause in it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import complaint_tables, dialog, sentence_tables
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.concepts import filled
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.sentence_tables import Row

_Span = tuple[int, int]
_TABLES: tuple[tuple[Row, ...], ...] = (
    complaint_tables.NO_CAUSE,
    sentence_tables.EVERY_LANGUAGE,
    sentence_tables.WINDOWS_CLIENT,
    complaint_tables.WINDOWS_OWN,
    complaint_tables.NLA,
    complaint_tables.GATEWAYS,
    complaint_tables.BROKERS,
    complaint_tables.STATUSES,
    complaint_tables.CLIENTS,
    complaint_tables.COMPLAINTS,
    sentence_tables.ENGLISH,
    sentence_tables.GERMAN,
    sentence_tables.FRENCH,
    sentence_tables.SPANISH,
    sentence_tables.ITALIAN,
    sentence_tables.PORTUGUESE,
    sentence_tables.POLISH,
    sentence_tables.RUSSIAN,
    sentence_tables.JAPANESE,
    sentence_tables.CHINESE,
    complaint_tables.LICENSING,
    sentence_tables.REFUSALS,
    sentence_tables.LOGS,
    sentence_tables.TLS_LIBRARIES,
    sentence_tables.TOOLS,
    complaint_tables.ACCOUNTS,
    complaint_tables.SESSIONS,
    complaint_tables.REACHING,
    sentence_tables.SOCKETS,
    complaint_tables.LOGONS,
    sentence_tables.WARNINGS,
    sentence_tables.INTERNAL_ERROR,
    complaint_tables.CERTIFICATE_NAMES,
    complaint_tables.FREEZES,
    complaint_tables.SYMPTOMS,
    complaint_tables.INTERNAL_ERROR,
    complaint_tables.BY_ITS_WAY,
    sentence_tables.REMEDY_BLAMED,
    complaint_tables.CONNECTING,
)
_BESIDE_A_CODE: tuple[tuple[Row, ...], ...] = (
    sentence_tables.MORE_THAN_THE_CODE,
    sentence_tables.MORE_THAN_FREERDP_S,
    sentence_tables.MORE_THAN_GUACAMOLE_S,
)

# How many characters may stand between parts, as they are compared. What counts beside a code are names and banners of
# a log, which may be long.
_FAR, _NEAR, _NEXT, _OF_IT, _OF_ALL_OF_IT = "...", "+", "~", ">", ">>"
_GAPS = {_NEAR: 45, _NEXT: 16, _OF_IT: 30, _OF_ALL_OF_IT: 45}
_BEHIND_IT = 10  # Where the verb goes first, its subject is this near: the name, with an article.
_REACH = {False: 400, True: dialog.LONGEST}
# What a log writes before each of its lines, and in the midst of a sentence that it breaks: [time] [process] [level]
# [module] - [function]:, or the date, host and program of the system's own log.
_PREFIX = re.compile(
    r"^[ \t]*(?:(?:\[[^\]\n]{1,80}\][ \t:-]*){2,}|\w{3}\.? +\d{1,2} \d\d:\d\d:\d\d(?: [^ \n]{1,80}){1,2}: +)",
    re.MULTILINE,
)
_MARKS = re.compile("[\u0300-\u036f]")
# Letters that are one with their mark.
_WITH_MARK = str.maketrans("łøđı", "lodi")
_WORD = re.compile(r"[\w=]+")
# The end of a sentence that the next one was joined to.
_JOINED = re.compile(r"(?<=[^\W\d_A-Z])([.!?;])(?=[A-Z])")
_PIECES = re.compile(r"[\w=]+|[.!?;](?=\s)|。|[,;:、(\u2013\u2014]|-(?=\s)")
_ENDS_A_SENTENCE = frozenset(".!?;。")
# Shortened words, whose full stop ends nothing.
_SHORT = frozenset("dvs bzw ggf evtl inkl np tzn tj".split())
# Words that a clause begins with.
_CLAUSE_BEGINS = frozenset(
    "and but while whereas although though because when if before until und aber wahrend obwohl weil wenn bevor bis et"
    " mais tandis quand y pero mientras aunque cuando mas mentre quando enquanto maar terwijl ale podczas och men og и"
    " но когда".split()
)
# With the second word the first begins none.
_A_REASON_FOLLOWS = ("because", "of")
# What a place, a time, a way or an owner is told by, before it; articles between do not count.
_TELLS_WHERE = frozenset(
    "in inside within on at to into over through via under with by after during next beside near behind im auf am an"
    " ans ins unter neben hinter en bei beim mit nach"
    " vor zum zur uber per dans sur avec apres chez par con nel nella nello sul sulla su dopo tramite no na nos nas em"
    " com bij met op via na w we z ze przez po v ve pri och med i pa til в во на с со по через при после".split()
)
_TELLS_WHOSE = frozenset("of des eines du della dello dell del do da van od из".split())
# What of these is another word in another language: da is because in German, su is your in Spanish, nas is reached in
# Swedish, do and we are what they are in English. Where a text has a word of that language alone, it is no preposition.
_ANOTHER_WORD = {
    "da": frozenset(
        "der die den dem des ist sind nicht kein keine und wir ich uns mein meine unsere wird werden sich immer standig"
        " dauernd wieder mehr auch nach mit friert hangt bricht abbricht einfriert getrennt".split()
    ),
    "su": frozenset(
        "el los las y cada esta estan muy desde cuando hay constantemente escritorio sesion sesiones conexion congela"
        " congelan corta cortan cuelga cuelgan cae caen desconecta desconectan".split()
    ),
    **dict.fromkeys(("na", "nas"), frozenset("kan inte ikke gar det att fran via nar".split())),
    "mit": frozenset("fjernskrivebord fryser hele jeg ikke og er min virker".split()),
    "at": frozenset("er har ikke og det som siger sier fra siden".split()),
    **dict.fromkeys(
        ("do", "we", "i"),
        frozenset(
            "the and is are it they my our your all every when why how freeze freezes drop drops disconnect disconnects"
            " hang hangs keep keeps constantly".split()
        ),
    ),
}
# That something works, to the end of the sentence: RDP works, but from home it does not.
_IN_ORDER = (
    "session connection sitzung verbindung itself selbst",
    "works is ist geht lauft funktioniert marche fonctionne funciona funziona werkt dziala funguje fungerar virker"
    " работает",
    "fine ok okay well einwandfrei problemlos bien bene bem goed prima dobrze dobre bra fint нормально хорошо",
)
_IS_IN_ORDER = re.compile("(?:{}){{0,2}}(?:{})(?:{})?".format(*(one.replace(" ", "|") for one in _IN_ORDER)))
_ARTICLES = frozenset(
    "the a an my our your his her their this that der die das den dem des ein eine einen einem einer meine meiner"
    " meinem meinen unsere unserer unserem le la l les un une mon ma mes notre nos el los las mi mis nuestro il lo gli"
    " mio mia o os meu minha de het een mijn onze".split()
)
# Who does what is said, by a verb that has an object; and what stands between them. Nobody complains of a session that
# somebody closed.
_PEOPLE = frozenset(
    "i we he she they you ich wir er man je j on nous ils yo io eu ik wij jag vi jeg han hun ja my minä me mina"
    " я мы он она они ви ми він вона вони user users admin colleague kollege collegue".split()
)
_HAVE = frozenset(
    "have had has ve d habe hab haben hatte hatten ai avons avais ont he hemos ho abbiamo heb hebben had har hade hadde"
    " just always then only now first often deliberately immediately sofort gleich immer selbst toujours siempre sempre"
    " altijd сразу всегда".split()
)
_DOES = re.compile(
    "clos|end[es]|quit|exit|logged|signed|disconnect|schliess|geschloss|beend|getrennt|abgemeldet|ferm|quitt|deconnect"
    "|cierr|cerr|desconect|chiu|disconn|fech|encerr|sluit|geslot|uitgelogd|afgemeld|zamyk|wylogow|zavr|odhlas|stang"
    "|lukk|sulje|закрыва|отключа|выход|закрива|відключа"
)


def _as_texts_are(pattern: str) -> re.Pattern[str]:
    """A pattern for what is read of a text, whose letters stand there without the marks that belong to them."""
    return re.compile("".join(one for one in unicodedata.normalize("NFKD", pattern) if not unicodedata.combining(one)))


# In Chinese the verb stands before what it is done to, in Japanese and Korean a particle behind that.
_DOES_TO, _WHO_DOES = re.compile("关闭|關閉"), re.compile("[我他她]")
_DONE_TO = _as_texts_are(r"(?:\w{0,8}?(?:セッション|接続|画面|ウィンドウ|세션|연결|창))?[を을를]")
_CLOSES_IT = _as_texts_are("閉じ|닫")
# What is of Remote Desktop, so that it says who is meant: the connection to a host, the picture of a session.
_OWN = frozenset(
    "connection connections session sessions connexion connexions conexion conexiones conexao conexoes sesion sesiones"
    " sessao sessoes connessione connessioni sessione sessioni sessie sessies verbinding sesja sesji polaczenie"
    " pripojeni relace kapcsolat соединение подключение сеанс сессия anslutning forbindelse access screen screens"
    " window windows bild fenster ecran fenetre image pantalla ventana imagen schermo finestra tela janela"
    " beeld scherm obraz ekran okno экран окно users people everybody everyone benutzer anwender utilisateurs usuarios"
    " utenti gebruikers uzytkownicy пользователи baglantisi oturumu oturum kapcsolata munkamenete yhteys istunto"
    " sessionen okten okta istunnon istuntoni anslutningen forbindelsen tilkoblingen"
    " sesje sesja polaczenia сеансы сессии соединения".split()
)
# In languages without spaces, behind the name; what is its own follows.
_WHERE_BEHIND = _as_texts_are(
    r"[里裡中上内的时時](?!会话|会話|连接|連線|屏幕|画面|畫面|黑屏)|の(?!セッション|接続|画面|有効|期限)"
    r"|(?:에서|의)(?! ?(?:세션|연결|화면))"
)
_OWN_ENDS = ("verbindung", "verbindungen", "sitzung", "sitzungen", "bildschirm")
_WORDS_BEFORE = 2
_WORDS_BEFORE_A_VERB = 3
# Words that say no, leave open whether it is so, or turn it round (locked by another account).
_NOT = frozenset(
    "no not never neither nor by isnt hasnt wasnt arent werent hadnt havent dont doesnt didnt without whether nicht"
    " kein keine keinen nie niemals weder ob ne pas plus jamais aucun non mai senza sin nunca sem nao niet nooit geen"
    " zonder bez nigdy neni nejsou nebyl nebyla nebylo nikdy nem nincs inte aldrig inga ingen ikke aldri ei eivat"
    " tampoco tampouco neanche nemmeno neppure evenmin ani degil hverken verken varken eika eivatka не нет"
    " ни ли немає δεν δε μην χωρις ουτε".split()
)
# The same in Romanian, where a verb follows: the word is another one in Dutch and Swedish.
_NOT_BEFORE_A_VERB = "nu"
_VERBS_OF_NU = frozenset(
    "a am ai au e este esti sunt suntem mai se s ma te ne va mi i il o pot poate are avem fost".split()
)
# Whose sign is left out, or stands for a letter: isn't.
_SHORTENED = re.compile(r"(?<=n)['`\u2019\u02bc]t\b")
# What says no behind the word that it denies, or that it is over; in Chinese it stands before that word, as in a clause
# of its own that follows: the password has expired, the logon did not succeed.
_NOT_BEHIND = _as_texts_are("ません|ていない|解除され|않|아님|degil")
# In Japanese, what begins the next word that it may belong to: it is said that, so that, nobody gets in.
_SAID_OF_ANOTHER = _as_texts_are(
    "と(?:言|い|出|表示)|ので|ため|から|のに|しか|誰|入れ|繋が|接続|ログオン|ログイン|サインイン|使え|進"
)
_NOT_BEFORE = re.compile("没有|沒有|还没|還沒|未|并不|並不|不是")
# Whether or not, at the end of its clause; and that what goes before did not come about.
_OR_NOT = re.compile("了?(?:没有?|沒有?|未)(?:(?P<come>再?(?:出现|出現|发生|發生|显示|顯示))|)")
_LEFT_OPEN = frozenset(("no", "whether", "if", "until", "unless", "kein", "keine", "ob", "wenn", "falls"))
# Portuguese has no for in the, where a text has one of these.
_IN_THE, _PORTUGUESE = "no", frozenset("nao um uma ao aos em nas pelo pela nome computador voce seu".split())
# An ending that is written to a name: the remote desktop, in Swedish and Finnish.
_LONGEST_ENDING = 4
# What stands between a word that says no and what there is none of.
_OF_NONE = frozenset("any de d".split())
_ARTICLE = 4
# An article that is written to its word where the apostrophe was lost, in texts of French and Italian: lordinateur.
_JOINED_ARTICLE = re.compile(r"[ld](?=[aeiouh]\w{3})")
_FRENCH_OR_ITALIAN = frozenset("le la les du des ne pas est sur avec il lo del della non che di gli".split())
_AFTER = 10  # In languages that say no at the end, this far behind the last part.
# Words that stand for no other one, mistyped: fine is no finne.
_NO_SLIPS = _NOT.union(*(part.split() for part in _IN_ORDER[1:]))
# Letters below are of scripts that have spaces between words.
_FIRST_WITHOUT_SPACES = "\u0e00"


def folded(text: str) -> str:
    """In small letters, without accents."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_WITH_MARK)


@dataclass(frozen=True)
class _Wording:
    """Words that follow each other: the first ones, and what the words behind each star begin with."""

    text: str
    whole: bool
    more: tuple[str, ...] = ()
    many: bool = False

    @property
    def longest(self) -> int:
        """How many characters it may have, with the ends of its words."""
        return len(self.text) + sum(len(stem) + _LONGEST_END for stem in self.more)

    @property
    def has_spaces(self) -> bool:
        return self.text[0] < _FIRST_WITHOUT_SPACES

    @property
    def must_be_one_word(self) -> bool:
        """Of two words a short one is found by chance: or a, for the Italian ora."""
        return self.has_spaces and len(self.text) <= _SHORT_WORD and not (self.many or self.more)


_LONGEST_END = 8
_SHORT_WORD = 4
# Those of a part that a text has.
_There = tuple[_Wording, ...]
# Of two thousand rows, those are looked at whose first part begins with letters that the text has, and of a part the
# wordings that do.
_HEAD = 6


class _Part:
    """The wordings of a part of rows, and the same by the letters that they begin with."""

    def __init__(self, wordings: tuple[_Wording, ...]) -> None:
        self.wordings = wordings
        self.by_head: dict[str, list[int]] = {}
        for at, wording in enumerate(wordings):
            self.by_head.setdefault(wording.text[:_HEAD], []).append(at)
        self.heads = frozenset(self.by_head)


@cache
def _part(words: str) -> _Part:
    """The wordings of a part as they are compared; with ae, oe and ue as well, which stand for umlauts."""
    found: dict[_Wording, None] = {}
    for wording in words.split("|"):
        typed = wording.translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"})
        for one in dict.fromkeys((wording, typed)):
            first, *more = (_WORD.findall(folded(stem)) for stem in one.split("*"))
            joined = tuple("".join(stem) for stem in more if stem)
            found[_Wording("".join(first), wording.rstrip().endswith("$"), joined, len(first) > 1)] = None
    return _Part(tuple(found))


@dataclass(frozen=True)
class _Pattern:
    between: str
    parts: tuple[_Part, ...]
    anywhere: _Part | None = None

    @classmethod
    def of(cls, words: str) -> _Pattern:
        near = next((one for one in (_NEXT, _OF_ALL_OF_IT, _OF_IT, _NEAR) if one in words), None)
        if near is None:
            return cls(_FAR, tuple(map(_part, words.split(_FAR))))
        together, _far, anywhere = words.partition(_FAR)
        return cls(near, tuple(map(_part, together.split(near))), _part(anywhere) if anywhere else None)

    @property
    def all_parts(self) -> tuple[_Part, ...]:
        return self.parts + ((self.anywhere,) if self.anywhere else ())


class _Rows:
    """The rows of tables in their order, by the letters that a wording of their first part begins with."""

    def __init__(self, tables: tuple[tuple[Row, ...], ...]) -> None:
        self.rows = tuple((_Pattern.of(row[0]), row) for table in tables for row in table)
        self.by_head: dict[str, set[int]] = {}
        for at, (pattern, _row) in enumerate(self.rows):
            for head in pattern.parts[0].heads:
                self.by_head.setdefault(head, set()).add(at)
        self.heads = frozenset().union(*(part.heads for pattern, _row in self.rows for part in pattern.all_parts))
        self.lengths = {len(head) for head in self.heads}

    def heads_of(self, text: str) -> frozenset[str]:
        """The letters that wordings begin with, as far as a text has them."""
        return self.heads.intersection(text[at : at + length] for length in self.lengths for at in range(len(text)))

    def of(self, heads: frozenset[str]) -> Iterator[tuple[_Pattern, Row]]:
        """The rows that a text may have which has these."""
        found = set().union(*(self.by_head[head] for head in heads & self.by_head.keys()))
        return (self.rows[at] for at in sorted(found))


@cache
def _rows(tables: tuple[tuple[Row, ...], ...]) -> _Rows:
    return _Rows(tables)


# A long word is recognised although one of its inner letters is missing, too many or in another's place, a very long
# one with a wrong letter (a passport is no Passwort), and a shorter one with a letter doubled or not. Its ends must be
# right: they tell forms of a word apart.
_SHORTEST, _LONG, _VERY_LONG, _LONGEST_TYPED = 5, 7, 10, 60
# How often a text is tried where a word may stand for words of several languages: funtion, for function and Funktion.
_CHOICES = 3
_REPEATED = re.compile(r"(.)\1+")


# What a program that reads pictures takes for each other: of letters that it knows, and of digits.
_LETTERS_READ_FOR = (("rn", "m"), ("vv", "w"))
_DIGITS_READ_FOR = (("0", "o"), ("5", "s"))


def _with_each(word: str, seen_for: tuple[tuple[str, str], ...]) -> str:
    for seen, meant in seen_for:
        word = word.replace(seen, meant)
    return word


def _read_for(word: str) -> Iterator[str]:
    """The words that a picture's word may stand for: cornputer, bureaub1ad."""
    for letters in (word, _with_each(word, _LETTERS_READ_FOR)):
        for digits in (letters, _with_each(letters, _DIGITS_READ_FOR)):
            yield from (digits.replace("1", one) for one in "li")


def _marks(word: str) -> Iterator[str]:
    """What a word has in common with its slips."""
    yield _REPEATED.sub(r"\1", word)
    if len(word) >= _LONG - 1:
        for at in range(1, len(word) - 1):
            yield word[:at] + word[at + 1 :]


@cache
def _vocabulary() -> tuple[frozenset[str], dict[str, set[str]]]:
    """The words of all rows, and those that each mark belongs to."""
    known = frozenset(word for table in _TABLES for row in table for word in _WORD.findall(folded(row[0])))
    found: dict[str, set[str]] = {}
    for word in known:
        if len(word) >= _SHORTEST and word[0] < _FIRST_WITHOUT_SPACES:
            for mark in (word, *_marks(word)):
                found.setdefault(mark, set()).add(word)
    return known, found


def _meant(word: str) -> tuple[str, ...]:
    """The words that a typed one may stand for; itself where it is one of the rows', or like none of them."""
    # What is longer than any word of the rows is a text without spaces: its slips would fill the memory.
    if not _SHORTEST <= len(word) + 1 <= _LONGEST_TYPED or word in _NO_SLIPS:
        return (word,)
    return _meant_by(word)


@lru_cache(maxsize=4096)
def _meant_by(word: str) -> tuple[str, ...]:
    known, found = _vocabulary()
    alike = {one for mark in (word, *_marks(word)) for one in found.get(mark, ())}
    meant = {one for one in alike if _is_slip(word, one, doubled_alone=word in known)}
    if word not in known and not word.isdecimal():
        meant |= known.intersection(_read_for(word))
    return tuple(sorted(meant | ({word} & known))) or (word,)


def _is_slip(word: str, meant: str, *, doubled_alone: bool) -> bool:
    """Whether one of two words that have a mark in common is the other, mistyped."""
    if _REPEATED.sub(r"\1", word) == _REPEATED.sub(r"\1", meant):
        return True
    if doubled_alone or len(meant) < _LONG or word[0] + word[-1] != meant[0] + meant[-1]:
        return False
    return len(word) != len(meant) or len(word) >= _VERY_LONG or sorted(word) == sorted(meant)


def _as_meant(text: str) -> Iterator[str]:
    """The text without its slips."""
    typed = folded(text)
    most = max((len(_meant(word)) for word in set(_WORD.findall(typed))), default=0)
    for at in range(min(_CHOICES, most)):
        meant = _WORD.sub(partial(_chosen, at), typed)
        if meant != typed:
            yield meant


def _chosen(at: int, found: re.Match[str]) -> str:
    meant = _meant(found[0])
    return meant[at % len(meant)]


@cache
def _may_be_between() -> frozenset[str]:
    """Words that tell how often and to whom, and what is a computer."""
    return frozenset(_WORD.findall(folded(filled("{between} | {again}"))))


@cache
def _named_without_spaces() -> re.Pattern[str]:
    """Remote Desktop's names in languages without spaces: what stands behind one is said of that."""
    names = ("".join(_WORD.findall(folded(one))) for one in filled("{of_remote_desktop}").split("|"))
    return re.compile("|".join(("rdp", *(one for one in names if one >= _FIRST_WITHOUT_SPACES))))


class _Text:
    """A text as it is compared, and where its words and sentences begin: a wording of a language with spaces stands at
    such a place (a standard gateway is no RD gateway). Its words may be joined or broken.
    """

    def __init__(self, text: str, reach: int) -> None:
        self.reach = reach
        self.heads: frozenset[str] = frozenset()
        self._there: dict[_Part, _There] = {}
        self.ends: list[int] = []
        self.clauses: list[int] = []
        self.colons: set[int] = set()
        self.says_no: list[_Span] = []
        self.left_open: list[int] = []
        self.starts = {0}
        self.behind_articles: set[int] = set()
        # Words by where they end, to look back from a place.
        self.before: dict[int, str] = {}
        words: list[str] = []
        at = 0
        pieces = _PIECES.findall(_SHORTENED.sub("t", folded(text)))
        self.no_is_a_place = not _PORTUGUESE.isdisjoint(pieces)
        joins_articles = len(_FRENCH_OR_ITALIAN.intersection(pieces)) > 1
        for piece in pieces:
            last = words[-1] if words else ""
            if not _WORD.match(piece):
                self._read_mark(piece, at, last)
                continue
            words.append(piece)
            self._read_word(piece, at, last)
            if joins_articles and _JOINED_ARTICLE.match(piece):
                self.behind_articles.add(at + 1)
            at += len(piece)
            self.before[at] = piece
            self.starts.add(at)
        self.text = "".join(words)
        self.no_prepositions = {
            word for word, of in _ANOTHER_WORD.items() if word in words and not of.isdisjoint(words)
        }
        self.begins = sorted(self.starts)
        # In Chinese what says no stands right before it.
        self.denied = {no.end() for no in _NOT_BEFORE.finditer(self.text)}

    def _read_mark(self, mark: str, at: int, last: str) -> None:
        if mark == "." and last in _SHORT:
            return
        self.clauses.append(at)
        if mark == ":":
            self.colons.add(at)
        if mark in _ENDS_A_SENTENCE:
            self.ends.append(at)

    def _read_word(self, word: str, at: int, last: str) -> None:
        end = at + len(word)
        if (last, word) == _A_REASON_FOLLOWS:
            self.clauses.pop()
        if word in _CLAUSE_BEGINS:
            # Behind it: and reconnects is one wording.
            self.clauses.append(end)
        if word == _IN_THE and self.no_is_a_place:
            return
        if word in _NOT:
            self.says_no.append((at, end))
        elif last == _NOT_BEFORE_A_VERB and word in _VERBS_OF_NU:
            self.says_no.append((at - len(last), at))
        if word in _LEFT_OPEN:
            self.left_open.append(end)

    def places(self, wording: _Wording, low: int = 0, high: int | None = None) -> Iterator[_Span]:
        at = self.text.find(wording.text, low, high)
        while at >= 0:
            if at in self.starts or at in self.behind_articles or not wording.has_spaces:
                end = self._behind(wording.more, at + len(wording.text)) if wording.more else at + len(wording.text)
                if end and self._is_of_its_words(wording, at, end):
                    yield at, end
            at = self.text.find(wording.text, at + 1, high)

    def _is_of_its_words(self, wording: _Wording, at: int, end: int) -> bool:
        """Whether what was found is no part of a word that it must be all of, and not of two words if it is one."""
        if wording.whole and end not in self.starts:
            return False
        return not wording.must_be_one_word or self.begins[bisect_right(self.begins, at)] >= end

    def _behind(self, stems: tuple[str, ...], end: int) -> int | None:
        """Where words that begin with these end, each of which follows the one before; None where they do not."""
        for stem in stems:
            word = bisect_left(self.begins, end)
            if word == len(self.begins) or not self.text.startswith(stem, self.begins[word]):
                return None
            end = self.begins[word] + len(stem)
        return end

    def wordings_of(self, part: _Part) -> _There:
        """Those that are in the text somewhere, so that the others are not looked for from each place."""
        found = self._there.get(part)
        if found is None:
            may_be = sorted(at for head in part.heads & self.heads for at in part.by_head[head])
            found = tuple(one for at in may_be if (one := part.wordings[at]).text in self.text)
            self._there[part] = found
        return found

    def has(self, pattern: _Pattern) -> bool:
        """Whether one wording of each part is there, near to the first part."""
        parts: list[_There] = []
        for part in pattern.parts:
            there = self.wordings_of(part)
            if not there:
                return False
            parts.append(there)
        if pattern.anywhere and not self._has_any(pattern.anywhere):
            return False
        first, *others = parts
        gap = _GAPS.get(pattern.between)
        if pattern.between in (_OF_IT, _OF_ALL_OF_IT):
            return any(self._says_of(span, others, gap or 0) for one in first for span in self.places(one))
        for wording in first:
            for span in self.places(wording):
                if (
                    gap is None
                    and not self._left_open(span[0])
                    and all(self._within_reach(span[0], part) for part in others)
                ):
                    return True
                if gap is not None and self._together(span, others, gap):
                    return True
        return False

    def _has_any(self, part: _Part) -> bool:
        return any(not self._works(end) for one in self.wordings_of(part) for _at, end in self.places(one))

    def _works(self, at: int) -> bool:
        """Whether what was named before is said to be in order, and nothing else of it: then another thing is not."""
        found = _IS_IN_ORDER.match(self.text, at)
        return found is not None and (found.end() in self.ends or found.end() == len(self.text))

    def _says_of(self, named: _Span, others: list[_There], gap: int) -> bool:
        """Whether the second part is said of what is named, with the others near."""
        said, *more = others
        sentence = bisect_right(self.ends, named[0])
        high = self.ends[sentence] if sentence < len(self.ends) else len(self.text)
        for wording in said:
            low = max(0, named[0] - _BEHIND_IT - wording.longest)
            for span in self.places(wording, low, min(high, named[1] + gap + wording.longest)):
                if self._is_of(named, span, gap):
                    spans = [named, span, *(one for part in more if (one := self._near(part, named, gap)))]
                    told = span[1] <= named[0] and self._is_told(span[0], spans)
                    if len(spans) > len(others) and not told and not self._denied(spans, high):
                        return True
        return False

    def _is_of(self, named: _Span, said: _Span, gap: int) -> bool:
        behind = said[1] <= named[0] <= said[1] + _BEHIND_IT
        # As a form or a log has it: RD Gateway: unreachable.
        headed = said[0] == named[1] and named[1] in self.colons
        if not (behind or named[1] <= said[0] <= named[1] + gap) or not (headed or self._in_one_clause(named, said)):
            return False
        if self._is_done_to(named, said, behind=behind):
            return False
        # Of something that it has: the remote desktop computer's printer.
        if any(self.before.get(at) == "s" for at in range(named[1], said[0])):
            return False
        # Or of what is called after it: a remote desktop course.
        if gap == _GAPS[_OF_IT] and not behind and not self._is_its_own(named[1], said[0]):
            return False
        return not (_WHERE_BEHIND.match(self.text, named[1]) or self._is_a_place(named[0], behind=behind))

    def _is_done_to(self, named: _Span, said: _Span, *, behind: bool) -> bool:
        """Whether somebody does it, who is named: I closed the session, ich habe die Sitzung geschlossen."""
        if _DOES_TO.match(self.text, said[0]):
            clause = bisect_right(self.clauses, said[0])
            return behind and bool(_WHO_DOES.search(self.text, self.clauses[clause - 1] if clause else 0, said[0]))
        if _CLOSES_IT.match(self.text, said[0]):
            return _DONE_TO.match(self.text, named[1]) is not None
        if not _DOES.match(self.text, said[0]):
            return False
        words = self._words_before(said[0] if behind else named[0], _ARTICLES | _OWN - _PEOPLE)
        did = [word for word in words[:_WORDS_BEFORE_A_VERB] if word in _HAVE]
        who = next((word for word in words if word not in _HAVE), "")
        # The verb alone is said of what stands before it, too: ich sehe, die Sitzung schliesst.
        return who in _PEOPLE and (behind or bool(did))

    def _words_before(self, at: int, passed_over: frozenset[str]) -> list[str]:
        """Some words before a place in its clause, the next one first."""
        clause = bisect_right(self.clauses, at)
        begin = self.clauses[clause - 1] if clause else 0
        words: list[str] = []
        while at > begin and len(words) <= _WORDS_BEFORE_A_VERB:
            word = self.before.get(at, "")
            at -= len(word) or at
            if words or word not in passed_over:
                words.append(word)
        return words

    def _is_its_own(self, low: int, high: int) -> bool:
        """Whether the words between a name and what is said of it are its connection or session, or tell how often."""
        ends = [at for at in range(low + 1, high + 1) if at in self.before]
        # The name's own ending is none of them.
        if ends and ends[0] <= low + _LONGEST_ENDING and ends[0] - len(self.before[ends[0]]) < low:
            del ends[0]
        words = [self.before[at] for at in ends]
        if _named_without_spaces().search(self.text, low, high):
            return False
        return all(
            word in _OWN
            or word in _ARTICLES
            or word in _may_be_between()
            or word.endswith(_OWN_ENDS)
            or word[0] >= _FIRST_WITHOUT_SPACES
            for word in words
        )

    def _in_one_clause(self, one: _Span, other: _Span) -> bool:
        first, second = sorted((one, other))
        return bisect_left(self.clauses, first[1]) >= bisect_right(self.clauses, second[0])

    def _near(self, part: _There, named: _Span, gap: int) -> _Span | None:
        for wording in part:
            reach = max(gap, _GAPS[_NEAR]) + wording.longest
            for span in self.places(wording, max(0, named[0] - reach), named[1] + reach):
                if not _overlap(span, [named]) and self._in_one_clause(named, span):
                    return span
        return None

    def _is_told(self, at: int, spans: list[_Span]) -> bool:
        """Whether it is told of what is named as known: the expired certificate."""
        word = self.before.get(at, "")
        return word in _ARTICLES and not _overlap((at - len(word), at), spans)

    def _is_a_place(self, at: int, *, behind: bool) -> bool:
        """Whether the words before say that something else is there, or belongs to it: the mouse in the session."""
        # A session of its own does not tell where: la sesión RDP.
        word, owner = (*self._words_before(at, (_ARTICLES | _OWN) - _TELLS_WHOSE), "", "")[:_WORDS_BEFORE]
        tells = word in _TELLS_WHERE or (word in _TELLS_WHOSE and not behind)
        if not tells or word in self.no_prepositions:
            return False
        return owner not in _OWN and not owner.endswith(_OWN_ENDS)

    def _within_reach(self, at: int, part: _There) -> bool:
        low, high = max(0, at - self.reach), at + self.reach
        return any(True for wording in part for _place in self.places(wording, low, high))

    def _together(self, first: _Span, others: list[_There], gap: int) -> bool:
        """Whether the other parts are in the same sentence as the first, with no more than ``gap`` between, and nothing
        says no.
        """
        sentence = bisect_right(self.ends, first[0])
        begin = self.ends[sentence - 1] if sentence else 0
        low = max(begin, first[0] - gap)
        high = self.ends[sentence] if sentence < len(self.ends) else len(self.text)
        spans = [first]
        for part in others:
            found = [
                span
                for wording in part
                for span in self.places(
                    wording, max(begin, low - wording.longest), min(high, first[1] + gap + wording.longest)
                )
                if span[1] + gap >= first[0] and span[0] >= low - wording.longest
            ]
            free = [span for span in found if not _overlap(span, spans)]
            if not free:
                return False
            # Of one place the longest: it may have the word that says no as its own.
            spans.append(min(free, key=lambda span: (max(first[0] - span[1], span[0] - first[1]), span[0] - span[1])))
        return not self._denied(spans, high)

    def _left_open(self, at: int) -> bool:
        """Whether the words before say that there is none, or leave it open: no account is, whether the account is."""
        return at in self.denied or any(low <= at <= low + _ARTICLE for low in self.left_open)

    def _denied(self, spans: list[_Span], high: int) -> bool:
        low, end = min(spans)[0], max(span[1] for span in spans)
        at = bisect_left(self.says_no, (low, 0))
        word = self.before.get(low, "")
        before = low - len(word) * (word in _ARTICLES or word in _OF_NONE)
        last = self.says_no[at - 1][1] if at else -1
        if self._left_open(low) or (last in (low, before) and last not in self.clauses):
            return True  # no account, not locked, pas de compte
        for no in self.says_no[at:]:
            if no[0] >= end:
                break
            if not _overlap(no, spans):
                return True
        found = [*_NOT_BEFORE.finditer(self.text, low, end)]
        behind = min(self._end_of_clause(end, high), end + _AFTER)
        another = _SAID_OF_ANOTHER.search(self.text, end, behind)
        found += _NOT_BEHIND.finditer(self.text, low, another.start() if another else behind)
        return any(not _overlap(no.span(), spans) for no in found) or self._or_not(end, high)

    def _end_of_clause(self, at: int, high: int) -> int:
        clause = bisect_left(self.clauses, at)
        return min(high, self.clauses[clause]) if clause < len(self.clauses) else high

    def _or_not(self, at: int, high: int) -> bool:
        """In Chinese: whether the words behind ask whether it is so, or say that it is not."""
        found = _OR_NOT.match(self.text, at, high)
        return bool(found and (found["come"] or found.end() == self._end_of_clause(at, high)))


def _overlap(one: _Span, spans: list[_Span]) -> bool:
    return any(one[0] < end and start < one[1] for start, end in spans)


def find(text: str, *, beside_a_code: bool = False) -> tuple[str, str, int] | None:
    """The sentence that a plain text has, with the kind and number of its code; None if it has none. Where no code is
    beside it, words that are mistyped by a letter are taken for what they should be.
    """
    text = _JOINED.sub(r"\1 ", text)
    reach = _REACH[beside_a_code]
    rows = _rows(_BESIDE_A_CODE if beside_a_code else _TABLES)
    row = _find(text, rows, reach)
    if row is None and not beside_a_code:
        tried = (_find(one, rows, reach) for one in dict.fromkeys(_as_meant(text)))
        row = next(filter(None, tried), None)
    return row if row and row[1] else None


def _find(text: str, rows: _Rows, reach: int) -> Row | None:
    texts = [_Text(one, reach) for one in dict.fromkeys((text, _PREFIX.sub(" ", text)))]
    # Both in one, apart from each other by what no wording has.
    heads = rows.heads_of(" ".join(one.text for one in texts))
    for one in texts:
        one.heads = heads
    looked_at = rows.of(heads)
    return next((row for pattern, row in looked_at if any(one.has(pattern) for one in texts)), None)
