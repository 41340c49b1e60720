"""Where documents differ, over all events: an entry for every event and aspect, with the sentences of its page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from chronicle import disputes as rule
from chronicle.disputes import AspectReading, Pair
from chronicle.models import Dispute, DisputeNote, Event, Tally
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.paging import Count, Page, place
from chronicle.vocabularies import RIVALS, VALUED_ASPECTS, Aspect, Verdict
from chronicle.voices import documents_of, party_of
from sources.models import Document, Party

SIZE = 20
"""How many entries a page has: each is a paragraph."""

COUNTED = 200
"""Up to how many entries are counted where no tally is kept: of each verdict and aspect so many are read."""

TOLD = 3
"""How many statements an entry repeats of either side."""

BETWEEN, INSIDE = "documents", "text"
COMPARED: Final = {BETWEEN: _("documents with each other"), INSIDE: _("what stands in one text")}

ANCHORS: Final = {Aspect.OUTCOME: "followed", Aspect.RESPONSIBILITY: "responsible"}
"""Where an event's page has an aspect under another name than its own."""

MEANINGS: Final = {
    Verdict.DISAGREE: _(
        "The values are of the same thing and do not meet: 9 or 10 October for one agreement. Or one document says "
        "that what others say is not so."
    ),
    Verdict.MAY_DISAGREE: _(
        "The values do not meet, and one document does not say what it dates or whom it counts: both may be right."
    ),
    Verdict.REVISED: _("One speaker gave one value and later another one."),
    Verdict.DIFFER_IN_PRECISION: _("The one value leaves room for the other: October 2020, and 10 October 2020."),
    Verdict.DIFFER_IN_COVERAGE: _("Several places or parties are named, and only a part of them is the same."),
    Verdict.DIFFERENT_THINGS: _(
        "The values are of different moments, people or units: they are shown side by side and not compared."
    ),
    Verdict.AGREE: _("Two documents or more give the same value. They need not be independent of each other."),
}


class Disputes(PublicView):
    """What documents say against each other, and what stands against each other in single documents."""

    template_name = "chronicle/disputes.html"
    description = _("Where documents differ: every value with those who give it, by aspect and by how far they agree.")
    parameters = ("aspect", "verdict", "compared")

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- one address
        """Return a page of entries, the newest events first, by aspect, verdict and what is compared."""
        chosen = {
            "aspect": self._chosen("aspect", Aspect.values),
            "verdict": self._chosen("verdict", Verdict.values),
            "compared": self._chosen("compared", COMPARED),
        }
        selection = Selection(**chosen)
        tallies = {tally.value: tally.number for tally in Tally.objects.using(PUBLISHED).filter(facet="disputed")}
        return {
            **chosen,
            "list": selection.listed(self.asked("after")),
            "count": selection.count(tallies),
            "aspects": [(aspect, aspect.label, tallies.get(aspect, 0)) for aspect in Aspect],
            "verdicts": [(verdict, verdict.label) for verdict in MEANINGS],
            "ways": COMPARED,
            "key": [(verdict.label, meaning) for verdict, meaning in MEANINGS.items()],
            "unread": [asked for name in chosen if (asked := self.asked(name)) and not chosen[name]],
        }

    def _chosen(self, name: str, known: Any) -> str:
        asked = self.asked(name)
        return asked if asked in known else ""


