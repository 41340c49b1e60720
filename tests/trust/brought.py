"""Payloads in all that a file brings along: cells, headings, sheets, keys and its own name, through the desk's page.

What is refused names its column; what is accepted stands at the desk as the file had it. All of it is taken back.
"""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client

from chronicle.exports.archives import Archive
from chronicle.exports.workbooks import Sheet, workbook
from chronicle.imports.cells import widgets
from chronicle.imports.tables import DEPOSITED, fillable, importable
from tests.trust.canaries import public_ones
from tests.trust.drills import Drill, Seen
from tests.trust.exported import formulas
from tests.trust.inputs import at_the_desk, unescaped
from tests.trust.markup import Page
from tests.trust.payloads import NEVER_STORED, PAYLOADS

ADDRESS = "/admin/chronicle/import/add/"
MOMENT = datetime(2026, 5, 31, tzinfo=UTC)
TRIES = 8
"""How often a file is sent again without what was refused of it."""
FEW, THIN = 10, 9
"""In a few rounds one table in nine is imported, in others each."""
WRITTEN = 302

Cells = dict[str, str]


def as_csv(_title: str, row: Cells) -> bytes:
    """A row as any program writes it, without an apostrophe before formulas."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([list(row), list(row.values())])
    return out.getvalue().encode()


def as_workbook(title: str, row: Cells) -> bytes:
    """The same in a sheet of this title."""
    return b"".join(workbook([Sheet(title, list(row), [list(row.values())])], Archive(MOMENT)))


def as_json(title: str, row: Cells) -> bytes:
    """The same under this key."""
    return json.dumps({title: [row]}).encode()


MADE: dict[str, Callable[[str, Cells], bytes]] = {"csv": as_csv, "xlsx": as_workbook, "json": as_json}
CARELESS: dict[str, Callable[[str], bytes]] = {
    "x.bib": lambda text: f"@book{{zq,\n title = {{{text}}},\n author = {{{text}}},\n note = {{{text}}}\n}}".encode(),
    "x.ris": lambda text: f"TY  - BOOK\nTI  - {text}\nAU  - {text}\nN1  - {text}\nER  - \n".encode(),
    "x.json": lambda text: json.dumps(
        [{"id": text, "type": "book", "title": text, "author": [{"literal": text}]}]
    ).encode(),
    "x.geojson": lambda text: json.dumps({"type": "FeatureCollection", "features": [feature(text)]}).encode(),
    "locations.tsv": lambda text: (
        f"id\ttitle\ttitle_source\tfclasses\tstart\n{text}\t{text}\t{text}\t{text}\t{text}\n".encode()
    ),
}
"""Bibliographies and gazetteers into which somebody pasted a text as it was."""


def feature(text: str) -> dict[str, Any]:
    """A place of which everything is called so."""
    named = {"toponym": text, "lang": text, "citations": [{"label": text, "@id": text}]}
    return {
        "@id": text,
        "type": "Feature",
        "properties": {"title": text, "ccodes": [text]},
        "names": [named],
        "types": [{"label": text}],
        "links": [{"type": "closeMatch", "identifier": text}],
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }


def attack(rounds: int) -> Seen:
    """In each round every column of every kind of record gets another of the payloads, in another format."""
    seen, kept, refused = Seen(rounds=rounds), 0, 0
    public_ones()
    desk = at_the_desk()
    kinds = [(name, model) for name, model in importable().items() if model not in DEPOSITED]
    columns = sum(len(texts_of(model)) for _name, model in kinds)
    for turn in range(rounds):
        thin = 1 if rounds > FEW else THIN
        for place, (name, model) in islice(enumerate(kinds), turn % thin, None, thin):
            payloads = {
                column: PAYLOADS[(place + turn + number) % len(PAYLOADS)]
                for number, column in enumerate(texts_of(model))
            }
            with transaction.atomic():
                left = brought(desk, name, list(MADE)[(place + turn) % len(MADE)], payloads, seen)
                kept, refused = kept + len(left), refused + len(payloads) - len(left)
                transaction.set_rollback(True)
        seen.found += beside_the_cells(desk, PAYLOADS[turn % len(PAYLOADS)])
    seen.figures = {
        "payloads": len(PAYLOADS),
        "kinds": len(kinds),
        "columns": columns,
        "kept": kept,
        "refused": refused,
    }
    return seen


def texts_of(model: type[models.Model]) -> list[str]:
    """The columns of a table that a file fills with text."""
    return [
        column.name
        for column in fillable(model)
        if isinstance(column, models.CharField | models.TextField | models.JSONField) and not column.choices
    ]


def brought(desk: Client, name: str, form: str, payloads: Cells, seen: Seen) -> Cells:
    """Import a row with payloads, and again without those that are refused; return what is at the desk then."""
    model, left = importable()[name], dict(payloads)
    row = model._default_manager.order_by("pk").first()
    cells = (
        {column: widget.render(getattr(row, column), row) for column, widget in widgets(model).items()} if row else {}
    )
    for _ in range(TRIES):
        content = MADE[form](name, cells | left)
        page = sent(desk, f"{name}.{form}", content, seen)
        if page is None or "report" not in (page.context or {}):
            return {}
        wrong = faults(page)
        if not wrong:
            return written(desk, page, model, left, seen)
        seen.found += [
            f"{name}.{form} is refused without words" for _column, words in wrong.items() if not words.strip()
        ]
        seen.found += [f"the report: {each}" for each in formulas(name, reported(desk, page))]
        if not wrong.keys() & left.keys():
            return {}
        left = {column: text for column, text in left.items() if column not in wrong}
    return {}


def sent(desk: Client, name: str, content: bytes, seen: Seen) -> Any:
    """Send a file to be looked at; nothing where that fails."""
    response = desk.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})
    if response.status_code >= 500:
        seen.found.append(f"{name!r} fails: {response.status_code} for {content[:300]!r}")
        return None
    seen.found += [f"the preview of {name!r} has {each}" for each in dict.fromkeys(Page(response.text).wrong)]
    return response


def faults(page: Any) -> Cells:
    """What is refused: the words by the columns that they are about, whole rows under nothing."""
    report = page.context["report"]
    told = [fault for outcome in report.refusals for fault in outcome.faults]
    told += [fault for _table, fault in report.faults]
    if told or page.status_code == 200:
        return {fault.column: fault.words for fault in told}
    return {"": " ".join(str(each) for each in page.context["form"].non_field_errors())}


def reported(desk: Client, page: Any) -> bytes:
    """The report of a file, to be handed back to whoever made it."""
    response = desk.post(ADDRESS, {"token": page.context["waiting"].token, "_report": "yes"})
    return bytes(response.content)


def written(desk: Client, page: Any, model: Any, payloads: Cells, seen: Seen) -> Cells:
    """Confirm a preview, and compare what stands at the desk with what the file had."""
    shown = {"token": page.context["waiting"].token, "seal": page.context["report"].seal, "_import": "yes"}
    answer = desk.post(ADDRESS, shown)
    if answer.status_code != WRITTEN:
        seen.found.append(f"{model.__name__} as shown is answered with {answer.status_code}")
        return {}
    seen.found += [f"after the import: {each}" for each in Page(desk.get(answer.headers["Location"]).text).wrong]
    for column, text in payloads.items():
        expected = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if expected and not model._default_manager.filter(**{column: expected}).exists():
            seen.found.append(f"{model.__name__} has no {column} {expected!r} after its import")
    return payloads


def beside_the_cells(desk: Client, payload: str) -> list[str]:
    """A payload as a heading, as the title of a sheet, as a key, as the name of a file, and in files without care."""
    seen = Seen()
    row = {"slug": "zq", payload: payload, "title": payload}
    for form, make in MADE.items():
        sent(desk, f"event.{form}", make("event", row), seen)
        sent(desk, f"x.{form}", make(payload, row), seen)
        sent(desk, f"{payload}.{form}", make("event", row), seen)
        sent(desk, f"event.{form}", make("event", {"slug": "zq", "title": NEVER_STORED[1]}), seen)
    for name, careless in CARELESS.items():
        sent(desk, name, careless(payload), seen)
    return seen.found


DRILL = Drill("imports", attack, unescaped, promised=len(PAYLOADS), few=1, enough=1)
