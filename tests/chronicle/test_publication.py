"""Desk, edition, published: what goes out, what comes back, what must never be."""

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connections, transaction

from chronicle.models import Citation, Dispute, Edition, Event, EventCount, Location, Tally, Voice
from chronicle.publication import Note, publish, publish_references, release, withdraw, withhold
from sources.models import Agent, Document, Party
from sources.vocabularies import Access
from tests import factories as make

pytestmark = pytest.mark.usefixtures("published")

REASON = Note(words="A family asked for it.")


def out(model):
    return model.objects.using("published")


def test_publish_shows_event_with_its_citation():
    event = make.cited_event(title="Talks")

    report = publish([event])

    assert report.done == (event.pk,)
    assert out(Event).get().title == "Talks"
    assert out(Citation).get().event_id == event.pk


def test_draft_and_later_edits_are_not_published():
    event, draft = make.cited_event(title="Talks"), make.cited_event()
    publish([event])

    Event.objects.filter(pk=event.pk).update(title="Reworked")

    assert out(Event).get().title == "Talks"
    assert not out(Event).filter(pk=draft.pk).exists()


def test_publish_takes_along_what_the_event_needs():
    country, district, town = make.location(), make.location(), make.location()
    make.within(town, district)
    make.within(district, country)
    party = make.party()
    publisher = make.agent(party=party)
    document, cited, far = make.document(publisher=publisher), make.document(), make.document()
    document.cited_documents.create(cited=cited)
    cited.cited_documents.create(cited=far)
    speaker = make.agent()
    event = make.event(locations=(town,))
    make.citation(event, document, through=make.document(slug="note-18"), claimed_by=speaker)

    publish([event])

    assert set(out(Location)) == {country, district, town}
    assert set(out(Document)) == {document, cited, Document.objects.get(slug="note-18")}
    assert set(out(Agent)) == {publisher, speaker}
    assert set(out(Party)) == {party}
    assert out(Document).get(pk=document.pk).cited_documents.get().cited == cited
    assert not out(Document).get(pk=cited.pk).cited_documents.exists()


def test_link_to_what_is_not_public_is_empty_until_it_is():
    parent = make.cited_event()
    child = make.cited_event(parent=parent)
    publish([child])
    assert out(Event).get(pk=child.pk).parent_id is None
    assert out(Edition).get(event=child.pk).snapshot["chronicle_event"][0]["parent_id"] is None

    publish([parent])
    assert out(Event).get(pk=child.pk).parent_id == parent.pk

    withdraw([parent], note=REASON)
    assert out(Event).get(pk=child.pk).parent_id is None


def test_publishing_parent_and_child_together_links_them():
    parent = make.cited_event()
    child = make.cited_event(parent=parent)

    publish([child, parent])

    assert out(Event).get(pk=child.pk).parent_id == parent.pk


def test_cited_document_appears_once_it_is_public():
    far = make.document()
    cited = make.document()
    cited.cited_documents.create(cited=far)
    citing = make.document()
    citing.cited_documents.create(cited=cited)
    first = make.event()
    make.citation(first, citing)
    publish([first])
    assert not out(Document).get(pk=cited.pk).cited_documents.exists()

    second = make.event()
    make.citation(second, far)
    publish([second])

    assert out(Document).get(pk=cited.pk).cited_documents.get().cited == far


def test_unchanged_event_gets_no_new_edition():
    event = make.cited_event()
    publish([event])

    report = publish([event])

    assert report == report.__class__(unchanged=(event.pk,))
    assert Edition.objects.filter(event=event).count() == 1


def test_editions_are_numbered_and_signed():
    event = make.cited_event(title="One")
    publish([event], note=Note(kind="new_source", signed_as="The board"))
    Event.objects.filter(pk=event.pk).update(title="Two")
    publish([event], note=Note(kind="correction", words="The title was wrong."))

    editions = list(out(Edition).filter(event=event.pk).order_by("number"))

    assert [(e.number, e.note_kind, e.note, e.signed_as) for e in editions] == [
        (1, "first", "", "The board"),
        (2, "correction", "The title was wrong.", "The editors"),
    ]
    assert [e.snapshot["chronicle_event"][0]["title"] for e in editions] == ["One", "Two"]


def test_uncited_event_is_refused_by_the_verb_with_a_reason():
    event, cited = make.event(), make.cited_event()

    report = publish([event, cited])

    assert report.done == (cited.pk,)
    assert [refusal.subject for refusal in report.refused] == [event]
    assert "add a citation" in report.refused[0].reason
    assert set(out(Event)) == {cited}


def test_uncited_event_is_refused_by_the_database_itself():
    event = make.event()

    with pytest.raises(IntegrityError, match="edition_of_event_is_cited"), transaction.atomic():
        sql("SELECT functions.publish(%s::bigint[], NULL, 'x', 'wording', '')", [[event.pk]])

    assert not out(Event).exists()
    assert not Edition.objects.exists()


def test_event_cited_only_by_withheld_document_is_refused():
    event = make.event()
    make.citation(event, make.document(access=Access.WITHHELD))

    assert publish([event]).refused[0].subject == event
    with pytest.raises(IntegrityError, match="edition_of_event_is_cited"), transaction.atomic():
        sql("SELECT functions.publish(%s::bigint[], NULL, 'x', 'wording', '')", [[event.pk]])


