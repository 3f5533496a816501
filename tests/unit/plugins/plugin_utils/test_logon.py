# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account on a listener: accepted, or refused in words; nothing of it to a stranger, nothing more than is needed to
anybody, and no session.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import spnego
from ansible import constants
from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import logon
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.attempts import Attempts, NotAgain, key
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import logon as words
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from hypothesis import given, settings
from hypothesis import strategies as st
from spnego.tls import CredSSPTLSContext

from tests.profiles import examples
from tests.twin.acceptor import LOGON_FAILURE, PASSWORD, USER, Acceptor
from tests.unit.plugins.module_utils.fault_server import (
    CHALLENGE,
    Peer,
    Server,
    certificate,
    healthy,
    serving,
    tls_settings,
)

Json = dict[str, Any]
ACCOUNT = logon.Account(USER, PASSWORD)
# The challenge as Windows answers a client that wants what follows to be encrypted.
SEALED = CHALLENGE.replace(bytes.fromhex("158289e2"), bytes.fromhex("358289e2"))
sockets = pytest.mark.needs_sockets
pytestmark = pytest.mark.usefixtures("known_users")


def proof(acceptor: Acceptor, account: logon.Account = ACCOUNT, *certificates: str, **more: Any) -> Json:
    with serving(acceptor) as server:
        known = logon.fingerprints(certificates or [acceptor.fingerprint])
        place = logon.Place("127.0.0.1", server.port, known, timeout=5)
        found = logon.prove(place, account, **more)
    text = json.dumps(found)
    assert PASSWORD not in text and "helpdesk" not in text and USER not in text
    return found


def no_session(acceptor: Acceptor) -> bool:
    """Whether nothing followed CredSSP: no request for a conference, which a session begins with."""
    return not acceptor.after


@sockets
@pytest.mark.parametrize("version", [2, 3, 4, 5, 6, 7])
@pytest.mark.parametrize("selected", [2, 8])
def test_an_account_that_is_accepted(files: tuple[Path, Path], version: int, selected: int) -> None:
    acceptor = Acceptor(files=files, version=version, selected=selected)
    found = proof(acceptor)
    assert (found["outcome"], found["reason"]) == ("accepted", None), found
    assert found["credssp_version"] == min(version, 6) and found["mechanism"] == "ntlm"
    assert found["server_proved_key"] and found["account_sent"] and not found["credentials_sent"]
    assert found["authorized"] is None and acceptor.bound and acceptor.credentials == [] and no_session(acceptor)
    assert found["certificate_sha256"] == acceptor.fingerprint.upper()


@sockets
@pytest.mark.parametrize(
    ("status", "reason", "view"),
    [
        (0xC000006D, "bad_credentials", "0x807"),
        (0xC0000071, "password_expired", "0xF07"),
        (0xC0000224, "must_change", "0x1207"),
        (0xC0000193, "account_expired", "0xE07"),
        (0xC0000072, "disabled", "0xB07"),
        (0xC0000234, "locked", "0xD07"),
        (0xC000006E, "restriction", "0xC07"),
        (0xC000006F, "hours", "0xC07"),
        (0xC0000070, "workstation", "0xC07"),
        (0xC000015B, "right_missing", "0xC07"),
        (0xC0000418, "ntlm_refused", "0x904"),
        (0xC0000413, "authentication_firewall", "0x904"),
        (0xC000005E, "no_authority", "0x1807"),
        (0xC000018D, "trust", "0x904"),
        (0x8009035E, "restricted_admin_only", "0x904"),
        (0xC0DEC0DE, "other", "0x904"),
    ],
)
def test_an_account_that_is_refused_with_a_status(
    files: tuple[Path, Path], status: int, reason: str, view: str
) -> None:
    acceptor = Acceptor(files=files, status=status)
    found = proof(acceptor)
    assert (found["outcome"], found["reason"]) == ("refused", reason), found
    assert found["status"]["number"] == status and f"0x{status:08X}" in found["detail"]
    assert found["client_view"]["code"] == view
    assert not found["server_proved_key"] and not found["credentials_sent"] and acceptor.credentials == []


