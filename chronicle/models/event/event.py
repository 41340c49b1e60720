"""Events, under the date and place at which the editors file them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chronicle.models.location import Location
from chronicle.models.rules import NeverWithinItself
from chronicle.querysets import EventQuerySet
from chronicle.vocabularies import WorkState
from sources.edtf import EDTFField, EDTFRangeField
from sources.models import Agent, Party
from sources.models.columns import curators_note, folded, text_block, text_line
from sources.models.constraints import known_constraint, slug_constraint
from sources.models.record import MergeableRecord, Record
from sources.models.tracking import tracked

if TYPE_CHECKING:
    from chronicle.models.note import DisputeNote


@tracked("EventKindRevision")
class EventKind(Record):
    """A kind of event, in words that either side could use."""

    name = text_line(_("name"), max_length=100, help_text=_("Neutral and short: ceasefire. Public."))
    description = text_block(_("description"), help_text=_("What belongs under it. Public."))

    class Meta:
        verbose_name = _("kind of event")
        verbose_name_plural = _("kinds of event")
        ordering = ["name", "id"]
        constraints = [slug_constraint("event_kind_slug_is_plain")]

    def __str__(self) -> str:
        return self.name


EVENT_NEVER_PART_OF_ITSELF = NeverWithinItself(
    name="event_never_part_of_itself",
    child="id",
    parent="parent_id",
    message="Part of: this would make the event a part of itself; choose a larger one",
)


@tracked("EventRevision", exclude=["title_folded", "words"])
class Event(MergeableRecord):
    """Something that happened, or is said to have happened.

    Its date and place are the editors' filing and no party to a dispute. What readers see of it is changed by the
    verbs of publication alone; an event that has an edition cannot be deleted.
    """

    title = text_line(
        _("title"),
        max_length=200,
        help_text=_(
            "Neutral; no day, number or doer that a document disputes: First ceasefire of October 2020. Public."
        ),
    )
    title_folded = folded("title")
    kind = models.ForeignKey(EventKind, on_delete=models.PROTECT, related_name="events", verbose_name=_("kind"))
    date_edtf = EDTFField(
        verbose_name=_("filed under"),
        range_field="date_range",
        blank=True,
        help_text=_(
            "EDTF date under which the editors file it: 2020-10-10, 2020-09-27/2020-11-10 (lasted), "
            "[2020-10-09..2020-10-10] (one day of these), 1822~ (about). Public."
        ),
    )
    date_range = EDTFRangeField(null=True, editable=False)
    reading_note = text_block(
        _("reason for the filing"), help_text=_("Why the editors file it under this date and place. Public.")
    )
    summary = text_block(_("summary"), help_text=_("Only what no document here disputes, in neutral words. Public."))
    words = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("summary", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("The larger event it belongs to. Public once that event is."),
    )
    companion = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="companions",
        verbose_name=_("companion"),
        help_text=_("The same thing on the other side, such as the other side's losses. Public once that event is."),
    )
    parties_concerned = models.ManyToManyField(
        Party, through="EventParty", related_name="events", verbose_name=_("parties concerned")
    )
    locations = models.ManyToManyField(
        Location, through="EventLocation", related_name="events", verbose_name=_("locations")
    )
    participants = models.ManyToManyField(
        Agent, through="Participation", related_name="events", verbose_name=_("participants")
    )
    state = models.CharField(
        _("state of work"),
        max_length=10,
        choices=WorkState,
        default=WorkState.DRAFT,
        help_text=_("How far the curators are. Private: publishing is an action of its own."),
    )
    curators_note = curators_note()

    objects = EventQuerySet.as_manager()  # type: ignore[misc]  # the stubs see a variable of the class and of the instance

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        indexes = [
            GinIndex(name="event_title_trigrams", fields=["title_folded"], opclasses=["functions.gin_trgm_ops"]),
            GinIndex(name="event_by_words", fields=["words"]),
            GistIndex(name="event_by_period", fields=["date_range"]),
            models.Index(name="event_by_folded_title", fields=["title_folded", "id"]),
            models.Index(name="event_undated", fields=["id"], condition=Q(date_edtf="")),
            models.Index(name="event_in_work", fields=["state", "id"], condition=~Q(state=WorkState.READY)),
            models.Index(
                models.Func("date_range", function="lower", output_field=models.DateField()),
                "id",
                name="event_by_first_day",
            ),
        ]
        constraints = [
            slug_constraint("event_slug_is_plain"),
            models.CheckConstraint(
                name="event_has_title",
                condition=~Q(title=""),
                violation_error_code="title",
                violation_error_message=_("Title: an event has one, such as First ceasefire of October 2020."),
            ),
            known_constraint(
                "event_state_is_known", "state", WorkState, told=_("State of work: draft, in review or ready.")
            ),
            models.CheckConstraint(
                name="event_companion_is_another",
                condition=Q(companion__isnull=True) | ~Q(companion=models.F("id")),
                violation_error_code="companion",
                violation_error_message=_("Companion: an event is not its own companion; choose another one."),
            ),
            models.CheckConstraint(
                name="event_date_has_range",
                condition=Q(date_edtf="", date_range__isnull=True) | (~Q(date_edtf="") & Q(date_range__isnull=False)),
                violation_error_code="date_edtf",
                violation_error_message=_("Filed under: write a date in EDTF, such as 2020-10-10."),
            ),
        ]
        triggers = [
            EVENT_NEVER_PART_OF_ITSELF,
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its public page."""
        return reverse("event", args=[self.slug])

    def note_on(self, aspect: str) -> DisputeNote | None:
        """Return what the editors say of the disputes on an aspect, or None."""
        return next((note for note in self.dispute_notes.all() if note.aspect == aspect), None)

    def clean(self) -> None:
        """Refuse a ring of events beforehand; the trigger refuses it in any case."""
        if EVENT_NEVER_PART_OF_ITSELF.is_broken_by(self):
            raise ValidationError({"parent": EVENT_NEVER_PART_OF_ITSELF.message})
