# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue of findings: everything that a diagnosis can say, in the order in which a client meets it.

A connection passes through stages: the network, the host's firewall, Windows itself, the services, the listener, its
certificate, TLS, Network Level Authentication, the licence. A fault at an early stage hides those behind it, and is
repaired first. So the order of the stages *is* the rank of findings of one severity: of two faults that keep clients
out, the one that a client meets first is the cause. Within a stage the better proven finding comes first, and the
order of this file decides what is left.

A rule names an entry (``catalogue.CERTIFICATE_EXPIRED``) and gives facts and evidence; the sentences are here.
``summary`` and ``advice`` are templates over those facts (``str.format``); an entry with several of them has a name
for each, and ``default`` is the one that needs no name. A new finding is one entry in its stage, a rule in
``rules/``, and a section in the docs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.by_hand import BY_HAND, with_commands

CRITICAL, WARNING = "critical", "warning"
HOST, POLICY, CLIENT, NETWORK, NONE = "host", "policy", "client", "network", "none"
# What a remedy does: gives back what clients need, renews a certificate, hardens, or opens what people may have closed.
# The first two are done by default, the others only where somebody asks for them.
RESTORE, RENEW, TIGHTEN, OPEN = "restore", "renew", "tighten", "open"

# The parts of a connection that a user's complaint is told by.
BEFORE, DOMAIN, LOGON, ADMISSION, SCREEN, PROFILE, END = range(1, 8)
# Of what comes before the logon, where the client says more: the way to the host, the certificate, and what else the
# two do not agree on. BEFORE alone is a connection that broke.
WAY, CERTIFICATE, AGREEMENT = range(8, 11)
# Of what is amiss on a host where a look gets in all the same: the complaints that it may be a reason for. Any other
# complaint is of something else. A licence for a user and a profile that is kept elsewhere want the domain as well.
OF_DATES = (BEFORE, CERTIFICATE)
_OF_ACCOUNTS = (BEFORE, AGREEMENT, LOGON, DOMAIN)
_REASON_FOR: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys(
        (
            "certificate.expired",
            "certificate.held_open",
            "certificate.key_unreadable",
            "certificate.pin_dead",
            "certificate.pin_expired",
            "certificate.store_denied",
            "certificate.template_expired",
            "certificate.wrong_purpose",
            "service.account_changed",
            "service.missing",
        ),
        OF_DATES,
    ),
    **dict.fromkeys(("nla.ntlm_refused", "nla.domain_credentials_disabled"), _OF_ACCOUNTS),
    **dict.fromkeys(("nla.trust_broken", "nla.no_domain_controller"), (*_OF_ACCOUNTS, ADMISSION, PROFILE)),
    "nla.logon_policy": (BEFORE, LOGON, DOMAIN),
    "clock.wrong": (BEFORE, CERTIFICATE, LOGON, DOMAIN),
    "interference.tls_inspected": (*_OF_ACCOUNTS, CERTIFICATE),
    "listener.draining": (BEFORE, ADMISSION),
    "service.broker_stopped": (BEFORE, WAY),
    "system.disk_full": (BEFORE, CERTIFICATE, PROFILE, SCREEN),
    "tls.tls12_disabled": (BEFORE,),
}

# Where a look can end that meets a fault of a group, or one fault: the first and the last stage, in the words of the
# probe. With what is amiss with the certificate or TLS every connection is made, and nobody is kept from what comes
# after TLS; with what the negotiation settles no TLS begins.
ANYWHERE = ("tcp", "session")
UNTIL_TLS, _BEFORE_TLS = ("negotiation", "tls"), ("negotiation", "negotiation")
_ENDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("certificate", "machine_keys", "tls"), UNTIL_TLS),
    "clock": ("tls", "session"),
    "nla": ("credssp", "session"),
    "licensing": ("session", "session"),
    **dict.fromkeys(
        ("service.sessionenv_stopped", "service.sessionenv_cannot_start", "service.stale_credential"), UNTIL_TLS
    ),
    "listener.security_layer_invalid": UNTIL_TLS,
    **dict.fromkeys(("listener.security_layer_conflict", "listener.negotiation_disabled"), _BEFORE_TLS),
    **dict.fromkeys(("listener.connection_limit", "system.disk_full"), ("negotiation", "session")),
    "listener.logon_disabled": ("credssp", "session"),
    # Before its setup is over Windows may take a connection, and closes it.
    "system.setup_unfinished": ("tcp", "negotiation"),
}

DOCS = "docs/causes"
DEFAULT = "default"

Template = str | Mapping[str, str]


@dataclass(frozen=True)
class FindingType:
    """What all findings with one id have in common.

    ``title`` names it in a few words, as a heading does. ``severity`` is ``critical`` (keeps clients out) or
    ``warning``, where a rule does not say otherwise. ``owner`` is who can usually change it. ``repair_class`` is the
    kind of remedy that this collection has (None: it has none). ``summary`` and ``advice`` are templates.

    The flags say what the finding means for others. ``blocks_renewal``: the next renewal of the listener's
    certificate is not to be counted on. ``explains_nla``: it explains why Network Level Authentication is not
    answered. ``deserves_second_look``: the host's log of the probe's own connection may say more, and is worth a
    second call. ``restart_required``: what was changed takes effect when TermService starts. ``outside_host``:
    nothing on the host causes it. ``behind_look``: a look without an account does not come as far, so that clients who
    reach the logon are no evidence against it. ``explains`` are the ids of what it brings about: symptoms, which are
    not told beside it, and not repaired; ``explains_if`` are those with another summary than the first, by its name.
    ``read_in`` are the sections in which it is seen: without one of them none of its symptoms can be proven to be the
    cause. ``brings_about`` are symptoms that it can bring about and that are told and repaired beside it, after it.
    ``doubted_by`` are the errors, by the names that ``symptoms`` gives them, which show that something else may be the
    cause: a symptom is proven only where there is none. Of one whose remedy is the very thing that failed,
    the advice ``unexplained`` takes the remedy's place then. ``behind`` are faults of the host that no guess of this
    kind stands before, whatever their severity: it is no more than possible then, and has the summary ``behind``.
    ``turned_off``: Remote Desktop is not meant to be on. ``asked_for``: somebody has asked for it, with an end.
    ``by_name``: its remedy is tried only where the finding itself is asked for, not its whole class; the advice is
    what is left to people where it does not help. ``wants`` are sections on request that the advice is not whole
    without. ``part`` is the part of a connection that a complaint of it is of, 0 where it may be of any;
    ``logged``: the log alone tells of it, of whomever it befell; ``comes_of``: other parts that a complaint of
    it may come of; ``reason_for``: the complaints that it may be a reason for where a look gets in (None: any);
    ``by_choice``: somebody set it so, and the host is in order; ``hinders_nobody``: a weakness,
    which is no reason for anything that somebody meets; ``hides``: a look that met it (target ``met``, where a
    rule can tell) did not come to what is behind, and proves nothing of that; ``denies``: its words say that nobody
    gets in, so that beside a client who does they say that too; ``ends``: the first and the last stage of a look
    at which one can end for this, in the words of the probe; ``by_hand``: what a person types on the host where
    nothing but its remedy is left to do.
    """

    id: str
    title: str
    severity: str
    summary: Template
    advice: Template | None = None
    owner: str = HOST
    repair_class: str | None = None
    blocks_renewal: bool = False
    explains_nla: bool = False
    deserves_second_look: bool = False
    restart_required: bool = False
    outside_host: bool = False
    behind_look: bool = False
    explains: tuple[str, ...] = ()
    explains_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    read_in: tuple[str, ...] = ()
    brings_about: tuple[str, ...] = ()
    doubted_by: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    turned_off: bool = False
    by_name: bool = False
    wants: tuple[str, ...] = ()
    asked_for: bool = False
    part: int = 0
    logged: bool = False
    hinders_nobody: bool = False
    by_choice: bool = False
    comes_of: tuple[int, ...] = ()
    reason_for: tuple[int, ...] | None = None
    hides: bool = False
    denies: bool = False
    ends: tuple[str, str] = ANYWHERE
    by_hand: str | None = None
    stage: int = -1
    place: int = -1

    @property
    def group(self) -> str:
        return self.id.split(".")[0]

    @property
    def docs(self) -> str:
        """The section that describes it."""
        return f"{DOCS}/{self.group}.md#{self.id}"

    def summary_text(self, name: str, facts: Mapping[str, object]) -> str:
        """Raises ``KeyError`` for a template or a fact that is not there."""
        return _template(self.summary, name).format(**facts)

    def advice_text(self, name: str | None, facts: Mapping[str, object]) -> str | None:
        """None if nothing is left to people: ``name`` is None, or ``default`` and the type has no such template.

        Raises ``KeyError`` for a template or a fact that is not there.
        """
        if name is None or self.advice is None:
            return None
        if name == DEFAULT and not isinstance(self.advice, str) and DEFAULT not in self.advice:
            return None
        return with_commands(_template(self.advice, name), facts)


def _template(template: Template, name: str) -> str:
    if isinstance(template, str):
        template = {DEFAULT: template}
    return template[name]


STAGES: list[str] = []
ALL: dict[str, FindingType] = {}


def _stage(what: str) -> None:
    """Begin the next stage of a connection."""
    STAGES.append(what)


def _finding(
    id_: str,
    title: str,
    severity: str,
    summary: Template,
    advice: Template | None = None,
    owner: str = HOST,
    repair_class: str | None = None,
    **more: Any,
) -> FindingType:
    """Enter a finding in the present stage."""
    more["ends"] = _ENDS.get(id_) or _ENDS.get(id_.split(".")[0], ANYWHERE)
    more["by_hand"] = BY_HAND.get(id_)
    more["reason_for"] = _REASON_FOR.get(id_)
    entry = FindingType(id_, title, severity, summary, advice, owner, repair_class, **more)
    ALL[id_] = replace(entry, stage=len(STAGES) - 1, place=len(ALL))
    return ALL[id_]


# What is logged where no certificate can be made, and what tells that a handshake ended for another reason than a date.
_MAKING = ("SessionEnv", "KeyIso", "CryptSvc", "starts", "renewal", "enrolment")
_HANDSHAKE = ("handshake", "product")
# The symptoms of a certificate that nobody makes.
_NOT_MADE = ("certificate.missing", "certificate.expired", "certificate.renewal_failing")
# One that still has the computer's former name stays, too: what its advice says to remove would not come back.
_NOT_MADE_ANEW = ("certificate.name_mismatch",)

# Of an account that cannot be used, by what is amiss with it.
_OF_THE_ACCOUNT = {
    "password": (
        "give the account a new password from elsewhere: at a computer that it is signed in to (Ctrl+Alt+Del), or "
        "as an administrator with 'Set-ADAccountPassword -Identity NAME -Reset', of a local account with 'net user "
        "NAME *'. It is Network Level Authentication alone that has no place to ask for a new one; do not turn "
        "that off for it"
    ),
    "disabled": (
        "if the account is to be used, enable it: Enable-ADAccount NAME; a local one: net user NAME /active:yes"
    ),
    "expired": (
        "if the account is to be used, give it a later end: Set-ADAccountExpiration NAME -DateTime DATE; a "
        "local one: net user NAME /expires:never"
    ),
    "locked": (
        "unlock it (Unlock-ADAccount NAME; a local one: net user NAME /active:yes). If it is locked again, look for "
        "who tries passwords: the address in events 4625 of the Security log, and events 4740 on the domain "
        "controller (a phone, a task or a drive with the former password, or somebody who guesses)"
    ),
}
# Of the security option 'Network security: Allow PKU2U authentication requests to this computer to use online
# identities'.
_PKU2U = (
    "Computer Configuration > Windows Settings > Security Settings > Local Policies > Security Options; on the host: "
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\pku2u\\AllowOnlineID, 1 allows it"
)
# Of the folder that Windows keeps the machine's keys in.
_NO_FOLDER = (
    "C:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys is not there, and with it the keys of all programs that had "
    "theirs in it: restore it from a backup with its access lists. Without one make it again: md FOLDER, then icacls "
    'FOLDER /inheritance:r /grant:r "*S-1-1-0:(R,W)" "*S-1-5-32-544:(F)", then Restart-Service SessionEnv, and '
    "look for event 1056; certificates whose keys were there have to be issued again"
)
# Where the policies are that are named by their titles alone.
_POLICIES_ARE = (
    "policies of Remote Desktop are below Computer Configuration > Administrative Templates > Windows Components > "
    "Remote Desktop Services"
)
_DELEGATION = "Computer Configuration > Administrative Templates > System > Credentials Delegation"
# Of a setting that a policy has set.
_POLICY_SETS = "{set_by} sets {name} to {value}; {how} ({policy_name}; on the host: {where})"


def by_id(id_: str) -> FindingType:
    """The entry with this id. Raises ``KeyError``."""
    return ALL[id_]


@cache
def explained_in(id_: str) -> tuple[str, ...]:
    """The sections in which the causes are seen that bring this finding about; empty for one that is no symptom."""
    causes = (entry for entry in ALL.values() if id_ in (*entry.explains, *entry.brings_about))
    return tuple(sorted({name for entry in causes for name in entry.read_in}))


_stage("Something on the way answers before the host does: everything seen behind it is not the host's.")
NETWORK_PATH_RESET = _finding(
    "network.path_reset",
    "Connection dropped on the way",
    CRITICAL,
    "Something in the network path accepted and dropped the connection; the host logged no connection attempt",
    advice=(
        "look at what stands before the host: load balancer, intrusion prevention, port forwarding, a tunnel, a "
        "gateway. Probe from the host's own network (winops.rdp.probe with delegate_to) to see on which side of it the "
        "fault is"
    ),
    owner=NETWORK,
    outside_host=True,
)

_stage("The client looks the name up.")
NETWORK_NAME = _finding(
    "network.name",
    "Name does not resolve",
    CRITICAL,
    "The host's name does not resolve where the probe ran",
    advice="correct DNS (nslookup NAME, where the probe ran), or give probe_host an address",
    owner=CLIENT,
    outside_host=True,
)

_stage("The client connects.")
NETWORK_UNREACHABLE = _finding(
    "network.unreachable",
    "Host not reachable",
    CRITICAL,
    {
        "default": "Connections to the host do not arrive",
        "listens": "The host listens on port {port}, but connections from the probe do not arrive",
        "no_address": "The host has no address in a network ({addresses}), so that no connection can arrive",
        "elsewhere": "The host listens on port {port} at {addresses} alone, and the probe asked at another address",
    },
    advice={
        "default": (
            "look at what stands between: the host's firewall, network filters, routing, VPN; and probe from where the "
            "clients are (winops.rdp.probe with delegate_to; by hand: Test-NetConnection HOST -Port PORT)"
        ),
        "no_address": (
            "give it one at its console: see that the service Dhcp runs (Get-Service Dhcp) and what gives out "
            "addresses is reached (ipconfig /renew), or set the address by hand; look at the cable, the virtual switch "
            "and the VLAN as well"
        ),
        "elsewhere": (
            "if people are to come by another address as well, set LanAdapter of HKLM\\SYSTEM\\CurrentControlSet\\"
            "Control\\Terminal Server\\WinStations\\RDP-Tcp to 0 (every adapter), and restart TermService when nobody "
            "is connected; else connect to the address that it has"
        ),
    },
    owner=NETWORK,
    outside_host=True,
    explains_if={
        "no_address": (
            "firewall.profile_mismatch",
            "firewall.rule_disabled",
            "firewall.port_not_allowed",
            "firewall.address_scope",
        )
    },
)

