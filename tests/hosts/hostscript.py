# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The twin's own implementation of docs/host-contract.md, over the state of a host."""

from __future__ import annotations

import base64
import copy
import hashlib
import ntpath
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.hosts import clients, failing, granting, group_policy, importing
from tests.hosts.granting import is_zero
from tests.hosts.running import (
    START_ONLY,
    TIMED_OUT,
    Cut,
    Win32,
    check,
    cut_here,
    restart,
    stop_for_good,
    update_task,
)
from tests.hosts.undoing import excess, is_demanded
from tests.hosts.windows import (
    ALIASES,
    CORE,
    DATA,
    DISABLED,
    FIREWALL,
    FIREWALL_POLICY,
    MACHINE_KEYS,
    POLICY,
    RDP_TCP,
    RUNNING,
    STOPPED,
    TS,
    WRITABLE,
    WS,
    Windows,
    container_of,
    event_entry,
    may,
    read_blob,
    utc_text,
)

LISTENER_KEYS = {"rdp_tcp": RDP_TCP, "terminal_server": TS, "winstations": WS, "policy": POLICY}
SECTIONS: tuple[str, ...] = (
    "host",
    "listener",
    "certificates",
    "key_files",
    "port",
    "services",
    "sessions",
    "events",
    "journals",
    "registry",
)
SECTIONS += ("firewall", "files", "logon", "network", "domain", "licensing", "policies", "products")
SERVICES = ("CryptSvc", "KeyIso", "CertPropSvc", "SessionEnv", "TermService", "UmRdpService")
ON_REQUEST = ("local_policy", "machine_keys")
NAMED_RULES = (*granting.BUILT_IN, granting.OWN_RULE)
FIELDS = {
    "registry.set": {"key", "name", "type", "data"},
    "registry.remove": {"key", "name"},
    "service.start_type": {"service", "start"},
    "service.start": {"service", "timeout_s"},
    "service.stop": {"service", "timeout_s"},
    "service.restart": {"service", "timeout_s"},
    "certificate.remove": {"store", "thumbprint"},
    "certificate.import": {"store", "thumbprint", "blob"},
    "certificate.import_pfx": {"store", "thumbprint"},
    "certificate.remove_imported": {"store", "thumbprint"},
    "certificate.wait_renewed": {"previous", "timeout_s"},
    "certificate.renew": {"previous", "remove", "restart", "timeout_s"},
    "acl.set": {"path", "sddl"},
    **clients.FIELDS,
    "certificate.enrol": {"timeout_s"},
    "clock.resync": {"timeout_s"},
    "domain.reset_channel": {"timeout_s"},
    "file.replace": {"policy_file", "sha256", "content"},
    "policy.refresh": {"settings", "timeout_s"},
    **granting.FIELDS,
}
# 1.3.6.1.4.1.311.21.7 and 1.3.6.1.4.1.311.20.2 in DER: from which template a certificate was made.
TEMPLATE_OIDS = tuple(bytes.fromhex("06092b060104018237" + last) for last in ("1507", "1402"))
# What the host script says of WMI that hangs, whose service is disabled, or whose repository is broken.
WMI_FAULTS = {
    "hangs": {"code": -2146233083, "type": "System.TimeoutException", "message": "WMI does not answer."},
    "stopped": {
        "code": -2147023838,
        "type": "Microsoft.Management.Infrastructure.CimException",
        "message": "The service cannot be started.",
    },
    "broken": {
        "code": -2147217392,
        "type": "Microsoft.Management.Infrastructure.CimException",
        "message": "Invalid class",
    },
}
THUMBPRINT = re.compile(r"^[0-9A-F]{40}\Z")
ID = re.compile(r"^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}\Z")
ARGUMENTS = {"operation", "sections", "journal_id", "values", "service_names", "journal", "steps", "plan"}
ARGUMENTS |= {"listener_values", "events", "key_certificates", "channel", "secrets", "safety_task"}
OPTIONAL = {
    "service.stop": {"expect_empty", "expect_back"},
    "service.restart": {"expect_empty", "expect_back"},
    "certificate.remove_imported": {"path"},
}
RUN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
SDDL = re.compile(
    r"^(O:[A-Z0-9-]+?)?(G:[A-Z0-9-]+?)?D:[A-Z]*(\([AD];[A-Z]*;(0x[0-9a-fA-F]+|[A-Z]+);;;(S-1-[0-9-]+|[A-Z]{2})\))*\Z"
)


class Refused(Exception):
    def __init__(self, reason: str, text: str, **more: Any) -> None:
        super().__init__(text)
        self.answer = {"failed": True, "msg": text, "reason": reason, "schema_version": 1, "changed": False, **more}


def call(host: Windows, arguments: dict[str, Any], cut_after: int | None = None) -> dict[str, Any]:
    """Answer one call. ``cut_after`` makes the host die after so many steps."""
    given = {name: value for name, value in arguments.items() if not name.startswith("_ansible_")}
    try:
        if unknown := sorted(set(given) - ARGUMENTS):
            raise Refused("bad_arguments", f"The argument {unknown[0]} is not known.")
        with host.lock:
            granting.run_due(host)
            wanted = given.get("journal_id")
            if wanted is not None and not ID.match(str(wanted)):
                raise Refused("bad_arguments", "journal_id is not the id of a journal.")
            if given.get("operation") == "snapshot":
                return {
                    "changed": False,
                    "schema_version": 1,
                    "operation": "snapshot",
                    **snapshot(host, given.get("sections") or SECTIONS, given),
                }
            if given.get("operation") == "apply":
                if arguments.get("_ansible_check_mode"):
                    raise Refused("check_mode", "Check mode: steps are not applied.")
                return apply(host, given, cut_after)
            raise Refused("bad_arguments", "operation is neither snapshot nor apply.")
    except Refused as refusal:
        return refusal.answer


# Snapshot -------------------------------------------------------------------------------------------------------------


