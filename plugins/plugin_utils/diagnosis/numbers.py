# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows' status numbers in words, for every finding that shows one: NTSTATUS, HRESULT (SSPI, key storage,
certificates) and Win32 errors, which are also the exit codes of services. ``in_words`` is the one way to say such a
number.

The numbers and names are those of MS-ERREF; the words are this collection's own and say what the number means where
Remote Desktop is concerned.
"""

from __future__ import annotations

from collections.abc import Iterable

from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.meaning import CLIENT, GATEWAY, HOST, Meaning, table

_ERREF = "https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/"
_NTSTATUS = _ERREF + "596a1078-e883-4972-9bbc-49e60bebca55"
_HRESULT = _ERREF + "0642cb2f-2075-4469-918c-4441e69c548a"
_WIN32 = _ERREF + "18d8fbe8-a967-4f1c-ae50-99ca8e491d2d"

# Of the account, shown to the user who logs on. Names come from the probe's own list.
_LOGONS = table(
    _NTSTATUS,
    """
0xC0000022 | access was denied | | nothing
0xC000005E | no domain controller can be reached | | network
0xC0000064 | the user is unknown
0xC000006A | the password is wrong
0xC000006D | the credentials were refused
0xC000006E | a restriction of the account forbids it (a blank password, Protected Users, or NTLM where it is not
    allowed)
0xC000006F | the account may not log on at this hour
0xC0000070 | the account may not log on from this machine
0xC0000071 | the password has expired; it cannot be changed through NLA
0xC0000072 | the account is disabled
0xC00000BB | the request is not supported | | nothing
0xC0000133 | the clock differs from the domain controller's | | nothing
0xC000015B | the user right to log on this way is missing | | host
0xC000018B | the domain has no account for this machine | | host
0xC000018C | the trust between the domains is broken | | network
0xC000018D | the trust between machine and domain is broken | | host
0xC0000193 | the account has expired
0xC0000224 | the password must be changed first; it cannot be changed through NLA
0xC0000234 | the account is locked out
0xC000035B | channel bindings differ: something between ends TLS, or NTLM levels differ | | network
0xC0000413 | an authentication firewall of the trust keeps the account away from this machine | | network
0xC0000418 | NTLM is blocked, and Kerberos was not possible | | nothing
""",
    credssp.ERRORS,
    stage="credssp",
    fault=CLIENT,
)

_STATUSES = {
    **_LOGONS,
    **table(
        _NTSTATUS,
        """
0xC0000001 | STATUS_UNSUCCESSFUL        | it failed; why is not said
0xC0000005 | STATUS_ACCESS_VIOLATION    | the program crashed: it touched memory that is not its own | | host
0xC000000D | STATUS_INVALID_PARAMETER   | a parameter is not valid
0xC0000017 | STATUS_NO_MEMORY           | out of memory | | host
0xC000001D | STATUS_ILLEGAL_INSTRUCTION | the program crashed: an instruction that the processor does not know | | host
0xC0000034 | STATUS_OBJECT_NAME_NOT_FOUND | it is not there
0xC000003A | STATUS_OBJECT_PATH_NOT_FOUND | the path is not there
0xC0000094 | STATUS_INTEGER_DIVIDE_BY_ZERO | the program crashed: a division by zero | | host
0xC000009A | STATUS_INSUFFICIENT_RESOURCES | the host is short of resources | | host
0xC00000B5 | STATUS_IO_TIMEOUT          | it took too long
0xC00000E5 | STATUS_INTERNAL_ERROR      | an internal error
0xC00000FD | STATUS_STACK_OVERFLOW      | the program crashed: its stack is full | | host
0xC0000135 | STATUS_DLL_NOT_FOUND       | a library that the program needs is missing | | host
0xC0000139 | STATUS_ENTRYPOINT_NOT_FOUND | a library lacks a function that the program needs: versions do not match | |
    host
0xC0000142 | STATUS_DLL_INIT_FAILED     | a library could not start | | host
0xC0000184 | STATUS_INVALID_DEVICE_STATE | the device is in no state for what was asked of it | | host
0xC0000194 | STATUS_POSSIBLE_DEADLOCK   | the program hangs in a deadlock | | host
0xC0000236 | STATUS_CONNECTION_REFUSED  | the connection was refused
0xC000020C | STATUS_CONNECTION_DISCONNECTED | the connection was ended
0xC000020D | STATUS_CONNECTION_RESET    | the connection was reset
0xC000023D | STATUS_HOST_UNREACHABLE    | the host cannot be reached | | network
0xC000005F | STATUS_NO_SUCH_LOGON_SESSION | the logon session is gone
0xC0000062 | STATUS_INVALID_ACCOUNT_NAME | the account's name is not valid | credssp | client
0xC0000073 | STATUS_NONE_MAPPED         | the name belongs to no account | credssp | client
0xC00000DC | STATUS_INVALID_SERVER_STATE | the security database or LSA is not in a state to do it | credssp | host
0xC0000192 | STATUS_NETLOGON_NOT_STARTED | the service Netlogon does not run | credssp | host
0xC000018A | STATUS_NO_TRUST_LSA_SECRET | the machine has lost its own password for the domain | credssp | host
0xC0000190 | STATUS_TRUST_FAILURE       | a trust relationship failed | credssp | network
0xC000019B | STATUS_DOMAIN_TRUST_INCONSISTENT | the domain's name or identity differs from what the machine has |
    credssp | host
0xC0000225 | STATUS_NOT_FOUND           | it was not found
0xC00002EE | STATUS_UNFINISHED_CONTEXT_DELETED | the logon was given up before it was finished | credssp
0xC00002FA | STATUS_SMARTCARD_LOGON_REQUIRED | a smart card or Windows Hello is required, and was not used
    | credssp | client
0xC0000371 | STATUS_NO_SECRETS | the domain controller holds no secret of this account (read-only) | credssp | network
0xC0000380 | STATUS_SMARTCARD_WRONG_PIN | the PIN is wrong | credssp | client
0xC0000381 | STATUS_SMARTCARD_CARD_BLOCKED | the smart card is blocked | credssp | client
0xC0000388 | STATUS_DOWNGRADE_DETECTED | a weaker way of logging on than before: no domain controller answers as it
    should | credssp | network
0xC0000409 | STATUS_STACK_BUFFER_OVERRUN | the program ended itself: it found its memory damaged | | host
0xC0000374 | STATUS_HEAP_CORRUPTION     | the program ended itself: it found its memory damaged | | host
0xC0000428 | STATUS_INVALID_IMAGE_HASH | the file's signature is not valid: it was changed, or is not signed as it must
    be | | host
0xC0000906 | STATUS_VIRUS_INFECTED      | a security product took the file for malware | | host
0xC00A0006 | STATUS_CTX_CLOSE_PENDING   | a session is being closed | session | host
0xC00A0015 | STATUS_CTX_WINSTATION_NOT_FOUND | the session is not there | session
0xC00A0017 | STATUS_CTX_WINSTATION_BUSY | the session is busy: it begins or ends at this moment, or hangs | session
0xC00A002B | STATUS_CTX_WINSTATION_ACCESS_DENIED | the user may not use this session | session | host
0xC00A0032 | STATUS_RDP_PROTOCOL_ERROR  | an error of the protocol | session
""",
    ),
}

# SSPI: CredSSP, Kerberos, NTLM and Schannel. First those that the probe names, then the rest.
_SSPI = {
    **table(
        _HRESULT,
        """
0x80090302 | the function is not supported: CredSSP oracle policy, or no TLS version in common
0x80090303 | the service name TERMSRV/host is not known in the domain | | network
0x80090304 | the local security authority cannot be reached
0x80090305 | the security package does not exist
0x80090308 | nonsense in the handshake: another service on the port, or something that inspects TLS | | network
0x8009030C | the credentials were refused | | client
0x8009030D | the credentials cannot be used; on a host its private key: access list, or the key is gone | | host
0x8009030E | there are no credentials
0x8009030F | a message was changed on the way | | network
0x80090311 | no domain controller can be reached | | network
0x80090322 | the service name belongs to another account, or the machine password differs | | host
0x80090324 | the clocks are too far apart for Kerberos
0x80090346 | channel bindings differ: something between ends TLS, or NTLM levels differ | | network
""",
        credssp.ERRORS,
        stage="credssp",
    ),
    **table(
        _HRESULT,
        """
