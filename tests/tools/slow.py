# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of the host script in which what it asks is slow: WMI that never answers, a Security log of two gigabytes.

Neither can be had for real where these tests run: Wine's WMI answers at once, and its event logs cannot be read.
"""

from __future__ import annotations

import re

# The reader of a log in which nothing is found, or one hit in every so many records.
BIG_LOG_TYPE = r"""
if (-not ('Winops.BigLog' -as [type])) { Add-Type -TypeDefinition @'
namespace Winops {
  public class Record : System.IDisposable {
    public int Id = 4625; public string ProviderName = "P"; public System.DateTime TimeCreated = System.DateTime.UtcNow;
    public object[] Properties = new object[0]; public void Dispose() {}
  }
  // Two gigabytes: three million records, of which the service evaluates two hundred in a millisecond.
  public class BigLog : System.IDisposable {
    public static int EveryOne = 0; public int BatchSize; int left = 3000000; public bool Disposed;
    public Record ReadEvent(System.TimeSpan most) {
      var walk = EveryOne > 0 ? EveryOne : left;
      var needed = walk / 200;
      if (needed > most.TotalMilliseconds) {
        System.Threading.Thread.Sleep(most); throw new System.TimeoutException("EvtNext: 1460");
      }
      System.Threading.Thread.Sleep(needed); left -= walk;
      return left > 0 ? new Record() : null;
    }
    public void Dispose() {}
  }
}
'@ }
"""


def deadlines(script: str) -> tuple[int, int]:
    """Milliseconds that the script gives WMI and each log."""
    wmi = re.search(r"(?s)^\$Wmi = @\{\n  seconds = (\d+)", script, re.MULTILINE)
    log = re.search(r"(?m)^\$EventMilliseconds = (\d+)$", script)
    assert wmi and log, "the script names its deadlines otherwise than it did"
    return 1000 * int(wmi[1]), int(log[1])


def with_hanging_wmi(script: str) -> str:
    """The script on a host whose WMI takes ten minutes to refuse."""
    return _put(script, "foreach ($row in Get-CimInstance -Namespace", "Start-Sleep -Seconds 600\n")


def with_big_log(script: str) -> str:
    """The script on a host whose Security log is read as ``BIG_LOG_TYPE`` is; its other logs are not there."""
    question = re.compile(r"(?m)^  \$question = [^\n]*\n  \$question\.ReverseDirection[^\n]*\n")
    assert question.search(script)
    script = question.sub("", script)
    reader = "[Diagnostics.Eventing.Reader.EventLogReader]::new($question)"
    assert reader in script
    simulated = "$(if ($log -eq 'Security') { [Winops.BigLog]::new() } else { throw 'empty' })"
    return script.replace(reader, simulated)


def _put(script: str, before: str, what: str) -> str:
    assert before in script
    return script.replace(before, what + before)
