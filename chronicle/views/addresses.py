"""Records at their addresses: today's, and those that they had."""

from typing import Any, NoReturn

from django.db import models
from django.urls import reverse

from chronicle.models import Edition
from chronicle.views.base import PUBLISHED, MovedError, not_found


def at_address(rows: models.QuerySet[Any], subject: str, slug: str) -> Any:
    """Return the record with this slug; MovedError where it has another one now, Http404 where there is none."""
    record = rows.filter(slug=slug).first()
    if record is None:
        moved_or_not_found(rows.model, subject, slug)
    return record


def moved_or_not_found(model: type[models.Model], subject: str, slug: str) -> NoReturn:
    """Lead from a slug that a record went out with to the one that it has now.

    A record that nothing public needs any longer has no page: nobody took it down, so there is no reason to tell.
    """
    edition = Edition.objects.using(PUBLISHED).of_slug(slug, subject).first()
    number = getattr(edition, f"{subject}_id", None)
    today = model._default_manager.using(PUBLISHED).filter(pk=number or 0).values_list("slug", flat=True).first()  # noqa: SLF001 -- Django documents it
    if not today:
        not_found()
    raise MovedError(reverse(subject, args=[today]))
