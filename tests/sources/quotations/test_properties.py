"""What holds of every text and quotation: found where it stands, and never in silence where it does not."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from sources.quotations import Quotation, Text, find, quotation_at
from sources.quotations.normalisation import compared
from sources.vocabularies import QuotationState

WORDS = ["the", "a", "80", "houses", "bank", "left", "said", "north-\neast", "ﬁre", "“no”", "war—", "é", "Ա", "שלום"]
SURE = (QuotationState.EXACT, QuotationState.NORMALISED)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)


@st.composite
def passages(draw):
    """A text, and a stretch of it that begins and ends with a character that is read."""
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(not text[start].isspace() and not text[end - 1].isspace())
    return text, start, end


@given(passages())
@example(("a a a a", 2, 3))
def test_a_stretch_with_enough_context_is_found_at_its_place(passage):
    text, start, end = passage

    finding = find(quotation_at(text, start, end), Text(text))

    assert finding.state == QuotationState.EXACT
    assert (finding.place.start, finding.place.end) == (start, end)


@given(texts, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("\u00a0".join), texts)
def test_what_is_surely_found_reads_like_the_quotation_and_stands_once(text, exact, more):
    whole = f"{text} {more}"

    finding = find(Quotation(exact), Text(whole))

    if finding.state in SURE:
        assert compared(whole[finding.place.start : finding.place.end]).replace("-", "") == compared(exact).replace(
            "-", ""
        )
        assert compared(whole).count(compared(exact)) <= 1
    if finding.state in (QuotationState.MISSING, QuotationState.CHANGED):
        assert compared(exact) not in compared(whole)


@given(passages(), texts, texts)
def test_edits_elsewhere_never_lead_to_another_place_in_silence(passage, before, after):
    text, start, end = passage
    quotation = quotation_at(text, start, end)
    edited = f"{before} {text} {after}"

    finding = find(quotation, Text(edited))

    if finding.state in SURE:
        moved = (start + len(before) + 1, end + len(before) + 1)
        rivals = edited.count(quotation.prefix + quotation.exact + quotation.suffix)
        assert (finding.place.start, finding.place.end) == moved
        assert rivals == 1


@given(passages(), texts)
def test_a_passage_that_is_gone_is_never_surely_found_where_its_context_is_not(passage, other):
    text, start, end = passage
    quotation = quotation_at(text, start, end)

    finding = find(quotation, Text(other))

    if finding.state in SURE:
        assert _letters(other[: finding.place.start]).endswith(_letters(quotation.prefix))
        assert _letters(other[finding.place.end :]).startswith(_letters(quotation.suffix))


def _letters(text):
    """What is read, without the hyphens that the end of a line may have brought in."""
    return compared(text).replace("-", "")
