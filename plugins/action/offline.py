# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts for hosts that Ansible does not reach: see the module's documentation. No host is asked."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, bundles, files, offline, session
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure, need_reader
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import readable, sentence
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan


class ActionModule(ActionBase):  # type: ignore[misc]  # Ansible has no types
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp: None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        try:
            options = arguments.validate("offline", dict(self._task.args))
            result.update(_KINDS[options["kind"]](self, options))
        except arguments.ArgumentError as problem:
            return {**result, "failed": True, "msg": str(problem)}
        except (files.FileProblem, bundles.BundleError, offline.OfflineError, HostFailure) as problem:
            said = str(problem).rstrip(".")
            return {**result, "failed": True, "msg": sentence(f"winops.rdp.offline: {said}.")}
        except OSError as error:
            # By its path: the playbook has another name for the option.
            why = f"{error.filename or 'the script'} cannot be written: {error.strerror or error}"
            return {**result, "failed": True, "msg": sentence(f"winops.rdp.offline: {why}.")}
        return dict(readable(result))

    def _collect(self, options: dict[str, Any]) -> dict[str, Any]:
        path = _place(options["dest"], "rdp-collect.ps1")
        return self._written(path, offline.collect_script(path.name))

    def _client(self, options: dict[str, Any]) -> dict[str, Any]:
        """Raises ``OfflineError``."""
        path = _place(options["dest"], "rdp-client.ps1")
        return self._written(path, offline.client_script(path.name, options["target"], options["server_name"]))

    def _repair(self, options: dict[str, Any]) -> dict[str, Any]:
        """Raises ``BundleError`` and ``OfflineError``."""
        need_reader(options["bundle_path"])
        bundle = bundles.looked_at(bundles.read(files.place(options["bundle_path"])), options)
        assessment = offline.assessed(bundle)
        todo = plan(assessment, session.allowed(options))
        path = _place(options["dest"], f"rdp-repair-{files.name_for(bundle.name)}.ps1")
        now = datetime.now(timezone.utc)
        return {
            **self._written(path, offline.repair_script(bundle.name, path.name, assessment, todo, now)),
            "plan": todo.to_dict(),
        }

    def _written(self, path: Path, script: str) -> dict[str, Any]:
        """Write the script as Windows keeps text, unless it is there already or this is check mode."""
        data = script.replace("\n", "\r\n").encode("ascii")
        changed = not path.is_file() or path.stat().st_size != len(data) or files.read(path, len(data)) != data
        files.refuse_foreign(path, files.SCRIPT)
        if changed and not self._task.check_mode:
            files.write(path, data, 0o600, own=files.SCRIPT)
        return {"changed": changed, "path": str(path), "bytes": len(data)}


_KINDS = {"collect": ActionModule._collect, "repair": ActionModule._repair, "client": ActionModule._client}


def _place(dest: str, name: str) -> Path:
    path = files.place(dest)
    return path / name if path.is_dir() or dest.endswith("/") else path
