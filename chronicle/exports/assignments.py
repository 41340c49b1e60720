"""Citations as attribute assignments of CIDOC CRM (E13): this document, at this place, assigns this to this event."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from chronicle.disputes.wording import locator_words
from chronicle.exports.origin import Origin
from chronicle.exports.streaming import json_number
from chronicle.exports.timespans import time_span
from chronicle.figures import Figure, figure_words
from chronicle.models import Citation
from chronicle.vocabularies import FIGURE_ASPECTS, Aspect

Node = dict[str, Any]


def reference(kind: str, record: Any, type_: str, origin: Origin) -> Node:
    """Return another record of this kind of page, by its address and its name."""
    return {"id": origin.page(kind, record.slug), "type": type_, "_label": str(record)}


def assignment(citation: Citation, origin: Origin) -> Node:
    """Return what a document says of an event, with its place in the document and whoever is named as saying it."""
    found: Node = {
        "id": origin.page("citation-by-number", citation.pk),
        "type": "AttributeAssignment",
        "_label": str(citation),
        "aspect": citation.aspect,
        "stance": citation.stance,
        "used_specific_object": [reference("document", citation.document, "LinguisticObject", origin)],
        "locator": locator_words(citation),
        "carried_out_by": [reference("agent", citation.claimed_by, "Actor", origin)] if citation.claimed_by else [],
        "influenced_by": _through(citation, origin),
        "referred_to_by": _statements(citation),
        "quotation": citation.quotation,
        "value_as_printed": citation.value_as_printed,
        "stated_on": time_span(citation.stated_on) if citation.stated_on else None,
        **_value(citation, origin),
    }
    return {name: value for name, value in found.items() if value}


def _through(citation: Citation, origin: Origin) -> list[Node]:
    """The document that it leans on."""
    return [reference("document", citation.through, "LinguisticObject", origin)] if citation.through else []


def _statements(citation: Citation) -> list[Node]:
    """The editors' words for what it says, and their remark."""
    texts = (citation.statement, citation.comment)
    return [{"type": "LinguisticObject", "content": text} for text in texts if text]


def _value(citation: Citation, origin: Origin) -> Node:
    if citation.asserts_unknown:
        return {"is_unknown": True}
    make = VALUES.get(citation.aspect)
    return make(citation, origin) if make else {}


def _date(citation: Citation, _origin: Origin) -> Node:
    if not citation.asserted_date_edtf:
        return {}
    dated = {**time_span(citation.asserted_date_edtf), "date_of": citation.date_of}
    return {"assigned_property": "timespan", "assigned": [dated]}


def _location(citation: Citation, origin: Origin) -> Node:
    if citation.asserted_location is None:
        return {}
    place = reference("location", citation.asserted_location, "Place", origin)
    return {"assigned_property": "took_place_at", "assigned": [{**place, "role": citation.asserted_location_role}]}


def _responsible(citation: Citation, _origin: Origin) -> Node:
    if citation.asserted_party is None:
        return {}
    return {
        "assigned_property": "responsibility",
        "assigned": [{"type": "Group", "_label": str(citation.asserted_party)}],
    }


def _figure(citation: Citation, _origin: Origin) -> Node:
    """A dimension by its limits alone: even a single number has two, and no `value` that could be taken for the truth.

    Limits are those of the range; whether they belong to it, `range` says.
    """
    if citation.asserted_figure is None or citation.unit is None:
        return {}
    figure = Figure.from_range(citation.asserted_figure, is_approximate=citation.is_approximate)
    limits = {"lower_value_limit": figure.lower, "upper_value_limit": figure.upper}
    scope = {"population": citation.population, "side": citation.side}
    return {
        "assigned_property": "dimension",
        "assigned": [
            {
                "type": "Dimension",
                "_label": figure_words(figure),
                "unit": {"type": "MeasurementUnit", "_label": str(citation.unit)},
                "range": figure.notation,
                **{name: json_number(end) for name, end in limits.items() if end is not None},
                **{name: str(value) for name, value in scope.items() if value},
                **({"period": time_span(citation.period_edtf)} if citation.period_edtf else {}),
                **({"approximate": True} if figure.is_approximate else {}),
            }
        ],
    }


VALUES: Final[Mapping[str, Callable[[Citation, Origin], Node]]] = {
    Aspect.DATE: _date,
    Aspect.LOCATION: _location,
    Aspect.RESPONSIBILITY: _responsible,
    **dict.fromkeys(FIGURE_ASPECTS, _figure),
}
"""How the value of each aspect is told; the others have their statement alone."""
