"""RIS: records of two-letter tags, as reference managers and publishers write them (Research Information Systems).

rispy cuts the lines into records. A byte-order mark would cost the first record, so it is read as UTF-8 with or without
one; a file without any record is an error, never an empty success.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import rispy

from sources.interchange.dates import put_date
from sources.interchange.identifiers import put_identifier
from sources.interchange.items import Fate, Item, Maker, Reading, UnreadableError, finish
from sources.vocabularies import DocumentType

TYPES: Final[Mapping[str, DocumentType]] = {
    "JOUR": DocumentType.ARTICLE_JOURNAL,
    "EJOUR": DocumentType.ARTICLE_JOURNAL,
    "MGZN": DocumentType.ARTICLE_MAGAZINE,
    "NEWS": DocumentType.ARTICLE_NEWSPAPER,
    "BOOK": DocumentType.BOOK,
    "EBOOK": DocumentType.BOOK,
    "CHAP": DocumentType.CHAPTER,
    "ECHAP": DocumentType.CHAPTER,
    "ENCYC": DocumentType.ENTRY_ENCYCLOPEDIA,
    "RPRT": DocumentType.REPORT,
    "THES": DocumentType.THESIS,
    "ELEC": DocumentType.WEBPAGE,
    "ICOMM": DocumentType.PERSONAL_COMMUNICATION,
    "PCOMM": DocumentType.PERSONAL_COMMUNICATION,
    "BLOG": DocumentType.POST_WEBLOG,
    "CASE": DocumentType.LEGAL_CASE,
    "BILL": DocumentType.BILL,
    "STAT": DocumentType.LEGISLATION,
    "LEGAL": DocumentType.LEGISLATION,
    "HEAR": DocumentType.HEARING,
    "MAP": DocumentType.MAP,
    "MPCT": DocumentType.MOTION_PICTURE,
    "VIDEO": DocumentType.MOTION_PICTURE,
    "DATA": DocumentType.DATASET,
    "DBASE": DocumentType.DATASET,
    "PAMP": DocumentType.PAMPHLET,
    "MANSCPT": DocumentType.MANUSCRIPT,
    "UNPB": DocumentType.MANUSCRIPT,
    "FIGURE": DocumentType.GRAPHIC,
    "ART": DocumentType.GRAPHIC,
    "GEN": DocumentType.DOCUMENT,
}
"""Types that say just what a type of CSL says."""

NEAREST: Final[Mapping[str, DocumentType]] = {
    "ABST": DocumentType.ARTICLE_JOURNAL,
    "INPR": DocumentType.ARTICLE_JOURNAL,
    "CONF": DocumentType.CHAPTER,
    "CPAPER": DocumentType.CHAPTER,
    "EDBOOK": DocumentType.BOOK,
    "SER": DocumentType.BOOK,
    "GOVDOC": DocumentType.REPORT,
    "STAND": DocumentType.REPORT,
    "SOUND": DocumentType.BROADCAST,
    "DICT": DocumentType.ENTRY_ENCYCLOPEDIA,
}
"""Types that are kept as the nearest one; any other is kept as a document."""

SEVERAL: Final = ("A1", "A2", "A3", "A4", "AU", "ED", "KW", "N1", "UR", "L1", "L2", "L3", "L4", "SN")
"""Tags that may stand in a record more than once."""
TITLES: Final = ("TI", "T1", "CT", "BT")
CONTAINERS: Final = ("T2", "JF", "JO", "JA")
DATES: Final = ("DA", "Y1", "PY")
ROLES: Final[Mapping[str, str]] = {"AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A4": "translator"}
COLUMNS: Final[Mapping[str, str]] = {
    "ST": "title_short",
    "VL": "volume",
    "ET": "edition",
    "CY": "publisher_place",
    "M1": "number",
}
PUBLISHER: Final = "PB"


def read_ris(content: bytes) -> Reading:
    """Return the records of a file; UnreadableError where it has none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"This is no text in UTF-8 ({error.reason}). Save it as UTF-8.") from error
    try:
        records = rispy.loads(text, implementation=_AsWritten)
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableError(f"A record is broken: {error}. Each begins with TY and ends with ER.") from error
    if not records:
        raise UnreadableError("There is no record in it: each begins with TY and ends with ER. Export it as RIS again.")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if re.match(r"\s*TY\s+-", line)]
    lines += [0] * (len(records) - len(lines))
    return Reading(finish(_item(record, line) for record, line in zip(records, lines, strict=False)))


