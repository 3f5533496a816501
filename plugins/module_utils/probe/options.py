# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""The options of winops.rdp.probe, for the module and the action, and the sentences about those that cannot be used."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.gateway import PORT as GATEWAY_PORT
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import DEPTHS
from ansible_collections.winops.rdp.plugins.module_utils.probe.targets import Target, TargetError, expand
from ansible_collections.winops.rdp.plugins.module_utils.wire import x224

ARGUMENT_SPEC: dict[str, dict[str, Any]] = {
    "host": {"type": "str"},
    "port": {"type": "int", "default": 3389},
    "targets": {"type": "list", "elements": "str"},
    "max_targets": {"type": "int", "default": 16384},
    "timeout": {"type": "float", "default": 5.0},
    "deadline": {"type": "float", "default": 30.0},
    "total_deadline": {"type": "float"},
    "concurrency": {"type": "int", "default": 2048},
    "spacing": {"type": "float", "default": 0.0},
    "depth": {"type": "str", "choices": list(DEPTHS), "default": "full"},
    "server_name": {"type": "str"},
    "load_balance_info": {"type": "str"},
    "results_path": {"type": "path"},
    "gateway": {"type": "str"},
    "account": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "connection_account": {"type": "bool", "default": False},
    "fingerprints": {"type": "list", "elements": "str"},
    "send_credentials": {"type": "bool", "default": False},
    "max_hosts": {"type": "int", "default": 3},
    "via": {"type": "list", "elements": "str"},
}
MUTUALLY_EXCLUSIVE = [
    ("host", "targets"),
    ("server_name", "targets"),
    ("via", "targets"),
    ("via", "gateway"),
    ("via", "account"),
    ("via", "connection_account"),
    ("account", "targets"),
    ("account", "connection_account"),
    ("password", "connection_account"),
    *[("gateway", name) for name in ("host", "targets", "load_balance_info", "send_credentials")],
]
REQUIRED_BY = {"password": ("account",)}
# What an account is tried with. It never leaves the controller: a vantage host is not given any of it.
OF_ACCOUNT = ("account", "password", "connection_account", "fingerprints", "send_credentials", "max_hosts")

_SECONDS = {
    "timeout": (0.05, 120.0),
    "deadline": (0.1, 3600.0),
    "total_deadline": (0.1, 86400.0),
    "spacing": (0.0, 60.0),
}
_COUNTS = {"port": (1, 65535), "concurrency": (1, 20000), "max_targets": (1, 1048576), "max_hosts": (1, 1048576)}


class OptionError(ValueError):
    """An option that cannot be used, in one sentence."""


def tries_account(options: dict[str, Any]) -> bool:
    """Whether an account is to be tried."""
    return bool(options.get("account") or options.get("connection_account"))


def check(options: dict[str, Any], on_controller: bool = False) -> list[Target]:
    """The targets that the options name. Raises ``OptionError``."""
    check_ranges(options)
    _check_account(options, on_controller)
    if options.get("via") == []:
        raise OptionError("winops.rdp.probe: via is empty; name at least one host, localhost for the controller.")
    if options["load_balance_info"]:
        check_token(options["load_balance_info"])
    if options["gateway"]:
        return _gateway(options["gateway"])
    given = options["targets"]
    if given is None:
        given = [options["host"]] if (options["host"] or "").strip() else []
        if not given:
            raise OptionError("winops.rdp.probe: give host (one name or address), targets (a list) or gateway.")
    if not given:
        raise OptionError(
            "winops.rdp.probe: targets is empty; give at least one host, host:port or network in CIDR notation."
        )
    try:
        return expand(given, options["port"], options["max_targets"], networks=options["targets"] is not None)
    except TargetError as error:
        raise OptionError(f"winops.rdp.probe: {error}.") from None


def _gateway(text: str) -> list[Target]:
    try:
        return expand([text], GATEWAY_PORT, 1, networks=False)
    except TargetError as error:
        raise OptionError(f"winops.rdp.probe: gateway: {error}.") from None


def _check_account(options: dict[str, Any], on_controller: bool) -> None:
    if not tries_account(options):
        return
    if not on_controller:
        raise OptionError(
            "winops.rdp.probe: an account is tried from the controller alone, so that it reaches no other machine;"
            " leave out delegate_to, or the account."
        )
    if options["targets"] is not None:
        raise OptionError("winops.rdp.probe: an account is tried on one host; give host instead of targets.")
    if not options["fingerprints"]:
        raise OptionError(
            "winops.rdp.probe: an account is tried only on a host whose certificate is known; give its SHA-256 or"
            " SHA-1 in fingerprints, as the host itself says it (winops.rdp.facts), not as it was seen from outside."
        )


def check_ranges(options: dict[str, Any], module: str = "probe") -> None:
    """Raises ``OptionError`` for a number outside what there is. ``module`` is the one whose options they are."""
    for name, (least, most) in {**_SECONDS, **_COUNTS}.items():
        value = options.get(name)
        if value is not None and not least <= value <= most:
            unit = " seconds" if name in _SECONDS else ""
            raise OptionError(f"winops.rdp.{module}: {name} is {value:g}; it must be from {least:g} to {most:g}{unit}.")


def check_token(text: str, module: str = "probe") -> None:
    """Raises ``OptionError`` for a routing token that the protocol cannot carry."""
    try:
        token = text.encode("latin-1")
        x224.connection_request(0, routing_token=token)
    except UnicodeError:
        raise OptionError(
            f"winops.rdp.{module}: load_balance_info holds characters that the protocol cannot carry; use ASCII."
        ) from None
    except ValueError as error:
        raise OptionError(f"winops.rdp.{module}: load_balance_info is too long ({error}).") from None
    if b"\r" in token.rstrip(b"\r\n") or b"\n" in token.rstrip(b"\r\n"):
        raise OptionError(f"winops.rdp.{module}: load_balance_info must be a single line.")


def probe_options(options: dict[str, Any]) -> dict[str, Any]:
    """The options that the probe of one listener takes."""
    names = ("timeout", "deadline", "server_name", "load_balance_info", "depth", "spacing")
    return {name: options[name] for name in names}


def progress_sentence(done: int, count: int, gets_in: int, seconds: float) -> str | None:
    """What is said of a long sweep now and then."""
    return (
        f"winops.rdp.probe: {done:,} of {count:,} targets looked at after {seconds:.0f} s, {gets_in:,} let clients in"
    )
