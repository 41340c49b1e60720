"""Who leans on whom: behind an event (`sources_of`), and around a document (`around`)."""

from chronicle.leaning.around import Around, around
from chronicle.leaning.chains import LONGEST_CHAIN, Link, Source, Step, sources_of

__all__ = ["LONGEST_CHAIN", "Around", "Link", "Source", "Step", "around", "sources_of"]
