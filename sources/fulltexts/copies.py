"""Copies for readers: what can be seen, and nothing that says who made the file, when, with what, or where.

- **PDF**: its pages, imported into a new file by PDFium, without annotations; properties, metadata streams, attachments
  and scripts of the document stay behind. What came along with the pages is then looked for in the bytes of the new
  file; if anything is found there, the copy is made of pictures of the pages instead.
- **Pictures**: the pixels, turned as they are to be seen, written anew without EXIF, XMP, IPTC and colour profile.
- **Texts** (plain, HTML, DOCX): the stored text, as plain text.
- **Recordings** have no copy: nothing here can write one anew.
"""

import io
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdfium2 import raw

from sources.fulltexts.formats import READERS, pdf
from sources.fulltexts.limits import Limits
from sources.fulltexts.normalisation import stored
from sources.fulltexts.pages import UnreadableError

TYPE_OF_COPY: Final = {
    "application/pdf": "application/pdf",
    **dict.fromkeys(("image/jpeg", "image/tiff"), "image/jpeg"),
    **dict.fromkeys(("image/png", "image/webp"), "image/png"),
    **dict.fromkeys(set(READERS) - {"application/pdf"}, "text/plain"),
}
"""Of which type the copy of a file is; other types have none."""

TELLING: Final = (
    *(b"/JavaScript", b"/JS", b"/AA", b"/OpenAction", b"/Launch", b"/EmbeddedFile", b"/Filespec", b"/RichMedia"),
    *(b"/Metadata", b"/PieceInfo", b"/LastModified", b"/Author", b"/CreationDate", b"/ModDate", b"/OPI", b"/Thumb"),
    *(b"Exif\0\0", b"http://ns.adobe.com/", b"<x:xmpmeta", b"Photoshop 3.0"),
)
"""What could say something of its maker, or do something, inside a page's own objects and pictures."""

MADE_WHEN: Final = re.compile(rb"/CreationDate ?\(D:[^()]{0,40}\)|/ID ?\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")
"""What PDFium writes of its own: blanked in its length, so that the same file always has the same copy."""

WIDEST: Final = 1_600
"""Of a picture of a page, in pixels: readable, and no more."""


def make(media_type: str, path: Path, target: Path, limits: Limits) -> list[str]:
    """Write the copy to `target`; return in words how it was made, where that is not plain. UnreadableError if not."""
    kind = TYPE_OF_COPY.get(media_type, "")
    if kind == "application/pdf":
        return _copy_pdf(path, target, limits)
    if kind.startswith("image/"):
        return _copy_picture(path, target, kind, limits)
    if kind == "text/plain":
        return _copy_text(media_type, path, target, limits)
    raise UnreadableError("Recordings have no copy without metadata: readers are told that there is one.")


def _copy_text(media_type: str, path: Path, target: Path, limits: Limits) -> list[str]:
    pages = READERS[media_type](path, limits, [])
    target.write_text("\n\f\n".join(stored(page.content) for page in pages) + "\n", encoding="utf-8")
    return []


def _copy_picture(path: Path, target: Path, media_type: str, limits: Limits) -> list[str]:
    Image.MAX_IMAGE_PIXELS = limits.pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(path) as picture:
            seen = ImageOps.exif_transpose(picture)
            pixels = seen.convert(
                "RGB" if media_type == "image/jpeg" or seen.mode not in ("RGBA", "LA", "P") else "RGBA"
            )
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError) as error:
        raise UnreadableError(f"The picture has more than {limits.pixels} pixels: send a smaller one.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnreadableError("The picture is broken and cannot be opened: get it again.") from error
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    bare.save(
        target, format=media_type.removeprefix("image/").upper(), **({"quality": 90} if "jpeg" in media_type else {})
    )
    return []


def _copy_pdf(path: Path, target: Path, limits: Limits) -> list[str]:
    document = pdf.opened(path, limits)
    target.write_bytes(_rewritten(document))
    if not found_in(target.read_bytes()):
        return []
    target.write_bytes(_pictured(document))
    return ["Its pages bring along what may tell of its maker, so readers get pictures of the pages."]


def found_in(content: bytes) -> list[bytes]:
    """Return what of `TELLING` stands in the bytes of a PDF that PDFium wrote, which packs no objects together."""
    return [word for word in TELLING if word in content]


def _rewritten(document: pypdfium2.PdfDocument) -> bytes:
    made = pypdfium2.PdfDocument.new()
    made.import_pages(document)
    for page in _opened(made):
        for index in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
            raw.FPDFPage_RemoveAnnot(page, index)
    return _saved(made)


def _opened(document: pypdfium2.PdfDocument) -> Iterator[pypdfium2.PdfPage]:
    for number in range(len(document)):
        page = document[number]
        yield page
        page.close()


def _pictured(document: pypdfium2.PdfDocument) -> bytes:
    made = pypdfium2.PdfDocument.new()
    for page in _opened(document):
        width, height = page.get_size()
        picture = page.render(scale=min(2.0, WIDEST / max(width, height, 1))).to_pil().convert("RGB")
        packed = io.BytesIO()
        picture.save(packed, format="JPEG", quality=80)
        image = pypdfium2.PdfImage.new(made)
        image.load_jpeg(packed)
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        sheet = made.new_page(width, height)
        sheet.insert_obj(image)
        sheet.gen_content()
        sheet.close()
    return _saved(made)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    packed = io.BytesIO()
    document.save(packed, flags=raw.FPDF_NO_INCREMENTAL)
    return MADE_WHEN.sub(lambda found: b" " * len(found.group()), packed.getvalue())
