# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The codes of Remote Desktop as data: what a client shows, what a host sends when it ends a connection, negotiation
failures, TLS alerts, FreeRDP's own codes.

Each block names the public page that its numbers come from; the words are this collection's own. Names that the probe
reads off the wire come from ``module_utils.wire``. ``states_fault`` is whom the code itself accuses, however the host
looks: a code that only says that a connection broke accuses nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ansible_collections.winops.rdp.plugins.module_utils.wire import negotiation, reasons, tls
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.meaning import (
    CLIENT,
    GATEWAY,
    HOST,
    NETWORK,
    NOTHING,
    Meaning,
    table,
)

DISCONNECT, EXTENDED, ERRINFO, NEGOTIATION, ALERT, FREERDP, FREERDP_EXIT = CLIENT_KINDS = (
    "disconnect",
    "extended",
    "errinfo",
    "negotiation",
    "alert",
    "freerdp",
    "freerdp_exit",
)
# Of Windows itself: an HRESULT or NTSTATUS, and a Win32 error.
STATUS, WIN32 = "status", "win32"

_LEARN = "https://learn.microsoft.com/"
_MSTSCAX = _LEARN + "windows/win32/termserv/imstscaxevents-ondisconnected"
_EXTENDED_REASON = _LEARN + "windows/win32/termserv/extendeddisconnectreasoncode"
_ERRINFO_PDU = _LEARN + "openspecs/windows_protocols/ms-rdpbcgr/a21a1bd9-2303-49c1-90ec-3932435c248c"
_NEG_FAILURE = _LEARN + "openspecs/windows_protocols/ms-rdpbcgr/1b3920e7-0116-4345-bc45-f2c4ad012761"
_CLIENT_TEXTS = "https://docs.rackspace.com/docs/rds-client-disconnected-codes-and-reasons"
# Names and numbers that Azure Virtual Desktop reports.
_AVD_REPORTS = "https://github.com/MicrosoftDocs/azure-docs/issues/81304"
_ALERTS = "https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-6"
_FREERDP_ERRORS = "https://github.com/FreeRDP/FreeRDP/blob/master/include/freerdp/error.h"
_FREERDP_EXITS = "https://github.com/FreeRDP/FreeRDP/blob/master/client/X11/xfreerdp.h"


