"""Template tags for documents."""
