# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps: the closed list of what may be done on a host, and the check that holds every step to it.

The host script checks the same list again. The list is in ``docs/host-contract.md``.
"""

from __future__ import annotations

import base64
import binascii
import ntpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl, contract, firewall, local_policy, nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import PERSONAL_STORE, REMOTE_DESKTOP_STORE

NONE, SERVICE, SESSIONS = "none", "service", "sessions"
COSTS = (NONE, SERVICE, SESSIONS)
# In the place of a finding: a certificate that somebody asked for.
ASKED_CERTIFICATE = "asked.certificate"

_KEY_FOLDERS = (r"\microsoft\crypto\rsa\machinekeys", r"\microsoft\crypto\keys")
_KEY_FILE = re.compile(r"^[0-9a-f]{32}_[0-9a-f-]{36}$", re.IGNORECASE)
_HASH = re.compile(r"[0-9A-F]{64}\Z")
_THUMBPRINT = re.compile(r"[0-9A-F]{40}\Z")
# What brings a certificate into the store My, and takes it out again.
_PERSONAL = ("certificate.import_pfx", "certificate.remove_imported")
# Operations on clients.
_OF_CLIENTS = ("profile.", "rdp_file.", "app.")
_SID = re.compile(r"S-1-(5-21|12-1)-[0-9-]{1,160}\Z")
_TARGET = re.compile(r"[^\\\x00-\x1f]{1,255}\Z")
_RDP_PATH = re.compile(r"[A-Za-z]:\\[^\x00-\x1f<>\"|?*:/]{1,250}\.rdp\Z", re.IGNORECASE)
# A hash has 20 bytes, or 32.
_HASH_BYTES = (20, 32)


_SIDES = ("before", "after")
# Steps that have nothing but a time limit, and what they change.
_OF_THE_HOST = {
    "clock.resync": "the clock",
    "domain.reset_channel": "the secure channel to the domain",
    "certificate.enrol": "a certificate of the policy's template",
}


class StepError(ValueError):
    """A step outside the closed list."""


@dataclass(frozen=True)
class Step:
    """One typed change: ``fields`` as the host script takes them, why, for which findings, and what it costs people."""

    op: str
    fields: dict[str, Any]
    reason: str
    findings: tuple[str, ...] = ()
    cost: str = NONE

    def to_host(self) -> dict[str, Any]:
        return {"op": self.op, **self.fields}

    def to_dict(self) -> dict[str, Any]:
        return {**self.to_host(), "reason": self.reason, "findings": list(self.findings), "cost": self.cost}

    def told(self, report: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The same for people, with what the host reported of it; a file's bytes stay in the journal."""
        whole = {**self.to_dict(), **(report or {})}
        if self.op == "file.replace":
            whole["content"] = None
            whole |= {side: {"hash": state["hash"]} for side in _SIDES if (state := whole.get(side))}
        return whole

    @property
    def target(self) -> str:
        """What it changes, in a few words."""
        fields = self.fields
        if self.op.startswith("registry."):
            return f"{fields['key']}\\{fields['name']}"
        if self.op in ("file.replace", "policy.refresh"):
            return _policy_target(self)
        if self.op in _OF_THE_HOST:
            return _OF_THE_HOST[self.op]
        if self.op in ("certificate.renew", "certificate.wait_renewed"):
            return "the listener's own certificate"
        if self.op.startswith(_OF_CLIENTS):
            return " ".join(str(fields[name]) for name in ("sid", "target", "file", "setting", "app") if name in fields)
        if self.op.startswith("certificate."):
            return f"{fields['store']}\\{fields['thumbprint']}"
        if self.op.startswith("task."):
            return f"NLA again at {fields['at']}" if self.op == "task.arm" else "the task that arms NLA"
        if self.op.startswith("group."):
            return f"{fields['member']} in Remote Desktop Users"
        if self.op.startswith("firewall."):
            return f"rule {fields['rule']}"
        return str(fields["path"] if self.op == "acl.set" else fields["service"])


def _policy_target(step: Step) -> str:
    if step.op == "file.replace":
        return f"{step.fields['policy_file']} of the host's own Group Policy"
    return f"{contract.hklm(contract.POLICY)}\\{', '.join(step.fields['settings'])}"


