"""Slugs for curators: one made from a title, and a free one where the first is taken."""

import unicodedata
from collections.abc import Sequence

from django.utils.text import slugify

from sources.folding import folded_text
from sources.models.record import Record

MAX_LENGTH = 80
MOST_OF_ONE_NAME = 100  # as many records of one title are looked at before the curator has to think of a better one


LETTERS = str.maketrans({"ə": "a", "ı": "i", "ø": "o", "ð": "d", "đ": "d", "ł": "l", "þ": "th", "ß": "ss", "æ": "ae"})
"""Latin letters that do not come apart into a plain one and an accent."""


def slug_from(text: str) -> str:
    """Return a slug made of the words of a title; empty if they have neither Latin letters nor a rule for theirs.

    Latin words keep their spelling without accents; words of other scripts are spelled as search spells them.
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(LETTERS)).replace("_", " ")
    words = "".join(sign for sign in plain if not unicodedata.combining(sign)).split()
    return _cut(slugify(" ".join(word if word.isascii() else folded_text(word) for word in words)), MAX_LENGTH)


def _cut(slug: str, length: int) -> str:
    return slug[:length].strip("-")


def _candidates(slug: str) -> list[str]:
    stem = _cut(slug, MAX_LENGTH - len("-100"))
    return [slug, *(f"{stem}-{number}" for number in range(2, MOST_OF_ONE_NAME))]


def free_slug(model: type[Record], slug: str) -> str:
    """Return the slug, or the next one with a number that no record has; empty if too many have it."""
    candidates = _candidates(slug)
    taken = set(model._default_manager.filter(slug__in=candidates).values_list("slug", flat=True))  # noqa: SLF001 - Django documents it
    return next((candidate for candidate in candidates if candidate not in taken), "")


def free_slugs(model: type[Record], wanted: Sequence[str]) -> list[str]:
    """Return for each of these slugs itself, or the next one with a number that no record and no earlier one has.

    One query, however many are wanted. A slug of which all numbers are taken is left as it is: the database refuses it.
    """
    candidates = {slug: _candidates(slug) for slug in wanted}
    every = {each for several in candidates.values() for each in several}
    taken = set(model._default_manager.filter(slug__in=every).values_list("slug", flat=True)) if every else set()  # noqa: SLF001 - Django documents it
    found = []
    for slug in wanted:
        free = next((each for each in candidates[slug] if each not in taken), slug)
        taken.add(free)
        found.append(free)
    return found


def holder_of(model: type[Record], slug: str) -> Record | None:
    """Return the record that has this slug, if any."""
    return model._default_manager.filter(slug=slug).first()  # noqa: SLF001 - Django documents it
