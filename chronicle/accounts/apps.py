"""The application that keeps the doors of the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Invitations, second factors, and the audit of what happens to accounts."""

    name = "chronicle.accounts"
    label = "accounts"
    verbose_name = _("Access to the desk")
    default_auto_field = "django.db.models.BigAutoField"
