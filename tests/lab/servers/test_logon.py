# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts on real servers with Network Level Authentication, and with a real Kerberos domain."""

from __future__ import annotations

import hashlib
import json
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import logon

from tests.lab.servers import kdc, real
from tests.twin.acceptor import Acceptor
from tests.unit.plugins.module_utils.fault_server import certificate, serving

pytestmark = pytest.mark.needs_servers

ROOT = Path(__file__).parents[3]
Json = dict[str, Any]
Files = tuple[Path, Path]
# A server built on FreeRDP ends the connection without a status where it does not accept an account.
STATES = [
    ("tester", "tester", "accepted", None),
    ("tester", "wrong", "unknown", "closed"),
    ("nobody", "tester", "unknown", "closed"),
]


def fingerprint(files: Files) -> str:
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(files[0].read_text())).hexdigest()


@pytest.fixture(scope="module")
def freerdp(folder: Path, screen: str, good: Files) -> Iterator[int]:
    with real.freerdp(folder, screen, good, "/sec:nla", "+auth") as port:
        yield port


def log_of(folder: Path, port: int) -> str:
    return (folder / f"server-{port}.out").read_text(errors="replace")


@pytest.mark.parametrize(("name", "password", "outcome", "reason"), STATES)
def test_freerdp(
    folder: Path, freerdp: int, good: Files, name: str, password: str, outcome: str, reason: str | None
) -> None:
    place = logon.Place("127.0.0.1", freerdp, logon.fingerprints([fingerprint(good)]))
    found = logon.prove(place, logon.Account(name, password), send_credentials=True)
    assert (found["outcome"], found["reason"]) == (outcome, reason), found
    assert found["server_proved_key"] is (outcome == "accepted")
    assert not found["credentials_sent"], "it does not do early authorization, so nothing is learnt from them"


def test_freerdp_with_another_certificate(folder: Path, freerdp: int) -> None:
    before = log_of(folder, freerdp)
    place = logon.Place("127.0.0.1", freerdp, logon.fingerprints(["00" * 32]))
    found = logon.prove(place, logon.Account("tester", "tester"))
    assert (found["outcome"], found["reason"], found["account_sent"]) == ("not_tried", "other_certificate", False)
    said = log_of(folder, freerdp)[len(before) :]
    assert "AcceptSecurityContext" not in said, "the server was not sent a token"


def test_no_session_is_left(folder: Path, screen: str, good: Files) -> None:
    """By the server's own log: a client that makes a session is in it, and the proof is not."""
    with real.freerdp(folder, screen, good, "/sec:nla", "+auth") as port:
        place = logon.Place("127.0.0.1", port, logon.fingerprints([fingerprint(good)]))
        assert logon.prove(place, logon.Account("tester", "tester"))["outcome"] == "accepted"
        time.sleep(0.5)
        quiet = log_of(folder, port)
        real.xfreerdp(screen, port, "/u:tester", "/p:tester", timeout=4)
        session = log_of(folder, port)
    mark = "input_synchronize_event"  # it hands a client its keyboard once a session is there
    assert mark in session, "a client that makes a session is in the log"
    assert mark not in quiet


IN_NETWORK = """
import json, sys
sys.path.insert(0, "collections")
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import logon
name, password, known = sys.argv[1:]
place = logon.Place("127.0.0.1", 3389, logon.fingerprints([known]))
print(json.dumps(logon.prove(place, logon.Account(name, password), send_credentials=True)))
"""


def test_gnome_remote_desktop(folder: Path, good: Files) -> None:
    def tried(name: str, password: str, known: str) -> Json:
        command = [*inside, sys.executable, "-c", IN_NETWORK, name, password, known]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
        time.sleep(1)  # this server does not like visitors that follow each other closely
        found: Json = json.loads(done.stdout)
        return found

    with real.gnome(folder, good) as inside:
        accepted = tried("tester", "tester", fingerprint(good))
        refused = tried("tester", "wrong", fingerprint(good))
        stranger = tried("tester", "tester", "00" * 32)
    assert accepted["outcome"] == "accepted" and accepted["server_proved_key"], accepted
    # It answers with an error of RDP itself, in the middle of CredSSP.
    assert (refused["outcome"], refused["reason"]) == ("unknown", "malformed"), refused
    assert (stranger["outcome"], stranger["reason"]) == ("not_tried", "other_certificate")


# Kerberos: a real KDC, and an acceptor with the service's real key.


@pytest.fixture(scope="module")
def domain(folder: Path) -> Iterator[kdc.Domain]:
    place = folder / "kdc"
    place.mkdir()
    with kdc.domain(place) as made:
        yield made


@pytest.fixture
def joined(domain: kdc.Domain, monkeypatch: pytest.MonkeyPatch) -> kdc.Domain:
    """This process as a member of the domain, without a ticket."""
    for name, value in domain.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("KRB5_KTNAME", str(domain.keytab))
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{domain.folder}/no-cache")
    monkeypatch.delenv("NTLM_USER_FILE", raising=False)
    return domain


