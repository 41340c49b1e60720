"""An edition of an event as it went out, read back into unsaved records, so that the same page shows it."""

from chronicle.editions.differences import Differences, differences
from chronicle.editions.reading import read
from chronicle.editions.references import MissingReferenceError

__all__ = ["Differences", "MissingReferenceError", "differences", "read"]