_DISCONNECT = {
    **table(
        _MSTSCAX,
        """
0x0    | no reason is given | any
0x1    | the client ended the connection | normal end
0x2    | the user disconnected on the host | normal end
0x3    | the host ended the connection; the extended code says why | after the connection was made
0x104  | the host's name was not found | name | network
0x106  | the client is out of memory | client | client
0x107  | no error; seen as a value in events | normal end
0x108  | the host did not answer in time | tcp | network
0x204  | no connection to the port: closed, filtered, or Remote Desktop is off | tcp | network
0x206  | the client is out of memory | client | client
0x208  | the host was not found | name | network
0x304  | sending failed on a connection that had been made | transport
0x306  | the client is out of memory | client | client
0x308  | the address is not valid | name | client
0x404  | receiving failed: the connection was reset | transport
0x406  | security data that cannot be used | security
0x408  | an internal error of the client | client | client
0x506  | an encryption method that cannot be used | security
0x508  | the host's name was not found | name | network
0x604  | the host's name was not found | name | network
0x606  | the host's security data cannot be used | security
0x608  | an internal timer of the client failed | client | client
0x704  | the host did not answer in time | handshake
0x706  | the host's certificate for legacy RDP security cannot be read | security | host
0x804  | the address is not valid | name | client
0x807  | the credentials were refused | credssp | client
0x808  | no licence was agreed upon | licensing | host
0x904  | the other side closed the socket | any; mostly negotiation, TLS or CredSSP
0x906  | an internal error in the security layer | security
0x908  | the licence was not agreed upon in time | licensing | host
0xA06  | an internal error in the security layer | security
0xA07  | the user is unknown | credssp | client
0xB06  | data could not be encrypted | data
0xB07  | the account is disabled | credssp | client
0xC06  | data could not be decrypted | data
0xC07  | a restriction of the account forbids it | credssp | client
0xC08  | data could not be decompressed | data
0xD07  | the account is locked out | credssp | client
0xE07  | the account has expired | credssp | client
0xF07  | the password has expired; it cannot be changed through NLA | credssp | client
0x1207 | the password must be changed first; it cannot be changed through NLA | credssp | client
0x1607 | a policy forbids handing credentials to this host | credssp | client
0x1707 | policy wants Kerberos for handing over credentials, and only NTLM was possible | credssp | client
0x1807 | no domain controller, a wrong domain, or broken trust | credssp | network
0x1B07 | the certificate that the client was shown has expired or is not valid, or the two clocks differ | tls | host
0x1C07 | the PIN is wrong | credssp | client
0x2107 | saved credentials are not taken: by a policy of the host, or Credential Guard on the client | credssp | client
0x2207 | the smart card is blocked | credssp | client
""",
        reasons.NAMES,
    ),
    # The texts that Windows' own client has for codes without a documented name.
    **table(
        _CLIENT_TEXTS,
        """
0x10A  | | the client's smart card service does not run
0x20A  | | the client found no smart card reader
0x30A  | | there is no card in the client's smart card reader
0x40A  | | the client's smart card subsystem failed
0x507  | | the client could not start CredSSP, which the host wants (Windows XP without it) | credssp
0x708  | | the client would not connect: it is already in that session, or on that computer | client
0x907  | | the client was shown another certificate than it expected or accepts | tls
0xB04  | | an error that is not named kept the client from connecting | transport | nothing
0xB09  | | the host wants NLA and this client does not do CredSSP | negotiation
0xD09 | | the client's policy wants the password typed before connecting, and the host does not take it that way (no
    NLA) | credssp
0xE06  | | the host insists on FIPS encryption, which this client does not have | security
0xE08  | | the session could not be resumed | session | nothing
0xE09  | | the host does not support Restricted Admin mode | credssp
0xF08  | | the client may not send credentials to this host | credssp
0x1007 | | the account may not log on at this hour | credssp
0x1008 | | the client is short of video memory | client
0x1107 | | the account may not log on from this computer | credssp
0x1307 | | the account lacks the right to log on in this way (over the network, or through Remote Desktop) | credssp |
    host
0x1407 | | Kerberos needs user-to-user authentication, and it was not used | credssp
0x1D07 | | the clocks of client and host are too far apart | credssp | nothing
0x2507 | | the application's session could not be resumed by itself | session | nothing
0x2604 | | client and host speak versions of the protocol that do not match | protocol
0x2000001 | | the remote application could not be resumed | session | nothing
0x2000002 | | the host does not offer RemoteApp | session | host
""",
        stage="client",
        fault=CLIENT,
    ),
    **table(_AVD_REPORTS, "0x10B | | the session no longer answered the client, or showed nothing | session"),
    **table(
        _CLIENT_TEXTS,
        """
0x3000001 | | the gateway refused user name or password | | client
0x3000002 | | the client could not check whether the gateway's certificate was revoked
0x3000003 | | the gateway's certificate is expired, revoked or not trusted, or is made out to another name
0x3000004 | | the gateway's certificate was revoked
0x3000005 | | the client could not make sure of the gateway's identity
0x3000006 | | the gateway's certificate is made out to another name
0x3000007 | | the gateway's certificate is expired or revoked
0x3000008 | | the gateway got no connection to the host behind it | | nothing
0x3000009 | | sending to the gateway failed
0x300000A | | receiving from the gateway failed
0x300000B | | the gateway wants another way to log on
0x300000C | | the gateway's address cannot be reached or is wrong
0x300000D | | the gateway is not available at the moment
0x300000E | | a component of the client is missing or of a wrong version | | client
0x300000F | | the gateway is short of resources
0x3000010 | | a wrong version of rpcrt4.dll on the client | | client
0x3000011 | | the client has no smart card service | | client
0x3000012 | | the smart card was removed | | client
0x3000013 | | there is no smart card | | client
0x3000014 | | the smart card was removed | | client
0x3000015 | | the gateway refused user name or password | | client
0x3000017 | | a security package failed on the way to the gateway
0x3000018 | | the gateway ended the connection
0x3000019 | | the gateway's administrator ended the connection
0x300001A | | the gateway refused the credentials, or did not recognise the smart card | | client
0x300001B | | the gateway does not let this user reach that host, or knows it by another form of its name (resource
    policy)
0x300001C | | the gateway does not let this user or this computer in (connection policy), or wants another way to log on
0x300001F | | access to this gateway is restricted
0x3000020 | | a web proxy on the way to the gateway wants a logon | | network
0x3000021 | | the password has expired or must be changed | | client
0x3000022 | | the gateway has as many connections as it takes
0x3000023 | | the gateway does not support the request
0x3000024 | | the client lacks something that the gateway wants | | client
0x3000025 | | gateway and client do not fit together
0x3000026 | | the gateway takes neither this card nor this password | | client
0x3000027 | | the client does not meet the gateway's health rules (NAP) | | client
0x3000028 | | the gateway has no certificate
0x3000029 | | the client's administrator does not allow this gateway | | client
0x300002A | | the client does not meet the gateway's health rules (NAP), or the gateway's certificate is not accepted
0x300002B | | the gateway wants user name and password, not a smart card
0x300002C | | the gateway wants a smart card, not user name and password
0x300002D | | the client found no smart card reader | | client
0x300002F | | a firewall on the way wants a logon | | network
0x3000030 | | a firewall on the way refused the logon | | network
0x3000032 | | the session was idle for too long | | nothing
0x3000033 | | the session's time was up | | nothing
0x3000034 | | the gateway was sent a cookie that is not valid
0x3000035 | | the gateway refused the cookie
0x3000037 | | the gateway wants another way to log on
0x3000038 | | the gateway's repeated check of the logon failed
0x3000039 | | the gateway's repeated check of the permission failed
0x300003B | | gateway and host could not agree on policies
0x300003C | | the smart card or its certificate cannot be used | | client
0x300003D | | the gateway wants a logon at a website first
0x300003E | | the gateway wants a logon at a website first
0x300003F | | the gateway wants a new logon at a website
0x3000040 | | the gateway wants a new logon at a website
0x3000041 | | the gateway's repeated check of the client's health (NAP) failed
0x3000042 | | the cookie for the gateway is too long
0x3000044 | | the proxy's configuration cannot be used | | network
0x3000045 | | the user has no permission for this resource
0x3000046 | | no resource is free to connect to
0x3000047 | | the service failed while it looked for the resource
0x3000049 | | the client is too old | | client
0x300004A | | the network does not let HTTPS through | | network
0x300004B | | resources are being started
0x300004C | | another user is logged on to the client than the one of the subscription | | client
0x300004D | | too many users at the moment
0x300004E | | no more users are allowed
0x300004F | | the trial of the service has ended
0x3000050 | | the user no longer has access to the service
""",
        stage="gateway",
        fault=GATEWAY,
    ),
    # Not in any table of Microsoft's: known from reports.
    **table(
        "https://github.com/neutrinolabs/xrdp/issues/3015",
        "0x4 | | an internal error ended the connection; whose it was is not said (Microsoft's clients on Mac, iOS"
        " and Android show the code, Windows' own the sentence alone) | any",
    ),
    **table(
        "https://anabel.icu/blog/fixing-microsoft-remote-desktop-mac",
        "0x207 | | the handshake before the logon (TLS or CredSSP) failed, or the password has expired; Microsoft's"
        " clients on Mac, iOS and Android show the same for both | credssp",
    ),
    **table(
        "https://ilerngut.de/post/die-verbindung-wurde-beendet-da-ein-unerwartetes-serverauthentifizierungszertifikat",
        "0x607 | | the client was shown another certificate than the one it was set to expect (broker, gateway and"
        " session host differ) | tls | client",
    ),
    **table(
        "https://github.com/neutrinolabs/xrdp/issues/3571",
        "0xD06 | | data that the client could not make sense of: a protocol error, seen with large or unusual"
        " screens | data",
    ),
    **table(
        _LEARN + "troubleshoot/windows-server/remote/rdp-error-general-troubleshooting",
        "0x516 | | no connection was made; seen where Remote Desktop is off, or host or name cannot be reached (not"
        " documented) | tcp | network",
    ),
    **table(
        "https://github.com/stascorp/rdpwrap/issues/363",
        "0x1104 | | a protocol error; seen where the data on the connection make no sense to the client (not"
        " documented) | any",
    ),
    **table(
        "https://github.com/1Remote/1Remote/issues/263",
        "0x1108 | | the client could not connect to its session again (not documented) | session",
    ),
    **table(
        _LEARN + "azure/virtual-desktop/troubleshoot-azure-ad-connections",
        "0x2607 | | the credentials were refused: the host is joined to Entra, and takes this client only if sign-in"
        " from other clients is allowed (Microsoft's client on Android) | credssp | client",
    ),
    **table(
        _MSTSCAX,
        "0x2407 | the sign-in was refused while credentials were checked (not documented: the low byte is that of"
        " TLS and credentials) | credssp",
        {},
    ),
}

