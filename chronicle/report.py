"""What a corpus holds, counted: for the command and for the public page alike. Nothing here is typed in.

A section is a list of lines; a line is a number and the parts that it is made of. The command counts everything; a page
counts the first so many rows of each kind, and says so where there are more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from chronicle.models import Citation, Dispute, Event, EventKind, Location, Voice
from chronicle.vocabularies import VALUED_ASPECTS, Aspect, Stance, Verdict
from sources.models import Document, Party

Words = str | Promise

OLD = 1900
"""Before this year events are counted by centuries, from it on by decades."""


@dataclass(frozen=True)
class Line:
    """What is counted, how often, of which parts, and where it can be looked at."""

    label: Words
    number: int
    parts: tuple[tuple[Words, int], ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Section:
    """A heading, a sentence on what is counted, and the lines."""

    slug: str
    title: Words
    note: Words
    lines: Sequence[Line]
    are_names: bool = False
    """Whether every line is one thing by name, and not a count of many."""

    @property
    def total(self) -> int:
        """The sum of the lines."""
        return sum(line.number for line in self.lines)


class Report:
    """A corpus in figures, read from one side: `default` is the desk, `published` what readers see."""

    def __init__(self, using: str, *, limit: int | None = None) -> None:
        """Count at most `limit` rows of each kind, the oldest first; None counts all."""
        self._using = using
        self._limit = limit
        self.is_cut = False

    @cached_property
    def sections(self) -> list[Section]:
        """All sections, in the order of the page; `is_cut` tells afterwards whether there were more rows."""
        return [
            self._periods(),
            self._kinds(),
            self._texts(),
            self._disputes(),
            self._voices(),
            self._untyped(),
            self._unplaced(),
            self._uncited(),
        ]

    def _rows(self, rows: QuerySet[Any]) -> Iterator[Any]:
        """Yield the rows in the order of their numbers, up to the limit."""
        found = rows.using(self._using).order_by("pk")
        if self._limit is None:
            yield from found.iterator(chunk_size=10_000)
            return
        some = found[: self._limit + 1]
        self.is_cut = self.is_cut or len(some) > self._limit
        yield from islice(some, self._limit)

    def _found(self, rows: QuerySet[Any]) -> Iterator[Any]:
        """Yield those of the first so many rows of a table for which a condition holds, however few these are."""
        if self._limit is not None:
            numbers = rows.model._base_manager.using(self._using).order_by("pk").values_list("pk", flat=True)  # noqa: SLF001
            after = numbers[self._limit : self._limit + 1].first()
            if after is not None:
                self.is_cut = True
                rows = rows.filter(pk__lt=after)
        yield from rows.using(self._using)

    @cached_property
    def _events(self) -> list[tuple[Any, int]]:
        return list(self._rows(Event.objects.values_list("date_range", "kind_id")))

    @cached_property
    def _kind_names(self) -> dict[int, EventKind]:
        return {kind.pk: kind for kind in EventKind.objects.using(self._using)}

    @cached_property
    def _assertions(self) -> list[tuple[Any, ...]]:
        has_value = Q(asserts_unknown=True)
        for name in ("asserted_date_range", "asserted_location", "asserted_party", "asserted_figure"):
            has_value |= Q((f"{name}__isnull", False))
        rows = Citation.objects.annotate(has_value=has_value)
        return list(self._rows(rows.values_list("document_id", "aspect", "stance", "has_value")))

    @cached_property
    def _documents(self) -> dict[int, Document]:
        numbers = {document for document, *_rest in self._assertions}
        return Document.objects.using(self._using).only("slug", "title", "title_short").in_bulk(list(numbers))

    def _periods(self) -> Section:
        found: dict[tuple[int, str], Counter[int]] = defaultdict(Counter)
        for dates, kind in self._events:
            found[_period(dates)][kind] += 1
        return Section(
            "periods",
            _("Events by period"),
            _("By the first day under which they are filed: decades, and centuries before 1900."),
            [
                Line(
                    _period_words(period),
                    kinds.total(),
                    _largest((self._kind_names[kind].name, number) for kind, number in kinds.items()),
                    _list("events", period=period[1]),
                )
                for period, kinds in sorted(found.items())
            ],
        )

    def _kinds(self) -> Section:
        found = Counter(kind for _dates, kind in self._events)
        kinds = sorted(found, key=lambda kind: (-found[kind], self._kind_names[kind].name))
        return Section(
            "kinds",
            _("Events by kind"),
            _("Each event is of one kind."),
            [
                Line(self._kind_names[kind].name, found[kind], (), _list("events", kind=self._kind_names[kind].slug))
                for kind in kinds
            ],
        )

    def _texts(self) -> Section:
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for document, aspect, *_rest in self._assertions:
            found[document][aspect] += 1
        order = sorted(found, key=lambda document: (-found[document].total(), self._documents[document].title))
        return Section(
            "texts",
            _("Assertions by text and aspect"),
            _("What each document is cited for, silence after reading the whole of it included."),
            [
                Line(
                    self._documents[document].title_short,
                    found[document].total(),
                    tuple((aspect.label, found[document][aspect]) for aspect in Aspect if found[document][aspect]),
                    reverse("document", args=[self._documents[document].slug]),
                )
                for document in order
            ],
        )

    def _disputes(self) -> Section:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        rows = Dispute.objects.values_list("event_id", "aspect", "verdict")
        for _event, aspect, verdict in set(self._rows(rows)):
            found[aspect][verdict] += 1
        return Section(
            "disputes",
            _("How far documents agree, by aspect"),
            _("Computed. An event counts once for each aspect and verdict that occurs in it, between texts or in one."),
            [
                Line(
                    aspect.label,
                    found[aspect].total(),
                    tuple((verdict.label, found[aspect][verdict]) for verdict in Verdict if found[aspect][verdict]),
                    _list("disputes", aspect=aspect.value),
                )
                for aspect in Aspect
                if aspect in found
            ],
        )

    def _voices(self) -> Section:
        found: dict[int, Counter[str]] = defaultdict(Counter)
        rows = Voice.objects.filter(is_concerned=True).values_list("party_id", "documents", "speakers")
        for party, documents, speakers in self._rows(rows):
            found[party]["documents" if documents else "speakers" if speakers else "nobody"] += 1
        parties = Party.objects.using(self._using).in_bulk(list(found))
        labels = {
            "documents": _("a document speaks for it"),
            "speakers": _("it is heard through documents of others alone"),
            "nobody": _("no document and no speaker"),
        }
        return Section(
            "voices",
            _("Voices present and missing"),
            _("In how many of the events that concern a party it is heard. Missing is said of the collection."),
            [
                Line(
                    parties[party].name_short,
                    found[party].total(),
                    tuple((label, found[party][how]) for how, label in labels.items()),
                    _list("events", silent=parties[party].slug) if found[party]["nobody"] else "",
                )
                for party in sorted(found, key=lambda number: parties[number].name_short)
            ],
        )

    def _untyped(self) -> Section:
        found: dict[str, Counter[int]] = defaultdict(Counter)
        for document, aspect, stance, has_value in self._assertions:
            if aspect in VALUED_ASPECTS and stance != Stance.SILENT and not has_value:
                found[aspect][document] += 1
        return Section(
            "untyped",
            _("Assertions without a value to compare"),
            _("Of aspects that have one: the document speaks of it and gives no day, place, party or number."),
            [
                Line(
                    aspect.label,
                    found[aspect].total(),
                    _largest((self._documents[one].title_short, number) for one, number in found[aspect].items()),
                )
                for aspect in Aspect
                if aspect in found
            ],
        )

    def _unplaced(self) -> Section:
        places = Location.objects.filter(latitude__isnull=True, geometry__isnull=True)
        places = places.only("slug", "name", "name_folded")
        return Section(
            "unplaced",
            _("Places without coordinates"),
            _("They can be told and listed, and not be drawn."),
            [
                Line(place.name, 1, (), reverse("location", args=[place.slug]))
                for place in sorted(self._found(places), key=lambda place: place.name_folded)
            ],
            are_names=True,
        )

    def _uncited(self) -> Section:
        cited = Exists(Citation.objects.filter(document_id=OuterRef("pk")).order_by())
        uncited = Document.objects.filter(~cited).only("slug", "title_short")
        return Section(
            "uncited",
            _("Documents never cited themselves"),
            _("They are here because documents that are cited lean on them or name them."),
            [
                Line(document.title_short, 1, (), reverse("document", args=[document.slug]))
                for document in sorted(self._found(uncited), key=lambda document: document.title_short.casefold())
            ],
            are_names=True,
        )


def _period(dates: Any) -> tuple[int, str]:
    """Return the first year of a century or decade, and it in EDTF, as the filter of the list of events reads it."""
    first = dates.earliest if dates else None
    if first is None:
        return (10**6, "")
    span, letters = (100, "XX") if first.year < OLD else (10, "X")
    start = first.year // span
    return (start * span, f"{start:0{4 - len(letters)}d}{letters}" if start > 0 else "")


def _period_words(period: tuple[int, str]) -> Words:
    year, edtf = period
    if not edtf:
        return _("before the year 100") if year < OLD else _("undated or of an open start")
    return f"{year}–{year + (99 if year < OLD else 9)}"


def _largest(parts: Iterable[tuple[Words, int]]) -> tuple[tuple[Words, int], ...]:
    return tuple(sorted(parts, key=lambda part: (-part[1], str(part[0]))))


def _list(name: str, **filters: str) -> str:
    chosen = {key: value for key, value in filters.items() if value}
    return f"{reverse(name)}?{urlencode(chosen)}" if chosen else ""
