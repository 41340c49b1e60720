"""Many citations on one form: drawn by a mould, looked up, checked and saved together, copied to the next page."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.template.loader import render_to_string
from django.utils.html import strip_spaces_between_tags

from chronicle.admin.citation import next_locator
from chronicle.admin.row_tags import FIELDS, row_fields
from chronicle.models import Citation, Event
from sources.models.checking import broken_checks
from tests import factories
from tests.chronicle.admin.desk import errors, list_url, row, saved, shown, url
from tests.factories.whole import revisions

HOSTILE = '</textarea><b>"&amp;" __prefix__ \\1 %s {{ x }}'


def event_with_all_values() -> Event:
    """An event with a citation of every kind of value, and one with words that are none of HTML's business."""
    event = factories.event(parties=(factories.party(),))
    document, person = factories.document(title_short=HOSTILE), factories.unit()
    dead = {"aspect": "killed", "unit": person, "population": factories.population(), "side": factories.party()}
    factories.citation(event, document, aspect="date", asserted_date_edtf="2020-10~", date_of="began", stated_on="2021")
    factories.citation(event, document, **dead, asserted_figure=NumericRange(81, None), period_edtf="2020-09/2020-11")
    factories.citation(event, document, **dead, asserted_figure=NumericRange(300, 300, "[]"), is_approximate=True)
    factories.citation(event, aspect="wounded", asserts_unknown=True, value_as_printed="no one knows")
    factories.citation(event, aspect="location", asserted_location=factories.location(), asserted_location_role="site")
    factories.citation(
        event, statement=f"\n {HOSTILE}\r\nTwo", quotation=HOSTILE, locator=HOSTILE, locator_label="note"
    )
    factories.citation(event, claimed_by=factories.agent(), through=document, stance="disputes", comment=HOSTILE)
    return event


def _citations(page: Any) -> Any:
    return next(each for each in page.context["inline_admin_formsets"] if each.formset.model is Citation)


def _alike(html: str) -> str:
    return re.sub(r"\s+", " ", strip_spaces_between_tags(html))


HELP = r' ?<p class="help" id="[^"]*">.*?</p>'
WAYS = r'<a class="related-widget-wrapper-link .*?</a>'
MAKING = r' aria-describedby="[^"]*"|(?<=class="late-autocomplete")( data-[a-z-]+="[^"]*"| lang="[^"]*")+'
"""What a folded row leaves to the empty one: help texts, ways to other records, how a picker is made."""


def _folded(html: str) -> str:
    return re.sub(f"{HELP}|{WAYS}|{MAKING}", "", html)


def test_rows_from_the_mould_are_those_that_templates_draw_without_what_the_empty_row_has(desk: Any) -> None:
    rows = _citations(desk.get(f"{url(event_with_all_values())}?rows=2"))

    drawn = [(_alike(row_fields(rows, each)), _alike(render_to_string(FIELDS, {"row": each}))) for each in rows]

    assert len(drawn) == 10  # seven that are stored, two empty ones, and the one that the script copies
    stored, others = drawn[:7], drawn[7:]
    assert [by_mould for by_mould, _ in stored] == [_folded(by_template) for _, by_template in stored]
    assert all(len(by_mould) < 0.65 * len(by_template) for by_mould, by_template in stored)
    assert all(by_mould == by_template for by_mould, by_template in others)
    assert all(re.search(f, others[-1][0]) for f in (HELP, WAYS, MAKING))
    assert "&lt;b&gt;" in drawn[5][0]


def test_rules_of_disputes_are_at_hand_above_the_citations_and_in_each_row(desk: Any) -> None:
    event = factories.cited_event()
    factories.citation(event)

    page = desk.get(url(event)).text

    assert page.count('href="/method/#verdicts"') == 1 + 2 + 1  # above, in each row, in the empty one


