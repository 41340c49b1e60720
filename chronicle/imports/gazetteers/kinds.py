"""Types of gazetteers as kinds of location: by GeoNames’ feature class, by number in the AAT, by their words."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from chronicle.vocabularies import LocationKind

CLASSES: Final[Mapping[str, LocationKind]] = {
    "P": LocationKind.SETTLEMENT,
    "A": LocationKind.REGION,
    "H": LocationKind.RIVER,
    "T": LocationKind.RELIEF,
    "R": LocationKind.ROAD,
    "S": LocationKind.BUILDING,
    "L": LocationKind.AREA,
}
"""The feature classes of GeoNames; P goes before all, since a town with a castle is a town."""

AAT: Final[Mapping[str, LocationKind]] = {
    "300008347": LocationKind.SETTLEMENT,
    "300008389": LocationKind.SETTLEMENT,
    "300008375": LocationKind.SETTLEMENT,
    "300008372": LocationKind.SETTLEMENT,
    "300000774": LocationKind.REGION,
    "300128207": LocationKind.COUNTRY,
    "300008707": LocationKind.RIVER,
    "300008680": LocationKind.LAKE,
    "300008795": LocationKind.RELIEF,
}
"""Numbers of the Getty Art & Architecture Thesaurus."""

WORDS: Final = (
    (LocationKind.SETTLEMENT, r"settlement|town|city|cities|village|hamlet|inhabited|populated|pueblo|ville|stadt"),
    (LocationKind.BUILDING, r"castle|monaster|church|abbey|temple|fort|fortress|building|monument|bridgehead|mine"),
    (LocationKind.RIVER, r"river|canal|stream"),
    (LocationKind.LAKE, r"lake|reservoir"),
    (LocationKind.RELIEF, r"mountain|hill|pass|valley|peak|ridge"),
    (LocationKind.ROAD, r"road|bridge|route"),
    (LocationKind.COUNTRY, r"country|countries|nation|empire|kingdom"),
    (LocationKind.REGION, r"province|region|state|oblast"),
    (LocationKind.DISTRICT, r"district|county|rayon|municipality"),
)
"""By the beginnings of words; our own kinds name themselves."""


def kind_of(classes: Iterable[str], numbers: Iterable[str], words: Iterable[str]) -> LocationKind | None:
    """Return the kind of a place, as far as its types say."""
    said = " ".join(words).casefold()
    own = next((kind for kind in LocationKind if said in {kind.value, str(kind.label).casefold()}), None)
    if own:
        return own
    given = {letter.strip().upper() for letter in classes}
    by_class = next((kind for letter, kind in CLASSES.items() if letter in given), None)
    by_number = next((AAT[number] for number in numbers if number in AAT), None)
    by_words = next((kind for kind, pattern in WORDS if re.search(rf"\b(?:{pattern})", said)), None)
    return by_class or by_number or by_words
