# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a host differs from one that works: the comparison that people make when nothing else explains a failure.

Only what can be the same on two hosts is compared. Names, addresses, thumbprints, times and process ids differ between
any two, and say nothing. A difference is a fact, no finding: whether it matters is for whoever reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import NAMES, Firewall, Rule
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

# The parts of a host, in the order in which a client meets them: that is the order of the differences.
NETWORK, LISTENER, TLS, CERTIFICATE, NLA, SERVICES, SYSTEM, PRODUCTS, OTHER = PARTS = (
    "firewall",
    "listener",
    "tls",
    "certificate",
    "nla",
    "services",
    "system",
    "products",
    "other",
)
# Names of registry keys, below HKLM, and the part that their values belong to.
_PART_OF_KEY = (
    (collect.SCHANNEL, TLS),
    (collect.SUITES_POLICY, TLS),
    (collect.SUITES_LOCAL, TLS),
    (collect.LSA + r"\FipsAlgorithmPolicy", TLS),
    (collect.LSA, NLA),
    (collect.CREDSSP, NLA),
    (collect.FIREWALL_LOCAL, NETWORK),
    (collect.FIREWALL_POLICY, NETWORK),
    (collect.PORT_PROXY, NETWORK),
    (collect.SVCHOST, SERVICES),
)
# Their names are GUIDs, another one on each host.
_OWN_TO_A_HOST = (collect.NETWORKS, collect.CLOUD_JOIN, contract.TERMINAL_SERVER + r"\lanatable")
# Which certificate: another one on each host. What kind it is, is compared by itself.
_OWN_VALUES = ("SSLCertificateSHA1Hash", "SelfSignedCertificate", "TemplateCertificate")
ABSENT = "not set"
# How the names of Windows' own rules for the listener begin.
_OF_REMOTE_DESKTOP = "RemoteDesktop-"
_YES_NO = {True: "yes", False: "no"}
_ALLOWS = {True: "allow", False: "block"}
_STATES = {True: "out of date", False: "in date"}
# Whether the file is there, and whether NETWORK SERVICE may read it.
_KEYS = {
    (False, False): "missing",
    (True, True): "there, NETWORK SERVICE may read it",
    (True, False): "there, NETWORK SERVICE may not read it",
    (True, None): "there, not known who may read it",
}
Place = tuple[str, str]
Facts = dict[Place, tuple[str, str]]


@dataclass(frozen=True)
class Difference:
    """One fact that is another on the reference: the part of the host it belongs to, what it is, both values in words,
    and where it was read."""

    part: str
    what: str
    here: str
    there: str
    where: str

    def to_dict(self) -> dict[str, str]:
        return {"part": self.part, "what": self.what, "here": self.here, "there": self.there, "where": self.where}


@dataclass(frozen=True)
class Comparison:
    """The differences in the order in which a client meets them, and what could not be compared, a sentence each."""

    reference: str
    differences: tuple[Difference, ...]
    not_compared: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "reference": self.reference,
            "differences": [one.to_dict() for one in self.differences],
            "not_compared": list(self.not_compared),
        }


def compare(snapshot: Snapshot, reference: Snapshot) -> Comparison:
    """A host beside one that works. What either of them did not give is not compared, and said."""
    if _is_the_same(snapshot, reference):
        return Comparison(reference.name, (), (THE_SAME,))
    both = [snapshot, reference]
    lacking = [name for name in COMPARED if any(one.section(name) is None for one in both)]
    readers = [read for sections, read in _READERS if not set(sections) & set(lacking)]
    here, there = (
        {(part, what): (value, where) for read in readers for part, what, value, where in read(one)} for one in both
    )
    found = [
        _difference(place, here.get(place), there.get(place))
        for place in {**here, **there}
        if _told(place, both, here, there)
    ]
    found.sort(key=lambda one: (PARTS.index(one.part), one.where.lower(), one.what.lower()))
    return Comparison(reference.name, tuple(found), tuple(_not_compared(both)))


THE_SAME = "it is the reference itself; name another host that works, or a bundle of this one of a time when it did"


