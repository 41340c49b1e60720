"""Reads with names, each with the prefetches that its pages need."""

from collections.abc import Collection, Sequence
from typing import Any, Final, Self

from django.apps import apps
from django.db import connections, models
from django.db.models import Func, Prefetch, Q, Sum, Value
from django.db.models.functions import Cast

from chronicle.vocabularies import NoteKind
from sources.edtf import Bounds, range_text
from sources.models.record import RecordQuerySet

PERIODS = "date_range"


class EventQuerySet(RecordQuerySet):
    """Reads of events, at the desk and on the published side alike."""

    def with_assertions(self) -> Self:
        """Bring everything that an event's page shows, in a number of queries that does not grow."""
        return self.select_related("kind", "parent", "companion", "counts").prefetch_related(
            Prefetch("names", _rows("chronicle.EventName", "party")),
            Prefetch("event_locations", _rows("chronicle.EventLocation", "location")),
            Prefetch("event_locations__location__names", _rows("chronicle.LocationName", "party")),
            Prefetch("event_parties", _rows("chronicle.EventParty", "party")),
            Prefetch("participations", _rows("chronicle.Participation", "agent")),
            Prefetch("citations", _rows("chronicle.Citation", *CITED)),
            Prefetch("citations__document", _rows("sources.Document", "publisher__party", "party")),
            Prefetch("citations__document__contributions", _rows("sources.Contribution", "agent")),
            Prefetch("citations__through", _rows("sources.Document", "publisher__party", "party")),
            Prefetch("citations__through__contributions", _rows("sources.Contribution", "agent")),
            Prefetch("voices", _rows("chronicle.Voice", "party")),
            "disputes",
        )

    def with_aspects(self, aspects: Collection[str]) -> Self:
        """Bring what the sentences of these aspects are made of."""
        cited = _rows("chronicle.Citation", *CITED).filter(aspect__in=aspects)
        return self.select_related("counts").prefetch_related(
            Prefetch("citations", cited),
            Prefetch("citations__document", _rows("sources.Document", "publisher__party", "party")),
            Prefetch("citations__document__contributions", _rows("sources.Contribution", "agent")),
            Prefetch("citations__through", _rows("sources.Document")),
            Prefetch("disputes", _rows("chronicle.Dispute").filter(aspect__in=aspects)),
        )

    def filed(self) -> Self:
        """Bring the little that a list of events shows: title and date of the filing."""
        return self.only("slug", "title", "date_edtf")

    def filed_before(self, day: Bounds, number: int) -> Self:
        """Return the events filed under an earlier first day, the nearest first; `number` parts those of one day."""
        first = _first_day(day)
        earlier = self._by_first_day().filter(first_day__lte=first).filter(Q(first_day__lt=first) | Q(pk__lt=number))
        return earlier.order_by("-first_day", "-pk")

    def filed_after(self, day: Bounds, number: int) -> Self:
        """Return the events filed under a later first day, the nearest first; `number` parts those of one day."""
        first = _first_day(day)
        later = self._by_first_day().filter(first_day__gte=first).filter(Q(first_day__gt=first) | Q(pk__gt=number))
        return later.order_by("first_day", "pk")

    def parts_of(self, number: int) -> Self:
        """Return the parts of a larger event, in the order of their first days."""
        return self.filter(parent_id=number).order_by(PERIODS, "pk")

    def companions_of(self, number: int) -> Self:
        """Return the events that name this one as their companion."""
        return self.filter(companion_id=number).order_by("pk")

    def _by_first_day(self) -> Self:
        return self.alias(first_day=Func(PERIODS, function="lower", output_field=models.DateField()))


CITED = ("claimed_by__party", "asserted_location", "asserted_party", "unit", "population", "side")


def _rows(model: str, *related: str) -> models.QuerySet[Any]:
    """Rows of a model that imports this module, with the single records that they point to.

    They are read through the alias of the records that they belong to: none is named here.
    """
    return apps.get_model(model)._default_manager.select_related(*related)  # noqa: SLF001 -- Django documents it


def _first_day(day: Bounds) -> Func:
    """The first day of a range, worked out by PostgreSQL, which knows days that Python's dates do not."""
    text = Value(range_text(day), output_field=models.TextField())
    return Func(Cast(text, _DaysField()), function="lower", output_field=models.DateField())


