# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A test of many cases tries all of them and names those that fail."""

from __future__ import annotations

import pytest

from tests import profiles
from tests.profiles import each


def test_every_case_that_fails_is_named_and_the_others_are_tried() -> None:
    tried = []

    @each("letter", "ab")
    @each("number, square", [(1, 1), (2, 5), (3, 9), (4, 17)])
    def check(letter: str, number: int, square: int) -> None:
        tried.append((letter, number))
        if number == 4:
            pytest.fail("it is four")
        assert number**2 == square

    with pytest.raises(AssertionError) as failed:
        check()
    assert tried == [(letter, number) for letter in "ab" for number in (1, 2, 3, 4)]
    for words in ("2 of 2 cases", "2 of 4 cases", "'a'", "'b'", "2, 5\n", "4, 17\n", "it is four"):
        assert words in str(failed.value)
    assert "3, 9" not in str(failed.value)


def test_an_error_is_a_failure_of_its_case() -> None:
    @each("number", [1, 0])
    def check(number: int) -> None:
        assert 1 / number == 1

    with pytest.raises(AssertionError, match=r"(?s)1 of 2 cases.*0\nZeroDivisionError"):
        check()


@pytest.mark.parametrize(("deeply", "count"), [(False, 3), (True, 9)])
def test_the_usual_run_takes_some_and_a_deep_one_all(deeply: bool, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    monkeypatch.setattr(profiles, "deep", lambda: deeply)

    @each("number", range(9), one_of=3)
    def check(number: int) -> None:
        tried.append(number)

    check()
    assert len(tried) == count


def test_a_function_makes_the_cases_as_the_test_begins() -> None:
    made: list[str] = []

    def cases() -> list[int]:
        made.append("now")
        return [1, 2]

    @each("number", cases)
    def check(number: int) -> None:
        assert number == 1

    assert made == []
    with pytest.raises(AssertionError, match="1 of 2 cases"):
        check()
    assert made == ["now"]


def test_without_cases_nothing_is_tested() -> None:
    with pytest.raises(ValueError, match="there must be cases of a, b"):
        each("a, b", [])
    with pytest.raises(ValueError, match="there must be cases of a, b"):
        each("a, b", [(1, 2, 3)])
