"""Depositing a file, and storing what was read out of it: the only writers of files and texts.

Files lie under their checksums, so the same file is kept once and none can take another's place. `originals` hold what
was deposited and are read by the desk alone; `copies` hold what readers may be given.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from sources.fulltexts.copies import TYPE_OF_COPY
from sources.fulltexts.extraction import Extracted, in_child
from sources.fulltexts.limits import Limits
from sources.fulltexts.normalisation import RULE
from sources.fulltexts.pages import UnreadableError
from sources.models import Document, DocumentFile, DocumentPage, DocumentText
from sources.vocabularies import FileKind

BETWEEN_PAGES: Final = "\n"
"""What joins the pages of a text to one: places in it are counted with it."""


@dataclass(frozen=True)
class Description:
    """What a curator says of a file: how it came here, where else it lies, what readers are warned of."""

    name: str = ""
    language: str = ""
    provenance: str = ""
    archive_url: str = ""
    content_warning: str = ""


@dataclass(frozen=True)
class Sent:
    """A file that was sent, where it lies for now, and what was read out of it."""

    path: Path
    found: Extracted
    described: Description = Description()

    @property
    def columns(self) -> dict[str, Any]:
        """What a row says of it."""
        kinds = {"image": FileKind.IMAGE, "audio": FileKind.SOUND, "video": FileKind.FILM}
        return {
            "kind": kinds.get(self.found.media_type.partition("/")[0], FileKind.TEXT),
            "media_type": self.found.media_type,
            "size": self.path.stat().st_size,
            "name": self.described.name,
            "provenance": self.described.provenance,
            "archive_url": self.described.archive_url,
            "content_warning": self.described.content_warning,
        }


@dataclass(frozen=True)
class Deposit:
    """What a deposit made: the file, its text if it has one, and what curators should know."""

    file: DocumentFile
    text: DocumentText | None
    told: tuple[str, ...]


def checksum_of(path: Path) -> str:
    """Return the SHA-256 checksum of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def place_of(checksum: str) -> str:
    """Return under which name a file of this checksum lies in its storage."""
    return f"{checksum[:2]}/{checksum}"


def refuse_purged(checksum: str) -> None:
    """Raise UnreadableError for a file that was purged, from whichever document: it is not kept again."""
    purged = DocumentFile.objects.filter(sha256=checksum, purged_at__isnull=False).order_by("-purged_at").first()
    if purged and purged.purged_at:
        day = purged.purged_at.date().isoformat()
        raise UnreadableError(
            f"This file was purged on {day}: {purged.purge_reason} It is not kept again. Ask the editor who purged it."
        )


def forget(file: DocumentFile, copy_sha256: str) -> None:
    """Delete the bytes of a file that is purged, of its copy, and what waits to be deposited of the same.

    What another document holds of the same bytes, and was not purged, stays.
    """
    kept = DocumentFile.objects.filter(purged_at=None).exclude(pk=file.pk)
    if not kept.filter(sha256=file.sha256).exists():
        storages["originals"].delete(place_of(file.sha256))
        storages["sent"].delete(file.sha256)
    if copy_sha256 and not kept.filter(copy_sha256=copy_sha256).exists():
        storages["copies"].delete(place_of(copy_sha256))


def deposit(document: Document, sent: Sent, *, by: Any = None, limits: Limits | None = None) -> Deposit:
    """Keep a file with a document, and what was read out of it as the newest text of the document.

    The same file may be sent again, to be read by a newer rule: it is kept once, with a text more. Files are written
    before the rows; a file without a row does no harm. `by` is the curator's account.
    """
    checksum = checksum_of(sent.path)
    refuse_purged(checksum)
    _keep(storages["originals"], sent.path, checksum)
    copied, notes = _copy(sent.path, sent.found.media_type, limits or Limits())
    with transaction.atomic():
        Document.objects.select_for_update(no_key=True).get(pk=document.pk)  # texts are numbered one after another
        columns = {**sent.columns, **copied, "deposited_at": timezone.now(), "deposited_by": by}
        file, _ = DocumentFile.objects.get_or_create(document=document, sha256=checksum, defaults=columns)
        text = _store(file, sent, by=by, notes=notes) if sent.found.pages else None
    return Deposit(file, text, (*sent.found.told, *notes))


def original(file: DocumentFile) -> File:
    """Return the file as it was deposited, open for reading."""
    return storages["originals"].open(place_of(file.sha256))


def copy_of(file: DocumentFile) -> File:
    """Return the readers' copy, open for reading."""
    return storages["copies"].open(place_of(file.copy_sha256))


def _keep(storage: Storage, path: Path, checksum: str) -> None:
    if not storage.exists(place_of(checksum)):
        with path.open("rb") as file:
            storage.save(place_of(checksum), File(file))


def _copy(path: Path, media_type: str, limits: Limits) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Make the readers' copy; without one the file is kept all the same, and it is told why there is none."""
    with tempfile.TemporaryDirectory(prefix="chronicle-") as folder:
        target = Path(folder, "copy")
        try:
            notes = in_child("copy", media_type, path, target, limits)
        except UnreadableError as error:
            return {}, (f"There is no copy for readers. {error}",)
        checksum = checksum_of(target)
        _keep(storages["copies"], target, checksum)
        made = {
            "copy_sha256": checksum,
            "copy_media_type": TYPE_OF_COPY[media_type],
            "copy_size": target.stat().st_size,
        }
        return made, tuple(notes)


def _store(file: DocumentFile, sent: Sent, *, by: Any, notes: tuple[str, ...]) -> DocumentText:
    pages = sent.found.pages
    whole = BETWEEN_PAGES.join(page.content for page in pages)
    newest = file.document.texts.order_by("-number").first()
    text = DocumentText.objects.create(
        document=file.document,
        number=newest.number + 1 if newest else 1,
        file=file,
        language=sent.described.language or file.document.language,
        rule=RULE,
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
        length=len(whole),
        page_count=len(pages),
        empty_pages=len(sent.found.empty_pages),
        report="\n".join((*sent.found.told, *notes)),
        read_at=timezone.now(),
        read_by=by,
    )
    DocumentPage.objects.bulk_create(_pages(text, sent.found), batch_size=500)
    return text


def _pages(text: DocumentText, found: Extracted) -> Iterator[DocumentPage]:
    starts = accumulate((len(page.content) + len(BETWEEN_PAGES) for page in found.pages), initial=0)
    for number, (start, page) in enumerate(zip(starts, found.pages, strict=False), start=1):
        yield DocumentPage(text=text, number=number, label=page.label, start=start, content=page.content)
