import pickle
import time

import pytest
from hypothesis import assume, given, settings

from sources.edtf import EDTF, EDTFError, parse
from tests.sources.edtf.strategies import EDTF_TEXTS, GARBAGE
from tests.sources.edtf.vectors import SPECIFICATION

quick = settings(database=None, deadline=None)


@pytest.mark.parametrize("vector", SPECIFICATION, ids=lambda vector: f"level{vector.level}:{vector.text}")
def test_parse_reads_every_example_of_the_specification(vector):
    assert str(parse(vector.text)) == vector.text


@pytest.mark.parametrize(
    "text",
    [
        "0000",
        "0000-02-29",
        "-0004-02-29",
        "-0400-02-29",
        "2000-02-29",
        "19XX-02-29",
        "Y10000",
        "Y1E1",
        "1950S4",
        "-1950S2",
        "1950S2~",
        "?-2004-06%",
        "2004?-~06-~04",
        "%2004",
        "-01XX",
        "-000X",
        "XXXX-XX-XX",
        "20X0-10-02",
        "195X-21",
        "2001-41",
        "-2001-36",
        "2020-10-10T00:00:00",
        "2016-12-31T23:59:60Z",
        "-0043-03-15T12:00:00Z",
        "2020-10-10T12:00:00-12:00",
        "2020-10-10T12:00:00+14:00",
        "2020-10-10T12:00:00-00:30",
        "1985-04-12/1985-04-12",
        "1111-01-01/1111",
        "2004-06-11/2004-06",
        "Y-61000/-2000",
        "198X/199X",
        "~1945/1959",
        "2001-21/2001-23",
        "[1984]",
        "[1984..1984]",
        "[2001-21..2001-23]",
        "[195X..197X]",
        "[-1667,1668]",
        "[..1983-12-31,1984-10-10..1984-11-01,1984-11-05..]",
    ],
)
def test_parse_accepts(text):
    assert parse(text).text == text


