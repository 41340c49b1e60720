"""Citations: which value fits which aspect, and what a curator is told of one that does not."""

from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.forms import modelform_factory

from chronicle.models import Citation
from chronicle.vocabularies import FIGURE_ASPECTS, Aspect, Stance
from tests import factories as make
from tests.refusals import told, violated

pytestmark = pytest.mark.django_db

KINDS = {
    "date": ("asserted_date_edtf", "date_of"),
    "location": ("asserted_location", "asserted_location_role"),
    "party": ("asserted_party",),
    "figure": ("asserted_figure", "unit"),
}
RIGHT_KIND = {
    "date": "date",
    "location": "location",
    "responsibility": "party",
    **dict.fromkeys(FIGURE_ASPECTS, "figure"),
}
WITHOUT_VALUE = sorted(set(Aspect.values) - set(RIGHT_KIND))


def value(kind):
    makers = {
        "asserted_date_edtf": lambda: "2020-10-09",
        "date_of": lambda: "agreed",
        "asserted_location": make.location,
        "asserted_location_role": lambda: "site",
        "asserted_party": make.party,
        "asserted_figure": lambda: NumericRange(Decimal(81), None),
        "unit": make.unit,
    }
    return {name: makers[name]() for name in KINDS[kind]}


def citation(**fields):
    return Citation(**{"event": make.event(), "document": make.document(), "aspect": "description", **fields})


SILENT = (
    "Stance: a document that is silent has no quotation, value or speaker; remove those, or choose "
    "another stance, such as supports."
)


def one_of(told_fields):
    """The only field that is told, and its message."""
    ((name, (message,)),) = told_fields.items()
    return name, message


@pytest.mark.parametrize("aspect", sorted(RIGHT_KIND))
def test_value_that_fits_its_aspect_passes(aspect):
    fitting = citation(aspect=aspect, **value(RIGHT_KIND[aspect]))
    unknown = citation(aspect=aspect, asserts_unknown=True)

    assert (told(fitting), told(unknown)) == ({}, {})
    assert (violated(fitting.save), violated(unknown.save)) == (None, None)


@pytest.mark.parametrize("aspect", WITHOUT_VALUE)
def test_aspect_without_value_passes_without(aspect):
    plain = citation(aspect=aspect)

    assert told(plain) == {}
    assert violated(plain.save) is None


MISFITS = [(aspect, kind) for aspect in Aspect.values for kind in KINDS if kind != RIGHT_KIND.get(aspect)]


@pytest.mark.parametrize(("aspect", "kind"), MISFITS)
def test_value_that_does_not_fit_its_aspect_is_told_beside_every_field_that_is_wrong(aspect, kind):
    right = RIGHT_KIND.get(aspect)
    instead = citation(aspect=aspect, **value(kind))
    besides = citation(aspect=aspect, **value(kind), **(value(right) if right else {"statement": "So."}))

    assert list(told(instead)) == [*KINDS[kind], *KINDS.get(right, ())]
    assert list(told(besides)) == [*KINDS[kind]]
    assert violated(instead.save) == violated(besides.save) == "citation_value_fits_aspect"


@pytest.mark.parametrize("aspect", sorted(RIGHT_KIND))
def test_supporting_citation_without_value_is_told_beside_each_missing_field(aspect):
    empty = citation(aspect=aspect)

    assert list(told(empty)) == list(KINDS[RIGHT_KIND[aspect]])
    assert violated(empty.save) == "citation_value_fits_aspect"


@pytest.mark.parametrize("aspect", sorted(RIGHT_KIND))
def test_value_that_is_said_to_be_unknown_is_told_beside_that(aspect):
    both = citation(aspect=aspect, asserts_unknown=True, **value(RIGHT_KIND[aspect]))

    assert one_of(told(both)) == (
        "asserts_unknown",
        "Said to be unknown: then there is no value, such as a date; remove one of the two.",
    )
    assert violated(both.save) == "citation_value_fits_aspect"


@pytest.mark.parametrize("aspect", WITHOUT_VALUE)
def test_aspect_without_value_cannot_be_unknown(aspect):
    unknown = citation(aspect=aspect, asserts_unknown=True)

    assert list(told(unknown)) == ["asserts_unknown"]
    assert violated(unknown.save) == "citation_value_fits_aspect"