0x80090300 | SEC_E_INSUFFICIENT_MEMORY  | out of memory
0x80090301 | SEC_E_INVALID_HANDLE       | a handle is not valid
0x80090306 | SEC_E_NOT_OWNER            | the credentials belong to somebody else
0x80090307 | SEC_E_CANNOT_INSTALL       | the security package could not start
0x80090309 | SEC_E_CANNOT_PACK          | the logon's data could not be packed
0x8009030A | SEC_E_QOP_NOT_SUPPORTED    | the protection asked for is not supported
0x8009030B | SEC_E_NO_IMPERSONATION     | acting for the user is not allowed
0x80090310 | SEC_E_OUT_OF_SEQUENCE      | a message came out of order | | network
0x80090316 | SEC_E_BAD_PKGID            | the security package does not exist
0x80090317 | SEC_E_CONTEXT_EXPIRED      | the security context has ended
0x80090318 | SEC_E_INCOMPLETE_MESSAGE   | a message is not complete
0x80090320 | SEC_E_INCOMPLETE_CREDENTIALS | the credentials are not complete
0x80090321 | SEC_E_BUFFER_TOO_SMALL     | a buffer is too small
0x80090325 | SEC_E_UNTRUSTED_ROOT       | the certificate's issuer is not trusted | tls | client
0x80090326 | SEC_E_ILLEGAL_MESSAGE      | a handshake message that is not allowed | tls
0x80090327 | SEC_E_CERT_UNKNOWN         | the certificate was not accepted | tls
0x80090328 | SEC_E_CERT_EXPIRED         | the certificate is not valid at this time | tls | host
0x80090329 | SEC_E_ENCRYPT_FAILURE      | a message could not be encrypted | tls
0x80090330 | SEC_E_DECRYPT_FAILURE      | a message could not be decrypted | tls | network
0x80090331 | SEC_E_ALGORITHM_MISMATCH   | no cipher suite in common | tls
0x80090332 | SEC_E_SECURITY_QOS_FAILED | what was asked of the security context (mutual authentication, delegation)
    could not be had
0x80090333 | SEC_E_UNFINISHED_CONTEXT_DELETED | the logon was given up before it was finished
0x80090334 | SEC_E_NO_TGT_REPLY         | user-to-user Kerberos was asked for and the answer is missing
0x80090335 | SEC_E_NO_IP_ADDRESSES      | the machine has no IP address
0x80090336 | SEC_E_WRONG_CREDENTIAL_HANDLE | the credentials do not belong to this security context
0x80090337 | SEC_E_CRYPTO_SYSTEM_INVALID | the encryption or checksum is not available
0x80090338 | SEC_E_MAX_REFERRALS_EXCEEDED | Kerberos was sent from domain to domain too often | | network
0x80090339 | SEC_E_MUST_BE_KDC          | only a domain controller can do it
0x8009033A | SEC_E_STRONG_CRYPTO_NOT_SUPPORTED | the other side wants stronger encryption than there is
0x8009033B | SEC_E_TOO_MANY_PRINCIPALS  | the domain controller's answer names more than one account
0x8009033C | SEC_E_NO_PA_DATA           | the domain controller does not say which encryption to use
0x8009033D | SEC_E_PKINIT_NAME_MISMATCH | the certificate's user name is not that of the logon | | client
0x8009033E | SEC_E_SMARTCARD_LOGON_REQUIRED | a smart card is required and was not used | | client
0x8009033F | SEC_E_SHUTDOWN_IN_PROGRESS | the machine is shutting down
0x80090340 | SEC_E_KDC_INVALID_REQUEST  | the domain controller refuses the request as invalid
0x80090341 | SEC_E_KDC_UNABLE_TO_REFER  | the domain controller cannot say which domain is meant | | network
0x80090342 | SEC_E_KDC_UNKNOWN_ETYPE | the domain controller does not do the encryption type that was asked for (for
    example RC4)
0x80090343 | SEC_E_UNSUPPORTED_PREAUTH  | the way of logging on to Kerberos is not supported
0x80090345 | SEC_E_DELEGATION_REQUIRED  | delegation is needed and not allowed
0x80090347 | SEC_E_MULTIPLE_ACCOUNTS    | the certificate belongs to several accounts
0x80090348 | SEC_E_NO_KERB_KEY          | there is no Kerberos key
0x80090349 | SEC_E_CERT_WRONG_USAGE     | the certificate may not be used for this | tls | host
0x80090350 | SEC_E_DOWNGRADE_DETECTED | a weaker way of logging on than before: no domain controller answers as it
    should | | network
0x80090351 | SEC_E_SMARTCARD_CERT_REVOKED | the smart card's certificate was revoked | | client
0x80090352 | SEC_E_ISSUING_CA_UNTRUSTED | the issuer of the smart card's certificate is not trusted | | client
0x80090353 | SEC_E_REVOCATION_OFFLINE_C | whether the smart card's certificate was revoked could not be found out
0x80090354 | SEC_E_PKINIT_CLIENT_FAILURE | the smart card's certificate was not trusted | | client
0x80090355 | SEC_E_SMARTCARD_CERT_EXPIRED | the smart card's certificate has expired | | client
0x80090356 | SEC_E_NO_S4U_PROT_SUPPORT  | the domain controller cannot act for users (S4U)
0x80090357 | SEC_E_CROSSREALM_DELEGATION_FAILURE | delegation across domains is not possible
0x80090358 | SEC_E_REVOCATION_OFFLINE_KDC | whether the domain controller's certificate was revoked could not be found
    out | | network
0x80090359 | SEC_E_ISSUING_CA_UNTRUSTED_KDC | the issuer of the domain controller's certificate is not trusted
0x8009035A | SEC_E_KDC_CERT_EXPIRED     | the domain controller's certificate has expired | | network
0x8009035B | SEC_E_KDC_CERT_REVOKED     | the domain controller's certificate was revoked | | network
0x8009035D | SEC_E_INVALID_PARAMETER    | a parameter is not valid
0x8009035E | SEC_E_DELEGATION_POLICY    | a policy of the client forbids handing over credentials | | client
0x8009035F | SEC_E_POLICY_NLTM_ONLY | policy wants Kerberos for handing over credentials, and only NTLM was possible |
    | client
0x80090361 | SEC_E_NO_CONTEXT           | there is no security context
0x80090362 | SEC_E_PKU2U_CERT_FAILURE   | a certificate of a logon between machines (PKU2U) was not accepted
0x80090363 | SEC_E_MUTUAL_AUTH_FAILED   | the two sides could not prove themselves to each other
0x80090365 | SEC_E_ONLY_HTTPS_ALLOWED   | only a connection by HTTPS is allowed
0x80090367 | SEC_E_APPLICATION_PROTOCOL_MISMATCH | no application protocol in common (ALPN): mostly no Remote Desktop
    client, or something between that opens TLS | tls
0x80090369 | SEC_E_INVALID_UPN_NAME     | the user name is not a valid one (user@domain)
0x8009036A | SEC_E_EXT_BUFFER_TOO_SMALL | a buffer that the program gave is too small
0x8009036B | SEC_E_INSUFFICIENT_BUFFERS | the program gave too few buffers
""",
        stage="credssp",
    ),
}

# Keys and certificates: what Schannel, TermService and SessionEnv meet when they open, make or renew one.
_CRYPTO = table(
    _HRESULT,
    """