REFUSED = [
    ("", "it is empty"),
    ("2020-10-09 ", "blank"),
    (" 2020-10-09", "blank"),
    ("2020-10-09\n", "blank"),
    ("2020\x00", "no pattern"),
    ("\x00", "no pattern"),
    ("\ud800", "no pattern"),
    ("٢٠٢٠", "no pattern"),
    ("2020-1०", "no pattern"),
    ("9" * 201, "more than 200 characters"),
    # days and months that do not exist
    ("2020-02-30", "February 2020 has 29 days"),
    ("1919-02-29", "February 1919 has 28 days"),
    ("1900-02-29", "February 1900 has 28 days"),
    ("-0003-02-29", "February -0003 has 28 days"),
    ("-0100-02-29", "February -0100 has 28 days"),
    ("1960-06-31", "June 1960 has 30 days"),
    ("1999-02-30%", "February 1999 has 28 days"),
    ("2019-04-00", "no day 00"),
    ("2019-04-32", "April 2019 has 30 days"),
    ("1985-13", "no month 13"),
    ("1985-00", "no month 00"),
    ("2023-99-01", "no month 99"),
    ("2001-42", "no month 42"),
    ("2001-2X", "no month 2X"),
    ("2001-21-05", "a season has no day"),
    ("15XX-02-3X", "no day 3X"),
    ("XXX1-02-29", "no day 29"),
    # years
    ("-0000", "no year -0000"),
    ("-0000-01-01", "no year -0000"),
    ("-999-07-05", "no pattern"),
    ("999", "four digits"),
    ("20067890", "begins with Y"),
    ("Y2020", "more than four digits"),
    ("Y-00001", "no pattern"),
    ("Y17000-05", "has no month"),
    ("1950S2-05", "has no month"),
    ("Y1E0", "no pattern"),
    ("Y1E1000", "no pattern"),
    ("1950S0", "no pattern"),
    ("1950S5", "fewer than 5 digits"),
    ("0050S3", "fewer than 3 digits"),
    ("19XXS2", "significant digits (S) or unspecified ones (X)"),
    # moments
    ("2020-10-10T12:00", "hours, minutes and seconds"),
    ("2020-10-10T24:00:00", "hours, minutes and seconds"),
    ("2020-10-10T23:60:00", "hours, minutes and seconds"),
    ("2020-10-10T23:20:60Z", "hours, minutes and seconds"),
    ("2020-10-10T23:59:60+04:00", "hours, minutes and seconds"),
    ("2020-10-10T12:00:00.5", "hours, minutes and seconds"),
    ("2020-10-10T12:00:00+0400", "hours, minutes and seconds"),
    ("2020-10-10T12:00:00+14:30", "hours, minutes and seconds"),
    ("2020-10-10T12:00:00-13", "hours, minutes and seconds"),
    ("2020-10-10T12:00:00-00:00", "hours, minutes and seconds"),
    ("2020-10-10t12:00:00", "hours, minutes and seconds"),
    ("2020-10T12:00:00", "no pattern"),
    ("2020-02-30T12:00:00", "in '2020-02-30', February 2020 has 29 days"),
    # intervals
    ("2002/2001", "ends before it begins"),
    ("2020-10-10/2020-10-09", "ends before it begins"),
    ("2020-10-10/2020-09", "ends before it begins"),
    ("-0043/-0044", "ends before it begins"),
    ("/", "a date at one end at least"),
    ("../..", "a date at one end at least"),
    ("../", "a date at one end at least"),
    ("/..", "a date at one end at least"),
    ("2001/2002/2003", "no pattern"),
    ("2001//2002", "no pattern"),
    ("1985/2020-13", "in '2020-13', there is no month 13"),
    ("2001/open", "two dots"),
    ("2001/unknown", "left empty"),
    ("2020-10-10T12:00:00/2020-10-11T12:00:00", "hours, minutes and seconds"),
    # sets
    ("[]", "is empty"),
    ("{}", "is empty"),
    ("[..]", "is empty"),
    ("[1667,]", "is empty"),
    ("[1667,,1668]", "is empty"),
    ("[1999}", "ends with ]"),
    ("{1999", "ends with }"),
    ("[", "ends with ]"),
    ("[1667, 1668]", "blank"),
    ("[1760..,1761]", "beginning or end of a set"),
    ("[1759,..1760]", "beginning or end of a set"),
    ("[2025-01..2026]", "same precision"),
    ("[1672..1670]", "ends before it begins"),
    ("[1670..1671..1672]", "not three"),
    ("[1985/1986]", "no pattern"),
    ("{1999-01-01,1999-02-30}", "in '1999-02-30', February 1999 has 28 days"),
    # what people write instead
    ("9.10.2020", "year, month and day stand in that order"),
    ("09/10/2020", "year, month and day stand in that order"),
    ("12-04-1985", "year, month and day stand in that order"),
    ("2020.10.09", "joined by hyphens"),
    ("2020/10/09", "joined by hyphens"),
    ("2020-1-9", "two digits"),
    ("1950s", "195X"),
    ("199u", "195X"),
    ("19uu", "19XX"),
    ("44 BC", "-0043"),
    ("c. 1822", "1822~"),
    ("circa 1822", "1822~"),
    ("before 1985", "../1985"),
    ("after 1985", "1985/.."),
    ("1985..1990", "brackets"),
    ("9 October 2020", "no pattern"),
    ("2004-(06)?-11", "no pattern"),
    ("2004??", "no pattern"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[repr(text[:40]) for text, _reason in REFUSED])
def test_parse_refuses_with_the_reason(text, reason):
    with pytest.raises(EDTFError) as caught:
        parse(text)

    assert caught.value.text == text
    assert reason in str(caught.value)
    assert "Write for example " in str(caught.value)


def test_error_names_the_string_without_its_control_characters():
    with pytest.raises(EDTFError) as caught:
        parse("2020\x00")

    assert str(caught.value) == (
        "'2020\\x00' is not a date in EDTF: it follows no pattern of ISO 8601-2. "
        "Write for example 2020-10-09, 2020-10, 1822~ or 2020-09-27/2020-11-10."
    )


def test_error_cuts_a_long_string():
    with pytest.raises(EDTFError) as caught:
        parse("x" * 100_000)

    assert len(str(caught.value)) < 200


def test_error_is_a_value_error_that_can_be_pickled():
    error = EDTFError("2020-13", "there is no month 13", "2020-12")

    copy = pickle.loads(pickle.dumps(error))

    assert isinstance(copy, ValueError)
    assert (str(copy), copy.text, copy.reason, copy.example) == (str(error), "2020-13", error.reason, "2020-12")


@pytest.mark.parametrize("text", [text for text, _reason in REFUSED if text])
def test_error_shows_an_example_that_is_right(text):
    with pytest.raises(EDTFError) as caught:
        parse(text)

    for example in caught.value.example.replace(" or ", ", ").split(", "):
        parse(example)


def outcome(text):
    """What parsing gives: the value, or the only error that it may raise."""
    try:
        return parse(text)
    except EDTFError as error:
        return error


@given(EDTF_TEXTS)
@quick
def test_parse_keeps_the_text(text):
    edtf = outcome(text)
    assume(isinstance(edtf, EDTF))  # digits put together at random may fit no day

    assert edtf.text == str(edtf) == text
    assert edtf == parse(text)
    assert pickle.loads(pickle.dumps(edtf)) == edtf


@given(GARBAGE)
@quick
def test_parse_raises_nothing_but_edtf_errors(text):
    assert outcome(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000_000,
        " " * 199,
        "[" + "," * 198 + "]",
        "{" + ",".join(["XXX1-02-29"] * 18) + "}",
        "{" + ",".join(["Y1E999"] * 28) + "}",
        "Y" + "9" * 199,
        "XXX1-02-29/XXX1-02-29",
        "0-" * 100,
        ".." * 100,
    ],
    ids=lambda text: text[:20],
)
def test_parse_takes_bounded_time(text):
    started = time.perf_counter()

    found = outcome(text)

    assert found.text == text
    assert isinstance(found, EDTFError) or found.bounds
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2020-10-09", "day"),
        ("1985-04-XX", "day"),
        ("2020-10", "month"),
        ("2020", "year"),
        ("20X0", "year"),
        ("Y-17E7", "year"),
        ("2001-24", "season"),
        ("2001-32", "season"),
        ("2001-33", "quarter"),
        ("2001-37", "quadrimester"),
        ("2001-41", "semester"),
        ("195X", "decade"),
        ("19XX", "century"),
        ("1950S2", "century"),
        ("1XXX", "millennium"),
        ("XXXX", "age"),
        ("Y171010000S3", "age"),
        ("2020-10-10T12:00:00", "time"),
        ("2020-10-09/..", "day"),
        ("2004-06/2006-08", "month"),
        ("2004-02-01/2005-02", "mixed"),
        ("[1667,1760-12]", "mixed"),
    ],
)
def test_edtf_precision(text, precision):
    assert parse(text).precision == precision


