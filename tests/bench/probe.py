# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""This probe and nmap's scripts against the same real servers in one run: time, and what each said, right or wrong.

    python -m tests.bench.probe [--rounds N] [--json FILE]

Needs the packages that tests/lab/servers/real.py names, and nmap.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import re
import ssl
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import logon  # noqa: E402
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import probe_listener  # noqa: E402

from tests.lab.servers import real  # noqa: E402

SCRIPTS = "+rdp-enum-encryption,+rdp-ntlm-info,+ssl-cert"
ALONE = (
    "import sys; sys.path.insert(0, sys.argv[1])\n"
    "from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import probe_listener\n"
    "probe_listener('127.0.0.1', int(sys.argv[2]))"
)
Facts = dict[str, Any]


@dataclass
class Case:
    """A server, the protocols it really offers, and what else is true of it."""

    name: str
    server: Any
    offered: str
    encryption: tuple[str, str] | None = None
    certificate: bool = False
    names: bool = False
    times: dict[str, list[float]] = field(default_factory=lambda: {"probe": [], "probe process": [], "nmap": []})
    said: dict[str, Facts] = field(default_factory=dict)

    def truth(self, sha1: str) -> Facts:
        facts: Facts = {name: name in self.offered.split() for name in ("rdp", "tls", "nla", "nla_ex", "rdstls")}
        facts["encryption"] = self.encryption
        facts["certificate"] = sha1 if self.certificate else None
        facts["identity"] = "present" if self.names else None
        return facts


def ours(port: int) -> Facts:
    seen = probe_listener("127.0.0.1", port)
    facts: Facts = {name: seen["offered"][name] for name in ("rdp", "tls", "nla", "nla_ex", "rdstls")}
    encryption = seen["encryption"]
    facts["encryption"] = (encryption["method"], encryption["level"]) if encryption else None
    facts["certificate"] = (seen["certificate"] or {}).get("sha1")
    facts["identity"] = "present" if seen["identity"] else None
    facts["end"] = f"{seen['stage']}/{seen['outcome']}"
    return facts


_PROTOCOLS = {
    "rdp": "Native RDP",
    "tls": "SSL",
    "nla": r"CredSSP \(NLA\)",
    "nla_ex": "CredSSP with Early User Auth",
    "rdstls": "RDSTLS",
}
_METHODS = {"40-bit RC4": "40-bit", "56-bit RC4": "56-bit", "128-bit RC4": "128-bit", "FIPS 140-1": "FIPS"}
_LEVELS = {
    "Low": "low",
    "Client Compatible": "client compatible",
    "High": "high",
    "FIPS Compliant": "FIPS",
    "Unknown": "unknown",
}


def theirs(port: int) -> Facts:
    """What nmap printed. A protocol it does not list, where it lists any, counts as a no; a script that failed said
    nothing."""
    command = ["nmap", "-Pn", "-n", "-p", str(port), "--script", SCRIPTS, "127.0.0.1"]
    text = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    listed = re.search(r"Security layer\n((?:\|.*\n)*)", text)
    facts: Facts = {
        name: bool(listed and re.search(rf"{label}: SUCCESS", listed.group())) if listed else None
        for name, label in _PROTOCOLS.items()
    }
    methods = [name for label, name in _METHODS.items() if re.search(rf"{label}: SUCCESS", text)]
    level = re.search(r"RDP Encryption level: (.+)", text)
    facts["encryption"] = (
        (methods[0], _LEVELS.get(level.group(1).strip(), level.group(1))) if methods and level else None
    )
    sha1 = re.search(r"SHA-1:\s+([0-9a-f ]+)", text)
    facts["certificate"] = sha1.group(1).replace(" ", "").upper() if sha1 else None
    facts["identity"] = "present" if "NetBIOS_Computer_Name" in text else None
    facts["end"] = "script failed" if "ERROR: Script execution failed" in text else ""
    return facts


def proof(port: int, sha1: str, rounds: int) -> dict[str, float]:
    """What the proof up to the logon costs beside the look that it follows: the best of so many rounds, in ms."""
    place = logon.Place("127.0.0.1", port, logon.fingerprints([sha1]))
    account = logon.Account("tester", "tester")
    times: dict[str, list[float]] = {"look": [], "proof": []}
    for _turn in range(rounds):
        began = time.perf_counter()
        looked = probe_listener("127.0.0.1", port, depth="client")
        times["look"].append(time.perf_counter() - began)
        began = time.perf_counter()
        found = logon.prove(place, account)
        times["proof"].append(time.perf_counter() - began)
        if looked["outcome"] != "ok" or found["outcome"] != "accepted":
            raise SystemExit(f"the proof came to {found['outcome']}: {found['detail']}")
    return {name: min(values) * 1000 for name, values in times.items()}


def verdict(said: Any, true: Any) -> str:
    if said == true:
        return "right" if true is not None else ""
    return "silent" if said is None else "WRONG"