0x80090001 | NTE_BAD_UID                | the provider's handle is not valid
0x80090002 | NTE_BAD_HASH               | the hash is not valid
0x80090003 | NTE_BAD_KEY                | the key is not valid
0x80090004 | NTE_BAD_LEN                | a length is not valid
0x80090005 | NTE_BAD_DATA | the data cannot be read: a damaged key file, or one that was protected on another machine
0x80090006 | NTE_BAD_SIGNATURE          | the signature is not valid
0x80090007 | NTE_BAD_VER                | the provider's version does not fit
0x80090008 | NTE_BAD_ALGID              | the provider does not know the algorithm
0x80090009 | NTE_BAD_FLAGS              | the provider does not take these flags
0x8009000A | NTE_BAD_TYPE               | the type is not valid
0x8009000B | NTE_BAD_KEY_STATE | the key cannot be used in this state: not exportable, or protected by another secret
0x8009000C | NTE_BAD_HASH_STATE         | the hash cannot be used in this state
0x8009000D | NTE_NO_KEY                 | the key does not exist
0x8009000E | NTE_NO_MEMORY              | out of memory
0x8009000F | NTE_EXISTS                 | a key of that name exists already
0x80090010 | NTE_PERM                   | access to the key is denied
0x80090011 | NTE_NOT_FOUND              | it was not found
0x80090013 | NTE_BAD_PROVIDER           | the provider is not valid
0x80090014 | NTE_BAD_PROV_TYPE          | the provider is of another type
0x80090015 | NTE_BAD_PUBLIC_KEY         | the public key is not valid
0x80090016 | NTE_BAD_KEYSET             | the key does not exist, or its file cannot be read
0x80090017 | NTE_PROV_TYPE_NOT_DEF      | no provider of this type is installed
0x80090018 | NTE_PROV_TYPE_ENTRY_BAD    | the provider's type is registered wrongly
0x80090019 | NTE_KEYSET_NOT_DEF         | the provider is not installed
0x8009001A | NTE_KEYSET_ENTRY_BAD       | the provider is registered wrongly
0x8009001B | NTE_PROV_TYPE_NO_MATCH     | the provider is registered with another type
0x8009001C | NTE_SIGNATURE_FILE_BAD     | the provider's signature is damaged
0x8009001D | NTE_PROVIDER_DLL_FAIL      | the provider could not start
0x8009001E | NTE_PROV_DLL_NOT_FOUND     | the provider's file is missing
0x8009001F | NTE_BAD_KEYSET_PARAM       | the key's parameters are not valid
0x80090020 | NTE_FAIL                   | an internal error of the provider
0x80090021 | NTE_SYS_ERR                | an error of Windows below the provider
0x80090022 | NTE_SILENT_CONTEXT         | the provider wants to ask a person and may not
0x80090023 | NTE_TOKEN_KEYSET_STORAGE_FULL | the smart card or security module is full
0x80090024 | NTE_TEMPORARY_PROFILE      | the user's profile is a temporary one
0x80090025 | NTE_FIXEDPARAMETER         | the provider does not let this parameter be set
0x80090026 | NTE_INVALID_HANDLE         | a handle is not valid
0x80090027 | NTE_INVALID_PARAMETER      | a parameter is not valid
0x80090028 | NTE_BUFFER_TOO_SMALL       | a buffer is too small
0x80090029 | NTE_NOT_SUPPORTED          | the provider does not support it
0x8009002A | NTE_NO_MORE_ITEMS          | there is no more
0x8009002C | NTE_DECRYPTION_FAILURE     | the data could not be decrypted
0x8009002D | NTE_INTERNAL_ERROR         | an internal error of the provider
0x8009002E | NTE_UI_REQUIRED            | the provider wants to ask a person
0x8009002B | NTE_BUFFERS_OVERLAP        | two buffers overlap
0x8009002F | NTE_HMAC_NOT_SUPPORTED     | the provider does not support keyed hashes
0x80090030 | NTE_DEVICE_NOT_READY | the device that holds the keys (TPM, smart card or security module) is not ready
0x80090031 | NTE_AUTHENTICATION_IGNORED | the provider takes no secret for this key
0x80090032 | NTE_VALIDATION_FAILED      | the provider's check of the data failed
0x80090033 | NTE_INCORRECT_PASSWORD     | the secret that protects the key is wrong
0x80090034 | NTE_ENCRYPTION_FAILURE     | the data could not be encrypted
0x80090035 | NTE_DEVICE_NOT_FOUND | the device that holds the keys (TPM, smart card or security module) was not found
0x80090036 | NTE_USER_CANCELLED         | a person gave it up
0x80090037 | NTE_PASSWORD_CHANGE_REQUIRED | the secret that protects the key must be changed
0x80090038 | NTE_NOT_ACTIVE_CONSOLE     | the provider wants to ask a person at the console
0x80092001 | CRYPT_E_BAD_LEN            | a length is not valid
0x80092002 | CRYPT_E_BAD_ENCODE         | an error while a certificate or message was encoded
0x80092003 | CRYPT_E_FILE_ERROR         | an error while a certificate's file was read or written
0x80092004 | CRYPT_E_NOT_FOUND          | the certificate, or its key, was not found
0x80092005 | CRYPT_E_EXISTS             | the certificate is there already
0x80092006 | CRYPT_E_NO_PROVIDER        | no provider for the object was named
0x80092007 | CRYPT_E_SELF_SIGNED        | the certificate signed itself, where one of an issuer is needed
0x80092008 | CRYPT_E_DELETED_PREV       | the certificate was deleted meanwhile
0x80092009 | CRYPT_E_NO_MATCH           | nothing was found that fits
0x8009200A | CRYPT_E_UNEXPECTED_MSG_TYPE | a message is of another kind than it should be
0x8009200B | CRYPT_E_NO_KEY_PROPERTY    | the certificate has no private key attached
0x8009200C | CRYPT_E_NO_DECRYPT_CERT    | the certificate to decrypt with was not found
0x8009200D | CRYPT_E_BAD_MSG            | what should be an encrypted or signed message is none
0x8009200E | CRYPT_E_NO_SIGNER          | nobody signed it
0x8009200F | CRYPT_E_PENDING_CLOSE      | a store is closed as soon as nobody uses it any more
0x80092010 | CRYPT_E_REVOKED            | the certificate was revoked
0x80092011 | CRYPT_E_NO_REVOCATION_DLL  | nothing is installed that checks for revoked certificates
0x80092012 | CRYPT_E_NO_REVOCATION_CHECK | whether the certificate was revoked could not be checked
0x80092013 | CRYPT_E_REVOCATION_OFFLINE | the server that knows revoked certificates could not be reached
0x80092014 | CRYPT_E_NOT_IN_REVOCATION_DATABASE | the server that knows revoked certificates does not know this one
0x80092020 | CRYPT_E_INVALID_NUMERIC_STRING | a name in the certificate has characters that are no digits
0x80092021 | CRYPT_E_INVALID_PRINTABLE_STRING | a name in the certificate has characters that it may not have
0x80092022 | CRYPT_E_INVALID_IA5_STRING | a name in the certificate has characters that are not ASCII
0x80092023 | CRYPT_E_INVALID_X500_STRING | a subject is not written as one (CN=..., O=...)
0x80092024 | CRYPT_E_NOT_CHAR_STRING    | a name in the certificate is no text
0x80092025 | CRYPT_E_FILERESIZED        | a file's size does not fit what it holds
0x80092026 | CRYPT_E_SECURITY_SETTINGS  | a security setting forbids it
0x80092027 | CRYPT_E_NO_VERIFY_USAGE_DLL | nothing is installed that checks what a certificate may be used for
0x80092028 | CRYPT_E_NO_VERIFY_USAGE_CHECK | what the certificate may be used for could not be checked
0x80092029 | CRYPT_E_VERIFY_USAGE_OFFLINE | the server that knows what the certificate may be used for was not reached
0x8009202A | CRYPT_E_NOT_IN_CTL         | the certificate is not on the list of trusted ones
0x8009202B | CRYPT_E_NO_TRUSTED_SIGNER  | nobody who signed it is trusted
0x8009202C | CRYPT_E_MISSING_PUBKEY_PARA | the public key lacks its parameters
0x80093000 | CRYPT_E_OSS_ERROR          | a certificate or request could not be encoded or decoded
0x80093100 | CRYPT_E_ASN1_ERROR         | a certificate or request could not be encoded or decoded: it is damaged
0x80093101 | CRYPT_E_ASN1_INTERNAL      | an internal error while a certificate or request was encoded or decoded
0x80093102 | CRYPT_E_ASN1_EOD           | a certificate or request ends too early
0x80093103 | CRYPT_E_ASN1_CORRUPT       | a certificate or request is damaged
0x80093104 | CRYPT_E_ASN1_LARGE         | a value in a certificate or request is too large
0x80093105 | CRYPT_E_ASN1_CONSTRAINT    | a value in a certificate or request breaks a rule
0x80093106 | CRYPT_E_ASN1_MEMORY        | out of memory while a certificate or request was decoded
0x80093107 | CRYPT_E_ASN1_OVERFLOW      | a buffer for a certificate or request was too small
0x80093108 | CRYPT_E_ASN1_BADPDU        | this kind of certificate or request is not supported
0x80093109 | CRYPT_E_ASN1_BADARGS       | an argument is not valid while a certificate or request was decoded
0x8009310A | CRYPT_E_ASN1_BADREAL       | a number in a certificate or request is not valid
0x8009310B | CRYPT_E_ASN1_BADTAG        | it is not a certificate, or a damaged one: a tag that does not belong there
0x8009310C | CRYPT_E_ASN1_CHOICE        | a certificate or request has a choice that is not valid
0x8009310D | CRYPT_E_ASN1_RULE          | a certificate or request is encoded by another rule
0x8009310E | CRYPT_E_ASN1_UTF8          | a text in a certificate or request is not valid UTF-8
0x80093133 | CRYPT_E_ASN1_PDU_TYPE      | a certificate or request is of a kind that is not valid
0x80093134 | CRYPT_E_ASN1_NYI           | this part of a certificate or request is not implemented
0x80093201 | CRYPT_E_ASN1_EXTENDED      | extensions of a certificate or request that are not known were left out
0x80093202 | CRYPT_E_ASN1_NOEOD         | something follows behind the end of a certificate or request
0x80096010 | TRUST_E_BAD_DIGEST | the signature does not fit: it was changed after it was signed | | client
0x800B0100 | TRUST_E_NOSIGNATURE | there is no signature, so nobody can tell whose it is | | client
0x800B0101 | CERT_E_EXPIRED             | the certificate is not valid at this time
0x800B0102 | CERT_E_VALIDITYPERIODNESTING | the certificate is valid for longer than its issuer's
0x800B0103 | CERT_E_ROLE                | a certificate that may not issue others did so, or the other way round
0x800B0104 | CERT_E_PATHLENCONST        | there are more issuers between than the root allows
0x800B0105 | CERT_E_CRITICAL            | the certificate has a critical extension that is not known
0x800B0106 | CERT_E_PURPOSE             | the certificate is used for what its issuer does not allow
0x800B0107 | CERT_E_ISSUERCHAINING      | the issuer did not issue the certificate
0x800B0108 | CERT_E_MALFORMED           | the certificate lacks something that it must have
0x800B0109 | CERT_E_UNTRUSTEDROOT       | the certificate's issuer is not trusted
0x800B010A | CERT_E_CHAINING            | the certificate's issuers could not be followed to one that is trusted
0x800B010B | TRUST_E_FAIL               | the certificate is not trusted; why is not said
0x800B010C | CERT_E_REVOKED             | the certificate was revoked
0x800B010D | CERT_E_UNTRUSTEDTESTROOT   | the issuer is one for tests, and is not trusted
0x800B010E | CERT_E_REVOCATION_FAILURE  | whether the certificate was revoked could not be checked
0x800B0111 | TRUST_E_EXPLICIT_DISTRUST  | somebody put the certificate among those that are not trusted
0x800B0113 | CERT_E_INVALID_POLICY      | the policies in the certificate are not valid
0x800B0114 | CERT_E_INVALID_NAME        | the certificate's name is not one that its issuer may give
0x800B0112 | CERT_E_UNTRUSTEDCA         | an issuer between is not trusted
0x800B010F | CERT_E_CN_NO_MATCH         | the certificate is made out to another name
0x800B0110 | CERT_E_WRONG_USAGE         | the certificate may not be used for this
0x80094012 | CERTSRV_E_TEMPLATE_DENIED  | the certificate template does not allow this machine to enrol
0x80094800 | CERTSRV_E_UNSUPPORTED_CERT_TYPE | the certification authority does not offer this template
0x80094801 | CERTSRV_E_NO_CERT_TYPE     | the request names no template
0x80094802 | CERTSRV_E_TEMPLATE_CONFLICT | the request names two templates that differ
0x80094803 | CERTSRV_E_SUBJECT_ALT_NAME_REQUIRED | the template wants a name of the machine that the request does not
    have
