"""The application that holds parties, agents and documents."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Documents and those who speak in them."""

    name = "sources"
    default_auto_field = "django.db.models.BigAutoField"
