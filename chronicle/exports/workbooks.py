"""Tables as a workbook (Office Open XML, ECMA-376), made while it is sent: no row of it is held, and no file written.

The libraries for workbooks make a file of every sheet before the first byte leaves; of a million rows no browser waits
for that. What is needed here is little: sheets of inline strings and plain numbers. Every text has the format “text”,
by which a spreadsheet leaves dates in EDTF and numbers with zeros before them alone, also where they are typed anew.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from chronicle.exports.archives import Archive
from chronicle.imports.spreadsheet import LONGEST, safe, spelled

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS: Final = 1_048_576
"""Rows of a sheet, headings included (Excel specifications and limits); further ones stand in another sheet."""

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,10})?")
"""What a spreadsheet keeps to the last digit: it has fifteen of them."""
MOST_DIGITS: Final = 15
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEXT: Final = 1
HEADING: Final = 2
STYLES: Final = (
    f'{_DECLARED}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""How cells look: 0 a number, 1 a text (format 49, “@”), 2 a heading."""


@dataclass(frozen=True)
class Sheet:
    """A table on its way into a workbook; `numeric` are the columns, from 0, whose cells are numbers."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    numeric: frozenset[int] = frozenset()


def workbook(sheets: Iterable[Sheet], archive: Archive, *, most: int = MOST_ROWS) -> Iterator[bytes]:
    """Yield a workbook piece by piece; a sheet that is full, with `most` rows, is continued in “event (2)”."""
    titles: list[str] = []
    for sheet in sheets:
        rows = iter(sheet.rows)
        for part in count(1):
            first = list(islice(rows, 1))
            if part > 1 and not first:
                break
            titles.append(sheet.title if part == 1 else f"{sheet.title} ({part})")
            following = islice(chain(first, rows), most - 1)
            yield from archive.add(f"xl/worksheets/sheet{len(titles)}.xml", _worksheet(sheet, following))
    for path, text in _frame(titles):
        yield from archive.add(path, [text])
    yield from archive.end()


def _worksheet(sheet: Sheet, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The part of a sheet: the headings stay in sight, and every column but those of numbers is of text."""
    last = len(sheet.headings)
    styles = "".join(
        f'<col min="{n}" max="{n}" width="18" style="{0 if n - 1 in sheet.numeric else TEXT}" customWidth="1"/>'
        for n in range(1, last + 1)
    )
    yield (
        f'{_DECLARED}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{styles}</cols><sheetData>"
    )
    names = [_letters(number) for number in range(1, last + 1)]
    yield _row(1, [_text(name, 1, cell, HEADING) for name, cell in zip(names, sheet.headings, strict=True)])
    made = [_number if place in sheet.numeric else _of_text for place in range(last)]
    for number, row in enumerate(rows, start=2):
        cells = [make(name, number, cell) for make, name, cell in zip(made, names, row, strict=True)]
        if not cells[-1]:  # by which readers know how many there are
            cells[-1] = f'<c r="{names[-1]}{number}" s="{TEXT}"/>'
        yield _row(number, cells)
    yield "</sheetData></worksheet>"


def _row(number: int, cells: Iterable[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _of_text(name: str, number: int, cell: str) -> str:
    return _text(name, number, cell, TEXT) if cell else ""


def _number(name: str, number: int, cell: str) -> str:
    """A number as one, where a spreadsheet would keep every digit of it."""
    if _NUMBER.fullmatch(cell) and sum(map(str.isdigit, cell)) <= MOST_DIGITS:
        return f'<c r="{name}{number}"><v>{cell}</v></c>'
    return _of_text(name, number, cell)


def _text(name: str, number: int, cell: str, style: int) -> str:
    """A text; one that is longer than a cell may be is “not available”, which nobody takes for the text."""
    written = spelled(safe(cell))
    if len(written.encode("utf-16-le")) > 2 * LONGEST:
        return f'<c r="{name}{number}" t="e"><v>#N/A</v></c>'
    return f'<c r="{name}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(written)}</t></is></c>'


def _letters(number: int) -> str:
    """The name of a column: A is 1, AA is 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _frame(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts that say which sheets there are; a reader looks them up by the directory at the end of the archive."""
    numbers = range(1, len(titles) + 1)
    sheets = "".join(f'<sheet name={quoteattr(titles[n - 1])} sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    yield (
        "xl/workbook.xml",
        (f'{_DECLARED}<workbook xmlns="{_MAIN}" xmlns:r="{_PARTS}"><sheets>{sheets}</sheets></workbook>'),
    )
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*links, ("styles", "styles", "styles.xml")])
    yield "xl/styles.xml", STYLES
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    form = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = {"workbook": "sheet.main", "styles": "styles", **{f"worksheets/sheet{n}": "worksheet" for n in numbers}}
    parts = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{form}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield "[Content_Types].xml", f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">{relations}{parts}</Types>'


def _relations(links: Iterable[tuple[str, str, str]]) -> str:
    found = "".join(f'<Relationship Id="{key}" Type="{_PARTS}/{kind}" Target="{path}"/>' for key, kind, path in links)
    return f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'
