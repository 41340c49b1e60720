"""A form that comes after its session has ended: it is refused, kept on a page, and sent again after logging in.

Nothing of it is saved or stored meanwhile: what was typed goes back to the browser that sent it.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

KEPT = ("chronicle", "sources")
"""The applications whose forms are kept; those of accounts have passwords in them."""
SHOWN = ("seen", "addition")
"""What every form says of its showing; whatever says nothing of it was typed into none of them."""
NOT_KEPT = ("csrfmiddlewaretoken",)


def is_form_of_a_record(request: HttpRequest) -> bool:
    """Return whether a request sends the form of a record that was shown: to add it, or to change it."""
    if request.method != "POST" or not any(mark in request.POST for mark in SHOWN):
        return False
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return False
    application, _, page = (found.url_name or "").partition("_")
    return found.app_name == "admin" and application in KEPT and page.endswith(("_add", "_change"))


def sending_again(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    """Return the page that has all that was typed, and a button to send it again."""
    kept = [(name, value) for name in request.POST if name not in NOT_KEPT for value in request.POST.getlist(name)]
    page = {**context, "title": _("Not saved yet"), "kept": kept, "is_logged_in": request.user.is_authenticated}
    return TemplateResponse(request, "admin/chronicle/sending_again.html", page, status=403)


def refused_by_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is that of an earlier session: with all that was typed, if it is one of our own pages'.

    A browser says truly from which site a form comes; a form from elsewhere is refused and not shown.
    """
    own = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") != own or not is_form_of_a_record(request):
        return csrf_failure(request, reason)
    return sending_again(request, admin.site.each_context(request)).render()
