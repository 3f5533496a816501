# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client's script (``rdp-client.ps1``) wrote or printed on a PC that Ansible does not reach."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientError, ClientFacts

VERSION = 1


class ClientBundleError(ValueError):
    """A file that cannot be used; the message is one clause with what to do."""


@dataclass(frozen=True)
class ClientBundle:
    """A client's answer, and the host that it was to look at, as its script was told."""

    facts: ClientFacts
    target: str
    server_name: str | None


def read(path: Path) -> ClientBundle:
    """Raises ``ClientBundleError``."""
    try:
        document = files.read_json(path, "run the script again", in_pieces=True)
    except files.FileProblem as problem:
        raise ClientBundleError(str(problem)) from problem
    is_one = isinstance(document, dict) and "client_bundle_version" in document
    if not is_one and (own := files.own_kind(document)):
        raise ClientBundleError(f"{path} {own}")
    if not is_one or document["client_bundle_version"] != VERSION:
        raise ClientBundleError(f"{path} is no bundle of a client of version {VERSION}; run rdp-client.ps1 again")
    target, name = document.get("target"), document.get("server_name")
    if not isinstance(target, str) or not isinstance(name, (str, type(None))):
        raise ClientBundleError(f"{path} does not say which host was looked at; run rdp-client.ps1 again")
    try:
        return ClientBundle(ClientFacts(document.get("client")), target, name or None)
    except ClientError as error:
        raise ClientBundleError(
            f"{path} has an answer that cannot be used ({error}); run rdp-client.ps1 again"
        ) from error
