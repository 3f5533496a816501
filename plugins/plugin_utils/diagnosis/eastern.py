# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients complain of in Polish, Czech, Hungarian, Romanian, Turkish, Russian, Ukrainian, Greek, Japanese, Chinese
and Korean: each thing, and what is said of it, in the words of all of them. How rows are read is in ``sentences``.

Most of these languages change the ends of their words: a wording is what a word begins with, and of a phrase what each
of its words begins with (a star stands for the end). That the words are right is held against ``tests/data/complaints``
and ``tests/data/words``.
"""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import DISCONNECT, ERRINFO, STATUS
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.sentence_tables import Row


def _any(*wordings: str) -> str:
    return " | ".join(wordings)


# Where it happens.
_RDP = _any(
    "rdp | rds$ | mstsc | remmina | pulpi* zdaln | zdaln* pulpi | serwer* terminal | terminal$ | vzdálen* ploch",
    "vzdálen* ploš | terminálov | távoli asztal | terminálszerver | terminálkiszolgáló | terminálra$",
    "desktop* la distanță | server* terminal | uzak masaüst | terminal sunucu | terminale$ | удаленн* рабоч* стол",
    "удаленк | терминал | віддален* робоч* стол | віддален* робоч* стіл | віддален* стіл | віддален* стол | термінал",
    "απομακρυσμέν* επιφάνει | απομακρυσμένη$ | terminal server | リモート デスクトップ | リモート接続",
    "ターミナル サーバ | ターミナルに | 远程桌面 | 遠端桌面 | 终端服务器 | 終端伺服器 | 終端機 | 원격 데스크톱",
    "원격 접속 | 터미널 | terminalu$ | terminálu$ | terminál$ | terminálr | terminalden$ | ターミナルから",
)
_SERVER = "server | serwer | szerver | kiszolgáló | sunucu | сервер | διακομιστ | サーバ | 服务器 | 伺服器 | 서버"
_COMPUTER = _any(
    "komputer | počítač | gép$ | gépem | gépen | számítógép | calculator | computerul | bilgisayar | компьютер",
    "комп'ютер | υπολογιστ | laptop | notebook | ноутбук | dizüstü | 笔记本 | 筆電 | 노트북 | コンピューター | pc$",
    "の pc | 计算机 | 電腦 | 电脑 | 컴퓨터 | pc の | pc が | pc에 | pecet | pececie",
)
_HOST = _any(
    "komputer* zdaln | vzdálen* počítač | távoli számítógép | computer* la distanță | uzak bilgisayar",
    "удаленн* компьютер | віддален* комп'ютер | απομακρυσμέν* υπολογιστ | リモート コンピューター | 远程计算机",
    "遠端電腦 | 원격 컴퓨터 | távoli gép | zdaln* maszyn | 远程电脑 | 遠端主機 | 원격 PC",
)
_SESSION = _any(
    "sesj | relac | munkamenet | sesiun | oturum | сеанс | сесси | сесі | περίοδο* λειτουργίας | περιόδου λειτουργίας",
    "συνεδρί | セッション | 会话 | 工作階段 | 세션",
)
_CONNECTION = _any(
    "połączeni | połączy | łączeni | připojení | připoj | spojení | kapcsolat | csatlakoz | conexiun | conect",
    "bağlan | подключ | соединени | связь | підключ | з'єднанн | зв'язок | σύνδεση | συνδεθ | συνδέ | 接続 | 连接",
    "連線 | 연결 | 접속 | kapcsolód",
)
_CLIENT = _any(
    "klient | kliens | ügyfél | client | istemci | клиент | клієнт | πρόγραμμα πελάτη | クライアント | 客户端",
    "用戶端 | 클라이언트",
)
_LOGON = _any(
    "logowani | zalogow | zaloguj | loguj | přihlás | přihlášení | přihlašo | bejelentkez | belépés | belépni",
    "belépek | conectar | conecta$ | logare | loga$ | loghez | intra$ | oturum aç | giriş | giremi | giriyor | girey",
    "вход | войти | зайти | захожу | вхід | увійти | ввійти | заход | σύνδεση | συνδεθ | συνδέ | μπαίν | μπω$",
    "ログオン | ログイン | サインイン | 登录 | 登錄 | 登入 | 登上 | 登不 | 로그온 | 로그인 | autentificare",
)
_AT_IT = _any(
    _RDP,
    _SERVER,
    _LOGON,
    _SESSION,
)

# That it does not come about.
_CANNOT = _any(
    "nie łącz | nie można | nie mogę | nie może | nie mógł | nie da się | nie daje się | nie udał | nie wpuszcza",
    "nie wejd | nie przyjm | nie działa | nie wchodz | nie dostan | nejde | nepřipoj | nemůž | nelze | nedá se",
    "nepodařilo | nepust | nefung | nedostan | nenávaž | nepřihl | nem csatlakoz | nem tud | nem lehet | nem megy",
    "nem enged | nem sikerül | nem működ | nem lép | nu se poate | nu se conect | nu mă | nu pot | nu poate",
    "nu s-a putut | nu reuș | nu a reușit | nu merge | nu intr | nu* funcțion | nu-l lasă | bağlanmı | bağlanam",
    "bağlanılam | giremi | girilem | yapılamı | açılamadı | açılmıyor | olmuyor | çalışmıyor | kullanılam | kurulam",
    "almıyor | yüklenem | açamadı | не подключ | не удается | не удалось | не смог | не могу | не может | не пуска",
    "нельзя | не заходит | не работа | не попасть | не підключ | не вдається | не вдалося | не зміг | не можу",
    "не може | неможливо | не заходить | не працю | не потрапити | δεν συνδέ | δεν μπορ | δεν μπόρ | δεν είναι δυνατ",
    "δεν ήταν δυνατ | δεν γίνεται | δεν με αφήνει | δεν λειτουργ | δεν δουλεύ | δεν μπαίν | δεν αφήνει | できません",
    "できな | 繋がら | 入れません | 使えません | 连不上 | 連不上 | 连不到 | 連不到 | 连不进 | 連不進 | 无法 | 無法",
    "不能 | 登不 | 进不 | 進不 | 没法 | 沒辦法 | 登录不了 | 登入不了 | 用不了 | 할 수 없 | 되지 않 | 지 못 | 안 됩",
    "안 돼 | 을 못 | 못 들어 | nu au funcțion | nu a funcțion | izin vermi | 入れてくれません | 入れてくれない | 不让",
    "不給 | 不给 | 连接不上 | 登录不上 | 登入不上 | не захожу | не заходжу | δεν μπαίνω | nie połącz | 不讓",
)
_FAILS = _any(
    _CANNOT,
    "nie powiod | niepowodz | nezdařil | selhal | sikertelen | nu a reușit | a eșuat | eșuat | başarısız | açılamadı",
    "не удал | не вдал | απέτυχε | απέτυχαν | 失敗 | 失败 | 실패 | nie przychodz | не принима | не прийма | nepřijme",
    "препятству | невозможно | неможливо | nefogad | nu este accept | kabul edilmi | δεν γίνεται δεκτ | 受け付け",
    "不接受 | 받아들이지 | nem fogad | nie jest przyjm | 受け付けられません | 받아들이지 않",
)
_UNREACHED = _any(
    _CANNOT,
    "nie widzi | nie znajd | niedostępn | nieosiągaln | nie ma dostępn | nevidí | nenaš | nenajde",
    "nedostupný | nedostupná | nedostupné",
    "nedosažiteln | nejsou k dispozici | není k dispozici | nem ér* el | nem talál | nem elérhető | nu găseș",
    "indisponibil | nu există | nu ajung | nu răspund | ulaşam | ulaşılam | bulam | bulunam | erişilem | bulunmadığı",
    "не видит | не находит | недоступ | недосяж | отсутству | не достуч | не бачить | не знаход | немає доступн",
    "не достук | δεν βρίσκ | δεν φτάν | δεν υπάρχ | μη διαθέσιμ | δεν είναι διαθέσιμ | δεν είναι προσωρινά διαθέσιμ",
    "δεν είναι προσβάσιμ | 見つけられ | 見つかりません | 見つからず | 届かず | 届きません | 利用できない",
    "利用できません | がないため | 找不到 | 不可用 | 暂时不可 | 完全不通 | 不通 | 찾지 못 | 찾을 수 없 | 사용할 수 없",
    "없으므로 | 到達できません | 到達できない | lež$ | leży$ | лежит | лежить | leží$",
)
_NONE = _any(
    "brak | nie ma$ | chybí | chyběj | nejsou | nincs | lipsesc | lipsește | nu există | yok$ | нет$ | отсутств",
    "немає | δεν υπάρχ | λείπ | 無く | がない | がありません | 没有 | 沒有 | 없 | はありません | は現在ありません",
)
_NOT_ALLOWED = _any(
    "nie zezwala | nie pozwala | niedozwol | nie można użyć | nie mogę użyć | nepovoluj | nedovol | není povolen",
    "nejde použít | nepouž | nem engedélyez | tiltja | nem használ | nu permit | nu este permis | nu e permis",
    "nu pot folosi | nu e folosit | nu este folosit | izin vermiyor | izin verilm | kullanılamı | kullanılmı",
    "запретил | запрещ | не разреш | использовать нельзя | нельзя использ | не подставля | не дозвол | заборон",
    "використати не можна | не підставля | δεν επιτρέπ | δεν μπορώ να χρησιμοποι | δεν χρησιμοποι | 許可していません",
    "許可されて | 使えません | 使われず | 不允许 | 不允許 | 不能用 | 不生效 | 没有用 | 沒有用 | 허용하지 않",
    "허용되지 않 | 사용할 수 없 | 적용되지 않 | ignorow | ignoruj | figyelmen kívül | ignorat | yok sayıl | игнориру",
    "ігнору | αγνοεί | 無視 | 被忽略 | 무시",
)
_NO_RIGHT = _any(
    "nie ma uprawnień | nie masz uprawnień | nie mam uprawnień | nie ma prawa | nie mam prawa | brak* uprawnień",
    "nemá oprávnění | nemáte oprávnění | nemám oprávnění | nemám právo | nemá právo | chybí* oprávnění | nem jogosult",
    "nincs jog | nincs hozzáférés | nu este autorizat | nu sunteți autorizat | nu am drept | nu are drept",
    "nu am acces | nu are acces | yetkisi* olma | yetkisi yok | yetkiniz* olma | yetkim yok | hakkım yok | iznim yok",
    "izni yok | не имеет прав | не имеете прав | нет прав | нет разрешения | нет доступа | нет у вас прав",
    "не має прав | немає прав | немає дозволу | немає доступу | не маєте прав | δεν είναι εξουσιοδοτημέν",
    "δεν έχω δικαίωμ | δεν έχει δικαίωμ | δεν έχετε δικαίωμ | δεν έχω πρόσβαση | 許可されていない",
    "許可されていません | 権利がありません | 権限がありません | アクセス権がありません | 没有授权 | 未经授权",
    "未經授權 | 没有权限 | 沒有權限 | 권한이 없 | nie mam dostępu | nie ma dostępu | nemám přístup | nemá přístup",
    "権限がない | 権利がない | 許可がない",
)

# What is complained of.
# In Chinese what there is none of stands between.
_THERE_IS_NO = "没有 | 沒有"
_PERMISSION = "权限 | 权利 | 權限 | 權利"

_ACCOUNT = _any(
    "konto$ | konta$ | kontem$ | kontu$ | účet$ | účtu$ | účtem$ | fiók | cont$ | contul | conturi | hesap | hesab",
    "учетн* запис | учетк | аккаунт | обліков* запис | обліковк | акаунт | λογαριασμ | アカウント | 帐户 | 账户",
    "账号 | 帐号 | 帳戶 | 帳號 | 계정",
)
_PASSWORD = _any(
    "hasł | hesl | jelszó | jelszav | jelsza | parol | şifre | парол | κωδικ | パスワード | 密码 | 密碼 | 암호",
    "비밀번호",
)
_NAME_OR_PASSWORD = _any(
    _PASSWORD,
    "login$ | nazwa użytkownika | uživatelské jméno | felhasználónév | nume de utilizator | utilizator$",
    "kullanıcı adı | логин | логін | имя пользователя | ім'я користувача | όνομα χρήστη | ユーザー名 | 用户名",
    "使用者名稱 | 사용자 이름",
)
_CREDENTIALS = _any(
    "poświadcze | přihlašovací* údaj | hitelesítő adat | acredităr | kimlik bilgi | учетн* данн | обліков* дан",
    "διαπιστευτήρι | 資格情報 | 凭据 | 認證 | 자격 증명 | dan* logowania | dan* do logowania | belépési adat",
    "bejelentkezési adat | date* de conectare | date* de logare | giriş bilgi | данн* для входа | дан* для входу",
    "στοιχεία σύνδεσ | στοιχεία εισόδου | ログイン情報 | サインイン情報 | 登录信息 | 登入資訊 | 로그인 정보",
)
_SAVED = _any(
    "zapisan* poświadcze | zapisan* hasł | uložen* přihlašovac | uložen* hesl | mentett hitelesítő | mentett jelszó",
    "acredităr* salvat | parol* salvat | kayıtlı kimlik | kayıtlı parola | kayıtlı şifre | сохраненн* учетн",
    "сохраненн* парол | збережен* обліков | збережен* парол | αποθηκευμέν* διαπιστευτήρι | αποθηκευμέν* κωδικ",
    "保存された資格情報 | 保存した資格情報 | 保存したパスワード | 保存的凭据 | 保存的密码 | 儲存的認證 | 存的密碼",
    "저장된 자격 증명 | 저장된 암호 | 저장된 비밀번호 | hasło zapisan | heslo uložen | парол* сохраненн",
    "парол* збережен | κωδικ* που έχω αποθηκεύσει | 儲存的密碼 | 에 저장된 암호",
)
_SMART_CARD = _any(
    "kart* inteligentn | kart* mikroprocesor | certyfikat* z karty | čipov* kart | smart kart | certifikát* z karty",
    "intelligens kárty | chipkárty | kártyán lévő tanúsítvány | smart card | certificatul de pe card | akıllı kart",
    "karttaki sertifika | смарт-карт | сертификат* с карты | сертифікат* з картк | έξυπνη* κάρτα | έξυπνης κάρτας",
    "πιστοποιητικό της κάρτας | スマート カード | カードの証明書 | 智能卡 | 卡里的证书 | 智慧卡 | 卡片裡的憑證",
    "스마트 카드 | 카드의 인증서",
)
_SECOND_FACTOR = _any(
    "authenticator | sms | смс | duo$ | mfa$ | 2fa$ | push$ | wieloskładnikow | vícefaktor | vícefázov | többtényezős",
    "multifactor | çok faktörlü | многофакторн | багатофакторн | двухфакторн | двофакторн | πολλών παραγόντων",
    "多要素認証 | 二要素認証 | 多重身份验证 | 多重要素驗證 | 短信 | 簡訊 | 다단계 인증 | 推送 | 推播 | プッシュ通知",
    "푸시 | пуш$",
)
_DOES_NOT_COME = _any(
    "nie przychodz | nie przyszed | nechod | nepřich | nepřiš | nem jön | nem érkez | nu vine | nu mi vine",
    "nu sosește | gelmiyor | gelmedi | не приход | не пришл | не прийш | δεν έρχεται | δεν μου έρχεται | δεν ήρθε",
    "来なく | 来ない | 届かず | 届かない | 届きません | 收不到 | 没收到 | 沒收到 | 안 와 | 안 옵 | 오지 않",
    "limit czasu | časový limit | időtúllépés | expirat | zaman aşım | истекло время | час очікування | χρονικό όριο",
    "タイムアウト | 超时 | 逾時 | 시간이 초과 | nie dosta | nepřijd | nem kap | nu primesc | не получа | не отриму",
    "δεν λαμβάν | 来ず",
)
_ENTRA = "entra id | entra$ | azure ad"
_METHOD = _any(
    "metod* logowania | metod* přihlášení | způsob* přihlášení | bejelentkezési mód | metod* de conectare",
    "oturum açma yöntem | метод* входа | способ* входа | спосіб входу | метод* входу | μέθοδο* εισόδου",
    "μέθοδος εισόδου | サインイン方法 | 登录方法 | 登入方法 | 로그인 방법",
)
_CERTIFICATE = _any(
    "certyfika | certifikát | tanúsítvány | certificat | sertifika | сертификат | сертифікат | πιστοποιητικ | 証明書",
    "证书 | 憑證 | 인증서",
)
_GATEWAY = _any(
    "bram* usług pulpitu | bram* pulpitu | bram* rd | bramk* rd | serwer* bramy | rdg$ | brán* vzdálené plochy",
    "brán* rd | rd brán | server* brány | távoli asztali átjáró | rd átjáró | átjárókiszolgáló | átjáró",
    "gateway* desktop | gateway* rd | gateway-ul rd | server* gateway | masaüstü ağ geçid | rd ağ geçid | ağ geçid",
    "шлюз* удаленн | шлюз* rd | сервер* шлюз | шлюз* віддален | πύλη* rd | πύλη* απομακρυσμέν | διακομιστ* πύλης",
    "πύλης$ | rd ゲートウェイ | デスクトップ ゲートウェイ | ゲートウェイ サーバ | ゲートウェイの証明書 | rd 网关",
    "桌面网关 | 网关服务器 | 网关的证书 | rd 閘道 | 桌面閘道 | 閘道伺服器 | 閘道的憑證 | rd 게이트웨이",
    "데스크톱 게이트웨이 | 게이트웨이 서버 | 게이트웨이의 인증서 | gateway ul desktop | gateway ul rd",
    "gateway ului rd",
)
# Of which a certificate is said to be; a network has another one, which has none.
_ANY_GATEWAY = "bram | brán | átjáró | gateway | ağ geçid | шлюз | πύλη | ゲートウェイ | 网关 | 閘道 | 게이트웨이"
_REFUSES = _any(
    "odmawia | odmówił | odrzuc | odmítá | odmítaj | odmítl | odepř | megtagad | visszautasít | refuză | refuzat",
    "respins | reddedi | reddet | отказыва | отклон | отверг | відмовля | відхил | αρνείται | αρνήθηκ | απορρίπτ",
    "απορρίφθηκ | 拒否 | 拒绝 | 拒絕 | 거부 | odmow | odmítnut | elutasít | отказано | відмовлено | άρνηση",
    "nie przepuszcza | nie wpuszcza | geçirmiyor | nepropust | 통과시켜 주지 않",
)
_ACCESS = "dostęp | přístup | hozzáférés | acces | erişim | доступ | πρόσβαση | アクセス | 访问 | 存取 | 접근 | 액세스"
_LICENCE_SERVER = _any(
    "serwer* licenc | licenčn* server | licencszerver | licenckiszolgáló | server* de licen | lisans sunucu",
    "сервер* лиценз | сервер* ліценз | διακομιστ* αδει | ライセンス サーバ | 授权服务器 | 许可证服务器 | 授權伺服器",
    "라이선스 서버",
)
_RDS_LICENCE = _any(
    "licenc* rds | rds licenc | licen* rds | rds lisans | лиценз* rds | ліценз* rds | άδει* rds | rds のライセンス",
    "rds 许可证 | rds 授权 | rds 授權 | rds 라이선스",
)
_GRACE = _any(
    "okres próbny | okres karencji | zkušební dob | türelmi id | perioad* de grație | deneme süre | льготн* период",
    "пільгов* період | περίοδο* χάριτος | 猶予期間 | 宽限期 | 寬限期 | 유예 기간",
)
_LICENSING_PROTOCOL = _any(
    "protokoł* licenc | licenční* protokol | licencelési protokoll | licencprotokoll | protocol* de licen",
    "lisans protokol | lisanslama protokol | протокол* лиценз | протокол* ліценз | πρωτόκολλ* αδει",
    "ライセンス プロトコル | 授权协议 | 许可协议 | 授權通訊協定 | 라이선스 프로토콜",
)
_LICENSING_ERROR = _any(
    "błąd* licencj | chyb* licencov | licencelési hiba | eroare* de licen | lisanslama hata | ошибк* лиценз",
    "помилк* ліценз | σφάλμα* αδει | ライセンスエラー | 授权出错 | 授權錯誤 | 라이선스 오류",
)
_TRUST = _any(
    "relacj* zaufania | zaufani* do domeny | vztah* důvěr | důvěr* s doménou | megbízhatósági kapcsolat",
    "bizalmi kapcsolat | relați* de încredere | güven ilişki | доверительн* отношени | доверие к домену",
    "довірч* відносин | довіру до домену | σχέση* εμπιστοσύνης | 信頼関係 | 信任关系 | 信任關係 | 트러스트 관계",
)
# With which Windows' own sentence begins.
_WORKSTATION = _any(
    "stacją roboczą | pracovní stanic | munkaállomás | stație de lucru | iş istasyonu | рабочей станц | робочою станц",
    "σταθμού εργασίας | ワークステーション | 工作站 | 워크스테이션",
)
_DOMAIN_CONTROLLER = _any(
    "kontroler* domeny | řadič* domény | tartományvezérlő | controler* de domeniu | etki alanı denetleyici",
    "контроллер* домен | контролер* домен | ελεγκτή* τομέα | ドメイン コントローラ | 域控 | 網域控制站",
    "도메인 컨트롤러",
)
_LOCAL_AUTHORITY = _any(
    "urzęd* zabezpieczeń lokalnych | místní* úřad* zabezpečení | helyi biztonsági szerv",
    "autoritatea de securitate loc | yerel güvenlik yetkili | локальн* системой безопасности",
    "локальн* центром безпеки | τοπική αρχή ασφαλείας | ローカル セキュリティ機関 | 本地安全机构 | 本機安全性授權",
    "로컬 보안 기관",
)
_NETWORK_LEVEL = _any(
    "nla$ | na poziomie sieci | na úrovni sítě | hálózati szintű | la nivel de rețea | ağ düzeyinde | на уровне сети",
    "на рівні мережі | σε επίπεδο δικτύου | ネットワーク レベル認証 | nla に | nla を | nla 必須 | 网络级别身份验证",
    "nla, | 網路層級驗證 | 네트워크 수준 인증 | nla를",
)
_AUTHENTICATION_ERROR = _any(
    "błąd* uwierzytelniania | chyb* ověřování | hitelesítési hib | eroare de autentificare | kimlik doğrulama hata",
    "ошибк* проверки подлинности | ошибка при проверке подлинности | помилк* автентифікації",
    "σφάλμα ελέγχου ταυτότητας | 認証エラー | 身份验证错误 | 驗證錯誤 | 인증 오류",
)
_FUNCTION = _any(
    "żądana funkcja | požadovaná funkce | kért függvény | kért funkció | funcția solicitată | istenen işlev",
    "указанная функция | запрошенная функция | потрібна функція | запитана функція | вказана функція",
    "λειτουργία που ζητήθηκε | 要求された関数 | 要求的函数 | 要求的函數 | 要求的函式 | 요청한 함수",
)
_SECURITY_ERROR = _any(
    "błęd* zabezpieczeń | błąd zabezpieczeń | chyb* zabezpečení | biztonsági hib | eror* de securitate",
    "eroare* de securitate | güvenlik hata | ошибк* безопасности | помилк* безпеки | σφάλμα* ασφαλείας",
    "セキュリティ エラー | 安全错误 | 安全性錯誤 | 보안 오류",
)
_ENCRYPTION_ERROR = _any(
    "błęd* szyfrowania danych | chyb* šifrování dat | chyb* při šifrování dat | adattitkosítási hib",
    "eror* de criptare a datelor | veri şifreleme hata | ошибк* шифрования данных | помилк* шифрування даних",
    "σφάλμα* κρυπτογράφησης δεδομένων | データの暗号化エラー | 数据加密错误 | 資料加密錯誤 | 데이터 암호화 오류",
)
_PROTOCOL_ERROR = _any(
    "błęd* protokołu | błąd protokołu | chyb* protokolu | protokollhib | rdp protokollhib | eror* de protocol",
    "eroare de protocol | protokol hata | ошибк* протокола | помилк* протоколу | σφάλμα* πρωτοκόλλου",
    "プロトコル エラー | プロトコルエラー | 协议错误 | 通訊協定錯誤 | 프로토콜 오류",
)
_GRAPHICS = _any(
    "podsystem* graf | sterownik ekranu | grafick* subsystém | grafick* podsystém | ovladač grafické",
    "grafikus alrendszer | megjelenítő illesztőprogram | subsistem* grafic | driverul de afișare | grafik alt sistem",
    "ekran sürücüsü | графическ* подсистем | драйвер экрана | графічн* підсистем | драйвер екрана",
    "υποσύστημα* γραφικών | υποσυστήματος γραφικών | πρόγραμμα οδήγησης οθόνης | グラフィックス サブシステム",
    "ディスプレイドライバー | 图形子系统 | 显示驱动 | 圖形子系統 | 顯示驅動程式 | 그래픽 하위 시스템",
    "디스플레이 드라이버 | sterownik* graficzn | grafick* ovladač | grafikus illesztőprogram | driver grafic",
    "driver video | grafik sürücü | графическ* драйвер | графічн* драйвер | οδηγού γραφικών | οδηγός γραφικών",
    "グラフィックドライバー | 显卡驱动 | 顯示卡驅動 | 그래픽 드라이버",
)
_NOT_STARTED = _any(
    "nie wystart | nie uruchom | nespustil | nem indult | nu a pornit | nu pornește | başlamadı | не запуст",
    "δεν ξεκίνησε | 起動せず | 起動しません | 起動しない | 没有启动 | 沒有啟動 | 시작되지 않",
)
_AN_ERROR = _any(
    "błąd | błęd | chyb | hib | eroare | erori | hata | ошибк | помилк | σφάλμα | エラー | 错误 | 出错 | 錯誤 | 오류",
)
_NO_MEMORY = _any(
    "brak* pamięci | brakuje pamięci | nedostatek paměti | nedostatek virtuální paměti | kevés a virtuális memória",
    "nincs elég memória | nincs* memória | memoria virtuală este insuficientă | nu are destulă memorie",
    "memorie insuficientă | sanal bellek yetersiz | yetersiz bellek | yeterli bellek yok | нехватк* памяти",
    "нехватк* виртуальной памяти | недостаточно памяти | нестач* пам'яті | нестач* віртуальної пам'яті",
    "недостатньо пам'яті | δεν επαρκεί η εικονική μνήμη | δεν υπάρχει αρκετή μνήμη | メモリが不足 | メモリ不足",
    "内存不足 | 記憶體不足 | 메모리가 부족 | 메모리 부족",
)
_PROFILE = _any(
    "profil* użytkownik | profil* uživatel | uživatelsk* profil | felhasználói profil | profil* de utilizator",
    "profilul utilizator | kullanıcı profil | профил* пользовател | профил* користувач | профіл* користувач",
    "προφίλ χρήστη | ユーザー プロファイル | 用户配置文件 | 使用者設定檔 | 사용자 프로필",
)
_TEMPORARY_PROFILE = _any(
    "profil* tymczasow | tymczasow* profil | dočasn* profil | ideiglenes profil | profil* temporar | geçici profil",
    "временн* профил | тимчасов* профіл | προσωρινό προφίλ | 一時プロファイル | 一時的なプロファイル | 临时配置文件",
    "暫存設定檔 | 임시 프로필",
)
_BLACK_SCREEN = _any(
    "czarn* ekran | ekran* czarn | čern* obrazovk | fekete képerny | ecran* negru | siyah ekran | черн* экран",
    "чорн* екран | μαύρη οθόνη | 黒い画面 | 画面が真っ黒 | 画面が真っ暗 | 黑屏 | 黑畫面 | 黑色畫面 | 검은 화면",
    "까만 화면",
)
_PLEASE_WAIT = _any(
    "proszę czekać | zaprasz | witamy | počkejte | čekejte | vítejte | várjon | üdvözöljük | kis türelmet | așteptați",
    "bun venit | lütfen bekleyin | lütfen* bekleyin | grup ilkesi istemcisi | hoş geldiniz | подождите",
    "добро пожаловать | зачекайте | ласкаво просимо | περιμένετε | καλώς ορίσατε | お待ちください | ようこそ | 请稍候",
    "请等待 | 欢迎 | 請稍候 | 請等候 | 歡迎 | 기다려 | 환영합니다 | zastosow* ustawie | stosowanie ustawień",
    "użyci* ustawień | použití* nastavení | beállítások alkalmazás | aplică setăril | ayarlar* uygulan",
    "применени* параметров | застосуванн* параметрів | εφαρμογή* ρυθμίσεων | 設定を適用 | 应用用户设置 | 应用设置",
    "套用使用者設定 | 설정을 적용 | použití uživatelských nastavení",
)
_GOES_NO_FURTHER = _any(
    "wisi | nie idzie | pozostaj | stoi | nic się nie dzieje | visí | nejde | zůstáv | nic se neděj | nic neděj",
    "ragad | marad | nem megy tovább | nem történik | rămân | nu trece | nu se întâmplă | takıl | kalıyor | ilerlemi",
    "hiçbir şey olmuyor | висит | не идет | остает | ничего не происходит | висить | не йде | залиша",
    "нічого не відбува | κολλά | μένει | δεν προχωρ | δεν γίνεται τίποτα | まま | 止まっ | 進みません | 停 | 卡",
    "没有动静 | 沒有動靜 | 멈춰 | 넘어가지 않 | 변화가 없 | zatrzymuje | nieskończon | zastaví | donekonečna | megáll",
    "végtelen | se oprește | nesfârșit | duruyor | sonsuza | останавлива | бесконечно | зупиня | нескінченно",
    "σταματά | για πάντα | 止まり | ずっと | 一直等 | 멈추고 | 계속",
)
_SCREEN = "ekran | obrazovk | képerny | ecran | экран | екран | οθόνη | 画面 | 界面 | 畫面 | 화면 | 屏幕 | képernyő"
_FREEZES = _any(
    "zawiesz | zamarz | zacina | nie reaguj | przestał* odpowiadać | przestaje odpowiadać | zamrz | seká$",
    "přestal* reagovat | nereaguj | lefagy | nem válaszol | akadoz | nem reagál | se blochează | îngheaț",
    "nu mai răspunde | sacadeaz | nu răspunde la | donuyor | donup | takıl | yanıt vermiyor | tepki vermi | завис",
    "тормоз | не отвечает | не реагир | гальм | не відповід | не реагує | κολλά | παγών | δεν αποκρίν",
    "δεν ανταποκρίν | 固ま | フリーズ | 応答しな | 応答しませんく | 卡死 | 卡住 | 停止响应 | 没反应 | 當掉 | 沒有回應",
    "沒反應 | 멈춥니다 | 멈춰 | 멈췄 | 멈춤 | 멈추고 | 응답하지 않 | 반응이 없",
)
_STOPS = "przesta | přesta | перестает | перестал | перестає | încet"
_RESPONDING = _any(
    "odpowiadać | reagować | reagovat | odpovídat | отвечать | реагировать | відповідати | реагувати",
    "să mai răspundă",
)
_NO_REACTION = _any(
    "nie reaguj | nereaguj | nem reagál | nu răspunde la | tepki vermi | не реагир | не реагує | δεν ανταποκρίν",
    "反応しません | 反応しない | 没反应 | 沒反應 | 반응이 없",
)
_KEYBOARD = _any(
    "klawiatur | klávesnic | billentyűzet | tastatur | klavye | клавиатур | клавіатур | πληκτρολόγι | キーボード",
    "键盘 | 鍵盤 | 키보드",
)
_BREAKS = _any(
    "zryw | rozłącza | przerywa | padá$ | padá | přeruš | odpoj | megszakad | szétes | bont$ | ledob | cade$ | pică",
    "întrerup | deconect | kopuyor | kesil | düşüyor | разрыва | рвется | обрыва | отвалива | отключает | разрива",
    "розрива | рветься | обрива | відвалю | відключає | διακόπτ | πέφτ | αποσυνδέ | 切断され | 切れ | 断开 | 断$",
    "就断 | 老是断 | 斷線 | 就中斷 | 一直斷 | 断 | 끊 | 斷 | 断一次 | 끊깁 | kidob | beni atıyor",
)
_AGAIN = _any(
    "co chwilę | co kilka | co parę | ciągle | w kółko | po kilku | każdych | pořád | neustále | stále | každých",
    "několik sekund | dokola | folyton | folyamatosan | állandóan | percenként | néhány másodperc | mereu | tot așa",
    "la câteva | sürekli | dakikada bir | birkaç saniye | постоянно | каждые | через несколько | по кругу | постійно",
    "кожні | через кілька | по колу | συνέχεια | κάθε λίγ | λίγα δευτερόλεπτα | しょっちゅう | 分おき | 秒後 | 何度も",
    "老是 | 反复 | 几分钟 | 几秒 | 一直 | 幾分鐘 | 幾秒 | 계속 | 자꾸 | 몇 분 | 몇 초 | 반복 | co 5 | co 10 | co 15",
    "co 20 | co 30 | każde | tízpercenként | ötpercenként | óránként | la fiecare | κάθε | 每十 | 每五 | 每隔 | 每次",
    "每几 | 分ごと | 분마다 | 시간마다 | za każdym razem | pokaždé | minden alkalommal | de fiecare dată",
    "her seferinde | каждый раз | щоразу | 毎回 | 매번",
)
_SERVICE = _any(
    "usług* pulpitu zdalnego | služb* vzdálen* ploch | távoli asztali szolgáltatás | serviciul* desktop* la distanță",
    "serviciile* desktop* la distanță | serviciul de desktop | uzak masaüstü hizmet | служб* удаленн* рабоч",
    "служб* віддален* робоч | υπηρεσί* απομακρυσμέν | リモート デスクトップ サービス | 远程桌面服务 | 遠端桌面服務",
    "원격 데스크톱 서비스 | távoli asztal szolgáltatás | servicii* desktop* la distanță | serviciile de desktop",
)
_BUSY = _any(
    "zajęt | zaneprázdn | foglalt | ocupat | meşgul | занят | зайнят | απασχολημέν | ビジー | 混み合 | 正忙 | 繁忙",
    "忙碌 | 사용 중 | 바쁘",
)
_TIME_DIFFERS = _any(
    "różnica czasu lub daty | rozdíl v čase nebo datu | idő vagy dátumeltérés | diferență de oră sau de dată",
    "saat veya tarih fark | διαφορά ώρας ή ημερομηνίας | 時刻または日付が異な | 时间或日期差异 | 時間或日期差異",
    "시간 또는 날짜 차이",
)
_CLOCK = _any(
    "zegar | godzina na | czas na | hodiny | čas na | órája | ceasul | ora de pe | saati$ | часы | время на",
    "время или | годинник | час на | час або | ρολόι | η ώρα | 時計 | 時刻 | 时钟 | 时间和 | 的时间 | 時鐘 | 的時間",
    "시계 | 시간이",
)
_APART = _any(
    "śpieszy | spieszy | spóźnia | różni | napřed | liší | pozadu | siet | eltér | késik | înaintea | diferă | în urm",
    "ileri$ | geri$ | farklı | спеш | отлич | отста | различа | поспіша | відрізня | відстає | μπροστά | διαφέρει",
    "進んで | 遅れて | ずれ | 快 | 慢 | 不一致 | 不一樣 | 빨라 | 느려 | 달라",
)
_NAME = _any(
    "nazw | název | jméno | névre | neve$ | név$ | kiszolgálónév | nume | ad$ | adı$ | ada$ | имя | ім'я | όνομα",
    "名前 | 名称 | 名字 | 名稱 | サーバー名 | 이름",
)
_DIFFERS = _any(
    "nieprawidłow | nie zgadza | nesprávn | neodpovíd | helytelen | nem egyez | incorect | nu corespunde | yanlış",
    "eşleşmi | неправильн | не совпад | не збіга | εσφαλμέν | δεν ταιριάζ | 正しくありません | 一致せず | 一致しな",
    "違います | 不正确 | 不一致 | 不匹配 | 不正確 | 不符 | 不相符 | 올바르지 않 | 달라 | 일치하지 않",
)
_ANOTHER_NAME = _any(
    "inn* nazw | jin* jméno | jin* název | más név | alt nume | alt* nume | başka bir ad | başka ad | друг* имя",
    "інше ім'я | άλλο όνομα | 別の名前 | 另一个名称 | 别的名字 | 其他名稱 | 다른 이름",
)
_NOT_TRUSTED = _any(
    "nie ufa | niezaufan | nie pochodzi od zaufan | nedůvěř | není důvěryhodn | nevydala důvěryhodn | nem megbízható",
    "nem bízik | nu are încredere | nu este de încredere | nu provine de la | güvenmi | güvenilir değil",
    "yetkilisinden değil | не доверя | ненадежн | не имеющим довер | не довіря | ненадійн | δεν εμπιστεύ",
    "δεν είναι αξιόπιστ | δεν προέρχεται από αξιόπιστ | 信頼できない | 信頼されていない | 信頼しません",
    "発行されたものではありません | 不信任 | 不受信任 | 不是来自受信任 | 不是來自受信任 | 신뢰할 수 없 | 신뢰하지 않",
    "발급되지 않 | güvenilme | не является доверенн | не є довірен | 不可信 | nie jest zaufan | nu mai are încredere",
    "信頼されなく | δεν το εμπιστεύ",
)
_IDENTITY = _any(
    "tożsamości komputera zdalnego | identitu vzdáleného počítače | távoli számítógép azonosság",
    "identitatea computerului la distanță | uzak bilgisayarın kimliği | удостоверение удаленного компьютера",
    "подлинность удаленного компьютера | ідентичність віддаленого комп'ютера | ταυτότητας του απομακρυσμένου",
)

# What has become of it.
_LOCKED = _any(
    "zablokow | uzamč | uzamk | zamkl | zamčen | zamknut | zárol | blocat | blochează | kilit | заблокир | залоч",
    "заблок | κλειδωμέν | κλειδώθ | ロックされ | ロックアウト | ロックが | 锁定 | 锁了 | 锁住 | 鎖定 | 鎖住 | 鎖了",
    "잠금 상태 | 잠겼 | 잠긴 | 잠김",
)
_DISABLED = _any(
    "wyłączon | dezaktywow | zakázán | deaktivov | letilt | le van tiltva | dezactivat | devre dışı | pasif$",
    "отключен | деактивир | вимкн | відключен | деактив | απενεργοπ | ανενεργ | 無効 | 禁用 | 停用 | 비활성",
)
_EXPIRED = _any(
    "wygas | stracił* ważność | ważności* upłyn | przetermin | nieważn | vypršel | propadl | prošl",
    "platnost* skončil | lejárt | expirat | nu mai e valabil | süresi doldu | süresi dolmuş | süresi bit",
    "süresinin dol | dün bitti | geçerliliğini yitir | срок* истек | истек | срок* вышел | просроч | протух",
    "закінчився | минув | простроч | έληξε | έχει λήξει | ληγμέν | 期限切れ | 期限が切れ | 过期 | 到期 | 過期 | 만료",
    "기간이 끝 | upłyn",
)
# Where the verb goes first.
_ITS_CERTIFICATE_EXPIRED = _any(
    "lejárt a tanúsítvány | lejárt az rds szerver tanúsítvány | lejárt a szerver tanúsítvány | a expirat certificat",
    "a expirat ieri certificat | έληξε το πιστοποιητικό | έληξε χτες το πιστοποιητικό",
)
_IS_INVALID = _any(
    "nieważn | neplatn | érvénytelen | nu e valid | nu este valid | geçersiz | недействительн | недійсн",
    "δεν είναι έγκυρ | 無効 | 无效 | 無效 | 유효하지 않 | revocat | odwołan | odvolán | visszavon | iptal edil",
    "отозван | відклик | ανακληθ | 失効 | 吊销 | 撤銷 | 해지",
)
_MUST_CHANGE = _any(
    "musi zostać zmienion | trzeba* zmienić | nutné změnit | musí se změnit | meg kell változtat",
    "meg kellene változtat | trebuie modificat | trebuie schimbat | değiştirilmesi gerek | değiştirmek gerek",
    "необходимо изменить | нужно сменить | надо сменить | необхідно змінити | треба змінити | πρέπει να αλλάξει",
    "変更する必要 | 変更が必要 | 必须更改 | 要改密码 | 必須先變更 | 必須變更 | 변경해야 | 바꿔야",
)
_DO_NOT_WORK = _any(
    "nie zadział | nie działa | nefungoval | nefunguj | nem működ | nu au funcțion | nu funcțion | çalışm",
    "не подошли | не подходят | не работа | не сработ | не підійшли | не спрацюв | не працю | δεν λειτούργ",
    "δεν λειτουργ | 機能しません | 不工作 | 不起作用 | 無法運作 | 작동하지 않",
)
_NOT_ACCEPTED = _any(
    _REFUSES,
    "nie przyjm | nebere | nepřijím | nem fogad | respinge | nu acceptă | nu îmi acceptă | kabul etm | не принима",
    "не приймає | δεν δέχεται | 受け付け | 不认 | 不接受 | 不認 | 받아 주지 않 | 받아들이지 않 | nie są akceptowan",
    "nie jest akceptowan | nejsou přij | není přij | 受け付けられません | nu* acceptă",
)
_WRONG = _any(
    "nieprawidłow | błędn | złe$ | złego | nesprávn | špatn | chybn | hibás | rossz | helytelen | greșit | incorect",
    "yanlış | hatalı | неверн | неправильн | невірн | λάθος | εσφαλμέν | 違う | 違い | 間違 | 正しくありません",
    "不正确 | 不正確 | 错误 | 錯誤 | 不对 | 不對 | 틀렸 | 틀리 | 잘못 | 올바르지 않",
)
_REFUSES_PASSWORD = _any(
    "nie przyjmuj* hasł | nie przyjmuj* moj* hasł | nepřijímá* hesl | nebere* hesl | nem fogadja el a jelsz",
    "nu* acceptă parol | parolayı kabul etmi | не принимает парол | не приймає парол | δεν δέχεται τον κωδικ",
)
_DEMANDS = _any(
    "każe | chce$ | wymaga | żąda | vyžad | követel | kér$ | kéri | cere$ | vrea$ | istiyor | gerektir | требует",
    "хочет | вимагає | хоче$ | ζητά | απαιτεί | θέλει | 求められ | 要求 | 必須 | 하라고 | 요구",
)
_TO_CHANGE_THE_PASSWORD = _any(
    "zmienić hasł | zmian* hasł | změnit heslo | změn* hesla | jelszócser | jelszó* megváltoztat | schimb* parol",
    "parola değiş | parolamı değiş | şifre değiş | сменить пароль | смен* пароля | изменить пароль | змінити пароль",
    "змін* пароля | αλλαγή κωδικ | パスワードの変更 | 修改密码 | 更改密码 | 變更密碼 | 암호를 변경 | 비밀번호를 변경",
)
_LICENCES = _any(
    "licencj | licenc | licenț | lisans | лиценз | ліценз | άδει | ライセンス | 许可证 | 授权 | 授權 | 라이선스",
)
_USED_UP = _any(
    "skończy | wyczerpa | došly | elfogy | terminat | epuizat | bitti | tükendi | закончил | закінчил | τελείωσ",
    "足り | 用完 | 不够 | 不夠 | 모자라 | 부족",
)
_SHORT_NAME = _any(
    "krótk* nazw | krátk* jméno | krátk* název | rövid szervernev | rövid nev | numele scurt | kısa adı | коротк* имя",
    "коротк* ім'я | σύντομο όνομα | 短いサーバー名 | 短主机名 | 短主機名 | 짧은 서버 이름",
)
_WRONG_TIME = _any(
    "zł* godzin | nieprawidłow* godzin | zł* czas | špatn* čas | rossz az idő | rossz az óra | ora greșită",
    "saati* yanlış | неправильн* время | неправильн* час | λάθος ώρα | 時刻が間違 | 時計が間違 | 时间不对 | 時間不對",
    "시간이 틀",
)
_ASKS = "pyta | megkérdez | ptá | kérdez | întreab | soruyor | спрашив | питає | ρωτ | 聞かれ | 问 | 問 | 물어"
_TURNED_IT_OFF = _any(
    "wyłączył | vypnul | kikapcsolt | oprit | dezactivat | kapatmış | выключил | вимкнув | απενεργοποίησε | 無効にし",
    "关了 | 关掉 | 關了 | 關掉 | 꺼 놓 | 껐",
)
_BLACK = "czarn | čern | fekete | negru | siyah | черн | чорн | μαύρ | 黒い | 真っ黒 | 黑 | 까맣 | 까만 | 검은 | 검게"
_LOGON_SERVERS = _any(
    "serwer* logowania | přihlašovací* server | bejelentkezési kiszolgáló | server* de conectare | oturum açma sunucu",
    "сервер* входа | обработать запрос на вход | сервер* входу | διακομιστ* σύνδεσης | ログオン サーバ | 登录服务器",
    "登入伺服器 | 로그온 서버",
)
_DOMAIN = "domena$ | doména$ | tartomány | domeniul | etki alanı | домен | τομέα | ドメイン | 域 | 網域 | 도메인"
_SELF_SIGNED = _any(
    "samopodpisan | podepsan* sebou | önaláírt | autosemnat | kendinden imzalı | самоподписан | самопідписан",
    "αυτοϋπογεγραμμέν | 自己署名 | 自签名 | 自簽 | 自我簽署 | 자체 서명",
)
_ALL_SESSIONS = _any(
    "wszystkie sesje | všechny relace | minden munkamenet | toate sesiunile | bütün oturumlar | tüm oturumlar",
    "все сеансы | все сессии | усі сеанси | όλες οι συνεδρίες | セッションが全部 | 会话都 | 所有会话 | 工作階段都",
    "세션이 꽉",
)
_ARE_FULL = "zajęt | obsazen | foglalt | ocupat | dolu$ | занят | зайнят | πιασμέν | 埋ま | 满 | 滿 | 차서 | 찼"
_GIVES_UP = "poddaje | vzdá$ | feladja | renunță | vazgeç | сдается | здається | παρατά | 諦め | 放弃 | 放棄 | 포기"
_MOUSE = "mysz | myš | egér | mouse | fare$ | мыш | миш | ποντίκι | マウス | 鼠标 | 滑鼠 | 마우스"
_NO_CLICK = _any(
    "nie da się klikn | nejde nic kliknout | nejde kliknout | nem lehet kattint | nu pot da clic | tıklanmıyor",
    "нажать ничего нельзя | нельзя нажать | натиснути нічого не можна | δεν κάνει κλικ | クリックできません | 点不了",
    "點不了 | 클릭이 안",
)
_RESTRICTION = _any(
    "ograniczeni* konta | omezení účtu | fiókkorlátoz | restricții* cont | restricții* de cont | hesap kısıtlama",
    "ограничени* учетн | обмежен* обліков | περιορισμ* λογαριασμ | アカウントの制限 | 帐户限制 | 账户限制 | 帳戶限制",
    "계정 제한",
)
_BLANK_PASSWORD = _any(
    "pust* hasł | bez hasła | prázdn* hesl | bez hesla | üres jelszó | jelszó nélkül | parol* goal | fără parolă",
    "boş parola | parolasız | boş şifre | şifresiz | пуст* парол | без пароля | порожн* парол | κεν* κωδικ",
    "χωρίς κωδικό | 空のパスワード | パスワードなし | 空白密码 | 空密码 | 空白密碼 | 빈 암호 | 암호 없는",
)
_LOGON_HOURS = _any(
    "godzin* logowania | dob* přihlášení | bejelentkezési idő | ore* permise | orelor permise | oturum açma saat",
    "вход в это время | вхід у цей час | ωρών σύνδεσης | ώρες σύνδεσης | ログオン可能な時間 | 登录时间 | 登入時間",
    "로그온 시간 | 로그인 시간",
)
_RESTRICTED_IN_TIME = _any(
    "ograniczenia czasowe | časová omezení | időkorlátozása miatt | restricții de timp | zaman kısıtla",
    "ограничени* по времени | обмеженн* за часом | χρονικ* περιορισμ | には時間制限があり | 有时间限制 | 有時間限制",
    "에 시간 제한이",
)
_OUTSIDE_OR_NOT = _any(
    _CANNOT,
    "poza$ | uniemożliwiaj | dozwolon | brání | mimo | povolen | kívül | bentru | împiedic | în afara | dışında",
    "engelle | не позволя | не разреш | не дають | не дозвол | εμποδίζ | εκτός | 時間外 | 外だと | 不在 | 不能",
    "目前無法 | 아니라고",
)
_ONLY_FROM_TO = _any(
    "dozwolone tylko | povolené jen | csak* között | permisă doar | sadece* arasında izin | sadece* izin",
    "разрешен только | дозволено лише | επιτρέπεται μόνο | できるのは | 只允许 | 只允許 | 까지만",
    "között lehet bejelentkez | arasında izin",
)
_AN_HOUR = " | ".join(f"{hour}$ | {hour}시 | {hour}時 | {hour}点 | {hour}點" for hour in range(5, 24))
_REMOTE_LOGON = _any(
    "zdaln* logowani | logow* zdaln | logowania przez usługi pulpitu | vzdálen* přihlášení | vzdáleně přihl",
    "přihlásit* přes vzdálen | távoli bejelentkez | távolról bejelentkez | conect* la distanță",
    "conect* de la distanță | uzaktan oturum | удаленн* вход | віддален* вхід | απομακρυσμέν* σύνδεσ",
    "リモート ログイン | リモートでログオン | 远程登录 | 遠端登入 | 원격 로그인 | 원격으로 로그온 | logować się zdaln",
    "zalogować się zdaln | リモート ログオン | リモート サインイン | віддален* вході | 원격 로그온",
)
_RD_USERS = _any(
    "remote desktop users | użytkownicy pulpitu zdalnego | asztal távoli felhasználó",
    "utilizatori desktop la distanță | uzak masaüstü kullanıcıları | пользователи удаленного рабочего стола",
    "користувачі віддаленого робочого стола",
)
_NOT_IN_IT = _any(
    "nie jest w | nie ma go | není ve | nincs benne | nu este în | nu e în | değil | нет в | не входит | немає в",
    "не входить | δεν είναι | 入っていない | 不在 | 없어 | 없습니다",
)
_BROKEN = _any(
    _FAILS,
    "stracił | utrac | ztratil | megszakad | elvesz | pierdut | pierde | koptu | kaybol | слетел | потеря | злеті",
    "втрат | χάθηκ | έχασε | 切れ | 失い | 丢 | 断 | 失去 | 斷 | 깨져 | 잃 | ztrát | utrat | потер | 遺失 | 끊어",
)
_NOT_SUPPORTED = _any(
    "nie obsługuj | nie wspiera | nie jest obsługiwan | nepodporuj | neumí | není podporovan | není podporován",
    "nem támogat | nem tud | nu* accept | nu* suport | nu știe | desteklem | не поддержив | не умеет | не підтрим",
    "не вміє | δεν* υποστηρίζ | サポートされていません | 対応していな | 対応していません | 不支持 | 不受支持 | 不支援",
    "지원하지 않 | 지원되지 않 | nu o accept | nu îl accept | nu îl suport | nu o suport | δεν το υποστηρίζ",
    "δεν την υποστηρίζ | не його підтрим | nu este accept | nu e accept | nu este suport | nu e suport",
    "nie jest wspier",
)
_TOO_MANY = _any(
    "za dużo użytkowników | zbyt wielu użytkowników | příliš mnoho uživatel | túl sok* felhasználó",
    "túl sok a felhasználó | prea mulți utilizatori | çok fazla kullanıcı | слишком много пользователей",
    "забагато користувачів | πάρα πολλοί χρήστες | ユーザーが多すぎ | 用户太多 | 使用者太多 | 사용자가 너무 많",
)
# That the client says so.
_SAYS = _any(
    "komunikat | pisze | wyskakuje | hlásí | píše | azt írja | kiírja | mesaj | scrie | zice | diyor | yazıyor",
    "пишет | говорит | пише | каже | λέει | γράφει | と出ます | と表示 | 提示 | 显示 | 顯示 | 라고 나 | 고 나옵",
)
_MOST_CONNECTIONS = _any(
    "maksymaln* liczb* połączeń | maximální* počet* připojení | kapcsolatok maximális szám",
    "numărul maxim de conexiuni | en fazla bağlantı sayısı | максимальн* числ* подключений",
    "максимальн* кількіст* підключень | максимальн* кількост* підключень | μέγιστου αριθμού συνδέσεων | 最大接続数",
    "最大连接数 | 連線數上限 | 최대 연결 수 | maximális kapcsolat | μέγιστος αριθμός συνδέσεων",
    "μέγιστο αριθμό συνδέσεων",
)
_EXCEEDED = _any(
    "przekrocz | osiągn | překroč | dosaž | elért | túllép | depăși | aşıl | ulaşıl | превыш | достиг | перевищ",
    "досягн | υπέρβαση | 超え | 達し | 超过 | 超過 | 초과 | 도달 | atins | συμπληρωθ | 达到 | 達到 | 已达 | 已達",
)
_ALL_IN_USE = _any(
    "wszystkie połączenia są | všechna připojení jsou | minden kapcsolat használatban",
    "toate conexiunile sunt utilizate | tüm bağlantılar kullanılıyor | все подключения уже использ",
    "усі підключення використ | όλες οι συνδέσεις χρησιμοποι | すべての接続が使用中 | 所有连接都在使用",
    "所有的連線都在使用 | 모든 연결이 사용 중",
)
_ADMINISTRATOR = _any(
    "administrator$ | administratorów$ | admin$ | správce$ | rendszergazda$ | administratorul$ | adminul$ | yönetici$",
    "администратор$ | админ$ | адміністратор$ | адмін$ | διαχειριστής$ | 管理者が | 管理者に | 管理员 | 管理員",
    "관리자가 | helpdesk | helpdeskul$ | техподдержка$ | техпідтримка$ | ヘルプデスク | 运维 | 資訊部門 | 헬프데스크",
)
_HAS_ENDED_IT = _any(
    "zakończył | rozłączył | wyrzucił | wylogował | ukončil | odpojil | vyhodil | odhlásil | zárta be | bontotta",
    "kidobott | kiléptetett | a încheiat | dat afară | deconectat sesiun | mi-a deconectat | sonlandırdı | attı$",
    "kapattı | завершил | отключил | выкинул | выгнал | завершив | відключив | викинув | τερμάτισε | με πέταξε",
    "αποσύνδεσε | 終了しました | 追い出され | 切断しました | 已结束 | 踢 | 断开了 | 已結束 | 中斷了 | 종료했 | 쫓아",
    "끊었 | 结束了 | 結束了 | 終了され | închis sesiun | mi-a închis | m-a delogat | çıkardı | выкинула | викинула",
    "ログオフさせ | 注销了 | 登出了 | 로그오프시켰",
)
_INACTIVE = _any(
    "bezczynno | nieaktywno | nečinnost | tétlen | inactivit | hareketsiz | boşta kal | бездейств | простоя",
    "бездіяльн | простою | αδράνει | アイドル | 無操作 | 操作しない | 空闲 | 没操作 | 閒置 | 유휴 | 사용하지 않았다",
    "bez ruchu | bez pohybu | fără activitate | 何もしない | 没动 | 沒動 | 아무것도 안",
)
_ENDS = _any(
    "wylogow | wygasa | zakończon | rozłącz | odhlás | vyprš | ukončen | odpoj | kiléptet | lejár | véget ért | delog",
    "expir | încheiat | deconect | kapat | düşüyor | sona erdi | выкидыва | обрыва | завершен | выбива | викида",
    "обрива | завершено | вибива | αποσυνδέ | λήγει | τερματίστηκε | ログオフ | 切れ | 終了 | 注销 | 结束 | 登出",
    "結束 | 로그아웃 | 종료 | kończy | ukončí | lezár | închide | закрыва | закрива | κλείνει",
)
_SOMEBODY_ELSE = _any(
    "ktoś inny | inn* połączeni | inny użytkownik | někdo jiný | jin* připojení | jiný uživatel | valaki más",
    "másik kapcsolat | másik felhasználó | altcineva | alt* conexiun | alt utilizator | başkası | başka bir kullanıcı",
    "başka bir bağlant | кто-то | друг* подключени | другой пользовател | хтось | інш* підключенн | інший користувач",
    "κάποιος άλλος | άλλη σύνδεση | άλλος χρήστης | 他の人 | 別の接続 | 別のユーザー | 别人 | 别的用户 | 別人",
    "另一个连接 | 另一个用户 | 另一個連線 | 另一位使用者 | 다른 사람 | 다른 연결 | 다른 사용자 | drug* urządzeni",
    "inn* urządzeni | druh* zařízení | jin* zařízení | másik eszköz | celălalt dispozitiv | alt dispozitiv",
    "diğer cihaz | başka cihaz | второе устройство | другое устройство | другий пристрій | інший пристрій",
    "άλλη συσκευή | 另一台设备 | 另一台裝置 | 別の端末 | 다른 기기",
)
_TOOK_IT = _any(
    "przej | na to samo konto | nawiązał | převzal | pod stejným | připojil | átvette | ugyanazzal a fiókkal",
    "ugyanezzel | csatlakozott | preluat | același cont | s-a conectat la | devraldı | aynı hesap | перехват",
    "под мо* уч | под моей | подключился | перехоп | під моїм | підключився | πήρε | ίδιο λογαριασμό | συνδέθηκε στον",
    "奪 | 同じアカウント | 接続したため | 抢 | 同一个账号 | 同一个帐号 | 已连接到此 | 搶 | 同一個帳號 | 已連線到遠端",
    "가져갔 | 같은 계정 | 에 연결하여 | vette át | przejm | převez | átvesz | preia | devral | забира | παίρν",
    "取られ | 넘어가",
)
_COLLEAGUE = _any(
    "koleg | ktoś | inny użytkownik | někdo | jiný uživatel | kollég | valaki | másik felhasználó | coleg | cineva",
    "alt utilizator | arkadaş | biri$ | başka bir kullanıcı | коллег | кто-то | другой пользователь | колег | хтось",
    "інший користувач | συνάδελφο | κάποιος | άλλος χρήστης | 同僚 | 誰か | 別のユーザー | 同事 | 有人 | 另一个用户",
    "另一位使用者 | 동료 | 다른 사람 | 다른 사용자",
)
_SIGNED_IN = _any(
    "zalogowan | přihlášen | bejelentkez | conectat | logat | oturum aç | oturumu açık | сидит | работает | вход",
    "сидить | працює | увійшов | μέσα | συνδεδεμέν | ログオン | サインイン | 登录 | 登入 | 로그인 | 로그온",
    "jelentkezve",
)
_PUT_OUT = _any(
    "wyrzucić | rozłącz | odpojit | odpojen | kiléptes | lecsatlakoz | leválaszt | deconect | atayım | kese",
    "bağlantısı kesil | отключить ли | отключ | відключ | αποσυνδέσω | αποσυνδεθεί | 切断 | 踢 | 断开 | 中斷 | 끊",
    "leválassz | 中断",
)
_IF_YOU_CONTINUE = _any(
    "jeśli będziesz kontynuować | pokud budete pokračovat | ha folytatja | dacă continuați | devam ederseniz",
    "если вы продолжите | якщо продовжити | якщо ви продовжите | εάν συνεχίσετε | αν συνεχίσετε | 続行すると",
    "如果继续 | 如果你继续 | 如果您继续 | 如果繼續 | 如果您繼續 | 계속하면",
)
# Asked in a sentence of its own.
_SHALL_I = _any(
    "rozłączyć$ | odpojit$ | lecsatlakoztass | îl deconectez | keseyim | отключить$ | відключити$ | αποσυνδέσω",
    "切断して | 断开他 | 中斷他 | 끊을까",
)
_TURNED_OFF = _any(
    "wyłączon | vypnut | ki van kapcsolva | închis | oprit | kapalı | выключен | вимкнен | κλειστός | 電源が切れ",
    "关机 | 關機 | 꺼져",
)
_NOT_ON = _any(
    "nie jest włączon | není povolen | není zapnut | nincs engedélyez | nincs bekapcsol | nu este activat",
    "nu e activat | etkin değil | не включен | не ввімкн | не увімкн | δεν είναι ενεργοποι | 有効になっていません",
    "没有开启 | 未开启 | 未启用 | 沒有開啟 | 未開啟 | 未啟用 | 켜져 있지 않",
)
_REMOTE_ACCESS = _any(
    "dostęp zdalny do serwera | vzdálený přístup k serveru | kiszolgáló távoli elérése",
    "accesul la distanță la server | sunucuya uzaktan erişim | удаленный доступ к серверу",
    "віддалений доступ до сервера | απομακρυσμένη πρόσβαση στον διακομιστή | サーバーへのリモート アクセス",
    "对服务器的远程访问 | 伺服器的遠端存取 | 서버에 대한 원격 액세스",
)
_DNS_NOT = _any(
    "nie zna$ | nie rozpozna | nepřelož | nem old | nu găseș | nu rezolv | çözem | не знает | не разреша | не знає",
    "δεν βρίσκ | 名前解決でき | 解析不 | 못 찾 | nie rozwiązuj | не резолв | δεν επιλύ | 引けず | 查不到",
    "확인되지 않 | nu se rezolv",
)
_NOT_RESOLVED = _any(
    "nie można rozpoznać | nie można rozwiązać | nelze přeložit | nejde přeložit | nem oldható fel",
    "nu se poate rezolva | çözümlenemi | çözülemi | не разрешается | не удается разрешить | не вдається розпізнати",
    "δεν είναι δυνατή η επίλυση | を解決できません | を解決できない | 无法解析 | 無法解析 | 이름을 확인할 수 없",
)
_NOT_FOUND = _any(
    "nie może znaleźć | nie może odnaleźć | nie znajduje | nemůže najít | nenašel | nem találja | nu găsește",
    "bulamıyor | не может найти | не находит | не може знайти | не знаходить | δεν βρίσκει | δεν μπορεί να βρει",
    "見つかりません | 見つけられません | 找不到 | 찾을 수 없 | 찾지 못 | nie mógł znaleźć | bulamadı",
    "не удается найти | не удалось найти | не вдалося знайти | не вдається знайти",
)
_TIMES_OUT = _any(
    "upłynął limit czasu | przekracz* limit czasu | przekroczon* limit czasu | vypršel časový limit | vyprší$",
    "túllépte az időkorlát | időtúllépés | conexiunea a expirat | depășește timpul de așteptare | zaman aşım",
    "истекло время ожидания | таймаут | тайм-аут | час очікування | έληξε το χρονικό όριο | λήξη χρονικού ορίου",
    "タイムアウト | 超时 | 逾時 | 시간이 초과",
)
# The machine that was to be reached, as Windows calls it where it refused to be.
_TARGET = _any(
    "komputer docelowy | cílový počítač | célszámítógép | computerul destinație | hedef makine | конечный компьютер",
    "кінцевий комп'ютер | υπολογιστής προορισμού | 対象のコンピューター | 目标计算机 | 目標電腦 | 대상 컴퓨터",
)
_NO_ANSWER = _any(
    "nie odpowiada | nie odpowiedział | neodpovíd | neodpověděl | nem válaszol | nu răspunde | nu a răspuns",
    "yanıt vermi | yanıt vermedi | не отвечает | не ответил | не відповід | δεν ανταποκρίν | δεν απάντησε | 応答しな",
    "応答しません | 応答がありません | 没有响应 | 未及时响应 | 沒有回應 | 未及時回應 | 응답하지 않 | δεν απαντ",
    "没响应 | 沒響應",
)
_INTERNAL_ERROR = "eroare internă | εσωτερικό σφάλμα"
_OCCURRED = "apărut | produs | intervenit | παρουσιάστηκ | προέκυψ | συνέβη"
_ANOTHER_SERVER = _any(
    "sql | mail | smtp | imap | exchange | http | web | ftp | sip$ | proxy | poczt | pošt | databáz | baza danych",
    "bazy danych | posta$ | adatbázis | bază de date | bazei de date | e-posta | veritabanı | почт | базы данных",
    "база данных | пошт | бази даних | ταχυδρομεί | βάση* δεδομένων | メール | データベース | 邮件 | 郵件 | 数据库",
    "資料庫 | 메일 | 데이터베이스",
)
_RECONNECTS = _any(
    "ponownie$ | ponownego nawiązania | znovu připojit | opětovné připojení | újracsatlakoz | reconect",
    "yeniden bağlan | повторного подключения | переподключ | повторн* підключ | підключитися знову | επανασύνδεσ",
    "επανασυνδεθ | 再接続 | 正在尝试重新连接 | 正在重新连接 | 正在嘗試重新連線 | 正在重新連線 | 다시 연결",
    "перепідключ | επανασυνδ | próbuje* połączyć | połączyć ponownie | wznowić | obnovit | helyreállít | reia$",
    "yeniden kur | восстановить | відновити | επαναφέρ | 復旧 | 恢复 | 恢復 | 복구",
)
_LOST = _any(
    "utracono | gubi | ztracen | vypadáv | megszakadt | elvesz | pierdut | pierde | kesildi | koptu | kaybed",
    "потерян | теряет | втрачен | втрача | χάθηκε | χάνει | 失われ | 見失 | 丢失 | 断开 | 掉网 | 中斷 | 掉網路",
    "끊어졌 | 끊겨 | 놓치 | χάν | теря | zniknę | zmizel | eltűnt | dispărut | gitti | пропал | зник$ | 消え | 没了",
    "沒了 | 사라",
)

# Of whom or what a word may be said that is Remote Desktop's as well: where cards are read, a server of another use, a
# site in the web, a bank and a door.
_TERMINAL = "terminal | terminál | терминал | термінал | τερματικ | ターミナル | 终端 | 終端 | 터미널"
_PAYMENT = _any(
    "płatnicz | platebn | fizetési | bankkártyás | de plată | pos$ | ödeme | оплаты | оплати$ | платежн | платіжн",
    "кассов | касов | πληρωμ | 決済 | 支付 | 刷卡 | 결제 | 카드 | kartaln",
)
_OF_ANOTHER_USE = _any(
    "backup | kopii zapasow | zálohov | mentési | biztonsági mentés | yedek | резервн | αντιγράφων | バックアップ",
    "备份 | 備份 | 백업 | wydruk | tiskový | nyomtató | imprim | yazdırma | печати | друку | εκτυπώσεων | プリント",
    "打印 | 列印 | 인쇄",
)
_BANK = "bank | banc | банк | τράπεζ | 銀行 | 银行 | 은행"
_DOOR = "drzwi | dveř | ajtó | uşă | ușă | kapı$ | kapıy | двер | πόρτ | ドア | 门禁 | 門禁 | 출입문"
_SITE = _any(
    "strony$ | witryn | webu$ | webové strán | honlap | weboldal | site ului | sitesi | сайт | ιστοσελίδ | ιστότοπ",
    "サイト | 网站 | 網站 | 사이트",
)
_LOADED = _any(
    "załadow | wczyt | načí | načte | tölth | betölt | încărc | yükle | загру | завантаж | φόρτωσ | φορτώ | 読み込",
    "加载 | 載入 | 로드 | 불러",
)

# What names its cause by itself.
COMPLAINTS: tuple[Row, ...] = (
    (f"{_PAYMENT} ~ {_TERMINAL}", "", 0),
    (f"{_CERTIFICATE} + {_NOT_TRUSTED} + {_GATEWAY} | {_ANY_GATEWAY}", DISCONNECT, 0x3000005),
    (f"{_CERTIFICATE} >> {_EXPIRED} | {_IS_INVALID} >> {_GATEWAY} | {_ANY_GATEWAY}", DISCONNECT, 0x3000007),
    (f"{_GATEWAY} >> {_CERTIFICATE} >> {_EXPIRED} | {_IS_INVALID}", DISCONNECT, 0x3000007),
    (f"{_GATEWAY} + {_NO_RIGHT}", DISCONNECT, 0x300001C),
    (f"{_GATEWAY} >> {_REFUSES}", DISCONNECT, 0x300001C),
    (f"{_GATEWAY} + {_REFUSES} + {_ACCESS}", DISCONNECT, 0x300001C),
    (f"{_GATEWAY} + {_THERE_IS_NO} + {_PERMISSION}", DISCONNECT, 0x300001C),
    (f"{_GATEWAY} + {_UNREACHED} | {_NO_ANSWER}", DISCONNECT, 0x300000D),
    (f"{_SAVED} + {_NOT_ALLOWED}", DISCONNECT, 0x2107),
    (f"{_SECOND_FACTOR} + {_DOES_NOT_COME} + {_RDP}", DISCONNECT, 0x2407),
    (f"{_BANK} + {_SECOND_FACTOR} + {_DOES_NOT_COME}", "", 0),
    (f"{_SECOND_FACTOR} + {_DOES_NOT_COME} ... {_AT_IT}", DISCONNECT, 0x2407),
    (f"{_DOOR} + {_SMART_CARD} + {_FAILS}", "", 0),
    (f"{_SMART_CARD} + {_FAILS}", DISCONNECT, 0x2407),
    (f"{_METHOD} + {_NOT_ALLOWED}", DISCONNECT, 0x1307),
    (f"{_ENTRA} + {_ACCOUNT} + {_CANNOT} ... {_RDP}", DISCONNECT, 0x2607),
    (_TEMPORARY_PROFILE, STATUS, 0x800701F4),
    (f"{_PROFILE} + {_FAILS} + {_LOADED} | {_LOGON}", STATUS, 0x800701F4),
    (f"{_PROFILE} + yüklenem | oturum açam", STATUS, 0x800701F4),
    (f"{_NETWORK_LEVEL} + {_NOT_SUPPORTED}", DISCONNECT, 0xB09),
    (f"{_NETWORK_LEVEL} + {_DEMANDS} ... {_CANNOT}", DISCONNECT, 0xB09),
    (f"credssp + {_AUTHENTICATION_ERROR} | {_AN_ERROR}", STATUS, 0x80090302),
    (f"{_FUNCTION} + {_NOT_SUPPORTED}", STATUS, 0x80090302),
    (f"{_TRUST} + {_BROKEN} | {_WORKSTATION}", STATUS, 0xC000018D),
    (f"{_DOMAIN} + {_NOT_TRUSTED}", STATUS, 0xC000018D),
    (f"{_LOGON_SERVERS} + {_UNREACHED} | {_NONE}", DISCONNECT, 0x1807),
    (f"{_DOMAIN_CONTROLLER} + {_UNREACHED} | {_NO_ANSWER}", DISCONNECT, 0x1807),
    (f"{_LOCAL_AUTHORITY} + {_CANNOT}", STATUS, 0x80090304),
    (f"{_LICENCE_SERVER} + {_UNREACHED} | {_NONE} | {_NO_ANSWER}", ERRINFO, 0x101),
    (f"{_RDS_LICENCE} + {_NONE}", ERRINFO, 0x102),
    (f"{_LICENCES} + {_USED_UP} + {_RDP}", ERRINFO, 0x102),
    (f"{_GRACE} + {_EXPIRED} | {_ENDS} ... {_AT_IT}", ERRINFO, 0x101),
    (f"{_LICENSING_PROTOCOL} + {_AN_ERROR}", ERRINFO, 0x100),
    (f"{_LICENSING_ERROR} + {_SESSION} | {_CLIENT} | {_RDP}", ERRINFO, 0x100),
    (f"{_TIME_DIFFERS}", DISCONNECT, 0x1D07),
    (f"{_SITE} ~ {_CERTIFICATE}", "", 0),
    (f"{_ITS_CERTIFICATE_EXPIRED} ~ {_SERVER} | {_RDP} | {_CANNOT} | {_CONNECTION}", DISCONNECT, 0x1B07),
    (f"{_CERTIFICATE} >> {_EXPIRED} >> {_SERVER} | {_RDP} | {_HOST}", DISCONNECT, 0x1B07),
    (f"{_CERTIFICATE} + {_NOT_TRUSTED} ... {_CONNECTION} | {_CANNOT} | {_HOST}", STATUS, 0x800B0109),
    (f"{_SELF_SIGNED} + {_CERTIFICATE} + {_SERVER} | {_RDP} | {_CONNECTION}", STATUS, 0x800B0109),
    (f"{_CERTIFICATE} + {_ANOTHER_NAME} | {_SHORT_NAME}", DISCONNECT, 0x907),
    (f"{_CERTIFICATE} + {_NAME} + {_DIFFERS}", DISCONNECT, 0x907),
    (f"{_CLOCK} + {_APART} + {_SERVER} | {_HOST}", DISCONNECT, 0x1D07),
    (f"{_WRONG_TIME} + {_CANNOT}", DISCONNECT, 0x1D07),
    (f"{_IDENTITY} + {_CANNOT}", DISCONNECT, 0x907),
    (f"{_PASSWORD} + {_EXPIRED}", DISCONNECT, 0xF07),
    (f"{_PASSWORD} + {_MUST_CHANGE}", DISCONNECT, 0x1207),
    (f"{_TO_CHANGE_THE_PASSWORD} + {_DEMANDS}", DISCONNECT, 0x1207),
    (f"{_ACCOUNT} + {_LOCKED}", DISCONNECT, 0xD07),
    (f"{_ACCOUNT} + {_DISABLED}", DISCONNECT, 0xB07),
    ("계정을 사용할 수 없습", DISCONNECT, 0xB07),
    (f"{_ACCOUNT} + {_RESTRICTED_IN_TIME}", DISCONNECT, 0x1007),
    (f"{_LOGON_HOURS} + {_OUTSIDE_OR_NOT}", DISCONNECT, 0x1007),
    (f"{_LOGON} + {_ONLY_FROM_TO} + {_AN_HOUR}", DISCONNECT, 0x1007),
    ("csak + óra között lehet bejelentkez", DISCONNECT, 0x1007),
    (_RESTRICTION, DISCONNECT, 0xC07),
    (f"{_BLANK_PASSWORD} + {_CANNOT}", DISCONNECT, 0xC07),
    (f"{_REMOTE_LOGON} + {_NO_RIGHT} | {_REFUSES}", ERRINFO, 0x9),
    (f"{_REMOTE_LOGON} + {_THERE_IS_NO} + {_PERMISSION}", ERRINFO, 0x9),
    (f"{_RD_USERS} + {_NOT_IN_IT}", ERRINFO, 0x9),
    (f"{_GRAPHICS} + {_NOT_STARTED} | {_AN_ERROR} ... {_SESSION} | {_RDP}", ERRINFO, 0x112F),
    (f"{_ENCRYPTION_ERROR} + {_SESSION} | {_CLIENT}", DISCONNECT, 0xC06),
    (f"{_SECURITY_ERROR} + {_CLIENT} + {_CANNOT}", DISCONNECT, 0x406),
    (f"{_PROTOCOL_ERROR} + {_SESSION} | {_RDP} | {_CONNECTION}", DISCONNECT, 0xD06),
    (f"{_NO_MEMORY} + {_HOST} | {_RDP}", DISCONNECT, 0x106),
    (f"{_SERVICE} + {_BUSY}", STATUS, 0x80071B70),
    (f"{_RDP} ~ {_BUSY}", STATUS, 0x80071B70),
    (_ALL_IN_USE, STATUS, 0x800704D6),
    (f"{_ALL_SESSIONS} + {_ARE_FULL}", STATUS, 0x800704D6),
    (f"{_TOO_MANY} + {_SERVER} | {_RDP} | {_SAYS}", STATUS, 0x800704D6),
    (f"{_MOST_CONNECTIONS} + {_EXCEEDED} + {_SERVER} | {_RDP}", STATUS, 0x800704D6),
    (f"{_SOMEBODY_ELSE} ... {_IF_YOU_CONTINUE}", STATUS, 0x80071B96),
    (f"{_COLLEAGUE} + {_SIGNED_IN} + {_PUT_OUT}", STATUS, 0x80071B96),
    (f"{_ASKS} + {_PUT_OUT} ... {_COMPUTER}", STATUS, 0x80071B96),
    (f"{_COLLEAGUE} + {_SIGNED_IN} ... {_SHALL_I}", STATUS, 0x80071B96),
    (f"{_SOMEBODY_ELSE} + {_TOOK_IT}", ERRINFO, 0x5),
    (f"{_SESSION} + 取られ | 奪われ | 넘어가 + {_BREAKS}", ERRINFO, 0x5),
    (f"{_ADMINISTRATOR} + {_HAS_ENDED_IT} + {_SESSION} | {_SERVER} | {_RDP}", ERRINFO, 0x2),
    (f"{_REMOTE_ACCESS} ... {_NOT_ON}", DISCONNECT, 0x204),
    (f"{_COMPUTER} + {_RDP} + {_NOT_ON}", DISCONNECT, 0x204),
    (f"{_TURNED_IT_OFF} + {_RDP} + {_SERVER} | {_COMPUTER}", DISCONNECT, 0x204),
    (f"{_COMPUTER} + {_TURNED_OFF} + {_CANNOT}", DISCONNECT, 0x204),
    (f"dns + {_DNS_NOT}", DISCONNECT, 0x104),
    (f"{_NAME} | {_SERVER} + {_NOT_RESOLVED}", DISCONNECT, 0x104),
    (f"{_COMPUTER} | {_HOST} + {_NOT_FOUND} ... {_RDP}", DISCONNECT, 0x104),
    (f"3389 + {_REFUSES}", DISCONNECT, 0x204),
    (f"{_GIVES_UP} + {_CONNECTION} ... {_RDP} | {_SERVER}", DISCONNECT, 0x108),
)
# What has more reasons, and what a session that there was is like.
SYMPTOMS: tuple[Row, ...] = (
    (f"{_LICENCES} + {_EXPIRED} + {_RDP}", ERRINFO, 0x102),
    (f"{_INACTIVE} + {_ENDS} ... {_SESSION} | {_SERVER} | {_RDP}", ERRINFO, 0x3),
    (f"{_CREDENTIALS} ~ {_DO_NOT_WORK}", DISCONNECT, 0x807),
    (f"{_NAME_OR_PASSWORD} ~ {_WRONG}", DISCONNECT, 0x807),
    (f"{_NAME_OR_PASSWORD} + {_WRONG} + {_RDP}", DISCONNECT, 0x807),
    (f"{_CREDENTIALS} + {_NOT_ACCEPTED}", DISCONNECT, 0x807),
    (f"{_PASSWORD} + {_NOT_ACCEPTED}", DISCONNECT, 0x807),
    (_REFUSES_PASSWORD, DISCONNECT, 0x807),
    (f"{_INTERNAL_ERROR} + {_OCCURRED}", DISCONNECT, 0x4),
    (f"{_CONNECTION} + {_LOST} ... {_RECONNECTS}", DISCONNECT, 0x904),
    (f"{_RDP} + {_LOST} ... {_RECONNECTS}", DISCONNECT, 0x904),
    (f"{_PLEASE_WAIT} + {_GOES_NO_FURTHER} + {_SESSION} | {_LOGON} | {_SERVER} | {_SCREEN}", STATUS, 0xC00A0017),
    (f"{_BLACK_SCREEN} + {_AT_IT}", DISCONNECT, 0x10B),
    (f"{_SCREEN} + {_BLACK} + {_RDP}", DISCONNECT, 0x10B),
    (f"{_NO_CLICK} + {_MOUSE} ... {_SESSION} | {_RDP}", DISCONNECT, 0x10B),
    (f"{_RDP} >> {_FREEZES}", DISCONNECT, 0x10B),
    (f"{_STOPS} + {_RESPONDING} + {_RDP} | {_SESSION}", DISCONNECT, 0x10B),
    (f"{_NO_REACTION} + {_KEYBOARD} ... {_SESSION} | {_RDP}", DISCONNECT, 0x10B),
    (f"{_BREAKS} + {_AGAIN} + {_RDP}", DISCONNECT, 0x10B),
    (f"{_AGAIN} + {_BREAKS} + {_RDP}", DISCONNECT, 0x10B),
    (f"{_ANOTHER_SERVER} + {_NO_ANSWER}", "", 0),
    (f"{_OF_ANOTHER_USE} ~ {_SERVER} ~ {_NO_ANSWER}", "", 0),
    (f"{_SERVER} | {_HOST} ~ {_NO_ANSWER}", DISCONNECT, 0x108),
    (f"{_CONNECTION} + {_TIMES_OUT}", DISCONNECT, 0x108),
    ("a expirat conexiunea", DISCONNECT, 0x108),
    (f"{_TARGET} + {_REFUSES}", DISCONNECT, 0x204),
    (f"{_CONNECTION} + {_REFUSES} ... rdp | 3389", DISCONNECT, 0x204),
)
