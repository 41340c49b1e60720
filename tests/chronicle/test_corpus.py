"""Loading a corpus: only what differs, nothing that curators changed, all or nothing."""

from pathlib import Path

import pghistory
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from chronicle.corpus import CorpusError, load
from chronicle.management.commands import prepare
from chronicle.models import Citation, Edition, Event, Location
from sources.models import Party
from tests import factories as make
from tests.files import stored_in

KARABAKH = Path(settings.BASE_DIR) / "fixtures" / "karabakh-2020"
EVENTS = len(list(KARABAKH.glob("events/*/*.yaml")))  # one file for each

PARTY = """
- model: sources.party
  fields: {slug: west, name: Republic of the West, name_short: West}
"""
EVENT = """
- model: chronicle.event
  fields: {slug: part, title: A part, kind: [talks], date_edtf: 2020-10-10, parent: [whole]}
- model: chronicle.event
  fields: {slug: whole, title: The whole, kind: [talks], date_edtf: 2020-10}
- model: chronicle.eventkind
  fields: {slug: talks, name: talks}
"""


def folder(tmp_path, **files):
    made = tmp_path / "corpus"
    made.mkdir(exist_ok=True)
    for name, text in files.items():
        (made / f"{name}.yaml").write_text(text, encoding="utf-8")
    return made


def at_desk():
    """The rolled-back tests run in one transaction, where a load's context would go on: a curator brings another."""
    return pghistory.context(source="desk")


def test_load_writes_rows_and_then_finds_them_unchanged(db, tmp_path):
    corpus = folder(tmp_path, a=PARTY)

    assert (load(corpus).written, load(corpus).unchanged) == (1, 1)

    assert Party.objects.get().revisions.count() == 1


def test_load_resolves_what_comes_later_in_the_files(db, tmp_path):
    report = load(folder(tmp_path, a=EVENT))

    assert report.events == ["part", "whole"]
    assert Event.objects.get(slug="part").parent.slug == "whole"
    assert load(folder(tmp_path)).written == 0


def test_load_writes_only_what_differs(db, tmp_path):
    load(folder(tmp_path, a=PARTY, b=EVENT))

    report = load(folder(tmp_path, a=PARTY.replace("of the West", "of Westland")))

    assert (report.written, report.unchanged) == (1, 3)
    assert Party.objects.get().name == "Republic of Westland"


def test_row_changed_at_the_desk_is_refused_and_nothing_written(db, tmp_path):
    load(folder(tmp_path, a=PARTY))
    with at_desk():
        Party.objects.update(name="Changed by a curator")

    report = load(folder(tmp_path, b=EVENT))

    assert [refused.reason for refused in report.refused] == [
        "It was changed at the desk since; these fields differ: name."
    ]
    assert "party west" in report.refused[0].row


def test_row_deleted_at_the_desk_is_refused(db, tmp_path):
    corpus = folder(tmp_path, a=PARTY)
    load(corpus)
    with at_desk():
        Party.objects.all().delete()

    assert [refused.reason for refused in load(corpus).refused] == ["It was deleted at the desk since."]


def test_change_at_the_desk_that_the_files_follow_is_no_conflict(db, tmp_path):
    load(folder(tmp_path, a=PARTY))
    with at_desk():
        Party.objects.update(name="Republic of Westland")

    report = load(folder(tmp_path, a=PARTY.replace("of the West", "of Westland")))

    assert (report.refused, report.unchanged) == ([], 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "bad.yaml is not YAML"),
        ("a: b", "bad.yaml: a fixture is a list"),
        ("- 1", "bad.yaml, entry 1: an entry has a model and fields"),
        ("- {model: sources.party, pk: 3, fields: {}}", "named by natural keys"),
        ("- {model: sources.nothing, fields: {}}", "there is no model sources.nothing"),
        ("- {model: auth.user, fields: {}}", "auth.user is not part of a corpus"),
        ("- {model: sources.party, fields: {nme: X}}", "there is no field nme"),
        ("- {model: sources.agent, fields: {slug: a, party: [nowhere]}}", "entry 1 (sources.agent): "),
        ("- {model: sources.party, fields: {slug: UP, name: U, name_short: U}}", "slug: "),
        (PARTY + PARTY, "party west stands twice"),
        (EVENT.replace("[whole]", "[hole]"), "parent points to hole, which is not there"),
        (EVENT.replace("2020-10-10", "'2020-02-30'"), "date_edtf: "),
        (
            EVENT.replace("kind: [talks], date_edtf: 2020-10}", "date_edtf: 2020-10}"),
            "entry 2 (chronicle.event): kind: ",
        ),
        (EVENT.replace("[talks], date_edtf: 2020-10}", "talks, date_edtf: 2020-10}"), "kind: write a slug in brackets"),
        (EVENT.replace("2020-10}", "2020-10, parent: [part]}"), "entry 2 (chronicle.event): parent: Part of: "),
    ],
)
def test_bad_files_are_refused_with_file_and_record(db, tmp_path, text, message):
    with pytest.raises(CorpusError) as error:
        load(folder(tmp_path, bad=text))

    assert message in str(error.value)
    assert not Event.objects.exists()


