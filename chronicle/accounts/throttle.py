"""Failed logins are counted by name and by address; after too many, neither is heard for a while.

django-axes counts. Its lists of attempts live as long as a lock may last; the audit is ours.
"""

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from chronicle.accounts.addresses import client_address


def is_locked(request: HttpRequest) -> bool:
    """Return whether the login that was just refused was refused, or is from now on, for its number."""
    return bool(getattr(request, "axes_locked_out", False))


def locked_until(attempts: QuerySet[AccessAttempt]) -> datetime | None:
    """Return when logins are heard again after these attempts; None where they are not locked."""
    recent = attempts.filter(attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME)
    found: dict[str, Any] = recent.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    if (found["failures"] or 0) < settings.AXES_FAILURE_LIMIT:
        return None
    last: datetime = found["last"]
    return last + settings.AXES_COOLOFF_TIME


def request_locked_until(request: HttpRequest, name: str) -> datetime:
    """Return when this name and this address are heard again."""
    attempts = AccessAttempt.objects
    ends = [
        locked_until(attempts.filter(username=name)),
        locked_until(attempts.filter(ip_address=client_address(request))),
    ]
    return max((end for end in ends if end), default=timezone.now() + timedelta(minutes=1))


def account_locked_until(name: str) -> datetime | None:
    """Return when the account of this name is heard again; None where it is not locked."""
    return locked_until(AccessAttempt.objects.filter(username=name))


def unlock(name: str) -> None:
    """Forget the failed logins of a name, and of the addresses that tried it."""
    addresses = AccessAttempt.objects.filter(username=name, ip_address__isnull=False).values("ip_address")
    AccessAttempt.objects.filter(
        Q(username=name) | Q(ip_address__in=list(addresses.values_list("ip_address", flat=True)))
    ).delete()