_EXTENDED = table(
    _EXTENDED_REASON,
    """
0   | NoInfo                      | no more is known
1   | APIInitiatedDisconnect      | an administrator or a program disconnected the session
2   | APIInitiatedLogoff          | an administrator or a program logged the session off
3   | ServerIdleTimeout           | the session was idle for too long
4   | ServerLogonTimeout          | the session's time was up
5   | ReplacedByOtherConnection   | another connection took the session over
6   | OutOfMemory                 | the host is out of memory | | host
7   | ServerDeniedConnection      | the host refused the connection | | host
8   | ServerDeniedConnectionFips  | the host refused the connection because of FIPS policy | | host
9   | ServerInsufficientPrivileges | the user has no right to log on through Remote Desktop | | host
10  | ServerFreshCredsRequired    | the host does not take saved credentials | | client
11  | RpcInitiatedDisconnectByUser | the user disconnected the session
12  | LogoffByUser                | the user logged off
256 | LicenseInternal             | an internal error in licensing | licensing | host
257 | LicenseNoLicenseServer      | no licence server can be reached | licensing | host
258 | LicenseNoLicense            | no licence is left | licensing | host
259 | LicenseErrClientMsg         | the client's licensing message is not valid | licensing | client
260 | LicenseHwidDoesntMatchLicense | the stored licence belongs to other hardware | licensing | client
261 | LicenseErrClientLicense     | the client's stored licence is not valid | licensing | client
262 | LicenseCantFinishProtocol   | licensing could not be finished | licensing | host
263 | LicenseClientEndedProtocol  | the client ended licensing | licensing | client
264 | LicenseErrClientEncryption  | the client's licensing message is encrypted wrongly | licensing | client
265 | LicenseCantUpgradeLicense   | the licence could not be upgraded | licensing | host
266 | LicenseNoRemoteConnections  | the host is not licensed for remote connections | licensing | host
267 | LicenseCreatingLicStoreAccDenied | the client may not write its licence store | licensing | client
768 | RdpEncInvalidCredentials    | the credentials are not valid | security | client
""",
)

