# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a host could not be asked: who is to blame for what a connection said, and what to do about it.

What Ansible, its libraries and PowerShell say is matched with the texts below, the most telling first. Each names one
culprit: the controller itself, the way to the host, the account, or the host.
"""

from __future__ import annotations

import os
import re
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

CONTROLLER, WAY, ACCOUNT, HOST = "controller", "way", "account", "host"
WINRM, PSRP, SSH = "winrm", "psrp", "ssh"
# Connections whose address is one in the network, under which clients may know the host as well.
NETWORK_TRANSPORTS = (WINRM, PSRP, SSH)
_HTTP = (WINRM, PSRP)
# The variables that say the port of a connection, and what they must be.
PORTS = ("ansible_port", "ansible_winrm_port", "ansible_psrp_port", "ansible_ssh_port")
A_PORT = "a port number from 1 to 65535"


def is_port(number: object) -> bool:
    """Whether a number, or a text that is one, is a port's."""
    return re.fullmatch("[0-9]{1,5}", str(number)) is not None and 0 < int(str(number)) < 65536


@dataclass(frozen=True)
class Cause:
    """What a text means: whose fault it is, what is the matter, and what to do. Neither ends in a full stop."""

    culprit: str
    what: str
    do: str


@dataclass(frozen=True)
class Way:
    """How a host is reached: its address and port (0: not known) and the connection plugin's name.

    ``no_key`` is the key file with which the account logs on, if that is not there.
    """

    transport: str
    address: str
    port: int = 0
    scheme: str = ""
    # The host's in the inventory.
    name: str = ""
    no_key: str = ""

    @property
    def named(self) -> str:
        """The address where it is a name; a line about many hosts has no room for each of theirs."""
        return "its name" if self.address == self.name else f"the name {self.address}"

    @property
    def place(self) -> str:
        return f"{self.address}{f':{self.port}' if self.port else ''}"

    @property
    def service(self) -> str:
        """What answers at the other end."""
        return {WINRM: "WinRM", PSRP: "WinRM", SSH: "OpenSSH (the service sshd)"}.get(self.transport, "the connection")


# Texts of any connection, and by what they are said: (pattern, connections or None for all, culprit, what, do).
Row = tuple[str, "tuple[str, ...] | None", str, str, str]

_NOT_WINRM = "something else than WinRM answers there"

