"""BibTeX and BibLaTeX: entries as items (BibLaTeX manual 3.20, sections 2.1 to 2.3).

bibtexparser finds the entries and says where it fails; strings, names and LaTeX are read here, field by field, since
decoding a whole entry spoils dates and addresses (`1951-05~` has no space in it, and a `%` in a URL begins no comment).
"""

import re
from collections.abc import Mapping
from typing import Final

import bibtexparser
from bibtexparser.library import Library
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry
from pylatexenc.latex2text import LatexNodes2Text

from sources.interchange.dates import MONTHS, of_parts, put_date
from sources.interchange.identifiers import put_identifier
from sources.interchange.items import Fate, Item, Maker, Reading, Remark, UnreadableError, finish
from sources.vocabularies import DocumentType

TYPES: Final[Mapping[str, DocumentType]] = {
    "article": DocumentType.ARTICLE_JOURNAL,
    "book": DocumentType.BOOK,
    "mvbook": DocumentType.BOOK,
    "booklet": DocumentType.PAMPHLET,
    "inbook": DocumentType.CHAPTER,
    "incollection": DocumentType.CHAPTER,
    "inreference": DocumentType.ENTRY_ENCYCLOPEDIA,
    "report": DocumentType.REPORT,
    "techreport": DocumentType.REPORT,
    "thesis": DocumentType.THESIS,
    "phdthesis": DocumentType.THESIS,
    "mastersthesis": DocumentType.THESIS,
    "misc": DocumentType.DOCUMENT,
    "online": DocumentType.WEBPAGE,
    "electronic": DocumentType.WEBPAGE,
    "www": DocumentType.WEBPAGE,
    "unpublished": DocumentType.MANUSCRIPT,
    "dataset": DocumentType.DATASET,
    "legislation": DocumentType.LEGISLATION,
    "jurisdiction": DocumentType.LEGAL_CASE,
    "letter": DocumentType.PERSONAL_COMMUNICATION,
    "movie": DocumentType.MOTION_PICTURE,
    "video": DocumentType.MOTION_PICTURE,
    "image": DocumentType.GRAPHIC,
    "artwork": DocumentType.GRAPHIC,
}
"""Entry types that say just what a type of CSL says."""

NEAREST: Final[Mapping[str, DocumentType]] = {
    "inproceedings": DocumentType.CHAPTER,
    "conference": DocumentType.CHAPTER,
    "suppbook": DocumentType.CHAPTER,
    "suppcollection": DocumentType.CHAPTER,
    "bookinbook": DocumentType.CHAPTER,
    "suppperiodical": DocumentType.ARTICLE_JOURNAL,
    "review": DocumentType.ARTICLE_JOURNAL,
    "proceedings": DocumentType.BOOK,
    "collection": DocumentType.BOOK,
    "mvcollection": DocumentType.BOOK,
    "mvproceedings": DocumentType.BOOK,
    "reference": DocumentType.BOOK,
    "periodical": DocumentType.BOOK,
    "manual": DocumentType.REPORT,
    "standard": DocumentType.REPORT,
    "audio": DocumentType.BROADCAST,
}
"""Entry types that are kept as the nearest one; any other is kept as a document."""

OF_ARTICLES: Final[Mapping[str, DocumentType]] = {
    "newspaper": DocumentType.ARTICLE_NEWSPAPER,
    "magazine": DocumentType.ARTICLE_MAGAZINE,
}
"""What `entrysubtype` makes of an article."""

ROLES: Final[Mapping[str, str]] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "director": "director",
}
COLUMNS: Final[Mapping[str, str]] = {
    "shorttitle": "title_short",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "copyright": "rights",
}
CONTAINERS: Final = ("journaltitle", "journal", "booktitle", "maintitle")
PUBLISHERS: Final = ("publisher", "institution", "school", "organization")
PLACES: Final = ("location", "address")
LANGUAGES: Final = ("langid", "language")
IDENTIFIERS: Final = {"doi": "doi", "isbn": "isbn", "url": "url"}
INHERITED: Final = (*PUBLISHERS, *PLACES, *LANGUAGES, "editor", "date", "year", "month", "volume", "isbn", "translator")
"""What an entry takes from the one that its `crossref` names, besides the title, where it has none of its own."""
IGNORED: Final = frozenset({"crossref"})
"""Fields that are read and leave nothing to tell."""

_SPACE = re.compile(r"\s+")
_COMMAS = re.compile(r"([\"}])\s*,(?:\s*,)+(?=\s*[\w-]+\s*=)")
"""A comma too many between two fields, which other programs overlook."""
FIRST_PRIVATE: Final = 0xE000
SIGNS: Final = {
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
}
"""Macros of signs that the decoder would take for accents or for its own; letters of private use stand in for them."""
_LATEX = LatexNodes2Text(math_mode="verbatim")


