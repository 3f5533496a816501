# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run of one of the collection's playbooks: its hosts, its variables, its batches, and the turn of each host.

Nothing fails before every host has had its turn: a host that Ansible counts as failed could end the batch, and with
it the run, before anything is shown. The last play fails them, after it has said how all of them are.
"""

from __future__ import annotations

import atexit
import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from ansible import constants, context
from ansible.errors import AnsibleError
from ansible.inventory.manager import InventoryManager, split_host_pattern
from ansible.module_utils.common.yaml import yaml_load
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.splitter import parse_kv
from ansible.utils.vars import load_extra_vars
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import (
    arguments,
    bundles,
    files,
    journals,
    limit,
    reports,
    saying,
    undefined,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.failures import CONTROLLER
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import LOCAL_NAMES, HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.ledger import Entry, Ledger
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.undefined import Resolve, is_template
from ansible_collections.winops.rdp.plugins.plugin_utils.host import text
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import history
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import is_id, run_in_words
from ansible_collections.winops.rdp.plugins.plugin_utils.report import commands, lines
from jinja2 import Undefined, UndefinedError

Json = dict[str, Any]

DEFAULT_SERIAL = (1, "25%", "100%")
DEFAULT_MAX_FAIL_PERCENTAGE = 25.0
# The variable of a play that makes it one of the collection's runs; its value is the kind.
KIND = "__rdp_run"
_SHOWN = ("rdp_hosts", "rdp_hosts_by_name", "rdp_report_dir", "rdp_report_title")
_BATCHED = ("rdp_serial", "rdp_max_fail_percentage", limit.VARIABLE)
_RESTORED = ("rdp_journal", "rdp_journal_dir", "rdp_allow_disconnect", "rdp_safety_task")
# What each of the collection's playbooks takes besides its role's variables, and that role (empty: none).
PLAYBOOKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "audit_rdp": ("rdp_audit", (*_SHOWN, *_BATCHED)),
    "remediate_rdp": ("rdp_remediate", (*_SHOWN, *_BATCHED, "rdp_run", "rdp_check_only")),
    "restore_rdp": ("", (*_SHOWN, *_BATCHED, "rdp_run", "rdp_check_only", *_RESTORED)),
    "verify_host": ("", ("rdp_hosts", "rdp_results_dir", limit.VARIABLE)),
    "collect_rdp": ("", ("rdp_dest",)),
}
# What a run gives: facts of hosts, and what a workflow hands on to its next job as variables.
GIVEN = ("rdp_verdict", "rdp_counts", "rdp_broken_hosts", "rdp_failing_hosts", "rdp_repairable_hosts", "rdp_run")
# Fewer hosts than these are done before anybody asks how far they are.
_LONG_RUN = 20
_ROLES = Path(__file__).parents[3] / "roles"


class RunError(ValueError):
    """A run that cannot begin as it was asked for; the message is one sentence."""


# Hosts --------------------------------------------------------------------------------------------------------------


def hosts_of_run(groups: Mapping[str, Iterable[str]], pattern: Any) -> list[str]:
    """The names of the hosts of a pattern within ``--limit``, each once. Raises ``RunError`` where it names nothing."""
    inventory = InventoryManager(DataLoader(), parse=False)
    for group, names in groups.items():
        inventory.add_group(group)
        for name in names:
            inventory.add_host(name, group=group)
    every = [host.name for host in inventory.get_hosts("all")]
    if not pattern:
        raise RunError("rdp_hosts is empty; leave it out for all hosts")
    if not every:
        raise RunError(_no_host())
    subset = context.CLIARGS.get("subset")
    _check_parts("rdp_hosts", pattern, groups, inventory)
    _check_parts("--limit", subset, groups, inventory)
    try:
        inventory.subset(subset)
        names = [host.name for host in inventory.get_hosts(pattern)]
    except AnsibleError as error:
        raise RunError(f"rdp_hosts is {pattern}, with --limit {subset}: {error}") from error
    if not names:
        within = f" within --limit {subset}" if subset else ""
        raise RunError(f"rdp_hosts is {pattern}: it matches no host{within}")
    return list(dict.fromkeys(names))


# The inventory of a run for which nobody named one.
_UNASKED = "/etc/ansible/hosts"


def _no_host() -> str:
    sources = [str(source) for source in context.CLIARGS.get("inventory") or ()]
    told = f"there is no host in the inventory {', '.join(sources)}"
    if sources in ([], [_UNASKED]):
        return "there is no host in the inventory; name one with -i, for example -i hosts.ini or -i 'web01,'"
    for source in (source for source in sources if "," not in source and not Path(source).exists()):
        comma = f"if {Path(source).name} is a host, put a comma behind it (-i {Path(source).name},)"
        return f"{told}: there is no file {source}; correct the path, or {comma}"
    return f"{told}; see that it is the right one, and what Ansible says of it"


def inventory_given() -> list[str]:
    """The inventories that the command was given, as they can be given again in this folder; none where they came from
    the configuration."""
    given = [str(source) for source in context.CLIARGS.get("inventory") or ()]
    if given == [str(source) for source in constants.DEFAULT_HOST_LIST]:
        return []
    here = Path.cwd()
    below = (Path(source) for source in given)
    return [
        source if "," in source or not path.is_relative_to(here) else str(path.relative_to(here))
        for source, path in zip(given, below)
    ]


def inventory_shown() -> tuple[str, ...]:
    """The inventories for the commands of a page, which is sent to others: none names a folder of this machine."""
    given = tuple(inventory_given())
    return commands.ANY_INVENTORY if any(source.startswith("/") for source in given) else given


def restore_command(run: str) -> str:
    """The command that takes back what this one did, on the hosts that it was for."""
    extra = extra_variables()
    carried = {"rdp_hosts": "rdp_hosts", "rdp_remediate_journal_dir": "rdp_journal_dir"}
    same = {name: extra[given] for given, name in carried.items() if isinstance(extra.get(given), str)}
    subset = context.CLIARGS.get("subset")
    return commands.again(
        inventory_given(),
        str(subset) if subset else None,
        rdp_run=run,
        **{name: str(value) for name, value in same.items()},
    )


def _check_parts(what: str, pattern: Any, groups: Mapping[str, Iterable[str]], inventory: InventoryManager) -> None:
    """Raise ``RunError`` for a part of a pattern that matches no host: the others would be all that is asked."""
    for part in split_host_pattern(pattern or ""):
        if part.startswith(("!", "&", "@")) or _matches(part, inventory):  # @ is a file of names
            continue
        if part in groups:
            raise RunError(f"{what} is {pattern}: the group {part} has no hosts")
        known = [*(group for group in groups if group != "ungrouped"), *groups["all"]]
        raise RunError(f"{what} is {pattern}: {part} matches no host of the inventory{arguments.near(part, known)}")


def _matches(part: str, inventory: InventoryManager) -> bool:
    with suppress(AnsibleError):  # a site may have it that a pattern without hosts is one (host_pattern_mismatch)
        return bool(inventory.get_hosts(part))
    return False


def check_names(groups: Mapping[str, Iterable[str]], pattern: Any, by_name: Any) -> None:
    """Raise ``RunError`` where ``by_name`` asks for names of hosts and the pattern has a group or matches several.

    What names the hosts then is somebody else's word, an alert's for example. Also for a ``by_name`` that is neither
    true nor false.
    """
    if not switch("rdp_hosts_by_name", by_name):
        return
    for part in split_host_pattern(pattern):
        if part in groups or part not in groups["all"]:
            what = "a group" if part in groups else "no host of the inventory"
            raise RunError(
                f"rdp_hosts is {pattern}, and rdp_hosts_by_name takes names of hosts alone: {part} is {what}"
            )


def switch(name: str, given: Any) -> bool:
    """Whether a variable is on. Raises ``RunError`` for a value that is neither true nor false: Ansible takes any such
    word for false, and a misspelt one would have hosts changed."""
    try:
        return bool(boolean(given, strict=True))
    except TypeError as error:
        raise RunError(f"{name} is {given!r}; it must be true or false") from error


def is_listing() -> bool:
    """Whether Ansible only looks at the playbook and runs nothing."""
    return any(context.CLIARGS.get(option) for option in ("syntax", "listhosts", "listtasks", "listtags"))


def check_whole() -> None:
    """Raise ``RunError`` where options of the command take away what a run says at its end, or whom it is about."""
    if "always" in (context.CLIARGS.get("skip_tags") or ()):
        raise RunError("--skip-tags always takes away the lines that a run ends with; leave it out")
    # In a playbook of a site's own it may mean a task before or after.
    if playbook() and context.CLIARGS.get("start_at_task"):
        raise RunError("--start-at-task leaves out what the hosts are asked; leave it out")


def check_no_limit() -> None:
    """Raise ``RunError`` where ``--limit`` would leave out a play that asks no host."""
    subset = context.CLIARGS.get("subset")
    if subset and "localhost" not in split_host_pattern(subset):
        raise RunError(f"--limit is {subset}, and this playbook asks no host; leave it out")


def chosen_tags() -> str:
    """The tags by which tasks of this run were chosen; empty if all are run."""
    tags = [tag for tag in context.CLIARGS.get("tags") or () if tag != "all"]
    skipped = context.CLIARGS.get("skip_tags") or ()
    return " ".join([*(f"--tags {tag}" for tag in tags), *(f"--skip-tags {tag}" for tag in skipped)])


def is_controller(name: str, address: str) -> bool:
    """Whether a host is the machine on which Ansible runs, and its connection is one that was given to all hosts."""
    return "ansible_connection" in extra_variables() and {name, address} <= set(LOCAL_NAMES)


def promise_last_words() -> None:
    """Have what ``leave_last_words`` leaves said when all is over: where hosts fail, what Ansible says of that, and its
    recap, come after the closing lines and take them off the screen. Its plays have nothing that comes later."""
    if playbook():
        atexit.register(_say_last_words, _last_words(), os.getpid())


def leave_last_words(words: str) -> None:
    """Called where a host is, in a process of its own."""
    if playbook():
        _last_words().write_text(words, encoding="utf-8")


def _last_words() -> Path:
    return Path(constants.DEFAULT_LOCAL_TMP) / "winops.rdp.last_words"


def _say_last_words(path: Path, process: int) -> None:
    if os.getpid() == process:
        with suppress(OSError):
            saying.say(path.read_text(encoding="utf-8"))


# Variables ----------------------------------------------------------------------------------------------------------


# How the variables end in which a role leaves what came of it.
_RESULTS = ("_result", "_summary")


@cache
def _roles() -> tuple[str, ...]:
    return tuple(sorted(path.parts[-3] for path in _ROLES.glob("*/meta/argument_specs.yml")))


# Each host has a process of its own: one role's options are read for it, and not those of all.
@cache
def _variables_of_role(role: str) -> tuple[str, ...]:
    spec = (_ROLES / role / "meta/argument_specs.yml").read_text(encoding="utf-8")
    options = yaml_load(spec)["argument_specs"]["main"]["options"]
    return (*options, *(f"{role}{ending}" for ending in _RESULTS))


@cache
def _variables_of_playbooks() -> frozenset[str]:
    return frozenset(name for _role, names in PLAYBOOKS.values() for name in names).union(GIVEN)


@cache
def known_variables() -> dict[str, str]:
    """Every variable of the collection, with the role that takes it (empty: the playbooks)."""
    return dict.fromkeys(_variables_of_playbooks(), "") | {
        name: role for role in _roles() for name in _variables_of_role(role)
    }


def is_known(name: str) -> bool:
    """Whether a variable is one of the collection's."""
    if name in _variables_of_playbooks():
        return True
    return any(name.startswith(f"{role}_") and name in _variables_of_role(role) for role in _roles())