_CONTROLLER_TEXTS: tuple[Row, ...] = (
    (
        r"kerberos library is not installed|auth(?:entication)? method is kerberos, but"
        r"|No module named '(?:kerberos|gssapi|krb5)'"
        r"|(?:gssapi|krb5)\W.{0,40}(?:not installed|cannot be imported|No module)|NegotiateProxy.{0,80}(?:gssapi|krb5)",
        _HTTP,
        CONTROLLER,
        "the controller has no Kerberos for Python",
        "install it there ({pip} install '{package}[kerberos]') with the system's packages for it (Debian: gcc"
        " python3-dev libkrb5-dev krb5-user; Red Hat: gcc python3-devel krb5-devel krb5-workstation), or build the"
        " execution environment from this collection, which names them",
    ),
    (
        r"credssp, but|requests[-_]credssp.{0,30}not installed|No module named 'requests_credssp'",
        _HTTP,
        CONTROLLER,
        "the controller has no CredSSP for Python",
        "install it there ({pip} install '{package}[credssp]')",
    ),
    (
        r"ntlm, but|No module named '(?:requests_ntlm|spnego)'",
        _HTTP,
        CONTROLLER,
        "the controller has no NTLM for Python",
        "install it there ({pip} install requests-ntlm)",
    ),
    (
        r"xmltodict is not installed|No module named '(?:xmltodict)'",
        None,
        CONTROLLER,
        "the controller lacks a Python package",
        "install it there ({pip} install xmltodict)",
    ),
    (
        r"winrm or requests is not installed|pypsrp or dependencies are not installed|No module named '(?:winrm"
        r"|pypsrp)",
        None,
        CONTROLLER,
        "the controller lacks the Python package of the connection",
        "install it there ({pip} install {package})",
    ),
    (
        r"install the sshpass program",
        (SSH,),
        CONTROLLER,
        "the controller has no sshpass, which the ssh connection needs for passwords",
        "install the package sshpass there, or use a key",
    ),
    (
        r"No module named '([\w.]+)'",
        None,
        CONTROLLER,
        "the controller lacks the Python package {match}",
        "install it there ({pip} install {match})",
    ),
    (
        r"connection plugin '([^']+)' was not found|unable to load connection plugin",
        None,
        CONTROLLER,
        "the controller has no connection plugin {match}",
        "correct ansible_connection, or install the collection that brings it along",
    ),
    # What the libraries refuse of the inventory before anything is sent.
    (
        r"Cannot use message encryption with auth '(\w+)'|selected auth method (\w+) does not support it",
        _HTTP,
        CONTROLLER,
        "the inventory has {match} over HTTP, and {match} cannot encrypt what is sent",
        "set {auth_option} to ntlm, {negotiate}kerberos or credssp, or {scheme_option} to https",
    ),
    (
        r"support transport\(s\) \['(\w+) ",
        _HTTP,
        CONTROLLER,
        "more stands behind {match} in {auth_option}, on the same line",
        "give each variable a line of its own where the inventory has [windows:vars]",
    ),
    (
        r"specified auth '(\w+)' is not supported|unsupported auth method: (\w+)|support transport\(s\) \['(\w+)",
        _HTTP,
        CONTROLLER,
        "{match} is no way of logging on that {package} knows",
        "set {auth_option} to ntlm, {negotiate}kerberos, credssp, certificate or basic",
    ),
    (
        r"cert(?:ificate)?_(?:key_)?pem|For certificate auth|TLS (?:certificate|key) file, invalid path",
        _HTTP,
        CONTROLLER,
        "the client's certificate, with which the inventory logs on, is not there as a whole ({text})",
        "set {certificate_options} to files on the controller, and {scheme_option} to https",
    ),
    (
        r"suitable TLS CA certificate bundle, invalid path|NO_CERTIFICATE_OR_CRL_FOUND",
        _HTTP,
        CONTROLLER,
        "the file of CAs by which the certificate of WinRM is checked is not there, or has none in it ({text})",
        "correct {ca_option}, or REQUESTS_CA_BUNDLE where ansible-playbook is started",
    ),
    (
        r"vault secrets",
        None,
        CONTROLLER,
        "a variable of it is encrypted with Ansible Vault, and no password was given that opens it",
        "give the right one, with --ask-vault-pass or --vault-password-file",
    ),
    (
        r"invalid (?:server_cert_validation|message_encryption|truth value)|The encryption value '|_timeout_sec",
        _HTTP,
        CONTROLLER,
        "an option of the connection is not what {package} takes ({text})",
        "correct it in the inventory: 'ansible-doc -t connection {transport}' lists what there is",
    ),
    (
        r"kinit.{0,80}(?:not found|not executable|No such file)",
        _HTTP,
        CONTROLLER,
        "the controller has no kinit",
        "install krb5-user (Debian) or krb5-workstation (Red Hat) there",
    ),
    (
        r"[Cc]lock skew|KRB_AP_ERR_SKEW|0xC0000133",
        None,
        CONTROLLER,
        "Kerberos refuses the controller's clock: it and the domain's differ by more than five minutes",
        "set the controller's clock by the same time source as the domain (chronyc tracking)",
    ),
    (
        r"Cannot (?:find|contact any) KDC|Cannot resolve (?:servers|network address) for KDC|Cannot find KDC for realm",
        None,
        CONTROLLER,
        "the controller finds no domain controller for the Kerberos realm",
        "correct the realm in /etc/krb5.conf or the controller's DNS; the realm is written in capitals",
    ),
    (
        r"No Kerberos credentials|[Cc]redentials? cache|No credentials were supplied|ticket expired|Ticket expired",
        _HTTP,
        CONTROLLER,
        "the controller has no valid Kerberos ticket",
        "run kinit USER@REALM there, or give ansible_user and ansible_password",
    ),
    (
        r"Name or service not known|[Tt]emporary failure in name resolution|nodename nor servname|getaddrinfo failed"
        r"|No address associated|Failed to resolve|NameResolutionError|Could not resolve hostname",
        None,
        CONTROLLER,
        "the controller cannot resolve {named}",
        "correct the name or the controller's DNS, or set ansible_host to the host's address",
    ),
    (
        r'Load key "([^"]+)": .*Permission denied|Permissions [0-9]+ for .([^\'"]+). are too open',
        (SSH,),
        CONTROLLER,
        "the key {match} cannot be used",
        "correct the file, or who may read it (its owner alone, who runs Ansible)",
    ),
    (
        r"Too many open files|No space left on device|Cannot allocate memory",
        None,
        CONTROLLER,
        "the controller is short of something ({text})",
        "give it more, or work on fewer hosts at a time (forks)",
    ),
)