@dataclass(frozen=True)
class Selection:
    """Which disputes are asked for; what is empty narrows nothing down."""

    aspect: str
    verdict: str
    compared: str

    @property
    def aspects(self) -> Sequence[str]:
        """The aspects that are looked at."""
        return [self.aspect] if self.aspect else Aspect.values

    @property
    def verdicts(self) -> Sequence[str]:
        """The verdicts that are looked for."""
        return [self.verdict] if self.verdict else list(RIVALS)

    def count(self, tallies: dict[str, int]) -> Count:
        """Return how many entries there are: exactly where tallies are kept, else up to a bound."""
        if not self.verdict and not self.compared:
            return Count(sum(tallies.get(aspect, 0) for aspect in self.aspects))
        number = len(self._entries(COUNTED + 1))
        return Count(min(number, COUNTED), number > COUNTED)

    def listed(self, after: str) -> Page:
        """Return a page of entries; Http404 for a place that is none."""
        found = self._entries(SIZE + 1, **({"after": place(after, Aspect)} if after else {}))
        shown = found[:SIZE]
        numbers, aspects = {event for event, _aspect in shown}, {aspect for _event, aspect in shown}
        events = Event.objects.using(PUBLISHED).with_aspects(aspects).with_notes().in_bulk(numbers)
        rows = [Entry(events[event], Aspect(aspect), tuple(self.verdicts), self.compared) for event, aspect in shown]
        last = f"{shown[-1][1]}~{shown[-1][0]}" if len(found) > SIZE else ""
        return Page(rows, last, not after)

    def _entries(self, limit: int, **after: Any) -> list[tuple[int, str]]:
        disputes = Dispute.objects.using(PUBLISHED)
        return disputes.entries(
            aspects=self.aspects, verdicts=self.verdicts, compared=self.compared, limit=limit, **after
        )


@dataclass(frozen=True)
class Entry:
    """An event and one of its aspects: what its page says of it."""

    event: Event
    aspect: Aspect
    verdicts: tuple[str, ...]
    compared: str

    @cached_property
    def _reading(self) -> AspectReading:
        citations = [one for one in self.event.citations.all() if one.aspect == self.aspect]
        return next(iter(rule.read(citations, self.event.disputes.all())))

    @property
    def anchor(self) -> str:
        """Where the event's page has this aspect."""
        return ANCHORS.get(self.aspect, self.aspect)

    @property
    def between(self) -> list[str]:
        """What stands between documents."""
        reading = self._reading
        is_met = self._matching(reading.pairs) or reading.disputing or Verdict.AGREE in self.verdicts
        if self.compared == INSIDE or not is_met:
            return []
        found = rule.sentences(replace(reading, inside=()), of=self.event.counts.documents)
        return found or self._pairs(reading.pairs)

    @property
    def inside(self) -> list[str]:
        """What stands between places of one document."""
        found = self._matching(self._reading.inside)
        if self.compared == BETWEEN or not found:
            return []
        alone = replace(self._reading, groups=(), pairs=(), disputing=(), unknown=(), inside=found)
        return rule.sentences(alone, of=1) or self._pairs(found)

    @property
    def told(self) -> list[rule.Row]:
        """What is said and what is said against it, where sentences have no values to set side by side."""
        if self.aspect in VALUED_ASPECTS:
            return []
        reading = self._reading
        against = rule.rows(replace(reading, groups=(), unknown=(), others=()))
        return [*rule.rows(replace(reading, unknown=(), disputing=(), others=()))[:TOLD], *against[:TOLD]]

    @property
    def note(self) -> DisputeNote | None:
        """What the editors say of it, in their own words."""
        return self.event.note_on(self.aspect)

    def _matching(self, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
        return tuple(pair for pair in pairs if pair.verdict in self.verdicts)

    def _pairs(self, pairs: Sequence[Pair]) -> list[str]:
        """Pairs of which an event's page does not speak by themselves, such as a month and its day."""
        return [rule.pair_words(pair) for pair in self._matching(pairs)]

    @property
    def documents(self) -> list[tuple[Document, Party | None]]:
        """The documents that speak of this aspect, each with the party that it speaks for."""
        return [(document, party_of(document)) for document in documents_of(self._citations)]

    @property
    def _citations(self) -> list[Any]:
        reading = self._reading
        valued = [citation for group in reading.groups for citation in group.citations]
        return [*valued, *reading.unknown, *reading.disputing]


disputes = Disputes.as_view()
