"""Every format in which readers take things along, parsed as its readers parse it, and compared with what was typed.

The truth are the columns of the published side, as the database has them.
"""

import csv
import html
import io
import json
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any
from xml.etree import ElementTree as ET

from django.db import models
from django.test import Client
from openpyxl import load_workbook

from chronicle.exports import public_tables
from chronicle.exports.tables import PublicTable
from chronicle.imports.spreadsheet import DANGEROUS, plain, unspelled
from chronicle.models import Citation, Edition, Event, Location
from sources.interchange import READERS
from sources.models import Document
from tests.trust.markup import Page

ATOM = "{http://www.w3.org/2005/Atom}"
Rows = dict[str, dict[str, str]]
"""Rows of a table by their numbers, as a format has them."""


def unlike_themselves(reader: Client, *, turn: int = 0, thin: int = 1) -> Iterator[str]:
    """What some format gives otherwise than it was typed, or cannot be read at all; of one table in so many."""
    packed = zipfile.ZipFile(io.BytesIO(fetched(reader, "/data/chronicle.zip")))
    json.loads(packed.read("datapackage.json"))
    whole = load_workbook(io.BytesIO(fetched(reader, "/data/chronicle.xlsx")), read_only=True)
    for name, table in islice(public_tables().items(), turn % thin, None, thin):
        yield from of_a_table("CSV", table, of_csv(fetched(reader, f"/data/{name}.csv")))
        yield from of_a_table("CSV of the package", table, of_csv(packed.read(f"data/{name}.csv")))
        yield from of_a_table("JSON", table, of_json(fetched(reader, f"/data/{name}.json")))
        yield from of_a_table("XLSX", table, of_sheet(whole[name]))
        yield from formulas(name, fetched(reader, f"/data/{name}.csv"))
    for look in (of_events, of_quotations, of_places, of_documents, of_the_feed, of_slides, of_drawings, of_pages):
        yield from look(reader)


def fetched(reader: Client, address: str) -> bytes:
    """What is answered, which has to be there."""
    response = reader.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return content


def typed(table: PublicTable) -> Iterator[tuple[int, str, str]]:
    """Every text of a table: the number of the row, the column, and what was typed."""
    names = [
        column.name
        for column in table.columns
        if isinstance(column, models.CharField | models.TextField) and not column.choices
    ]
    for number, *values in table.model._base_manager.using("published").values_list("pk", *names):
        yield from ((number, name, value or "") for name, value in zip(names, values, strict=True))


def of_a_table(form: str, table: PublicTable, rows: Rows) -> Iterator[str]:
    """Cells that are not what was typed."""
    for number, name, text in typed(table):
        given = rows.get(str(number), {}).get(name)
        if given != text:
            yield f"{form} of {table.name} {number} gives {name} {given!r} for {text!r}"


