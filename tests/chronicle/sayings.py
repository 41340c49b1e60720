"""What documents say in tests: citations with a value, and the rows that are computed of them."""

from typing import Any

from django.db.backends.postgresql.psycopg_any import NumericRange

from chronicle.disputes import AspectReading, read
from chronicle.models import Citation, Dispute, Event, Voice
from chronicle.voices import PartyVoice, read_voices
from sources.models import Agent, Document, Party
from tests import factories


def dated(of: Event, by: Document, edtf: str, moment: str = "not_stated", **fields: Any) -> Citation:
    return factories.citation(of, by, aspect="date", asserted_date_edtf=edtf, date_of=moment, **fields)


def counted(of: Event, by: Document, low: int | None, high: int | None, **fields: Any) -> Citation:
    """Between `low` and `high`, both included; None is open."""
    bounds = ("(" if low is None else "[") + (")" if high is None else "]")
    defaults = {"aspect": "killed", "unit": fields.pop("unit", None) or factories.unit()}
    return factories.citation(of, by, asserted_figure=NumericRange(low, high, bounds), **{**defaults, **fields})


def located(of: Event, by: Document, *locations: Any, role: str = "site", **fields: Any) -> list[Citation]:
    fields |= {"aspect": "location", "asserted_location_role": role}
    return [factories.citation(of, by, asserted_location=location, **fields) for location in locations]


def held_responsible(of: Event, by: Document, *parties: Party, **fields: Any) -> list[Citation]:
    return [factories.citation(of, by, aspect="responsibility", asserted_party=party, **fields) for party in parties]


def published_by(party: Party | None, **fields: Any) -> Document:
    """A document of a ministry that speaks for the party, if any."""
    return factories.document(publisher=factories.agent(party=party), **fields)


def side(name: str) -> Party:
    return factories.party(name=f"Republic of {name}", name_short=name)


def speaker(name: str, party: Party | None = None) -> Agent:
    return factories.agent(name=name, party=party)


def verdicts(of: Event) -> list[str]:
    """The verdicts between documents, sorted."""
    rows = Dispute.objects.filter(event=of, document=None)
    return sorted(rows.values_list("verdict", flat=True))


def verdicts_inside(of: Event) -> list[str]:
    rows = Dispute.objects.filter(event=of).exclude(document=None)
    return sorted(rows.values_list("verdict", flat=True))


def readings(of: Event) -> tuple[AspectReading, ...]:
    event = Event.objects.with_assertions().get(pk=of.pk)
    return read(event.citations.all(), Dispute.objects.filter(event=of))


def reading(of: Event) -> AspectReading:
    """The event's one aspect."""
    (only,) = readings(of)
    return only


def voices(of: Event) -> list[PartyVoice]:
    event = Event.objects.with_assertions().get(pk=of.pk)
    rows = Voice.objects.filter(event=of).select_related("party")
    return read_voices(list(event.citations.all()), rows)
