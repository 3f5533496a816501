# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of trying an account on a listener, in words: nothing in them names the account."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.client_view import client_view
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import numbers
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.meaning import Meaning

Json = dict[str, Any]

# ``unknown``: the account was tried, and the server said neither yes nor no. ``not_tried``: nothing of it was sent.
ACCEPTED, REFUSED, UNKNOWN, NOT_TRIED = OUTCOMES = ("accepted", "refused", "unknown", "not_tried")
NTLM, KERBEROS = "ntlm", "kerberos"

# Status of a host, and what it means for the account. The words of each status are those of ``numbers``.
_STATUS_REASONS = {
    "bad_credentials": (0xC000006D, 0xC000006A, 0xC0000064, 0x8009030C),
    "password_expired": (0xC0000071,),
    "must_change": (0xC0000224,),
    "account_expired": (0xC0000193,),
    "disabled": (0xC0000072,),
    "locked": (0xC0000234,),
    "hours": (0xC000006F,),
    "workstation": (0xC0000070,),
    "restriction": (0xC000006E,),
    "right_missing": (0xC000015B, 0xC0000022),
    "ntlm_refused": (0xC0000418, 0xC00000BB, 0x80090302, 0x80090305),
    "restricted_admin_only": (0x8009035E, 0x8009035F),
    "authentication_firewall": (0xC0000413,),
    "no_authority": (0xC000005E, 0x80090311),
    "trust": (0xC000018B, 0xC000018C, 0xC000018D),
    "clock": (0xC0000133, 0x80090324),
    "bindings": (0xC000035B, 0x80090346),
    "service_name": (0x80090303, 0x80090322),
}
_UNKNOWN_STATUS = Meaning("UNKNOWN", "the host refused with a number that is not known here")
_REASON_OF_STATUS = {number: reason for reason, found in _STATUS_REASONS.items() for number in found}

# Errors of Kerberos that the controller meets before it asks the host, by number in the error table of MIT krb5
# (RFC 4120, section 7.5.9, plus -1765328384), each with its name.
_KRB5 = -1765328384
_KERBEROS_ERRORS: dict[int, tuple[str, str, str]] = {
    _KRB5 + 6: ("KDC_ERR_C_PRINCIPAL_UNKNOWN", "bad_credentials", "the domain does not know the account"),
    _KRB5 + 7: ("KDC_ERR_S_PRINCIPAL_UNKNOWN", "service_name", "the domain knows no service TERMSRV for this name"),
    _KRB5 + 12: ("KDC_ERR_POLICY", "restriction", "a policy of the domain refuses the account a ticket"),
    _KRB5 + 14: ("KDC_ERR_ETYPE_NOSUPP", "no_kerberos", "the domain and the controller have no encryption in common"),
    _KRB5 + 18: ("KDC_ERR_CLIENT_REVOKED", "locked", "the account is disabled, expired or locked out"),
    _KRB5 + 23: ("KDC_ERR_KEY_EXPIRED", "password_expired", "the password has expired"),
    _KRB5 + 24: ("KDC_ERR_PREAUTH_FAILED", "bad_credentials", "the password is wrong"),
    _KRB5 + 31: ("KRB_AP_ERR_BAD_INTEGRITY", "bad_credentials", "the password is wrong, or a key differs"),
    _KRB5 + 32: ("KRB_AP_ERR_TKT_EXPIRED", "no_kerberos", "the controller's ticket has expired; run kinit there"),
    _KRB5 + 37: ("KRB_AP_ERR_SKEW", "clock", "the clocks of controller and domain differ too much"),
    _KRB5 + 131: ("KRB5_LIBOS_BADPWDMATCH", "bad_credentials", "the password is wrong"),
    _KRB5 + 141: ("KRB5_CC_NOTFOUND", "no_kerberos", "the controller has no ticket; run kinit there"),
    _KRB5 + 154: ("KRB5_REALM_UNKNOWN", "no_kerberos", "the controller does not know the realm"),
    _KRB5 + 156: ("KRB5_KDC_UNREACH", "no_authority", "the controller reaches no domain controller (KDC)"),
    _KRB5 + 195: ("KRB5_FCC_NOFILE", "no_kerberos", "the controller has no ticket; run kinit there"),
}
_NO_TICKET = (None, "no_kerberos", "the controller has no usable Kerberos ticket for it; run kinit there")


def result(outcome: str, reason: str | None, detail: str, **more: Any) -> Json:
    """What came of it. ``reason`` is a stable word (None if accepted), ``detail`` a clause without a full stop."""
    return {
        "outcome": outcome,
        "reason": reason,
        "detail": f"{detail[:1].upper()}{detail[1:]}.",
        "status": None,
        "mechanism": None,
        "credssp_version": None,
        "server_proved_key": False,
        "account_sent": False,
        "credentials_sent": False,
        "authorized": None,
        "certificate_sha256": None,
        "client_view": None,
        **more,
    }


def by_status(number: int) -> tuple[str, str, Json]:
    """Reason, clause and status of a number with which a host refused."""
    meaning = numbers.translate(number) or _UNKNOWN_STATUS
    reason = _REASON_OF_STATUS.get(number, "other")
    status = {"kind": "ntstatus", "number": number, "name": meaning.name}
    return reason, f"{meaning.text} (0x{number:08X} {meaning.name})", status


def is_known_to_kerberos(number: int | None) -> bool:
    """Whether an error of the Kerberos library is one that ``by_kerberos`` has words for."""
    return number is not None and _signed(number) in _KERBEROS_ERRORS


def _signed(number: int) -> int:
    """32 bits, however the library reads them."""
    return (number + (1 << 31)) % (1 << 32) - (1 << 31)


def by_kerberos(number: int | None) -> tuple[str, str, Json | None]:
    """Reason, clause and status of an error of the Kerberos library, None where it has no number."""
    if number is None:
        return "no_kerberos", _NO_TICKET[2], None
    signed = _signed(number)
    name, reason, words = _KERBEROS_ERRORS.get(signed, _NO_TICKET)
    status = {"kind": "krb5", "number": signed, "name": name}
    return reason, f"{words} ({name or signed})", status


def view(status: Json | None) -> Json:
    """What mstsc shows for a refusal."""
    return client_view("credssp", "denied", status)
