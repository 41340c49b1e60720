"""Events narrowed down to a time: those whose filing reaches into it."""

from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.filters.asked import Asked
from sources.edtf import Bounds, EDTFError, parse, range_text, words


class InPeriod(Asked):
    """From and until, each an EDTF date or empty: from its first day, until its last."""

    title = gettext_lazy("period")
    template = "admin/chronicle/filters/period.html"
    names = ("from", "until")

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.errors: dict[str, str] = {}
        self.understood: dict[str, str] = {}
        self.bounds = Bounds(self._day("from", "earliest"), self._day("until", "latest"))
        first, last = self.bounds
        if first and last and first > last:
            self.errors["until"] = _("Until: this ends before it begins; write a later date.")

    def _day(self, name: str, end: str) -> Any:
        typed = self.typed(name)
        if not typed:
            return None
        try:
            edtf = parse(typed)
        except EDTFError as error:
            self.errors[name] = str(error)
            return None
        self.understood[name] = words(edtf)
        return getattr(edtf.bounds, end)

    def queryset(self, request: Any, queryset: QuerySet) -> QuerySet:  # noqa: ARG002 - Django's signature
        """Return the events whose filing overlaps with the period; none while it cannot be understood."""
        if self.errors:
            return queryset.none()
        if self.bounds == Bounds(None, None):
            return queryset
        period = Cast(Value(range_text(self.bounds), output_field=TextField()), DateRangeField())
        return queryset.filter(date_range__overlap=period)

    @property
    def fields(self) -> list[dict[str, str]]:
        """What the form shows of each field."""
        labels = {"from": _("From"), "until": _("Until")}
        return [
            {
                "name": name,
                "label": labels[name],
                "typed": self.typed(name),
                "error": self.errors.get(name, ""),
                "understood": self.understood.get(name, ""),
            }
            for name in self.names
        ]
