# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients say without a code: each known sentence keeps its meaning however it is pasted, and none is taken for
another.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import codes, concepts, sentences

from tests.profiles import each, some

_LOG = "[15:57:11:812] [6495:6499] [ERROR][com.freerdp.core] - [function]: "
_JOURNAL = "Nov 30 11:09:44 server guacd[79111]: "


Meaning = tuple[str, int] | None
# What stands between the parts of a sentence: the names of hosts, or nothing where its parts follow each other.
_BETWEEN = {
    "...": ' "WEB01.corp.example.com" (10.0.0.5:3389), ',
    "+": ' "WEB01" (10.0.0.5), ',
    "~": " ",
    ">": " ",
    ">>": " ",
}


@dataclass(frozen=True)
class Known:
    """A sentence that is known: its parts, how they stand together, and what it says."""

    parts: tuple[str, ...]
    between: str
    meaning: Meaning
    beside: bool
    anywhere: str = ""

    def __str__(self) -> str:
        return f" {self.between} ".join(self.parts) + f" ... {self.anywhere}" * bool(self.anywhere)

    @property
    def text(self) -> str:
        return self.joined(self.parts)

    def joined(self, parts: Iterable[str]) -> str:
        """The parts as they stand together, and behind them what may be anywhere."""
        return _BETWEEN[self.between].join(parts) + f" , {self.anywhere}" * bool(self.anywhere)


def test_a_row_is_written_once() -> None:
    """The second of two would never be found."""
    rows = Counter(words for words, _kind, _number in itertools.chain(*sentences._TABLES))
    assert [words for words, times in rows.items() if times > 1] == []


def _known(beside_a_code: bool) -> Iterator[Known]:
    """Every wording of every row, with one of the others."""
    for words, kind, number in itertools.chain(*(sentences._BESIDE_A_CODE if beside_a_code else sentences._TABLES)):
        between = next((one for one in ("~", ">>", ">", "+") if one in words), "...")
        apart = words.split("...") if between != "..." else [words]
        parts = [*apart[0].split(between), *apart[1:]]
        wordings_ = [[one.strip().removesuffix("$") for one in part.split("|")] for part in parts]
        longest = max(map(len, wordings_))
        for at in range(longest):
            chosen = [part[at % len(part)] for part in wordings_]
            anywhere = chosen.pop() if apart[1:] else ""
            yield Known(tuple(chosen), between, (kind, number) if kind else None, beside_a_code, anywhere)


KNOWN = [*_known(False), *_known(True)]
# The words of languages that tell a place by an ending.
_INFLECTED = sentences._part(
    " | ".join(words for name, words in concepts.CONCEPTS.items() if name.endswith("_inflected"))
).wordings


def _is_inflected(part: str) -> bool:
    text = sentences._Text(part, 0)
    return any(True for wording in _INFLECTED for _place in text.places(wording))


def meaning_of(text: str, beside: bool) -> Meaning:
    found = sentences.find(text, beside_a_code=beside)
    return found and found[1:]


@pytest.mark.takes_long
def test_a_sentence_keeps_its_meaning() -> None:
    """Words around it and names in between, capitals, other spaces, lines broken anywhere, and what logs write before
    each line. The usual run pastes each sentence in one of these eight ways, the next one in another.
    """
    tried = enumerate(KNOWN)
    assert {str(known): found for number, known in tried if (found := _other_meanings(known, number))} == {}


def _other_meanings(known: Known, number: int) -> dict[str, Meaning]:
    among = known.text
    words = among.split(" ")
    shown = {
        "around": f'RDP disconnected!\n12/11/2026 08:15 Host: "srv02": {among}. Contact CORP\\anna for assistance.',
        "capitals": among.upper(),
        "one word per line": "\n".join(words),
        # What is a log's prefix itself stands in no other line.
        "log": "\n".join(_LOG * ("[error]" not in among) + word for word in words),
        "journal": "\n".join(_JOURNAL + word for word in words),
        "quoted": '{"message": "' + among.replace('"', "'") + '"}',
        "wide spaces": among.replace(" ", "\u00a0\u00a0"),
        "other order": known.joined(reversed(known.parts)),
    }
    found = {how: meaning_of(text, known.beside) for how, text in some(shown.items(), 8, number)}
    return {how: meaning for how, meaning in found.items() if meaning != known.meaning}


def test_what_is_said_of_something_is_said_in_its_own_clause_and_not_of_a_place() -> None:
    """The certificate, the password has expired; the mouse in the session freezes."""
    # Of two that may be named, each may be what it is said of; a session may be idle in any sentence.
    both = [one.strip() for one in concepts.filled("{the_session} | {the_picture}").split("|")]
    tried = [one for one in KNOWN if one.between in (">", ">>") and one.parts[0] not in both]
    tried = [one for one in tried if one.meaning and one.meaning != ("errinfo", 0x3)]
    # Languages that tell a place by an ending have no article that says where, and either order is read.
    tried = [one for one in tried if not any(map(_is_inflected, one.parts))]
    said_of_others = ("{0} X, {1}", "Y in the {0} {1}", "{0}'s lamp {1}")
    assert {one.between for one in tried} == {">", ">>"}
    found = {
        text: meaning
        for one in tried
        for told in said_of_others
        if (meaning := meaning_of(text := told.format(one.parts[0], " ".join(one.parts[1:])), False)) == one.meaning
    }
    assert len(tried) > 100 and found == {}


