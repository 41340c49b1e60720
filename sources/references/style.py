"""One house style for references, after The Chicago Manual of Style, 17th edition, chapter 14."""

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sources.directions import isolated
from sources.edtf import parse, words
from sources.models import Document
from sources.references.csl import Record, csl
from sources.references.names import besides, heading_names, in_reading_order
from sources.references.punctuation import Text, capital, commas, ended, marked, nested, spaced, stopped
from sources.vocabularies import Access, DocumentType

WORKS: Final = {
    *(DocumentType.BOOK, DocumentType.REPORT, DocumentType.PAMPHLET, DocumentType.MAP, DocumentType.MOTION_PICTURE),
    *(DocumentType.DATASET, DocumentType.HEARING),
}
"""Types whose titles stand in italics; all others stand in quotation marks (Chicago 8.163)."""

IN_PERIODICALS: Final = {
    *(DocumentType.ARTICLE, DocumentType.ARTICLE_MAGAZINE, DocumentType.ARTICLE_NEWSPAPER, DocumentType.BROADCAST),
    *(DocumentType.POST, DocumentType.POST_WEBLOG, DocumentType.WEBPAGE),
}
ON_SITES: Final = {
    *(DocumentType.ARTICLE, DocumentType.BROADCAST, DocumentType.POST, DocumentType.POST_WEBLOG, DocumentType.WEBPAGE),
}
LAW: Final = {DocumentType.LEGAL_CASE, DocumentType.LEGISLATION, DocumentType.TREATY, DocumentType.BILL}
IN_BOOKS: Final = {DocumentType.CHAPTER, DocumentType.ENTRY_ENCYCLOPEDIA}
EVIDENT: Final = {
    *(DocumentType.BOOK, DocumentType.REPORT, DocumentType.PAMPHLET, DocumentType.DOCUMENT, DocumentType.WEBPAGE),
    *(DocumentType.LEGISLATION, DocumentType.TREATY, DocumentType.BILL),
}
"""Types that a reference need not name where no periodical or book says what it is."""


def format(document: Document) -> SafeString:  # noqa: A001 -- read as `references.format`
    """Return the reference of a document, as HTML: escaped, titles in italics or quotation marks."""
    return render(csl(document))


def render(record: Record) -> SafeString:
    """Return the reference of a CSL record, as HTML."""
    if record.get("custom", {}).get("access") == Access.DESCRIBED:
        return spaced(ended(record["title"]), _genre_and_date(record))
    names, role = heading_names(record)
    parts = [stopped(names) if names else "", _title(record), *_where(record, role), *_addresses(record)]
    return spaced(*parts)


def _where(record: Record, role: str) -> list[Text]:
    """Where it came out: in a journal, another periodical or a book, or by itself."""
    if record["type"] == DocumentType.ARTICLE_JOURNAL and "container-title" in record:
        return [*besides(record, role), _in_journal(record)]
    if record["type"] in IN_BOOKS and "container-title" in record:
        inside = {name: names for name, names in record.items() if name != "editor"}
        return [*besides(inside, role), _in_book(record, role), stopped(_imprint(record))]
    if record["type"] in IN_PERIODICALS and "container-title" in record:
        return [*besides(record, role), _in_periodical(record)]
    if "container-title" in record:
        return [*besides(record, role), _in_container(record), _by_itself(record)]
    return [*besides(record, role), *(stopped(capital(part)) for part in _numbers(record)), _by_itself(record)]


def _in_journal(record: Record) -> Text:
    """ "*Journal* 10, no. 1 (31 March 2021): 83–106." (Chicago 14.171)."""
    number = commas(record.get("volume", ""), _("no. {}").format(record["issue"]) if "issue" in record else "")
    name = spaced(_container(record), number)
    dated = format_html("{} ({})", name, _issued(record))
    return stopped(format_html("{}: {}", dated, record["page"]) if "page" in record else dated)


def _in_periodical(record: Record) -> Text:
    """ "*The Paper*, 10 October 2020, 3." (Chicago 14.188–14.208); who runs a site is named where its name does not."""
    on_site = record["type"] in ON_SITES and record.get("publisher") != record["container-title"]
    body = isolated(record.get("publisher", "")) if on_site else ""
    dated = commas(_container(record), *_numbers(record), body, _issued(record), record.get("page", ""))
    return stopped(dated)


