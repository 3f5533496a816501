# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""TSRequest and what stands in it (MS-CSSP 2.2.1 and 3.1.5): tokens, the binding to the server's key, credentials.

The probe uses the first leg alone, without credentials; the rest is for the proof up to the logon, which runs on the
controller.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.module_utils.wire import der
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed

VERSION, LOWEST_VERSION = 6, 2
# A challenge with five names of full length has less than 4 KiB.
MAX_REQUEST = 16384
# MS-CSSP 2.2.1 defines versions 2 to 6; a later one is still a version, a number of a thousand digits is none.
_MAX_VERSION = 0xFFFF
# Status codes have 32 bits; some servers extend the sign over more.
_MAX_ERROR = 0xFFFFFFFFFFFFFFFF

# NTSTATUS and SSPI codes that a server may answer with.
ERRORS = {
    0xC0000022: "STATUS_ACCESS_DENIED",
    0xC000005E: "STATUS_NO_LOGON_SERVERS",
    0xC0000064: "STATUS_NO_SUCH_USER",
    0xC000006A: "STATUS_WRONG_PASSWORD",
    0xC000006D: "STATUS_LOGON_FAILURE",
    0xC000006E: "STATUS_ACCOUNT_RESTRICTION",
    0xC000006F: "STATUS_INVALID_LOGON_HOURS",
    0xC0000070: "STATUS_INVALID_WORKSTATION",
    0xC0000071: "STATUS_PASSWORD_EXPIRED",
    0xC0000072: "STATUS_ACCOUNT_DISABLED",
    0xC00000BB: "STATUS_NOT_SUPPORTED",
    0xC0000133: "STATUS_TIME_DIFFERENCE_AT_DC",
    0xC000015B: "STATUS_LOGON_TYPE_NOT_GRANTED",
    0xC000018B: "STATUS_NO_TRUST_SAM_ACCOUNT",
    0xC000018C: "STATUS_TRUSTED_DOMAIN_FAILURE",
    0xC000018D: "STATUS_TRUSTED_RELATIONSHIP_FAILURE",
    0xC0000193: "STATUS_ACCOUNT_EXPIRED",
    0xC0000224: "STATUS_PASSWORD_MUST_CHANGE",
    0xC0000234: "STATUS_ACCOUNT_LOCKED_OUT",
    0xC000035B: "STATUS_BAD_BINDINGS",
    0xC0000413: "STATUS_AUTHENTICATION_FIREWALL_FAILED",
    0xC0000418: "STATUS_NTLM_BLOCKED",
    0x80090302: "SEC_E_UNSUPPORTED_FUNCTION",
    0x80090303: "SEC_E_TARGET_UNKNOWN",
    0x80090304: "SEC_E_INTERNAL_ERROR",
    0x80090305: "SEC_E_SECPKG_NOT_FOUND",
    0x80090308: "SEC_E_INVALID_TOKEN",
    0x8009030C: "SEC_E_LOGON_DENIED",
    0x8009030D: "SEC_E_UNKNOWN_CREDENTIALS",
    0x8009030E: "SEC_E_NO_CREDENTIALS",
    0x8009030F: "SEC_E_MESSAGE_ALTERED",
    0x80090311: "SEC_E_NO_AUTHENTICATING_AUTHORITY",
    0x80090322: "SEC_E_WRONG_PRINCIPAL",
    0x80090324: "SEC_E_TIME_SKEW",
    0x80090346: "SEC_E_BAD_BINDINGS",
}
# MS-CSSP 3.1.5, steps 3 and 4: from this version on, hashes with these beginnings bind the connection to the server's
# key (CVE-2018-0886); before it, the key itself, and the key with its first byte raised by one.
HASHED_BINDING = 5
_CLIENT_BINDING = b"CredSSP Client-To-Server Binding Hash\0"
_SERVER_BINDING = b"CredSSP Server-To-Client Binding Hash\0"
NONCE_BYTES = 32
# Early User Authorization Result (MS-RDPBCGR 2.2.10.2), which ends CredSSP where NLA with early authorization was
# selected.
EARLY_RESULT_BYTES = 4
AUTHORIZED, ACCESS_DENIED = 0, 5


@dataclass(frozen=True)
class TsRequest:
    """``token`` is the first negotiation token; ``error`` is an NTSTATUS or SSPI code as an unsigned number.

    ``key`` is the server's encrypted answer to the binding (pubKeyAuth).
    """

    version: int
    token: bytes | None
    error: int | None
    key: bytes | None = None


SPNEGO_REJECT = 2
_MAX_NEG_STATE = 0xFF


def spnego_state(token: bytes) -> int | None:
    """The negState of a SPNEGO response, None for any other token. Raises ``Malformed``.

    RFC 4178, section 4.2.2: 0 accepted, 1 incomplete, 2 reject, 3 request-mic; -1 stands for a response without one.
    """
    if token[:1] != b"\xa1":
        return None
    body = der.read(der.read(token, 0, 0xA1)[1], 0, 0x30)[1]
    if body[:1] != b"\xa0":
        return -1
    return der.read_integer(der.read(body, 0, 0xA0)[1], 0, _MAX_NEG_STATE, tag=0x0A)[0]


