from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.backends.postgresql.psycopg_any import NumericRange
from pghistory.models import Context

from chronicle.models import Citation, Event
from chronicle.models.rules import NeverWithinItself
from tests import factories
from tests.chronicle.admin.desk import errors, list_url, row, saved, shown, url


def figure(**values: Any) -> dict[str, Any]:
    """The first citation of a new event, about killed persons."""
    return {"document": factories.document().pk, "aspect": "killed", "statement": "It counts.", **values}


def added(desk: Any, **citation: Any) -> Any:
    """Add an event with one citation through the form."""
    values = {"title": "First ceasefire", "slug": "first-ceasefire", "kind": factories.kind().pk, "state": "draft"}
    rows = row("citations", 0, stance="supports", **citation) | {"citations-TOTAL_FORMS": "1"}
    return saved(desk, list_url(Event, "add"), **values, **rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_change_page_asks_as_often_for_one_citation_as_for_three(
    desk: Any, django_assert_num_queries: Any, rows: int
) -> None:
    event = factories.event(parties=(factories.party(),), locations=(factories.location(),))
    for _ in range(rows):
        factories.citation(
            event,
            aspect="killed",
            asserted_figure=NumericRange(1, None),
            unit=factories.unit(),
            population=factories.population(),
            side=factories.party(),
            claimed_by=factories.agent(),
            through=factories.document(),
        )

    desk.get(url(event))  # Django keeps the types of content once it knows them

    with django_assert_num_queries(18):
        response = desk.get(url(event))

    assert response.text.count('class="citation"') == rows + 1  # and the empty one that the script copies


@pytest.mark.parametrize("rows", [1, 3])
def test_saving_asks_nothing_about_citations_that_were_not_touched(
    desk: Any, django_assert_num_queries: Any, rows: int
) -> None:
    event = factories.event()
    for _ in range(rows):
        factories.citation(event, claimed_by=factories.agent())
    data = shown(desk.get(url(event))) | {"title": "Another title"}

    with django_assert_num_queries(29):
        response = desk.post(url(event), data)

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("words", "stored", "is_approximate"),
    [
        ("more than 80", NumericRange(Decimal(81), None, "[)"), False),
        ("at least 7,000 to 8,000", NumericRange(Decimal(7000), None, "[)"), False),
        ("up to 20,000", NumericRange(Decimal(0), Decimal(20000), "[]"), False),
        ("about 300", NumericRange(Decimal(300), Decimal(300), "[]"), True),
        ("none", NumericRange(Decimal(0), Decimal(0), "[]"), False),
    ],
)
def test_figure_is_typed_in_words(desk: Any, words: str, stored: NumericRange, is_approximate: bool) -> None:
    response = added(desk, **figure(asserted_figure=words, unit=factories.unit().pk))

    assert response.status_code == 302
    citation = Citation.objects.get()
    assert citation.asserted_figure == stored
    assert citation.is_approximate == is_approximate


def test_figure_of_a_measured_unit_keeps_its_open_end(desk: Any) -> None:
    area = factories.unit(slug="km2", counts_whole_things=False)

    added(desk, **figure(aspect="area", asserted_figure="more than 80", unit=area.pk))

    assert Citation.objects.get().asserted_figure == NumericRange(Decimal(80), None, "()")


def test_figure_follows_its_unit_when_only_the_unit_changes(desk: Any) -> None:
    area = factories.unit(slug="km2", counts_whole_things=False)
    added(desk, **figure(aspect="area", asserted_figure="more than 80", unit=area.pk))

    saved(desk, url(Event.objects.get()), **row("citations", 0, aspect="killed", unit=factories.unit().pk))

    assert Citation.objects.get().asserted_figure == NumericRange(Decimal(81), None, "[)")


def test_approximate_figure_comes_back_as_it_was_said(desk: Any) -> None:
    added(desk, **figure(asserted_figure="about 300", unit=factories.unit().pk))

    page = desk.get(url(Event.objects.get()))

    assert shown(page)["citations-0-asserted_figure"] == "about 300"
    saved(desk, url(Event.objects.get()), **row("citations", 0, asserted_figure="300"))
    assert Citation.objects.get().is_approximate is False


def test_wrong_figure_comes_back_as_typed_beside_its_field(desk: Any) -> None:
    response = added(desk, **figure(asserted_figure="3.773", unit=factories.unit().pk))

    assert list(errors(response)) == ["citations-0-asserted_figure"]
    assert "is 3,773 meant?" in errors(response)["citations-0-asserted_figure"][0]
    assert 'value="3.773"' in response.text
    assert not Event.objects.exists()


def test_value_that_does_not_fit_is_told_beside_each_field_that_is_missing(desk: Any) -> None:
    without_unit = errors(added(desk, **figure(asserted_figure="80")))
    without_figure = errors(added(desk, **figure()))
    with_date = errors(added(desk, aspect="date", document=factories.document().pk, asserted_date_edtf="2020-10-09"))

    assert without_unit == {"citations-0-unit": ["Unit: choose what the figure counts, such as person."]}
    assert sorted(without_figure) == ["citations-0-asserted_figure", "citations-0-unit"]
    assert list(with_date) == ["citations-0-date_of"]


