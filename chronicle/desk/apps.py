"""The application that is Django's admin, as the desk of a chronicle."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with pages of our own beside those of the records."""

    default_site = "chronicle.desk.site.Desk"
