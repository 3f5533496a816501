# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specifications of the modules that run as actions, and their validation."""

from __future__ import annotations

import contextlib
import difflib
import ipaddress
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timezone
from itertools import takewhile
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.validation import check_type_dict, check_type_float, check_type_int, check_type_list
from ansible.module_utils.parsing.convert_bool import boolean
from ansible_collections.winops.rdp.plugins.module_utils.probe import targets
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files, undefined
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue, codes
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, firewall, text
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import bind, nla, opening, steps

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
    "safety_task": {"type": "bool", "default": True},
}

_ROLLBACK: Spec = {"rollback": {"type": "bool", "default": True}}
_VERIFY: Spec = {
    "verify": {"type": "str", "choices": ["listener", "logon"], "default": "listener"},
    "verify_account": {"type": "str"},
    "verify_password": {"type": "str", "no_log": True},
    "verify_send_credentials": {"type": "bool", "default": False},
    "max_hosts": {"type": "int", "default": 3},
}

_PROFILES: Spec = {
    "profiles": {
        "type": "list",
        "elements": "str",
        "choices": list(opening.PROFILES),
        "default": ["domain", "private"],
    },
    "remote_addresses": {"type": "list", "elements": "str"},
}

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
        "reference_host": {"type": "str"},
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
        **_VERIFY,
        "results_dir": {"type": "path"},
        **_CHOICE,
    },
    "certificate": {
        **_PROBE,
        **_CHANGE,
        **_ROLLBACK,
        "state": {"type": "str", "choices": ["renewed", "bound", "self_signed"], "default": "renewed"},
        "thumbprint": {"type": "str"},
        "src": {"type": "path"},
        "password": {"type": "str", "no_log": True},
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
        "for": {"type": "str"},
        "allow_public": {"type": "bool", "default": False},
        "encryption_level": {"type": "str", "choices": ["client_compatible", "high", "fips"]},
        "negotiation": {"type": "bool"},
        "enabled": {"type": "bool"},
        "where": {"type": "str", "choices": ["listener", "local_policy"], "default": "listener"},
    },
    "service": {
        **_PROBE,
        **_CHANGE,
        **_ROLLBACK,
        "name": {"type": "str", "choices": list(contract.SERVICES)},
        "state": {"type": "str", "choices": ["started", "restarted"]},
        "start_type": {"type": "str", "choices": ["manual", "automatic"]},
    },
    "client": {
        "target": {"type": "str"},
        "bundle_path": {"type": "path"},
        "server_name": {"type": "str"},
        "load_balance_info": {"type": "str"},
        "timeout": {"type": "float", "default": 5.0},
        "deadline": {"type": "float", "default": 30.0},
        "compare": {"type": "bool", "default": True},
        "rdp_files": {"type": "list", "elements": "str", "default": []},
        "unloaded_profiles": {"type": "bool", "default": False},
        "forget_certificate": {"type": "bool", "default": False},
        "correct_rdp_files": {"type": "bool", "default": False},
        "update": {"type": "bool", "default": False},
        "journal_dir": {"type": "path", "default": "~/.winops.rdp/journals"},
    },
    "machine_keys": {**_PROBE, **_CHANGE, **_ROLLBACK},
    "firewall": {
        **_PROBE,
        **_CHANGE,
        **_ROLLBACK,
        "enabled": {"type": "bool", "default": True},
        "rules": {"type": "list", "elements": "str", "choices": list(opening.RULES), "default": ["tcp", "udp"]},
        **_PROFILES,
    },
    "access": {
        **_PROBE,
        **_CHANGE,
        **_ROLLBACK,
        "enabled": {"type": "bool", "required": True},
        "require_nla": {"type": "bool", "default": True},
        "firewall": {"type": "bool", "default": True},
        "rules": {"type": "list", "elements": "str", "choices": list(opening.RULES), "default": ["tcp", "udp"]},
        **_PROFILES,
        "members": {"type": "list", "elements": "str", "default": []},
    },
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
        "kind": {"type": "str", "choices": ["collect", "repair", "client"], "default": "collect"},
        "dest": {"type": "path", "required": True},
        "bundle_path": {"type": "path"},
        "target": {"type": "str"},
        "server_name": {"type": "str"},
        "allow_disconnect": {"type": "bool", "default": False},
        **_PROBE,
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
    "client": {
        "required_by": dict.fromkeys(("server_name", "load_balance_info"), ("target",)),
        "mutually_exclusive": [("bundle_path", "target")],
    },
    "diagnose": {"mutually_exclusive": [("reference_path", "reference_host")]},
    "facts": {"mutually_exclusive": [("sections", "bundle_dir")]},
    "certificate": {
        "required_if": [("state", "bound", ("thumbprint", "src", *bind.CRITERIA), True)],
        "mutually_exclusive": [
            ("thumbprint", "src"),
            *((one, name) for one in ("thumbprint", "src") for name in bind.CRITERIA),
        ],
        "required_by": {"password": ("src",)},
    },
    "listener": {"required_one_of": [("security_layer", "nla", "encryption_level", "negotiation", "enabled")]},
    "offline": {"required_if": [("kind", "repair", ("bundle_path",)), ("kind", "client", ("target",))]},
    "remediate": {"required_by": {"verify_password": ("verify_account",)}},
    "report": {"mutually_exclusive": [("results", "results_path")], "required_one_of": [("results", "results_path")]},
    "restore": {"mutually_exclusive": [("run", "journal")]},
    "service": {"required_one_of": [("state", "start_type")]},
}


