# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a text is about: another program's words, what is solved, denied or only asked say nothing of Remote Desktop,
and what stands beside them counts.
"""

from __future__ import annotations

import time

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import codes, dialog


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # Another program says it, until Remote Desktop is named, one of its codes is, or the text turns.
        ("ORA-28000: the account is locked", None),
        ("Outlook says that the account is locked.", None),
        ("Outlook says it is offline. The account is locked.", None),
        ("Outlook says it is offline. Remote Desktop says that the account is locked.", "0xD07"),
        ("Outlook says it is offline, but the account is locked.", "0xD07"),
        ("Outlook says nothing, and mstsc that the account is locked.", "0xD07"),
        ("Outlook opens, and 0x904 comes all the same.", "0x904"),
        ("We use Outlook here. The account is locked.", "0xD07"),
        ("I am in the VPN. The account is locked.", "0xD07"),
        ("The VPN says that the account is locked.", None),
        ("The password for the VPN has expired.", None),
        ("The certificate of oracle.example.com is not trusted.", "0x800B0109"),
        ("CORP\\svc-sap: the account is locked", "0xD07"),
        ("Das Konto ist auf dem SQL-Server gesperrt, Remotedesktop geht.", None),
        ("Das Konto ist auf dem SQL-Server gesperrt, Remotedesktop geht nicht.", "0xD07"),
        ("MySQL 提示密码已过期", None),
        ("远程桌面连接数据库服务器时提示密码已过期", "0xF07"),
        ("This could be due to CredSSP encryption oracle remediation.", "0x80090302"),
        ("connect ECONNREFUSED 127.0.0.1:6379", None),
        ("connect ECONNREFUSED 127.0.0.1:3390", "0x204"),
        ("I log in to MySQL. The account is locked.", None),
        ("用户 'sa' 登录失败。原因: 该帐户的密码已过期。", None),
        ("Échec de l'ouverture de session de l'utilisateur 'sa'.", None),
        ("ssl.SSLError: certificate verify failed (_ssl.c:997)", None),
        ("certificate verify failed", "0x800B0109"),
        # What is solved, with what was said before it where it refers to that.
        ("The account is locked. That was resolved yesterday.", None),
        ("The account is locked. That was not resolved yet.", "0xD07"),
        ("The account is locked. Was this resolved elsewhere?", "0xD07"),
        ("The account is locked. The name is resolved to 10.0.0.9.", "0xD07"),
        ("The account is locked. Otto's printer was fixed.", "0xD07"),
        ("Since the firewall was fixed error 0x204 comes.", "0x204"),
        ("Error 0x904 was fixed, and now it is 0x204.", "0x204"),
        ("Das Konto war gesperrt und wurde entsperrt.", None),
        ("Das Konto ist gesperrt. Es wurde noch nicht entsperrt.", "0xD07"),
        ("La cuenta está bloqueada. El problema ya fue resuelto.", None),
        ("Il conto utente è bloccato. Il problema è stato risolto.", None),
        ("A conta está bloqueada. O problema foi resolvido.", None),
        ("Konto jest zablokowane. Problem został rozwiązany.", None),
        ("Учетная запись заблокирована. Проблема решена.", None),
        ("アカウントがロックされています。解決しました。", None),
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
        ("80090308: LdapErr: DSID-0C090, comment: AcceptSecurityContext error, data 533", None),
        # Settled, in other words; and what is set to something.
        ("Le compte était verrouillé hier, c'est réglé.", None),
        ("Le port est réglé sur 3390 et le compte est verrouillé.", "0xD07"),
        ("La cuenta está bloqueada. Quedó arreglado ayer.", None),
        ("Обліковий запис заблоковано. Проблему вирішено.", None),
        ("Обліковий запис заблоковано.", "0xD07"),
        ("Kontot är låst. Det är fixat.", None),
        ("The account is locked. That's sorted out.", None),
        ("Il conto utente è bloccato. Non è stato sistemato.", "0xD07"),
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
    ],
)
def test_what_a_text_is_about(text: str, code: str | None) -> None:
    assert codes.explain(text)["code"] == code


def test_what_was_left_aside_is_said_and_not_given_back() -> None:
    [said] = [one for one in codes.explain("ORA-28000: the account of anna is locked")["unread"] if "left aside" in one]
    assert said == "what another program says was left aside"


@pytest.mark.parametrize(
    "part", ["vpn ", "outlook. ", "is fixed. ", "do not see 0x904, ", "is the a ", "ora-12345 ", "but ", "a? ", "not "]
)
def test_a_text_made_to_be_slow_is_not(part: str) -> None:
    began = time.process_time()
    codes.explain(part * (dialog.LONGEST // len(part)))
    assert time.process_time() - began < 2