def is_option(name: str) -> bool:
    """Whether a variable of the collection says what is to be done; others are results."""
    return name.startswith("rdp_") and is_known(name) and not name.endswith(_RESULTS)


def is_role(name: str | None) -> bool:
    """Whether the collection has a role of that name."""
    return name in _roles()


# How near a name has to be to one of the collection's to be taken for it misspelt, from 0 (any name that begins with
# ``rdp_``) to 1. An extra variable of the collection's playbooks is meant for them; an inventory has a site's own, too.
EXTRA, IN_PLAYBOOK, IN_SITE = 0.0, 0.75, 0.9


def check_variables(names: Iterable[str], nearness: float) -> None:
    """Raise ``RunError`` for a variable that looks like one of the collection's and is none.

    Those are names that begin with the name of a role, and those at least this near to one of the collection's.
    """
    roles = tuple(f"{role}_" for role in _roles())
    odd = sorted(name for name in names if not is_known(name))
    for name in odd if nearness == EXTRA else ():
        _check_beginning(name)
    for name in (name for name in odd if name.startswith("rdp_")):
        if arguments.nearest(name, known_variables(), nearness) or name.startswith(roles):
            raise RunError(f"{name} is no variable of winops.rdp{_meant(name)}")


def _check_beginning(name: str) -> None:
    """Raise ``RunError`` for ``RDP_HOSTS``, ``rdp-hosts``, ``rdphosts``, ``rpd_hosts``: all hosts would be taken."""
    slip = re.fullmatch(r"(?:rdp|rpd)[_.-]?(.+)", name, re.IGNORECASE)
    rest = _plain(slip[1]) if slip and not name.startswith("rdp_") else ""
    near = arguments.nearest(f"rdp_{rest}", known_variables(), IN_SITE) if rest else None
    if near:
        raise RunError(f"{name} is no variable of winops.rdp{_meant(near)}")


