# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue of findings: its order, and that nothing else ranks, lists or words findings."""

from __future__ import annotations

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.by_hand import BY_HAND, filled
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.nla import NEEDED_GROUPS
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import REMEDIES
from hypothesis import example, given
from hypothesis import strategies as st

from tests.profiles import each
from tests.sources import nodes
from tests.tools.written_docs import counted_findings

ROOT = Path(__file__).parents[4]
DIAGNOSIS = ROOT / "plugins/plugin_utils/diagnosis"
# Any fact of a finding.
_ANY: dict[str, object] = defaultdict(str)
TYPES = list(catalogue.ALL.values())
GROUPS = sorted({type_.group for type_ in TYPES})

# The order in which a client meets faults, stage by stage. It decides which of several findings is called the cause,
# so moving one changes what people are shown first: that is why the order stands in this test once more. A new finding
# need not be entered: it moves none of these.
ORDER = """
network.path_reset
network.name
network.unreachable
firewall.service_stopped firewall.block_all firewall.block_rule firewall.address_scope firewall.local_rules_ignored
 firewall.profile_mismatch firewall.port_not_allowed firewall.rule_disabled
clock.wrong
system.home_edition system.disk_full system.setup_unfinished
service.missing service.disabled service.stopped service.cannot_start service.stuck service.sessionenv_stopped
 service.sessionenv_cannot_start service.account_changed service.dll_replaced service.not_started_along
 service.crashing service.broker_stopped service.stale_credential
listener.rdp_disabled
listener.disabled listener.logon_disabled listener.security_layer_invalid listener.security_layer_conflict
 listener.security_layer_weak listener.negotiation_disabled listener.value_unusable listener.not_listening
 listener.port_reserved listener.port_taken listener.missing listener.adapter_gone listener.draining
 listener.connection_limit listener.encryption_level_invalid listener.errors_logged
certificate.pin_dead
certificate.store_name
certificate.key_missing certificate.held_open certificate.key_unreadable
certificate.renewal_failing certificate.expired certificate.pin_expired certificate.template_expired
 certificate.missing certificate.not_presented certificate.not_yet_valid certificate.wrong_purpose
 certificate.name_mismatch certificate.weak certificate.template_failing certificate.store_denied
tls.tls12_disabled tls.no_cipher_suites tls.suites_unusable tls.algorithms_disabled tls.tls13_unsupported
 tls.handshake_refused tls.too_old tls.fips
machine_keys.folder_hardened machine_keys.system_denied machine_keys.misplaced
interference.tls_inspected interference.not_rdp interference.security_product interference.handshake_dropped
network.handshake_stalls network.logon_flood
nla.logon_right_missing nla.logon_policy nla.duplicate_sid nla.channel_binding nla.account_restricted
 nla.account_unusable nla.disabled nla.trust_broken nla.no_domain_controller nla.ntlm_refused nla.oracle_vulnerable
 nla.oracle_forced nla.credssp_unpatched nla.domain_credentials_disabled nla.unanswered
licensing.grace_ended licensing.not_configured
session.logon_process_crashes session.profile session.stuck session.transport
client.certificate_refused client.credentials client.delegation_policy client.name client.no_authority client.clock
 client.altered client.credssp_version client.legacy_security client.no_credssp client.gateway client.cannot_connect
 client.licensing client.denied client.session_ended client.not_reproduced client.display client.other client.outdated
clock.not_synchronised
"""


def test_what_has_a_remedy_says_what_a_person_types_for_it() -> None:
    """What is repaired by itself is done by hand elsewhere: where nothing is left to people but that."""
    repaired = {type_.id for type_ in TYPES if type_.repair_class and type_.advice_text("default", _ANY) is None}
    assert repaired == {type_.id for type_ in TYPES if type_.by_hand} == set(BY_HAND) and len(repaired) > 20
    for id_, text in BY_HAND.items():
        said = filled(text, {"port": 3390, "path": "C:\\key", "service": ""})
        assert not re.search(r"\{[a-z_]+\}", said) and ("SERVICE" in said or "{service}" not in text), id_
        assert re.search(r"-Service|-NetFirewallRule|reg\.exe|icacls|schtasks|Remove-Item", said), id_
        assert "`" not in said and text.count("`") % 2 == 0, id_
        between = re.sub(r"`[^`]*`", "", text)
        assert not re.search(r"(?:Set|Start|Restart)-Service|-NetFirewallRule|reg\.exe|Remove-Item", between), (
            f"{id_}: what is typed is not marked"
        )


