"""Entry from a document: rows read by the rules of the models, saved all or nothing, with nothing typed lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chronicle.models import Citation, Event, EventName, LocationName
from sources.models import AgentName, Document
from tests import factories
from tests.chronicle.admin.desk import curator, logged_in, told, url


def grid_url(document: Document) -> str:
    return reverse("admin:sources_document_entry", args=[document.pk])


def sent(*rows: dict[str, Any], **others: Any) -> dict[str, Any]:
    """What a browser sends of these rows."""
    boxes = {f"row-{index}-{name}": value for index, row in enumerate(rows) for name, value in row.items()}
    return {"row-TOTAL_FORMS": len(rows), "row-INITIAL_FORMS": 0, **boxes, **others}


def entered(client: Client, document: Document, *rows: dict[str, Any], **others: Any) -> Any:
    return client.post(grid_url(document), sent(*rows, **others))


def wrong(response: Any) -> list[dict[str, list[str]]]:
    """What is told of each row of a page that came back, by its boxes."""
    assert response.status_code == 422
    return [{name: list(found) for name, found in form.errors.items()} for form in response.context["grid"].forms]


def words(**boxes: Any) -> dict[str, Any]:
    return {"aspect": "description", "statement": "It says so.", **boxes}


@pytest.fixture
def document(db: None) -> Document:
    return factories.document(title_short="Report 2021")


def test_rows_are_read_by_their_aspect(desk: Any, document: Document) -> None:
    event, party = factories.event(title="First ceasefire"), factories.party(slug="armenia")
    town, speaker = factories.location(slug="shusha"), factories.agent(slug="minister", name="Jeyhun Bayramov")
    person = factories.unit()
    where = {"event": f"E{event.pk}", "locator_label": "page", "locator": "214"}

    response = entered(
        desk,
        document,
        {
            **where,
            "aspect": "date",
            "value": "2020-10-09/2020-10-10",
            "scope": "date_of:agreed",
            "speaker": "bayramov [minister]",
        },
        {**where, "aspect": "location", "value": "SHUSHA", "scope": "asserted_location_role:site"},
        {**where, "aspect": "responsibility", "value": "armenia"},
        {
            **where,
            "aspect": "killed",
            "value": "about 300",
            "scope": f"unit:{person.pk}",
            "side": party.pk,
            "stated_on": "2021",
        },
        {**where, "aspect": "wounded", "value": "Unknown", "scope": ""},
        {**where, "aspect": "outcome", "statement": "It ended.", "quotation": "So it ended.", "stance": "mentions"},
    )

    assert response.status_code == 302
    date, place, blame, dead, hurt, end = Citation.objects.order_by("pk")
    assert (date.asserted_date_edtf, date.date_of, date.claimed_by) == ("2020-10-09/2020-10-10", "agreed", speaker)
    assert (place.asserted_location, place.asserted_location_role) == (town, "site")
    assert blame.asserted_party == party
    assert (dead.asserted_figure.lower, dead.is_approximate, dead.unit, dead.side) == (300, True, person, party)
    assert dead.stated_on_range is not None
    assert (hurt.asserts_unknown, hurt.unit) == (True, None)
    assert (end.statement, end.quotation, end.stance) == ("It ended.", "So it ended.", "mentions")
    assert [each.number for each in (date, place, blame, dead, hurt, end)] == [1, 2, 3, 4, 5, 6]
    assert {each.locator for each in Citation.objects.all()} == {"214"}
    assert {each.document_id for each in Citation.objects.all()} == {document.pk}


@pytest.mark.parametrize(
    "text", ["First Ceasefire of October", "Birinci atəşkəs", "birinci atashkas", "E{pk}", "x [E{pk}]", "first-one"]
)
def test_event_is_named_in_any_spelling_or_by_its_number(desk: Any, document: Document, text: str) -> None:
    event = factories.event(title="First ceasefire of October", slug="first-one")
    EventName.objects.create(event=event, name="Birinci atəşkəs", language="az-Latn")

    response = entered(desk, document, words(event=text.format(pk=event.pk)))

    assert response.status_code == 302
    assert Citation.objects.get().event == event


def test_names_of_locations_and_agents_are_found_in_any_language(desk: Any, document: Document) -> None:
    event, town = factories.event(), factories.location(name="Shusha")
    LocationName.objects.create(location=town, toponym="Շուշի", language="hy")
    speaker = factories.agent(name="Vahram Poghosyan")
    AgentName.objects.create(agent=speaker, name="Վահրամ Պողոսյան", language="hy")
    place = {"aspect": "location", "scope": "asserted_location_role:site"}

    response = entered(
        desk, document, {"event": f"E{event.pk}", "value": "Շուշի", "speaker": "Վահրամ Պողոսյան", **place}
    )

    assert response.status_code == 302
    citation = Citation.objects.get()
    assert (citation.asserted_location, citation.claimed_by) == (town, speaker)


def test_event_is_made_in_the_row_and_used_by_those_below(desk: Any, document: Document) -> None:
    kind = factories.kind()
    factories.event(slug="strike-on-a-town")

    response = entered(
        desk,
        document,
        words(new_title="Strike on a town", new_kind=kind.pk, new_date="2020-10-11"),
        words(event="strike on a TOWN", statement="Twice."),
        words(event='"', statement="Thrice."),
        words(new_title="Strike on a Town!", new_kind=kind.pk),
    )

    assert response.status_code == 302
    made, other = Event.objects.order_by("pk")[1:]
    assert (made.title, made.slug, made.state) == ("Strike on a town", "strike-on-a-town-2", "draft")
    assert made.date_range is not None
    assert other.slug == "strike-on-a-town-3"
    assert list(made.citations.values_list("statement", flat=True)) == ["It says so.", "Twice.", "Thrice."]
    assert other.citations.count() == 1


def test_nothing_is_saved_while_one_row_is_wrong_and_all_that_was_typed_comes_back(
    desk: Any, document: Document
) -> None:
    event, kind = factories.event(), factories.kind()

    response = entered(
        desk,
        document,
        words(new_title="A new event", new_kind=kind.pk),
        {"event": f"E{event.pk}", "aspect": "date", "value": "10 October", "scope": "date_of:agreed"},
    )

    first, second = wrong(response)
    assert first == {}
    assert list(second) == ["value"]
    assert second["value"][0].startswith("'10 October' is not a date in EDTF")
    assert (Citation.objects.count(), Event.objects.count()) == (0, 1)
    assert 'value="10 October"' in response.text
    assert 'value="A new event"' in response.text
    assert "<title>Not saved:" in response.text


WRONG: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "no event": ({"event": ""}, {"event": "Event: choose one, such as E147"}),
    "no such event": ({"event": "Nothing"}, {"event": "Event: none is called “Nothing”."}),
    "no such number": ({"event": "E999999999"}, {"event": "Event: none is called"}),
    "no aspect": ({"aspect": ""}, {"aspect": "Aspect: choose of what"}),
    "no value": ({"aspect": "killed"}, {"value": "Value: this aspect needs a figure"}),
    "no date": ({"aspect": "date", "scope": "date_of:began"}, {"value": "Value: this aspect needs a date"}),
    "a value too many": ({"value": "2020"}, {"value": "Value: this aspect has none."}),
    "no unit": ({"aspect": "killed", "value": "80"}, {"scope": "choose what the figure counts"}),
    "no moment": ({"aspect": "date", "value": "2020"}, {"scope": "choose which moment"}),
    "foreign scope": (
        {"aspect": "responsibility", "value": "armenia", "scope": "date_of:began"}, {"scope": "does not fit"},
    ),
    "no figure": ({"aspect": "killed", "value": "many of them"}, {"value": "“many of them”", "scope": "Dated"}),
    "no party": ({"aspect": "responsibility", "value": "Nobody"}, {"value": "There are: Armenia."}),
    "no location": (
        {"aspect": "location", "value": "Nowhere", "scope": "asserted_location_role:site"}, {"value": "no location is"},
    ),
    "no speaker": ({"speaker": "Nobody"}, {"speaker": "Speaker: no agent is called “Nobody”."}),
    "half a locator": ({"locator": "214"}, {"locator": "Locator: say both what is counted and where"}),
    "scope without figure": ({"side": "armenia"}, {"side": "Side: it belongs to a figure"}),
    "speaking silence": ({"stance": "silent", "quotation": "So."}, {"stance": "Stance: a document that is silent"}),
    "NUL": ({"statement": "a\x00b"}, {"statement": "Null characters are not allowed."}),
    "too long": ({"locator_label": "page", "locator": "9" * 101}, {"locator": "at most 100 characters"}),
    "crafted choice": ({"stance": "denies"}, {"stance": "Select a valid choice."}),
    "new event without a kind": ({"event": "", "new_title": "New"}, {"new_kind": "Kind: choose what kind"}),
    "new event with a wrong date": (
        {"event": "", "new_title": "New", "new_date": "32"}, {"new_date": "'32'", "new_kind": "Kind"},
    ),
    "two events": ({"new_title": "New"}, {"event": "Event: choose one or make a new one", "new_kind": "Kind"}),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_beside_its_box(desk: Any, document: Document, case: str) -> None:
    event, party = factories.event(), factories.party(slug="armenia")
    boxes, expected = WRONG[case]
    boxes = {name: party.pk if (name, value) == ("side", "armenia") else value for name, value in boxes.items()}

    (found,) = wrong(entered(desk, document, words(**{"event": f"E{event.pk}", **boxes})))

    assert list(found) == list(expected)
    assert all(expected[name] in " ".join(told) for name, told in found.items())
    assert not Citation.objects.exists()


def test_name_of_several_events_lists_them(desk: Any, document: Document) -> None:
    first, second = factories.event(title="A strike"), factories.event(title="A STRIKE")

    (found,) = wrong(entered(desk, document, words(event="a strike")))

    assert f"A strike [E{first.pk}] · A STRIKE [E{second.pk}]" in found["event"][0]
    assert entered(desk, document, words(event=f"A STRIKE [E{second.pk}]")).status_code == 302


def test_rows_that_only_carry_what_stood_above_are_no_rows(desk: Any, document: Document) -> None:
    event = factories.event()
    carried = {"event": f"E{event.pk}", "locator_label": "page", "aspect": "date"}

    response = entered(desk, document, words(event=f"E{event.pk}"), carried, {})

    assert response.status_code == 302
    assert Citation.objects.count() == 1


def test_nothing_filled_in_is_told(desk: Any, document: Document) -> None:
    response = entered(desk, document, {}, {})

    assert response.status_code == 422
    assert "Nothing is filled in" in response.text


@pytest.mark.parametrize("total", ["", "-1", "x", "9" * 30, "201"])
def test_crafted_numbers_of_rows_are_refused(desk: Any, document: Document, total: str) -> None:
    response = entered(desk, document, words(), **{"row-TOTAL_FORMS": total})
    more = entered(desk, document, words(), **{"row-TOTAL_FORMS": total, "_more": "x"})

    assert (response.status_code, more.status_code) == (422, 200)
    assert not Citation.objects.exists()


def test_more_rows_keep_what_was_typed_and_carry_the_last(desk: Any, document: Document) -> None:
    row = words(event="A title", locator_label="note", locator="18", speaker="Somebody", value="not read yet")

    response = entered(desk, document, row, _more="More rows")

    forms = response.context["grid"].forms
    assert len(forms) == 6
    assert forms[0]["locator"].value() == "18"
    assert [form["event"].value() for form in forms] == ["A title"] * 6
    assert [form["locator"].value() for form in forms[1:]] == [""] * 5 or forms[1]["locator"].value() is None
    assert "errorlist" not in response.text


def test_next_page_carries_on_from_what_was_saved(desk: Any, document: Document) -> None:
    event, speaker = factories.event(title="First ceasefire"), factories.agent(slug="minister", name="A minister")
    row = words(event=f"E{event.pk}", locator_label="page", locator="7", speaker="a minister")

    response = desk.post(grid_url(document), sent(row), follow=True)

    citation = Citation.objects.get()
    assert told(response) == [f"1 assertion is saved: {citation}."]
    assert response.redirect_chain == [(f"{grid_url(document)}?after={citation.pk}", 302)]
    first = response.context["grid"].forms[0]
    carried = [first[name].value() for name in ("event", "locator_label", "aspect", "speaker", "locator")]
    assert carried == [f"First ceasefire [E{event.pk}]", "page", "description", f"A minister [{speaker.slug}]", None]
    for strange in ("x", "9" * 40, "-1", "0"):
        assert desk.get(grid_url(document), {"after": strange}).status_code == 200


def test_citations_of_the_document_stand_beside_in_page_order(desk: Any, document: Document) -> None:
    event = factories.event()
    for page in ("100", "9", "20"):
        factories.citation(event, document, locator_label="page", locator=page, statement=f"Page {page}.")
    factories.citation(event, statement="Of another one.")

    response = desk.get(grid_url(document))

    assert [each.locator for each in response.context["cited"]] == ["9", "20", "100"]
    assert response.text.index("Page 9.") < response.text.index("Page 20.")
    assert "Of another one." not in response.text


def reads(client: Client, document: Document, rows: int) -> int:
    """How many queries saving takes that look into a table; each row's constraints are worked out without one."""
    events = [factories.event() for _ in range(rows)]
    speaker, town = factories.agent(), factories.location()
    kind = factories.kind()
    place = {"aspect": "location", "value": f"[{town.slug}]", "scope": "asserted_location_role:site"}
    old = [{"event": f"E{event.pk}", "speaker": f"[{speaker.slug}]", **place} for event in events]
    new = [words(new_title=f"New {event.pk}", new_kind=kind.pk) for event in events]
    with CaptureQueriesContext(connection) as queries:
        assert entered(client, document, *old, *new).status_code == 302
    return len(
        [query for query in queries if any(word in query["sql"] for word in ('FROM "', "INSERT INTO", "unnest"))]
    )