def extra_variables() -> Json:
    """What was given with ``-e``, and what a person was asked for since."""
    # Called again where there is none yet, it would put another dictionary in the place of the one that Ansible holds.
    held = getattr(load_extra_vars, "extra_vars", None)
    return dict(load_extra_vars(DataLoader()) if held is None else held)


def playbook() -> str | None:
    """Which of the collection's playbooks was called, alone; None for any other, which may run several of them."""
    called: tuple[str, ...] = tuple(context.CLIARGS.get("args") or ())
    name = re.sub(r"\.ya?ml$", "", Path(called[0]).name.removeprefix("winops.rdp.")) if len(called) == 1 else ""
    return name if name in PLAYBOOKS else None


def check_own_variables(names: Iterable[str], called: str) -> None:
    """Raise ``RunError`` for a variable of the collection that the playbook ``called`` does not take.

    It would be without any effect, and nobody would be told. So would one that is to limit the run, without ``rdp_``
    before it: every host would be changed. What an earlier run handed on is no option of any.
    """
    own = [*variables_of(called), *GIVEN]
    for said in _shortened(names, called, limits=True):
        raise RunError(said)
    for name in sorted(name for name in names if name in known_variables() and name not in own):
        whose = [other for other in PLAYBOOKS if name in variables_of(other)]
        owner = " and ".join(whose) or f"role {known_variables()[name]}"
        told = [f"{name} is for {owner}, not for {called}"]
        twins = [twin for twin in variables_of(called) if _option(twin) == _option(name)]
        raise RunError("; ".join([*told, *(f"{twin} is meant" for twin in twins)]))


