# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes each host's result of each task to the file that WINOPS_RESULTS names (if it does), one JSON object a line."""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
from typing import Any

from ansible.plugins.callback import CallbackBase
from ansible_collections.winops.rdp.plugins import plugin_utils
from ansible_collections.winops.rdp.plugins.plugin_utils.host import schema

DOCUMENTATION = """
name: results
type: notification
short_description: Results as JSON lines, for tests
description: Writes each host's result of each task to the file that WINOPS_RESULTS names.
"""

# Ansible forks a process for each host and task, and each imports anew what it needs: a tenth of a second of processor
# time, thousands of times. What is imported here, before the forks, they share.
for _found in pkgutil.walk_packages(plugin_utils.__path__, plugin_utils.__name__ + "."):
    importlib.import_module(_found.name)
importlib.import_module("ansible.plugins.connection.winrm")
for _section in schema.SECTIONS:
    schema.exact(_section)
gc.freeze()  # or each process copies all of this as soon as it collects garbage


class CallbackModule(CallbackBase):  # type: ignore[misc]
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "results"
    CALLBACK_NEEDS_ENABLED = False

    def _write(self, status: str, result: Any) -> None:
        if "WINOPS_RESULTS" not in os.environ:
            return
        # Results have had public properties since ansible-core 2.19, and only private ones before.
        host, task, answer = (
            getattr(result, name, None) or getattr(result, f"_{name}") for name in ("host", "task", "result")
        )
        row = {"host": host.get_name(), "task": task.get_name(), "status": status, "result": answer}
        with open(os.environ["WINOPS_RESULTS"], "a", encoding="utf-8") as file:
            file.write(json.dumps(row, default=str) + "\n")

    def v2_runner_on_ok(self, result: Any) -> None:
        self._write("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._write("failed", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._write("unreachable", result)
