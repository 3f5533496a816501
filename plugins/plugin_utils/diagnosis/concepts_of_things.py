# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is complained of, and who, where, when and by which way, in the words of all languages: see ``concepts``."""

from __future__ import annotations

THINGS = """
# What is complained of.
account: account | user account | konto$ | kontos$ | kontot | kontoen | benutzerkonto | domänenkonto | användarkonto
    | brukerkonto | brugerkonto | tilisi | tilini | tilinsä | tunnus$ | tunnuksen | kontoist | kontowurde | kontojest
    | käyttäjätunnu | konti$ | gebruikersaccount | compte | cuenta | a conta | conta$ | conto utente | účet | účtu
    | fiók | hesap | hesab | kayttäjätili | tili$ | учетная запись | учетной записи | аккаунт | обліковий запис
    | アカウント | 계정 | 帐户 | 账户 | 帳戶 | 帐号 | 账号 | konta$ | kontem$ | kontu$ | účtem$ | cont$ | contul
    | conturi | учетн* запис | учетк | обліков* запис | обліковк | акаунт | λογαριασμ | 帳號
password: password | kennwort | passwort | mot de passe | contraseña | senha | palavra passe | wachtwoord | clave$
    | jelszó | jelsza | şifre | lösenord | passord | adgangskode | salasana | парол | パスワード | 密码 | 密碼 | 암호
    | 비밀번호 | hasł | hesl | parol | κωδικ
credentials: credentials | anmeldeinformationen | anmeldedaten | informations d'identification | identifiants
    | credenciales | credenciais | credenziali | referenties | přihlašovací údaje | hitelesítő adat | kimlik bilgi
    | autentiseringsuppgift | inloggningsuppgift | legitimasjon | legitimationsoplysning | учетные данные
    | облікові дані | 資格情報 | 자격 증명 | 凭据 | 凭证 | 憑證 | 您的認證 | 您的认证 | poverenia | prihlasovacie údaje
    | acreditările dvs | datele de acreditare | идентификационните данни | идентификационни данни | אישורי הכניסה
    | האישורים שלך | بيانات الاعتماد | thông tin xác thực | thông tin đăng nhập | ข้อมูลประจำตัว | kredensial
    | påloggingsinformasjon | brukerlegitimasjon | tunnistetie | poświadcze | přihlašovací* údaj | acredităr
    | учетн* данн | обліков* дан | διαπιστευτήρι | 認證 | dan* logowania | dan* do logowania | belépési adat
    | bejelentkezési adat | date* de conectare | date* de logare | giriş bilgi | данн* для входа | дан* для входу
    | στοιχεία σύνδεσ | στοιχεία εισόδου | ログイン情報 | サインイン情報 | 登录信息 | 登入資訊 | 로그인 정보
logon: logon | log on$ | login | log in$ | signin | sign on | anmeldung | anmeldeversuch | anmelden
    | tentative d'ouverture de session | ouverture de session | inicio de sesión | iniciar sesión | tentativa de logon
    | tentativa de início de sessão | início de sessão | iniciar sessão | tentativo di accesso | aanmelding | aanmelden
    | inloggen | próba logowania | bejelentkezési kísérlet | inloggning | innlogging | pålogging | kirjautuminen | вход
    | попытка входа | вход в систему | вхід | спроба входу | ログオン | ログイン | サインイン | 로그온 | 로그인 | 登录
    | 登入 | kirjautumisyritys | sisäänkirjautuminen | logowani | zalogow | zaloguj | loguj | přihlás | bejelentkez
    | belépés | belépni | belépek | conectar | conecta$ | logare | loga$ | loghez | intra$ | oturum aç | giriş | giremi
    | giriyor | girey | войти | зайти | захожу | увійти | ввійти | заход | συνδέ | μπαίν | μπω$ | 登錄 | 登上 | 登不
    | autentificare
remote_desktop: remote desktop | remotedesktop | bureau à distance | escritorio remoto | área de trabalho remota
    | etätyöpöyd | ambiente de trabalho remoto | desktop remoto | extern bureaublad | pulpit zdalny | vzdálená plocha
    | távoli asztal | uzak masaüstü | fjärrskrivbord | eksternt skrivebord | fjernskrivebord | etätyöpöytä
    | удаленный рабочий стол | удаленному рабочему столу | віддалений робочий стіл | віддаленого робочого столу
    | リモート デスクトップ | 원격 데스크톱 | 远程桌面 | 遠端桌面 | pulpitu zdalnego | pulpitem zdalnym
    | pulpicie zdalnym | vzdálené plochy | vzdálenou plochou | удаленного рабочего стола | удаленным рабочим столом
computer: computer | rechner | ordinateur | equipo | computador | komputer | počítač | számítógép | bilgisayar | datorn
    | datamaskin | tietokone | компьютер | комп'ютер | コンピュータ | 컴퓨터 | 计算机 | 電腦 | 电脑 | gép$ | gépem
    | gépen | calculator | υπολογιστ | laptop | notebook | ноутбук | dizüstü | 笔记本 | 筆電 | 노트북 | pc$ | の pc
    | pc の | pc が | pc에 | pecet | pececie
host: remote desktop server | remote server | remote computer | remote pc | remote host | target machine
    | entfernte computer | serveur distant | ordinateur distant | pc distant | servidor remoto | equipo remoto
    | computador remoto | server remoto | computer remoto | externe computer | komputer zdalny | zdalny komputer
    | zdalnego komputera | komputera zdalnego | vzdálený počítač | vzdáleného počítače | távoli számítógép
    | uzak bilgisayar | fjärrdatorn | fjerncomputer | eksterne datamaskin | etätietokone | удаленного компьютера
    | удаленным компьютером | віддаленого комп'ютера | віддаленим комп'ютером | zdalnym komputerem | komputerem zdalnym
    | vzdáleným počítačem | entfernten computer | сервер удаленных рабочих столов | удаленный компьютер
    | віддалений комп'ютер | リモート コンピューター | 원격 컴퓨터 | 원격 PC | 远程计算机 | 远程电脑 | 远程桌面服务器
    | 遠端電腦 | serwer zdalnego pulpitu | uzak masaüstü sunucusu | fjärrskrivbordsservern | vzdálenému počítači
    | server vzdálené plochy | estação remota | komputer* zdaln | vzdálen* počítač | computer* la distanță
    | удаленн* компьютер | віддален* комп'ютер | απομακρυσμέν* υπολογιστ | távoli gép | zdaln* maszyn | 遠端主機
# The host in Guacamole's words: https://github.com/apache/guacamole-client/tree/main/guacamole/src/main/frontend/src
rd_server: remote desktop server$ | remote desktop servers$ | serveur de bureau à distance$
    | servidor de escritorio remoto$ | server desktop remoto$ | servidor de área de trabalho remota$
    | extern bureaublad server$ | externe bureaublad server$ | serwer zdalnego pulpitu$ | server vzdálené plochy$
    | estação remota$ | uzak masaüstü sunucusu | fjärrskrivbordsservern$ | eksternt skrivebord server$
    | сервер удаленного рабочего стола$ | сервер удаленных рабочих столов$ | リモート デスクトップ サーバー
    | 원격 데스크톱 서버 | 远程桌面服务器 | 遠端桌面伺服器
connection: connection | verbindung | connexion | conexión | conexão | connessione | verbinding | yhteyden | yhteyttä
    | yhteydet | ligação | tilkoplingen | kapcsolat | anslutning | tilkobling | forbindelse | yhteys | 接続 | 연결
    | 连接 | 連線 | połączeni | połączy | łączeni | připoj | spojení | csatlakoz | conexiun | conect | bağlan | подключ
    | соединени | связь | підключ | з'єднанн | зв'язок | συνδέ | 접속 | kapcsolód
session: {connection} | session | sitzung | remotesitzung | sesión | sessão | sessie | сеанс | remotesession
    | tilkoblingen | ligações | セッション | 세션 | 会话 | 工作階段 | munkamenet | oturum | istunto | økten | økta
    | etäistunto | fjärrsession | fjernsession | sesj | relac | sesiun | сесси | сесі | περίοδο* λειτουργίας
    | περιόδου λειτουργίας | συνεδρί
licence_server: license server | licence server | lizenzserver | serveurs de licences | käyttöoikeuspalvelim
    | lisenssipalvelim | lisenssipalvelin | servidor de licencia | server di licenz | serveur de licence
    | servidores de licencias | servidor de licenças | servidores de licença | server licenze | licentieserver
    | serwer licencji | serwera licencji | serwerów licencji | licenční server | licenčních serverů
    | távoli asztal licenckiszolgáló | licensserver | licensservrar | lisensserver | käyttöoikeuspalvelin
    | сервер лицензирования | серверы лицензирования | серверов лицензирования | сервер ліцензування
    | сервери ліцензування | серверів ліцензування | 許可證伺服器 | {licence_server_inflected}
licence_server_inflected: serwer* licenc | licenčn* server | licencszerver | licenckiszolgáló | server* de licen
    | lisans sunucu | сервер* лиценз | сервер* ліценз | διακομιστ* αδει | ライセンス サーバ | 授权服务器 | 许可证服务器
    | 授權伺服器 | 라이선스 서버
domain_controller: domain controller | domänencontroller | contrôleur de domaine | controlador de dominio
    | controller di dominio | domeincontroller | kontroler domeny | kontrolerem domeny | řadič domény | řadičem domény
    | domänkontrollant | domenekontroller | domænecontroller | toimialueen ohjauskon | контролер домену
    | контролером домену | контроллер домена | контроллером домена | {domain_controller_inflected}
domain_controller_inflected: kontroler* domeny | řadič* domény | tartományvezérlő | controler* de domeniu
    | etki alanı denetleyici | контроллер* домен | контролер* домен | ελεγκτή* τομέα | ドメイン コントローラ | 域控
    | 網域控制站 | 도메인 컨트롤러
local_authority: local security authority | lokale sicherheitsautorität | autorité de sécurité locale
    | lokale sikkerhetsinstans | lokal sikkerhetsmyndighet | lokale sikkerhetsautoritet | suojausviranomai
    | lokala säkerhetsauktoritet | lokala säkerhetskontroll | autoridad de seguridad local
    | autoridade de segurança local | autorità di sicurezza locale | autorità di protezione locale
    | lokale beveiligingsautoriteit | urzędem zabezpieczeń lokalnych | lokalnym urzędem zabezpieczeń
    | místní autoritu zabezpečení | místním úřadem zabezpečení | helyi biztonsági szolgáltató
    | lokala säkerhetsmyndighet | lokale sikkerhetsmyndighet | lokale sikkerhedsautoritet | lokale sikkerhedsmyndighed
    | lokale sikkerhed myndighed | paikallinen suojausviranomai | paikalliseen suojausviranomai
    | paikallisen suojausviranomai | локальным администратором безопасности | ローカル セキュリティ機関 | 로컬 보안 기관
    | 현지 보안 기관 | 本地安全机构 | 本機安全性授權 | lokalnym urzędem bezpieczeństwa | lokalnej władzy zabezpieczeń
    | lokálnu bezpečnostnú autoritu | miestnu autoritu zabezpečenia | helyi biztonsági hatóság
    | yerel güvenlik otoritesi | локальной системой безопасности | локальному администратору безопасности
    | локальным центром безопасности | локальним центром безпеки | локальною системою безпеки | τοπική αρχή ασφαλείας
    | autoritatea locală de securitate | местния орган за защита | локалния орган за защита | cơ quan bảo mật cục bộ
    | cơ quan bảo mật địa phương | רשות האבטחה המקומית | سلطة الأمان المحلية | مرجع الأمان المحلي | 本地安全性授权
    | urzęd* zabezpieczeń lokalnych | místní* úřad* zabezpečení | helyi biztonsági szerv | autoritatea de securitate loc
    | yerel güvenlik yetkili | локальн* системой безопасности | локальн* центром безпеки
trust: trust relationship | vertrauensstellung | relation d'approbation | relación de confianza | klareringen mot
    | klareringsrelasjon | luottamus toimialue | förtroendet med | förtroendeförhållande | trust with the
    | vertrauensbeziehung | rapport d'approbation | relation de confiance | relazione di fiducia
    | relação de fidedignidade | relação de confiança | relazione di trust | vertrouwensrelatie | relacja zaufania
    | vztah důvěryhodnosti | megbízhatósági kapcsolat | förtroenderelation | tillitsforhold | доверительные отношения
    | 信頼関係 | 트러스트 관계 | 信任关系 | 信任關係 | tillidsforhold | klareringsforhold | luottamussuhde
    | relacj* zaufania | zaufani* do domeny | vztah* důvěr | důvěr* s doménou | bizalmi kapcsolat | relați* de încredere
    | güven ilişki | доверительн* отношени | доверие к домену | довірч* відносин | довіру до домену
    | σχέση* εμπιστοσύνης
domain: domain | domäne | dominio | domein | domen | tartomány | etki alanı | primærdomen | primærdomæn | домен
    | ドメイン | 도메인 | 域 | 網域 | domæne | toimialue | τομέα
sign_in_method: sign in method | logon method | anmeldemethode | méthode de connexion | méthode d'ouverture de session
    | método de inicio de sesión | metodo di accesso | método de entrada | aanmeldingsmethode | metoda logowania
    | inloggningsmetod | способ входа | метод входа | サインイン方法 | 로그인 방법 | 登录方法 | 登入方法 | logonmetode
    | loginmetode | påloggingsmetode | kirjautumistapa | kirjautumismenetelm | způsob přihlášení | metoda přihlášení
    | bejelentkezési mód | método de início de sessão | спосіб входу | metod* logowania | metod* přihlášení
    | způsob* přihlášení | metod* de conectare | oturum açma yöntem | метод* входа | способ* входа | метод* входу
    | μέθοδο* εισόδου | μέθοδος εισόδου
security_error: security error | sicherheitsfehler | erreur de sécurité | error de seguridad | erro de segurança
    | errore di protezione | errore di sicurezza | beveiligingsfout | błąd zabezpieczeń | błędu zabezpieczeń
    | chyba zabezpečení | chyby zabezpečení | chybě zabezpečení | säkerhetsfel | sikkerhedsfejl | sikkerhetsfeil
    | suojausvirhe | ошибка безопасности | ошибки безопасности | セキュリティ エラー | 보안 오류 | 安全错误 | 安全性錯誤
    | błęd* zabezpieczeń | chyb* zabezpečení | biztonsági hib | eror* de securitate | eroare* de securitate
    | güvenlik hata | ошибк* безопасности | помилк* безпеки | σφάλμα* ασφαλείας
# As Windows' own client called a host before it was one of Remote Desktop.
terminal_server: terminal server | serveur terminal server | servidor de terminal server | servidor de terminal
    | server terminal | serwer terminali | serwerem terminali | terminálový server | terminálovému serveru
    | terminálovým serverem | terminálkiszolgáló | terminal sunucu | сервер терминалов | сервером терминалов
    | серверу терминалов | сервер терміналів | сервером терміналів | ターミナル サーバー | 터미널 서버 | 终端服务器
    | 終端機伺服器 | 終端伺服器
# As Windows' own client calls it; the Windows App says PC.
remote_computer: remote computer | entfernten computer | ordinateur distant | equipo remoto | computador remoto
    | computer remoto | externe computer | komputerem zdalnym | vzdálenému počítači | távoli számítógép
    | uzak bilgisayar | fjärrdatorn | fjerncomputer | eksterne datamaskin | etätietokone | удаленным компьютером
    | удаленному компьютеру | віддаленим комп'ютером | リモート コンピューター | 원격 컴퓨터 | 远程计算机 | 遠端電腦
    | vzdialenému počítaču | віддаленого комп'ютера | απομακρυσμένο υπολογιστή | computerul la distanță
    | computerul de la distanță | отдалечения компютър | máy tính từ xa
a_reason: because | due to | weil | da der | da die | da das | da ein | da ihr | da kein | aufgrund | wegen | en raison
    | à cause | car le | car la | car l'ordinateur | car un | car votre | car vos | car aucun | parce que | porque
    | debido | ya que | a causa | perché | poiché | devido | omdat | vanwege | ponieważ | z powodu | protože | kvůli
    | mert$ | miatt | nedeniyle | eftersom | på grund av | fordi | på grund af | på grunn av | koska | vuoksi
    | потому что | так как | из-за | поскольку | оскільки | ため | 때문 | 因为 | 由于 | 因為 | 由於
# Whom to ask, in the words of the Windows App and of the client on the web.
technical_support: tech support | technical support | technischen support | support technique | soporte técnico
    | servicio de asistencia técnica | supporto tecnico | suporte técnico | technische ondersteuning
    | pomocy technicznej | technickou podporu | műszaki támogatás | teknik destek | teknisk support | teknisk støtte
    | tekniseen tukeen | tekniseltä tuelta | технической поддержк | технічної підтримк | テクニカル サポート | 기술 지원
    | 技术支持 | 技術支援
error_in_encryption: fehlers bei der datenverschlüsselung | fehlers in der datenverschlüsselung
    | erreur de chiffrement des données | error in data encryption | tietojen salauksessa tapahtunee
    | virhe tietojen salauksessa | salausvirhe | erreur de cryptage des données | erreur dans le chiffrement des données
    | error en el cifrado de datos | error de cifrado de datos | errore nella crittografia dei dati
    | errore di crittografia dei dati | erro na criptografia de dados | erro de criptografia de dados
    | erro na encriptação de dados | fout in de gegevensversleuteling | fout bij het versleutelen van gegevens
    | błędu szyfrowania danych | błędu w szyfrowaniu danych | chyby šifrování dat | chybě šifrování dat
    | adattitkosítási hiba | veri şifreleme hatası | fel vid datakryptering | fel i datakrypteringen
    | fejl i datakryptering | feil i datakryptering | ошибки шифрования данных | помилку шифрування даних
    | データの暗号化でエラー | データ暗号化エラー | 데이터 암호화 오류 | 数据加密错误 | 数据加密出现错误 | 資料加密錯誤
# The Danish ur alone is English, too, in haste: your.
clock: clock | system time | uhr | systemzeit | horloge | reloj | relógio | orologi | klocka | klokka | kello$ | kellot
    | uret$ | urene$ | systemtid | klok$ | klokken | zegar | hodiny | rendszeridő | sistem saati | klockor | часы
    | системное время | 時計 | 时钟 | 時鐘 | serverens ur$ | klientens ur$ | computerens ur$ | fjerncomputerens ur$
    | maskinens ur$ | værtens ur$ | domænecontrollerens ur$ | pc'ens ur$ | mit ur$ | dit ur$ | vores ur$
clock_inflected: zegar | godzina na | czas na | hodiny | čas na | órája | ceasul | ora de pe | saati$ | часы | время на
    | время или | годинник | час на | час або | ρολόι | η ώρα | 時計 | 時刻 | 时钟 | 时间和 | 的时间 | 時鐘 | 的時間
    | 시계 | 시간이
# As Windows' settings and pages have it; among others https://tofixeasy.com/nl/,
# https://altarena.ru/network-location-awareness-na-russkom-windows-10/ and
# https://github.com/jumpserver/jumpserver/issues/3573
network_level: network level authentication | network level authentification | auf netzwerkebene | au niveau du réseau
    | verificatie op netwerkniveau | autentisering på nätverksnivå | a nivel de red | a livello di rete
    | op netwerkniveau | na poziomie sieci | на уровне сети | ネットワーク レベル認証 | 网络级别身份验证 | 網路層級驗證
    | na úrovni sítě | hálózati szintű | ağ düzeyinde | på nätverksnivå | på nettverksnivå | på netværksniveau
    | verkkotason | ao nível da rede | no nível da rede | em nível de rede | no nível de rede | de nivel de red
    | 네트워크 수준 인증 | na úrovni siete | на рівні мережі | על שם רשת | على مستوى الشبكة | nettverksnivågodkjenning
    | nettverksnivåautentisering | netværksniveaugodkendelse
network_level_or_nla: {network_level} | la nivel de rețea | σε επίπεδο δικτύου | nla に | nla を | nla 必須 | nla,
# As Remmina says it in each language (po of https://github.com/FreeRDP/Remmina): whose server, and why not.
rdp_server: rdp server | serveur rdp | servidor rdp | server rdp | serwer rdp | serwera rdp | serwerem rdp | serveru rdp
    | serverem rdp | rdp sunucu | rdp kiszolgáló | rdp palvelin | сервер rdp | сервера rdp | серверу rdp | сервером rdp
    | rdp сервер | rdp サーバ | rdp 서버 | rdp 服务器 | rdp 伺服器
by_tls: via tls | over tls | über tls | mittels tls | par tls | mediante tls | tramite tls | por tls | przez tls
    | za pomocą tls | pomocí tls | přes tls | tls üzerinden | genom tls | через tls | tls を介して | tls 経由 | 通过 tls
    | 透過 tls | tls를 통해
remote_access: remote access to the server | remotezugriff auf den server | accès à distance au serveur
    | acceso remoto al servidor | acesso remoto ao servidor | accesso remoto al server | externe toegang tot de server
    | dostęp zdalny do serwera | vzdálený přístup k serveru | vzdialený prístup k serveru
    | távoli hozzáférés a kiszolgáló | kiszolgáló távoli elérése | sunucuya uzaktan erişim | fjärråtkomst till servern
    | fjernadgang til serveren | ekstern tilgang til serveren | palvelimen etäkäyttö | etäkäyttö palvelimeen
    | удаленный доступ к серверу | віддалений доступ до сервера | サーバーへのリモート アクセス
    | 서버에 대한 원격 액세스 | 对服务器的远程访问 | 對伺服器的遠端存取 | الوصول عن بعد إلى الخادم | הגישה מרחוק לשרת
    | 服务器的远程访问 | 伺服器的遠端存取 | απομακρυσμένη πρόσβαση στο διακομιστή
    | απομακρυσμένη πρόσβαση στον διακομιστή | accesul la distanță la server | отдалеченият достъп до сървъра
    | truy cập từ xa vào máy chủ | truy cập từ xa tới máy chủ | การเข้าถึงเซิร์ฟเวอร์จากระยะไกล
    | akses jarak jauh ke server
authentication_error: authentication error | authentification error | authentifizierungsfehler
    | erreur d'authentification | error de autenticación | erro de autenticação | errore di autenticazione
    | verificatiefout | błąd uwierzytelniania | chybě ověřování | chyba ověřování | chyba overenia | chybe overenia
    | autentiseringsfel | godkjenningsfeil | godkendelsesfejl | todennusvirhe | ошибка проверки подлинности
    | помилка автентифікації | помилка перевірки автентичності | 認証エラー | 인증 오류 | 身份验证错误 | 驗證錯誤
    | خطأ في المصادقة | שגיאת אימות | błąd uwierzytelnienia | ошибка при проверке подлинности | 身份验证出错
    | σφάλμα ελέγχου ταυτότητας | σφάλμα κατά τον έλεγχο ταυτότητας | eroare de autentificare | eroare la autentificare
    | грешка при удостоверяване | lỗi xác thực | kesalahan autentikasi | ข้อผิดพลาดในการรับรองความถูกต้อง
    | ข้อผิดพลาดการรับรองความถูกต้อง | ข้อผิดพลาดในการตรวจสอบสิทธิ์ | błąd* uwierzytelniania | chyb* ověřování
    | hitelesítési hib | kimlik doğrulama hata | ошибк* проверки подлинности | помилк* автентифікації
function: function | funktion | fonction | función | função | funzione | functie | funkcja | funkce | funkcia | függvény
    | funkció | işlev | funksjon | toiminto | funktiota | функция | функція | функції | 関数 | 機能 | 함수 | 函数 | 函數
    | 功能 | الوظيفة | הפונקציה | funcția | fungsi | λειτουργία | chức năng | ฟังก์ชัน | 函式 | функцией
    | {function_inflected}
function_inflected: żądana funkcja | požadovaná funkce | kért függvény | kért funkció | funcția solicitată
    | istenen işlev | указанная функция | запрошенная функция | потрібна функція | запитана функція | вказана функція
    | λειτουργία που ζητήθηκε | 要求された関数 | 要求的函数 | 要求的函數 | 要求的函式 | 요청한 함수
# http://support.microsoft.com/kb/951608 and the client's own sentence: saved credentials are not handed to this host.
saved_credentials: gespeicherten anmeldeinformationen | gespeicherter anmeldeinformationen
    | gespeicherte anmeldeinformationen | saved credentials | stored credentials | gespeicherte anmeldedaten
    | gespeicherte kennwörter | identifiants enregistrés | mots de passe enregistrés | credenciales almacenadas
    | credenziali memorizzate | credenciais armazenadas | opgeslagen wachtwoord | sparade inloggningsuppgifter
    | sparade lösenord | gemte loginoplysninger | gemte adgangskoder | lagret legitimasjon
    | lagret påloggingsinformasjon | lagrede passord | tallennettujen tunnistetietojen | tallennettuja tunnistetietoja
    | tallennettuja salasanoja | informations d'identification enregistrées | credenciales guardadas
    | credenziali salvate | credenciais salvas | credenciais guardadas | opgeslagen referenties | zapisanych poświadczeń
    | uložených přihlašovacích údajů | uložené přihlašovací údaje | uložených poverení | mentett hitelesítő adat
    | kaydedilmiş kimlik bilgi | kayıtlı kimlik bilgi | sparade autentiseringsuppgifter | gemte legitimationsoplysninger
    | lagrede legitimasjonsbeskrivelser | сохраненные учетные данные | сохраненных учетных данных
    | збережені облікові дані | збережених облікових даних | 保存された資格情報 | 保存的凭据 | 已保存的凭据 | 儲存的認證
    | 저장된 자격 증명
package: package | paket | paquete | pacote | pacchetto | pakket | pakiet | balíč | csomag | pakken | пакет | パッケージ
    | 패키지 | 程序包 | 程式包 | 套件
services: remote desktop services | remotedesktopdienste | services bureau à distance | services de bureau à distance
    | eksternt skrivebord tjenest | fjernskrivebordstjenest | fjärrskrivbordstjänst | extern bureaublad service
    | servicios de escritorio remoto | servizi desktop remoto | serviços de área de trabalho remota
    | serviços de ambiente de trabalho remoto | usług pulpitu zdalnego | usługi pulpitu zdalnego
    | služby vzdálená plocha | služby vzdálené plochy | služeb vzdálené plochy | távoli asztali szolgáltatás
    | uzak masaüstü hizmetleri | tjenester for eksternt skrivebord | etätyöpöytäpalvelu
    | службы удаленных рабочих столов | служби віддалених робочих столів | リモート デスクトップ サービス
    | 원격 데스크톱 서비스 | 远程桌面服务 | 遠端桌面服務
right: right to sign in | right to log on | berechtigung zum anmelden | recht zum anmelden | anmelderecht
    | derecho de iniciar | recht nodig om u aan | oikeutta kirjautua | rättighet att logga | retten til å logge
    | droit d'ouvrir une session | droit de se connecter | droit d'ouverture de session | autorisation d'ouvrir
    | derecho de inicio | derecho a iniciar | permiso para iniciar | permisos para iniciar | diritto di acce
    | autorizzazione per acce | autorizzazione di acce | direito de entrar | direito de fazer logon | direito de logon
    | permissão para iniciar | permissão para entrar | direito de iniciar | recht om aan te melden | machtiging om
    | prawo logowania | prawo do logowania | uprawnień do logowania | uprawnienie do logowania | právo přihlásit
    | oprávnění k přihlášení | právo na přihlášení | oprávnenie na prihlásenie | bejelentkezési jog | bejelentkezés jog
    | bejelentkezéshez való jog | oturum açma hakkı | oturum açma izni | rätt att logga | behörighet att logga
    | rett til å logge | rettighet til å logge | ret til at logge | rettighed til at logge | oikeus kirjautua
    | kirjautumisoikeu | право на вход | право входа | право входити | サインインする権限 | ログオンする権利
    | サインインする権利 | 로그인할 수 있는 권한 | 로그온할 수 있는 권한 | 登录的权限 | 登录权限 | 登入的權限 | 登入權限
    | derechos para iniciar | derecho para iniciar | derechos de inicio | direitos para iniciar | diritti di acce
    | サインイン権限 | サインインの権限 | ログオン権限 | 로그인 권한 | rettigheten til å logge
    | rettigheden til at logge | recht nodig om u aan te melden | recht hebben om
remote_logon: remote logon | remote login | (log, sign) in remotely | remoteanmeldung | connexion à distance
    | ouverture de session à distance | remote anzumelden | accedere in remoto | extern aan te melden
    | logga in via fjärrskrivbord | logga in på fjärrskrivbord | logge på via fjernskrivebord
    | logge på med eksternt skrivebord | logge på via eksternt skrivebord | log on remotely | connecter à distance
    | ouvrir une session à distance | inicio de sesión remoto | logon remoto | início de sessão remoto | login remoto
    | accesso remoto | extern aanmelden | externe aanmelding | zdalnego logowania | zdalne logowanie
    | vzdálenému přihlášení | uzaktan oturum açma | fjärrinloggning | fjernlogon | ekstern pålogging | etäkirjautumi
    | удаленного входа | удаленный вход | віддаленого входу | iniciar sesión remota | iniciar sesión de forma remota
    | iniciar sessão remotamente | logowania zdalnego | logowanie zdalne | vzdálenému přihlašování
    | aanmelding op afstand | aanmelden op afstand | {remote_logon_inflected}
remote_logon_inflected: zdaln* logowani | logow* zdaln | logowania przez usługi pulpitu | vzdálen* přihlášení
    | vzdáleně přihl | přihlásit* přes vzdálen | távoli bejelentkez | távolról bejelentkez | conect* la distanță
    | conect* de la distanță | uzaktan oturum | удаленн* вход | віддален* вхід | απομακρυσμέν* σύνδεσ
    | リモート ログイン | リモートでログオン | 远程登录 | 遠端登入 | 원격 로그인 | 원격으로 로그온 | logować się zdaln
    | zalogować się zdaln | リモート ログオン | リモート サインイン | віддален* вході | 원격 로그온
# As mstsc has it where broker and session host differ, and as its translations have it:
# https://bizlog.tech/remoteapp-lb-rdp-error/
server_certificate: server authentication certificate | serverauthentifizierungszertifikat
    | certificat d'authentification | certificado de autenticación | certificado de autenticação
    | certificato di autenticazione | serververificatiecertificaat | certyfikat uwierzytelni
    | certifikát pro ověření serveru | kiszolgáló hitelesítési tanúsítvány | sunucu kimlik doğrulama sertifika
    | serverautentiseringscertifikat | servergodkjenningssertifikat | servergodkendelsescertifikat
    | сертификат проверки подлинности | сертифікат автентифікації | サーバー認証証明書 | 서버 인증 인증서
    | 服务器身份验证证书 | 伺服器驗證憑證
certificate: zertifikat | certificado | certificaat | varmente | varmenne | {certificate_inflected}
certificate_inflected: certyfika | certifikát | tanúsítvány | certificat | sertifika | сертификат | сертифікат
    | πιστοποιητικ | 証明書 | 证书 | 憑證 | 인증서
another_user: another user | anderer benutzer | anderen benutzer | autre utilisateur | otro usuario | outro usuário
    | outro utilizador | altro utente | andere gebruiker | inny użytkownik | innego użytkownika | jiný uživatel
    | másik felhasználó | başka bir kullanıcı | annan användare | annen bruker | anden bruger | toinen käyttäjä
    | другой пользователь | інший користувач | 別のユーザー | 다른 사용자 | 另一用户 | 另一个用户 | 其他用户
    | 另一位使用者 | 其他使用者已 | 另一個使用者 | iný používateľ | άλλος χρήστης | alt utilizator | друг потребител
    | người dùng khác | ผู้ใช้อื่น
# The program's own short name is said in every language.
remote_session: {remote_desktop} | rdp | terminal server | session | sitzung | remotesitzung | sesión | sessão
    | remotesession | fjärrsession | fjernsession | økta$ | etäistunto | servern$ | serveren$ | etäyhteys | palvelimelta
    | serveur$ | servidor$ | sessie | sesja | sesji | relace | munkamenet | oturum | økten | istunto | сеанс | сессия
    | セッション | 세션 | 会话 | 工作階段
user_profile: user profile | benutzerprofil$ | profil utilisateur | perfil de usuario | perfil do usuário
    | perfil de utilizador | profilo utente | profilo dell'utente | gebruikersprofiel | användarprofil | brukerprofil
    | brugerprofil | käyttäjäprofiili | ユーザー プロファイル
profile: your profile | user profile | benutzerprofil | votre profil | profil utilisateur | su perfil
    | perfil de usuario | perfil do usuário | perfil de utilizador | profilo utente | profilo dell'utente
    | gebruikersprofiel | profil użytkownika | profilu użytkownika | profil uživatele | uživatelský profil
    | felhasználói profil | kullanıcı profil | användarprofil | brukerprofil | brugerprofil | käyttäjäprofiili
    | профиль пользователя | профіль користувача | ユーザー プロファイル | 사용자 프로필 | 用户配置文件 | 使用者設定檔
    | profil* użytkownik | profil* uživatel | uživatelsk* profil | profil* de utilizator | profilul utilizator
    | профил* пользовател | профил* користувач | профіл* користувач | προφίλ χρήστη
user: user$ | benutzer$ | utilisateur$ | usuario$ | utilizador$ | utente$ | gebruiker$ | użytkownik$ | utenza$ | utenze$
    | bruker$ | bruger$ | användare$ | brukerens$ | usuarios$ | käyttäjä$ | inlogg$ | uživatel$ | felhasználó$
    | kullanıcı$ | användaren$ | brukeren$ | brugeren$ | пользователь$ | користувач$ | ユーザー | 사용자 | 用户 | 使用者
somebody_else: someone else | somebody else | jemand ander | quelqu'un d'autre | alguien más | otra persona
    | outra pessoa | qualcuno | alguém mais | alguém | noen annen | en annan | en annen | joku muu | joku toinen
    | autre personne | un altro | otro usuario | qualcun altro | iemand anders | ktoś inny | někdo jiný | valaki más
    | başka biri | någon annan | noen andre | en anden | кто-то другой | хтось інший | 他の人 | 다른 사람 | 其他人
    | 别人 | inn* połączeni | inny użytkownik | jin* připojení | jiný uživatel | másik kapcsolat | másik felhasználó
    | altcineva | alt* conexiun | alt utilizator | başkası | başka bir kullanıcı | başka bir bağlant | кто-то
    | друг* подключени | другой пользовател | хтось | інш* підключенн | інший користувач | κάποιος άλλος | άλλη σύνδεση
    | άλλος χρήστης | 別の接続 | 別のユーザー | 别的用户 | 別人 | 另一个连接 | 另一个用户 | 另一個連線 | 另一位使用者
    | 다른 연결 | 다른 사용자 | drug* urządzeni | inn* urządzeni | druh* zařízení | jin* zařízení | másik eszköz
    | celălalt dispozitiv | alt dispozitiv | diğer cihaz | başka cihaz | второе устройство | другое устройство
    | другий пристрій | інший пристрій | άλλη συσκευή | 另一台设备 | 另一台裝置 | 別の端末 | 다른 기기
identity: identity of the remote | identität des remotecomputers | identité de l'ordinateur distant
    | identiteten til fjern | fjernmaskinens identitet | identidad del equipo remoto | identità del computer remoto
    | identidade do computador remoto | identiteit van de externe computer | tożsamości komputera zdalnego
    | identitu vzdáleného počítače | távoli számítógép identitás | uzak bilgisayarın kimliği | fjärrdatorns identitet
    | identiteten för fjärrdatorn | identiteten på fjärrdatorn | identiteten for den eksterne
    | identiteten til den eksterne | fjerncomputerens id | identité du pc distant | identität des remote pcs
    | подлинность удаленного компьютера | リモート コンピューターの id | リモート コンピューターの身元
    | 원격 컴퓨터의 id | 远程计算机的身份 | 遠端電腦的身分識別 | identiteten af fjerncomputeren
    | etätietokoneen identite | etätietokoneen henkilöllisyy | identidade do pc remoto | etätietokoneen tunnistet
    | távoli számítógép azonosság | identitatea computerului la distanță | удостоверение удаленного компьютера
    | ідентичність віддаленого комп'ютера | ταυτότητας του απομακρυσμένου
# Why the identity cannot be verified, where the clocks differ.
time_or_date: zeit oder datumsunterschied | différence d'heure | différence de date | diferencia de hora
    | diferencia de fecha | differenza di ora | differenza di data | diferença de hora | diferença de data
    | tijdsverschil | różnica czasu | разница во времени
rds_licence: remotedesktoplizenz | rds lizenz | terminalserverlizenz | clientzugriffslizenz | remote desktop licen
    | rds licen | rds cal | client access licen | licence d'accès client | licences d'accès client
    | licence bureau à distance | licencia de escritorio remoto | licencias de escritorio remoto
    | licencia de acceso de cliente | licencias de acceso de cliente | licencias disponibles de escritorio remoto
    | licenza desktop remoto | licenze desktop remoto | licenza di accesso client | licenze di accesso client
    | licença de acesso para cliente | licenças de acesso para cliente | licença da área de trabalho remota
    | licentie voor extern bureaublad | client-access-licentie | licencja usług pulpitu | licencji dostępu klienta
    | licencją pulpitu zdalnego | licencí vzdálené plochy | licencí ke vzdálené ploše | licenza di desktop remoto
    | licenza dei servizi desktop remoto | лицензией удаленного рабочего стола | лицензией на удаленный рабочий стол
    | ліцензією віддаленого робочого столу | клиентских лицензий | клиентская лицензия | клиентские лицензии
    | клиентские лицензии доступа | лицензия удаленного рабочего стола | лицензии удаленного рабочего стола
    | клієнтські ліцензії | клієнтських ліцензій | licence pro klientský přístup | licence klientského přístupu
    | licencie klientskeho prístupu | ügyfél-hozzáférési licenc | istemci erişim lisans | klientåtkomstlicens
    | klientadgangslicens | klienttilgangslisens | 用戶端存取使用權 | 用戶端存取授權 | giấy phép truy cập
    | άδειες πρόσβασης πελάτη | licențe de acces client | クライアント アクセス ライセンス | 원격 데스크톱 라이선스
    | 클라이언트 액세스 라이선스 | 远程桌面许可证 | 远程桌面授权 | 客户端访问许可证 | clienttoegangslicentie
    | asiakaskäyttöoikeu | fjernskrivebordslicens | fjernskrivebord licens | fjärrskrivbordslicens
    | lisens for eksternt skrivebord | etätyöpöytäkäyttöoikeu | etätyöpöydän käyttöoikeu | licenc* rds | licen* rds
    | rds lisans | лиценз* rds | ліценз* rds | άδει* rds | rds のライセンス | rds 许可证 | rds 授权 | rds 授權
    | rds 라이선스
licensing_protocol_elsewhere: lizenzierungsprotokoll | lizenzprotokoll | protocollo di gestione delle licenze
    | protocollo licenze | lisenssiprotokoll | protocole de gestion de licences | protocole de licence
    | protocole de gestion des licences | protocole d'attribution de licence | protocolo de licencia
    | protocolo de concesión de licencias | protocollo di licenza | protocollo delle licenze
    | protocollo di gestione licenze | protocolo de licença | licentieprotocol | licentieverleningsprotocol
    | protokole licencjonowania | protokołu licencjonowania | licenčním protokolu | licenčního protokolu
    | protokolu licencování | licencelési protokoll | licencprotokoll | licensieringsprotokoll | licensprotokol
    | licenseringsprotokol | lisensprotokoll | lisensieringsprotokoll | käyttöoikeusprotokoll | протоколе лицензирования
    | протокола лицензирования | протоколі ліцензування | протоколу ліцензування | ライセンス プロトコル
    | 라이선스 프로토콜 | 라이선싱 프로토콜 | 授权协议 | 许可证协议 | 授權通訊協定 | protokoł* licenc
    | licenční* protokol | protocol* de licen | lisans protokol | lisanslama protokol | протокол* лиценз
    | протокол* ліценз | πρωτόκολλ* αδει | 许可协议
licensing_protocol: licensing protocol | license protocol | licence protocol | {licensing_protocol_elsewhere}
an_error: fehler | erreur | erro | fout | fel$ | felet$ | fejl | problem | probleem | fallo | falha | ongelma | vika$
    | panne$ | feil | virhe | {an_error_inflected}
an_error_inflected: błąd | błęd | chyb | hib | eroare | erori | hata | ошибк | помилк | σφάλμα | エラー | 错误 | 出错
    | 錯誤 | 오류
grace: grace period | nachfrist | kulanzzeit | karenzzeit | délai de grâce | période de grâce | período de gracia
    | respitperiod | prøveperiode | prøvetid | henstandsperiode | lisäaika | armonaika | periodo di grazia
    | período de teste | periodo di prova | periodo di tolleranza | período de cortesia | período de carência
    | respijtperiode | okres prolongaty | odkladná lhůta | yetkisiz kullanım süresi | льготный период | пільговий період
    | {grace_inflected}
grace_inflected: okres próbny | okres karencji | zkušební dob | türelmi id | perioad* de grație | deneme süre
    | льготн* период | пільгов* період | περίοδο* χάριτος | 猶予期間 | 宽限期 | 寬限期 | 유예 기간
black_screen: black screen | screen is black | screen stays black | screen goes black | blank screen
    | schwarzer bildschirm | everything is black | all black | alles bleibt schwarz | alles schwarz | bleibt schwarz
    | nur schwarz | tout reste noir | tout est noir | queda todo en negro | todo negro | se queda negr
    | se queda en negro | resta tutto nero | resta nero | tutto nero | fica tudo preto | tudo preto | tela escura
    | alles blijft zwart | alles is zwart | blijft zwart | allt är svart | blir svart | svart ruta | alt er sort
    | alt er svart | bliver sort | er helt svart | er helt sort | kaikki on mustaa | ruutu on musta | näyttö on musta
    | mustana | musta ruutu | schwarzen bildschirm | bildschirm schwarz | bildschirm bleibt schwarz
    | bildschirm ist schwarz | écran noir | écran reste noir | pantalla negra | pantalla en negro | schermo nero
    | tela preta | tela fica preta | ecrã preto | zwart scherm | scherm blijft zwart | czarny ekran | ekran jest czarny
    | černá obrazovka | černou obrazovku | svart skärm | svart skjerm | sort skærm | musta näyttö | черный экран
    | чорний екран | 真っ黒な画面 | 화면이 검 | 黑色屏幕 | {black_screen_inflected}
black_screen_inflected: czarn* ekran | ekran* czarn | čern* obrazovk | fekete képerny | ecran* negru | siyah ekran
    | черн* экран | чорн* екран | μαύρη οθόνη | 黒い画面 | 画面が真っ黒 | 画面が真っ暗 | 黑屏 | 黑畫面 | 黑色畫面
    | 검은 화면 | 까만 화면
# The same with whose screen it is between the two: the screen of the RDP session stays black.
the_window: the window | the whole window | das fenster | la fenêtre | la ventana | la finestra | a janela | het venster
    | okno | окно | вікно | ウィンドウ | 窗口 | 視窗
a_screen: screen$ | monitor$ | display$ | bildschirm | l'écran | pantalla$ | schermo$ | tela$ | ecrã$ | scherm$
    | beeldscherm$ | skärmen$ | skjermen$ | skærmen$ | näyttö$ | 画面 | 화면 | 屏幕 | 畫面 | ekran | obrazovk | képerny
    | ecran | экран | екран | οθόνη | 界面
black: is black$ | stays black$ | remains black$ | goes black$ | turns black$ | turned black$ | went black$
    | completely black$ | all black$ | just black$ | only black$ | is blank$ | stays blank$ | schwarz$ | noir$ | negra$
    | en negro$ | nero$ | preta$ | preto$ | zwart$ | svart$ | sort$ | musta$ | 真っ黒 | 真っ暗 | 黒い | 검게 | 까맣
    | 变黑 | 漆黑 | 一片黑 | 全黑 | stays dark | remains dark | bleibt dunkel | czarn | čern | fekete | negru | siyah
    | черн | чорн | μαύρ | 黑 | 까만 | 검은
# The same of a session, which has no colours at all where it is black and white.
stays_black: is black$ | stays black$ | remains black$ | goes black$ | turns black$ | turned black$ | went black$
    | completely black$ | ist schwarz$ | wird schwarz$ | reste noir | est noire$ | devient noir | resta nera$
    | rimane nera$ | diventa nera$ | fica preta$ | fica negra$ | queda negra$ | wordt zwart$
prints: prints | printer | printing | druckt | drucker | imprime$ | impresora | imprimante | impressora | stampa$
    | stampante | afdruk | drukuje | drukark | печата | принтер | 印刷 | プリンター | 打印 | 프린터 | 인쇄
black_and_white: black and white | schwarz weiß | schwarzweiß | noir et blanc | blanco y negro | bianco e nero
domain_word: die domäne | le domaine | el dominio | il dominio | o domínio | het domein | domena$ | a tartomány
    | etki alanı$ | domänen$ | domenet$
of_remote_desktop: {remote_desktop} | rdp | rds session | terminal server | session host | sitzungshost | serveur tse
    | remote into | remote in$ | remoting into | fjärrsession | fjernsession | ekstern økt | eksterne økten | etäistunto
    | etäyhtey | etäpalvelim | accesso remoto$ | rdsh | remote session | remotesitzung | session distante
    | sesión remota | sessão remota | sessione remota | externe sessie | sesja zdalna | sesji zdalnej | sesję zdalną
    | zdalna sesja | zdalnej sesji | zdalny pulpit | zdalnego pulpitu | zdalnym pulpitem | zdalnym pulpicie
    | удаленный сеанс | удаленная сессия | リモート セッション | 원격 세션 | 远程会话 | 遠端工作階段
something_else: vpn | wlan | wifi | wireless | internet | {a_device} | outlook | teams | zoom | webex | skype | ssh
    | ftp | anydesk | teamviewer | intune | netflix | spotify
# What hangs on the computer of whoever sits before it, or is taken along into the session.
a_device: {a_phone} | printer | drucker | impresora | imprimante | stampante | impressora | skrivare | printeren
    | skriveren | tulostin | drukarka | tiskárna | nyomtató | yazıcı | принтер | εκτυπωτ | scanner | skaner | сканер
    | headset | kopfhörer | słuchawk | bluetooth | mouse | maus$ | keyboard | tastatur | webcam | プリンター
    | スキャナー | 打印机 | 印表機 | 프린터
a_phone: phone | handy$ | telefon | smartphone | téléphone | móvil$ | teléfono | cellulare | celular | telemóvel
    | telefoon | mobilen$ | mobiltelefon | puhelin | puhelime | mobil$ | komórk | komórce | телефон | смартфон | κινητ
    | スマホ | 携帯 | 手机 | 手機 | 휴대폰 | 핸드폰 | tablet | ipad | television | projector | beamer
# Where a session with a screen of its own may be another program's.
other_screens: {a_phone} | my monitor | external monitor | second monitor | teams | zoom | webex | skype | anydesk
    | teamviewer | meeting | besprechung | réunion | reunião | riunione | vergadering | spotkanie | shared screen
    | sharing | vnc | citrix | to save power | my second | mein zweiter | meinem zweiten | mon deuxième | mon second
    | mi segund | meu segundo | mio secondo
again: every (day, morning) | jeden (tag, morgen) | tous les (jours, matins) | cada (día, mañana) | ogni giorno
    | todos os dias | elke dag | codziennie | každý den | каждый день | щодня | 毎日 | 每天 | 매일 | constantly
    | exactly after | after exactly | genau nach | nach genau | cada dos por tres | every half | alle halbe stunde
    | jede halbe | jede stunde | cada media hora | cada hora | koko ajan | toda a hora | todo el rato | de hele tijd
    | hvert par | med noen | jokainen kerta | välein | med få minutters | mellanrum | mellomrum | every few
    | every couple | every 1 | every 2 | every 3 | every 4 | every 5 | every 6 | every 9 | every minute | every hour
    | every so often | all the time | again and again | over and over | random | frequent | intermittent
    | from time to time | periodically | repeatedly | several times | many times a | multiple times | after a few
    | after a couple | after some minutes | shortly after | sporadic | ständig | immer wieder | dauernd | andauernd
    | alle paar | alle 5 | alle 10 | alle 15 | alle 20 | alle 30 | alle 45 | alle 60 | alle 90 | nach wenigen
    | nach ein paar | nach kurzer zeit | sporadisch | mehrmals | laufend | sans arrêt | sans cesse | toutes les
    | tout le temps | constamment | régulièrement | aléatoire | plusieurs fois | au bout de quelques | après quelques
    | cada poco | cada 5 | cada 10 | cada 15 | cada 20 | cada 30 | cada cierto | cada rato | constantemente
    | todo el tiempo | a menudo | aleatoria | a los pocos | varias veces | toda hora | o tempo todo | a cada 5
    | a cada 10 | a cada poucos | várias vezes | depois de alguns | após alguns | continuamente | di continuo
    | ogni pochi | ogni 5 | ogni 10 | ogni tanto | ogni due | spesso | più volte | dopo pochi | steeds | telkens
    | voortdurend | om de paar | om de 5 | om de 10 | regelmatig | na een paar | ciągle | co chwilę | co kilka | co 5
    | co 10 | stale | po kilku | pořád | neustále | každých | co chvíli | po pár | folyamatosan | állandóan | percenként
    | néhány perc | sürekli | dakikada bir | birkaç dakika | hela tiden | med några minuters | var femte | var tionde
    | efter några | stadig | hele tiden | hele tida | flere gange | etter noen | jatkuvasti | parin minuutin | muutaman
    | постоянно | каждые | периодически | регулярно | через несколько | через пару | то и дело | постійно | кожні
    | періодично | 頻繁 | 何度も | たびたび | 度々 | すぐに | 分おき | 分ごと | 数分で | よく | 频繁 | 经常 | 老是
    | 一直 | 总是 | 几分钟 | 經常 | 幾分鐘 | 자꾸 | 자주 | 계속 | 수시로 | co parę | w kółko | několik sekund | dokola
    | folyton | néhány másodperc | mereu | tot așa | la câteva | birkaç saniye | по кругу | через кілька | по колу
    | συνέχεια | κάθε λίγ | λίγα δευτερόλεπτα | しょっちゅう | 秒後 | 反复 | 几秒 | 幾秒 | 몇 분 | 몇 초 | 반복 | co 15
    | co 20 | co 30 | każde | tízpercenként | ötpercenként | óránként | la fiecare | κάθε | 每十 | 每五 | 每隔 | 每次
    | 每几 | 분마다 | 시간마다 | za każdym razem | pokaždé | minden alkalommal | de fiecare dată | her seferinde
    | каждый раз | щоразу | 毎回 | 매번
# What may stand between a name and what is said of it, beside a connection and how often.
between: server servers host hosts computer pc client clients app machine vm it just also often always sometimes keeps
      keep will is are was were gets get getting now today again suddenly immediately only then usually occasionally has
      been to from home work zuhause daheim homeoffice
      up me us my our auch oft immer manchmal jetzt plötzlich wieder nur dann sich mir uns ist sind wird werden nach bei
      serveur souvent toujours parfois maintenant aussi soudain se nous est sont s'est servidor siempre nos ahora
      también está están sempre spesso ora si mi ci è sono viene agora fica wordt vaak altijd soms ook serwer się często
      zawsze teraz nam jest často vždy je сервер часто всегда сейчас у меня нас периодически теперь
all_at_once: at the same time | at the same moment | all at once | simultaneously | gleichzeitig | auf einmal
    | en même temps | al mismo tiempo | a la vez | ao mesmo tempo | nello stesso momento | contemporaneamente | tegelijk
    | jednocześnie | w tym samym | současně | ve stejnou | одновременно
# A time so short that no limit of a session is meant.
in_seconds: seconds | second later | one minute | 1 minute | a minute | einer minute | secondes | une minute | sekunni
    | segundo$ | seconde$ | secondo$ | segundos | un minuto | um minuto | secondi | seconden | een minuut | sekund
    | másodperc | saniye | секунд | минуту | 秒 | 초 | 1 分 | 一分钟
the_session: the session | my session | their session | our sessions | die sitzung | meine sitzung | la session
    | ma session | les sessions | la sesión | mi sesión | las sesiones | le sessioni | a sessão | minha sessão
    | de sessie | mijn sessie
# By which way somebody comes, where by another they get in.
by_a_way: from outside | from the outside | from the internet | over the internet | through the internet | from home
    | from my home | over the vpn | over vpn | via vpn | via the vpn | through the vpn | through vpn | over the tunnel
    | through the tunnel | via the tunnel | via wireguard | over wireguard | through wireguard | via tailscale
    | over tailscale | through tailscale | von außen | von außerhalb | von zuhause | aus dem internet
    | aus dem homeoffice | vom homeoffice | über vpn | über das vpn | übers vpn | per vpn | über den tunnel
    | de l'extérieur | depuis l'extérieur | depuis internet | par internet | de chez moi | depuis chez moi
    | depuis la maison | de la maison | par le vpn | via le vpn | en vpn | desde fuera | desde casa | desde internet
    | desde el exterior | por la vpn | por vpn | a través de la vpn | da fuori | da casa | da internet | dall'esterno
    | tramite vpn | tramite la vpn | con la vpn | de fora da rede | de fora da empresa | pela internet | pela vpn
    | de casa$ | van buiten | van thuis | vanuit huis | vanaf huis | via internet | via de vpn | z zewnątrz | z domu
    | z internetu | przez vpn | przez internet | zvenku | zvenčí | z domova | přes vpn | přes internet | kívülről
    | otthonról | interneten keresztül | vpn-en keresztül | dışarıdan | evden | vpn ile | utifrån | hemifrån | udefra
    | utenfra | hjemmefra | извне | снаружи | из дома | из дому | из интернета | через vpn | через впн | через интернет
    | 外部から | 外から | 自宅から | インターネットから | vpn 経由 | 从外面 | 外网 | 從外面 | 外網 | 从家里 | 在家
    | 通过 vpn | 외부에서 | 집에서 | 인터넷에서 | vpn으로
in_a_session: print | sound | audio | clipboard | copy | paste | webcam | camera | microphone | usb | redirection
    | multi-monitor | drucken | ton$ | zwischenablage | kopieren | kamera | mikrofon | impression | presse-papiers
    | imprimir | sonido | portapapeles | stampa | appunti | área de transferência | afdrukken | klembord | geluid
    | печать | звук | буфер обмена
# What else they may not get at by that way, with Remote Desktop or without it.
another_goal: to the vpn | to vpn | to the internet | to wifi | to the wifi | wlan | file share | shared | share$
    | shares$ | database | sql$ | mysql | postgres | printer | mailbox | e-mail | website | web page | network drive
    | nas$ | ssh$ | smb$ | ftp$ | mit dem vpn | zum vpn | mit dem internet | ins internet | freigabe | datenbank
    | drucker | netzlaufwerk | postfach | webseite | au vpn | à internet | partage | base de données | imprimante
    | a la vpn | carpeta compartida | base de datos | impresora | alla vpn | cartella condivisa | stampante | à vpn
    | banco de dados | impressora | met de vpn | met het internet | drukark | baza danych | принтер | базе данных
    | к vpn | к интернету | プリンター | 共有フォルダー | 打印机 | 共享文件夹 | 数据库 | 프린터 | 데이터베이스
a_session: {the_session} | every session | each session | the sessions | my sessions | their sessions | our session
    | jede sitzung | chaque session | mes sessions | cada sesión | mis sesiones | ogni sessione | cada sessão
    | elke sessie
# The same by its count.
attempt: connection attempt | reconnection attempt | reconnect attempt | verbindungsversuch | tentative de connexion
    | tentative de reconnexion | intento de conexión | intento de reconexión | tentativo di connessione
    | tentativo di riconnessione | tentativa de conexão | tentativa de reconexão | tentativa de ligação
    | verbindingspoging | próba połączenia | pokus o připojení | попытка подключения | попытка соединения | 接続の試行
    | 接続試行 | 连接尝试 | 連線嘗試 | 연결 시도
of_twenty: of 20$ | von 20$ | sur 20$ | de 20$ | di 20$ | van 20$ | z 20$ | ze 20$ | из 20$ | / 20$ | 20 回 | 共 20
limit: limit | timeout | timer | zeitlimit | zeitgrenze | délai | durée | tempo limite | tiempo | tempo | tijdslimiet
    | limiet | czas | časov | időkorlát | tidsgräns | tidsgrense | tidsgrænse | aikaraja | лимит | предел | время
    | ліміт | タイムアウト | 制限時間 | 시간 제한 | 时间限制 | 超时 | 時間限制 | 逾時
idle_time: {inactive} | ocios | inatividade | tomgång
session_s_time: total logon time | total sign in time | session time limit | time limit of the session
    | sitzungszeitlimit | anmeldezeitlimit | gesamte anmeldezeit | durée totale d'ouverture de session
    | durée totale de session | durée maximale de session | tiempo total de inicio de sesión | tiempo máximo de sesión
    | tiempo total de sesión | tempo total de início de sessão | tempo total de logon | tempo totale di accesso
    | tempo massimo di sessione | totale aanmeldingstijd | maximale sessieduur | całkowity czas logowania
    | całkowity czas sesji | общее время сеанса | общее время входа | загальний час сеансу | 合計ログオン時間
    | 合計サインイン時間 | 总登录时间 | 总会话时间 | 總登入時間
name: name$ | names$ | namen$ | servername$ | hostname$ | nom$ | nombre$ | nome$ | naam$ | servernaam$ | namn$ | namnet$
    | servernamn$ | servernamnet$ | navn$ | navnet$ | servernavn$ | servernavnet$ | nimi$ | nimeä$ | palvelimen nimi$
    | nazw | název | jméno | névre | neve$ | név$ | kiszolgálónév | nume | ad$ | adı$ | ada$ | имя | ім'я | όνομα | 名前
    | 名称 | 名字 | 名稱 | サーバー名 | 이름
time_of_day: time$ | times$ | clock$ | uhrzeit | uhr$ | l'heure$ | heure$ | hora$ | l'ora$ | ora$ | tijd$ | tijden$
    | klok$ | tiden$ | klockan$ | klokken$ | klokka$ | uret$ | kello$ | aika$
a_server: server | serveur | servidor | serwer | palvelim | host$
security_certificate: security certificate | sicherheitszertifikat | certificat de sécurité | certificado de seguridad
    | certificato di sicurezza | certificato di protezione | certificado de segurança | beveiligingscertificaat
    | säkerhetscertifikat | sikkerhedscertifikat | sikkerhetssertifikat | suojausvarmen
problems: problem with | problems with | problemen mit | problemen met | problemi con | problemas con | problemas com
    | problèmes liés | problème lié | problèmes avec | problem med | problemer med | ongelmi | ongelman
certificate_of_the_server: servers certificate | server certificate | certificate of the server
    | certificate on the server | zertifikat vom server | zertifikat des server | zertifikat auf dem server
    | serverzertifikat | certificat du serveur | certificado del servidor | certificato del server
    | certificado do servidor | certificaat van de server | servercertificaat | serverns certifikat
    | certifikatet på servern | servercertifikat | serverens certifikat | certifikatet på serveren
    | certifikatet til serveren | serverens sertifikat | sertifikatet til serveren | sertifikatet på serveren
    | palvelimen varmen
issuer: issuer | aussteller | émetteur | emisor | emittente | emissor | uitgever | utfärdare | udsteder | utsteder
    | myöntäjä
an_administrator: (the, an, our, some) (administrator$, admin$) | (somebody, someone) from (it, support)
    | (it, helpdesk, help desk) support | jemand von der it | ein administrator | ein admin$ | der admin$
    | der administrator$ | un administrateur | un admin$ | l'administrateur | un administrador | el administrador
    | un amministratore | l'amministratore | um administrador | o administrador | een beheerder | de beheerder
    | een admin$ | en administratör | en admin$ | administratören | järjestelmänvalvoja | pääkäyttäjä | ylläpitäjä
    | {an_administrator_inflected}
an_administrator_inflected: administrator$ | administratorów$ | admin$ | správce$ | rendszergazda$ | administratorul$
    | adminul$ | yönetici$ | администратор$ | админ$ | адміністратор$ | адмін$ | διαχειριστής$ | 管理者が | 管理者に
    | 管理员 | 管理員 | 관리자가 | helpdesk | техподдержка$ | техпідтримка$ | ヘルプデスク | 运维 | 資訊部門
    | 헬프데스크
my_session: sitzung | session | sesión | sessão | sessie | økten | økt$ | istunto | istunnon | mich$ | mig$ | meg$
    | minut$
a_colleague: colleague | coworker | kolleg | collègue | compañer | collega | arbetskamrat | työkaver | the other person
    | the other user | other user | den anderen | l'autre | al otro | l'altro | o outro | de ander | den andre
    | den andra | toinen käyttäjä | toisen käyttäjän | utilisateur | usuario | utente | utilizador | gebruiker
    | benutzer | user$ | käyttäj | koleg | ktoś | inny użytkownik | někdo | jiný uživatel | valaki | másik felhasználó
    | coleg | cineva | alt utilizator | arkadaş | biri$ | başka bir kullanıcı | коллег | кто-то | другой пользователь
    | колег | хтось | інший користувач | συνάδελφο | κάποιος | άλλος χρήστης | 同僚 | 誰か | 別のユーザー | 同事 | 有人
    | 另一个用户 | 另一位使用者 | 동료 | 다른 사람 | 다른 사용자
gateway_server: serveur de passerelle | servidor de puerta de enlace | server gateway | servidor de gateway
    | servidor gateway | servern för fjärrskrivbordsgateway | serveren til gateway | serveren for gateway
    | yhdyskäytäväpalvelin
a_terminal_server: terminal server | serveur terminal | servidor de terminal | server terminal | päätepalvelin
    | terminaaliserver | rds$
one_laptop: laptop | notebook | portable$ | portátil | bærbar | bärbar | kannettava | en enda dator | enda datorn
    | single client | one client | einzelner client
same_account: same account | same user | same login | selben konto | gleichen konto | selben benutzer
    | gleichen benutzer | demselben konto | même compte | même utilisateur | misma cuenta | mismo usuario
    | stesso account | stesso utente | mesma conta | mesmo utilizador | mesmo usuário | hetzelfde account
    | dezelfde gebruiker | samma konto | samma användare | samme konto | samme bruker | samme bruger
    | samalla tunnuksella | samalla tilillä | samoilla tunnuksilla
my_computer: computer | my pc | mon pc | mi pc | mio pc | meu pc | mijn pc | min pc | kontor pc | lab pc | rechner
    | desktop | ordinateur | ordenador | equipo | computador | datorn | dator$ | kontorsdator | arbetsdator | maskin
    | tietokone | koneeseen | koneelle | büropc | bürorechner | workstation | arbeitsplatz
profile_service: user profile service | benutzerprofildienst | service profil utilisateur
    | service de profil utilisateur | servicio de perfil de usuario | servicio de perfiles de usuario
    | servizio profili utente | servizio profilo utente | serviço de perfil de usuário | serviço de perfil do usuário
    | serviço de perfis de utilizador | serviço de perfil de utilizador | tjänsten användarprofil | användarprofiltjänst
    | tjenesten brugerprofil | brugerprofiltjeneste | brukerprofiltjenest | gebruikersprofielservice
    | käyttäjäprofiilipalvelu
a_protocol_error: protocol error | protokollfehler | erreur de protocole | error de protocolo | errore di protocollo
    | erro de protocolo | protocolfout | protokollfel | protokolfejl | protokollfeil | protokollavirh
    | {a_protocol_error_inflected}
a_protocol_error_inflected: błęd* protokołu | błąd protokołu | chyb* protokolu | protokollhib | rdp protokollhib
    | eror* de protocol | eroare de protocol | protokol hata | ошибк* протокола | помилк* протоколу
    | σφάλμα* πρωτοκόλλου | プロトコル エラー | 协议错误 | 通訊協定錯誤 | 프로토콜 오류
the_picture: the picture | the screen | das bild | der bildschirm | l'image | l'écran | la imagen | la pantalla
    | l'immagine | lo schermo | a imagem | a tela | o ecrã | het beeld | het scherm | bilden | skärmen | billedet
    | skærmen | bildet | skjermen | kuva | näyttö
graphics: graphics subsystem | graphics driver | graphics adapter | video driver | display driver | grafiksubsystem
    | grafiktreiber | grafikkartentreiber | anzeigetreiber | bildschirmtreiber | sous-système graphique
    | pilote graphique | pilote d'affichage | pilote vidéo | subsistema de gráficos | subsistema gráfico
    | controlador de gráficos | controlador gráfico | controlador de vídeo | controlador de pantalla
    | sottosistema grafico | sottosistema di grafica | driver video | driver della scheda video | driver de vídeo
    | grafische subsysteem | grafisch subsysteem | grafische stuurprogramma | grafisch stuurprogramma
    | videostuurprogramma | beeldschermstuurprogramma | grafikundersystem | grafikdrivrutin | bildskärmsdrivrutin
    | grafikdriver | skærmdriver | grafikkdelsystem | grafikkundersystem | grafikkdriver | skjermdriver
    | grafiikka alijärjestelm | grafiikkaajuri | näytönohjai | näytönohjaimen ajuri | podsystem* graf | sterownik ekranu
    | grafick* subsystém | grafick* podsystém | ovladač grafické | grafikus alrendszer | megjelenítő illesztőprogram
    | subsistem* grafic | driverul de afișare | grafik alt sistem | ekran sürücüsü | графическ* подсистем
    | драйвер экрана | графічн* підсистем | драйвер екрана | υποσύστημα* γραφικών | υποσυστήματος γραφικών
    | πρόγραμμα οδήγησης οθόνης | グラフィックス サブシステム | ディスプレイドライバー | 图形子系统 | 显示驱动
    | 圖形子系統 | 顯示驅動程式 | 그래픽 하위 시스템 | 디스플레이 드라이버 | sterownik* graficzn | grafick* ovladač
    | grafikus illesztőprogram | driver grafic | grafik sürücü | графическ* драйвер | графічн* драйвер | οδηγού γραφικών
    | οδηγός γραφικών | グラフィックドライバー | 显卡驱动 | 顯示卡驅動 | 그래픽 드라이버
target_computer: target computer | target machine | zielcomputer | zielrechner | ordinateur cible | equipo de destino
    | computer di destinazione | máquina de destino | computador de destino | doelcomputer | måldatorn
    | destinationscomputeren | målcomputeren | måldatamaskinen | kohdetietokone | komputer docelowy | cílový počítač
    | célszámítógép | computerul destinație | hedef makine | конечный компьютер | кінцевий комп'ютер
    | υπολογιστής προορισμού | 対象のコンピューター | 目标计算机 | 目標電腦 | 대상 컴퓨터
by_rdp: connexion rdp | en rdp | par rdp | accesso rdp | in rdp$ | por rdp | acceso rdp | via rdp | over rdp | by rdp
    | mit rdp | per rdp | med rdp | rdp anmeldung | rdp inloggning | rdp logon | rdp pålogging | rdp kirjautu
    | rdp session | rdp sitzung
smart_card: smart card | carte à puce | tarjeta inteligente | cartão inteligente | smartkort | chipkort | älykort
    | chipkaart | kart* inteligentn | kart* mikroprocesor | certyfikat* z karty | čipov* kart | smart kart
    | certifikát* z karty | intelligens kárty | chipkárty | kártyán lévő tanúsítvány | certificatul de pe card
    | akıllı kart | karttaki sertifika | смарт-карт | сертификат* с карты | сертифікат* з картк | έξυπνη* κάρτα
    | έξυπνης κάρτας | πιστοποιητικό της κάρτας | スマート カード | カードの証明書 | 智能卡 | 卡里的证书 | 智慧卡
    | 卡片裡的憑證 | 스마트 카드 | 카드의 인증서
key_container: key container | schlüsselcontainer | conteneur de clé | contenedor de clave | contenitore di chiav
    | contêiner de chave | contentor de chave | sleutelcontainer | nyckelbehållar | nøglebeholder | nøkkelbeholder
    | nøkkelkontainer | avainsäilö
connection_attempt: connection attempt | verbindungsversuch | tentative de connexion | intento de conexión
    | tentativo di connessione | tentativa de conexão | tentativa de ligação | verbindingspoging | anslutningsförsök
    | forbindelsesforsøg | tilkoblingsforsøk | yhteysyritys
computer_name: host name | computer name | name of the computer | name of the server | rechnername | servername
    | nom de la machine | nom de l'ordinateur | nom du serveur | nombre del equipo | nombre del servidor
    | nome del computer | nome del server | nome do computador | nome do servidor | computernaam | servernaam
    | datornamn | servernamn | computernavn | servernavn | maskinnavn | tietokoneen nimeä | palvelimen nimeä
# Says that something failed inside a program between the client and the host.
internal: internal error | interner fehler | erreur interne | error interno | errore interno | erro interno
    | interne fout | błąd wewnętrzny | vnitřní chyb | belső hiba | iç hata | internt fel | внутренн | 内部错误
    | 內部錯誤 | 内部エラー | 내부 오류
# A gateway's words: the table of Windows' own client, by what its sentences have apart (see ``code_tables``).
gateway: gateway
rd_gateway: remote desktop gateway | rd gateway | rds gateway | terminal services gateway | etätyöpöydän yhdyskäytäv
    | rdp yhdyskäytäv | rd yhdyskäytäv | gateway rds | puerta de enlace rds | puerta de enlace de rds | gateway de rdp
    | gateway do rdp | passerelle de bureau à distance | passerelle tse | gateway di desktop remoto | gateway ts
    | passerelle bureau à distance | passerelle des services bureau à distance | passerelle rd
    | puerta de enlace de escritorio remoto | gateway desktop remoto | gateway de área de trabalho remota
    | gateway de ambiente de trabalho remoto | extern bureaublad gateway | brama usług pulpitu zdalnego
    | bramy usług pulpitu zdalnego | brama pulpitu zdalnego | brána vzdálené plochy | uzak masaüstü ağ geçidi
    | fjärrskrivbordsgateway | fjernskrivebordsgateway | gateway til fjernskrivebord | gateway for eksternt skrivebord
    | etätyöpöytäyhdyskäytävä | шлюз удаленных рабочих столов | шлюза удаленных рабочих столов
    | шлюзу удаленных рабочих столов | шлюзом удаленных рабочих столов | bramę usług pulpitu zdalnego
    | bráně vzdálené plochy | bránu vzdálené plochy | brány vzdálené plochy | brána vzdialenej pracovnej plochy
    | brány vzdialenej pracovnej plochy | шлюз віддалених робочих столів | шлюзу віддалених робочих столів
    | bránou vzdálené plochy | リモート デスクトップ ゲートウェイ | 원격 데스크톱 게이트웨이 | 远程桌面网关
    | 遠端桌面閘道 | rdp gateway | puerta de enlace de rdp | puerta de enlace rdp | gateway rdp | bramka rdp | brama rdp
    | brána rdp | rdp ağ geçidi | шлюз rdp | rdp шлюз | rdp ゲートウェイ | rdp 网关 | rdp 게이트웨이
    | gatewayserver for eksternt skrivebord | gatewayserveren for eksternt skrivebord
    | gatewayserver til fjernskrivebord | gatewayserveren til fjernskrivebord | ts gateway | {rd_gateway_inflected}
rd_gateway_inflected: bram* usług pulpitu | bram* pulpitu | bram* rd | bramk* rd | serwer* bramy | rdg$
    | brán* vzdálené plochy | brán* rd | rd brán | server* brány | távoli asztali átjáró | rd átjáró | átjáró
    | gateway* desktop | gateway* rd | gateway-ul rd | masaüstü ağ geçid | rd ağ geçid | ağ geçid | шлюз* удаленн
    | шлюз* rd | сервер* шлюз | шлюз* віддален | πύλη* rd | πύλη* απομακρυσμέν | διακομιστ* πύλης | πύλης$
    | rd ゲートウェイ | デスクトップ ゲートウェイ | ゲートウェイ サーバ | ゲートウェイの証明書 | rd 网关 | 桌面网关
    | 网关服务器 | 网关的证书 | rd 閘道 | 桌面閘道 | 閘道伺服器 | 閘道的憑證 | rd 게이트웨이 | 데스크톱 게이트웨이
    | 게이트웨이 서버 | 게이트웨이의 인증서 | gateway ul desktop | gateway ului rd
# As administrators write it for short.
rdgw: {rd_gateway} | rdgw$ | rd gw$ | rdgws$ | rdp gw$ | tsgw$ | ts gw$
# What a gateway stands between, as a sentence has it: by way of the gateway the host is out of reach.
the_host: the host$ | the server$ | the session host$ | the terminal server$ | der host$ | den host$ | der server$
    | der terminalserver$ | der sitzungshost$ | l'hôte | le serveur$ | le serveur tse | el host$ | el servidor$
    | il server$ | l'host$ | o servidor$ | o host$ | de host$ | de terminalserver$ | serwer terminali
    | терминальный сервер | хост$
policy: policy | richtlinie | stratégie | politique | política | criteri | beleid | zasad | politika | politiky
    | házirend | ilkesi | ilkeleri | princip | политик | ポリシー | 策略 | 정책 | 原則
# A gateway that nothing else is said of; a VPN has one, too, with policies of its own.
the_gateway: {rd_gateway} | the gateway | your gateway | our gateway | das gateway | dem gateway | vom gateway
    | la passerelle | il gateway | el gateway | o gateway | de gateway | puerta de enlace | brama | brána | шлюз
# As a gateway's own manager calls them.
its_policies: resource policy | connection policy | resource authorization policy | connection authorization policy
    | ressourcenrichtlinie | verbindungsrichtlinie | ressourcenautorisierungsrichtlinie
    | verbindungsautorisierungsrichtlinie | stratégie d'autorisation | directiva de autorización
    | política de autorización | criteri di autorizzazione | política de autorização | autorisatiebeleid
    | zasady autoryzacji | zásady autorizace | политика авторизации | политики авторизации
permission_list: permission list | berechtigungsliste | liste des autorisations | liste d'autorisations
    | lista de permisos | lista de permissões | elenco autorizzazioni | elenco delle autorizzazioni
    | elenco di autorizzazioni | machtigingenlijst | lista uprawnień | listy uprawnień | liście uprawnień
    | seznam oprávnění | seznamu oprávnění | engedélylist | izin listesi | behörighetslista | tillatelseslist
    | tilladelsesliste | список разрешений | списке разрешений | アクセス許可一覧 | アクセス許可リスト | 권한 목록
    | 权限列表 | 權限清單
# What a status of Windows is about, in the words of its translations.
token: token | jeton | belirteç | маркер | токен | トークン | 标志 | 标记 | 令牌 | 權杖 | 语言符号 | 토큰 | διακριτικό
    | mã thông báo
of_the_function: der funktion | die funktion | à la fonction | a la función | à função | para a função | alla funzione
    | aan de functie | voor de functie | do funkcji | przekazany funkcji | funkci | függvény | işleve | till funktionen
    | för funktionen | til funktionen | til funksjonen | функции | функції | 関数に | 給函數 | 给函数 | 提供給函式
    | 提供給函數 | 給函式 | 给该函数 | 함수에 | στη συνάρτηση | funcției | на функцията | cho hàm
no_authority: keine autorität | keine instanz | aucune autorité | ninguna autoridad | nessuna autorità
    | impossibile contattare un'autorità | nenhuma autoridade | geen autoriteit | geen instantie
    | geen bevoegde instantie | żadnym urzędem | żadnym organem | žádnou autoritu | žádný úřad | žádným úřadem
    | žiadnu autoritu | žiadnym orgánom | hiçbir yetkili | ingen myndighet | ни с одним центром | ни одним центром
    | жодним центром
for_authentication: authentifizierung | authentification | autenticación | autenticazione | autenticação | verificatie
    | uwierzytelnieni | uwierzytelniani | ověření | hitelesítés | kimlik doğrulama | autentisering | godkendelse
    | godkjenning | проверки подлинности | проверке подлинности | автентифікації
client_and_server: client und server | client und der server | client et le serveur | cliente y el servidor
    | client e il server | cliente e o servidor | client en server | client en de server | klient i serwer
    | klient a server | ügyfél és a kiszolgáló | istemci ve sunucu | klienten och servern | klienten og serveren
    | klienten og tjeneren | клиент и сервер | клієнт і сервер | клієнт та сервер | クライアントとサーバー
    | 客户端和服务器 | 用戶端和伺服器 | 用戶端與伺服器 | 클라이언트와 서버
common_algorithm: gemeinsamen algorithmus | algorithme commun | algoritmo común | algoritmo en común
    | algoritmo in comune | algoritmo comum | algoritmo em comum | gemeenschappelijk algoritme | wspólnego algorytmu
    | společný algoritmus | společným algoritmem | spoločný algoritmus | közös algoritmus | ortak algoritma
    | ortak bir algoritma | gemensam algoritm | fælles algoritme | felles algoritme | общего алгоритма
    | общим алгоритмом | спільного алгоритму | 共通のアルゴリズム | 公共的算法 | 公用的算法 | 共同的算法 | 通用的算法
    | 共同的演算法 | 通用的演算法 | 一般演算法 | 공통 알고리즘
target_principal: zielprinzipal | nom principal cible | nom du principal cible | nombre principal de destino
    | nombre de la entidad de seguridad de destino | nome dell'entità di destinazione
    | nome dell'entità principale di destinazione | nome principal de destino | nome da entidade de destino
    | principal naam van het doel | doel principalnaam | główna nazwa docelowa | nazwa podmiotu docelowego
    | hlavní název cíle | název cílového objektu zabezpečení | konečný název principálu | hlavný názov cieľa
    | célként megadott egyszerű név | hedef asıl adı | hedef sorumlu adı | målets huvudnamn | главное конечное имя
    | основное имя назначения | головне ім'я призначення | ターゲット プリンシパル名 | ターゲットのプリンシパル名
    | 目标主要名称 | 目标主体名称 | 目標主要名稱 | 目標主體名稱 | 대상 주체 이름 | 대상 보안 주체 이름
requested_session: session demandé | sesión solicitad | solicitado a la sesión | sessione richiest | sessão solicitad
    | sessão pedida | aangevraagde sessie | gevraagde sessie | żądanej sesji | požadované relaci | požadované relace
    | požadovanej relácii | kért munkamenet | istenen oturum | begärd session | begärda sessionen | anmodede session
    | forespurte økt | pyydettyyn istuntoon | требуемому сеансу | запрошенному сеансу | запрашиваемому сеансу
    | запитаного сеансу | потрібного сеансу | 要求されたセッション | 请求的会话 | 所请求的会话 | 要求的工作階段
    | 요청한 세션 | 요청된 세션
service: remote desktop service | remotedesktopdienst | service bureau à distance | servicio de escritorio remoto
    | servizio desktop remoto | serviço de área de trabalho remota | usługa pulpitu zdalnego | služba vzdálené plochy
    | служба удаленных рабочих столов | serviço de ambiente de trabalho remoto | fjernskrivebordstjeneste
    | fjärrskrivbordstjänst | tjenesten eksternt skrivebord | eksternt skrivebord tjeneste | etätyöpöytäpalvelu
    | extern bureaublad service | {service_inflected}
service_inflected: usług* pulpitu zdalnego | služb* vzdálen* ploch | távoli asztali szolgáltatás
    | serviciul* desktop* la distanță | serviciile* desktop* la distanță | serviciul de desktop | uzak masaüstü hizmet
    | служб* удаленн* рабоч | служб* віддален* робоч | υπηρεσί* απομακρυσμέν | リモート デスクトップ サービス
    | 远程桌面服务 | 遠端桌面服務 | 원격 데스크톱 서비스 | távoli asztal szolgáltatás | servicii* desktop* la distanță
    | serviciile de desktop
local_computer: local computer | lokalen computer | lokale computer | ordinateur local | equipo local | computer locale
    | computador local | komputerze lokalnym | lokalnym komputerze | místním počítači | helyi számítógép
    | yerel bilgisayar | lokala datorn | lokale datamaskin | локальном компьютере | ローカル コンピューター
    | 로컬 컴퓨터 | 本地计算机 | 本機電腦
# The modes in which a client keeps its user's password to itself; in most languages their names are the same.
restricted_mode: restricted admin | remote credential guard | remoteguard | eingeschränkter admin
    | eingeschränkten admin | eingeschränkte verwaltung | administration restreinte | administrador restringido
    | administración restringida | amministrazione con restrizioni | administrador restrito
# mstsc's of the settings that a broker checks, as an .rdp file has them:
# https://github.com/mRemoteNG/mRemoteNG/issues/226
broker: connection broker | verbindungsbroker | remotedesktop verbindungsbroker | service broker | broker de connexion
    | agente de conexión | gestore connessione | broker di connessione | broker de conexão | agente de conexão
    | mediador de ligações | verbindingsbroker | broker połączeń | zprostředkovatel připojení | kapcsolatszervező
    | bağlantı aracısı | anslutningsutjämnare | посредник подключений | 接続ブローカー | 연결 브로커 | 连接代理
    | 連線代理人
in_the_rdp_file: rdp file | rdp datei | fichier rdp | archivo rdp | file rdp | arquivo rdp | ficheiro rdp | rdp bestand
    | pliku rdp | souboru rdp | rdp fájl | rdp dosya | файле rdp | rdp файле | rdp ファイル | rdp 파일 | rdp 文件
    | rdp 檔案 | rdp файла | файла rdp
first_logon: first logon | first sign in | ersten anmeldung | ersten anmelden | première ouverture | première connexion
    | primer inicio | primera vez | primeiro logon | primeiro início | primo accesso | eerste aanmelding
    | pierwszym zalogowaniem | pierwszym logowaniem | prvním přihlášením | első bejelentkezés | första inloggning
    | first time | erste anmeldung | первым входом | первого входа | 初回
# What mstsc says of an .rdp file that was changed since somebody signed it, and does not connect with it.
digital_signature: digital signature | digitale signatur | signature numérique | firma digital | assinatura digital
    | digitale handtekening | podpisu cyfrowego | digitální podpis | цифровую подпись | цифровая подпись | デジタル署名
    | 数字签名 | 數位簽章 | 디지털 서명
a_name: computer name | hostname | server name | its name | name of the remote | name of the host | name of the computer
    | name of the server | name of the pc
# Where it happens.
rdp: {of_remote_desktop} | rds$ | mstsc | remmina | pulpi* zdaln | zdaln* pulpi | serwer* terminal | terminal$
    | vzdálen* ploch | vzdálen* ploš | terminálov | terminálszerver | terminálkiszolgáló | desktop* la distanță
    | server* terminal | uzak masaüst | terminal sunucu | terminale$ | удаленн* рабоч* стол | удаленк | терминал
    | віддален* робоч* стол | віддален* робоч* стіл | віддален* стіл | віддален* стол | термінал
    | απομακρυσμέν* επιφάνει | απομακρυσμένη$ | リモート接続 | ターミナル サーバ | ターミナルに | 终端服务器
    | 終端伺服器 | 終端機 | 원격 접속 | 터미널 | terminalu$ | terminálr | terminalden$ | ターミナルから | terminala$
server: server | serwer | szerver | kiszolgáló | sunucu | сервер | διακομιστ | サーバ | 服务器 | 伺服器 | 서버
client: klient | kliens | ügyfél | client | istemci | клиент | клієнт | πρόγραμμα πελάτη | クライアント | 客户端
    | 用戶端 | 클라이언트
at_it: {rdp} | {server} | {logon} | {session}
permission: 权限 | 权利 | 權限 | 權利
name_or_password: {password} | login$ | nazwa użytkownika | uživatelské jméno | felhasználónév | nume de utilizator
    | utilizator$ | kullanıcı adı | логин | логін | имя пользователя | ім'я користувача | όνομα χρήστη | ユーザー名
    | 用户名 | 使用者名稱 | 사용자 이름
second_factor: (security, verification, sms) code | bestätigungscode | sicherheitscode | código | codice di verifica
    | код (подтверждения, из смс, підтвердження, з смс) | 認証コード | 確認コード | 验证码 | 驗證碼 | 인증 코드
    | authenticator | sms | смс | duo$ | mfa$ | 2fa$ | push$ | wieloskładnikow | vícefaktor | vícefázov | többtényezős
    | multifactor | çok faktörlü | многофакторн | багатофакторн | двухфакторн | двофакторн | πολλών παραγόντων
    | 多要素認証 | 二要素認証 | 多重身份验证 | 多重要素驗證 | 短信 | 簡訊 | 다단계 인증 | 推送 | 推播 | プッシュ通知
    | 푸시 | пуш$
entra: entra id | entra$ | azure ad
# Of which a certificate is said to be; a network has another one, which has none.
any_gateway: bram | brán | átjáró | gateway | ağ geçid | шлюз | πύλη | ゲートウェイ | 网关 | 閘道 | 게이트웨이
access: dostęp | přístup | hozzáférés | acces | erişim | доступ | πρόσβαση | アクセス | 访问 | 存取 | 접근 | 액세스
licensing_error: błąd* licencj | chyb* licencov | licencelési hiba | eroare* de licen | lisanslama hata | ошибк* лиценз
    | помилк* ліценз | σφάλμα* αδει | ライセンスエラー | 授权出错 | 授權錯誤 | 라이선스 오류
# With which Windows' own sentence begins.
workstation: stacją roboczą | pracovní stanic | munkaállomás | stație de lucru | iş istasyonu | рабочей станц
    | робочою станц | σταθμού εργασίας | ワークステーション | 工作站 | 워크스테이션
encryption_error: błęd* szyfrowania danych | chyb* šifrování dat | chyb* při šifrování dat | adattitkosítási hib
    | eror* de criptare a datelor | veri şifreleme hata | ошибк* шифрования данных | помилк* шифрування даних
    | σφάλμα* κρυπτογράφησης δεδομένων | データの暗号化エラー | 数据加密错误 | 資料加密錯誤 | 데이터 암호화 오류
temporary_profile: profil* tymczasow | tymczasow* profil | dočasn* profil | ideiglenes profil | profil* temporar
    | geçici profil | временн* профил | тимчасов* профіл | προσωρινό προφίλ | 一時プロファイル | 一時的なプロファイル
    | 临时配置文件 | 暫存設定檔 | 임시 프로필
mouse_and_keyboard: mouse and keyboard | keyboard and mouse | maus und tastatur | tastatur und maus
    | souris et clavier | souris et le clavier | clavier et la souris | ratón y teclado | ratón y el teclado
    | ni ratón ni teclado | ni el ratón ni el teclado | mouse e tastiera | mouse e teclado | rato e teclado
    | rato e o teclado | muis en toetsenbord | mysz i klawiatur | klawiatura i mysz | myš a klávesnic
    | myš ani klávesnic | egér és a billentyűzet | fare ve klavye | klavye ve fare | mus og tastatur
    | mus och tangentbord | hiiri ja näppäimistö | мышь и клавиатур | клавиатура и мышь | миша і клавіатур
    | マウスもキーボード | マウスとキーボード | マウスやキーボード | 鼠标和键盘 | 鼠标键盘 | 滑鼠和鍵盤
    | 마우스와 키보드
keyboard: klawiatur | klávesnic | billentyűzet | tastatur | klavye | клавиатур | клавіатур | πληκτρολόγι | キーボード
    | 键盘 | 鍵盤 | 키보드
another_name: inn* nazw | jin* jméno | jin* název | más név | alt nume | alt* nume | başka bir ad | başka ad | друг* имя
    | інше ім'я | άλλο όνομα | 別の名前 | 另一个名称 | 别的名字 | 其他名稱 | 다른 이름
licences: licenc | licenț | lisans | лиценз | ліценз | άδει | ライセンス | 许可证 | 授权 | 授權 | 라이선스
short_name: krótk* nazw | krátk* jméno | krátk* název | rövid szervernev | rövid nev | numele scurt | kısa adı
    | коротк* имя | коротк* ім'я | σύντομο όνομα | 短いサーバー名 | 短主机名 | 短主機名 | 짧은 서버 이름
logon_servers: serwer* logowania | přihlašovací* server | bejelentkezési kiszolgáló | server* de conectare
    | oturum açma sunucu | сервер* входа | обработать запрос на вход | сервер* входу | διακομιστ* σύνδεσης
    | ログオン サーバ | 登录服务器 | 登入伺服器 | 로그온 서버
all_sessions: wszystkie sesje | všechny relace | minden munkamenet | toate sesiunile | bütün oturumlar | tüm oturumlar
    | все сеансы | все сессии | усі сеанси | όλες οι συνεδρίες | セッションが全部 | 会话都 | 所有会话 | 工作階段都
    | 세션이 꽉
mouse: myš | egér | mouse | pointer | cursor | maus$ | mauszeiger | souris | ratón | puntero | muis$ | mysz | fare$
    | мыш | миш | ποντίκι | マウス | 鼠标 | 滑鼠 | 마우스
logon_hours: godzin* logowania | dob* přihlášení | bejelentkezési idő | ore* permise | orelor permise | oturum açma saat
    | вход в это время | вхід у цей час | ωρών σύνδεσης | ώρες σύνδεσης | ログオン可能な時間 | 登录时间 | 登入時間
    | 로그온 시간 | 로그인 시간
an_hour: (5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23)($, 시, 時, 点, 點)
rd_users: remote desktop users | użytkownicy pulpitu zdalnego | asztal távoli felhasználó
    | utilizatori desktop la distanță | uzak masaüstü kullanıcıları | пользователи удаленного рабочего стола
    | користувачі віддаленого робочого стола
internal_error: eroare internă | εσωτερικό σφάλμα
another_server: sql | mail | smtp | imap | exchange | http | web | ftp | sip$ | proxy | poczt | pošt | databáz
    | baza danych | bazy danych | adatbázis | bază de date | bazei de date | e-posta | veritabanı | почт | базы данных
    | база данных | пошт | бази даних | ταχυδρομεί | βάση* δεδομένων | メール | データベース | 邮件 | 郵件 | 数据库
    | 資料庫 | 메일 | 데이터베이스
# Of whom or what a word may be said that is Remote Desktop's as well: where cards are read, a server of another use, a
# site in the web, a bank and a door.
terminal: terminal | терминал | термінал | τερματικ | ターミナル | 终端 | 終端 | 터미널
payment: płatnicz | platebn | fizetési | bankkártyás | de plată | pos$ | ödeme | оплаты | оплати$ | платежн | платіжн
    | кассов | касов | πληρωμ | 決済 | 支付 | 刷卡 | 결제 | 카드 | kartaln
of_another_use: backup | kopii zapasow | zálohov | mentési | biztonsági mentés | yedek | резервн | αντιγράφων
    | バックアップ | 备份 | 備份 | 백업 | wydruk | tiskový | nyomtató | imprim | yazdırma | печати | друку | εκτυπώσεων
    | プリント | 打印 | 列印 | 인쇄
bank: bank | banc | банк | τράπεζ | 銀行 | 银行 | 은행
door: drzwi | dveř | ajtó | uşă | kapı$ | kapıy | двер | πόρτ | ドア | 门禁 | 門禁 | 출입문
site: strony$ | witryn | webu$ | webové strán | honlap | weboldal | site ului | sitesi | сайт | ιστοσελίδ | ιστότοπ
    | サイト | 网站 | 網站 | 사이트
"""
