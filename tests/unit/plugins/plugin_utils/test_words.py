# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The messages that users' clients show (``tests/data/words``), as they are and as people paste them: each is
understood rightly or not at all.
"""

from __future__ import annotations

import pydoc_data.topics
import re
import tracemalloc
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import client_codes, codes, dialog, sentences
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import ClientCode

from tests.profiles import each, some
from tests.tools.documents import load_yaml

_FOLDER = Path(__file__).parents[3] / "data/words"
LISTS = sorted(path.stem for path in _FOLDER.glob("*.yml"))
_NONE = "none"
Message = dict[str, Any]


@cache
def messages(name: str) -> tuple[Message, ...]:
    return tuple(load_yaml((_FOLDER / f"{name}.yml").read_text(encoding="utf-8"))["messages"])


@cache
def understood(text: str) -> frozenset[str]:
    """The codes that a text is understood as: its own, and the one that Windows' own client shows for it."""
    found = codes.explain(text)
    if not found["known"]:
        return frozenset({_NONE})
    same_as = [f"disconnect {found['same_as']}"] if found["same_as"] else []
    return frozenset({f"{found['kind']} {found['code']}", *same_as})


def wrong(listed: Iterable[Message], change: Callable[[str], str]) -> list[tuple[str, frozenset[str]]]:
    """The messages that come out otherwise than they should."""
    answers = ((message, understood(change(message["text"]))) for message in listed)
    return [
        (message["text"], said)
        for message, said in answers
        if not said & set(message["means"]) and not ("missed" in message and said <= {_NONE, message.get("taken")})
    ]


def _without_accents(text: str) -> str:
    plain = "".join(one for one in unicodedata.normalize("NFD", text) if not "\u0300" <= one <= "\u036f")
    return plain.replace("ß", "ss").translate(str.maketrans("łıø", "lio"))


def _full_width(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if one in "0123456789" else one for one in text)


_TICKET = (
    "\n\nBest regards, Anna (CORP\\anna), ticket 4711 of 27.11.2026 10:12, phone 0228 2055 516, from 10.0.0.9 to"
    " WEB01.corp.example.com:3389"
)
CHANGES: dict[str, Callable[[str], str]] = {
    "one word per line": lambda text: text.replace(" ", "\n"),
    "broken and indented": lambda text: re.sub(r"(\S+ \S+ \S+) ", "\\1\r\n   ", text),
    "sentences joined": lambda text: re.sub(r"([.:!?])\s+", r"\1", text),
    "quoted": lambda text: "> \u201e" + text.replace("\n", "\n> ") + "\u201c",
    "typographic apostrophes": lambda text: text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
    "plain apostrophes": lambda text: text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"),
    "no apostrophes": lambda text: re.sub(r"(?<=\w)['\N{RIGHT SINGLE QUOTATION MARK}](?=\w)", "", text),
    "no accents": _without_accents,
    "capitals": str.upper,
    "small letters": str.lower,
    "full-width digits": _full_width,
    "wide spaces": lambda text: text.replace(" ", "\u00a0"),
    "a ticket behind it": lambda text: text + _TICKET,
    "a ticket before it": lambda text: f"Hello, since Monday 08:15 CORP\\anna sees on PC-2308 (10.4.5.16):\n{text}",
    "JSON": lambda text: '{"message": "' + text.replace('"', "'").replace("\n", "\\n") + '", "port": 3389}',
}


@pytest.mark.parametrize("name", LISTS)
def test_a_message_is_understood(name: str) -> None:
    assert wrong(messages(name), str) == []


@pytest.mark.takes_long
@each("change", CHANGES)
def test_a_message_is_understood_however_it_is_pasted(change: str) -> None:
    """The usual run pastes each message in one or two of these ways, the next one in others."""
    at, listed = [*CHANGES].index(change), [one for name in LISTS for one in messages(name)]
    assert wrong(some(listed, 11, at), CHANGES[change]) == []


