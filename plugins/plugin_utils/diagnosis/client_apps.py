# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Remote Desktop clients for Windows and updates that matter to them: what this collection knew on which day.

This ages. Each entry names the day and the public page that it is from; findings and results show the day.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import packed

# The day on which the entries were last compared with their sources.
AS_OF = "2026-11-26"
# Where the successor comes from.
WINGET_ID, STORE_ID = "Microsoft.WindowsApp", "9N1F85V9T8BN"
# Microsoft's link to its package (MSIX, x64), for who has neither winget nor the Store; of an MSI nothing is known:
# https://learn.microsoft.com/windows-app/whats-new?tabs=windows
PACKAGE_URL = "https://go.microsoft.com/fwlink/?linkid=2262633"
WINGET_PACKAGE = "Microsoft.DesktopAppInstaller"


@dataclass(frozen=True)
class App:
    """One client: how it is recognised, the last version known, and since when it is retired (None: it is not).

    ``package`` is the name of a packaged app, ``upgrade_code`` that of an MSI, both the same in every language.
    """

    name: str
    source: str
    package: str | None = None
    upgrade_code: str | None = None
    last_version: str | None = None
    last_source: str | None = None
    retired: str | None = None


WINDOWS_APP = App(
    "Windows App",
    "https://learn.microsoft.com/windows-app/overview",
    package="MicrosoftCorporationII.Windows365",
    last_version="2.0.1375.0",
    last_source="https://github.com/microsoft/winget-pkgs/tree/master/manifests/m/Microsoft/WindowsApp",
)
STORE_APP = App(
    "Remote Desktop (the Store app)",
    "https://techcommunity.microsoft.com/blog/windows-itpro-blog"
    "/windows-app-to-replace-remote-desktop-app-for-windows/4390893",
    package="Microsoft.RemoteDesktop",
    # What somebody had installed in 2026; no page of Microsoft's names the last one.
    last_version="10.2.4012.0",
    last_source="https://github.com/serpinsky/appx-backup",
    retired="2025-05-27",
)
MSI_CLIENT = App(
    "Remote Desktop (the MSI client, msrdc)",
    "https://learn.microsoft.com/graph/api/cloudpcreports-retrievecloudpcclientappusagereport",
    upgrade_code="{F35D4E51-0F33-426C-B8A8-3ECF4ADBFC5F}",
    last_version="1.2.7214.0",
    last_source="https://www.cve.org/CVERecord?id=CVE-2026-42909",
    retired="2026-03-27",
)
APPS = (WINDOWS_APP, STORE_APP, MSI_CLIENT)
# Packages that are asked for: the apps, and what brings winget along.
PACKAGES = [app.package for app in APPS if app.package] + [WINGET_PACKAGE]
UPGRADE_CODES = {packed(app.upgrade_code): app for app in APPS if app.upgrade_code}


@dataclass(frozen=True)
class Update:
    """A defect of Windows builds as a client: from which revision to which (not included) of which builds.

    ``fixed`` None: nothing is known that repairs it.
    """

    what: str
    builds: tuple[int, ...]
    since: int
    fixed: int | None
    brought_by: str
    fixed_by: str | None
    source: str

    def concerns(self, build: int | None, revision: int | None) -> bool:
        if build not in self.builds or revision is None or revision < self.since:
            return False
        return self.fixed is None or revision < self.fixed


UPDATES = (
    Update(
        "the prompt for credentials fails, in Windows App above all",
        (26100, 26200),
        7623,
        7627,
        "KB5074109",
        "KB5077744",
        "https://support.microsoft.com/help/5077744",
    ),
    Update(
        "the prompt for credentials fails, in Windows App above all",
        (19044, 19045),
        6809,
        6811,
        "KB5073724",
        "KB5077796",
        "https://support.microsoft.com/help/5077796",
    ),
    Update(
        "sessions over UDP to older hosts end after about 65 seconds",
        (26100,),
        3037,
        3624,
        "KB5050094",
        "KB5053656",
        "https://support.microsoft.com/help/5053656",
    ),
)
