"""Names of either direction inside a sentence: each stands apart from what surrounds it (Unicode Standard Annex 9).

Without that, a Hebrew or Arabic name takes the number behind it to its other side, and two of them in a row change
places.
"""

import re
from typing import Final

from django.utils.translation import get_language_bidi

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
FROM_RIGHT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Letters that are written from right to left (Unicode, DerivedBidiClass), as a part of a class of characters."""
CONTROLS: Final = "\u202a-\u202e\u2066-\u2069"
"""Characters that change the direction of what follows, or end such a change: in a name they are somebody's trick."""

_CONTROL: Final = re.compile(f"[{CONTROLS}]")
_TURNS: Final = re.compile(f"[{FROM_RIGHT}]")


def isolated(name: object) -> str:
    """Return a name as it stands in a sentence: apart where it holds letters that run against the language.

    A name that does not is returned as it is, so that nobody copies what he does not see.
    """
    words = _CONTROL.sub("", str(name))
    if not words or not (get_language_bidi() or _TURNS.search(words)):
        return words
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}"
