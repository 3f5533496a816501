# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract, what is written from it, and the lists that PowerShell keeps for itself say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl, collect, contract, firewall, nla_task

from tests.profiles import each
from tests.tools.contract import FILES, PARTS, texts

ROOT = Path(__file__).parents[1]
# Without comments, and on whole lines: a list may run over several.
SCRIPT = "\n".join(
    re.sub(r"^\s*#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for pattern in ("*.ps1", "*.psm1")
    for path in sorted((ROOT / "plugins").rglob(pattern))
)
_OPENS = {"(": ")", "{": "}"}


def assigned(name: str) -> str:
    """What PowerShell assigns to a variable at the top of a file: up to the end of its brackets, or of its list."""
    found = re.findall(rf"^\${name} = (.*(?:,\n.*)*)", SCRIPT, re.MULTILINE)
    assert len(found) == 1, f"${name} is assigned {len(found)} times"
    start = SCRIPT.index(f"\n${name} = ") + len(f"\n${name} = ")
    depth, quote = 0, ""
    for at in range(start, len(SCRIPT)):
        char = SCRIPT[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in _OPENS:
            depth += 1
        elif char in _OPENS.values():
            depth -= 1
        elif char == "\n" and depth == 0 and not SCRIPT[start:at].rstrip().endswith(","):
            return SCRIPT[start:at]
    raise AssertionError(f"${name} has no end")


def texts_in(code: str) -> list[str]:
    return re.findall(r"'([^']*)'", code)


def table(name: str) -> dict[str, list[str]]:
    """A flat table of PowerShell: name -> the texts after it."""
    code = assigned(name)
    entry = re.compile(r"(?:'(?P<quoted>[^']+)'|(?P<bare>\w+)) = (?P<rest>'[^']*'(?:, *\n? *'[^']*')*|[^;\n]*)")
    return {match["quoted"] or match["bare"]: texts_in(match["rest"]) for match in entry.finditer(code)}


@pytest.mark.parametrize("name", sorted(str(path.relative_to(ROOT)) for path in texts()))
def test_what_is_written_from_the_contract_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == texts()[ROOT / name], f"{name}: run `make contract`"


def test_every_part_has_its_place_and_every_place_its_part() -> None:
    marks = [
        part
        for name in FILES
        for part in re.findall(r"^ *(?:# |<!-- )contract: ([a-z_]+)", (ROOT / name).read_text(), re.MULTILINE)
    ]
    assert set(marks) == set(PARTS)


# PowerShell -----------------------------------------------------------------------------------------------------------


def test_sections_are_powershell_s() -> None:
    """In the order in which they are read."""
    assert texts_in(assigned("AllSections")) == list(contract.SECTIONS)
    assert texts_in(assigned("OnRequest")) == list(contract.ON_REQUEST)


def test_services_are_powershell_s() -> None:
    names = texts_in(assigned("ServiceNames"))
    assert len(names) == len(contract.SERVICES) and set(names) == set(contract.SERVICES)


def test_facts_of_a_service_are_powershell_s() -> None:
    reader = re.search(r"^function Read-Service\(.*?\[ordered\]@\{\n(.*?)\n  \}", SCRIPT, re.MULTILINE | re.DOTALL)
    assert reader
    named = set(re.findall(r"^    (\w+) = ", reader[1], re.MULTILINE))
    assert named == {"start", "state", "error", "dependents", *contract.FACTS["services"]}


def test_steps_and_their_fields_are_powershell_s() -> None:
    assert table("StepFields") == {op: list(step.fields) for op, step in contract.STEPS.items()}
    optional = {op: list(step.optional) for op, step in contract.STEPS.items() if step.optional}
    assert table("OptionalFields") == optional
    assert texts_in(assigned("StartOnly")) == list(contract.START_ONLY)


def test_registry_values_that_may_be_written_are_powershell_s() -> None:
    code = assigned("RegistryPairs")
    groups = {"RdpTcp": "rdp_tcp", "TerminalServer": "terminal_server", "WinStations": "winstations"}
    listed = {
        (groups[match["key"]], name): kind
        for match in re.finditer(r"(?P<key>\w+) = @\{(?P<values>[^}]*)\}", code.split("{", 1)[1])
        for name, kind in re.findall(r"(\w+) = '(\w+)'", match["values"])
    }
    assert listed == {
        (group, value.name): value.kind
        for group, part in contract.LISTENER.items()
        for value in part.values
        if value.writable
    }


def test_data_that_may_be_written_is_powershell_s() -> None:
    values = {value.name: value.writable for value in contract.REGISTRY.values() if value.writable}
    listed = {
        match[1]: [one.strip("'") if one.startswith("'") else int(one) for one in re.split(", *", match[2])]
        for match in re.finditer(r"(\w+) = ([^;\n]+)\n", assigned("RegistryData").split("{", 1)[1])
    }
    assert listed == {name: list(writable.only) for name, writable in values.items() if writable.only}
    behind = {match[1]: int(match[2]) for match in re.finditer(r"(\w+) = (\d+)\n", assigned("BehindTask"))}
    expected = {name: writable.behind_task for name, writable in values.items() if writable.behind_task}
    assert {name: (data,) for name, data in behind.items()} == expected
    assert texts_in(assigned("NeverZero")) == [name for name, writable in values.items() if writable.never_zero]
    assert texts_in(assigned("Removable")) == [name for name, writable in values.items() if writable.removable]
    assert {writable.length for writable in values.values()} == {None, 20}
    for name, writable in values.items():
        assert writable.only or writable.length, name


def test_policies_that_may_be_set_are_powershell_s() -> None:
    """Each of them is a setting of the listener that has a policy, and none says less than the listener's own may."""
    listed = {
        match[1]: tuple(int(one) for one in match[2].split(", "))
        for match in re.finditer(r"(\w+) = ([0-9, ]+)\n", assigned("PolicyData").split("{", 1)[1])
    }
    assert listed == contract.POLICY_DATA
    assert dict(re.findall(r"'([^']+)' = '([^']+)'", assigned("PolicyFiles"))) == contract.POLICY_FILES
    for name, data in contract.POLICY_DATA.items():
        _group, value = contract.SETTINGS[name]
        assert value.policy and name in contract.LISTENER["policy"].names and set(data) <= set(value.words)
    assert 0 not in contract.POLICY_DATA["SecurityLayer"] + contract.POLICY_DATA["UserAuthentication"]


def test_grants_on_a_key_file_are_powershell_s() -> None:
    code = re.findall(r"'([^']+)' = (0x[0-9A-F]+)", assigned("Grants"))
    assert {sid: int(mask, 16) for sid, mask in code} == acl.GRANTS


def test_what_only_an_undo_may_is_refused_by_powershell() -> None:
    operations = [op for op, step in contract.STEPS.items() if step.undo_only]
    starts = contract.FIELDS["start"].undo_only
    assert SCRIPT.count("only an undo may") == len(operations) + len(starts) + 1  # and a value's removal
    for start in starts:
        assert f"$step.start -eq {start} -and -not $scope.undoing" in SCRIPT


def test_rules_members_and_the_task_are_powershell_s() -> None:
    assert texts_in(assigned("BuiltInRules")) == list(contract.BUILT_IN_RULES)
    assert texts_in(assigned("OwnRule")) == [contract.OWN_RULE] and texts_in(assigned("NlaTask")) == [nla_task.NAME]
    assert texts_in(assigned("MemberSid")) == [f"^{contract.MEMBER}\\z"]
    assert assigned("NlaHours") == str(int(nla_task.LONGEST.total_seconds() / 3600))
    bits = {name: int(bit) for name, bit in re.findall(r"(\w+) = (\d)", assigned("ProfileBits"))}
    assert {bit: name for name, bit in bits.items()} == firewall.NAMES


def test_bounds_of_numbers_are_powershell_s() -> None:
    for name in ("profiles", "port"):
        field = contract.FIELDS[name]
        assert f"Test-Integer $step.{name} {field.least} {field.most})" in SCRIPT
    timeout, starts = contract.FIELDS["timeout_s"], contract.FIELDS["start"].choices
    assert f"Test-Integer $step.timeout_s {timeout.least} {timeout.most})" in SCRIPT
    assert f"Test-Integer $step.start {starts[0]} {starts[-1]})" in SCRIPT
    assert list(starts) == list(range(int(starts[0]), int(starts[-1]) + 1))


@each("name", sorted(contract.CAPS))
def test_caps_are_powershell_s(name: str) -> None:
    cap = contract.CAPS[name]
    assert re.findall(rf"^\${cap.variable} = ([0-9]+)\b", SCRIPT, re.MULTILINE) == [str(cap.most)]


def test_keys_of_the_listener_are_powershell_s() -> None:
    base = re.search(r"^\$TerminalServer = '([^']+)'", SCRIPT, re.MULTILINE)
    assert base and base[1] == contract.TERMINAL_SERVER
    assert re.search(r'^\$WinStations = "\$TerminalServer\\WinStations"', SCRIPT, re.MULTILINE)
    assert re.search(r'^\$RdpTcp = "\$WinStations\\RDP-Tcp"', SCRIPT, re.MULTILINE)


# The contract itself --------------------------------------------------------------------------------------------------


def test_every_field_is_used_and_every_used_one_described() -> None:
    assert {field for step in contract.STEPS.values() for field in step.fields + step.optional} == set(contract.FIELDS)
    for step in contract.STEPS.values():
        assert set(re.findall(r"\{(\w+)\}", step.does)) <= set(step.fields)


def test_keys_have_no_hive() -> None:
    for group in contract.LISTENER.values():
        assert not group.key.upper().startswith(("HKLM", "HKEY")) and contract.group_of(contract.hklm(group.key))
    for key in (*collect.VALUES, contract.STORES):
        assert key.upper().startswith(("SYSTEM\\", "SOFTWARE\\"))


def test_a_setting_is_in_one_group_and_may_be_set_to_what_may_be_written() -> None:
    names = [value.name for group in contract.LISTENER.values() for value in group.values if value.in_force]
    assert len(names) == len(set(names)) == len(contract.SETTINGS)
    for value in contract.OPTIONS.values():
        assert value.writable
        assert set(value.choices.values()) <= {*value.writable.only, *value.writable.behind_task}
        assert set(value.choices.values()) <= set(value.words)
