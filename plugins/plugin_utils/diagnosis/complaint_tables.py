# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients complain of, put together from the concepts of all languages: an account and that it is locked. How rows
are read is in ``sentences``, what {name} stands for in ``concepts``.
"""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import (
    DISCONNECT,
    ERRINFO,
    FREERDP,
    STATUS,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.concepts import filled
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.sentence_tables import Row


def _filled(*rows: Row) -> tuple[Row, ...]:
    return tuple((filled(words), kind, number) for words, kind, number in rows)


NO_CAUSE = _filled(
    ("{internal} ... guacamole | bastion host", "", 0),
    # Several reasons, of which any may be the one.
    ("{following_reasons} + administrator has ended | administrator ended | admin has ended", "", 0),
    ("{following_reasons} + {by_an_administrator} + {ended}", "", 0),
    ("{following_reasons} ... {the_administrator_ended} | {the_administrator_ended_it}", "", 0),
)
GATEWAYS = _filled(
    ("{not_verified} + {rd_gateway}", DISCONNECT, 0x3000005),
    ("{identity_of} + {rd_gateway} + {not_verified}", DISCONNECT, 0x3000005),
    ("authorized to access the rd gateway | authorized to access the remote desktop gateway", DISCONNECT, 0x300001C),
    ("{gateway} + denied the user | access due to policy", DISCONNECT, 0x300001C),
    ("{gateway} ... subject name ... certificate is expired | certificate has expired", DISCONNECT, 0x3000003),
    ("{gateway} + certificate has expired | has been revoked", DISCONNECT, 0x3000007),
    ("{gateway} + certificate subject name", DISCONNECT, 0x3000006),
    ("no certificate was configured", DISCONNECT, 0x3000028),
    ("verify the identity of + {gateway}", DISCONNECT, 0x3000005),
    ("verify the certificate revocation list", DISCONNECT, 0x3000002),
    ("ssl certificate was revoked", DISCONNECT, 0x3000004),
    ("{gateway} + maximum allowed connections", DISCONNECT, 0x3000022),
    ("{gateway} + low on server resources", DISCONNECT, 0x300000F),
    ("sending data + {gateway}", DISCONNECT, 0x3000009),
    ("receiving data + {gateway}", DISCONNECT, 0x300000A),
    ("{gateway} + administrator has ended the connection", DISCONNECT, 0x3000019),
    ("{gateway} + has ended the connection", DISCONNECT, 0x3000018),
    ("{gateway} + user authentication failed", DISCONNECT, 0x3000038),
    ("{gateway} + user authorization failed", DISCONNECT, 0x3000039),
    ("{gateway} + authentication method different", DISCONNECT, 0x3000037),
    ("{gateway} + does not support the request", DISCONNECT, 0x3000023),
    ("{gateway} + capabilities", DISCONNECT, 0x3000024),
    ("{gateway} + are incompatible", DISCONNECT, 0x3000025),
    ("{gateway} + exchange policies", DISCONNECT, 0x300003B),
    # Its own event 103.
    ("{gateway} ... permissions to access ... certificate", DISCONNECT, 0x300000D),
    ("cookie was rejected", DISCONNECT, 0x3000035),
    ("invalid cookie was sent", DISCONNECT, 0x3000034),
    ("size of the cookie exceeded", DISCONNECT, 0x3000042),
    ("{gateway} ... is not allowed by your computer administrator", DISCONNECT, 0x3000029),
    # What a gateway itself logs (https://github.com/FreeRDP/FreeRDP/issues/4875), and a tunnel's client
    # (https://github.com/cloudflare/cloudflared/issues/377).
    ("meet the resource authorization policy", DISCONNECT, 0x300001B),
    ("meet the connection authorization policy", DISCONNECT, 0x300001C),
    ("failed to connect to origin + bad handshake", DISCONNECT, 0x300000D),
    ("user name and password are required | username and password are required + {gateway}", DISCONNECT, 0x300002B),
    ("smart card credentials are required + {gateway}", DISCONNECT, 0x300002C),
    ("restricted access + {gateway}", DISCONNECT, 0x300001F),
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
        "find any sessionhost | no healthy session host | no session host is available | no session hosts are"
        " available | no available session host",
        DISCONNECT,
        0x3000046,
    ),
    ("session timeout limit was reached", ERRINFO, 0x4),
    ("first log on to | must first log on to ... website", DISCONNECT, 0x300003D),
    # What it refuses is said to its client alone: https://github.com/mRemoteNG/mRemoteNG/issues/2486,
    # https://github.com/FreeRDP/FreeRDP/issues/4337 and /2958
    ("gateway ... status code: 401 | 401 unauthorized", DISCONNECT, 0x3000001),
    ("core.gateway ... status code | http/1.1 4 | http/1.1 5", DISCONNECT, 0x300000D),
    ("{rd_gateway} ... {permission_list} | not authorized | isnt authorized", DISCONNECT, 0x300001B),
    # The other reason that the same dialog names: the gateway knows hosts by another form of their names.
    ("{rd_gateway} ... netbios", DISCONNECT, 0x300001B),
    # Of the host, which the gateway is but the way to.
    ("{certificate_of_the_host} >> {expired} >> {rdgw}", DISCONNECT, 0x1B07),
    ("{gateway_server} + {unavailable} | {for_the_moment_unavailable}", DISCONNECT, 0x300000D),
    ("{the_host} >> {unreachable} | {unavailable} >> {rdgw}", DISCONNECT, 0x204),
    ("{certificate} >> {expired} >> {rdgw}", DISCONNECT, 0x3000007),
    # Before what is out of reach, which some languages say with the same word.
    ("{rdgw} | gateway server >> {unavailable} | {for_the_moment_unavailable}", DISCONNECT, 0x300000D),
    # Of what it is said, French has behind it.
    ("indisponibilité provisoire | indisponibilité temporaire + {rdgw}", DISCONNECT, 0x300000D),
    ("{rdgw} >> {lets_not_in}", DISCONNECT, 0x300001C),
    ("{rdgw} >> {unreachable} | incorrect", DISCONNECT, 0x300000C),
    ("{rdgw} + {not_authorized_elsewhere} | nicht zum zugriff | nicht für den zugriff", DISCONNECT, 0x300001C),
    ("{by_the_gateway} + {refused} + {policy}", DISCONNECT, 0x300001C),
    # Which hosts may be reached is the other policy's, that of resources.
    ("{rd_gateway} ... {refused_by_policy} ... {the_host}", DISCONNECT, 0x300001B),
    ("{rdgw} + {refused} + {for_a_policy}", DISCONNECT, 0x300001C),
    ("{policy_of_the_gateway} + {refused}", DISCONNECT, 0x300001C),
    ("{rdgw} >> {refused} >> {policy}", DISCONNECT, 0x300001C),
    ("{the_gateway} + {refused} + {its_policies}", DISCONNECT, 0x300001C),
    # Which does not say why: https://learn.microsoft.com/windows/win32/termserv/imstscaxevents-ondisconnected
    ("{rdgw} + console | konsole", "", 0),
    ("{cannot_connect_to_the_gateway}", DISCONNECT, 0x3000000),
    # Says no more, on the web: https://learn.microsoft.com/azure/virtual-desktop/troubleshoot-client-web
    ("{no_way_to_the_gateway} ... {because_of_an_error}", DISCONNECT, 0x300000D),
    (
        "{certificate_inflected} + {not_trusted_inflected} + {rd_gateway_inflected} | {any_gateway}",
        DISCONNECT,
        0x3000005,
    ),
    (
        "{certificate_inflected} >> {expired_inflected} | {is_invalid} >> {rd_gateway_inflected} | {any_gateway}",
        DISCONNECT,
        0x3000007,
    ),
    ("{rd_gateway_inflected} >> {certificate_inflected} >> {expired_inflected} | {is_invalid}", DISCONNECT, 0x3000007),
    ("{rd_gateway_inflected} | server* gateway + {no_permission}", DISCONNECT, 0x300001C),
    ("{rd_gateway_inflected} | server* gateway >> {refuses}", DISCONNECT, 0x300001C),
    ("{rd_gateway_inflected} | server* gateway + {refuses} + {access}", DISCONNECT, 0x300001C),
    ("{rd_gateway_inflected} | server* gateway + {there_is_no} + {permission}", DISCONNECT, 0x300001C),
    ("{rd_gateway_inflected} | server* gateway + {unreached} | {does_not_answer}", DISCONNECT, 0x300000D),
)
NLA = _filled(
    ("{network_level} | perform nla ... {domain_controller}", DISCONNECT, 0x1807),
    ("nla$ | nlan$ | {network_level} + {requires} + {no_word} | cant$ | cannot$", DISCONNECT, 0xB09),
    ("{network_level} | authentification nla ... {not_supported}", DISCONNECT, 0xB09),
)
# What Windows itself says for a status (MS-ERREF), in the words of its own translations:
# https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/
STATUSES = _filled(
    (
        "target principal name is incorrect | target account name is incorrect | zielprinzipalname ist falsch |"
        " entidad de seguridad de destino es incorrect | nom principal cible est incorrect",
        STATUS,
        0x80090322,
    ),
    ("{target_principal} ~ {wrong} | {is_invalid} | 間違って", STATUS, 0x80090322),
    ("대상 주체 이름이 올바르지 않 | 대상 보안 주체 이름이 올바르지 않", STATUS, 0x80090322),
    ("token supplied to the function is invalid", STATUS, 0x80090308),
    ("{token} + {of_the_function} + {is_invalid}", STATUS, 0x80090308),
    ("credentials supplied to the package were not recognized", STATUS, 0x8009030D),
    ("no credentials are available in the security package", STATUS, 0x8009030E),
    ("message or signature supplied for verification has been altered", STATUS, 0x8009030F),
    ("no authority could be contacted | no authentication authority", STATUS, 0x80090311),
    ("{no_authority} + {for_authentication}", STATUS, 0x80090311),
    # http://support.microsoft.com/kb/939820/th
    ("หน่วยงาน + ไม่สามารถติดต่อ + รับรองความถูกต้อง", STATUS, 0x80090311),
    ("{clock} + {apart}", DISCONNECT, 0x1D07),
    ("{clock} + {do_not_agree}", DISCONNECT, 0x1D07),
    ("{time_of_day} + {a_server} + {do_not_agree}", DISCONNECT, 0x1D07),
    ("authority that is not trusted", STATUS, 0x80090325),
    ("certificate + not trusted", STATUS, 0x800B0109),
    ("{certificate} | {issuer} ~ {not_trusted}", STATUS, 0x800B0109),
    ("message received was unexpected or badly formatted", STATUS, 0x80090326),
    ("received certificate has expired", STATUS, 0x80090328),
    ("possess a common algorithm", STATUS, 0x80090331),
    ("{client_and_server} ... {common_algorithm}", STATUS, 0x80090331),
    ("channel bindings were incorrect", STATUS, 0x80090346),
    ("encryption type requested is not supported | not support aes kerberos", STATUS, 0x80090342),
    ("time and or date difference", DISCONNECT, 0x1D07),
    (
        "istenen işlev desteklenmiyor | funzione specificata non è supportata | 요청한 함수는 지원되지 않 |"
        " 要求的函數不受支援",
        STATUS,
        0x80090302,
    ),
    ("specified target is unknown or unreachable", STATUS, 0x80090303),
    ("{local_authority} + {cannot}", STATUS, 0x80090304),
    ("{trust} + {domain}", STATUS, 0xC000018D),
    (
        "no logon servers available | no logon servers are | kein anmeldeserver verfügbar | keine anmeldeserver |"
        " aucun serveur d'ouverture de session | aucun serveur d'accès | no hay servidores de inicio de sesión |"
        " servidores de inicio de sesión disponibles | ningún servidor de inicio de sesión | nessun server di"
        " accesso | nenhum servidor de logon | servidores de logon disponíveis | geen aanmeldingsserver | geen"
        " aanmeldserver | brak serwerów logowania | brak dostępnych serwerów logowania | нет серверов входа | нет"
        " доступных серверов входа | ログオン サーバーはありません | 로그온 서버가 없 | 没有可用的登录服务器 |"
        " 沒有可用的登入伺服器",
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
        "may not log on at this time | not allowed to sign in at this time | logon hours restriction | time"
        " restrictions that keep you | time restrictions that prevent you | restricted the times during which |"
        " 违反帐户登录时间限制",
        DISCONNECT,
        0x1007,
    ),
    (
        "may not log on from this computer | isnt allowed to sign in to this computer | is not allowed to sign in"
        " to this computer | 不允许用户登录到此计算机",
        DISCONNECT,
        0x1107,
    ),
    ("用户帐户限制 | account restricted | account is restricted", DISCONNECT, 0xC07),
    ("未知的用户名或错误密码", DISCONNECT, 0x807),
    ("kdc is unreachable | cannot contact any kdc", STATUS, 0x80090311),
    ("{authentication_error} ... {function} ... {not_supported}", STATUS, 0x80090302),
    ("{credentials} ... {package} ... {recognized}", STATUS, 0x8009030D),
    ("{domain_controller} + {cannot_find}", DISCONNECT, 0x1807),
    ("{domain_controller} ~ {unreachable}", DISCONNECT, 0x1807),
    ("{domain_controller} + {no_or_none} + {to_be_reached}", DISCONNECT, 0x1807),
    ("contact a domain controller to service the authentication", STATUS, 0x80090350),
    ("because your domain isnt available | your domain is not available", DISCONNECT, 0x1807),
    ("not have a computer account for this workstation", STATUS, 0xC000018B),
    ("from a trusted certifying authority | from a trusted certification authority", STATUS, 0x800B0109),
    ("requested session access is denied", STATUS, 0xC00A002B),
    ("remote procedure call failed", STATUS, 0x800706BE),
    ("{profile} + {is_not_loaded} + {of_remote_desktop} | {logon} | log you on", STATUS, 0x800701F4),
    (
        "with a temporary profile | get a temporary profile | got a temporary profile | into a temporary profile |"
        " temporäres profil | temporären profil | profil temporaire | perfil temporal | perfil temporário |"
        " profilo temporaneo | tijdelijk profiel | profil tymczasowy | tymczasowy profil | tymczasowym profilem |"
        " profilu tymczasowego | dočasný profil | dočasným profilem | ideiglenes profil | geçici profil |"
        " tillfällig profil | midlertidig profil | väliaikainen profiili | временный профиль | временным профилем"
        " | тимчасовий профіль | 一時プロファイル | 一時的なプロファイル | 임시 프로필 | 临时配置文件 | 暫存設定檔",
        STATUS,
        0x800701F4,
    ),
    ("{terminal_server} + {most_connections} ... {is_exceeded}", STATUS, 0x800704D6),
    ("{choose_who_goes}", STATUS, 0x800704D6),
    ("{something_else} ~ {too_many_are_signed_in}", "", 0),
    ("{too_many_are_signed_in}", STATUS, 0x800704D6),
    ("{profile_service} ... {is_not_loaded}", STATUS, 0x800701F4),
    # Its first sentence alone.
    ("{profile_service} + {failed} | {could_not} + {logon}", STATUS, 0x800701F4),
    (
        "{profile_service} + n'a pas pu ouvrir | error del servicio | non è riuscito | kan de aanmelding niet",
        STATUS,
        0x800701F4,
    ),
    ("chrome | firefox | edge$ | browser | outlook | thunderbird ~ {user_profile}", "", 0),
    ("{user_profile} ~ {is_not_loaded}", STATUS, 0x800701F4),
    ("{too_many} + {signed_in_to_it} | {cannot_enter}", STATUS, 0x800704D6),
    ("{too_many} + {reached} + {a_terminal_server}", STATUS, 0x800704D6),
    ("{too_many} + {reached} + {host} | {remote_desktop} | rdp | terminal server", STATUS, 0x800704D6),
    (
        "{too_many} + on the server | on the terminal server | auf dem terminalserver |"
        " auf dem server | sur le serveur | en el servidor | no servidor | sul server"
        " | на сервере",
        STATUS,
        0x800704D6,
    ),
)
WINDOWS_OWN = _filled(
    ("{saved_credentials} ... {not_fully_verified}", DISCONNECT, 0x1607),
    ("{host} + {no_input}", ERRINFO, 0x3),
    ("{services} | {service} ~ {busy}", STATUS, 0x80071B70),
    ("{only_who_is_signed_in} + {computer}", STATUS, 0x80071B97),
    ("{time_or_date_differs} ... {computer} | {host}", DISCONNECT, 0x1D07),
    ("{time_allotted} + {not_connected} + {computer}", DISCONNECT, 0x108),
    ("{of_its_memory} ... {local_computer} ... {host}", DISCONNECT, 0x106),
    ("{problem_with} + {rds_licence}", ERRINFO, 0x106),
)
# Windows' own client and the Windows App, where a part of their sentence is enough.
CLIENTS = _filled(
    # Before what is said of the port, which a log may name beside it.
    ("failed at tls connect | support a common tls version | fail during tls | failed during tls", FREERDP, 0x20008),
    # In French the logon has the connection's word: what is asked for tells them apart.
    ("échec de la connexion ... nom d'utilisateur et votre mot de passe", DISCONNECT, 0x807),
    ("{another_user} | {signed_in_here} ... {if_you_continue}", STATUS, 0x80071B96),
    ("{who_is_signed_in} + {put_out} + {asks} ... {of_remote_desktop} | mstsc", STATUS, 0x80071B96),
    (
        "{says_no_to_it} ~ access to the pc | access to this pc | access to the computer | access to this computer",
        STATUS,
        0x80071B96,
    ),
    # Whoever is only watched may say no to that, too.
    ("{says_no_to_it} + {what_is_asked_for} + shadow | spiegeln", "", 0),
    ("{says_no_to_it} ~ {what_is_asked_for} ... {of_remote_desktop} | mstsc", STATUS, 0x80071B96),
    ("{full} | connections to this computer are limited", STATUS, 0x800704D6),
    ("{how_many_connections} + {to_this_computer} + {are_limited}", STATUS, 0x800704D6),
    ("{all_in_use} + {of_remote_desktop} | mstsc", STATUS, 0x800704D6),
    ("{asks_whether} + {a_colleague} + {throw_out}", STATUS, 0x80071B96),
    ("smart card + locked", DISCONNECT, 0x2207),
    ("smart card service is not running", DISCONNECT, 0x10A),
    ("smart card reader was not detected", DISCONNECT, 0x20A),
    ("no smart card reader is detected", DISCONNECT, 0x300002D),
    ("no smart card service is installed", DISCONNECT, 0x3000011),
    ("smart card has been removed", DISCONNECT, 0x3000012),
    ("no smart card is available", DISCONNECT, 0x3000013),
    ("smart card is not valid", DISCONNECT, 0x300003C),
    ("no card inserted in the smart card reader", DISCONNECT, 0x30A),
    ("{smart_card} ... {key_container}", DISCONNECT, 0x40A),
    ("{smart_card} ... {card_is_not_taken} ... {remote_desktop} | {logon} | {by_rdp}", DISCONNECT, 0x40A),
    ("error + smart card subsystem", DISCONNECT, 0x40A),
    ("{server_certificate} + {unexpected}", DISCONNECT, 0x607),
    # The certificate must be what has expired.
    ("{certificate} >> {expired} | out of date >> {host} | {of_remote_desktop} | mstsc | rds$", DISCONNECT, 0x1B07),
    ("{certificate_of_the_server} >> {expired} ... {of_remote_desktop}", DISCONNECT, 0x1B07),
    ("{problems} ... {security_certificate} ... {host}", DISCONNECT, 0x907),
    ("{rdp_says_of_a_certificate} ~ {expired}", DISCONNECT, 0x1B07),
    ("sign in with a user id in this format", DISCONNECT, 0xA07),
    ("already have a console session", DISCONNECT, 0x708),
    ("{low_on_memory} + {host}", ERRINFO, 0x6),
    ("{low_on_memory} ... {remote_desktop}", DISCONNECT, 0x106),
    ("{graphics} + {did_not_start} + {of_remote_desktop} | {my_session} | {host}", ERRINFO, 0x11),
    ("{of_remote_desktop} + graphics mode | grafikmodus + {an_error}", ERRINFO, 0x112D),
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
    ("{restricted_mode} + {is_not_on}", DISCONNECT, 0xE09),
    ("credentials may not be sent", DISCONNECT, 0xF08),
    ("connection to the remote computer was lost", DISCONNECT, 0x904),
    ("might be due to an expired password", DISCONNECT, 0x207),
    ("make sure the pc is turned on and connected to the network", DISCONNECT, 0x204),
    # On the web and in the Windows App it is a right or a rule of access that is missing, no fault of encryption:
    # https://learn.microsoft.com/azure/virtual-desktop/troubleshoot-azure-ad-connections
    ("{security_error} ... remote pc | pc distant | pc remot | 원격 pc | 远程电脑", DISCONNECT, 0x1307),
    ("{security_error} ... {remote_computer} ... {technical_support}", DISCONNECT, 0x1307),
    ("{for_a_security_error} ... {remote_computer} | {terminal_server}", DISCONNECT, 0x406),
    # Translations make a sentence of its own of the reason.
    ("{cannot_connect_to_it} ... {security_error}", DISCONNECT, 0x406),
    # Before the error of any protocol.
    ("{licensing_protocol_elsewhere} ~ {an_error}", ERRINFO, 0x100),
    ("licensing protocol | license protocol + {one_laptop}", ERRINFO, 0x100),
    ("{licensing_protocol} + {an_error} + {session} | {computer} | {host}", ERRINFO, 0x100),
    ("{for_a_protocol_error} + {session}", DISCONNECT, 0xD06),
    ("{error_in_encryption} + {session} | {kicked}", DISCONNECT, 0xC06),
    ("{a_protocol_error} + {my_session} + {cut_off}", DISCONNECT, 0xD06),
    ("{network_or_interactive} + {has_restricted}", DISCONNECT, 0x1307),
    ("{saved_credentials} + {are_not_allowed}", DISCONNECT, 0x1607),
    ("{the_computers} + {has_restricted} + {that_you_may_log_on_to}", DISCONNECT, 0x1107),
    ("{restricted_the_computers}", DISCONNECT, 0x1107),
    ("{sign_in_method} + {not_allowed}", DISCONNECT, 0x1307),
    (
        "konto ist so konfiguriert | compte est configuré pour vous empêcher | cuenta está configurada para"
        " impedir | account è configurato per impedire | 사용하지 못하도록 구성 | 사용할 수 없도록 계정이 구성 |"
        " 配置为阻止你",
        DISCONNECT,
        0x1307,
    ),
    ("{remote_desktop} + {cannot_find} + {computer}", DISCONNECT, 0x104),
    ("{remote_computer_itself} >> {was_not_found}", DISCONNECT, 0x104),
    ("{remote_computer_is_not_found}", DISCONNECT, 0x104),
)
LICENSING = _filled(
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
        "licensing nego not implemented | licensing negotiation not implemented | license negotiation not"
        " implemented | licensing negotiation not supported | licensing negotiation is not supported | license"
        " negotiation not supported | license negotiation is not supported",
        DISCONNECT,
        0x808,
    ),
    (
        "{grace} + {expired} | {ended} | over$ | vorbei | finita + {rds_licence} | {remote_desktop} | {licence_server}",
        ERRINFO,
        0x101,
    ),
    ("{rds_licence} + {expired}", ERRINFO, 0x102),
    ("licensing error", ERRINFO, 0x100),
    ("no license server | no licence server | no remote desktop license server", ERRINFO, 0x101),
    ("{licence_server} ~ {none}", ERRINFO, 0x101),
    ("{rds_licence} ~ {none}", ERRINFO, 0x102),
)
# What the error info of a broker says in MS-RDPBCGR (2.2.5.1.1), for programs that give the words alone.
BROKERS = _filled(
    ("{broker} + {cannot} + {in_the_rdp_file}", ERRINFO, 0x410),
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
SESSIONS = _filled(
    (
        "angeforderte sitzungszugriff | angeforderten sitzung | {requested_session} + {refused} | {is_denied}",
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
    (
        "session ended | session was ended | session has ended | sitzung wurde beendet | session a pris fin"
        " | session s'est terminée | sesión finalizó | sesión terminó ~ because | since | da | weil | car | parce"
        " | porque ~ pc is restarting | pc was restarted | computer is restarting | computer was restarted"
        " | remotecomputer neu gestartet | remotecomputer neugestartet | distant redémarre | distant a redémarré"
        " | equipo remoto se reinició | remoto se está reiniciando",
        ERRINFO,
        0x1A,
    ),
    ("display driver + did not report any status", ERRINFO, 0xF),
    ("display driver + failed to complete", ERRINFO, 0x11),
    ("display driver + not usable", ERRINFO, 0x12),
    ("target endpoint could not be found", ERRINFO, 0x400),
    ("active session limit | logon timeout reached", ERRINFO, 0x4),
    ("{wished} + {kicked} + {inactive} | {nothing_done}", "", 0),
    # People are logged on to much, and thrown out of it when idle.
    ("{of_remote_desktop} >> {kicked} | {breaks} >> {inactive} | {nothing_done}", ERRINFO, 0x3),
    ("踢下线远程桌面$ + {inactive} | {nothing_done}", ERRINFO, 0x3),
    # So are what programs log of their own sessions.
    ("logs$ + {inactive}", "", 0),
    ("{kicked} + {nothing_done} + {of_remote_desktop}", ERRINFO, 0x3),
    ("{session} + {inactive} + {breaks} | {closes} | {ended} | {run_out} | {too_long}", ERRINFO, 0x3),
    ("{limit} + {idle_time} + {run_out}", ERRINFO, 0x3),
    ("leerlaufzeit + {run_out}", ERRINFO, 0x3),
    ("{session_s_time} + {run_out}", ERRINFO, 0x4),
    ("session | sesión + time limit | límite de tiempo + {run_out}", ERRINFO, 0x4),
    ("{by_an_administrator} + {remote_session} + {ended}", ERRINFO, 0x2),
    ("{the_administrator_ended} ~ {remote_session}", ERRINFO, 0x2),
    ("{the_administrator_ended_it}", ERRINFO, 0x2),
    (
        "administrator logged | administrator has ended | administrator ended | administrator disconnected | admin"
        " logged | admin disconnected + session | me$ | you$ | us$",
        ERRINFO,
        0x2,
    ),
    ("{an_administrator} ~ {threw_me_out}", ERRINFO, 0x2),
    ("{an_administrator} + {has_ended} + {my_session}", ERRINFO, 0x2),
    # Guacamole's for an end by an administrator's tool (src/protocols/rdp/error.c of guacamole-server).
    ("{rd_server} ~ {by_force}", ERRINFO, 0x1),
    ("{somebody_else} ... {kicked}", ERRINFO, 0x5),
    ("{same_account} + {connects} + {somebody_else} | {kicked} | {breaks}", ERRINFO, 0x5),
    ("server ~ idle timeout", ERRINFO, 0x3),
    ("{conflict} + {connection}", ERRINFO, 0x5),
    ("{another_connection}", ERRINFO, 0x5),
    ("session was replaced | another device has connected to this session", ERRINFO, 0x5),
    ("{another_user} + {has_connected}", ERRINFO, 0x5),
    ("別のユーザー + 接続", ERRINFO, 0x5),
    ("server is out of memory | server ran out of available memory | メモリリソースが不足", ERRINFO, 0x6),
    ("does not accept saved user credentials | 保存されたユーザー資格情報を受け入れない", ERRINFO, 0xA),
    (
        "insufficient privileges | insufficient user privileges | insufficient access privileges |"
        " アクセス権限が不十分 | denied access to this connection | target machine denied access | запретил доступ"
        " к этому соединению | autorisé pour l'ouverture de session à distance | not allowed to log on remotely |"
        " not allowed to sign in remotely | nie zezwolił na połączenie | bağlantıya erişim izni vermedi | nekat"
        " åtkomst till anslutningen | odepřel přístup k tomuto připojení | negou o acesso a esta conexão | ei ole"
        " etäkirjautumisoikeu",
        ERRINFO,
        0x9,
    ),
    (
        "{no_permission} + {connection} | {logon} | {remote_logon} | connecter | remotedesktop anzumelden |"
        " accedere in desktop remoto | do pulpitu zdalnego",
        ERRINFO,
        0x9,
    ),
    ("{of_remote_desktop} + {no_permission} + {to_get_in}", ERRINFO, 0x9),
    ("non è abilitat ~ al desktop remoto | all'accesso remoto | all'rdp", ERRINFO, 0x9),
    ("{of_remote_desktop} + darf$ | dürfen$ | mag$ | mogen$ + nicht$ | niet$ + {logon}", ERRINFO, 0x9),
    ("{rdp_server} ... {not_enough_rights}", ERRINFO, 0x9),
    ("{services} ... {right}", ERRINFO, 0x9),
    ("{remote_logon} ... {not_authorized} | im not allowed | am not allowed | are not allowed", ERRINFO, 0x9),
    (
        "server denied the connection | server refused the connection | サーバーが接続を拒否 | 服务器拒绝了本连接",
        ERRINFO,
        0x7,
    ),
)
ACCOUNTS = _filled(
    ("{password} + {expired}", DISCONNECT, 0xF07),
    ("{password} + {must_change}", DISCONNECT, 0x1207),
    ("термін дії пароля ~ минув | закінчився | сплив | вичерпано", DISCONNECT, 0xF07),
    ("{you_must} ~ {password} ~ {change}", DISCONNECT, 0x1207),
    ("{password} + {first_logon} + {change}", DISCONNECT, 0x1207),
    ("{account} + {locked}", DISCONNECT, 0xD07),
    # Of an account last stands for another word: its own language is asked for.
    ("konto$ | kontoen | kontot$ | användarkonto | brukerkonto | brugerkonto + låst$ | låsts$", DISCONNECT, 0xD07),
    ("{user} ~ {is_locked}", DISCONNECT, 0xD07),
    (
        "er$ | är$ | blev$ | ble$ ~ bruker | bruger | användar ~ låst$ | sperret$ | spærret$ | spärrad$",
        DISCONNECT,
        0xD07,
    ),
    ("{user} ~ {is_disabled}", DISCONNECT, 0xB07),
    ("{locked_out} + {of_remote_desktop} | {host}", DISCONNECT, 0xD07),
    ("staat$ ~ account$ ~ uit$", DISCONNECT, 0xB07),
    ("{account} + {disabled}", DISCONNECT, 0xB07),
    ("{account} + {expired}", DISCONNECT, 0xE07),
    ("client has been revoked", FREERDP, 0x20010),
    ("{time_restriction} + {account} | {logon}", DISCONNECT, 0x1007),
    ("{outside_its_hours} + {logon} | {of_remote_desktop} | {a_server}", DISCONNECT, 0x1007),
    ("{at_this_hour} + {may_not} + {logon} | {of_remote_desktop}", DISCONNECT, 0x1007),
    ("{account_restriction}", DISCONNECT, 0xC07),
    ("{blank_password} + {may_not}", DISCONNECT, 0xC07),
    ("{rdp_server} ... {account_is_restricted}", DISCONNECT, 0xC07),
    ("change user password before | change your password before", DISCONNECT, 0x1207),
)
REACHING = _filled(
    ("{digital_signature} + {in_the_rdp_file} + {cannot_be_verified}", STATUS, 0x80096010),
    ("{of_remote_desktop} | mstsc > {cannot_reach_it}", DISCONNECT, 0x204),
    ("{of_remote_desktop} | mstsc ~ {says_that_it} ~ {cannot_reach_it}", DISCONNECT, 0x204),
    # Of the host's identity, which mstsc asks of before it goes on, is said that it cannot be reached, too.
    ("{identity} ... {time_or_date}", DISCONNECT, 0x1D07),
    ("{identity} + {cannot}", DISCONNECT, 0x907),
    ("{remote_access} ... {not_enabled}", DISCONNECT, 0x204),
    ("{host} ~ {unreachable}", DISCONNECT, 0x204),
    ("estação remota não pode ser encontrada", DISCONNECT, 0x204),
    ("{is_turned_off} + {client_says}", DISCONNECT, 0x204),
    ("{host} ~ {not_on_the_network}", DISCONNECT, 0x204),
    ("{make_sure} ... {host} ... {on_and_connected}", DISCONNECT, 0x204),
    ("{cannot_get_to} ... {my_computer} ... {is_off}", DISCONNECT, 0x204),
    ("3389 + {connection} + {refused}", DISCONNECT, 0x204),
    ("{host} | guacamole ... {does_not_answer}", DISCONNECT, 0x108),
    ("sockets connect failed | socket connect fail", DISCONNECT, 0x204),
    ("sockets recv call failed | sockets receive failed", DISCONNECT, 0x404),
    ("ip address specified is not valid", DISCONNECT, 0x308),
    ("sockets send call failed | sockets send failed", DISCONNECT, 0x304),
    ("dns entry could not be resolved | dns host name was not found | dns name lookup fail", DISCONNECT, 0x104),
    ("find the address for the rdp server", DISCONNECT, 0x104),
    ("{resolve} + {cannot}", DISCONNECT, 0x104),
    ("{computer_name} ~ {does_not_resolve} | {is_not_found}", DISCONNECT, 0x104),
    ("{name} ~ {does_not_resolve}", DISCONNECT, 0x104),
    ("namen$ + nicht auflösen | nicht aufgelöst", DISCONNECT, 0x104),
    (
        "cant find the server | cannot find the server | couldnt find the server | findet den server nicht |"
        " findet den rechner nicht | findet den computer nicht | findet den pc nicht | no encuentra el servidor |"
        " ne trouve pas le serveur | non trova il server | vindt de server niet",
        DISCONNECT,
        0x104,
    ),
    ("{times_out} ... {connection} ... {remote_computer}", DISCONNECT, 0x108),
    ("{remote_desktop} | rdp | terminal server | 3389 + {times_out}", DISCONNECT, 0x108),
    ("{domain_word} ~ {unavailable}", DISCONNECT, 0x1807),
    ("telnet + 3389 + fails | failed | schlägt fehl | échoue | falla | fallisce | falha | mislukt", DISCONNECT, 0x204),
    ("cant find a computer | cannot find a computer | couldnt find a computer", DISCONNECT, 0x104),
    ("{target_computer} + {refused}", DISCONNECT, 0x204),
    ("computer refused the connection | pc refused the connection", DISCONNECT, 0x204),
    ("host not found", DISCONNECT, 0x208),
    ("host name lookup failed | hostname lookup failed", DISCONNECT, 0x604),
    ("that the host is reachable | ensure the remote computer is reachable", DISCONNECT, 0x204),
    ("requires nla | requires network level authentication", DISCONNECT, 0xB09),
    ("certificate + not approve | not accepted | was rejected | was refused", DISCONNECT, 0x907),
    ("security data + not valid | invalid security data", DISCONNECT, 0x406),
    ("lost connection to the rdp server", DISCONNECT, 0x904),
    ("{connection} + {lost} + {services} | {host} | {remote_computer} | {rdp_server}", DISCONNECT, 0x904),
    ("{attempt} + {of_twenty} + {another_goal} | sql server", "", 0),
    (
        "{reconnects_by_itself} ... of 20$ | von 20$ | sur 20$ | de 20$ | di 20$ | van 20$ | af 20$ | av 20$",
        DISCONNECT,
        0x904,
    ),
    ("{attempt} ~ {of_twenty}", DISCONNECT, 0x904),
    ("attempt$ ~ {of_twenty} ... {of_remote_desktop} | mstsc", DISCONNECT, 0x904),
    ("vpn connection | internet connection | wifi connection + was lost | has been lost", "", 0),
    (
        "connection has been lost | connection was lost + attempting to reconnect | trying to reconnect ..."
        " {of_remote_desktop} | mstsc | your session",
        DISCONNECT,
        0x904,
    ),
    ("connection has been lost ... attempting to reconnect to your session", DISCONNECT, 0x904),
    ("{address_of_the_rdp_server} >> {could_not}", DISCONNECT, 0x104),
    ("{address_of_the_rdp_server} + {could_not} + {find}", DISCONNECT, 0x104),
    ("{by_tls} + {rdp_server} + {could_not}", FREERDP, 0x20008),
    ("{negotiation_of_security} ... {rdp_server}", FREERDP, 0x2000C),
    ("connection transport layer failed", DISCONNECT, 0x904),
    ("check security protocol negotiation | failed at negotiating security", FREERDP, 0x2000C),
    ("failed at initial mcs connect", FREERDP, 0x20007),
    # Remmina's, whatever came between: https://github.com/FreeRDP/Remmina/issues/1513
    ("establish a connection to rdp server | establish a connection to the rdp server", FREERDP, 0x2000D),
    ("the connection was cancelled | the connection was canceled", FREERDP, 0x2000B),
    ("configuration error prevented a connection", FREERDP, 0x20001),
)
LOGONS = _filled(
    # https://learn.microsoft.com/troubleshoot/windows-server/remote/troubleshooting-access-denied-and-user-not-authorized-rds-issues
    ("{password_is_given} + {access_is_denied} ... {of_remote_desktop} | mstsc", ERRINFO, 0x9),
    ("credentials invalid or missing", FREERDP, 0x2001B),
    ("authentication failure aborted | authentication failure, check credentials", DISCONNECT, 0x807),
    ("{credentials} | {account} + {do_not_work}", DISCONNECT, 0x807),
    ("{password} ~ {is_as_it_should_be} ~ {no_word}", DISCONNECT, 0x807),
    ("{password} | {credentials} ~ {takes} ~ {no_word} | wont$", DISCONNECT, 0x807),
    (
        "n'accepte plus | n'accepte pas | n'acceptent plus | n'acceptent pas | n'est plus accepté ~ {password} |"
        " {credentials}",
        DISCONNECT,
        0x807,
    ),
    ("{password} ~ {wrong}", DISCONNECT, 0x807),
    ("{password_is_refused}", DISCONNECT, 0x807),
    ("{of_remote_desktop} | mstsc >> {keeps_asking} >> {password} | {credentials}", DISCONNECT, 0x807),
    ("{logon} ~ {failed}", DISCONNECT, 0x807),
    ("giriş başarısız | logowanie nieudane", DISCONNECT, 0x807),
    # Windows' own for a refused smart card, too:
    # https://learn.microsoft.com/troubleshoot/windows-server/remote/cannot-authenticate-must-authenticate-twice
    ("{attempt_to_log_on} ~ {is_invalid}", DISCONNECT, 0x807),
    ("bad username or authentication information | bad user name or authentication information", DISCONNECT, 0x807),
)
# What a client warns of before it goes on; how it ended says more.
CERTIFICATE_NAMES = _filled(
    ("{name} + {certificate} + {made_out_to_another} | {do_not_agree}", STATUS, 0x800B010F),
)
FREEZES = _filled(
    ("{is_put_out} ... {error_in_the_stream}", DISCONNECT, 0x10B),
    ("{something_else} > {breaks} | {keeps_breaking} | {freezes} | {comes_back}", "", 0),
    # Languages that tell a place by an ending are read in any order, and the printer on RDP is none.
    ("{a_device} >> {breaks_inflected} | {freezes_inflected} >> {rdp}", "", 0),
    # A service that hangs at its start, and a connection that does not get beyond its beginning: no session freezes.
    (
        "hung on starting | hangs on starting | securing remote connection | configuring remote session |"
        " initiating remote | estimating connection quality | remoteverbindung wird",
        "",
        0,
    ),
    # What depends on something, in German.
    ("hängt vom | hängt von | hängt davon", "", 0),
    ("{wished}", "", 0),
    # The logon itself stands still: nothing was shown yet that could freeze.
    ("{waiting} + {stays} + {of_remote_desktop}", STATUS, 0xC00A0017),
    # With nothing that says that it is shown, as Korean quotes.
    (
        "기다려 주세요 | 기다려 주십시오 ~ 멈춤 | 멈춥니다 | 멈춰 | 멈춘 | 계속 ~ {of_remote_desktop} | {logon}",
        STATUS,
        0xC00A0017,
    ),
    ("{waiting} + {stays} + {something_else}", "", 0),
    # Windows' own screen of the logon alone names these services.
    ("{please_wait_for} + {stays}", STATUS, 0xC00A0017),
    ("{waiting} + {stays} + {logon} | {password} | {reconnects}", STATUS, 0xC00A0017),
    # A session alone may be of a tunnel, a shell or a meeting, which freeze and break as often.
    ("{of_remote_desktop} > {freezes}", DISCONNECT, 0x10B),
    ("{the_picture} > {freezes} > {other_screens}", "", 0),
    ("{the_picture} > {freezes} ... {of_remote_desktop}", DISCONNECT, 0x10B),
    # Over RDP the session freezes: what is named with nothing before it is of what is named in the same clause.
    ("{the_session} > {freezes} > {of_remote_desktop}", DISCONNECT, 0x10B),
    # German parts the verb.
    ("{session_stays} >> stehen$ | hängen$", DISCONNECT, 0x10B),
    ("{of_remote_desktop} >> {comes_back}", DISCONNECT, 0x10B),
    ("{connection_attempt} ... {lost}", DISCONNECT, 0x904),
    ("{of_remote_desktop} >> {loses} >> {connection}", DISCONNECT, 0x10B),
    # Each time after the same short time, which is no limit of the host.
    ("{of_remote_desktop} >> {breaks} | {kicked} >> {in_seconds}", DISCONNECT, 0x10B),
    ("{the_session} + {freezes} + {breaks}", DISCONNECT, 0x10B),
    # A tunnel and a shell have none of both.
    ("{session} >> {freezes} | {freezes_inflected} ... {mouse_and_keyboard}", DISCONNECT, 0x10B),
    ("{on_to_the_server} + {breaks} + {in_seconds}", DISCONNECT, 0x10B),
    ("{of_remote_desktop} > {keeps_breaking}", DISCONNECT, 0x10B),
    # Where the text names elsewhere what the session is of.
    ("{a_session} > {breaks} > {in_seconds} | {again} ... {of_remote_desktop} | mstsc", DISCONNECT, 0x10B),
    ("{of_remote_desktop} > {breaks} | {kicked} > {again}", DISCONNECT, 0x10B),
    ("{i_lose} + {connection} + {again} ... {of_remote_desktop}", DISCONNECT, 0x10B),
    ("{cut_off_from} + {of_remote_desktop} + {again} | {all_at_once}", DISCONNECT, 0x10B),
    ("{from_it_german} + getrennt$ | geworfen$ | flieg | abgemeldet$ + {again} | {all_at_once}", DISCONNECT, 0x10B),
    ("{prints} >> {black_screen} | {black}", "", 0),
    ("{black_screen} + {of_remote_desktop} | mstsc", DISCONNECT, 0x10B),
    # Whose screen it is says more than that somebody logs on.
    ("{black_screen} + {other_screens}", "", 0),
    ("{black_screen} + {logon} | {password}", DISCONNECT, 0x10B),
    ("{a_screen} + {black} + {other_screens}", "", 0),
    ("{a_screen} + {black} + {of_remote_desktop}", DISCONNECT, 0x10B),
    ("{black_screen} + {the_session}", DISCONNECT, 0x10B),
    ("{black_and_white}", "", 0),
    ("{of_remote_desktop} >> {stays_black}", DISCONNECT, 0x10B),
    ("rdp sitzung bleibt$ | remotesitzung bleibt$ | remotedesktop sitzung bleibt$ + schwarz$", DISCONNECT, 0x10B),
    ("{of_remote_desktop} | mstsc >> {breaks} | {kicked} | {closes} >> {right_behind_the_logon}", DISCONNECT, 0x10B),
    ("{of_remote_desktop} | mstsc >> {breaks} | {kicked} >> {as_soon_as}", DISCONNECT, 0x10B),
    # What it follows on stands before it in a clause of its own.
    ("{of_remote_desktop} > {breaks} | {kicked} ... {as_soon_as}", DISCONNECT, 0x10B),
    (
        "{of_remote_desktop} | {the_window} >> {closes} | {breaks} >> {by_itself} ... {of_remote_desktop}",
        DISCONNECT,
        0x10B,
    ),
    ("{a_session} > {breaks} | {closes} > {right_behind_the_logon} ... {of_remote_desktop} | mstsc", DISCONNECT, 0x10B),
    ("{of_remote_desktop} | mstsc + {thrown_out_at_once}", DISCONNECT, 0x10B),
    ("{as_soon_as_they_log_on} + {kicked} | {breaks} ... {of_remote_desktop} | mstsc", DISCONNECT, 0x10B),
)
# What Windows' client says of an error inside it, as people tell of it: by its name. A web server has others.
INTERNAL_ERROR = _filled(
    (
        "{of_remote_desktop} | mstsc + internal error$ | interner fehler | internem fehler | internen fehler |"
        " erreur interne | error interno | errore interno | erro interno | interne fout | błąd wewnętrzny | błędem"
        " wewnętrznym | vnitřní chyba | vnitřní chybu | interní chyba | belső hiba | внутренняя ошибка | internt"
        " fel | internt fejl | intern fejl | intern feil | sisäinen virhe | sisäisen virheen | внутреннюю ошибку |"
        " 内部エラー | 内部错误 | 內部錯誤 | 내부 오류",
        DISCONNECT,
        0x4,
    ),
)
BY_ITS_WAY = _filled(
    (
        "{by_its_name_not} + {by_its_address} + {works} | connect | reach | log in | 接続でき | 入れる | 可以 ..."
        " {of_remote_desktop} | mstsc",
        DISCONNECT,
        0x104,
    ),
    ("{a_name} + {is_not_resolved} ... {of_remote_desktop} | {host} | mstsc", DISCONNECT, 0x104),
    ("{by_a_way} + {cannot_connect} + {another_goal}", "", 0),
    ("{in_a_session} | {another_goal} + {works_not} | {not_by_a_way}", "", 0),
    ("{by_a_way} + {cannot_connect} ... {of_remote_desktop} | mstsc", DISCONNECT, 0x204),
    ("{by_a_way} | ping$ | pings$ | pinging$ | anpingen + {cannot_rdp}", DISCONNECT, 0x204),
    ("{of_remote_desktop} > {works_not} > {by_a_way}", DISCONNECT, 0x204),
    ("{of_remote_desktop} > {by_a_way} > {works_not}", DISCONNECT, 0x204),
    ("{not_by_a_way} + {works} + {of_remote_desktop}", DISCONNECT, 0x204),
)
# What stands before the list of reasons for which a host is not reached at all. That a computer cannot connect Windows'
# own client says for many codes, so it has no meaning without the one that is behind *Show details*; where a reason
# follows that is not understood, that is said.
CONNECTING = _filled(
    ("{cannot_connect_to_it} ... {following_reasons}", DISCONNECT, 0x204),
    ("{following_reasons} ~ {cannot_connect_to_it}", DISCONNECT, 0x204),
    ("{cannot_connect_to_it} + {a_reason}", "", 0),
    ("{computer} ~ {cannot_connect_to_it}", "", 0),
    ("{remote_desktop} ~ {cannot_connect_to_it}", DISCONNECT, 0x204),
    # Of ping, and Windows' own words for ERROR_CONNECTION_REFUSED, as psping prints them.
    (
        "destination host unreachable | zielhost nicht erreichbar | impossible de joindre l'hôte de destination |"
        " hôte de destination inaccessible | host de destino inaccesible | host di destinazione non raggiungibile"
        " | host de destino inacessível | doelhost onbereikbaar | doelhost is niet bereikbaar | host docelowy jest"
        " nieosiągalny | cílový hostitel není dostupný | заданный узел недоступен",
        DISCONNECT,
        0x204,
    ),
    (
        "refused the network connection | hat die netzwerkverbindung abgelehnt | a refusé la connexion réseau |"
        " rechazó la conexión de red | ha rifiutato la connessione di rete | recusou a conexão de rede | recusou a"
        " ligação de rede | heeft de netwerkverbinding geweigerd | odrzucił połączenie sieciowe | odmítl síťové"
        " připojení | отклонил это сетевое подключение | ネットワーク接続を拒否 | 拒绝网络连接",
        DISCONNECT,
        0x204,
    ),
)
# What names its cause by itself.
COMPLAINTS = _filled(
    ("{payment} ~ {terminal}", "", 0),
    ("{saved} + {not_allowed_inflected}", DISCONNECT, 0x2107),
    ("{second_factor} + {does_not_come_inflected} + {rdp}", DISCONNECT, 0x2407),
    ("{bank} + {second_factor} + {does_not_come}", "", 0),
    ("{second_factor} + {does_not_come_inflected} ... {at_it}", DISCONNECT, 0x2407),
    ("{second_factor} + {does_not_come} ... {rdp}", DISCONNECT, 0x2407),
    ("{door} + {smart_card} + {fails}", "", 0),
    ("{smart_card} + {fails}", DISCONNECT, 0x2407),
    ("{sign_in_method} + {not_allowed_inflected}", DISCONNECT, 0x1307),
    ("{entra} + {account} + {cannot_inflected} ... {rdp}", DISCONNECT, 0x2607),
    ("{temporary_profile}", STATUS, 0x800701F4),
    ("{profile} + {fails} + {loaded} | {logon}", STATUS, 0x800701F4),
    ("{profile} + yüklenem | oturum açam", STATUS, 0x800701F4),
    ("{network_level_or_nla} + {not_supported}", DISCONNECT, 0xB09),
    ("{network_level_or_nla} + {demands} ... {cannot_inflected}", DISCONNECT, 0xB09),
    ("credssp + {authentication_error} | {an_error_inflected}", STATUS, 0x80090302),
    ("{function_inflected} + {not_supported}", STATUS, 0x80090302),
    ("{trust} + {broken} | {workstation}", STATUS, 0xC000018D),
    ("{domain} + {not_trusted_inflected}", STATUS, 0xC000018D),
    ("{logon_servers} + {unreached} | {none_inflected}", DISCONNECT, 0x1807),
    ("{domain_controller_inflected} + {unreached} | {does_not_answer}", DISCONNECT, 0x1807),
    ("{local_authority} + {cannot_inflected}", STATUS, 0x80090304),
    ("{licence_server_inflected} + {unreached} | {none_inflected} | {does_not_answer}", ERRINFO, 0x101),
    ("{rds_licence} + {none_inflected}", ERRINFO, 0x102),
    ("{licences} + {used_up} + {rdp}", ERRINFO, 0x102),
    ("{grace_inflected} + {expired_inflected} | {ended} ... {at_it}", ERRINFO, 0x101),
    ("{licensing_error} + {session} | {client} | {rdp}", ERRINFO, 0x100),
    ("{time_or_date_differs_inflected}", DISCONNECT, 0x1D07),
    ("{site} ~ {certificate_inflected}", "", 0),
    ("{its_certificate_expired} ~ {server} | {rdp} | {cannot_inflected} | {connection}", DISCONNECT, 0x1B07),
    ("{certificate_inflected} >> {expired_inflected} >> {server} | {rdp} | {host}", DISCONNECT, 0x1B07),
    (
        "{certificate_inflected} + {not_trusted_inflected} ... {connection} | {cannot_inflected} | {host}",
        STATUS,
        0x800B0109,
    ),
    ("{self_signed} + {certificate_inflected} + {server} | {rdp} | {connection}", STATUS, 0x800B0109),
    ("{certificate_inflected} + {another_name} | {short_name}", DISCONNECT, 0x907),
    ("{certificate_inflected} + {name} + {differs}", DISCONNECT, 0x907),
    ("{clock_inflected} + {apart_inflected} + {server} | {host}", DISCONNECT, 0x1D07),
    ("{wrong_time} + {cannot_inflected}", DISCONNECT, 0x1D07),
    ("{identity} + {cannot_inflected}", DISCONNECT, 0x907),
    ("{password} + {expired_inflected}", DISCONNECT, 0xF07),
    ("{to_change_the_password} + {demands}", DISCONNECT, 0x1207),
    ("계정을 사용할 수 없습", DISCONNECT, 0xB07),
    ("{account} + {restricted_in_time}", DISCONNECT, 0x1007),
    ("{logon_hours} + {outside_or_not}", DISCONNECT, 0x1007),
    ("{logon} + {only_from_to} + {an_hour}", DISCONNECT, 0x1007),
    ("csak + óra között lehet bejelentkez", DISCONNECT, 0x1007),
    ("{blank_password} + {cannot_inflected}", DISCONNECT, 0xC07),
    ("{remote_logon_inflected} + {no_permission} | {refuses}", ERRINFO, 0x9),
    ("{remote_logon_inflected} + {there_is_no} + {permission}", ERRINFO, 0x9),
    ("{rd_users} + {not_in_it}", ERRINFO, 0x9),
    ("{graphics} + {not_started} | {an_error_inflected} ... {session} | {rdp}", ERRINFO, 0x112F),
    ("{encryption_error} + {session} | {client}", DISCONNECT, 0xC06),
    ("{security_error} + {client} + {cannot_inflected}", DISCONNECT, 0x406),
    ("{a_protocol_error_inflected} + {session} | {rdp} | {connection}", DISCONNECT, 0xD06),
    ("{no_memory} + {host} | {rdp}", DISCONNECT, 0x106),
    ("{service_inflected} + {busy}", STATUS, 0x80071B70),
    ("{rdp} ~ {busy}", STATUS, 0x80071B70),
    ("{all_in_use_inflected}", STATUS, 0x800704D6),
    ("{all_sessions} + {are_full}", STATUS, 0x800704D6),
    ("{too_many_inflected} + {server} | {rdp} | {says}", STATUS, 0x800704D6),
    ("{most_connections} + {is_exceeded} + {server} | {rdp}", STATUS, 0x800704D6),
    ("{somebody_else} ... {if_you_continue}", STATUS, 0x80071B96),
    ("{a_colleague} + {signed_in} + {put_out_inflected}", STATUS, 0x80071B96),
    ("{asks} + {put_out_inflected} ... {computer}", STATUS, 0x80071B96),
    ("{a_colleague} + {signed_in} ... {shall_i}", STATUS, 0x80071B96),
    ("{somebody_else} + {took_it}", ERRINFO, 0x5),
    ("{session} + 取られ | 奪われ | 넘어가 + {breaks_inflected}", ERRINFO, 0x5),
    ("{an_administrator_inflected} + {has_ended_inflected} + {session} | {server} | {rdp}", ERRINFO, 0x2),
    ("{computer} + {rdp} + {not_enabled}", DISCONNECT, 0x204),
    ("{turned_it_off} + {rdp} + {server} | {computer}", DISCONNECT, 0x204),
    ("{computer} + {turned_off} + {cannot_inflected}", DISCONNECT, 0x204),
    ("dns + {dns_not}", DISCONNECT, 0x104),
    ("{name} | {server} + {does_not_resolve_inflected}", DISCONNECT, 0x104),
    ("{computer} | {host} + {not_found} ... {rdp}", DISCONNECT, 0x104),
    ("3389 + {refuses}", DISCONNECT, 0x204),
    ("{gives_up} + {connection} ... {rdp} | {server}", DISCONNECT, 0x108),
)
# What has more reasons, and what a session that there was is like.
SYMPTOMS = _filled(
    ("{licences} + {expired_inflected} + {rdp}", ERRINFO, 0x102),
    ("{inactive_inflected} + {ended} ... {session} | {server} | {rdp}", ERRINFO, 0x3),
    ("{credentials} ~ {do_not_work}", DISCONNECT, 0x807),
    ("{name_or_password} ~ {wrong_inflected}", DISCONNECT, 0x807),
    ("{name_or_password} + {wrong_inflected} + {rdp}", DISCONNECT, 0x807),
    ("{credentials} + {not_accepted}", DISCONNECT, 0x807),
    ("{password} + {not_accepted}", DISCONNECT, 0x807),
    ("{internal_error} + {occurred}", DISCONNECT, 0x4),
    ("{connection} + {lost_inflected} ... {reconnects}", DISCONNECT, 0x904),
    ("{rdp} + {lost_inflected} ... {reconnects}", DISCONNECT, 0x904),
    ("{please_wait} + {stays} + {session} | {logon} | {server} | {a_screen}", STATUS, 0xC00A0017),
    ("{black_screen_inflected} + {at_it}", DISCONNECT, 0x10B),
    ("{a_screen} + {black} + {rdp}", DISCONNECT, 0x10B),
    (
        "{rdp} + остается черн | остаётся черн | становится черн | залишається чорн | zůstává čern | pozostaje czarn"
        " | 真っ黒なまま | 真っ黒のまま | 真っ暗なまま",
        DISCONNECT,
        0x10B,
    ),
    ("{no_click} + {mouse} ... {session} | {rdp}", DISCONNECT, 0x10B),
    ("{rdp} >> {freezes_inflected}", DISCONNECT, 0x10B),
    ("{stops_inflected} + {responding_inflected} + {rdp} | {session}", DISCONNECT, 0x10B),
    ("{no_reaction} + {keyboard} ... {session} | {rdp}", DISCONNECT, 0x10B),
    ("{breaks_inflected} + {again} + {rdp}", DISCONNECT, 0x10B),
    ("{again} + {breaks_inflected} + {rdp}", DISCONNECT, 0x10B),
    ("{another_server} + {does_not_answer}", "", 0),
    ("{of_another_use} ~ {server} ~ {does_not_answer}", "", 0),
    ("{server} | {host} ~ {does_not_answer}", DISCONNECT, 0x108),
    ("{connection} + {times_out_inflected}", DISCONNECT, 0x108),
    ("a expirat conexiunea", DISCONNECT, 0x108),
    ("{target_computer} + {refuses}", DISCONNECT, 0x204),
    ("{connection} + {refuses} ... rdp | 3389", DISCONNECT, 0x204),
)
