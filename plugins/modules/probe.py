#!/usr/bin/python
# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: probe
short_description: Look at Remote Desktop listeners as a client does
version_added: 0.1.0
description:
  - Connects as a Remote Desktop client would, one step after the other, and says at which step and how it ends.
    Nothing is logged on, no credentials are
    sent, and nothing is changed.
  - With O(account) it also says whether the listener lets that account in, by going through Network Level
    Authentication (CredSSP) with it, and ends before a session begins. That runs on the controller alone.
  - Looks from where it runs. In a play on Windows hosts and with a local connection that is the controller; with
    O(ignore:delegate_to) it is any host that has
    Python 3.9 or later, with no further packages.
  - A host that lets no client in is a result, not a failure of the task.
options:
  host:
    description:
      - Name or address of the host. In a play on Windows hosts it defaults to the address that Ansible itself uses.
    type: str
  port:
    description: Port of the listener, from 1 to 65535. With O(targets), the port of those that name none.
    type: int
    default: 3389
  targets:
    description:
      - Several hosts instead of one, each as a name, an address, V(host:port), V([IPv6]:port), or a network as
        V(192.0.2.0/24) or V(192.0.2.0/24:3390).
      - Of an IPv4 network, network and broadcast address are left out.
    type: list
    elements: str
  max_targets:
    description: More targets than this are refused before anything is sent.
    type: int
    default: 16384
  timeout:
    description: Seconds for each step of each connection, from 0.05 to 120.
    type: float
    default: 5.0
  deadline:
    description: Seconds for all that is asked of one host. What has been seen by then is the result.
    type: float
    default: 30.0
  total_deadline:
    description: Seconds for all targets. Those not finished by then are listed in RV(unfinished).
    type: float
  concurrency:
    description: How many hosts are looked at at the same time. It is lowered to what the process may have open.
    type: int
    default: 2048
  spacing:
    description:
      - Seconds to wait between two connections to the same host. There is never more than one at a time, and the next
        begins when the host has closed
        the last.
    type: float
    default: 0.0
  depth:
    description:
      - V(client) makes only the connection that a client makes.
      - V(full) also asks for every protocol by itself, for the oldest version of TLS and for the encryption methods,
        with a dozen connections at most.
    type: str
    choices: [client, full]
    default: full
  server_name:
    description:
      - Name to send in TLS and to compare the certificate with. Without it, O(host), which is not sent if it is an
        address.
    type: str
  load_balance_info:
    description: Routing token of a Connection Broker or load balancer, for example V(tsv://MS Terminal Services
      Plugin.1.Farm).
    type: str
  results_path:
    description:
      - File on the host where the probe runs that gets each result of O(targets) as one line of JSON as soon as it is
        there, so that nothing is lost when
        the run is interrupted. An older file is overwritten.
    type: path
  gateway:
    description:
      - A Remote Desktop Gateway to look at instead of a host, as a name, an address, or V(name:port); the port is 443
        unless it is given. No account is needed, and none is sent without O(account).
    type: str
  account:
    description:
      - An account to try, as V(DOMAIN\\name) or V(name@domain), once the look has come as far as the logon. With
        O(password) by NTLM, without it by Kerberos with the controller's ticket of this account.
      - Each attempt counts for the account like any logon. An account that is not accepted is not tried again in the
        same run of Ansible, on any host, for accounts lock.
      - It needs O(fingerprints), and the Python package C(pyspnego) on the controller. In check mode no account is
        tried.
    type: str
  password:
    description:
      - The password of O(account). It is used on the controller to answer the host's challenge; it is not sent
        itself, but with O(send_credentials). Keep it in a vault, and set C(no_log) on the task.
    type: str
  connection_account:
    description: Try the account of Ansible's own connection to the host instead of O(account).
    type: bool
    default: false
  fingerprints:
    description:
      - SHA-1 thumbprints or SHA-256 fingerprints of the certificates that are the host's own. With any other
        certificate nothing of the account is sent, since what answers may be a stranger.
      - Take them from the host itself, for example with M(winops.rdp.facts), not from a look from outside.
    type: list
    elements: str
  send_credentials:
    description:
      - Bring CredSSP to its end, that is, send user name and password, encrypted for a server that has proved to hold
        the key of its certificate, as every client does for a session. Windows then says whether the account has the
        right to log on through Remote Desktop (RV(logon.authorized)).
      - They are sent only where that answer comes, which takes Network Level Authentication with early authorization,
        and O(password).
    type: bool
    default: false
  max_hosts:
    description: On how many hosts an account may be tried in one run of Ansible. Beyond that it is not tried.
    type: int
    default: 3
  via:
    description:
      - Hosts of the inventory from which to look at O(host), one after the other; V(localhost) is the controller. A
        Windows host looks with PowerShell, every other needs Python 3.9. The account is the one that a task with
        C(delegate_to) would have there. Nothing that is of the task's host is sent to one, such as its password or the
        C(environment); where a variable of its connection cannot be resolved, nothing is.
      - Each makes the connection that a client makes (as O(depth=client)), and RV(comparison) says what makes the
        difference. Where none of them can look, the task fails. docs/vantage.md of the collection explains it.
    type: list
    elements: str
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the target.
    support: full
    details: It never changes anything.
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in C(check_mode)), when in diff
      mode.
    support: none
    details: It never changes anything.
  platform:
    description: Target OS/families that can be operated against.
    support: full
    platforms: posix
  action:
    description: Indicates this has a corresponding action plugin so some parts of the options can be executed on the
      controller.
    support: full
  async:
    description: Supports being used with the C(async) keyword.
    support: none
    details: O(total_deadline) bounds a long sweep, and O(results_path) keeps what it has found.
