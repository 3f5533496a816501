# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole phrases of clients, of Windows' translations and of people, in the words of all languages: see ``concepts``."""

from __future__ import annotations

PHRASES = """
# That it is the reason, as Windows' own client begins: because of a security error, of a protocol error, of an error in
# data encryption.
for_a_security_error: aufgrund eines sicherheitsfehlers | wegen eines sicherheitsfehlers
    | en raison d'une erreur de sécurité | suite à une erreur de sécurité | debido a un error de seguridad
    | a causa di un errore di sicurezza | a causa di un errore di protezione | devido a um erro de segurança
    | vanwege een beveiligingsfout | door een beveiligingsfout | z powodu błędu zabezpieczeń
    | z důvodu chyby zabezpečení | kvůli chybě zabezpečení | biztonsági hiba miatt | güvenlik hatası nedeniyle
    | på grund av ett säkerhetsfel | på grund af en sikkerhedsfejl | på grunn av en sikkerhetsfeil
    | suojausvirheen vuoksi | из-за ошибки безопасности | через помилку безпеки | セキュリティ エラーのため
    | 보안 오류로 인해 | 보안 오류 때문에 | 由于安全错误 | 由于安全性错误 | 因為安全性錯誤 | 由于出现安全错误
    | 由于发生安全错误 | 由于安全方面的错误 | 由於安全性錯誤 | 由於發生安全性錯誤 | セキュリティのエラーのため
    | セキュリティ エラーが発生したため | 보안 오류가 발생하여 | вследствие ошибки безопасности
    | в результате ошибки безопасности | из-за ошибки системы безопасности | внаслідок помилки безпеки
    | з-за помилки безпеки | z dôvodu chyby zabezpečenia | pre chybu zabezpečenia | biztonsági hiba következtében
    | bir güvenlik hatası yüzünden | λόγω σφάλματος ασφαλείας | din cauza unei erori de securitate
    | поради грешка в защитата | do lỗi bảo mật | בגלל שגיאת אבטחה | بسبب خطأ أمني
# What may be connected at most, in the words of that time: https://support.microsoft.com/kb/2477176
most_connections: (limit, number) of connections | connection limit | limite de connexions | límite de conexiones
    | limite di connessioni | limite de conexões | limit połączeń | limitu połączeń | лимит подключений
    | ліміт підключень | 接続数の制限 | 连接数限制 | maximal zulässige anzahl | maximale anzahl zulässiger verbindungen
    | nombre maximal de connexions | nombre maximum de connexions | número máximo de conexiones
    | numero massimo di connessioni | número máximo de conexões | número máximo de ligações
    | maximum aantal toegestane verbindingen | maximum aantal verbindingen | maksymalną dozwoloną liczbę połączeń
    | maksymalną liczbę dozwolonych połączeń | maximální povolený počet připojení | maximální počet povolených připojení
    | maximálny počet povolených pripojení | engedélyezett kapcsolatok maximális | en fazla bağlantı sayısı
    | maksimum bağlantı sayısı | högsta tillåtna antal anslutningar | maksimale antall tilkoblinger
    | maksimale antal forbindelser | максимально допустимое число подключений | максимальное число подключений
    | максимально допустимое количество подключений | максимальну кількість підключень | 最大接続許可数
    | 許可された接続の最大数 | 最大允许连接数 | 允许的最大连接数 | 最大連線數 | 連線數目上限 | 최대 허용 연결 수
    | maksymaln* liczb* połączeń | maximální* počet* připojení | kapcsolatok maximális szám | numărul maxim de conexiuni
    | максимальн* числ* подключений | максимальн* кількіст* підключень | максимальн* кількост* підключень
    | μέγιστου αριθμού συνδέσεων | 最大接続数 | 最大连接数 | 連線數上限 | 최대 연결 수 | maximális kapcsolat
    | μέγιστος αριθμός συνδέσεων | μέγιστο αριθμό συνδέσεων
# As Windows begins the list of those who are signed in: one of them has to go.
choose_who_goes: select a user to disconnect | choose a user to disconnect | benutzer aus, der getrennt werden soll
    | benutzer aus, den sie trennen | benutzer aus, dessen verbindung getrennt
    | sélectionnez un utilisateur à déconnecter | choisissez un utilisateur à déconnecter
    | seleccione un usuario para desconectar | selecciona un usuario para desconectar | el usuario que desea desconectar
    | seleziona un utente da disconnettere | selezionare un utente da disconnettere
    | selezionare l'utente da disconnettere | seleziona l'utente da disconnettere
    | selecione um usuário para desconectar | selecione um usuário a ser desconectado
    | selecione um utilizador para desligar | selecione um utilizador a desligar
    | selecteer een gebruiker om de verbinding | selecteer een gebruiker waarvan | wybierz użytkownika do rozłączenia
    | wybierz użytkownika, którego chcesz rozłączyć | vyberte uživatele, kterého chcete odpojit
    | vyberte používateľa, ktorého chcete odpojiť | válassza ki a leválasztani kívánt felhasználót
    | bağlantısı kesilecek kullanıcıyı seç | bağlantısını keseceğiniz kullanıcıyı seç | välj en användare att koppla
    | välj en användare som ska kopplas | vælg en bruger, der skal afbrydes | velg en bruker som skal kobles
    | velg en bruker du vil koble | valitse käyttäjä, jonka yhteys | выберите пользователя, которого нужно отключить
    | выберите пользователя для отключения | выберите отключаемого пользователя
    | виберіть користувача, якого потрібно | 切断するユーザーを選択 | 选择要断开连接的用户 | 选择要断开的用户
    | 选择一个要断开连接的用户 | 選取要中斷連線的使用者 | 選取要中斷的使用者 | 연결을 끊을 사용자를 선택
too_many_are_signed_in: es sind zu viele benutzer angemeldet | zu viele benutzer sind angemeldet
    | trop d'utilisateurs sont connectés | trop d'utilisateurs ont ouvert une session
    | demasiados usuarios han iniciado sesión | hay demasiados usuarios conectados | troppi utenti connessi
    | sono connessi troppi utenti | troppi utenti collegati | trop d'utilisateurs connectés
    | há usuários demais conectados | demasiados utilizadores com sessão iniciada | logget for mange brugere på
    | サインインしているユーザー数が多すぎます | 登录的用户太多 | 有太多使用者登入
    | há muitos usuários conectados | er zijn te veel gebruikers aangemeld | zbyt wielu użytkowników jest zalogowanych
    | zalogowano zbyt wielu użytkowników | je přihlášeno příliš mnoho uživatelů | je prihlásených príliš veľa
    | túl sok felhasználó van bejelentkezve | çok fazla kullanıcı oturum açtı | çok fazla kullanıcı oturum açmış
    | för många användare är inloggade | слишком много пользователей вошли | вошло слишком много пользователей
    | забагато користувачів увійшли | サインインしているユーザーが多すぎます | ログオンしているユーザーが多すぎます
    | 登录的用户过多 | 登录用户过多 | 登入的使用者過多 | 로그인한 사용자가 너무 많
was_not_found: nicht gefunden | no se encontró | no se ha encontrado | não foi encontrado | non è stato trovato
    | niet gevonden | nie został znaleziony | nie został odnaleziony | nie znaleziono | nebyl nalezen | nenalezen
    | sa nenašiel | nebol nájdený | nem található | bulunamadı | hittades inte | gick inte att hitta | blev ikke fundet
    | ble ikke funnet | ei löytynyt | не найден | не знайдено | δεν βρέθηκε | nu a fost găsit | не е намерен
remote_computer_is_not_found: impossible de trouver l'ordinateur distant | no se puede encontrar el equipo remoto
    | não é possível localizar o computador remoto | não foi possível localizar o computador remoto
    | impossibile trovare il computer remoto | nie można odnaleźć komputera zdalnego
    | nie można znaleźć komputera zdalnego | nelze najít vzdálený počítač | nie je možné nájsť vzdialený počítač
    | не удалось найти удаленный компьютер | не удается найти удаленный компьютер
    | не вдалося знайти віддалений комп'ютер | 원격 컴퓨터를 찾을 수 없 | 找不到远程计算机 | 未找到远程计算机
    | リモート コンピューターが見つかりません | リモート コンピューターは見つかりません | 找不到遠端電腦
    | không tìm thấy máy tính từ xa | không thể tìm thấy máy tính từ xa
# That somebody does not get there, in each language: nothing but where stands between, or it is something of the
# computer's that is not reached.
cannot_connect_to_it: (cant connect, cannot connect, could not connect, couldnt connect, unable to connect) to the
      remote computer
    | (kann keine verbindung, konnte keine verbindung, keine verbindung, kann sich nicht) (mit dem remotecomputer, zum
      remotecomputer)
    | (ne peut pas se connecter, n'a pas pu se connecter, ne parvient pas à se connecter, n'arrive pas à se connecter,
      impossible de se connecter) à l'ordinateur distant
    | (no puede conectar, no puede conectarse, no se puede conectar, no pudo conectarse, no se pudo conectar, no se ha
      podido conectar, no puede establecer una conexión) (al equipo remoto, con el equipo remoto)
    | (impossibile connettersi, non riesce a connettersi, non può connettersi, impossibile stabilire una connessione)
      (al computer remoto, con il computer remoto)
    | (não pode se conectar, não consegue se conectar, não é possível conectar, não foi possível conectar, não é
      possível se conectar, não pode ligar se, não consegue ligar, não consegue ligar se, não é possível ligar, não foi
      possível ligar, não consegue estabelecer ligação) ao computador remoto
    | (kan geen verbinding maken, kon geen verbinding maken, kan geen verbinding, geen verbinding) met de externe
      computer
    | (nie może połączyć się, nie może się połączyć, nie można połączyć się, nie można się połączyć, nie może nawiązać
      połączenia, nie można nawiązać połączenia) (z komputerem zdalnym, ze zdalnym komputerem)
    | (se nemůže připojit, nemůže se připojit, nelze se připojit) ke vzdálenému počítači
    | (nem tud kapcsolódni, nem tud csatlakozni, nem lehet csatlakozni) a távoli számítógép
    | (kan inte ansluta, kunde inte ansluta, går inte att ansluta, gick inte att ansluta) till fjärrdatorn
    | (kan ikke oprette forbindelse, kunne ikke oprette forbindelse) til fjerncomputer
    | (kan ikke koble, kan ikke koble seg, kunne ikke koble, får ikke koblet seg) til den eksterne datamaskin
    | (ei voi muodostaa yhteyttä, ei saa yhteyttä, ei voi yhdistää) etätietokone
    | (не может подключиться, не удается подключиться, не удалось подключиться) к удаленному компьютеру
    | (не може підключитися, не вдається підключитися) до віддаленого комп'ютера
    | uzak bilgisayara (bağlanamıyor, bağlanılamıyor) | リモート コンピューター (に接続できません, に接続できない)
    | 원격 컴퓨터 에 연결할 수 없 | (无法连接, 无法连接到) 远程计算机 | (無法連線, 無法連線到) 遠端電腦
for_a_protocol_error: aufgrund eines protokollfehlers | wegen eines protokollfehlers
    | en raison d'une erreur de protocole | suite à une erreur de protocole | debido a un error de protocolo
    | a causa di un errore di protocollo | devido a um erro de protocolo | vanwege een protocolfout
    | door een protocolfout | z powodu błędu protokołu | z důvodu chyby protokolu | kvůli chybě protokolu
    | protokollhiba miatt | protokol hatası nedeniyle | på grund av ett protokollfel | på grund af en protokolfejl
    | på grunn av en protokollfeil | protokollavirheen vuoksi | из-за ошибки протокола | через помилку протоколу
    | プロトコル エラーのため | プロトコル エラーが発生したため | 프로토콜 오류로 인해 | 프로토콜 오류 때문에
    | 由于协议错误 | 由于出现协议错误 | 因為通訊協定錯誤 | 由於通訊協定錯誤 | вследствие ошибки протокола
    | в результате ошибки протокола | внаслідок помилки протоколу | z dôvodu chyby protokolu
    | λόγω σφάλματος πρωτοκόλλου | din cauza unei erori de protocol | поради грешка в протокола | do lỗi giao thức
another_connection: andere verbindung mit dem remotecomputer | autre connexion à l'ordinateur distant
    | otra conexión con el equipo remoto | otra conexión al equipo remoto | altra connessione al computer remoto
    | outra conexão com o computador remoto | outra ligação ao computador remoto
    | andere verbinding met de externe computer | inne połączenie z komputerem zdalnym
    | jiné připojení ke vzdálenému počítači | másik kapcsolat a távoli számítógéppel
    | uzak bilgisayara başka bir bağlantı | annan anslutning till fjärrdatorn | anden forbindelse til fjerncomputeren
    | другое подключение к удаленному компьютеру | リモート コンピューターへの別の接続 | 원격 컴퓨터에 다른 연결
    | 另一个到远程计算机的连接 | 與遠端電腦的另一個連線
address_of_the_rdp_server: address for the rdp server | address of the rdp server | adresse des rdp servers
    | adresse für den rdp server | adresse du serveur rdp | dirección del servidor rdp | indirizzo del server rdp
    | indirizzo per il server rdp | endereço do servidor rdp | endereço para o servidor rdp | adres van de rdp server
    | adres voor de rdp server | adresu serwera rdp | adresu rdp serveru | adresu serveru rdp | rdp sunucusunun adresi
    | adressen till rdp servern | adressen för rdp servern | адрес сервера rdp | адрес rdp сервера
    | rdp サーバーのアドレス | rdp サーバのアドレス | rdp 服务器的地址 | rdp 伺服器的位址 | rdp 서버의 주소
negotiation_of_security: security protocol negotiation | aushandlung des sicherheitsprotokolls
    | sicherheitsprotokoll aushandlung | négociation du protocole de sécurité | negociación del protocolo de seguridad
    | negoziazione del protocollo di sicurezza | negociação do protocolo de segurança
    | onderhandeling over het beveiligingsprotocol | onderhandelen van het beveiligingsprotocol
    | negocjacja protokołu zabezpieczeń | negocjacje protokołu bezpieczeństwa | vyjednávání bezpečnostního protokolu
    | vyjednání bezpečnostního protokolu | güvenlik protokolü anlaşması | güvenlik protokolü müzakeresi
    | förhandling av säkerhetsprotokoll | согласование протокола безопасности | セキュリティプロトコルのネゴシエーション
    | 安全协议协商 | 安全性協定協商 | 보안 프로토콜 협상
not_enough_rights: privilegios de usuario son insuficientes | privilegios insuficientes
    | privilegios de usuario insuficientes | unzureichende benutzerrechte | unzureichende benutzerberechtigungen
    | nicht ausreichende benutzerrechte | privilèges utilisateur insuffisants | droits utilisateur insuffisants
    | privilegi utente insufficienti | privilegi dell'utente insufficienti | privilégios de utilizador insuficientes
    | onvoldoende gebruikersrechten | onvoldoende rechten | niewystarczające uprawnienia | nedostatečná oprávnění
    | nedostatečná uživatelská oprávnění | elégtelen felhasználói | yetersiz kullanıcı | otillräckliga användar
    | utilstrækkelige bruger | недостаточно прав | недостаточные привилегии | недостаточно привилегий
    | ユーザー権限が不足 | ユーザー権限が不十分 | 用户权限不足 | 使用者權限不足 | 사용자 권한이 부족
account_is_restricted: account restricted | konto eingeschränkt | konto ist eingeschränkt | compte restreint
    | compte est restreint | cuenta tiene restricciones | cuenta restringida | account limitato
    | account con restrizioni | conta restrita | conta está restrita | account beperkt | account is beperkt
    | konto ograniczone | konto jest ograniczone | účet omezen | účet je omezen | hesap kısıtlı | hesap kısıtlandı
    | kontot är begränsat | kontoen er begrænset | учетная запись ограничена | アカウントが制限 | 帐户受限 | 账户受限
    | 帳號受限 | 계정이 제한
not_enabled: not enabled | isnt enabled | nicht aktiviert | n'est pas activé | no está habilitad | não está habilitad
    | não está ativad | non è abilitat | niet ingeschakeld | nie jest włączon | není povolen | nie je povolen
    | nincs engedélyez | etkin değil | etkinleştirilmemiş | inte aktiver | är inte på | ikke aktiver | ikke er aktiver
    | ei ole käytössä | ei ole otettu käyttöön | не включен | 有効になってい | 사용하도록 설정되어 있지 | 사용할 수 없
    | 未启用 | 未啟用 | لم يتم تمكين | غير ممكن | אינה זמינה | לא מופעלת | запрещен | δεν έχει ενεργοποιηθεί
    | nu este activat | не е разрешен | не е активиран | chưa được bật | không được bật | ไม่ได้เปิดใช้งาน
    | tidak diaktifkan | není zapnut | nincs bekapcsol | nu e activat | не ввімкн | не увімкн | δεν είναι ενεργοποι
    | 有効になっていません | 没有开启 | 未开启 | 沒有開啟 | 未開啟 | 켜져 있지 않
not_authorized_elsewhere: nicht autorisiert | nicht berechtigt | nicht zugelassen | n'est pas autorisé
    | fehlt ihr das recht | fehlt ihm das recht | fehlt mir das recht | hat kein recht | no tiene derecho
    | non ha il diritto | não tem direito | n'a pas le droit | geen recht | har inte rätt | ikke ret til | ikke rett til
    | har ikke tilladelse | har ikke tillatelse | har ikke adgang | har ikke tilgang | saknar behörighet
    | har inte behörighet | er ikke autoriseret | er ikke autorisert | ei ole oikeutta | ei ole oikeuksia | ei oikeutta
    | serait pas autorisé | n'est pas habilité | no tiene permiso | não tem permissão | não tem autorização
    | non ha il permesso | non ha i permessi | geen toegang | isnt permitted | is not permitted | isnt allowed
    | is not allowed | nicht befugt | no está autorizad | não está autorizad | non è autorizzat | niet gemachtigd
    | niet geautoriseerd | niet is gemachtigd | niet is geautoriseerd | nie ma autoryzacji | nie jest autoryzowan
    | nie ma uprawnień | není oprávněn | není autorizován | nincs engedélyez | nincs feljogosít | nem jogosult
    | yetkili değil | yetkilendirilmemiş | inte behörig | inte auktoriserat | inte är behörig | inte är auktoriserat
    | ikke autoriser | ikke godkend | ikke godkjent | ikke er autoriser | ikke er godkend | ikke er godkjent
    | ei ole valtuut | не авторизован | не имеет разрешения | нет разрешения на | не має дозволу | 許可されていない
    | 권한이 없 | 未授权 | 未获授权 | 未獲授權 | nemá oprávnění | не имеет прав | yetkili olmadı | inte har behörighet
    | ikke har tilladelse | ikke har tillatelse | ikke har rett | 没有授权 | 未被授权 | 未被授權 | 沒有授權
network_or_interactive: network or interactive | netzwerk oder interaktiv | réseau ou interacti | red o interactiv
    | rete o interattiv | rede ou interativ | netwerk of interactie | sieciowe lub interak | sieciowy lub interak
    | síťové nebo interaktivní | síťový nebo interaktivní | hálózati vagy interaktív | ağ veya etkileşimli
    | nätverk eller interaktiv | netværk eller interaktiv | nettverk eller interaktiv | verkko tai vuorovaikut
    | сетевой или интерактивн | сетевого или интерактивн | мережевий або інтерактивн | ネットワークまたは対話型
    | 네트워크 또는 대화형 | 网络或交互 | 網路或互動
the_computers: systemadministrator hat die computer | systeembeheerder heeft de computers
    | systeembeheerder heeft het aantal computers | sistem yöneticisi
restricted_the_computers: administrateur système a limité les ordinateurs
    | administrador del sistema ha limitado los equipos | administrador del sistema limitó los equipos
    | amministratore di sistema ha limitato i computer | administrador do sistema limitou os computadores
    | administrador do sistema restringiu os computadores | administrator systemu ograniczył komputery
    | administrator systemu ograniczył liczbę komputerów | správce systému omezil počítače
    | správce systému omezil počet počítačů | rendszergazda korlátozta azokat a számítógépeket
    | systemadministratören har begränsat vilka datorer | systemadministratören har begränsat de datorer
    | systemadministratoren har begrænset de computere | systemadministrator har begrenset hvilke datamaskiner
    | администратор ограничил компьютеры | администратор ограничил список компьютеров
    | администратор ограничил перечень компьютеров | 로그온할 수 있는 컴퓨터를 제한 | 로그인할 수 있는 컴퓨터를 제한
    | 限制了你可以登录的计算机 | 限制你可以登录的计算机 | 限制了您可以登录的计算机 | 限制您可以登录的计算机
    | 限制您可以登入的電腦 | 限制了您可以登入的電腦
# What the client is said to say of it.
rdp_says_of_a_certificate: rdp says the certificate | rdp says that the certificate | rdp it says the certificate
    | rdp sagt das zertifikat | rdp meldet das zertifikat | rdp es heißt das zertifikat | rdp dit que le certificat
    | rdp il dit que le certificat | rdp dice que el certificado | rdp dice che il certificato
    | rdp diz que o certificado | rdp zegt dat het certificaat | rdp pisze że certyfikat | rdp пишет что сертификат
by_an_administrator: by the administrator | by an admin | vom administrator | durch den administrator
    | von einem administrator | durch einen administrator | par l'administrateur | par un administrateur
    | por el administrador | por un administrador | dall'amministratore | da un amministratore | pelo administrador
    | por um administrador | door de beheerder | door een beheerder | door de administrator | przez administratora
    | správcem | administrátorem | a rendszergazda | yönetici tarafından | av administratören | av en administratör
    | af administratoren | администратором | адміністратором | 管理者によって | 管理者により | 관리자가 | 관리자에 의해
    | 被管理员 | 由系统管理员 | 由管理员 | 由系統管理員
the_administrator_ended: l'administrateur a mis fin | el administrador finalizó | el administrador ha finalizado
    | l'amministratore ha terminato | o administrador encerrou | administrator zakończył | správce ukončil
    | správca ukončil | a rendszergazda befejezte | a rendszergazda megszakította | yönetici sonlandırdı
    | администратор завершил | администратор прервал | адміністратор завершив | 管理员已结束 | 管理员结束了
    | 管理员已终止 | 系統管理員已結束
the_administrator_ended_it: der administrator hat die sitzung beendet | der administrator hat ihre sitzung beendet
    | de beheerder heeft de sessie beëindigd | de beheerder heeft uw sessie beëindigd | 管理者がセッションを終了
    | 管理者がリモート セッションを終了 | 관리자가 세션을 종료
# Who has the screen, and is to be put out for somebody who comes.
who_is_signed_in: current user | signed in user | logged in user | logged on user | user who is signed in
    | user who is logged in | user who is logged on | angemeldeten benutzer | aktuellen benutzer | utilisateur actuel
    | utilisateur connecté | usuario actual | usuario conectado | utente corrente | utente connesso | usuário atual
    | huidige gebruiker | aangemelde gebruiker | bieżącego użytkownika | zalogowanego użytkownika | aktuálního uživatele
    | přihlášeného uživatele | текущего пользователя | 現在のユーザー | 当前用户 | 目前的使用者 | 현재 사용자
# What whoever sits there answers: https://github.com/MicrosoftDocs/windowsserverdocs/issues/591
says_no_to_it: user denied | user has denied | user declined | user has declined | user refused | user has refused
    | user rejected | user has rejected | benutzer hat abgelehnt | benutzer lehnt | utilisateur a refusé
    | usuario ha rechazado | usuario rechazó | utente ha rifiutato | usuário recusou
following_reasons: one of the following reasons | one of these reasons | aus einem der folgenden gründe
    | folgenden gründen | l'une des raisons suivantes | uno de los siguientes motivos | una de estas razones
    | uno dei seguenti motivi | um dos seguintes motivos | een van de volgende redenen | jednego z następujących powodów
    | z jednoho z následujících důvodů | одной из следующих причин | 次のいずれかの理由 | 다음 이유 중 하나
    | 以下原因之一 | 下列其中一個原因 | une des raisons suivantes | uno de estos motivos | una de las siguientes razones
    | uno di questi motivi | uno dei motivi seguenti | um destes motivos | uma destas razões | uma das seguintes razões
    | een van deze redenen | en af følgende årsager | en af disse årsager | en av følgende årsaker
    | någon av följande orsaker | något av följande skäl | jostakin seuraavista syistä | jokin seuraavista syistä
    | jednego z tych powodów | a következő okok egyike | şu nedenlerden biri | aşağıdaki nedenlerden biri
    | однієї з таких причин | одной из этих причин
too_many: maximum number of connections | maximum number of users | too many users | too many connections
    | maximal zulässige anzahl von verbindungen | maximal zulässige anzahl an verbindungen
    | número máximo de conexiones permitidas | maximum aantal toegestane verbindingen | maximaal aantal verbindingen
    | högsta antalet tillåtna anslutningar | maximalt antal anslutningar | maksimale antal tilladte forbindelser
    | maksimale antal forbindelser | maksimalt antall tillatte tilkoblinger | maksimalt antall tilkoblinger
    | maksimale antall tilkoblinger | yhteyksien enimmäismäär | demasiados utilizadores | muitos usuários
    | muitos utilizadores | liian monta käyttäjää | liikaa käyttäjiä | for mange brukarar | för många är inloggade
    | zu viele benutzer | zu viele verbindungen | maximale anzahl von verbindungen | maximale anzahl an verbindungen
    | maximale anzahl der verbindungen | maximale anzahl benutzer | höchstzahl der verbindungen
    | nombre maximal de connexions | nombre maximal d'utilisateurs | trop d'utilisateurs | trop de connexions
    | número máximo de conexiones | número máximo de usuarios | demasiados usuarios | demasiadas conexiones
    | número máximo de conexões | número máximo de ligações | usuários demais | numero massimo di connessioni
    | numero massimo di utenti | troppi utenti | maximum aantal verbindingen | maximale aantal verbindingen
    | te veel gebruikers | maksymalna liczba połączeń | maksymalną liczbę połączeń | maximální počet připojení
    | túl sok felhasználó | för många användare | for mange brukere | for mange brugere
    | максимальное количество подключений | 接続数の上限 | 最大接続数 | 최대 연결 수 | 最大连接数 | 用户过多
    | 連線數上限 | {too_many_inflected}
too_many_inflected: za dużo użytkowników | zbyt wielu użytkowników | příliš mnoho uživatel | túl sok* felhasználó
    | túl sok a felhasználó | prea mulți utilizatori | çok fazla kullanıcı | слишком много пользователей
    | забагато користувачів | πάρα πολλοί χρήστες | ユーザーが多すぎ | 用户太多 | 使用者太多 | 사용자가 너무 많
# Asked for, or wanted so.
wished: wed like | we would like | we want | i want | we do not want | we dont want | how do i | how can i | how to
    | should be | policy wants | wie kann ich | sollen$ | wir möchten | wir wollen | comment faire | cómo puedo
# Of a server, as Windows' own client and its translations have it:
# https://learn.microsoft.com/windows-server-essentials/support/rules-used-by-the-windows-server-solutions-best-practices-analyzer-tool
for_the_moment_unavailable: temporarily unavailable | temporarily not available | vorübergehend nicht verfügbar
    | zurzeit nicht verfügbar | momentan nicht verfügbar | temporairement indisponible | temporairement pas disponible
    | temporalmente no disponible | no está disponible temporalmente | temporalmente no está disponible
    | temporaneamente non disponibile | temporaneamente indisponibile | non è temporaneamente disponibile
    | non è al momento disponibile | temporariamente indisponível | não está disponível temporariamente
    | temporariamente não disponível | tijdelijk niet beschikbaar | tijdelijk onbeschikbaar | tymczasowo niedostępn
    | dočasně nedostupn | dočasně není k dispozici | ideiglenesen nem érhető el | átmenetileg nem érhető el
    | geçici olarak kullanılamıyor | tillfälligt inte tillgänglig | tillfälligt otillgänglig
    | tillfälligt inte är tillgänglig | midlertidigt ikke tilgængelig | midlertidigt ikke er tilgængelig
    | midlertidigt utilgængelig | midlertidig utilgjengelig | midlertidig ikke tilgjengelig
    | midlertidig ikke er tilgjengelig | tilapäisesti poissa käytöstä | tilapäisesti pois käytöstä
    | ei ole tilapäisesti käytettävissä | временно недоступ | тимчасово недоступ | 一時的に使用できません
    | 一時的に利用できません | 일시적으로 사용할 수 없 | 暂时不可用 | 暫時無法使用
times_out: times out | timed out | zeitüberschreitung | délai d'attente dépassé | délai dépassé | se agota el tiempo
    | in einen timeout | läuft auf timeout | en timeout | délai de connexion est dépassé | délai de connexion dépassé
    | tiempo de espera de la conexión | da timeout | in timeout | timeout della connessione | tempo limite da conexão
    | tempo limite foi | een time out | time out opgetreden | tidsgränsen för anslutningen | tidsavbrutt | fik timeout
    | får timeout | aikakatkais | blir timeout | blir det timeout | får jeg timeout | får jag timeout
    | timeout for forbindelsen | opstod timeout | geeft dan een time out | se agotó el tiempo | tiempo de espera agotado
    | tempo limite esgotado | tempo esgotado | tempo scaduto | scade il tempo | przekroczono limit czasu | tidsgränsen
    | tidsavbrudd | истекло время | 시간 초과 | {times_out_inflected}
times_out_inflected: upłynął limit czasu | przekracz* limit czasu | przekroczon* limit czasu | vypršel časový limit
    | vyprší$ | túllépte az időkorlát | időtúllépés | conexiunea a expirat | depășește timpul de așteptare | zaman aşım
    | истекло время ожидания | таймаут | час очікування | έληξε το χρονικό όριο | λήξη χρονικού ορίου | タイムアウト
    | 超时 | 逾時 | 시간이 초과
resolve: resolve the name | resolve the server name | resolve the host | resolve its name | namen nicht auflösen
    | name nicht aufgelöst | namen auflösen | résoudre le nom | résolution du nom | resolver el nombre | resolver o nome
    | risolvere il nome | naam niet omzetten | rozwiązać nazwy | přeložit název | feloldani a nev | разрешить имя
    | 名前を解決 | 이름을 확인할 수 없 | 解析主机名 | 解析不了
password_is_refused: password is not accepted | password isnt accepted | password was not accepted
    | kennwort wird nicht akzeptiert | refuse mon mot de passe | refuse le mot de passe | rejette mon mot de passe
    | rejects my password | refuses my password | rechaza mi contraseña | rechaza la contraseña | rifiuta la password
    | rifiuta la mia password | recusa a senha | recusa a minha palavra passe | weigert mijn wachtwoord
    | lehnt mein kennwort ab | lehnt mein passwort ab | nimmt mein kennwort nicht | nimmt mein passwort nicht
    | godtar ikke passord | avviser passordet | afviser min adgangskode | accepterer ikke min adgangskode
    | accepterar inte mitt lösenord | ei hyväksy salasana | salasana ei kelpaa | kennwort nicht akzeptiert
    | passwort wird nicht akzeptiert | passwort nicht akzeptiert | kennwort nicht angenommen
    | mot de passe n'est pas accepté | mot de passe est refusé | contraseña no es aceptada | no acepta la contraseña
    | no me acepta la contraseña | non accetta la password | password non è accettata | password non viene accettata
    | senha não é aceita | não aceita a senha | wachtwoord wordt niet geaccepteerd | wachtwoord niet geaccepteerd
    | hasło nie jest akceptowane | nie przyjmuje hasła | heslo není přijato | nebere heslo | şifreyi kabul etmiyor
    | lösenordet accepteras inte | passordet godtas ikke | adgangskoden accepteres ikke | пароль не принимается
    | パスワードが受け付けられ | パスワードを受け付け | 암호가 거부 | 不接受密码 | 密码不被接受 | nie przyjmuj* hasł
    | nie przyjmuj* moj* hasł | nepřijímá* hesl | nebere* hesl | nem fogadja el a jelsz | nu* acceptă parol
    | parolayı kabul etmi | не принимает парол | не приймає парол | δεν δέχεται τον κωδικ
# What the screen of the logon shows while it works, in each language with what says before or behind it that it is
# shown: a text may ask its reader to wait, and welcome them.
shown_words: (at, on, in, with, says, shows, showing, just, only, see, stuck, stays) please wait
    | please wait (screen, message, forever, for ever, for the) | (at, on) welcome | welcome screen
    | (bei, mit, auf, steht, zeigt, nur) bitte warten | bitte warten (bleibt, bildschirm, steht)
    | (bei, auf, mit) willkommen | willkommen bildschirm
    | (sur, à, avec, affiche, dit, bloquée, bloqué, écran, message) veuillez patienter
    | veuillez patienter (s'affiche, reste, à l'écran) | (sur, à, écran) bienvenue | bienvenue à l'écran
    | (en, con, muestra, dice, pantalla, mensaje, colgado, colgada) (por favor espere, espere, bienvenido, bienvenida)
    | (por favor espere, espere, bienvenido, bienvenida) en pantalla
    | (em, com, mostra, diz, tela, mensagem) (por favor aguarde, aguarde, bem vindo)
    | (por favor aguarde, aguarde, bem vindo) na tela
    | (su, con, mostra, dice, schermata, messaggio) (attendere, attendere prego, benvenuto, benvenuti)
    | (attendere, attendere prego, benvenuto, benvenuti) sullo schermo
    | (op, bij, met, toont, zegt, scherm, melding) (even geduld, een ogenblik geduld, ogenblik geduld, welkom)
    | (even geduld, een ogenblik geduld, ogenblik geduld, welkom) op het scherm
    | (na, przy, z, pokazuje, pisze, ekranie, komunikat) (proszę czekać, zapraszamy)
    | (proszę czekać, zapraszamy) na ekranie
    | (na, u, s, ukazuje, píše, stojí, obrazovce, hláška) (čekejte prosím, prosím čekejte, vítejte)
    | (čekejte prosím, prosím čekejte, vítejte) na obrazovce
    | (на, с, пишет, показывает, экране, надпись) (подождите, пожалуйста подождите, добро пожаловать)
    | (подождите, пожалуйста подождите, добро пожаловать) на экране
    | (på, står, visar, kvar) (vänta$, var god vänta, välkommen$)
    | (vänta$, var god vänta, välkommen$) (på skärmen, hur länge)
    | (står, viser, stående, hænger, henger, fast) (på vent$, vent$, på velkommen$, på vent litt, på vennligst vent, på
      vent venligst)
    | (på vent$, vent$, på velkommen$, på vent litt, på vennligst vent, på vent venligst) (på skærmen, på skjermen)
    | (kohtaan, kohdassa, näkyy, lukee) (odota$, tervetuloa$, odota hetki)
    | (odota$, tervetuloa$, odota hetki) (ruudussa, näytöllä) | (お待ちください, ようこそ) (の, で, から, と, が, 画面)
    | (在, 到, 着, 显示) (请稍候, 请稍等, 請稍候, 正在欢迎, 欢迎)
    | (请稍候, 请稍等, 請稍候, 正在欢迎, 欢迎) (界面, 画面, 畫面)
    | (기다려 주세요, 기다려 주십시오, 기다리십시오, 환영합니다) (에서, 화면, 라는, 라고, 상태, 메시지, 만, 계속)
    | ekranda (lütfen bekleyin, hoş geldiniz)
    | (lütfen bekleyin, hoş geldiniz) (ekranı, yazısı, mesajı, yazıyor, diyor, de kal, te kal)
    | (på, vid, med, visar, skärmen) (vänta, vänta lite, välkommen)
    | (vänta, vänta lite, välkommen) (visas, skärmen, på skärmen)
    | (på, ved, med, viser, skjermen) (vent litt, vennligst vent, velkommen)
    | (vent litt, vennligst vent, velkommen) (vises, skjermen, på skjermen) | på vent venligst | ved vent venligst
    | med vent venligst | viser vent venligst | skærmen vent venligst | skærmen velkommen | vent venligst vises
    | vent venligst skærmen | vent venligst på skærmen | velkommen skærmen | velkommen på skærmen
    | (skærmen, skjermen) vent | vent (skærmen, skjermen, vises) | kohtaan odota | kohtaan tervetuloa | näkyy odota
    | näkyy tervetuloa | lukee odota | lukee tervetuloa | tekstiin odota | tekstiin odota hetki | tekstiin tervetuloa
    | odota näyttö | odota näytöllä | odota ruutu | odota teksti | odota kohtaan | odota hetki näyttö
    | odota hetki ruutu | odota hetki teksti | odota hetki kohtaan | tervetuloa näyttö | tervetuloa näytöllä
    | tervetuloa ruutu | tervetuloa teksti | tervetuloa kohtaan
    | (képernyőn, felirat) (kérem várjon, kis türelmet, üdvözöljük)
    | (kérem várjon, kis türelmet, üdvözöljük) (képernyő, felirat, üzenet, szöveg)
    | (на, з, пише, показує, екрані, напис) (зачекайте, будь ласка зачекайте, вітаємо, ласкаво просимо)
    | (зачекайте, будь ласка зачекайте, вітаємо, ласкаво просимо) на екрані
please_wait_for: please wait for the user profile service | please wait for the local session manager
    | please wait for the group policy client | please wait for the remote desktop configuration
    | auf den benutzerprofildienst | auf lokaler sitzungs manager | auf lokalen sitzungs manager
    | auf den gruppenrichtlinienclient | auf gruppenrichtlinienclient | auf remotedesktopkonfiguration
    | lütfen kullanıcı profili hizmet | lütfen grup ilkesi istemci | lütfen yerel oturum yönetici
    | vänta på användarprofiltjänst | vänta på tjänsten användarprofil | vänta på grupprincip
    | vänta på lokal sessionshanter | vänta på den lokala sessionshanter | vent på brukerprofiltjenest
    | vent på gruppepolicyklient | vent på lokal øktbehandl | vent på den lokale økt | vent på brugerprofiltjenest
    | vent på tjenesten brugerprofil | vent på gruppepolitikklient | vent på klienten til gruppepolitik
    | vent på lokal sessionsstyring | vent på den lokale session | odota käyttäjäprofiilipalvelu
    | odotetaan käyttäjäprofiilipalvelu | odota ryhmäkäytäntö | odotetaan ryhmäkäytäntö | odota paikallista istun
    | odotetaan paikallista istun | 사용자 프로필 서비스를 기다 | 그룹 정책 클라이언트를 기다 | 로컬 세션 관리자를 기다
    | patienter pour le service de profil | patienter service de profil | attendez le service de profil
    | patienter pour le client de stratégie | espere al servicio de perfil | espere al cliente de directiva
    | aguarde o serviço de perfil | aguarde o cliente da política | aguarde o cliente de política
    | attendere servizio profil | attendere il servizio profil | attendere client di criteri
    | wacht op de service gebruikersprofiel | wacht op gebruikersprofiel | wacht op de groepsbeleid
    | czekaj na usługę profil | czekaj na klienta zasad grupy | čekejte na službu profil | vyčkejte na službu profil
    | várjon a felhasználói profil | подождите службу профил | подождите пока служба профил | зачекайте службу профіл
    | зачекайте на службу профіл | user profile service をお待ち | ユーザー プロファイル サービスをお待ち
    | 请等待 user profile service | 请等待用户配置文件服务 | 请等待组策略客户端 | 请等待 group policy client
    | 请等待 local session manager
from_it_german: vom terminalserver | vom sitzungshost | vom rdp server | vom remotedesktop | von der rdp sitzung
    | von der remotesitzung | aus der rdp sitzung | aus der remotesitzung
session_stays: rdp bleibt$ | rdp sitzung bleibt$ | rdp sitzungen bleiben$ | rdp verbindung bleibt$ | rdp bild bleibt$
    | remotesitzung bleibt$ | remotesitzungen bleiben$ | remotedesktop bleibt$ | remotedesktop sitzung bleibt$
    | remotedesktop verbindung bleibt$ | terminalserver bleibt$ | terminalserver sitzung bleibt$
    | terminalserver sitzungen bleiben$
cannot_connect: impossible de joindre | nie mogę połączy | nie możemy się połączyć | nie da się połączyć | cant connect
    | cannot connect | unable to connect | not able to connect | wont connect | doesnt connect | does not connect
    | no longer connect | cant get a connection | get no connection | cant reach | cannot reach | unable to reach
    | keine verbindung | keine rdp verbindung | nicht verbinden | nicht mehr verbinden | komme ich nicht
    | kommt man nicht | kommt niemand | nicht mehr per rdp | nicht per rdp | nicht mehr auf | nicht auf den
    | nicht auf meinen | nicht mehr drauf | nicht erreichen | impossible de se connecter | impossible de me connecter
    | n'arrive pas à me connecter | ne peux pas me connecter | ne peut pas se connecter | ne parviens pas à me connecter
    | pas de connexion | no puedo conectar | no me puedo conectar | no se puede conectar | no logro conectar
    | no conecta | non riesco a connettermi | non riesco a collegarmi | non posso connettermi | non si connette
    | non si collega | impossibile connettersi | não consigo conectar | não consigo me conectar | não consigo ligar
    | não conecta | não é possível conectar | kan geen verbinding | geen verbinding | niet verbinden
    | nie mogę się połączyć | nie można się połączyć | nie łączy | brak połączenia | nemohu se připojit
    | nemůžu se připojit | nelze se připojit | nepřipojí | nem tudok csatlakozni | nem lehet csatlakozni
    | bağlanamıyorum | bağlanamıyoruz | kan inte ansluta | kan ikke koble | kan ikke oprette forbindelse
    | не могу подключиться | не удается подключиться | не подключается | нет подключения | не подключиться
    | 接続できません | 接続できない | 接続出来ません | 繋がらない | つながらない | 连接不上 | 连不上 | 無法連線 | 连不了
    | 无法连接 | 無法連接 | 連不上 | 연결할 수 없 | 연결이 안 | 접속이 안 | 접속할 수 없
not_by_a_way: von außen nicht | von zu hause nicht | aus dem homeoffice nicht | über vpn nicht | über das vpn nicht
    | übers vpn nicht | per vpn nicht | not from outside | not from the outside | not from the internet
    | not over the internet | not from home | not over vpn | not over the vpn | not via vpn | not via the vpn
    | not through vpn | not through the vpn | not over the tunnel | not through the tunnel | not externally
    | nicht von außen | nicht von außerhalb | nicht von zuhause | nicht aus dem homeoffice | nicht aus dem internet
    | nicht über vpn | nicht über das vpn | nicht übers vpn | nicht per vpn | pas de l'extérieur
    | pas depuis l'extérieur | pas depuis internet | pas de chez moi | pas par le vpn | pas via le vpn | pas en vpn
    | no desde fuera | no desde casa | no desde internet | no desde el exterior | no por vpn | no por la vpn
    | no a través de la vpn | non da fuori | non da casa | non da internet | non dall'esterno | non tramite vpn
    | non tramite la vpn | não de fora | não de casa | não pela internet | não pela vpn | niet van buiten
    | niet vanuit huis | niet via vpn | niet via de vpn | nie z zewnątrz | nie z domu | nie przez vpn | ne zvenku
    | ne z domova | ne přes vpn | inte utifrån | inte hemifrån | inte via vpn | ikke utenfra | ikke udefra
    | ikke hjemmefra | не извне | не снаружи | не из дома | не через vpn | не через интернет
cannot_rdp: cant rdp | cannot rdp | unable to rdp | not able to rdp | cant remote desktop | cannot remote desktop
    | unable to remote desktop
is_not_loaded: cannot be loaded | could not be loaded | couldnt be loaded | cant be loaded | nicht geladen
    | går inte att läsa in | går ikke å laste | ei voitu ladata | ei voida ladata | kon niet worden geladen
    | kunde inte läsas in | kunne ikke lastes | ne peut pas être chargé | n'a pas pu être chargé | impossible de charger
    | no se puede cargar | no se pudo cargar | não pode ser carregad | não foi possível carregar
    | não é possível carregar | impossibile caricare | non è possibile caricare | kan niet worden geladen
    | nie można załadować | nie można wczytać | nelze načíst | nem tölthető be | nem sikerült betölteni | yüklenemiyor
    | yüklenemedi | kan inte läsas in | kunne ikke indlæses | kan ikke indlæses | kan ikke lastes | ei voi ladata
    | не удается загрузить | не удалось загрузить | не вдалося завантажити | 読み込めません | 読み込むことができません
    | 로드할 수 없 | 无法加载 | 無法載入
must_change: must change | must be changed | needs to be changed | have to change | has to be changed | muss geändert
    | on vaihdettava | täytyy vaihtaa | pitää vaihtaa | måste bytas | må byttes | skal skiftes | moet gewijzigd
    | dev'essere cambiat | precisa ser alterad | tem de ser alterad | müssen geändert | doit être modifi
    | doit être chang | devez changer | debe cambiar | deve ser alterad | deve essere modificat | moet worden gewijzigd
    | musi zostać zmienion | je nutné změnit | değiştirilmeli | måste ändras | må endres | skal ændres
    | необходимо сменить | необходимо изменить | должен быть изменен | wymagana jest zmiana | je vyžadována změna
    | je potřeba změnit | treba zmeniť | требуется смена | требуется сменить | требуется изменить | потрібно змінити
    | необхідно змінити | 変更する必要 | 必须更改 | 必須變更 | 변경해야 | trzeba* zmienić | nutné změnit
    | musí se změnit | meg kell változtat | meg kellene változtat | trebuie modificat | trebuie schimbat
    | değiştirilmesi gerek | değiştirmek gerek | нужно сменить | надо сменить | треба змінити | πρέπει να αλλάξει
    | 変更が必要 | 要改密码 | 必須先變更 | 바꿔야
cannot_find: cant find | cannot find | couldnt find | nicht finden | ne trouve pas | no encuentra | no puede encontrar
    | nije moguće | fant ikke | vindt de computer | nicht gefunden | kan niet vinden | não consegue localizar
    | não pode encontrar | impossibile trovare | non riesce a trovare | niet vinden | nie może znaleźć | nemůže najít
    | nem találja | bulamıyor | inte hitta | finner ikke | ikke finde | ei löydä | nie może odnaleźć
    | nie można odnaleźć | nie można znaleźć | nenašla | nemôže nájsť | не может найти | не удается найти
    | не удалось найти | не вдається знайти | не вдалося знайти | não pode localizar | não consegue encontrar
    | não encontra | não é possível encontrar | não é possível localizar | não foi possível encontrar
    | não foi possível localizar | ne peut pas trouver | ne parvient pas à trouver | n'a pas pu trouver
    | impossible de trouver | no pudo encontrar | no se puede encontrar | no se pudo encontrar | no ha podido encontrar
    | non può trovare | non trova | nelze najít | hittar inte | ikke finne | finder ikke | ei voi löytää
    | 見つけることができません | 見つかりません | 찾을 수 없 | 找不到
not_allowed: isnt allowed | is not allowed | nicht zulässig | nicht erlaubt | n'est pas autorisé | no se permite
    | no está permitid | não é permitid | non è consentit | niet toegestaan | inte tillåt | ikke tillatt | не допуск
    | 許可されていません | 不受允许 | 不被允许 | ikke tilladt | ei ole sallittu | ei sallita | {not_allowed_inflected}
not_allowed_inflected: nie zezwala | nie pozwala | niedozwol | nie można użyć | nie mogę użyć | nepovoluj | nedovol
    | není povolen | nejde použít | nepouž | nem engedélyez | tiltja | nem használ | nu permit | nu este permis
    | nu e permis | nu pot folosi | nu e folosit | nu este folosit | izin vermiyor | izin verilm | kullanılamı
    | kullanılmı | запретил | запрещ | не разреш | использовать нельзя | нельзя использ | не подставля | не дозвол
    | заборон | використати не можна | не підставля | δεν επιτρέπ | δεν μπορώ να χρησιμοποι | δεν χρησιμοποι
    | 許可していません | 許可されて | 使えません | 使われず | 不允许 | 不允許 | 不能用 | 不生效 | 没有用 | 沒有用
    | 허용하지 않 | 허용되지 않 | 사용할 수 없 | 적용되지 않 | ignorow | ignoruj | figyelmen kívül | ignorat | yok sayıl
    | игнориру | ігнору | αγνοεί | 無視 | 被忽略 | 무시
no_permission: keine berechtigung | fehlt die berechtigung | fehlt mir die berechtigung | dont have permission
    | saknar behörighet | har ikke lov | har ikke tilgang | har ikke adgang | har ikke tilladelse | har ikke tillatelse
    | ei ole oikeutta | ei ole oikeuksia | ei ole lupaa | non è abilitat | no permiten | não está autorizad
    | n'a pas le droit | ne suis pas autorisé | har inte tillåtelse | ikke rettighed | do not have permission
    | dont have the right | do not have the right | no permission | je n'ai pas le droit | je n'ai pas les droits
    | pas l'autorisation | no tengo permiso | não tenho permissão | non ho il permesso | non ho i permessi
    | non ho l'autorizzazione | geen rechten | nie mam uprawnień | nemám oprávnění | yetkim yok | har inte rätt
    | har ikke rettighed | vous n'avez pas le droit | n'avez pas la permission | no tiene permiso | não tem permissão
    | non hai i permessi | non hai l'autorizzazione | geen toestemming | nie masz uprawnień | nemáte oprávnění
    | izniniz yok | inte behörighet | ikke tilgang | ikke tilladelse | нет разрешения | нет прав | 権限がありません
    | 권한이 없 | 没有权限 | 沒有權限 | nie ma uprawnień | nie ma prawa | nie mam prawa | brak* uprawnień
    | nemá oprávnění | nemám právo | nemá právo | chybí* oprávnění | nem jogosult | nincs jog | nincs hozzáférés
    | nu este autorizat | nu sunteți autorizat | nu am drept | nu are drept | nu am acces | nu are acces | yetkisi* olma
    | yetkisi yok | yetkiniz* olma | hakkım yok | iznim yok | izni yok | не имеет прав | не имеете прав | нет доступа
    | нет у вас прав | не має прав | немає дозволу | немає доступу | не маєте прав | δεν είναι εξουσιοδοτημέν
    | δεν έχω δικαίωμ | δεν έχει δικαίωμ | δεν έχετε δικαίωμ | δεν έχω πρόσβαση | 許可されていない | 許可されていません
    | 権利がありません | アクセス権がありません | 没有授权 | 未经授权 | 未經授權 | nie mam dostępu | nie ma dostępu
    | nemám přístup | nemá přístup | 権限がない | 権利がない | 許可がない
# Of the computer itself: much else on it may be turned off.
is_turned_off: remote computer is turned off | remote pc is turned off | remote computer is switched off
    | remote computer is off$ | remote pc is off$ | remotecomputer ist ausgeschaltet | ordinateur distant est éteint$
    | equipo remoto está apagado | computador remoto está desligado | computer remoto è spento
    | externe computer is uitgeschakeld | komputer zdalny jest wyłączony | zdalny komputer jest wyłączony
    | vzdálený počítač je vypnutý | удаленный компьютер выключен$ | リモート コンピューターの電源が切れ
    | 远程计算机已关闭$ | 远程计算机电源已关闭
# The third of the reasons for which Windows' own client reaches no host, and what it asks to be made sure of.
not_on_the_network: not available on the network | isnt available on the network | im netzwerk nicht verfügbar
    | nicht im netzwerk verfügbar | pas disponible sur le réseau | no está disponible en la red
    | non è disponibile sulla rete | non è disponibile nella rete | não está disponível na rede
    | niet beschikbaar op het netwerk | niet beschikbaar in het netwerk | nie jest dostępny w sieci
    | niedostępny w sieci | není v síti dostupný | není v síti k dispozici | není k dispozici v síti
    | nem érhető el a hálózaton | ağda kullanılamıyor | inte tillgänglig i nätverket | inte tillgänglig på nätverket
    | ikke tilgængelig på netværket | ikke tilgjengelig på nettverket | ei ole käytettävissä verkossa
    | недоступен в сети | недоступний у мережі | ネットワーク上で利用でき | ネットワーク上で使用でき
    | 네트워크에서 사용할 수 없 | 在网络上不可用 | 無法在網路上使用
on_and_connected: turned on and connected to the network | eingeschaltet und mit dem netzwerk verbunden
    | allumé et connecté au réseau | encendido y conectado a la red | acceso e connesso alla rete
    | ligado e conectado à rede | ligado e ligado à rede | ingeschakeld en is verbonden met het netwerk
    | ingeschakeld en verbonden met het netwerk | ingeschakeld is en verbonden is met het netwerk
    | włączony i podłączony do sieci | zapnutý a připojený k síti | be van kapcsolva és csatlakozik | açık ve ağa bağlı
    | påslagen och ansluten till nätverket | påslagen och är ansluten till nätverket | tændt og forbundet til netværket
    | tændt og forbundet med netværket | tændt og tilsluttet netværket | slått på og koblet til nettverket
    | käynnissä ja yhteydessä verkkoon | käynnissä ja yhdistetty verkkoon | включен и подключен к сети
    | увімкнено й підключено до мережі | увімкнений і підключений до мережі | 電源が入っていてネットワークに接続
    | 켜져 있고 네트워크에 연결 | 已打开并连接到网络 | 已启动并连接到网络 | 已開啟並連線到網路
# What Windows' own client does by itself, up to twenty times, where a session breaks.
reconnects_by_itself: attempting to reconnect | trying to reconnect | verbindung mit der sitzung wiederherzustellen
    | verbindung wiederherzustellen | erneut eine verbindung mit der sitzung | tentative de reconnexion
    | intentando volver a conectar | intentando reconectar | tentativo di riconnessione | tentando se reconectar
    | tentando reconectar | a tentar ligar novamente | a tentar restabelecer | opnieuw verbinding te maken
    | próba ponownego połączenia | pokus o opětovné připojení | pokus o obnovení připojení | újracsatlakozás
    | yeniden bağlanma | försöker återansluta | försöker ansluta till sessionen igen | forsøger at genoprette
    | forsøger at oprette forbindelse igen | prøver å koble til på nytt | forsøker å koble til på nytt
    | yritetään muodostaa yhteys | yritetään yhdistää uudelleen | попытка повторного подключения
    | повторного подключения к сеансу | спроба повторного підключення | 再接続を試み | 再接続しています
    | 다시 연결하려고 | 正在尝试重新连接 | 正在嘗試重新連線
does_not_answer: taking too long to respond | took too long to respond | nicht reagiert | trop de temps à répondre
    | tarda demasiado en responder | demorando muito para responder | troppo tempo per rispondere | duurt te lang
    | долго не отвечает | te lang niet | risponde troppo lentamente | 太久没有应答 | 応答に時間がかかり | 响应时间过长
    | nie odpowiada przez zbyt długi czas | yanıt vermesi çok uzun | tar för lång tid på sig att svara
    | for lang tid på å svare | for lang tid om at svare | příliš dlouho neodpovídá | levando muito tempo para responder
    | nie odpowiada | nie odpowiedział | neodpovíd | neodpověděl | nem válaszol | nu răspunde | nu a răspuns
    | yanıt vermi | yanıt vermedi | не отвечает | не ответил | не відповід | δεν ανταποκρίν | 応答しな | 応答しません
    | 応答がありません | 没有响应 | 未及时响应 | 沒有回應 | 未及時回應 | 응답하지 않 | δεν απαντ | 没响应 | 沒響應
# That nothing was done; of what happens in a session a log says it, too.
nothing_done: i do nothing | they do nothing | 触らない | 放置 | without activity | no activity | unattended | alone for
    | bez ruszania | nicht anfasse | sans toucher | sin tocar | ohne aktivität | sans activité | sin actividad
    | senza attività | wasnt doing anything | werent doing anything | not doing anything | nichts mache$ | nichts tue$
    | ne fais rien | no hago nada | non faccio niente | não faço nada | niets doe$ | inte gör något | ikke gør noget
    | ikke gjør noe | en tee mitään | sem atividade | zonder activiteit | bez aktywności | bez aktivity | без активности
    | 操作しない | 操作がない | 没操作 | 没有操作 | 无操作 | 沒有操作 | 조작하지 않
by_force: forcibly closed | forcefully closed | zwangsweise geschlossen | fermé de force | cerrado a la fuerza
    | cerró a la fuerza | chiuso forzatamente | fechou à força | geforceerd gesloten | wymusił zamknięcie
    | zorla kapattı | tvångsstängt | принудительно закрыл | 強制的に切断 | 强制关闭 | 強制關閉 | násilně uzavřel
    | encerrou a conexão forçadamente
do_not_agree: do not match | does not match | dont match | doesnt match | not the same | arent the same | differ
    | stimmen nicht | stimmt nicht | nicht stimm | nicht überein | passt nicht | passen nicht | nicht pass
    | nicht gleich | sind verschieden | weichen ab | ne correspond pas | ne correspondent pas | ne sont pas les mêmes
    | n'est pas la même | n'est pas le même | ne coïncide | no coincide | no corresponde | no son iguales
    | no es la misma | no es el mismo | non corrisponde | non corrispondono | non coincid | non è lo stesso
    | não corresponde | não coincide | não bate | não são iguais | não é o mesmo | niet overeen | klopt niet
    | niet klopt | niet gelijk | zijn niet gelijk | stämmer inte | inte stämmer | passer ikke | ikke passer
    | stemmer ikke | ikke stemmer | ikke er like | ikke er ens | er ikke ens | er ikke like | är inte samma | ei täsmää
    | eivät täsmää | ei vastaa | ei ole sama | eri ajassa | eivät ole samat
outside_its_hours: outside the allowed | outside allowed | outside my hours | outside of the permitted
    | outside permitted | outside logon hours | outside the logon hours | außerhalb der erlaubten
    | außerhalb der zulässigen | außerhalb der anmeldezeit | en dehors des horaires | en dehors des heures
    | hors des horaires | fuera del horario | fuera de horario | fuera de las horas | fuori dall'orario | fuori orario
    | al di fuori dell'orario | fora do horário | fora das horas | buiten de toegestane | buiten de aanmeld
    | utanför tillåt | utanför inloggningstid | uden for de tilladte | uden for tilladt | uden for logon
    | utenfor tillatt | utenfor påloggingstid | utenfor de tillatte | sallitun ajan ulkopuolella
    | sallittujen aikojen ulkopuolella
at_this_hour: at this hour | at this time | at that hour | um diese zeit | um diese uhrzeit | zu dieser zeit
    | zu dieser uhrzeit | zu diesem zeitpunkt | à cette heure | a esta hora | a estas horas | a quest'ora
    | in questo momento | neste horário | op dit tijdstip | op dit uur | op dit moment | vid den här tiden
    | vid den här tidpunkten | på dette tidspunkt | på nuværende tidspunkt | på denne tiden | tähän aikaan
    | tähän kellonaikaan
not_trusted: not trusted | isnt trusted | untrusted | nicht vertrauenswürdig | nicht vertraut | pas approuvé
    | pas fiable | pas de confiance | no es de confianza | no confiable | no es confiable | non attendibil
    | non è attendibil | non affidabil | não é fidedign | não fidedign | não é confiáve | não confiáve | niet vertrouwd
    | niet wordt vertrouwd | inte betrodd | inte betrott | inte är betro | ej betro | ikke betroet | ikke er betroet
    | ikke er tillid | ikke klarert | ikke er klarert | ikke pålitelig | luoteta$ | ei ole luotet
not_trusted_inflected: nie ufa | niezaufan | nie pochodzi od zaufan | nedůvěř | není důvěryhodn | nevydala důvěryhodn
    | nem megbízható | nem bízik | nu are încredere | nu este de încredere | nu provine de la | güvenmi
    | güvenilir değil | yetkilisinden değil | не доверя | ненадежн | не имеющим довер | не довіря | ненадійн
    | δεν εμπιστεύ | δεν είναι αξιόπιστ | δεν προέρχεται από αξιόπιστ | 信頼できない | 信頼されていない | 信頼しません
    | 発行されたものではありません | 不信任 | 不受信任 | 不是来自受信任 | 不是來自受信任 | 신뢰할 수 없 | 신뢰하지 않
    | 발급되지 않 | güvenilme | не является доверенн | не є довірен | 不可信 | nie jest zaufan | nu mai are încredere
    | 信頼されなく | δεν το εμπιστεύ
asks_whether: asks whether | asks if | asks me whether | asks me if | asked whether | fragt ob | demande si
    | me demande si | pregunta si | me pregunta si | chiede se | mi chiede se | pergunta se | vraagt of | fragt er ob
    | fragt er mich ob | fragt mich ob | fragt windows ob | on me demande | pergunta se quero | frågar om
    | frågar den om | frågar mig om | frågas om | spørger om | spørger den om | spør om | spør den om | kysyy$
    | kysytään$ | vraagt hij of | vraagt windows of
cannot_enter: impossible d'entrer | pas entrer | no puedo entrar | no entra | non si entra | non entro
    | não consigo entrar | não se consegue entrar | kom niet op | kom er niet | komme nicht auf | cant get on
    | cannot get on
cannot_get_to: cant get to | cannot get to | niet bij mijn | en saa | ei saa | cant connect | cannot connect
    | cant reach | cannot reach | cant get on | unable to connect | unable to reach | komme nicht auf | nicht auf meinen
    | nicht verbinden | komme nicht an | kein zugriff auf | pas à joindre | pas à me connecter | pas me connecter
    | pas accéder | impossible de joindre | impossible de me connecter | no puedo conectar | no puedo entrar
    | no puedo acceder | no consigo conectar | non riesco a collegar | non riesco a connetter | non riesco ad acceder
    | não consigo ligar | não consigo conectar | não consigo me conectar | não consigo aceder | não consigo acessar
    | kan niet bij | niet verbinden | kom niet op | kom er niet | kan niet op | kommer inte åt | kommer inte in
    | kan inte ansluta | kan ikke komme på | kan ikke forbinde | kommer ikke ind | kommer ikke inn | får ikke koblet
    | får ikke kontakt | kan ikke koble | en pääse
does_not_resolve: isnt resolved | is not resolved | does not resolve | doesnt resolve | wont resolve | not resolving
    | nicht aufgelöst | löst nicht auf | lässt sich nicht auflösen | pas résolu | ne se résout pas | no se resuelve
    | no resuelve | no está resuelt | non risolve | non viene risolt | non si risolve | não é resolvid | não resolve
    | não se resolve | niet gevonden | niet opgelost | wordt niet herkend | hittas inte | går inte att slå upp
    | kan ikke slås op | slås ikke op | findes ikke | finnes ikke | slår ikke opp | ei löydy | ei ratkea | ei selviä
    | {does_not_resolve_inflected}
does_not_resolve_inflected: nie można rozpoznać | nie można rozwiązać | nelze přeložit | nejde přeložit
    | nem oldható fel | nu se poate rezolva | çözümlenemi | çözülemi | не разрешается | не удается разрешить
    | не вдається розпізнати | δεν είναι δυνατή η επίλυση | を解決できません | を解決できない | 无法解析 | 無法解析
    | 이름을 확인할 수 없
not_verified: cant verify | cannot verify | couldnt verify | nicht überprüf | nicht verifizier | pas vérifier
    | ne peut vérifier | no puede comprobar | no se puede comprobar | no puede verificar | verificare
    | não pode verificar | não consegue verificar | niet verifiëren | niet controleren | inte verifiera | ikke bekræfte
    | ikke verificere | ikke bekrefte | ikke verifisere | ei voi vahvistaa | ei voi varmistaa | ei voi tarkistaa
on_to_the_server: on to the server | on the server | into the server | auf den server | auf den terminalserver
    | auf den host | sur le serveur | sur le tse | al servidor | en el servidor | sul server | no servidor | ao servidor
    | op de server | op de terminalserver | in på servern | på servern | ind på serveren | inn på serveren | på serveren
    | på terminalserveren | palvelimelle | i get on to | pääsen koneelle
did_not_start: failed to start | did not start | could not start | couldnt start | could not be started
    | failed to initialize | could not be initialized | doesnt start | does not start | nicht gestartet | nicht starten
    | startet nicht | nicht initialisiert | nicht initialisieren | pas pu démarrer | pas démarré | ne démarre pas
    | ne s'initialise pas | pas pu être initialisé | pas pu s'initialiser | no se pudo iniciar | no se ha podido iniciar
    | no se pudo inicializar | no se inicia | no arranca | non è stato avviato | non si avvia | non si inizializza
    | impossibile avviare | impossibile inizializzare | não pôde ser iniciado | não pôde ser inicializado | não inicia
    | não arranca | niet worden gestart | niet kan worden gestart | ikke kunne starte | inte kunde starta | niet gestart
    | start niet | niet geïnitialiseerd | inte startas | startar inte | inte initieras | ikke starte | starter ikke
    | ikke initialisere | ei voitu käynnistää | ei käynnisty | ei voitu alustaa | no se pudo inicializar el
low_on_memory: low on memory | low on virtual memory | out of memory | out of virtual memory | not enough memory
    | zu wenig virtueller | nicht genügend arbeitsspeicher | nicht genug arbeitsspeicher | mémoire insuffisante
    | memoria insuficiente | niet genoeg geheugen | zu wenig arbeitsspeicher | zu wenig speicher
    | nicht genügend speicher | manque de mémoire | plus de mémoire | mémoire virtuelle | suficiente memoria
    | poca memoria | sin memoria | falta de memoria | memoria virtuale | memoria insufficiente | senza memoria
    | pouca memória | sem memória | te weinig virtueel | te weinig geheugen | onvoldoende geheugen | geen geheugen
    | ont om virtuellt | ont om minne | slut på minne | minnet är slut | mangler virtuel hukommelse | mangler hukommelse
    | ikke nok hukommelse | for lidt hukommelse | lite virtuelt minne | ikke nok minne | for lite minne | tomt for minne
    | muisti on lopussa | muisti on vähissä | näennäismuisti | muisti loppu | muisti ei riitä
card_is_not_taken: isnt recognised | isnt recognized | not recognized | not recognised | cant be used | cannot be used
    | is not detected | isnt detected | nicht erkannt | nicht verwendet | erkennt die karte nicht | pas reconnu
    | no reconoce | no es reconocid | no se reconoce | non viene riconosciut | non è riconosciut | non riconosc
    | não é reconhecid | não reconhece | niet herkend | känns inte igen | kändes inte igen | hittas inte
    | genkendes ikke | ikke genkendt | gjenkjennes ikke | ikke gjenkjent | ei tunnisteta | ei löydy | ei toimi
not_fully_verified: not fully verified | nicht vollständig überprüft | nicht vollständig verifiziert
    | pas entièrement vérifiée | pas totalement vérifiée | no se ha comprobado totalmente
    | no se ha comprobado por completo | no está totalmente comprobada | non è stata verificata completamente
    | non è stata completamente verificata | não foi totalmente verificada | não foi completamente verificada
    | niet volledig is geverifieerd | niet volledig geverifieerd | inte är helt verifierad | inte helt verifierad
    | inte har verifierats helt | ikke er fuldt bekræftet | ikke er fuldt verificeret | ikke er fullstendig bekreftet
    | ikke er fullt bekreftet | ei ole täysin varmistettu | ei ole täysin vahvistettu
threw_me_out: (kicked, threw) me | logged me (off, out) | signed me out | disconnected me | hat mich abgemeldet
    | hat mich während | meldete mich ab | m'a déconnecté | m'a éjecté | me desconectó | me ha desconectado | me echó
    | mi ha disconnesso | mi ha buttato | desconectou me | desligou me | heeft mij afgemeld | heeft me afgemeld
    | heeft mij eruit | loggade ut mig | kastade ut mig | loggede mig | smed mig | logget meg | kastet meg
    | kirjasi minut | heitti minut
is_not_found: cant be resolved | cannot be resolved | cant be found | cannot be found | nicht gefunden | pas trouvé
    | introuvable | no se encuentra | no encontrado | non viene trovato | non si trova | não é encontrado
    | não encontrado | niet gevonden | hittas inte | kan ikke findes | findes ikke | ikke fundet | ikke funnet
    | finnes ikke | ei löydy
certificate_of_the_host: certificate of the host | certificate of the session host | certificate of the remote computer
    | certificate of the terminal server | the host's certificate | the session host's certificate
    | zertifikat des hosts | zertifikat des sitzungshosts | zertifikat des terminalservers
    | zertifikat des remotecomputers | certificat de l'hôte | certificat du serveur tse | certificado del host
    | certificado del servidor | certificato dell'host | certificato del server | certificado do host
    | certificado do servidor | certificaat van de host
# That there is no way to the gateway itself. Without its own name the words can be of a gateway in the network.
cannot_connect_to_the_gateway: cant connect to the remote desktop gateway | cannot connect to the remote desktop gateway
    | cant connect to remote desktop gateway | cannot connect to remote desktop gateway | cant connect to the rd gateway
    | cannot connect to the rd gateway | cant connect to rd gateway | cannot connect to rd gateway
    | unable to connect to the rd gateway | failed to connect to the rd gateway
    | unable to connect to the remote desktop gateway | could not connect to the remote desktop gateway
    | kann keine verbindung mit dem remotedesktop gateway | kann keine verbindung mit dem rd gateway
    | kann keine verbindung zum remotedesktop gateway | kann keine verbindung zum rd gateway
    | impossible de se connecter à la passerelle des services bureau à distance
    | impossible de se connecter à la passerelle bureau à distance | impossibile connettersi al gateway desktop remoto
    | no se puede conectar con la puerta de enlace de escritorio remoto
    | no puede conectarse a la puerta de enlace de escritorio remoto
    | no se puede conectar a la puerta de enlace de escritorio remoto
    | no se puede conectar al servidor de puerta de enlace de escritorio remoto
    | impossibile connettersi al server gateway desktop remoto
    | não é possível conectar ao gateway de área de trabalho remota
    | não pode se conectar ao gateway de área de trabalho remota
    | kan geen verbinding maken met de extern bureaublad gateway | nie można połączyć się z bramą usług pulpitu zdalnego
    | nelze se připojit k bráně vzdálené plochy | не удается подключиться к шлюзу удаленных рабочих столов
    | リモート デスクトップ ゲートウェイに接続できません | 无法连接到远程桌面网关 | 無法連線到遠端桌面閘道
    | 원격 데스크톱 게이트웨이에 연결할 수 없습니다
# Whoever refused is named so where it is told of what was refused; by alone says no.
by_the_gateway: by the rd gateway | by the remote desktop gateway | by the rds gateway | by the rdp gateway
    | by our rd gateway | by our remote desktop gateway | by your rd gateway | by your remote desktop gateway
    | by rd gateway
for_a_policy: (because of, due to, owing to, as a result of, by) (a policy, policy, the policy, its policy, our policy)
    | (aufgrund, wegen, durch) (einer richtlinie, der richtlinie, eine richtlinie, die richtlinie, richtlinie)
    | (en raison, à cause, par) (d'une stratégie, de la stratégie, de stratégie, une stratégie, la stratégie)
    | (debido a, a causa de, por, como consecuencia de) (una política, la política, una directiva, la directiva)
    | (a causa, per via, per) (di un criterio, dei criteri, di una politica, della politica)
    | (devido, por causa, por) (a uma política, à política, de uma política, da política, política)
    | (vanwege, wegens, door) (een beleid, het beleid, beleid) | (z powodu, przez) (zasad, zasady, polityki)
    | (z důvodu, kvůli) (zásady, zásad, zásadám, politiky) | (из-за, по причине) (политики, политик)
refused_by_policy: (denied, refused) (by, because of, due to) (a policy, policy, the policy, its policy)
    | (durch, wegen, aufgrund) (eine, die, einer, der) (richtlinie verweigert, richtlinie abgelehnt)
    | refusé (en raison, à cause, par) (d'une stratégie, de la stratégie, une stratégie)
    | (denegado, rechazado) (por, debido a) (una política, la política, una directiva, la directiva)
    | (negato, rifiutato) (a causa di, per, da) (un criterio, una politica)
    | (negado, recusado) (por, devido a) (uma política, política)
    | geweigerd (vanwege, door) (beleid, een beleid, het beleid)
policy_of_the_gateway: rd gateway policy | rd gateways policy | remote desktop gateway policy
    | remote desktop gateways policy | policy of the rd gateway | policy of the remote desktop gateway
    | policy on the rd gateway | policy on the remote desktop gateway | richtlinie des remotedesktopgateways
    | richtlinie des rd gateways | stratégie de la passerelle | política de la puerta de enlace | criteri del gateway
    | política do gateway | beleid van de gateway | zasad bramy | политики шлюза
# As the Windows App and the web client say it in each language.
no_way_to_the_gateway: connect to the gateway | keine verbindung mit dem gateway | keine verbindung zum gateway
    | connecter à la passerelle | conectarnos a la puerta de enlace | conectar con la puerta de enlace
    | conectar a la puerta de enlace | connettersi al gateway | conectar ao gateway | ligar ao gateway
    | verbinding maken met de gateway | geen verbinding met de gateway | połączyć się z bramą | połączyć z bramą
    | připojit k bráně | kapcsolódni az átjáróhoz | ağ geçidine bağlan | ansluta till gatewayen
    | oprette forbindelse til gatewayen | koble til gatewayen | yhteyttä yhdyskäytävään | подключиться к шлюзу
    | підключитися до шлюзу | ゲートウェイに接続でき | 게이트웨이에 연결할 수 없 | 无法连接到网关 | 无法连接网关
    | 無法連線到閘道
because_of_an_error: because of an error | because there was an error | due to an error | aufgrund eines fehlers
    | wegen eines fehlers | en raison d'une erreur | à cause d'une erreur | debido a un error | a causa de un error
    | por un error | a causa di un errore | per un errore | devido a um erro | por causa de um erro | vanwege een fout
    | wegens een fout | door een fout | z powodu błędu | kvůli chybě | z důvodu chyby | hiba miatt | hata nedeniyle
    | bir hata nedeniyle | på grund av ett fel | på grund af en fejl | på grunn av en feil | virheen vuoksi
    | из-за ошибки | через помилку | エラーが発生したため | エラーのため | 오류로 인해 | 오류가 발생하여 | 由于出现错误
    | 由于错误 | 因为出现错误 | 由于发生错误 | 因為發生錯誤 | 由於發生錯誤
# What Windows itself says in the translations that it has, where a part of the sentence is its own.
no_input: didnt receive any input | did not receive any input | has not received any input | received no input
    | keine eingabe von ihnen | keine eingaben von ihnen | keine eingabe erhalten | keine eingabe empfangen
    | keine eingaben erhalten | keine eingaben empfangen | reçu aucune entrée | reçu aucune saisie | pas reçu d'entrée
    | no recibió ninguna entrada | no ha recibido ninguna entrada | não recebeu nenhuma entrada
    | não recebeu qualquer entrada | non ha ricevuto alcun input | non ha ricevuto nessun input | non ha ricevuto input
    | geen invoer van u | geen invoer ontvangen | geen invoer heeft ontvangen | nie odebrał żadnych danych wejściowych
    | nie otrzymał żadnych danych wejściowych | neobdržel žádný vstup | neobdržel od vás žádný vstup
    | nepřijal žádný vstup | nem kapott bemenet | nem kapott semmilyen bemenet | herhangi bir giriş alma
    | inte fick några indata | inte tog emot några indata | ikke modtog noget input | ikke har modtaget input
    | ikke mottok inndata | ikke mottok noen inndata | ei vastaanottanut syötettä | не получил от вас никаких данных
    | не получил никаких данных | не получил от вас ввода | не отримав від вас жодних даних | 入力を受信しな
    | 入力を受け取ら | 입력을 받지 | 未收到您的任何输入 | 未收到你的任何输入 | 没有收到您的任何输入 | 未接收到任何输入
    | 未收到任何输入 | 未收到您的任何輸入
only_who_is_signed_in: nur der aktuelle benutzer oder ein administrator | seul l'utilisateur actuel ou un administrateur
    | seuls l'utilisateur actuel ou un administrateur | solo el usuario actual o un administrador
    | solo l'utente corrente o un amministratore | solo l'utente attuale o un amministratore
    | somente o usuário atual ou um administrador | apenas o usuário atual ou um administrador
    | apenas o utilizador atual ou um administrador | alleen de huidige gebruiker of een administrator
    | alleen de huidige gebruiker of een beheerder | tylko bieżący użytkownik lub administrator
    | pouze aktuální uživatel nebo správce | len aktuálny používateľ alebo správca
    | csak a jelenlegi felhasználó vagy egy rendszergazda | csak az aktuális felhasználó vagy egy rendszergazda
    | yalnızca geçerli kullanıcı veya bir yönetici | yalnızca geçerli kullanıcı veya yönetici
    | endast den aktuella användaren eller en administratör | kun den aktuelle bruger eller en administrator
    | bare gjeldende bruker eller en administrator | vain nykyinen käyttäjä tai järjestelmänvalvoja
    | только текущий пользователь или администратор | лише поточний користувач або адміністратор
    | 現在のユーザーまたは管理者だけ | 現在のユーザーまたは管理者のみ | 현재 사용자 또는 관리자만 | 只有当前用户或管理员
    | 只有目前的使用者或系統管理員
signed_in_here: logged on to this computer | signed in to this computer | an diesem computer angemeldet
    | bei diesem computer angemeldet | connecté à cet ordinateur | ouvert une session sur cet ordinateur
    | inició sesión en este equipo | ha iniciado sesión en este equipo | connesso a questo computer
    | collegato a questo computer | conectado a este computador | op deze computer aangemeld
    | bij deze computer aangemeld | zalogowany na tym komputerze | zalogowany do tego komputera
    | přihlášený k tomuto počítači | přihlášen k tomuto počítači | prihlásený k tomuto počítaču
    | inloggad på den här datorn | вошел на этот компьютер | вошел в систему на этом компьютере
    | このコンピューターにログオンしています | 이 컴퓨터에 로그온 | 已登录到此计算机 | 已登入這部電腦
time_or_date_differs: uhrzeit oder datumsunterschied | zeit oder datumsunterschied | zeit bzw. datumsunterschied
    | zeit oder datumsdifferenz | zeit bzw. datumsdifferenz | zeit und/oder datumsunterschied
    | zeit und/oder datumsdifferenz | datums oder zeitunterschied | datums oder zeitdifferenz
    | diferencia horaria o de fecha | 時刻または日付の差 | 日付または時刻の差
    | forskel på klokkeslæt eller dato | forskel i klokkeslæt eller dato | forskjell i klokkeslett eller dato
    | forskjell på klokkeslett eller dato | skillnad i klockslag eller datum | tidsskillnad eller datumskillnad
    | verschil in tijd en datum | aika- ja päivämääräero | différence d'heure ou de date | différence de date ou d'heure
    | diferencia de hora o fecha | diferencia de fecha u hora | diferencia de fecha o de hora
    | diferencia de hora o de fecha | differenza di data o ora | differenza di data o di ora | differenza di ora o data
    | differenza di ora o di data | diferença de hora ou data | diferença de data ou hora | diferença de hora ou de data
    | verschil in tijd of datum | verschil in datum of tijd | tijd of datumverschil | tijds of datumverschil
    | różnica godziny lub daty | różnica w czasie lub dacie | różnica daty lub godziny | rozdíl v datu nebo čase
    | rozdíl času nebo data | idő vagy dátumkülönbség | tarih veya saat fark | tids eller datumskillnad
    | skillnad i tid eller datum | tids eller datoforskel | forskel i tid eller dato | tids eller datoforskjell
    | forskjell i tid eller dato | aika tai päivämääräero | разница во времени или дате | различаются время или дата
    | разница в дате или времени | різниця в часі або даті | 時刻または日付に差 | 時刻または日付に違い
    | 日付または時刻に差 | 日付または時刻が異な | 시간 또는 날짜가 다 | 时间或日期存在差异 | 时间或日期不同
    | 日期或时间存在差异 | 時間或日期不同 | {time_or_date_differs_inflected}
time_or_date_differs_inflected: różnica czasu lub daty | rozdíl v čase nebo datu | idő vagy dátumeltérés
    | diferență de oră sau de dată | saat veya tarih fark | διαφορά ώρας ή ημερομηνίας | 時刻または日付が異な
    | 时间或日期差异 | 時間或日期差異 | 시간 또는 날짜 차이
time_allotted: in der vorgegebenen zeit | in der zur verfügung stehenden zeit | innerhalb der vorgegebenen zeit
    | in der zugeteilten zeit | dans le délai imparti | dans les délais impartis | dans le temps imparti
    | en el tiempo asignado | en el período asignado | en el tiempo previsto | entro il tempo previsto
    | nel tempo previsto | nell'intervallo di tempo previsto | nel tempo assegnato | no tempo designado
    | no tempo atribuído | no tempo alocado | no tempo previsto | binnen de toegestane tijd | binnen de toegewezen tijd
    | w wyznaczonym czasie | w przydzielonym czasie | v určeném čase | ve vyhrazeném čase | v přiděleném čase
    | megadott időn belül | rendelkezésre álló időn belül | ayrılan sürede | inom den tilldelade tiden | inom utsatt tid
    | inden for den tildelte tid | innenfor tildelt tid | sallitussa ajassa | за отведенное время | в отведенное время
    | за відведений час | 割り当てられた時間内 | 할당된 시간 | 在分配的时间内 | 在规定的时间内 | 在配置的時間內
not_connected: keine verbindung | nicht verbinden | pas pu se connecter | pas pu établir | no pudieron conectar
    | no se pudieron conectar | non sono riusciti a conn | non è stato possibile conn | não puderam se conectar
    | não conseguiram | konden niet | kon niet | geen verbinding | nie mogły nawiązać | nie mogły się połączyć
    | nedokázaly připojit | se nemohly připojit | nem tudott kapcsol | bağlanamadı | kunde inte ansluta
    | kunne ikke oprette | kunne ikke koble | ei saatu yhteyttä | не удалось | не вдалося | できませんでした
    | 연결하지 못 | 연결할 수 없 | 无法连接 | 无法在 | 無法連線 | 無法在
of_its_memory: nicht genügend arbeitsspeicher | nicht genug arbeitsspeicher | nicht genügend virtueller speicher
    | zu wenig arbeitsspeicher | mémoire disponible est insuffisante | mémoire insuffisante | manque de mémoire
    | mémoire virtuelle insuffisante | memoria insuficiente | poca memoria disponible | no hay suficiente memoria
    | memoria disponible es insuficiente | memoria insufficiente | pouca memória | onvoldoende geheugen
    | te weinig geheugen | niet genoeg geheugen | za mało pamięci | brak pamięci | niewystarczająca ilość pamięci
    | nedostatek paměti | málo paměti | kevés a memória | yeterli bellek yok | ont om minne | otillräckligt med minne
    | ikke nok hukommelse | for lite minne | недостаточно памяти | не хватает памяти | メモリが不足 | 메모리가 부족
    | 内存不足 | 記憶體不足
problem_with: problem with your | a problem with the | problem mit ihrer | problem mit der | problem bei ihrer
    | problème avec votre | problème de licence | problème avec la | problème lié à votre | problema con la
    | problema con su | problema con tu | problema relativo alla | problema con la tua | problema com a sua
    | problema com sua | problema com a | probleem met uw | probleem met de | probleem met je | problem z$ | problém s$
    | probléma van | sorun var | problem med din | problem med licensen | проблема с$ | проблема з$ | に問題があり
    | 에 문제가 | 出现问题 | 有问题 | 存在问题 | 發生問題
# Of a session that somebody else has, and may be asked for.
if_you_continue: if you continue | wenn sie den vorgang fortsetzen | wenn sie fortfahren | si vous continuez
    | si continúa | als u verdergaat | si tu continues | wenn du fortfährst | se você continuar | se continuar
    | se si continua | se continui | als u doorgaat | jeśli będziesz kontynuować | jeśli kontynuujesz
    | pokud budete pokračovat | ha folytatja | devam ederseniz | om du fortsätter | hvis du fortsetter
    | hvis du fortsætter | если вы продолжите | якщо ви продовжите | 続行すると | 계속하면 | 如果继续 | 如果你继续
    | 如果您继续 | 如果繼續 | jos jatkat | dacă continuați | якщо продовжити | εάν συνεχίσετε | αν συνεχίσετε
    | 如果您繼續
full: nombre de connexions à cet ordinateur est limité | anzahl der verbindungen mit diesem computer ist begrenzt
    | anzahl der verbindungen mit diesem computer ist beschränkt | número de conexiones a este equipo es limitado
    | número de conexiones a este equipo está limitado | número de conexões com este computador é limitado
    | número de ligações a este computador é limitado | numero di connessioni a questo computer è limitato
    | aantal verbindingen met deze computer is beperkt | liczba połączeń z tym komputerem jest ograniczona
    | počet připojení k tomuto počítači je omezen | antalet anslutningar till den här datorn är begränsat
    | antall tilkoblinger til denne datamaskinen er begrenset | количество подключений к этому компьютеру ограничено
    | число подключений к этому компьютеру ограничено | このコンピューターへの接続数は制限
    | このコンピューターへの接続数には制限 | 此计算机的连接数有限 | 此计算机的连接数受限制 | 此電腦的連線數目有限制
# The same, put together: how many connections, to what, and that there are no more of them.
how_many_connections: anzahl der verbindungen | anzahl der zulässigen verbindungen | nombre de connexions
    | nombre des connexions | número de conexiones | cantidad de conexiones | numero di connessioni
    | numero delle connessioni | número de conexões | número de ligações | aantal verbindingen
    | aantal toegestane verbindingen | liczba połączeń | liczba dozwolonych połączeń | počet připojení
    | počet povolených připojení | antalet anslutningar | antall tilkoblinger | antallet af forbindelser
    | antal forbindelser | kapcsolatok száma | bağlantı sayısı | число подключений | число разрешенных подключений
    | количество подключений | количество разрешенных подключений | кількість підключень
    | кількість дозволених підключень
# The other half of the same sentence, which people keep.
all_in_use: all connections are in use | all the connections are in use | alle verbindungen werden zurzeit verwendet
    | alle verbindungen werden derzeit verwendet | alle verbindungen werden momentan verwendet
    | alle verbindungen sind belegt | alle verbindungen sind in gebrauch | toutes les connexions sont utilisées
    | toutes les connexions sont actuellement utilisées | toutes les connexions sont en cours d'utilisation
    | todas las conexiones están en uso | todas las conexiones están siendo utilizadas
    | tutte le connessioni sono in uso | tutte le connessioni sono utilizzate | todas as conexões estão em uso
    | todas as ligações estão a ser utilizadas | alle verbindingen zijn in gebruik | alle verbindingen zijn bezet
    | wszystkie połączenia są używane | wszystkie połączenia są w użyciu | všechna připojení se používají
    | všechna připojení jsou používána | všechna připojení jsou obsazena | все подключения используются
    | все подключения заняты | все подключения в настоящее время используются | すべての接続が現在使用
    | 所有连接当前都在使用 | 所有连接当前均在使用 | 所有連線都在使用 | 모든 연결이 현재 사용 | {all_in_use_inflected}
all_in_use_inflected: wszystkie połączenia są | všechna připojení jsou | minden kapcsolat használatban
    | toate conexiunile sunt utilizate | tüm bağlantılar kullanılıyor | все подключения уже использ
    | усі підключення використ | όλες οι συνδέσεις χρησιμοποι | すべての接続が使用中 | 所有连接都在使用
    | 所有的連線都在使用 | 모든 연결이 사용 중
is_not_on: not enabled | isnt enabled | arent enabled | not have | dont have | doesnt have | not support | dont support
    | doesnt support | isnt supported | arent supported | is disabled | are disabled | is off$ | not allow
    | isnt allowed | not turned on | nicht aktiviert | nicht unterstützt | unterstützt nicht | ist deaktiviert
    | ist ausgeschaltet | pas activé | ne prend pas en charge | pas pris en charge | est désactivé | no está habilitad
    | no es compatible | no admite | está deshabilitad | non è abilitat | non supporta | non è supportat
    | não está habilitad | não oferece suporte | não é compatível
locked_out: im locked out | i am locked out | im now locked out | locked me out | got locked out | been locked out
    | bin ausgesperrt | bin gesperrt | wurde ausgesperrt | je suis bloqué | me he quedado bloquead | me ha bloquead
    | sono bloccat | fiquei bloquead | buitengesloten | utelåst | låst ute | lukittu ulos
cannot_be_verified: cannot be verified | cant be verified | could not be verified | kann nicht überprüft
    | konnte nicht überprüft | ne peut pas être vérifiée | n'a pas pu être vérifiée | no se puede comprobar
    | no se pudo comprobar | no se puede verificar | impossibile verificare | não é possível verificar
    | não foi possível verificar | kan niet worden geverifieerd | nie można zweryfikować | nelze ověřit
    | не удается проверить | не удалось проверить | 検証できません | 无法验证 | 無法驗證 | 확인할 수 없
# Of Remote Desktop itself, as people say it: it does not get there.
cannot_reach_it: (cannot reach, cant reach, can not reach, could not reach, couldnt reach, unable to reach, does not
      reach, doesnt reach) (the server, the host, the pc, the computer, the machine, the vm, the remote pc, my pc, my
      computer) | erreicht (den server nicht, den host nicht, den rechner nicht, den computer nicht, den pc nicht)
    | (kann den server nicht, kann den host nicht, kann den rechner nicht, kann den computer nicht) erreichen
    | (n'arrive pas à joindre, ne peut pas joindre, ne parvient pas à joindre, ne joint pas, n'atteint pas) (le serveur,
      l'hôte, l'ordinateur, le pc, la machine)
    | (no llega, no puede llegar) (al servidor, al equipo, al ordenador, al host)
    | (no alcanza, no puede alcanzar) (el servidor, el equipo, el ordenador, el host)
    | (non raggiunge, non riesce a raggiungere) (il server, il computer, il pc, l'host)
    | (não alcança, não consegue alcançar) (o servidor, o computador, o pc, a máquina)
    | bereikt (de server niet, de computer niet, de pc niet)
    | (kan de server niet, kan de computer niet, kan de pc niet) bereiken
    | (nie widzi, nie sięga) (serwera, komputera, hosta) | (не видит, не достигает) (сервер, компьютер, хост)
# What is said at the logon, or of the person, who is known and may not: a file, a service and a share deny access, too.
access_is_denied: access is denied | access denied | access was denied | zugriff verweigert | zugriff wurde verweigert
    | zugriff wird verweigert | accès refusé | accès est refusé | acceso denegado | acceso se ha denegado
    | denegó el acceso | accesso negato | acesso negado | acesso foi negado | toegang geweigerd | toegang is geweigerd
    | odmowa dostępu | dostęp zabroniony | přístup byl odepřen | přístup odepřen | отказано в доступе | доступ запрещен
    | в доступе отказано
password_is_given: correct password | right password | enter the password | entering the password | enter my password
    | entering my password | type my password | typing my password | my password it | after the password
    | richtigen passwort | richtigem passwort | richtigen kennwort | richtigem kennwort | eingabe des passworts
    | eingabe des kennworts | passwort eingebe | kennwort eingebe | bon mot de passe | mot de passe correct
    | saisi le mot de passe | saisir le mot de passe | saisie du mot de passe | tape le mot de passe
    | contraseña correcta | poner la contraseña | pongo la contraseña | introducir la contraseña
    | introduzco la contraseña | password corretta | password giusta | inserisco la password | inserita la password
    | inserito la password | senha correta | senha certa | digito a senha | digitar a senha | coloco a senha
    | juiste wachtwoord | wachtwoord invoer | wachtwoord intyp | poprawnego hasła | poprawne hasło | wpisaniu hasła
    | podaniu hasła | správné heslo | zadání hesla | правильный пароль | верный пароль | ввода пароля | ввожу пароль
# What TermDD says in its events 56 and 50, in the words of Windows' translations; and that it puts somebody out. A scan
# of the port leaves the same, so that alone is nothing.
error_in_the_stream: error in the protocol stream | fehler im protokoll | erreur dans le flux de protocole
    | erreur dans le flux du protocole | error en la secuencia de protocolo | error en el flujo de protocolo
    | error en el flujo del protocolo | errore nel flusso del protocollo | errore nel flusso di protocollo
    | erro no fluxo do protocolo | erro no fluxo de protocolo | fout in de protocolstroom | błąd w strumieniu protokołu
    | chybu v proudu protokolu | ошибку в потоке протокола | ошибка в потоке протокола
# That the picture stands still or stays black, or comes and goes. Says least of a session, so it comes after what says
# why.
# That a session ends right behind the logon: each of the first with each of the second.
right_behind_the_logon: as soon as (i, they, users) (enter, have entered, typed, have typed)
    | (right after, immediately after, directly after, straight after, just after, instantly after) (login, logon,
      log in, log on, logging in, logging on, sign in, signing in, i log, i sign, they log, they sign, the login,
      the logon, the sign in, authentication, entering the password, entering my password, entering their password,
      typing the password, the password)
    | (sofort nach, direkt nach, gleich nach, unmittelbar nach) (der anmeldung, dem anmelden, anmeldung, dem login,
      login, dem einloggen, der passworteingabe)
    | (juste après, immédiatement après, aussitôt après, tout de suite après) (la connexion, l'ouverture de session,
      l'authentification, le login, le mot de passe)
    | (justo después de, inmediatamente después de, nada más, justo tras) (iniciar sesión, el inicio de sesión, entrar,
      iniciar la sesión, poner la contraseña, autenticar)
    | (subito dopo, immediatamente dopo, appena dopo) (il login, l'accesso, l'autenticazione, la password)
    | (logo após, imediatamente após, logo depois de) (o login, o logon, entrar, iniciar sessão, a autenticação,
      a senha)
    | (direct na, meteen na, onmiddellijk na) (het inloggen, inloggen, het aanmelden, aanmelden, de aanmelding)
    | (zaraz po, natychmiast po, tuż po, od razu po) (zalogowaniu, logowaniu)
    | (hned po, ihned po, okamžitě po) přihlášení
    | (сразу после, сразу же после, тут же после) (входа, авторизации, логина, ввода пароля) | ログイン直後
    | ログオン直後 | サインイン直後 | ログイン後すぐ | 登录后立即 | 登录后马上 | 登录后立刻 | 登入後立即 | 로그인 직후
    | 로그인하자마자
as_soon_as_they_log_on: as soon as i log | as soon as i sign | as soon as they log | as soon as they sign
    | as soon as users log | as soon as somebody logs | sobald ich mich anmelde | sobald man sich anmeldet
    | dès que je me connecte | en cuanto inicio sesión | non appena accedo | assim que faço login | zodra ik inlog
    | zodra ik me aanmeld
# Which may mean that it is not taken.
keeps_asking: keeps asking | keeps prompting
    | fragt (ständig, immer wieder, dauernd) | redemande | n'arrête pas de demander | sigue pidiendo | vuelve a pedir
    | continua a chiedere | continua pedindo | blijft vragen | ciągle pyta | pořád se ptá
    | постоянно (запрашивает, спрашивает) | 何度も聞 | 何度も求め | 反复要求 | 一直要求
as_soon_as: as soon as | the moment$ | the instant$ | sobald | dès que
    | en cuanto | tan pronto como | non appena | appena | assim que | logo que | zodra | jak tylko
    | gdy tylko | jakmile | amint | de îndată ce | imediat ce | så snart | så fort | heti kun | как только | щойно
    | як тільки | μόλις | とすぐに | するとすぐ | 一旦 | 一连 | 一連 | 자마자
thrown_out_at_once: immediately logs me | immediately logs out | instantly logs me | immediately signs me
    | immediately logged out | immediately logged off | immediately signed out | logs me straight out
    | logs me right out | logged off immediately | logged out immediately | signed out immediately
    | instantly logged out | logs me out immediately | logs me off immediately | logs out immediately
    | sofort wieder abgemeldet | gleich wieder abgemeldet | sofort abgemeldet | meldet mich sofort wieder ab
    | déconnecté aussitôt | aussitôt déconnecté | immédiatement déconnecté | inmediatamente me desconecta
    | disconnesso subito | subito disconnesso | desconectado imediatamente | direct weer uitgelogd | natychmiast wylogow
    | hned odhlás | сразу выкидыва | сразу же выкидыва | すぐにログオフ | すぐサインアウト | 立即注销 | 马上注销
# Says only which way does not lead there, so it comes last.
# It gets there by its address alone.
by_its_address: by ip | by its ip | by the ip | with ip | with the ip | with its ip | via ip | via the ip | using ip
    | using the ip | the ip works | ip address works | ip works | per ip | mit ip | mit der ip | über die ip | über ip
    | par ip | par l'ip | avec l'ip | via l'ip | par l'adresse ip | avec l'adresse ip | por ip | con la ip | por la ip
    | con l'ip | tramite ip | tramite l'ip | pelo ip | com o ip | met ip | met het ip | op ip | po ip | przez ip
    | po adresie ip | přes ip | по ip | через ip | ip アドレスでは | ip アドレスなら | 用 ip | 通过 ip | ip 地址可以
    | 使用 ip | ip로는
by_its_name_not: not (by, via, with, using) (name, hostname, computer name, its name, the name, the hostname,
      the computer name, fqdn)
    | not by dns name
    | (by, via, with, using) (name, hostname, its name, the name, the hostname, the computer name) it (doesnt, does not,
      wont, fails)
    | (the name, the hostname, the computer name) (doesnt, does not, fails) | name cannot be resolved
    | name cant be resolved | name could not be resolved | name couldnt be resolved | nicht per name
    | nicht über den namen | nicht mit dem namen | nicht über den hostnamen | nicht mit dem hostnamen
    | nicht über den rechnernamen | nicht mit dem rechnernamen | nicht mit dem computernamen | über den namen nicht
    | mit dem namen nicht | über den hostnamen nicht | mit dem hostnamen nicht | per name nicht | pas par nom
    | pas par le nom | pas avec le nom | pas via le nom | no por nombre | no por el nombre | no con el nombre
    | non per nome | non con il nome | non tramite il nome | não pelo nome | não com o nome | niet op naam
    | niet met de naam | niet via de naam | nie po nazwie | nie przez nazwę | ne přes název | ne přes jméno
    | не по имени
    | (名前, ホスト名, コンピューター名)(では, だと)(接続できません, 接続できない, 入れません, 入れない, 繋がりません,
      繋がらない)
    | 用计算机名不行 | 用主机名不行 | 用名称不行 | 用電腦名稱不行
is_not_resolved: cannot be resolved | cant be resolved | could not be resolved | couldnt be resolved | is not resolved
    | isnt resolved | does not resolve | doesnt resolve | wont resolve
no_memory: brak* pamięci | brakuje pamięci | nedostatek paměti | nedostatek virtuální paměti | kevés a virtuális memória
    | nincs elég memória | nincs* memória | memoria virtuală este insuficientă | nu are destulă memorie
    | memorie insuficientă | sanal bellek yetersiz | yetersiz bellek | yeterli bellek yok | нехватк* памяти
    | нехватк* виртуальной памяти | недостаточно памяти | нестач* пам'яті | нестач* віртуальної пам'яті
    | недостатньо пам'яті | δεν επαρκεί η εικονική μνήμη | δεν υπάρχει αρκετή μνήμη | メモリが不足 | メモリ不足
    | 内存不足 | 記憶體不足 | 메모리가 부족 | 메모리 부족
# Where the verb goes first.
its_certificate_expired: lejárt a tanúsítvány | lejárt az rds szerver tanúsítvány | lejárt a szerver tanúsítvány
    | a expirat certificat | a expirat ieri certificat | έληξε το πιστοποιητικό | έληξε χτες το πιστοποιητικό
no_click: clicking does nothing | clicks do nothing | (cant, cannot) click | nicht klicken | klick* passiert nichts
    | impossible de cliquer | peux pas cliquer | no puedo hacer clic | non riesco a cliccare | não consigo clicar
    | niet klikken | nie da się klikn | nejde nic kliknout | nejde kliknout | nem lehet kattint | nu pot da clic
    | tıklanmıyor | нажать ничего нельзя | нельзя нажать | натиснути нічого не можна | δεν κάνει κλικ
    | クリックできません | 点不了 | 點不了 | 클릭이 안
restricted_in_time: ograniczenia czasowe | časová omezení | időkorlátozása miatt | restricții de timp | zaman kısıtla
    | ограничени* по времени | обмеженн* за часом | χρονικ* περιορισμ | には時間制限があり | 有时间限制 | 有時間限制
    | 에 시간 제한이
not_found: nie może znaleźć | nie może odnaleźć | nie znajduje | nemůže najít | nenašel | nem találja | nu găsește
    | bulamıyor | не может найти | не находит | не може знайти | не знаходить | δεν βρίσκει | δεν μπορεί να βρει
    | 見つかりません | 見つけられません | 找不到 | 찾을 수 없 | 찾지 못 | nie mógł znaleźć | bulamadı | не удается найти
    | не удалось найти | не вдалося знайти | не вдається знайти
"""
