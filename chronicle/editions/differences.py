"""What changed between two editions of an event, in the words that readers see.

Both editions come from `chronicle.editions.read`, which has nothing of what was cut out: a withheld source is on
neither side. What is computed is compared apart, and not at all where a source was removed from one of the two.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.disputes import Row, alone
from chronicle.disputes.wording import locator_words, scope_words
from chronicle.editions.computed import computed_changes
from chronicle.editions.texts import Part, compared, replaced
from chronicle.models import Citation, Event
from chronicle.vocabularies import Aspect
from sources import references
from sources.edtf import parse, words
from sources.models import Document

Words = Callable[[Any], str]


@dataclass(frozen=True)
class Change:
    """One field that is not what it was: its name, and both values in one row of parts."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Entries:
    """What went from a list and what came to it: names, places, parties, participants."""

    label: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class CitationChange:
    """An assertion of which some fields are not what they were."""

    row: Row
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Differences:
    """All that differs between an earlier edition and a later one; `computed` are sentences."""

    fields: tuple[Change, ...]
    entries: tuple[Entries, ...]
    citations_added: tuple[Row, ...]
    citations_removed: tuple[Row, ...]
    citations_changed: tuple[CitationChange, ...]
    references: tuple[Change, ...]
    computed: tuple[str, ...]
    is_computed: bool

    def __bool__(self) -> bool:
        return bool(
            self.fields
            or self.entries
            or self.citations_added
            or self.citations_removed
            or self.citations_changed
            or self.references
            or self.computed
        )


def differences(before: Event, after: Event) -> Differences:
    """Return what changed from one edition to another of the same event; both as `read` returns them."""
    old, new = _by_number(before), _by_number(after)
    is_computed = hasattr(before, "counts") and hasattr(after, "counts")
    changed = (
        (new[number], _changes(CITATION_FIELDS, old[number], new[number])) for number in sorted(old.keys() & new)
    )
    return Differences(
        fields=(*_changes(EVENT_FIELDS, before, after), *_changes(NOTES, before, after)),
        entries=tuple(found for label, listed in LISTS if (found := _entries(label, listed(before), listed(after)))),
        citations_added=_rows(new[number] for number in sorted(new.keys() - old)),
        citations_removed=_rows(old[number] for number in sorted(old.keys() - new)),
        citations_changed=tuple(CitationChange(alone(one), changes) for one, changes in changed if changes),
        references=_references(_documents(old.values()), _documents(new.values())),
        computed=computed_changes(before, after) if is_computed else (),
        is_computed=is_computed,
    )


def whole(event: Event) -> Differences:
    """Return all that an edition says, as if it came to nothing: what readers would see of an event for the first time.

    What is computed is not told: there is nothing to compare it with.
    """
    return Differences(
        fields=tuple(
            Change(str(field.label), replaced("", words))
            for field in (*EVENT_FIELDS, *NOTES)
            if (words := field.words(event))
        ),
        entries=tuple(found for label, listed in LISTS if (found := _entries(label, (), listed(event)))),
        citations_added=_rows(event.citations.all()),
        citations_removed=(),
        citations_changed=(),
        references=(),
        computed=(),
        is_computed=True,
    )


def _by_number(event: Event) -> dict[int, Citation]:
    return {citation.pk: citation for citation in event.citations.all()}


def _rows(citations: Iterable[Citation]) -> tuple[Row, ...]:
    return tuple(map(alone, citations))


@dataclass(frozen=True)
class Field:
    """A field as readers see it: its words, and whether two wordings of it are compared word by word."""

    label: Any
    words: Words
    is_text: bool = False

    def change(self, before: Any, after: Any) -> Change | None:
        """Return how it differs, if it does."""
        old, new = self.words(before), self.words(after)
        if old == new:
            return None
        return Change(str(self.label), compared(old, new) if self.is_text else replaced(old, new))


def _changes(fields: Sequence[Field], before: Any, after: Any) -> tuple[Change, ...]:
    return tuple(change for field in fields if (change := field.change(before, after)))


def _date(text: str) -> str:
    return words(parse(text)) if text else ""


def _event_words(event: Event | None, number: int | None) -> str:
    """Another event by its title of today; by its number alone where it is not public."""
    if event is not None:
        return event.title
    return f"E{number}" if number else ""


