"""CSL-JSON, the format of Citation Style Language processors, Zotero and Pandoc (CSL 1.0.2, schema `csl-data.json`)."""

import json
from collections.abc import Mapping
from typing import Any, Final

from sources.interchange.dates import of_parts, put_date
from sources.interchange.identifiers import COLUMNS as IDENTIFIERS
from sources.interchange.identifiers import put_identifier
from sources.interchange.items import Fate, Item, Maker, Reading, UnreadableError, finish
from sources.references.csl import CUSTOM, SEASONS, VARIABLES
from sources.vocabularies import ContributionRole, DocumentType

NEAREST: Final = {
    "paper-conference": DocumentType.CHAPTER,
    "entry": DocumentType.ENTRY_ENCYCLOPEDIA,
    "entry-dictionary": DocumentType.ENTRY_ENCYCLOPEDIA,
    "figure": DocumentType.GRAPHIC,
    "review": DocumentType.ARTICLE,
    "review-book": DocumentType.ARTICLE,
    "periodical": DocumentType.BOOK,
    "collection": DocumentType.BOOK,
    "regulation": DocumentType.LEGISLATION,
    "song": DocumentType.BROADCAST,
    "standard": DocumentType.REPORT,
    "software": DocumentType.DOCUMENT,
    "patent": DocumentType.DOCUMENT,
    "event": DocumentType.DOCUMENT,
    "performance": DocumentType.DOCUMENT,
    "musical_score": DocumentType.DOCUMENT,
    "classic": DocumentType.BOOK,
}
"""CSL's other types, and the one here that is nearest."""

OF_COLUMNS: Final = {**VARIABLES, **CUSTOM}
DATES: Final = {"issued": "issued_edtf", "original-date": "original_edtf"}
OWN: Final = frozenset({"id", "type", "issued", "original-date", "accessed", "publisher", "custom", "citation-key"})
"""Variables that are read by themselves."""


def read_csl_json(content: bytes) -> Reading:
    """Return the items of a file; UnreadableError where it is no CSL-JSON."""
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UnreadableError(f"This is no JSON in UTF-8: {error}. Export it as CSL-JSON again.") from error
    records = data.get("items", data) if isinstance(data, dict) else data
    if isinstance(records, dict):
        records = [records]
    if not isinstance(records, list) or not records or not all(isinstance(record, dict) for record in records):
        raise UnreadableError("CSL-JSON is a list of items in square brackets; this has none. Export it again.")
    return Reading(finish(read_record(record, number) for number, record in enumerate(records, start=1)))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def read_record(record: Mapping[str, Any], number: int = 0) -> Item:
    """Return one CSL item; `number` counts the items of a file, since JSON has no lines to speak of."""
    item = Item(str(record.get("citation-key") or record.get("id") or number), number)
    _put_type(item, str(record.get("type", "")))
    custom = record.get("custom") if isinstance(record.get("custom"), dict) else {}
    for variable, column in OF_COLUMNS.items():
        value = record.get(variable, custom.get(variable) if custom else None)
        if value not in (None, ""):
            _put(item, column, variable, str(value))
    item.publisher = str(record.get("publisher") or "")
    for role in ContributionRole.values:
        _put_names(item, role, record.get(role))
    for variable, column in DATES.items():
        _put_date(item, variable, record.get(variable), column)
    _put_accessed(item, record.get("accessed"))
    _tell_others(item, {name: value for name, value in record.items() if name not in OWN})
    _tell_others(item, {name: value for name, value in (custom or {}).items() if name not in CUSTOM})
    return item


def _put_type(item: Item, written: str) -> None:
    if written in DocumentType.values:
        item.columns["document_type"] = written
        return
    nearest = NEAREST.get(written, DocumentType.DOCUMENT)
    item.columns["document_type"] = nearest
    item.remark(Fate.CHANGED, "type", written, f"it is kept as {nearest}")


def _put(item: Item, column: str, variable: str, value: str) -> None:
    if column in IDENTIFIERS:
        put_identifier(item, column, variable, value)
    else:
        item.columns[column] = value.strip()


def _put_names(item: Item, role: str, names: Any) -> None:
    for name in names if isinstance(names, list) else []:
        if not isinstance(name, dict):
            item.wrong(role, name, "a name has its parts: family and given, or literal")
            continue
        item.makers.append(maker(role, name))


def maker(role: str, name: Mapping[str, Any]) -> Maker:
    """Return a CSL name: particles belong to the family, a suffix to the given name."""
    if name.get("literal"):
        return Maker(role, str(name["literal"]).strip())
    parts = [name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family")]
    given = [name.get("given"), name.get("suffix")]
    return Maker.person(role, _joined(parts), ", ".join(str(part) for part in given if part))


def _joined(parts: list[Any]) -> str:
    return " ".join(str(part).strip() for part in parts if part)


def _put_date(item: Item, variable: str, date: Any, column: str) -> None:
    if isinstance(date, str):
        put_date(item, variable, date, column=column)
    elif isinstance(date, dict) and (written := date_of(date)):
        put_date(item, variable, written, column=column)
    elif date:
        item.wrong(variable, date, "it is no date of CSL: date-parts, raw or literal")


def date_of(date: Mapping[str, Any]) -> str:
    """Return a CSL date as a string: as it was written where it has that, else of its parts, with season and circa."""
    if raw := date.get("raw") or date.get("edtf"):
        return str(raw)
    ends = [_end(date, parts) for parts in date.get("date-parts") or [] if isinstance(parts, list)]
    if not any(ends):
        return str(date.get("literal") or "")
    return "/".join(ends)


def _end(date: Mapping[str, Any], parts: list[Any]) -> str:
    seasons = {number: code for code, number in SEASONS.items()}
    season = str(date.get("season") or "")
    if len([part for part in parts if part]) == 1 and season.isdigit() and int(season) in seasons:
        parts = [parts[0], seasons[int(season)]]
    written = of_parts(parts)
    return f"{written}~" if date.get("circa") and written else written


def _put_accessed(item: Item, accessed: Any) -> None:
    if not isinstance(accessed, dict):
        return
    written = date_of(accessed)
    if len(written) == len("2026-05-31"):
        item.columns["accessed_on"] = written
    elif written:
        item.lost("accessed", written)


def _tell_others(item: Item, others: Mapping[str, Any]) -> None:
    known = {*OF_COLUMNS, *ContributionRole.values}
    for name, value in others.items():
        if name not in known and value not in (None, "", [], {}):
            item.lost(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
