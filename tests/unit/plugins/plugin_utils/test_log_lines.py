# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events in place of a dialog: their numbers are read with the table that they belong to, and those that stand beside
the code are no codes.
"""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import log_lines
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import KERBEROS, WARNED_BY_CLIENT
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.codes import explain

from tests.profiles import each


def read(text: str) -> tuple[Any, Any]:
    found = explain(text)
    return found["kind"], found["code"]


@each("number", KERBEROS)
@each(
    "event",
    [
        "Kerberos pre-authentication failed. Service Name: krbtgt/CORP Ticket Options: 0x40810010 Failure Code: {}"
        " Pre-Authentication Type: 2",
        "Event 4768. Result Code:\t\t{}\nTicket Encryption Type:\t0xFFFFFFFF",
        "Dienstname: krbtgt/CORP\nFehlercode:\t{}\nTyp vor Authentifizierung: 2",
        '{{"eventID":"4771","ticketOptions":"0x40810010","status":"{}","preAuthType":"2"}}',
    ],
)
def test_a_result_of_kerberos_is_no_code_of_a_client(event: str, number: int) -> None:
    kind, code = KERBEROS[number].code
    assert read(event.format(f"0x{number:x}")) == (kind, f"0x{code:X}") == read(KERBEROS[number].name)


@each(
    ("text", "expected"),
    [
        # As managers of connections and scripts write of Windows' own control.
        ("Disconnected from rds.corp.example.com\n[Unknown extended disconnection reason 1040]", ("extended", "0x410")),
        ("[Remote Desktop disconnected. Extended reason 1032]", ("extended", "0x408")),
        ("ExtendedDisconnectReason: 4", ("extended", "0x4")),
        # Beside any connection that broke.
        ("[Unknown extended disconnection reason 7]", (None, None)),
        ("[Unknown extended disconnection reason 0]", (None, None)),
        ("Ticket 1040: extended support, reasonable", (None, None)),
    ],
)
def test_an_extended_reason_without_0x_is_the_host_s_error_info(text: str, expected: tuple[str, str]) -> None:
    assert read(text) == expected


@each(
    ("text", "code", "extended"),
    [
        ("DisconnectReason: 3\nExtendedDisconnectReason: 12", "0x3", "0xC"),
        ("OnDisconnected: discReason=3 extendedDiscReason=4", "0x3", "0x4"),
        ("disconnect reason 2308, extended disconnect reason 7", "0x904", "0x7"),
        ("RDP disconnected, reason=264 extended reason=0", "0x108", "0x0"),
        ("DisconnectReason: 3", "0x3", None),
        ("disconnect reason 3, extended disconnect reason 258", "0x3", "0x102"),
        ("discReason = 3, extendedDiscReason = exDiscReasonServerIdleTimeout", "0x3", "0x3"),
        ("discReason = 2308, extendedDiscReason = exDiscReasonServerDeniedConnection", "0x904", "0x7"),
        ("discReason: 0x208 ExtendedDisconnectReason: exDiscReasonNoInfo", "0x208", "0x0"),
    ],
)
def test_the_names_of_the_two_reasons_are_no_codes(text: str, code: str, extended: str | None) -> None:
    """A reason that has no name of its own is not called DisconnectReason."""
    found = explain(text)
    assert (found["code"], found["extended"] and found["extended"]["code"]) == (code, extended)


@each(
    ("dialog", "code", "extended"),
    [
        ("Error code: 0x904\nExtended error code: 0x7", "0x904", "0x7"),
        ("Fehlercode: 0x904\nErweiterter Fehlercode: 0x7", "0x904", "0x7"),
        ("Code d'erreur : 0x1807\nCode d'erreur étendu : 0x0", "0x1807", "0x0"),
        ("Extended error code: 0x7, Error code: 0x904", "0x904", "0x7"),
        ("Error code: 0x3\nExtended error code: 0x9", "0x3", "0x9"),
        ("Error code: 0xB07", "0xB07", None),
    ],
)
@each(
    "told",
    [
        "We looked at Kerberos, events 4768 and 4771 are fine.\n{}",
        "Event 4768 for a TGT: Result Code: 0x0; and mstsc says on the laptop: {}",
        "{}\nEvent 4768 of the domain controller says that a TGT was issued: Result Code: 0x0,"
        " Ticket Options: 0x40810010, Ticket Encryption Type: 0x12",
    ],
)
def test_a_dialog_is_read_beside_words_on_kerberos(told: str, dialog: str, code: str, extended: str | None) -> None:
    found = explain(told.format(dialog))
    assert (found["kind"], found["code"]) == ("disconnect", code)
    assert (found["extended"] or {}).get("code") == extended


@pytest.mark.parametrize(
    "text",
    [
        "A Kerberos service ticket was requested. krbtgt Result Code: 0x0 Ticket Encryption Type: 0x12",
        "Event 4768 of Kerberos. Result Code: 0x19",
        "Session 2 has been disconnected, reason code 0",
        "Failed to create KVP sessions string. Error Code 0x8007007A",
        "RDP_TCP: An error was encountered when transitioning from StateUnknown in response to Event_Disconnect (error"
        " code 0x80070040).",
        "'Failed to get property Disconnect Reason' in CUMRDPConnection::QueryProperty at 2884 err=[0x80070057]",
        "A fatal error occurred while creating a TLS client credential. The internal error state is 10013.",
        "Subject: Logon ID: 0x3e7\nCaller Process ID: 0x204",
        "Id. de inicio de sesión:\t0x904",
        "ID de proceso: 0x204",
        '{"subjectLogonId":"0x904","processID":"516"}',
    ],
)
def test_what_is_written_beside_any_cause_is_none(text: str) -> None:
    assert explain(text)["number"] in (None, 0)


@pytest.mark.parametrize(
    "text",
    ["Error ID: 0x904", "Fehler-ID: 0x904", "ID de error: 0x904", "Process ID: 0x204, code: 0x904", "valid: 0x904"],
)
def test_a_number_of_an_error_is_its_code(text: str) -> None:
    assert read(text) == ("disconnect", "0x904")


def test_what_is_left_aside_is_said() -> None:
    said = explain("Failed to create KVP sessions string. Error Code 0x8007007A")["unread"]
    assert any("event 1152" in one and "names no cause" in one for one in said)


@each("reason", [*range(1, 8), 9, 10, 11, 12])
@each(
    "event",
    [
        "Session 3 has been disconnected, reason code {}",
        "Die Sitzung 3 wurde getrennt, Ursachencode {}",
        "<EventID>40</EventID><Session>3</Session><Reason>{}</Reason>",
    ],
)
def test_a_session_s_reason_is_the_host_s_error_info(event: str, reason: int) -> None:
    assert read(event.format(reason)) == ("errinfo", f"0x{reason:X}")


def test_who_sent_a_tls_alert() -> None:
    """A client's refusal of the certificate is told as a client shows it; the host's own alert stays one."""
    received = "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is {}."
    for alert, shown in WARNED_BY_CLIENT.items():
        assert read(received.format(alert)) == ("disconnect", f"0x{shown:X}")
    assert read(received.format(49)) == ("alert", "0x31")
    sent = "A fatal alert was generated. The TLS protocol defined fatal error code is 40."
    assert read(sent) == ("alert", "0x28")
    without = "none of the cipher suites supported by the client application are supported by the server"
    assert read(f"{sent} {without}") == read(f"{without} {sent}") == ("status", "0x80090331")


@each(
    ("beside", "kind", "code"),
    [
        ("", "status", "0x80090304"),
        (
            "guacd: RDP server closed/refused connection: Server refused connection (wrong security type?)",
            "freerdp",
            None,
        ),
        ("FreeRDP says ERRCONNECT_CONNECT_TRANSPORT_FAILED", "freerdp", None),
        ("Users see: Your credentials did not work", "disconnect", "0x807"),
    ],
)
def test_what_a_host_logs_of_a_client_that_broke_off_comes_behind_what_that_client_says(
    beside: str, kind: str, code: str | None
) -> None:
    event = "The server security layer detected an error (0x{:08X}) in the protocol stream. {}"
    found = explain(event.format(0x80090304, beside))
    assert found["kind"] == kind and code in (None, found["code"])
    assert any("when a client broke off" in one for one in found["unread"]) is bool(beside)
    # The host's own certificate lacks its key, or it refused the logon: nobody knows that better.
    for number in (0x8009030D, 0x8009030C, 0xC000006D):
        assert read(event.format(number, beside)) == ("status", f"0x{number:08X}")
    assert read(event.format(0x8009030C, "The client shows 0x904 0x7")) == ("status", "0x8009030C")


def test_the_data_of_event_56_end_in_a_status() -> None:
    data = "00000400010000000000000038000AC00000000038000AC000000000000000000000000000000000"
    event = "<Provider Name='TermDD'/><EventID>56</EventID><Binary>{}{}</Binary>"
    assert read(event.format(data, "6F0000D0")) == ("status", "0xC000006F")
    assert read(event.format(data, "04030980")) == ("status", "0x80090304")


@pytest.mark.parametrize(("number", "code"), [(23002, "0x800759DA"), (23003, "0x800759DB"), (23005, "0x800759DD")])
def test_a_gateway_logs_the_error_inside_its_status(number: int, code: str) -> None:
    english = "could not meet connection authorization policy requirements. The following error occurred: {}."
    german = 'Die Verbindungsautorisierungsrichtlinie ist nicht erfüllt. Folgender Fehler ist aufgetreten: "{}".'
    assert read(english.format(number)) == read(german.format(number)) == ("status", code)
    assert read(f"the customer's number is {number}") == (None, None)
    assert read(f"The gateway is fine, see ticket {number}. Error code: 0x904") == ("disconnect", "0x904")


def test_the_status_that_says_more_goes_first() -> None:
    """A logon's sub status, wherever it stands; none is 0x0."""
    for first, second in (("0xC000006D", "0xC0000234"), ("0xC0000234", "0xC000006D"), ("0x80090302", "0xC0000234")):
        assert read(f"Status: {first}\nSub Status: {second}") == ("status", "0xC0000234")
    assert read("Status: 0xC000006D\nSub Status: 0x0") == ("status", "0xC000006D")
    assert read("Status: 0x80090302\nSub Status: 0xC0000418") == ("status", "0xC0000418")


