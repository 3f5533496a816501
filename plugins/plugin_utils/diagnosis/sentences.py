# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients say without a code: the sentences of dialogs and logs, and the code that says the same.

Many dialogs of Windows' own client have a sentence alone. A sentence counts only where no code was found beside it,
and only as these tables have it: by the few words that tell it apart, in the languages for which a public page shows
them, or by a part that is the same in every language. A translation that no page shows is left out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import (
    DISCONNECT,
    ERRINFO,
    FREERDP,
    NEGOTIATION,
)

_STATUS = "status"
_Row = tuple[str, str, int]

# A row has the words that tell a sentence apart and the kind and number of the code. Words with ... between them may
# stand anywhere. Capitals, accents, spaces and marks do not count. The first row that fits is taken.
_EVERY_LANGUAGE: tuple[_Row, ...] = (
    # The name of the remedy, and the link that the dialog gives.
    ("credssp ... orac", _STATUS, 0x80090302),
    ("linkid=866660", _STATUS, 0x80090302),
    # The product's name; Remote Credential Guard is another one.
    ("windows defender credential guard", DISCONNECT, 0x2107),
)
# What each language calls Network Level Authentication (as its settings and pages have it: the two pages named below,
# https://tofixeasy.com/nl/, https://altarena.ru/network-location-awareness-na-russkom-windows-10/ and
# https://github.com/jumpserver/jumpserver/issues/3573), a domain controller, and what is not supported.
_NETWORK_LEVEL = (
    ("auf netzwerkebene", "domänencontroller", "nicht unterstützt"),
    ("au niveau du réseau", "contrôleur de domaine", "pas en charge"),
    ("au niveau du réseau", "contrôleur de domaine", "pas prise en charge"),
    ("a nivel de red", "controlador de dominio", "no admite"),
    ("a nivel de red", "controlador de dominio", "no es compatible"),
    ("a livello di rete", "controller di dominio", "non supporta"),
    ("a livello di rete", "controller di dominio", "non è supportata"),
    ("op netwerkniveau", "domeincontroller", "niet ondersteunt"),
    ("na poziomie sieci", "kontrolerem domeny", "nie obsługuje"),
    ("на уровне сети", "контроллером домена", "не поддерживает"),
    ("ネットワーク レベル認証", "ドメイン コントローラー", "サポートしていません"),
    ("网络级别身份验证", "域控制器", "不支持"),
    ("網路層級驗證", "網域控制站", "不支援"),
)
_NLA: tuple[_Row, ...] = (
    *((f"{named} ... {controller}", DISCONNECT, 0x1807) for named, controller, _not in _NETWORK_LEVEL),
    *((f"{named} ... {unsupported}", DISCONNECT, 0xB09) for named, _controller, unsupported in _NETWORK_LEVEL),
)
# https://learn.microsoft.com/troubleshoot/windows-server/remote/ (rdp-error-general-troubleshooting,
# cannot-authenticate-must-authenticate-twice, local-security-authority-cant-contact,
# cannot-connect-rds-no-license-server, remote-desktop-cannot-verify-identity-connecting-remote-machine,
# your-session-will-be-disconnected-in-60-minutes),
# https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/cannot-connect-rdp-azure-vm,
# https://learn.microsoft.com/azure/virtual-desktop/troubleshoot-azure-ad-connections, the issues of mRemoteNG, and on
# certificates https://miqrogroove.com/blog/tag/rdp and https://aidanfinn.com/?p=9840.
_ENGLISH: tuple[_Row, ...] = (
    ("the function requested is not supported", _STATUS, 0x80090302),
    ("domain controller cannot be contacted to perform nla", DISCONNECT, 0x1807),
    ("requires network level authentication which your computer does not support", DISCONNECT, 0xB09),
    ("time or date difference between your computer", DISCONNECT, 0x1D07),
    ("user account restriction", DISCONNECT, 0xC07),
    ("account restrictions are preventing this user", DISCONNECT, 0xC07),
    ("restricted the type of logon", DISCONNECT, 0x1307),
    ("restricted the types of logon", DISCONNECT, 0x1307),
    ("the sign-in method youre trying to use isnt allowed", DISCONNECT, 0x1307),
    ("account is configured to prevent you from using this", DISCONNECT, 0x1307),
    ("need the right to sign in through remote desktop", ERRINFO, 0x9),
    ("must be granted the allow log on through", ERRINFO, 0x9),
    ("not authorized for remote login", ERRINFO, 0x9),
    ("credential guard does not allow using saved credentials", DISCONNECT, 0x2107),
    ("must change your password before logging on", DISCONNECT, 0x1207),
    ("password has expired", DISCONNECT, 0xF07),
    ("account has been locked", DISCONNECT, 0xD07),
    ("account is currently locked out", DISCONNECT, 0xD07),
    ("account has been disabled", DISCONNECT, 0xB07),
    ("the logon attempt failed", DISCONNECT, 0x807),
    ("your credentials did not work", DISCONNECT, 0x807),
    ("sign in failed ... check your username and password", DISCONNECT, 0x807),
    ("no remote desktop license servers available", ERRINFO, 0x101),
    ("no remote desktop client access licenses available", ERRINFO, 0x102),
    ("problem with your remote desktop license", ERRINFO, 0x106),
    ("the computer that was reached is not the one you specified", _STATUS, 0x80090322),
    ("the remote computer that was reached is not the one you specified", _STATUS, 0x80090322),
    ("local security authority cannot be contacted", _STATUS, 0x80090304),
    ("remote desktop cant find the computer", DISCONNECT, 0x104),
    ("remote access to the server is not enabled", DISCONNECT, 0x204),
    ("couldnt connect in the amount of time allotted", DISCONNECT, 0x108),
    ("because of an error in data encryption", DISCONNECT, 0xC06),
    ("another user connected to the remote computer", ERRINFO, 0x5),
    ("unexpected server authentication certificate", DISCONNECT, 0x607),
    ("certificate received from the remote computer is expired or invalid", DISCONNECT, 0x1B07),
)
# The pages troubleshoot-specific-rdp-errors, troubleshoot-rdp-general-error, troubleshoot-rdp-internal-error and
# troubleshoot-authentication-error-rdp-vm of https://github.com/MicrosoftDocs/azure-docs in their translations
# (azure-docs.de-de, .fr-fr, .es-es, .it-it, .pt-br, .pl-pl, .ru-ru, .ja-jp, mc-docs.zh-cn), the page
# cannot-authenticate-or-must-authenticate-twice of windowsserverdocs in the same, and beside them in each language:
# https://blog.impressive-it.de/authentifizierungsfehler-die-angeforderte-funktion-wird-nicht-unterstuetzt
# https://www.computerweekly.com/de/tipp/RDP-Authentifizierung-Haeufige-Fehlerquellen-und-Loesungen
_GERMAN: tuple[_Row, ...] = (
    ("die angeforderte funktion wird nicht unterstützt", _STATUS, 0x80090302),
    ("(netzwerk oder interaktiv)", DISCONNECT, 0x1307),
    ("remotesitzung ... getrennt ... lizenzserver", ERRINFO, 0x101),
    ("die lokale sicherheitsautorität ... nicht erreichbar", _STATUS, 0x80090304),
    ("mit den anmeldeinformationen konnte keine verbindung", DISCONNECT, 0x807),
    ("ihre anmeldeinformationen funktionieren nicht", DISCONNECT, 0x807),
    ("der anmeldeversuch ist fehlgeschlagen", DISCONNECT, 0x807),
    ("remotedesktop kann den computer ... nicht finden", DISCONNECT, 0x104),
    ("der remotezugriff auf den server ist nicht aktiviert", DISCONNECT, 0x204),
)
# https://learn.microsoft.com/fr-fr/troubleshoot/windows-server/remote/troubleshooting-access-denied-and-user-not-authorized-rds-issues
_FRENCH: tuple[_Row, ...] = (
    ("la fonction demandée n'est pas prise en charge", _STATUS, 0x80090302),
    ("(réseau ou interacti", DISCONNECT, 0x1307),
    ("compte d'utilisateur n'est pas autorisé pour la connexion à distance", ERRINFO, 0x9),
    ("session distante ... déconnectée ... serveur de licences", ERRINFO, 0x101),
    ("l'autorité de sécurité locale ne peut pas être contactée", _STATUS, 0x80090304),
    ("vos informations d'identification n'ont pas fonctionné", DISCONNECT, 0x807),
    ("le bureau à distance ne trouve pas", DISCONNECT, 0x104),
    ("l'accès à distance au serveur n'est pas activé", DISCONNECT, 0x204),
)
_SPANISH: tuple[_Row, ...] = (
    ("no se admite la función solicitada", _STATUS, 0x80090302),
    ("(red o interactiv", DISCONNECT, 0x1307),
    ("sesión remota ... no hay servidores de licencias", ERRINFO, 0x101),
    ("con la autoridad de seguridad local", _STATUS, 0x80090304),
    ("las credenciales no funcionaron", DISCONNECT, 0x807),
    ("escritorio remoto no encuentra el equipo", DISCONNECT, 0x104),
    ("no está habilitado el acceso remoto al servidor", DISCONNECT, 0x204),
)
# https://itlabz10.tk/archives/1364 and
# https://learn.microsoft.com/it-it/troubleshoot/azure/virtual-machines/windows/cannot-connect-rdp-azure-vm
_ITALIAN: tuple[_Row, ...] = (
    ("la funzione richiesta non è supportata", _STATUS, 0x80090302),
    ("(rete o interattiv", DISCONNECT, 0x1307),
    ("sessione remota ... disconnessa ... server licenze", ERRINFO, 0x101),
    ("contattare l'autorità di sicurezza locale", _STATUS, 0x80090304),
    ("l'accesso remoto al server non è abilitato", DISCONNECT, 0x204),
)
_PORTUGUESE: tuple[_Row, ...] = (
    ("sessão remota ... não há servidores de licença", ERRINFO, 0x101),
    ("autoridade de segurança local não pode ser", _STATUS, 0x80090304),
    ("suas credenciais não funcionaram", DISCONNECT, 0x807),
    ("área de trabalho remota não consegue localizar o", DISCONNECT, 0x104),
    ("o acesso remoto ao servidor não está habilitado", DISCONNECT, 0x204),
)
# https://pl.telusuri.info/articles/windows-10/proizoshla-oshibka-proverki-podlinnosti-ukazannaya-funkciya-ne-podderzhivaetsya.html
_POLISH: tuple[_Row, ...] = (
    ("żądana funkcja nie jest obsługiwana", _STATUS, 0x80090302),
    ("dostęp zdalny do serwera nie jest włączony", DISCONNECT, 0x204),
)
# https://windoro.ru/0xc07-udalennyj-rabochij-stol-windows-10
_RUSSIAN: tuple[_Row, ...] = (
    ("указанная функция не поддерживается", _STATUS, 0x80090302),
    ("удаленный сеанс отключен ... серверы лицензирования", ERRINFO, 0x101),
    ("связаться с локальным администратором безопасности", _STATUS, 0x80090304),
)
# https://qiita.com/fjtter/items/be213ff906b17809bf92, https://so-zou.jp/software/tool/network/remote-desktop,
# https://www.haruru29.net/blog/rdp-nla-error/ and
# https://learn.microsoft.com/ja-jp/troubleshoot/windows-server/remote/your-session-will-be-disconnected-in-60-minutes
_JAPANESE: tuple[_Row, ...] = (
    ("要求された関数はサポートされていません", _STATUS, 0x80090302),
    ("ログオンの種類 ... システム管理者により制限", DISCONNECT, 0x1307),
    ("ログインできるコンピューターがシステム管理者により制限", DISCONNECT, 0x1107),
    ("リモート ログインを許可されていない", ERRINFO, 0x9),
    ("ライセンス サーバーがないため", ERRINFO, 0x101),
    ("クライアント アクセス ライセンスがないため", ERRINFO, 0x102),
    ("リモート デスクトップ ライセンスに問題", ERRINFO, 0x106),
    ("ローカル セキュリティ機関にアクセスできません", _STATUS, 0x80090304),
    ("リモート デスクトップ ... コンピューター ... を見つけることができません", DISCONNECT, 0x104),
)
# http://www.cftea.com/c/2018/05/8182.asp, https://github.com/anhkgg/SuperRDP/issues/33, and Tencent Cloud's pages on
# Windows instances (https://cloud.tencent.com/document/product/213); traditional characters:
# https://learn.microsoft.com/zh-tw/troubleshoot/azure/virtual-machines/windows/cannot-connect-rdp-azure-vm
_CHINESE: tuple[_Row, ...] = (
    ("要求的函数不受支持", _STATUS, 0x80090302),
    ("需要具有通过远程桌面服务进行登录的权限", ERRINFO, 0x9),
    ("没有远程桌面授权服务器", ERRINFO, 0x101),
    ("远程桌面许可证服务器 ... 断开", ERRINFO, 0x101),
    ("无法联系本地安全机构", _STATUS, 0x80090304),
    ("無法連絡本機安全性授權", _STATUS, 0x80090304),
    ("远程桌面找不到计算机", DISCONNECT, 0x104),
    ("未启用对服务器的远程访问", DISCONNECT, 0x204),
)
# The host's refusal, in the words that MS-RDPBCGR has for each failure code of RDP_NEG_FAILURE: libraries that are
# written after it give them instead of the number (https://github.com/gravitational/teleport/issues/15993).
_REFUSALS: tuple[_Row, ...] = (
    ("requires that the client support enhanced rdp security with credssp", NEGOTIATION, 5),
    ("requires that the client support enhanced rdp security with tls and certificate", NEGOTIATION, 6),
    ("requires that the client support enhanced rdp security with either tls", NEGOTIATION, 1),
    ("configured to only use standard rdp security mechanisms", NEGOTIATION, 2),
    ("does not possess a valid authentication certificate", NEGOTIATION, 3),
    ("list of requested security protocols is not consistent", NEGOTIATION, 4),
)
# The logs of FreeRDP, rdesktop, guacd (src/protocols/rdp/error.c of https://github.com/apache/guacamole-server) and
# node-rdpjs (https://github.com/citronneur/node-rdpjs/issues/47).
_LOGS: tuple[_Row, ...] = (
    ("remote host identification has changed", DISCONNECT, 0x607),
    ("x224_neg_failure", FREERDP, 0x2000C),
    ("cannot find kdc for realm", _STATUS, 0x80090311),
    ("clock skew too great", DISCONNECT, 0x1D07),
    # FreeRDP warns of a name and goes on: how it ended says more.
    ("returned a system error ... connection reset by peer", FREERDP, 0x2000D),
    ("certificate name mismatch", DISCONNECT, 0x907),
    ("security negotiation failed (wrong security type", FREERDP, 0x2000C),
    ("server refused connection (wrong security type", FREERDP, 0x2000D),
    ("tcp_connect(), unable to connect to", DISCONNECT, 0x204),
)
# What other systems and Windows call a connection that the other side reset or refused, and the names of Node.js:
# https://github.com/gravitational/teleport/pull/13059, https://nodejs.org/api/errors.html
_SOCKETS: tuple[_Row, ...] = (
    ("connection reset by peer", DISCONNECT, 0x904),
    ("connection was forcibly closed by the remote host", DISCONNECT, 0x904),
    ("econnreset", DISCONNECT, 0x904),
    ("target machine actively refused it", DISCONNECT, 0x204),
    ("econnrefused", DISCONNECT, 0x204),
)
# Says least, so it comes last. https://github.com/1Remote/1Remote/issues/943,
# https://github.com/mRemoteNG/mRemoteNG/pull/1422, and the page troubleshoot-rdp-internal-error in each language.
_INTERNAL_ERROR: tuple[_Row, ...] = tuple(
    (words, DISCONNECT, 0x4)
    for words in (
        "an internal error has occurred",
        "ein interner fehler aufgetreten",
        "une erreur interne s'est produite",
        "se ha producido un error interno",
        "произошла внутренняя ошибка",
        "發生內部錯誤",
    )
)
# Where the log beside a code says more than the code does. FreeRDP calls a password expired if a host ends CredSSP with
# a TLS alert of no known meaning: https://github.com/FreeRDP/FreeRDP/issues/4449 and /4502.
_MORE_THAN_THE_CODE: tuple[_Row, ...] = (
    ("errconnect_password_certainly_expired ... tlsv1 alert internal error", _STATUS, 0x80090302),
    ("errconnect_tls_connect_failed ... remote host identification has changed", DISCONNECT, 0x607),
    ("remote host identification has changed ... errconnect_tls_connect_failed", DISCONNECT, 0x607),
)

