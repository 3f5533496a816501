# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which finding a code stands for that a user's client showed; what the codes mean in words is in ``codes``."""

from __future__ import annotations

from collections.abc import Callable, Container

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue, code_tables, numbers
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import ClientCode

RIGHTS = 0xC000015B
# What the client shows for it in words of its own.
_NO_RIGHTS = frozenset({RIGHTS, 0x1307})
# A restriction of the account (its hours and workstations have codes of their own).
_RESTRICTED = frozenset({0xC07, 0xC000006E, 0xC0000413, 0xC00002FA, 0x8009033E})
# The connection broke, or none was made: that alone explains nothing.
_TRANSPORT = frozenset({0x904, 0x304, 0x404, 0x408, 0x608})
_CONNECT = frozenset({0x204, 0x108, 0x516, 0x704})
NO_SUITE = 0x80090331
# TLS or CredSSP failed before the logon; which of the two is not said.
HANDSHAKE_FAILED = 0x207
# The host ended the connection; the extended code says why.
ENDED_BY_HOST = 3
INTERNAL_ERROR = 4
# The name led the client to its own console.
ITSELF = 0x708
# STATUS_CTX_WINSTATION_ACCESS_DENIED: what the host says of a session that the user may not have.
_NOT_THIS_SESSION = 0xC00A002B
# ERROR_CTX_SESSION_IN_USE: somebody else is signed in, and whoever asks may have them disconnected.
MAY_CONTINUE = frozenset({0x80071B96})
# ERROR_CTX_WINSTATION_BUSY: Windows' own word that Remote Desktop Services is busy.
SERVICES_BUSY = 0x80071B70
# What was received could not be decrypted.
UNREADABLE = frozenset({0xC06})
# Codes that say that nothing went wrong.
_ENDS = frozenset({0, 1, 2, 0x107})
# Extended codes: the host refused, the host refused for lack of FIPS, the account lacks the right, licensing failed.
REFUSED, REFUSED_FIPS, NO_RIGHT = 7, 8, 9
# The same of FIPS, as the client shows it before it connects.
_WITHOUT_FIPS = 0xE06
LICENSING_CODES = range(0x100, 0x10C)
# Of these: no licence server, no licences, the host may not serve (MS-RDPBCGR, error info of licensing).
NO_LICENCES = frozenset({0x101, 0x102, 0x10A})
# The machine was shut down or restarted.
RESTARTED = frozenset({0x19, 0x1A})
_ENDED_ON_PURPOSE = frozenset({1, 2, 3, 4, 5, 11, 12, *RESTARTED})
# Of these: somebody, or a program, called the host's function that disconnects a session.
BY_A_CALL = 1
# Ends that need no limit: another connection took the session, a tool signed it off, the user did so or disconnected.
ENDS_ON_PURPOSE = {5: "taken", 2: "signed_off", 11: "by_user", 12: "by_user"}
# Of these: a limit of the host, by the value that sets it (MS-RDPBCGR, error info: the timers of idle and of active
# sessions). The reasons of event 40 of the session manager are the same numbers.
TIME_LIMITS = {3: "MaxIdleTime", 4: "MaxConnectionTime"}
# Extended codes of a display driver or graphics that did not start.
_DISPLAY = frozenset({0xF, 0x10, 0x11, 0x12, 0x112D, 0x112E, 0x112F})
# Of these: the process of the logon, or the one that keeps its windows, died in that session.
_LOGON_DIED = frozenset({0x17, 0x18})
# Saved credentials are not taken; credentials are not valid.
_FRESH_CREDENTIALS, _CREDENTIALS = 0xA, 0x300
# What the RD Connection Broker did not do.
BROKER_CODES = range(0x400, 0x413)

# SSL_REQUIRED_BY_SERVER (MS-RDPBCGR, RDP_NEG_FAILURE): the client offered legacy security alone, which authenticates no
# host.
_TLS_REQUIRED = 1