_ERRINFO = {
    **table(
        _ERRINFO_PDU,
        """
0x0    | NONE                       | no error
0x1    | RPC_INITIATED_DISCONNECT   | an administrator disconnected the session
0x2    | RPC_INITIATED_LOGOFF       | an administrator logged the session off
0x3    | IDLE_TIMEOUT               | the session was idle for too long
0x4    | LOGON_TIMEOUT              | the session's time was up
0x5    | DISCONNECTED_BY_OTHERCONNECTION | another connection took the session over
0x6    | OUT_OF_MEMORY              | the host is out of memory | | host
0x7    | SERVER_DENIED_CONNECTION   | the host refused the connection | | host
0x9    | SERVER_INSUFFICIENT_PRIVILEGES | the user has no right to log on through Remote Desktop | | host
0xA    | SERVER_FRESH_CREDENTIALS_REQUIRED | the host does not take saved credentials | | client
0xB    | RPC_INITIATED_DISCONNECT_BYUSER | the user disconnected the session
0xC    | LOGOFF_BY_USER             | the user logged off
0xF    | CLOSE_STACK_ON_DRIVER_NOT_READY | the remote display driver was not ready | session | host
0x10   | SERVER_DWM_CRASH           | the desktop window manager died | session | host
0x11   | CLOSE_STACK_ON_DRIVER_FAILURE | the remote display driver could not start | session | host
0x12   | CLOSE_STACK_ON_DRIVER_IFACE_FAILURE | the remote display driver cannot be used | session | host
0x17   | SERVER_WINLOGON_CRASH      | winlogon died | session | host
0x18   | SERVER_CSRSS_CRASH         | csrss died | session | host
0x19   | SERVER_SHUTDOWN            | the host is shutting down | session
0x1A   | SERVER_REBOOT              | the host is restarting | session
""",
    ),
    **table(
        _ERRINFO_PDU,
        """
0x100  | LICENSE_INTERNAL           | an internal error in licensing
0x101  | LICENSE_NO_LICENSE_SERVER  | no licence server can be reached
0x102  | LICENSE_NO_LICENSE         | no licence is left
0x103  | LICENSE_BAD_CLIENT_MSG     | the client's licensing message is not valid | | client
0x104  | LICENSE_HWID_DOESNT_MATCH_LICENSE | the stored licence belongs to other hardware | | client
0x105  | LICENSE_BAD_CLIENT_LICENSE | the client's stored licence is not valid | | client
0x106  | LICENSE_CANT_FINISH_PROTOCOL | licensing could not be finished
0x107  | LICENSE_CLIENT_ENDED_PROTOCOL | the client ended licensing | | client
0x108  | LICENSE_BAD_CLIENT_ENCRYPTION | the client's licensing message is encrypted wrongly | | client
0x109  | LICENSE_CANT_UPGRADE_LICENSE | the licence could not be upgraded
0x10A  | LICENSE_NO_REMOTE_CONNECTIONS | the host is not licensed for remote connections
""",
        stage="licensing",
        fault=HOST,
    ),
    **table(
        _ERRINFO_PDU,
        """
0x400  | CB_DESTINATION_NOT_FOUND   | the Connection Broker does not know the target
0x402  | CB_LOADING_DESTINATION     | the target is being loaded
0x404  | CB_REDIRECTING_TO_DESTINATION | the Connection Broker is redirecting
0x405  | CB_SESSION_ONLINE_VM_WAKE  | the virtual machine is waking up
0x406  | CB_SESSION_ONLINE_VM_BOOT  | the virtual machine is starting
0x407  | CB_SESSION_ONLINE_VM_NO_DNS | the virtual machine's name is not known
0x408  | CB_DESTINATION_POOL_NOT_FREE | no machine of the pool is free
0x409  | CB_CONNECTION_CANCELLED    | the connection was given up
0x410  | CB_CONNECTION_ERROR_INVALID_SETTINGS | the connection's settings are not valid
0x411  | CB_SESSION_ONLINE_VM_BOOT_TIMEOUT | the virtual machine did not start in time
0x412  | CB_SESSION_ONLINE_VM_SESSMON_FAILED | the virtual machine's sessions cannot be watched
""",
        stage="broker",
        fault=GATEWAY,
    ),
    **table(
        _ERRINFO_PDU,
        """
0x10C9 | UNKNOWNPDUTYPE2            | the host was sent a data message of a kind that it does not know
0x10CA | UNKNOWNPDUTYPE             | the host was sent a message of a kind that it does not know
0x10CB | DATAPDUSEQUENCE            | a data message came out of order
0x10CD | CONTROLPDUSEQUENCE         | a control message came out of order
0x10CE | INVALIDCONTROLPDUACTION    | a control message asks for something that it may not
0x10CF | INVALIDINPUTPDUTYPE        | an input message is of an unknown kind
0x10D0 | INVALIDINPUTPDUMOUSE       | a message of the mouse is not valid
0x10D1 | INVALIDREFRESHRECTPDU      | a request to redraw is not valid
0x10D2 | CREATE_USER_DATA_FAILED    | the host could not make its connection data | mcs
0x10D3 | CONNECT_FAILED             | the channels could not be connected | mcs
0x10D4 | CONFIRMACTIVEWRONGSHAREID  | the client's answer to the capabilities names another share
0x10D5 | CONFIRMACTIVEWRONGORIGINATOR | the client's answer to the capabilities names another sender
0x10DA | PERSISTENTKEYPDUBADLENGTH  | the list of stored bitmaps has a wrong length
0x10DB | PERSISTENTKEYPDUILLEGALFIRST | the first list of stored bitmaps is not marked as the first
0x10DC | PERSISTENTKEYPDUTOOMANYTOTALKEYS | the list of stored bitmaps is too long
0x10DD | PERSISTENTKEYPDUTOOMANYCACHEKEYS | the list of stored bitmaps is too long for one cache
0x10DE | INPUTPDUBADLENGTH          | an input message has a wrong length
0x10DF | BITMAPCACHEERRORPDUBADLENGTH | a message about a bitmap cache has a wrong length
0x10E0 | SECURITYDATATOOSHORT       | a message has too little security data
0x10E1 | VCHANNELDATATOOSHORT       | a message on a virtual channel is too short
0x10E2 | SHAREDATATOOSHORT          | a data message is too short
0x10E3 | BADSUPRESSOUTPUTPDU        | a request to stop drawing is not valid
0x10E5 | CONFIRMACTIVEPDUTOOSHORT   | the client's answer to the capabilities is too short
0x10E7 | CAPABILITYSETTOOSMALL      | a capability of the client is too short
0x10E8 | CAPABILITYSETTOOLARGE      | a capability of the client is too long
0x10E9 | NOCURSORCACHE              | the client has no cache for pointers
0x10EA | BAD_CAPABILITIES           | the client's capabilities are not valid | capabilities
0x10EC | VIRTUALCHANNELDECOMPRESSIONERR | data of a virtual channel could not be decompressed
0x10ED | INVALIDVCCOMPRESSIONTYPE   | data of a virtual channel are compressed in an unknown way
0x10EF | INVALIDCHANNELID           | a message names a channel that is not there
0x10F0 | VCHANNELS_TOO_MANY         | the client wants too many virtual channels | mcs
0x10F3 | REMOTEAPPS_NOT_ENABLED     | RemoteApp is not enabled on the host | session | host
0x10F4 | CACHECAPNOTSET             | the client lacks a capability for caches
0x10F5 | BITMAPCACHEERRORPDUBADLENGTH2 | a message about a bitmap cache has a wrong length
0x10F6 | OFFSCRCACHEERRORPDUBADLENGTH | a message about the off-screen cache has a wrong length
0x10F7 | DNGCACHEERRORPDUBADLENGTH  | a message about the nine-grid cache has a wrong length
0x10F8 | GDIPLUSPDUBADLENGTH        | a GDI+ message has a wrong length
0x1129 | BADMONITORDATA             | the client's monitors are not described in a valid way | session
0x112A | VCDECOMPRESSEDREASSEMBLEFAILED | data of a virtual channel could not be put together | session
0x112B | VCDATATOOLONG              | a message on a virtual channel is too long | session
0x112C | BAD_FRAME_ACK_DATA         | the client acknowledged a picture in an invalid way | session
0x1130 | TIMEZONEKEYNAMELENGTHTOOSHORT | the client's time zone has too short a name | session
0x1131 | TIMEZONEKEYNAMELENGTHTOOLONG | the client's time zone has too long a name | session
0x1132 | DYNAMICDSTDISABLEDFIELDMISSING | the client's time zone lacks a field | session
0x1133 | VCDECODINGERROR            | data of a virtual channel could not be read | session
0x1134 | VIRTUAL_DESKTOP_TOO_LARGE  | the desktop asked for is too large | session
0x1135 | MONITORGEOMETRYVALIDATIONFAILED | the client's monitors do not form a valid desktop | session
0x1136 | INVALIDMONITORCOUNT        | the client reports an invalid number of monitors | session
""",
        stage="protocol",
        fault=CLIENT,
    ),
    **table(
        _ERRINFO_PDU,
        """
0x112D | GRAPHICS_MODE_NOT_SUPPORTED | the graphics mode cannot be used | session | host
0x112E | GRAPHICS_SUBSYSTEM_RESET_FAILED | the graphics subsystem could not be reset | session | host
0x112F | GRAPHICS_SUBSYSTEM_FAILED  | the graphics subsystem failed | session | host
0x1191 | UPDATE_SESSION_KEY_FAILED  | the session's keys could not be renewed
0x1192 | DECRYPT_FAILED             | data could not be decrypted
0x1193 | ENCRYPT_FAILED             | data could not be encrypted
0x1194 | ENCRYPTION_PACKAGE_MISMATCH | the two sides use different encryption packages
0x1195 | DECRYPT_FAILED2            | data could not be decrypted
0x1196 | PEER_DISCONNECTED          | the other side disconnected
""",
        stage="data",
    ),
}