def test_withheld_documents_never_go_out():
    secret = make.document(title="Secret", access=Access.WITHHELD)
    event = make.event()
    make.citation(event, secret, statement="Whispered.")
    make.citation(event, make.document(), through=secret, statement="Said aloud.")

    publish([event])

    assert [c.statement for c in out(Citation)] == ["Said aloud."]
    assert out(Citation).get().through_id is None
    assert not out(Document).filter(pk=secret.pk).exists()
    assert "Secret" not in str(list(out(Edition).values_list("snapshot", flat=True)))


def test_described_document_goes_out_as_its_description_only():
    testimony = make.document(
        title="Testimony of N. N.",
        title_short="N. N.",
        slug="testimony-of-n-n",
        publisher=make.agent(),
        issued_edtf="2020-10-11",
        url="https://example.org/nn",
        access=Access.DESCRIBED,
        public_description="Testimony of a resident",
    )
    testimony.contributions.create(agent=make.agent(name="N. N."))
    event = make.event()
    make.citation(event, testimony, quotation="I saw", locator_label="page", locator="3", claimed_by=make.agent())

    publish([event])

    shown = out(Document).get()
    assert (shown.title, shown.title_short, shown.slug) == (
        "Testimony of a resident",
        "Testimony of a resident",
        f"undisclosed-{testimony.pk}",
    )
    assert (shown.issued_edtf, shown.url, shown.publisher_id) == ("2020", "", None)
    assert not shown.contributions.exists()
    citation = out(Citation).get()
    assert (citation.quotation, citation.locator, citation.claimed_by_id) == ("", "", None)
    assert citation.statement == "It says so."
    assert "N. N." not in str(list(out(Edition).values_list("snapshot", flat=True)))
    assert not out(Agent).exists()


def test_private_columns_are_empty_on_the_published_side():
    event = make.cited_event(curators_note="Ask the archive.")

    publish([event])

    assert out(Event).get().curators_note == ""
    assert "Ask the" not in str(list(out(Edition).values_list("snapshot", flat=True)))
    assert Event.objects.get().curators_note == "Ask the archive."


def test_withdraw_leaves_tombstone_and_sweeps_references():
    town, document = make.location(), make.document(publisher=make.agent(party=make.party()))
    event, other = make.event(locations=(town,)), make.cited_event()
    make.citation(event, document)
    publish([event, other])

    report = withdraw([event], note=REASON)

    assert report.done == (event.pk,)
    assert set(out(Event)) == {other}
    assert not out(Location).exists()
    assert not out(Document).filter(pk=document.pk).exists()
    assert not out(Agent).exists()
    assert not out(Party).exists()
    editions = out(Edition).filter(event=event.pk).order_by("number")
    assert [(e.number, e.slug, e.is_tombstone, e.snapshot, e.note) for e in editions] == [
        (1, event.slug, True, None, ""),
        (2, event.slug, True, None, "A family asked for it."),
    ]
    assert not out(Edition).filter(document=document.pk).exists()
    assert Edition.objects.get(event=event, number=1).snapshot["chronicle_event"]


def test_withdraw_keeps_references_that_others_need():
    town, document = make.location(), make.document()
    first, second = make.event(locations=(town,)), make.event(locations=(town,))
    make.citation(first, document)
    make.citation(second, document)
    publish([first, second])

    withdraw([first], note=REASON)

    assert out(Location).get() == town
    assert out(Document).get() == document


def test_withdraw_without_reason_is_refused():
    with pytest.raises(ValueError, match="public reason"):
        withdraw([], note=Note())


def test_withdrawn_event_can_be_published_again_and_old_editions_stay_closed():
    event = make.cited_event()
    publish([event])
    withdraw([event], note=REASON)

    assert publish([event]).done == (event.pk,)

    assert [e.is_tombstone for e in out(Edition).filter(event=event.pk).order_by("number")] == [True, True, False]
    assert out(Event).get() == event


def test_reference_dropped_by_an_edition_leaves_but_its_old_edition_stays_readable():
    dropped, kept = make.document(title="Dropped"), make.document()
    event = make.event()
    citation = make.citation(event, dropped)
    make.citation(event, kept)
    publish([event])

    citation.delete()
    publish([event])

    assert set(out(Document)) == {kept}
    assert out(Edition).filter(document=dropped.pk).exists()
    withdraw([event], note=REASON)
    assert not out(Edition).filter(document=dropped.pk).exists()


def test_publish_references_gives_changed_ones_an_edition():
    document, unpublished = make.document(title="Old"), make.document()
    event = make.event()
    make.citation(event, document)
    publish([event])
    Document.objects.filter(pk=document.pk).update(title="New")

    publish_references("document", [document, unpublished], note=Note(kind="correction", words="Title."))

    assert out(Document).get().title == "New"
    assert [e.note for e in out(Edition).filter(document=document.pk).order_by("number")] == ["", "Title."]