# Without them more is done than was meant.
_LIMITS = (
    "rdp_hosts",
    "rdp_check_only",
    "rdp_max_fail_percentage",
    "rdp_remediate_max_hosts",
    "rdp_remediate_only_findings",
    "rdp_remediate_skip_findings",
)


def without_effect(names: Iterable[str], called: str) -> list[str]:
    """A sentence for each option of the playbook ``called`` without ``rdp_`` before it that limits nothing.

    A site may have a variable of that name, and a workflow hand it on: ``run``, ``since``, ``serial``.
    """
    return _shortened(names, called, limits=False)


def _shortened(names: Iterable[str], called: str, *, limits: bool) -> list[str]:
    options = {_option(name): name for name in variables_of(called) if not name.endswith(_RESULTS)}
    meant = {name: options[_plain(name)] for name in sorted(names) if _plain(name) in options}
    return [
        f"{name} is no variable of winops.rdp, and has no effect (is {own} meant?)"
        for name, own in meant.items()
        if (own in _LIMITS) is limits
    ]


# The module whose options the variables of a playbook are.
_MODULES = {
    "audit_rdp": "diagnose",
    "remediate_rdp": "remediate",
    "restore_rdp": "restore",
    "verify_host": "witnesses",
    "collect_rdp": "offline",
}


def check_values(given: Mapping[str, Any], called: str) -> None:
    """Raise ``RunError`` for values that the module of the playbook ``called`` would refuse on each host."""
    module, role = _MODULES[called], PLAYBOOKS[called][0]
    names = {_option(name): name for name in variables_of(called) if name in given}
    own = {option: given[name] for option, name in names.items() if option in arguments.SPECS[module]}
    try:
        arguments.check_values(module, own)
        _check_places(called, {option: value for option, value in own.items() if not text.is_blank(value)})
    except arguments.ArgumentError as error:
        told = str(error).removeprefix(f"winops.rdp.{module}: ").rstrip(".")
        told = re.sub(r"(?<= and )\w+(?= is )", lambda one: names.get(one[0], one[0]), told)
        raise RunError(f"{role or 'rdp'}_{told}") from error