_NEGOTIATION = table(
    _NEG_FAILURE,
    """
1 | the host wants TLS and the client offered only legacy security (SecurityLayer is 2) | | client
2 | the host takes only legacy security and the client wants TLS (SecurityLayer is 0) | | host
3 | the host has no certificate that it can use: neither TLS nor NLA is possible | | host
4 | the client's request contradicts itself | | client
5 | the host wants NLA and the client did not offer it: a client without CredSSP, or with it turned off
    (UserAuthentication is 1) | | client
6 | the host wants TLS with another way to prove the user | | client
""",
    negotiation.FAILURES,
    stage="negotiation",
)

_ALERT = table(
    _ALERTS,
    """
0   | the connection is closed in order
10  | a message that does not belong here
20  | a record was damaged or changed | | network
21  | a record could not be decrypted | | network
22  | a record is too long
30  | a record could not be decompressed
40  | no protocol parameters in common, or the host cannot use its key
41  | there is no certificate
42  | the certificate is damaged
43  | the certificate is of a kind that cannot be used
44  | the certificate was revoked
45  | the certificate is not valid at this time
46  | the certificate was not accepted
47  | a value that is not allowed
48  | the certificate's issuer is not trusted
49  | the certificate is good, access is not allowed
50  | a message could not be read
51  | a signature or key exchange could not be verified
60  | export rules forbid it
70  | no TLS version in common
71  | no cipher suite in common that is strong enough
80  | an error inside the other side
86  | the client fell back to an older version than needed | | client
90  | the user gave up | | client
100 | renegotiation is refused
109 | an extension is missing
110 | an extension that was not asked for
112 | the name asked for is not known
113 | the proof that the certificate is not revoked cannot be used
115 | the pre-shared key is not known
116 | the client must present a certificate | | client
120 | no application protocol in common
""",
    tls.ALERTS,
    stage="tls",
)

# FreeRDP and what is built on it (Remmina, Guacamole, KRDC ...): class 2 in the upper half of the number. Class 1 is
# the host's error info.
FREERDP_CLASS, FREERDP_ERRINFO_CLASS = 0x20000, 0x10000
_FREERDP = table(
    _FREERDP_ERRORS,
    """
0x20001 | ERRCONNECT_PRE_CONNECT_FAILED | the client failed before it connected: its own settings, screen or libraries
    | client | client
0x20002 | ERRCONNECT_CONNECT_UNDEFINED | connecting failed; why is not said
0x20003 | ERRCONNECT_POST_CONNECT_FAILED | the client failed after it had connected | client | client
0x20004 | ERRCONNECT_DNS_ERROR | the host's name could not be looked up | name | network
0x20005 | ERRCONNECT_DNS_NAME_NOT_FOUND | the host's name was not found | name | network
0x20006 | ERRCONNECT_CONNECT_FAILED | no connection to the port: closed, filtered, or Remote Desktop is off | tcp |
    network
0x20007 | ERRCONNECT_MCS_CONNECT_INITIAL_ERROR | the channels could not be connected | mcs
0x20008 | ERRCONNECT_TLS_CONNECT_FAILED | the TLS handshake failed, or the certificate was not accepted | tls
0x20009 | ERRCONNECT_AUTHENTICATION_FAILED | the credentials were refused | credssp | client
0x2000A | ERRCONNECT_INSUFFICIENT_PRIVILEGES | the user has no right to log on through Remote Desktop | credssp | host
0x2000B | ERRCONNECT_CONNECT_CANCELLED | the user gave up, or the client did not accept the certificate | client |
    client
0x2000C | ERRCONNECT_SECURITY_NEGO_CONNECT_FAILED | client and host found no security that both allow (/sec, NLA, TLS)
    | negotiation
0x2000D | ERRCONNECT_CONNECT_TRANSPORT_FAILED | the connection broke while it was made | any; mostly negotiation, TLS
    or CredSSP
0x2000E | ERRCONNECT_PASSWORD_EXPIRED | the password has expired; it cannot be changed through NLA | credssp | client
0x2000F | ERRCONNECT_PASSWORD_CERTAINLY_EXPIRED | the password has expired; it cannot be changed through NLA | credssp
    | client
0x20010 | ERRCONNECT_CLIENT_REVOKED | Kerberos says that the account is locked, disabled or revoked | credssp | client
0x20011 | ERRCONNECT_KDC_UNREACHABLE | no domain controller (Kerberos KDC) can be reached from the client | credssp |
    network
0x20012 | ERRCONNECT_ACCOUNT_DISABLED | the account is disabled | credssp | client
0x20013 | ERRCONNECT_PASSWORD_MUST_CHANGE | the password must be changed first; it cannot be changed through NLA |
    credssp | client
0x20014 | ERRCONNECT_LOGON_FAILURE | the credentials were refused | credssp | client
0x20015 | ERRCONNECT_WRONG_PASSWORD | the password is wrong | credssp | client
0x20016 | ERRCONNECT_ACCESS_DENIED | access was denied: by the host's rights, or by the gateway | credssp
0x20017 | ERRCONNECT_ACCOUNT_RESTRICTION | a restriction of the account forbids it | credssp | client
0x20018 | ERRCONNECT_ACCOUNT_LOCKED_OUT | the account is locked out | credssp | client
0x20019 | ERRCONNECT_ACCOUNT_EXPIRED | the account has expired | credssp | client
0x2001A | ERRCONNECT_LOGON_TYPE_NOT_GRANTED | the account lacks the right to log on in this way | credssp | host
0x2001B | ERRCONNECT_NO_OR_MISSING_CREDENTIALS | no user name or password was given | credssp | client
0x2001C | ERRCONNECT_ACTIVATION_TIMEOUT | the logon went well and the session did not come up in time | session
0x2001D | ERRCONNECT_TARGET_BOOTING | the host is still starting | session | host
""",
)

