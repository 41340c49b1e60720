"""Nothing is lost by accident: every change of every table, by any path, is on record with who, why and from where."""

import json

import pghistory
import pgtrigger
import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from pghistory.models import Context

from chronicle.models import Event, EventParty
from chronicle.publication import withhold
from sources.models import Document, Party
from tests import factories as make
from tests.factories.whole import NOT_EDITED, edited, revisions, whole_chronicle
from tests.refusals import run

EVERY_WRITABLE_TABLE = """
    SELECT relname FROM pg_class WHERE relnamespace = 'desk'::regnamespace AND relkind IN ('r', 'p')
    AND relname ~ '^(sources|chronicle)_' AND has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE')
"""
EVERY_TRACKED_TABLE = """
    SELECT c.relname, count(*), bool_or((t.tgtype & 1)::boolean), bool_and(t.tgenabled = 'O')
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname ~ '^pgtrigger_(insert_insert|update_update|delete_delete)_' GROUP BY 1
"""
HISTORY = [model.pgh_event_model._meta.db_table for model in edited()] + ["pghistory_context"]

CHANGES = {
    "sources_party": "name = 'Other'",
    "sources_partyname": "name = 'Other'",
    "sources_agent": "name = 'Other'",
    "sources_agentname": "name = 'Other'",
    "sources_document": "title = 'Other'",
    "sources_contribution": "position = 9",
    "sources_citeddocument": "locator = 'note 19'",
    "sources_documentfile": "content_warning = 'Other'",
    "sources_documenttext": "language = 'hy'",
    "chronicle_location": "name = 'Other'",
    "chronicle_locationname": "is_preferred = NOT is_preferred",
    "chronicle_locationwithin": "source_id = NULL",
    "chronicle_eventkind": "name = 'Other'",
    "chronicle_event": "title = 'Other'",
    "chronicle_eventname": "name = 'Other'",
    "chronicle_eventparty": "party_id = (SELECT max(id) FROM sources_party)",
    "chronicle_eventlocation": "certainty = 'possible'",
    "chronicle_participation": "role = 'spoke'",
    "chronicle_disputenote": "text = 'Other'",
    "chronicle_unit": "name = 'Other'",
    "chronicle_population": "name = 'Other'",
    "chronicle_citation": "statement = 'Other'",
    "chronicle_masthead": "name = 'Other'",
    "chronicle_missingdocument": "title = 'Other'",
    "chronicle_eventmissingdocument": "missing_id = (SELECT max(id) FROM chronicle_missingdocument)",
    "chronicle_term": "name = 'Other'",
    "chronicle_termuse": "times = times + 1",
    "chronicle_assignment": "assigned_at = 'epoch'",
    "chronicle_remark": "words = 'Other'",
    "chronicle_restriction": "group_id = (SELECT min(id) FROM auth_group)",
    "chronicle_merge": "reason = 'Other'",
    "chronicle_import": "files = 'Other'",
    "chronicle_mention": "curator_id = (SELECT max(id) FROM auth_user)",
}
"""A change of every row of every table."""


def labels(model):
    return list(revisions(model).values_list("pgh_label", flat=True))


def recorded(*names):
    """What was recorded of parties: label and name, in order; without those called so, which a test begins with."""
    rows = revisions(Party).values_list("pgh_label", "name")
    return [(label, name) for label, name in rows if (label, name) not in {("insert", name) for name in names}]


def metadata(model=Party):
    """What the context of the newest revision says."""
    return revisions(model).last().pgh_context.metadata


# Every table


@pytest.mark.django_db
def test_every_table_that_the_desk_can_write_is_tracked_by_statement():
    tracked = {name: tuple(facts) for name, *facts in run(EVERY_TRACKED_TABLE)}

    for_every_row, enabled = False, True
    assert tracked == {name: (3, for_every_row, enabled) for (name,) in run(EVERY_WRITABLE_TABLE)}
    assert set(tracked) == {model._meta.db_table for model in edited()} == set(CHANGES)


