from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.figures import Figure, FigureError, parse_figure


def whole(lower, upper, *, is_approximate=False):
    ends = [None if end is None else Decimal(end) for end in (lower, upper)]
    return Figure(*ends, is_approximate=is_approximate)


EXACT = [
    ("0", 0),
    ("none", 0),
    ("zero", 0),
    ("No one", 0),
    ("3773", 3773),
    ("3,773", 3773),
    ("3 773", 3773),
    ("3\u2009773", 3773),
    ("3\u202f773", 3773),
    ("3'773", 3773),
    ("3\u2019773", 3773),
    ("1,234,567", 1_234_567),
    ("  3,773 ", 3773),
    ("80.0", 80),
    ("250 thousand", 250_000),
    ("1.5 million", 1_500_000),
    ("3 hundred thousand", 300_000),
    ("two", 2),
    ("Twenty-one", 21),
    ("ninety", 90),
    ("one hundred and six", 106),
    ("a hundred six", 106),
    ("twelve hundred", 1200),
    ("three thousand seven hundred and seventy-three", 3773),
    ("fifty-five thousand two hundred and one", 55_201),
    ("two thousand and one", 2001),
    ("one million two hundred and three thousand four hundred and five", 1_203_405),
    ("a dozen", 12),
    ("three dozen", 36),
    ("half a dozen", 6),
    ("half a million", 500_000),
    ("three quarters of a million", 750_000),
    ("a quarter of a million", 250_000),
    ("a million and a half", 1_500_000),
    ("two and a half million", 2_500_000),
    ("80%", 80),
    ("80 %", 80),
    ("80 percent", 80),
    ("80 per cent", 80),
    ("[0,0]", 0),
]

RANGES = [
    ("more than 80", 81, None),
    ("over 90", 91, None),
    ("above ninety", 91, None),
    ("in excess of 1,600", 1601, None),
    ("> 80", 81, None),
    ("more than 20 thousand", 20_001, None),
    ("more than 80%", 81, None),
    ("at least 7,000", 7000, None),
    ("no fewer than 7", 7, None),
    ("not less than 7", 7, None),
    ("≥7", 7, None),
    ("7,000 or more", 7000, None),
    ("7,000 and more", 7000, None),
    ("7,000+", 7000, None),
    ("at least 7,000 to 8,000", 7000, None),
    ("7,000-8,000 or more", 7000, None),
    ("more than 7,000 to 8,000", 7001, None),
    ("up to 20,000", 0, 20_000),
    ("at most 5", 0, 5),
    ("no more than 5", 0, 5),
    ("not more than five", 0, 5),
    ("5 or fewer", 0, 5),
    ("fewer than 10", 0, 9),
    ("less than 10", 0, 9),
    ("under ten", 0, 9),
    ("fewer than 1", 0, 0),
    ("up to 7,000-8,000", 0, 8000),
    ("between 50 and 60", 50, 60),
    ("between one hundred and six and two hundred", 106, 200),
    ("50 to 60", 50, 60),
    ("from 50 to 60", 50, 60),
    ("50-60", 50, 60),
    ("50 - 60", 50, 60),
    ("50–60", 50, 60),
    ("50% to 60%", 50, 60),
    ("two or three", 2, 3),
    ("80 to one hundred", 80, 100),
    ("50 thousand to 60 thousand", 50_000, 60_000),
    ("more than 80 and up to 90", 81, 90),
    ("over 9,000 but fewer than 10,000", 9001, 9999),
    ("[81,)", 81, None),
    ("(80,)", 81, None),
    ("(80,90)", 81, 89),
    ("(,90]", None, 90),
    ("7000..8000", 7000, 8000),
    ("7000..", 7000, None),
    ("..8000", 0, 8000),
    ("several", 2, None),
    ("tens", 20, None),
    ("dozens", 24, None),
    ("several dozen", 24, None),
    ("scores", 40, None),
    ("hundreds", 200, None),
    ("several hundred", 200, None),
    ("many thousands", 2000, None),
    ("thousands", 2000, None),
    ("several thousand", 2000, None),
    ("tens of thousands", 20_000, None),
    ("hundreds of thousands", 200_000, None),
    ("several hundred thousand", 200_000, None),
    ("millions", 2_000_000, None),
    ("at least several hundred", 200, None),
    ("more than thousands", 2000, None),
]

APPROXIMATE = [
    ("about a million", 1_000_000, 1_000_000),
    ("around one million", 1_000_000, 1_000_000),
    ("roughly 30", 30, 30),
    ("approximately 30", 30, 30),
    ("approx. 30", 30, 30),
    ("circa 30", 30, 30),
    ("c. 30", 30, 30),
    ("ca. 30", 30, 30),
    ("~30", 30, 30),
    ("some 30", 30, 30),
    ("almost 30", 30, 30),
    ("nearly 30", 30, 30),
    ("close to 30", 30, 30),
    ("an estimated 30", 30, 30),
    ("30 or so", 30, 30),
    ("about 7,000 to 8,000", 7000, 8000),
    ("at least about 50", 50, None),
    ("about 50 or more", 50, None),
    ("up to about 50", 0, 50),
    ("some hundreds", 200, None),
    ("about 0", 0, 0),
]

MEASURED = [
    ("more than 80", Figure(Decimal(80), None, lower_inclusive=False)),
    ("fewer than 10", Figure(Decimal(0), Decimal(10), upper_inclusive=False)),
    ("3.773", Figure(Decimal("3.773"), Decimal("3.773"))),
    ("1.5 million", Figure(Decimal(1_500_000), Decimal(1_500_000))),
    ("about 8.5%", Figure(Decimal("8.5"), Decimal("8.5"), is_approximate=True)),
    ("0.5 to 1.25", Figure(Decimal("0.5"), Decimal("1.25"))),
    ("(80,90]", Figure(Decimal(80), Decimal(90), lower_inclusive=False)),
    ("more than 80 and less than 90", Figure(Decimal(80), Decimal(90), lower_inclusive=False, upper_inclusive=False)),
]