@sockets
def test_a_wrong_password_is_found_by_the_server_itself(files: tuple[Path, Path]) -> None:
    acceptor = Acceptor(files=files)
    found = proof(acceptor, logon.Account(USER, "not " + PASSWORD))
    assert (found["outcome"], found["reason"]) == ("refused", "bad_credentials")
    assert found["status"] == {"kind": "ntstatus", "number": LOGON_FAILURE, "name": "STATUS_LOGON_FAILURE"}


@sockets
@pytest.mark.parametrize("version", [2, 5])
def test_a_server_that_refuses_without_a_word(files: tuple[Path, Path], version: int) -> None:
    found = proof(Acceptor(files=files, status=LOGON_FAILURE, version=version, silent=True))
    assert (found["outcome"], found["reason"]) == ("unknown", "closed") and "CredSSP version" in found["detail"]
    assert found["account_sent"]


@sockets
def test_credentials_are_handed_over_where_something_is_learnt(files: tuple[Path, Path]) -> None:
    acceptor = Acceptor(files=files)
    found = proof(acceptor, send_credentials=True)
    assert found["outcome"] == "accepted" and found["authorized"] is True and found["credentials_sent"]
    given_ = acceptor.credentials[0]
    assert (given_.domain_name, given_.username, given_.password) == ("CORP", "helpdesk", PASSWORD)
    assert no_session(acceptor)


@sockets
def test_the_right_to_log_on_is_missing(files: tuple[Path, Path]) -> None:
    found = proof(Acceptor(files=files, early=b"\x05\0\0\0"), send_credentials=True)
    assert (found["outcome"], found["reason"]) == ("refused", "right_missing") and found["authorized"] is False
    assert found["status"]["kind"] == "early_authorization" and found["server_proved_key"]


@sockets
def test_a_status_after_the_credentials(files: tuple[Path, Path]) -> None:
    found = proof(Acceptor(files=files, late_status=0xC000015B), send_credentials=True)
    assert (found["outcome"], found["reason"]) == ("refused", "right_missing")
    assert found["status"]["number"] == 0xC000015B


@sockets
@pytest.mark.parametrize("early", [b"\x07\0\0\0", b"\0\0"])
def test_an_early_authorization_that_is_none(files: tuple[Path, Path], early: bytes) -> None:
    found = proof(Acceptor(files=files, early=early), send_credentials=True)
    assert found["outcome"] == "accepted" and found["authorized"] is None and "not known" in found["detail"]


@sockets
def test_credentials_stay_here_where_nothing_is_learnt_from_them(files: tuple[Path, Path]) -> None:
    acceptor = Acceptor(files=files, selected=2)
    found = proof(acceptor, send_credentials=True)
    assert found["outcome"] == "accepted" and not found["credentials_sent"] and acceptor.credentials == []


# Strangers.


@sockets
@pytest.mark.parametrize("version", [2, 6])
def test_credentials_never_go_to_who_does_not_prove_the_certificate_s_key(
    files: tuple[Path, Path], version: int
) -> None:
    acceptor = Acceptor(files=files, imposter=True, version=version)
    found = proof(acceptor, send_credentials=True)
    assert (found["outcome"], found["reason"]) == ("unknown", "malformed") and "did not prove" in found["detail"]
    assert not found["server_proved_key"] and not found["credentials_sent"] and acceptor.credentials == []
    assert acceptor.faults == [] or acceptor.faults == ["left"]


@sockets
def test_a_man_in_the_middle_gets_nothing(files: tuple[Path, Path]) -> None:
    """He ends TLS with a certificate of his own and passes on to the host what comes: nothing comes."""
    host = Acceptor(files=files)
    his = tls_settings(certificate("stranger"))
    seen: list[bytes] = []
    stood, over = threading.Event(), threading.Event()

    def stranger(peer: Peer) -> None:
        peer.request()
        peer.confirm(8)
        peer.tls(his)
        stood.set()
        with suppress(OSError):
            while data := peer.sock.recv(65536):
                seen.append(data)
        over.set()

    with Server(stranger) as server:
        place = logon.Place("127.0.0.1", server.port, logon.fingerprints([host.fingerprint]))
        found = logon.prove(place, ACCOUNT, send_credentials=True)
        assert stood.wait(10) and over.wait(10), "TLS with the stranger stood, and ended"
    assert (found["outcome"], found["reason"]) == ("not_tried", "other_certificate")
    assert "What to do: if the host has a new certificate, restart TermService" in found["detail"]
    assert seen == [], "and not one byte was said inside it"
    assert not found["account_sent"] and host.inside == b""


