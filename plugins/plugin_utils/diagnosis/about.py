# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a text is about, before anything in it is read: a statement that another program's name or message stands in is
that program's; one that says that it is solved, that asks what would be, or that denies a code is no complaint.

Such statements are blanked out, so that what else the text says counts. Words of Remote Desktop in a statement keep it,
unless they say that it works. In doubt a statement is kept: whoever asks mostly pastes what the client showed. So none
is judged by another statement, but what others wrote and what would be, by one that says that nothing is wrong; and a
code goes only where the very words beside it say that it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ansible_collections.winops.rdp.plugins.module_utils.wire import negotiation
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.concepts import filled
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.sentences import folded

# Regular expressions for a text as ``folded`` has it, where a space stands for any that a line may be broken at.
_OURS = (
    r"rdp|rds (?:session|sitzung|host|farm|server|connection|verbindung)|session ?host|sitzungshost"
    r"|terminal[ -]?(?:session|sitzung)|remote (?:connection|verbindung)|mstsc|msrdc|[xw]?freerdp\w{0,24}|rdesktop"
    r"|remmina|guacamole|guacd|terminal ?server|remote ?computer"
    r"|remote ?pc|remoteapp|windows app|avd|azure virtual desktop|windows 365|credssp|nla|network level|rd gateway"
    r"|rdgw|rd-?gw|rdp-?gw|tsgw|ts gateway"
    r"|termservice|err(?:connect|info)_(?=\w)|ms-wbt\S{0,24}|3389/tcp|3389 port|port 3389"
    r"|remoteport : 3389|extended error code"
    # Its own codes; those of others are longer.
    r"|0x[1-9a-f][0-9a-f]{2,3}(?![0-9a-z])"
    # The oracle that CredSSP guards against is no database.
    r"|encryption|verschlussel\w{0,24}|chiffrement|cifrado|crittografia|criptografia|szyfrow\w{0,24}|шифрован\w{0,24}"
)
# How a host answers in the negotiation. These names are Remote Desktop's alone; inconsistent flags others have as well,
# and so it is with the statuses of a logon.
_ANSWERS = "|".join(name.lower() for name in negotiation.FAILURES.values() if name.endswith("_SERVER"))
# Behind a name, with the ending that some languages write to it: fjärrskrivbordet.
_WORKS = (
    r"\w{0,4}"
    r"(?: (?!not|nicht|ne|no|non|nao|не|nie|ne)\w+){0,4}? (?:works?|is fine|geht|funktioniert|lauft|(?:re)?fonctionne"
    r"|(?:re)?marche|funciona(?:r|ndo)?|funziona|werkt|dziala|funguje|mukodik|calisiyor|fungerar|funkar|fungerer|virker"
    r"|toimii|работает|працює)"
    r"(?! (?:not|nicht|pas|plus|niet|inte|ikke|only|nur))"
)
# What stands in messages of these programs and libraries alone, so that the whole text is theirs.
_MESSAGES = (
    r"(?:ora|tns|pls)-\d{4,5}|sbie\d{4}|530 (?:login|user|not logged)|psql:|sudo:|npm err!|curl: \(\d"
    r"|error \d{4} \([0-9a-z]{5}\)|sqlstate|password authentication failed|login failed for user"
    # SQL Server's 18456, in its translations.
    r"|fehler bei der anmeldung fur den benutzer|echec de l'ouverture de session de l'utilisateur '"
    r"|error de inicio de sesion del usuario|accesso non riuscito per l'utente '|falha de logon do usuario"
    r"|ошибка входа пользователя"
    # Of what other programs are written in, and of OpenSSH.
    r"|_ssl\.c:\d+|ssl_connect returned=|java\.sql\.|userauth-request|mm_answer_auth|port \d{1,5} ssh2"
    r"|auth: ?received control message|smbprotocol\.|nt_status_\w+|kdc_error:|net::err_|psremotingtransport"
    # How a line begins that OpenVPN, SSH, Ansible over WinRM, Git, LDAP, Kubernetes, or a client of HTTP logs.
    r"|verify error: depth=|tls error: (?:tls|unroutable|local/remote|incoming)|tls_error: bio"
    r"|(?:kex|ssh)_exchange_identification|ssh_dispatch_run_fatal|permission denied \(publickey"
    r"|host key verification failed|connection (?:reset|closed) by (?:\S+ ){1,4}port \d{1,5}(?:\s|$)"
    r"|unreachable! ?=>|(?:ntlm|kerberos|basic|certificate|credssp|plaintext|ssl): (?:the specified credentials were"
    r" rejected by the server|httpsconnectionpool|auth method)|httpsconnectionpool\(|winrm\w{0,24}(?:error|fault)"
    r"|fatal: (?:authentication failed for|unable to access|could not read from remote)|ldaperr: dsid|ldap_bind:"
    r"|mongo(?:server)?error|wrongpass|noauth authentication|ssh: (?:connect to host|could not resolve)"
    r"|failed to push some refs|error response from daemon|mount error\(\d|rsync:"
    # SQL Server's clients; PowerShell and WinRM; replication of a domain; shares; what manages virtual machines.
    r"|sspi[ -](?:context|kontext)|conte[sx]t[eo]? sspi|microsoft sql server, [^\W\d_]{2,12}:? \d"
    r"|pre-login handshake|provider: (?:ssl|tcp|named pipes|shared memory) provider|\[microsoft\]\[(?:odbc|sql)"
    r"|about_remote_troubleshooting|winrm (?:client )?cannot process the request"
    r"|connecting to remote server \S+ failed with the following|dsbindwith\w{1,40} to"
    r"|occurred attempting to synchronize"
    r"|windows cannot access \\\\|virtual machine management service|certutil:|tf\d{5}:"
    # Shared folders: the dialog that asks for a network's credentials, that their password is wrong, and net use.
    r"|enter network credentials|netzwerkanmeldeinformationen eingeben|informations d'identification reseau"
    r"|credenciales de red|credenziali di rete|credenciais de rede|ввод сетевых учетных данных|(?:specified )?network"
    r" password is not correct|angegebene netzwerkkennwort|mot de passe reseau (?:specifie|indique)|сетевой пароль"
    r"|(?:system ?error|systemfehler|erreur systeme|error de sistema|errore di sistema|erro de sistema"
    r"|системная ошибка) (?:53|67|8[56]|1219|1326)(?!\d)"
    # Citrix' receiver, VMware Horizon's client, and viewers of VNC.
    r"|unknown client error|the connection to ['\"][^'\"\n]{1,60}['\"] failed with status|vdpconnect_\w+"
    r"|nx> ?\d{3} |the nx service is not available|session negotiation failed\. ?\s?error: |(?:the )?error is \d{1,3}: "
    r"|protocol error: invalid rfb|no configured security type is supported|too many security failures"
    # Replies of FTP and SMTP, behind what FileZilla calls them or with an enhanced status; those of HTTP are others.
    r"|(?:response|antwort|reponse|respuesta|risposta|resposta|antwoord|odpowiedz|odpoved|valasz|yanit|svar|vastaus"
    r"|ответ|відповідь):\s{1,8}(?:2[235]\d|33\d|42[156]|45[0-2]|53\d|55\d) "
    r"|[45]\d\d[\x20-][45]\.\d{1,2}\.\d{1,3}(?![\d.])"
)
_PROGRAMS = (
    r"oracle|ords|sqlcmd|mysql|mariadb|postgres(?:ql)?|mongodb|redis|sap|confluence|jira|sharepoint"
    r"|onedrive|outlook|thunderbird|exchange[ -]online|wordpress|apache|nginx|iis|s?ftp(?:[ -]server)?"
    r"|filezilla|winscp|putty|teamviewer|anydesk|smbclient|cifs|mount a drive|network drive|netzlaufwerk"
    r"|lecteur reseau|unidad de red|kerbrute|ldap|imap|smtp|web ?shop"
    r"|erp|crm|photoshop|autocad|autodesk|matlab|netflix|for office|docker pull|pip install|curl|wget"
    r"|kubectl|kubernetes|smb share|samba|crackmapexec|impacket"
    # What administers Windows, or a part of it that has nothing to do with sessions.
    r"|vsphere|vcenter|bitlocker"
    r"|veeam|active ?sync|task scheduler|aufgabenplanung|management studio|visual studio|failover cluster manager"
    # What people have beside their work.
    r"|apple id|paypal|ebay|spotify|dropbox|minecraft"
    r"|playstation|xbox|roblox|(?:online|e)?[ -]?banking|bank(?:ing)? app|coffee machine|kaffeemaschine"
)
# What carries a complaint, or has users who log on to it with Remote Desktop: it must say something itself, and a colon
# behind it is not enough. The last is bookkeeping, in Cyrillic letters.
# Ways to a desktop of others, which are on hosts of Remote Desktop as well: these, too, must say something themselves.
_OTHER_DESKTOPS = (
    r"citrix(?: (?:workspace|receiver|vda|viewer|desktop)){0,2}|vmware horizon(?: client)?|horizon client"
    r"|(?:real|tight|ultra|tiger)?vnc(?: (?:viewer|server|connect))?|rustdesk|nomachine|logmein|gotomypc|gotoassist"
    r"|screenconnect|connectwise(?: control)?|bomgar|beyondtrust|dameware|radmin|ammyy|supremo|parsec|netsupport"
    r"|zoho assist|meshcentral|pcoip(?: client)?|amazon workspaces|nice dcv|x2go|moonlight"
)
# Whoever connects to one, or has its password, speaks of no session of Remote Desktop.
_ITS_PASSWORD = r"passwor[dt]|kennwort|mot de passe|contrasena|senha|wachtwoord|haslo|пароль|authentication|auth"
# What has passwords and accounts of its own that say nothing of a logon to Windows, however that is put in each
# language.
_HAS_ITS_OWN = (
    r"wi-?fi|w-?lan|wireless|vpn|e-?mailu?|mail(?:box)?|bank(?:ing|u)?|ban(?:co|ca|que)|shop|ваи-?фа\w{1,2}|банк\w{0,2}"
    r"|correo|posta|poczt\w{1,2}|почт\w{1,2}|sklep\w{0,2}|магазин\w{0,2}|tienda|boutique|negozio|loja"
    r"|(?:facebook|instagram|gmail|icloud|whatsapp|netflix)\w{0,3}|госуслуг\w{0,3}"
)
_THAT_PASSWORD = (
    r"passwor[dt]|kennwort|mot de passe|contrasena|senha|wachtwoord|парол\w{1,2}|hesl[oa]|hasl[oa]|jelsz[oa]\w{0,4}"
    r"|sifre\w{0,6}|parola|losenord"
    r"|passord|adgangskode|κωδικ\w{1,3}"
)
_FOR_IT = (
    r"(?:for|of|furs?|at|in|with|bei|im|beim|chez|en|nel|bij|w|v|в|у)(?: (?:the|der|die|das|le|la|el|il|de))?"
    r"|di|na|k|ke|do|du|de|del|da|(?:de )?la|от|к|на|для|від|до|του|τησ|στο|для входа в"
)
# In Russian and Ukrainian a password is from what it opens. What is of Windows, of a person or of a host is none.
_OF_WINDOWS = (
    r"rdp|windows|винд|учет|уч[иі]т|обл[иі]к|логин|лог[иі]н|профил|профіл|домен|комп|ноут|машин|пк(?!\w)|серв[еа]р"
    r"|терм[иі]нал|хост|удален|в[иі]ддален|раб|робоч|польз|корист|адм|вход|систем|ad(?!\w)|н(?:его|ее|их|ього|еі)(?!\w)"
)
# Of which nothing more is said than that it is another one.
_ANOTHER_PROGRAM = (
    r"(?:an)?other (?:app|program|website|site)|ander(?:e[mnrs]?) (?:app|programm|anwendung|webseite)"
    r"|autre (?:appli|application|programme|logiciel|site)|otr[oa] (?:app|aplicacion|programa|sitio)"
    r"|altr[oa'] ?(?:app|applicazione|programma|sito)|outr[oa] (?:app|aplicativo|programa|site)"
    r"|andere? (?:app|programma|site)|(?:inn|jin)\w{1,3} (?:aplikac|program|stron)\w{0,5}"
    r"|(?:друг|інш)\w{1,3} (?:приложен|програм|сервис|саит|застосун|додат|сервіс)\w{0,5}"
)
_ITS_ACCOUNT = (
    r"accounts?|konto(?:t|en)?|kont[aeu]|compte|cuenta|conta|cont(?:ul)?|uct\w|fiok\w{0,3}|hesa[bp]\w{0,3}|tili\w{0,3}"
    r"|аккаунт\w{0,2}|акаунт\w{0,2}|учетк\w|учетн\w{2} запис\w"
)
_ANOTHER_PASSWORD = (
    rf"(?:{_HAS_ITS_OWN})(?:'s)?[ -](?:{_THAT_PASSWORD}|{_ITS_ACCOUNT})"
    rf"|(?:{_THAT_PASSWORD}|{_ITS_ACCOUNT}) (?:(?:{_FOR_IT}) )?(?:{_HAS_ITS_OWN})"
    rf"|парол\w{{0,2}} (?:от|від) (?:(?:мо|сво|наш|ваш|нашо|ваш)\w{{1,3}} )?(?!{_OF_WINDOWS})\w{{2,40}}"
    rf"|(?:{_THAT_PASSWORD}|{_ITS_ACCOUNT}) (?:[\w']{{1,6}} ){{1,2}}(?:{_ANOTHER_PROGRAM})"
)
# What a program is for that has accounts of its own, and what it is called then: the payroll system, das
# Urlaubsprogramm.
_ITS_USE = (
    r"payroll|salary|hr|erp|crm|time[ -]?(?:tracking|sheets?|recording)|holiday|leave|vacation|travel|expenses?|booking"
    r"|accounting|bookkeeping|invoic\w{1,4}|billing|warehouse|inventory|learning|training|school|library|customer"
    r"|supplier|patient|parking|canteen|benefits|pension|tax|personnel|purchasing|procurement|shipping|ticket(?:ing)?"
)
_ITS_KIND = (
    r"systems?|portal|app|application|software|programme?|tool|planner|platform|site|website|solution|suite|database"
)
_ITS_USE_IN_ONE_WORD = (
    r"lohn|gehalts?|personal|zeiterfassungs|urlaubs|reisekosten|buchhaltungs|rechnungs|lager|lern|schul|kunden"
    r"|lieferanten|patienten|kantinen|bestell|einkaufs|warenwirtschafts|kassen|buchungs|ticket|hr|erp|crm"
    r"|salaris|personeels|verlof|uren|boekhoud|factuur|voorraad|klanten|leveranciers|leer|declaratie|reserverings"
    r"|lon(?:e|ns?)?|personale?|tids|semester|ferie|bokforings|bogforings|regnskaps|arende|sags|kund|kunde|faktura"
    r"|utbildnings|palkka|henkilosto|loma|tyoaika|laskutus|kirjanpito|varasto|asiakas"
)
_ITS_KIND_IN_ONE_WORD = (
    r"system|portal|programm?|software|app|tool|plattform|seite|anwendung|planer|systeem|portaal|platform|site|planner"
    r"|verktyg|jarjestelma|portaali|ohjelma|sovellu"
)
_ITS_KIND_OF = (
    r"systeme|portail|logiciel|application|appli|programme|outil|plateforme|site|sistema|portale?|programa|programma"
    r"|aplicacion|applicazione|aplicativo|aplicacao|app|herramienta|plataforma|piattaforma|gestionale|software"
    r"|sistemul\w{0,2}|portalul\w{0,2}|programul\w{0,2}|aplicatia|aplicatiei"
)
_ITS_USE_BEHIND = (
    r"paie|paye|rh|rrhh|hr|conges|temps|compta\w{0,8}|facturation|stocks?|formation|fournisseurs?|frais"
    r"|ressources humaines|nominas?|recursos humanos|vacaciones|fichaje|contabilidad|facturacion|almacen|formacion"
    r"|clientes|proveedores|reservas|gastos|empleados|paghe|stipendi|risorse umane|ferie|presenze|contabilita"
    r"|fatturazione|magazzino|formazione|clienti|fornitori|spese|folha|ferias|ponto|contabilidade|faturamento|faturacao"
    r"|estoque|fornecedores|despesas|pessoal|erp|crm|salarizare|contabilitate|facturare|concedii|tickets?|pagos?"
)
_ITS_USE_IN_SLAVIC = (
    r"kadrow|placow|urlopow|ksiegow|magazynow|szkoleniow|rezerwacyj|mzdov|personaln|dochazkov|ucetn|skladov|skolic"
    r"|зарплатн|кадров|бухгалтерс|складс|учебн|навчальн|банк[оі]вс"
)
_ITS_KIND_IN_SLAVIC = (
    r"systemu?|systemie|systemem|portalu?|portalem?|programu?|programie|programem|aplikac|платформ|систем|портал"
    r"|програм|приложен|застосун|додат"
)
_FOR_A_USE = (
    rf"(?:{_ITS_USE})[ -](?:[a-z]{{1,20}} )?(?:{_ITS_KIND})|(?:portail|espace) clients?"
    rf"|(?:{_ITS_USE_IN_ONE_WORD})-?(?:{_ITS_KIND_IN_ONE_WORD})\w{{0,5}}"
    rf"|(?:{_ITS_KIND_OF}) (?:(?:de|del|du|des|di|della|delle|dei|degli|da|do|dos|das|d|per|para|pour)[ '])?"
    rf"(?:(?:la|el|las|los|le|les|l)[ '])?(?:{_ITS_USE_BEHIND})"
    rf"|(?:{_ITS_KIND_IN_SLAVIC})\w{{0,3}} (?:{_ITS_USE_IN_SLAVIC})\w{{1,4}}"
    rf"|(?:{_ITS_USE_IN_SLAVIC})\w{{1,4}} (?:{_ITS_KIND_IN_SLAVIC})\w{{0,5}}"
    rf"|(?:ber|hr|szabadsag|konyvelo|szamlazo|raktar)\w{{0,4}}[ -]?(?:rendszer|program|portal)\w{{0,5}}"
    rf"|(?:bordro|ik|izin|muhasebe|fatura|stok|egitim) (?:sistem|portal|program|uygulama)\w{{0,8}}"
    rf"|(?:систем|портал|програм)\w{{0,3}} (?:для )?(?:расчета |учета |обліку |розрахунку )?"
    rf"(?:зарплат|кадр|отпуск|відпуст|бухгалтер|склад)\w{{0,4}}"
)
_CONNECTS_TO = (
    r"(?:connect\w{0,6}|log\w{0,5} (?:on|in)|sign\w{0,3} in) to|verbind\w{0,6} (?:mit|zum|met)"
    r"|conn\w{2,7} (?:a|au)|conec\w{1,6} (?:a|al|ao)|colleg\w{1,8} (?:a|al)|подключ\w{1,10} к"
)
_ARTICLE = r"(?:(?:the|an?|my|our|your|dem|un|le|el|il|o|het|de) )?"
# The hosts of such a pool are called as those of Remote Desktop.
_A_SESSION_HOST = r"(?:session ?|sitzungs)hosts?"
_ITS_HOSTS = (
    rf"(?:{_OTHER_DESKTOPS})(?:\W{{1,3}}(?!rds|rdp|remote)\w{{1,30}}){{0,8}}?\W{{1,3}}{_A_SESSION_HOST}"
    rf"|{_A_SESSION_HOST} (?:\w{{1,30}} ){{0,4}}?(?:in|of|from|on|im|des|der|du|de|del|di)"
    rf" {_ARTICLE}(?:{_OTHER_DESKTOPS})"
)
_MEETINGS = r"(?:ms |microsoft )?teams|zoom|skype|exchange"
_MESSENGERS = r"whatsapp|instagram|facebook|gmail|icloud|discord|slack|webex|game ?server|1с"
# A host that is called by what it is for: people log on to it with Remote Desktop.
_A_HOST = r"[ -]?(?:server|serveur|servidor|serwer|сервер|box|host|machine|vm)"
# Where others listen; a gateway and the web have 443. No time of the day: 10:22.
_PORTS = (
    r"(?:\bport[\s=:]{1,2}|(?:[^\W\d]|\.|\d{1,3}(?:\.\d{1,3}){3}|(?<![\w-])[a-z][\w-]{0,30}\d):)"
    r"(?:2[1235]|110|143|389|445|465|587|636|99[35]|1433|1521|3306|5432|59(?:0\d|8[56])|6379|6443|9200|27017)(?!\d)"
)
# A session that is called after a program, or goes through it, is that program's.
_A_SESSION = (
    r"(?:remote|terminal)[ -]?(?:session|sitzung|connection|verbindung)|session (?:distante|a distance)"
    r"|sesion remota|sessao remota|sessione remota|externe sessie|sesja zdalna|zdalna sesja"
    r"|удаленн\w{2} (?:сеанс|сесси\w)"
)
_THROUGH = (
    r"with|in|of|over|via|through|by|to|mit|uber|per|von|zum?|zur|de|du|avec|par|au?|con|di|al?|tramite|com|do|met|van"
    r"|naar|till?|z|przez|k|с|через|к"
)
# What a program says within a session, or where one is, is that program's as well.
_THERE = r"in|inside|within|on|at|im|in der|auf|auf dem|dans|sur|en|su|nel(?:la)?|sulla|em|na|no|op|w|ve?|pa|i|в|на"
_IN_IT = r"(?:session|sitzung|sesion|sessao|sessione|sessie|sesji|сеансе)"
# In a clause that says since when, a program is no more than what was installed then.
_SINCE_WHEN = (
    r"since|after|when|once|as soon as|seit(?:dem)?|nachdem|depuis(?: que)?|apres|desde(?: que)?|despues|dopo|da quando"
    r"|depois|sinds|nadat|odkad|od kiedy|po tym|pote co|sedan|efter att|siden|etter at|после|с тех пор"
)
_INSTALLED = (
    r"\w{0,6}(?:instal|updat|upgrad|remov|aktualis|actualis|mise? a jour|actualiz|aggiorn|rimoss|atualiz|bijgewerkt"
    r"|verwijder|aktualiz|usun|uppdater|opdater|oppdater|entfern|supprim|quit[ao]|elimin|установ|обнов|удал)\w{0,12}"
)
# Who says more of the program, and who is spoken of next where no comma stands before.
_THE_SAME = (
    r"it|es|er|il|elle|ello|lo|esso|het|on|ona|он|она|оно"
    r"|(?:the|das|le|el|il|o|het) ?(?:(?:pro|instal|app|client|tool|software)\w*|setup)"
)
_NEXT = (
    r"i|we|my|our|users?|people|everybody|nobody|ich|wir|mein\w?|unser\w?|je|nous|mon|notre|yo|ik|wij"
    r"|the|das|der|die|ist|sind|kommt|le|les|el|il"
)
# What people have on the way to Remote Desktop as well: these must say something themselves.
_ON_THE_WAY = (
    r"(?:open)?vpn|(?:cisco )?anyconnect|forticlient|globalprotect"
    r"|ssh|smb|w-?lan|wi-?fi|teams|exchange|office|router|website|webseite|site web|winrm"
    r"|printer|drucker|l?imprimante|impresora|stampante|impressora|drukark[ai]|tiskarn[ay]|yazici|skrivaren|принтер"
)
# What a form has behind a name: VPN: on. Office: Berlin. That it failed, which begins a word, is what is said there.
_FAILED = (
    r"fail|den(?:y|ied)|refus|reject|wrong|incorrect|invalid|error|expir|locked|disabled|timed out|unreachable"
    r"|lost(?!\w)|fehlge|falsch|verweiger|abgelehnt|ungultig|abgelaufen|gesperrt|echec|echou|erreur|erron|verrouill"
    r"|deneg|rechaz|fall(?:a|o|id[ao])(?!\w)|caduc|bloque|errat|negat|rifiut|scadut|bloccat|incorret|recus|falh"
    r"|mislukt|geweiger|onjuist|verlopen|odmow|nieprawid|nieudan|blad(?!\w)|wygas|odmit|chyb|nespravn|selhal|vyprs"
    r"|hatal|basarisiz|reddedil|felaktig|misslyck|nekad|forkert|mislyk|afvist|avvist|ошибк|отказ|неверн|неправильн"
)
_IN_A_FORM = (
    r"[^\S\n]*(?:(?:on|off|up|down|ok|okay|works?|working|fine|good|none|no|yes|n/a|connected|open|an|aus|ja|nein|geht)"
    rf"(?!\w)|(?![^\n.,;:]{{0,60}}(?:(?<![^\W_])(?:{_FAILED})|fehler))(?:[^\s.,;:]+[^\S\n]*){{0,2}}(?:[\n.,;]|$))"
)
_OF = r"(?:for|of)(?: the| our)?|fur(?: das| den| unser)?|vom|zum|du|del|da|do|van (?:de|het)"
_SAYS = (
    r"says|said|asked|logs(?! (?:on|in|off|out|into))"
    r"|shows|reports|complains|keeps asking|asks|answers|meldet|sagt|zeigt|verlangt|affiche|indique|dit"
    r"|signale|demande|dice|muestra|indica|pide|segnala|mostra|chiede|diz|exibe|pede|zegt|meldt|toont|vraagt|pokazuje"
    r"|pisze|mowi"
    r"|zglasza|hlasi|ukazuje|kiirja|diyor|gosteriyor|sager|visar|siger|viser|sier|sanoo|сообщает|пишет|показывает"
    r"|появляется сообщение"
)
_SOLVED = (
    r"(?:is|are|was|were|been|got|it's|that's) (?:(?!an? )\w+ ){0,2}?"
    r"(?:solved|fixed|resolved|unlocked|sorted out|taken care of)"
    r"|(?:ist|wurden?|war|sind|worden|hat sich) (?:\w+ ){0,3}?(?:behoben|gelost|erledigt|entsperrt|geklart|repariert)"
    r"|(?:c?est|ete) (?:\w+ ){0,2}?(?:resolu|corrige|debloque|deverrouille|repare|arrange|regle)e?"
    r"|(?:esta|quedo|fue|sido|foi|ficou|stato|stata|e) (?:\w+ ){0,2}?"
    r"(?:resuelt|solucionad|arreglad|desbloquead|resolvid|consertad|risolt|sistemat|sbloccat)[oa]"
    r"|(?:is|werd) (?:\w+ ){0,2}?(?:opgelost|verholpen|ontgrendeld|gefixt|geregeld)"
    r"|(?:zostal[ao]?|jest|juz) (?:\w+ )?(?:rozwiazan|naprawion|odblokowan|zalatwion)[yae]"
    r"|(?:byl[ao]?|je|uz) (?:\w+ )?(?:vyresen|opraven|odemcen)[aoy]?"
    r"|megoldodott|megoldottuk|megjavult|cozuldu|giderildi|duzeldi"
    r"|(?:ar|er|blev|blevet) (?:\w+ )?(?:lost|atgardat|fixat|upplast|rettet|fikset|ordnet)|on (?:ratkaistu|korjattu)"
    r"|(?:проблема|ошибка|уже|была|было) (?:\w+ ){0,2}?(?:решен|устранен|исправлен|починен|разблокирован)[ао]?"
    r"|(?:проблему|помилку|вже|було) (?:\w+ ){0,2}?(?:вирішен|усунен|виправлен|розблокован)[ао]?"
)
# Who looks after a program, and speaks as people do: what an administrator of Exchange says is of anything.
_A_PERSON = (
    r"admin(?:istrat\w{2,5})?s?|sysadmins?|teams?|guys?|lads?|people|person|colleagues?|consultants?|engineers?"
    r"|experts?|technicians?|specialists?|dba|dbas|support|help ?desk|department|dept|contractor|vendor|owner"
    r"|kolleg(?:e|in|en|innen)|abteilung|berater(?:in)?|betreuer(?:in)?|techniker(?:in)?|verantwortliche[rn]?"
    r"|collegue|equipe|responsable|technicien|equipo|tecnico|responsabile|collega|collegh[ei]|colega|beheerder|afdeling"
    r"|administrator\w{0,2}|administrador(?:es|a)?|amministrator[ei]|zespol|spravce|администратор|коллега"
)
_PERSON_SAYS = (
    r"says?|said|t(?:ell|old)s?|reports?|reported|writes?|wrote|claims?|claimed|complains?|complained|mentions?"
    r"|mentioned|asks?|asked|thinks?|meldet|melden|sagt|sagen|schreibt|schreiben|berichtet|fragt|meint|dit|disent"
    r"|signale|ecrit|dice|dicen|comenta|informa|escribe|scrive|dicono|segnala|diz|dizem|zegt|zeggen|meldt|schrijft"
    r"|mowi|pisze|zglasza|rika|hlasi|pise|sager|sier|sager|siger|говорит|пишет|сообщает"
)
# Behind whom no name may stand that makes a part of the program of it: the admin center says.
_NO_PART = r"(?!cent|cons|kons|port|pan|pag|seit|tool|interf|shell|acc|kont|login|log|app|client|site|server|web)"
# That it is not so yet, what has been since, or that somebody wishes it or asks how.
_NOT_SOLVED = (
    r"how|so that|sure|hope|wish|want|like|need|must|should|wie|damit|comment|pour que|como|para que|hoe|jak|zeby"
    r"|aby|как|чтобы|not|never|\w{1,8}n't|isnt|wasnt|arent|werent|hasnt|havent"
    r"|nicht|pas|jamais|no|nunca|non|mai|nao|niet|ikke|inte|nie"
    r"|neni|nem|не|if|until|once|when|wenn|bis|si|quand|cuando|quando|yet|since|after|nachdem|seit|seitdem|depuis"
    r"|apres|desde|despues|dopo|depois|sinds|nadat|odkad|po tym|после"
)
# What it was, where Remote Desktop works by now: RDP works again, it was only the password.
_IT_WAS_ONLY = (
    r"(?:it|this|that) was (?:only|just|simply|merely)|(?:es|das) (?:war|lag) (?:nur|bloss|lediglich|einfach)(?: an)?"
    r"|c'etait (?:juste|seulement|simplement)|(?:era|fue|foi|era stata?) (?:solo|soltanto|solamente|so|apenas|somente)"
    r"|het was (?:alleen|slechts|gewoon)(?: maar)?|det var (?:bara|bare|kun|blot)|(?:kyse oli|se oli) vain"
    r"|(?:to|chodzilo|byl[oa]?) (?:byl[oa]? )?tylko|(?:bylo|slo) (?:to )?jen|это был[аио]? (?:просто|всего лишь)"
)
# Somebody is thanked, and it is not thanks to what is named.
_THANKS = (
    r"(?:(?:thanks|thank you|thx)(?! to(?!\w))"
    r"|(?:vielen dank|danke|merci|muchas gracias|gracias|grazie|obrigad[oa]|bedankt|dank (?:u|je)"
    r"|dzieki|dziekuje|diky|dekuji|koszonom|tesekkurler|tack|takk?|kiitos|спасибо|дякую)"
    r"(?! (?:an den|an die|a|al|alla|au|aux|ao|till|til)(?!\w)))(?: [^\W\d]\w{0,20}){0,4}"
)
# Nothing but a time or thanks stand behind what is solved for good up to the end or a turn: no means, place or end.
_FOR_GOOD = (
    r"(?: (?:now|already|yesterday|depuis|since|inzwischen|gestern|hier|ayer|ieri|ontem))?"
    rf"(?:\W{{1,4}}{_THANKS})?\W*$"
)
# How a text begins that says so of what follows: Solved: the account was locked.
_SOLVED_ALONE = (
    r"solved|resolved|fixed|erledigt|gelost|behoben|resolue?|corrige|regle|resuelto|solucionado|resolvido|risolto"
    r"|sistemato|opgelost|rozwiazane|zalatwione|vyreseno|opraveno|lost|atgardat|ratkaistu|решено|исправлено|вирішено"
)
_BY_NOW = "already|meanwhile|now|inzwischen|schon|deja|ya|gia|ja|al|juz|uz|уже|вже"
_IT_IS = (
    r"(?:it|this|that|(?:the )?(?:problem|issue|ticket)|es|das|(?:das )?problem|(?:le )?probleme|(?:el )?problema"
    r"|(?:il )?problema|(?:o )?problema|het(?: probleem)?|problemet|det|feilen|felet|fejlen|ongelma|vika|проблема)"
)
_WAS = (
    r"was|were|had|war|waren|hatten?|wurde|avait|j'avais|avais|avions|c'etait|etait|etaient|tenia|teniamos|era|estaba"
    r"|habian?|habiamos"
    r"|avevo|avevamo|eravamo|tinha|tinhamos|estava|hadden|bylo?|byla|mielismy|mialem|meli|mel|hade|var|havde|hadde"
    r"|oli|был[аио]?"
)
# What speaks of the time after; and that it was nothing.
_SINCE = (
    r"since|ever since|then|seit(?:dem|her)?|danach|depuis|ensuite|puis|desde|despues|luego|da allora|dopo|poi|depois"
    r"|sinds(?:dien)?|daarna|sedan|siden|derefter|deretter|odtad|potem|od te doby|potom|с тех пор|потом|після"
    r"|nothing|nichts|rien|nada|niente|nulla|niets|nic|ingenting|intet|ничего|нічого"
)
_NEXT_CLAUSE = r"[,;]|\s[-\u2013\u2014]\s|(?<!\w)(?:and|und|et|y|e|i|en|och|og|и)(?!\w)"
# Nothing is wrong now, up to a mark: no place, time or people that it holds for alone.
_NOTHING_IS_WRONG = (
    r"(?:nothing is (?:broken|wrong)|nobody has (?:an? |any )?(?:problem|trouble)s?|we have no (?:problems?|trouble)"
    r"|everything works(?: fine)?|(?:all|everybody) gets? in"
    r"|nichts ist kaputt|niemand hat (?:ein |damit )?probleme?|wir haben keine? probleme?|(?:bei uns )?kommen alle rein"
    r"|alle kommen rein|alles (?:geht|funktioniert|lauft)|es (?:geht|funktioniert|lauft) alles"
    r"|tout (?:fonctionne|marche)|personne n'a de problemes?|nous n'avons (?:pas de|aucun) problemes?"
    r"|todo funciona|nadie tiene problemas|no tenemos (?:ningun )?problemas?"
    r"|(?:tutto funziona|funziona tutto)|nessuno ha problemi|non abbiamo problemi"
    r"|tudo funciona|ninguem tem problemas|nao temos problemas?"
    r"|alles werkt|niemand heeft (?:een )?probleem|we hebben geen problemen"
    r"|wszystko dziala|nikt nie ma problemow?|vse funguje|nikdo nema problem|allt fungerar|alt virker|alt fungerer"
    r"|minden mukodik|her sey calisiyor|все работает|ни у кого нет проблем)"
    r"(?: (?:right now|now|today|currently|at the moment|jetzt|heute|derzeit|zurzeit|ce matin|aujourd'hui|ahora|hoy"
    r"|adesso|oggi|agora|hoje|nu|vandaag|teraz|dzis|ted|dnes|сейчас|сегодня))?"
    r"(?=[^\S\n]*[.,;!)\n]|\W*$)"
)
# For whom or where it does not hold.
_EXCEPT = (
    r"except|apart from|other than|unless|ausser|bis auf|sauf|excepte|excepto|menos|salvo|tranne|eccetto|exceto"
    r"|behalve|oprocz|krome|кроме|utom|undtagen|unntatt"
)
_BUT_FOR = r"only|nur|seulement|solo|so|alleen|tylko|jen|bara|kun|только"
# What somebody else wrote, in the words that follow: in an article it says, in an article:
_WRITTEN = (
    r"(?:in|dans|en|nell?[oa]?|em|n[oa]|num|numa|i|w|v|в)(?: |')"
    r"(?:(?:an?|the|one|this|some|einem?r?|der|dem|diese[mr]|un|une|cet|cette|el|la|il|lo|una|um|o|uma|een|het"
    r"|pewn\w+|одной|этой) )?(?:\w+ ){0,2}?(?:articles?|blogs?|manuals?|guides?|runbooks?|documentation"
    r"|artikel|blogbeitrag|beitrag|handbuch|anleitung|dokumentation|manuel|documentacion|articulo|articolo|guida"
    r"|artigo|artykule|clanku|статье)(?: ?:|,? (?:(?:it|that|there|he|is|es|se|si|on|i) )?(?:says?|said|stands|reads?"
    r"|is written|written|stood|steht|stand|heisst es|geschrieben|est ecrit|dit|lit|dice|decia|lee|legge|scritto|diz"
    r"|le|staat|stond|pisza?|napisano|stoji|pise|stod|star|написано|пишут|сказано))(?!\w)"
)
# What somebody has met himself.
_MET = (
    r"i|i'm|i've|me|my|mine|we|us|our|he|she|they|gets?|got|shows?|showed|sees?|appears?|comes"
    r"|ich|mir|mich|mein\w{0,2}|wir|uns|unser\w{0,2}|er|sie|bekomm\w{1,2}|erhalt\w{0,2}|kommt|erscheint|zeigt|sehe\w?"
    r"|je|j'ai|moi|mon|ma|mes|nous|notre|j'obtiens|obtient|recois|recoit|apparait|affiche"
    r"|yo|me|mi|nos|nuestr\w|tengo|tenemos|sale|aparece|muestra|obtengo"
    r"|mio|mia|noi|ho|abbiamo|ricevo|appare|esce|mostra"
    r"|eu|meu|minha|nosso|tenho|temos|recebo|ik|mij|mijn|wij|ons|onze|krijg\w{0,2}|verschijnt|toont"
    r"|mam|mamy|moj|moja|widze|pojawia|mame|dostavam|jag|vi|jeg|min|far|я|мне|меня|мой|мы|нас|вижу|получаю|появляется"
)
# That it came again, or is so elsewhere; that names are resolved, and addresses fixed.
_NOT_FOR_GOOD = (
    r"back|again|until|till|returns?|returned|still|same|once more|for an?|another|others?|else|names?|dns|ips?"
    r"|address(?:es)?|wieder|erneut|noch|bis|zuruck|andere\w*|adressen?|de nouveau|encore|revient|revenue?|autres?"
    r"|otra|otro|de nuevo|vuelve|volvio|di nuovo|ancora|altr[oiae]|novamente|de novo|voltou|volta|outr[oa]s?|weer"
    r"|terug|znowu|znow|opet|znovu|ujra|megint|igen|tekrar|снова|опять|знову"
)
# How a clause begins that speaks of the one before it.
_BEFORE = (
    r"\W*(?:that|this|it|these|all|which|everything|das|dies|es|alles|cela|ca|c'?est|esto|eso|questo|isso|isto|dat|dit"
    r"|to|det|это|(?:the|der|das|le|el|il|o|het|l') ?(?:problem\w*|issue|error|fehler|erreur)|problem"
    r"|проблем[ау]|ошибка|помилку)"
)
# Asked of what has not happened.
_WHAT_WOULD_BE = (
    r"how long (?:may|can|should|is|does) (?:an?|one)|wie lange (?:darf|kann|soll|bleibt) (?:eine?|man)"
    r"|combien de temps (?:peut|dure|reste)\W{0,3}(?:une?|on)|cuanto (?:tiempo )?(?:puede|dura) una?"
    r"|quanto (?:tempo )?(?:puo|pode|dura) (?:una?|uma?)|hoe lang (?:mag|kan|blijft) een|jak dlugo (?:moze|trwa)"
    r"|как долго (?:может|длится)"
    r"|what (?:happens|would happen|if|would)|(?:can|could) (?:that|this|it) happen|was (?:passiert|ware),? wenn"
    r"|kann (?:das|uns das|es) (?:auch )?passieren|que se passe[- ]t[- ]il (?:si|quand)|que (?:pasa|ocurre) si"
    r"|cosa succede se|o que acontece se|wat gebeurt er als|co sie stanie,? (?:jesli|gdy)|co se stane,? kdyz"
    r"|mi tortenik,? ha|vad hander om|hvad sker der hvis|что будет,? если"
)
# Asked of what a code would mean: where somebody says that nothing is wrong, nobody has met it.
_WOULD_MEAN = (
    r"what would (?:[^\s?]{1,20} ){1,8}?mean|was wurde (?:[^\s?]{1,20} ){1,8}?(?:bedeuten|heissen)|was hiesse"
    r"|que (?:signifierait|voudrait dire)|que (?:significaria|querria decir)"
    r"|cosa (?:significherebbe|vorrebbe dire)"
    r"|o que (?:significaria|quereria dizer)|wat zou (?:[^\s?]{1,20} ){1,8}?betekenen"
    r"|co (?:by (?:oznaczal|znaczyl)\w{0,2}|(?:oznaczal|znaczyl)\w{0,2}by)"
    r"|co by znamenal\w{0,2}|vad skulle (?:[^\s?]{1,20} ){1,8}?betyda"
    r"|hvad ville (?:[^\s?]{1,20} ){1,8}?betyde|hva ville (?:[^\s?]{1,20} ){1,8}?bety"
    r"|что (?:бы )?(?:мог\w{0,2} бы )?(?:означал|значил|означать|значить)\w{0,2}"
)
# What somebody says not to be so, up to the end of the clause.
_DOUBTED = (
    r"(?:do not|don'?t) (?:think|believe)|(?:is not|isn'?t|was not|wasn'?t) because|(?:glaube|denke) nicht"
    r"|liegt nicht daran|ne (?:crois|pense) pas|n'est pas parce que|no (?:creo|pienso)|no es porque"
    r"|non (?:credo|penso)|non e perche|nao (?:acho|creio)|nao e porque"
    r"|(?:geloof|denk) niet|niet omdat|nie sadze|nie dlatego|nemyslim|inte for att|tror inte|tror ikke|не думаю"
    r"|не потому"
)
# What says in a question on a setting that somebody has met something.
_REPORTED = (
    rf"{_SAYS}|say|tell|gets?|got|error\w{{0,2}}|fail\w{{0,4}}|cannot|can'?t|won'?t|message|meldung"
    r"|\w{0,8}fehler\w{0,3}|erreurs?|mensaje|messaggio|mensagem|errore|erro|fout|blad|ошибк\w{1,3}|помилк\w{1,3}"
    r"|komm\w{1,2}"
    r"|lets? (?:me|us|them)|lass\w{1,3} (?:mich|uns)|laisse|deja|lascia|deixa|laat|пуска"
)
# A whole question on whether something is so.
_WHETHER = (
    r"(?:is|are|has|was|could|might) (?:the|my|his|her|our|their) (?:[a-z]+ ){1,5}[a-z]+"
    r"|(?:ist|hat|wurde|konnte) (?:das|der|die|mein|meine|sein|unser) (?:[a-z]+ ){1,5}[a-z]+"
)
_CALLED = (
    r"(?:(?:l'|d')?(?:an?|the|this|that|any|more|errors?|codes?|den|die|das|der|fehler|fehlercode|de|du|le|la|el"
    r"|erreur|erro|errore|codigo|codice|fout|blad|bledu|chyba|felkod|hiba|ошиб\w+|помилк\w+|код\w*) ){0,3}"
)
# What says directly before a code that it is not there. No more than a negation would not do: it does not work 0x904.
# Of what was once nothing is said here: we did not have 0x904 then. In Portuguese and French a bare no is none.
_DENIES = (
    r"(?:do not|don'?t) (?:think|believe) (?:it|this|that)(?:'s| is| was)|(?:glaube|denke) nicht,? dass es"
    r"|(?:(?:do|does) not|(?:don|doesn)'?t|nobody|no one|no longer) (?:longer )?"
    r"(?:sees?|gets?|has|have|receives?|shows?)|(?:is|it's) not|isn'?t|ist (?:auch )?nicht"
    r"|(?:n'ai|n'a|n'avons|n'ont|ne vois|ne voyons) (?:pas|plus)(?: non plus)?"
    r"|(?:no|tampoco) (?:veo|vemos|tengo|tenemos|hay|sale|aparece|es)"
    r"|(?:non|neanche|nemmeno|neppure) (?:vedo|vediamo|ho|abbiamo|c'e|esce|appare|compare|e)"
    r"|(?:nao|tampouco) (?:vejo|vemos|tenho|temos|ha|sai|aparece|e)|n'est pas|is (?:ook )?niet"
    r"|ar inte|er ikke|это не|це не"
    r"|nie (?:jest|ma|mam|mamy|widze|widzimy)|neni|nem(?:am|ame)|nevid(?:im|ime)|nem latom|nem latjuk"
    r"|(?:ar|er|har|ser|far) heller (?:inte|ikke|ingen)|(?:har|ser|far) (?:inte|ikke)|не (?:вижу|видим|бачу|бачимо)"
    # Of what follows, not of what goes before: there is no connection 0x904.
    r"|(?:нет|немає|nincs|tampoco|tampouco|neanche|nemmeno|neppure|evenmin)"
    r"(?= (?:an? |el |il |l'|o |de |а )?(?:err|cod|fout|ошиб|код|помилк|hiba))|neither|nor"
    r"|keine?n?|aucune?|ningun|nessun|nenhum|geen|zadny|ingen|inget"
)
_ONE_CODE = r"0x[0-9a-f]{1,8}(?![0-9a-z])"
# A pair goes as a whole.
_CODE = (
    rf"({_ONE_CODE}(?:(?: ?/ ?|[\s,(]{{1,3}}(?:\w+ ){{0,2}}?(?:extended|erweitert\w*)(?: \w+){{0,2}}:? ){_ONE_CODE})?)"
)
_BUT = r"but|sondern|mais|sino|ma|mas|maar|utan|men|lecz|ale|но|а"
# What may stand behind a denied code: nothing that would say where or when it is not there, or the code that is.
_DENIED_FOR_GOOD = (
    r"(?=\)?(?: (?:any ?more|either|mehr|non plus|mas|piu|mais|meer|wiecej|heller|больше|ist|war))?"
    rf"(?: ?[.,;:!\n]|\s*$| (?:nor|and|und|et|y|e) | (?:\w+ ){{0,5}}(?:{_BUT}) (?:\w+ ){{0,3}}0x|"
    r" (?:any ?more|mehr) (?:since|seit) ))"
)
# What makes it so all the same, at times or for some.
_NOT_ALWAYS = (
    r"only|always|before|until|except|why|if|when|unless|every|each|without|but (?!(?:\w+ ){0,3}0x)\w+"
    r"|nur|immer|vorher|bis|ausser|warum|wenn|falls|ohne|seulement|toujours|avant|jusqu\w*|sauf|pourquoi|quand|sans"
    r"|solo|siempre|antes|hasta|excepto|cuando|sin|sempre|prima|finche|tranne|perche|quando|senza|apenas|so|ate|sem"
    r"|alleen|altijd|behalve|waarom|tylko|zawsze|dlaczego|jen|proc|bara|kun|alltid|только|всегда|почему"
)
_GONE = (
    r"(?:is gone|has gone|no longer (?:appears|occurs|comes)|does(?: not|n'?t) (?:appear|occur|come)"
    r"|(?:kommt|erscheint|tritt) nicht|ist (?:weg|verschwunden)|n'apparait (?:pas|plus)|a disparu"
    r"|no aparece|ya no aparece|non (?:ap|com)pare|nao aparece|verschijnt niet|nie pojawia|не появляется|пропала)"
)
# A folder that another computer shares. The client's own drives are tsclient's, and a user's profile may lie on one.
_SHARE = re.compile(r"(?<![\w\\])\\{2,4}(?!tsclient)[\w.-]{1,63}\\{1,2}[\w$][\w.$\\-]*")
# Whoever opens one has it shown there: a folder in the Explorer: the password is wrong.
_SHOWS_FOLDERS = (
    r"explorer|explorateur|explorador|esplora file|verkenner|eksplorator\w*|pruzkumnik\w*|finder|проводник\w*"
)
# A file of Remote Desktop, or a link to it, may lie there; it says nothing itself.
_WHERE_A_FILE_IS = (
    r"from|von|vom|aus|depuis|desde|dal?|dall|van|uit|ze?|fran|fra|из|с|файл\w*|ярлык\w*"
    r"|files?|datei|fichier|archivo|arquivo|bestand|plik|soubor|shortcut|verknupfung|raccourci|acceso directo|link"
)
_NEAR_BEFORE = 60
_COLON = re.compile(r":(?=\s|$)")
_PROFILE = re.compile(folded("profil|perfil|профил|профіл|プロファイル|프로필|配置文件|設定檔"))
# Of scripts without spaces between words.
_CHINESE_OR_JAPANESE = {
    "ours": "加密|暗号化|암호화",
    "message": r"输入网络凭[据证]|ネットワーク ?資格情報の入力|指定的网络密码|指定されたネットワーク ?パスワード"
    r"|(?:响应|回应|回應|応答|응답):\s{0,8}[1-5]\d\d\s"
    r"|用户\s?'[^'\n]{1,60}'\s?登录失败|ユーザー ?'[^'\n]{1,60}' ?はログインできません",
    "program": "(?:給与|人事|勤怠|経費|会計|請求|在庫|販売|顧客|予約|学習|休暇)(?:管理)?"
    "(?:システム|ポータル|アプリ|ソフト|サイト)"
    "|(?:工资|薪资|薪資|人事|考勤|财务|財務|会计|會計|报销|報銷|库存|庫存|客户|客戶|学习|學習|培训|培訓|请假|請假)(?:管理)?"
    "(?:系统|系統|平台|门户|軟體|软件|网站|網站|应用|應用|程序|程式)"
    "|(?:급여|인사|근태|회계|재고|고객|예약|교육|휴가|경비)(?: ?관리)? ?(?:시스템|포털|앱|프로그램|사이트)"
    "|(?<!安全)(?:数据库(?!服务器)|データベース(?!サーバ))"
    "|(?:wi-?fi|vpn|无线|無線|网银|邮箱|信箱|メール|와이파이|이메일|메일|银行|은행|支付宝|微信|淘宝|넷플릭스|카카오톡)"
    " ?[の的]?"
    "(?:密码|密碼|账[号户]|帐[号户]|帳[號戶]|パスワード|アカウント|비밀번호|암호|계정)",
    "what_would_be": "(?:如果|假如)[^。！？]{1,60}(?:还能|還能|会不会|會不會)",
    "gone": " ?(?:は(?:出|表示され)ません|ではなく|不再出现|没有出现)",
}
# Goes on about whom the words before a semicolon name: Outlook asks for it; it says that it is wrong.
_IT_SAYS = (
    r"(?:it |es |er |sie |il |elle |on )?(?:says|claims|sagt|meldet|meint|schreibt|dit|affiche|dice|diz|zegt|meldt"
    r"|mówi|pisze|píše|säger|siger|sier|пишет|говорит)"
)
# A line of several words ends a statement with a colon, and where the next one is not indented and begins with no small
# letter.
_END = re.compile(
    rf"(?:[.!?]|;(?!\s+(?i:{_IT_SAYS})\b))(?=\s|$)"
    # Full-width marks are plain ones by now, and no space follows them.
    r"|(?<=[^\W\d_A-Z])[.!?;](?=[A-Z])|(?<=\d)[.!?;](?=[A-Z][^\W\d_]*\s)"
    r"|[。！？；]|(?<=[\u3040-\u9fff\uac00-\ud7a3])[!?;]"
    r"|\n\s*\n|(?<=[^\s>] )[^\s>.!?;:。！？；]+(:)(?=[^\S\n]*\n)"
    r"|(?<=[^\s>] )[^\s>.!?;。！？；]+(\n)(?![\sa-zß-öø-ÿа-я])"
)
_TURN = re.compile(
    r"(?<=[\s,;])(?:but|however|aber|sondern|mais|pero|sino|ma|mas|maar|ale|ama|men|но"
    r"|and (?:now|still)|und (?:jetzt|noch immer|trotzdem)|und nun|et maintenant|y ahora|e adesso|e agora)(?=[\s:,])"
    r"|(?<=[,;])\s*(?:now|yet|still|jetzt|nun|maintenant|ahora|adesso|agora|nu|teraz|теперь)(?=\W)|但|しかし|하지만",
    re.IGNORECASE,
)
_CLAUSE = re.compile("[,;:，：]")
_MORE = re.compile(r"\s+\w")
_QUESTIONS = ("?", "？")
_WITHOUT_SPACES = "\u0e00"


