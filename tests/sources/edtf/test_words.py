import pytest
from django.utils.translation import override
from hypothesis import assume, given, settings

from sources.edtf import EDTFError, parse, sentence_words, words
from tests.sources.edtf.strategies import EDTF_TEXTS


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


GOLDEN = [
    ("2020-10-10", "10 October 2020", "on 10 October 2020"),
    ("2020-10", "October 2020", "in October 2020"),
    ("2020", "2020", "in 2020"),
    ("0079-08-24", "24 August AD 79", "on 24 August AD 79"),
    ("0476", "AD 476", "in AD 476"),
    ("-0043-03-15", "15 March 44 BC", "on 15 March 44 BC"),
    ("-0043", "44 BC", "in 44 BC"),
    ("0000", "1 BC", "in 1 BC"),
    ("Y17000", "17000", "in 17000"),
    ("Y-170000002", "170000003 BC", "in 170000003 BC"),
    ("Y-17E7", "170000001 BC", "in 170000001 BC"),
    ("2001-21", "spring 2001", "in spring 2001"),
    ("2001-24", "winter 2001–2002", "in winter 2001–2002"),
    ("-0001-24", "winter 2 BC–1 BC", "in winter 2 BC–1 BC"),
    ("2001-26", "summer 2001 (northern hemisphere)", "in summer 2001 (northern hemisphere)"),
    ("2001-30", "summer 2001–2002 (southern hemisphere)", "in summer 2001–2002 (southern hemisphere)"),
    ("2001-33", "the first quarter of 2001", "in the first quarter of 2001"),
    ("2001-38", "the middle four months of 2001", "in the middle four months of 2001"),
    ("2001-40", "the first half of 2001", "in the first half of 2001"),
    ("1822~", "about 1822", "about 1822"),
    ("1984?", "possibly 1984", "possibly in 1984"),
    ("2004-06-11%", "possibly about 11 June 2004", "possibly about 11 June 2004"),
    ("2004-06~", "about June 2004", "about June 2004"),
    ("2004-06-11~", "about 11 June 2004", "about 11 June 2004"),
    ("2004-06-11?", "possibly 11 June 2004", "possibly on 11 June 2004"),
    (
        "2004-06~-11",
        "11 June 2004 (year approximate, month approximate)",
        "on 11 June 2004 (year approximate, month approximate)",
    ),
    (
        "?2004-06-~11",
        "11 June 2004 (year uncertain, day approximate)",
        "on 11 June 2004 (year uncertain, day approximate)",
    ),
    (
        "2004-%06-11",
        "11 June 2004 (month uncertain and approximate)",
        "on 11 June 2004 (month uncertain and approximate)",
    ),
    ("2001-~21", "spring 2001 (season approximate)", "in spring 2001 (season approximate)"),
    ("195X", "the 1950s", "some time in the 1950s"),
    ("190X", "between 1900 and 1909", "some time between 1900 and 1909"),
    ("20XX", "the 21st century", "some time in the 21st century"),
    ("19XX?", "possibly the 20th century", "possibly some time in the 20th century"),
    ("1XXX", "the 2nd millennium", "some time in the 2nd millennium"),
    ("XXXX", "an unknown year", "in an unknown year"),
    ("-004X", "between 50 BC and 41 BC", "some time between 50 BC and 41 BC"),
    ("000X", "between 1 BC and AD 9", "some time between 1 BC and AD 9"),
    ("0XXX", "between 1 BC and AD 999", "some time between 1 BC and AD 999"),
    ("04XX", "the 5th century", "some time in the 5th century"),
    ("20X0", "one year between 2000 and 2090 (20X0)", "in one year between 2000 and 2090 (20X0)"),
    ("1XX3", "one year between 1003 and 1993 (1XX3)", "in one year between 1003 and 1993 (1XX3)"),
    ("195X~", "about the 1950s", "about the 1950s"),
    (
        "20X0~",
        "one year between 2000 and 2090 (20X0) (approximate)",
        "in one year between 2000 and 2090 (20X0) (approximate)",
    ),
    ("2004-XX", "one month in 2004", "in one month in 2004"),
    ("1985-04-XX", "one day in April 1985", "on one day in April 1985"),
    ("1985-XX-XX", "one day in 1985", "on one day in 1985"),
    ("1985-04-XX~", "one day in April 1985 (approximate)", "on one day in April 1985 (approximate)"),
    ("156X-12-25", "25 December of one year in the 1560s", "on 25 December of one year in the 1560s"),
    ("15XX-12-25", "25 December of one year in the 16th century", "on 25 December of one year in the 16th century"),
    ("XXXX-12-XX", "one day in December of an unknown year", "on one day in December of an unknown year"),
    ("1XXX-XX", "one month in the 2nd millennium", "in one month in the 2nd millennium"),
    ("1XXX-12", "December of one year in the 2nd millennium", "in December of one year in the 2nd millennium"),
    ("1984-1X", "one month between October and December 1984", "in one month between October and December 1984"),
    (
        "2016-X1",
        "one month between January and November 2016 (2016-X1)",
        "in one month between January and November 2016 (2016-X1)",
    ),
    ("2016-01-2X", "one day between 20 and 29 January 2016", "on one day between 20 and 29 January 2016"),
    (
        "2016-01-X1",
        "one day between 1 and 31 January 2016 (2016-01-X1)",
        "on one day between 1 and 31 January 2016 (2016-01-X1)",
    ),
    (
        "XXXX-XX-23",
        "one day between 23 January 1 BC and 23 December 9999 (XXXX-XX-23)",
        "on one day between 23 January 1 BC and 23 December 9999 (XXXX-XX-23)",
    ),
    (
        "2X1X-XX-XX",
        "one day in one year between 2010 and 2919 (2X1X)",
        "on one day in one year between 2010 and 2919 (2X1X)",
    ),
    ("195X-21", "spring of one year in the 1950s", "in spring of one year in the 1950s"),
    ("195X-34", "the second quarter of one year in the 1950s", "in the second quarter of one year in the 1950s"),
    ("156X-XX-XX", "one day in the 1560s", "on one day in the 1560s"),
    ("-01XX-03", "March of one year between 200 BC and 101 BC", "in March of one year between 200 BC and 101 BC"),
    ("1950S2", "between 1900 and 1999, estimated at 1950", "some time between 1900 and 1999, estimated at 1950"),
    (
        "Y171010000S3",
        "between 171000000 and 171999999, estimated at 171010000",
        "some time between 171000000 and 171999999, estimated at 171010000",
    ),
    (
        "Y3388E2S3",
        "between 338000 and 338999, estimated at 338800",
        "some time between 338000 and 338999, estimated at 338800",
    ),
    (
        "1950S2~",
        "between 1900 and 1999, estimated at 1950 (approximate)",
        "some time between 1900 and 1999, estimated at 1950 (approximate)",
    ),
    ("1985-04-12T23:20:30", "12 April 1985, 23:20:30 local time", "on 12 April 1985 at 23:20:30 local time"),
    ("1985-04-12T23:20:00Z", "12 April 1985, 23:20 UTC", "on 12 April 1985 at 23:20 UTC"),
    ("1985-04-12T23:20:30-04", "12 April 1985, 23:20:30 UTC−4", "on 12 April 1985 at 23:20:30 UTC−4"),
    ("1985-04-12T23:20:30+04:30", "12 April 1985, 23:20:30 UTC+4:30", "on 12 April 1985 at 23:20:30 UTC+4:30"),
    ("2020-10-10T12:00:00+04:00", "10 October 2020, 12:00 UTC+4", "on 10 October 2020 at 12:00 UTC+4"),
    ("1964/2008", "from 1964 to 2008", "from 1964 to 2008"),
    ("2004-06/2006-08", "from June 2004 to August 2006", "from June 2004 to August 2006"),
    ("2004-06/2004-08", "from June to August 2004", "from June to August 2004"),
    ("2004-02-01/2005-02", "from 1 February 2004 to February 2005", "from 1 February 2004 to February 2005"),
    ("2020-09-27/2020-11-10", "from 27 September to 10 November 2020", "from 27 September to 10 November 2020"),
    ("2020-10-09/2020-10-11", "from 9 to 11 October 2020", "from 9 to 11 October 2020"),
    ("2020-10-09/2020-10-09", "from 9 October 2020 to 9 October 2020", "from 9 October 2020 to 9 October 2020"),
    ("2019-12-30/2020-01-02", "from 30 December 2019 to 2 January 2020", "from 30 December 2019 to 2 January 2020"),
    ("1985/..", "from 1985 on", "from 1985 on"),
    ("../1985", "until 1985", "until 1985"),
    ("1985/", "from 1985, end unknown", "from 1985, end unknown"),
    ("/1985-04-12", "until 12 April 1985, beginning unknown", "until 12 April 1985, beginning unknown"),
    ("1984~/2004-06", "from about 1984 to June 2004", "from about 1984 to June 2004"),
    ("2004-06-XX/2004-07-03", "from one day in June 2004 to 3 July 2004", "from one day in June 2004 to 3 July 2004"),
    ("198X/199X", "from the 1980s to the 1990s", "from the 1980s to the 1990s"),
    (
        "190X/191X",
        "from some time between 1900 and 1909 to the 1910s",
        "from some time between 1900 and 1909 to the 1910s",
    ),
    (
        "1908-05-02/1908-05-0X",
        "from 2 May 1908 to one day between 1 and 9 May 1908",
        "from 2 May 1908 to one day between 1 and 9 May 1908",
    ),
    (
        "2004-06-~01/2004-06-~20",
        "from 1 June 2004 (day approximate) to 20 June 2004 (day approximate)",
        "from 1 June 2004 (day approximate) to 20 June 2004 (day approximate)",
    ),
    ("-0200/0100", "from 201 BC to AD 100", "from 201 BC to AD 100"),
    ("[2020-07-12..2020-07-15]", "between 12 and 15 July 2020", "on one day between 12 and 15 July 2020"),
    ("[2020-10-09,2020-10-10]", "9 or 10 October 2020", "on 9 or 10 October 2020"),
    ("[2020-10-25..2020-10-26]", "25 or 26 October 2020", "on 25 or 26 October 2020"),
    ("[2020-10-31..2020-11-01]", "31 October or 1 November 2020", "on 31 October or 1 November 2020"),
    ("{2020-10-25..2020-10-26}", "every day from 25 to 26 October 2020", "every day from 25 to 26 October 2020"),
    (
        "[1667,1668,1670..1672]",
        "1667, 1668 or one year between 1670 and 1672",
        "in 1667, in 1668 or in one year between 1670 and 1672",
    ),
    ("[..1760-12-03]", "3 December 1760 or earlier", "on 3 December 1760 or earlier"),
    ("[1760-12..]", "December 1760 or later", "in December 1760 or later"),
    (
        "[1760-01,1760-02,1760-12..]",
        "January 1760, February 1760 or December 1760 or later",
        "in January 1760, in February 1760 or in December 1760 or later",
    ),
    ("[1667,1760-12]", "1667 or December 1760", "in 1667 or in December 1760"),
    ("[..1984]", "1984 or earlier", "in 1984 or earlier"),
    ("[1667..1672]", "between 1667 and 1672", "in one year between 1667 and 1672"),
    ("[2001-21..2001-23]", "between spring 2001 and autumn 2001", "in one season between spring 2001 and autumn 2001"),
    ("[2020-09..2020-11]", "between September and November 2020", "in one month between September and November 2020"),
    ("[195X..197X]", "between the 1950s and the 1970s", "some time between the 1950s and the 1970s"),
    ("[1984]", "1984", "in 1984"),
    ("[1984~..1990]", "between about 1984 and 1990", "in one year between about 1984 and 1990"),
    (
        "{1667,1668,1670..1672}",
        "1667, 1668 and every year from 1670 to 1672",
        "in 1667, in 1668 and every year from 1670 to 1672",
    ),
    ("{1960,1961-12}", "1960 and December 1961", "in 1960 and in December 1961"),
    ("{..1984}", "every year up to 1984", "every year up to 1984"),
    ("{1984..}", "every year from 1984 on", "every year from 1984 on"),
    ("{2020-10-09,2020-10-10}", "9 and 10 October 2020", "on 9 and 10 October 2020"),
    ("{1667..1672}", "every year from 1667 to 1672", "every year from 1667 to 1672"),
    ("{2020-10-09..2020-10-12}", "every day from 9 to 12 October 2020", "every day from 9 to 12 October 2020"),
    ("{195X..197X}", "all the time from the 1950s to the 1970s", "all the time from the 1950s to the 1970s"),
    (
        "[..1983-12-31,1984-10-10..1984-11-01,1984-11-05..]",
        "31 December 1983 or earlier, one day between 10 October and 1 November 1984 or 5 November 1984 or later",
        (
            "on 31 December 1983 or earlier, on one day between 10 October and 1 November 1984 "
            "or on 5 November 1984 or later"
        ),
    ),
]


