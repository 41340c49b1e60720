"""docs/operators.md, followed: its commands are taken from the page and typed as printed, on the distribution's servers."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from chronicle.database.embedded import accounts
from tests.drills import page
from tests.drills.machines import READER, ROOT, SECRET, Figure, asked, filled, machines, public_site, until
from tests.servers import bare_server, distributions, free_port, running

PASSWORDS = {"OWNER_PASSWORD": "the-owners", "DESK_PASSWORD": "the-desks", "READER_PASSWORD": "the-readers"}
REPLICATION = {"REPLICATOR_PASSWORD": "the-replicators", "password": "the-replications"}
HOST = "127.0.0.1"
ALLOWED = (
    "local all all trust\n"
    f"host chronicle chronicle_owner,chronicle_desk,{READER} {HOST}/32 scram-sha-256\n"
    f"host replication replication {HOST}/32 scram-sha-256\n"
    f"host chronicle chronicle_replicator {HOST}/32 scram-sha-256\n"
)
"""What `pg_hba.conf` says: logins by password, and the two lines that the page prints for replicas."""


@dataclass(frozen=True)
class Operator:
    """Somebody at a machine: in the folder of a release, beside a server, with the environment that the page asks for."""

    release: Path
    data: Path
    typed: set[str]
    environment: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """What stands for each “…”, by the name before it."""

    def types(self, begins: str, *changes: tuple[str, str], by: int | None = None) -> str:
        """Type the command that begins so, and return what it wrote; it must end well."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.command(begins, *changes)],
            cwd=self.release,
            env=self._shell(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **({"user": by, "group": by, "extra_groups": []} if by else {}),
        )
        assert done.returncode == 0, f"{begins}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def command(self, begins: str, *changes: tuple[str, str]) -> str:
        """The command as it is printed, with what only this machine can know in its places."""
        text = page.followed()[begins]
        self.typed.add(begins)
        for before, after in (("/srv/chronicle", str(self.release)), *changes):
            assert before in text or before == "/srv/chronicle", f"{before} is not in {text}"
            text = text.replace(before, after)
        text = re.sub(r"(\w+)=…", lambda found: f"{found[1]}={shlex.quote(self.said[found[1]])}", text)
        assert "…" not in text, text
        if re.match("SELECT|CREATE|ALTER|DROP|VACUUM", text):
            return f"psql -qAtX -v ON_ERROR_STOP=1 -d chronicle -c {shlex.quote(text)}"
        return f"python {text}" if text.startswith("manage.py") else text

    @contextmanager
    def serves(self, begins: str, *changes: tuple[str, str], **environment: str) -> Iterator[str]:
        """Run a command that serves pages until it is told to stop, as a service manager does."""
        address = f"{HOST}:{free_port()}"
        bind = {"GUNICORN_CMD_ARGS": f"--bind={address}", **environment}
        command = ["bash", "-c", f"exec {self.command(begins, *changes).replace(f'{HOST}:8000', address)}"]
        process = subprocess.Popen(command, cwd=self.release, env=self._shell() | bind, stderr=subprocess.DEVNULL)
        try:
            until(lambda: asked(f"http://{address}/health/ready")[0] == 200)
            yield f"http://{address}"
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
        finally:
            process.kill()
            process.wait()

    def _shell(self) -> dict[str, str]:
        path = f"{self.release / '.venv/bin'}:{distributions()[-1]}:{os.environ['PATH']}"
        return {
            "PATH": path,
            "HOME": str(self.data),
            "LC_ALL": "C.UTF-8",
            "DATA_DIR": str(self.data),
            **self.environment,
        }


def runbook(folder: Path) -> Iterator[Figure]:
    """Every command that docs/operators.md prints and `tests/drills/page.py` does not excuse, typed as printed."""
    if not distributions():
        yield Figure("not run", "there is no other PostgreSQL server: apt-get install postgresql")
        return
    with machines(folder, "embedded") as (embedded,), server(wal_level="logical") as main_server:
        filled(embedded)
        first = Operator(released(folder), embedded.folder, set())
        main = at(first, main_server, folder / "main")
        yield moved(first, main)
        yield served(main)
        yield worked(main)
        yield kept(main)
        yield streamed(main, main_server)
        yield copied(main, folder)
    missing = set(page.FOLLOWED) - main.typed
    assert not missing, f"printed and not typed: {missing}"
    yield Figure("commands of the page typed as printed", f"{len(main.typed)} on {distributions()[-1].parent.name}")


