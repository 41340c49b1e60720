"""Real servers in folders that an unprivileged user can reach; every one of them is stopped at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from chronicle.database.embedded import EmbeddedServerError, Server

from .scenes import kill_everything_in


@pytest.fixture(autouse=True)
def _no_pg_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as path:
        yield path


@pytest.fixture
def make_server(folder: Path) -> Iterator[Callable[..., Server]]:
    """Servers below the folder; they are made, not started."""
    made: list[Server] = []

    def make(name: str = "data/postgres") -> Server:
        made.append(Server(folder / name))
        return made[-1]

    yield make
    for server in made:
        with suppress(EmbeddedServerError):  # a test broke it on purpose; the folder's own clean-up ends what is left
            server.stop()
        if server.socket_dir != server.data_dir:
            shutil.rmtree(server.socket_dir, ignore_errors=True)


@pytest.fixture
def server(make_server: Callable[..., Server]) -> Server:
    return make_server()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """The files of a prepared cluster, to copy."""
    with open_folder() as path:
        server = Server(path / "postgres")
        server.ensure_running()
        server.stop()
        yield server.data_dir


@pytest.fixture
def make_running(make_server: Callable[..., Server], cluster: Path) -> Callable[..., Server]:
    def make(name: str = "data/postgres") -> Server:
        return start_copy(cluster, make_server(name))

    return make


@pytest.fixture
def disposable(make_running: Callable[..., Server]) -> Server:
    """A running server of the test's own, for tests that damage its files."""
    return make_running()


@pytest.fixture(scope="session")
def shared(cluster: Path) -> Iterator[Server]:
    with open_folder() as path:
        server = start_copy(cluster, Server(path / "data/postgres"))
        yield server
        server.stop()


@pytest.fixture
def running(shared: Server) -> Server:
    """A running server shared by tests that may kill it and what is in it, but leave its files to it."""
    shared.ensure_running()
    shared.prepare()
    return shared


def start_copy(cluster: Path, server: Server) -> Server:
    server.data_dir.parent.mkdir(parents=True)
    subprocess.run(["cp", "-a", cluster, server.data_dir], check=True)
    server.ensure_running()
    return server


@contextmanager
def open_folder() -> Iterator[Path]:
    """pytest's own folders are closed to others, and as root the server runs as another user."""
    path = Path(tempfile.mkdtemp(prefix="chronicle-test-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    kill_everything_in(path)
    shutil.rmtree(path)


@pytest.fixture
def bystander() -> Iterator[int]:
    """A live process that has nothing to do with us."""
    with subprocess.Popen(["sleep", "300"]) as process:
        yield process.pid
        process.kill()