_stage("The host's firewall lets the connection through or drops it.")
# Of a rule that is to hold in the public profile.
_SAY_WHO = (
    "say who may come in from a public network: winops.rdp.firewall profiles=public remote_addresses=ADDRESSES (by"
    " hand, where Windows' own rule covers the port: Set-NetFirewallRule -Name {built_in} -Enabled True -Profile Public"
    " -RemoteAddress ADDRESSES)"
)
_CATEGORY = (
    "if the network has the wrong category, correct that (Set-NetConnectionProfile -InterfaceAlias NAME "
    "-NetworkCategory Private; a domain network that shows as Public has lost its domain controller)"
)
FIREWALL_SERVICE_STOPPED = _finding(
    "firewall.service_stopped",
    "Windows Firewall service stopped",
    CRITICAL,
    {
        "default": "The firewall's service {service} is stopped; without it Windows lets next to nothing in",
        "hangs": "The firewall's service {service} does not run: {state}; without it Windows lets next to nothing in",
    },
    advice={
        "default": (
            "start it again, and turn profiles off if no firewall is wanted, never the service: Set-Service "
            "{service} -StartupType Automatic; Start-Service {service}"
        ),
        "hangs": (
            "another start would hang as well: look up events 7022 to 7034 of the Service Control Manager, which have "
            "the error with which it ends; a list of loopback exemptions that it cannot read is one that is known "
            "(CheckNetIsolation LoopbackExempt -s)"
        ),
    },
    denies=True,
)
# Where a policy keeps its rules, and how a host shows whose a rule is.
_FIREWALL_OF_A_POLICY = (
    "Computer Configuration > Windows Settings > Security Settings > Windows Defender Firewall with Advanced Security"
)
_WHOSE_RULE = "PolicyStoreSource of Get-NetFirewallRule -PolicyStore ActiveStore -Name {rule!q}"
FIREWALL_BLOCK_ALL = _finding(
    "firewall.block_all",
    "Firewall blocks all incoming connections",
    CRITICAL,
    "The firewall accepts no connections at all in the profile {profile}",
    advice={
        "default": (
            "allow exceptions in that profile again: Set-NetFirewallProfile -Profile {profile} -AllowInboundRules True"
        ),
        "policy": (
            "a policy sets it, and a change on the host would not count: allow exceptions there, "
            f"{_FIREWALL_OF_A_POLICY} > Properties > {{profile}} (Inbound connections: Block, not Block all), or "
            "Administrative Templates > Network > Network Connections > Windows Defender Firewall ('Do not allow "
            "exceptions'); then gpupdate"
        ),
    },
)
FIREWALL_BLOCK_RULE = _finding(
    "firewall.block_rule",
    "Firewall rule blocks the port",
    CRITICAL,
    {
        "default": (
            "A firewall rule blocks port {port} in the profile {profile}, and a block rule overrides every allow rule"
        ),
        "ipsec": (
            "A connection security rule lets nobody in to port {port} in the profile {profile} who does not come with "
            "IPsec, whatever the firewall's rules allow"
        ),
    },
    advice={
        "default": "find out who made the rule, and turn it off: Disable-NetFirewallRule -Name {rule!q}",
        "policy": (
            "the rule comes from a policy, and cannot be turned off on the host: do it there "
            f"({_FIREWALL_OF_A_POLICY}), then gpupdate. {_WHOSE_RULE} names the policy"
        ),
        "ipsec": (
            "if clients are to come without IPsec, exempt the port, or turn the rule off where it was made (a Group "
            "Policy's comes back): Get-NetIPsecRule -PolicyStore ActiveStore; Disable-NetIPsecRule -Name {rule!q}"
        ),
    },
)
FIREWALL_ADDRESS_SCOPE = _finding(
    "firewall.address_scope",
    "Firewall admits some addresses only",
    CRITICAL,
    {
        "default": "Firewall rules let only some addresses through to port {port} in the profile {profile}",
        "blocked": "Firewall rules block some addresses from port {port} in the profile {profile}",
        "conditions": "Firewall rules for port {port} in the profile {profile} hold only under conditions",
    },
    advice={
        "default": (
            "if the probe's address is one that should get in, add the clients' addresses to them: "
            "Set-NetFirewallRule -Name {rule!q} -RemoteAddress ADDRESSES, where ADDRESSES are all that are to get in, "
            "those of before included, for they take the place of what is there"
        ),
        "blocked": (
            "if the probe's address is one that should get in, remove the clients' addresses from them: "
            "Set-NetFirewallRule -Name {rule!q} -RemoteAddress ADDRESSES, where ADDRESSES are all that stay blocked, "
            "for they take the place of what is there"
        ),
        "policy": (
            "if the probe's address is one that should get in, change the addresses in the policy that has the rule "
            f"({_FIREWALL_OF_A_POLICY}), then gpupdate; the host cannot change it. {_WHOSE_RULE} names the policy"
        ),
        "conditions": (
            "if the client should get in, see what the rule '{rule}' asks of the local address, the interface, the "
            "build and IPsec, and whether it is so: Get-NetFirewallRule -Name {rule!q}"
        ),
    },
)
FIREWALL_LOCAL_RULES_IGNORED = _finding(
    "firewall.local_rules_ignored",
    "Policy ignores local firewall rules",
    CRITICAL,
    "A policy makes the firewall ignore local rules in the profile {profile}, and the rule for port {port} is local",
    advice=(
        "put the rule for Remote Desktop into the same Group Policy, or let local rules count there (Windows Defender "
        "Firewall with Advanced Security, Properties, the profile's Settings: Apply local firewall rules)"
    ),
)
FIREWALL_PROFILE_MISMATCH = _finding(
    "firewall.profile_mismatch",
    "Firewall rule is for another network profile",
    CRITICAL,
    "The network that is up has the profile {profile}, and no firewall rule for port {port} applies there",
    advice={
        "default": (
            _CATEGORY
            + "; else widen the rule: Set-NetFirewallRule -Name {rule!q} -Profile {profiles}, which are those "
            "of before and this one, for they take the place of what is there"
        ),
        "policy": (
            _CATEGORY + "; else widen the rule in the policy that has it, for on the host it cannot be changed "
            f"({_FIREWALL_OF_A_POLICY}), then gpupdate. {_WHOSE_RULE} names the policy"
        ),
        "public": _CATEGORY + "; else " + _SAY_WHO,
    },
)
FIREWALL_PORT_NOT_ALLOWED = _finding(
    "firewall.port_not_allowed",
    "No firewall rule for the listener's port",
    CRITICAL,
    "No firewall rule lets clients through to port {port}, where the listener is; the built-in rules stay at 3389",
    advice={"public": _SAY_WHO},
    repair_class=OPEN,
)
FIREWALL_RULE_DISABLED = _finding(
    "firewall.rule_disabled",
    "Firewall rule for Remote Desktop is off",
    CRITICAL,
    "The firewall has no rule in force that lets clients through to port {port}",
    advice={"public": _SAY_WHO},
    repair_class=OPEN,
)

_stage("With a wrong clock nothing can be trusted: certificates are judged, made and removed by it.")
CLOCK_WRONG = _finding(
    "clock.wrong",
    "Clock is wrong",
    CRITICAL,
    {
        "default": "The host's clock is {difference} {direction} the controller's",
        "domain_controller": "The clocks of this host and of its domain controller are too far apart for Kerberos",
    },
    advice={
        "default": (
            "set the host's clock (or the controller's) first: certificates are judged, made and removed by it. A "
            "member of a domain: w32tm /resync; else Set-Date 'YYYY-MM-DD HH:MM', and a time source: w32tm /config "
            "/syncfromflags:manual /manualpeerlist:SERVER /update"
        ),
        "domain_controller": (
            "compare them: w32tm /stripchart /computer:CONTROLLER /samples:3 /dataonly; the host's clock "
            "agrees with that of Ansible's controller, so the domain controller's may be the wrong one"
        ),
    },
    repair_class=OPEN,
    by_name=True,
    explains_nla=True,
    behind_look=True,
)

_stage("Windows serves nobody before its setup is over, and some editions never do.")
SYSTEM_HOME_EDITION = _finding(
    "system.home_edition",
    "Windows Home has no Remote Desktop server",
    CRITICAL,
    {
        "default": (
            "This edition of Windows ({edition}, Home) has no Remote Desktop server: nothing will listen, whatever is "
            "set"
        ),
        "served": (
            "This edition of Windows ({edition}, Home) has no Remote Desktop server: something else serves the clients "
            "that get in, until an update of Windows ends that"
        ),
        "fell": (
            "This edition of Windows ({edition}, Home) has no Remote Desktop server, and what was put in its place "
            "does not start"
        ),
        "off": (
            "This edition of Windows ({edition}, Home) has no Remote Desktop server, and what was put in its place "
            "serves nobody while Remote Desktop is turned off"
        ),
    },
    advice=(
        "upgrade to Pro or a higher edition (Settings > System > Activation), or use another product for remote "
        "control; no setting, restart or certificate helps, and wrappers break with every update of Windows"
    ),
    explains=(
        "service.stopped",
        "service.cannot_start",
        "service.sessionenv_stopped",
        "service.not_started_along",
        "listener.rdp_disabled",
        "listener.not_listening",
        "listener.missing",
        "certificate.missing",
        "certificate.store_name",
        "firewall.rule_disabled",
        "firewall.profile_mismatch",
    ),
    read_in=("host",),
)
SYSTEM_DISK_FULL = _finding(
    "system.disk_full",
    "The system drive is full",
    WARNING,
    "The system drive is full ({free} MiB are free): keys and certificates may not be made, and profiles not loaded",
    advice=(
        "make room on the system drive, 1 GiB at least, before anything is repaired (cleanmgr; Dism /Online "
        "/Cleanup-Image /StartComponentCleanup)"
    ),
    blocks_renewal=True,
    brings_about=_NOT_MADE,
    read_in=("host",),
)
SYSTEM_SETUP_UNFINISHED = _finding(
    "system.setup_unfinished",
    "Windows setup is not finished",
    CRITICAL,
    "By its registry Windows is still being set up, and Remote Desktop is unavailable until that has ended",
    advice="finish the setup at the console; if it is finished, set {value} to 0 and restart the host",
    denies=True,
    brings_about=("service.stopped", "certificate.missing"),
    read_in=("registry",),
)