class _DaysField(models.Field):
    """A range of days in a cast, and nowhere else."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 -- Django's signature
        return "daterange"


class CitationQuerySet(models.QuerySet):
    """Reads of single assertions."""

    def figures(self) -> Self:
        """Return those that give a figure, the newest first."""
        return self.filter(asserted_figure__isnull=False).order_by("-pk")

    def told(self) -> Self:
        """Bring what an assertion says where it stands alone, with its event."""
        return self.select_related("event", *CITED).prefetch_related(
            Prefetch("document", _rows("sources.Document", "publisher__party", "party")),
            Prefetch("through", _rows("sources.Document")),
        )


class DisputeQuerySet(models.QuerySet):
    """Reads of what documents say against each other, or of one document against itself."""

    def entries(
        self,
        *,
        aspects: Sequence[str],
        verdicts: Sequence[str],
        compared: str = "",
        after: tuple[str, int] = ("", 2**62),
        limit: int,
    ) -> list[tuple[int, str]]:
        """Return events by number, the greatest first, with the aspects on which there is such a verdict.

        `compared` is "documents" for verdicts between documents, "text" for those inside one, empty for both. One
        bounded read of an index per verdict and aspect: no more than `limit` rows each, however many there are.
        """
        aspect, event = after
        query = ENTRIES % {"compared": COMPARED[compared]}
        with connections[self.db].cursor() as cursor:
            cursor.execute(query, [list(verdicts), list(aspects), max(0, min(event, 2**62)), aspect, limit, limit])
            return cursor.fetchall()


ENTRIES: Final = """
SELECT DISTINCT f.event_id, f.aspect
FROM unnest(%%s::text[]) AS v(verdict) CROSS JOIN unnest(%%s::text[]) AS a(aspect)
CROSS JOIN LATERAL (
    SELECT DISTINCT d.event_id, a.aspect FROM chronicle_dispute d
    WHERE d.verdict = v.verdict AND d.aspect = a.aspect AND d.event_id < %%s::bigint + (a.aspect > %%s)::integer
        %(compared)s
    ORDER BY d.event_id DESC LIMIT %%s
) f
ORDER BY f.event_id DESC, f.aspect LIMIT %%s"""
COMPARED: Final = {"": "", "documents": "AND d.document_id IS NULL", "text": "AND d.document_id IS NOT NULL"}


class TallyQuerySet(models.QuerySet):
    """Reads of what publishing counts."""

    def published_events(self) -> int:
        """Return how many events are public: each is of one kind."""
        return self.filter(facet="kind").aggregate(events=Sum("events"))["events"] or 0


class EditionQuerySet(models.QuerySet):
    """Reads of editions, which leave the snapshot where it is: it is read by `chronicle.editions`."""

    def listed(self) -> Self:
        """Bring what a list of editions shows."""
        return self.only(*LISTED)

    def of_events(self) -> Self:
        """Return editions of events that readers can open, the newest first, with the titles of today."""
        opened = self.filter(event__isnull=False, is_tombstone=False).order_by("-made_at", "-id")
        return opened.select_related("event").only(*LISTED, "event__slug", "event__title", "event__date_edtf")

    def told(self, kind: str = "") -> Self:
        """Return all editions of events, those that were taken down too, with the titles that are public today.

        The events come with a query of their own: a join would leave out the editions of what is no longer public.
        """
        editions = self.listed().filter(event__isnull=False, **({"note_kind": kind} if kind else {}))
        return editions.prefetch_related(Prefetch("event", _rows("chronicle.Event").only("slug", "title")))

    def of_feed(self) -> Self:
        """Return editions that readers can open, and takedowns, the newest first."""
        opened_or_taken_down = Q(is_tombstone=False) | Q(note_kind=NoteKind.TAKEDOWN)
        return self.told().filter(opened_or_taken_down).order_by("-made_at", "-id")

    def of_slug(self, slug: str) -> Self:
        """Return the editions that went out under an event's address, the newest first."""
        return self.listed().filter(event_id__isnull=False, slug=slug).order_by("-id")

    def of_event(self, number: int) -> Self:
        """Return the editions of one event, the newest first, tombstones included."""
        return self.listed().filter(event_id=number).order_by("-number")

    def opened(self) -> Self:
        """Leave out what was taken down."""
        return self.filter(is_tombstone=False)

    def tombstones_from(self, number: int) -> Self:
        """Return the takedowns that closed the edition with this number."""
        return self.filter(number__gte=number, note_kind=NoteKind.TAKEDOWN)


LISTED = ("event_id", "number", "made_at", "signed_as", "note_kind", "note", "is_tombstone", "sources_removed")
