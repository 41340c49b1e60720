"""One's own account: password, second factor, sessions, and what happened to it of late."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from chronicle.accounts import audit, second_factor, sessions
from chronicle.accounts.forms import ConfirmForm, SetUpForm
from chronicle.accounts.models import AuditEntry, Happening

KEY = "second_factor_key"
"""In the session: the secret that is being set up."""

ENTRIES = 10

curators = user_passes_test(lambda user: user.is_active and user.is_staff, login_url=reverse_lazy("admin:login"))
"""Lets curators in who have yet to set up the second factor that is asked of them."""


def own_account(request: HttpRequest) -> TemplateResponse:
    """Show one's own account."""
    user: Any = request.user
    entries = AuditEntry.objects.filter(account=user).select_related("by")[:ENTRIES]
    context = {
        **admin.site.each_context(request),
        "title": _("Your account"),
        "device": second_factor.device_of(user),
        "codes_left": second_factor.recovery_codes_left(user),
        "is_required": second_factor.is_required_of(user),
        "sessions": sessions.sessions_of(user, request.session.session_key),
        "entries": entries,
    }
    return TemplateResponse(request, "admin/accounts/own.html", context)


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Log out everywhere else."""
    user: Any = request.user
    number = sessions.end_sessions(user, but=request.session.session_key)
    audit.record(request, Happening.SESSIONS_ENDED, user, words=str(number))
    words = ngettext("{number} other session was ended.", "{number} other sessions were ended.", number)
    messages.success(request, words.format(number=number))
    return redirect("admin:own-account")


class OwnPassword(PasswordChangeView):
    """Changes one's own password; other sessions end by that."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Write it down."""
        response = super().form_valid(form)
        user: Any = self.request.user
        sessions.end_sessions(user, but=self.request.session.session_key)
        audit.record(self.request, Happening.PASSWORD_CHANGED, user)
        return response


@method_decorator([never_cache, csrf_protect, curators], name="dispatch")
class SetUp(FormView):
    """Shows a secret, and takes a code that is made with it; then shows recovery codes, once."""

    form_class = SetUpForm
    template_name = "admin/accounts/set_up.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send back who has a second factor: it is removed first."""
        user: Any = request.user
        if second_factor.device_of(user):
            return redirect("admin:own-account")
        if KEY not in request.session:
            request.session[KEY] = second_factor.new_key()
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Compare with the secret that was shown."""
        return {**super().get_form_kwargs(), "user": self.request.user, "key": self.request.session[KEY]}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Show the secret."""
        user: Any = self.request.user
        page = {
            "title": _("Set up a second factor"),
            "secret": second_factor.secret_for(user, self.request.session[KEY]),
            "is_required": second_factor.is_required_of(user),
        }
        return super().get_context_data(**context, **admin.site.each_context(self.request), **page)

    def form_valid(self, form: SetUpForm) -> HttpResponse:
        """Keep the session, end the others, and show the recovery codes."""
        user: Any = self.request.user
        del self.request.session[KEY]
        self.request.session[second_factor.PASSED] = True
        self.request.session.cycle_key()
        sessions.end_sessions(user, but=self.request.session.session_key)
        audit.record(self.request, Happening.TWO_FACTOR_ON, user)
        return codes_page(self.request, form.recovery_codes)


class Confirmed(FormView):
    """A change of the second factor, after a code of it."""

    form_class = ConfirmForm
    template_name = "admin/accounts/confirm.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send back who has none."""
        user: Any = request.user
        if second_factor.device_of(user) is None:
            return redirect("admin:own-account")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Compare with one's own device."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add what every page of the admin has."""
        return super().get_context_data(**context, **admin.site.each_context(self.request), **self.words())

    def words(self) -> dict[str, str]:
        """Return the title, the sentence and the button of the page."""
        raise NotImplementedError


class Remove(Confirmed):
    """Takes one's second factor away."""

    def words(self) -> dict[str, str]:
        """Say what comes of it."""
        sentence = _("From then on your password alone opens the desk, and your recovery codes are void.")
        if second_factor.is_required_of(self.request.user):
            sentence = _("This chronicle asks you for a second factor: you will set up another one at once.")
        return {"title": _("Remove the second factor"), "sentence": sentence, "button": _("Remove it")}

    def form_valid(self, form: ConfirmForm) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Remove it."""
        user: Any = self.request.user
        second_factor.remove(user)
        self.request.session.pop(second_factor.PASSED, None)
        audit.record(self.request, Happening.TWO_FACTOR_OFF, user)
        messages.success(self.request, _("Your second factor is removed."))
        return redirect("admin:own-account")


class NewRecoveryCodes(Confirmed):
    """Makes recovery codes in place of the old ones."""

    def words(self) -> dict[str, str]:
        """Say what comes of it."""
        return {
            "title": _("New recovery codes"),
            "sentence": _("You get ten new codes; those that you have now are void then."),
            "button": _("Make new codes"),
        }

    def form_valid(self, form: ConfirmForm) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Make and show them."""
        user: Any = self.request.user
        codes = second_factor.new_recovery_codes(user)
        audit.record(self.request, Happening.RECOVERY_CODES_MADE, user)
        return codes_page(self.request, codes)


def codes_page(request: HttpRequest, codes: list[str]) -> TemplateResponse:
    """Show recovery codes, which are shown never again."""
    context = {**admin.site.each_context(request), "title": _("Your recovery codes"), "codes": codes}
    return TemplateResponse(request, "admin/accounts/codes.html", context)
