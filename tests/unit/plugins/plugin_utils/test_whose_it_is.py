# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose account, screen, device or session it is that users speak of, and whether they complain: what is somebody
else's makes no cause, and what is Remote Desktop's beside it keeps its own.
"""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.codes import explain

from tests.profiles import each

# What is spoken of, and by the code that the words stand for what people say of it.
_SPOKEN_OF: dict[str, dict[str | None, list[str]]] = {
    "another program's account or password": {
        None: [
            "My account is locked in the payroll system",
            "Account for the HR portal is locked",
            "The password for our ERP has expired",
            "My Facebook account is locked",
            "My bank account is locked",
            "Mon compte Facebook est bloqué",
            "Cuenta de Gmail bloqueada",
            "Мой аккаунт госуслуг заблокирован",
            "我的微信账号被锁定",
            "The holiday planner says my password has expired.",
            "I'm locked out of the payroll system",
            "The password for another app has expired",
            "Das Kennwort für eine andere App ist abgelaufen",
            "Mein Konto im Zeiterfassungssystem ist gesperrt",
            "Le mot de passe d'une autre appli a expiré",
            "Mon mot de passe du logiciel de paie a expiré",
            "Mon compte sur le portail RH est bloqué",
            "La contraseña de otra aplicación ha caducado",
            "Mi cuenta en el programa de nóminas está bloqueada",
            "Il mio account nel programma paghe è bloccato",
            "A minha conta no portal de férias está bloqueada",
            "Mijn account in het salarissysteem is vergrendeld",
            "Mitt konto i lönesystemet är låst",
            "Min konto i lønsystemet er låst",
            "Tilini palkkajärjestelmässä on lukittu",
            "Moje konto w systemie kadrowym zostało zablokowane",
            "Hasło do innej aplikacji wygasło",
            "Můj účet v mzdovém systému je zamčen",
            "Heslo k jiné aplikaci vypršelo",
            "A fiókom a bérprogramban zárolva van",
            "Contul meu din sistemul de salarizare este blocat",
            "Bordro sistemindeki hesabım kilitlendi",
            "Моя учетная запись в зарплатной системе заблокирована",
            "Пароль от другого приложения истек",
            "Пароль от банковского приложения истек",
            "Срок действия пароля от Госуслуг истек",
            "Мій обліковий запис у зарплатній системі заблоковано",
            "Термін дії пароля з іншого застосунку минув",
            "Пароль від Дії закінчився",
            "Пароль від Монобанку прострочений",
            "給与システムのアカウントがロックされました",
            "我在工资系统的账号被锁定了",
            "人事系統的帳號被鎖定",
            "급여 시스템 계정이 잠겼습니다",
        ],
        "0xD07": [
            "My account is locked in the domain",
            "My account is locked in Windows",
            "My account on the terminal server is locked",
            "My account is locked, I opened a ticket for it",
            "My account is locked, the HR system is fine",
            "My account is locked, my Facebook works",
            "My account is locked and my mail works",
            "RDP: cuenta bloqueada, el wifi va bien",
            "Account locked on the ERP server, RDP won't let me in",
            "Account locked on the ERP server",
            "Mein Konto ist gesperrt, obwohl das Zeitsystem geht",
        ],
        "0xF07": [
            "The password for anna has expired",
            "The password for remote desktop has expired",
            "Пароль від комп'ютера прострочений",
            "Пароль от моей учетки истек, RDP не пускает",
            "Пароль от RDP истек",
            "Термін дії пароля від облікового запису Windows закінчився",
        ],
    },
    "a program in parentheses": {
        None: [
            "Black screen after login (Teams)",
            "Bildschirm bleibt schwarz (Zoom)",
            "Account locked out (Skype)",
            "Das Konto ist gesperrt (SAP)",
            "Mot de passe expiré (Outlook)",
            "La cuenta está bloqueada (SAP)",
            "Hasło wygasło (Outlook)",
            "Пароль истек (Outlook)",
            "密码已过期（Outlook）",
            "パスワードの有効期限が切れています（Teams）",
        ],
        "0xD07": [
            "Account locked (RDP from home)",
            "Account locked (VPN is up)",
            "The account is locked (remote desktop, not Outlook)",
        ],
        "0xF07": [
            "The password has expired (RDP)",
        ],
    },
    "a question on a setting": {
        None: [
            "Why is Restricted Admin not enabled by default?",
            "Is Restricted Admin not enabled on our servers?",
            "Can I use Restricted Admin if it is not enabled on the servers?",
            "Does Restricted Admin mode not support smart cards?",
            "Warum ist Restricted Admin nicht aktiviert?",
            "Warum wird Restricted Admin nicht unterstützt?",
            "Pourquoi Restricted Admin n'est pas activé par défaut ?",
            "How long may an RDP session be idle before it is disconnected?",
        ],
        "0xE09": [
            "Why do I get the message that Restricted Admin is not enabled?",
            "Restricted Admin is not enabled on the server, why does it not let me in?",
            "RDP sagt, Restricted Admin ist nicht aktiviert",
        ],
    },
    "another pool's session hosts": {
        None: [
            "Citrix pool: no available session host",
            "Citrix says no available session host",
            "In Citrix there is no available session host in the pool",
            "The Citrix pool has no available session host.",
            "There is no available session host in our Citrix pool",
        ],
        "0x3000046": [
            "There is no available session host in the host pool",
            "No session host is available in our AVD pool, Citrix works",
        ],
    },
    "another screen": {
        None: [
            "My phone has a black screen after login",
            "I log in and get a black screen on the phone",
            "My monitor shows a black screen after I log on",
            "Schwarzer Bildschirm am Handy nach der Anmeldung",
            "Écran noir sur mon téléphone après la connexion",
            "Pantalla negra en el móvil al iniciar sesión",
            "Czarny ekran telefonu po zalogowaniu",
            "Черный экран телефона после входа",
            "手机登录后黑屏",
            "スマホにログインすると黒い画面になる",
        ],
        "0x10B": [
            "Black screen after login",
            "Black screen in RDP on my phone",
            "Po zalogowaniu czarny ekran",
            "My remote desktop goes black",
            "My remote desktop from home goes black every few minutes",
        ],
    },
    "somebody who ends a session himself": {
        None: [
            "I closed the RDP session right after login",
            "I have just closed the RDP session right after login",
            "They disconnected the RDP session right after login, on purpose",
            "Ich habe die RDP-Sitzung sofort nach der Anmeldung geschlossen",
            "J'ai fermé la session RDP juste après la connexion",
            "He cerrado la sesión RDP nada más iniciar sesión",
            "Ho chiuso la sessione RDP subito dopo il login",
            "Ik heb de RDP-sessie direct na het inloggen gesloten",
            "Я закрываю RDP сразу после входа",
            "我登录后立即关闭了远程桌面",
            "ログイン直後にリモートデスクトップを閉じました",
        ],
        "0x10B": [
            "The RDP session closed right after login",
            "I see that the RDP session closes right after login",
            "I get disconnected from RDP right after login",
            "I'm logged off RDP right after login",
            "Meine RDP-Sitzung wird sofort nach der Anmeldung geschlossen",
            "Ich werde vom RDP sofort nach der Anmeldung getrennt",
            "Je suis déconnecté du RDP juste après la connexion",
            "Se cierra el escritorio remoto nada más iniciar sesión",
            "远程桌面登录后立即关闭",
        ],
    },
    "what a session's end follows on": {
        "0x10B": [
            "as soon as I log in to VPN, RDP disconnects",
            "RDP disconnects as soon as I log in to VPN",
            "The remote desktop window closes as soon as I have entered my password.",
            "Sobald ich mich am VPN anmelde, wird RDP getrennt",
            "Dès que je me connecte au VPN, la session RDP se déconnecte",
            "En cuanto entro en la VPN, el escritorio remoto se desconecta",
            "Appena mi collego alla VPN, il desktop remoto si disconnette",
            "Assim que ligo a VPN, o RDP cai",
            "Zodra ik op de VPN inlog, wordt RDP verbroken",
            "Jak tylko włączę VPN, RDP się rozłącza",
            "Как только подключаюсь к VPN, RDP отключается",
            "VPNにつなぐとすぐにリモートデスクトップが切断されます",
            "一连VPN，远程桌面就断开",
        ],
        None: [
            "As soon as I log in to RDP, the VPN disconnects",
            "As soon as I log in to RDP, Teams disconnects",
            "Sobald ich RDP starte, bricht das VPN ab",
            "Dès que je lance RDP, le VPN se déconnecte",
        ],
    },
    "a device on the way to a session": {
        None: [
            "The printer on RDP drops every few minutes",
            "My headset in RDP keeps disconnecting",
            "Der Drucker auf RDP bricht ständig ab",
            "L'imprimante sur RDP se déconnecte sans cesse",
            "La impresora en RDP se desconecta cada rato",
            "La stampante su RDP si disconnette continuamente",
            "A impressora no RDP cai toda hora",
            "De printer op RDP valt steeds weg",
            "Drukarka na RDP ciągle się rozłącza",
            "Mysz na pulpicie zdalnym się zacina",
            "Tiskárna na RDP se pořád odpojuje",
            "A nyomtató az RDP-n folyton megszakad",
            "RDP'deki yazıcı sürekli kopuyor",
            "Принтер на RDP постоянно отваливается",
            "Принтер на RDP постійно відвалюється",
            "リモートデスクトップのプリンターが頻繁に切断される",
            "远程桌面的打印机频繁掉线",
            "RDP 프린터가 자꾸 끊깁니다",
        ],
        "0x10B": [
            "RDP drops every few minutes",
            "The connection on RDP drops every few minutes",
            "На RDP постоянно выкидывает",
            "Na RDP ciągle mnie rozłącza",
            "RDP на принтерном ПК постоянно отваливается",
        ],
    },
}


@each(
    ("what", "code", "words"),
    [(what, code, words) for what, by_code in _SPOKEN_OF.items() for code, said in by_code.items() for words in said],
)
def test_whose_it_is_that_is_spoken_of(what: str, code: str | None, words: str) -> None:
    assert explain(words)["code"] == code, what
