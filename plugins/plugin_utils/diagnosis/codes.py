# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the numbers mean that Remote Desktop clients, hosts and the probe report: plain tables and one lookup, ``explain``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

DISCONNECT, EXTENDED, ERRINFO, NEGOTIATION, ALERT, STATUS = KINDS = (
    "disconnect",
    "extended",
    "errinfo",
    "negotiation",
    "alert",
    "status",
)


class CodeError(ValueError):
    """Text that is not a code; the message says what is accepted."""


@dataclass(frozen=True)
class Meaning:
    """A named code: what it says, and where in a connection it belongs (``stage``; empty when that is not fixed)."""

    name: str
    text: str
    stage: str = ""


def _table(text: str) -> dict[int, Meaning]:
    """``number | name | text | stage`` per line; numbers as Python writes them."""
    rows = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return {int(number, 0): Meaning(*rest) for number, *rest in rows}


_DISCONNECT = _table("""
0x0    | NoInfo                     | no reason is given | any
0x1    | LocalNotError              | the client ended the connection | normal end
0x2    | RemoteByUser               | the user disconnected on the host | normal end
0x3    | ByServer                   | the host ended the connection; the extended code says why | after the connection was made
0x104  | DNSLookupFailed            | the host's name was not found | name
0x106  | OutOfMemory                | the client is out of memory | client
0x107  | NoError                    | no error; seen as a value in events | normal end
0x108  | ConnectionTimedOut         | the host did not answer in time | tcp
0x204  | SocketConnectFailed        | no connection to the port: closed, filtered, or Remote Desktop is off | tcp
0x206  | OutOfMemory2               | the client is out of memory | client
0x208  | HostNotFound               | the host was not found | name
0x304  | WinsockSendFailed          | sending failed on a connection that had been made | transport
0x306  | OutOfMemory3               | the client is out of memory | client
0x308  | InvalidIPAddr              | the address is not valid | name
0x404  | SocketRecvFailed           | receiving failed: the connection was reset | transport
0x406  | InvalidSecurityData        | security data that cannot be used | security
0x408  | InternalError              | an internal error of the client | client
0x506  | InvalidEncryption          | an encryption method that cannot be used | security
0x516  |                            | no connection was made; seen where Remote Desktop is off, or host or name cannot be reached (not documented) | tcp
0x508  | DNSLookupFailed2           | the host's name was not found | name
0x604  | GetHostByNameFailed        | the host's name was not found | name
0x606  | InvalidServerSecurityInfo  | the host's security data cannot be used | security
0x608  | TimerError                 | an internal timer of the client failed | client
0x704  | TimeoutOccurred            | the host did not answer in time | handshake
0x706  | ServerCertificateUnpackErr | the host's certificate for legacy RDP security cannot be read | security
0x708  |                            | the client would not connect to the session that it runs in (not documented) | client
0x804  | InvalidIP                  | the address is not valid | name
0x807  | SslErrLogonFailure         | the credentials were refused | credssp
0x808  | LicensingFailed            | no licence was agreed upon | licensing
0x904  | AtClientWinsockFDClose     | the other side closed the socket | any; mostly negotiation, TLS or CredSSP
0x906  | InternalSecurityError      | an internal error in the security layer | security
0x908  | LicensingTimeout           | the licence was not agreed upon in time | licensing
0xA06  | InternalSecurityError2     | an internal error in the security layer | security
0xA07  | SslErrNoSuchUser           | the user is unknown | credssp
0xB06  | EncryptionError            | data could not be encrypted | data
0xB07  | SslErrAccountDisabled      | the account is disabled | credssp
0xC06  | DecryptionError            | data could not be decrypted | data
0xC07  | SslErrAccountRestriction   | a restriction of the account forbids it | credssp
0xC08  | ClientDecompressionError   | data could not be decompressed | data
0xD07  | SslErrAccountLockedOut     | the account is locked out | credssp
0xE07  | SslErrAccountExpired       | the account has expired | credssp
0xF07  | SslErrPasswordExpired      | the password has expired; it cannot be changed through NLA | credssp
0x1104 |                            | a protocol error; seen where the data on the connection make no sense to the client (not documented) | any
0x1207 | SslErrPasswordMustChange   | the password must be changed first; it cannot be changed through NLA | credssp
0x1607 | SslErrDelegationPolicy     | a policy forbids handing credentials to this host | credssp
0x1707 | SslErrPolicyNtlmOnly       | policy wants Kerberos for handing over credentials, and only NTLM was possible | credssp
0x1807 | SslErrNoAuthenticatingAuthority | no domain controller, a wrong domain, or broken trust | credssp
0x1B07 | SslErrCertExpired          | the client turned an expired certificate away | tls
0x1C07 | SslErrSmartcardWrongPin    | the PIN is wrong | credssp
0x2107 | SslErrFreshCredRequiredByServer | the host does not take saved credentials | credssp
0x2207 | SslErrSmartcardCardBlocked | the smart card is blocked | credssp
0x3000019 |                         | the Remote Desktop Gateway ended the connection (not documented) | gateway
""")

