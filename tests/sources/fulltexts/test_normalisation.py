"""Rule 1, point by point."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.fulltexts.normalisation import stored


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("S\u0327us\u0327a", "Şuşa"),
        ("x²\u00b3 ½", "x²³ ½"),
        ("\ufb01nal o\ufb03ce \ufb13", "final office մն"),
        ("a\r\nb\rc\x0bd\x85e\u2028f", "a\nb\nc\nd\ne\nf"),
        ("cease-\r\nfire", "cease-\nfire"),
        ("exam\u00ad\nple exam\ufffeple exam\x02ple", "exam-\nple exam-\nple exam-\nple"),
        ("soft\u00adly", "soft\u00adly"),
        (" \ta\u00a0\u3000b \n c ", "a b\nc"),
        ("a\n \n\t\n\nb", "a\n\nb"),
        ("\ufeffa\x00b\x07c\uffff", "abc"),
        ("می\u200cخواهم \u200fabc", "می\u200cخواهم \u200fabc"),
        ("a\ud800b", "a\ufffdb"),
        ("\f\n ", ""),
    ],
)
def test_text_is_stored_by_the_rule(text, kept):
    assert stored(text) == kept


@given(st.text(st.characters(codec=None), max_size=60))
def test_rule_changes_nothing_twice_and_can_be_kept_by_postgresql(text):
    once = stored(text)

    assert stored(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\x00" not in once
    once.encode()
