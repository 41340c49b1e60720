import datetime

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import Range
from django.db.migrations.writer import MigrationWriter
from django.db.models.query_utils import DeferredAttribute
from django.test.utils import isolate_apps
from psycopg import adapters

from sources.edtf import Bounds, Day, EDTFError, EDTFField, EDTFFormField, EDTFRangeField, parse
from sources.edtf.fields import TolerantLoader

with isolate_apps():

    class Happening(models.Model):
        """The range stands before its string on purpose: the order of fields must not matter."""

        date_range = EDTFRangeField()
        date_edtf = EDTFField("date", blank=True, widened_field="wide_range", help_text="When it was.")
        wide_range = EDTFRangeField()
        own_range = EDTFRangeField()

        class Meta:
            app_label = "edtf_tests"

        def __str__(self):
            return self.date_edtf

    class Letter(models.Model):
        """No range, and a range that is missing."""

        written_edtf = EDTFField(range_field=None, null=True)
        sent_edtf = EDTFField(range_field="sent_range")

        class Meta:
            app_label = "edtf_tests"

        def __str__(self):
            return self.sent_edtf


OCTOBER = Bounds(Day(2020, 10, 1), Day(2020, 10, 31))


def field(name, model=Happening):
    return model._meta.get_field(name)


def loaded(**columns):
    """An instance as from the database, all other columns deferred."""
    return Happening.from_db("default", list(columns), list(columns.values()))


# The ranges follow the string


def test_ranges_follow_the_string_at_once():
    happening = Happening(date_edtf="2020-10~")

    assert happening.date_edtf == "2020-10~"
    assert happening.date_range == OCTOBER
    assert happening.wide_range == Bounds(Day(2020, 9, 1), Day(2020, 11, 30))

    happening.date_edtf = "-0043"

    assert happening.date_range == Bounds(Day(-43, 1, 1), Day(-43, 12, 31))


def test_ranges_of_a_blank_string_are_empty():
    happening = Happening(date_edtf="2020-10")

    happening.date_edtf = ""

    assert happening.date_range is None
    assert happening.wide_range is None


def test_ranges_cannot_part_from_their_string():
    happening = Happening(date_edtf="2020-10", date_range=Bounds(None, None))

    assert happening.date_range == OCTOBER


def test_range_that_follows_no_string_keeps_its_value():
    happening = Happening(own_range=OCTOBER)

    assert happening.own_range == OCTOBER


def test_pre_save_gives_the_ranges_in_any_order_of_fields():
    happening = Happening(date_edtf="2020-10~")

    values = [column.pre_save(happening, add=True) for column in Happening._meta.concrete_fields[1:]]

    assert values == [OCTOBER, "2020-10~", Bounds(Day(2020, 9, 1), Day(2020, 11, 30)), None]


def test_range_is_read_from_the_row_while_the_string_is_deferred():
    happening = loaded(id=1, date_range=OCTOBER)

    assert happening.date_range == OCTOBER
    assert "date_edtf" in happening.get_deferred_fields()


def test_range_is_saved_with_a_string_that_was_loaded_without_it():
    happening = loaded(id=1, date_edtf="2020-09")

    happening.date_edtf = "2020-10"

    assert happening.date_range == OCTOBER
    assert happening.get_deferred_fields() == {"own_range"}


def test_range_attribute_of_the_class_is_no_value():
    assert isinstance(Happening.date_range, DeferredAttribute)


# The string


@pytest.mark.parametrize("value", ["2020-13", "2020-10-09 ", "yesterday", "2020\x00", "[2020"])
def test_string_is_refused_by_validation(value):
    with pytest.raises(ValidationError) as caught:
        Happening(date_edtf=value).clean_fields()

    assert list(caught.value.message_dict) == ["date_edtf"]
    assert "Write for example" in caught.value.message_dict["date_edtf"][0]


@pytest.mark.parametrize("value", ["", "2020-10", "-0043-03-15", "[..1984]"])
def test_string_is_accepted_by_validation(value):
    happening = Happening(date_edtf=value)

    happening.clean_fields()

    assert happening.date_edtf == value


def test_string_is_refused_on_its_way_into_the_table():
    with pytest.raises(EDTFError, match="no month 13"):
        field("date_edtf").get_db_prep_save("2020-13", connection)

    assert field("date_edtf").get_db_prep_save("2020-12", connection) == "2020-12"
    assert field("date_edtf").get_db_prep_save("", connection) == ""
    assert field("written_edtf", Letter).get_db_prep_save(None, connection) is None


def test_string_may_be_an_expression():
    expression = models.Value("2020")

    assert field("date_edtf").get_db_prep_save(expression, connection) is expression
    assert Happening(date_edtf=expression).date_range is None


def test_string_has_the_form_field():
    form_field = field("date_edtf").formfield()

    assert isinstance(form_field, EDTFFormField)
    assert form_field.help_text == "When it was."
    assert form_field.max_length == 200


def test_ranges_have_no_form_field_and_are_not_validated():
    assert not field("date_range").editable


def test_check_finds_a_missing_range():
    errors = field("sent_edtf", Letter).check()

    assert [error.id for error in errors] == ["edtf.E001"]
    assert "sent_range" in errors[0].msg
    assert field("written_edtf", Letter).check() == []
    assert field("date_edtf").check() == []


