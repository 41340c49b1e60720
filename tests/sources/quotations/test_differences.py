"""What differs between a quotation and the words of a text, word by word."""

from sources.quotations import Piece, difference


def test_words_put_in_left_out_and_replaced_are_told():
    assert difference("It counted some 80 houses", "It counted 90 houses in May") == [
        Piece("both", "It counted "),
        Piece("quotation", "some 80"),
        Piece("text", "90"),
        Piece("both", " houses"),
        Piece("text", " in May"),
    ]


def test_typography_is_no_difference():
    assert difference('"We shall rebuild"', "“We shall\nre-\nbuild”") == [Piece("both", '"We shall rebuild"')]
