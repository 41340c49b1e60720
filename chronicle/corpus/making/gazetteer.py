"""A made-up gazetteer: countries, regions, districts and what lies in them, with names in several scripts."""

import json
from collections.abc import Iterator
from typing import Any

from chronicle.corpus.making import words
from chronicle.corpus.making.chance import Chance
from chronicle.corpus.making.sizes import Sizes
from chronicle.corpus.making.sources import PARTIES, Row
from chronicle.models import Location, LocationName, LocationWithin
from chronicle.vocabularies import LocationKind, WithinBasis

SMALL_KINDS = (*[LocationKind.SETTLEMENT] * 12, LocationKind.RELIEF, LocationKind.RIVER, LocationKind.BUILDING,
               LocationKind.ROAD, LocationKind.LAKE, LocationKind.AREA, LocationKind.LINE)  # fmt: skip
RADII = {LocationKind.COUNTRY: 300_000, LocationKind.REGION: 80_000, LocationKind.DISTRICT: 25_000}
"""In metres, of what is larger than the others."""
PERIODS = ("1923/1991", "1991/..", "1918/1920", "1992-05/2020-12")


def locations(chance: Chance, sizes: Sizes, *, seed: int) -> Iterator[Row]:
    """Yield the locations, the larger ones first, each with its names and what it lies within."""
    names = withins = 0
    for number in range(1, sizes.locations + 1):
        yield Location, _location(chance, sizes, number, seed)
        for row in _names(chance, number, seed):
            names += 1
            yield LocationName, {"id": names, "location_id": number, **row}
        for row in _withins(chance, sizes, number):
            withins += 1
            yield LocationWithin, {"id": withins, "location_id": number, **row}


def _location(chance: Chance, sizes: Sizes, number: int, seed: int) -> dict[str, Any]:
    kind = _kind(chance, sizes, number)
    radius = RADII.get(kind, 2_000)
    row = {"id": number, "slug": f"place-{number}", "name": words.place(number, seed)[0], "kind": kind.value}
    if chance.happens(0.85):
        latitude, longitude = 30 + 30 * chance.share(), 20 + 60 * chance.share()
        row |= {"latitude": f"{latitude:.4f}", "longitude": f"{longitude:.4f}", "coordinate_uncertainty_m": radius}
        if kind == LocationKind.DISTRICT:
            row["geometry"] = json.dumps(_square(latitude, longitude))
    return row


def _square(latitude: float, longitude: float) -> dict[str, Any]:
    south, west = round(latitude - 0.2, 3), round(longitude - 0.2, 3)
    north, east = round(latitude + 0.2, 3), round(longitude + 0.2, 3)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _kind(chance: Chance, sizes: Sizes, number: int) -> LocationKind:
    if number <= sizes.countries:
        return LocationKind.COUNTRY
    if number <= sizes.countries + sizes.regions:
        return LocationKind.REGION
    if number <= sizes.countries + sizes.regions + sizes.districts:
        return LocationKind.DISTRICT
    return chance.one_of(SMALL_KINDS)


def _names(chance: Chance, number: int, seed: int) -> Iterator[dict[str, Any]]:
    spellings = words.place(number, seed)
    for language, spelling in zip(words.SPELLINGS, spellings, strict=True):
        if language == "en" or chance.happens(0.15):
            continue
        party = chance.between(1, PARTIES) if chance.happens(0.2) else None
        yield {"toponym": spelling, "language": language, "party_id": party, "is_preferred": True}
    if chance.happens(0.2):  # what it was called before
        former = words.place(number + 1_000_003, seed)[3]
        yield {"toponym": former, "language": "ru", "period_edtf": chance.one_of(PERIODS), "is_preferred": False}


def _withins(chance: Chance, sizes: Sizes, number: int) -> Iterator[dict[str, Any]]:
    larger = _larger(chance, sizes, number)
    if not larger:
        return
    if chance.happens(0.1):
        yield {"within_id": larger, "basis": WithinBasis.NATURE.value}
        return
    party = chance.between(1, PARTIES)
    source = chance.ranked(sizes.documents) if chance.happens(0.2) else None
    yield {"within_id": larger, "basis": WithinBasis.LAW.value, "party_id": party, "source_id": source}
    if chance.happens(0.08):
        other = {"within_id": larger, "party_id": party % PARTIES + 1, "period_edtf": chance.one_of(PERIODS)}
        yield {**other, "basis": WithinBasis.CONTROL.value}


def _larger(chance: Chance, sizes: Sizes, number: int) -> int:
    """Return the number of the location of the level above, 0 for a country."""
    levels = (sizes.countries, sizes.regions, sizes.districts)
    before = 0
    for size in levels:
        if number <= before + size:
            break
        first, count, before = before + 1, size, before + size
    return 0 if not before else chance.between(first, first + min(count, number - first) - 1)
