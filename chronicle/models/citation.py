"""Citations: this document, at this locator, says this about this event."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import DecimalRangeField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chronicle.models.asserted import NO_VALUE, VALUE_RULES, misfits, misplaced_scope
from chronicle.models.counting import Population, Unit
from chronicle.models.event import Event
from chronicle.models.location import Location
from chronicle.models.quoted import QUOTATION_INDEXES, QUOTATION_RULES
from chronicle.models.rules import NUMBERING, QUOTATION_IS_COMPARED_AGAIN
from chronicle.querysets import CitationQuerySet, LocatorOrder
from chronicle.validators import validate_figure
from chronicle.vocabularies import Aspect, DateOf, LocationRole, Stance
from sources.edtf import EDTFField, EDTFRangeField
from sources.models import Agent, Document, DocumentText, Party
from sources.models.columns import curators_note, parent_of, text_block, text_line, words_of
from sources.models.constraints import known_constraint
from sources.models.record import PartManager, Row
from sources.models.tracking import tracked
from sources.validators import validate_plain_text
from sources.vocabularies import LocatorLabel, QuotationState


@tracked("CitationRevision", exclude=["words"])
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
    words = words_of(statement="A", quotation="B", value_as_printed="C", comment="D")

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
            *QUOTATION_INDEXES,
            GinIndex(name="citation_by_words", fields=["words"]),
            models.Index(name="citation_by_leaning", fields=["through", "id"]),
            models.Index(
                name="citation_by_own_leaning",
                fields=["document", "through", "id"],
                condition=Q(through__isnull=False),
            ),
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
            known_constraint(
                "citation_aspect_is_known",
                "aspect",
                Aspect,
                told=_("Aspect: choose one of the listed ones, such as date."),
            ),
            known_constraint(
                "citation_stance_is_known", "stance", Stance, told=_("Stance: supports, disputes, mentions or silent.")
            ),
            known_constraint(
                "citation_date_of_is_known",
                "date_of",
                DateOf,
                told=_("Date of: choose one of the listed moments, such as agreed."),
                allow_blank=True,
            ),
            known_constraint(
                "citation_location_role_is_known",
                "asserted_location_role",
                LocationRole,
                told=_("Role of the location: choose one of the listed ones, such as site."),
                allow_blank=True,
            ),
            known_constraint(
                "citation_locator_label_is_known",
                "locator_label",
                LocatorLabel,
                told=_("Locator of: choose one of the listed ones, such as page."),
                allow_blank=True,
            ),
            *VALUE_RULES,
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
            *QUOTATION_RULES,
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

    natural_key.dependencies = ["chronicle.event"]  # type: ignore[attr-defined]  # where Django looks

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