_stage("A service must run to answer.")
_FAILED = (
    "do not only start it again: look up the errors that this finding names, and events 7000 to 7038 of the Service "
    "Control Manager at their times, put right what they tell of, then Start-Service {service}"
)
SERVICE_MISSING = _finding(
    "service.missing",
    "Remote Desktop service was deleted",
    CRITICAL,
    {
        "default": "Deleted from this host: {services}; without TermService nobody answers clients",
        "served": "Deleted from this host: {services}; what still lets clients in may end when Windows restarts",
        "renewal": "Deleted from this host: {services}; without SessionEnv nobody makes or renews the certificate",
        "keys": "Deleted from this host: {services}; without it no key is opened and no certificate made",
        "redirection": "Deleted from this host: {services}; printers, drives and devices are not redirected",
    },
    advice=(
        "Windows installs {services}; scripts that 'debloat' it and antivirus that removes a wrapper delete services. "
        "Get back what is gone with an in-place repair (setup.exe of the same version of Windows, keep everything), or "
        "import {keys} from a host of the same build (reg export there, reg import here) and restart the host; there "
        "is nothing that could be started"
    ),
    explains=(
        "service.stopped",
        "service.sessionenv_stopped",
        "service.crashing",
        "listener.not_listening",
        "certificate.missing",
        "network.unreachable",
    ),
    explains_if={
        "served": (
            "service.stopped",
            "service.sessionenv_stopped",
            "service.crashing",
            "listener.not_listening",
            "certificate.missing",
        ),
        "renewal": ("certificate.missing",),
        "keys": ("certificate.expired", "certificate.missing", "certificate.renewal_failing"),
        "redirection": (),
    },
    read_in=("services",),
    brings_about=("certificate.expired",),
)
SERVICE_DISABLED = _finding(
    "service.disabled",
    "Remote Desktop service is disabled",
    CRITICAL,
    "The service {service}, which {purpose}, is disabled",
    repair_class=RESTORE,
    brings_about=_NOT_MADE,
    read_in=("services",),
    doubted_by=("own",),
    hinders_nobody=True,
)
SERVICE_STOPPED = _finding(
    "service.stopped",
    "Remote Desktop Services is stopped",
    CRITICAL,
    "Remote Desktop Services (TermService), which answers clients, is stopped",
    advice={"unexplained": _FAILED.format(service="TermService")},
    repair_class=RESTORE,
    doubted_by=("own", "starts"),
)
SERVICE_CANNOT_START = _finding(
    "service.cannot_start",
    "Remote Desktop Services cannot start",
    CRITICAL,
    {
        "default": "Remote Desktop Services (TermService), which answers clients, cannot start",
        "flaw": "Remote Desktop Services (TermService) {outlook}",
        "dependency": (
            "Remote Desktop Services (TermService) cannot start: a service that it depends on is not installed, "
            "disabled, or does not start"
        ),
        "deleted": (
            "Remote Desktop Services (TermService) cannot start: it is marked for deletion, and goes when the host "
            "restarts"
        ),
        "module": (
            "Remote Desktop Services (TermService) cannot start: a program file that it needs is missing or damaged"
        ),
        "denied": "Remote Desktop Services (TermService) cannot start: it is denied access to something that it needs",
        "forbidden": "Remote Desktop Services (TermService) cannot start: a policy on programs does not let it run",
        "antivirus": "Remote Desktop Services (TermService) cannot start: an antivirus keeps a program file of it back",
        "unopened": "Remote Desktop Services (TermService) cannot start: Windows cannot open a program file of it",
        "account": (
            "Remote Desktop Services (TermService) cannot start: its account NETWORK SERVICE cannot log on as a service"
        ),
        "rights": "Remote Desktop Services (TermService) cannot start: its account NETWORK SERVICE lacks a user right",
        "dies": "Remote Desktop Services (TermService) cannot start: its process ends as soon as it runs",
        "resources": (
            "Remote Desktop Services (TermService) could not start: Windows had too little memory, paging file, or disk"
        ),
        "calls": "Remote Desktop Services (TermService) cannot start: another service that it calls does not answer",
        "program": (
            "Remote Desktop Services (TermService) cannot start: the program that its ImagePath names does not have it"
        ),
        "safe_mode": (
            "Remote Desktop Services (TermService) cannot start: Windows runs in a safe mode that does not start it"
        ),
        "keys": "The service {service}, which {purpose}, cannot start: {why}",
        "redirection": "The service UmRdpService, which redirects printers, drives and devices, {outlook}",
    },
    advice={
        "default": (
            "do not only start it again: look at events 7000, 7001 and 7023 of the Service Control Manager (System log)"
        ),
        "no_dll": (
            "set ServiceDll of HKLM\\SYSTEM\\CurrentControlSet\\Services\\TermService\\Parameters to "
            "%SystemRoot%\\System32\\termsrv.dll (REG_EXPAND_SZ), then Start-Service TermService"
        ),
        "quoted": (
            "put ImagePath of HKLM\\SYSTEM\\CurrentControlSet\\Services\\TermService right: no quotation marks are "
            "needed, and where there are, the second one stands right behind svchost.exe, before -k ('sc.exe qc "
            "TermService' shows it, and on a host of the same build how it has to be); then restart the host"
        ),
        "group": (
            "add TermService to the value {group} (REG_MULTI_SZ) of HKLM\\SOFTWARE\\Microsoft\\Windows NT\\"
            "CurrentVersion\\Svchost, keep the names that are there, and restart the host; a value that is gone has to "
            "be as on a host of the same build, for other services are in it as well"
        ),
        "dependency": (
            "see what it needs with 'sc.exe qc TermService' (Windows: RPCSS, on some builds TermDD), bring back what "
            "is missing from a host of the same build or with an in-place repair, and restart the host if a service "
            "is marked for deletion. What another product added comes back with that product; where the product is "
            "gone, set those that are Windows' own again: sc.exe config TermService depend= RPCSS (more than one are "
            "parted by slashes)"
        ),
        "deleted": (
            "close what holds it (services.msc, Task Manager, a setup that is not finished) and restart the "
            "host; if it is gone then, bring it back: import HKLM\\SYSTEM\\CurrentControlSet\\Services\\TermService "
            "from a host of the same build (reg export there, reg import here), and restart the host once more"
        ),
        "module": (
            "repair Windows' own files: DISM /Online /Cleanup-Image /RestoreHealth, then sfc /scannow, then restart "
            "the host; do not copy termsrv.dll from another build"
        ),
        "denied": (
            "undo what tightened permissions last: NETWORK SERVICE must read %SystemRoot%\\System32\\termsrv.dll and "
            "HKLM\\SYSTEM\\CurrentControlSet\\Services\\TermService; never put NETWORK SERVICE into Administrators"
        ),
        "forbidden": (
            "allow Windows' own files in the policy that forbids them: AppLocker (events 8004 and 8007 of its logs), "
            "software restriction policies, or App Control (event 3077 of Microsoft-Windows-CodeIntegrity/Operational)"
        ),
        "antivirus": (
            "see in the antivirus' own log which file it keeps back (of Microsoft Defender: Protection history, events "
            "1116 and 1117 of its log). A tool that lifts the limit on sessions: remove it with its own uninstaller. "
            "Windows' own file: restore it from quarantine or with sfc /scannow, and report it to the vendor; leave "
            "the antivirus on"
        ),
        "unopened": (
            "mostly an antivirus keeps the file back: see in its own log which one (of Microsoft Defender: Protection "
            "history). Where it has none, look whether the file that the service names (sc.exe qc TermService) is a "
            "link, or kept elsewhere by software for storage: fsutil reparsepoint query FILE. Then repair Windows' "
            "files (dism /online /cleanup-image /restorehealth, sfc /scannow), restart the host, and leave the "
            "antivirus on"
        ),
        "account": (
            'set the account again: sc.exe config TermService obj= "NT AUTHORITY\\NetworkService", and '
            "give NT SERVICE\\ALL SERVICES 'Log on as a service' back in secpol.msc"
        ),
        "rights": (
            "give NETWORK SERVICE back, in secpol.msc or the policy that took it: 'Adjust memory quotas for a "
            "process', 'Generate security audits' and 'Replace a process level token'"
        ),
        "dies": (
            "look at event 1000 of Application Error at the same time for the module that failed; a wrapper, a "
            "security product or a damaged termsrv.dll (sfc /scannow) are the usual ones"
        ),
        "resources": (
            "make room first: see what takes the memory (Task Manager, or Get-Process | Sort-Object WS -Descending), "
            "let Windows manage the paging file (SystemPropertiesAdvanced > Performance > Advanced > Virtual memory), "
            "and free the system drive; then Start-Service TermService, or restart the host"
        ),
        "calls": (
            "see whether what it calls runs: Get-Service RpcSs, RpcEptMapper, DcomLaunch, LSM, BFE, mpssvc, KeyIso, "
            "and start it or put it right first; where a RemoteFX adapter was added, turn on the firewall's group "
            "Remote Desktop - RemoteFX as well; then Start-Service TermService"
        ),
        "program": (
            "compare 'sc.exe qc TermService' with a host of the same build: the group that svchost.exe -k names there "
            "must be one of HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Svchost and list TermService; put "
            "right what differs and restart the host"
        ),
        "keys": (
            "do not only start it again, and delete no certificate, for nobody would make another: look at events "
            "7000, 7001 and 7023 of the Service Control Manager, repair Windows' own files (DISM /Online "
            "/Cleanup-Image /RestoreHealth, then sfc /scannow), and compare 'sc.exe qc {service}' with a host that "
            "works"
        ),
        "redirection": (
            "connections do without it: look at events 7000 and 7023 of the Service Control Manager, compare 'sc.exe "
            "qc UmRdpService', ServiceDll (%SystemRoot%\\System32\\umrdp.dll) and svchost's group with a host of the "
            "same build, put right what differs, then Start-Service UmRdpService"
        ),
        "safe_mode": (
            'leave safe mode: msconfig > Boot > Safe boot off (or bcdedit /deletevalue "{{current}}" safeboot), and '
            "restart the host"
        ),
    },
    explains=("service.stopped", "listener.not_listening", "network.unreachable"),
    explains_if={
        "keys": ("certificate.expired", "certificate.missing", "certificate.renewal_failing"),
        "redirection": (),
    },
    brings_about=("service.disabled",),
    read_in=("registry", "services"),
)
SERVICE_STUCK = _finding(
    "service.stuck",
    "Remote Desktop Services hangs",
    CRITICAL,
    {
        "default": "Remote Desktop Services (TermService) is neither running nor stopped: {state}",
        "silent": "Connections are accepted and never answered: the service TermService runs, and may hang",
    },
    advice={
        "default": "a service that hangs cannot be restarted: {way_out}",
        "silent": (
            "probe from the host's own network first; if it is as silent there, restart TermService "
            "(it disconnects whoever is signed in), and if "
            "that hangs too {way_out}"
        ),
    },
)
SERVICE_SESSIONENV_STOPPED = _finding(
    "service.sessionenv_stopped",
    "Certificate service (SessionEnv) is stopped",
    WARNING,
    "SessionEnv, which makes and renews the listener's certificate, is stopped while TermService runs",
    advice={"unexplained": _FAILED.format(service="SessionEnv")},
    repair_class=RESTORE,
    brings_about=_NOT_MADE,
    read_in=("services",),
    doubted_by=("own", "starts"),
    hinders_nobody=True,
)
SERVICE_SESSIONENV_CANNOT_START = _finding(
    "service.sessionenv_cannot_start",
    "Certificate service (SessionEnv) cannot start",
    WARNING,
    {
        "default": "The service SessionEnv, which makes and renews the listener's certificate, cannot start",
        "dependency": "The service SessionEnv, which makes the certificate, cannot start: one that it needs is missing",
        "module": "The service SessionEnv, which makes the certificate, cannot start: a program file is missing",
        "denied": "The service SessionEnv, which makes the certificate, cannot start: it is denied access",
        "forbidden": "The service SessionEnv, which makes the certificate, cannot start: a policy forbids its program",
        "antivirus": "The service SessionEnv, which makes the certificate, cannot start: an antivirus blocks a file",
        "unopened": "The service SessionEnv, which makes the certificate, cannot start: a file of it cannot be opened",
        "account": "The service SessionEnv, which makes the certificate, cannot start: its account cannot log on",
        "rights": "The service SessionEnv, which makes the certificate, cannot start: it lacks a user right",
        "deleted": "The service SessionEnv, which makes the certificate, cannot start: it is marked for deletion",
        "program": "The service SessionEnv, which makes the certificate, cannot start: its program does not have it",
        "safe_mode": "The service SessionEnv, which makes the certificate, cannot start: Windows is in safe mode",
        "dies": "The service SessionEnv, which makes the certificate, cannot start: its process ends at once",
        "calls": "The service SessionEnv, which makes the certificate, cannot start: a service it calls is silent",
        "resources": "The service SessionEnv, which makes the certificate, could not start: memory or disk was short",
        "flaw": "The service SessionEnv, which makes the certificate, {outlook}",
    },
    advice={
        "default": (
            "do not only start it again: look at events 7000, 7001 and 7023 of the Service Control Manager, repair "
            "Windows' own files (DISM /Online /Cleanup-Image /RestoreHealth, then sfc /scannow), and compare 'sc.exe "
            "qc SessionEnv' with a host that works; do not delete the certificate, for nobody would make another"
        ),
        "dependency": (
            "see what it needs with 'sc.exe qc SessionEnv', bring back what is missing from a host of the same build "
            "or with an in-place repair, and restart the host; delete no certificate before, for nobody would make "
            "another"
        ),
        "no_dll": (
            "set ServiceDll of HKLM\\SYSTEM\\CurrentControlSet\\Services\\SessionEnv\\Parameters to "
            "%SystemRoot%\\System32\\sessenv.dll (REG_EXPAND_SZ), then Start-Service SessionEnv; delete no "
            "certificate before, for nobody would make another"
        ),
        "quoted": (
            "put ImagePath of HKLM\\SYSTEM\\CurrentControlSet\\Services\\SessionEnv right: no quotation marks are "
            "needed, and where there are, the second one stands right behind svchost.exe, before -k; then restart the "
            "host, and delete no certificate before, for nobody would make another"
        ),
        "group": (
            "add SessionEnv to the value {group} (REG_MULTI_SZ) of HKLM\\SOFTWARE\\Microsoft\\Windows NT\\"
            "CurrentVersion\\Svchost, keep the names that are there, and restart the host; a value that is gone has to "
            "be as on a host of the same build, for other services are in it as well"
        ),
        "replaced": (
            "find out what was installed in its place and remove it; then its ServiceDll must be %SystemRoot%\\"
            "System32\\sessenv.dll (REG_EXPAND_SZ) and its ImagePath as on a host of the same build; delete no "
            "certificate before, for nobody would make another"
        ),
    },
    blocks_renewal=True,
    explains=(
        "service.sessionenv_stopped",
        "certificate.expired",
        "certificate.missing",
        "certificate.renewal_failing",
    ),
    brings_about=("service.disabled",),
    read_in=("services",),
    hinders_nobody=True,
)
SERVICE_ACCOUNT_CHANGED = _finding(
    "service.account_changed",
    "Remote Desktop Services runs as another account",
    CRITICAL,
    "Remote Desktop Services (TermService) does not run as NETWORK SERVICE, for which its key files are made",
    advice=(
        'set the account again: sc.exe config TermService obj= "NT AUTHORITY\\NetworkService", then restart TermService'
        " (it disconnects whoever is signed in)"
    ),
    explains=("service.stopped", "service.cannot_start", "listener.not_listening"),
    read_in=("services",),
)
SERVICE_DLL_REPLACED = _finding(
    "service.dll_replaced",
    "Remote Desktop Services runs foreign code",
    CRITICAL,
    {
        "default": "Remote Desktop Services (TermService) does not run Windows' own code: its ServiceDll was replaced",
        "process": (
            "Remote Desktop Services (TermService) does not run in Windows' own process: its ImagePath names another "
            "program"
        ),
        "altered": (
            "Remote Desktop Services (TermService) does not run Windows' own code: {path} was altered, its signature "
            "does not fit"
        ),
        "foreign": (
            "Remote Desktop Services (TermService) does not run the code of this build: {path} is of another "
            "({version})"
        ),
    },
    advice={
        "default": (
            "find out what was installed (RDP Wrapper and the like) and remove it; then ServiceDll of HKLM\\SYSTEM\\"
            "CurrentControlSet\\Services\\TermService\\Parameters must be %SystemRoot%\\System32\\termsrv.dll "
            "(REG_EXPAND_SZ), and TermService must be restarted"
        ),
        "file": (
            "find out who changed the file (patches that allow more sessions do) and have Windows put its own back: "
            "sfc /scannow, then DISM /Online /Cleanup-Image /RestoreHealth if that cannot; then restart TermService"
            " (it disconnects whoever is signed in)"
        ),
        "process": (
            "find out what was installed (programs that give a computer more than one place to work do this) and "
            "remove it; then ImagePath of HKLM\\SYSTEM\\CurrentControlSet\\Services\\TermService must be as on a host "
            "of the same build ('sc.exe qc TermService' there: svchost.exe -k with its group), and the host be "
            "restarted"
        ),
    },
    explains=("service.stopped", "service.cannot_start", "service.crashing", "listener.not_listening"),
    brings_about=("service.stuck", "service.disabled"),
    read_in=("files", "services"),
)
SERVICE_NOT_STARTED_ALONG = _finding(
    "service.not_started_along",
    "Certificate service (SessionEnv) is not started along",
    WARNING,
    (
        "SessionEnv, which makes and renews the listener's certificate, is not among the services that are started "
        "with the listener: a restart of the host can leave it stopped"
    ),
    advice=(
        "set RCDependentServices below HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server to CertPropSvc and "
        "SessionEnv (REG_MULTI_SZ), as Windows does"
    ),
    blocks_renewal=True,
    hinders_nobody=True,
)
SERVICE_CRASHING = _finding(
    "service.crashing",
    "Remote Desktop service crashes",
    WARNING,
    {
        "default": "{services} ended unexpectedly, more than once",
        "met": "{services} ended with a crash or an error, and connections end with it",
        "renewer": (
            "{services}, which makes the listener's certificate, ended unexpectedly, more than once: the listener has "
            "no certificate in date, and Windows makes none"
        ),
        "beside": (
            "{services} ended unexpectedly, more than once; what it brings into a session (printers and drives: "
            "UmRdpService; smart cards: CertPropSvc) may be missing there"
        ),
        "without": (
            "{services} ended unexpectedly, more than once: clients get in without, and what it brings into a session "
            "(printers and drives: UmRdpService; smart cards: CertPropSvc) may be missing there"
        ),
        "at_the_look": (
            "{services} ended unexpectedly at the time of the look: connections do without, but what ended it may have "
            "ended the connection, too"
        ),
        "then": "{services} ended unexpectedly at the time that the user's dialog shows, and each connection with it",
    },
    advice={
        "default": "look at events 1000 of Application Error (Application log) at the same times for the module that "
        "failed; printer drivers, security software and a replaced termsrv.dll are the usual ones",
        "named": "it failed in {modules}: update or remove the product that this file is of; where it is Windows' own, "
        "look at what was put into its process or its place (security software, printer drivers, a replaced "
        "termsrv.dll) and repair Windows (sfc /scannow, updates)",
    },
    explains=("service.stopped", "service.cannot_start", "listener.not_listening"),
    explains_if={"beside": (), "without": (), "at_the_look": (), "then": (), "renewer": _NOT_MADE},
    read_in=("events",),
    hides=True,
    part=BEFORE,
    logged=True,
)
SERVICE_BROKER_STOPPED = _finding(
    "service.broker_stopped",
    "RD Connection Broker does not serve",
    WARNING,
    {
        "default": "The RD Connection Broker on this host is stopped: users are not directed to their sessions",
        "gone": (
            "The host asks the RD Connection Broker {broker} at each logon, though it is no RD Session Host "
            "any more: where that broker does not answer, sessions end at once"
        ),
        "address": (
            "The host has given the RD Connection Broker {address} to send people to, which is none of its "
            "addresses any more"
        ),
    },
    advice={
        "default": (
            "start it: Start-Service Tssdis; if it stops again, see its events and whether the group 'RDS "
            "Endpoint Servers' has NETWORK SERVICE as a member"
        ),
        "gone": (
            "take it out of the farm: remove it from its collection on the broker (Remove-RDSessionHost), or, if there "
            "is no broker any more, set SessionDirectoryActive of HKLM\\SYSTEM\\CurrentControlSet\\Control\\"
            "Terminal Server\\ClusterSettings to 0, and restart the host"
        ),
        "address": (
            "remove the value SessionDirectoryRedirectionIP of HKLM\\SYSTEM\\CurrentControlSet\\Control\\"
            "Terminal Server\\ClusterSettings, and restart the host when nobody is logged on"
        ),
    },
)
SERVICE_STALE_CREDENTIAL = _finding(
    "service.stale_credential",
    "Listener still uses the earlier certificate",
    CRITICAL,
    (
        "The listener still works with a certificate or key that it could not open when its service "
        "started; it uses what is there now from the next start on"
    ),
    repair_class=RESTORE,
    restart_required=True,
)

_stage("Remote Desktop must be on at all; then what the listener is set to counts.")
LISTENER_RDP_DISABLED = _finding(
    "listener.rdp_disabled",
    "Remote Desktop is turned off",
    CRITICAL,
    {
        "default": "Remote Desktop is turned off on this host, by its own switch",
        "policy": "Remote Desktop is turned off on this host, by {set_by}",
        "never": "Remote Desktop was never turned on on this host; Windows is installed with it off",
    },
    advice={
        "policy": _POLICY_SETS,
    },
    repair_class=OPEN,
    turned_off=True,
)

