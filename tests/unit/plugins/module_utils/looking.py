# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault servers that a look can meet, by name, and what the probe and a Windows client's look come to at each.

The client's looks are all taken in one process of a PowerShell engine: ``run`` is given the text of a script and gives
back what it wrote.
"""

from __future__ import annotations

import json
import ssl
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.host import probe
from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp, der, x224
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import client_look

from tests.unit.plugins.module_utils.fault_server import (
    CHALLENGE,
    MCS_RESPONSE,
    ULTIMATUM,
    Peer,
    Script,
    Server,
    after_certificate,
    after_hello,
    after_request,
    after_tls,
    confirm,
    healthy,
    refused_mcs,
    then,
    tls_settings,
)
from tests.unit.plugins.module_utils.vectors import vector

# Seconds: long where something comes, short where silence is what is waited for.
LONG, SHORT = 45.0, 1.5
ENDINGS: dict[str, Script] = {"closed": Peer.fin, "reset": Peer.reset, "silent": Peer.silence}


def _spnego(state: int) -> bytes:
    field = der.tlv(0xA0, der.tlv(0x0A, bytes((state,))))
    return credssp.request(der.tlv(0xA1, der.tlv(0x30, field)))


def _alert(number: int) -> bytes:
    return struct.pack(">BHHBB", 21, 0x0303, 2, 2, number)


def _legacy_only(peer: Peer) -> None:
    if peer.request():
        peer.refuse(2)
    else:
        peer.confirm(0)
        peer.tpkt()
        peer.send(MCS_RESPONSE)
    peer.fin()


def _refuses_and_goes_on(peer: Peer) -> None:
    peer.request()
    peer.refuse(5)
    peer.silence()


def _dripping(context: ssl.SSLContext) -> Script:
    def script(peer: Peer) -> None:
        asked = peer.request() or 0
        peer.drip(confirm(8 if asked & 8 else 2), 0.01)
        peer.tls(context)
        peer.ts_request()
        peer.drip(CHALLENGE, 0.001)
        peer.fin()

    return script


def _polite(peer: Peer) -> None:
    assert isinstance(peer.sock, ssl.SSLSocket)
    peer.sock.unwrap()


def _by_ending(context: ssl.SSLContext) -> dict[str, Script]:
    places: dict[str, Callable[[Script], Script]] = {
        "on accept": lambda ending: ending,
        "after the request": after_request,
        "half a confirm": lambda ending: after_request(then(confirm(8)[:7], ending)),
        "when TLS begins": after_hello,
        "half a ServerHello": lambda ending: after_hello(then(bytes.fromhex("160303007a020000760303"), ending)),
        "behind the certificate": after_certificate,
        "when CredSSP begins": lambda ending: after_tls(context, 2, ending),
        "half a challenge": lambda ending: after_tls(context, 8, then(CHALLENGE[:100], ending)),
        "when the conference begins": lambda ending: after_tls(context, 1, ending),
        "half a conference": lambda ending: after_tls(context, 1, then(MCS_RESPONSE[:50], ending)),
        "standard security breaks off": lambda ending: after_request(then(confirm(0), Peer.tpkt, ending)),
    }
    return {f"{place}, {outcome}": put(ending) for place, put in places.items() for outcome, ending in ENDINGS.items()}


def _strangers() -> dict[str, Script]:
    banners = {
        "HTTP": b"HTTP/1.1 400 Bad Request\r\n\r\n",
        "SSH": b"SSH-2.0-OpenSSH_9.2p1\r\n",
        "TLS": bytes.fromhex("15030300020246"),
        "noise": b"\xde\xad\xbe\xef" * 8,
        "SMB": b"\0",
        "TPKT with a reserved byte": b"\x03\x01\x00\x13" + bytes(15),
    }
    confirms = {
        "too long": "0300ffff0ed000001234000201080001000000",
        "too short": "030000060ed0",
        "another TPDU": "0300000b06e00000123400",
        "another kind": "030000130ed000001234000401080001000000",
        "selects what nobody asked for": "030000130ed000001234000201080010000000",
        "an empty data TPDU": "0300000702f080",
    }
    return {
        **{f"stranger: {name}": then(banner, Peer.fin) for name, banner in banners.items()},
        **{f"confirm: {name}": after_request(then(bytes.fromhex(code), Peer.fin)) for name, code in confirms.items()},
        "confirm: endless": after_request(lambda peer: peer.endless(b"\x03\0\x1f\xff" + bytes(8188))),
        "stranger: endless": after_request(lambda peer: peer.endless(bytes(65536))),
    }


def _refuses(code: int) -> Script:
    return after_request(then(lambda peer: peer.refuse(code), Peer.fin))


def _refusals() -> dict[str, Script]:
    return {
        **{f"refusal {code}": _refuses(code) for code in (1, 2, 3, 4, 5, 6, 99)},
        "refusal and silence": _refuses_and_goes_on,
        "ultimatum": after_request(then(ULTIMATUM, Peer.fin)),
        "disconnect request": after_request(then(bytes.fromhex("0300000b06800000123401"), Peer.fin)),
        "standard security, by a refusal": _legacy_only,
        "standard security, without negotiation": after_request(
            then(vector("CC-noneg"), Peer.tpkt, MCS_RESPONSE, Peer.fin)
        ),
    }


def _tls_faults() -> dict[str, Script]:
    garbage = {
        "HTTP": b"HTTP/1.1 400 Bad Request\r\n\r\n",
        "noise": bytes(range(200, 256)),
        "a record too long": b"\x16\x03\x03\xff\xff" + bytes(200),
        "plain RDP": ULTIMATUM,
        "a short ServerHello": b"\x16\x03\x03\x00\x08\x02\x00\x00\x04\x03\x03\x01\x02",
        "application data": b"\x17\x03\x03\x00\x04abcd",
        "ServerHelloDone first": b"\x16\x03\x03\x00\x04\x0e\x00\x00\x00",
    }
    record = struct.pack(">BHH", 22, 0x0303, 16384) + b"\x02\x03\xff\xff" + bytes(16380)
    wants_certificate = tls_settings()
    wants_certificate.verify_mode = ssl.CERT_REQUIRED
    wants_certificate_12 = tls_settings(highest=ssl.TLSVersion.TLSv1_2)
    wants_certificate_12.verify_mode = ssl.CERT_REQUIRED
    null = tls_settings(highest=ssl.TLSVersion.TLSv1_2, ciphers="NULL-SHA256:@SECLEVEL=0")
    old = tls_settings(lowest=ssl.TLSVersion.TLSv1_1, highest=ssl.TLSVersion.TLSv1_1)
    return {
        **{f"alert {number}": after_hello(then(_alert(number), Peer.fin)) for number in (40, 70, 71, 80, 200)},
        "alert and a reset": after_hello(then(_alert(80), Peer.reset)),
        **{f"garbage: {name}": after_hello(then(data, Peer.fin)) for name, data in garbage.items()},
        "garbage right behind the confirm": after_request(then(confirm(8) + ULTIMATUM, Peer.silence)),
        "endless TLS": after_hello(lambda peer: peer.endless(record)),
        "TLS 1.1 alone": healthy(old),
        "no encryption alone": healthy(null),
        "a client certificate, TLS 1.3": healthy(wants_certificate),
        "a client certificate, TLS 1.2": healthy(wants_certificate_12),
    }


def _credssp_faults(context: ssl.SSLContext) -> dict[str, Script]:
    answers = {
        "refused": vector("TSREQ-ERR-4"),
        "refused, the other length": vector("TSREQ-ERR-5"),
        "HTTP": b"HTTP/1.1 400\r\n\r\n",
        "four gigabytes": b"\x30\x84\xff\xff\xff\xff",
        "empty": b"\x30\x00",
        "neither token nor error": b"\x30\x05\xa0\x03\x02\x01\x06",
        "not a challenge": CHALLENGE.replace(b"NTLMSSP\0\x02", b"NTLMSSP\0\x01"),
        "SPNEGO goes on": _spnego(1),
        "SPNEGO rejects": _spnego(2),
    }
    return {
        **{f"CredSSP: {name}": after_tls(context, 2, then(data, Peer.fin)) for name, data in answers.items()},
        "CredSSP: endless": after_tls(context, 2, lambda peer: peer.endless(b"\x30\x83\x00\xff\xf0" + bytes(16000))),
        "CredSSP: closed politely": after_tls(context, 2, _polite),
        "conference: refused": after_tls(context, 1, then(refused_mcs(15), Peer.fin)),
        "conference: ultimatum": after_tls(context, 1, then(ULTIMATUM, Peer.fin)),
        "conference: noise": after_tls(context, 1, then(x224.data(b"\x7f\x66\x82\xff\xff" + bytes(20)), Peer.silence)),
    }


def cases() -> dict[str, Script]:
    """Every server, by name. Those whose last act is silence have it in their name."""
    context = tls_settings()
    return {
        "in order": healthy(context),
        "in order, TLS 1.2": healthy(tls_settings(highest=ssl.TLSVersion.TLSv1_2)),
        "in order, TLS alone": healthy(context, nla=False),
        "in order, byte by byte": _dripping(context),
        **_by_ending(context),
        "drips for ever, silent": after_request(lambda peer: peer.drip(b"\x03\0\x1f\xff" + bytes(8000), 0.05)),
        "drips TLS for ever, silent": after_hello(lambda peer: peer.drip(b"\x16\x03\x03\x3f\xff" + bytes(8000), 0.05)),
        "drips CredSSP for ever, silent": after_tls(
            context, 2, lambda peer: peer.drip(b"\x30\x82\x1f\xff" + bytes(8000), 0.05)
        ),
        **_strangers(),
        **_refusals(),
        **_tls_faults(),
        **_credssp_faults(context),
    }


def _timeout(name: str) -> float:
    return SHORT if name.endswith("silent") else LONG


def script_of(script: str, calls: str) -> str:
    """PowerShell that answers all calls in the file ``calls``, one line each; both files named as the engine does."""
    return (
        f". '{script}'\n"
        f"$calls = ConvertTo-Plain (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText('{calls}')))\n"
        "foreach ($call in $calls) { [Console]::Out.WriteLine((Invoke-Client $call)) }\n"
    )


def compare(run: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> dict[str, tuple[Any, Any]]:
    """Stage and outcome of each case as the probe sees it, and as the client does.

    ``run`` has the client answer calls.
    """
    servers = {name: Server(script) for name, script in cases().items()}

    def mine(name: str) -> dict[str, Any]:
        return probe("127.0.0.1", servers[name].port, timeout=_timeout(name), deadline=60, depth="client")

    try:
        with ThreadPoolExecutor(8) as pool:
            seen = dict(zip(servers, pool.map(mine, servers)))
        looks = [
            client_look.plan("127.0.0.1", server.port, timeout=_timeout(name), deadline=60)
            for name, server in servers.items()
        ]
        told = run([{"sections": ["look"], "look": look} for look in looks])
        theirs = {
            name: client_look.result(answer["sections"]["look"], "127.0.0.1", server.port)
            for (name, server), answer in zip(servers.items(), told)
        }
    finally:
        for server in servers.values():
            server.close()
    return {name: (seen[name], theirs[name]) for name in servers}


def end(result: dict[str, Any]) -> tuple[str, str]:
    return result["stage"], result["outcome"]


# How a client's look may end where it does not end as the probe's does.
Differences = dict[str, tuple[tuple[str, str], ...]]


def unexplained(compared: dict[str, tuple[Any, Any]], known: Differences) -> dict[str, tuple[Any, Any]]:
    """The cases that end neither alike nor in a way that is known: how for the probe, and how for the client."""
    assert set(known) <= set(compared)
    ends = {name: (end(mine), end(theirs)) for name, (mine, theirs) in compared.items()}
    return {name: pair for name, pair in ends.items() if pair[0] != pair[1] and pair[1] not in known.get(name, ())}


def write(folder: Path, calls: list[dict[str, Any]]) -> Path:
    path = folder / "calls.json"
    path.write_text(json.dumps(calls))
    return path