def test_a_load_asks_for_each_kind_of_row_and_not_for_each_row(db, django_assert_num_queries):
    load(KARABAKH)

    with django_assert_num_queries(29):
        assert load(KARABAKH).written == 0


def test_missing_and_empty_folders_are_refused(db, tmp_path):
    with pytest.raises(CorpusError, match="There is no folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match="has no files"):
        load(folder(tmp_path))


def test_command_loads_and_publishes_the_first_corpus(published, capsys):
    call_command("load_corpus", KARABAKH)
    call_command("load_corpus", KARABAKH)

    first, second = capsys.readouterr().out.strip().split("\n")[1::2]
    assert (first, second) == (f"{EVENTS} events published, 0 unchanged.", f"0 events published, {EVENTS} unchanged.")
    assert Event.objects.using("published").count() == EVENTS
    assert Citation.objects.using("published").count() == Citation.objects.count()
    assert Location.objects.using("published").count() == Location.objects.count()
    assert set(Edition.objects.values_list("number", flat=True)) == {1}


def test_command_ends_with_a_list_of_refusals(published):
    call_command("load_corpus", KARABAKH)
    Event.objects.filter(slug="first-ceasefire-october-2020").update(summary="Reworked by a curator.")

    with pytest.raises(CommandError, match=r"these fields differ: summary"):
        call_command("load_corpus", KARABAKH)

    assert Event.objects.get(slug="first-ceasefire-october-2020").summary == "Reworked by a curator."


def test_plain_loaddata_reads_the_same_files(db):
    order = ["parties", "vocabularies", "agents/*", "documents/*", "locations/*", "events/*/*", "m*[dg]", "*"]
    files = dict.fromkeys(str(path) for name in order for path in sorted(KARABAKH.glob(f"{name}.yaml")))

    call_command("loaddata", *files, verbosity=0)

    assert Event.objects.count() == EVENTS
    assert load(KARABAKH).written == 0


QUOTING = """
- model: sources.document
  fields: {slug: report, document_type: report, title: Report, title_short: Report}
- model: chronicle.citation
  fields:
    event: [whole]
    number: 1
    document: [report]
    aspect: description
    statement: %s
    quotation: It rained
"""
TEXTS = """
[[text]]
document = "report"
file = "report.txt"
"""


def test_quotations_of_a_corpus_are_compared_as_they_come_and_may_be_loaded_anew(published, tmp_path, settings, capsys):
    stored_in(settings, tmp_path / "files")
    corpus = folder(tmp_path, a=EVENT, b=QUOTING % "It says so.")
    call_command("load_corpus", corpus, "--no-publish")
    assert Citation.objects.get().quotation_state == "no_text"

    (corpus / "texts.toml").write_text(TEXTS, encoding="utf-8")
    (corpus / "report.txt").write_text("It rained all day.", encoding="utf-8")
    call_command("load_corpus", corpus, "--no-publish")
    assert Citation.objects.get().quotation_state == "exact"

    call_command("check_quotations")
    folder(tmp_path, b=QUOTING % "It says that it rained.")
    call_command("load_corpus", corpus, "--no-publish")

    assert Citation.objects.get().statement == "It says that it rained."


def public_slugs():
    return list(Event.objects.using("published").values_list("slug", flat=True))


def test_first_start_goes_on_where_it_was_ended_between_loading_and_publishing(published, tmp_path):
    corpus = folder(tmp_path, a=EVENT, b=QUOTING % "It says so.")
    load(corpus)
    assert public_slugs() == []

    prepare.Command().load(str(corpus))

    assert public_slugs() == ["whole"]


def test_start_leaves_alone_what_others_made_or_worked_on(published, tmp_path):
    corpus = folder(tmp_path, a=EVENT, b=QUOTING % "It says so.")
    make.event(slug="other")
    prepare.Command().load(str(corpus))
    assert list(Event.objects.values_list("slug", flat=True)) == ["other"]

    load(corpus)
    get_user_model().objects.create_user("curator")
    prepare.Command().load(str(corpus))

    assert public_slugs() == []
