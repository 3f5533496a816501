# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""Targets as people write them: names, addresses, host:port, networks."""

from __future__ import annotations

import ipaddress
import re
from typing import Union

# Host and port.
Target = tuple[str, int]
_Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]
_NAME = re.compile(r"[^\s:/\[\]@?#\\]+")


class TargetError(ValueError):
    """A target that cannot be used; a clause without a full stop."""


def expand(given: list[str], port: int, most: int, networks: bool = True) -> list[Target]:
    """Every target once, in the order given.

    ``port`` is that of targets without one; more than ``most`` are refused. Raises ``TargetError``.
    """
    found: dict[Target, None] = {}
    for text in given:
        if "://" in text:
            raise TargetError(
                f"'{text}' is a URL; write the name or address alone, with :port if it is not the usual one"
            )
        network, own_port = _network(text.strip()) if networks else (None, None)
        if network is None:
            found[_target(text.strip(), port)] = None
        else:
            size = (
                max(1, network.num_addresses - 2)
                if network.version == 4 and network.prefixlen < 31
                else network.num_addresses
            )
            if len(found) + size > most:
                raise TargetError(
                    f"'{text}' has {size:,} addresses, which makes more than {most:,} targets;"
                    " name a smaller network or raise max_targets"
                )
            for address in network.hosts():
                found[str(address), own_port or port] = None
        if len(found) > most:
            raise TargetError(f"there are more than {most:,} targets; name fewer or raise max_targets")
    return list(found)


def _network(text: str) -> tuple[_Network | None, int | None]:
    if "/" not in text:
        return None, None
    address, _slash, rest = text.partition("/")
    length, colon, port = rest.partition(":")
    try:
        return ipaddress.ip_network(f"{address.strip('[]')}/{length}", strict=False), _port(
            port, text
        ) if colon else None
    except ValueError as error:
        if isinstance(error, TargetError):
            raise
        raise TargetError(f"'{text}' is no network; write it like 192.0.2.0/24 or 192.0.2.0/24:3390") from None


def is_host(text: str) -> bool:
    """Whether a text is a name or an address alone, without a port or anything else."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return bool(_NAME.fullmatch(text))
    return True


def _target(text: str, port: int) -> Target:
    try:
        return str(ipaddress.ip_address(text)), port  # a bare IPv6 address has colons of its own
    except ValueError:
        pass
    bracketed = re.fullmatch(r"\[([^\]]*)\](?::(.*))?", text)
    host, own_port = bracketed.groups() if bracketed else (text, None)
    if not bracketed and text.count(":") == 1:
        host, _colon, own_port = text.partition(":")
    if bracketed:
        try:
            ipaddress.ip_address(host)
        except ValueError:
            raise TargetError(
                f"'{text}' has no IPv6 address in its brackets; write it like [2001:db8::1]:3389"
            ) from None
    elif "%" in host and ":" in host:
        return host, port  # a link-local address with its interface
    elif not _NAME.fullmatch(host):
        raise TargetError(f"'{text}' is no host; write a name or address, with :port if it is not the usual one")
    return host, _port(own_port, text) if own_port is not None else port


def _port(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise TargetError(f"'{where}' has no usable port; it must be a number from 1 to 65535")
    return int(text)
