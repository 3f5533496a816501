# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A snapshot, read: what the host's raw answer means, section by section, without judging it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import (
    acl,
    certificates,
    collect,
    contract,
    local_policy,
    nla_task,
    schema,
    settings,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import answer as answering
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse, whole_milliseconds

STOPPED, START_PENDING, STOP_PENDING, RUNNING = 1, 2, 3, 4
DISABLED = 4
# Exit codes of a service: not read, ended in order, never ran since Windows started; and its start was refused, for it
# is disabled.
_IN_ORDER = (None, 0, 1077)
_IS_DISABLED = 1058
# What a service is left with where one on which it depends did not start.
_DEPENDENCY_FAILED = 1068
_DOMAIN_CONTROLLER = 2  # of Win32_OperatingSystem.ProductType
# These are read in Windows' own folder; termsrv.dll is read where its service loads it.
_READ_IN_SYSTEM32 = ("sessenv.dll", "schannel.dll", "rdpcorets.dll")
# In a journal's words: with what TermService starts anew, and what it may take up only then.
_LOADS = ("service.restart TermService", "service.start TermService")
_TAKEN_UP_AT_START = ("registry.", "acl.", "certificate.")
# Windows looks at its certificate when SessionEnv starts, minutes after the host.
_FIRST_LOOK = timedelta(minutes=15)
# E_ACCESSDENIED, ERROR_ACCESS_DENIED, WBEM_E_ACCESS_DENIED, NTE_PERM
ACCESS_DENIED = frozenset({-2147024891, 5, -2147217405, -2146893808})


class SnapshotError(ValueError):
    """The host's answer is not a snapshot that this version can read."""