def check(
    steps: Iterable[Step],
    *,
    undo: bool | Sequence[Step] = False,
    pinned: str | None = None,
    files: Iterable[Mapping[str, Any]] | None = None,
    policy: Mapping[str, Any] | None = None,
) -> None:
    """Hold steps to the closed list. Raises ``StepError`` with the first that is outside it.

    ``undo`` allows what only an undo may do, or allows it of some of the steps; ``pinned`` is the thumbprint of the
    pinned certificate; ``files`` are the key files of the snapshot that the steps were made from: only these are given
    a descriptor, and only one that adds what Windows itself grants there. ``policy`` is its section ``local_policy``,
    in which alone a policy file may be changed.
    """
    known = None if files is None else list(files)
    armed = False
    for step in steps:
        back = undo if isinstance(undo, bool) else step in undo
        fault = _fault(step, back or (armed and _behind_task(step)), pinned)
        if step.op.startswith("task."):
            armed = step.op == "task.arm"
        if not fault and step.op == "acl.set" and known is not None and not back:
            fault = _descriptor_fault(step, known)
        if not fault and step.op == "file.replace" and not back:
            fault = _content_fault(step, policy)
        if fault:
            raise StepError(f"step {step.op} is refused: {fault}")


def _behind_task(step: Step) -> bool:
    """Whether a step writes what is allowed only behind a task that takes it back."""
    if step.op != "registry.set":
        return False
    value = contract.REGISTRY.get((str(step.fields.get("key")).lower(), str(step.fields.get("name")).lower()))
    data, kind = step.fields.get("data"), step.fields.get("type")
    bounds = value.writable if value else None
    return bool(
        value
        and bounds
        and kind == value.kind
        and isinstance(data, int)
        and not isinstance(data, bool)
        and data in bounds.behind_task
    )


def _descriptor_fault(step: Step, files: Iterable[Mapping[str, Any]]) -> str | None:
    path = step.fields["path"]
    file = next((file for file in files if file["path"] == path), None)
    if file is None:
        return f"{path} is not a key file that the host named"
    if not file["sddl"]:
        return f"who may read {path} now is not known"
    own = str(file.get("container") or "").lower().startswith("tsseckeyset")
    return acl.excess(acl.parse(step.fields["sddl"]), acl.parse(file["sddl"]), own)


def _content_fault(step: Step, policy: Mapping[str, Any] | None) -> str | None:
    """Why the new bytes of a policy file are more than a change of the policy values."""
    if policy is None:
        return "the host's own Group Policy files were not read"
    file, content = step.fields["policy_file"], local_policy.decoded(step.fields["content"])
    before = local_policy.content_of(policy, file)
    if step.fields["sha256"] != local_policy.digest(before):
        return f"{file} is not the one that was read"
    return local_policy.excess(file, before, content) if content is not None else "it would remove the file"


def _fault(step: Step, undo: bool, pinned: str | None) -> str | None:
    operation = contract.STEPS.get(step.op)
    if operation is None:
        return "there is no such operation"
    if set(step.fields) - set(operation.optional) != set(operation.fields):
        return f"its fields must be {', '.join(sorted(operation.fields))}"
    if operation.undo_only and not undo:
        return "it is only for taking back an earlier change"
    if step.op in _OF_THE_HOST:
        return _timeout_fault(step.fields["timeout_s"])
    kind = step.op.split(".", 1)[0]
    return _certificate_fault(step, pinned) if kind == "certificate" else _FAULTS[kind](step, undo)


def _file_fault(step: Step, _undo: bool) -> str | None:
    file, hash_ = step.fields["policy_file"], step.fields["sha256"]
    if file not in contract.POLICY_FILES:
        return f"{file} is not one of {', '.join(contract.POLICY_FILES)}"
    if hash_ is not None and not (isinstance(hash_, str) and _HASH.match(hash_)):
        return "sha256 must be 64 upper-case hexadecimal digits, or null"
    try:
        content = local_policy.decoded(step.fields["content"])
        if file == local_policy.REGISTRY_POL and local_policy.weakens(content):
            return "a SecurityLayer below 1 is never written"
    except ValueError as error:
        return f"content: {error}"
    most = contract.CAPS["policy_bytes"].most
    return f"content has more than {most} bytes" if content is not None and len(content) > most else None


