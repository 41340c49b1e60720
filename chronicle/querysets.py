"""Reads with names, each with the prefetches that its pages need."""

from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, Final, Self

from django.apps import apps
from django.db import connections, models
from django.db.models import Func, Max, Min, Prefetch, Q, Sum, Value
from django.db.models.functions import Cast

from chronicle.vocabularies import NoteKind
from sources.edtf import Bounds, Day, range_text
from sources.models.record import RecordQuerySet
from sources.models.spelling import spelled_like, spelled_nearly

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
            Prefetch("event_missing_documents", _rows("chronicle.EventMissingDocument", "missing__party")),
            Prefetch("citations", _rows("chronicle.Citation", *CITED, "quotation_text")),
            Prefetch("citations__asserted_location__names", _rows("chronicle.LocationName", "party")),
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

    def reaching_into(self, *days: Day) -> Self:
        """Return the events of which the filing reaches into one of these days from the day before it."""
        return self.filter(reduce(or_, (Q(date_range__contains=Bounds(day.previous(), day)) for day in days)))

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


class TermQuerySet(RecordQuerySet):
    """Reads of contested terms."""

    def with_uses(self) -> Self:
        """Bring the wordings of each, with the documents that use them and whom those speak for."""
        uses = _rows("chronicle.TermUse", "document__publisher__party", "document__party")
        return self.prefetch_related(Prefetch("uses", uses.order_by("wording", "-times", "pk")))


class MissingDocumentQuerySet(RecordQuerySet):
    """Reads of what is missing."""

    def with_events(self) -> Self:
        """Bring the events that each would bear on, in the order of their titles."""
        events = _rows("chronicle.EventMissingDocument", "event").order_by("event__title_folded", "pk")
        return self.select_related("party").prefetch_related(Prefetch("event_missing_documents", events))


class EventCountQuerySet(models.QuerySet):
    """Reads of lists of events, which are in the order of their first day, then of their number."""

    def with_facets(self, *facets: str) -> Self:
        """Return the events that have all of these facets, such as location:12."""
        return self.filter(facets__contains=list(facets)) if facets else self

    def with_any_facet(self, facets: Iterable[str]) -> Self:
        """Return the events that have one of these facets."""
        return self.filter(facets__overlap=list(facets))

    def titled(self) -> Self:
        """Bring title and date of the events, and no more."""
        return self.select_related("event").only("first_day", "event__slug", "event__title", "event__date_edtf")

    @staticmethod
    def dated_by(most: int) -> tuple[Prefetch, ...]:
        """Return what brings `dates` to events of a list: what documents assert of them, no more than `most`."""
        dates = _rows("chronicle.Citation", "document").filter(aspect="date").order_by("asserted_date_range", "pk")
        return (Prefetch("event__citations", dates[:most], to_attr="dates"),)

    def listed(self) -> Self:
        """Bring what a list says of its events, in three queries."""
        places = Prefetch("event__event_locations", _rows("chronicle.EventLocation", "location"))
        names = Prefetch("event__event_locations__location__names", _rows("chronicle.LocationName", "party"))
        return self.select_related("event__kind").prefetch_related(places, names)

    def parts_of_period(self, period: Bounds) -> tuple[Self, Self]:
        """Return the events that reach into a period from before it, and those that begin in it: an index for each.

        A single condition on overlapping would sort all that overlap, or read all that began earlier.
        """
        beginning = self.filter(first_day__lt=LAST_ORDINAL)
        if period.latest:
            beginning = beginning.filter(first_day__lte=period.latest.ordinal)
        if period.earliest is None:
            return self.none(), beginning
        return self.reaching_into(period.earliest), beginning.filter(first_day__gte=period.earliest.ordinal)

    def reaching_into(self, day: Day) -> Self:
        """Return the events that reach into a day from the day before it."""
        around: Any = _rows("chronicle.Event")
        return self.filter(event__in=around.reaching_into(day).order_by().values("pk")[:EVERY])

    def extent(self) -> tuple[int, int] | None:
        """Return the earliest and the latest first day, open starts and undated events left out; an index has both."""
        dated = self.filter(first_day__gt=OPEN_ORDINAL, first_day__lt=LAST_ORDINAL)
        first, last = dated.aggregate(first=Min("first_day"), last=Max("first_day")).values()
        return None if first is None else (first, last)

    def undated(self) -> Self:
        """Return the events that are filed under no date."""
        return self.filter(first_day=LAST_ORDINAL)

    def counted_by(self, facets: Collection[str], *, most: int) -> dict[str, int] | None:
        """Return how many of these events have each facet; None where they are more than `most`, and not counted."""
        fitting, values = self.order_by().values("facets")[: most + 1].query.sql_with_params()
        with connections[self.db].cursor() as cursor:
            cursor.execute(COUNTED_BY.format(fitting=fitting), [*values, list(facets)])
            counts = dict(cursor.fetchall())
        return None if counts.pop("", 0) > most else counts


