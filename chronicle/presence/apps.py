"""The application that knows who has which record open."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PresenceConfig(AppConfig):
    """Presence at the desk, beside the records."""

    name = "chronicle.presence"
    label = "presence"
    verbose_name = _("presence")
    default_auto_field = "django.db.models.BigAutoField"
