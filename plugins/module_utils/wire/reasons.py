# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""Names of the disconnect reasons that clients made with mstscax show: the one place where they stand.

Documented in https://learn.microsoft.com/windows/win32/termserv/imstscaxevents-ondisconnected (there with
``disconnectReason`` or ``SSL_ERR_`` before the name). A reason without a documented name is not here.
"""

from __future__ import annotations

NAMES = {
    0x0: "NoInfo",
    0x1: "LocalNotError",
    0x2: "RemoteByUser",
    0x3: "ByServer",
    0x104: "DNSLookupFailed",
    0x106: "OutOfMemory",
    0x107: "NoError",
    0x108: "ConnectionTimedOut",
    0x204: "SocketConnectFailed",
    0x206: "OutOfMemory2",
    0x208: "HostNotFound",
    0x304: "WinsockSendFailed",
    0x306: "OutOfMemory3",
    0x308: "InvalidIPAddr",
    0x404: "SocketRecvFailed",
    0x406: "InvalidSecurityData",
    0x408: "InternalError",
    0x506: "InvalidEncryption",
    0x508: "DNSLookupFailed2",
    0x604: "GetHostByNameFailed",
    0x606: "InvalidServerSecurityInfo",
    0x608: "TimerError",
    0x704: "TimeoutOccurred",
    0x706: "ServerCertificateUnpackErr",
    0x804: "InvalidIP",
    0x807: "SslErrLogonFailure",
    0x808: "LicensingFailed",
    0x904: "AtClientWinsockFDClose",
    0x906: "InternalSecurityError",
    0x908: "LicensingTimeout",
    0xA06: "InternalSecurityError2",
    0xA07: "SslErrNoSuchUser",
    0xB06: "EncryptionError",
    0xB07: "SslErrAccountDisabled",
    0xC06: "DecryptionError",
    0xC07: "SslErrAccountRestriction",
    0xC08: "ClientDecompressionError",
    0xD07: "SslErrAccountLockedOut",
    0xE07: "SslErrAccountExpired",
    0xF07: "SslErrPasswordExpired",
    0x1207: "SslErrPasswordMustChange",
    0x1607: "SslErrDelegationPolicy",
    0x1707: "SslErrPolicyNtlmOnly",
    0x1807: "SslErrNoAuthenticatingAuthority",
    0x1B07: "SslErrCertExpired",
    0x1C07: "SslErrSmartcardWrongPin",
    0x2107: "SslErrFreshCredRequiredByServer",
    0x2207: "SslErrSmartcardCardBlocked",
}
