# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The twin as a Windows client: its own implementation of docs/client-contract.md, over the state of a host, with a
look that is taken for real."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import time
from datetime import datetime, timezone
from typing import Any

from tests.hosts.windows import SCHANNEL, Windows, utc_text

Json = dict[str, Any]

SID = "S-1-5-21-1004336348-1177238915-682003330-1001"
ALGORITHM_MISMATCH = 0x80090331 - 2**32
RDP_SETTINGS = {"enablecredsspsupport": 1, "authentication level": 2, "negotiate security layer": 1}
_WINDOWS_NUMBERS = {111: 10061, 110: 10060, 113: 10065, 101: 10051, 104: 10054}


def profile(sid: str = SID, **more: Any) -> Json:
    """A person who is logged on and has never connected anywhere."""
    empty: Json = {"values": {}, "targets": {}, "packages": [], "products": [], "files": [], "error": None}
    return {"sid": sid, "path": rf"C:\Users\{sid[-4:]}", "loaded": True, **empty, **more}


def package(name: str, version: str) -> str:
    return f"{name}_{version}_x64__8wekyb3d8bbwe"


# --- read


def answer(host: Windows, arguments: Json) -> Json:
    """What ``_client`` answers."""
    given = {name: value for name, value in arguments.items() if not name.startswith("_ansible_")}
    with host.lock:
        state = host.data["client"]
        sections: Json = {
            "client": _client(host),
            "apps": {"files": state["files"], "packages": state["packages"], "products": state["products"]},
            "settings": _settings(host, given.get("values") or {}),
            "profiles": [_profile(one, given) for one in state["profiles"]],
            "rdp_files": [_rdp_file(state, path) for path in given.get("rdp_files") or ()],
            "products": products(host, given.get("service_names") or []),
            "look": None,
        }
        denied = {name: state["denied"][name] for name in sections if name in state["denied"]}
    wanted = given.get("sections") or list(sections)
    if given.get("look") and "look" in wanted:
        sections["look"] = Look(host, given["look"]).taken()
    return {
        "changed": False,
        "schema_version": 1,
        "sections": {name: sections[name] for name in wanted if name not in denied},
        "errors": denied,
        "truncated": [],
    }


def _client(host: Windows) -> Json:
    facts = host.data["host"]
    return {
        "computer_name": facts["computer_name"],
        "build": facts["build"],
        "revision": facts["ubr"],
        "product_type": "WinNT",
        "machine_guid": facts["machine_guid"],
        "time": utc_text(host.now()),
        "elevated": facts["elevated"],
        "powershell": "5.1.20348.1",
    }


def products(host: Windows, wanted: list[str]) -> Json:
    """The section of that name, of a host or of a client."""
    pattern = re.compile("|".join(re.escape(name).replace(r"\*", ".*") for name in wanted) or "(?!)", re.IGNORECASE)
    return {
        "services": [dict(row) for row in host.data["products"] if pattern.fullmatch(row["name"])],
        "security_center": [dict(row) for row in host.data["security_center"]]
        if host.data["host"]["product_type"] == 1
        else [],
    }


def _settings(host: Windows, values: Json) -> Json:
    found: Json = {}
    for key, names in values.items():
        known = next(
            (there for path, there in host.data["registry"].items() if path.lower() == f"hklm\\{key}".lower()), None
        )
        if known is not None:
            found[key] = {name: value for name, value in known.items() if "*" in names or name in names}
    return found


def _profile(one: Json, given: Json) -> Json:
    if not one["loaded"] and not given.get("unloaded_profiles"):
        return {**one, "values": {}, "targets": {}, "packages": [], "products": []}
    targets = {name: values for name, values in one["targets"].items() if name in (given.get("targets") or ())}
    return {**one, "targets": targets}


