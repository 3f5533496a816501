# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person types on the host in place of a remedy, for each finding that has one: the command, in a PowerShell or
command prompt of an administrator, and what not to do.

It is no advice, which is what is left to people where nothing is repaired. Names in braces are facts of the finding;
one that a finding lacks is shown in capitals. What is typed stands between grave accents: the pages set it as such, so
that it can be copied from them; elsewhere they are left out.

A host says what its rules and files are called, and people copy what is shown: no name may end the quotes around it,
nor be more than one name. Each fact in a command has its form, here and in the advice of the catalogue.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from typing import Any

_TERMINAL_SERVER = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server"
_LISTENER = f"{_TERMINAL_SERVER}\\WinStations\\RDP-Tcp"
_RESTART = (
    "once nobody is signed in (`quser` lists who is, for it disconnects everybody): "
    "`Restart-Service TermService -Force`"
)
_AT_ITS_START = f"TermService reads that when it starts, {_RESTART}"


def _set(name: str, number: int) -> str:
    return f'`reg.exe add "{_LISTENER}" /v {name} /t REG_DWORD /d {number} /f`'


# Windows' own rules are for all profiles: one of a network that anybody is in would be open with them.
_OWN_RULES = (
    "`Set-NetFirewallRule -Name RemoteDesktop-UserMode-In-TCP,RemoteDesktop-UserMode-In-UDP -Enabled True "
    "-Profile {profile!p}`"
)
_WHICH_PROFILE = "the profile of the network that is up, Domain or Private (`Get-NetConnectionProfile`)"


def _rule(name: str) -> str:
    return (
        f"`New-NetFirewallRule -DisplayName '{name}' -Direction Inbound -Protocol TCP -LocalPort {{port!p}} -Service "
        "TermService -Program '%SystemRoot%\\system32\\svchost.exe' -Action Allow -Profile {profile!p}`; do not turn "
        "the firewall off for it, and do not open it to a public network"
    )


_NEW_CERTIFICATE = (
    "`Restart-Service SessionEnv`, which disconnects nobody, then connect once; event 1056 of "
    "TerminalServices-RemoteConnectionManager in the System log says that there is a new certificate, 1057 and 1058 "
    "why there is none"
)
_OWN_STORE = "Cert:\\LocalMachine\\Remote Desktop"
_TAKE_OUT = (
    "only if none comes and 1057 and 1058 say nothing, take this one out "
    f"(`Remove-Item '{_OWN_STORE}\\{{thumbprint!p}}'`) and restart SessionEnv once more"
)
_KEYS_STAY = "do not rename or delete the folder MachineKeys, which holds the keys of other programs, too"

