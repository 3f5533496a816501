# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specifications of the modules that run as actions, and their validation."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterable
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.validation import check_type_list
from ansible.module_utils.parsing.convert_bool import boolean
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import bind

Spec = dict[str, dict[str, Any]]

_PROBE: Spec = {
    "probe": {"type": "bool", "default": True},
    "probe_host": {"type": "str"},
    "probe_port": {"type": "int"},
    "probe_timeout": {"type": "float", "default": 5.0},
}
_CHOICE: Spec = {
    "tighten": {"type": "raw", "default": False},
    "open": {"type": "raw", "default": False},
    "drop_dead_pin": {"type": "bool", "default": False},
    "skip_findings": {"type": "list", "elements": "str", "default": []},
    "only_findings": {"type": "list", "elements": "str", "default": []},
}
_CHANGE: Spec = {
    "allow_disconnect": {"type": "bool", "default": False},
    "journal_dir": {"type": "path", "default": "~/.winops.rdp/journals"},
}

_ROLLBACK: Spec = {"rollback": {"type": "bool", "default": True}}

SPECS: dict[str, Spec] = {
    "facts": {
        "sections": {"type": "list", "elements": "str", "choices": list(contract.SECTIONS)},
        "bundle_dir": {"type": "path"},
        **_PROBE,
    },
    "diagnose": {
        **_PROBE,
        "bundle_path": {"type": "path"},
        "client_code": {"type": "str"},
        "client_address": {"type": "str"},
        "reference_path": {"type": "path"},
        "since": {"type": "str"},
        "forecast_days": {"type": "int", "default": 30},
        "fail_on": {"type": "str", "choices": ["never", "broken", "degraded"], "default": "never"},
        "results_dir": {"type": "path"},
        "allow_disconnect": {"type": "bool", "default": False},
        **_CHOICE,
    },
    "remediate": {
        **_PROBE,
        **_CHANGE,
        **_ROLLBACK,
        "results_dir": {"type": "path"},
        **_CHOICE,
    },
    "certificate": {
        **_PROBE,
        **_CHANGE,
        **_ROLLBACK,
        "state": {"type": "str", "choices": ["renewed", "bound", "self_signed"], "default": "renewed"},
        "thumbprint": {"type": "str"},
        **{name: {"type": "str"} for name in bind.CRITERIA},
        "allow_name_mismatch": {"type": "bool", "default": False},
        "force": {"type": "bool", "default": False},
    },
    "listener": {
        **_PROBE,
        **_CHANGE,
        **_ROLLBACK,
        "security_layer": {"type": "str", "choices": ["negotiate", "tls"]},
        "nla": {"type": "bool"},
        "encryption_level": {"type": "str", "choices": ["client_compatible", "high", "fips"]},
        "negotiation": {"type": "bool"},
        "enabled": {"type": "bool"},
    },
    "service": {
        **_PROBE,
        **_CHANGE,
        **_ROLLBACK,
        "name": {"type": "str", "choices": list(contract.SERVICES)},
        "state": {"type": "str", "choices": ["started", "restarted"]},
        "start_type": {"type": "str", "choices": ["manual", "automatic"]},
    },
    "machine_keys": {**_PROBE, **_CHANGE, **_ROLLBACK},
    "report": {
        "results": {"type": "dict"},
        "results_path": {"type": "list", "elements": "path"},
        "expected": {"type": "list", "elements": "str", "default": []},
        "report_dir": {"type": "path", "required": True},
        "formats": {
            "type": "list",
            "elements": "str",
            "choices": ["html", "json", "csv", "prometheus"],
            "default": ["html", "json", "csv", "prometheus"],
        },
        "title": {"type": "str", "default": "Remote Desktop"},
        "mode": {"type": "raw", "default": "0600"},
    },
    "restore": {
        **_PROBE,
        **_CHANGE,
        "state": {"type": "str", "choices": ["restored", "listed"], "default": "restored"},
        "run": {"type": "str"},
        "journal": {"type": "str"},
    },
    "offline": {
        "kind": {"type": "str", "choices": ["collect", "repair"], "default": "collect"},
        "dest": {"type": "path", "required": True},
        "bundle_path": {"type": "path"},
        "allow_disconnect": {"type": "bool", "default": False},
        **_CHOICE,
    },
    "witnesses": {**_PROBE, "results_dir": {"type": "path"}},
    "summary": {
        "kind": {"type": "str", "choices": ["audit", "remediate", "restore"], "required": True},
        "hosts": {"type": "raw", "default": "all"},
        "report_dir": {"type": "path"},
        "title": {"type": "str", "default": "Remote Desktop"},
    },
}
RULES: dict[str, dict[str, Any]] = {
    "facts": {"mutually_exclusive": [("sections", "bundle_dir")]},
    "certificate": {
        "required_if": [("state", "bound", ("thumbprint", *bind.CRITERIA), True)],
        "mutually_exclusive": [("thumbprint", name) for name in bind.CRITERIA],
    },
    "listener": {"required_one_of": [("security_layer", "nla", "encryption_level", "negotiation", "enabled")]},
    "offline": {"required_if": [("kind", "repair", ("bundle_path",))]},
    "report": {"mutually_exclusive": [("results", "results_path")], "required_one_of": [("results", "results_path")]},
    "restore": {"mutually_exclusive": [("run", "journal")]},
    "service": {"required_one_of": [("state", "start_type")]},
}