def snapshot(host: Windows, names: Any, given: dict[str, Any]) -> dict[str, Any]:
    started = time.monotonic()
    answer: dict[str, Any] = {"sections": {}, "errors": {}, "silent": {}, "elapsed_ms": {}, "truncated": []}
    for name in names:
        if name not in SECTIONS + ON_REQUEST:
            raise Refused("bad_arguments", f"The section {name} is not known.")
        answer["elapsed_ms"][name] = 1
        if name in host.data["denied_sections"]:
            answer["errors"][name] = {
                "code": -2147024891,
                "type": "System.UnauthorizedAccessException",
                "message": "Zugriff verweigert",
            }
        elif name == "journals":
            answer["sections"][name] = _journals(host, given.get("journal_id"))
        elif name == "listener":
            answer["sections"][name] = _listener(host, given.get("listener_values") or {})
        elif name == "key_files":
            answer["sections"][name] = _key_files(host, given.get("key_certificates") or [])
        elif name == "events":
            answer["sections"][name] = _events(host, given.get("events") or [])
        elif name == "registry":
            answer["sections"][name] = _registry(host, given.get("values") or {})
        elif name == "local_policy":
            answer["sections"][name] = group_policy.section(host)
        elif name == "domain":
            answer["sections"][name] = _domain(host, bool(given.get("channel")))
        elif name == "products":
            answer["sections"][name] = clients.products(host, given.get("service_names") or [])
        else:
            answer["sections"][name] = globals()[f"_{name}"](host)
        if host.data["wmi"] and name in answer["sections"] and _without_wmi(host, name, answer["sections"][name]):
            answer["silent"][name] = WMI_FAULTS[host.data["wmi"]]
    events, journals = answer["sections"].get("events"), answer["sections"].get("journals")
    if events and len(events["entries"]) == 400:
        answer["truncated"].append("events")
    if journals and len(host.data["journals"]) > len(journals["recent"]):
        answer["truncated"].append("journals")
    answer["script_ms"] = int((time.monotonic() - started) * 1000)
    return answer


def _without_wmi(host: Windows, name: str, section: dict[str, Any]) -> bool:
    """Take out of a section what WMI alone would have told; answers whether it was asked."""
    if name == "network":
        for adapter in section["adapters"]:
            adapter["category"] = None
        return True
    if name == "licensing" and section["session_host"]:
        section.update(type=None, grace_days=None)
        return True
    if name == "policies" and section["values"]:
        section["values"] = []
        return True
    if name == "products" and host.data["host"]["product_type"] == 1:
        section["security_center"] = []
        return True
    return False


def _host(host: Windows) -> dict[str, Any]:
    data = dict(host.data["host"])
    data.pop("clock_offset_seconds")
    now = host.now()
    return {
        **data,
        "dns_host_name": data["computer_name"].lower(),
        "part_of_domain": data["dns_domain"] is not None,
        "utc": utc_text(now),
        "boot_utc": utc_text(now - timedelta(days=3)),
        "ui_locale": data["locale"],
        "program_data": r"C:\ProgramData",
        "user_sid": "S-1-5-21-1-2-3-500",
        "powershell": f"5.1.{data['build']}.1",
        "process_bits": 64,
        "pending_reboot": {"component_servicing": False, "windows_update": False, "file_rename": False},
        "free_bytes": data.get("free_bytes", 40_000_000_000),
    }


def _listener(host: Windows, wanted: dict[str, list[str]]) -> dict[str, Any]:
    groups = {
        group: {
            "path": path,
            "present": path in host.data["registry"],
            "settings": {name: host.get(path, name) for name in wanted.get(group, [])},
        }
        for group, path in LISTENER_KEYS.items()
    }
    xml = host.data["nla_task"]
    return {**groups, "nla_task": None if xml is None else {"xml": xml, "error": None}}


def _certificates(host: Windows) -> dict[str, Any]:
    stores = {}
    for name in ("Remote Desktop", "My"):
        entries = []
        for thumbprint, blob in sorted(host.store(name).items()):
            parts = read_blob(blob)
            entries.append(
                {
                    "thumbprint": thumbprint,
                    "der": _b64(parts.get(32)),
                    "key_provider": _b64(parts.get(2)),
                    "error": None,
                }
            )
        stores[name] = {"present": True, "sddl": host.data["store_sddl"], "certificates": entries}
    return {"stores": stores}


def _b64(data: bytes | None) -> str | None:
    return base64.b64encode(data).decode() if data is not None else None


def _file(host: Windows, path: str | None) -> dict[str, Any]:
    known = host.data["files"].get(path or "")
    return {
        "path": path,
        "exists": known is not None if path else None,
        "sddl": known["sddl"] if known else None,
        "length": known["length"] if known else None,
        "error": None,
    }


def _key_files(host: Windows, more: list[str]) -> dict[str, Any]:
    files = []
    chosen = {host.thumbprint(RDP_TCP, "SSLCertificateSHA1Hash"), host.thumbprint(WS, "TemplateCertificate"), *more}
    template = host.get(POLICY, "CertTemplateName")
    by_template = bool(template and template["type"] == "string" and template["data"])
    usual = False
    for store in ("Remote Desktop", "My"):
        for thumbprint, blob in sorted(host.store(store).items()):
            made = any(oid in (read_blob(blob).get(32) or b"") for oid in TEMPLATE_OIDS)
            if store == "My" and not ({"*", thumbprint} & chosen or (by_template and made)):
                continue
            where = container_of(blob)
            usual = usual or bool(where and where[0] == "TSSecKeySet1")
            files.append(
                {
                    **_file(host, host.key_path(where[0]) if where else None),
                    "store": store,
                    "thumbprint": thumbprint,
                    "container": where[0] if where else None,
                    "provider": where[1] if where else None,
                    "provider_type": where[2] if where else None,
                    "used": _used(host, thumbprint, where),
                }
            )
    if not usual:
        files.append(
            {
                **_file(host, host.key_path("TSSecKeySet1")),
                "store": None,
                "thumbprint": None,
                "container": "TSSecKeySet1",
                "provider": None,
                "provider_type": None,
                "used": None,
            }
        )
    own = ntpath.basename(host.key_path("TSSecKeySet1")).partition("_")
    there = [own[2]] * (host.key_path("TSSecKeySet1") in host.data["files"])
    keys = [
        {"guid": guid, "written": utc_text(host.now() - timedelta(days=40))}
        for guid in (*there, *host.data["other_keys"])
    ]
    return {"folder": _file(host, MACHINE_KEYS), "files": files, "own_keys": keys}


