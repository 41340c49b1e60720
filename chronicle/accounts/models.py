"""What is kept about getting in: links that open an account once, codes for lost devices, and the audit.

None of it is published. Of secrets only digests are kept; they are long and random, so one round of SHA-256 is enough.
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ACCOUNT = settings.AUTH_USER_MODEL
DIGEST_LENGTH = 64
"""Of SHA-256, in hexadecimal digits."""


class Happening(models.TextChoices):
    """What can happen to an account, or at its door."""

    LOGIN = "login", _("logged in")
    FAILED_LOGIN = "failed_login", _("login failed: wrong name or password")
    WRONG_CODE = "wrong_code", _("login failed: wrong code")
    LOCKED = "locked", _("locked after too many failed logins")
    UNLOCKED = "unlocked", _("unlocked")
    INVITED = "invited", _("invitation made")
    INVITATION_WITHDRAWN = "invitation_withdrawn", _("invitation withdrawn")
    INVITATION_ACCEPTED = "invitation_accepted", _("invitation accepted")
    ACCOUNT_MADE = "account_made", _("account made")
    ACCOUNT_CHANGED = "account_changed", _("account changed")
    ROLE_CHANGED = "role_changed", _("groups changed")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    PASSWORD_LINK_MADE = "password_link_made", _("link for a new password made")
    TWO_FACTOR_ON = "two_factor_on", _("second factor set up")
    TWO_FACTOR_OFF = "two_factor_off", _("second factor removed")
    RECOVERY_CODES_MADE = "recovery_codes_made", _("recovery codes made")
    RECOVERY_CODE_USED = "recovery_code_used", _("recovery code used")
    SESSIONS_ENDED = "sessions_ended", _("other sessions ended")


class AuditEntry(models.Model):
    """One thing that happened to an account. `audit.record` writes it; the desk's login cannot change or delete it."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    kind = models.CharField(_("what happened"), max_length=30, choices=Happening)
    account = models.ForeignKey(
        ACCOUNT, models.PROTECT, verbose_name=_("to which account"), null=True, related_name="audit_entries"
    )
    by = models.ForeignKey(ACCOUNT, models.PROTECT, verbose_name=_("by whom"), null=True, related_name="+")
    address = models.GenericIPAddressField(_("from where"), null=True)
    words = models.CharField(_("more"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-pk"]
        indexes = [
            models.Index("at", name="audit_by_time"),
            models.Index("kind", "at", name="audit_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Happening.values),
                name="audit_entry_says_what_happened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M} UTC"


class OneTimeLinks(models.QuerySet["OneTimeLink"]):
    """Links, read by what they are still good for."""

    def open(self) -> "OneTimeLinks":
        """Return those that were neither used nor have expired."""
        return self.filter(used_at__isnull=True, expires_at__gt=timezone.now())


class OneTimeLink(models.Model):
    """A link that somebody gets by hand and that works once. `links` makes and uses it; its token is shown once."""

    class Purpose(models.TextChoices):
        """What the link is for."""

        INVITATION = "invitation", _("invitation")
        PASSWORD = "password", _("new password")

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose, editable=False)
    digest = models.CharField(max_length=DIGEST_LENGTH, unique=True, editable=False)
    group = models.ForeignKey(
        Group,
        models.CASCADE,
        verbose_name=_("group"),
        null=True,
        help_text=_("What the invited may do: contributors draft, editors publish, administrators see to accounts."),
    )  # fmt: skip
    note = models.CharField(
        _("for whom"),
        max_length=100,
        blank=True,
        help_text=_("So that you recognise the invitation in the list: “archivist of the city museum”. Never public."),
    )
    account = models.ForeignKey(ACCOUNT, models.PROTECT, verbose_name=_("account"), null=True, related_name="+")
    made_by = models.ForeignKey(ACCOUNT, models.PROTECT, verbose_name=_("made by"), related_name="+")
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), editable=False)
    used_at = models.DateTimeField(_("used"), null=True, editable=False)

    objects = OneTimeLinks.as_manager()

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="invitation", group__isnull=False, account__isnull=True, used_at__isnull=True)
                | Q(purpose="invitation", group__isnull=False, account__isnull=False, used_at__isnull=False)
                | Q(purpose="password", group__isnull=True, account__isnull=False),
                name="one_time_link_fits_its_purpose",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="one_time_link_expires_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return self.note or f"{self.get_purpose_display()} {self.pk}"


class RecoveryCode(models.Model):
    """A code that replaces a lost device once. `second_factor` makes and uses it; it is shown once."""

    account = models.ForeignKey(ACCOUNT, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")

    def __str__(self) -> str:
        return str(_("recovery code {number}")).format(number=self.pk)
