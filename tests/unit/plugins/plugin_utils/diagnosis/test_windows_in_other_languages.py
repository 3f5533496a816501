# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Windows says for a status or a refusal, in the languages of its translations: each means what it means in
English, and its words about something else mean nothing.
"""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import codes

from tests.profiles import each

# Many of them as public pages show them (tests/incidents/unseen21.yml), the others as Windows is remembered to say it.
_SAYS = """
status 0x80090308 | Das der Funktion gegebene Token ist ungültig
status 0x80090308 | Le jeton fourni à la fonction n'est pas valide
status 0x80090308 | Переданный функции токен недействителен
status 0x80090308 | 関数に提供されたトークンは無効です
status 0x80090308 | 发生身份验证错误，给函数提供的标志无效
status 0x80090308 | 給函數提供的權杖無效
status 0x80090308 | 함수에 제공된 토큰이 잘못되었습니다
status 0x80090311 | Für die Authentifizierung konnte keine Autorität kontaktiert werden
status 0x80090311 | Aucune autorité n'a pu être contactée pour l'authentification
status 0x80090311 | Nie można skontaktować się z żadnym urzędem w celu uwierzytelnienia
status 0x80090311 | หน่วยงานไม่สามารถติดต่อใบรับรองความถูกต้อง
status 0x80090331 | Client und Server haben keinen gemeinsamen Algorithmus, sie können nicht kommunizieren
status 0x80090331 | Klient i serwer nie mogą się komunikować, ponieważ nie mają wspólnego algorytmu
status 0x80090331 | Клиент и сервер не могут взаимодействовать, так как у них нет общего алгоритма
status 0x80090331 | クライアントとサーバーは、共通のアルゴリズムがないため通信できません
status 0x80090331 | 客户端和服务器无法通信，因为它们没有公共的算法
status 0x80090322 | Hlavní název cíle je nesprávný
status 0x80090322 | Główna nazwa docelowa jest niepoprawna
status 0x80090322 | Главное конечное имя неверно
status 0x80090322 | ターゲット プリンシパル名が間違っています
status 0x80090322 | 目标主要名称不正确
status 0x80090322 | 대상 주체 이름이 올바르지 않습니다
status 0x80090304 | Wystąpił błąd uwierzytelniania. Nie można skontaktować się z lokalnym urzędem bezpieczeństwa
status 0x80090304 | Не удается установить связь с локальной системой безопасности
status 0x80090304 | Kimlik doğrulama hatası oluştu. Yerel Güvenlik Yetkilisi ile iletişim kurulamıyor.
status 0x80090304 | Hitelesítési hiba történt. A helyi biztonsági szervezet nem érhető el
status 0x80090304 | Nie je možné kontaktovať lokálnu bezpečnostnú autoritu
status 0x80090304 | Không thể liên hệ với Cơ quan Bảo mật Cục bộ
status 0x80090304 | Autoritatea de securitate locală nu poate fi contactată
status 0x80090302 | Đã xảy ra lỗi xác thực. Chức năng được yêu cầu không được hỗ trợ
status 0x80090302 | Παρουσιάστηκε σφάλμα ελέγχου ταυτότητας. Η λειτουργία που ζητήθηκε δεν υποστηρίζεται
status 0x80090302 | A apărut o eroare de autentificare. Funcția solicitată nu este acceptată
status 0x80090302 | Възникна грешка при удостоверяването. Исканата функция не се поддържа
status 0x80090302 | เกิดข้อผิดพลาดในการรับรองความถูกต้อง ไม่สนับสนุนฟังก์ชันที่ร้องขอ
status 0xC00A002B | Der angeforderte Sitzungszugriff wird verweigert.
status 0xC00A002B | Acceso a la sesión solicitada denegado
status 0xC00A002B | Odmowa dostępu do żądanej sesji
status 0xC00A002B | Доступ к требуемому сеансу отклонен
status 0xC00A002B | 要求されたセッション アクセスは拒否されました
status 0xC00A002B | 请求的会话访问被拒绝
disconnect 0x300000D | Server Brány vzdálené plochy je dočasně nedostupný
disconnect 0x300000D | Uzak Masaüstü Ağ Geçidi sunucusu geçici olarak kullanılamadığından bağlanamıyor
disconnect 0x300000D | リモート デスクトップ ゲートウェイ サーバーが一時的に利用できないため、接続できません
errinfo 0x9 | Musíte mít oprávnění k přihlášení prostřednictvím služby Vzdálená plocha
errinfo 0x9 | Szüksége van a Távoli asztali szolgáltatásokon keresztüli bejelentkezés jogára
status 0x800704D6 | Слишком много пользователей вошли в систему
status 0x800704D6 | サインインしているユーザーが多すぎます
status 0x800704D6 | Seleziona un utente da disconnettere per poter accedere. Sono connessi troppi utenti.
status 0x800704D6 | Sono connessi troppi utenti
status 0x800704D6 | Selecione um usuário para desconectar para que você possa entrar
status 0x800704D6 | Sélectionnez un utilisateur à déconnecter pour vous connecter
status 0x800704D6 | Vælg en bruger, der skal afbrydes, så du kan logge på
status 0x800704D6 | 选择要断开连接的用户，以便你可以登录
status 0x800704D6 | 選取要中斷連線的使用者，這樣您才能登入
status 0x800704D6 | サインインできるように切断するユーザーを選択します
disconnect 0x1D07 | Es kann keine Verbindung hergestellt werden: zum Remotecomputer Zeit- oder Datumsdifferenz
disconnect 0x1D07 | リモート コンピューターとの間に時刻または日付の差があるため
disconnect 0x10B | через несколько секунд после входа сеанс зависает, мышь и клавиатура не работают
disconnect 0x10B | kurz nach der Anmeldung friert die Sitzung ein, Maus und Tastatur reagieren nicht
status 0x800701F4 | User profile cannot be loaded.
status 0x800701F4 | Das Benutzerprofil kann nicht geladen werden
status 0x800701F4 | Impossible de charger le profil utilisateur
status 0x800701F4 | ユーザー プロファイルを読み込めません
status 0x800704D6 | Превышено максимально допустимое число подключений к серверу терминалов
status 0x800704D6 | Serwer terminali przekroczył maksymalną dozwoloną liczbę połączeń
status 0x800704D6 | 终端服务器超出了最大允许连接数
status 0x800704D6 | 터미널 서버의 최대 허용 연결 수를 초과했습니다
disconnect 0x104 | Der Remotecomputer wurde nicht gefunden.
disconnect 0x104 | Vzdálený počítač nebyl nalezen.
disconnect 0x104 | Uzak bilgisayar bulunamadı
disconnect 0x104 | Не удалось найти удаленный компьютер
disconnect 0x104 | 找不到远程计算机
disconnect 0x104 | リモート コンピューターが見つかりません
disconnect 0x406 | 由于出现安全错误，客户端无法连接到终端服务器。
disconnect 0x406 | 遠端桌面中斷連線。 由於安全性錯誤，用戶端無法連線到遠端電腦。
disconnect 0x406 | Вследствие ошибки безопасности клиент не смог подключиться к удаленному компьютеру
disconnect 0x1607 | Системный администратор не разрешает использовать сохраненные учетные данные для входа
disconnect 0x1607 | 系统管理员不允许使用保存的凭据登录远程计算机
disconnect 0x807 | Vaše prihlasovacie údaje nefungovali
disconnect 0x807 | Τα διαπιστευτήριά σας δεν λειτούργησαν
disconnect 0x807 | Thông tin đăng nhập của bạn không hoạt động
disconnect 0x807 | ข้อมูลประจำตัวของคุณใช้ไม่ได้
disconnect 0x1207 | Wymagana jest zmiana hasła przed pierwszym zalogowaniem
disconnect 0xF07 | Platnost hesla vypršela
disconnect 0xF07 | Термін дії пароля минув
disconnect 0xC07 | ユーザー アカウント制限 (時刻の制限など) により、ログオンできません
disconnect 0x204 | 1) Accesul la distanță la server nu este activat 2) Computerul la distanță este închis
disconnect 0x204 | 1) Truy cập từ xa vào máy chủ chưa được bật 2) Máy tính từ xa đã tắt
disconnect 0x904 | Utracono połączenie z komputerem zdalnym. Trwa próba ponownego nawiązania połączenia
errinfo 0x2 | Сеанс служб удаленных рабочих столов завершен. Администратор завершил ваш сеанс
errinfo 0x2 | 您的远程桌面服务会话已结束。管理员已结束了会话
status 0x800704D6 | Число разрешенных подключений к этому компьютеру ограничено и все подключения уже используются.
status 0x800704D6 | Die Anzahl der zulässigen Verbindungen mit diesem Computer ist beschränkt, alle werden verwendet
status 0x800704D6 | Le nombre des connexions autorisées à cet ordinateur est limité
status 0x800704D6 | Liczba dozwolonych połączeń z tym komputerem jest ograniczona
status 0x800704D6 | Antallet af forbindelser til denne computer er begrænset
status 0x800704D6 | Кількість підключень до цього комп'ютера обмежена
disconnect 0x1807 | Requer NLA (Autenticação em Nível de Rede), mas o controlador de domínio não pode ser contatado
disconnect 0x1807 | Requiere autenticación de nivel de red, pero no se puede contactar con el controlador de dominio
errinfo 0x9 | RDP: when I enter the correct password it says "Access is denied"
errinfo 0x9 | Remotedesktop: nach Eingabe des Kennworts kommt "Zugriff verweigert"
errinfo 0x9 | Bureau à distance : après avoir saisi le mot de passe, « Accès refusé »
errinfo 0x9 | Escritorio remoto: al poner la contraseña sale "Acceso denegado"
errinfo 0x9 | Desktop remoto: inserisco la password e dice "Accesso negato"
errinfo 0x9 | Área de Trabalho Remota: digito a senha e aparece "Acesso negado"
errinfo 0x9 | Pulpit zdalny: po wpisaniu hasła jest "Odmowa dostępu"
errinfo 0x9 | Удаленный рабочий стол: после ввода пароля пишет "Отказано в доступе"
status 0x80096010 | The digital signature of this RDP File cannot be verified. The remote connection cannot be started.
status 0x80096010 | Die digitale Signatur dieser RDP-Datei kann nicht überprüft werden.
status 0x80096010 | La signature numérique de ce fichier RDP ne peut pas être vérifiée.
status 0x80096010 | No se puede comprobar la firma digital de este archivo RDP.
status 0x80096010 | Не удается проверить цифровую подпись этого RDP-файла
disconnect 0x204 | RDP says it cannot reach the server
disconnect 0x204 | Remotedesktop kann den Server nicht erreichen
disconnect 0x204 | le bureau à distance n'arrive pas à joindre le serveur
disconnect 0x204 | Desktop remoto non raggiunge il server
disconnect 0x204 | RDP не видит сервер
disconnect 0x3000000 | No se puede conectar a la puerta de enlace de escritorio remoto
disconnect 0x3000000 | Impossibile connettersi al gateway Desktop remoto
errinfo 0x5 | 您的遠端桌面服務工作階段已結束。其他使用者已連線到遠端電腦，因此您的連線已中斷
""".strip().splitlines()


@each("line", _SAYS)
def test_what_windows_says_in_another_language_is_understood(line: str) -> None:
    code, text = line.split(" | ", 1)
    found = codes.explain(text)
    same_as = f"disconnect {found['same_as']}" if found["same_as"] else None
    assert code in (f"{found['kind']} {found['code']}", same_as)


# Their words, of something else or of nothing that failed.
_ELSE = """
Der Drucker wurde auf dem Remotecomputer nicht gefunden.
Na vzdáleném počítači nebyl nalezen soubor
Uzak bilgisayarda dosya bulunamadı
A távoli számítógépen nem található a fájl
На удаленном компьютере не найден принтер
リモート コンピューターにファイルが見つかりません
在远程计算机上找不到文件
원격 컴퓨터에서 파일을 찾을 수 없습니다
Vzdálený počítač byl nalezen
其他使用者連線到這台主機都正常
Het token van de app is ongeldig
Функция печати отключена, токен обновлён
Запрошенный сеанс обучения отклонен преподавателем
Wir haben uns auf einen gemeinsamen Algorithmus geeinigt
Der Administrator hat die Sitzung verlängert
Die Anzahl der Verbindungen dieser Datenbank ist begrenzt
Wir möchten die Anzahl der Verbindungen mit diesem Computer wissen
Число подключений к этому принтеру ограничено
Nach Eingabe des Kennworts für die Dateifreigabe: Zugriff verweigert
I enter the correct password for the share and access is denied
RDP is fine. Error 5: Access is denied when I start the print service
The RDP session works, but access to drive H: was denied
How do I put a digital signature on an RDP file?
Die digitale Signatur der E-Mail kann nicht überprüft werden
la vpn dice che sono connessi troppi utenti
the website says too many users are connected to the shop
Your Firefox profile cannot be loaded. It may be missing or inaccessible.
the SSH session hangs and the keyboard is dead
my Teams session freezes while I move the mouse
In RDP I cannot reach the server share
RDP reaches the server
O nível de rede está bom e o controlador de domínio também
เครื่องพิมพ์ไม่ทำงาน
Bağlantı kurulamıyor
""".strip().splitlines()


@each("text", _ELSE)
def test_the_same_words_about_something_else_mean_nothing(text: str) -> None:
    assert codes.explain(text)["kind"] is None


# What a log or a client has beside its sentence ----------------------------------------------------------------------

_STREAM = {
    "en": "Terminal Server security layer detected an error in the protocol stream and has disconnected the client.",
    "de": "Die Terminalserver-Sicherheitsstufe hat einen Fehler im Protokolldatenstrom festgestellt.",
    "fr": "La couche de sécurité de Terminal Server a détecté une erreur dans le flux de protocole.",
    "es": "La capa de seguridad de Terminal Server detectó un error en el flujo del protocolo.",
}
_PUT_OUT = {
    "en": "I get disconnected each time I open a window",
    "de": "Es wirft mich jedes Mal raus",
    "fr": "Je suis déconnecté à chaque fois",
    "es": "Se cae cada vez",
}


@each("language", _STREAM)
def test_an_error_in_the_stream_counts_only_where_it_puts_somebody_out(language: str) -> None:
    assert codes.explain(f"{_PUT_OUT[language]}. {_STREAM[language]}")["code"] == "0x10B"
    assert codes.explain(_STREAM[language])["kind"] is None


_ABORTED = "[ERROR][com.freerdp.core.connection] - license connection sequence aborted."


@each("said", ["ERRCONNECT_CONNECT_TRANSPORT_FAILED [0x0002000D]", "0x2000D"])
def test_why_a_transport_failed_stands_in_the_line_before(said: str) -> None:
    line = f"[ERROR][com.freerdp.core] - freerdp_set_last_error {said}"
    assert codes.explain(f"{_ABORTED}\n{line}")["code"] == "0x808"
    assert codes.explain(line)["code"] == "0x2000D"


def test_a_websocket_is_the_gateway_s_in_the_web_client_alone() -> None:
    closed = "reason=WebSocket closed with code: 1006 reason:"
    assert (
        codes.explain(f"Opening remote port. The connection to the remote PC was lost. {closed}")["stage"] == "gateway"
    )
    assert codes.explain(f"noVNC: {closed}")["kind"] is None


_IDS = [
    "Session ID: {}", "Sitzungs-ID: {}", "ID de session : {}", "Identificador: x\nID de sesión: {}", "会话 ID: {}",
    "Process ID: {}",
]  # fmt: skip


@each("form", _IDS)
def test_numbers_of_sessions_and_processes_are_no_pair_of_codes(form: str) -> None:
    text = f"User: CORP\\anna\n{form.format(6)}\nUser: CORP\\otto\n{form.format(1)}\n"
    assert codes.explain(text)["kind"] is None
    assert codes.explain(f"{text}Error code: 0x904\nExtended error code: 0x7")["code"] == "0x904"


def test_a_dialog_s_small_codes_are_a_pair_all_the_same() -> None:
    assert codes.explain("Fehlercode: 3\nErweiterter Fehlercode: 5")["extended"]["code"] == "0x5"


_REASON = (
    "Microsoft-Windows-TerminalServices-LocalSessionManager 40 None Session 1 has been disconnected, reason code 5"
)


def test_how_others_sessions_ended_is_not_why_one_does_not_begin() -> None:
    waits = 'RDP hangs on the "Please wait" screen'
    assert codes.explain(f"{waits}. {_REASON}")["code"] == "0xC00A0017"
    assert codes.explain(_REASON)["code"] == "0x5"
    assert codes.explain(f"The RDP session freezes. {_REASON}")["code"] == "0x5"