def _check_places(called: str, own: Mapping[str, Any]) -> None:
    """Raises ``ArgumentError`` for files that cannot be read, and for folders that cannot be written into."""
    folders = ["results_dir"]
    if called == "remediate_rdp" and not context.CLIARGS.get("check"):
        folders.append("journal_dir")
    for name in [name for name in (*folders, "reference_path", "journal") if isinstance(own.get(name), str)]:
        try:
            if name in folders:
                files.expect_writable(files.place(own[name]))
            elif name == "reference_path":
                bundles.read(files.place(own[name]))
            elif own[name] != history.LATEST and not is_id(own[name]):
                journals.load(own[name])
        except (OSError, ValueError) as error:
            what = "neither 'latest', nor a journal's id, nor a readable journal file" if name == "journal" else ""
            raise arguments.ArgumentError(
                f"{name}: {own[name]} is {what} ({error})" if what else f"{name}: {error}"
            ) from error


def check_reference(name: Any, groups: Mapping[str, Iterable[str]], hosts: list[str]) -> None:
    """Raise ``RunError`` for a host to compare with that is none of the inventory, or the only one that is asked."""
    if text.is_blank(name) or is_template(name):
        return
    option = "rdp_audit_reference_host"
    if name not in groups["all"]:
        raise RunError(
            f"{option} is {name}: there is no such host in the inventory{arguments.near(name, groups['all'])}"
        )
    if hosts == [name]:
        raise RunError(f"{option} is {name}, the only host that is asked; name another one, which works")


def check_words() -> None:
    """Raise ``RunError`` for a word of ``-e`` without a value: Ansible drops it, and nobody would be told.

    In a playbook of a site's own, only for the collection's variables.
    """
    for given in map(str, context.CLIARGS.get("extra_vars") or ()):
        if given.startswith(("@", "/", ".", "[", "{")):
            continue
        for word in str(parse_kv(given).get("_raw_params") or "").split():
            if is_option(word):
                raise RunError(f"{word} has no value, and Ansible drops it; write -e {word}={_example(word)}")
            if playbook():
                raise RunError(
                    f"{word} (of -e {shlex.quote(given)}) is no variable with a value, and Ansible drops it; a value"
                    " with blanks in it needs quotes of its own, -e 'NAME=\"a b\"', and a file of variables is -e @FILE"
                )


def _example(name: str) -> str:
    """A value to write for a variable."""
    module = next((_MODULES[called] for called in PLAYBOOKS if name in variables_of(called)), "")
    kind = arguments.SPECS.get(module, {}).get(_option(name), {}).get("type")
    return "true" if kind == "bool" or name in ("rdp_check_only", "rdp_hosts_by_name") else "VALUE"


def variables_of(called: str) -> list[str]:
    """The variables that one of the collection's playbooks takes."""
    role, names = PLAYBOOKS[called]
    return [*names, *(name for name, owner in known_variables().items() if role and owner == role)]


def _plain(name: str) -> str:
    return re.sub("[.-]", "_", name.lower())


def _option(name: str) -> str:
    """The option that a variable stands for: its name without what it begins with."""
    return name.removeprefix(f"{known_variables()[name] or 'rdp'}_")


def _meant(name: str) -> str:
    """The nearest variable, as the playbook that runs takes that option; if it does not, as a repair takes it."""
    near = arguments.meant(name, known_variables())
    if near is None:
        return ""
    called = playbook()
    own = [*variables_of(called), *variables_of("remediate_rdp")] if called else []
    return f" (is {next((twin for twin in own if _option(twin) == _option(near)), near)} meant?)"


