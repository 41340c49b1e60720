"""Columns that files, texts and pages have alike."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.document import Document
from sources.validators import validate_plain_text

CHECKSUM = r"^[0-9a-f]{64}$"


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
