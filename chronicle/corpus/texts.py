"""The texts of a corpus: files that lie in its folder, named in `texts.toml`, attached to documents and shown."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from chronicle.corpus.entries import CorpusError
from chronicle.corpus.loading import told_of
from chronicle.fulltexts import attach, show
from sources.fulltexts import UnreadableError, extract
from sources.fulltexts.storing import Description, Sent, checksum_of
from sources.models import Document, DocumentText

LIST = "texts.toml"


@dataclass(frozen=True)
class Listed:
    """A file of the corpus: of which document it is, in which language, and whether readers may read its text."""

    document: Document
    path: Path
    language: str = ""
    is_shown: bool = False


def attach_texts(folder: Path) -> int:
    """Attach the files that `texts.toml` names and the desk has not yet; return how many texts there are more.

    CorpusError says what is wrong. Readers see the texts that they may read with the next edition of their documents.
    """
    with told_of(folder):
        return len([text for one in _listed(folder) if (text := _attached(one))])


def _attached(listed: Listed) -> DocumentText | None:
    if listed.document.files.filter(sha256=checksum_of(listed.path)).exists():
        return None
    try:
        found = extract(listed.path, settings.FILE_LIMITS)
    except UnreadableError as error:
        raise CorpusError(f"{listed.path}: {error}") from error
    described = Description(name=listed.path.name, language=listed.language)
    text = attach(listed.document, Sent(listed.path, found, described)).text
    if text and listed.is_shown:
        show(texts=[text])
    return text


def _listed(folder: Path) -> Iterator[Listed]:
    path = folder / LIST
    if not path.exists():
        return
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("text", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}") from error
    for number, entry in enumerate(entries, start=1):
        try:
            yield _read(folder, **entry)
        except (TypeError, ValueError, Document.DoesNotExist) as error:
            raise CorpusError(f"{path}, text {number}: {error}") from error


def _read(folder: Path, *, document: str, file: str, language: str = "", shown: Any = False) -> Listed:
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ValueError(f"There is no file {file} in the folder.")
    return Listed(Document.objects.get(slug=document), path, language, shown is True)
