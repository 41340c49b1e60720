"""Quotations: where the words of a quotation stand in a text, and how surely.

A quotation is a `TextQuoteSelector` of the W3C Web Annotation Data Model (section 4.2.4): its own words, and a few
words before and after them. A position is a `TextPositionSelector` (section 4.2.5) and no more than a hint. Offsets
are code points of the text. Nothing here knows a database.

**The rule.** Text, quotation and context are compared under one normalisation (`sources.quotations.normalisation`). All
places where the words stand are found first; a place that differs only in white space, say, is as good as one that
does not, so typography never decides between two places. Then:

1. Where words before or after are given, only the places remain at which they stand too, next to the quotation.
2. One place remains: *exact* if it has the quotation code point for code point, else *exact after normalisation*.
3. Several remain: a hint decides if it points exactly at one of them, from its first code point to its last (or at its
   first, where the hint has no end). A hint that lies near a place decides nothing. The caller gives a hint only if it
   was made in this very text. Otherwise the quotation is *ambiguous*, and all places are told.
4. None remains, though the words stand somewhere: their surroundings are other ones. The quotation is *changed* if the
   words stand once, if the hint points at one place, or if the surroundings of one place resemble the given ones more
   than those of any other; else *ambiguous*.
5. The words stand nowhere: the stretch that resembles them most, if at least three quarters of the characters agree
   and a run of eight characters is the same, makes the quotation *changed*; two stretches that resemble them about
   equally make it *ambiguous*. Quotations of fewer than twelve characters are never looked for in this way.
6. Else it is *missing*; and without a text there is *no text*.

*Changed* is a suggestion: nothing may be built on it before a curator has confirmed the place.
"""

from sources.quotations.differences import Piece, difference
from sources.quotations.finding import Finding, find
from sources.quotations.places import Place, Text
from sources.quotations.selectors import Position, Quotation, quotation_at

__all__ = ["Finding", "Piece", "Place", "Position", "Quotation", "Text", "difference", "find", "quotation_at"]
