"""What changed between two editions."""

from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import NumericRange
from hypothesis import given
from hypothesis import strategies as st

from chronicle.editions import differences, read
from chronicle.editions.texts import compared, replaced
from chronicle.models import Citation, Edition, Event, EventLocation, LocationName
from chronicle.publication import publish, withhold
from sources.models import Document
from tests import factories as make


def between(event, first=1, second=2):
    editions = Edition.objects.using("published").filter(event=event.pk)
    return differences(*(read(editions.get(number=number)) for number in (first, second)))


def shown(parts):
    marks = {(True, False): "[-{}-]", (False, True): "[+{}+]", (False, False): "{}"}
    return "".join(marks[part.is_removed, part.is_added].format(part.text) for part in parts)


def fields(changes):
    return {change.label: shown(change.parts) for change in changes}


def published_event(**given):
    event = make.cited_event(**{"title": "Ceasefire of 9 October", **given})
    publish([event])
    return event


class TestTexts:
    def test_whole_words_are_compared(self):
        assert shown(compared("the ceasefire of 9 October", "the ceasefire of 10 October")) == (
            "the ceasefire of [-9-][+10+] October"
        )

    def test_words_are_whole_in_every_script(self):
        assert shown(compared("Şuşa şəhəri", "Шуша şəhəri")) == "[-Şuşa-][+Шуша+] şəhəri"

    def test_value_is_replaced_as_a_whole(self):
        assert shown(replaced("9 October", "10 October")) == "[-9 October-][+10 October+]"
        assert shown(replaced("", "10 October")) == "[+10 October+]"

    @given(st.text(max_size=200), st.text(max_size=200))
    def test_parts_are_both_texts(self, before, after):
        parts = compared(before, after)

        assert "".join(part.text for part in parts if not part.is_added) == before
        assert "".join(part.text for part in parts if not part.is_removed) == after


