"""Corpora: folders of fixtures by natural keys, loaded as a whole or not at all."""

from chronicle.corpus.loading import CorpusError, Loaded, Refused, load

__all__ = ["CorpusError", "Loaded", "Refused", "load"]
