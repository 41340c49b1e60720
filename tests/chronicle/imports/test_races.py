"""Imports that are killed, two at once, and one during an edit: all or nothing, and nobody's change is lost unseen."""

from typing import Any

import pytest

from chronicle.imports import Table, import_tables
from chronicle.models import Citation, Event, Import
from chronicle.models.event import EventKind
from sources.models import Document
from tests import factories as make
from tests.chronicle.imports.killing import is_killed_at
from tests.chronicle.imports.lines import table
from tests.parallel import in_parallel

pytestmark = pytest.mark.usefixtures("published")


def events(count: int = 3, **cells: str) -> Table:
    return table(Event, *({"slug": f"e{n}", "title": f"E{n}", "kind": "battle", **cells} for n in range(count)))


def whole() -> list[Table]:
    """A file of three kinds of record, more rows than are written together."""
    kinds = table(EventKind, {"slug": "battle", "name": "battle"}, name="kinds")
    document = {"slug": "report", "document_type": "report", "title": "R", "title_short": "R"}
    cited = ({"event": f"e{n}", "document": "report", "aspect": "occurrence"} for n in range(1200))
    return [kinds, table(Document, document, name="documents"), events(1200), table(Citation, *cited, name="cited")]


def rows() -> dict[str, int]:
    """What there is, history included, of each table that the file would fill."""
    tracked = (EventKind, Document, Event, Citation, Import)
    counts = {model.__name__: model.objects.count() for model in tracked}
    return counts | {f"{model.__name__} revised": model.pgh_event_model.objects.count() for model in tracked}


def test_killed_import_leaves_nothing_wherever_it_is_killed() -> None:
    for statement in (5, 12, 19, 26, 33):
        assert is_killed_at(statement, whole)
        assert set(rows().values()) == {0}

    assert not is_killed_at(1000, whole)
    assert {name: count for name, count in rows().items() if "revised" not in name} == {
        "EventKind": 1, "Document": 1, "Event": 1200, "Citation": 1200, "Import": 1
    }  # fmt: skip


def test_of_two_imports_of_one_file_the_second_is_refused_row_by_row() -> None:
    make.kind(slug="battle")
    reports: list[Any] = []

    errors = in_parallel(
        lambda: reports.append(import_tables([events()])), lambda: reports.append(import_tables([events()]))
    )

    assert errors == (None, None)
    assert [report.is_written for report in reports] == [True, False]
    assert {line[2] for line in reports[1].lines()} == {"slug"}
    assert (Event.objects.count(), Import.objects.count()) == (3, 1)


def test_import_waits_for_an_edit_and_sees_it() -> None:
    kind = make.kind(slug="battle")
    event = make.event(slug="e0", title="Before", kind=kind)
    newest = Event.pgh_event_model.objects.latest("pgh_id").pgh_id
    reports: list[Any] = []

    def edit() -> None:
        Event.objects.filter(pk=event.pk).update(summary="Typed meanwhile.")

    in_parallel(edit, lambda: reports.append(import_tables([events(1, revision=str(newest))])))

    assert [line[2] for line in reports[0].lines()] == ["revision"]
    event.refresh_from_db()
    assert (event.title, event.summary) == ("Before", "Typed meanwhile.")
