from typing import Any

import pytest

from chronicle.models import Citation, Edition, Event
from chronicle.publication import Note, publish, withdraw
from sources.models import Document
from tests import factories
from tests.chronicle.admin.desk import acted, confirmed, contributor, deleted, list_url, logged_in, tokens, told, url

NOTE = {"kind": "correction", "words": "A slip of ours."}


def page(model: Any, verb: str) -> str:
    return list_url(model, verb)


def row_words(response: Any) -> dict[str, str]:
    return {str(outcome.record): outcome.words for outcome, _ in response.context["rows"]}


def test_page_foretells_what_publishing_will_do_and_does_nothing(desk: Any) -> None:
    cited, uncited, unchanged = factories.cited_event(), factories.event(), factories.cited_event()
    changed = factories.cited_event()
    publish([unchanged, changed])
    changed.title = "Another title"
    changed.save()

    response = desk.get(page(Event, "publish"), {"id": [cited.pk, uncited.pk, unchanged.pk, changed.pk]})

    assert row_words(response) == {
        cited.title: "first edition",
        uncited.title: "It has no citation that may be published: add a citation of a document that is not withheld, "
        "then publish again.",
        unchanged.title: "unchanged since its newest edition: it gets no new one",
        "Another title": "new edition, number 2",
    }
    document = cited.citations.get().document
    assert response.context["preview"].others == [f"document {document}, edition 1"]
    assert Edition.objects.filter(event__isnull=False).count() == 2


def test_event_is_published_with_editor_and_note(committed_desk: Any) -> None:
    event = factories.cited_event(title="First ceasefire")

    response = confirmed(committed_desk, Event, "publish", {"id": event.pk, **NOTE}, follow=True)

    assert response.redirect_chain == [(url(event), 302)]
    assert told(response) == ["First ceasefire: first edition"]
    edition = Edition.objects.get(event=event)
    assert (edition.editor.username, edition.note, edition.note_kind) == ("curator", "A slip of ours.", "first")
    assert Event.objects.using("published").get().title == "First ceasefire"


def test_private_reason_stands_in_the_history_and_nowhere_for_readers(committed_desk: Any) -> None:
    events = [factories.cited_event(title="First ceasefire"), factories.cited_event(title="Second")]
    told_why = {"private_reason": "Confirmed <by letter>.", **NOTE}

    confirmed(committed_desk, Event, "publish", {"id": [event.pk for event in events], **told_why})

    assert set(Edition.objects.values_list("private_reason", flat=True)) == {"Confirmed <by letter>."}
    for event in events:
        assert "To colleagues: Confirmed &lt;by letter&gt;." in committed_desk.get(url(event, "history")).text
    assert set(Edition.objects.using("published").values_list("private_reason", flat=True)) == {""}
    assert "by letter" not in committed_desk.get(events[0].get_absolute_url()).text
    document = events[0].citations.get().document
    document.title = "Another title"
    document.save()
    confirmed(committed_desk, Document, "publish-changes", {"id": document.pk, "private_reason": "A slip.", **NOTE})
    assert Edition.objects.get(document=document, number=2).private_reason == "A slip."
    publish([factories.cited_event()])
    assert Edition.objects.order_by("-pk").first().private_reason == ""


def test_private_reason_that_cannot_be_kept_comes_back(committed_desk: Any) -> None:
    event = factories.cited_event()

    for reason in ("x" * 2001, "a\x00b"):
        response = confirmed(committed_desk, Event, "publish", {"id": event.pk, "private_reason": reason, **NOTE})
        assert list(response.context["form"].errors) == ["private_reason"]
    assert not Edition.objects.exists()


def test_page_of_a_public_event_leads_to_readers_and_lists_its_editions(desk: Any) -> None:
    event = factories.cited_event()
    before = desk.get(url(event))
    publish([event], note=Note(words="Because of this."))
    public = desk.get(url(event))
    withdraw([event], note=Note(words="Two events were taken for one."))
    gone = desk.get(url(event))

    links = [event.get_absolute_url() in response.text for response in (before, public, gone)]
    assert links == [False, True, False]
    offers = [page(Event, "withdraw") in response.text for response in (before, public, gone)]
    assert offers == [False, True, False]
    assert "Because of this." in public.text
    assert "Two events were taken for one." in gone.text


