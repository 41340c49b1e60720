"""Every rule of the sources' tables, broken by SQL as the curators' login."""

import pytest

from sources.models import (
    Agent,
    AgentName,
    CitedDocument,
    Contribution,
    Document,
    DocumentFile,
    DocumentText,
    PartyName,
)
from sources.models.record import Record
from tests.factories.whole import edited, whole_chronicle
from tests.refusals import copied, rules_of, violated

pytestmark = pytest.mark.django_db

PAGE = (
    "INSERT INTO sources_documentpage (text_id, number, label, start, content) "
    "SELECT id, 1, '', 0, '' FROM sources_documenttext"
)

BROKEN_BY = {
    "agent_has_name": "UPDATE sources_agent SET name = ''",
    "agent_kind_is_known": "UPDATE sources_agent SET kind = 'ghost'",
    "agent_name_is_given_once": copied(AgentName),
    "agent_name_language_is_tag": "UPDATE sources_agentname SET language = 'AZ_latin'",
    "agent_party_has_basis": "UPDATE sources_agent SET basis = ''",
    "agent_name_shown_changes_by_verb": "UPDATE sources_agent SET name_shown = 'withheld'",
    "agent_name_shown_is_known": copied(Agent, slug="'other'", name_shown="'backwards'"),
    "agent_slug_is_not_of_another": "UPDATE sources_agent SET slug = 'undisclosed-' || id + 1",
    "agent_slug_is_plain": "UPDATE sources_agent SET slug = 'Two  words'",
    "cited_document_is_another": "UPDATE sources_citeddocument SET cited_id = document_id",
    "cited_document_is_given_once": copied(CitedDocument, locator="'elsewhere'"),
    "contribution_is_given_once": copied(Contribution, position="7"),
    "contribution_role_is_known": "UPDATE sources_contribution SET role = 'ghost'",
    "document_access_changes_by_verb": "UPDATE sources_document SET access = 'withheld'",
    "document_access_is_known": copied(Document, slug="'other'", access="'hidden'"),
    "document_described_has_description": "UPDATE sources_document SET public_description = ''",
    "document_has_titles": "UPDATE sources_document SET title_short = ''",
    "document_language_is_tag": "UPDATE sources_document SET language = 'az-LATN'",
    "document_party_has_basis": "UPDATE sources_document SET party_basis = ''",
    "document_slug_is_not_of_another": "UPDATE sources_document SET slug = 'undisclosed-' || id + 1",
    "document_slug_is_plain": "UPDATE sources_document SET slug = 'ends-'",
    "document_type_is_known": "UPDATE sources_document SET document_type = 'scroll'",
    "file_copy_is_whole": "UPDATE sources_documentfile SET copy_sha256 = ''",
    "file_has_checksum": copied(DocumentFile, sha256="'abc'"),
    "file_is_deposited_once": copied(DocumentFile),
    "file_is_hidden_by_verb": "UPDATE sources_documentfile SET is_given = TRUE; "
    "UPDATE sources_documentfile SET is_given = FALSE",
    "file_kind_is_known": "UPDATE sources_documentfile SET kind = 'scroll'",
    "file_is_purged_by_verb": "UPDATE sources_documentfile SET purged_at = now(), purge_reason = 'Wrong'",
    "file_never_changes": "UPDATE sources_documentfile SET size = size + 1",
    "file_purge_has_reason": copied(DocumentFile, sha256="repeat('d', 64)", purged_at="now()"),
    "number_never_changes": "UPDATE sources_party SET id = id + 1000",
    "page_is_numbered_from_one": PAGE.replace("1, ''", "0, ''"),
    "page_is_numbered_once": f"{PAGE}; {PAGE}",
    "page_is_of_its_text": PAGE.replace("1, ''", "2, ''"),
    "party_has_names": "UPDATE sources_party SET name_short = ''",
    "party_name_is_given_once": copied(PartyName),
    "party_name_language_is_tag": "UPDATE sources_partyname SET language = ''",
    "party_slug_is_plain": "UPDATE sources_party SET slug = 'şuşa'",
    "text_has_checksum": copied(DocumentText, number="9", sha256="'ABC'"),
    "text_is_hidden_by_verb": "UPDATE sources_documenttext SET is_visible = TRUE; "
    "UPDATE sources_documenttext SET is_visible = FALSE",
    "text_is_numbered_once": copied(DocumentText),
    "text_language_is_tag": "UPDATE sources_documenttext SET language = 'AZ_latin'",
    "text_never_changes": "UPDATE sources_documenttext SET length = length + 1",
    "text_pages_are_counted": copied(DocumentText, number="9", empty_pages="page_count + 1"),
}


@pytest.mark.parametrize("name", BROKEN_BY)
def test_constraint_is_kept_by_the_database(name):
    whole_chronicle()

    assert violated(BROKEN_BY[name]) == name


NOTHING_REFERS_TO_WHAT_WAS_MERGED = {"new_row_refers_to_nothing_merged", "changed_row_refers_to_nothing_merged"}
"""Broken in the tests of merging."""


def test_every_constraint_of_sources_is_broken_above():
    assert rules_of("sources") == {*BROKEN_BY, *NOTHING_REFERS_TO_WHAT_WAS_MERGED}


def test_constraint_that_is_not_broken_lets_the_row_pass():
    whole_chronicle()

    assert violated(copied(Document, slug="'other'")) is None
    assert violated("UPDATE sources_agentname SET language = 'az-Cyrl'") is None


@pytest.mark.parametrize("model", [model for model in edited() if issubclass(model, Record)])
def test_slug_is_used_once(model):
    whole_chronicle()

    assert violated(copied(model)) == f"{model._meta.db_table}_slug_key"


def test_number_of_no_row_changes():
    whole_chronicle()

    refused_by = {model: violated(f"UPDATE {model._meta.db_table} SET id = id + 1000") for model in edited()}

    assert refused_by == dict.fromkeys(edited(), "number_never_changes")
