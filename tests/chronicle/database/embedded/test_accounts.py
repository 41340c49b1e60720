import os
import pwd
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from chronicle.database.embedded import DirectoryError, Server

from .scenes import as_ordinary_user, as_root, finish, postmaster, python, query

START = "import sys; from chronicle.database.embedded import Server; Server(sys.argv[1]).ensure_running()"
REPORT = (
    f"{START}; import os, psycopg; s = Server(sys.argv[1]); c = psycopg.connect(s.superuser_dsn('chronicle')); "
    "print(c.execute('SELECT 42').fetchone()[0], s.account.name)"
)
STOP = "import sys; from chronicle.database.embedded import Server; print(Server(sys.argv[1]).stop())"
OTHER = "daemon"  # exists everywhere and is none of those that root would choose here


@pytest.fixture
def folder_of_other(folder: Path) -> Path:
    """Like a checkout of an ordinary user."""
    path = folder / "checkout"
    path.mkdir(mode=0o700)
    shutil.chown(path, OTHER, OTHER)
    return path


def owner(path: Path) -> str:
    return path.owner()


@as_root
def test_root_runs_the_server_as_an_unprivileged_user(running: Server) -> None:
    assert Path(f"/proc/{postmaster(running)}").stat().st_uid == running.account.uid != 0
    assert query(running, "SELECT 1") == [(1,)]
    assert owner(running.data_dir) == running.account.name
    assert owner(running.data_dir.parent) == "root"


@as_ordinary_user
def test_user_runs_the_server_as_oneself(running: Server) -> None:
    assert Path(f"/proc/{postmaster(running)}").stat().st_uid == os.getuid()
    assert running.data_dir.stat().st_uid == os.getuid()


@as_root
def test_ordinary_user_starts_uses_and_stops(folder_of_other: Path) -> None:
    data_dir = folder_of_other / "data" / "postgres"

    assert finish(python(REPORT, data_dir, user=OTHER)) == f"42 {OTHER}\n"
    assert finish(python(REPORT, data_dir, user=OTHER)) == f"42 {OTHER}\n"
    assert finish(python(STOP, data_dir, user=OTHER)) == "True\n"

    assert {owner(path) for path in (data_dir, data_dir.parent, data_dir.with_name("postgres.lock"))} == {OTHER}


@as_root
def test_root_and_user_take_turns_in_the_checkout_of_the_user(
    folder_of_other: Path, make_server: Callable[..., Server]
) -> None:
    server = make_server("checkout/data/postgres")

    server.ensure_running()

    assert server.account.name == OTHER
    assert finish(python(REPORT, server.data_dir, user=OTHER)) == f"42 {OTHER}\n"
    assert finish(python(STOP, server.data_dir, user=OTHER)) == "True\n"
    assert server.ensure_running() is True
    assert finish(python(STOP, server.data_dir, user=OTHER)) == "True\n"


@as_root
@pytest.mark.skipif(not shutil.which("setpriv"), reason="needs setpriv")
def test_root_without_the_right_to_look_into_processes(running: Server) -> None:
    """Root in a container: may become others and signal them, but not read where they work."""
    contained = ("setpriv", "--inh-caps=-sys_ptrace", "--bounding-set=-sys_ptrace")
    status = "import sys; from chronicle.database.embedded import Server; print(Server(sys.argv[1]).status().pid)"

    assert finish(python(status, running.data_dir, prefix=contained)).strip() == str(postmaster(running))
    assert finish(python(STOP, running.data_dir, prefix=contained)) == "True\n"
    assert finish(python(REPORT, running.data_dir, prefix=contained)).startswith("42")


@as_root
def test_closed_folder_is_named_and_not_opened(folder: Path, make_server: Callable[..., Server]) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    server = make_server("closed/data/postgres")

    with pytest.raises(DirectoryError) as refusal:
        server.ensure_running()

    assert f"may not enter {closed} on the way to the data directory" in str(refusal.value)
    assert "Set DATA_DIR" in str(refusal.value)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert owner(closed) == "root"
    assert not server.data_dir.exists()


@as_root
def test_user_is_told_about_a_cluster_of_somebody_else(running: Server) -> None:
    account = running.account
    before = running.data_dir.stat()

    told = finish(python(START, running.data_dir, user=OTHER), code=1)
    told_again = finish(
        python(
            "import sys; from chronicle.database.embedded import Server; Server(sys.argv[1]).status()",
            running.data_dir,
            user=OTHER,
        ),
        code=1,
    )

    assert "DirectoryError" in told
    assert "Set DATA_DIR to another folder" in told
    assert f"belongs to user id {account.uid}" in told_again
    assert running.data_dir.stat() == before


@as_root
def test_cluster_of_root_is_refused_and_left_alone(disposable: Server) -> None:
    disposable.stop()
    os.chown(disposable.data_dir, 0, 0)

    with pytest.raises(DirectoryError, match="belongs to user id 0"):
        Server(disposable.data_dir).ensure_running()

    assert disposable.data_dir.stat().st_uid == 0
    os.chown(disposable.data_dir, disposable.account.uid, disposable.account.gid)


@as_root
def test_strict_umask_of_root_does_not_lock_the_server_out(folder: Path) -> None:
    data_dir = folder / "deep" / "data" / "postgres"

    finish(python(f"import os; os.umask(0o077); {REPORT}", data_dir))
    finish(python(STOP, data_dir))

    assert stat.S_IMODE(data_dir.parent.stat().st_mode) == 0o755


def test_socket_folder_prepared_by_somebody_else_is_refused(make_server: Callable[..., Server]) -> None:
    server = make_server("long" * 40 + "/postgres")
    server.socket_dir.mkdir(mode=0o755)

    for attempt in (server.ensure_running, server.check_socket_dir):
        with pytest.raises(DirectoryError, match="with mode 0700, and is not"):
            attempt()


@as_ordinary_user
def test_folder_without_permission_is_named(folder: Path, make_server: Callable[..., Server]) -> None:
    (folder / "closed").mkdir(mode=0o500)

    with pytest.raises(DirectoryError, match=r"cannot use .*closed.*Permission denied.*Set DATA_DIR"):
        make_server("closed/data/postgres").ensure_running()


def test_account_exists_on_this_machine(server: Server) -> None:
    assert pwd.getpwuid(server.account.uid).pw_name == server.account.name
