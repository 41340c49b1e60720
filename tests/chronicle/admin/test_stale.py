"""Two curators at one record: nothing is overwritten in silence, and nothing that was typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from chronicle.models import Citation, Event, EventName
from sources.models.record import Record
from tests import factories
from tests.chronicle.admin.desk import (
    acted,
    confirmed,
    curator,
    errors,
    list_url,
    logged_in,
    row,
    shown,
    tokens,
    told,
    url,
)


@pytest.fixture
def anna(db: None) -> Client:
    """The other curator, who saves first."""
    return logged_in(curator("contributor", "anna"))


def sent(client: Client, record: Record, form: dict[str, Any], **changes: Any) -> Any:
    """Send a form that was read before; `None` leaves a field out."""
    return client.post(url(record), {name: value for name, value in (form | changes).items() if value is not None})


def opened(client: Client, record: Record) -> dict[str, Any]:
    return shown(client.get(url(record)))


def lines(response: Any, kind: str = "conflicts") -> dict[str, tuple[str, str, str]]:
    """What a page tells: base, theirs and mine of each line, by group and label."""
    assert response.status_code == 409
    return {
        f"{group.title}, {line.label}": tuple(map(side, (line.base, line.theirs, line.mine)))
        for group in response.context["conflict"]["groups"]
        for line in getattr(group, kind)
    }


def side(cell: Any) -> str:
    return "—" if cell is None else "; ".join(": ".join(filter(None, [label, text])) for label, text, _ in cell)


def decided(response: Any, how: str) -> dict[str, str]:
    """The same decision for every conflict of a page."""
    return {line.name: how for group in response.context["conflict"]["groups"] for line in group.conflicts}


# Fields


def test_second_save_is_refused_with_what_was_typed_and_all_three_values(desk: Any, anna: Any) -> None:
    event = factories.event(title="Ceasefire")
    mine, theirs = opened(desk, event), opened(anna, event)
    assert sent(anna, event, theirs, title="First ceasefire").status_code == 302

    response = sent(desk, event, mine, title="The ceasefire of October", summary="Typed meanwhile.")

    assert lines(response) == {"Event, Title": ("Ceasefire", "First ceasefire", "The ceasefire of October")}
    assert response.context["conflict"]["savings"][0].startswith("anna, ")
    assert response.context["conflict"]["savings"][0].endswith(" UTC")
    assert "<title>Not saved: " in response.text
    assert 'value="The ceasefire of October"' in response.text
    assert "Typed meanwhile." in response.text
    assert "checked" not in response.text.split("conflict-heading")[1].split("</section>")[0]
    event.refresh_from_db()
    assert (event.title, event.summary) == ("First ceasefire", "")


@pytest.mark.parametrize(("how", "title"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_conflict_is_decided_and_saved(desk: Any, anna: Any, how: str, title: str) -> None:
    event = factories.event(title="Base")
    mine, theirs = opened(desk, event), opened(anna, event)
    sent(anna, event, theirs, title="Theirs", summary="Theirs alone.")
    page = sent(desk, event, mine, title="Mine", reading_note="Mine alone.")
    assert lines(page, "taken") == {"Event, Summary": ("", "Theirs alone.", "")}

    undecided = sent(desk, event, shown(page))
    assert undecided.status_code == 409
    done = sent(desk, event, shown(undecided), **decided(undecided, how))

    assert done.status_code == 302
    event.refresh_from_db()
    assert (event.title, event.summary, event.reading_note) == (title, "Theirs alone.", "Mine alone.")


def test_changes_that_do_not_meet_are_merged_after_they_were_shown(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base")
    mine, theirs = opened(desk, event), opened(anna, event)
    sent(anna, event, theirs, summary="Theirs.")

    page = sent(desk, event, mine, title="Mine")

    assert lines(page) == {}
    assert lines(page, "taken") == {"Event, Summary": ("", "Theirs.", "")}
    event.refresh_from_db()
    assert event.title == "Base"
    assert sent(desk, event, shown(page)).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.summary) == ("Mine", "Theirs.")


def test_decision_is_about_what_was_shown(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base")
    mine = opened(desk, event)
    sent(anna, event, opened(anna, event), title="Theirs")
    page = sent(desk, event, mine, title="Mine")
    sent(anna, event, opened(anna, event), title="Theirs again")

    again = sent(desk, event, shown(page), **decided(page, "mine"))

    assert lines(again) == {"Event, Title": ("Base", "Theirs again", "Mine")}
    assert 'value="mine" checked' not in again.text
    event.refresh_from_db()
    assert event.title == "Theirs again"


def test_decision_stays_where_something_else_has_changed(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base")
    mine = opened(desk, event)
    sent(anna, event, opened(anna, event), title="Theirs")
    page = sent(desk, event, mine, title="Mine")
    sent(anna, event, opened(anna, event), summary="And this.")

    again = sent(desk, event, shown(page), **decided(page, "mine"))

    assert lines(again, "taken") == {"Event, Summary": ("", "And this.", "")}
    assert 'value="mine" checked' in again.text
    assert sent(desk, event, shown(again), **decided(again, "mine")).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.summary) == ("Mine", "And this.")


def test_what_was_taken_over_can_be_typed_over(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base")
    mine = opened(desk, event)
    sent(anna, event, opened(anna, event), summary="Theirs.")
    page = sent(desk, event, mine, title="Mine")

    assert sent(desk, event, shown(page), summary="Theirs, mended.").status_code == 302
    event.refresh_from_db()
    assert event.summary == "Theirs, mended."


def test_identical_second_save_is_no_conflict(desk: Any) -> None:
    event = factories.event(title="Base", summary="Two\nlines.")
    document = factories.document()
    new = row("citations", 0, document=document.pk, aspect="occurrence", stance="supports")
    form = opened(desk, event) | new | {"citations-TOTAL_FORMS": "1", "title": "Mine"}

    answers = [sent(desk, event, form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert event.citations.count() == 1
    assert event.revisions.count() == 2


def test_same_curator_in_two_windows_is_told_so(desk: Any) -> None:
    event = factories.event(title="Base")
    first, second = opened(desk, event), opened(desk, event)
    sent(desk, event, first, title="One")

    response = sent(desk, event, second, title="Two")

    assert response.context["conflict"]["savings"][0].startswith("you yourself, in another window, ")


def test_ends_of_lines_are_no_change(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base", summary="Two\nlines.")
    mine = opened(desk, event) | {"summary": "Two\r\nlines."}
    sent(anna, event, opened(anna, event), summary="Theirs.")

    page = sent(desk, event, mine, title="Mine")

    assert lines(page) == {}
    assert list(lines(page, "taken")) == ["Event, Summary"]


def test_change_by_sql_is_not_missed(desk: Any) -> None:
    event = factories.event(title="Base")
    mine = opened(desk, event)
    Event.objects.filter(pk=event.pk).update(title="By another way")

    response = sent(desk, event, mine, title="Mine")

    assert lines(response) == {"Event, Title": ("Base", "By another way", "Mine")}
    assert response.context["conflict"]["savings"][0].startswith("the database login chronicle_desk, ")


@pytest.mark.parametrize("token", [None, "", "nonsense", "other"])
def test_form_that_does_not_say_what_it_showed_is_refused(desk: Any, token: str | None) -> None:
    event, other = factories.event(title="Base"), factories.event()
    forged = opened(desk, other)["seen"] if token == "other" else token
    form = opened(desk, event) | {"seen": forged}

    response = sent(desk, event, form, title="Mine")

    assert lines(response) == {"Event, Title": ("—", "Base", "Mine")}
    assert "The form did not say what it showed" in response.text
    event.refresh_from_db()
    assert event.title == "Base"
    assert sent(desk, event, shown(response), **decided(response, "mine")).status_code == 302


def test_error_of_a_decided_form_does_not_ask_again(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base", date_edtf="2020-10-10")
    mine = opened(desk, event)
    sent(anna, event, opened(anna, event), title="Theirs")
    page = sent(desk, event, mine, title="Mine", date_edtf="10/10/2020")

    wrong = sent(desk, event, shown(page), **decided(page, "mine"))
    assert list(errors(wrong)) == ["date_edtf"]

    assert sent(desk, event, shown(wrong), date_edtf="2020-10-11").status_code == 302
    event.refresh_from_db()
    assert event.title == "Mine"


def test_error_of_a_form_does_not_forget_what_it_showed(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base")
    wrong = sent(desk, event, opened(desk, event), title="Mine", date_edtf="10/10/2020")
    assert list(errors(wrong)) == ["date_edtf"]
    sent(anna, event, opened(anna, event), title="Theirs")

    response = sent(desk, event, shown(wrong), date_edtf="2020-10-10")

    assert list(lines(response)) == ["Event, Title"]


def test_choice_hidden_from_a_role_is_no_conflict_of_its_own(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base", state="draft")
    form = opened(anna, event)
    sent(desk, event, opened(desk, event), state="ready")

    page = sent(anna, event, form, title="Mine")

    assert lines(page, "taken") == {"Event, State of work": ("draft", "in review", "draft")}
    assert sent(anna, event, shown(page)).status_code == 302


def test_what_is_shown_and_not_typed_is_told(desk: Any, anna: Any) -> None:
    document = factories.document(title="Base")
    form = opened(anna, document)
    confirmed(desk, type(document), "withhold", {"id": document.pk, "access": "withheld"})

    page = sent(anna, document, form, title="Mine")

    assert list(lines(page, "taken")) == ["Document, Access"]
    assert sent(anna, document, shown(page)).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.access) == ("Mine", "withheld")


# Rows


def with_citations(number: int = 2) -> Event:
    event = factories.event(title="Base")
    document = factories.document(title_short="Bayramov 2021")
    for count in range(number):
        factories.citation(event, document, locator_label="page", locator=str(count + 1))
    return event


def test_citation_changed_on_both_sides_is_compared_field_by_field(desk: Any, anna: Any) -> None:
    event = with_citations()
    mine, theirs = opened(desk, event), opened(anna, event)
    sent(anna, event, theirs, **row("citations", 1, statement="Theirs.", comment="Theirs alone."))

    page = sent(desk, event, mine, **row("citations", 1, statement="Mine."))

    assert lines(page) == {"Citation 2: Bayramov 2021 · page · 2, Statement": ("It says so.", "Theirs.", "Mine.")}
    assert lines(page, "taken") == {"Citation 2: Bayramov 2021 · page · 2, Comment": ("", "Theirs alone.", "")}
    sent(desk, event, shown(page), **decided(page, "mine"))
    citation = event.citations.get(number=2)
    assert (citation.statement, citation.comment) == ("Mine.", "Theirs alone.")


def test_different_citations_of_one_event_do_not_meet(desk: Any, anna: Any) -> None:
    event = with_citations()
    mine, theirs = opened(desk, event), opened(anna, event)
    sent(anna, event, theirs, **row("citations", 0, statement="Theirs."))

    page = sent(desk, event, mine, **row("citations", 1, statement="Mine."))

    assert lines(page) == {}
    assert sent(desk, event, shown(page)).status_code == 302
    assert list(event.citations.order_by("number").values_list("statement", flat=True)) == ["Theirs.", "Mine."]


def test_figure_is_compared_as_it_is_said(desk: Any, anna: Any) -> None:
    event = factories.event()
    factories.citation(event, aspect="killed", asserted_figure=(81, None), unit=factories.unit())
    mine, theirs = opened(desk, event), opened(anna, event)
    sent(anna, event, theirs, **row("citations", 0, asserted_figure="about 300"))

    page = sent(desk, event, mine, **row("citations", 0, asserted_figure="up to 20,000"))

    (values,) = lines(page).values()
    assert values == (mine["citations-0-asserted_figure"], "about 300", "up to 20,000")
    sent(desk, event, shown(page), **decided(page, "theirs"))
    assert event.citations.get().is_approximate


def added(index: int, **values: Any) -> dict[str, Any]:
    return row("names", index, **values) | {"names-TOTAL_FORMS": str(index + 1)}


def test_row_added_by_the_other_stays_and_is_shown(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base")
    mine, theirs = opened(desk, event), opened(anna, event)
    sent(anna, event, theirs, **added(0, name="Theirs", language="en"))

    page = sent(desk, event, mine, **added(0, name="Mine", language="en"))

    assert lines(page, "taken") == {"Name: Theirs · en, The whole row": ("—", "Name: Theirs; Language: en", "—")}
    assert sent(desk, event, shown(page)).status_code == 302
    assert set(event.names.values_list("name", flat=True)) == {"Theirs", "Mine"}


def test_row_added_by_the_other_can_be_deleted_once_it_is_shown(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base")
    mine = opened(desk, event)
    sent(anna, event, opened(anna, event), **added(0, name="Theirs", language="en"))
    page = sent(desk, event, mine, title="Mine")

    assert sent(desk, event, shown(page), **row("names", 0, DELETE="on")).status_code == 302
    assert not event.names.exists()


def named(event: Event) -> EventName:
    return EventName.objects.create(event=event, name="Base", language="en")


def test_row_that_the_other_deleted_goes_if_i_did_not_touch_it(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base")
    named(event)
    mine, theirs = opened(desk, event), opened(anna, event)
    sent(anna, event, theirs, **row("names", 0, DELETE="on"))

    page = sent(desk, event, mine, title="Mine")

    base = "Name: Base; Language: en"
    assert lines(page, "taken") == {"Name: Base · en, The whole row": (base, "—", base)}
    assert sent(desk, event, shown(page)).status_code == 302
    assert not event.names.exists()


@pytest.mark.parametrize(("how", "names"), [("mine", ["Mine"]), ("theirs", [])])
def test_row_that_the_other_deleted_and_i_changed_is_decided(desk: Any, anna: Any, how: str, names: list[str]) -> None:
    event = factories.event(title="Base")
    named(event)
    mine, theirs = opened(desk, event), opened(anna, event)
    sent(anna, event, theirs, **row("names", 0, DELETE="on"))

    page = sent(desk, event, mine, **row("names", 0, name="Mine"))
    assert lines(page) == {"Name: Base · en, The whole row": ("Name: Base", "—", "Name: Mine")}
    undecided = sent(desk, event, shown(page))
    assert list(lines(undecided)) == ["Name: Base · en, The whole row"]

    assert sent(desk, event, shown(undecided), **decided(undecided, how)).status_code == 302
    assert list(event.names.values_list("name", flat=True)) == names


@pytest.mark.parametrize(("how", "names"), [("mine", []), ("theirs", ["Theirs"])])
def test_row_that_i_delete_and_the_other_changed_is_decided(desk: Any, anna: Any, how: str, names: list[str]) -> None:
    event = factories.event(title="Base")
    named(event)
    mine, theirs = opened(desk, event), opened(anna, event)
    sent(anna, event, theirs, **row("names", 0, name="Theirs"))

    page = sent(desk, event, mine, **row("names", 0, DELETE="on"))
    assert lines(page) == {"Name: Theirs · en, The whole row": ("Name: Base", "Name: Theirs", "—")}

    assert sent(desk, event, shown(page), **decided(page, how)).status_code == 302
    assert list(event.names.values_list("name", flat=True)) == names


def test_row_that_both_deleted_is_no_conflict(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base")
    named(event)
    mine, theirs = opened(desk, event), opened(anna, event)
    sent(anna, event, theirs, **row("names", 0, DELETE="on"))

    assert sent(desk, event, mine, title="Mine", **row("names", 0, DELETE="on")).status_code == 302
    assert not event.names.exists()


# Deleting


def test_record_that_the_other_deleted_comes_back_as_a_new_one(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base", slug="base")
    named(event)
    mine = opened(desk, event)
    Event.objects.filter(pk=event.pk).delete()

    page = sent(desk, event, mine, title="Mine")

    assert page.status_code == 409
    assert "This record was deleted while you had it open" in page.text
    assert not Event.objects.exists()
    again = desk.post(list_url(Event, "add"), shown(page))
    assert again.status_code == 302
    event = Event.objects.get()
    assert (event.title, event.slug, event.names.get().name) == ("Mine", "base", "Base")


def test_record_that_changed_is_not_deleted_unseen(desk: Any, anna: Any) -> None:
    event = with_citations()
    page = desk.get(url(event, "delete"))
    sent(anna, event, opened(anna, event), **row("citations", 0, statement="Theirs."))

    refused = desk.post(url(event, "delete"), {"post": "yes", "seen": page.context["seen"]}, follow=True)

    (words,) = told(refused)
    assert words.startswith("Nothing was done, because something changed since it was shown.")
    assert "<br>Base: changed (anna, " in words
    assert Event.objects.exists()
    assert desk.post(url(event, "delete"), {"post": "yes"}).status_code == 302
    assert Event.objects.exists()
    desk.post(url(event, "delete"), {"post": "yes", "seen": refused.context["seen"]})
    assert not Event.objects.exists()


# Lists and verbs


def test_action_on_what_changed_since_it_was_listed_is_refused(desk: Any, anna: Any) -> None:
    event, other = factories.cited_event(title="Base"), factories.event(title="Other")
    page = desk.get(list_url(Event))
    sent(anna, event, opened(anna, event), title="Theirs")
    marked = {"_selected_action": [event.pk, other.pk], "seen": page.context["seen"]}

    for name in ("publish", "delete_selected"):
        refused = desk.post(list_url(Event), {**marked, "action": name}, follow=True)
        (words,) = told(refused)
        assert "<br>Theirs: changed (anna, " in words
        assert "Other" not in words

    unmarked = desk.post(list_url(Event), {**marked, "action": "publish", "seen": ""}, follow=True)
    assert "The page did not say what it showed." in told(unmarked)[0]
    assert acted(desk, Event, "publish", event, other).status_code == 302


def test_deletion_of_several_is_refused_if_a_row_of_one_changed(desk: Any) -> None:
    event = with_citations()
    page = acted(desk, Event, "delete_selected", event)
    Citation.objects.filter(event=event, number=1).update(statement="By another way.")
    yes = {"action": "delete_selected", "_selected_action": event.pk, "post": "yes"}

    refused = desk.post(list_url(Event), {**yes, "seen": page.context["seen"]}, follow=True)

    assert "<br>Base: changed (" in told(refused)[0]
    assert Event.objects.exists()
    again = acted(desk, Event, "delete_selected", event)
    desk.post(list_url(Event), {**yes, "seen": again.context["seen"]})
    assert not Event.objects.exists()


def test_page_of_a_verb_lists_what_changed_since(desk: Any, anna: Any) -> None:
    event, other = factories.cited_event(title="Base"), factories.cited_event(title="Other")
    answers = {"id": [event.pk, other.pk], "kind": "wording"}
    page = desk.get(list_url(Event, "publish"), {"id": answers["id"]})
    sent(anna, event, opened(anna, event), **row("citations", 0, curators_note="Private."))

    refused = desk.post(list_url(Event, "publish"), {**answers, **tokens(page)})
    (_words, line) = refused.context["form"].non_field_errors()
    assert line.startswith("Base: changed (anna, ")
    assert not event.editions.exists()

    without = desk.post(list_url(Event, "publish"), answers)
    assert "The page did not say what it showed." in without.context["form"].non_field_errors()
    assert not event.editions.exists()
    assert desk.post(list_url(Event, "publish"), {**answers, **tokens(refused)}).status_code == 302


def test_no_list_is_edited_in_place() -> None:
    assert [model for model, page in admin.site._registry.items() if page.list_editable] == []


# Every record


MAKERS: dict[str, tuple[Callable[[], Record], str]] = {
    "event": (factories.event, "title"),
    "location": (factories.location, "name"),
    "document": (factories.document, "title"),
    "agent": (factories.agent, "name"),
    "party": (factories.party, "name"),
    "kind": (factories.kind, "description"),
    "unit": (factories.unit, "name_plural"),
    "population": (factories.population, "name"),
    "masthead": (factories.masthead, "name"),
    "missing": (factories.missing, "title"),
    "term": (factories.term, "name"),
}


@pytest.mark.parametrize("name", MAKERS)
def test_every_record_is_guarded(desk: Any, name: str) -> None:
    make, field = MAKERS[name]
    record = make()
    form = opened(desk, record)
    type(record).objects.filter(pk=record.pk).update(**{field: "Theirs"})

    page = sent(desk, record, form, **{field: "Mine"})

    ((_, theirs, mine),) = lines(page).values()
    assert (theirs, mine) == ("Theirs", "Mine")
    assert sent(desk, record, shown(page), **decided(page, "mine")).status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == "Mine"


ACCOUNTS = ("Group", "User", "OneTimeLink")
READ_ONLY = ("AuditEntry", "Citation", "Edition", "Purge")
"""Lists without a form that saves."""


def test_every_form_of_the_desk_is_guarded_but_accounts() -> None:
    pages = {model.__name__: hasattr(page, "parts") for model, page in admin.site._registry.items()}

    assert {name for name, is_guarded in pages.items() if not is_guarded} == {*ACCOUNTS, *READ_ONLY}
    assert pages.pop("Merge"), "a merge is looked at, and undone by its verb"
    assert pages.pop("Import"), "so is an import"
    assert len(pages) == len(MAKERS) + len(ACCOUNTS) + len(READ_ONLY)


# How much is asked of the database


@pytest.mark.parametrize("rows", [1, 5])
def test_conflict_asks_as_often_for_one_row_as_for_five(desk: Any, django_assert_num_queries: Any, rows: int) -> None:
    event = factories.event(title="Base")
    for _ in range(rows):
        factories.citation(event, claimed_by=factories.agent())
    form = opened(desk, event)
    agent = factories.agent()
    Event.objects.filter(pk=event.pk).update(title="Theirs")
    Citation.objects.filter(event=event).update(statement="Theirs.", claimed_by=agent, document=factories.document())
    EventName.objects.bulk_create(EventName(event=event, name=f"Name {n}", language="en") for n in range(rows))
    changes = {name: value for n in range(rows) for name, value in row("citations", n, statement="Mine.").items()}

    with django_assert_num_queries(38):
        page = sent(desk, event, form, title="Mine", **changes)

    groups = page.context["conflict"]["groups"]
    assert sum(len(group.conflicts) for group in groups) == rows + 1
    assert sum(len(group.taken) for group in groups) == 3 * rows


# Ways to save


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother", "_popup"])
def test_every_way_to_save_is_refused_and_goes_on_as_it_was_meant(desk: Any, anna: Any, button: str) -> None:
    event = factories.event(title="Base")
    mine = opened(desk, event)
    sent(anna, event, opened(anna, event), title="Theirs")

    page = sent(desk, event, mine, title="Mine", **{button: "1"})
    done = sent(desk, event, shown(page), **decided(page, "mine"), **{button: "1"})

    assert page.status_code == 409
    assert page.context["is_popup"] == (button == "_popup")
    ends = {"_save": list_url(Event), "_continue": url(event), "_addanother": list_url(Event, "add"), "_popup": None}
    assert getattr(done, "url", None) == ends[button]
    event.refresh_from_db()
    assert event.title == "Mine"


def test_add_form_has_no_token_and_needs_none(desk: Any) -> None:
    page = desk.get(list_url(Event, "add"))

    assert 'name="seen"' not in page.text
    new = shown(page) | {"title": "New", "kind": str(factories.kind().pk)}
    assert desk.post(list_url(Event, "add"), new).status_code == 302


def test_saving_as_new_overwrites_nothing(desk: Any) -> None:
    event = factories.event(title="Base", slug="base")
    form = opened(desk, event)

    sent(desk, event, form, title="Another", slug="another", seen="", _saveasnew="1")

    assert set(Event.objects.values_list("title", flat=True)) == {"Base", "Another"}


def test_hostile_words_of_others_are_shown_as_words(desk: Any, anna: Any) -> None:
    event = factories.event(title="Base")
    mine = opened(desk, event)
    sent(anna, event, opened(anna, event), title="<script>alert(1)</script>")

    page = sent(desk, event, mine, title="<b>Mine</b>")

    assert "<script>alert(1)" not in page.text
    assert "<b>Mine" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_stranger_to_a_record_is_told_nothing_of_it(desk: Any, anna: Any) -> None:
    masthead = factories.masthead(name="Base")

    response = anna.post(url(masthead), {"name": "Mine"})

    assert response.status_code == 403
