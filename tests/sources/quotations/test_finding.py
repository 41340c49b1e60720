"""Where a quotation stands, by the rule in `sources.quotations`, point by point."""

import pytest

from sources.quotations import Place, Position, Quotation, Text, find, quotation_at
from sources.vocabularies import QuotationState

REPORT = """The commission met twice. It counted 80 houses on
the left bank, and it counted 80 houses on the right bank. The ﬁgures were sent
to the gov-
ernor, who said: “We shall re-
build every house.” Nobody counted the boats."""


def found(exact, text=REPORT, *, prefix="", suffix="", hint=None):
    return find(Quotation(exact, prefix, suffix), Text(text), hint=hint)


def words(finding, text=REPORT):
    return text[finding.place.start : finding.place.end]


def test_words_that_stand_once_are_exact():
    finding = found("Nobody counted the boats")

    assert finding.state == QuotationState.EXACT
    assert words(finding) == "Nobody counted the boats"


@pytest.mark.parametrize(
    ("exact", "stands"),
    [
        ("80 houses on the left bank", "80 houses on\nthe left bank"),
        ("The figures were sent to the governor", "The ﬁgures were sent\nto the gov-\nernor"),
        ('"We shall rebuild every house."', "“We shall re-\nbuild every house.”"),
        ("We shall re-build every house", "We shall re-\nbuild every house"),
        ("the gov-\nernor, who", "the gov-\nernor, who"),
    ],
)
def test_words_that_typography_alone_tells_apart_are_found(exact, stands):
    finding = found(exact)

    assert finding.state == (QuotationState.EXACT if exact == stands else QuotationState.NORMALISED)
    assert words(finding) == stands


def test_a_hyphen_that_the_text_does_not_have_is_not_forgiven():
    assert found("the left-bank was dry", "It is said that the leftbank was dry").state == QuotationState.CHANGED


def test_a_number_is_never_made_of_two():
    assert found("of the year 1012", "a list of the years 10-\n12 or so").state != QuotationState.NORMALISED
    assert words(found("years 10-12", "a list of the years 10-\n12"), "a list of the years 10-\n12") == "years 10-\n12"


def test_case_counts():
    assert found("nobody counted the boats").state == QuotationState.CHANGED


def test_words_that_stand_twice_are_ambiguous_with_both_places():
    finding = found("80 houses")

    assert finding.state == QuotationState.AMBIGUOUS
    assert finding.place is None
    assert [REPORT[place.end :].split()[:3] for place in finding.places] == [
        ["on", "the", "left"],
        ["on", "the", "right"],
    ]


def test_places_that_overlap_are_several():
    assert [place.start for place in found("a a", "a a a").places] == [0, 2]


def test_words_after_decide():
    finding = found("80 houses", suffix="on the right")

    assert finding.state == QuotationState.EXACT
    assert finding.place.start == REPORT.rindex("80 houses")


def test_words_before_decide_with_or_without_the_space_between():
    close, apart = found("80 houses", prefix="It counted"), found("80 houses", prefix="It counted ")

    assert close == apart
    assert close.place.start == REPORT.index("80 houses")


def test_context_that_leaves_two_places_is_ambiguous():
    assert found("80 houses", prefix="it counted", text=REPORT.replace("It", "it")).state == QuotationState.AMBIGUOUS


def test_typography_never_decides_between_two_places():
    text = "It counted 80\nhouses in May. It counted 80 houses in June."

    assert found("80 houses", text).state == QuotationState.AMBIGUOUS


def test_a_hint_decides_if_it_points_exactly_at_one_place():
    second = REPORT.rindex("80 houses")

    assert found("80 houses", hint=Position(second, second + 9)).place == Place(second, second + 9)
    assert found("80 houses", hint=Position(second)).place == Place(second, second + 9)


