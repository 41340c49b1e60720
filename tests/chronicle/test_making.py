"""A made-up corpus: the same rows for the same seed, rows that forms would take, and nine tenths of them published."""

import hashlib
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q

from chronicle.corpus.making import DeskNotEmptyError, Sizes, SizesError, make
from chronicle.corpus.making.words import COMMON
from chronicle.models import Citation, Dispute, Event, EventCount, Location, LocationName
from chronicle.vocabularies import WorkState
from sources.models import Agent, Document, Party
from sources.models.record import Row
from sources.vocabularies import Access
from tests import factories

DIGEST = "e7a0c0259af0d0f5"
"""Of sixty events from seed 1: what anybody who measures with them compares with."""


def tables() -> list[type[Row]]:
    return sorted(below(Row), key=lambda model: model._meta.db_table)


def below(base: type[Row]) -> list[type[Row]]:
    """The tables that a class of rows has, abstract classes between them left out."""
    found = [model for kind in base.__subclasses__() for model in (kind, *below(kind))]
    return [model for model in found if not model._meta.abstract]


def digest() -> str:
    """What curators would see in every column of every table; those that the database works out follow from it."""
    written = hashlib.sha256()
    for model in tables():
        columns = [field.attname for field in model._meta.concrete_fields if not field.generated]
        for row in model._default_manager.order_by("pk").values_list(*columns):
            written.update(f"{model._meta.db_table} {row}\n".encode())
    return written.hexdigest()[:16]


@pytest.mark.django_db
def test_same_seed_makes_the_same_rows() -> None:
    make(Sizes(60), seed=1)

    assert digest() == DIGEST


@pytest.mark.django_db
def test_another_seed_makes_other_rows() -> None:
    make(Sizes(60), seed=2)

    assert digest() != DIGEST


@pytest.mark.django_db
def test_every_row_is_one_that_a_form_would_take() -> None:
    made = make(Sizes(100), seed=3)

    rows = [row for model in tables() for row in model._default_manager.all()]

    for row in rows:
        row.full_clean()
    assert len(rows) == sum(made.values())


@pytest.mark.django_db
def test_corpus_has_the_sizes_that_were_asked_for() -> None:
    make(Sizes(1000), seed=1)

    assert [model.objects.count() for model in (Event, Document, Location, Party)] == [1000, 100, 50, 6]
    assert Citation.objects.count() == 3000
    assert Event.objects.filter(summary__contains=COMMON.capitalize()).count() == 167
    assert 70 <= Event.objects.filter(state=WorkState.DRAFT).count() <= 130
    assert Document.objects.exclude(access=Access.OPEN).exists()
    assert set(LocationName.objects.values_list("language", flat=True)) == {"az-Latn", "hy", "ru"}


@pytest.mark.django_db
def test_next_record_gets_the_next_number() -> None:
    make(Sizes(20), seed=1)

    assert factories.event(slug="other").pk == 21
    assert factories.agent(slug="other").pk == Agent.objects.count()


@pytest.mark.django_db
def test_every_row_is_in_the_history_with_where_it_comes_from() -> None:
    make(Sizes(20), seed=1)

    revisions = Event.revisions.rel.related_model.objects.all()

    assert revisions.count() == 20
    assert revisions.first().pgh_context.metadata["source"] == "make_corpus"


@pytest.mark.django_db
def test_desk_with_anything_in_it_is_refused_with_the_next_step() -> None:
    factories.party()

    with pytest.raises(DeskNotEmptyError, match=r"it has or had parties.*set DATA_DIR to a new folder"):
        make(Sizes(20), seed=1)

    assert Event.objects.count() == 0


@pytest.mark.django_db
def test_desk_that_had_something_is_refused() -> None:
    factories.party().delete()

    with pytest.raises(DeskNotEmptyError, match="it has or had parties"):
        make(Sizes(20), seed=1)


@pytest.mark.parametrize("events", [-1, 0, 19, 20_000_001])
def test_numbers_that_make_no_corpus_are_refused(events: int) -> None:
    with pytest.raises(SizesError, match=r"has 20 to 20,000,000 events, not .*: try 10000 first"):
        Sizes(events)


def test_command_publishes_what_is_no_draft_and_tells_so(published: None, capsys: Any) -> None:
    call_command("make_corpus", 300, "--together", "100")

    public = Event.objects.using("published").count()
    cited = Q(citations__document__access__in=[Access.OPEN, Access.DESCRIBED])
    assert public == Event.objects.exclude(state=WorkState.DRAFT).filter(cited).distinct().count()
    assert f"{public:,} events published in " in capsys.readouterr().out
    assert EventCount.objects.using("published").count() == public
    disputed = Dispute.objects.using("published").filter(verdict__in=["disagree", "may_disagree"])
    assert 0.1 < disputed.values("event").distinct().count() / public < 0.2


def test_command_says_what_is_wrong_with_its_numbers(published: None) -> None:
    with pytest.raises(CommandError, match="has 20 to 20,000,000 events, not 3"):
        call_command("make_corpus", 3)
    with pytest.raises(CommandError, match="--together: at least 1"):
        call_command("make_corpus", 300, "--together", "0")
