"""The application that keeps what was seen of the links of documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinksConfig(AppConfig):
    """Links of documents, beside the records: at the desk alone."""

    name = "chronicle.links"
    label = "links"
    verbose_name = _("links")
    default_auto_field = "django.db.models.BigAutoField"