requirements:
  - Python 3.9 or later where it runs, nothing else
  - the Python package C(cryptography) on the controller (ansible-core brings it along), to read the certificate
  - the Python package C(pyspnego) on the controller to try an account, with C(pyspnego[kerberos]) for a ticket
notes:
  - Each connection leaves a trace in the host's event log, as every connection does.
  - What each pair of RV(probe.stage) and RV(probe.outcome) points to is explained in docs/probe.md of the collection.
author:
  - winops.rdp contributors (@winops)
seealso:
  - module: winops.rdp.diagnose
"""

EXAMPLES = r"""
- name: See what a client sees
  winops.rdp.probe:
    host: srv01.example.com
  delegate_to: localhost
  register: seen

- name: Fail if no client gets in
  ansible.builtin.assert:
    that: seen.probe.stage == 'session' and seen.probe.outcome == 'ok'
    fail_msg: "{{ seen.probe.stage }}: {{ seen.probe.detail }}"

- name: It works from here and not from there
  winops.rdp.probe:
    host: srv01.example.com
    via: [localhost, jumphost, pc-17]
  delegate_to: localhost
  register: seen

- name: Look at a network, from a host inside it
  winops.rdp.probe:
    targets:
      - 192.0.2.0/24
      - gateway.example.com:3390
    depth: client
    total_deadline: 120
  delegate_to: jumphost
  register: swept

- name: See whether an account gets in
  winops.rdp.probe:
    account: CORP\helpdesk
    password: "{{ vault_helpdesk_password }}"
    fingerprints: "{{ rdp_certificates }}"
  register: tried
  no_log: true

- name: Look at a gateway as a client meets it
  winops.rdp.probe:
    gateway: gateway.example.com
  delegate_to: localhost

- name: List what lets nobody in
  ansible.builtin.debug:
    msg: "{{ item.host }}: {{ item.detail }}"
  loop: "{{ swept.probes | rejectattr('outcome', 'eq', 'ok') }}"
  loop_control:
    label: "{{ item.host }}"
