# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a text is about, before anything in it is read: a statement that another program's name or message stands in is
that program's; one that says that it is solved, that asks what would be, or that denies a code is no complaint.

Such statements are blanked out, so that what else the text says counts. Words of Remote Desktop in a statement keep it,
unless they say that it works. In doubt a statement is kept: whoever asks mostly pastes what the client showed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.sentences import folded
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.wordings import REMOTE_DESKTOP

# Regular expressions for a text as ``folded`` has it, where a space stands for any that a line may be broken at.
_OURS = (
    r"rdp|mstsc|msrdc|[xw]?freerdp\w*|rdesktop|remmina|guacamole|guacd|terminal ?server|remote ?computer|remote ?pc"
    r"|remoteapp|windows app|avd|azure virtual desktop|windows 365|credssp|nla|network level|rd gateway|termservice"
    r"|err(?:connect|info)_\w+|ms-wbt\S*|3389/tcp|3389 port|port 3389|remoteport : 3389|extended error code"
    # Its own codes; those of others are longer.
    r"|0x[1-9a-f][0-9a-f]{2,3}(?![0-9a-z])"
    # The oracle that CredSSP guards against is no database.
    r"|encryption|verschlussel\w*|chiffrement|cifrado|crittografia|criptografia|szyfrow\w*|шифрован\w*"
)
_WORKS = (
    r"(?: (?!not|nicht|ne|no|non|nao|не|nie|ne)\w+){0,4}? (?:works?|is fine|geht|funktioniert|lauft|fonctionne|marche"
    r"|funciona|funziona|werkt|dziala|funguje|mukodik|calisiyor|fungerar|fungerer|virker|toimii|работает)"
    r"(?! (?:not|nicht|pas|plus|niet|inte|ikke|only|nur))"
)
# What stands in messages of these programs and libraries alone, so that the whole text is theirs.
_MESSAGES = (
    r"(?:ora|tns|pls)-\d{4,5}|sbie\d{4}|530 (?:login|user|not logged)|psql:|ssh:(?!//)|sudo:|npm err!|curl: \(\d"
    r"|error \d{4} \([0-9a-z]{5}\)|sqlstate|password authentication failed|login failed for user"
    # SQL Server's 18456, in its translations.
    r"|fehler bei der anmeldung fur den benutzer|echec de l'ouverture de session de l'utilisateur '"
    r"|error de inicio de sesion del usuario|accesso non riuscito per l'utente '|falha de logon do usuario"
    r"|ошибка входа пользователя"
    # Of what other programs are written in, and of OpenSSH.
    r"|_ssl\.c:\d+|ssl_connect returned=|java\.sql\.|userauth-request|mm_answer_auth|port \d{1,5} ssh2"
    r"|auth: ?received control message|smbprotocol\.|nt_status_\w+|kdc_error:|net::err_|psremotingtransport"
    # How a line begins that OpenVPN, SSH, Ansible over WinRM, Git, LDAP, Kubernetes, or a client of HTTP logs.
    r"|verify error: depth=|tls error: (?:tls|unroutable|local/remote|incoming)|tls_error: bio"
    r"|(?:kex|ssh)_exchange_identification|ssh_dispatch_run_fatal|permission denied \(publickey"
    r"|host key verification failed|connection (?:reset|closed) by (?:\S+ ){1,4}port \d{1,5}(?:\s|$)"
    r"|unreachable! ?=>|(?:ntlm|kerberos|basic|certificate|credssp|plaintext|ssl): (?:the specified credentials were"
    r" rejected by the server|httpsconnectionpool|auth method)|httpsconnectionpool\(|winrm\w*(?:error|fault)"
    r"|fatal: (?:authentication failed for|unable to access|could not read from remote)|ldaperr: dsid|ldap_bind:"
    r"|mongo(?:server)?error|wrongpass|noauth authentication|error response from daemon|mount error\(\d|rsync:"
    # Replies of FTP and SMTP, behind what FileZilla calls them or with an enhanced status; those of HTTP are others.
    r"|(?:response|antwort|reponse|respuesta|risposta|resposta|antwoord|odpowiedz|odpoved|valasz|yanit|svar|vastaus"
    r"|ответ|відповідь):\s{1,8}(?:2[235]\d|33\d|42[156]|45[0-2]|53\d|55\d) "
    r"|[45]\d\d[\x20-][45]\.\d{1,2}\.\d{1,3}(?![\d.])"
)
_PROGRAMS = (
    r"oracle|ords|sql ?-?server|sqlcmd|mysql|mariadb|postgres(?:ql)?|mongodb|redis|sap|confluence|jira|sharepoint"
    r"|onedrive|outlook|thunderbird|exchange[ -](?:server|online)|wordpress|apache|nginx|iis|s?ftp(?:[ -]server)?"
    r"|filezilla|winscp|putty|teamviewer|anydesk|openvpn|smbclient|cifs|mount a drive|network drive|netzlaufwerk"
    r"|lecteur reseau|unidad de red|kerbrute|ldap|imap|smtp|web ?shop|web ?server|mail ?server|print ?server"
    r"|druckserver|photoshop|autocad|autodesk|matlab|netflix|for office|docker pull|pip install|curl|wget"
    r"|kubectl|kubernetes|smb (?:server|share)|samba|crackmapexec|impacket"
)
# Where others listen; a gateway and the web have 443.
_PORTS = (
    r"(?:\bport[\s=:]{1,2}|[\w.]:)(?:2[1235]|110|143|389|445|465|587|636|99[35]|1433|1521|3306|5432|598[56]|6379"
    r"|6443|9200|27017)(?!\d)"
)
# What somebody wants to get into, so that what follows is of it.
_INTO = (
    r"(?:access|connect(?:ing)? to|log(?:ging)? ?in(?: ?to)?|sign(?:ing)? in to|mount|mich (?:an|bei|in)"
    r"|acceder (?:a|au)|connecter (?:a|au)|conectar(?:me)? (?:a|con)|accedere a|entrar (?:no|na|en))"
    r"(?: (?:an?|the|my|our|der|die|das|den|dem|la|le|el|il|o))?"
)
# What people have on the way to Remote Desktop as well: these must say something themselves.
_ON_THE_WAY = r"vpn|ssh|smb|w-?lan|wi-?fi|teams|exchange|office|router|website|webseite|site web|winrm"
_OF = r"(?:for|of)(?: the| our)?|fur(?: das| den| unser)?|vom|zum|du|del|da|do|van (?:de|het)"
_SAYS = (
    r"says|said|shows|reports|complains|keeps asking|asks|answers|meldet|sagt|zeigt|verlangt|affiche|indique|dit"
    r"|signale|demande|dice|muestra|indica|pide|segnala|mostra|chiede|diz|exibe|pede|zegt|meldt|toont|vraagt|pokazuje"
    r"|zglasza|hlasi|ukazuje|kiirja|diyor|gosteriyor|sager|visar|siger|viser|sier|sanoo|сообщает|пишет|показывает"
)
_SOLVED = (
    r"(?:is|are|was|were|been|got|it's|that's) (?:(?!an? )\w+ ){0,2}?"
    r"(?:solved|fixed|resolved|unlocked|sorted out|taken care of)(?! to )"
    r"|(?:ist|wurden?|war|sind|worden|hat sich) (?:\w+ ){0,3}?(?:behoben|gelost|erledigt|entsperrt|geklart|repariert)"
    # Not what is set to something.
    r"|(?:c?est|ete) (?:\w+ ){0,2}?(?:resolu|corrige|debloque|deverrouille|repare|arrange|regle)e?"
    r"(?! (?:a|en|par|sur) )"
    r"|(?:esta|quedo|fue|sido|foi|ficou|stato|stata|e) (?:\w+ ){0,2}?"
    r"(?:resuelt|solucionad|arreglad|desbloquead|resolvid|consertad|risolt|sistemat|sbloccat)[oa]"
    r"|(?:is|werd) (?:\w+ ){0,2}?(?:opgelost|verholpen|ontgrendeld|gefixt|geregeld)"
    r"|(?:zostal[ao]?|jest|juz) (?:\w+ )?(?:rozwiazan|naprawion|odblokowan|zalatwion)[yae]"
    r"|(?:byl[ao]?|je|uz) (?:\w+ )?(?:vyresen|opraven|odemcen)[aoy]?"
    r"|megoldodott|megoldottuk|megjavult|cozuldu|giderildi|duzeldi"
    r"|(?:ar|er|blev|blevet) (?:\w+ )?(?:lost|atgardat|fixat|upplast|rettet|fikset|ordnet)|on (?:ratkaistu|korjattu)"
    r"|(?:проблема|ошибка|уже|была|было) (?:\w+ ){0,2}?(?:решен|устранен|исправлен|починен|разблокирован)[ао]?"
    r"|(?:проблему|помилку|вже|було) (?:\w+ ){0,2}?(?:вирішен|усунен|виправлен|розблокован)[ао]?"
)
# That it is not so yet, or what has been since.
_NOT_SOLVED = (
    r"not|never|\w+n't|isnt|wasnt|arent|werent|hasnt|havent|nicht|pas|jamais|no|nunca|non|mai|nao|niet|ikke|inte|nie"
    r"|neni|nem|не|if|until|once|when|wenn|bis|si|quand|cuando|quando|yet|since|after|nachdem|seit|seitdem|depuis"
    r"|apres|desde|despues|dopo|depois|sinds|nadat|odkad|po tym|после"
)
# How a statement begins that speaks of the ones before it.
_BEFORE = (
    r"\W*(?:that|this|it|these|all|which|everything|das|dies|es|alles|cela|ca|c'est|esto|eso|questo|isso|isto|dat|dit"
    r"|to|det|это|(?:the|der|das|le|el|il|o|het|l') ?(?:problem\w*|issue|error|fehler|erreur)|problem|проблема|ошибка)"
)
# Asked of what has not happened.
_WHAT_WOULD_BE = (
    r"what (?:happens|would happen|if|would)|(?:can|could) (?:that|this|it) happen|was (?:passiert|ware),? wenn"
    r"|kann (?:das|uns das|es) (?:auch )?passieren|que se passe[- ]t[- ]il (?:si|quand)|que (?:pasa|ocurre) si"
    r"|cosa succede se|o que acontece se|wat gebeurt er als|co sie stanie,? (?:jesli|gdy)|co se stane,? kdyz"
    r"|mi tortenik,? ha|vad hander om|hvad sker der hvis|что будет,? если"
)
# What somebody says not to be so, up to the end of the clause.
_DOUBTED = (
    r"(?:do not|don'?t) (?:think|believe)|nobody (?:said|says)|(?:is not|isn'?t|was not|wasn'?t) because"
    r"|rul(?:ed?|ing) out|excluded|hardly ever|(?:glaube|denke) nicht|ausgeschlossen|liegt nicht daran"
    r"|ne (?:crois|pense) pas|n'est pas parce que|avons exclu|no (?:creo|pienso)|no es porque|descartad[oa]"
    r"|descartamos|non (?:credo|penso)|non e perche|abbiamo escluso|nao (?:acho|creio)|nao e porque"
    r"|(?:geloof|denk) niet|niet omdat|nie sadze|nie dlatego|nemyslim|inte for att|tror inte|tror ikke|не думаю"
    r"|не потому|исключили"
)
# A whole question on whether something is so.
_WHETHER = (
    r"(?:is|are|has|was|could|might) (?:the|my|his|her|our|their) (?:[a-z]+ ){1,5}[a-z]+"
    r"|(?:ist|hat|wurde|konnte) (?:das|der|die|mein|meine|sein|unser) (?:[a-z]+ ){1,5}[a-z]+"
)
_CALLED = (
    r"(?:(?:l'|d')?(?:an?|the|this|that|any|more|errors?|codes?|den|die|das|der|fehler|fehlercode|de|du|le|la|el"
    r"|erreur|erro|errore|codigo|codice|fout|blad|bledu|chyba|felkod|hiba|ошиб\w+|помилк\w+|код\w*) ){0,3}"
)
# What says directly before a code that it is not there. No more than a negation would not do: it does not work 0x904.
_DENIES = (
    r"(?:(?:do|does|did) not|(?:don|doesn|didn)'?t|never|nobody|no one|no longer) (?:longer )?"
    r"(?:sees?|saw|gets?|got|ha[sd]|have|receives?|shows?)|(?:is|was|its|it's) not|(?:is|was)n'?t|ist (?:auch )?nicht"
    r"|(?:n'ai|n'a|n'avons|n'ont|ne vois|ne voyons) (?:pas|plus)(?: non plus)?"
    r"|(?:no|tampoco) (?:veo|vemos|tengo|tenemos|hay|sale|aparece|es)"
    r"|(?:non|neanche|nemmeno|neppure) (?:vedo|vediamo|ho|abbiamo|c'e|esce|appare|compare|e)"
    r"|(?:nao|tampouco) (?:vejo|vemos|tenho|temos|ha|sai|aparece|e)|n'est pas|is (?:ook )?niet"
    r"|ar inte|er ikke|это не|це не"
    r"|nie (?:jest|ma|mam|mamy|widze|widzimy)|neni|nem(?:am|ame)|nevid(?:im|ime)|nem latom|nem latjuk"
    r"|(?:ar|er|har|ser|far) heller (?:inte|ikke|ingen)|(?:har|ser|far) (?:inte|ikke)|не (?:вижу|видим|бачу|бачимо)"
    # Of what follows, not of what goes before: there is no connection 0x904.
    r"|(?:нет|немає|nincs|tampoco|tampouco|neanche|nemmeno|neppure|evenmin)"
    r"(?= (?:an? |el |il |l'|o |de |а )?(?:err|cod|fout|ошиб|код|помилк|hiba))|neither|nor|ani"
    r"|(?<!error\s)(?<!code\s)no|keine?n?|aucune?|ningun|nessun|nenhum|geen|zadny|ingen|inget|without"
    r"|instead of|ohne|statt|sans|au lieu|en lugar|en vez|invece|em vez|in plaats van|zamiast"
    r"|misto|i stallet for|i stedet for|вместо"
)
_CODE = r"(0x[0-9a-f]{1,8})(?![0-9a-z])"
_GONE = (
    r"(?:is gone|has gone|no longer (?:appears|occurs|comes)|does(?: not|n'?t) (?:appear|occur|come)|never (?:appears"
    r"|occurs)|(?:kommt|erscheint|tritt) (?:\w+ )?nicht|ist (?:weg|verschwunden)|n'apparait (?:pas|plus)|a disparu"
    r"|no aparece|ya no aparece|non (?:ap|com)pare|nao aparece|verschijnt niet|nie pojawia|не появляется|пропала)"
)
# Of scripts without spaces between words.
_CHINESE_OR_JAPANESE = {
    "ours": "加密|暗号化|암호화",
    "message": r"(?:响应|回应|回應|応答|응답):\s{0,8}[1-5]\d\d\s"
    r"|用户 ?'[^'\n]{1,60}' ?登录失败|ユーザー ?'[^'\n]{1,60}' ?はログインできません",
    "program": "(?<!安全)数据库|データベース",
    "solved": "已经?(?:解决|解決|修复|解锁|解鎖)|解決(?:しました|済|されました)|해결(?:되었|했|됐)",
    "gone": " ?(?:は(?:出|表示され)ません|ではなく|不再出现|没有出现)",
}
# A line of several words ends a statement where the next one is not indented and begins with no small letter.
_END = re.compile(
    r"[.!?;](?=\s|$)|(?<=[^\W\d_A-Z])[.!?;](?=[A-Z])|[。！？；]|\n\s*\n|:(?=[^\S\n]*\n)"
    r"|(?<=[^\s>] )[^\s>.!?;。！？；]+(\n)(?![\sa-zß-öø-ÿа-я])"
)
_TURN = re.compile(
    r"(?<=[\s,;])(?:but|however|aber|sondern|mais|pero|sino|ma|mas|maar|ale|ama|men|но"
    r"|and (?:now|still)|und (?:jetzt|noch immer|trotzdem)|und nun|et maintenant|y ahora|e adesso|e agora)(?=[\s:,])"
    r"|(?<=[,;])\s*(?:now|yet|still|jetzt|nun|maintenant|ahora|adesso|agora|nu|teraz|теперь)(?=\W)|但|しかし|하지만",
    re.IGNORECASE,
)
_CLAUSE = re.compile("[,;:，：]")
_QUESTIONS = ("?", "？")
_SHORT = 3  # Words: Solved, thanks.
_WITHOUT_SPACES = "\u0e00"


