"""One box for words, names in any spelling, dates, figures and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chronicle import overload
from chronicle import search as looking
from chronicle.disputes import Row, alone
from chronicle.models import Citation, Edition, Event, Tally
from chronicle.search import Candidates, Question
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.examples import examples
from chronicle.views.paging import SIZE, Count
from chronicle.views.search_kinds import RECORDS, SHOWN, TITLES, WORDED

FEW: Final = 5
"""How many hits of each kind stand on the first page."""
FEW_ASSERTIONS: Final = 20
"""How many assertions do: who gives a figure should be seen at once."""
COUNTED: Final = 200
"""Up to how many assertions and events of a period are counted: each is a row to be fetched."""
TITLES_COMPARED: Final = 100_000
"""Up to how many events their titles are compared with a word that nothing has."""


@dataclass(frozen=True)
class Hits:
    """What was found of one kind: some of it, how many there are, and where the others begin."""

    kind: str
    rows: Sequence[Any]
    count: Count
    after: int | None = None
    is_cut: bool = False

    @property
    def title(self) -> str | Promise:
        """What stands above them."""
        return TITLES[self.kind]


@dataclass(frozen=True)
class Period:
    """The events that are filed in a period: those that begin in it, and longer ones that reach into it."""

    date: Any
    events: Sequence[Event] = ()
    count: Count = field(default_factory=lambda: Count(0))
    lasting: Sequence[Event] = ()
    has_more_lasting: bool = False

    def __bool__(self) -> bool:
        return bool(self.events or self.lasting)


class Search(PublicView):
    """What is found for a question; what can be asked, where there is none."""

    template_name = "chronicle/search.html"
    description = _("Search for words, a name in any spelling and script, a date, a figure, or the number of an event.")
    parameters = ("q", "in")

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Lead to what a number is the number of, if that ever was public; else search."""
        self.question = looking.read(request.GET.get("q", ""))
        if self.question.number and _is_known(*self.question.number):
            kind, number = self.question.number
            return redirect("event-by-number" if kind == "E" else "citation-by-number", number=number)
        return super().get(request, **address)

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- one address
        """Return the hits of every kind, or a page of those of one kind."""
        if not self.question:
            return {"question": self.question, "examples": examples()}
        asked = self.request.GET.get("in", "")
        kind = asked if asked in TITLES else ""
        after = _number(self.request.GET.get("after", "")) if kind else 0
        with overload.turn():
            found = Finding(self.question, kind, after)
            hits = found.hits()
            period = found.period() if not kind else None
        return {
            "question": self.question,
            "kind": kind,
            "title": TITLES.get(kind, ""),
            "after": after,
            "groups": hits,
            "period": period,
            "folded": found.folded,
            "is_alike": found.is_alike,
            "ranked": looking.RANKED,
            "is_empty": not hits and not period,
        }