# What is no answer where these are asked for is no leave to reach further: to all addresses, hosts,
# people or findings.
_NEVER_EMPTY = frozenset({"remote_addresses", "hosts", "enabled", "only_findings"})


class ArgumentError(ValueError):
    """A task gave options that cannot be used."""


def nearest(given: Any, known: Iterable[str], nearness: float = 0.6) -> str | None:
    """What is known and most like what was given, from 0 (whatever it is) to 1 (the same); None if nothing is."""
    found = difflib.get_close_matches(str(given), list(dict.fromkeys(known)), 1, nearness)
    return found[0] if found else None


def near(given: Any, known: Iterable[str]) -> str:
    """The question whether the nearest is meant, to stand behind what was given; empty if nothing is near."""
    name = meant(given, known)
    return f" (is {name} meant?)" if name else ""


def meant(given: Any, known: Iterable[str]) -> str | None:
    """What somebody most likely meant: a name in which it stands as a whole, or of which a few letters are wrong.

    What both begin with, up to a dot or an underscore, says nothing: all names of the collection have that.
    """
    return nearest(given, [name for name in known if _is_slip(str(given), name)], 0.0)


def _is_slip(given: str, name: str) -> bool:
    shared = given[: len(list(takewhile(lambda pair: pair[0] == pair[1], zip(given, name))))]
    begin = max(shared.rfind("_"), shared.rfind(".")) + 1
    one, other = given[begin:].lower(), name[begin:].lower()
    if len(one) >= 4 and (f"_{other}").endswith((f"_{one}", f".{one}")):
        return True
    allowed = max(1, round(min(len(one), len(other)) * 0.4))
    # The lengths alone tell it of most names, and of any text that is made to be slow to compare.
    return abs(len(one) - len(other)) <= allowed and _wrong_letters(one, other) <= allowed


