# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a text is about: another program's words, what is solved, denied or only asked say nothing of Remote Desktop,
and what stands beside them counts.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.wire import negotiation
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import about, codes, dialog, log_lines, sentences

from tests.profiles import each, some
from tests.unit.plugins.module_utils import deadlines
from tests.unit.plugins.module_utils.deadlines import comes_to_an_end

# So long that what grows with the square of a text does not end in so many seconds of work, four times others'.
_LONGER = 3 * dialog.LONGEST // 2
_ENDS = 0.35


@each(
    ("text", "code"),
    [
        # Another program says it, until Remote Desktop is named, one of its codes is, or the text turns.
        ("ORA-28000: the account is locked", None),
        ("Outlook says that the account is locked.", None),
        ("Outlook says that it is offline and the account is locked.", None),
        ("Outlook says it is offline. Remote Desktop says that the account is locked.", "0xD07"),
        ("Outlook says it is offline, but the account is locked.", "0xD07"),
        ("Outlook asks for a password all day; it says that the password is wrong.", None),
        ("Outlook fragt dauernd; es meldet, das Kennwort sei falsch.", None),
        ("Outlook is open; the account is locked.", "0xD07"),
        ("Outlook says nothing, and mstsc that the account is locked.", "0xD07"),
        ("Outlook opens, and 0x904 comes all the same.", "0x904"),
        ("We use Outlook here. The account is locked.", "0xD07"),
        ("> \u201eWe use Outlook here. The account is locked.\u201c", "0xD07"),
        ('{"message": "We use Outlook here. The account is locked."}', "0xD07"),
        ('Outlook says: "I cannot connect. The account is locked."', None),
        ("My bank app says my account is locked", None),
        ("WhatsApp says that the account is locked.", None),
        ("Sent to us with WhatsApp: the account is locked.", "0xD07"),
        ("Mein Online-Banking sagt: das Konto ist gesperrt", None),
        ("The coffee machine is broken. Remote Desktop says that the account is locked.", "0xD07"),
        ("Since I removed Dropbox 0x904 comes", "0x904"),
        ("I am in the VPN. The account is locked.", "0xD07"),
        ("The VPN says that the account is locked.", None),
        ("The password for the VPN has expired.", None),
        ("The certificate of oracle.example.com is not trusted.", "0x800B0109"),
        ("CORP\\svc-sap: the account is locked", "0xD07"),
        ("Das Konto ist in MySQL gesperrt, Remotedesktop geht.", None),
        ("Das Konto ist in MySQL gesperrt, Remotedesktop geht nicht.", "0xD07"),
        ("MySQL 提示密码已过期", None),
        ("远程桌面连接数据库服务器时提示密码已过期", "0xF07"),
        ("This could be due to CredSSP encryption oracle remediation.", "0x80090302"),
        ("connect ECONNREFUSED 127.0.0.1:6379", None),
        ("connect ECONNREFUSED 127.0.0.1:3390", "0x204"),
        ("I log in to MySQL, the account is locked.", None),
        ("用户 'sa' 登录失败。原因: 该帐户的密码已过期。", None),
        ("Échec de l'ouverture de session de l'utilisateur 'sa'.", None),
        ("ssl.SSLError: certificate verify failed (_ssl.c:997)", None),
        ("certificate verify failed", "0x800B0109"),
        # In a form a name has a value behind it; that it failed is what the program says.
        ("TightVNC: Authentication failed.", None),
        ("VNC: password incorrect.", None),
        ("UltraVNC: Connection refused.", None),
        ("RustDesk: Wrong password", None),
        ("Citrix: logon failed", None),
        ("VPN: Anmeldung fehlgeschlagen", None),
        ("SSH : mot de passe incorrect", None),
        ("TightVNC: works. The account is locked.", "0xD07"),
        ("VPN: FortiClient. The account is locked.", "0xD07"),
        ("Office: Berlin\nRemote Desktop: the logon attempt failed", "0x807"),
        ("Office: Klosterneuburg, the account is locked", "0xD07"),
        ("Office: Fehlheim, the account is locked", "0xD07"),
        ("Office: Bladel, the account is locked", "0xD07"),
        ("OpenVPN: AUTH_FAILED, the account is locked", None),
        ("VPN: Anmeldefehler, das Konto ist gesperrt", None),
        # A tunnel is on the way to Remote Desktop.
        ("OpenVPN is connected, the account is locked", "0xD07"),
        ("The remote connection via OpenVPN says that the account is locked", "0xD07"),
        ("OpenVPN says that the account is locked", None),
        # A statement that names another program and goes on about a session of Remote Desktop, by any of its names.
        ("OpenVPN is connected, the remote session says the account is locked", "0xD07"),
        ("Outlook ist offen, die Remotesitzung meldet: das Konto ist gesperrt", "0xD07"),
        ("FileZilla runs, and the RDS session says that the password has expired", "0xF07"),
        ("TeamViewer connects, and then on the session host: the account is locked", "0xD07"),
        ("SAP läuft, die Terminalsitzung sagt, das Konto ist gesperrt", "0xD07"),
        # Not where that is the program's own.
        ("The TeamViewer remote session says that the password is wrong", None),
        ("Die Remotesitzung mit AnyDesk meldet: Kennwort falsch", None),
        ("The remote connection to MySQL says that the account is locked", None),
        ("The terminal session of PuTTY says that the account is locked", None),
        ("La session distante de TeamViewer dit : mot de passe incorrect", None),
        # Nor where a program says it of its own, or there.
        ("AnyDesk says: remote connection failed, wrong password", None),
        ("VPN: remote connection failed, wrong password", None),
        ("Outlook shows: the remote connection is lost, the password is wrong", None),
        ("Outlook is open now: the remote session says that the password is wrong", "0x807"),
        ("VPN: on, the remote session says that the password is wrong", "0x807"),
        ("AnyDesk says nothing, the remote session says that the password is wrong", "0x807"),
        ("Outlook in the remote session says that the password has expired", None),
        ("Outlook on the session host says that the account is locked", None),
        ("Outlook auf dem Terminalserver meldet, das Kennwort sei falsch", None),
        ("We have Outlook on the session host: the account is locked", "0xD07"),
        ("We have Outlook on the session host, it says that the account is locked", "0xD07"),
        # What was installed since when says nothing.
        ("Since we installed AnyDesk, the logon attempt failed", "0x807"),
        ("Since we installed AnyDesk I get: the logon attempt failed", "0x807"),
        ("Seit wir FileZilla aktualisiert haben, ist das Konto gesperrt", "0xD07"),
        ("Depuis que nous avons installé OpenVPN, le compte est verrouillé", "0xD07"),
        ("Since we installed AnyDesk the logon attempt failed", "0x807"),
        ("Seit wir AnyDesk installiert haben ist das Konto gesperrt", "0xD07"),
        ("Depuis la mise à jour de TeamViewer le compte est verrouillé", "0xD07"),
        ("Since we installed AnyDesk, on every PC the logon attempt failed", "0x807"),
        ("Dopo aver installato AnyDesk, il conto utente è bloccato", "0xD07"),
        ("Depuis que nous avons installé AnyDesk, il dit que le compte est verrouillé", None),
        ("After installing MySQL, the installer says that the account is locked", None),
        ("Since we updated AnyDesk the AnyDesk account is locked", None),
        ("Since we installed Dropbox, Dropbox says that the account is locked", None),
        ("When Outlook was installed, it said that the account is locked", None),
        ("AnyDesk was installed; AnyDesk says that the account is locked", None),
        # What is solved, by a clause on itself or the one before it; another sentence may be on something else.
        ("The account was locked, that was resolved yesterday.", None),
        ("The account is locked. That was resolved yesterday.", "0xD07"),
        ("The account is locked. That was not resolved yet.", "0xD07"),
        ("The account is locked. Was this resolved elsewhere?", "0xD07"),
        ("The account is locked. The name is resolved to 10.0.0.9.", "0xD07"),
        ("The account is locked. Otto's printer was fixed.", "0xD07"),
        ("Since the firewall was fixed error 0x204 comes.", "0x204"),
        ("Error 0x904 was fixed, and now it is 0x204.", "0x204"),
        ("Das Konto war gesperrt und wurde entsperrt.", None),
        # Whoever is thanked for it.
        ("Der Fehler 0x904 von letzter Woche ist behoben, danke dafür.", None),
        ("The error 0x904 is fixed, thank you very much!", None),
        ("The error 0x904 is fixed, thanks a lot", None),
        ("The error 0x904 is fixed thanks to you", "0x904"),
        # Whoever asks how, or wishes it, has it still.
        ("Please tell me how error 0x904 is fixed, thanks", "0x904"),
        ("Please help so that the error 0x904 is fixed.", "0x904"),
        ("I would like to see that 0x904 is resolved, thanks", "0x904"),
        ("L'erreur 0x904 est corrigée, merci à toute l'équipe", "0x904"),
        ("The error 0x904 is fixed, thanks. Now it is 0x204.", "0x204"),
        ("The error 0x904 is fixed, thanks, but it is back", "0x904"),
        ("The account is locked, the printer was fixed thanks to the new account.", "0xD07"),
        ("Das Konto ist gesperrt. Es wurde noch nicht entsperrt.", "0xD07"),
        ("La cuenta está bloqueada, el problema ya fue resuelto.", None),
        ("Il conto utente è bloccato, il problema è stato risolto.", None),
        ("A conta está bloqueada, o problema foi resolvido.", None),
        ("Konto jest zablokowane, problem został rozwiązany.", None),
        ("Учетная запись заблокирована, проблема решена.", None),
        # How a connection ended says more than an alert before it.
        ("tlsv1 alert internal error. Authentication failure, check credentials.", "0x807"),
        ("tlsv1 alert internal error", "0x50"),
        ("WARN - Certificate verification failure 'certificate has expired (10)' at stack position 0", "0x907"),
        ("WARN - Certificate verification failure 'self-signed certificate (18)' at stack position 0", None),
        ("negotiation failure: server requires Enhanced RDP Security with CredSSP", "0x5"),
        # A code that is denied, and what is not: a connection that does not work.
        ("We do not see 0x904.", None),
        ("Wir sehen kein 0x904 mehr.", None),
        ("Nous n'avons plus l'erreur 0x904.", None),
        ("Ya no tenemos el error 0x904; no tenemos el error 0x204.", None),
        ("0x904 no longer appears.", None),
        ("It is not 0x904 but 0x204.", "0x204"),
        ("RDP geht nicht 0x904", "0x904"),
        ("We have no connection, error 0x904.", "0x904"),
        ("I do not get in: 0x904", "0x904"),
        # What is asked, or held not to be so; whoever asks why, what or how has met it.
        ("What happens if the password has expired?", None),
        ("Is the account locked?", None),
        ("Ist das Konto gesperrt?", None),
        ("Why is the account locked?", "0xD07"),
        ("What does 0x904 mean?", "0x904"),
        ("Can you help me? The account is locked.", "0xD07"),
        ("I don't believe that the account is locked.", None),
        ("I don't believe it, the account is locked.", "0xD07"),
        # Lines that begin as other programs' do, and replies of FTP and SMTP; a number of people is none.
        ("VERIFY ERROR: depth=0, error=certificate has expired: CN=server\nTLS Error: TLS handshake failed", None),
        ("TLS handshake failed", "0x20008"),
        ("kex_exchange_identification: read: Connection reset by peer", None),
        ("Connection reset by 10.0.0.9 port 3389: Connection reset by peer", "0x904"),
        ("\u54cd\u5e94:\t530 Permission denied.", None),
        ("Risposta: 530 Permesso negato", None),
        ("535 5.7.8 Error: authentication failed: Invalid credentials", None),
        ("450 users see: the account is locked", "0xD07"),
        ("Response: 401 Unauthorized. The account is locked", "0xD07"),
        ('UNREACHABLE! => {"msg": "ntlm: the specified credentials were rejected by the server"}', None),
        ("UNREACHABLE! => {}, and RDP says that the account is locked", "0xD07"),
        # What programs print that administer Windows; a ticket that names one of them keeps its own complaint.
        ("The target principal name is incorrect. Cannot generate SSPI context.", None),
        ("Der SSPI-Kontext kann nicht generiert werden. (Microsoft SQL Server, Fehler: 0)", None),
        ("an error occurred during the pre-login handshake, forcibly closed by the remote host", None),
        ("WinRM cannot process the request. errorcode 0x80090322 occurred while using Kerberos", None),
        ("DsBindWithCred to DC2 failed with status -2146893022", None),
        ("Windows cannot access \\\\srv\\share. Error code: 0x80070035", None),
        ("Veeam: the user name or password is incorrect", None),
        ("The SQL Server is up. RDP says that the account is locked.", "0xD07"),
        ("Since the Windows update the account is locked.", "0xD07"),
        ("Connecting to remote server srv01 failed: the logon attempt failed", "0x807"),
        ("repadmin shows nothing. The account is locked.", "0xD07"),
        ("80090308: LdapErr: DSID-0C090, comment: AcceptSecurityContext error, data 533", None),
        # Settled, in other words; and what is set to something.
        ("Le compte était verrouillé hier, c'est réglé.", None),
        ("Le port est réglé sur 3390 et le compte est verrouillé.", "0xD07"),
        ("La cuenta está bloqueada, eso quedó arreglado ayer.", None),
        ("Обліковий запис заблоковано, проблему вирішено.", None),
        ("Обліковий запис заблоковано.", "0xD07"),
        ("Kontot är låst, det är fixat.", None),
        ("The account was locked, that's sorted out.", None),
        ("Il conto utente è bloccato. Non è stato sistemato.", "0xD07"),
        # Another way to a desktop says it: none of its numbers is one of Remote Desktop.
        ("Citrix Workspace: The connection to 'Desktop' failed with status (Unknown client error 1030).", None),
        ("The connection to 'Desktop' failed with status 1030.", None),
        ("VMware Horizon Client: VDPCONNECT_REJECTED, error 516", None),
        ("VNC Viewer says: Too many security failures", None),
        ("RustDesk reports that the account is locked.", None),
        ("Citrix: on. The account is locked.", "0xD07"),
        ("The Citrix VDA is on that server, and mstsc shows error 516.", "0x204"),
        ("I connect through Citrix, and the account is locked.", "0xD07"),
        # Whoever connects to one, has its password or its port; people log on to a host that is called by its product.
        ("I am not permitted to connect to the VNC server, the password is wrong.", None),
        ("Beim Verbinden mit TightVNC: das Kennwort ist falsch.", None),
        ("Je me connecte à VNC et le compte est verrouillé.", None),
        ("Das VNC-Kennwort ist falsch.", None),
        ("Wrong password for RustDesk.", None),
        ("10.0.0.5:5900 - the user name or password is incorrect", None),
        ("10.0.0.5:15900 - the user name or password is incorrect", "0x807"),
        ("People log on to the Citrix server, and the account is locked.", "0xD07"),
        ("We had VNC and use this instead of VNC, the account is locked.", "0xD07"),
        ("I connect to the PC with Remote Desktop and not to VNC, and the account is locked.", "0xD07"),
        # A folder that is shared, and what Windows says of one; not the client's drives, a profile, or where a file is.
        ("En ouvrant \\\\PC-SALON\\Photos : « Le nom d'utilisateur ou le mot de passe est incorrect. »", None),
        ("\\\\srv\\data asks, and says: the user name or password is incorrect", None),
        ("\\\\10.0.0.7\\c$ sagt: der Benutzername oder das Kennwort ist falsch", None),
        ("Enter network credentials: the user name or password is incorrect.", None),
        ("Netzwerkanmeldeinformationen eingeben. Das Kennwort ist falsch.", None),
        ("System error 1326 has occurred. The user name or password is incorrect.", None),
        ("\u8f93\u5165\u7f51\u7edc\u51ed\u636e \u7528\u6237\u540d\u6216\u5bc6\u7801\u4e0d\u6b63\u786e", None),
        ("I opened \\\\srv\\data first. The account is locked.", "0xD07"),
        ("\\\\tsclient\\C is there, the account is locked", "0xD07"),
        ("\\\\srv01 says that the account is locked", "0xD07"),
        ("From \\\\srv\\apps\\web.rdp: your credentials did not work", "0x807"),
        ("The User Profile Service failed the sign-in: \\\\srv\\profiles$\\anna cannot be loaded.", "0x800701F4"),
        # Neither, in each language; where it goes with what is before the code, the code stands.
        ("La contraseña no ha caducado y tampoco sale el error 0x204.", None),
        ("Tampoco el error 0x204.", None),
        ("No funciona tampoco, 0x204", "0x204"),
        ("Das ist auch nicht 0x904.", None),
        ("RDP geht auch nicht 0x904", "0x904"),
        ("нет ошибки 0x904", None),
        ("связи нет 0x904", "0x904"),
        ("Nie widzimy 0x904.", None),
        ("Vi ser inte 0x904.", None),
        ("Det går inte 0x904.", "0x904"),
        ("Neither 0x904 nor 0x204.", None),
        # What was, where a text begins with that it is solved; what is, was a name or came again stands.
        ("Solved: the account was locked.", None),
        ("Erledigt: Das Konto war gesperrt.", None),
        ("Bonjour, c'est résolu : hier le compte était verrouillé.", None),
        ("Já está resolvido, a senha tinha expirado e eu troquei.", None),
        ("Opgelost: het wachtwoord was verlopen", None),
        ("Решено: учетная запись была заблокирована.", None),
        ("Solved: the account is locked", "0xD07"),
        ("Not solved: the account was locked.", "0xD07"),
        ("Solved? The account was locked.", "0xD07"),
        ("Printer solved: the account was locked.", "0xD07"),
        ("The DNS is resolved, the account was locked.", "0xD07"),
        ("Solved: the account was locked. It is back.", "0xD07"),
        ("Solved: it was the network. We see 0x904 now.", "0x904"),
        # What others wrote and what would be, where somebody says that nothing is wrong, with no exception.
        ("What would 0x904 mean? Nothing is broken right now.", None),
        ("Was würde 0x904 bedeuten? Alles läuft.", None),
        ("Co by oznaczał kod 0x904, gdyby ktoś go zobaczył? U nas wszystko działa.", None),
        ("Co by znamenala chyba 0x904? Vše funguje.", None),
        ("Что мог бы означать код 0x904? Все работает.", None),
        ("Vad skulle koden 0x904 betyda? Allt fungerar.", None),
        ("Co oznacza kod 0x904? Wszystko działa.", "0x904"),
        # What it could mean is asked of what was met.
        ("What could 0x904 mean? Everything works.", "0x904"),
        ("Qué podría significar 0x904? Todo funciona.", "0x904"),
        ("Co by oznaczał kod 0x904?", "0x904"),
        ("In an article it says that 0x904 is a dead certificate. Everything works.", None),
        ("In einem Artikel steht: 0x204 ist die Firewall. Bei uns kommen alle rein.", None),
        ("Dans un article : l'erreur 0x904. Tout fonctionne.", None),
        ("What would 0x904 mean?", "0x904"),
        ("What does 0x904 mean? Nothing is broken right now.", "0x904"),
        ("What would cause 0x904? Everything works.", "0x904"),
        ("What would 0x904 mean? Everything works, except for Anna.", "0x904"),
        ("What would 0x904 mean? Alle kommen rein, nur Anna nicht.", "0x904"),
        ("In an article it says that 0x904 is a dead certificate.", "0x904"),
        ("In an article 0x904 is a dead certificate. Everything works from home.", "0x904"),
        ("In an article it says that 0x904 is a dead certificate. Everything works. Now it is 0x204.", "0x204"),
        ("The client shows 0x904. Everything works.", "0x904"),
        # Whoever follows a guide, or sits in a post office, has met it himself; so has whom alone it is about.
        ("On the LAN everything works. From home, following the guide of our IT, I get 0x904 extended 0x7.", "0x904"),
        ("Alle kommen rein. Nur ich nicht: nach der Anleitung verbunden, dann kommt 0x904.", "0x904"),
        ("Bei uns kommen alle rein. Herr Maier hat laut der Anleitung alles neu eingerichtet: 0x904 0x7.", "0x904"),
        ("Everything works. Only in the post office branch 0x904.", "0x904"),
        ("We have no trouble. Today in the post room: 0x904", "0x904"),
        ("Everything works. In the manual it says restart, and I get 0x904.", "0x904"),
        ("Everything works. In the branch with the guide it shows 0x904.", "0x904"),
        ("What would 0x904 mean? Everything works. Only Anna calls.", "0x904"),
        # What was is left aside in its own clause, up to what came of it.
        (
            "Corrig\u00e9: le certificat \u00e9tait p\u00e9rim\u00e9, depuis: une erreur interne s'est produite",
            "0x4",
        ),
        ("Solved: nothing was done, An internal error has occurred.", "0x4"),
        ("Solved: nothing was done - An internal error has occurred.", "0x4"),
        ("Solved: the certificate was renewed and since then an internal error has occurred.", "0x4"),
        ("Fixed, I thought, after the password was changed, the logon attempt failed", "0x807"),
        ("L\u00f8st: tilkoblingen var brutt, en intern feil oppstod", "0x4"),
        ("Solved: the password was wrong, the account was locked.", None),
        # The way to another program, or where a file lies, takes no more away than what stands before the colon.
        ("We connect to Citrix and from there to the server: an internal error has occurred.", "0x4"),
        ("Users who connect to VMware Horizon are fine, the others get: Your credentials did not work.", "0x807"),
        ("I start the connection from \\\\fs01\\it\\links: An internal error has occurred.", "0x4"),
        (
            "When I start the file from \\\\fs01\\public: the connection was lost, an internal error has occurred.",
            "0x4",
        ),
        ("I opened \\\\srv\\data before the session: the account is locked", "0xD07"),
        ("\\\\srv\\data in Explorer: the password is wrong", None),
        ("When I connect to Citrix it says: the account is locked", None),
        # A time of the day is no port.
        ("At 10:22 the message: An internal error has occurred.", "0x4"),
        ("At 8:22 I got: The logon attempt failed", "0x807"),
        ("2026-05-04T10:22:03 the logon attempt failed", "0x807"),
        ("db01:1433 the password is wrong", None),
        # SQL Server's own dialog, in whatever language.
        ("Microsoft SQL Server, chyba 18456: Přihlášení uživatele sa se nezdařilo.", None),
        ("(Microsoft SQL Server, 错误: 18456) 登录失败", None),
        ("Microsoft SQL Server, エラー: 18456 ログインに失敗しました", None),
        ("Microsoft SQL Server 2019 is on it. The account is locked.", "0xD07"),
        # Another password takes nothing of what is said before it, unless that is of a password.
        ("My account is locked, I changed my wifi password yesterday.", "0xD07"),
        ("Моя учетная запись заблокирована, пароль от вайфая я менял.", "0xD07"),
        ("Účet je uzamčen, heslo k wifi jsem měnil.", "0xD07"),
        ("The password is wrong, I mean the wifi password.", None),
        ("The account is locked, Outlook says, and the VPN password is wrong.", None),
        ("My account is locked, the mail account works", "0xD07"),
        ("The account is locked, I mean the mail account.", None),
        ("My mail account is locked; mstsc says: the account is locked", "0xD07"),
        ("Mi cuenta se bloquea cada hora", "0xD07"),
        ("Mon compte est bloqué", "0xD07"),
        ("In the RDP session SAP says: your account is locked", None),
        ("In der RDP-Sitzung zeigt Outlook: das Konto ist gesperrt", None),
        ("In the RDP session dialog mstsc says: your account is locked", "0xD07"),
        ("Cisco AnyConnect: Login failed.", None),
        ("VMware vSphere: Cannot complete login due to an incorrect user name or password", None),
        ("BitLocker: the password is not correct", None),
        ("Since AnyConnect is on, RDP says that the password is wrong", "0x807"),
    ],
)
def test_what_a_text_is_about(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code


_DIALOG = """Remote Desktop Connection
This computer can't connect to the remote computer.
Try connecting again. If the problem continues, contact the owner of the remote computer or your network administrator.
Error code: 0x904
Extended error code: 0x7
"""


@each(
    "beside",
    [
        "This name is resolved by DNS.",
        "DNS is resolved.",
        "All names are correctly resolved.",
        "It is resolved fine in DNS, ping works.",
        "These are fixed IP addresses.",
        "This is our fixed IP.",
        "It is fixed, no DHCP.",
        "It was fixed by a reboot on Monday and came back today.",
        "That was solved for a day, came back.",
        "The problem is solved for an hour by restarting TermService.",
        "It was fixed last month by renewing the certificate, the same again today",
        "The error was fixed by renewing the certificate on another host.",
        "Everything else is solved.",
        "Das war nach einem Neustart behoben, kommt wieder.",
        "Das Problem ist mit einem Neustart behoben, am naechsten Tag wieder da.",
    ],
)
def test_what_is_solved_beside_them_takes_neither_a_dialog_nor_a_pair_away(beside: str) -> None:
    for text in (_DIALOG + beside, f"{beside}\n\n{_DIALOG}", f"Error 0x904/0x7. {beside}", f"Code 0x904/0x7, {beside}"):
        found = codes.explain(text)
        extended = found["extended"]
        assert (found["code"], extended and extended["number"]) == ("0x904", 7), text


@each(
    "text",
    [
        "Paramos no erro 0x904",
        "O RDP para no codigo 0x904",
        "Os clientes caem no erro 0x904/0x7",
        "Code d'erreur no 0x904",
        "Erreur no 0x904",
        "erro no 0x904",
        "Error: no 0x904",
        "error code no. 0x904",
        "We never had 0x904 before the update",
        "Nobody got 0x904 until yesterday",
        "Nobody had 0x904 before, since the update all have it",
        "no connection without 0x904",
        "0x904 kommt nicht nur bei mir",
        "0x904 kommt nicht immer",
        "0x904 does not appear every time",
        "0x904 doesn't occur in the LAN, only from home",
        "0x904 tritt nicht mit VPN auf, ohne VPN schon",
        "Why does nobody see 0x904 but me",
        "Do you not get 0x904?",
        "We do not see 0x904 at home.",
        "0x904 is gone, and comes back each morning.",
        "Error 0x904, which is solved. Now it is back.",
        "I don't believe 0x904/0x7 is a network fault",
        "I don't think it was a network problem 0x904/0x7",
        "I do not think 0x904/0x7 comes from the network.",
        "Nobody said the code 0x904/0x7 is harmless",
        "Ich glaube nicht dass der Fehler 0x904 vom Netz kommt",
        "je ne crois pas que 0x904/0x7 vienne du reseau",
        "0x904 appears although the printer was fixed.",
        "0x904/0x7, the error is not resolved",
        "0x904/0x7, das ist noch nicht behoben.",
        "We get 0x904/0x7 and the DNS is resolved.",
        "0x904 ist weg, wenn ich neu starte",
        "MySQL says 0x904",
    ],
)
def test_a_code_stands_unless_it_is_denied_for_certain(text: str) -> None:
    found = codes.explain(text)
    assert found["code"] == "0x904"
    assert bool(found["extended"]) == ("/0x7" in text)


@pytest.mark.parametrize(
    "text",
    [
        "We do not see 0x904/0x7.",
        "Wir sehen kein 0x904/0x7 mehr.",
        "We do not see 0x904, extended error code 0x7.",
        "0x904/0x7 no longer appears.",
        "Last week we had 0x904/0x7, which is solved.",
    ],
)
def test_a_pair_is_denied_as_a_whole(text: str) -> None:
    assert codes.explain(text)["code"] is None


@each(
    ("text", "code"),
    [
        # A form: what is ticked off before the complaint.
        ("SSH: works. Ping: works. An internal error has occurred.", "0x4"),
        ("VPN: on. Then an authentication error has occurred. The function requested is not supported", "0x80090302"),
        ("Firewall: off. VPN: off. Your credentials did not work.", "0x807"),
        ("Office: Berlin\nPC: PC01\nError: An internal error has occurred", "0x4"),
        ("vpn: up\nan internal error has occurred", "0x4"),
        ("office: berlin\nan internal error has occurred", "0x4"),
        ("Location: head office. Router: Cisco. VPN: none.\nAn internal error has occurred.", "0x4"),
        ("winrm: ok. the trust relationship between this workstation and the primary domain failed", "0xC000018D"),
        (
            "Exchange: no. Domain: corp. Your account has been disabled. Please see your system administrator.",
            "0xB07",
        ),
        ("VPN: the password has expired", None),
        # What another says ends with its sentence.
        ("Website says all is up. Your account is locked out.", "0xD07"),
        ("The VPN shows connected. Error: the logon attempt failed", "0x807"),
        ("Since the Wi-Fi asks for a certificate. Your account has been disabled", "0xB07"),
        # A host that is called by what it is for.
        (
            "I can't log in to the print server. The user account is currently locked out and may not be logged on to",
            "0xD07",
        ),
        (
            "I cannot connect to our SAP server. An authentication error has occurred. The function requested is not"
            " supported",
            "0x80090302",
        ),
        (
            "connect to the exchange server fails: An authentication error has occurred. The Local Security Authority"
            " cannot be contacted",
            "0x80090304",
        ),
        ("Trying to log in to the SQL Server box. An internal error has occurred.", "0x4"),
        ("SQL server: An internal error has occurred", "0x4"),
        (
            "The print server (Windows 2019) says when I log on: the trust relationship between this workstation and"
            " the primary domain failed",
            "0xC000018D",
        ),
        ("certificate for iis expired 0x80090328", "0x80090328"),
        ("nginx certificate replaced 0x80090328", "0x80090328"),
        ("Certificate shared with the web server, private key 0x80090016", "0x80090016"),
        ("We have not ruled out the account being locked out", "0xD07"),
    ],
)
def test_what_stands_before_a_complaint_does_not_take_it_away(text: str, code: str) -> None:
    assert codes.explain(text)["code"] == code


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ORA-28000: the account of anna is locked", "by the form of its message"),
        (
            "STATUS_ACCOUNT_LOCKED_OUT, and Outlook asks anna",
            "its sentence names outlook, and nothing of Remote Desktop",
        ),
        (
            "Management  Studio of anna: SEC_E_LOGON_DENIED",
            "its sentence names management studio, and nothing of Remote",
        ),
        ("The office router says to anna: STATUS_LOGON_FAILURE", "its sentence names office, and nothing of Remote"),
        ("anna on port 1433: STATUS_LOGON_FAILURE", "its sentence names nothing of Remote Desktop"),
        ("\\\\srv\\data asks, the password is wrong", "its sentence names a shared folder, and nothing of Remote"),
    ],
)
def test_what_was_left_aside_is_said_with_the_reason_and_not_given_back(text: str, why: str) -> None:
    found = codes.explain(text)
    [said] = [one for one in found["unread"] if "left aside" in one]
    assert said.startswith(f"what another program says was left aside ({why}") and "anna" not in said, said
    assert found["code"] is None and said in found["summary"]
    beside = codes.explain(f"{text}. Remote Desktop shows 0x904")
    assert beside["code"] == "0x904" and said in beside["summary"]