_EXTENDED = _table("""
0   | NoInfo                      | no more is known
1   | APIInitiatedDisconnect      | an administrator or a program disconnected the session
2   | APIInitiatedLogoff          | an administrator or a program logged the session off
3   | ServerIdleTimeout           | the session was idle for too long
4   | ServerLogonTimeout          | the session's time was up
5   | ReplacedByOtherConnection   | another connection took the session over
6   | OutOfMemory                 | the host is out of memory
7   | ServerDeniedConnection      | the host refused the connection
8   | ServerDeniedConnectionFips  | the host refused the connection because of FIPS policy
9   | ServerInsufficientPrivileges | the user has no right to log on through Remote Desktop
10  | ServerFreshCredsRequired    | the host does not take saved credentials
11  | RpcInitiatedDisconnectByUser | the user disconnected the session
12  | LogoffByUser                | the user logged off
256 | LicenseInternal             | an internal error in licensing | licensing
257 | LicenseNoLicenseServer      | no licence server can be reached | licensing
258 | LicenseNoLicense            | no licence is left | licensing
259 | LicenseErrClientMsg         | the client's licensing message is not valid | licensing
260 | LicenseHwidDoesntMatchLicense | the stored licence belongs to other hardware | licensing
261 | LicenseErrClientLicense     | the client's stored licence is not valid | licensing
262 | LicenseCantFinishProtocol   | licensing could not be finished | licensing
263 | LicenseClientEndedProtocol  | the client ended licensing | licensing
264 | LicenseErrClientEncryption  | the client's licensing message is encrypted wrongly | licensing
265 | LicenseCantUpgradeLicense   | the licence could not be upgraded | licensing
266 | LicenseNoRemoteConnections  | the host is not licensed for remote connections | licensing
267 | LicenseCreatingLicStoreAccDenied | the client may not write its licence store | licensing
768 | RdpEncInvalidCredentials    | the credentials are not valid | security
""")