def _policy_fault(step: Step, undo: bool) -> str | None:
    settings = step.fields["settings"]
    if not isinstance(settings, dict) or not settings:
        return "settings must be registry values by name"
    for name, value in settings.items():
        data = contract.POLICY_DATA.get(name)
        if data is None:
            return f"{name} is not a policy that may be changed"
        if value is not None and value["type"] == "dword" and value["data"] in data:
            continue
        if not undo or (name == "SecurityLayer" and value is not None):
            return f"{name} can only be {' or '.join(map(str, data))}"
    return _timeout_fault(step.fields["timeout_s"])


def _registry_fault(step: Step, undo: bool) -> str | None:
    fields = step.fields
    value = contract.REGISTRY.get((str(fields["key"]).lower(), str(fields["name"]).lower()))
    if value is None or value.writable is None:
        return f"{fields['key']}\\{fields['name']} is not a value that may be changed"
    if step.op == "registry.remove":
        return None if undo or value.writable.removable else f"{value.name} is removed only to take a change back"
    if never_written(value.name, fields["type"], fields["data"]):
        return f"{fields['name']} {fields['data']!r} is never written"
    if undo:
        return None  # it puts back what was there, even of a type that should not have been
    if fields["type"] != value.kind:
        return f"{fields['name']} is of type {value.kind}"
    return _data_fault(fields["data"], value, value.writable)


def never_written(name: str, kind: str, data: Any) -> bool:
    """Whether registry data is what nobody may write, an undo neither: zeros in whatever type, which mean no TLS."""
    known = [value for (_key, known), value in contract.REGISTRY.items() if known == str(name).lower()]
    return any(value.writable and value.writable.never_zero for value in known) and is_zero(kind, data)


def is_zero(kind: str, data: Any) -> bool:
    """Whether registry data is nothing but zeros, which Windows may read as the number 0."""
    if kind in ("binary", "none"):
        try:
            return not any(base64.b64decode(data, validate=True))
        except (binascii.Error, TypeError, ValueError):
            return True
    if isinstance(data, int):
        return data == 0
    text = "".join(str(item) for item in data) if isinstance(data, (list, tuple)) else str(data)
    return not re.search(r"[1-9a-fA-F]", text)


def _data_fault(data: Any, value: contract.Value, bounds: contract.Writable) -> str | None:
    """What is wrong with the data of a value that may be written."""
    if value.kind == "dword" and (isinstance(data, bool) or not isinstance(data, int) or not 0 <= data < 2**32):
        return f"{value.name} must be a number from 0 to 4294967295"
    if bounds.only and (isinstance(data, bool) or data not in bounds.only):
        return f"{value.name} can only be {' or '.join(repr(one) for one in bounds.only)}"
    if bounds.length is not None and _length(data) != bounds.length:
        return f"{value.name} must have {bounds.length} bytes"
    return None


def _length(text: Any) -> int:
    try:
        return len(base64.b64decode(text, validate=True))
    except (binascii.Error, TypeError, ValueError):
        return -1


def _service_fault(step: Step, undo: bool) -> str | None:
    fields = step.fields
    if fields["service"] not in contract.SERVICES:
        return f"{fields['service']} is not one of {', '.join(contract.SERVICES)}"
    if step.op == "service.start_type":
        known = contract.FIELDS["start"]
        allowed = tuple(start for start in known.choices if undo or start not in known.undo_only)
        return None if fields["start"] in allowed else f"start type {fields['start']} is not one of {allowed}"
    if step.op != "service.start" and fields["service"] in contract.START_ONLY:
        return f"{fields['service']} is never stopped"
    for name in ("expect_empty", "expect_back"):
        if not isinstance(fields.get(name, False), bool):
            return f"{name} must be true or false"
    return _timeout_fault(fields["timeout_s"])


def _timeout_fault(seconds: Any) -> str | None:
    least, most = contract.FIELDS["timeout_s"].least or 0, contract.FIELDS["timeout_s"].most or 0
    whole = isinstance(seconds, int) and not isinstance(seconds, bool)
    return None if whole and least <= seconds <= most else f"timeout_s must be a whole number from {least} to {most}"


