"""The site of the admin: its first page, its door, and the way from nothing to the first published event.

Django makes it before it imports `chronicle.admin`, which registers the records with it: nothing of that is used here.
"""

from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from chronicle.accounts import second_factor
from chronicle.accounts.views import door, links, own
from chronicle.desk.first_steps import first_steps, is_anything_public
from chronicle.desk.mine import mine, remarks_for
from chronicle.desk.picking import Picking
from chronicle.desk.sending_again import is_form_of_a_record, sending_again
from chronicle.desk.waiting import waiting
from chronicle.secrecy import for_curator

LONGEST_WAY_BACK = 4000
"""How long an address is to which the login leads back: no page of the desk has a longer one."""


class Desk(admin.AdminSite):
    """The curators' pages; `index` leads on while nothing is published."""

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the addresses of the desk."""
        page = self.admin_view
        return [
            path("first-steps/", page(self.first_steps_view), name="first-steps"),
            path("login/code/", door.LoginCode.as_view(), name="login-code"),
            path("invitation/<str:token>/", links.Invitation.as_view(), name="invitation"),
            path("new-password/<str:token>/", links.NewPassword.as_view(), name="new-password"),
            path("account/", page(own.own_account), name="own-account"),
            path("account/sessions/end/", page(own.end_other_sessions), name="end-other-sessions"),
            path("account/second-factor/", own.SetUp.as_view(), name="second-factor"),
            path("account/second-factor/remove/", page(own.Remove.as_view()), name="second-factor-remove"),
            path("account/recovery-codes/", page(own.NewRecoveryCodes.as_view()), name="recovery-codes"),
            path("r/<int:content_type_id>/<path:object_id>/", page(self.public_page_view), name="view_on_site"),
            *super().get_urls(),
        ]

    def seen(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        """Return those of the rows that whoever asks may see; the pages of all records ask this."""
        return for_curator(rows, request)

    def has_permission(self, request: HttpRequest) -> bool:
        """Let curators in, with all the factors that are asked of them."""
        return super().has_permission(request) and second_factor.is_met(request)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a picker."""
        return Picking.as_view(admin_site=self)(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return the page; a form that comes after its session has ended is kept for sending it again."""
        page = super().admin_view(view, cacheable)

        def kept(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
            if len(request.get_full_path()) > LONGEST_WAY_BACK and not self.has_permission(request):
                return redirect("admin:login")
            if not request.user.is_authenticated and is_form_of_a_record(request):
                return sending_again(request, self.each_context(request))
            return page(request, *args, **options)

        return update_wrapper(kept, page)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        """Show the login; who has yet to set up a second factor is led to that."""
        if request.method == "GET" and super().has_permission(request):
            return redirect("admin:index" if second_factor.is_met(request) else "admin:second-factor")
        context = {**self.each_context(request), "title": _("Log in"), "app_path": request.get_full_path()}
        context |= {"subtitle": None, "username": request.user.get_username(), **(extra_context or {})}
        request.current_app = self.name
        return door.Login.as_view(extra_context=context)(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Change one's own password."""
        view = own.OwnPassword.as_view(
            form_class=AdminPasswordChangeForm,
            success_url=reverse_lazy("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits, then the records; above them, while readers see nothing, the first steps."""
        steps = [] if is_anything_public() else first_steps(request.user)
        own = {"mine": mine(request), "remarks": remarks_for(request)}
        return super().index(request, {"steps": steps, "waiting": waiting(request), **own, **(extra_context or {})})

    def public_page_view(self, request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponseBase:
        """Lead to the public page of a record whose page at the desk whoever asks may see."""
        kind = get_object_or_404(ContentType, pk=content_type_id).model_class()
        pages = self._registry.get(kind) if kind else None
        if pages is None or not pages.has_view_permission(request) or pages.get_object(request, object_id) is None:
            raise Http404(_("There is no such page."))
        return shortcut(request, content_type_id, object_id)

    def first_steps_view(self, request: HttpRequest) -> TemplateResponse:
        """Show the first steps, whatever has been done."""
        context = {**self.each_context(request), "title": _("First steps"), "steps": first_steps(request.user)}
        return TemplateResponse(request, "admin/chronicle/first_steps.html", context)
