"""`manage.py purge`: words, or a whole record; whoever asks for what there is not is told so, and nothing is done."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from chronicle.models import Event, Purge
from tests import factories as make
from tests.chronicle.test_purging import TOKEN, curator, tables_with

pytestmark = pytest.mark.usefixtures("published")
REASON = "--reason=Order of a court."


def test_words_are_read_from_a_file_and_purged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event, words = make.event(title=TOKEN), tmp_path / "words"
    words.write_text(f"{TOKEN}\nA second line.\n")

    call_command("purge", "event", str(event.pk), REASON, f"--words={words}", f"--by={curator().username}")

    told = capsys.readouterr().out
    assert f"chronicle_event {event.pk}: title\nErased for good. Run `backup` now" in told
    assert TOKEN not in told
    assert tables_with(TOKEN) == set()
    assert Purge.objects.get().purged_by == curator()


def test_words_are_read_from_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make.imported(files=f"{TOKEN}.csv")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{TOKEN}\n"))

    call_command("purge", "import", str(made.pk), REASON, "--words=-")

    assert tables_with(TOKEN) == set()


def test_whole_record_is_purged(capsys: pytest.CaptureFixture[str]) -> None:
    event = make.event(title=TOKEN)

    call_command("purge", "event", str(event.pk), REASON, "--whole")

    assert f"event {event.pk} is gone for good." in capsys.readouterr().out
    assert tables_with(TOKEN) == set()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["event", "1", "--words=/nothing/there"], "cannot be read as text"),
        (["event", "7", "--whole"], "There is no event 7"),
        (["party", "1", "--whole"], "Events, documents and agents"),
        (["event", "1", "--whole", "--by=nobody"], "There is no account nobody"),
        (["event", "1", "--whole"], "Others lean on it"),
    ],
)
def test_what_cannot_be_purged_is_told(arguments: list[str], message: str) -> None:
    parent = make.event(title=TOKEN, parties=(make.party(),))
    make.event(parent=parent)

    with pytest.raises(CommandError, match=message):
        call_command("purge", *arguments, REASON)

    assert Event.objects.get(pk=parent.pk).title == TOKEN


@pytest.mark.parametrize(("words", "message"), [("Somebody else", "No field holds"), ("ab", "three characters")])
def test_words_that_are_not_there_are_told(tmp_path: Path, words: str, message: str) -> None:
    event: Any = make.event(title=TOKEN)
    (tmp_path / "words").write_text(words)

    with pytest.raises(CommandError, match=message):
        call_command("purge", "event", str(event.pk), REASON, f"--words={tmp_path / 'words'}")
