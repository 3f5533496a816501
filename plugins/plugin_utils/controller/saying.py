# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences for the person at the terminal, beside what Ansible shows."""

from __future__ import annotations

from ansible import constants, release
from ansible.utils.display import Display


def is_document() -> bool:
    """Whether standard output is one JSON document, or one a line, which a program reads."""
    return constants.DEFAULT_STDOUT_CALLBACK.rsplit(".", 1)[-1].startswith("json")


def is_failure_shown() -> bool:
    """Whether Ansible shows why a task failed in a line of its own, beside the result: since ansible-core 2.19, where
    that spoils no document."""
    return not is_document() and tuple(int(part) for part in release.__version__.split(".")[:2]) >= (2, 19)


def say(words: str) -> None:
    """Show a sentence; beside a document, which it would spoil, on standard error."""
    Display().display(words, stderr=is_document())
