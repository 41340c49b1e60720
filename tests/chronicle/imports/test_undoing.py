"""The way back from an import: whole, or not at all."""

import pytest

from chronicle.imports import NotUndoneError, import_tables, preview, undo
from chronicle.models import Citation, Event, Location
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


def test_quotations_that_come_in_are_compared_and_that_stands_in_the_way_of_nothing() -> None:
    document, event = make.document(slug="report"), make.event(slug="bridge")
    make.text(document, "It counted 80 houses. It rained.")
    quotations = ("It rained", "80 houses", "It snowed all day")
    rows = [citation_row(event.slug, quotation=words) for words in quotations]

    made = import_tables([table(Citation, *rows)])

    states = Citation.objects.order_by("number").values_list("quotation", "quotation_state")
    assert list(states) == list(zip(quotations, ("exact", "exact", "missing"), strict=True))
    assert undo(made.context) == {"restored": 0, "deleted": 3}


def citation_row(event: str, **cells: str) -> dict[str, str]:
    return {"event": event, "document": "report", "aspect": "description", "statement": "It says so.", **cells}


def test_preview_compares_nothing_and_keeps_nothing() -> None:
    make.text(make.document(slug="report"), "It rained.")
    event = make.event(slug="bridge")

    assert preview([table(Citation, citation_row(event.slug, quotation="It rained"))]).is_clean

    assert not Citation.objects.exists()