0x80094804 | CERTSRV_E_ARCHIVED_KEY_REQUIRED | the template wants the key to be archived, and the request does not
    have it
0x80094805 | CERTSRV_E_SMIME_REQUIRED   | the template wants what only mail needs
0x80094806 | CERTSRV_E_BAD_RENEWAL_SUBJECT | the request is for another name than that of who sent it
0x80094807 | CERTSRV_E_BAD_TEMPLATE_VERSION | the template is newer than the certification authority can use
0x80094808 | CERTSRV_E_TEMPLATE_POLICY_REQUIRED | the template lacks what its signatures are for
0x80094809 | CERTSRV_E_SIGNATURE_POLICY_REQUIRED | the template wants an agent's signature, and the request has none
0x8009480A | CERTSRV_E_SIGNATURE_COUNT  | the template wants more signatures than the request has
0x8009480B | CERTSRV_E_SIGNATURE_REJECTED | the certificate that signed the request may not do so
0x8009480C | CERTSRV_E_ISSUANCE_POLICY_REQUIRED | the signature lacks a policy that the template wants
0x8009480D | CERTSRV_E_SUBJECT_UPN_REQUIRED | the template wants the account's user name (UPN), and the directory has
    none
0x8009480E | CERTSRV_E_SUBJECT_DIRECTORY_GUID_REQUIRED | the template wants the account's GUID, and the directory
    gives none
