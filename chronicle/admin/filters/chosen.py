"""Events narrowed down to a place or a document that is chosen by typing any spelling of its name."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib.admin.widgets import AutocompleteSelect
from django.db import connections
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from chronicle.admin.filters.asked import Asked
from chronicle.admin.filters.hands import LONGEST_NUMBER
from chronicle.models import Citation, EventLocation
from chronicle.secrecy import for_curator
from sources.admin import searching

MOST_PLACES = 5_000
"""How many places within a place are looked through: a country of more is searched by the first of them."""

INSIDE = """
WITH RECURSIVE inside(id) AS (
    SELECT %s::bigint
    UNION
    SELECT w.location_id FROM chronicle_locationwithin w JOIN inside i ON w.within_id = i.id
)
SELECT id FROM inside LIMIT %s"""


class Chosen(Asked):
    """A record that the list is narrowed down to; `column` is the one that events are found by."""

    template = "admin/chronicle/filters/chosen.html"
    column: ClassVar[Any]

    @cached_property
    def chosen(self) -> Model | None:
        """The record that was chosen, if there is one that may be seen."""
        typed = self.typed(self.names[0])
        if not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER):
            return None
        related = self.column.remote_field.model
        pages = self.model_admin.admin_site.get_model_admin(related)
        found: Model | None = pages.get_queryset(self.request).filter(pk=int(typed)).first()
        return found

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the events of the chosen record; none of one that is not there."""
        if not self.typed(self.names[0]):
            return queryset
        return _having(queryset, self.rows(request, self.chosen.pk)) if self.chosen else queryset.none()

    def rows(self, request: HttpRequest, number: int) -> QuerySet:
        """Return the rows that tie events to the chosen record."""
        raise NotImplementedError

    @property
    def widget(self) -> SafeString:
        """The field in which it is chosen."""
        name, chosen = self.names[0], self.chosen
        select = _select(self.column, self.model_admin)
        select.choices = [("", "")] + ([(chosen.pk, str(chosen))] if chosen else [])
        return select.render(name, chosen.pk if chosen else "", {"id": f"filter_{name}"})


PICKERS = Media(js=["admin/js/autocomplete.js", "chronicle/desk/pickers.js"])
"""The pickers of the filters have names, as those of forms do; the script comes after Django's, which it changes."""


def _having(events: QuerySet, rows: QuerySet) -> QuerySet:
    """Return the events of these rows: looked up if they are few; else the list is walked until a page is full."""
    rows = rows.order_by()
    if rows.values("pk")[: searching.FEW + 1].count() <= searching.FEW:
        return events.filter(pk__in=rows.values("event"))
    return events.filter(Exists(rows.filter(event=OuterRef("pk"))))


class OfferedSelect(AutocompleteSelect):
    """An autocomplete that shows the options that it is given."""

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:  # noqa: ARG002 - Django's signature
        """Return the options, none of them looked up."""
        options = [
            self.create_option(name, number, label, selected=str(number) in value, index=place)
            for place, (number, label) in enumerate(self.choices)
        ]
        return [(None, options, 0)]


def _select(column: Any, model_admin: Any) -> OfferedSelect:
    return OfferedSelect(column, model_admin.admin_site, attrs={"data-placeholder": "", "data-width": "100%"})


def inside(number: int) -> Collection[int]:
    """Return the numbers of a place and of those within it, at any time, on any basis, up to a bound."""
    with connections["default"].cursor() as cursor:
        cursor.execute(INSIDE, [number, MOST_PLACES])
        return [place for (place,) in cursor.fetchall()]


class AtPlace(Chosen):
    """Events that are filed at a place or at one within it."""

    title = _("place, with those within it")
    names = ("place",)
    column = EventLocation._meta.get_field("location")  # noqa: SLF001 - Django documents _meta

    def rows(self, request: HttpRequest, number: int) -> QuerySet:  # noqa: ARG002 - the same for all filters
        """Return where events are filed."""
        return EventLocation.objects.filter(location__in=inside(number))


class Citing(Chosen):
    """Events that cite a document."""

    title = _("cited document")
    names = ("document",)
    column = Citation._meta.get_field("document")  # noqa: SLF001 - Django documents _meta

    def rows(self, request: HttpRequest, number: int) -> QuerySet:
        """Return the citations of the document that may be seen."""
        return for_curator(Citation.objects.filter(document=number), request)


class FilteredByChoice:
    """Mixin for the admin of records whose list has filters with an autocomplete: brings their script."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list."""
        media: Media = self.media + _select(AtPlace.column, self).media + PICKERS
        return super().changelist_view(request, {"media": media, **(extra_context or {})})
