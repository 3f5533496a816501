# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup ``run_hosts``."""

from __future__ import annotations

DOCUMENTATION = r"""
name: run_hosts
short_description: The hosts of one of the collection's playbooks
version_added: 0.1.0
author: winops.rdp contributors (@winops)
description:
  - Stands in the C(hosts) line of the collection's playbooks. It checks there, before anything runs, that the pattern
    matches hosts within C(--limit) and, with C(rdp_hosts_by_name), is made of their names, that the sizes of batches
    can be used, that C(rdp_check_only) is true or false, that no variable of the collection is misspelt, that no extra
    variable is one of another playbook or has a value that cannot be meant, and that no option of the command takes
    away what the run says at its end.
  - Where hosts are only named (C(-i web01,)) and nothing says how they are reached, it asks the person at the terminal
    for connection, user and password; without a terminal it says what is missing.
  - The pattern is that of C(rdp_hosts). A value of a variable that is made of what there is not is an error, for it is
    not one that was not given.
options:
  before:
    description:
      - Gives one host, for a play without tasks. Ansible knows the variables of hosts once a play is over, and what is
        made of them is checked before the next one.
    type: bool
    default: false
  after:
    description:
      - Gives the hosts that fail the run of this kind which is over, and one host that speaks for all of them, instead
        of the pattern.
    type: str
    choices: [audit, remediate, restore]
  controller:
    description: The play asks no host. Only variables and options of the command are checked.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: A playbook of the collection
  hosts: "{{ query('winops.rdp.run_hosts') }}"
"""

RETURN = r"""
_raw:
  description: The pattern, or patterns for one host each.
  type: list
  elements: raw
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import asking, options, runs
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.ledger import Ledger
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import sentence
from ansible_collections.winops.rdp.plugins.plugin_utils.report import commands

# What ansible-playbook ends with where a playbook cannot be read.
_CANNOT_BE_MEANT = 4


class LookupModule(LookupBase):  # type: ignore[misc]  # Ansible has no types
    def run(self, terms: list[Any], variables: dict[str, Any] | None = None, **kwargs: Any) -> list[Any]:
        self.set_options(var_options=variables, direct=kwargs)
        known = dict(variables or {})
        try:
            pattern = "localhost" if self.get_option("controller") else self._value(known, "rdp_hosts", "all")
            if runs.is_listing():
                return _patterns(pattern)
            names = self._checked(known, pattern)
        except (runs.RunError, asking.MissingError) as error:
            # Ansible would say it twice, behind its own words for where this stands, with a piece of the playbook.
            # Its own way to show an error wraps it, or begins it otherwise, in some versions.
            Display().display(f"[ERROR]: winops.rdp: {sentence(error)}.", color=constants.COLOR_ERROR, stderr=True)
            raise SystemExit(_CANNOT_BE_MEANT) from None
        if self.get_option("before"):
            return [commands.exactly(names[0])]
        kind = self.get_option("after")
        if not kind:
            return _patterns(pattern)
        runs.promise_last_words()
        entries = Ledger(kind).entries(())
        # A host with an entry has been through a task, and can be through another. A host without never came to its
        # own; what Ansible says about it is shown, too.
        speaker = next((name for name in names if name in entries), names[0])
        failing = (name for name in names if name != speaker and (name not in entries or entries[name].fails))
        # Ansible takes what stands here for patterns: "web 01" would be two of them, and nobody would sum up.
        return [commands.exactly(name) for name in (speaker, *failing)]

    def _checked(self, known: dict[str, Any], pattern: Any) -> list[str]:
        """The names of the hosts. Raises ``RunError`` and ``MissingError`` where the run cannot be meant so."""
        runs.check_whole()
        runs.check_words()
        runs.known_variables()  # read once here: each host has a process of its own, which takes it over
        runs.check_variables(known, runs.EXTRA)
        called = runs.playbook()
        if called:
            extra = runs.extra_variables()
            runs.check_own_variables(extra, called)
            for said in runs.without_effect(extra, called):
                Display().warning(f"winops.rdp: {said}.")
            runs.check_values(self._known_values(extra), called)
        if self.get_option("controller"):
            runs.check_no_limit()
            for name in filter(runs.is_option, known):
                self._value(known, name, None)
            return [pattern]
        runs.switch("rdp_check_only", self._value(known, "rdp_check_only", False))
        runs.batches(self._value(known, "rdp_serial", runs.DEFAULT_SERIAL))
        runs.percentage(self._value(known, "rdp_max_fail_percentage", runs.DEFAULT_MAX_FAIL_PERCENTAGE))
        names = runs.hosts_of_run(known["groups"], pattern)
        runs.check_names(known["groups"], pattern, self._value(known, "rdp_hosts_by_name", False))
        extra = runs.extra_variables()
        runs.check_reference(self._known_values(extra).get("rdp_audit_reference_host"), known["groups"], names)
        known |= asking.ask(known, names)
        if self.get_option("after"):
            return names
        options.check_connection(runs.resolved(runs.extra_variables(), names, known.get("hostvars")))
        runs.check_defined(known, names, known.get("hostvars"), self._resolve)
        return names

    def _known_values(self, extra: dict[str, Any]) -> dict[str, Any]:
        """The values that are known before a host is; one may be made of a host's own variables."""
        values = {}
        for name in extra:
            with suppress(AnsibleError, runs.RunError):
                values[name] = self._value(extra, name, None)
        return values

    def _value(self, known: dict[str, Any], name: str, default: Any) -> Any:
        return runs.value_of(known, name, default, lambda value, _known: self._templar.template(value))

    def _resolve(self, value: Any, variables: Mapping[str, Any]) -> Any:
        return self._templar.copy_with_new_env(available_variables=dict(variables)).template(value)


def _patterns(pattern: Any) -> list[Any]:
    return [pattern] if isinstance(pattern, str) else list(pattern)
