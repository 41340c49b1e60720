"""What whoever asks may see of the records: all of them, unless the site that the pages belong to says otherwise."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest


def seen(site: Any, request: HttpRequest, rows: QuerySet) -> QuerySet:
    """Return those of the rows that may be seen; a site that keeps some from somebody has a method of this name."""
    narrow = getattr(site, "seen", None)
    return narrow(request, rows) if narrow else rows


class Seeing:
    """Mixin for the admin of records and of their rows: shows what may be seen, and offers nothing else."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows that may be seen."""
        return seen(self.admin_site, request, super().get_queryset(request))

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **options: Any) -> Any:
        """Return the field, which takes nothing that may not be seen."""
        every = db_field.remote_field.model._default_manager.all()  # noqa: SLF001 - Django documents it
        offered = seen(self.admin_site, request, every)
        if offered is not every:
            options.setdefault("queryset", offered)
        return super().formfield_for_foreignkey(db_field, request, **options)
