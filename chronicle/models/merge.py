"""Merges: which record was found to be the same as which, what moved, and what it takes to undo that."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from chronicle.vocabularies import Mergeable
from sources.models.columns import text_block
from sources.models.constraints import known_constraint
from sources.models.record import Row
from sources.models.tracking import tracked


def nothing_done() -> dict[str, Any]:
    """Return what a merge did that did nothing yet, with every part that reading and undoing look for."""
    return {name: {} for name in ("moved", "removed", "emptied", "numbers", "before", "after")}


@tracked("MergeRevision")
class Merge(Row):
    """One record merged into another of its kind. Written by `chronicle.merging` alone; private to the desk.

    `changes` holds what moved, what was taken away, emptied and overwritten, as undoing needs it.
    """

    subject = models.CharField(_("kind of record"), max_length=10, choices=Mergeable)
    merged_number = models.BigIntegerField(_("number of the one merged away"))
    merged_name = models.TextField(_("merged away"))
    kept_number = models.BigIntegerField(_("number of the one that stays"))
    kept_name = models.TextField(_("merged into"))
    was_public = models.BooleanField(
        _("was public"), help_text=_("Whether readers saw the event that was merged away.")
    )
    reason = text_block(_("reason"), help_text=_("Why they are the same. Private."))
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("merged by")
    )
    made_at = models.DateTimeField(_("merged at"), db_default=Now())
    changes = models.JSONField(_("changes"), default=nothing_done)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [("merge", _("Can merge records, and undo that"))]
        indexes = [models.Index(name="merge_by_kept", fields=["subject", "kept_number", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "merged_number"],
                condition=Q(undone_at__isnull=True),
                name="merge_of_a_record_is_into_one",
                violation_error_code="merged_number",
                violation_error_message=_("It is merged into another record already; undo that first."),
            ),
            models.CheckConstraint(
                name="merge_is_of_two_records",
                condition=~Q(merged_number=F("kept_number")),
                violation_error_code="merged_number",
                violation_error_message=_("A record cannot be merged into itself; choose another one."),
            ),
            models.CheckConstraint(
                name="merge_says_what_it_did",
                condition=Q(changes__contains=nothing_done()),
                violation_error_code="changes",
                violation_error_message=_("Changes: what moved, went, was emptied and overwritten, each as an object."),
            ),
            known_constraint(
                "merge_subject_is_known",
                "subject",
                Mergeable,
                told=_("Kind of record: event, location, document or agent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_name} → {self.kept_name}"