def _rdp_file(state: Json, path: str) -> Json:
    lines = state["rdp_files"].get(path)
    settings = [line.split(":", 2) for line in lines or ()]
    hidden = [[name, kind, None if name in ("password 51", "signature") else value] for name, kind, value in settings]
    return {"path": path, "present": lines is not None, "settings": hidden, "error": None}


# --- the look


class Look:
    """A look as a client takes it: what was sent and received, and how it ended. Written for itself, over sockets."""

    def __init__(self, host: Windows, plan: Json) -> None:
        self.host, self.plan = host, plan
        self.began = time.monotonic()
        self.look: Json = {
            "time": utc_text(datetime.now(timezone.utc)),
            "name_error": None,
            "name_ms": 0,
            "tcp_ms": 0,
            "tried": [],
            "talks": [],
        }

    def _ms(self) -> int:
        return round((time.monotonic() - self.began) * 1000)

    def taken(self) -> Json:
        state = self.host.data["client"]
        try:
            if self.plan["host"] in state["unresolved"]:
                raise socket.gaierror(socket.EAI_NONAME, "no such name")
            address = socket.getaddrinfo(self.plan["host"], self.plan["port"], type=socket.SOCK_STREAM)[0][4]
        except OSError:
            self.look["name_error"] = {"code": 11001}
        else:
            self.look["tried"] = [{"address": address[0], "outcome": None}]
            self._connect(str(address[0]))
        return {**self.look, "total_ms": self._ms()}

    def _connect(self, address: str) -> None:
        blocked = address in self.host.data["client"]["filtered"]
        for request in ("request", "request_rdp"):
            try:
                if blocked:
                    raise TimeoutError
                sock = socket.create_connection((address, self.plan["port"]), self.plan["timeout_ms"] / 1000)
            except TimeoutError:
                self.look["tried"][0]["outcome"] = 10060
                return
            except OSError as error:
                self.look["tried"][0]["outcome"] = _WINDOWS_NUMBERS.get(error.errno or 0, 10065)
                return
            self.look["tried"][0]["outcome"] = 0
            with sock:
                sock.settimeout(self.plan["timeout_ms"] / 1000)
                talk = self._talk(sock, request)
            self.look["talks"].append(talk)
            if talk["selected"] != -1:
                return

    def _bytes(self, name: str) -> bytes:
        return base64.b64decode(self.plan[name])

    def _read(self, sock: socket.socket, whole: Any) -> tuple[bytes, str | None]:
        data = b""
        while not whole(data):
            try:
                more = sock.recv(16384)
            except TimeoutError:
                return data, "silent"
            except OSError:
                return data, "reset"
            if not more:
                return data, "closed"
            data += more
        return data, None

    @staticmethod
    def _stage(data: bytes, ended: str | None, error: Json | None = None) -> Json:
        return {"data": base64.b64encode(data).decode(), "ended": ended, "error": error, "ms": 1}

    def _talk(self, sock: socket.socket, request: str) -> Json:
        data: bytes = b""
        ended: str | None = "reset"
        if self.plan["host"] not in self.host.data["client"]["dropped"]:
            sock.sendall(self._bytes(request))
            data, ended = self._read(sock, _whole_tpkt)
        talk: Json = {"negotiation": self._stage(data, ended), "tls": None, "answer": None, "selected": None}
        if len(data) < 11 or data[5] != 0xD0:
            return talk
        kind, number = (data[11], int.from_bytes(data[15:19], "little")) if len(data) >= 19 else (2, 0)
        talk["selected"] = -1 if (kind, number) == (3, 2) else number
        if kind != 2:
            talk["selected"] = talk["selected"] if talk["selected"] == -1 else None
        elif number == 0:
            sock.sendall(self._bytes("conference_rdp"))
            talk["answer"] = self._stage(*self._read(sock, _whole_tpkt))
        else:
            self._secure(sock, talk, "conference_tls" if number == 1 else "credssp")
        return talk

    def _off(self, version: str) -> bool:
        enabled = self.host.get(rf"{SCHANNEL}\Protocols\{version}\Client", "Enabled")
        default = self.host.get(rf"{SCHANNEL}\Protocols\{version}\Client", "DisabledByDefault")
        return bool((enabled and enabled["data"] == 0) or (default and default["data"] == 1))

    def _secure(self, sock: socket.socket, talk: Json, question: str) -> None:
        failed: Json = {"version": None, "certificate": None, "sent": ""}
        if self._off("TLS 1.2") and (self._off("TLS 1.3") or self.host.data["host"]["build"] < 22000):
            error = {"code": ALGORITHM_MISMATCH, "type": "System.ComponentModel.Win32Exception", "message": "?"}
            talk["tls"] = {**self._stage(b"", None, error), **failed}
            return
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        incoming, outgoing, raw = ssl.MemoryBIO(), ssl.MemoryBIO(), bytearray()
        engine = context.wrap_bio(incoming, outgoing)
        ended, error, sent = self._drive(engine.do_handshake, sock, incoming, outgoing, raw)
        if ended or error:
            more = {**failed, "sent": base64.b64encode(sent[-64:]).decode()}
            talk["tls"] = {**self._stage(bytes(raw), ended, error), **more}
            return
        version = {"TLSv1.2": 3072, "TLSv1.3": 12288}[engine.version() or ""]
        der = base64.b64encode(engine.getpeercert(binary_form=True) or b"").decode()
        talk["tls"] = {**self._stage(bytes(raw), None), "version": version, "certificate": der, "sent": ""}
        engine.write(self._bytes(question))
        answer, clock = bytearray(), utc_text(self.host.now())

        def take() -> None:
            answer.extend(engine.read(16384) or b"")

        while not _whole(bytes(answer)):
            before = len(answer)
            ended, error, _sent = self._drive(take, sock, incoming, outgoing, raw)
            if ended or error or len(answer) == before:
                ended = ended or (None if error else "closed")
                break
        talk["answer"] = {**self._stage(bytes(answer), ended, error), "clock": clock}

    def _drive(
        self, step: Any, sock: socket.socket, incoming: Any, outgoing: Any, raw: bytearray
    ) -> tuple[Any, Any, bytes]:
        sent = b""
        while True:
            try:
                step()
                done = True
            except ssl.SSLWantReadError:
                done = False
            except ssl.SSLError:
                if outgoing.pending:
                    sent = outgoing.read()
                return None, {"code": -2146893018, "type": "Win32Exception", "message": "?"}, sent
            if outgoing.pending:
                sent = outgoing.read()
                sock.sendall(sent)
            if done:
                return None, None, sent
            data, ended = self._read(sock, bool)
            if ended:
                return ended, None, sent
            raw += data
            incoming.write(data)


