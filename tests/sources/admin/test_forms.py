from typing import Any

import pytest

from sources.admin.forms import RecordForm, refused
from sources.models import Agent, Party


class AgentForm(RecordForm):
    class Meta:
        model = Agent
        fields = ("slug", "name", "name_sorted", "kind", "party", "basis", "curators_note")


class PartyForm(RecordForm):
    class Meta:
        model = Party
        fields = ("slug", "name", "name_short", "period_edtf", "curators_note")


PARTY = {"slug": "armenia", "name": "Republic of Armenia", "name_short": "Armenia"}


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ("Basis: say on what public basis.", "basis"),
        ("Name for sorting: too long.", "name_sorted"),
        ("Name: too long.", "name"),
        ("Names are many.", None),
        ("An agent has a name.", None),
    ],
)
def test_message_stands_beside_the_field_that_it_begins_with(db: None, message: str, field: str | None) -> None:
    assert AgentForm().named_field(message) == field


def test_rule_of_the_table_is_told_before_it_is_broken(db: None) -> None:
    party = Party.objects.create(**PARTY)

    form = AgentForm({"slug": "ministry", "name": "Ministry", "kind": "government", "party": party.pk})

    assert list(form.errors) == ["basis"]


def test_ranges_are_saved_with_their_date(db: None) -> None:
    party = PartyForm({**PARTY, "period_edtf": "1991/2020"}).save()

    party = Party.objects.get(pk=party.pk)
    assert str(party.period_range) == "1991-01-01/2020-12-31"


def test_refused_form_shows_what_was_typed_and_why(db: None) -> None:
    form = refused(PartyForm, "Short name: somebody has taken it; choose another one.")(PARTY)

    assert form.errors == {"name_short": ["Short name: somebody has taken it; choose another one."]}
    assert form["name"].value() == "Republic of Armenia"


def test_refusal_that_names_no_field_stands_at_the_top(db: None) -> None:
    form: Any = refused(PartyForm, "Nothing was saved.")(PARTY)

    assert list(form.non_field_errors()) == ["Nothing was saved."]
