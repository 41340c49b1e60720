"""Corpora: folders of fixtures by natural keys, loaded as a whole or not at all."""

from chronicle.corpus.loading import STANDING, CorpusError, Loaded, Refused, compare, load
from chronicle.corpus.texts import attach_texts

__all__ = ["STANDING", "CorpusError", "Loaded", "Refused", "attach_texts", "compare", "load"]
