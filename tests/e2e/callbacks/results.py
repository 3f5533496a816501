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
from importlib.machinery import SourceFileLoader
from typing import Any

from ansible.plugins.callback import CallbackBase
from ansible.utils.collection_loader import _collection_finder

DOCUMENTATION = """
name: results
type: notification
short_description: Results as JSON lines, for tests
description: Writes each host's result of each task to the file that WINOPS_RESULTS names.
"""

_Loader: Any = _collection_finder._AnsibleCollectionPkgLoaderBase
_compiled = _Loader.get_code


def _get_code(self: Any, fullname: str) -> Any:
    """Ansible compiles a collection's modules anew in every run; this takes what Python keeps in ``__pycache__``."""
    path = self.get_filename(fullname)
    if not self._compiled_code and path and os.path.isfile(path):
        self._compiled_code = SourceFileLoader(fullname, path).get_code(fullname)
    return _compiled(self, fullname)


def _share() -> None:
    """Import and compile before Ansible forks, a process for each host and task: they share what is there then.

    Each would do it anew, a tenth of a second of processor time, thousands of times.
    """
    _Loader.get_code = _get_code
    package = "ansible_collections.winops.rdp.plugins.plugin_utils"
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        importlib.import_module(found.name)
    importlib.import_module("ansible.plugins.connection.winrm")
    schema = importlib.import_module(f"{package}.host.schema")
    for section in schema.SECTIONS:
        schema.exact(section)
    gc.freeze()  # or each copies all of this as soon as it collects garbage


_share()


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