BY_HAND: Mapping[str, str] = {
    "firewall.rule_disabled": (
        f"turn Windows' own rules on, which are for port 3389, in {_WHICH_PROFILE}: {_OWN_RULES}; where they are gone, "
        f"make one: {_rule('Remote Desktop')}"
    ),
    "firewall.port_not_allowed": (
        f"make a rule for that port, in {_WHICH_PROFILE}: {_rule('Remote Desktop {port!p}')}"
    ),
    "service.disabled": (
        "find out who disabled it (a policy or a hardening script would do so again; event 7040 in the System log has "
        "the time), then `Set-Service {service!p} -StartupType {start_type!p}; Start-Service {service!p}`; do not set "
        "other services of Remote Desktop to Automatic to be safe: Windows starts them when they are needed"
    ),
    "service.stopped": (
        "`Start-Service SessionEnv,TermService,UmRdpService`; if one does not start, do not try again and again: the "
        "error is in events 7000 to 7038 of the System log (`Get-WinEvent -FilterHashtable @{{LogName='System'; "
        "ProviderName='Service Control Manager'}} -MaxEvents 20`)"
    ),
    "service.sessionenv_stopped": (
        "`Start-Service SessionEnv`, which disconnects nobody; do not set it to Automatic for it: Windows starts it by "
        "itself, and has it on Manual"
    ),
    "service.stale_credential": (f"delete no certificate and no key for it: they are in order; {_AT_ITS_START}"),
    "listener.rdp_disabled": (
        "if the host is to be reached: Settings > System > Remote Desktop (on a server: Server Manager > Local Server "
        f'> Remote Desktop), or `reg.exe add "{_TERMINAL_SERVER}" /v fDenyTSConnections /t REG_DWORD /d 0 /f`, and '
        f"where Windows' own firewall rules are off, in {_WHICH_PROFILE}: {_OWN_RULES}; leave Network Level "
        "Authentication on"
    ),
    "listener.disabled": f"if nobody means it to be off: {_set('fEnableWinStation', 1)}; {_AT_ITS_START}",
    "listener.logon_disabled": (
        "if the maintenance that it was for is over: `change logon /enable` on a session host, elsewhere "
        f"{_set('fLogonDisabled', 0)}; who is signed in stays so"
    ),
    "listener.security_layer_invalid": (
        f"{_set('SecurityLayer', 2)} (2 is TLS; it holds for each new connection); do not set 0, which is no TLS at all"
    ),
    "listener.security_layer_conflict": (
        f"{_set('SecurityLayer', 2)} (2 is TLS; it holds for each new connection); do not turn Network Level "
        "Authentication off for it"
    ),
    "listener.security_layer_weak": (
        f"{_set('SecurityLayer', 2)} (2 requires TLS; it holds for each new connection), once no client is left that "
        "has no TLS (very old thin clients), and the listener has a certificate that it can use"
    ),
    "listener.negotiation_disabled": f"{_set('fAllowSecProtocolNegotiation', 1)}; {_AT_ITS_START}",
    "listener.not_listening": (
        "once nobody is signed in at the console either (`quser`), `Restart-Service TermService -Force`, then "
        "`netstat -ano -p TCP | findstr :{port!p}`; if still nothing listens, do not go on restarting it: events 260, "
        "1035 and 1036 of TerminalServices-RemoteConnectionManager and 17 of TerminalServices-LocalSessionManager say "
        "why"
    ),
    "listener.encryption_level_invalid": (
        f"{_set('MinEncryptionLevel', 3)} (3 is high, 128 bits); it counts only for connections without TLS: do not "
        "lower SecurityLayer for it"
    ),
    "certificate.pin_dead": (
        "list what there is (`Get-ChildItem Cert:\\LocalMachine\\My | Format-List Subject,NotAfter,HasPrivateKey,"
        "Thumbprint`); with one for this host: `Set-CimInstance -Namespace root/cimv2/TerminalServices -Query "
        "\"SELECT * FROM Win32_TSGeneralSetting WHERE TerminalName='RDP-Tcp'\" -Property "
        "@{{SSLCertificateSHA1Hash='THUMBPRINT'}}`, and give NETWORK SERVICE "
        "Read on its key (certlm.msc: All Tasks > Manage Private Keys); with none, go back to "
        f'Windows\' own: `reg.exe delete "{_LISTENER}" /v SSLCertificateSHA1Hash /f`, then `Restart-Service '
        "SessionEnv`; on an RD Connection Broker use its own console in place of both, and delete no certificate"
    ),
    "certificate.store_name": (
        f'`reg.exe add "{_TERMINAL_SERVER}\\WinStations" /v SelfSignedCertStore /t REG_SZ /d "Remote Desktop" /f`; do '
        f"not move certificates between stores for it; if clients still do not get in, {_RESTART}"
    ),
    "certificate.key_missing": f"{_NEW_CERTIFICATE}; {_TAKE_OUT}; {_KEYS_STAY}",
    "certificate.key_unreadable": (
        'on this one file: `icacls {path!d} /remove:d "*S-1-5-20" /grant "*S-1-5-20:R"` (S-1-5-20 is NETWORK SERVICE); '
        "do not use `takeown` or `icacls /t` on its folder: that gives away the keys of all programs; if clients still "
        f"do not get in: {_RESTART}"
    ),
    "certificate.expired": (
        f"{_NEW_CERTIFICATE}; {_TAKE_OUT}; do not bind a certificate of your own with a long life to be rid of this: "
        "nobody renews that one"
    ),
    "certificate.missing": f"{_NEW_CERTIFICATE}; {_KEYS_STAY}",
    "certificate.not_presented": f"clients get in meanwhile, so it can wait; {_AT_ITS_START}",
    "certificate.not_yet_valid": (
        "see that the clock is right first (`w32tm /query /status`), else the next certificate is no better; then "
        f"{_NEW_CERTIFICATE}; {_TAKE_OUT}"
    ),
    "nla.disabled": (
        "try first that everybody who comes by Remote Desktop can sign in with it, which needs a password that is not "
        f"expired and, in a domain, a domain controller: then {_set('UserAuthentication', 1)} (it holds for each new "
        "connection)"
    ),
    "nla.off_until": (
        "leave it: the host requires it again by itself; to have it now, run the host's own task: `schtasks.exe /run "
        '/tn "winops.rdp arm NLA"`'
    ),
}


# A word that needs no quotes, and what neither PowerShell nor a command prompt reads as anything but a part of a name
# between quotes, nor a command as a pattern for several: a rule called * would be all rules.
_WORD = re.compile(r"[\w.:*-]+", re.ASCII)
_NAME = re.compile(r"[\w .,:\\/(){}~@+=#-]+(?<!\\)")
# Each of these ends what PowerShell has in single quotes, and two of them are one.
_SINGLE_QUOTE = re.compile("['\u2018-\u201b]")


def _bare(fact: str) -> str | None:
    return fact if _WORD.fullmatch(fact) else None


def _in_double_quotes(fact: str) -> str | None:
    return f'"{fact}"' if _NAME.fullmatch(fact) else None


def _in_single_quotes(fact: str) -> str | None:
    if not _NAME.fullmatch(_SINGLE_QUOTE.sub("", fact)):
        return None
    return "'" + _SINGLE_QUOTE.sub(r"\g<0>\g<0>", fact) + "'"


# How a fact stands in a command; what cannot stand in one is None.
_FORMS = {"p": _bare, "d": _in_double_quotes, "q": _in_single_quotes}


class _Commands(string.Formatter):
    """Fills texts with commands in them. A fact that a host gives has a form there: ``{address!p}`` is a word without
    quotes, ``{path!d}`` is in double quotes, as a command prompt and PowerShell read it, ``{rule!q}`` in single quotes,
    for PowerShell alone. What could be more than a name there is in capitals, as in a manual: ``RULE``.
    """

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        fact, first = super().get_field(field_name, args, kwargs)
        return (field_name, fact), first

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        name, fact = value
        form = _FORMS.get(conversion or "")
        return form(str(fact)) or _in_capitals(name) if form else super().convert_field(fact, conversion)


class _Facts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return _in_capitals(name)


def _in_capitals(name: str) -> str:
    return name.upper().replace("_", "-")


def with_commands(text: str, facts: Mapping[str, object]) -> str:
    """The text with the facts that it names. Raises ``KeyError`` for one that is not there."""
    return _Commands().vformat(text, (), facts)


def filled(text: str, facts: Mapping[str, object], *, marked: bool = False) -> str:
    """The same with those that are not known in capitals. ``marked``: what is typed stays between grave accents."""
    text = text if marked else text.replace("`", "")
    return with_commands(text, _Facts({name: fact for name, fact in facts.items() if fact not in (None, "")}))