def _compiled(words: str, without_spaces: str = "", *, whole: bool = True) -> re.Pattern[str]:
    """Words of languages with spaces, which begin where a word does, and of others."""
    spaced = words.replace(" ?", r"\s*").replace(" ", r"\s+")
    found = rf"(?<![^\W_])(?:{spaced})" + r"(?!\w)" * whole
    return re.compile(f"{found}|{folded(without_spaces)}" if without_spaces else found)


class _Patterns:
    """Compiled when a text comes."""

    def __init__(self) -> None:
        other = _CHINESE_OR_JAPANESE
        called = [one.strip() for one in REMOTE_DESKTOP.split("|")]
        ours = "|".join((_OURS, *(folded(one) for one in called if one[0] < _WITHOUT_SPACES)))
        ours_there = "|".join((other["ours"], *(one for one in called if one[0] >= _WITHOUT_SPACES)))
        self.ours = _compiled(ours, ours_there, whole=False)
        self.works = _compiled(f"(?:{ours}|{_PROGRAMS}|{_ON_THE_WAY}){_WORKS}")
        self.message = _compiled(_MESSAGES, other["message"], whole=False)
        speaks = rf"(?:{_PROGRAMS}|{_ON_THE_WAY})(?:(?: \w+){{0,2}}? (?:{_SAYS})| ?:)"
        self.speaks = _compiled(rf"{speaks}|{_INTO} (?:{_PROGRAMS})")
        on_the_way = rf"(?:{_ON_THE_WAY})(?:(?: \w+){{0,2}}? (?:{_SAYS})| ?:)|(?:{_OF}) (?:{_ON_THE_WAY})"
        # No host, account or file is meant: oracle.example.com, svc-sap, iis-01.
        named = rf"(?<![\\@-])(?:{_PROGRAMS})(?!\.\w|-\w*\d)"
        self.program = _compiled(f"{named}|{on_the_way}", f"{other['program']}|{_PORTS}")
        self.solved = _compiled(_SOLVED, other["solved"])
        self.not_solved = _compiled(_NOT_SOLVED)
        self.speaks_of_before = _compiled(_BEFORE)
        self.what_would_be = _compiled(_WHAT_WOULD_BE)
        self.doubted = _compiled(_DOUBTED)
        self.whether = re.compile(rf"(?:^|[:>„“\"«])\s*(?:{_WHETHER})\W*$".replace(" ", r"\s+"))
        self.denied = _compiled(f"(?:{_DENIES}) {_CALLED}{_CODE}")
        self.gone = _compiled(f"{_CODE}(?: (?:{_GONE})|{folded(other['gone'])})", whole=False)

    def complained_of(self, text: str) -> str:
        """A text as it is compared, without what it says to work."""
        return self.works.sub(" ", folded(text))