def test_every_managed_model_is_tracked_or_has_a_reason():
    assert [model for model in edited() if not hasattr(model, "pgh_event_models")] == []
    owners = {"chronicle.Edition", "chronicle.CitationCounter", "chronicle.Purge"}
    assert set(NOT_EDITED) == owners | {"sources.DocumentPage"}


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE {} SET content = 'Other'", "DELETE FROM {}", "TRUNCATE {}"])
def test_page_of_a_text_is_written_once(change):
    make.text(make.document(), "Once.")

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run(change.format("sources_documentpage"))

    assert run("SELECT content FROM sources_documentpage") == [("Once.",)]


@pytest.mark.parametrize("model", edited())
def test_revision_has_every_column_but_generated_ones(model):
    fields = model.pgh_event_model._meta.concrete_fields

    kept = {field.name for field in fields if not field.name.startswith("pgh_")}

    assert kept == {field.name for field in model._meta.concrete_fields if not field.generated}
    assert model.pgh_event_model.__name__ == f"{model.__name__}Revision"


@pytest.mark.django_db
def test_insert_update_and_delete_of_every_table_are_recorded():
    whole_chronicle()
    make.party()
    make.missing()
    get_user_model().objects.create_user("another")
    made = {model: labels(model) for model in edited()}
    rows = {model: model.objects.count() for model in edited()}

    for table, change in CHANGES.items():
        run(f"UPDATE {table} SET {change}")
    for table in reversed(CHANGES):
        run(f"DELETE FROM {table}")

    assert {model: made[model].count("insert") for model in edited()} == rows
    assert {model: labels(model)[len(made[model]) :] for model in edited()} == {
        model: ["update"] * number + ["delete"] * number for model, number in rows.items()
    }


# Every way


@pytest.mark.django_db
def test_save_and_delete_are_recorded_as_they_were():
    party = make.party(name="One")
    party.name = "Two"
    party.save()
    party.delete()

    assert recorded() == [("insert", "One"), ("update", "Two"), ("delete", "Two")]


@pytest.mark.django_db
def test_save_that_changes_nothing_adds_nothing():
    party = make.party(name="One")
    contexts = Context.objects.count()

    party.save()
    Party.objects.update(name="One")

    assert recorded() == [("insert", "One")]
    assert Context.objects.count() == contexts


@pytest.mark.django_db
def test_many_rows_at_once_are_recorded_each():
    made = Party.objects.bulk_create(Party(slug=f"p-{n}", name=f"P{n}", name_short="P") for n in range(3))
    made[0].name, made[1].name = "Q0", "Q1"
    Party.objects.bulk_update(made, ["name"])
    Party.objects.filter(name="P2").update(name="Q2")
    Party.objects.all().delete()

    assert recorded() == [
        *(("insert", f"P{n}") for n in range(3)),
        *(("update", f"Q{n}") for n in range(3)),
        *(("delete", f"Q{n}") for n in range(3)),
    ]


@pytest.mark.django_db
def test_bulk_create_that_updates_is_recorded_as_what_it_does():
    make.party(slug="p-0", name="P0")
    rows = [Party(slug=f"p-{n}", name=f"Q{n}", name_short="Q") for n in range(2)]

    Party.objects.bulk_create(rows, update_conflicts=True, unique_fields=["slug"], update_fields=["name"])

    assert sorted(recorded("P0")) == [("insert", "Q1"), ("update", "Q0")]


@pytest.mark.django_db
def test_plain_sql_is_recorded():
    run("INSERT INTO sources_party (slug, name, name_short, period_edtf, curators_note) VALUES ('p', 'P', 'P', '', '')")
    run("WITH w AS (UPDATE sources_party SET name = 'Q' RETURNING 1) SELECT count(*) FROM w")
    run(
        "MERGE INTO sources_party p USING (VALUES ('p')) AS v(slug) ON p.slug = v.slug "
        "WHEN MATCHED THEN UPDATE SET name = 'R'"
    )
    run("DELETE FROM sources_party")

    assert recorded() == [("insert", "P"), ("update", "Q"), ("update", "R"), ("delete", "R")]