def test_a_number_that_is_called_a_code_and_is_none_is_said() -> None:
    assert "3336 stands where a code does" in str(explain("unknown error code 3336, version 2.0.86.0")["unread"])
    assert "ERRCONNECT_NEW_ONE is the name of a code" in str(explain("nego: ERRCONNECT_NEW_ONE")["unread"])
    assert "2824" in str(explain("An internal error has occurred. Error code 2824.")["unread"])


_TRIED = {
    "nmap": ("{}/tcp open ms-wbt-server", "{}/tcp filtered ms-wbt-server"),
    "PortQry": ("TCP port {} (ms-wbt-server service): LISTENING", "TCP port {} (unknown service): NOT LISTENING"),
    "nc": (
        "Connection to 10.0.0.5 {} port [tcp/*] succeeded!",
        "nc: connect to 10.0.0.5 port {} (tcp) failed: No route to host",
    ),
    "ncat": (
        "Connection to web01 {} port [tcp/*] succeeded!",
        "Connection to web01 {} port [tcp/*] failed: No route to host",
    ),
    "Test-NetConnection": (
        "RemotePort       : {}\nInterfaceAlias   : Ethernet\nTcpTestSucceeded : True",
        "WARNING: TCP connect to (10.0.0.5 : {0}) failed\nRemotePort       : {0}\nTcpTestSucceeded : False",
    ),
}