_patterns = cache(_Patterns)


@dataclass
class _Left:
    """A text, and what of it is left to be read."""

    text: str
    unread: dict[str, None] = field(default_factory=dict)

    def leave(self, low: int, high: int, why: str) -> None:
        # Not even what is before and behind belongs together.
        self.text = self.text[:low] + "." * (high > low) + " " * (high - low - 1) + self.text[high:]
        self.unread[why] = None

    def leave_code(self, low: int, high: int, code: str) -> None:
        part = re.sub(re.escape(code), lambda found: " " * len(found[0]), self.text[low:high], flags=re.IGNORECASE)
        self.text = self.text[:low] + part + self.text[high:]
        self.unread[_NOT_SO] = None


_ANOTHER_S = "what another program says was left aside"
_OVER = "what is said to be solved was left aside"
_NOT_SO = "what is said not to be so was left aside"
_ASKED = "what is only asked was left aside"


def complaints(text: str) -> tuple[str, list[str]]:
    """What of a text is a complaint of Remote Desktop as far as can be told, in its place, and what was left aside, in
    words.
    """
    patterns, words = _patterns(), folded(text)
    foreign = bool(patterns.message.search(words))
    left = _Left(text)
    if foreign and not patterns.ours.search(patterns.complained_of(text)):
        left.leave(0, len(text), _ANOTHER_S)
    else:
        for judge, may_be in (
            (_of_another, foreign or patterns.program.search(words)),
            (_solved, patterns.solved.search(words)),
            (_denied, patterns.denied.search(words) or patterns.gone.search(words)),
            (_asked, "?" in words),
            (_doubted, patterns.doubted.search(words)),
        ):
            if may_be:
                judge(left, patterns)
    return left.text, list(left.unread)


