"""Made-up citations: three for an event, and in about one event of six two of them do not meet."""

from collections.abc import Iterator
from typing import Any

from chronicle.corpus.making import dates, sources, words
from chronicle.corpus.making.chance import Chance
from chronicle.corpus.making.happenings import Happening
from chronicle.corpus.making.sizes import Sizes
from chronicle.corpus.making.sources import PARTIES, POPULATIONS, Row
from chronicle.models import Citation
from chronicle.vocabularies import Aspect, DateOf, LocationRole, Stance

COUNTS = (3, 2, 4, 3, 1, 5, 3, 3, 2, 4)
"""How many citations ten events have in turn: three each on average."""

CONTESTED = 5
"""One event in so many has values that differ; some differ in precision alone, so that one in six or seven disputes."""

VALUES = (*[Aspect.DATE] * 8, *[Aspect.KILLED] * 4, Aspect.WOUNDED, Aspect.CAPTURED, Aspect.DISPLACED, Aspect.MISSING,
          Aspect.DESTROYED, Aspect.AREA, Aspect.STRENGTH, Aspect.LOCATION, Aspect.RESPONSIBILITY)  # fmt: skip
PLAIN = (Aspect.OCCURRENCE, Aspect.DESCRIPTION, Aspect.DESCRIPTION, Aspect.OUTCOME, Aspect.PARTICIPANTS)
MOMENTS = (DateOf.WHOLE, DateOf.WHOLE, DateOf.BEGAN, DateOf.NOT_STATED, DateOf.NOT_STATED, DateOf.AGREED, DateOf.ENDED)
UNIT_OF = {Aspect.DESTROYED: sources.HOUSE, Aspect.AREA: sources.SQUARE_KILOMETRE, Aspect.STRENGTH: sources.VEHICLE}
NEIGHBOURS = 40
"""Most documents of an event are among so many around its place in the collection: a book is read as a whole."""