# The service itself answers, and is not trusted.
_TRUST_TEXTS: tuple[Row, ...] = (
    (
        r"certificate has expired|certificate is not yet valid|[Hh]ostname mismatch|doesn't match|IP address mismatch"
        r"|CERTIFICATE_VERIFY_FAILED|certificate verify failed",
        _HTTP,
        WAY,
        "the controller does not trust the certificate of WinRM itself ({text})",
        "give the hosts a certificate for WinRM from a CA that the controller knows, name that CA in {ca_option}, or"
        " turn the check off ({trust_option}=ignore)",
    ),
    (
        r"Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED|Host Key checking is enabled",
        (SSH,),
        WAY,
        "the controller does not know the host's SSH key, or it has changed",
        "compare the key, then add it to known_hosts (ssh-keyscan {address})",
    ),
)

_WAY_TEXTS: tuple[Row, ...] = (
    (
        r"WRONG_VERSION_NUMBER|wrong version number|HTTP_REQUEST\b|packet length too long|record layer failure",
        _HTTP,
        WAY,
        "the port answers, but not with TLS: the connection speaks HTTPS to a port for HTTP",
        "set {scheme_option}=http for port 5985, or ansible_port=5986 for HTTPS",
    ),
    (
        r"UNSUPPORTED_PROTOCOL|NO_SHARED_CIPHER|HANDSHAKE_FAILURE|handshake failure|unexpected eof"
        r"|EOF occurred in violation"
        r"|SSLV3_ALERT|TLSV1_ALERT|SSLError",
        _HTTP,
        WAY,
        "TLS with WinRM fails ({text})",
        "look at the certificate that WinRM is bound to (winrm enumerate winrm/config/listener) and at the TLS versions"
        " that the host allows",
    ),
    (
        r"Connection refused|actively refused|\[Errno 111\]|\[Errno 61\]",
        None,
        WAY,
        "the host refuses connections there: nothing listens on that port, or its firewall rejects it",
        "{listen}",
    ),
    (
        r"Network is unreachable|No route to host|[Hh]ost is unreachable|Host is down",
        None,
        WAY,
        "no route leads there ({text})",
        "correct the address, or the way from the controller to it",
    ),
    (
        r"Read timed out|read timed out|HTTP read timeout|read timeout|attempt timed out|Operation\s+timed\s*out",
        _HTTP,
        WAY,
        "the port takes the connection and WinRM does not answer in time",
        "restart the service WinRM there, or allow more time (ansible_{transport}_read_timeout_sec)",
    ),
    (
        r"timed out|[Cc]onnectTimeout|[Tt]imeout|\[Errno 110\]|\[Errno 60\]",
        None,
        WAY,
        "no answer comes back: the host is off, the address is wrong, or a firewall on the way drops it",
        "open port {port} for the controller",
    ),
    (
        r"[Cc]onnection reset|RemoteDisconnected|[Cc]onnection aborted|[Bb]roken pipe|closed connection"
        r"|Connection closed"
        r"|kex_exchange_identification|banner exchange|\[Errno 104\]",
        None,
        WAY,
        "the connection was cut off ({text})",
        "{cut}",
    ),
    (
        r"not well-formed|syntax error: line|no element found|mismatched tag|[Cc]ode:? 40[45]|\b40[45] "
        r"|Expecting value|^\w+:$",
        _HTTP,
        WAY,
        _NOT_WINRM,
        "correct address and port (WinRM has 5985 for HTTP, 5986 for HTTPS, and the path /wsman)",
    ),
)

