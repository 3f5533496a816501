# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder of machine keys."""

from __future__ import annotations

from tests.hosts.changes import folder_descriptor, program_data_moved
from tests.hosts.scenarios.model import Scenarios

SCENARIOS = Scenarios()
add = SCENARIOS.add

add(
    "folder_hardened",
    "MachineKeys was hardened",
    "machine_keys.folder_hardened",
    folder_descriptor("O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"),
)
add("program_data", "ProgramData was moved", "machine_keys.misplaced", program_data_moved, repairable=False)
add(
    "folder_denies_system",
    "the folder of keys denies SYSTEM",
    "machine_keys.system_denied",
    folder_descriptor("O:SYG:SYD:PAI(D;;0x2;;;SY)(A;;0x12019f;;;WD)(A;;FA;;;BA)"),
    repairable=False,
)
add(
    "folder_denies_everyone",
    "the folder of keys denies everyone",
    "machine_keys.system_denied",
    folder_descriptor("O:SYG:SYD:PAI(D;;0x2;;;WD)(A;;0x12019f;;;WD)(A;;FA;;;BA)"),
    repairable=False,
)
