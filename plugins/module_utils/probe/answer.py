# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The result of a task, from validated options: one host under ``probe``, several under ``probes``."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.host import probe
from ansible_collections.winops.rdp.plugins.module_utils.probe.options import look_options
from ansible_collections.winops.rdp.plugins.module_utils.probe.sweep import Progress, sweep
from ansible_collections.winops.rdp.plugins.module_utils.probe.targets import Target


def answer(options: dict[str, Any], targets: list[Target], progress: Progress | None = None) -> dict[str, Any]:
    """Look at the targets. A host that lets no client in is a result, not a failure; what fails is a file that cannot be written."""
    if options["targets"] is None:
        host, port = targets[0]
        return {"changed": False, "probe": probe(host, port, **look_options(options))}
    try:
        swept = sweep(
            targets,
            look_options(options),
            concurrency=options["concurrency"],
            total_deadline=options["total_deadline"],
            progress=progress,
            results_path=options["results_path"],
        )
    except OSError as error:
        sentence = f"results_path {options['results_path']} cannot be written ({error.strerror or error}); give a file in a folder that exists."
        return {"changed": False, "failed": True, "msg": f"winops.rdp.probe: {sentence}"}
    return {"changed": False, **swept}