_ACCOUNT_TEXTS: tuple[Row, ...] = (
    (
        r"locked out|0xC0000234|account.{0,20}locked",
        None,
        ACCOUNT,
        "the account is locked out",
        "unlock it, and correct the password here before the next run locks it again",
    ),
    (
        r"password (?:has )?expired|0xC0000071|must change|0xC0000224|account (?:has )?expired|0xC0000193"
        r"|account.{0,40} disabled|ACCOUNT_DISABLED|0xC0000072",
        None,
        ACCOUNT,
        "the account, or its password, has expired or is disabled ({text})",
        "renew it in the domain or on the host",
    ),
    (
        r"requested logon type|0xC000015B|0x569\b",
        None,
        ACCOUNT,
        "the account lacks the right to log on from the network",
        "give it 'Access this computer from the network', and take it out of 'Deny access to this computer from the"
        " network'",
    ),
    (
        r"Server not found in Kerberos database|KDC_ERR_S_PRINCIPAL_UNKNOWN",
        None,
        ACCOUNT,
        "the domain knows no Kerberos service for {address}",
        "use the host's full name as the domain has it (HTTP/NAME must be one of its SPNs), not an address or an alias",
    ),
    (
        r"Client .{0,80}not found in Kerberos|[Pp]reauthentication failed|[Pp]assword incorrect",
        None,
        ACCOUNT,
        "the domain does not accept the account's name or password",
        "correct ansible_user (USER@REALM, the realm in capitals) and ansible_password",
    ),
    (
        r"requires a (?:username|password)|the (?:username|password) must be specified",
        None,
        ACCOUNT,
        "no account is given ({text})",
        "set ansible_user and ansible_password",
    ),
    (
        r"[Cc]ode:? 403|\b403 |[Aa]ccess is denied|AccessDenied|0x80070005|WSManFault.{0,40}Code: 5\b"
        r"|unauthorizedaccess",
        _HTTP,
        ACCOUNT,
        "WinRM knows the account and denies it access",
        "make it an administrator there; a local one other than Administrator comes with a filtered token until"
        " LocalAccountTokenFilterPolicy is 1",
    ),
    (
        r"credentials were rejected|\b401\b|Unauthorized|[Ff]ailed to authenticate|STATUS_LOGON_FAILURE|0xC000006D"
        r"|SpnegoError"
        r"|AuthenticationError",
        _HTTP,
        ACCOUNT,
        "WinRM refuses the account (401)",
        "correct ansible_user and ansible_password, and see that the host allows this way of logging on ({auth_option};"
        " Basic and CredSSP are off until somebody turns them on)",
    ),
    (
        r"Permission denied|Too many authentication failures|Invalid/incorrect password|Incorrect password",
        (SSH,),
        ACCOUNT,
        "OpenSSH refuses the account",
        "correct user, password or key; the keys of administrators are in"
        " %ProgramData%\\ssh\\administrators_authorized_keys",
    ),
)

_HOST_TEXTS: tuple[Row, ...] = (
    (
        r"malicious content|blocked by your antivirus|ScriptContainedMaliciousContent|AmsiScanBuffer|\bAMSI\b",
        None,
        HOST,
        "security software on the host blocked the script (AMSI)",
        "ask for an exclusion there; Microsoft Defender says what it blocked in event 1116",
    ),
    (
        r"different language mode|[Cc]onstrained ?[Ll]anguage|in this language mode|InConstrainedLanguage"
        r"|language mode|RestrictedLanguage",
        None,
        HOST,
        "PowerShell runs there in constrained language mode (App Control or AppLocker)",
        "allow the collection's scripts in that policy, which are not signed, or use an account to which it does not"
        " apply",
    ),
    (
        r"OutOfMemory|MaxMemoryPerShellMB|[Nn]ot enough memory|[Ii]nsufficient memory|memory quota"
        r"|paging file is too small",
        None,
        HOST,
        "the host has no memory left for the call{shell_limit}",
        "{memory}",
    ),
    (
        r"maximum number of concurrent|MaxShellsPerUser|MaxProcessesPerShell|MaxConcurrent|exceeded the quota|quota",
        _HTTP,
        HOST,
        "WinRM's quota of shells or processes is used up ({text})",
        "wait for other sessions of the account to end, or raise MaxShellsPerUser and MaxProcessesPerShell there",
    ),
    (
        r"running scripts is disabled|is not digitally signed|AuthorizationManager|about_Execution_Policies"
        r"|cannot be loaded because"
        r" .{0,80}polic",
        None,
        HOST,
        "the execution policy of PowerShell there refuses scripts",
        "look at Get-ExecutionPolicy -List; a policy of AllSigned or Restricted comes from Group Policy",
    ),
    (
        r"profile\.ps1",
        None,
        HOST,
        "a PowerShell profile on the host fails ({text})",
        "correct the profile of the account or of the machine",
    ),
    (
        r"Parameter format not correct|syntax of the command is incorrect|directory name, or volume label syntax"
        r"|(?<!powershell')(?<!powershell.exe')(?<!powershell) is not recognized as an internal or external command",
        (SSH,),
        HOST,
        "the host's DefaultShell for SSH is cmd.exe, and the inventory says another",
        "set ansible_shell_type=cmd in the inventory",
    ),
    (
        r"is not recognized as the name of a cmdlet|CommandNotFoundException|not a valid statement separator"
        r"|[Uu]nexpected token|ParserError",
        (SSH,),
        HOST,
        "the host's DefaultShell for SSH is PowerShell, and the inventory says another",
        "set ansible_shell_type=powershell in the inventory",
    ),
    (
        r"'?powershell(?:\.exe)?'? is not recognized|powershell(?:\.exe)?: (?:command )?not found",
        None,
        HOST,
        "the host finds no PowerShell",
        "see that powershell.exe is there and on PATH; this collection works on Windows only",
    ),
    (
        r"Access is denied|UnauthorizedAccess",
        None,
        ACCOUNT,
        "the host denies the account access ({text})",
        "use an account that is an administrator there",
    ),
)

