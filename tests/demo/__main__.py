# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``make demo``: a small fleet of broken hosts, audited, repaired and audited again with the collection's own
playbooks.

Ends with one table, and with exit code 0 only if every host came out as its fault allows.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

from tests.e2e.commands import BIN, ROOT, environment, module
from tests.twin.fleet import Fleet, Twin

FLEET = (
    "healthy",
    "cert_expired",
    "cert_missing",
    "key_unreadable",
    "key_missing",
    "pin_replaced",
    "security_layer_invalid",
    "sessionenv_disabled_expired",
    "termservice_disabled",
    "policy_security_layer",
    "occupied",
)
# Each has a certificate of the template WebServer. The key of the second is in a security module that does not answer:
# that shows only from outside, once the certificate is bound.
TO_BIND = ("enrolled_unbound", "module_offline")
# Its own Group Policy keeps clients out, which only a person's word changes.
BY_POLICY = "own_policy_security_layer"
WIDTHS = (27, 30, 33, 40, 26)
# Where the report on the fleet is left to be looked at.
REPORTS = ROOT / ".build" / "demo"


def run(fleet: Fleet, playbook: str, *flags: str, **variables: Any) -> int:
    command = [str(BIN / "ansible-playbook"), "-i", str(fleet.inventory_path), playbook, *flags]
    shown = " ".join(["ansible-playbook", "-i", "inventory", playbook, *flags])
    print(f"\n$ {shown}\n", flush=True)
    # The result lines say all; what each task did is in the results that the table is made of.
    env = environment(ANSIBLE_DISPLAY_SKIPPED_HOSTS="0", ANSIBLE_DISPLAY_OK_HOSTS="1")
    done = subprocess.run(
        [*command, "-e", json.dumps(variables)],
        cwd=ROOT,
        env=env,
        text=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=240,
        check=False,
    )
    marker = "PLAY [Sum up]"
    show = done.stdout if "--diff" in flags or marker not in done.stdout else done.stdout[done.stdout.index(marker) :]
    print(show.rstrip(), flush=True)
    if done.returncode not in (0, 2):
        print(done.stderr, file=sys.stderr)
    return done.returncode


def results(folder: Path) -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}


def repair_words(result: dict[str, Any]) -> str:
    """The steps that were done, without paths and hashes, and what was not and why."""
    things = {"acl.set": "key file", "certificate.renew": ""}
    done = [
        f"{step['op']} {step.get('name') or step.get('service') or things.get(step['op'], '')}".rstrip()
        for step in result.get("steps", ())
    ]
    left = [f"not forced: {blocked['summary']}" for blocked in result["plan"]["blocked"]]
    return "; ".join([*([", ".join(done)] if done else []), *left]) or "nothing to do"


def table(repaired: dict[str, dict[str, Any]], audited: dict[str, dict[str, Any]]) -> str:
    lines = ["-" * (sum(WIDTHS) + 12)]
    rows = [("host", "what the client saw", "cause", "repair", "what the client sees now")]
    for name in FLEET:
        line = repaired[name]["columns"]
        rows.append(
            (name, line["client_before"], line["cause"], repair_words(repaired[name]), audited[name]["client_summary"])
        )
    for index, row in enumerate(rows):
        cells = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, WIDTHS)]
        for depth in range(max(map(len, cells))):
            lines.append(
                " | ".join(
                    f"{cell[depth] if depth < len(cell) else '':{width}}" for cell, width in zip(cells, WIDTHS)
                ).rstrip()
            )
        if index == 0:
            lines.append("-" * (sum(WIDTHS) + 12))
    return "\n".join(lines)


def judge(
    fleet: Fleet, before: dict[str, Any], repaired: dict[str, dict[str, Any]], audited: dict[str, dict[str, Any]]
) -> list[str]:
    """What did not come out as it should."""
    faults = []
    for name in FLEET:
        twin: Twin = fleet.hosts[name]
        untouched = twin.state == before[name]
        gets_in = repaired[name]["verified"]["after"] or audited[name]["probe"]
        if twin.scenario.repairable and gets_in["stage"] != "session":
            faults.append(f"{name}: a client does not get in")
        if name == "healthy" and not untouched:
            faults.append("healthy: was changed")
        if not twin.scenario.repairable and not repaired[name]["plan"]["blocked"]:
            faults.append(f"{name}: was not explained")
        if not twin.scenario.repairable and repaired[name]["disruption"] != "none":
            faults.append(f"{name}: was forced")
    return faults


