# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people write in a ticket in their own words, by what it stands for, and their likes about something else."""

from __future__ import annotations

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import type_for_code
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.codes import explain
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import ClientCode

_NONE = "none"
_SAID = {
    "session.transport": [
        "Meine Remotesitzung bleibt alle paar Minuten stehen, dann geht es wieder",
        "el servidor nos echa a todos del escritorio remoto cada media hora",
        "After logging in over RDP I only get a black screen with a cursor",
        "Nach der Anmeldung per Remotedesktop bleibt der Bildschirm schwarz",
        "Écran noir après la connexion au bureau à distance",
        "Pantalla negra al conectar por escritorio remoto",
        "Schermo nero dopo l'accesso in desktop remoto",
        "Tela preta depois de entrar na área de trabalho remota",
        "Na RDP po zalogowaniu czarny ekran",
        "черный экран после входа по RDP",
        "远程桌面登录后黑屏",
        "リモート デスクトップで接続すると黒い画面になる",
        "I connect, type my password and then the screen stays black",
        "RDP zeigt nur einen schwarzen Bildschirm mit Mauszeiger",
        "en el escritorio remoto solo veo pantalla negra",
        "bureau à distance : écran noir depuis la mise à jour",
        "원격 데스크톱에 접속하면 검은 화면만 보입니다",
        "Our users report that their RDS sessions freeze for 20 seconds and then continue",
        "Terminalserver hängt sich ständig auf",
        "la session RDP gèle sans arrêt depuis lundi",
        "RDP keeps disconnecting every few minutes",
        "Frequent RDP disconnects since we moved to the new firewall",
        "I keep getting kicked out of my remote desktop",
        "Terminalserver-Sitzungen brechen sporadisch ab",
        "RDP fliegt ständig raus",
        "La session RDP se déconnecte toutes les 5 minutes",
        "el RDP se corta a cada rato",
        "La connessione desktop remoto cade continuamente",
        "A área de trabalho remota cai toda hora",
        "De RDP verbinding valt steeds weg",
        "Sesja RDP ciągle się rozłącza",
        "RDP bağlantısı sürekli kopuyor",
        "постоянно выкидывает из RDP",
        "リモートデスクトップが頻繁に切断される",
        "远程桌面频繁掉线",
        "원격 데스크톱 연결이 자꾸 끊깁니다",
    ],
    _NONE: [
        "My local monitor is black since the move to the new desk",
        "The presentation starts with a black screen, then the video plays",
        "black screen of my phone",
        "Please ask your administrator when the session on security ends",
        "The training session ended early, the administrator was ill",
        "the timeout of the session is set to 30 minutes, that is fine",
        "we have too many users who want a new laptop",
        "there are too many connections in the switch cabinet",
        "the grace period of the invoice is over",
        "I don't have permission to open the folder on the share",
        "keine Berechtigung für das Laufwerk",
        "the cupboard is locked",
        "the user was told to lock his screen",
        "Your proposal was not accepted, the password policy stays",
        "We must resolve the name conflict in the team",
        "RDP session timeout was set to eight hours by policy",
        "The session time limit was not reached, it must be something else",
        "El tiempo de espera total de la conexión se ha agotado",
        "La durée maximale d'attente de connexion est dépassée",
        "Der Timeout von insgesamt 30 Sekunden wurde überschritten",
        "our internet gateway is not available tonight",
        "a temporary profile was made for the new colleague in HR",
        "the domain example.com is not available for registration",
        "Please reset the grace period of my password expiry mail",
        "The printer screen is black",
        "Our website times out",
        "The VPN gateway is not available, I'm waiting",
        "Der Drucker hängt",
        "my mouse freezes in games",
        "My VPN session keeps dropping",
        "SSH session drops every 5 minutes",
        "Zoom session disconnects every few minutes",
        "RDP works, but the VPN drops every 10 minutes",
        "Remotedesktop geht, aber das Telefon wird ständig getrennt",
        "Remote Desktop keeps my programs open when I disconnect",
        "Disconnected RDP sessions are logged off every night",
        "Getrennte Sitzungen bleiben ständig offen",
        "I drop files into the RDP window all the time",
        "The remote desktop computer's printer disconnects randomly",
        "We terminated the contract; the administrator knows",
        "Teams kicked me out of the meeting",
        "the admin logged the ticket",
        "no one is locked out",
        "Wir haben genug RDS-Lizenzen",
        "Kein Problem, alle Benutzer sind angemeldet",
    ],
    "client.certificate_refused": [
        "não consigo entrar no servidor por RDP, diz que o certificado expirou",
        "RDP says the certificate has expired",
        "The identity of the remote computer cannot be verified. Do you want to connect anyway?",
        "Die Identität des Remotecomputers kann nicht überprüft werden",
        "No se puede comprobar la identidad del equipo remoto",
        "L'identité de l'ordinateur distant ne peut pas être vérifiée",
        "Nie można zweryfikować tożsamości komputera zdalnego",
    ],
    "client.session_ended": [
        "Another user has connected to the remote computer, so your connection was lost.",
        "Another device has connected to this session, disconnecting you",
        "Your session was ended because an administrator logged you off",
        "Ihre Sitzung wurde vom Administrator beendet",
        "La session a été fermée par l'administrateur",
        "someone else keeps logging in with my account and I get thrown out of the session",
        "the admin disconnected me from the session",
        "La sesión fue cerrada por el administrador",
        "セッションは管理者によって終了されました",
        "Die Sitzung wurde von einem Administrator getrennt",
        "Sesja została zakończona przez administratora",
        "сеанс завершен администратором",
        "Eu sou desconectado por inatividade da sessão",
        "Your session has exceeded its time limit and will be disconnected in 2 minutes",
        "Die Sitzung wurde beendet, weil das Leerlaufzeitlimit erreicht ist",
        "Die Remotesitzung wurde getrennt, da das gesamte Anmeldezeitlimit erreicht wurde",
        "La session à distance a pris fin car la durée totale d'ouverture de session a été atteinte",
        "La sesión remota finalizó porque se alcanzó el límite de tiempo de espera de inactividad",
        "La sesión remota finalizó porque se alcanzó el tiempo total de inicio de sesión",
        "La sessione remota è stata terminata perché è stato raggiunto il limite di timeout di inattività",
        "A sessão remota foi encerrada porque o limite de tempo ocioso foi atingido",
        "Sesja zdalna została zakończona, ponieważ osiągnięto limit czasu bezczynności",
        "Удаленный сеанс завершен, так как достигнут предел времени ожидания простоя",
        "由于已达到总登录时间限制，远程会话已结束",
    ],
    "listener.connection_limit": [
        "Se ha superado el número máximo de conexiones de escritorio remoto",
        "Zu viele Benutzer sind auf dem Server",
        "too many users are on the server, it says, try again later",
        "Número máximo de conexões atingido no servidor",
    ],
    "client.licensing": [
        "Die Remotedesktoplizenz ist abgelaufen",
        "The remote desktop licensing grace period has ended",
        "no hay licencias disponibles de escritorio remoto",
        "aucune licence d'accès client disponible sur le serveur Bureau à distance",
        "Die Kulanzzeit der Remotedesktopdienste ist abgelaufen",
        "Le délai de grâce des services Bureau à distance a expiré",
        "RDS CALs have expired since yesterday",
        "Keine RDS-Lizenzen verfügbar",
    ],
    "nla.logon_right_missing": [
        "Mir fehlt die Berechtigung, mich per Remotedesktop anzumelden",
        "I don't have permission to log on through Remote Desktop",
        "Je n'ai pas le droit de me connecter à distance sur ce serveur",
        "No tengo permiso para iniciar sesión por escritorio remoto",
        "no permission to sign in to the terminal server",
        "Ich habe keine Berechtigung zum Anmelden auf dem Server",
        "Non ho il permesso di accedere in Desktop remoto",
        "Nie mam uprawnień do pulpitu zdalnego",
    ],
    "client.credentials": [
        "RDP says my password is wrong but it works at the console",
        "Beim Remotedesktop wird mein Kennwort nicht akzeptiert",
        "Le mot de passe n'est pas accepté en bureau à distance",
        "La contraseña no es aceptada al entrar por RDP",
        "o usuário está bloqueado",
        "il mio account è bloccato",
        "Kennwort wird nicht akzeptiert",
        "Hasło nie jest akceptowane przy logowaniu przez RDP",
        "RDP не принимает пароль",
        "kullanıcı adı veya parola yanlış",
        "Benutzer ist gesperrt",
        "l'utente è bloccato dopo troppi tentativi",
    ],
    "client.name": [
        "RDP can't resolve the server name from home",
        "Remotedesktop findet den Server nicht",
        "Le bureau à distance ne trouve pas l'ordinateur",
        "Der Client kann den Namen SRV01 nicht auflösen",
        "mstsc cannot resolve the server name",
        "le client n'arrive pas à résoudre le nom du serveur",
        "Remote Desktop can't find the server by name",
    ],
    "client.cannot_connect": [
        "RDP times out from home, in the office it works",
        "Ich bekomme keine Verbindung zum Terminalserver, Zeitüberschreitung",
        "No puedo conectarme al servidor por RDP, se agota el tiempo de espera",
        "Connexion impossible au serveur RDP, délai d'attente dépassé",
        "telnet srv01 3389 fails",
        "port 3389 timed out",
        "mstsc says the remote computer is turned off or not on the network",
        "Der Remotecomputer ist ausgeschaltet, meldet er",
        "dice que el equipo remoto está apagado",
        "Remotedesktop: Zeitüberschreitung beim Verbinden",
        "RDP 连接超时",
        "RDP timed out",
        "Bureau à distance : délai d'attente dépassé",
    ],
    "client.gateway": [
        "Der Remotedesktop-Gateway ist nicht erreichbar",
        "La passerelle Bureau à distance n'est pas disponible",
        "RD Gateway certificate expired",
        "RD-Gateway-Zertifikat ist abgelaufen",
        "le certificat de la passerelle Bureau à distance a expiré",
        "リモート デスクトップ ゲートウェイの証明書の有効期限が切れています",
        "Extern bureaublad-gateway niet beschikbaar",
        "RD Gateway is unavailable",
        "The certificate of the Remote Desktop Gateway has expired",
    ],
    "client.no_credssp": [
        "The remote computer requires Network Level Authentication, which your computer does not support",
        "Der Remotecomputer erfordert Authentifizierung auf Netzwerkebene, die Ihr Computer nicht unterstützt",
        "Zdalny komputer wymaga uwierzytelniania na poziomie sieci, którego Twój komputer nie obsługuje",
    ],
    "client.clock": [
        (
            "Remotedesktop kann die Identität des Remotecomputers nicht überprüfen, da zwischen "
            "Ihrem Computer und dem Remotecomputer ein Zeit- oder Datumsunterschied besteht."
        ),
        "The clock on the server is ten minutes off and RDP fails with a time difference",
    ],
    "session.profile": [
        "I am logged in with a temporary profile on the terminal server",
        "Sie wurden mit einem temporären Profil angemeldet",
        "Se ha iniciado sesión con un perfil temporal",
        "Accesso effettuato con un profilo temporaneo",
        "一時的なプロファイルでサインインしています",
        "您已使用临时配置文件登录",
        "Windows meldet ein temporäres Profil",
        "로그인하면 임시 프로필이라고 나옵니다",
    ],
    "client.no_authority": [
        "No logon servers are available to service the logon request",
        "Die Domäne ist nicht verfügbar",
        "We can't sign you in with this credential because your domain isn't available",
        "Es stehen momentan keine Anmeldeserver zur Verfügung",
        "Es sind momentan keine Anmeldeserver verfügbar, um die Anmeldeanforderung zu verarbeiten",
        "Actualmente no hay servidores de inicio de sesión disponibles para atender la solicitud",
    ],
}