def of_csv(content: bytes) -> Rows:
    """Rows of CSV (RFC 4180), with the apostrophe before formulas taken away."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return {row["id"]: {name: plain(cell) for name, cell in row.items()} for row in reader}


def of_json(content: bytes) -> Rows:
    """Records of JSON."""
    return {str(row["id"]): {name: value or "" for name, value in row.items()} for row in json.loads(content)}


def of_sheet(sheet: Any) -> Rows:
    """Rows of a sheet, as another program reads it."""
    headings, *rows = sheet.iter_rows(values_only=True)
    found = ({str(name): _cell(value) for name, value in zip(headings, row, strict=True)} for row in rows)
    return {row["id"]: row for row in found}


def _cell(value: Any) -> str:
    return plain(unspelled(value)) if isinstance(value, str) else "" if value is None else f"{value:g}"


def formulas(name: str, content: bytes) -> Iterator[str]:
    """Cells that a spreadsheet would run."""
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for cell in row:
            if (
                cell.startswith(DANGEROUS)
                and not cell.startswith("'")
                and not cell.lstrip("-").replace(".", "").isdigit()
            ):
                yield f"CSV of {name} has a cell that runs: {cell!r}"


def differing(form: str, expected: dict[Any, str], given: dict[Any, str]) -> Iterator[str]:
    """Texts that a format gives otherwise than they were typed; it may have others besides."""
    for key, text in expected.items():
        if given.get(key) != text:
            yield f"{form} gives {given.get(key)!r} of {key} for {text!r}"


def columns(model: Any, key: str, name: str) -> dict[Any, str]:
    """A column of the published side, by another one."""
    return dict(model._base_manager.using("published").values_list(key, name))


def of_events(reader: Client) -> Iterator[str]:
    """The list as a table and the interface for programs."""
    titles = columns(Event, "slug", "title")
    rows = csv.DictReader(io.StringIO(fetched(reader, "/events.csv").decode("utf-8-sig"), newline=""))
    yield from differing("the list as CSV", titles, {row["slug"]: plain(row["title"]) for row in rows})
    answer = json.loads(fetched(reader, "/api/events?limit=100"))
    listed = next(value for value in answer.values() if isinstance(value, list))
    yield from differing("the interface", titles, {row["slug"]: row["title"] for row in listed})
    graph = fetched(reader, "/events.jsonld").decode()
    json.loads(graph)
    yield from (f"JSON-LD lacks {title!r}" for title in titles.values() if json_string(title) not in graph)


def json_string(text: str) -> str:
    """A text as JSON has it, with and without escapes for what is not ASCII."""
    return json.dumps(text, ensure_ascii=False)


def of_quotations(reader: Client) -> Iterator[str]:
    """Quotations as Web Annotations."""
    events = columns(Citation, "event__slug", "event__title")
    for slug in events:
        own = Citation._base_manager.using("published").filter(event__slug=slug).exclude(quotation="")
        items = json.loads(fetched(reader, f"/events/{slug}.annotations.json"))["items"]
        given = {each["id"].rsplit("/", 1)[-1]: each["target"]["selector"]["exact"] for each in items}
        yield from differing("an annotation", {str(each.pk): each.quotation for each in own}, given)


def of_places(reader: Client) -> Iterator[str]:
    """Places as GeoJSON, byte for byte; as a table, in which a name is one line."""
    names = columns(Location, "slug", "name")
    features = json.loads(fetched(reader, "/locations.geojson"))["features"]
    given = {each["properties"]["slug"]: each["properties"]["title"] for each in features}
    yield from differing("GeoJSON", names, given)
    lines = fetched(reader, "/locations.lp.tsv").decode("utf-8-sig").rstrip("\n").split("\n")
    headings, *rows = (line.split("\t") for line in lines)
    cells = {row[0]: dict(zip(headings, row, strict=True)) for row in rows}
    in_a_line = {slug: " ".join(name.split()) for slug, name in names.items()}
    yield from differing("LP-TSV", in_a_line, {slug: plain(row["title"]) for slug, row in cells.items()})
    for slug, row in cells.items():
        wrong = [cell for cell in row.values() if cell.startswith(("=", "@", "+"))]
        yield from (f"LP-TSV of {slug} has a cell that runs: {cell!r}" for cell in wrong)


def of_documents(reader: Client) -> Iterator[str]:
    """Titles in the formats of reference managers, as imports read them: blanks are one blank there."""
    titles = Document._base_manager.using("published").values_list("title", flat=True)
    expected = {" ".join(title.split()) for title in titles if title}
    for form, read in READERS.items():
        content = fetched(reader, f"/documents.{'csl.json' if form == 'json' else form}")
        found = {" ".join(str(item.columns.get("title", "")).split()) for item in read(content).items}
        yield from (f"{form} lacks the title {title!r}" for title in sorted(expected - found))


def of_the_feed(reader: Client) -> Iterator[str]:
    """The feed of editions: their titles and notes."""
    feed = ET.fromstring(fetched(reader, "/editions/feed.atom"))
    words = "\n".join(feed.itertext())
    notes = Edition._base_manager.using("published").order_by("-pk").exclude(note="").values_list("note", flat=True)[:5]
    yield from (f"the feed lacks {note!r}" for note in notes if note.strip() not in words)


def of_slides(reader: Client) -> Iterator[str]:
    """The timeline for another program, which takes its headlines for markup."""
    slides = json.loads(fetched(reader, "/events.timeline.json"))["events"]
    given = {each["unique_id"][1:]: html.unescape(each["text"]["headline"]) for each in slides}
    titles = {str(number): title for number, title in columns(Event, "pk", "title").items() if str(number) in given}
    yield from differing("a slide", titles, given)
    for each in slides:
        yield from (f"a slide has {wrong}" for wrong in Page(each["text"]["text"] + each["text"]["headline"]).wrong)


def of_drawings(reader: Client) -> Iterator[str]:
    """Drawings, and what else is XML: it can be read."""
    for address in ("/embed/timeline.svg", "/embed/map.svg", "/sitemap.xml", "/search/description.xml"):
        try:
            ET.fromstring(fetched(reader, address))
        except ET.ParseError as error:
            yield f"{address} is no XML: {error}"


def of_pages(reader: Client) -> Iterator[str]:
    """The pages of events show their titles, and their data within."""
    for slug, title in columns(Event, "slug", "title").items():
        page = Page(fetched(reader, f"/events/{slug}/").decode())
        if title.strip() not in "".join(page.words):
            yield f"the page of {slug} shows its title otherwise: {title!r}"
