"""Purges: what had to go, from where, when, and why; not what it said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chronicle.vocabularies import PurgeKind
from sources.models.columns import text_block
from sources.models.constraints import known_constraint
from sources.models.record import Row


class Purge(Row):
    """What was erased for good, from desk, history, editions and what readers see: words of a field, a
    file, or a whole record.

    Written by the owner's functions alone, for `chronicle.purging` and `chronicle.fulltexts`; the desk reads it. It
    names the row and the record to which the row belonged, which may be gone since. Private: it never leaves the desk.
    """

    kind = models.CharField(_("what went"), max_length=10, choices=PurgeKind, default=PurgeKind.WORDS)
    table_name = models.CharField(_("table"), max_length=63)
    number = models.BigIntegerField(_("number of the row"))
    field = models.CharField(_("field"), max_length=63, blank=True)
    subject = models.CharField(_("kind of record"), max_length=10, blank=True)
    record = models.BigIntegerField(_("number of the record"), null=True)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    copy_sha256 = models.CharField(_("checksum of the copy"), max_length=64, blank=True)
    purged_at = models.DateTimeField(_("purged at"))
    purged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("purged by")
    )
    reason = text_block(_("reason"), help_text=_("Why the words had to go, without repeating them. Private."))

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")
        ordering = ["-id"]
        default_permissions = ["view"]
        indexes = [models.Index(name="purge_by_row", fields=["table_name", "number", "field"])]
        constraints = [
            models.CheckConstraint(
                name="purge_has_reason",
                condition=models.Q(reason__regex=r"\S"),
                violation_error_code="reason",
                violation_error_message=_("Reason: say why; it is all that will tell what became of the words."),
            ),
            known_constraint(
                "purge_kind_is_known", "kind", PurgeKind, told=_("What went: words, a file, or a whole record.")
            ),
            models.CheckConstraint(
                name="purge_names_what_went",
                condition=models.Q(kind=PurgeKind.WORDS, sha256="", copy_sha256="") & ~models.Q(field="")
                | models.Q(kind=PurgeKind.FILE, field="") & ~models.Q(sha256="")
                | models.Q(kind=PurgeKind.RECORD, field="", sha256="", copy_sha256=""),
                violation_error_code="kind",
                violation_error_message=_("What went: words have a field, a file has a checksum, a record neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.number} {self.field}".rstrip()
