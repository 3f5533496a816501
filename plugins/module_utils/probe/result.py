# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""The result of a task, from validated options: one host under ``probe``, several under ``probes``, or ``gateway``."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.gateway import look_at_gateway
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import probe
from ansible_collections.winops.rdp.plugins.module_utils.probe.options import probe_options
from ansible_collections.winops.rdp.plugins.module_utils.probe.sweep import Progress, sweep
from ansible_collections.winops.rdp.plugins.module_utils.probe.targets import Target


def run_probe(options: dict[str, Any], targets: list[Target], progress: Progress | None = None) -> dict[str, Any]:
    """Probe the targets.

    A host that lets no client in is a result, not a failure; what fails is a file that cannot be written.

    If the file fails while the results come, they are returned all the same.
    """
    if options["gateway"]:
        host, port = targets[0]
        names = ("timeout", "deadline", "server_name")
        return {"changed": False, "gateway": look_at_gateway(host, port, **{name: options[name] for name in names})}
    if options["targets"] is None:
        host, port = targets[0]
        return {"changed": False, "probe": probe(host, port, **probe_options(options))}
    path = options["results_path"]
    try:
        swept = sweep(
            targets,
            probe_options(options),
            concurrency=options["concurrency"],
            total_deadline=options["total_deadline"],
            progress=progress,
            results_path=path,
        )
    except OSError as error:
        return {"changed": False, **_not_written(path, error)}
    file_error = swept.pop("file_error")
    failure = _not_written(path, file_error) if file_error else {}
    return {"changed": False, **failure, **swept}


def _not_written(path: str, error: OSError) -> dict[str, Any]:
    reason = error.strerror or error
    sentence = f"results_path {path} cannot be written ({reason}); give a file in a folder that exists and has room."
    return {"failed": True, "msg": f"winops.rdp.probe: {sentence}"}
