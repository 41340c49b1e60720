import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.edtf import Bounds, Day, parse, range_text, read_range
from sources.edtf.ranges import FIRST_DAY, LAST_DAY

quick = settings(database=None, deadline=None)
DAYS = st.builds(Day, st.integers(-4712, 5_874_896), st.integers(1, 12), st.integers(1, 28)) | st.none()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-10-09/2020-10-10", "[2020-10-09,2020-10-11)"),
        ("2020-12-31", "[2020-12-31,2021-01-01)"),
        ("9999", "[9999-01-01,10000-01-01)"),
        ("Y17000", "[17000-01-01,17001-01-01)"),
        ("-0043-03-15", '["0044-03-15 BC","0044-03-16 BC")'),
        ("0000", '["0001-01-01 BC",0001-01-01)'),
        ("1985/..", "[1985-01-01,)"),
        ("../1985", "(,1986-01-01)"),
        ("-4713", '(,"4713-01-01 BC")'),
        ("-4713-11-24", '["4714-11-24 BC","4714-11-25 BC")'),
        ("-9000", '(,"4714-11-25 BC")'),
        ("Y5874896", "[5874896-01-01,5874897-01-01)"),
        ("Y5874897", "[5874897-01-01,)"),
        ("Y170000002", "[5874897-12-31,)"),
        ("Y1E999", "[5874897-12-31,)"),
    ],
)
def test_range_text_is_what_postgresql_prints(text, expected):
    assert range_text(parse(text).bounds) == expected


def test_range_text_of_everything_is_unbounded():
    assert range_text(Bounds(None, None)) == "(,)"
    assert range_text(Bounds(FIRST_DAY.previous(), LAST_DAY)) == "(,)"


@pytest.mark.parametrize(
    ("text", "datestyle"),
    [
        ('["0044-03-15 BC",2020-10-10)', "ISO, MDY"),
        ('["0044-03-15 BC",2020-10-10)', "ISO, DMY"),
        ('["15.03.0044 BC",10.10.2020)', "German, DMY"),
        ('["15/03/0044 BC",10/10/2020)', "SQL, DMY"),
        ('["03/15/0044 BC",10/10/2020)', "SQL, MDY"),
        ('["15-03-0044 BC",10-10-2020)', "Postgres, DMY"),
        ('["03-15-0044 BC",10-10-2020)', "Postgres, MDY"),
        ('["0044-03-15 BC",2020-10-09]', "ISO, MDY"),
        ('("0044-03-14 BC",2020-10-10)', "ISO, MDY"),
    ],
)
def test_read_range_understands_every_datestyle(text, datestyle):
    assert read_range(text, datestyle) == Bounds(Day(-43, 3, 15), Day(2020, 10, 9))


def test_read_range_tells_unbounded_from_empty():
    assert read_range("(,)") == read_range("[-infinity,infinity)") == Bounds(None, None)
    assert read_range("empty") is None


@pytest.mark.parametrize("text", ["", "2020", "[2020-10-09]", "[9 Oct 2020,)", "[a,b)"])
def test_read_range_refuses_other_text(text):
    with pytest.raises(ValueError, match="is not"):
        read_range(text)


@given(DAYS, DAYS)
@quick
def test_range_text_round_trip(one, other):
    earliest, latest = (one, other) if one is None or other is None or one <= other else (other, one)
    bounds = Bounds(earliest, latest)

    assert read_range(range_text(bounds)) == bounds