@pytest.mark.parametrize(("text", "alone", "sentence"), GOLDEN, ids=[text for text, *_words in GOLDEN])
def test_words(text, alone, sentence):
    edtf = parse(text)

    assert words(edtf) == alone
    assert sentence_words(edtf) == sentence


@pytest.mark.parametrize(
    ("lasting", "some_day"),
    [
        ("2020-07-12/2020-07-15", "[2020-07-12..2020-07-15]"),
        ("2020-07/2020-09", "[2020-07..2020-09]"),
        ("1667/1672", "[1667..1672]"),
        ("1950/1959", "195X"),
        ("1985/..", "[1985..]"),
        ("../1985", "[..1985]"),
    ],
)
def test_words_tell_what_lasts_from_one_day_among_several(lasting, some_day):
    for form in (words, sentence_words):
        assert form(parse(lasting)).startswith(("from", "until"))
        assert not form(parse(some_day)).startswith(("from", "until"))


@given(EDTF_TEXTS)
@settings(database=None, deadline=None)
def test_words_are_found_for_everything(text):
    with override("en"):
        try:
            edtf = parse(text)
        except EDTFError:
            assume(False)
        for phrase in (words(edtf), sentence_words(edtf)):
            assert phrase == phrase.strip()
            assert "%" not in phrase
            assert "  " not in phrase
            assert phrase