@pytest.mark.parametrize(
    ("aspect", "half", "name", "message"),
    [
        (
            "date",
            {"asserted_date_edtf": "2020-10-09"},
            "date_of",
            "Date of: choose which moment it dates, such as agreed, or “not stated”.",
        ),
        (
            "date",
            {"date_of": "agreed"},
            "asserted_date_edtf",
            "Asserted date: this aspect needs one, such as 2020-10-09; or tick “said to be unknown”.",
        ),
        (
            "location",
            {"asserted_location_role": "site"},
            "asserted_location",
            "Asserted location: this aspect needs one, such as Shusha; or tick “said to be unknown”.",
        ),
        (
            "killed",
            {"asserted_figure": NumericRange(5, 6)},
            "unit",
            "Unit: choose what the figure counts, such as person.",
        ),
        (
            "outcome",
            {"is_approximate": True},
            "asserted_figure",
            "Asserted figure: it belongs to counts and measures such as “killed”; remove it, or choose such an aspect.",
        ),
    ],
)
@pytest.mark.parametrize("stance", [Stance.SUPPORTS, Stance.DISPUTES])
def test_half_a_value_is_told_with_a_right_example(stance, aspect, half, name, message):
    row = citation(aspect=aspect, stance=stance, **half)

    assert one_of(told(row)) == (name, message)
    assert violated(row.save) == "citation_value_fits_aspect"


@pytest.mark.parametrize("stance", [Stance.DISPUTES, Stance.MENTIONS, Stance.SILENT])
@pytest.mark.parametrize("aspect", Aspect.values)
def test_other_stances_need_no_value(aspect, stance):
    assert told(citation(aspect=aspect, stance=stance)) == {}


@pytest.mark.parametrize(
    ("figure", "example"),
    [
        (NumericRange(60, 50), "50 to 60"),
        ((60, 50), "50 to 60"),
        (NumericRange(Decimal(-1), 5), "up to 20,000"),
        (NumericRange(None, 5), "up to 20,000"),
        (NumericRange(None, None), "up to 20,000"),
        (NumericRange(empty=True), "up to 20,000"),
        (NumericRange(Decimal("NaN"), None), "up to 20,000"),
        (NumericRange(Decimal(1), Decimal("Infinity")), "50 to 60"),
    ],
)
def test_figure_that_is_none_is_told_with_a_right_example(figure, example):
    row = citation(aspect="killed", asserted_figure=figure, unit=make.unit())

    name, message = one_of(told(row))

    assert name == "asserted_figure"
    assert example in message


def test_figure_whose_upper_bound_is_below_the_lower_is_no_error_page():
    form_class = modelform_factory(Citation, fields=["aspect", "asserted_figure", "unit"])
    data = {"aspect": "killed", "asserted_figure_0": "60", "asserted_figure_1": "50", "unit": make.unit().pk}

    form = form_class(data, instance=citation())

    assert list(form.errors) == ["asserted_figure"]


@pytest.mark.parametrize("scope", ["population", "side", "period_edtf"])
def test_scope_without_a_figure_is_told_beside_its_field(scope):
    values = {"population": make.population(), "side": make.party(), "period_edtf": "2020-09/2020-11"}
    row = citation(**{scope: values[scope]})

    name, message = one_of(told(row))

    assert name == scope
    assert message.endswith("it belongs to a figure, such as more than 80; remove it here.")
    assert violated(row.save) == "citation_scope_needs_figure"


def test_scope_of_a_figure_that_is_unknown_passes():
    assert told(citation(aspect="killed", asserts_unknown=True, side=make.party())) == {}


@pytest.mark.parametrize("name", ["quotation", "value_as_printed", "claimed_by", "through"])
def test_silence_that_says_something_is_told(name):
    values = {"claimed_by": make.agent, "through": make.document}
    row = citation(stance="silent", **{name: values.get(name, lambda: "Nothing.")()})

    assert one_of(told(row)) == ("stance", SILENT)
    assert violated(row.save) == "citation_silence_says_nothing"


@pytest.mark.parametrize("aspect", sorted(RIGHT_KIND))
def test_silence_with_a_value_is_told(aspect):
    row = citation(aspect=aspect, stance="silent", **value(RIGHT_KIND[aspect]))

    assert list(told(row)) == ["stance"]
    assert violated(row.save) == "citation_silence_says_nothing"


@pytest.mark.parametrize(
    ("fields", "name", "example"),
    [
        ({"locator": "214"}, "locator", "page, 214"),
        ({"locator_label": "page"}, "locator", "page, 214"),
        ({"asserted_date_edtf": "2020-11-10/2020-09-27", "aspect": "date"}, "asserted_date_edtf", "2020-09-27/"),
        ({"asserted_date_edtf": "2021-02-30", "aspect": "date"}, "asserted_date_edtf", "2020-02-29"),
        ({"stated_on": "yesterday"}, "stated_on", "2020-10-09"),
        ({"aspect": "weather"}, "aspect", "weather"),
        ({"stance": "denies"}, "stance", "denies"),
    ],
)
def test_field_that_is_wrong_is_told_beside_it(fields, name, example):
    found = told(citation(**fields))

    assert list(found) == [name]
    assert example in found[name][0]


def test_document_that_leans_on_itself_is_told():
    document = make.document()

    assert told(citation(document=document, through=document)) == {
        "through": ["Through: a document does not lean on itself; choose another one."]
    }


def test_event_of_another_citation_with_this_number_is_told_without_a_field_to_fill():
    first = make.citation(make.event())

    found = told(citation(event=first.event, number=1))

    assert list(found) == ["number"]