def test_reference_that_changed_changes_facts_of_its_events():
    party = make.party()
    publisher = make.agent()
    document = make.document(publisher=publisher)
    event = make.event(parties=(party,))
    make.citation(event, document)
    publish([event])
    assert out(Voice).get().documents == 0

    Agent.objects.filter(pk=publisher.pk).update(party=party, basis="By decree.")
    publish_references("agent", [publisher])

    assert out(Voice).get().documents == 1


def test_withhold_cuts_source_from_everything_at_once():
    secret = make.document(title="Secret", slug="secret")
    event, alone = make.event(), make.event()
    make.citation(event, secret, statement="Whispered.")
    make.citation(event, make.document(), statement="Said aloud.")
    make.citation(alone, secret)
    publish([event, alone], note=Note(words="Secret came in."))
    Event.objects.filter(pk=event.pk).update(title="Second edition")
    publish([event])

    withhold([secret])

    assert [c.statement for c in out(Citation)] == ["Said aloud."]
    assert set(out(Event)) == {event}
    assert not out(Document).filter(pk=secret.pk).exists()
    everything = str(list(out(Edition).values())) + str(list(Edition.objects.values()))
    assert "Whispered" not in everything
    assert "ecret" not in everything
    assert all(e.sources_removed for e in out(Edition).filter(event__isnull=False))
    assert out(Edition).get(event=alone.pk).is_tombstone
    assert Document.objects.get(pk=secret.pk).access == Access.WITHHELD
    assert publish([alone]).refused


def test_withheld_document_comes_back_by_release_and_publishing():
    secret = make.document()
    event = make.event()
    make.citation(event, secret)
    publish([event])
    withhold([secret])

    release([secret])

    assert not out(Event).exists()
    assert publish([event]).done == (event.pk,)
    assert out(Document).get() == secret


def test_access_is_changed_by_verbs_alone():
    document = make.document()

    with pytest.raises(ProgrammingError, match="withhold"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(access=Access.WITHHELD)
    document.title = "Still editable"
    document.save()

    assert Document.objects.get().access == Access.OPEN


def test_event_with_edition_cannot_be_deleted_by_sql():
    event = make.cited_event()
    publish([event])

    with pytest.raises(IntegrityError), transaction.atomic():
        sql("DELETE FROM chronicle_citation; DELETE FROM chronicle_event")

    assert Event.objects.filter(pk=event.pk).exists()


def test_facts_go_out_with_the_event():
    event = make.event(parties=(make.party(slug="armenia"),))
    for day in ("2020-10-09", "2020-10-10"):
        make.citation(event, aspect="date", asserted_date_edtf=day, date_of="agreed")

    publish([event])

    assert out(Dispute).get().verdict == "disagree"
    assert out(Voice).get().documents == 0
    assert out(EventCount).get().citations == 2
    edition = out(Edition).get(event=event.pk)
    assert edition.snapshot["chronicle_dispute"][0]["verdict"] == "disagree"


def recount():
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT id, number FROM outgoing.chronicle_tally")
        return dict(cursor.fetchall())


def tallies():
    return dict(out(Tally).values_list("id", "number"))


def test_tallies_stay_exact_through_publishing_and_withdrawing():
    town = make.location()
    events = [make.cited_event(locations=(town,), date_edtf=f"2020-10-{day:02}") for day in range(1, 6)]
    publish(events)
    assert tallies() == recount()
    assert tallies()[f"location:{town.pk}"] == 5

    Event.objects.filter(pk=events[0].pk).update(date_edtf="1999", date_range="[1999-01-01,2000-01-01)")
    publish(events[:1])
    assert tallies() == recount()

    withdraw(events[1:], note=REASON)
    assert tallies() == recount()
    assert tallies()[f"location:{town.pk}"] == 1


def test_ancient_and_open_dates_survive_the_way():
    event = make.event(date_edtf="-0043-03-15/..")
    make.citation(event, aspect="date", asserted_date_edtf="-0043~", date_of="began")

    publish([event])

    assert out(Event).get().date_range == Event.objects.get().date_range
    assert out(Citation).get().asserted_date_widened == Citation.objects.get().asserted_date_widened


def test_figures_survive_the_way():
    event = make.event()
    make.citation(event, aspect="killed", asserted_figure=(7000, None), unit=make.unit())

    publish([event])

    assert out(Citation).get().asserted_figure == Citation.objects.get().asserted_figure


def test_verbs_refuse_other_isolation():
    event = make.cited_event()

    repeatable = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;"
    with pytest.raises(InternalError, match="read committed"), transaction.atomic():
        sql(f"{repeatable} SELECT functions.publish('{{{event.pk}}}'::bigint[], NULL, 'x', 'wording', '')")


def sql(statement, parameters=None):
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, parameters)


def test_documents_that_cite_each_other_leave_together():
    first, second = make.document(), make.document()
    first.cited_documents.create(cited=second)
    second.cited_documents.create(cited=first)
    event = make.event()
    make.citation(event, first)
    publish([event])
    assert set(out(Document)) == {first, second}

    withdraw([event], note=REASON)

    assert not out(Document).exists()
    assert not out(Edition).filter(document__isnull=False).exists()