_EXITS = (
    (132, "AUTH_FAILURE", 0x20009),
    (133, "NEGO_FAILURE", 0x2000C),
    (134, "LOGON_FAILURE", 0x20014),
    (135, "ACCOUNT_LOCKED_OUT", 0x20018),
    (136, "PRE_CONNECT_FAILED", 0x20001),
    (137, "CONNECT_UNDEFINED", 0x20002),
    (138, "POST_CONNECT_FAILED", 0x20003),
    (139, "DNS_ERROR", 0x20004),
    (140, "DNS_NAME_NOT_FOUND", 0x20005),
    (141, "CONNECT_FAILED", 0x20006),
    (142, "MCS_CONNECT_INITIAL_ERROR", 0x20007),
    (143, "TLS_CONNECT_FAILED", 0x20008),
    (144, "INSUFFICIENT_PRIVILEGES", 0x2000A),
    (145, "CONNECT_CANCELLED", 0x2000B),
    (147, "CONNECT_TRANSPORT_FAILED", 0x2000D),
    (148, "CONNECT_PASSWORD_EXPIRED", 0x2000E),
    (149, "CONNECT_PASSWORD_MUST_CHANGE", 0x20013),
    (150, "CONNECT_KDC_UNREACHABLE", 0x20011),
    (151, "CONNECT_ACCOUNT_DISABLED", 0x20012),
    (152, "CONNECT_PASSWORD_CERTAINLY_EXPIRED", 0x2000F),
    (153, "CONNECT_CLIENT_REVOKED", 0x20010),
    (154, "CONNECT_WRONG_PASSWORD", 0x20015),
    (155, "CONNECT_ACCESS_DENIED", 0x20016),
    (156, "CONNECT_ACCOUNT_RESTRICTION", 0x20017),
    (157, "CONNECT_ACCOUNT_EXPIRED", 0x20019),
    (158, "CONNECT_LOGON_TYPE_NOT_GRANTED", 0x2001A),
    (159, "CONNECT_NO_OR_MISSING_CREDENTIALS", 0x2001B),
    (160, "CONNECT_TARGET_BOOTING", 0x2001D),
)
_FREERDP_EXIT = {
    **table(
        _FREERDP_EXITS,
        """
0   | XF_EXIT_SUCCESS | ended in order | normal end
1   | XF_EXIT_DISCONNECT | the session was disconnected, or the window was closed | normal end
2   | XF_EXIT_LOGOFF | an administrator logged the session off | normal end
3   | XF_EXIT_IDLE_TIMEOUT | the session was idle for too long | normal end
4   | XF_EXIT_LOGON_TIMEOUT | the session's time was up | normal end
5   | XF_EXIT_CONN_REPLACED | another connection took the session over | normal end
6   | XF_EXIT_OUT_OF_MEMORY | the host is out of memory | | host
7   | XF_EXIT_CONN_DENIED | the host refused the connection | | host
8   | XF_EXIT_CONN_DENIED_FIPS | the host refused the connection because of FIPS policy | | host
9   | XF_EXIT_USER_PRIVILEGES | the user has no right to log on through Remote Desktop | | host
10  | XF_EXIT_FRESH_CREDENTIALS_REQUIRED | the host does not take saved credentials | | client
11  | XF_EXIT_DISCONNECT_BY_USER | the user disconnected the session | normal end
16  | XF_EXIT_LICENSE_INTERNAL | an internal error in licensing | licensing | host
17  | XF_EXIT_LICENSE_NO_LICENSE_SERVER | no licence server can be reached | licensing | host
18  | XF_EXIT_LICENSE_NO_LICENSE | no licence is left | licensing | host
19  | XF_EXIT_LICENSE_BAD_CLIENT_MSG | the client's licensing message is not valid | licensing | client
20  | XF_EXIT_LICENSE_HWID_DOESNT_MATCH | the stored licence belongs to other hardware | licensing | client
21  | XF_EXIT_LICENSE_BAD_CLIENT | the client's stored licence is not valid | licensing | client
22  | XF_EXIT_LICENSE_CANT_FINISH_PROTOCOL | licensing could not be finished | licensing | host
23  | XF_EXIT_LICENSE_CLIENT_ENDED_PROTOCOL | the client ended licensing | licensing | client
24  | XF_EXIT_LICENSE_BAD_CLIENT_ENCRYPTION | the client's licensing message is encrypted wrongly | licensing | client
25  | XF_EXIT_LICENSE_CANT_UPGRADE | the licence could not be upgraded | licensing | host
26  | XF_EXIT_LICENSE_NO_REMOTE_CONNECTIONS | the host is not licensed for remote connections | licensing | host
32  | XF_EXIT_RDP | a protocol error that the host reported | protocol
128 | XF_EXIT_PARSE_ARGUMENTS | the client's command line is not valid | client | client
129 | XF_EXIT_MEMORY | the client is out of memory | client | client
130 | XF_EXIT_PROTOCOL | an error of the protocol | protocol
131 | XF_EXIT_CONN_FAILED | connecting failed; the client's log says at what
161 | EXIT_NLA_REQUIRED | the host wants NLA and this client did not offer it (FreeRDP's SDL client) | negotiation |
    client
255 | XF_EXIT_UNKNOWN | the client does not say why
""",
    ),
    # The rest are FreeRDP's connection errors again, under numbers of one byte.
    **{
        number: replace(_FREERDP[error], name=f"XF_EXIT_{name}", source=_FREERDP_EXITS)
        for number, name, error in _EXITS
    },
}