def _used(host: Windows, thumbprint: str, where: tuple[str, str, int] | None) -> dict[str, Any] | None:
    """What comes of signing with the key of a certificate that the listener's values name. Administrators may use what
    they may read; that the key is denied to them sounds as if there were none (NTE_BAD_KEYSET)."""
    named = {
        host.thumbprint(RDP_TCP, "SSLCertificateSHA1Hash"),
        *(host.thumbprint(WS, name) for name in ("SelfSignedCertificate", "TemplateCertificate")),
    }
    if not where or thumbprint not in named:
        return None
    if where[0] in host.data["key_use"]:
        return dict(host.data["key_use"][where[0]])
    file = host.data["files"].get(host.key_path(where[0]))
    if not file or not may(file["sddl"], {"S-1-5-32-544", "S-1-1-0", "S-1-5-11"}, 0x120089):
        return {"code": -2146893802, "matches": None}
    return {"code": 0, "matches": True}


def _files(host: Windows) -> dict[str, Any]:
    """Windows' own programs, of the build that an enablement package leaves in their versions."""
    build = {19045: 19041, 22631: 22621, 26200: 26100}.get(host.data["host"]["build"], host.data["host"]["build"])
    return {
        name: {
            "path": rf"C:\Windows\System32\{name}",
            "version": f"10.0.{host.data['versions'].get(name, build)}.{host.data['host']['ubr']}",
            "written": utc_text(host.now() - timedelta(days=40)),
            "signature": host.data["signatures"].get(name, 0),
            "windows": True,
        }
        for name in ("termsrv.dll", "rdpcorets.dll", "sessenv.dll", "schannel.dll")
    }


def _logon(host: Windows) -> dict[str, Any]:
    return {
        "members": list(host.data["members"]),
        "policy": [dict(row) for row in host.data["rights"]],
        "local": host.data["local_rights"],
    }


def _machine_keys(host: Windows) -> dict[str, Any]:
    """Each key by the owner in its descriptor."""
    owners: dict[str, int] = {}
    for path, file in host.data["files"].items():
        if ntpath.dirname(path) == MACHINE_KEYS:
            alias = re.match(r"O:(S-[0-9-]+|[A-Z]{2})", file["sddl"] or "")
            sid = ALIASES.get(alias[1], alias[1]) if alias else ""
            owners[sid] = owners.get(sid, 0) + 1
    rows = [{"sid": sid, "count": count} for sid, count in owners.items()]
    return {"count": sum(owners.values()), "owners": rows, "whole": True}


def _services(host: Windows) -> dict[str, Any]:
    """Each of the services that the host script knows; None for one that is not installed."""
    installed = {
        name: {
            **service,
            "delayed": False,
            "image_path": host.data["image_paths"].get(name, r"%SystemRoot%\System32\svchost.exe -k netsvcs"),
            "type": 32,
            "error": None,
            "pid": (pid := host.volatile["pids"].get(name, 0)),
            "started": _started(host, name) if pid else None,
            "shares": [other for other, its in host.volatile["pids"].items() if its == pid and other != name]
            if pid
            else None,
            "dependents": host.dependent_rows(name),
        }
        for name, service in host.data["services"].items()
    }
    return {**installed, **dict.fromkeys(name for name in SERVICES if name not in installed)}


def _started(host: Windows, name: str) -> str:
    own: str | None = host.volatile["started"] if name == "TermService" else None
    return own or utc_text(host.now() - timedelta(days=3))


def _port(host: Windows) -> dict[str, Any]:
    listeners = (
        [{"address": "0.0.0.0", "port": host.port, "pid": host.volatile["pids"]["TermService"], "process": "svchost"}]
        if host.listens and host.port == host.port_set
        else []
    )
    if host.data["behaviour"].get("squatter"):
        listeners = [{"address": "0.0.0.0", "port": host.port_set, "pid": 77, "process": "sshd"}]
    return {
        "number": host.port_set,
        "listeners": listeners,
        "established": host.volatile["established"],
        "dynamic": None if listeners else {"first": 49152, "last": 65535},
        "excluded": None
        if listeners
        else [one for one in host.data["excluded"] if one["first"] <= host.port_set <= one["last"]],
    }


def _registry(host: Windows, wanted: dict[str, list[str]]) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    for key, names in wanted.items():
        if not re.match(r"(SOFTWARE|SYSTEM)\\", key, re.IGNORECASE):
            raise Refused("bad_arguments", f"values names {key}, which is neither below SOFTWARE nor below SYSTEM.")
        pattern = re.compile(
            "(" + r"[^\\]+".join(re.escape(part) for part in ("HKLM\\" + key).split("*")) + ")$", re.IGNORECASE
        )
        paths = sorted({match[1] for path in host.data["registry"] for match in (pattern.match(path),) if match})
        for path in paths:
            stored = host.data["registry"][path]
            known = {name.lower(): name for name in stored}
            picked = list(stored) if "*" in names else [name for name in names if name.lower() in known]
            answer[path] = {"settings": {name: stored[known[name.lower()]] for name in picked}, "error": None}
    return answer


def _firewall(host: Windows) -> dict[str, Any]:
    """The named rules first, then what a coarse look cannot rule out; at most 200 of a store."""
    rules = []
    for store, folder in (("local", FIREWALL), ("policy", FIREWALL_POLICY), ("mdm", FIREWALL + r"\Mdm")):
        values = host.data["registry"].get(folder + r"\FirewallRules", {})
        sieved = [
            name for name, value in values.items() if name not in NAMED_RULES and _may_concern(host, value["data"])
        ]
        kept = [name for name in NAMED_RULES if name in values] + sieved[:200]
        rules += [{"store": store, "name": name, "rule": values[name]["data"]} for name in kept]
    return {"port": host.port_set, "rules": rules}


def _may_concern(host: Windows, rule: str) -> bool:
    fields = re.findall(r"\|(\w+)=([^|]*)", rule)
    given = dict(fields)
    ports = {text for field, text in fields if field == "LPort"}
    return (
        not {"LUOwn", "AppPkgId", "PFN"} & set(given)
        and given.get("Active") == "TRUE"
        and given.get("Dir") == "In"
        and given.get("Protocol", "6") in ("6", "256")
        and given.get("App", "\\svchost.exe").lower().endswith("\\svchost.exe")
        and (not ports or str(host.port_set) in ports or any(field.startswith("LPort2") for field in given))
    )