class Assertions:
    """Makes the citations of one event after the other, and numbers them."""

    def __init__(self, seed: int, sizes: Sizes) -> None:
        self._chance, self._sizes, self._last = Chance(seed, "citations"), sizes, 0

    def rows(self, happening: Happening) -> Iterator[Row]:
        """Yield the citations of an event: of the contested ones the first two differ, of the others they agree."""
        count = COUNTS[happening.number % len(COUNTS)]
        contested = happening.number % CONTESTED == 1
        count = max(2, count) if contested else count
        values = self._pair(happening, contested=contested)[:count]
        for place in range(count):
            value = values[place] if place < len(values) else self._apart()
            self._last += 1
            numbers = {"id": self._last, "event_id": happening.number, "number": place + 1}
            yield Citation, {**numbers, **self._said(happening, value), **value}

    def _pair(self, happening: Happening, *, contested: bool) -> list[dict[str, Any]]:
        aspect = self._chance.one_of(VALUES)
        if aspect is Aspect.DATE and not happening.date:
            aspect = Aspect.KILLED
        first = self._value(aspect, happening)
        if contested:
            return [first, self._rival(aspect, first, happening)]
        return [first, dict(first)] if self._chance.happens(0.3) else [first]

    def _value(self, aspect: Aspect, happening: Happening) -> dict[str, Any]:
        chance = self._chance
        if aspect is Aspect.DATE:
            return _dated(happening.date, chance.one_of(MOMENTS))
        if aspect is Aspect.LOCATION:
            place = happening.locations[0]
            role = LocationRole.SITE.value
            return {"aspect": aspect.value, "asserted_location_id": place, "asserted_location_role": role}
        if aspect is Aspect.RESPONSIBILITY:
            return {"aspect": aspect.value, "asserted_party_id": chance.between(1, PARTIES)}
        return self._figure(aspect)

    def _figure(self, aspect: Aspect) -> dict[str, Any]:
        chance = self._chance
        least = int(20_000 ** chance.share())
        scope = {
            "population_id": chance.between(1, len(POPULATIONS)) if chance.happens(0.4) else None,
            "side_id": chance.between(1, PARTIES) if chance.happens(0.4) else None,
        }
        unit = UNIT_OF.get(aspect, sources.PERSON)
        return {"aspect": aspect.value, "unit_id": unit, **scope, **_counted(chance, least)}

    def _rival(self, aspect: Aspect, first: dict[str, Any], happening: Happening) -> dict[str, Any]:
        """Return another value of the same aspect, which mostly does not meet the first."""
        chance = self._chance
        if aspect is Aspect.DATE:
            return _dated(dates.near(chance, happening.date), DateOf(first["date_of"]))
        if aspect is Aspect.LOCATION:
            other = first["asserted_location_id"] % self._sizes.locations + 1
            return {**first, "asserted_location_id": other}
        if aspect is Aspect.RESPONSIBILITY:
            return {**first, "asserted_party_id": first["asserted_party_id"] % PARTIES + 1}
        if chance.happens(0.04):
            blank = {"asserted_figure": None, "unit_id": None, "is_approximate": False, "value_as_printed": "unknown"}
            return {**first, **blank, "asserts_unknown": True}
        least = int(str(first["asserted_figure"])[1:].split(",")[0]) * chance.between(2, 9) + 3
        return {**first, **_counted(chance, least)}

    def _apart(self) -> dict[str, Any]:
        """Return a citation without a value: what happened, or how a document stands to an aspect of it."""
        drawn = self._chance.share()
        if drawn < 0.02:
            return {"aspect": Aspect.KILLED.value, "stance": Stance.DISPUTES.value}
        if drawn < 0.05:
            return {"aspect": Aspect.RESPONSIBILITY.value, "stance": Stance.MENTIONS.value}
        if drawn < 0.07:
            return {"aspect": Aspect.OCCURRENCE.value, "stance": Stance.SILENT.value}
        return {"aspect": self._chance.one_of(PLAIN).value}

    def _said(self, happening: Happening, value: dict[str, Any]) -> dict[str, Any]:
        """Return which document says so, where, in whose name and by which words."""
        chance = self._chance
        document = self._document(happening.number)
        said: dict[str, Any] = {"document_id": document, "stance": Stance.SUPPORTS.value}
        said["statement"] = "It says: " + words.text(chance, chance.between(4, 12))
        if value.get("stance") == Stance.SILENT:
            return said
        if chance.happens(0.8):
            said |= {"locator_label": "page", "locator": str(chance.between(1, 400))}
        if chance.happens(0.2):
            said["claimed_by_id"] = chance.ranked(self._sizes.agents)
        through = self._document(happening.number) if chance.happens(0.1) else document
        said["through_id"] = through if through != document else None
        if chance.happens(0.15):
            said["quotation"] = words.text(chance, chance.between(5, 15))
        if chance.happens(0.1):
            said["stated_on"] = dates.month(chance, chance.between(1990, 2022))
        return said

    def _document(self, number: int) -> int:
        """Return a document: most events are told by those of their neighbourhood, all by some that everybody cites."""
        chance, documents = self._chance, self._sizes.documents
        if chance.happens(0.25):
            return chance.ranked(documents)
        middle = number * documents // self._sizes.events
        return min(documents, max(1, middle + chance.between(-NEIGHBOURS, NEIGHBOURS)))


def _dated(date: str, moment: DateOf) -> dict[str, Any]:
    value = {"asserted_date_edtf": date, "date_of": moment.value, "value_as_printed": date}
    return {"aspect": Aspect.DATE.value, **value}


def _counted(chance: Chance, least: int) -> dict[str, Any]:
    """Return a figure from this number on: exact, more than, up to, or between; some of them about."""
    most = least + chance.between(1, 1 + least // 3)
    figure, printed = (
        (f"[{least},{least}]", str(least)),
        (f"[{least},{least}]", str(least)),
        (f"[{least},)", f"at least {least}"),
        (f"[{least},{most}]", f"{least} to {most}"),
        (f"[0,{least}]", f"up to {least}"),
    )[chance.below(5)]
    approximate = chance.happens(0.15)
    about = {"is_approximate": approximate, "value_as_printed": f"about {printed}" if approximate else printed}
    return {"asserted_figure": figure, **about}