@pytest.mark.parametrize(
    ("text", "frozen"),
    [
        ("my remote desktop session freezes, the mouse still moves", True),
        ("RDP session freezes but mouse works", True),
        ("when I move the mouse, remote desktop freezes", True),
        ("Remotedesktop friert ein, Maus geht noch", True),
        ("the mouse freezes, remote desktop is fine", False),
        ("the VPN drops and reconnects while I use remote desktop", False),
        ("the VPN never drops, and remote desktop freezes", True),
    ],
)
def test_what_freezes_is_what_is_named_right_before_it(text: str, frozen: bool) -> None:
    assert (meaning_of(text, False) == ("disconnect", 0x10B)) is frozen


@pytest.mark.takes_long
def test_parts_far_apart_are_no_sentence() -> None:
    """What stands in different places of a long text is not put together."""
    tried = some([one for one in KNOWN if len(one.parts) > 1 and not one.beside], 8)
    put_together = []
    for known in tried:
        far = meaning_of((" lorem ipsum dolor sit amet" * 20).join(known.parts), False)
        if far and far not in {meaning_of(part, False) for part in known.parts}:
            put_together.append((str(known), far))
    assert tried and put_together == []


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("From outside it can't connect. {0} And I use remote desktop", True),
        ("I use remote desktop. {0} From outside it can't connect", True),
        ("From outside it can't connect. {0} And I use another program", False),
        ("From outside the sun shines. {0} It can't connect. I use remote desktop", False),
    ],
)
def test_what_stands_behind_dots_may_be_anywhere(text: str, understood: bool) -> None:
    assert (meaning_of(text.format(" lorem ipsum dolor sit amet" * 20), False) is not None) is understood


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # Of words that change their ends, and what stands between them.
        ("na pulpicie zdalnym znów czarny ekran po zalogowaniu do pulpitu zdalnego", 0x10B),
        ("учетную запись заблокировали", 0xD07),
        ("учетная карточка, запись заблокирована", None),
        # A full stop that ends no sentence.
        ("Contul dvs. a fost dezactivat", 0xB07),
        ("Contul e vechi. A fost dezactivat serviciul", None),
        # What says no, and what belongs to the next word.
        ("Contul nu este blocat", None),
        ("Parola nu a expirat", None),
        ("Parola a expirat", 0xF07),
        ("Ο λογαριασμός δεν είναι κλειδωμένος", None),
        ("Ο λογαριασμός είναι κλειδωμένος", 0xD07),
        ("パスワードの期限が切れていません", None),
        ("パスワードの期限が切れて誰も入れません", 0xF07),
        ("계정이 잠겨 있지 않습니다", None),
        # Of one place the longest wording, which has the word that says no.
        ("RD 게이트웨이에 연결할 수 없습니다", 0x300000D),
    ],
)
def test_what_words_with_other_ends_say(text: str, code: int | None) -> None:
    found = meaning_of(text, False)
    assert (found and found[1]) == code


def test_a_wording_is_long_enough_to_be_nothing_else() -> None:
    alone = {one for known in KNOWN if not known.beside and known.between == "..." for one in known.parts}
    beside_others = {"orac", "loga", "rdg", "gubi", "pc"}
    assert {one for one in alone if one.isascii() and len(one) < 5} == beside_others, (
        "beside CredSSP, a smart card, a gateway's list, an attempt to connect and a difference in time"
    )