def _wrong_letters(one: str, other: str) -> int:
    """How many letters are too many, missing, others, or in each other's place (the optimal string alignment)."""
    rows: list[list[int]] = [list(range(len(other) + 1))]
    for at, letter in enumerate(one, 1):
        row = [at]
        for to, wanted in enumerate(other, 1):
            least = min(rows[-1][to] + 1, row[-1] + 1, rows[-1][to - 1] + (letter != wanted))
            if at > 1 and to > 1 and one[at - 2 : at] == wanted + other[to - 2]:
                least = min(least, rows[-2][to - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


def _with_home(module: str, given: dict[str, Any]) -> dict[str, Any]:
    """The options with each path from the home folder written out: Ansible itself trusts any ``HOME``."""
    whole = dict(given)
    try:
        for name, option in SPECS[module].items():
            path = given.get(name, option.get("default"))
            if option["type"] == "path" and isinstance(path, str):
                whole[name] = files.expanded(path)
    except files.FileProblem as problem:
        raise ArgumentError(f"winops.rdp.{module}: {name}: {problem}") from problem
    return whole


# What an option of each type is in words, and what takes a value for it. Ansible's own words for this name no option as
# the caller wrote it, and list the words for true and false anew each time; it makes text of any list.
_WORDS = {"str": "text", "path": "text", "bool": "true or false", "int": "a whole number", "float": "a number"}
_WORDS |= {"list": "a list", "dict": "a dictionary"}
_TAKES: dict[str, Callable[[Any], Any]] = {
    "bool": lambda value: boolean(value, strict=True),
    "int": check_type_int,
    "float": check_type_float,
    "list": check_type_list,
    "dict": check_type_dict,
}


def check_form(module: str, given: dict[str, Any], spec: Spec, rules: Mapping[str, Any]) -> None:
    """Raises ``ArgumentError`` for options that there are not, or whose values or company cannot be taken."""
    odd = unknown_option(given, spec)
    if odd:
        raise ArgumentError(f"winops.rdp.{module}: {odd} See 'ansible-doc winops.rdp.{module}'.")
    _check_kinds(module, given, spec)
    _check_rules(module, given, spec, rules)


def _check_kinds(module: str, given: dict[str, Any], spec: Spec) -> None:
    """Raises ``ArgumentError`` for a value of another type than its option has; a list or a dictionary where an option
    takes one value is not shown."""
    for name, value in given.items():
        option = spec.get(name, {})
        kind = option.get("type", "")
        if kind not in _WORDS or value is None or undefined.is_template(value):
            continue
        odd = _kind(value)
        if odd and kind not in ("list", "dict") and odd != _WORDS[kind]:
            raise ArgumentError(f"winops.rdp.{module}: {name} is {odd}; it must be {_WORDS[kind]}.")
        try:
            _TAKES.get(kind, str)(value)
        except (TypeError, ValueError) as error:
            raise ArgumentError(f"winops.rdp.{module}: {name} is {shown(value)}; it must be {_WORDS[kind]}.") from error
        _check_choices(module, name, value, option)
        _check_place(module, name, value, option)


def _kind(value: Any) -> str | None:
    """What a value is that no option of one value takes, or none but a switch."""
    kinds: dict[type, str] = {bool: "true or false", dict: "a dictionary", list: "a list", tuple: "a list"}
    return next((word for kind, word in kinds.items() if isinstance(value, kind)), None)


def _check_place(module: str, name: str, given: Any, option: dict[str, Any]) -> None:
    """Raises ``ArgumentError`` for a path among several that is empty: it would be the folder in which Ansible was
    started."""
    if option.get("elements") == "path" and "" in check_type_list(given):
        raise ArgumentError(f"winops.rdp.{module}: {name} is empty; it must be the path of a file or a folder.")


def _check_choices(module: str, name: str, given: Any, option: dict[str, Any]) -> None:
    """Raises ``ArgumentError`` for a word that is none of an option's."""
    choices = option.get("choices") or []
    values = check_type_list(given) if option["type"] == "list" else [given]
    odd = [one for one in values if choices and one not in choices]
    if odd:
        raise ArgumentError(
            f"winops.rdp.{module}: {name} is {shown(odd[0])}{near(odd[0], choices)}; it must be one of"
            f" {', '.join(map(str, choices))}."
        )


def shown(value: Any) -> str:
    """A value as a sentence has it."""
    return text.sentence(repr(plain(value)), 200)


def _check_rules(module: str, given: dict[str, Any], spec: Spec, rules: Mapping[str, Any]) -> None:
    """Raises ``ArgumentError`` for options that are missing, or are not given together."""
    values = {name: given.get(name, option.get("default")) for name, option in spec.items()}
    there = {name for name, value in given.items() if value is not None}
    required = [name for name, option in spec.items() if option.get("required")]
    told = [
        *(f"{name} is missing" for name in required if name not in there),
        *_apart(rules.get("mutually_exclusive", ()), there),
        *(
            f"one of these must be given: {', '.join(some)}"
            for some in rules.get("required_one_of", ())
            if not there & set(some)
        ),
        *_together(rules.get("required_by", {}), there),
        *_needed(rules.get("required_if", ()), values, there),
    ]
    if told:
        raise ArgumentError(f"winops.rdp.{module}: {told[0]}. See 'ansible-doc winops.rdp.{module}'.")


def _apart(rules: Iterable[tuple[str, ...]], there: set[str]) -> Iterator[str]:
    for names in rules:
        both = [name for name in names if name in there]
        if len(both) > 1:
            yield f"{both[0]} is given and {both[1]} is given; give one of them"


def _together(rules: Mapping[str, tuple[str, ...]], there: set[str]) -> Iterator[str]:
    for name, needed in rules.items():
        yield from (f"{name} is given and {one} is missing" for one in needed if name in there and one not in there)


def _needed(rules: Iterable[tuple[Any, ...]], values: dict[str, Any], there: set[str]) -> Iterator[str]:
    """``(name, value, names, any_of)`` as Ansible has them; ``any_of`` may be left out, and is no then."""
    for name, value, needed, *any_of in rules:
        missing = [one for one in needed if one not in there]
        if values[name] != value or not missing or (any(any_of) and len(missing) < len(needed)):
            continue
        more = (
            f", and one of these must be given: {', '.join(needed)}" if any(any_of) else f" and {missing[0]} is missing"
        )
        yield f"{name} is {value}{more}"


def unknown_option(given: dict[str, Any], spec: Spec) -> str | None:
    """A sentence on the first option that there is not, with the nearest that there is; None if there are all."""
    unknown = sorted(name for name in given if name not in spec)
    if not unknown:
        return None
    return f"there is no option {unknown[0]}{near(unknown[0], spec)}."


def kept(module: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options that are not as they would be without, as plain texts, numbers and lists: without what Ansible notes
    of each, where it was written for example.

    A secret stays as it is: that it was one may be noted of it, too.
    """
    spec = SPECS[module]
    found = {str(name): value if spec.get(name, {}).get("no_log") else plain(value) for name, value in given.items()}
    return {name: value for name, value in found.items() if name not in spec or not _is_idle(name, value, spec[name])}


def _is_idle(name: str, value: Any, option: dict[str, Any]) -> bool:
    """Whether an option is as it would be without: its default, or empty."""
    return _same(value, option) or (text.is_blank(value) and name not in _NEVER_EMPTY)


def _same(value: Any, option: dict[str, Any]) -> bool:
    """Whether a value is the default: 0 equals False and is none."""
    default = option.get("default")
    return type(value) is type(default) and bool(value == default)


def plain(value: Any) -> Any:
    """A value without what Ansible notes of each of its parts."""
    if isinstance(value, Mapping):
        return {plain(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, bool):
        return value
    return next((kind(value) for kind in (str, int, float) if isinstance(value, kind)), value)


def _answered(module: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options without those that are empty, as a survey gives what was not answered, and with lists that were
    given as text, in JSON or one a line."""
    answers = {}
    for name, value in given.items():
        if value is None or (text.is_blank(value) and name not in _NEVER_EMPTY):
            continue
        listed = value
        if isinstance(value, str) and SPECS[module].get(name, {}).get("type") == "list":
            listed = _listed(value, ids=name in _FINDINGS)
        # All would be repaired in place of what a template or a survey left out.
        if name == "only_findings" and listed == [] and isinstance(value, str):
            raise ArgumentError(
                f"winops.rdp.{module}: only_findings is {value!r}, in which there is no finding; name those that are to"
                " be repaired, or leave it out for all."
            )
        answers[name] = listed
    return answers


def _listed(text: str, *, ids: bool = False) -> Any:
    """A list from a text, where that is in JSON or has several lines; else the text, whose commas Ansible knows.

    Of ids neither brackets, quotes, blanks nor commas are a part.
    """
    if ids:
        return [part for part in re.split(r"[\s,\[\]'\"]+", text) if part]
    with contextlib.suppress(ValueError):
        found = json.loads(text)
        return found if isinstance(found, list) else text
    lines = [line.strip().rstrip(",") for line in text.splitlines()]
    return [line for line in lines if line] if len(lines) > 1 else text


def validate(module: str, given: dict[str, Any]) -> dict[str, Any]:
    """The options with defaults and types. Raises ``ArgumentError`` with one sentence."""
    given = _answered(module, given)
    check_form(module, given, SPECS[module], RULES.get(module, {}))
    result = ArgumentSpecValidator(SPECS[module], **RULES.get(module, {})).validate(_with_home(module, given))
    if result.error_messages:
        told = f"{'; '.join(result.error_messages).rstrip('.')}."
        raise ArgumentError(f"winops.rdp.{module}: {told} See 'ansible-doc winops.rdp.{module}'.")
    options: dict[str, Any] = result.validated_parameters
    _check_limits(module, options)
    _check_findings(module, options)
    _check_verify(module, options)
    _check_nla(module, options)
    _check_opening(module, options)
    named = next((name for name in ("thumbprint", "src") if options.get(name)), None)
    if named and options.get("state") != "bound":
        raise ArgumentError(
            f"winops.rdp.{module}: {named} is given and state is {options['state']}, which takes no certificate of"
            f" yours; to bind the one with this {named}, give state=bound with it."
        )
    for name in {"tighten", "open"} & set(options):
        options[name] = _choice(module, name, options[name])
    return options


def _check_verify(module: str, options: dict[str, Any]) -> None:
    """Raises ``ArgumentError`` for an account that would not be tried."""
    if options.get("verify") == "listener" and options.get("verify_account"):
        raise ArgumentError(
            f"winops.rdp.{module}: verify_account is given and verify is listener, so that it would not be tried; set"
            " verify to logon."
        )
    if options.get("verify") == "logon" and not options.get("probe", True):
        raise ArgumentError(f"winops.rdp.{module}: verify is logon, which takes a look from outside; leave probe on.")


def _check_nla(module: str, options: dict[str, Any]) -> None:
    """Raises ``ArgumentError`` where NLA would be off without an end, or an end is given for nothing."""
    if "nla" not in options:
        return
    length, off = options.get("for"), options["nla"] is False
    if off and (length is None or nla.duration(length) is None):
        given = "missing" if length is None else repr(length)
        raise ArgumentError(
            f"winops.rdp.{module}: nla=false needs the time after which the host turns it on again by itself:"
            f" for is {given}; it must be minutes or hours such as 30m or 4h, from 30m to 24h."
        )
    if length is not None and not off:
        raise ArgumentError(f"winops.rdp.{module}: for is the time of nla=false, and nla is {options['nla']}.")


def _check_opening(module: str, options: dict[str, Any]) -> None:
    """Addresses and members in the form in which the rooms below have them. Raises ``ArgumentError``."""
    if "profiles" not in options:
        return
    given = options["remote_addresses"]
    if given is not None:
        known = [firewall.address(text) for text in given]
        odd = [text for text, one in zip(given, known) if one is None]
        options["remote_addresses"] = list(dict.fromkeys(one for one in known if one))
        if odd or not firewall.are_addresses(options["remote_addresses"]):
            raise ArgumentError(
                f"winops.rdp.{module}: remote_addresses is {given!r}; it must be a list of addresses, networks"
                " (10.0.0.0/8), ranges (10.0.0.1-10.0.0.9) or LocalSubnet, or any alone."
            )
    if not options["profiles"] or (options["enabled"] and "public" in options["profiles"] and given is None):
        raise ArgumentError(
            f"winops.rdp.{module}: profiles is {options['profiles']!r}; it must name one at least, and with public"
            " remote_addresses must say who gets in (any, if everybody is meant)."
        )
    odd = [sid for sid in options.get("members", ()) if not steps.is_member(sid)]
    if odd:
        raise ArgumentError(
            f"winops.rdp.{module}: members has {', '.join(odd)}; it must be SIDs of accounts or groups of people, such"
            " as S-1-5-21-1004336348-1177238915-682003330-1104; (Get-ADGroup 'NAME').SID.Value says that of a group of"
            " the domain, (Get-LocalGroup 'NAME').SID.Value that of one on the host."
        )


def moment(text: str) -> datetime:
    """A day or a time that is past; without a zone it is one of the controller's own. Raises ``ValueError``."""
    try:
        found = datetime.fromisoformat(re.sub(r"[Zz]$", "+00:00", text.strip())).astimezone(timezone.utc)
    except (ValueError, OverflowError) as error:
        raise ValueError("a day or a time such as 2026-11-23 or 2026-11-23T08:00") from error
    if found > datetime.now(timezone.utc):  # of a slip in the year nobody may hear that nothing has changed
        raise ValueError("a day or a time that is past")
    return found


def address(text: str) -> str:
    """An IP address in its usual form. Raises ``ValueError``."""
    try:
        return str(ipaddress.ip_address(text.strip().split("%")[0]))
    except ValueError as error:
        raise ValueError("an IP address, as the host sees the client") from error


def _within(least: float, most: float, words: str) -> Callable[[float], None]:
    def check(number: float) -> None:
        if not least <= number <= most:
            raise ValueError(words)

    return check


def _host_alone(name: str) -> None:
    if not targets.is_host(name):
        raise ValueError("a name or an address alone, and a port goes into probe_port")


def _seconds(number: float) -> None:
    if not 0 < number <= 120:
        raise ValueError("more than 0 and at most 120 seconds")


# What says of an option's value, given in its type, that it cannot be meant: a ``ValueError`` with what it must be.
_LIMITS: dict[str, Callable[[Any], object]] = {
    "probe_host": _host_alone,
    "probe_port": _within(1, 65535, "a port number from 1 to 65535"),
    "probe_timeout": _seconds,
    "max_hosts": _within(1, float("inf"), "at least 1"),
    "forecast_days": _within(1, 3650, "from 1 to 3650"),
    "since": moment,
    "client_address": address,
}


def _check_limits(module: str, options: Mapping[str, Any]) -> None:
    """Raises ``ArgumentError`` for a value of the right type that cannot be meant."""
    for name, value in options.items():
        try:
            if value not in (None, ""):
                _LIMITS.get(name, bool)(value)
        except ValueError as error:
            told = repr(value) if isinstance(value, str) else value
            raise ArgumentError(f"winops.rdp.{module}: {name} is {told}; it must be {error}.") from error


def _typed(module: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values in their options' types, which they are known to have; without what is yet to be resolved."""
    kinds = {name: option["type"] for name, option in SPECS[module].items()}
    takes: dict[str, Callable[[Any], Any]] = dict.fromkeys(_WORDS, str) | _TAKES
    return {
        name: takes.get(kinds[name], plain)(value)
        for name, value in given.items()
        if value is not None and not undefined.is_template(value)
    }


def check_values(module: str, given: dict[str, Any]) -> None:
    """Raises ``ArgumentError`` for values of these options that cannot be meant, whatever the other options are."""
    given = _answered(module, given)
    _check_kinds(module, given, SPECS[module])
    typed = _typed(module, given)
    _check_limits(module, typed)
    _check_verify(module, typed)
    for told in _apart(RULES.get(module, {}).get("mutually_exclusive", ()), set(typed)):
        raise ArgumentError(f"winops.rdp.{module}: {told}.")
    for name, value in given.items():
        if name in _FINDINGS and value is not None:
            ids = value if isinstance(value, list) else []
            _check_findings(module, {name: ids})
        if name in ("tighten", "open"):
            _choice(module, name, value)
        if name == "client_code":
            check_client_code(module, value)


def check_client_code(module: str, given: Any) -> None:
    """Raises ``ArgumentError`` for what can be no code, and for one word that begins as one and is none.

    Of a whole text, in any language, what is not understood is told with the result.
    """
    if given is None:
        return
    try:
        found = codes.explain(given)
    except codes.CodeError as error:
        raise ArgumentError(f"winops.rdp.{module}: client_code: {error}.") from error
    if found["kind"] is None and re.fullmatch(r"[0-9][!-~]*", str(given).strip()):
        raise ArgumentError(
            f"winops.rdp.{module}: client_code is {str(given).strip()!r}, in which there is no code; give what the"
            " dialog showed, for example 0x904/0x7, or all of its text."
        )


_FINDINGS = ("skip_findings", "only_findings")


def _check_findings(module: str, options: dict[str, Any]) -> None:
    """Raises ``ArgumentError`` for an id that no finding has: what is misspelt would be repaired, or left, unasked."""
    for option in _FINDINGS:
        for id_ in options.get(option) or ():
            if id_ not in catalogue.ALL:
                raise ArgumentError(
                    f"winops.rdp.{module}: {option}: there is no finding {id_}{near(id_, catalogue.ALL)};"
                    " docs/causes.md leads to all of them."
                )


def _choice(module: str, name: str, given: Any) -> bool | list[str]:
    """Everything of a class of remedies, nothing, or these findings. ``name`` is the class."""
    if isinstance(given, (bool, str)) or given is None:
        with contextlib.suppress(TypeError):
            return bool(boolean(given or False, strict=True))
    ids = _listed(given, ids=True) if isinstance(given, str) else given
    ids = check_type_list(ids) if isinstance(ids, list) else None
    known = sorted(entry.id for entry in catalogue.ALL.values() if entry.repair_class == name)
    wrong = [id_ for id_ in ids or () if id_ not in known]
    if wrong and "." in wrong[0] and wrong[0] not in catalogue.ALL:
        question = near(wrong[0], known) or near(wrong[0], catalogue.ALL)
        raise ArgumentError(
            f"winops.rdp.{module}: {name}: there is no finding {wrong[0]}{question}; it must be true, false, or a list"
            f" of these findings: {', '.join(known)}."
        )
    if ids is None or wrong:
        odd = wrong[0] if wrong else None
        raise ArgumentError(
            f"winops.rdp.{module}: {name} is {given!r}{near(odd, known) if odd else ''}; it must be true, false, or a"
            f" list of these findings: {', '.join(known)}."
        )
    return ids
