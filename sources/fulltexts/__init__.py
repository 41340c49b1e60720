"""Full texts: what stands in a deposited file, read page by page by a process of its own.

A file comes from anywhere and may be made to harm. So it is read by `sources.fulltexts.child`, which knows none of our
settings and addresses, and ends when it takes more memory or time than `Limits` allow.
"""

from sources.fulltexts.extraction import Extracted, UnreadableError, extract
from sources.fulltexts.limits import Limits

__all__ = ["Extracted", "Limits", "UnreadableError", "extract"]