def _network(host: Windows) -> dict[str, Any]:
    return {
        "adapters": [
            {
                "id": adapter["id"],
                "kind": 6,
                "up": adapter["up"],
                "index": 4 + at,
                "mtu": adapter["mtu"],
                "addresses": [f"10.0.0.{5 + at}"],
                "category": host.category(adapter) if adapter["up"] else None,
            }
            for at, adapter in enumerate(host.data["adapters"])
        ]
    }


def _domain(host: Windows, channel: bool) -> dict[str, Any]:
    joined = host.data["host"]["domain_role"] in (1, 3, 4, 5)
    return {
        "joined": joined,
        "name": host.data["host"]["dns_domain"] if joined else None,
        "channel_status": host.data["channel_status"] if joined and channel else None,
    }


def _licensing(host: Windows) -> dict[str, Any]:
    role = host.number(TS, "TSAppCompat") == 1
    return {"session_host": role, **(host.data["licensing"] if role else {"type": None, "grace_days": None})}


def _policies(host: Windows) -> dict[str, Any]:
    return {"values": [dict(row) for row in host.data["gpos"]]}


def _sessions(host: Windows) -> dict[str, Any]:
    sessions = [dict(session) for session in host.data["sessions"]]
    count = {state: sum(session["state"] == state for session in sessions) for state in (0, 4, None)}
    counts = {"active": count[0], "disconnected": count[4], "unknown": count[None]}
    return {"sessions": sessions, **counts}


def _is_collected(event: dict[str, Any], sources: list[dict[str, Any]]) -> bool:
    """Whether a source asks for an event. What a source wants of its data is taken as given."""
    for source in sources:
        ranges = [one if isinstance(one, list) else [one, one] for one in source["ids"]]
        if (event["log"], event["provider"]) == (source["log"], source["provider"]) and any(
            first <= event["id"] <= last for first, last in ranges
        ):
            return True
    return False


def _log_state(host: Windows, log: str) -> dict[str, Any]:
    """A log of a month, which wrapped as every log does; ``logs`` of the host says what is otherwise."""
    state = {"enabled": True, "bytes": 1_052_672, "oldest": utc_text(host.now() - timedelta(days=30)), "wrapped": True}
    return {**state, "read_to": None, "whole": True, **host.data["logs"].get(log, {})}


