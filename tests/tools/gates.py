# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tools of the places where a collection is published and run, on the archive that users get: ``make gates``.

Each runs as it is, on the built archive in a folder of its own; no index of collections is asked. Exit codes and
warnings go to ``docs/gates.md``. Ends with 1 if a gate is shut.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.e2e.commands import BIN, ROOT, environment
from tests.tools.documents import load_yaml

sys.path[:0] = [str(ROOT / "collections")]

from tests.tools import rulebooks  # noqa: E402
from tests.twin.fleet import Fleet  # noqa: E402

PAGE = ROOT / "docs/gates.md"
SECONDS = 900
# What an archive has for its users; anything else in it is there by mistake.
FOR_USERS = {
    "CHANGELOG.md", "CONTRIBUTING.md", "FILES.json", "LICENSE", "MANIFEST.json", "README.md", "SECURITY.md",
    "changelogs", "docs", "extensions", "meta", "playbooks", "plugins", "requirements.txt", "roles",
}  # fmt: skip
_SITE = """\
---
- name: Remote Desktop of a site
  hosts: windows
  gather_facts: false
  roles:
    - role: winops.rdp.rdp_audit
  tasks:
    - name: Find the cause of what a user saw
      winops.rdp.diagnose:
        client_code: 0x904/0x7
      register: site_judged

    - name: Repair it
      winops.rdp.remediate:
        journal_dir: journals
      when: site_judged.verdict == "broken"
"""


@dataclass
class Gate:
    """What one tool said."""

    name: str
    tool: str
    shows: str
    code: int = 0
    warnings: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass
