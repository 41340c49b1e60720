"""Which processes are PostgreSQL's and work in a given data directory.

A number in a file proves nothing: after a restart of the machine or container it may belong to anybody. A process
counts as the server only if it exists, is no zombie, is a postgres, and works in the data directory.
"""

import os
import signal
import subprocess
import time
from pathlib import Path

from chronicle.database.embedded.accounts import Account
from chronicle.database.embedded.errors import StartError
from chronicle.database.embedded.programs import run

PID_FILE = "postmaster.pid"
STATUS_LINE = 7  # of the pid file, from 0: starting, stopping, ready, standby
NAME = "postgres"
HAS_PROC = Path("/proc/self/stat").exists()


def postmaster(data_dir: Path, account: Account) -> int | None:
    """The number of the live server's first process, if there is one."""
    lines = _pid_file(data_dir)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    return pid if is_postgres(pid) and works_in(pid, data_dir, account) else None


def is_ready(data_dir: Path) -> bool:
    """Whether the server has written that it accepts connections."""
    lines = _pid_file(data_dir)
    return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"


def is_postgres(pid: int) -> bool:
    """Whether it is a live process called postgres."""
    name, state = _name_and_state_in_proc(pid) if HAS_PROC else _name_and_state_by_ps(pid)
    return name == NAME and state not in {"Z", "X", ""}


def works_in(pid: int, data_dir: Path, account: Account) -> bool:
    """Whether the process works in this very directory."""
    try:
        return os.path.samefile(_working_directory(pid, account), data_dir)
    except OSError:  # one of the two is gone, or the process is somebody else's
        return False


def leftovers(data_dir: Path, account: Account) -> list[int]:
    """Processes of a server that works in this directory, or in a removed one that was here.

    The latter would remove the socket of its successor when it ends, a minute after it missed its files.
    """
    removed = f"{data_dir} (deleted)"
    return [
        pid
        for pid in _all_postgres()
        if works_in(pid, data_dir, account) or _working_directory(pid, account) == removed
    ]


def end_leftovers(data_dir: Path, account: Account, seconds: float = 15) -> None:
    """End what a killed server left behind, the way the server itself ends its children after a crash."""
    remaining = leftovers(data_dir, account)
    for pid in remaining:
        send(pid, signal.SIGQUIT)
    deadline = time.monotonic() + seconds
    while remaining := [pid for pid in remaining if is_postgres(pid)]:
        if time.monotonic() > deadline:
            raise StartError(
                f"Processes of an earlier PostgreSQL still work in {data_dir}: {', '.join(map(str, remaining))}. "
                "End them, then try again."
            )
        time.sleep(0.02)


def send(pid: int, number: signal.Signals) -> None:
    """Signal a process that has just been identified; that it ended in between is fine."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _pid_file(data_dir: Path) -> list[str]:
    try:
        return (data_dir / PID_FILE).read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _all_postgres() -> list[int]:
    if HAS_PROC:
        numbers = [int(entry.name) for entry in os.scandir("/proc") if entry.name.isdigit()]
    else:
        numbers = [int(number) for number in _output("ps", "-axo", "pid=").split()]
    return [pid for pid in numbers if is_postgres(pid)]


def _name_and_state_in_proc(pid: int) -> tuple[str, str]:
    try:
        line = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return "", ""
    name, _, rest = line.partition("(")[2].rpartition(")")  # a name may hold parentheses
    return name, rest.split()[0]


def _name_and_state_by_ps(pid: int) -> tuple[str, str]:
    state, _, command = _output("ps", "-o", "stat=,comm=", "-p", str(pid)).strip().partition(" ")
    return Path(command.strip()).name, state[:1]


def _working_directory(pid: int, account: Account) -> str:
    """Empty if it cannot be known."""
    if not HAS_PROC:
        lines = _output("lsof", "-a", "-p", str(pid), "-d", "cwd", "-Fn").splitlines()
        return next((line[1:] for line in lines if line.startswith("n")), "")
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except (FileNotFoundError, ProcessLookupError):
        return ""
    except PermissionError:
        return _working_directory_as(account, pid)


def _working_directory_as(account: Account, pid: int) -> str:
    """Ask as the server's user: root in a container may usually not look into processes of others."""
    if account.is_ours:
        return ""
    return run(["/bin/sh", "-c", 'readlink "/proc/$0/cwd"', str(pid)], account=account, timeout=30).stdout.rstrip("\n")


def _output(*command: str) -> str:
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False).stdout  # noqa: S603 - fixed programs, numbers as arguments
