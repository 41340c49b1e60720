"""The page of remarks, and what waits for oneself on the first page."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from chronicle.models import Assignment, Edition, Event, Location, Remark
from chronicle.team import assign, remark, review
from chronicle.vocabularies import RemarkKind
from sources.models import Document
from tests import factories as make
from tests.chronicle.admin.desk import confirmed, curator, list_url, logged_in, saved, told, url

MAKERS = {Event: make.event, Document: make.document, Location: make.location}
NASTY = ("", "x", "-1", "9" * 40, "²", "a\x00b")


def page_of(record: Any) -> str:
    return url(record, "remarks")


@pytest.mark.parametrize("model", MAKERS)
def test_remark_is_made_answered_and_settled(db: None, model: Any) -> None:
    record = MAKERS[model]()
    ada, ben = curator("contributor", "ada"), curator("editor", "ben")

    said = logged_in(ada).post(page_of(record), {"words": "Which day, @ben?", "say": "Remark"})
    assert (said.status_code, said.url) == (302, page_of(record))
    page = logged_in(ben).get(url(record))
    assert f'<a href="{page_of(record)}">Remarks (1 open)</a>' in page.text

    logged_in(ben).post(page_of(record), {"resolve": str(Remark.objects.get().pk)})
    shown = logged_in(ada).get(page_of(record)).text
    assert ("Settled by ben" in shown, "<strong>@ben</strong>" in shown) == (True, True)
    assert "open)" not in logged_in(ben).get(url(record)).text


@pytest.mark.parametrize("words", ["", "  ", "x" * 4001, "a\x00b"])
def test_remark_that_is_refused_is_kept_with_the_reason(desk: Any, words: str) -> None:
    event = make.event()

    page = desk.post(page_of(event), {"words": words, "say": "Remark"})

    assert page.status_code == 200
    assert page.context["form"].errors["words"]
    assert page.context["form"]["words"].value() == words
    assert not Remark.objects.exists()


def test_words_are_shown_as_they_are_and_numbers_lead_to_their_records(desk: Any) -> None:
    event, document, location = make.event(), make.document(), make.location()
    citation = make.citation(event, document)
    words = f"<b>See</b> E{event.pk}, C{citation.pk}, (D{document.pk}) L{location.pk}; not C999999, XE1, E0 or mail@ada"
    remark(event, words, author=User.objects.get())

    (shown,) = [words for _remark, words, _now in desk.get(page_of(event)).context["remarks"]]

    assert shown == (
        f'<p>&lt;b&gt;See&lt;/b&gt; <a href="{url(event)}">E{event.pk}</a>, <a href="{url(event)}">C{citation.pk}</a>, '
        f'(<a href="{url(document)}">D{document.pk}</a>) <a href="{url(location)}">L{location.pk}</a>; '
        "not C999999, XE1, E0 or mail@ada</p>"
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_as_often_for_one_remark_as_for_three(desk: Any, django_assert_num_queries: Any, rows: int) -> None:
    event = make.event()
    citation = make.citation(event)
    for _ in range(rows):
        remark(event, f"See C{citation.pk}.", author=User.objects.get())

    with django_assert_num_queries(9):
        desk.get(page_of(event))


@pytest.mark.parametrize("typed", NASTY)
@pytest.mark.parametrize("deed", ["resolve", "reopen"])
def test_remark_that_is_none_is_not_settled(desk: Any, deed: str, typed: str) -> None:
    event = make.event()
    remark(event, "Which day?", author=User.objects.get())

    assert desk.post(page_of(event), {deed: typed}).status_code == 200
    assert Remark.objects.get().resolved_at is None


def test_remark_is_settled_on_the_page_of_its_own_record(desk: Any) -> None:
    event, other = make.event(), make.event()
    said = remark(event, "Which day?", author=User.objects.get())

    desk.post(page_of(other), {"resolve": str(said.pk)})

    assert Remark.objects.get().resolved_at is None


@pytest.mark.parametrize("deed", ["say", "review", "resolve", "assign"])
def test_who_may_only_look_does_nothing_by_a_crafted_request(db: None, deed: str) -> None:
    event, looker = make.event(), User.objects.create_user("looker", is_staff=True)
    said = remark(event, "Which day?", author=looker)
    looker.user_permissions.add(Permission.objects.get(codename="view_event"))
    client = logged_in(looker)

    assert client.get(page_of(event)).status_code == 200
    sent = {"words": "Crafted.", "curator": looker.pk, deed: said.pk}
    assert client.post(page_of(event), sent).status_code == 403
    assert Client().post(page_of(event), sent).status_code == 302
    assert [str(each) for each in Remark.objects.filter(resolved_at=None)] == ["Which day?"]
    assert not Assignment.objects.exists()


def test_record_is_put_into_hands_and_out_of_them(desk: Any) -> None:
    event, ben = make.event(), curator("editor", "ben")

    desk.post(page_of(event), {"curator": ben.pk, "assign": "1"})
    assert "· ben</a>" in desk.get(url(event)).text
    desk.post(page_of(event), {"curator": "", "assign": "1"})

    assert "· ben" not in desk.get(url(event)).text


@pytest.mark.parametrize("typed", ["x", "9" * 40, "0", "a\x00b"])
def test_record_is_put_into_nobodys_hands_by_a_crafted_choice(desk: Any, typed: str) -> None:
    event = make.event()
    User.objects.create_user("reader")

    page = desk.post(page_of(event), {"curator": typed, "assign": "1"})

    assert told(page) == ["Assigned to: choose one of the curators who can open the desk, or nobody."]
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("model", MAKERS)
def test_many_are_put_into_hands_from_the_list(db: None, model: Any) -> None:
    ada = curator("contributor", "ada")
    records = [MAKERS[model]() for _ in range(3)]

    client = logged_in(ada)
    confirmed(client, model, "assign", {"id": [record.pk for record in records], "curator": ada.pk})

    assert Assignment.objects.filter(curator=ada).count() == 3
    assert client.get(list_url(model), {"hands": "me"}).context["cl"].result_count == 3


def home(user: Any) -> Any:
    return logged_in(user).get(reverse("admin:index"))


def test_first_page_says_what_is_in_ones_hands_and_who_asks(db: None) -> None:
    ada, ben = curator("contributor", "ada"), curator("editor", "ben")
    event = make.event(title="First ceasefire")
    assign([event], ada)
    remark(event, "Which page, @ada?", author=ben)
    remark(event, "Mend the date.", author=ben, kind=RemarkKind.RETURNED, to=[ada])
    settled = remark(event, "Done, @ada.", author=ben)
    settled.resolved_by, settled.resolved_at = ben, settled.made_at
    settled.save()

    page = home(ada)

    assert [(entry.label, entry.count) for entry in page.context["mine"].open] == [("event", 1)]
    assert [said.remark.words for said in page.context["remarks"]] == ["Mend the date.", "Which page, @ada?"]
    assert "returned to its author" in page.text
    assert f"{page_of(event)}#remark-" in page.text
    assert "Waiting for you" not in home(ben).text


def test_review_is_on_record_for_the_state_that_was_looked_through(db: None) -> None:
    event, ben = make.event(), curator("editor", "ben")
    client = logged_in(ben)

    client.post(page_of(event), {"words": "", "review": "1"})
    assert "as it is now" in client.get(page_of(event)).text

    make.citation(event)
    assert "changed since" in client.get(page_of(event)).text
    assert Remark.objects.get().words == "Looked through."


@pytest.mark.usefixtures("published")
def test_two_must_have_seen_what_is_published_where_that_is_wanted(settings: Any) -> None:
    settings.SECOND_EYES = True
    ada, ben = curator("editor", "ada"), curator("editor", "ben")
    event, other = make.cited_event(title="Own"), make.cited_event(title="Of another")
    for author, record in ((ada, event), (ben, other)):
        changed = logged_in(author)
        assert saved(changed, url(record), summary="Changed.").status_code == 302
    answers = {"id": [event.pk, other.pk], "kind": "wording", "words": ""}

    client = logged_in(ada)
    preview = client.get(list_url(Event, "publish"), {"id": [event.pk, other.pk]})
    assert [outcome.is_refused for outcome, _url in preview.context["rows"]] == [True, False]
    assert "ask another curator" in preview.text
    confirmed(client, Event, "publish", answers)
    assert list(Edition.objects.filter(event__isnull=False).values_list("event", flat=True)) == [other.pk]

    review(event, "", by=ben)
    saved(client, url(event), summary="Changed again.")  # whoever looked has not seen this
    confirmed(client, Event, "publish", {**answers, "id": [event.pk]})
    assert not Edition.objects.filter(event=event).exists()

    review(event, "", by=ada)  # one's own eyes are no second ones
    confirmed(client, Event, "publish", {**answers, "id": [event.pk]})
    assert not Edition.objects.filter(event=event).exists()

    review(event, "", by=ben)
    confirmed(client, Event, "publish", {**answers, "id": [event.pk]})
    assert Edition.objects.filter(event=event).exists()


@pytest.mark.usefixtures("published")
def test_one_may_publish_alone_where_nothing_else_is_wanted() -> None:
    client, event = logged_in(curator("editor")), make.cited_event()
    saved(client, url(event), summary="Changed.")

    confirmed(client, Event, "publish", {"id": [event.pk], "kind": "wording", "words": ""})

    assert Edition.objects.filter(event=event).exists()