0x8009480F | CERTSRV_E_SUBJECT_DNS_REQUIRED | the template wants the machine's DNS name, and its account has none
0x80094810 | CERTSRV_E_ARCHIVED_KEY_UNEXPECTED | the request has a key to archive, and the template wants none
0x80094811 | CERTSRV_E_KEY_LENGTH       | the key is shorter than the template allows
0x80094812 | CERTSRV_E_SUBJECT_EMAIL_REQUIRED | the template wants a mail address, and the account has none
0x80094813 | CERTSRV_E_UNKNOWN_CERT_TYPE | a template that the certification authority offers does not exist any more
0x80094814 | CERTSRV_E_CERT_TYPE_OVERLAP | the template's renewal period is longer than its certificates live
0x80094815 | CERTSRV_E_TOO_MANY_SIGNATURES | the template wants more than one agent's signature
0x80094001 | CERTSRV_E_BAD_REQUESTSUBJECT | the name in the request is not valid, or too long
0x80094002 | CERTSRV_E_NO_REQUEST       | the certification authority does not have the request
0x80094003 | CERTSRV_E_BAD_REQUESTSTATUS | the request is in a state that does not allow it
0x80094007 | CERTSRV_E_ENCODING_LENGTH  | the issued certificate is encoded differently than the authority expected
0x80094008 | CERTSRV_E_ROLECONFLICT     | the user has more than one role at the certification authority
0x80094009 | CERTSRV_E_RESTRICTEDOFFICER | the certificate manager may not decide on this request
0x8009400A | CERTSRV_E_KEY_ARCHIVAL_NOT_CONFIGURED | the certification authority is not set up to archive keys
0x8009400B | CERTSRV_E_NO_VALID_KRA     | the certification authority has no valid certificate to archive keys with
0x8009400C | CERTSRV_E_BAD_REQUEST_KEY_ARCHIVAL | the request to archive a key is not valid
0x8009400D | CERTSRV_E_NO_CAADMIN_DEFINED | the certification authority has no administrator
0x8009400E | CERTSRV_E_BAD_RENEWAL_CERT_ATTRIBUTE | the request lacks the certificate that it is to renew
0x8009400F | CERTSRV_E_NO_DB_SESSIONS   | the certification authority's database is too busy
0x80094010 | CERTSRV_E_ALIGNMENT_FAULT  | an error of alignment in the certification authority's data
0x80094004 | CERTSRV_E_PROPERTY_EMPTY   | the certification authority's answer is empty
0x80094005 | CERTSRV_E_INVALID_CA_CERTIFICATE | the certification authority's own certificate cannot be used
0x80094006 | CERTSRV_E_SERVER_SUSPENDED | the certification authority is being restored from a backup
0x80094011 | CERTSRV_E_ENROLL_DENIED    | the certification authority does not allow this machine to enrol
0x80094013 | CERTSRV_E_DOWNLEVEL_DC_SSL_OR_UPGRADE | the domain controller does not speak signed LDAP with the authority
""",
    fault=HOST,
)

# Keys in a TPM: what providers for such keys, and the services below them, meet.
_TPM = table(
    "https://learn.microsoft.com/windows/win32/com/com-error-codes-6",
    """
0x80280001 | TPM_E_AUTHFAIL             | the TPM refused the secret
0x80280006 | TPM_E_DEACTIVATED          | the TPM is not activated
0x80280007 | TPM_E_DISABLED             | the TPM is disabled
0x80280009 | TPM_E_FAIL                 | the TPM failed; why is not said
0x80280011 | TPM_E_NOSPACE              | the TPM has no room to load the key
0x80280012 | TPM_E_NOSRK                | the TPM has no storage root key: it was cleared or never set up
0x80280015 | TPM_E_RESOURCES            | the TPM has too few resources for it
0x8028001C | TPM_E_FAILEDSELFTEST       | the TPM failed its own test
0x8028001F | TPM_E_IOERROR              | data did not reach the TPM
0x80280400 | TPM_E_COMMAND_BLOCKED      | Windows, or a policy, blocks this command of the TPM
0x80280401 | TPM_E_INVALID_HANDLE       | the key's handle was not found in the TPM
0x80280402 | TPM_E_DUPLICATE_VHANDLE    | the TPM returned a handle that is in use already
0x80280403 | TPM_E_EMBEDDED_COMMAND_BLOCKED | Windows, or a policy, blocks a command within the one for the TPM
0x80280404 | TPM_E_EMBEDDED_COMMAND_UNSUPPORTED | a command within the one for the TPM is not supported
0x80280800 | TPM_E_RETRY                | the TPM is too busy: it is to be tried again
0x80280801 | TPM_E_NEEDS_SELFTEST       | the TPM's own test was not run
0x80280802 | TPM_E_DOING_SELFTEST       | the TPM runs its own test at this moment
0x80280803 | TPM_E_DEFEND_LOCK_RUNNING  | the TPM is locked for some time after too many wrong secrets
0x80284001 | TBS_E_INTERNAL_ERROR       | an internal error of Windows' TPM service
0x80284002 | TBS_E_BAD_PARAMETER        | a parameter for Windows' TPM service is not valid
0x80284003 | TBS_E_INVALID_OUTPUT_POINTER | an invalid pointer for Windows' TPM service
0x80284004 | TBS_E_INVALID_CONTEXT      | a handle of Windows' TPM service is not valid
0x80284005 | TBS_E_INSUFFICIENT_BUFFER  | a buffer for Windows' TPM service is too small
0x80284006 | TBS_E_IOERROR              | data did not reach the TPM
0x80284007 | TBS_E_INVALID_CONTEXT_PARAM | a parameter for Windows' TPM service is not valid
0x80284008 | TBS_E_SERVICE_NOT_RUNNING  | Windows' TPM service (TBS) does not run
0x80284009 | TBS_E_TOO_MANY_TBS_CONTEXTS | too many programs use Windows' TPM service
0x8028400A | TBS_E_TOO_MANY_RESOURCES   | too many resources of the TPM are in use
0x8028400B | TBS_E_SERVICE_START_PENDING | Windows' TPM service is starting
0x8028400C | TBS_E_PPI_NOT_SUPPORTED    | the firmware cannot ask whether somebody is at the machine
0x8028400D | TBS_E_COMMAND_CANCELED     | the command for the TPM was given up
0x8028400E | TBS_E_BUFFER_TOO_LARGE     | what was sent to the TPM is too large
0x8028400F | TBS_E_TPM_NOT_FOUND        | there is no TPM, or it is turned off in the firmware
0x80284010 | TBS_E_SERVICE_DISABLED     | Windows' TPM service (TBS) is disabled
0x80284012 | TBS_E_ACCESS_DENIED        | Windows' TPM service denies access
0x80284013 | TBS_E_PROVISIONING_NOT_ALLOWED | a policy forbids to set the TPM up
0x80284015 | TBS_E_OWNERAUTH_NOT_FOUND  | Windows does not have the TPM's owner secret
0x80284016 | TBS_E_PROVISIONING_INCOMPLETE | the TPM is not set up to the end
0x80290100 | TPMAPI_E_INVALID_STATE     | the TPM's interface is in a state that does not allow it
0x80290101 | TPMAPI_E_NOT_ENOUGH_DATA   | the TPM returned too little
0x80290102 | TPMAPI_E_TOO_MUCH_DATA     | the TPM returned too much
0x80290104 | TPMAPI_E_INVALID_PARAMETER | a parameter for the TPM's interface is not valid
0x80290105 | TPMAPI_E_OUT_OF_MEMORY     | out of memory in the TPM's interface
0x80290106 | TPMAPI_E_BUFFER_TOO_SMALL  | a buffer for the TPM's interface is too small
0x80290107 | TPMAPI_E_INTERNAL_ERROR    | an internal error of the TPM's interface
0x80290108 | TPMAPI_E_ACCESS_DENIED     | the TPM's interface denies access
0x80290109 | TPMAPI_E_AUTHORIZATION_FAILED | the TPM refused the secret
0x8029010A | TPMAPI_E_INVALID_CONTEXT_HANDLE | a handle of the TPM's interface is not valid
0x8029010B | TPMAPI_E_TBS_COMMUNICATION_ERROR | Windows' TPM service could not be reached
0x8029010C | TPMAPI_E_TPM_COMMAND_ERROR | the TPM answered with an error
0x8029010D | TPMAPI_E_MESSAGE_TOO_LARGE | what was sent to the TPM is too large
0x80290200 | TBSIMP_E_BUFFER_TOO_SMALL  | a buffer within Windows' TPM service is too small
0x80290201 | TBSIMP_E_CLEANUP_FAILED    | Windows' TPM service could not clean up
0x80290204 | TBSIMP_E_TPM_ERROR         | the TPM answered Windows' TPM service with an error
0x8029020C | TBSIMP_E_OUT_OF_MEMORY     | out of memory in Windows' TPM service
0x8029020F | TBSIMP_E_NOT_ENOUGH_SPACE  | the TPM has no room for it
0x80290211 | TBSIMP_E_COMMAND_FAILED    | the command for the TPM failed
0x8029021A | TBSIMP_E_TPM_INCOMPATIBLE  | this TPM does not fit this Windows
0x80290401 | TPM_E_PCP_DEVICE_NOT_READY | the TPM is not ready: it is not set up, or locked
""",
    fault=HOST,
)

_COM = table(
    _HRESULT,
    """
