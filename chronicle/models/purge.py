"""Purges: which words had to go, from where, when, and why; not what they said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.columns import text_block
from sources.models.record import Row


class Purge(Row):
    """A field of a row whose words were erased for good, from desk, history, editions and what readers see.

    Written by `chronicle.purging` alone, by the owner's function; the desk reads it. Private: it never leaves the desk.
    """

    table_name = models.CharField(_("table"), max_length=63)
    number = models.BigIntegerField(_("number of the row"))
    field = models.CharField(_("field"), max_length=63)
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.table_name}.{self.field} {self.number}"
