# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the model's services are stopped and started by a step, and the task that stands behind a stop.

``behaviour`` has what goes wrong: ``hangs`` names services whose stop ends long after its time, ``arrives`` is a
session that begins after the snapshot, ``no_tasks`` a host without a task scheduler, ``no_compiler`` one where nobody
can tell who is logged on.
"""

from __future__ import annotations

from typing import Any

from tests.hosts.windows import RUNNING, STOP_PENDING, STOPPED, Windows

GUARDED = ("TermService", "SessionEnv")
START_ONLY = ("KeyIso", "CryptSvc")
TIMED_OUT = -2146233083
DEPENDENTS_RUNNING, TAKES_NO_STOP, CANNOT_START = 1051, 1061, 1058


class Win32(Exception):
    """A step's failure, with its number."""

    status = "failed"

    def __init__(
        self, number: int, kind: str = "System.ComponentModel.Win32Exception", text: str | None = None
    ) -> None:
        super().__init__(text or str(number))
        code = -2147024896 | number if 0 < number < 65536 else number
        self.error = {"code": code, "type": kind, "message": text or f"error {number}"}


class NotEmpty(Win32):
    """Somebody is connected, or nobody can tell; or what is to be taken is still in use."""

    status = "refused"

    def __init__(self, text: str, number: int = 4320) -> None:
        super().__init__(number, text=text)


class Cut(Exception):
    """The host dies here."""


def cut_here(host: Windows, point: str) -> None:
    """The host dies at this point of a step if a test wants it to."""
    host.changed()
    wanted = host.volatile.get("cut_at")
    if wanted and point in ((wanted,) if isinstance(wanted, str) else wanted):
        raise Cut


def check(error: int) -> None:
    if error:
        raise Win32(error)


def arm(host: Windows, name: str) -> None:
    """Note what stands behind the stop of a service: ``armed``, ``left_out`` or ``failed``."""
    if name not in GUARDED or host.service(name)["state"] == STOPPED:
        return
    host.volatile["safety_task"] = "left_out"
    if not host.volatile["safety_wanted"]:
        return
    host.volatile["safety_task"] = "failed"
    if not host.data["behaviour"].get("no_tasks"):
        running = [row["name"] for row in host.dependent_rows(name) if row["state"] != STOPPED]
        host.data["tasks"] = list(dict.fromkeys([name, *running, *host.data["tasks"]]))
        host.volatile["safety_task"] = "armed"
    host.changed()


def update_task(host: Windows, stopped: str | None = None) -> None:
    """The task stands for what is down and can be started, and for nothing that a step was to stop."""
    meant = [stopped, *(row["name"] for row in host.dependent_rows(stopped))] if stopped else []
    host.data["tasks"] = [
        name
        for name in host.data["tasks"]
        if name not in meant and row_of(host, name)["state"] != RUNNING and not host.start_fault(name)
    ]


def row_of(host: Windows, name: str) -> dict[str, Any]:
    row: dict[str, Any] = host.foreign.get(name) or host.service(name)
    return row


def expect_nobody(host: Windows, step: dict[str, Any]) -> None:
    if not step.get("expect_empty") or step["service"] != "TermService":
        return
    if host.data["behaviour"].get("no_compiler"):
        raise NotEmpty("Who is logged on could not be read, so TermService was not stopped.")
    if late := host.data["behaviour"].get("arrives"):
        host.data["sessions"].append(late)
    people = [
        f"{session['user']} in session {session['id']}"
        for session in host.data["sessions"]
        if session["state"] != 4 and (session["station"] or "").lower() != "console"
    ]
    if people:
        raise NotEmpty(f"TermService was not stopped: {len(people)} logged on ({', '.join(people)}).")


def expect_startable(host: Windows, name: str) -> None:
    why = host.start_fault(name)
    if why and host.service(name)["state"] != STOPPED:
        raise NotEmpty(f"{name} was not stopped: it could not start again, for it {why}.", CANNOT_START)


def expect_back(host: Windows, step: dict[str, Any]) -> None:
    """Nothing that runs is stopped for good."""
    for row in host.dependent_rows(step["service"]) if step.get("expect_back") else ():
        why = host.start_fault(row["name"])
        if row["state"] != STOPPED and why:
            text = f"{row['name']} depends on it and could not start again, for it {why}."
            raise NotEmpty(f"{step['service']} was not stopped: {text}", DEPENDENTS_RUNNING)


def stop(host: Windows, name: str) -> list[str]:
    """Stop a service and its dependents; what was stopped is the answer. One that hangs brings the others back."""
    for row in host.dependent_rows(name):
        if row["name"] in host.data["behaviour"].get("hangs", ()) and row["state"] == RUNNING:
            row_of(host, row["name"])["state"] = STOP_PENDING
            text = f"The service {row['name']} did not reach state 1 in time"
            raise Win32(TIMED_OUT, "System.TimeoutException", text)
    if name not in host.data["behaviour"].get("hangs", ()):
        return host.stop(name)
    if host.running(name):
        host.service(name)["state"] = STOP_PENDING
        raise Win32(TIMED_OUT, "System.TimeoutException")
    return []


def stop_for_good(host: Windows, step: dict[str, Any]) -> None:
    """The stop that takes a start back: nothing of another maker goes down with it."""
    name = step["service"]
    arm(host, name)
    try:
        expect_nobody(host, step)
        others = [row["name"] for row in host.dependent_rows(name) if row["state"] != STOPPED]
        lost = " and ".join(other for other in others if other in host.foreign)
        if lost and step.get("expect_back"):
            raise NotEmpty(f"{name} was not stopped: {lost} would go down with it.", DEPENDENTS_RUNNING)
        stop(host, name)
    except Win32:
        update_task(host)
        raise
    update_task(host, name)


def restart(host: Windows, step: dict[str, Any]) -> None:
    """What ran runs again. The task behind the stop goes with it, and stays where it does not.

    One that depends on the service and does not start is no failure of the restart, nor is a stop that did not come
    about where the service runs on.
    """
    name = step["service"]
    arm(host, name)
    try:
        expect_nobody(host, step)
        expect_startable(host, name)
        expect_back(host, step)
        down = stop(host, name)
        cut_here(host, f"{name}.stopped")
        check(host.start(name))
        for other in reversed(down):
            host.start(other)
    except Win32 as problem:
        update_task(host)
        if problem.status == "refused" or not host.running(name):
            raise
        raise NotEmpty(f"{name} was not restarted: {problem.error['message']}", TAKES_NO_STOP) from problem
    update_task(host)


def minutes_later(host: Windows) -> None:
    """What hung in its stop has stopped by now, and a task that stands starts its services."""
    for name in (*host.data["services"], *host.foreign):
        if row_of(host, name)["state"] == STOP_PENDING:
            row_of(host, name)["state"] = STOPPED
    for name in host.data["tasks"]:
        host.start(name)
    host.data["tasks"] = []
    host.changed()
