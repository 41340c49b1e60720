"""Documents as BibLaTeX, RIS and CSL-JSON: each says what it can, and dates stay EDTF where the format knows it."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sources.interchange import bibtex, ris
from sources.models import Agent, Document
from sources.references.csl import csl
from sources.vocabularies import DocumentType

BIBLATEX_TYPES: Final[Mapping[str, str]] = {
    **{document_type: entry for entry, document_type in reversed([*bibtex.TYPES.items()])},
    DocumentType.ARTICLE_NEWSPAPER: "article",
    DocumentType.ARTICLE_MAGAZINE: "article",
    DocumentType.ARTICLE: "article",
}
"""By type of document; any other is a `misc`."""
SUBTYPES: Final[Mapping[str, str]] = {document_type: subtype for subtype, document_type in bibtex.OF_ARTICLES.items()}
RIS_TYPES: Final[Mapping[str, str]] = {
    **{document_type: tag for tag, document_type in reversed([*ris.TYPES.items()])},
    DocumentType.ARTICLE: "JOUR",
    DocumentType.TREATY: "STAT",
    DocumentType.POST: "BLOG",
}
"""By type of document; any other is a `GEN`."""

BIBLATEX_FIELDS: Final[Mapping[str, str]] = {
    "title": "title",
    "title_short": "shorttitle",
    "volume": "volume",
    "edition": "edition",
    "pages": "pages",
    "publisher_place": "location",
    "issued_edtf": "date",
    "original_edtf": "origdate",
    "language": "langid",
    "doi": "doi",
    "isbn": "isbn",
    "url": "url",
    "rights": "copyright",
}
RIS_TAGS: Final[Mapping[str, str]] = {
    "title": "TI",
    "title_short": "ST",
    "container_title": "T2",
    "volume": "VL",
    "edition": "ET",
    "publisher_place": "CY",
    "issued_edtf": "DA",
    "language": "LA",
    "doi": "DO",
    "isbn": "SN",
    "url": "UR",
}
_SPECIAL = re.compile(r"[&%$#_{}\\~^]")
MACROS: Final = {"\\": r"\textbackslash{}", **{sign: macro for macro, sign in bibtex.SIGNS.items()}}
"""Signs that no backslash makes plain; BibTeX counts braces, those with a backslash too."""
_TOGETHER = re.compile(r"([-`'?!<>,])(?=[-`'<>,])")
"""Signs that LaTeX draws together with the next one: two hyphens are a dash."""
VERBATIM: Final = frozenset({"url", "doi", "date", "origdate", "urldate", "isbn", "langid"})
"""Fields in which LaTeX has no say (BibLaTeX manual, section 2.2)."""


def write_csl_json(documents: Iterable[Document]) -> str:
    """Return CSL-JSON, with dates as they were written in `raw`."""
    return json.dumps([csl(document) for document in documents], ensure_ascii=False, indent=2) + "\n"


def write_bibtex(documents: Iterable[Document]) -> str:
    """Return BibLaTeX, whose dates are EDTF."""
    return "\n".join(_entry(document) for document in documents)


def write_ris(documents: Iterable[Document]) -> str:
    """Return RIS; its lines end as the format has them."""
    return "".join(_record(document) for document in documents)


def _entry(document: Document) -> str:
    fields = {name: value for name, value in _biblatex(document).items() if value}
    lines = [f"  {name} = {{{value if name in VERBATIM else escaped(value)}}}," for name, value in fields.items()]
    names = [f"  {role} = {{{' and '.join(found)}}}," for role, found in _biblatex_names(document).items()]
    kind = BIBLATEX_TYPES.get(document.document_type, "misc")
    return "\n".join([f"@{kind}{{{document.slug},", *lines, *names, "}", ""])


def _biblatex(document: Document) -> dict[str, str]:
    own = {field: getattr(document, column) for column, field in BIBLATEX_FIELDS.items()}
    is_article = document.document_type.startswith("article")
    return {
        **own,
        "journaltitle" if is_article else "booktitle": document.container_title,
        "issue" if is_article and document.number else "number": document.issue if is_article else document.number,
        "entrysubtype": SUBTYPES.get(document.document_type, ""),
        "publisher": document.publisher.name if document.publisher else "",
        "urldate": document.accessed_on.isoformat() if document.accessed_on else "",
    }


def _biblatex_names(document: Document) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for part in _contributions(document):
        if part.role in bibtex.ROLES:
            names.setdefault(bibtex.ROLES[part.role], []).append(_biblatex_name(part.agent))
    return names


def _biblatex_name(agent: Agent) -> str:
    """A person as "Family, Given", each part in braces where it has a word that would part it; a body in braces."""
    family, comma, given = agent.name_sorted.partition(", ")
    if not comma:
        return f"{{{escaped(agent.name)}}}"
    return f"{_guarded(family)}, {_guarded(given)}"


def _guarded(name: str) -> str:
    written = escaped(name)
    return f"{{{written}}}" if re.search(r",|\band\b", name) or name[:1].islower() else written


def escaped(text: str) -> str:
    """Return plain text as LaTeX reads it back: what is special there escaped, and no two signs that make a third."""
    return _TOGETHER.sub(r"\1{}", _SPECIAL.sub(_escape, text))


def _escape(found: re.Match[str]) -> str:
    return MACROS.get(found[0], f"\\{found[0]}")


def _record(document: Document) -> str:
    lines = [("TY", RIS_TYPES.get(document.document_type, "GEN")), ("ID", document.slug)]
    lines += [(tag, getattr(document, column)) for column, tag in RIS_TAGS.items()]
    tags = {role: tag for tag, role in reversed([*ris.ROLES.items()])}
    lines += [
        (tags[part.role], part.agent.name_sorted or part.agent.name)
        for part in _contributions(document)
        if part.role in tags
    ]
    lines += _ris_rest(document)
    written = "".join(f"{tag}  - {_one_line(str(value))}\r\n" for tag, value in lines if value)
    return f"{written}ER  - \r\n\r\n"


def _ris_rest(document: Document) -> list[tuple[str, str]]:
    first, dash, last = document.pages.partition("–")
    is_article = document.document_type.startswith("article")
    accessed = document.accessed_on.strftime("%Y/%m/%d") if document.accessed_on else ""
    return [
        ("IS", document.issue if is_article else document.number),
        ("SP", first),
        ("EP", last if dash else ""),
        ("PB", document.publisher.name if document.publisher else ""),
        ("Y2", accessed),
    ]


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _contributions(document: Document) -> list[Any]:
    return sorted(document.contributions.all(), key=lambda part: (part.role, part.position, part.pk))