# Migrations and fixtures


@pytest.mark.parametrize(
    ("column", "written"),
    [
        (field("date_range"), "sources.edtf.fields.EDTFRangeField(blank=True, null=True)"),
        (
            field("date_edtf"),
            (
                "sources.edtf.fields.EDTFField(blank=True, help_text='When it was.', max_length=200, "
                "verbose_name='date', widened_field='wide_range')"
            ),
        ),
        (field("written_edtf", Letter), "sources.edtf.fields.EDTFField(max_length=200, null=True, range_field=None)"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_fields_are_written_into_migrations(column, written):
    assert MigrationWriter.serialize(column) == (written, {"import sources.edtf.fields"})
    assert column.clone().deconstruct()[1:] == column.deconstruct()[1:]


def test_fixture_carries_both_columns():
    fixture = serializers.serialize("python", [Happening(pk=1, date_edtf="-0043-03-15")])

    assert fixture[0]["fields"] == {
        "date_range": '["0044-03-15 BC","0044-03-16 BC")',
        "date_edtf": "-0043-03-15",
        "wide_range": '["0044-03-15 BC","0044-03-16 BC")',
        "own_range": None,
    }


def test_range_reads_what_a_fixture_holds():
    assert field("own_range").to_python("[2020-10-01,2020-11-01)") == OCTOBER
    assert field("own_range").to_python(None) is None
    assert field("own_range").to_python(OCTOBER) is OCTOBER
    with pytest.raises(ValidationError, match="is not the text of a range"):
        field("own_range").to_python("October")
    with pytest.raises(ValidationError, match="no range of days"):
        field("own_range").to_python(2020)


# What PostgreSQL gets and gives


class Session:
    """What a database connection tells of its session."""

    def __init__(self, datestyle):
        self.connection = self.info = self
        self.datestyle = datestyle

    def parameter_status(self, name):
        return {"DateStyle": self.datestyle}[name]


@pytest.mark.parametrize(
    ("text", "datestyle"),
    [
        ("[2020-10-01,2020-11-01)", "ISO, MDY"),
        ("[01.10.2020,01.11.2020)", "German, DMY"),
        ("[10/01/2020,11/01/2020)", "SQL, MDY"),
    ],
)
def test_from_db_value_reads_text_under_any_datestyle(text, datestyle):
    assert field("date_range").from_db_value(text, None, Session(datestyle)) == OCTOBER


def test_from_db_value_reads_what_psycopg_has_loaded():
    october = Range(datetime.date(2020, 10, 1), datetime.date(2020, 11, 1))

    assert field("date_range").from_db_value(None, None, Session("ISO, MDY")) is None
    assert field("date_range").from_db_value(october, None, Session("ISO, MDY")) == OCTOBER
    assert field("date_range").from_db_value(Range(empty=True), None, Session("ISO, MDY")) is None
    assert field("date_range").from_db_value(Range(None, None), None, Session("ISO, MDY")) == Bounds(None, None)


@pytest.mark.parametrize(
    "value",
    [
        Bounds(Day(2020, 10, 9), Day(2020, 10, 9)),
        Day(2020, 10, 9),
        datetime.date(2020, 10, 9),
        parse("2020-10-09"),
        "[2020-10-09,2020-10-10)",
    ],
    ids=lambda value: type(value).__name__,
)
def test_get_prep_value_accepts(value):
    assert field("date_range").get_prep_value(value) == "[2020-10-09,2020-10-10)"


def test_get_prep_value_refuses_with_the_name_of_the_field():
    with pytest.raises(TypeError, match="date_range: 2020 is no range of days"):
        field("date_range").get_prep_value(2020)


def test_range_is_a_daterange_written_and_selected_as_text():
    range_field = field("date_range")

    assert range_field.db_type(connection) == "daterange"
    assert range_field.get_placeholder(None, None, connection) == "%s::daterange"
    assert 'SELECT ("edtf_tests_happening"."date_range")::text AS' in str(Happening.objects.values("date_range").query)


def test_range_is_itself_in_conditions_order_and_subqueries():
    inner = Happening.objects.filter(date_range__overlap=OCTOBER).values("wide_range")
    query = str(Happening.objects.filter(date_range__in=inner).order_by("date_range").values("id").query)

    assert "::text" not in query
    assert '"date_range" && [2020-10-01,2020-11-01)' in query
    assert 'ORDER BY "edtf_tests_happening"."date_range" ASC' in query


@pytest.mark.parametrize(
    "lookup", ["overlap", "contains", "contained_by", "fully_lt", "fully_gt", "adjacent_to", "exact"]
)
def test_range_has_the_lookups_of_ranges(lookup):
    query = str(Happening.objects.filter(**{f"date_range__{lookup}": Day(-43, 3, 15)}).query)

    assert '["0044-03-15 BC","0044-03-16 BC")' in query


def test_loader_leaves_ranges_that_python_cannot_hold_as_text():
    loader = TolerantLoader(adapters.types["daterange"].oid)

    assert loader.load(b'["0044-03-15 BC","0044-03-16 BC")') == '["0044-03-15 BC","0044-03-16 BC")'
    assert loader.load(b"[2020-10-01,2020-11-01)") == Range(datetime.date(2020, 10, 1), datetime.date(2020, 11, 1))
    assert loader.load(b"empty").isempty
