"""Bibliographies as tables: documents, those who made them, and in which role."""

from chronicle.imports.bibliographies.tables import read_bibliography

__all__ = ["read_bibliography"]
