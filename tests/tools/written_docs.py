# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what documentation takes from elsewhere: ``python -m tests.tools.written_docs``.

The tables of options in the roles' README files come from their argument_specs, the RETURN texts of the modules from
``results/returns.py``, and how many findings README speaks of, and what the pages of the causes say on doing by hand
what a remedy does, from the catalogue. Links of pages that Galaxy shows are
written as it needs them.
"""

from __future__ import annotations

import json
import os
import re
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from tests.tools.documents import load_yaml

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue  # noqa: E402
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.by_hand import filled  # noqa: E402
from ansible_collections.winops.rdp.plugins.plugin_utils.results import returns  # noqa: E402

BEGIN, END = "<!-- table: argument_specs -->", "<!-- end of table -->"


def _default(option: dict[str, Any]) -> str:
    if option.get("required"):
        return "required"
    if "default" not in option:
        return ""
    default = option["default"]
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def table(specs: dict[str, Any]) -> str:
    """The options of a role's ``main`` entry point as a Markdown table."""
    rows = ["| option | type | default | meaning |", "|---|---|---|---|"]
    for name, option in specs["argument_specs"]["main"]["options"].items():
        kind = f"list of {option['elements']}" if option["type"] == "list" else option["type"]
        choices = f" One of {', '.join(f'`{choice}`' for choice in option['choices'])}." if "choices" in option else ""
        rows.append(f"| `{name}` | {kind} | {_default(option)} | {option['description']}{choices} |")
    return "\n".join(rows)


def tables() -> dict[Path, str]:
    """Each role's README as it should be."""
    texts = {}
    for specs in sorted(ROOT.glob("roles/*/meta/argument_specs.yml")):
        readme = specs.parents[1] / "README.md"
        before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        texts[readme] = f"{before}{BEGIN}\n{table(load_yaml(specs.read_text(encoding='utf-8')))}\n{END}{after}"
    return texts


def modules() -> dict[Path, str]:
    """Each module with the RETURN text that it should have."""
    texts = {}
    for module in returns.MODULES:
        path = ROOT / f"plugins/modules/{module}.py"
        before, rest = re.split(
            r'(?<=^RETURN = r""")', path.read_text(encoding="utf-8"), maxsplit=1, flags=re.MULTILINE
        )
        after = rest.split('"""', 1)[1]
        texts[path] = f'{before}\n{returns.returns(module)}"""{after}'
    return texts


def counted_findings(readme: str) -> str:
    """README with the number of findings in whole tens, so that not every new one changes it."""
    tens = (len(catalogue.ALL) - 1) // 10 * 10
    counted, found = re.subn(r"^More than \d+ findings, ", f"More than {tens} findings, ", readme, flags=re.MULTILINE)
    if found != 1:
        raise ValueError("README.md does not say once how many findings there are")
    return counted


_HELD = "\0"


def _typed_or_said(part: str) -> str:
    """A part of a text as a page has it: what is typed as it is, words without anything that means more there."""
    return part.replace(" ", _HELD) if part.startswith("`") else _MEANT_IN_MARKDOWN.sub(r"\\\1", part)


_BY_HAND = re.compile(r"(?ms)^\*\*By hand\.\*\* .*?\n\n")
_MEANT_IN_MARKDOWN = re.compile(r"([\\*_<\[\]])")


def causes() -> dict[Path, str]:
    """The pages of the causes with what the catalogue has on doing by hand what a remedy does."""

    def section(found: re.Match[str]) -> str:
        text = _BY_HAND.sub("", found[0])
        by_hand = catalogue.ALL[found[1]].by_hand if found[1] in catalogue.ALL else None
        if not by_hand:
            return text
        words = filled(by_hand, {}, marked=True)
        words = re.sub(r"^[a-z]+(?= )", lambda first: first[0].capitalize(), words)
        # What is typed stays in one line, to be copied.
        told = (_typed_or_said(part) for part in re.split(r"(`[^`]*`)", words))
        lines = textwrap.wrap(f"**By hand.** {''.join(told)}", 160, break_long_words=False, break_on_hyphens=False)
        lines = [line.replace(_HELD, " ") for line in lines]
        before, undo, after = text.partition("**How to undo.**")
        return before + "\n".join(lines) + "\n\n" + undo + after

    pages = sorted(ROOT.glob("docs/causes/*.md"))
    return {page: _SECTION.sub(section, page.read_text(encoding="utf-8")) for page in pages}


_SECTION = re.compile(r'(?ms)^<a id="([a-z_0-9.]+)"></a>\n### \1\n(.*?)(?=^<a id=|^## |^### |\Z)')


def explanations() -> dict[Path, str]:
    """The section of each finding as HTML, for the report's page, which may be read where nothing else is."""
    reader = MarkdownIt("commonmark").enable("table")
    found = {}
    for page in causes().values():
        for id_, text in _SECTION.findall(page):
            # A link to another section leads to it on the page, if it is there; one to another page leads nowhere.
            html = re.sub(r'<a href="(?!https:)[^"]*">(.*?)</a>', r"\1", reader.render(text))
            found[id_] = html.replace('<a href="https:', '<a rel="noreferrer" href="https:').strip()
    text = json.dumps({id_: found[id_] for id_ in sorted(found)}, indent=0, ensure_ascii=False)
    return {ROOT / "plugins/plugin_utils/report/explanations.json": text + "\n"}


def far_links(path: Path, text: str) -> str:
    """A page with links that lead somewhere from Galaxy too, which has no files of a repository beside it."""
    place = load_yaml((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["repository"]
    near = r"(?!https?:|#|mailto:)"

    def far(kind: str) -> Callable[[re.Match[str]], str]:
        def written(found: re.Match[str]) -> str:
            name, mark, part = found[0].partition("#")
            target = Path(os.path.normpath(path.parent / name))
            shown = "tree" if kind == "blob" and target.is_dir() else kind
            return f"{place}/{shown}/main/{target.relative_to(ROOT).as_posix()}{mark}{part}"

        return written

    text = re.sub(rf"(?<=\]\(){near}[^)\s]+(?=\))", far("blob"), text)
    return re.sub(rf'(?<=src="){near}[^"]+|(?<=srcset="){near}[^"]+', far("raw"), text)


def galaxy_pages() -> dict[Path, str]:
    """The pages that Galaxy shows, as they should be: README, the flat ones of docs, and those of the roles."""
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))}
    texts |= tables()
    texts[ROOT / "README.md"] = counted_findings(texts[ROOT / "README.md"])
    return {path: far_links(path, text) for path, text in texts.items()}


if __name__ == "__main__":
    for path, text in {**galaxy_pages(), **modules(), **causes(), **explanations()}.items():
        path.write_text(text, encoding="utf-8")
