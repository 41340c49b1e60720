"""Noticing that a curator has a record open, and who else has."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from chronicle.presence.models import Presence

GONE = timedelta(seconds=100)
"""Whose page has said nothing for so long has closed it, or sleeps; a page says something every thirty seconds."""


def notice(account: Any, kind: str, number: int) -> list[Presence]:
    """Note that somebody has a record open; return who else has, the longest first."""
    now = timezone.now()
    Presence.objects.filter(seen_at__lt=now - GONE).delete()
    own = Presence(account=account, kind=kind, number=number, opened_at=now, seen_at=now)
    Presence.objects.bulk_create(
        [own], update_conflicts=True, unique_fields=["kind", "number", "account"], update_fields=["seen_at"]
    )
    others = Presence.objects.filter(kind=kind, number=number).exclude(account=account)
    return list(others.select_related("account").order_by("opened_at"))


def leave(account: Any, kind: str, number: int) -> None:
    """Forget that somebody has a record open: the page was closed."""
    Presence.objects.filter(kind=kind, number=number, account=account).delete()