_TABLES = (
    _EVERY_LANGUAGE,
    _NLA,
    _ENGLISH,
    _GERMAN,
    _FRENCH,
    _SPANISH,
    _ITALIAN,
    _PORTUGUESE,
    _POLISH,
    _RUSSIAN,
    _JAPANESE,
    _CHINESE,
    _REFUSALS,
    _LOGS,
    _SOCKETS,
    _INTERNAL_ERROR,
)


def _compared(text: str) -> str:
    """In small letters, without accents, spaces and the marks that clients write in several ways."""
    return re.sub(r"[^\w=]", "", unicodedata.normalize("NFKD", text.casefold()))


@cache
def _rows(beside_a_code: bool) -> tuple[tuple[tuple[str, ...], _Row], ...]:
    """The rows that count without a code or beside one, with their words as they are compared."""
    tables = {False: _TABLES, True: (_MORE_THAN_THE_CODE,)}[beside_a_code]
    return tuple((tuple(map(_compared, row[0].split("..."))), row) for table in tables for row in table)


def find(text: str, *, beside_a_code: bool = False) -> tuple[str, str, int] | None:
    """The sentence that a plain text has, with the kind and number of its code; None if it has none."""
    words = _compared(text)
    return next((row for parts, row in _rows(beside_a_code) if all(part in words for part in parts)), None)
