# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done to the model of a host (``windows``): each function changes it, or makes such a change."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.hosts import group_policy
from tests.hosts.windows import (
    CORE,
    FIREWALL,
    MACHINE_KEYS,
    POLICY,
    RDP_TCP,
    SCHANNEL,
    SESSIONENV_SID,
    SOFTWARE_PROVIDER,
    STOPPED,
    TS,
    WS,
    Windows,
    event_entry,
    firewall_rule,
    make_certificate,
    nla_task_xml,
    utc_text,
)

Change = Callable[[Windows], Any]


def dword(key: str, name: str, number: int | None) -> Change:
    return lambda host: host.put(key, name, None if number is None else {"type": "dword", "data": number})


def own_policy(**numbers: int) -> Change:
    """The host's own Group Policy sets these values of the listener, and Windows has applied it."""

    def change(host: Windows) -> None:
        rows = [group_policy.number("Shell", 1, r"Software\Policies\Microsoft\Windows\System")]
        rows += [group_policy.number(name, value) for name, value in numbers.items()]
        group_policy.put(host, "registry.pol", group_policy.pol(*rows))
        text = f"[General]\r\ngPCMachineExtensionNames={group_policy.OURS}\r\nVersion=3\r\n"
        group_policy.put(host, "gpt.ini", text.encode())
        group_policy.apply(host)

    return change


def domain_policy(gpo: str, **numbers: int) -> Change:
    """The host is in a domain, one of whose objects sets these values of the listener."""

    def change(host: Windows) -> None:
        host.data["host"].update(dns_domain="corp.example.test", domain_role=3)
        host.data["domain_policy"] = numbers
        for name, value in numbers.items():
            host.dword(POLICY, name, value)
            host.data["gpos"].append({"key": POLICY, "name": name, "gpo": gpo, "id": f"cn={{{gpo}}},cn=policies"})

    return change


def service(name: str, **state: Any) -> Change:
    def change(host: Windows) -> None:
        host.service(name).update(state)
        if host.service(name)["state"] == STOPPED:
            host.volatile["pids"][name] = 0

    return change


def deleted(name: str) -> Change:
    """A service that nobody has installed any more."""
    return lambda host: host.data["services"].pop(name)


