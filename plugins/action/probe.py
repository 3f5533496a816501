# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client sees: from here where the connection is local or the host is Windows, else from the vantage host."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.module_utils.probe.options import (
    ARGUMENT_SPEC,
    MUTUALLY_EXCLUSIVE,
    OF_ACCOUNT,
    REQUIRED_BY,
    OptionError,
    check,
    progress_sentence,
    tries_account,
)
from ansible_collections.winops.rdp.plugins.module_utils.probe.result import run_probe
from ansible_collections.winops.rdp.plugins.module_utils.probe.targets import Target
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, gateway_logon, logon, saying
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import (
    HostFailure,
    HostLink,
    leaving,
    need_reader,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import fault, summary, with_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.vantage_links import is_windows, looks
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import gateway
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.vantage import compare
from ansible_collections.winops.rdp.plugins.plugin_utils.host import text


class ActionModule(ActionBase):  # type: ignore[misc]  # Ansible has no types
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp: None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        with leaving(self, task_vars or {}, is_last=True):
            return self._answer(result, task_vars or {})

    def _answer(self, result: dict[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        given = dict(self._task.args)
        windows = is_windows(self._connection, task_vars)
        link = HostLink(self, task_vars)
        on_controller = windows or self._connection.transport == "local"
        try:
            if windows and not any(given.get(name) for name in ("host", "targets", "gateway")):
                # A play on Windows hosts: each is looked at under the address that Ansible uses, from the controller.
                given["host"] = str(link.variable("ansible_host") or task_vars.get("inventory_hostname"))
            options = _validated(given)
            targets = check(options, on_controller)
            need_reader(targets[0][0])
            attempt = self._attempt(options, targets[0], link) if tries_account(options) else None
        except (OptionError, logon.LogonError, HostFailure) as error:
            return {**result, "failed": True, "msg": text.sentence(error)}
        if options["via"]:
            return self._told({**result, **self._from_places(task_vars, targets[0], options)})
        if on_controller:
            found = run_probe(options, targets, _tell)
        else:
            found = _from_host(link, {name: value for name, value in given.items() if name not in OF_ACCOUNT})
        for seen in [found.get("probe"), *(found.get("probes") or ()), found.get("gateway")]:
            if seen:
                with_certificate(seen, options["server_name"])
        if found.get("gateway"):
            found["gateway"]["client_codes"] = gateway.client_codes(found["gateway"])
        if attempt:
            found["logon"] = attempt.made(found.get("gateway") or found["probe"], check_mode=self._task.check_mode)
        return self._told({**result, **found})

    @staticmethod
    def _told(result: dict[str, Any]) -> dict[str, Any]:
        """The result with all of it in one line, which Ansible shows as ``msg``."""
        if not result.get("failed") and not result.get("unreachable"):
            result["summary"] = result["msg"] = summary(result)
        return dict(text.readable(result))

    @staticmethod
    def _attempt(options: dict[str, Any], target: Target, link: HostLink) -> logon.Attempt:
        """What is to be tried. Raises ``LogonError`` and ``HostFailure``."""
        account = logon.Account(options["account"], options["password"])
        if options["connection_account"]:
            account = link.account()
        place = logon.Place(
            *target,
            certificates=logon.fingerprints(options["fingerprints"]),
            timeout=options["timeout"],
            deadline=options["deadline"],
            server_name=options["server_name"],
            load_balance_info=options["load_balance_info"],
        )
        logon.need_library(account)  # what is wrong with the options is wrong with every package
        prover = gateway_logon.prove if options["gateway"] else None
        return logon.Attempt(place, account, options["max_hosts"], options["send_credentials"], prover)

    def _from_places(self, task_vars: dict[str, Any], target: Target, options: dict[str, Any]) -> dict[str, Any]:
        """A look at one host from each place, side by side."""
        found, errors = looks(self, task_vars, options["via"], target, options)
        why = "; ".join(error.rstrip(".") for error in errors.values())
        nobody = {"failed": True, "msg": f"winops.rdp.probe: nobody has looked: {why}."}
        return {
            **({} if any(found.values()) else nobody),
            "changed": False,
            "looks": found,
            "comparison": compare(found).to_dict(),
            "via_errors": errors,
        }


def _from_host(link: HostLink, passed_on: dict[str, Any]) -> dict[str, Any]:
    """The result of the module on a host with Python, or why there is none."""
    try:
        found = link.execute("winops.rdp.probe", passed_on)
    except HostFailure as failure:
        return failure.to_result()
    odd = fault(found)
    if not odd:
        return found
    said = f"{link.name} gave an answer that is none of winops.rdp.probe: {odd}."
    return {"failed": True, "msg": text.sentence(said)}


def _validated(given: dict[str, Any]) -> dict[str, Any]:
    """The options with defaults and types. Raises ``OptionError``."""
    rules: dict[str, Any] = {"mutually_exclusive": MUTUALLY_EXCLUSIVE, "required_by": REQUIRED_BY}
    try:
        arguments.check_form("probe", given, ARGUMENT_SPEC, rules)
    except arguments.ArgumentError as error:
        raise OptionError(str(error)) from error
    validated = ArgumentSpecValidator(ARGUMENT_SPEC, **rules).validate(given)
    if validated.error_messages:
        told = f"{'; '.join(validated.error_messages).rstrip('.')}."
        raise OptionError(f"winops.rdp.probe: {told} See 'ansible-doc winops.rdp.probe'.")
    options: dict[str, Any] = validated.validated_parameters
    return options


def _tell(*progress: Any) -> None:
    saying.say(text.sentence(progress_sentence(*progress)))
