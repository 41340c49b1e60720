import csv
import io
import re

import pytest
from django.core.management import CommandError, call_command

from chronicle.models import Event, Location
from tests import factories as make

pytestmark = pytest.mark.usefixtures("published")


def test_files_are_imported_previewed_and_undone(tmp_path, capsys):
    make.kind(slug="battle")
    (tmp_path / "events.csv").write_text("slug;title;kind\na;A;battle\nb;B;battle\n")
    (tmp_path / "locations.json").write_text('[{"slug": "town", "name": "Town", "kind": "settlement"}]')
    files = [str(tmp_path / "locations.json"), str(tmp_path / "events.csv")]

    call_command("import_records", *files, "--preview")
    assert not Event.objects.exists()
    call_command("import_records", *files)
    assert (Event.objects.count(), Location.objects.count()) == (2, 1)

    told = capsys.readouterr().out
    assert told.count("3 new, 0 changed, 0 unchanged, 0 conflict, 0 error.") == 2
    call_command("import_records", "--undo", re.search(r"--undo (\S+)", told)[1])
    assert (Event.objects.count(), Location.objects.count()) == (0, 0)
    assert "0 rows restored, 3 deleted" in capsys.readouterr().out


def test_every_error_is_in_the_report_file_and_nothing_is_written(tmp_path, capsys):
    path, report = tmp_path / "events.csv", tmp_path / "errors.csv"
    path.write_text("slug,title,kind\n" + "".join(f"e{n},T,none\n" for n in range(30)))

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_records", str(path), "--report", str(report))

    rows = list(csv.reader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert (rows[0][:3], len(rows)) == (["file", "row", "column"], 31)
    assert rows[1][:4] == ["events.csv", "2", "kind", "none"]
    assert "10 more" in capsys.readouterr().err
    assert not Event.objects.exists()


def test_progress_tells_how_long_it_may_take(tmp_path):
    make.kind(slug="battle")
    path = tmp_path / "events.csv"
    path.write_text("slug,title,kind\n" + "".join(f"e{n},T,battle\n" for n in range(2500)))
    terminal = io.StringIO()
    terminal.isatty = lambda: True

    call_command("import_records", str(path), "--preview", stdout=terminal)

    told = re.findall(
        r"events.csv: ([\d,]+) rows, [\d,]+ a second(?:, (\d+) %, about \d+ s left)?", terminal.getvalue()
    )
    assert told == [("1,000", "39"), ("2,000", "79"), ("2,500", "99")]


@pytest.mark.parametrize(
    "arguments",
    [[], ["nothing.csv"], ["--undo", "00000000-0000-0000-0000-000000000000"], ["a.csv", "--kind", "planet"]],
)
def test_what_cannot_be_done_is_said(arguments):
    with pytest.raises(CommandError):
        call_command("import_records", *arguments)


def test_folder_of_sheets_is_imported_together_and_a_package_from_its_data(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "datapackage.json").write_text("{}")
    (data / "eventkind.csv").write_text("id,slug,name\n1,battle,Battle\n")
    (data / "event.csv").write_text("id,slug,title,kind\n7,a,A,battle\n")
    (data / "documentfile.csv").write_text("id,document,kind,sha256\n1,report,text,abc\n")

    call_command("import_records", str(tmp_path))

    assert Event.objects.get().kind.name == "Battle"
    (tmp_path / "datapackage.json").unlink()
    with pytest.raises(CommandError, match="has no sheet that is named after one of"):
        call_command("import_records", str(tmp_path))
