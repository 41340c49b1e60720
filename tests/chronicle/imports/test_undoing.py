"""The way back from an import: whole, or not at all."""

import pytest

from chronicle.imports import NotUndoneError, import_tables, undo
from chronicle.models import Event, Location
from tests import factories as make
from tests.chronicle.imports.lines import table

pytestmark = pytest.mark.usefixtures("published")  # every save is a transaction of its own, as at the desk


def event_row(**cells: str) -> dict[str, str]:
    return {"slug": "a", "title": "A", "kind": "battle", "date_edtf": "2020-10-10", **cells}


@pytest.fixture(autouse=True)
def _kind(published: None) -> None:
    make.kind(slug="battle")


def test_history_knows_the_import_and_undo_takes_it_back() -> None:
    make.event(slug="old", title="Old", date_edtf="1999")
    made = import_tables(
        [table(Event, event_row(slug="old", title="New"), event_row(slug="new", parent="old"))],
    )

    counts = undo(made.context)

    assert counts == {"restored": 1, "deleted": 1}
    old = Event.objects.get()
    assert (old.title, old.date_edtf, old.date_range.earliest.year) == ("Old", "1999", 1999)
    contexts = Event.pgh_event_model.objects.values_list("pgh_context__metadata__source", flat=True)
    assert set(contexts) == {None, "import", "undo"}


def test_undo_is_refused_where_later_edits_stand_and_changes_nothing() -> None:
    make.event(slug="old", title="Old")
    made = import_tables([table(Event, event_row(slug="old", title="New"), event_row(slug="new"))])
    event = Event.objects.get(slug="old")
    event.summary = "Later."
    event.save()

    with pytest.raises(NotUndoneError) as refusal:
        undo(made.context)

    assert refusal.value.reasons == ["event New was changed since."]
    assert Event.objects.count() == 2


def test_undo_is_refused_where_others_rely_on_what_was_created() -> None:
    made = import_tables([table(Location, {"slug": "town", "kind": "settlement", "name": "Town"})])
    make.event(slug="later", locations=(Location.objects.get(),))

    with pytest.raises(NotUndoneError):
        undo(made.context)

    assert Location.objects.exists()


def test_nothing_is_undone_twice() -> None:
    made = import_tables([table(Event, event_row())])
    undo(made.context)

    with pytest.raises(NotUndoneError, match="undone already"):
        undo(made.context)
