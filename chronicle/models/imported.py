"""Imports: which files were taken into the desk, by whom, and whether that was undone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sources.models.record import Row
from sources.models.tracking import tracked


@tracked("ImportRevision")
class Import(Row):
    """An import that was written. Made by `chronicle.imports` alone, with what it wrote; private to the desk.

    `context` is the number under which the history has every row that it wrote, by which it is undone.
    """

    context = models.UUIDField(_("number in the history"), unique=True)
    files = models.TextField(_("files"), help_text=_("The names of the files that were read. Private."))
    created = models.PositiveIntegerField(_("new rows"))
    changed = models.PositiveIntegerField(_("changed rows"))
    unchanged = models.PositiveIntegerField(_("unchanged rows"))
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("imported by")
    )
    made_at = models.DateTimeField(_("imported at"), db_default=Now())
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]
        default_permissions = ["view", "add"]
        permissions = [("undo_import", _("Can undo imports"))]
        constraints = [
            models.CheckConstraint(
                name="import_undone_by_has_time",
                condition=Q(undone_by__isnull=True) | Q(undone_at__isnull=False),
                violation_error_code="undone_at",
                violation_error_message=_("Undone at: whoever undid an import did so at a time."),
            ),
        ]

    def __str__(self) -> str:
        return self.files
