"""A whole chronicle goes out as a fixture by natural keys, and comes back as the same rows."""

import json

import pytest
from django.core.management import call_command

from chronicle.models import Citation, Event
from tests import factories as make
from tests.factories.whole import of_the_corpus, whole_chronicle

pytestmark = pytest.mark.django_db


def dump(path, *, extension="json"):
    labels = [model._meta.label for model in of_the_corpus()]
    options = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True, "format": extension}
    call_command("dumpdata", *labels, output=str(path), verbosity=0, **options)


def rows():
    """Every row of every table by column, without the numbers that only its own database gives."""
    found = {}
    for model in of_the_corpus():
        names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        keys = [field.name for field in model._meta.concrete_fields if field.is_relation]
        of_model = model.objects.order_by()
        found[model._meta.label] = sorted(
            [
                {name: str(getattr(row, name)) for name in names if name not in keys}
                | {name: getattr(getattr(row, name), "natural_key", tuple)() for name in keys}
                for row in of_model
            ],
            key=str,
        )
    return found


def erase():
    Event.objects.update(parent=None, companion=None)
    for model in reversed(of_the_corpus()):
        model.objects.all().delete()


@pytest.mark.parametrize("extension", ["json", "yaml"])
def test_chronicle_comes_back_from_a_fixture_as_the_same_rows(tmp_path, extension):
    whole_chronicle()
    before, first = rows(), tmp_path / f"first.{extension}"
    dump(first, extension=extension)
    erase()
    assert not any(rows().values())

    call_command("loaddata", str(first), verbosity=0)

    assert rows() == before
    dump(second := tmp_path / f"second.{extension}", extension=extension)
    assert second.read_text() == first.read_text()


def test_fixture_names_no_number_of_this_database(tmp_path):
    whole_chronicle()

    dump(path := tmp_path / "chronicle.json")

    items = json.loads(path.read_text())
    assert {item["model"] for item in items} == {model._meta.label_lower for model in of_the_corpus()}
    assert not any("pk" in item for item in items)


def test_fixture_that_is_loaded_twice_changes_nothing(tmp_path):
    whole_chronicle()
    dump(path := tmp_path / "chronicle.json")
    before, numbers = rows(), set(Citation.objects.values_list("pk", "number"))

    call_command("loaddata", str(path), verbosity=0)

    assert rows() == before
    assert set(Citation.objects.values_list("pk", "number")) == numbers


def test_numbers_go_on_after_a_fixture(tmp_path):
    whole_chronicle()
    dump(path := tmp_path / "chronicle.json")
    erase()

    call_command("loaddata", str(path), verbosity=0)

    assert make.citation(Event.objects.get(slug="part")).number == 8
