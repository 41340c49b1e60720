"""Imports at the desk: a file is sent, looked at row by row, written whole or not at all, and undone in one step."""

from chronicle.admin.importing.imports import ImportAdmin

__all__ = ["ImportAdmin"]
