import pytest
from django import forms
from django.core.exceptions import ValidationError

from sources.edtf import EDTFFormField, parse


class EDTFForm(forms.Form):
    date = EDTFFormField()
    other = EDTFFormField(required=False, help_text="When it began.")


def test_form_field_takes_blanks_away():
    assert EDTFFormField().clean(" 1822~\n") == "1822~"


@pytest.mark.parametrize("value", ["9 October 2020", "2020-13", "2020-02-30", "2020\x00", "\ud800"])
def test_form_field_refuses_with_an_example(value):
    with pytest.raises(ValidationError) as caught:
        EDTFFormField().clean(value)

    assert "Write for example" in " ".join(caught.value.messages)


def test_form_field_may_be_blank():
    form = EDTFForm({"date": "2020", "other": "  "})

    assert form.is_valid()
    assert form.cleaned_data == {"date": "2020", "other": ""}


def test_form_field_explains_itself_unless_told_otherwise():
    form = EDTFForm()

    assert "2020-09-27/2020-11-10" in str(form["date"].help_text)
    assert form["other"].help_text == "When it began."


def test_form_field_help_shows_right_examples():
    words = str(EDTFFormField().help_text).replace("..: ", ".. ").replace("/... ", "/.. ").split()
    examples = [word.rstrip(",") for word in words if any(character.isdigit() for character in word)]
    dates = [word.removesuffix(".") if not word.endswith("..") else word for word in examples]

    assert "1822~" in dates
    for date in dates:
        if date not in {"44", "1950s:"}:
            parse(date)


def test_form_field_keeps_the_browser_from_correcting():
    assert 'spellcheck="false"' in str(EDTFForm()["date"])