@each(
    "text",
    [
        "",
        "Everything is in order.",
        "The standard gateway is unreachable.",
        "The hosts behind the third gateway are incorrect.",
        "Windows cannot access \\\\SRV01\\share. Check the spelling of the name.",
        "The user account is authorized for remote login.",
        "Your password has not expired.",
        "The printer driver is not supported.",
        "The local policy was updated; users log on through the portal.",
        "Your mailbox is almost full. Sign in to the portal.",
        "kex_exchange_identification: read: the other side went away",
        "[WARN][com.freerdp.crypto] - [verify_cb]: Certificate verification failure 'self-signed certificate (18)' at"
        " stack position 0",
        "[INFO][com.freerdp.gdi] - [gdi_init_ex]: Local framebuffer format PIXEL_FORMAT_BGRX32",
        'guacd[107]: INFO: User "@e259" joined connection "$a303" (1 users now present)',
        "guacd[219]: INFO: Security mode: NLA",
        "Configuring remote session...",
        "Die Anmeldung war erfolgreich.",
        "La connexion a réussi.",
        "连接成功",
        "接続しました",
        "The licence of this program ends in 30 days.",
        "A certificate was issued for WEB01.",
        "The Network Level Authentication setting was changed.",
    ],
)
def test_a_text_of_another_kind_is_not_understood(text: str) -> None:
    assert sentences.find(text) is None and sentences.find(text, beside_a_code=True) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[ERROR][com.freerdp.core.gateway.http] - HTTP/1.1 401 Unauthorized", "0x3000001"),
        ("[ERROR][com.freerdp.core.gateway.rpc] - error! Status Code: 503", "0x300000D"),
        ("exit status: HTTP/1.1 404", None),
        ("2026-03-31T11:15:28+02:00[ThreadId:0000000001] Warning", None),
        ("RDP(10.0.0.5)[ThreadId:0000000001] exit with error code 516(Remote Desktop", "0x204"),
        ("returned code is 00020014", "0x20014"),
        ('{"code": 519, "message": "Server refused connection (wrong security type?)"}', "0x2000D"),
        ("RDP disconnected!\n519", "0x207"),
        ("status: E_PROXY_COOKIE_AUTHENTICATION_ACCESS_DENIED", "0x800759F8"),
        ("The user's account is locked. Error code 0x904", "0x904"),
    ],
)
def test_numbers_of_others_are_no_codes(text: str, code: str | None) -> None:
    """A web server's answer, the number of a thread, and Guacamole's own."""
    assert codes.explain(text)["code"] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # Any failure of TLS or CredSSP has this number; Windows' own sentence says which.
        ("The credentials supplied to the package were not recognized\nError code: 519", "0x8009030D"),
        ("We couldn't connect to the remote PC.\nError code: 0x207", "0x207"),
        ('RdpError { kind: NotImplemented, message: "Licensing nego not implemented" }', "0x808"),
        ("license negotiation not supported by this client", "0x808"),
        ("the licensing negotiation does not take long", None),
        ("It no longer connects since the updates for CVE-2018-0886", "0x80090302"),
        ("It no longer connects since the updates for CVE-2019-0708", None),
    ],
)
def test_a_sentence_says_more_than_a_number_for_anything(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code


def test_freerdp_s_code_is_its_gateway_s_where_the_log_says_so() -> None:
    refused = "[ERROR][com.freerdp.core.gateway.http] - HTTP/1.1 401 Unauthorized\n"
    code = "[ERROR][com.freerdp.core] - freerdp_set_last_error ERRCONNECT_AUTHENTICATION_FAILED [0x00020009]"
    retries = "[ERROR][com.freerdp.core.gateway.http] - http_response_recv: Retries exceeded\n"
    nego = "[ERROR][com.freerdp.core] - ERRCONNECT_SECURITY_NEGO_CONNECT_FAILED [0x0002000C]"
    told = "[INFO][com.freerdp.core.gateway.rdg] - RD Gateway does not support HTTP transport.\n"
    logon = "[ERROR][com.freerdp.core] - nla_recv_pdu ERRCONNECT_LOGON_FAILURE [0x00020014]"
    tls = "ERRCONNECT_TLS_CONNECT_FAILED [0x00020008]"
    of_two = "[ERROR][com.freerdp.core] - {}:freerdp_set_last_error_ex " + tls
    of_three = "[ERROR][com.freerdp.core] - [{}]: " + tls
    with_it = "[DEBUG][com.freerdp.core.gateway.rdg] - rdg_tls_connect: TLS connection established\n"
    shown = {
        **{of_two.format(name): "0x300000D" for name in ("rdg_tls_connect", "rpc_channel_tls_connect")},
        of_three.format("wst_tls_connect"): "0x300000D",
        of_three.format("transport_default_connect_tls"): "0x20008",
        with_it + of_two.format("transport_connect_tls"): "0x20008",
        refused + code: "0x3000001",
        retries + nego: "0x300000D",
        told + nego: "0x2000C",
        retries + logon: "0x20014",
    }
    assert {text: codes.explain(text)["code"] for text in shown} == shown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The RDP session disconnects after about 65 seconds.", 0x10B),
        ("Die Remotedesktop-Sitzung wird nach etwa 65 Sekunden getrennt", 0x10B),
        ("La session RDP se déconnecte après 65 secondes", 0x10B),
        ("my session freezes and is disconnected every time", 0x10B),
        ("RDP is disconnected after 60 seconds of inactivity", 0x3),
        ("RDP disconnects after 10 minutes of inactivity", 0x3),
        ("the RDP session is not disconnected after 60 seconds", None),
        ("My session in Teams freezes and drops", None),
        ("SSH session freezes and disconnects after 30 seconds", None),
        ("Outlook disconnects after 30 seconds", None),
    ],
)
def test_a_session_that_ends_after_the_same_short_time_is_no_limit_s(text: str, code: int | None) -> None:
    found = sentences.find(text)
    assert (found and found[2]) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Session ended: the remote PC is restarting", 0x1A),
        ("Die Sitzung wurde beendet, da der Remotecomputer neu gestartet wurde", 0x1A),
        ("La sesión terminó porque el equipo remoto se reinició", 0x1A),
        ("After the server was restarted nobody gets in by RDP", None),
        ("The session ended. We restarted the PC since.", None),
        ("Your Remote Desktop session has ended because the remote computer is restarting", 0x1A),
        ("My RDP session ended with an internal error, the PC was restarted but it still does not work", 0x4),
        ("Die Sitzung wurde beendet, obwohl der Remotecomputer neu gestartet wurde", None),
        ("The session ended, then the PC was restarted, and RDP still fails", None),
        ("My session ended after the PC was restarted", None),
    ],
)
def test_a_session_that_ended_with_the_machine_is_not_what_comes_after_a_restart(text: str, code: int | None) -> None:
    found = sentences.find(text)
    assert (found and found[2]) == code


@pytest.mark.parametrize(
    "text",
    [
        "Sesja zdalna została rozłączona, ponieważ nie ma dostępnych serwerów licencji usług pulpitu zdalnego.",
        "Die Remotesitzung wurde getrennt, da die Lizenzserver nicht verfügbar sind.",
        "La session a été déconnectée : les serveurs de licences ne sont pas disponibles.",
        "Se desconectó la sesión remota: los servidores de licencias no están disponibles.",
        "A sessão remota foi desligada: os servidores de licenças não estão disponíveis.",
        "Il server licenze non è disponibile.",
        "De licentieserver is niet beschikbaar.",
        "Licenční server není k dispozici.",
        "Удаленный сеанс отключен: сервер лицензирования недоступен.",
    ],
)
def test_no_licence_server_in_the_words_of_a_language(text: str) -> None:
    found = sentences.find(text)
    assert found and found[2] == 0x101


