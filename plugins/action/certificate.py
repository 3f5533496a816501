# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The listener's certificate as asked: see the module's documentation."""

from __future__ import annotations

import secrets
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import StateAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired, pfx
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.bind import Binding, bind, wanted_keys
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan


class ActionModule(StateAction):
    MODULE = "certificate"
    binding: Binding | None = None
    brought: pfx.Pfx | None = None

    def read(self, session: HostSession) -> Snapshot:
        if session.options["state"] != "bound":
            return super().read(session)
        asked = session.options
        if asked["src"]:
            session.link.refuse_files()
            self.brought = _opened(session.name, asked["src"], asked["password"])
            session.secrets = self.brought.secrets
            asked = {**asked, "thumbprint": self.brought.entry.thumbprint}
        return session.snapshot_for_change(key_certificates=wanted_keys(asked))

    def plan(self, session: HostSession, before: Assessment) -> Plan:
        asked = session.options
        if asked["state"] != "bound":
            return desired.certificate(asked, before.snapshot, session.allowed)
        # Without an address nobody looks, whatever is asked for.
        self.binding = bind({**asked, "probe": session.can_probe}, before.snapshot, session.allowed, self.brought)
        return self.binding.plan

    def act(self, session: HostSession) -> dict[str, Any]:
        result = super().act(session)
        if self.binding is None:
            return result
        found = self.binding
        told = {"chosen": found.chosen, "rivals": list(found.rivals), "notes": list(found.notes)}
        return {**result, **told}


def _opened(host: str, path: str, password: str | None) -> pfx.Pfx:
    """The PFX file on the controller. Raises ``HostFailure``; the host has not been asked by then."""
    try:
        return pfx.read(files.read(files.place(path), pfx.LARGEST), password, secrets.token_urlsafe(24))
    except OSError as error:
        why = f"{path} cannot be read: {error.strerror or error}"
    except files.FileProblem as problem:
        why = str(problem)
    except pfx.PfxError as fault:
        why = f"{path} cannot be used: {fault}"
    raise HostFailure(f"{host}: {why}. Nothing was done.", reason="bad_arguments")