TABLES: dict[str, dict[int, Meaning]] = {
    DISCONNECT: _DISCONNECT,
    EXTENDED: _EXTENDED,
    ERRINFO: _ERRINFO,
    NEGOTIATION: _NEGOTIATION,
    ALERT: _ALERT,
    FREERDP: _FREERDP,
    FREERDP_EXIT: _FREERDP_EXIT,
}

# Numbers that are not named one by one: first, last, what they have in common.
RANGES: dict[str, tuple[tuple[int, int, Meaning], ...]] = {
    DISCONNECT: (
        (
            0x3000000,
            0x30000FF,
            Meaning(
                "", "something between the client and its gateway (not documented)", "gateway", GATEWAY, _CLIENT_TEXTS
            ),
        ),
    ),
    ERRINFO: (
        (
            0x10C9,
            0x10F8,
            Meaning(
                "PROTOCOL",
                "a malformed message, or one out of order; the host's log knows more",
                "protocol",
                CLIENT,
                _ERRINFO_PDU,
            ),
        ),
        (
            0x1111,
            0x1126,
            Meaning(
                "SECURITY_DATA_TOO_SHORT",
                "a message was cut short; something on the way may have changed it",
                "protocol",
                NETWORK,
                _ERRINFO_PDU,
            ),
        ),
        (
            0x1129,
            0x1136,
            Meaning("DISPLAY", "graphics, monitors or a virtual channel", "session", NOTHING, _ERRINFO_PDU),
        ),
    ),
}

# The web client and the Windows App write names into their logs and reports where other clients show numbers: the code
# that says the same.
APP_NAMES: dict[str, tuple[str, int]] = {
    "AccountDisabled": (DISCONNECT, 0xB07),
    "AccountExpired": (DISCONNECT, 0xE07),
    "AccountLockedOut": (DISCONNECT, 0xD07),
    "AccountRestricted": (DISCONNECT, 0xC07),
    "AutoReconnectFailed": (DISCONNECT, 0xE08),
    "ConnectionBrokenMissedHeartbeatThresholdExceeded": (DISCONNECT, 0x10B),
    "UnexpectedNetworkDisconnect": (DISCONNECT, 0x904),
    "CertExpired": (DISCONNECT, 0x1B07),
    "CertMismatch": (DISCONNECT, 0x907),
    "ConnectionBroken": (DISCONNECT, 0x904),
    # What Azure Virtual Desktop's diagnostics and the states of its session hosts are called:
    # https://learn.microsoft.com/azure/virtual-desktop/virtual-desktop-fall-2019/diagnostics-role-service-2019,
    # https://learn.microsoft.com/javascript/api/@azure/arm-desktopvirtualization/knownstatus
    "ConnectionFailedAdErrorNoSuchMember": (DISCONNECT, 0xA07),
    "ConnectionFailedAdTrustedRelationshipFailure": (STATUS, 0xC000018D),
    "ConnectionFailedClientDisconnect": (DISCONNECT, 0x904),
    "ConnectionFailedNoHealthyRdshAvailable": (DISCONNECT, 0x3000046),
    "ConnectionFailedNoMappingOfSIDinAD": (DISCONNECT, 0xA07),
    "ConnectionFailedUserHasValidSessionButRdshIsUnhealthy": (DISCONNECT, 0x3000046),
    "ConnectionFailedUserNotAuthorized": (DISCONNECT, 0x3000045),
    "DomainTrustRelationshipLost": (STATUS, 0xC000018D),
    "ReverseConnectFailed": (DISCONNECT, 0x3000008),
    "SxSStackListenerNotReady": (DISCONNECT, 0x3000046),
    "ConnectionTimeout": (DISCONNECT, 0x108),
    "CredSSPRequired": (NEGOTIATION, 5),
    "FreshCredsRequired": (DISCONNECT, 0x2107),
    "GatewayAuthFailure": (DISCONNECT, 0x3000001),
    # The web client's, whose socket to the gateway was closed:
    # https://github.com/MicrosoftDocs/windowsserverdocs/issues/2943
    "GatewayProtocolError": (DISCONNECT, 0x300000D),
    "IdleTimeout": (ERRINFO, 0x3),
    "InvalidLogonHours": (DISCONNECT, 0x1007),
    "InvalidWorkStation": (DISCONNECT, 0x1107),
    "LogonFailed": (DISCONNECT, 0x807),
    "LogonTimeout": (ERRINFO, 0x4),
    # What the host says of a logon within the session (MS-RDPBCGR, 2.2.10.1.1.4.1.1); FreeRDP logs it.
    "LOGON_FAILED_BAD_PASSWORD": (DISCONNECT, 0x807),
    "LOGON_FAILED_UPDATE_PASSWORD": (DISCONNECT, 0x1207),
    "LOGON_MSG_NO_PERMISSION": (ERRINFO, 0x9),
    "LoopbackUnsupported": (DISCONNECT, 0x708),
    "NoLicenseAvailable": (ERRINFO, 0x102),
    "NoLicenseServer": (ERRINFO, 0x101),
    "NoRemoteConnectionLicense": (ERRINFO, 0x10A),
    "NoSuchUser": (DISCONNECT, 0xA07),
    "PasswordExpired": (DISCONNECT, 0xF07),
    "PasswordMustChange": (DISCONNECT, 0x1207),
    "RemotingDisabled": (DISCONNECT, 0x204),
    "ReplacedByOtherConnection": (ERRINFO, 0x5),
    "ServerNameLookupFailed": (DISCONNECT, 0x104),
    "SSLHandshakeFailed": (DISCONNECT, 0x207),
    "TimeSkew": (DISCONNECT, 0x1D07),
    "VersionMismatch": (DISCONNECT, 0x2604),
    # What Entra ID answers who signs in with a web account (enablerdsaadauth):
    # https://learn.microsoft.com/entra/identity-platform/reference-error-codes. The first: no device has that name.
    "AADSTS293004": (DISCONNECT, 0x308),
    "AADSTS50034": (STATUS, 0xC0000064),
    "AADSTS50053": (STATUS, 0xC0000234),
    "AADSTS50055": (STATUS, 0xC0000071),
    "AADSTS50056": (STATUS, 0xC000006D),
    "AADSTS50057": (STATUS, 0xC0000072),
    "AADSTS50126": (STATUS, 0xC000006D),
    "AADSTS50144": (STATUS, 0xC0000071),
    # Conditional access and second factors: the account is in order, and may not sign in that way, or from there.
    **dict.fromkeys(
        (f"AADSTS{number}" for number in (50074, 50076, 50079, 50105, 50158, 53000, 53001, 53002, 53003, 530003)),
        (DISCONNECT, 0xC07),
    ),
}


