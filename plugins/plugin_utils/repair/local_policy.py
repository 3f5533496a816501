# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the listener through the host's own Group Policy: which steps set them there, and when they may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, gpt_ini, local_policy
from ansible_collections.winops.rdp.plugins.plugin_utils.host.registry_pol import PolicyFileError
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

_SYSTEM_POLICY = r"SOFTWARE\Policies\Microsoft\Windows\System"


def changes(wanted: Mapping[str, int], snapshot: Snapshot, reason: str, finding: str) -> tuple[Step, ...]:
    """The steps that make the host's own Group Policy set these values; none where it does.

    ``wanted`` is the number by the name of the value. Raises ``Refused``, also where another policy would win.
    """
    if not wanted:
        return ()
    section = snapshot.section("local_policy")
    if section is None:
        error = snapshot.errors.get("local_policy") or {"message": "the section is not in this snapshot"}
        raise Refused(f"the host's own Group Policy files could not be read ({error['message'].rstrip('.')})")
    _must_be_applied(snapshot)
    for name in wanted:
        _must_be_ours(name, wanted[name], snapshot)
    due = {name: value for name, value in wanted.items() if not _is_so(name, value, snapshot, section)}
    if not due:
        return ()
    done = [
        *_files(section, due, reason, finding),
        steps.refresh_policy(
            {name: {"type": "dword", "data": value} for name, value in due.items()},
            "Windows applies what the files say",
            finding,
        ),
    ]
    return tuple(done)


def _must_be_applied(snapshot: Snapshot) -> None:
    """Raises ``Refused`` where Windows does not look at the host's own policy."""
    domain = snapshot.section("domain")
    if domain is None or domain["joined"] is None:
        raise Refused("whether this host is in a domain, whose policies come first, could not be read")
    if domain["joined"] and snapshot.number(_SYSTEM_POLICY, "DisableLGPOProcessing") == 1:
        raise Refused(
            "a policy turns the host's own policies off ('Turn off Local Group Policy Objects processing'), so a value"
            " there would do nothing"
        )


def _must_be_ours(name: str, wanted: int, snapshot: Snapshot) -> None:
    """Raises ``Refused`` where somebody else's policy sets the value to something else."""
    setting = snapshot.setting(name)
    if setting is None:
        raise Refused("the listener's settings could not be read")
    if not setting.by_policy or setting.own or setting.effective == wanted:
        return
    if setting.source == "mdm" or setting.own is False:
        raise Refused(f"{setting.set_by} sets {name} and comes before the host's own policy; change it there")
    others = snapshot.domain_policies
    among = f": {', '.join(others)}" if others else ""
    raise Refused(
        f"a policy sets {name}, and the host could not say whether it is its own or one of the domain's{among};"
        " change it where it is set, or let the host log its resultant set of policy"
    )


def _is_so(name: str, wanted: int, snapshot: Snapshot, section: Mapping[str, Any]) -> bool:
    """Whether a policy sets the value so, and it is the domain's or the file says it."""
    setting = snapshot.setting(name)
    if setting is None or not setting.by_policy or setting.effective != wanted:
        return False
    return not setting.own or _read(section, local_policy.REGISTRY_POL, name) == wanted


def _read(section: Mapping[str, Any], file: str, name: str) -> int | None:
    try:
        return local_policy.number(local_policy.content_of(section, file), name)
    except PolicyFileError as error:
        raise _malformed(section, file, error) from error


def _malformed(section: Mapping[str, Any], file: str, error: ValueError) -> Refused:
    return Refused(f"{section[file]['path']} cannot be changed: {error}")


def _files(section: Mapping[str, Any], due: Mapping[str, int], reason: str, finding: str) -> list[Step]:
    """The two files: the values first, then the counter by which Windows sees them."""
    done = []
    for file, change, why in (
        (local_policy.REGISTRY_POL, lambda before: local_policy.changed(before, due), reason),
        (local_policy.GPT_INI, gpt_ini.raised, "the counter by which Windows sees that the policy has changed"),
    ):
        try:
            before = local_policy.content_of(section, file)
            after = change(before)
        except ValueError as error:
            raise _malformed(section, file, error) from error
        if len(after) > contract.CAPS["policy_bytes"].most:
            raise Refused(f"{section[file]['path']} would be larger than this collection reads")
        if after != before:
            done.append(steps.replace_file(file, before, after, why, finding))
    return done