COUNTED_BY: Final = """
WITH fitting AS MATERIALIZED ({fitting})
SELECT '' AS facet, count(*) FROM fitting
UNION ALL
SELECT f.facet, count(*) FROM fitting CROSS JOIN LATERAL unnest(fitting.facets) AS f(facet)
WHERE f.facet = ANY (%s::text[]) GROUP BY f.facet"""

EVERY = 2**31 - 1
"""A LIMIT that leaves nothing out: PostgreSQL works out what stands inside by itself, from the index of periods.

Without it, it takes every event that began earlier, in their order, and looks whether it reaches so far.
"""

OPEN_ORDINAL = -(2**31)
"""The first day of events whose start is open."""
LAST_ORDINAL = 2**31 - 1
"""The first day of events that are filed under no date."""


class LocationQuerySet(RecordQuerySet):
    """Reads of the gazetteer."""

    def with_names(self) -> Self:
        """Bring every name with the party that uses it."""
        return self.prefetch_related(Prefetch("names", _rows("chronicle.LocationName", "party")))

    def with_page(self) -> Self:
        """Bring what a location's page shows of the location itself: names, and what it lies within."""
        within = _rows("chronicle.LocationWithin", "within", "party", "source").order_by("within__name_folded", "pk")
        return self.with_names().prefetch_related(Prefetch("withins", within))

    def named_like(self, words: str) -> Self:
        """Return the locations of which a name, in whatever language, has these words in it."""
        return self._named(spelled_like("name_folded", words), spelled_like("toponym_folded", words))

    def named_nearly(self, words: str) -> Self:
        """Return the locations of which a name is similar to these words."""
        return self._named(spelled_nearly("name_folded", words), spelled_nearly("toponym_folded", words))

    def lying_within(self, number: int) -> Self:
        """Return the locations that lie within this one at any time, on any basis, without a step between."""
        return self.filter(pk__in=_rows("chronicle.LocationWithin").filter(within_id=number).values("location_id"))

    def _named(self, heading: Q, toponym: Q) -> Self:
        """Both indexes are asked, each for itself: a condition on two tables at once has none."""
        headings = _rows("chronicle.Location").filter(heading).order_by().values("pk")
        toponyms = _rows("chronicle.LocationName").filter(toponym).order_by().values("location_id")
        return self.filter(pk__in=headings.union(toponyms))


class LocatorOrder(Func):
    """The key that puts the citations of a document in the order of the document, of `locator_label` and `locator`.

    Pages come first, then what counts something else, label by label, then what has no locator. Under one label numbers
    stand by their value, and before words; so do numbers within words: “Losses”, paragraph 9, before paragraph 18.
    """

    arity = 2
    output_field = models.TextField()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **_options: Any) -> Any:  # noqa: ARG002 -- Django's signature
        """Return the key of two columns, as one expression of immutable functions, which an index can hold."""
        label, locator = (compiler.compile(column)[0] for column in self.get_source_expressions())
        return LOCATOR_ORDER.format(label=label, locator=locator), []