# What the host answered stands behind it with -vvv, and says more.
_NO_FOLDER = "Failed to create temporary directory"
_NO_FOLDER_TEXTS: tuple[Row, ...] = (
    *_HOST_TEXTS,
    (
        _NO_FOLDER,
        (SSH,),
        HOST,
        "the connection stands, and no folder for temporary files can be made on the host",
        "see that ansible_shell_type is the host's DefaultShell for SSH (cmd unless it was changed), then look at the"
        " account's profile and at the disk there; with -vvv Ansible shows what the host answered",
    ),
    (
        _NO_FOLDER,
        None,
        HOST,
        "the connection stands, and no folder for temporary files can be made on the host",
        "look at the account's profile and at the disk there; with -vvv Ansible shows what the host answered",
    ),
)

_CONNECTION = (*_CONTROLLER_TEXTS, *_TRUST_TEXTS, *_WAY_TEXTS, *_ACCOUNT_TEXTS, *_HOST_TEXTS[2:4])


def connection(error: object, way: Way) -> Cause | None:
    """Why a connection failed; None if its text tells nothing."""
    text = " ".join(str(error).split())
    rows = (*_CONNECTION, *_NO_FOLDER_TEXTS) if _NO_FOLDER in text else _CONNECTION
    cause = _proxy(text, way) or _sent_on(text, way) or _without_key(text, way) or _first(rows, text, way)
    is_of_another = way.port == _REMOTE_DESKTOP and not _first(_TRUST_TEXTS, text, way)
    return _of_remote_desktop(way) if cause and cause.culprit == WAY and is_of_another else cause


_REMOTE_DESKTOP = 3389


def _of_remote_desktop(way: Way) -> Cause:
    usual = _ports(way) or " (22 is usual)"
    what = f"port {_REMOTE_DESKTOP} is the one of Remote Desktop, not of {way.service}"
    return Cause(WAY, what, f"correct the port of the connection{usual}")


def _without_key(text: str, way: Way) -> Cause | None:
    """OpenSSH itself says at most in passing that it has no key, and then that it was refused."""
    if not way.no_key or "Permission denied" not in text:
        return None
    do = "correct ansible_ssh_private_key_file, or put the key there"
    return Cause(CONTROLLER, f"the key {way.no_key}, with which the account logs on, is not there", do)


def _sent_on(text: str, way: Way) -> Cause | None:
    """What answered, if it sent the call on to another place, at which it ended: WinRM does no such thing."""
    ended = re.search(r"Pool\(host='([^']+)', port=([0-9]+)\)", text) if way.transport in _HTTP else None
    if not ended or any(_proxies(way)):
        return None
    there = ended[1].strip("[]").lower()
    if there == way.address.strip("[]").lower() and way.port in (0, int(ended[2])):
        return None
    row = next(row for row in _WAY_TEXTS if row[3] == _NOT_WINRM)
    return Cause(WAY, f"{_NOT_WINRM}: it sends the call on to {ended[1]}:{ended[2]}", row[4])