_stage("The listener takes the connection, and agrees with the client on how to secure it.")
LISTENER_DISABLED = _finding(
    "listener.disabled",
    "Listener is turned off",
    CRITICAL,
    "The listener RDP-Tcp is turned off",
    advice={
        "policy": _POLICY_SETS,
    },
    repair_class=OPEN,
)
LISTENER_LOGON_DISABLED = _finding(
    "listener.logon_disabled",
    "Listener takes no logons",
    CRITICAL,
    "The listener RDP-Tcp takes no new logons",
    advice={
        "policy": _POLICY_SETS,
    },
    repair_class=OPEN,
    behind_look=True,
)
LISTENER_SECURITY_LAYER_INVALID = _finding(
    "listener.security_layer_invalid",
    "Invalid SecurityLayer",
    CRITICAL,
    "SecurityLayer has a value that Windows does not know; the listener cannot agree with any client",
    advice={
        "policy": _POLICY_SETS,
    },
    repair_class=RESTORE,
    denies=True,
)
LISTENER_SECURITY_LAYER_CONFLICT = _finding(
    "listener.security_layer_conflict",
    "SecurityLayer contradicts NLA",
    CRITICAL,
    "SecurityLayer 0 (no TLS) contradicts Network Level Authentication, which needs TLS",
    advice={
        "policy": _POLICY_SETS,
    },
    repair_class=RESTORE,
)
LISTENER_SECURITY_LAYER_WEAK = _finding(
    "listener.security_layer_weak",
    "TLS is not required",
    WARNING,
    "The listener accepts connections without TLS",
    advice={
        "policy": _POLICY_SETS,
    },
    repair_class=TIGHTEN,
)
LISTENER_NEGOTIATION_DISABLED = _finding(
    "listener.negotiation_disabled",
    "Security negotiation is off",
    CRITICAL,
    "The listener does not negotiate how a connection is secured; clients that ask for TLS or NLA are refused",
    advice={
        "policy": _POLICY_SETS,
    },
    repair_class=RESTORE,
    denies=True,
)
LISTENER_VALUE_UNUSABLE = _finding(
    "listener.value_unusable",
    "A value of the listener is unusable",
    CRITICAL,
    {
        "default": (
            "{name} of the listener has {value}; what Windows makes of that is not documented, and it counts from the "
            "next start of TermService on"
        ),
        "nothing_listens": (
            "Remote Desktop Services (TermService) runs, and nothing listens: {name} of the listener has {value}"
        ),
    },
    advice={
        "default": (
            "set {where} anew as REG_DWORD ({healthy} is what Windows ships; let another port through the firewall), "
            "then Restart-Service TermService -Force when nobody is logged on; a restart alone comes to the same"
        ),
        "policy": _POLICY_SETS,
    },
    explains_if={"nothing_listens": ("listener.not_listening",)},
    hinders_nobody=True,
)
LISTENER_NOT_LISTENING = _finding(
    "listener.not_listening",
    "Nothing listens on the port",
    CRITICAL,
    {
        "default": "Remote Desktop Services (TermService) runs, but nothing listens on port {port}",
        "unread": "Nothing on this host listens on port {port}, and what would say why could not be read",
    },
    repair_class=RESTORE,
    doubted_by=("starts", "listener"),
)
LISTENER_PORT_RESERVED = _finding(
    "listener.port_reserved",
    "Port is reserved by Windows",
    CRITICAL,
    {
        "default": (
            "Remote Desktop Services (TermService) runs, but nothing listens on port {port}, which lies in the range "
            "that Windows hands out to "
            "programs and reserves for Hyper-V, WSL and containers ({first} to {last})"
        ),
        "reserved": (
            "Remote Desktop Services (TermService) runs, but nothing listens on port {port}: Windows keeps the ports "
            "{first} to {last} for "
            "something else (Hyper-V, WSL and containers do that)"
        ),
    },
    advice=(
        "see which ranges are taken with 'netsh int ipv4 show excludedportrange tcp'; give the listener a port "
        "below 49152 (3389 is "
        "Windows' own), or reserve it for good before Hyper-V starts: netsh int ipv4 add "
        "excludedportrange protocol=tcp "
        "startport={port} numberofports=1, then restart the host; a restart of TermService alone does not help"
    ),
    explains=("listener.not_listening",),
)
LISTENER_PORT_TAKEN = _finding(
    "listener.port_taken",
    "Port belongs to another program",
    CRITICAL,
    {
        "default": "Port {port} belongs to another program ({process}, process {pid})",
        "proxied": "What comes in on port {port} is sent elsewhere ({leads_to}) by a rule of netsh interface portproxy",
        "listener": "Another listener of this host ({listener}) is set to port {port} as well",
    },
    advice={
        "default": (
            "stop the other program or move one of the two to another port: the listener's is PortNumber of "
            "HKLM\\SYSTEM"
            "\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp; let the new one through the "
            "firewall, "
            "then restart TermService"
            " (it disconnects whoever is signed in)"
        ),
        "proxied": (
            "delete the rule (netsh interface portproxy delete v4tov4 listenport={port} listenaddress={address!p}), or "
            "move one of the two to another port; then restart TermService"
            " (it disconnects whoever is signed in)"
        ),
        "listener": (
            "give one of them another port (PortNumber below HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal "
            "Server\\WinStations\\{listener}), then restart TermService"
            " (it disconnects whoever is signed in)"
        ),
    },
    hides=True,
)
LISTENER_MISSING = _finding(
    "listener.missing",
    "Listener is missing",
    CRITICAL,
    {
        "default": "The listener RDP-Tcp is not there: its key is gone from the registry",
        "incomplete": (
            "The listener RDP-Tcp is not whole: its key is there without the values that every listener has"
        ),
    },
    advice=(
        "import HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp from a host with the "
        "same version of Windows (reg export there, reg import here), take out SSLCertificateSHA1Hash if it came "
        "along, which names that host's certificate, then Restart-Service TermService -Force when nobody is logged on"
    ),
)
LISTENER_ADAPTER_GONE = _finding(
    "listener.adapter_gone",
    "Listener's network adapter is gone",
    CRITICAL,
    "The listener is tied to a network adapter that the host does not have",
    advice={
        "default": (
            "somebody tied it to one network on purpose: tie it to the adapter that replaced it, or set "
            "{where} to 0 (all), then restart TermService"
            " (it disconnects whoever is signed in)"
        ),
        "policy": _POLICY_SETS,
    },
    explains=("listener.not_listening",),
    read_in=("network", "registry"),
)
LISTENER_DRAINING = _finding(
    "listener.draining",
    "Host takes no new users",
    WARNING,
    {
        "default": "The host is set to take no new users",
        "drain_mode": "The host is in drain mode and takes no new users",
    },
    advice={
        "default": "somebody did it on purpose; when that is over, set {where} to {healthy}",
        "drain_mode": "somebody is about to maintain it; when that is over: change logon /enable",
    },
    part=ADMISSION,
)
LISTENER_CONNECTION_LIMIT = _finding(
    "listener.connection_limit",
    "Connection limit reached",
    CRITICAL,
    {
        "default": "All connections that the listener may take are in use",
        "zero": "The listener takes no connection at all: its limit is 0",
        "administration": (
            "The host takes two sessions for its administration, both are somebody's, and a further user was "
            "authenticated and then turned away"
        ),
        "met": "Windows turned a user away: as many were logged on as it takes",
    },
    advice={
        "default": "raise it: set {where} to 4294967295 (no limit), or end sessions",
        "policy": "{set_by} sets the limit; raise it there (Remote Desktop Session Host > Connections); "
        + _POLICIES_ARE,
        "administration": (
            "end a session that nobody needs ('qwinsta' lists them, 'rwinsta ID' ends one), and let left ones end by "
            "themselves (policy 'Set time limit for disconnected sessions' below Remote Desktop Session Host > Session "
            "Time Limits); more than two at once take the role RD Session Host and its licences; " + _POLICIES_ARE
        ),
        "met": (
            "list the sessions with 'qwinsta', and end one that nobody needs ('rwinsta ID'): a workstation takes one "
            "user at a time, a session host as many as its policy 'Limit number of connections' (Remote Desktop "
            "Session Host > Connections) says; " + _POLICIES_ARE
        ),
    },
    part=ADMISSION,
)
LISTENER_ENCRYPTION_LEVEL_INVALID = _finding(
    "listener.encryption_level_invalid",
    "Invalid encryption level",
    WARNING,
    {
        "default": (
            "The encryption level of connections without TLS (MinEncryptionLevel) has a value that Windows does not "
            "know: there are 1 to 4, and 3 (high) is usual"
        ),
        "contradiction": (
            "The listener requires TLS (SecurityLayer 2), and its encryption level is low (MinEncryptionLevel 1): "
            "Windows takes that for a contradiction (event 1050), and with TLS the level counts for nothing"
        ),
    },
    advice={
        "policy": _POLICY_SETS,
    },
    repair_class=TIGHTEN,
    hinders_nobody=True,
)

_IN_EVENT_VIEWER = (
    "these events at their times in Event Viewer (eventvwr.msc): System and Application are below Windows Logs, the "
    "others below Applications and Services Logs > Microsoft > Windows"
)
LISTENER_ERRORS_LOGGED = _finding(
    "listener.errors_logged",
    "Errors logged by Remote Desktop",
    WARNING,
    {
        "default": (
            "The host logged errors about Remote Desktop in the last day, and nobody has looked whether clients get in"
        ),
        "keys": (
            "Windows could not use a private key in the last day; whose it is the event does not say, and nobody has "
            "looked whether clients get in"
        ),
        "clients": (
            "The listener ended connections with an error in the last day; scans and broken-off attempts leave that as "
            "well, and nobody has looked whether clients get in"
        ),
        "reconnections": (
            "A client whose connection had broken off could not get back to its session by itself in the last day: the "
            "host did not accept the proof that it had kept for that. It was no new connection that failed, and nobody "
            "has looked whether clients get in"
        ),
        "met": "The connection was ended, and at that time the host logged errors about Remote Desktop",
        "certificates": (
            "The connection was ended, and at that time a program on the host had a certificate without its key, or "
            "none that fits; whose it is the event does not say"
        ),
    },
    advice={
        "default": "look at the listener from outside (winops.rdp.probe), and at " + _IN_EVENT_VIEWER,
        "reconnections": (
            "whoever connects anew, with name and password, is back in the session. Look at the listener from outside "
            "(winops.rdp.probe). Where it comes often, look for what cuts connections off on their way; where the "
            "policy 'Always prompt for password upon connection' is on, that brings it; and many from addresses that "
            "nobody knows are somebody who tries"
        ),
        "met": (
            "look at "
            + _IN_EVENT_VIEWER
            + "; put right what they have, and probe once more. If they do not come again with it, probe from the "
            "host's own network (winops.rdp.probe with delegate_to) to see whether something between ends it"
        ),
    },
    part=BEFORE,
    logged=True,
)

_stage("Which certificate the listener must present: a dead pin keeps it from every other one.")
CERTIFICATE_PIN_DEAD = _finding(
    "certificate.pin_dead",
    "Pinned certificate cannot be used",
    CRITICAL,
    {
        "no_key": "The listener is pinned to a certificate that cannot be used: its private key is gone{meant}",
        "malformed": (
            "The listener is pinned to a certificate that cannot be used: the registry value is malformed{meant}"
        ),
        "absent": "The listener is pinned to a certificate that cannot be used: there is no such certificate{meant}",
    },
    repair_class=RESTORE,
)

_stage("In which store the listener looks for it.")
CERTIFICATE_STORE_NAME = _finding(
    "certificate.store_name",
    "Wrong certificate store",
    CRITICAL,
    "The listener looks for its certificate in the wrong store: SelfSignedCertStore should be '{store}'",
    repair_class=RESTORE,
    brings_about=("certificate.missing",),
    read_in=("listener",),
)

_stage("Whether its private key can be used: without it there is no handshake, whatever the certificate says.")
CERTIFICATE_KEY_MISSING = _finding(
    "certificate.key_missing",
    "Private key is gone",
    CRITICAL,
    {
        "default": (
            "The private key of the listener's certificate is gone; Windows keeps a certificate that is in "
            "date and does not notice"
        ),
        "cloned": (
            "The private key of the listener's certificate is under another MachineGuid: this host is a copy, or its "
            "MachineGuid was changed, and Windows does not find the key"
        ),
        "unusable": "The private key of the listener's certificate is there and cannot be used",
        "other": "The private key in the container of the listener's certificate is that of another certificate",
    },
    advice={
        "template": (
            "the certificate comes from a template set by Group Policy: enrol it again (certreq -enroll -machine -q "
            "TEMPLATE), then Restart-Service SessionEnv; delete no certificate before the new one is there"
        ),
    },
    repair_class=RESTORE,
    blocks_renewal=True,
)
CERTIFICATE_HELD_OPEN = _finding(
    "certificate.held_open",
    "Private key is gone, and still held open",
    WARNING,
    {
        "no_key": (
            "The listener presents {thumbprint}, whose key file is gone: the service still holds the key that it "
            "opened earlier, and will fail at its next start"
        ),
        "absent": (
            "The listener presents {thumbprint}, which is no longer in its store: the service still holds it, and "
            "will fail at its next start"
        ),
    },
    advice=(
        "before the host or TermService is restarted: bind its successor with winops.rdp.certificate state=bound, or "
        "go back to the self-signed one with state=self_signed"
    ),
    blocks_renewal=True,
    hinders_nobody=True,
)
CERTIFICATE_KEY_UNREADABLE = _finding(
    "certificate.key_unreadable",
    "Private key cannot be read",
    CRITICAL,
    {
        "default": (
            "NETWORK SERVICE, as which the listener runs, cannot read the private key of the certificate "
            "that it must present"
        ),
        "held_open": (
            "NETWORK SERVICE, as which the listener runs, cannot read the private key of the certificate "
            "that it must present; the service still holds a key that it opened earlier and will fail at its "
            "next start"
        ),
        "replaced": (
            "NETWORK SERVICE, as which the listener runs, cannot read the private key of the certificate "
            "that it must present; the listener presents another certificate in its place"
        ),
        "not_read": (
            "NETWORK SERVICE, as which the listener runs, cannot use the private key of the certificate that it must "
            "present; so Windows logged, and the key's own access list was not read"
        ),
    },
    advice={
        "not_read": (
            "in certlm.msc, on this certificate: All Tasks > Manage Private Keys, give NETWORK SERVICE Read and nobody "
            "else anything, then restart TermService (it disconnects whoever is signed in); do not "
            "change the whole folder MachineKeys"
        ),
    },
    repair_class=RESTORE,
    blocks_renewal=True,
    hinders_nobody=True,
)

