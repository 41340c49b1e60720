"""New rows by one statement: as Django would have written them, in their order, and nothing cut off."""

from decimal import Decimal

import pytest
from django.db import DataError, transaction
from psycopg.types.range import Range

from chronicle.imports.inserting import insert
from chronicle.models import Citation, Event, Location
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_rows_have_their_numbers_in_their_order_and_the_same_values(django_assert_num_queries) -> None:
    kind = make.kind()
    dates = ("2020-10-09", "", "-0043~/..", "2020-10-09")
    rows = [Event(slug=f"e{n}", title='A "b", {c}\\', kind=kind, date_edtf=date) for n, date in enumerate(dates)]

    with django_assert_num_queries(1):
        insert(rows)

    stored = Event.objects.in_bulk([row.pk for row in rows])
    assert [stored[row.pk].slug for row in rows] == ["e0", "e1", "e2", "e3"]
    assert [row._state.adding for row in rows] == [False] * 4
    for row in rows:
        for column in Event._meta.concrete_fields:
            if not column.generated:
                assert getattr(stored[row.pk], column.attname) == getattr(row, column.attname), column


def test_types_without_arrays_of_their_own_are_written_too() -> None:
    outline = {"type": "Point", "coordinates": [46.75, 39.76]}
    places = [
        Location(slug="a", name="A", kind="area", geometry=outline),
        Location(slug="b", name="B", kind="area", latitude=Decimal("39.758"), longitude=-1, coordinate_uncertainty_m=9),
    ]
    insert(places)
    event, document, unit = make.event(), make.document(), make.unit()
    figures = [Range(Decimal(81), None, "[)"), Range(Decimal("0.5"), Decimal(7), "[]")]
    citation = {"event": event, "document": document, "aspect": "killed", "unit": unit}
    insert([*(Citation(**citation, asserted_figure=figure) for figure in figures), Citation(**citation, number=7,
            asserts_unknown=False, asserted_figure=figures[0])])  # fmt: skip

    first, second = Location.objects.order_by("slug")
    assert (first.geometry, second.geometry, second.longitude) == (outline, None, Decimal("-1.000000"))
    stored = Citation.objects.order_by("number").values_list("number", "asserted_figure", "is_approximate")
    assert list(stored) == [(1, figures[0], False), (2, figures[1], False), (7, figures[0], False)]


def test_text_that_is_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(DataError, match="too long"), transaction.atomic():
        insert([Event(slug="e", title="a" * 201, kind=make.kind())])

    assert not Event.objects.exists()
