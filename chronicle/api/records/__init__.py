"""Records as JSON: one schema for each kind, and one function that makes it of rows that are already fetched."""