_stage("What the certificate itself says.")
CERTIFICATE_RENEWAL_FAILING = _finding(
    "certificate.renewal_failing",
    "Certificate renewal fails",
    WARNING,
    {
        "default": "Windows tries to renew the listener's certificate and fails: {why}",
        "due": "The listener has no certificate in date, and Windows fails to make one: {why}",
        "lost": (
            "The folder of machine keys is gone, with it the private key of the listener's certificate, and Windows "
            "fails to make another: {why}"
        ),
    },
    advice={
        "default": (
            "look at events 1057 and 1058 in the System log, and at the access list of the folder MachineKeys: SYSTEM "
            "must be able to make keys there"
        ),
        "provider": (
            "the cryptographic provider does not do what Windows asks: look whether software of another vendor took "
            "the place of 'Microsoft Enhanced Cryptographic Provider v1.0' (HKLM\\SOFTWARE\\Microsoft\\Cryptography\\"
            "Defaults\\Provider), repair or remove it, then restart SessionEnv; until then deleting the certificate "
            "leaves the host with none"
        ),
        "in_the_way": (
            "the key file of before is in the way: move the file of C:\\ProgramData\\Microsoft\\Crypto\\RSA\\"
            "MachineKeys whose name begins with f686aace6942fb7f7ceb231212eef4a4_ to another folder (that one alone: "
            "all others belong to other programs), then Restart-Service SessionEnv, and look for event 1056; if there "
            "is no such file, look at the folder's access list"
        ),
        "denied": (
            "somebody or something denies SYSTEM what it takes to make a key: of the file of C:\\ProgramData\\"
            "Microsoft\\Crypto\\RSA\\MachineKeys whose name begins with f686aace6942fb7f7ceb231212eef4a4_ take the "
            "access list (icacls FILE), move it to another folder (that one alone: all others belong to other "
            "programs), then Restart-Service SessionEnv, and look for event 1056; if that is denied too, look for a "
            "security product that guards the folder"
        ),
        "full": (
            "there was no room on the disk: make some on the system drive, 1 GiB at least, then Restart-Service "
            "SessionEnv, and look for event 1056"
        ),
        "no_folder": _NO_FOLDER,
        "no_answer": (
            "a service that SessionEnv asks did not answer: look whether KeyIso (CNG Key Isolation) and CryptSvc "
            "are enabled and start, and at events 7000 to 7038 of the Service Control Manager; then Restart-Service "
            "SessionEnv, and look for event 1056"
        ),
        "other": (
            "do not only try again: put right what events 1057 and 1058 in the System log tell of, then restart "
            "SessionEnv, and look for event 1056; until then deleting the certificate leaves the host with none"
        ),
    },
    blocks_renewal=True,
    explains=("certificate.expired", "certificate.missing", "certificate.key_missing"),
    read_in=("events",),
    hinders_nobody=True,
)
CERTIFICATE_EXPIRED = _finding(
    "certificate.expired",
    "Certificate has expired",
    CRITICAL,
    "The listener's self-signed certificate expired on {end} and was not renewed",
    repair_class=RENEW,
    doubted_by=(*_MAKING, *_HANDSHAKE),
)
CERTIFICATE_PIN_EXPIRED = _finding(
    "certificate.pin_expired",
    "Pinned certificate has expired",
    CRITICAL,
    {
        "default": "The pinned certificate {thumbprint} expired on {end}{successor}",
        "replaced": (
            "The pinned certificate {thumbprint} expired on {end}; the listener presents another one in its "
            "place{successor}"
        ),
    },
    advice=(
        "somebody chose this certificate: bind its successor with winops.rdp.certificate state=bound, or "
        "go back to the self-signed one with state=self_signed"
    ),
    doubted_by=_HANDSHAKE,
)
CERTIFICATE_TEMPLATE_EXPIRED = _finding(
    "certificate.template_expired",
    "Enrolled certificate has expired",
    CRITICAL,
    {
        "default": "The enrolled certificate {thumbprint} expired on {end}",
        "replaced": (
            "The enrolled certificate {thumbprint} expired on {end}; the listener presents another one in its place"
        ),
    },
    advice=(
        "the certificate comes from a template set by Group Policy, and SessionEnv enrols the next one: see events "
        "1064 and 1065 in the System log for why it did not, whether the CA answers (certutil -config "
        "CAHOST\\CANAME -ping) and lets this computer enrol (certtmpl.msc, Security), then Restart-Service SessionEnv"
    ),
    owner=POLICY,
    doubted_by=("enrolment", *_HANDSHAKE),
)
CERTIFICATE_MISSING = _finding(
    "certificate.missing",
    "No certificate",
    CRITICAL,
    {
        "default": "The listener has no certificate: the one it should present is not in the store",
        "answered": "The listener itself answers that it has no certificate that it can use; why was not found",
    },
    advice={
        "answered": (
            "read the host again as an administrator: whether its certificate is in the store, and whether NETWORK "
            "SERVICE can read the private key, decides what to do"
        ),
    },
    repair_class=RESTORE,
    doubted_by=_MAKING,
)
CERTIFICATE_NOT_PRESENTED = _finding(
    "certificate.not_presented",
    "New certificate is not presented yet",
    WARNING,
    "The listener still presents an earlier certificate; it uses a new one from the next start of its service on",
    repair_class=RESTORE,
    restart_required=True,
)
CERTIFICATE_NOT_YET_VALID = _finding(
    "certificate.not_yet_valid",
    "Certificate is not valid yet",
    CRITICAL,
    "The listener's certificate is not valid before {begin}",
    advice={
        "chosen": "somebody chose this certificate: bind another one, or wait until it is valid",
    },
    repair_class=RENEW,
    doubted_by=_HANDSHAKE,
)
CERTIFICATE_WRONG_PURPOSE = _finding(
    "certificate.wrong_purpose",
    "Certificate is not for a server",
    CRITICAL,
    (
        "The certificate that the listener is bound to is not for a server: it has neither Server "
        "Authentication nor Remote Desktop Authentication"
    ),
    advice=(
        "somebody chose this certificate: bind one with the purpose Server Authentication (1.3.6.1.5.5.7.3.1) by "
        "winops.rdp.certificate state=bound, or go back to the self-signed one (state=self_signed)"
    ),
    doubted_by=_HANDSHAKE,
)
CERTIFICATE_NAME_MISMATCH = _finding(
    "certificate.name_mismatch",
    "Certificate is for another name",
    WARNING,
    {
        "default": "The certificate that the listener is bound to is not for the name {name}",
        "former": "The listener's own certificate is made out to {former}, and this computer is called {name}",
    },
    advice={
        "default": (
            "issue it for the names that users type, or tell users the right one; clients that check names "
            "strictly refuse it"
        ),
        "former": (
            "the computer was renamed or cloned: let Windows make a new one (winops.rdp.certificate state=renewed), "
            "which disconnects nobody"
        ),
    },
)
CERTIFICATE_WEAK = _finding(
    "certificate.weak",
    "Certificate is too weak",
    WARNING,
    "The listener's certificate is too weak for current clients other than mstsc",
    advice=(
        "bind one with an RSA key of 2048 bits or more, signed with SHA-256 (winops.rdp.certificate state=bound), or "
        "go back to the self-signed one (state=self_signed)"
    ),
)
CERTIFICATE_TEMPLATE_FAILING = _finding(
    "certificate.template_failing",
    "Certificate template cannot be enrolled",
    WARNING,
    {
        "default": "The certificate template {template} that a policy names cannot be enrolled",
        "repeated": "A new certificate is enrolled from the template {template} again and again",
        "unusable": "The listener cannot use the certificate that it gets from the template {template}",
        "misnamed": (
            "The certificate that the template {template} gives is not made out to this host's name in DNS, so the"
            " listener shows its own"
        ),
        "no_right": "The certificate template {template} that a policy names does not let this computer enrol",
        "no_template": "No certification authority offers the certificate template {template} that a policy names",
        "no_ca": "No certification authority answers for the certificate template {template} that a policy names",
    },
    advice={
        "default": (
            "on the CA: the template's name and display name must be the same, its application policy Remote Desktop "
            "Authentication (1.3.6.1.4.1.311.54.1.2) or Server Authentication, the computer needs the right to enrol, "
            "and the CA must answer; autoenrolment of the same template must be off"
        ),
        "misnamed": (
            "on the CA: Subject Name of the template must be built from Active Directory, with the DNS name in the "
            "subject and the subject alternative name (certtmpl.msc); then restart SessionEnv, which enrols anew"
        ),
        "unusable": (
            "let NETWORK SERVICE, as which the listener runs, read its private key: in certlm.msc, on that "
            "certificate, All Tasks > Manage Private Keys, Read and nothing more. If it may, look at the template on "
            "the CA (certtmpl.msc): its application policy must be Remote Desktop Authentication "
            "(1.3.6.1.4.1.311.54.1.2), under that very name, or Server Authentication. Then Restart-Service "
            "SessionEnv; do not change the whole folder MachineKeys"
        ),
        "no_right": (
            "give the computer, or a group that it is in, Read and Enroll on the template (certtmpl.msc, Security), "
            "and Request Certificates on the CA; a new group counts from the computer's next start on"
        ),
        "no_template": (
            "the policy must name the template's name, not its display name ({policy_name}), and the CA must issue it: "
            "certutil -CATemplates on the CA lists what it issues, New > Certificate Template to Issue adds it"
        ),
        "no_ca": (
            "start the CA, or correct DNS and the path to it (TCP 135 and the ports of RPC): certutil -config "
            "CAHOST\\CANAME -ping"
        ),
    },
    repair_class=OPEN,
    by_name=True,
    owner=POLICY,
    blocks_renewal=True,
    brings_about=("certificate.template_expired", "certificate.expired", "certificate.missing"),
    read_in=("events",),
    hinders_nobody=True,
)
CERTIFICATE_STORE_DENIED = _finding(
    "certificate.store_denied",
    "Certificate store is not writable for SYSTEM",
    WARNING,
    {
        "default": "SYSTEM may not write into the store of the listener's certificate: SessionEnv cannot renew it",
        "ungranted": (
            "Nothing lets SYSTEM write into the store of the listener's certificate: SessionEnv cannot renew it"
        ),
    },
    advice={
        "default": (
            "remove the denial for {who} on {where} and nothing else (regedit, Permissions, Advanced), then restart "
            "SessionEnv"
        ),
        "ungranted": (
            "give SYSTEM Full Control on {where} again (regedit, Permissions), as Windows has it, and take nobody's "
            "away; then restart SessionEnv"
        ),
    },
    blocks_renewal=True,
    explains=_NOT_MADE,
    brings_about=_NOT_MADE_ANEW,
    read_in=("certificates",),
)

_stage("TLS: both sides need a version, a cipher suite and an algorithm in common.")
TLS_TLS12_DISABLED = _finding(
    "tls.tls12_disabled",
    "TLS 1.2 is turned off",
    CRITICAL,
    {
        "default": "TLS 1.2 is turned off for everything that this host serves",
        "tls13": "TLS 1.2 is turned off for everything that this host serves; only clients with TLS 1.3 get in",
    },
    advice=(
        "set Enabled to 1 and DisabledByDefault to 0 in {where}; it takes effect after a reboot, which is left to you"
    ),
    # Who has TLS 1.2 alone is not too old.
    explains_if={"tls13": ("client.outdated",)},
    denies=True,
)
TLS_NO_CIPHER_SUITES = _finding(
    "tls.no_cipher_suites",
    "No cipher suites",
    CRITICAL,
    "The list of cipher suites is empty",
    advice=(
        "{list} must name suites for {key_type} keys, such as {example}, or not exist; it takes effect after "
        "a reboot, which is left to you"
    ),
    denies=True,
)
TLS_SUITES_UNUSABLE = _finding(
    "tls.suites_unusable",
    "No usable cipher suite",
    CRITICAL,
    {
        "default": (
            "The list of cipher suites has none that clients offer and that works with the listener's {key_type} key"
        ),
        "build": (
            "The list of cipher suites has none that clients offer and that this build of Windows ({build}) can do: it "
            "has no AES-GCM together with ECDHE for a key of RSA"
        ),
        "cut": "The list of cipher suites is cut to few, the handshake fails, and {why}",
        "curves": (
            "The list of cipher suites names them without their curve, which lists of this build of Windows ({build}) "
            "have; the handshake fails, and {why}"
        ),
        "tls13": (
            "The list of cipher suites has none for TLS 1.2 that works with the listener's {key_type} key; only "
            "clients with TLS 1.3 get in"
        ),
    },
    advice=(
        "{list} must name suites for {key_type} keys, such as {example}, or not exist; it takes effect after "
        "a reboot, which is left to you"
    ),
    # Who has TLS 1.2 alone is not too old.
    explains_if={"tls13": ("client.outdated",)},
    denies=True,
)
TLS_ALGORITHMS_DISABLED = _finding(
    "tls.algorithms_disabled",
    "TLS algorithms are turned off",
    CRITICAL,
    {
        "default": "Windows' own TLS (Schannel) has {algorithms} turned off: no handshake can succeed",
        "odd": (
            "Schannel has {algorithms} set to a value that is neither on nor off: some builds take it for off, and "
            "then no handshake can succeed"
        ),
    },
    advice={
        "default": (
            "remove the value Enabled from at least one of the keys that are named as evidence; it takes effect after "
            "a reboot, which is left to you"
        ),
        "odd": (
            "on is 0xFFFFFFFF there (4294967295, DWORD), not 1: set that, or remove the value Enabled; it takes effect "
            "after a reboot, which is left to you"
        ),
    },
    denies=True,
)
TLS_TLS13_UNSUPPORTED = _finding(
    "tls.tls13_unsupported",
    "TLS 1.3 on a build without it",
    CRITICAL,
    "TLS 1.3 was turned on by hand, and this build of Windows ({build}) does not support it: it drops handshakes",
    advice=(
        "remove the key {where} (Windows supports TLS 1.3 from Windows 11 and Server 2022 on); it takes effect after a "
        "reboot, which is left to you; leave TLS 1.2 as it is"
    ),
    denies=True,
)
TLS_HANDSHAKE_REFUSED = _finding(
    "tls.handshake_refused",
    "Host refuses the TLS handshake",
    CRITICAL,
    {
        "default": "The host's own TLS refused the handshake at the time of the look: {why}",
        "credential": (
            "Windows could not set up TLS for one of the host's programs at the time of the look: this listener's, or "
            "one that connects out"
        ),
    },
    advice=(
        "compare with a host that works (winops.rdp.diagnose with reference_host or reference_path; by hand: "
        "Get-TlsCipherSuite | Format-Table Name, the policy 'SSL Cipher Suite Order', and the keys below "
        "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL); take back what a hardening (IIS "
        "Crypto, a benchmark) changed last and restart the host; do not set SecurityLayer to 0 for it"
    ),
)
TLS_TOO_OLD = _finding(
    "tls.too_old",
    "TLS is too old",
    CRITICAL,
    {
        "default": "The listener speaks only TLS that current clients refuse",
        "version": "This Windows speaks TLS 1.0 alone to clients, unless it has the update for more: many refuse that",
        "off": "TLS 1.0 is off, and Remote Desktop on this Windows speaks nothing newer unless it has the update",
        "suites": "A client found no cipher suite in common, and this Windows has none of ECDHE with GCM for its key",
        "library": "A client's TLS failed, and this Windows is old enough that current libraries may turn its TLS down",
    },
    advice={
        "default": (
            "let Windows offer TLS 1.2 to clients: "
            "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server must "
            "not have Enabled=0, and the policy 'SSL Cipher Suite Order' must not cut the suites to old ones; then "
            "restart the host. TLS 1.0 and 1.1 are no way out"
        ),
        "version": (
            "update the host to a Windows that is supported; until then the update KB3080079 brings TLS 1.2 to Remote "
            "Desktop on Windows 7 and Server 2008 R2 (then set Enabled=1 and DisabledByDefault=0 in HKLM\\SYSTEM\\"
            "CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server, and restart the host)"
        ),
        "suites": (
            "update the host to Windows Server 2016 or later, or let that client offer suites with CBC "
            "(TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384) or with DHE; if the client is an old one instead, update it"
        ),
        "library": (
            "update the host to Windows Server 2016 or later; until then ask the client for its library's own message "
            "(a log at a higher level): a short key of Diffie-Hellman, a signature with SHA-1 or a suite that it does "
            "not have each have one. FreeRDP has /tls:seclevel:0 to find out, and not to stay with"
        ),
    },
)
TLS_FIPS = _finding(
    "tls.fips",
    "FIPS algorithms only",
    WARNING,
    {
        "default": "The host refused a client that offered no FIPS algorithm",
        "unexplained": "The host is limited to FIPS algorithms, and the handshake fails without another cause",
    },
    advice=(
        "that is a decision of compliance: let clients offer AES-GCM suites with SHA-256 and NIST curves; the"
        " extended code 0x8 says so too"
    ),
    owner=POLICY,
    by_choice=True,
)

_stage("Where the keys of the computer are kept: it matters at the next renewal.")
# Where what is kept goes: a place that has one name in cmd and in PowerShell.
_SAVED = 'icacls {folder!d} /save "C:\\Windows\\MachineKeys.acl"'
MACHINE_KEYS_FOLDER_HARDENED = _finding(
    "machine_keys.folder_hardened",
    "Key folder was hardened",
    WARNING,
    "The folder of machine keys was hardened: the key that the next renewal makes may come out unreadable",
    advice=(
        "this collection never changes the folder, for {others}; Windows' own access list is {default_sddl}, on the "
        "folder only. If the hardening is not wanted: "
        f"{_SAVED} keeps what is there, icacls {{folder!d}} {{change}} gives back the one right"
    ),
    blocks_renewal=True,
    wants=("machine_keys",),
    hinders_nobody=True,
)
MACHINE_KEYS_SYSTEM_DENIED = _finding(
    "machine_keys.system_denied",
    "SYSTEM cannot make keys",
    CRITICAL,
    {
        "default": (
            "The folder of machine keys denies SYSTEM, which makes the listener's key: the certificate cannot be "
            "renewed"
        ),
        "ungranted": (
            "The folder of machine keys grants SYSTEM, which makes the listener's key, no right to make files: the "
            "certificate cannot be renewed"
        ),
        "absent": "The folder of machine keys does not exist: SYSTEM can make no key, and none that was there is left",
    },
    advice={
        "default": (
            f"change what keeps SYSTEM out and nothing else: {_SAVED} keeps what is there, "
            "icacls {folder!d} {change} lets it in, then restart SessionEnv. This collection never changes the folder, "
            "for {others}; Windows' own access list is {default_sddl}, on the folder only; never let it be inherited "
            "by the keys that are there"
        ),
        "absent": _NO_FOLDER,
    },
    blocks_renewal=True,
    explains=(*_NOT_MADE, "machine_keys.folder_hardened"),
    explains_if={"absent": (*_NOT_MADE, "certificate.key_missing")},
    brings_about=(*_NOT_MADE_ANEW, "certificate.pin_dead"),
    read_in=("key_files",),
    wants=("machine_keys",),
    hinders_nobody=True,
)
MACHINE_KEYS_MISPLACED = _finding(
    "machine_keys.misplaced",
    "ProgramData was moved",
    CRITICAL,
    "The folder ProgramData was moved: Windows looks for its machine keys where they are not",
    advice=(
        "everything on the host looks there, so this is left to you: set ProgramData of HKLM\\SOFTWARE\\Microsoft\\"
        "Windows NT\\CurrentVersion\\ProfileList to %SystemDrive%\\ProgramData (REG_EXPAND_SZ) and restart the host"
    ),
    blocks_renewal=True,
    brings_about=(
        *_NOT_MADE,
        *_NOT_MADE_ANEW,
        "certificate.key_missing",
        "certificate.held_open",
        "certificate.pin_dead",
        "machine_keys.system_denied",
    ),
    read_in=("registry",),
    hinders_nobody=True,
)

# The last stage in which something on the host itself can end a handshake.
LAST_OF_HANDSHAKE = len(STAGES) - 1