def resolved(given: Mapping[str, Any], hosts: Iterable[str], hostvars: Any) -> Json:
    """The extra variables of Ansible's own, as the first host has them that has what they are made of.

    Before the first play Ansible has no variables of hosts (None), and what is made of them is left out. Raises
    ``RunError`` where no host has it: no task could be run, not even the one that says so.
    """
    own = {name: value for name, value in given.items() if name.startswith("ansible_")}
    found = {name: value for name, value in own.items() if not is_template(value)}
    for name in own.keys() - found.keys() if hostvars is not None else ():
        values = list(islice(_values(name, hosts, hostvars), 1))
        if not values:
            # Not its value, which may be a password, or hold one.
            raise RunError(f"{name}: no host of the run has what that is made of; look at the variables in it")
        found[name] = values[0]
    return found


def _values(name: str, hosts: Iterable[str], hostvars: Any) -> Iterator[Any]:
    for host in hosts:
        with suppress(AnsibleError, UndefinedError):
            value = hostvars[host][name]
            # What cannot be resolved stays as it is before ansible-core 2.19.
            if not isinstance(value, Undefined) and not is_template(value):
                yield value


# What has to be known before Ansible knows any host's variables.
_OF_PLAYS = ("rdp_hosts", "rdp_hosts_by_name", "rdp_serial")


def value_of(known: Mapping[str, Any], name: str, default: Any, resolve: Resolve) -> Any:
    """The value of a variable that is no host's own. Raises ``RunError`` where it is made of what there is not."""
    if name not in known:
        return default
    what = undefined.missing(known[name], known, resolve, whole=True)
    if what:
        raise RunError(f"{name} cannot be resolved: {what}")
    return _value(name, known[name], known, resolve)


def _value(name: str, value: Any, variables: Mapping[str, Any], resolve: Resolve) -> Any:
    try:
        return undefined.value_of(value, variables, resolve)
    except ValueError as error:
        raise RunError(f"{name} cannot be resolved: {error}") from error


def check_defined(known: Mapping[str, Any], hosts: Iterable[str], hostvars: Any, resolve: Resolve) -> None:
    """Raise ``RunError`` for a variable of the collection whose value is made of what there is not.

    ``known`` are the variables of the play. Before the first play Ansible has none of hosts (None), and nothing is
    said of what may be made of those.
    """
    given = {name: known[name] for name in known if is_option(name)}
    for host in hosts if hostvars is not None else ():
        own = hostvars.raw_get(host)
        unseen = next((name for name in _OF_PLAYS if name in own and name not in known), None)
        if unseen:
            raise RunError(
                f"{unseen} is a variable of hosts, and Ansible takes the hosts of a play, and its batches, before it"
                " looks there: it would be without effect; give it with -e"
            )
        mine = {**given, **{name: own[name] for name in own if is_option(name)}}
        of_run = {name: name in _variables_of_playbooks() for name in mine}
        for name, what in undefined.of_host({**own, **mine}, known, of_run, resolve):
            raise RunError(f"{name} cannot be resolved for {host}: {what}")
        variables = {**known, **own, **mine}
        needed = [name for name in _CHECKED if name in mine and not undefined.is_of_tasks(mine[name], variables)]
        check_of_run({name: _value(name, mine[name], variables, resolve) for name in needed})


_CHECKED = ("rdp_run", "rdp_report_dir", "rdp_report_title", limit.VARIABLE)


def check_of_run(given: Mapping[str, Any]) -> None:
    """Raise ``RunError`` for values that are needed only later, the most when all is done, and cannot be used then."""
    names = {"rdp_report_dir": "report_dir", "rdp_report_title": "title"}
    options = {names[name]: value for name, value in given.items() if name in names}
    try:
        # A playbook of a site's own may repair and restore.
        journals.check_run(given.get("rdp_run"), to_restore=playbook() in (None, "restore_rdp"))
        limit.seconds(given.get(limit.VARIABLE))
        folder = arguments.validate("summary", {**options, "kind": "audit"})["report_dir"]
        if folder:
            _check_folder(folder)
    except arguments.ArgumentError as error:
        raise RunError(as_variables(str(error).removeprefix("winops.rdp.summary: ").rstrip("."))) from error
    except ValueError as error:
        raise RunError(as_variables(str(error).rstrip("."))) from error


@cache  # of all hosts it is one folder, as a rule
def _check_folder(folder: str) -> None:
    reports.check(folder)


def as_variables(sentence: str) -> str:
    """A sentence with the names of the variables that the playbooks take the options of a report from."""
    return re.sub(r"^title\b", "rdp_report_title", re.sub(r"(?<!rdp_)report_dir", "rdp_report_dir", sentence))