@pytest.mark.django_db
def test_copy_is_recorded():
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY sources_party (slug, name, name_short, period_edtf, curators_note) FROM STDIN") as copy,
    ):
        for number in range(3):
            copy.write_row((f"p-{number}", f"P{number}", "P", "", ""))

    assert recorded() == [("insert", "P0"), ("insert", "P1"), ("insert", "P2")]
    assert metadata() == {"login": "chronicle_desk"}


@pytest.mark.django_db
def test_fixture_is_recorded(tmp_path):
    make.party(slug="p-0", name="P0")
    fields = [{"slug": f"p-{n}", "name": f"Q{n}", "name_short": "Q"} for n in range(2)]
    path = tmp_path / "parties.json"
    path.write_text(json.dumps([{"model": "sources.party", "fields": row} for row in fields]))

    call_command("loaddata", str(path), verbosity=0)

    assert recorded("P0") == [("update", "Q0"), ("insert", "Q1")]


@pytest.mark.django_db
def test_many_to_many_rows_are_recorded():
    event, one, other = make.event(), make.party(), make.party()

    event.parties_concerned.add(one)
    event.parties_concerned.set([other])
    event.parties_concerned.remove(other)
    event.parties_concerned.add(one)
    event.parties_concerned.clear()

    rows = revisions(EventParty).values_list("pgh_label", "party_id")
    assert list(rows) == [
        ("insert", one.pk),
        ("delete", one.pk),
        ("insert", other.pk),
        ("delete", other.pk),
        ("insert", one.pk),
        ("delete", one.pk),
    ]


@pytest.mark.django_db
def test_rows_that_go_along_with_a_delete_are_recorded():
    whole_chronicle()
    event = Event.objects.get(slug="part")
    gone = (
        *("event", "eventname", "eventlocation", "eventmissingdocument", "participation", "citation", "disputenote"),
        *("assignment", "remark", "mention"),
    )
    going = {name: {"event": 1, "citation": 7}.get(name, 1) for name in gone}

    event.delete()

    deleted = {model._meta.model_name: labels(model).count("delete") for model in edited()}
    assert {name: number for name, number in deleted.items() if number} == going


@pytest.mark.django_db
def test_deleted_row_can_be_read_from_the_record_in_full():
    party = make.party(name="Հայաստան", period_edtf="-0043-03-15/..", curators_note="Why?")
    saved = Party.objects.values().get()

    party.delete()

    kept = revisions(Party).filter(pgh_label="delete").values().get()
    assert {name: kept[name] for name in saved if name != "name_folded"} == {
        name: value for name, value in saved.items() if name != "name_folded"
    }


# Who, why and from where


@pytest.mark.django_db
def test_context_says_who_why_and_from_where():
    with pghistory.context(user=7, reason="A typing slip.", url="/admin/sources/party/1/change/"):
        make.party()

    assert metadata() == {
        "user": 7,
        "reason": "A typing slip.",
        "url": "/admin/sources/party/1/change/",
        "login": "chronicle_desk",
    }


@pytest.mark.django_db
def test_login_cannot_be_claimed():
    with pghistory.context(login="chronicle_owner"):
        make.party()

    assert metadata() == {"login": "chronicle_desk"}


@pytest.mark.usefixtures("published")
def test_change_by_the_owner_has_its_login():
    run(
        "INSERT INTO desk.sources_party (slug, name, name_short, period_edtf, curators_note) "
        "VALUES ('p', 'P', 'P', '', '')",
        alias="owner",
    )

    assert metadata() == {"login": "chronicle_owner"}


@pytest.mark.usefixtures("published")
def test_one_transaction_has_one_context_and_the_next_another():
    with transaction.atomic():
        first, second = make.party(), make.agent()
    make.party()

    contexts = [*revisions(type(first)).values_list("pgh_context", flat=True)]
    assert revisions(type(second)).get().pgh_context_id == contexts[0]
    assert len(set(contexts)) == 2
    assert Context.objects.count() == 2


@pytest.mark.usefixtures("published")
def test_one_context_holds_for_several_transactions():
    with pghistory.context(user=7):
        make.party()
        make.party()

    assert [context.metadata["user"] for context in Context.objects.all()] == [7]
    assert revisions(Party).values("pgh_context").distinct().count() == 1


