"""Merging: two records that turn out to be one. `merge` and `undo` are the verbs; both do everything or nothing."""

from chronicle.merging.merge import foreseen, merge
from chronicle.merging.plan import MODELS, MergeRefusedError, subject_of
from chronicle.merging.undo import undo

__all__ = ["MODELS", "MergeRefusedError", "foreseen", "merge", "subject_of", "undo"]
