"""Which stored document an item of a bibliography is: by its DOI, by its ISBN, then by its title and year.

Whatever the desk has twice is no answer: the two are named, to be merged first.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Final

from django.db.models import F, Func, Value
from django.utils.translation import gettext as _

from chronicle.imports.folded import folded_texts
from sources.interchange import Item
from sources.models import Document
from sources.vocabularies import DocumentType

PARTS: Final = frozenset({DocumentType.CHAPTER, DocumentType.ENTRY_ENCYCLOPEDIA})
"""What has the ISBN of the book that holds it, and often a title that parts of other books have too."""
LONG_ISBN: Final = 13


class AmbiguousError(Exception):
    """Several stored documents are like an item; the message names them."""


class Stored:
    """The stored documents that may be those of a bibliography: four queries, however many items there are."""

    def __init__(self, items: Sequence[Item], hidden: frozenset[int]) -> None:
        self.titles = folded_texts(item.columns.get("title", "") for item in items)
        self.by: dict[Hashable, list[Document]] = defaultdict(list)
        for row in self._found(items):
            if row.pk not in hidden:
                for key in _keys(_of_row(row), row.title_folded):
                    self.by[key].append(row)

    def _found(self, items: Sequence[Item]) -> Iterator[Any]:
        rows = Document.objects.filter(merged_into=None).order_by("pk")
        names = [item.columns.get("doi", "") for item in items]
        names = [form for name in names if name for form in (name, name.lower(), name.upper())]
        numbers = [form for item in items for form in _forms(item.columns.get("isbn", ""))]
        bare = Func(F("isbn"), Value("[- ]"), Value(""), Value("g"), function="regexp_replace")
        seen: dict[int, Any] = {}
        for found in (
            rows.filter(doi__in=names) if names else (),
            rows.exclude(isbn="").alias(bare=bare).filter(bare__in=numbers) if numbers else (),
            rows.filter(title_folded__in={title for title in self.titles.values() if title}),
        ):
            seen |= {row.pk: row for row in found}
        yield from seen.values()

    def like(self, item: Item) -> Document | None:
        """Return the document that an item is; AmbiguousError where there are several."""
        for key in self.keys(item):
            found = [row for row in self.by.get(key, []) if not _differ(item.columns, _of_row(row))]
            if len(found) > 1:
                words = {"slugs": ", ".join(row.slug for row in found)}
                raise AmbiguousError(
                    _("Several documents of the desk are like it: %(slugs)s. Merge them first.") % words
                )
            if found:
                return found[0]
        return None

    def keys(self, item: Item) -> list[Hashable]:
        """Return what an item can be told by, the surest first."""
        return _keys(item.columns, self.titles.get(item.columns.get("title", ""), ""))


def _of_row(row: Any) -> dict[str, str]:
    names = ("doi", "isbn", "document_type", "issued_edtf", "container_title")
    return {name: getattr(row, name) for name in names}


def _keys(columns: dict[str, str], title: str) -> list[Hashable]:
    keys: list[Hashable] = []
    if columns.get("doi"):
        keys.append(("doi", columns["doi"].lower()))
    if columns.get("isbn") and columns.get("document_type") not in PARTS:
        keys.append(("isbn", _forms(columns["isbn"])[-1]))
    if title:
        book = columns.get("container_title", "").casefold() if columns.get("document_type") in PARTS else ""
        keys.append(("title", title, columns.get("issued_edtf", "")[:4], book))
    return keys


def _differ(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether both have a DOI, and not the same: then no title makes them one."""
    names = (one.get("doi", "").lower(), other.get("doi", "").lower())
    return all(names) and names[0] != names[1]


def _forms(isbn: str) -> list[str]:
    """An ISBN without hyphens, and one of ten digits with thirteen too, as that is printed since 2007 (ISO 2108)."""
    digits = isbn.replace("-", "").replace(" ", "")
    if not digits or len(digits) == LONG_ISBN:
        return [digits] if digits else []
    stem = f"978{digits[:-1]}"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(stem)) % 10
    return [digits, f"{stem}{check}"]


def same_in_file(items: Iterable[Item], keys: Callable[[Item], Sequence[Hashable]]) -> dict[int, Item]:
    """Return the items that an earlier one of the file has the surest key of, by their identity."""
    first: dict[Hashable, Item] = {}
    again = {}
    for item in items:
        found = keys(item)[:1]
        if found and first.setdefault(found[0], item) is not item:
            again[id(item)] = first[found[0]]
    return again
