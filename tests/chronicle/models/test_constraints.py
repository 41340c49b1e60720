"""Every rule of the chronicle's tables, broken by SQL as the curators' login; of editions as the owner."""

import pytest
from django.utils import timezone

from chronicle.models import (
    Assignment,
    Citation,
    DisputeNote,
    Edition,
    EventLocation,
    EventMissingDocument,
    EventName,
    EventParty,
    LocationName,
    LocationWithin,
    Mention,
    Participation,
    Restriction,
    TermUse,
)
from tests.factories.whole import whole_chronicle
from tests.refusals import copied, rules_of, run, violated

pytestmark = pytest.mark.django_db

BROKEN_BY = {
    "assignment_is_of_one_record": "UPDATE chronicle_assignment SET event_id = NULL",
    "assignment_of_document_is_to_one": "INSERT INTO chronicle_assignment (document_id, curator_id) "
    "SELECT min(d.id), min(u.id) FROM sources_document d, auth_user u, (VALUES (1), (2)) AS twice GROUP BY column1",
    "assignment_of_event_is_to_one": copied(Assignment),
    "assignment_of_location_is_to_one": "INSERT INTO chronicle_assignment (location_id, curator_id) "
    "SELECT min(l.id), min(u.id) FROM chronicle_location l, auth_user u, (VALUES (1), (2)) AS twice GROUP BY column1",
    "citation_aspect_is_known": "UPDATE chronicle_citation SET aspect = 'weather' WHERE aspect = 'description'",
    "citation_date_of_is_known": "UPDATE chronicle_citation SET date_of = 'once' WHERE aspect = 'date'",
    "citation_figure_is_not_empty": "UPDATE chronicle_citation SET asserted_figure = 'empty' WHERE aspect = 'killed'",
    "citation_figure_is_not_negative": "UPDATE chronicle_citation SET asserted_figure = '[-1,5]' "
    "WHERE aspect = 'killed'",
    "citation_location_role_is_known": "UPDATE chronicle_citation SET asserted_location_role = 'near' "
    "WHERE aspect = 'location'",
    "citation_locator_is_whole": "UPDATE chronicle_citation SET locator = '214'",
    "citation_locator_label_is_known": "UPDATE chronicle_citation SET locator = '214', locator_label = 'leaf'",
    "citation_number_is_given_once": copied(Citation),
    "citation_quotation_confirmed_is_changed": "UPDATE chronicle_citation SET quotation_confirmed_at = now() "
    "WHERE quotation <> ''",
    "citation_quotation_place_is_whole": "UPDATE chronicle_citation SET quotation_state = 'exact', quotation_page = 1 "
    "WHERE quotation <> ''",
    "citation_quotation_state_is_known": "UPDATE chronicle_citation SET quotation_state = 'near' WHERE quotation <> ''",
    "citation_scope_needs_figure": "UPDATE chronicle_citation SET side_id = (SELECT id FROM sources_party) "
    "WHERE aspect = 'description'",
    "citation_silence_says_nothing": "UPDATE chronicle_citation SET quotation = 'Nothing.' WHERE stance = 'silent'",
    "citation_stance_is_known": "UPDATE chronicle_citation SET stance = 'denies' WHERE aspect = 'description'",
    "citation_stays_with_its_event": "UPDATE chronicle_citation SET number = number + 50",
    "citation_through_is_another": "UPDATE chronicle_citation SET through_id = document_id WHERE stance <> 'silent'",
    "citation_value_fits_aspect": "UPDATE chronicle_citation SET aspect = 'date' WHERE aspect = 'killed'",
    "dispute_note_aspect_is_known": "UPDATE chronicle_disputenote SET aspect = 'weather'",
    "dispute_note_is_dated": "UPDATE chronicle_disputenote SET written_on = 'infinity'",
    "dispute_note_is_given_once": copied(DisputeNote),
    "dispute_note_is_short": "UPDATE chronicle_disputenote SET text = repeat('ə', 2001)",
    "dispute_note_says_something": "UPDATE chronicle_disputenote SET text = E' \\n'",
    "event_companion_is_another": "UPDATE chronicle_event SET companion_id = id",
    "event_date_has_range": "UPDATE chronicle_event SET date_range = NULL",
    "event_has_title": "UPDATE chronicle_event SET title = ''",
    "event_kind_slug_is_plain": "UPDATE chronicle_eventkind SET slug = 'two--hyphens'",
    "event_location_certainty_is_known": "UPDATE chronicle_eventlocation SET certainty = 'sure'",
    "event_location_is_given_once": copied(EventLocation),
    "event_location_role_is_known": "UPDATE chronicle_eventlocation SET role = 'near'",
    "event_missing_document_is_given_once": copied(EventMissingDocument),
    "event_name_is_given_once": copied(EventName),
    "event_name_is_not_empty": "UPDATE chronicle_eventname SET name = ''",
    "event_name_language_is_tag": "UPDATE chronicle_eventname SET language = 'english'",
    "event_never_part_of_itself": "UPDATE chronicle_event SET parent_id = id",
    "event_party_is_given_once": copied(EventParty),
    "event_slug_is_plain": "UPDATE chronicle_event SET slug = '-begins'",
    "event_state_is_known": "UPDATE chronicle_event SET state = 'done'",
    "import_undone_by_has_time": "INSERT INTO chronicle_import (context, files, created, changed, unchanged, "
    "undone_by_id) SELECT gen_random_uuid(), 'events.csv', 1, 0, 0, min(id) FROM auth_user",
    "location_coordinates_are_whole": "UPDATE chronicle_location SET longitude = NULL",
    "location_geometry_is_an_object": "UPDATE chronicle_location SET geometry = '{}'",
    "location_has_name": "UPDATE chronicle_location SET name = ''",
    "location_kind_is_known": "UPDATE chronicle_location SET kind = 'planet'",
    "location_latitude_is_on_earth": "UPDATE chronicle_location SET latitude = 90.000001 WHERE latitude IS NOT NULL",
    "location_longitude_is_on_earth": "UPDATE chronicle_location SET longitude = -181 WHERE latitude IS NOT NULL",
    "location_name_has_toponym": "UPDATE chronicle_locationname SET toponym = ''",
    "location_name_is_given_once": copied(LocationName),
    "location_name_language_is_tag": "UPDATE chronicle_locationname SET language = 'a'",
    "location_never_within_itself": copied(LocationWithin, location_id="within_id", within_id="location_id"),
    "location_slug_is_plain": "UPDATE chronicle_location SET slug = ''",
    "location_wikidata_id_is_plain": "UPDATE chronicle_location SET wikidata_id = 'Q0'",
    "location_within_basis_is_known": "UPDATE chronicle_locationwithin SET basis = 'force'",
    "location_within_is_another": "UPDATE chronicle_locationwithin SET within_id = location_id",
    "location_within_is_given_once": copied(LocationWithin),
    "location_within_party_fits_basis": "UPDATE chronicle_locationwithin SET party_id = NULL",
    "masthead_context_is_bounded": "UPDATE chronicle_masthead SET quotation_context = 501",
    "masthead_has_name_and_body": "UPDATE chronicle_masthead SET editorial_body = ''",
    "masthead_is_the_only_one": "UPDATE chronicle_masthead SET slug = 'another'",
    "mention_is_made_once": copied(Mention),
    "missing_document_has_title": "UPDATE chronicle_missingdocument SET title = ''",
    "missing_document_slug_is_plain": "UPDATE chronicle_missingdocument SET slug = 'two--hyphens'",
    "number_never_changes": "UPDATE chronicle_event SET id = id + 1000",
    "participation_is_given_once": copied(Participation),
    "participation_role_is_known": "UPDATE chronicle_participation SET role = 'watched'",
    "population_slug_is_plain": "UPDATE chronicle_population SET slug = 'all men'",
    "remark_has_words": "UPDATE chronicle_remark SET words = ''",
    "remark_is_of_one_record": "UPDATE chronicle_remark SET document_id = (SELECT min(id) FROM sources_document)",
    "remark_is_resolved_by_somebody": "UPDATE chronicle_remark SET resolved_by_id = NULL",
    "remark_of_review_names_its_state": "UPDATE chronicle_remark SET kind = 'reviewed'",
    "remark_kind_is_known": "UPDATE chronicle_remark SET kind = 'shout'",
    "restriction_is_given_once": copied(Restriction),
    "term_has_name": "UPDATE chronicle_term SET name = ''",
    "term_slug_is_plain": "UPDATE chronicle_term SET slug = 'two--hyphens'",
    "term_use_has_wording": "UPDATE chronicle_termuse SET wording = ''",
    "term_use_is_counted": "UPDATE chronicle_termuse SET times = 0",
    "term_use_is_counted_once": copied(TermUse),
    "term_use_language_is_tag": "UPDATE chronicle_termuse SET language = 'a'",
    "unit_slug_is_plain": "UPDATE chronicle_unit SET slug = 'km²'",
}