0x80004001 | E_NOTIMPL                  | it is not implemented
0x80004002 | E_NOINTERFACE              | a component does not know the interface
0x80004003 | E_POINTER                  | an invalid pointer
0x80004004 | E_ABORT                    | it was given up
0x80004005 | E_FAIL                     | it failed; why is not said
0x8000FFFF | E_UNEXPECTED               | it failed in a way that was not expected
0x80010105 | RPC_E_SERVERFAULT          | the component that was called crashed
0x80010108 | RPC_E_DISCONNECTED         | the component that was called is gone
0x8001010E | RPC_E_WRONG_THREAD         | a component was called from the wrong thread
0x80040154 | REGDB_E_CLASSNOTREG        | a component is not registered
0x80080005 | CO_E_SERVER_EXEC_FAILURE | a component could not start; seen on clients as an authentication error after a
    faulty update | | client
0x80070005 | E_ACCESSDENIED             | access is denied | | host
0x8007000E | E_OUTOFMEMORY              | out of memory
0x80070057 | E_INVALIDARG               | an argument is not valid
""",
)

_WMI = table(
    "https://learn.microsoft.com/windows/win32/wmisdk/wmi-error-constants",
    """
0x80041001 | WBEM_E_FAILED              | WMI failed; why is not said
0x80041002 | WBEM_E_NOT_FOUND           | WMI did not find it
0x80041003 | WBEM_E_ACCESS_DENIED       | WMI denies access
0x8004100E | WBEM_E_INVALID_NAMESPACE | WMI has no such namespace: the feature is not installed, or the repository is
    damaged
0x80041010 | WBEM_E_INVALID_CLASS | WMI has no such class: the feature is not installed, or the repository is damaged
""",
    fault=HOST,
)

# Win32 errors: alone they are also the exit codes of services; in an HRESULT they stand behind 0x8007.
WIN32 = table(
    _WIN32,
    """
0    | ERROR_SUCCESS              | no error
2    | ERROR_FILE_NOT_FOUND       | a file was not found
3    | ERROR_PATH_NOT_FOUND       | a folder was not found
5    | ERROR_ACCESS_DENIED        | access was denied
6    | ERROR_INVALID_HANDLE       | a handle is not valid
8    | ERROR_NOT_ENOUGH_MEMORY    | out of memory
13   | ERROR_INVALID_DATA         | data are not valid
14   | ERROR_OUTOFMEMORY          | out of memory
21   | ERROR_NOT_READY            | a device is not ready
32   | ERROR_SHARING_VIOLATION    | another program holds the file
39   | ERROR_HANDLE_DISK_FULL     | the disk is full
50   | ERROR_NOT_SUPPORTED        | the request is not supported
53   | ERROR_BAD_NETPATH          | the network path was not found
64   | ERROR_NETNAME_DELETED      | the connection was ended by the other side or on the way
87   | ERROR_INVALID_PARAMETER    | a parameter is not valid: often a damaged configuration
109  | ERROR_BROKEN_PIPE          | the pipe was ended
112  | ERROR_DISK_FULL            | the disk is full
122  | ERROR_INSUFFICIENT_BUFFER  | a buffer that a program gave is too small
121  | ERROR_SEM_TIMEOUT          | it took too long
126  | ERROR_MOD_NOT_FOUND        | a module (DLL) that is needed was not found
127  | ERROR_PROC_NOT_FOUND       | a module (DLL) lacks a function that is needed: versions do not match
182  | ERROR_INVALID_ORDINAL      | a module (DLL) lacks a function that is needed: versions do not match
170  | ERROR_BUSY                 | what is needed is in use
183  | ERROR_ALREADY_EXISTS       | it exists already
193  | ERROR_BAD_EXE_FORMAT       | a file is no valid program: damaged, or made for another processor
216  | ERROR_EXE_MACHINE_TYPE_MISMATCH | a file is made for another processor
225  | ERROR_VIRUS_INFECTED       | an antivirus takes the file for malware and does not let it run
226  | ERROR_VIRUS_DELETED        | an antivirus has deleted the file as malware
259  | ERROR_NO_MORE_ITEMS        | there is no more
500  | ERROR_USER_PROFILE_LOAD | a user's profile could not be loaded
577  | ERROR_INVALID_IMAGE_HASH   | the file's signature is not valid: it was changed, or is not signed as it must be
740  | ERROR_ELEVATION_REQUIRED   | it needs the rights of an administrator
998  | ERROR_NOACCESS             | the program touched memory that is not its own
1009 | ERROR_BADDB                | the registry is damaged
1010 | ERROR_BADKEY               | a registry key is not valid
1011 | ERROR_CANTOPEN             | a registry key could not be opened
1012 | ERROR_CANTREAD             | a registry key could not be read
1013 | ERROR_CANTWRITE            | a registry key could not be written
1015 | ERROR_REGISTRY_CORRUPT     | the registry is damaged
1016 | ERROR_REGISTRY_IO_FAILED   | the registry could not be read or written
1018 | ERROR_KEY_DELETED          | a registry key is marked for deletion
1051 | ERROR_DEPENDENT_SERVICES_RUNNING | services that depend on it still run
1053 | ERROR_SERVICE_REQUEST_TIMEOUT | the service did not answer in time when it was started: it hangs, its process
    ended, or its svchost group lacks it
