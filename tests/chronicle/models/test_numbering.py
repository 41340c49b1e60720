"""Citations are numbered within their event by the database, whoever inserts them, and no number is given twice."""

import pytest
from django.core import serializers
from django.db import IntegrityError, ProgrammingError, transaction

from chronicle.models import Citation, CitationCounter
from tests import factories as make
from tests.parallel import in_parallel
from tests.refusals import copied, run, violated


def numbers(event):
    return list(Citation.objects.filter(event=event).order_by("pk").values_list("number", flat=True))


def unsaved(event, document, **fields):
    return Citation(event=event, document=document, aspect="description", **fields)


@pytest.mark.django_db
def test_citation_has_its_number_at_once():
    event, other = make.event(), make.event()

    made = [make.citation(event), make.citation(other), make.citation(event)]

    assert [citation.number for citation in made] == [1, 1, 2]
    assert (numbers(event), numbers(other)) == ([1, 2], [1])


@pytest.mark.django_db
def test_citations_of_one_bulk_are_numbered_in_their_order():
    event, other, document = make.event(), make.event(), make.document()

    made = Citation.objects.bulk_create(unsaved(one, document) for one in (event, other, event, event, other))

    assert [citation.number for citation in made] == [1, 1, 2, 3, 2]
    assert (numbers(event), numbers(other)) == ([1, 2, 3], [1, 2])


@pytest.mark.django_db
def test_citations_in_batches_are_numbered_on():
    event, document = make.event(), make.document()

    Citation.objects.bulk_create((unsaved(event, document) for _ in range(5)), batch_size=2)

    assert numbers(event) == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_citation_of_plain_sql_is_numbered():
    event = make.cited_event()

    run(copied(Citation, number="0"))

    assert numbers(event) == [1, 2]


@pytest.mark.django_db
def test_number_is_not_given_again_after_a_delete():
    event = make.event()
    for citation in [make.citation(event), make.citation(event)]:
        citation.delete()

    assert make.citation(event).number == 3

    Citation.objects.filter(event=event).delete()
    assert make.citation(event).number == 4


@pytest.mark.django_db
def test_number_of_a_fixture_is_kept_and_the_counter_follows():
    event, document = make.event(), make.document()

    Citation.objects.bulk_create([unsaved(event, document, number=7), unsaved(event, document, number=3)])

    assert numbers(event) == [7, 3]
    assert make.citation(event).number == 8


@pytest.mark.django_db
def test_counter_does_not_go_back_for_a_lower_number():
    event, document = make.event(), make.document()
    Citation.objects.bulk_create([unsaved(event, document, number=7)])

    Citation.objects.bulk_create([unsaved(event, document, number=2)])

    assert make.citation(event).number == 8


@pytest.mark.django_db
def test_given_and_new_numbers_in_one_statement_do_not_meet():
    event, document = make.event(), make.document()
    rows = [unsaved(event, document, number=2), unsaved(event, document), unsaved(event, document)]

    assert violated(lambda: Citation.objects.bulk_create(rows)) == "citation_number_is_given_once"
    assert numbers(event) == []


@pytest.mark.django_db
def test_fixture_without_numbers_is_numbered():
    event, document = make.event(slug="talks"), make.document(slug="report")
    row = '{"model": "chronicle.citation", "fields": {"event": ["talks"], "document": ["report"], "aspect": "outcome"}}'

    for item in serializers.deserialize("json", f"[{row}, {row}]"):
        item.save()

    assert numbers(event) == [1, 2]
    assert Citation.objects.filter(document=document).count() == 2


@pytest.mark.django_db
def test_citation_stays_with_its_event():
    citation, other = make.citation(make.event()), make.event()

    citation.event = other
    with pytest.raises(IntegrityError, match="a citation stays with its event"), transaction.atomic():
        citation.save()
    citation.refresh_from_db()
    citation.number = 9
    with pytest.raises(IntegrityError, match="a citation stays with its event"), transaction.atomic():
        citation.save()

    assert Citation.objects.get().number == 1


@pytest.mark.django_db
def test_citation_is_saved_again_with_its_number():
    citation = make.citation(make.event())

    citation.statement = "Reworded."
    citation.save()

    assert Citation.objects.get().number == 1


@pytest.mark.django_db
def test_counter_outlives_its_event_and_its_citations():
    event = make.cited_event()
    number = event.pk

    event.delete()

    assert CitationCounter.objects.get(event_id=number).last_number == 1


@pytest.mark.django_db
def test_counter_is_not_the_curators_to_change():
    make.cited_event()

    for statement in (
        "UPDATE chronicle_citationcounter SET last_number = 0",
        "DELETE FROM chronicle_citationcounter",
        "INSERT INTO chronicle_citationcounter VALUES (1000, 1)",
        "TRUNCATE chronicle_citationcounter",
    ):
        with pytest.raises(ProgrammingError, match="permission denied for table chronicle_citationcounter"):
            violated(statement)


@pytest.mark.django_db
def test_numbers_are_given_under_any_search_path():
    event = make.cited_event()
    statement = copied(Citation, number="0").replace("chronicle_citation", "desk.chronicle_citation")
    run("SET LOCAL search_path = pg_temp")

    run(statement)
    run("SET LOCAL search_path = desk, functions")

    assert numbers(event) == [1, 2]


@pytest.mark.django_db
def test_every_trigger_names_its_tables_with_their_schema():
    bodies = run(
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'desk'::regnamespace "
        "AND prorettype = 'trigger'::regtype AND prosrc NOT LIKE '%_pgh_attached_context%' ORDER BY 1"
    )

    unqualified = [
        name for name, body in bodies if any(f" {part}_" in body.replace('"', "") for part in ("chronicle", "sources"))
    ]

    assert len(bodies) > 20
    assert unqualified == []


@pytest.mark.usefixtures("published")
def test_citations_that_two_curators_insert_at_once_get_different_numbers():
    event, document = make.event(), make.document()

    refused = in_parallel(unsaved(event, document).save, unsaved(event, document).save)

    assert refused == (None, None)
    assert numbers(event) == [1, 2]


@pytest.mark.usefixtures("published")
def test_number_of_a_citation_that_was_rolled_back_is_free():
    event = make.event()
    with transaction.atomic():
        make.citation(event)
        transaction.set_rollback(True)

    assert make.citation(event).number == 1