# What ends a name where it stands in a command, or makes more than one of it: of PowerShell and of the prompt.
_HOSTILE = "'\u2018\u2019\u201b\"\u201c\u201d`$%&|<>^;*?[]!\n\r\t\0\\"
_NAMES = st.text(st.sampled_from(_HOSTILE + "aB1 .-_(){}/:@,\u00e9\u2013\uff02"), min_size=1, max_size=12)
_QUOTED = re.compile("'(?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*'")
_ASKS_NO_FORM = {"service", "profile", "profiles", "port", "built_in", "change", "winget", "package"}
_COMMAND = re.compile(
    r"(?:[A-Z][a-z]+-[A-Z]\w+"
    r"|\b(?:icacls|netsh|nltest|dcdiag|reg\.exe|schtasks\.exe|sc\.exe|bcdedit|winget (?:install|upgrade))\b)[^;,]*"
)


@example("x'; calc; '")
@example("*")
@example("$(calc)")
@example("x & calc")
@example("C:\\")
@given(_NAMES)
def test_no_name_of_a_host_is_more_than_one_name_in_a_command(name: str) -> None:
    bare, in_double, in_single = (filled(form, {"rule": name}) for form in ("{rule!p}", "{rule!d}", "{rule!q}"))
    assert bare == "RULE" or re.fullmatch(r"[A-Za-z0-9_.:*-]+", bare)
    assert in_double == "RULE" or (
        in_double == f'"{name}"' and not set(name) & set('"\u201c\u201d`$%&|<>^;*?[]!\n\r\t\0')
    )
    assert not in_double.endswith('\\"')
    assert in_single == "RULE" or (_QUOTED.fullmatch(in_single) and not set(in_single) & set('"`$%&|<>^;*?[]!\n\r\t\0'))
    if not set(name) & set(_HOSTILE + "\u2013\uff02"):
        assert (in_double, in_single) == (f'"{name}"', f"'{name}'")


def _commands() -> Iterator[tuple[str, str]]:
    for one in TYPES:
        advice = {"": one.advice} if isinstance(one.advice, str) else one.advice or {}
        for text in filter(None, [*advice.values(), one.by_hand]):
            yield from ((one.id, command) for command in _COMMAND.findall(text))


def test_names_that_a_host_gives_have_a_form_in_every_command() -> None:
    """What has none is a word or number of our own."""
    forms = set()
    for id_, command in _commands():
        for _before, fact, _form, conversion in string.Formatter().parse(command):
            forms.add(conversion)
            assert fact is None or conversion or fact in _ASKS_NO_FORM, (id_, command)
    assert forms == {None, "p", "d", "q"}
    for id_, text in BY_HAND.items():
        assert all(conversion for _before, fact, _form, conversion in string.Formatter().parse(text) if fact), id_


def test_no_command_is_made_of_a_name_elsewhere() -> None:
    """Commands stand in the catalogue, where their facts have a form, and in what is filled as its texts are."""
    written = [
        f"{path.name}: {command}"
        for room in ("diagnosis", "repair")
        for path in (ROOT / "plugins/plugin_utils" / room).rglob("*.py")
        if path.name not in ("catalogue.py", "by_hand.py")
        for node in nodes(path)
        if isinstance(node, ast.JoinedStr)
        for command in _COMMAND.findall(_in_words(node))
        if "{}" in command
    ]
    assert written == []