_ERRINFO = _table("""
0x1    | RPC_INITIATED_DISCONNECT   | an administrator disconnected the session
0x2    | RPC_INITIATED_LOGOFF       | an administrator logged the session off
0x3    | IDLE_TIMEOUT               | the session was idle for too long
0x4    | LOGON_TIMEOUT              | the session's time was up
0x5    | DISCONNECTED_BY_OTHERCONNECTION | another connection took the session over
0x6    | OUT_OF_MEMORY              | the host is out of memory
0x7    | SERVER_DENIED_CONNECTION   | the host refused the connection
0x9    | SERVER_INSUFFICIENT_PRIVILEGES | the user has no right to log on through Remote Desktop
0xA    | SERVER_FRESH_CREDENTIALS_REQUIRED | the host does not take saved credentials
0xB    | RPC_INITIATED_DISCONNECT_BYUSER | the user disconnected the session
0xC    | LOGOFF_BY_USER             | the user logged off
0xF    | CLOSE_STACK_ON_DRIVER_NOT_READY | the remote display driver was not ready | session
0x10   | SERVER_DWM_CRASH           | the desktop window manager died | session
0x11   | CLOSE_STACK_ON_DRIVER_FAILURE | the remote display driver could not start | session
0x12   | CLOSE_STACK_ON_DRIVER_IFACE_FAILURE | the remote display driver cannot be used | session
0x17   | SERVER_WINLOGON_CRASH      | winlogon died | session
0x18   | SERVER_CSRSS_CRASH         | csrss died | session
0x100  | LICENSE_INTERNAL           | an internal error in licensing | licensing
0x101  | LICENSE_NO_LICENSE_SERVER  | no licence server can be reached | licensing
0x102  | LICENSE_NO_LICENSE         | no licence is left | licensing
0x103  | LICENSE_BAD_CLIENT_MSG     | the client's licensing message is not valid | licensing
0x104  | LICENSE_HWID_DOESNT_MATCH_LICENSE | the stored licence belongs to other hardware | licensing
0x105  | LICENSE_BAD_CLIENT_LICENSE | the client's stored licence is not valid | licensing
0x106  | LICENSE_CANT_FINISH_PROTOCOL | licensing could not be finished | licensing
0x107  | LICENSE_CLIENT_ENDED_PROTOCOL | the client ended licensing | licensing
0x108  | LICENSE_BAD_CLIENT_ENCRYPTION | the client's licensing message is encrypted wrongly | licensing
0x109  | LICENSE_CANT_UPGRADE_LICENSE | the licence could not be upgraded | licensing
0x10A  | LICENSE_NO_REMOTE_CONNECTIONS | the host is not licensed for remote connections | licensing
0x400  | CB_DESTINATION_NOT_FOUND   | the Connection Broker does not know the target | broker
0x402  | CB_LOADING_DESTINATION     | the target is being loaded | broker
0x404  | CB_REDIRECTING_TO_DESTINATION | the Connection Broker is redirecting | broker
0x405  | CB_SESSION_ONLINE_VM_WAKE  | the virtual machine is waking up | broker
0x406  | CB_SESSION_ONLINE_VM_BOOT  | the virtual machine is starting | broker
0x407  | CB_SESSION_ONLINE_VM_NO_DNS | the virtual machine's name is not known | broker
0x408  | CB_DESTINATION_POOL_NOT_FREE | no machine of the pool is free | broker
0x409  | CB_CONNECTION_CANCELLED    | the connection was given up | broker
0x410  | CB_CONNECTION_ERROR_INVALID_SETTINGS | the connection's settings are not valid | broker
0x411  | CB_SESSION_ONLINE_VM_BOOT_TIMEOUT | the virtual machine did not start in time | broker
0x412  | CB_SESSION_ONLINE_VM_SESSMON_FAILED | the virtual machine's sessions cannot be watched | broker
0x10D2 | CREATE_USER_DATA_FAILED    | the host could not make its connection data | mcs
0x10D3 | CONNECT_FAILED             | the channels could not be connected | mcs
0x10EA | BAD_CAPABILITIES           | the client's capabilities are not valid | capabilities
0x10F0 | VCHANNELS_TOO_MANY         | the client wants too many virtual channels | mcs
0x10F3 | REMOTEAPPS_NOT_ENABLED     | RemoteApp is not enabled on the host | session
0x112D | GRAPHICS_MODE_NOT_SUPPORTED | the graphics mode cannot be used | session
0x112E | GRAPHICS_SUBSYSTEM_RESET_FAILED | the graphics subsystem could not be reset | session
0x112F | GRAPHICS_SUBSYSTEM_FAILED  | the graphics subsystem failed | session
0x1134 | VIRTUAL_DESKTOP_TOO_LARGE  | the desktop asked for is too large | session
0x1191 | UPDATE_SESSION_KEY_FAILED  | the session's keys could not be renewed | data
0x1192 | DECRYPT_FAILED             | data could not be decrypted | data
0x1193 | ENCRYPT_FAILED             | data could not be encrypted | data
0x1194 | ENCRYPTION_PACKAGE_MISMATCH | the two sides use different encryption packages | data
0x1195 | DECRYPT_FAILED2            | data could not be decrypted | data
0x1196 | PEER_DISCONNECTED          | the other side disconnected | data
""")
# Numbers that are not named one by one.
_ERRINFO_RANGES = (
    (
        0x10C9,
        0x10F8,
        Meaning("PROTOCOL", "a malformed message, or one out of order; the host's log knows more", "protocol"),
    ),
    (
        0x1111,
        0x1126,
        Meaning(
            "SECURITY_DATA_TOO_SHORT", "a message was cut short; something on the way may have changed it", "protocol"
        ),
    ),
    (0x1129, 0x1136, Meaning("DISPLAY", "graphics, monitors or a virtual channel", "session")),
)

_NEGOTIATION = _table("""
1 | SSL_REQUIRED_BY_SERVER    | the host wants TLS and the client offered only legacy security (SecurityLayer is 2) | negotiation
2 | SSL_NOT_ALLOWED_BY_SERVER | the host takes only legacy security and the client wants TLS (SecurityLayer is 0) | negotiation
3 | SSL_CERT_NOT_ON_SERVER    | the host has no certificate that it can use: neither TLS nor NLA is possible | negotiation
4 | INCONSISTENT_FLAGS        | the client's request contradicts itself | negotiation
5 | HYBRID_REQUIRED_BY_SERVER | the host wants NLA and the client did not offer it (UserAuthentication is 1) | negotiation
6 | SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER | the host wants TLS with another way to prove the user | negotiation
""")

