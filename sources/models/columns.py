"""Columns that many tables have: lines and blocks of text, languages, and the link of a row to its record."""

from functools import reduce
from operator import add
from typing import Any, Final

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from sources.folding import Folded
from sources.validators import validate_language_tag, validate_plain_text


def parent_of(model: type[models.Model], rows: str, label: Any) -> models.ForeignKey:
    """Return the column that says to which record a row belongs; `rows` is what the record calls its rows.

    It has no index of its own: it comes first in the unique constraint that every such table has.
    """
    return models.ForeignKey(model, on_delete=models.CASCADE, db_index=False, related_name=rows, verbose_name=label)


def text_line(label: Any, *, max_length: int = 500, **options: Any) -> models.CharField:
    """Return a column for one line of text that PostgreSQL can hold: no NUL, no lone surrogates."""
    validators = [validate_plain_text, *options.pop("validators", ())]
    return models.CharField(label, max_length=max_length, validators=validators, **options)


def text_block(label: Any, **options: Any) -> models.TextField:
    """Return a column for several lines of text that PostgreSQL can hold."""
    return models.TextField(label, blank=True, validators=[validate_plain_text], **options)


def curators_note() -> models.TextField:
    """Return the private note that a record carries; it never leaves the desk."""
    return text_block(
        _("curators' note"), help_text=_("Private: never published. For instance: check against the printed edition.")
    )


def folded(column: str) -> models.GeneratedField:
    """Return the search and sort key of a column: every spelling of a name folded to one."""
    return models.GeneratedField(expression=Folded(column), output_field=models.TextField(), db_persist=True)


WORDS_READ: Final = 50_000
"""How many characters of each column are looked through for words: PostgreSQL's tsvector holds 1 MB in all."""


def words_of(**columns: str) -> models.GeneratedField:
    """Return the words that a row is found by, from its columns and how much a word in each weighs, A the most."""
    vectors = (
        SearchVector(Left(column, WORDS_READ), weight=weight, config="english") for column, weight in columns.items()
    )
    return models.GeneratedField(expression=reduce(add, vectors), output_field=SearchVectorField(), db_persist=True)


def language_field(**options: Any) -> models.CharField:
    """Return a column for a BCP 47 language tag."""
    return models.CharField(
        _("language"),
        max_length=35,
        validators=[validate_language_tag],
        help_text=_("BCP 47 tag, with script where a language has several: az-Latn, hy, hy-Latn, ru. Public."),
        **options,
    )
