"""The text of a document, as it was read out of a file."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.columns import language_field, text_block
from sources.models.constraints import language_constraint
from sources.models.fulltext.columns import CHECKSUM, checksum_field, made_by, of_document
from sources.models.fulltext.file import DocumentFile
from sources.models.fulltext.triggers import hidden_by_verb, never_changes
from sources.models.record import PartManager, Row
from sources.models.tracking import tracked


@tracked("DocumentTextRevision")
class DocumentText(Row):
    """What was read out of a file, once: the text of a document, to which quotations are compared.

    It is the pages in their order, joined by one line feed each; places in it are counted in code points from its
    beginning (Web Annotation Data Model, section 4.2.5). It never changes: a better text is another one with the next
    number, and quotations are compared to that of the highest number. `sources.fulltexts.storing` writes it.
    """

    document = of_document("texts")
    number = models.PositiveSmallIntegerField(
        _("number"), editable=False, help_text=_("Counts the texts of the document, from 1. Public.")
    )
    file = models.ForeignKey(
        DocumentFile, on_delete=models.PROTECT, related_name="texts", verbose_name=_("file"), editable=False
    )
    language = language_field(blank=True)
    rule = models.PositiveSmallIntegerField(
        _("rule of normalisation"), editable=False, help_text=_("By which rule it was made. Public.")
    )
    sha256 = checksum_field(_("checksum"), help_text=_("SHA-256 of the text in UTF-8. Public."))
    length = models.PositiveIntegerField(_("length"), editable=False, help_text=_("In code points. Public."))
    page_count = models.PositiveIntegerField(_("pages"), editable=False, help_text=_("Public."))
    empty_pages = models.PositiveIntegerField(
        _("pages without text"), default=0, editable=False, help_text=_("Scans that nobody has read yet. Public.")
    )
    report = text_block(_("report"), editable=False, help_text=_("What happened while it was read. Private."))
    read_at = models.DateTimeField(_("read at"), editable=False, help_text=_("The day is public."))
    read_by = made_by(_("read by"))
    is_visible = models.BooleanField(
        _("readers may read it"),
        default=False,
        editable=False,
        help_text=_("Only where its rights allow it. Changed by the actions “show” and “hide” alone. Public."),
    )

    objects = PartManager("document__slug", "number")

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["document_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="text_is_numbered_once",
                violation_error_code="number",
                violation_error_message=_("Number: another text was stored meanwhile; send the file again."),
            ),
            models.CheckConstraint(
                name="text_has_checksum",
                condition=Q(sha256__regex=CHECKSUM),
                violation_error_code="sha256",
                violation_error_message=_("Checksum: SHA-256, 64 digits from 0 to f."),
            ),
            models.CheckConstraint(
                name="text_pages_are_counted",
                condition=Q(empty_pages__lte=F("page_count")),
                violation_error_code="empty_pages",
                violation_error_message=_("Pages without text: no more than there are pages."),
            ),
            language_constraint("text_language_is_tag", allow_blank=True),
        ]
        triggers = [
            never_changes(
                "text_never_changes",
                "Text",
                *("document_id", "number", "file_id", "sha256", "length", "page_count", "empty_pages", "rule"),
            ),
            hidden_by_verb("text_is_hidden_by_verb", "is_visible"),
        ]

    def __str__(self) -> str:
        return f"{self.document}, text {self.number}"

    def natural_key(self) -> tuple[str | int, ...]:
        """Return the document's slug and the number of the text."""
        return (*self.document.natural_key(), self.number)

    natural_key.dependencies = ["sources.document"]  # type: ignore[attr-defined]  # where Django looks

    @property
    def is_scan(self) -> bool:
        """Whether no page of it has a text."""
        return self.empty_pages == self.page_count