def _compiled(words: str, without_spaces: str = "", *, whole: bool = True) -> re.Pattern[str]:
    """Words of languages with spaces, which begin where a word does, and of others. What is pasted loses the blank
    behind a colon."""
    spaced = re.sub(r"(?<!\?): ", r":\\s*", words.replace(" ?", r"\s*")).replace(" ", r"\s+")
    found = rf"(?<![^\W_])(?:{spaced})" + r"(?!\w)" * whole
    return re.compile(f"{found}|{folded(without_spaces)}" if without_spaces else found)


class _Patterns:
    """Compiled when a text comes."""

    def __init__(self) -> None:
        other = _CHINESE_OR_JAPANESE
        called = [one.strip() for one in filled("{of_remote_desktop}").split("|")]
        ours = "|".join((_OURS, _ANSWERS, *(folded(one) for one in called if one[0] < _WITHOUT_SPACES)))
        ours_there = "|".join((other["ours"], *(one for one in called if one[0] >= _WITHOUT_SPACES)))
        self.ours = _compiled(ours, ours_there, whole=False)
        self.works = _compiled(f"(?:{ours}|{_PROGRAMS}|{_FOR_A_USE}|{_ON_THE_WAY}){_WORKS}")
        self.message = _compiled(_MESSAGES, other["message"], whole=False)
        on_the_way = (
            rf"(?:{_ON_THE_WAY})(?:(?:[ -]\w+){{0,3}}? (?:{_SAYS})| ?:(?!{_IN_A_FORM}))|(?:{_OF}) (?:{_ON_THE_WAY})"
            rf"|(?:{_MESSENGERS})(?: \w+){{0,3}}? (?:{_SAYS})"
            rf"|(?:{_OTHER_DESKTOPS})(?:(?: \w+){{0,3}}? (?:{_SAYS})| ?:(?!{_IN_A_FORM})|[ -](?:{_ITS_PASSWORD}))"
            rf"|(?:{_ITS_PASSWORD}) (?:{_OF}) {_ARTICLE}(?:{_OTHER_DESKTOPS})(?!{_A_HOST})"
        )
        # No host, account or file is meant: oracle.example.com, svc-sap, iis-01.
        named = rf"(?<![\\@-])(?:{_PROGRAMS}|{_FOR_A_USE})(?!\.\w|-\w*\d|{_A_HOST})"
        # Whose complaint it is may stand behind it: black screen after login (Teams).
        behind = rf"\((?:{_PROGRAMS}|{_OTHER_DESKTOPS}|{_MESSENGERS}|{_MEETINGS})\)"
        self._of_programs(f"{named}|{on_the_way}|{_ITS_HOSTS}", f"{other['program']}|{_PORTS}|{behind}")
        self._of_ways(ours)
        self.names = _compiled(f"{_PROGRAMS}|{_OTHER_DESKTOPS}|{_MESSENGERS}|{_ON_THE_WAY}")
        self.solved = _compiled(_SOLVED)
        self.for_good = re.compile(_FOR_GOOD.replace(" ", r"\s+"))
        self.not_for_good = _compiled(_NOT_FOR_GOOD)
        self.joined = re.compile(rf"(?:(?<!\w)(?:and|und|et|y|e|i|och|og|en|и)|{_ONE_CODE})\s+$")
        self.not_solved = _compiled(_NOT_SOLVED)
        self.speaks_of_before = _compiled(_BEFORE)
        headed = (
            r"(?:^|[,.;!\n\"\u201e\u201c\u00ab])\W{0,4}(?:c')?"
            rf"(?:(?:{_BY_NOW}) )?(?:{_IT_IS} )?(?:{_SOLVED}|{_SOLVED_ALONE}) ?[:,](?!\d)"
        )
        self.solved_as_said = re.compile(headed.replace(" ?", r"\s*").replace(" ", r"\s+"))
        self.was = _compiled(_WAS)
        self.since = re.compile(rf":|(?<!\w)(?:{_SINCE})(?!\w)")
        self.next_clause = re.compile(_NEXT_CLAUSE)
        self._of_nothing_wrong()
        self._of_questions()
        self.denied = _compiled(f"(?:{_DENIES}) {_CALLED}{_CODE}{_DENIED_FOR_GOOD}", whole=False)
        self.gone = _compiled(f"{_CODE}(?: (?:{_GONE}){_DENIED_FOR_GOOD}|{folded(other['gone'])})", whole=False)
        self.not_always = _compiled(_NOT_ALWAYS)

    def _of_questions(self) -> None:
        self.doubted = _compiled(_DOUBTED)
        self.what_would_be = _compiled(_WHAT_WOULD_BE, _CHINESE_OR_JAPANESE["what_would_be"])
        self.of_a_setting = _compiled("|".join(one.strip() for one in folded(filled("{restricted_mode}")).split("|")))
        self.reported = _compiled(_REPORTED)
        self.whether = re.compile(rf"(?:^|[:>„\u201c\"«])\s*(?:{_WHETHER})\W*$".replace(" ", r"\s+"))

    def _of_programs(self, names: str, without_spaces: str) -> None:
        self.its_hosts = _compiled(_ITS_HOSTS)
        self.program = _compiled(f"{names}|{_ANOTHER_PASSWORD}", without_spaces)
        self.but_for_passwords = _compiled(names, without_spaces)
        self.password = _compiled(_ANOTHER_PASSWORD)
        self.of_passwords = _compiled(f"{_THAT_PASSWORD}|{_ITS_ACCOUNT}")

    def _of_ways(self, ours: str) -> None:
        names = rf"{_PROGRAMS}|{_OTHER_DESKTOPS}"
        called = rf"{names}|{_MESSENGERS}|{_ON_THE_WAY}"
        self.person = _compiled(
            rf"(?:{called})(?:'s)?[ -](?:{_A_PERSON})(?: {_NO_PART}\w+)? (?={_PERSON_SAYS})"
            rf"|(?:{_A_PERSON}) (?:(?:{_OF}|de|di|for|von|der|od|voor) )?(?:the |das |den |l')?(?:{called})"
            rf"(?: {_NO_PART}\w+)? (?={_PERSON_SAYS})",
            whole=False,
        )
        # What it says next: X asks for a password. It says ...
        self.goes_on = re.compile(rf"\W*(?:{_THE_SAME})(?: \w+){{0,2}}? (?:{_SAYS})(?!\w)".replace(" ", r"\s+"))
        self.its_session = _compiled(
            rf"(?P<before>{names})(?:'s)?[ -](?:{_A_SESSION})"
            rf"|(?P<says>(?:{names}|{_ON_THE_WAY})(?:(?: \w+){{0,2}}? (?:{_SAYS}) ?:?|(?: \w+)? ?:))"
            rf" (?:\w+ ){{0,3}}?(?:{_A_SESSION})"
            rf"|(?P<there>{names}) (?:{_THERE}) {_ARTICLE}(?:{ours}) (?:{_SAYS})"
            rf"|(?:{_THERE}) {_ARTICLE}(?:{ours})(?:[ -]{_IN_IT})?,? (?:(?:{_SAYS}) )?(?P<inside>{names})"
            rf"(?= (?:{_SAYS})| ?:)"
            rf"|(?:{_A_SESSION}) (?:{_THROUGH}) {_ARTICLE}(?P<behind>{names})"
        )
        self.since_when = _compiled(
            rf"(?:{_SINCE_WHEN}) (?=[^,;:.!?]{{0,80}}?{_INSTALLED})[^,;:.!?]{{0,80}}?(?:{names})"
            rf"[^,;:.!?]{{0,60}}?(?=,(?! (?:{_THE_SAME})(?: \w+){{0,2}}? (?:{_SAYS})(?!\w))| (?:{_NEXT})(?!\w))",
            whole=False,
        )
        self.connects_to = _compiled(rf"(?:{_CONNECTS_TO}) {_ARTICLE}(?:{_OTHER_DESKTOPS})(?!{_A_HOST})")
        # Goes on with what it says: X: the password is wrong, X asks, and says: the password is wrong.
        self.it_says = re.compile(
            rf"\W*(?:(?:\w+\W+){{0,2}}(?:{_SAYS}|{_SHOWS_FOLDERS})(?!\w)\W*){{0,2}}$".replace(" ", r"\s+")
        )
        self.where_a_file_is = re.compile(rf"(?<!\w)(?:{_WHERE_A_FILE_IS})\W+(?:\w+\W+){{0,2}}$")

    def _of_nothing_wrong(self) -> None:
        self.nothing_is_wrong = _compiled(_NOTHING_IS_WRONG, whole=False)
        self.excepted = re.compile(rf"(?<!\w)(?:{_EXCEPT})(?!\w)|(?:^|[,;.!?:])\s{{0,2}}(?:{_BUT_FOR})(?!\w)")
        self.written = _compiled(_WRITTEN, whole=False)
        self.met = _compiled(_MET)
        self.would_mean = _compiled(_WOULD_MEAN)
        self.it_was_only = _compiled(_IT_WAS_ONLY)

    def way_to_another(self, words: str) -> re.Match[str] | None:
        """Where a statement says that somebody goes to another program, or to a folder that is shared."""
        share = None if _PROFILE.search(words) else _SHARE.search(words)
        if share and self.where_a_file_is.search(words, max(0, share.start() - _NEAR_BEFORE), share.start()):
            share = None
        return self.connects_to.search(words) or share

    def end_of_the_way(self, words: str) -> int:
        """Up to where a statement is of such a way: to its end, or to a colon that something else stands before."""
        way = self.way_to_another(words)
        colon = _COLON.search(words, way.end()) if way else None
        if way and (not colon or self.it_says.match(words[way.end() : colon.start()])):
            return len(words)
        return colon.start() if colon else 0

    def begin_of_a_password(self, words: str) -> int:
        """From where on a statement is of another's password or account alone: mine is locked, the Wi-Fi's I know. One
        that a clause adds, and says nothing of, is the one before: it is wrong, I mean the Wi-Fi's.
        """
        found = self.password.search(words)
        if not found or self.but_for_passwords.search(words) or self.message.search(words):
            return 0
        commas = [one.end() for one in _CLAUSE.finditer(words, 0, found.start())]
        added = not _MORE.match(words, found.end()) and commas and self.of_passwords.search(words, 0, commas[-1])
        return commas[-1] if commas and not added else 0

    def why_another_s(self, words: str) -> str:
        """What was left aside and why, in words; none of the text but the name of a program that is known here."""
        if self.message.search(words):
            return f"{_ANOTHER_S} (by the form of its message)"
        program = self.program.search(words)
        way = program or self.connects_to.search(words)
        name = self.names.search(way[0]) if way else None
        named = f"names {' '.join(name[0].split())}, and nothing" if name else "names nothing"
        if not way and _SHARE.search(words):
            named = "names a shared folder, and nothing"
        return f"{_ANOTHER_S} (its sentence {named} of Remote Desktop)"

    def complained_of(self, text: str) -> str:
        """A text as it is compared, without what it says to work, and with a program's own sessions by its name."""
        words = self.person.sub(" ", folded(text))
        words = self.its_session.sub(lambda found: found[found.lastgroup or 0], words)
        return self.works.sub(" ", words)