_stage("Who else takes part in the connection: only where nothing before explains it.")
INTERFERENCE_TLS_INSPECTED = _finding(
    "interference.tls_inspected",
    "TLS is inspected on the way",
    WARNING,
    "Clients are shown a certificate that the host does not know: something between them decrypts the connection",
    advice=(
        "find the device that inspects TLS on this port and exempt it: the issuer of the certificate that clients are "
        "shown (winops.rdp.probe has it) mostly names it; do not bind that certificate on the host"
    ),
    owner=NETWORK,
    outside_host=True,
)
INTERFERENCE_NOT_RDP = _finding(
    "interference.not_rdp",
    "Something else answers on the port",
    CRITICAL,
    "What answers on port {port} does not speak RDP",
    advice=(
        "find out who answers there: on the host 'Get-NetTCPConnection -LocalPort {port} -State Listen' gives the "
        "process; if that is TermService's, a forwarded port or a proxy before the host answers"
    ),
    owner=NETWORK,
    outside_host=True,
)
INTERFERENCE_SECURITY_PRODUCT = _finding(
    "interference.security_product",
    "Security product drops the connection",
    CRITICAL,
    {
        "default": (
            "The connection is dropped on a host that is in order; what takes part in its connections there: {products}"
        ),
        "beside": "What runs on the host and takes part in its connections can drop them as well: {products}",
        "isolates": "What runs on the host can cut it off from the network, whatever its firewall says: {products}",
        "filters": (
            "The host listens and Windows' own firewall lets clients in, but no connection arrives; what has a "
            "firewall of its own there: {products}"
        ),
        "remote_control": (
            "Another program for remote control runs on the host; it takes no part in connections of Remote Desktop, "
            "but may have changed what they need: {products}"
        ),
    },
    advice={
        "default": (
            "ask the vendor for an exclusion of svchost.exe (termservice) on this port and of the folder "
            "MachineKeys, or test with the product off in a maintenance window; this collection never stops "
            "a security product"
        ),
        "tunnel": (
            "connect once past the tunnel (from the host's own network): if that works, look at the tunnel's "
            "access rules for this port, its MTU (ping -f -l 1252 HOST) and whether it filters or decrypts TCP on "
            "either side"
        ),
        "bastion": (
            "connect once without it, from a place that may: if that works, look in its own log at this time for the "
            "session, the account that it used and the certificate that it expects of the host; it may let direct "
            "connections in from its own addresses alone"
        ),
        "firewall": (
            "look in the product's own firewall and its log of attacks at this time for the port and the address that "
            "looked, and let the clients' addresses in there; then ask the vendor for an exclusion of svchost.exe "
            "(termservice) on this port and of the folder MachineKeys; this collection never stops a security product"
        ),
        "remote_control": (
            "it has a connection of its own and filters none of Remote Desktop's: look whether its installer changed "
            "the listener's port, its firewall rules or the display driver, and connect once while it is closed; until "
            "then it is another way to the same desktop"
        ),
        "isolates": (
            "look in the product's console whether the host is isolated (contained, in quarantine): its security team "
            "lets it out again once the reason is known; this collection never stops a security product. A host that "
            "answers anything else from the same place (WinRM, ping, a share) is mostly not isolated"
        ),
        "filters": (
            "look in the product's own console and log at this time for the port and the address that looked: rules, a "
            "trusted network, protection against guessed passwords; let the clients' addresses in there. Probe from "
            "the host's own network too: if that fails as well, it is the product, if not, the network between"
        ),
    },
    deserves_second_look=True,
    outside_host=True,
    brings_about=("network.unreachable",),
)
_WHO_DROPS_IT = (
    "probe from the host's own network (winops.rdp.probe with delegate_to): if that gets in, something between drops "
    "the connection (intrusion prevention, TLS inspection, a proxy); if not, compare with a host that works "
    "(winops.rdp.diagnose with reference_host or reference_path), and look at security software on the host"
)
INTERFERENCE_HANDSHAKE_DROPPED = _finding(
    "interference.handshake_dropped",
    "Handshake dropped, unexplained by the host",
    CRITICAL,
    {
        "default": "The connection is accepted and then dropped, and nothing on the host explains it",
        "behind": "The connection is accepted and then dropped, which what was found on the host need not explain",
        "unread": (
            "The connection is accepted and then dropped; nothing that was read on the host explains it, and not all "
            "was read: {missing}"
        ),
    },
    advice={
        "default": _WHO_DROPS_IT,
        "unread": "read first what was not read (needs_evidence), with an account that may, and judge again; then "
        + _WHO_DROPS_IT,
    },
    owner=NETWORK,
    deserves_second_look=True,
    outside_host=True,
    behind=(
        "service.missing",
        "service.disabled",
        "service.cannot_start",
        "service.sessionenv_cannot_start",
        "service.sessionenv_stopped",
        "service.crashing",
        "listener.security_layer_invalid",
        "listener.negotiation_disabled",
        "listener.value_unusable",
        "listener.encryption_level_invalid",
        "listener.errors_logged",
        "machine_keys.system_denied",
        "machine_keys.folder_hardened",
        "certificate.renewal_failing",
        "certificate.template_failing",
        "certificate.store_denied",
        "certificate.weak",
        "tls.tls12_disabled",
        "tls.no_cipher_suites",
        "tls.suites_unusable",
        "tls.algorithms_disabled",
        "tls.tls13_unsupported",
        "system.disk_full",
    ),
)

_stage("What the network does to a connection that was made.")
NETWORK_HANDSHAKE_STALLS = _finding(
    "network.handshake_stalls",
    "Full-size packets are lost on the way",
    CRITICAL,
    "Small packets pass and the first large ones do not: the network path to the host drops full-size packets",
    advice=(
        "find the largest packet that passes (ping -f -l 1472 HOST, then smaller) and set the tunnel's "
        "MTU or let ICMP 'fragmentation needed' pass; a host without free CPU looks the same"
    ),
    owner=NETWORK,
    outside_host=True,
)
NETWORK_LOGON_FLOOD = _finding(
    "network.logon_flood",
    "Port is under attack",
    WARNING,
    (
        "The port is under attack, or open to the internet: connections fail in great number, and those that "
        "are meant can be lost among them"
    ),
    advice=(
        "let only known addresses reach the port (RemoteAddress of the firewall rules, or the cloud's network"
        " filter), or put a gateway before it"
    ),
    owner=NETWORK,
    outside_host=True,
    part=BEFORE,
    logged=True,
)

_stage("Network Level Authentication begins when TLS is established.")
NLA_LOGON_RIGHT_MISSING = _finding(
    "nla.logon_right_missing",
    "Account may not log on here",
    WARNING,
    "The account has no right to log on to this host in that way",
    advice=(
        "the account needs 'Allow log on through Remote Desktop Services', which the group Remote Desktop Users gives "
        "(Add-LocalGroupMember -SID S-1-5-32-555 -Member DOMAIN\\NAME), for Network Level Authentication alone also "
        "'Access this computer from the network', and must be in none of the matching deny rights (secpol.msc, Local "
        "Policies > User Rights Assignment)"
    ),
    part=LOGON,
    logged=True,
)
NLA_LOGON_POLICY = _finding(
    "nla.logon_policy",
    "A policy shuts people out of Remote Desktop",
    CRITICAL,
    {
        "everybody": "{name} names everybody: nobody may log on to this host in that way",
        "nobody": "{name} is given to nobody: nobody may log on to this host through Remote Desktop",
        "administrators": "{name} names Administrators: they may not log on to this host in that way",
        "users": "{name} names Remote Desktop Users: the group keeps its members out",
        "local": "{name} names Local account, and this host has no other accounts: nobody may log on in that way",
        "local_administrators": (
            "{name} names the local accounts that are administrators, and this host has no other accounts: they may "
            "not log on in that way"
        ),
        "members": "{name} is not given to Remote Desktop Users, so being in that group lets nobody in",
        "members_network": (
            "{name} is not given to Remote Desktop Users: Network Level Authentication, which makes such a logon "
            "first, lets in nobody for being in that group"
        ),
    },
    advice={
        "default": (
            "correct it in secpol.msc, Local Policies > User Rights Assignment, {name}: the members of Remote Desktop "
            "Users and Administrators need the right to log on, and must be in no group that is denied it"
        ),
        "policy": (
            "correct it in the Group Policy object that sets it: Windows Settings > Security Settings > Local Policies "
            "> User Rights Assignment, {name} (on the host: {where}); a change on the host would not last"
        ),
    },
    owner=POLICY,
    behind_look=True,
    # Whoever is shut out is said to have no right; who has set it owns that.
    brings_about=("nla.logon_right_missing",),
)
NLA_DUPLICATE_SID = _finding(
    "nla.duplicate_sid",
    "Two computers share one security identifier",
    WARNING,
    "The host turns logons away, since another computer has the same security identifier: one is a copy of the other",
    advice=(
        "rebuild the copy with 'sysprep /generalize', as images must be made; which two are alike shows (Get-LocalUser)"
        "[0].SID on both, up to the last hyphen. Updates from August 2025 on refuse logons between such computers; the "
        "password is not at fault"
    ),
    part=LOGON,
    logged=True,
)
NLA_CHANNEL_BINDING = _finding(
    "nla.channel_binding",
    "Logon refused: certificate was exchanged on the way",
    WARNING,
    "The host refused a logon, since the client saw another certificate than the host sent: something between ends TLS",
    advice=(
        "find what decrypts the connection between them (TLS inspection, a bastion, a proxy) and exempt this port; do "
        "not turn NLA off for it"
    ),
    owner=NETWORK,
)
NLA_ACCOUNT_RESTRICTED = _finding(
    "nla.account_restricted",
    "Account restriction forbids the logon",
    WARNING,
    "The host refused a logon, since a restriction of the account forbids it: {meaning}",
    advice={
        "default": (
            "a blank password: set one. A member of Protected Users, or NTLM forbidden: connect to the host's full "
            "name, not its address, as user@domain, so that Kerberos is used. Do not allow blank passwords over the "
            "network"
        ),
        "hours": (
            "look at the account's logon hours (Active Directory Users and Computers: Account, Logon Hours; by hand: "
            "net user NAME), and at the clock and time zone of who judges them"
        ),
        "workstation": (
            "the account may log on from some computers alone (Active Directory Users and Computers: Account, Log On "
            "To): add the one that it comes from, or let it come from one of those"
        ),
        "firewall": (
            "the trust lets accounts of the other domain or forest authenticate on chosen computers alone: give their "
            "group the permission Allowed to authenticate on this computer's object in Active Directory"
        ),
        "card": (
            "a password is not taken: come with the card or Windows Hello. Who asks for it is the account (Active "
            "Directory Users and Computers: Account, 'Smart card is required for interactive logon') or the host "
            "(policy 'Interactive logon: Require Windows Hello for Business or smart card', scforceoption); whether to "
            "exempt either is your decision"
        ),
    },
    owner=CLIENT,
    part=LOGON,
    logged=True,
)
NLA_ACCOUNT_UNUSABLE = _finding(
    "nla.account_unusable",
    "Account cannot be used now",
    WARNING,
    "The host refused a logon, since the account cannot be used now: {meaning}",
    advice={
        "default": (
            "look at the account: unlock it, enable it, or set its password elsewhere first. An expired password "
            "cannot be changed over Network Level Authentication; do not turn that off for it"
        ),
        **_OF_THE_ACCOUNT,
    },
    owner=CLIENT,
    part=LOGON,
    logged=True,
)
NLA_DISABLED = _finding(
    "nla.disabled",
    "Network Level Authentication is off",
    WARNING,
    "Network Level Authentication is not required",
    advice={
        "policy": _POLICY_SETS,
    },
    repair_class=TIGHTEN,
    hinders_nobody=True,
)
NLA_OFF_UNTIL = _finding(
    "nla.off_until",
    "Network Level Authentication is off for a time",
    WARNING,
    {
        "default": (
            "Network Level Authentication is turned off until {until}; the host requires it again then, or when Windows"
            " starts"
        ),
        "overdue": "Network Level Authentication was to be required again from {until} on, and is not",
        "far": (
            "Network Level Authentication is off, and the task that requires it again at {until} is further off than a"
            " day: the host's clock was wrong when the task was made, or is now"
        ),
    },
    repair_class=RESTORE,
    asked_for=True,
)
NLA_TRUST_BROKEN = _finding(
    "nla.trust_broken",
    "Trust in the domain is broken",
    CRITICAL,
    {
        "default": "This computer and {domain} no longer trust each other: domain accounts cannot be authenticated",
        "controller": (
            "This domain controller has no usable account in {domain}: it authenticates nobody, at its screen or from"
            " afar"
        ),
    },
    advice={
        "default": (
            "repair the computer's account with an account of the domain: Test-ComputerSecureChannel -Verbose "
            "(repair: Test-ComputerSecureChannel -Repair -Credential DOMAIN\\admin); local accounts get in "
            "meanwhile"
        ),
        "controller": (
            "on another domain controller: dcdiag /test:MachineAccount /s:{computer!p} (userAccountControl and the "
            "names of services, HOST among them, of its account), and repadmin /showrepl; where there is no other, "
            "start it in Directory Services Restore Mode and restore the directory. Do not take it out of the domain"
        ),
    },
    repair_class=OPEN,
    by_name=True,
    explains_nla=True,
    behind_look=True,
    # People turn it off for a time because of that.
    brings_about=("nla.off_until",),
)
NLA_NO_DOMAIN_CONTROLLER = _finding(
    "nla.no_domain_controller",
    "No domain controller",
    CRITICAL,
    {
        "default": (
            "This computer has no connection to a domain controller of {domain}: domain accounts cannot be "
            "authenticated"
        ),
        "netlogon": (
            "The service Netlogon is stopped, so that this computer finds no domain controller of {domain}: "
            "domain accounts cannot be authenticated"
        ),
        "netlogon_logged": (
            "Logons were refused since the service Netlogon did not run, by which this computer asks a domain "
            "controller of {domain}"
        ),
    },
    advice={
        "default": (
            "correct DNS and the network path to a domain controller: nltest /dsgetdc:{domain_name!p} /force; local"
            " accounts get in meanwhile"
        ),
        "netlogon": (
            "start it, and see why it stopped: Set-Service Netlogon -StartupType Automatic; Start-Service "
            "Netlogon; it needs the service LanmanWorkstation. Local accounts get in meanwhile"
        ),
    },
    explains_nla=True,
    behind_look=True,
)
NLA_NTLM_REFUSED = _finding(
    "nla.ntlm_refused",
    "NTLM is refused",
    WARNING,
    {
        "default": (
            "The host refuses NTLM: clients must use its name and a domain account (Kerberos), never its address"
        ),
        "domain_accounts": (
            "The host refuses NTLM from domain accounts: clients must use its name and a domain account "
            "(Kerberos), never its address"
        ),
        "no_domain": (
            "The host refuses NTLM, and without a domain there is nothing else: nobody passes Network Level "
            "Authentication"
        ),
    },
    advice={
        "default": (
            "if that is not wanted, set 'Network security: Restrict NTLM: Incoming NTLM traffic' to 'Allow all' (in "
            "the policy that sets it, or secpol.msc, Local Policies > Security Options)"
        ),
        "elsewhere": (
            "if that is not wanted, look at the policies 'Network security: Restrict NTLM' on the host, and at 'NTLM "
            "authentication in this domain' on its domain controllers (secpol.msc, Local Policies > Security Options)"
        ),
    },
    denies=True,
    owner=POLICY,
    explains_nla=True,
    behind_look=True,
)
NLA_ORACLE_VULNERABLE = _finding(
    "nla.oracle_vulnerable",
    "CredSSP is not protected (CVE-2018-0886)",
    WARNING,
    "The host accepts CredSSP without the protection against CVE-2018-0886",
    advice=(
        "install current updates on whichever side, host or clients, lacks the one of May 2018; then set the policy "
        "'Encryption Oracle Remediation' to 'Mitigated' (Computer Configuration > Administrative Templates > System > "
        "Credentials Delegation), or remove AllowEncryptionOracle from HKLM\\SOFTWARE\\Microsoft\\Windows\\"
        "CurrentVersion\\Policies\\System\\CredSSP\\Parameters; this collection never sets it to 2"
    ),
    hinders_nobody=True,
)
NLA_ORACLE_FORCED = _finding(
    "nla.oracle_forced",
    "Old CredSSP clients are refused",
    WARNING,
    "The host refuses clients that lack the CredSSP update of May 2018",
    advice="update the client; the setting is as it should be",
    owner=CLIENT,
)
NLA_CREDSSP_UNPATCHED = _finding(
    "nla.credssp_unpatched",
    "CredSSP update of May 2018 is missing",
    CRITICAL,
    "The host lacks the CredSSP update of May 2018, and updated clients refuse to send it credentials",
    advice="install the current cumulative update of Windows; never AllowEncryptionOracle 2 on the clients",
    behind_look=True,
)
NLA_DOMAIN_CREDENTIALS_DISABLED = _finding(
    "nla.domain_credentials_disabled",
    "Domain credentials are not kept",
    WARNING,
    (
        "The host keeps no credentials for network authentication, which can stop Network Level "
        "Authentication with domain accounts"
    ),
    advice=(
        "test with 'Network access: Do not allow storage of passwords and credentials for network authentication' off "
        "on this host (the policy that sets it, or secpol.msc, Local Policies > Security Options)"
    ),
    owner=POLICY,
)
NLA_UNANSWERED = _finding(
    "nla.unanswered",
    "Network Level Authentication is not answered",
    WARNING,
    "TLS is established, and then the host does not answer Network Level Authentication over NTLM",
    advice=(
        "where only Kerberos is allowed this is as it should be, and clients must use the host's name "
        "and a domain account; otherwise look at the policies 'Network security: Restrict NTLM' (secpol.msc, Local "
        "Policies > Security Options) and at the host's trust in its domain (Test-ComputerSecureChannel -Verbose)"
    ),
    owner=POLICY,
)

