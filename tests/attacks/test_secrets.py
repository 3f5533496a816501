# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PFX file's password and key: in no output however wordy, no log, no journal and no result."""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.e2e.commands import BIN, environment
from tests.hosts import importing
from tests.hosts.windows import fresh_key, make_certificate
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]
PASSWORD = "Kein-Geheimnis-4711"
PLAY = """
- hosts: all
  gather_facts: false
  tasks:
    - winops.rdp.certificate: {state: bound, src: SRC, password: '{{ secret }}', journal_dir: FOLDER}
      register: done
    - ansible.builtin.debug: {var: done}
    - winops.rdp.restore: {run: "{{ done.run }}", journal_dir: FOLDER}
    - ansible.builtin.include_role: {name: winops.rdp.rdp_certificate}
      vars:
        rdp_certificate_state: bound
        rdp_certificate_src: SRC
        rdp_certificate_password: '{{ secret }}'
        rdp_certificate_journal_dir: FOLDER
"""


def _bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_secret_leaves_the_call(tmp_path: Path) -> None:
    """One run, of a host where all goes well and of one where it does not."""
    with Fleet(["healthy", "healthy"], state_dir=tmp_path / "state") as fleet:
        well, wrong = fleet.hosts["healthy"], fleet.hosts["healthy_2"]
        key = fresh_key()
        start = well.host.now() - timedelta(days=1)
        der = make_certificate("rdp.example.test", key, start, start + timedelta(days=90), 4714)
        (tmp_path / "own").mkdir()
        src, kept = tmp_path / "own" / "rdp.pfx", tmp_path / "kept"
        src.write_bytes(importing.pfx(der, key, PASSWORD))
        wrong.host.data["behaviour"]["hangs"] = ["TermService"]
        told = _run(fleet, tmp_path, src, kept)
        written = told + _bytes_of(kept)
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        for twin in (well, wrong):
            sent = twin.host.volatile["brought"]
            assert sent and all(one["password"] != PASSWORD for one in sent)
            here = written + json.dumps(twin.state).encode()
            brought = [text for one in sent for text in (one["password"], one["pfx"][:60])]
            for secret in (PASSWORD, private.hex(), *brought):
                assert secret.encode() not in here, secret[:12]
        assert hashlib.sha1(der).hexdigest().upper().encode() in written, "the journal names the certificate"


def _run(fleet: Fleet, folder: Path, src: Path, kept: Path) -> bytes:
    """All that the run prints and logs, at the wordiest."""
    play = folder / "own" / "play.yml"
    play.write_text(PLAY.replace("SRC", str(src)).replace("FOLDER", str(kept)))
    (folder / "own" / "vars.json").write_text(json.dumps({"secret": PASSWORD}))
    log = folder / "own" / "log"
    command = [str(BIN / "ansible-playbook"), "-i", str(fleet.inventory_path), str(play), "-vvvvvv", "--diff"]
    done = subprocess.run(
        [*command, "-e", f"@{folder / 'own' / 'vars.json'}"],
        env=environment(ANSIBLE_LOG_PATH=str(log), ANSIBLE_DISPLAY_ARGS_TO_STDOUT="1"),
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert b"certificate.import_pfx" in done.stdout, done.stdout[-3000:] + done.stderr[-2000:]
    return done.stdout + done.stderr + log.read_bytes()
