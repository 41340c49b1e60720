"""What links open that work once: the form of who was invited, and that of a new password. They log nobody in."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from chronicle.accounts import links
from chronicle.accounts.forms import InvitedForm, NewPasswordForm
from chronicle.accounts.models import OneTimeLink

GONE = 410


@method_decorator([never_cache, csrf_protect, sensitive_post_parameters()], name="dispatch")
class OpenedByLink(FormView):
    """A page that only who has the link can see. Looking at it uses nothing up."""

    template_name = "admin/accounts/link.html"
    purpose: OneTimeLink.Purpose
    link: OneTimeLink

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say so where the link does not hold, or no longer."""
        try:
            self.link = links.opened(kwargs["token"], self.purpose)
            return super().dispatch(request, *args, **kwargs)
        except links.LinkIsVoidError:
            context = {**admin.site.each_context(request), "title": _("This link does not work any more")}
            return render(request, "admin/accounts/void.html", context, status=GONE)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add what every page of the admin has."""
        return super().get_context_data(
            **context, **admin.site.each_context(self.request), link=self.link, **self.words()
        )

    def words(self) -> dict[str, str]:
        """Return the title, the sentence and the button of the page."""
        raise NotImplementedError

    def done(self, said: str) -> HttpResponse:
        """Lead to the login with a word on what was done."""
        messages.success(self.request, said)
        return redirect("admin:login")


class Invitation(OpenedByLink):
    """Where the invited choose a name and a password."""

    purpose = links.INVITATION
    form_class = InvitedForm

    def words(self) -> dict[str, str]:
        """Say into what group the account comes."""
        group = self.link.group.name if self.link.group else ""
        return {
            "title": _("Your account"),
            "sentence": _("You are invited to the desk of this chronicle, into the group {group}. Choose a name and a "
                          "password; then log in with them.").format(group=group),
            "button": _("Make the account"),
        }  # fmt: skip

    def form_valid(self, form: InvitedForm) -> HttpResponse:
        """Make the account."""
        links.accept_invitation(self.request, self.kwargs["token"], form.save(commit=False))
        return self.done(_("Your account is made. Log in with your name and password."))


class NewPassword(OpenedByLink):
    """Where a curator who forgot the password sets a new one."""

    purpose = links.PASSWORD
    form_class = NewPasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Measure the password against the account."""
        return {**super().get_form_kwargs(), "user": self.link.account}

    def words(self) -> dict[str, str]:
        """Say whose password it is."""
        return {
            "title": _("A new password"),
            "sentence": _("Choose a new password for the account {name}. Wherever it is logged in now, it will be "
                          "logged out; a second factor stays as it is.").format(name=self.link.account),
            "button": _("Set the password"),
        }  # fmt: skip

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Set the password."""
        links.set_new_password(self.request, self.kwargs["token"], form.cleaned_data["new_password1"])
        return self.done(_("Your password is set. Log in with it."))