def read_bibtex(content: bytes) -> Reading:
    """Return the entries of a file; UnreadableError where it has none. Entries that break off are remarks."""
    text = _decoded(content)
    library = bibtexparser.parse_string(_COMMAS.sub(r"\1,", text), parse_stack=[])
    _mend(library)
    strings = {name: str(number) for number, name in enumerate(MONTHS, start=1)}
    for string in library.strings:
        strings[string.key.lower()] = value_of(str(string.value), strings)
    entries = {entry.key or str((entry.start_line or 0) + 1): entry for entry in library.entries}
    fields = {key: _fields(entry, strings) for key, entry in entries.items()}
    reading = Reading(finish(_item(key, entry, fields) for key, entry in entries.items()))
    for block in library.failed_blocks:
        reading.remarks.append(_failed(block))
    if not reading.items and not reading.remarks:
        raise UnreadableError("There is no entry in it, such as @book{key, title = {…}}. Export it as BibTeX again.")
    return reading


def _mend(library: Library) -> None:
    """Take up entries that give a field twice: other programs read them too."""
    for block in library.failed_blocks:
        if isinstance(block, DuplicateFieldKeyBlock) and block.ignore_error_block:
            library.replace(block, block.ignore_error_block)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"This is no text in UTF-8 ({error.reason}). Save it as UTF-8.") from error


def _failed(block: object) -> Remark:
    line = int(getattr(block, "start_line", 0) or 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock):
        return Remark(Fate.WRONG, line, "key", block.key, "this key stands in the file twice; change one of the two")
    return Remark(Fate.WRONG, line, "entry", str(getattr(block, "raw", ""))[:80], "it does not end; check its braces")


def _fields(entry: Entry, strings: Mapping[str, str]) -> dict[str, str]:
    """The fields of an entry by their names in small letters, strings resolved and the outer braces taken away.

    Another value of a field that was given before is put under a name of its own, and told as left behind.
    """
    fields: dict[str, str] = {}
    for field in entry.fields:
        name, value = field.key.lower(), value_of(str(field.value), strings)
        if fields.setdefault(name, value) != value:
            fields[f"{name}, given again"] = value
    return fields


def value_of(written: str, strings: Mapping[str, str]) -> str:
    """Return the value of a field: its parts joined by #, each in braces or quotation marks, a number or a string."""
    return "".join(_part(part, strings) for part in _parts(written))


def _parts(written: str) -> list[str]:
    """A value cut at each # that stands in no braces and in no quotation marks."""
    parts, depth, quoted = [""], 0, False
    for letter in written:
        depth += (letter == "{") - (letter == "}")
        if letter == '"' and depth == 0:
            quoted = not quoted
        if letter == "#" and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _part(part: str, strings: Mapping[str, str]) -> str:
    if part[:1] in {"{", '"'} and len(part) > 1:
        return part[1:-1]
    return strings.get(part.lower(), part)


def _item(key: str, entry: Entry, library: Mapping[str, dict[str, str]]) -> Item:
    fields = _with_parent(dict(library[key]), library)
    item = Item(key, (entry.start_line or 0) + 1)
    _put_type(item, entry.entry_type.lower(), fields.pop("entrysubtype", "").lower())
    _put_titles(item, fields)
    for role in ROLES:
        item.makers += [_maker(role, name) for name in _names(fields.pop(role, ""))]
    _put_dates(item, fields)
    _put_places(item, fields)
    _put_numbers(item, fields)
    _take_address(fields)
    for name, column in IDENTIFIERS.items():
        put_identifier(item, column, name, fields.pop(name, "").replace("\\", ""))
    put_identifier(item, "language", "language", _first(item, fields, LANGUAGES))
    for name, value in fields.items():
        if value.strip() and name not in IGNORED:
            item.lost(name, value)
    return item


