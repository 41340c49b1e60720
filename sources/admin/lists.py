"""Lists of the desk that take as long for a million records as for a hundred."""

from typing import Any, ClassVar

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

MOST_COUNTED = 5_000
"""How far rows are counted: whoever has more looks for them by searching and filtering, not by turning pages."""


class MoreThan(int):
    """A number of rows that was not counted to its end."""

    def __str__(self) -> str:
        return _("more than %(count)d") % {"count": int(self)}


class BoundedPaginator(Paginator):
    """Pages of a list that is counted up to a bound, and shown up to there."""

    @cached_property
    def count(self) -> int:
        """The number of rows, or that there are more than the bound."""
        found = self.object_list.order_by().values("pk")[: MOST_COUNTED + 1].count()
        return found if found <= MOST_COUNTED else MoreThan(MOST_COUNTED)

    def page(self, number: Any) -> Page:
        """Return a page; rows before it are passed by as numbers, without all that the list says of each."""
        number = self.validate_number(number)
        if number == 1:
            return super().page(number)
        bottom = (number - 1) * self.per_page
        keys = self.object_list.values_list("pk", flat=True)[bottom : bottom + self.per_page]
        return self._get_page(self.object_list.filter(pk__in=list(keys)), number, self)


class SortedList(ChangeList):
    """A list that is sorted by what its admin names in `sorting`."""

    def get_ordering_field(self, field_name: str) -> Any:
        """Return by what a column is sorted, nothing for one that is not."""
        sorting = self.model_admin.sorting
        return super().get_ordering_field(field_name) if sorting is None else sorting.get(field_name)


class LargeList:
    """Mixin for the admin of records that can be many.

    `sorting` says by what columns can be sorted: by an index each, since a million rows are not sorted for a page. None
    leaves them all to Django, for records that are always few.
    """

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER  # counts of every filter's every choice
    list_per_page = 50
    sorting: ClassVar[dict[str, Any] | None] = None

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:  # noqa: ARG002 - Django's signature
        """Return the class of the list."""
        return SortedList

    def get_sortable_by(self, request: HttpRequest) -> Any:
        """Return the columns that can be sorted by."""
        return super().get_sortable_by(request) if self.sorting is None else list(self.sorting)