def _certificate_fault(step: Step, pinned: str | None) -> str | None:
    fields = step.fields
    if step.op in ("certificate.wait_renewed", "certificate.renew"):
        return _renewal_fault(step, pinned)
    store = PERSONAL_STORE if step.op in _PERSONAL else REMOTE_DESKTOP_STORE
    if fields["store"] != store:
        return f"only the store '{store}' may be changed"
    if not _is_thumbprint(fields["thumbprint"]):
        return "thumbprint must be 40 upper-case hexadecimal digits"
    if step.op == "certificate.remove" and fields["thumbprint"] == pinned:
        return "a pinned certificate is never removed"
    return None


def _is_thumbprint(value: Any) -> bool:
    return isinstance(value, str) and bool(_THUMBPRINT.match(value))


def _renewal_fault(step: Step, pinned: str | None) -> str | None:
    fields = step.fields
    previous = fields["previous"]
    if not isinstance(previous, (list, tuple)) or not all(_is_thumbprint(thumbprint) for thumbprint in previous):
        return "previous must be a list of thumbprints"
    if step.op == "certificate.renew":
        if not isinstance(fields["restart"], bool):
            return "restart must be true or false"
        if fields["remove"] is not None and not _is_thumbprint(fields["remove"]):
            return "remove must be 40 upper-case hexadecimal digits, or null"
        if fields["remove"] is not None and fields["remove"] == pinned:
            return "a pinned certificate is never removed"
    return _timeout_fault(fields["timeout_s"])


def is_member(sid: Any) -> bool:
    """Whether it is the SID of people's account or group, which may become a member; never a service or everybody."""
    return isinstance(sid, str) and bool(re.fullmatch(contract.MEMBER, sid))


def _task_fault(step: Step, undo: bool) -> str | None:
    """The task is made again of what it is said to be made of."""
    if step.op == "task.disarm":
        return None
    at, causes = nla_task.parse_time(step.fields["at"]), step.fields["causes"]
    if at is None:
        return "at is no time in whole minutes"
    if not nla_task.are_causes(causes):
        return "causes are no ids of findings"
    same = step.fields["xml"] == nla_task.NlaTask(at, tuple(causes)).xml
    return None if same else "xml is not the task of that time and of these causes"


def _firewall_fault(step: Step, undo: bool) -> str | None:
    fields = step.fields
    if fields["rule"] not in (contract.OWN_RULE, *contract.BUILT_IN_RULES):
        return f"{fields['rule']} is not a rule that may be changed"
    if step.op != "firewall.set" and fields["rule"] != contract.OWN_RULE:
        return f"only {contract.OWN_RULE} is made or removed"
    if step.op == "firewall.remove":
        return None
    if step.op == "firewall.add" and not _is_number(fields["port"], "port"):
        return "port is no port number"
    if not isinstance(fields["active"], bool) or not _is_number(fields["profiles"], "profiles"):
        return "active is neither true nor false, or profiles is no sum of profiles"
    return None if undo else _opening_fault(step)


def _opening_fault(step: Step) -> str | None:
    """What is wrong with a rule that is not one from before."""
    addresses, profiles = step.fields["addresses"], step.fields["profiles"]
    if addresses is not None and not firewall.are_addresses(addresses):
        return "addresses are no addresses"
    if not step.fields["active"]:
        return None if step.op == "firewall.set" else "a rule is made to be on"
    if profiles == 0:
        return "profiles must be named"
    if addresses is None and (profiles & contract.PUBLIC or step.op == "firewall.add"):
        return "a rule for the public profile needs its addresses said"
    return None


def _is_number(value: Any, field: str) -> bool:
    least, most = contract.FIELDS[field].least or 0, contract.FIELDS[field].most or 0
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _group_fault(step: Step, undo: bool) -> str | None:
    return None if is_member(step.fields["member"]) else "member is not the SID of people's account or group"


