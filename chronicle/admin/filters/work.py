"""Lists narrowed down to what lacks something."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.secrecy import hidden_from
from chronicle.worklists import WORKLISTS


class InWorklist(admin.SimpleListFilter):
    """The worklists of a kind of record; the desk's first page leads here."""

    title = gettext_lazy("what there is to do")
    parameter_name = "work"
    template = "admin/chronicle/filters/work.html"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: type[Any], model_admin: Any) -> None:
        self.worklists = {each.name: each for each in WORKLISTS if each.model is model}
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002 - Django's signature
        """Return the worklists."""
        return [(each.name, each.label) for each in self.worklists.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the records of the chosen one."""
        chosen = self.worklists.get(self.value() or "")
        return chosen.narrowed(queryset, hidden_from(request)) if chosen else queryset

    @property
    def remark(self) -> str:
        """What to say of the chosen one: what to do, and how far was looked."""
        chosen = self.worklists.get(self.value() or "")
        if chosen is None:
            return ""
        if not chosen.looks_among:
            return str(chosen.advice)
        return _("%(advice)s Looked for among the newest %(newest)s.") % {
            "advice": chosen.advice,
            "newest": f"{chosen.looks_among:,}",
        }