_stage("An RD Session Host asks for a licence after the user is known.")
_LICENSING = (
    "Computer Configuration > Administrative Templates > Windows Components > Remote Desktop Services > Remote Desktop "
    "Session Host > Licensing"
)
LICENSING_GRACE_ENDED = _finding(
    "licensing.grace_ended",
    "RDS licensing grace period is over",
    CRITICAL,
    {
        "default": "The grace period of this RD Session Host is over, and it has no licences: users are refused",
        "let_in": (
            "The grace period of this RD Session Host is over, and it has no licences: users are refused, though some "
            "are in, from before or as administrators"
        ),
        "unserved": (
            "The grace period of this RD Session Host is over, and the licence server that is named gives it no "
            "licences: users are refused"
        ),
        "unreached": (
            "The grace period of this RD Session Host is over, and it does not reach the licence server that is named: "
            "users are refused while that lasts"
        ),
    },
    advice={
        "default": (
            "name a licence server and set the mode (" + _LICENSING + "), or remove the role if two administrators are "
            "all that log on; do not delete the key GracePeriod from the registry, which gives no licence"
        ),
        "unserved": (
            "look with 'RD Licensing Diagnoser' (lsdiag.msc) on the host, and at the server that is named: that it is "
            "reached (Test-NetConnection SERVER -Port 135), that its service TermServLicensing runs, and that it is "
            "activated and has licences of this mode and version of Windows left (licmgr.exe)"
        ),
    },
    behind_look=True,
)
LICENSING_NOT_CONFIGURED = _finding(
    "licensing.not_configured",
    "No RDS licences",
    WARNING,
    "This RD Session Host has no licences; users are refused when its grace period ends",
    advice=(
        "name a licence server and set the mode (" + _LICENSING + "), or remove the role if two administrators are all "
        "that log on"
    ),
    part=ADMISSION,
    hinders_nobody=True,
)

_stage("The session begins when the user is known.")
SESSION_LOGON_PROCESS_CRASHES = _finding(
    "session.logon_process_crashes",
    "Logon screen crashes",
    WARNING,
    {
        "default": "A program of the logon screen ({programs}) crashed lately: sessions stay black or close",
        "named": "A program of the logon screen ({programs}) crashed lately in {modules}: sessions stay black or close",
        "ended": "The process of the logon ended several times lately: sessions may stay black or close",
        "shown": "The host ended a user's session since a process of the logon died in it: {meaning}",
    },
    advice={
        "default": (
            "look at event 1000 of Application Error (Application log) for the module that failed: a credential "
            "provider of another vendor "
            "(HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Authentication\\Credential Providers), a "
            "display driver, a damaged file (sfc /scannow)"
        ),
        "named": (
            "find out whose {modules} is (its properties, or (Get-Item C:\\Windows\\System32\\{first!p}).VersionInfo): "
            "update or remove the product that it is of, with its own uninstaller. One of another vendor is mostly a "
            "credential provider (HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Authentication\\Credential "
            "Providers) or a display driver; do not delete its file, for the logon screen would look for it. Where it "
            "is Windows' own: sfc /scannow and the current update"
        ),
        "ended": (
            "look in the Application and System logs at the times of event 4005 of Winlogon for what ended it: memory "
            "that ran out (event 2004 of Resource-Exhaustion-Detector, 2019 and 2020 of srv), an agent that works "
            "inside the logon, files of two updates (sfc /scannow); if restarting the host helps for a while, "
            "something uses up memory or handles"
        ),
    },
    part=SCREEN,
    logged=True,
)
SESSION_PROFILE = _finding(
    "session.profile",
    "User profile cannot be loaded",
    WARNING,
    "Windows could not load a user's profile lately: such a session closes at once or gets a temporary profile",
    advice=(
        "look at the events of 'User Profiles Service' (Application log) for the user and the file; free space, the "
        "access list of C:\\Users\\Default, and keys with the ending .bak below HKLM\\SOFTWARE\\Microsoft\\Windows NT\\"
        "CurrentVersion\\ProfileList are the usual ones"
    ),
    part=PROFILE,
    logged=True,
)
SESSION_STUCK = _finding(
    "session.stuck",
    "Session hangs at its beginning",
    WARNING,
    {
        "default": (
            "A session did not get past its beginning lately: the session manager logged an error while it connected"
        ),
        "waiting": "A session is still connecting, and may hang at its beginning",
        "busy": "Windows said that Remote Desktop Services is busy: a session hangs while it begins or ends",
        "shown": "A user's session hangs at its beginning: the screen of the logon goes no further",
    },
    advice={
        "default": (
            "list the sessions with 'qwinsta', end the one that hangs with 'rwinsta ID', and try again; if it comes "
            "back, restart the host at a time that suits its users"
        ),
        "busy": (
            "list the sessions with 'qwinsta', end the one of that user, or the one that hangs, with 'rwinsta ID', and "
            "try again; if every user meets it, restart the host at a time that suits them, and install its updates"
        ),
        "shown": (
            "while it hangs, list the sessions with 'qwinsta', end the one of that user with 'rwinsta ID', which closes"
            " its programs, and try again. If it comes back, the text on that screen says who is waited for: a profile,"
            " a group policy, or the session manager; look at the host's Application and System logs of that minute"
        ),
    },
    part=SCREEN,
    logged=True,
)
SESSION_OCCUPIED = _finding(
    "session.occupied",
    "Somebody else is signed in",
    WARNING,
    {
        "default": "{who} is signed in on this computer, and Windows asks whether to disconnect them",
        "refused": "{who} is signed in on this computer, and the user may not disconnect them",
    },
    advice=(
        "nothing is broken: Windows 10 and 11 serve one person at a time, at the screen or from afar. 'quser' shows "
        "who it is; who continues disconnects them, and their programs go on. Ask them to sign out, or use a Windows "
        "Server where several people work at once; install no program that lifts the limit, for updates of Windows "
        "break it"
    ),
    owner=NONE,
    part=ADMISSION,
)
SESSION_TRANSPORT = _finding(
    "session.transport",
    "Session's transport fails",
    WARNING,
    {
        "default": (
            "Sessions break or freeze after the logon, and the host logged errors of the connection's transport"
        ),
        "ended": "Sessions ended with an error of the host, not since somebody left or a limit was reached",
        "stream": "Connections ended with an error of the host in what was sent over them",
        "shown": "A user's session freezes, stays black, or breaks again and again",
        "unheard": "Sessions broke after the logon since nothing of the other side arrived any more",
    },
    advice={
        "default": (
            "install the current cumulative update, and try one client without UDP (policy 'Turn Off UDP On Client', "
            "or fClientDisableUDP = 1 below HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services\\"
            "Client); if it stays, the host without network detection (policy 'Select network detection on the "
            "server' below Remote Desktop Session Host > Connections, which can turn off both kinds); " + _POLICIES_ARE
        ),
        "shown": (
            "in that session press Ctrl+Alt+End: if Task Manager comes, start explorer.exe there. Install the current "
            "cumulative update, and try one client without UDP (policy 'Turn Off UDP On Client', or fClientDisableUDP "
            "= 1 below HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services\\Client); then, on the "
            "host, the policy 'Use WDDM graphics display driver for Remote Desktop Connections' set to Disabled, and "
            "the driver of its display adapter. Log off what was left of the session (qwinsta, logoff); "
            + _POLICIES_ARE
        ),
        "unheard": (
            "look at what is between: time limits for quiet connections of balancers, firewalls and VPN (raise them, "
            "or turn keep-alives on: policy 'Configure keep-alive connection interval'), lost packets, and the driver "
            "and offloading of the host's network adapter. Then try one client without UDP (policy 'Turn Off UDP On "
            "Client'); " + _POLICIES_ARE
        ),
    },
    comes_of=(PROFILE,),
    part=SCREEN,
    logged=True,
)

_stage("What a user's client showed, and the host does not.")
CLIENT_CERTIFICATE_REFUSED = _finding(
    "client.certificate_refused",
    "Client refuses the certificate",
    WARNING,
    "The client refused the certificate that the host presents",
    advice=(
        "compare the dates by the client's clock, the name that the user typed with those in the certificate,"
        " and its issuer with what the client trusts"
    ),
    owner=CLIENT,
    part=BEFORE,
)
CLIENT_CREDENTIALS = _finding(
    "client.credentials",
    "Account was refused",
    WARNING,
    "The account was refused: {meaning}",
    advice={
        "default": (
            "look at the account (password, lockout, expiry, logon hours); an expired password cannot be changed "
            "over Network Level Authentication. An Entra account (AzureAD\\user) needs 'Use a web account to sign in' "
            "(enablerdsaadauth:i:1), or PKU2U allowed on both sides ("
            + _PKU2U
            + "); one that signs in by PIN alone has no password to give"
        ),
        "unknown": (
            "look at the name as the user typed it, and whether the host or its domain knows it; an Entra account "
            "(AzureAD\\user) needs 'Use a web account to sign in' (enablerdsaadauth:i:1). With a smart card the same "
            "is shown where Kerberos does not come about: try the password, and from a client that reaches a domain "
            "controller and trusts the authority of its certificate"
        ),
        "microsoft": (
            "type the name as MicrosoftAccount\\NAME@MAIL with the password of the account's web pages, after one "
            "logon with it at the host itself, which keeps it: the PIN of Windows Hello does not count here, and an "
            "account without a password has none to give. Where that is so, give the user a local account (net user "
            "NAME * /add) in the group Remote Desktop Users. The host must not forbid it: policy 'Network security: "
            "Allow PKU2U authentication requests to this computer to use online identities' (" + _PKU2U + ")"
        ),
        **_OF_THE_ACCOUNT,
    },
    owner=CLIENT,
    part=LOGON,
)
CLIENT_DELEGATION_POLICY = _finding(
    "client.delegation_policy",
    "Client's policy forbids its credentials",
    WARNING,
    "A policy on the client does not let it send credentials to this host",
    advice=(
        "look at the policies of "
        + _DELEGATION
        + " on the client, and connect by the name that the host's certificate or Kerberos name (TERMSRV/name) has"
    ),
    owner=CLIENT,
    part=BEFORE,
)
CLIENT_NAME = _finding(
    "client.name",
    "Client does not find the host",
    WARNING,
    {
        "default": "The client did not find the host by its name",
        "itself": "The name leads the client to itself: it refuses to connect to its own console",
        "farm": "The client was given one host's name, and was sent on to another host of the farm",
    },
    advice={
        "default": "resolve the name on the client: Resolve-DnsName NAME",
        "farm": (
            "connect to the farm's name (its RD Connection Broker, or the .rdp file of RD Web Access), not to a "
            "session host's; to administer that very host, mstsc /admin does it. The hosts' certificates must be made "
            "out to the farm's name, or be trusted by the client"
        ),
        "itself": (
            "resolve the name on the client (Resolve-DnsName NAME) and look at its file "
            "%SystemRoot%\\System32\\drivers\\etc\\hosts, and at the host's: the name must lead to the host's address, "
            "and to no address of the client; then connect to that address"
        ),
    },
    owner=CLIENT,
    part=BEFORE,
)
CLIENT_NO_AUTHORITY = _finding(
    "client.no_authority",
    "Account could not be authenticated",
    WARNING,
    {
        "default": "The account could not be authenticated: {meaning}",
        "logged": (
            "The host refused a logon for whose account no domain vouched; whose it was, and whether it is the user's, "
            "the event does not say"
        ),
    },
    advice={
        "default": (
            "use the host's full name and DOMAIN\\user; on client and host see whether a domain controller is "
            "found (nltest /dsgetdc:DOMAIN), and whether the name TERMSRV/host is registered for this computer "
            "alone (setspn -Q TERMSRV/HOST)"
        ),
        "entra": (
            "the host is in no domain, so no domain controller is missing: an Entra account needs 'Use a web account "
            "to sign in' (enablerdsaadauth:i:1) and the host's name, or AzureAD\\user@domain from a client that is "
            "joined or registered to the same tenant, with PKU2U allowed on both sides ("
            + _PKU2U
            + "); an account of the host itself is HOST\\user"
        ),
        "workgroup": (
            "the host is in no domain and can ask none: use an account of its own, typed as HOST\\user, and no account "
            "of the client's domain"
        ),
    },
    owner=CLIENT,
    comes_of=(LOGON,),
    part=DOMAIN,
)
CLIENT_CLOCK = _finding(
    "client.clock",
    "Clocks too far apart for Kerberos",
    WARNING,
    "Two clocks are too far apart for Kerberos",
    advice=(
        "compare the clocks of client, host and domain controller: w32tm /stripchart /computer:CONTROLLER "
        "/samples:3 /dataonly"
    ),
    owner=CLIENT,
    part=DOMAIN,
)
CLIENT_ALTERED = _finding(
    "client.altered",
    "Data altered on the way",
    WARNING,
    "What the client received is not what the host sent: {meaning}",
    advice=(
        "compare the certificate that the client shows with the one that the probe sees; a device that "
        "decrypts TLS between them breaks the handshake (inspection, a gateway, a tunnel)"
    ),
    owner=NETWORK,
    part=BEFORE,
)
CLIENT_CREDSSP_VERSION = _finding(
    "client.credssp_version",
    "Client and host disagree on CredSSP",
    WARNING,
    "Client and host do not agree on CredSSP",
    advice=(
        "install current updates on the client; a client that insists on the CredSSP update of May 2018 "
        "refuses hosts that lack it, and the other way round"
    ),
    owner=CLIENT,
    part=BEFORE,
)
CLIENT_LEGACY_SECURITY = _finding(
    "client.legacy_security",
    "Legacy RDP security failed",
    WARNING,
    "The client failed in legacy RDP security: {meaning}",
    advice=(
        "use TLS: the listener's SecurityLayer should be 2 (winops.rdp.listener security_layer=tls), and the client "
        "must not be configured to do without; a client that cannot is too old"
    ),
    owner=CLIENT,
    part=BEFORE,
)
CLIENT_NO_CREDSSP = _finding(
    "client.no_credssp",
    "Client has no CredSSP",
    WARNING,
    "The client does not offer CredSSP, and the host wants Network Level Authentication",
    advice=(
        "turn it on in the client (enablecredsspsupport:i:1 in an .rdp file, 'Use CredSSP' in a connection "
        "manager, /sec:nla in FreeRDP), or use a client that has it; do not turn NLA off on the host for it"
    ),
    owner=CLIENT,
    part=BEFORE,
)
CLIENT_GATEWAY = _finding(
    "client.gateway",
    "Failed at the gateway or broker",
    WARNING,
    {
        "default": "The client failed at its gateway, before this host: {meaning}",
        "broker": "The RD Connection Broker did not bring the client to a session: {extended_meaning}",
    },
    advice={
        "default": (
            "look at the Remote Desktop Gateway: winops.rdp.probe with gateway=NAME says how it answers and with which "
            "certificate; then its policies for users (CAP) and hosts (RAP), its log TerminalServices-Gateway, and the "
            "way from there to this host"
        ),
        "broker": (
            "look at the RD Connection Broker: whether its service Tssdis runs, what its log "
            "Microsoft-Windows-TerminalServices-SessionBroker/Operational has at that time, and whether this host is "
            "in the collection and takes new users (Get-RDSessionHost -CollectionName NAME); connect to the farm's "
            "name, not to a host's"
        ),
    },
    owner=NETWORK,
    part=BEFORE,
)
CLIENT_CANNOT_CONNECT = _finding(
    "client.cannot_connect",
    "Client gets no connection",
    WARNING,
    "The client got no connection to the port, or no answer",
    advice=(
        "run the probe from the client's network (winops.rdp.probe with delegate_to; by hand on the client: "
        "Test-NetConnection HOST -Port PORT): a filter, route or VPN there"
    ),
    owner=NETWORK,
    part=BEFORE,
)
CLIENT_LICENSING = _finding(
    "client.licensing",
    "Licensing failed",
    WARNING,
    "Licensing failed: {meaning}",
    advice={
        "default": (
            "look at the licence server and mode of the host (lsdiag.msc there); on the client, where one alone meets "
            "it, save and delete what it keeps of licences (HKLM\\SOFTWARE\\Microsoft\\MSLicensing), and start it once "
            "as administrator"
        ),
        "client": (
            "the host is no RD Session Host and asks for no licences: what that client has kept of them is broken. "
            "Save and delete HKLM\\SOFTWARE\\Microsoft\\MSLicensing there (of a 32-bit program: HKLM\\SOFTWARE\\"
            "Wow6432Node\\Microsoft\\MSLicensing), and start the client once as administrator; other clients show "
            "whether it is that one alone"
        ),
        "altered": (
            "the host is no RD Session Host: what stands in the place of Windows' own code makes it act as one, and no "
            "licence server serves it. Put Windows' own back (see what else was found); for several people at "
            "once take a server with the role RD Session Host and licences"
        ),
    },
    part=ADMISSION,
)
CLIENT_DENIED = _finding(
    "client.denied",
    "Host refused a user's connection",
    WARNING,
    {
        "default": "The host refused this user's connection, by what the client showed",
        "fips": "The host refused this user's connection over FIPS, by what the client showed",
    },
    advice={
        "default": (
            "look at drain mode ('change logon /query'), the policy 'Limit number of connections' (Remote Desktop "
            "Session Host > Connections), and who may 'Allow log on through Remote Desktop Services' (secpol.msc > "
            "Local Policies > User Rights Assignment); " + _POLICIES_ARE
        ),
        "fips": "let the client offer FIPS algorithms (AES-GCM, SHA-256, NIST curves)",
    },
)
CLIENT_SESSION_ENDED = _finding(
    "client.session_ended",
    "Session was ended on purpose",
    WARNING,
    {
        "default": "The session was ended on purpose: {extended_meaning}",
        "limit": "The session was ended on purpose: {extended_meaning}; the host's limit is {lasting}",
        "logged": "A time limit ends sessions of this host, and may have ended this one: {extended_meaning}",
        "restarted": "The session ended with the machine: {extended_meaning}",
    },
    advice={
        "default": (
            "nothing is broken; limits are set in policy (Remote Desktop Session Host > Session Time Limits) or on the "
            "account (its tab Sessions)"
        ),
        "taken": (
            "nothing is broken: a session goes to whoever connects to it last with the same account. Look whether the "
            "user is connected from a second device, has a client that connects again by itself, or shares the account "
            "(events 24 and 25 of Microsoft-Windows-TerminalServices-LocalSessionManager have times and addresses); "
            "give each person an account of their own"
        ),
        "signed_off": (
            "nothing is broken: somebody, a script or a policy signed the session off. Event 23 of Microsoft-Windows-"
            "TerminalServices-LocalSessionManager has the time; ask who used 'logoff', Server Manager or Task Manager "
            "then, and look for tasks and logoff policies at that time"
        ),
        "by_user": (
            "nothing is broken: the user signed out or disconnected, or a program did it in their name; if nobody did, "
            "look at what runs at logon (a script that ends with 'logoff', a shell or a RemoteApp that closes)"
        ),
        "limit": (
            "nothing is broken, so change no keep-alive, certificate or authentication for it; ask whether the limit "
            "is meant. If it is not, raise {where} (in milliseconds; 0 is no limit); a session follows it from "
            "its next connection on"
        ),
        "policy": (
            "nothing is broken, so change no keep-alive, certificate or authentication for it; ask whether the limit "
            "is meant. If it is not: {set_by} sets {name} to {value} milliseconds; {how} ({policy_name}; 'Never' is no "
            "limit); a session follows it from its next connection on"
        ),
        "faulty": (
            "nothing is broken; {set_by} sets {name} with data of a wrong type, which does not say what is meant: "
            "set it there anew ({policy_name}) with the policy's editor, which gives it the right one"
        ),
        "restarted": (
            "nothing is broken: connect again once the host is up. Who or what did it is in its System log: event 1074 "
            "of User32 (which program, and for whom), 6008 or 41 where it went down without being shut down"
        ),
        "elsewhere": (
            "nothing is broken, and the host itself sets no such limit: look at the account (its tab Sessions), at the "
            "policies of its user (User Configuration > Administrative Templates > Windows Components > Remote Desktop "
            "Services > Remote Desktop Session Host > Session Time Limits), and in a farm at the collection (Server "
            "Manager > Remote Desktop Services, its properties, Session)"
        ),
        "called": (
            "ask whether somebody disconnected it then (event 40 of the session manager has the time). If nobody did, "
            "Windows itself or a program of the host did: see whether the display adapter works (Device Manager), "
            "whether the session's programs crashed (Application 1000 at that time), and try a whole desktop in place "
            "of single applications"
        ),
    },
    owner=NONE,
    by_choice=True,
    part=END,
)
CLIENT_NOT_REPRODUCED = _finding(
    "client.not_reproduced",
    "Not reproduced: look at that client and its network",
    WARNING,
    (
        "The user's connection broke, and the probe gets in: the fault is on that client, on its network "
        "path, or comes and goes"
    ),
    advice={
        "default": (
            "what was shown only says that the connection was closed while it was made; probe from the user's "
            "network, try another client there, and on a Windows client read events 1024, 1026 and 1105 of "
            "Microsoft-Windows-TerminalServices-RDPClient/Operational"
        ),
        "late": (
            "extended 0x0 was seen after credentials were given: look at the account's sessions and at what "
            "starts at logon; try that client without UDP (policy 'Turn Off UDP On Client'), probe from the user's "
            "network, try another client there, and read events 1024, 1026 and 1105 of "
            "Microsoft-Windows-TerminalServices-RDPClient/Operational on it; " + _POLICIES_ARE
        ),
    },
    owner=CLIENT,
    part=BEFORE,
)
CLIENT_DISPLAY = _finding(
    "client.display",
    "Session ended after the logon",
    WARNING,
    "The session ended after the logon: {extended_meaning}",
    advice=(
        "set the policy 'Use WDDM graphics display driver for Remote Desktop Connections' to Disabled, which takes the "
        "older driver, and restart the host (Computer Configuration > Administrative Templates > Windows Components > "
        "Remote Desktop Services > Remote Desktop Session Host > Remote Session Environment); then look at the host's "
        "graphics adapter and its driver. It is no matter of licences or rights"
    ),
    part=SCREEN,
)
CLIENT_OTHER = _finding(
    "client.other",
    "Client reports something else",
    WARNING,
    {
        "default": "The user's client reports something else: {meaning}",
        "extended": "The user's client reports something else: {extended_meaning}",
        "words": (
            "What the user's client showed was not understood: it has no code, and no complaint of Remote Desktop that "
            "is known here"
        ),
    },
    advice={
        "default": (
            "compare with another client and another account; on a Windows client the log "
            "Microsoft-Windows-TerminalServices-RDPClient/Operational has the number (event 1026)"
        ),
        "words": (
            "give the client's code: in the dialog's details, or as the number of event 1026 in the client's log "
            "Microsoft-Windows-TerminalServices-RDPClient/Operational. FreeRDP and guacd log theirs. A "
            "client without any: try Windows' own from the same place, with the same account"
        ),
    },
    owner=CLIENT,
)
CLIENT_OUTDATED = _finding(
    "client.outdated",
    "Client is too old",
    WARNING,
    {
        "default": "A client asked for TLS that the host no longer speaks: it is too old, or a retired one",
        "version": (
            "The user's client has no version of TLS in common with the host: it is too old, or its own settings leave "
            "out what the host speaks"
        ),
    },
    advice={
        "default": (
            "update the client. On Windows use mstsc of a current version; the Store app and the MSI client are "
            "retired. Do not turn old TLS on again"
        ),
        "version": (
            "update the client, and look at which versions it may use: MinProtocol and MaxProtocol in openssl.cnf or "
            "update-crypto-policies on Linux, /tls:... of FreeRDP; TLS 1.2 must be among them. Do not turn old TLS on "
            "again on the host"
        ),
    },
    owner=CLIENT,
    part=BEFORE,
    logged=True,
)