class ArgumentError(ValueError):
    """A task gave options that cannot be used."""


def _with_home(module: str, given: dict[str, Any]) -> dict[str, Any]:
    """The options with each path from the home folder written out: Ansible itself trusts any ``HOME``."""
    whole = dict(given)
    try:
        for name, option in SPECS[module].items():
            path = given.get(name, option.get("default"))
            if option["type"] == "path" and isinstance(path, str):
                whole[name] = files.expanded(path)
    except files.FileProblem as problem:
        raise ArgumentError(f"winops.rdp.{module}: {problem}") from problem
    return whole


def validate(module: str, given: dict[str, Any]) -> dict[str, Any]:
    """The options with defaults and types. Raises ``ArgumentError`` with one sentence."""
    result = ArgumentSpecValidator(SPECS[module], **RULES.get(module, {})).validate(_with_home(module, given))
    if result.error_messages:
        raise ArgumentError(
            f"winops.rdp.{module}: {'; '.join(result.error_messages)}. See 'ansible-doc winops.rdp.{module}'."
        )
    options: dict[str, Any] = result.validated_parameters
    port, timeout = options.get("probe_port"), options.get("probe_timeout")
    if port is not None and not 0 < port < 65536:
        raise ArgumentError(f"winops.rdp.{module}: probe_port is {port}; it must be a port number from 1 to 65535.")
    if timeout is not None and not 0 < timeout <= 120:
        raise ArgumentError(
            f"winops.rdp.{module}: probe_timeout is {timeout}; it must be more than 0 and at most 120 seconds."
        )
    _check_findings(module, options)
    if options.get("thumbprint") and options.get("state") != "bound":
        raise ArgumentError(
            f"winops.rdp.{module}: thumbprint is given and state is {options['state']}, which takes no certificate of"
            " yours; to bind the one with this thumbprint, set state to bound."
        )
    for name in {"tighten", "open"} & set(options):
        options[name] = _choice(module, name, options[name])
    return options


def _check_findings(module: str, options: dict[str, Any]) -> None:
    """Raises ``ArgumentError`` for an id that no finding has: what is misspelt would be repaired, or left, unasked."""
    for option in ("skip_findings", "only_findings"):
        for id_ in options.get(option) or ():
            if id_ not in catalogue.ALL:
                raise ArgumentError(
                    f"winops.rdp.{module}: {option}: there is no finding {id_}{_meant(id_, catalogue.ALL)}"
                    " docs/causes.md lists all of them."
                )


def _meant(id_: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(id_, list(known), 1, 0.5)
    return f"; is {near[0]} meant?" if near else "."


def _choice(module: str, name: str, given: Any) -> bool | list[str]:
    """Everything of a class of remedies, nothing, or these findings. ``name`` is the class."""
    if isinstance(given, (bool, str)) or given is None:
        with contextlib.suppress(TypeError):
            return bool(boolean(given or False, strict=True))
    ids = check_type_list(given) if isinstance(given, (str, list)) else None
    known = sorted(entry.id for entry in catalogue.ALL.values() if entry.repair_class == name)
    wrong = [id_ for id_ in ids or () if id_ not in known]
    if wrong and "." in wrong[0] and wrong[0] not in catalogue.ALL:
        raise ArgumentError(f"winops.rdp.{module}: {name}: there is no finding {wrong[0]}{_meant(wrong[0], known)}")
    if ids is None or wrong:
        raise ArgumentError(
            f"winops.rdp.{module}: {name} is {given!r}; it must be true, false, or a list of these findings:"
            f" {', '.join(known)}."
        )
    return ids
