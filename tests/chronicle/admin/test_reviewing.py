"""Review: proposed by a contributor, seen by an editor beside what readers see, returned, reworked, published."""

from typing import Any

import pytest
from django.test import Client

from chronicle.models import Edition, Event, Remark
from chronicle.proposals import send_back
from chronicle.publication import publish
from tests import factories
from tests.chronicle.admin.desk import confirmed, curator, list_url, logged_in, saved, tokens, told, url
from tests.factories.whole import revisions


@pytest.fixture
def anna(published: None) -> Client:
    """The contributor."""
    return logged_in(curator("contributor", "anna"))


@pytest.fixture
def editor(published: None) -> Client:
    return logged_in(curator("editor", "levon"))


def state(event: Event) -> str:
    return Event.objects.values_list("state", flat=True).get(pk=event.pk)


def done(client: Client, verb: str, event: Event, **answers: Any) -> Any:
    return confirmed(client, Event, verb, {"id": [event.pk], **answers}, follow=True)


def published_from_review(client: Client, event: Event, page: Any) -> Any:
    step = next(step for step in page.context["steps"] if step["verb"].name == "publish")
    data = {"id": event.pk, "seen": step["preview"].seal, "shown": page.context["shown"]}
    return client.post(step["url"], {**data, "kind": "new_source", "words": "A second document."}, follow=True)


def test_event_goes_through_review(anna: Client, editor: Client) -> None:
    event = factories.cited_event(title="First ceasefire")

    done(anna, "propose", event, words="The figure is new; @levon knows it.")
    assert state(event) == "in_review"
    review = editor.get(url(event, "review"))
    assert "anna</strong>, handed in for review" in review.text
    done(editor, "send-back", event, words="Citation 1 needs its page.")
    assert state(event) == "draft"
    returned = Remark.objects.get(kind="returned")
    assert [mention.curator.username for mention in returned.mentions.all()] == ["anna"]
    assert "Citation 1 needs its page." in anna.get(url(event, "review")).text
    saved(anna, url(event), summary="They met.", state="in_review")
    response = published_from_review(editor, event, editor.get(url(event, "review")))

    assert told(response) == ["First ceasefire: first edition"]
    edition = Edition.objects.get(event=event)
    assert (edition.editor.username, edition.note) == ("levon", "A second document.")


def test_review_shows_the_words_that_differ_from_the_current_edition(editor: Client) -> None:
    event = factories.cited_event(title="First ceasefire", summary="They met in Moscow.")
    publish([event])
    Event.objects.update(summary="They met in Moscow on Friday.")
    factories.citation(event, statement="A new one.")
    editions = Edition.objects.count()

    text = editor.get(url(event, "review")).text

    assert "Readers see edition 1; this is what would be other in the next one." in text
    assert "They met in Moscow<ins> on Friday</ins>." in text
    assert "1 assertion added" in text
    assert "A new one." in text
    assert Edition.objects.count() == editions


def test_review_of_a_new_event_shows_the_whole(editor: Client) -> None:
    party = factories.party(name_short="Armenia")
    event = factories.event(title="First ceasefire", summary="They met.", parties=(party,))
    factories.citation(event, statement="It says so.")

    text = editor.get(url(event, "review")).text

    assert "<ins>First ceasefire</ins>" in text
    assert "<ins>They met.</ins>" in text
    assert "<ins><bdi>Armenia</bdi></ins>" in text
    assert "It says so." in text
    assert not Edition.objects.exists()


def test_review_says_why_an_event_cannot_be_published(editor: Client) -> None:
    event = factories.event()

    page = editor.get(url(event, "review"))

    assert "It has no citation that may be published" in page.text
    assert [step["verb"].name for step in page.context["steps"]] == []


def test_review_says_that_nothing_would_change(editor: Client) -> None:
    event = factories.cited_event()
    publish([event])

    assert "Nothing would change for readers." in editor.get(url(event, "review")).text


