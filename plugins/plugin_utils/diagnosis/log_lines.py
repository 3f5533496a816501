# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events and logs that stand where a dialog was asked for: numbers in them that belong to a table of their own, and
lines that Windows writes whether or not something is wrong.

What is taken or left aside is blanked out, so that nothing else reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import (
    ALERT,
    DISCONNECT,
    ERRINFO,
    EXTENDED,
    KERBEROS,
    NEGOTIATION,
    STATUS,
    WARNED_BY_CLIENT,
    lookup,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import GATEWAYS, nt_of

SEC_E_ALGORITHM_MISMATCH = 0x80090331


@dataclass
class Lines:
    """``text`` is what is left to be read, ``codes`` the words, kind and number of each code that was taken, and
    ``unread`` says what was left aside.
    """

    text: str
    codes: list[tuple[str, str, int]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def take(self, found: re.Match[str], kind: str, number: int) -> None:
        self.codes.append((found[0].strip(), kind, number))
        self.blank(found.span())

    def blank(self, span: tuple[int, int]) -> None:
        low, high = span
        self.text = self.text[:low] + " " * (high - low) + self.text[high:]


def _found(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """A space stands for any that a line may be broken at. Patterns are compiled when a text comes."""
    return re.finditer(pattern.replace(" ", r"\s+"), text, re.IGNORECASE)


def _has(pattern: str, text: str) -> bool:
    return any(True for _one in _found(pattern, text))


# What is written for connections that work, too, by Windows each with the event that it is; it is no cause.
_NOISE = (
    # rdesktop trusts from then on what it was shown.
    r"(?P<rdesktop>Certificate received from server is NOT trusted by this system), an exception has been added[^\n.]*"
    # TerminalServices-RemoteConnectionManager, RemoteDesktopServices-RdpCoreTS, and Schannel for any client on the host
    r"|(?P<m1152>KVP sessions string)[^§]{0,60}?0x[0-9a-f]{8}"
    r"|(?P<m226>RDP_(?:TCP|UDP)\w{0,40}: An error was encountered when transitioning)[^§]{0,200}?0x[0-9a-f]{8}"
    r"|(?P<m227>CUMRDP\w{1,40}::)[^§]{0,120}?0x[0-9a-f]{8}"
    r"|(?P<m36871>internal error state (?:is|was) 100(?:10|11|13)\b)"
)
# What technicians paste of the host beside a complaint: values of its registry, how its services ended, the heading of
# a table of who is logged on, in the languages of Windows. No client shows such numbers and words.
_PRINTED = (
    r"(?P<reg>REG_[DQ]WORD\w{0,14}(?:[^\S\n]+/d)?[^\S\n]+0x[0-9a-f]{1,16})"
    r"|(?P<sc>(?:(?:WIN32|SERVICE)_EXIT_CODE|CHECKPOINT|WAIT_HINT)[^\S\n]*:[^\n]{0,60})"
    r"|(?P<quser>(?-i:(?:USER|BENUTZER|UTILISATEUR|USUARIO|USUÁRIO|UTENTE|GEBRUIKER|UŻYTKOWNIKA|ПОЛЬЗОВАТЕЛЬ)"
    r"[^\n]{1,40}?(?:SESSION|SITZUNG|SESI|SESS|SESJ|СЕАНС)[^\n]{0,40}?\bID\b[^\n]{0,80}))"
)
# The reason in event 40 of TerminalServices-LocalSessionManager, in words or in XML: the host's error info.
_SESSION_REASON = (
    r"(?:reason code|ursachencode|code de (?:raison|motif)|c[oó]digo d[eo]l? (?:motivo|raz[oó]n)|codice motivo"
    r"|redencode|kod przyczyny|код причины|理由コード|原因代码|이유 코드)\W{0,3}(\d{1,2})\b|<Reason>(\d{1,2})</Reason>"
)
_LAST_SESSION_REASON = 12
# Windows' own control as programs write of it: [Unknown extended disconnection reason 1040], ExtendedDisconnectReason.
# A number of licences or of the broker is none that stands for anything else; a small one is the second of a pair.
_EXTENDED_REASON = r"\bextended[ _-]?(?:dis\w{1,12}[ _-]?)?reason(?:[ _-]?code)?\W{0,4}(\d{1,4})(?![\w/]|\.\d)"
_FIRST_OF_LICENCES = 0x100
_BESIDE_ANYTHING = 7  # Shown with any connection that broke: alone it says nothing.
_ANOTHER_CODE = r"0x[0-9a-f]|(?:reason|code|error|disconnected)\W{0,8}\d"
# Kerberos' own result codes: events 4768, 4769 and 4771 (RFC 4120, section 7.5.9).
_OF_KERBEROS = r"\b(?:4768|4769|4771|krbtgt|TGT|kerberos pre-?authentication)\b"
_RESULT = (
    r"(?:code|c[oó]digo|codice|k[oó]d|код|代码|コード|코드|status)[^\n:=>]{0,24}[:=>][\s\"'\\trn]{0,12}"
    r"0x([0-9a-f]{1,2})(?![0-9a-z])"
)
# In a client's dialog the word for extended goes before or behind a code as small; in some languages behind the word
# for a code.
_EXTENDED = (
    "exten[ds]|erweitert|étend|ampliad|estes|uitgebreid|rozszerz|rozšíř|utökad|utvid|udvid|laajenn|bővít|genişlet"
    "|расширен|розширен|拡張|扩展|擴充|확장"
)
_NEAR = 24
# Their other numbers: encryption types and options of the ticket.
_OF_A_TICKET = r"0x(?!c000|8009|3000)(?:[0-9a-f]{1,2}|[0-9a-f]{5,8})(?![0-9a-z])"
_NO_SUITE = r"none of the cipher suites supported by the client|schannel\D{0,80}\b36874\b"
# Events 36887 (the other side's alert) and 36888 (the host's own) of Schannel.
_SCHANNEL_ALERT = r"fatal (?:alert|error) code is (\d{1,3})\b|<Data Name=['\"]AlertDesc['\"]>(\d{1,3})<"
_RECEIVED = r"\b36887\b|received from the remote"
# The last four bytes of what TermDD's event 56 carries are a status:
# https://techcommunity.microsoft.com/t5/ask-the-performance-team/the-curious-case-of-event-id-56-with-source-termdd/ba-p/374553
_TERMDD_DATA = r"<Binary>[0-9A-F]{40,}?([0-9A-F]{8})</Binary>"


# What the host answers to a client's request (MS-RDPBCGR, RDP_NEG_FAILURE), where a text names it and gives the number;
# the name of a failure speaks for itself. A number is a code's behind a word for one, behind a colon with no word after
# it, or at the end: others count attempts, minutes and people, and nobody counts with 0x. Repeats are bounded, or a
# long text is read again and again. cc240507 is that structure's page, as node-rdpjs and mstsc.js quote it with its
# numbers.
_A_NEGOTIATION_FAILED = (
    r"(?:nego\w{0,12}[ _-](?:fail|err)\w{0,6}|(?:ver|aus)handlung\w{0,8} (?:ist )?fehl\w{0,12}|verhandlungsfehler"
    r"|(?:chec|erreur|error|fallo|errore|falha) (?:de|di|en|na)(?: la)? n[e\u00e9]go\w{0,12})"
)
_NEGOTIATION_FAILED = (
    rf"neg_(?:failure|failed)|{_A_NEGOTIATION_FAILED}|fail\w{{0,6}} (?:to )?nego|x\.224|cc240507"
    r"|failurecode\W{1,4}0x0{7}[1-6]"
)
_BEFORE_IT = r"[\s:=\"'(\[]{0,6}(?:is )?"
_ANSWER = r"(0x0{0,7}[1-6]|[1-6])(?![\w/]|\.\w)(?! of\b)"
# Nobody else has this name, or writes a number so.
_UNMISTAKABLE = (
    rf"(?:neg_fail(?:ure|ed)(?:\W{{1,6}}failure[ _-]?code|[ _-]?code)?"
    rf"|nego\w{{0,12}} fail\w{{0,6}}(?={_BEFORE_IT}0x0{{7}}))"
    rf"{_BEFORE_IT}{_ANSWER}"
)
_FAILURE = (
    r"(?:(?:(?:failure|fail|nego\w{0,12})[ _-]?code|nego\w{0,12} fail\w{0,6}(?:,? (?:failure )?code))"
    rf"(?:[ \t]*code)?{_BEFORE_IT}|nego\w{{0,12}} fail\w{{0,6}}[ \t]*[:=][ \t]*(?!\d[ \t]+[^\W\d_])"
    r"|nego\w{0,12} fail\w{0,6}[\s(\[]{1,3}(?=[1-6][)\]]?\s{0,3}(?:[.;\n]|$))"
    r"|nego\w{0,12} fail\w{0,6} with (?:the )?(?:failure |error )?code "
    rf"|{_A_NEGOTIATION_FAILED}(?:[ _-]code)?{_BEFORE_IT}(?=0x)"
    rf"|fail\w{{0,6}} (?:to )?nego\w{{0,12}}(?: \w{{2,9}}){{0,2}}{_BEFORE_IT}(?=0x))"
    rf"{_ANSWER}"
)
# Others negotiate, too, and number their failures, which no reader takes for anything else.
_NEGOTIATION_OF_ANOTHER = (
    r"\b(?:vpn|ike(?:v[12])?|ipsec|l2tp|pptp|sstp|ppp|sip|smtp|smb\d?|wi-?fi|license|licen[cs]ing)\b"
)
_NEAR_A_NEGOTIATION = 60
_END_OF_A_SENTENCE = re.compile(r"[.!?]\s")

# What events 200 to 304 of TerminalServices-Gateway give is the Win32 error inside the status that clients are sent.
_GATEWAY_S = r"gateway|authorization policy|autorisierungsrichtlinie|d'autorisation|autorizzazione|de autor"
_GATEWAY_ERROR = (
    r"(?:err[eo]|fehler|b[lł][aą]d|ошибк|エラー|错误|錯誤|오류)[^\d]{0,40}(?<![\w.,/-])(2[23]\d{3})(?![\w/:-]|[.,]\d)"
)
_WIN32 = 0x80070000

# What tools say of each port that they tried (nmap, PortQry, nc, Test-NetConnection), and of those nmap leaves out.
_TRIED = (
    r"(?<!\d)(?P<nmap>\d{1,5})/tcp (?:open|closed|filtered)\S{0,10}"
    r"|TCP port (?P<portqry>\d{1,5}) \([^()\n]{1,40}\): (?:NOT LISTENING|LISTENING|FILTERED)"
    r"|(?:port (?P<nc>\d{1,5}) \(tcp\)|(?<!\d)(?P<netcat>\d{1,5}) port \[tcp/[^\]\n]{1,30}\]) failed: [\w ]{1,40}"
    r"|TCP connect to \([^()]{1,80}: (?P<warning>\d{1,5})\) failed"
    r"|RemotePort\s*: (?P<remote>\d{1,5})\b[^§]{0,300}?TcpTestSucceeded\s*: \w+"
    r"|Not shown: \d{1,5} (?:filtered|closed)"
)
_PORT = "3389"

# Kinds of logon in event 4625 that are none of Remote Desktop's:
# https://learn.microsoft.com/windows-server/identity/securing-privileged-access/reference-tools-logon-types
_LOGON_TYPE = (
    r"(?:logon\s?type|anmeldetyp|type d.ouverture de session|tipo de inicio de sesi[oó]n|tipo di accesso|tipo de logon"
    r"|aanmeldingstype|typ logowania|typ p[rř]ihl[aá][sš]en[ií]|inloggningstyp|oturum a[cç]ma t[uü]r[uü]|тип входа"
    r"|ログオン\s?タイプ|ログオンの種類|登录类型|登入類型|로그온 유형)['\"]?\s{0,3}[:：>]\s{0,24}(\d{1,2})(?!\d)"
)
_LOGONS_OF_OTHERS = {4: "batch", 5: "service", 8: "with a password in clear", 9: "with other credentials"}
# Of such an event: what it says went wrong, in words and numbers.
_WENT_WRONG = (
    r"(?:an account failed to log on|(?:failure reason|fehlerursache|fehlergrund|raison de l.[eé]chec"
    r"|(?:motivo|raz[oó]n) del? (?:error|fallo)|motivo (?:dell.)?errore|motivo da falha|reden van (?:de )?fout"
    r"|przyczyna niepowodzenia|d[uů]vod selh[aá]n[ií]|felorsak|hata nedeni|причина ошибки|失敗の(?:原因|理由)|失败原因"
    r"|失敗原因|실패 이유)\s{0,3}[:：][^\n]{0,200})"
    r"|0xC000[0-9a-f]{4}(?![0-9a-z])|%%23\d\d"
)
# Where an event begins: as text, as XML, in a list, or with what was pasted of it. Before the first may stand what a
# client showed.
_EVENT_BEGINS = (
    r"Log Name:|Protokollname:|Nom du journal|Nombre de registro|<Event(?: |>)|Event\[\d{1,5}\]|\b4625\b"
    r"|an account failed to log on"
)

# FreeRDP's log up to where it first has a picture: what was tried before came to an end, and the session was made. That
# it broke and was made again is a complaint.
_A_LINE = r"\[[\d:]{8,12}\]\s?\[[\w:]{1,24}\]\s?\[[A-Z]{4,5}\]\[com\.(?:freerdp|winpr)[\w.]{0,60}\]"
_HAS_A_PICTURE = r"(?:Local|Remote) framebuffer format"
# A line that a log's was broken into begins with no capital; one that does has somebody's own words.
_OWN_WORDS = re.compile(r"\n[ \t\r]*(?:\n|(?![a-z])[^\W\d_])")


# What the host's own log has of a client that broke off in the handshake (event 139 of RdpCoreTS): what the client says
# of it goes before. Of a certificate without its key, of no suite in common, and of a logon that it refused (which
# NTSTATUS are of as well), the host's word is the better one.
_BROKE_OFF = r"security layer detected an error \(0x([0-9a-f]{8})\)"
_OF_THE_HOST = (0x8009030C, 0x8009030D, 0x8009030E, SEC_E_ALGORITHM_MISMATCH)
_AN_NTSTATUS = 0xC0000000


def of_who_broke_off(text: str) -> set[int]:
    """The statuses that the host logged of clients that broke off."""
    logged = (int(found[1], 16) for found in _found(_BROKE_OFF, text))
    return {number for number in logged if number < _AN_NTSTATUS and number not in _OF_THE_HOST}


def read(text: str) -> Lines:
    lines = Lines(text)
    _leave_what_tools_print(lines)
    _leave_noise(lines)
    for event in (
        _of_a_session,
        _of_an_extended_reason,
        _of_kerberos,
        _of_a_negotiation,
        _of_schannel,
        _of_termdd,
        _of_a_gateway,
        _of_other_ports,
        _of_other_logons,
        _of_a_session_that_was_made,
    ):
        event(lines)
    return lines


def _leave_what_tools_print(lines: Lines) -> None:
    for found in _found(_PRINTED, lines.text):
        lines.blank(found.span())
        said = f"what {found.lastgroup}.exe prints of a host was left aside: it is no code of a client"
        if said not in lines.unread:
            lines.unread.append(said)


def _leave_noise(lines: Lines) -> None:
    for found in _found(_NOISE, lines.text):
        lines.blank(found.span())
        writer = found.lastgroup or ""
        words = " ".join(found[writer].split())
        said = (
            f"{words!r} ({writer.replace('m', 'event ')}) is written for connections that work, too: it names no cause"
        )
        if said not in lines.unread:
            lines.unread.append(said)


def _of_a_session(lines: Lines) -> None:
    for found in _found(_SESSION_REASON, lines.text):
        number = int(found[1] or found[2])
        if 0 < number <= _LAST_SESSION_REASON:
            lines.take(found, ERRINFO, number)


def _of_an_extended_reason(lines: Lines) -> None:
    for found in _found(_EXTENDED_REASON, lines.text):
        number = int(found[1])
        alone = not _has(_ANOTHER_CODE, lines.text[: found.start()] + "\n" + lines.text[found.end() :])
        told = alone and number not in (0, _BESIDE_ANYTHING)
        if lookup(EXTENDED, number) and (told or number >= _FIRST_OF_LICENCES):
            lines.take(found, EXTENDED, number)


def _of_kerberos(lines: Lines) -> None:
    if not _has(_OF_KERBEROS, lines.text):
        return
    of_a_dialog: set[int] = set()
    for found in _found(_RESULT, lines.text):
        error = KERBEROS.get(int(found[1], 16))
        if _has(_EXTENDED, lines.text[max(0, found.start() - _NEAR) : found.end() + _NEAR]):
            of_a_dialog.add(found.end())
        elif error:
            lines.take(found, *error.code)
    for found in _found(_OF_A_TICKET, lines.text):
        if found.end() not in of_a_dialog:
            lines.blank(found.span())


def _of_a_negotiation(lines: Lines) -> None:
    if not _has(_NEGOTIATION_FAILED, lines.text):
        return
    for found in _found(_UNMISTAKABLE, lines.text):
        lines.take(found, NEGOTIATION, int(found[1], 0))
    for found in _found(_FAILURE, lines.text):
        before = lines.text[max(0, found.start() - _NEAR_A_NEGOTIATION) : found.end()]
        if _has(_NEGOTIATION_OF_ANOTHER, _END_OF_A_SENTENCE.split(before)[-1]):
            lines.blank(found.span(1))
        elif not _has(_EXTENDED, lines.text[found.end() : found.end() + _NEAR]):
            lines.take(found, NEGOTIATION, int(found[1], 0))


def _of_schannel(lines: Lines) -> None:
    without = next(_found(_NO_SUITE, lines.text), None)
    if without:
        lines.take(without, STATUS, SEC_E_ALGORITHM_MISMATCH)
    received = _has(_RECEIVED, lines.text)
    for found in _found(_SCHANNEL_ALERT, lines.text):
        alert = int(found[1] or found[2])
        refused = WARNED_BY_CLIENT.get(alert) if received else None
        if refused:
            lines.take(found, DISCONNECT, refused)
        else:
            lines.take(found, ALERT, alert)


def _of_termdd(lines: Lines) -> None:
    if "termdd" not in lines.text.lower():
        return
    for found in _found(_TERMDD_DATA, lines.text):
        lines.take(found, STATUS, nt_of(int.from_bytes(bytes.fromhex(found[1]), "little")))


def _of_a_gateway(lines: Lines) -> None:
    if not _has(_GATEWAY_S, lines.text):
        return
    for found in _found(_GATEWAY_ERROR, lines.text):
        if _WIN32 | int(found[1]) in GATEWAYS:
            lines.take(found, STATUS, _WIN32 | int(found[1]))


def _of_other_ports(lines: Lines) -> None:
    """Beside Remote Desktop's own port the others say nothing of it."""
    if _PORT not in lines.text:
        return
    for found in _found(_TRIED, lines.text):
        if _PORT not in found.groupdict().values():
            lines.blank(found.span())


def _of_other_logons(lines: Lines) -> None:
    """Events of logons that other programs make, of which any host has some. One that names a logon of Remote Desktop
    as well is kept.
    """
    begins = [found.start() for found in _found(_EVENT_BEGINS, lines.text)]
    ends = [*begins, len(lines.text)]
    first = next((found.start() for found in _found(_LOGON_TYPE, lines.text)), ends[0])
    left: dict[str, None] = {}
    for low, high in zip([min(first, ends[0]), *begins], ends, strict=True):
        event = lines.text[low:high]
        types = [*_found(_LOGON_TYPE, event)]
        wrong = [*_found(_WENT_WRONG, event)]
        kinds = {kind: _LOGONS_OF_OTHERS.get(int(kind)) for kind in (found[1] for found in types)}
        if wrong and kinds and all(kinds.values()):
            for found in (*types, *wrong):
                lines.blank((low + found.start(), low + found.end()))
            left |= dict.fromkeys(
                f"a logon of type {kind} ({name}) is not one of Remote Desktop's: it was left aside"
                for kind, name in kinds.items()
            )
    lines.unread += left


def _of_a_session_that_was_made(lines: Lines) -> None:
    """What FreeRDP logged before a session came about is over, errors of what it tried first among it."""
    picture = next((found.start() for found in _found(_HAS_A_PICTURE, lines.text)), 0)
    starts = [found.start() for found in _found(_A_LINE, lines.text) if found.start() < picture]
    for low, high in zip(starts, [*starts[1:], picture], strict=False):
        own = _OWN_WORDS.search(lines.text, low, high)
        lines.blank((low, own.start() if own else high))
    if starts:
        lines.unread.append("what FreeRDP logged before its first session began was left aside")
