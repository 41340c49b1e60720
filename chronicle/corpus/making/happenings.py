"""Made-up events, with what belongs to them but the citations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chronicle.corpus.making import dates, words
from chronicle.corpus.making.chance import Chance
from chronicle.corpus.making.sizes import Sizes
from chronicle.corpus.making.sources import KINDS, PARTIES, Row
from chronicle.models import Event, EventLocation, EventName, EventParty, Participation
from chronicle.vocabularies import Certainty, LocationRole, ParticipationRole, WorkState

PREPOSITIONS = ("near", "at", "in", "around")
ROLES = (LocationRole.SITE, LocationRole.SITE, LocationRole.TARGET, LocationRole.ORIGIN, LocationRole.DESTINATION)
CERTAINTIES = (*[Certainty.CERTAIN] * 8, Certainty.PROBABLE, Certainty.POSSIBLE)


@dataclass(frozen=True)
class Happening:
    """An event as far as its citations need to know it."""

    number: int
    date: str
    locations: tuple[int, ...]
    parties: tuple[int, ...]


class Happenings:
    """Makes events one after the other, and numbers the rows that belong to them."""

    def __init__(self, seed: int, sizes: Sizes) -> None:
        self._chance, self._seed, self._sizes = Chance(seed, "events"), seed, sizes
        self._last = dict.fromkeys((EventName, EventParty, EventLocation, Participation), 0)

    def rows(self, number: int) -> tuple[Happening, list[Row]]:
        """Return the event of this number, and its rows."""
        chance = self._chance
        places = sorted({chance.ranked(self._sizes.locations) if chance.happens(0.2) else self._anywhere()
                         for _ in range(1 + chance.happens(0.25))})  # fmt: skip
        first = chance.between(1, PARTIES)
        parties = (first, first % PARTIES + 1) if chance.happens(0.6) else (first,)
        happening = Happening(number, dates.filed(chance), tuple(places), parties if chance.happens(0.9) else ())
        return happening, [(Event, self._event(happening)), *self._parts(happening)]

    def _anywhere(self) -> int:
        return self._chance.between(1, self._sizes.locations)

    def _event(self, happening: Happening) -> dict[str, Any]:
        chance, number = self._chance, happening.number
        kind = chance.ranked(len(KINDS))
        where = words.place(happening.locations[0], self._seed)[0]
        title = f"{KINDS[kind - 1].capitalize()} {chance.one_of(PREPOSITIONS)} {where} (specimen {number})"
        return {
            "id": number,
            "slug": f"specimen-{number}",
            "title": title,
            "kind_id": kind,
            "date_edtf": happening.date,
            "reading_note": words.text(chance, 6) if chance.happens(0.3) else "",
            "summary": words.text(chance, chance.between(6, 24)) + words.measured_words(number),
            "parent_id": self._parent(number),
            "companion_id": number - 1 if number > 1 and chance.happens(0.03) else None,
            "state": self._state(),
            "curators_note": "A secret of the desk." if chance.happens(0.1) else "",
        }

    def _parent(self, number: int) -> int | None:
        """Return an earlier event that this one is part of: most of them are among the first of a hundred."""
        if number <= 1 or not self._chance.happens(0.12):
            return None
        return max(1, (number - 1) // 100 * 100) - self._chance.below(3) * (number > 200)

    def _state(self) -> str:
        drawn = self._chance.share()
        return (WorkState.DRAFT if drawn < 0.1 else WorkState.IN_REVIEW if drawn < 0.15 else WorkState.READY).value

    def _parts(self, happening: Happening) -> Iterator[Row]:
        chance, number = self._chance, happening.number
        if chance.happens(0.1):
            name = words.text(chance, 3).rstrip(".")
            yield self._numbered(EventName, event_id=number, name=name, language=chance.one_of(("az-Latn", "hy", "ru")))
        for party in happening.parties:
            yield self._numbered(EventParty, event_id=number, party_id=party)
        for location in happening.locations:
            role, certainty = chance.one_of(ROLES).value, chance.one_of(CERTAINTIES).value
            place = {"location_id": location, "role": role, "certainty": certainty}
            yield self._numbered(EventLocation, event_id=number, **place)
        if chance.happens(0.3):
            role = chance.one_of(list(ParticipationRole)).value
            agent = chance.ranked(self._sizes.agents)
            yield self._numbered(Participation, event_id=number, agent_id=agent, role=role)

    def _numbered(self, model: type[Any], **values: Any) -> Row:
        self._last[model] += 1
        return model, {"id": self._last[model], **values}