@pytest.mark.parametrize(("finding", "words"), [(one, words) for one, said in _SAID.items() for words in said])
def test_everyday_words_stand_for_their_finding(finding: str, words: str) -> None:
    found = type_for_code(ClientCode(words))
    assert (found.id if found else _NONE) == finding


# What stands beside a dialog, carries it, or speaks of something else must not change what is understood: the code, or
# none where nothing of Remote Desktop is complained of.
_NOT_MISLED_BY_WORDS: dict[str | None, list[str]] = {
    "0x808": [
        "The licensing negotiation is not supported by rdesktop",
        "license negotiation not supported by this client",
        'RdpError { kind: NotImplemented, message: "Licensing nego not implemented" }',
    ],
    "0x8009030D": [
        "The credentials supplied to the package were not recognized\nError code: 519",
    ],
    "0x207": [
        "0x207 An internal error has occurred.",
        "Error code: 0x207. I will reboot half an hour later, remote desktop disconnects",
    ],
    "0x80090302": [
        "It no longer connects since the updates for CVE-2018-0886",
        "RDP cannot connect because of CVE-2018-0886",
    ],
    "0xD07": [
        "remote desktop: account locked; CVE 2018 0886",
    ],
    "0x3000007": [
        "RDP gateway certificate expired",
    ],
    "0x10B": [
        "My certificate expired and the RDP session hangs",
        "We are not vulnerable to CVE-2018-0886, yet RDP shows a black screen",
        "my remote desktop session freezes, the mouse still moves",
        "RDP session freezes but mouse works",
        "when I move the mouse, remote desktop freezes",
        "Remotedesktop friert ein, Maus geht noch",
        "the VPN never drops, and remote desktop freezes",
        "Die RDP-Sitzung bleibt ständig hängen",
    ],
    "0x102": [
        "RDS license expired, certificate on the RDP server is fine",
    ],
    "0xE07": [
        "My account has expired, says RDP after the certificate warning",
    ],
    "0xF07": [
        "The password expired, the RDP certificate is fine",
        "RDP: mein Kennwort ist abgelaufen, das Zertifikat nicht",
        "mot de passe expiré dans RDP, certificat valide",
        "la contraseña ha caducado en RDP, certificado válido",
        "password scaduta su RDP, certificato valido",
        "пароль истек, RDP, сертификат в порядке",
        "RDP 密码已过期，证书正常",
        "hasło wygasło w RDP, certyfikat ważny",
        "wachtwoord verlopen bij RDP, certificaat goed",
        "We installed the fix for CVE-2018-0886 years ago; today the user's password has expired",
    ],
    "0x904": [
        "Error code: 0x90\n4\nPlease contact your administrator.",
        "Code d'erreur : 0x90\n4\nCode d'erreur étendu : 0x0",
        "Código de error: 0x90\n4\nCódigo de error extendido: 0x0",
        "Error code: 0x90\n4\n\nSession: abc",
        "Fehlercode: 0x90\n4\nbitte wenden Sie sich an den Administrator",
        "Code d'erreur : 0x90\n4\nveuillez contacter votre administrateur",
        "код ошибки: 0x90\n4\nобратитесь к администратору",
        "错误代码: 0x90\n4\n请联系管理员",
    ],
    "0x204": [
        "2) The remote computer is turned off 3) The remote computer is not available on the network",
        (
            "Remote Desktop can't connect to the remote computer for one of these reasons: 1) "
            "Remote access to the server is not enabled 2) The remote computer is turned off 3) "
            "The remote computer is not available on the network. Our admin has restarted it "
            "already."
        ),
        (
            "Remote Desktop can't connect to the remote computer for one of these reasons: 1) "
            "Remote access to the server is not enabled 2) The remote computer is turned off 3) "
            "The remote computer is not available on the network.\nOur admin has restarted it "
            "already."
        ),
        (
            "Der Remotedesktop kann aus einem der folgenden Gründe keine Verbindung mit dem "
            "Remotecomputer herstellen: 1) Der Remotezugriff auf den Server ist nicht aktiviert. "
            "2) Der Remotecomputer ist ausgeschaltet. 3) Der Remotecomputer ist im Netzwerk nicht "
            "verfügbar. Der PC wurde gestern vom Administrator neu gestartet."
        ),
        (
            "Extern bureaublad kan om een van de volgende redenen geen verbinding maken met de "
            "externe computer: 1) Externe toegang tot de server is niet ingeschakeld 2) De externe "
            "computer is uitgeschakeld 3) De externe computer is niet beschikbaar in het netwerk. "
            "De pc is gisteren door de beheerder opnieuw opgestart."
        ),
        (
            "远程桌面由于以下原因之一无法连接到远程计算机: 1) 未启用对服务器的远程访问 "
            "2) 远程计算机已关闭 3) 在网络上远程计算机不可用。电脑昨天由管理员重启。"
        ),
        (
            "Remote Desktop can't connect to the remote computer for one of these reasons: 1) "
            "Remote access to the server is not enabled 2) The remote computer is turned off 3) "
            "The remote computer is not available on the network. I am disconnected by an admin? "
            "No."
        ),
    ],
    None: [
        "Zoom session freezes",
        "VPN session freezes",
        "ssh session stops responding",
        "My browser session freezes",
        "The DB session hangs on a lock",
        "my vpn drops and reconnects, so the session is gone",
        "Internet disconnects and reconnects automatically; then my session is back",
        "Das hängt von der Sitzung ab",
        "Die Sitzung des Stadtrats hängt vom Wetter ab",
        (
            "Die Sitzung friert nicht ein, aber Remotedesktop meldet: Der Computer kann keine "
            "Verbindung mit dem Remotecomputer herstellen"
        ),
        "Remote Desktop hangs at 'Initiating remote connection' forever",
        "RDP hangs on 'Estimating connection quality'",
        "Remotedesktop hängt bei 'Remoteverbindung wird gesichert'",
        "How do I disconnect a remote desktop session that hangs?",
        "How can I stop remote desktop sessions from being disconnected every 2 hours?",
        "RDP Sitzungen sollen alle 5 Minuten getrennt werden, geht das?",
        "RDP sessions are disconnected every 30 minutes which is what our policy wants",
        "Too many users are connected to our wifi",
        "SQL: The maximum number of connections has been reached",
        "Chrome user profile could not be loaded",
        "I dont have permission to install software in the remote desktop",
        "Ich habe keine Berechtigung, im Remotedesktop den Drucker zu installieren",
        "You do not have permission to save in this location - Excel on our remote desktop",
        "When will the grace period expire? RDS licenses",
        "The grace period is over, please pay your invoice for the licence",
        "User is locked in a meeting and cannot RDP",
        "We'd like users to be logged off when inactive",
        "Unser Webshop: Sie wurden wegen Inaktivität abgemeldet",
        "We'd like RDP users to be logged off when inactive",
        "kicked out of the game for inactivity",
        "Our VPN client logs: session idle timeout, tunnel closed",
        "Zoom kicked me out after 10 minutes idle",
        "I get logged out of the website after 15 minutes of inactivity",
        "Das Portal hat mich wegen Inaktivität abgemeldet",
        "Too many connections in the pool of the database were reached",
        "The hotel's grace period has expired, says the licence",
        "RDP hängt vom Wetter ab",
        # What has expired, is turned off, idle or frozen is something else, which no list here names.
        "VPN certificate expired, RDP unaffected",
        "网站证书过期，远程桌面正常",
        "сертификат сайта истек, RDP работает",
        "certificato del sito scaduto, RDP funziona",
        "Zertifikat vom Mailserver abgelaufen, RDP unbetroffen",
        "smart card certificate expired, remote desktop says so",
        "The RDP certificate will expire",
        "We replaced the expired RDP certificate",
        "I get logged out of Salesforce after 15 minutes idle",
        "Bei Facebook werde ich wegen Inaktivität abgemeldet",
        "Gmail me desconecta por inactividad",
        "Facebook me déconnecte pour inactivité",
        "Ik word uitgelogd bij Salesforce na inactiviteit",
        "mnie wyrzuca z Facebooka za bezczynność",
        "Меня выкидывает из ВКонтакте, неактивен",
        "Выкидывает из 1С при бездействии",
        "微信没操作就被踢下线",
        "LINEは操作しないとログアウトされます、切断されます",
        "vSphere client: You have been logged out due to inactivity",
        "iDRAC: You have been logged out due to inactivity",
        "The console of the switch logs me out when idle",
        "Discord kicked me for being idle",
        "Windows logs me off when idle at my desk, I am not using anything remote",
        "Der USB-Stick wird bei Inaktivität getrennt",
        "We do not want users kicked when idle",
        "I get kicked out after 15 minutes of inactivity",
        "Users are kicked off after 30 minutes idle",
        "Wir werden nach 15 Minuten Inaktivität abgemeldet",
        "je suis déconnecté après 10 minutes d'inactivité",
        "me echa tras 15 minutos inactivo",
        "There is no activity on the remote session screen, it's black",
        "The RDP session shows no activity and is frozen",
        "No activity in the session, it freezes",
        "The session log shows no activity from the attacker",
        "Security alert: no activity in session 5",
        "my remote computer's monitor is turned off",
        "I turned off the remote computer's firewall and it still fails",
        "On the remote computer NLA was turned off",
        "Op de externe computer is NLA uitgeschakeld",
        "Remote Desktop is turned off on the remote computer",
        "Equipo remoto con firewall apagado",
        "L'ordinateur distant a le pare-feu éteint",
        "Am Remotecomputer ist der Bildschirm ausgeschaltet",
        "远程计算机已关闭防火墙",
        "Der Remotecomputer wird nachts ausgeschaltet",
        "Turn on: remote computer was turned off, now it works",
        "remote PC turned off sleep mode, still black screen",
        "CVE-2018-0886 is patched everywhere",
        "Nessus: CVE-2018-0886 found on 10 hosts",
        "Nach der RDP-Sitzung bleibt der Benutzername im Anmeldefeld stehen",
        "Der Name des RDP-Servers bleibt in der Liste stehen",
        "Bei RDP bleibt der Druckauftrag hängen",
        "Nach RDP bleibt das Gastkonto stehen",
        "Remotedesktop: der Port bleibt offen stehen",
        "the mouse in the RDP session freezes",
        "Outlook in remote desktop freezes",
        "Zoom in RDP freezes",
        "SSH to the RDP host drops every few minutes",
        "My remote desktop disconnects half an hour before the meeting",
        "remote desktop is disconnected for half an hour lunch break by me",
        "license negotiation not yet done, all else supported",
        "The GlobalProtect client logs session idle timeout",
        "SonicWall logs: session idle timeout",
        "SonicWall logs: session was idle",
        "FortiClient logs: SSL VPN idle timeout, session closed",
        "Citrix logs: session was idle",
        "How to end a remote desktop session that freezes",
    ],
    "0x807": [
        "Der Anmeldeversuch ist fehlgeschlagen, die Sitzung hängt",
        "User on Slack: The logon attempt failed",
        "Aus WhatsApp: Der Anmeldeversuch ist fehlgeschlagen",
        "From Gmail: The logon attempt failed",
        "On our game server: The logon attempt failed",
    ],
    "0x5": [
        "Error: NODE_RDP_PROTOCOL_X224_NEG_FAILURE Failure code:5",
        "We are on VPN. rdp_neg_failure failureCode: 0x00000005",
        "Negotiation failure 0x00000005",
        "VPN is up. RDP_NEG_FAILURE: failureCode 5",
        "License ok. Nego failure code: 5",
        "negotiation failure (5)",
        "Protocol negotiation failure 5",
        "negotiation failed 5",
        "VPN on, rdp_neg_failure failureCode: 5",
    ],
    "0x9": [
        (
            "Our user sent a photo via WhatsApp: The connection was denied because the user "
            "account is not authorized for remote login."
        ),
    ],
    "0x1307": [
        (
            "Reported in Slack: The system administrator has restricted the type of logon (network "
            "or interactive) that you may use."
        ),
    ],
    "0x3": [
        "NODE_RDP_PROTOCOL_X224_NEG_FAILURE(Failure code:3)",
        "Your online shop session expired due to inactivity: you are logged out",
        "kicked off RDP after 10 min idle",
        "le serveur TSE me déconnecte au bout de 20 minutes sans activité",
        "Terminalserver wirft mich nach 20 Minuten ohne Aktivität raus",
        "用了十五分钟没操作就被踢下线，远程桌面",
        "リモートデスクトップが15分操作しないと切断されます",
        "VPN is up, the RDP session was closed because it was idle",
    ],
    "0x20": [
        "Error code: 0x20\n4\nusers affected",
        "Error code: 0x20\n4\nof our people have it",
        "Fehlercode: 0x20\n4\nBenutzer betroffen",
        "Code d'erreur : 0x20\n4\nutilisateurs touchés",
        "код ошибки: 0x20\n4\nпользователя не могут войти",
        "错误代码: 0x20\n4\n人受影响",
    ],
}