_patterns = cache(_Patterns)


@dataclass
class _Left:
    """A text, and what of it is left to be read."""

    text: str
    unread: dict[str, None] = field(default_factory=dict)

    def leave(self, low: int, high: int, why: str) -> None:
        # Not even what is before and behind belongs together.
        self.text = self.text[:low] + "." * (high > low) + " " * (high - low - 1) + self.text[high:]
        self.unread[why] = None


_ANOTHER_S = "what another program says was left aside"
_OVER = "what is said to be solved was left aside"
_NOT_SO = "what is said not to be so was left aside"
_ASKED = "what is only asked was left aside"
_OTHERS_WROTE = "what others wrote was left aside: nothing is said to be wrong"


def complaints(text: str) -> tuple[str, list[str]]:
    """What of a text is a complaint of Remote Desktop as far as can be told, in its place, and what was left aside, in
    words.
    """
    patterns, words = _patterns(), folded(text)
    foreign = bool(patterns.message.search(words))
    left = _Left(text)
    if foreign and not patterns.ours.search(patterns.complained_of(text)):
        left.leave(0, len(text), patterns.why_another_s(words))
    else:
        for judge, may_be in (
            (_of_another, foreign or patterns.program.search(words) or patterns.way_to_another(words)),
            (_where_nothing_is_wrong, patterns.nothing_is_wrong.search(words)),
            (_told_as_solved, patterns.solved_as_said.search(words)),
            (_it_was_only, patterns.it_was_only.search(words)),
            (_solved, patterns.solved.search(words)),
            (_denied, patterns.denied.search(words) or patterns.gone.search(words)),
            (_asked, "?" in words),
            (_doubted, patterns.doubted.search(words)),
        ):
            if may_be:
                judge(left, patterns)
    return left.text, list(left.unread)


