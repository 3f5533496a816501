# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What codes mean, against other libraries' tables and against what the probe says."""

from __future__ import annotations

import ssl
import sys
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe import client_view
from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp, negotiation, reasons, tls
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import code_tables, codes, dialog, model
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.codes import CodeError, explain
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.meaning import FAULTS
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import ClientCode, code_shown
from hypothesis import given
from hypothesis import strategies as st

from tests.profiles import each


@pytest.mark.parametrize("code", [2308, "2308", "0x904", "0X904", "904", " 0x00000904 ", 904])
def test_one_code_in_every_spelling(code: int | str) -> None:
    found = explain(code)
    assert (found["kind"], found["code"], found["number"], found["layer"]) == ("disconnect", "0x904", 2308, "transport")


@pytest.mark.parametrize(
    "found",
    [explain("0x904/0x7"), explain("0x904", extended="0x7"), explain(2308, 7), explain("2308/7"), explain("904 / 7")],
)
def test_the_pair_proves_nothing(found: dict[str, Any]) -> None:
    assert found["extended"]["name"] == "ServerDeniedConnection"
    assert found["states_fault"] == "nothing" and "host refused" not in found["summary"], "nobody is accused in words"
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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("CredSSP: ErrorCode = c0000224\nSEC_E_INTERNAL_ERROR", 0xC0000224),
        ("0x904 after the logon, status: C0000234 in the gateway's log", 0xC0000234),
        # No codes: parts of an identity, a file, a hash and a number of a device.
        ("0x904, activity 8f3e1c52-c0000224-4711", None),
        ("0x904, hash c00002249f3a1b22", None),
        ("0x904, device 80070005", None),
        ("0x904, page c0ffee00", None),
    ],
)
def test_a_status_without_0x_is_read_beside_other_codes(text: str, number: int | None) -> None:
    found = explain(text)
    read = {found["number"], *(one["number"] for one in found["others"])}
    assert (number in read) if number else read <= {0x904}


def test_a_word_behind_what_codes_begin_with_is_no_code() -> None:
    for text in ("numbers begin with 0x and are hexadecimal", "0x or 0X, 0x eller 0X", "börjar med 0x eller 0X"):
        assert explain(text)["code"] is None
    assert explain("error 0x 904")["code"] == "0x904"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("error 0x 9 0 4", "0x904"),
        ("Error code: 0 x 2 0 4", "0x204"),
        ("エラー コード: ０ ｘ ２ ０ ４", "0x204"),
        ("Error code: 0 x 3 0 0 0 0 0 8.\nExtended error code: 0 x 0", "0x3000008"),
        # No code is that, or a word or more follows.
        ("we have 0 x 2 0 4 chairs", "0x2"),
        ("0x 9 0 4 times", "0x9"),
    ],
)
def test_a_code_that_is_spaced_digit_by_digit(text: str, code: str | None) -> None:
    assert explain(text)["code"] == code


def test_spaces_between_digits_are_said() -> None:
    assert "read as one code, 0x204" in str(explain("Error code: 0 x 2 0 4")["unread"])


def test_one_code_among_words() -> None:
    assert (
        explain("CredSSP failed with 0x80090308")["name"] == "SEC_E_INVALID_TOKEN"
        and explain("error 0x904", extended=7)["extended"]["number"] == 7
    )
    assert explain("0x904/abc")["extended"]["number"] == 0xABC, "a pair is not words"


def test_codes_without_a_documented_name() -> None:
    found = explain("0x516")
    assert (
        found["known"]
        and found["name"] is None
        and found["summary"].startswith("0x516: no connection was made")
        and found["layer"] is None
    )


def test_the_same_code_with_extended_zero_is_told_apart() -> None:
    assert "after credentials were given" in explain("0x904/0x0")["advice"]


def test_decimal_comes_first_and_the_other_reading_is_told() -> None:
    found = explain("260")
    assert found["name"] == "DNSLookupFailed" and found["also"] == []
    found = explain("104", kind="errinfo")
    assert found["number"] == 0x104
    both = explain("17", kind="errinfo")
    assert both["number"] == 17 and len(both["also"]) == 1 and "WINLOGON" in both["also"][0]


