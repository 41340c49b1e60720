"""Releases of the whole: alike for the same state, checksums that hold, a list for readers that nobody rewrites."""

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connections, transaction
from django.test import Client

from chronicle import releases
from chronicle.exports.origin import Origin
from chronicle.exports.release import Numbered, release
from chronicle.models import Masthead, Release
from chronicle.publication import Note, publish, withdraw
from tests import factories as make
from tests.chronicle.exports.reading import contested

pytestmark = pytest.mark.usefixtures("published")

DAY = date(2021, 1, 31)
SUM = "0" * 64


def made(number: int = 1) -> bytes:
    numbered = Numbered(number, DAY)
    with transaction.atomic(using="published"):
        masthead = Masthead.objects.using("published").get()
        return b"".join(release(Origin("https://example.org", masthead, numbered.moment), numbered))


def test_release_is_alike_for_the_same_state_and_holds_its_checksums() -> None:
    contested()

    content = made()

    releases.record(releases.Made(1, DAY, SUM, 1, 2))
    assert made() == content
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    files = {name.removeprefix("chronicle-release-1/"): archive.read(name) for name in archive.namelist()}
    listed = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}
    assert b"SECRET" not in b"".join(files.values())
    about = yaml.safe_load(files["CITATION.cff"])
    assert (about["title"], about["version"], about["date-released"]) == ("A <chronicle>", "1", DAY)
    assert about["authors"] == [{"name": "Its editors"}]
    assert len(json.loads(files["events.jsonld"])["@graph"]) == 3
    assert len(json.loads(files["places.geojson"])["features"]) == 2
    assert {"README.txt", "datapackage.json", "data/event.csv", "documents.bib", "documents.json"} <= set(files)


def test_command_writes_a_release_and_tells_readers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contested()

    call_command(
        "make_release", str(tmp_path / "new"), "--address=https://example.org/", "--day=2021-01-31", "--note=The first."
    )

    content = (tmp_path / "new" / "chronicle-release-1.zip").read_bytes()
    (told,) = Release.objects.using("published").all()
    assert (told.number, told.day, told.events, told.size) == (1, DAY, 3, len(content))
    assert told.sha256 == hashlib.sha256(content).hexdigest()
    page = Client().get("/data/releases/").content.decode()
    assert told.sha256 in page
    assert "The first." in page
    call_command("make_release", "--deposited", "1", "https://doi.org/10.5281/1")
    assert 'href="https://doi.org/10.5281/1"' in Client().get("/data/releases/").content.decode()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--address=somewhere"], "is no address"),
        (["--address=https://name:word@example.org"], "no name or password"),
        (["--address=https://example.org"], "publish them at the desk"),
        (["--deposited", "7", "https://example.org"], "There is no release 7"),
        (["--deposited", "x", "https://example.org"], "the number of a release first"),
    ],
)
def test_command_says_what_is_wrong_and_writes_nothing(tmp_path: Path, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("make_release", str(tmp_path), *arguments)

    assert list(tmp_path.iterdir()) == []


def test_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    contested()
    (tmp_path / "chronicle-release-1.zip").write_text("Mine.")

    with pytest.raises(CommandError, match="is there already"):
        call_command("make_release", str(tmp_path), "--address=https://example.org")

    assert (tmp_path / "chronicle-release-1.zip").read_text() == "Mine."
    assert not Release.objects.using("published").exists()


def test_what_was_taken_down_is_in_no_later_release() -> None:
    event = contested()
    before = made(1)
    withdraw([event], note=Note(words="A family asked for it."))

    assert b"losses" in zipfile.ZipFile(io.BytesIO(before)).read("chronicle-release-1/data/event.csv")
    assert b"losses" not in zipfile.ZipFile(io.BytesIO(made(2))).read("chronicle-release-2/data/event.csv")


def test_numbers_follow_one_another_and_columns_hold_what_they_should() -> None:
    releases.record(releases.Made(1, DAY, SUM, 1, 0))

    for wrong in (
        releases.Made(1, DAY, SUM, 1, 0),
        releases.Made(3, DAY, SUM, 1, 0),
        releases.Made(2, DAY, "no checksum", 1, 0),
        releases.Made(2, DAY, SUM, 0, 0),
        releases.Made(2, DAY, SUM, 1, -1),
    ):
        with pytest.raises(IntegrityError):
            releases.record(wrong)
    with pytest.raises(IntegrityError):
        releases.deposited(1, "javascript:alert(1)")
    with pytest.raises(IntegrityError, match="no release 2"):
        releases.deposited(2, "https://example.org")
    assert [told.number for told in Release.objects.using("published")] == [1]


@pytest.mark.parametrize("alias", ["default", "published"])
def test_nobody_rewrites_a_release(alias: str) -> None:
    releases.record(releases.Made(1, DAY, SUM, 1, 0))

    for statement in ("UPDATE published.chronicle_release SET size = 2", "DELETE FROM published.chronicle_release"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(using=alias):
            connections[alias].cursor().execute(f"SET TRANSACTION READ WRITE; {statement}")

    assert Release.objects.using("published").get().size == 1


def test_page_asks_as_often_for_three_releases_as_for_one(django_assert_num_queries: object) -> None:
    publish([make.cited_event()])
    for number in (1, 2, 3):
        releases.record(releases.Made(number, DAY, SUM, 1, 0))
        Client().get("/")
        if number != 2:
            with django_assert_num_queries(5, using="published"):  # type: ignore[operator]
                Client().get("/data/releases/")
