"""Files that were deposited with a document."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.columns import text_line
from sources.models.constraints import known_constraint
from sources.models.fulltext.columns import CHECKSUM, checksum_field, made_by, of_document
from sources.models.fulltext.triggers import hidden_by_verb, never_changes, purged_by_verb
from sources.models.record import PartManager, Row
from sources.models.tracking import tracked
from sources.validators import validate_plain_text, validate_url
from sources.vocabularies import FileKind


@tracked("DocumentFileRevision")
class DocumentFile(Row):
    """A file as it was deposited: kept unchanged, under its checksum, and never shown to readers itself.

    Readers may be given its copy, which has nothing in it but what can be seen or heard. `sources.fulltexts.storing`
    writes both; the database refuses to change what a row says of the file. Of a file that must go the row is left: its
    checksum, who purged it, when and why (`chronicle.fulltexts.purge`).
    """

    document = of_document("files")
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind, help_text=_("What it holds. Public."))
    name = text_line(
        _("name of the file"), max_length=200, blank=True, editable=False, help_text=_("As it was sent. Private.")
    )
    media_type = models.CharField(
        _("media type"),
        max_length=100,
        editable=False,
        validators=[validate_plain_text],
        help_text=_("Found by looking into the file: application/pdf. Public."),
    )
    sha256 = checksum_field(_("checksum"), help_text=_("SHA-256 of the file as it was deposited. Public."))
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False, help_text=_("Public."))
    deposited_at = models.DateTimeField(_("deposited at"), editable=False, help_text=_("The day is public."))
    deposited_by = made_by(_("deposited by"))
    provenance = text_line(
        _("provenance"),
        blank=True,
        help_text=_("How it came here: scanned from the copy of the town library in May 2026. Private."),
    )
    archive_url = models.CharField(
        _("archive URL"),
        max_length=2000,
        blank=True,
        validators=[validate_url],
        help_text=_("A lasting copy of the same file elsewhere: https://web.archive.org/… Public."),
    )
    content_warning = text_line(
        _("content warning"),
        max_length=200,
        blank=True,
        help_text=_("What readers are told before they open it: shows injured people. Public."),
    )
    copy_sha256 = checksum_field(_("checksum of the copy"), blank=True, help_text=_("Of the readers' copy. Public."))
    copy_media_type = text_line(_("media type of the copy"), max_length=100, blank=True, editable=False)
    copy_size = models.PositiveBigIntegerField(_("size of the copy"), default=0, editable=False)
    is_given = models.BooleanField(
        _("readers may have the copy"),
        default=False,
        editable=False,
        help_text=_("Only where its rights allow it. Changed by the actions “show” and “hide” alone. Public."),
    )
    purged_at = models.DateTimeField(
        _("purged at"), null=True, editable=False, help_text=_("When its bytes were taken away for good. Private.")
    )
    purged_by = made_by(_("purged by"))
    purge_reason = text_line(
        _("why it was purged"),
        blank=True,
        editable=False,
        help_text=_("Such as: sent by mistake, order of a court of 3 May 2026. Private."),
    )

    objects = PartManager("document__slug", "sha256")

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["document_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "sha256"],
                name="file_is_deposited_once",
                violation_error_code="sha256",
                violation_error_message=_("Checksum: this document has the very same file already; choose another."),
            ),
            known_constraint(
                "file_kind_is_known",
                "kind",
                FileKind,
                told=_("Kind: text, picture or map, sound recording, film or video."),
            ),
            models.CheckConstraint(
                name="file_has_checksum",
                condition=Q(sha256__regex=CHECKSUM) & Q(size__gt=0),
                violation_error_code="sha256",
                violation_error_message=_("Checksum: the file is empty; choose another one."),
            ),
            models.CheckConstraint(
                name="file_copy_is_whole",
                condition=Q(copy_sha256="", copy_media_type="", copy_size=0, is_given=False)
                | (Q(copy_sha256__regex=CHECKSUM, copy_size__gt=0) & ~Q(copy_media_type="")),
                violation_error_code="is_given",
                violation_error_message=_(
                    "Readers may have the copy: there is none; deposit a file that can be copied."
                ),
            ),
            models.CheckConstraint(
                name="file_purge_has_reason",
                condition=Q(purged_at=None, purged_by=None, purge_reason="")
                | (Q(purged_at__isnull=False, copy_sha256="") & ~Q(purge_reason="")),
                violation_error_code="purge_reason",
                violation_error_message=_("Why it was purged: say so in a few words; its copy goes with it."),
            ),
        ]
        triggers = [
            never_changes("file_never_changes", "File", "document_id", "sha256", "size", "media_type", "deposited_at"),
            hidden_by_verb("file_is_hidden_by_verb", "is_given"),
            purged_by_verb("file_is_purged_by_verb", "purged_at", "purged_by_id", "purge_reason"),
        ]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

    def natural_key(self) -> tuple[str, ...]:
        """Return the document's slug and the checksum."""
        return (*self.document.natural_key(), self.sha256)

    natural_key.dependencies = ["sources.document"]  # type: ignore[attr-defined]  # where Django looks