CLIENT_TLS_OFF = _finding(
    "client.tls_off",
    "Client turned current TLS off",
    CRITICAL,
    "This client has turned off the TLS that the host speaks: {off}",
    advice=(
        "turn TLS 1.2 and TLS 1.3 on again for clients ({where}; remove Enabled and DisabledByDefault there, or set"
        " them to 1 and 0), by the policy or hardening tool that set it; it concerns every program on this client that"
        " uses Windows' own TLS"
    ),
    owner=CLIENT,
)
CLIENT_AUTHENTICATION_REQUIRED = _finding(
    "client.authentication_required",
    "Client refuses unverified hosts",
    WARNING,
    {
        "default": "A policy lets this client connect only to hosts whose certificate it can verify",
        "unverified": "A policy lets this client connect only where it can verify the certificate, and here it cannot",
    },
    advice=(
        "give the host a certificate from an issuer that the client trusts, and use a name that is in it (policy"
        " 'Configure server authentication for client', AuthenticationLevel 1); do not lower the policy for it; "
        + _POLICIES_ARE
    ),
    owner=CLIENT,
)
CLIENT_AUTHENTICATION_OFF = _finding(
    "client.authentication_off",
    "Client connects to anybody",
    WARNING,
    {
        "default": "This client connects to hosts whose certificate it cannot verify, and does not say so",
        "shown": "The client does not authenticate hosts, and this host takes no client that does not: {meaning}",
    },
    advice={
        "shown": (
            "turn NLA or server authentication on in the client (enablecredsspsupport:i:1 and authentication level:i:2 "
            "in an .rdp file, the options of a connection manager; no /sec:rdp in FreeRDP), or use a current client; "
            "do not lower SecurityLayer on the host for it"
        ),
        "default": (
            "set the policy 'Configure server authentication for client' to warn (AuthenticationLevel 2); "
            + _POLICIES_ARE
        ),
        "override": "find out what set AuthenticationLevelOverride, which goes for every host, and remove that value",
    },
    owner=CLIENT,
)
CLIENT_SAVED_CREDENTIALS = _finding(
    "client.saved_credentials",
    "Saved credentials not used",
    WARNING,
    "Saved credentials are not used on this client: {why}",
    advice=(
        "type the password, or change that policy on purpose; a script or an .rdp file with a saved password does not"
        " get in without somebody who types"
    ),
    owner=CLIENT,
    part=BEFORE,
)
CLIENT_ORACLE_VULNERABLE = _finding(
    "client.oracle_vulnerable",
    "Client allows unprotected CredSSP",
    WARNING,
    "This client talks CredSSP with hosts that lack the update of May 2018",
    advice=(
        "set 'Encryption Oracle Remediation' to Mitigated or Force Updated Clients ("
        + _DELEGATION
        + "), and update the "
        "hosts"
    ),
    owner=CLIENT,
)
CLIENT_ORACLE_FORCED = _finding(
    "client.oracle_forced",
    "Client insists on patched CredSSP",
    WARNING,
    "This client refuses hosts that lack the CredSSP update of May 2018, and this host may lack it",
    advice="update the host; do not set 'Encryption Oracle Remediation' to Vulnerable",
    owner=CLIENT,
)
CLIENT_RESTRICTED_ADMIN = _finding(
    "client.restricted_admin",
    "Client connects in restricted modes only",
    WARNING,
    {
        "default": "A policy makes this client connect with {mode} alone, which the host must allow",
        "shown": "The client asks for Restricted Admin mode, and the host does not take it",
    },
    advice=(
        "on the host, allow it (HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa, DisableRestrictedAdmin 0) and use an"
        " account that may log on so; or change the policy 'Restrict delegation of credentials to remote servers' ("
        + _DELEGATION
        + ")"
    ),
    owner=CLIENT,
    part=LOGON,
)
CLIENT_NTLM_OFF = _finding(
    "client.ntlm_off",
    "Client may not use NTLM",
    WARNING,
    {
        "default": "This client may not use NTLM towards {name}, so only Kerberos gets in",
        "shown": "NTLM is refused to the client, so only Kerberos gets in: its own policy, the host's or the domain's",
    },
    advice=(
        "connect by the host's full name from where a domain controller is reached; an address never works with"
        " Kerberos alone. An exception is a decision: policy 'Network security: Restrict NTLM: Add remote server"
        " exceptions' (secpol.msc, Local Policies > Security Options)"
    ),
    owner=CLIENT,
)
CLIENT_STALE_HASH = _finding(
    "client.stale_hash",
    "Client keeps an old certificate's hash",
    WARNING,
    "{who} keeps the hash of another certificate of {name} than the one presented",
    advice=(
        "find out why the certificate changed (a renewal, or somebody in between); if it was right to, remove that one"
        " value (forget_certificate), and the client asks again"
    ),
    owner=CLIENT,
)
CLIENT_APP_RETIRED = _finding(
    "client.app_retired",
    "Retired Remote Desktop app",
    WARNING,
    "{app} is installed ({version}), which is retired since {retired}",
    advice=(
        "use mstsc.exe for a direct connection to a computer, and Windows App for Azure Virtual Desktop, Windows 365"
        " and Dev Box: 'winget install --id {winget} --exact', the Store app {store}, or without either the package"
        " {package} ('Add-AppxPackage'); then uninstall the old one."
        " update=true installs it where the client has winget (known as of {as_of}; {source})"
    ),
    owner=CLIENT,
)
CLIENT_APP_OUTDATED = _finding(
    "client.app_outdated",
    "Outdated Remote Desktop app",
    WARNING,
    "{app} is {version}, and {last} was out on {as_of}",
    advice=(
        "update it: 'winget upgrade --id {winget} --exact', the Store app {store}, or without either the package"
        " {package} ('Add-AppxPackage'); update=true does it where the"
        " client has winget ({source})"
    ),
    owner=CLIENT,
)
CLIENT_UPDATE_DEFECT = _finding(
    "client.update_defect",
    "Known defect of a Windows update",
    WARNING,
    "This build of Windows ({build}) has a known defect as a client since {brought_by}: {what}",
    advice="install {fixed_by} or any later cumulative update (known as of {as_of}; {source})",
    owner=CLIENT,
)
CLIENT_RDP_FILE = _finding(
    "client.rdp_file",
    ".rdp file keeps its user out",
    WARNING,
    {
        "default": "{path} keeps its user out: {what}",
        "shown": "The client does not open its .rdp file: {meaning}",
    },
    advice={
        "default": "correct it (correct_rdp_files does, and keeps a copy), or use an .rdp file without it",
        "signed": "correct it where the file is made and sign it again (rdpsign.exe): the file is signed",
        "unsigned": "sign it (rdpsign.exe) with a certificate that the client trusts",
        "people": "correct it in the file, or in mstsc: Show Options, then Save",
        "unverified": (
            "give the host a certificate from an issuer that the client trusts, and use a name that is in it; do not"
            " lower the level for it"
        ),
    },
    owner=CLIENT,
    part=BEFORE,
)
CLIENT_RDP_FILE_RISK = _finding(
    "client.rdp_file_risk",
    ".rdp file puts its user at risk",
    WARNING,
    {
        "default": "{path} is a risk: {what}",
        "shown": "The client warns of its .rdp file before it connects: {meaning}",
    },
    advice=(
        "take out what is not needed, and sign the file (rdpsign.exe) so that people see whose it is; current Windows"
        " warns before it opens an unsigned one"
    ),
    owner=CLIENT,
    part=BEFORE,
)
CLIENT_LOOK_FAILS = _finding(
    "client.look_fails",
    "Look from the client fails",
    WARNING,
    {
        "default": "From this client the connection ends at {ended}, and from the controller a client gets in",
        "tls": "This client's own TLS ends the handshake, and from the controller a client gets in",
    },
    advice={
        "default": (
            "look at what stands between this client and the host: firewall on the client, VPN, proxy, filter; compare"
            " with a look from another client in the same network (winops.rdp.probe via)"
        ),
        "tls": (
            "compare the client's TLS with the host's: versions, cipher suites (Get-TlsCipherSuite), FIPS, and the"
            " log System, source Schannel, on the client"
        ),
    },
    owner=NETWORK,
)

CLIENT_PRODUCTS = _finding(
    "client.products",
    "Products on the client take part in its connections",
    WARNING,
    "What runs on this client and takes part in its connections can end or change them: {products}",
    advice={
        "default": (
            "look in the product's own console and log at the time of the look for this host and port. If nothing is "
            "there, ask the vendor for an exclusion of mstsc.exe and of this port, or test with the product off in a "
            "maintenance window; this collection never stops a security product"
        ),
        "tunnel": (
            "connect once past the tunnel, from the host's own network or with the tunnel off: if that works, look at "
            "the tunnel's access rules for this host and port, its MTU (ping -f -l 1252 HOST), the names that it "
            "resolves, and whether it filters or decrypts TCP"
        ),
        "firewall": (
            "look in the product's own firewall and its log of attacks at the time of the look for this host and port, "
            "and let them through there; then ask the vendor for an exclusion of mstsc.exe and of this port; this "
            "collection never stops a security product"
        ),
        "remote_control": (
            "it has a connection of its own and filters none of Remote Desktop's: look first at what else was found, "
            "and connect once while it is closed"
        ),
        "bastion": (
            "connect once without it, from a place that may: if that works, look in its own log at this time for the "
            "session, the account that it used and the certificate that it expects of the host"
        ),
    },
    owner=CLIENT,
)

_stage("What keeps a fault alive, and is none by itself.")
CLOCK_NOT_SYNCHRONISED = _finding(
    "clock.not_synchronised",
    "Clock is not synchronised",
    WARNING,
    "Nothing sets this host's clock",
    advice=(
        "start the service and set a time source: Set-Service W32Time -StartupType Automatic; Start-Service W32Time; "
        "w32tm /config /syncfromflags:domhier /update (outside a domain /syncfromflags:manual /manualpeerlist:SERVER)"
    ),
)
