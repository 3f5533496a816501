# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Status numbers in words, against an independent table."""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import numbers
from hypothesis import given
from hypothesis import strategies as st
from impacket import hresult_errors, nt_errors, system_errors

from tests.profiles import each


@each(
    ("number", "name"),
    [
        (5, "5 ERROR_ACCESS_DENIED"),
        (126, "126 ERROR_MOD_NOT_FOUND"),
        (1053, "1053 ERROR_SERVICE_REQUEST_TIMEOUT"),
        (1058, "1058 ERROR_SERVICE_DISABLED"),
        (1067, "1067 ERROR_PROCESS_ABORTED"),
        (1075, "1075 ERROR_SERVICE_DEPENDENCY_DELETED"),
        (0x80090008, "0x80090008 NTE_BAD_ALGID"),
        (-2146893816, "0x80090008 NTE_BAD_ALGID"),
        # What a renewal meets that wants a key of a device, or asks a certification authority.
        *((number, f"0x{number:X} NTE_") for number in (*range(0x80090020, 0x80090039),)),
        *((number, f"0x{number:X} CERTSRV_E_") for number in (*range(0x80094800, 0x80094816),)),
        (0x80070005, "0x80070005 E_ACCESSDENIED"),
        # Keys in a TPM, certificates that cannot be decoded, and errors of Windows in other numbers.
        (0x80280400, "0x80280400 TPM_E_COMMAND_BLOCKED"),
        (0x8028400F, "0x8028400F TBS_E_TPM_NOT_FOUND"),
        (0x80290100, "0x80290100 TPMAPI_E_INVALID_STATE"),
        (0x80290200, "0x80290200 TBSIMP_E_BUFFER_TOO_SMALL"),
        (0x80092007, "0x80092007 CRYPT_E_SELF_SIGNED"),
        *((number, f"0x{number:X} CRYPT_E_ASN1_") for number in (*range(0x80093100, 0x8009310F),)),
        (0x8007007A, "0x8007007A ERROR_INSUFFICIENT_BUFFER"),
        (0x80070525, "0x80070525 ERROR_NO_SUCH_USER"),
        (0x80070643, "0x80070643 ERROR_INSTALL_FAILURE"),
        (0x80090367, "0x80090367 SEC_E_APPLICATION_PROTOCOL_MISMATCH"),
        (0x8007007E, "0x8007007E ERROR_MOD_NOT_FOUND"),
        (0xC000015B, "0xC000015B STATUS_LOGON_TYPE_NOT_GRANTED"),
        (0xD0000022, "0xD0000022 STATUS_ACCESS_DENIED"),
        (0xC0000005, "0xC0000005 STATUS_ACCESS_VIOLATION"),
    ],
)
def test_a_number_in_words(number: int, name: str) -> None:
    said = numbers.in_words(number)
    begins = name if name.endswith("_") else f"{name}: "
    assert said.startswith(begins) and len(said) > len(name) + 4


def test_an_unknown_number_says_so() -> None:
    assert numbers.in_words(0x8BADF00D) == (
        "0x8BADF00D (a number that is not known here; for Windows' own words run certutil -error 0x8BADF00D)"
    )
    assert numbers.in_words(64999).endswith("run net helpmsg 64999)") and numbers.translate(64999) is None
    assert numbers.translate(0x8007FFFF) is None


@each(
    ("number", "whose"),
    [(0x80290250, "the TPM's software"), (0x80280777, "the TPM"), (0x8009FFFF, "security"), (0x8007FFFF, "Windows")],
)
def test_an_unknown_number_says_whose_it_is(number: int, whose: str) -> None:
    assert f"an error of {whose}" in numbers.in_words(number)


def test_of_the_numbers_of_an_event_those_are_told_that_say_that_something_failed() -> None:
    told = numbers.statuses([2, 60_000, 120_000, 0x8BADF00D, 0x80290200, -2146893816])
    assert [one.split()[0] for one in told] == ["0x80090008", "0x80290200", "0x8BADF00D"]


def test_names_are_those_of_an_independent_table() -> None:
    theirs = {**hresult_errors.ERROR_MESSAGES, **nt_errors.ERROR_MESSAGES}
    # It ends before those of devices with keys, and of Windows 8 and later, which winerror.h has.
    later = {*range(0x8009002F, 0x80090039), *range(0x80090361, 0x8009036C), *range(0x8028400F, 0x80284017)}
    later |= {0x8029021A, 0x80290401}
    missing = {number for number in numbers.STATUS if number not in theirs and number not in later}
    assert all(numbers.STATUS[number].name.startswith(("WBEM_E_", "E_PROXY_")) for number in missing), (
        "that table has none of WMI and of gateways"
    )
    for number in numbers.STATUS.keys() & theirs.keys():
        assert (
            numbers.STATUS[number].name == theirs[number][0] or theirs[number][0] == "STATUS_INVALID_DEVICE_REQUEST"
        ), hex(number)
    for number, meaning in numbers.WIN32.items():
        assert meaning.name == system_errors.ERROR_MESSAGES.get(number, (meaning.name,))[0], number
    assert len(numbers.WIN32.keys() & system_errors.ERROR_MESSAGES.keys()) > 80


@given(st.integers(-(2**31), 2**32 - 1))
def test_any_number_is_said(number: int) -> None:
    assert numbers.in_words(number)