class UntimedError(SnapshotError):
    """Neither the caller nor the host says when it was taken."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A host as its snapshot shows it.

    ``taken_at`` is the controller's UTC clock when it was taken, in whole milliseconds, as a bundle keeps it.
    Sections that could not be read are in ``errors``; what depends on them is None. Of those in ``silent`` a part could
    not. ``elapsed_ms`` (by section) and ``script_ms`` are milliseconds on the host.
    """

    sections: dict[str, Any]
    errors: dict[str, Any]
    truncated: list[str]
    taken_at: datetime
    elapsed_ms: dict[str, int] = field(default_factory=dict)
    script_ms: int = 0
    silent: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, answer: Any, taken_at: datetime | None = None, *, gated: bool = False) -> Snapshot:
        """Read a host script's answer, see ``answer``. Without ``taken_at`` the host's own clock is the time.

        Raises ``SnapshotError`` if there is nothing in it to read.
        """
        try:
            read = answering.read(answer, gated=gated)
        except answering.AnswerError as error:
            raise SnapshotError(str(error)) from error
        if taken_at is None:
            taken_at = _host_clock(read.sections)
        if taken_at is None:
            raise UntimedError("nothing says when it was taken")
        return cls(
            read.sections,
            read.errors,
            read.truncated,
            whole_milliseconds(taken_at),
            read.elapsed_ms,
            read.script_ms,
            read.silent,
        )

    def later(self, other: Snapshot) -> Snapshot:
        """This host with the sections that were read again since, and the time of that."""
        return replace(
            self,
            sections={**self.sections, **other.sections},
            errors={name: error for name, error in self.errors.items() if name not in other.sections},
            silent={**{name: one for name, one in self.silent.items() if name not in other.sections}, **other.silent},
            taken_at=other.taken_at,
        )

    def taken(self, taken_at: datetime) -> Snapshot:
        """The same with another time, UTC."""
        return replace(self, taken_at=whole_milliseconds(taken_at))

    def to_dict(self) -> dict[str, Any]:
        """The snapshot as ``docs/snapshot.schema.json`` has it, to be kept; ``taken_at`` is kept beside it."""
        return {
            "schema_version": schema.SCHEMA_VERSION,
            "operation": "snapshot",
            "sections": self.sections,
            "errors": self.errors,
            "elapsed_ms": self.elapsed_ms,
            "truncated": self.truncated,
            "script_ms": self.script_ms,
            "silent": self.silent,
        }

    def section(self, name: str) -> Any:
        """One section as the host gave it, or None."""
        return self.sections.get(name)

    @property
    def access_denied(self) -> list[str]:
        """Sections, and key files, that the account may not read."""
        denied = [name for name, error in self.errors.items() if error["code"] in ACCESS_DENIED]
        files = self.section("key_files")
        if files and any(file["error"] and file["error"]["code"] in ACCESS_DENIED for file in files["files"]):
            denied.append("key_files")
        return sorted(set(denied))

    @cached_property
    def name(self) -> str:
        host = self.section("host")
        return host["computer_name"] if host else ""

    @property
    def machine(self) -> str:
        """The host's ``MachineGuid``, which Windows makes once when it is installed; empty if it was not read."""
        host = self.section("host")
        return (host["machine_guid"] or "") if host else ""

    @cached_property
    def now(self) -> datetime | None:
        """The host's own clock at the time of the snapshot."""
        return _host_clock(self.sections)

    @property
    def just_started(self) -> bool:
        """Whether the host started so lately that its services may not have come to their first work yet."""
        boot = (self.section("host") or {}).get("boot_utc")
        return bool(boot and self._is_fresh(parse(boot)))

    def has_looked_since(self, moment: datetime) -> bool:
        """Whether SessionEnv runs, was started after this moment of the host's own clock, with Windows or without, and
        has had the time to look at the listener's certificate.
        """
        boot = (self.section("host") or {}).get("boot_utc")
        known = (parse(boot) if boot else None, self.runs_since("SessionEnv"))
        looked = any(moment < start and not self._is_fresh(start) for start in known if start)
        return looked and bool(self.running("SessionEnv"))

    def _is_fresh(self, start: datetime) -> bool:
        return self.now is not None and self.now - start < _FIRST_LOOK

    @property
    def clock_skew(self) -> float | None:
        """The host's clock minus the controller's, in seconds; None if the host's was not read."""
        return (self.now - self.taken_at).total_seconds() if self.now else None

    @cached_property
    def build(self) -> int:
        host = self.section("host")
        return host["build"] if host else 0

    @cached_property
    def _settings(self) -> dict[str, settings.Setting | None]:
        """The settings that were asked for so far: many rules ask for the same ones."""
        return {}

    def setting(self, name: str) -> settings.Setting | None:
        if name not in self._settings:
            self._settings[name] = self._resolved(name)
        return self._settings[name]

    def _resolved(self, name: str) -> settings.Setting | None:
        listener = self.section("listener")
        if not listener:
            return None
        place = settings.mdm_place(name)
        managed = bool(place and self.value(rf"{collect.MDM}\{place[0]}", place[1]))
        key = contract.hklm(contract.POLICY)
        return settings.resolve(name, listener, managed, self.gpo(key, name), self._is_own_policy(key, name))

    def _is_own_policy(self, key: str, name: str) -> bool | None:
        """Whether a policy's value is the host's own; None if that is not known.

        Windows keeps who won, where it keeps a resultant set. A host in no domain has no other policy; a member none
        that sets registry values where the last run had none from the domain.
        """
        winner = self._winner(key, name)
        if winner:
            return str(winner["id"]).lower() == local_policy.OWN_ID.lower()
        joined = (self.section("domain") or {"joined": None})["joined"]
        if joined is False:
            return True
        return True if joined and self.domain_policies == () else None

    @cached_property
    def domain_policies(self) -> tuple[str, ...] | None:
        """The names of the domain's Group Policy objects that set registry values in the last run; None if not known.

        The history of the extension that applies them also has the host's own object.
        """
        found = {
            key: self.text(f"{collect.POLICY_HISTORY}\\{key}", "DSPath") or ""
            for key in self.subkeys(collect.POLICY_HISTORY)
        }
        if not found:
            return None
        return tuple(
            self.text(f"{collect.POLICY_HISTORY}\\{key}", "DisplayName") or path or "a GPO without a name"
            for key, path in sorted(found.items())
            if path.lower() != local_policy.OWN_ID.lower()
        )

    def listener_value(self, group: str, name: str) -> dict[str, Any] | None:
        """A value of the section ``listener`` as it is in the registry; None if it is absent or was not read."""
        listener = self.section("listener")
        return listener[group]["settings"].get(name) if listener else None

    def listener_key(self, group: str) -> str:
        """The registry key of a group of the section ``listener``; empty if it was not read."""
        listener = self.section("listener")
        return listener[group]["path"] if listener else ""

    def gpo(self, key: str, name: str) -> str | None:
        """The Group Policy object that set a policy's value, where the host knows. ``key`` has its hive."""
        row = self._winner(key, name)
        return str(row["gpo"]) if row and row["gpo"] else None

    @cached_property
    def system32(self) -> str | None:
        """Windows' own folder for its programs, as the host has it; None where it was not read."""
        files = self.section("files") or {}
        paths = (files[name]["path"] for name in _READ_IN_SYSTEM32 if files.get(name) and files[name]["path"])
        return next((path.rpartition("\\")[0] for path in paths), None)

    def _winner(self, key: str, name: str) -> dict[str, Any] | None:
        """The host's record of which object set a policy's value."""
        rows: list[dict[str, Any]] = (self.section("policies") or {"values": []})["values"]
        if not rows:
            return None
        place = (key.lower(), name.lower())
        return next((row for row in rows if (row["key"].lower(), row["name"].lower()) == place), None)

    @cached_property
    def _registry(self) -> dict[str, dict[str, Any]]:
        section = self.section("registry") or {}
        return {
            key.lower(): {name.lower(): value for name, value in part["settings"].items()}
            for key, part in section.items()
        }

    def value(self, key: str, name: str) -> dict[str, Any] | None:
        """One of the values in ``collect.VALUES``, raw; None if it is absent or was not read. ``key`` is below HKLM."""
        return self._registry.get(rf"hklm\{key}".lower(), {}).get(name.lower())

    def number(self, key: str, name: str) -> int | None:
        """The same as a number; None if it is not one."""
        value = self.value(key, name)
        return value["data"] if value and value["type"] in ("dword", "qword") else None

    def text(self, key: str, name: str) -> str | None:
        value = self.value(key, name)
        return value["data"] if value and value["type"] in ("string", "expand_string") else None

    @cached_property
    def _failed_keys(self) -> tuple[str, ...]:
        return tuple(key for key, part in (self.section("registry") or {}).items() if part["error"])

    def keys_unread(self, *keys: str) -> tuple[str, ...]:
        """Those of these keys below HKLM, and of the keys in them, that were not read: no value is absent there."""
        wanted = [contract.hklm(key) for key in keys]
        if self.section("registry") is None:
            return tuple(wanted)
        places = [place.lower() for place in wanted]
        return tuple(
            key
            for key in self._failed_keys
            if any(key.lower() == place or key.lower().startswith(place + "\\") for place in places)
        )

    def value_names(self, key: str) -> list[str]:
        """Names of the values of a key that were read, as the host spells them."""
        part = (self.section("registry") or {}).get(rf"HKLM\{key}")
        return list(part["settings"]) if part else []

    def subkeys(self, key: str) -> list[str]:
        """Names of the keys below that were read."""
        prefix = rf"HKLM\{key}".lower() + "\\"
        return [path[len(prefix) :] for path in self.section("registry") or () if path.lower().startswith(prefix)]

    @property
    def cloud_joined(self) -> bool | None:
        """Whether it is joined to Microsoft Entra ID; None if that was not read."""
        return bool(self.subkeys(collect.CLOUD_JOIN)) if self.section("registry") is not None else None

    def windows_service(self, name: str) -> dict[str, Any] | None:
        """A service or driver of ``collect.SERVICES``, if the host has it."""
        products = self.section("products")
        return (
            next((row for row in products["services"] if row["name"].lower() == name.lower()), None)
            if products
            else None
        )

    def effective(self, name: str) -> int | str | None:
        setting = self.setting(name)
        return setting.effective if setting else None

    @property
    def rdp_enabled(self) -> bool | None:
        setting = self.setting("fDenyTSConnections")
        return setting.effective == 0 if setting else None

    @cached_property
    def nla_task(self) -> nla_task.NlaTask | None:
        """The task by which the host requires Network Level Authentication again; None if none is known."""
        found = (self.section("listener") or {"nla_task": None})["nla_task"]
        return nla_task.read(found["xml"]) if found else None

    @property
    def in_no_domain(self) -> bool:
        """Whether the host is known to be a member of no domain."""
        return (self.section("host") or {}).get("part_of_domain") is False

    @property
    def is_domain_controller(self) -> bool:
        """Whether the host says so of itself; False as well where that was not read."""
        return (self.section("host") or {}).get("product_type") == _DOMAIN_CONTROLLER

    @property
    def members(self) -> tuple[str, ...] | None:
        """SIDs of the members of the group Remote Desktop Users; None if they were not read, or not all of them."""
        found = (self.section("logon") or {"members": None})["members"]
        return None if found is None or "logon" in self.truncated else tuple(found)

    @property
    def port(self) -> int:
        number = self.effective("PortNumber")
        return number if isinstance(number, int) and 0 < number < 65536 else 3389

    @cached_property
    def _services(self) -> dict[str, dict[str, Any]]:
        """The services; a start type or a state that Windows does not document is None, as one that was not read."""
        return {
            name: {
                **service,
                "start": service["start"] if service["start"] in contract.START_TYPES else None,
                "state": service["state"] if service["state"] in contract.RUN_STATES else None,
            }
            for name in contract.SERVICES
            for service in ((self.section("services") or {}).get(name),)
            if service
        }

    def service(self, name: str) -> dict[str, Any] | None:
        """One of the services of ``contract.SERVICES``; None if it is not installed or the section was not read."""
        return self._services.get(name)

    def failed(self, name: str) -> int | None:
        """The error with which a service that is stopped ended; None if it ended in order, never ran or is not stopped.

        That it was disabled and is so still is no error of its own.
        """
        service = self.service(name)
        if not service or service["state"] != STOPPED or service["exit_code"] in _IN_ORDER:
            return None
        if service["exit_code"] == _IS_DISABLED and service["start"] == DISABLED:
            return None
        return int(service["exit_code"])

    def failed_by_itself(self, name: str) -> bool:
        """Whether it failed for more than that a service on which it depends did not start."""
        return self.failed(name) not in (None, _DEPENDENCY_FAILED)

    def running(self, name: str) -> bool | None:
        """Whether a service runs; None if that was not read."""
        if self.section("services") is None:
            return None
        service = self.service(name)
        if service and service["state"] is None:
            return None
        return bool(service and service["state"] == RUNNING)

    def runs_since(self, name: str) -> datetime | None:
        """From when on the process has been there in which a service runs: it was started then or later. None where it
        does not run, or that was not read, or is in the future, by a clock that was wrong.
        """
        service = self.service(name)
        told = service.get("started") if service and self.running(name) else None
        since = parse(told) if told else None
        return since if since and self.now and since <= self.now else None

    @cached_property
    def stores(self) -> dict[str, tuple[certificates.StoredCertificate, ...]] | None:
        section = self.section("certificates")
        if section is None:
            return None
        return {name: certificates.read_store(name, store) for name, store in section["stores"].items()}

    def find_certificate(self, thumbprint: str, *stores: str) -> certificates.StoredCertificate | None:
        for store in stores or ("My", certificates.REMOTE_DESKTOP_STORE):
            for entry in (self.stores or {}).get(store, ()):
                if entry.thumbprint == thumbprint:
                    return entry
        return None

    @property
    def own_certificates(self) -> frozenset[str]:
        """SHA-256 of the certificates whose private key the host has, so that nobody else can answer with them."""
        entries = (
            entry for name in ("My", certificates.REMOTE_DESKTOP_STORE) for entry in (self.stores or {}).get(name, ())
        )
        return frozenset(
            hashlib.sha256(entry.der).hexdigest().upper() for entry in entries if entry.der and entry.has_key_property
        )

    def _reference(self, group: str, name: str) -> certificates.Reference | None:
        listener = self.section("listener")
        if listener is None:
            return None
        return certificates.read_reference(name, listener[group]["path"], listener[group]["settings"][name])

    @cached_property
    def pin(self) -> certificates.Reference | None:
        return self._reference("rdp_tcp", "SSLCertificateSHA1Hash")

    @cached_property
    def self_signed(self) -> certificates.Reference | None:
        return self._reference("winstations", "SelfSignedCertificate")

    @cached_property
    def template(self) -> certificates.Reference | None:
        return self._reference("winstations", "TemplateCertificate")

    @cached_property
    def binding(self) -> certificates.Binding | None:
        """What the listener is to present: pin before template before self-signed. None if that was not read."""
        if self.stores is None or self.self_signed is None:
            return None
        for source, reference in (("pin", self.pin), ("template", self.template)):
            if reference and reference.present:
                found = self.find_certificate(reference.thumbprint) if reference.thumbprint else None
                # A template's hash that names nothing is left over from an enrolment; Windows then goes on to its own
                # certificate.
                if source == "pin" or found:
                    return certificates.Binding(source, reference, found)
        own = self.self_signed
        found = self.find_certificate(own.thumbprint, certificates.REMOTE_DESKTOP_STORE) if own.thumbprint else None
        return certificates.Binding("self_signed", own, found)

    def key_file(self, certificate: certificates.StoredCertificate) -> dict[str, Any] | None:
        """The key file that the snapshot has for this certificate.

        Where the file that was looked at cannot be the key, ``exists`` and ``sddl`` are None (nothing is concluded
        from it), and ``reason`` says why.
        """
        files = self.section("key_files")
        for file in files["files"] if files else ():
            if file["thumbprint"] == certificate.thumbprint and file["store"] == certificate.store:
                reason = certificates.why_no_file(certificate.key, file)
                return {**file, "reason": reason, **({"exists": None, "sddl": None} if reason else {})}
        return None

    @property
    def occupants(self) -> list[str] | None:
        """Whom a restart of TermService would disconnect, one phrase each; None if that cannot be told."""
        sessions, port = self.section("sessions"), self.section("port")
        if sessions is None:
            return None
        people = []
        for session in sessions["sessions"]:
            remote = session["station"] is None or session["station"].lower() != "console"
            if remote and session["state"] != 4:
                people.append(f"{session['user'] or session['user_sid'] or 'somebody'} in session {session['id']}")
        if not people and port and port["established"]:
            people.append(f"{port['established']} open connection(s) to port {port['number']}")
        return people

    def key_descriptor(self, file: dict[str, Any]) -> acl.Descriptor | None:
        """The key file's descriptor, or None if it could not be read."""
        try:
            return _descriptor(file["sddl"]) if file["sddl"] else None
        except acl.SddlError:
            return None

    def maker_can_replace(self, file: dict[str, Any]) -> bool:
        """Whether SessionEnv, which makes the listener's key, can replace this file; True where that was not read."""
        descriptor = self.key_descriptor(file)
        return descriptor is None or acl.granted(descriptor, acl.SYSTEM_TOKEN | {acl.SESSIONENV}, acl.FULL_CONTROL)

    @property
    def keys_locked(self) -> bool:
        """Whether one of the listener's own key files is one that SessionEnv cannot replace."""
        return any(not self.maker_can_replace(file) for file in self.own_key_files)

    @property
    def own_key_files(self) -> list[dict[str, Any]]:
        """The key files of the listener's own store, of those that are there."""
        section = self.section("key_files") or {"files": ()}
        stores = (certificates.REMOTE_DESKTOP_STORE, None)
        return [file for file in section["files"] if file["store"] in stores and file["exists"]]

    @property
    def key_folder(self) -> dict[str, Any] | None:
        """The folder of machine keys (``path``, ``sddl``, ``exists``); None where it was not read."""
        section = self.section("key_files")
        return section["folder"] if section else None

    @property
    def key_folder_is_gone(self) -> bool:
        """Whether the folder of machine keys is known not to be there."""
        return (self.key_folder or {}).get("exists") is False

    def service_can_read(self, file: dict[str, Any]) -> bool | None:
        """Whether NETWORK SERVICE, the listener's account, can read the key file; None if that was not read."""
        descriptor = self.key_descriptor(file)
        return acl.granted(descriptor, acl.NETWORK_SERVICE_TOKEN, acl.READ) if descriptor else None

    @property
    def unloaded_journals(self) -> list[str]:
        """Ids of journals of changes that TermService has not started anew since, as far as journals tell.

        What was taken back, and what took it back, are no change. A start by somebody else leaves no journal.
        """
        return [id_ for id_, _steps in self._unloaded()]

    def waits_for_start(self, *values: str) -> bool:
        """Whether one of these values of the registry was set by such a change."""
        wanted = {f"registry.set {name}" for name in values}
        return any(wanted & set(steps) for _id, steps in self._unloaded())

    def _unloaded(self) -> list[tuple[str, list[str]]]:
        section, boot = self.section("journals"), (self.section("host") or {}).get("boot_utc")
        found = []
        for row in section["recent"] if section else ():
            done = (row.get("what") or "").split(", ")
            if row["state"] == "complete" and any(step in done for step in _LOADS):
                break
            is_since_boot = not (boot and row["created"]) or row["created"] > boot
            # One that failed or was cut off may have changed something for all that.
            is_change = not row["undoes"] and (row["state"] in ("open", "failed") or row["steps_done"])
            is_change = is_change and row["state"] != "undone"
            if is_since_boot and is_change and any(step.startswith(_TAKEN_UP_AT_START) for step in done):
                found.append((row["id"], done))
        return found

    @property
    def interrupted_journals(self) -> list[str]:
        """Ids of journals whose run was cut off once it had begun: open, and no running script holds them.

        Of a restore that was cut off it is the journal that it takes back, until that is done.
        """
        section = self.section("journals")
        if not section:
            return []
        held = (section["lock"] or {}).get("journal")
        undone = {journal["id"] for journal in section["recent"] if journal["state"] == "undone"}
        cut = [row for row in section["recent"] if row["state"] == "open" and row.get("steps_begun") != 0]
        named = dict.fromkeys(journal["undoes"] or journal["id"] for journal in cut if journal["id"] != held)
        return [id_ for id_ in named if id_ not in undone]

    @property
    def journal_mark(self) -> dict[str, Any]:
        """``seen``: ids of the journals on the host, ``unlisted``: how many more there are; empty if that was not read.

        Whoever changes a host leaves a journal: where it has another one, a plan made from this snapshot is stale. The
        ids have the times of the controllers' clocks, so that a new one may look old. The journal of a run that was at
        work is not among them: the host is not as it left it.
        """
        section = self.section("journals")
        if section is None:
            return {}
        listed = [journal["id"] for journal in section["recent"]]
        held = (section["lock"] or {}).get("journal")
        unlisted = max(0, (section["total"] or 0) - len(listed))
        return {"seen": [id_ for id_ in listed if id_ != held], "unlisted": unlisted}

    @property
    def next_sequence(self) -> int | None:
        """The place of the next journal in the host's own order; None if the journals were not read.

        No clock has a part in it. Journals that are not listed count by their number.
        """
        section = self.section("journals")
        if section is None:
            return None
        return 1 + max([section["total"] or 0, *(journal["sequence"] or 0 for journal in section["recent"])])

    @cached_property
    def key_type(self) -> str | None:
        """The kind of key behind the bound certificate, ``EC`` or ``RSA``; None if that was not read.

        SessionEnv makes ``RSA``.
        """
        binding = self.binding
        if binding and binding.certificate and binding.certificate.key_type:
            return binding.certificate.key_type
        return "RSA" if binding and binding.source == "self_signed" else None

    @cached_property
    def _events(self) -> dict[tuple[str, int], list[dict[str, Any]]]:
        """The events that are listed, by provider and id."""
        found: dict[tuple[str, int], list[dict[str, Any]]] = {}
        for row in (self.section("events") or {"entries": ()})["entries"]:
            found.setdefault((row["provider"], row["id"]), []).append(row)
        return found

    def _listed(self, since: datetime | None, provider: str, ids: tuple[int, ...]) -> Iterator[dict[str, Any]]:
        for number in ids:
            for row in self._events.get((provider, number), ()):
                if since is None or parse(row["utc"]) >= since:
                    yield row

    def listed_events(self, provider: str, *ids: int) -> list[dict[str, Any]]:
        """These events with time and numbers, as far as they are listed: of one id at most forty, the newest.

        Without an id all of the provider.
        """
        ids = ids or tuple(number for name, number in self._events if name == provider)
        return list(self._listed(None, provider, ids))

    def listed_since(self, moment: datetime | None, provider: str, *ids: int) -> list[dict[str, Any]]:
        """Those of them that the host logged from this moment of its own clock on; without a moment none."""
        return list(self._listed(moment, provider, ids)) if moment else []

    def event_numbers(self, provider: str, *ids: int) -> set[int]:
        """The whole numbers in the data of these events, as unsigned 32-bit ones."""
        return {number & 0xFFFFFFFF for row in self._listed(None, provider, ids) for number in row["numbers"]}

    def numbers_since(self, moment: datetime, provider: str, *ids: int) -> set[int]:
        """The same of those that the host logged from this moment of its own clock on."""
        return {number & 0xFFFFFFFF for row in self._listed(moment, provider, ids) for number in row["numbers"]}

    def count_since(self, moment: datetime, provider: str, *ids: int) -> int:
        """The same, those included that are not listed where all that are listed are so new."""
        return sum(self._counted_since(moment, provider, number) for number in ids)

    def _counted_since(self, moment: datetime, provider: str, number: int) -> int:
        listed = self.listed_events(provider, number)
        recent = sum(1 for _row in self._listed(moment, provider, (number,)))
        if recent < len(listed):
            return recent
        rows = (self.section("events") or {"counts": ()})["counts"]
        of_it = (row for row in rows if (row["provider"], row["id"]) == (provider, number))
        return sum(row["count"] for row in of_it if parse(row["last"]) >= moment)

    def events_since(self, moment: datetime, provider: str, *ids: int) -> int:
        """How many of these events the host logged from this moment of its own clock on, as far as they are listed."""
        return sum(1 for _row in self._listed(moment, provider, ids))

    @cached_property
    def _counts(self) -> dict[tuple[str, int], int]:
        found: dict[tuple[str, int], int] = {}
        for row in (self.section("events") or {"counts": ()})["counts"]:
            place = row["provider"], row["id"]
            found[place] = found.get(place, 0) + row["count"]
        return found

    def log_tells_since(self, log: str, moment: datetime) -> bool:
        """Whether what this log does not have did not happen since a moment of the host's own clock.

        Only a log that is kept, that goes back further, and that was read to there tells by its silence.
        """
        events = self.section("events")
        if not events or log not in events["logs"]:
            return False
        if not events["states"]:
            # An answer of an earlier version does not say how logs are kept; one that holds anything is kept.
            return self._log_speaks(log)
        state = events["states"].get(log)
        if not state or not state["enabled"] or not state["oldest"] or parse(state["oldest"]) > moment:
            return False
        return bool(state["whole"] or (state["read_to"] and parse(state["read_to"]) < moment))

    def event_count(self, provider: str, *ids: int) -> int:
        """How often these events were logged in the time that the snapshot looks back."""
        return sum(self._counts.get((provider, number), 0) for number in ids)

    def last_logged(self, provider: str, *ids: int) -> datetime | None:
        """When the host last logged one of these events; None where it has none."""
        rows = (self.section("events") or {"counts": ()})["counts"]
        times = [parse(row["last"]) for row in rows if row["provider"] == provider and row["id"] in ids]
        return max(times, default=None)

    def _log_speaks(self, log: str) -> bool:
        """Whether a log that was read holds anything: one that is turned off is as empty as one that saw nothing."""
        events = self.section("events")
        if not events or events["logs"].get(log, "unread") is not None:
            return False
        return any(row["log"] == log for row in events["counts"])


# Several rules ask for the same access lists, and hosts of a fleet have the same ones.
_descriptor = lru_cache(maxsize=256)(acl.parse)


def _host_clock(sections: dict[str, Any]) -> datetime | None:
    host = sections.get("host")
    return parse(host["utc"]) if host else None