def _in_words(text: ast.JoinedStr) -> str:
    """The text with ``{}`` for what is put in, but for constants of the module."""
    parts = []
    for one in text.values:
        named = ast.unparse(one.value) if isinstance(one, ast.FormattedValue) else ""
        parts.append(str(one.value) if isinstance(one, ast.Constant) else "{}" * (not named.isupper()))
    return "".join(parts)


def test_names_of_rules_and_files_stand_in_commands_as_they_are() -> None:
    rule = catalogue.FIREWALL_BLOCK_RULE.advice_text("default", {"rule": "{A-1} of Bob's"})
    assert rule and rule.endswith("-Name '{A-1} of Bob''s'")
    path = "C:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys\\f686_8c3e"
    assert f'icacls "{path}"' in filled(BY_HAND["certificate.key_unreadable"], {"path": path})


def test_who_is_to_restart_the_service_reads_that_it_disconnects_people() -> None:
    restarts = re.compile(r"(?i)restart(?:-service)? TermService")
    found = []
    for one in TYPES:
        advice = {"": one.advice} if isinstance(one.advice, str) else one.advice or {}
        for text in filter(None, [*advice.values(), one.by_hand]):
            if restarts.search(text):
                found.append(one.id)
                assert re.search("disconnects (?:everybody|whoever)|signed in|logged on|when nobody", text), text
    assert len(found) > 15


def test_the_order_is_the_one_in_which_clients_meet_faults() -> None:
    expected = [stage.split() for stage in ORDER.strip().replace("\n ", " ").splitlines()]
    stages: list[list[str]] = [[] for _stage in catalogue.STAGES]
    for type_ in TYPES:
        if type_.id in ORDER.split():
            stages[type_.stage].append(type_.id)
    assert stages == expected
    assert [type_.place for type_ in TYPES] == list(range(len(TYPES)))
    assert all(stage.endswith(".") for stage in catalogue.STAGES)


def test_a_name_is_its_id() -> None:
    named = {name: value for name, value in vars(catalogue).items() if isinstance(value, FindingType)}
    assert {name: type_.id.upper().replace(".", "_") for name, type_ in named.items()} == {name: name for name in named}
    assert list(named.values()) == TYPES
    assert catalogue.by_id("certificate.expired") is catalogue.CERTIFICATE_EXPIRED
    with pytest.raises(KeyError):
        catalogue.by_id("certificate.expierd")


def test_what_has_a_class_of_repair_has_a_remedy() -> None:
    assert {type_.id for type_ in TYPES if type_.repair_class} == set(REMEDIES)
    classes = {catalogue.RESTORE, catalogue.RENEW, catalogue.TIGHTEN, catalogue.OPEN}
    assert {type_.repair_class for type_ in TYPES} == {*classes, None}


def test_what_has_no_remedy_says_what_people_should_do() -> None:
    assert [type_.id for type_ in TYPES if not type_.repair_class and not type_.advice] == []


def _templates(type_: FindingType) -> Iterator[str]:
    for text in (type_.summary, type_.advice or {}):
        yield from [text] if isinstance(text, str) else text.values()


@each("type_", TYPES, ids=lambda type_: type_.id)
def test_sentences_are_templates_over_named_facts(type_: FindingType) -> None:
    for text in _templates(type_):
        assert text and not text.endswith((".", " ")) and "  " not in text
        for _before, fact, _form, _conversion in string.Formatter().parse(text):
            assert fact is None or fact.isidentifier()


def _names_in(path: Path) -> set[str]:
    """Entries of the catalogue that a file names, or takes from it by their names."""
    named = {
        node.attr
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "catalogue"
    }
    named |= {
        alias.name
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".catalogue")
        for alias in node.names
    }
    return {name for name in named if isinstance(getattr(catalogue, name), FindingType)}


@each("group", GROUPS)
def test_a_finding_is_made_in_its_group_s_file_alone(group: str) -> None:
    expected = {type_.id.upper().replace(".", "_") for type_ in TYPES if type_.group == group}
    named = _names_in(DIAGNOSIS / f"rules/{group}.py")
    assert named <= expected
    # The table of client codes gives the rule its type.
    assert expected - named <= _names_in(DIAGNOSIS / "client_codes.py")


