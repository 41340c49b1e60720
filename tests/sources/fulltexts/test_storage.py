"""Files are whole or not there, wherever the process that writes them is killed."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from chronicle.archiving.writing import files
from sources.fulltexts.storage import WholeFileStorage

NAME = "aa/aabb"
WORDS = b"Names of witnesses." * 10_000


class Deadly(ContentFile):
    """Content of which half is written when the process that writes it is killed."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield WORDS[: len(WORDS) // 2]
        os.kill(os.getpid(), signal.SIGKILL)


class Failing(ContentFile):
    """Content of which half can be read."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield WORDS[: len(WORDS) // 2]
        raise OSError("the disk is full")


@pytest.fixture
def storage(tmp_path: Path) -> WholeFileStorage:
    return WholeFileStorage(tmp_path)


@pytest.fixture
def _killed(storage: WholeFileStorage) -> None:
    """Somebody was killed while a file was written."""
    child = os.fork()
    if child == 0:
        try:
            storage.save(NAME, Deadly(WORDS))
        finally:
            os._exit(1)
    _pid, ended = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ended)


@pytest.mark.usefixtures("_killed")
def test_file_is_not_there_before_it_is_whole(storage: WholeFileStorage, tmp_path: Path) -> None:
    assert [path.stat().st_size for path in tmp_path.rglob("*.part")] == [len(WORDS) // 2]
    assert not storage.exists(NAME)
    assert list(files(storage)) == []

    assert storage.save(NAME, ContentFile(WORDS)) == NAME

    with storage.open(NAME) as kept:
        assert kept.read() == WORDS
    assert list(files(storage)) == [NAME]


@pytest.mark.usefixtures("_killed")
def test_deleted_file_leaves_no_half_of_it(storage: WholeFileStorage, tmp_path: Path) -> None:
    storage.save(NAME, ContentFile(WORDS))

    storage.delete(NAME)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_write_that_fails_leaves_nothing(storage: WholeFileStorage, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the disk is full"):
        storage.save(NAME, Failing(WORDS))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