def said_by_host(text: str, way: Way) -> Cause | None:
    """What a host means that ran the call and gave no answer; an empty text is an answer, too."""
    words = " ".join(text.split())
    if not words:
        return Cause(
            HOST,
            "PowerShell was ended before it answered; security software does that",
            "look at its log on the host, and ask for an exclusion",
        )
    return _first(_HOST_TEXTS, words, way)


def _first(rows: tuple[Row, ...], text: str, way: Way) -> Cause | None:
    for pattern, transports, culprit, what, do in rows:
        match = re.search(pattern, text) if not transports or way.transport in transports else None
        if match:
            words = _words(text, match, way)
            return Cause(culprit, what.format(**words), do.format(**words))
    return None


def _words(text: str, match: re.Match[str], way: Way) -> dict[str, str]:
    """What the sentences take from the case."""
    psrp = way.transport == PSRP
    certificate = "ansible_psrp_certificate" if psrp else "ansible_winrm_cert"
    listens = f"start the service {'sshd' if way.transport == SSH else 'WinRM'} there, or correct the port"
    return {
        "text": short(text),
        "match": next((group for group in match.groups() if group), match[0]),
        "address": way.address,
        "named": way.named,
        "port": str(way.port or (22 if way.transport == SSH else 5986)),
        "transport": way.transport,
        "pip": f"{sys.executable or 'python3'} -m pip",
        "package": "pypsrp" if psrp else "pywinrm",
        "ca_option": "ansible_psrp_ca_cert" if psrp else "ansible_winrm_ca_trust_path",
        "trust_option": "ansible_psrp_cert_validation" if psrp else "ansible_winrm_server_cert_validation",
        "scheme_option": "ansible_psrp_protocol" if psrp else "ansible_winrm_scheme",
        "auth_option": "ansible_psrp_auth" if psrp else "ansible_winrm_transport",
        "negotiate": "negotiate, " if psrp else "",
        "certificate_options": f"{certificate}_pem and {certificate}_key_pem",
        "listen": f"{listens}{_ports(way)}",
        "cut": "see that something on the way does not inspect it" + _scheme_doubt(way),
        "shell_limit": " (MaxMemoryPerShellMB limits each shell of WinRM)" if way.transport in _HTTP else "",
        "memory": (
            "raise MaxMemoryPerShellMB there (winrm get winrm/config/winrs)"
            if way.transport in _HTTP
            else "free memory there"
        ),
    }


def _ports(way: Way) -> str:
    return " (5985 is for HTTP, 5986 for HTTPS)" if way.transport in _HTTP else ""


def _scheme_doubt(way: Way) -> str:
    return ", and that the port is not one for HTTPS that is spoken to with HTTP" if way.transport in _HTTP else ""


def short(text: str) -> str:
    """The end of what was said, where the operating system speaks: libraries wrap it in words of their own."""
    said = re.search(r"\[Errno -?[0-9]+\] [A-Za-z ]+|\[SSL: [^\]]+\] [^(\[]+", text)
    words = said[0].strip() if said else text
    return (words[:200] + "…" if len(words) > 200 else words).rstrip(".")


# The controller's proxy -----------------------------------------------------------------------------------------------


def _proxy(text: str, way: Way) -> Cause | None:
    """What a proxy of the controller has to do with it: requests takes the environment's, and WinRM passes none."""
    if way.transport not in _HTTP:
        return None
    refused = re.search(
        r"ProxyError|SOCKS|[Cc]annot connect to proxy|[Uu]nable to connect to proxy|Tunnel connection failed", text
    )
    used = next(_proxies(way), None)
    answered = re.search(r"[Cc]ode:? (?:403|407|50[234])|not well-formed|syntax error: line|\b407 Proxy", text)
    if not refused and not (used and answered):
        return None
    named = f" ({used})" if used else ""
    return Cause(
        CONTROLLER,
        f"a proxy of the controller{named} stands in between and did not let the connection through ({short(text)})",
        f"add {way.address} to no_proxy where ansible-playbook is started",
    )


def _proxies(way: Way) -> Iterator[str]:
    """The variable that names the proxy for this way, without passwords."""
    if urllib.request.proxy_bypass(way.address):
        return
    for scheme in dict.fromkeys((way.scheme or "http", "https", "http", "all")):
        for name in (f"{scheme}_proxy", f"{scheme.upper()}_PROXY"):
            if os.environ.get(name):
                yield f"{name}={re.sub(r'//[^/@]*@', '//', os.environ[name])}"