class Place:
    """Where the gates work: the archive, and collections in which it is installed."""

    folder: Path
    archive: Path
    collections: Path

    def run(self, *words: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        env = environment(
            HOME=str(home), ANSIBLE_HOME=str(home / ".ansible"), ANSIBLE_COLLECTIONS_PATH=str(self.collections),
            PATH=f"{BIN}:{os.environ['PATH']}", ANSIBLE_CALLBACK_PLUGINS="", **more,
        )  # fmt: skip
        env.pop("ANSIBLE_CONFIG")
        program = str(BIN / words[0]) if (BIN / words[0]).exists() else words[0]
        return subprocess.run(
            [program, *words[1:]], cwd=cwd or self.folder, env=env, capture_output=True, text=True, timeout=SECONDS,
            check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip


def _warnings(said: subprocess.CompletedProcess[str]) -> list[str]:
    """Lines that warn, without the repetition and without names of files that only sound like it."""
    lines = [line.strip() for line in (said.stdout + "\n" + said.stderr).splitlines()]
    found = [line for line in lines if re.search(r"\b(warning|error|deprecat\w*)\b", line, re.IGNORECASE)]
    return list(dict.fromkeys(line for line in found if not line.startswith("Loading ")))


def built(folder: Path) -> tuple[Place, Gate]:
    """The archive, and whether it has what users need and nothing else."""
    gate = Gate(
        "ansible-galaxy collection build, install", "ansible-core", "the archive has nothing that users do not need"
    )
    place = Place(folder, folder, folder / "collections")
    done = place.run("ansible-galaxy", "collection", "build", "--output-path", str(folder), cwd=ROOT)
    place.archive = next(folder.glob("*.tar.gz"))
    with tarfile.open(place.archive) as archive:
        names = {name.split("/")[0] for name in archive.getnames()}
    gate.faults += [f"in the archive: {name}" for name in sorted(names - FOR_USERS)]
    installed = place.run("ansible-galaxy", "collection", "install", "-p", str(place.collections), str(place.archive))
    gate.code = done.returncode or installed.returncode
    # It says of every folder for -p that Ansible may not look there.
    told = [line for line in _warnings(done) + _warnings(installed) if "collections path" not in line]
    gate.warnings += told
    return place, gate


def importer(place: Place) -> Gate:
    """What Galaxy does with an upload."""
    gate = Gate("galaxy-importer", "galaxy-importer", "Galaxy takes the archive; its documentation is read")
    (place.folder / "importer.cfg").write_text("[galaxy-importer]\nRUN_ANSIBLE_TEST=False\nCHECK_REQUIRED_TAGS=True\n")
    config = str(place.folder / "importer.cfg")
    done = place.run("python", "-m", "galaxy_importer.main", str(place.archive), GALAXY_IMPORTER_CONFIG=config)
    gate.code, gate.warnings = done.returncode, _warnings(done)
    result = place.folder / "importer_result.json"
    if result.exists():
        blob = json.loads(result.read_text())["docs_blob"]
        pages = {page["name"] for page in blob["documentation_files"]}
        gate.faults += [f"not taken: docs/{p.name}" for p in ROOT.glob("docs/*.md") if p.name not in pages]
        shown = [("README.md", blob["collection_readme"]["html"])]
        shown += [(f"docs/{page['name']}", page["html"]) for page in blob["documentation_files"]]
        shown += [(one["content_name"], one["readme_html"]) for one in blob["contents"] if one.get("readme_html")]
        gate.faults += [f"{name}: {fault}" for name, html in shown for fault in _dead_links(html)]
    else:
        gate.faults.append("no result")
    return gate


def _dead_links(page: str) -> list[str]:
    """Links of the page on Galaxy that lead nowhere: it has no files of a repository beside it."""
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    return [f"dead on Galaxy: {link}" for link in links if not re.match(r"https?://|#|mailto:", link)]


def manual(place: Place) -> Gate:
    """The published manual."""
    gate = Gate(
        "antsibull-docs lint, collection; sphinx-build",
        "antsibull-docs",
        "the manual is built, without warnings but for labels of Ansible's own manual",
    )
    own = place.collections / "ansible_collections/winops/rdp"
    lint = place.run(
        "antsibull-docs", "lint-collection-docs", "--plugin-docs", "--validate-collection-refs=self", str(own)
    )
    pages = place.folder / "rst"
    pages.mkdir(mode=0o755)
    made = place.run(
        "antsibull-docs", "collection", "--use-current", "--squash-hierarchy", "--fail-on-error",
        "--dest-dir", str(pages), "winops.rdp",
    )  # fmt: skip
    (pages / "conf.py").write_text('project = "winops.rdp"\nextensions = ["sphinx_antsibull_ext"]\n')
    html = place.run("sphinx-build", "-b", "html", "-n", "-q", str(pages), str(place.folder / "html"))
    gate.code = lint.returncode or made.returncode or html.returncode
    gate.warnings = [_short(place, line) for done in (lint, made, html) for line in _told(done)]
    if not (place.folder / "html/docsite/guide.html").exists():
        gate.faults.append("the manual has no guide")
    return gate


# Labels of Ansible's own manual, which is not built along.
_ELSEWHERE = re.compile(
    r"undefined label: '(common_return_values|action_plugins|ansible_configuration_settings|"
    r"ansible_collections\.ansible\.builtin\.\w+)'"
)


def _told(done: subprocess.CompletedProcess[str]) -> list[str]:
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return [line for line in lines if not _ELSEWHERE.search(line)]


def _short(place: Place, line: str) -> str:
    return line.replace(str(place.folder) + "/", "")


def builder(place: Place) -> Gate:
    """An execution environment with the collection."""
    gate = Gate(
        "ansible-builder create, introspect", "ansible-builder", "an execution environment gets Kerberos and CredSSP"
    )
    definition = {
        "version": 3,
        "images": {"base_image": {"name": "quay.io/fedora/fedora:latest"}},
        "dependencies": {"galaxy": {"collections": [{"name": str(place.archive), "type": "file"}]}},
    }
    (place.folder / "execution-environment.yml").write_text(yaml.safe_dump(definition))
    made = place.run("ansible-builder", "create", "-c", "context")
    read = place.run("ansible-builder", "introspect", str(place.collections))
    gate.code, gate.warnings = made.returncode or read.returncode, _warnings(made) + _warnings(read)
    seen = load_yaml(read.stdout) or {}
    for kind, name in (("python", "requirements"), ("system", "bindep")):
        asked = {line for line in (ROOT / f"meta/ee-{name}.txt").read_text().splitlines() if not line.startswith("#")}
        told = {line.split("  # from")[0] for line in seen.get(kind, ())}
        gate.faults += [f"{kind}: {line}" for line in sorted(asked ^ told)]
    return gate


def runner(place: Place) -> Gate:
    """A job as Automation Platform runs it: at a terminal at which nobody sits."""
    gate = Gate("ansible-runner run", "ansible-runner", "a job ends by itself, with artifacts for a workflow")
    private = place.folder / "runner"
    (private / "project").mkdir(parents=True)
    (private / "project/audit_rdp.yml").write_text("- ansible.builtin.import_playbook: winops.rdp.audit_rdp\n")
    with Fleet(["healthy", "key_unreadable"], place.folder / "state") as fleet:
        words = ("ansible-runner", "run", str(private), "-p", "audit_rdp.yml")
        done = place.run(*words, "--inventory", str(fleet.inventory_path), "--ident", "one")
        named = place.run(*words, "--cmdline=-i web01,", "--ident", "two")
    gate.code, gate.warnings = done.returncode, _warnings(done)
    events = [json.loads(path.read_text()) for path in (private / "artifacts/one/job_events").glob("*.json")]
    handed_on = [one["event_data"]["artifact_data"] for one in events if one["event"] == "playbook_on_stats"]
    if [one.get("rdp_broken_hosts") for one in handed_on] != [["key_unreadable"]]:
        gate.faults.append(f"artifacts: {handed_on}")
    if named.returncode == 0 or "are missing for web01, and nobody is at a terminal" not in named.stdout:
        gate.faults.append("a host that is only named: no sentence on what is missing")
    return gate


def rulebook(place: Place) -> Gate:
    """The rulebooks, by ansible-rulebook itself."""
    gate = Gate("ansible-rulebook -r alert, nightly", "ansible-rulebook", "")
    told = []
    for check in (rulebooks.alert, rulebooks.nightly):
        own = place.folder / check.__name__
        (own / "home").mkdir(parents=True)
        try:
            told.append(check(own))
        except AssertionError as error:
            gate.faults.append(f"{check.__name__}: {str(error).splitlines()[0]}")
    gate.shows = "; ".join(told)
    return gate


def linted(place: Place) -> Gate:
    """A project of a user, with a playbook that calls a role and modules."""
    gate = Gate(
        "ansible-lint --profile production --strict", "ansible-lint", "a user's project with the role and modules"
    )
    project = place.folder / "site"
    project.mkdir()
    (project / "site.yml").write_text(_SITE)
    done = place.run("ansible-lint", "--offline", "--profile", "production", "--strict", "site.yml", cwd=project)
    gate.code = done.returncode
    gate.warnings = [line for line in _warnings(done) if not line.startswith("Passed: 0 failure(s), 0 warning(s)")]
    return gate


GATES: tuple[Callable[[Place], Gate], ...] = (importer, manual, builder, runner, rulebook, linted)


def page(gates: list[Gate]) -> str:
    """What the gates said, for people."""
    rows = [
        "# Gates",
        "",
        "The tools of the places where this collection is published and run, on the archive that users get.",
        "Written by `make gates`; a shut gate ends it with an error. It asks no index of collections, and builds no",
        "container.",
        "",
        "| gate | version | exit code | warnings | what it shows |",
        "|---|---|---|---|---|",
    ]
    for gate in gates:
        version = importlib.metadata.version(gate.tool)
        rows.append(f"| `{gate.name}` | {version} | {gate.code} | {len(gate.warnings)} | {gate.shows} |")
    warned = [gate for gate in gates if gate.warnings]
    if warned:
        rows += ["", "Warnings:", ""]
        rows += [f"- {gate.tool}: `{line}`" for gate in warned for line in dict.fromkeys(gate.warnings)]
    return "\n".join(rows) + "\n"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="gates") as folder:
        place, first = built(Path(folder))
        gates = [first]
        for gate in GATES:
            print(f"== {gate.__name__}", flush=True)
            gates.append(gate(place))
        PAGE.write_text(page(gates), encoding="utf-8")
    for one in gates:
        print(f"{one.name}: exit code {one.code}, {len(one.warnings)} warnings")
        for line in [*one.warnings, *one.faults]:
            print(f"    {line}")
    shut = [one.name for one in gates if one.code or one.faults]
    print(f"shut: {', '.join(shut)}" if shut else "all gates are open")
    return 1 if shut else 0


if __name__ == "__main__":
    if not shutil.which("java"):
        sys.exit("gates: no Java here, which ansible-rulebook needs (Debian: openjdk-17-jre-headless)")
    sys.exit(main())
