"""Records at their addresses: today's, and those that they had."""

from typing import Any

from django.db import models
from django.urls import reverse

from chronicle.models import Edition, Redirect
from chronicle.views.base import PUBLISHED, MovedError, not_found


def at_address(rows: models.QuerySet[Any], subject: str, slug: str) -> Any:
    """Return the record with this slug; MovedError where it has another one now, Http404 where there is none."""
    record = at_any_address(rows, subject, slug)
    if record.slug != slug:
        raise MovedError(reverse(subject, args=[record.slug]))
    return record


def at_any_address(rows: models.QuerySet[Any], subject: str, slug: str) -> Any:
    """Return the record that has this slug, or was published under it before, or what that one was merged into.

    A record that nothing public needs any longer has no page: nobody took it down, so there is no reason to tell.
    """
    record = rows.filter(slug=slug).first()
    if record is None:
        edition = Edition.objects.using(PUBLISHED).of_slug(slug, subject).first()
        record = rows.filter(pk=getattr(edition, f"{subject}_id")).first() if edition else None
    if record is None:
        kept = Redirect.objects.using(PUBLISHED).from_slug(subject, slug)
        record = rows.filter(pk=kept).first() if kept else None
    return record or not_found()
