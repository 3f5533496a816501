# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session with a Windows client: read it, have it look at a host, judge it, and have done what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.options import OptionError, check_ranges, check_token
from ansible_collections.winops.rdp.plugins.module_utils.probe.targets import Target, TargetError, expand
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import client_bundle, client_look, files, journals
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure, HostLink
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import probe_listener
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import client_apps, client_machine
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_machine import ClientDiagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import client, collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientError, ClientFacts
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.history import Change
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan

_RDP_PORT = 3389
_ASKED_OF_THE_CLIENT = ("forget_certificate", "correct_rdp_files", "update", "unloaded_profiles", "rdp_files")


@dataclass(frozen=True)
class Read:
    """One reading of a client, and what came of it. ``target`` is None where no host was named."""

    facts: ClientFacts
    target: Target | None
    look: ProbeResult
    here: ProbeResult
    diagnosis: ClientDiagnosis


@dataclass(frozen=True)
class Done:
    """What became of steps on a client."""

    reports: tuple[dict[str, Any], ...]
    journal: dict[str, Any]
    failed: str | None


def target_of(options: dict[str, Any], module: str = "client") -> Target | None:
    """Host and port that the option ``target`` names. Raises ``HostFailure``."""
    if not options["target"]:
        return None
    try:
        found = expand([options["target"]], _RDP_PORT, 1, networks=False)[0]
        if options["load_balance_info"]:
            check_token(options["load_balance_info"], module)
        check_ranges(options, module)
    except TargetError as error:
        raise HostFailure(f"winops.rdp.{module}: {error}.", reason="bad_arguments") from error
    except OptionError as error:
        raise HostFailure(str(error), reason="bad_arguments") from error
    return found


def question(target: Target | None, options: dict[str, Any]) -> dict[str, Any]:
    """What a client is asked. ``options`` are those of module ``client``."""
    names = [target[0]] if target else []
    short = names[0].partition(".")[0] if names and not names[0].replace(".", "").isdecimal() else None
    return {
        "packages": client_apps.PACKAGES,
        "upgrade_codes": list(client_apps.UPGRADE_CODES),
        "values": client.VALUES,
        "user_values": client.USER_VALUES,
        "targets": list(dict.fromkeys([*names, *([short] if short else [])])),
        "unloaded_profiles": options["unloaded_profiles"],
        "rdp_files": options["rdp_files"],
        "service_names": list(collect.PRODUCTS),
        **({"look": looking(target, options)} if target else {}),
    }


def looking(target: Target, options: dict[str, Any]) -> dict[str, Any]:
    """What a client is told to do to look at a host."""
    return client_look.plan(
        *target,
        timeout=options["timeout"],
        deadline=options["deadline"],
        server_name=options["server_name"],
        load_balance_info=options["load_balance_info"],
    )


def ask(link: HostLink, arguments: dict[str, Any]) -> ClientFacts:
    """A client's answer. Raises ``HostFailure``."""
    try:
        return ClientFacts(link.client(arguments))
    except ClientError as error:
        raise HostFailure(
            f"{link.name} gave an answer that cannot be used: {error}. Run with -vvv to see it."
        ) from error


def as_left(link: HostLink, changed: Sequence[dict[str, Any]]) -> ClientFacts | None:
    """What steps on a client changed, as it is now; None where none of them is one on a client.

    Raises ``HostFailure``.
    """
    asked = {}
    for name, op, field in (("rdp_files", "rdp_file.set", "file"), ("targets", "profile.forget", "target")):
        named = [step.get(field) for step in changed if step["op"] == op]
        asked[name] = list(dict.fromkeys(one for one in named if isinstance(one, str)))
    return ask(link, {**asked, "sections": ["profiles", "rdp_files"]}) if any(asked.values()) else None


def look_of(facts: ClientFacts, target: Target, options: dict[str, Any]) -> dict[str, Any] | None:
    """The result of a client's look; None where it gave none."""
    told = facts.section("look")
    return client_look.result(told, *target, options["server_name"]) if told else None


class ClientSession:
    """Everything that is asked of one client in one task. All methods raise ``HostFailure``."""

    def __init__(self, session: HostSession) -> None:
        self._session, self._options = session, session.options
        self._kept = _kept(session.options["bundle_path"])
        if self._kept:
            asked = [name for name in _ASKED_OF_THE_CLIENT if session.options[name]]
            if asked:
                raise HostFailure(
                    f"winops.rdp.client: {asked[0]} asks the client for something, and with bundle_path none is asked;"
                    " leave it out.",
                    reason="bad_arguments",
                )
            told = {"target": self._kept.target, "server_name": self._kept.server_name}
            self._options = {**session.options, **told}
        self._target = target_of(self._options)

    def read(self) -> Read:
        """Read the client, look at the target from there and from here, and judge."""
        self._session.say("client: reading" + (f", and a look at {self._target[0]}" if self._target else ""))
        facts = self._kept.facts if self._kept else ask(self._session.link, question(self._target, self._options))
        look = here = None
        if self._target:
            look = look_of(facts, self._target, self._options)
        if self._target and self._options["compare"]:
            here = probe_listener(
                *self._target,
                timeout=self._options["timeout"],
                deadline=self._options["deadline"],
                server_name=self._options["server_name"],
                load_balance_info=self._options["load_balance_info"],
                depth="client",
            )
        name = self._target[0] if self._target else None
        seen, seen_here = ProbeResult(look), ProbeResult(here)
        diagnosis = client_machine.diagnose(facts, name, seen, seen_here)
        return Read(facts, self._target, seen, seen_here, diagnosis)

    def change(self, plan: Plan, before: Read) -> Done:
        """Have the steps of a plan done: journal first, then the steps, as on any host."""
        session = self._session
        section = before.facts.section("client")
        if section is None or not section["elevated"]:
            raise HostFailure(
                f"{session.name}: the account used there is not an administrator. Nothing was done;"
                " run again with an account that is.",
                reason="not_administrator",
            )
        # Who else has changed this computer, and when in its own order.
        listed = session.snapshot(["host", "journals"])
        try:
            steps.check(plan.steps)
            found = {"verdict": before.diagnosis.verdict, "causes": [one.id for one in before.diagnosis.findings]}
            journal = journals.new_journal(None, session.run_id(), found, listed.next_sequence)
        except steps.StepError as error:
            raise HostFailure(f"{session.name}: {error}; nothing was done.", reason="refused_step") from error
        journal = journal.planned(session.name, before.facts.machine, plan.steps)
        _answered, attempt, told = session.sent(
            journal, plan.steps, lambda: session.link.change_client(plan.steps, journal, listed)
        )
        failed = next((one for one in told.reports if one["status"] in ("failed", "refused")), None)
        why = f"{failed['op']}: {(failed['error'] or {}).get('message')}" if failed else None
        copy = attempt.controller_copy
        kept = {"id": journal.id, "path": told.path, "controller_copy": copy, "state": told.state}
        restorable = Change(None, attempt.journal).is_restorable
        return Done(told.reports, {**kept, "restorable": restorable, "run": journal.run}, why)


def _kept(place: str | None) -> client_bundle.ClientBundle | None:
    """What a client's script wrote. Raises ``HostFailure``."""
    if not place:
        return None
    try:
        return client_bundle.read(files.place(place))
    except (client_bundle.ClientBundleError, files.FileProblem) as error:
        raise HostFailure(f"winops.rdp.client: {str(error).rstrip('.')}.", reason="bad_bundle") from error
