"""Gazetteers as tables: locations, their names with language and time, and what they lie within."""

from chronicle.imports.gazetteers.linked import is_gazetteer, read_linked
from chronicle.imports.gazetteers.sheet import is_lp_tsv, read_lp_tsv

__all__ = ["is_gazetteer", "is_lp_tsv", "read_linked", "read_lp_tsv"]