def _is_the_same(snapshot: Snapshot, reference: Snapshot) -> bool:
    """Whether it is the same reading of one machine: an earlier one, of when it worked, is worth comparing."""
    return snapshot is reference or snapshot.sections == reference.sections


def _told(place: Place, both: list[Snapshot], here: Facts, there: Facts) -> bool:
    """Whether the two differ in this, as far as is known: what could not be read is not absent."""
    if place in here and place in there:
        return here[place][0] != there[place][0]
    without = both[int(place in here)]
    where = (here.get(place) or there[place])[1]
    key = (without.section("registry") or {}).get(where)
    return not (where.removeprefix("section ") in without.truncated or (key and key["error"]))


def _difference(place: Place, here: tuple[str, str] | None, there: tuple[str, str] | None) -> Difference:
    known = here or there or (ABSENT, "")
    return Difference(*place, (here or (ABSENT,))[0], (there or (ABSENT,))[0], known[1])


def _not_compared(both: list[Snapshot]) -> Iterator[str]:
    """What either host did not give, one sentence for each part."""
    for name in COMPARED:
        lacking = [one.name or "a host without a name" for one in both if one.section(name) is None]
        if lacking:
            yield f"{contract.SECTIONS[name].purpose}: section {name} was not read on {' and '.join(lacking)}"
        cut = [one.name for one in both if name in one.truncated]
        if cut:
            yield f"{contract.SECTIONS[name].purpose}: section {name} was not read to its end on {' and '.join(cut)}"


Fact = tuple[str, str, str, str]


def _rules(snapshot: Snapshot) -> Iterator[Fact]:
    firewall = Firewall(snapshot)
    for rule in firewall.rules:
        named = f"firewall rule {rule.name} ({rule.store})"
        if rule.covers(snapshot.port):
            yield NETWORK, named, _rule(rule), "section firewall"
        elif rule.for_listener and rule.name.startswith(_OF_REMOTE_DESKTOP):
            yield (
                NETWORK,
                named,
                f"for other ports than the listener's ({', '.join(rule.local_ports)})",
                "section firewall",
            )
    profiles = ", ".join(NAMES[one] for one in firewall.profiles()) or "none known"
    yield NETWORK, "profile of the networks that are up", profiles, "section network"


def _rule(rule: Rule) -> str:
    words = [_ALLOWS[rule.allows], *["switched off"] * (not rule.active)]
    words.append("profiles " + ", ".join(name for bit, name in NAMES.items() if rule.profiles & bit))
    words.extend(f"from {', '.join(rule.remotes)}" for _one in rule.remotes[:1])
    return "; ".join([*words, *rule.conditions])


def _settings(snapshot: Snapshot) -> Iterator[Fact]:
    for name, (_group, known) in contract.SETTINGS.items():
        setting = snapshot.setting(name)
        if setting is not None and setting.source != "unread":
            yield (
                LISTENER,
                name,
                f"{setting.fault or _in_words(known, setting.effective)}, {setting.source}",
                setting.where,
            )
    for name, group in contract.LISTENER.items():
        for value_ in group.values:
            if not value_.in_force and value_.name not in (*_OWN_VALUES, *contract.SETTINGS):
                raw = snapshot.listener_value(name, value_.name)
                if raw:
                    yield LISTENER, value_.name, str(raw["data"]), contract.hklm(group.key)


def _in_words(known: contract.Value, value: int | str | None) -> str:
    words = {f"{number}": f"{text} ({number})" for number, text in known.words.items()}
    return words.get(str(value), str(value))


def _certificate(snapshot: Snapshot) -> Iterator[Fact]:
    binding = snapshot.binding
    if binding is None:
        return
    yield CERTIFICATE, "the listener's certificate is chosen by", binding.source, "section listener"
    entry = binding.certificate
    if entry is None:
        yield CERTIFICATE, "the listener's certificate", "in no store that was read", "section certificates"
        return
    state = _STATES[entry.expired(snapshot.now or snapshot.taken_at)]
    kind = f"from the store {entry.store}, {entry.key_type}, {state}"
    yield CERTIFICATE, "the listener's certificate", kind, "section certificates"
    file = snapshot.key_file(entry)
    if file is not None and file["exists"] is not None:
        readable = file["exists"] and snapshot.service_can_read(file)
        yield CERTIFICATE, "the private key", _KEYS[file["exists"], readable], "section key_files"