def test_rows_that_come_back_show_what_was_typed_in_all_of_them(desk: Any) -> None:
    event, other = event_with_all_values(), factories.document(title_short="Other")
    typed = row("citations", 5, statement="Typed & kept", document=other.pk) | row("citations", 0, date_of="")

    page = saved(desk, url(event), **typed)

    assert list(errors(page)) == ["citations-0-date_of"]
    drawn = [_alike(row_fields(_citations(page), each)) for each in _citations(page)]
    assert "Typed &amp; kept" in drawn[5]
    assert f'<option value="{other.pk}" selected>Other</option>' in drawn[5]
    assert 'class="errorlist"' in drawn[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_saving_changed_citations_asks_as_often_for_one_as_for_three(
    desk: Any, django_assert_num_queries: Any, rows: int
) -> None:
    event, document, agent = factories.event(), factories.document(), factories.agent()
    for _ in range(rows):
        factories.citation(event, claimed_by=factories.agent())
    data = shown(desk.get(url(event)))
    for number in range(rows):
        data |= row("citations", number, statement=f"Other {number}", document=document.pk, claimed_by=agent.pk)

    with django_assert_num_queries(33):
        response = desk.post(url(event), data)

    assert response.status_code == 302
    assert {one.statement for one in event.citations.all()} == {f"Other {number}" for number in range(rows)}


def test_rows_are_added_changed_and_deleted_in_one_save_and_each_is_on_record(desk: Any) -> None:
    event = factories.event()
    gone, changed = factories.citation(event), factories.citation(event)
    new = {"document": changed.document_id, "aspect": "killed", "asserted_figure": "about 300", "stance": "supports"}
    new |= {"unit": factories.unit().pk, "statement": "New."}
    rows = row("citations", 0, DELETE="on") | row("citations", 1, statement="Changed.", stated_on="2021-08")
    rows |= row("citations", 2, **new) | {"citations-TOTAL_FORMS": "3"}

    response = saved(desk, url(event), **rows)

    assert response.status_code == 302
    told = [(one.number, one.statement, str(one.stated_on_range or "")) for one in event.citations.all()]
    assert told == [(2, "Changed.", "2021-08-01/2021-08-31"), (3, "New.", "")]
    assert event.citations.get(number=3).is_approximate is True
    last = [(one.pgh_label, one.pgh_obj_id) for one in revisions(Citation)][-3:]
    assert sorted(last) == [("delete", gone.pk), ("insert", event.citations.get(number=3).pk), ("update", changed.pk)]


@pytest.mark.parametrize("sent", ["999999999", "abc", "-1", "1e3", "9" * 40, "²"])
def test_choice_of_what_is_not_there_is_refused_beside_its_field(desk: Any, sent: str) -> None:
    event = factories.event()
    factories.citation(event)

    response = saved(desk, url(event), **row("citations", 0, through=sent))

    assert list(errors(response)) == ["citations-0-through"]


def test_each_row_is_told_of_its_own_broken_rule_alone(desk: Any) -> None:
    event = factories.event()
    for _ in range(4):
        factories.citation(event)
    document = event.citations.all()[0].document_id
    rows = row("citations", 0, through=document) | row("citations", 1, locator="12")
    rows |= row("citations", 2, statement="It says 100 %.") | row("citations", 3, aspect="date")

    found = errors(saved(desk, url(event), **rows))

    assert sorted(found) == [
        "citations-0-through",
        "citations-1-locator",
        "citations-3-asserted_date_edtf",
        "citations-3-date_of",
    ]


def test_rows_are_judged_as_the_table_judges_them(db: None) -> None:
    """Whatever constraint of the table a row breaks, and whatever kinds of value it has."""
    event = event_with_all_values()
    stored = list(event.citations.all())
    assert list(broken_checks(stored)) == []
    person, document = factories.unit(), stored[0].document
    broken = {
        "aspect": Citation(aspect="weather"),
        "stance": Citation(aspect="outcome", stance="doubts"),
        "locator": Citation(aspect="outcome", locator="12"),
        "through": Citation(aspect="outcome", document=document, through=document),
        "value": Citation(aspect="date"),
        "scope": Citation(aspect="outcome", population=factories.population()),
        "asserted_figure": Citation(aspect="killed", unit=person, asserted_figure=NumericRange(Decimal("-2.5"), None)),
    }

    found = {id(one): [error.code for error in told] for one, told in broken_checks([*stored, *broken.values()])}

    assert {code: code in found[id(one)] for code, one in broken.items()} == dict.fromkeys(broken, True)
    assert len(found) == len(broken)


@pytest.mark.parametrize(
    ("locator", "following"),
    [("214", "215"), ("210–214", "215"), ("210-214", "215"), (" 9 ", "10"), ("xii", "xii"), ("§ 3", "§ 3"), ("", "")],
)
def test_locator_counts_on_where_it_is_a_number(locator: str, following: str) -> None:
    assert next_locator(locator) == following


def test_citation_is_saved_and_copied_to_the_next_page_without_a_script(desk: Any) -> None:
    event = factories.event()
    figure = {"aspect": "killed", "asserted_figure": NumericRange(81, None), "unit": factories.unit()}
    first = factories.citation(event, **figure, locator_label="page", locator="214", through=factories.document())
    data = shown(desk.get(url(event))) | {"title": "Saved too", "_copy": first.pk}

    response = desk.post(url(event), data)
    page = desk.get(response.url)

    assert Event.objects.get().title == "Saved too"
    copied = {name: value for name, value in shown(page).items() if name.startswith("citations-1-") and value}
    assert copied == row(
        "citations", 1, document=str(first.document_id), through=str(first.through_id), locator_label="page",
        locator="215", aspect="killed", stance="supports", unit=str(first.unit_id), event=str(event.pk),
    )  # fmt: skip
    desk.post(response.url, shown(page))
    assert event.citations.count() == 1  # what is carried over alone is no citation yet
    desk.post(response.url, shown(desk.get(response.url)) | row("citations", 1, asserted_figure="up to 90"))
    assert event.citations.get(number=2).locator == "215"


def test_new_citation_of_a_new_event_is_copied_too(desk: Any) -> None:
    new = {"document": factories.document().pk, "aspect": "outcome", "stance": "supports", "statement": "So it ended."}
    values = {"title": "First", "kind": factories.kind().pk, "state": "draft", "_copy": "citations-0"}

    response = saved(
        desk, list_url(Event, "add"), **values, **row("citations", 0, **new), **{"citations-TOTAL_FORMS": "1"}
    )

    assert f"?copy={Citation.objects.get().pk}" in response.url


@pytest.mark.parametrize("asked", ["copy=999999", "copy=abc", "copy=" + "9" * 30, "rows=9999", "rows=x", "rows=²"])
def test_address_that_asks_for_nonsense_shows_the_form(desk: Any, asked: str) -> None:
    event = factories.event()
    factories.citation(event)

    page = desk.get(f"{url(event)}?{asked}")

    assert page.status_code == 200
    assert page.text.count('class="citation"') in {2, 3, 22}