class _AsWritten(rispy.RisParser):
    """Records by their tags, since the meaning of some of them depends on the type."""

    DEFAULT_LIST_TAGS = list(SEVERAL)
    DEFAULT_MAPPING = {tag: tag for tag in rispy.TAG_KEY_MAPPING} | {"UK": "unknown_tag"}
    DEFAULT_DELIMITER_MAPPING: dict[str, str] = {}


def _item(record: dict[str, Any], line: int) -> Item:
    tags = {tag: value for tag, value in record.items() if tag != "unknown_tag"}
    tags |= dict(record.get("unknown_tag", {}))
    item = Item(str(tags.pop("ID", "") or tags.pop("AN", "") or line), line)
    _put_type(item, str(tags.pop("TY", "")))
    item.columns["title"] = _first(item, tags, TITLES)
    if container := _first(item, tags, CONTAINERS):
        item.columns["container_title"] = container
    for tag, role in ROLES.items():
        item.makers += [_maker(role, name) for name in tags.pop(tag, []) if name.strip(" ,")]
    _put_dates(item, tags)
    _put_numbers(item, tags)
    _put_identifiers(item, tags)
    for tag, value in tags.items():
        for each in value if isinstance(value, list) else [value]:
            if str(each).strip() and tag != "ER":
                item.lost(tag, each)
    return item


def _put_type(item: Item, written: str) -> None:
    found = TYPES.get(written)
    item.columns["document_type"] = found or NEAREST.get(written, DocumentType.DOCUMENT)
    if found is None:
        item.remark(Fate.CHANGED, "TY", written, f"it is kept as {item.columns['document_type']}")


def _first(item: Item, tags: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of several tags that say the same; another value of one of the others is told."""
    values = {tag: str(tags.pop(tag)).strip() for tag in names if tags.get(tag)}
    if not values:
        return ""
    chosen, *others = values.items()
    for tag, value in others:
        if value != chosen[1]:
            item.lost(tag, value)
    return chosen[1]


def _maker(role: str, written: str) -> Maker:
    """ "Family, Given, Suffix"; a name without a comma is one of a body, or of somebody with one name."""
    family, _comma, given = written.partition(",")
    return Maker.person(role, family, re.sub(r"\s*,\s*", ", ", given.strip(" ,")))


def _put_dates(item: Item, tags: dict[str, Any]) -> None:
    """The most exact of the dates; one that begins with no other year than it says no more."""
    written = {tag: str(tags.pop(tag)).strip().rstrip("/") for tag in DATES if tags.get(tag)}
    chosen = max(written.values(), key=len, default="")
    put_date(item, "date", chosen)
    for tag, value in written.items():
        if not chosen.startswith(value[:4]):
            item.lost(tag, value)
    accessed = str(tags.pop("Y2", "") or "").strip("/")
    if re.fullmatch(r"\d{4}/\d{1,2}/\d{1,2}", accessed):
        item.columns["accessed_on"] = "-".join(part.zfill(2) for part in accessed.split("/"))
    elif accessed:
        item.lost("Y2", accessed)


def _put_numbers(item: Item, tags: dict[str, Any]) -> None:
    """IS is the issue of a periodical and the number of anything else; SP and EP are the first and the last page."""
    for tag, column in COLUMNS.items():
        if value := str(tags.pop(tag, "") or "").strip():
            item.columns[column] = value
    if issue := str(tags.pop("IS", "") or "").strip():
        is_of_journal = item.columns["document_type"].startswith("article")
        item.columns["issue" if is_of_journal else "number"] = issue
    first, last = (str(tags.pop(tag, "") or "").strip() for tag in ("SP", "EP"))
    if first or last:
        item.columns["pages"] = f"{first}–{last}" if first and last and first != last else first or last
    item.publisher = str(tags.pop(PUBLISHER, "") or "").strip()


def _put_identifiers(item: Item, tags: dict[str, Any]) -> None:
    """SN is the ISBN of a book and the ISSN of a periodical, which has no column."""
    put_identifier(item, "doi", "DO", str(tags.pop("DO", "") or ""))
    put_identifier(item, "language", "LA", str(tags.pop("LA", "") or ""))
    addresses = tags.pop("UR", [])
    for address in addresses[:1]:
        put_identifier(item, "url", "UR", address)
    for address in addresses[1:]:
        item.lost("UR", address)
    for number in tags.pop("SN", []):
        digits = re.sub(r"[^0-9Xx]", "", number)
        if len(digits) in {10, 13} and "isbn" not in item.columns:
            put_identifier(item, "isbn", "SN", number)
        else:
            item.lost("SN", number)
