"""Lists narrowed down to what is in somebody's hands."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from chronicle.models import Assignment
from chronicle.team import COLUMNS

MOST_CURATORS = 30
"""How many curators are offered by name; a longer list is no help."""


class InHands(admin.SimpleListFilter):
    """To whom a record is assigned: to oneself, to nobody, to another one by name."""

    title = _("who has it in hand")
    parameter_name = "hands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002 - Django's signature
        """Return oneself, nobody, and the others."""
        curators = get_user_model()._default_manager.filter(is_active=True, is_staff=True)  # noqa: SLF001 - Django documents it
        others = curators.exclude(pk=request.user.pk).order_by("username")[:MOST_CURATORS]
        named = [(str(number), name) for number, name in others.values_list("pk", "username")]
        return [("me", _("mine")), ("nobody", _("nobody’s")), *named]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the records in these hands."""
        value = str(request.user.pk) if self.value() == "me" else self.value()
        column = COLUMNS[queryset.model]
        if value == "nobody":
            return queryset.filter(~Exists(Assignment.objects.order_by().filter(**{column: OuterRef("pk")})))
        if value is None:
            return queryset
        if not (value.isascii() and value.isdecimal() and len(value) <= LONGEST_NUMBER):
            return queryset.none()
        held = Assignment.objects.order_by().filter(curator=int(value), **{f"{column}__isnull": False})
        return queryset.filter(pk__in=held.values(column))


LONGEST_NUMBER = 18  # digits that surely fit a number of the database