@pytest.mark.parametrize(
    "text",
    [
        "1) Your user account is not listed in the RD Gateway's permission list",
        "1) Ihr Benutzerkonto ist in der Berechtigungsliste des Remotedesktopgateways nicht enthalten.",
        "1) Votre compte ne figure pas dans la liste des autorisations de la passerelle des services Bureau à distance",
        "1) Su cuenta no está en la lista de permisos de la puerta de enlace de Escritorio remoto",
        "1) Konta nie ma na liście uprawnień bramy usług pulpitu zdalnego",
        "You might have specified the computer in NetBIOS format, but the RD Gateway is expecting an FQDN",
        "Der Remotecomputer wurde im NetBIOS-Format angegeben, das Remotedesktopgateway erwartet einen FQDN",
    ],
)
def test_whom_a_gateway_does_not_list(text: str) -> None:
    found = sentences.find(text)
    assert found and found[2] == 0x300001B


@pytest.mark.parametrize(
    "text",
    [
        "error:0A000102:SSL routines::unsupported protocol",
        "no protocols available",
        "tls: protocol version not supported",
    ],
)
def test_a_library_without_a_version_in_common(text: str) -> None:
    assert codes.explain(text)["number"] == 70
    beside = f"ERRCONNECT_TLS_CONNECT_FAILED [0x00020008] {text}"
    assert codes.explain(beside)["number"] == 70