def test_what_changed_since_the_review_was_opened_is_not_published(editor: Client) -> None:
    event = factories.cited_event()
    page = editor.get(url(event, "review"))
    Event.objects.update(summary="Somebody else's.")

    response = published_from_review(editor, event, page)

    assert response.status_code == 200
    assert "Somebody has saved or published something meanwhile." in response.text
    assert not Edition.objects.exists()


def test_contributor_takes_a_proposal_back(anna: Client) -> None:
    event = factories.event(state="in_review")

    done(anna, "take-back", event)

    assert state(event) == "draft"


@pytest.mark.parametrize(
    ("verb", "before", "words"),
    [
        ("propose", "in_review", "not moved: in review"),
        ("propose", "ready", "not moved: ready"),
        ("take-back", "draft", "not moved: draft"),
        ("take-back", "ready", "not moved: ready"),
        ("send-back", "draft", "not moved: draft"),
    ],
)
def test_step_from_another_state_is_refused(editor: Client, verb: str, before: str, words: str) -> None:
    event = factories.event(state=before)

    page = editor.get(list_url(Event, verb), {"id": event.pk})
    assert [(each.words, each.is_refused) for each in page.context["preview"].outcomes] == [(words, True)]
    editor.post(list_url(Event, verb), {"id": event.pk, "words": "Because.", **tokens(page)})

    assert state(event) == before


def test_several_are_returned_with_a_report_of_those_that_were_not(editor: Client) -> None:
    events = [factories.event(state=each) for each in ("in_review", "draft", "ready")]

    response = confirmed(
        editor, Event, "send-back", {"id": [event.pk for event in events], "words": "Pages, please."}, follow=True
    )

    assert [message.split(": ", 1)[1] for message in told(response)] == [
        "returned, a draft again",
        "It is not in review (draft): there is nothing to return.",
        "returned, a draft again",
    ]
    assert Remark.objects.filter(kind="returned").count() == 2


@pytest.mark.parametrize("words", ["", " ", "\x00", "x" * 4001])
def test_returning_needs_words_that_can_be_kept(editor: Client, words: str) -> None:
    event = factories.event(state="in_review")

    page = done(editor, "send-back", event, words=words)

    assert page.context["form"].errors
    assert state(event) == "in_review"
    with pytest.raises(ValueError, match="Returning needs words"):
        send_back([event], by=curator("editor", "nino"), words=" ")


def test_crafted_request_of_a_contributor_neither_returns_nor_publishes(anna: Client, editor: Client) -> None:
    event = factories.cited_event(state="in_review")

    assert anna.get(url(event, "review")).context["steps"] == []
    for verb in ("send-back", "publish"):
        page = editor.get(list_url(Event, verb), {"id": event.pk})
        data = {"id": event.pk, "words": "Because.", "kind": "wording", **tokens(page)}
        assert anna.post(list_url(Event, verb), data).status_code == 403
    saved(anna, url(event), state="ready")

    assert state(event) == "in_review"
    assert not Edition.objects.exists()


def test_event_in_review_can_be_reworked_and_stays_in_review(anna: Client) -> None:
    event = factories.event(title="One", state="in_review")

    saved(anna, url(event), title="Two")

    assert Event.objects.values_list("title", "state").get() == ("Two", "in_review")


def test_step_is_recorded_in_the_history(anna: Client) -> None:
    event = factories.event()

    done(anna, "propose", event)

    newest = revisions(Event).last()
    assert (newest.state, newest.pgh_context.metadata["url"]) == ("in_review", list_url(Event, "propose"))
    assert "on the page “propose” of the desk" in anna.get(url(event, "history")).text


def test_review_asks_as_often_for_three_citations_as_for_one(editor: Client, django_assert_num_queries: Any) -> None:
    events = [factories.cited_event() for _ in range(2)]
    for _ in range(2):
        factories.citation(events[1], events[1].citations.get(number=1).document)
    for event in events:
        editor.get(url(event, "review"))
        with django_assert_num_queries(QUERIES):
            editor.get(url(event, "review"))


QUERIES = 30