_BESIDE_OTHERS = (
    "Outlook and the VPN work, Teams too. {}",
    "{}\nSAP works.",
    "Hello, on our SQL Server host since Monday:\n{}",
    "I use PuTTY and WinSCP without trouble.\n{}",
    "It was solved last year, but now: {}",
    "Im VPN bin ich, Outlook geht, aber: {}",
    "The printer was fixed yesterday. {} I don't think it is the network.",
)


@pytest.mark.takes_long
@each(("at", "beside"), [*enumerate(_BESIDE_OTHERS)])
def test_what_is_said_of_others_beside_it_takes_no_meaning_away(at: int, beside: str) -> None:
    """The usual run sets each message beside one or two of these, the next one beside others."""
    listed = [one for name in LISTS for one in messages(name) if one["means"] != [_NONE] and "missed" not in one]
    told = [one["text"] for one in some(listed, 5, at)]
    assert [text for text in told if understood(text) != {_NONE} and understood(beside.format(text)) == {_NONE}] == []


def test_the_lists_are_those_that_were_written_down() -> None:
    assert {name: len(messages(name)) for name in LISTS} == {
        "a": 189,
        "b": 189,
        "c": 32,
        "d": 20,
        "e": 103,
        "f": 46,
        "g": 89,
        "h": 40,
        "i": 60,
        "j": 60,
        "k": 40,
        "l": 130,
        "north": 104,
    }


def test_a_message_that_names_no_cause_gets_none() -> None:
    without = [one for name in LISTS for one in messages(name) if one["means"] == [_NONE]]
    assert len(without) > 30 and all(understood(one["text"]) == {one.get("taken", _NONE)} for one in without)


def _stands_for(text: str) -> str:
    found = client_codes.type_for_code(ClientCode(text))
    return found.id if found else _NONE


def test_a_message_stands_for_its_finding() -> None:
    told = [one for name in LISTS for one in messages(name) if "finding" in one and "taken" not in one]
    assert len(told) > 100
    assert [(one["text"], said) for one in told if (said := _stands_for(one["text"])) not in one["finding"]] == []