@each(
    ("text", "code"),
    [
        ("Es ist ein anderer Benutzer angemeldet. Wenn Sie den Vorgang fortsetzen, wird er getrennt.", 0x80071B96),
        ("Un autre utilisateur est connect\u00e9. Si vous continuez, il sera d\u00e9connect\u00e9.", 0x80071B96),
        (
            "Inny u\u017cytkownik jest zalogowany. Je\u015bli b\u0119dziesz kontynuowa\u0107, roz\u0142\u0105czysz go.",
            0x80071B96,
        ),
        ("別のユーザーがサインインしています。続行すると、そのユーザーは切断されます。", 0x80071B96),
        ("Die Anzahl der Verbindungen mit diesem Computer ist begrenzt, und alle werden verwendet.", 0x800704D6),
        ("Le nombre de connexions à cet ordinateur est limité et toutes sont utilisées", 0x800704D6),
        ("Liczba połączeń z tym komputerem jest ograniczona", 0x800704D6),
        ("Se denegó la conexión: la cuenta no está autorizada para iniciar sesión remota.", 0x9),
        ("Połączenie odrzucone, ponieważ konto użytkownika nie ma autoryzacji do logowania zdalnego.", 0x9),
        ("Necesita tener derechos para iniciar sesión a través de Servicios de Escritorio remoto.", 0x9),
        ("リモート デスクトップ サービスを使ったサインイン権限が必要です。", 0x9),
        ("Der Benutzer muss sein Kennwort vor der ersten Anmeldung ändern.", 0x1207),
        ("Użytkownik musi zmienić hasło przed pierwszym zalogowaniem", 0x1207),
        ("Vous ne pouvez pas ouvrir de session : la méthode d'ouverture de session n'est pas autorisée ici", 0x1307),
        ("La passerelle des services Bureau à distance est temporairement indisponible", 0x300000D),
        ("リモート デスクトップ ゲートウェイ サーバーが一時的に利用できません", 0x300000D),
        ("L'ordinateur distant requiert une authentification NLA que votre ordinateur ne prend pas en charge", 0xB09),
        ("Ein anderer Benutzer sitzt heute an seinem Platz.", None),
        ("Die Anzahl der Verbindungen mit dem WLAN ist begrenzt", None),
    ],
)
def test_what_windows_own_dialogs_say_in_other_languages(text: str, code: int | None) -> None:
    found = sentences.find(text)
    assert (found and found[2]) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # Windows' own client, by its reason, in the languages that it has.
        ("Aufgrund eines Protokollfehlers wird diese Sitzung getrennt.", 0xD06),
        ("En raison d'une erreur de protocole, cette session va être déconnectée.", 0xD06),
        ("Из-за ошибки протокола этот сеанс будет прерван.", 0xD06),
        ("因為通訊協定錯誤，這個工作階段將會中斷。", 0xD06),
        ("Aufgrund eines Sicherheitsfehlers konnte der Client den Remotecomputer nicht erreichen.", 0x406),
        ("A causa di un errore di sicurezza il client non si connette al computer remoto.", 0x406),
        ("セキュリティ エラーのため、クライアントはリモート コンピューターに接続できませんでした。", 0x406),
        ("Aufgrund eines Fehlers bei der Datenverschlüsselung wird diese Sitzung beendet.", 0xC06),
        ("Из-за ошибки шифрования данных этот сеанс будет завершен.", 0xC06),
        ("由于数据加密错误，这个会话将结束。", 0xC06),
        ("Il computer remoto ha disconnesso la sessione a causa di un errore nel protocollo di licenza.", 0x100),
        ("Der Remotecomputer hat die Sitzung aufgrund eines Fehlers im Lizenzierungsprotokoll getrennt.", 0x100),
        ("Vzdálený počítač odpojil relaci z důvodu chyby v licenčním protokolu.", 0x100),
        ("ライセンス プロトコルのエラーのため、セッションが切断されました。", 0x100),
        ("Die Verbindung wurde getrennt, weil eine andere Verbindung mit dem Remotecomputer hergestellt wurde.", 0x5),
        ("Połączenie utracone: nawiązano inne połączenie z komputerem zdalnym.", 0x5),
        ("Другой пользователь создал другое подключение к удаленному компьютеру.", 0x5),
        ("Uw computer ondersteunt dit niet: verificatie op netwerkniveau, die niet wordt ondersteund", 0xB09),
        ("Verificatie op netwerkniveau is vereist, wat niet door uw computer wordt ondersteund.", 0xB09),
        # What an administrator restricted, and who may not come from afar.
        ("O administrador do sistema restringiu o tipo de logon (rede ou interativo) que você pode usar.", 0x1307),
        ("De systeembeheerder heeft het type aanmelding (netwerk of interactief) beperkt.", 0x1307),
        ("Системный администратор ограничил типы входа (сетевой или интерактивный).", 0x1307),
        ("Sistem yöneticisi oturum açma türünü (ağ veya etkileşimli) kısıtladı.", 0x1307),
        ("Der Systemadministrator hat die Computer eingeschränkt, mit denen Sie sich anmelden können.", 0x1107),
        ("El administrador del sistema ha limitado los equipos en los que puede iniciar sesión.", 0x1107),
        ("Системный администратор ограничил список компьютеров, на которых вы можете войти.", 0x1107),
        ("omdat de gebruikersaccount niet is gemachtigd voor aanmelding op afstand", 0x9),
        ("Připojení bylo odepřeno, protože uživatelský účet nemá oprávnění ke vzdálenému přihlášení.", 0x9),
        ("учетная запись пользователя не имеет прав для удаленного входа в систему", 0x9),
        ("连接被拒绝，因为没有授权此用户帐户进行远程登录。", 0x9),
        ("Eine Kontobeschränkung verhindert die Anmeldung dieses Benutzers.", 0xC07),
        ("Удаленный рабочий стол не может найти компьютер", 0x104),
        ("Der Systemadministrator hat die Computer gestern neu gestartet.", None),
        ("Wählen Sie, ob sich das Netzwerk oder interaktiv jemand anmeldet.", None),
        ("De systeembeheerder heeft de computers vervangen.", None),
        # The Windows App and the web client of a gateway; a broker that checked the file.
        ("由于出现错误，我们无法连接到网关。", 0x300000D),
        ("Aufgrund eines Fehlers konnte keine Verbindung mit dem Gateway hergestellt werden.", 0x300000D),
        ("エラーが発生したため、ゲートウェイに接続できませんでした。", 0x300000D),
        ("No hemos podido conectarnos a la puerta de enlace debido a un error.", 0x300000D),
        ("the Connection Broker couldn't validate the settings specified in your RDP file", 0x410),
        ("weil der Verbindungsbroker die in der RDP-Datei angegebenen Einstellungen nicht prüfen konnte", 0x410),
        ("连接代理无法验证 RDP 文件中指定的设置", 0x410),
        ("There are no available endpoints in the pool managed by the Connection Broker.", 0x408),
        ("Remote Desktop Connection Broker Client failed to redirect the user CORP\\erika.\nError: NULL", 0x404),
        ("RD Connection Broker failed to process the connection request for user CORP\\erika.", 0x400),
        ("Remote Desktop Services failed to join the Connection Broker on server rdcb.corp.example.com.", 0x400),
        ("A time-out occurred while the target endpoint (a virtual machine) was being started.", 0x411),
        ("An error occurred while the target endpoint (a virtual machine) was being started.", 0x406),
        # Guacamole, in Polish, Turkish, Swedish and Chinese.
        ("Serwer zdalnego pulpitu zamknął połączenie, ponieważ koliduje z innym połączeniem.", 0x5),
        ("Uzak masaüstü sunucusu bağlantıyı kapattı çünkü bir başka bağlantı ile çakışıyor.", 0x5),
        ("Uzak masaüstü sunucusuna şu an erişilemiyor.", 0x204),
        ("Fjärrskrivbordsservern kan inte nås just nu.", 0x204),
        ("Serwer zdalnego pulpitu jest aktualnie nieosiągalny.", 0x204),
        (
            "Guacamole-servern har stängt anslutningen eftersom fjärrskrivbordet tar för lång tid på sig att svara.",
            0x108,
        ),
        ("Serwer zdalnego pulpitu nie zezwolił na połączenie.", 0x9),
        ("Logowanie nieudane. Spróbuj ponownie.", 0x807),
        ("Giriş başarısız oldu.", 0x807),
        ("远程桌面服务器强制关闭了本连接。", 0x1),
        ("连接错误 远程桌面服务器不在线，如果问题持续，请通知您的系统管理员。", 0x204),
        ("联系不上远程桌面服务器。如果问题持续，请通知您的系统管理员，或检查您的系统日志。", 0x204),
        ("mstsc.exe shows just a black screen, keyboard events do arrive", 0x10B),
        ("The remote desktop server has forcibly closed the connection.", 0x1),
        ("Server vzdálené plochy je aktuálně nedostupný.", 0x204),
        ("Server vzdálené plochy ukončil připojení, protože se zdálo být neaktivní.", 0x3),
        ("Server vzdálené plochy odepřel přístup k tomuto připojení.", 0x9),
        ("Přihlášení selhalo. Připojte se a zkuste to znovu.", 0x807),
        ("A estação remota encerrou a conexão forçadamente.", 0x1),
        ("A estação remota estava levando muito tempo para responder.", 0x108),
        ("A estação remota negou o acesso a esta conexão.", 0x9),
        # Remmina, in English and Spanish; in the words of other languages.
        ("No se pudo acceder al servidor RDP \u00absrv\u00bb.\nLa cuenta caducó.", 0xE07),
        ("No se pudo acceder al servidor RDP \u00absrv\u00bb.\nLos privilegios de usuario son insuficientes.", 0x9),
        ("No se pudo acceder al servidor RDP \u00absrv\u00bb.\nLa cuenta tiene restricciones.", 0xC07),
        ("Impossible d'accéder au serveur RDP srv. Compte restreint.", 0xC07),
        ("Zugriff auf den RDP-Server srv nicht möglich. Unzureichende Benutzerrechte.", 0x9),
        ("Se perdió la conexión con el servidor RDP srv.", 0x904),
        ("La connexion au serveur RDP srv a été perdue.", 0x904),
        ("No se pudo encontrar la dirección del servidor RDP srv.", 0x104),
        ("Die Adresse des RDP-Servers srv konnte nicht gefunden werden.", 0x104),
        ("Не удалось найти адрес сервера RDP srv.", 0x104),
        ("Could not connect to the RDP server srv via TLS. See the DEBUG traces.", 0x20008),
        ("Error al conectar con el servidor RDP srv mediante TLS.", 0x20008),
        ("Nie można połączyć się przez TLS z serwerem RDP srv.", 0x20008),
        ("No se puede conectar al servidor RDP srv. Compruebe Negociación del protocolo de seguridad.", 0x2000C),
        ("La puerta de enlace de RDP gw rechazó el acceso a anna como consecuencia de una política.", 0x300001C),
        ("La passerelle RDP a refusé l'accès à anna en raison de la stratégie.", 0x300001C),
        ("Die Richtlinie des RD-Gateways wurde erneuert.", None),
        ("Der RDP-Server wurde über TLS abgesichert.", None),
        ("Das Konto für den Kantinenautomaten ist eingeschränkt.", None),
        # Of somebody who is signed in, as FreeRDP logs the host's word.
        ("Logon Error Info LOGON_FAILED_OTHER [LOGON_MSG_BUMP_OPTIONS]", 0x80071B96),
        ("Logon Error Info SESSION_ID [LOGON_MSG_DISCONNECT_REFUSED]", 0x80071B97),
        # Others have errors, protocols, gateways, licences and conflicts as well.
        ("Der Drucker meldet einen Protokollfehler.", None),
        ("Aufgrund eines Sicherheitsfehlers wurde die Datei nicht gespeichert.", None),
        ("Erreur de chiffrement des données sur le disque.", None),
        ("Das Lizenzprotokoll liegt bei der Buchhaltung.", None),
        ("请阅读软件的许可协议。", None),
        ("Le contrat de licence est dans le classeur.", None),
        ("Das Standardgateway ist eingetragen; die Seite lädt wegen eines Fehlers nicht.", None),
        ("The Connection Broker has the RDP file.", None),
        ("The remote desktop server is in room 3, its door was closed.", None),
        ("Logon Error Info LOGON_FAILED_OTHER [LOGON_MSG_SESSION_CONTINUE]", None),
    ],
)
def test_what_a_client_says_in_any_of_its_languages(text: str, code: int | None) -> None:
    found = sentences.find(text)
    assert (found and found[2]) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Verbinding rnet extern bureaub1ad: verificatie op netwerkniveau wordt niet ondersteund", "0xB09"),
        ("Your credentia1s did not w0rk", "0x807"),
        ("The rernote computer requires Network Leve1 Authentication, which your cornputer does not support", "0xB09"),
        ("The user account has been 1ocked", "0xD07"),
        # A word that is one is not read for another, and numbers are none.
        ("The corn of the 1 account is in room 10", None),
        ("101 5 0", None),
    ],
)
def test_a_picture_s_words_are_read_for_what_they_stand_for(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("xfreerdp ends with error code 65537", "0x1"),
        ("Remmina: error 65548", "0xC"),
        ("FreeRDP exit: 65793", "0x101"),
        # Whose it is is not said, or no such reason is known.
        ("the service ends with error code 65537", None),
        ("xfreerdp has the process 65537", None),
        ("FreeRDP error 65599", None),
    ],
)
def test_freerdp_s_numbers_of_the_host_s_reasons_in_decimal(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ("[ERROR][com.freerdp.core] - freerdp_check_fds() failed - 0", "0x904"),
        ("[ERROR][com.freerdp.core] - freerdp_check_event_handles() failed - 0", "0x904"),
        ("[INFO][com.freerdp.client.common] - Network disconnect!\n[INFO] - Attempting reconnect (1 of 20)", "0x904"),
        ("[INFO][com.freerdp.client.common.cmdline] - loading channelEx cliprdr", "0x2000C"),
        ("[ERROR][com.freerdp.core.nego] - Protocol Security Negotiation Failure", "0x2000C"),
    ],
)
def test_who_had_a_session_has_what_the_host_asks_for(before: str, code: str) -> None:
    """What fails while FreeRDP tries to get a session back is no client without CredSSP."""
    failed = "[ERROR][com.freerdp.core] - freerdp_set_last_error ERRCONNECT_SECURITY_NEGO_CONNECT_FAILED [0x2000C]"
    assert codes.explain(f"{before}\n{failed}")["code"] == code