def batches(given: Any) -> list[int | str]:
    """The sizes of batches from a number, a percentage, a list of them, or any of these as text.

    Text is what a survey or ``-e rdp_serial=…`` gives: ``[1, 10, "100%"]``, ``1,10,100%``, one a line. Raises
    ``RunError``.
    """
    pieces = given if isinstance(given, list | tuple) else [given]
    if isinstance(given, str):
        listed = re.fullmatch(r"\s*\[(.*)\]\s*", given, re.DOTALL)  # one bracket alone is a list that was cut off
        pieces = [piece.strip("'\"") for piece in re.split(r"[\s,]+", listed[1] if listed else given) if piece]
    sizes = [_size(size, given) for size in pieces]
    if not sizes:
        raise RunError('rdp_serial is empty; give sizes of batches, for example [1, 10, "100%"]')
    return sizes


def _size(size: Any, given: Any) -> int | str:
    told = "" if isinstance(size, bool) else str(size).strip()
    if told == "0":
        return "100%"  # Ansible's own word for all at once; its other one, -1, is what a slip makes of 1
    match = re.fullmatch(r"([0-9]+)(%?)", told)
    if not match or not 0 < int(match[1]) <= (100 if match[2] else 10**9):
        raise RunError(
            f"rdp_serial is {given!r}: {size!r} is neither a number of hosts from 1 on (0 is all at once) nor a"
            ' percentage from 1% to 100%; write for example [1, 10, "100%"]'
        )
    return f"{int(match[1])}%" if match[2] else int(match[1])


def percentage(given: Any) -> float:
    """The failures that a batch may have. Raises ``RunError``."""
    told = "" if isinstance(given, bool) else str(given).strip().removesuffix("%")
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", told) or float(told) > 100:
        raise RunError(f"rdp_max_fail_percentage is {given!r}; it must be a number from 0 to 100")
    return float(told)


# The turn of one host -----------------------------------------------------------------------------------------------


