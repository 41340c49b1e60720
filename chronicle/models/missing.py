"""Not in this collection: what should be there, said by the editors."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chronicle.models.event import Event
from chronicle.querysets import MissingDocumentQuerySet
from sources.models import Party
from sources.models.columns import curators_note, folded, text_block, text_line
from sources.models.constraints import slug_constraint
from sources.models.record import PartManager, Record, Row
from sources.models.tracking import tracked


@tracked("MissingDocumentRevision", exclude=["title_folded"])
class MissingDocument(Record):
    """A document, or a kind of documents, that the editors know to be missing. It is published by itself."""

    title = text_line(
        _("what is missing"),
        max_length=300,
        help_text=_("A document or a kind of documents: Lists of the dead by the ministry of health. Public."),
    )
    title_folded = folded("title")
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="missing_documents",
        verbose_name=_("would speak for"),
        help_text=_("The party for which it would speak, if for one. Public."),
    )
    reason = text_block(
        _("reason"), help_text=_("Why it should be here, and why it is not: not published; asked for in May. Public.")
    )
    curators_note = curators_note()

    objects = MissingDocumentQuerySet.as_manager()  # type: ignore[misc]  # the stubs see a variable of class and instance

    class Meta:
        verbose_name = _("missing document")
        verbose_name_plural = _("not in this collection")
        ordering = ["title_folded", "id"]
        constraints = [
            slug_constraint("missing_document_slug_is_plain"),
            models.CheckConstraint(
                name="missing_document_has_title",
                condition=~Q(title=""),
                violation_error_code="title",
                violation_error_message=_("What is missing: say it in a line, such as Reports of the observers."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked("EventMissingDocumentRevision")
class EventMissingDocument(Row):
    """An event on which a missing document would bear."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="event_missing_documents", verbose_name=_("event")
    )
    missing = models.ForeignKey(
        MissingDocument,
        on_delete=models.PROTECT,
        related_name="event_missing_documents",
        verbose_name=_("missing document"),
        help_text=_("Shown on the event's page once the entry itself is published. Public."),
    )

    objects = PartManager("event__slug", "missing__slug")

    class Meta:
        verbose_name = _("document missing here")
        verbose_name_plural = _("documents missing here")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "missing"],
                name="event_missing_document_is_given_once",
                violation_error_code="missing",
                violation_error_message=_("Missing document: it is listed already; choose another one, or remove one."),
            )
        ]

    def __str__(self) -> str:
        return str(self.missing)

    def natural_key(self) -> tuple[str, ...]:
        """Return the slugs of the event and of what is missing."""
        return (*self.event.natural_key(), *self.missing.natural_key())

    natural_key.dependencies = ["chronicle.event", "chronicle.missingdocument"]  # type: ignore[attr-defined]  # where Django looks