class Finding:
    """A question that is being answered: all kinds of hits, or more of one kind."""

    def __init__(self, question: Question, kind: str, after: int) -> None:
        self.question, self.kind, self.after = question, kind, after
        self.folded = looking.folded(question.text, PUBLISHED)
        self.is_alike = False

    def hits(self) -> list[Hits]:
        """Return what is found, kind by kind; where no name or word is, what is spelt alike."""
        assertions = [self._assertions(kind, numbers) for kind, numbers in self._assertion_numbers()]
        named = [self._records(kind, candidates) for kind, candidates in self._named()]
        return [hits for hits in (*assertions, *named) if hits.rows]

    def period(self) -> Period | None:
        """Return the events that are filed under the date that is asked for."""
        if self.question.date is None:
            return None
        numbers = looking.beginning_in(self.question.date, PUBLISHED, limit=COUNTED + 1)
        lasting = looking.lasting_over(self.question.date, PUBLISHED)
        shown = numbers[:FEW]
        events = Event.objects.using(PUBLISHED).filed().in_bulk([*shown, *lasting[:FEW]])
        return Period(
            self.question.date,
            [events[number] for number in shown],
            _count(numbers),
            [events[number] for number in lasting[:FEW]],
            len(lasting) > FEW,
        )

    def _assertion_numbers(self) -> list[tuple[str, list[int]]]:
        """The assertions that give the date or the figure, from `after` on."""
        question, bounds = self.question, {"after": self.after, "limit": COUNTED + 1}
        found = []
        if question.date and self.kind in {"", "dates"}:
            found.append(("dates", looking.asserting_date(question.date, PUBLISHED, **bounds)))
        if question.figure and self.kind in {"", "figures"}:
            found.append(("figures", looking.asserting_figure(question.figure, PUBLISHED, **bounds)))
        return found

    def _assertions(self, kind: str, numbers: list[int]) -> Hits:
        size = SIZE if self.kind else FEW_ASSERTIONS
        shown = numbers[:size]
        citations = Citation.objects.using(PUBLISHED).told().in_bulk(shown)
        rows: list[Row] = [alone(citations[number]) for number in shown]
        return Hits(kind, rows, _count(numbers), shown[-1] if len(numbers) > size else None)

    def _named(self) -> list[tuple[str, Candidates]]:
        kinds = [kind for kind in RECORDS if self.kind in {"", kind}]
        with looking.searching(PUBLISHED):
            found = [(kind, self._candidates(kind)) for kind in kinds]
            if self._is_name and not any(candidates.numbers for _kind, candidates in found):
                found = [(kind, self._alike(kind)) for kind in kinds]
                self.is_alike = any(candidates.numbers for _kind, candidates in found)
        return found

    @property
    def _is_name(self) -> bool:
        """Whether it may be a name that is spelt otherwise: not where it is understood as a date or a figure."""
        return not (self.question.date or self.question.figure)

    def _candidates(self, kind: str) -> Candidates:
        """Records by name; events by words too, and not by fragments of titles where the words alone have too many."""
        if kind in WORDED:
            return WORDED[kind](self.question.text, PUBLISHED)
        sources = looking.NAMED[kind]
        if kind != "events":
            return looking.named(sources, self.folded, PUBLISHED)
        words = looking.with_words(self.question.text, PUBLISHED)
        return looking.named(sources[1:] if words.is_cut else sources, self.folded, PUBLISHED).then(words)

    def _alike(self, kind: str) -> Candidates:
        """Records by names that are spelt alike; of very many events only those with names of their own."""
        if kind in WORDED:
            return Candidates()
        sources = looking.NAMED[kind]
        if kind == "events" and Tally.objects.using(PUBLISHED).published_events() > TITLES_COMPARED:
            sources = sources[1:]
        return looking.spelt_alike(sources, self.folded, PUBLISHED)

    def _records(self, kind: str, candidates: Candidates) -> Hits:
        numbers, size = candidates.numbers, SIZE if self.kind else FEW
        start = numbers.index(self.after) + 1 if self.after in numbers else 0
        shown = numbers[start : start + size]
        records = RECORDS[kind](self.question).in_bulk(shown)
        show = SHOWN.get(kind)
        rows = [show(records[number]) if show else records[number] for number in shown]
        more = shown[-1] if len(numbers) > start + size else None
        return Hits(kind, rows, Count(len(numbers), candidates.is_cut), more, candidates.is_cut)


def _count(numbers: Sequence[int]) -> Count:
    return Count(min(len(numbers), COUNTED), len(numbers) > COUNTED)


def _number(asked: str) -> int:
    """A number in an address; 0 for what is none, since a question is always answered."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 18 else 0  # noqa: PLR2004 -- fits bigint


def _is_known(kind: str, number: int) -> bool:
    if kind == "C":
        return Citation.objects.using(PUBLISHED).filter(pk=number).exists()
    return Edition.objects.using(PUBLISHED).of_event(number).exists()


search = Search.as_view()
