"""Citations on the page of their event: one form for each assertion."""

import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.contrib.admin import StackedInline
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from chronicle.admin.editions import is_kept_from
from chronicle.figures.figure import Figure
from chronicle.figures.forms import FigureFormField
from chronicle.figures.understood import understood_figure
from chronicle.models import Citation, Unit
from chronicle.vocabularies import FIGURE_ASPECTS, VALUED_ASPECTS, Aspect
from sources.admin.records import Remembering
from sources.admin.together import KnownChoiceField, RowOfMany, RowsTogether
from sources.admin.widgets import ExplainedInput, LateSelect


class FigureInput(ExplainedInput):
    """A line for a figure in words."""

    explainer = "figure"
    understood: Callable[[], str] = staticmethod(lambda: "")

    def explained(self, value: Any) -> str:  # noqa: ARG002 - the form knows the value, and the unit too
        """Return the range, and in what it is counted."""
        return self.understood()


class CitationForm(RowOfMany):
    """What one document says about one aspect of the event.

    A figure is typed in the source's words; whether it counts whole things depends on the unit that is sent with it,
    and whether it is approximate is part of the words. `measured` are the numbers of the units that are not counted.
    """

    followed_by: ClassVar[dict[str, tuple[str, ...]]] = {
        "asserted_figure": ("is_approximate",),
        "unit": ("asserted_figure", "is_approximate"),
    }
    """The columns that are worked out of what is typed into a field."""

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


class CitationFormSet(RowsTogether):
    """The citations of an event; asks once which units are measured and not counted."""

    @cached_property
    def measured(self) -> frozenset[str]:
        """The numbers of the units that need not be whole, as a form sends them."""
        numbers = Unit.objects.filter(counts_whole_things=False).values_list("pk", flat=True)
        return frozenset(str(number) for number in numbers)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Return what every form is made with."""
        return super().get_form_kwargs(index) | {"measured": self.measured}


def _fitting(*aspects: Aspect) -> tuple[str, ...]:
    """Return the classes of a group of fields that only these aspects have: the page's script shows it for them."""
    return ("by-aspect", *(f"aspect-{aspect}" for aspect in aspects))


FIELDSETS = (
    (None, {"fields": (("document", "locator_label", "locator"), ("aspect", "stance"))}),
    (None, {"fields": (("asserted_date_edtf", "date_of"),), "classes": _fitting(Aspect.DATE)}),
    (None, {"fields": (("asserted_location", "asserted_location_role"),), "classes": _fitting(Aspect.LOCATION)}),
    (None, {"fields": ("asserted_party",), "classes": _fitting(Aspect.RESPONSIBILITY)}),
    (
        None,
        {
            "fields": (("asserted_figure", "unit"), ("population", "side", "period_edtf")),
            "classes": _fitting(*FIGURE_ASPECTS),
        },
    ),
    (None, {"fields": (("value_as_printed", "asserts_unknown"),), "classes": _fitting(*VALUED_ASPECTS)}),
    (_("What it says"), {"fields": ("statement",)}),
    (_("Who says so"), {"fields": (("claimed_by", "through", "stated_on"),)}),
    (_("In its own words"), {"fields": ("quotation", ("quotation_prefix", "quotation_suffix"))}),
    (_("The editors"), {"fields": (("comment", "curators_note"),)}),
)
"""A citation's fields: where it stands and what it is about; then the value, for which each aspect has its own ones."""


CARRIED = (
    "document",
    "locator_label",
    "locator",
    "aspect",
    "stance",
    "claimed_by",
    "through",
    "date_of",
    "asserted_location_role",
    "unit",
    "population",
    "side",
)
"""What the next citation of a document takes over from one: all but the value and the words; the locator counts on."""

LAST_PAGE = re.compile(r"(?:\d+\s*[-–]\s*)?(\d{1,9})")
LONGEST_ASKED, MOST_EMPTY = 4, 20  # rows that an address may ask for


def next_locator(locator: str) -> str:
    """Return the page after this one, or after the last of these: 215 after 214 or 210–214; others stay."""
    found = LAST_PAGE.fullmatch(locator.strip())
    return str(int(found[1]) + 1) if found else locator


def continuing(citation: Citation) -> dict[str, Any]:
    """Return what the citation of the next page begins with."""
    carried = {name: citation.serializable_value(name) for name in CARRIED}
    return carried | {"locator": next_locator(citation.locator)}


class CitationInline(Remembering, StackedInline):
    """Citations, folded up to a line each. Those of a published event have public numbers: an editor deletes them."""

    model = Citation
    form = CitationForm
    formset = CitationFormSet
    help_texts = {"document": _("The document that says so. Public, as far as its access allows.")}
    template = "admin/chronicle/citations.html"
    extra = 0
    fieldsets = FIELDSETS
    carried = CARRIED

    class Media:
        js = ("chronicle/desk/citations.js",)
        css = {"all": ("chronicle/desk/citations.css",)}

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

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Return a choice that is looked up together with those of the other rows, and drawn when it is needed."""
        if db_field.name in self.autocomplete_fields:
            options.update(form_class=KnownChoiceField, widget=LateSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **options)

    def get_extra(self, request: HttpRequest, obj: Any = None, **options: Any) -> int:  # noqa: ARG002 - Django's signature
        """Return how many empty rows the address asks for: without a script none could be added."""
        if "copy" in request.GET:
            return 1
        asked = request.GET.get("rows", "")
        return min(int(asked), MOST_EMPTY) if asked.isascii() and asked.isdigit() and len(asked) < LONGEST_ASKED else 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep the citations of a published event from contributors, who may change them."""
        return super().has_delete_permission(request, obj) and not is_kept_from(request.user, obj)
