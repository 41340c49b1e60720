from pathlib import Path

import pytest

from chronicle.database.embedded import Server

from .scenes import finish, kill_hard, postmaster, python, query

MANAGE = """
import sys
from django.conf import settings
embedded = {"ENGINE": "chronicle.database.engine", "NAME": "chronicle", "DATA_DIR": sys.argv[1]}
settings.configure(DATABASES={"default": embedded if sys.argv[1] else {"ENGINE": "django.db.backends.postgresql"}})
import django
django.setup()
from chronicle.management.commands.database import Command
Command().run_from_argv(["manage.py", "database", *sys.argv[2:]])
"""


def manage(data_dir: Path | str, *arguments: str, code: int = 0, **environment: str) -> str:
    return finish(python(MANAGE, data_dir, *arguments, **environment), code=code)


def test_status_of_a_stopped_server_exits_with_three(server: Server) -> None:
    told = manage(server.data_dir, "status", code=3)

    assert told.startswith("not running\nprocess  -\n")
    assert str(server.data_dir) in told
    assert not server.data_dir.exists()


def test_start_status_and_stop_tell_what_they_did(server: Server) -> None:
    started = manage(server.data_dir, "start")
    status = manage(server.data_dir, "status")
    pid = postmaster(server)
    stopped = manage(server.data_dir, "stop")
    stopped_again = manage(server.data_dir, "stop")

    assert started == status
    assert status.splitlines()[:2] == ["running", f"process  {pid}"]
    assert f"socket   {server.socket_dir}\nlog      {server.log}\n" in status
    assert (stopped, stopped_again) == ("stopped\n", "was not running\n")


def test_status_of_a_killed_server_says_so(running: Server) -> None:
    kill_hard(postmaster(running))

    assert manage(running.data_dir, "status", code=3).startswith("not running\n")


def test_log_shows_the_last_lines(running: Server) -> None:
    with pytest.raises(Exception, match="does not exist"):
        query(running, "SELECT * FROM nothing_of_that_name")

    assert manage(running.data_dir, "log").count("nothing_of_that_name") == 2
    assert manage(running.data_dir, "log", "--lines", "1").count("\n") == 1


def test_shell_is_psql_of_the_wheel_and_starts_the_server(running: Server) -> None:
    running.stop()

    assert manage(running.data_dir, "shell", PATH="/nonexistent", PGHOST="/nonexistent") == ""
    assert running.status().running


def test_failure_is_one_message_without_traceback(server: Server) -> None:
    told = manage(f"{server.data_dir}'s", "start", code=1)

    assert told.startswith("CommandError: The data directory (DATA_DIR) is ")
    assert "Traceback" not in told


def test_other_database_is_not_ours_to_run() -> None:
    told = manage("", "start", code=1)

    assert told.startswith("CommandError: DATABASE_URL is set")
