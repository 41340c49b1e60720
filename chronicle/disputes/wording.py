"""Values, and those who give them, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.disputes.groups import ValueGroup
from chronicle.figures import Figure, figure_words, whole_figure_words
from chronicle.models import Citation
from chronicle.sentences import clauses
from chronicle.sentences.clauses import Clause, listed, named
from chronicle.vocabularies import FIGURE_ASPECTS, Aspect, DateOf, LocationRole
from chronicle.voices import documents_of, parties_of, party_of
from sources.directions import isolated
from sources.edtf import parse, sentence_words, words
from sources.models import Agent, Document

MOMENTS: Final = {
    DateOf.WHOLE: gettext_lazy("%(date)s for the whole event"),
    DateOf.BEGAN: gettext_lazy("%(date)s for the beginning"),
    DateOf.MET: gettext_lazy("%(date)s for the meeting"),
    DateOf.AGREED: gettext_lazy("%(date)s for the agreement"),
    DateOf.ANNOUNCED: gettext_lazy("%(date)s for the announcement"),
    DateOf.IN_FORCE: gettext_lazy("%(date)s for the entry into force"),
    DateOf.BROKEN: gettext_lazy("%(date)s for the breach"),
    DateOf.ENDED: gettext_lazy("%(date)s for the end"),
    DateOf.NOT_STATED: gettext_lazy("%(date)s"),
}
ROLES: Final = {
    LocationRole.SITE: gettext_lazy("%(location)s as the site"),
    LocationRole.TARGET: gettext_lazy("%(location)s as the target"),
    LocationRole.ORIGIN: gettext_lazy("%(location)s as the origin"),
    LocationRole.DESTINATION: gettext_lazy("%(location)s as the destination"),
    LocationRole.SIGNED_AT: gettext_lazy("%(location)s as the place of signing"),
}


def value_words(group: ValueGroup) -> str:
    """A value with what it dates or counts: "10 October 2020 for the agreement", "3,773 persons (military)"."""
    citation, bare = group.first, bare_words(group)
    if group.aspect == Aspect.DATE:
        return str(MOMENTS[DateOf(citation.date_of)]) % {"date": bare}
    if group.aspect == Aspect.LOCATION:
        return str(ROLES[LocationRole(citation.asserted_location_role)]) % {"location": bare}
    scope = scope_words(citation) if group.aspect in FIGURE_ASPECTS else ""
    return _("%(figure)s (%(scope)s)") % {"figure": bare, "scope": scope} if scope else bare


def bare_words(group: ValueGroup) -> str:
    """A value alone: "10 October 2020", "3,773 persons", "Shusha and Lachin"; empty where an aspect has no values."""
    if group.aspect == Aspect.DATE:
        return _date_words(group)
    if group.aspect in FIGURE_ASPECTS:
        return _figure_words(group.first)
    locations = {citation.asserted_location for citation in group.citations if citation.asserted_location_id}
    parties = {citation.asserted_party for citation in group.citations if citation.asserted_party_id}
    names = sorted((str(member) for member in locations | parties), key=str.casefold)
    return named(names) if names else ""


def counted_words(citation: Citation) -> str:
    """What a date dates or a figure counts, for a table; empty where the text does not say."""
    if citation.aspect == Aspect.DATE and citation.date_of:
        return str(DateOf(citation.date_of).label)
    if citation.aspect == Aspect.LOCATION and citation.asserted_location_role:
        return str(LocationRole(citation.asserted_location_role).label)
    if citation.unit is None:
        return ""
    return _(", ").join(part for part in (isolated(citation.unit.name_plural), scope_words(citation)) if part)


def scope_words(citation: Citation) -> str:
    """The scope of a figure, as far as the text states it: "military, of Armenia, from … to …"."""
    parts = []
    if citation.population is not None:
        parts.append(isolated(citation.population.name))
    if citation.side is not None:
        parts.append(_("of %(party)s") % {"party": isolated(citation.side)})
    if citation.period_edtf:
        parts.append(words(parse(citation.period_edtf)))
    return _(", ").join(parts)


def _date_words(group: ValueGroup) -> str:
    """The date in words; where equal dates differ in how sure their documents are, that is said of these documents."""
    plain = [c for c in group.citations if not parse(c.asserted_date_edtf).is_uncertain]
    uncertain = [c for c in group.citations if c not in plain]
    date = words(parse((plain or group.citations)[0].asserted_date_edtf))
    if not plain or not uncertain:
        return date
    names = named(documents_of(uncertain))
    return _("%(date)s (uncertain in %(documents)s)") % {"date": date, "documents": names}


def is_none(citation: Citation) -> bool:
    """Whether a figure says that there were none."""
    figure = citation.asserted_figure
    return figure is not None and figure.lower == figure.upper == 0


def _figure_words(citation: Citation) -> str:
    unit = citation.unit
    if unit is None or citation.asserted_figure is None:
        return ""
    if is_none(citation):
        return _("0 %(unit)s") % {"unit": isolated(unit.name_plural)}
    figure = Figure.from_range(citation.asserted_figure, is_approximate=citation.is_approximate)
    name = unit.name if figure.lower == figure.upper == 1 else unit.name_plural
    told = whole_figure_words(figure) if unit.counts_whole_things else figure_words(figure)
    return _("%(figure)s %(unit)s") % {"figure": told, "unit": isolated(name)}


def locator_words(citation: Citation) -> str:
    """Where in its document a citation stands: "page 214"."""
    if not citation.locator:
        return ""
    return _("%(label)s %(locator)s") % {
        "label": citation.get_locator_label_display(),
        "locator": isolated(citation.locator),
    }


def speakers(citations: Sequence[Citation]) -> list[str]:
    """Who speaks: documents themselves, and speakers with the documents that name them, in the order given."""
    found: dict[int | str, tuple[Agent | None, list[Document]]] = defaultdict(lambda: (None, []))
    for citation in citations:
        key = citation.claimed_by_id or f"document {citation.document_id}"
        documents = found[key][1]
        if citation.document not in documents:
            documents.append(citation.document)
        found[key] = (citation.claimed_by, documents)
    return [
        isolated(documents[0]) if agent is None else clauses.speaker_in(isolated(agent), named(documents))
        for agent, documents in found.values()
    ]


def speakers_by_day(citations: Sequence[Citation]) -> list[str]:
    """Who speaks, each with the day of the words where the document gives one: words of then are none of today."""
    by_day: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        by_day[citation.stated_on].append(citation)
    return [
        clauses.stated_on(name, sentence_words(parse(day))) if day else name
        for day, some in by_day.items()
        for name in speakers(some)
    ]


def who(citations: Sequence[Citation], *, of: int) -> tuple[str, int]:
    """Who gives a value, with the parties for which several documents speak, and how many they are for the verb.

    `of` is the number of documents that the event has: two of two are "both documents".
    """
    names, documents = speakers(citations), documents_of(citations)
    parties = parties_of(documents)
    if len(documents) == 1 or not parties:
        return listed(names), len(names)
    if len(documents) == of == 2 and len(parties) == 1 and _all_speak(documents, citations):  # noqa: PLR2004 -- "both"
        return clauses.both_of_party(parties[0]), len(names)
    return _several(names, documents, citations), len(names)


def _several(names: list[str], documents: list[Document], citations: Sequence[Citation]) -> str:
    """Several documents with their parties. Speakers whom they name need not speak for the same."""
    parties = parties_of(documents)
    is_named = any(citation.claimed_by_id for citation in citations)
    if len(parties) > 1 and not is_named:
        return listed([_with_party(document) for document in documents])
    partisan = [document for document in documents if party_of(document)]
    if len(partisan) < len(documents):
        some = named(partisan)
        return clauses.some_of_parties(listed(names), some, len(partisan), listed(parties))
    if is_named:
        return clauses.several_in_documents(listed(names), listed(parties))
    return clauses.several_of_party(listed(names), len(names), parties[0])


def _all_speak(documents: list[Document], citations: Sequence[Citation]) -> bool:
    """Whether all documents speak for a party, and in their own name."""
    return all(party_of(document) for document in documents) and not any(c.claimed_by_id for c in citations)


def _with_party(document: Document) -> str:
    party = party_of(document)
    return clauses.speaking_for(isolated(document), isolated(party)) if party else isolated(document)


def clause(group: ValueGroup, *, of: int) -> Clause:
    """Who gives a value, and which: a part of a sentence."""
    words_for_who, number = who(group.citations, of=of)
    return Clause(words_for_who, number, value_words(group), group.aspect)
