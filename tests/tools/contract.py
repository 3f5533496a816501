# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what others read from the contract, ``host/contract.py``: ``python -m tests.tools.contract``.

Whole files: the two schemas in ``docs``. Parts between marks: the tables of ``docs/host-contract.md``, and the choices
in the documentation of modules. A mark names its part; what stands between it and the mark of its end is replaced.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles  # noqa: E402
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, schema  # noqa: E402

# In YAML a comment, in Markdown an invisible one.
_MARK = re.compile(
    r"^(?P<begin>(?P<indent> *)(?:# |<!-- )contract: (?P<part>[a-z_]+)[^\n]*\n)"
    r".*?"
    r"^(?P<end> *(?:# |<!-- )end of contract: (?P=part)[^\n]*)$",
    re.MULTILINE | re.DOTALL,
)
FILES = (
    "docs/host-contract.md",
    "plugins/modules/__windows/_apply.yml",
    "plugins/modules/__windows/_host.yml",
    "plugins/modules/facts.py",
    "plugins/modules/service.py",
    "roles/rdp_services/meta/argument_specs.yml",
)


# Tables ---------------------------------------------------------------------------------------------------------------


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    titles = head.split(" | ")
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _names(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def _sections() -> str:
    rows = [
        (f"`{name}`", section.purpose, "yes" if section.needed else "", _names(section.sheds))
        for name, section in contract.SECTIONS.items()
    ]
    return _table("section | what cannot be judged without it | needed for a verdict | lists that shed", rows)


def _services() -> str:
    return _names(contract.SERVICES)


def _facts() -> str:
    rows = [
        (f"`{place}`", f"`{name}`", fact.kind if fact.required else f"{fact.kind} or null", fact.text)
        for place, facts in contract.FACTS.items()
        for name, fact in facts.items()
    ]
    return _table("where | fact | type | meaning", rows)


def _listener() -> str:
    rows = [(f"`{name}`", contract.hklm(group.key), " ".join(group.names)) for name, group in contract.LISTENER.items()]
    return _table("group | key | names", rows)


def _fields_of(step: contract.Operation) -> str:
    return " ".join([_names(step.fields), *(f"(`{name}`)" for name in step.optional)])


def _steps() -> str:
    rows = [
        (f"`{op}`", _fields_of(step), re.sub(r"\{(\w+)\}", r"`\1`", step.does), step.states, step.allowed)
        for op, step in contract.STEPS.items()
    ]
    return _table("op | fields | what it does | before / after | allowed", rows)


def _fields() -> str:
    rows = []
    for name, field in contract.FIELDS.items():
        closed = ", ".join(str(choice) for choice in field.choices)
        if field.least is not None:
            closed = f"{field.least} to {field.most}"
        rows.append((f"`{name}`", field.kind, re.sub(r"V\((\w+)\)", r"`\1`", field.text), closed))
    return _table("field | type | meaning | values", rows)


def _bounds(value: contract.Value) -> str:
    """What may be written into a value, in words."""
    bounds = value.writable or contract.Writable()
    words = [f"only {', '.join(f'`{data}`' for data in bounds.only)}"] if bounds.only else []
    words += ["never zero, an undo included"] if bounds.never_zero else []
    words += [f"{bounds.length} bytes"] if bounds.length else []
    words += ["may be removed"] if bounds.removable else []
    return "; ".join(words)


def _registry() -> str:
    rows = [
        (
            f"`{value.name}`",
            f"`{name}`",
            value.kind,
            _bounds(value),
            ", ".join(f"{number} {text}" for number, text in value.words.items()),
        )
        for name, group in contract.LISTENER.items()
        for value in group.values
        if value.writable
    ]
    return _table("value | group | type | bounds | meaning", rows)


def _caps() -> str:
    return _table("at most | of what", [(str(cap.most), cap.text) for cap in contract.CAPS.values()])


# Choices --------------------------------------------------------------------------------------------------------------


def _list(choices: Iterable[object]) -> str:
    """A list in YAML, in as many lines as it needs."""
    return textwrap.fill(f"[{', '.join(str(choice) for choice in choices)}]", 100, subsequent_indent=" ")


def _operations() -> str:
    lines = []
    for op, step in contract.STEPS.items():
        does = re.sub(r"\{(\w+)\}", r"O(steps[].\1)", step.does)
        lines.append(f"{op}: {does}")
    return "\n".join(lines)


PARTS: dict[str, Callable[[], str]] = {
    "sections": _sections,
    "services": _services,
    "facts": _facts,
    "listener_values": _listener,
    "steps": _steps,
    "step_fields": _fields,
    "registry_values": _registry,
    "caps": _caps,
    "section_choices": lambda: _list(contract.SECTIONS),
    "every_section": lambda: _list(contract.ALL_SECTIONS),
    "service_choices": lambda: _list(contract.SERVICES),
    "step_choices": _operations,
    "type_choices": lambda: _list(contract.FIELDS["type"].choices),
    "start_choices": lambda: _list(contract.FIELDS["start"].choices),
    "setting_choices": lambda: _list(contract.FIELDS["setting"].choices),
    "app_choices": lambda: _list(contract.FIELDS["app"].choices),
    "policy_file_choices": lambda: _list(contract.FIELDS["policy_file"].choices),
    "rule_choices": lambda: _list(contract.FIELDS["rule"].choices),
    "store_choices": lambda: _list(contract.FIELDS["store"].choices),
}


def filled(text: str) -> str:
    """The text with each marked part as the contract has it now."""

    def part(mark: re.Match[str]) -> str:
        return f"{mark['begin']}{textwrap.indent(PARTS[mark['part']](), mark['indent'])}\n{mark['end']}"

    return _MARK.sub(part, text)


def texts() -> dict[Path, str]:
    """Each file as it should be."""
    whole = {"docs/snapshot.schema.json": schema.SCHEMA, "docs/bundle.schema.json": bundles.SCHEMA}
    written = {ROOT / name: json.dumps(content, indent=1) + "\n" for name, content in whole.items()}
    return written | {ROOT / name: filled((ROOT / name).read_text(encoding="utf-8")) for name in FILES}


if __name__ == "__main__":
    for path, text in texts().items():
        path.write_text(text, encoding="utf-8")