def paused(*causes: str, minutes: int = 120) -> Change:
    """NLA is off for a time, and the task stands that ends it."""

    def change(host: Windows) -> None:
        host.dword(RDP_TCP, "UserAuthentication", 0)
        at = (host.now() + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        host.data["nla_task"] = nla_task_xml(at, *causes)

    return change


def expired(host: Windows) -> None:
    host.drop_certificate("Remote Desktop", host.thumbprint(WS, "SelfSignedCertificate") or "")
    host.self_sign(days_ago=200)
    host.event("System", "Microsoft-Windows-TerminalServices-RemoteConnectionManager", 1058, 0x80070005)


def no_certificate(host: Windows) -> None:
    host.drop_certificate("Remote Desktop", host.thumbprint(WS, "SelfSignedCertificate") or "")


def key_descriptor(sddl: str) -> Change:
    def change(host: Windows) -> None:
        host.data["files"][host.key_path("TSSecKeySet1")]["sddl"] = sddl

    return change


def no_key(host: Windows) -> None:
    path = host.key_path("TSSecKeySet1")
    host.data["files"].pop(path)
    host.keys.pop(path)


def held_open(host: Windows) -> None:
    """TermService has opened the chosen certificate's key, and its file is taken away."""
    held = host._credential()
    host.keys["held"] = host.keys[held["path"]]
    host.volatile["held"] = {**held, "path": "held"}
    host.data["files"].pop(held["path"])


def string(key: str, name: str, text: str | None) -> Change:
    return lambda host: host.put(key, name, None if text is None else {"type": "string", "data": text})


def pinned(
    days_ago: int = 30,
    lasts: int = 365,
    container: str = "te-WebServer-1",
    readable: bool = True,
    with_key: bool = True,
    usage: str = "1.3.6.1.5.5.7.3.1",
    bits: int = 2048,
    provider: str = SOFTWARE_PROVIDER,
) -> Change:
    def change(host: Windows) -> None:
        key = host.add_key(container, None if readable else "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)", bits)
        start = host.now() - timedelta(days=days_ago)
        der = make_certificate("rdp.example.test", key, start, start + timedelta(days=lasts), 4711, usage)
        host.set_thumbprint(
            RDP_TCP, "SSLCertificateSHA1Hash", host.add_certificate("My", der, container, provider=provider)
        )
        if not with_key:
            host.data["files"].pop(host.key_path(container))
            host.keys.pop(host.key_path(container))

    return change


def imported(
    container: str = "te-pfx-1",
    days_ago: float = 1,
    with_key: bool = True,
    provider: str = SOFTWARE_PROVIDER,
    template: str = "",
) -> Change:
    """A certificate in My as an ACME client, an import of a PFX file or autoenrollment leaves it: its key is for SYSTEM
    and administrators alone."""

    def change(host: Windows) -> None:
        key = host.add_key(container, "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)")
        start = host.now() - timedelta(days=days_ago)
        der = make_certificate("rdp.example.test", key, start, start + timedelta(days=90), 4712, template=template)
        host.add_certificate("My", der, container, provider=provider)
        if not with_key:
            host.data["files"].pop(host.key_path(container))
            host.keys.pop(host.key_path(container))

    return change


def person(state: int | None = 0, station: str | None = "RDP-Tcp#1") -> Change:
    def change(host: Windows) -> None:
        host.data["sessions"].append(
            {"id": 2, "user": r"CORP\alice", "user_sid": "S-1-5-21-1-2-3-1104", "station": station, "state": state}
        )
        host.volatile["established"] = 1 if state == 0 else 0

    return change


def facts(**facts: Any) -> Change:
    return lambda host: host.data["host"].update(facts)


def behaves(**how: Any) -> Change:
    return lambda host: host.data["behaviour"].update(how)


def rule(name: str, port: int | str | None = 3389, store: str = FIREWALL, **more: Any) -> Change:
    return lambda host: host.put(
        store + r"\FirewallRules", name, {"type": "string", "data": firewall_rule(port, **more)}
    )


def no_rule(host: Windows) -> None:
    host.put(FIREWALL + r"\FirewallRules", RULE, None)


def network_category(number: int) -> Change:
    return lambda host: host.data["adapters"][0].update(category=number)


def product(name: str, state: int = 4, type: int = 16) -> Change:
    def change(host: Windows) -> None:
        host.data["products"] = [row for row in host.data["products"] if row["name"] != name]
        host.data["products"].append({"name": name, "start": 2, "type": type, "image_path": None, "state": state})

    return change


def state(**facts: Any) -> Change:
    """Facts of the host's own: what is done to one host is done to no other of the scenario."""
    return lambda host: host.data.update(copy.deepcopy(facts))


def logged(log: str, provider: str, number: int, count: int, *numbers: int) -> Change:
    def change(host: Windows) -> None:
        for _turn in range(count):
            host.event(log, provider, number, *numbers)

    return change


def came_without_a_suite(host: Windows) -> None:
    """A client that came twice, some minutes apart, and has no cipher suite in common with the host."""
    for minutes in (20, 13):
        at = utc_text(host.now() - timedelta(minutes=minutes))
        came = event_entry(f"{CORE}/Operational", CORE, 131, at, addresses=["10.0.0.77"])
        host.data["events"] += [came, event_entry("System", "Schannel", 36874, at)]


def connected_before(host: Windows) -> None:
    """Somebody connected some hours ago, which the listener's own log keeps."""
    earlier = utc_text(host.now() - timedelta(hours=3))
    host.data["events"].append(event_entry(f"{CORE}/Operational", CORE, 131, earlier, addresses=["10.0.0.77"]))


def lost_trust(host: Windows) -> None:
    host.event("System", "NETLOGON", 3210)
    host.event("Security", "Microsoft-Windows-Security-Auditing", 4625, 0xC000018B)


def multi_string(key: str, name: str, *texts: str) -> Change:
    return lambda host: host.put(key, name, {"type": "multi_string", "data": list(texts)})


def no_listener(host: Windows) -> None:
    host.data["registry"].pop(RDP_TCP)


def folder_descriptor(sddl: str) -> Change:
    return lambda host: host.data["files"][MACHINE_KEYS].update(sddl=sddl)


def program_data_moved(host: Windows) -> None:
    """The service looks for its key in the new place, where none is."""
    host.put(
        r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList",
        "ProgramData",
        {"type": "expand_string", "data": r"E:\Data"},
    )
    host.keys.clear()


def session_host(grace: int) -> tuple[Change, ...]:
    return dword(TS, "TSAppCompat", 1), state(licensing={"type": None, "grace_days": grace})


def policy_object(name: str, gpo: str) -> Change:
    return lambda host: host.data["gpos"].append(
        {"key": POLICY, "name": name, "gpo": gpo, "id": "{31B2F340-016D-11D2-945F-00C04FB984F9}"}
    )


def dated(days_ago: float) -> Change:
    def change(host: Windows) -> None:
        host.drop_certificate("Remote Desktop", host.thumbprint(WS, "SelfSignedCertificate") or "")
        host.self_sign(days_ago=days_ago)

    return change


def template(days_ago: int, sddl: str | None = None) -> Change:
    def change(host: Windows) -> None:
        key = host.add_key("te-RDP-1", sddl)
        start = host.now() - timedelta(days=days_ago)
        der = make_certificate("srv.corp.example.test", key, start, start + timedelta(days=365), 815)
        host.set_thumbprint(WS, "TemplateCertificate", host.add_certificate("My", der, "te-RDP-1"))

    return change


def renewed_since(host: Windows) -> None:
    """TermService holds what it opened, SessionEnv has made a new one since."""
    held = host._credential()
    host.keys["held"] = host.keys[held["path"]]
    host.volatile["held"] = {**held, "path": "held"}
    host.self_sign(days_ago=1)


def deaf(host: Windows) -> None:
    host.volatile["deaf"] = True


def mended_since(host: Windows) -> None:
    host.volatile["held"] = {"fault": "key"}
    host.event("System", "Schannel", 36870, 0x8009030D, 10001)


def denied(*sections: str) -> Change:
    return lambda host: host.data["denied_sections"].extend(sections)


W32TIME = r"HKLM\SYSTEM\CurrentControlSet\Services\W32Time\Parameters"
RULE = "RemoteDesktop-UserMode-In-TCP"
TLS12 = SCHANNEL + r"\Protocols\TLS 1.2\Server"
CREDSSP = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\CredSSP\Parameters"
MEMBER = facts(dns_domain="corp.example.test", domain_role=3)
BROKEN_KEY = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;0x120089;;;BA)"
DENIED_KEY = f"O:SYG:SYD:PAI(D;;FR;;;NS)(A;;FA;;;SY)(A;;0x120089;;;NS)(A;;FA;;;{SESSIONENV_SID})"