def test_scope_without_a_figure_is_told_beside_its_field(desk: Any) -> None:
    side = factories.party()

    response = added(desk, aspect="description", document=factories.document().pk, side=side.pk)

    assert list(errors(response)) == ["citations-0-side"]


def test_date_is_shown_as_it_was_understood(desk: Any) -> None:
    event = factories.event(date_edtf="[2020-07-12..2020-07-15]")
    factories.citation(event, aspect="date", asserted_date_edtf="2020-10~", date_of="whole")

    page = desk.get(url(event)).text

    assert "understood as: between 12 and 15 July 2020 (12 July 2020 – 15 July 2020)" in page
    assert "understood as: about October 2020 (1 October 2020 – 31 October 2020)" in page


def test_wrong_date_comes_back_as_typed_beside_its_field(desk: Any) -> None:
    response = saved(desk, url(factories.event()), date_edtf="28/05/1920")

    assert list(errors(response)) == ["date_edtf"]
    assert 'value="28/05/1920"' in response.text


def test_ranges_follow_the_date_that_is_typed(desk: Any) -> None:
    event = factories.event(date_edtf="2020-10-10")

    saved(desk, url(event), date_edtf="2020-09-27/2020-11-10")

    event = Event.objects.get()
    assert str(event.date_range) == "2020-09-27/2020-11-10"
    assert Event.objects.filter(date_range__contains=event.date_range.earliest).exists()


def ring(desk: Any) -> tuple[Any, Event]:
    """Make an event a part of its own part, and change its title and its citation in the same form."""
    outer = factories.event(title="War")
    inner = factories.event(title="Battle", parent=outer)
    factories.citation(outer)
    statement = row("citations", 0, statement="It says otherwise.")
    return saved(desk, url(outer), title="The war", parent=inner.pk, **statement), outer


RING = "Part of: this would make the event a part of itself; choose a larger one"


def test_event_part_of_itself_is_an_error_of_the_form(desk: Any) -> None:
    response, _ = ring(desk)

    assert errors(response) == {"parent": [RING]}


def test_what_only_the_database_refuses_is_an_error_of_the_form_and_nothing_is_saved(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if another curator had closed the ring after the form looked for one.
    monkeypatch.setattr(NeverWithinItself, "is_broken_by", lambda *_: False)

    response, outer = ring(desk)

    assert errors(response) == {"parent": [RING]}
    assert 'value="The war"' in response.text
    assert "It says otherwise." in response.text
    outer.refresh_from_db()
    assert (outer.title, outer.parent, outer.citations.get().statement) == ("War", None, "It says so.")
    assert not LogEntry.objects.exists()


def test_event_that_is_its_own_companion_is_an_error_of_the_form(desk: Any) -> None:
    event = factories.event()

    response = saved(desk, url(event), companion=event.pk)

    assert errors(response) == {"companion": ["Companion: an event is not its own companion; choose another one."]}


def test_slug_is_suggested_for_a_new_event_only(desk: Any) -> None:
    assert "data-prepopulated-fields" in desk.get(list_url(Event, "add")).text
    assert desk.get(list_url(Event, "add")).context["adminform"].prepopulated_fields
    assert not desk.get(url(factories.event())).context["adminform"].prepopulated_fields


PARTY_TWICE = "Party: it is listed already; choose another one, or remove one of the two."


def test_same_party_twice_is_an_error_of_the_form(desk: Any) -> None:
    event = factories.event(parties=(factories.party(),))
    party = str(event.event_parties.get().party_id)

    response = saved(desk, url(event), **row("event_parties", 1, party=party), **{"event_parties-TOTAL_FORMS": "2"})

    assert errors(response) == {"event_parties-1-party": [PARTY_TWICE]}
    assert event.event_parties.count() == 1


def test_change_is_on_record_with_curator_and_page(desk: Any) -> None:
    event = factories.event()

    saved(desk, url(event), title="Another title")

    revision = apps.get_model("chronicle", "EventRevision").objects.latest("pgh_id")
    assert revision.title == "Another title"
    context = Context.objects.get(pk=revision.pgh_context_id)
    assert context.metadata["url"] == url(event)
    assert context.metadata["user"] == int(desk.session["_auth_user_id"])


def test_event_with_sixty_citations_is_saved(desk: Any) -> None:
    """More fields than Django takes by default: DATA_UPLOAD_MAX_NUMBER_FIELDS."""
    event = factories.event()
    document = factories.document()
    for _ in range(60):
        factories.citation(event, document)

    response = saved(desk, url(event), **row("citations", 59, statement="It says otherwise."))

    assert response.status_code == 302
    assert event.citations.get(number=60).statement == "It says otherwise."


def test_history_of_the_desk_tells_what_was_changed(desk: Any) -> None:
    event = factories.event()
    saved(desk, url(event), title="Another title")

    page = desk.get(url(event, "history"))

    assert "<ins>Another title</ins>" in page.text
