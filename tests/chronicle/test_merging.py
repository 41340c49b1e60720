"""Merging: every reference goes along, collisions are solved by rule, and all of it is undone to the last row."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, models, transaction
from django.test import Client

from chronicle.merging import MODELS, MergeRefusedError, foreseen, merge, undo
from chronicle.merging.plan import BARS, STAYS, accessor, references, relations, stored
from chronicle.models import Citation, Event, EventName, LocationName, Merge, Participation
from chronicle.publication import Note, publish, publish_references, withdraw, withhold
from chronicle.secrecy import restrict
from sources.models import AgentName, CitedDocument, Contribution, Document
from tests import factories
from tests.factories.whole import edited
from tests.refusals import run, violated

KNOWN = {
    "event": {
        "parts", "companions", "names", "event_parties", "event_locations", "participations", "citations",
        "event_missing_documents", "dispute_notes", "assignments", "remarks", "editions", "merged",
    },
    "location": {
        "names", "withins", "contains", "event_locations", "citations", "assignments", "remarks", "editions", "merged",
    },
    "document": {
        "citations", "citations_through", "term_uses", "contributions", "cited_documents", "citing_documents", "files",
        "texts", "assignments", "remarks", "restrictions", "editions", "merged", "locationwithin.source",
        "links",
    },
    "agent": {
        "names", "published_documents", "contributions", "participations", "claims", "editions", "merged",
    },
}  # fmt: skip
"""What refers to each kind of record. A relation that is new here: see that a merge does the right thing with it."""


@pytest.mark.parametrize("subject", MODELS)
def test_every_relation_is_known(subject: str) -> None:
    found = {accessor(relation): relation for relation in relations(MODELS[subject])}

    assert set(found) == KNOWN[subject]
    moved = {reference.column for reference in references(MODELS[subject])}
    assert {name for name, relation in found.items() if relation.field not in moved} == KNOWN[subject] & {*STAYS, *BARS}


def everything() -> dict[str, dict[int, dict[str, Any]]]:
    """Every row that curators edit, as the database has it."""
    tables = [model for model in edited() if model is not Merge]
    return {
        model._meta.label: stored(model, list(model._default_manager.values_list("pk", flat=True))) for model in tables
    }


def referring(record: models.Model) -> int:
    """How many rows refer to a record."""
    rows = [each.model._default_manager.filter(**{each.column.name: record}) for each in references(type(record))]
    return sum(each.count() for each in rows)


def two_events() -> tuple[Event, Event]:
    town, agent, party = factories.location(), factories.agent(), factories.party()
    kept = factories.event(title="Strike on a town", locations=(town,), parties=(party,))
    merged = factories.event(
        title="A town is struck", locations=(town,), parties=(party, factories.party()), summary="So."
    )
    larger = factories.event(parties=())
    factories.event(parent=merged)
    factories.event(companion=merged)
    merged.parent = larger
    merged.save()
    for event in (kept, merged):
        factories.citation(event, statement=f"Of {event.title}.")
        EventName.objects.create(event=event, name="Zərbə", language="az-Latn")
        Participation.objects.create(event=event, agent=agent, role="spoke")
        event.event_missing_documents.create(missing=factories.missing())
    factories.citation(merged, statement="Once more.")
    return kept, merged


def two_locations() -> tuple[Any, Any]:
    district, event = factories.location(kind="district"), factories.event()
    kept = factories.location(name="Shusha")
    merged = factories.location(name="Shushi", latitude="39.758", longitude="46.749", coordinate_uncertainty_m=2000)
    inner = factories.location()
    for place in (kept, merged):
        LocationName.objects.create(location=place, toponym="Şuşa", language="az-Latn")
        factories.within(place, district)
        factories.within(inner, place)
        event.event_locations.create(location=place)
    factories.within(merged, kept, basis="control", party=factories.party())
    LocationName.objects.create(location=merged, toponym="Շուշի", language="hy")
    factories.citation(event, aspect="location", asserted_location=merged, asserted_location_role="site")
    return kept, merged


def two_documents() -> tuple[Document, Document]:
    kept, merged, other = (
        factories.document(curators_note="Mine."),
        factories.document(curators_note="Theirs."),
        factories.document(),
    )
    agent, event = factories.agent(), factories.event()
    for one in (kept, merged):
        Contribution.objects.create(document=one, agent=agent)
        CitedDocument.objects.create(document=one, cited=other, locator=str(one.pk))
        CitedDocument.objects.create(document=other, cited=one)
        factories.citation(event, one)
        factories.citation(event, other, through=one)
        factories.term().uses.create(wording="war", document=one, times=2)
    CitedDocument.objects.create(document=kept, cited=merged)
    factories.citation(event, merged, through=kept)
    factories.citation(event, kept, through=merged)
    factories.within(factories.location(), factories.location(), source=merged)
    return kept, merged


def two_agents() -> tuple[Any, Any]:
    kept, merged = factories.agent(), factories.agent(party=factories.party())
    event, document = factories.event(), factories.document(publisher=merged)
    for agent in (kept, merged):
        AgentName.objects.create(agent=agent, name="Nazirlik", language="az-Latn")
        Contribution.objects.create(document=document, agent=agent)
        Participation.objects.create(event=event, agent=agent)
        factories.citation(event, claimed_by=agent)
    return kept, merged


PAIRS = {"event": two_events, "location": two_locations, "document": two_documents, "agent": two_agents}
LEFT = {
    "event": (
        ["chronicle.eventlocation", "chronicle.eventname", "chronicle.eventparty", "chronicle.participation"],
        [],
    ),
    "location": (["chronicle.eventlocation", "chronicle.locationname", "chronicle.locationwithin"], []),
    "document": (["sources.citeddocument", "sources.contribution"], ["chronicle.citation.through"]),
    "agent": (["chronicle.participation", "sources.agentname", "sources.contribution"], []),
}
"""The tables of which a row goes because the record that stays has it, and the columns that are emptied."""


@pytest.mark.parametrize("subject", PAIRS)
def test_every_reference_goes_along_and_undoing_restores_every_row(db: None, subject: str) -> None:
    kept, merged = PAIRS[subject]()
    before = everything()
    assert referring(merged) > 4

    made = merge(kept, merged, reason="The same.")

    merged.refresh_from_db()
    assert merged.merged_into_id == kept.pk
    assert referring(merged) == 0
    removed, emptied = LEFT[subject]
    assert sorted(made.changes["removed"]) == removed
    assert sorted({name.rpartition(".")[0] for name in made.changes["emptied"]}) == emptied

    undone = undo(made)

    assert everything() == before
    assert undone.undone_at is not None


def test_citations_get_numbers_of_their_new_event_and_keep_their_own(db: None) -> None:
    kept, merged = two_events()
    numbers = list(merged.citations.order_by("number").values_list("pk", flat=True))

    merge(kept, merged)

    assert list(kept.citations.order_by("number").values_list("pk", flat=True))[1:] == numbers
    assert list(kept.citations.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_numbers_are_not_given_again_after_undoing(db: None) -> None:
    kept, merged = two_events()
    undo(merge(kept, merged))

    assert [factories.citation(event).number or Citation.objects.latest("pk").number for event in (kept, merged)] == [
        4,
        3,
    ]


def test_citation_moves_for_no_other_reason(db: None) -> None:
    kept, merged = two_events()
    other = factories.event()
    made = merge(kept, merged)
    citation = kept.citations.latest("pk")
    move = "UPDATE chronicle_citation SET event_id = {}, number = 0 WHERE id = {}"

    assert violated(move.format(other.pk, citation.pk)) == "citation_stays_with_its_event"
    undo(made)
    assert violated(move.format(kept.pk, citation.pk)) == "citation_stays_with_its_event"


NOTHING_REFERS = "nothing_refers_to_what_was_merged"


def test_nothing_refers_to_what_was_merged_away(db: None) -> None:
    kept, merged = two_documents()
    event, other = factories.event(), factories.document()
    citation = factories.citation(event, other)
    assert violated(f"UPDATE chronicle_citation SET document_id = {merged.pk} WHERE id = {citation.pk}") is None

    merge(kept, merged)

    assert (
        violated(f"UPDATE chronicle_citation SET document_id = {merged.pk} WHERE id = {citation.pk}") == NOTHING_REFERS
    )
    assert violated(lambda: factories.citation(event, merged)) == NOTHING_REFERS
    assert violated(lambda: factories.citation(event, other, through=merged)) == NOTHING_REFERS
    assert (
        violated(lambda: factories.within(factories.location(), factories.location(), source=merged)) == NOTHING_REFERS
    )
    with pytest.raises(DatabaseError, match=f"Document: what is chosen was merged into another record; .* {kept.slug}"):
        factories.citation(event, merged)


def test_record_is_merged_into_one_that_is_there(db: None) -> None:
    first, second, third = (factories.location() for _ in range(3))
    merge(second, first)

    with pytest.raises(MergeRefusedError, match="merged into another record already"):
        merge(third, first)
    with pytest.raises(MergeRefusedError, match="merged into another record already"):
        merge(first, third)
    with pytest.raises(MergeRefusedError, match="Choose two records"):
        merge(third, third)
    assert (
        violated(f"UPDATE chronicle_location SET merged_into_id = {first.pk} WHERE id = {third.pk}") == NOTHING_REFERS
    )


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("kept_number = merged_number", "merge_is_of_two_records"),
        ("subject = 'party'", "merge_subject_is_known"),
        ("changes = '{}'", "merge_says_what_it_did"),
        ("changes = '[]'", "merge_says_what_it_did"),
        ("changes = changes - 'moved'", "merge_says_what_it_did"),
        ('changes = changes || \'{"removed": "<b>"}\'', "merge_says_what_it_did"),
    ],
)
def test_merges_keep_their_constraints(db: None, change: str, constraint: str) -> None:
    merge(factories.location(), factories.location())

    assert violated(f"UPDATE chronicle_merge SET {change}") == constraint


def test_record_is_merged_into_one_other_at_a_time(db: None) -> None:
    made = merge(factories.location(), factories.location())
    columns = "subject, merged_number, merged_name, kept_name, was_public, reason, changes"
    again = f"INSERT INTO chronicle_merge (kept_number, {columns}) SELECT 99, {columns} FROM chronicle_merge"

    assert violated(again) == "merge_of_a_record_is_into_one"
    undo(made)
    assert violated(again) is None


def test_values_are_chosen_field_by_field(db: None) -> None:
    kept = factories.location(name="Shusha", curators_note="Mine.", geonames_id=1)
    merged = factories.location(
        name="Shushi", curators_note="Theirs.", geonames_id=2, wikidata_id="Q1",
        latitude="39.758", longitude="46.749", coordinate_uncertainty_m=2000,
    )  # fmt: skip

    made = merge(kept, merged, choices={"name": "take", "geonames_id": "keep"})

    kept.refresh_from_db()
    assert (kept.name, kept.geonames_id, kept.wikidata_id) == ("Shushi", 1, "Q1")
    assert (str(kept.latitude), kept.coordinate_uncertainty_m) == ("39.758000", 2000)
    assert kept.curators_note == "Mine.\nTheirs."
    assert "name_folded" not in made.changes["before"]


def test_ring_is_refused_and_nothing_is_done(db: None) -> None:
    merged = factories.event()
    part = factories.event(parent=merged)
    kept = factories.event(parent=part)
    before = everything()

    with (
        pytest.raises(DatabaseError, match="Part of: this would make the event a part of itself"),
        transaction.atomic(),
    ):
        merge(kept, merged)

    assert everything() == before


def test_record_that_was_part_of_the_other_is_not_its_own_part(db: None) -> None:
    larger = factories.event()
    merged = factories.event(parent=larger)
    kept = factories.event(parent=merged, companion=merged)

    made = merge(kept, merged)

    kept.refresh_from_db()
    assert (kept.parent, kept.companion) == (larger, None)
    undo(made)
    kept.refresh_from_db()
    assert (kept.parent, kept.companion) == (merged, merged)


def test_foreseeing_does_nothing(db: None) -> None:
    kept, merged = two_locations()
    before = everything()

    told = foreseen(kept, merged)

    assert told.changes["moved"]["chronicle.citation.asserted_location"] == [Citation.objects.get().pk]
    assert everything() == before
    assert not Merge.objects.exists()


BARRED = {
    "access": lambda kept, merged: withhold([merged]),
    "groups": lambda kept, merged: restrict(merged, [Group.objects.get(name="editor")]),
}


@pytest.mark.parametrize(
    ("case", "words"), [("access", "Access: one is open and the other withheld"), ("groups", "same groups")]
)
def test_documents_for_different_eyes_are_not_merged(db: None, case: str, words: str) -> None:
    kept, merged = factories.document(), factories.document()
    assert foreseen(kept, merged).changes["moved"] == {}

    BARRED[case](kept, merged)

    with pytest.raises(MergeRefusedError, match=words):
        merge(kept, merged)


def test_undoing_is_refused_where_later_edits_stand_in_the_way(db: None) -> None:
    kept, merged = two_locations()
    made = merge(kept, merged)
    kept.refresh_from_db()
    kept.latitude = "40"
    kept.save()
    (deleted,) = made.changes["moved"]["chronicle.locationname.location"]
    kept.names.get(language="hy").delete()
    citation = Citation.objects.get()
    citation.asserted_location = factories.location()
    citation.save()

    with pytest.raises(MergeRefusedError) as refused:
        undo(made)

    assert sorted(refused.value.reasons) == [
        f"citation {citation.pk} was deleted, or given another asserted location, since.",
        "latitude of Shusha was changed since.",
        f"name of a location {deleted} was deleted, or given another location, since.",
    ]
    merged.refresh_from_db()
    assert merged.merged_into_id == kept.pk


def test_undoing_twice_or_after_a_further_merge_is_refused(db: None) -> None:
    first, second, third = (factories.location() for _ in range(3))
    made = merge(second, first)
    further = merge(third, second)

    with pytest.raises(MergeRefusedError, match="was itself merged into another record since"):
        undo(made)
    undo(further)
    undo(made)
    with pytest.raises(MergeRefusedError, match="It was undone already"):
        undo(made)


def test_what_was_added_since_stays_with_the_record_that_stayed(db: None) -> None:
    kept, merged = two_events()
    made = merge(kept, merged)
    later = factories.citation(kept, statement="Later.")

    undo(made)

    assert later in kept.citations.all()
    assert merged.citations.count() == 2


def test_changes_are_one_story_in_the_history(db: None) -> None:
    kept, merged = two_events()

    merge(kept, merged)

    contexts = {each.pgh_context_id for each in Citation.pgh_event_model.objects.filter(pgh_label="update")}
    assert len(contexts) == 1
    (context,) = contexts
    assert merged.revisions.latest("pgh_id").pgh_context_id == context
    assert merged.revisions.latest("pgh_id").pgh_context.metadata["merge"] == f"event {merged.pk} → {kept.pk}"


# What readers see.


def answer(address: str) -> tuple[int, str]:
    response = Client().get(address)
    return response.status_code, response.headers.get("Location", "")


def test_addresses_of_a_public_event_lead_to_the_one_that_stays(published: None) -> None:
    kept, merged = two_events()
    publish([kept, merged])
    citation = merged.citations.first()
    assert answer(merged.get_absolute_url())[0] == 200

    made = merge(kept, merged)

    new = kept.get_absolute_url()
    assert answer(merged.get_absolute_url()) == (301, new)
    assert answer(f"{merged.get_absolute_url()}editions/1/") == (301, new)
    assert answer(f"/e/{merged.pk}") == (302, f"/e/{kept.pk}")
    assert answer(f"/c/{citation.pk}") == (302, f"{new}#C{citation.pk}")
    assert f"Of {merged.title}." in Client().get(new).text
    assert kept.editions.latest("number").note == f"What was E{merged.pk}, {merged.title}, is told here now."
    assert merged.editions.latest("number").note == f"Merged into {kept.title} (E{kept.pk})."

    undo(made)

    assert answer(merged.get_absolute_url())[0] == 200
    assert answer(f"/c/{citation.pk}") == (302, f"{merged.get_absolute_url()}#C{citation.pk}")
    assert f"Of {merged.title}." not in Client().get(new).text


def test_event_merged_twice_leads_to_the_end_and_says_when_that_is_gone(published: None) -> None:
    first, second, third = (factories.cited_event() for _ in range(3))
    publish([first, second, third])

    merge(second, first)
    merge(third, second)

    assert answer(first.get_absolute_url()) == (301, third.get_absolute_url())
    withdraw([third], note=Note(words="Taken for another."))
    assert answer(first.get_absolute_url())[0] == 410


def test_event_that_readers_see_is_not_merged_into_one_that_they_do_not(published: None) -> None:
    draft, public = factories.cited_event(), factories.cited_event()
    publish([public])

    with pytest.raises(MergeRefusedError, match="Keep the public one, or publish the other one first"):
        merge(draft, public)
    merge(public, draft)

    assert public.editions.count() == 1  # what comes from a draft goes out with the next edition
    assert publish([draft]).refused[0].reason == "It was merged into another event: publish that one."


def test_reference_is_shown_until_events_are_published_anew_and_leads_on_then(published: None) -> None:
    kept, merged = factories.location(name="Shusha"), factories.location(name="Shushi")
    event = factories.cited_event(locations=(merged,))
    publish([event])

    merge(kept, merged)
    assert answer(merged.get_absolute_url())[0] == 200

    publish([event])
    assert answer(merged.get_absolute_url()) == (301, kept.get_absolute_url())
    assert answer(kept.get_absolute_url())[0] == 200
    publish_references("location", [kept])
    assert answer(merged.get_absolute_url()) == (301, kept.get_absolute_url())


def test_redirects_are_made_again_with_every_migration(published: None) -> None:
    kept, merged = factories.cited_event(), factories.cited_event()
    publish([kept, merged])
    merge(kept, merged)
    run("DELETE FROM published.chronicle_redirect", alias="owner")
    assert answer(merged.get_absolute_url())[0] == 410

    call_command("migrate", verbosity=0)

    assert answer(merged.get_absolute_url()) == (301, kept.get_absolute_url())