_ALERT = _table("""
0   | close_notify            | the connection is closed in order
10  | unexpected_message      | a message that does not belong here
20  | bad_record_mac          | a record was damaged or changed
21  | decryption_failed       | a record could not be decrypted
22  | record_overflow         | a record is too long
30  | decompression_failure   | data could not be decompressed
40  | handshake_failure       | no protocol parameters in common, or the host cannot use its key
42  | bad_certificate         | the certificate is damaged
43  | unsupported_certificate | the certificate is of a kind that cannot be used
44  | certificate_revoked     | the certificate was revoked
45  | certificate_expired     | the certificate is not valid at this time
46  | certificate_unknown     | the certificate was not accepted
47  | illegal_parameter       | a value that is not allowed
48  | unknown_ca              | the certificate's issuer is not trusted
49  | access_denied           | the certificate is good, access is not allowed
50  | decode_error            | a message could not be read
51  | decrypt_error           | a signature or key exchange could not be verified
60  | export_restriction      | export rules forbid it
70  | protocol_version        | no TLS version in common
71  | insufficient_security   | no cipher suite in common that is strong enough
80  | internal_error          | an error inside the other side
86  | inappropriate_fallback  | the client fell back to an older version than needed
90  | user_canceled           | the user gave up
100 | no_renegotiation        | renegotiation is refused
109 | missing_extension       | an extension is missing
110 | unsupported_extension   | an extension that was not asked for
112 | unrecognized_name       | the name asked for is not known
113 | bad_certificate_status_response | the proof that the certificate is not revoked cannot be used
115 | unknown_psk_identity    | the pre-shared key is not known
116 | certificate_required    | the client must present a certificate
120 | no_application_protocol | no application protocol in common
""")

_STATUS = _table("""
0x80070005 | E_ACCESSDENIED             | access is denied: look at the access list of the listener's key
0x80080005 | CO_E_SERVER_EXEC_FAILURE   | a component could not start; seen on clients as an authentication error after a faulty update
0x8009000F | NTE_EXISTS                 | a key of that name exists already
0x80090010 | NTE_PERM                   | access to the key is denied
0x80090016 | NTE_BAD_KEYSET             | the key does not exist
0x80090302 | SEC_E_UNSUPPORTED_FUNCTION | the function is not supported: CredSSP oracle policy, or no TLS version in common
0x80090303 | SEC_E_TARGET_UNKNOWN       | the service name TERMSRV/host is not known in the domain
0x80090304 | SEC_E_INTERNAL_ERROR       | the local security authority cannot be reached
0x80090308 | SEC_E_INVALID_TOKEN        | nonsense in the handshake: another service on the port, or something that inspects TLS
0x8009030C | SEC_E_LOGON_DENIED         | the credentials were refused
0x8009030D | SEC_E_UNKNOWN_CREDENTIALS  | the private key cannot be used: access list, or the key is gone
0x8009030E | SEC_E_NO_CREDENTIALS       | there are no credentials
0x8009030F | SEC_E_MESSAGE_ALTERED      | a message was changed on the way
0x80090311 | SEC_E_NO_AUTHENTICATING_AUTHORITY | no domain controller can be reached
0x80090322 | SEC_E_WRONG_PRINCIPAL      | the service name belongs to another account, or the machine password differs
0x80090324 | SEC_E_TIME_SKEW            | the clocks are too far apart for Kerberos
0x80090325 | SEC_E_UNTRUSTED_ROOT       | the certificate's issuer is not trusted
0x80090326 | SEC_E_ILLEGAL_MESSAGE      | a handshake message that is not allowed
0x80090327 | SEC_E_CERT_UNKNOWN         | the certificate was not accepted
0x80090328 | SEC_E_CERT_EXPIRED         | the certificate is not valid at this time
0x80090330 | SEC_E_DECRYPT_FAILURE      | a message could not be decrypted
0x80090331 | SEC_E_ALGORITHM_MISMATCH   | no cipher suite in common
0x80090346 | SEC_E_BAD_BINDINGS         | channel bindings differ: something between ends TLS, or NTLM levels differ
0x8009035E | SEC_E_DELEGATION_POLICY    | a policy of the client forbids handing over credentials
0x8009035F | SEC_E_POLICY_NLTM_ONLY     | policy wants Kerberos for handing over credentials, and only NTLM was possible
0xC000005E | STATUS_NO_LOGON_SERVERS    | no domain controller can be reached
0xC0000064 | STATUS_NO_SUCH_USER        | the user is unknown
0xC000006A | STATUS_WRONG_PASSWORD      | the password is wrong
0xC000006D | STATUS_LOGON_FAILURE       | the credentials were refused
0xC000006E | STATUS_ACCOUNT_RESTRICTION | a restriction of the account forbids it
0xC000006F | STATUS_INVALID_LOGON_HOURS | the account may not log on at this hour
0xC0000070 | STATUS_INVALID_WORKSTATION | the account may not log on from this machine
0xC0000071 | STATUS_PASSWORD_EXPIRED    | the password has expired; it cannot be changed through NLA
0xC0000072 | STATUS_ACCOUNT_DISABLED    | the account is disabled
0xC0000133 | STATUS_TIME_DIFFERENCE_AT_DC | the clock differs from the domain controller's
0xC000015B | STATUS_LOGON_TYPE_NOT_GRANTED | the user right to log on this way is missing
0xC000018B | STATUS_NO_TRUST_SAM_ACCOUNT | the domain has no account for this machine
0xC000018C | STATUS_TRUSTED_DOMAIN_FAILURE | the trust between the domains is broken
0xC000018D | STATUS_TRUSTED_RELATIONSHIP_FAILURE | the trust between machine and domain is broken
0xC0000193 | STATUS_ACCOUNT_EXPIRED     | the account has expired
0xC0000224 | STATUS_PASSWORD_MUST_CHANGE | the password must be changed first; it cannot be changed through NLA
0xC0000234 | STATUS_ACCOUNT_LOCKED_OUT  | the account is locked out
0xC000035B | STATUS_BAD_BINDINGS        | channel bindings differ: something between ends TLS, or NTLM levels differ
""")

