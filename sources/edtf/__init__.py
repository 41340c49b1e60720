"""Dates of uncertain and contested events, in the Extended Date/Time Format (ISO 8601-2:2019), levels 0 to 2.

The string as entered is the value; bounds for searching and words for reading are worked out from it.
"""

from sources.edtf.bounds import bounds, widened
from sources.edtf.days import Bounds, Day
from sources.edtf.errors import EDTFError
from sources.edtf.fields import EDTFField, EDTFRangeField
from sources.edtf.forms import EDTFFormField
from sources.edtf.parsing import parse
from sources.edtf.pieces import Form, Piece, pieces
from sources.edtf.ranges import range_text, read_range
from sources.edtf.values import EDTF
from sources.edtf.words import sentence_words, words

__all__ = [
    "EDTF",
    "Bounds",
    "Day",
    "EDTFError",
    "EDTFField",
    "EDTFFormField",
    "EDTFRangeField",
    "Form",
    "Piece",
    "bounds",
    "parse",
    "pieces",
    "range_text",
    "read_range",
    "sentence_words",
    "widened",
    "words",
]