def _whole_tpkt(data: bytes) -> bool:
    return bool(data) and (data[0] != 3 or (len(data) >= 4 and len(data) >= int.from_bytes(data[2:4], "big")))


def _whole(data: bytes) -> bool:
    if data[:1] == b"\x03":
        return _whole_tpkt(data)
    if len(data) < 5:
        return False
    size = data[1]
    if size < 0x80:
        return len(data) >= 2 + size
    count = size & 0x7F
    return len(data) >= 2 + count + int.from_bytes(data[2 : 2 + count], "big")


# --- changes


FIELDS = {
    "profile.forget": {"sid", "target"},
    "profile.remember": {"sid", "target", "hash"},
    "rdp_file.set": {"file", "setting", "value"},
    "app.install": {"app", "timeout_s"},
}


def refusal(_host: Windows, step: Json, undoing: bool) -> str | None:
    if step["op"] == "app.install":
        return None if step["app"] == "Microsoft.WindowsApp" else "installs an app that is not on the list"
    if step["op"] == "rdp_file.set":
        return _rdp_refusal(step, undoing)
    if not re.match(r"S-1-(5-21|12-1)-[0-9-]+\Z", str(step["sid"])):
        return "sid is not that of a person"
    if not isinstance(step["target"], str) or not re.match(r"[^\\\x00-\x1f]{1,255}\Z", step["target"]):
        return "target is not the name of a host"
    if step["op"] == "profile.remember" and not undoing:
        return "puts a hash back: only an undo may"
    return None


