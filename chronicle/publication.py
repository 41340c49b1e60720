"""The verbs: publish, withdraw, withhold, release. They are the only writers of what readers see.

Thin Python over functions of the database (`chronicle.database.publishing`): those decide, these report what was done
and what was refused, with reasons. Each call is one transaction. Nothing uncited becomes public; PostgreSQL refuses it
whoever asks, and a verb says so beforehand.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, connections, transaction
from django.db.models import Exists, OuterRef, QuerySet

from chronicle.database.publishing.staging import REASON
from chronicle.models import Citation, Event, Masthead
from chronicle.reviews import seen_by_one
from chronicle.vocabularies import NoteKind
from sources.models import Agent, Document
from sources.models.record import Record
from sources.vocabularies import Access, NameShown

DESK = "default"


@dataclass(frozen=True)
class Refusal:
    """A record that a verb left as it was, and why, with the next step."""

    subject: Record
    reason: str


@dataclass(frozen=True)
class Report:
    """What a verb did: the numbers of the records done, of those that were so already, and the refused ones."""

    done: tuple[int, ...] = ()
    unchanged: tuple[int, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Note:
    """What readers are told of an edition: its kind (`NoteKind`), its words, and who signs."""

    kind: str = NoteKind.WORDING
    words: str = ""
    signed_as: str = ""

    def signature(self) -> str:
        """Return who signs: the editorial body of the masthead, unless the note names somebody."""
        return self.signed_as or Masthead.objects.using(DESK).current().editorial_body


@contextmanager
def privately_because(reason: str) -> Iterator[None]:
    """Keep a reason for colleagues with all editions that are made within; it never leaves the desk."""
    with transaction.atomic(using=DESK), connections[DESK].cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, TRUE)", [REASON, reason])
        yield
        cursor.execute("SELECT set_config(%s, '', TRUE)", [REASON])


def publish(events: Iterable[Event], *, editor: AbstractBaseUser | None = None, note: Note | None = None) -> Report:
    """Publish events as they are at the desk, with every reference that they need.

    Events without a citation that may leave the desk are refused; events that have not changed since their newest
    edition get none. An event whose last citation goes while it is being published fails the whole call by constraint:
    it is tried once more, and refused then.
    """
    asked = _numbers(events)
    try:
        return _publish(asked, editor=editor, note=note or Note())
    except IntegrityError as error:
        if CITED not in str(error):
            raise
        return _publish(asked, editor=editor, note=note or Note())


CITED = "edition_of_event_is_cited"


def _publish(asked: list[int], *, editor: AbstractBaseUser | None, note: Note) -> Report:
    with transaction.atomic(using=DESK):
        uncited = (Refusal(event, MERGED if event.merged_into_id else UNCITED) for event in _uncited(asked))
        refused = (*uncited, *_seen_by_one(asked, editor))
        barred = {refusal.subject.pk for refusal in refused}
        wanted = [number for number in asked if number not in barred]
        done = _call("publish", [wanted, _key(editor), note.signature(), note.kind, note.words]) if wanted else []
    return Report(tuple(done), _without(wanted, done), refused)


UNCITED = (
    "It has no citation that may be published: add a citation of a document that is not withheld, then publish again."
)

MERGED = "It was merged into another event: publish that one."


def _uncited(numbers: list[int]) -> QuerySet[Event]:
    citations = Citation.objects.filter(event=OuterRef("pk")).exclude(document__access=Access.WITHHELD)
    return Event.objects.filter(~Exists(citations), pk__in=numbers)


SEEN_BY_ONE = (
    "You changed it last, and nobody else has looked it through since: ask another curator to do that on its page of "
    "remarks, or to publish it."
)


def _seen_by_one(numbers: list[int], editor: AbstractBaseUser | None) -> Iterator[Refusal]:
    """Yield events that only their last author has seen, where a chronicle wants two; operators' commands are free."""
    if settings.SECOND_EYES and editor:
        for event in Event.objects.filter(pk__in=seen_by_one(numbers, _key(editor))).order_by("pk"):
            yield Refusal(event, SEEN_BY_ONE)