class Relay:
    """Passes bytes on in both directions, and keeps those of the client."""

    def __init__(self, port: int) -> None:
        self.said = b""
        self._upstream = port

    def __call__(self, peer: Peer) -> None:
        with socket.create_connection(("127.0.0.1", self._upstream), 5) as server:
            back = threading.Thread(target=self._pump, args=(server, peer.raw, False), daemon=True)
            back.start()
            self._pump(peer.raw, server, True)
            back.join(10)

    def _pump(self, source: socket.socket, sink: socket.socket, keep: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if keep:
                    self.said += data
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


@sockets
@pytest.mark.parametrize("send", [False, True])
def test_no_password_in_any_byte_on_the_line_or_inside_tls(files: tuple[Path, Path], send: bool) -> None:
    acceptor = Acceptor(files=files)
    with serving(acceptor) as server, serving(relay := Relay(server.port)) as line:
        place = logon.Place("127.0.0.1", line.port, logon.fingerprints([acceptor.fingerprint]))
        found = logon.prove(place, ACCOUNT, send_credentials=send)
    assert found["outcome"] == "accepted" and len(relay.said) > 1000 and acceptor.inside
    for form in (PASSWORD.encode(), PASSWORD.encode("utf-16-le")):
        assert form not in relay.said, "on the line"
        assert form not in acceptor.inside, "not even inside TLS, where they are encrypted once more"


@sockets
@pytest.mark.parametrize("taken", [0x10, 0x20, 0x80000, 0x20000000, 0x40000000])
def test_a_challenge_that_takes_encryption_away(files: tuple[Path, Path], taken: int) -> None:
    """The account is not shown, for all that follows would be bare or weakly encrypted."""
    acceptor = Acceptor(files=files, takes=taken)
    found = proof(acceptor, send_credentials=True)
    assert (found["outcome"], found["reason"]) == ("not_tried", "malformed") and "encryption" in found["detail"]
    assert acceptor.tried == 0 and not acceptor.credentials


@sockets
def test_without_nla_nothing_is_tried(files: tuple[Path, Path]) -> None:
    with serving(healthy(tls_settings(files), nla=False)) as server:
        found = logon.prove(logon.Place("127.0.0.1", server.port, frozenset({"00" * 20})), ACCOUNT)
    assert (found["outcome"], found["reason"]) == ("not_tried", "no_nla") and found["mechanism"] == "ntlm"


@sockets
def test_a_host_that_cannot_be_reached() -> None:
    found = logon.prove(logon.Place("127.0.0.1", 1, frozenset()), ACCOUNT)
    assert (found["outcome"], found["reason"]) == ("not_tried", "refused")


@sockets
def test_a_server_that_breaks_off_after_its_challenge(files: tuple[Path, Path]) -> None:
    def script(peer: Peer) -> None:
        peer.request()
        peer.confirm(8)
        peer.tls(tls_settings(files))
        peer.ts_request()
        peer.send(SEALED)
        peer.fin()

    with serving(script) as server:
        known = logon.fingerprints([hashlib.sha1(ssl.PEM_cert_to_DER_cert(files[0].read_text())).hexdigest()])
        found = logon.prove(logon.Place("127.0.0.1", server.port, known), ACCOUNT)
    assert (found["outcome"], found["reason"]) == ("unknown", "closed") and found["account_sent"]


@sockets
@pytest.mark.parametrize("password", [PASSWORD, "wrong"])
def test_pyspnego_s_own_acceptor_agrees(files: tuple[Path, Path], password: str) -> None:
    """The whole of CredSSP, TLS included, against an implementation that is not ours."""
    got: list[Any] = []
    public = x509.load_pem_x509_certificate(files[0].read_bytes()).public_key()
    key_ = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)

    def script(peer: Peer) -> None:
        peer.request()
        peer.confirm(8)
        # It takes one message at a time, which TLS 1.3 does not keep to.
        own = CredSSPTLSContext(tls_settings(files, highest=ssl.TLSVersion.TLSv1_2), public_key=key_)
        context = spnego.server(protocol="credssp", credssp_tls_context=own)
        while not context.complete:
            received = peer.sock.recv(65536)
            if not received:
                return
            if token := context.step(received):
                peer.send(token)
        got.append(context.get_extra_info("client_credential"))
        peer.send(context.wrap(bytes(4)).data)
        peer.fin()

    with serving(script) as server:
        place = logon.Place("127.0.0.1", server.port, logon.fingerprints([Acceptor(files=files).fingerprint]))
        found = logon.prove(place, logon.Account(USER, password), send_credentials=True)
    if password == PASSWORD:
        assert found["outcome"] == "accepted" and found["authorized"] is True and got[0].password == PASSWORD
    else:
        assert found["outcome"] == "refused" and found["reason"] == "bad_credentials" and got == []


