# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The script that counts, on code whose figures are known."""

from __future__ import annotations

import pytest

from tests.tools.figures import Figures, code_lines, long_lines, percentile

CODE = '''"""Two lines
of text."""

# A comment.
def plain(a):
    return a


def busy(a, b):  # 1, and 1 each for if, and, for, loop and filter of the list, and two conditionals
    if a and b:
        for _ in a:
            pass
    def inner():
        return 1 if a else 2
    return [1 if c else (2 if b else 3) for c in a if c]
'''


def test_known_code() -> None:
    found = Figures()
    found.add(CODE)
    assert (found.code, found.conditionals, found.nested, found.long_lines) == (11, 3, 1, 0)
    assert found.lengths == [2, 7, 2] and found.complexities == [1, 8, 2]


def test_long_lines_are_counted_in_characters() -> None:
    assert long_lines("ü" * 120 + "\n" + "x" * 121) == 1
    link = "https://example.test/" + "x" * 120
    assert long_lines(f"    # {link}\n{link}") == 0 and long_lines(f"See {link}") == 1


def test_code_lines_leave_out_comments_and_empty_ones() -> None:
    assert code_lines("# x\n\na = (\n    1,  # y\n\n)\n") == 3


@pytest.mark.parametrize(("numbers", "wanted"), [([], 0), ([5], 5), (list(range(1, 11)), 9), (list(range(1, 21)), 18)])
def test_nearest_rank(numbers: list[int], wanted: int) -> None:
    assert percentile(numbers) == wanted
