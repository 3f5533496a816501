# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No regular expression of the plugins takes without an end with a text that is made for it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import failures
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import about, dialog, log_lines

from tests.unit.plugins.module_utils import deadlines
from tests.unit.plugins.module_utils.deadlines import comes_to_an_end
from tests.unit.plugins.plugin_utils import growth
from tests.unit.plugins.plugin_utils.growth import Expression

# A tenth of what is read of a text: what grows with its square ends in time, what grows faster does not.
_LONG = dialog.LONGEST // 10
# Seconds of work, for one text: what grows with the square of one takes some thousandths, with its cube far longer.
_ENDS = 0.1
# What the product gives it is no longer than this.
_SHORT = {"plugin_utils.diagnosis.dialog._WHOLE": dialog._LONGEST_PAIR}


def _all() -> dict[str, Expression]:
    found = growth.expressions()
    at_one_place = growth.matched_at_one_place(Path(str(about.__file__)).read_text(encoding="utf-8"))
    for name, pattern in vars(about._patterns()).items():
        found[f"about.{name}"] = Expression(pattern, name not in at_one_place)
    for module, blank in ((dialog, r"\s+"), (log_lines, r"\s+"), (failures, " ")):
        texts = [text for name, value in vars(module).items() if not name.startswith("__") for text in _texts(value)]
        found |= {f"{module.__name__} {text:.60}": Expression(_written(text, blank), True) for text in texts}
    return found


def _texts(value: object) -> list[str]:
    """Expressions that are kept as text, wherever in a table they stand."""
    if isinstance(value, str):
        return [value] if re.search(r"[\\(|\[*+]", value) and _is_one(value) else []
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    return [text for one in value for text in _texts(one)] if isinstance(value, (tuple, list)) else []


def _is_one(text: str) -> bool:
    try:
        _written(text, " ")
    except re.error:
        return False
    return True


def _written(text: str, blank: str) -> re.Pattern[str]:
    return re.compile(text.replace(" ", blank), re.IGNORECASE)


def _read(name: str, text: str) -> str:
    """A text as it comes to an expression: what it is about is told of one whose blanks are single spaces."""
    return " ".join(text.split()) if name.startswith("about.") else text


@pytest.mark.takes_long
def test_no_expression_is_slow_with_a_text_that_is_made_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "_ENDS_A_HANG", _ENDS)
    found, named = _all(), ""
    rooms = {name.rpartition(".")[0] for name in found}
    assert {f"plugin_utils.controller.{name}" for name in ("arguments", "bundles", "options")} <= rooms
    assert {"plugin_utils.diagnosis.codes", "plugin_utils.host.client", "plugin_utils.host.flaws"} <= rooms
    assert {"about.works", "plugin_utils.diagnosis.codes._BROKEN"} | _SHORT.keys() <= found.keys()
    try:
        for named, one in found.items():
            # An expression may be written when it is first asked for, which has nothing to do with how it grows.
            one.run("")
            for text in growth.texts(one.pattern, _SHORT.get(named, _LONG)):
                with comes_to_an_end():
                    one.run(_read(named, text))
    except pytest.fail.Exception:
        pytest.fail(f"{named} works without an end")


_NEW = sys.version_info >= (3, 11)


@pytest.mark.takes_long
@pytest.mark.parametrize(
    ("expression", "slow"),
    [
        (r"x(?:a+)+b", True),
        (r"x(?:a|a)*b", True),
        (r"x(?:a|aa)+b", True),
        (r"x(?:a|a?)+b", True),
        (r"(?:(?:a{1,20}){1,20}){1,20}b", True),
        (r"x(?:a{0,40}){0,40}b", True),
        (r"failurecode: (?:\w{1,9} ?){1,20}!", True),
        (r"x\w{1,40}\w{1,40}\w{1,40}\w{1,40}b", True),
        (r"^(?:\w+\s?)*$", True),
        (r"x\w*\w*\w*b", True),
        (r"(?m)^\s*\s*\s*x", True),
        (r"^(?:\w+\s)*$", False),
        (r"x[ \t]*\n[ \t]*b", False),
        (r"nego\w{0,12}fail", False),
        (r"(?<!\w)nego\w*fail", False),
        (r"(?<= )\S+:", False),
        (r"\n\s*\n", False),
        (r"fail\w*", False),
        (r"fail\w*(?!\w)", False),
        *[(one, False) for one in (r"x(?:a++)+b", r"x(?>a+)+b") if _NEW],
    ],
)
def test_the_texts_make_what_is_slow_slow(expression: str, slow: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """What grows faster than with the square of a text does not end."""
    pattern = re.compile(expression)
    monkeypatch.setattr(deadlines, "_ENDS_A_HANG", _ENDS)
    ended = False
    try:
        with comes_to_an_end():
            for text in growth.texts(pattern, _LONG):
                pattern.search(text)
    except pytest.fail.Exception:
        ended = True
    assert ended is slow
