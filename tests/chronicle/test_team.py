"""Working together: who has what in hand, and what curators say to each other."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from chronicle.models import Assignment, Event, Mention, Remark
from chronicle.team import assign, named, remark, reopen, resolve
from tests import factories as make

pytestmark = pytest.mark.django_db


def account(name: str, **fields: Any) -> Any:
    return get_user_model().objects.create_user(name, **{"is_staff": True, **fields})


def mentioned(said: Remark) -> list[str]:
    return sorted(said.addressees.values_list("username", flat=True))


def test_remark_is_kept_with_its_author_and_open() -> None:
    event, author = make.event(), account("ada")

    remark(event, "  Which day?\n", author=author)

    said = event.remarks.get()
    assert (said.words, said.author, said.kind, said.resolved_at) == ("Which day?", author, "remark", None)


def test_remark_tells_those_whom_it_names_and_those_it_is_to() -> None:
    author, ben, cora = account("ada"), account("ben"), account("cora.d")
    account("ad")

    said = remark(make.location(), "@ben, see @cora.d. And @ada; not mail@ad or @nobody.", author=author, to=[ben])

    assert mentioned(said) == ["ben", "cora.d"]
    assert cora in said.addressees.all()


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_nobody_is_named_who_cannot_open_the_desk(fields: dict[str, bool]) -> None:
    account("ben", **fields)
    account("cora")

    assert [user.get_username() for user in named("@ben @cora")] == ["cora"]


@pytest.mark.parametrize("words", ["", " \n", "x" * 4001, "a\x00b", "a\ud800b"])
def test_remark_of_no_words_or_too_many_or_no_text_is_refused(words: str) -> None:
    author = account("ada")

    with pytest.raises(ValidationError) as refused:
        remark(make.event(), words, author=author)

    assert set(refused.value.message_dict) == {"words"}
    assert not Remark.objects.exists()


def test_remark_is_resolved_once_and_opened_again() -> None:
    author, other = account("ada"), account("ben")
    said = remark(make.document(), "Which page?", author=author)

    assert (resolve([said.pk], by=other), resolve([said.pk], by=author)) == (1, 0)
    said.refresh_from_db()
    assert said.resolved_by == other
    assert (reopen([said.pk]), reopen([said.pk])) == (1, 0)
    said.refresh_from_db()
    assert (said.resolved_at, said.resolved_by) == (None, None)


def test_record_is_in_one_curators_hands() -> None:
    ada, ben = account("ada"), account("ben")
    events = [make.event(), make.event()]

    assert [assign(events[:1], ada), assign(events, ada), assign(events, ben), assign(events, ben)] == [1, 1, 2, 0]
    assert set(Assignment.objects.values_list("event", "curator")) == {(event.pk, ben.pk) for event in events}
    assert [assign(events[:1], None), assign([], ada)] == [1, 0]
    assert [each.event for each in Assignment.objects.all()] == events[1:]


def test_assigning_what_was_deleted_does_nothing() -> None:
    event = make.event()
    gone = Event(pk=event.pk)
    event.delete()

    assert assign([gone], account("ada")) == 0


def test_remarks_go_with_their_record() -> None:
    event = make.event()
    remark(event, "@ben", author=account("ada"), to=[account("ben")])
    assert Mention.objects.count() == 1

    event.delete()

    assert not Remark.objects.exists()
    assert not Mention.objects.exists()