FURTHER = {
    "remark_of_review_names_its_state": "UPDATE chronicle_remark SET revision = 3",
    "assignment_is_of_one_record": "UPDATE chronicle_assignment "
    "SET document_id = (SELECT min(id) FROM sources_document)",
    "remark_has_words": "UPDATE chronicle_remark SET words = repeat('x', 4001)",
    "citation_figure_is_not_negative": "UPDATE chronicle_citation SET asserted_figure = '(,5]' WHERE aspect = 'killed'",
    "citation_quotation_place_is_whole": "UPDATE chronicle_citation SET quotation_state = 'missing', "
    "quotation_page = 1, quotation_start = 0, quotation_end = 4, quotation_text_id = "
    "(SELECT id FROM sources_documenttext) WHERE quotation <> ''",
    "citation_quotation_state_is_known": "UPDATE chronicle_citation SET quotation_state = 'exact' WHERE quotation = ''",
    "citation_silence_says_nothing": "UPDATE chronicle_citation SET unit_id = (SELECT id FROM chronicle_unit), "
    "asserted_figure = '[5,5]' WHERE stance = 'silent'",
    "citation_stays_with_its_event": "UPDATE chronicle_citation SET event_id = (SELECT id FROM chronicle_event "
    "WHERE slug = 'whole')",
    "citation_value_fits_aspect": "UPDATE chronicle_citation SET asserts_unknown = true WHERE aspect = 'killed'",
    "location_coordinates_are_whole": "UPDATE chronicle_location SET coordinate_uncertainty_m = NULL",
    "location_within_party_fits_basis": "UPDATE chronicle_locationwithin SET basis = 'nature'",
    "event_never_part_of_itself": "UPDATE chronicle_event SET parent_id = (SELECT id FROM chronicle_event "
    "WHERE slug = 'part')",
}
"""Other ways to break a rule that has more than one."""


