"""The page that says what changed between two editions."""

import pytest

from chronicle.models import Event
from chronicle.publication import Note, publish, withdraw, withhold
from tests import factories as make
from tests.chronicle.views.reading import main, queries_of, text

pytestmark = pytest.mark.usefixtures("published")


def address(event, number, before=None):
    asked = "" if before is None else f"?from={before}"
    return f"/events/{event.slug}/editions/{number}/changes/{asked}"


def event_in_editions(*titles, **fields):
    event = make.cited_event(title=titles[0], **fields)
    publish([event])
    for title in titles[1:]:
        Event.objects.filter(pk=event.pk).update(title=title)
        publish([event], note=Note(kind="wording", words=f"Now {title}."))
    return event


def test_edition_is_compared_with_the_one_before(client):
    event = event_in_editions("Bridge one", "Bridge two", "Bridge three")

    response = client.get(address(event, 2))

    assert "What changed between edition 1 and edition 2" in text(response)
    assert "Bridge <del>one</del> <ins>two</ins>" in response.content.decode()
    assert "Now Bridge two." in text(response)
    assert "three" not in main(response)


@pytest.mark.parametrize(("number", "before"), [(3, 1), (1, 3)])
def test_any_two_editions_can_be_compared_the_earlier_one_first(client, number, before):
    event = event_in_editions("Bridge one", "Bridge two", "Bridge three")

    response = client.get(address(event, number, before))

    assert "What changed between edition 1 and edition 3" in text(response)
    assert "Bridge <del>one</del> <ins>three</ins>" in response.content.decode()
    assert f'<option value="{before}" selected>' in response.content.decode()


def test_first_edition_has_nothing_to_be_compared_with(client):
    event = event_in_editions("Bridge one")

    response = client.get(address(event, 1))

    assert response.status_code == 200
    assert "there is nothing to compare it with" in text(response)


def test_edition_compared_with_itself_differs_in_nothing(client):
    event = event_in_editions("Bridge one", "Bridge two")

    assert "Nothing that these editions say of the event differs." in text(client.get(address(event, 2, 2)))


def test_page_links_back_and_is_linked_from_the_editions(client):
    event = event_in_editions("Bridge one", "Bridge two")

    html = client.get(f"/events/{event.slug}/").content.decode()

    assert f'href="{address(event, 2)}"' in html
    assert f'href="{address(event, 1)}"' not in html
    assert f'href="/events/{event.slug}/editions/1/"' in client.get(address(event, 2)).content.decode()


def test_comparison_passes_over_what_was_taken_down(client):
    event = event_in_editions("Bridge one")
    withdraw([event], note=Note(words="A family asked for it."))
    publish([event])

    response = client.get(address(event, 3))
    gone = [client.get(address(event, 1)), client.get(address(event, 2)), client.get(address(event, 3, 1))]

    assert "there is nothing to compare it with" in text(response)
    for one in gone:
        assert one.status_code == 410
        assert "A family asked for it." in text(one)


def test_withdrawn_event_is_gone(client):
    event = event_in_editions("Bridge one", "Bridge two")
    assert client.get(address(event, 2)).status_code == 200

    withdraw([event], note=Note(words="A family asked for it."))

    assert client.get(address(event, 2)).status_code == 410


def test_removed_source_is_on_neither_side(client):
    secret = make.document(title_short="Secret 2021")
    event = event_in_editions("Bridge one")
    make.citation(event, secret, statement="Whispered.")
    publish([event])
    assert "Whispered." in text(client.get(address(event, 2)))

    withhold([secret])
    shown = text(client.get(address(event, 2)))

    assert "a source was removed on" in shown
    assert "What was removed is not compared" in shown
    assert "What is computed is not compared" in shown
    for word in ("Whispered", "Secret"):
        assert word not in shown


def test_what_curators_write_is_escaped(client):
    event = event_in_editions("<b>one</b>", "<i>two</i>")

    html = main(client.get(address(event, 2)))

    assert "&lt;" in html
    for tag in ("<b>", "<i>two"):
        assert tag not in html


@pytest.mark.parametrize("asked", ["x", "-1", "1.0", "٣", "9" * 190, "%00", "7", "0"])
def test_other_edition_that_is_none_is_not_found(client, asked):
    event = event_in_editions("Bridge one", "Bridge two")

    assert client.get(address(event, 2, asked)).status_code == 404


def test_number_that_was_never_given_is_not_found(client):
    event = event_in_editions("Bridge one")

    assert client.get(address(event, 1)).status_code == 200
    for number in (0, 2, 10**30):
        assert client.get(address(event, number)).status_code == 404
    assert client.get("/events/no-such/editions/1/changes/").status_code == 404


@pytest.mark.parametrize("citations", [1, 3])
def test_changes_take_the_same_queries_for_one_citation_and_three(client, citations):
    event = make.event(parties=(make.party(),), locations=(make.location(),))
    for _ in range(citations):
        make.citation(event, make.document(publisher=make.agent(party=make.party())), through=make.document())
    publish([event])
    Event.objects.filter(pk=event.pk).update(title="Other")
    for _ in range(citations):
        make.citation(event)
    publish([event])

    assert queries_of(client, address(event, 2)) == 14