def _acl_fault(step: Step, undo: bool) -> str | None:
    path, sddl = str(step.fields["path"]), step.fields["sddl"]
    folder, name = ntpath.split(path)
    if not folder.lower().endswith(_KEY_FOLDERS) or not _KEY_FILE.match(name):
        return f"{path} is not the file of a machine key"
    if path.startswith(("\\\\", "//")):
        return f"{path} is on another host"
    try:
        descriptor = acl.parse(str(sddl))
    except acl.SddlError as error:
        return str(error)
    return None if descriptor.aces is not None else "it would let everybody in"


def _client_fault(step: Step, undo: bool) -> str | None:
    if step.op == "app.install":
        known = step.fields["app"] in contract.APPS
        return _timeout_fault(step.fields["timeout_s"]) if known else f"{step.fields['app']} is not installed by this"
    if step.op == "rdp_file.set":
        return _rdp_file_fault(step.fields, undo)
    if not _SID.match(str(step.fields["sid"])):
        return "sid must be that of a person"
    if not _TARGET.match(str(step.fields["target"])):
        return "target must be the name of a host"
    if step.op == "profile.remember" and _length(step.fields["hash"]) not in _HASH_BYTES:
        return "hash must be that of a certificate"
    return None


def _rdp_file_fault(fields: Mapping[str, Any], undo: bool) -> str | None:
    path, value = str(fields["file"]), fields["value"]
    if not _RDP_PATH.match(path) or "..\\" in path:
        return f"{path} is not the path of an .rdp file on a local disk"
    wanted = contract.RDP_SETTINGS.get(fields["setting"])
    if wanted is None:
        return f"{fields['setting']} is not a setting that may be changed"
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    if undo:
        return None if whole or value is None else "value must be a number or null"
    return None if whole and value == wanted else f"{fields['setting']} can only be {wanted}"


_FAULTS: dict[str, Callable[[Step, bool], str | None]] = {
    "registry": _registry_fault,
    "service": _service_fault,
    "acl": _acl_fault,
    "task": _task_fault,
    "firewall": _firewall_fault,
    "group": _group_fault,
    "file": _file_fault,
    "policy": _policy_fault,
    **dict.fromkeys(("profile", "rdp_file", "app"), _client_fault),
}


# Constructors, so that fields are named in one place.


def set_value(key: str, name: str, data: int | str | bytes, reason: str, finding: str) -> Step:
    known = contract.REGISTRY.get((key.lower(), name.lower()))
    kind = known.kind if known else "dword"
    raw = base64.b64encode(data).decode() if isinstance(data, bytes) else data
    return Step("registry.set", {"key": key, "name": name, "type": kind, "data": raw}, reason, (finding,))


def remove_value(key: str, name: str, reason: str, finding: str) -> Step:
    return Step("registry.remove", {"key": key, "name": name}, reason, (finding,))


def start_type(service: str, start: int, reason: str, finding: str) -> Step:
    return Step("service.start_type", {"service": service, "start": start}, reason, (finding,))


def run_state(
    verb: str,
    service: str,
    reason: str,
    findings: tuple[str, ...],
    timeout_s: int = 60,
    *,
    expect_empty: bool = False,
    expect_back: bool = False,
) -> Step:
    """``verb``: ``start``, ``stop`` or ``restart``. ``expect_empty``: the host looks for people right before a stop;
    ``expect_back``: for services that depend on it, run and could not start again, right before a restart.

    Taking TermService down disconnects everybody; their sessions live on. SessionEnv serves nobody who is connected.
    """
    costs = {"TermService": SESSIONS, "SessionEnv": NONE}
    cost = NONE if verb == "start" else costs.get(service, SERVICE)
    looks = {"expect_empty": expect_empty, "expect_back": expect_back}
    fields = {"service": service, "timeout_s": timeout_s, **{name: True for name, asked in looks.items() if asked}}
    return Step(f"service.{verb}", fields, reason, findings, cost)


def renew(
    previous: Iterable[str],
    findings: tuple[str, ...],
    *,
    remove: str | None = None,
    restart: bool = False,
    timeout_s: int = 60,
) -> Step:
    """Have Windows make a new self-signed certificate, which is none of ``previous``; the old one goes behind it.

    ``remove`` is the entry that is taken out if nothing else brings a new one, and put back if that does not either.
    ``restart`` has SessionEnv started or restarted; otherwise the host connects to its own listener. Either costs
    people nothing: connections do not need SessionEnv.
    """
    fields = {"previous": sorted(set(previous)), "remove": remove, "restart": restart, "timeout_s": timeout_s}
    reason = "have Windows make a new self-signed certificate before the old one goes"
    return Step("certificate.renew", fields, reason, findings)