@pytest.mark.parametrize("tool", _TRIED)
def test_what_a_tool_says_of_another_port_says_nothing_of_remote_desktop(tool: str) -> None:
    succeeds, fails = _TRIED[tool]
    for first, second in ((fails, succeeds), (succeeds, fails)):
        numbers = {succeeds: 3389, fails: 443}
        text = f"{first.format(numbers[first])}\n{second.format(numbers[second])}"
        assert read(text) == (None, None), text
        numbers = {succeeds: 443, fails: 3389}
        text = f"{first.format(numbers[first])}\n{second.format(numbers[second])}"
        assert read(text) == ("disconnect", "0x204"), text


def test_ports_that_nmap_does_not_list_are_no_answer() -> None:
    head = "Not shown: 999 filtered tcp ports (no-response)\nPORT     STATE    SERVICE\n"
    assert read(head + "3389/tcp open     ms-wbt-server") == (None, None)
    assert read(head + "3389/tcp filtered ms-wbt-server") == ("disconnect", "0x204")


@each("number", range(1, 7))
@each(
    "told",
    [
        "RDP_NEG_FAILURE: failureCode 0x0000000{}",
        "RDP_NEG_FAILURE code {}",
        "NODE_RDP_PROTOCOL_X224_NEG_FAILURE(Failure code:{} (see the protocol's page))",
        "RDP Negotiation Failure, failure code 0x{}",
        "The server answered with a negotiation failure.\nFailure code: 0x{}",
        "failureCode: 0x0000000{}",
        "negotiation failed: {}",
        "negotiation failure 0x{}",
        "NEG_FAILURE 0x{}",
        "negotiation error 0x{}",
        "Server rejected: protocol negotiation failure 0x{}",
        "negotiation failed with code {}",
        "Failed to negotiate security: 0x{}",
        "Verhandlungsfehler 0x{}",
        "\u00c9chec de la n\u00e9gociation : 0x{}",
        "X.224 connection confirm: failure code {}",
        "ProtocolError: Failure code:{} (see https://msdn.microsoft.com/en-us/library/cc240507.aspx)",
    ],
)
def test_the_number_of_a_failed_negotiation_is_no_code_of_a_client(told: str, number: int) -> None:
    assert read(told.format(number)) == ("negotiation", f"0x{number}")


