# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dialogs and logs as people paste them: many languages and scripts, on one line or several, with none to three codes.
The words are this test's own.
"""

from __future__ import annotations

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.codes import explain

PAIR = ("0x904", "0x7")
_DIRECTION = "\u200e"
_NBSP = "\u00a0"
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

DIALOGS: list[tuple[str, str, tuple[str | None, str | None]]] = [
    # The pair, in languages, as copied (lines) and joined.
    (
        "english, lines",
        "No connection could be made.\n\nError code: 0x904\nExtended error code: 0x7\nTimestamp (UTC): 11/23/26"
        " 09:18:47 AM",
        PAIR,
    ),
    (
        "english, joined",
        "No connection could be made.Error code: 0x904Extended error code: 0x7Timestamp (UTC): 11/23/26 09:18:47 AM",
        PAIR,
    ),
    ("english, capitals, joined", "ERROR CODE: 0X904EXTENDED ERROR CODE: 0X7", PAIR),
    ("english, small, joined", "error code: 0x904extended error code: 0x7", PAIR),
    (
        "german, lines",
        "Es kam keine Verbindung zustande.\nFehlercode: 0x904\nErweiterter Fehlercode: 0x7\nZeitstempel (UTC):"
        " 23.11.26 09:18:47",
        PAIR,
    ),
    ("german, joined", "Fehlercode: 0x904Erweiterter Fehlercode: 0x7Zeitstempel", PAIR),
    ("german, one sentence", "Fehlercode 0x904, erweiterter Fehlercode 0x7.", PAIR),
    ("french, lines", f"Code d{_APOSTROPHE}erreur{_NBSP}: 0x904\nCode d{_APOSTROPHE}erreur étendu{_NBSP}: 0x7", PAIR),
    ("french, joined", f"Code d{_APOSTROPHE}erreur{_NBSP}: 0x904Code d{_APOSTROPHE}erreur étendu{_NBSP}: 0x7", PAIR),
    ("french, joined zeros", "Code d'erreur : 0x0Code d'erreur étendu : 0x0", ("0x0", "0x0")),
    ("spanish, joined", "Código de error: 0x904Código de error extendido: 0x7", PAIR),
    ("spanish, no accents", "Codigo: 0x904Codigo extendido: 0x7", PAIR),
    (
        "portuguese, lines",
        "Não foi possível ligar.\r\nCódigo de erro: 0x904\r\nCódigo de erro estendido: 0x7\r\n",
        PAIR,
    ),
    ("italian, joined", "Codice errore: 0x904Codice errore esteso: 0x7", PAIR),
    ("dutch, lines", "Foutcode: 0x904\nUitgebreide foutcode: 0x7", PAIR),
    ("danish, joined", "Fejlkode: 0x904Udvidet fejlkode: 0x7", PAIR),
    ("swedish, joined", "Felkod: 0x904Utökad felkod: 0x7", PAIR),
    ("finnish, lines", "Virhekoodi: 0x904\nLaajennettu virhekoodi: 0x7", PAIR),
    ("polish, joined", "Kod błędu: 0x904Rozszerzony kod błędu: 0x7", PAIR),
    ("polish, further word", "Błąd 0x904Dodatkowy kod: 0x7", PAIR),
    ("czech, joined", "Kód chyby: 0x904Další kód chyby: 0x7", PAIR),
    ("hungarian, joined", "Hibakód: 0x904Bővített hibakód: 0x7", PAIR),
    ("romanian, joined", "Cod de eroare: 0x904Cod de eroare extins: 0x7", PAIR),
    ("turkish, joined", "Hata kodu: 0x904Genişletilmiş hata kodu: 0x7", PAIR),
    ("vietnamese, joined", "Mã lỗi: 0x904Mã lỗi mở rộng: 0x7", PAIR),
    ("indonesian, joined", "Kode kesalahan: 0x904Diperluas: 0x7", PAIR),
    ("greek, joined", "Κωδικός σφάλματος: 0x904Εκτεταμένος κωδικός: 0x7", PAIR),
    ("russian, lines", "Код ошибки: 0x904\nРасширенный код ошибки: 0x7", PAIR),
    ("russian, joined, cyrillic x", "Код ошибки: 0х904Расширенный код ошибки: 0х7", PAIR),
    ("russian, word of look-alikes", "Код: 0x904Ответ, ещё код: 0x7", PAIR),
    ("russian, look-alike letters", "ошибка 0хС07", ("0xC07", None)),
    ("ukrainian, joined", "Код помилки: 0x904Розширений код помилки: 0x7", PAIR),
    ("bulgarian, joined", "Код на грешка: 0x904Разширен код: 0x7", PAIR),
    ("serbian, lines", "Шифра грешке: 0x904\nПроширена шифра: 0x7", PAIR),
    ("chinese, full-width colon", "错误代码： 0x904\n扩展错误代码： 0x7", PAIR),
    ("chinese, joined", "错误代码: 0x904扩展错误代码: 0x7", PAIR),
    ("chinese, no space at all", "错误代码0x904，扩展错误代码0x7", PAIR),
    ("chinese, console session", "错误代码： 0x708\n扩展错误代码： 0x0", ("0x708", "0x0")),
    ("chinese, code ends in a letter", "身份验证错误代码0x8009030D扩展错误代码", ("0x8009030D", None)),
    ("traditional chinese, full-width", "錯誤碼：０ｘ９０４延伸錯誤碼：０ｘ７", PAIR),
    ("japanese, joined", "エラー コード: 0x904拡張エラー コード: 0x7", PAIR),
    ("japanese, full-width", "エラーコード：０ｘ９０４　拡張エラーコード：０ｘ７", PAIR),
    ("korean, joined", "오류 코드: 0x904확장 오류 코드: 0x7", PAIR),
    ("arabic, direction marks", f"رمز الخطأ: {_DIRECTION}0x904{_DIRECTION}رمز الخطأ الموسع: {_DIRECTION}0x7", PAIR),
    ("arabic, arabic digits", "رمز الخطأ: 0x٩٠٤\nالرمز الموسع: 0x٧", PAIR),
    ("persian, joined", "کد خطا: 0x904کد خطای گسترده: 0x7", PAIR),
    ("hebrew, direction marks", "קוד שגיאה: \u202a0x904\u202c קוד מורחב: \u202a0x7\u202c", PAIR),
    ("hindi, joined", "त्रुटि कोड: 0x904विस्तारित कोड: 0x7", PAIR),
    ("hindi, its own digits", "त्रुटि 0x९०४ विस्तारित 0x७", PAIR),
    ("bengali", "ত্রুটি কোড: 0x904 বর্ধিত: 0x7", PAIR),
    ("thai, no spaces", "รหัสข้อผิดพลาด0x904รหัสเพิ่มเติม0x7", PAIR),
    ("georgian", "შეცდომის კოდი: 0x904 დამატებითი: 0x7", PAIR),
    ("armenian", "Սխալի կոդ՝ 0x904, ընդլայնված՝ 0x7", PAIR),
    ("tamil", "பிழை குறியீடு: 0x904 நீட்டிக்கப்பட்ட: 0x7", PAIR),
    # Shapes.
    ("glued", "0x9040x7", PAIR),
    ("an O for the zero", "Error Ox904, extended Ox7", PAIR),
    ("a space after the x", "Error code: 0x 904 Extended: 0x 7", PAIR),
    ("a multiplication sign", "0×904/0×7", PAIR),
    ("invisible marks inside", "0x9\u200b04\u00ad / 0x7", PAIR),
    ("quoted, tabs", "> Error code:\t0x904\n> Extended error code:\t0x7", PAIR),
    ("markdown", "**Error code:** `0x904`\n**Extended error code:** `0x7`", PAIR),
    ("json", '{"code": "0x904", "extended": "0x7"}', PAIR),
    ("zero padded", "Code 0x00000904, 0x00000007", PAIR),
    ("slash, second without 0x", "mstsc says 0x904/7 since Monday", PAIR),
    ("bare, in words", "Error 904, extended error 7", PAIR),
    ("bare pair in words", "we get 904/7 on two clients", PAIR),
    ("bare after colons", "Error code: 4\nExtended error code: 0", ("0x4", "0x0")),
    ("event 1026", "RDP ClientActiveX has been disconnected (Reason= 2308)", ("0x904", None)),
    ("connection manager", "Session ended!\n2825 This computer lacks what the other one wants.", ("0xB09", None)),
    (
        "screenshot with a size",
        "mstsc 1920x1080, HOST:3389, Error code: 0x204, Extended error code: 0x0",
        ("0x204", "0x0"),
    ),
    ("twice", "Error code: 0x904 Extended: 0x7\n(again) Error code: 0x904 Extended: 0x7", PAIR),
    (
        "three codes",
        "It failed (Code: 0x80080005).\nComputer: HOST01\nError code: 0x0\nExtended error code: 0x0\n01/21/26"
        " 10:53:14 AM",
        ("0x80080005", None),
    ),
    ("status as a decimal", "LSA said -2146893043 to the client", ("0x8009030D", None)),
    ("status, by its word", "connect to web01 failed, NTSTATUS -1073741715", ("0xC000006D", None)),
    ("status, without a sign", "STATUS: 3221225581", ("0xC000006D", None)),
    ("status code in decimal", "logon failed, status code 2148074252", ("0x8009030C", None)),
    ("status without 0x", "the failure was C000006D, at 10:12", ("0xC000006D", None)),
    (
        "status without 0x, beside a name",
        "recvTSCredentials() ErrorCode = c0000224, Facility = 0\nDecryptMessage failure: SEC_E_INVALID_TOKEN",
        ("0xC0000224", None),
    ),
    ("no status, but a part of a name", "ErrorCode = c0000224-11aa, SEC_E_INVALID_TOKEN", ("0x80090308", None)),
    ("64-bit status", "status 0xFFFFFFFF8009030D", ("0x8009030D", None)),
    ("entra, wrong password", "AADSTS50126: Error validating credentials", ("0xC000006D", None)),
    ("entra, not its name", "Sign in. AADSTS293004: The target-device identifier was not found", ("0x308", None)),
    ("entra, conditional access", "AADSTS53003: Access has been blocked", ("0xC07", None)),
    # Other clients.
    ("mac", "We could not finish it: the PC's certificate is not accepted.\n\nError code: 0x907", ("0x907", None)),
    ("phone", "Your session ended. Error code: 0x4", ("0x4", None)),
    (
        "mac, gateway",
        "The gateway cannot be used now.Error code: 0x300000dIf it stays so, ask your admin.",
        ("0x300000D", None),
    ),
    ("android, spanish", "No se pudo conectar.\nCódigo de error: 0x207", ("0x207", None)),
    ("windows app, farm", "Fehlercode: 0x607Erweiterter Fehlercode: 0x0", ("0x607", "0x0")),
    ("graphics", "Error code: 0x3\nExtended error code: 0x11", ("0x3", "0x11")),
    (
        "freerdp log",
        "[10:12:01:135] [ERROR][com.freerdp.core] - set_last_error_ex ERRCONNECT_CONNECT_TRANSPORT_FAILED [0x0002000D]",
        ("0x2000D", None),
    ),
    ("freerdp, errinfo", "[WARN] ERRINFO_LOGOFF_BY_USER (0x0001000C): the user went", ("0xC", None)),
    ("remmina", "libfreerdp returned code is 00020014", ("0x20014", None)),
    ("xfreerdp", "xfreerdp: exit status 133", ("0x85", None)),
    ("xfreerdp, its status in words", "xfreerdp exited with status 131", ("0x83", None)),
    ("wlfreerdp, its code in words", "wlfreerdp exited with code 131", ("0x83", None)),
    ("negotiation by name", "Protocol security negotiation failure: HYBRID_REQUIRED_BY_SERVER", ("0x5", None)),
    ("web client", "Oops. CertMismatch. Activity 0b5b1f2e-77aa-4d1c-a5a9-e5d9efc2780a", ("0x907", None)),
    # A sentence in place of a code.
    ("words, refused", "The logon attempt failed", ("0x807", None)),
    ("words, curly apostrophe", f'Remote Desktop can{_APOSTROPHE}t find the computer "PC".', ("0x104", None)),
    (
        "words, english, oracle",
        "An authentication error has occurred.\nThe function requested is not supported\nRemote computer: PC",
        ("0x80090302", None),
    ),
    (
        "words, german, oracle",
        "Authentifizierungsfehler.\nUrsache könnte eine CredSSP Encryption Oracle Remediation sein.\n"
        "Weitere Informationen: https://go.microsoft.com/fwlink/?linkid=866660",
        ("0x80090302", None),
    ),
    ("words, a link alone", "详细信息: https://go.microsoft.com/fwlink/?linkid=866660", ("0x80090302", None)),
    ("words, broken lines", "A user account\n   restriction is in the way.", ("0xC07", None)),
    ("words, kerberos", 'krb5glue_get_init_creds (Cannot find KDC for realm "YY" [-1765328230])', ("0x80090311", None)),
    ("words, french, function", f"La fonction demandée n{_APOSTROPHE}est pas prise en charge.", ("0x80090302", None)),
    ("words, french, decomposed", "L'acce\u0300s a\u0300 distance au serveur n'est pas active\u0301", ("0x204", None)),
    ("words, german, domain", "NLA (auf Netzwerkebene): kein Kontakt zum Domänencontroller", ("0x1807", None)),
    ("words, german, licence", "Remotesitzung getrennt; es gibt keinen Lizenzserver", ("0x101", None)),
    ("words, spanish, name", "Escritorio remoto no encuentra el equipo «PC»", ("0x104", None)),
    ("words, spanish, without accents", "No esta habilitado el acceso remoto al servidor", ("0x204", None)),
    ("words, italian, function", "La funzione richiesta non è supportata.", ("0x80090302", None)),
    ("words, portuguese, refused", "Suas credenciais não funcionaram", ("0x807", None)),
    ("words, german, nla", "Die Authentifizierung auf Netzwerkebene wird hier nicht unterstützt", ("0xB09", None)),
    ("words, spanish, domain", "A nivel de red (NLA) no hay controlador de dominio", ("0x1807", None)),
    ("words, chinese, nla", "需要网络级别身份验证，而你的计算机不支持", ("0xB09", None)),
    ("none, german, nla", "Computer ohne Authentifizierung auf Netzwerkebene", (None, None)),
    ("words, dutch, nla", "Verificatie op netwerkniveau, wat uw computer niet ondersteunt", ("0xB09", None)),
    ("words, polish, off", "1) Dostęp zdalny do serwera nie jest włączony", ("0x204", None)),
    ("words, russian, licence", "Удаленный сеанс отключен: где серверы лицензирования?", ("0x101", None)),
    ("words, russian, internal", "Произошла внутренняя ошибка.", ("0x4", None)),
    ("words, japanese, joined", "ライセンスサーバーがないため", ("0x101", None)),
    ("words, japanese, half-width", "ﾘﾓｰﾄ ﾃﾞｽｸﾄｯﾌﾟ ﾗｲｾﾝｽに問題", ("0x106", None)),
    ("words, chinese, function", "要求的函数不受支持", ("0x80090302", None)),
    ("words, traditional chinese, internal", "發生內部錯誤", ("0x4", None)),
    ("words, korean, product", "Windows Defender Credential Guard는 저장된 암호를 쓰지 않습니다", ("0x2107", None)),
    ("words, any language, oracle", "Kan bero på Oracle-åtgärden för CredSSP", ("0x80090302", None)),
    ("words, guacd", "RDP server closed: Security negotiation failed (wrong security type?)", ("0x2000C", None)),
    ("words, certificate of before", "Oops: unexpected server authentication certificate!", ("0x607", None)),
    (
        "words, certificate ended",
        "The authentication certificate received from the remote computer is expired or invalid",
        ("0x1B07", None),
    ),
    ("words, freerdp, host key", "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @", ("0x607", None)),
    (
        "words, refusal 1",
        "the server requires that the client support Enhanced RDP Security with either TLS",
        ("0x1", None),
    ),
    ("words, refusal 2", "the server is configured to only use Standard RDP Security mechanisms", ("0x2", None)),
    ("words, refusal 3", "the server does not possess a valid authentication certificate", ("0x3", None)),
    ("words, refusal 4", "the list of requested security protocols is not consistent", ("0x4", None)),
    ("words, refusal 5", "requires that the client support Enhanced RDP Security with CredSSP", ("0x5", None)),
    (
        "words, refusal 6",
        "requires that the client support Enhanced RDP Security with TLS and certificate-based client authentication",
        ("0x6", None),
    ),
    ("words, node", "Error: NODE_RDP_PROTOCOL_X224_NEG_FAILURE", ("0x2000C", None)),
    ("words, reset", "recv failed: Connection reset by peer (os error 104)", ("0x904", None)),
    (
        "words, reset, windows",
        "An existing connection was forcibly closed by the remote host. (os 10054)",
        ("0x904", None),
    ),
    ("words, reset, number", "The connection was forcibly closed by the remote host. (errno: 304)", ("0x904", None)),
    ("words, refused, windows", "The target machine actively refused it (os error 10061)", ("0x204", None)),
    ("words, reset, node", "Error: read ECONNRESET, errno: -104", ("0x904", None)),
    ("words, refused, node", "connect ECONNREFUSED 10.0.0.4:3389", ("0x204", None)),
    ("none, number of a system", "recv failed (os error 104)", (None, None)),
    # A number of the client's own system is no code; a warning ahead of the end is not the end.
    ("freerdp, reset", "BIO_read returned a system error 104: Connection reset by peer", ("0x2000D", None)),
    (
        "freerdp, warned and reset",
        "WARNING: CERTIFICATE NAME MISMATCH!\nreturned a system error 104: Connection reset by peer",
        ("0x2000D", None),
    ),
    (
        "freerdp, reset with a name",
        "ERRCONNECT_TLS_CONNECT_FAILED\nreturned a system error 104: Connection reset by peer",
        ("0x20008", None),
    ),
    ("hexadecimal behind it", "returned a system error 0x80070005, errno=0x904", ("0x80070005", None)),
    ("rdesktop, mismatch", "WARNING: CERTIFICATE NAME MISMATCH!", ("0x907", None)),
    # A log that says more than the code in it, and one that does not.
    (
        "freerdp, host key and code",
        "REMOTE HOST IDENTIFICATION HAS CHANGED!\ntransport_connect_tls ERRCONNECT_TLS_CONNECT_FAILED [0x00020008]",
        ("0x607", None),
    ),
    (
        "freerdp, reset and code",
        "ERRCONNECT_TLS_CONNECT_FAILED [0x00020008]\nConnection reset by peer",
        ("0x20008", None),
    ),
    (
        "freerdp, broken off",
        "ERRCONNECT_PASSWORD_CERTAINLY_EXPIRED [0x0002000F]\nssl3_read_bytes:tlsv1 alert internal error",
        ("0x80090302", None),
    ),
    (
        "freerdp, expired",
        "ERRCONNECT_PASSWORD_CERTAINLY_EXPIRED [0x0002000F]\ntlsv1 alert access denied",
        ("0x2000F", None),
    ),
    # A code beside it says more.
    ("words and a code", "An internal error has occurred.\nError code: 0x904\nExtended error code: 0x7", PAIR),
    ("none, another guard", "Remote Credential Guard is not there.", (None, None)),
    # No code.
    ("none, english", "The remote session was ended. Ask whoever owns the computer.", (None, None)),
    ("none, japanese", "リモート コンピューターに接続できませんでした。", (None, None)),
    ("none, arabic", "تعذر الاتصال بالكمبيوتر البعيد", (None, None)),
    (
        "event as XML",
        "<EventID>1026</EventID><Data Name='Name'>Disconnect Reason</Data><Data Name='Value'>2308</Data>",
        ("0x904", None),
    ),
    ("none, events", "Only events 1024, 1026 and 1105 are there, and 4625 with type 3.", (None, None)),
    ("none, addresses", "from fe80::904 and 2001:db8::204 to 192.168.131.133, exit 131", (None, None)),
    (
        "none, numbers of other things",
        "Windows 11, build 26100.7019, port 3389, 2 monitors, 23.11.2026 09:18",
        (None, None),
    ),
]


@pytest.mark.parametrize(("text", "code"), [case[1:] for case in DIALOGS], ids=[case[0] for case in DIALOGS])
def test_a_pasted_dialog(text: str, code: tuple[str | None, str | None]) -> None:
    found = explain(text)
    assert (found["code"], (found["extended"] or {}).get("code")) == code
    assert found["known"] == (code[0] is not None) and bool(found["unread"]) == (code[0] is None)


@pytest.mark.parametrize(
    "text", [case[1] for case in DIALOGS if "\n" in case[1]], ids=[case[0] for case in DIALOGS if "\n" in case[1]]
)
def test_lines_do_not_matter(text: str) -> None:
    """The same dialog with its lines joined, broken otherwise, or indented says the same."""
    said = explain(text)["code"], explain(text)["extended"]
    for other in (
        text.replace("\n", "\r\n"),
        text.replace("\n", "\n\n  "),
        text.replace("\n", " ; "),
        f"\n\n{text}\n\n",
    ):
        assert (explain(other)["code"], explain(other)["extended"]) == said


def test_there_are_enough_of_them() -> None:
    assert len(DIALOGS) >= 60 and len({name for name, _text, _code in DIALOGS}) == len(DIALOGS)
    assert len({name.split(",")[0] for name, text, _code in DIALOGS if not text.isascii()}) >= 20
