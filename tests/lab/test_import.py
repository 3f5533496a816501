# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PFX comes into Wine's store My and its machine key set, and goes again.

Wine keeps machine keys in its registry, and no file's DACL: the file that the step opens for NETWORK SERVICE is a
stand-in, and that the DACL stays is left out of a copy of the script. It does not know the parameter with which .NET
has a key deleted (PP_DELETEKEYSET); that the file goes shows that the step came to it.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import pfx

from tests.hosts import importing
from tests.hosts.windows import fresh_key, key_file_name, make_certificate
from tests.tools.host_script import SCRIPT

from .prefix import RDP, Prefix, new_journal
from .steps import only, setting

# Where Wine keeps a machine's keys; one that is imported has the name of the user for a container.
KEYS = r"HKLM\SOFTWARE\Wine\Crypto\RSA"


def brought() -> pfx.Pfx:
    """What a controller sends: packed by the collection itself."""
    key = fresh_key()
    start = datetime.now(timezone.utc) - timedelta(days=1)
    der = make_certificate("rdp.example.test", key, start, start + timedelta(days=90), 4715)
    return pfx.read(importing.pfx(der, key, "geheim", der), "geheim", "one-time")


def step(op: str, thumbprint: str, **more: str) -> dict[str, Any]:
    return {"op": f"certificate.{op}", "store": "My", "thumbprint": thumbprint, **more}


def kept(host: Prefix) -> list[str]:
    """The certificates of the store."""
    found = host.snapshot("certificates")["sections"]["certificates"]["stores"]["My"]["certificates"]
    return [entry["thumbprint"] for entry in found]


def machine_keys(host: Prefix) -> str:
    return host.run("reg", "query", KEYS, "/s").out.decode()


@pytest.fixture
def stand_in(host: Prefix) -> Path:
    """The file of an imported key."""
    guid = host.snapshot("host")["sections"]["host"]["machine_guid"]
    folder = host.drive / "ProgramData" / "Microsoft" / "Crypto" / "RSA" / "MachineKeys"
    name = key_file_name("root", guid)
    (folder / name).write_bytes(b"")
    return folder / name


@pytest.fixture
def trusting(host: Prefix) -> Path:
    """The script without its last look at the DACL."""
    text = SCRIPT.read_text("ascii")
    look = "if ((Get-DaclText (ConvertFrom-Sddl $have)) -ne (Get-DaclText (ConvertFrom-Sddl $want))) {"
    assert look in text
    copy = host.path / "trusting.ps1"
    copy.write_text(text.replace(look, "if ($false) {"), "ascii")
    return copy


def test_what_is_imported_is_bound_and_goes_again_with_its_key(host: Prefix, stand_in: Path, trusting: Path) -> None:
    one = brought()
    thumbprint = one.entry.thumbprint
    pin = base64.b64encode(bytes.fromhex(thumbprint)).decode()
    steps = [step("import_pfx", thumbprint), setting("SSLCertificateSHA1Hash", pin, "binary")]
    journal = new_journal()
    answer = host.host(
        {
            "operation": "apply",
            "journal": journal,
            "steps": steps,
            "secrets": one.secrets,
            "sections": ["certificates", "key_files"],
        },
        trusting,
    )
    assert [told["status"] for told in answer["steps"]] == ["done", "done"], answer["steps"]
    assert answer["steps"][0]["before"] == {"present": False, "has_key": False, "path": None, "sddl": None}
    after = answer["steps"][0]["after"]
    assert (after["present"], after["has_key"]) == (True, True) and after["path"].endswith(stand_in.name)
    [entry] = answer["sections"]["certificates"]["stores"]["My"]["certificates"]
    assert (entry["thumbprint"], base64.b64decode(entry["der"])) == (thumbprint, one.entry.der)
    assert thumbprint in [file["thumbprint"] for file in answer["sections"]["key_files"]["files"]]
    assert "KeyExchangeKeyPair" in machine_keys(host), "the key is the machine's"
    file = host.drive / "ProgramData" / "winops.rdp" / "journal" / f"{journal['id']}.json"
    for secret in (*one.for_host.values(), "geheim"):
        assert secret not in file.read_text() and secret not in str(answer)

    back = [
        {"op": "registry.remove", "key": RDP, "name": "SSLCertificateSHA1Hash"},
        step("remove_imported", thumbprint, path=after["path"]),
    ]
    # The journal asks for the key that the import brought, and for no other.
    unnamed = host.apply(*back[:1], step("remove_imported", thumbprint), journal=new_journal(undoes=journal["id"]))
    assert (unnamed["reason"], unnamed["step"]) == ("refused_step", 1), unnamed
    undone = host.apply(*back, journal=new_journal(undoes=journal["id"]))
    assert [told["status"] for told in undone["steps"]] == ["done", "done"], undone["steps"]
    assert kept(host) == [] and not stand_in.exists()


