"""The pages of merging: which record stays and with which values, what moves, and one page that undoes it."""

from chronicle.admin.merging.merges import MergeAdmin
from chronicle.admin.merging.pages import MergePages

__all__ = ["MergeAdmin", "MergePages"]