# What Windows' own client, the control inside it and the documentation of the latter say without a number, and the code
# that each stands for.
_WINDOWS_OWN = """
disconnect 0x106 | occurred when the client attempted to connect to the remote computer. Check your system memory and
none | The remote computer has ended the connection.
disconnect 0x106 | The local computer is low on memory.
disconnect 0x104 | The specified remote computer could not be found.
disconnect 0xD06 | Because of a protocol error, the client could not connect to the remote computer.
disconnect 0x708 | The client could not connect. You cannot connect to the console from a console session of the same
disconnect 0x304 | The connection was ended because of a network error.
disconnect 0x108 | The remote connection has timed out. Please try connecting to the remote computer again.
errinfo 0x3 | The remote session was ended because the idle timeout limit was reached.
errinfo 0x4 | The remote session ended because the total logon time limit was reached.
errinfo 0x4 | The remote session ended because the total sign-in time limit was reached.
errinfo 0x2 | The remote session was disconnected because your session was logged off at the remote computer.
errinfo 0x5 | The remote session was disconnected because another user has connected to the session.
disconnect 0x904 | The connection to the remote computer was broken. This may have been caused by a network error.
errinfo 0x6 | The connection was disconnected because the remote computer is low on memory.
errinfo 0x100 | was disconnected because there was an internal error in the remote computer's licensing protocol.
errinfo 0x7 | at the remote computer. 2) The maximum number of connections was exceeded at the remote computer. 3) A
disconnect 0x308 | An invalid server name was specified.
errinfo 0x1 | The remote session to the remote computer was ended by means of an administration tool.
errinfo 0x19 | Your Remote Desktop Services session ended because the remote computer was shut down.
errinfo 0x1A | Your Remote Desktop Services session ended because the remote computer was restarted.
errinfo 0x3 | Desktop Services session ended because the remote computer didn't receive any input from you.
disconnect 0x2107 | The server's authentication policy does not allow connection requests using saved credentials.
disconnect 0x2107 | The server authentication policy does not allow connection requests using saved credentials.
disconnect 0x1607 | The policy does not support delegation of credentials to the target server.
errinfo 0x11 | session was disconnected because the graphics display components in the remote session failed to start
errinfo 0x11 | The display driver in the remote session was unable to complete all the tasks required for startup.
errinfo 0xF | The display driver in the remote session did not report any status within the time allotted for startup.
errinfo 0x10 | The DWM process running in the remote session terminated unexpectedly.
errinfo 0x17 | The Winlogon process running in the remote session terminated unexpectedly.
status 0xC0000418 | The authentication failed because NTLM was blocked.
status 0x80090302 | An authentication error has occurred. The function requested is not supported.
status 0x80096010 | This RDP File is corrupted. The remote connection cannot be started.
status 0x800B0100 | The publisher of this remote connection can't be identified. Do you want to connect anyway?
status 0x800B0100 | The publisher of this RemoteApp program can't be identified.
status 0x800B0100 | Caution: Unknown remote connection
status 0x80090311 | No authority could be contacted for authentication.
disconnect 0xB07 | The account is disabled.
disconnect 0xE07 | The account is expired.
disconnect 0xD07 | The account is locked out.
disconnect 0xC07 | The account is restricted.
disconnect 0x1B07 | The received certificate is expired.
disconnect 0x1707 | Delegation of credentials to the target server is not allowed unless mutual authentication has
disconnect 0xA07 | The specified user has no account.
disconnect 0xF07 | The password is expired.
disconnect 0x1207 | The user password must be changed before logging on for the first time.
disconnect 0x1C07 | An incorrect PIN was presented to the smart card.
disconnect 0x2207 | The smart card is blocked.
disconnect 0x606 | Server security data is not valid.
disconnect 0x706 | Failed to unpack server certificate.
disconnect 0x808 | License negotiation failed.
disconnect 0x506 | The encryption method specified is not valid.
disconnect 0x804 | Bad IP address specified.
disconnect 0x308 | The IP address specified is not valid.
disconnect 0x104 | DNS lookup failed.
disconnect 0x604 | Windows Sockets gethostbyname call failed.
disconnect 0x204 | Windows Sockets connect failed.
disconnect 0x404 | Windows Sockets recv call failed.
disconnect 0x304 | Windows Sockets send call failed.
disconnect 0x108 | Connection timed out.
disconnect 0x906 | Internal security error.
disconnect 0x1607 | does not allow the use of saved credentials to log on because its identity is not fully verified
disconnect 0x1607 | does not allow the use of default credentials to log on because its identity is not fully verified
errinfo 0x12 | The display driver started up successfully, but due to internal failures was not usable by the stack.
status 0x80070791 | Authentication failed because NTLM authentication has been disabled. Remote computer: srv01
""".strip().splitlines()


@each("line", _WINDOWS_OWN)
def test_what_windows_own_client_says_is_understood(line: str) -> None:
    code, text = line.split(" | ", 1)
    assert code in understood(text)


