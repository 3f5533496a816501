# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people ask beside the cause: how a host differs from one that works, what changed, whether a client came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.comparison import PARTS, Comparison, compare
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.recent import arrival, changed_since
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import minute
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.results.shape import Questions, diagnosis_result

from tests.hosts.faults import IN, RESET, Sight
from tests.hosts.snapshots import NOW, Host, dword, make_der, probe, utc
from tests.hosts.windows import CORE
from tests.profiles import each

LOG = f"{CORE}/Operational"
TLS = collect.SCHANNEL + r"\Protocols\TLS 1.2\Server"
DAY = timedelta(days=1)


def read(host: Host) -> Snapshot:
    return Snapshot.of(host.to_answer(), NOW)


def stopped(host: Host) -> None:
    host.sections["services"]["SessionEnv"].update(state=1, start=4)


def newer(host: Host) -> None:
    host.sections["host"].update(ubr=9999)


def no_rule(host: Host) -> None:
    host.sections["firewall"]["rules"] = []


def other_port(host: Host) -> None:
    host.rule(LPort="3390")


def another_file(host: Host) -> None:
    host.sections["files"]["termsrv.dll"].update(version="10.0.20348.1", windows=False)


def unreadable(host: Host) -> None:
    host.sections["key_files"]["files"][0]["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"


@pytest.mark.parametrize(
    ("change", "part", "what", "here", "there"),
    [
        (
            lambda host: host.setting("rdp_tcp", "SecurityLayer", dword(1)),
            "listener",
            "SecurityLayer",
            "Negotiate (1), local",
            "SSL (TLS) (2), local",
        ),
        (
            lambda host: host.setting("policy", "UserAuthentication", dword(0)),
            "listener",
            "UserAuthentication",
            "policy",
            "local",
        ),
        (lambda host: host.value(TLS, "Enabled", dword(0)), "tls", "TLS 1.2\\Server: Enabled", "0", "not set"),
        (
            lambda host: host.value(collect.LSA, "LmCompatibilityLevel", dword(1)),
            "nla",
            "LmCompatibilityLevel",
            "1",
            "not set",
        ),
        (stopped, "services", "SessionEnv", "disabled, stopped", "manual, running"),
        (newer, "system", "build of Windows", "20348.9999", "20348."),
        (no_rule, "firewall", "firewall rule RemoteDesktop-UserMode-In-TCP (local)", "not set", "allow"),
        (
            other_port,
            "firewall",
            "firewall rule RemoteDesktop-UserMode-In-TCP (local)",
            "for other ports than the listener's (3390)",
            "allow",
        ),
        (another_file, "system", "termsrv.dll", "10.0.20348.1, not Windows' own", "10.0.20348.7000"),
        (unreadable, "certificate", "the private key", "may not read", "may read"),
    ],
)
def test_a_difference_is_told_with_both_values(
    change: Callable[[Host], Any], part: str, what: str, here: str, there: str
) -> None:
    host = Host()
    change(host)
    found = [one for one in compare(read(host), read(Host())).differences if what in one.what]
    assert found and found[0].part == part and here in found[0].here and there in found[0].there and found[0].where


def test_what_differs_between_any_two_hosts_is_no_difference() -> None:
    other = Host()
    other.sections["host"].update(computer_name="WEB02", dns_host_name="web02", machine_guid="x", utc=utc(NOW + DAY))
    other.sections["network"]["adapters"][0].update(id="{2}", addresses=["10.0.0.9"])
    other.sections["services"]["TermService"]["pid"] = 4711
    other.event(CORE, 131, 5, LOG)
    assert compare(read(Host()), read(other)).to_dict() == {"reference": "WEB02", "differences": [], "not_compared": []}


@each("name", ["firewall", "registry", "services", "listener", "certificates", "products", "host", "files"])
@each("side", [0, 1])
def test_what_was_not_read_is_not_absent(name: str, side: int) -> None:
    pair = [Host(), Host()]
    del pair[side].sections[name]
    pair[side].answer["errors"][name] = {"code": -2147024891, "type": "Denied", "message": ""}
    compared = compare(*map(read, pair))
    assert compared.differences == ()
    assert any(contract.SECTIONS[name].purpose in sentence and name in sentence for sentence in compared.not_compared)


def test_a_key_that_was_denied_and_a_list_that_was_cut_are_not_absent() -> None:
    denied, whole = Host(), Host().value(TLS, "Enabled", dword(1))
    denied.sections["registry"][f"HKLM\\{TLS}"] = {
        "settings": {},
        "error": {"code": -2147024891, "type": "Denied", "message": ""},
    }
    assert compare(read(denied), read(whole)).differences == ()
    cut = Host()
    cut.sections["firewall"]["rules"] = []
    cut.answer["truncated"] = ["firewall"]
    compared = compare(read(cut), read(Host()))
    assert compared.differences == () and any("to its end on WEB01" in one for one in compared.not_compared)


def test_differences_stand_in_the_order_in_which_a_client_meets_them() -> None:
    host = Host().setting("rdp_tcp", "SecurityLayer", dword(1)).value(TLS, "Enabled", dword(0))
    for change in (stopped, newer, no_rule):
        change(host)
    parts = [PARTS.index(one.part) for one in compare(read(host), read(Host())).differences]
    assert parts == sorted(parts) and len(set(parts)) == 5


# What changed ---------------------------------------------------------------------------------------------------------


def whats(host: Host, since: datetime) -> list[str]:
    return [change.what for change in changed_since(read(host), since).changes]


def test_changes_stand_by_their_own_times() -> None:
    host = Host()
    host.add(make_der(NOW - DAY, NOW + 90 * DAY, "NEW"), "My", None)
    host.add(make_der(NOW - 90 * DAY, NOW - DAY, "OLD"), "My", None)
    host.sections["host"]["boot_utc"] = utc(NOW - 2 * DAY)
    host.event("Microsoft-Windows-WindowsUpdateClient", 19, 3, at=NOW - DAY)
    host.event("Microsoft-Windows-GroupPolicy", 1502, at=NOW - 3 * timedelta(hours=1))
    since = changed_since(read(host), NOW - 2 * DAY - timedelta(hours=1))
    assert [change.when for change in since.changes] == sorted(change.when for change in since.changes)
    words = [change.what for change in since.changes]
    assert words[0] == "Windows was started" and "Group Policy brought changed settings for the computer" in words
    assert "a Windows update was installed" in words
    assert any("NEW" in one and one.endswith("begins") for one in words)
    assert any("OLD" in one and one.endswith("ended") for one in words)
    assert not changed_since(read(host), NOW).changes


def test_an_error_is_new_only_where_the_log_goes_back_further() -> None:
    first = "event 36870 of Schannel was logged for the first time"
    host = Host().event("Schannel", 36870, at=NOW - DAY).log("System")
    host.sections["events"]["since"] = utc(NOW - 3 * DAY)
    assert first in whats(host, NOW - 2 * DAY)
    assert first not in whats(host, NOW - timedelta(hours=2)), "it was there before"
    host.sections["events"]["states"]["System"]["oldest"] = utc(NOW - DAY)
    assert first not in whats(host, NOW - 2 * DAY), "the log was cleared since"
    short = "event log System before 2026-11-22 12:00 UTC was not read: what was logged in it then is not known"
    assert short in changed_since(read(host), NOW - 2 * DAY).not_told
    assert short not in changed_since(read(host), NOW - timedelta(hours=2)).not_told


def test_what_the_host_cannot_tell_is_said() -> None:
    host = Host()
    host.sections["events"]["since"] = utc(NOW - 3 * DAY)
    assert any("were not read" in one for one in changed_since(read(host), NOW - 9 * DAY).not_told)
    assert not any("were not read" in one for one in changed_since(read(host), NOW - DAY).not_told)
    del host.sections["events"]
    assert "the event logs were not read" in changed_since(read(host), NOW - DAY).not_told


# A client's address ---------------------------------------------------------------------------------------------------


def came(host: Host, *addresses: str, number: int = 131) -> Host:
    host.event(CORE, number, 1, LOG, at=NOW - timedelta(hours=1))
    host.sections["events"]["entries"][-1]["addresses"] = list(addresses)
    return host


def test_an_address_reached_the_host_or_not_or_nobody_knows() -> None:
    host = came(came(Host().log(LOG), "203.0.113.7"), "203.0.113.7", number=140)
    host.sections["events"]["since"] = utc(NOW - 3 * DAY)
    there = arrival(read(host), "203.0.113.7")
    assert there.reached is True and there.last == NOW - timedelta(hours=1)
    assert "user name or password was not right once (event 140)" in there.sentence
    away = arrival(read(host), "203.0.113.8", gets_in=True)
    assert away.reached is False and away.sentence.endswith("look at the way to it, not at the host")
    host.sections["events"]["states"][LOG]["enabled"] = False
    assert arrival(read(host), "203.0.113.8").reached is None


def test_a_log_of_which_not_all_is_listed_does_not_tell_by_its_silence() -> None:
    host = came(Host().log(LOG), "203.0.113.7")
    host.sections["events"]["since"] = utc(NOW - 3 * DAY)
    host.sections["events"]["counts"][-1]["count"] = 41
    assert arrival(read(host), "203.0.113.8").reached is None and arrival(read(host), "203.0.113.7").reached


@pytest.mark.parametrize(
    ("logged", "asked"),
    [("fe80::1%4", "FE80::1"), ("::ffff:203.0.113.7", "203.0.113.7"), ("2001:db8::7", "2001:DB8:0::7")],
)
def test_one_address_has_many_spellings(logged: str, asked: str) -> None:
    assert arrival(read(came(Host().log(LOG), logged)), asked).reached


ODD = ("LOCAL", "-", "", "%", "%4", "203.0.113.7:50000", "203.0.113.07", "1" * 5000, "\u0662.\u0662.\u0662.\u0662")


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_what_is_no_address_hides_none(odd: str) -> None:
    """A host may log anything in the place of an address."""
    host = came(Host().log(LOG), odd, "203.0.113.7")
    host.sections["events"]["since"] = utc(NOW - 3 * DAY)
    assert arrival(read(host), "203.0.113.7").reached and arrival(read(host), odd).reached
    assert arrival(read(host), "203.0.113.8").reached is False


def test_an_answer_of_an_earlier_version_has_no_addresses() -> None:
    host = came(Host().log(LOG))
    del host.sections["events"]["entries"][-1]["addresses"]
    assert arrival(read(host), "203.0.113.7").reached is False


def test_a_failed_logon_over_the_network_is_no_connection_of_remote_desktop() -> None:
    """Windows logs those of file shares alike (LogonType 3)."""

    def failed(logon_type: int) -> Snapshot:
        host = Host().log(LOG)
        host.event("Microsoft-Windows-Security-Auditing", 4625, 1, "Security", numbers=(logon_type,))
        host.sections["events"]["entries"][-1]["addresses"] = ["203.0.113.7"]
        host.sections["events"]["since"] = utc(NOW - 3 * DAY)
        return read(host)

    share = arrival(failed(3), "203.0.113.7")
    assert share.reached is False and "the logon failed once (event 4625)" in share.failures
    assert arrival(failed(10), "203.0.113.7").reached is True


def test_a_policy_s_list_of_suites_is_not_the_host_s_own() -> None:
    own = {"type": "multi_string", "data": ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]}
    forced = {"type": "string", "data": "TLS_RSA_WITH_RC4_128_SHA"}

    def host(*more: str) -> Host:
        made = Host()
        for key in (*more, collect.SUITES_LOCAL):
            made.value(key, "Functions", own if key == collect.SUITES_LOCAL else forced)
        return made

    [one] = compare(read(host(collect.SUITES_POLICY)), read(host())).differences
    assert "(policy)" in one.what and "RC4" in one.here and one.there == "not set"


