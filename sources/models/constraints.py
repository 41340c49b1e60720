"""Constraints that many tables have, each with what it says to curators."""

from typing import Any

from django.db import models
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from sources.validators import LANGUAGE_TAG_PATTERN

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def slug_constraint(name: str) -> models.CheckConstraint:
    """Return the constraint that keeps a slug to what an address can carry."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(slug__regex=SLUG_PATTERN),
        violation_error_code="slug",
        violation_error_message=_("Slug: lower-case letters, digits and single hyphens, such as fall-of-a-town-2020."),
    )


UNDISCLOSED = "undisclosed-"
"""How the public slug of a record begins whose name stays at the desk; its number follows."""


def undisclosed_constraint(name: str) -> models.CheckConstraint:
    """Return the constraint that keeps such slugs for the records that get them: else two would have one address."""
    own = Concat(models.Value(UNDISCLOSED), Cast("id", models.TextField()))
    return models.CheckConstraint(
        name=name,
        condition=~models.Q(slug__startswith=UNDISCLOSED) | models.Q(slug=own),
        violation_error_code="slug",
        violation_error_message=_(
            "Slug: addresses that begin with “undisclosed-” are given by the site; choose another, such as "
            "report-of-a-mission-2020."
        ),
    )


def language_constraint(name: str, *, allow_blank: bool = False) -> models.CheckConstraint:
    """Return the constraint that keeps `language` to the shape of a BCP 47 tag (RFC 5646, section 2.1)."""
    condition = models.Q(language__regex=LANGUAGE_TAG_PATTERN)
    if allow_blank:
        condition |= models.Q(language="")
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_code="language",
        violation_error_message=_("Language: a BCP 47 tag, such as az-Latn."),
    )


def known_constraint(
    name: str, column: str, choices: type[models.TextChoices], *, told: Any, allow_blank: bool = False
) -> models.CheckConstraint:
    """Return the constraint that keeps a column to the values of its vocabulary; `told` names them, or one of them."""
    condition = models.Q(**{f"{column}__in": choices.values})
    if allow_blank:
        condition = models.Q(**{column: ""}) | condition
    return models.CheckConstraint(
        name=name, condition=condition, violation_error_code=column, violation_error_message=told
    )
