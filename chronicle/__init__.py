"""The site: events, locations and citations, what is published of them, and every page."""

__version__ = "0.1.0"
