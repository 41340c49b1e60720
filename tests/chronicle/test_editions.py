"""Editions read back: what they were, with what they referred to as it was."""

from decimal import Decimal

import pytest
from django.db import connections, models
from django.db.backends.postgresql.psycopg_any import NumericRange

from chronicle.database import snapshots
from chronicle.editions import MissingReferenceError, read
from chronicle.models import Edition, Event, LocationName
from chronicle.publication import Note, publish, publish_references, withdraw, withhold
from sources.models import Document
from tests import factories as make

pytestmark = pytest.mark.usefixtures("published")


def edition(event, number=1):
    return Edition.objects.using("published").get(event=event.pk, number=number)


def rich_event():
    """An event that uses every table and every kind of value."""
    armenia, azerbaijan = make.party(slug="armenia"), make.party(slug="azerbaijan")
    town = make.location(latitude="39.758", longitude="46.749", coordinate_uncertainty_m=2000)
    LocationName.objects.create(location=town, toponym="Şuşa", language="az-Latn", party=azerbaijan, is_preferred=True)
    LocationName.objects.create(location=town, toponym="Շուշի", language="hy", party=armenia, is_preferred=True)
    event = make.event(parties=(armenia, azerbaijan), locations=(town,), date_edtf="-0043-03-15/..")
    event.names.create(name="Շուշի", language="hy", party=armenia)
    event.names.create(name="Another", language="en")
    speaker = make.agent(party=armenia)
    event.participations.create(agent=speaker, role="spoke")
    report = make.document(publisher=make.agent(party=azerbaijan), issued_edtf="2021?", accessed_on="2026-05-31")
    for position, name in ((2, "Second"), (1, "First")):
        report.contributions.create(agent=make.agent(name=name), position=position)
    other = make.document(party=armenia)
    make.citation(event, report, claimed_by=speaker, through=other, stated_on="2021-08")
    make.citation(event, report, aspect="date", asserted_date_edtf="2020-10~", date_of="agreed")
    make.citation(event, other, aspect="date", asserted_date_edtf="[..2020-11-09]", date_of="agreed")
    make.citation(event, other, aspect="location", asserted_location=town, asserted_location_role="site")
    make.citation(event, other, aspect="responsibility", asserted_party=azerbaijan)
    scope = {"unit": make.unit(), "population": make.population(), "side": armenia, "period_edtf": "2020"}
    for figure in (NumericRange(Decimal("81"), None), NumericRange(Decimal("0.5"), Decimal("12.25"), "[]")):
        make.citation(event, other, aspect="killed", asserted_figure=figure, **scope)
    return event


RELATED = {
    "Event": ("kind", "names", "event_locations", "event_parties", "participations", "citations", "voices", "disputes"),
    "EventName": ("party",),
    "EventLocation": ("location",),
    "Location": ("names",),
    "LocationName": ("party",),
    "EventParty": ("party",),
    "Participation": ("agent",),
    "Citation": (
        *("document", "through", "claimed_by", "asserted_location", "asserted_party", "unit", "population", "side"),
        "event",
    ),
    "Document": ("publisher", "party", "contributions"),
    "Contribution": ("agent",),
    "Agent": ("party",),
    "Voice": ("party",),
}


def dump(record):
    """All that a page could read of a record: every public value, and what it is linked to."""
    if record is None:
        return None
    hidden = {"curators_note", "state", "geometry"}
    fields = [f for f in record._meta.concrete_fields if not f.generated and f.name not in hidden]
    values = {f.attname: getattr(record, f.attname) for f in fields}
    return values | {name: related(record, name) for name in RELATED.get(type(record).__name__, ())}


def related(record, name):
    found = getattr(record, name)
    if isinstance(found, models.Manager):
        return [dump(row) for row in found.all()]
    return found.pk if name == "event" else dump(found)


def test_newest_edition_reads_as_what_is_published():
    event = rich_event()
    publish([event])
    live = Event.objects.using("published").with_assertions().get()

    found = read(edition(event))

    assert dump(found) == dump(live)
    assert found.counts.citations == live.counts.citations == 7
    assert found.citations.get(number=6).asserted_figure == NumericRange(Decimal("81"), None)