@each("end", ["\n", "\r\n", " \n  ", "\\n"])
@each(("first", "rest", "code"), [("0x90", "4", "0x904"), ("0x1B0", "7", "0x1B07"), ("0x20", "4", "0x204")])
def test_a_code_is_read_across_the_end_of_a_line(first: str, rest: str, code: str, end: str) -> None:
    found = explain(f"Error code: {first}{end}{rest}{end}Extended error code: 0x7")
    assert (found["kind"], found["code"], found["extended"]["code"]) == ("disconnect", code, "0x7")


@each(
    "told",
    [
        "The security negotiation failed {} times before it worked",
        "Remote Desktop: protocol negotiation failed: {} times today",
        "TLS negotiation failed ({} of 5 attempts), then mstsc closed",
        "RDP drops: kerberos negotiation failed, {} users are affected",
        "negotiation failure: {} user in 5",
        "negotiation failed {} minutes after the update",
        "Failed to negotiate the VPN, failure code {}; Remote Desktop cannot connect",
        "IKEv2 negotiation failed: {}, and no RDP since",
        "Failed to negotiate the VPN, failure code 0x{}; Remote Desktop cannot connect",
        "VPN negotiation error 0x{}",
    ],
)
@each("number", range(1, 7))
def test_what_is_counted_beside_a_negotiation_is_no_code_and_displaces_none(told: str, number: int) -> None:
    text = told.format(number)
    assert read(text)[0] != "negotiation", text
    assert read(f"{text}. Error code 0x904, extended error code 0x7") == ("disconnect", "0x904")


def test_a_dialog_s_own_pair_is_no_failure_of_the_negotiation() -> None:
    found = explain("protocol negotiation error 0x4, extended error code 0x0")
    assert (found["kind"], found["code"], found["extended"]["code"]) == ("disconnect", "0x4", "0x0")
    assert explain("negotiation flags: 0x3")["kind"] != "negotiation"


def test_the_number_of_another_s_negotiation_is_nobody_s_code() -> None:
    assert explain("Failed to negotiate the VPN, failure code 0x00000005")["code"] is None


def test_two_codes_in_two_lines_stay_two() -> None:
    for text, code in (("Error code: 0x904\n7\nThat is all", "0x904"), ("Error code: 0x20\n4\nusers affected", "0x20")):
        assert explain(text)["code"] == code


def test_what_was_read_across_the_end_of_a_line_is_said() -> None:
    assert "0x90 and 4 behind it are read as one code, 0x904" in explain("Error code: 0x90\n4\n")["unread"]


@pytest.mark.parametrize(
    ("picture", "code", "extended"),
    [
        ("0x9 04 / 0x 7", "0x904", "0x7"),
        ("Fehlercode: 0x9 04\nErweiterter Fehlercode: 0x 7", "0x904", "0x7"),
        ("0 x 904 / 0 x 7", "0x904", "0x7"),
        ("(0x90 4, 0x7)", "0x904", "0x7"),
        ("Error code: 0x7 08\nExtended error code: 0x 0", "0x708", "0x0"),
        ("0x9 0", "0x9", "0x0"),
        ("0x3 9", "0x3", "0x9"),
        ("0x204 0", "0x204", "0x0"),
        ("error 0x9 04:12 am", "0x9", None),
        ("0x90 4 users", "0x90", None),
        ("1920 x 1080, error code 0x904", "0x904", None),
    ],
)
def test_a_code_with_a_blank_in_it_is_one_where_only_that_is_a_client_s(
    picture: str, code: str, extended: str | None
) -> None:
    found = explain(picture)
    assert (found["code"], found["extended"] and found["extended"]["code"]) == (code, extended), found["summary"]