def test_event_is_withdrawn_with_a_public_reason(committed_desk: Any) -> None:
    event = factories.cited_event(title="First ceasefire")
    publish([event])

    without = confirmed(committed_desk, Event, "withdraw", {"id": event.pk, "reason": " "})
    assert without.context["form"].errors == {"reason": ["This field is required."]}
    assert Event.objects.using("published").exists()

    done = confirmed(committed_desk, Event, "withdraw", {"id": event.pk, "reason": "Taken for another."}, follow=True)
    assert told(done) == ["First ceasefire: withdrawn from readers"]
    assert not Event.objects.using("published").exists()
    assert Edition.objects.filter(event=event).first().note == "Taken for another."


def test_event_that_is_not_public_has_nothing_to_withdraw(desk: Any) -> None:
    event = factories.cited_event()

    response = desk.get(page(Event, "withdraw"), {"id": event.pk})

    assert row_words(response) == {event.title: "not public: there is nothing to withdraw"}
    assert 'type="submit"' not in response.text.split("content-main")[1]


def test_action_of_the_list_leads_to_the_page(desk: Any) -> None:
    events = [factories.cited_event(), factories.cited_event()]
    numbers = [event.pk for event in events]

    response = acted(desk, Event, "publish", *events)

    assert response.status_code == 302
    assert response.url == f"{page(Event, 'publish')}?id={numbers[0]}&id={numbers[1]}"


def test_too_many_at_once_are_refused_with_the_next_step(desk: Any) -> None:
    kind = factories.kind()
    Event.objects.bulk_create(Event(slug=f"many-{n}", title=f"Event {n}", kind=kind) for n in range(1_001))

    response = acted(desk, Event, "publish", Event.objects.first(), data={"select_across": "1"}, follow=True)

    (words,) = told(response)
    assert words.startswith("More than 1000 are marked, and at most 1000 go at once. Nothing was done.")
    assert not Edition.objects.exists()


def test_a_thousand_are_published_with_a_report_of_what_was_refused_and_why(committed_desk: Any) -> None:
    kind, document = factories.kind(), factories.document()
    events = Event.objects.bulk_create(Event(slug=f"m-{n}", title=f"Event {n}", kind=kind) for n in range(1_000))
    Citation.objects.bulk_create(
        Citation(event=event, document=document, aspect="description", statement="So.") for event in events[2:]
    )

    asked = acted(committed_desk, Event, "publish", events[0], data={"select_across": "1"})
    assert len(asked.context["rows"]) == 1_000
    assert not Edition.objects.exists()
    answers = {**tokens(asked), **NOTE, "id": [outcome.record.pk for outcome, _address in asked.context["rows"]]}
    report = committed_desk.post(asked.context["url"], answers)

    assert [outcome.record.slug for outcome, _address in report.context["refused"]] == ["m-0", "m-1"]
    assert "It has no citation that may be published" in report.text
    assert "Done: 998. Refused: 2." in report.text
    assert Edition.objects.filter(event__isnull=False).count() == 998


def test_nothing_chosen_leads_back_to_the_list(desk: Any) -> None:
    for asked in ({}, {"id": "nonsense"}, {"id": "9" * 30}):
        response = desk.get(page(Event, "publish"), asked, follow=True)
        assert response.redirect_chain == [(list_url(Event), 302)]