# Once and no more.


def test_an_account_that_was_refused_is_not_tried_again(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path)
    with attempts.turn("CORP\\helpdesk", "web01", 9) as told:
        told(False)
    for name, host in (
        ("corp\\HELPDESK", "web01"),
        ("helpdesk@corp.example", "web02"),
        ("helpdesk", "web03"),
        ("helpdesk ", "web04"),
        (" helpdesk.. ", "web04"),
        ("CORP/helpdesk", "web04"),
        ("CORP\uff3chelpdesk", "web04"),
        ("\uff48\uff45\uff4c\uff50\uff44\uff45\uff53\uff4b", "web04"),
        ("help\u200bdesk", "web04"),
        ("h\u00e9lpdesk", "web04"),
    ):
        with pytest.raises(NotAgain, match="accounts lock"), attempts.turn(name, host, 9):
            pytest.fail("it was let through")
    with attempts.turn("other", "web01", 9) as told:
        told(True)


def test_what_breaks_in_the_middle_counts_as_refused(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path)
    with pytest.raises(RuntimeError), attempts.turn("a", "web01", 9):
        raise RuntimeError
    with pytest.raises(NotAgain), attempts.turn("a", "web01", 9):
        pytest.fail("it was let through")


def test_who_is_killed_in_the_turn_leaves_the_account_as_tried(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path;"
        "from ansible_collections.winops.rdp.plugins.plugin_utils.controller.attempts import Attempts\n"
        "with Attempts(Path(sys.argv[1])).turn('a', 'web01', 9): os.kill(os.getpid(), signal.SIGKILL)"
    )
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=path, check=False)
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(NotAgain, match="web01"), Attempts(tmp_path).turn("a", "web02", 9):
        pytest.fail("it was let through")


def test_a_line_that_was_cut_off_is_not_read(tmp_path: Path) -> None:
    with Attempts(tmp_path).turn("a", "web01", 9) as told:
        told(False)
    [file] = tmp_path.rglob("*.json")
    file.write_text(f'{file.read_text()}\n{{"hosts": [], "ref')
    with pytest.raises(NotAgain), Attempts(tmp_path).turn("a", "web01", 9):
        pytest.fail("it was let through")


def test_an_account_is_tried_on_no_more_hosts_than_was_said(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path)
    for host in ("web01", "web02", "web01"):
        with attempts.turn("a", host, 2) as told:
            told(True)
    with pytest.raises(NotAgain, match="max_hosts is 2"), attempts.turn("a", "web03", 2):
        pytest.fail("it was let through")
    with attempts.turn("a", "web03", 3) as told:
        told(None)  # nothing was sent
    with attempts.turn("a", "web04", 3) as told:
        told(True)


def test_hosts_wait_for_each_other(tmp_path: Path) -> None:
    """Of hosts that are tried at the same time only the first meets the account."""
    order: list[str] = []
    inside = threading.Barrier(2)

    def one(host: str) -> None:
        with suppress(NotAgain), Attempts(tmp_path).turn("a", host, 99) as told:
            order.append(host)
            told(False)

    def first() -> None:
        with Attempts(tmp_path).turn("a", "web00", 99) as told:
            inside.wait(10)
            order.append("first")
            told(False)

    leader = threading.Thread(target=first)
    others = [threading.Thread(target=one, args=(f"web{number:02}",)) for number in range(1, 8)]
    leader.start()
    inside.wait(10)
    for thread in others:
        thread.start()
    for thread in (leader, *others):
        thread.join(20)
    assert order == ["first"]


