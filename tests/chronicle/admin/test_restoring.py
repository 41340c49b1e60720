"""The pages of going back: what they show, whom they serve, and what they refuse."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from chronicle.history.story import story
from chronicle.models import Citation, Event, EventName, Location
from chronicle.publication import publish
from sources.models import Document
from sources.models.record import Record
from tests import factories
from tests.chronicle.admin.desk import curator, deleted, list_url, logged_in, saved, told, url
from tests.factories.whole import revisions


@pytest.fixture
def anna(published: None) -> Client:
    return logged_in(curator("contributor", "anna"))


def key_of(record: Record, place: int) -> str:
    """The place in the history, counted from the newest."""
    return str(story(type(record), record.pk).entries[place].key)


def restored(client: Client, record: Record, reason: str = "It was right.", **asked: Any) -> Any:
    """Open the page of a way back, and confirm what it shows."""
    address = f"{url(record, 'restore')}?{urlencode(asked)}"
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {"reason": reason, "seen": page.context["seen"], "shown": page.context["shown"]})


def errors(response: Any) -> list[str]:
    assert response.status_code == 200
    form = response.context["form"]
    wrong = [words for each in form.errors.values() for words in each]
    return [*response.context["problems"], *response.context.get("lacking", ()), *wrong]


def test_history_leads_back_to_a_save_and_to_a_field(anna: Client) -> None:
    event = factories.event(title="One", summary="First.")
    Event.objects.update(title="Two", summary="Second.")

    text = anna.get(url(event, "history")).text

    assert text.count("Restore the record as it was then…") == 1
    assert text.count("Bring back the earlier one…") == 2


def test_record_is_restored_after_it_was_shown(anna: Client) -> None:
    event = factories.event(title="One")
    Event.objects.update(title="Two")

    page = anna.get(f"{url(event, 'restore')}?{urlencode({'at': key_of(event, 1)})}")
    assert "<del>Two</del> <ins>One</ins>" in page.text
    assert restored(anna, event, at=key_of(event, 1)).url == url(event)

    assert Event.objects.get().title == "One"
    newest = story(Event, event.pk).entries[0].context.metadata
    assert (newest["reason"], newest["url"]) == ("It was right.", url(event, "restore"))
    assert "by restoring" in anna.get(url(event, "history")).text


def test_field_and_row_are_brought_back(anna: Client) -> None:
    event = factories.event(summary="First.")
    name = EventName.objects.create(event=event, name="Adı", language="az-Latn")
    Event.objects.update(summary="Second.")
    spot = {"part": "event", "row": event.pk, "field": "summary"}

    assert restored(anna, event, before=key_of(event, 0), **spot).status_code == 302
    number = name.pk
    name.delete()
    assert restored(anna, event, before=key_of(event, 0), part="eventname", row=number).status_code == 302

    assert Event.objects.get().summary == "First."
    assert EventName.objects.get().pk == number


def test_reason_is_asked_for(anna: Client) -> None:
    event = factories.event(title="One")
    Event.objects.update(title="Two")

    for reason in ("", "\x00", "x" * 301):
        assert errors(restored(anna, event, reason=reason, at=key_of(event, 1)))

    assert Event.objects.get().title == "Two"


def test_stale_page_restores_nothing(anna: Client) -> None:
    event = factories.event(title="One")
    Event.objects.update(title="Two")
    address = f"{url(event, 'restore')}?{urlencode({'at': key_of(event, 1)})}"
    page = anna.get(address)
    Event.objects.update(summary="Somebody else's.")

    response = anna.post(address, {"reason": "Because.", "seen": page.context["seen"], "shown": page.context["shown"]})

    assert errors(response)[0] == "Somebody has saved something meanwhile. Look again, then confirm."
    assert Event.objects.values_list("title", "summary").get() == ("Two", "Somebody else's.")
    assert errors(anna.post(address, {"reason": "Because."}))[1] == "The page did not say what it showed."


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"before": "KEY"},
        {"before": "KEY", "part": "user", "row": 1, "field": "password"},
        {"before": "KEY", "part": "event", "row": "x", "field": "title"},
        {"before": "KEY", "part": "event", "row": "9" * 30, "field": "title"},
        {"before": "KEY", "part": "event", "row": 1, "field": "state"},
        {"before": "KEY", "part": "event", "row": 1},
    ],
)
def test_way_back_that_is_none_leads_to_the_history(anna: Client, asked: dict[str, Any]) -> None:
    event = factories.event()
    Event.objects.update(title="Two")
    asked = {name: key_of(event, 0) if value == "KEY" else value for name, value in asked.items()}

    response = anna.post(f"{url(event, 'restore')}?{urlencode(asked)}", {"reason": "Because."})

    assert (response.status_code, response.url) == (302, url(event, "history"))


@pytest.mark.parametrize("key", ["x", "\x00", "2026-01-01_x", "9" * 5000])
def test_place_that_is_none_is_no_page(anna: Client, key: str) -> None:
    event = factories.event()

    assert anna.get(f"{url(event, 'restore')}?{urlencode({'at': key})}").status_code == 404


def test_contributor_takes_no_citation_from_what_was_published(anna: Client) -> None:
    event = factories.cited_event()
    publish([event])
    factories.citation(event)
    key = key_of(event, 1)

    refused = restored(anna, event, at=key)
    assert (
        errors(refused)
        == ["Citations of what was published are an editor’s to take away; bring back single fields."] * 2
    )
    assert Citation.objects.count() == 2
    assert restored(logged_in(curator("editor")), event, at=key).status_code == 302
    assert Citation.objects.count() == 1


def test_contributor_changes_no_slug_of_what_was_published(anna: Client) -> None:
    event = factories.cited_event(slug="old")
    publish([event])
    Event.objects.update(slug="new")

    spot = {"part": "event", "row": event.pk, "field": "slug"}
    assert "Slug: the address" in errors(restored(anna, event, before=key_of(event, 0), **spot))[0]

    assert Event.objects.get().slug == "new"


def test_ready_event_goes_back_to_review_when_a_contributor_restores_it(anna: Client) -> None:
    event = factories.event(title="One")
    Event.objects.update(title="Two", state="ready")

    restored(anna, event, at=key_of(event, 1))

    assert Event.objects.values_list("title", "state").get() == ("One", "in_review")


def test_what_the_database_would_refuse_is_told_beforehand(anna: Client) -> None:
    event, larger = factories.event(), factories.event()
    Event.objects.filter(pk=event.pk).update(parent=larger)
    key = key_of(event, 0)
    Event.objects.filter(pk=event.pk).update(parent=None)
    Event.objects.filter(pk=larger.pk).update(parent=event)

    page = anna.get(f"{url(event, 'restore')}?{urlencode({'at': key})}")

    assert page.context["problems"][0].startswith("Part of: this would make the event a part of itself")
    assert '<form method="post" novalidate>' not in page.text
    assert Event.objects.get(pk=event.pk).parent is None


def test_deleted_record_is_found_and_brought_back(published: None) -> None:
    client = logged_in(curator("editor"))
    event = factories.cited_event(title="First ceasefire")
    number, address = event.pk, list_url(Event, "deleted")
    assert address in client.get(list_url(Event)).text
    assert deleted(client, event).status_code == 302

    assert "First ceasefire" in client.get(address).text
    page = client.get(url(event, "undelete"))
    assert [row.title for row in page.context["rows"]] == ["Event", "Citation 1: " + page.context["rows"][1].title[12:]]
    assert client.post(url(event, "undelete"), {"reason": "By mistake.", "slug": event.slug}).url == url(event)

    assert Event.objects.get(pk=number).citations.count() == 1
    assert client.get(address).context["rows"] == []


def test_record_whose_slug_is_taken_comes_back_under_another(published: None) -> None:
    client = logged_in(curator("editor"))
    place = factories.location(slug="shusha", name="Shusha")
    number = place.pk
    place.delete()
    factories.location(slug="shusha", name="Another")
    place.pk = number

    page = client.get(url(place, "undelete"))
    assert page.context["form"].initial["slug"] == "shusha-2"
    refused = client.post(url(place, "undelete"), {"reason": "By mistake.", "slug": "shusha"})
    assert errors(refused) == ["Slug: “shusha” is the address of “Another” by now. Choose another one."]
    assert client.post(url(place, "undelete"), {"reason": "By mistake.", "slug": "shusha-2"}).status_code == 302

    assert Location.objects.get(pk=number).slug == "shusha-2"


def test_contributor_undeletes_nothing(anna: Client) -> None:
    event = factories.event()
    number = event.pk
    event.delete()
    event.pk = number

    assert anna.get(list_url(Event, "deleted")).status_code == 403
    assert anna.get(url(event, "undelete")).status_code == 403
    assert anna.post(url(event, "undelete"), {"reason": "Because.", "slug": event.slug}).status_code == 403
    assert not Event.objects.exists()
    assert list_url(Event, "deleted") not in anna.get(list_url(Event)).text


@pytest.mark.parametrize("number", ["999", "9" * 30, "x", "\x00"])
def test_undeleting_what_is_not_deleted_leads_to_the_list(published: None, number: str) -> None:
    client = logged_in(curator("editor"))
    event = factories.event()

    for address in (url(event, "undelete"), url(event, "undelete").replace(f"/{event.pk}/", f"/{number}/")):
        assert client.get(address).url == list_url(Event, "deleted")


# Reasons


def test_reason_of_a_save_is_kept_in_the_history(anna: Client) -> None:
    event = factories.event(title="One")

    saved(anna, url(event), title="Two", saving_reason="The ministry’s own page says so.")
    saved(anna, url(event), title="Three")

    contexts = [revision.pgh_context.metadata.get("reason") for revision in revisions(Event)]
    assert contexts == [None, "The ministry’s own page says so.", None]
    assert "The ministry’s own page says so." in anna.get(url(event, "history")).text


@pytest.mark.parametrize("reason", ["\x00", "x" * 301])
def test_reason_that_cannot_be_kept_is_refused_with_all_that_was_typed(anna: Client, reason: str) -> None:
    event = factories.event(title="One")

    response = saved(anna, url(event), title="Two", saving_reason=reason)

    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()[0].startswith("Reason: ")
    assert 'value="Two"' in response.text
    assert Event.objects.get().title == "One"


def test_reason_of_a_deletion_is_kept(published: None) -> None:
    client, place = logged_in(curator("editor")), factories.location()
    page = client.get(url(place, "delete"))

    data = {"post": "yes", "seen": page.context["seen"]}
    refused = client.post(url(place, "delete"), {**data, "saving_reason": "\x00"}, follow=True)
    assert told(refused)[0].startswith("Reason: ")
    assert Location.objects.exists()
    client.post(url(place, "delete"), {**data, "saving_reason": "Twice in the list."})

    assert revisions(Location).last().pgh_context.metadata["reason"] == "Twice in the list."


# Documents that not everybody may see


@pytest.fixture
def secret(published: None) -> Any:
    """A document that only one group may see."""
    document = factories.document(title="Kestrel", title_short="Kestrel", access="withheld")
    document.restrictions.create(group=Group.objects.get(name="administrator"))
    return document


def archivist() -> Client:
    name = "archivist"
    return logged_in(User.objects.filter(username=name).first() or curator("administrator", name))


def test_history_tells_nothing_of_a_document_that_is_restricted(anna: Client, secret: Any) -> None:
    event = factories.event(title="One")
    factories.citation(event, secret, statement="Kestrel says so.")
    factories.citation(event, secret, statement="Kestrel says so.").delete()
    entry = {"entry": key_of(event, 2)}

    assert archivist().get(url(event, "history")).text.count("Kestrel") > 1
    assert "Kestrel" not in anna.get(url(event, "history")).text
    assert "Kestrel" in archivist().get(url(event, "history"), entry).text
    assert "Kestrel" not in anna.get(url(event, "history"), entry).text


def test_going_back_leaves_alone_what_a_curator_may_not_see(anna: Client, secret: Any) -> None:
    event = factories.event(title="One")
    Event.objects.update(title="Two")
    hidden = factories.citation(event, secret, statement="Kestrel says so.")
    spot = {"part": "citation", "row": hidden.pk, "field": "statement"}
    Citation.objects.update(statement="Kestrel said so.")

    page = anna.get(f"{url(event, 'restore')}?{urlencode({'at': key_of(event, 3)})}")
    assert "<del>Two</del>" in page.text
    assert "Kestrel" not in page.text
    assert restored(anna, event, at=key_of(event, 3)).status_code == 302
    one = urlencode({**spot, "before": key_of(event, 1)})
    assert "Kestrel" in archivist().get(f"{url(event, 'restore')}?{one}").text
    assert anna.get(f"{url(event, 'restore')}?{one}").url == url(event, "history")

    assert Event.objects.get().title == "One"
    assert Citation.objects.get().statement == "Kestrel said so."


def test_restricted_document_stays_secret_when_it_is_deleted_and_comes_back_restricted(secret: Any) -> None:
    editor, number = logged_in(curator("editor")), secret.pk
    factories.document(title_short="Open").delete()
    secret.delete()
    secret.pk = number

    address = list_url(Document, "deleted")
    assert ["Kestrel" in client.get(address).text for client in (archivist(), editor)] == [True, False]
    assert "Open" in editor.get(address).text
    assert editor.get(url(secret, "undelete")).url == address
    assert editor.post(url(secret, "undelete"), {"reason": "Because.", "slug": secret.slug}).url == address
    assert archivist().post(url(secret, "undelete"), {"reason": "Because.", "slug": secret.slug}).url == url(secret)

    assert [each.group.name for each in Document.objects.get(pk=number).restrictions.all()] == ["administrator"]


def test_going_back_opens_no_restricted_document(secret: Any) -> None:
    client = archivist()
    Document.objects.update(title="Merlin")
    key = key_of(secret, 2)  # before it was restricted

    restored(client, secret, at=key)

    assert Document.objects.get().title == "Kestrel"
    assert Document.objects.get().restrictions.count() == 1
