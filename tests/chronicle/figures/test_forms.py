from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import NumericRange

from chronicle.figures import Figure, parse_figure
from chronicle.figures.forms import FigureFormField


class KilledForm(forms.Form):
    killed = FigureFormField(required=False)


def test_field_cleans_words_to_a_figure():
    assert FigureFormField().clean(" about a million ") == Figure(
        Decimal(1_000_000), Decimal(1_000_000), is_approximate=True
    )


def test_field_cleans_measured_things_when_told():
    assert FigureFormField(counts_whole_things=False).clean("over 80") == Figure(
        Decimal(80), None, lower_inclusive=False
    )


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_field_left_empty_is_none_where_that_is_allowed(empty):
    assert FigureFormField(required=False).clean(empty) is None
    with pytest.raises(ValidationError, match="required"):
        FigureFormField().clean(empty)


@pytest.mark.parametrize("words", ["80 people", "80\x00", "\ud800", "9" * 500, "9 to 5"])
def test_field_refuses_with_the_message_of_the_parser(words):
    form = KilledForm({"killed": words})
    assert not form.is_valid()
    assert "is not a figure" in form.errors["killed"][0]
    assert "Right are: 3,773" in form.errors["killed"][0]


@pytest.mark.parametrize(
    "initial", [parse_figure("at least 7000"), NumericRange(Decimal(7000), None, "[)"), "at least 7,000"]
)
def test_field_shows_a_stored_figure_in_words(initial):
    form = KilledForm(initial={"killed": initial})
    assert 'value="at least 7,000"' in str(form["killed"])
    assert 'maxlength="100"' in str(form["killed"])


def test_field_shows_again_what_was_typed():
    assert 'value="80 people"' in str(KilledForm({"killed": "80 people"})["killed"])


def test_field_says_what_to_type_and_that_it_becomes_public():
    assert "up to 20,000" in FigureFormField().help_text
    assert "Becomes public" in FigureFormField().help_text


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("3773", False),
        ("3 773", False),
        ("3,774", True),
        ("about 3,773", True),
        ("", True),
        ("3,773 people", True),
    ],
)
def test_field_has_changed_with_its_figure_not_its_wording(typed, changed):
    form = KilledForm({"killed": typed}, initial={"killed": parse_figure("3,773")})
    assert form.has_changed() is changed


def test_field_never_filled_has_not_changed():
    assert KilledForm({"killed": ""}).has_changed() is False
