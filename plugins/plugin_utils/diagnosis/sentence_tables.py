# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences of clients that have no code, and the code that says the same, as data. ``sentences`` finds them,
``complaint_tables`` has what is put together from the words of many languages.

A sentence counts only as these tables have it: by the few words that tell it apart, in the languages for which a public
page shows them, or by a part that is the same in every language.
"""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import (
    ALERT,
    DISCONNECT,
    ERRINFO,
    FREERDP,
    NEGOTIATION,
    STATUS,
    TABLES,
)

# What tells a sentence apart, and the kind and number of the code; ``sentences`` says how it is written.
Row = tuple[str, str, int]

EVERY_LANGUAGE: tuple[Row, ...] = (
    # The web client comes by its gateway alone, over a WebSocket: 1006 is one that broke or was never made (RFC 6455).
    (
        "opening remote port | remote pc"
        " ... websocket closed with code: 1006 | reason=websocket closed with code: 1006",
        DISCONNECT,
        0x300000D,
    ),
    # The name of the remedy, and the link that the dialog gives.
    ("credssp ... orac", STATUS, 0x80090302),
    ("linkid=866660", STATUS, 0x80090302),
    # The product's name; Remote Credential Guard is another one.
    ("windows defender credential guard", DISCONNECT, 0x2107),
)
# What Windows' own client and the control inside it say, where the tables of codes have the number and no text for it:
# https://learn.microsoft.com/windows/win32/termserv/imstscaxevents-ondisconnected, the web page that came with the
# control, and https://github.com/iSnackyCracky/KeePassRDP/issues/36, https://github.com/stascorp/rdpwrap/issues/2161
# and https://github.com/DesktopECHO/xWSL/issues/34
WINDOWS_CLIENT: tuple[Row, ...] = (
    ("authentication policy does not allow connection requests", DISCONNECT, 0x2107),
    ("does not allow the use of default credentials ... not fully verified", DISCONNECT, 0x1607),
    ("policy does not support delegation of credentials", DISCONNECT, 0x1607),
    ("delegation of credentials to the target server is not allowed", DISCONNECT, 0x1707),
    ("ntlm authentication has been disabled | ntlm authentication is disabled", STATUS, 0x80070791),
    ("because ntlm was blocked", STATUS, 0xC0000418),
    # https://github.com/MicrosoftDocs/azure-docs/issues/70843
    ("must use windows hello or a smart | smart card logon is required", STATUS, 0xC00002FA),
    ("smart card is required + log on$ | logon | logging on | log in$ | sign in$ | to connect", STATUS, 0xC00002FA),
    # ERROR_AUTHENTICATION_FIREWALL_FAILED:
    # https://learn.microsoft.com/windows/win32/debug/system-error-codes--1700-3999-
    (
        "by an authentication firewall | durch eine authentifizierungsfirewall | par un pare-feu d'authentification",
        STATUS,
        0xC0000413,
    ),
    # What Windows' logs and services say of a logon by name: none of it is of a password.
    ("user profile service + failed the | 失敗 | 失败 | 실패", STATUS, 0x800701F4),
    ("cannot load the users profile | we cant sign in to your account", STATUS, 0x800701F4),
    ("windows logon process has failed", "", 0),
    ("network logon service was not started", STATUS, 0xC0000192),
    ("does not have a trust secret", STATUS, 0xC000018A),
    ("smart card certificate used for authentication has expired", STATUS, 0x80090355),
    ("smart card certificate used for authentication has been revoked", STATUS, 0x80090351),
    ("smart card certificate used for authentication + not trusted", STATUS, 0x80090354),
    ("do not have access to logon to this session", ERRINFO, 0x9),
    ("client could not establish a connection to the remote computer", DISCONNECT, 0x204),
    (
        "specified logon session does not exist | angegebene anmeldesitzung ist nicht vorhanden"
        " | ouverture de session spécifiée n'existe pas | no existe el inicio de sesión especificado"
        " | sessione di accesso specificata non esist",
        STATUS,
        0x80070520,
    ),
    ("authentication is not enabled and the remote computer requires", NEGOTIATION, 1),
    ("graphics display components ... failed to start", ERRINFO, 0x11),
    ("display driver ... unable to complete all the tasks", ERRINFO, 0x11),
    ("display driver ... was not usable", ERRINFO, 0x12),
    ("session was logged off at the remote computer", ERRINFO, 0x2),
    ("total sign in time limit", ERRINFO, 0x4),
    ("another user has connected to the session", ERRINFO, 0x5),
    ("because the remote computer is low on memory", ERRINFO, 0x6),
    ("maximum number of connections was exceeded at the remote computer", ERRINFO, 0x7),
    ("session ended because the remote computer was shut down", ERRINFO, 0x19),
    ("session ended because the remote computer was restarted", ERRINFO, 0x1A),
    ("internal error in the remote computers licensing protocol", ERRINFO, 0x100),
    ("license negotiation failed", DISCONNECT, 0x808),
    ("connect to the console from a console session", DISCONNECT, 0x708),
    # Whom a host of a farm sent the client to is another than it expected.
    ("farm name ... not the computer name", DISCONNECT, 0x607),
    ("belong to the same rd session host server farm", DISCONNECT, 0x607),
    ("remote computer could not be found", DISCONNECT, 0x104),
    ("gethostbyname call failed", DISCONNECT, 0x604),
    ("invalid server name was specified", DISCONNECT, 0x308),
    ("bad ip address specified", DISCONNECT, 0x804),
    ("remote connection has timed out", DISCONNECT, 0x108),
    ("connection was ended because of a network error", DISCONNECT, 0x304),
    ("connection to the remote computer was broken", DISCONNECT, 0x904),
    ("local computer is low on memory", DISCONNECT, 0x106),
    ("client attempted to connect ... check your system memory", DISCONNECT, 0x106),
    ("encryption method specified is not valid", DISCONNECT, 0x506),
    ("server security data is not valid", DISCONNECT, 0x606),
    ("failed to unpack server certificate", DISCONNECT, 0x706),
    ("internal security error", DISCONNECT, 0x906),
    ("received certificate is expired", DISCONNECT, 0x1B07),
    ("specified user has no account", DISCONNECT, 0xA07),
    ("incorrect pin was presented", DISCONNECT, 0x1C07),
    ("smart card is blocked", DISCONNECT, 0x2207),
)
# Parts of rows that several wordings share.
_INTERACTIVELY = "log on interactively | logon interactively | log in interactively | sign in interactively"
_SERVICES = "remote desktop | terminal services"
_IS_INCORRECT = "is incorrect | isnt correct | is not correct"
_LICENCES = "no remote desktop | no terminal server | no license servers"

# https://learn.microsoft.com/troubleshoot/windows-server/remote/ (rdp-error-general-troubleshooting,
# cannot-authenticate-must-authenticate-twice, local-security-authority-cant-contact,
# cannot-connect-rds-no-license-server, remote-desktop-cannot-verify-identity-connecting-remote-machine,
# your-session-will-be-disconnected-in-60-minutes),
# https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/cannot-connect-rdp-azure-vm,
# https://learn.microsoft.com/azure/virtual-desktop/troubleshoot-azure-ad-connections, the issues of mRemoteNG, and on
# certificates https://miqrogroove.com/blog/tag/rdp and https://aidanfinn.com/?p=9840.
ENGLISH: tuple[Row, ...] = (
    ("function requested | requested function ... not supported | unsupported", STATUS, 0x80090302),
    ("time or date difference | date or time difference | difference in time", DISCONNECT, 0x1D07),
    ("user account restriction | account restriction is | account restrictions are", DISCONNECT, 0xC07),
    ("restricted the type of | restricted the types of ... logon | log on | sign in", DISCONNECT, 0x1307),
    (f"local policy | not allow | not permit ... {_INTERACTIVELY}", DISCONNECT, 0x1307),
    ("sign in method ... isnt allowed | is not allowed", DISCONNECT, 0x1307),
    # Of a list of computers, or of an authentication policy; of a device it is said where a role is missing in Entra.
    ("prevent you from using this pc | prevent you from using this computer", DISCONNECT, 0x1107),
    ("account is configured to prevent you from using this", DISCONNECT, 0x1307),
    (f"right to sign in | right to log on | allow log on ... through {_SERVICES}", ERRINFO, 0x9),
    (
        "not authorized | isnt authorized | not permitted ... remote login | remote logon | log on remotely"
        " | log in remotely | sign in remotely",
        ERRINFO,
        0x9,
    ),
    ("credential guard does not allow | credential guard doesnt allow ... saved credentials", DISCONNECT, 0x2107),
    ("must change your password before | password must be changed before", DISCONNECT, 0x1207),
    ("password has expired | password is expired | credentials expired", DISCONNECT, 0xF07),
    ("account has been locked | account is locked | account locked | account is currently locked", DISCONNECT, 0xD07),
    ("account has been disabled | account is disabled | account is currently disabled", DISCONNECT, 0xB07),
    ("logon attempt failed | login attempt failed | sign in attempt failed", DISCONNECT, 0x807),
    ("credentials did not work | credentials didnt work", DISCONNECT, 0x807),
    ("sign in failed ... check your username and password | check your user name and password", DISCONNECT, 0x807),
    (f"username or password | user name or password ... {_IS_INCORRECT}", DISCONNECT, 0x807),
    ("incorrect username or password | incorrect user name or password | invalid credentials", DISCONNECT, 0x807),
    (f"{_LICENCES} ... license servers available", ERRINFO, 0x101),
    (f"{_LICENCES} ... client access licenses available", ERRINFO, 0x102),
    ("problem with your remote desktop license | problem with your terminal server license", ERRINFO, 0x106),
    ("error in the licensing protocol", ERRINFO, 0x100),
    ("computer that was reached ... not the one you specified", STATUS, 0x80090322),
    ("local security authority ... contacted", STATUS, 0x80090304),
    ("cant find the computer | cannot find the computer | couldnt find the computer", DISCONNECT, 0x104),
    ("pc cant be found | pc couldnt be found", DISCONNECT, 0x104),
    ("remote access to the server is not enabled | remote access to the server isnt enabled", DISCONNECT, 0x204),
    ("remote connections might not be enabled | too busy to accept new connections", DISCONNECT, 0x204),
    ("pc because it is off or asleep | pc is off or asleep | pc might be off or asleep", DISCONNECT, 0x204),
    ("connect in the amount of time allotted", DISCONNECT, 0x108),
    ("because of an error in data encryption", DISCONNECT, 0xC06),
    ("because of a security error", DISCONNECT, 0x406),
    ("because of a protocol error | due to a protocol error", DISCONNECT, 0xD06),
    ("another user connected to the | another connection was made to the", ERRINFO, 0x5),
    ("idle session time limit | idle timer has expired | idle for longer than", ERRINFO, 0x3),
    ("total login time limit | total logon time limit | active session time limit", ERRINFO, 0x4),
    ("unexpected server authentication certificate", DISCONNECT, 0x607),
    ("certificate received from the remote computer is expired or invalid", DISCONNECT, 0x1B07),
    ("not be authenticated due to problems with its security certificate", DISCONNECT, 0x907),
    # What Windows itself says inside a session that has begun.
    ("number of connections to this computer is limited", STATUS, 0x800704D6),
    ("too many users are signed in | too many users signed in | too many users are logged on", STATUS, 0x800704D6),
    ("exceeded the maximum number of allowed connections", STATUS, 0x800704D6),
    ("remote desktop service is currently busy | remote desktop services is currently busy", STATUS, 0x80071B70),
    # The Microsoft article 280828, and in English and Russian of today
    # https://windowsa.ru/windows-10-rdp-server-neskolko-polzovatelej
    ("user is signed in ... if you continue", STATUS, 0x80071B96),
    ("is currently logged on to this computer ... if you continue", STATUS, 0x80071B96),
    ("only the current user or an administrator can log on", STATUS, 0x80071B97),
    ("user profile service ... failed | user profile ... be loaded | couldnt load your profile", STATUS, 0x800701F4),
    # The second cannot write to the profile's registry.
    ("user profile service service failed | group policy client service failed", STATUS, 0x800701F4),
    ("remote logins | remote logons ... currently disabled", ERRINFO, 0x7),
    ("interactive logon privilege has been disabled", ERRINFO, 0x9),
    ("specified domain either does not exist or could not be contacted", DISCONNECT, 0x1807),
    ("does not allow the use of saved credentials ... not fully verified", DISCONNECT, 0x1607),
    ("revocation check could not be performed", DISCONNECT, 0x1B07),
    ("currently no available resources | no resources currently available", DISCONNECT, 0x3000046),
)
# The pages troubleshoot-specific-rdp-errors, troubleshoot-rdp-general-error, troubleshoot-rdp-internal-error and
# troubleshoot-authentication-error-rdp-vm of https://github.com/MicrosoftDocs/azure-docs in their translations
# (azure-docs.de-de, .fr-fr, .es-es, .it-it, .pt-br, .pl-pl, .ru-ru, .ja-jp, mc-docs.zh-cn), the page
# cannot-authenticate-or-must-authenticate-twice of windowsserverdocs in the same, and beside them in each language:
# https://blog.impressive-it.de/authentifizierungsfehler-die-angeforderte-funktion-wird-nicht-unterstuetzt
# https://www.computerweekly.com/de/tipp/RDP-Authentifizierung-Haeufige-Fehlerquellen-und-Loesungen
GERMAN: tuple[Row, ...] = (
    ("nicht für die remoteanmeldung | nicht zur remoteanmeldung ... autorisiert | berechtigt", ERRINFO, 0x9),
    ("die angeforderte funktion wird nicht unterstützt", STATUS, 0x80090302),
    ("remotesitzung ... getrennt ... lizenzserver", ERRINFO, 0x101),
    ("die lokale sicherheitsautorität ... nicht erreichbar", STATUS, 0x80090304),
    ("mit den anmeldeinformationen konnte keine verbindung", DISCONNECT, 0x807),
    ("ihre anmeldeinformationen funktionieren nicht", DISCONNECT, 0x807),
    ("der anmeldeversuch ist fehlgeschlagen", DISCONNECT, 0x807),
    ("remotedesktop kann den computer ... nicht finden", DISCONNECT, 0x104),
    ("farmnamen ... nicht den computernamen", DISCONNECT, 0x607),
    ("der remotezugriff auf den server ist nicht aktiviert", DISCONNECT, 0x204),
)
# https://learn.microsoft.com/fr-fr/troubleshoot/windows-server/remote/troubleshooting-access-denied-and-user-not-authorized-rds-issues
FRENCH: tuple[Row, ...] = (
    ("la fonction demandée n'est pas prise en charge", STATUS, 0x80090302),
    ("compte d'utilisateur n'est pas autorisé pour la connexion à distance", ERRINFO, 0x9),
    ("session distante ... déconnectée ... serveur de licences", ERRINFO, 0x101),
    ("l'autorité de sécurité locale ne peut pas être contactée", STATUS, 0x80090304),
    ("vos informations d'identification n'ont pas fonctionné", DISCONNECT, 0x807),
    ("le bureau à distance ne trouve pas", DISCONNECT, 0x104),
    ("l'accès à distance au serveur n'est pas activé", DISCONNECT, 0x204),
)
SPANISH: tuple[Row, ...] = (
    ("no se admite la función solicitada", STATUS, 0x80090302),
    ("sesión remota ... no hay servidores de licencias", ERRINFO, 0x101),
    ("con la autoridad de seguridad local", STATUS, 0x80090304),
    ("las credenciales no funcionaron", DISCONNECT, 0x807),
    ("escritorio remoto no encuentra el equipo", DISCONNECT, 0x104),
    ("no está habilitado el acceso remoto al servidor", DISCONNECT, 0x204),
)
# https://itlabz10.tk/archives/1364 and
# https://learn.microsoft.com/it-it/troubleshoot/azure/virtual-machines/windows/cannot-connect-rdp-azure-vm
ITALIAN: tuple[Row, ...] = (
    ("la funzione richiesta non è supportata", STATUS, 0x80090302),
    ("sessione remota ... disconnessa ... server licenze", ERRINFO, 0x101),
    ("contattare l'autorità di sicurezza locale", STATUS, 0x80090304),
    ("l'accesso remoto al server non è abilitato", DISCONNECT, 0x204),
)
PORTUGUESE: tuple[Row, ...] = (
    ("sessão remota ... não há servidores de licença", ERRINFO, 0x101),
    ("autoridade de segurança local não pode ser", STATUS, 0x80090304),
    ("suas credenciais não funcionaram", DISCONNECT, 0x807),
    ("área de trabalho remota não consegue localizar o", DISCONNECT, 0x104),
    ("o acesso remoto ao servidor não está habilitado", DISCONNECT, 0x204),
)
# https://pl.telusuri.info/articles/windows-10/proizoshla-oshibka-proverki-podlinnosti-ukazannaya-funkciya-ne-podderzhivaetsya.html
POLISH: tuple[Row, ...] = (
    ("żądana funkcja nie jest obsługiwana", STATUS, 0x80090302),
    ("dostęp zdalny do serwera nie jest włączony", DISCONNECT, 0x204),
)
# https://windoro.ru/0xc07-udalennyj-rabochij-stol-windows-10
RUSSIAN: tuple[Row, ...] = (
    ("указанная функция не поддерживается", STATUS, 0x80090302),
    ("удаленный сеанс отключен ... серверы лицензирования", ERRINFO, 0x101),
    ("связаться с локальным администратором безопасности", STATUS, 0x80090304),
    ("в систему вошел другой пользователь ... если вы продолжите", STATUS, 0x80071B96),
)
# https://qiita.com/fjtter/items/be213ff906b17809bf92, https://so-zou.jp/software/tool/network/remote-desktop,
# https://www.haruru29.net/blog/rdp-nla-error/ and
# https://learn.microsoft.com/ja-jp/troubleshoot/windows-server/remote/your-session-will-be-disconnected-in-60-minutes
JAPANESE: tuple[Row, ...] = (
    ("要求された関数はサポートされていません", STATUS, 0x80090302),
    ("ログオンの種類 ... システム管理者により制限", DISCONNECT, 0x1307),
    ("ログインできるコンピューターがシステム管理者により制限", DISCONNECT, 0x1107),
    ("リモート ログインを許可されていない", ERRINFO, 0x9),
    ("ライセンス サーバーがないため", ERRINFO, 0x101),
    ("クライアント アクセス ライセンスがないため", ERRINFO, 0x102),
    ("リモート デスクトップ ライセンスに問題", ERRINFO, 0x106),
    ("ローカル セキュリティ機関にアクセスできません", STATUS, 0x80090304),
    ("リモート デスクトップ ... コンピューター ... を見つけることができません", DISCONNECT, 0x104),
)
# http://www.cftea.com/c/2018/05/8182.asp, https://github.com/anhkgg/SuperRDP/issues/33, and Tencent Cloud's pages on
# Windows instances (https://cloud.tencent.com/document/product/213); traditional characters:
# https://learn.microsoft.com/zh-tw/troubleshoot/azure/virtual-machines/windows/cannot-connect-rdp-azure-vm
CHINESE: tuple[Row, ...] = (
    ("要求的函数不受支持", STATUS, 0x80090302),
    ("限制可以使用的登录类型 | 限制了您可以使用的登录类型", DISCONNECT, 0x1307),
    ("需要具有通过远程桌面服务进行登录的权限", ERRINFO, 0x9),
    ("没有远程桌面授权服务器", ERRINFO, 0x101),
    ("远程桌面许可证服务器 ... 断开", ERRINFO, 0x101),
    ("无法联系本地安全机构", STATUS, 0x80090304),
    ("無法連絡本機安全性授權", STATUS, 0x80090304),
    ("远程桌面找不到计算机", DISCONNECT, 0x104),
    ("未启用对服务器的远程访问", DISCONNECT, 0x204),
    # Guacamole, and JumpServer which has its words.
    ("远程桌面服务器不在线 | 联系不上远程桌面服务器", DISCONNECT, 0x204),
)
# The host's refusal, in the words that MS-RDPBCGR has for each failure code of RDP_NEG_FAILURE: libraries that are
# written after it give them instead of the number (https://github.com/gravitational/teleport/issues/15993).
_ENHANCED = "requires that the client support enhanced rdp security"
REFUSALS: tuple[Row, ...] = (
    (f"{_ENHANCED} ~ with credssp", NEGOTIATION, 5),
    (f"{_ENHANCED} ~ with tls and certificate | with tls", NEGOTIATION, 6),
    (f"{_ENHANCED} ~ with either tls", NEGOTIATION, 1),
    ("configured to only use standard rdp security mechanisms", NEGOTIATION, 2),
    ("does not possess a valid authentication certificate", NEGOTIATION, 3),
    ("list of requested security protocols is not consistent", NEGOTIATION, 4),
    # IronRDP's words for the same (crates/ironrdp-pdu/src/nego.rs of https://github.com/Devolutions/IronRDP).
    ("server requires enhanced rdp security ~ with credssp", NEGOTIATION, 5),
    ("server requires enhanced rdp security ~ with tls and client certificate", NEGOTIATION, 6),
    ("server requires enhanced rdp security ~ with tls or credssp", NEGOTIATION, 1),
    ("server only supports standard rdp security", NEGOTIATION, 2),
    ("server lacks valid authentication certificate", NEGOTIATION, 3),
    ("inconsistent security protocol flags", NEGOTIATION, 4),
    # https://github.com/kulaginds/rdp-html5/issues/1
    *((f"negotiation ... failure code {code}$ | failurecode = {code}$", NEGOTIATION, code) for code in range(1, 7)),
)
# The logs of FreeRDP, rdesktop, guacd (src/protocols/rdp/error.c of https://github.com/apache/guacamole-server) and
# node-rdpjs (https://github.com/citronneur/node-rdpjs/issues/47).
LOGS: tuple[Row, ...] = (
    # The host's word on a logon within the session, of whoever else is signed in (MS-RDPBCGR, 2.2.10.1.1.4.1.1).
    ("logon_msg_bump_options", STATUS, 0x80071B96),
    ("logon_msg_disconnect_refused", STATUS, 0x80071B97),
    # A library that was given no user (sspi of https://github.com/Devolutions/sspi-rs).
    ("credssp ... got empty identity", FREERDP, 0x2001B),
    # Events 802, 1280, 1284, 1296, 1306 and 2056 of the RD Connection Broker and of a session host's client of it, and
    # 203 of the gateway: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-r2-and-2008/
    # ee891035(v=ws.10) and ee891388(v=ws.10)
    ("failed to process the connection request for user | failed to join the connection broker", ERRINFO, 0x400),
    ("connection broker client failed to initialize while joining", ERRINFO, 0x400),
    ("could not enumerate the targets for the provider | broker is not ready for rpc communication", ERRINFO, 0x400),
    ("broker client failed to redirect the user | failed while getting redirection packet", ERRINFO, 0x404),
    (
        "simultaneous connections to the rd gateway | simultaneous connections to the ts gateway ... maximum number",
        DISCONNECT,
        0x3000022,
    ),
    ("credssp required | requires credssp | do you have correct kerberos tgt", DISCONNECT, 0xB09),
    ('support for protocol "rdp" is not installed | tunnel to guacd failed', FREERDP, 0x20001),
    ("untrusted/self-signed certificate | certificate validation failed", STATUS, 0x800B0109),
    ("dns lookup failed", DISCONNECT, 0x104),
    ("connection failed (server unreachable", DISCONNECT, 0x204),
    # Also what Guacamole and JumpServer show of any failure for which they have no words of their own.
    ("server does not appear to exist, or cannot be reached | 网络不可达", DISCONNECT, 0x204),
    ("disconnected by other connection", ERRINFO, 0x5),
    ("refused connection: insufficient privileges", ERRINFO, 0x9),
    ("remote host identification has changed", DISCONNECT, 0x607),
    ("node_rdp_protocol_x224_neg_failure", FREERDP, 0x2000C),
    ("cannot find kdc for realm", STATUS, 0x80090311),
    ("clock skew too great", DISCONNECT, 0x1D07),
    # What MIT Kerberos says for a domain controller's errors: lib/krb5/error_tables of https://github.com/krb5/krb5
    ("credentials have been revoked", FREERDP, 0x20010),
    ("server not found in kerberos database", STATUS, 0x80090303),
    ("not found in kerberos database", DISCONNECT, 0xA07),
    ("preauthentication failed", DISCONNECT, 0x807),
    ("kdc has no support for encryption type", STATUS, 0x80090342),
    ("returned a system error ... connection reset by peer", FREERDP, 0x2000D),
    ("above x.509 certificate could not be verified", STATUS, 0x800B0109),
    ("security negotiation failed (wrong security type", FREERDP, 0x2000C),
    ("server refused connection (wrong security type", FREERDP, 0x2000D),
    ("tcp_connect(), unable to connect to", DISCONNECT, 0x204),
)
# What libraries for TLS say (OpenSSL, rustls, Go), each in its own words for the same alert.
# OpenSSL, Go and rustls: both sides have no version in common.
_NO_COMMON_VERSION = (
    "ssl routines::unsupported protocol | no protocols available"
    " | protocol version not supported | unsupported protocol version"
    " | server does not support tls12 or 13 | servertlsversionisdisabledbyourconfig"
)
TLS_LIBRARIES: tuple[Row, ...] = (
    ("unknownissuer | signed by unknown authority | certificate verify failed", STATUS, 0x800B0109),
    (f"alert protocol version | tls: protocol version | {_NO_COMMON_VERSION}", ALERT, 70),
    ("legacy renegotiation disabled | dh key too small | ee key too small | ca md too weak", FREERDP, 0x20008),
    ("fail during tls | tls handshake failed | ssl handshake failed | tls handshake error", FREERDP, 0x20008),
)
# What tools print that try the port: Test-NetConnection, telnet, PortQry, nmap, nc, curl.
_NO_ANSWER = (
    "timeout period expired | no route to host | couldnt connect | could not connect | not listening | filtered"
    " | tcp timed out"
)
# How telnet ends, behind the port, in the languages that Windows has it in.
_CONNECT_FAILED = (
    "connect failed | connection failed | verbinden fehlgeschlagen | verbindungsfehler | échec lors de la connexion"
    " | échec de la connexion | error en la conexión | error al conectar | connessione non riuscita"
    " | connessione fallita | falha na conexão | falha ao ligar | falha na ligação | verbinding mislukt"
    " | verbinden mislukt | verbinding maken mislukt | anslutningen misslyckades | forbindelsen mislykkedes"
    " | tilkobling mislyktes | tilkoblingen mislyktes | yhteyden muodostaminen epäonnistui | yhdistäminen epäonnistui"
    " | łączenie nie powiodło się | połączenie nie powiodło się | połączenie nieudane | připojení selhalo"
    " | připojení se nezdařilo | pripojenie zlyhalo | kapcsolódás sikertelen | csatlakozás sikertelen"
    " | bağlantı başarısız | bağlanma başarısız | сбой подключения | помилка підключення | 接続に失敗 | 连接失败"
    " | 連線失敗 | 연결하지 못"
)
_PING_REQUEST = (
    "ping request | ping anforderung | requête ping | solicitud de ping | richiesta ping | richiesta di ping"
    " | solicitação ping | solicitação de ping | pedido ping | pedido de ping | ping aanvraag | ping opdracht"
    " | ping begäran | begäran om ping | ping anmodning | ping forespørsel | ping pyyntö | żądanie polecenia ping"
    " | požadavek příkazu ping | ping kérés | ping isteği | ping 要求 | ping 请求 | ping 요청"
)
_FINDS_NO_HOST = (
    "could not find host | couldnt find host | nicht finden | pas pu trouver l'hôte | no pudo encontrar el host"
    " | non è stato possibile trovare l'host | non ha trovato l'host | impossibile trovare l'host"
    " | não pôde encontrar o host | não conseguiu encontrar o host | não conseguiu localizar o anfitrião | niet vinden"
    " | kunde inte hitta | hittade inte | kunne ikke finde | fandt ikke | finner ikke | fant ikke | kunne ikke finne"
    " | ei löytänyt | ei löydä | nie może znaleźć | nie mogło odnaleźć | nenalezl | nem találta | bulamadı"
    " | 見つけられま | 找不到 | 찾을 수 없"
)
TOOLS: tuple[Row, ...] = (
    ("name resolution of + failed", DISCONNECT, 0x104),
    (f"{_PING_REQUEST} ... {_FINDS_NO_HOST}", DISCONNECT, 0x104),
    # Of nslookup, in English in any language.
    ("non existent domain", DISCONNECT, 0x104),
    ("tcp connect to + failed", DISCONNECT, 0x204),
    ("tcptestsucceeded ~ false$", DISCONNECT, 0x204),
    (
        "could not open connection to the host | keine verbindung mit dem host hergestellt werden"
        " | impossible d'ouvrir une connexion à l'hôte | no se puede abrir la conexión al host"
        " | impossibile stabilire una connessione con l'host | não foi possível abrir conexão com o host",
        DISCONNECT,
        0x204,
    ),
    (f"3389 + {_NO_ANSWER}", DISCONNECT, 0x204),
    (f"3389 ~ {_CONNECT_FAILED}", DISCONNECT, 0x204),
    (
        "nothing listening on | nothing listens on | nothing is listening on | nobody listens on | isnt listening on"
        " | does not listen on | doesnt listen on | not show | doesnt show | nichts lauscht auf"
        " | niemand lauscht auf | rien n'écoute | nada escucha | nessuno ascolta ~ 3389 | port 3389",
        DISCONNECT,
        0x204,
    ),
    ("3389/tcp ~ closed", DISCONNECT, 0x204),
)
# What other systems and Windows call a connection that the other side reset or refused, and the names of Node.js:
# https://github.com/gravitational/teleport/pull/13059, https://nodejs.org/api/errors.html
SOCKETS: tuple[Row, ...] = (
    (
        "connection reset by peer | vom kommunikationspartner zurückgesetzt | ré-initialisée par le correspondant"
        " | conexión reinicializada por la máquina remota | connessione interrotta dal corrispondente"
        " | соединение разорвано другой стороной | 対戦相手による接続の切断 | 连接被对方重设 | 连接被对端重置"
        " | verbinding is weggevallen | conexão fechada pela outra ponta",
        DISCONNECT,
        0x904,
    ),
    (
        "connection was forcibly closed by the remote host | vom remotehost geschlossen"
        " | forcée d'être fermée par l'hôte distant | interrupción forzada de una conexión existente"
        " | forzata la chiusura | foi forçado o cancelamento | удаленный хост принудительно разорвал"
        " | リモート ホストに強制的に切断 | 远程主机强迫关闭了一个现有的连接",
        DISCONNECT,
        0x904,
    ),
    ("econnreset", DISCONNECT, 0x904),
    # Of rdesktop, in whatever language its library says why (tcp.c of https://github.com/rdesktop/rdesktop).
    ("tcp_recv(), gnutls_record_recv() failed | tcp_send(), gnutls_record_send() failed", DISCONNECT, 0x904),
    ("network disconnect!", DISCONNECT, 0x904),
    (
        "target machine actively refused it | zielcomputer die verbindung verweigerte"
        " | ordinateur cible l'a expressément refusée | equipo de destino denegó expresamente"
        " | rifiuto persistente del computer | máquina de destino as recusou | конечный компьютер отверг запрос"
        " | 対象のコンピューターによって拒否 | 目标计算机积极拒绝",
        DISCONNECT,
        0x204,
    ),
    (
        "econnrefused | connection refused$ | verbindungsaufbau abgelehnt | connexion refusée | conexión rehusada"
        " | conexão recusada | connessione rifiutata | в соединении отказано | у з'єднанні відмовлено"
        " | połączenie odrzucone | spojení odmítnuto | verbinding is geweigerd | bağlantı reddedildi"
        " | 接続を拒否されました | 接続が拒否され | 拒绝连接 | 连接被拒绝 | 拒絕連線 | 連線被拒絕 | 연결이 거부",
        DISCONNECT,
        0x204,
    ),
    ("connected party did not properly respond", DISCONNECT, 0x108),
    ("connection timed out | etimedout", DISCONNECT, 0x108),
)
# What is said before a connection ends; how it ended says more. FreeRDP warns of a certificate and goes on
# (libfreerdp/crypto of https://github.com/FreeRDP/FreeRDP). Nearly every host is self-signed to it; these reasons are
# OpenSSL's.
_OF_OPENSSL = (
    "unsupported certificate purpose | unsuitable certificate purpose | certificate has expired"
    " | certificate is not yet valid | certificate revoked | certificate rejected | hostname mismatch"
    " | ip address mismatch | invalid ca certificate"
)
# So does mstsc of an .rdp file that is not signed, as Windows' own pages and those of its clouds show it.
_PUBLISHER_UNKNOWN = (
    "publisher of this remote | herausgeber dieser remote | éditeur de cette connexion à distance"
    " | éditeur de ce programme remoteapp | editor de esta conexión remota | autore della connessione remota"
    " | editor desta conexão remota | uitgever van deze externe verbinding | wydawcy tego połączenia zdalnego"
    " | издателя этого удаленного подключения | リモート接続の発行元 | 원격 연결의 게시자 | 远程连接的发布者"
    " | 遠端連線的發行者"
)
WARNINGS: tuple[Row, ...] = (
    ("rdp file is corrupted", STATUS, 0x80096010),
    (f"caution: unknown remote connection | {_PUBLISHER_UNKNOWN}", STATUS, 0x800B0100),
    ("certificate name mismatch", DISCONNECT, 0x907),
    (f"certificate verification failure ~ {_OF_OPENSSL}", DISCONNECT, 0x907),
    # The alerts of TLS, in the words of OpenSSL, Go and rustls; of two names that begin alike the longer first.
    *(
        (f"alert {name.replace('_', ' ')} | tls: {name.replace('_', ' ')}", ALERT, number)
        for name, number in sorted(
            ((one.name, number) for number, one in TABLES[ALERT].items() if number), reverse=True
        )
    ),
)
# Says least, so it comes last. https://github.com/1Remote/1Remote/issues/943,
# https://github.com/mRemoteNG/mRemoteNG/pull/1422, and the page troubleshoot-rdp-internal-error in each language.
INTERNAL_ERROR: tuple[Row, ...] = tuple(
    (words, DISCONNECT, 0x4)
    for words in (
        "an internal error has occurred | an internal error occurred | internal error occured",
        "ein interner fehler aufgetreten | interner fehler ist aufgetreten",
        "une erreur interne s'est produite",
        "se ha producido un error interno | se produjo un error interno",
        "si è verificato un errore interno",
        "ocorreu um erro interno",
        "een interne fout opgetreden | interne fout is opgetreden",
        "wystąpił błąd wewnętrzny | wystąpił wewnętrzny błąd",
        "došlo k vnitřní chybě | došlo k interní chybě | vyskytla sa interná chyba",
        "belső hiba történt",
        "iç hata oluştu | dahili hata oluştu | dahili bir hata",
        "ett internt fel | en intern feil | en intern fejl | sisäinen virhe",
        "произошла внутренняя ошибка | сталася внутрішня помилка | виникла внутрішня помилка",
        "内部エラーが発生しました",
        "내부 오류가 발생했습니다",
        "出现了内部错误 | 出现内部错误 | 发生了内部错误 | 发生内部错误 | 發生內部錯誤",
        "παρουσιάστηκε εσωτερικό σφάλμα | προέκυψε εσωτερικό σφάλμα",
        "a apărut o eroare internă | s-a produs o eroare internă",
        "възникна вътрешна грешка",
        "đã xảy ra lỗi nội bộ",
        "terjadi kesalahan internal",
        "حدث خطأ داخلي",
        "אירעה שגיאה פנימית",
    )
)
# The name of the remedy, where somebody gives it as the reason why no connection comes about. Many who name it report
# that it is in place.
_BLAMES_THE_REMEDY = (
    "since cve 2018 0886 | after cve 2018 0886 | because of cve 2018 0886 | due to cve 2018 0886 | update for cve 2018"
    " 0886 | updates for cve 2018 0886 | patch for cve 2018 0886 | patches for cve 2018 0886 | fix for cve 2018 0886"
    " | seit cve 2018 0886 | wegen cve 2018 0886 | updates gegen cve 2018 0886 | update gegen cve 2018 0886"
    " | depuis cve 2018 0886 | à cause de cve 2018 0886 | a causa de cve 2018 0886 | por cve 2018 0886"
    " | desde cve 2018 0886 | a causa di cve 2018 0886 | door cve 2018 0886 | przez cve 2018 0886 | из-за cve 2018 0886"
)
_DOES_NOT_CONNECT = (
    "no longer connect | cannot connect | cant connect | can not connect | unable to connect | wont connect"
    " | will not connect | does not connect | doesnt connect | fails to connect | failed to connect"
    " | nicht verbinden | keine verbindung | verbindet sich nicht | impossible de se connecter"
    " | connexion impossible | ne se connecte plus | ne se connecte pas | no conecta | no se conecta"
    " | no puedo conectar | no podemos conectar | non si connette | non riesco a connetter | não conecta"
    " | não consigo conectar | geen verbinding | nie łączy | nie można połączyć | nie mogę połączyć | не подключается"
    " | не удается подключиться | 无法连接 | 接続できな | 接続できません"
)
REMEDY_BLAMED: tuple[Row, ...] = ((f"{_BLAMES_THE_REMEDY} ... {_DOES_NOT_CONNECT}", STATUS, 0x80090302),)
# Where the log beside a code says more than the code does. FreeRDP calls a password expired if a host ends CredSSP with
# a TLS alert of no known meaning: https://github.com/FreeRDP/FreeRDP/issues/4449 and /4502.
_HAD_A_SESSION = (
    "freerdp_check_fds() failed | freerdp_check_event_handles() failed | failed to check freerdp file descriptor"
    " | network disconnect! | attempting reconnect | attempting automatic reconnect"
)
MORE_THAN_THE_CODE: tuple[Row, ...] = (
    ("errconnect_password_certainly_expired ... tlsv1 alert internal error", STATUS, 0x80090302),
    ("errconnect_tls_connect_failed ... remote host identification has changed", DISCONNECT, 0x607),
    # Why the transport failed: https://github.com/FreeRDP/FreeRDP/issues/4023 and /10686.
    (
        "errconnect_connect_transport_failed | 0x2000d | 0x0002000d ... license connection sequence aborted",
        DISCONNECT,
        0x808,
    ),
    ("errconnect_connect_transport_failed | 0x2000d | 0x0002000d ... st_total_abort", DISCONNECT, 0x808),
    (f"errconnect_tls_connect_failed ... {_NO_COMMON_VERSION}", ALERT, 70),
    # A session that was there before had its security agreed on: what fails is to get it back. Only then does FreeRDP
    # look at its descriptors, or try again (libfreerdp/core/freerdp.c and client/common of FreeRDP/FreeRDP).
    (f"{_HAD_A_SESSION} ... errconnect_security_nego_connect_failed", DISCONNECT, 0x904),
)
# FreeRDP has the same codes for a gateway that refuses it as for a host:
# https://github.com/FreeRDP/FreeRDP/issues/3006, /4337 and /5937.
_AT_ITS_GATEWAY = (
    "errconnect_authentication_failed | errconnect_access_denied | errconnect_security_nego_connect_failed"
    " | errconnect_connect_transport_failed ... [error][com.freerdp.core.gateway"
)
# What of FreeRDP it was that failed: these functions begin TLS with a gateway alone (rdg.c, wst.c and rpc.c below
# libfreerdp/core/gateway of https://github.com/FreeRDP/FreeRDP).
_TLS_WITH_ITS_GATEWAY = "rdg_tls_connect | wst_tls_connect | rpc_channel_tls_connect"
MORE_THAN_FREERDP_S: tuple[Row, ...] = (
    (f"{_AT_ITS_GATEWAY} ... status code: 401 | 401 unauthorized", DISCONNECT, 0x3000001),
    (_AT_ITS_GATEWAY, DISCONNECT, 0x300000D),
    (f"{_TLS_WITH_ITS_GATEWAY} + errconnect_tls_connect_failed", DISCONNECT, 0x300000D),
)
# Guacamole's number 519 is one for whatever it could not reach, and no disconnect reason.
MORE_THAN_GUACAMOLE_S: tuple[Row, ...] = (
    ("519 ... untrusted/self-signed certificate", STATUS, 0x800B0109),
    ("519 ... (wrong security type", FREERDP, 0x2000D),
    ("519 ... dns lookup failed", DISCONNECT, 0x104),
    ("519 ... (server unreachable", DISCONNECT, 0x204),
)
