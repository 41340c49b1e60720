"""The application that is the site."""

from django.apps import AppConfig


class ChronicleConfig(AppConfig):
    """Events and citations, what is published of them, and every page."""

    name = "chronicle"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks that run at every start."""
        from chronicle import checks  # noqa: F401, PLC0415  # registering is the import's effect, once apps are loaded