TABLES: dict[str, dict[int, Meaning]] = {
    DISCONNECT: _DISCONNECT,
    EXTENDED: _EXTENDED,
    ERRINFO: _ERRINFO,
    NEGOTIATION: _NEGOTIATION,
    ALERT: _ALERT,
    STATUS: _STATUS,
}
# The low byte of a client's disconnect reason tells the layer that gave up.
_LAYERS = {
    0x04: "transport",
    0x06: "security",
    0x07: "TLS or credentials",
    0x08: "client, name lookup, timers or licensing",
}
_CLOSED = (
    "The pair only says that the socket was closed while connecting; it proves nothing about the cause."
    " Run winops.rdp.diagnose for the host: it reads the host and looks at the listener as a client does."
)
_CLOSED_LATE = "The socket was closed; with the extended code 0x0 that was seen after credentials were given: look at NLA, the account and the session."
_FORMS = "a code is a number such as 2308, a text such as '0x904' or '904', a pair such as '0x904/0x7', or the dialog's own words with its codes"

_WITH_0X = re.compile(r"(?<!\w)0[xX][0-9a-fA-F]{1,8}(?!\w)")


def _lookup(kind: str, number: int) -> Meaning | None:
    found = TABLES[kind].get(number)
    if found or kind not in (ERRINFO, EXTENDED):
        return found
    # Internal protocol errors are the host's error info, passed on.
    if kind == EXTENDED:
        return _lookup(ERRINFO, number) if 0x1000 <= number <= 0x7FFF else None
    return next((meaning for low, high, meaning in _ERRINFO_RANGES if low <= number <= high), None)


def _parts(text: str) -> tuple[str, str | None]:
    """A code and the extended one, if there is one: a pair, or what stands in the words of a dialog, in whatever language."""
    found, rest = _WITH_0X.findall(text), _WITH_0X.sub(" ", text)
    as_codes = re.fullmatch(r"\s*/?\s*[0-9a-fA-F]*\s*", rest) and not (len(found) == 2 and "/" not in text)
    if as_codes or not found:
        code, slash, second = text.partition("/")
        return code, second.strip() if slash else None
    if len(found) > 2:
        raise CodeError(f"{text[:80]!r} has more than two codes: {_FORMS}")
    return found[0], found[1] if len(found) == 2 else None


