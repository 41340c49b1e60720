import pytest
from hypothesis import assume, given, settings

from sources.edtf import EDTFError, bounds, parse, widened
from tests.sources.edtf.strategies import EDTF_TEXTS
from tests.sources.edtf.vectors import SPECIFICATION

quick = settings(database=None, deadline=None)


def texts(found):
    return tuple(None if day is None else str(day) for day in found)


@pytest.mark.parametrize("vector", SPECIFICATION, ids=lambda vector: f"level{vector.level}:{vector.text}")
def test_bounds_of_every_example_of_the_specification(vector):
    assert texts(bounds(parse(vector.text))) == (vector.earliest, vector.latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("0000", "0000-01-01", "0000-12-31"),
        ("-0004-02", "-0004-02-01", "-0004-02-29"),
        ("-01XX", "-0199-01-01", "-0100-12-31"),
        ("-000X", "-0009-01-01", "-0001-12-31"),
        ("-XXXX-03", "-9999-03-01", "-0001-03-31"),
        ("1XX3", "1003-01-01", "1993-12-31"),
        ("2016-01-X1", "2016-01-01", "2016-01-31"),
        ("2016-02-X1", "2016-02-01", "2016-02-21"),
        ("2017-02-2X", "2017-02-20", "2017-02-28"),
        ("2017-02-X9", "2017-02-09", "2017-02-19"),
        ("2020-12-3X", "2020-12-30", "2020-12-31"),
        ("2021-XX-31", "2021-01-31", "2021-12-31"),
        ("2021-0X-31", "2021-01-31", "2021-08-31"),
        ("XXXX-XX-23", "0000-01-23", "9999-12-23"),
        ("19XX-02-29", "1904-02-29", "1996-02-29"),
        ("-19XX-02-29", "-1996-02-29", "-1904-02-29"),
        ("-1950S2", "-1999-01-01", "-1900-12-31"),
        ("1950S4", "1950-01-01", "1950-12-31"),
        ("0000S1", "0000-01-01", "0000-12-31"),
        ("2001-02-03T23:59:59-11:00", "2001-02-03", "2001-02-03"),
        ("1111-01-01/1111", "1111-01-01", "1111-12-31"),
        ("2004-06-11/2004-06", "2004-06-11", "2004-06-30"),
        ("1984~/2004-06", "1984-01-01", "2004-06-30"),
        ("[1985,1667,1760-12]", "1667-01-01", "1985-12-31"),
        ("{..1984,1990..}", None, None),
    ],
)
def test_bounds_of_what_the_specification_does_not_show(text, earliest, latest):
    assert texts(parse(text).bounds) == (earliest, latest)


SEASONS = {
    "2020-21": ("2020-03-01", "2020-05-31"),
    "2020-22": ("2020-06-01", "2020-08-31"),
    "2020-23": ("2020-09-01", "2020-11-30"),
    "2020-24": ("2020-12-01", "2021-02-28"),
    "2020-25": ("2020-03-01", "2020-05-31"),
    "2020-26": ("2020-06-01", "2020-08-31"),
    "2020-27": ("2020-09-01", "2020-11-30"),
    "2019-28": ("2019-12-01", "2020-02-29"),
    "2020-29": ("2020-09-01", "2020-11-30"),
    "2020-30": ("2020-12-01", "2021-02-28"),
    "2020-31": ("2020-03-01", "2020-05-31"),
    "2020-32": ("2020-06-01", "2020-08-31"),
    "2020-33": ("2020-01-01", "2020-03-31"),
    "2020-34": ("2020-04-01", "2020-06-30"),
    "2020-35": ("2020-07-01", "2020-09-30"),
    "2020-36": ("2020-10-01", "2020-12-31"),
    "2020-37": ("2020-01-01", "2020-04-30"),
    "2020-38": ("2020-05-01", "2020-08-31"),
    "2020-39": ("2020-09-01", "2020-12-31"),
    "2020-40": ("2020-01-01", "2020-06-30"),
    "2020-41": ("2020-07-01", "2020-12-31"),
    "195X-24": ("1950-12-01", "1960-02-29"),
}


@pytest.mark.parametrize(("text", "expected"), SEASONS.items())
def test_bounds_of_seasons(text, expected):
    assert texts(parse(text).bounds) == expected


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020-10-10~", "2020-10-09", "2020-10-11"),
        ("2020-03-01~", "2020-02-29", "2020-03-02"),
        ("2004-06~", "2004-05-01", "2004-07-31"),
        ("2004-01~", "2003-12-01", "2004-02-29"),
        ("2001-21~", "2000-12-01", "2001-08-31"),
        ("2001-24~", "2001-09-01", "2002-05-31"),
        ("2001-37~", "2000-09-01", "2001-08-31"),
        ("2001-41~", "2001-01-01", "2002-06-30"),
        ("1822~", "1821-01-01", "1823-12-31"),
        ("0001~", "0000-01-01", "0002-12-31"),
        ("195X~", "1940-01-01", "1969-12-31"),
        ("18XX%", "1700-01-01", "1999-12-31"),
        ("1950S2~", "1800-01-01", "2099-12-31"),
        ("2004-06-11%", "2004-06-10", "2004-06-12"),
        # of qualified parts, the smallest
        ("2004-06~-11", "2004-05-11", "2004-07-11"),
        ("2004~-06-11", "2003-06-11", "2005-06-11"),
        ("2004~-02-29", "2003-02-28", "2005-02-28"),
        ("?2004-06-~11", "2004-06-10", "2004-06-12"),
        ("~2004-06", "2003-06-01", "2005-06-30"),
        # each end for itself
        ("1984~/2004-06", "1983-01-01", "2004-06-30"),
        ("1984/2004-06~", "1984-01-01", "2004-07-31"),
        ("1984~/..", "1983-01-01", None),
        ("/2004-06-11~", None, "2004-06-12"),
        ("[1667~,1668]", "1666-01-01", "1668-12-31"),
        ("[1667,1667-12-31~]", "1667-01-01", "1668-01-01"),
    ],
)
def test_widened_moves_approximate_ends_by_one_unit(text, earliest, latest):
    assert texts(widened(parse(text))) == (earliest, latest)


@pytest.mark.parametrize("text", ["2020-10-10", "2020-10-10?", "1822?", "?2004-06-11", "1984?/2004-06", "[1667?,1668]"])
def test_widened_leaves_uncertain_dates_alone(text):
    assert parse(text).widened == parse(text).bounds


def parsed(text):
    try:
        return parse(text)
    except EDTFError:
        assume(False)


@given(EDTF_TEXTS)
@quick
def test_bounds_are_in_order_and_widened_contains_them(text):
    edtf = parsed(text)
    (earliest, latest), (first, last) = edtf.bounds, edtf.widened

    assert earliest is None or latest is None or earliest <= latest
    assert (first is None) == (earliest is None)
    assert (last is None) == (latest is None)
    assert first is None or first <= earliest
    assert last is None or last >= latest
    assert edtf.is_approximate or edtf.widened == edtf.bounds


@given(EDTF_TEXTS)
@quick
def test_bounds_of_a_set_or_interval_hold_all_its_dates(text):
    edtf = parsed(text)
    for date in edtf.dates:
        alone = parsed(date.written) if not date.significant_digits and len(date.year.lstrip("-")) == 4 else None
        if alone and edtf.bounds.earliest and not edtf.is_interval:
            assert edtf.bounds.earliest <= alone.bounds.earliest
        if alone and edtf.bounds.latest and not edtf.is_interval:
            assert edtf.bounds.latest >= alone.bounds.latest
