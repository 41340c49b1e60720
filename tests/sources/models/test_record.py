"""What every row tells a curator: which field is wrong, and what would be right."""

import pytest
from django.db import models
from django.forms import modelform_factory
from django.utils.text import capfirst

from chronicle.models import Event
from sources.models import Agent, AgentName, CitedDocument, Contribution, Document, Party, PartyName
from tests import factories as make
from tests.factories.whole import edited, whole_chronicle
from tests.refusals import told

pytestmark = pytest.mark.django_db

SEVERAL_FIELDS = {"value", "scope", "coordinates"}
"""The codes of constraints that are told beside each field that is wrong."""


def typed_into():
    """The tables that forms write: merges and imports are written by their verbs."""
    return [model for model in edited() if model._meta.label not in {"chronicle.Merge", "chronicle.Import"}]


@pytest.mark.parametrize("model", typed_into())
def test_message_of_every_constraint_begins_with_its_field(model):
    beside = {rule.name: rule.violation_error_code for rule in model._meta.constraints}
    messages = {rule.name: str(rule.get_violation_error_message()) for rule in model._meta.constraints}

    labels = {
        name: str(capfirst(model._meta.get_field(code).verbose_name))
        for name, code in beside.items()
        if code is not None and code not in SEVERAL_FIELDS  # without a code, it is told of the whole row
    }

    assert {name: messages[name].partition(":")[0] for name in labels} == labels


def text_columns():
    for model in typed_into():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and not field.generated:
                yield pytest.param(model, field.name, id=f"{model.__name__}.{field.name}")


@pytest.mark.parametrize(("model", "name"), [*text_columns()])
def test_text_that_postgresql_cannot_hold_is_told_beside_its_field(model, name):
    whole_chronicle()
    row = model.objects.first()
    assert told(row) == {}

    for text in ("a\0b", "a\ud800b", "\udfff"):
        setattr(row, name, text)

        assert list(told(row)) == [name], ascii(text)


def test_text_of_every_script_is_kept():
    party = make.party(name="Հայաստան — Ермения 𐎀\n\t😀")

    assert told(party) == {}
    assert Party.objects.get().name == "Հայաստան — Ермения 𐎀\n\t😀"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("qq", "unknown part"),
        ("az-latn", "write “az-Latn”"),
        ("english", "not"),
        ("az-Latn-x-own", "private part"),
    ],
)
def test_unknown_language_is_told_with_right_examples(tag, words):
    name = PartyName(party=make.party(), name="Name", language=tag)

    assert list(told(name)) == ["language"]
    assert words in told(name)["language"][0]
    assert "hy-Latn" in told(name)["language"][0]


def test_slug_in_use_is_told_beside_it():
    make.party(slug="armenia")

    assert told(Party(slug="armenia", name="A", name_short="B")) == {
        "slug": ["Party with this Slug already exists."],
    }


def test_agent_that_speaks_for_a_party_needs_a_basis():
    agent = Agent(slug="a", name="A", kind="press", party=make.party())

    assert told(agent) == {
        "basis": [
            "Basis: say on what public basis the agent speaks for this party, such as “founded by decree of …”.",
        ]
    }


def test_document_that_speaks_for_a_party_needs_a_basis():
    document = Document(slug="d", title="D", title_short="D", document_type="report", party=make.party())

    assert told(document) == {
        "party_basis": [
            "Basis: say on what public basis it speaks for this party, such as “printed by its ministry”.",
        ]
    }


def test_described_document_needs_its_description():
    document = Document(slug="d", title="D", title_short="D", document_type="report", access="described")

    assert told(document) == {
        "public_description": [
            "Public description: a described document needs one, such as “testimony of a resident”.",
        ]
    }


def test_document_that_cites_itself_is_told_beside_the_cited_one():
    document = make.document()

    assert told(CitedDocument(document=document, cited=document)) == {
        "cited": ["Cites: a document cannot cite itself; choose another one."]
    }


def test_row_given_twice_is_told_beside_a_field():
    whole_chronicle()
    twice = []
    for model in (AgentName, PartyName, Contribution, CitedDocument):
        row = model.objects.get()
        row.pk, row._state.adding = None, True
        twice.append(list(told(row)))

    assert twice == [["name"], ["name"], ["agent"], ["cited"]]


def test_constraint_of_a_field_that_a_form_has_not_is_no_error_of_the_form():
    form_class = modelform_factory(Agent, fields=["name"])
    agent = make.agent()
    Agent.party.field.save_form_data(agent, make.party())

    assert form_class({"name": "Other"}, instance=agent).errors == {}


def test_constraint_sees_the_range_of_a_date_that_a_form_has():
    form_class = modelform_factory(Event, fields=["date_edtf"])
    event = make.event()
    event.date_edtf = ""

    form = form_class({"date_edtf": "1999"}, instance=event)

    assert form.errors == {}
    assert str(form.save().date_range) == str(Event.objects.get().date_range)
    assert Event.objects.get().date_edtf == "1999"
