# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other hosts of the inventory beside the one of a task: whose account they are offered, how often they are asked, and
what comes of one that does not let go of who has asked it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import command, module, playbook
from tests.twin.connections import USER
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

BROKEN, GOOD = "key_unreadable", "healthy"
_ACCOUNT = ("ansible_user", "ansible_password")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet([GOOD, BROKEN], tmp_path_factory.mktemp("neighbours")) as fleet:
        yield fleet


def _offered(fleet: Fleet, name: str) -> set[str]:
    """The accounts that were offered to a host since this was asked last."""
    server = fleet.hosts[name].wsman
    assert server
    words, server.offered = server.offered, []
    return {base64.b64decode(word.removeprefix("Basic ")).decode() for word in words}


def _without_accounts(fleet: Fleet, folder: Path, **lines: str) -> Path:
    """An inventory that says of no host who logs on, but for what is given for one."""
    kept = [line for line in Path(fleet.inventory_path).read_text().splitlines() if not line.startswith(_ACCOUNT)]
    inventory = folder / "hosts.ini"
    inventory.write_text("\n".join(f"{line} {lines.get(line.partition(' ')[0], '')}" for line in kept) + "\n")
    return inventory


def _asked(folder: Path, password: str) -> tuple[str, ...]:
    """The flags with which a run asks for its account; the file stands for what is typed after ``-k``."""
    file = folder / "password"
    file.write_text(password + "\n")
    return ("-u", USER, "--connection-password-file", str(file))


def _compared(fleet: Fleet, inventory: Path, *flags: str) -> Any:
    _offered(fleet, GOOD)
    told = module(inventory, "diagnose", BROKEN, *flags, reference_host=GOOD)[BROKEN]
    assert not told["failed"] and told["findings"][0]["id"] == "certificate.key_unreadable", told
    return told["compared"]


def test_an_account_of_the_run_is_for_all_its_hosts(fleet: Fleet, tmp_path: Path) -> None:
    """As Ansible has it for ``delegate_to``; also where the host that is repaired has one of its own."""
    asked = _asked(tmp_path, fleet.password)
    for own in ("", f"ansible_user={USER} ansible_password={fleet.password}"):
        inventory = _without_accounts(fleet, tmp_path, **{BROKEN: own})
        assert _compared(fleet, inventory, *asked)["differences"], own
        assert _offered(fleet, GOOD) == {f"{USER}:{fleet.password}"}
        look = module(inventory, "probe", BROKEN, *asked, host=fleet.hosts[BROKEN].address, via=[GOOD])[BROKEN]
        assert look["looks"][GOOD] and _offered(fleet, GOOD) == {f"{USER}:{fleet.password}"}, look


@pytest.mark.parametrize("asked", [True, False])
def test_a_host_s_own_password_is_offered_to_no_other(fleet: Fleet, tmp_path: Path, *, asked: bool) -> None:
    """Neither by itself nor in the place of the run's own."""
    user = f"ansible_user={USER}"
    own = {BROKEN: f"{user} ansible_password={fleet.password}", GOOD: user}
    inventory = _without_accounts(fleet, tmp_path, **own)
    flags = _asked(tmp_path, "of the run") if asked else ()
    compared = _compared(fleet, inventory, *flags)
    assert compared["differences"] == [] and GOOD in compared["not_compared"][0]
    assert _offered(fleet, GOOD) == ({f"{USER}:of the run"} if asked else set())
    look = module(inventory, "probe", BROKEN, *flags, host=fleet.hosts[BROKEN].address, via=[GOOD])[BROKEN]
    assert look["looks"][GOOD] is None and GOOD in look["via_errors"]
    assert _offered(fleet, GOOD) == ({f"{USER}:of the run"} if asked else set())


def test_variables_of_a_play_are_those_of_the_other_host(fleet: Fleet, tmp_path: Path) -> None:
    """Its password may be one of a table."""
    (tmp_path / "play.yml").write_text(
        json.dumps(
            [
                {
                    "hosts": BROKEN,
                    "gather_facts": False,
                    "vars": {
                        "ansible_password": "{{ passwords[inventory_hostname] }}",
                        "passwords": {BROKEN: fleet.password, GOOD: "another"},
                    },
                    "remote_user": USER,
                    "tasks": [{"winops.rdp.diagnose": {"reference_host": GOOD}}],
                }
            ]
        )
    )
    _offered(fleet, GOOD)
    done = command("ansible-playbook", "-i", str(_without_accounts(fleet, tmp_path)), str(tmp_path / "play.yml"))
    assert done.returncode == 0, done.stdout
    assert _offered(fleet, GOOD) == {f"{USER}:another"}


def test_a_reference_is_read_once_for_all_that_are_compared(tmp_path: Path) -> None:
    """Also one that gives nothing: each host would wait for it."""
    with Fleet([GOOD, *[BROKEN] * 4], tmp_path / "state") as fleet:
        names = [name for name in fleet.hosts if name != GOOD]
        told = module(fleet.inventory_path, "diagnose", ",".join(names), reference_host=GOOD)
        assert all(told[name]["compared"]["differences"] for name in names)
        assert len({json.dumps(told[name]["compared"], sort_keys=True) for name in names}) == 1
        assert len(fleet.hosts[GOOD].calls) == 1
        given = {"rdp_hosts": ":".join(names), "rdp_audit_reference_host": GOOD}
        done = playbook(fleet.inventory_path, "winops.rdp.audit_rdp", **given)
        assert done.returncode == 0, done.stdout
        assert len(fleet.hosts[GOOD].calls) == 2, "what was read is of one run"
        _offered(fleet, GOOD)
        server = fleet.hosts[GOOD].wsman
        assert server
        server.refuse = True
        told = module(fleet.inventory_path, "diagnose", ",".join(names), reference_host=GOOD)
        assert len({str(told[name]["compared"]["not_compared"]) for name in names}) == 1
        assert len(server.offered) == 1, server.offered


@pytest.mark.parametrize("connection", ["winrm_basic", "psrp_ntlm"])
@pytest.mark.parametrize(("piece", "pause", "seconds"), [(b"x", 0.5, 3), (b"x" * (1 << 20), 0.0, 60)])
def test_a_host_that_does_not_let_go_holds_nobody(
    tmp_path: Path, connection: str, piece: bytes, pause: float, seconds: int
) -> None:
    """Its answer to the close has no end, a byte at a time or as much as comes, and all that was asked is there."""
    with Fleet([GOOD, BROKEN], tmp_path / "state", connection=connection) as fleet:
        for twin in fleet.hosts.values():
            assert twin.wsman
            twin.wsman.farewell = (piece, pause)
        flags = ("-e", f"rdp_call_timeout={seconds}")
        told = module(fleet.inventory_path, "diagnose", BROKEN, *flags, reference_host=GOOD)[BROKEN]
    assert told["findings"][0]["id"] == "certificate.key_unreadable" and not told["failed"], told
    assert told["compared"]["differences"], told["compared"]
