# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""What parsers raise."""

from __future__ import annotations


class Malformed(ValueError):
    """Bytes that break the rules of the protocol they claim to be. The message is one clause without a full stop."""


class Excessive(Malformed):
    """More than any server needs: bytes, records, or a key whose size serves only to cost time.

    Nothing of it may be worked on further.
    """


class NotRdp(ValueError):
    """Bytes that do not begin as RDP does.

    ``protocol`` names what they look like, or is None; ``data`` is how they begin.
    """

    def __init__(self, data: bytes, protocol: str | None) -> None:
        super().__init__(f"the answer is {protocol or 'not RDP'}, it begins with {data[:16].hex()}")
        self.data = data
        self.protocol = protocol