def import_pfx(thumbprint: str, subject: str, finding: str) -> Step:
    """The certificate and its key go beside the step, in the call's ``secrets``."""
    fields = {"store": PERSONAL_STORE, "thumbprint": thumbprint}
    reason = f"bring {subject} with its key, which stays on the host, and let NETWORK SERVICE read it"
    return Step("certificate.import_pfx", fields, reason, (finding,))


def set_acl(path: str, sddl: str, reason: str, finding: str) -> Step:
    return Step("acl.set", {"path": path, "sddl": sddl}, reason, (finding,))


def forget_hash(sid: str, target: str, reason: str, finding: str) -> Step:
    return Step("profile.forget", {"sid": sid, "target": target}, reason, (finding,))


def set_rdp_file(path: str, setting: str, reason: str, finding: str) -> Step:
    """A setting of an .rdp file to the one number that is in order."""
    fields = {"file": path, "setting": setting, "value": contract.RDP_SETTINGS[setting]}
    return Step("rdp_file.set", fields, reason, (finding,))


def install_app(app: str, reason: str, findings: tuple[str, ...]) -> Step:
    return Step("app.install", {"app": app, "timeout_s": 300}, reason, findings)


def replace_file(file: str, before: bytes | None, after: bytes | None, reason: str, finding: str = "") -> Step:
    """One of the files of the host's own Group Policy object: its new bytes, where it still has those ``before``."""
    fields = {"policy_file": file, "sha256": local_policy.digest(before), "content": local_policy.encoded(after)}
    return Step("file.replace", fields, reason, (finding,) if finding else ())


def refresh_policy(settings: dict[str, Any], reason: str, finding: str = "", timeout_s: int = 60) -> Step:
    """``settings`` are the registry values below the policy key that are in force then, by name."""
    fields = {"settings": settings, "timeout_s": timeout_s}
    return Step("policy.refresh", fields, reason, (finding,) if finding else ())


def resync_clock(finding: str, timeout_s: int = 60) -> Step:
    return Step("clock.resync", {"timeout_s": timeout_s}, "set the clock from the source that the host has", (finding,))


def reset_channel(finding: str, timeout_s: int = 60) -> Step:
    reason = "make the secure channel to the domain anew, with the computer's own password"
    return Step("domain.reset_channel", {"timeout_s": timeout_s}, reason, (finding,))


def enrol(finding: str, timeout_s: int = 120) -> Step:
    reason = "have Windows ask the CA once more for a certificate of the template"
    return Step("certificate.enrol", {"timeout_s": timeout_s}, reason, (finding,))


def arm(task: nla_task.NlaTask, reason: str, finding: str) -> Step:
    fields = {"at": task.utc, "causes": list(task.causes), "xml": task.xml}
    return Step("task.arm", fields, reason, (finding,) if finding else ())


def disarm(reason: str, finding: str) -> Step:
    return Step("task.disarm", {}, reason, (finding,) if finding else ())


def set_rule(
    rule: str, *, active: bool, profiles: int, addresses: list[str] | None, reason: str, finding: str = ""
) -> Step:
    """``profiles`` is a sum of profile bits; ``addresses`` None leaves them as they are."""
    fields = {"rule": rule, "active": active, "profiles": profiles, "addresses": addresses}
    return Step("firewall.set", fields, reason, (finding,) if finding else ())


def add_rule(
    port: int, *, profiles: int, addresses: list[str], reason: str, active: bool = True, finding: str = ""
) -> Step:
    """The collection's own rule, for TermService at this port."""
    fields = {"rule": contract.OWN_RULE, "port": port, "active": active, "profiles": profiles, "addresses": addresses}
    return Step("firewall.add", fields, reason, (finding,) if finding else ())


def add_member(sid: str, reason: str, finding: str) -> Step:
    return Step("group.add", {"member": sid}, reason, (finding,))