def kerberos(acceptor: Acceptor, name: str | None = None, server_name: str = "localhost") -> Json:
    with serving(acceptor) as server:
        known = logon.fingerprints([acceptor.fingerprint])
        place = logon.Place("127.0.0.1", server.port, known, server_name=server_name)
        found = logon.prove(place, logon.Account(name, None), send_credentials=True)
    assert kdc.USER not in json.dumps(found) and kdc.REALM not in json.dumps(found)
    return found


def acceptor(**more: Any) -> Acceptor:
    return Acceptor(files=certificate("server"), protocol="negotiate", **more)


@pytest.mark.parametrize("version", [2, 3, 6])
def test_a_ticket_is_accepted(joined: kdc.Domain, monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{joined.ticket()}")
    server = acceptor(version=version)
    found = kerberos(server)
    assert found["outcome"] == "accepted" and found["mechanism"] == "kerberos" and found["server_proved_key"], found
    assert server.bound and not found["credentials_sent"] and not server.credentials and not server.after


@pytest.mark.parametrize(
    ("status", "reason"), [(0xC0000234, "locked"), (0xC000006E, "restriction"), (0xC000015B, "right_missing")]
)
def test_a_ticket_is_refused(joined: kdc.Domain, monkeypatch: pytest.MonkeyPatch, status: int, reason: str) -> None:
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{joined.ticket()}")
    found = kerberos(acceptor(status=status))
    assert (found["outcome"], found["reason"]) == ("refused", reason)


def test_no_ticket(joined: kdc.Domain) -> None:
    server = acceptor()
    found = kerberos(server)
    assert (found["outcome"], found["reason"]) == ("not_tried", "no_kerberos") and server.inside == b""
    assert not found["account_sent"] and found["status"]["kind"] == "krb5"


def test_a_ticket_of_somebody_else(joined: kdc.Domain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{joined.ticket()}")
    assert kerberos(acceptor(), f"{kdc.USER}@{kdc.REALM}")["outcome"] == "accepted"
    found = kerberos(acceptor(), f"somebody@{kdc.REALM}")
    assert (found["outcome"], found["reason"]) == ("not_tried", "no_kerberos")


def test_a_ticket_that_has_expired(joined: kdc.Domain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{joined.ticket('-l', '1s')}")
    time.sleep(2)
    found = kerberos(acceptor())
    assert (found["outcome"], found["status"]["name"]) == ("not_tried", "KRB_AP_ERR_TKT_EXPIRED")


def test_a_name_that_the_domain_does_not_know(joined: kdc.Domain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{joined.ticket()}")
    found = kerberos(acceptor(), server_name="other.example.test")
    assert (found["outcome"], found["reason"]) == ("not_tried", "service_name")
    assert found["status"]["name"] == "KDC_ERR_S_PRINCIPAL_UNKNOWN"


def test_ntlm_never_stands_in_for_kerberos(joined: kdc.Domain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With NTLM_USER_FILE the library would offer NTLM beside the ticket."""
    (tmp_path / "users").write_text("CORP:helpdesk:password\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(tmp_path / "users"))
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{joined.ticket()}")
    server = acceptor()
    found = kerberos(server)
    assert (found["outcome"], found["reason"]) == ("not_tried", "no_kerberos") and server.inside == b""


def test_the_host_s_key_is_not_the_domain_s(
    joined: kdc.Domain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The host's machine password differs from the domain's: it cannot read the ticket."""
    joined.administer(
        f"addprinc -randkey TERMSRV/stale@{kdc.REALM}", f"ktadd -k {tmp_path}/old TERMSRV/stale@{kdc.REALM}"
    )
    joined.administer(f"cpw -randkey TERMSRV/stale@{kdc.REALM}")
    monkeypatch.setenv("KRB5_KTNAME", str(tmp_path / "old"))
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{joined.ticket()}")
    with (joined.folder / "krb5.conf").open("a") as conf:
        conf.write(f"stale = {kdc.REALM}\n")
    found = kerberos(acceptor(), server_name="stale")
    assert (found["outcome"], found["reason"]) == ("refused", "bad_credentials"), found


def test_no_domain_controller(joined: kdc.Domain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{joined.ticket()}")
    dead = re.sub(r"kdc = .*", "kdc = 127.0.0.1:1", (joined.folder / "krb5.conf").read_text())
    (tmp_path / "krb5.conf").write_text(dead)
    monkeypatch.setenv("KRB5_CONFIG", str(tmp_path / "krb5.conf"))
    found = kerberos(acceptor())
    assert (found["outcome"], found["reason"]) == ("not_tried", "no_authority")


def test_servers_without_nla(folder: Path, screen: str, good: Files) -> None:
    """Nothing is tried there: only a session would show whether an account gets in."""
    for server in (
        real.xrdp(folder, good),
        real.xrdp(folder, good, "tls"),
        real.weston(folder, good),
        real.freerdp(folder, screen, good, "/sec:tls", "-auth"),
        real.freerdp(folder, screen, good, "-auth"),
    ):
        with server as port:
            place = logon.Place("127.0.0.1", port, logon.fingerprints([fingerprint(good)]))
            found = logon.prove(place, logon.Account("tester", "tester"))
        assert (found["outcome"], found["reason"], found["account_sent"]) == ("not_tried", "no_nla", False)