@each(
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
        (0x10C9, "extended", "UNKNOWNPDUTYPE2"),
        ("0x11", "extended", "CLOSE_STACK_ON_DRIVER_FAILURE"),
        ("0x20014", None, "ERRCONNECT_LOGON_FAILURE"),
        ("0x00010001", None, "RPC_INITIATED_DISCONNECT"),
        (133, None, "XF_EXIT_NEGO_FAILURE"),
        ("HYBRID_REQUIRED_BY_SERVER", None, "HYBRID_REQUIRED_BY_SERVER"),
        ("SslErrAccountLockedOut", None, "SslErrAccountLockedOut"),
        ("ERRINFO_OUT_OF_MEMORY", None, "OUT_OF_MEMORY"),
        ("FREERDP_ERROR_CONNECT_KDC_UNREACHABLE", None, "ERRCONNECT_KDC_UNREACHABLE"),
        ("internal_error", None, "internal_error"),
        (1075, "win32", "ERROR_SERVICE_DEPENDENCY_DELETED"),
        ("0x80070422", None, "ERROR_SERVICE_DISABLED"),
        ("0xD000006D", None, "STATUS_LOGON_FAILURE"),
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
        ("", None, None, "an empty text is not a code"),
        (" \n\u00a0", None, None, "an empty text is not a code"),
        (True, None, None, "is not a code"),
        (1.5, None, None, "is not a code"),
        (None, None, None, "is not a code"),
        (9999999999, None, None, "larger than 32 bits"),
        (-(2**31) - 1, None, None, "larger than 32 bits"),
        ("0x904/0x7", "0x7", None, "once"),
        ("error 0x904 and 0x7", "8", None, "give the extended code once"),
        ("0x904", [], None, "is not a code"),
        ("0x904", None, "colour", "choose one of"),
    ],
)
def test_what_cannot_be_a_code_is_refused(code: Any, extended: Any, kind: str | None, says: str) -> None:
    with pytest.raises(CodeError, match=says):
        explain(code, extended, kind)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("soon", "no code was found in 'soon'"),
        ("The remote computer requires more than this one has.", "no code was found in what was shown"),
        ("0x1FFFFFFFF", "larger than 32 bits"),
        ("9999999999999999", "larger than 32 bits"),
        ("Code: 0x800004005", "0x800004005 has more digits than a code has"),
        ("1920x1080 on 10.0.0.1:3389, 01/21/26 10:53:14 AM, version 10.0.20348.1, 3 monitors", "no code was found"),
    ],
)
def test_words_without_a_code_are_a_remark(text: str, says: str) -> None:
    found = explain(text)
    assert (
        found["code"] is found["number"] is found["kind"] is None
        and found["states_fault"] == "nothing"
        and not found["known"]
    )
    assert any(says in sentence for sentence in found["unread"]) and says in found["summary"]


def test_what_is_not_understood_is_said_beside_what_is() -> None:
    assert (
        explain("0x904/")["unread"] == ["no extended code follows the slash"] and explain("0x904/")["code"] == "0x904"
    )
    found = explain("Code: 0x800004005, then 0xB07")
    assert (
        found["code"] == "0xB07"
        and found["unread"] == ["0x800004005 has more digits than a code has"]
        and "not understood" in found["summary"]
    )
    assert explain("0x904", extended="seven")["unread"] == ["no code was found in the extended code 'seven'"]
    assert "only the first 20000 were read" in explain("0x904 " + "x" * 30_000)["unread"][0]


def test_a_pasted_ticket_is_not_given_back() -> None:
    ticket = "pw Geheim-1, and it still does not get in"
    for found in (explain(ticket), explain("0x904", extended=ticket)):
        assert found["unread"] and "Geheim" not in str(found)


@pytest.mark.parametrize("says_more", ["0x807", "0x204", "0x104", "Error code: 0x1807"])
def test_the_order_of_two_dialogs_does_not_matter(says_more: str) -> None:
    """Users of several hosts send theirs, and the pair that accuses nobody may well be the first."""
    wanted = explain(says_more)
    for text in (f"0x904/0x7\n{says_more}", f"{says_more}\n0x904/0x7"):
        found = explain(text)
        assert (found["code"], found["states_fault"]) == (wanted["code"], wanted["states_fault"]), text
        assert "0x904" in [other["code"] for other in found["others"]]
    assert explain("0x904/0x7 on 25 of 30 servers, 3 retries, 7 users")["code"] == "0x904", "what counts is no code"


