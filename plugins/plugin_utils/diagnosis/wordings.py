# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients complain of, put together from the words of many languages: an account and that it is locked. How rows
are read is in ``sentences``.

The words are those of a dictionary; where a phrase is a client's own, the page that shows it is named. That they are
right is held against lists of clients' messages (``tests/data/words``).
"""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import (
    DISCONNECT,
    ERRINFO,
    FREERDP,
    STATUS,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.sentence_tables import Row

# What is complained of.
_ACCOUNT = (
    "account | user account | konto$ | kontos$ | kontot | kontoen"
    " | benutzerkonto | domänenkonto | användarkonto | brukerkonto | brugerkonto"
    " | tilisi | tilini | tilinsä | tunnus$ | tunnuksen | tunnukseni | kontoist | kontowurde | kontojest"
    " | käyttäjätunnu | konti$"
    " | gebruikersaccount | compte | cuenta | a conta | conta$ | conto utente"
    " | účet | účtu | fiók | fiókot | hesap | hesab | kayttäjätili | tili$ | учетная запись | учетной записи"
    " | аккаунт | обліковий запис | アカウント | 계정 | 帐户 | 账户 | 帳戶 | 帐号 | 账号"
)
_PASSWORD = (
    "password | kennwort | passwort | mot de passe | contraseña | senha | palavra passe | parola | wachtwoord"
    " | clave$"
    " | hasło | hasła | heslo | hesla | jelszó | jelsza | şifre | lösenord | passord | adgangskode | salasana | парол"
    " | パスワード | 密码 | 密碼 | 암호 | 비밀번호"
)
_CREDENTIALS = (
    "credentials | anmeldeinformationen | anmeldedaten | informations d'identification | identifiants"
    " | credenciales | credenciais | credenziali | referenties | poświadczenia | přihlašovací údaje"
    " | hitelesítő adat | kimlik bilgi | autentiseringsuppgift | inloggningsuppgift | legitimasjon"
    " | legitimationsoplysning | tunnistetiedot | tunnistetieto | учетные данные | облікові дані | 資格情報"
    " | 자격 증명 | 凭据 | 凭证 | 憑證 | 您的認證 | 您的认证 | poverenia | prihlasovacie údaje | διαπιστευτήρια"
    " | acreditările | acreditările dvs | datele de acreditare | идентификационните данни | идентификационни данни"
    " | אישורי הכניסה | האישורים שלך | بيانات الاعتماد | thông tin xác thực | thông tin đăng nhập"
    " | ข้อมูลประจำตัว | kredensial"
    " | påloggingsinformasjon | brukerlegitimasjon | tunnistetie"
)
_LOGON = (
    "logon | log on$ | login | log in$ | sign in$ | signin | sign on | anmeldung | anmeldeversuch | anmelden"
    " | tentative d'ouverture de session | ouverture de session | inicio de sesión | iniciar sesión"
    " | tentativa de logon | tentativa de início de sessão | início de sessão | iniciar sessão"
    " | tentativo di accesso | aanmelding | aanmeldingspoging | aanmelden | inloggen | próba logowania | logowanie"
    " | přihlášení | bejelentkezés | bejelentkezési kísérlet | oturum açma | inloggning | innlogging"
    " | påloggingsforsøket"
    " | pålogging | loginforsøget | logonforsøget | kirjautuminen | вход | попытка входа | вход в систему | вхід"
    " | спроба входу"
    " | ログオン | ログイン | サインイン | 로그온 | 로그인 | 登录 | 登入"
    " | kirjautumisyritys | sisäänkirjautuminen"
)
REMOTE_DESKTOP = (
    "remote desktop | remotedesktop | bureau à distance | escritorio remoto | área de trabalho remota"
    " | etätyöpöyd"
    " | ambiente de trabalho remoto | desktop remoto | extern bureaublad | pulpit zdalny | vzdálená plocha"
    " | távoli asztal | uzak masaüstü | fjärrskrivbord | eksternt skrivebord | fjernskrivebord | etätyöpöytä"
    " | удаленный рабочий стол | удаленному рабочему столу | віддалений робочий стіл | віддаленого робочого столу"
    " | リモート デスクトップ | 원격 데스크톱 | 远程桌面"
    " | 遠端桌面 | pulpitu zdalnego | pulpitem zdalnym | pulpicie zdalnym | vzdálené plochy | vzdálenou plochou"
    " | удаленного рабочего стола | удаленным рабочим столом"
)
_COMPUTER = (
    "computer | rechner | ordinateur | equipo | computador | komputer | počítač | számítógép | bilgisayar | datorn"
    " | datamaskin | computeren | tietokone | компьютер | комп'ютер | コンピューター | コンピュータ | 컴퓨터 | 计算机"
    " | 電腦"
    " | 电脑"
)
_HOST = (
    "remote desktop server | remote server | remote computer | remote pc | remote host | target machine"
    " | entfernte computer | remotecomputer | serveur distant | ordinateur distant | pc distant | servidor remoto"
    " | equipo remoto | computador remoto | server remoto | computer remoto | externe computer | komputer zdalny"
    " | zdalny komputer | zdalnego komputera | komputera zdalnego | vzdálený počítač | vzdáleného počítače"
    " | távoli számítógép | uzak bilgisayar | fjärrdatorn | fjerncomputer | eksterne datamaskin | etätietokone"
    " | удаленного компьютера | удаленным компьютером | віддаленого комп'ютера | віддаленим комп'ютером"
    " | zdalnym komputerem | komputerem zdalnym | vzdáleným počítačem | entfernten computer"
    " | сервер удаленных рабочих столов | удаленный компьютер | віддалений комп'ютер | リモート コンピューター"
    " | 원격 컴퓨터 | 원격 PC"
    " | 远程计算机 | 远程电脑 | 远程桌面服务器 | 遠端電腦"
    " | serwer zdalnego pulpitu | uzak masaüstü sunucusu | fjärrskrivbordsservern | vzdálenému počítači"
    " | server vzdálené plochy | estação remota"
)
# The host in Guacamole's words: https://github.com/apache/guacamole-client/tree/main/guacamole/src/main/frontend/src
_RD_SERVER = (
    "remote desktop server$ | remotedesktop server$ | remote desktop servers$ | serveur de bureau à distance$"
    " | servidor de escritorio remoto$ | server desktop remoto$ | servidor de área de trabalho remota$"
    " | extern bureaublad server$ | externe bureaublad server$ | serwer zdalnego pulpitu$ | server vzdálené plochy$"
    " | estação remota$"
    " | uzak masaüstü sunucusu | fjärrskrivbordsservern$ | eksternt skrivebord server$"
    " | сервер удаленного рабочего стола$ | сервер удаленных рабочих столов$ | リモート デスクトップ サーバー"
    " | 원격 데스크톱 서버 | 远程桌面服务器 | 遠端桌面伺服器"
)
_CONNECTION = (
    "connection | verbindung | connexion | conexión | conexão | connessione | verbinding | połączenie | připojení"
    " | yhteyden | yhteyttä | yhteydet | ligação | tilkoplingen"
    " | kapcsolat | bağlantı | anslutning | tilkobling | forbindelse | yhteys | соединение | подключение | підключення"
    " | 接続"
    " | 연결 | 连接 | 連線"
)
_SESSION = (
    f"{_CONNECTION} | session | sitzung | remotesitzung | sesión | sessão | sessione | sessie | sesja | relace | сеанс"
    " | remotesession | økta$ | istuntoni | sessionen | ligação | tilkoblingen | ligações"
    " | セッション | 세션 | 会话 | 工作階段 | munkamenet | oturum | istunto"
    " | økten | økta | sesjon"
    " | etäistunto | fjärrsession | fjernsession"
)
_LICENCE_SERVER = (
    "license server | licence server | lizenzserver | serveur de licences | serveurs de licences"
    " | käyttöoikeuspalvelim | lisenssipalvelim | lisenssipalvelin | servidor de licencia"
    " | servidor de licenciamento | server di licenz | serveur de licence"
    " | servidor de licencias | servidores de licencias | servidor de licenças | servidores de licença"
    " | servidores de licenças"
    " | server licenze | licentieserver | serwer licencji | serwera licencji | serwerów licencji | licenční server"
    " | licenčních serverů | licenckiszolgáló | távoli asztal licenckiszolgáló | lisans sunucusu | licensserver"
    " | licensservrar | lisensserver"
    " | käyttöoikeuspalvelin | сервер лицензирования | серверы лицензирования | серверов лицензирования"
    " | сервер ліцензування | сервери ліцензування | серверів ліцензування | ライセンス サーバー | 라이선스 서버"
    " | 授权服务器 | 许可证服务器 | 授權伺服器 | 許可證伺服器"
    " | käyttöoikeuspalvelimi"
)
_DOMAIN_CONTROLLER = (
    "domain controller | domänencontroller | contrôleur de domaine | controlador de dominio"
    " | controlador de domínio | controller di dominio | domeincontroller | kontroler domeny | kontrolerem domeny"
    " | řadič domény | řadičem domény | tartományvezérlő | etki alanı denetleyici | domänkontrollant"
    " | domenekontroller"
    " | domænecontroller | toimialueen ohjauskon | контролер домену | контролером домену | контроллер домена"
    " | контроллером домена"
    " | ドメイン コントローラー | 도메인 컨트롤러 | 域控制器 | 網域控制站"
)
_LOCAL_AUTHORITY = (
    "local security authority | lokale sicherheitsautorität | autorité de sécurité locale"
    " | lokale sikkerhetsinstans | lokal sikkerhetsmyndighet | lokale sikkerhetsautoritet | suojausviranomai"
    " | lokala säkerhetsauktoritet | lokala säkerhetskontroll"
    " | autoridad de seguridad local | autoridade de segurança local | autorità di sicurezza locale"
    " | autorità di protezione locale"
    " | lokale beveiligingsautoriteit | lokale beveiligings autoriteit | urzędem zabezpieczeń lokalnych"
    " | lokalnym urzędem zabezpieczeń | místní autoritu zabezpečení | místním úřadem zabezpečení"
    " | helyi biztonsági szolgáltató | yerel güvenlik yetkilisi | lokala säkerhetskontrollen"
    " | lokala säkerhets kontrollen | lokala säkerhetsmyndighet | lokale sikkerhetsmyndighet"
    " | lokale sikkerhedsautoritet"
    " | lokale sikkerhedsmyndighed | lokale sikkerhed myndighed | paikallinen suojausviranomai | paikalliseen"
    " suojausviranomai | paikallisen suojausviranomai | paikallinen suojaus viranomai"
    " | локальным администратором безопасности | ローカル セキュリティ機関 | 로컬 보안 기관 | 현지 보안 기관"
    " | 本地安全机构 | 本機安全性授權 | lokalnym urzędem bezpieczeństwa | lokalnej władzy zabezpieczeń"
    " | lokálnu bezpečnostnú autoritu | miestnu autoritu zabezpečenia | helyi biztonsági szervezet"
    " | helyi biztonsági hatóság | yerel güvenlik otoritesi | локальной системой безопасности"
    " | локальному администратору безопасности | локальным центром безопасности | локальним центром безпеки"
    " | локальною системою безпеки | τοπική αρχή ασφαλείας | τοπική αρχή ασφάλειας | autoritatea de securitate locală"
    " | autoritatea locală de securitate | местния орган за защита | локалния орган за защита"
    " | cơ quan bảo mật cục bộ | cơ quan bảo mật địa phương | רשות האבטחה המקומית | سلطة الأمان المحلية"
    " | مرجع الأمان المحلي | 本地安全性授权 | 本機安全性授權單位"
)
_TRUST = (
    "trust relationship | vertrauensstellung | relation d'approbation | relación de confianza"
    " | klareringen mot | klareringsrelasjon | luottamus toimialue | förtroendet med | förtroendeförhållande"
    " | trust with the | vertrauensbeziehung | rapport d'approbation | relation de confiance | relazione di fiducia"
    " | relação de fidedignidade"
    " | relação de confiança | relazione di trust | vertrouwensrelatie | relacja zaufania | vztah důvěryhodnosti"
    " | megbízhatósági kapcsolat | güven ilişkisi | förtroenderelation | tillitsforhold | доверительные отношения"
    " | 信頼関係 | 트러스트 관계 | 信任关系 | 信任關係"
    " | tillidsforhold | klareringsforhold | luottamussuhde"
)
_DOMAIN = (
    "domain | domäne | domaine | dominio | domínio | domein | domen | doména | doménou | tartomány | etki alanı"
    " | primærdomen | primærdomæn"
    " | домен | ドメイン | 도메인 | 域 | 網域"
    " | domæne | primærdomene | toimialue"
)
_SIGN_IN_METHOD = (
    "sign in method | logon method | anmeldemethode | méthode de connexion | méthode d'ouverture de session"
    " | método de inicio de sesión | metodo di accesso | método de entrada | aanmeldingsmethode | metoda logowania"
    " | inloggningsmetod | способ входа | метод входа | サインイン方法 | 로그인 방법 | 登录方法 | 登入方法"
    " | logonmetode | loginmetode | påloggingsmetode | kirjautumistapa | kirjautumismenetelm | způsob přihlášení"
    " | metoda přihlášení | bejelentkezési mód | oturum açma yöntemi | método de início de sessão | спосіб входу"
)
_SECURITY_ERROR = (
    "security error | sicherheitsfehler | erreur de sécurité | error de seguridad | erro de segurança"
    " | errore di protezione | errore di sicurezza | beveiligingsfout | błąd zabezpieczeń | błędu zabezpieczeń"
    " | chyba zabezpečení | chyby zabezpečení | chybě zabezpečení | biztonsági hiba | güvenlik hatası | säkerhetsfel"
    " | sikkerhedsfejl | sikkerhetsfeil | suojausvirhe | ошибка безопасности | ошибки безопасности"
    " | セキュリティ エラー | 보안 오류 | 安全错误 | 安全性錯誤"
)
# That it is the reason, as Windows' own client begins: because of a security error, of a protocol error, of an error in
# data encryption.
_FOR_A_SECURITY_ERROR = (
    "aufgrund eines sicherheitsfehlers | wegen eines sicherheitsfehlers | en raison d'une erreur de sécurité"
    " | suite à une erreur de sécurité | debido a un error de seguridad | a causa di un errore di sicurezza"
    " | a causa di un errore di protezione | devido a um erro de segurança | vanwege een beveiligingsfout"
    " | door een beveiligingsfout | z powodu błędu zabezpieczeń | z důvodu chyby zabezpečení | kvůli chybě zabezpečení"
    " | biztonsági hiba miatt | güvenlik hatası nedeniyle | på grund av ett säkerhetsfel"
    " | på grund af en sikkerhedsfejl | på grunn av en sikkerhetsfeil"
    " | suojausvirheen vuoksi | из-за ошибки безопасности | через помилку безпеки"
    " | セキュリティ エラーのため | 보안 오류로 인해 | 보안 오류 때문에 | 由于安全错误 | 由于安全性错误"
    " | 因為安全性錯誤 | 由于出现安全错误 | 由于发生安全错误 | 由于安全方面的错误 | 由於安全性錯誤 | 由於發生安全性錯誤"
    " | セキュリティのエラーのため | セキュリティ エラーが発生したため | 보안 오류가 발생하여"
    " | вследствие ошибки безопасности | в результате ошибки безопасности | из-за ошибки системы безопасности"
    " | внаслідок помилки безпеки | з-за помилки безпеки | z dôvodu chyby zabezpečenia | pre chybu zabezpečenia"
    " | biztonsági hiba következtében | bir güvenlik hatası yüzünden | λόγω σφάλματος ασφαλείας"
    " | din cauza unei erori de securitate | поради грешка в защитата | do lỗi bảo mật | בגלל שגיאת אבטחה"
    " | بسبب خطأ أمني"
)
# What may be connected at most, in the words of that time: https://support.microsoft.com/kb/2477176
_MOST_CONNECTIONS = (
    "maximal zulässige anzahl | maximale anzahl zulässiger verbindungen | nombre maximal de connexions"
    " | nombre maximum de connexions | número máximo de conexiones | numero massimo di connessioni"
    " | número máximo de conexões | número máximo de ligações | maximum aantal toegestane verbindingen"
    " | maximum aantal verbindingen | maksymalną dozwoloną liczbę połączeń | maksymalną liczbę dozwolonych połączeń"
    " | maximální povolený počet připojení | maximální počet povolených připojení"
    " | maximálny počet povolených pripojení"
    " | kapcsolatok maximális száma | engedélyezett kapcsolatok maximális | en fazla bağlantı sayısı"
    " | maksimum bağlantı sayısı | högsta tillåtna antal anslutningar | maksimale antall tilkoblinger"
    " | maksimale antal forbindelser | максимально допустимое число подключений | максимальное число подключений"
    " | максимально допустимое количество подключений | максимальну кількість підключень | 最大接続許可数"
    " | 許可された接続の最大数 | 最大允许连接数 | 允许的最大连接数 | 最大連線數 | 連線數目上限 | 최대 허용 연결 수"
)
_IS_EXCEEDED = (
    "überschritten | erreicht | dépassé | atteint | superado | excedido | sobrepasado | ha superato | è stato superato"
    " | raggiunto | excedeu | ultrapassou | atingiu | overschreden | bereikt | przekroczył | osiągn | překročil"
    " | dosáhl | prekročil | meghaladta | túllépte | elérte | aştı | ulaştı | överskrid | overskredet | превыси"
    " | превыше | достигнут | перевищ | 超えました | 超過 | 超えて | 超出 | 超过 | 已达 | 達到 | 초과"
)
_TOO_MANY_ARE_SIGNED_IN = (
    "es sind zu viele benutzer angemeldet | zu viele benutzer sind angemeldet | trop d'utilisateurs sont connectés"
    " | trop d'utilisateurs ont ouvert une session | demasiados usuarios han iniciado sesión"
    " | hay demasiados usuarios conectados | troppi utenti connessi | há muitos usuários conectados"
    " | er zijn te veel gebruikers aangemeld | zbyt wielu użytkowników jest zalogowanych"
    " | zalogowano zbyt wielu użytkowników | je přihlášeno příliš mnoho uživatelů | je prihlásených príliš veľa"
    " | túl sok felhasználó van bejelentkezve | çok fazla kullanıcı oturum açtı | çok fazla kullanıcı oturum açmış"
    " | för många användare är inloggade | слишком много пользователей вошли | вошло слишком много пользователей"
    " | забагато користувачів увійшли | サインインしているユーザーが多すぎます | ログオンしているユーザーが多すぎます"
    " | 登录的用户过多 | 登录用户过多 | 登入的使用者過多 | 로그인한 사용자가 너무 많"
)
# As Windows' own client called a host before it was one of Remote Desktop.
_TERMINAL_SERVER = (
    "terminal server | terminalserver | serveur terminal server | servidor de terminal server | servidor de terminal"
    " | server terminal | serwer terminali | serwerem terminali | terminálový server | terminálovému serveru"
    " | terminálovým serverem | terminálkiszolgáló"
    " | terminal sunucu | сервер терминалов | сервером терминалов | серверу терминалов | сервер терміналів"
    " | сервером терміналів | ターミナル サーバー"
    " | 터미널 서버 | 终端服务器 | 終端機伺服器 | 終端伺服器"
)
# As Windows' own client calls it; the Windows App says PC.
_REMOTE_COMPUTER = (
    "remote computer | remotecomputer | entfernten computer | ordinateur distant | equipo remoto | computador remoto"
    " | computer remoto | externe computer | komputerem zdalnym | vzdálenému počítači | távoli számítógép"
    " | uzak bilgisayar | fjärrdatorn | fjerncomputer | eksterne datamaskin | etätietokone"
    " | удаленным компьютером | удаленному компьютеру | віддаленим комп'ютером | リモート コンピューター"
    " | 원격 컴퓨터 | 远程计算机 | 遠端電腦 | vzdialenému počítaču | віддаленого комп'ютера | απομακρυσμένο υπολογιστή"
    " | computerul la distanță | computerul de la distanță | отдалечения компютър | máy tính từ xa"
)
# The computer that is not there, by what is said of it: http://windows.microsoft.com/cs-CZ/windows7/
_REMOTE_COMPUTER_ITSELF = (
    "der remotecomputer$ | der entfernte computer$ | el equipo remoto$ | o computador remoto$"
    " | il computer remoto$ | de externe computer$ | komputer zdalny$ | zdalny komputer$ | vzdálený počítač$"
    " | vzdialený počítač$ | a távoli számítógép$ | uzak bilgisayar$ | fjärrdatorn$ | fjerncomputeren$"
    " | den eksterne datamaskinen$ | etätietokonetta$ | удаленный компьютер$ | віддалений комп'ютер$"
    " | απομακρυσμένος υπολογιστής$ | computerul la distanță$ | отдалеченият компютър$"
)
_WAS_NOT_FOUND = (
    "nicht gefunden | no se encontró | no se ha encontrado | não foi encontrado | non è stato trovato"
    " | niet gevonden | nie został znaleziony"
    " | nie został odnaleziony | nie znaleziono | nebyl nalezen | nenalezen | sa nenašiel | nebol nájdený"
    " | nem található | bulunamadı | hittades inte | gick inte att hitta | blev ikke fundet | ble ikke funnet"
    " | ei löytynyt | не найден"
    " | не знайдено | δεν βρέθηκε | nu a fost găsit | не е намерен"
)
_REMOTE_COMPUTER_IS_NOT_FOUND = (
    "impossible de trouver l'ordinateur distant | no se puede encontrar el equipo remoto"
    " | não é possível localizar o computador remoto | não foi possível localizar o computador remoto"
    " | impossibile trovare il computer remoto | nie można odnaleźć komputera zdalnego"
    " | nie można znaleźć komputera zdalnego | nelze najít vzdálený počítač | nie je možné nájsť vzdialený počítač"
    " | не удалось найти удаленный компьютер | не удается найти удаленный компьютер"
    " | не вдалося знайти віддалений комп'ютер | 원격 컴퓨터를 찾을 수 없 | 找不到远程计算机 | 未找到远程计算机"
    " | リモート コンピューターが見つかりません | リモート コンピューターは見つかりません"
    " | 找不到遠端電腦 | không tìm thấy máy tính từ xa | không thể tìm thấy máy tính từ xa"
)
# That somebody does not get there, in each language: nothing but where stands between, or it is something of the
# computer's that is not reached.
_CANNOT_CONNECT_TO_IT = " | ".join(
    f"{one} {other}"
    for ones, others in (
        (
            "cant connect, cannot connect, could not connect, couldnt connect, unable to connect",
            "to the remote computer",
        ),
        (
            "kann keine verbindung, konnte keine verbindung, keine verbindung, kann sich nicht",
            "mit dem remotecomputer, zum remotecomputer",
        ),
        (
            "ne peut pas se connecter, n'a pas pu se connecter, ne parvient pas à se connecter"
            ", n'arrive pas à se connecter, impossible de se connecter",
            "à l'ordinateur distant",
        ),
        (
            "no puede conectar, no puede conectarse, no se puede conectar, no pudo conectarse, no se pudo conectar"
            ", no se ha podido conectar, no puede establecer una conexión",
            "al equipo remoto, con el equipo remoto",
        ),
        (
            "impossibile connettersi, non riesce a connettersi, non può connettersi"
            ", impossibile stabilire una connessione",
            "al computer remoto, con il computer remoto",
        ),
        (
            "não pode se conectar, não consegue se conectar, não é possível conectar, não foi possível conectar"
            ", não é possível se conectar, não pode ligar se, não consegue ligar, não consegue ligar se"
            ", não é possível ligar, não foi possível ligar, não consegue estabelecer ligação",
            "ao computador remoto",
        ),
        (
            "kan geen verbinding maken, kon geen verbinding maken, kan geen verbinding, geen verbinding",
            "met de externe computer",
        ),
        (
            "nie może połączyć się, nie może się połączyć, nie można połączyć się, nie można się połączyć"
            ", nie może nawiązać połączenia, nie można nawiązać połączenia",
            "z komputerem zdalnym, ze zdalnym komputerem",
        ),
        ("se nemůže připojit, nemůže se připojit, nelze se připojit", "ke vzdálenému počítači"),
        ("nem tud kapcsolódni, nem tud csatlakozni, nem lehet csatlakozni", "a távoli számítógép"),
        ("kan inte ansluta, kunde inte ansluta, går inte att ansluta, gick inte att ansluta", "till fjärrdatorn"),
        ("kan ikke oprette forbindelse, kunne ikke oprette forbindelse", "til fjerncomputer"),
        (
            "kan ikke koble, kan ikke koble seg, kunne ikke koble, får ikke koblet seg",
            "til den eksterne datamaskin",
        ),
        ("ei voi muodostaa yhteyttä, ei saa yhteyttä, ei voi yhdistää", "etätietokone"),
        (
            "не может подключиться, не удается подключиться, не удалось подключиться",
            "к удаленному компьютеру",
        ),
        ("не може підключитися, не вдається підключитися", "до віддаленого комп'ютера"),
        # Where the verb comes last.
        ("uzak bilgisayara", "bağlanamıyor, bağlanılamıyor"),
        ("リモート コンピューター", "に接続できません, に接続できない"),
        ("원격 컴퓨터", "에 연결할 수 없"),
        ("无法连接, 无法连接到", "远程计算机"),
        ("無法連線, 無法連線到", "遠端電腦"),
    )
    for one in ones.split(", ")
    for other in others.split(", ")
)
_A_REASON = (
    "because | due to | weil | da der | da die | da das | da ein | da ihr | da kein | aufgrund | wegen | en raison"
    " | à cause | car le | car la | car l'ordinateur | car un | car votre | car vos | car aucun | parce que | porque"
    " | debido | ya que | a causa | perché | poiché | devido | omdat | wegens | vanwege | ponieważ | z powodu | protože"
    " | kvůli | mert$ | miatt | nedeniyle | eftersom | på grund av | fordi | på grund af | på grunn av | koska | vuoksi"
    " | потому что | так как | из-за | поскольку | оскільки | ため | 때문 | 因为 | 由于 | 因為 | 由於"
)
# Whom to ask, in the words of the Windows App and of the client on the web.
_TECHNICAL_SUPPORT = (
    "tech support | technical support | technischen support | support technique | soporte técnico"
    " | servicio de asistencia técnica | supporto tecnico | suporte técnico | technische ondersteuning"
    " | pomocy technicznej | technickou podporu | műszaki támogatás | teknik destek | teknisk support"
    " | teknisk støtte | tekniseen tukeen | tekniseltä tuelta | технической поддержк | технічної підтримк"
    " | テクニカル サポート | 기술 지원 | 技术支持 | 技術支援"
)
_FOR_A_PROTOCOL_ERROR = (
    "aufgrund eines protokollfehlers | wegen eines protokollfehlers | en raison d'une erreur de protocole"
    " | suite à une erreur de protocole | debido a un error de protocolo | a causa di un errore di protocollo"
    " | devido a um erro de protocolo | vanwege een protocolfout | door een protocolfout | z powodu błędu protokołu"
    " | z důvodu chyby protokolu | kvůli chybě protokolu | protokollhiba miatt | protokol hatası nedeniyle"
    " | på grund av ett protokollfel | på grund af en protokolfejl | på grunn av en protokollfeil"
    " | protokollavirheen vuoksi | из-за ошибки протокола | через помилку протоколу | プロトコル エラーのため"
    " | プロトコル エラーが発生したため | 프로토콜 오류로 인해 | 프로토콜 오류 때문에 | 由于协议错误 | 由于出现协议错误"
    " | 因為通訊協定錯誤 | 由於通訊協定錯誤 | вследствие ошибки протокола | в результате ошибки протокола"
    " | внаслідок помилки протоколу | z dôvodu chyby protokolu | λόγω σφάλματος πρωτοκόλλου"
    " | din cauza unei erori de protocol | поради грешка в протокола | do lỗi giao thức"
)
_ERROR_IN_ENCRYPTION = (
    "fehlers bei der datenverschlüsselung | fehlers in der datenverschlüsselung | erreur de chiffrement des données"
    " | error in data encryption | tietojen salauksessa tapahtunee | virhe tietojen salauksessa | salausvirhe"
    " | feil i datakrypteringen | fejl i datakrypteringen"
    " | erreur de cryptage des données | erreur dans le chiffrement des données | error en el cifrado de datos"
    " | error de cifrado de datos | errore nella crittografia dei dati | errore di crittografia dei dati"
    " | erro na criptografia de dados | erro de criptografia de dados | erro na encriptação de dados"
    " | fout in de gegevensversleuteling | fout bij het versleutelen van gegevens | błędu szyfrowania danych"
    " | błędu w szyfrowaniu danych | chyby šifrování dat | chybě šifrování dat | adattitkosítási hiba"
    " | veri şifreleme hatası | fel vid datakryptering | fel i datakrypteringen | fejl i datakryptering"
    " | feil i datakryptering | ошибки шифрования данных | помилку шифрування даних | データの暗号化でエラー"
    " | データ暗号化エラー | 데이터 암호화 오류 | 数据加密错误 | 数据加密出现错误 | 資料加密錯誤"
)
_ANOTHER_CONNECTION = (
    "andere verbindung mit dem remotecomputer | autre connexion à l'ordinateur distant | otra conexión con el equipo"
    " remoto | otra conexión al equipo remoto | altra connessione al computer remoto"
    " | outra conexão com o computador remoto | outra ligação ao computador remoto"
    " | andere verbinding met de externe computer | inne połączenie z komputerem zdalnym"
    " | jiné připojení ke vzdálenému počítači | másik kapcsolat a távoli számítógéppel | uzak bilgisayara başka bir"
    " bağlantı | annan anslutning till fjärrdatorn | anden forbindelse til fjerncomputeren"
    " | другое подключение к удаленному компьютеру | リモート コンピューターへの別の接続 | 원격 컴퓨터에 다른 연결"
    " | 另一个到远程计算机的连接 | 與遠端電腦的另一個連線"
)
# The Danish ur alone is English, too, in haste: your.
_CLOCK = (
    "clock | clocks | system time | uhr | uhren | systemzeit | horloge | reloj | relojes | relógio | orologi"
    " | uhrzeit | klocka | klokka | kello$ | kellot | uret$ | urene$ | systemtid | orologio | klok$"
    " | klokken | zegar | hodiny | rendszeridő | sistem saati | klockor | klockan | часы | системное время | 時計"
    " | 时钟 | 時鐘 | serverens ur$ | klientens ur$ | computerens ur$ | fjerncomputerens ur$ | maskinens ur$"
    " | værtens ur$ | domænecontrollerens ur$ | pc'ens ur$ | mit ur$ | dit ur$ | vores ur$"
)
# As Windows' settings and pages have it; among others https://tofixeasy.com/nl/,
# https://altarena.ru/network-location-awareness-na-russkom-windows-10/ and
# https://github.com/jumpserver/jumpserver/issues/3573
_NETWORK_LEVEL = (
    "network level authentication | network level authentification | auf netzwerkebene | au niveau du réseau"
    " | verificatie op netwerkniveau | autentisering på nätverksnivå"
    " | a nivel de red | a livello di rete | op netwerkniveau | na poziomie sieci | на уровне сети"
    " | ネットワーク レベル認証 | 网络级别身份验证 | 網路層級驗證 | na úrovni sítě | hálózati szintű"
    " | ağ düzeyinde | på nätverksnivå"
    " | på nettverksnivå | på netværksniveau | verkkotason | ao nível da rede | no nível da rede | a nível de rede"
    " | em nível de rede | no nível de rede | de nivel de red"
    " | 네트워크 수준 인증 | na úrovni siete | на рівні мережі | על שם רשת | على مستوى الشبكة"
    " | nettverksnivågodkjenning | nettverksnivåautentisering | netværksniveaugodkendelse"
)
# As Remmina says it in each language (po of https://github.com/FreeRDP/Remmina): whose server, and why not.
_RDP_SERVER = (
    "rdp server | serveur rdp | servidor rdp | server rdp | serwer rdp | serwera rdp | serwerem rdp | serveru rdp"
    " | serverem rdp | rdp sunucu | rdp kiszolgáló | rdp palvelin | сервер rdp | сервера rdp | серверу rdp"
    " | сервером rdp | rdp сервер | rdp サーバー | rdp サーバ | rdp 서버 | rdp 服务器 | rdp 伺服器"
)
_ADDRESS_OF_THE_RDP_SERVER = (
    "address for the rdp server | address of the rdp server | adresse des rdp servers | adresse für den rdp server"
    " | adresse du serveur rdp | dirección del servidor rdp | indirizzo del server rdp | indirizzo per il server rdp"
    " | endereço do servidor rdp | endereço para o servidor rdp | adres van de rdp server | adres voor de rdp server"
    " | adresu serwera rdp | adresu rdp serveru | adresu serveru rdp | rdp sunucusunun adresi"
    " | adressen till rdp servern | adressen för rdp servern | адрес сервера rdp | адрес rdp сервера"
    " | rdp サーバーのアドレス | rdp サーバのアドレス | rdp 服务器的地址 | rdp 伺服器的位址 | rdp 서버의 주소"
)
_BY_TLS = (
    "via tls | over tls | über tls | mittels tls | par tls | mediante tls | tramite tls | por tls | przez tls"
    " | za pomocą tls | pomocí tls | přes tls | tls üzerinden | genom tls | через tls | tls を介して"
    " | tls 経由 | 通过 tls | 透過 tls | tls를 통해"
)
_NEGOTIATION_OF_SECURITY = (
    "security protocol negotiation | aushandlung des sicherheitsprotokolls | sicherheitsprotokoll aushandlung"
    " | négociation du protocole de sécurité | negociación del protocolo de seguridad"
    " | negoziazione del protocollo di sicurezza | negociação do protocolo de segurança"
    " | onderhandeling over het beveiligingsprotocol | onderhandelen van het beveiligingsprotocol"
    " | negocjacja protokołu zabezpieczeń | negocjacje protokołu bezpieczeństwa | vyjednávání bezpečnostního protokolu"
    " | vyjednání bezpečnostního protokolu | güvenlik protokolü anlaşması | güvenlik protokolü müzakeresi"
    " | förhandling av säkerhetsprotokoll | согласование протокола безопасности"
    " | セキュリティプロトコルのネゴシエーション | 安全协议协商 | 安全性協定協商 | 보안 프로토콜 협상"
)
_NOT_ENOUGH_RIGHTS = (
    "privilegios de usuario son insuficientes | privilegios insuficientes | privilegios de usuario insuficientes"
    " | unzureichende benutzerrechte | unzureichende benutzerberechtigungen | nicht ausreichende benutzerrechte"
    " | privilèges utilisateur insuffisants | droits utilisateur insuffisants | privilegi utente insufficienti"
    " | privilegi dell'utente insufficienti | privilégios de usuário insuficientes"
    " | privilégios de utilizador insuficientes | onvoldoende gebruikersrechten | onvoldoende rechten"
    " | niewystarczające uprawnienia | nedostatečná oprávnění | nedostatečná uživatelská oprávnění"
    " | elégtelen felhasználói | yetersiz kullanıcı | otillräckliga användar | utilstrækkelige bruger"
    " | недостаточно прав | недостаточные привилегии | недостаточно привилегий"
    " | ユーザー権限が不足 | ユーザー権限が不十分 | 用户权限不足 | 使用者權限不足 | 사용자 권한이 부족"
)
_ACCOUNT_IS_RESTRICTED = (
    "account restricted | konto eingeschränkt | konto ist eingeschränkt | compte restreint | compte est restreint"
    " | cuenta tiene restricciones | cuenta restringida | account limitato | account con restrizioni | conta restrita"
    " | conta está restrita | account beperkt | account is beperkt | konto ograniczone | konto jest ograniczone"
    " | účet omezen | účet je omezen | hesap kısıtlı | hesap kısıtlandı | kontot är begränsat | kontoen er begrænset"
    " | учетная запись ограничена | アカウントが制限 | 帐户受限 | 账户受限 | 帳號受限 | 계정이 제한"
)
_REMOTE_ACCESS = (
    "remote access to the server | remotezugriff auf den server | accès à distance au serveur"
    " | acceso remoto al servidor | acesso remoto ao servidor | accesso remoto al server"
    " | externe toegang tot de server | dostęp zdalny do serwera | vzdálený přístup k serveru"
    " | vzdialený prístup k serveru | távoli hozzáférés a kiszolgáló | kiszolgáló távoli elérése"
    " | sunucuya uzaktan erişim | fjärråtkomst till servern | fjernadgang til serveren"
    " | ekstern tilgang til serveren | palvelimen etäkäyttö | etäkäyttö palvelimeen"
    " | удаленный доступ к серверу | віддалений доступ до сервера"
    " | サーバーへのリモート アクセス | 서버에 대한 원격 액세스 | 对服务器的远程访问 | 對伺服器的遠端存取"
    " | الوصول عن بعد إلى الخادم | הגישה מרחוק לשרת | 服务器的远程访问 | 伺服器的遠端存取"
    " | απομακρυσμένη πρόσβαση στο διακομιστή | απομακρυσμένη πρόσβαση στον διακομιστή"
    " | accesul la distanță la server | отдалеченият достъп до сървъра | truy cập từ xa vào máy chủ"
    " | truy cập từ xa tới máy chủ | การเข้าถึงเซิร์ฟเวอร์จากระยะไกล | akses jarak jauh ke server"
)
_NOT_ENABLED = (
    "not enabled | isnt enabled | nicht aktiviert | n'est pas activé | no está habilitad | não está habilitad"
    " | não está ativad | non è abilitat | niet ingeschakeld | nie jest włączon | není povolen | nie je povolen"
    " | nincs engedélyez | etkin değil | etkinleştirilmemiş | inte aktiver | är inte på | ikke aktiver"
    " | ikke er aktiver"
    " | ei ole käytössä | ei ole otettu käyttöön | не включен | не увімкнен | не ввімкнен | 有効になってい"
    " | 사용하도록 설정되어 있지 | 사용할 수 없 | 未启用 | 未啟用 | لم يتم تمكين | غير ممكن | אינה זמינה | לא מופעלת"
    " | запрещен | δεν είναι ενεργοποιημένη | δεν έχει ενεργοποιηθεί | nu este activat | не е разрешен"
    " | не е активиран | chưa được bật | không được bật | ไม่ได้เปิดใช้งาน | tidak diaktifkan"
)
_AUTHENTICATION_ERROR = (
    "authentication error | authentification error | authentifizierungsfehler | erreur d'authentification"
    " | error de autenticación"
    " | erro de autenticação | errore di autenticazione | verificatiefout | błąd uwierzytelniania | chybě ověřování"
    " | chyba ověřování | chyba overenia | chybe overenia | hitelesítési hiba | kimlik doğrulama hatası"
    " | autentiseringsfel | godkjenningsfeil | godkendelsesfejl | todennusvirhe | ошибка проверки подлинности"
    " | помилка автентифікації | помилка перевірки автентичності | 認証エラー | 인증 오류 | 身份验证错误 | 驗證錯誤"
    " | خطأ في المصادقة | שגיאת אימות | błąd uwierzytelnienia | ошибка при проверке подлинности | 身份验证出错"
    " | σφάλμα ελέγχου ταυτότητας | σφάλμα κατά τον έλεγχο ταυτότητας | eroare de autentificare"
    " | eroare la autentificare | грешка при удостоверяване | lỗi xác thực | kesalahan autentikasi"
    " | ข้อผิดพลาดในการรับรองความถูกต้อง | ข้อผิดพลาดการรับรองความถูกต้อง | ข้อผิดพลาดในการตรวจสอบสิทธิ์"
)
_FUNCTION = (
    "function | funktion | fonction | función | função | funzione | functie | funkcja | funkce | funkcia | függvény"
    " | funkció | işlev | funksjon | toiminto | funktiota | функция | функція | функції | 関数 | 機能 | 함수 | 函数"
    " | 函數"
    " | 功能 | الوظيفة | הפונקציה | funcția | fungsi | λειτουργία | chức năng | ฟังก์ชัน | 函式 | функцией"
)
_NOT_SUPPORTED = (
    "not supported | unsupported | does not support | doesnt support | nicht unterstütz | pas prise en charge"
    " | não dá suporte | não suporta | no soport | no lo soporta | non lo supporta | ne supporte pas"
    " | ne le supporte pas | ne le prend pas en charge | niet wordt ondersteund | det støtter ikke"
    " | pas en charge | no se admite"
    " | no es compatible | no admite | não é suportad | não tem suporte | não oferece suporte | non supporta"
    " | non è supportat | niet ondersteun"
    " | niet wordt ondersteun | niet worden ondersteun | niet door uw computer wordt ondersteun"
    " | niet door uw computer ondersteun | nie jest obsługiwan | nie obsługuje | nepodporuje | není podporován"
    " | nie je podporovan | nem támogat | desteklenm | desteklemiyor | stöds inte | stöder inte | støttes ikke"
    " | støtter ikke | understøttes ikke | understøtter ikke | ei tueta | ei tue | не поддержива | не підтриму"
    " | サポートされて | サポートして | 지원되지 | 지원하지 | 不受支持 | 不支持 | 不支援 | 不受支援 | غير معتمدة"
    " | غير مدعومة | אינה נתמכת | nie sú podporovan | δεν υποστηρίζεται | nu este acceptat | nu este suportat"
    " | nu este compatibil | не се поддържа | не поддържа | không được hỗ trợ | không hỗ trợ | tidak didukung"
    " | ไม่สนับสนุน | ไม่ได้รับการสนับสนุน | ไม่รองรับ | ไม่ได้รับการรองรับ"
    " | não há suporte | ikke understøtter | ikke understøttes | ikke støtter | ikke støttes | inte stöds"
    " | inte stöder | datamaskinen ikke støtter | ei ole tuettu"
)
# http://support.microsoft.com/kb/951608 and the client's own sentence: saved credentials are not handed to this host.
_SAVED_CREDENTIALS = (
    "gespeicherten anmeldeinformationen | gespeicherter anmeldeinformationen | gespeicherte anmeldeinformationen"
    " | saved credentials | stored credentials | gespeicherte anmeldedaten | gespeicherte kennwörter"
    " | identifiants enregistrés | mots de passe enregistrés | credenciales almacenadas | credenziali memorizzate"
    " | credenciais armazenadas | opgeslagen wachtwoord | sparade inloggningsuppgifter | sparade lösenord"
    " | gemte loginoplysninger | gemte adgangskoder | lagret legitimasjon | lagret påloggingsinformasjon"
    " | lagrede passord | tallennettujen tunnistetietojen | tallennettuja tunnistetietoja"
    " | tallennettuja salasanoja"
    " | informations d'identification enregistrées | credenciales guardadas | credenziali salvate | credenciais salvas"
    " | credenciais guardadas | opgeslagen referenties | zapisanych poświadczeń | uložených přihlašovacích údajů"
    " | uložené přihlašovací údaje | uložených poverení | mentett hitelesítő adat | kaydedilmiş kimlik bilgi"
    " | kayıtlı kimlik bilgi | sparade autentiseringsuppgifter | gemte legitimationsoplysninger"
    " | lagrede legitimasjonsbeskrivelser | сохраненные учетные данные | сохраненных учетных данных"
    " | збережені облікові дані | збережених облікових даних | 保存された資格情報 | 保存的凭据 | 已保存的凭据"
    " | 儲存的認證 | 저장된 자격 증명"
)
_ARE_NOT_ALLOWED = (
    "nicht zulässig | lässt nicht zu | erlaubt nicht | nicht zugelassen | n'autorise pas | ne permet pas | no permite"
    " | ne sont pas autorisé | ne sont pas permis | arent allowed | isnt allowed | not allowed | not permitted"
    " | nicht erlaubt | pas autorisé | no se permite | no están permitid | non sono consentit | non è consentit"
    " | não são permitid | não é permitid | staat het gebruik | niet toegestaan | tillåts inte | inte tillåtna"
    " | ikke tilladt | ikke tillatt | ei salli"
    " | non consente | não permite | staat niet toe | niet toe$ | nie zezwala | nepovoluje | neumožňuje | nedovoľuje"
    " | nem engedélyezi | izin vermiyor | tillåter inte | tillader ikke | tillater ikke | не разрешает | не дозволяє"
    " | 許可されていません | 许可されていません | 不允许 | 不允許 | 허용하지 않"
)
_PACKAGE = (
    "package | paket | paquete | pacote | pacchetto | pakket | pakiet | balíč | csomag | pakken | пакет"
    " | パッケージ | 패키지 | 程序包 | 程式包 | 套件"
)
_RECOGNIZED = (
    "recogni | erkannt | reconnu | reconoc | reconhec | riconosc | herken | rozpozna | rozpozn | felismer | tanın"
    " | kändes inte igen | gjenkjen | genkend | tunnist | распозна | розпізна | 認識 | 인식 | 识别 | 辨識"
)
_SERVICES = (
    "remote desktop services | remotedesktopdienste | services bureau à distance | services de bureau à distance"
    " | eksternt skrivebord tjenest | fjernskrivebordstjenest | fjärrskrivbordstjänst | extern bureaublad service"
    " | servicios de escritorio remoto | servizi desktop remoto | serviços de área de trabalho remota"
    " | serviços de ambiente de trabalho remoto | extern bureaublad services | usług pulpitu zdalnego"
    " | usługi pulpitu zdalnego | služby vzdálená plocha | služby vzdálené plochy | služeb vzdálené plochy"
    " | távoli asztali szolgáltatás"
    " | uzak masaüstü hizmetleri | fjärrskrivbordstjänster | fjernskrivebordstjenester"
    " | tjenester for eksternt skrivebord | etätyöpöytäpalvelu | службы удаленных рабочих столов"
    " | служби віддалених робочих столів | リモート デスクトップ サービス | 원격 데스크톱 서비스 | 远程桌面服务"
    " | 遠端桌面服務"
)
_RIGHT = (
    "right to sign in | right to log on | berechtigung zum anmelden | recht zum anmelden | anmelderecht"
    " | derecho de iniciar | recht nodig om u aan | oikeutta kirjautua | rättighet att logga | retten til å logge"
    " | droit d'ouvrir une session | droit de se connecter | droit d'ouverture de session | autorisation d'ouvrir"
    " | derecho de inicio | derecho a iniciar | permiso para iniciar | permisos para iniciar | diritto di acce"
    " | autorizzazione per acce | autorizzazione di acce | direito de entrar | direito de fazer logon"
    " | direito de logon | permissão para iniciar | permissão para entrar | direito de iniciar"
    " | recht om aan te melden"
    " | machtiging om | prawo logowania | prawo do logowania | uprawnień do logowania | uprawnienie do logowania"
    " | právo přihlásit | oprávnění k přihlášení | právo na přihlášení | oprávnenie na prihlásenie"
    " | právo na prihlásenie | bejelentkezési jog | bejelentkezés jog | bejelentkezéshez való jog | oturum açma hakkı"
    " | oturum açma izni"
    " | rätt att logga | behörighet att logga | rett til å logge | rettighet til å logge | ret til at logge"
    " | rettighed til at logge | oikeus kirjautua | kirjautumisoikeu | право на вход | право входа | право входити"
    " | サインインする権限 | ログオンする権利 | サインインする権利 | 로그인할 수 있는 권한 | 로그온할 수 있는 권한"
    " | 登录的权限 | 登录权限 | 登入的權限 | 登入權限"
    " | derechos para iniciar | derecho para iniciar | derechos de inicio | direitos para iniciar | diritti di acce"
    " | サインイン権限 | サインインの権限 | ログオン権限 | 로그인 권한"
    " | rettigheten til å logge | rettigheden til at logge | recht nodig om u aan te melden | recht hebben om"
)
_REMOTE_LOGON = (
    "remote logon | remote login | remoteanmeldung | connexion à distance | ouverture de session à distance"
    " | remote anzumelden | accedere in remoto | extern aan te melden | logga in via fjärrskrivbord"
    " | logga in på fjärrskrivbord | logge på via fjernskrivebord | logge på med eksternt skrivebord"
    " | logge på via eksternt skrivebord | log on remotely"
    " | connecter à distance | ouvrir une session à distance"
    " | inicio de sesión remoto | logon remoto | início de sessão remoto | login remoto | accesso remoto"
    " | extern aanmelden | externe aanmelding | zdalnego logowania | zdalne logowanie | vzdálené přihlášení"
    " | vzdálenému přihlášení | távoli bejelentkezés | uzaktan oturum açma | fjärrinloggning | fjernlogon"
    " | ekstern pålogging | etäkirjautumi | удаленного входа | удаленный вход | віддаленого входу | リモート ログイン"
    " | 원격 로그인 | 远程登录 | 遠端登入"
    " | iniciar sesión remota | iniciar sesión de forma remota | iniciar sessão remotamente | logowania zdalnego"
    " | logowanie zdalne | vzdálenému přihlašování | aanmelding op afstand | aanmelden op afstand"
    " | etäkirjautumis"
)
_NOT_AUTHORIZED_ELSEWHERE = (
    "nicht autorisiert | nicht berechtigt | nicht zugelassen | n'est pas autorisé"
    " | fehlt ihr das recht | fehlt ihm das recht | fehlt mir das recht | hat kein recht | no tiene derecho"
    " | non ha il diritto | não tem direito | n'a pas le droit | geen recht | har inte rätt | ikke ret til"
    " | ikke rett til"
    " | har ikke tilladelse | har ikke tillatelse | har ikke adgang | har ikke tilgang | saknar behörighet"
    " | har inte behörighet | ikke er autoriseret | er ikke autoriseret | er ikke autorisert | ei ole oikeutta"
    " | ei ole oikeuksia | ei oikeutta | serait pas autorisé | n'est pas habilité | no tiene permiso"
    " | não tem permissão | não tem autorização | non ha il permesso | non ha i permessi | geen toegang"
    " | geen rechten | isnt permitted | is not permitted | isnt allowed | is not allowed | nicht befugt"
    " | no está autorizad | não está autorizad | non è autorizzat | niet gemachtigd | niet geautoriseerd"
    " | niet is gemachtigd | niet is geautoriseerd"
    " | nie ma autoryzacji | nie jest autoryzowan | nie ma uprawnień | není oprávněn | není autorizován"
    " | nincs engedélyez | nincs feljogosít | nem jogosult | yetkili değil | yetkilendirilmemiş | inte behörig"
    " | inte auktoriserat | inte är behörig | inte är auktoriserat | ikke autoriser | ikke godkend | ikke godkjent"
    " | ikke er autoriser | ikke er godkend | ikke er godkjent | ei ole valtuut | не авторизован"
    " | не имеет разрешения | нет разрешения на | не має дозволу | 許可されていない | 권한이 없 | 未授权 | 未获授权"
    " | 未獲授權 | nemá oprávnění | не имеет прав | не имеет права | yetkili olmadı | inte har behörighet"
    " | ikke har tilladelse | ikke har tillatelse | ikke har rett | 没有授权 | 未被授权 | 未被授權 | 沒有授權"
)
_NOT_AUTHORIZED = f"not authorized | isnt authorized | {_NOT_AUTHORIZED_ELSEWHERE}"
# What the system's administrator has restricted: the kinds of logon, or the computers.
_HAS_RESTRICTED = (
    "restricted | limited | eingeschränkt | beschränkt | limité | restreint | limitado | restringido | limitato"
    " | restringiu | limitou | beperkt | ograniczył | omezil | korlátozta | kısıtla | sınırla | begränsat | begrænset"
    " | begrenset | rajoittanut | ограничил | обмежив | 制限し | 制限され | 제한 | 限制"
)
_NETWORK_OR_INTERACTIVE = (
    "network or interactive | netzwerk oder interaktiv | réseau ou interacti | red o interactiv | rete o interattiv"
    " | rede ou interativ | netwerk of interactie | sieciowe lub interak | sieciowy lub interak"
    " | síťové nebo interaktivní | síťový nebo interaktivní | hálózati vagy interaktív | ağ veya etkileşimli"
    " | nätverk eller interaktiv | netværk eller interaktiv | nettverk eller interaktiv | verkko tai vuorovaikut"
    " | сетевой или интерактивн | сетевого или интерактивн | мережевий або інтерактивн | ネットワークまたは対話型"
    " | 네트워크 또는 대화형 | 网络或交互 | 網路或互動"
)
_THE_COMPUTERS = (
    "systemadministrator hat die computer | systeembeheerder heeft de computers"
    " | systeembeheerder heeft het aantal computers | sistem yöneticisi"
)
_THAT_YOU_MAY_LOG_ON_TO = (
    "mit denen | an denen | auf denen | bei denen | waarop | waarmee | waarbij | waar u | oturum açabileceğiniz"
)
_RESTRICTED_THE_COMPUTERS = (
    "administrateur système a limité les ordinateurs"
    " | administrador del sistema ha limitado los equipos | administrador del sistema limitó los equipos"
    " | amministratore di sistema ha limitato i computer | administrador do sistema limitou os computadores"
    " | administrador do sistema restringiu os computadores | administrator systemu ograniczył komputery"
    " | administrator systemu ograniczył liczbę komputerów | správce systému omezil počítače"
    " | správce systému omezil počet počítačů | rendszergazda korlátozta azokat a számítógépeket"
    " | systemadministratören har begränsat vilka datorer"
    " | systemadministratören har begränsat de datorer | systemadministratoren har begrænset de computere"
    " | systemadministrator har begrenset hvilke datamaskiner | администратор ограничил компьютеры"
    " | администратор ограничил список компьютеров | администратор ограничил перечень компьютеров"
    " | 로그온할 수 있는 컴퓨터를 제한 | 로그인할 수 있는 컴퓨터를 제한 | 限制了你可以登录的计算机"
    " | 限制你可以登录的计算机 | 限制了您可以登录的计算机 | 限制您可以登录的计算机 | 限制您可以登入的電腦"
    " | 限制了您可以登入的電腦"
)
_ACCOUNT_RESTRICTION = (
    "account restriction | kontoeinschränkung | kontobeschränkung | restriction de compte | restrictions de compte"
    " | benutzerkontobeschränkung | benutzerkontoeinschränkung | restricciones de la cuenta | restrições da conta"
    " | restrição da conta | beperking van het gebruikersaccount | beperkingen van het account"
    " | beperking van uw account | gebruikersaccountbeperking | begränsning för användarkontot"
    " | begränsningar för kontot | begrænsninger for kontoen | begrensning for brukerkontoen"
    " | begrensninger for kontoen | käyttäjätilin rajoitu | tilin rajoitu | restricciones de cuentas"
    " | restrizioni account"
    " | restricción de cuenta | restricciones de cuenta | restricción de la cuenta | restrição de conta"
    " | restrições de conta | restrizione dell'account | restrizioni dell'account | restrizione account"
    " | accountbeperking | ograniczenie konta | ograniczenia konta | omezení účtu | obmedzenie konta"
    " | fiókkorlátozás | hesap kısıtlama | kontobegränsning | kontobegrensning | kontobegrænsning"
    " | tilirajoitu | ограничение учетной записи | ограничения учетной записи | обмеження облікового"
    " | アカウントの制限 | アカウント制限 | 계정 제한 | 帐户限制 | 账户限制 | 帳戶限制"
    " | begrænsninger for brugerkontoen | begrænsning for brugerkontoen | begrensninger for brukerkontoen"
    " | brukerkontobegrensning | brugerkontobegrænsning | begränsningar för användarkontot | användarkontobegränsning"
    " | tilin rajoituk | käyttäjätilin rajoituk"
)

# As mstsc has it where broker and session host differ, and as its translations have it:
# https://bizlog.tech/remoteapp-lb-rdp-error/
_SERVER_CERTIFICATE = (
    "server authentication certificate | serverauthentifizierungszertifikat | certificat d'authentification"
    " | certificado de autenticación | certificado de autenticação | certificato di autenticazione"
    " | serververificatiecertificaat | certyfikat uwierzytelni | certifikát pro ověření serveru"
    " | kiszolgáló hitelesítési tanúsítvány | kiszolgálóhitelesítési tanúsítvány"
    " | sunucu kimlik doğrulama sertifika | serverautentiseringscertifikat | servergodkjenningssertifikat"
    " | servergodkendelsescertifikat | сертификат проверки подлинности | сертифікат автентифікації"
    " | サーバー認証証明書 | 서버 인증 인증서 | 服务器身份验证证书 | 伺服器驗證憑證"
)
_CERTIFICATE = (
    "certificate | zertifikat | certificat | certificado | certificato | certificaat | certyfikat | certifikát"
    " | varmente | varmennet"
    " | tanúsítvány | sertifika | sertifikat | certifikat | varmenne | сертификат | сертифікат | 証明書 | 인증서"
    " | 证书 | 憑證"
)
# What the client is said to say of it.
_RDP_SAYS_OF_A_CERTIFICATE = (
    "rdp says the certificate | rdp says that the certificate | rdp it says the certificate | rdp sagt das zertifikat"
    " | rdp meldet das zertifikat | rdp es heißt das zertifikat | rdp dit que le certificat"
    " | rdp il dit que le certificat | rdp dice que el certificado | rdp dice che il certificato"
    " | rdp diz que o certificado | rdp zegt dat het certificaat | rdp pisze że certyfikat"
    " | rdp пишет что сертификат"
)
_ANOTHER_USER = (
    "another user"
    " | anderer benutzer | anderen benutzer | autre utilisateur | otro usuario | outro usuário | outro utilizador"
    " | altro utente | andere gebruiker | inny użytkownik | innego użytkownika | jiný uživatel | másik felhasználó"
    " | başka bir kullanıcı | annan användare | annen bruker | anden bruger | toinen käyttäjä | другой пользователь"
    " | інший користувач | 別のユーザー | 다른 사용자 | 另一用户 | 另一个用户 | 其他用户 | 另一位使用者 | 其他使用者已"
    " | 另一個使用者 | iný používateľ | άλλος χρήστης | alt utilizator | друг потребител | người dùng khác"
    " | ผู้ใช้อื่น"
)
_HAS_CONNECTED = (
    "has connected"
    " | koblet til | kobler til | koblet seg på | ansluter | ansluten till | oprettede en forbindelse"
    " | hergestellt | verbunden hat | s'est connecté | a établi | se ha conectado | se conectó | ha establecido"
    " | estableció | se conectou | ligou-se | estabeleceu | si è connesso | ha effettuato la connessione"
    " | ha stabilito | verbinding heeft gemaakt | heeft verbinding gemaakt | połączył się | nawiązał połączenie"
    " | se připojil | navázal připojení | csatlakozott | kapcsolódott | bağlandı | anslöt | har anslutit"
    " | koblet seg til | har koblet til | oprettede forbindelse | har oprettet forbindelse | muodosti yhteyden"
    " | подключился | установил подключение | підключився | 接続し | 接続されました | 연결했 | 연결하 | 连接到 | 已连接"
    " | 連線到 | sa pripojil | συνδέθηκε | s-a conectat | се свърза | đã kết nối | เชื่อมต่อกับ"
    " | koblet til den"
)
# The program's own short name is said in every language.
_REMOTE_SESSION = (
    f"{REMOTE_DESKTOP} | rdp | terminal server | session | sitzung | remotesitzung | sesión | sessão | sessione"
    " | remotesession | fjärrsession | fjernsession | økta$ | etäistunto | istuntoni | servern$ | serveren$"
    " | etäyhteys | palvelimelta | serveur$ | servidor$"
    " | sessie | sesja | sesji | relace | munkamenet | oturum | sessionen | økten | istunto | сеанс | сессия"
    " | セッション | 세션 | 会话 | 工作階段"
)
_PROFILE = (
    "your profile | user profile | benutzerprofil | votre profil | profil utilisateur | su perfil | perfil de usuario"
    " | perfil de usuário | perfil do usuário | perfil de utilizador | profilo utente | profilo dell'utente"
    " | gebruikersprofiel | profil użytkownika | profilu użytkownika | profil uživatele | uživatelský profil"
    " | felhasználói profil | kullanıcı profil | användarprofil | brukerprofil | brugerprofil | käyttäjäprofiili"
    " | профиль пользователя | профіль користувача | ユーザー プロファイル | 사용자 프로필 | 用户配置文件"
    " | 使用者設定檔"
)

_USER = (
    "user$ | benutzer$ | utilisateur$ | usuario$ | usuário$ | utilizador$ | utente$ | gebruiker$ | użytkownik$"
    " | utenza$ | utenze$ | bruker$ | bruger$ | användare$ | brukerens$ | usuarios$ | käyttäjä$ | inlogg$"
    " | uživatel$ | felhasználó$ | kullanıcı$ | användaren$ | brukeren$ | brugeren$ | пользователь$ | користувач$"
    " | ユーザー | 사용자 | 用户 | 使用者"
)
_BY_AN_ADMINISTRATOR = (
    "by the administrator | by an administrator | by an admin | vom administrator | durch den administrator"
    " | von einem administrator | durch einen administrator | par l'administrateur | par un administrateur"
    " | por el administrador | por un administrador | dall'amministratore | da un amministratore"
    " | pelo administrador | por um administrador | door de beheerder | door een beheerder | door de administrator"
    " | przez administratora | správcem | administrátorem | a rendszergazda | yönetici tarafından"
    " | av administratören | av en administratör | av administratoren | af administratoren | администратором"
    " | адміністратором | 管理者によって | 管理者により | 관리자가 | 관리자에 의해 | 被管理员 | 由系统管理员"
    " | 由管理员 | 由系統管理員"
)
_THE_ADMINISTRATOR_ENDED = (
    "l'administrateur a mis fin | el administrador finalizó | el administrador ha finalizado"
    " | l'amministratore ha terminato | o administrador encerrou | administrator zakończył | správce ukončil"
    " | správca ukončil | a rendszergazda befejezte | a rendszergazda megszakította | yönetici sonlandırdı"
    " | администратор завершил | администратор прервал | адміністратор завершив | 管理员已结束 | 管理员结束了"
    " | 管理员已终止 | 系統管理員已結束"
)
_THE_ADMINISTRATOR_ENDED_IT = (
    "der administrator hat die sitzung beendet | der administrator hat ihre sitzung beendet"
    " | de beheerder heeft de sessie beëindigd | de beheerder heeft uw sessie beëindigd"
    " | 管理者がセッションを終了 | 管理者がリモート セッションを終了 | 관리자가 세션을 종료"
)
_SOMEBODY_ELSE = (
    "someone else | somebody else | jemand ander | quelqu'un d'autre | alguien más | otra persona | outra pessoa"
    " | qualcuno | alguém mais | alguém | noen annen | en annan | en annen | joku muu | joku toinen"
    " | autre personne | un altro | otro usuario"
    " | qualcun altro | iemand anders | ktoś inny | někdo jiný | valaki más | başka biri | någon annan | noen andre"
    " | en anden | кто-то другой | хтось інший | 他の人 | 다른 사람 | 其他人 | 别人"
)
# Who has the screen, and is to be put out for somebody who comes.
_WHO_IS_SIGNED_IN = (
    "current user | signed in user | logged in user | logged on user | user who is signed in"
    " | user who is logged in | user who is logged on | angemeldeten benutzer | aktuellen benutzer"
    " | utilisateur actuel | utilisateur connecté | usuario actual"
    " | usuario conectado | utente corrente | utente connesso | usuário atual"
    " | usuário conectado | huidige gebruiker | aangemelde gebruiker"
    " | bieżącego użytkownika | zalogowanego użytkownika | aktuálního uživatele | přihlášeného uživatele"
    " | текущего пользователя | 現在のユーザー | 当前用户 | 目前的使用者"
    " | 현재 사용자"
)
_PUT_OUT = (
    "drop | kick | log off | log out | sign out | throw out | disconnect | abmelden | abmelde | trennen | rauswerfen"
    " | déconnecter | déconnecte | desconectar | cerrar la sesión | disconnettere | afmelden"
    " | verbreken | wylogować | rozłączyć | odhlásit | odpojit | отключить | выкинуть | 切断 | サインアウト | 断开"
    " | 注销 | 登出 | 로그오프 | 연결을 끊"
)
_ASKS = (
    "asks if | asks whether | asks me | asked if | asked whether | asked me | wants me to | says i should"
    " | do you want | do i want | prompts me | fragt ob | gefragt ob | fragt mich | soll ich | möchten sie"
    " | me demande | demande si | voulez vous | me pregunta | pregunta si | desea | mi chiede | chiede se | vuoi$"
    " | me pergunta | pergunta se | deseja | vraagt of | vraagt mij | pyta czy | ptá se | спрашивает | хотите ли"
    " | と聞かれ | しますか | 问我 | 是否 | 問我 | 묻습니다 | 하시겠습니까"
)
# What whoever sits there answers: https://github.com/MicrosoftDocs/windowsserverdocs/issues/591
_SAYS_NO_TO_IT = (
    "user denied | user has denied | user declined | user has declined | user refused | user has refused"
    " | user rejected | user has rejected | benutzer hat abgelehnt | benutzer lehnt | utilisateur a refusé"
    " | usuario ha rechazado | usuario rechazó | utente ha rifiutato | usuário recusou"
)
_WHAT_IS_ASKED_FOR = (
    "your request | my request | the request | the connection | my connection"
    " | ihre anfrage | die anfrage | die verbindung | votre demande | la demande"
    " | la connexion | la solicitud | su solicitud | la conexión | la richiesta"
    " | la connessione | a solicitação | a conexão"
)
_FOLLOWING_REASONS = (
    "one of the following reasons | one of these reasons | aus einem der folgenden gründe | folgenden gründen"
    " | l'une des raisons suivantes | uno de los siguientes motivos | una de estas razones | uno dei seguenti motivi"
    " | um dos seguintes motivos | een van de volgende redenen | jednego z następujących powodów"
    " | z jednoho z následujících důvodů | одной из следующих причин | 次のいずれかの理由 | 다음 이유 중 하나"
    " | 以下原因之一 | 下列其中一個原因"
    " | une des raisons suivantes | uno de estos motivos | una de las siguientes razones | uno di questi motivi"
    " | uno dei motivi seguenti | um destes motivos | uma destas razões | uma das seguintes razões"
    " | een van deze redenen | en af følgende årsager | en af disse årsager | en av følgende årsaker"
    " | någon av följande orsaker | något av följande skäl | jostakin seuraavista syistä | jokin seuraavista syistä"
    " | jednego z tych powodów | a következő okok egyike | şu nedenlerden biri | aşağıdaki nedenlerden biri"
    " | однієї з таких причин | одной из этих причин"
)
_IDENTITY = (
    "identity of the remote | identität des remotecomputers | identité de l'ordinateur distant"
    " | etätietokoneen tunnistetietoja | etätietokoneen identiteet | identiteten til fjern"
    " | fjernmaskinens identitet"
    " | identidad del equipo remoto | identità del computer remoto | identidade do computador remoto"
    " | identiteit van de externe computer | tożsamości komputera zdalnego | identitu vzdáleného počítače"
    " | távoli számítógép identitás | uzak bilgisayarın kimliği | fjärrdatorns identitet | fjerncomputerens identitet"
    " | identiteten för fjärrdatorn | identiteten på fjärrdatorn | identiteten for den eksterne"
    " | identiteten til den eksterne | fjerncomputerens id | identité du pc distant | identität des remote pcs"
    " | подлинность удаленного компьютера | リモート コンピューターの id | リモート コンピューターの身元"
    " | 원격 컴퓨터의 id | 远程计算机的身份 | 遠端電腦的身分識別"
    " | identiteten af fjerncomputeren | etätietokoneen identite | etätietokoneen tunnistetie"
    " | etätietokoneen henkilöllisyy | identidade do pc remoto | etätietokoneen tunnistet"
)
# Why the identity cannot be verified, where the clocks differ.
_TIME_OR_DATE = (
    "zeit oder datumsunterschied | différence d'heure | différence de date | diferencia de hora | diferencia de fecha"
    " | differenza di ora | differenza di data | diferença de hora | diferença de data | tijdsverschil"
    " | różnica czasu | разница во времени"
)
_RDS_LICENCE = (
    "remotedesktoplizenz | rds lizenz | terminalserverlizenz | clientzugriffslizenz | remote desktop licen"
    " | rds licen | rds cal | client access licen | licence d'accès client | licences d'accès client"
    " | licence bureau à distance | licencia de escritorio remoto | licencias de escritorio remoto"
    " | licencia de acceso de cliente | licencias de acceso de cliente | licencias disponibles de escritorio remoto"
    " | licenza desktop remoto | licenze desktop remoto | licenza di accesso client | licenze di accesso client"
    " | licença de acesso para cliente | licenças de acesso para cliente | licença da área de trabalho remota"
    " | licentie voor extern bureaublad | client-access-licentie | licencja usług pulpitu | licencji dostępu klienta"
    " | licencją usług pulpitu | licencją pulpitu zdalnego | licencí vzdálené plochy | licencí ke vzdálené ploše"
    " | licenza di desktop remoto | licenza dei servizi desktop remoto | лицензией удаленного рабочего стола"
    " | лицензией на удаленный рабочий стол | ліцензією віддаленого робочого столу"
    " | клиентских лицензий | клиентская лицензия | клиентские лицензии | клиентские лицензии доступа"
    " | лицензия удаленного рабочего стола | лицензии удаленного рабочего стола | клієнтські ліцензії"
    " | клієнтських ліцензій | licence pro klientský přístup | licence klientského přístupu"
    " | licencie klientskeho prístupu | ügyfél-hozzáférési licenc | istemci erişim lisans | klientåtkomstlicens"
    " | klientadgangslicens | klienttilgangslisens | 用戶端存取使用權 | 用戶端存取授權 | giấy phép truy cập"
    " | άδειες πρόσβασης πελάτη | licențe de acces client"
    " | クライアント アクセス ライセンス | 원격 데스크톱 라이선스 | 클라이언트 액세스 라이선스 | 远程桌面许可证"
    " | 远程桌面授权 | 客户端访问许可证"
    " | clienttoegangslicentie | client toegangslicentie | klientadgangslicens | klientåtkomstlicens"
    " | klienttilgangslisens | asiakaskäyttöoikeu | fjernskrivebordslicens | fjernskrivebord licens"
    " | fjärrskrivbordslicens | lisens for eksternt skrivebord | etätyöpöytäkäyttöoikeu | etätyöpöydän käyttöoikeu"
)
_LICENSING_PROTOCOL_ELSEWHERE = (
    "lizenzierungsprotokoll | lizenzprotokoll"
    " | protocollo di gestione delle licenze | protocollo licenze | lisenssiprotokoll | protocole de licences"
    " | protocole de gestion de licences | protocolo de licencias | protocolo de licenças"
    " | protocole de licence | protocole de gestion des licences | protocole d'attribution de licence"
    " | protocolo de licencia | protocolo de concesión de licencias | protocollo di licenza | protocollo delle licenze"
    " | protocollo di gestione licenze | protocolo de licenciamento | protocolo de licença | licentieprotocol"
    " | licentieverleningsprotocol | protokole licencjonowania | protokołu licencjonowania | licenčním protokolu"
    " | licenčního protokolu | protokolu licencování | licencelési protokoll | licencprotokoll"
    " | lisanslama protokolü | lisans protokolü | licensprotokoll | licensieringsprotokoll | licensprotokol"
    " | licenseringsprotokol | lisensprotokoll | lisensieringsprotokoll | käyttöoikeusprotokoll"
    " | протоколе лицензирования | протокола лицензирования | протоколі ліцензування | протоколу ліцензування"
    " | ライセンス プロトコル | 라이선스 프로토콜 | 라이선싱 프로토콜 | 授权协议 | 许可证协议 | 授權通訊協定"
)
_LICENSING_PROTOCOL = f"licensing protocol | license protocol | licence protocol | {_LICENSING_PROTOCOL_ELSEWHERE}"
_AN_ERROR = (
    "error | errors | fehler | erreur | errore | erro | fout | błąd | błęd | chyb | hiba | hata | fel$ | felet$ | fejl"
    " | problem | problème | problema | probleem | fallo | falha | ongelma | vika$ | panne$"
    " | feil | virhe | ошибк | помилк | エラー | 오류 | 错误 | 錯誤"
)
_GRACE = (
    "grace period | nachfrist | kulanzzeit | karenzzeit | délai de grâce | période de grâce | período de gracia"
    " | respitperiod | prøveperiode | prøvetid | henstandsperiode | lisäaika | armonaika | prøveperioden"
    " | periodo di grazia | período de teste"
    " | periodo di prova | periodo di tolleranza | período de cortesia | período de carência | respijtperiode"
    " | okres karencji | okres prolongaty | odkladná lhůta | türelmi idő | yetkisiz kullanım süresi | льготный период"
    " | пільговий період | 猶予期間 | 유예 기간 | 宽限期 | 寬限期"
)
_BLACK_SCREEN = (
    "black screen | screen is black | screen stays black | screen goes black | blank screen | schwarzer bildschirm"
    " | everything is black | all black | alles bleibt schwarz | alles schwarz | bleibt schwarz | nur schwarz"
    " | tout reste noir | tout est noir | queda todo en negro | todo negro | se queda negr | se queda en negro"
    " | resta tutto nero | resta nero | tutto nero | fica tudo preto | tudo preto | tela escura"
    " | alles blijft zwart | alles is zwart | blijft zwart | allt är svart | blir svart | svart ruta | alt er sort"
    " | alt er svart | bliver sort | er helt svart | er helt sort | kaikki on mustaa | ruutu on musta"
    " | näyttö on musta | mustana | musta ruutu"
    " | schwarzen bildschirm | bildschirm schwarz | bildschirm bleibt schwarz | bildschirm ist schwarz | écran noir"
    " | écran reste noir | pantalla negra | pantalla en negro | schermo nero | tela preta | tela fica preta"
    " | ecrã preto | zwart scherm | scherm blijft zwart | czarny ekran | ekran jest czarny | černá obrazovka"
    " | černou obrazovku | fekete képernyő | siyah ekran | svart skärm | svart skjerm | sort skærm | musta näyttö"
    " | черный экран | чорний екран | 黒い画面 | 画面が真っ黒 | 真っ黒な画面 | 검은 화면 | 화면이 검 | 黑屏"
    " | 黑畫面 | 黑色屏幕"
)
# The same with whose screen it is between the two: the screen of the RDP session stays black.
_A_SCREEN = (
    "screen$ | monitor$ | display$ | bildschirm | l'écran | écran$ | pantalla$ | schermo$ | tela$ | ecrã$ | scherm$"
    " | beeldscherm$ | ekran$ | ekranu$ | obrazovka$ | képernyő | ekranı$ | skärmen$ | skjermen$ | skærmen$ | näyttö$"
    " | экран$ | екран$ | 画面 | 화면 | 屏幕 | 畫面"
)
_BLACK = (
    "is black$ | stays black$ | remains black$ | goes black$ | turns black$ | turned black$ | went black$"
    " | completely black$ | all black$ | just black$ | only black$ | is blank$ | stays blank$ | schwarz$ | noir$"
    " | negra$ | en negro$ | nero$ | preta$ | preto$ | zwart$ | czarny$ | černá$ | fekete$ | siyah$ | svart$ | sort$"
    " | musta$ | черный$ | черным$ | чорний$ | чорним$ | 真っ黒 | 真っ暗 | 黒い"
    " | 黒いまま | 검은색 | 검게 | 까맣 | 变黑 | 漆黑 | 一片黑 | 全黑 | stays dark | remains dark | bleibt dunkel"
)
_TOO_MANY = (
    "maximum number of connections | maximum number of users | too many users | too many connections"
    " | maximal zulässige anzahl von verbindungen | maximal zulässige anzahl an verbindungen"
    " | número máximo de conexiones permitidas | maximum aantal toegestane verbindingen"
    " | maximaal aantal verbindingen | högsta antalet tillåtna anslutningar | maximalt antal anslutningar"
    " | maksimale antal tilladte forbindelser | maksimale antal forbindelser"
    " | maksimalt antall tillatte tilkoblinger | maksimalt antall tilkoblinger | maksimale antall tilkoblinger"
    " | yhteyksien enimmäismäär | demasiados utilizadores | muitos usuários | muitos utilizadores"
    " | liian monta käyttäjää | liikaa käyttäjiä | for mange brukarar | för många är inloggade"
    " | zu viele benutzer | zu viele verbindungen | maximale anzahl von verbindungen | maximale anzahl an verbindungen"
    " | maximale anzahl der verbindungen | maximale anzahl benutzer | höchstzahl der verbindungen"
    " | nombre maximal de connexions | nombre maximal d'utilisateurs | trop d'utilisateurs | trop de connexions"
    " | número máximo de conexiones | número máximo de usuarios | demasiados usuarios | demasiadas conexiones"
    " | número máximo de conexões | número máximo de usuários | número máximo de ligações | usuários demais"
    " | numero massimo di connessioni | numero massimo di utenti | troppi utenti | maximum aantal verbindingen"
    " | maximale aantal verbindingen | te veel gebruikers | maksymalna liczba połączeń | maksymalną liczbę połączeń"
    " | zbyt wielu użytkowników | maximální počet připojení | příliš mnoho uživatelů | túl sok felhasználó"
    " | çok fazla kullanıcı | för många användare | for mange brukere | for mange brugere"
    " | максимальное количество подключений | слишком много пользователей | 接続数の上限 | 最大接続数 | 최대 연결 수"
    " | 사용자가 너무 많 | 最大连接数 | 用户过多 | 連線數上限"
)

# What has become of it.
_ENDED = (
    "ended | terminated | logged you off | logged me off | signed me out | disconnected me | disconnected you | beendet"
    " | getrennt | abgemeldet | fermé | terminé | déconnecté | cerrad | finalizad | terminad | desconectad | encerrad"
    " | chius | terminat | disconness | beëindigd | verbroken | afgemeld | zakończon | wylogow | ukončen | odhlášen"
    " | befejez | leválaszt | kijelentkeztet | sonlandır | avslutad | avsluttet | afsluttet | завершен | отключен"
    " | завершено | 終了 | 切断 | 종료 | 结束 | 注销 | 終止"
)
_KICKED = (
    "kicked | kicks me | kicks us | wirft mich | wirft uns | schmeißt mich | me déconnecte"
    " | gets closed | get closed | est fermée | se me cierra | cierra | mi viene chius | viene chius | fecha-se"
    " | fecha se | é fechada | wordt gesloten | stängs | utkastad | utslängd | blir utkastad | lukket$ | ryger af"
    " | røg af | kastes ut | lukkes$ | suljetaan | lensin ulos | lennän | lentää ulos | vlieg eruit | vlieg er"
    " | expulso | posto fora | buttato fuori"
    " | am disconnected | get disconnected | logged off | logged out | logs me off | logs me out"
    " | signed out | disconnects me | thrown out | throws me out | abgemeldet | rausgeworfen | getrennt | fliege"
    " | déconnecté | éjecté | me desconecta | desconectad | me expulsa | me echa | disconness | mi disconnette"
    " | mi butta fuori | uitgelogd | afgemeld | eruit gegooid | wylogow | wyrzuca | odhlás | vyhazuje | kijelentkez"
    " | kidob | atıyor | utloggad | kastas ut | kastet ut | smidt af | выкидывает | отключает | викидає | 切断され"
    " | サインアウト | 로그아웃 | 튕 | 被踢 | 注销 | 踢下线 | 被登出"
)
# Asked for, or wanted so.
_WISHED = (
    "wed like | we would like | we want | i want | we do not want | we dont want | how do i"
    " | how can i | how to | should be | policy wants"
    " | wie kann ich | sollen$ | wir möchten | wir wollen | comment faire | cómo puedo"
)
_IS_LOCKED = (
    "locked out | ist gesperrt | wurde gesperrt | est verrouillé | est bloqué | está bloquead"
    " | me ha bloqueado | han bloqueado | se bloqueó | risulta bloccat | been locked out | got locked out"
    " | is op slot | zit op slot | op slot gezet | er sperret | ble sperret | blitt sperret | er spærret"
    " | blev låst | ble låst | blev spärra | är spärra | har låsts | on lukittu | meni lukkoon | on lukossa"
    " | lukkiutu"
    " | se ha bloqueado | foi bloquead | è bloccat | è stato bloccat | is geblokkeerd | is vergrendeld"
    " | jest zablokowan | został zablokowan | je zamčen | je uzamčen | zárolva | kilitlendi | är låst | er låst"
    " | заблокирован | заблокован | ロックされ | 잠겼 | 被锁定 | 被鎖定"
)
_UNAVAILABLE = (
    "not available | isnt available | unavailable | temporarily unavailable"
    " | vorübergehend nicht | temporaneamente non disponibil | temporariamente indisponíve"
    " | tijdelijk niet beschikbaar | inte är tillgänglig | är inte tillgänglig | midlertidigt ikke"
    " | ikke er tilgængelig | midlertidig utilgjengelig | utilgjengelig | er ikke tilgængelig | utilgængelig"
    " | ei ole tilapäisesti | ei ole käytettävissä | indisponível | indisponible | no disponible"
    " | nicht verfügbar | n'est pas disponible | no está disponible"
    " | non è disponibile | não está disponível | niet beschikbaar | niedostępn | kullanılamıyor | inte tillgänglig"
    " | ikke tilgjengelig | ikke tilgængelig | temporairement indisponible | est indisponible | není k dispozici"
    " | dočasně nedostupn | dočasne nedostupn | nie je k dispozícii | nem áll rendelkezésre"
    " | geçici olarak kullanılam | kullanılamadığından | временно недоступ | тимчасово недоступ | 一時的に利用できない"
    " | 一時的に利用できません | は利用できません | 暂时不可用 | 不可用 | 無法使用 | 일시적으로 사용할 수 없"
    " | tymczasowo niedostępn"
)
# Of a server, as Windows' own client and its translations have it:
# https://learn.microsoft.com/windows-server-essentials/support/rules-used-by-the-windows-server-solutions-best-practices-analyzer-tool
_FOR_THE_MOMENT_UNAVAILABLE = (
    "temporarily unavailable | temporarily not available | vorübergehend nicht verfügbar"
    " | zurzeit nicht verfügbar | momentan nicht verfügbar | temporairement indisponible"
    " | temporairement pas disponible"
    " | temporalmente no disponible"
    " | no está disponible temporalmente | temporalmente no está disponible | temporaneamente non disponibile"
    " | temporaneamente indisponibile | non è temporaneamente disponibile | non è al momento disponibile"
    " | temporariamente indisponível | não está disponível temporariamente | temporariamente não disponível"
    " | tijdelijk niet beschikbaar | tijdelijk onbeschikbaar | tymczasowo niedostępn | dočasně nedostupn"
    " | dočasně není k dispozici | ideiglenesen nem érhető el | átmenetileg nem érhető el"
    " | geçici olarak kullanılamıyor"
    " | tillfälligt inte tillgänglig | tillfälligt otillgänglig | tillfälligt inte är tillgänglig"
    " | midlertidigt ikke tilgængelig | midlertidigt ikke er tilgængelig | midlertidigt utilgængelig"
    " | midlertidig utilgjengelig | midlertidig ikke tilgjengelig | midlertidig ikke er tilgjengelig"
    " | tilapäisesti poissa käytöstä | tilapäisesti pois käytöstä | ei ole tilapäisesti käytettävissä"
    " | временно недоступ | тимчасово недоступ | 一時的に使用できません | 一時的に利用できません"
    " | 일시적으로 사용할 수 없"
    " | 暂时不可用 | 暫時無法使用"
)
_TIMES_OUT = (
    "times out | timed out | zeitüberschreitung | délai d'attente dépassé | délai dépassé | se agota el tiempo"
    " | in einen timeout | läuft auf timeout | en timeout | délai de connexion est dépassé"
    " | délai de connexion dépassé | tiempo de espera de la conexión | da timeout | in timeout"
    " | timeout della connessione | tempo limite da conexão | tempo limite foi | dá timeout | een time out"
    " | time out opgetreden | een timeout | tidsgränsen för anslutningen | tidsavbrutt | fik timeout | får timeout"
    " | aikakatkais | blir timeout | blir det timeout | får jeg timeout | får jag timeout"
    " | timeout for forbindelsen | opstod timeout | geeft dan een time out"
    " | se agotó el tiempo | tiempo de espera agotado | tempo limite esgotado | tempo esgotado | tempo scaduto"
    " | scade il tempo | przekroczono limit czasu | vypršel časový limit | időtúllépés | zaman aşımı | tidsgränsen"
    " | tidsavbrudd | aikakatkaisu | таймаут | тайм-аут | истекло время | タイムアウト | 시간 초과 | 超时 | 逾時"
)
_RESOLVE = (
    "resolve the name | resolve the server name | resolve the host | resolve the hostname | resolve its name"
    " | namen nicht auflösen | name nicht aufgelöst | namen auflösen | résoudre le nom | résolution du nom"
    " | resolver el nombre | resolver o nome | risolvere il nome | naam niet omzetten | rozwiązać nazwy"
    " | přeložit název | feloldani a nev | разрешить имя | 名前を解決 | 이름을 확인할 수 없 | 解析主机名 | 解析不了"
)
_DOMAIN_WORD = (
    "die domäne | le domaine | el dominio | il dominio | o domínio | het domein | domena$ | doména$ | a tartomány"
    " | etki alanı$ | domänen$ | domenet$"
)
_PASSWORD_IS_REFUSED = (
    "password is not accepted | password isnt accepted | password was not accepted | kennwort wird nicht akzeptiert"
    " | refuse mon mot de passe | refuse le mot de passe | rejette mon mot de passe | rejects my password"
    " | refuses my password | rechaza mi contraseña | rechaza la contraseña | rifiuta la password"
    " | rifiuta la mia password | recusa a senha | recusa a minha palavra passe | weigert mijn wachtwoord"
    " | lehnt mein kennwort ab | lehnt mein passwort ab | nimmt mein kennwort nicht | nimmt mein passwort nicht"
    " | godtar ikke passord | avviser passordet | afviser min adgangskode | accepterer ikke min adgangskode"
    " | accepterar inte mitt lösenord | ei hyväksy salasana | salasana ei kelpaa"
    " | kennwort nicht akzeptiert | passwort wird nicht akzeptiert | passwort nicht akzeptiert"
    " | kennwort nicht angenommen | mot de passe n'est pas accepté | mot de passe est refusé"
    " | contraseña no es aceptada | no acepta la contraseña | no me acepta la contraseña | non accetta la password"
    " | password non è accettata | password non viene accettata | senha não é aceita | não aceita a senha"
    " | wachtwoord wordt niet geaccepteerd | wachtwoord niet geaccepteerd | hasło nie jest akceptowane"
    " | nie przyjmuje hasła | heslo není přijato | nebere heslo | nem fogadja el a jelszót | şifreyi kabul etmiyor"
    " | lösenordet accepteras inte | passordet godtas ikke | adgangskoden accepteres ikke | не принимает пароль"
    " | пароль не принимается | パスワードが受け付けられ | パスワードを受け付け | 암호가 거부 | 不接受密码"
    " | 密码不被接受"
)
_REACHED = (
    "reached | exceeded | signed in | logged on | logged in | connected | on the server | on this computer | erreicht"
    " | exceeded the | hat überschritten | überschritten$ | ylittänyt | ylittyi | overskredet | overskredet$"
    " | excedeu | overskrider | kirjautuneena | kirjautunut | pålogget | påloggede | loggede på | ligados"
    " | verbonden | collegati | conectados | connectés"
    " | überschritten | angemeldet | verbunden | atteint | dépassé | connecté | superado | alcanzado | conectado"
    " | raggiunto | superato | connessi | atingido | excedido | bereikt | overschreden | aangemeld | osiągnięt"
    " | przekroczon | zalogowan | dosažen | překročen | přihlášen | elérte | túllép | ulaşıldı | aşıldı | nåtts"
    " | överskrid | inloggade | nådd | nået | overskred | logget på | достигнуто | превышено | вошли | 達し | 超え"
    " | 초과 | 도달 | 已达 | 超过 | 達到 | 超過"
)
_LICENCES = (
    "licen | lizenz | licenc | lisans | licens | lisens | лиценз | ліценз | ライセンス | 라이선스 | 许可证 | 授权"
    " | 授權"
)
_UNEXPECTED = (
    "unexpected | unerwartet | inattendu | inesperad | imprevist | onverwacht | nieoczekiwan | neočekávan"
    " | váratlan | beklenmeyen | oväntat | uventet | непредвиденн | неожиданн | неочікуван | 予期しない | 예기치 않은"
    " | 意外的 | 未預期"
)
_LOST = (
    "was lost | has been lost | ging verloren | wurde unterbrochen | ist verloren gegangen | a été perdue"
    " | ist unterbrochen | har brutits | har gått förlorad | er gået tabt | er brutt | er tapt | ble tapt"
    " | katkennut | menetetty | se ha interrumpido | foi interrompida"
    " | a été interrompue | se perdió | se ha perdido | foi perdida | perdeu-se | è stata persa | è stata interrotta"
    " | is verbroken | ging verloren | została utracona | zostało utracone | bylo ztraceno | megszakadt | kesildi"
    " | koptu | bröts | gick förlorad | ble brutt | gik tabt | katkesi | utracono | stratilo sa | потеряно | разорвано"
    " | втрачено"
    " | 失われました | 切断されました | 끊어졌 | 끊겼 | 已丢失 | 已断开 | 已中斷"
)
_FREEZES = (
    "freez | froze | hangs | hung$ | keeps hanging | gets stuck | stops responding | stopped responding"
    " | locks up | locking up | rame$ | a bloquear | bloqueia$"
    " | henger | hænger | hänger | se bloque$ | se queda colgad | jumittaa | jumiutu | jäätyi | jää jumiin"
    " | fastnar | fryst$ | frosset | frosne | si congela | hangend | blijft hangen | hakt$ | stockt | ruckelt$"
    " | reagerer ikke | svarar inte | svarer ikke | ei vastaa"
    " | no longer responds | unresponsive | friert | einfriert | eingefroren | hängt | hängen | bleibt stehen"
    " | reagiert nicht mehr | gèle | se fige | figée | gelée | ne répond plus | se congela | congelad | se cuelga"
    " | colgad | deja de responder | dejó de responder | si blocca | si è bloccat | si pianta | non risponde più"
    " | trava | travand | travou | congela | para de responder | parou de responder | bevriest | vastgelopen"
    " | loopt vast | hangt | reageert niet meer | zawiesza | zawiesił | zamarza | przestaje odpowiadać | zamrz"
    " | zasek | přestane reagovat | lefagy | kifagy | megfagy | donuyor | dondu | takılıyor | fryser | hänger sig"
    " | låser sig | jumittuu | jäätyy | зависает | завис | подвисает | перестает отвечать | зависає | フリーズ"
    " | 固まる | 固まり | 応答しなく | 멈춥니다 | 멈춤 | 멈춰 | 먹통 | 卡死 | 卡住 | 假死 | 没有反应 | 沒有反應"
)
OF_REMOTE_DESKTOP = (
    f"{REMOTE_DESKTOP} | rdp | rds session | terminal server | session host | sitzungshost | serveur tse"
    " | remote into | remote in$ | remoting into | fjärrsession | fjernsession | ekstern økt | eksterne økten"
    " | etäistunto | etäyhtey | etätyöpöyd | etäpalvelim | accesso remoto$ | rdsh"
    " | remote session | remotesitzung | session distante | sesión remota"
    " | sessão remota | sessione remota | externe sessie | sesja zdalna | sesji zdalnej | sesję zdalną | zdalna sesja"
    " | zdalnej sesji"
    " | zdalny pulpit | zdalnego pulpitu | zdalnym pulpitem | zdalnym pulpicie | удаленный сеанс | удаленная сессия"
    " | リモート セッション | 원격 세션 | 远程会话 | 遠端工作階段"
)
_SOMETHING_ELSE = (
    "vpn | wlan | wifi | wi-fi | wireless | internet | telefon | phone | printer | drucker | impresora | imprimante"
    " | stampante | impressora | drukarka | принтер | headset | bluetooth | mouse | maus$ | keyboard | tastatur"
    " | outlook | teams | zoom | webex | skype | ssh | ftp | anydesk | teamviewer | intune | netflix | spotify"
    " | プリンター | 打印机 | 프린터"
)
# Where a session with a screen of its own may be another program's.
_OTHER_SCREENS = (
    "teams | zoom | webex | skype | anydesk | teamviewer | meeting | besprechung | réunion | reunión | reunião"
    " | riunione | vergadering | spotkanie | shared screen | sharing | vnc | citrix | to save power | my second"
    " | mein zweiter | meinem zweiten | mon deuxième | mon second | mi segund | meu segundo | mio secondo"
)
# What the screen of the logon shows while it works, in each language with what says before or behind it that it is
# shown: a text may ask its reader to wait, and welcome them.
_SHOWN_WHILE_IT_WORKS = (
    (
        "at on in with says shows showing just only see stuck stays",
        "please wait",
        "screen, message, forever, for ever, for the",
    ),
    ("at on", "welcome", "screen"),
    ("bei mit auf steht zeigt nur", "bitte warten", "bleibt, bildschirm, steht"),
    ("bei auf mit", "willkommen", "bildschirm"),
    ("sur à avec affiche dit bloquée bloqué écran message", "veuillez patienter", "s'affiche, reste, à l'écran"),
    ("sur à écran", "bienvenue", "à l'écran"),
    (
        "en con muestra dice pantalla mensaje colgado colgada",
        "por favor espere, espere, bienvenido, bienvenida",
        "en pantalla",
    ),
    ("em com mostra diz tela mensagem", "por favor aguarde, aguarde, bem vindo", "na tela"),
    ("su con mostra dice schermata messaggio", "attendere, attendere prego, benvenuto, benvenuti", "sullo schermo"),
    (
        "op bij met toont zegt scherm melding",
        "even geduld, een ogenblik geduld, ogenblik geduld, welkom",
        "op het scherm",
    ),
    ("na przy z pokazuje pisze ekranie komunikat", "proszę czekać, zapraszamy", "na ekranie"),
    ("na u s ukazuje píše stojí obrazovce hláška", "čekejte prosím, prosím čekejte, vítejte", "na obrazovce"),
    ("на с пишет показывает экране надпись", "подождите, пожалуйста подождите, добро пожаловать", "на экране"),
    ("på står visar kvar", "vänta$, var god vänta, välkommen$", "på skärmen, hur länge"),
    (
        "står viser stående hænger henger fast",
        "på vent$, vent$, på velkommen$, på vent litt, på vennligst vent, på vent venligst",
        "på skærmen, på skjermen",
    ),
    ("kohtaan kohdassa näkyy lukee", "odota$, tervetuloa$, odota hetki", "ruudussa, näytöllä"),
    ("", "お待ちください, ようこそ", "の, で, から, と, が, 画面"),
    ("在 到 着 显示", "请稍候, 请稍等, 請稍候, 正在欢迎, 欢迎", "界面, 画面, 畫面"),
    ("", "기다려 주세요, 기다려 주십시오, 기다리십시오, 환영합니다", "에서, 화면, 라는, 라고, 상태, 메시지, 만, 계속"),
    ("ekranda", "lütfen bekleyin, hoş geldiniz", "ekranı, yazısı, mesajı, yazıyor, diyor, de kal, te kal"),
    ("på vid med visar skärmen", "vänta, vänta lite, välkommen", "visas, skärmen, på skärmen"),
    # To be on hold is the same word in Danish and Norwegian.
    ("på ved med viser skjermen", "vent litt, vennligst vent, velkommen", "vises, skjermen, på skjermen"),
    ("på ved med viser skærmen", "vent venligst, velkommen", "vises, skærmen, på skærmen"),
    ("skærmen skjermen", "vent", "skærmen, skjermen, vises"),
    ("kohtaan näkyy lukee tekstiin", "odota, odota hetki, tervetuloa", "näyttö, näytöllä, ruutu, teksti, kohtaan"),
    ("képernyőn felirat", "kérem várjon, kis türelmet, üdvözöljük", "képernyő, felirat, üzenet, szöveg"),
    ("на з пише показує екрані напис", "зачекайте, будь ласка зачекайте, вітаємо, ласкаво просимо", "на екрані"),
)
_SHOWN_WORDS = " | ".join(
    wording
    for before, shown, behind in _SHOWN_WHILE_IT_WORKS
    for words in shown.split(", ")
    for wording in (
        *(f"{word} {words}" for word in before.split()),
        *(f"{words} {word}" for word in behind.split(", ")),
    )
)
_PLEASE_WAIT_FOR = (
    "please wait for the user profile service | please wait for the local session manager"
    " | please wait for the group policy client | please wait for the remote desktop configuration"
    " | auf den benutzerprofildienst | auf lokaler sitzungs manager | auf lokalen sitzungs manager"
    " | auf den gruppenrichtlinienclient | auf gruppenrichtlinienclient | auf remotedesktopkonfiguration"
    " | lütfen kullanıcı profili hizmet | lütfen grup ilkesi istemci | lütfen yerel oturum yönetici"
    " | vänta på användarprofiltjänst | vänta på tjänsten användarprofil | vänta på grupprincip"
    " | vänta på lokal sessionshanter | vänta på den lokala sessionshanter"
    " | vent på brukerprofiltjenest | vent på gruppepolicyklient | vent på lokal øktbehandl | vent på den lokale økt"
    " | vent på brugerprofiltjenest | vent på tjenesten brugerprofil | vent på gruppepolitikklient"
    " | vent på klienten til gruppepolitik | vent på lokal sessionsstyring | vent på den lokale session"
    " | odota käyttäjäprofiilipalvelu | odotetaan käyttäjäprofiilipalvelu | odota ryhmäkäytäntö"
    " | odotetaan ryhmäkäytäntö | odota paikallista istun | odotetaan paikallista istun"
    " | 사용자 프로필 서비스를 기다 | 그룹 정책 클라이언트를 기다 | 로컬 세션 관리자를 기다"
    " | patienter pour le service de profil | patienter service de profil | attendez le service de profil"
    " | patienter pour le client de stratégie | espere al servicio de perfil | espere al cliente de directiva"
    " | aguarde o serviço de perfil | aguarde o cliente da política | aguarde o cliente de política"
    " | attendere servizio profil | attendere il servizio profil | attendere client di criteri"
    " | wacht op de service gebruikersprofiel | wacht op gebruikersprofiel | wacht op de groepsbeleid"
    " | czekaj na usługę profil | czekaj na klienta zasad grupy | čekejte na službu profil"
    " | vyčkejte na službu profil | várjon a felhasználói profil | подождите службу профил"
    " | подождите пока служба профил | зачекайте службу профіл | зачекайте на службу профіл"
    " | user profile service をお待ち | ユーザー プロファイル サービスをお待ち | 请等待 user profile service"
    " | 请等待用户配置文件服务 | 请等待组策略客户端 | 请等待 group policy client | 请等待 local session manager"
)
_WAITING = (
    f"{_SHOWN_WORDS} | preparing windows | local session manager | user profile service | group policy client"
    " | group policy$ | gruppenrichtlinie | stratégie de groupe | stratégies de groupe | directiva de grupo"
    " | directivas de grupo | criteri di gruppo | política de grupo | políticas de grupo | diretiva de grupo"
    " | groepsbeleid | grupprincip | gruppepolitik | gruppepolicy | ryhmäkäytäntö"
    " | willkommensbildschirm | benutzerprofildienst | écran de bienvenue | pantalla de bienvenida"
    " | tela de boas vindas | schermata iniziale"
)
_STAYS = (
    f"{_FREEZES} | stuck$ | stays$ | forever | for ever | goes no further | doesnt go any further | never gets past"
    " | fermo$ | ferma$ | parado$ | fica parad | står stille | jää ikuisesti | jää jumiin | jää kohtaan"
    " | i det uendelige | uendelighed | hur länge som helst | i en evighed | en evighet | blir hengende"
    " | bliver hængende | blijft staan | staat stil | indefinidamente | indéfiniment | para siempre | per sempre"
    " | para sempre | eeuwig | ewig"
    " | bleibt$ | geht nicht weiter | kommt nicht weiter | reste$ | bloqué$ | bloquée$ | se queda"
    " | no pasa de | rimane$ | resta$ | fica$ | preso em | não passa de | blijft | komt niet verder | utknął"
    " | zatrzymuje się"
    " | стоит$ | висит$ | дальше не идет | 進まない | 進みません | まま | 止まる | 止まり | 停 | 卡 | 一直"
    " | 넘어가지 않 | 넘어가지 못 | 진행되지 않 | 멈춰 | 멈춘 | 계속"
    " | ewig$ | stundenlang | takılı | kalıyor | kaldı | fastnar | fastnat | stannar | står kvar | står still"
    " | står bare | står fast | henger$ | låser seg | blir stående | kommer ikke videre | hænger$ | sidder fast"
    " | bliver stående | jumi | jää$ | juuttu | pysähty | ei etene | beragad | elakad | megáll | зупиня"
)
_BREAKS = (
    "disconnects | disconnecting | wirft mich | wirft uns | schmeißt mich | nos echa | me echa"
    " | kopplar från | kopplar ner | katkaisee yhteyden | kobler av | ryger$ | ryker$ | faller ut | falder ud"
    " | cae$ | fällt aus | si scollega | desliga se | verliest de verbinding | katkesi | bröts$"
    " | gets disconnected | get disconnected | getting disconnected | is disconnected"
    " | im disconnected | am disconnected | are disconnected | being disconnected | been disconnected | drops"
    " | dropping | is dropped | get dropped | gets dropped | cuts out | cuts off | bricht | brechen ab"
    " | abbricht"
    " | abgebrochen | verbindungsabbr | abbrüche | getrennt$ | trennt sich | unterbrochen$ | reißt ab | abreißt"
    " | se déconnecte | déconnecté$ | déconnexion | coupe$ | coupé$ | coupures | se desconecta | me desconecta"
    " | desconexion | se corta | se cae$ | cai$ | cai toda | caindo | desconecta$ | desconectando | desconexões"
    " | derruba | cade$ | si disconnette | disconnession | disconnesso$ | si interrompe | valt$ | wegvalt"
    " | verbreekt | verbroken$ | eruit gegooid | rozłącza | zrywa | wyrzuca mnie | odpojuje | odpojí | vypadáv"
    " | padá$ | megszakad | lekapcsol | szétkapcsol | kopuyor | kesiliyor | kopplas från | kopplas ner | bryts$"
    " | kobles fra | kobler fra | kobles ned | brytes$ | afbrydes | afbryder | ryger ud | katkeaa | katkeilee"
    " | обрыва | отключа | разрыва | вылета | отвалива | выкидыва | обрива | розрива | відключа | 切断され"
    " | 切断する | 切れる | 切れて | 切れます | 落ちる | 落ちます | 掉线 | 断开 | 断线 | 掉線 | 斷線 | 斷開 | 끊깁"
    " | 끊김 | 끊겨 | 끊어"
)
AGAIN = (
    "constantly | every half | alle halbe stunde | jede halbe | jede stunde | cada media hora | cada hora"
    " | koko ajan | toda a hora | todo el rato | de hele tijd"
    " | hvert par | med noen | jokainen kerta | välein | med få minutters | mellanrum | mellomrum"
    " | every few | every couple | every 1 | every 2 | every 3 | every 4 | every 5 | every 6 | every 9 | every minute"
    " | every hour"
    " | every so often | all the time | again and again | over and over | randomly | random | frequent"
    " | intermittent | from time to time | periodically | repeatedly | several times | many times a"
    " | multiple times | after a few | after a couple | after some minutes | shortly after | sporadic | ständig"
    " | immer wieder | dauernd | andauernd | alle paar | alle 5 | alle 10 | alle 15 | alle 20 | alle 30"
    " | alle 45 | alle 60 | alle 90"
    " | nach wenigen | nach ein paar | nach kurzer zeit | sporadisch | mehrmals | laufend | sans arrêt | sans cesse"
    " | toutes les | tout le temps | constamment | régulièrement | aléatoire | plusieurs fois | au bout de quelques"
    " | après quelques | cada pocos | cada poco | cada 5 | cada 10 | cada 15 | cada 20 | cada 30 | cada cierto"
    " | cada rato | constantemente | todo el tiempo | a menudo | aleatoria | a los pocos | varias veces | toda hora"
    " | o tempo todo | a cada 5 | a cada 10 | a cada poucos | frequentemente | várias vezes | depois de alguns"
    " | após alguns | continuamente | di continuo | ogni pochi | ogni 5 | ogni 10 | ogni tanto | ogni due | spesso"
    " | più volte | dopo pochi | steeds | telkens | voortdurend | om de paar | om de 5 | om de 10 | regelmatig"
    " | na een paar | ciągle | co chwilę | co kilka | co 5 | co 10 | stale | po kilku | pořád | neustále | stále"
    " | každých | co chvíli | po pár | folyamatosan | állandóan | percenként | néhány perc | sürekli | dakikada bir"
    " | birkaç dakika | hela tiden | med några minuters | var femte | var tionde | efter några | stadig"
    " | hele tiden | hele tida | flere ganger | flere gange | etter noen | jatkuvasti | parin minuutin | muutaman"
    " | постоянно | каждые | периодически | регулярно | через несколько | через пару | то и дело | постійно | кожні"
    " | періодично | 頻繁 | 何度も | たびたび | 度々 | すぐに | 分おき | 分ごと | 数分で | よく | 频繁 | 经常"
    " | 老是 | 一直 | 总是 | 几分钟 | 經常 | 幾分鐘 | 자꾸 | 자주 | 계속 | 수시로"
)
# What may stand between a name and what is said of it, beside a connection and how often.
BETWEEN = (
    "server servers host hosts computer pc client clients app machine vm it just also often always sometimes keeps"
    " keep will is are gets get getting now today again suddenly immediately only then usually occasionally has been"
    " to up me us my our auch oft immer manchmal jetzt plötzlich wieder nur dann sich mir uns ist sind wird werden"
    " nach bei serveur souvent toujours parfois maintenant aussi soudain se nous est sont s'est servidor siempre nos"
    " ahora también está están sempre spesso ora si mi ci è sono viene agora fica wordt vaak altijd soms ook serwer"
    " się często zawsze teraz nam jest často vždy je сервер часто всегда сейчас у меня нас периодически теперь"
)
# What a session is cut off from, named behind it; and that it befalls everybody at once.
_CUT_OFF_FROM = (
    "disconnected from | kicked from | kicked out of | thrown out of | dropped from | cut off from"
    " | déconnectés d | expulsés d | desconectados d | expulsados d"
    " | disconnessi d | espulsi d | losgekoppeld van | rozłączani z | wyrzucani z | odpojováni od | odpojeni od"
)
_CUT_OFF_GERMAN = (
    "vom terminalserver getrennt | vom terminal server getrennt | vom sitzungshost getrennt | vom rdp server getrennt"
    " | von der rdp sitzung getrennt | von der remotesitzung getrennt | vom remotedesktop getrennt"
    " | vom terminalserver geworfen | vom terminal server geworfen | vom sitzungshost geworfen"
    " | vom rdp server geworfen | aus der rdp sitzung geworfen | aus der remotesitzung geworfen"
    " | aus der rdp sitzung fliegen | aus der remotesitzung fliegen | vom terminalserver fliegen"
)
_ALL_AT_ONCE = (
    "at the same time | at the same moment | all at once | simultaneously | gleichzeitig | auf einmal | en même temps"
    " | al mismo tiempo | a la vez | ao mesmo tempo | nello stesso momento | contemporaneamente | tegelijk"
    " | jednocześnie | w tym samym | současně | ve stejnou | одновременно"
)
# A time so short that no limit of a session is meant.
_IN_SECONDS = (
    "seconds | second later | one minute | 1 minute | a minute | sekunden | einer minute | secondes | une minute"
    " | sekunni | sekunders | segundo$ | seconde$ | secondo$ | sekunde$ | sekundin"
    " | segundos | un minuto | um minuto | secondi | seconden | een minuut | sekund | sekundach | sekundách"
    " | másodperc | saniye | sekunder | секунд | минуту | 秒 | 초 | 1 分 | 一分钟"
)
_KEEPS_BREAKING = (
    "keeps disconnecting | keep disconnecting | keeps dropping | keep dropping | keeps getting disconnected"
    " | keeps getting dropped | keep getting disconnected | keep getting dropped | keep getting kicked"
    " | keeps breaking | keeps cutting | keeps losing"
    " | fliegt ständig | fliegt dauernd | fliegt immer wieder | fliege ständig | fliege dauernd | fliege immer wieder"
    " | fliegen ständig | fliegen immer wieder | déconnexions intempestives | coupures intempestives | microcoupures"
    " | brechen sporadisch | brechen ständig | brechen immer wieder | brechen dauernd | brechen laufend"
    " | microdesconexion | microcortes | すぐ切れ | すぐに切れ | すぐ落ち"
)
_THE_SESSION = (
    "the session | my session | their session | our sessions | die sitzung | meine sitzung | die sitzungen"
    " | la session | ma session | les sessions | la sesión | mi sesión | las sesiones | la sessione | le sessioni"
    " | a sessão | minha sessão | de sessie | mijn sessie"
)
_SESSION_STAYS = (
    "rdp bleibt$ | rdp sitzung bleibt$ | rdp sitzungen bleiben$ | rdp verbindung bleibt$ | rdp bild bleibt$"
    " | remotesitzung bleibt$ | remotesitzungen bleiben$ | remotedesktop bleibt$ | remotedesktop sitzung bleibt$"
    " | remotedesktop verbindung bleibt$ | terminalserver bleibt$ | terminalserver sitzung bleibt$"
    " | terminalserver sitzungen bleiben$"
)
_RECONNECTS = (
    "reconnect | connects again | connect again | verbindet sich wieder | verbindet sich neu | wieder verbind"
    " | neu verbind | se reconnect | se reconecta | reconectar | si riconnette | riconnette | verbindt opnieuw"
    " | opnieuw verbind | łączy się ponownie | znovu se připoj | újracsatlakoz | yeniden bağlan | ansluter igen"
    " | переподключ | подключается снова | 再接続 | 다시 연결 | 재접속 | 重新连接 | 重新連線"
)
_COMES_BACK = (
    "and reconnects | keeps reconnecting | reconnects automatically | reconnects a few | reconnects itself"
    " | verbindet sich neu | verbindet sich wieder | se reconnecte | se reconecta | si riconnette | verbindt opnieuw"
    " | łączy się ponownie | znovu se připojí | újracsatlakozik | yeniden bağlanıyor | ansluter igen"
    " | переподключается | 再接続 | 다시 연결 | 重新连接 | 重新連線"
)
# By which way somebody comes, where by another they get in.
_BY_A_WAY = (
    "from outside | from the outside | from the internet | over the internet | through the internet | from home"
    " | from my home | over the vpn | over vpn | via vpn | via the vpn | through the vpn | through vpn"
    " | over the tunnel | through the tunnel | via the tunnel | via wireguard | over wireguard | through wireguard"
    " | via tailscale | over tailscale | through tailscale | von außen | von außerhalb | von zuhause | von zu hause"
    " | aus dem internet | aus dem homeoffice | vom homeoffice | über vpn | über das vpn | übers vpn"
    " | per vpn | über den tunnel | de l'extérieur | depuis l'extérieur | depuis internet | par internet"
    " | de chez moi | depuis chez moi | depuis la maison | par le vpn | via le vpn"
    " | en vpn | desde fuera | desde casa | desde internet"
    " | desde el exterior | por la vpn | por vpn | a través de la vpn | da fuori | da casa | da internet"
    " | dall'esterno | tramite vpn | tramite la vpn | con la vpn | de fora da rede | de fora da empresa | pela internet"
    " | pela vpn | de casa$ | van buiten | van buitenaf | van thuis | vanuit huis | vanaf huis | via internet"
    " | via de vpn"
    " | z zewnątrz | z domu | z internetu | przez vpn | przez internet | zvenku | zvenčí | z domova | přes vpn"
    " | přes internet | kívülről | otthonról | interneten keresztül | vpn-en keresztül | dışarıdan | evden | vpn ile"
    " | utifrån | hemifrån | via vpn | udefra | utenfra | hjemmefra | извне | снаружи | из дома | из дому"
    " | из интернета | через vpn | через впн | через интернет | 外部から | 外から | 自宅から | インターネットから"
    " | vpn 経由 | 从外面 | 外网 | 從外面 | 外網 | 从家里 | 在家里 | 通过 vpn | 외부에서 | 집에서"
    " | 인터넷에서 | vpn으로"
)
_CANNOT_CONNECT = (
    "cant connect | cannot connect | can not connect | unable to connect | not able to connect"
    " | wont connect | doesnt connect | does not connect | no longer connect | cant get a connection"
    " | get no connection | cant reach | cannot reach | can not reach | unable to reach"
    " | keine verbindung | keine rdp verbindung | nicht verbinden | nicht mehr verbinden | komme ich nicht"
    " | kommt man nicht | kommt niemand | nicht mehr per rdp | nicht per rdp | nicht mehr auf | nicht auf den"
    " | nicht auf meinen | nicht mehr drauf | nicht erreichen"
    " | impossible de se connecter | impossible de me connecter | n'arrive pas à me connecter"
    " | ne peux pas me connecter | ne peut pas se connecter | ne parviens pas à me connecter | pas de connexion"
    " | no puedo conectar | no me puedo conectar | no se puede conectar | no logro conectar | no conecta"
    " | non riesco a connettermi | non riesco a collegarmi | non posso connettermi | non si connette"
    " | non si collega | impossibile connettersi | não consigo conectar | não consigo me conectar | não consigo ligar"
    " | não conecta | não é possível conectar | kan geen verbinding | geen verbinding | niet verbinden"
    " | nie mogę się połączyć | nie można się połączyć | nie łączy | brak połączenia | nemohu se připojit"
    " | nemůžu se připojit | nelze se připojit | nepřipojí | nem tudok csatlakozni | nem lehet csatlakozni"
    " | bağlanamıyorum | bağlanamıyoruz | kan inte ansluta | kan ikke koble | kan ikke oprette forbindelse"
    " | не могу подключиться | не удается подключиться | не подключается | нет подключения | не подключиться"
    " | 接続できません | 接続できない | 接続出来ません | 繋がらない | つながらない | 连接不上 | 连不上 | 無法連線"
    " | 连不了 | 无法连接 | 無法連接 | 連不上 | 연결할 수 없 | 연결이 안 | 접속이 안 | 접속할 수 없"
)
# The same of the connection itself: it works by one way, and not by another.
_WORKS = (
    "works | work | working | is fine | geht | läuft | funktioniert | klappt | marche"
    " | fonctionne | funciona | funziona"
    " | werkt | działa | funguje | működik | çalışıyor | fungerar | fungerer | virker | toimii | работает"
)
_WORKS_NOT = (
    "doesnt work | does not work | isnt working | is not working | not working | stopped working | wont work"
    " | fails | geht nicht | läuft nicht | funktioniert nicht | klappt nicht | ne marche pas | ne marche plus"
    " | ne fonctionne pas | ne fonctionne plus | no funciona | non funziona | não funciona | werkt niet"
    " | nie działa | nefunguje | nem működik | çalışmıyor | fungerar inte | fungerer ikke | virker ikke | ei toimi"
    " | не работает"
)
_NOT_BY_A_WAY = (
    "von außen nicht | von zu hause nicht | von zuhause nicht | aus dem homeoffice nicht | über vpn nicht"
    " | über das vpn nicht | übers vpn nicht | per vpn nicht | "
    "not from outside | not from the outside | not from the internet | not over the internet | not from home"
    " | not over vpn | not over the vpn | not via vpn | not via the vpn | not through vpn | not through the vpn"
    " | not over the tunnel | not through the tunnel | not externally | nicht von außen | nicht von außerhalb"
    " | nicht von zuhause | nicht von zu hause | nicht aus dem homeoffice | nicht aus dem internet | nicht über vpn"
    " | nicht über das vpn | nicht übers vpn | nicht per vpn | pas de l'extérieur | pas depuis l'extérieur"
    " | pas depuis internet | pas de chez moi | pas par le vpn | pas via le vpn | pas en vpn | no desde fuera"
    " | no desde casa | no desde internet | no desde el exterior | no por vpn | no por la vpn"
    " | no a través de la vpn | non da fuori | non da casa | non da internet | non dall'esterno | non tramite vpn"
    " | non tramite la vpn | não de fora | não de casa | não pela internet | não pela vpn | niet van buiten"
    " | niet van buitenaf | niet vanuit huis | niet via vpn | niet via de vpn | nie z zewnątrz | nie z domu"
    " | nie przez vpn | ne zvenku | ne z domova | ne přes vpn | inte utifrån | inte hemifrån | inte via vpn"
    " | ikke utenfra | ikke udefra | ikke hjemmefra | не извне | не снаружи | не из дома | не через vpn"
    " | не через интернет"
)
_IN_A_SESSION = (
    "print | printing | sound | audio | clipboard | copy | paste | webcam | camera | microphone | usb | redirection"
    " | multi-monitor | drucken | ton$ | zwischenablage | kopieren | kamera | mikrofon | impression | presse-papiers"
    " | imprimir | sonido | portapapeles | stampa | appunti | área de transferência | afdrukken | klembord | geluid"
    " | печать | звук | буфер обмена"
)
_CANNOT_RDP = (
    "cant rdp | cannot rdp | can not rdp | unable to rdp | not able to rdp | cant remote desktop"
    " | cannot remote desktop | unable to remote desktop"
)
# What else they may not get at by that way, with Remote Desktop or without it.
_ANOTHER_GOAL = (
    "to the vpn | to vpn | to the internet | to wifi | to wi-fi | to the wifi"
    " | to the wi-fi | wlan | file share | shared"
    " | share$ | shares$ | database | databases | sql$ | mysql | postgres | printer"
    " | printers | mailbox | e-mail | website"
    " | web page | web site | network drive | nas$ | ssh$ | smb$ | ftp$ | mit dem vpn | zum vpn | mit dem internet"
    " | ins internet | freigabe | datenbank | drucker | netzlaufwerk | postfach"
    " | webseite | au vpn | à internet | partage"
    " | base de données | imprimante | a la vpn | a internet | carpeta compartida | base de datos | impresora"
    " | alla vpn | cartella condivisa | stampante | à vpn | à internet | banco de dados | impressora | met de vpn"
    " | met het internet | drukark | baza danych | bazą danych | принтер | базе данных | к vpn | к интернету"
    " | プリンター | 共有フォルダー | 打印机 | 共享文件夹 | 数据库 | 프린터 | 데이터베이스"
)
_A_SESSION = (
    f"{_THE_SESSION} | every session | each session | the sessions | my sessions | their sessions"
    " | our session | jede sitzung"
    " | chaque session | mes sessions | cada sesión | mis sesiones | ogni sessione | cada sessão | elke sessie"
)
_IS_NOT_LOADED = (
    "cannot be loaded | could not be loaded | couldnt be loaded | cant be loaded | nicht geladen"
    " | går inte att läsa in | går ikke å laste | ei voitu ladata | ei voida ladata | kon niet worden geladen"
    " | kunde inte läsas in | kunne ikke lastes"
    " | ne peut pas être chargé | n'a pas pu être chargé | impossible de charger | no se puede cargar"
    " | no se pudo cargar | não pode ser carregad | não foi possível carregar | não é possível carregar"
    " | impossibile caricare | non è possibile caricare | kan niet worden geladen | nie można załadować"
    " | nie można wczytać | nelze načíst | nem tölthető be | nem sikerült betölteni | yüklenemiyor | yüklenemedi"
    " | kan inte läsas in | kunne ikke indlæses | kan ikke indlæses | kan ikke lastes | ei voi ladata"
    " | не удается загрузить | не удалось загрузить | не вдалося завантажити | 読み込めません"
    " | 読み込むことができません | 로드할 수 없 | 无法加载 | 無法載入"
)
_LOCKED = (
    "locked | lock out | gesperrt | verrouill | bloque | bloccat | geblokkeerd | vergrendeld | zablokowan | zamčen"
    " | sperret | spärrad | spärrat | op slot | lukkoon | lukossa | lukkiutu | lukittiin"
    " | zamknut | uzamč | zárol | kilitl | är låst | er låst | blitt låst | ble låst | blev låst | blevet låst"
    " | lukittu | заблокирован | заблокован | ロック | 잠겼 | 잠김 | 锁定 | 鎖定"
    " | spærret"
)
_DISABLED = (
    "disabled | deaktiviert | désactiv | deshabilitad | desactivad | desabilitad | desativad | disabilitat"
    " | avstängt | avstängd | koblet ut$ | staat uit | uit staat | inaktiverats | blitt deaktivert"
    " | blevet deaktiveret | pois käytöstä | slået fra"
    " | disattivat | uitgeschakeld | wyłączon | zakázán | letiltv | letilt | devre dışı | inaktiverat | deaktivert"
    " | 사용할 수 없도록 설정"
    " | deaktiveret | poistettu käytöstä | отключен | вимкнен | 無効 | 사용 안 함 | 비활성 | 禁用 | 停用"
)
_EXPIRED = (
    "expired | expirou | expiró | caducó | venció | abgelaufen | a expiré | est expiré"
    " | ran out | run out$ | has run out | vanhentui | vanheni | vanhentunee | gick ut$ | gikk ut$ | løbet ud"
    " | udløb$ | périmé | vencid | venceu | upphörde | utløp | is vervallen"
    " | est expirée | ha expirado | expirad | caducad | scadut | verlopen"
    " | wygas | vypršel | vyprše | lejárt | süresi doldu | süresi dolmuş | gått ut | upphört | utløpt | utgått"
    " | udløbet"
    " | vanhentunut | просрочен | истек | закінчився термін | минув термін | прострочен"
    " | 过期 | 過期 | 期限切れ"
    " | 有効期限が切れ | 만료"
)
_MUST_CHANGE = (
    "must change | must be changed | needs to be changed | have to change | has to be changed | muss geändert"
    " | on vaihdettava | täytyy vaihtaa | pitää vaihtaa | måste bytas | må byttes | skal skiftes | moet gewijzigd"
    " | dev'essere cambiat | precisa ser alterad | tem de ser alterad | doit être modifié"
    " | müssen geändert | doit être modifi | doit être chang | devez changer | debe cambiar | debe cambiarse"
    " | deve ser alterad | deve essere modificat | moet worden gewijzigd | musi zostać zmienion | je nutné změnit"
    " | meg kell változtatni | değiştirilmeli | måste ändras | må endres | skal ændres | необходимо сменить"
    " | необходимо изменить | должен быть изменен | wymagana jest zmiana | je vyžadována změna | je potřeba změnit"
    " | treba zmeniť | je nutné zmeniť | требуется смена | требуется сменить | требуется изменить | потрібно змінити"
    " | необхідно змінити | 変更する必要 | 必须更改 | 必須變更 | 변경해야"
)
# The same of a person: you must change your password.
_YOU_MUST = (
    "you must | you have to | you need to | sie müssen | du musst | vous devez | tu dois | debe | tiene que | devi$"
    " | è necessario | deve$ | deverá | devem$ | precisa | u moet | je moet | musisz | należy | musíte | je nutné"
    " | du måste | du skal | du må | вы должны | необходимо | потрібно | необхідно"
)
_CHANGE = (
    "change | ändern | changer | modifier | cambiar | cambiare | modificare | alterar | mudar | wijzigen | zmienić"
    " | změnit | ändra | byta | ændre | endre | сменить | изменить | змінити"
)
_DO_NOT_WORK = (
    "did not work | didnt work | do not work | are not valid | arent valid | were incorrect | are incorrect"
    " | eivät kelpaa"
    " | are wrong | were wrong | sind falsch | sind nicht korrekt | sont incorrect | son incorrect | estão incorret"
    " | sono errat | zijn onjuist | är fel | неверн"
    " | were not accepted | were rejected | were refused | abgelehnt | été refus | été rejet | rechazad | rejeitad"
    " | rifiutat | geweigerd | odrzucon | отклонен | funktionieren nicht | nicht funktioniert | sind ungültig"
    " | sind nicht gültig"
    " | n'ont pas fonctionné | ne sont pas valides | no funcionaron | no han funcionado | no son válid"
    " | não funcion | não são válid | non hanno funzionato | non funziona | non sono valid | werken niet"
    " | werkten niet | zijn ongeldig | nie działaj | nie zadziałały | nefungoval | nefungují | nem működ"
    " | nem érvényes | çalışmadı | fungerade inte | fungerer ikke | fungerte ikke | virkede ikke | eivät toimineet"
    " | nicht funktionieren | niet werken | niet werkten | ikke fungerer | ikke fungerede | ikke fungerte | ikke virker"
    " | ikke virkede | virker ikke | inte fungerar | inte fungerade | fungerar inte | eivät toimi"
    " | не работают | не подошли | не працюють | 機能しませんでした | 작동하지 않 | 无效 | 不起作用 | 不工作"
    " | 无法工作 | 無法運作 | 無法作用 | nefungovali | nefungujú | не спрацювали | δεν λειτούργησαν | nu au funcționat"
    " | nu funcționează | не проработиха | не работят | không hoạt động | ไม่ทำงาน | ใช้ไม่ได้ | ใช้งานไม่ได้"
    " | tidak berfungsi | לא פעלו | אינם פועלים | لم تعمل | لا تعمل"
)
_WRONG = (
    "wrong | incorrect | invalid | is not valid | isnt valid | falsch | ungültig | nicht korrekt | nicht richtig"
    " | fel$ | feil$ | stimmt nicht | sbagliat | errada | errado | equivocad | mauvais | klopt niet"
    " | niet juist | stämmer inte | passer ikke | stemmer ikke | forkerte | virheelli | vääri | felaktigt"
    " | onjuiste | incorrecte"
    " | erróne | no es correct | no son correct | incorret | não está corret | não estão corret | errat"
    " | non è corrett | non sono corrett | onjuist | nieprawidłow | nesprávn | helytelen | hatalı | yanlış"
    " | felaktig | er feil | forkert | väärä | неправильн | неверн | невірн | 正しくありません | 不正确 | 不正確"
    " | 错误密码"
    " | 올바르지"
)
_FAILED = (
    "failed | failure | fehlgeschlagen | gescheitert | échec | échou | error al | ha fallado | falhou | falha"
    " | non riuscit | mislukt | nie powiodł | nezdařil | selhal | sikertelen | nem sikerült | başarısız | misslyckad"
    " | mislykt | mislykkedes | feilet | epäonnistui | не удал | 失敗 | 失败 | 没有成功 | 沒有成功 | 未成功 | 실패"
    " | 하지 못했"
    " | error en el intento | mislyktes"
)
_ATTEMPT_TO_LOG_ON = (
    "attempted logon$ | logon attempt$ | login attempt$ | sign in attempt$ | versuchte anmeldung$ | anmeldeversuch$"
    " | tentative d'ouverture de session | tentative de connexion | intento de inicio de sesión | tentativo di accesso"
    " | tentativa de logon | tentativa de início de sessão | aanmeldingspoging | próba logowania | pokus o přihlášení"
    " | bejelentkezési kísérlet | oturum açma girişimi | inloggningsförsök | påloggingsforsøk | logonforsøg"
    " | loginforsøg"
    " | kirjautumisyritys | попытка входа | спроба входу | ログオンの試行 | 로그온 시도 | 登录尝试 | 嘗試登入"
)
_CANNOT_FIND = (
    "cant find | cannot find | couldnt find | nicht finden | ne trouve pas | no encuentra | no puede encontrar"
    " | nije moguće | fant ikke | vindt de computer | nicht gefunden | kan niet vinden"
    " | não consegue localizar | não pode encontrar | impossibile trovare | non riesce a trovare | niet vinden"
    " | nie może znaleźć | nemůže najít | nem találja | bulamıyor | inte hitta | finner ikke | ikke finde"
    " | ei löydä | nie może odnaleźć | nie można odnaleźć | nie można znaleźć | nenašla | nemôže nájsť"
    " | не может найти | не удается найти | не удалось найти | не вдається знайти | не вдалося знайти"
    " | não pode localizar | não consegue encontrar | não encontra | não é possível encontrar"
    " | não é possível localizar | não foi possível encontrar | não foi possível localizar | ne peut pas trouver"
    " | ne parvient pas à trouver | n'a pas pu trouver | impossible de trouver | no pudo encontrar"
    " | no se puede encontrar | no se pudo encontrar | no ha podido encontrar | non può trovare | non trova"
    " | nelze najít | hittar inte | ikke finne | finder ikke | ei voi löytää"
    " | 見つけることができません | 見つかりません | 찾을 수 없"
    " | 找不到"
)
_CANNOT = (
    "cannot | cant | could not | couldnt | nicht | n'arrive pas | ne parvient pas | ne peut | impossible"
    " | ei saada | ei saatu | ei pysty | kan ikke | kunne ikke | går ikke | não foi possível"
    " | no se puede | no es posible | não é possível | não pode | non è possibile | impossibile | kan geen"
    " | kan niet | nie można | nelze | nemůže | nedá | nem lehet | nem tud | ulaşılamıyor | går inte | kan inte"
    " | ikke | не удается | не удалось | не вдається | не вдалося | できません | 없습니다 | 无法 | 無法"
    " | nie je možné | nemožno | nem érhető el | kurulamıyor | kurulamadı | kurulamaz | δεν είναι δυνατή"
    " | δεν ήταν δυνατή | nu se poate | nu poate fi | nu a putut fi | не може | неможливо | không thể | לא ניתן"
    " | אין אפשרות | لا يمكن | تعذر | ไม่สามารถ"
    " | ei voi | ei saa"
)
_COULD_NOT = (
    f"{_CANNOT} | no se pudo | error al | non è stato possibile | não foi possível | kon niet | kunde inte | kunne ikke"
    " | nepodařilo | nie udało | nem sikerült | alınamadı | bulunamadı | 실패 | 失败 | 失敗"
)
_FIND = (
    "find$ | resolve | determine | look up | finden | auflösen | ermitteln | trouver | résoudre | déterminer"
    " | encontrar | resolver | localizar | trovare | risolvere | determinare | vinden | znaleźć | ustalić | najít"
    " | zjistit | hitta | finne | finde | найти | определить"
)
_NONE = (
    "not available | could not be found | not found | kein | aucun | no hay | não há | não existem | nessun"
    " | introuvable | cant find a | couldnt find a"
    " | fehle$ | fehlt$ | fehlen$ | manca$ | mancano$ | falta$ | faltan$ | faltam$ | manque$ | ontbreekt | saknas"
    " | mangler | puuttu | ikke er noen | ikke noen | ikke nogen | det ikke er | findes ikke | ei löydy | eivät ole"
    " | não existe | is missing | nenhum | ningún"
    " | non sono disponibili | geen | brak | braku | žádné | žádný | nincs | nincs elérhető | olmadığından"
    " | inte finns | finns inga"
    " | ingen | inga | ei ole | отсутств | нет | немає | відсутн | ない | 없 | 没有 | 沒有"
    " | nicht verfügbar | zur verfügung | n'est disponible | ne sont pas disponibles | n'est pas disponible"
    " | no están disponibles | no está disponible | não estão disponíveis | não está disponível | non è disponibile"
    " | niet beschikbaar | nie ma dostępn | nie ma żadn | nie są dostępn | niedostępn | nejsou k dispozici"
    " | není k dispozici | nem érhető el | nem áll rendelkezésre | inte tillgänglig | ikke tilgjengelig"
    " | ikke tilgængelig | недоступн | недоступен | ありません | 利用できません | 사용할 수 없 | 不可用 | 無法使用"
    " | ikke er nogen | ikke var nogen | ikke findes | ikke finnes | finnes ikke | n'existe pas"
    " | inte finns några | ei ole käytettävissä | ei ollut"
)
_NOT_ALLOWED = (
    "isnt allowed | is not allowed | nicht zulässig | nicht erlaubt | n'est pas autorisé | no se permite"
    " | no está permitid | não é permitid | non è consentit | niet toegestaan | niedozwolon | inte tillåt"
    " | ikke tillatt | не разреш | не допуск | 許可されていません | 허용되지 않 | 不受允许 | 不允许 | 不被允许"
    " | ikke tilladt | ei ole sallittu | ei sallita | není povolen | nem engedélyez | izin verilmiyor | не дозволен"
)
_UNREACHABLE = (
    "unreachable | not reachable | isnt reachable | nicht erreichbar | inaccessible | injoignable"
    " | antwortet nicht | ne répond pas | ne répond plus | non risponde | não responde | reageert niet"
    " | svarar inte | svarer ikke | ei vastaa"
    " | cant be reached | cannot be reached | couldnt be reached | niet bereikbaar | niet te bereiken"
    " | ei saada yhteyttä | ei tavoiteta | går inte att nå | er nede$ | is down$ | ist down$ | no se llega"
    " | no responde | está inacessível | est injoignable | no accesible | non si raggiunge | está em baixo"
    " | inaccesible | inacessível | irraggiungibile | non è raggiungibile"
    " | non raggiungibile | onbereikbaar | nieosiągaln | nedostupný | nem érhető el | недосягаем | недоступ"
    " | 无法访问 | 不可达 | erişilemiyor | kan inte nås | kan ikke nås | 到達できません"
)
_NO_PERMISSION = (
    "keine berechtigung | fehlt die berechtigung | fehlt mir die berechtigung | dont have permission"
    " | saknar behörighet | har ikke lov | har ikke tilgang | har ikke adgang | har ikke tilladelse"
    " | har ikke tillatelse | ei ole oikeutta | ei ole oikeuksia | ei ole lupaa | non è abilitat | no permiten"
    " | não está autorizad | n'a pas le droit | ne suis pas autorisé | har inte tillåtelse | ikke rettighed"
    " | do not have permission | dont have the right | do not have the right | no permission | je n'ai pas le droit"
    " | je n'ai pas les droits | pas l'autorisation | no tengo permiso | não tenho permissão | non ho il permesso"
    " | non ho i permessi | non ho l'autorizzazione | geen rechten | nie mam uprawnień | nemám oprávnění | nincs jogom"
    " | yetkim yok | har inte rätt | har ikke rettighed | vous n'avez pas le droit | n'avez pas la permission"
    " | no tiene permiso | não tem permissão | non hai i permessi | non hai l'autorizzazione | geen toestemming"
    " | nie masz uprawnień"
    " | nemáte oprávnění | nincs jogosultsága | izniniz yok | inte behörighet | ikke tilgang | ikke tilladelse"
    " | нет разрешения | нет прав | 権限がありません | 권한이 없 | 没有权限 | 沒有權限"
)
# Of the computer itself: much else on it may be turned off.
_IS_TURNED_OFF = (
    "remote computer is turned off | remote pc is turned off | remote computer is switched off"
    " | remote computer is off$ | remote pc is off$ | remotecomputer ist ausgeschaltet"
    " | ordinateur distant est éteint$ | equipo remoto está apagado | computador remoto está desligado"
    " | computer remoto è spento | externe computer is uitgeschakeld | komputer zdalny jest wyłączony"
    " | zdalny komputer jest wyłączony | vzdálený počítač je vypnutý | удаленный компьютер выключен$"
    " | リモート コンピューターの電源が切れ | 远程计算机已关闭$ | 远程计算机电源已关闭"
)
# The third of the reasons for which Windows' own client reaches no host, and what it asks to be made sure of.
_NOT_ON_THE_NETWORK = (
    "not available on the network | isnt available on the network | im netzwerk nicht verfügbar"
    " | nicht im netzwerk verfügbar | pas disponible sur le réseau | no está disponible en la red"
    " | non è disponibile sulla rete | non è disponibile nella rete | não está disponível na rede"
    " | niet beschikbaar op het netwerk | niet beschikbaar in het netwerk | nie jest dostępny w sieci"
    " | niedostępny w sieci | není v síti dostupný | není v síti k dispozici | není k dispozici v síti"
    " | nem érhető el a hálózaton | ağda kullanılamıyor | inte tillgänglig i nätverket | inte tillgänglig på nätverket"
    " | ikke tilgængelig på netværket | ikke tilgjengelig på nettverket | ei ole käytettävissä verkossa"
    " | недоступен в сети | недоступний у мережі | ネットワーク上で利用でき | ネットワーク上で使用でき"
    " | 네트워크에서 사용할 수 없 | 在网络上不可用 | 無法在網路上使用"
)
_MAKE_SURE = (
    "make sure | ensure that | stellen sie sicher | vergewissern sie sich | vérifiez | assurez-vous | asegúrese"
    " | compruebe | verificare | verifica che | assicurarsi | verifique | certifique-se | zorg ervoor | controleer"
    " | upewnij się | ujistěte se | zkontrolujte | győződjön meg | ellenőrizze | emin olun | kontrollera | kontroller"
    " | sørg for | varmista | tarkista | убедитесь | переконайтеся | 確認して | 확인하 | 请确保 | 确保 | 請確定"
    " | 請確認"
)
_ON_AND_CONNECTED = (
    "turned on and connected to the network | eingeschaltet und mit dem netzwerk verbunden"
    " | allumé et connecté au réseau | encendido y conectado a la red | acceso e connesso alla rete"
    " | ligado e conectado à rede | ligado e ligado à rede | ingeschakeld en is verbonden met het netwerk"
    " | ingeschakeld en verbonden met het netwerk | ingeschakeld is en verbonden is met het netwerk"
    " | włączony i podłączony do sieci | zapnutý a připojený k síti | be van kapcsolva és csatlakozik"
    " | açık ve ağa bağlı | påslagen och ansluten till nätverket | påslagen och är ansluten till nätverket"
    " | tændt og forbundet til netværket | tændt og forbundet med netværket | tændt og tilsluttet netværket"
    " | slått på og koblet til nettverket | käynnissä ja yhteydessä verkkoon | käynnissä ja yhdistetty verkkoon"
    " | включен и подключен к сети | увімкнено й підключено до мережі | увімкнений і підключений до мережі"
    " | 電源が入っていてネットワークに接続 | 켜져 있고 네트워크에 연결 | 已打开并连接到网络 | 已启动并连接到网络"
    " | 已開啟並連線到網路"
)
# What Windows' own client does by itself, up to twenty times, where a session breaks.
_RECONNECTS_BY_ITSELF = (
    "attempting to reconnect | trying to reconnect | verbindung mit der sitzung wiederherzustellen"
    " | verbindung wiederherzustellen | erneut eine verbindung mit der sitzung | tentative de reconnexion"
    " | intentando volver a conectar | intentando reconectar | tentativo di riconnessione"
    " | tentando se reconectar | tentando reconectar | a tentar ligar novamente | a tentar restabelecer"
    " | opnieuw verbinding te maken | próba ponownego połączenia | pokus o opětovné připojení"
    " | pokus o obnovení připojení"
    " | újracsatlakozás | yeniden bağlanma | försöker återansluta | försöker ansluta till sessionen igen"
    " | forsøger at genoprette | forsøger at oprette forbindelse igen | prøver å koble til på nytt"
    " | forsøker å koble til på nytt | yritetään muodostaa yhteys | yritetään yhdistää uudelleen"
    " | попытка повторного подключения | повторного подключения к сеансу | спроба повторного підключення | 再接続を試み"
    " | 再接続しています | 다시 연결하려고 | 正在尝试重新连接 | 正在嘗試重新連線"
)
# The same by its count.
_ATTEMPT = (
    "connection attempt | reconnection attempt | reconnect attempt | verbindungsversuch"
    " | tentative de connexion | tentative de reconnexion | intento de conexión | intento de reconexión"
    " | tentativo di connessione | tentativo di riconnessione | tentativa de conexão | tentativa de reconexão"
    " | tentativa de ligação | verbindingspoging | próba połączenia | pokus o připojení | попытка подключения"
    " | попытка соединения | 接続の試行 | 接続試行 | 连接尝试 | 連線嘗試 | 연결 시도"
)
_OF_TWENTY = "of 20$ | von 20$ | sur 20$ | de 20$ | di 20$ | van 20$ | z 20$ | ze 20$ | из 20$ | / 20$ | 20 回 | 共 20"
# That a client says so, which has more reasons.
_CLIENT_SAYS = (
    "says | it claims | tells me | not on the network | not available on the network | meldet | sagt | behauptet"
    " | nicht im netzwerk | dice | no está disponible en la red | dit que | indique | diz | segnala | zegt | meldt"
    " | mówi | pisze | zgłasza | hlásí | пишет | сообщает | と表示 | 提示 | 显示 | 在网络上不可用"
)
_DOES_NOT_ANSWER = (
    "taking too long to respond | took too long to respond | nicht reagiert | trop de temps à répondre"
    " | tarda demasiado en responder | demorando muito para responder | troppo tempo per rispondere | duurt te lang"
    " | долго не отвечает | te lang niet | risponde troppo lentamente | 太久没有应答 | 応答に時間がかかり"
    " | 响应时间过长 | nie odpowiada przez zbyt długi czas | yanıt vermesi çok uzun | tar för lång tid på sig att svara"
    " | for lang tid på å svare | for lang tid om at svare | příliš dlouho neodpovídá"
    " | levando muito tempo para responder"
)
_INACTIVE = (
    "idle | leerlauf | inactiv | inaktiv | inattiv | inativ | nieaktywn | bezczynn | nečinn | tétlen | неактив"
    " | käyttämättömyy | toimettomuu | ledighed$ | inaktivt | inactivité"
    " | бездейств | アイドル | 유휴 | 没有活动 | 空闲 | 閒置 | faal görünm | neaktivn"
    " | käyttämättömänä"
)
# That nothing was done; of what happens in a session a log says it, too.
_NOTHING_DONE = (
    "without activity | no activity | ohne aktivität | sans activité | sin actividad | senza attività"
    " | wasnt doing anything | werent doing anything | not doing anything | nichts mache$ | nichts tue$"
    " | ne fais rien | no hago nada | non faccio niente | não faço nada | niets doe$ | inte gör något"
    " | ikke gør noget | ikke gjør noe | en tee mitään"
    " | sem atividade | zonder activiteit | bez aktywności | bez aktivity | без активности | 操作しない | 操作がない"
    " | 没操作 | 没有操作 | 无操作 | 沒有操作 | 조작하지 않"
)
_LIMIT = (
    "limit | timeout | time out | timer | zeitlimit | zeitgrenze"
    " | délai | durée | límite | tempo limite | tiempo | tempo | tijdslimiet | limiet | czas | časov | időkorlát"
    " | tidsgräns | tidsgrense | tidsgrænse | aikaraja | лимит | предел | время | ліміт | タイムアウト | 制限時間"
    " | 시간 제한 | 时间限制 | 超时 | 時間限制 | 逾時"
)
_IDLE_TIME = f"{_INACTIVE} | ocios | inatividade | tomgång | inactief | простоя | простою | 無操作"
_SESSION_S_TIME = (
    "total logon time | total sign in time | session time limit | time limit of the session | sitzungszeitlimit"
    " | anmeldezeitlimit | gesamte anmeldezeit | durée totale d'ouverture de session | durée totale de session"
    " | durée maximale de session | tiempo total de inicio de sesión | tiempo máximo de sesión | tiempo total de sesión"
    " | tempo total de início de sessão | tempo total de logon | tempo totale di accesso | tempo massimo di sessione"
    " | totale aanmeldingstijd | maximale sessieduur | całkowity czas logowania | całkowity czas sesji"
    " | общее время сеанса | общее время входа | загальний час сеансу | 合計ログオン時間 | 合計サインイン時間"
    " | 总登录时间 | 总会话时间 | 總登入時間"
)
_RUN_OUT = (
    "reached | exceeded | expired | elapsed | is up$ | erreicht | überschritten | abgelaufen | atteint | dépassé"
    " | écoulé | expiré | alcanz | superad | agotad | atingid | excedid | esgotad | raggiunt | superat | scadut"
    " | bereikt | overschreden | verstreken | osiągnięt | przekroczon | upłyn | dosažen | překročen | elér | túllép"
    " | nått | nådd | nået | saavutett | достигнут | превышен | истек | досягнут | перевищен | 達した | 経過した"
    " | 超過 | 초과 | 도달 | 已到 | 已达 | 已達 | 超过"
)
_BY_FORCE = (
    "forcibly closed | forcefully closed | zwangsweise geschlossen | fermé de force | cerrado a la fuerza"
    " | cerró a la fuerza | chiuso forzatamente | fechou à força | geforceerd gesloten | wymusił zamknięcie"
    " | zorla kapattı | tvångsstängt | принудительно закрыл | 強制的に切断 | 强制关闭 | 強制關閉"
    " | násilně uzavřel | encerrou a conexão forçadamente"
)
_CONFLICT = (
    "conflict | konflikt | conflit | conflicto | conflito | conflitto | конфликт | 競合 | 충돌 | 冲突 | 衝突"
    " | koliduje z | çakışıyor | çakışma | ristiriita | ütközik"
)

_APART = (
    "too far apart | skewed | skew | out of sync | not synchroni | time difference | differ by | weichen"
    " | are different | different from | unterschiedlich | différent | diferentes | diversi$ | diverse$"
    " | verschillend | olika | forskellig | forskjellig | eri ajassa | eri aikaa | mismatch"
    " | unterschied | écart | décal | diferencia | desfas | diferença | differenz | verschil | różnic | rozdíl"
    " | eltérés | fark | skiljer | расхожд | отлича | разниц | ずれ | 相差 | 差异"
)
# What users and the client say in their own words: a thing, and what is said of it.
# What says no, where a row itself has what is denied: does not match.
_NO_WORD = (
    "not$ | dont$ | doesnt$ | didnt$ | isnt$ | arent$ | nicht$ | pas$ | no$ | non$ | não$ | niet$ | inte$"
    " | ikke$ | ei$ | eivät$ | eikä$ | ettei$"
)
_IS_AS_IT_SHOULD_BE = (
    "stimm | right$ | correct$ | richtig | korrekt$ | correspond | coïncide | coincid | corrispond | confere$"
    " | bate certo | batem certo | klop | overeen | gelijk | stämm | stemm | passt$ | passen$ | passer$ | täsmää"
    " | oikein$ | match$ | matches$ | matching$ | agree$ | agrees$ | the same$ | les mêmes$ | le même$ | la même$"
    " | lo stesso$ | like$ | ens$ | übereinstimm | identical$ | sama$ | samat$"
)
_DO_NOT_AGREE = (
    "do not match | does not match | dont match | doesnt match | not the same | arent the same | differ"
    " | stimmen nicht | stimmt nicht | nicht stimm | nicht überein | passt nicht | passen nicht | nicht pass"
    " | nicht gleich | sind verschieden | weichen ab | ne correspond pas | ne correspondent pas"
    " | ne sont pas les mêmes | n'est pas la même | n'est pas le même | ne coïncide | no coincide | no corresponde"
    " | no son iguales | no es la misma | no es el mismo | non corrisponde | non corrispondono | non coincid"
    " | non è lo stesso | não corresponde | não coincide | não bate | não são iguais | não é o mesmo | niet overeen"
    " | klopt niet | niet klopt | niet gelijk | zijn niet gelijk | stämmer inte | inte stämmer | passer ikke"
    " | ikke passer | stemmer ikke | ikke stemmer | ikke er like | ikke er ens | er ikke ens | er ikke like"
    " | är inte samma | ei täsmää | eivät täsmää | ei vastaa | ei ole sama | eri ajassa | eivät ole samat"
)
_NAME = (
    "name$ | names$ | namen$ | servername$ | hostname$ | nom$ | nombre$ | nome$ | naam$ | servernaam$ | namn$"
    " | namnet$ | servernamn$ | servernamnet$ | navn$ | navnet$ | servernavn$ | servernavnet$ | nimi$ | nimeä$"
    " | palvelimen nimi$"
)
_MADE_OUT_TO_ANOTHER = (
    "is wrong | is incorrect | falsch | incorrect | incorrecto | non corretto | non è corretto | errato"
    " | sbagliato | incorreto | está incorreto | errado | onjuist | verkeerd | felaktigt | fel$ | forkert | feil$"
    " | virheellinen | väärä | stimmt nicht | passt nicht"
)
_TIME_OF_DAY = (
    "time$ | times$ | clock$ | uhrzeit | uhr$ | l'heure$ | heure$ | hora$ | l'ora$ | ora$ | tijd$ | tijden$"
    " | klok$ | tiden$ | klockan$ | klokken$ | klokka$ | uret$ | kello$ | aika$"
)
_A_SERVER = "server | serveur | servidor | serwer | servern$ | serveren$ | palvelim | host$"
_TO_BE_REACHED = (
    "reachable | available | reached | contacted | found$ | erreichbar | verfügbar | gefunden | joignable"
    " | löydy$ | löydetä$"
    " | disponible | trouvé | raggiungibil | disponibil | disponíve | acessíve | alcançáve | localizable"
    " | alcanzable | accesible | bereikbaar | beschikbaar | gevonden | nås$ | nåbar | kontaktas | kontaktes"
    " | tilgjengelig | tilgængelig | tillgänglig | hittas | finnes$ | saada yhteyttä | saada yhteys | saatavilla"
    " | tavoitettavi"
)
_NO_OR_NONE = (
    f"{_NO_WORD} | kein | aucun | ningún | nessun | nenhum | geen$ | ingen$ | inget$ | none$ | mikään$ | mitään$"
)
_TIME_RESTRICTION = (
    "time restriction | zeiteinschränkung | zeitbeschränkung | restriction horaire | restrictions horaires"
    " | restricciones de tiempo | restricciones horarias | restricción horaria | restricciones de horario"
    " | restrizioni orarie | restrizione oraria | restrições de horário | restrição de horário | restrições de hora"
    " | tijdsbeperking | tijdbeperking | tidsbegränsning | tidsrestriktion | tidsbegrænsning | tidsbegrensning"
    " | aikarajoit"
)
_OUTSIDE_ITS_HOURS = (
    "outside the allowed | outside allowed | outside my hours | outside of the permitted | outside permitted"
    " | outside logon hours | outside the logon hours | außerhalb der erlaubten | außerhalb der zulässigen"
    " | außerhalb der anmeldezeit | en dehors des horaires | en dehors des heures | hors des horaires"
    " | fuera del horario | fuera de horario | fuera de las horas | fuori dall'orario | fuori orario"
    " | al di fuori dell'orario | fora do horário | fora das horas | buiten de toegestane | buiten de aanmeld"
    " | utanför tillåt | utanför inloggningstid | uden for de tilladte | uden for tilladt | udenfor de tilladte"
    " | uden for logon | utenfor tillatt | utenfor påloggingstid | utenfor de tillatte | sallitun ajan ulkopuolella"
    " | sallittujen aikojen ulkopuolella"
)
_AT_THIS_HOUR = (
    "at this hour | at this time | at that hour | um diese zeit | um diese uhrzeit | zu dieser zeit"
    " | zu dieser uhrzeit | zu diesem zeitpunkt | à cette heure | a esta hora | a estas horas | a quest'ora"
    " | in questo momento | neste horário | op dit tijdstip | op dit uur | op dit moment | vid den här tiden"
    " | vid den här tidpunkten | på dette tidspunkt | på nuværende tidspunkt | på denne tiden"
    " | på dette tidspunktet | tähän aikaan | tähän kellonaikaan"
)
_MAY_NOT = (
    "not allowed | isnt allowed | arent allowed | not permitted | may not | nicht erlaubt | nicht gestattet"
    " | nicht zulässig | darf nicht | interdit | pas autorisé | no se permite | no está permitid | prohibid"
    " | non è consentit | non è permess | vietat | não é permitid | proibid | niet toegestaan | niet mag"
    " | inte tillåt | ikke tilladt | ikke tillatt | ei ole sallit | ei sallita | kielletty"
)
_REQUIRES = (
    "requires | require$ | required | insists | wants$ | demands | verlangt | erfordert | fordert | erzwingt"
    " | will$ | braucht | exige | requiert | demande | veut$ | requiere | pide$ | exige$ | necesita | richiede"
    " | vuole | pretende | esige | requer$ | pede$ | vereist | eist$ | vraagt | wil$ | kräver | kräv$ | kræver"
    " | krever | vaatii | edellyttää"
)
_BLANK_PASSWORD = (
    "blank password | empty password | leere kennwörter | leeres kennwort | leere passwörter | leeres passwort"
    " | mot de passe vide | mots de passe vides | contraseña en blanco | contraseñas en blanco | contraseña vacía"
    " | contraseñas vacías | password vuot | password vuota | senha em branco | senhas em branco | senha vazia"
    " | senhas vazias | palavra passe em branco | palavras passe em branco | palavras-passe vazias"
    " | leeg wachtwoord | lege wachtwoord | tomt lösenord | tomma lösenord | tom adgangskode | tomme adgangskode"
    " | blank adgangskode | tomt passord | tomme passord | blanke passord | tyhjä salasana | tyhjiä salasanoja"
    " | tyhjää salasanaa"
)
_SECURITY_CERTIFICATE = (
    "security certificate | sicherheitszertifikat | certificat de sécurité | certificado de seguridad"
    " | certificato di sicurezza | certificato di protezione | certificado de segurança | beveiligingscertificaat"
    " | säkerhetscertifikat | sikkerhedscertifikat | sikkerhetssertifikat | suojausvarmen"
)
_PROBLEMS = (
    "problem with | problems with | problemen mit | problemen met | problemi con | problemas con | problemas com"
    " | problèmes liés | problème lié | problèmes avec | problem med | problemer med | ongelmi | ongelman"
)
_CERTIFICATE_OF_THE_SERVER = (
    "servers certificate | server certificate | certificate of the server | certificate on the server"
    " | zertifikat vom server | zertifikat des server | zertifikat auf dem server | serverzertifikat"
    " | certificat du serveur | certificado del servidor | certificato del server | certificado do servidor"
    " | certificaat van de server | servercertificaat | serverns certifikat | certifikatet på servern"
    " | servercertifikat | serverens certifikat | certifikatet på serveren | certifikatet til serveren"
    " | serverens sertifikat | sertifikatet til serveren | sertifikatet på serveren | palvelimen varmen"
)
_NOT_TRUSTED = (
    "not trusted | isnt trusted | untrusted | nicht vertrauenswürdig | nicht vertraut | pas approuvé"
    " | pas fiable | pas de confiance | no es de confianza | no confiable | no es confiable | non attendibil"
    " | non è attendibil | non affidabil | não é fidedign | não fidedign | não é confiáve | não confiáve"
    " | niet vertrouwd | niet wordt vertrouwd | inte betrodd | inte betrott | inte är betro | ej betro"
    " | ikke betroet | ikke er betroet | ikke er tillid | ikke klarert | ikke er klarert | ikke pålitelig"
    " | luoteta$ | ei ole luotet"
)
_ISSUER = (
    "issuer | aussteller | émetteur | emisor | emittente | emissor | uitgever | utfärdare | udsteder | utsteder"
    " | myöntäjä"
)
_AN_ADMINISTRATOR = (
    "ein administrator | ein admin$ | der admin$ | der administrator$ | un administrateur | un admin$"
    " | l'administrateur | un administrador | el administrador | un amministratore | l'amministratore"
    " | um administrador | o administrador | een beheerder | de beheerder | een admin$ | en administratör"
    " | en admin$ | administratören | en administrator | administratoren | järjestelmänvalvoja | pääkäyttäjä"
    " | ylläpitäjä"
)
_HAS_ENDED = (
    "beendet | getrennt | abgemeldet | geschlossen | mis fin | fermé$ | fermée | clos$ | déconnecté | finalizado"
    " | finalizó | cerró | cerrado | ha cerrado | desconectó | desconectado | terminó | terminato | terminata"
    " | chiuso | disconnesso | encerrou | terminou | fechou | desligou | desconectou | beëindigd | afgesloten"
    " | afgemeld | verbroken | avslutat | stängt | stängde | loggat ut | loggade ut | kopplat från | afsluttet"
    " | lukket | logget af | logget mig af | afbrudt | avsluttet | logget av | logget ut | logget meg | lopettanut"
    " | lopetti | sulkenut | sulki | katkaissut | katkaisi"
)
_MY_SESSION = (
    "sitzung | session | sesión | sessione | sessão | sessie | sessionen | økten | økt$ | istunto | istunnon"
    " | istuntoni | mich$ | mig$ | meg$ | minut$"
)
_ASKS_WHETHER = (
    "asks whether | asks if | asks me whether | asks me if | asked whether | fragt ob | demande si"
    " | me demande si | pregunta si | me pregunta si | chiede se | mi chiede se | pergunta se | vraagt of"
    " | fragt er ob | fragt er mich ob | fragt mich ob | fragt windows ob | on me demande | pergunta se quero"
    " | frågar om | frågar den om | frågar mig om | frågas om | spørger om | spørger den om | spør om | spør den om"
    " | kysyy$ | kysytään$ | vraagt hij of | vraagt windows of"
)
_A_COLLEAGUE = (
    "colleague | coworker | kolleg | collègue | compañer | collega | colega | arbetskamrat | työkaver | kollega"
    " | the other person | the other user | other user | den anderen | l'autre | al otro | l'altro | o outro"
    " | de ander | den andre | den andra | toinen käyttäjä | toisen käyttäjän | utilisateur | usuario | utente"
    " | utilizador | usuário | gebruiker | benutzer | user$ | käyttäj"
)
_THROW_OUT = (
    "throw out | throw them out | kick out | disconnect | log off | log out | getrennt | trennen | abmelden"
    " | abgemeldet | rauswerf | déconnecter | déconnecté | fermer sa session | desconectar | desconecte"
    " | cerrar la sesión | disconnett | scollega | desligar | eruit | afmelden | verbreken | koppla från | logga ut"
    " | kasta ut | afbryd | kobles fra | koble fra | logges av | logges af | smide | katkaist | kirjataanko"
    " | kirjata ulos"
)
_GATEWAY_SERVER = (
    "serveur de passerelle | servidor de puerta de enlace | server gateway | servidor de gateway"
    " | servidor gateway | servern för fjärrskrivbordsgateway | serveren til gateway | serveren for gateway"
    " | yhdyskäytäväpalvelin"
)
_TO_GET_IN = (
    "to log on | to sign in | to log in | to connect | anmelden | anzumelden | verbinden | se connecter"
    " | me connecter | entrar | acceder | iniciar sesión | conectarse | accedere | entrare | collegarsi"
    " | iniciar sessão | ligar se | inloggen | aanmelden | in te loggen | logga in | ansluta | logge på | logge ind"
    " | logge inn | koble til | kirjautua | yhdistää"
)
_SIGNED_IN_TO_IT = (
    "logged on | logged in | signed in | angemeldet | aangemeld | ingelogd | inloggade | pålogget | påloggede"
    " | logget på | logget ind | zalogowan | kirjautun | session ouverte | sesión iniciada"
)
_CANNOT_ENTER = (
    "impossible d'entrer | pas entrer | no puedo entrar | no entra | non si entra | non entro"
    " | não consigo entrar | não se consegue entrar | kom niet op | kom er niet | komme nicht auf | cant get on"
    " | cannot get on"
)
_A_TERMINAL_SERVER = (
    "terminal server | serveur terminal | servidor de terminal | servidor de terminales | server terminal"
    " | terminalserver | päätepalvelin | terminaaliserver | rds$"
)
_ONE_LAPTOP = (
    "laptop | notebook | portable$ | portátil | portatile | bærbar | bärbar | kannettava | en enda dator"
    " | enda datorn | single client | one client | einzelner client"
)
_SAME_ACCOUNT = (
    "same account | same user | same login | selben konto | gleichen konto | selben benutzer | gleichen benutzer"
    " | demselben konto | même compte | même utilisateur | misma cuenta | mismo usuario | stesso account"
    " | stesso utente | mesma conta | mesmo utilizador | mesmo usuário | hetzelfde account | dezelfde gebruiker"
    " | samma konto | samma användare | samme konto | samme bruker | samme bruger | samalla tunnuksella"
    " | samalla tilillä | samoilla tunnuksilla"
)
_CONNECTS = (
    "connect | logs on | logged on | logs in | logged in | signs in | verbindet | anmeldet | angemeldet"
    " | meldet sich | entra$ | entrou$ | entró | inicia sesión | collega | accede | accesso | liga se$ | conecta"
    " | verbinding maakt | verbinding maken | inlogt | aanmeldt | ansluter | anslöt | loggar in | logger på"
    " | logger ind | loggede på | kobler til | koblet til | logger seg | yhdistää | kirjautuu | kirjautui"
)
_CANNOT_GET_TO = (
    "cant get to | cannot get to | niet bij mijn | en saa | ei saa | cant connect | cannot connect | cant reach"
    " | cannot reach | cant get on | unable to connect | unable to reach | komme nicht auf | nicht auf meinen"
    " | nicht verbinden | komme nicht an | kein zugriff auf | pas à joindre | pas à me connecter | pas me connecter"
    " | pas accéder | impossible de joindre | impossible de me connecter | no puedo conectar | no puedo entrar"
    " | no puedo acceder | no consigo conectar | non riesco a collegar | non riesco a connetter"
    " | non riesco ad acceder | não consigo ligar | não consigo conectar | não consigo me conectar"
    " | não consigo aceder | não consigo acessar | kan niet bij | niet verbinden | kom niet op | kom er niet"
    " | kan niet op | kommer inte åt | kommer inte in | kan inte ansluta | kan ikke komme på | kan ikke forbinde"
    " | kommer ikke ind | kommer ikke inn | får ikke koblet | får ikke kontakt | kan ikke koble | en pääse"
)
_MY_COMPUTER = (
    "computer | my pc | mon pc | mi pc | mio pc | meu pc | mijn pc | min pc | kontor pc | lab pc | rechner"
    " | desktop | ordinateur | ordenador | equipo | computador | datorn | dator$ | kontorsdator | arbetsdator"
    " | maskin | maskinen | tietokone | koneeseen | koneelle | büropc | bürorechner | workstation | arbeitsplatz"
)
_IS_OFF = (
    "shut it down | is off$ | its off$ | switched off | turned off | powered off | powered down | shut down$"
    " | ausgeschaltet | aus ist | ist aus$ | heruntergefahren | éteint | apagad | spento | spenta | desligad"
    " | uit staat | staat uit | uitgeschakeld | uitgezet | avstängd | är av$ | avslagen | slukket | skrudd av"
    " | slått av | er av$ | sammutettu | sammuksissa | pois päältä"
)
_DOES_NOT_RESOLVE = (
    "isnt resolved | is not resolved | does not resolve | doesnt resolve | wont resolve | not resolving"
    " | nicht aufgelöst | löst nicht auf | lässt sich nicht auflösen | pas résolu | ne se résout pas"
    " | no se resuelve | no resuelve | no está resuelt | non risolve | non viene risolt | non si risolve"
    " | não é resolvid | não resolve | não se resolve | niet gevonden | niet opgelost | wordt niet herkend"
    " | hittas inte | går inte att slå upp | kan ikke slås op | slås ikke op | findes ikke | kan ikke slås opp"
    " | finnes ikke | slår ikke opp | ei löydy | ei ratkea | ei selviä"
)
_LETS_NOT_IN = (
    "turns away | turns my | turns our | rejects | refuses | wont let | will not let | doesnt let | does not let"
    " | lässt nicht | nicht durch$ | nicht rein$ | weist ab | weist zurück | refuse$ | rejette | ne laisse pas"
    " | rechaza | no deja | respinge | rifiuta | non fa entrare | non lascia | recusa | rejeita | não deixa"
    " | weigert | laat niet | niet door$ | niet binnen$ | släpper inte | nekar | avvisar | afviser | lukker ikke"
    " | slipper ikke | avviser | ei päästä"
)
_IDENTITY_OF = (
    "identity | identität | identité | identidad | identità | identidade | identiteit | identiteten | identitet"
    " | identiteettiä | identiteetti"
)
_NOT_VERIFIED = (
    "cant verify | cannot verify | couldnt verify | nicht überprüf | nicht verifizier | pas vérifier"
    " | ne peut vérifier | no puede comprobar | no se puede comprobar | no puede verificar | verificare"
    " | não pode verificar | não consegue verificar | niet verifiëren | niet controleren | inte verifiera"
    " | ikke bekræfte | ikke verificere | ikke bekrefte | ikke verifisere | ei voi vahvistaa | ei voi varmistaa"
    " | ei voi tarkistaa"
)
_PROFILE_SERVICE = (
    "user profile service | benutzerprofildienst | service profil utilisateur | service de profil utilisateur"
    " | servicio de perfil de usuario | servicio de perfiles de usuario | servizio profili utente"
    " | servizio profilo utente | serviço de perfil de usuário | serviço de perfil do usuário"
    " | serviço de perfis de utilizador | serviço de perfil de utilizador | tjänsten användarprofil"
    " | användarprofiltjänst | tjenesten brugerprofil | brugerprofiltjeneste | brukerprofiltjenest"
    " | gebruikersprofielservice | käyttäjäprofiilipalvelu"
)
_A_PROTOCOL_ERROR = (
    "protocol error | protokollfehler | erreur de protocole | error de protocolo | errore di protocollo"
    " | erro de protocolo | protocolfout | protokollfel | protokolfejl | protokollfeil | protokollavirh"
)
_CUT_OFF = (
    "cut off | dropped | disconnected | closed | abgebrochen | getrennt | beendet | unterbrochen | coupé | fermé"
    " | déconnect | cortó | corta$ | cerró | desconect | caduta | chius | disconness | interrott | caiu | fechou"
    " | desligad | encerrad | verbroken | beëindigd | gesloten | bröts | avbröt | stäng | kopplas från | kopplades"
    " | afbrudt | afbrydes | lukket | brutt | avbrutt | koblet fra | kobles fra | avslutt | katkesi | katkais"
    " | päätty | sulkeutu"
)
_ON_TO_THE_SERVER = (
    "on to the server | onto the server | on the server | into the server | auf den server"
    " | auf den terminalserver | auf den host | sur le serveur | sur le tse | al servidor | en el servidor"
    " | sul server | no servidor | ao servidor | op de server | op de terminalserver | in på servern | på servern"
    " | ind på serveren | inn på serveren | på serveren | på terminalserveren | palvelimelle | i get on to"
    " | pääsen koneelle"
)
_THE_PICTURE = (
    "the picture | the screen | das bild | der bildschirm | l'image | l'écran | la imagen | la pantalla"
    " | l'immagine | lo schermo | a imagem | a tela | o ecrã | het beeld | het scherm | bilden | skärmen | billedet"
    " | skærmen | bildet | skjermen | kuva | näyttö"
)
_GRAPHICS = (
    "graphics subsystem | graphics driver | graphics adapter | video driver | display driver | grafiksubsystem"
    " | grafiktreiber | grafikkartentreiber | anzeigetreiber | bildschirmtreiber | sous-système graphique"
    " | pilote graphique | pilote d'affichage | pilote vidéo | subsistema de gráficos | subsistema gráfico"
    " | controlador de gráficos | controlador gráfico | controlador de vídeo | controlador de pantalla"
    " | sottosistema grafico | sottosistema di grafica | driver grafico | driver video | driver della scheda video"
    " | driver gráfico | driver de vídeo | grafische subsysteem | grafisch subsysteem | grafische stuurprogramma"
    " | grafisch stuurprogramma | videostuurprogramma | beeldschermstuurprogramma | grafikundersystem"
    " | grafikdrivrutin | bildskärmsdrivrutin | grafikdriver | skærmdriver | grafikkdelsystem | grafikkundersystem"
    " | grafikkdriver | skjermdriver | grafiikka alijärjestelm | grafiikkaajuri | näytönohjai"
    " | näytönohjaimen ajuri"
)
_DID_NOT_START = (
    "failed to start | did not start | could not start | couldnt start | could not be started"
    " | failed to initialize | could not be initialized | doesnt start | does not start | nicht gestartet"
    " | nicht starten | startet nicht | nicht initialisiert | nicht initialisieren | pas pu démarrer | pas démarré"
    " | ne démarre pas | ne s'initialise pas | pas pu être initialisé | pas pu s'initialiser | no se pudo iniciar"
    " | no se ha podido iniciar | no se pudo inicializar | no se inicia | no arranca | non è stato avviato"
    " | non si avvia | non si inizializza | impossibile avviare | impossibile inizializzare | não pôde ser iniciado"
    " | não pôde ser inicializado | não inicia | não arranca | niet worden gestart | niet kan worden gestart"
    " | inte kunde startas | ikke kunne starte | inte kunde starta | ikke kunne startes | niet gestart | start niet"
    " | niet geïnitialiseerd | inte startas | startar inte | inte initieras | ikke starte | starter ikke"
    " | ikke startes | ikke initialisere | ei voitu käynnistää | ei käynnisty | ei voitu alustaa"
    " | no se pudo inicializar el"
)
_LOW_ON_MEMORY = (
    "low on memory | low on virtual memory | out of memory | out of virtual memory | not enough memory"
    " | zu wenig virtueller | nicht genügend arbeitsspeicher | nicht genug arbeitsspeicher | mémoire insuffisante"
    " | memoria insuficiente | niet genoeg geheugen | zu wenig arbeitsspeicher | zu wenig speicher"
    " | nicht genügend speicher | manque de mémoire | plus de mémoire | mémoire virtuelle | suficiente memoria"
    " | poca memoria | sin memoria | falta de memoria | memoria virtuale | memoria insufficiente | senza memoria"
    " | pouca memória | sem memória | falta de memória | memória insuficiente | te weinig virtueel"
    " | te weinig geheugen | onvoldoende geheugen | geen geheugen | ont om virtuellt | ont om minne | slut på minne"
    " | minnet är slut | mangler virtuel hukommelse | mangler hukommelse | ikke nok hukommelse"
    " | for lidt hukommelse | lite virtuelt minne | ikke nok minne | for lite minne | tomt for minne"
    " | muisti on lopussa | muisti on vähissä | näennäismuisti | muisti loppu | muisti ei riitä"
)
_TARGET_COMPUTER = (
    "target computer | target machine | zielcomputer | zielrechner | ordinateur cible | equipo de destino"
    " | computer di destinazione | máquina de destino | computador de destino | doelcomputer | måldatorn"
    " | destinationscomputeren | målcomputeren | måldatamaskinen | kohdetietokone"
)
_BY_RDP = (
    "connexion rdp | en rdp | par rdp | accesso rdp | in rdp$ | por rdp | acceso rdp | via rdp | over rdp"
    " | by rdp | mit rdp | per rdp | med rdp | rdp anmeldung | rdp inloggning | rdp logon | rdp pålogging"
    " | rdp kirjautu | rdp session | rdp sitzung"
)
_SMART_CARD = (
    "smart card | smartcard | carte à puce | tarjeta inteligente | cartão inteligente | smartkort | chipkort"
    " | älykort | chipkaart"
)
_KEY_CONTAINER = (
    "key container | schlüsselcontainer | conteneur de clé | contenedor de clave | contenitore di chiav"
    " | contêiner de chave | contentor de chave | sleutelcontainer | nyckelbehållar | nøglebeholder"
    " | nøkkelbeholder | nøkkelkontainer | avainsäilö"
)
_CARD_IS_NOT_TAKEN = (
    "isnt recognised | isnt recognized | not recognized | not recognised | cant be used | cannot be used"
    " | is not detected | isnt detected | nicht erkannt | nicht verwendet | erkennt die karte nicht | pas reconnue"
    " | pas reconnu | no reconoce | no es reconocid | no se reconoce | non viene riconosciut | non è riconosciut"
    " | non riconosc | não é reconhecid | não reconhece | niet herkend | känns inte igen | kändes inte igen"
    " | hittas inte | genkendes ikke | ikke genkendt | gjenkjennes ikke | ikke gjenkjent | ei tunnisteta | ei löydy"
    " | ei toimi"
)
_NOT_FULLY_VERIFIED = (
    "not fully verified | nicht vollständig überprüft | nicht vollständig verifiziert | pas entièrement vérifiée"
    " | pas totalement vérifiée | no se ha comprobado totalmente | no se ha comprobado por completo"
    " | no está totalmente comprobada | non è stata verificata completamente | non è stata completamente verificata"
    " | não foi totalmente verificada | não foi completamente verificada | niet volledig is geverifieerd"
    " | niet volledig geverifieerd | inte är helt verifierad | inte helt verifierad | inte har verifierats helt"
    " | ikke er fuldt bekræftet | ikke er fuldt verificeret | ikke er fullstendig bekreftet"
    " | ikke er fullt bekreftet | ei ole täysin varmistettu | ei ole täysin vahvistettu"
)
_CONNECTION_ATTEMPT = (
    "connection attempt | verbindungsversuch | tentative de connexion | intento de conexión"
    " | tentativo di connessione | tentativa de conexão | tentativa de ligação | verbindingspoging"
    " | anslutningsförsök | forbindelsesforsøg | tilkoblingsforsøk | yhteysyritys"
)
_LOSES = (
    "loses$ | lost$ | losing$ | verliert | verloren | perd$ | perdu | pierde | perdió | perde$ | perder a$"
    " | perso$ | raakt$ | verliest | kwijt | tappar | tappade | mister$ | mistet | menettää | menetti | lose$"
)

_THREW_ME_OUT = (
    "hat mich abgemeldet | hat mich während | meldete mich ab | m'a déconnecté | m'a éjecté | me desconectó"
    " | me ha desconectado | me echó | mi ha disconnesso | mi ha buttato | desconectou me | desligou me"
    " | heeft mij afgemeld | heeft me afgemeld | heeft mij eruit | loggade ut mig | kastade ut mig | loggede mig"
    " | smed mig | logget meg | kastet meg | kirjasi minut | heitti minut"
)
_TAKES = (
    "accept$ | accepts$ | nimmt$ | nehmen$ | akzeptier | accepte$ | acepta | accetta | aceita | accepteert | godkän"
    " | accepterar | godkende | godkender | accepterer | godtar | godta$ | hyväksy | kelpaa"
)
_COMPUTER_NAME = (
    "host name | hostname | computer name | name of the computer | name of the server | rechnername"
    " | computername | servername | nom de la machine | nom de l'ordinateur | nom du serveur | nombre del equipo"
    " | nombre del servidor | nome del computer | nome del server | nome do computador | nome do servidor"
    " | computernaam | servernaam | datornamn | servernamn | computernavn | servernavn | maskinnavn"
    " | tietokoneen nimeä | palvelimen nimeä"
)
_IS_NOT_FOUND = (
    "cant be resolved | cannot be resolved | cant be found | cannot be found | nicht gefunden | pas trouvé"
    " | introuvable | no se encuentra | no encontrado | non viene trovato | non si trova | não é encontrado"
    " | não encontrado | niet gevonden | hittas inte | kan ikke findes | findes ikke | ikke fundet | ikke funnet"
    " | finnes ikke | ei löydy"
)
# Says that something failed inside a program between the client and the host.
_INTERNAL = (
    "internal error | interner fehler | erreur interne | error interno | errore interno | erro interno | interne fout"
    " | błąd wewnętrzny | vnitřní chyb | belső hiba | iç hata | internt fel | внутренн | 内部错误 | 內部錯誤"
    " | 内部エラー | 내부 오류"
)
NO_CAUSE: tuple[Row, ...] = (
    (f"{_INTERNAL} ... guacamole | bastion host", "", 0),
    # Several reasons, of which any may be the one.
    (f"{_FOLLOWING_REASONS} + administrator has ended | administrator ended | admin has ended", "", 0),
    (f"{_FOLLOWING_REASONS} + {_BY_AN_ADMINISTRATOR} + {_ENDED}", "", 0),
    (f"{_FOLLOWING_REASONS} ... {_THE_ADMINISTRATOR_ENDED} | {_THE_ADMINISTRATOR_ENDED_IT}", "", 0),
)
# A gateway's words: the table of Windows' own client, by what its sentences have apart (see ``code_tables``).
_GATEWAY = "gateway"
_RD_GATEWAY = (
    "remote desktop gateway | rd gateway | rds gateway | terminal services gateway | remotedesktopgateway"
    " | remotedesktop gateway | etätyöpöydän yhdyskäytäv | rd gatewayen | rds gatewayen | rdp gatewayen"
    " | rdp yhdyskäytäv | rd yhdyskäytäv | passerelle rds | gateway rds | puerta de enlace rds"
    " | puerta de enlace de rds | gateway de rdp | gateway do rdp | passerelle de bureau à distance"
    " | passerelle tse | remote desktop gateways | gateway di desktop remoto | gateway ts"
    " | passerelle bureau à distance | passerelle des services bureau à distance | passerelle rd"
    " | puerta de enlace de escritorio remoto | gateway desktop remoto | gateway de área de trabalho remota"
    " | gateway de ambiente de trabalho remoto | extern bureaublad gateway | brama usług pulpitu zdalnego"
    " | bramy usług pulpitu zdalnego | brama pulpitu zdalnego | brána vzdálené plochy | távoli asztali átjáró"
    " | uzak masaüstü ağ geçidi | fjärrskrivbordsgateway | fjernskrivebordsgateway | gateway til fjernskrivebord"
    " | gateway for eksternt skrivebord | etätyöpöydän yhdyskäytävä | etätyöpöytäyhdyskäytävä"
    " | шлюз удаленных рабочих столов"
    " | шлюза удаленных рабочих столов | шлюзу удаленных рабочих столов | шлюзом удаленных рабочих столов"
    " | bramę usług pulpitu zdalnego | bramą usług pulpitu zdalnego | bráně vzdálené plochy | bránu vzdálené plochy"
    " | brány vzdálené plochy | brána vzdialenej pracovnej plochy | brány vzdialenej pracovnej plochy"
    " | шлюз віддалених робочих столів | шлюзу віддалених робочих столів | bránou vzdálené plochy | rd ゲートウェイ"
    " | rd 网关 | rd 게이트웨이 | rd 閘道"
    " | リモート デスクトップ ゲートウェイ | 원격 데스크톱 게이트웨이 | 远程桌面网关 | 遠端桌面閘道"
    " | rdp gateway | puerta de enlace de rdp | puerta de enlace rdp | passerelle rdp | gateway rdp | bramka rdp"
    " | brama rdp | brána rdp | rdp ağ geçidi | шлюз rdp | rdp шлюз | rdp ゲートウェイ | rdp 网关 | rdp 게이트웨이"
    " | gatewayserver for eksternt skrivebord | gatewayserveren for eksternt skrivebord"
    " | gatewayserver til fjernskrivebord | gatewayserveren til fjernskrivebord | gateway server til fjernskrivebord"
    " | ts gateway"
)
# As administrators write it for short.
_RDGW = f"{_RD_GATEWAY} | rdgw$ | rdgws$ | rd gw$ | rdp gw$ | tsgw$"
# What a gateway stands between, as a sentence has it: by way of the gateway the host is out of reach.
_THE_HOST = (
    "the host$ | the server$ | the session host$ | the terminal server$ | der host$ | den host$"
    " | der server$ | der terminalserver$ | der sitzungshost$ | l'hôte | le serveur$ | le serveur tse | el host$"
    " | el servidor$ | il server$ | l'host$ | o servidor$ | o host$ | de host$ | de terminalserver$"
    " | serwer terminali | терминальный сервер | хост$"
)
_CERTIFICATE_OF_THE_HOST = (
    "certificate of the host | certificate of the session host | certificate of the remote computer"
    " | certificate of the terminal server | the host's certificate | the session host's certificate"
    " | zertifikat des hosts | zertifikat des sitzungshosts | zertifikat des terminalservers"
    " | zertifikat des remotecomputers | certificat de l'hôte | certificat du serveur tse"
    " | certificado del host | certificado del servidor | certificato dell'host | certificato del server"
    " | certificado do host | certificado do servidor | certificaat van de host"
)
# That there is no way to the gateway itself. Without its own name the words can be of a gateway in the network.
_CANNOT_CONNECT_TO_THE_GATEWAY = (
    "cant connect to the remote desktop gateway | cannot connect to the remote desktop gateway"
    " | cant connect to remote desktop gateway | cannot connect to remote desktop gateway"
    " | cant connect to the rd gateway | cannot connect to the rd gateway | cant connect to rd gateway"
    " | cannot connect to rd gateway | unable to connect to the rd gateway | failed to connect to the rd gateway"
    " | unable to connect to the remote desktop gateway | could not connect to the remote desktop gateway"
    " | kann keine verbindung mit dem remotedesktop gateway | kann keine verbindung mit dem remotedesktopgateway"
    " | kann keine verbindung mit dem rd gateway | kann keine verbindung zum remotedesktop gateway"
    " | kann keine verbindung zum remotedesktopgateway | kann keine verbindung zum rd gateway"
    " | impossible de se connecter à la passerelle des services bureau à distance"
    " | impossible de se connecter à la passerelle bureau à distance"
    " | impossibile connettersi al gateway desktop remoto"
    " | no se puede conectar con la puerta de enlace de escritorio remoto"
    " | no puede conectarse a la puerta de enlace de escritorio remoto"
    " | no se puede conectar a la puerta de enlace de escritorio remoto"
    " | no se puede conectar al servidor de puerta de enlace de escritorio remoto"
    " | impossibile connettersi al server gateway desktop remoto"
    " | não é possível conectar ao gateway de área de trabalho remota"
    " | não pode se conectar ao gateway de área de trabalho remota"
    " | kan geen verbinding maken met de extern bureaublad gateway"
    " | nie można połączyć się z bramą usług pulpitu zdalnego | nelze se připojit k bráně vzdálené plochy"
    " | не удается подключиться к шлюзу удаленных рабочих столов | リモート デスクトップ ゲートウェイに接続できません"
    " | 无法连接到远程桌面网关 | 無法連線到遠端桌面閘道 | 원격 데스크톱 게이트웨이에 연결할 수 없습니다"
)
_REFUSED = (
    "denied | refused | abgelehnt | verweigert | refusé | rechazó | denegó | denegado | rifiutato | negato | recusou"
    " | rechaz | recusad | nekades | nekat | nektet | nægte | evätt | torju | weiger | afvis | avvis | respint"
    " | refusée | rifiuta | denegad"
    " | negou | geweigerd | odmówił | odrzucił | odmítl | odepřel | megtagadta | reddetti | nekade | nekats | afvist"
    " | avvist | отказал | отклонил | 拒否 | 拒绝 | 거부 | 拒絕"
)
_POLICY = (
    "policy | richtlinie | stratégie | politique | política | criteri | beleid | zasady | zasad | politika | politiky"
    " | házirend | ilkesi | ilkeleri | princip | политик | ポリシー | 策略 | 정책 | 原則"
)
# Whoever refused is named so where it is told of what was refused; by alone says no.
_BY_THE_GATEWAY = (
    "by the rd gateway | by the remote desktop gateway | by the rds gateway | by the rdp gateway | by our rd gateway"
    " | by our remote desktop gateway | by your rd gateway | by your remote desktop gateway | by rd gateway"
)
_FOR_A_POLICY = " | ".join(
    f"{because} {policy}"
    for becauses, policies in (
        ("because of, due to, owing to, as a result of, by", "a policy, policy, the policy, its policy, our policy"),
        ("aufgrund, wegen, durch", "einer richtlinie, der richtlinie, eine richtlinie, die richtlinie, richtlinie"),
        ("en raison, à cause, par", "d'une stratégie, de la stratégie, de stratégie, une stratégie, la stratégie"),
        ("debido a, a causa de, por, como consecuencia de", "una política, la política, una directiva, la directiva"),
        ("a causa, per via, per", "di un criterio, dei criteri, di una politica, della politica"),
        ("devido, por causa, por", "a uma política, à política, de uma política, da política, política"),
        ("vanwege, wegens, door", "een beleid, het beleid, beleid"),
        ("z powodu, przez", "zasad, zasady, polityki"),
        ("z důvodu, kvůli", "zásady, zásad, zásadám, politiky"),
        ("из-за, по причине", "политики, политик"),
    )
    for because in becauses.split(", ")
    for policy in policies.split(", ")
)
_REFUSED_BY_POLICY = " | ".join(
    f"{refused} {because} {policy}"
    for refuseds, becauses, policies in (
        ("denied, refused", "by, because of, due to", "a policy, policy, the policy, its policy"),
        ("durch, wegen, aufgrund", "eine, die, einer, der", "richtlinie verweigert, richtlinie abgelehnt"),
        ("refusé", "en raison, à cause, par", "d'une stratégie, de la stratégie, une stratégie"),
        ("denegado, rechazado", "por, debido a", "una política, la política, una directiva, la directiva"),
        ("negato, rifiutato", "a causa di, per, da", "un criterio, una politica"),
        ("negado, recusado", "por, devido a", "uma política, política"),
        ("geweigerd", "vanwege, door", "beleid, een beleid, het beleid"),
    )
    for refused in refuseds.split(", ")
    for because in becauses.split(", ")
    for policy in policies.split(", ")
)
_POLICY_OF_THE_GATEWAY = (
    "rd gateway policy | rd gateways policy | rd gateway s policy | remote desktop gateway policy"
    " | remote desktop gateways policy | remote desktop gateway s policy | policy of the rd gateway"
    " | policy of the remote desktop gateway | policy on the rd gateway | policy on the remote desktop gateway"
    " | richtlinie des remotedesktopgateways | richtlinie des rd gateways | stratégie de la passerelle"
    " | política de la puerta de enlace | criteri del gateway | política do gateway | beleid van de gateway"
    " | zasad bramy | политики шлюза"
)
# A gateway that nothing else is said of; a VPN has one, too, with policies of its own.
_THE_GATEWAY = (
    f"{_RD_GATEWAY} | the gateway | your gateway | our gateway | das gateway | dem gateway | vom gateway"
    " | la passerelle | il gateway | el gateway | o gateway | de gateway | puerta de enlace | brama | brána | шлюз"
)
# As a gateway's own manager calls them.
_ITS_POLICIES = (
    "resource policy | connection policy | resource authorization policy | connection authorization policy"
    " | ressourcenrichtlinie | verbindungsrichtlinie | ressourcenautorisierungsrichtlinie"
    " | verbindungsautorisierungsrichtlinie | stratégie d'autorisation | directiva de autorización"
    " | política de autorización | criteri di autorizzazione | política de autorização | autorisatiebeleid"
    " | zasady autoryzacji | zásady autorizace | политика авторизации | политики авторизации"
)
_PERMISSION_LIST = (
    "permission list | berechtigungsliste | liste des autorisations | liste d'autorisations | lista de permisos"
    " | lista de permissões | elenco autorizzazioni | elenco delle autorizzazioni | elenco di autorizzazioni"
    " | machtigingenlijst | lista uprawnień | listy uprawnień | liście uprawnień | seznam oprávnění | seznamu oprávnění"
    " | engedélylist | izin listesi | behörighetslista | tillatelseslist | tilladelsesliste | список разрешений"
    " | списке разрешений | アクセス許可一覧 | アクセス許可リスト | 권한 목록 | 权限列表 | 權限清單"
)
# As the Windows App and the web client say it in each language.
_NO_WAY_TO_THE_GATEWAY = (
    "connect to the gateway | keine verbindung mit dem gateway | keine verbindung zum gateway"
    " | connecter à la passerelle | conectarnos a la puerta de enlace | conectar con la puerta de enlace"
    " | conectar a la puerta de enlace | connettersi al gateway | conectar ao gateway | ligar ao gateway"
    " | verbinding maken met de gateway | geen verbinding met de gateway | połączyć się z bramą | połączyć z bramą"
    " | připojit k bráně | kapcsolódni az átjáróhoz | ağ geçidine bağlan | ansluta till gatewayen"
    " | oprette forbindelse til gatewayen | koble til gatewayen | yhteyttä yhdyskäytävään | подключиться к шлюзу"
    " | підключитися до шлюзу | ゲートウェイに接続でき | 게이트웨이에 연결할 수 없 | 无法连接到网关 | 无法连接网关"
    " | 無法連線到閘道"
)
_BECAUSE_OF_AN_ERROR = (
    "because of an error | because there was an error | due to an error | aufgrund eines fehlers | wegen eines fehlers"
    " | en raison d'une erreur | à cause d'une erreur | debido a un error | a causa de un error | por un error"
    " | a causa di un errore | per un errore | devido a um erro | por causa de um erro | vanwege een fout"
    " | wegens een fout | door een fout | z powodu błędu | kvůli chybě | z důvodu chyby | hiba miatt"
    " | hata nedeniyle | bir hata nedeniyle | på grund av ett fel | på grund af en fejl | på grunn av en feil"
    " | virheen vuoksi | из-за ошибки | через помилку | エラーが発生したため | エラーのため | 오류로 인해"
    " | 오류가 발생하여 | 由于出现错误 | 由于错误 | 因为出现错误 | 由于发生错误 | 因為發生錯誤 | 由於發生錯誤"
)
GATEWAYS: tuple[Row, ...] = (
    (f"{_NOT_VERIFIED} + {_RD_GATEWAY}", DISCONNECT, 0x3000005),
    (f"{_IDENTITY_OF} + {_RD_GATEWAY} + {_NOT_VERIFIED}", DISCONNECT, 0x3000005),
    ("authorized to access the rd gateway | authorized to access the remote desktop gateway", DISCONNECT, 0x300001C),
    (f"{_GATEWAY} + denied the user | access due to policy", DISCONNECT, 0x300001C),
    (f"{_GATEWAY} ... subject name ... certificate is expired | certificate has expired", DISCONNECT, 0x3000003),
    (f"{_GATEWAY} + certificate has expired | has been revoked", DISCONNECT, 0x3000007),
    (f"{_GATEWAY} + certificate subject name", DISCONNECT, 0x3000006),
    ("no certificate was configured", DISCONNECT, 0x3000028),
    (f"verify the identity of + {_GATEWAY}", DISCONNECT, 0x3000005),
    ("verify the certificate revocation list", DISCONNECT, 0x3000002),
    ("ssl certificate was revoked", DISCONNECT, 0x3000004),
    (f"{_GATEWAY} + maximum allowed connections", DISCONNECT, 0x3000022),
    (f"{_GATEWAY} + low on server resources", DISCONNECT, 0x300000F),
    (f"sending data + {_GATEWAY}", DISCONNECT, 0x3000009),
    (f"receiving data + {_GATEWAY}", DISCONNECT, 0x300000A),
    (f"{_GATEWAY} + administrator has ended the connection", DISCONNECT, 0x3000019),
    (f"{_GATEWAY} + has ended the connection", DISCONNECT, 0x3000018),
    (f"{_GATEWAY} + user authentication failed", DISCONNECT, 0x3000038),
    (f"{_GATEWAY} + user authorization failed", DISCONNECT, 0x3000039),
    (f"{_GATEWAY} + authentication method different", DISCONNECT, 0x3000037),
    (f"{_GATEWAY} + does not support the request", DISCONNECT, 0x3000023),
    (f"{_GATEWAY} + capabilities", DISCONNECT, 0x3000024),
    (f"{_GATEWAY} + are incompatible", DISCONNECT, 0x3000025),
    (f"{_GATEWAY} + exchange policies", DISCONNECT, 0x300003B),
    # Its own event 103.
    (f"{_GATEWAY} ... permissions to access ... certificate", DISCONNECT, 0x300000D),
    ("cookie was rejected", DISCONNECT, 0x3000035),
    ("invalid cookie was sent", DISCONNECT, 0x3000034),
    ("size of the cookie exceeded", DISCONNECT, 0x3000042),
    (f"{_GATEWAY} ... is not allowed by your computer administrator", DISCONNECT, 0x3000029),
    # What a gateway itself logs (https://github.com/FreeRDP/FreeRDP/issues/4875), and a tunnel's client
    # (https://github.com/cloudflare/cloudflared/issues/377).
    ("meet the resource authorization policy", DISCONNECT, 0x300001B),
    ("meet the connection authorization policy", DISCONNECT, 0x300001C),
    ("failed to connect to origin + bad handshake", DISCONNECT, 0x300000D),
    (f"user name and password are required | username and password are required + {_GATEWAY}", DISCONNECT, 0x300002B),
    (f"smart card credentials are required + {_GATEWAY}", DISCONNECT, 0x300002C),
    (f"restricted access + {_GATEWAY}", DISCONNECT, 0x300001F),
    ("network access protection", DISCONNECT, 0x3000027),
    ("alternate logon method is required", DISCONNECT, 0x300000B),
    ("services client component is missing", DISCONNECT, 0x300000E),
    ("incorrect version of rpcrt4", DISCONNECT, 0x3000010),
    ("security package error occurred in the transport layer", DISCONNECT, 0x3000017),
    ("proxy server requires authentication", DISCONNECT, 0x3000020),
    ("forward proxy configuration", DISCONNECT, 0x3000044),
    ("failed due to invalid firewall credentials", DISCONNECT, 0x3000030),
    ("authentication to the firewall failed", DISCONNECT, 0x300002F),
    ("allow the necessary https ports", DISCONNECT, 0x300004A),
    ("client needs to be updated", DISCONNECT, 0x3000049),
    ("smart card was not recognized", DISCONNECT, 0x300001A),
    ("error occurred on the remote computer that you want", DISCONNECT, 0x3000008),
    ("permission to this resource", DISCONNECT, 0x3000045),
    ("no resources available to connect to", DISCONNECT, 0x3000046),
    # What the service says of a pool: https://github.com/MicrosoftDocs/azure-docs/issues/30001
    (
        "find any sessionhost | no healthy session host | no session host is available"
        " | no session hosts are available | no available session host",
        DISCONNECT,
        0x3000046,
    ),
    ("session timeout limit was reached", ERRINFO, 0x4),
    ("first log on to | must first log on to ... website", DISCONNECT, 0x300003D),
    # What it refuses is said to its client alone: https://github.com/mRemoteNG/mRemoteNG/issues/2486,
    # https://github.com/FreeRDP/FreeRDP/issues/4337 and /2958
    ("gateway ... status code: 401 | 401 unauthorized", DISCONNECT, 0x3000001),
    ("core.gateway ... status code | http/1.1 4 | http/1.1 5", DISCONNECT, 0x300000D),
    (f"{_RD_GATEWAY} ... {_PERMISSION_LIST} | not authorized | isnt authorized", DISCONNECT, 0x300001B),
    # The other reason that the same dialog names: the gateway knows hosts by another form of their names.
    (f"{_RD_GATEWAY} ... netbios", DISCONNECT, 0x300001B),
    # Of the host, which the gateway is but the way to.
    (f"{_CERTIFICATE_OF_THE_HOST} >> {_EXPIRED} >> {_RDGW}", DISCONNECT, 0x1B07),
    (f"{_GATEWAY_SERVER} + {_UNAVAILABLE} | {_FOR_THE_MOMENT_UNAVAILABLE}", DISCONNECT, 0x300000D),
    (f"{_THE_HOST} >> {_UNREACHABLE} | {_UNAVAILABLE} >> {_RDGW}", DISCONNECT, 0x204),
    (f"{_CERTIFICATE} >> {_EXPIRED} >> {_RDGW}", DISCONNECT, 0x3000007),
    # Before what is out of reach, which some languages say with the same word.
    (f"{_RDGW} | gateway server >> {_UNAVAILABLE} | {_FOR_THE_MOMENT_UNAVAILABLE}", DISCONNECT, 0x300000D),
    # Of what it is said, French has behind it.
    (f"indisponibilité provisoire | indisponibilité temporaire + {_RDGW}", DISCONNECT, 0x300000D),
    (f"{_RDGW} >> {_LETS_NOT_IN}", DISCONNECT, 0x300001C),
    (f"{_RDGW} >> {_UNREACHABLE} | incorrect", DISCONNECT, 0x300000C),
    (f"{_RDGW} + {_NOT_AUTHORIZED_ELSEWHERE} | nicht zum zugriff | nicht für den zugriff", DISCONNECT, 0x300001C),
    (f"{_BY_THE_GATEWAY} + {_REFUSED} + {_POLICY}", DISCONNECT, 0x300001C),
    # Which hosts may be reached is the other policy's, that of resources.
    (f"{_RD_GATEWAY} ... {_REFUSED_BY_POLICY} ... {_THE_HOST}", DISCONNECT, 0x300001B),
    (f"{_RDGW} + {_REFUSED} + {_FOR_A_POLICY}", DISCONNECT, 0x300001C),
    (f"{_POLICY_OF_THE_GATEWAY} + {_REFUSED}", DISCONNECT, 0x300001C),
    (f"{_RDGW} >> {_REFUSED} >> {_POLICY}", DISCONNECT, 0x300001C),
    (f"{_THE_GATEWAY} + {_REFUSED} + {_ITS_POLICIES}", DISCONNECT, 0x300001C),
    # Which does not say why: https://learn.microsoft.com/windows/win32/termserv/imstscaxevents-ondisconnected
    (f"{_RDGW} + console | konsole", "", 0),
    (_CANNOT_CONNECT_TO_THE_GATEWAY, DISCONNECT, 0x3000000),
    # Says no more, on the web: https://learn.microsoft.com/azure/virtual-desktop/troubleshoot-client-web
    (f"{_NO_WAY_TO_THE_GATEWAY} ... {_BECAUSE_OF_AN_ERROR}", DISCONNECT, 0x300000D),
)
NLA: tuple[Row, ...] = (
    (f"{_NETWORK_LEVEL} | perform nla ... {_DOMAIN_CONTROLLER}", DISCONNECT, 0x1807),
    (f"nla$ | nlan$ | {_NETWORK_LEVEL} + {_REQUIRES} + {_NO_WORD} | cant$ | cannot$", DISCONNECT, 0xB09),
    (f"{_NETWORK_LEVEL} | authentification nla ... {_NOT_SUPPORTED}", DISCONNECT, 0xB09),
)
# What a status of Windows is about, in the words of its translations.
_TOKEN = (
    "token | jeton | belirteç | маркер | токен | トークン | 标志 | 标记 | 令牌 | 權杖 | 语言符号 | 토큰 | διακριτικό"
    " | mã thông báo"
)
_OF_THE_FUNCTION = (
    "der funktion | die funktion | à la fonction | a la función | à função | para a função | alla funzione"
    " | aan de functie | voor de functie | do funkcji | przekazany funkcji | funkci | funkcii | függvény | işleve"
    " | till funktionen | för funktionen | til funktionen | til funksjonen | функции | функції | 関数に"
    " | 給函數 | 给函数 | 提供給函式 | 提供給函數 | 給函式 | 给该函数 | 함수에 | στη συνάρτηση"
    " | funcției | на функцията | cho hàm"
)
_IS_INVALID = (
    "ungültig | n'est pas valide | non valide | no es válid | no válid | inválid | non valid | non è valid | ongeldig"
    " | nieprawidłow | niepoprawn | neplatn | érvénytelen | geçersiz | ogiltig | ugyldig | virheellinen | недопустим"
    " | недействител | неверн | недійсн | неприпустим | 無効 | 无效 | 無效 | 잘못되었 | 잘못된 | 유효하지"
    " | δεν είναι έγκυρ | nu este valid | невалиден | không hợp lệ | nesprávn"
)
_NO_AUTHORITY = (
    "keine autorität | keine instanz | aucune autorité | ninguna autoridad | nessuna autorità"
    " | impossibile contattare un'autorità | nenhuma autoridade | geen autoriteit | geen instantie"
    " | geen bevoegde instantie | żadnym urzędem | żadnym organem | žádnou autoritu | žádný úřad | žádným úřadem"
    " | žiadnu autoritu | žiadnym orgánom | hiçbir yetkili | ingen myndighet | ни с одним центром | ни одним центром"
    " | жодним центром"
)
_FOR_AUTHENTICATION = (
    "authentifizierung | authentification | autenticación | autenticazione | autenticação | verificatie"
    " | uwierzytelnieni | uwierzytelniani | ověření | overeni | hitelesítés | kimlik doğrulama | autentisering"
    " | godkendelse | godkjenning | проверки подлинности | проверке подлинности | автентифікації"
)
_CLIENT_AND_SERVER = (
    "client und server | client und der server | client et le serveur | cliente y el servidor | client e il server"
    " | cliente e o servidor | client en server | client en de server | klient i serwer | klient a server"
    " | ügyfél és a kiszolgáló | istemci ve sunucu | klienten och servern | klienten og serveren | klienten og tjeneren"
    " | клиент и сервер | клієнт і сервер | клієнт та сервер | クライアントとサーバー | 客户端和服务器 | 用戶端和伺服器"
    " | 用戶端與伺服器 | 클라이언트와 서버"
)
_COMMON_ALGORITHM = (
    "gemeinsamen algorithmus | algorithme commun | algoritmo común | algoritmo en común | algoritmo comune"
    " | algoritmo in comune | algoritmo comum | algoritmo em comum | gemeenschappelijk algoritme | wspólnego algorytmu"
    " | společný algoritmus | společným algoritmem | spoločný algoritmus | közös algoritmus | ortak algoritma"
    " | ortak bir algoritma | gemensam algoritm | fælles algoritme | felles algoritme | общего алгоритма"
    " | общим алгоритмом | спільного алгоритму | 共通のアルゴリズム | 公共的算法 | 公用的算法 | 共同的算法 | 通用的算法"
    " | 共同的演算法 | 通用的演算法 | 一般演算法 | 공통 알고리즘"
)
_TARGET_PRINCIPAL = (
    "zielprinzipalname | zielprinzipal | nom principal cible | nom du principal cible | nombre principal de destino"
    " | nombre de la entidad de seguridad de destino | nome dell'entità di destinazione"
    " | nome dell'entità principale di destinazione | nome principal de destino | nome da entidade de destino"
    " | principal naam van het doel | doel principalnaam | główna nazwa docelowa | nazwa podmiotu docelowego"
    " | hlavní název cíle | název cílového objektu zabezpečení | konečný název principálu | hlavný názov cieľa"
    " | célként megadott egyszerű név | hedef asıl adı | hedef sorumlu adı | målets huvudnamn | главное конечное имя"
    " | основное имя назначения | головне ім'я призначення | ターゲット プリンシパル名"
    " | ターゲットのプリンシパル名 | 目标主要名称 | 目标主体名称 | 目標主要名稱 | 目標主體名稱 | 대상 주체 이름"
    " | 대상 보안 주체 이름"
)
_REQUESTED_SESSION = (
    "session demandé | sesión solicitad | solicitado a la sesión | sessione richiest | sessão solicitad | sessão pedida"
    " | aangevraagde sessie | gevraagde sessie | żądanej sesji | požadované relaci | požadované relace"
    " | požadovanej relácii | kért munkamenet | istenen oturum | begärd session | begärda sessionen"
    " | anmodede session | forespurte økt | pyydettyyn istuntoon | требуемому сеансу | запрошенному сеансу"
    " | запрашиваемому сеансу | запитаного сеансу | потрібного сеансу | 要求されたセッション"
    " | 请求的会话 | 所请求的会话 | 要求的工作階段 | 요청한 세션 | 요청된 세션"
)
_IS_DENIED = (
    "refusé | denegad | negado | negato | geweigerd | odmow | odmówion | odepřen | odmietnut | zamietnut | megtagad"
    " | reddedil | nekad | nægtet | nektet | avvist | evätty | отклонен | отказан | запрещен | відхилен | заборонен"
)
# What Windows itself says for a status (MS-ERREF), in the words of its own translations:
# https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/
STATUSES: tuple[Row, ...] = (
    (
        "target principal name is incorrect | target account name is incorrect | zielprinzipalname ist falsch"
        " | entidad de seguridad de destino es incorrect | nom principal cible est incorrect",
        STATUS,
        0x80090322,
    ),
    (f"{_TARGET_PRINCIPAL} ~ {_WRONG} | {_IS_INVALID} | 間違って", STATUS, 0x80090322),
    ("대상 주체 이름이 올바르지 않 | 대상 보안 주체 이름이 올바르지 않", STATUS, 0x80090322),
    ("token supplied to the function is invalid", STATUS, 0x80090308),
    (f"{_TOKEN} + {_OF_THE_FUNCTION} + {_IS_INVALID}", STATUS, 0x80090308),
    ("credentials supplied to the package were not recognized", STATUS, 0x8009030D),
    ("no credentials are available in the security package", STATUS, 0x8009030E),
    ("message or signature supplied for verification has been altered", STATUS, 0x8009030F),
    ("no authority could be contacted | no authentication authority", STATUS, 0x80090311),
    (f"{_NO_AUTHORITY} + {_FOR_AUTHENTICATION}", STATUS, 0x80090311),
    # http://support.microsoft.com/kb/939820/th
    ("หน่วยงาน + ไม่สามารถติดต่อ + รับรองความถูกต้อง", STATUS, 0x80090311),
    (f"{_CLOCK} + {_APART}", DISCONNECT, 0x1D07),
    (f"{_CLOCK} + {_DO_NOT_AGREE}", DISCONNECT, 0x1D07),
    (f"{_TIME_OF_DAY} + {_A_SERVER} + {_DO_NOT_AGREE}", DISCONNECT, 0x1D07),
    ("authority that is not trusted", STATUS, 0x80090325),
    ("certificate + not trusted", STATUS, 0x800B0109),
    (f"{_CERTIFICATE} | {_ISSUER} ~ {_NOT_TRUSTED}", STATUS, 0x800B0109),
    ("message received was unexpected or badly formatted", STATUS, 0x80090326),
    ("received certificate has expired", STATUS, 0x80090328),
    ("possess a common algorithm", STATUS, 0x80090331),
    (f"{_CLIENT_AND_SERVER} ... {_COMMON_ALGORITHM}", STATUS, 0x80090331),
    ("channel bindings were incorrect", STATUS, 0x80090346),
    ("encryption type requested is not supported | not support aes kerberos", STATUS, 0x80090342),
    ("time and or date difference", DISCONNECT, 0x1D07),
    (
        "istenen işlev desteklenmiyor | funzione specificata non è supportata | 요청한 함수는 지원되지 않"
        " | 要求的函數不受支援",
        STATUS,
        0x80090302,
    ),
    ("specified target is unknown or unreachable", STATUS, 0x80090303),
    (f"{_LOCAL_AUTHORITY} + {_CANNOT}", STATUS, 0x80090304),
    (f"{_TRUST} + {_DOMAIN}", STATUS, 0xC000018D),
    (
        "no logon servers available | no logon servers are | kein anmeldeserver verfügbar | keine anmeldeserver"
        " | aucun serveur d'ouverture de session | aucun serveur d'accès | no hay servidores de inicio de sesión"
        " | servidores de inicio de sesión disponibles"
        " | ningún servidor de inicio de sesión | nessun server di accesso | nenhum servidor de logon"
        " | servidores de logon disponíveis | geen aanmeldingsserver | geen aanmeldserver | brak serwerów logowania"
        " | brak dostępnych serwerów logowania | нет серверов входа | нет доступных серверов входа"
        " | ログオン サーバーはありません | 로그온 서버가 없 | 没有可用的登录服务器 | 沒有可用的登入伺服器",
        DISCONNECT,
        0x1807,
    ),
    (
        "not been granted the requested logon type | logon type not granted | 未授予用户在此计算机上的请求登录类型"
        " | 로그온 유형 네트워크 또는 대화형",
        DISCONNECT,
        0x1307,
    ),
    (
        "may not log on at this time | not allowed to sign in at this time | logon hours restriction"
        " | time restrictions that keep you | time restrictions that prevent you"
        " | restricted the times during which | 违反帐户登录时间限制",
        DISCONNECT,
        0x1007,
    ),
    (
        "may not log on from this computer | isnt allowed to sign in to this computer"
        " | is not allowed to sign in to this computer | 不允许用户登录到此计算机",
        DISCONNECT,
        0x1107,
    ),
    ("用户帐户限制 | account restricted | account is restricted", DISCONNECT, 0xC07),
    ("未知的用户名或错误密码", DISCONNECT, 0x807),
    ("kdc is unreachable | cannot contact any kdc", STATUS, 0x80090311),
    (f"{_AUTHENTICATION_ERROR} ... {_FUNCTION} ... {_NOT_SUPPORTED}", STATUS, 0x80090302),
    (f"{_CREDENTIALS} ... {_PACKAGE} ... {_RECOGNIZED}", STATUS, 0x8009030D),
    (f"{_DOMAIN_CONTROLLER} + {_CANNOT_FIND}", DISCONNECT, 0x1807),
    (f"{_DOMAIN_CONTROLLER} ~ {_UNREACHABLE}", DISCONNECT, 0x1807),
    (f"{_DOMAIN_CONTROLLER} + {_NO_OR_NONE} + {_TO_BE_REACHED}", DISCONNECT, 0x1807),
    ("contact a domain controller to service the authentication", STATUS, 0x80090350),
    ("because your domain isnt available | your domain is not available", DISCONNECT, 0x1807),
    ("not have a computer account for this workstation", STATUS, 0xC000018B),
    ("from a trusted certifying authority | from a trusted certification authority", STATUS, 0x800B0109),
    ("requested session access is denied", STATUS, 0xC00A002B),
    ("remote procedure call failed", STATUS, 0x800706BE),
    (f"{_PROFILE} + {_IS_NOT_LOADED} + {OF_REMOTE_DESKTOP} | {_LOGON} | log you on", STATUS, 0x800701F4),
    (
        "with a temporary profile | get a temporary profile | got a temporary profile | into a temporary profile"
        " | temporäres profil | temporären profil | profil temporaire | perfil temporal"
        " | perfil temporário | profilo temporaneo | tijdelijk profiel | profil tymczasowy | tymczasowy profil"
        " | tymczasowym profilem | profilu tymczasowego | dočasný profil | dočasným profilem | ideiglenes profil"
        " | geçici profil | tillfällig profil | midlertidig profil | väliaikainen profiili | временный профиль"
        " | временным профилем | тимчасовий профіль | 一時プロファイル | 一時的なプロファイル | 임시 프로필"
        " | 临时配置文件 | 暫存設定檔",
        STATUS,
        0x800701F4,
    ),
    (f"{_TERMINAL_SERVER} + {_MOST_CONNECTIONS} ... {_IS_EXCEEDED}", STATUS, 0x800704D6),
    (_TOO_MANY_ARE_SIGNED_IN, STATUS, 0x800704D6),
    (f"{_PROFILE_SERVICE} ... {_IS_NOT_LOADED}", STATUS, 0x800701F4),
    (f"{_TOO_MANY} + {_SIGNED_IN_TO_IT} | {_CANNOT_ENTER}", STATUS, 0x800704D6),
    (f"{_TOO_MANY} + {_REACHED} + {_A_TERMINAL_SERVER}", STATUS, 0x800704D6),
    (f"{_TOO_MANY} + {_REACHED} + {_HOST} | {REMOTE_DESKTOP} | rdp | terminal server", STATUS, 0x800704D6),
    (
        f"{_TOO_MANY} + on the server | auf dem server | sur le serveur | en el servidor | no servidor | sul server"
        " | на сервере",
        STATUS,
        0x800704D6,
    ),
)
# What Windows itself says in the translations that it has, where a part of the sentence is its own.
_NO_INPUT = (
    "didnt receive any input | did not receive any input | has not received any input | received no input"
    " | keine eingabe von ihnen | keine eingaben von ihnen | keine eingabe erhalten | keine eingabe empfangen"
    " | keine eingaben erhalten | keine eingaben empfangen | reçu aucune entrée | reçu aucune saisie"
    " | pas reçu d'entrée | no recibió ninguna entrada | no ha recibido ninguna entrada | não recebeu nenhuma entrada"
    " | não recebeu qualquer entrada | non ha ricevuto alcun input | non ha ricevuto nessun input"
    " | non ha ricevuto input | geen invoer van u | geen invoer ontvangen | geen invoer heeft ontvangen"
    " | nie odebrał żadnych danych wejściowych | nie otrzymał żadnych danych wejściowych | neobdržel žádný vstup"
    " | neobdržel od vás žádný vstup | nepřijal žádný vstup | nem kapott bemenet | nem kapott semmilyen bemenet"
    " | herhangi bir giriş alma | inte fick några indata | inte tog emot några indata | ikke modtog noget input"
    " | ikke har modtaget input | ikke mottok inndata | ikke mottok noen inndata | ei vastaanottanut syötettä"
    " | не получил от вас никаких данных | не получил никаких данных | не получил от вас ввода"
    " | не отримав від вас жодних даних | 入力を受信しな | 入力を受け取ら | 입력을 받지 | 未收到您的任何输入"
    " | 未收到你的任何输入 | 没有收到您的任何输入 | 未接收到任何输入 | 未收到任何输入 | 未收到您的任何輸入"
)
_BUSY = (
    "currently busy | ausgelastet | ausgelastete | actuellement occupé | occupés actuellement | sont occupés"
    " | tällä hetkellä varattu | is busy | are busy | bezet is | bezet$ | varattuj | varattuna | är upptag"
    " | er optaget | er opptatt"
    " | actuellement saturé | está ocupad | están ocupad | estão ocupad | ocupado en este momento"
    " | attualmente occupat | sono occupat | momenteel bezet | zijn bezet | obecnie zajęt | są zajęt"
    " | zaneprázdněn | vytížen | foglalt$ | foglaltak | meşgul | upptagen | upptagna | optaget | opptatt | varattu"
    " | заняты | занята | зайняті | ビジー | 사용 중입니다 | 正忙 | 繁忙 | 忙碌 | 忙線"
)
_SERVICE = (
    "remote desktop service | remotedesktopdienst | service bureau à distance | servicio de escritorio remoto"
    " | servizio desktop remoto | serviço de área de trabalho remota | usługa pulpitu zdalnego"
    " | služba vzdálené plochy | служба удаленных рабочих столов"
    " | serviço de ambiente de trabalho remoto | fjernskrivebordstjeneste | fjärrskrivbordstjänst"
    " | tjenesten eksternt skrivebord | eksternt skrivebord tjeneste | etätyöpöytäpalvelu | extern bureaublad service"
)
_ONLY_WHO_IS_SIGNED_IN = (
    "nur der aktuelle benutzer oder ein administrator | seul l'utilisateur actuel ou un administrateur"
    " | seuls l'utilisateur actuel ou un administrateur | solo el usuario actual o un administrador"
    " | sólo el usuario actual o un administrador | solo l'utente corrente o un amministratore"
    " | solo l'utente attuale o un amministratore | somente o usuário atual ou um administrador"
    " | apenas o usuário atual ou um administrador | apenas o utilizador atual ou um administrador"
    " | alleen de huidige gebruiker of een administrator | alleen de huidige gebruiker of een beheerder"
    " | tylko bieżący użytkownik lub administrator | pouze aktuální uživatel nebo správce"
    " | len aktuálny používateľ alebo správca | csak a jelenlegi felhasználó vagy egy rendszergazda"
    " | csak az aktuális felhasználó vagy egy rendszergazda | yalnızca geçerli kullanıcı veya bir yönetici"
    " | yalnızca geçerli kullanıcı veya yönetici | endast den aktuella användaren eller en administratör"
    " | kun den aktuelle bruger eller en administrator | bare gjeldende bruker eller en administrator"
    " | vain nykyinen käyttäjä tai järjestelmänvalvoja | только текущий пользователь или администратор"
    " | лише поточний користувач або адміністратор | 現在のユーザーまたは管理者だけ"
    " | 現在のユーザーまたは管理者のみ | 현재 사용자 또는 관리자만"
    " | 只有当前用户或管理员 | 只有目前的使用者或系統管理員"
)
_SIGNED_IN_HERE = (
    "logged on to this computer | signed in to this computer | an diesem computer angemeldet"
    " | bei diesem computer angemeldet | connecté à cet ordinateur | ouvert une session sur cet ordinateur"
    " | inició sesión en este equipo | ha iniciado sesión en este equipo | connesso a questo computer"
    " | collegato a questo computer | conectado a este computador | op deze computer aangemeld"
    " | bij deze computer aangemeld | zalogowany na tym komputerze | zalogowany do tego komputera"
    " | přihlášený k tomuto počítači | přihlášen k tomuto počítači | prihlásený k tomuto počítaču"
    " | inloggad på den här datorn | вошел на этот компьютер | вошел в систему на этом компьютере"
    " | このコンピューターにログオンしています | 이 컴퓨터에 로그온 | 已登录到此计算机 | 已登入這部電腦"
)
_TIME_OR_DATE_DIFFERS = (
    "uhrzeit oder datumsunterschied | zeit oder datumsunterschied | zeit bzw. datumsunterschied"
    " | forskel på klokkeslæt eller dato | forskel i klokkeslæt eller dato | forskjell i klokkeslett eller dato"
    " | forskjell på klokkeslett eller dato | skillnad i klockslag eller datum | tidsskillnad eller datumskillnad"
    " | verschil in tijd en datum | aika- ja päivämääräero"
    " | différence d'heure ou de date | différence de date ou d'heure | diferencia de hora o fecha"
    " | diferencia de fecha u hora | diferencia de fecha o de hora | diferencia de hora o de fecha"
    " | differenza di data o ora | differenza di data o di ora | differenza di ora o data | differenza di ora o di data"
    " | diferença de hora ou data | diferença de data ou hora | diferença de hora ou de data"
    " | verschil in tijd of datum | verschil in datum of tijd | tijd of datumverschil | tijds of datumverschil"
    " | różnica godziny lub daty | różnica czasu lub daty | różnica w czasie lub dacie | różnica daty lub godziny"
    " | rozdíl v čase nebo datu | rozdíl v datu nebo čase | rozdíl času nebo data | idő vagy dátumeltérés"
    " | idő vagy dátumkülönbség | saat veya tarih fark | tarih veya saat fark | tids eller datumskillnad"
    " | skillnad i tid eller datum | tids eller datoforskel | forskel i tid eller dato | tids eller datoforskjell"
    " | forskjell i tid eller dato | aika tai päivämääräero | разница во времени или дате | различаются время или дата"
    " | разница в дате или времени | різниця в часі або даті | 時刻または日付に差 | 時刻または日付に違い"
    " | 時刻または日付が異な | 日付または時刻に差 | 日付または時刻が異な | 시간 또는 날짜 차이 | 시간 또는 날짜가 다"
    " | 时间或日期存在差异 | 时间或日期差异 | 时间或日期不同 | 日期或时间存在差异 | 時間或日期差異 | 時間或日期不同"
)
_TIME_ALLOTTED = (
    "in der vorgegebenen zeit | in der zur verfügung stehenden zeit | innerhalb der vorgegebenen zeit"
    " | in der zugeteilten zeit | dans le délai imparti | dans les délais impartis | dans le temps imparti"
    " | en el tiempo asignado | en el período asignado | en el tiempo previsto | entro il tempo previsto"
    " | nel tempo previsto | nell'intervallo di tempo previsto | nel tempo assegnato | no tempo designado"
    " | no tempo atribuído | no tempo alocado | no tempo previsto | binnen de toegestane tijd"
    " | binnen de toegewezen tijd | w wyznaczonym czasie | w przydzielonym czasie | v určeném čase"
    " | ve vyhrazeném čase | v přiděleném čase | megadott időn belül | rendelkezésre álló időn belül | ayrılan sürede"
    " | inom den tilldelade tiden | inom utsatt tid | inden for den tildelte tid | innenfor tildelt tid"
    " | sallitussa ajassa | за отведенное время | в отведенное время | за відведений час | 割り当てられた時間内"
    " | 할당된 시간 | 在分配的时间内 | 在规定的时间内 | 在配置的時間內"
)
_NOT_CONNECTED = (
    "keine verbindung | nicht verbinden | pas pu se connecter | pas pu établir | no pudieron conectar"
    " | no se pudieron conectar | non sono riusciti a conn | non è stato possibile conn | não puderam se conectar"
    " | não conseguiram | konden niet | kon niet | geen verbinding | nie mogły nawiązać | nie mogły się połączyć"
    " | nedokázaly připojit | se nemohly připojit | nem tudott kapcsol | bağlanamadı | kunde inte ansluta"
    " | kunne ikke oprette | kunne ikke koble | ei saatu yhteyttä | не удалось | не вдалося | できませんでした"
    " | 연결하지 못 | 연결할 수 없 | 无法连接 | 无法在 | 無法連線 | 無法在"
)
_OF_ITS_MEMORY = (
    "nicht genügend arbeitsspeicher | nicht genug arbeitsspeicher | nicht genügend virtueller speicher"
    " | zu wenig arbeitsspeicher | mémoire disponible est insuffisante | mémoire insuffisante | manque de mémoire"
    " | mémoire virtuelle insuffisante | memoria insuficiente | poca memoria disponible | no hay suficiente memoria"
    " | memoria disponible es insuficiente | memoria insufficiente | memória insuficiente | pouca memória"
    " | onvoldoende geheugen | te weinig geheugen | niet genoeg geheugen | za mało pamięci | brak pamięci"
    " | niewystarczająca ilość pamięci | nedostatek paměti | málo paměti | kevés a memória | yeterli bellek yok"
    " | ont om minne | otillräckligt med minne | ikke nok hukommelse | for lite minne | недостаточно памяти"
    " | не хватает памяти | メモリが不足 | 메모리가 부족 | 内存不足 | 記憶體不足"
)
_LOCAL_COMPUTER = (
    "local computer | lokalen computer | lokale computer | ordinateur local | equipo local | computer locale"
    " | computador local | komputerze lokalnym | lokalnym komputerze | místním počítači | helyi számítógép"
    " | yerel bilgisayar | lokala datorn | lokale datamaskin | локальном компьютере | ローカル コンピューター"
    " | 로컬 컴퓨터 | 本地计算机 | 本機電腦"
)
_PROBLEM_WITH = (
    "problem with your | a problem with the | problem mit ihrer | problem mit der | problem bei ihrer"
    " | problème avec votre | problème de licence | problème avec la | problème lié à votre | problema con la"
    " | problema con su | problema con tu | problema relativo alla | problema con la tua | problema com a sua"
    " | problema com sua | problema com a | probleem met uw | probleem met de | probleem met je | problem z$"
    " | problém s$ | probléma van | sorun var | problem med din | problem med licensen | проблема с$"
    " | проблема з$ | に問題があり | 에 문제가 | 出现问题 | 有问题 | 存在问题 | 發生問題"
)
# Of a session that somebody else has, and may be asked for.
_IF_YOU_CONTINUE = (
    "if you continue | wenn sie den vorgang fortsetzen | wenn sie fortfahren | si vous continuez | si continúa"
    " | als u verdergaat | se continuares | si continúas | si tu continues | wenn du fortfährst"
    " | se você continuar | se continuar | se si continua | se continui | als u doorgaat | jeśli będziesz kontynuować"
    " | jeśli kontynuujesz | pokud budete pokračovat | ha folytatja | devam ederseniz | om du fortsätter"
    " | hvis du fortsetter | hvis du fortsætter | если вы продолжите | якщо ви продовжите | 続行すると | 계속하면"
    " | 如果继续 | 如果你继续 | 如果您继续 | 如果繼續"
    " | jos jatkat"
)
_FULL = (
    "nombre de connexions à cet ordinateur est limité | anzahl der verbindungen mit diesem computer ist begrenzt"
    " | anzahl der verbindungen mit diesem computer ist beschränkt | número de conexiones a este equipo es limitado"
    " | número de conexiones a este equipo está limitado | número de conexões com este computador é limitado"
    " | número de ligações a este computador é limitado | numero di connessioni a questo computer è limitato"
    " | aantal verbindingen met deze computer is beperkt | liczba połączeń z tym komputerem jest ograniczona"
    " | počet připojení k tomuto počítači je omezen | antalet anslutningar till den här datorn är begränsat"
    " | antall tilkoblinger til denne datamaskinen er begrenset | количество подключений к этому компьютеру ограничено"
    " | число подключений к этому компьютеру ограничено | このコンピューターへの接続数は制限"
    " | このコンピューターへの接続数には制限 | 此计算机的连接数有限 | 此计算机的连接数受限制 | 此電腦的連線數目有限制"
)
# The same, put together: how many connections, to what, and that there are no more of them.
_HOW_MANY_CONNECTIONS = (
    "anzahl der verbindungen | anzahl der zulässigen verbindungen | nombre de connexions | nombre des connexions"
    " | número de conexiones | cantidad de conexiones | numero di connessioni | numero delle connessioni"
    " | número de conexões | número de ligações | aantal verbindingen | aantal toegestane verbindingen"
    " | liczba połączeń"
    " | liczba dozwolonych połączeń | počet připojení | počet povolených připojení | antalet anslutningar"
    " | antall tilkoblinger | antallet af forbindelser | antal forbindelser | kapcsolatok száma | bağlantı sayısı"
    " | число подключений | число разрешенных подключений | количество подключений | количество разрешенных подключений"
    " | кількість підключень | кількість дозволених підключень"
)
_TO_THIS_COMPUTER = (
    "diesem computer | diesen computer | cet ordinateur | este equipo | esta computadora | este computador"
    " | questo computer | al computer | deze computer | tym komputerem | tego komputera | tomuto počítači"
    " | den här datorn | denne datamaskinen | denne computer | számítógép | bu bilgisayar | этому компьютеру"
    " | цього комп'ютера | цим комп'ютером"
)
_ARE_LIMITED = (
    "ist begrenzt | ist beschränkt | est limité | est restreint | es limitado | está limitad | é limitado | è limitato"
    " | is beperkt | jest ograniczona | je omezen | är begränsat | er begrenset | er begrænset | korlátozott"
    " | sınırlı | ограничено | обмежено | обмежена"
)
# The other half of the same sentence, which people keep.
_ALL_IN_USE = (
    "all connections are in use | all the connections are in use"
    " | alle verbindungen werden zurzeit verwendet | alle verbindungen werden derzeit verwendet"
    " | alle verbindungen werden momentan verwendet | alle verbindungen sind belegt"
    " | alle verbindungen sind in gebrauch | toutes les connexions sont utilisées"
    " | toutes les connexions sont actuellement utilisées | toutes les connexions sont en cours d'utilisation"
    " | todas las conexiones están en uso | todas las conexiones están siendo utilizadas"
    " | tutte le connessioni sono in uso | tutte le connessioni sono utilizzate | todas as conexões estão em uso"
    " | todas as ligações estão a ser utilizadas | alle verbindingen zijn in gebruik | alle verbindingen zijn bezet"
    " | wszystkie połączenia są używane | wszystkie połączenia są w użyciu | všechna připojení se používají"
    " | všechna připojení jsou používána | všechna připojení jsou obsazena | все подключения используются"
    " | все подключения заняты | все подключения уже используются | все подключения в настоящее время используются"
    " | すべての接続が使用中"
    " | すべての接続が現在使用 | 所有连接都在使用 | 所有连接当前都在使用 | 所有连接当前均在使用 | 所有連線都在使用"
    " | 모든 연결이 사용 중 | 모든 연결이 현재 사용"
)
WINDOWS_OWN: tuple[Row, ...] = (
    (f"{_SAVED_CREDENTIALS} ... {_NOT_FULLY_VERIFIED}", DISCONNECT, 0x1607),
    (f"{_HOST} + {_NO_INPUT}", ERRINFO, 0x3),
    (f"{_SERVICES} | {_SERVICE} ~ {_BUSY}", STATUS, 0x80071B70),
    (f"{_ONLY_WHO_IS_SIGNED_IN} + {_COMPUTER}", STATUS, 0x80071B97),
    (f"{_TIME_OR_DATE_DIFFERS} ... {_COMPUTER} | {_HOST}", DISCONNECT, 0x1D07),
    (f"{_TIME_ALLOTTED} + {_NOT_CONNECTED} + {_COMPUTER}", DISCONNECT, 0x108),
    (f"{_OF_ITS_MEMORY} ... {_LOCAL_COMPUTER} ... {_HOST}", DISCONNECT, 0x106),
    (f"{_PROBLEM_WITH} + {_RDS_LICENCE}", ERRINFO, 0x106),
)
# The modes in which a client keeps its user's password to itself; in most languages their names are the same.
_RESTRICTED_MODE = (
    "restricted admin | restrictedadmin | restricted administration | remote credential guard | remoteguard"
    " | remotecredentialguard | eingeschränkter admin | eingeschränkten admin | eingeschränkte verwaltung"
    " | administration restreinte | administrador restringido | administración restringida"
    " | amministrazione con restrizioni | administrador restrito"
)
_IS_NOT_ON = (
    "not enabled | isnt enabled | arent enabled | not have | dont have | doesnt have | not support | dont support"
    " | doesnt support | isnt supported | arent supported | is disabled | are disabled | is off$ | not allow"
    " | isnt allowed | not turned on | nicht aktiviert | nicht unterstützt | unterstützt nicht | ist deaktiviert"
    " | ist ausgeschaltet | pas activé | ne prend pas en charge | pas pris en charge | est désactivé"
    " | no está habilitad | no es compatible | no admite | está deshabilitad | non è abilitat | non supporta"
    " | non è supportat | não está habilitad | não oferece suporte | não é compatível"
)
# Windows' own client and the Windows App, where a part of their sentence is enough.
CLIENTS: tuple[Row, ...] = (
    # In French the logon has the connection's word: what is asked for tells them apart.
    ("échec de la connexion ... nom d'utilisateur et votre mot de passe", DISCONNECT, 0x807),
    (f"{_ANOTHER_USER} | {_SIGNED_IN_HERE} ... {_IF_YOU_CONTINUE}", STATUS, 0x80071B96),
    (f"{_WHO_IS_SIGNED_IN} + {_PUT_OUT} + {_ASKS} ... {OF_REMOTE_DESKTOP} | mstsc", STATUS, 0x80071B96),
    (
        f"{_SAYS_NO_TO_IT} ~ access to the pc | access to this pc | access to the computer | access to this computer",
        STATUS,
        0x80071B96,
    ),
    # Whoever is only watched may say no to that, too.
    (f"{_SAYS_NO_TO_IT} + {_WHAT_IS_ASKED_FOR} + shadow | spiegeln", "", 0),
    (f"{_SAYS_NO_TO_IT} ~ {_WHAT_IS_ASKED_FOR} ... {OF_REMOTE_DESKTOP} | mstsc", STATUS, 0x80071B96),
    (f"{_FULL} | connections to this computer are limited", STATUS, 0x800704D6),
    (f"{_HOW_MANY_CONNECTIONS} + {_TO_THIS_COMPUTER} + {_ARE_LIMITED}", STATUS, 0x800704D6),
    (f"{_ALL_IN_USE} + {OF_REMOTE_DESKTOP} | mstsc", STATUS, 0x800704D6),
    (f"{_ASKS_WHETHER} + {_A_COLLEAGUE} + {_THROW_OUT}", STATUS, 0x80071B96),
    ("smart card + locked", DISCONNECT, 0x2207),
    ("smart card service is not running", DISCONNECT, 0x10A),
    ("smart card reader was not detected", DISCONNECT, 0x20A),
    ("no smart card reader is detected", DISCONNECT, 0x300002D),
    ("no smart card service is installed", DISCONNECT, 0x3000011),
    ("smart card has been removed", DISCONNECT, 0x3000012),
    ("no smart card is available", DISCONNECT, 0x3000013),
    ("smart card is not valid", DISCONNECT, 0x300003C),
    ("no card inserted in the smart card reader", DISCONNECT, 0x30A),
    (f"{_SMART_CARD} ... {_KEY_CONTAINER}", DISCONNECT, 0x40A),
    (f"{_SMART_CARD} ... {_CARD_IS_NOT_TAKEN} ... {REMOTE_DESKTOP} | {_LOGON} | {_BY_RDP}", DISCONNECT, 0x40A),
    ("error + smart card subsystem", DISCONNECT, 0x40A),
    (f"{_SERVER_CERTIFICATE} + {_UNEXPECTED}", DISCONNECT, 0x607),
    # The certificate must be what has expired.
    (f"{_CERTIFICATE} >> {_EXPIRED} >> {_HOST} | {OF_REMOTE_DESKTOP} | mstsc", DISCONNECT, 0x1B07),
    (f"{_CERTIFICATE_OF_THE_SERVER} >> {_EXPIRED} ... {OF_REMOTE_DESKTOP}", DISCONNECT, 0x1B07),
    (f"{_PROBLEMS} ... {_SECURITY_CERTIFICATE} ... {_HOST}", DISCONNECT, 0x907),
    (f"{_RDP_SAYS_OF_A_CERTIFICATE} ~ {_EXPIRED}", DISCONNECT, 0x1B07),
    ("sign in with a user id in this format", DISCONNECT, 0xA07),
    ("already have a console session", DISCONNECT, 0x708),
    (f"{_LOW_ON_MEMORY} + {_HOST}", ERRINFO, 0x6),
    (f"{_LOW_ON_MEMORY} ... {REMOTE_DESKTOP}", DISCONNECT, 0x106),
    (f"{_GRAPHICS} + {_DID_NOT_START} + {OF_REMOTE_DESKTOP} | {_MY_SESSION} | {_HOST}", ERRINFO, 0x11),
    (f"{OF_REMOTE_DESKTOP} + graphics mode | grafikmodus + {_AN_ERROR}", ERRINFO, 0x112D),
    ("low on video resources", DISCONNECT, 0x1008),
    ("user2user is required", DISCONNECT, 0x1407),
    ("reconnect to the remote program", DISCONNECT, 0x2000001),
    ("auto reconnect to your applications", DISCONNECT, 0x2507),
    ("failed to reconnect to your remote session", DISCONNECT, 0xE08),
    ("requires you to type a password on the windows security", DISCONNECT, 0xD09),
    ("support fips", DISCONNECT, 0xE06),
    ("connection was lost due to a network error", DISCONNECT, 0x304),
    ("username does not exist | user name does not exist | no such user", DISCONNECT, 0xA07),
    ("not have enough virtual memory", DISCONNECT, 0x106),
    ("limited the computers you can log on", DISCONNECT, 0x1107),
    ("not support remoteapp | doesnt support remoteapp", DISCONNECT, 0x2000002),
    ("client and server versions do not match", DISCONNECT, 0x2604),
    ("computer name contains invalid characters", DISCONNECT, 0x308),
    ("because of a decompression failure", DISCONNECT, 0xC08),
    ("support restricted admin", DISCONNECT, 0xE09),
    (f"{_RESTRICTED_MODE} + {_IS_NOT_ON}", DISCONNECT, 0xE09),
    ("credentials may not be sent", DISCONNECT, 0xF08),
    ("connection to the remote computer was lost", DISCONNECT, 0x904),
    ("might be due to an expired password", DISCONNECT, 0x207),
    ("make sure the pc is turned on and connected to the network", DISCONNECT, 0x204),
    # On the web and in the Windows App it is a right or a rule of access that is missing, no fault of encryption:
    # https://learn.microsoft.com/azure/virtual-desktop/troubleshoot-azure-ad-connections
    (f"{_SECURITY_ERROR} ... remote pc | pc distant | pc remot | 원격 pc | 远程电脑", DISCONNECT, 0x1307),
    (f"{_SECURITY_ERROR} ... {_REMOTE_COMPUTER} ... {_TECHNICAL_SUPPORT}", DISCONNECT, 0x1307),
    (f"{_FOR_A_SECURITY_ERROR} ... {_REMOTE_COMPUTER} | {_TERMINAL_SERVER}", DISCONNECT, 0x406),
    # Translations make a sentence of its own of the reason.
    (f"{_CANNOT_CONNECT_TO_IT} ... {_SECURITY_ERROR}", DISCONNECT, 0x406),
    # Before the error of any protocol.
    (f"{_LICENSING_PROTOCOL_ELSEWHERE} ~ {_AN_ERROR}", ERRINFO, 0x100),
    (f"licensing protocol | license protocol + {_ONE_LAPTOP}", ERRINFO, 0x100),
    (f"{_LICENSING_PROTOCOL} + {_AN_ERROR} + {_SESSION} | {_COMPUTER} | {_HOST}", ERRINFO, 0x100),
    (f"{_FOR_A_PROTOCOL_ERROR} + {_SESSION}", DISCONNECT, 0xD06),
    (f"{_ERROR_IN_ENCRYPTION} + {_SESSION} | {_KICKED}", DISCONNECT, 0xC06),
    (f"{_A_PROTOCOL_ERROR} + {_MY_SESSION} + {_CUT_OFF}", DISCONNECT, 0xD06),
    (f"{_NETWORK_OR_INTERACTIVE} + {_HAS_RESTRICTED}", DISCONNECT, 0x1307),
    (f"{_SAVED_CREDENTIALS} + {_ARE_NOT_ALLOWED}", DISCONNECT, 0x1607),
    (f"{_THE_COMPUTERS} + {_HAS_RESTRICTED} + {_THAT_YOU_MAY_LOG_ON_TO}", DISCONNECT, 0x1107),
    (_RESTRICTED_THE_COMPUTERS, DISCONNECT, 0x1107),
    (f"{_SIGN_IN_METHOD} + {_NOT_ALLOWED}", DISCONNECT, 0x1307),
    (
        "konto ist so konfiguriert | compte est configuré pour vous empêcher | cuenta está configurada para impedir"
        " | account è configurato per impedire | 사용하지 못하도록 구성 | 사용할 수 없도록 계정이 구성 | 配置为阻止你",
        DISCONNECT,
        0x1307,
    ),
    (f"{REMOTE_DESKTOP} + {_CANNOT_FIND} + {_COMPUTER}", DISCONNECT, 0x104),
    (f"{_REMOTE_COMPUTER_ITSELF} >> {_WAS_NOT_FOUND}", DISCONNECT, 0x104),
    (_REMOTE_COMPUTER_IS_NOT_FOUND, DISCONNECT, 0x104),
)
LICENSING: tuple[Row, ...] = (
    ("licensing grace period has expired | licensing grace period will expire", ERRINFO, 0x101),
    ("license server specified | communicate with the remote desktop license server", ERRINFO, 0x101),
    ("no client access license | no terminal server client access license", ERRINFO, 0x102),
    ("no valid license", ERRINFO, 0x102),
    ("hardware id doesnt match", ERRINFO, 0x104),
    ("access license stored ... has been modified", ERRINFO, 0x104),
    ("access license stored ... invalid format", ERRINFO, 0x105),
    ("access license ... could not be upgraded | could not be renewed", ERRINFO, 0x109),
    ("network problems | network error + licensing protocol", ERRINFO, 0x106),
    ("client prematurely ended the licensing protocol", ERRINFO, 0x107),
    ("licensing message was incorrectly encrypted", ERRINFO, 0x108),
    ("invalid licensing message", ERRINFO, 0x103),
    ("not licensed to accept remote connections", ERRINFO, 0x10A),
    ("internal licensing error | licensing component", ERRINFO, 0x100),
    ("licensing timeout | licensing timed out", DISCONNECT, 0x908),
    # https://github.com/rdesktop/rdesktop/issues/64, https://github.com/FreeRDP/FreeRDP/issues/4023
    ("before license negotiation | license connection sequence aborted", DISCONNECT, 0x808),
    # https://github.com/gravitational/teleport/issues/13152
    (
        "licensing nego not implemented | licensing negotiation not implemented | license negotiation not implemented"
        " | licensing negotiation not supported | licensing negotiation is not supported"
        " | license negotiation not supported | license negotiation is not supported",
        DISCONNECT,
        0x808,
    ),
    (
        f"{_GRACE} + {_EXPIRED} | {_ENDED} | over$ | vorbei | finita + {_RDS_LICENCE}"
        f" | {REMOTE_DESKTOP} | {_LICENCE_SERVER}",
        ERRINFO,
        0x101,
    ),
    (f"{_RDS_LICENCE} + {_EXPIRED}", ERRINFO, 0x102),
    ("licensing error", ERRINFO, 0x100),
    ("no license server | no licence server | no remote desktop license server", ERRINFO, 0x101),
    (f"{_LICENCE_SERVER} ~ {_NONE}", ERRINFO, 0x101),
    (f"{_RDS_LICENCE} ~ {_NONE}", ERRINFO, 0x102),
)
# mstsc's of the settings that a broker checks, as an .rdp file has them:
# https://github.com/mRemoteNG/mRemoteNG/issues/226
_BROKER = (
    "connection broker | verbindungsbroker | remotedesktop verbindungsbroker | service broker | broker de connexion"
    " | agente de conexión | agente de conexiones | gestore connessione | broker di connessione | broker de conexão"
    " | agente de conexão | mediador de ligações | verbindingsbroker | broker połączeń | zprostředkovatel připojení"
    " | kapcsolatszervező | bağlantı aracısı | anslutningsutjämnare | посредник подключений | 接続ブローカー"
    " | 연결 브로커 | 连接代理 | 連線代理人"
)
_IN_THE_RDP_FILE = (
    "rdp file | rdp datei | fichier rdp | archivo rdp | file rdp | arquivo rdp | ficheiro rdp | rdp bestand"
    " | pliku rdp | souboru rdp | rdp fájl | rdp dosya | rdp filen | файле rdp | rdp файле | rdp ファイル | rdp 파일"
    " | rdp 文件 | rdp 檔案 | rdp файла | файла rdp"
)
# What the error info of a broker says in MS-RDPBCGR (2.2.5.1.1), for programs that give the words alone.
BROKERS: tuple[Row, ...] = (
    (f"{_BROKER} + {_CANNOT} + {_IN_THE_RDP_FILE}", ERRINFO, 0x410),
    ("endpoint to which the client is being redirected is disconnecting", ERRINFO, 0x402),
    ("error occurred while the connection was being redirected to the target", ERRINFO, 0x404),
    ("target endpoint ... was being awakened", ERRINFO, 0x405),
    ("time out | timeout + target endpoint + was being started", ERRINFO, 0x411),
    ("session monitoring error occurred", ERRINFO, 0x412),
    ("target endpoint ... was being started", ERRINFO, 0x406),
    ("ip address of the target endpoint", ERRINFO, 0x407),
    ("no available endpoints in the pool", ERRINFO, 0x408),
    ("processing of the connection has been cancel", ERRINFO, 0x409),
    ("routingtoken field ... cannot be validated", ERRINFO, 0x410),
)
# What the host or a program between says of a session that was refused or has ended.
SESSIONS: tuple[Row, ...] = (
    (
        f"angeforderte sitzungszugriff | angeforderten sitzung | {_REQUESTED_SESSION} + {_REFUSED} | {_IS_DENIED}",
        STATUS,
        0xC00A002B,
    ),
    ("forced logoff", ERRINFO, 0x2),
    (
        "administrative tool on the server | by means of an administration tool | server initiated disconnect",
        ERRINFO,
        0x1,
    ),
    ("user logging off their session", ERRINFO, 0xC),
    ("dwm process", ERRINFO, 0x10),
    ("winlogon process", ERRINFO, 0x17),
    ("csrss process", ERRINFO, 0x18),
    # That a machine was restarted ends a session where somebody says so: people restart what does not work.
    ("session ended the remote pc is restarting | session ended the remote computer is restarting", ERRINFO, 0x1A),
    *(
        (f"{ended} ~ {because} ~ {restarted}", ERRINFO, 0x1A)
        for ended, because, restarted in (
            (
                "session ended | session was ended | session has ended",
                "because | since",
                "pc is restarting | pc was restarted | computer is restarting | computer was restarted",
            ),
            ("sitzung wurde beendet", "da | weil", "remotecomputer neu gestartet | remotecomputer neugestartet"),
            ("session a pris fin | session s'est terminée", "car | parce", "distant redémarre | distant a redémarré"),
            ("sesión finalizó | sesión terminó", "porque", "equipo remoto se reinició | remoto se está reiniciando"),
        )
    ),
    ("display driver + did not report any status", ERRINFO, 0xF),
    ("display driver + failed to complete", ERRINFO, 0x11),
    ("display driver + not usable", ERRINFO, 0x12),
    ("target endpoint could not be found", ERRINFO, 0x400),
    ("active session limit | logon timeout reached", ERRINFO, 0x4),
    (f"{_WISHED} + {_KICKED} + {_INACTIVE} | {_NOTHING_DONE}", "", 0),
    # People are logged on to much, and thrown out of it when idle.
    (f"{OF_REMOTE_DESKTOP} >> {_KICKED} | {_BREAKS} >> {_INACTIVE} | {_NOTHING_DONE}", ERRINFO, 0x3),
    (f"踢下线远程桌面$ + {_INACTIVE} | {_NOTHING_DONE}", ERRINFO, 0x3),
    # So are what programs log of their own sessions.
    (f"logs$ + {_INACTIVE}", "", 0),
    (f"{_KICKED} + {_NOTHING_DONE} + {OF_REMOTE_DESKTOP}", ERRINFO, 0x3),
    (f"{_SESSION} + {_INACTIVE}", ERRINFO, 0x3),
    (f"{_LIMIT} + {_IDLE_TIME} + {_RUN_OUT}", ERRINFO, 0x3),
    (f"leerlaufzeit + {_RUN_OUT}", ERRINFO, 0x3),
    (f"{_SESSION_S_TIME} + {_RUN_OUT}", ERRINFO, 0x4),
    (f"session | sesión + time limit | límite de tiempo + {_RUN_OUT}", ERRINFO, 0x4),
    (f"{_BY_AN_ADMINISTRATOR} + {_REMOTE_SESSION} + {_ENDED}", ERRINFO, 0x2),
    (f"{_THE_ADMINISTRATOR_ENDED} ~ {_REMOTE_SESSION}", ERRINFO, 0x2),
    (_THE_ADMINISTRATOR_ENDED_IT, ERRINFO, 0x2),
    (
        "administrator logged | administrator has ended | administrator ended | administrator disconnected"
        " | admin logged | admin disconnected + session | me$ | you$ | us$",
        ERRINFO,
        0x2,
    ),
    (f"{_AN_ADMINISTRATOR} ~ {_THREW_ME_OUT}", ERRINFO, 0x2),
    (f"{_AN_ADMINISTRATOR} + {_HAS_ENDED} + {_MY_SESSION}", ERRINFO, 0x2),
    # Guacamole's for an end by an administrator's tool (src/protocols/rdp/error.c of guacamole-server).
    (f"{_RD_SERVER} ~ {_BY_FORCE}", ERRINFO, 0x1),
    (f"{_SOMEBODY_ELSE} ... {_KICKED}", ERRINFO, 0x5),
    (f"{_SAME_ACCOUNT} + {_CONNECTS} + {_SOMEBODY_ELSE} | {_KICKED} | {_BREAKS}", ERRINFO, 0x5),
    ("server ~ idle timeout", ERRINFO, 0x3),
    (f"{_CONFLICT} + {_CONNECTION}", ERRINFO, 0x5),
    (_ANOTHER_CONNECTION, ERRINFO, 0x5),
    ("session was replaced | another device has connected to this session", ERRINFO, 0x5),
    (f"{_ANOTHER_USER} + {_HAS_CONNECTED}", ERRINFO, 0x5),
    ("別のユーザー + 接続", ERRINFO, 0x5),
    ("server is out of memory | server ran out of available memory | メモリリソースが不足", ERRINFO, 0x6),
    ("does not accept saved user credentials | 保存されたユーザー資格情報を受け入れない", ERRINFO, 0xA),
    (
        "insufficient privileges | insufficient user privileges | insufficient access privileges"
        " | アクセス権限が不十分 | denied access to this connection | target machine denied access"
        " | запретил доступ к этому соединению | autorisé pour l'ouverture de session à distance"
        " | not allowed to log on remotely | not allowed to sign in remotely"
        " | nie zezwolił na połączenie | bağlantıya erişim izni vermedi | nekat åtkomst till anslutningen"
        " | odepřel přístup k tomuto připojení | negou o acesso a esta conexão | ei ole etäkirjautumisoikeu",
        ERRINFO,
        0x9,
    ),
    (
        f"{_NO_PERMISSION} + {_CONNECTION} | {_LOGON} | {_REMOTE_LOGON} | connecter | remotedesktop anzumelden"
        " | accedere in desktop remoto | do pulpitu zdalnego",
        ERRINFO,
        0x9,
    ),
    (f"{OF_REMOTE_DESKTOP} + {_NO_PERMISSION} + {_TO_GET_IN}", ERRINFO, 0x9),
    ("non è abilitat ~ al desktop remoto | all'accesso remoto | all'rdp", ERRINFO, 0x9),
    (f"{OF_REMOTE_DESKTOP} + darf$ | dürfen$ | mag$ | mogen$ + nicht$ | niet$ + {_LOGON}", ERRINFO, 0x9),
    (f"{_RDP_SERVER} ... {_NOT_ENOUGH_RIGHTS}", ERRINFO, 0x9),
    (f"{_SERVICES} ... {_RIGHT}", ERRINFO, 0x9),
    (f"{_REMOTE_LOGON} ... {_NOT_AUTHORIZED}", ERRINFO, 0x9),
    (
        "server denied the connection | server refused the connection | サーバーが接続を拒否 | 服务器拒绝了本连接",
        ERRINFO,
        0x7,
    ),
)
_IS_DISABLED = (
    "is disabled | has been disabled | was disabled | ist deaktiviert | deaktiviert ist | wurde deaktiviert"
    " | deaktiviert sei | sei deaktiviert | est désactivé | a été désactivé"
    " | soit désactivé | está desactivad | está deshabilitad | fue desactivad | è disattivat | è disabilitat"
    " | risulta disabilitat | risulta disattivat | está desativad | está desabilitad | foi desativad"
    " | is uitgeschakeld | staat uit | är inaktiver | är avstäng | er deaktiver | on poistettu käytöstä"
    " | on pois käytöstä | on suljettu"
)
_LOCKED_OUT = (
    "im locked out | i am locked out | im now locked out | locked me out | got locked out | been locked out"
    " | bin ausgesperrt | bin gesperrt | wurde ausgesperrt | je suis bloqué | me he quedado bloquead"
    " | me ha bloquead | sono bloccat | fiquei bloquead | buitengesloten | utelåst | låst ute | lukittu ulos"
)
_FIRST_LOGON = (
    "first logon | first sign in | ersten anmeldung | ersten anmelden | première ouverture | première connexion"
    " | primer inicio | primera vez | primeiro logon | primeiro início | primo accesso | eerste aanmelding"
    " | pierwszym zalogowaniem | pierwszym logowaniem | prvním přihlášením | első bejelentkezés | första inloggning"
    " | first time | erste anmeldung | первым входом | первого входа | 初回"
)
ACCOUNTS: tuple[Row, ...] = (
    (f"{_PASSWORD} + {_EXPIRED}", DISCONNECT, 0xF07),
    (f"{_PASSWORD} + {_MUST_CHANGE}", DISCONNECT, 0x1207),
    ("термін дії пароля ~ минув | закінчився | сплив | вичерпано", DISCONNECT, 0xF07),
    (f"{_YOU_MUST} ~ {_PASSWORD} ~ {_CHANGE}", DISCONNECT, 0x1207),
    (f"{_PASSWORD} + {_FIRST_LOGON} + {_CHANGE}", DISCONNECT, 0x1207),
    (f"{_ACCOUNT} + {_LOCKED}", DISCONNECT, 0xD07),
    # Of an account last stands for another word: its own language is asked for.
    ("konto$ | kontoen | kontot$ | användarkonto | brukerkonto | brugerkonto + låst$ | låsts$", DISCONNECT, 0xD07),
    (f"{_USER} ~ {_IS_LOCKED}", DISCONNECT, 0xD07),
    (
        "er$ | är$ | blev$ | ble$ ~ bruker | bruger | användar ~ låst$ | sperret$ | spærret$ | spärrad$",
        DISCONNECT,
        0xD07,
    ),
    (f"{_USER} ~ {_IS_DISABLED}", DISCONNECT, 0xB07),
    (f"{_LOCKED_OUT} + {OF_REMOTE_DESKTOP} | {_HOST}", DISCONNECT, 0xD07),
    ("staat$ ~ account$ ~ uit$", DISCONNECT, 0xB07),
    (f"{_ACCOUNT} + {_DISABLED}", DISCONNECT, 0xB07),
    (f"{_ACCOUNT} + {_EXPIRED}", DISCONNECT, 0xE07),
    ("client has been revoked", FREERDP, 0x20010),
    (f"{_TIME_RESTRICTION} + {_ACCOUNT} | {_LOGON}", DISCONNECT, 0x1007),
    (f"{_OUTSIDE_ITS_HOURS} + {_LOGON} | {OF_REMOTE_DESKTOP} | {_A_SERVER}", DISCONNECT, 0x1007),
    (f"{_AT_THIS_HOUR} + {_MAY_NOT} + {_LOGON} | {OF_REMOTE_DESKTOP}", DISCONNECT, 0x1007),
    (_ACCOUNT_RESTRICTION, DISCONNECT, 0xC07),
    (f"{_BLANK_PASSWORD} + {_MAY_NOT}", DISCONNECT, 0xC07),
    (f"{_RDP_SERVER} ... {_ACCOUNT_IS_RESTRICTED}", DISCONNECT, 0xC07),
    ("change user password before | change your password before", DISCONNECT, 0x1207),
)
# What mstsc says of an .rdp file that was changed since somebody signed it, and does not connect with it.
_DIGITAL_SIGNATURE = (
    "digital signature | digitale signatur | signature numérique | firma digital | firma digitale | assinatura digital"
    " | digitale handtekening | podpisu cyfrowego | digitální podpis | цифровую подпись | цифровая подпись"
    " | デジタル署名 | 数字签名 | 數位簽章 | 디지털 서명"
)
_CANNOT_BE_VERIFIED = (
    "cannot be verified | cant be verified | could not be verified | kann nicht überprüft | konnte nicht überprüft"
    " | ne peut pas être vérifiée | n'a pas pu être vérifiée | no se puede comprobar | no se pudo comprobar"
    " | no se puede verificar | impossibile verificare | não é possível verificar | não foi possível verificar"
    " | kan niet worden geverifieerd | nie można zweryfikować | nelze ověřit | не удается проверить"
    " | не удалось проверить | 検証できません | 无法验证 | 無法驗證 | 확인할 수 없"
)
# Of Remote Desktop itself, as people say it: it does not get there.
_CANNOT_REACH_IT = " | ".join(
    f"{one} {other}"
    for ones, others in (
        (
            "cannot reach, cant reach, can not reach, could not reach, couldnt reach, unable to reach, does not reach"
            ", doesnt reach",
            "the server, the host, the pc, the computer, the machine, the vm, the remote pc, my pc, my computer",
        ),
        ("erreicht", "den server nicht, den host nicht, den rechner nicht, den computer nicht, den pc nicht"),
        (
            "kann den server nicht, kann den host nicht, kann den rechner nicht, kann den computer nicht",
            "erreichen",
        ),
        (
            "n'arrive pas à joindre, ne peut pas joindre, ne parvient pas à joindre, ne joint pas, n'atteint pas",
            "le serveur, l'hôte, l'ordinateur, le pc, la machine",
        ),
        ("no llega, no puede llegar", "al servidor, al equipo, al ordenador, al host"),
        ("no alcanza, no puede alcanzar", "el servidor, el equipo, el ordenador, el host"),
        ("non raggiunge, non riesce a raggiungere", "il server, il computer, il pc, l'host"),
        ("não alcança, não consegue alcançar", "o servidor, o computador, o pc, a máquina"),
        ("bereikt", "de server niet, de computer niet, de pc niet"),
        ("kan de server niet, kan de computer niet, kan de pc niet", "bereiken"),
        ("nie widzi, nie sięga", "serwera, komputera, hosta"),
        ("не видит, не достигает", "сервер, компьютер, хост"),
    )
    for one in ones.split(", ")
    for other in others.split(", ")
)
_SAYS_THAT_IT = (
    "says it | says that it | says he | tells me it | meldet, er | dit qu'il | dice que | dice che | diz que | zegt dat"
)
REACHING: tuple[Row, ...] = (
    (f"{_DIGITAL_SIGNATURE} + {_IN_THE_RDP_FILE} + {_CANNOT_BE_VERIFIED}", STATUS, 0x80096010),
    (f"{OF_REMOTE_DESKTOP} | mstsc > {_CANNOT_REACH_IT}", DISCONNECT, 0x204),
    (f"{OF_REMOTE_DESKTOP} | mstsc ~ {_SAYS_THAT_IT} ~ {_CANNOT_REACH_IT}", DISCONNECT, 0x204),
    # Of the host's identity, which mstsc asks of before it goes on, is said that it cannot be reached, too.
    (f"{_IDENTITY} ... {_TIME_OR_DATE}", DISCONNECT, 0x1D07),
    (f"{_IDENTITY} + {_CANNOT}", DISCONNECT, 0x907),
    (f"{_REMOTE_ACCESS} ... {_NOT_ENABLED}", DISCONNECT, 0x204),
    (f"{_HOST} ~ {_UNREACHABLE}", DISCONNECT, 0x204),
    ("estação remota não pode ser encontrada", DISCONNECT, 0x204),
    (f"{_IS_TURNED_OFF} + {_CLIENT_SAYS}", DISCONNECT, 0x204),
    (f"{_HOST} ~ {_NOT_ON_THE_NETWORK}", DISCONNECT, 0x204),
    (f"{_MAKE_SURE} ... {_HOST} ... {_ON_AND_CONNECTED}", DISCONNECT, 0x204),
    (f"{_CANNOT_GET_TO} ... {_MY_COMPUTER} ... {_IS_OFF}", DISCONNECT, 0x204),
    (f"3389 + {_CONNECTION} + {_REFUSED}", DISCONNECT, 0x204),
    (f"{_HOST} | guacamole ... {_DOES_NOT_ANSWER}", DISCONNECT, 0x108),
    ("sockets connect failed | socket connect fail", DISCONNECT, 0x204),
    ("sockets recv call failed | sockets receive failed", DISCONNECT, 0x404),
    ("ip address specified is not valid", DISCONNECT, 0x308),
    ("sockets send call failed | sockets send failed", DISCONNECT, 0x304),
    ("dns entry could not be resolved | dns host name was not found | dns name lookup fail", DISCONNECT, 0x104),
    ("find the address for the rdp server", DISCONNECT, 0x104),
    (f"{_RESOLVE} + {_CANNOT}", DISCONNECT, 0x104),
    (f"{_COMPUTER_NAME} ~ {_DOES_NOT_RESOLVE} | {_IS_NOT_FOUND}", DISCONNECT, 0x104),
    (f"{_NAME} ~ {_DOES_NOT_RESOLVE}", DISCONNECT, 0x104),
    ("namen$ + nicht auflösen | nicht aufgelöst", DISCONNECT, 0x104),
    (
        "cant find the server | cannot find the server | couldnt find the server | findet den server nicht"
        " | findet den rechner nicht | findet den computer nicht | findet den pc nicht"
        " | no encuentra el servidor | ne trouve pas le serveur | non trova il server | vindt de server niet",
        DISCONNECT,
        0x104,
    ),
    (f"{_TIMES_OUT} ... {_CONNECTION} ... {_REMOTE_COMPUTER}", DISCONNECT, 0x108),
    (f"{REMOTE_DESKTOP} | rdp | terminal server | 3389 + {_TIMES_OUT}", DISCONNECT, 0x108),
    (
        f"{_DOMAIN_WORD} ~ {_UNAVAILABLE}",
        DISCONNECT,
        0x1807,
    ),
    (
        "telnet + 3389 + fails | failed | schlägt fehl | échoue | falla | fallisce | falha | mislukt",
        DISCONNECT,
        0x204,
    ),
    ("cant find a computer | cannot find a computer | couldnt find a computer", DISCONNECT, 0x104),
    (f"{_TARGET_COMPUTER} + {_REFUSED}", DISCONNECT, 0x204),
    ("computer refused the connection | pc refused the connection", DISCONNECT, 0x204),
    ("host not found", DISCONNECT, 0x208),
    ("host name lookup failed | hostname lookup failed", DISCONNECT, 0x604),
    ("that the host is reachable | ensure the remote computer is reachable", DISCONNECT, 0x204),
    ("requires nla | requires network level authentication", DISCONNECT, 0xB09),
    ("certificate + not approve | not accepted | was rejected | was refused", DISCONNECT, 0x907),
    ("security data + not valid | invalid security data", DISCONNECT, 0x406),
    ("lost connection to the rdp server", DISCONNECT, 0x904),
    (f"{_CONNECTION} + {_LOST} + {_SERVICES} | {_HOST} | {_REMOTE_COMPUTER} | {_RDP_SERVER}", DISCONNECT, 0x904),
    (f"{_ATTEMPT} + {_OF_TWENTY} + {_ANOTHER_GOAL} | sql server", "", 0),
    (
        f"{_RECONNECTS_BY_ITSELF} ... of 20$ | von 20$ | sur 20$ | de 20$ | di 20$ | van 20$ | af 20$ | av 20$",
        DISCONNECT,
        0x904,
    ),
    (f"{_ATTEMPT} ~ {_OF_TWENTY}", DISCONNECT, 0x904),
    (f"attempt$ ~ {_OF_TWENTY} ... {OF_REMOTE_DESKTOP} | mstsc", DISCONNECT, 0x904),
    ("vpn connection | internet connection | wifi connection + was lost | has been lost", "", 0),
    (
        "connection has been lost | connection was lost + attempting to reconnect | trying to reconnect"
        f" ... {OF_REMOTE_DESKTOP} | mstsc | your session",
        DISCONNECT,
        0x904,
    ),
    (f"{_ADDRESS_OF_THE_RDP_SERVER} >> {_COULD_NOT}", DISCONNECT, 0x104),
    (f"{_ADDRESS_OF_THE_RDP_SERVER} + {_COULD_NOT} + {_FIND}", DISCONNECT, 0x104),
    (f"{_BY_TLS} + {_RDP_SERVER} + {_COULD_NOT}", FREERDP, 0x20008),
    (f"{_NEGOTIATION_OF_SECURITY} ... {_RDP_SERVER}", FREERDP, 0x2000C),
    ("connection transport layer failed", DISCONNECT, 0x904),
    ("failed at tls connect | support a common tls version | fail during tls | failed during tls", FREERDP, 0x20008),
    ("check security protocol negotiation | failed at negotiating security", FREERDP, 0x2000C),
    ("failed at initial mcs connect", FREERDP, 0x20007),
    # Remmina's, whatever came between: https://github.com/FreeRDP/Remmina/issues/1513
    ("establish a connection to rdp server | establish a connection to the rdp server", FREERDP, 0x2000D),
    ("the connection was cancelled | the connection was canceled", FREERDP, 0x2000B),
    ("configuration error prevented a connection", FREERDP, 0x20001),
)
# What is said at the logon, or of the person, who is known and may not: a file, a service and a share deny access, too.
_ACCESS_IS_DENIED = (
    "access is denied | access denied | access was denied | zugriff verweigert | zugriff wurde verweigert"
    " | zugriff wird verweigert | accès refusé | accès est refusé | acceso denegado | acceso se ha denegado"
    " | denegó el acceso | accesso negato | acesso negado | acesso foi negado | toegang geweigerd"
    " | toegang is geweigerd"
    " | odmowa dostępu | dostęp zabroniony | přístup byl odepřen | přístup odepřen | отказано в доступе"
    " | доступ запрещен | в доступе отказано"
)
_PASSWORD_IS_GIVEN = (
    "correct password | right password | enter the password | entering the password | enter my password"
    " | entering my password | type my password | typing my password | my password it | after the password"
    " | richtigen passwort | richtigem passwort | richtigen kennwort | richtigem kennwort | eingabe des passworts"
    " | eingabe des kennworts | passwort eingebe | kennwort eingebe | bon mot de passe | mot de passe correct"
    " | saisi le mot de passe | saisir le mot de passe | saisie du mot de passe | tape le mot de passe"
    " | contraseña correcta | poner la contraseña | pongo la contraseña | introducir la contraseña"
    " | introduzco la contraseña | password corretta | password giusta | inserisco la password | inserita la password"
    " | inserito la password | senha correta | senha certa | digito a senha | digitar a senha | coloco a senha"
    " | juiste wachtwoord | wachtwoord invoer | wachtwoord intyp | poprawnego hasła | poprawne hasło | wpisaniu hasła"
    " | podaniu hasła | správné heslo | zadání hesla | правильный пароль | верный пароль | ввода пароля | ввожу пароль"
)
LOGONS: tuple[Row, ...] = (
    # https://learn.microsoft.com/troubleshoot/windows-server/remote/troubleshooting-access-denied-and-user-not-authorized-rds-issues
    (f"{_PASSWORD_IS_GIVEN} + {_ACCESS_IS_DENIED} ... {OF_REMOTE_DESKTOP} | mstsc", ERRINFO, 0x9),
    ("credentials invalid or missing", FREERDP, 0x2001B),
    ("authentication failure aborted | authentication failure, check credentials", DISCONNECT, 0x807),
    (f"{_CREDENTIALS} | {_ACCOUNT} + {_DO_NOT_WORK}", DISCONNECT, 0x807),
    (f"{_PASSWORD} ~ {_IS_AS_IT_SHOULD_BE} ~ {_NO_WORD}", DISCONNECT, 0x807),
    (f"{_PASSWORD} ~ {_TAKES} ~ {_NO_WORD} | wont$", DISCONNECT, 0x807),
    (f"n'accepte plus | n'acceptent plus | n'est plus accepté ~ {_PASSWORD}", DISCONNECT, 0x807),
    (f"{_PASSWORD} ~ {_WRONG}", DISCONNECT, 0x807),
    (_PASSWORD_IS_REFUSED, DISCONNECT, 0x807),
    (f"{_LOGON} ~ {_FAILED}", DISCONNECT, 0x807),
    ("giriş başarısız | logowanie nieudane", DISCONNECT, 0x807),
    # Windows' own for a refused smart card, too:
    # https://learn.microsoft.com/troubleshoot/windows-server/remote/cannot-authenticate-must-authenticate-twice
    (f"{_ATTEMPT_TO_LOG_ON} ~ {_IS_INVALID}", DISCONNECT, 0x807),
    ("bad username or authentication information | bad user name or authentication information", DISCONNECT, 0x807),
)
# What TermDD says in its events 56 and 50, in the words of Windows' translations; and that it puts somebody out. A scan
# of the port leaves the same, so that alone is nothing.
_ERROR_IN_THE_STREAM = (
    "error in the protocol stream | fehler im protokoll | erreur dans le flux de protocole"
    " | erreur dans le flux du protocole"
    " | error en la secuencia de protocolo | error en el flujo de protocolo | error en el flujo del protocolo"
    " | errore nel flusso del protocollo | errore nel flusso di protocollo | erro no fluxo do protocolo"
    " | erro no fluxo de protocolo | fout in de protocolstroom | błąd w strumieniu protokołu | chybu v proudu protokolu"
    " | ошибку в потоке протокола | ошибка в потоке протокола"
)
_IS_PUT_OUT = (
    "i get disconnected | we get disconnected | get disconnected | gets disconnected | getting disconnected | kicks me"
    " | kicked | throws me out | thrown out | drops me | session drops | session disconnects | session is dropped"
    " | wirft mich | wirft uns | fliege | fliegen | rausgeworfen | verbindung bricht | sitzung bricht"
    " | je suis déconnecté"
    " | me déconnecte | suis éjecté | se déconnecte | me desconecta | se desconecta | me echa | se cae | mi disconnette"
    " | si disconnette | mi butta fuori | cai a sessão | cai a conexão | uitgelogd | eruit gegooid | wyrzuca | rozłącza"
    " | vyhazuje | выкидывает | выбрасывает | разрывает"
)
# What a client warns of before it goes on; how it ended says more.
CERTIFICATE_NAMES: tuple[Row, ...] = (
    (f"{_NAME} + {_CERTIFICATE} + {_MADE_OUT_TO_ANOTHER} | {_DO_NOT_AGREE}", STATUS, 0x800B010F),
)
# That the picture stands still or stays black, or comes and goes. Says least of a session, so it comes after what says
# why.
# That a session ends right behind the logon: each of the first with each of the second.
_RIGHT_BEHIND = (
    (
        "right after, immediately after, directly after, straight after, just after, instantly after",
        "login, logon, log in, log on, logging in, logging on, sign in, signing in, i log, i sign, they log, they sign"
        ", the login, the logon, the sign in, authentication, entering the password, entering my password"
        ", entering their password, typing the password, the password",
    ),
    (
        "sofort nach, direkt nach, gleich nach, unmittelbar nach",
        "der anmeldung, dem anmelden, anmeldung, dem login, login, dem einloggen, der passworteingabe",
    ),
    (
        "juste après, immédiatement après, aussitôt après, tout de suite après",
        "la connexion, l'ouverture de session, l'authentification, le login, le mot de passe",
    ),
    (
        "justo después de, inmediatamente después de, nada más, justo tras",
        "iniciar sesión, el inicio de sesión, entrar, iniciar la sesión, poner la contraseña, autenticar",
    ),
    ("subito dopo, immediatamente dopo, appena dopo", "il login, l'accesso, l'autenticazione, la password"),
    (
        "logo após, imediatamente após, logo depois de",
        "o login, o logon, entrar, iniciar sessão, a autenticação, a senha",
    ),
    ("direct na, meteen na, onmiddellijk na", "het inloggen, inloggen, het aanmelden, aanmelden, de aanmelding"),
    ("zaraz po, natychmiast po, tuż po, od razu po", "zalogowaniu, logowaniu"),
    ("hned po, ihned po, okamžitě po", "přihlášení"),
    ("сразу после, сразу же после, тут же после", "входа, авторизации, логина, ввода пароля"),
)
_RIGHT_BEHIND_THE_LOGON = " | ".join(
    f"{right} {behind}"
    for first, second in _RIGHT_BEHIND
    for right in first.split(", ")
    for behind in second.split(", ")
) + (
    " | ログイン直後 | ログオン直後 | サインイン直後 | ログイン後すぐ | 登录后立即 | 登录后马上 | 登录后立刻"
    " | 登入後立即"
    " | 로그인 직후 | 로그인하자마자 | 로그인 하자마자"
)
_AS_SOON_AS_THEY_LOG_ON = (
    "as soon as i log | as soon as i sign | as soon as they log | as soon as they sign | as soon as users log"
    " | as soon as somebody logs | sobald ich mich anmelde | sobald man sich anmeldet | dès que je me connecte"
    " | en cuanto inicio sesión | non appena accedo | assim que faço login | zodra ik inlog | zodra ik me aanmeld"
)
_CLOSES = (
    "closes | closed | quits | exits | ends | schließt | geschlossen | beendet | se ferme | fermée | se cierra"
    " | cierra$ | si chiude | fecha$ | encerra | sluit | gesloten | zamyka | zavře | закрывается | закрыва"
    " | 閉じる | 閉じて | 关闭 | 關閉 | 닫힘 | 닫힙"
)
_THROWN_OUT_AT_ONCE = (
    "immediately logs me | immediately logs out | instantly logs me | immediately signs me | immediately logged out"
    " | immediately logged off | immediately signed out | logs me straight out | logs me right out"
    " | logged off immediately | logged out immediately | signed out immediately | instantly logged out"
    " | logs me out immediately | logs me off immediately | logs out immediately | sofort wieder abgemeldet"
    " | gleich wieder abgemeldet | sofort abgemeldet | meldet mich sofort wieder ab | déconnecté aussitôt"
    " | aussitôt déconnecté | immédiatement déconnecté | inmediatamente me desconecta"
    " | disconnesso subito | subito disconnesso | desconectado imediatamente | direct weer uitgelogd"
    " | natychmiast wylogow | hned odhlás | сразу выкидыва | сразу же выкидыва | すぐにログオフ | すぐサインアウト"
    " | 立即注销 | 马上注销"
)
FREEZES: tuple[Row, ...] = (
    (f"{_IS_PUT_OUT} ... {_ERROR_IN_THE_STREAM}", DISCONNECT, 0x10B),
    (f"{_SOMETHING_ELSE} > {_BREAKS} | {_KEEPS_BREAKING} | {_FREEZES} | {_COMES_BACK}", "", 0),
    # A service that hangs at its start, and a connection that does not get beyond its beginning: no session freezes.
    (
        "hung on starting | hangs on starting | securing remote connection | configuring remote session"
        " | initiating remote | estimating connection quality | remoteverbindung wird",
        "",
        0,
    ),
    # What depends on something, in German.
    ("hängt vom | hängt von | hängt davon", "", 0),
    (_WISHED, "", 0),
    # The logon itself stands still: nothing was shown yet that could freeze.
    (f"{_WAITING} + {_STAYS} + {OF_REMOTE_DESKTOP}", STATUS, 0xC00A0017),
    # With nothing that says that it is shown, as Korean quotes.
    (
        f"기다려 주세요 | 기다려 주십시오 ~ 멈춤 | 멈춥니다 | 멈춰 | 멈춘 | 계속 ~ {OF_REMOTE_DESKTOP} | {_LOGON}",
        STATUS,
        0xC00A0017,
    ),
    (f"{_WAITING} + {_STAYS} + {_SOMETHING_ELSE}", "", 0),
    # Windows' own screen of the logon alone names these services.
    (f"{_PLEASE_WAIT_FOR} + {_STAYS}", STATUS, 0xC00A0017),
    (f"{_WAITING} + {_STAYS} + {_LOGON} | {_PASSWORD} | {_RECONNECTS}", STATUS, 0xC00A0017),
    # A session alone may be of a tunnel, a shell or a meeting, which freeze and break as often.
    (f"{OF_REMOTE_DESKTOP} > {_FREEZES}", DISCONNECT, 0x10B),
    (f"{_THE_PICTURE} > {_FREEZES} > {OF_REMOTE_DESKTOP}", DISCONNECT, 0x10B),
    # Over RDP the session freezes: what is named with nothing before it is of what is named in the same clause.
    (f"{_THE_SESSION} > {_FREEZES} > {OF_REMOTE_DESKTOP}", DISCONNECT, 0x10B),
    # German parts the verb.
    (f"{_SESSION_STAYS} >> stehen$ | hängen$", DISCONNECT, 0x10B),
    (f"{OF_REMOTE_DESKTOP} >> {_COMES_BACK}", DISCONNECT, 0x10B),
    (f"{_CONNECTION_ATTEMPT} ... {_LOST}", DISCONNECT, 0x904),
    (f"{OF_REMOTE_DESKTOP} >> {_LOSES} >> {_CONNECTION}", DISCONNECT, 0x10B),
    # Each time after the same short time, which is no limit of the host.
    (f"{OF_REMOTE_DESKTOP} >> {_BREAKS} >> {_IN_SECONDS}", DISCONNECT, 0x10B),
    (f"{_THE_SESSION} + {_FREEZES} + {_BREAKS}", DISCONNECT, 0x10B),
    (f"{_ON_TO_THE_SERVER} + {_BREAKS} + {_IN_SECONDS}", DISCONNECT, 0x10B),
    (f"{OF_REMOTE_DESKTOP} > {_KEEPS_BREAKING}", DISCONNECT, 0x10B),
    # Where the text names elsewhere what the session is of.
    (f"{_A_SESSION} > {_BREAKS} > {_IN_SECONDS} | {AGAIN} ... {OF_REMOTE_DESKTOP} | mstsc", DISCONNECT, 0x10B),
    (f"{OF_REMOTE_DESKTOP} > {_BREAKS} > {AGAIN}", DISCONNECT, 0x10B),
    (f"{_CUT_OFF_FROM} + {OF_REMOTE_DESKTOP} + {AGAIN} | {_ALL_AT_ONCE}", DISCONNECT, 0x10B),
    (f"{_CUT_OFF_GERMAN} + {AGAIN} | {_ALL_AT_ONCE}", DISCONNECT, 0x10B),
    (f"{_BLACK_SCREEN} + {OF_REMOTE_DESKTOP} | {_LOGON} | {_PASSWORD}", DISCONNECT, 0x10B),
    (f"{_BLACK_SCREEN} + {_OTHER_SCREENS}", "", 0),
    (f"{_A_SCREEN} + {_BLACK} + {_OTHER_SCREENS}", "", 0),
    (f"{_A_SCREEN} + {_BLACK} + {OF_REMOTE_DESKTOP}", DISCONNECT, 0x10B),
    (f"{_BLACK_SCREEN} + {_THE_SESSION}", DISCONNECT, 0x10B),
    (
        f"{OF_REMOTE_DESKTOP} | mstsc >> {_BREAKS} | {_KICKED} | {_CLOSES} >> {_RIGHT_BEHIND_THE_LOGON}",
        DISCONNECT,
        0x10B,
    ),
    (
        f"{_A_SESSION} > {_BREAKS} | {_CLOSES} > {_RIGHT_BEHIND_THE_LOGON} ... {OF_REMOTE_DESKTOP} | mstsc",
        DISCONNECT,
        0x10B,
    ),
    (f"{OF_REMOTE_DESKTOP} | mstsc + {_THROWN_OUT_AT_ONCE}", DISCONNECT, 0x10B),
    (f"{_AS_SOON_AS_THEY_LOG_ON} + {_KICKED} | {_BREAKS} ... {OF_REMOTE_DESKTOP} | mstsc", DISCONNECT, 0x10B),
)
# What Windows' client says of an error inside it, as people tell of it: by its name. A web server has others.
INTERNAL_ERROR: tuple[Row, ...] = (
    (
        f"{OF_REMOTE_DESKTOP} | mstsc + internal error$ | interner fehler | internem fehler | internen fehler"
        " | erreur interne | error interno | errore interno | erro interno | interne fout | błąd wewnętrzny"
        " | błędem wewnętrznym | vnitřní chyba | vnitřní chybu | interní chyba | belső hiba | внутренняя ошибка"
        " | internt fel | internt fejl | intern fejl | intern feil | sisäinen virhe | sisäisen virheen"
        " | внутреннюю ошибку | 内部エラー | 内部错误 | 內部錯誤 | 내부 오류",
        DISCONNECT,
        0x4,
    ),
)
# Says only which way does not lead there, so it comes last.
# It gets there by its address alone.
_BY_ITS_ADDRESS = (
    "by ip | by its ip | by the ip | with ip | with the ip | with its ip | via ip"
    " | via the ip | using ip | using the ip"
    " | the ip works | ip address works | ip works | per ip | mit ip | mit der ip | über die ip | über ip | par ip"
    " | par l'ip | avec l'ip | via l'ip | par l'adresse ip | avec l'adresse ip | por ip | con la ip | por la ip"
    " | con l'ip | tramite ip | tramite l'ip | pelo ip | com o ip | met ip | met het ip | op ip | po ip | przez ip"
    " | po adresie ip | přes ip | по ip | через ip | ip アドレスでは | ip アドレスなら | 用 ip | 通过 ip | ip 地址可以"
    " | 使用 ip | ip로는"
)
_BY_ITS_NAME_NOT = (
    "not by name | not by its name | not by hostname | not by host name | not by computer name | not by dns name"
    " | not by the name | not by fqdn | not with the name | not with the hostname | not with the computer name"
    " | not with its name | not via name | not via hostname | not via the name | not using the name"
    " | not using the hostname | by name it doesnt | by name it does not | by hostname it doesnt"
    " | by hostname it does not | the name doesnt | the name does not | the hostname doesnt | the hostname does not"
    " | the computer name doesnt | the computer name does not | hostname fails | with the name it fails"
    " | by name it fails | by hostname it fails | name cannot be resolved | name cant be resolved"
    " | name could not be resolved | name couldnt be resolved | nicht per name | nicht über den namen"
    " | nicht mit dem namen | nicht über den hostnamen | nicht mit dem hostnamen | nicht über den rechnernamen"
    " | nicht mit dem rechnernamen | nicht mit dem computernamen | über den namen nicht | mit dem namen nicht"
    " | über den hostnamen nicht | mit dem hostnamen nicht | per name nicht | pas par nom | pas par le nom"
    " | pas avec le nom | pas via le nom | no por nombre | no por el nombre | no con el nombre | non per nome"
    " | non con il nome | non tramite il nome | não pelo nome | não com o nome | niet op naam | niet met de naam"
    " | niet via de naam | nie po nazwie | nie przez nazwę | ne přes název | ne přes jméno | не по имени"
    " | 名前では接続できません | ホスト名では接続できません | 名前では接続できない"
    " | ホスト名では接続できない | 用计算机名不行 | 用主机名不行 | 用名称不行 | 用電腦名稱不行"
)
_A_NAME = (
    "computer name | hostname | host name | server name | its name | name of the remote"
    " | name of the host | name of the computer | name of the server | name of the pc"
)
_IS_NOT_RESOLVED = (
    "cannot be resolved | cant be resolved | could not be resolved | couldnt be resolved | is not resolved"
    " | isnt resolved | does not resolve | doesnt resolve | wont resolve"
)
BY_ITS_WAY: tuple[Row, ...] = (
    (
        f"{_BY_ITS_NAME_NOT} + {_BY_ITS_ADDRESS} + {_WORKS} | connect | reach | log in | 接続でき | 可以"
        f" ... {OF_REMOTE_DESKTOP} | mstsc",
        DISCONNECT,
        0x104,
    ),
    (f"{_A_NAME} + {_IS_NOT_RESOLVED} ... {OF_REMOTE_DESKTOP} | {_HOST} | mstsc", DISCONNECT, 0x104),
    (f"{_BY_A_WAY} + {_CANNOT_CONNECT} + {_ANOTHER_GOAL}", "", 0),
    (f"{_IN_A_SESSION} | {_ANOTHER_GOAL} + {_WORKS_NOT} | {_NOT_BY_A_WAY}", "", 0),
    (f"{_BY_A_WAY} + {_CANNOT_CONNECT} ... {OF_REMOTE_DESKTOP} | mstsc", DISCONNECT, 0x204),
    (f"{_BY_A_WAY} | ping$ | pings$ | pinging$ | anpingen + {_CANNOT_RDP}", DISCONNECT, 0x204),
    (f"{OF_REMOTE_DESKTOP} > {_WORKS_NOT} > {_BY_A_WAY}", DISCONNECT, 0x204),
    (f"{OF_REMOTE_DESKTOP} > {_BY_A_WAY} > {_WORKS_NOT}", DISCONNECT, 0x204),
    (f"{_NOT_BY_A_WAY} + {_WORKS} + {OF_REMOTE_DESKTOP}", DISCONNECT, 0x204),
)
# What stands before the list of reasons for which a host is not reached at all. That a computer cannot connect Windows'
# own client says for many codes, so it has no meaning without the one that is behind *Show details*; where a reason
# follows that is not understood, that is said.
CONNECTING: tuple[Row, ...] = (
    (f"{_CANNOT_CONNECT_TO_IT} ... {_FOLLOWING_REASONS}", DISCONNECT, 0x204),
    (f"{_FOLLOWING_REASONS} ~ {_CANNOT_CONNECT_TO_IT}", DISCONNECT, 0x204),
    (f"{_CANNOT_CONNECT_TO_IT} + {_A_REASON}", "", 0),
    (f"{_COMPUTER} ~ {_CANNOT_CONNECT_TO_IT}", "", 0),
    (f"{REMOTE_DESKTOP} ~ {_CANNOT_CONNECT_TO_IT}", DISCONNECT, 0x204),
    # Of ping, and Windows' own words for ERROR_CONNECTION_REFUSED, as psping prints them.
    (
        "destination host unreachable | zielhost nicht erreichbar | impossible de joindre l'hôte de destination"
        " | hôte de destination inaccessible | host de destino inaccesible | host di destinazione non raggiungibile"
        " | host de destino inacessível | doelhost onbereikbaar | doelhost is niet bereikbaar"
        " | host docelowy jest nieosiągalny | cílový hostitel není dostupný | заданный узел недоступен",
        DISCONNECT,
        0x204,
    ),
    (
        "refused the network connection | hat die netzwerkverbindung abgelehnt | a refusé la connexion réseau"
        " | rechazó la conexión de red | ha rifiutato la connessione di rete | recusou a conexão de rede"
        " | recusou a ligação de rede | heeft de netwerkverbinding geweigerd | odrzucił połączenie sieciowe"
        " | odmítl síťové připojení | отклонил это сетевое подключение | ネットワーク接続を拒否 | 拒绝网络连接",
        DISCONNECT,
        0x204,
    ),
)
