"""Public pages: a module per subject, each view a base, a queryset method and a template."""
