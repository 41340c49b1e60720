"""The form in which the text of a page is stored: rule 1.

What is stored is what the file has, letter for letter; what depends on the program that made the file is made alike:

1. Unicode's form NFC (Unicode Standard Annex 15). Not NFKC: a raised 2 is a note, not a two.
2. Ligatures that stand for letters (fi, ffl, the Armenian ones from U+FB00 to U+FB17) are those letters.
3. Every line end is one line feed; a form feed inside a page too.
4. A word that is divided at the end of a line stays divided, with a plain hyphen before the line feed, whatever sign
   the file has for it. Whether the hyphen belongs to the word (cease-fire) or to the line no rule can tell, so none is
   taken away here; comparing quotations forgives it (`sources.quotations.normalisation`).
5. Blanks of every kind are one space; none stands at the beginning or end of a line. Two or more empty lines are one.
6. What no one can see goes: control characters, characters that Unicode will never assign, byte order marks. Marks that
   shape or direct the writing (zero-width joiners, directional marks) stay: Persian, Arabic and mixed lines need them.
   What is no character (a lone surrogate) is U+FFFD.

The rule has a number, which every text keeps: a changed rule is a new number, and never changes a stored text.
"""

import re
import unicodedata
from typing import Final

RULE: Final = 1

_LIGATURES: Final = {
    ord(sign): unicodedata.normalize("NFKC", sign)
    for sign in map(chr, (*range(0xFB00, 0xFB07), *range(0xFB13, 0xFB18)))
}
_LINE_END: Final = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_DIVIDED: Final = re.compile("[\u00ad\u2010\u0002\ufffe] *\n|[\u0002\ufffe]")
_BLANKS: Final = re.compile(r"[^\S\n]+")
_AROUND_LINE_END: Final = re.compile(" ?\n ?")
_EMPTY_LINES: Final = re.compile("\n{3,}")
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\uffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def stored(text: str) -> str:
    """Return a page's text in the form in which it is stored; doing so twice changes nothing."""
    text = _SURROGATE.sub("\ufffd", text)
    text = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    text = _DIVIDED.sub("-\n", _LINE_END.sub("\n", text))
    text = _UNSEEN.sub("", _BLANKS.sub(" ", text))
    text = _EMPTY_LINES.sub("\n\n", _AROUND_LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", text).strip()