def request(
    token: bytes | None = None,
    *,
    credentials: bytes | None = None,
    key: bytes | None = None,
    nonce: bytes | None = None,
) -> bytes:
    """A TSRequest with a negotiation token, encrypted credentials (authInfo), an encrypted binding (pubKeyAuth) and the
    nonce of that binding, each if it is given.
    """
    fields = [der.tlv(0xA0, der.integer(VERSION))]
    if token is not None:
        fields.append(der.tlv(0xA1, der.tlv(0x30, der.tlv(0x30, der.tlv(0xA0, der.tlv(0x04, token))))))
    for tag, content in ((0xA2, credentials), (0xA3, key), (0xA5, nonce)):
        if content is not None:
            fields.append(der.tlv(tag, der.tlv(0x04, content)))
    return der.tlv(0x30, b"".join(fields))


def binding(version: int, key: bytes, nonce: bytes, *, from_server: bool) -> bytes:
    """What binds a connection to the server's key: said by the client, or by the server in answer.

    ``version`` is the lower of both sides' versions, ``key`` the SubjectPublicKey of the certificate, not empty.
    """
    if version >= HASHED_BINDING:
        return hashlib.sha256((_SERVER_BINDING if from_server else _CLIENT_BINDING) + nonce + key).digest()
    return bytes(((key[0] + 1) & 0xFF,)) + key[1:] if from_server else key


def subject_public_key(certificate: bytes) -> bytes:
    """The SubjectPublicKey of a certificate in DER, as it stands there. Raises ``Malformed``."""
    body = der.read(der.read(certificate, 0, 0x30)[1], 0, 0x30)[1]
    at = der.read(body, 0)[2] if body[:1] == b"\xa0" else 0
    # serial number, signature, issuer, validity and subject come before the key (RFC 5280, section 4.1)
    for _field in range(5):
        at = der.read(body, at)[2]
    key = der.read(body, at, 0x30)[1]
    bits = der.read(key, der.read(key, 0, 0x30)[2], 0x03)[1]
    if len(bits) < 2 or bits[0] != 0:
        raise Malformed("the certificate's public key is no whole number of bytes")
    return bits[1:]


def password_credentials(domain: str, user: str, password: str) -> bytes:
    """TSCredentials with a password (MS-CSSP 2.2.1.2 and 2.2.1.2.1), before they are encrypted."""
    texts = (text.encode("utf-16-le", "surrogatepass") for text in (domain, user, password))
    fields = b"".join(der.tlv(0xA0 + number, der.tlv(0x04, text)) for number, text in enumerate(texts))
    return der.tlv(0x30, der.tlv(0xA0, der.integer(1)) + der.tlv(0xA1, der.tlv(0x04, der.tlv(0x30, fields))))


def early_result(received: bytes) -> int:
    """The Early User Authorization Result. Raises ``Malformed`` for what is neither yes nor no."""
    number = int.from_bytes(received[:EARLY_RESULT_BYTES], "little")
    if len(received) != EARLY_RESULT_BYTES or number not in (AUTHORIZED, ACCESS_DENIED):
        raise Malformed(f"{received[:16].hex()} where the result of early authorization belongs")
    return number


def frame_length(received: bytes | bytearray) -> int | None:
    """How many bytes the TSRequest has that starts here; None while that cannot be known. Raises ``Malformed``."""
    if not received:
        return None
    if received[0] != 0x30:
        raise Malformed(f"CredSSP begins with {received[:16].hex()}, not with a TSRequest")
    found = der.header(received)
    if found is None:
        return None
    if found[2] > MAX_REQUEST:
        raise Malformed(f"a TSRequest of {found[2]} bytes")
    return found[2]


def parse(data: bytes) -> TsRequest:
    """Read one TSRequest; fields that are not needed are passed over. Raises ``Malformed``."""
    _tag, body, _end = der.read(data, 0, 0x30)
    fields: dict[int, bytes] = {}
    at = 0
    while at < len(body):
        tag, content, at = der.read(body, at)
        if tag in (0xA0, 0xA1, 0xA3, 0xA4):
            fields.setdefault(tag, content)
    if 0xA0 not in fields:
        raise Malformed("a TSRequest without version")
    version = der.read_integer(fields[0xA0], 0, _MAX_VERSION)[0]
    token = error = key = None
    if 0xA1 in fields:
        tokens = der.read(fields[0xA1], 0, 0x30)[1]
        first = der.read(tokens, 0, 0x30)[1]
        token = der.read(der.read(first, 0, 0xA0)[1], 0, 0x04)[1]
    if 0xA4 in fields:
        # Four bytes that read as negative, or five: both are met.
        error = der.read_integer(fields[0xA4], 0, _MAX_ERROR)[0] & 0xFFFFFFFF
    if 0xA3 in fields:
        key = der.read(fields[0xA3], 0, 0x04)[1]
    return TsRequest(version, token, error, key)