@pytest.mark.usefixtures("published")
def test_context_ends_with_its_transaction():
    with pghistory.context(user=7):
        make.party()
    make.party()

    assert metadata() == {"login": "chronicle_desk"}


@pytest.mark.usefixtures("published")
def test_context_of_an_earlier_transaction_is_not_rewritten():
    with pghistory.context(user=7):
        make.party()
    earlier = revisions(Party).get().pgh_context

    with transaction.atomic():
        run("SELECT set_config('pghistory.context_id', %s, true)", [str(earlier.pk)])
        run("SELECT set_config('pghistory.context_metadata', '{\"user\": 8}', true)")
        make.party()

    earlier.refresh_from_db()
    assert earlier.metadata == {"user": 7, "login": "chronicle_desk"}
    assert metadata() == {"user": 8, "login": "chronicle_desk"}
    assert revisions(Party).first().pgh_context == earlier


@pytest.mark.usefixtures("published")
def test_access_that_a_verb_changes_is_recorded_with_its_author():
    document = make.document()

    with pghistory.context(user=7):
        withhold([document])

    assert labels(Document) == ["insert", "update"]
    assert revisions(Document).last().access == "withheld"
    assert metadata(Document) == {"user": 7, "login": "chronicle_desk"}


@pytest.mark.django_db
def test_savepoint_that_is_rolled_back_leaves_nothing():
    make.party(name="One")
    contexts = Context.objects.count()

    with transaction.atomic(), pghistory.context(user=7):
        make.party(name="Two")
        Party.objects.update(name="Three")
        transaction.set_rollback(True)

    assert recorded() == [("insert", "One")]
    assert Context.objects.count() == contexts


@pytest.mark.django_db
def test_first_savepoint_that_is_rolled_back_leaves_the_next_change_on_record():
    with transaction.atomic():
        make.party(name="One")
        transaction.set_rollback(True)

    make.party(name="Two")

    assert recorded() == [("insert", "Two")]
    assert metadata() == {"login": "chronicle_desk"}


# No way round


@pytest.mark.django_db
def test_library_cannot_switch_history_off():
    with pgtrigger.ignore("sources.Party:insert_insert"):
        make.party(name="One")

    assert recorded() == [("insert", "One")]


@pytest.mark.django_db
def test_session_cannot_switch_history_off():
    ((trigger,),) = run("SELECT tgname FROM pg_trigger WHERE tgrelid = 'sources_party'::regclass AND tgname ~ 'insert'")
    run("SELECT set_config('pgtrigger.ignore', %s, false)", [f"{{sources_party:{trigger},{trigger}}}"])

    make.party(name="One")

    assert recorded() == [("insert", "One")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SET LOCAL session_replication_role = replica",
        "ALTER TABLE sources_party DISABLE TRIGGER ALL",
        "DROP FUNCTION desk._pgtrigger_should_ignore CASCADE",
        "TRUNCATE sources_party CASCADE",
        "CREATE OR REPLACE FUNCTION desk._pgh_attach_context() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
        "CREATE FUNCTION pg_temp._pgh_attach_context() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
        "SELECT desk._pgh_attach_context()",
    ],
)
def test_desk_has_no_way_round_history(statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        run(statement)


@pytest.mark.django_db
def test_change_is_recorded_under_any_search_path():
    run("SET LOCAL search_path = pg_temp")

    run(
        "INSERT INTO desk.sources_party (slug, name, name_short, period_edtf, curators_note) "
        "VALUES ('p', 'P', 'P', '', '')"
    )
    run("SET LOCAL search_path = desk, functions")

    assert recorded() == [("insert", "P")]


@pytest.mark.django_db
@pytest.mark.parametrize("table", HISTORY)
def test_desk_reads_history_and_cannot_write_it(table):
    statements = [
        f"INSERT INTO {table} DEFAULT VALUES",
        f"UPDATE {table} SET {'pgh_label' if table != 'pghistory_context' else 'metadata'} = NULL",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
    ]

    assert run(f"SELECT count(*) FROM {table}") == [(0,)]
    for statement in statements:
        with pytest.raises(ProgrammingError, match=f"permission denied for table {table}"), transaction.atomic():
            run(statement)
