"""Names in sentences, whichever way they are written."""

import pytest
from django.utils import translation

from sources.directions import isolated


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Shusha", "Shusha"),
        ("Շուշի, Şuşa, Шуша", "Շուշի, Şuşa, Шуша"),
        ("שושה", "\u2068שושה\u2069"),
        ("شوشا 1992", "\u2068شوشا 1992\u2069"),
        ("Report (דוח)", "\u2068Report (דוח)\u2069"),
        ("\u202etrick\u2069", "trick"),
        ("", ""),
        (1992, "1992"),
    ],
)
def test_names_that_run_against_the_sentence_stand_apart(name: object, words: str) -> None:
    assert isolated(name) == words


def test_in_a_language_from_the_right_every_name_stands_apart() -> None:
    with translation.override("he"):
        assert isolated("Shusha") == "\u2068Shusha\u2069"
