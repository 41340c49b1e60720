"""Who works on what, and what curators say to each other: private to the desk, never part of an edition.

A row names its record by a column of its own for each kind of record. `chronicle.team` has the verbs that write them.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.utils.translation import gettext_lazy as _

from chronicle.models.event import Event
from chronicle.models.location import Location
from chronicle.vocabularies import RemarkKind
from sources.models import Document
from sources.models.constraints import known_constraint
from sources.models.record import Row
from sources.models.tracking import tracked
from sources.validators import validate_plain_text

WORKED_ON = ("event", "document", "location")
"""The columns of which exactly one says of what record a row is."""

LONGEST_REMARK = 4_000
"""How many characters a remark may have: whoever has more to say writes a curators' note."""


def a_record(model: type[models.Model], rows: str, label: Any) -> models.ForeignKey:
    """Return the column that names a record of this kind; the row goes with it. Its index leaves out empty ones."""
    return models.ForeignKey(
        model,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name=rows,
        verbose_name=label,
        help_text=_("What it is about. Private."),
    )


def a_curator(label: Any, **options: Any) -> models.ForeignKey:
    """Return a column that names a curator; accounts are never deleted, since the history names them."""
    options = {"on_delete": models.PROTECT, "related_name": "+", "db_index": False, **options}
    return models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=label, **options)


def of_one_record(name: str) -> models.CheckConstraint:
    """Return the constraint that exactly one of the columns names a record."""
    columns = (F(f"{column}_id") for column in WORKED_ON)
    number = models.Func(*columns, function="num_nonnulls", output_field=models.IntegerField())
    return models.CheckConstraint(
        name=name,
        condition=Q(models.lookups.Exact(number, 1)),
        violation_error_message=_("It is about exactly one record: an event, a document or a location."),
    )


@tracked("AssignmentRevision")
class Assignment(Row):
    """In whose hands a record is: one curator's at a time."""

    event = a_record(Event, "assignments", _("event"))
    document = a_record(Document, "assignments", _("document"))
    location = a_record(Location, "assignments", _("location"))
    curator = a_curator(_("assigned to"), help_text=_("Who works on it. Private."))
    assigned_at = models.DateTimeField(_("assigned at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["id"]
        indexes = [models.Index(name="assignment_by_curator", fields=["curator", "id"])]
        constraints = [
            of_one_record("assignment_is_of_one_record"),
            *(
                models.UniqueConstraint(
                    fields=[column],
                    name=f"assignment_of_{column}_is_to_one",
                    condition=Q(**{f"{column}__isnull": False}),
                    violation_error_code="curator",
                    violation_error_message=_("Assigned to: the record is in somebody's hands; change that one."),
                )
                for column in WORKED_ON
            ),
        ]

    def __str__(self) -> str:
        return str(self.curator)


@tracked("RemarkRevision")
class Remark(Row):
    """What a curator says about a record to the others, in plain text; open until somebody resolves it.

    `kind` tells plain remarks from those that went along with a step of the work: handed in, returned.
    """

    event = a_record(Event, "remarks", _("event"))
    document = a_record(Document, "remarks", _("document"))
    location = a_record(Location, "remarks", _("location"))
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=RemarkKind,
        default=RemarkKind.REMARK,
        help_text=_("What went along with it. Private."),
    )
    words = models.TextField(
        _("words"),
        validators=[validate_plain_text],
        max_length=LONGEST_REMARK,
        help_text=_("Plain text; E147, C1187, D12 and L5 become links, @name tells a curator. Private."),
    )
    revision = models.PositiveBigIntegerField(
        _("revision"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Which state was looked through: how many changes the record had seen. Private."),
    )
    author = a_curator(_("author"), editable=False)
    made_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True, editable=False)
    resolved_by = a_curator(_("resolved by"), null=True, blank=True, editable=False)
    addressees = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Mention", related_name="+", verbose_name=_("addressees")
    )

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["id"]
        indexes = [
            models.Index(name=f"remark_of_{column}", fields=[column, "id"], condition=Q(**{f"{column}__isnull": False}))
            for column in WORKED_ON
        ]
        constraints = [
            of_one_record("remark_is_of_one_record"),
            models.CheckConstraint(
                name="remark_has_words",
                condition=~Q(words="") & Q(models.lookups.LessThanOrEqual(Length("words"), LONGEST_REMARK)),
                violation_error_code="words",
                violation_error_message=_("Words: say something, in 4,000 characters at most."),
            ),
            known_constraint(
                "remark_kind_is_known",
                "kind",
                RemarkKind,
                told=_("Kind: remark, handed in, returned or looked through."),
            ),
            models.CheckConstraint(
                name="remark_of_review_names_its_state",
                condition=Q(kind=RemarkKind.REVIEWED, revision__isnull=False)
                | ~Q(kind=RemarkKind.REVIEWED) & Q(revision__isnull=True),
                violation_error_message=_("Who looked through a record looked at one state of it, and no other does."),
            ),
            models.CheckConstraint(
                name="remark_is_resolved_by_somebody",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                violation_error_message=_("A remark is resolved by somebody, at some time: both are kept, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


@tracked("MentionRevision")
class Mention(Row):
    """A curator whom a remark is for: named in it as @name, or to whom something was returned."""

    remark = models.ForeignKey(
        Remark, on_delete=models.CASCADE, db_index=False, related_name="mentions", verbose_name=_("remark")
    )
    curator = a_curator(_("curator"))

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["id"]
        indexes = [models.Index(name="mention_by_curator", fields=["curator", "-remark"])]
        constraints = [
            models.UniqueConstraint(
                fields=["remark", "curator"],
                name="mention_is_made_once",
                violation_error_message=_("A remark names a curator once."),
            )
        ]

    def __str__(self) -> str:
        return f"@{self.curator}"


@tracked("RestrictionRevision")
class Restriction(Row):
    """A group of curators that may see a document; while it has such rows, nobody else at the desk sees it.

    Written by `chronicle.secrecy.restrict`, which sees to it that nothing of the document is open to readers.
    """

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, db_index=False, related_name="restrictions", verbose_name=_("document")
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+", verbose_name=_("group"))

    class Meta:
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "group"],
                name="restriction_is_given_once",
                violation_error_code="group",
                violation_error_message=_("Group: the document is open to it already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.group)