def test_a_product_whose_service_has_a_name_of_its_own_is_not_taken_for_windows() -> None:
    host = Host()
    host.sections["products"]["services"].append({"name": "WireGuardTunnel$home", "state": 4, "start": 2})
    [one] = compare(read(host), read(Host())).differences
    assert "(WireGuard)" in one.what


def test_a_reference_that_could_not_be_read_is_told_in_the_place_of_its_differences() -> None:
    why = Comparison("web02", (), ("web02 cannot be reached over winrm",))
    assert Questions(reference=why).answers(read(Host())) == {"compared": why.to_dict()}
    host = Host()
    newer(host)
    assert Questions(reference=read(Host())).answers(read(host))["compared"]["not_compared"] == []
    assert "compared" not in Questions().answers(read(Host()))


def line_of(host: Host, sight: Sight | None, **asked: Any) -> str:
    """The one line of a host of which something was asked beside the cause."""
    questions = Questions(**asked)
    assessment = assess(read(host), ProbeResult(sight))
    return str(diagnosis_result(assessment, plan(assessment, RepairPolicy()), questions)["summary"])


def test_a_host_that_keeps_everybody_out_is_not_left_alone_for_an_address_that_never_came() -> None:
    """What keeps everybody out keeps connections out of the log of connections, too."""
    host = Host().log(LOG)
    host.sections["events"]["since"] = utc(NOW - 3 * DAY)
    assert line_of(host, IN, client_address="203.0.113.8").endswith("look at the way to it, not at the host")
    unreadable(host)
    line = line_of(host, RESET, client_address="203.0.113.8")
    assert "certificate.key_unreadable [proven]" in line and "not at the host" not in line
    assert line.endswith("look at the way to it, and at what is wrong on the host, which comes first")