# Codes that explain themselves.
SELF_EXPLANATORY_CODES: dict[str, frozenset[int]] = {
    catalogue.CLIENT_CERTIFICATE_REFUSED.id: frozenset(
        {0x607, 0x907, 0x1B07, 0x80090325, 0x80090327, 0x80090328, 0x800B0101, 0x800B0109, 0x800B010A, 0x800B010F}
    ),
    catalogue.CLIENT_CREDENTIALS.id: frozenset(
        {0x807, 0xA07, 0xB07, 0xD07, 0xE07, 0xF07, 0x1207, 0x1C07, 0x2207, 0x8009030C, 0x8009030E}
        | {0xC0000064, 0xC000006A, 0xC000006D, 0xC000006F, 0xC0000070, 0xC0000071, 0xC0000072}
        | {0xC0000193, 0xC0000224, 0xC0000234}
        | {0x1007, 0x1107, 0x2407, 0x2607, 0xC0000062, 0xC0000073, 0xC0000380, 0xC0000381}
    ),
    catalogue.NLA_ACCOUNT_RESTRICTED.id: _RESTRICTED,
    catalogue.CLIENT_DELEGATION_POLICY.id: frozenset({0xF08, 0x1607, 0x1707, 0x8009035E, 0x8009035F}),
    catalogue.CLIENT_SAVED_CREDENTIALS.id: frozenset({0x2107}),
    catalogue.CLIENT_NTLM_OFF.id: frozenset({0x80070791}),
    catalogue.CLIENT_RESTRICTED_ADMIN.id: frozenset({0xE09}),
    catalogue.CLIENT_RDP_FILE.id: frozenset({0x80096010}),
    catalogue.CLIENT_RDP_FILE_RISK.id: frozenset({0x800B0100}),
    catalogue.CLIENT_NAME.id: frozenset({0x104, 0x208, 0x308, 0x508, 0x604, ITSELF, 0x804}),
    catalogue.CLIENT_NO_AUTHORITY.id: frozenset(
        {0x1807, 0x80090303, 0x80090304, 0x80090311, 0x80090322, 0xC000005E, 0xC000018A, 0xC000018B, 0xC000018C}
        | {0xC000018D, 0x1407, 0x80090338, 0x80090341, 0x80090342, 0x80090350, 0xC0000388, 0xC0000192, 0xC00000DC}
    ),
    catalogue.CLIENT_CLOCK.id: frozenset({0x1D07, 0x80090324, 0xC0000133}),
    catalogue.CLIENT_ALTERED.id: frozenset({0x80090308, 0x8009030F, 0x80090326, 0x80090330, 0x80090346, 0xC000035B}),
    catalogue.CLIENT_CREDSSP_VERSION.id: frozenset({0x80090302}),
    catalogue.CLIENT_LEGACY_SECURITY.id: frozenset({0x406, 0x506, 0x606, 0x706, 0x906, 0xA06, 0xB06, 0xC06}),
    catalogue.CLIENT_NO_CREDSSP.id: frozenset({0x507, 0xB09}),
    catalogue.SESSION_PROFILE.id: frozenset({0x800701F4}),
    catalogue.SESSION_STUCK.id: frozenset({SERVICES_BUSY, 0xC00A0017}),
    catalogue.SESSION_OCCUPIED.id: frozenset({*MAY_CONTINUE, 0x80071B97}),
    catalogue.SESSION_TRANSPORT.id: frozenset({0x10B}),
    catalogue.LISTENER_CONNECTION_LIMIT.id: frozenset({0x800704D6}),
    catalogue.CLIENT_GATEWAY.id: frozenset({*range(0x3000000, 0x3000100), *numbers.GATEWAYS}),
}


# Of refused accounts: which it is, by the words of the advice.
REFUSED_ACCOUNTS = {
    0xA07: "unknown",
    **dict.fromkeys((0xF07, 0x1207, 0xC0000071, 0xC0000224), "password"),
    **dict.fromkeys((0xB07, 0xC0000072), "disabled"),
    **dict.fromkeys((0xE07, 0xC0000193), "expired"),
    **dict.fromkeys((0xD07, 0xC0000234), "locked"),
}


# The same that do not say why.
_REFUSED_SOMEHOW = frozenset({0x807, 0x2407, 0x8009030C, 0xC000006D})


def refused_somehow(code: ClientCode) -> bool:
    """The account was refused, and the client does not say why."""
    return code.number in _REFUSED_SOMEHOW


def of_certificate(code: ClientCode) -> bool:
    """The client complains of the certificate that it was shown."""
    return code.number in SELF_EXPLANATORY_CODES[catalogue.CLIENT_CERTIFICATE_REFUSED.id]


# Of these: it has expired, by the client's clock.
_EXPIRED = frozenset({0x1B07, 0x80090328, 0x800B0101})
# One number for a certificate that has expired, is not valid, or not the one that was expected, on a Mac. The same
# stands for words alone that say which of them it is.
_ANY_OF_THESE = 0x907


def of_its_end(code: ClientCode) -> bool:
    """The client says that the certificate has expired, or what may be that as well."""
    return code.number in _EXPIRED or (code.number == _ANY_OF_THESE and code.in_numbers)


def of_the_limit(code: ClientCode) -> bool:
    """The client was turned away since as many were logged on as the host takes."""
    return code.number in SELF_EXPLANATORY_CODES[catalogue.LISTENER_CONNECTION_LIMIT.id]