@each(
    ("typed", "code"),
    [
        ("0x9O4", "0x904"),
        ("0x9o4 / 0x7", "0x904"),
        ("Код ошибки: 0х9О4", "0x904"),
        ("0x9O4Extended error code: 0x7", "0x904"),
        ("0xBO7", "0xB07"),
        ("OxC06", "0xC06"),
        ("OxO904", "0x904"),
        ("OxO9O4", "0x904"),
        ("0x3OOOOO8", "0x3000008"),
        ("0x80O90302", "0x80090302"),
        ("0xlO8", "0x108"),
        ("0x1O8 or so", "0x108"),
        # Of a word that was joined to the code.
        ("0x904or 0x7", "0x904"),
        ("0x904oder", "0x904"),
        ("0x904If it goes on", "0x904"),
        ("0x904loop", "0x904"),
    ],
)
def test_a_letter_that_looks_like_a_digit_is_one_within_a_code(typed: str, code: str) -> None:
    found = explain(typed)
    assert (found["code"], found["others"]) == (code, []), found["summary"]


@pytest.mark.parametrize(
    ("text", "code", "other"),
    [
        ("0x904 today, last week 0x204", "0x204", "0x904"),
        ("not 0x904 but 0x204", "0x204", "0x904"),
        ("0x1807 0x904", "0x1807", "0x904"),
    ],
)
def test_two_codes_that_no_client_shows_as_a_pair_are_two(text: str, code: str, other: str) -> None:
    """The one that accuses somebody counts, wherever it stands."""
    found = explain(text)
    assert (found["code"], found["extended"], [one["code"] for one in found["others"]]) == (code, None, [other])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Die Verbindung wurde verweigert, da das Benutzerkonto nicht für die Remoteanmeldung autorisiert ist.", "0x9"),
        ("Das Benutzerkonto ist nicht zur Remoteanmeldung berechtigt", "0x9"),
        ("Ein interner Fehler ist aufgetreten.", "0x4"),
        ("Ich bin nicht für die Remoteanmeldung zuständig", None),
    ],
)
def test_words_that_german_puts_between_are_no_hindrance(text: str, code: str | None) -> None:
    assert explain(text)["code"] == code


def test_who_shows_a_dialog_without_a_code_learns_where_it_is() -> None:
    advice = explain("This computer can't connect to the remote computer. Try connecting again.")["advice"]
    assert "'Show details'" in advice and "Ctrl+C" in advice


def test_an_extended_code_that_accuses_nobody_does_so_in_each_place() -> None:
    extended = explain("0x904/0x7")["extended"]
    assert extended["states_fault"] == "nothing" and "the host did not say it" in extended["meaning"]
    assert explain("0x3/0x7")["extended"]["states_fault"] == "host"


@pytest.mark.parametrize("number", ["0x6", "0x00000006"])
@pytest.mark.parametrize("text", ["failure code {} {}", "{}: {}", "{1} ({0})", "{1} [{0}]"])
def test_a_number_beside_its_own_name_is_that_name_s(text: str, number: str) -> None:
    found = explain(text.format(number, "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER"))
    assert (found["kind"], found["code"], found["others"]) == ("negotiation", "0x6", []), found["summary"]


_TEXT = (
    "Log Name: Security\nEvent ID: 4625\nAn account failed to log on.\nLogon Type:\t\t{}\n"
    "Failure Reason:\t\tUnknown user name or bad password.\nStatus:\t\t0xC000006D\nSub Status:\t\t0xC000006A\n"
)
_GERMAN = (
    "Protokollname: Security\nEreignis-ID: 4625\nAnmeldetyp:\t{}\nFehlerursache:\tUnbekannter Benutzername oder"
    " ung\u00fcltiges Kennwort.\nUnterstatus:\t0xC000006A"
)
_XML = (
    '<Event xmlns="x"><EventID>4625</EventID><Data Name="SubStatus">0xc000006a</Data><Data Name="FailureReason">%%2313'
    '</Data><Data Name="LogonType">{}</Data></Event>'
)


