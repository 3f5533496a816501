# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Providers of events, under the names that they log with."""

from __future__ import annotations

RCM = "Microsoft-Windows-TerminalServices-RemoteConnectionManager"
CORE = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"
SESSIONS = "Microsoft-Windows-TerminalServices-LocalSessionManager"
SCHANNEL = "Schannel"
TERMDD = "TermDD"
LSA = "LsaSrv"
NETLOGON = "NETLOGON"
SERVICE_CONTROL_MANAGER = "Service Control Manager"
UPDATES = "Microsoft-Windows-WindowsUpdateClient"
GROUP_POLICY = "Microsoft-Windows-GroupPolicy"
APPLICATION_ERROR = "Application Error"
ERROR_REPORTING = "Windows Error Reporting"
WINLOGON = "Microsoft-Windows-Winlogon"
PROFILES = "Microsoft-Windows-User Profiles Service"
# What requests a certificate from a CA, and the service that does so by itself.
ENROLL = "Microsoft-Windows-CertificateServicesClient-CertEnroll"
AUTOENROLL = "Microsoft-Windows-CertificateServicesClient-AutoEnrollment"
SECURITY = "Microsoft-Windows-Security-Auditing"
