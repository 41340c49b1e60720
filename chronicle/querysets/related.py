"""Rows that belong to the records that are read, whatever models those are of."""

from typing import Any

from django.apps import apps
from django.db import models

CITED = ("claimed_by__party", "asserted_location", "asserted_party", "unit", "population", "side")
"""What the value of an assertion names, besides the document that makes it."""


def rows_of(model: str, *related: str) -> models.QuerySet[Any]:
    """Rows of a model that imports these reads, with the single records that they point to.

    They are read through the alias of the records that they belong to: none is named here.
    """
    return apps.get_model(model)._default_manager.select_related(*related)  # noqa: SLF001 -- Django documents it
