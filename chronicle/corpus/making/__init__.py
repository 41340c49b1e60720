"""Large corpora for measuring: made up by chance from a seed, the same rows every time.

Nothing in them is true or looks as if it were: events are numbered specimens, agents are called Ministry 12, places are
made of syllables. What is like a real chronicle is how the values are spread.
"""

from chronicle.corpus.making.publishing import Published, publish_all
from chronicle.corpus.making.sizes import Sizes, SizesError
from chronicle.corpus.making.writing import DeskNotEmptyError, make

__all__ = ["DeskNotEmptyError", "Published", "Sizes", "SizesError", "make", "publish_all"]