PROPERTIES = ["is_interval", "is_one_of", "is_all_of", "is_approximate", "is_uncertain", "is_open", "has_unknown_end"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-10-09", set()),
        ("2020-10-10T12:00:00", set()),
        ("2020-10", {"is_one_of"}),
        ("2020", {"is_one_of"}),
        ("195X", {"is_one_of"}),
        ("2001-21", {"is_one_of"}),
        ("1985-04-XX", {"is_one_of"}),
        ("2020-10-09~", {"is_approximate"}),
        ("2020-10-09?", {"is_uncertain"}),
        ("2020-10-09%", {"is_approximate", "is_uncertain"}),
        ("?2004-06-~11", {"is_approximate", "is_uncertain"}),
        ("2020-10-09/2020-10-11", {"is_interval"}),
        ("1984~/2004-06", {"is_interval", "is_approximate"}),
        ("1985/..", {"is_interval", "is_open"}),
        ("../1985", {"is_interval", "is_open"}),
        ("1985/", {"is_interval", "has_unknown_end"}),
        ("/1985", {"is_interval", "has_unknown_end"}),
        ("[2020-10-09,2020-10-10]", {"is_one_of"}),
        ("[..1984]", {"is_one_of", "is_open"}),
        ("{1960,1961-12}", {"is_all_of"}),
        ("{1984..}", {"is_all_of", "is_open"}),
    ],
)
def test_edtf_says_what_it_is(text, expected):
    edtf = parse(text)

    assert {name for name in PROPERTIES if getattr(edtf, name)} == expected


def test_edtf_cannot_be_changed():
    edtf = parse("2020")

    with pytest.raises(AttributeError):
        edtf.text = "2021"
    assert isinstance(edtf, EDTF)
    assert not hasattr(edtf, "__dict__")
