# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every parser and builder against messages as they stand on the wire, against other libraries, and against arbitrary
bytes."""

from __future__ import annotations

import struct
from typing import Any

import pytest
import spnego._credssp_structures as theirs
import spnego._ntlm_raw.messages as ntlm_oracle
from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp, der, mcs, negotiation, ntlm, tls, x224
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed, NotRdp
from hypothesis import given
from hypothesis import strategies as st

from tests.profiles import each
from tests.unit.plugins.module_utils.oracles import oracle
from tests.unit.plugins.module_utils.vectors import VECTORS, vector

# Building.


@pytest.mark.parametrize(
    ("name", "built"),
    [
        ("CR-noneg", x224.connection_request(None)),
        ("CR-rdp", x224.connection_request(0)),
        ("CR-ssl", x224.connection_request(1)),
        ("CR-hybrid", x224.connection_request(3)),
        ("CR-hybridex", x224.connection_request(0x0B)),
        ("CR-all", x224.connection_request(0x1F)),
        ("CR-cookie-hybridex", x224.connection_request(0x0B, cookie="rdp_probe")),
        ("CR-token", x224.connection_request(0x0B, routing_token=b"Cookie: msts=2130706433.15629.0000")),
        ("MCS-CI", mcs.connect_initial(0x1B, 0)),
        ("NTLM-NEG", ntlm.NEGOTIATE),
        ("TSREQ-NEG", credssp.request(ntlm.NEGOTIATE)),
    ],
)
def test_what_is_sent(name: str, built: bytes) -> None:
    assert built.hex() == VECTORS[name]


def test_a_cookie_or_token_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="bytes too long"):
        x224.connection_request(0x0B, routing_token=b"x" * 248)
    assert len(x224.connection_request(0x0B, routing_token=b"x" * 238)) == 11 + 248


# X.224 and negotiation.


@pytest.mark.parametrize(
    ("name", "selected"),
    [
        ("CC-rsp-rdp", 0),
        ("CC-rsp-ssl", 1),
        ("CC-rsp-hybrid", 2),
        ("CC-rsp-hybridex", 8),
        ("CC-rsp-rdstls", 4),
        ("CC-rsp-aad", 16),
    ],
)
def test_responses(name: str, selected: int) -> None:
    confirm = x224.parse_answer(vector(name))
    assert isinstance(confirm, x224.Confirm) and confirm.source == 0x1234
    assert confirm.answer and confirm.answer.selected == selected and confirm.answer.failure is None


@pytest.mark.parametrize("code", range(1, 7))
def test_refusals(code: int) -> None:
    confirm = x224.parse_answer(vector(f"CC-fail-{code}"))
    assert isinstance(confirm, x224.Confirm) and confirm.answer == negotiation.Answer(0, None, code)
    assert code in negotiation.FAILURES


def test_a_confirm_without_negotiation() -> None:
    assert x224.parse_answer(vector("CC-noneg")) == x224.Confirm(0x1234, None)


def test_an_ultimatum_gives_its_reason() -> None:
    assert x224.parse_answer(vector("MCS-DPU")) == x224.Disconnect("mcs", 3)
    assert mcs.parse_response(vector("MCS-DPU")) == x224.Disconnect("mcs", 3)


@pytest.mark.parametrize(
    "hexed",
    [
        "030000070fd000",  # header cut
        "0300000b05d00000123400",  # LI too small
        "0300000b07d00000123400",  # LI too large
        "0300000b06e00000123400",  # a request instead of a confirm
        "030000130ed000001234000401080001000000",  # unknown negotiation type
        "030000130ed000001234000201090001000000",  # wrong negotiation length
        "030000120dd0000012340002010800010000",  # negotiation data cut
        "0300000702f080",  # data without content
        "0300000902f0802680",  # data that is no ultimatum
    ],
)
def test_what_is_no_answer(hexed: str) -> None:
    with pytest.raises(Malformed):
        x224.parse_answer(bytes.fromhex(hexed))


@pytest.mark.parametrize(
    ("data", "protocol"),
    [
        (b"HTTP/1.1 400", "HTTP"),
        (b"H", "HTTP"),
        (b"SSH-2.0-OpenSSH", "SSH"),
        (b"RFB 003.008\n", "VNC"),
        (b"\x15\x03\x01\0\2", "TLS"),
        (b"\xaa\xbb", None),
    ],
)
def test_other_protocols_are_named(data: bytes, protocol: str | None) -> None:
    with pytest.raises(NotRdp) as caught:
        x224.frame_length(data)
    assert caught.value.protocol == protocol


def test_lengths_of_tpkt() -> None:
    assert x224.frame_length(b"") is None and x224.frame_length(b"\x03\0\0") is None
    assert x224.frame_length(bytes.fromhex("03000013")) == 19
    for wrong in ("03000006", "0300ffff", "03002001"):
        with pytest.raises(Malformed):
            x224.frame_length(bytes.fromhex(wrong))
    with pytest.raises(NotRdp):
        x224.frame_length(bytes.fromhex("0301"))


def fresh() -> dict[str, bool | None]:
    return dict.fromkeys(negotiation.PROTOCOLS.values())


@each(
    ("asked", "answer", "known"),
    [
        (0x0B, negotiation.Answer(0, 8, None), {"nla_ex": True}),
        (0x0B, negotiation.Answer(0, 2, None), {"nla": True, "nla_ex": False}),
        (0x0B, negotiation.Answer(0, 1, None), {"tls": True, "nla": False, "nla_ex": False}),
        (0x0B, negotiation.Answer(0, 0, None), {"rdp": True, "tls": False, "nla": False, "nla_ex": False}),
        (0x0B, None, {"rdp": True, "tls": False, "nla": False, "nla_ex": False}),
        (0x03, negotiation.Answer(0, None, 5), {"tls": False, "nla": False}),
        (0x05, negotiation.Answer(0, 1, None), {"tls": True, "rdstls": False}),
        (0x05, negotiation.Answer(0, 4, None), {"rdstls": True}),
        (0x05, negotiation.Answer(0, None, 5), {"tls": False, "rdstls": False}),
        (0x05, negotiation.Answer(0, None, 2), {"rdstls": False}),
        (0, negotiation.Answer(0, None, 5), {"rdp": False}),
        (0x10, negotiation.Answer(0, 16, None), {"aad": True}),
    ],
)
def test_only_a_selection_is_a_yes(asked: int, answer: negotiation.Answer | None, known: dict[str, bool]) -> None:
    offered = fresh()
    negotiation.learn(offered, asked, answer)
    assert {name: value for name, value in offered.items() if value is not None} == known


def test_a_selection_outlives_a_refusal() -> None:
    offered = fresh()
    negotiation.learn(offered, 0x01, negotiation.Answer(0, 1, None))
    negotiation.learn(offered, 0x03, negotiation.Answer(0, None, 2))
    assert offered["tls"] is True and offered["nla"] is False


# MCS.


def test_the_answer_to_connect_initial() -> None:
    assert mcs.parse_response(vector("MCS-CR")) == mcs.Response(0, 0x00080004, 0, 2, 3, 512)


def test_a_conference_that_is_refused() -> None:
    assert mcs.parse_response(x224.data(b"\x7f\x66\x03\x0a\x01\x0f")) == mcs.Response(15)


def damaged_mcs(change: int, value: bytes) -> bytes:
    whole = vector("MCS-CR")
    return whole[:change] + value + whole[change + len(value) :]


@pytest.mark.parametrize(
    "data",
    [
        vector("MCS-CR")[:60],
        vector("MCS-CR")[:4] + b"\x02\xf0",
        vector("MCS-CR").replace(b"McDn", b"XxXx"),
        # a block of length 0: scanners have looped there for ever
        damaged_mcs(vector("MCS-CR").index(b"McDn") + 8, b"\0\0"),
        damaged_mcs(vector("MCS-CR").index(b"McDn") + 8, b"\x03\0"),
        damaged_mcs(vector("MCS-CR").index(b"McDn") + 8, b"\xff\xff"),
        x224.packet(b"\x06\xd0\0\0\0\0\0"),
    ],
)
def test_damaged_mcs_answers(data: bytes) -> None:
    with pytest.raises(Malformed):
        mcs.parse_response(data)


# CredSSP and NTLM.


def test_the_challenge() -> None:
    assert credssp.frame_length(vector("TSREQ-CHAL")) == 245 == len(vector("TSREQ-CHAL"))
    request = credssp.parse(vector("TSREQ-CHAL"))
    assert request.version == 6 and request.error is None and request.token == vector("NTLM-CHAL")
    challenge = ntlm.parse_challenge(vector("NTLM-CHAL"))
    assert challenge.names == {
        "target": "CORP",
        "domain": "CORP",
        "computer": "SRV01",
        "dns_domain": "corp.example.test",
        "dns_computer": "srv01.corp.example.test",
        "dns_forest": "example.test",
    }
    assert challenge.version == (10, 0, 20348)
    assert challenge.time == 1767323045.0


def test_a_challenge_as_a_server_sent_it() -> None:
    request = credssp.parse(vector("TSREQ-FREERDP"))
    assert request.token
    challenge = ntlm.parse_challenge(request.token)
    assert (
        challenge.names["computer"] == "VM"
        and challenge.names["dns_computer"] == "vm"
        and challenge.version == (6, 1, 7601)
    )


def test_a_challenge_inside_spnego() -> None:
    wrapped = der.tlv(0xA1, der.tlv(0x30, der.tlv(0xA2, der.tlv(0x04, vector("NTLM-CHAL")))))
    assert ntlm.parse_challenge(wrapped) == ntlm.parse_challenge(vector("NTLM-CHAL"))


@pytest.mark.parametrize("name", ["TSREQ-ERR-4", "TSREQ-ERR-5"])
def test_both_forms_of_an_error(name: str) -> None:
    assert credssp.parse(vector(name)) == credssp.TsRequest(6, None, 0xC000006D)


@pytest.mark.parametrize("at", [12, 14, 16, 40, 44])
def test_fields_outside_the_challenge(at: int) -> None:
    message = bytearray(vector("NTLM-CHAL"))
    message[at : at + 2] = b"\xff\xff"
    if at == 14:  # the allocated length means nothing
        assert ntlm.parse_challenge(bytes(message)).version
    else:
        with pytest.raises(Malformed):
            ntlm.parse_challenge(bytes(message))


@pytest.mark.parametrize(
    "token", [b"", b"NTLMSSP\0", vector("NTLM-NEG"), b"NTLMSSP\0" + struct.pack("<I", 3) + bytes(60)]
)
def test_what_is_no_challenge(token: bytes) -> None:
    with pytest.raises(Malformed):
        ntlm.parse_challenge(token)


def test_lengths_of_ts_requests() -> None:
    assert (
        credssp.frame_length(b"\x30") is None
        and credssp.frame_length(b"\x30\x82\x01") is None
        and credssp.frame_length(b"\x30\x03") == 5
    )
    for wrong in (b"H", b"\x30\x80", b"\x30\x85", b"\x30\x84\xff\xff\xff\xff", b"\x30\x83\x01\x00\x00"):
        with pytest.raises(Malformed):
            credssp.frame_length(wrong)


# Other libraries agree.

# Characters that steer a terminal are replaced, which has a test of its own.
_text = st.text(st.characters(max_codepoint=0xD7FF).filter(str.isprintable), min_size=1, max_size=30)


@given(
    names=st.fixed_dictionaries({}, optional={1: _text, 2: _text, 3: _text, 4: _text, 5: _text}),
    filetime=st.none() | st.integers(1, 2650467743990000000),
    version=st.none() | st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 65535)),
    target=st.none() | _text,
)
def test_challenges_made_by_pyspnego(
    names: dict[int, str], filetime: int | None, version: tuple[int, int, int] | None, target: str | None
) -> None:
    info = ntlm_oracle.TargetInfo()
    for key, value in names.items():
        info[ntlm_oracle.AvId(key)] = value
    if filetime is not None:
        stamp = ntlm_oracle.FileTime.unpack(struct.pack("<Q", filetime))
        info[ntlm_oracle.AvId.timestamp] = stamp
    flags = ntlm_oracle.NegotiateFlags.unicode | (ntlm_oracle.NegotiateFlags.request_target if target else 0)
    if version:
        flags |= ntlm_oracle.NegotiateFlags.version
    made = ntlm_oracle.Challenge(
        flags=flags,
        server_challenge=b"12345678",
        target_name=target,
        target_info=info,
        version=ntlm_oracle.Version(major=version[0], minor=version[1], build=version[2]) if version else None,
    )
    read = ntlm.parse_challenge(made.pack())
    expected = {
        {1: "computer", 2: "domain", 3: "dns_computer", 4: "dns_domain", 5: "dns_forest"}[key]: value
        for key, value in names.items()
    }
    assert read.names == {**expected, **({"target": target} if target else {})}
    assert read.version == version
    if filetime is None:
        assert read.time is None
    else:
        assert read.time == pytest.approx(filetime / 1e7 - 11644473600, abs=1e-3)


@given(
    token=st.binary(max_size=3000),
    version=st.integers(2, 6),
    error=st.none() | st.integers(0, 0xFFFFFFFF),
    nonce=st.none() | st.binary(min_size=32, max_size=32),
)
def test_ts_requests_made_by_pyspnego(token: bytes, version: int, error: int | None, nonce: bytes | None) -> None:
    tokens: Any = [theirs.NegoData(token)]
    made = theirs.TSRequest(version=version, nego_tokens=tokens, error_code=error, client_nonce=nonce).pack()
    assert credssp.frame_length(made) == len(made)
    assert credssp.parse(made) == credssp.TsRequest(version, token, error)


def test_pyspnego_reads_ours() -> None:
    request = theirs.TSRequest.unpack(credssp.request(ntlm.NEGOTIATE))
    assert request.version == 6 and request.nego_tokens
    message = ntlm_oracle.NTLMMessage.unpack(request.nego_tokens[0].nego_token)
    assert isinstance(message, ntlm_oracle.Negotiate) and message.domain_name is None and message.workstation is None


def test_impacket_agrees() -> None:
    impacket = oracle("impacket.ntlm", "impacket")
    theirs = impacket.NTLMAuthChallenge(vector("NTLM-CHAL"))
    pairs = impacket.AV_PAIRS(theirs["TargetInfoFields"])
    ours = ntlm.parse_challenge(vector("NTLM-CHAL")).names
    assert pairs[impacket.NTLMSSP_AV_HOSTNAME][1].decode("utf-16-le") == ours["computer"]
    assert pairs[impacket.NTLMSSP_AV_DNS_HOSTNAME][1].decode("utf-16-le") == ours["dns_computer"]
    assert pairs[impacket.NTLMSSP_AV_DNS_DOMAINNAME][1].decode("utf-16-le") == ours["dns_domain"]


def test_asn1crypto_agrees() -> None:
    core = oracle("asn1crypto.core", "asn1crypto")
    for size in (0, 1, 127, 128, 255, 256, 65535, 65536):
        content = bytes(size)
        assert core.OctetString(content).dump() == der.tlv(0x04, content)
        assert der.read(der.tlv(0x04, content), 0, 0x04) == (0x04, content, len(der.tlv(0x04, content)))
    for number in (0, 1, 127, 128, 255, 256, 32767, 32768, 2**31):
        assert core.Integer(number).dump() == der.integer(number)


# Whatever comes, a parser gives a value or says what is wrong.

PARSERS: list[Any] = [
    x224.frame_length,
    x224.parse_answer,
    x224.parse_ultimatum,
    negotiation.parse,
    credssp.frame_length,
    credssp.parse,
    ntlm.parse_challenge,
    mcs.parse_response,
    lambda data: list(tls.RecordReader().feed(data)),
    lambda data: tls.Watch().feed(data),
    tls.plain_alert,
    lambda data: tls.Flight().feed(data),
    lambda data: der.read(data, 0),
]
SEEDS = [*map(vector, VECTORS), tls.client_hello(0x0303, bytes(32), "host")]


@pytest.mark.parametrize("parser", PARSERS)
@given(data=st.binary(max_size=600))
def test_arbitrary_bytes(parser: Any, data: bytes) -> None:
    _only_malformed(parser, data)


@pytest.mark.takes_long
@pytest.mark.parametrize("parser", PARSERS)
@given(
    seed=st.sampled_from(SEEDS),
    cut=st.integers(0, 700),
    changes=st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), max_size=8),
)
def test_damaged_messages(parser: Any, seed: bytes, cut: int, changes: list[tuple[int, int]]) -> None:
    data = bytearray(seed[: len(seed) - cut] if cut < len(seed) else seed)
    for at, value in changes:
        if at < len(data):
            data[at] = value
    _only_malformed(parser, bytes(data))


def _only_malformed(parser: Any, data: bytes) -> None:
    try:
        parser(data)
    except (Malformed, NotRdp) as error:
        text = str(error)
        assert text and not text.endswith(".")


# TLS without keys.


@given(cuts=st.lists(st.integers(1, 40), max_size=30))
def test_a_flight_may_come_in_any_pieces(cuts: list[int]) -> None:
    whole = server_flight([b"first certificate", b"second"])
    flight = tls.Flight()
    at = 0
    for size in cuts:
        flight.feed(whole[at : at + size])
        at += size
    flight.feed(whole[at:])
    assert (flight.version, flight.cipher, flight.certificates, flight.complete) == (
        0x0301,
        0x0005,
        [b"first certificate", b"second"],
        True,
    )


def server_flight(certificates: list[bytes]) -> bytes:
    def message(kind: int, body: bytes) -> bytes:
        return bytes((kind,)) + len(body).to_bytes(3, "big") + body

    hello = struct.pack(">H", 0x0301) + bytes(32) + b"\x04abcd" + struct.pack(">HB", 5, 0)
    listed = b"".join(len(each).to_bytes(3, "big") + each for each in certificates)
    body = message(2, hello) + message(11, len(listed).to_bytes(3, "big") + listed) + message(14, b"")
    return b"".join(
        struct.pack(">BHH", 22, 0x0301, len(body[at : at + 20])) + body[at : at + 20] for at in range(0, len(body), 20)
    )


def test_alerts_in_a_flight() -> None:
    flight = tls.Flight()
    flight.feed(bytes.fromhex("15030100020170"))  # a warning: unrecognized_name
    assert flight.alert is None and not flight.complete
    flight.feed(bytes.fromhex("15030100020246"))
    assert flight.alert == 70 and flight.complete
    assert tls.plain_alert(bytes.fromhex("1503010002017015030100020228")) == 40


def test_a_flight_has_an_end() -> None:
    flight = tls.Flight()
    record = struct.pack(">BHH", 22, 0x0301, 16384) + b"\x02\x03\xff\xff" + bytes(16380)
    with pytest.raises(Malformed):
        for _turn in range(100):
            flight.feed(record)


@pytest.mark.parametrize(
    ("version", "cipher", "weak"),
    [
        ("TLSv1.3", "TLS_AES_256_GCM_SHA384", []),
        ("TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", []),
        ("TLSv1", "DES-CBC3-SHA", ["version TLSv1", "cipher 3DES"]),
        ("SSLv3", "RC4-MD5", ["version SSLv3", "cipher RC4", "cipher MD5"]),
        ("TLSv1.2", "DES-CBC-SHA", ["cipher DES"]),
        ("TLSv1.2", "NULL-SHA256", ["cipher no encryption"]),
    ],
)
def test_weaknesses(version: str, cipher: str, weak: list[str]) -> None:
    assert tls.weaknesses(version, cipher) == weak