def _readings(code: int | str) -> list[int]:
    """The numbers that a code may stand for, the likeliest first: decimal digits may be hexadecimal without its 0x."""
    if isinstance(code, bool) or not isinstance(code, (int, str)):
        raise CodeError(f"{code!r} is not a code: {_FORMS}")
    text = str(code).strip()
    if re.fullmatch(r"-\d{1,10}", text) and int(text) >= -(2**31):
        return [int(text) & 0xFFFFFFFF]
    if re.fullmatch(r"0[xX][0-9a-fA-F]{1,8}", text):
        return [int(text, 16)]
    if not re.fullmatch(r"[0-9a-fA-F]{1,10}", text):
        raise CodeError(f"{text!r} is not a code: {_FORMS}")
    readings = [int(text)] if text.isdecimal() else []
    if len(text) <= 8:
        readings.append(int(text, 16))
    readings = [number for number in dict.fromkeys(readings) if number <= 0xFFFFFFFF]
    if not readings:
        raise CodeError(f"{text!r} is not a code: it is larger than 32 bits")
    return readings


def _kinds(number: int, kind: str | None) -> tuple[str, ...]:
    if kind:
        return (kind,)
    return (STATUS,) if number >= 0x80000000 else (DISCONNECT, ERRINFO)


def _find(code: int | str, kind: str | None) -> tuple[str, int, Meaning | None, list[str]]:
    """Kind, number and meaning of the first reading that is known, and the other readings that are known as well."""
    readings = _readings(code)
    known = [
        (name, number, meaning)
        for number in readings
        for name in _kinds(number, kind)
        if (meaning := _lookup(name, number))
    ]
    if not known:
        return _kinds(readings[0], kind)[0], readings[0], None, []
    first, *others = known
    also = [
        f"0x{number:X} ({number}) {meaning.name}".rstrip() + f": {meaning.text}"
        for _kind, number, meaning in others
        if number != first[1]
    ]
    return (*first, also)


def _described(kind: str, number: int, meaning: Meaning | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "code": f"0x{number:X}",
        "number": number,
        "known": meaning is not None,
        "name": (meaning.name or None) if meaning else None,
        "meaning": meaning.text if meaning else "not a code that is known here",
        "stage": (meaning.stage or None) if meaning else None,
    }


def explain(code: int | str, extended: int | str | None = None, kind: str | None = None) -> dict[str, Any]:
    """Explain a code.

    ``code`` is a number, ``0x904``, ``904``, a pair ``0x904/0x7``, or the words of a dialog with one or two codes (``Error code: 0x904 ...``); ``extended``
    the extended disconnect reason. ``kind`` is one of ``KINDS``; without it a code of 0x80000000 or more is a status, any other a client's disconnect reason
    or, if that is not known, the host's error info.

    Decimal digits without 0x are read as decimal if that is a known code, else as hexadecimal if that is one (so 2308 and 904 are the same code);
    ``also`` tells of a second reading that is known as well.

    Returns ``kind code number known name meaning stage layer also extended summary advice``. Raises ``CodeError`` for what is no code.
    """
    if kind is not None and kind not in KINDS:
        raise CodeError(f"{kind!r} is not a kind of code: choose one of {', '.join(KINDS)}")
    if isinstance(code, str):
        code, second = _parts(code)
        if second is not None and extended is not None:
            raise CodeError(f"give the extended code once: in the pair ({second}) or as extended ({extended})")
        extended = extended if second is None else second
    name, number, meaning, also = _find(code, kind)
    if extended is not None and name != DISCONNECT:
        raise CodeError(f"0x{number:X} is of the kind {name}; only a client's disconnect reason has an extended code")
    more: dict[str, Any] | None = None
    if extended is not None:
        second_kind, second_number, second_meaning, second_also = _find(extended, EXTENDED)
        more = {**_described(second_kind, second_number, second_meaning), "also": second_also}
    result = _described(name, number, meaning)
    summary = f"{result['code']} {result['name'] or ''}".strip() + f": {result['meaning']}"
    if more:
        summary += f"; extended {more['code']} {more['name'] or ''}".rstrip() + f": {more['meaning']}"
    advice = None
    if name == DISCONNECT and number == 0x904:
        advice = _CLOSED_LATE if more and more["number"] == 0 else _CLOSED
    layer = _LAYERS.get(number & 0xFF) if name == DISCONNECT and number > 0xFF else None
    return {**result, "layer": layer, "also": also, "extended": more, "summary": summary, "advice": advice}
