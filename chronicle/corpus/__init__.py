"""Corpora: folders of fixtures by natural keys, loaded as a whole or not at all."""

from chronicle.corpus.loading import STANDING, CorpusError, Loaded, Refused, load

__all__ = ["STANDING", "CorpusError", "Loaded", "Refused", "load"]