@each("sight", [None, probe("tcp", "timeout")])
def test_nothing_is_said_to_be_wrong_on_a_host_that_has_nothing_wrong(sight: Sight | None) -> None:
    """Nobody looked, or did not get there either: it may be the host, and need not."""
    host = Host().log(LOG)
    host.sections["events"]["since"] = utc(NOW - 3 * DAY)
    line = line_of(host, sight, client_address="203.0.113.8")
    assert "wrong on the host" not in line and "not at the host" not in line
    assert "look at the way to it, if a look at the host (winops.rdp.probe) gets in" in line


def test_the_line_of_a_host_answers_what_was_asked_beside_the_cause() -> None:
    """Without a folder for results or a report nothing else does."""
    host, other = Host(), Host()
    newer(host)
    stopped(host)
    host.setting("rdp_tcp", "SecurityLayer", dword(1))
    found = compare(read(host), read(other)).differences
    line = line_of(host, IN, reference=read(other), since=NOW - 3 * DAY)
    more = len(found) - 2
    assert f"; different on {read(other).name}: {found[0].what}, {found[1].what}, and {more} more; " in line
    last = changed_since(read(host), NOW - 3 * DAY).changes[-1]
    assert f"the newest first: {last.what}" in line
    other = Host()
    other.sections["host"]["computer_name"] = "WEB02"
    assert line_of(Host(), IN, reference=read(other)).endswith("; no difference from WEB02")


