# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pairs of a policy file as it is and as a step would have it: those that are allowed, and what a hostile plan might
try.

Whoever holds steps to the closed list is held to these: Python, the host script and the model alike.
"""

from __future__ import annotations

import struct

from tests.hosts.group_policy import KEY, OURS, number, pol, row

OTHER = r"Software\Policies\Microsoft\Windows\System"
TEXT = "deny\0".encode("utf-16-le")
# What an administrator's own file has beside the values of Remote Desktop: also bytes that look like the marks of the
# format, a kind that nobody knows, and a binary value of an odd length.
FOREIGN = (
    row(OTHER, "Shell", 1, TEXT),
    row(OTHER, "Blob", 3, b"[\0;\0]\0\0\0x"),
    row(OTHER, "**del.Gone", 1, " \0".encode("utf-16-le")),
    row(r"Software\Policies\Odd", "Kind", 0x1234, b"\1"),
    row(OTHER, "**Comment:Note", 1, TEXT),
)
FIRST, *MORE = FOREIGN


def _without_nul(key: str, name: str, value: int) -> bytes:
    text = f"[{key};{name};".encode("utf-16-le")
    return text + struct.pack("<I", 4) + b";\0" + struct.pack("<I", 4) + b";\0" + struct.pack("<I", value) + b"]\0"


Pair = tuple[str, bytes | None, bytes]
POL_ALLOWED: list[Pair] = [
    ("new file", None, pol(number("SecurityLayer", 2))),
    ("empty file", pol(), pol(number("SecurityLayer", 1))),
    ("appended", pol(*FOREIGN), pol(*FOREIGN, number("UserAuthentication", 1))),
    (
        "in its place",
        pol(FIRST, number("SecurityLayer", 0), *MORE),
        pol(FIRST, number("SecurityLayer", 2), *MORE),
    ),
    ("a deletion replaced", pol(row(KEY, "**del.SecurityLayer", 1, b" \0\0\0")), pol(number("SecurityLayer", 2))),
    ("all four", pol(*FOREIGN), pol(*FOREIGN, number("MinEncryptionLevel", 3), number("fDenyTSConnections", 1))),
    (
        "a bad one that stays",
        pol(number("SecurityLayer", 0)),
        pol(number("SecurityLayer", 0), number("UserAuthentication", 1)),
    ),
    ("another case", pol(number("securitylayer", 0, KEY.lower())), pol(number("SecurityLayer", 2))),
    ("without NUL", pol(_without_nul(KEY, "SecurityLayer", 0)), pol(number("SecurityLayer", 2))),
]
POL_REFUSED: list[Pair] = [
    ("no TLS", pol(*FOREIGN), pol(*FOREIGN, number("SecurityLayer", 0))),
    ("no NLA", None, pol(number("UserAuthentication", 0))),
    ("no TLS behind one that is allowed", None, pol(number("SecurityLayer", 2), number("SecurityLayer", 0))),
    ("no TLS in another case", None, pol(number("SECURITYLAYER", 0, KEY.upper()))),
    ("no TLS without NUL", None, pol(_without_nul(KEY, "SecurityLayer", 0))),
    ("no TLS as text", None, pol(row(KEY, "SecurityLayer", 1, "0\0".encode("utf-16-le")))),
    ("no TLS behind a NUL", None, pol(row(KEY + "\0x", "SecurityLayer", 4, bytes(4)))),
    ("no TLS where absent", None, pol(row(KEY, "**soft.SecurityLayer", 4, bytes(4)))),
    (
        "turned round",
        pol(number("SecurityLayer", 0), number("SecurityLayer", 2)),
        pol(number("SecurityLayer", 2), number("SecurityLayer", 0)),
    ),
    ("a value deleted", pol(number("SecurityLayer", 2)), pol(row(KEY, "**del.SecurityLayer", 1, b" \0\0\0"))),
    ("a value gone", pol(number("SecurityLayer", 2)), pol(number("UserAuthentication", 1))),
    ("all values deleted", pol(), pol(row(KEY, "**delvals.", 1, b" \0\0\0"), number("SecurityLayer", 2))),
    ("another value", pol(), pol(number("SecurityLayer", 2), number("fPromptForPassword", 0))),
    ("another key", pol(), pol(number("SecurityLayer", 2, OTHER))),
    ("a key below", pol(), pol(number("SecurityLayer", 2, KEY + "\\x"))),
    ("a key that looks the same", pol(), pol(number("SecurityLayer", 2, KEY + "\u00ad"))),
    ("another's entry gone", pol(*FOREIGN), pol(*MORE, number("SecurityLayer", 2))),
    (
        "another's entry changed",
        pol(FIRST),
        pol(row(OTHER, "Shell", 1, TEXT.replace(b"d", b"D")), number("SecurityLayer", 2)),
    ),
    ("others in another order", pol(*FOREIGN), pol(*MORE, FIRST, number("SecurityLayer", 2))),
    ("no policy file", pol(), b"MZ" + bytes(20)),
    ("empty", pol(), b""),
    ("another version", pol(), b"PReg\2\0\0\0" + number("SecurityLayer", 2)),
    ("cut off", pol(), pol(number("SecurityLayer", 2))[:-1]),
    ("something behind", pol(), pol(number("SecurityLayer", 2)) + b"x"),
    (
        "a size beyond the end",
        pol(),
        pol(number("SecurityLayer", 2).replace(b";\0\4\0\0\0;\0\2", b";\0\xff\xff\xff\xff;\0\2")),
    ),
    ("over one that is malformed", b"PReg", pol(number("SecurityLayer", 2))),
]
HEAD = b"[General]\r\n"
LISTED = b"gPCMachineExtensionNames=" + OURS.encode() + b"\r\n"
SCRIPTS = b"[{42B5FAAE-6536-11D2-AE5A-0000F87571E3}{40B6664F-4972-11D1-A7CA-0000F87571E3}]"
USERS = b"gPCUserExtensionNames=" + OURS.encode() + b"\r\n"
INI_ALLOWED: list[Pair] = [
    ("new file", None, HEAD + LISTED + b"Version=1\r\n"),
    ("counted up", HEAD + LISTED + b"Version=7\r\n", HEAD + LISTED + b"Version=8\r\n"),
    ("users' half stays", HEAD + LISTED + b"Version=196612\r\n", HEAD + LISTED + b"Version=196613\r\n"),
    ("round", HEAD + LISTED + b"Version=65535\r\n", HEAD + LISTED + b"Version=1\r\n"),
    (
        "extension listed",
        HEAD + b"gPCMachineExtensionNames=" + SCRIPTS + b"\r\nVersion=2\r\n" + USERS,
        HEAD + b"gPCMachineExtensionNames=" + OURS.encode() + SCRIPTS + b"\r\nVersion=3\r\n" + USERS,
    ),
]
INI_REFUSED: list[Pair] = [
    ("not counted", HEAD + b"Version=7\r\n", HEAD + LISTED + b"Version=7\r\n"),
    ("counted twice", HEAD + LISTED + b"Version=7\r\n", HEAD + LISTED + b"Version=9\r\n"),
    ("the users' half", HEAD + LISTED + b"Version=1\r\n", HEAD + LISTED + b"Version=65538\r\n"),
    ("another line", HEAD + LISTED + b"Version=1\r\n", HEAD + LISTED + b"Options=1\r\nVersion=2\r\n"),
    ("a line gone", HEAD + LISTED + USERS + b"Version=1\r\n", HEAD + LISTED + b"Version=2\r\n"),
    (
        "an extension gone",
        HEAD + b"gPCMachineExtensionNames=" + SCRIPTS + b"\r\nVersion=1\r\n",
        HEAD + LISTED + b"Version=2\r\n",
    ),
    (
        "another extension",
        HEAD + LISTED + b"Version=1\r\n",
        HEAD + b"gPCMachineExtensionNames=" + OURS.encode() + SCRIPTS + b"\r\nVersion=2\r\n",
    ),
    ("two versions", HEAD + LISTED + b"Version=1\r\n", HEAD + LISTED + b"Version=2\r\nVersion=9\r\n"),
    ("no number", HEAD + LISTED + b"Version=1\r\n", HEAD + LISTED + b"Version=two\r\n"),
    ("another section", None, b"[Other]\r\n" + LISTED + b"Version=1\r\n"),
]