def shares_nothing(code: ClientCode) -> bool:
    """The client met Windows' own limit on sessions: too many are logged on, or somebody else has to go first."""
    return of_the_limit(code) or type_for_code(code) is catalogue.SESSION_OCCUPIED


def of_the_way(code: ClientCode) -> bool:
    """The client did not come to the host: it did not find it, no connection was made, or a gateway let nobody pass."""
    return type_for_code(code) in (catalogue.CLIENT_NAME, catalogue.CLIENT_CANNOT_CONNECT, catalogue.CLIENT_GATEWAY)


def of_ntlm(code: ClientCode) -> bool:
    """The client was refused NTLM, by whom it does not say."""
    return code.number in SELF_EXPLANATORY_CODES[catalogue.CLIENT_NTLM_OFF.id]


def _licensing(code: ClientCode) -> bool:
    return code.number in (0x808, 0x908) or code.extended in LICENSING_CODES


def _rights(code: ClientCode) -> bool:
    return code.number in _NO_RIGHTS or code.extended == NO_RIGHT


def refused_fips(code: ClientCode) -> bool:
    """The host wants FIPS, and the client does not have it."""
    return code.extended == REFUSED_FIPS or code.number == _WITHOUT_FIPS


def _denied(code: ClientCode) -> bool:
    refused = code.extended == REFUSED and code.number not in _TRANSPORT
    return refused or refused_fips(code) or code.number == _NOT_THIS_SESSION


def _said_by_host(extended: Container[int]) -> Callable[[ClientCode], bool]:
    """The host ended the connection, and said one of these."""
    return lambda code: code.number == ENDED_BY_HOST and code.extended in extended


def _complains(code: ClientCode) -> bool:
    """It is neither a normal end nor one that another rule explains."""
    normal = code.number in _ENDS or (code.number == ENDED_BY_HOST and not code.extended)
    return not normal and code.number != NO_SUITE


# What other codes mean, the first that fits: some numbers mean something only beside an extended code.
_BY_EXTENDED_CODE: tuple[tuple[FindingType, Callable[[ClientCode], bool]], ...] = (
    (catalogue.CLIENT_CANNOT_CONNECT, lambda code: code.number in _CONNECT),
    (catalogue.CLIENT_LICENSING, _licensing),
    (catalogue.NLA_LOGON_RIGHT_MISSING, _rights),
    (catalogue.CLIENT_DENIED, _denied),
    (catalogue.CLIENT_SESSION_ENDED, _said_by_host(_ENDED_ON_PURPOSE)),
    (catalogue.CLIENT_NOT_REPRODUCED, lambda code: code.number in _TRANSPORT),
    (catalogue.CLIENT_DISPLAY, _said_by_host(_DISPLAY)),
    (catalogue.SESSION_LOGON_PROCESS_CRASHES, _said_by_host(_LOGON_DIED)),
    (catalogue.CLIENT_SAVED_CREDENTIALS, _said_by_host((_FRESH_CREDENTIALS,))),
    (catalogue.CLIENT_CREDENTIALS, _said_by_host((_CREDENTIALS,))),
    (catalogue.CLIENT_GATEWAY, _said_by_host(BROKER_CODES)),
    (catalogue.CLIENT_OTHER, _complains),
)


def type_for_code(code: ClientCode) -> FindingType | None:
    """What a code says by itself; None for no code, and for one that says nothing."""
    if code.number is None:
        # It may be one for which Windows' own client has no number.
        if code.negotiation == _TLS_REQUIRED:
            return catalogue.CLIENT_AUTHENTICATION_OFF
        return catalogue.CLIENT_OTHER if code.kind else None
    for id_, known in SELF_EXPLANATORY_CODES.items():
        if code.number in known:
            return catalogue.by_id(id_)
    for type_, applies in _BY_EXTENDED_CODE:
        if applies(code):
            return type_
    return None


# Codes of a type that have an advice of their own, by its name: the first that fits. Where the host was read the rules
# know more.
_MORE_EXACTLY: tuple[tuple[FindingType, Callable[[ClientCode], bool], str], ...] = (
    (catalogue.CLIENT_DENIED, refused_fips, "fips"),
    (catalogue.CLIENT_NAME, lambda code: code.wants_the_farm_s_name, "farm"),
    (catalogue.CLIENT_NAME, lambda code: code.number == ITSELF, "itself"),
    (catalogue.CLIENT_GATEWAY, _said_by_host(BROKER_CODES), "broker"),
    (catalogue.CLIENT_SESSION_ENDED, lambda code: code.extended == BY_A_CALL, "called"),
    (catalogue.CLIENT_SESSION_ENDED, lambda code: code.extended in RESTARTED, "restarted"),
    (catalogue.CLIENT_CREDENTIALS, lambda code: code.names_a_microsoft_account, "microsoft"),
    (catalogue.CLIENT_AUTHENTICATION_OFF, bool, "shown"),
    (catalogue.CLIENT_RDP_FILE, bool, "signed"),
    (catalogue.LISTENER_CONNECTION_LIMIT, bool, "met"),
)
# Of what no finding fits, those that a client shows: others may be of anything.
_OF_CLIENTS = frozenset({code_tables.DISCONNECT, code_tables.FREERDP, code_tables.FREERDP_EXIT})


