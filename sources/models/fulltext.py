"""Files that were deposited with a document, and the text that was read out of them, page by page."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.columns import language_field, text_block, text_line
from sources.models.constraints import known_constraint, language_constraint
from sources.models.document import Document
from sources.models.record import PartManager, Row
from sources.models.tracking import tracked
from sources.validators import validate_plain_text, validate_url
from sources.vocabularies import FileKind

CHECKSUM = r"^[0-9a-f]{64}$"

NEVER_CHANGES = """
    RAISE EXCEPTION '{subject}: what was deposited stays as it is; deposit the other one beside it'
        USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
"""


def never_changes(name: str, subject: str, *columns: str) -> pgtrigger.Trigger:
    """Return the trigger that keeps these columns as they were first written."""
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf(*columns),
        condition=pgtrigger.Condition(changed),
        func=NEVER_CHANGES.format(subject=subject, name=name),
    )


HIDDEN_BY_VERB = """
    IF current_user <> pg_catalog.pg_get_userbyid((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)) THEN
        RAISE EXCEPTION 'Readers: use the action "hide"; it changes what readers see at once'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
"""


def hidden_by_verb(name: str, column: str) -> pgtrigger.Trigger:
    """Return the trigger that lets the owner's verb alone take away what readers were given."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf(column),
        condition=pgtrigger.Condition(f'OLD."{column}" AND NOT NEW."{column}"'),
        func=HIDDEN_BY_VERB.format(name=name),
    )


def checksum_field(label: Any, **options: Any) -> models.CharField:
    """Return a column for a SHA-256 checksum (FIPS 180-4) in hexadecimal."""
    return models.CharField(label, max_length=64, editable=False, validators=[validate_plain_text], **options)


def of_document(rows: str) -> models.ForeignKey:
    """Return the column for the document; one that has files or texts is not deleted."""
    return models.ForeignKey(
        Document, on_delete=models.PROTECT, db_index=False, related_name=rows, verbose_name=_("document")
    )


def made_by(label: Any) -> models.ForeignKey:
    """Return the private column for the curator who did it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=label,
        help_text=_("Private."),
    )


@tracked("DocumentFileRevision")
class DocumentFile(Row):
    """A file as it was deposited: kept unchanged, under its checksum, and never shown to readers itself.

    Readers may be given its copy, which has nothing in it but what can be seen or heard. `sources.fulltexts.storing`
    writes both; the database refuses to change what a row says of the file.
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
        ]
        triggers = [
            never_changes("file_never_changes", "File", "document_id", "sha256", "size", "media_type", "deposited_at"),
            hidden_by_verb("file_is_hidden_by_verb", "is_given"),
        ]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

    def natural_key(self) -> tuple[str, ...]:
        """Return the document's slug and the checksum."""
        return (*self.document.natural_key(), self.sha256)

    natural_key.dependencies = ["sources.document"]  # type: ignore[attr-defined]


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

    natural_key.dependencies = ["sources.document"]  # type: ignore[attr-defined]

    @property
    def is_scan(self) -> bool:
        """Whether no page of it has a text."""
        return self.empty_pages == self.page_count


ONLY_PAGES_OF_ITS_TEXT = """
    IF NEW.number > (SELECT page_count FROM desk.sources_documenttext WHERE id = NEW.text_id) THEN
        RAISE EXCEPTION 'Page: its text has no page with this number'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'page_is_of_its_text';
    END IF;
    NEW.sha256 := pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(NEW.content, 'UTF8')), 'hex');
    RETURN NEW;
"""


class DocumentPage(models.Model):
    """A page of a text: written once with it, by `sources.fulltexts.storing`; no login of the site may change it."""

    text = models.ForeignKey(
        DocumentText, on_delete=models.PROTECT, db_index=False, related_name="pages", verbose_name=_("text")
    )
    number = models.PositiveIntegerField(_("number"), help_text=_("Counts the pages of the file, from 1. Public."))
    label = text_line(
        _("printed number"), max_length=40, blank=True, help_text=_("As the page itself has it: xii, 214. Public.")
    )
    start = models.PositiveIntegerField(
        _("start"), help_text=_("Code points of the text before its first one, the line feeds included. Public.")
    )
    content = models.TextField(_("content"), blank=True, help_text=_("In Unicode's form NFC. Public."))
    sha256 = checksum_field(_("checksum"), help_text=_("SHA-256 of the content in UTF-8, by the database. Public."))

    class Meta:
        verbose_name = _("page of a text")
        verbose_name_plural = _("pages of texts")
        ordering = ["text_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="page_is_numbered_once"),
            models.CheckConstraint(name="page_is_numbered_from_one", condition=Q(number__gt=0)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="page_is_of_its_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ONLY_PAGES_OF_ITS_TEXT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}, page {self.printed}"

    @property
    def printed(self) -> str:
        """The number that stands on the page; without one, its place in the file."""
        return self.label or str(self.number)

    @property
    def end(self) -> int:
        """Where in the text it ends, in code points."""
        return self.start + len(self.content)
