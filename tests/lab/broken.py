# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to a healthy host of the lab, so that an audit has something to find."""

from __future__ import annotations

from collections.abc import Callable

from . import prefix as lab
from .prefix import RDP, Prefix
from .steps import state


def _expired(host: Prefix) -> None:
    lab.expired(host)


def _disabled(host: Prefix) -> None:
    ran = host.pwsh("-Command", "Set-Service SessionEnv -StartupType Disabled; Stop-Service SessionEnv")
    assert ran.code == 0 and state(host, "SessionEnv") == 1, ran


def _layer(host: Prefix) -> None:
    host.must("reg", "add", RDP, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "5", "/f")


def _pin(host: Prefix) -> None:
    """Two faults: the folder of machine keys is hardened as well."""
    host.must("reg", "add", RDP, "/v", "SSLCertificateSHA1Hash", "/t", "REG_BINARY", "/d", "5A" * 20, "/f")
    lab.machine_keys(host).chmod(0o755)


def _nothing(host: Prefix) -> None:
    pass


FAULTS: dict[str, Callable[[Prefix], None]] = {
    "expired": _expired,
    "disabled": _disabled,
    "layer": _layer,
    "pin": _pin,
    "healthy": _nothing,
}