def _services(snapshot: Snapshot) -> Iterator[Fact]:
    for name in contract.SERVICES:
        service = snapshot.service(name)
        if service is None:
            yield SERVICES, name, "does not exist", "section services"
            continue
        start = contract.START_TYPES.get(service["start"], f"start type {service['start']}")
        state = contract.RUN_STATES.get(service["state"], f"state {service['state']}")
        yield SERVICES, name, f"{start}, {state}", "section services"
        for fact in ("account", "service_dll", "image_path"):
            if service.get(fact):
                yield SERVICES, f"{name} {fact}", str(service[fact]).lower(), "section services"
        needs = ", ".join(sorted(service["depends_on"]))
        yield SERVICES, f"{name} depends on", needs or "nothing", "section services"


def _system(snapshot: Snapshot) -> Iterator[Fact]:
    about = snapshot.sections["host"]
    yield SYSTEM, "build of Windows", f"{about['build']}.{about['ubr']}", "section host"
    for what, name in ("edition", "edition_id"), ("installation", "installation_type"), ("PowerShell", "powershell"):
        yield SYSTEM, what, str(about[name]), "section host"


def _files(snapshot: Snapshot) -> Iterator[Fact]:
    for name, file in snapshot.sections["files"].items():
        words = [str(file["version"] or "version not known"), *["not Windows' own"] * (file["windows"] is False)]
        yield SYSTEM, name, ", ".join(words), "section files"


def _domain(snapshot: Snapshot) -> Iterator[Fact]:
    yield SYSTEM, "member of", str(snapshot.sections["domain"]["name"] or "no domain"), "section domain"
    if snapshot.cloud_joined is not None:
        yield SYSTEM, "joined to Microsoft Entra ID", _YES_NO[snapshot.cloud_joined], "section registry"


def _products(snapshot: Snapshot) -> Iterator[Fact]:
    for row in snapshot.sections["products"]["services"]:
        start = contract.START_TYPES.get(row["start"], f"start type {row['start']}")
        state = contract.RUN_STATES.get(row["state"], "state not known")
        product = collect.product_of(row["name"]) or "Windows"
        yield PRODUCTS, f"service {row['name']} ({product})", f"{start}, {state}", "section products"


def _registry(snapshot: Snapshot) -> Iterator[Fact]:
    for path, key in snapshot.sections["registry"].items():
        below = path.split("\\", 1)[-1]
        if any(below.lower().startswith(own.lower()) for own in _OWN_TO_A_HOST) or key["error"]:
            continue
        part = next((part for start, part in _PART_OF_KEY if below.lower().startswith(start.lower())), OTHER)
        for name, raw in key["settings"].items():
            if raw is not None:
                yield part, f"{_short(below)}: {name}", _data(raw), path


def _short(key: str) -> str:
    """The last two parts of a key: the rest is where it stands. A policy's key has the name of the host's own."""
    by_policy = " (policy)" if key.lower().startswith(collect.SUITES_POLICY.lower()) else ""
    return "\\".join(key.split("\\")[-2:]) + by_policy


def _data(raw: dict[str, Any]) -> str:
    return ", ".join(map(str, raw["data"])) if isinstance(raw["data"], list) else str(raw["data"])


# Each with the sections that it cannot do without.
_READERS: tuple[tuple[tuple[str, ...], Callable[[Snapshot], Iterator[Fact]]], ...] = (
    (("firewall", "registry", "network", "listener"), _rules),
    (("listener", "host"), _settings),
    (("certificates", "key_files", "listener", "host"), _certificate),
    (("services",), _services),
    (("host",), _system),
    (("files",), _files),
    (("domain", "registry"), _domain),
    (("products",), _products),
    (("registry",), _registry),
)
COMPARED = tuple(dict.fromkeys(name for sections, _read in _READERS for name in sections))