def _statements(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each begins and ends, and the mark at its end."""
    low = 0
    for end in _END.finditer(text):
        yield low, end.start(1) if end[1] else end.start(), end[0]
        low = end.end()
    yield low, len(text), ""


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Statements, each from one turn (but, now) to the next."""
    for low, high, _mark in _statements(text):
        turns = [found.start() for found in _TURN.finditer(text, low, high)]
        yield from zip((low, *turns), (*turns, high), strict=True)


def _of_another(left: _Left, patterns: _Patterns) -> None:
    """What another program says goes on until Remote Desktop is named, a code is, or the text turns."""
    goes_on = False
    for low, high in _parts(left.text):
        words = patterns.complained_of(left.text[low:high])
        if patterns.ours.search(words):
            goes_on = False
        elif patterns.program.search(words) or patterns.message.search(words):
            goes_on = bool(patterns.speaks.search(words))
            left.leave(low, high, _ANOTHER_S)
        elif goes_on and "0x" not in words and not _TURN.match(left.text, low):
            left.leave(low, high, _ANOTHER_S)
        else:
            goes_on = goes_on and not words.strip()


def _solved(left: _Left, patterns: _Patterns) -> None:
    ends = {high: mark for _low, high, mark in _statements(left.text)}
    for low, high in _parts(left.text):
        words = folded(left.text[low:high])
        found = patterns.solved.search(words)
        if not found or ends.get(high) in _QUESTIONS:
            continue
        clause = max((one.end() for one in _CLAUSE.finditer(words, 0, found.start())), default=0)
        if patterns.not_solved.search(words, clause, found.end()):
            continue
        before = patterns.speaks_of_before.match(words) or len(words.split()) <= _SHORT
        left.leave(0 if before else low, _end_of_clause(words, found.end(), high), _OVER)


def _end_of_clause(words: str, at: int, high: int) -> int:
    """Where the clause ends in the text, whose part ends at ``high``: folding may have made what is before shorter."""
    rest = _CLAUSE.search(words, at)
    return high - (len(words) - rest.start()) if rest else high


def _denied(left: _Left, patterns: _Patterns) -> None:
    for low, high in _parts(left.text):
        words = folded(left.text[low:high])
        for pattern in (patterns.denied, patterns.gone):
            for found in pattern.finditer(words):
                left.leave_code(low, high, found[1])


def _doubted(left: _Left, patterns: _Patterns) -> None:
    for low, high in _parts(left.text):
        words = folded(left.text[low:high])
        found = patterns.doubted.search(words)
        if found:
            left.leave(low + found.start(), _end_of_clause(words, found.end(), high), _NOT_SO)


def _asked(left: _Left, patterns: _Patterns) -> None:
    for low, high, mark in _statements(left.text):
        words = folded(left.text[low:high])
        asks = patterns.what_would_be.search(words) or patterns.whether.search(words)
        if asks and mark in _QUESTIONS and "0x" not in words:
            left.leave(low, high, _ASKED)