@pytest.mark.parametrize("verb", ["publish", "withdraw"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_verbs_are_refused_without_their_permission(db: None, verb: str, method: str) -> None:
    event = factories.cited_event()
    publish([event])
    before = Edition.objects.count()
    event.title = "Another title"
    event.save()
    desk = logged_in(contributor())

    response = getattr(desk, method)(page(Event, verb), {"id": event.pk, "reason": "Because.", **NOTE})

    assert response.status_code == 403
    assert Edition.objects.count() == before
    assert desk.get(url(event)).status_code == 200  # the same curator may edit


def test_actions_are_refused_without_their_permission(db: None) -> None:
    event = factories.cited_event()
    desk = logged_in(contributor())

    offered = desk.get(list_url(Event)).text
    response = desk.post(list_url(Event), {"action": "publish", "_selected_action": event.pk})

    assert 'value="delete_selected"' not in offered
    assert 'value="publish"' not in offered
    assert response.status_code == 403
    assert not Edition.objects.exists()


def test_strangers_are_sent_to_the_login(client: Any, db: None) -> None:
    response = client.post(page(Event, "publish"), {"id": factories.cited_event().pk, **NOTE})

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")
    assert not Edition.objects.exists()


def test_takedown_is_no_kind_of_note_to_choose(desk: Any) -> None:
    event = factories.cited_event()

    response = confirmed(desk, Event, "publish", {"id": event.pk, "kind": "takedown"})

    assert list(response.context["form"].errors) == ["kind"]
    assert not Edition.objects.exists()


def test_event_with_an_edition_is_not_deleted(desk: Any) -> None:
    event = factories.cited_event(title="First ceasefire")
    publish([event])
    words = (
        "First ceasefire has been published, in 1 edition, and stays on record. "
        "Withdraw it instead: readers are told when and why, and the desk keeps it."
    )

    page_ = desk.get(url(event, "delete"))
    sent = deleted(desk, event)
    selected = acted(desk, Event, "delete_selected", event)
    again = acted(desk, Event, "delete_selected", event, data={"post": "yes"})

    assert words in page_.text
    assert words in selected.text
    assert words in again.text
    assert words in sent.text
    assert Event.objects.filter(pk=event.pk).exists()


def test_event_without_an_edition_is_deleted_with_its_citations(desk: Any) -> None:
    event = factories.cited_event()

    response = deleted(desk, event)

    assert response.status_code == 302
    assert not Event.objects.exists()


@pytest.mark.parametrize(("answer", "titles"), [("yes", ["public"]), ("never", ["new"]), ("gone", ["gone"])])
def test_list_tells_what_readers_see(desk: Any, answer: str, titles: list[str]) -> None:
    public, gone, _new = (factories.cited_event(title=title) for title in ("public", "gone", "new"))
    publish([public, gone])
    withdraw([gone], note=Note(words="Taken for another."))

    response = desk.get(list_url(Event), {"published": answer})

    assert [event.title for event in response.context["cl"].result_list] == titles
    assert {"public": "edition 1", "new": "never", "gone": "withdrawn, edition 2"}[titles[0]] in response.text


def test_page_that_was_asked_for_too_many_says_so_and_what_to_do(desk: Any) -> None:
    kind = factories.kind()
    Event.objects.bulk_create(Event(slug=f"many-{n}", title=f"Event {n}", kind=kind) for n in range(1_001))

    response = desk.get(page(Event, "publish"), {"id": [event.pk for event in Event.objects.all()]})

    assert len(response.context["rows"]) == 1_000
    assert "You asked for 1001, and at most 1000 go at once" in response.text
    assert "go back to the list and mark the others" in response.text


def test_page_tells_of_records_that_are_gone(desk: Any) -> None:
    event, gone = factories.cited_event(), factories.event()
    number = gone.pk
    gone.delete()

    both = desk.get(page(Event, "publish"), {"id": [event.pk, number]})
    one = desk.get(page(Event, "publish"), {"id": event.pk})

    assert "One that you chose is no longer at the desk" in both.text
    assert "no longer at the desk" not in one.text


@pytest.mark.parametrize("meanwhile", ["saved", "published"])
def test_what_changed_since_it_was_shown_is_not_published_unseen(desk: Any, meanwhile: str) -> None:
    event = factories.cited_event()
    shown = desk.get(page(Event, "publish"), {"id": event.pk})
    if meanwhile == "saved":
        Event.objects.filter(pk=event.pk).update(summary="Words that nobody has looked at.")
    else:
        publish([event])
    before = Edition.objects.count()

    refused = desk.post(page(Event, "publish"), {"id": event.pk, **tokens(shown), **NOTE})
    assert "Somebody has saved or published something meanwhile" in refused.text
    assert Edition.objects.count() == before

    desk.post(page(Event, "publish"), {"id": event.pk, **tokens(refused), **NOTE})
    assert Edition.objects.filter(event=event).count() == 1


def test_page_that_nobody_disturbed_is_confirmed_as_it_was_shown(desk: Any) -> None:
    event = factories.cited_event()
    shown = desk.get(page(Event, "publish"), {"id": event.pk})

    response = desk.post(page(Event, "publish"), {"id": event.pk, **tokens(shown), **NOTE})

    assert response.status_code == 302
    assert Edition.objects.filter(event=event).exists()
