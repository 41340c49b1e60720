"""The login: name and password, then a code where the account has a second factor.

Between the two steps nobody is logged in. The session knows who showed a right password a few minutes ago, and no more.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from chronicle.accounts import audit, second_factor, sessions, throttle
from chronicle.accounts.forms import CodeForm, LoginForm
from chronicle.accounts.models import Happening

AWAITED = "awaited"
"""In the session: who showed a right password, when, by which backend, and a digest of that password."""

PATIENCE = timedelta(minutes=10)
TOO_MANY = 429


def let_in(request: HttpRequest, user: User, *, backend: str | None = None, words: str = "") -> None:
    """Log a curator in, write it down, and let old traces go."""
    login(request, user, backend=backend)
    request.session.pop(AWAITED, None)
    sessions.mark_opened(request)
    audit.record(request, Happening.LOGIN, user, words=words)
    audit.forget_what_is_old()


class Login(LoginView):
    """The first step."""

    authentication_form = LoginForm
    template_name = "admin/accounts/login.html"
    next_page = "admin:index"

    def form_valid(self, form: Any) -> HttpResponse:
        """Let in who has no second factor, and ask the others for a code."""
        user = form.get_user()
        if second_factor.device_of(user) is None:
            let_in(self.request, user)
            return redirect(self.get_success_url())
        self.request.session.cycle_key()
        self.request.session[AWAITED] = {
            "user": user.pk,
            "at": timezone.now().isoformat(),
            "backend": user.backend,
            "password": user.get_session_auth_hash(),
        }
        query = urlencode({self.redirect_field_name: self.get_success_url()})
        return redirect(f"{reverse('admin:login-code')}?{query}")

    def form_invalid(self, form: Any) -> HttpResponse:
        """Write the failure down; the answer to a locked name or address says so to programs too."""
        response = super().form_invalid(form)
        name = form.cleaned_data.get("username", "")
        user = User.objects.filter(username=name).first()
        failed = form.has_error("__all__")
        if not throttle.is_locked(self.request):
            if failed:
                audit.record(self.request, Happening.FAILED_LOGIN, user)
            return response
        if getattr(self.request, "axes_failures_since_start", None) == settings.AXES_FAILURE_LIMIT:
            audit.record(self.request, Happening.LOCKED, user)
        until = throttle.request_locked_until(self.request, name)
        response["Retry-After"] = str(max(1, round((until - timezone.now()).total_seconds())))
        response.status_code = TOO_MANY
        return response


@method_decorator([never_cache, csrf_protect, sensitive_post_parameters()], name="dispatch")
class LoginCode(RedirectURLMixin, FormView):
    """The second step: a code of the device, or a recovery code."""

    form_class = CodeForm
    template_name = "admin/accounts/code.html"
    next_page = "admin:index"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send back to the first step whoever did not take it, or too long ago."""
        user = awaited(request)
        if user is None:
            query = urlencode({self.redirect_field_name: self.get_success_url()})
            return redirect(f"{reverse('admin:login')}?{query}")
        self.user = user
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add what every page of the admin has."""
        page = {"title": _("Log in: second step"), "next": self.get_redirect_url()}
        return super().get_context_data(**context, **admin.site.each_context(self.request), **page)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Let in who shows the right code."""
        wait, code = second_factor.seconds_to_wait(self.user), form.cleaned_data["code"]
        if second_factor.is_right(self.user, code):
            return self._let_in()
        if second_factor.use_recovery_code(self.user, code):
            audit.record(self.request, Happening.RECOVERY_CODE_USED, self.user)
            return self._let_in()
        audit.record(self.request, Happening.WRONG_CODE, self.user)
        form.add_error("code", _wrong(wait))
        return self.form_invalid(form)

    def _let_in(self) -> HttpResponse:
        backend = self.request.session[AWAITED]["backend"]
        let_in(self.request, self.user, backend=backend, words=_("with a second factor"))
        self.request.session[second_factor.PASSED] = True
        return redirect(self.get_success_url())


def _wrong(wait: int) -> str:
    if wait:
        return ngettext(
            "After wrong codes the next is looked at only after a while: wait {seconds} second, then type the code "
            "that the device shows then.",
            "After wrong codes the next is looked at only after a while: wait {seconds} seconds, then type the code "
            "that the device shows then.",
            wait,
        ).format(seconds=wait)
    return _("This is not the code of now. Each is taken once: wait for the next one, or use a recovery code.")


def awaited(request: HttpRequest) -> User | None:
    """Return who showed a right password in this session not long ago, with the password still the same."""
    kept = request.session.get(AWAITED)
    if not kept or datetime.fromisoformat(kept["at"]) < timezone.now() - PATIENCE:
        return None
    user = get_user_model().objects.filter(pk=kept["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(kept["password"], user.get_session_auth_hash()):
        return None
    return user
