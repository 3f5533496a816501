# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of a thing, as that it is locked or out of reach, in the words of all languages: see ``concepts``."""

from __future__ import annotations

STATES = """
is_exceeded: is reached | was reached | been reached | exceeded | überschritten | erreicht | dépassé | atteint
    | superado | excedido | sobrepasado | ha superato | è stato superato | raggiunto | excedeu | ultrapassou | atingiu
    | overschreden | bereikt | osiągn | dosáhl | meghaladta | aştı | ulaştı | överskrid | overskredet | превыси
    | перевищ | 超過 | 超出 | 超过 | 已达 | 達到 | 초과 | przekrocz | překroč | dosaž | elért | túllép | depăși | aşıl
    | ulaşıl | превыш | достиг | досягн | υπέρβαση | 超え | 達し | 도달 | atins | συμπληρωθ | 达到 | 已達
# The computer that is not there, by what is said of it: http://windows.microsoft.com/cs-CZ/windows7/
remote_computer_itself: der remotecomputer$ | der entfernte computer$ | el equipo remoto$ | o computador remoto$
    | il computer remoto$ | de externe computer$ | komputer zdalny$ | zdalny komputer$ | vzdálený počítač$
    | vzdialený počítač$ | a távoli számítógép$ | uzak bilgisayar$ | fjärrdatorn$ | fjerncomputeren$
    | den eksterne datamaskinen$ | etätietokonetta$ | удаленный компьютер$ | віддалений комп'ютер$
    | απομακρυσμένος υπολογιστής$ | computerul la distanță$ | отдалеченият компютър$
not_supported: not supported | unsupported | does not support | doesnt support | nicht unterstütz | pas prise en charge
    | não dá suporte | não suporta | no soport | no lo soporta | non lo supporta | ne supporte pas | ne le supporte pas
    | ne le prend pas en charge | det støtter ikke | pas en charge | no se admite | no es compatible | no admite
    | não é suportad | não tem suporte | não oferece suporte | non supporta | non è supportat | niet ondersteun
    | niet wordt ondersteun | niet worden ondersteun | niet door uw computer wordt ondersteun
    | niet door uw computer ondersteun | nie jest obsługiwan | není podporován | nie je podporovan | nem támogat
    | desteklenm | stöds inte | stöder inte | støttes ikke | støtter ikke | understøttes ikke | understøtter ikke
    | ei tue | サポートされて | サポートして | 지원되지 | 지원하지 | 不受支持 | 不支持 | 不支援 | 不受支援 | غير معتمدة
    | غير مدعومة | אינה נתמכת | nie sú podporovan | δεν υποστηρίζεται | nu este compatibil | не се поддържа
    | не поддържа | không được hỗ trợ | không hỗ trợ | tidak didukung | ไม่สนับสนุน | ไม่ได้รับการสนับสนุน | ไม่รองรับ
    | ไม่ได้รับการรองรับ | não há suporte | ikke understøtter | ikke understøttes | ikke støtter | ikke støttes
    | inte stöds | inte stöder | datamaskinen ikke støtter | ei ole tuettu | nie obsługuj | nie wspiera | nepodporuj
    | neumí | nem tud | nu* accept | nu* suport | nu știe | desteklem | не поддержив | не умеет | не підтрим | не вміє
    | δεν* υποστηρίζ | サポートされていません | 対応していな | 対応していません | 지원하지 않 | 지원되지 않
    | nu o accept | nu îl accept | nu îl suport | nu o suport | δεν το υποστηρίζ | δεν την υποστηρίζ | не його підтрим
    | nu este accept | nu e accept | nu este suport | nu e suport | nie jest wspier
are_not_allowed: nicht zulässig | lässt nicht zu | erlaubt nicht | nicht zugelassen | n'autorise pas | ne permet pas
    | no permite | ne sont pas autorisé | ne sont pas permis | arent allowed | isnt allowed | not allowed
    | not permitted | nicht erlaubt | pas autorisé | no se permite | no están permitid | non sono consentit
    | non è consentit | não são permitid | não é permitid | staat het gebruik | niet toegestaan | tillåts inte
    | inte tillåtna | ikke tilladt | ikke tillatt | ei salli | non consente | não permite | staat niet toe | niet toe$
    | nie zezwala | nepovoluje | neumožňuje | nedovoľuje | nem engedélyezi | izin vermiyor | tillåter inte
    | tillader ikke | tillater ikke | не разрешает | не дозволяє | 許可されていません | 许可されていません | 不允许
    | 不允許 | 허용하지 않
recognized: recogni | erkannt | reconnu | reconoc | reconhec | riconosc | herken | rozpozn | felismer | tanın
    | kändes inte igen | gjenkjen | genkend | tunnist | распозна | розпізна | 認識 | 인식 | 识别 | 辨識
not_authorized: not authorized | isnt authorized | {not_authorized_elsewhere}
# What the system's administrator has restricted: the kinds of logon, or the computers.
has_restricted: restricted | eingeschränkt | beschränkt | limité | restreint | limitado | restringido | limitato
    | restringiu | limitou | beperkt | ograniczył | omezil | korlátozta | kısıtla | sınırla | begränsat | begrænset
    | begrenset | rajoittanut | ограничил | обмежив | 制限し | 制限され | 제한 | 限制
that_you_may_log_on_to: mit denen | an denen | auf denen | bei denen | waarop | waarmee | waarbij | waar u
    | oturum açabileceğiniz
account_restriction: account restriction | kontoeinschränkung | kontobeschränkung | restriction de compte
    | restrictions de compte | benutzerkontobeschränkung | benutzerkontoeinschränkung | restricciones de la cuenta
    | restrições da conta | restrição da conta | beperking van het gebruikersaccount | beperkingen van het account
    | beperking van uw account | gebruikersaccountbeperking | begränsning för användarkontot | begränsningar för kontot
    | begrænsninger for kontoen | begrensning for brukerkontoen | begrensninger for kontoen | käyttäjätilin rajoitu
    | tilin rajoitu | restrizioni account | restricción de cuenta | restricciones de cuenta | restricción de la cuenta
    | restrição de conta | restrições de conta | restrizione dell'account | restrizioni dell'account
    | restrizione account | accountbeperking | ograniczenie konta | ograniczenia konta | omezení účtu | obmedzenie konta
    | hesap kısıtlama | kontobegränsning | kontobegrensning | kontobegrænsning | tilirajoitu
    | ограничение учетной записи | ограничения учетной записи | обмеження облікового | アカウントの制限 | アカウント制限
    | 계정 제한 | 帐户限制 | 账户限制 | 帳戶限制 | begrænsninger for brugerkontoen | begrænsning for brugerkontoen
    | begrensninger for brukerkontoen | brukerkontobegrensning | brugerkontobegrænsning
    | begränsningar för användarkontot | användarkontobegränsning | ograniczeni* konta | fiókkorlátoz | restricții* cont
    | restricții* de cont | ограничени* учетн | обмежен* обліков | περιορισμ* λογαριασμ
has_connected: has connected | koblet til | kobler til | koblet seg på | ansluter | ansluten till
    | oprettede en forbindelse | hergestellt | verbunden hat | s'est connecté | a établi | se ha conectado | se conectó
    | ha establecido | estableció | ligou-se | estabeleceu | si è connesso | ha effettuato la connessione | ha stabilito
    | verbinding heeft gemaakt | heeft verbinding gemaakt | połączył się | nawiązał połączenie | se připojil
    | navázal připojení | csatlakozott | kapcsolódott | bağlandı | anslöt | har anslutit | koblet seg til
    | har koblet til | oprettede forbindelse | har oprettet forbindelse | muodosti yhteyden | подключился
    | установил подключение | підключився | 接続し | 接続されました | 연결했 | 연결하 | 连接到 | 已连接 | 連線到
    | sa pripojil | συνδέθηκε | s-a conectat | се свърза | đã kết nối | เชื่อมต่อกับ | koblet til den
put_out: drop | kick | log off | log out | sign out | throw out | disconnect | abmelde | trennen | rauswerfen
    | déconnecte | desconectar | cerrar la sesión | disconnettere | afmelden | verbreken | wylogować | rozłączyć
    | odhlásit | odpojit | отключить | выкинуть | 切断 | サインアウト | 断开 | 注销 | 登出 | 로그오프 | 연결을 끊
put_out_inflected: wyrzucić | rozłącz | odpojit | odpojen | kiléptes | lecsatlakoz | leválaszt | deconect | atayım
    | kese | bağlantısı kesil | отключить ли | отключ | відключ | αποσυνδέσω | αποσυνδεθεί | 切断 | 踢 | 断开 | 中斷
    | 끊 | leválassz | 中断
asks: asks if | asks whether | asks me | asked if | asked whether | asked me | wants me to | says i should | do you want
    | do i want | prompts me | fragt ob | gefragt ob | fragt mich | soll ich | möchten sie | me demande | demande si
    | voulez vous | me pregunta | pregunta si | desea | mi chiede | chiede se | vuoi$ | me pergunta | pergunta se
    | deseja | vraagt of | vraagt mij | pyta czy | ptá se | хотите ли | と聞かれ | しますか | 是否 | 묻습니다
    | 하시겠습니까 | pyta | megkérdez | ptá | kérdez | întreab | soruyor | спрашив | питає | ρωτ | 聞かれ | 问 | 問
    | 물어
what_is_asked_for: your request | my request | the request | the connection | my connection | ihre anfrage | die anfrage
    | die verbindung | votre demande | la demande | la connexion | la solicitud | su solicitud | la conexión
    | la richiesta | la connessione | a solicitação | a conexão
# What has become of it.
ended: ended | logged you off | logged me off | signed me out | disconnected me | disconnected you | beendet | getrennt
    | abgemeldet | fermé | terminé | déconnecté | cerrad | finalizad | terminad | desconectad | encerrad | chius
    | terminat | disconness | beëindigd | verbroken | afgemeld | zakończon | wylogow | ukončen | befejez | leválaszt
    | kijelentkeztet | sonlandır | avslutad | avsluttet | afsluttet | завершен | отключен | 終了 | 切断 | 종료 | 结束
    | 注销 | 終止 | wygasa | rozłącz | odhlás | vyprš | odpoj | kiléptet | lejár | véget ért | delog | expir | încheiat
    | deconect | kapat | düşüyor | sona erdi | выкидыва | обрыва | выбива | викида | обрива | вибива | αποσυνδέ | λήγει
    | τερματίστηκε | ログオフ | 切れ | 登出 | 結束 | 로그아웃 | kończy | ukončí | lezár | închide | закрыва | закрива
    | κλείνει
kicked: kicked | kicks me | kicks us | wirft mich | wirft uns | schmeißt mich | me déconnecte | gets closed | get closed
    | est fermée | se me cierra | cierra | mi viene chius | viene chius | fecha-se | é fechada | wordt gesloten | stängs
    | utkastad | utslängd | blir utkastad | lukket$ | ryger af | røg af | kastes ut | lukkes$ | suljetaan | lensin ulos
    | lennän | lentää ulos | vlieg er | expulso | posto fora | buttato fuori | am disconnected | get disconnected
    | logged off | logged out | logs me off | logs me out | signed out | disconnects me | thrown out | throws me out
    | abgemeldet | rausgeworfen | getrennt | fliege | déconnecté | éjecté | me desconecta | desconectad | me expulsa
    | me echa | disconness | mi disconnette | mi butta fuori | uitgelogd | afgemeld | eruit gegooid | wylogow | wyrzuca
    | odhlás | vyhazuje | kijelentkez | kidob | atıyor | utloggad | kastas ut | kastet ut | smidt af | выкидывает
    | отключает | викидає | 切断され | サインアウト | 로그아웃 | 튕 | 被踢 | 注销 | 踢下线 | 被登出
is_locked: locked out | (ist, wurde, sei) gesperrt | gesperrt (ist, wurde, sei) | est verrouillé | est bloqué
    | está bloquead | me ha bloqueado | han bloqueado | se bloqueó | risulta bloccat | been locked out | got locked out
    | is op slot | zit op slot | op slot gezet | er sperret | ble sperret | blitt sperret | er spærret | blev låst
    | ble låst | blev spärra | är spärra | har låsts | on lukittu | meni lukkoon | on lukossa | lukkiutu
    | se ha bloqueado | foi bloquead | è bloccat | è stato bloccat | is geblokkeerd | is vergrendeld | jest zablokowan
    | został zablokowan | je zamčen | je uzamčen | zárolva | kilitlendi | är låst | er låst | заблокирован | заблокован
    | ロックされ | 잠겼 | 被锁定 | 被鎖定
unavailable: not available | isnt available | unavailable | temporarily unavailable | vorübergehend nicht
    | temporaneamente non disponibil | temporariamente indisponíve | tijdelijk niet beschikbaar | inte är tillgänglig
    | är inte tillgänglig | midlertidigt ikke | ikke er tilgængelig | midlertidig utilgjengelig | utilgjengelig
    | er ikke tilgængelig | utilgængelig | ei ole tilapäisesti | ei ole käytettävissä | indisponível | indisponible
    | no disponible | nicht verfügbar | n'est pas disponible | no está disponible | non è disponibile
    | não está disponível | niet beschikbaar | niedostępn | kullanılamıyor | inte tillgänglig | ikke tilgjengelig
    | ikke tilgængelig | temporairement indisponible | est indisponible | není k dispozici | dočasně nedostupn
    | nie je k dispozícii | nem áll rendelkezésre | geçici olarak kullanılam | kullanılamadığından | временно недоступ
    | тимчасово недоступ | 一時的に利用できない | 一時的に利用できません | は利用できません | 暂时不可用 | 不可用
    | 無法使用 | 일시적으로 사용할 수 없 | tymczasowo niedostępn
reached: reached | exceeded | signed in | logged on | logged in | on the server | on this computer | erreicht
    | exceeded the | hat überschritten | ylittänyt | ylittyi | excedeu | kirjautuneena | kirjautunut | pålogget
    | påloggede | loggede på | ligados | verbonden | collegati | überschritten | angemeldet | verbunden | atteint
    | dépassé | connecté | superado | alcanzado | conectado | raggiunto | superato | connessi | atingido | excedido
    | bereikt | overschreden | aangemeld | osiągnięt | przekroczon | zalogowan | dosažen | překročen | přihlášen
    | elérte | túllép | ulaşıldı | aşıldı | nåtts | överskrid | inloggade | nådd | nået | overskred | logget på
    | достигнуто | превышено | вошли | 達し | 超え | 초과 | 도달 | 已达 | 超过 | 達到 | 超過
unexpected: unexpected | unerwartet | inattendu | inesperad | imprevist | onverwacht | nieoczekiwan | neočekávan
    | váratlan | beklenmeyen | oväntat | uventet | непредвиденн | неожиданн | неочікуван | 予期しない | 예기치 않은
    | 意外的 | 未預期
lost: was lost | has been lost | ging verloren | wurde unterbrochen | ist verloren gegangen | a été perdue
    | ist unterbrochen | har brutits | har gått förlorad | er gået tabt | er brutt | er tapt | ble tapt | katkennut
    | menetetty | se ha interrumpido | foi interrompida | a été interrompue | se perdió | se ha perdido | foi perdida
    | perdeu-se | è stata persa | è stata interrotta | is verbroken | została utracona | zostało utracone
    | bylo ztraceno | bröts | gick förlorad | ble brutt | gik tabt | katkesi | stratilo sa | разорвано | 切断されました
    | 已丢失 | 已断开 | 已中斷 | {lost_inflected}
lost_inflected: utracono | gubi | ztracen | vypadáv | megszakadt | elvesz | pierdut | pierde | kesildi | koptu | kaybed
    | потерян | втрачен | втрача | χάθηκε | 失われ | 見失 | 丢失 | 断开 | 掉网 | 中斷 | 掉網路 | 끊어졌 | 끊겨 | 놓치
    | χάν | теря | zniknę | zmizel | eltűnt | dispărut | gitti | пропал | зник$ | 消え | 没了 | 沒了 | 사라
freezes: freez | stutter | stottert | froze | hangs | hung$ | keeps hanging | gets stuck | stops responding
    | stopped responding | locks up | locking up | rame$ | a bloquear | bloqueia$ | henger | hænger | hänger
    | se bloque$ | se queda colgad | jumittaa | jumiutu | jäätyi | jää jumiin | fastnar | fryst$ | frosset | frosne
    | si congela | blijft hangen | hakt$ | stockt | ruckelt$ | reagerer ikke | svarar inte | svarer ikke | ei vastaa
    | no longer responds | unresponsive | friert | einfriert | eingefroren | hängt | hängen | bleibt stehen
    | reagiert nicht mehr | gèle | se fige | figée | ne répond plus | se congela | se cuelga | colgad
    | deja de responder | dejó de responder | si blocca | si è bloccat | si pianta | non risponde più | trava | travou
    | congela | para de responder | parou de responder | bevriest | vastgelopen | loopt vast | reageert niet meer
    | zawiesza | zawiesił | zamarza | przestaje odpowiadać | zamrz | zasek | přestane reagovat | lefagy | kifagy
    | megfagy | donuyor | dondu | takılıyor | fryser | hänger sig | låser sig | jumittuu | jäätyy | завис | подвисает
    | перестает отвечать | フリーズ | 固まる | 固まり | 応答しなく | 멈춥니다 | 멈춤 | 멈춰 | 먹통 | 卡死 | 卡住 | 假死
    | 没有反应 | 沒有反應
freezes_inflected: zawiesz | zamarz | zacina | nie reaguj | przestał* odpowiadać | przestaje odpowiadać | zamrz | seká$
    | přestal* reagovat | nereaguj | lefagy | nem válaszol | akadoz | nem reagál | se blochează | îngheaț
    | nu mai răspunde | sacadeaz | nu răspunde la | donuyor | donup | takıl | yanıt vermiyor | tepki vermi | завис
    | тормоз | не отвечает | не реагир | гальм | не відповід | не реагує | κολλά | παγών | δεν αποκρίν | δεν ανταποκρίν
    | 固ま | フリーズ | 応答しな | 応答しませんく | 卡死 | 卡住 | 停止响应 | 没反应 | 當掉 | 沒有回應 | 沒反應
    | 멈춥니다 | 멈춰 | 멈춤 | 멈추고 | 응답하지 않 | 반응이 없
waiting: {shown_words} | preparing windows | local session manager | user profile service | group policy client
    | group policy$ | gruppenrichtlinie | stratégie de groupe | stratégies de groupe | directiva de grupo
    | directivas de grupo | criteri di gruppo | política de grupo | políticas de grupo | diretiva de grupo
    | groepsbeleid | grupprincip | gruppepolitik | gruppepolicy | ryhmäkäytäntö | willkommensbildschirm
    | benutzerprofildienst | écran de bienvenue | pantalla de bienvenida | tela de boas vindas | schermata iniziale
stays: {freezes} | stuck$ | sits$ | sitting$ | stays$ | forever | goes no further | doesnt go any further
    | never gets past | fermo$ | ferma$ | parado$ | fica parad | jää ikuisesti | jää kohtaan | i det uendelige
    | uendelighed | hur länge som helst | i en evighed | en evighet | blir hengende | bliver hængende | blijft staan
    | staat stil | indefinidamente | indéfiniment | para siempre | per sempre | para sempre | eeuwig | ewig | bleibt$
    | geht nicht weiter | kommt nicht weiter | reste$ | bloqué$ | bloquée$ | se queda | no pasa de | rimane$ | resta$
    | fica$ | preso em | não passa de | blijft | komt niet verder | utknął | zatrzymuje się | стоит$ | дальше не идет
    | 進まない | 進みません | まま | 止まる | 止まり | 停 | 卡 | 一直 | 넘어가지 않 | 넘어가지 못 | 진행되지 않 | 멈춘
    | 계속 | stundenlang | kalıyor | kaldı | fastnat | stannar | står kvar | står still | står bare | står fast
    | henger$ | låser seg | blir stående | kommer ikke videre | hænger$ | sidder fast | bliver stående | jumi | jää$
    | juuttu | pysähty | ei etene | beragad | elakad | megáll | зупиня | wisi | nie idzie | pozostaj | stoi
    | nic się nie dzieje | visí | nejde | zůstáv | nic se neděj | nic neděj | ragad | marad | nem megy tovább
    | nem történik | rămân | nu trece | nu se întâmplă | takıl | ilerlemi | hiçbir şey olmuyor | висит | остает
    | ничего не происходит | не йде | залиша | нічого не відбува | κολλά | μένει | δεν προχωρ | δεν γίνεται τίποτα
    | 止まっ | 没有动静 | 沒有動靜 | 변화가 없 | zatrzymuje | nieskończon | zastaví | donekonečna | végtelen
    | se oprește | nesfârșit | duruyor | sonsuza | останавлива | бесконечно | нескінченно | σταματά | για πάντα | ずっと
    | 멈추고
breaks: disconnects | disconnecting | wirft mich | wirft uns | schmeißt mich | nos echa | me echa | kopplar från
    | kopplar ner | katkaisee yhteyden | kobler av | ryger$ | ryker$ | faller ut | falder ud | cae$ | fällt aus
    | si scollega | desliga se | verliest de verbinding | katkesi | bröts$ | gets disconnected | get disconnected
    | getting disconnected | is disconnected | im disconnected | am disconnected | are disconnected | being disconnected
    | been disconnected | sessions disconnect | connections disconnect | sessions drop | connections drop
    | sitzungen brechen | verbindungen brechen
    | drops | dropping | is dropped | get dropped | gets dropped | cuts out | cuts off | bricht
    | brechen ab | abbricht | abgebrochen | verbindungsabbr | abbrüche | getrennt$ | trennt sich | unterbrochen$
    | reißt ab | abreißt | se déconnecte | déconnecté$ | déconnexion | coupe$ | coupures | se desconecta | me desconecta
    | desconexion | se corta | se cae$ | cai$ | cai toda | caindo | desconecta$ | desconectando | desconexões | derruba
    | si disconnette | disconnession | disconnesso$ | si interrompe | valt$ | wegvalt | verbreekt | verbroken$
    | eruit gegooid | wyrzuca mnie | vypadáv | lekapcsol | szétkapcsol | kopplas från | kopplas ner | bryts$
    | kobles fra | kobler fra | kobles ned | brytes$ | afbrydes | afbryder | ryger ud | katkeaa | katkeilee | отключа
    | відключа | 切断する | 落ちる | 落ちます | 掉线 | 掉線 | {breaks_inflected}
breaks_inflected: вылета | выкидыва | zryw | rozłącza | przerywa | padá | přeruš | odpoj | megszakad | szétes | bont$
    | ledob | cade$ | pică | întrerup | deconect | kopuyor | kesil | düşüyor | разрыва | рвется | обрыва | отвалива
    | отключает | разрива | розрива | рветься | обрива | відвалю | відключає | διακόπτ | πέφτ | αποσυνδέ | 切断され
    | 切れ | 就断 | 老是断 | 就中斷 | 一直斷 | 断 | 끊 | 斷 | kidob | beni atıyor
# What a session is cut off from, named behind it; and that it befalls everybody at once.
cut_off_from: (disconnected, dropped, cut off) from | (kicked, thrown) (from, out of, off)
    | déconnectés d | expulsés d | desconectados d | expulsados d | disconnessi d | espulsi d | losgekoppeld van
    | rozłączani z | wyrzucani z | odpojováni od | odpojeni od
keeps_breaking: keeps disconnecting | keep disconnecting | keeps dropping | keep dropping | keeps getting disconnected
    | keeps getting dropped | keep getting disconnected | keep getting dropped | keep getting kicked | keeps breaking
    | keeps cutting | keeps losing | fliegt ständig | fliegt dauernd | fliegt immer wieder | fliege ständig
    | fliege dauernd | fliege immer wieder | fliegen ständig | fliegen immer wieder | déconnexions intempestives
    | coupures intempestives | microcoupures | brechen sporadisch | brechen ständig | brechen immer wieder
    | brechen dauernd | brechen laufend | microdesconexion | microcortes | すぐ切れ | すぐに切れ | すぐ落ち
reconnects: reconnect | connects again | connect again | verbindet sich wieder | verbindet sich neu | wieder verbind
    | neu verbind | se reconnect | se reconecta | si riconnette | riconnette | verbindt opnieuw | opnieuw verbind
    | łączy się ponownie | znovu se připoj | újracsatlakoz | yeniden bağlan | ansluter igen | переподключ
    | подключается снова | 再接続 | 다시 연결 | 재접속 | 重新连接 | 重新連線 | ponownie$ | ponownego nawiązania
    | znovu připojit | opětovné připojení | reconect | повторного подключения | повторн* підключ | підключитися знову
    | 正在尝试重新连接 | 正在重新连接 | 正在嘗試重新連線 | 正在重新連線 | перепідключ | επανασυνδ | próbuje* połączyć
    | połączyć ponownie | wznowić | obnovit | helyreállít | reia$ | yeniden kur | восстановить | відновити | επαναφέρ
    | 復旧 | 恢复 | 恢復 | 복구
comes_back: and reconnects | keeps reconnecting | reconnects automatically | reconnects a few | reconnects itself
    | verbindet sich neu | verbindet sich wieder | se reconnecte | se reconecta | si riconnette | verbindt opnieuw
    | łączy się ponownie | znovu se připojí | újracsatlakozik | yeniden bağlanıyor | ansluter igen | переподключается
    | 再接続 | 다시 연결 | 重新连接 | 重新連線
# The same of the connection itself: it works by one way, and not by another.
works: work | is fine | geht | läuft | funktioniert | klappt | marche | fonctionne | funciona | funziona | werkt
    | działa | funguje | működik | çalışıyor | fungerar | fungerer | virker | toimii | работает
works_not: doesnt work | does not work | isnt working | is not working | not working | stopped working | wont work
    | fails | geht nicht | läuft nicht | funktioniert nicht | klappt nicht | ne marche pas | ne marche plus
    | ne fonctionne pas | ne fonctionne plus | no funciona | non funziona | não funciona | werkt niet | nie działa
    | nefunguje | nem működik | çalışmıyor | fungerar inte | fungerer ikke | virker ikke | ei toimi | не работает
locked: locked | lock out | gesperrt | verrouill | bloqué$ | bloquée$ | bloqués$ | bloquées$ | bloquead | bloquearon
    | se bloquea$ | se bloqueó | bloccat | geblokkeerd | vergrendeld | zamčen | sperret | spärrad | spärrat | op slot
    | lukkoon | lukossa | lukkiutu | lukittiin | zamknut | uzamč | zárol | är låst | er låst | blitt låst | ble låst
    | blev låst | blevet låst | lukittu | ロック | 잠겼 | 잠김 | 锁定 | 鎖定 | spærret | zablokow | uzamk | zamkl
    | blocat | blochează | kilit | залоч | заблок | κλειδωμέν | κλειδώθ | 锁了 | 锁住 | 鎖住 | 鎖了 | 잠금 상태 | 잠긴
disabled: disabled | deaktiviert | désactiv | deshabilitad | desabilitad | desativad | disabilitat | avstängt | avstängd
    | koblet ut$ | staat uit | uit staat | blitt deaktivert | blevet deaktiveret | pois käytöstä | slået fra
    | disattivat | uitgeschakeld | wyłączon | zakázán | letilt | devre dışı | inaktiverat | deaktivert
    | 사용할 수 없도록 설정 | deaktiveret | poistettu käytöstä | отключен | 無効 | 사용 안 함 | 비활성 | 禁用 | 停用
    | dezaktywow | deaktivov | le van tiltva | dezactivat | pasif$ | вимкн | відключен | деактив | απενεργοπ | ανενεργ
expired: expired | expiró | caducó | venció | abgelaufen | a expiré | est expiré | ran out | run out$ | has run out
    | vanhentui | vanheni | vanhentunee | gick ut$ | gikk ut$ | løbet ud | udløb$ | périmé | vencid | venceu | upphörde
    | utløp | is vervallen | ha expirado | expirad | caducad | scadut | verlopen | vyprše | gått ut | upphört | utgått
    | udløbet | vanhentunut | закінчився термін | минув термін | 有効期限が切れ | {expired_inflected}
expired_inflected: wygas | stracił* ważność | ważności* upłyn | przetermin | nieważn | vypršel | propadl | prošl
    | platnost* skončil | lejárt | expirat | nu mai e valabil | süresi doldu | süresi dolmuş | süresi bit
    | süresinin dol | dün bitti | geçerliliğini yitir | срок* истек | истек | срок* вышел | просроч | протух
    | закінчився | минув | простроч | έληξε | έχει λήξει | ληγμέν | 期限切れ | 期限が切れ | 过期 | 到期 | 過期 | 만료
    | 기간이 끝 | upłyn
# The same of a person: you must change your password.
you_must: you must | you have to | you need to | sie müssen | du musst | vous devez | tu dois | debe | tiene que | devi$
    | è necessario | deve$ | deverá | devem$ | precisa | u moet | je moet | musisz | należy | musíte | je nutné
    | du skal | du må | вы должны | необходимо | потрібно | необхідно
change: change | ändern | modifier | cambiar | modificare | alterar | mudar | wijzigen | zmienić | změnit | ändra | byta
    | ændre | endre | сменить | изменить | змінити
do_not_work: did not work | didnt work | do not work | are not valid | arent valid | were incorrect | are incorrect
    | eivät kelpaa | are wrong | were wrong | sind falsch | sind nicht korrekt | sont incorrect | son incorrect
    | estão incorret | sono errat | zijn onjuist | är fel | неверн | were not accepted | were rejected | were refused
    | abgelehnt | été refus | été rejet | rechazad | rejeitad | rifiutat | geweigerd | odrzucon | отклонен
    | funktionieren nicht | nicht funktioniert | sind ungültig | sind nicht gültig | n'ont pas fonctionné
    | ne sont pas valides | no funcionaron | no han funcionado | no son válid | não funcion | não são válid
    | non hanno funzionato | non funziona | non sono valid | werken niet | werkten niet | zijn ongeldig | nefungoval
    | nem működ | nem érvényes | fungerade inte | fungerer ikke | fungerte ikke | virkede ikke | nicht funktionieren
    | niet werken | niet werkten | ikke fungerer | ikke fungerede | ikke fungerte | ikke virker | ikke virkede
    | virker ikke | inte fungerar | inte fungerade | fungerar inte | eivät toimi | не подошли | 작동하지 않 | 无效
    | 通らな | 通りません | 弾かれ | 不起作用 | 不工作 | 无法工作 | 無法運作 | 無法作用 | не проработиха | не работят
    | không hoạt động | ไม่ทำงาน | ใช้ไม่ได้ | ใช้งานไม่ได้ | tidak berfungsi | לא פעלו | אינם פועלים | لم تعمل
    | لا تعمل | nie zadział | nie działa | nefunguj | nu au funcțion | nu funcțion | çalışm | не подходят | не работа
    | не сработ | не підійшли | не спрацюв | не працю | δεν λειτούργ | 機能しません
wrong: wrong | incorrect | invalid | is not valid | isnt valid | falsch | ungültig | nicht korrekt | nicht richtig
    | fel$ | feil$ | stimmt nicht | sbagliat | errada | errado | equivocad | mauvais | klopt niet | niet juist
    | stämmer inte | passer ikke | stemmer ikke | virheelli | vääri | erróne | no es correct | no son correct | incorret
    | não está corret | não estão corret | errat | non è corrett | non sono corrett | onjuist | felaktig | er feil
    | forkert | väärä | 올바르지 | {wrong_inflected}
wrong_inflected: nieprawidłow | błędn | złe$ | złego | nesprávn | špatn | chybn | hibás | rossz | helytelen | greșit
    | incorect | yanlış | hatalı | неверн | неправильн | невірн | λάθος | εσφαλμέν | 違う | 違い | 間違
    | 正しくありません | 不正确 | 不正確 | 错误 | 錯誤 | 不对 | 不對 | 틀렸 | 틀리 | 잘못 | 올바르지 않
failed: failed | failure | fehlgeschlagen | gescheitert | échec | échou | error al | ha fallado | falhou | falha
    | non riuscit | mislukt | nie powiodł | nezdařil | selhal | sikertelen | nem sikerült | başarısız | misslyckad
    | mislykt | mislykkedes | feilet | epäonnistui | не удал | 失敗 | 失败 | 没有成功 | 沒有成功 | 未成功 | 실패
    | 하지 못했 | error en el intento
attempt_to_log_on: attempted logon$ | logon attempt$ | login attempt$ | sign in attempt$ | versuchte anmeldung$
    | anmeldeversuch$ | tentative d'ouverture de session | tentative de connexion | intento de inicio de sesión
    | tentativo di accesso | tentativa de logon | tentativa de início de sessão | aanmeldingspoging | próba logowania
    | pokus o přihlášení | bejelentkezési kísérlet | oturum açma girişimi | inloggningsförsök | påloggingsforsøk
    | logonforsøg | loginforsøg | kirjautumisyritys | попытка входа | спроба входу | ログオンの試行 | 로그온 시도
    | 登录尝试 | 嘗試登入
cannot: cannot | cant | could not | couldnt | nicht | n'arrive pas | ne parvient pas | ne peut | impossible | ei pysty
    | kan ikke | kunne ikke | går ikke | não foi possível | no se puede | no es posible | não é possível | não pode
    | non è possibile | impossibile | kan geen | kan niet | nedá | ulaşılamıyor | går inte | kan inte | ikke | 없습니다
    | nie je možné | nemožno | nem érhető el | nu poate fi | nu a putut fi | không thể | לא ניתן | אין אפשרות | لا يمكن
    | تعذر | ไม่สามารถ | ei voi | ei saa | {cannot_inflected}
# That it does not come about.
cannot_inflected: nie łącz | nie można | nie mogę | nie może | nie mógł | nie da się | nie daje się | nie udał
    | nie wpuszcza | nie wejd | nie przyjm | nie działa | nie wchodz | nie dostan | nejde | nepřipoj | nemůž | nelze
    | nedá se | nepodařilo | nepust | nefung | nedostan | nenávaž | nepřihl | nem csatlakoz | nem tud | nem lehet
    | nem megy | nem enged | nem sikerül | nem működ | nem lép | nu se poate | nu se conect | nu mă | nu pot | nu poate
    | nu s-a putut | nu reuș | nu a reușit | nu merge | nu intr | nu* funcțion | nu-l lasă | bağlanmı | bağlanam
    | bağlanılam | giremi | girilem | yapılamı | açılamadı | açılmıyor | olmuyor | çalışmıyor | kullanılam | kurulam
    | almıyor | yüklenem | açamadı | не подключ | не удается | не удалось | не смог | не могу | не пуска | нельзя
    | не заходит | не работа | не попасть | не підключ | не вдається | не вдалося | не зміг | не можу | не може
    | неможливо | не працю | не потрапити | δεν συνδέ | δεν μπορ | δεν είναι δυνατ | δεν ήταν δυνατ | δεν γίνεται
    | δεν με αφήνει | δεν λειτουργ | δεν δουλεύ | δεν μπαίν | δεν αφήνει | できません | できな | 繋がら | 入れません
    | 使えません | 连不上 | 連不上 | 连不到 | 連不到 | 连不进 | 連不進 | 无法 | 無法 | 不能 | 登不 | 进不 | 進不 | 没法
    | 沒辦法 | 登录不了 | 登入不了 | 用不了 | 할 수 없 | 되지 않 | 지 못 | 안 됩 | 안 돼 | 을 못 | 못 들어
    | nu au funcțion | nu a funcțion | izin vermi | 入れてくれません | 入れてくれない | 不让 | 不給 | 不给 | 连接不上
    | 登录不上 | 登入不上 | не захожу | не заходжу | nie połącz | 不讓
could_not: {cannot} | no se pudo | error al | non è stato possibile | kon niet | kunde inte | nie udało | nem sikerült
    | alınamadı | bulunamadı | 실패 | 失败 | 失敗
find: find$ | resolve | determine | look up | auflösen | ermitteln | trouver | résoudre | encontrar | localizar
    | trovare | risolvere | determinare | vinden | znaleźć | ustalić | najít | zjistit | hitta | finne | finde | найти
    | определить
none: not available | could not be found | not found | kein | aucun | no hay | não há | nessun | introuvable
    | cant find a | couldnt find a | fehle$ | fehlt$ | fehlen$ | manca$ | mancano$ | falta$ | faltan$ | faltam$
    | manque$ | ontbreekt | saknas | mangler | puuttu | ikke er noen | ikke noen | ikke nogen | det ikke er
    | findes ikke | ei löydy | eivät ole | não existe | is missing | nenhum | ningún | non sono disponibili | geen
    | žádné | žádný | nincs elérhető | olmadığından | inte finns | finns inga | ingen | inga | ei ole | відсутн | ない
    | nicht verfügbar | zur verfügung | n'est disponible | ne sont pas disponibles | n'est pas disponible
    | no están disponibles | no está disponible | não estão disponíveis | não está disponível | non è disponibile
    | niet beschikbaar | nie ma dostępn | nie ma żadn | nie są dostępn | niedostępn | nejsou k dispozici
    | není k dispozici | nem érhető el | nem áll rendelkezésre | inte tillgänglig | ikke tilgjengelig | ikke tilgængelig
    | недоступн | недоступен | ありません | 利用できません | 사용할 수 없 | 不可用 | 無法使用 | ikke er nogen
    | ikke var nogen | ikke findes | ikke finnes | finnes ikke | n'existe pas | inte finns några | ei ole käytettävissä
    | ei ollut | {none_inflected}
none_inflected: brak | nie ma$ | chybí | chyběj | nejsou | nincs | lipsesc | lipsește | nu există | yok$ | нет$
    | отсутств | немає | δεν υπάρχ | λείπ | 無く | がない | がありません | 没有 | 沒有 | 없 | はありません
    | は現在ありません
unreachable: unreachable | not reachable | isnt reachable | nicht erreichbar | inaccessible | injoignable
    | antwortet nicht | ne répond pas | ne répond plus | non risponde | não responde | reageert niet | svarar inte
    | svarer ikke | ei vastaa | cant be reached | cannot be reached | couldnt be reached | niet bereikbaar
    | niet te bereiken | ei saada yhteyttä | ei tavoiteta | går inte att nå | er nede$ | is down$ | ist down$
    | no se llega | no responde | está inacessível | est injoignable | no accesible | non si raggiunge | está em baixo
    | inaccesible | inacessível | irraggiungibile | non è raggiungibile | non raggiungibile | onbereikbaar | nieosiągaln
    | nedostupný | nem érhető el | недосягаем | недоступ | 无法访问 | 不可达 | erişilemiyor | kan inte nås
    | kan ikke nås | 到達できません
make_sure: make sure | ensure that | stellen sie sicher | vergewissern sie sich | vérifiez | assurez-vous | asegúrese
    | compruebe | verificare | verifica che | assicurarsi | verifique | certifique-se | zorg ervoor | controleer
    | upewnij się | ujistěte se | zkontrolujte | győződjön meg | ellenőrizze | emin olun | kontroller | sørg for
    | varmista | tarkista | убедитесь | переконайтеся | 確認して | 확인하 | 请确保 | 确保 | 請確定 | 請確認
# That a client says so, which has more reasons.
client_says: says | it claims | tells me | not on the network | not available on the network | meldet | sagt | behauptet
    | nicht im netzwerk | dice | no está disponible en la red | dit que | indique | diz | segnala | zegt | meldt | mówi
    | pisze | zgłasza | hlásí | пишет | сообщает | と表示 | 提示 | 显示 | 在网络上不可用
inactive: idle | leerlauf | inactiv | inaktiv | inactief | inattiv | inativ | nieaktywn | bezczynn | nečinn | неактив
    | käyttämättömyy | toimettomuu | ledighed$ | 没有活动 | faal görünm | neaktivn | käyttämättömänä
    | {inactive_inflected}
inactive_inflected: bezczynno | nieaktywno | nečinnost | tétlen | inactivit | hareketsiz | boşta kal | бездейств
    | простоя | бездіяльн | простою | αδράνει | アイドル | 無操作 | 操作しない | 空闲 | 没操作 | 閒置 | 유휴
    | 사용하지 않았다 | bez ruchu | bez pohybu | fără activitate | 何もしない | 没动 | 沒動 | 아무것도 안
too_long: too long | zu lange | trop longtemps | demasiado tiempo | troppo tempo | muito tempo | te lang | tidsgrens
    | tidsgräns | yli sallitun | долгое время | надто довго | 経過 | 长时间 | 長時間 | 너무 오래
run_out: reached | exceeded | elapsed | is up$ | erreicht | überschritten | abgelaufen | atteint | dépassé | écoulé
    | expiré | alcanz | superad | agotad | atingid | excedid | esgotad | raggiunt | superat | scadut | bereikt
    | overschreden | verstreken | osiągnięt | przekroczon | upłyn | dosažen | překročen | elér | túllép | nått | nådd
    | nået | saavutett | достигнут | превышен | истек | досягнут | перевищен | 達した | 経過した | 超過 | 초과 | 도달
    | 已到 | 已达 | 已達 | 超过
conflict: conflict | konflikt | conflit | конфликт | 競合 | 충돌 | 冲突 | 衝突 | koliduje z | çakışıyor | çakışma
    | ristiriita | ütközik
apart: too far apart | skew | out of sync | not synchroni | time difference | differ by | weichen | are different
    | different from | différent | diferentes | diversi$ | diverse$ | olika | forskellig | forskjellig | eri ajassa
    | eri aikaa | mismatch | unterschied | écart | décal | diferencia | desfas | diferença | differenz | verschil
    | różnic | rozdíl | eltérés | fark | skiljer | расхожд | отлича | разниц | ずれ | 相差 | 差异
apart_inflected: śpieszy | spóźnia | różni | napřed | liší | pozadu | siet | eltér | késik | înaintea | diferă | în urm
    | ileri$ | geri$ | farklı | спеш | отлич | отста | различа | поспіша | відрізня | відстає | μπροστά | διαφέρει
    | 進んで | 遅れて | ずれ | 快 | 慢 | 不一致 | 不一樣 | 빨라 | 느려 | 달라
# What users and the client say in their own words: a thing, and what is said of it.
# What says no, where a row itself has what is denied: does not match.
no_word: not$ | dont$ | doesnt$ | didnt$ | isnt$ | arent$ | nicht$ | pas$ | no$ | non$ | não$ | niet$ | inte$ | ikke$
    | ei$ | eivät$ | eikä$ | ettei$
is_as_it_should_be: stimm | right$ | correct$ | richtig | korrekt$ | correspond | coincid | corrispond | confere$
    | bate certo | batem certo | klop | overeen | gelijk | stämm | stemm | passt$ | passen$ | passer$ | täsmää | oikein$
    | match$ | matches$ | matching$ | agree$ | agrees$ | the same$ | les mêmes$ | le même$ | la même$ | lo stesso$
    | like$ | ens$ | übereinstimm | identical$ | sama$ | samat$
made_out_to_another: is wrong | is incorrect | falsch | incorrect | non corretto | non è corretto | errato | sbagliato
    | incorreto | está incorreto | errado | onjuist | verkeerd | felaktigt | fel$ | forkert | feil$ | virheellinen
    | väärä | stimmt nicht | passt nicht
to_be_reached: reachable | available | reached | contacted | found$ | erreichbar | verfügbar | gefunden | joignable
    | löydy$ | löydetä$ | disponible | trouvé | raggiungibil | disponibil | disponíve | acessíve | alcançáve
    | localizable | alcanzable | accesible | bereikbaar | beschikbaar | gevonden | nås$ | nåbar | kontaktas | kontaktes
    | tilgjengelig | tilgængelig | tillgänglig | hittas | finnes$ | saada yhteyttä | saada yhteys | saatavilla
    | tavoitettavi
no_or_none: {no_word} | kein | aucun | ningún | nessun | nenhum | geen$ | ingen$ | inget$ | none$ | mikään$ | mitään$
time_restriction: time restriction | zeiteinschränkung | zeitbeschränkung | restriction horaire | restrictions horaires
    | restricciones de tiempo | restricciones horarias | restricción horaria | restricciones de horario
    | restrizioni orarie | restrizione oraria | restrição de horário | restrições de hora | tijdsbeperking
    | tijdbeperking | tidsbegränsning | tidsrestriktion | tidsbegrænsning | tidsbegrensning | aikarajoit
may_not: not allowed | isnt allowed | arent allowed | not permitted | may not | nicht erlaubt | nicht gestattet
    | nicht zulässig | darf nicht | interdit | pas autorisé | no se permite | no está permitid | prohibid
    | non è consentit | non è permess | vietat | não é permitid | proibid | niet toegestaan | niet mag | inte tillåt
    | ikke tilladt | ikke tillatt | ei ole sallit | ei sallita | kielletty
requires: requires | require$ | required | insists | wants$ | demands | verlangt | erfordert | fordert | erzwingt
    | will$ | braucht | exige | requiert | demande | veut$ | requiere | pide$ | necesita | richiede | vuole | pretende
    | esige | requer$ | pede$ | vereist | eist$ | vraagt | wil$ | kräver | kräv$ | kræver | krever | vaatii | edellyttää
blank_password: blank password | empty password | leere kennwörter | leeres kennwort | leere passwörter
    | leeres passwort | mot de passe vide | mots de passe vides | contraseña en blanco | contraseñas en blanco
    | contraseña vacía | contraseñas vacías | password vuot | senha em branco | senhas em branco | senha vazia
    | senhas vazias | palavra passe em branco | palavras passe em branco | palavras-passe vazias | leeg wachtwoord
    | lege wachtwoord | tomt lösenord | tomma lösenord | tom adgangskode | tomme adgangskode | blank adgangskode
    | tomt passord | tomme passord | blanke passord | tyhjä salasana | tyhjiä salasanoja | tyhjää salasanaa | pust* hasł
    | bez hasła | prázdn* hesl | bez hesla | üres jelszó | jelszó nélkül | parol* goal | fără parolă | boş parola
    | parolasız | boş şifre | şifresiz | пуст* парол | без пароля | порожн* парол | κεν* κωδικ | χωρίς κωδικό
    | 空のパスワード | パスワードなし | 空白密码 | 空密码 | 空白密碼 | 빈 암호 | 암호 없는
has_ended: beendet | getrennt | abgemeldet | geschlossen | mis fin | fermé$ | fermée | clos$ | déconnecté | finalizado
    | finalizó | cerró | cerrado | ha cerrado | desconectó | desconectado | terminó | terminato | terminata | chiuso
    | disconnesso | encerrou | fechou | desligou | beëindigd | afgesloten | afgemeld | verbroken | avslutat | stängt
    | stängde | loggat ut | loggade ut | kopplat från | afsluttet | lukket | logget af | logget mig af | afbrudt
    | avsluttet | logget av | logget ut | logget meg | lopettanut | lopetti | sulkenut | sulki | katkaissut | katkaisi
    | {has_ended_inflected}
has_ended_inflected: zakończył | rozłączył | wyrzucił | wylogował | ukončil | odpojil | vyhodil | odhlásil | zárta be
    | bontotta | kidobott | kiléptetett | a încheiat | dat afară | deconectat sesiun | mi-a deconectat | sonlandırdı
    | attı$ | kapattı | завершил | отключил | выкинул | выгнал | завершив | відключив | викинув | τερμάτισε | με πέταξε
    | αποσύνδεσε | 終了しました | 追い出され | 切断しました | 已结束 | 踢 | 断开了 | 已結束 | 中斷了 | 종료했 | 쫓아
    | 끊었 | 结束了 | 結束了 | 終了され | închis sesiun | mi-a închis | m-a delogat | çıkardı | викинула | ログオフさせ
    | 注销了 | 登出了 | 로그오프시켰
throw_out: throw out | throw them out | kick out | disconnect | log off | log out | getrennt | trennen | abmelden
    | abgemeldet | rauswerf | déconnecté | fermer sa session | desconectar | desconecte | cerrar la sesión | disconnett
    | scollega | desligar | eruit | afmelden | verbreken | koppla från | logga ut | kasta ut | afbryd | kobles fra
    | koble fra | logges av | logges af | smide | katkaist | kirjataanko | kirjata ulos
to_get_in: to log on | to sign in | to log in | to connect | anmelden | anzumelden | verbinden | se connecter
    | me connecter | entrar | acceder | iniciar sesión | conectarse | collegarsi | iniciar sessão | ligar se | inloggen
    | aanmelden | in te loggen | logga in | ansluta | logge på | logge ind | logge inn | koble til | kirjautua
    | yhdistää
signed_in_to_it: logged on | logged in | signed in | angemeldet | aangemeld | ingelogd | inloggade | pålogget
    | påloggede | logget på | logget ind | zalogowan | kirjautun | session ouverte | sesión iniciada
connects: connect | logs on | logged on | logs in | logged in | signs in | verbindet | anmeldet | angemeldet
    | meldet sich | entra$ | entró | inicia sesión | collega | accede | accesso | liga se$ | conecta | verbinding maakt
    | verbinding maken | inlogt | aanmeldt | ansluter | anslöt | loggar in | logger på | logger ind | loggede på
    | kobler til | koblet til | logger seg | yhdistää | kirjautuu | kirjautui
is_off: shut it down | is off$ | its off$ | switched off | turned off | powered off | powered down | shut down$
    | ausgeschaltet | aus ist | ist aus$ | heruntergefahren | éteint | apagad | spento | spenta | desligad | uit staat
    | staat uit | uitgeschakeld | uitgezet | avstängd | är av$ | avslagen | slukket | skrudd av | slått av | er av$
    | sammutettu | sammuksissa | pois päältä
lets_not_in: turns away | turns my | turns our | rejects | refuses | wont let | will not let | doesnt let | does not let
    | lässt nicht | nicht durch$ | nicht rein$ | weist ab | weist zurück | refuse$ | rejette | ne laisse pas | rechaza
    | no deja | respinge | rifiuta | non fa entrare | non lascia | recusa | rejeita | não deixa | weigert | laat niet
    | niet door$ | niet binnen$ | släpper inte | nekar | avvisar | afviser | lukker ikke | slipper ikke | avviser
    | ei päästä
identity_of: identity | identité | identidad | identità
cut_off: cut off | dropped | disconnected | closed | abgebrochen | getrennt | beendet | unterbrochen | coupé | fermé
    | déconnect | cortó | corta$ | cerró | desconect | caduta | chius | disconness | interrott | caiu | fechou
    | desligad | encerrad | verbroken | beëindigd | gesloten | bröts | avbröt | stäng | kopplas från | kopplades
    | afbrudt | afbrydes | lukket | brutt | avbrutt | koblet fra | kobles fra | avslutt | katkesi | katkais | päätty
    | sulkeutu
loses: loses$ | lost$ | losing$ | {i_lose} | verliert | verloren | perd$ | perdu | pierde | perdió | perde$ | perder a$
    | perso$ | raakt$ | verliest | kwijt | tappar | tappade | mister$ | mistet | menettää | menetti | lose$
i_lose: i lose$ | we lose$ | keep losing | verliere$ | verlieren$ | je perds | nous perdons | pierdo$ | perdemos
    | perdo$ | perdiamo | perco$ | tracę | tracimy | ztrácím | ztrácíme | теряю | теряем | втрачаю
takes: will mein | will das | accept$ | accepts$ | nimmt$ | nehmen$ | akzeptier | accepte$ | acepta | accetta | aceita
    | accepteert | godkän | accepterar | godkende | accepterer | godtar | godta$ | hyväksy | kelpaa
refused: denied | abgelehnt | verweigert | refusé | denegó | negato | recusou | rechaz | recusad | nekat | nektet
    | nægte | evätt | torju | weiger | afvis | avvis | respint | rifiuta | denegad | negou | geweigerd | odmówił
    | odrzucił | odmítl | odepřel | megtagadta | reddetti | nekade | отказал | отклонил | 拒否 | 拒绝 | 거부 | 拒絕
is_invalid: ungültig | n'est pas valide | no es válid | no válid | inválid | non valid | non è valid | ongeldig
    | nieprawidłow | niepoprawn | neplatn | érvénytelen | geçersiz | ogiltig | ugyldig | virheellinen | недопустим
    | недействител | неверн | недійсн | неприпустим | 無効 | 无效 | 無效 | 잘못되었 | 잘못된 | 유효하지
    | δεν είναι έγκυρ | nu este valid | невалиден | không hợp lệ | nesprávn | nieważn | nu e valid | 유효하지 않
    | revocat | odwołan | odvolán | visszavon | iptal edil | отозван | відклик | ανακληθ | 失効 | 吊销 | 撤銷 | 해지
is_denied: refusé | denegad | negado | negato | geweigerd | odmow | odepřen | odmietnut | zamietnut | megtagad
    | reddedil | nekad | nægtet | nektet | avvist | evätty | отклонен | отказан | запрещен | відхилен | заборонен
busy: currently busy | ausgelastet | actuellement occupé | occupés actuellement | sont occupés | tällä hetkellä varattu
    | is busy | are busy | bezet is | bezet$ | är upptag | er optaget | er opptatt | actuellement saturé | está ocupad
    | están ocupad | estão ocupad | ocupado en este momento | attualmente occupat | sono occupat | momenteel bezet
    | zijn bezet | obecnie zajęt | są zajęt | vytížen | meşgul | upptagen | upptagna | optaget | opptatt | varattu
    | ビジー | 正忙 | 繁忙 | 忙碌 | 忙線 | zajęt | zaneprázdn | foglalt | ocupat | занят | зайнят | απασχολημέν | 混み合
    | 사용 중 | 바쁘
to_this_computer: diesem computer | diesen computer | cet ordinateur | este equipo | esta computadora | este computador
    | questo computer | al computer | deze computer | tym komputerem | tego komputera | tomuto počítači | den här datorn
    | denne datamaskinen | denne computer | számítógép | bu bilgisayar | этому компьютеру | цього комп'ютера
    | цим комп'ютером
are_limited: ist begrenzt | ist beschränkt | est limité | est restreint | es limitado | está limitad | é limitado
    | è limitato | is beperkt | jest ograniczona | je omezen | är begränsat | er begrenset | er begrænset | korlátozott
    | sınırlı | ограничено | обмежено | обмежена
is_disabled: is disabled | has been disabled | was disabled | ist deaktiviert | deaktiviert ist | wurde deaktiviert
    | deaktiviert sei | sei deaktiviert | est désactivé | a été désactivé | soit désactivé | está desactivad
    | está deshabilitad | fue desactivad | è disattivat | è disabilitat | risulta disabilitat | risulta disattivat
    | está desativad | está desabilitad | foi desativad | is uitgeschakeld | staat uit | är inaktiver | är avstäng
    | er deaktiver | on poistettu käytöstä | on pois käytöstä | on suljettu
says_that_it: says it | says that it | says he | tells me it | meldet, er | dit qu'il | dice que | dice che | diz que
    | zegt dat
is_put_out: i get disconnected | we get disconnected | get disconnected | gets disconnected | getting disconnected
    | kicks me | kicked | throws me out | thrown out | drops me | session drops | session disconnects
    | session is dropped | wirft mich | wirft uns | fliege | rausgeworfen | verbindung bricht | sitzung bricht
    | je suis déconnecté | me déconnecte | suis éjecté | se déconnecte | me desconecta | se desconecta | me echa
    | se cae | mi disconnette | si disconnette | mi butta fuori | cai a sessão | cai a conexão | uitgelogd
    | eruit gegooid | wyrzuca | rozłącza | vyhazuje | выкидывает | выбрасывает | разрывает
by_itself: by itself | by themselves | on its own | of its own | von selbst | von allein | von alleine | tout seul
    | toute seule | solo$ | sola$ | por sí | sozinh | vanzelf | samo$ | sama$ | sam$ | само$ | сама$ | сам$ | 勝手に
    | 自动 | 自動 | 自己 | 저절로 | 갑자기
closes: closes | closed | quits | exits | ends | schließt | geschlossen | beendet | se ferme | fermée | har stängt
    | har lukket | se cierra | cierra$ | si chiude | fecha$ | encerra | sluit | gesloten | zavře | закрыва | 关闭
    | 關閉 | 닫힘 | 닫힙 | 閉じ | zamyka | zamkn | uzavř | bezár | închis | закрыл | закрит | закрив | sulki
fails: {cannot_inflected} | nie powiod | niepowodz | nezdařil | selhal | sikertelen | a eșuat | eșuat | başarısız
    | не удал | не вдал | απέτυχε | απέτυχαν | 失敗 | 失败 | 실패 | nie przychodz | не принима | не прийма | nepřijme
    | препятству | невозможно | nefogad | nu este accept | kabul edilmi | δεν γίνεται δεκτ | 受け付け | 不接受
    | 받아들이지 | nem fogad | nie jest przyjm | 受け付けられません | 받아들이지 않
unreached: {cannot_inflected} | nie widzi | nie znajd | niedostępn | nieosiągaln | nie ma dostępn | nevidí | nenaš
    | nenajde | nedostupný | nedostupná | nedostupné | nedosažiteln | nejsou k dispozici | není k dispozici | nem ér* el
    | nem talál | nem elérhető | nu găseș | indisponibil | nu există | nu ajung | nu răspund | ulaşam | ulaşılam | bulam
    | bulunam | erişilem | bulunmadığı | не видит | не находит | недоступ | недосяж | отсутству | не достуч | не бачить
    | не знаход | немає доступн | не достук | δεν βρίσκ | δεν φτάν | δεν υπάρχ | μη διαθέσιμ | δεν είναι διαθέσιμ
    | δεν είναι προσωρινά διαθέσιμ | δεν είναι προσβάσιμ | 見つけられ | 見つかりません | 見つからず | 届かず
    | 届きません | 利用できない | 利用できません | がないため | 找不到 | 不可用 | 暂时不可 | 完全不通 | 不通 | 찾지 못
    | 찾을 수 없 | 사용할 수 없 | 없으므로 | 到達できません | 到達できない | lež$ | leży$ | лежит | leží$
# What is complained of.
# In Chinese what there is none of stands between.
there_is_no: 没有 | 沒有
saved: zapisan* poświadcze | zapisan* hasł | uložen* přihlašovac | uložen* hesl | mentett hitelesítő | mentett jelszó
    | acredităr* salvat | parol* salvat | kayıtlı kimlik | kayıtlı parola | kayıtlı şifre | сохраненн* учетн
    | сохраненн* парол | збережен* обліков | збережен* парол | αποθηκευμέν* διαπιστευτήρι | αποθηκευμέν* κωδικ
    | 保存された資格情報 | 保存した資格情報 | 保存したパスワード | 保存的凭据 | 保存的密码 | 儲存的認證 | 存的密碼
    | 저장된 자격 증명 | 저장된 암호 | 저장된 비밀번호 | hasło zapisan | heslo uložen | парол* сохраненн
    | парол* збережен | κωδικ* που έχω αποθηκεύσει | 儲存的密碼 | 에 저장된 암호
does_not_come: {does_not_come_inflected} | (never, doesnt, does not, dont) (arrive, come, show up) | never arrives
    | never comes | kommt (nicht, nie, keine) | (n'arrive, ne vient) (pas, jamais, plus) | (no, nunca) llega
    | no me llega | non mi arriva | non arriva | (não, nunca) chega | komt niet | kommer (inte, ikke, aldrig, aldri)
    | ei tule
does_not_come_inflected: nie przychodz | nie przyszed | nechod | nepřich | nepřiš | nem jön | nem érkez | nu vine
    | nu mi vine | nu sosește | gelmiyor | gelmedi | не приход | не пришл | не прийш | δεν έρχεται | δεν μου έρχεται
    | δεν ήρθε | 来なく | 来ない | 届かず | 届かない | 届きません | 收不到 | 没收到 | 沒收到 | 안 와 | 안 옵 | 오지 않
    | limit czasu | časový limit | időtúllépés | expirat | zaman aşım | истекло время | час очікування | χρονικό όριο
    | タイムアウト | 超时 | 逾時 | 시간이 초과 | nie dosta | nepřijd | nem kap | nu primesc | не получа | не отриму
    | δεν λαμβάν | 来ず
refuses: odmawia | odrzuc | odmítá | odmítl | odepř | megtagad | visszautasít | refuză | respins | reddedi | reddet
    | отказыва | отклон | отверг | відмовля | відхил | αρνείται | αρνήθηκ | απορρίπτ | απορρίφθηκ | 拒否 | 拒绝 | 拒絕
    | 거부 | odmow | odmítnut | elutasít | отказано | відмовлено | άρνηση | nie przepuszcza | nie wpuszcza | geçirmiyor
    | nepropust | 통과시켜 주지 않
not_started: nie wystart | nie uruchom | nespustil | nem indult | nu a pornit | nu pornește | başlamadı | не запуст
    | δεν ξεκίνησε | 起動せず | 起動しません | 起動しない | 没有启动 | 沒有啟動 | 시작되지 않
please_wait: proszę czekać | zaprasz | witamy | počkejte | čekejte | vítejte | várjon | üdvözöljük | kis türelmet
    | așteptați | bun venit | lütfen bekleyin | lütfen* bekleyin | grup ilkesi istemcisi | hoş geldiniz | подождите
    | добро пожаловать | зачекайте | ласкаво просимо | περιμένετε | καλώς ορίσατε | お待ちください | ようこそ | 请稍候
    | 请等待 | 欢迎 | 請稍候 | 請等候 | 歡迎 | 기다려 | 환영합니다 | zastosow* ustawie | stosowanie ustawień
    | użyci* ustawień | použití* nastavení | beállítások alkalmazás | aplică setăril | ayarlar* uygulan
    | применени* параметров | застосуванн* параметрів | εφαρμογή* ρυθμίσεων | 設定を適用 | 应用用户设置 | 应用设置
    | 套用使用者設定 | 설정을 적용 | použití uživatelských nastavení
stops_inflected: przesta | přesta | перестает | перестал | перестає | încet
responding_inflected: odpowiadać | reagować | reagovat | odpovídat | отвечать | реагировать | відповідати | реагувати
    | să mai răspundă
no_reaction: nie reaguj | nereaguj | nem reagál | nu răspunde la | tepki vermi | не реагир | не реагує | δεν ανταποκρίν
    | 反応しません | 反応しない | 没反应 | 沒反應 | 반응이 없
differs: nieprawidłow | nie zgadza | nesprávn | neodpovíd | helytelen | nem egyez | incorect | nu corespunde | yanlış
    | eşleşmi | неправильн | не совпад | не збіга | εσφαλμέν | δεν ταιριάζ | 正しくありません | 一致せず | 一致しな
    | 違います | 不正确 | 不一致 | 不匹配 | 不正確 | 不符 | 不相符 | 올바르지 않 | 달라 | 일치하지 않
not_accepted: {refuses} | nie przyjm | nebere | nepřijím | nem fogad | respinge | nu acceptă | nu îmi acceptă
    | kabul etm | не принима | не приймає | δεν δέχεται | 受け付け | 不认 | 不接受 | 不認 | 받아 주지 않 | 받아들이지 않
    | nie są akceptowan | nie jest akceptowan | nejsou přij | není přij | 受け付けられません | nu* acceptă
demands: każe | chce$ | wymaga | żąda | vyžad | követel | kér$ | kéri | cere$ | vrea$ | istiyor | gerektir | требует
    | хочет | вимагає | хоче$ | ζητά | απαιτεί | θέλει | 求められ | 要求 | 必須 | 하라고 | 요구
to_change_the_password: zmienić hasł | zmian* hasł | změnit heslo | změn* hesla | jelszócser | jelszó* megváltoztat
    | schimb* parol | parola değiş | parolamı değiş | şifre değiş | сменить пароль | смен* пароля | изменить пароль
    | змінити пароль | змін* пароля | αλλαγή κωδικ | パスワードの変更 | 修改密码 | 更改密码 | 變更密碼 | 암호를 변경
    | 비밀번호를 변경
used_up: skończy | wyczerpa | došly | elfogy | terminat | epuizat | bitti | tükendi | закончил | закінчил | τελείωσ
    | 足り | 用完 | 不够 | 不夠 | 모자라 | 부족
wrong_time: zł* godzin | nieprawidłow* godzin | zł* czas | špatn* čas | rossz az idő | rossz az óra | ora greșită
    | saati* yanlış | неправильн* время | неправильн* час | λάθος ώρα | 時刻が間違 | 時計が間違 | 时间不对 | 時間不對
    | 시간이 틀
turned_it_off: wyłączył | vypnul | kikapcsolt | oprit | dezactivat | kapatmış | выключил | вимкнув | απενεργοποίησε
    | 無効にし | 关了 | 关掉 | 關了 | 關掉 | 꺼 놓 | 껐
self_signed: samopodpisan | podepsan* sebou | önaláírt | autosemnat | kendinden imzalı | самоподписан | самопідписан
    | αυτοϋπογεγραμμέν | 自己署名 | 自签名 | 自簽 | 自我簽署 | 자체 서명
are_full: zajęt | obsazen | foglalt | ocupat | dolu$ | занят | зайнят | πιασμέν | 埋ま | 满 | 滿 | 차서 | 찼
gives_up: poddaje | vzdá$ | feladja | renunță | vazgeç | сдается | здається | παρατά | 諦め | 放弃 | 放棄 | 포기
outside_or_not: {cannot_inflected} | poza$ | uniemożliwiaj | dozwolon | brání | mimo | povolen | kívül | bentru
    | împiedic | în afara | dışında | engelle | не позволя | не разреш | не дають | не дозвол | εμποδίζ | εκτός | 時間外
    | 外だと | 不在 | 目前無法 | 아니라고
only_from_to: dozwolone tylko | povolené jen | csak* között | permisă doar | sadece* arasında izin | sadece* izin
    | разрешен только | дозволено лише | επιτρέπεται μόνο | できるのは | 只允许 | 只允許 | 까지만
    | között lehet bejelentkez | arasında izin
not_in_it: nie jest w | nie ma go | není ve | nincs benne | nu este în | nu e în | değil | нет в | не входит | немає в
    | δεν είναι | 入っていない | 不在 | 없어 | 없습니다
broken: {fails} | stracił | utrac | megszakad | elvesz | pierdut | pierde | koptu | kaybol | слетел | злеті | втрат
    | χάθηκ | έχασε | 切れ | 失い | 丢 | 断 | 失去 | 斷 | 깨져 | 잃 | ztrát | utrat | потер | 遺失 | 끊어
# That the client says so.
says: komunikat | pisze | wyskakuje | hlásí | píše | azt írja | kiírja | mesaj | scrie | zice | diyor | yazıyor
    | говорит | пише | каже | λέει | γράφει | と出ます | と表示 | 提示 | 显示 | 顯示 | 라고 나 | 고 나옵
took_it: przej | na to samo konto | nawiązał | převzal | pod stejným | připojil | átvette | ugyanazzal a fiókkal
    | ugyanezzel | csatlakozott | preluat | același cont | s-a conectat la | aynı hesap | перехват | под мо* уч
    | под моей | подключился | перехоп | під моїм | підключився | πήρε | ίδιο λογαριασμό | συνδέθηκε στον | 奪
    | 同じアカウント | 接続したため | 抢 | 同一个账号 | 同一个帐号 | 已连接到此 | 搶 | 同一個帳號 | 已連線到遠端
    | 가져갔 | 같은 계정 | 에 연결하여 | vette át | převez | átvesz | preia | devral | забира | παίρν | 取られ | 넘어가
signed_in: zalogowan | přihlášen | bejelentkez | conectat | logat | oturum aç | oturumu açık | сидит | работает | вход
    | працює | увійшов | μέσα | συνδεδεμέν | ログオン | サインイン | 登录 | 登入 | 로그인 | 로그온 | jelentkezve
# Asked in a sentence of its own.
shall_i: rozłączyć$ | odpojit$ | lecsatlakoztass | îl deconectez | keseyim | отключить$ | відключити$ | αποσυνδέσω
    | 切断して | 断开他 | 中斷他 | 끊을까
turned_off: wyłączon | vypnut | ki van kapcsolva | închis | oprit | kapalı | выключен | вимкнен | κλειστός | 電源が切れ
    | 关机 | 關機 | 꺼져
dns_not: nie zna$ | nie rozpozna | nepřelož | nem old | nu găseș | nu rezolv | çözem | не знает | не разреша | не знає
    | δεν βρίσκ | 名前解決でき | 解析不 | 못 찾 | nie rozwiązuj | не резолв | δεν επιλύ | 引けず | 查不到 | 확인되지 않
    | nu se rezolv
occurred: apărut | produs | intervenit | παρουσιάστηκ | προέκυψ | συνέβη
loaded: załadow | wczyt | načí | načte | tölth | betölt | încărc | yükle | загру | завантаж | φορτώ | 読み込 | 加载
    | 載入 | 로드 | 불러
"""
