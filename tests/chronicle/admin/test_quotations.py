"""The list of citations by how their quotations stand, and the page on which a curator decides."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission

from chronicle.models import Citation, Event
from chronicle.quotations import check
from chronicle.secrecy import restrict
from sources.vocabularies import QuotationState
from tests import factories as make
from tests.chronicle.admin.desk import contributor, curator, list_url, logged_in, row, saved, told, url

PAGES = ("It counted 80 houses on the left bank.", "It counted 80 houses on the right bank. It rained.")
CHANGED = "It counted 81 houses on the right bank"


def quoted(words: str, *pages: str) -> Citation:
    document = make.document()
    make.text(document, *(pages or PAGES))
    citation = make.citation(make.event(), document, quotation=words)
    check([citation])
    return Citation.objects.get(pk=citation.pk)


def decided(client: Any, citation: Citation, decision: str) -> Any:
    page = client.get(url(citation))
    return client.post(url(citation), {"seen": page.context["seen"], "decision": decision}, follow=True)


def listed(client: Any, **asked: str) -> list[Citation]:
    return list(client.get(list_url(Citation), asked).context["cl"].result_list)


def test_list_has_what_waits_for_a_curator(desk: Any) -> None:
    changed, twice, gone = quoted(CHANGED), quoted("80 houses"), quoted("The mayor resigned")
    fine, new = quoted("It rained"), make.citation(make.event(), quotation="never compared")
    make.citation(make.event())

    assert listed(desk, quotation="waiting") == [gone, twice, changed]
    assert listed(desk, quotation="exact") == [fine]
    assert listed(desk, quotation="ambiguous") == [twice]
    assert listed(desk, quotation="new") == [new]
    assert listed(desk) == [new, fine, gone, twice, changed]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_one_row_as_for_three(desk: Any, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        quoted(CHANGED)

    with django_assert_num_queries(4):
        assert len(listed(desk, quotation="waiting")) == rows


def test_list_leads_to_the_quotations_of_a_document(desk: Any) -> None:
    one, _other = quoted(CHANGED), quoted(CHANGED)

    assert listed(desk, document__id__exact=str(one.document_id)) == [one]


def test_page_shows_the_difference_and_confirming_keeps_who_and_when(desk: Any) -> None:
    citation = quoted(CHANGED)

    page = desk.get(url(citation)).text
    assert "<del>81</del><ins>80</ins>" in page
    assert "Changed." in page

    assert "Done." in told(decided(desk, citation, "confirm"))
    confirmed = Citation.objects.get(pk=citation.pk)
    assert confirmed.quotation_confirmed_by.username == "curator"
    assert "Confirmed by curator on" in desk.get(url(citation)).text
    assert listed(desk, quotation="waiting") == []
    assert listed(desk, quotation="confirmed") == [citation]


def test_page_offers_every_passage_of_an_ambiguous_quotation(desk: Any) -> None:
    citation = quoted("80 houses")

    page = desk.get(url(citation))
    offered = [
        f"choose:{page.context['passages'].text}:{p.place.start}-{p.place.end}" for p in page.context["passages"].shown
    ]
    assert all(f'value="{choice}"' in page.text for choice in offered)
    assert len(offered) == 2

    assert "Done." in told(decided(desk, citation, offered[1]))
    assert Citation.objects.get(pk=citation.pk).quotation_page == 2
    assert Citation.objects.get(pk=citation.pk).quotation_state == QuotationState.EXACT


def test_what_changed_meanwhile_is_not_decided(desk: Any) -> None:
    citation = quoted(CHANGED)
    page = desk.get(url(citation))
    make.text(citation.document, "In all it counted 80 houses on the right bank.")
    check([citation])

    answer = desk.post(url(citation), {"seen": page.context["seen"], "decision": "confirm"}, follow=True)

    assert told(answer) == ["Somebody changed the quotation or its text meanwhile. Look again."]
    assert Citation.objects.get(pk=citation.pk).quotation_confirmed_at is None


@pytest.mark.parametrize(
    "decision",
    [
        "",
        "choose",
        "choose:1",
        "choose:1:2-",
        "choose:x:y-z",
        "choose:1:-5-2",
        "choose:9:0-5",
        "\x00",
        "choose:1:0-" + "9" * 99,
    ],
)
def test_what_is_no_decision_does_nothing(desk: Any, decision: str) -> None:
    citation = quoted("80 houses")

    assert "Done." not in told(decided(desk, citation, decision))
    assert Citation.objects.get(pk=citation.pk).quotation_state == QuotationState.AMBIGUOUS


def test_comparing_again_finds_what_was_added(desk: Any) -> None:
    citation = quoted("The mayor resigned")
    make.text(citation.document, "The mayor resigned.")

    assert "Done." in told(decided(desk, citation, "compare"))
    assert Citation.objects.get(pk=citation.pk).quotation_state == QuotationState.EXACT


def test_contributors_decide_and_those_without_a_role_see_nothing(db: None) -> None:
    citation = quoted(CHANGED)

    assert "Done." in told(decided(logged_in(contributor()), citation, "confirm"))

    stranger = curator("editor", "stranger")
    stranger.groups.clear()
    client = logged_in(stranger)
    assert client.get(url(citation)).status_code == 403
    assert client.post(url(citation), {"decision": "confirm"}).status_code == 403
    assert client.get(list_url(Citation)).status_code == 403


def test_looking_without_changing_offers_no_decision(db: None) -> None:
    citation = quoted(CHANGED)
    reader = curator("editor", "reader")
    reader.groups.clear()
    reader.user_permissions.add(Permission.objects.get(codename="view_citation"))
    client = logged_in(reader)

    page = client.get(url(citation))
    assert page.status_code == 200
    assert 'name="decision"' not in page.text
    assert client.post(url(citation), {"seen": page.context["seen"], "decision": "confirm"}).status_code == 403


def test_saving_an_event_compares_what_was_typed_and_says_what_is_not_found(desk: Any) -> None:
    document = make.document()
    make.text(document, *PAGES)
    event = make.event()
    citation = make.citation(event, document)

    answer = saved(desk, url(event), **row("citations", 0, quotation="80 houses"))

    assert answer.status_code == 302
    assert Citation.objects.get(pk=citation.pk).quotation_state == QuotationState.AMBIGUOUS
    page = desk.get(list_url(Event))
    assert f"Quotation of {citation}: found in several places. See Citations." in told(page)


def test_quotations_of_a_hidden_document_are_as_if_they_were_not_there(db: None) -> None:
    citation, other = quoted("The mayor resigned"), quoted("The mayor resigned")
    restrict(citation.document, [Group.objects.create(name="few")])
    client = logged_in(contributor())

    assert listed(client, work="quotation-missing") == [other]
    assert client.get(url(citation)).status_code == 302
    assert client.post(url(citation), {"decision": "compare"}).status_code == 302
