# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client sees: from here where the connection is local or the host is Windows, else from the vantage host."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible_collections.winops.rdp.plugins.module_utils.probe.options import (
    ARGUMENT_SPEC,
    MUTUALLY_EXCLUSIVE,
    OptionError,
    check,
    progress_sentence,
)
from ansible_collections.winops.rdp.plugins.module_utils.probe.result import run_probe
from ansible_collections.winops.rdp.plugins.module_utils.probe.targets import Target
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import with_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.vantage_links import is_windows, looks
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.vantage import compare
from ansible_collections.winops.rdp.plugins.plugin_utils.host import text


class ActionModule(ActionBase):  # type: ignore[misc]  # Ansible has no types
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp: None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        task_vars = task_vars or {}
        given = dict(self._task.args)
        windows = is_windows(self._connection, task_vars)
        if windows and not given.get("host") and not given.get("targets"):
            # A play on Windows hosts: each is looked at under the address that Ansible uses, from the controller.
            given["host"] = str(task_vars.get("ansible_host") or task_vars.get("inventory_hostname"))
        validated = ArgumentSpecValidator(ARGUMENT_SPEC, mutually_exclusive=MUTUALLY_EXCLUSIVE).validate(given)
        if validated.error_messages:
            unknown = sorted(name for name in given if name not in ARGUMENT_SPEC)
            sentence = (
                f"there is no option {', '.join(unknown)}"
                if unknown
                else "; ".join(validated.error_messages).rstrip(".")
            )
            return {
                **result,
                "failed": True,
                "msg": f"winops.rdp.probe: {sentence}. See 'ansible-doc winops.rdp.probe'.",
            }
        options = validated.validated_parameters
        try:
            targets = check(options)
        except OptionError as error:
            return {**result, "failed": True, "msg": text.sentence(error)}
        if options["via"]:
            return dict(text.readable({**result, **self._from_places(task_vars, targets[0], options)}))
        if windows or self._connection.transport == "local":
            found = run_probe(options, targets, _tell)
        else:
            found = self._execute_module(module_name="winops.rdp.probe", module_args=given, task_vars=task_vars)
        for probe in [found.get("probe"), *(found.get("probes") or ())]:
            if probe:
                with_certificate(probe, options["server_name"])
        result.update(found)
        return dict(text.readable(result))

    def _from_places(self, task_vars: dict[str, Any], target: Target, options: dict[str, Any]) -> dict[str, Any]:
        """A look at one host from each place, side by side."""
        found, errors = looks(self, task_vars, options["via"], target, options)
        return {
            "changed": False,
            "looks": found,
            "comparison": compare(found).to_dict(),
            "via_errors": errors,
        }


def _tell(*progress: Any) -> None:
    Display().display(text.sentence(progress_sentence(*progress)))