@each(
    ("text", "code"),
    [
        ("The RD gateway works. The logon was refused by a policy.", None),
        ("Das RD-Gateway ist erreichbar. Die Anmeldung wird wegen einer Richtlinie verweigert.", None),
        ("The address of the RDP server is 10.0.0.5 and I cannot log on.", None),
        ("FlexNet licensing protocol error", None),
        ("Systeembeheerder heeft de computers vervangen en de toegang beperkt", None),
        ("RDP hangs every hour, please wait with updates until tonight", "0x10B"),
        ("RDP h\u00e4ngt jede Stunde, bitte warten Sie mit den Updates", "0x10B"),
    ],
)
def test_what_is_said_of_something_else_is_no_sentence_of_a_client(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code


def test_a_policy_of_the_host_beside_a_gateway_is_not_the_gateway_s() -> None:
    said = "The user is denied by the policy Allow log on through Remote Desktop Services."
    alone, beside = codes.explain(said), codes.explain(f"We use an RD Gateway. {said}")
    assert alone["code"] and beside["code"] == alone["code"]


@each(
    ("text", "code"),
    [
        # The session was idle.
        ("Die Sitzung wurde beendet, weil der Remotecomputer keine Eingaben von Ihnen erhalten hat.", 0x3),
        ("Votre session a pris fin car l'ordinateur distant n'a reçu aucune entrée de votre part.", 0x3),
        ("La sesión finalizó porque el equipo remoto no recibió ninguna entrada suya.", 0x3),
        ("La sessione è terminata perché il computer remoto non ha ricevuto alcun input.", 0x3),
        ("Sesja zakończyła się, ponieważ komputer zdalny nie odebrał żadnych danych wejściowych.", 0x3),
        ("Сеанс завершен, так как удаленный компьютер не получил от вас никаких данных.", 0x3),
        ("由于远程计算机未收到您的任何输入，会话已结束。", 0x3),
        ("Der Remotecomputer zeigt ein Bild, es ist aber keine Eingabe möglich.", None),
        ("Das Fax hat keine Eingabe erhalten. Der Remotecomputer geht. Die Sitzung auch.", None),
        ("Der Drucker hat keine Eingaben erhalten, die Sitzung des Betriebsrats ist beendet.", None),
        # Remote Desktop Services is busy.
        ("Der Vorgang wird nicht abgeschlossen, da die Remotedesktopdienste derzeit ausgelastet sind.", 0x80071B70),
        ("Der Remotedesktopdienst ist momentan ausgelastet.", 0x80071B70),
        ("Servizi Desktop remoto attualmente occupato.", 0x80071B70),
        ("Службы удаленных рабочих столов сейчас заняты.", 0x80071B70),
        ("远程桌面服务当前正忙。", 0x80071B70),
        ("Die Remotedesktopdienste sind nicht ausgelastet.", None),
        ("Die Leitung der Hotline ist ausgelastet.", None),
        ("The Remote Desktop Services team: our support line in Berlin is currently busy", None),
        # Somebody is signed in.
        ("Nur der aktuelle Benutzer oder ein Administrator kann sich an diesem Computer anmelden.", 0x80071B97),
        ("Seul l'utilisateur actuel ou un administrateur peut ouvrir une session sur cet ordinateur.", 0x80071B97),
        ("现在只有当前用户或管理员才能登录到此计算机。", 0x80071B97),
        ("CORP\\jana je přihlášený k tomuto počítači. Pokud budete pokračovat, bude odpojena.", 0x80071B96),
        ("Der aktuelle Benutzer ist ein Administrator.", None),
        ("Nur der aktuelle Benutzer oder ein Administrator darf den Druckauftrag löschen.", None),
        ("Seul l'utilisateur actuel ou un administrateur peut supprimer le fichier.", None),
        ("只有当前用户或管理员可以删除此文件", None),
        # Two clocks, whatever else is said not to be verified.
        ("Extern bureaublad kan de identiteit niet verifiëren: tijd- of datumverschil met de computer", 0x1D07),
        ("Różnica godziny lub daty między tym komputerem a komputerem zdalnym", 0x1D07),
        ("на вашем и удаленном компьютерах различаются время или дата", 0x1D07),
        ("時刻または日付に差があるため、リモート コンピューターの ID を検証できません。", 0x1D07),
        ("Die Zeitumstellung ist am Sonntag; bitte Datum eintragen.", None),
        ("Il y a une différence d'heure ou de date sur la facture", None),
        # No answer in time.
        ("Die beiden Computer konnten in der vorgegebenen Zeit keine Verbindung herstellen.", 0x108),
        ("Les deux ordinateurs n'ont pas pu se connecter dans le délai imparti.", 0x108),
        ("2 台のコンピューターは割り当てられた時間内に接続できませんでした。", 0x108),
        ("Der Antrag wurde in der vorgegebenen Zeit gestellt.", None),
        ("Отчет не удалось сдать в отведенное время", None),
        ("无法在规定的时间内完成报表", None),
        ("割り当てられた時間内に宿題ができませんでした", None),
        # The client's own memory.
        (
            "Deze computer bereikt de externe computer niet: onvoldoende geheugen op de lokale computer",
            0x106,
        ),
        ("Auf dem lokalen Computer ist nicht genügend Arbeitsspeicher für die Tabelle.", None),
        # A licence, an hour before the end.
        ("Es besteht ein Problem mit Ihrer Remotedesktoplizenz. Die Sitzung wird in 60 Minuten getrennt.", 0x106),
        ("Wystąpił problem z licencją usług pulpitu zdalnego.", 0x106),
        ("原因不明：您的远程桌面许可证出现问题。", 0x106),
        ("Wir haben ein Problem mit der Lizenz des Zeichenprogramms.", None),
        ("Il n'y a pas de problème avec la licence Bureau à distance", None),
        ("There isn't any problem with your remote desktop licence", None),
        # Whom a gateway does not let in.
        ('1) Ihr Benutzerkonto ist nicht zum Zugriff auf das Remotedesktopgateway "gw" berechtigt', 0x300001C),
        ("1) L'account utente non è autorizzato ad accedere al Gateway Desktop remoto", 0x300001C),
        ("1) Учетная запись не авторизована для доступа к шлюзу удаленных рабочих столов", 0x300001C),
        ("La cuenta no está autorizada para abrir la puerta del garaje.", None),
    ],
)
def test_windows_own_sentences_in_its_translations(text: str, code: int | None) -> None:
    found = sentences.find(text)
    assert (found and found[2]) == code


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("The RD Gateway refused the connection because of a policy.", True),
        ("The Remote Desktop Gateway denied access due to its policy", True),
        ("Access was denied by the RD Gateway because of a policy", True),
        ("The connection was refused by the Remote Desktop Gateway due to the resource policy", True),
        ("RD Gateway: access denied due to policy", True),
        ("Your connection was denied due to the RD Gateway's policy", True),
        ("RD-Gateway: Zugriff wegen einer Richtlinie verweigert", True),
        ("Connexion par la passerelle RD : accès refusé en raison d'une stratégie", True),
        ("The gateway denied the connection due to the connection policy", True),
        ("The RD gateway was not refused because of a policy", False),
        ("Our VPN gateway denied the connection due to the connection policy", False),
        ("Die Firewall am Gateway hat die Verbindungsrichtlinie abgelehnt", False),
        ("We set a policy on the RD gateway. The old printer was refused.", False),
        ("Our mail gateway denied the attachment because of its size, the policy is known.", False),
        ("The RD Gateway is up, the travel was denied because it is too dear, as the new policy has it.", False),
    ],
)
def test_a_gateway_that_refuses_for_a_policy(text: str, refused: bool) -> None:
    found = sentences.find(text)
    assert (found is not None and found[2] == 0x300001C) is refused


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # rdesktop says that it does not trust the certificate, and goes on: how it ended says more.
        (
            "Core(warning): Certificate received from server is NOT trusted by this system, an exception has been added"
            " by the user to trust this specific certificate.\nConnection established using CredSSP.\n"
            "Core(error): tcp_recv(), gnutls_record_recv() failed with -54: Erreur dans la fonction pull.",
            "0x904",
        ),
        (
            "Certificate received from server is NOT trusted by this system, an exception has been added by the user."
            " Core(error): tcp_recv(), gnutls_record_recv() failed with -54",
            "0x904",
        ),
        ("Certificate received from server is NOT trusted by this system, do you trust it (yes/no)?", "0x800B0109"),
        # A library was given no user, and the web client's socket was closed.
        ('kind: Credssp(Error { error_type: InvalidToken, description: "Got empty identity" })', "0x2001B"),
        ("The identity provider returned: Got empty identity", None),
        ("exim: gnutls_record_send() failed with -54", None),
        ("disconnect code=GatewayProtocolError(52), extended code=<null>, reason=WebSocket closed", "0x300000D"),
        ("WebSocket closed with code: 1006", None),
    ],
)
def test_how_a_connection_ended_says_more_than_a_warning(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('I get an "internal error" connecting using RDP', "0x4"),
        ("mstsc says internal error, nothing else", "0x4"),
        ("With Remote Desktop to PC17 I only see: internal error", "0x4"),
        ("Remotedesktop auf PC17: nur noch interner Fehler", "0x4"),
        ("Die RDP-Verbindung bricht mit internem Fehler ab", "0x4"),
        ("Bureau à distance : erreur interne depuis ce matin", "0x4"),
        ("Con el escritorio remoto sale error interno", "0x4"),
        ("远程桌面时,会偶发内部错误.", "0x4"),
        ("リモート デスクトップで内部エラーになります", "0x4"),
        # Of others, of a web server, of none.
        ("The order form shows an internal error", None),
        ("Remote Desktop is not what fails. The order form shows an internal error.", None),
        ("HTTP 500 internal server error", None),
        ("远程桌面没有发生内部错误", None),
        ("Remote Desktop was never ended without an internal error", None),
    ],
)
def test_an_error_inside_the_client_is_told_of_by_its_name(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("从外面远程桌面，提示拒绝连接", "0x204"),
        ("xfreerdp: 连接被拒绝", "0x204"),
        ("遠端桌面 連線被拒絕", "0x204"),
        ("rdesktop: 연결이 거부됨", "0x204"),
        ("xfreerdp: Połączenie odrzucone", "0x204"),
        ("rdesktop: Spojení odmítnuto", "0x204"),
        ("xfreerdp: Verbinding is geweigerd", "0x204"),
        ("xfreerdp: Bağlantı reddedildi", "0x204"),
        ("redis 6379 拒绝连接", None),
        ("远程桌面没有拒绝连接", None),
    ],
)
def test_a_port_that_refuses_does_so_in_every_language(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code