def measure(case: Case, port: int, rounds: int) -> None:
    """Turn and turn about, so that what the machine does besides hits both."""
    for _turn in range(rounds):
        began = time.perf_counter()
        case.said["probe"] = ours(port)
        case.times["probe"].append(time.perf_counter() - began)
        began = time.perf_counter()
        case.said["nmap"] = theirs(port)
        case.times["nmap"].append(time.perf_counter() - began)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", ALONE, str(ROOT / "collections"), str(port)], check=True, timeout=60)
        case.times["probe process"].append(time.perf_counter() - began)


def cases(folder: Path, screen: str, good: tuple[Path, Path]) -> list[Case]:
    missing = folder / "missing.pem", folder / "missing.key"
    other = real.certificate(folder, "other")
    high, low = ("128-bit", "high"), ("40-bit", "low")
    local = ("none", "none")  # FreeRDP's servers do not encrypt for visitors from the same machine
    return [
        # Name, server, protocols it really offers, encryption it chooses, certificate to be had, names to be had.
        Case("xrdp negotiate", real.xrdp(folder, good), "rdp tls", high, True),
        Case("xrdp tls", real.xrdp(folder, good, "tls"), "tls", None, True),
        Case("xrdp rdp, high", real.xrdp(folder, good, "rdp"), "rdp", high),
        Case("xrdp rdp, low", real.xrdp(folder, good, "rdp", "low"), "rdp", low),
        Case("xrdp tls, no files", real.xrdp(folder, missing, "tls"), ""),
        Case("xrdp tls, wrong key", real.xrdp(folder, (good[0], other[1]), "tls"), "tls"),
        Case("FreeRDP nla", real.freerdp(folder, screen, good, "/sec:nla", "+auth"), "nla", None, True, True),
        Case("FreeRDP tls", real.freerdp(folder, screen, good, "/sec:tls", "-auth"), "tls", None, True),
        Case("FreeRDP rdp", real.freerdp(folder, screen, good, "/sec:rdp", "-auth"), "rdp", local),
        Case("FreeRDP rdp and tls", real.freerdp(folder, screen, good, "-auth"), "rdp tls", local, True),
        Case("FreeRDP, offers nothing", real.freerdp(folder, screen, good, "/sec:ext", "-auth"), ""),
        Case("Weston tls", real.weston(folder, good), "rdp tls", local, True),
        Case("Weston rdp", real.weston(folder, None), "rdp", local),
    ]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    print(
        "| server | probe ms | nmap ms | ratio | own process ms | ratio | probe right/wrong/silent | nmap "
        "right/wrong/silent | nmap wrong about | ended |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    report, failed = [], []
    costs: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="winops-rdp-bench-") as name, real.display() as screen:
        folder = Path(name)
        good = real.certificate(
            folder, "good", "-newkey", "rsa:2048", "-sha256", "-addext", "subjectAltName=IP:127.0.0.1"
        )
        sha1 = hashlib.sha1(ssl.PEM_cert_to_DER_cert(good[0].read_text())).hexdigest().upper()
        for case in cases(folder, screen, good):
            with case.server as port:
                measure(case, port, given.rounds)
                costs = proof(port, sha1, given.rounds) if case.names else costs
            truth = case.truth(sha1)
            found = {
                tool: {fact: verdict(case.said[tool][fact], true) for fact, true in truth.items()}
                for tool in ("probe", "nmap")
            }
            counts = {
                tool: "/".join(str(list(facts.values()).count(word)) for word in ("right", "WRONG", "silent"))
                for tool, facts in found.items()
            }
            wrong = {tool: [fact for fact, word in facts.items() if word == "WRONG"] for tool, facts in found.items()}
            # The least disturbed run of each: what else the machine does only ever adds.
            best = {tool: min(times) * 1000 for tool, times in case.times.items()}
            ratio, alone = best["nmap"] / best["probe"], best["nmap"] / best["probe process"]
            nmap_wrong = ", ".join(wrong["nmap"]) or "-"
            ended = f"{case.said['probe']['end']}; nmap {case.said['nmap']['end'] or 'fine'}"
            print(
                f"| {case.name} | {best['probe']:.0f} | {best['nmap']:.0f} | {ratio:.1f} | {best['probe process']:.0f} "
                f"| {alone:.1f} "
                f"| {counts['probe']} | {counts['nmap']} | {nmap_wrong} | {ended} |",
                flush=True,
            )
            lost = [fact for fact, word in found["nmap"].items() if word == "right" and found["probe"][fact] != "right"]
            if ratio < 10 or wrong["probe"] or lost:
                failed.append(
                    f"{case.name}: ratio {ratio:.1f}, probe wrong about {wrong['probe']}, nmap alone right about {lost}"
                )
            report.append(
                {
                    "server": case.name,
                    "ms": best,
                    "ratio": ratio,
                    "truth": truth,
                    "said": case.said,
                    "times": case.times,
                }
            )
    print(
        f"\nProof up to the logon on FreeRDP nla: {costs['proof']:.0f} ms beside {costs['look']:.0f} ms for the look of"
        f" one connection that it follows, so it costs {costs['proof'] / costs['look']:.1f} looks more."
    )
    if given.json:
        given.json.write_text(json.dumps(report, indent=1))
    for line in failed:
        print(f"goal missed: {line}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
