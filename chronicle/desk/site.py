"""The site of the admin: its first page, and the way from nothing to the first published event.

Django makes it before it imports `chronicle.admin`, which registers the records with it: nothing of that is used here.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _

from chronicle.desk.first_steps import first_steps, is_anything_public
from chronicle.desk.waiting import waiting


class Desk(admin.AdminSite):
    """The curators' pages; `index` leads on while nothing is published."""

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the addresses of the desk."""
        page = self.admin_view(self.first_steps_view)
        return [path("first-steps/", page, name="first-steps"), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits, then the records; above them, while readers see nothing, the first steps."""
        steps = [] if is_anything_public() else first_steps(request.user)
        return super().index(request, {"steps": steps, "waiting": waiting(request), **(extra_context or {})})

    def first_steps_view(self, request: HttpRequest) -> TemplateResponse:
        """Show the first steps, whatever has been done."""
        context = {**self.each_context(request), "title": _("First steps"), "steps": first_steps(request.user)}
        return TemplateResponse(request, "admin/chronicle/first_steps.html", context)