def test_a_line_does_not_say_that_nothing_changed_where_the_time_was_not_read() -> None:
    host = Host()
    host.sections["events"]["since"] = utc(NOW - 3 * DAY)
    asked = NOW - timedelta(hours=1)
    assert "not read" not in line_of(host, IN, since=asked).rsplit("; ", maxsplit=1)[-1]
    assert f"(events before {minute(NOW - 3 * DAY)} were not read)" in line_of(host, IN, since=NOW - 30 * DAY)
    host.without("events")
    assert "the event logs were not read" in line_of(host, IN, since=asked)


def test_a_host_is_not_compared_with_itself() -> None:
    """No difference would be read as an answer. An earlier reading of the same host, of when it worked, is one."""
    told = compare(read(Host()), read(Host()))
    assert told.differences == () and "itself" in told.not_compared[0]
    assert "itself" in line_of(Host(), IN, reference=read(Host()))
    later = Host()
    newer(later)
    assert [one.what for one in compare(read(later), read(Host())).differences] == ["build of Windows"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("@ticket.txt", "its words are wanted"),
        ("shot.png", "its words are wanted"),
        ("Interner", "give the whole text, in quotes"),
        ("es geht nicht mehr", "behind 'Show details'"),
    ],
)
def test_what_is_no_code_says_what_to_give_instead(given: str, told: str) -> None:
    line = line_of(Host(), IN, client_code=given)
    assert "client_code: no code was found in" in line and told in line