def test_an_import_that_does_not_come_to_its_end_leaves_nothing(host: Prefix, stand_in: Path) -> None:
    """Without a file for the key, and with one whose DACL does not stay."""
    one = brought()
    call = {"steps": [step("import_pfx", one.entry.thumbprint)], "secrets": one.secrets}
    first = only(host.host({"operation": "apply", "journal": new_journal(), **call}))
    assert first["status"] == "failed" and "did not stay" in first["error"]["message"] and kept(host) == []
    assert not stand_in.exists()
    second = only(host.host({"operation": "apply", "journal": new_journal(), **call}))
    assert second["status"] == "failed" and "has no file" in second["error"]["message"] and kept(host) == []


def test_what_is_refused(host: Prefix) -> None:
    one = brought()
    thumbprint, other = one.entry.thumbprint, "AB" * 20
    wrong = {thumbprint: {**one.for_host, "password": "falsch"}}
    cases = [
        ([step("import_pfx", other)], one.secrets, "refused_step", "was not sent"),
        (
            [step("import_pfx", other)],
            {other: one.for_host},
            "preflight",
            f"what was sent is the certificate {thumbprint}",
        ),
        ([step("import_pfx", thumbprint)], wrong, "preflight", ""),
        ([step("import_pfx", thumbprint)], {thumbprint: {"pfx": "AAAA"}}, "bad_arguments", "secrets"),
        ([step("import_pfx", thumbprint)], [1], "bad_arguments", "secrets"),
        ([{**step("import_pfx", thumbprint), "store": "Root"}], one.secrets, "refused_step", "other than My"),
        ([step("remove_imported", thumbprint)], {}, "refused_step", "only an undo may"),
    ]
    calls = [
        {"operation": "apply", "journal": new_journal(), "steps": steps, "secrets": secrets}
        for steps, secrets, _reason, _words in cases
    ]
    for answer, (_steps, _secrets, reason, words) in zip(host.calls(*calls), cases):
        assert answer["reason"] == reason and words in answer["msg"], answer
        assert "falsch" not in str(answer) and one.for_host["pfx"] not in str(answer)
    assert kept(host) == []


def test_a_pinned_import_stays(host: Prefix, stand_in: Path, trusting: Path) -> None:
    one = brought()
    thumbprint, journal = one.entry.thumbprint, new_journal()
    call = {"operation": "apply", "journal": journal, "steps": [step("import_pfx", thumbprint)], "secrets": one.secrets}
    done = only(host.host(call, trusting))
    assert done["status"] == "done"
    out, back = step("remove_imported", thumbprint, path=done["after"]["path"]), new_journal(undoes=journal["id"])
    pin = base64.b64encode(bytes.fromhex(thumbprint)).decode()
    host.apply(setting("SSLCertificateSHA1Hash", pin, "binary"))
    told = only(host.apply(out, journal=back))
    assert told["status"] == "refused" and "listener" in told["error"]["message"], told
    assert kept(host) == [thumbprint]
    # By hand: a run's journal would go back to it.
    listener = r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp"
    host.must("reg", "delete", listener, "/v", "SSLCertificateSHA1Hash", "/f")
    # Nobody can look at a listener here: it goes where none runs.
    host.must("sc", "stop", "TermService")
    gone = only(host.apply(out, journal=new_journal(undoes=journal["id"])))
    assert gone["status"] == "done", gone["error"]
    assert gone["after"] == {"present": False, "has_key": False, "path": None, "sddl": None}
