"""Who has which record open: a row for each curator and record, which is gone soon after the page is."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    """A curator has the form of a record open. The verbs of `noticing` alone write it; it has no history.

    The record is named by its model and number, not by a key: it may be gone, and the row soon is.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False, related_name="+", verbose_name=_("account")
    )
    kind = models.CharField(_("kind of record"), max_length=100)
    number = models.BigIntegerField(_("number of the record"))
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "number", "account"], name="presence_is_noticed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.kind} {self.number}"
