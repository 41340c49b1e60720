"""What a corpus holds, counted: for the command and for the public page alike. Nothing here is typed in.

A section is a list of lines; a line is a number and the parts that it is made of. All numbers are tallies, of which
publishing keeps the published ones: a page reads a bounded number of rows however much there is, and says what it
leaves out. The command leaves nothing out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from chronicle.models import Citation, EventKind, Location, Tally
from chronicle.vocabularies import VALUED_ASPECTS, Aspect, Verdict
from sources.models import Document, Party

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """What is counted, how often, of which parts, and where it can be looked at."""

    label: Words
    number: int
    parts: tuple[tuple[Words, int], ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Section:
    """A heading, a sentence on what is counted, the lines, and their sum with that of the lines that are left out."""

    slug: str
    title: Words
    note: Words
    lines: Sequence[Line]
    total: int
    are_names: bool = False
    """Whether every line is one thing by name, and not a count of many."""
    is_cut: bool = False
    """Whether there are more lines than are shown."""


class Report:
    """A corpus in figures, read from one side: `default` is the desk, `published` what readers see."""

    def __init__(
        self, using: str, *, lines: int | None = None, names: int | None = None, searched: int | None = None
    ) -> None:
        """Show at most so many lines or names of a section; look at so many documents for uncited ones. None is all."""
        self._using = using
        self._most = lines
        self._names = names
        self._searched = searched

    @property
    def sections(self) -> list[Section]:
        """All sections, in the order of the page."""
        names = {kind.pk: kind for kind in EventKind.objects.using(self._using)}
        return [
            _periods(self._few["period"], names),
            _kinds(self._few["period"], names),
            self._texts(),
            _disputes(self._few["verdict"]),
            self._voices(),
            self._untyped(),
            self._unplaced(),
            self._uncited(),
        ]

    @cached_property
    def _few(self) -> dict[str, dict[str, Counter[str]]]:
        """The tallies by kind, aspect and party: of those there are few however large a corpus is."""
        rows = Tally.objects.using(self._using).filter(facet__in=("period", "aspect", "verdict", "heard", "untyped"))
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for facet, value, number in rows.values_list("facet", "value", "number"):
            found[facet].append((value, number))
        return defaultdict(dict, {facet: _by_first_part(some) for facet, some in found.items()})

    def _of_documents(self, facet: str) -> tuple[dict[int, Counter[str]], bool]:
        """Return how often each document is counted for which aspect, and whether documents are left out.

        Of many documents those are kept that are counted most often by what they are counted for most.
        """
        rows = Tally.objects.using(self._using).filter(facet=facet).order_by("-number", "pk")
        most = self._most and self._most * len(Aspect)
        found = _by_first_part(rows.values_list("value", "number")[:most])
        kept = sorted(found, key=lambda document: (-found[document].total(), int(document)))[: self._most]
        is_cut = len(kept) < len(found)
        if sum(map(len, found.values())) == most:
            is_cut = True
            values = [f"{facet}:{document}/{aspect}" for document in kept for aspect in Aspect]
            whole = Tally.objects.using(self._using).filter(pk__in=values).values_list("value", "number")
            found = _by_first_part(whole)
        return {int(document): found[document] for document in kept}, is_cut

    def _titles(self, numbers: Iterable[int]) -> dict[int, Document]:
        rows = Document.objects.using(self._using).only("slug", "title", "title_short")
        return rows.in_bulk(list(numbers))

    def _texts(self) -> Section:
        found, is_cut = self._of_documents("cited")
        documents = self._titles(found)
        order = sorted(found, key=lambda number: (-found[number].total(), documents[number].title))
        return Section(
            "texts",
            _("Assertions by text and aspect"),
            _("What each document is cited for, silence after reading the whole of it included."),
            [
                Line(
                    documents[number].title_short,
                    found[number].total(),
                    tuple((aspect.label, found[number][aspect]) for aspect in Aspect if found[number][aspect]),
                    reverse("document", args=[documents[number].slug]),
                )
                for number in order
            ],
            total=sum(number.total() for number in self._few["aspect"].values()),
            is_cut=is_cut,
        )

    def _voices(self) -> Section:
        found = {int(party): heard for party, heard in self._few["heard"].items()}
        parties = Party.objects.using(self._using).in_bulk(list(found))
        lines = [
            Line(
                parties[party].name_short,
                found[party].total(),
                tuple((label, found[party][how]) for how, label in HEARD.items()),
                _list("events", silent=parties[party].slug) if found[party]["nobody"] else "",
            )
            for party in sorted(found, key=lambda number: parties[number].name_short)
        ]
        return Section(
            "voices",
            _("Voices present and missing"),
            _("In how many of the events that concern a party it is heard. Missing is said of the collection."),
            lines,
            total=_sum(lines),
        )

    def _untyped(self) -> Section:
        by_document, is_cut = self._of_documents("untyped_in")
        documents = self._titles(by_document)
        numbers = {aspect: number.total() for aspect, number in self._few["untyped"].items()}
        return Section(
            "untyped",
            _("Assertions without a value to compare"),
            _("Of aspects that have one: the document speaks of it and gives no day, place, party or number."),
            [
                Line(
                    aspect.label,
                    numbers[aspect],
                    _largest(
                        (documents[number].title_short, aspects[aspect])
                        for number, aspects in by_document.items()
                        if aspects[aspect]
                    ),
                )
                for aspect in VALUED_ASPECTS
                if aspect in numbers
            ],
            total=sum(numbers.values()),
            is_cut=is_cut,
        )

    def _unplaced(self) -> Section:
        places = Location.objects.using(self._using).filter(latitude__isnull=True, geometry__isnull=True)
        found = list(places.only("slug", "name").order_by("name_folded", "pk")[: self._names and self._names + 1])
        lines = [Line(place.name, 1, (), reverse("location", args=[place.slug])) for place in found[: self._names]]
        return Section(
            "unplaced",
            _("Places without coordinates"),
            _("They can be told and listed, and not be drawn."),
            lines,
            total=len(lines),
            are_names=True,
            is_cut=len(found) > len(lines),
        )

    def _uncited(self) -> Section:
        documents = Document.objects.using(self._using)
        cited = Exists(Citation.objects.filter(document_id=OuterRef("pk")).order_by())
        rows, after = documents.filter(~cited), None
        if self._searched is not None:
            after = documents.order_by("pk").values_list("pk", flat=True)[self._searched : self._searched + 1].first()
            rows = rows if after is None else rows.filter(pk__lt=after)
        found = sorted(rows.only("slug", "title_short"), key=lambda document: document.title_short.casefold())
        lines = [
            Line(document.title_short, 1, (), reverse("document", args=[document.slug]))
            for document in found[: self._names]
        ]
        return Section(
            "uncited",
            _("Documents never cited themselves"),
            _("They are here because documents that are cited lean on them or name them."),
            lines,
            total=len(lines),
            are_names=True,
            is_cut=after is not None or len(found) > len(lines),
        )


HEARD: dict[str, Words] = {
    "documents": _("a document speaks for it"),
    "speakers": _("it is heard through documents of others alone"),
    "nobody": _("no document and no speaker"),
}
"""How a party is heard at an event that concerns it."""


def _periods(found: dict[str, Counter[str]], names: dict[int, EventKind]) -> Section:
    lines = [
        Line(
            _period_words(period),
            kinds.total(),
            _largest((names[int(kind)].name, number) for kind, number in kinds.items()),
            _list("events", period=period) if period.endswith("X") else "",
        )
        for period, kinds in sorted(found.items(), key=lambda pair: _in_time(pair[0]))
    ]
    return Section(
        "periods",
        _("Events by period"),
        _("By the first day under which they are filed: decades, and centuries before 1900."),
        lines,
        total=_sum(lines),
    )


def _kinds(periods: dict[str, Counter[str]], names: dict[int, EventKind]) -> Section:
    found = sum(periods.values(), Counter())
    order = sorted((names[int(number)] for number in found), key=lambda kind: (-found[str(kind.pk)], kind.name))
    lines = [Line(kind.name, found[str(kind.pk)], (), _list("events", kind=kind.slug)) for kind in order]
    return Section("kinds", _("Events by kind"), _("Each event is of one kind."), lines, total=_sum(lines))


def _disputes(found: dict[str, Counter[str]]) -> Section:
    lines = [
        Line(
            aspect.label,
            found[aspect].total(),
            tuple((verdict.label, found[aspect][verdict]) for verdict in Verdict if found[aspect][verdict]),
            _list("disputes", aspect=aspect.value),
        )
        for aspect in Aspect
        if aspect in found
    ]
    return Section(
        "disputes",
        _("How far documents agree, by aspect"),
        _("Computed. An event counts once for each aspect and verdict that occurs in it, between texts or in one."),
        lines,
        total=_sum(lines),
    )


def _by_first_part(rows: Iterable[tuple[str, int]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for value, number in rows:
        first, _slash, second = value.partition("/")
        found[first][second] = number
    return found


def _in_time(period: str) -> tuple[int, int]:
    """Return where a century or decade stands: what has no first year comes last."""
    if not period.endswith("X"):
        return (1, 0) if period == "undated" else (-1, 0)
    return (0, int(period.replace("X", "0")))


def _period_words(period: str) -> Words:
    if not period.endswith("X"):
        return _("undated or of an open start") if period == "undated" else _("before the year 100")
    return f"{period.replace('X', '0')}–{period.replace('X', '9')}"


def _sum(lines: Iterable[Line]) -> int:
    return sum(line.number for line in lines)


def _largest(parts: Iterable[tuple[Words, int]]) -> tuple[tuple[Words, int], ...]:
    return tuple(sorted(parts, key=lambda part: (-part[1], str(part[0]))))


def _list(name: str, **filters: str) -> str:
    return f"{reverse(name)}?{urlencode(filters)}"