@pytest.mark.parametrize("event", [_TEXT, _GERMAN, _XML])
@pytest.mark.parametrize(
    ("kind", "of_another"), [(3, False), (7, False), (10, False), *((n, True) for n in (4, 5, 8, 9))]
)
def test_a_refused_logon_of_another_kind_is_no_complaint(event: str, kind: int, of_another: bool) -> None:
    """Mail servers, tasks and services have logons refused as well, and each is an event 4625 on the host."""
    found = explain(event.format(kind))
    assert found["code"] == (None if of_another else "0xC000006A")
    assert any(f"a logon of type {kind} " in one for one in found["unread"]) is of_another


@pytest.mark.parametrize("event", [_TEXT, _XML])
def test_beside_a_logon_of_another_kind_everything_counts(event: str) -> None:
    assert explain("Scheduled task failed: 4625 Logon Type: 4 Status 0xC0000224")["code"] is None
    assert explain(event.format(8) + "\nmstsc: 0x904")["code"] == "0x904"
    assert explain("RDP says: the account is locked.\n" + event.format(8))["code"] == "0xD07"
    assert explain(event.format(8) + event.format(3))["code"] == "0xC000006A"
    assert explain(event.format(3) + event.format(8))["code"] == "0xC000006A"


_PASTED = _TEXT[_TEXT.index("An account") :]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # Each event for itself, where only what it says was pasted.
        (_PASTED.format(3) + _PASTED.format(5).replace("6A", "64"), "0xC000006A"),
        (_PASTED.format(5) + _PASTED.format(10).replace("6A", "72"), "0xC0000072"),
        (_PASTED.format(5) + _PASTED.format(8), None),
        ("Logon Type: 5\nStatus: 0xC000006A\n", None),
        # What a client showed stands before the event.
        ("mstsc: 0xC0000224. The host has event 4625, Logon Type: 8, Status: 0xC000006A", "0xC0000224"),
        ("Remote Desktop fails with 0xC000006E, and the log has Logon Type: 9", "0xC000006E"),
        # Another event beside it, or a word on what it is not.
        ("4624 Logon Type: 5\n4625 Logon Type: 10 Sub Status: 0xC0000072", "0xC0000072"),
        ("4625 Logon Type: 10 Sub Status: 0xC0000072\n4624 Logon Type: 5", "0xC0000072"),
        ("4625 Logon Type: 3 Sub Status 0xC0000064. It is no Logon Type: 5.", "0xC0000064"),
    ],
)
def test_an_event_of_another_logon_is_left_aside_alone(text: str, code: str | None) -> None:
    assert explain(text)["code"] == code


def test_many_events_of_other_logons_are_named_once() -> None:
    assert len(log_lines.read(_PASTED.format(5) * 50).unread) == 1


_TRIED_FIRST = (
    "[07:39:57:261] [5896:00001709] [ERROR][com.winpr.sspi.Kerberos] - krb5glue_get_init_creds (Client 'anna@EXAMPLE'"
    " not found in Kerberos database [-1765328378])\n"
)
_MADE = (
    "[07:39:57:326] [5896:00001709] [INFO][com.freerdp.gdi] - [gdi_init_ex]: Local framebuffer format BGRA32\n"
    "[07:39:57:326] [5896:00001709] [INFO][com.freerdp.gdi] - [gdi_init_ex]: Remote framebuffer format BGRA32\n"
)
_AT_THE_END = "[08:00:11:115] [5896:00001709] [ERROR][com.freerdp.core] - ERRINFO_IDLE_TIMEOUT [0x00010003]\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (_TRIED_FIRST, "0xA07"),
        (_TRIED_FIRST + _MADE, None),
        (_TRIED_FIRST + _MADE + _AT_THE_END, "0x3"),
        (_MADE + _TRIED_FIRST, "0xA07"),
        # It broke, and was made again.
        (_TRIED_FIRST + _MADE + _AT_THE_END + _MADE, "0x3"),
        (_TRIED_FIRST + "That was the first try: the account is locked, says my colleague.\n" + _MADE, "0xD07"),
        (_TRIED_FIRST.replace("not found", "\nnot found") + _MADE, None),
        ("The account is locked, says my colleague.\n" + _TRIED_FIRST + _MADE, "0xD07"),
        (_TRIED_FIRST + "\n\nThe account is locked, says my colleague.\n" + _MADE, "0xD07"),
    ],
)
def test_what_freerdp_tried_before_it_had_a_session_is_over(text: str, code: str | None) -> None:
    assert explain(text)["code"] == code