# What people write about other things with the words that clients use, too.
_EVERYDAY = """
Can we disable his account when he leaves in March?
Please unlock the meeting room, the key card has expired.
My passport has expired and I cannot travel.
The server room is locked; ask at the front desk.
We restarted the print server, and the connection to the scanner was refused by the old driver.
The password policy was reviewed: passwords must have 14 letters.
If the account is locked, wait for ten minutes.
The new licence server was delivered today, no further action is needed.
The invoice shows error 12345, reference 2308, customer number 4711.
Our certificate for the web shop was renewed until 2027.
The clock in the hall is ten minutes late.
ur screen and mine differ in size
RDP: ur address is different from what the list says
I cannot tell whether it is the gateway or a different server
RDP: my account last worked on Monday
Our account lasts until June.
The developer password change page opens in RDP.
The gateway accepts my password plus a code.
Version 10.0.19045.2604 was installed on 516 computers.
Die Rechnung ist noch nicht bezahlt, das Konto wird am Montag geprüft.
Der Drucker wird von dieser Funktion nicht unterstützt.
Die Sitzung wurde auf Donnerstag verschoben, der Raum ist gesperrt.
La réunion a été déplacée, le compte rendu suit demain.
Le mot de passe du wifi est affiché à l'accueil.
La contraseña del wifi está en la recepción, la cuenta la paga la empresa.
O servidor de impressão foi trocado ontem, a sessão de treino é amanhã.
La riunione è stata spostata, il conto è stato pagato.
De vergadering is verplaatst, het account van de nieuwe collega is aangemaakt.
Konto nowego pracownika zostało utworzone, hasło wysłano pocztą.
Účet byl zaplacen, heslo k wifi najdete v recepci.
A fiók elkészült, a jelszót postán küldtük.
Toplantı ertelendi, hesap ödendi.
Kontot är skapat, lösenordet skickades med posten.
Kontoen er oprettet, adgangskoden er sendt.
Учетная запись создана, пароль отправлен почтой.
Обліковий запис створено, пароль надіслано.
会議は木曜日に変更されました。アカウントは作成済みです。
회의가 목요일로 변경되었습니다. 계정이 생성되었습니다.
会议改到星期四，帐户已创建，密码已寄出。
""".strip().splitlines()


@each("text", _EVERYDAY)
def test_everyday_text_has_no_meaning(text: str) -> None:
    assert codes.explain(text)["kind"] is None


def test_no_paragraph_of_a_manual_has_a_meaning() -> None:
    """Python's own: nobody pasted a dialog into it."""
    paragraphs = {one for text in pydoc_data.topics.topics.values() for one in text.split("\n\n") if len(one) > 40}
    assert len(paragraphs) > 1000 and [one for one in paragraphs if sentences.find(one)] == []