LOCATOR_ORDER = (
    "(CASE WHEN {label} = 'page' THEN '0' WHEN {locator} = '' THEN '2' ELSE '1' || {label} || ' ' END"
    " || CASE WHEN {locator} ~ '^[0-9]' THEN '0' ELSE '1' END || regexp_replace("
    r"regexp_replace({locator}, '([0-9]+)', '00000000\1', 'g'), '[0-9]*([0-9]{{9}})', '\1', 'g'))"
)
"""Every number in a locator is written with nine digits, so that text sorts as numbers do."""


class CitationQuerySet(models.QuerySet):
    """Reads of assertions outside their events: of a document, or of a speaker."""

    def with_words(self) -> Self:
        """Bring what a line about an assertion shows: event, document, speaker, and everything that its value names."""
        return self.select_related("event", "document", "through", *CITED)

    def of_document(self, number: int) -> Self:
        """Return what a document is cited for; `place` is the key of its order."""
        return self.filter(document_id=number).annotate(place=LocatorOrder("locator_label", "locator"))

    def leaning_on(self, number: int) -> Self:
        """Return the assertions that lean on a document, by their numbers."""
        return self.filter(through_id=number).order_by("pk")

    def leaning_of(self, number: int) -> Self:
        """Return the assertions of an event with the documents that make them and those that they are made through."""
        return self.filter(event_id=number).select_related("document", "through").order_by("number")

    def said_by(self, number: int) -> Self:
        """Return what documents name a speaker as saying, by their numbers."""
        return self.filter(claimed_by_id=number).order_by("pk")

    def quoted_on(self, page: Any) -> Self:
        """Return those whose quotation was found on this page of a text, or reaches into it from one just before."""
        begun = Q(quotation_page__range=(page.number - REACH, page.number), quotation_end__gt=page.start)
        return self.filter(begun, quotation_text_id=page.text_id)

    def figures(self) -> Self:
        """Return those that give a figure, the newest first."""
        return self.filter(asserted_figure__isnull=False).order_by("-pk")

    def figures_of(self, number: int) -> Self:
        """Return the figures that documents give of an event, with the words for them: one query."""
        words = self.select_related(*CITED, "document")
        return words.filter(event_id=number, asserted_figure__isnull=False).order_by("number")

    def told(self) -> Self:
        """Bring what an assertion says where it stands alone, with its event."""
        return self.select_related("event", *CITED).prefetch_related(
            Prefetch("document", _rows("sources.Document", "publisher__party", "party")),
            Prefetch("through", _rows("sources.Document")),
        )


REACH = 3
"""How many pages a quotation may go on over and still be marked on the last."""


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


class RedirectQuerySet(models.QuerySet):
    """Reads of where records went that were merged into others."""

    def from_slug(self, subject: str, slug: str) -> int | None:
        """Return the number of the record that stands for the one that was published at this address, if any does."""
        numbers = self.filter(subject=subject, slug=slug).order_by("-number").values_list("number", flat=True)
        first = numbers.first()
        return None if first is None else self.from_number(subject, first)

    def from_number(self, subject: str, number: int) -> int | None:
        """Return the number of the record that stands for this one; what was merged twice is followed to the end."""
        found = None
        for _step in range(MOST_STEPS):
            step = self.filter(subject=subject, number=number).values_list("into_number", flat=True).first()
            if step is None:
                break
            found = number = step
        return found


MOST_STEPS = (
    10  # merges after one another; the database refuses to merge into what is merged away, so they form no ring
)


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

    def of_slug(self, slug: str, subject: str = "event") -> Self:
        """Return the editions that went out under the address of a record of this kind, the newest first."""
        column = f"{subject}_id"
        return self.only(*LISTED, column).filter(slug=slug, **{f"{column}__isnull": False}).order_by("-id")

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
