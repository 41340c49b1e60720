"""Files made for tests, byte by byte: sound ones, and those that are made to harm."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image

FONT = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def pdf(*pages: str, catalogue: str = "", trailer: str = "", page: str = "", extra: tuple[bytes, ...] = ()) -> bytes:
    """A PDF with a line of text per line; `extra` objects are numbered after the pages'."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
    ]
    for number, text in enumerate(pages):
        box = f"/MediaBox [0 0 300 300] /Resources {FONT} /Contents {4 + 2 * number} 0 R {page}"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} >>".encode())
        lines = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
        objects.append(stream(f"BT /F1 12 Tf 20 250 Td 14 TL {lines} ET".encode()))
    return assembled([*objects, *extra], trailer)


def stream(content: bytes, dictionary: str = "") -> bytes:
    return f"<< /Length {len(content)} {dictionary} >>\nstream\n".encode() + content + b"\nendstream"


def assembled(objects: list[bytes], trailer: str = "") -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    count = len(objects) + 1
    return (
        out
        + f"xref\n0 {count}\n0000000000 65535 f \n".encode()
        + table
        + f"trailer << /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def encrypted_pdf() -> bytes:
    keys = "00" * 32
    handler = f"<< /Filter /Standard /V 1 /R 2 /O <{keys}> /U <{keys}> /P -4 >>"
    return pdf("Secret", trailer=f"/Encrypt {handler} /ID [<{'00' * 16}> <{'00' * 16}>]")


def bursting_pdf(megabytes: int) -> bytes:
    """A page of which the content is packed a thousand to one."""
    content = zlib.compress(b" " * (megabytes * 1024 * 1024), 9)
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Resources {FONT} /Contents 4 0 R >>"
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page.encode(),
            stream(content, "/Filter /FlateDecode"),
        ]
    )


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BREAK = '<w:r><w:br w:type="page"/></w:r><w:r><w:lastRenderedPageBreak/></w:r>'


def docx(*paragraphs: str, notes: str = "", raw: str = "", head: str = "") -> bytes:
    """A DOCX with these paragraphs; a form feed in one is a page break, `raw` is put behind them."""
    runs = (
        f"<w:r><w:t>{escape(text)}</w:t></w:r>".replace("\f", f"</w:t></w:r>{BREAK}<w:r><w:t>") for text in paragraphs
    )
    body = "".join(f"<w:p>{run}</w:p>" for run in runs) + raw
    parts = {"word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"}
    if notes:
        note = f'<w:footnote w:id="1"><w:p><w:r><w:t>{notes}</w:t></w:r></w:p></w:footnote>'
        parts["word/footnotes.xml"] = f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"/>{note}</w:footnotes>'
    return packed(parts)


def packed(parts: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def bursting_docx(megabytes: int) -> bytes:
    return docx("Short", raw=f"<w:p><w:r><w:t>{' ' * (megabytes * 1024 * 1024)}</w:t></w:r></w:p>")


def jpeg(**told: Any) -> bytes:
    """A small picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0132], exif[0x0112] = "Taken from the roof of the school", "2026:05:31 09:30:00", 6
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(out, "JPEG", exif=exif, comment=b"By the night watch", **told)
    return out.getvalue()


def png_of_many_pixels(side: int) -> bytes:
    """A picture of one colour: a few bytes that become side times side pixels."""
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


def written(folder: Path, content: bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
