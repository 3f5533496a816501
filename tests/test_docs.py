# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation and code say the same."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe import options as probe_options
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import failures, interrupted
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.arguments import RULES, SPECS
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.by_hand import filled
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import verify
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.report import tickets
from ansible_collections.winops.rdp.plugins.plugin_utils.report.lines import NOT_REACHED, STATES

from tests.profiles import each
from tests.sources import nodes, tree
from tests.tools.documents import load_yaml
from tests.tools.written_docs import causes, explanations, far_links, galaxy_pages, modules, tables

ROOT = Path(__file__).parents[1]
MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("[a-z]*.py"))


def _constants(path: Path) -> dict[str, str]:
    """The documentation strings of a file, by name, at its top or in its one class."""
    body = tree(path).body
    written = [*body, *(node for top in body if isinstance(top, ast.ClassDef) for node in top.body)]
    return {
        target.id: node.value.value
        for node in written
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _documentation(module: str) -> dict[str, Any]:
    document: dict[str, Any] = load_yaml(_constants(ROOT / f"plugins/modules/{module}.py")["DOCUMENTATION"])
    document.setdefault("options", {})
    for fragment in document.get("extends_documentation_fragment", ()):
        place, _dot, name = fragment.removeprefix("winops.rdp.").partition(".")
        text = _constants(ROOT / f"plugins/doc_fragments/{place}.py")[(name or "documentation").upper()]
        document["options"] = {**(load_yaml(text).get("options") or {}), **document["options"]}
    return document


def _comparable(options: dict[str, Any]) -> dict[str, Any]:
    """An option as both sides write it: what a missing key means made plain."""
    return {
        name: {
            "type": option.get("type", "str"),
            "default": option.get("default"),
            "choices": option.get("choices"),
            "elements": option.get("elements"),
            "required": option.get("required", False),
            "aliases": option.get("aliases", []),
        }
        for name, option in options.items()
    }


def test_every_module_has_a_specification_and_every_specification_a_module() -> None:
    assert set(MODULES) - {"probe"} == set(SPECS) and set(RULES) <= set(SPECS)


@each("module", sorted(SPECS))
def test_options_are_documented_as_they_are(module: str) -> None:
    assert _comparable(_documentation(module)["options"]) == _comparable(SPECS[module])


def test_probe_s_options_are_documented_as_they_are() -> None:
    spec = next(
        value
        for name, value in vars(probe_options).items()
        if name.isupper() and isinstance(value, dict) and "host" in value
    )
    assert _comparable(_documentation("probe")["options"]) == _comparable(spec)


def test_options_that_name_a_place_end_alike() -> None:
    """``_dir`` is a folder that files are written into, ``_path`` a file, or what is read from one or from a folder.

    ``src`` and ``dest`` are those of Ansible's own modules.
    """
    options = {
        f"{module}.{name}": option for module in MODULES for name, option in _documentation(module)["options"].items()
    }
    for path in ROOT.glob("roles/*/meta/argument_specs.yml"):
        options |= load_yaml(path.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"]
    places = {name for name, option in options.items() if "path" in (option.get("type"), option.get("elements"))}
    assert len(places) > 20
    assert {name for name in places if not re.search(r"(?:_dir|_path|[._]src|\.dest)$", name)} == set()
    assert {name for name in options if re.search(r"_(?:dir|path)$", name)} <= places


@each("module", MODULES)
def test_modules_have_examples_and_returns(module: str) -> None:
    constants = _constants(ROOT / f"plugins/modules/{module}.py")
    for task in load_yaml(constants["EXAMPLES"]):
        assert task["name"]
    for name, entry in load_yaml(constants["RETURN"]).items():
        assert entry["description"] and entry["returned"] and entry["type"], name
        assert name not in dir(dict)


def _examples() -> Iterator[tuple[str, str]]:
    """Every piece of YAML that people may copy, with where it stands."""
    for module in MODULES:
        yield module, _constants(ROOT / f"plugins/modules/{module}.py")["EXAMPLES"]
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("roles/*/*.md")]:
        for block in re.findall(r"^```ya?ml\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            yield str(path.relative_to(ROOT)), block
    for path in [*ROOT.glob("playbooks/**/*.yml"), *ROOT.glob("roles/*/tasks/*.yml")]:
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def _uses(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The modules of this collection that a piece of YAML calls, with the options that it gives them."""
    if isinstance(node, list):
        for part in node:
            yield from _uses(part)
    elif isinstance(node, dict):
        for name, value in node.items():
            if str(name).startswith("winops.rdp."):
                yield name.removeprefix("winops.rdp."), value if isinstance(value, dict) else {}
            else:
                yield from _uses(value)


def test_examples_use_modules_and_options_that_exist() -> None:
    known = {module: set(_documentation(module)["options"]) for module in MODULES}
    used = [(where, *use) for where, text in _examples() for use in _uses(load_yaml(text))]
    assert {module for _where, module, _options in used} == set(MODULES)
    wrong = [
        f"{where}: {module} {option}"
        for where, module, options in used
        for option in options
        if option not in known[module]
    ]
    assert wrong == []


def _role_options() -> set[str]:
    """Variables of all roles, and what they register."""
    names = set()
    for path in ROOT.glob("roles/*/meta/argument_specs.yml"):
        role = path.parents[1].name
        names |= {role, f"{role}_result"}
        names |= set(load_yaml(path.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"])
    return names


def test_variables_of_roles_that_texts_name_exist() -> None:
    roles = "|".join(path.name for path in ROOT.glob("roles/*"))
    found = {
        (str(path.relative_to(ROOT)), name)
        for path in [
            *ROOT.glob("*.md"),
            *ROOT.glob("docs/**/*.md"),
            *ROOT.glob("roles/*/*.md"),
            *ROOT.glob("plugins/modules/*.py"),
            *ROOT.glob("playbooks/**/*.yml"),
            *ROOT.glob(".github/workflows/*.yml"),
        ]
        for name in re.findall(rf"(?<![\w./#-])(?:{roles})_\w+", path.read_text(encoding="utf-8"))
    }
    # What a role gives: what its task registers, and the variables that it makes of that.
    given = {name for path in ROOT.glob("roles/*/tasks/*.yml") for name in _registered(path)}
    given |= {name for path in ROOT.glob("roles/*/vars/main.yml") for name in load_yaml(path.read_text("utf-8"))}
    options = {*_role_options(), *given}
    assert found and [one for one in sorted(found) if one[1] not in options] == []


def _registered(path: Path) -> set[str]:
    """The results that the tasks of a file register."""
    return {task["register"] for task in load_yaml(path.read_text(encoding="utf-8")) if "register" in task}


def _references(text: str, mark: str) -> set[str]:
    """What a text refers to with this mark, without ``ignore:`` and what stands below the first name."""
    found = re.findall(rf"\b{mark}\(([^)]+)\)", text)
    return {
        re.split(r"[.=\[]", name)[0].strip() for name in found if not name.startswith("ignore:") and "#" not in name
    }


@each("module", MODULES)
def test_options_and_results_that_a_module_s_text_names_exist(module: str) -> None:
    texts = _constants(ROOT / f"plugins/modules/{module}.py")
    text = "".join(texts[name] for name in ("DOCUMENTATION", "EXAMPLES", "RETURN"))
    assert _references(text, "O") <= set(_documentation(module)["options"])
    assert _references(text, "RV") <= set(load_yaml(texts["RETURN"]))
    modules_named = set(re.findall(r"\bM\(winops\.rdp\.(\w+)\)", text))
    roles_named = set(re.findall(r"\bP\(winops\.rdp\.(\w+)#role\)", text))
    assert modules_named <= set(MODULES) and all((ROOT / "roles" / name).is_dir() for name in roles_named)


def test_action_group_lists_every_public_module() -> None:
    runtime = load_yaml((ROOT / "meta/runtime.yml").read_text(encoding="utf-8"))
    assert runtime["action_groups"]["rdp"] == MODULES


def test_every_finding_has_its_section() -> None:
    found = set()
    for page in (ROOT / "docs/causes").glob("*.md"):
        for anchor, heading in re.findall(r'<a id="([^"]+)"></a>\n### (\S+)', page.read_text(encoding="utf-8")):
            assert anchor == heading and anchor.startswith(f"{page.stem}.")
            found.add(anchor)
    assert found == set(catalogue.ALL)


def test_pages_that_galaxy_shows_have_tables_counts_and_links_as_they_should() -> None:
    assert len(tables()) >= 6 and {ROOT / "README.md", ROOT / "docs/fleets.md", *tables()} <= set(galaxy_pages())
    for path, text in galaxy_pages().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(ROOT)}: run `make docs`"


@pytest.mark.parametrize(
    ("near", "far"),
    [
        ("[a](causes/client.md#client.tls_off)", "[a](PLACE/blob/main/docs/causes/client.md#client.tls_off)"),
        ("[a](../tests/twin)", "[a](PLACE/tree/main/tests/twin)"),
        ('<img src="images/report-light.png">', '<img src="PLACE/raw/main/docs/images/report-light.png">'),
        ("[a](#here), [b](https://example.com/c.md), [c](mailto:a@example.com)", None),
    ],
)
def test_a_link_to_a_file_is_written_as_one_to_the_repository(near: str, far: str | None) -> None:
    place = load_yaml((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["repository"]
    assert far_links(ROOT / "docs/page.md", near) == (far or near).replace("PLACE", place)


def test_returns_of_modules_are_those_of_one_source() -> None:
    assert set(MODULES) - {path.stem for path in modules()} == {
        "facts",
        "offline",
        "probe",
        "report",
        "summary",
        "witnesses",
    }
    for path, text in modules().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(ROOT)}: run `make docs`"


def test_the_causes_say_what_is_done_by_hand() -> None:
    for path, text in causes().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: make docs writes it"
    told = "".join(causes().values())
    assert told.count("**By hand.** ") == sum(bool(entry.by_hand) for entry in catalogue.ALL.values())
    for id_, entry in catalogue.ALL.items():
        for typed in re.findall(r"`([^`]*)`", filled(entry.by_hand or "", {}, marked=True)):
            assert f"`{typed}`" in told, f"{id_}: a page that is read as it is must have what is typed as it is"


def test_pages_that_have_people_restart_the_listener_say_that_it_disconnects_them() -> None:
    found = 0
    for text in causes().values():
        for id_, section in re.findall(r'(?ms)^<a id="([a-z_0-9.]+)"></a>\n(.*?)(?=^<a id=|\Z)', text):
            if re.search(r"Restart-Service TermService|rdp-repair\S* -Then restart", section):
                found += 1
                said = re.search(
                    r"disconnects everybody|ends the sessions|nobody is (?:signed|logged) (?:in|on)", section
                )
                assert said, f"{id_}: whoever types that must know whom it throws off"
    assert found > 10


def test_what_is_to_be_kept_is_said_before_it_is_removed() -> None:
    """Whoever reads from top to bottom has removed it when the way back says to export it first."""
    for path, text in causes().items():
        for undo in re.findall(r"(?ms)^\*\*How to undo\.\*\* (.*?)\n\n", text):
            assert not re.search(r"before you|beforehand|first (?:export|note|save)", undo, re.IGNORECASE), (
                path.name,
                undo,
            )


def test_explanations_of_the_page_are_those_of_the_docs() -> None:
    for path, text in explanations().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(ROOT)}: run `make docs`"
        found = json.loads(text)
        assert set(found) == set(catalogue.ALL)
        assert not any("<script" in html or 'href="#' in html for html in found.values())


def test_role_defaults_are_those_of_the_argument_specs() -> None:
    for path in ROOT.glob("roles/*/meta/argument_specs.yml"):
        options = load_yaml(path.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"]
        defaults = load_yaml((path.parents[1] / "defaults/main.yml").read_text(encoding="utf-8"))
        # One that has none is null, so that a value made of something undefined is not taken for no value. Where there
        # are choices, Ansible takes no null.
        bare = {name for name, option in options.items() if "default" not in option}
        without = {name for name in bare if options[name].get("required") or "choices" in options[name]}
        assert defaults == {name: options[name].get("default") for name in options.keys() - without}


def test_the_archive_that_pages_install_is_the_one_that_is_built() -> None:
    version = load_yaml((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"]
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {
        one for page in pages for one in re.findall(r"winops-rdp-[\w.]+\.tar\.gz", page.read_text(encoding="utf-8"))
    }
    assert named == {f"winops-rdp-{version}.tar.gz"}


def test_links_lead_somewhere() -> None:
    for path in [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("roles/*/*.md"),
        *ROOT.glob("tests/*/*.md"),
    ]:
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (path.parent / target).exists(), f"{path.relative_to(ROOT)} links to {target}"
        for target in re.findall(
            r"https://github\.com/winops-rdp/winops\.rdp/(?:blob|tree|raw)/main/([^)#\"\s>]+)", text
        ):
            assert (ROOT / target).exists(), f"{path.relative_to(ROOT)} links to {target} in the repository"


def test_the_glossary_has_the_words_of_users_before_those_of_contributors() -> None:
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    _top, users, contributors = text.split("\n## ")
    assert users.startswith("For users\n") and contributors.startswith("For contributors\n")
    parts = [re.findall(r"^\| ([^|]+?) \| \S", part, re.MULTILINE)[1:] for part in (users, contributors)]
    words = [word for part in parts for word in part]
    assert len(set(words)) == len(words) > 50
    for part in parts:
        assert part == sorted(part)
    # The rooms' own names, and what only tests have, are no words of users; what a result has is.
    assert {"room", "rule", "catalogue", "twin", "scenario"} <= set(parts[1])
    assert {"finding", "verdict", "confidence", "owner", "evidence", "journal", "run", "rung"} <= set(parts[0])
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        for anchor in re.findall(r"glossary\.md#([\w-]+)", path.read_text(encoding="utf-8")):
            assert f"## {anchor.replace('-', ' ').capitalize()}\n" in text


# Each has a plainer word: reported or named, repaired, takes effect or loaded, disconnected, without success.
NOT_SAID = re.compile(
    r"\b(?:told|mend(?:s|ed|ing)?|(?:take|takes|taken|taking|took)(?: \w+){0,2} up|thrown out|in vain)\b", re.IGNORECASE
)


# What people write to us is recognised, and is not our own text.
_THEIR_WORDS = {
    "complaint_tables.py",
    "concepts_of_phrases.py",
    "concepts_of_states.py",
    "concepts_of_things.py",
    "sentence_tables.py",
}


def _shown_texts() -> Iterator[tuple[Path, str]]:
    """What users read: pages, examples, scripts and changelog as they are, and the texts in the code of plugins."""
    folders = ("docs", "roles", "playbooks", "changelogs/fragments", "extensions", "plugins")
    kinds = (".md", ".yml", ".j2", ".js", ".json", ".ps1", ".psm1")
    pages = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds]
    for path in [*ROOT.glob("*.md"), *pages]:
        yield path, path.read_text(encoding="utf-8-sig")
    for path in (ROOT / "plugins").rglob("*.py"):
        if path.name in _THEIR_WORDS:
            continue
        # A text that is a statement by itself is a docstring.
        docs = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
        for node in nodes(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield path, node.value


def test_texts_say_it_in_plain_words() -> None:
    texts = list(_shown_texts())
    assert len({path for path, _text in texts}) > 200
    found = {f"{path.relative_to(ROOT)}: {match[0]}" for path, text in texts for match in NOT_SAID.finditer(text)}
    assert sorted(found) == []


_PROGRAMS = (
    r"ansible(?:-[a-z]+)*|pip3?|[\w/{}.]*python\S*|kinit|klist|gpupdate|gpresult|nltest|netdom|certutil|certreq|w32tm|netsh"
    r"|sc(?:\.exe)?|sfc|dism|reg(?:\.exe)?|net(?:\.exe)?|qwinsta|quser|logoff|mstsc|winrm|ssh(?:-[a-z]+)?|icacls|schtasks"
    r"|taskkill|shutdown|winget|cmdkey|chkdsk|secedit|auditpol|ping|nslookup|ipconfig|setspn|dsregcmd|wevtutil|powershell"
    r"(?:\.exe)?|pwsh|export|winops\.rdp\.[a-z_]+"
)
_CMDLET = (
    r"(?:Get|Set|Test|New|Remove|Add|Enable|Disable|Unlock|Start|Stop|Restart|Repair|Reset|Update|Invoke|Import|Export"
    r"|Install|Uninstall|Clear|Resolve)-[A-Z][A-Za-z]+"
)
_ARGUMENT = (
    r"(?:-{1,2}[A-Za-z?][^\s)]*|/[a-z][^\s)]*|'[^']*'|\"[^\"]*\"|[A-Z][A-Z_]+|[\w.]+=[^\s)]*?|\{[^}]*\}[^\s)]*?|\|"
    r"|[A-Za-z]:\\[^\s)]+)"
)
# What is copied as a whole, and the full stop with it: a program or a cmdlet with what it is given, or a value that is
# given to an option.
_COMMAND_WITH_STOP = re.compile(
    rf"(?<![\w./\\'\"-])(?:(?:{_PROGRAMS}|{_CMDLET})(?:\s+[a-z]+){{0,3}}?(?:\s+{_ARGUMENT})+|{_CMDLET})\.(?=\s|\Z)"
    r"|(?<![\w.'])(?:-e )?[a-z]\w*=(?=\S)[\w{}'\"./:-]+?\.(?=\s|\Z)"
)


@pytest.mark.parametrize(
    ("told", "is_one"),
    [
        ("Take it back with winops.rdp.restore journal=2026.", True),
        ("install it there: /usr/bin/python3 -m pip install 'pyspnego>=0.11'.", True),
        ("give probe=false. Then", True),
        ("a local one: net user NAME /active:yes. If", True),
        ("see Get-LocalUser.", True),
        ("install it there (pip install 'pyspnego>=0.11').", False),
        ("the service winrm is stopped. Look", False),
        ("Set ansible_shell_type=cmd in the inventory.", False),
        ("its name is net. It", False),
    ],
)
def test_a_command_is_told_from_a_sentence(told: str, is_one: bool) -> None:
    assert bool(_COMMAND_WITH_STOP.search(told)) is is_one


def _sentences() -> Iterator[tuple[str, str]]:
    """Texts of the code, with what is filled in as ``{X}``; rows of failures as they are put into their sentence; and
    the advice of each finding as a ticket has it."""
    for path in (ROOT / "plugins").rglob("*.py"):
        documented = path.parent.name in ("modules", "doc_fragments")
        if documented or path.name in {*_THEIR_WORDS, "returns.py", "contract.py"}:
            continue  # markup stands around a command there
        left_out = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
        for node in nodes(path):
            if isinstance(node, ast.JoinedStr):
                left_out |= {id(part) for part in node.values}
                parts = (str(part.value) if isinstance(part, ast.Constant) else "{X}" for part in node.values)
                yield str(path.relative_to(ROOT)), "".join(parts)
        for node in nodes(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
                yield str(path.relative_to(ROOT)), node.value
    for path in [*(ROOT / "plugins").rglob("*.psm1"), *(ROOT / "plugins").rglob("*.ps1")]:
        for text in re.findall(r"'[^'\n]{12,}'|\"[^\"\n]{12,}\"", path.read_text(encoding="utf-8-sig")):
            yield str(path.relative_to(ROOT)), text[1:-1]
    for rows in vars(failures).values():
        if isinstance(rows, tuple) and rows and isinstance(rows[0], tuple):
            yield from (("failures", f"What to do: {row[4]}. Remote Desktop itself") for row in rows)
    for id_, entry in catalogue.ALL.items():
        host = MagicMock(probe=None, findings=[])
        nothing = dict.fromkeys(("evidence_for", "evidence_against", "needs_evidence"))
        finding = {"owner": "people", "summary": "It", "confidence": "proven", **nothing}
        wordings = [entry.advice] if isinstance(entry.advice, str) else list((entry.advice or {}).values())
        if entry.by_hand:
            yield id_, f"By hand: {entry.by_hand} Another line"
        for advice in filter(None, wordings):
            yield id_, "\n".join(tickets._lines(host, {**finding, "advice": advice}))
    cut = Journal("20261123T130000Z-0a1b2c3d", "open", (), what="registry.set SecurityLayer")
    yield "interrupted", str(interrupted.interrupted("web01", [interrupted.Attempt(cut, "copy")], OSError("x")))
    yield "refused", f"web01: {Refused('It waits', 'run again with allow_disconnect=true')}. Look"
    for reason in verify._WHAT_TO_DO.values():
        yield "verify", f"It failed{reason}; the steps after it were not done. Take"


def test_no_full_stop_is_copied_with_a_command() -> None:
    texts = list(_sentences())
    assert len(texts) > 3000
    found = {f"{where}: {match[0]}" for where, text in texts for match in _COMMAND_WITH_STOP.finditer(text)}
    assert sorted(found) == []


def test_public_text_names_no_machine() -> None:
    import subprocess

    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    pattern = re.compile(r"(?<![A-Za-z.\w])/(?:work|root|home/[a-z]+)/")
    named = [
        name
        for name in files
        if name
        and (ROOT / name).suffix in (".py", ".md", ".yml", ".ps1", ".toml", ".txt", "")
        and (ROOT / name).is_file()
    ]
    found = [
        name
        for name in named
        if name != "tests/test_docs.py" and pattern.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_an_execution_environment_can_do_what_the_readme_shows_first() -> None:
    """Kerberos and CredSSP for both connections, what the requirements name, and the system's packages for Kerberos."""
    named = load_yaml((ROOT / "meta/execution-environment.yml").read_text(encoding="utf-8"))["dependencies"]
    python = _requirements(ROOT / named["python"])
    plain = _requirements(ROOT / "requirements.txt")
    assert {name: version for name, (_extras, version) in python.items()} == {
        name: version for name, (_extras, version) in plain.items()
    }
    for package in ("pywinrm", "pypsrp"):
        assert python[package][0] == {"credssp", "kerberos"}
    system = (ROOT / named["system"]).read_text(encoding="utf-8")
    for package in ("krb5-devel", "krb5-workstation", "libkrb5-dev", "krb5-user", "gcc"):
        assert re.search(rf"^{package} \[", system, re.MULTILINE), package


def test_what_the_readme_installs_is_what_the_requirements_name() -> None:
    """By name: the commands are run in a folder of the reader's own, where that file is not."""
    [line] = re.findall(
        r"^pip install 'ansible-core.*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = set(re.findall(r"'([^']+)'", line)) - {"ansible-core>=2.16"}
    named = {f"{name}{version}" for name, (_extras, version) in _requirements(ROOT / "requirements.txt").items()}
    assert told == {one for one in named if not one.startswith("pyspnego")}, "pywinrm brings that along"


def _requirements(path: Path) -> dict[str, tuple[set[str], str]]:
    """A file of requirements: by package its extras and its version."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    matches = [re.fullmatch(r"([a-z]+)(?:\[([a-z,]+)\])?(\S*)", line) for line in lines]
    return {match[1]: (set((match[2] or "").split(",")) - {""}, match[3]) for match in matches if match}


def test_how_long_a_lane_takes_is_said_once() -> None:
    """By the line that ``make help`` shows for it: in several places it was never the same."""
    for page in ("README.md", "CONTRIBUTING.md"):
        text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        assert "`make help`" in text
        assert not re.findall(r"[^.|#]*\bmake [a-z]+\b[^.|#]*\b(?:minutes?|hours?)\b[^.|#]*", text), page
    lines = [
        one for one in (ROOT / "Makefile").read_text("utf-8").splitlines() if re.search(r"minutes?\b|an hour", one)
    ]
    assert {line.split()[2] for line in lines} >= {"quick", "test"} and all(
        line.startswith("# make ") for line in lines
    )


def test_readme_says_what_each_word_of_a_line_means() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("| word | means |")[1].split("\n\n")[0]
    words = {**{state: state for state in STATES}, "stopped": NOT_REACHED}
    assert [word for word in words.values() if f"`{word}`" not in table] == []


def test_no_page_shows_lines_of_a_run_as_what_a_single_call_prints() -> None:
    """``ansible -m`` prints each host's result as JSON; a line for each host is of the playbooks."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    blocks = {block for page in pages for block in re.findall(r"(?ms)^```\w*\n(.*?)^```", page.read_text("utf-8"))}
    calls = [block for block in blocks if re.search(r"(?m)^\$ ansible .* -m winops\.rdp\.", block)]
    assert calls and not [one for one in calls if re.search(r"(?m)^[\w.-]+: (?:healthy|[a-z]+: )", one)]