def test_values_have_the_types_of_their_fields():
    event = rich_event()
    publish([event])

    found = read(edition(event))

    figures = [c.asserted_figure for c in found.citations.all() if c.asserted_figure]
    assert figures == [NumericRange(Decimal("81"), None), NumericRange(Decimal("0.5"), Decimal("12.25"), "[]")]
    assert all(isinstance(figure.lower, Decimal) for figure in figures)
    assert found.event_locations.all()[0].location.latitude == Decimal("39.758")
    assert found.date_range == event.date_range


@pytest.mark.parametrize("citations", [1, 3])
def test_reading_takes_five_queries(django_assert_num_queries, citations):
    parent = make.cited_event()
    event = make.event(parent=parent)
    for _ in range(citations):
        make.citation(event, make.document(publisher=make.agent(party=make.party())))
    publish([parent, event])
    of_event = edition(event)

    with django_assert_num_queries(5, using="published"):
        found = read(of_event)
    with django_assert_num_queries(0, using="published"):
        dump(found)


def test_old_edition_has_its_references_as_they_were():
    report = make.document(title="Old title", publisher=make.agent(name="Old name"))
    event = make.event()
    make.citation(event, report)
    publish([event])
    Document.objects.filter(pk=report.pk).update(title="New title")
    Event.objects.filter(pk=event.pk).update(title="New event")
    publish([event])

    before, after = (read(edition(event, number)).citations.all()[0].document.title for number in (1, 2))

    assert (before, after) == ("Old title", "New title")


def test_reference_that_changed_later_does_not_change_the_edition():
    report = make.document(title="Old title")
    event = make.event()
    make.citation(event, report)
    publish([event])
    Document.objects.filter(pk=report.pk).update(title="New title")
    publish_references("document", [report])

    assert Document.objects.using("published").get().title == "New title"
    assert read(edition(event)).citations.all()[0].document.title == "Old title"


def test_old_edition_keeps_what_a_newer_one_dropped():
    event = make.event()
    dropped = make.citation(event, make.document(title="Dropped"), statement="Said once.")
    make.citation(event)
    publish([event])
    dropped.delete()
    publish([event])

    found = read(edition(event))

    assert [c.statement for c in found.citations.all()] == ["Said once.", "It says so."]
    assert found.citations.all()[0].document.title == "Dropped"


def test_removed_source_takes_along_what_was_computed():
    secret = make.document()
    event = make.event(parties=(make.party(),))
    make.citation(event, secret, statement="Whispered.")
    make.citation(event, statement="Said aloud.")
    publish([event])
    assert read(edition(event)).voices.all()

    withhold([secret])
    found = read(edition(event))

    assert [c.statement for c in found.citations.all()] == ["Said aloud."]
    assert not found.voices.all()
    assert not hasattr(found, "counts")


def test_larger_event_and_companion_are_those_of_today():
    parent, companion = make.cited_event(title="War"), make.cited_event()
    event = make.cited_event(parent=parent, companion=companion)
    publish([parent, companion, event])
    Event.objects.filter(pk=parent.pk).update(title="The war")
    publish([parent])
    withdraw([companion], note=Note(words="A family asked for it."))

    found = read(edition(event))

    assert (str(found.parent), found.companion) == ("The war", None)


def test_tombstone_cannot_be_read():
    event = make.cited_event()
    publish([event])
    withdraw([event], note=Note(words="A family asked for it."))

    with pytest.raises(Event.DoesNotExist):
        read(edition(event))


def test_missing_reference_is_a_defect_that_is_named():
    event = make.cited_event()
    publish([event])
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM published.chronicle_edition WHERE document_id IS NOT NULL")

    with pytest.raises(MissingReferenceError, match="document"):
        read(edition(event))


@pytest.fixture
def renamed_title():
    """A step of the shape that today's snapshots have behind them: `heading` became `title`."""
    lift = snapshots.Lift(renamed={"chronicle_event": {"heading": "title"}})
    with connections["owner"].cursor() as cursor:
        cursor.execute(snapshots.lifted_function((*snapshots.LIFTS, lift)))
        yield cursor
        cursor.execute(snapshots.lifted_function())


def test_snapshot_of_an_older_shape_is_lifted(renamed_title):
    event = make.cited_event(title="Talks")
    publish([event])
    renamed_title.execute(
        "UPDATE published.chronicle_edition SET snapshot = jsonb_set(snapshot #- '{chronicle_event,0,title}', "
        "'{chronicle_event,0,heading}', '\"Talks\"') WHERE event_id IS NOT NULL"
    )

    assert read(edition(event)).title == "Talks"