def test_what_is_kept_of_attempts_names_no_account(tmp_path: Path) -> None:
    with Attempts(tmp_path).turn(USER, "web01", 9) as told:
        told(True)
    kept = "".join(f"{path} {path.read_text()}" for path in tmp_path.rglob("*.json"))
    assert "helpdesk" not in kept and key(USER) in kept


@pytest.mark.parametrize(
    ("stage", "outcome", "password", "tried"),
    [
        ("session", "ok", "p", True),
        ("session", "ok", None, True),
        ("http", "ok", "p", True),
        ("credssp", "denied", "p", False),
        ("credssp", "denied", None, True),
        ("credssp", "closed", None, True),
        ("tls", "reset", None, False),
        ("tcp", "refused", "p", False),
    ],
)
def test_after_which_look_an_account_is_tried(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stage: str, outcome: str, password: str | None, tried: bool
) -> None:
    """A host that refuses the look's NTLM may take a ticket all the same."""
    monkeypatch.setattr(constants, "DEFAULT_LOCAL_TMP", str(tmp_path))
    accepted = {**words.result("accepted", None, "x"), "account_sent": True}
    place = logon.Place("a", 1, frozenset())
    attempt = logon.Attempt(place, logon.Account("u", password), 1, prover=lambda _place, _account: accepted)
    found = attempt.made({"stage": stage, "outcome": outcome})
    assert (found["outcome"], found["reason"]) == (("accepted", None) if tried else ("not_tried", "no_logon"))


# What the options and the parts come to.


def test_fingerprints_as_people_write_them() -> None:
    sha1 = "ab" * 20
    spaced = " ".join(sha1[at : at + 2] for at in range(0, 40, 2))
    assert logon.fingerprints([sha1, sha1.upper(), spaced, "sha256:" + "CD" * 32]) == {"AB" * 20, "CD" * 32}
    with pytest.raises(logon.LogonError, match="no fingerprint"):
        logon.fingerprints(["abcd"])


def test_nothing_shows_the_account() -> None:
    account = logon.Account(USER, PASSWORD)
    assert "helpdesk" not in repr(account) and PASSWORD not in repr(account)


def test_a_missing_package_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "spnego", None)
    with pytest.raises(logon.LogonError, match=r"-m pip install 'pyspnego>=0\.11'\)\.$"):
        logon.need_library(ACCOUNT)
    monkeypatch.undo()
    monkeypatch.setitem(__import__("sys").modules, "krb5", None)
    with pytest.raises(logon.LogonError, match=r"'pyspnego\[kerberos\]>=0\.11'"):
        logon.need_library(logon.Account(None, None))


@pytest.mark.parametrize("level", ["0", "2", "", "x"])
def test_old_ntlm_is_never_spoken(monkeypatch: pytest.MonkeyPatch, level: str) -> None:
    """An old setting of the controller's would have the library answer in a form that is guessed at in seconds."""
    monkeypatch.setenv("LM_COMPAT_LEVEL", level)
    with pytest.raises(logon.LogonError, match="unset it"):
        logon.need_library(ACCOUNT)


class Connection:
    def __init__(self, **options: str) -> None:
        self._options = options

    def get_option(self, name: str) -> str:
        return self._options[name]


@pytest.mark.parametrize(
    ("connection", "variables", "expected"),
    [
        (Connection(remote_user="u", remote_password="p"), {}, ("u", "p", "ntlm")),
        (Connection(remote_user="u", password="p"), {}, ("u", "p", "ntlm")),
        (Connection(remote_user="u"), {"ansible_password": "p"}, ("u", "p", "ntlm")),
        (Connection(), {"ansible_user": "u@REALM"}, ("u@REALM", None, "kerberos")),
        (Connection(remote_user="u", remote_password=""), {}, ("u", None, "kerberos")),
    ],
)
def test_the_account_of_a_connection(connection: Connection, variables: Json, expected: tuple[Any, ...]) -> None:
    found = logon.of_connection(connection, variables.get)
    assert (found.name, found.password, found.mechanism) == expected


def test_a_connection_without_an_account() -> None:
    with pytest.raises(logon.LogonError, match="no account of its own"):
        logon.of_connection(Connection(), lambda _name: None)


