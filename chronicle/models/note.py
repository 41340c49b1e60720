"""What the editors say of a dispute, in their own words."""

from datetime import date
from typing import Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from chronicle.models.event import Event
from chronicle.vocabularies import Aspect
from sources.models.columns import parent_of, text_block
from sources.models.constraints import known_constraint
from sources.models.record import PartManager, Row
from sources.models.tracking import tracked

LONGEST_NOTE: Final = 2000
"""Characters: a paragraph or two beside the documents' own values, which it must not outweigh."""
DAYS: Final = (date(1900, 1, 1), date(9999, 12, 31))


@tracked("DisputeNoteRevision")
class DisputeNote(Row):
    """The editors' public note on one aspect of an event: where documents part, and why.

    It explains and decides nothing: disputes are computed. It goes out with its event's edition, signed as that is,
    while a document that readers may see speaks of the aspect.
    """

    event = parent_of(Event, "dispute_notes", _("event"))
    aspect = models.CharField(
        _("aspect"),
        max_length=20,
        choices=Aspect,
        help_text=_("Of which aspect it speaks: readers find it there. Public."),
    )
    text = text_block(
        _("note"),
        help_text=_(
            "Where the documents part and why, in words that either side could print: The one counts those who were "
            "found, the other all who died. It never says who is right. At most 2,000 characters. Public."
        ),
    )
    written_on = models.DateField(
        _("written on"), help_text=_("The day on which these words were settled: 2026-05-31. Public.")
    )

    objects = PartManager("event__slug", "aspect")

    class Meta:
        verbose_name = _("note on a dispute")
        verbose_name_plural = _("notes on disputes")
        ordering = ["aspect", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "aspect"],
                name="dispute_note_is_given_once",
                violation_error_code="aspect",
                violation_error_message=_("Aspect: it has a note already; change that one, or choose another aspect."),
            ),
            known_constraint(
                "dispute_note_aspect_is_known",
                "aspect",
                Aspect,
                told=_("Aspect: choose one of the listed ones, such as killed."),
            ),
            models.CheckConstraint(
                name="dispute_note_says_something",
                condition=Q(text__regex=r"\S"),
                violation_error_code="text",
                violation_error_message=_("Note: say where the documents part, or remove the note."),
            ),
            models.CheckConstraint(
                name="dispute_note_is_short",
                condition=LessThanOrEqual(Length("text"), LONGEST_NOTE),
                violation_error_code="text",
                violation_error_message=_("Note: at most 2,000 characters; what documents say stands in citations."),
            ),
            models.CheckConstraint(
                name="dispute_note_is_dated",
                condition=Q(written_on__range=DAYS),
                violation_error_code="written_on",
                violation_error_message=_("Written on: a day from 1900 on, such as 2026-05-31."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_aspect_display()

    def natural_key(self) -> tuple[str, ...]:
        """Return the event's slug and the aspect."""
        return (*self.event.natural_key(), self.aspect)

    natural_key.dependencies = ["chronicle.event"]  # type: ignore[attr-defined]  # where Django looks
