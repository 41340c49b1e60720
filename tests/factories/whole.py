"""A small whole chronicle: a row of every table that curators edit, with every column filled that can be."""

from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model
from django.utils import timezone

from chronicle.models import EventLocation, EventName, LocationName, LocationWithin, Merge, Participation
from sources.models import AgentName, CitedDocument, Contribution, PartyName
from tests import factories as make

NOT_EDITED = {
    "chronicle.Edition": "written by the verbs of publication alone; append-only, it is a history itself",
    "chronicle.CitationCounter": "written by the triggers that number citations; not the curators' to change",
    "chronicle.Purge": "written by the verb that purges; what it says of words that are gone is not to be changed",
    "sources.DocumentPage": "written once with its text; the desk's login may neither change nor delete it",
}
"""Managed tables that no curator edits, and why they have no history."""


OF_THE_TEAM = (
    "chronicle.Assignment",
    "chronicle.Remark",
    "chronicle.Mention",
    "chronicle.Restriction",
    "chronicle.Merge",
    "chronicle.Import",
)
"""Tables of who works on what: they belong to a desk and its accounts, and go into no corpus."""


def is_revision(model: type[Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def edited() -> list[type[Model]]:
    """The tables that curators edit, in the order in which their rows can be made."""
    models = [*apps.get_app_config("sources").get_models(), *apps.get_app_config("chronicle").get_models()]
    return [m for m in models if m._meta.managed and not is_revision(m) and m._meta.label not in NOT_EDITED]


def of_the_corpus() -> list[type[Model]]:
    """The tables that a corpus is made of, in the same order."""
    return [model for model in edited() if model._meta.label not in OF_THE_TEAM]


def revisions(model: type[Model]) -> Any:
    """What was recorded of a table, in the order in which it happened."""
    return model.pgh_event_model.objects.order_by("pgh_id")


def whole_chronicle() -> None:
    """Make rows of every table: two events of which one is a part of the other, with every kind of value."""
    party = make.party(slug="armenia", period_edtf="1991-09-21/..", curators_note="Which date?")
    PartyName.objects.create(party=party, name="Հայաստան", language="hy")
    ministry = make.agent(slug="ministry", party=party, name_sorted="Ministry", curators_note="Seat?")
    AgentName.objects.create(agent=ministry, name="Nazirlik", language="az-Latn")
    report, note = _documents(ministry)
    town = _locations(party, report)
    part = make.event(
        slug="part", kind=make.kind(description="Fighting."), date_edtf="-0043-03-15/..", locations=(town,)
    )
    whole = make.event(slug="whole", parties=(party,), date_edtf="Y17000", title="Whole", summary="So it was.\nAll.")
    part.parent, part.companion = whole, whole
    part.save()
    EventName.objects.create(event=part, name="Vətən", language="az-Latn", party=party)
    Participation.objects.create(event=part, agent=ministry, role="signed")
    _citations(part, report, note, party, town)
    part.dispute_notes.create(aspect="killed", text="One counts all.\nThe other some.", written_on="2026-05-31")
    _standing(part, report, party)
    _team(part, note)


def _documents(publisher: Any) -> tuple[Any, Any]:
    report = make.document(
        slug="report",
        publisher=publisher,
        issued_edtf="2021-11~",
        accessed_on="2026-05-31",
        language="az-Latn",
        container_title="Ə ə — “Sözlər”",
        party=publisher.party,
        url="https://example.org/?a=1&b=2",
    )
    note = make.document(slug="note", access="described", public_description="Testimony of a resident")
    Contribution.objects.create(document=report, agent=publisher, role="editor", position=2)
    CitedDocument.objects.create(document=report, cited=note, locator="note 18")
    file = make.file(report, name="Ə.pdf", copy_sha256="c" * 64, copy_media_type="text/plain", copy_size=7)
    make.text(report, file=file, language="az-Latn", report="A page is missing.", page_count=1)
    return report, note


def _locations(party: Any, source: Any) -> Any:
    outline = {"type": "Point", "coordinates": [46.75, 39.76]}
    where = {"latitude": Decimal("39.758000"), "longitude": Decimal("-46.749000"), "coordinate_uncertainty_m": 2000}
    town = make.location(slug="town", geometry=outline, geonames_id=585225, wikidata_id="Q189127", **where)
    district = make.location(slug="district", kind="district")
    LocationName.objects.create(location=town, toponym="Şuşa", language="az-Latn", party=party, is_preferred=True)
    LocationName.objects.create(location=town, toponym="Шуша", language="ru", period_edtf="1923/1991")
    LocationWithin.objects.create(
        location=town, within=district, basis="law", party=party, source=source, period_edtf="/1992-05-18"
    )
    EventLocation.objects.filter(location=town).update(certainty="probable")
    return town


def _citations(event: Any, report: Any, note: Any, party: Any, town: Any) -> None:
    dead = {"unit": make.unit(), "population": make.population(), "side": party, "period_edtf": "2020-09/2020-11"}
    make.citation(event, report, quotation="Öz sözü.", quotation_prefix="a", quotation_suffix="b", through=note)
    make.citation(event, report, aspect="date", asserted_date_edtf="-0043~", date_of="began", value_as_printed="44 BC")
    make.citation(event, report, aspect="location", asserted_location=town, asserted_location_role="site")
    make.citation(event, report, aspect="responsibility", asserted_party=party, claimed_by=report.publisher)
    make.citation(event, report, aspect="killed", asserted_figure=(Decimal("7000"), None), **dead)
    make.citation(event, note, aspect="wounded", asserts_unknown=True, stated_on="2021-08")
    make.citation(event, note, aspect="area", stance="silent", statement="", comment="Read whole.")


def _standing(event: Any, document: Any, party: Any) -> None:
    make.masthead(subtitle="What happened", contact="errors@example.org", about="**Who** we are.")
    missing = make.missing(slug="lists", party=party, reason="Not printed.", curators_note="Ask again.")
    event.event_missing_documents.create(missing=missing)
    term = make.term(slug="war", own_wording="the war", reason="Short.", curators_note="Count again.")
    term.uses.create(wording="Vətən müharibəsi", language="az-Latn", document=document, times=3)


def _team(event: Any, document: Any) -> None:
    archivist = get_user_model().objects.create_user("archivist")
    event.assignments.create(curator=archivist)
    remark = event.remarks.create(
        words="Which day, @archivist?", author=archivist, resolved_at=timezone.now(), resolved_by=archivist
    )
    remark.mentions.create(curator=archivist)
    document.restrictions.create(group=Group.objects.create(name="keepers"))
    make.imported()
    Merge.objects.create(
        subject="event", merged_number=98, merged_name="One", kept_number=99, kept_name="Other", was_public=False
    )
