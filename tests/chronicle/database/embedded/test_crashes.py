import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

import psycopg
import pytest

from chronicle.database.embedded import Server, places, processes, programs

from .scenes import finish, kill_hard, postmaster, python, query, state, until


def write_stale_files(server: Server, pid: int) -> None:
    """What a killed server leaves behind, with the number of somebody else."""
    lines = [str(pid), str(server.data_dir), "1700000000", "5432", str(server.socket_dir), "", " 1234567 3", "ready   "]
    text = "\n".join(lines) + "\n"
    for path in (server.data_dir / "postmaster.pid", server.socket_dir / f"{places.SOCKET}.lock"):
        path.write_text(text)
        os.chown(path, server.account.uid, server.account.gid)


def test_killed_server_is_started_again_with_what_was_committed(running: Server) -> None:
    query(running, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS number", user="postgres")

    for _ in range(3):
        kill_hard(postmaster(running))
        assert running.ensure_running() is True

    assert query(running, "SELECT number FROM kept", user="postgres") == [(7,)]


def test_busy_backends_of_a_killed_server_do_not_block_the_next(running: Server) -> None:
    failures: list[psycopg.Error] = []

    def calculate() -> None:
        try:  # busy, not asleep: only a sleeping backend notices by itself that its server is gone
            query(running, "SELECT count(*) FROM generate_series(1, 100000000000)")
        except psycopg.Error as failure:
            failures.append(failure)

    thread = threading.Thread(target=calculate)
    thread.start()
    busy = "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%generate_series(1, 1%' AND pid <> pg_backend_pid()"
    until(lambda: query(running, busy, user="postgres") == [(1,)])
    kill_hard(postmaster(running))

    assert running.ensure_running() is True

    thread.join()
    assert len(failures) == 1
    assert query(running, "SELECT 1") == [(1,)]


def test_killed_application_leaves_the_server_usable(server: Server) -> None:
    application = python(
        "import sys, time; from chronicle.database.embedded import Server; Server(sys.argv[1]).ensure_running(); "
        "print('up', flush=True); time.sleep(300)",
        server.data_dir,
    )
    assert application.stdout
    assert application.stdout.readline() == "up\n"
    pid = postmaster(server)

    application.kill()
    application.communicate()

    assert query(server, "SELECT 1") == [(1,)]
    assert server.ensure_running() is False
    assert postmaster(server) == pid


def test_application_killed_while_starting_leaves_no_lock(server: Server) -> None:
    application = python(
        "import sys; from chronicle.database.embedded import Server; Server(sys.argv[1]).ensure_running()",
        server.data_dir,
    )
    until(lambda: server.data_dir.with_name("postgres.incomplete").exists())
    application.kill()
    application.communicate()

    server.ensure_running()

    assert query(server, "SELECT 1") == [(1,)]


def test_process_forked_while_starting_holds_no_lock(running: Server) -> None:
    code = """
import os, sys, time
from chronicle.database.embedded import Server, places
server = Server(sys.argv[1])
with places.locked(server.data_dir, server.account):
    pid = os.fork()
    if pid == 0:
        time.sleep(300)
print(server.ensure_running())
os.kill(pid, 9)
"""

    assert finish(python(code, running.data_dir)) == "False\n"


def test_stale_files_naming_a_bystander_leave_it_alone(running: Server, bystander: int) -> None:
    running.stop()
    write_stale_files(running, bystander)

    assert running.status().pid is None
    assert running.stop() is False
    assert running.ensure_running() is True

    assert state(bystander) == "S"


def test_stale_files_naming_a_postgres_of_another_place_leave_it_alone(make_running) -> None:
    other, server = make_running("other/postgres"), make_running("mine/postgres")
    server.stop()
    write_stale_files(server, postmaster(other))

    assert server.ensure_running() is True
    assert server.stop() is True

    assert query(other, "SELECT 1") == [(1,)]


def test_zombie_does_not_count_as_running(running: Server) -> None:
    running.stop()
    account = running.account
    server_process = subprocess.Popen(
        [
            str(programs.path("postgres")),
            "-D",
            str(running.data_dir),
            "-c",
            "listen_addresses=",
            "-k",
            running.socket_dir,
        ],
        cwd="/",
        stderr=subprocess.DEVNULL,
        user=account.uid if not account.is_ours else None,
        group=account.gid if not account.is_ours else None,
    )
    until(lambda: running.status().running)
    server_process.send_signal(signal.SIGKILL)
    until(lambda: state(server_process.pid) == "Z")

    assert running.status().pid is None
    assert running.ensure_running() is True

    assert query(running, "SELECT 1") == [(1,)]
    assert server_process.wait() == -signal.SIGKILL


def test_server_of_a_removed_directory_is_succeeded(disposable: Server) -> None:
    old = postmaster(disposable)
    shutil.rmtree(disposable.data_dir.parent)

    assert Server(disposable.data_dir).ensure_running() is True

    assert state(old) in {"", "Z"}
    assert (disposable.socket_dir / places.SOCKET).exists()
    assert query(disposable, "SELECT 1") == [(1,)]


def test_server_without_its_socket_is_restarted(running: Server) -> None:
    (running.socket_dir / places.SOCKET).unlink()

    assert running.ensure_running() is True

    assert query(running, "SELECT 1") == [(1,)]


def test_moved_checkout_finds_its_running_server(disposable: Server, make_server, folder: Path) -> None:
    pid = postmaster(disposable)
    (folder / "data").rename(folder / "moved")
    moved = make_server("moved/postgres")

    assert moved.ensure_running() is False

    assert postmaster(moved) == pid


def test_server_that_is_just_stopping_is_waited_for(running: Server) -> None:
    os.kill(postmaster(running), signal.SIGINT)

    running.ensure_running()

    assert query(running, "SELECT 1") == [(1,)]


@pytest.mark.skipif(not (shutil.which("ps") and shutil.which("lsof")), reason="needs ps and lsof, as on macOS")
def test_processes_are_recognised_without_proc(running: Server, bystander: int, monkeypatch) -> None:
    pid = postmaster(running)
    monkeypatch.setattr(processes, "HAS_PROC", False)

    assert processes.postmaster(running.data_dir, running.account) == pid
    assert pid in processes.leftovers(running.data_dir, running.account)
    assert processes.is_postgres(bystander) is False
    kill_hard(pid)
    assert processes.postmaster(running.data_dir, running.account) is None