@pytest.mark.parametrize("part", ["a", "密码", "\u337f", "passwor"])
def test_a_text_without_spaces_fills_no_memory(part: str) -> None:
    """The slips of each word are looked for, and those of a word as long as a text would."""
    text = part * (dialog.LONGEST // 4 // len(part))
    codes.explain("the password 密码 is passwor")  # The tables are made once, for whatever is read first.
    tracemalloc.start()
    codes.explain(text)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 100 * dialog.LONGEST


@each(
    ("text", "code"),
    [
        # Typed by hand, with a slip in a long word; what is another word is none.
        ("your pasword has expierd", "0xF07"),
        ("The funtion requested is not suported", "0x80090302"),
        ("because of a security eror the client could not conect", "0x406"),
        ("computer requires network level authentification, which it does not suport", "0xB09"),
        ("Das Kenwort ist abgelaufen", "0xF07"),
        ("Имя пользователя верно, парол не истек", None),
        ("Can we disable the account?", None),
        ("The account looked fine", None),
        # The article is written to the word where an apostrophe was lost.
        ("Lordinateur distant nest pas disponible sur le réseau", "0x204"),
        ("Le Bureau à distance ne parvient pas à trouver lordinateur SRV07.", "0x104"),
        ('{"message": "The connection failed at TLS connect.", "port": 3389}', "0x20008"),
        # A code that says nothing hides no sentence; one that says more does.
        ("Win32Exception (0x80004005): The Local Security Authority cannot be contacted", "0x80090304"),
        ("The user account has expired. Error code: 0x0\nExtended error code: 0x0", "0xE07"),
        ("The user account has expired. Error code: 0x904", "0x904"),
        ("It failed (0x80004005).", "0x80004005"),
        # So does one that is not known, or is none: a log is full of numbers.
        ("Drawing Order (0x0D)\nBIO_read returned a system error 104: Connection reset by peer", "0x2000D"),
        ("Your credentials were rejected. Error code: 0x9735", "0x807"),
        ("It failed. Error code: 0x9735\nExtended error code: 0x0", "0x9735"),
        ("Ihre Anmeldeinformationen wurden abgelehnt.", "0x807"),
        ("The certificate was rejected.", "0x907"),
        ("Terminal server reset the connection before license negotiation completed.", "0x808"),
        ("Your computer can't connect, since the Remote Destop Gateway server is unavailable.", "0x300000D"),
        ('User "A\\b" did not meet the connection authorization policy requirements. Error "23003"', "0x800759DB"),
        ('User "A\\b" did not meet the connection authorization policy requirements.', "0x300001C"),
        ("'RDP' failed at RDP_NEGO state. Fail during TLS security exchange", "0x20008"),
        # What Windows says in the session itself.
        ("Remote logins are currently disabled.", "0x7"),
        ("Your interactive logon privilege has been disabled. Please contact your administrator.", "0x9"),
        ("The Group Policy Client service failed the sign-in. Access is denied.", "0x800701F4"),
        ("The User Profile Service service failed the sign-in.", "0x800701F4"),
        ("There are too many users signed in.", "0x800704D6"),
        ("The terminal server has exceeded the maximum number of allowed connections.", "0x800704D6"),
        ("The specified domain either does not exist or could not be contacted.", "0x1807"),
        ("A revocation check could not be performed for the certificate.", "0x1B07"),
        ("We couldn't connect because there are currently no available resources.", "0x3000046"),
        # The web client's security error is no fault of encryption.
        ("Because of a security error, the client could not connect to the remote computer.", "0x406"),
        ("We couldn't connect to the remote PC because of a security error.", "0x1307"),
        # What is denied, left open, or said of something else.
        ("The account is not locked.", None),
        ("The account isn't locked.", None),
        ("The password hasn\N{RIGHT SINGLE QUOTATION MARK}t expired", None),
        ("The account is neither locked nor disabled.", None),
        ("Das Konto ist weder gesperrt noch deaktiviert.", None),
        ("Le compte n'est plus verrouillé.", None),
        ("La cuenta nunca estuvo bloqueada", None),
        ("Het account is nooit vergrendeld", None),
        ("Účet nebyl uzamčen", None),
        ("Hesap kilitli değil", None),
        ("アカウントのロックは解除されました", None),
        ("密码还没过期", None),
        ("No account is disabled here.", None),
        ("Check whether the password has expired.", None),
        ("The file is locked by another account.", None),
        ("The account is fine. Locked screens are no trouble.", None),
        ("Das Kennwort ist noch nicht abgelaufen", None),
        ("パスワードは期限切れではありません", None),
        # A number that may be anybody's does not stand before what the words say.
        ("Le credenziali non hanno funzionato. Grazie, Carla (int. 516)", "0x807"),
        ("RDP disconnected!\n516 Remote Desktop can't connect", "0x204"),
        ("RDP disconnected!\n2308 An internal error has occurred.", "0x904"),
        ("The account is locked. Error code 516", "0x204"),
        # Numbers that are counted in a log, and those that are codes.
        ("connected on port: 2308", None),
        ("PID=516 exited", None),
        ('HTTP status: 404, {"status": 404}', None),
        ("xfreerdp exit status 133", "0x85"),
        ("[516:2308] main loop", None),
        ("Reason: 2308", "0x904"),
        ("discReason 516", "0x204"),
        ("socket error 10054", "0x2746"),
    ],
)
def test_what_is_read_and_what_is_not(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code


@each(
    ("text", "code"),
    [
        # What is said of the host by way of the gateway is no gateway's.
        ("Through the RD Gateway the host is unreachable.", "0x204"),
        ("Der Host ist über das Remotedesktopgateway nicht erreichbar.", "0x204"),
        ("A través de la puerta de enlace de Escritorio remoto el host es inaccesible", "0x204"),
        ("Via the RD Gateway the session host is not available", "0x204"),
        ("Via the RD Gateway the certificate of the host has expired.", "0x1B07"),
        ("The host's RD Gateway is unreachable.", "0x300000C"),
        ("From the internet the RD Gateway is unreachable", "0x300000C"),
        ("RD Gateway: nicht erreichbar", "0x300000C"),
        ("The certificate of the RD Gateway has expired", "0x3000007"),
        ("Via RD gateway access is denied by policy: the host does not allow this user.", "0x300001B"),
        ("Via RD gateway access is denied by policy", "0x300001C"),
        ("The RDGW is unreachable", "0x300000C"),
        ("TS Gateway: temporarily unavailable", "0x300000D"),
        ("Our RD-GW refused the connection because of a policy", "0x300001C"),
        ("Through the RDGW the host is unreachable", "0x204"),
        # What an administrator of another program says is of anything.
        ("Exchange admin says remote session fails: The logon attempt failed", "0x807"),
        ("Our VPN administrator reports: the account is locked", "0xD07"),
        ("L'administrateur Exchange dit que la session distante échoue : le compte est verrouillé", "0xD07"),
        ("El administrador de Exchange dice que la cuenta está bloqueada", "0xD07"),
        ("Exchange says remote session fails: The logon attempt failed", None),
        ("The Exchange admin center says the account is locked", None),
        ("The Exchange admin says Outlook reports that the password has expired", None),
        ("SAP administrator account: the password has expired", None),
        # What another program says next, and what NoMachine alone says.
        ("NoMachine keeps asking for a password. It says the password is wrong.", None),
        ('NoMachine shows "Authentication failed. The account is locked."', None),
        ("NoMachine zeigt \u201eAnmeldung fehlgeschlagen. Das Konto ist gesperrt.\u201c Sonst nichts.", None),
        ('NoMachine shows "Authentication failed". The account is locked.', "0xD07"),
        ('Outlook shows "failed. mstsc says that the account is locked."', "0xD07"),
        ("Outlook zeigt einen Fehler. Es meldet: Konto gesperrt.", None),
        ("Session negotiation failed. Error: Authentication failed, the password is wrong", None),
        ("Cannot connect. Error is 108: connection reset by peer.", None),
        ("Outlook keeps asking for a password. Remote Desktop says the account is locked.", "0xD07"),
        ("Teams works. It says the account is locked.", "0xD07"),
        # A preposition of one language is another word in another one.
        ("Wir können nicht arbeiten, da RDP ständig abbricht", "0x10B"),
        ("Da die RDP-Sitzung ständig einfriert, geht nichts.", "0x10B"),
        ("Su escritorio remoto se congela constantemente", "0x10B"),
        ("Why do RDP sessions freeze constantly?", "0x10B"),
        ("Il mouse da desktop remoto si blocca", None),
        ("La stampante su desktop remoto si blocca", None),
        # Screens that wait.
        *(
            (text, "0xC00A0017")
            for text in (
                'Uzak masaüstü "Lütfen bekleyin" ekranında takılıyor',
                'Oturum açma "Lütfen Kullanıcı Profili Hizmetini bekleyin" ekranında takılıyor',
                'Fjärrskrivbordet hänger sig på "Vänta"',
                "Inloggningen fastnar: Vänta på användarprofiltjänsten",
                'Eksternt skrivebord henger på "Vent litt"',
                'Påloggingen står fast på "Vent på brukerprofiltjenesten"',
                'Fjernskrivebord sidder fast på skærmen "Vent"',
                'Fjernskrivebord hænger på "Vent på brugerprofiltjenesten"',
                'Etätyöpöytä jumittuu "Odota" näyttöön',
                'Etätyöpöytä jää jumiin kohtaan "Odota käyttäjäprofiilipalvelua"',
                "원격 데스크톱 기다려 주세요 멈춤",
                '로그인하면 "그룹 정책 클라이언트를 기다리십시오"에서 멈춥니다',
                'Távoli asztal a "Kérem, várjon" képernyőn lefagy',
                'Se queda en "Espere al Servicio de perfil de usuario"',
                'RDP steht ewig bei "Bitte warten"',
            )
        ),
        ("Jag kan bara vänta, skrivaren hänger sig", None),
        ("Vent litt før du starter eksternt skrivebord igjen, ellers henger det", None),
        ("원격 데스크톱이 멈추면 잠시 기다려 주세요", None),
        ("Sagen er på vent, fjernskrivebord fryser", "0x10B"),
    ],
)
def test_whose_and_what_is_said_in_passing(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code