EVENT_FIELDS = (
    Field(gettext_lazy("Title"), lambda event: event.title, is_text=True),
    Field(gettext_lazy("Kind"), lambda event: str(event.kind)),
    Field(gettext_lazy("Filed under"), lambda event: _date(event.date_edtf)),
    Field(gettext_lazy("Reason for the filing"), lambda event: event.reading_note, is_text=True),
    Field(gettext_lazy("Summary"), lambda event: event.summary, is_text=True),
    Field(gettext_lazy("Part of"), lambda event: _event_words(event.parent, event.parent_id)),
    Field(gettext_lazy("Companion"), lambda event: _event_words(event.companion, event.companion_id)),
)


def _note(aspect: Aspect) -> Field:
    """The editors' note on an aspect, as a field of its event: its words, and the day on which they were settled."""
    return Field(
        format_lazy(gettext_lazy("Editors’ note: {aspect}"), aspect=aspect.label),
        lambda event: (note := event.note_on(aspect)) and f"{note.text} ({date_format(note.written_on, 'j F Y')})",
        is_text=True,
    )


NOTES = tuple(map(_note, Aspect))


def _value(citation: Citation) -> str:
    if not citation.asserts_unknown:
        return alone(citation).value
    scope = scope_words(citation)
    return _("said to be unknown (%(scope)s)") % {"scope": scope} if scope else _("said to be unknown")


CITATION_FIELDS = (
    Field(gettext_lazy("Aspect"), lambda citation: citation.get_aspect_display()),
    Field(gettext_lazy("Value"), _value),
    Field(gettext_lazy("As printed"), lambda citation: citation.value_as_printed),
    Field(gettext_lazy("Stance"), lambda citation: citation.get_stance_display()),
    Field(gettext_lazy("Speaker"), lambda citation: str(citation.claimed_by or _("the document itself"))),
    Field(gettext_lazy("Stated on"), lambda citation: _date(citation.stated_on)),
    Field(gettext_lazy("Document"), lambda citation: str(citation.document)),
    Field(gettext_lazy("Place in it"), locator_words),
    Field(gettext_lazy("Leaning on"), lambda citation: str(citation.through or "")),
    Field(gettext_lazy("Statement"), lambda citation: citation.statement, is_text=True),
    Field(gettext_lazy("Quotation"), lambda citation: citation.quotation, is_text=True),
    Field(gettext_lazy("Words before the quotation"), lambda citation: citation.quotation_prefix, is_text=True),
    Field(gettext_lazy("Words after the quotation"), lambda citation: citation.quotation_suffix, is_text=True),
    Field(gettext_lazy("Editors’ remark"), lambda citation: citation.comment, is_text=True),
)


def _names(event: Event) -> list[str]:
    return [_named(name.name, name.language, name.party) for name in event.names.all()]


def _named(name: str, language: str, party: Any) -> str:
    return f"{name} ({language}, {party})" if party else f"{name} ({language})"


def _places(event: Event) -> list[str]:
    rows = event.event_locations.all()
    return [f"{row.location} ({row.get_role_display()}, {row.get_certainty_display()})" for row in rows]


def _place_names(event: Event) -> list[str]:
    return [
        f"{row.location}: {_named(name.toponym, name.language, name.party)}"
        for row in event.event_locations.all()
        for name in row.location.names.all()
    ]


def _parties(event: Event) -> list[str]:
    return [str(row.party) for row in event.event_parties.all()]


def _participants(event: Event) -> list[str]:
    return [f"{row.agent} ({row.get_role_display()})" for row in event.participations.all()]


LISTS: tuple[tuple[Any, Callable[[Event], list[str]]], ...] = (
    (gettext_lazy("Other names"), _names),
    (gettext_lazy("Places"), _places),
    (gettext_lazy("Names of the places"), _place_names),
    (gettext_lazy("Parties concerned"), _parties),
    (gettext_lazy("Participants"), _participants),
)


def _entries(label: Any, before: Sequence[str], after: Sequence[str]) -> Entries | None:
    removed = tuple(dict.fromkeys(entry for entry in before if entry not in after))
    added = tuple(dict.fromkeys(entry for entry in after if entry not in before))
    return Entries(str(label), removed, added) if removed or added else None


def _documents(citations: Iterable[Citation]) -> dict[int, Document]:
    return {one.pk: one for citation in citations for one in (citation.document, citation.through) if one}


def _references(before: dict[int, Document], after: dict[int, Document]) -> tuple[Change, ...]:
    """The documents of both editions that are described in other words now."""
    field = Field("", lambda document: unescape(strip_tags(references.format(document))), is_text=True)
    changes = ((after[n], field.change(before[n], after[n])) for n in sorted(before.keys() & after))
    return tuple(Change(str(document), change.parts) for document, change in changes if change)