@dataclass(frozen=True)
class KerberosError:
    """An error of Kerberos by its name, with the kind and number of the code that says the same."""

    name: str
    code: tuple[str, int]


# What domain controllers answer and log: RFC 4120, section 7.5.9, in the words of events 4768 and 4771 of
# https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/event-4771
# Those that belong to any logon (25, a first try without a proof) are left out.
KERBEROS: dict[int, KerberosError] = {
    0x6: KerberosError("KDC_ERR_C_PRINCIPAL_UNKNOWN", (DISCONNECT, 0xA07)),
    0x7: KerberosError("KDC_ERR_S_PRINCIPAL_UNKNOWN", (STATUS, 0x80090303)),
    0xC: KerberosError("KDC_ERR_POLICY", (DISCONNECT, 0xC07)),
    0xE: KerberosError("KDC_ERR_ETYPE_NOTSUPP", (STATUS, 0x80090342)),
    0x12: KerberosError("KDC_ERR_CLIENT_REVOKED", (FREERDP, 0x20010)),
    0x17: KerberosError("KDC_ERR_KEY_EXPIRED", (DISCONNECT, 0xF07)),
    0x18: KerberosError("KDC_ERR_PREAUTH_FAILED", (DISCONNECT, 0x807)),
    0x25: KerberosError("KRB_AP_ERR_SKEW", (DISCONNECT, 0x1D07)),
    0x29: KerberosError("KRB_AP_ERR_MODIFIED", (STATUS, 0x80090322)),
}
# TLS alerts with which a client refuses the host's certificate, and what Windows' own client shows for it.
WARNED_BY_CLIENT = {42: 0x907, 43: 0x907, 44: 0x907, 45: 0x1B07, 46: 0x907, 48: 0x907}

# What FreeRDP's errors are called where Windows' own client shows them, so that one rule serves both.
_FREERDP_AS = {
    0x20004: 0x104,
    0x20005: 0x104,
    0x20006: 0x204,
    0x20009: 0x807,
    0x2000A: 0x1307,
    0x2000D: 0x904,
    0x2000E: 0xF07,
    0x2000F: 0xF07,
    0x20010: 0x807,
    0x20011: 0x1807,
    0x20012: 0xB07,
    0x20013: 0x1207,
    0x20014: 0x807,
    0x20015: 0x807,
    0x20017: 0xC07,
    0x20018: 0xD07,
    0x20019: 0xE07,
    0x2001A: 0x1307,
}
# Win32 errors of logons and connections, which programs show alone, by name or inside an HRESULT (0x8007....).
WIN32_AS = {
    1225: 0x204,
    1231: 0x204,
    1232: 0x204,
    1311: 0x1807,
    1326: 0x807,
    1327: 0xC07,
    1328: 0x1007,
    1329: 0x1107,
    1330: 0xF07,
    1331: 0xB07,
    1385: 0x1307,
    1398: 0x1D07,
    1786: 0x1807,
    1787: 0x1807,
    1789: 0x1807,
    1793: 0xE07,
    1907: 0x1207,
    1909: 0xD07,
    10054: 0x904,
    10060: 0x108,
    10061: 0x204,
    11001: 0x104,
}
SAME_AS: dict[tuple[str, int], int] = {
    **{(FREERDP, error): reason for error, reason in _FREERDP_AS.items()},
    **{(FREERDP_EXIT, number): _FREERDP_AS[error] for number, _name, error in _EXITS if error in _FREERDP_AS},
    (FREERDP_EXIT, 161): 0xB09,
    (NEGOTIATION, negotiation.HYBRID_REQUIRED): 0xB09,
}


def lookup(kind: str, number: int) -> Meaning | None:
    """The meaning of a code of one of ``CLIENT_KINDS``, or None."""
    found = TABLES[kind].get(number) or next(
        (meaning for low, high, meaning in RANGES.get(kind, ()) if low <= number <= high), None
    )
    if found is None and kind == EXTENDED:
        return lookup(ERRINFO, number)  # Clients pass on what the host reported.
    return found