1054 | ERROR_SERVICE_NO_THREAD    | no thread could be made for the service
1055 | ERROR_SERVICE_DATABASE_LOCKED | the list of services is locked
1056 | ERROR_SERVICE_ALREADY_RUNNING | the service runs already
1057 | ERROR_INVALID_SERVICE_ACCOUNT | the service's account does not exist, or its password is wrong
1058 | ERROR_SERVICE_DISABLED     | the service is disabled
1059 | ERROR_CIRCULAR_DEPENDENCY  | services depend on each other in a circle
1060 | ERROR_SERVICE_DOES_NOT_EXIST | the service is not installed
1061 | ERROR_SERVICE_CANNOT_ACCEPT_CTRL | the service takes no commands at the moment
1062 | ERROR_SERVICE_NOT_ACTIVE   | the service does not run
1063 | ERROR_FAILED_SERVICE_CONTROLLER_CONNECT | the program is not a service, or did not report to the service manager
1064 | ERROR_EXCEPTION_IN_SERVICE | the service crashed while it handled a command
1066 | ERROR_SERVICE_SPECIFIC_ERROR | the service ended with a code of its own
1067 | ERROR_PROCESS_ABORTED      | the service's process ended unexpectedly: it crashed or was ended
1068 | ERROR_SERVICE_DEPENDENCY_FAIL | a service that this one depends on did not start
1069 | ERROR_SERVICE_LOGON_FAILED | the service's account could not log on
1070 | ERROR_SERVICE_START_HANG   | the service hung while it started
1072 | ERROR_SERVICE_MARKED_FOR_DELETE | the service is marked for deletion: it goes at the next restart of the machine
1073 | ERROR_SERVICE_EXISTS       | the service exists already
1075 | ERROR_SERVICE_DEPENDENCY_DELETED | a service that this one depends on is not installed, or is marked for deletion
1078 | ERROR_DUPLICATE_SERVICE_NAME | a service of that name exists already
1077 | ERROR_SERVICE_NEVER_STARTED | nobody has tried to start the service since the machine started
1079 | ERROR_DIFFERENT_SERVICE_ACCOUNT | the service's account is not that of the others in its process
1083 | ERROR_SERVICE_NOT_IN_EXE   | the program does not have this service in it: it is missing from its svchost group
1084 | ERROR_NOT_SAFEBOOT_SERVICE | the service does not start in safe mode
1114 | ERROR_DLL_INIT_FAILED      | a module (DLL) failed while it was loaded
1115 | ERROR_SHUTDOWN_IN_PROGRESS | the machine is shutting down
1117 | ERROR_IO_DEVICE            | a device failed while it was read or written
1130 | ERROR_NOT_ENOUGH_SERVER_MEMORY | there is too little memory for it
1157 | ERROR_DLL_NOT_FOUND        | a module (DLL) that is needed was not found
1168 | ERROR_NOT_FOUND            | it was not found
1222 | ERROR_NO_NETWORK           | there is no network
1223 | ERROR_CANCELLED            | a person gave it up
1225 | ERROR_CONNECTION_REFUSED   | the connection was refused
1231 | ERROR_NETWORK_UNREACHABLE  | the network cannot be reached
1232 | ERROR_HOST_UNREACHABLE     | the host cannot be reached
1236 | ERROR_CONNECTION_ABORTED   | the connection was ended on this side
1234 | ERROR_PORT_UNREACHABLE     | nothing listens on that port of the other side
1235 | ERROR_REQUEST_ABORTED      | the request was ended
1238 | ERROR_CONNECTION_COUNT_LIMIT | as many connections as the limit allows are in use
1244 | ERROR_NOT_AUTHENTICATED    | nobody was authenticated for it
1245 | ERROR_NOT_LOGGED_ON        | nobody is logged on for it
1260 | ERROR_ACCESS_DISABLED_BY_POLICY | a policy (AppLocker, software restriction) forbids the program
1275 | ERROR_DRIVER_BLOCKED       | the driver was blocked from loading
1290 | ERROR_INCOMPATIBLE_SERVICE_SID_TYPE | the kind of SID of the service is not that of the others in its process
1293 | ERROR_PROCESS_IS_PROTECTED | the process is a protected one
1295 | ERROR_DISK_QUOTA_EXCEEDED  | the disk quota is used up
1296 | ERROR_CONTENT_BLOCKED      | a policy on storage (file screening) blocks this kind of file
1297 | ERROR_INCOMPATIBLE_SERVICE_PRIVILEGE | the service's account lacks a privilege that the service requires
1311 | ERROR_NO_LOGON_SERVERS     | no domain controller can be reached
1312 | ERROR_NO_SUCH_LOGON_SESSION | the logon session is gone, or its credentials may not be kept
1314 | ERROR_PRIVILEGE_NOT_HELD   | a privilege that is needed is missing
1313 | ERROR_NO_SUCH_PRIVILEGE    | a privilege of that name does not exist
1315 | ERROR_INVALID_ACCOUNT_NAME | the account's name is not a valid one
1317 | ERROR_NO_SUCH_USER         | the account does not exist
1319 | ERROR_NO_SUCH_GROUP        | the group does not exist
1325 | ERROR_PASSWORD_RESTRICTION | the password does not follow the rules for passwords
1332 | ERROR_NONE_MAPPED          | an account's name or SID is not known
1336 | ERROR_INVALID_ACL          | an access list is not valid
1337 | ERROR_INVALID_SID          | a SID is not valid
1338 | ERROR_INVALID_SECURITY_DESCR | an access list or its owner is not valid
1346 | ERROR_BAD_IMPERSONATION_LEVEL | acting for the user is not allowed that far
1326 | ERROR_LOGON_FAILURE        | user name or password is wrong
1327 | ERROR_ACCOUNT_RESTRICTION  | a restriction of the account forbids it
1328 | ERROR_INVALID_LOGON_HOURS  | the account may not log on at this hour
1329 | ERROR_INVALID_WORKSTATION  | the account may not log on from this machine
1330 | ERROR_PASSWORD_EXPIRED     | the password has expired
1331 | ERROR_ACCOUNT_DISABLED     | the account is disabled
1355 | ERROR_NO_SUCH_DOMAIN       | the domain does not exist, or no controller of it was found
1351 | ERROR_CANT_ACCESS_DOMAIN_INFO | what is known of the domain could not be read
1359 | ERROR_INTERNAL_ERROR       | an internal error; why is not said
1376 | ERROR_NO_SUCH_ALIAS        | the local group does not exist
1385 | ERROR_LOGON_TYPE_NOT_GRANTED | the user right to log on this way is missing
1392 | ERROR_FILE_CORRUPT         | a file or folder is damaged
1393 | ERROR_DISK_CORRUPT         | the disk's file system is damaged
1396 | ERROR_WRONG_TARGET_NAME    | the service name belongs to another account
1397 | ERROR_MUTUAL_AUTH_FAILED   | the two sides could not prove themselves to each other
1398 | ERROR_TIME_SKEW            | the clocks are too far apart
1450 | ERROR_NO_SYSTEM_RESOURCES  | Windows is short of resources
1451 | ERROR_NONPAGED_SYSTEM_RESOURCES | Windows is short of memory of its own (nonpaged pool)
1452 | ERROR_PAGED_SYSTEM_RESOURCES | Windows is short of memory of its own (paged pool)
1453 | ERROR_WORKING_SET_QUOTA    | the process's quota of working set is used up
1454 | ERROR_PAGEFILE_QUOTA       | the process's quota of page file is used up
1455 | ERROR_COMMITMENT_LIMIT     | the page file is too small
1460 | ERROR_TIMEOUT              | it took too long
1500 | ERROR_EVENTLOG_FILE_CORRUPT | an event log's file is damaged
1501 | ERROR_EVENTLOG_CANT_START  | no event log could be opened: the service EventLog did not start
1502 | ERROR_LOG_FILE_FULL        | the event log is full
1601 | ERROR_INSTALL_SERVICE_FAILURE | Windows Installer could not be reached
1602 | ERROR_INSTALL_USEREXIT     | a person gave an installation up
1603 | ERROR_INSTALL_FAILURE      | an installation failed; its own log says why
1605 | ERROR_UNKNOWN_PRODUCT      | the product is not installed
1618 | ERROR_INSTALL_ALREADY_RUNNING | another installation is running
1625 | ERROR_INSTALL_PACKAGE_REJECTED | a policy forbids the installation
1702 | RPC_S_INVALID_BINDING      | a handle of an RPC connection is not valid
1715 | RPC_S_NOT_LISTENING        | the RPC server does not listen
1717 | RPC_S_UNKNOWN_IF           | the RPC interface is not known: the service behind it does not run
1721 | RPC_S_OUT_OF_RESOURCES     | Windows is short of resources for an RPC call
1722 | RPC_S_SERVER_UNAVAILABLE   | the RPC server cannot be reached
1723 | RPC_S_SERVER_TOO_BUSY      | the RPC server is too busy
1726 | RPC_S_CALL_FAILED          | the RPC call failed: the service behind it ended meanwhile
1727 | RPC_S_CALL_FAILED_DNE      | the RPC call failed, and the service behind it did not carry it out
1728 | RPC_S_PROTOCOL_ERROR       | an error of the RPC protocol
1753 | EPT_S_NOT_REGISTERED       | the RPC service is not registered: it does not run
1764 | RPC_S_CANNOT_SUPPORT       | the RPC server does not support the request
1783 | RPC_X_BAD_STUB_DATA        | an RPC call brought data that are not valid: versions do not match
1786 | ERROR_NO_TRUST_LSA_SECRET  | the machine has lost its own password for the domain
1787 | ERROR_NO_TRUST_SAM_ACCOUNT | the domain has no account for this machine
1788 | ERROR_TRUSTED_DOMAIN_FAILURE | the trust between the machine's domain and the account's is broken
1789 | ERROR_TRUSTED_RELATIONSHIP_FAILURE | the trust between machine and domain is broken
1792 | ERROR_NETLOGON_NOT_STARTED | the service Netlogon does not run
1793 | ERROR_ACCOUNT_EXPIRED      | the account has expired
1818 | RPC_S_CALL_CANCELLED       | the RPC call was given up
1825 | RPC_S_SEC_PKG_ERROR        | an error of the security package under an RPC call
1816 | ERROR_NOT_ENOUGH_QUOTA     | a quota of memory is used up
1907 | ERROR_PASSWORD_MUST_CHANGE | the password must be changed first
1908 | ERROR_DOMAIN_CONTROLLER_NOT_FOUND | no domain controller of this domain was found
1909 | ERROR_ACCOUNT_LOCKED_OUT   | the account is locked out
1920 | ERROR_CANT_ACCESS_FILE     | Windows cannot open the file: mostly software that filters files keeps it back
1935 | ERROR_AUTHENTICATION_FIREWALL_FAILED | an authentication firewall of the trust keeps the account away from this
    machine
