"""The page on which an administrator helps a curator back in: a link for a password, unlocking, a lost device."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from chronicle.accounts import audit, links, second_factor, sessions, throttle
from chronicle.accounts.models import AuditEntry, Happening

ENTRIES = 20


class AccessPage:
    """Mixed into the page of accounts: how an account is opened, and what an administrator can do about it."""

    change_form_template = "admin/accounts/user_change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of accounts, with that of this page."""
        view = self.admin_site.admin_view(self.access_view)
        return [path("<int:number>/access/", view, name="auth_user_access"), *super().get_urls()]

    def access_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show how the account is opened, or do what was asked."""
        account = User.objects.filter(pk=number).first()
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        if account is None:
            raise Http404(_("There is no such account."))
        if request.method != "POST":
            return TemplateResponse(request, "admin/accounts/access.html", self._about(request, account))
        deed = DEEDS.get(request.POST.get("do", ""))
        if deed is None:
            messages.error(request, _("Nothing was done: press one of the buttons."))
            return redirect("admin:auth_user_access", account.pk)
        return deed(request, account)

    def _about(self, request: HttpRequest, account: User) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": _("Access"),
            "account": account,
            "device": second_factor.device_of(account),
            "locked_until": throttle.account_locked_until(account.username),
            "sessions": len(sessions.sessions_of(account)),
            "entries": AuditEntry.objects.filter(account=account).select_related("by")[:ENTRIES],
        }


def password_link(request: HttpRequest, account: User) -> HttpResponse:
    """Make a link for a new password, and show it once."""
    link, token = links.offer_new_password(request, account)
    context = {
        **admin.site.each_context(request),
        "title": _("A link for a new password"),
        "sentence": _("Give this link to {name}.").format(name=account),
        "url": request.build_absolute_uri(reverse("admin:new-password", args=[token])),
        "link": link,
        "back": reverse("admin:auth_user_access", args=[account.pk]),
    }
    return TemplateResponse(request, "admin/accounts/shown.html", context)


def unlock(request: HttpRequest, account: User) -> HttpResponse:
    """Let the account be logged in to again."""
    throttle.unlock(account.username)
    audit.record(request, Happening.UNLOCKED, account)
    return _done(request, account, _("The account is unlocked."))


def remove_second_factor(request: HttpRequest, account: User) -> HttpResponse:
    """Let the password alone open the account, and end its sessions."""
    second_factor.remove(account)
    sessions.end_sessions(account)
    audit.record(request, Happening.TWO_FACTOR_OFF, account)
    return _done(request, account, _("The second factor is removed."))


def end_sessions(request: HttpRequest, account: User) -> HttpResponse:
    """Log the account out wherever it is logged in."""
    number = sessions.end_sessions(account)
    audit.record(request, Happening.SESSIONS_ENDED, account, words=str(number))
    return _done(request, account, _("The account is logged out everywhere."))


def _done(request: HttpRequest, account: User, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("admin:auth_user_access", account.pk)


DEEDS: dict[str, Callable[[HttpRequest, User], HttpResponse]] = {
    "password_link": password_link,
    "unlock": unlock,
    "remove_second_factor": remove_second_factor,
    "end_sessions": end_sessions,
}