@pytest.mark.usefixtures("published")
class TestDifferences:
    def test_equal_editions_differ_in_nothing(self):
        event = published_event()

        assert not between(event, 1, 1)

    def test_text_is_compared_word_by_word_and_values_as_a_whole(self):
        event = published_event(summary="They met in Moscow.", date_edtf="2020-10-09")
        Event.objects.filter(pk=event.pk).update(title="Ceasefire of 10 October", summary="They met in Minsk.")
        again = Event.objects.get(pk=event.pk)
        again.date_edtf, again.kind, again.reading_note = (
            "2020-10-10",
            make.kind(slug="truce", name="truce"),
            "As told.",
        )
        again.save()
        publish([event])

        assert fields(between(event).fields) == {
            "Title": "Ceasefire of [-9-][+10+] October",
            "Kind": "[-battle-][+truce+]",
            "Filed under": "[-9 October 2020-][+10 October 2020+]",
            "Reason for the filing": "[+As told.+]",
            "Summary": "They met in [-Moscow-][+Minsk+].",
        }

    def test_links_are_told_by_the_titles_of_today(self):
        war, other = published_event(title="The war"), published_event(title="The other side")
        event = published_event()
        Event.objects.filter(pk=event.pk).update(parent=war, companion=other)
        publish([event])

        assert fields(between(event).fields) == {"Part of": "[+The war+]", "Companion": "[+The other side+]"}

    def test_lists_tell_what_came_and_what_went(self):
        armenia, azerbaijan = make.party(slug="armenia"), make.party(slug="azerbaijan")
        town, village = make.location(name="Shusha"), make.location(name="Dashalty")
        event = make.cited_event(parties=(armenia,), locations=(town,))
        event.names.create(name="Old", language="en")
        publish([event])
        event.names.all().delete()
        event.names.create(name="Yeni", language="az-Latn", party=azerbaijan)
        event.event_parties.create(party=azerbaijan)
        EventLocation.objects.filter(event=event).update(certainty="possible")
        event.event_locations.create(location=village, role="target")
        LocationName.objects.create(location=town, toponym="Şuşa", language="az-Latn", party=azerbaijan)
        event.participations.create(agent=make.agent(name="Speaker"), role="spoke")
        publish([event])

        found = {entries.label: (entries.removed, entries.added) for entries in between(event).entries}

        assert found == {
            "Other names": (("Old (en)",), ("Yeni (az-Latn, Azerbaijan)",)),
            "Places": (("Shusha (site, certain)",), ("Shusha (site, possible)", "Dashalty (target, certain)")),
            "Names of the places": ((), ("Shusha: Şuşa (az-Latn, Azerbaijan)",)),
            "Parties concerned": ((), ("Azerbaijan",)),
            "Participants": ((), ("Speaker (spoke)",)),
        }

    def test_assertions_are_added_and_removed_by_their_numbers(self):
        event = published_event()
        first = event.citations.get()
        second = make.citation(event, statement="A second one.")
        publish([event])
        number = first.pk
        first.delete()
        publish([event])

        added, removed = between(event, 1, 2), between(event, 2, 3)

        assert [row.citation.pk for row in added.citations_added] == [second.pk]
        assert [row.citation.pk for row in removed.citations_removed] == [number]
        assert not added.citations_removed
        assert not removed.citations_added

    def test_assertion_is_compared_field_by_field(self):
        report, other = make.document(title_short="Report"), make.document(title_short="Other")
        event = make.event()
        figure = {"aspect": "killed", "unit": make.unit(), "asserted_figure": NumericRange(Decimal(80), None)}
        citation = make.citation(event, report, statement="It counts 80 dead.", **figure)
        publish([event])
        Citation.objects.filter(pk=citation.pk).update(
            asserted_figure=NumericRange(Decimal(81), None), statement="It counts 81 dead.",
            population=make.population(),
            through=other, locator_label="page", locator="14", claimed_by=make.agent(name="Speaker"), stated_on="2021",
            value_as_printed="more than 80", quotation="ölənlər", comment="Sic.", aspect="wounded",
        )  # fmt: skip
        publish([event])

        (changed,) = between(event).citations_changed

        assert changed.row.citation.pk == citation.pk
        assert fields(changed.changes) == {
            "Aspect": "[-killed-][+wounded+]",
            "Value": "[-at least 80 persons-][+more than 80 persons (military)+]",
            "As printed": "[+more than 80+]",
            "Speaker": "[-the document itself-][+Speaker+]",
            "Stated on": "[+2021+]",
            "Place in it": "[+page 14+]",
            "Leaning on": "[+Other+]",
            "Statement": "It counts [-80-][+81+] dead.",
            "Quotation": "[+ölənlər+]",
            "Editors’ remark": "[+Sic.+]",
        }

    def test_value_can_become_unknown(self):
        event = make.event()
        citation = make.citation(event, aspect="date", asserted_date_edtf="2020", date_of="agreed")
        publish([event])
        nothing = {"asserted_date_edtf": "", "asserted_date_range": None, "asserted_date_widened": None, "date_of": ""}
        Citation.objects.filter(pk=citation.pk).update(asserts_unknown=True, **nothing)
        publish([event])

        (changed,) = between(event).citations_changed

        assert fields(changed.changes) == {"Value": "[-2020 for the agreement-][+said to be unknown+]"}

    def test_reference_in_other_words_is_told(self):
        report = make.document(title="Old & grey", title_short="Report")
        event = make.event()
        make.citation(event, report)
        publish([event])
        Document.objects.filter(pk=report.pk).update(title="New & grey")
        Event.objects.filter(pk=event.pk).update(summary="So it was.")
        publish([event])

        (changed,) = between(event).references

        assert changed.label == "Report"
        assert shown(changed.parts).startswith("[-Old-][+New+] & grey")

    def test_what_is_computed_is_told_in_sentences(self):
        armenia = make.party(slug="armenia")
        event = make.event(parties=(armenia,))
        dated = {"aspect": "date", "date_of": "agreed"}
        make.citation(event, asserted_date_edtf="2020-10-09", **dated)
        publish([event])
        make.citation(event, make.document(party=armenia), asserted_date_edtf="2020-10-10", **dated)
        publish([event])

        assert list(between(event).computed) == [
            "Now two values of “date” instead of one.",
            "On “date” there are now values that do not meet, or may not.",
            "Behind it stand now 2 documents, 1 party, 2 independent instead of 1 document, 0 parties, 1 independent.",
            "Now one document here speaks for Armenia instead of none.",
        ]

    def test_what_was_cut_out_is_on_neither_side(self):
        secret = make.document(title_short="Secret")
        event = published_event()
        make.citation(event, secret, statement="Whispered.")
        publish([event])
        assert between(event).citations_added

        withhold([secret])
        found = between(event)

        assert not found.citations_added
        assert not found.is_computed
        assert found.computed == ()
        assert "Whispered" not in repr(found)