def test_number_of_look_ups_does_not_grow_with_the_rows(desk: Any, document: Document) -> None:
    assert reads(desk, document, 1) == 19
    assert reads(desk, document, 3) == 19


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_of_the_page_is_constant(desk: Any, document: Document, rows: int) -> None:
    for _ in range(rows):
        factories.citation(factories.event(), document)
        factories.kind(slug=f"kind-{_}")
        factories.party()

    with CaptureQueriesContext(connection) as queries:
        desk.get(grid_url(document))

    assert len(queries) == 8


def test_row_is_read_while_it_is_typed_and_not_saved(desk: Any, document: Document) -> None:
    event = factories.event(title="First ceasefire")
    address = reverse("admin:sources_document_entry-read", args=[document.pk])
    row = {"event": "first ceasefire", "aspect": "date", "value": "2020-10~", "scope": "date_of:agreed"}

    right = desk.post(address, sent(row)).json()["rows"]
    below = desk.post(address, sent({**row, "event": "Made above"}, made_above=["made above"])).json()["rows"]
    bad = desk.post(address, sent({**row, "value": "soon"})).json()["rows"]

    assert (
        right
        == [
            {
                "told": [
                    f"First ceasefire [E{event.pk}]",
                    "understood as: about October 2020 (29 September 2020 – 1 November 2020)",
                ],
                "errors": {},
            }
        ]
        or right[0]["errors"] == {}
    )
    assert right[0]["told"][0] == f"First ceasefire [E{event.pk}]"
    assert right[0]["told"][1].startswith("understood as: about October 2020")
    assert below[0]["told"][0] == "new event: made above"
    assert list(bad[0]["errors"]) == ["value"]
    assert desk.post(address, sent({})).json() == {"rows": []}
    assert not Citation.objects.exists()


