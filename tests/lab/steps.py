# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps for a host of the lab, and what other programs say of it."""

from __future__ import annotations

from typing import Any

from .prefix import RDP, Prefix


def setting(name: str, data: Any, type: str = "dword", key: str = RDP) -> dict[str, Any]:
    return {"op": "registry.set", "key": key, "name": name, "type": type, "data": data}


def running(verb: str, service: str, timeout_s: int = 20) -> dict[str, Any]:
    return {"op": f"service.{verb}", "service": service, "timeout_s": timeout_s}


def state(host: Prefix, service: str) -> int:
    out = host.must("sc", "query", service).decode()
    return int(out.split("STATE")[1].split(":")[1].split()[0])


def value(host: Prefix, key: str, name: str) -> str | None:
    ran = host.run("reg", "query", key, "/v", name)
    return ran.out.decode().split(name, 1)[1].strip() if ran.code == 0 else None


def only(answer: dict[str, Any]) -> dict[str, Any]:
    assert not answer.get("failed"), answer
    [step] = answer["steps"]
    assert isinstance(step, dict)
    return step