def _rdp_refusal(step: Json, undoing: bool) -> str | None:
    path = step["file"]
    if (
        not isinstance(path, str)
        or not re.match(r'[A-Za-z]:\\[^\x00-\x1f<>"|?*:/]{1,250}\.rdp\Z', path, re.I)
        or "..\\" in path
    ):
        return "file is not an .rdp file on a local disk"
    if step["setting"] not in RDP_SETTINGS:
        return "touches a setting that is not on the list"
    wanted, value = RDP_SETTINGS[step["setting"]], step["value"]
    if not undoing and (isinstance(value, bool) or value != wanted):
        return f"{step['setting']} can only be {wanted}"
    return None


def missing(host: Windows, step: Json) -> str | None:
    """What a step needs and this client has not."""
    state = host.data["client"]
    if step["op"] == "rdp_file.set" and step["file"] not in state["rdp_files"]:
        return f"the file {step['file']} does not exist"
    if step["op"].startswith("profile.") and _kept(host, step) is None:
        return f"{step['sid']} keeps nothing of {step['target']}"
    if step["op"] == "app.install" and not state["winget"]:
        return "this client has no winget for this account"
    return None


def _kept(host: Windows, step: Json) -> Json | None:
    for one in host.data["client"]["profiles"]:
        if one["sid"] == step["sid"]:
            found: Json | None = one["targets"].get(step["target"])
            return found
    return None


def state_of(host: Windows, step: Json) -> Json:
    if step["op"].startswith("profile."):
        value = (_kept(host, step) or {}).get("CertHash")
        return {"hash": value["data"] if value else None}
    if step["op"] == "rdp_file.set":
        value = None
        for line in host.data["client"]["rdp_files"][step["file"]]:
            name, _kind, text = line.split(":", 2)
            value = int(text) if name == step["setting"] else value
        return {"value": value}
    names = host.data["client"]["packages"]
    return {"packages": [name for name in names if name.startswith("MicrosoftCorporationII.Windows365_")]}


def so_already(step: Json, state: Json) -> bool:
    if step["op"] == "profile.forget":
        return state["hash"] is None
    if step["op"] == "profile.remember":
        return bool(state["hash"] == step["hash"])
    return step["op"] == "rdp_file.set" and state["value"] == step["value"]


def change(host: Windows, step: Json) -> None:
    state = host.data["client"]
    if step["op"].startswith("profile."):
        kept = _kept(host, step)
        assert kept is not None
        if step["op"] == "profile.forget":
            del kept["CertHash"]
        else:
            kept["CertHash"] = {"type": "binary", "data": step["hash"]}
    elif step["op"] == "rdp_file.set":
        lines = [line for line in state["rdp_files"][step["file"]] if not line.startswith(f"{step['setting']}:")]
        if step["value"] is not None:
            lines.append(f"{step['setting']}:i:{step['value']}")
        state["rdp_files"][step["file"]] = lines
    else:
        old = [name for name in state["packages"] if not name.startswith("MicrosoftCorporationII.Windows365_")]
        state["packages"] = [*old, package("MicrosoftCorporationII.Windows365", state["winget"])]


def back(step: Json) -> Json | None:
    """The step that takes one back."""
    if step["op"] == "profile.forget" and step["before"]["hash"]:
        return {"op": "profile.remember", "sid": step["sid"], "target": step["target"], "hash": step["before"]["hash"]}
    if step["op"] == "rdp_file.set":
        return {key: step[key] for key in ("op", "file", "setting")} | {"value": step["before"]["value"]}
    return None