1937 | ERROR_NTLM_BLOCKED         | NTLM is blocked, and Kerberos was not possible
4551 | ERROR_SYSTEM_INTEGRITY_POLICY_VIOLATION | a policy (App Control) forbids the program
4556 | ERROR_SYSTEM_INTEGRITY_REPUTATION_MALICIOUS | a policy (App Control) forbids it: it counts as malicious
4557 | ERROR_SYSTEM_INTEGRITY_REPUTATION_PUA | a policy (App Control) forbids it: it counts as unwanted
4558 | ERROR_SYSTEM_INTEGRITY_REPUTATION_DANGEROUS_EXT | a policy (App Control) forbids files with that ending
4559 | ERROR_SYSTEM_INTEGRITY_REPUTATION_OFFLINE | a policy (App Control) forbids it: nobody could be asked
4580 | ERROR_SYSTEM_INTEGRITY_REPUTATION_UNFRIENDLY_FILE | a policy (App Control) forbids it: it has no good name
4581 | ERROR_SYSTEM_INTEGRITY_REPUTATION_UNATTAINABLE | a policy (App Control) forbids it: nothing is known of it
4582 | ERROR_SYSTEM_INTEGRITY_REPUTATION_EXPLICIT_DENY_FILE | a policy (App Control) forbids this very program
4583 | ERROR_SYSTEM_INTEGRITY_WHQL_NOT_SATISFIED | a policy (App Control) forbids the driver: it is not certified
7022 | ERROR_CTX_WINSTATION_NOT_FOUND | the session is not there
7024 | ERROR_CTX_WINSTATION_BUSY | the session is busy: it begins or ends at this moment, or hangs
7045 | ERROR_CTX_WINSTATION_ACCESS_DENIED | the user may not use this session
7062 | ERROR_CTX_SESSION_IN_USE   | somebody else is signed in on the computer
7063 | ERROR_CTX_NO_FORCE_LOGOFF  | somebody else is signed in on the computer, and the user may not disconnect them
8240 | ERROR_DS_NO_SUCH_OBJECT    | the directory does not have the object
8250 | ERROR_DS_SERVER_DOWN       | no domain controller answers
8341 | ERROR_DS_GENERIC_ERROR     | the directory failed; why is not said
8524 | ERROR_DS_DNS_LOOKUP_FAILURE | the domain controller's name was not found in DNS
10013 | WSAEACCES                 | the port may not be used: it is reserved, or another program holds it alone
10048 | WSAEADDRINUSE             | another program holds the port
10049 | WSAEADDRNOTAVAIL          | the address does not belong to this machine
10053 | WSAECONNABORTED           | the connection was ended on this side
10054 | WSAECONNRESET             | the connection was reset
10060 | WSAETIMEDOUT              | there was no answer in time
10061 | WSAECONNREFUSED           | the connection was refused: nothing listens on the port
11001 | WSAHOST_NOT_FOUND         | the name was not found
14001 | ERROR_SXS_CANT_GEN_ACTCTX | the modules of a program do not fit together, or one is missing
""",
)

# What a gateway answers; programs other than Windows' own client show it as it is.
GATEWAYS = table(
    "https://learn.microsoft.com/openspecs/windows_protocols/ms-tsgu/bd3de69c-c4c6-4fc5-bf8f-36fc2f4ce4a8",
    """
0x800759D8 | E_PROXY_INTERNALERROR | the gateway failed; why is not said
0x800759DA | E_PROXY_RAP_ACCESSDENIED | the gateway does not let this user reach that host, or knows it by another form
    of its name (resource policy)
0x800759DB | E_PROXY_NAP_ACCESSDENIED | the gateway does not let this user or this computer in (connection policy)
0x800759DD | E_PROXY_TS_CONNECTFAILED | the gateway got no connection to the host behind it
0x800759DF | E_PROXY_ALREADYDISCONNECTED | the gateway had ended the connection
0x800759E9 | E_PROXY_CAPABILITYMISMATCH | gateway and client do not fit together
0x800759ED | E_PROXY_QUARANTINE_ACCESSDENIED | the client does not meet the gateway's health rules (NAP)
0x800759EE | E_PROXY_NOCERTAVAILABLE | the gateway has no certificate
0x800759F7 | E_PROXY_COOKIE_BADPACKET | the gateway could not make sense of the client's token
0x800759F8 | E_PROXY_COOKIE_AUTHENTICATION_ACCESS_DENIED | the gateway refused the client's token
0x800759F9 | E_PROXY_UNSUPPORTED_AUTHENTICATION_METHOD | the gateway wants another way to log on
""",
    stage="gateway",
    fault=GATEWAY,
)

STATUS = {**_STATUSES, **_SSPI, **_CRYPTO, **_TPM, **_COM, **_WMI, **GATEWAYS}


def unsigned(number: int) -> int:
    """The 32 bits of a status that may be given as a negative number, as .NET and WMI give them."""
    return number & 0xFFFFFFFF


def win32_of(number: int) -> int:
    """The Win32 error inside an HRESULT; any other number as it is, unsigned."""
    code = unsigned(number)
    return code & 0xFFFF if code >> 16 == 0x8007 else code


def nt_of(number: int) -> int:
    """The NTSTATUS inside an HRESULT, which has a D where it has a C by itself; any other number as it is, unsigned."""
    code = unsigned(number)
    return code & ~0x10000000 if code >> 28 == 0xD else code


def translate(number: int) -> Meaning | None:
    """What a status number says, or None. It may be negative, an NTSTATUS, an HRESULT, a Win32 error, or one of the
    last two inside an HRESULT.
    """
    code = unsigned(number)
    if code in STATUS:
        return STATUS[code]
    return STATUS.get(nt_of(code)) or WIN32.get(win32_of(code))


def in_words(number: int | None) -> str:
    """A status number for people: ``126 ERROR_MOD_NOT_FOUND: a module ... was not found``; unknown ones say so, and
    where Windows' own words for them are, and so does None, which is one that was not read.
    """
    if number is None:
        return "not read"
    code = unsigned(number)
    shown = str(code) if code < 0x10000 else f"0x{code:08X}"
    meaning = translate(number)
    return f"{shown} {meaning.name}: {meaning.text}" if meaning else f"{shown} ({_unknown(code)})"


# Whose an HRESULT is, by its facility (MS-ERREF 2.1.1, winerror.h); Windows' own error stands in the lowest 16 bits.
_FACILITIES = {
    0x01: "of an RPC call",
    0x03: "of a file or store",
    0x07: "of Windows",
    0x09: "of security or keys",
    0x0B: "of a certificate",
    0x0F: "of a device's setup",
    0x10: "of a smart card",
    0x24: "of an update",
    0x28: "of the TPM",
    0x29: "of the TPM's software",
    0x31: "of BitLocker",
    0x32: "of the network filter",
    0x33: "of Windows Remote Management",
}
_FAILED = 0x80000000


def _unknown(code: int) -> str:
    """What is said of a number that no table has, which no more than Windows itself can: it has words for most."""
    facility = _FACILITIES.get(code >> 16 & 0x1FFF) if code >> 28 == 8 else None
    whose = f"an error {facility}" if facility else "a number"
    ask = f"certutil -error 0x{code:08X}" if code > 0xFFFF else f"net helpmsg {code}"
    return f"{whose} that is not known here; for Windows' own words run {ask}"


def statuses(found: Iterable[int]) -> list[str]:
    """The status numbers among those of an event, in words: those that say that something failed, or that are known and
    too large to count anything.
    """
    codes = sorted({unsigned(number) for number in found})
    return [in_words(code) for code in codes if code >= _FAILED or (code > 0xFFFF and translate(code))]
