from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from sources.admin.refusals import refusal
from sources.models import Agent, Document, Party

PARTY = {"slug": "armenia", "name": "Republic of Armenia", "name_short": "Armenia"}


def told(act: Callable[[], Any]) -> str | None:
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        act()
    return refusal(raised.value)


def test_rule_of_the_table_is_told_in_its_own_words(db: None) -> None:
    party = Party.objects.create(**PARTY)

    words = told(lambda: Agent.objects.create(slug="ministry", name="Ministry", kind="government", party=party))

    assert words == "Basis: say on what public basis the agent speaks for this party, such as “founded by decree of …”."


def test_trigger_is_told_in_its_own_words(db: None) -> None:
    document = Document.objects.create(slug="report", document_type="report", title="Report", title_short="Report")

    words = told(lambda: Document.objects.filter(pk=document.pk).update(access="withheld"))

    assert words == 'Access: use the actions "withhold" and "release"; they change what readers see at once'


def test_second_row_of_its_kind_is_told(db: None) -> None:
    Party.objects.create(**PARTY)

    assert told(lambda: Party.objects.create(**PARTY)).startswith("Nothing was saved: somebody has saved the same")


def test_missing_record_is_told(db: None) -> None:
    def act() -> None:
        Agent.objects.create(slug="ministry", name="Ministry", kind="government", party_id=1, basis="By decree.")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert told(act).startswith("Nothing was saved: something that is chosen here was deleted")


def test_defect_of_ours_is_not_explained_away(db: None) -> None:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing_of_the_kind")

    assert told(act) is None