def test_of_several_codes_the_one_that_accuses_comes_first() -> None:
    found = explain("(Code: 0x80080005)\nHOST01\nError code: 0x0\nExtended error code: 0x0\n01/21/26 10:53:14 AM")
    assert (found["code"], found["kind"], found["states_fault"], found["extended"]) == (
        "0x80080005",
        "status",
        "client",
        None,
    )
    assert [(other["kind"], other["code"]) for other in found["others"]] == [("disconnect", "0x0"), ("extended", "0x0")]
    assert "also shown: 0x0 NoInfo" in found["summary"]
    status = explain("0x8009030D", "0x7")
    assert status["name"] == "SEC_E_UNKNOWN_CREDENTIALS" and status["extended"]["number"] == 7
    assert explain("0x7 0x904")["code"] == "0x904", "the pair the other way round"
    assert explain("0x9735 0x0")["code"] == "0x9735", "0 is what a client shows as the extended one"
    assert explain("0x904 0x7, again 0x904 0x7")["others"] == [], "the same dialog twice"
    assert [other["code"] for other in explain("0x904 0x7 0x9")["others"]] == ["0x9"]


@each(
    ("code", "fault"),
    [
        ("0x904/0x7", "nothing"),
        ("0x904/0x0", "nothing"),
        ("0x904", "nothing"),
        ("0x4/0x0", "nothing"),
        ("0x3/0x7", "host"),
        ("0x3/0x11", "host"),
        ("0x904/0x102", "host"),
        ("0x3/0x1", "nothing"),
        ("0x204", "network"),
        ("0x807", "client"),
        ("0x1307", "host"),
        ("0x300000d", "gateway"),
        ("0x3000008", "nothing"),
        ("0x607", "client"),
        ("0xDEAD", "nothing"),
        ("HYBRID_REQUIRED_BY_SERVER", "client"),
        ("SSL_CERT_NOT_ON_SERVER", "host"),
    ],
)
def test_whom_a_code_accuses(code: str, fault: str) -> None:
    assert explain(code)["states_fault"] == fault


@each(
    "code",
    [
        "0x607",
        "0x907",
        "0xD06",
        "0x300000d",
        "0x3000008",
        "0x1307",
        "0x2407",
        "0x708",
        "0xB09",
        "0x207",
        "0x4",
        "0x2000001",
        "0x3000050",
    ],
)
def test_codes_of_every_client_are_known(code: str) -> None:
    assert explain(code)["known"] and explain(code)["source"].startswith("https://")


def test_an_unknown_code_still_tells_its_layer() -> None:
    assert not explain("0x2A07")["known"] and "TLS or credentials" in explain("0x2A07")["summary"]
    assert explain("0x30000A0")["stage"] == "gateway"


def test_0x4_is_no_time_limit() -> None:
    for code in ("0x4", "0x4/0x0", "Error code: 0x4\nExtended error code: 0x0"):
        found = explain(code)
        assert (
            found["kind"] == "disconnect"
            and "internal error" in found["meaning"]
            and "no time limit" in found["advice"]
        )


def test_a_client_without_credssp_is_told_so() -> None:
    for code in ("Negotiation failed: HYBRID_REQUIRED_BY_SERVER [0x00000005]", "0xB09", "CredSSPRequired"):
        assert "CredSSP" in explain(code)["advice"] and explain(code)["others"] == []
    assert "CredSSP" in explain(5, kind="negotiation")["meaning"]


def test_codes_of_other_clients_say_which_of_windows_they_are() -> None:
    assert explain("ERRCONNECT_LOGON_FAILURE [0x00020014]")["same_as"] == "0x807"
    assert (
        explain("xfreerdp3 exit 147")["same_as"] == "0x904"
        and explain("HYBRID_REQUIRED_BY_SERVER")["same_as"] == "0xB09"
    )
    for (kind, number), reason in code_tables.SAME_AS.items():
        assert number in codes.TABLES[kind] and reason in codes.TABLES["disconnect"]
    for kind, number in code_tables.APP_NAMES.values():
        assert number in codes.TABLES[kind]


@pytest.mark.parametrize("kind", codes.KINDS)
def test_every_entry_is_found_by_number_and_name(kind: str) -> None:
    assert len(codes.TABLES[kind]) > 5
    for number, entry in codes.TABLES[kind].items():
        found = explain(f"0x{number:X}", kind=kind)
        assert (found["number"], found["name"], found["meaning"], found["source"]) == (
            number,
            entry.name or None,
            entry.text,
            entry.source,
        ), hex(number)
        assert explain(number, kind=kind)["number"] == number
        assert entry.states_fault in FAULTS and entry.source.startswith("https://") and entry.text
        if "_" in entry.name:
            named = explain(f"it failed with {entry.name}, at once")
            assert named["name"] == entry.name or dialog.folded(named["name"]) == dialog.folded(entry.name), entry.name


