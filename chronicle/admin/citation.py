"""Citations on the page of their event: one form for each assertion."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.admin import StackedInline
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from chronicle.admin.editions import is_kept_from
from chronicle.figures.figure import Figure
from chronicle.figures.forms import FigureFormField
from chronicle.figures.understood import understood_figure
from chronicle.models import Citation, Unit
from sources.admin.forms import RowForm
from sources.admin.records import Remembering


class FigureInput(AdminTextInputWidget):
    """A line for a figure in words, and below it how the figure that stands there is understood."""

    understood: Callable[[], str] = staticmethod(lambda: "")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the line and the words."""
        line = super().render(name, value, attrs, renderer)
        return format_html('<div class="edtf">{}<p class="understood">{}</p></div>', line, self.understood())


VALUES = {
    _("Date"): ("asserted_date_edtf", "date_of"),
    _("Location"): ("asserted_location", "asserted_location_role"),
    _("Party held responsible"): ("asserted_party",),
    _("Figure"): ("asserted_figure", "unit"),
    _("Scope of the figure: whom it counts, on which side, when"): ("population", "side", "period_edtf"),
}
"""The groups of fields of which a citation fills one or two; the others stay folded up."""


class CitationForm(RowForm):
    """What one document says about one aspect of the event.

    A figure is typed in the source's words; whether it counts whole things depends on the unit that is sent with it,
    and whether it is approximate is part of the words. `measured` are the numbers of the units that are not counted.
    """

    asserted_figure = FigureFormField(required=False, label=_("Asserted figure"), widget=FigureInput)

    class Meta:
        model = Citation
        fields = "__all__"  # the admin's fieldsets say which

    def __init__(self, *args: Any, measured: frozenset[str] = frozenset(), **options: Any) -> None:
        super().__init__(*args, **options)
        stored = self.instance.asserted_figure
        if stored is not None:
            figure = Figure.from_range(stored, is_approximate=self.instance.is_approximate)
            self.initial["asserted_figure"] = figure
        unit = self["unit"].value() if "unit" in self.fields else None
        figure = self.fields["asserted_figure"]
        figure.counts_whole_things = str(unit or "") not in {"", *measured}
        figure.widget.understood = self._understood_figure

    def _understood_figure(self) -> str:
        """Return how the figure that stands in the form is understood; nothing for what the form refuses."""
        field = self.fields["asserted_figure"]
        try:
            figure = field.to_python(self["asserted_figure"].value())
        except ValidationError:
            return ""
        return understood_figure(figure, self._unit(), is_whole=field.counts_whole_things) if figure else ""

    def _unit(self) -> str:
        is_known = str(self["unit"].value() or "") == str(self.instance.unit_id or "")
        return self.instance.unit.name_plural if is_known and self.instance.unit else ""

    def understood(self) -> Iterator[tuple[Any, str, str]]:
        """Return how dates and the figure were understood."""
        yield from super().understood()
        if {"asserted_figure", "unit"} & set(self.changed_data) and self._understood_figure():
            yield (
                _("Citation, asserted figure"),
                self.data[self.add_prefix("asserted_figure")],
                self._understood_figure(),
            )

    def clean_asserted_figure(self) -> NumericRange | None:
        """Return the range to store, and keep what the words say of its precision."""
        figure = self.cleaned_data["asserted_figure"]
        self.instance.is_approximate = bool(figure and figure.is_approximate)
        return figure.as_range() if figure else None

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()
        return exclusions if "asserted_figure" in exclusions else exclusions - {"is_approximate"}

    @cached_property
    def open_groups(self) -> set[Any]:
        """The titles of the groups in which something stands, or is wrong."""
        return {title for title, names in VALUES.items() if any(self._is_filled(name) for name in names)}

    def _is_filled(self, name: str) -> bool:
        return bool(self[name].value() or self[name].errors)


class CitationFormSet(BaseInlineFormSet):
    """The citations of an event; asks once which units are measured and not counted."""

    @cached_property
    def measured(self) -> frozenset[str]:
        """The numbers of the units that need not be whole, as a form sends them."""
        numbers = Unit.objects.filter(counts_whole_things=False).values_list("pk", flat=True)
        return frozenset(str(number) for number in numbers)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Return what every form is made with."""
        return super().get_form_kwargs(index) | {"measured": self.measured}


def _fieldsets() -> Iterator[tuple[Any, dict[str, Any]]]:
    yield _("Where"), {"fields": ("document", ("locator_label", "locator"))}
    said = ("aspect", "stance"), "statement", "quotation", ("quotation_prefix", "quotation_suffix")
    yield _("What it says"), {"fields": said}
    yield _("Who says so"), {"fields": ("claimed_by", "through", "stated_on")}
    yield _("The value, in one of the groups that fits the aspect"), {"fields": ("value_as_printed", "asserts_unknown")}
    for title, names in VALUES.items():
        yield title, {"fields": (names,), "classes": ("group",)}
    yield _("The editors"), {"fields": ("comment", "curators_note")}


class CitationInline(Remembering, StackedInline):
    """Citations, folded up to a line each. Those of a published event have public numbers: an editor deletes them."""

    model = Citation
    form = CitationForm
    formset = CitationFormSet
    help_texts = {"document": _("The document that says so. Public, as far as its access allows.")}
    template = "admin/chronicle/citations.html"
    extra = 0
    fieldsets = tuple(_fieldsets())
    autocomplete_fields = (
        "document",
        "claimed_by",
        "through",
        "asserted_location",
        "asserted_party",
        "unit",
        "population",
        "side",
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep the citations of a published event from contributors, who may change them."""
        return super().has_delete_permission(request, obj) and not is_kept_from(request.user, obj)