def test_titles_that_exist_are_told_when_an_event_is_made(desk: Any, document: Document) -> None:
    event = factories.event(title="First ceasefire")
    address = reverse("admin:sources_document_entry-read", args=[document.pk])

    (row,) = desk.post(address, sent(words(new_title="first CEASEFIRE", new_kind=factories.kind().pk))).json()["rows"]

    assert row["told"] == [
        "new event: first CEASEFIRE",
        f"there is one of this title already: First ceasefire [E{event.pk}]",
    ]
    assert row["errors"] == {}


def test_names_are_offered_in_any_spelling(desk: Any) -> None:
    event, town = factories.event(title="Şuşa alındı"), factories.location(name="Shusha", slug="shusha")
    address = reverse("admin:sources_document_entry-names")

    def offered(**asked: str) -> list[str]:
        return list(desk.get(address, asked).json()["names"])

    assert offered(kind="event", words="shusha alindi") == [f"Şuşa alındı [E{event.pk}]"]
    assert offered(kind="location", words="SHUSH") == ["Shusha [shusha]"]
    assert offered(kind="user", words="cur") == []
    assert offered(kind="event", words="\x00") == []
    assert offered(kind="event") == []
    assert town.pk


def test_contributor_enters_and_what_was_ready_goes_back_to_review(db: None) -> None:
    document = factories.document()
    ready, draft = factories.event(state="ready"), factories.event()
    client = logged_in(curator("contributor"))

    assert entered(client, document, words(event=f"E{ready.pk}"), words(event=f"E{draft.pk}")).status_code == 302
    ready.refresh_from_db()
    draft.refresh_from_db()
    assert (ready.state, draft.state) == ("in_review", "draft")

    ready.state = "ready"
    ready.save()
    assert entered(logged_in(curator("editor")), document, words(event=f"E{ready.pk}")).status_code == 302
    ready.refresh_from_db()
    assert ready.state == "ready"