_SIGNS = "0123456789abcdefABCDEFxXoO×хХАСЕ/:;,.-()[]# \t\n\u00a0\u200e０９ｘ٣éЯ错エ"


@given(
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet=_SIGNS, max_size=60),
        st.integers(-(2**40), 2**40),
        st.from_regex(r"\A(0x)?[0-9a-fA-F]{1,9}(/[0-9a-fA-F]{1,4})?\Z"),
    )
)
def test_anything_is_explained_or_refused(code: int | str) -> None:
    try:
        found = explain(code)
    except CodeError:
        assert isinstance(code, int) or not code.strip()
        return
    assert set(found) == set(explain("0x904/0x7"))
    if found["number"] is None:
        assert found["unread"] and not found["known"]
    else:
        assert 0 <= found["number"] <= 0xFFFFFFFF
    assert len(found["summary"]) < 40_000


@pytest.mark.takes_long
@each(
    "unit",
    [
        "0x904 ",
        "0x904Extended",
        "0xABCDEF",
        "0x",
        "A",
        "a_",
        "1",
        "1 ",
        "12345 ",
        ": 4 ",
        "0x904 / 7 ",
        " ",
        "０ｘ９",
        "\u200e",
        "0xabcdefg",
        "\u0315\u0300",
        "SEC_E_LOGON_DENIED [0x8009030C] ",
        "xfreerdp 131 ",
        "0x904/",
    ],
)
def test_the_work_is_in_proportion_to_the_text(unit: str) -> None:
    """The steps that Python takes, not the time: four times the text, at most about four times the steps."""

    def steps(length: int) -> int:
        text, taken = (unit * length)[:length], 0

        def count(_frame: Any, event: str, _argument: Any) -> None:
            nonlocal taken
            taken += event in ("call", "c_call")

        def work() -> None:
            explain(text) if text.strip() else dialog.read(text, codes._tables())

        work()  # fills what is worked out once, whichever test is the first
        before = sys.getprofile()
        sys.setprofile(count)
        try:
            work()
        finally:
            sys.setprofile(before)
        return taken

    assert steps(4_000) < 6 * steps(1_000) + 500


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
            assert (
                meaning.name.replace("NLTM", "NTLM") in known[0].replace("NLTM", "NTLM")
                or known[0] == "STATUS_INVALID_DEVICE_REQUEST"
            ), hex(number)
            seen += 1
    assert seen > 30


def test_names_stand_in_one_place() -> None:
    assert {number: entry.name for number, entry in codes.TABLES["negotiation"].items()} == negotiation.FAILURES
    assert {number: entry.name for number, entry in codes.TABLES["alert"].items()} == tls.ALERTS
    assert {number: entry.name for number, entry in codes.TABLES["disconnect"].items() if entry.name} == reasons.NAMES
    assert {number: codes.TABLES["status"][number].name for number in credssp.ERRORS} == credssp.ERRORS


def test_the_probe_calls_a_code_what_the_table_calls_it() -> None:
    for stage, outcome in (("name", "failed"), ("tcp", "refused"), ("tls", "closed")):
        view = client_view.client_view(stage, outcome, None)
        assert view["name"] == explain(view["code"])["name"]


def test_what_a_client_showed_is_read_once_for_all_hosts_and_nothing_long_is_kept() -> None:
    """Bundles of others may hold texts of many megabytes."""
    shown, long = "0x904/0x7, the account is locked", "0x904 " * (dialog.LONGEST // 6 + 1)
    assert code_shown(shown) is code_shown(str(bytes(shown, "ascii"), "ascii"))
    assert (code_shown(shown).number, code_shown(shown).extended) == (ClientCode(shown).number, 7)
    kept = model._read_once.cache_info().currsize
    assert code_shown(long) is not code_shown(long) and code_shown(None).number is None
    assert model._read_once.cache_info().currsize == kept
    for text in ("not a code \ud800", ["0x904"]):
        first, again = (_outcome(text) for _turn in range(2))
        assert first == again == _outcome(text, ClientCode)


def _outcome(text: Any, read: Any = code_shown) -> Any:
    try:
        return vars(read(text)), None
    except CodeError as error:
        return None, str(error)
