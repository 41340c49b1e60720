"""Two curators at once: transactions of which the second has to wait for the first."""

import time
from collections.abc import Callable
from threading import Thread
from typing import Any

from django.db import DatabaseError, connection, transaction

WAITS_FOR_US = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)
PATIENCE_S = 10


def in_parallel(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Exception | None, Exception | None]:
    """Do both in transactions of their own; the first commits once the second waits for it. Return their errors.

    Fails if the second never waits. Needs committed rows, which two connections can see.
    """
    refused: list[Exception | None] = []
    other = Thread(target=lambda: refused.append(_refusal(second)))
    with transaction.atomic():
        before = _refusal(first, close=False)
        other.start()
        _wait_until_blocked(other)
    other.join(PATIENCE_S)
    return before, refused[0]


def _refusal(action: Callable[[], Any], *, close: bool = True) -> Exception | None:
    try:
        with transaction.atomic():
            action()
    except DatabaseError as error:
        return error
    finally:
        if close:
            connection.close()
    return None


def _wait_until_blocked(thread: Thread) -> None:
    end = time.monotonic() + PATIENCE_S
    while thread.is_alive() and time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(WAITS_FOR_US)
            if cursor.fetchone() == (True,):
                return
        time.sleep(0.01)
    raise AssertionError("The second transaction did not wait for the first.")