def bind(folder: Path) -> list[str]:
    """Bind certificates by their template; what did not come out as it should."""
    flags = {"state": "bound", "template": "WebServer"}
    print("\nTwo more hosts are to present the newest certificate of the template WebServer:\n")
    with Fleet(list(TO_BIND), state_dir=folder / "to_bind") as fleet:
        for name, twin in fleet.hosts.items():
            print(f"  {name:{WIDTHS[0]}} {twin.scenario.text}")
        before = {name: twin.state for name, twin in fleet.hosts.items()}
        print(
            "\n$ ansible all -i inventory -m winops.rdp.certificate -a 'state=bound template=WebServer'\n", flush=True
        )
        done = module(fleet.inventory_path, "certificate", journal_dir=str(folder / "journals"), **flags)
        for name in TO_BIND:
            print(done[name].get("msg") or f"{name}: {done[name]['summary']}")
        bound, refused = (done[name] for name in TO_BIND)
        faults = [] if bound["verified"]["ok"] and not bound["failed"] else [f"{TO_BIND[0]}: is not bound"]
        same = all(fleet.hosts[TO_BIND[1]].state[part] == before[TO_BIND[1]][part] for part in ("registry", "files"))
        return faults if refused["rolled_back"] and same else [*faults, f"{TO_BIND[1]}: was not taken back"]


def set_policy(folder: Path) -> list[str]:
    """Have a host's own Group Policy set the security layer; what did not come out as it should."""
    flags = {"security_layer": "tls", "where": "local_policy", "journal_dir": str(folder / "journals")}
    with Fleet([BY_POLICY], state_dir=folder / "by_policy") as fleet:
        twin = fleet.hosts[BY_POLICY]
        print(f"\nOne more, whose own Group Policy is to be repaired: {twin.scenario.text}\n")
        call = "ansible all -i inventory -m winops.rdp.listener -a 'security_layer=tls where=local_policy'"
        print(f"$ {call} --check --diff\n", flush=True)
        dry = module(fleet.inventory_path, "listener", "all", "--check", "--diff", **flags)[BY_POLICY]
        for part in dry["diff"]:
            print(f"{part['before_header']}\n  - {part['before'].strip().replace(chr(10), chr(10) + '  - ')}")
            print(f"  + {part['after'].strip().replace(chr(10), chr(10) + '  + ')}")
        done = module(fleet.inventory_path, "listener", **flags)[BY_POLICY]
        print(f"\n$ {call}\n\n{done.get('msg') or BY_POLICY + ': ' + done['summary']}")
        return [] if done["verified"]["ok"] and not done["failed"] else [f"{BY_POLICY}: was not repaired"]


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="winops-rdp-demo"))
    try:
        with Fleet(list(FLEET), state_dir=folder / "state") as fleet:
            print(
                f"{len(FLEET)} Windows hosts in Python, each behind real WinRM and a Remote Desktop listener on an "
                f"address of its own:\n"
            )
            for name, twin in fleet.hosts.items():
                print(f"  {name:{WIDTHS[0]}} {twin.scenario.text}")
            before = {name: twin.state for name, twin in fleet.hosts.items()}
            journals = str(folder / "journals")
            run(fleet, "playbooks/audit_rdp.yml", rdp_report_dir=str(REPORTS / "before"))
            run(fleet, "playbooks/remediate_rdp.yml", "--check", "--diff", rdp_remediate_journal_dir=journals)
            if any(twin.state != before[name] for name, twin in fleet.hosts.items()):
                print("check mode changed a host", file=sys.stderr)
                return 1
            run(
                fleet,
                "playbooks/remediate_rdp.yml",
                rdp_remediate_journal_dir=journals,
                rdp_remediate_results_dir=str(folder / "repaired"),
            )
            run(
                fleet,
                "playbooks/audit_rdp.yml",
                rdp_audit_results_dir=str(folder / "audited"),
                rdp_report_dir=str(REPORTS / "after"),
            )
            bound = [*bind(folder), *set_policy(folder)]
            repaired, audited = results(folder / "repaired"), results(folder / "audited")
            missing = [name for name in FLEET if name not in repaired or name not in audited]
            if missing:
                print(f"no result for {', '.join(missing)}", file=sys.stderr)
                return 1
            print(f"\n{table(repaired, audited)}\n")
            faults = [*judge(fleet, before, repaired, audited), *bound]
            for fault in faults:
                print(fault, file=sys.stderr)
            good = sum(audited[name]["probe"]["stage"] == "session" for name in FLEET)
            print(
                f"{good} of {len(FLEET)} hosts let a client in; what a policy owns and where somebody is logged on was "
                f"explained and not forced."
            )
            pages = [REPORTS / when / "rdp-report.html" for when in ("before", "after")]
            print(f"The report, before and after: {', '.join(str(page.relative_to(ROOT)) for page in pages)}")
            return 1 if faults or not all(page.exists() for page in pages) else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