@pytest.mark.parametrize("name", sorted(set(negotiation.FAILURES.values()) - {"INCONSISTENT_FLAGS"}))
@pytest.mark.parametrize(
    "text", ["{}, and Outlook is slow", "After the Oracle client was installed: {}", "Photoshop works, {} does not"]
)
def test_an_answer_of_the_negotiation_is_remote_desktop_s_whoever_is_named_beside_it(name: str, text: str) -> None:
    assert codes.explain(text.format(name))["name"] == name
    assert codes.explain(text.format(name.lower()))["name"] == name


@pytest.mark.parametrize("name", ["INCONSISTENT_FLAGS", "STATUS_LOGON_FAILURE", "SEC_E_LOGON_DENIED"])
def test_a_status_that_others_have_as_well_is_theirs_beside_their_name(name: str) -> None:
    assert codes.explain(f"{name}, and Outlook is slow")["code"] is None


@pytest.mark.takes_long
@pytest.mark.parametrize(
    "part",
    [
        "vpn ",
        "outlook. ",
        "is fixed. ",
        "do not see 0x904, ",
        "x 0x904, which is fixed. ",
        "0x904 is gone. ",
        "vpn: ",
        "do not see 0x904/",
        "is the a ",
        "ora-12345 ",
        "but ",
        "a? ",
        "not ",
    ],
)
def test_a_text_made_to_be_slow_is_not(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialog, "LONGEST", _LONGER)
    monkeypatch.setattr(deadlines, "_ENDS_A_HANG", _ENDS)
    with comes_to_an_end():
        codes.explain(part * (_LONGER // len(part)))


@each("apostrophe", ["\u2019", "\u02bc", "\u2018", "'"])
@each(
    ("text", "code"),
    [
        ("The account was locked, that's sorted out.", None),
        ("Le compte \u00e9tait verrouill\u00e9 hier, c'est r\u00e9gl\u00e9.", None),
        ("I don't believe that the account is locked.", None),
        ("The account is locked, it isn't solved.", "0xD07"),
        ("用户\n'sa' 登录失败。该帐户的密码已过期。", None),
    ],
)
def test_whatever_a_program_types_for_an_apostrophe_is_one(text: str, code: str | None, apostrophe: str) -> None:
    assert codes.explain(text.replace("'", apostrophe))["code"] == code


def test_what_works_without_an_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "_ENDS_A_HANG", 0.05)
    endless = re.compile("(?:a+)+b")
    with pytest.raises(pytest.fail.Exception, match="works without an end"), comes_to_an_end():
        endless.match("a" * 200)


def _words_of_patterns() -> list[str]:
    found: set[str] = set()
    for module in (about, log_lines, dialog, codes, sentences):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"[\\(|\[]", node.value):
                found.update(re.findall(r"[^\W\d_]{2,}", node.value))
    return sorted(found)


@pytest.mark.takes_long
@pytest.mark.parametrize("between", ["", "_", " "])
def test_no_word_of_a_pattern_makes_a_text_slow(between: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a pattern takes any number of letters between two of its words, the first, again and again, is slow."""
    monkeypatch.setattr(dialog, "LONGEST", _LONGER)
    monkeypatch.setattr(deadlines, "_ENDS_A_HANG", _ENDS)
    words, known = _words_of_patterns(), ("nego", "winrm", "fail")
    assert {*known} <= set(words)
    begins = ("", "fail nego. errinfo_x solved, not 0x904? ")
    for at, word in enumerate((*known, *some(words, 300))):
        part = f"{word}{between}"
        for begin in begins if word in known else some(begins, 2, at):
            with comes_to_an_end():
                codes.explain(f"{begin}{part * (_LONGER // len(part))}"[:_LONGER])