"""

RETURN = r"""
probe:
  description: What was seen, with O(host).
  returned: when O(host) is used without O(via)
  type: dict
  contains: &result
    schema_version:
      description: Version of this structure.
      type: int
      sample: 1
    host:
      description: The host as it was asked for.
      type: str
    port:
      description: The port.
      type: int
    time:
      description: When it was looked at, UTC.
      type: str
    address:
      description: The address that answered, or null.
      type: str
    addresses:
      description: All addresses of the host, each with C(address) and C(outcome) (null if it was not tried).
      type: list
      elements: dict
    source:
      description: The address from which it was looked at, or null where no way led to the host.
      type: str
    stage:
      description:
        - Where it ended, V(name) (name resolution), V(tcp), V(negotiation) (X.224), V(tls), V(credssp), or V(session).
        - V(session) with outcome V(ok) means that a client gets in as far as the logon. With Network Level
          Authentication the server has sent its challenge,
          otherwise it has answered the request for a conference.
      type: str
      sample: tls
    outcome:
      description:
        - How it ended, V(ok), V(unresolved), V(refused), V(unreachable), V(timeout) (no TCP answer), V(silent)
          (connected, but not enough was said in time),
          V(closed) (FIN), V(reset) (RST), V(alert) (TLS alert, from either side), V(denied) (the server refused in the
          protocol's own words), V(not_rdp)
          (something else answers), or V(malformed).
      type: str
      sample: reset
    failure:
      description:
        - Null, or C(kind) (V(resolver), V(errno), V(negotiation), V(tls_alert), V(tls), V(ntstatus), V(mcs),
          V(spnego), V(mcs_result),
          V(x224), V(protocol), V(bytes)),
          C(number) and C(name) in that kind's own numbering, for alerts C(sender) (V(server) or V(client)), and C(hex)
          with the first bytes of an answer
          that is none.
      type: dict
      sample: {"kind": "negotiation", "number": 5, "name": "HYBRID_REQUIRED_BY_SERVER"}
    detail:
      description: One sentence on how it ended.
      type: str
    selected:
      description: What the server selected of the protocols that a client asks for, one of the names in
        RV(probe.offered), or null.
      type: str
    offered:
      description:
        - For V(rdp), V(tls), V(nla), V(nla_ex), V(rdstls) and V(aad), whether the server selects it when asked, true
          or false, or null if that is not known.
      type: dict
    nla:
      description: Whether Network Level Authentication is V(required), V(optional) or V(unavailable), or null if that
        is not known.
      type: str
    tls:
      description:
        - Null, or C(version), C(cipher), C(lowest_version) (the oldest accepted, with full depth), C(modern) (whether
          a current client finishes the handshake)
          and C(weaknesses).
      type: dict
    certificate:
      description:
        - Null, or the certificate presented. C(der) (base64), C(sha1), C(sha256), C(subject), C(issuer),
          C(common_name), C(sans), C(serial), C(not_before),
          C(not_after), C(days_left), C(self_signed), C(key_type), C(key_bits), C(key_curve), C(spki_sha256),
          C(signature_hash), C(signature_oid), C(eku),
          C(key_usage), C(ca), C(name_matches), C(weaknesses) and C(errors).
      type: dict
    identity:
      description:
        - Null, or what the CredSSP challenge says of the host. C(target), C(computer), C(domain), C(dns_computer),
          C(dns_domain), C(dns_forest),
          C(os_version), C(build), C(product) (a hint from the build), C(clock), C(clock_skew_seconds) (its clock minus
          that of the prober) and
          C(credssp_version).
      type: dict
    encryption:
      description:
        - Null, or what the server chooses for standard RDP security where it offers it. C(method) and C(level) with
          C(method_number) and
          C(level_number), C(methods) (which of V(40-bit), V(56-bit), V(128-bit) and V(FIPS) the server agrees to) and
          C(key_bits).
      type: dict
    rdp_version:
      description: Versions of the protocol that the answer to the request for a conference stands for, or null.
      type: str
      sample: 5.0 to 8.1
    client_view:
      description:
        - What mstsc shows, C(code), C(extended), C(name), C(text), and C(certainty) of that (V(documented),
          V(inferred) or V(unconfirmed)).
      type: dict
      sample: {"code": "0x904", "extended": "0x7", "name": "AtClientWinsockFDClose", "certainty": "inferred"}
    timing_ms:
      description: Milliseconds for each stage of the client's connection, and C(total) for everything.
      type: dict
    connections:
      description: How many connections were made.
      type: int
logon:
  description:
    - What came of trying an account. Nothing in it names the account.
  returned: when O(account) or O(connection_account) is used
  type: dict
  contains:
    outcome:
      description:
        - V(accepted), V(refused), V(unknown) (it was tried, and the server said neither yes nor no), or V(not_tried)
          (nothing of it was sent).
      type: str
      sample: refused
    reason:
      description: Why it was not accepted, in one word; docs/probe.md lists them. Null if it was.
      type: str
      sample: locked
    detail:
      description: One sentence.
      type: str
    status:
      description: Null, or C(kind) (V(ntstatus), V(krb5), V(spnego), V(early_authorization)), C(number) and C(name).
      type: dict
      sample: {"kind": "ntstatus", "number": 3221226036, "name": "STATUS_ACCOUNT_LOCKED_OUT"}
    mechanism:
      description: V(ntlm) or V(kerberos).
      type: str
    credssp_version:
      description: The version that both sides speak, or null. Before 5 the binding to the key can be forged
        (CVE-2018-0886).
      type: int
    server_proved_key:
      description: Whether the server proved that it holds the key of the certificate it presented.
      type: bool
    account_sent:
      description: Whether anything of the account was sent, so that the attempt counts.
      type: bool
    credentials_sent:
      description: Whether user name and password themselves were sent, encrypted.
      type: bool
    authorized:
      description: Whether the account has the right to log on through Remote Desktop, or null if that was not said.
      type: bool
    certificate_sha256:
      description: SHA-256 of the certificate presented, or null.
      type: str
    client_view:
      description: Null, or what mstsc shows for a refusal, as RV(probe.client_view).
      type: dict
gateway:
  description: What was seen of a gateway.
  returned: when O(gateway) is used
  type: dict
  contains:
    schema_version:
      description: Version of this structure.
      type: int
      sample: 1
    host:
      description: The gateway as it was asked for.
      type: str
    port:
      description: The port.
      type: int
    time:
      description: When it was looked at, UTC.
      type: str
    address:
      description: The address that answered, or null.
      type: str
    stage:
      description: Where it ended, V(name), V(tcp), V(tls) or V(http).
      type: str
      sample: http
    outcome:
      description:
        - How it ended, as RV(probe.outcome). V(http) with outcome V(ok) means that a gateway asks for an account on at
          least one transport; V(denied) that it answers on none as a gateway does.
      type: str
      sample: ok
    failure:
      description: Null, or as RV(probe.failure), with the kind V(http) for a status of HTTP.
      type: dict
    detail:
      description: One sentence on how it ended.
      type: str
    tls:
      description: Null, or C(version), C(cipher) and C(weaknesses).
      type: dict
    certificate:
      description: Null, or the certificate presented, as RV(probe.certificate).
      type: dict
    trusted:
      description:
        - Null, or whether the machine that looks trusts the certificate's chain (C(ok)), with OpenSSL's C(number) and
          C(reason) if not. Its name is judged apart, in the certificate's C(name_matches).
      type: dict
      sample: {"ok": false, "number": 18, "reason": "self-signed certificate"}
    transports:
      description:
        - How V(http) (RDG_OUT_DATA), V(websocket) (the same with an upgrade) and V(rpc) (RPC over HTTP) answer, each
          null or C(answer), C(status) (of HTTP), C(authentication) and C(detail).
        - C(answer) is V(asks_for_account), V(open), V(forbidden), V(absent), V(verb_refused), V(proxy),
          V(redirected), V(unavailable), V(other), or how the connection ended (V(closed), V(reset), V(silent), ...).
      type: dict
    authentication:
      description: The ways to log on that are offered, as the gateway writes them.
      type: list
      elements: str
      sample: ["Negotiate", "NTLM"]
    server:
      description: What the server calls itself, or null.
      type: str
    client_codes:
      description: The codes that clients may show for this, each with C(code), C(text) and C(certainty).
      type: list
      elements: dict
    connections:
      description: How many connections were made.
      type: int
    timing_ms:
      description: Milliseconds for everything, as C(total).
      type: dict
probes:
  description: What was seen of each host, in the order of O(targets); each as RV(probe).
  returned: when O(targets) is used
  type: list
  elements: dict
  contains: *result
counts:
  description: How many targets ended at each stage and outcome.
  returned: when O(targets) is used
  type: dict
  sample: {"session/ok": 291, "tls/reset": 9}
unfinished:
  description: Targets that have no result, because the time was up or the run was interrupted.
  returned: when O(targets) is used
  type: list
  elements: str
ended:
  description: V(complete), V(total_deadline) or V(interrupted).
  returned: when O(targets) is used
  type: str
looks:
  description: What was seen from each host of O(via), each as RV(probe); null where it could not look.
  returned: when O(via) is used
  type: dict
comparison:
  description:
    - The looks side by side, with C(points_to) (what makes the difference, V(nothing), V(host), V(resolver), V(path),
      V(proxy), V(tls_policy), V(authentication) or V(unknown)), C(certificates) (V(same), V(inspection), V(farm) or
      V(none)), C(gets_in), C(kept_out), C(unasked), C(looks) (a line for each place) and C(summary).
  returned: when O(via) is used
  type: dict
via_errors:
  description: Why a host of O(via) gave no look, by host.
  returned: when O(via) is used
  type: dict
summary:
  description: What was seen, in one line. A sentence for each host, or numbers where there are many.
  returned: success
  type: str
  sample: "rdp.example.com:3389: name: unresolved: It does not resolve; see docs/causes/network.md#network.name"
msg:
  description: The same as RV(summary), or on failure which option cannot be used, and why.
  returned: always
  type: str
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.winops.rdp.plugins.module_utils.probe.options import (
    ARGUMENT_SPEC,
    MUTUALLY_EXCLUSIVE,
    REQUIRED_BY,
    OptionError,
    check,
)
from ansible_collections.winops.rdp.plugins.module_utils.probe.result import run_probe


def main() -> None:
    module = AnsibleModule(
        argument_spec=ARGUMENT_SPEC,
        mutually_exclusive=MUTUALLY_EXCLUSIVE,
        required_by=REQUIRED_BY,
        supports_check_mode=True,
    )
    try:
        targets = check(module.params)
    except OptionError as error:
        module.fail_json(msg=str(error))
    result = run_probe(module.params, targets)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
