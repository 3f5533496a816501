# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What codes mean, against other libraries' tables and against what the probe says."""

from __future__ import annotations

import ssl
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe import client_view
from ansible_collections.winops.rdp.plugins.module_utils.wire import negotiation
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import codes
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.codes import CodeError, explain
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("code", [2308, "2308", "0x904", "0X904", "904", " 0x00000904 ", 904])
def test_one_code_in_every_spelling(code: int | str) -> None:
    found = explain(code)
    assert (found["kind"], found["code"], found["number"], found["layer"]) == ("disconnect", "0x904", 2308, "transport")


@pytest.mark.parametrize("found", [explain("0x904/0x7"), explain("0x904", extended="0x7"), explain(2308, 7), explain("2308/7"), explain("904 / 7")])
def test_the_pair_proves_nothing(found: dict[str, Any]) -> None:
    assert found["extended"]["name"] == "ServerDeniedConnection"
    assert "proves nothing about the cause" in found["advice"]


@pytest.mark.parametrize(
    "text",
    [
        "Error code: 0x904\nExtended error code: 0x7",
        "Fehlercode: 0x904, erweiterter Fehlercode: 0x7",
        "エラー コード: 0x904 拡張エラー コード: 0x7",
        "0x904 0x7",
        "0x904, 0x7",
        "(0x904/0x7)",
    ],
)
def test_a_dialog_s_words_are_read(text: str) -> None:
    assert explain(text)["summary"] == explain("0x904/0x7")["summary"]


def test_one_code_among_words() -> None:
    assert explain("CredSSP failed with 0x80090308")["name"] == "SEC_E_INVALID_TOKEN" and explain("error 0x904", extended=7)["extended"]["number"] == 7
    assert explain("0x904/abc")["extended"]["number"] == 0xABC, "a pair is not words"


def test_codes_without_a_documented_name() -> None:
    found = explain("0x516")
    assert found["known"] and found["name"] is None and found["summary"].startswith("0x516: no connection was made") and found["layer"] is None


def test_the_same_code_with_extended_zero_is_told_apart() -> None:
    assert "after credentials were given" in explain("0x904/0x0")["advice"]


def test_decimal_comes_first_and_the_other_reading_is_told() -> None:
    found = explain("260")
    assert found["name"] == "DNSLookupFailed" and found["also"] == []
    found = explain("104", kind="errinfo")
    assert found["number"] == 0x104
    both = explain("17", kind="errinfo")
    assert both["number"] == 17 and len(both["also"]) == 1 and "WINLOGON" in both["also"][0]


@pytest.mark.parametrize(
    ("code", "kind", "name"),
    [
        ("0x8009030D", None, "SEC_E_UNKNOWN_CREDENTIALS"),
        (-2146893043, None, "SEC_E_UNKNOWN_CREDENTIALS"),
        ("-2146893043", None, "SEC_E_UNKNOWN_CREDENTIALS"),
        ("c000035b", None, "STATUS_BAD_BINDINGS"),
        (3, "negotiation", "SSL_CERT_NOT_ON_SERVER"),
        (40, "alert", "handshake_failure"),
        ("0x1B07", None, "SslErrCertExpired"),
        ("0x10F0", None, "VCHANNELS_TOO_MANY"),
        ("0x10F1", None, "PROTOCOL"),
        (0x10C9, "extended", "PROTOCOL"),
    ],
)
def test_each_table_is_reached(code: int | str, kind: str | None, name: str) -> None:
    assert explain(code, kind=kind)["name"] == name


def test_an_unknown_code_is_said_to_be_unknown() -> None:
    found = explain("0xDEAD/0x63")
    assert not found["known"] and found["name"] is None and not found["extended"]["known"]
    assert found["summary"] == "0xDEAD: not a code that is known here; extended 0x63: not a code that is known here"


@pytest.mark.parametrize(
    ("code", "extended", "kind", "says"),
    [
        ("", None, None, "is not a code"),
        ("soon", None, None, "is not a code"),
        ("0x1 or 0x2 or 0x3", None, None, "more than two codes"),
        ("error 0x904 and 0x7", "8", None, "give the extended code once"),
        ("no code in words", None, None, "is not a code"),
        (True, None, None, "is not a code"),
        (1.5, None, None, "is not a code"),
        ("0x1FFFFFFFF", None, None, "is not a code"),
        ("9999999999", None, None, "larger than 32 bits"),
        ("0x904/", None, None, "is not a code"),
        ("0x904/0x7", "0x7", None, "once"),
        ("0x8009030D", "0x7", None, "only a client's disconnect reason"),
        ("0x904", None, "colour", "choose one of"),
    ],
)
def test_what_is_no_code_is_refused(code: Any, extended: str | None, kind: str | None, says: str) -> None:
    with pytest.raises(CodeError, match=says):
        explain(code, extended, kind)


@given(st.one_of(st.text(max_size=12), st.integers(-(2**40), 2**40), st.from_regex(r"\A(0x)?[0-9a-fA-F]{1,9}(/[0-9a-fA-F]{1,4})?\Z")))
def test_anything_is_explained_or_refused(code: int | str) -> None:
    try:
        found = explain(code)
    except CodeError:
        return
    assert found["known"] == (found["name"] is not None) and 0 <= found["number"] <= 0xFFFFFFFF


def test_alerts_are_those_of_the_standard_library() -> None:
    for alert in ssl.AlertDescription:
        # Python spells one of them the British way, the standard does not.
        name = alert.name.removeprefix("ALERT_DESCRIPTION_").lower().replace("cancelled", "canceled")
        if alert.value in codes.TABLES["alert"]:
            assert codes.TABLES["alert"][alert.value].name.startswith(name)


def test_statuses_are_those_of_an_independent_table() -> None:
    from impacket import hresult_errors, nt_errors

    seen = 0
    for number, meaning in codes.TABLES["status"].items():
        known = hresult_errors.ERROR_MESSAGES.get(number) or nt_errors.ERROR_MESSAGES.get(number)
        if known:
            # The library writes one of Microsoft's own misspellings right.
            assert meaning.name.replace("NLTM", "NTLM") in known[0].replace("NLTM", "NTLM") or known[0] == "STATUS_INVALID_DEVICE_REQUEST", hex(number)
            seen += 1
    assert seen > 30


def test_names_are_those_of_the_probe() -> None:
    names = next(value for value in vars(client_view).values() if isinstance(value, dict) and value.get(0x904) == "AtClientWinsockFDClose")
    assert {number: codes.TABLES["disconnect"][number].name for number in names} == names


def test_negotiation_failures_are_those_of_the_probe() -> None:
    for value in vars(negotiation).values():
        if isinstance(value, dict) and value.get(3) == "SSL_CERT_NOT_ON_SERVER":
            assert {number: meaning.name for number, meaning in codes.TABLES["negotiation"].items()} == value
            return
    pytest.fail("the probe has no table of negotiation failures")
