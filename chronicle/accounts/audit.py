"""The audit: who got in, who did not, and what was done to accounts. Written here alone, and never changed."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpRequest

from chronicle.accounts.addresses import client_address
from chronicle.accounts.models import AuditEntry, Happening

LONGEST_WORDS = AuditEntry._meta.get_field("words").max_length  # noqa: SLF001 - Django documents _meta


def record(request: HttpRequest, kind: Happening, account: User | None = None, *, words: str = "") -> None:
    """Write down what happened; whoever is logged in did it, if anybody is.

    A name that no account has is not kept: people type passwords into the wrong field.
    """
    user: Any = getattr(request, "user", None)
    by = user if user is not None and user.is_authenticated else None
    AuditEntry.objects.create(
        kind=kind, account=account, by=by, address=client_address(request), words=words[:LONGEST_WORDS]
    )


def forget_what_is_old() -> None:
    """Delete entries after `AUDIT_DAYS`, and addresses after `AUDIT_ADDRESS_DAYS`; the owner's function does it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT functions.forget_audit(%s, %s)", [settings.AUDIT_DAYS, settings.AUDIT_ADDRESS_DAYS])