def test_nobody_enters_without_the_right_to_cite(db: None) -> None:
    document, event = factories.document(), factories.event()
    client = logged_in(User.objects.create_user("newcomer", is_staff=True))

    assert entered(client, document, words(event=f"E{event.pk}")).status_code == 403
    assert client.get(reverse("admin:sources_document_entry-names")).status_code == 403
    assert client.get(reverse("admin:sources_document_entry-choice")).status_code == 403
    assert not Citation.objects.exists()


def test_document_is_chosen_among_the_last_cited_or_by_words(desk: Any) -> None:
    cited, other = factories.document(title="On the war"), factories.document(title="Müharibə haqqında")
    factories.citation(factories.event(), cited)
    address = reverse("admin:sources_document_entry-choice")

    last, found = desk.get(address), desk.get(address, {"words": "muhariba"})

    assert [each.pk for each, _url in last.context["documents"]] == [cited.pk]
    assert [each.pk for each, _url in found.context["documents"]] == [other.pk]
    assert desk.get(address, {"words": "\x00"}).status_code == 200
    assert grid_url(cited) in desk.get(url(cited)).text
    assert address in desk.get(reverse("admin:index")).text
    missing = desk.get(reverse("admin:sources_document_entry", args=[10**9]), follow=True)
    assert told(missing) == ["document with ID “1000000000” doesn’t exist. Perhaps it was deleted?"]
