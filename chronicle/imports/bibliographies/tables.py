"""Items of a bibliography as rows: what the desk has already is compared, what has no place here is told."""

from collections.abc import Callable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from chronicle.imports.bibliographies.agents import Agents
from chronicle.imports.bibliographies.documents import AmbiguousError, Stored, same_in_file
from chronicle.imports.outcomes import Fault
from chronicle.imports.said import Left, Read, Said
from chronicle.imports.tables import Line, Table, UnreadableError, of_kind
from sources.interchange import Item, Reading, Remark
from sources.interchange import UnreadableError as NoBibliographyError
from sources.interchange.items import Fate, siglum
from sources.models import Agent, Contribution, Document
from sources.slugs import free_slugs, slug_from
from sources.vocabularies import AgentKind

TYPED: Final = frozenset({"type", "entry type", "TY"})
"""The fields of which a remark says that the type is only the nearest one."""
SHORTEST_KEY: Final = 4
"""How many letters a key has at least that becomes an address."""


def read_bibliography(
    name: str, content: bytes, said: Said, *, reader: Callable[[bytes], Reading], hidden: frozenset[int]
) -> Read:
    """Return a bibliography as tables of agents, documents and contributions; UnreadableError where it is none."""
    try:
        reading = reader(content)
    except NoBibliographyError as error:
        raise UnreadableError(f"{name}: {error}") from error
    return Library(name, reading, said, hidden).read()


class Library:
    """A bibliography on its way to the tables of the desk."""

    def __init__(self, name: str, reading: Reading, said: Said, hidden: frozenset[int]) -> None:
        self.name, self.reading, self.said = name, reading, said
        self.agents = Agents(reading.items)
        self.stored = Stored(reading.items, hidden)
        self.again = same_in_file(reading.items, self.stored.keys)
        self.like: dict[int, Document | None] = {}
        self.wrong: dict[int, list[Fault]] = {id(item): [] for item in reading.items}
        self.left: list[Left] = []
        self.slugs = self._named()

    def read(self) -> Read:
        """Return the tables, and what has no place in them."""
        for item in self.reading.items:
            self._judge(item)
        documents = [self._document(item) for item in self.reading.items]
        documents += [Line(one.line, {"slug": ""}, (_fault(one),)) for one in self.reading.remarks]
        contributions = [line for item in self.reading.items for line in self._contributions(item)]
        kind = self.said.values.get("kind", "")
        self.left += self.agents.told(self.name, is_kind_said=bool(kind))
        columns = list(dict.fromkeys(column for line in documents for column in line.cells))
        tables = [
            Table(Agent, of_kind(self.name, Agent), AGENT, self.agents.lines(kind=kind or AgentKind.OTHER)),
            Table(Document, of_kind(self.name, Document), columns, documents),
            Table(Contribution, of_kind(self.name, Contribution), CONTRIBUTION, contributions),
        ]
        return Read(tables, left=sorted(self.left, key=lambda one: one.line), rows=len(self.reading.items))

    def _named(self) -> dict[int, str]:
        """The slug of each item: that of the document that it is, that of an earlier item, or a new one."""
        new = []
        for item in self.reading.items:
            self.like[id(item)] = self._same(item)
            if not self.like[id(item)] and id(item) not in self.again:
                new.append(item)
        free = free_slugs(Document, [_wanted(item) for item in new])
        slugs = {id(item): slug for item, slug in zip(new, free, strict=True)}
        for item in self.reading.items:
            document = self.like[id(item)]
            slugs.setdefault(id(item), document.slug if document else slugs.get(id(self.again.get(id(item))), ""))
        return slugs

    def _same(self, item: Item) -> Document | None:
        try:
            return self.stored.like(item)
        except AmbiguousError as error:
            self.wrong[id(item)].append(Fault("", item.columns.get("title", ""), str(error)))
            return None

    def _judge(self, item: Item) -> None:
        """Part what is wrong from what is only told."""
        for remark in item.remarks:
            is_wrong = remark.fate == Fate.WRONG and (not self.said.leaves_out or remark.field == "title")
            if is_wrong:
                self.wrong[id(item)].append(_fault(remark))
            else:
                self.left.append(Left(self.name, remark.line, _fault(remark)))

    def _document(self, item: Item) -> Line:
        cells = {"slug": self.slugs[id(item)], **item.columns}
        if self.like[id(item)]:
            for column in _made_up(item):
                cells.pop(column, None)
        publisher = self.agents.of(item.publisher).slug if item.publisher else ""
        if publisher:
            cells["publisher"] = publisher
        return Line(item.line, cells, tuple(self.wrong[id(item)]))

    def _contributions(self, item: Item) -> Iterator[Line]:
        """The makers of a document; none of one that is refused, whose error is told once."""
        if self.wrong[id(item)] or id(item) in self.again:
            return
        given: set[tuple[str, str]] = set()
        for position, maker in enumerate(item.makers, start=1):
            agent = self.agents.of(maker.name).slug
            if (agent, maker.role) in given:
                words = _("it is named twice in this role; it is kept once")
                self.left.append(Left(self.name, item.line, Fault(maker.role, maker.name, words)))
            elif agent:
                given.add((agent, maker.role))
                cells = (self.slugs[id(item)], agent, maker.role, str(position))
                yield Line(item.line, dict(zip(CONTRIBUTION, cells, strict=True)))


AGENT: Final = ("slug", "name", "name_sorted", "kind")
CONTRIBUTION: Final = ("document", "agent", "role", "position")


def _fault(remark: Remark) -> Fault:
    return Fault(remark.field, remark.value, remark.words)


def _made_up(item: Item) -> Iterator[str]:
    """The columns that the file does not say itself: they change nothing of a document that is there."""
    if item.columns.get("title_short") == siglum(item):
        yield "title_short"
    if any(remark.fate == Fate.CHANGED and remark.field in TYPED for remark in item.remarks):
        yield "document_type"


def _wanted(item: Item) -> str:
    """The slug of a new document: its key in the file, where that is a word, or else its short title."""
    key = slug_from(item.key) if "/" not in item.key else ""
    is_word = len(key) >= SHORTEST_KEY and any(letter.isalpha() for letter in key)
    return key if is_word else slug_from(siglum(item)) or "document"
