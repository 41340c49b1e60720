"""The services of docker-compose.yml, run without Docker: their images, environments, commands and health checks."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from chronicle.database.embedded import accounts, programs
from tests.drills import images
from tests.drills.machines import ROOT, Figure, asked, timed, until
from tests.servers import bare_server, free_port

HOST = "127.0.0.1"
GIVEN = {
    name: f"only-for-a-drill-{name.lower().replace('_', '-')}-and-long-enough-for-a-key"
    for name in (
        *("POSTGRES_PASSWORD", "OWNER_PASSWORD", "DESK_PASSWORD", "READER_PASSWORD"),
        *("REPLICATION_PASSWORD", "SECRET_KEY"),
    )
}
"""What an operator writes into .env."""
VARIABLE = re.compile(r"\$\{(\w+)(?::[-?]([^}]*))?\}")


def services(**said: str) -> dict[str, Any]:
    """The services that docker-compose.yml describes, with what .env says in its places."""
    written = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return dict(filled_in(written["services"], GIVEN | said))


def filled_in(written: Any, values: dict[str, str]) -> Any:
    """What is written, with values or what is said for want of one."""
    if isinstance(written, dict):
        return {key: filled_in(value, values) for key, value in written.items()}
    if isinstance(written, list):
        return [filled_in(value, values) for value in written]
    if isinstance(written, str):
        return VARIABLE.sub(lambda found: values.get(found[1], found[2] or ""), written)
    return written


@dataclass(frozen=True)
class Site:
    """A database that the services find under its name, an image, and the volumes."""

    image: images.Image
    folder: Path
    ports: dict[str, int]
    """Where what Compose calls by a name listens on this machine."""

    def volumes(self, service: dict[str, Any]) -> dict[str, Path]:
        """The folders of its named volumes, each with the owner that the image's folder has."""
        found = {}
        for name, target in (volume.split(":", 1) for volume in service.get("volumes", ())):
            there = self.folder / "volumes" / name
            owner = (self.image.root / target.removesuffix(":ro").lstrip("/")).stat()
            there.mkdir(parents=True, exist_ok=True)
            os.chown(there, owner.st_uid, owner.st_gid)
            found[target] = there
        return found

    def environment(self, service: dict[str, Any]) -> dict[str, str]:
        """What Compose gives to a service, with addresses of this machine."""
        given = {name: str(value) for name, value in service["environment"].items()}
        for name, port in self.ports.items():
            given = {key: value.replace(f"@{name}/", f"@{HOST}:{port}/") for key, value in given.items()}
        return self.image.environment | given

    def does(self, service: dict[str, Any], *command: str) -> str:
        """Run a command in the container of a service, or the one that it has; return what it wrote."""
        isolated = self.image.isolated(list(command) or service["command"], self.volumes(service))
        done = subprocess.run(isolated, env=self.environment(service), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command or service['command']}: {done.stdout}{done.stderr}"
        return done.stdout

    @contextmanager
    def serves(self, service: dict[str, Any]) -> Iterator[str]:
        """Run a service that serves pages, until it is healthy by the image's own check; yield where."""
        port = free_port()
        command = [word.replace("8000", str(port)) for word in self.image.command]
        health = [word.replace("8000", str(port)) for word in self.image.health]
        volumes, environment = self.volumes(service), self.environment(service)
        with (self.folder / "log").open("w") as log:
            process = subprocess.Popen(
                self.image.isolated(command, volumes), env=environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            until(lambda: self._is_healthy(health, volumes, environment) or process.poll() is not None)
            assert process.poll() is None, (self.folder / "log").read_text()[-2000:]
            yield f"http://localhost:{port}"
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
        finally:
            process.kill()
            process.wait()

    def _is_healthy(self, health: list[str], volumes: dict[str, Path], environment: dict[str, str]) -> bool:
        command = self.image.isolated(health, volumes)
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


def containers(folder: Path) -> Iterator[Figure]:
    """The images made as the Dockerfiles say; the services started as Compose would, beside a real server."""
    if not images.can_be_made():
        yield Figure("not run", "it takes root and debootstrap: apt-get install debootstrap")
        return
    folder.mkdir(mode=0o755)
    seconds = timed(lambda: images.base(folder / "base"))
    yield Figure(f"root file system of Debian {images.SUITE}", f"{seconds:.0f} s")
    image, pooler = made(folder, "image", "Dockerfile"), made(folder, "pooler", "containers/pooler.Dockerfile")
    yield Figure(
        "Dockerfile, containers/pooler.Dockerfile", f"{image.followed} and {pooler.followed} instructions done"
    )
    with database(folder) as port:
        site = Site(image, folder, {"database": port})
        yield from run(site)
        yield pooled(site, pooler)
        yield replicated(site)


def made(folder: Path, name: str, dockerfile: str) -> images.Image:
    """Make an image on a copy of the base."""
    subprocess.run(["cp", "-a", str(folder / "base"), str(folder / name)], check=True)
    return images.built(ROOT / dockerfile, folder / name)


@contextmanager
def database(folder: Path) -> Iterator[int]:
    """The service `database`: a new server, and the scripts that its image runs once; yield its port."""
    service, port, psql = services()["database"], free_port(), programs.path("psql")
    as_it_comes = {"max_connections": "100"}  # a replica takes no fewer than its main server
    with bare_server(psql.parent, listen_addresses=HOST, port=str(port), **as_it_comes) as place:
        reached = {"PGHOST": str(place), "PGPORT": str(port), "PGUSER": "postgres", "PGDATA": str(place / "data")}
        path = {"PATH": f"{psql.parent}:{os.environ['PATH']}"}
        environment = {**programs.environment(), **service["environment"], **reached, **path}
        scripts = sorted(
            (target, source)
            for source, target in (one.split(":")[:2] for one in service["volumes"])
            if "initdb.d" in target
        )
        assert [Path(target).suffix for target, _source in scripts] == [".sql", ".sh"]
        for target, source in scripts:
            runs = ["psql", "-v", "ON_ERROR_STOP=1", "--no-psqlrc", "-f"] if target.endswith(".sql") else ["bash"]
            subprocess.run([*runs, source], cwd=ROOT, env=environment, check=True, capture_output=True)
        subprocess.run(["psql", "-qc", "SELECT pg_reload_conf()"], env=environment, check=True, capture_output=True)
        check = service["healthcheck"]["test"][1]
        subprocess.run(["bash", "-c", check], env=environment, check=True, capture_output=True)
        yield port


def run(site: Site) -> Iterator[Figure]:
    """Migrate, serve both sides, back up and restore."""
    described = services()
    site.does(described["migrate"])
    account = ("--noinput", "--username=operator", "--email=operator@example.org")
    asks_nothing = {**described["migrate"]["environment"], "DJANGO_SUPERUSER_PASSWORD": "only for a drill"}
    migrate = {**described["migrate"], "environment": asks_nothing}
    site.does(migrate, "python", "manage.py", "createsuperuser", *account)
    site.does(migrate, "python", "manage.py", "load_corpus", "fixtures/karabakh-2020")
    yield Figure("migrate, the first account, a corpus", "done, as the user chronicle on a file system to read")
    with site.serves(described["desk"]) as desk, site.serves(described["public"]) as public:
        assert [asked(f"{desk}/admin/login/")[0], asked(f"{public}/events/")[0]] == [200, 200]
        assert asked(f"{public}/admin/login/")[0] == 404
    yield Figure("desk, public", "healthy by the image's check, and ended when told to")
    site.does(described["backup"])
    (backup,) = (site.folder / "volumes" / "backups").glob("chronicle-*")
    again = ["python", "manage.py", "restore", f"/var/backups/chronicle/{backup.name}", "--replace"]
    assert "The walls stand." in site.does(described["backup"], *again)
    yield Figure("backup, restore --replace", "done; the walls stand")


def pooled(site: Site, pooler: images.Image) -> Figure:
    """PgBouncer of its own image, with the desk behind it."""
    described = services(POOLER="pooler", TRANSACTION_POOLING="1")
    port, service = free_port(), described["pooler"]
    there = {"DATABASE_HOST": f"{HOST} port={site.ports['database']}", "LISTEN_PORT": str(port), "PGPORT": str(port)}
    environment = {**pooler.environment, **service["environment"], **there}
    process = subprocess.Popen(pooler.isolated(pooler.command, {}), env=environment, start_new_session=True)
    try:
        check = pooler.isolated(["sh", "-c", service["healthcheck"]["test"][1]], {})
        until(lambda: subprocess.run(check, env=environment, capture_output=True, check=False).returncode == 0)
        through = Site(site.image, site.folder, {**site.ports, "pooler": port})
        with through.serves(described["desk"]) as desk, through.serves(described["public"]) as public:
            assert [asked(f"{desk}/admin/login/")[0], asked(f"{public}/events/")[0]] == [200, 200]
    finally:
        process.terminate()
        process.wait()
    return Figure("pooler, desk and public through it", "healthy, answered")


def replicated(site: Site) -> Figure:
    """The replica's own script, as the account of servers, and the site on it."""
    described, account, port = services(), accounts.server_account(Path("/")), free_port()
    place = site.folder / "replica"
    place.mkdir()
    os.chown(place, account.uid, account.gid)
    script = (
        (ROOT / "containers/replica.sh")
        .read_text()
        .replace("host=database", f"host={HOST} port={site.ports['database']}")
    )
    environment = {
        **programs.environment(),
        **described["replica"]["environment"],
        "PGDATA": str(place / "18" / "docker"),
        "PGPORT": str(port),
        "PGHOST": HOST,
        "HOME": str(place),
        "PATH": f"{programs.path('psql').parent}:{os.environ['PATH']}",
    }
    identity: Any = {"user": account.uid, "group": account.gid, "extra_groups": []}
    process = subprocess.Popen(
        ["bash", "-c", script], env=environment, cwd=place, stderr=subprocess.DEVNULL, **identity
    )
    try:
        check = ["bash", "-c", described["replica"]["healthcheck"]["test"][1]]
        until(lambda: subprocess.run(check, env=environment, capture_output=True, check=False).returncode == 0)
        there = Site(site.image, site.folder, {**site.ports, "replica": port})
        with there.serves(described["public-on-replica"]) as public:
            assert asked(f"{public}/events/")[0] == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        shutil.rmtree(place)
    return Figure("replica, public-on-replica", "copied, healthy, answered")