@pytest.mark.parametrize("off", [-1, 1, 5])
def test_a_hint_beside_a_place_decides_nothing(off):
    second = REPORT.rindex("80 houses")

    assert found("80 houses", hint=Position(second + off)).state == QuotationState.AMBIGUOUS
    assert found("80 houses", hint=Position(second, second + 9 + off)).state == QuotationState.AMBIGUOUS


def test_context_wins_over_a_hint():
    first, second = REPORT.index("80 houses"), REPORT.rindex("80 houses")

    assert found("80 houses", suffix="on the right", hint=Position(first)).place.start == second


def test_words_in_other_surroundings_are_changed():
    finding = found("Nobody counted the boats", prefix="on the third day")

    assert finding.state == QuotationState.CHANGED
    assert words(finding) == "Nobody counted the boats"


def test_surroundings_that_changed_suggest_the_place_that_resembles_them_most():
    finding = found("80 houses", suffix="on the right side")

    assert finding.state == QuotationState.CHANGED
    assert finding.place.start == REPORT.rindex("80 houses")


def test_surroundings_that_resemble_neither_place_are_ambiguous():
    assert found("80 houses", prefix="xyzzy").state == QuotationState.AMBIGUOUS


def test_other_words_that_resemble_the_quotation_are_changed():
    finding = found("It counted some 80 big houses on the left bank")

    assert finding.state == QuotationState.CHANGED
    assert words(finding) == "It counted 80 houses on\nthe left bank"
    assert 0.75 <= finding.likeness < 1


def test_a_changed_beginning_and_end_are_found_in_whole_words():
    text = "Then many years later, as he stood before the court, he spoke."

    assert words(found("some years later, as he stood before a court", text), text) == (
        "many years later, as he stood before the court"
    )


def test_two_stretches_that_resemble_it_alike_are_ambiguous():
    finding = found("it counted 90 houses")

    assert finding.state == QuotationState.AMBIGUOUS
    assert len(finding.places) == 2


@pytest.mark.parametrize("exact", ["The ministry has no comment on this", "boots", "80 shops"])
def test_words_that_are_not_there_are_missing(exact):
    assert found(exact).state == QuotationState.MISSING


@pytest.mark.parametrize("text", [None, "", " \n "])
def test_without_a_text_there_is_no_text(text):
    assert find(Quotation("80"), None if text is None else Text(text)).state == QuotationState.NO_TEXT


def test_offsets_count_code_points():
    assert found("word", "😃 word").place == Place(2, 6)


def test_no_words_between_two_others_are_a_point():
    assert found("", "lorem ipsum", prefix="lorem ", suffix="ipsum").place == Place(6, 6)
    assert found("", "lorem ipsum").state == QuotationState.MISSING


def test_words_between_a_letter_and_its_mark_are_found_to_the_letter():
    assert found("ete", "x ete\u0301").place == Place(2, 5)


def test_words_that_stand_everywhere_are_ambiguous_with_as_many_places_as_are_looked_at():
    assert len(found("a", "a " * 5000).places) == 200


@pytest.mark.parametrize("language", ["Հայերեն նախադասություն մը", "جملة عربية قصيرة هنا", "משפט קצר בעברית כאן"])
def test_words_of_any_script_are_found(language):
    text = f"Before. {language} After. {language[:6]}"

    assert words(found(language, text), text) == language


def test_a_passage_is_quoted_with_whole_words_of_context():
    start = REPORT.rindex("80 houses")
    quotation = quotation_at(REPORT, start, start + 9)

    assert quotation.exact == "80 houses"
    assert quotation.prefix.split()[-2:] == ["it", "counted"]
    assert quotation.suffix.split()[:3] == ["on", "the", "right"]
    assert REPORT[start - len(quotation.prefix) - 1].isspace()


def test_a_passage_is_quoted_with_as_much_context_as_it_takes():
    text = "so it goes on and on " * 10
    quotation = quotation_at(text, 105, 107)

    assert find(quotation, Text(text)).place == Place(105, 107)
