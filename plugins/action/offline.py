# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts for hosts that Ansible does not reach: see the module's documentation. No host is asked."""

from __future__ import annotations

from typing import Any

from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, files, offline
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import readable


class ActionModule(ActionBase):  # type: ignore[misc]  # Ansible has no types
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp: None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        try:
            options = arguments.validate("offline", dict(self._task.args))
            path = files.place(options["dest"])
            if path.is_dir():
                path = path / "rdp-collect.ps1"
            script = offline.collect_script(path.name).replace("\n", "\r\n").encode("ascii")
            changed = not path.is_file() or files.read(path, len(script)) != script
            if changed and not self._task.check_mode:
                files.write(path, script, 0o644)
        except (arguments.ArgumentError, files.FileProblem) as problem:
            return {**result, "failed": True, "msg": str(problem)}
        except OSError as error:
            sentence = (
                f"winops.rdp.offline: dest cannot be written: {error.strerror or error}. Give a place that can be."
            )
            return {**result, "failed": True, "msg": sentence}
        result.update(changed=changed, path=str(path), bytes=len(script))
        return dict(readable(result))