def _with_parent(fields: dict[str, str], library: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """The fields of an entry with those that it inherits (BibLaTeX manual, appendix B, in short)."""
    parent = library.get(fields.pop("crossref", ""), {})
    own = {*fields}
    for name in INHERITED:
        if name in parent and not own & _alike(name):
            fields[name] = parent[name]
    if parent and not own & {*CONTAINERS}:
        container = parent.get("title") or parent.get("booktitle")
        fields |= {"booktitle": container} if container else {}
    return fields


def _alike(name: str) -> set[str]:
    """The fields of which one is enough."""
    groups = (PUBLISHERS, PLACES, LANGUAGES, ("date", "year", "month"))
    return next(({*group} for group in groups if name in group), {name})


def _put_type(item: Item, written: str, subtype: str) -> None:
    found = TYPES.get(written)
    if written == "article" and subtype in OF_ARTICLES:
        found = OF_ARTICLES[subtype]
    elif subtype:
        item.lost("entrysubtype", subtype)
    item.columns["document_type"] = found or NEAREST.get(written, DocumentType.DOCUMENT)
    if found is None:
        item.remark(Fate.CHANGED, "entry type", written, f"it is kept as {item.columns['document_type']}")


def _put_titles(item: Item, fields: dict[str, str]) -> None:
    title, subtitle = plain(fields.pop("title", "")), plain(fields.pop("subtitle", ""))
    item.columns["title"] = f"{title}: {subtitle}" if title and subtitle else title
    container = _first(item, fields, CONTAINERS)
    if container and container != item.columns["title"]:
        item.columns["container_title"] = container
    for name, column in COLUMNS.items():
        if value := plain(fields.pop(name, "")):
            item.columns[column] = value


def _first(item: Item, fields: dict[str, str], names: tuple[str, ...]) -> str:
    """The first of several fields that say the same; another value of one of the others is told."""
    values = {name: value for name in names if (value := plain(fields.pop(name, "")))}
    if not values:
        return ""
    chosen, *others = values.items()
    for name, value in others:
        if value != chosen[1]:
            item.lost(name, value)
    return chosen[1]


def _put_dates(item: Item, fields: dict[str, str]) -> None:
    written = fields.pop("date", "").strip()
    year, month, day = (plain(fields.pop(name, "")) for name in ("year", "month", "day"))
    put_date(item, "date" if written else "year", written or of_parts([year, month, day]))
    put_date(item, "origdate", fields.pop("origdate", ""), column="original_edtf")
    accessed = fields.pop("urldate", "").strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", accessed):
        item.columns["accessed_on"] = accessed
    elif accessed:
        item.lost("urldate", accessed)


def _put_places(item: Item, fields: dict[str, str]) -> None:
    item.publisher = _first(item, fields, PUBLISHERS)
    if place := _first(item, fields, PLACES):
        item.columns["publisher_place"] = place


def _put_numbers(item: Item, fields: dict[str, str]) -> None:
    """The number is the issue of a journal, and the number of anything else (BibLaTeX manual, section 2.3.9)."""
    if pages := plain(fields.pop("pages", "")):
        item.columns["pages"] = re.sub(r"\s*(?:--?|[–—])\s*", "–", pages)
    number = plain(fields.pop("number", ""))
    if number:
        is_of_journal = item.columns["document_type"].startswith("article") and "issue" not in item.columns
        item.columns["issue" if is_of_journal else "number"] = number


def _take_address(fields: dict[str, str]) -> None:
    """Plain BibTeX has no field for an address: it stands in howpublished."""
    found = re.search(r"https?://[^\s{}]+", fields.get("howpublished", ""))
    if found and "url" not in fields:
        fields["url"] = found[0]
        del fields["howpublished"]


def _names(written: str) -> list[str]:
    names = split_multiple_persons_names(_SPACE.sub(" ", written.strip())) if written.strip() else []
    return [name for name in names if name.strip()]


def _maker(role: str, written: str) -> Maker:
    """A name in braces is a body; any other has a family name, with its particle, and a given one."""
    if re.fullmatch(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", written):
        return Maker(role, plain(written))
    parts = parse_single_name_into_parts(written, strict=False)
    family = " ".join([*parts.von, *parts.last])
    given = ", ".join(part for part in (" ".join(parts.first), " ".join(parts.jr)) if part)
    return Maker.person(role, plain(family), plain(given))


def plain(written: str) -> str:
    """Return LaTeX as plain text in one line: accents and dashes as letters, braces away, formulas as they are.

    What breaks the decoder stays as it is written, without its braces: a curator sees it in the preview.
    """
    if not re.search(r"[\\{}~$]|--|``|''", written):
        return _SPACE.sub(" ", written).strip()
    for number, macro in enumerate(SIGNS):
        written = written.replace(macro, chr(FIRST_PRIVATE + number))
    try:
        text = _LATEX.latex_to_text(re.sub(r"(?<!\\)%", r"\\%", written))
    except (IndexError, ValueError, AttributeError, RecursionError):
        text = re.sub(r"[{}]", "", written)
    for number, sign in enumerate(SIGNS.values()):
        text = text.replace(chr(FIRST_PRIVATE + number), sign)
    return _SPACE.sub(" ", text.replace("\N{NO-BREAK SPACE}", " ")).strip()
