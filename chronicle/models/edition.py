"""Editions: what was published, when, signed as, and why."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from chronicle.models.counting import Population, Unit
from chronicle.models.event import Event, EventKind
from chronicle.models.location import Location
from chronicle.models.masthead import Masthead
from chronicle.models.missing import MissingDocument
from chronicle.models.term import Term
from chronicle.querysets import EditionQuerySet
from chronicle.vocabularies import NoteKind
from sources.models import Agent, Document, Party

SUBJECTS = (
    "event",
    "location",
    "document",
    "agent",
    "party",
    "kind",
    "unit",
    "population",
    "masthead",
    "missing",
    "term",
)
"""The columns of which exactly one says of what record an edition is."""

EXACTLY_ONE_SUBJECT = Q(
    models.lookups.Exact(
        models.Func(
            *(F(f"{name}_id") for name in SUBJECTS), function="num_nonnulls", output_field=models.IntegerField()
        ),
        1,
    )
)

CITED_OR_TOMBSTONE = RawSQL(
    """(
    (is_tombstone AND snapshot IS NULL)
    OR (NOT is_tombstone AND event_id IS NULL AND jsonb_typeof(snapshot) = 'object')
    OR (NOT is_tombstone AND jsonb_array_length(snapshot -> 'chronicle_citation') > 0)
    ) IS TRUE""",
    [],
    output_field=models.BooleanField(),
)
"""Nothing uncited is public. IS TRUE, because a missing key gives NULL, and a CHECK lets NULL pass."""


def subject(model: type[models.Model], label: Any) -> models.ForeignKey:
    """Return the column that names the record of this kind; a record that has an edition cannot be deleted.

    It has no index of its own: the unique constraint of its numbers has those rows in which it is not empty.
    """
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="editions",
        verbose_name=label,
    )


class Edition(models.Model):
    """One publication of one record: append-only, written by the verbs of publication alone.

    `snapshot` is the record as it went out: {table: [rows]} of public columns, and what was computed of it. A tombstone
    has none: from then on the record, and all its editions before, are gone for readers, with the day and the reason
    in `note`. Publishing is serial, so ids are a clock: an event went out with the newest edition of each record that
    it refers to among those with a smaller id.
    """

    event = subject(Event, _("event"))
    location = subject(Location, _("location"))
    document = subject(Document, _("document"))
    agent = subject(Agent, _("agent"))
    party = subject(Party, _("party"))
    kind = subject(EventKind, _("kind of event"))
    unit = subject(Unit, _("unit"))
    population = subject(Population, _("population"))
    masthead = subject(Masthead, _("masthead"))
    missing = subject(MissingDocument, _("missing document"))
    term = subject(Term, _("contested term"))
    slug = models.CharField(
        _("slug"), max_length=80, help_text=_("The record's address when it went out; a tombstone keeps it. Public.")
    )
    number = models.PositiveIntegerField(_("number"), help_text=_("Counts the editions of its record, from 1."))
    made_at = models.DateTimeField(_("made at"))
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("editor"),
        help_text=_("Who published it. Private."),
    )
    signed_as = models.CharField(_("signed as"), max_length=200, blank=True, help_text=_("The editorial body. Public."))
    note_kind = models.CharField(_("kind of note"), max_length=12, choices=NoteKind, help_text=_("Public."))
    note = models.TextField(_("note to readers"), blank=True, help_text=_("Why this edition was made. Public."))
    private_reason = models.TextField(
        _("private reason"),
        blank=True,
        db_default="",
        help_text=_("Why it was published now, and so: said to colleagues. Private."),
    )
    shape = models.PositiveSmallIntegerField(_("shape"), help_text=_("Which columns the snapshot has."))
    snapshot = models.JSONField(_("snapshot"), null=True, blank=True)
    is_tombstone = models.BooleanField(_("tombstone"), default=False)
    refers_to = ArrayField(
        models.TextField(),
        verbose_name=_("refers to"),
        default=list,
        help_text=_("The records that its snapshot needs, such as document:12. Private."),
    )
    links = ArrayField(
        models.TextField(),
        verbose_name=_("links"),
        default=list,
        help_text=_("The records that its snapshot points to, public or not, such as event:3. Private."),
    )
    sources_removed = ArrayField(
        models.DateField(),
        verbose_name=_("sources removed"),
        default=list,
        help_text=_("The days on which a withheld source was cut out of it. Public."),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [
            ("publish", _("Can publish and withdraw events, and publish changed references")),
            ("withhold", _("Can withhold and release documents")),
        ]
        indexes = [
            GinIndex(name="edition_by_reference", fields=["refers_to"], gin_pending_list_limit=32_768),
            GinIndex(name="edition_by_link", fields=["links"], condition=~Q(links=[]), fastupdate=False),
            models.Index(name="edition_by_day", fields=["-made_at", "-id"], condition=Q(event__isnull=False)),
            BrinIndex(name="edition_by_time", fields=["made_at"]),
            models.Index(
                name="edition_by_note_kind", fields=["note_kind", "id"], condition=~Q(note_kind=NoteKind.FIRST)
            ),
            models.Index(name="edition_tombstone", fields=["event"], condition=Q(is_tombstone=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="edition_of_event_is_cited",
                condition=CITED_OR_TOMBSTONE,
                violation_error_message=_("Nothing uncited is published: give the event a citation first."),
            ),
            models.CheckConstraint(
                name="edition_is_of_one_record",
                condition=EXACTLY_ONE_SUBJECT,
                violation_error_message=_("An edition is of exactly one record."),
            ),
            models.CheckConstraint(
                name="edition_note_kind_is_known",
                condition=Q(note_kind__in=NoteKind.values),
                violation_error_message=_("Kind of note: choose one of the listed ones, such as correction."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[name, "number"],
                    name=f"edition_of_{name}_is_numbered_once",
                    condition=Q(**{f"{name}__isnull": False}),
                )
                for name in SUBJECTS
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"