@pytest.mark.parametrize(("name", "statement"), [*BROKEN_BY.items(), *FURTHER.items()])
def test_constraint_is_kept_by_the_database(name, statement):
    whole_chronicle()

    assert violated(statement) == name


CITED = {"chronicle_citation": [{}]}


def editions(*, count=1, **fields):
    """What makes editions as the owner, who alone may; the records that they are of need not exist until the end."""
    defaults = {"number": 1, "made_at": timezone.now(), "note_kind": "first", "shape": 1, "snapshot": CITED}
    rows = [Edition(**defaults | fields) for _ in range(count)]
    return lambda: Edition.objects.using("owner").bulk_create(rows)


SUBJECTS = ("location", "document", "agent", "party", "kind", "unit", "population", "masthead", "missing", "term")
EDITION_BROKEN_BY = {
    "edition_of_event_is_cited": editions(event_id=1, snapshot={"chronicle_citation": []}),
    "edition_is_of_one_record": editions(event_id=1, location_id=1),
    "edition_note_kind_is_known": editions(event_id=1, note_kind="whim"),
    "edition_of_event_is_numbered_once": editions(event_id=1, count=2),
    **{f"edition_of_{name}_is_numbered_once": editions(**{f"{name}_id": 1}, count=2) for name in SUBJECTS},
}
EDITION_FURTHER = [
    ("edition_of_event_is_cited", editions(event_id=1, snapshot={})),
    ("edition_of_event_is_cited", editions(event_id=1, snapshot=None)),
    ("edition_of_event_is_cited", editions(event_id=1, is_tombstone=True)),
    ("edition_of_event_is_cited", editions(unit_id=1, snapshot=[])),
    ("edition_is_of_one_record", editions()),
]


@pytest.mark.django_db(databases=["owner"])
@pytest.mark.parametrize(("name", "make"), [*EDITION_BROKEN_BY.items(), *EDITION_FURTHER])
def test_constraint_of_editions_is_kept_by_the_database(name, make):
    assert violated(make, alias="owner") == name


@pytest.mark.django_db(databases=["owner"])
@pytest.mark.parametrize(
    "make",
    [
        editions(event_id=1),
        editions(event_id=1, snapshot=None, is_tombstone=True),
        editions(unit_id=1, snapshot={}),
    ],
)
def test_edition_that_breaks_no_rule_passes(make):
    assert violated(make, alias="owner") is None


PLACED = (
    "UPDATE chronicle_citation SET quotation_state = 'changed', quotation_page = 1, quotation_start = 0, "
    "quotation_end = 4, quotation_text_id = (SELECT id FROM sources_documenttext), quotation_confirmed_at = now() "
    "WHERE quotation <> ''"
)
STATES = (
    "SELECT DISTINCT quotation_state, num_nonnulls(quotation_text_id, quotation_page, quotation_start, quotation_end, "
    "quotation_confirmed_at) FROM chronicle_citation WHERE quotation <> ''"
)


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ("statement = 'Other'", ("changed", 5)),
        ("quotation = quotation", ("changed", 5)),
        ("quotation = 'Other'", ("", 0)),
        ("quotation_prefix = 'Other'", ("", 0)),
        ("quotation_suffix = 'Other'", ("", 0)),
        ("document_id = (SELECT id FROM sources_document WHERE slug = 'note'), through_id = NULL", ("", 0)),
        ("quotation = 'Other', quotation_start = 1", ("changed", 4)),
    ],
)
def test_quotation_that_changed_has_no_state_until_it_is_compared_again(change, left):
    whole_chronicle()
    run(PLACED)

    run(f"UPDATE chronicle_citation SET {change} WHERE quotation <> ''")

    assert run(STATES) == [left]


TESTED_OTHERWISE = {
    "citation_is_numbered_within_its_event",
    "citation_counter_is_never_behind",
    "quotation_is_compared_again",
    *("purge_has_reason", "purge_kind_is_known", "purge_names_what_went"),
    *("merge_is_of_two_records", "merge_subject_is_known", "merge_of_a_record_is_into_one"),
    "merge_says_what_it_did",
    *("new_row_refers_to_nothing_merged", "changed_row_refers_to_nothing_merged"),
}


def test_every_constraint_of_the_chronicle_is_broken_above():
    assert rules_of("chronicle") == {*BROKEN_BY, *EDITION_BROKEN_BY, *TESTED_OTHERWISE}