def _word(code: ClientCode, type_: FindingType) -> str:
    if type_ is catalogue.CLIENT_CREDENTIALS and code.number in REFUSED_ACCOUNTS:
        return REFUSED_ACCOUNTS[code.number]
    if type_ is catalogue.CLIENT_SESSION_ENDED and code.extended in ENDS_ON_PURPOSE:
        return ENDS_ON_PURPOSE[code.extended]
    words = (word for of_type, fits, word in _MORE_EXACTLY if of_type is type_ and fits(code))
    return next(words, catalogue.DEFAULT)


def explained(code: ClientCode) -> tuple[FindingType | None, str | None]:
    """The finding that a code stands for where no host was asked, and what people can do about it."""
    type_ = catalogue.CLIENT_OUTDATED if code.number == NO_SUITE else type_for_code(code)
    if type_ is None or (type_ is catalogue.CLIENT_OTHER and code.kind not in _OF_CLIENTS):
        return None, code.advice
    return type_, code.advice or type_.advice_text(_word(code, type_), {})


def gives_a_reason(code: ClientCode) -> bool:
    """It says more than that the connection or its picture broke, or something that is not known."""
    type_ = type_for_code(code)
    return type_ not in (None, catalogue.CLIENT_NOT_REPRODUCED, catalogue.CLIENT_OTHER, catalogue.CLIENT_DISPLAY)


def says_why(code: ClientCode) -> bool:
    """The same, and more than that no connection was made: the certificate, the name, what the two do not agree on."""
    no_more = (catalogue.CLIENT_CANNOT_CONNECT, catalogue.CLIENT_GATEWAY)
    return gives_a_reason(code) and type_for_code(code) not in no_more


def of_the_account(code: ClientCode) -> bool:
    """The host did not take the account, or found nobody to vouch for it."""
    return type_for_code(code) in (catalogue.CLIENT_CREDENTIALS, catalogue.CLIENT_NO_AUTHORITY)


# Of a client that found nobody to vouch for the account: those that say that the trust is broken. The others it shows
# of a password that must be changed, too.
_OF_THE_TRUST = frozenset({0xC000018A, 0xC000018B, 0xC000018C, 0xC000018D})


def spares_the_account(code: ClientCode) -> bool:
    """It says why, and that is nothing of the account itself: what the log has of refused accounts is of others."""
    if not says_why(code) or type_for_code(code) is catalogue.NLA_ACCOUNT_RESTRICTED:
        return False
    return not of_the_account(code) or code.number in _OF_THE_TRUST


# A logoff by a tool, and the user's own disconnection and logoff, which Windows reports where it does so itself.
_SIGNED_OFF = (2, 0xB, 0xC)


def broke_at_some_time(code: ClientCode) -> bool:
    """The client says that the connection broke, and not when: with an extended code it broke while it was made."""
    return type_for_code(code) is catalogue.CLIENT_NOT_REPRODUCED and code.extended is None


def ended_without_a_reason(code: ClientCode) -> bool:
    """A session ended or broke, and nothing says why."""
    ended = code.number == ENDED_BY_HOST and code.extended is None
    broke = type_for_code(code) is catalogue.SESSION_TRANSPORT or broke_at_some_time(code)
    return ended or broke


def signed_off(code: ClientCode) -> bool:
    """A session that was ended for no limit: Windows itself does so where a profile does not load or a logon dies."""
    return type_for_code(code) is catalogue.CLIENT_SESSION_ENDED and code.extended in _SIGNED_OFF


def may_be_of_tls(code: ClientCode) -> bool:
    """What the client says can be how it met a host with which it has no TLS in common. What the host itself answered
    in the negotiation is another reason.
    """
    if code.negotiation is not None:
        return False
    return code.number == NO_SUITE or type_for_code(code) in (
        catalogue.CLIENT_NOT_REPRODUCED,
        catalogue.CLIENT_OTHER,
        catalogue.CLIENT_ALTERED,
        catalogue.CLIENT_LEGACY_SECURITY,
    )


def broke_in_handshake(code: ClientCode) -> bool:
    """The client says no more than that TLS failed, or that the connection broke."""
    type_ = type_for_code(code)
    return type_ is catalogue.CLIENT_NOT_REPRODUCED or (type_ is catalogue.CLIENT_OTHER and code.stage == "tls")