def publish_references(
    subject: str, records: Iterable[Record], *, editor: AbstractBaseUser | None = None, note: Note | None = None
) -> Report:
    """Publish changed references that are public already, or records that stand alone, new ones too.

    `subject` is the edition's column: document, location…; masthead, missing and term stand alone.
    """
    note = note or Note()
    asked = _numbers(records)
    with transaction.atomic(using=DESK):
        made = _call("publish_references", [subject, asked, _key(editor), note.signature(), note.kind, note.words])
    return Report(done=tuple(made))


def withdraw(events: Iterable[Event], *, editor: AbstractBaseUser | None = None, note: Note) -> Report:
    """Take events off the public side: their pages and editions answer that they are gone, with day and reason."""
    asked = _numbers(events)
    if not note.words.strip():
        raise ValueError("Withdrawing needs a public reason: readers are told it instead of the page.")
    with transaction.atomic(using=DESK):
        done = _call("withdraw", [asked, _key(editor), note.signature(), note.words])
    return Report(tuple(done), _without(asked, done))


def withdraw_standing(
    subject: str, records: Iterable[Record], *, editor: AbstractBaseUser | None = None, note: Note
) -> Report:
    """Take records that stand alone off the public side: terms, entries of what is missing, the masthead."""
    asked = _numbers(records)
    with transaction.atomic(using=DESK):
        done = _call("withdraw_standing", [subject, asked, _key(editor), note.signature(), note.words])
    return Report(tuple(done), tuple(number for number in asked if number not in set(done)))


def withhold(
    documents: Iterable[Document], *, access: Access = Access.WITHHELD, editor: AbstractBaseUser | None = None
) -> Report:
    """Cut documents at once out of everything that readers see, editions included; return the events that changed."""
    asked = _numbers(documents)
    with transaction.atomic(using=DESK):
        return Report(done=tuple(_call("withhold", [asked, access, _key(editor)])))


def release(documents: Iterable[Document], *, access: Access = Access.OPEN) -> Report:
    """Let more of documents leave the desk from the next edition on; what is public does not change by it."""
    asked = _numbers(documents)
    with transaction.atomic(using=DESK):
        _call("release", [asked, access])
    return Report(done=tuple(asked))


def name_agents(agents: Iterable[Agent], *, shown: NameShown) -> Report:
    """Say how readers see the names of persons at risk: hidden at once and in every edition, shown from the next on."""
    asked = _numbers(agents)
    with transaction.atomic(using=DESK):
        return Report(done=tuple(_call("name_agents", [asked, str(shown)])))


def redirect_merged(subject: str, number: int) -> None:
    """Lead readers from the addresses of this record to what it is merged into, or no longer if it is not merged.

    From here on no other verb runs until the transaction ends.
    """
    with transaction.atomic(using=DESK):
        _call("redirect_merged", [subject, number])


def _numbers(records: Iterable[Record]) -> list[int]:
    if isinstance(records, QuerySet):
        return list(records.order_by("pk").values_list("pk", flat=True))
    return sorted({record.pk for record in records})


def _without(numbers: list[int], others: Iterable[int]) -> tuple[int, ...]:
    left_out = frozenset(others)
    return tuple(number for number in numbers if number not in left_out)


def _key(editor: AbstractBaseUser | None) -> int | None:
    return editor.pk if editor else None


CASTS = {list: "::bigint[]", str: "::text", int: "::integer", type(None): "::integer"}


def _call(verb: str, arguments: list[Any]) -> list[int]:
    placeholders = ", ".join(f"%s{CASTS[str if isinstance(value, str) else type(value)]}" for value in arguments)
    with connections[DESK].cursor() as cursor:
        # VALUES, not SELECT: the history takes along who does it for every statement but those that begin with SELECT.
        cursor.execute(f"VALUES (functions.{verb}({placeholders}))", arguments)
        (result,) = cursor.fetchone()
    return result or []
