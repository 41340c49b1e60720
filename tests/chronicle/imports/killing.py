"""An import in a process of its own, which is killed at the n-th statement that it sends."""

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

from chronicle.imports import Table, import_tables, preview


class Killer:
    """Lets statements pass up to one of them, and kills the process there: no handler, no `finally` runs."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


class Counter:
    """Counts the statements that pass."""

    def __init__(self) -> None:
        self.passed = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.passed += 1
        return execute(sql, params, many, context)


def statements_of(tables: Callable[[], list[Table]]) -> int:
    """Return how many statements an import sends; it is taken back."""
    counter = Counter()
    with connection.execute_wrapper(counter):
        preview(tables())
    return counter.passed


def is_killed_at(statement: int, tables: Callable[[], list[Table]]) -> bool:
    """Import in another process; return whether it was killed, which it is not if it sends fewer statements."""
    return _is_killed(_started(statement, tables))


def is_killed_after(seconds: float, tables: Callable[[], list[Table]]) -> bool:
    """Import in another process, and kill it at a moment, in the middle of whatever it does."""
    child = _started(sys.maxsize, tables)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return _is_killed(child)


def _started(statement: int, tables: Callable[[], list[Table]]) -> int:
    connections.close_all()  # the other process would end these by ending
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with connection.execute_wrapper(Killer(statement)):
                status = 0 if import_tables(tables()).is_written else 1
        finally:
            os._exit(status)
    return child


def _is_killed(child: int) -> bool:
    _number, ended = os.waitpid(child, 0)
    if os.WIFEXITED(ended):
        assert os.WEXITSTATUS(ended) == 0, "the import failed by itself"
    return os.WIFSIGNALED(ended)
