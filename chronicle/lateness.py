"""How late a replica is: a public site that reads a copy says so, or answers no more, when the copy has fallen behind.

A copy that hears from its main server, and has done all it heard, is as good as the main server itself. Otherwise its
state is at least as new as the newest of what is known: what it last replayed, what it last heard, when this process
last saw it abreast (PostgreSQL 18 manual, 26.4 and 27.2; a standby's clock is compared with the main server's).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connections
from django.http import HttpResponse

from chronicle.overload import TooLateError

STATE = """
SELECT CASE
    WHEN pg_is_in_recovery() THEN CASE
        WHEN EXISTS (SELECT FROM pg_stat_wal_receiver) AND pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
        THEN clock_timestamp() ELSE pg_last_xact_replay_timestamp() END
    WHEN EXISTS (SELECT subname FROM pg_subscription WHERE subdbid = (
        SELECT oid FROM pg_database WHERE datname = current_database()))
    THEN coalesce((SELECT min(last_msg_send_time) FROM pg_stat_subscription WHERE relid IS NULL AND pid IS NOT NULL),
                  (SELECT made_at FROM chronicle_change))
    ELSE clock_timestamp() END, clock_timestamp()
"""
"""Up to when the state of this server is known to be whole, and the time there; the main server's is always now."""

seen: dict[str, datetime] = {}
"""Up to when this process ever saw its copy to be whole: what comes later cannot be older."""


@dataclass(frozen=True)
class Late:
    """A copy that has fallen behind: up to when it is whole."""

    since: datetime


def is_watched() -> bool:
    """Return whether this site looks how late its database is."""
    return bool(settings.LATE_TOLD_AFTER or settings.LATE_REFUSED_AFTER)


def lateness() -> Late | None:
    """Return how late the published side is, if pages should say so; TooLateError if they should not be shown."""
    known, now = whole_until()
    age = now - known if known else timedelta.max
    if settings.LATE_REFUSED_AFTER and age > timedelta(seconds=settings.LATE_REFUSED_AFTER):
        raise TooLateError(f"The copy of the published side is behind since {known or 'a time that is not known'}.")
    if settings.LATE_TOLD_AFTER and age > timedelta(seconds=settings.LATE_TOLD_AFTER) and known:
        return Late(known)
    return None


def whole_until() -> tuple[datetime | None, datetime]:
    """Return up to when the published side is known to be whole, if that is known at all, and the time there."""
    with connections["published"].cursor() as cursor:
        cursor.execute(STATE)
        state, now = cursor.fetchone()
    known = max((one for one in (state, seen.get("published")) if one), default=None)
    if known:
        seen["published"] = known
    return known, now


def told(late: Late, response: HttpResponse) -> HttpResponse:
    """Return a page or file that says in its headers how late it is; no cache keeps it, since it may be whole soon."""
    response.headers["Chronicle-Whole-Until"] = late.since.isoformat(timespec="seconds")
    response.headers["Cache-Control"] = "no-store"
    return response
