"""Events that lack something."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db.models import DateField, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from chronicle.models import Citation, Edition, Event, EventLocation, EventParty
from chronicle.restricted import without
from chronicle.vocabularies import RIVALS, Aspect, Stance, WorkState
from chronicle.worklists import worklist
from chronicle.worklists.changes import changed
from chronicle.worklists.worklist import Worklist, among_newest, has_no, has_some
from sources.models import Document
from sources.vocabularies import Access


def _seen(hidden: Collection[int]) -> Any:
    """Return the citations that tell of no hidden document."""
    return without(Citation.objects.order_by(), hidden)


@among_newest
def uncited(events: QuerySet, hidden: Collection[int]) -> QuerySet:
    """Return the events without a citation."""
    return events.filter(has_no(_seen(hidden).filter(event=OuterRef("pk"))))


def undated(events: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the events that are filed under no date."""
    return events.filter(date_edtf="")


@among_newest
def unplaced(events: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the events that are filed at no location."""
    return events.filter(has_no(EventLocation.objects.filter(event=OuterRef("pk"))))


@among_newest
def without_voice(events: QuerySet, hidden: Collection[int]) -> QuerySet:
    """Return the events that concern a party, their own or their whole's, for which nobody speaks in them.

    The rule is that of `chronicle.database.rules.voices`.
    """
    concerned = EventParty.objects.order_by()
    own = concerned.filter(event=OuterRef("pk"))
    is_silent = has_no(_speaking(hidden).filter(event=OuterRef("event")))
    is_silent_here = has_no(_speaking(hidden).filter(event=OuterRef(OuterRef("pk"))))
    of_whole = concerned.filter(event=OuterRef("parent")).filter(is_silent_here)
    return events.filter(Q(has_some(own.filter(is_silent))) | Q(has_no(own)) & Q(has_some(of_whole)))


def _speaking(hidden: Collection[int]) -> Any:
    party = OuterRef("party")
    return (
        _seen(hidden)
        .exclude(stance=Stance.SILENT)
        .filter(
            Q(claimed_by__party=party)
            | Q(document__party=party)
            | Q(document__party=None, document__publisher__party=party)
        )
    )


UNEXPLAINED = """(SELECT event_id FROM published.chronicle_dispute
    WHERE verdict = ANY(%s) AND aspect = ANY(%s) AND document_id IS NULL)"""


def unexplained(events: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the public events on whose date or place documents part, and whose filing has no reason."""
    disputes = RawSQL(UNEXPLAINED, [list(RIVALS), [Aspect.DATE, Aspect.LOCATION]])  # noqa: S611 - without values from outside
    return events.filter(pk__in=disputes, reading_note="")


UNNOTED = """(SELECT d.event_id FROM published.chronicle_dispute d
    WHERE d.event_id >= %s AND d.verdict = ANY(%s) AND NOT EXISTS (
        SELECT FROM desk.chronicle_disputenote n WHERE n.event_id = d.event_id AND n.aspect = d.aspect))"""


def without_note(events: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the public events with an aspect on which documents part, and on which the editors have no note.

    The disputes too are looked for among those of the newest events alone: PostgreSQL does not see by itself that
    those of all others are of no use.
    """
    first = worklist.first_of_newest(Event, worklist.NEWEST)
    disputes = RawSQL(UNNOTED, [first, list(RIVALS)])  # noqa: S611 - without values from outside
    return events.filter(pk__gte=first, pk__in=disputes)


without_note.share = 1  # type: ignore[attr-defined]  # as `among_newest` says how far is looked


def _first_day() -> Func:
    return Func(F("date_range"), function="lower", output_field=DateField())


def _days() -> Func:
    """Return how many days a filing spans, NULL for an open one."""
    return Func(
        F("date_range"), template="upper(%(expressions)s) - lower(%(expressions)s)", output_field=IntegerField()
    )


@partial(among_newest, share=5)
def alike(events: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the events that have the title of another one, in any spelling, or its day and one of its locations.

    A part and its whole, and two companions, are none of that; nor is what lasted at one place at one time.
    """
    others = Event.objects.order_by().exclude(pk=OuterRef("pk"))
    apart = others.exclude(parent=OuterRef("pk")).exclude(companion=OuterRef("pk"))
    apart = apart.exclude(pk__in=[Coalesce(OuterRef(column), 0) for column in ("parent", "companion")])
    own = EventLocation.objects.filter(event=OuterRef(OuterRef(OuterRef("pk"))), location=OuterRef("location"))
    shared = EventLocation.objects.filter(event=OuterRef("pk")).filter(has_some(own))
    same_day = apart.alias(day=_first_day(), days=_days()).filter(day=OuterRef("day"), days=1).filter(has_some(shared))
    titled = apart.filter(title_folded=OuterRef("title_folded"))
    dated = events.alias(day=_first_day(), days=_days())
    return dated.filter(Q(has_some(titled)) | Q(days=1) & Q(has_some(same_day)))


@among_newest
def ready(events: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the events that are ready and were never published."""
    return events.filter(has_no(Edition.objects.filter(event=OuterRef("pk"))), state=WorkState.READY)


def reworked(events: QuerySet, _hidden: Collection[int]) -> QuerySet:
    """Return the public events that changed since their newest edition."""
    return changed(events, "event")


def resting_on_withheld(events: QuerySet, hidden: Collection[int]) -> QuerySet:
    """Return the events with citations that readers will not see, since their document is withheld."""
    withheld = Document.objects.order_by().filter(access=Access.WITHHELD)
    return events.filter(pk__in=_seen(hidden).filter(document__in=withheld.values("pk")).values("event"))


def withdrawn() -> QuerySet:
    """Return the numbers of the events that are gone for readers: their newest edition is a tombstone."""
    later = Edition.objects.filter(event=OuterRef("event"), number__gt=OuterRef("number"))
    closed = Edition.objects.order_by().filter(is_tombstone=True, event__isnull=False)
    return closed.filter(~Exists(later)).values("event")


WORKLISTS = (
    Worklist("ready", Event, _("ready, never published"), _("Publish them."), ready),
    Worklist("reworked", Event, _("public, with changes that readers do not see"), _("Publish them again."), reworked),
    Worklist("uncited", Event, _("without a citation"), _("None of them can be published: cite a document."), uncited),
    Worklist("undated", Event, _("without a date"), _("File them under one, in EDTF."), undated),
    Worklist("unplaced", Event, _("without a location"), _("File them at one, with its role."), unplaced),
    Worklist(
        "without-voice",
        Event,
        _("that concern a party without a voice"),
        _("Look for a document that speaks for it, or enter it as not in this collection."),
        without_voice,
    ),
    Worklist(
        "unexplained",
        Event,
        _("public, documents part on date or place, no reason for the filing"),
        _("Write the reason for the filing."),
        unexplained,
    ),
    Worklist(
        "without-note",
        Event,
        _("public, with a dispute that has no note of the editors"),
        _("Say in a note where the documents part, without choosing between them."),
        without_note,
    ),
    Worklist(
        "alike",
        Event,
        _("like another one: its title, or its day and a location"),
        _("Look whether they are one event."),
        alike,
    ),
    Worklist(
        "resting-on-withheld",
        Event,
        _("with citations of withheld documents"),
        _("Readers see the events without these citations."),
        resting_on_withheld,
    ),
)
