# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter in templates, and its documentation."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible_collections.winops.rdp.plugins.filter import explain_code as plugin
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.codes import KINDS

from tests.tools.documents import load_yaml


def _filter(*args: Any, **more: Any) -> dict[str, Any]:
    return plugin.FilterModule().filters()["explain_code"](*args, **more)


def test_it_explains() -> None:
    assert _filter("0x904", extended="0x7")["extended"]["number"] == 7


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