REFUSED = [
    ("", "it is empty"),
    ("  ", "it is empty"),
    ("9 to 5", "the upper end, 5, is below the lower end, 9"),
    ("more than 9 and up to 5", "the upper end, 5, is below the lower end, 9"),
    ("[9,5]", "the upper end, 5, is below the lower end, 9"),
    ("(80,81)", "the upper end, 80, is below the lower end, 81"),
    ("fewer than 0", "no number is left between 0 and 0"),
    ("-5", "below 0"),
    ("\u22125", "below 0"),
    ("at least -5", "below 0"),
    ("minus five", "below 0"),
    ("3.773", "is 3,773 meant?"),
    ("0.5", "counted in whole things"),
    ("1,5", "a comma separates thousands"),
    ("0,773", "a comma separates thousands"),
    ("1.234.567", "a dot is a decimal point"),
    ("80 people", "“people” is not part of a number; give the unit in its own field"),
    ("more than 80 people", "“people” is not part of a number"),
    ("80 km²", "“km²” is not part of a number"),
    ("80km²", "“km²” is not part of a number"),
    ("hundreds of soldiers", "“of soldiers” is not part of a number"),
    ("6 (2 women)", "“(2 women)” is not part of a number"),
    ("50 to 60 thousand", "does it begin at 50 or at 50,000?"),
    ("one to two hundred", "does it begin at 1 or at 100?"),
    ("up to thousands", "an upper end without a number"),
    ("(,)", "open at both ends says nothing"),
    ("unknown", "mark the value as unknown"),
    ("no figure given", "mark the value as unknown"),
    ("many", "mark the value as unknown"),
    ("achtzig", "not a number in digits or English words"),
    ("восемьдесят", "not a number in digits or English words"),
    ("٣", "not a number in digits or English words"),
    ("10²", "not a number in digits or English words"),
    ("NaN", "not a number in digits or English words"),
    ("Infinity", "not a number in digits or English words"),
    ("1..2..3", "not a number in digits or English words"),
    ("%", "not a number in digits or English words"),
    ("about", "not a number in digits or English words"),
    ("one hundred and", "“and” is not part of a number"),
    ("undertow", "not a number in digits or English words"),
    ("80\x00", "a character that cannot be seen"),
    ("80\u200b", "a character that cannot be seen"),
    ("\ud80080", "a character that cannot be seen"),
    ("9" * 16, "larger than 1,000,000,000,000,000"),
    ("0" * 101, "longer than 100 characters"),
    ("1.1234567", "more than 6 decimal places"),
]


@pytest.mark.parametrize(("words", "number"), EXACT)
def test_parse_figure_reads_one_number(words, number):
    assert parse_figure(words) == whole(number, number)


@pytest.mark.parametrize(("words", "lower", "upper"), RANGES)
def test_parse_figure_reads_a_range_of_whole_things(words, lower, upper):
    assert parse_figure(words) == whole(lower, upper)


@pytest.mark.parametrize(("words", "lower", "upper"), APPROXIMATE)
def test_parse_figure_keeps_that_a_figure_is_approximate(words, lower, upper):
    assert parse_figure(words) == whole(lower, upper, is_approximate=True)


@pytest.mark.parametrize(("words", "figure"), MEASURED)
def test_parse_figure_reads_measured_things(words, figure):
    assert parse_figure(words, counts_whole_things=False) == figure


@pytest.mark.parametrize(("words", "reason"), REFUSED)
def test_parse_figure_says_what_is_wrong(words, reason):
    with pytest.raises(FigureError) as refusal:
        parse_figure(words)
    assert reason in str(refusal.value)


def test_parse_figure_names_the_string_and_shows_examples():
    with pytest.raises(FigureError) as refusal:
        parse_figure("80 people")
    assert str(refusal.value) == (
        "“80 people” is not a figure: “people” is not part of a number; give the unit in its own field, and whom it "
        "counts in theirs. Right are: 3,773 · more than 80 · up to 20,000 · 7,000 to 8,000 · at least 7,000 · about a "
        "million · none"
    )


def test_parse_figure_shows_an_unreadable_string_safely():
    with pytest.raises(FigureError) as refusal:
        parse_figure("\x00\ud800" + "9" * 5000)
    assert str(refusal.value).startswith("“\ufffd\ufffd999")
    assert len(str(refusal.value)) < 400


@given(st.text(alphabet=st.characters(), max_size=120), st.booleans())
def test_parse_figure_reads_or_refuses_whatever_is_typed(words, counts_whole_things):
    try:
        figure = parse_figure(words, counts_whole_things=counts_whole_things)
    except FigureError:
        return
    assert isinstance(figure, Figure)


WORDS = [
    "about",
    "at least",
    "more than",
    "up to",
    "or",
    "so",
    "to",
    "and",
    "between",
    "80",
    "1,000",
    "hundred",
    "several",
]


@given(
    st.lists(st.sampled_from([*WORDS, "million", "-", "..", "[", ",", ")", "%", "a", "half", "people"]), max_size=12)
)
def test_parse_figure_reads_or_refuses_its_own_words_in_any_order(words):
    try:
        parse_figure(" ".join(words))
    except FigureError as refusal:
        assert "Right are" in str(refusal)  # noqa: PT017 - either outcome is right