def _in_container(record: Record) -> Text:
    """ "In *Speeches*, vol. 3, 10–20."; a series, and what holds law, stand without "In" (Chicago 14.123, 14.276)."""
    inside = commas(_container(record), *_numbers(record), record.get("page", ""))
    return stopped(inside if record["type"] in LAW | WORKS else format_html(_("In {book}"), book=inside))


def _in_book(record: Record, role: str) -> Text:
    """ "In *Book*, edited by A, 83–106." (Chicago 14.106)."""
    editors = record.get("editor") if role != "editor" else None
    edited = format_html(_("edited by {names}"), names=in_reading_order(editors)) if editors else ""
    inside = commas(_container(record), *_numbers(record), edited, record.get("page", ""))
    return stopped(format_html(_("In {book}"), book=inside))


def _by_itself(record: Record) -> Text:
    """The imprint, after the kind of thing where nothing else says it."""
    return _genre_and_date(record) if record["type"] not in EVIDENT else stopped(capital(_imprint(record)))


def _genre_and_date(record: Record) -> Text:
    genre = capfirst(str(DocumentType(record["type"]).label))
    return stopped(commas(genre, _imprint(record)))


def _imprint(record: Record) -> Text:
    """ "Baku: Publisher, 2024"; of a reprint "1925; repr., Baku: Publisher, 2003" (Chicago 14.127, 14.114)."""
    place, publisher = (isolated(record.get(name, "")) for name in ("publisher-place", "publisher"))
    made = format_html(_("{place}: {publisher}"), place=place, publisher=publisher) if place and publisher else ""
    house = made or place or publisher
    if house and "original-date" in record:
        parts = {"original": record["original-date"]["literal"], "house": house, "reprinted": _reprinted(record)}
        return format_html(_("{original}; repr., {house}, {reprinted}"), **parts)
    return commas(house, _issued(record))


def _numbers(record: Record) -> list[Text]:
    """What tells it from others of its series: edition, volume, issue, number."""
    edition, volume, issue = (isolated(record.get(name, "")) for name in ("edition", "volume", "issue"))
    return [
        edition if not edition or "ed" in edition else _("{} ed.").format(edition),
        _("vol. {}").format(volume) if volume else "",
        _("no. {}").format(issue) if issue else "",
        isolated(record.get("number", "")),
    ]


def _issued(record: Record) -> str:
    """The date; of a reprint after that of the original: "1925; repr. 2003" (Chicago 14.114)."""
    if "original-date" not in record:
        return _reprinted(record)
    dates = {"original": record["original-date"]["literal"], "reprinted": _reprinted(record)}
    return _("%(original)s; repr. %(reprinted)s") % dates


def _reprinted(record: Record) -> str:
    return str(record["issued"]["literal"]) if "issued" in record else _("n.d.")


def _addresses(record: Record) -> list[Text]:
    """The DOI or else the address, with the day on which it was seen; then the copy that lasts (Chicago 14.6–14.12)."""
    found: list[Text] = []
    if "accessed" in record:
        found.append(_("Accessed {}.").format(words(parse(_iso(record["accessed"]["date-parts"][0])))))
    if "DOI" in record:
        found.append(stopped(_link(f"https://doi.org/{record['DOI']}")))
    elif "URL" in record:
        found.append(stopped(_link(record["URL"])))
    archive = record.get("custom", {}).get("archive-url")
    if archive:
        found.append(format_html(_("Archived at {}."), _link(archive)))
    return found


def _iso(parts: list[int]) -> str:
    year, month, day = parts
    return f"{year:04}-{month:02}-{day:02}"


def _link(address: str) -> Text:
    if not address.startswith(("https://", "http://")):
        return address
    return format_html('<a href="{}">{}</a>', address, address)


def _title(record: Record) -> Text:
    title = record.get("title", "")
    if record["type"] in WORKS:
        return stopped(italic(record, title))
    return quoted(record, ended(nested(title)))


def italic(record: Record, title: str) -> SafeString:
    """The title of a work that stands by itself."""
    return marked("i", title, record.get("language", ""))


def quoted(record: Record, title: str) -> SafeString:
    """The title of a part, or of what never was a book; its end stands inside the quotation marks."""
    return format_html("“{}”", marked("span", title, record.get("language", "")))


def _container(record: Record) -> SafeString:
    return format_html('<i dir="auto">{}</i>', record["container-title"])