def test_the_other_rooms_of_the_diagnosis_make_no_findings() -> None:
    assert {path.stem for path in (DIAGNOSIS / "rules").glob("*.py")} == {"__init__", *GROUPS}
    for path in DIAGNOSIS.glob("*.py"):
        made = [
            node
            for node in nodes(path)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "finding"
        ]
        # That of settings is given its type by the rule.
        assert len(made) == (1 if path.stem == "settings" else 0), path.name
        assert path.stem in ("client_codes", "forecast") or not _names_in(path), path.name


def test_every_sentence_is_used() -> None:
    """One that nobody names is never shown."""
    literals = {
        node.value
        for path in (ROOT / "plugins/plugin_utils").rglob("*.py")
        if path.name != "catalogue.py"
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named = {
        f"{type_.id}: {name}"
        for type_ in TYPES
        for texts in (type_.summary, type_.advice or "")
        if not isinstance(texts, str)
        for name in texts
        if name != catalogue.DEFAULT and name not in literals
    }
    assert named == set()


def test_groups_that_are_asked_for_exist() -> None:
    """A typo in one would be a question that is never answered yes."""
    asked = {
        (path.name, other.value)
        for path in (ROOT / "plugins/plugin_utils").rglob("*.py")
        for node in nodes(path)
        if isinstance(node, ast.Compare) and re.search(r"type_?\.group\b", ast.unparse(node.left))
        for other in ast.walk(node.comparators[0])
        if isinstance(other, ast.Constant)
    }
    assert {group for _file, group in asked} >= {"service", "tls"}
    assert {(file, group) for file, group in asked if group not in GROUPS} == set()
    assert set(GROUPS) >= NEEDED_GROUPS


def test_no_id_is_written_out() -> None:
    """Everything but the catalogue names its entries: a typo is an error at import."""
    written = {
        f"{path.relative_to(ROOT)}: {node.value}"
        for path in (ROOT / "plugins").rglob("*.py")
        if path.name not in ("catalogue.py", "by_hand.py")
        for node in nodes(path)
        if isinstance(node, ast.Constant) and node.value in catalogue.ALL
    }
    assert written == set()


@each("group", GROUPS)
def test_a_page_begins_with_the_list_of_its_sections(group: str) -> None:
    page = (ROOT / f"docs/causes/{group}.md").read_text(encoding="utf-8")
    index = page.split("<a id=", 1)[0]
    listed = re.findall(r"\[\w+\]\(#([\w.]+)\)", index)
    ids = [type_.id for type_ in TYPES if type_.group == group]
    assert sorted(listed) == sorted(ids)
    assert sorted(re.findall(r'<a id="([^"]+)"></a>', page)) == sorted(ids)


def test_the_overview_has_every_group_and_the_number() -> None:
    overview = (ROOT / "docs/causes.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\| \[(\w+)\]\(\S+/docs/causes/\1\.md\)", overview)) == GROUPS
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme == counted_findings(readme)


# Titles of policies, by the place below which the editor shows them.
_PLACES = {
    "Windows Components > Remote Desktop Services": (
        "Limit number of connections",
        "Turn Off UDP On Client",
        "Select network detection on the server",
        "Configure keep-alive connection interval",
        "Configure server authentication for client",
        "Set time limit for disconnected sessions",
        "Use WDDM graphics display driver for Remote Desktop Connections",
    ),
    "System > Credentials Delegation": (
        "Encryption Oracle Remediation",
        "Restrict delegation of credentials to remote servers",
    ),
    "Local Policies > ": ("Network security: Restrict NTLM", "Network access: Do not allow storage"),
}


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.id)
def test_a_policy_that_is_to_be_changed_is_named_with_its_place(type_: FindingType) -> None:
    advices = {"default": type_.advice} if isinstance(type_.advice, str) else type_.advice or {}
    for name, text in advices.items():
        for place, titles in _PLACES.items():
            if any(f"'{title}" in text for title in titles) and "do not set" not in text:
                assert place in text, name