def test_the_library_s_log_shows_no_tokens(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("spnego").setLevel(logging.NOTSET)
    caplog.set_level(logging.DEBUG)
    logon._spnego("ntlm").client(USER, PASSWORD, protocol="ntlm").step()
    assert caplog.text == ""


@pytest.mark.takes_long
@pytest.mark.parametrize("kind", ["RSA", "EC", "Ed25519"])
def test_the_key_of_a_certificate(kind: str, files: tuple[Path, Path]) -> None:
    options = {
        "RSA": ("-newkey", "rsa:3072", "-sha256"),
        "EC": ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-sha256"),
        "Ed25519": ("-newkey", "ed25519"),
    }[kind]
    pem = certificate(f"key-{kind}", *options)[0]
    public = x509.load_pem_x509_certificate(pem.read_bytes()).public_key()
    encoding, form = {
        "RSA": (serialization.Encoding.DER, serialization.PublicFormat.PKCS1),
        "EC": (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint),
        "Ed25519": (serialization.Encoding.Raw, serialization.PublicFormat.Raw),
    }[kind]
    assert credssp.subject_public_key(ssl.PEM_cert_to_DER_cert(pem.read_text())) == public.public_bytes(encoding, form)


def test_every_reason_is_one_of_the_documented_ones() -> None:
    text = (Path(__file__).parents[4] / "docs/probe.md").read_text(encoding="utf-8")
    for number in (*words._REASON_OF_STATUS, 0xC0DEC0DE):
        assert f"`{words.by_status(number)[0]}`" in text, hex(number)
    for error in (*words._KERBEROS_ERRORS, None, 12345):
        assert f"`{words.by_kerberos(error)[0]}`" in text, error
    for reason in ("not_let_in", "no_nla", "other_certificate", "not_again", "check_mode", "no_look", "no_logon"):
        assert f"`{reason}`" in text


# Whatever a server says.


@settings(max_examples=examples(100, 4000))
@given(data=st.binary(max_size=600))
def test_the_readers_take_any_bytes(data: bytes) -> None:
    for reader in (credssp.parse, credssp.subject_public_key, credssp.early_result):
        with suppress(Malformed):
            reader(data)


@settings(max_examples=examples(60, 2000))
@given(at=st.integers(0, 900), value=st.integers(0, 255), cut=st.integers(1, 900))
def test_a_damaged_certificate_has_a_key_or_is_malformed(at: int, value: int, cut: int) -> None:
    whole = bytearray(ssl.PEM_cert_to_DER_cert(certificate("server")[0].read_text()))
    whole[at % len(whole)] = value
    with suppress(Malformed):
        assert credssp.subject_public_key(bytes(whole[:cut]))


@sockets
@settings(max_examples=examples(15, 500), deadline=None)
@given(
    first=st.one_of(st.just(SEALED), st.just(CHALLENGE), st.binary(max_size=300)),
    damage=st.lists(st.tuples(st.integers(0, 260), st.integers(0, 255)), max_size=4),
    second=st.binary(max_size=300),
)
def test_any_server_gives_an_outcome(first: bytes, damage: list[tuple[int, int]], second: bytes) -> None:
    files = certificate("server")
    context = tls_settings(files)
    spoken = bytearray(first)
    for at, value in damage:
        if at < len(spoken):
            spoken[at] = value

    def script(peer: Peer) -> None:
        peer.request()
        peer.confirm(8)
        peer.tls(context)
        peer.ts_request()
        peer.send(bytes(spoken))
        peer.ts_request()
        peer.send(second)
        peer.fin()

    known = logon.fingerprints([hashlib.sha256(ssl.PEM_cert_to_DER_cert(files[0].read_text())).hexdigest()])
    with serving(script) as server:
        place = logon.Place("127.0.0.1", server.port, known, timeout=0.5, deadline=3)
        found = logon.prove(place, ACCOUNT, send_credentials=True)
    assert found["outcome"] in words.OUTCOMES and found["outcome"] != "accepted"
    assert not found["credentials_sent"] and found["detail"]
    json.dumps(found)


@pytest.fixture(scope="module", autouse=True)
def _no_ticket_of_the_developer() -> Iterator[None]:
    kept = os.environ.pop("KRB5CCNAME", None)
    yield
    if kept:
        os.environ["KRB5CCNAME"] = kept