class Turn:
    """One host's turn in a run: whether it still comes, and what became of it.

    ``template`` resolves a variable's value.
    """

    def __init__(self, kind: str, task_vars: Mapping[str, Any], template: Callable[[Any], Any]) -> None:
        self._host = str(task_vars["inventory_hostname"])
        self._batch = str((task_vars.get("ansible_play_batch") or [self._host])[0])
        self._all = len(task_vars.get("ansible_play_hosts_all") or [self._host])
        self._ledger = Ledger(kind)
        self._task_vars, self._template = task_vars, template

    # What cannot be used is found while the host is asked: it has its line all the same.
    @cached_property
    def _sizes(self) -> list[int | str]:
        return batches(self._template(self._task_vars.get("rdp_serial", DEFAULT_SERIAL)))

    @cached_property
    def _most_failures(self) -> float:
        most = self._task_vars.get("rdp_max_fail_percentage", DEFAULT_MAX_FAIL_PERCENTAGE)
        return percentage(self._template(most))

    @property
    def stopped(self) -> str | None:
        """Why this host is left alone, if it is. Raises ``RunError``."""
        if self._ledger.too_many_failed(self._batch, self._most_failures):
            return "too many hosts of an earlier batch failed"
        first = self._ledger.first_repair_failed() if self._most_failures < 100 else None
        return f"the first repair of the run failed, on {first}" if first else None

    @contextmanager
    def repair(self) -> Iterator[Callable[[bool], None]]:
        """Hold back a repair until the first of the run is over; gives what to call with how this one went.

        The host of the first batch may be one that cannot be reached, or has nothing to repair. It shows nothing of
        repairs then, and the first host that is repaired stands in for it. Raises ``HostFailure``.
        """
        if self._sizes[0] != 1:
            yield lambda _went_well: None
            return
        with self._ledger.first_repair() as told:
            if told is None:
                if self.stopped:
                    raise HostFailure(stopped_sentence(self.stopped), reason="stopped")
                yield lambda _went_well: None
                return
            ended: list[bool] = []
            try:
                yield ended.append
            finally:
                told.write_text("" if ended == [True] else self._host, encoding="utf-8")

    def keep(self, result: Json) -> Json:
        """Keep a result, and give it back as one that does not end the host's part in the run."""
        entry = entry_of(self._host, result)
        try:
            done = self._ledger.keep(entry, self._batch)
        except OSError as error:
            # It ends the host's part in the run, and with it the summary knows what was done.
            why = f"{self._host}: what it came to cannot be kept for the summary: {error.strerror or error}"
            return {**result, "failed": True, "msg": f"{why}. {text_of(entry)}"}
        self._tell_progress(done)
        kept = {name: value for name, value in result.items() if name not in ("failed", "unreachable")}
        return {**kept, "skipped": True} if result.get("reason") in ("stopped", "left_out") else kept

    def _tell_progress(self, done: int) -> None:
        """Say how far a long run is, each time that another tenth of its hosts is done."""
        if self._all >= _LONG_RUN and done % max(self._all // 10, 10) == 0 and done < self._all:
            saying.say(f"winops.rdp: {lines.progress(self._ledger.counts(), self._all)}")


def stopped_sentence(why: str) -> str:
    return f"{lines.NOT_REACHED} (stopped before its turn: {why})"


def entry_of(host: str, result: Json) -> Entry:
    """What a result means for the run."""
    reason = result.get("reason")
    failed = bool(result.get("failed") or result.get("unreachable"))
    if reason in ("stopped", "left_out"):
        return Entry(host, reason.replace("_", " "), False, False, result)
    verdict = result.get("verdict_after") or result.get("verdict")
    if result.get("unreachable"):
        # What broke off in the middle of a repair counts against it, whatever it broke off with.
        return Entry(host, "unreachable", True, reason == "interrupted", result)
    if failed and not verdict:
        return Entry(host, "failed", True, result.get("culprit") != CONTROLLER, result)
    if "changes" in result and not verdict:
        return Entry(host, "listed", failed, failed, result)
    state = None if failed else _taken_back(result)
    return Entry(host, state or (verdict if verdict in lines.STATES else "done"), failed, failed, result)


def _taken_back(result: Json) -> str | None:
    """What became of what was to be taken back, which is no verdict; None for a result of anything else."""
    if result.get("left_as_it_is"):
        return "left as it is"
    if result.get("restored"):
        planned = (result.get("plan") or {}).get("steps")
        undone = "taken back" if result.get("steps") else None
        return undone or ("would be taken back" if planned else "nothing to restore")
    # With nothing to take back there is no look at the host, and no journal.
    return "nothing to restore" if "journal" in result and not result["journal"] and "verdict" not in result else None


# The parts of a result that the closing lines of a run are made of.
SUMMED_UP = (
    *("msg", "reason", "summary", "changes", "run", "unknown_run", "newest_run", "left_as_it_is"),
    *("plan", "steps", "journal", "journals", "restored", "verdict_after"),
)


def text_of(entry: Entry) -> str:
    """A host's line without its name: a word, a colon, and the rest."""
    result = entry.result
    if entry.state in ("unreachable", "failed"):
        return f"{entry.state}: {lines.without_name(entry.host, result.get('msg', 'no reason was given'))}"
    if entry.state == "left out":
        return (
            "left out: Ansible runs on it, and the inventory says no other connection; if a port there leads to a"
            " Windows host, give that one another name in an inventory, with ansible_host and ansible_port"
        )
    if entry.state == "stopped":
        return str(result.get("msg"))
    if entry.state == "listed":
        number, changes = history.listed(result["changes"])
        choice = "" if number.startswith("nothing") else "; take a run back with -e rdp_run=ID, the newest first:"
        return "\n".join([number + choice, *changes])
    if entry.fails and result.get("msg") and result.get("reason") != "verdict":
        return f"{entry.state}: {lines.without_name(entry.host, result['msg'])}"
    return str(result.get("summary") or entry.state)


def unknown_run(entries: Iterable[Entry]) -> str | None:
    """A sentence where no host knows the run that was to be taken back; None where one does, or none was asked."""
    asked = [entry.result for entry in entries if entry.state not in ("left out", "stopped", "unreachable", "failed")]
    run = asked[0].get("unknown_run") if asked else None
    if run is None or any(result.get("unknown_run") is None for result in asked):
        return None
    known = sorted(
        (result["newest_run"] for result in asked if result.get("newest_run")), key=lambda one: one["created"]
    )
    newest = f"the newest is {known[-1]['run']}; without rdp_run they are listed" if known else "they know none at all"
    return f"no host knows {run_in_words(run)}; {newest}"
