# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter in templates, and its documentation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible_collections.winops.rdp.plugins.filter import explain_code as plugin
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import DISCONNECT, EXTENDED, TABLES
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.codes import KINDS

from tests.tools.documents import load_yaml

ROOT = Path(__file__).parents[4]


def _filter(*args: Any, **more: Any) -> dict[str, Any]:
    return plugin.FilterModule().filters()["explain_code"](*args, **more)


def test_it_explains() -> None:
    assert _filter("0x904", extended="0x7")["extended"]["number"] == 7


def _of_clients() -> list[str]:
    """All codes that clients show, and what a host says beside one, as people give them."""
    alone = [f"0x{number:X}" for number in TABLES[DISCONNECT]]
    return [*alone, *(f"0x3/0x{number:X}" for number in TABLES[EXTENDED])]


@pytest.mark.parametrize("code", _of_clients())
def test_each_code_of_a_client_says_what_to_do(code: str) -> None:
    """Whoever has a dialog and no host asks nothing else. A code that says nothing leaves nothing to advise."""
    found = _filter(code)
    if found["finding"] is None:
        assert found["states_fault"] == "nothing" and not found["advice"], found
        return
    assert found["advice"] and "{" not in found["advice"], found
    section = ROOT / catalogue.by_id(found["finding"]).docs.split("#")[0]
    assert f'<a id="{found["finding"]}"></a>' in section.read_text()


def test_the_advice_is_that_of_the_very_code() -> None:
    assert _filter("0xD07")["advice"] != _filter("0x807")["advice"]
    assert "licence server" in _filter("0x3", extended="0x101")["advice"]
    assert _filter("0xB07")["advice"].endswith("net user NAME /active:yes"), "a full stop would be copied with it"
    assert _filter("0x8009030D")["advice"] is None, "a host's own log: another client is no remedy"


def test_bad_input_is_one_sentence() -> None:
    with pytest.raises(AnsibleFilterError, match=r"winops\.rdp\.explain_code: an empty text is not a code"):
        _filter("")


def test_it_works_on_text_that_is_not_trusted() -> None:
    """What a host sent is tagged by the template engine, and still text."""
    templar = Templar(loader=DataLoader(), variables={"code": "0x904/0x7"})
    assert templar is not None
    tagged = type("Tagged", (str,), {})("0x904/0x7")
    assert _filter(tagged)["number"] == 2308


def test_the_documentation_is_true() -> None:
    options = load_yaml(plugin.DOCUMENTATION)["options"]
    assert set(options) == {"_input", "extended", "kind"} and options["kind"]["choices"] == list(KINDS)
    contains = load_yaml(plugin.RETURN)["_value"]["contains"]
    assert set(contains) == set(_filter("0x904/0x7"))
    assert set(_filter("no code at all")) == set(contains)
    assert not set(contains) & set(dir(dict))


@pytest.mark.parametrize(
    ("option", "told"), [("extend", " (is extended meant?)"), ("xyz", ", only extended and kind.")]
)
def test_an_option_that_there_is_not_is_said_with_the_nearest(option: str, told: str) -> None:
    with pytest.raises(AnsibleFilterError, match=re.escape(f"there is no option {option}{told}")):
        _filter("0x904", **{option: "0x7"})