def _statements(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each begins and ends, and the mark at its end."""
    low = 0
    for end in _END.finditer(text):
        yield low, end.start(end.lastindex or 0), end[0]
        low = end.end()
    yield low, len(text), ""


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Statements, each from one turn (but, now) to the next."""
    for low, high, _mark in _statements(text):
        turns = [found.start() for found in _TURN.finditer(text, low, high)]
        yield from zip((low, *turns), (*turns, high), strict=True)


# What a message is quoted between, and how long one is.
_QUOTES = {
    '"': '"',
    "\u201e": "\u201c\u201d",
    "\u201c": "\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u300c": "\u300d",
}
_LONGEST_MESSAGE = 400
# Before the mark of a text that is quoted as a whole, or is a field's: nobody says it in there.
_OF_THE_WHOLE = re.compile(r'(?:^\W*|"\s*:\s*)$')


def _end_of_message(text: str, low: int, high: int, patterns: _Patterns) -> int:
    """Where a program's message ends that is quoted in a statement: it may have more sentences than that one."""
    closing = ""
    for at, mark in enumerate(text[low:high], low):
        if mark in closing:
            closing = ""
        elif not closing and mark in _QUOTES and not _OF_THE_WHOLE.search(text, 0, at):
            closing = _QUOTES[mark]
    ends = [text.find(mark, high, high + _LONGEST_MESSAGE) for mark in closing]
    end = min((one for one in ends if one >= 0), default=high)
    return high if patterns.ours.search(folded(text[high:end])) else end


def _of_another(left: _Left, patterns: _Patterns) -> None:
    before, done = "", 0
    for begin, high in _parts(left.text):
        low = max(begin, done)
        if low >= high:
            continue
        words = patterns.since_when.sub(" ", patterns.complained_of(left.text[low:high]))
        why, before = before, ""
        if patterns.ours.search(patterns.its_hosts.sub(" ", words)):
            continue
        if patterns.message.search(words) or ("0x" not in words and patterns.program.search(words)):
            before, done = patterns.why_another_s(words), _end_of_message(left.text, low, high, patterns)
            low += _places(left.text[low:high])[patterns.begin_of_a_password(folded(left.text[low:high]))]
            left.leave(low, done, before)
        elif why and "0x" not in words and patterns.goes_on.match(words):
            before = why
            left.leave(low, high, why)
        elif "0x" not in words and (end := patterns.end_of_the_way(folded(left.text[low:high]))):
            left.leave(low, low + _places(left.text[low:high])[end], patterns.why_another_s(words))


def _said(left: _Left, pattern: re.Pattern[str]) -> Iterator[tuple[int, str, re.Match[str], Sequence[int]]]:
    """The parts that say so and do not ask: where each begins, its words as they are compared, where in these it is
    said, and the places of these in the text.
    """
    ends = {high: mark for _low, high, mark in _statements(left.text)}
    for low, high in _parts(left.text):
        words = folded(left.text[low:high])
        found = pattern.search(words)
        if found and ends.get(high) not in _QUESTIONS:
            yield low, words, found, _places(left.text[low:high])


def _solved(left: _Left, patterns: _Patterns) -> None:
    """A clause that says of itself, or of the one before it, that it is over; nothing farther off."""
    last = _last(patterns.not_for_good, left.text)
    for low, words, found, places in _said(left, patterns.solved):
        if not patterns.for_good.match(words, found.end()):
            continue
        before, clause = [0, 0, *(one.end() for one in _CLAUSE.finditer(words, 0, found.start()))][-2:]
        if patterns.not_solved.search(words, clause, found.end()) or last >= low + places[clause]:
            continue
        if patterns.speaks_of_before.match(words, clause):
            clause = before
        elif not patterns.joined.search(words, clause, found.start()):
            continue
        left.leave(low + places[clause], low + places[_end_of_clause(words, found.end())], _OVER)


def _told_as_solved(left: _Left, patterns: _Patterns) -> None:
    """What stands behind a heading that says so, in the past: Solved: the account was locked."""
    last = _last(patterns.not_for_good, left.text)
    for low, words, found, places in _said(left, patterns.solved_as_said):
        if "0x" in words:
            continue
        if last < low + places[found.end()] and not patterns.not_always.search(words):
            for begin, end in _in_the_past(words, found.end(), patterns):
                left.leave(low + places[begin], low + places[end], _OVER)


def _it_was_only(left: _Left, patterns: _Patterns) -> None:
    """What it was, behind words that Remote Desktop works: up to the end of what says so, where no turn follows."""
    for low, words, found, places in _said(left, patterns.it_was_only):
        works = patterns.works.search(folded(left.text[:low]) + words[: found.start()])
        if works and "0x" not in words and not patterns.not_always.search(words, found.end()):
            left.leave(low + places[found.start()], low + places[len(words)], _OVER)


def _in_the_past(words: str, begin: int, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """The clauses that say what was, up to what has been since."""
    since = patterns.since.search(words, begin)
    high = since.start() if since else len(words)
    ends = [*patterns.next_clause.finditer(words, begin, high)]
    for end in ends:
        if patterns.was.search(words, begin, end.start()):
            yield begin, end.start()
        begin = end.end()
    if patterns.was.search(words, begin, high):
        yield begin, high


def _where_nothing_is_wrong(left: _Left, patterns: _Patterns) -> None:
    """What is quoted from what others wrote, and what would be, where somebody says that nothing is wrong."""
    words = folded(left.text)
    if patterns.not_for_good.search(words) or patterns.excepted.search(words) or _TURN.search(left.text):
        return
    for low, high, mark in _statements(left.text):
        said = folded(left.text[low:high])
        if mark in _QUESTIONS and patterns.would_mean.search(said):
            left.leave(low, high, _ASKED)
        elif mark not in _QUESTIONS and patterns.written.search(said) and not patterns.met.search(said):
            left.leave(low, high, _OTHERS_WROTE)


def _places(text: str) -> Sequence[int]:
    """Where in a text is what the folded text has at each place: folding makes some of it longer or shorter."""
    if text.isascii():
        return range(len(text) + 1)
    return [*(at for at, one in enumerate(text) for _letter in folded(one)), len(text)]


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where in a text a pattern stands for the last time; -1 if it does not."""
    starts = [found.start() for found in pattern.finditer(folded(text))]
    return _places(text)[starts[-1]] if starts else -1


def _end_of_clause(words: str, at: int) -> int:
    rest = _CLAUSE.search(words, at)
    return rest.start() if rest else len(words)


def _denied(left: _Left, patterns: _Patterns) -> None:
    last = _last(patterns.not_for_good, left.text)
    for low, high, mark in _statements(left.text):
        words = folded(left.text[low:high])
        denied, gone = [*patterns.denied.finditer(words)], [*patterns.gone.finditer(words)]
        if not (denied or gone) or mark in _QUESTIONS or patterns.not_always.search(words):
            continue
        places = _places(left.text[low:high])
        for found in (*denied, *(one for one in gone if last < low + places[one.end()])):
            left.leave(low + places[found.start(1)], low + places[found.end(1)], _NOT_SO)


def _doubted(left: _Left, patterns: _Patterns) -> None:
    """Whoever doubts where a code is from has it."""
    for low, high in _parts(left.text):
        words = folded(left.text[low:high])
        found = patterns.doubted.search(words)
        if found and "0x" not in words:
            places = _places(left.text[low:high])
            left.leave(low + places[found.start()], low + places[_end_of_clause(words, found.end())], _NOT_SO)


def _asked(left: _Left, patterns: _Patterns) -> None:
    for low, high, mark in _statements(left.text):
        words = folded(left.text[low:high])
        of_a_setting = patterns.of_a_setting.search(words) and not patterns.reported.search(words)
        asks = of_a_setting or patterns.what_would_be.search(words) or patterns.whether.search(words)
        if asks and mark in _QUESTIONS and "0x" not in words:
            left.leave(low, high, _ASKED)