def _newest_of_each(events: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    seen: dict[tuple[str, str, int], int] = {}
    found = []
    for event in events:
        kind = (event["log"], event["provider"], event["id"])
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= most:
            found.append(event)
    return found


def _events(host: Windows, sources: list[dict[str, Any]]) -> dict[str, Any]:
    since = host.now() - timedelta(hours=72)
    arrived = [
        event_entry(f"{CORE}/Operational", CORE, 131, utc, addresses=["127.0.0.1"])
        for utc in host.volatile["connections"]
    ]
    rows = [
        event
        for event in host.data["events"] + arrived
        if event["utc"] >= utc_text(since) and _is_collected(event, sources)
    ]
    counts: dict[tuple[str, str, int], dict[str, Any]] = {}
    for event in sorted(rows, key=lambda row: row["utc"]):
        kind = (event["log"], event["provider"], event["id"])
        row = counts.setdefault(
            kind,
            {
                "log": kind[0],
                "provider": kind[1],
                "id": kind[2],
                "count": 0,
                "first": event["utc"],
                "last": event["utc"],
            },
        )
        row.update(count=row["count"] + 1, last=event["utc"])
    newest = sorted(rows, key=lambda row: row["utc"], reverse=True)
    entries = next((few for most in (40, 20, 10, 5, 2, 1) if len(few := _newest_of_each(newest, most)) <= 400), [])
    return {
        "since": utc_text(since),
        "logs": {source["log"]: None for source in sources},
        "states": {source["log"]: _log_state(host, source["log"]) for source in sources},
        "entries": entries,
        "counts": list(counts.values()),
    }


def _journals(host: Windows, wanted: str | None) -> dict[str, Any]:
    """``untrusted`` in the host's data says whose word does not count: ids of journals, or ``home``, and why."""
    untrusted = host.data["untrusted"]
    answer: dict[str, Any] = {
        "folder": r"C:\ProgramData\winops.rdp\journal",
        "recent": [],
        "untrusted": untrusted.get("home"),
        "whole": None,
        "total": None,
        "lock": None if "home" in untrusted else host.volatile.get("lock"),
    }
    if "home" in untrusted:
        return answer
    trusted = {id_: journal for id_, journal in host.data["journals"].items() if id_ not in untrusted}
    rows = [_journal_row(id_, trusted.get(id_), untrusted.get(id_)) for id_ in host.data["journals"]]
    rows.sort(key=lambda row: str(row["id"]), reverse=True)
    answer["recent"], answer["total"] = rows[:50], len(rows)
    answer["whole"] = trusted.get(wanted or "")
    return answer


def _journal_row(id_: str, journal: dict[str, Any] | None, why: str | None) -> dict[str, Any]:
    row: dict[str, Any] = {"id": id_, "created": None, "state": "untrusted", "undoes": None, "controller": None}
    row |= {"run": None, "what": None, "found": None, "sequence": None}
    row |= {"steps_done": 0, "steps_begun": None, "steps_total": 0, "untrusted": why}
    if journal is not None:
        header = ("created", "state", "undoes", "controller", "run", "what", "found", "sequence")
        row |= {name: journal.get(name) for name in header}
        row["steps_done"] = sum(step["status"] == "done" for step in journal["steps"])
        row["steps_begun"] = sum(step["status"] in ("started", "done", "failed") for step in journal["steps"])
        row["steps_total"] = len(journal["steps"])
    return row


# Apply ----------------------------------------------------------------------------------------------------------------


def apply(host: Windows, given: dict[str, Any], cut_after: int | None) -> dict[str, Any]:
    head, steps = given.get("journal"), given.get("steps")
    if not isinstance(head, dict) or not ID.match(str(head.get("id"))) or not isinstance(steps, list) or not steps:
        raise Refused("bad_arguments", "journal or steps are not in form.")
    if head.get("undoes") is not None and not ID.match(str(head["undoes"])):
        raise Refused("bad_arguments", "journal.undoes is neither null nor the id of a journal.")
    if head.get("run") is not None and not RUN.match(str(head["run"])):
        raise Refused("bad_arguments", "journal.run is neither null nor the id of a run.")
    lock = host.volatile.get("lock")
    if head["id"] in host.data["journals"] or (lock and lock["journal"] == head["id"]):
        raise Refused("repeated", f"The steps of journal {head['id']} were sent before.")
    untrusted = host.data["untrusted"]
    if why := untrusted.get("home") or untrusted.get(head.get("undoes")):
        raise Refused("journal_failed", f"The journal folder is not safe, so nothing was changed: {why}.")
    if lock:
        raise Refused("locked", "Another run is changing this host.", lock=lock)
    secrets = given.get("secrets") or {}
    undoing = bool(head.get("undoes"))
    undone = host.data["journals"].get(head.get("undoes"))
    bound = ["*"] if undone else [text for step in steps if (text := _bound(step))]
    armed = False
    for index, step in enumerate(steps):
        demanded = is_demanded(step, undone)
        why = refusal(host, step, demanded, bound)
        behind = armed and isinstance(step, dict) and str(step.get("name")).lower() == "userauthentication"
        if why and behind and not refusal(host, {**step, "data": 1}, False, bound) and step["data"] == 0:
            why = None
        if not why and not armed:
            why = _unending(host, step, undone if demanded else None)
        if not why and step["op"] == "certificate.import_pfx" and step["thumbprint"] not in secrets:
            why = "imports a certificate that was not sent"
        if why:
            raise Refused("refused_step", f"Step {index} {why}. Nothing was changed.", step=index)
        if step["op"].startswith("task."):
            armed = step["op"] == "task.arm"
    if not host.data["host"]["elevated"]:
        raise Refused("journal_failed", "The journal folder cannot be made safe, so nothing was changed.")
    if "seen" in head and len(set(host.data["journals"]) - set(head["seen"])) > head["unlisted"]:
        raise Refused("preflight", "Another run has changed this host since it was looked at.", step=None)
    host.volatile["secrets"] = secrets
    host.volatile.setdefault("brought", []).extend(secrets.values())
    for index, step in enumerate(steps):
        if why := _missing(host, step, steps[:index]):
            raise Refused("preflight", f"Step {index} ({step['op']}) cannot be done: {why}.", step=index)
    journal: dict[str, Any] = {
        "schema_version": 1,
        "id": head["id"],
        "created": head.get("created"),
        "controller": head.get("controller"),
        "undoes": head.get("undoes"),
        **{name: head.get(name) for name in ("run", "what", "found", "sequence")},
        "state": "open",
        "plan": given.get("plan"),
        "steps": [
            {**step, "status": "pending", "before": None, "after": None, "error": None, "elapsed_ms": 0}
            for step in steps
        ],
    }
    run = failing.Run(host, journal, undoing)
    try:
        run.write()
    except failing.Lost as lost:
        raise Refused("journal_failed", f"The journal cannot be written, so nothing was changed: {lost}") from lost
    host.volatile.update(safety_wanted=given.get("safety_task", True), safety_task=None, started_in_call=False)
    for index, (step, entry) in enumerate(zip(steps, journal["steps"])):
        if cut_after is not None and index >= cut_after:
            raise Cut
        _take_turn(run, step, entry, is_last=cut_after is None and index == len(steps) - 1)
    if cut_after is not None and cut_after >= len(steps):
        raise Cut
    return _answer_to_steps(run, given)


def _take_turn(run: failing.Run, step: dict[str, Any], entry: dict[str, Any], *, is_last: bool) -> None:
    """One step, or its place where it is skipped, and the journal behind it."""
    run.next_step()
    if run.fault == failing.BEFORE:
        raise Cut
    if run.is_skipped(entry):
        entry["status"] = "skipped"
    else:
        try:
            _do(run, step, entry)
        except Win32 as problem:
            entry.update(status=problem.status, error=problem.error)
            if entry["after"] is None:
                entry["after"] = _state(run.host, step)
            run.failed = True
    if is_last:
        run.journal["state"] = "failed" if run.failed else "complete"
    run.write_behind()
    if run.fault == failing.AFTER:
        raise Cut


def _answer_to_steps(run: failing.Run, given: dict[str, Any]) -> dict[str, Any]:
    host, journal, undone = run.host, run.journal, given["journal"].get("undoes")
    update_task(host)
    taken_back = host.data["journals"].get(undone)
    if taken_back and not (run.failed or run.lost or given["journal"].get("partly")):
        taken_back["state"] = "undone"
    host.changed()
    reports = [
        {name: entry[name] for name in ("op", "status", "before", "after", "error", "elapsed_ms")}
        for entry in journal["steps"]
    ]
    told = {
        "changed": any(report["status"] == "done" for report in reports),
        "schema_version": 1,
        "operation": "apply",
        "journal": {
            "id": journal["id"],
            "path": rf"C:\ProgramData\winops.rdp\journal\{journal['id']}.json",
            "state": "open" if run.lost else journal["state"],
        },
        "steps": reports,
        "safety_task": host.volatile["safety_task"],
    }
    if run.lost:
        text = f"The journal cannot be kept up to date: {run.lost} The steps in this answer tell what was done."
        return {**told, "failed": True, "reason": "journal_failed", "msg": text}
    return {**told, **snapshot(host, given.get("sections") or (), given)}


def _bound(step: Any) -> str | None:
    """The certificate that a step binds the listener to."""
    if not isinstance(step, dict) or str(step.get("name")).lower() != "sslcertificatesha1hash":
        return None
    try:
        return base64.b64decode(step.get("data") or "", validate=True).hex().upper()
    except (TypeError, ValueError):
        return None


def _missing(host: Windows, step: dict[str, Any], earlier: list[dict[str, Any]]) -> str | None:
    """What a step needs and this host has not."""
    if step["op"] in ("service.start", "service.restart"):
        types = [
            one["start"] for one in earlier if one["op"] == "service.start_type" and one["service"] == step["service"]
        ]
        if [host.service(step["service"])["start"], *types][-1] == DISABLED:
            return f"the service {step['service']} is disabled"
    if step["op"] == "registry.set" and not any(path.lower() == step["key"].lower() for path in host.data["registry"]):
        return f"the key {step['key']} does not exist"
    if step["op"] == "certificate.enrol" and host.get(POLICY, "CertTemplateName") is None:
        return "no policy names a template"
    if step["op"] == "domain.reset_channel" and host.data["host"]["domain_role"] not in (1, 3, 4, 5):
        return "this host is in no domain"
    if step["op"] == "file.replace" and group_policy.changed_since(host, step):
        return f"{step['policy_file']} of the host's own Group Policy has been changed since it was read"
    if step["op"] == "acl.set" and step["path"] not in host.data["files"]:
        return f"the file {step['path']} does not exist"
    if step["op"] == "certificate.import_pfx":
        return importing.missing(host, step["thumbprint"])
    if step["op"] in clients.FIELDS:
        return clients.missing(host, step)
    return granting.missing(host, step)


def refusal(host: Windows, step: Any, undoing: bool, bound: list[str]) -> str | None:
    """Why a step is none of the contract's, or not to be done on this host.

    ``bound`` are the certificates that the same steps bind the listener to; ``*`` stands for all.
    """
    if not isinstance(step, dict) or step.get("op") not in FIELDS:
        return "is not a step of the contract"
    if set(step) - {"op"} - OPTIONAL.get(step["op"], set()) != FIELDS[step["op"]]:
        return "is not a step of the contract"
    if "timeout_s" in step and not _number(step["timeout_s"], 1, 300):
        return "timeout_s is not a number from 1 to 300"
    if step["op"] == "acl.set":
        return _refuse_acl_set(host, step, undoing, bound)
    if step["op"] in granting.FIELDS:
        return granting.refusal(host, step, undoing)
    return _REFUSALS[step["op"]](host, step, undoing)


def _kind(step: dict[str, Any]) -> str | None:
    """The type of a registry value that may be written."""
    return WRITABLE.get(str(step["key"]).lower(), {}).get(str(step["name"]).lower())


def _refuse_registry_remove(_host: Windows, step: dict[str, Any], undoing: bool) -> str | None:
    if not _kind(step):
        return "touches a registry value that is not on the list"
    if str(step["name"]).lower() != "sslcertificatesha1hash" and not undoing:
        return "removes a value: only an undo may"
    return None


def _refuse_registry_set(_host: Windows, step: dict[str, Any], undoing: bool) -> str | None:
    kind = _kind(step)
    if kind is None:
        return "touches a registry value that is not on the list"
    if step["type"] != kind and not undoing:
        return f"{step['name']} is of type {kind}"
    if why := _bad_data(step, kind, undoing):
        return why
    name = str(step["name"]).lower()
    if name == "securitylayer" and is_zero(step["type"], step["data"]):
        return f"{step['name']} is never set to 0"
    if not undoing and name in DATA and step["data"] not in DATA[name]:
        return f"{step['name']} can only be one of {DATA[name]}"
    return None


def _refuse_service(host: Windows, step: dict[str, Any], _undoing: bool) -> str | None:
    if not isinstance(step["service"], str) or step["service"] not in host.data["services"]:
        return "touches a service that is not on the list"
    if step["op"] in ("service.stop", "service.restart") and step["service"] in START_ONLY:
        return f"stops {step['service']}, which is never stopped"
    for field in ("expect_empty", "expect_back"):
        if not isinstance(step.get(field, False), bool):
            return f"{field} is neither true nor false"
    return None


def _refuse_service_stop(host: Windows, step: dict[str, Any], undoing: bool) -> str | None:
    why = _refuse_service(host, step, undoing)
    return why or (None if undoing else "stops or disables a service: only an undo may")


def _refuse_service_start_type(host: Windows, step: dict[str, Any], undoing: bool) -> str | None:
    allowed = (2, 3, DISABLED) if undoing else (2, 3)
    why = _refuse_service(host, step, undoing)
    return why or (None if step["start"] in allowed else "stops or disables a service: only an undo may")


def _refuse_certificate(step: dict[str, Any]) -> str | None:
    if step["store"] != "Remote Desktop" or not THUMBPRINT.match(str(step["thumbprint"])):
        return "touches a store other than Remote Desktop, or no certificate"
    return None


def _refuse_certificate_remove(host: Windows, step: dict[str, Any], _undoing: bool) -> str | None:
    pinned = host.thumbprint(RDP_TCP, "SSLCertificateSHA1Hash")
    why = _refuse_certificate(step)
    return why or ("removes the pinned certificate" if step["thumbprint"] == pinned else None)


def _refuse_certificate_import(_host: Windows, step: dict[str, Any], undoing: bool) -> str | None:
    if why := _refuse_certificate(step):
        return why
    if not undoing:
        return "adds a certificate: only an undo may"
    if _imported(step["blob"]) != step["thumbprint"]:
        return "blob is not a whole store entry of that certificate"
    return None


def _refuse_personal(_host: Windows, step: dict[str, Any], undoing: bool) -> str | None:
    if step["store"] != "My" or not THUMBPRINT.match(str(step["thumbprint"])):
        return "touches a store other than My, or no certificate"
    if step["op"] == "certificate.remove_imported" and not undoing:
        return "takes a certificate out: only the undo of its import may"
    return None


def _refuse_certificate_wait_renewed(_host: Windows, step: dict[str, Any], _undoing: bool) -> str | None:
    previous = step["previous"]
    if not isinstance(previous, list) or not all(THUMBPRINT.match(str(text)) for text in previous):
        return "previous is not a list of thumbprints"
    return None


def _refuse_certificate_renew(host: Windows, step: dict[str, Any], undoing: bool) -> str | None:
    if not isinstance(step["restart"], bool):
        return "restart is neither true nor false"
    remove = step["remove"]
    if remove is not None and not (isinstance(remove, str) and THUMBPRINT.match(remove)):
        return "remove is not 40 upper-case hex digits"
    if remove is not None and remove == host.thumbprint(RDP_TCP, "SSLCertificateSHA1Hash"):
        return "removes the pinned certificate"
    return _refuse_certificate_wait_renewed(host, step, undoing)


def _refuse_acl_set(host: Windows, step: dict[str, Any], undoing: bool, bound: list[str]) -> str | None:
    allowed = {file["path"] for file in _key_files(host, bound)["files"]}
    if undoing:
        allowed |= {host.key_path(f"TSSecKeySet{n}") for n in range(1, 10)}
    if step["path"] not in allowed or ntpath.dirname(step["path"]) != MACHINE_KEYS:
        return "path is not a key file of the listener"
    if not isinstance(step["sddl"], str) or not SDDL.match(step["sddl"]):
        return "sddl is not a descriptor with a DACL"
    own = step["path"] in {host.key_path(f"TSSecKeySet{n}") for n in range(1, 10)}
    return None if undoing else excess(step["sddl"], _file(host, step["path"])["sddl"], own)


_REFUSALS: dict[str, Callable[[Windows, dict[str, Any], bool], str | None]] = {
    "registry.set": _refuse_registry_set,
    "registry.remove": _refuse_registry_remove,
    "service.start_type": _refuse_service_start_type,
    "service.start": _refuse_service,
    "service.stop": _refuse_service_stop,
    "service.restart": _refuse_service,
    "certificate.remove": _refuse_certificate_remove,
    "certificate.import": _refuse_certificate_import,
    "certificate.import_pfx": _refuse_personal,
    "certificate.remove_imported": _refuse_personal,
    "certificate.wait_renewed": _refuse_certificate_wait_renewed,
    "certificate.renew": _refuse_certificate_renew,
    **dict.fromkeys(clients.FIELDS, clients.refusal),
    "certificate.enrol": lambda _host, _step, _undoing: None,
    "clock.resync": lambda _host, _step, _undoing: None,
    "domain.reset_channel": lambda _host, _step, _undoing: None,
    "file.replace": group_policy.refuse_file,
    "policy.refresh": lambda _host, step, undoing: group_policy.refuse_refresh(step, undoing),
}


def _number(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _bad_data(step: dict[str, Any], kind: str, undoing: bool) -> str | None:
    """Why registry data does not fit its type. An undo puts back what was there, of whatever type and length."""
    type_, data = step["type"], step["data"]
    if type_ in ("dword", "qword"):
        most = 2**32 - 1 if type_ == "dword" else 2**63 - 1
        return None if _number(data, 0, most) else "data is not an unsigned number of its size"
    if type_ == "multi_string":
        return (
            None
            if isinstance(data, list) and all(isinstance(text, str) for text in data)
            else "data is not a list of text"
        )
    if type_ not in ("string", "expand_string", "binary", "none") or not isinstance(data, str):
        return "data is not text, or of a type that is not known"
    if type_ in ("binary", "none"):
        try:
            raw = base64.b64decode(data, validate=True)
        except ValueError:
            return "data is not base64"
        if kind == "binary" and not undoing and len(raw) != 20:
            return f"{step['name']} is 20 bytes"
    return None


def _state(host: Windows, step: dict[str, Any]) -> Any:
    op = step["op"]
    if op in clients.FIELDS:
        return clients.state_of(host, step)
    if op.startswith("registry."):
        value = host.get(step["key"], step["name"])
        return dict(value) if value else None
    if op == "service.start_type":
        return {"start": host.service(step["service"])["start"]}
    if op.startswith("service."):
        name = step["service"]
        return {
            "state": host.service(name)["state"],
            "dependents": host.dependent_rows(name),
        }
    if op in ("certificate.import_pfx", "certificate.remove_imported"):
        return importing.state(host, step["thumbprint"])
    if op == "certificate.enrol":
        return {"thumbprint": host.thumbprint(WS, "TemplateCertificate")}
    if op == "certificate.wait_renewed":
        return {"thumbprint": host.thumbprint(WS, "SelfSignedCertificate")}
    if op == "certificate.renew":
        thumbprint = step["remove"] or host.thumbprint(WS, "SelfSignedCertificate")
        blob = host.store("Remote Desktop").get(thumbprint or "")
        return {
            "thumbprint": thumbprint,
            "blob": _b64(blob),
            "der": _b64(read_blob(blob).get(32)) if blob is not None else None,
        }
    if op.startswith("certificate."):
        blob = host.store(step["store"]).get(step["thumbprint"])
        if op == "certificate.import":
            return {"present": blob is not None}
        return {"present": blob is not None, "blob": _b64(blob), "der": _b64(read_blob(blob).get(32)) if blob else None}
    if op == "clock.resync":
        return {"utc": utc_text(host.now())}
    if op == "domain.reset_channel":
        return {"channel_status": host.data["channel_status"]}
    if op == "file.replace":
        return group_policy.file_state(host, step)
    if op == "policy.refresh":
        return {"settings": group_policy.settings(host, step)}
    if op in granting.FIELDS:
        return granting.state(host, step)
    return {"sddl": _file(host, step["path"])["sddl"]}


def _so_already(step: dict[str, Any], state: Any) -> bool:
    op = step["op"]
    if op in clients.FIELDS:
        return clients.so_already(step, state)
    if op == "registry.set":
        return state == {"type": step["type"], "data": step["data"]}
    if op in granting.FIELDS:
        return granting.so_already(step, state)
    return (
        (op == "registry.remove" and state is None)
        or (op == "service.start_type" and state["start"] == step["start"])
        or (op == "service.start" and state["state"] == RUNNING)
        or (op == "service.stop" and state["state"] == STOPPED)
        or (op == "certificate.remove" and not state["present"])
        or (op == "certificate.import" and state["present"])
        or (op == "certificate.import_pfx" and state["has_key"])
        or (
            op == "certificate.remove_imported"
            and (not state["present"] or step.get("path", state["path"]) != state["path"])
        )
        or (op == "acl.set" and state["sddl"] == step["sddl"])
        or (op == "domain.reset_channel" and state["channel_status"] == 0)
        or (op == "file.replace" and state["content"] == step["content"])
        or (op == "policy.refresh" and state["settings"] == step["settings"])
    )


def _imported(blob: Any) -> str | None:
    """The thumbprint of the certificate in a store entry, if the entry is whole."""
    try:
        data = base64.b64decode(blob, validate=True)
    except (TypeError, ValueError):
        return None
    at = 0
    while at + 12 <= len(data):
        at += 12 + int.from_bytes(data[at + 8 : at + 12], "little")
    der = read_blob(data).get(32) if at == len(data) else None
    return hashlib.sha1(der).hexdigest().upper() if der is not None else None


def _unending(host: Windows, step: dict[str, Any], undone: dict[str, Any] | None) -> str | None:
    """Why a step that an undo asks for would leave Network Level Authentication off."""
    try:
        granting.assert_task(host, step, undone)
    except Win32 as problem:
        return f"turns it off: {problem.error['message']}".rstrip(".")
    return None


def _do(run: failing.Run, step: dict[str, Any], entry: dict[str, Any]) -> None:
    host, op = run.host, step["op"]
    entry["before"] = _state(host, step)
    if op == "certificate.renew":
        _renew(run, step, entry)
        return
    if _so_already(step, entry["before"]):
        entry.update(status="unchanged", after=entry["before"])
        if op == "service.stop":
            update_task(host, step["service"])
        return
    undone = host.data["journals"].get(run.journal["undoes"])
    undone = undone if is_demanded(step, undone) else None
    granting.assert_task(host, step, undone)
    importing.expect_there(host, step, undone)
    if importing.was_there(host, step, entry["before"]):
        entry["there"] = True
    if granting.is_pause(host, step, entry["before"]):
        entry["paused"] = True
    if op != "certificate.wait_renewed":
        entry["status"] = "started"
        run.write_ahead(entry)
    taken: dict[str, Any] = {}
    failing.strike(host, step, run.fault, lambda: taken.update(_carry_out(host, step, entry["before"])))
    granting.confirm_task(host, step, undone)
    done = "unchanged" if op == "certificate.wait_renewed" else "done"
    entry.update(status=done, after={**_state(host, step), **taken} if taken else _state(host, step))


def _carry_out(host: Windows, step: dict[str, Any], before: Any) -> dict[str, Any]:
    """Answers what is told beside the state that it leaves."""
    op = step["op"]
    if op == "policy.refresh":
        return {"refreshed": group_policy.refresh(host, step, before["settings"])}
    if op == "registry.set":
        host.put(step["key"], step["name"], {"type": step["type"], "data": step["data"]})
    elif op == "registry.remove":
        host.put(step["key"], step["name"], None)
    elif op == "service.start_type":
        host.service(step["service"])["start"] = step["start"]
    elif op == "service.start":
        check(host.start(step["service"]))
        host.volatile["started_in_call"] |= step["service"] == "TermService"
    elif op == "service.stop":
        stop_for_good(host, step)
    elif op == "service.restart":
        restart(host, step)
        host.volatile["started_in_call"] |= step["service"] == "TermService"
    elif op in granting.FIELDS:
        granting.do(host, step)
    elif op == "certificate.remove":
        host.drop_certificate(step["store"], step["thumbprint"])
    elif op == "certificate.import":
        host.put_entry(step["thumbprint"], step["blob"])
    elif op == "certificate.import_pfx":
        importing.bring(host, step["thumbprint"])
    elif op == "certificate.remove_imported":
        importing.expect_not_presented(host, step["thumbprint"])
        importing.expect_not_needed(host, step["thumbprint"])
        importing.take_out(host, step["thumbprint"])
    elif op == "certificate.enrol":
        if not host.data["behaviour"].get("ca_issues"):
            raise Win32(TIMED_OUT, "System.TimeoutException")
        host.enrol(host.data["behaviour"]["ca_issues"])
    elif op == "clock.resync":
        if host.data["behaviour"].get("no_time_source"):
            raise Win32(-2147023436)
        host.data["host"]["clock_offset_seconds"] = 0
    elif op == "domain.reset_channel":
        if not host.data["behaviour"].get("password_fits"):
            raise Win32(5)
        host.data["channel_status"] = 0
    elif op == "file.replace":
        group_policy.replace(host, step)
    elif op == "acl.set":
        if step["path"] not in host.data["files"]:
            raise Win32(2, "System.IO.FileNotFoundException")
        host.data["files"][step["path"]]["sddl"] = step["sddl"]
    elif op in clients.FIELDS:
        clients.change(host, step)
    elif op == "certificate.wait_renewed" and not _renewed(host, step):
        raise Win32(TIMED_OUT, "System.TimeoutException")
    return {}


def _renewed(host: Windows, step: dict[str, Any]) -> bool:
    """Whether a self-signed certificate is in force that is none of the old ones, and its key is there."""
    current = host.thumbprint(WS, "SelfSignedCertificate")
    if not current or current in step["previous"] or current == step.get("remove"):
        return False
    blob = host.store("Remote Desktop").get(current)
    where = container_of(blob) if blob is not None else None
    return where is not None and host.key_path(where[0]) in host.data["files"]


def _attempt(host: Windows, step: dict[str, Any], report: dict[str, Any]) -> bool:
    if not step["restart"]:
        report["attempts"].append("connection")
        if not host.listens:
            raise Win32(10061, "System.Net.Sockets.SocketException")
        host.asked_for_certificate()
    elif host.service("SessionEnv")["state"] == STOPPED:
        report["attempts"].append("start")
        check(host.start("SessionEnv"))
    else:
        report["attempts"].append("restart")
        restart(host, {"service": "SessionEnv", "expect_back": True})
    return _renewed(host, step)


def _renew(run: failing.Run, step: dict[str, Any], entry: dict[str, Any]) -> None:
    """The new certificate first; the old one is taken out only if it did not come, and put back if it then did not."""
    host = run.host
    current = host.thumbprint(WS, "SelfSignedCertificate")
    entry["after"] = {"thumbprint": current, "attempts": [], "put_back": False}
    if _renewed(host, step):
        entry["status"] = "unchanged"
        return
    entry["status"] = "started"
    run.write_ahead(entry)
    cut_here(host, "renew.started")
    report: dict[str, Any] = copy.deepcopy(entry["after"])
    problem = None
    try:
        failing.strike(host, step, run.fault, lambda: _try_to_renew(host, step, entry["before"]["blob"], report))
    except Win32 as error:
        problem = error
    if "removal" in report["attempts"] and not _renewed(host, step):
        host.put_entry(step["remove"], entry["before"]["blob"])
        report["put_back"] = True
    report["thumbprint"] = host.thumbprint(WS, "SelfSignedCertificate")
    entry["after"] = report
    if problem or not _renewed(host, step):
        raise problem or Win32(TIMED_OUT, "System.TimeoutException")
    entry["status"] = "done"


def _try_to_renew(host: Windows, step: dict[str, Any], blob: str | None, report: dict[str, Any]) -> None:
    if not _attempt(host, step, report) and step["remove"] and blob:
        report["attempts"].append("removal")
        host.drop_certificate("Remote Desktop", step["remove"])
        cut_here(host, "renew.removed")
        _attempt(host, step, report)
    cut_here(host, "renew.ended")
