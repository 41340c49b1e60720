"""The pages of a text."""

from typing import Final

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from sources.models.columns import text_line
from sources.models.fulltext.columns import checksum_field
from sources.models.fulltext.text import DocumentText

INDEXED: Final = 150_000
"""How many characters of a page are looked through for words: what PostgreSQL's tsvector surely holds (1 MB)."""

WORDS: Final = SearchVector(Left("content", INDEXED), config="english")
"""The words of a page, as the index has them."""

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
        indexes = [GinIndex(WORDS, name="page_by_words")]
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