@pytest.mark.parametrize(
    ("code", "words"), [(code, words) for code, said in _NOT_MISLED_BY_WORDS.items() for words in said]
)
def test_words_that_mean_something_else_change_nothing(code: str | None, words: str) -> None:
    assert explain(words)["code"] == code


@pytest.mark.parametrize(
    "behind",
    [
        "our users cannot log in",
        "affected users",
        "employees cannot log in",
        "remote sessions",
        "serveurs",
        "сотрудника",
        "человека не могут",
        "replies",
        "answers",
        "views",
        "upvotes",
        "Fehler beim Verbinden",
        "Erreur lors de la connexion",
        "Utente anna",
        "Benutzer anna",
        "Tag zusammen",
        "Of course I rebooted",
        "People say reboot",
        "名称: WEB01",
        "个人电脑",
        "回線が切断",
        "台北",
        "명령",
        "please contact your administrator",
        "en el equipo WEB01",
        "user: anna",
    ],
)
def test_a_number_below_a_code_that_may_count_something_makes_no_cause(behind: str) -> None:
    """Neither the code that both may be, nor one that only the beginning is."""
    for first in ("0x90", "0x20"):
        found = explain(f"{first}\n4\n{behind}")
        assert not found["known"] and any("may be one code" in said for said in found["unread"])
    if not any(mark in behind for mark in (":", "please")):
        assert not explain(f"Error code: 0x90\n4\n{behind}")["known"]
