"""Citations: this document, at this locator, says this about this event."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import DecimalRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chronicle.models.asserted import FITS_ASPECT, NO_SCOPE, NO_VALUE, misfits, misplaced_scope
from chronicle.models.event import Event
from chronicle.models.location import Location
from chronicle.models.rules import NUMBERING, QUOTATION_IS_COMPARED_AGAIN
from chronicle.querysets import CitationQuerySet, LocatorOrder
from chronicle.validators import validate_figure
from chronicle.vocabularies import Aspect, DateOf, LocationRole, Stance
from sources.edtf import EDTFField, EDTFRangeField
from sources.models import Agent, Document, DocumentText, Party
from sources.models.record import (
    PartManager,
    Record,
    Row,
    curators_note,
    parent_of,
    slug_constraint,
    text_block,
    text_line,
    tracked,
)
from sources.validators import validate_plain_text
from sources.vocabularies import PLACED, LocatorLabel, QuotationState

NO_PLACE = Q(
    quotation_text__isnull=True,
    quotation_page__isnull=True,
    quotation_start__isnull=True,
    quotation_end__isnull=True,
)


@tracked("UnitRevision")
class Unit(Record):
    """What a figure counts or measures: person, house, km²."""

    name = text_line(_("name"), max_length=60, help_text=_("In the singular: person. Public."))
    name_plural = text_line(_("plural"), max_length=60, help_text=_("As it follows a number: persons. Public."))
    counts_whole_things = models.BooleanField(
        _("counts whole things"),
        default=True,
        help_text=_("Persons and houses are counted whole; square kilometres and per cent are measured. Public."),
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name", "id"]
        constraints = [slug_constraint("unit_slug_is_plain")]

    def __str__(self) -> str:
        return self.name


@tracked("PopulationRevision")
class Population(Record):
    """Whom a figure counts: all, military, civilians, women, children."""

    name = text_line(_("name"), max_length=100, help_text=_("As it follows a unit: military. Public."))

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        ordering = ["name", "id"]
        constraints = [slug_constraint("population_slug_is_plain")]

    def __str__(self) -> str:
        return self.name


@tracked("CitationRevision")
class Citation(Row):
    """An assertion: this document, at this locator, says this about this event.

    Its primary key is its public number (C1187); `number` counts within the event and is never given twice.
    A supporting citation of a valued aspect has exactly one value that fits the aspect, or says that it is unknown.
    """

    event = parent_of(Event, "citations", _("event"))
    number = models.PositiveSmallIntegerField(
        _("number"), db_default=0, editable=False, help_text=_("Given by the database. Public.")
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, db_index=False, related_name="citations", verbose_name=_("document")
    )
    locator_label = models.CharField(
        _("locator of"),
        max_length=20,
        choices=LocatorLabel,
        blank=True,
        help_text=_("What the locator counts, as the document itself does: page, section, note. Public."),
    )
    locator = text_line(
        _("locator"), max_length=100, blank=True, help_text=_("Where it says so: 214, or “The Road to War”. Public.")
    )
    aspect = models.CharField(
        _("aspect"), max_length=20, choices=Aspect, help_text=_("Which aspect of the event it speaks of. Public.")
    )
    stance = models.CharField(
        _("stance"),
        max_length=10,
        choices=Stance,
        default=Stance.SUPPORTS,
        help_text=_("How the document stands to it; silent only where the whole document was checked. Public."),
    )
    statement = text_block(
        _("statement"), help_text=_("What it says, in your own neutral words: The report counts 3,773. Public.")
    )
    quotation = text_block(
        _("quotation"), help_text=_("Its own words, only where they are themselves the fact. Public.")
    )
    quotation_prefix = text_line(
        _("words before"), blank=True, help_text=_("The few words before the quotation, to find it again. Public.")
    )
    quotation_suffix = text_line(
        _("words after"), blank=True, help_text=_("The few words after the quotation, to find it again. Public.")
    )
    quotation_state = models.CharField(
        _("state of the quotation"),
        max_length=12,
        choices=QuotationState,
        blank=True,
        editable=False,
        validators=[validate_plain_text],
        help_text=_("How it stands to the text of the document, as it was compared; empty: not yet. Public."),
    )
    quotation_text = models.ForeignKey(
        DocumentText,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="citations",
        verbose_name=_("text of the quotation"),
        help_text=_("The text in which the quotation was found. Public."),
    )
    quotation_page = models.PositiveIntegerField(
        _("page of the quotation"), null=True, editable=False, help_text=_("On which page of it it begins. Public.")
    )
    quotation_start = models.PositiveIntegerField(
        _("start of the quotation"),
        null=True,
        editable=False,
        help_text=_("Code points of the text before it. Public."),
    )
    quotation_end = models.PositiveIntegerField(
        _("end of the quotation"),
        null=True,
        editable=False,
        help_text=_("Code points of the text up to its end. Public."),
    )
    quotation_confirmed_at = models.DateTimeField(
        _("confirmed at"),
        null=True,
        editable=False,
        help_text=_("When a curator confirmed that the changed quotation is meant. Public."),
    )
    quotation_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("confirmed by"),
        help_text=_("Private."),
    )
    claimed_by = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="claims",
        verbose_name=_("claimed by"),
        help_text=_("The speaker whom the document names; empty: the document itself speaks. Public."),
    )
    through = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="citations_through",
        verbose_name=_("through"),
        help_text=_("The document it leans on, as by a footnote. Public."),
    )
    asserted_date_edtf = EDTFField(
        verbose_name=_("asserted date"),
        range_field="asserted_date_range",
        widened_field="asserted_date_widened",
        blank=True,
        help_text=_("EDTF, for the aspect date: 2020-10-09, 2020-10-20/2020-11-08, 2020-10~. Public."),
    )
    asserted_date_range = EDTFRangeField(null=True, editable=False)
    asserted_date_widened = EDTFRangeField(null=True, editable=False)
    date_of = models.CharField(
        _("date of"),
        max_length=12,
        choices=DateOf,
        blank=True,
        help_text=_("Which moment it dates; “not stated” where the text does not say. Public."),
    )
    asserted_location = models.ForeignKey(
        Location,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("asserted location"),
        help_text=_("For the aspect location. Public."),
    )
    asserted_location_role = models.CharField(
        _("role of the location"),
        max_length=12,
        choices=LocationRole,
        blank=True,
        help_text=_("What the document makes of the location: site, target, signed at. Public."),
    )
    asserted_party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held_responsible",
        verbose_name=_("asserted party"),
        help_text=_("For the aspect responsibility: whom the document holds responsible. Public."),
    )
    asserted_figure = DecimalRangeField(
        _("asserted figure"),
        null=True,
        blank=True,
        validators=[validate_figure],
        help_text=_("For counts and measures, in words as the source has them: more than 80; up to 20,000. Public."),
    )
    is_approximate = models.BooleanField(
        _("approximate"), default=False, help_text=_("The figure is “about”: compared with 10 % either way. Public.")
    )
    asserts_unknown = models.BooleanField(
        _("said to be unknown"), default=False, help_text=_("The document says that this is not known. Public.")
    )
    value_as_printed = text_line(
        _("as printed"),
        max_length=200,
        blank=True,
        help_text=_("The source's own few words for the value, also where they are a slip: 9 October 2020. Public."),
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
        help_text=_("What the figure counts: person, body, km². Public."),
    )
    population = models.ForeignKey(
        Population,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("population"),
        help_text=_("Whom it counts, where the text says; otherwise empty. Public."),
    )
    side = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("side"),
        help_text=_("Whose, where the text says; otherwise empty. Public."),
    )
    period_edtf = EDTFField(
        verbose_name=_("period counted"),
        range_field="period_range",
        blank=True,
        help_text=_("EDTF, over which time the figure counts, where the text says. Public."),
    )
    period_range = EDTFRangeField(null=True, editable=False)
    stated_on = EDTFField(
        verbose_name=_("stated on"),
        range_field="stated_on_range",
        blank=True,
        help_text=_("EDTF, when the speaker said so, where the text says: 2021-08. Public."),
    )
    stated_on_range = EDTFRangeField(null=True, editable=False)
    comment = text_block(_("comment"), help_text=_("The editors' remark on this assertion. Public."))
    curators_note = curators_note()

    objects = PartManager.from_queryset(CitationQuerySet)("event__slug", "number")
    worked_out = (
        *("quotation_state", "quotation_text", "quotation_page", "quotation_start", "quotation_end"),
        *("quotation_confirmed_at", "quotation_confirmed_by"),
    )
    """The columns that the desk itself finds out: no file of a corpus has them."""

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["event_id", "number"]
        indexes = [
            models.Index("document", LocatorOrder("locator_label", "locator"), "id", name="citation_by_locator"),
            models.Index(name="citation_by_speaker", fields=["claimed_by", "id"]),
            models.Index(
                name="citation_by_quoted_page",
                fields=["quotation_text", "quotation_page", "id"],
                condition=Q(quotation_text__isnull=False),
            ),
            models.Index(
                name="citation_by_quotation_state",
                fields=["quotation_state", "id"],
                condition=~Q(quotation=""),
            ),
            models.Index(name="citation_quoted", fields=["id"], condition=~Q(quotation="")),
            models.Index(name="citation_by_leaning", fields=["through", "id"]),
            models.Index(
                name="citation_by_asserted_date",
                fields=["asserted_date_range", "id"],
                condition=Q(asserted_date_range__isnull=False),
            ),
            *(
                models.Index(
                    models.Func("asserted_figure", function=end, output_field=models.DecimalField()),
                    "id",
                    name=f"citation_by_{end}_figure",
                    condition=Q(asserted_figure__isnull=False),
                )
                for end in ("lower", "upper")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="citation_number_is_given_once",
                violation_error_code="number",
                violation_error_message=_(
                    "Number: the event has a citation with it already; leave the number to the database."
                ),
            ),
            models.CheckConstraint(
                name="citation_aspect_is_known",
                condition=Q(aspect__in=Aspect.values),
                violation_error_code="aspect",
                violation_error_message=_("Aspect: choose one of the listed ones, such as date."),
            ),
            models.CheckConstraint(
                name="citation_stance_is_known",
                condition=Q(stance__in=Stance.values),
                violation_error_code="stance",
                violation_error_message=_("Stance: supports, disputes, mentions or silent."),
            ),
            models.CheckConstraint(
                name="citation_date_of_is_known",
                condition=Q(date_of="") | Q(date_of__in=DateOf.values),
                violation_error_code="date_of",
                violation_error_message=_("Date of: choose one of the listed moments, such as agreed."),
            ),
            models.CheckConstraint(
                name="citation_location_role_is_known",
                condition=Q(asserted_location_role="") | Q(asserted_location_role__in=LocationRole.values),
                violation_error_code="asserted_location_role",
                violation_error_message=_("Role of the location: choose one of the listed ones, such as site."),
            ),
            models.CheckConstraint(
                name="citation_locator_label_is_known",
                condition=Q(locator_label="") | Q(locator_label__in=LocatorLabel.values),
                violation_error_code="locator_label",
                violation_error_message=_("Locator of: choose one of the listed ones, such as page."),
            ),
            models.CheckConstraint(
                name="citation_value_fits_aspect",
                condition=FITS_ASPECT,
                violation_error_code="value",
                violation_error_message=_(
                    "Aspect: the value must fit it, and be the only one: a date with what it dates for “date”, "
                    "a location with its role for “location”, a party for “responsibility”, a figure with its unit "
                    "for counts and measures; or “said to be unknown”; for the other aspects no value."
                ),
            ),
            models.CheckConstraint(
                name="citation_scope_needs_figure",
                condition=Q(asserted_figure__isnull=False) | NO_SCOPE | Q(asserts_unknown=True),
                violation_error_code="scope",
                violation_error_message=_("Population, side and period counted belong to a figure; remove them here."),
            ),
            models.CheckConstraint(
                name="citation_figure_is_not_negative",
                condition=Q(asserted_figure__isnull=True)
                | Q(asserted_figure__lower_inf=False, asserted_figure__startswith__gte=0),
                violation_error_code="asserted_figure",
                violation_error_message=_("Asserted figure: it starts at 0 or more, such as up to 20,000."),
            ),
            models.CheckConstraint(
                name="citation_figure_is_not_empty",
                condition=Q(asserted_figure__isnull=True) | Q(asserted_figure__isempty=False),
                violation_error_code="asserted_figure",
                violation_error_message=_("Asserted figure: the upper bound is below the lower one; write 50 to 60."),
            ),
            models.CheckConstraint(
                name="citation_locator_is_whole",
                condition=Q(locator="", locator_label="") | (~Q(locator="") & ~Q(locator_label="")),
                violation_error_code="locator",
                violation_error_message=_("Locator: say both what is counted and where: page, 214."),
            ),
            models.CheckConstraint(
                name="citation_through_is_another",
                condition=Q(through__isnull=True) | ~Q(through=models.F("document")),
                violation_error_code="through",
                violation_error_message=_("Through: a document does not lean on itself; choose another one."),
            ),
            models.CheckConstraint(
                name="citation_quotation_state_is_known",
                condition=Q(quotation_state="") | (Q(quotation_state__in=QuotationState.values) & ~Q(quotation="")),
                violation_error_code="quotation_state",
                violation_error_message=_("State of the quotation: one of those listed, where there is a quotation."),
            ),
            models.CheckConstraint(
                name="citation_quotation_place_is_whole",
                condition=NO_PLACE
                | (
                    Q(quotation_text__isnull=False, quotation_page__gt=0, quotation_start__isnull=False)
                    & Q(quotation_end__gt=F("quotation_start"), quotation_state__in=PLACED)
                ),
                violation_error_code="quotation_start",
                violation_error_message=_(
                    "Start of the quotation: its place is a text, a page, a start and a later end, or nothing."
                ),
            ),
            models.CheckConstraint(
                name="citation_quotation_confirmed_is_changed",
                condition=Q(quotation_confirmed_at__isnull=True, quotation_confirmed_by__isnull=True)
                | Q(quotation_confirmed_at__isnull=False, quotation_state=QuotationState.CHANGED),
                violation_error_code="quotation_confirmed_at",
                violation_error_message=_("Confirmed at: only a quotation that is changed can be confirmed."),
            ),
            models.CheckConstraint(
                name="citation_silence_says_nothing",
                condition=~Q(stance=Stance.SILENT)
                | (
                    Q(quotation="", value_as_printed="", asserts_unknown=False)
                    & Q(claimed_by__isnull=True, through__isnull=True)
                    & NO_VALUE
                ),
                violation_error_code="stance",
                violation_error_message=_(
                    "Stance: a document that is silent has no quotation, value or speaker; remove those, or choose "
                    "another stance, such as supports."
                ),
            ),
        ]
        triggers = [*NUMBERING, QUOTATION_IS_COMPARED_AGAIN]

    def __str__(self) -> str:
        return f"C{self.pk}"

    def natural_key(self) -> tuple[str | int, ...]:
        """Return the event's slug and the number within the event."""
        return (*self.event.natural_key(), self.number)

    natural_key.dependencies = ["chronicle.event"]  # type: ignore[attr-defined]

    def explained(self, error: ValidationError) -> Mapping[str, Any]:
        """Return what to tell of a broken constraint; of values and scopes, beside each field that is wrong."""
        if error.code == "value":
            return misfits(self) or {"aspect": error}
        if error.code == "scope":
            return misplaced_scope(self)
        return super().explained(error)


class CitationCounter(models.Model):
    """The last number that an event has given to a citation; it outlives both, so that no number is given twice."""

    event_id = models.BigIntegerField(primary_key=True)
    last_number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("counter of citations")
        verbose_name_plural = _("counters of citations")

    def __str__(self) -> str:
        return str(self.last_number)