def released(folder: Path) -> Path:
    """A release in a folder of its own, with what was installed for it."""
    there = folder / "chronicle"
    left = shutil.ignore_patterns(".*", "tests", "__pycache__")
    shutil.copytree(ROOT, there, ignore=left)
    (there / ".venv").symlink_to(Path(sys.executable).parents[1])
    return there


@contextmanager
def server(**settings: str) -> Iterator[dict[str, str]]:
    """A new server of the distribution with nothing on it; yield how its superuser reaches it."""
    port = str(free_port())
    with bare_server(distributions()[-1], listen_addresses=HOST, port=port, **settings) as place:
        reached = {"PGHOST": str(place), "PGPORT": port, "PGUSER": "postgres"}
        (place / "data" / "pg_hba.conf").write_text(ALLOWED)
        subprocess.run(
            ["psql", "-qc", "SELECT pg_reload_conf()"],
            env={**os.environ, **reached},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yield reached


def at(operator: Operator, reached: dict[str, str], data: Path) -> Operator:
    """The same operator at another machine, which has the three logins and an empty database."""
    data.mkdir()
    addresses = {
        f"{name}DATABASE_URL": f"postgresql://chronicle_{login}:{PASSWORDS[password]}@{HOST}:{reached['PGPORT']}/chronicle"
        for name, login, password in (
            ("OWNER_", "owner", "OWNER_PASSWORD"),
            ("", "desk", "DESK_PASSWORD"),
            ("PUBLISHED_", "reader", "READER_PASSWORD"),
        )
    }
    environment = {**reached, **addresses, "SECRET_KEY": SECRET}
    there = replace(operator, data=data, environment=environment, said={**PASSWORDS, **REPLICATION, **environment})
    there.types("OWNER_PASSWORD=… ")
    return there


def moved(first: Operator, main: Operator) -> Figure:
    """From the embedded database to a server."""
    collection = main.data / "moving"
    place = ("/var/backups/chronicle", str(collection))
    assert "running" in first.types("manage.py database status")
    first.types("python manage.py backup /var/backups/chronicle$", place)
    first.types("python manage.py database stop")
    told = replace(first, data=main.data, said=main.said).types(
        "OWNER_DATABASE_URL=… ", ("chronicle-20261121T182000.104532Z", newest(collection).name), place
    )
    assert "The walls stand." in told
    return Figure("moved from the embedded database to a server", "the walls stand")


def newest(collection: Path) -> Path:
    """The newest backup of a folder."""
    return max(collection.glob("chronicle-*"))


def served(main: Operator) -> Figure:
    """Installing, and both ways of serving."""
    main.types("pip install --require-hashes", ("install", "install --dry-run --quiet"))  # others use what is installed
    main.types("python manage.py migrate")
    account = {"DJANGO_SUPERUSER_PASSWORD": "only for this drill", "DJANGO_SUPERUSER_EMAIL": "operator@example.org"}
    asks_nothing = ("createsuperuser", "createsuperuser --noinput --username=operator")
    replace(main, environment=main.environment | account).types("python manage.py createsuperuser", asks_nothing)
    main.types("python manage.py check --database published")
    with main.serves("gunicorn chronicle.wsgi") as site:
        assert asked(f"{site}/events/")[0] == asked(f"{site}/admin/login/")[0] == 200
    readers = {
        name: value for name, value in main.environment.items() if name in ("PUBLISHED_DATABASE_URL", "SECRET_KEY")
    }
    with replace(main, environment=readers).serves("/srv/chronicle/.venv/bin/gunicorn", SITE="public") as site:
        assert (asked(f"{site}/events/")[0], asked(f"{site}/admin/login/")[0]) == (200, 404)
    return Figure("both sides served, and readers’ alone", "answered, and ended when told to")


def worked(main: Operator) -> Figure:
    """What an operator does now and then for curators."""
    templates, sheet = main.data / "templates", main.data / "agents.csv"
    main.types("manage.py check_quotations", ("check_quotations", "check_quotations --new"))
    main.types("manage.py import_templates FOLDER", ("FOLDER", str(templates)))
    assert (templates / "agent.csv").exists() or list(templates.iterdir())
    sheet.write_text("slug,name,kind\nan-archive-of-the-drill,An archive of the drill,other\n")
    told = main.types("manage.py import_records FILE", ("FILE…", f"{sheet} --kind agent"))
    number = re.search(r"--undo (\S+)", told)
    assert number, told
    main.types("manage.py import_records --undo NUMBER", ("NUMBER", number[1]))
    main.types("manage.py make_release FOLDER", ("FOLDER", str(main.data / "releases")))
    assert list((main.data / "releases").glob("chronicle-release-1.zip"))
    main.types("manage.py axes_reset")
    main.types("manage.py shell -c", ("…", "operator"))
    main.types("ALTER ROLE chronicle_desk", ("…", PASSWORDS["DESK_PASSWORD"]))
    main.types("VACUUM")
    return Figure("quotations, imports, a release, locks and factors", "done, and undone where the page says how")


def kept(main: Operator) -> Figure:
    """Backups by hand and by the timer; back on an empty machine, and from one encrypted file on another."""
    collection = main.data / "backups"
    place = ("/var/backups/chronicle", str(collection))
    main.types("python manage.py backup /var/backups/chronicle --keep 14", place)
    replace(main, release=newest(collection)).types("sha256sum --check")
    owners = "".join(f"{name}={value!r}\n" for name, value in main.environment.items())
    (main.release / ".env.owner").write_text(owners + f"DATA_DIR='{main.data}'\n")
    replace(main, environment={}).types("cd /srv/chronicle && ", place)
    assert len(list(collection.glob("chronicle-*"))) == 2
    words, archive = main.data / "words", main.data / "desk.age"
    words.write_text("only for this drill, and long enough\n")
    said = f"{archive} --passphrase-file {words}"
    main.types("manage.py archive_desk", ("desk.age", said))
    with server() as reached:
        there = at(main, reached, main.data / "there")
        told = there.types(
            "python manage.py restore ", ("chronicle-20261121T182000.104532Z", newest(collection).name), place
        )
        assert "The walls stand." in told
    with server() as reached:
        there = at(main, reached, main.data / "elsewhere")
        there.types("python manage.py migrate")
        there.types("manage.py restore_desk", ("desk.age", said))
        there.types("python manage.py check --database published")
    return Figure(
        "backups, restored on two empty machines", "row for row, the walls stand; from one encrypted file, too"
    )


def streamed(main: Operator, reached: dict[str, str]) -> Figure:
    """A streaming replica, made as printed, and promoted."""
    account = accounts.server_account(Path("/"))
    place = Path(tempfile.mkdtemp(prefix="chronicle-replica-", dir="/tmp"))
    os.chown(place, account.uid, account.gid)
    main.types("CREATE ROLE replication", ("…", "first"))
    main.types("ALTER ROLE replication", ("…", REPLICATION["password"]))
    try:
        where = ("main.example.org", f"{HOST} port={reached['PGPORT']}")
        to = ("/var/lib/postgresql/18/main", str(place / "data"))
        main.types("pg_basebackup ", where, to, by=account.uid)
        with running(distributions()[-1], place, port="5432", hot_standby_feedback="on"):
            with public_site(f"postgresql://{READER}@{str(place).replace('/', '%2F')}/chronicle") as site:
                assert asked(f"{site}/events/")[0] == 200
            there = replace(main, environment={"PGHOST": str(place), "PGPORT": "5432", "PGUSER": "postgres"})
            assert there.types("SELECT pg_promote()") == "t"
    finally:
        shutil.rmtree(place)
    return Figure("a streaming replica", "answered readers, and was promoted")


def copied(main: Operator, folder: Path) -> Figure:
    """A logical replica, made as printed, whose password changes, and which goes again."""
    main.types("REPLICATOR_PASSWORD=… ")
    with server() as reached:
        there = at(main, reached, folder / "copy")
        there.types("python manage.py migrate")
        of_main = f"{HOST} port={main.environment['PGPORT']}"
        password = ("password=…", f"password={REPLICATION['REPLICATOR_PASSWORD']}")
        there.types("MAIN=", ("main.example.org", of_main), password)
        until(lambda: there.types("SELECT bool_and(srsubstate = 'r')") == "t")
        with public_site(there.environment["PUBLISHED_DATABASE_URL"]) as site:
            assert asked(f"{site}/events/")[0] == 200
        connection = f"host={of_main} dbname=chronicle user=chronicle_replicator {password[1]}"
        there.types("ALTER SUBSCRIPTION chronicle_copy", ("…", connection))
        there.types("DROP SUBSCRIPTION chronicle_copy")
    return Figure("a logical replica", "answered readers; its subscription went, and the slot with it")
