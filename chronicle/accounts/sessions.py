"""The sessions of an account. There are as many rows as logins of some two weeks, so all are looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from chronicle.accounts.addresses import client_address

OPENED_AT, OPENED_FROM = "opened_at", "opened_from"


@dataclass(frozen=True)
class Opened:
    """A session of an account: since when, from where, and whether it is the one that asks."""

    key: str
    opened_at: datetime | None
    opened_from: str
    is_this: bool


def mark_opened(request: HttpRequest) -> None:
    """Keep in the session when and from where it was opened; sessions that have expired go."""
    request.session[OPENED_AT] = timezone.now().isoformat()
    request.session[OPENED_FROM] = client_address(request) or ""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def sessions_of(user: User, this: str | None = None) -> list[Opened]:
    """Return the open sessions of an account, the newest first; `this` is the key of the one that asks."""
    found = [_opened(key, kept, this) for key, kept in _kept(user)]
    return sorted(found, key=lambda each: each.opened_at or timezone.now(), reverse=True)


def _kept(user: User) -> Iterator[tuple[str, dict[str, str]]]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == str(user.pk):
            yield session.session_key, kept


def _opened(key: str, kept: dict[str, str], this: str | None) -> Opened:
    since = kept.get(OPENED_AT)
    return Opened(key, datetime.fromisoformat(since) if since else None, kept.get(OPENED_FROM, ""), key == this)


def end_sessions(user: User, *, but: str | None = None) -> int:
    """End the sessions of an account, but the one with this key; return how many there were."""
    keys = [key for key, _ in _kept(user) if key != but]
    return Session.objects.filter(session_key__in=keys).delete()[0]
