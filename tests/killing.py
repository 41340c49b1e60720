"""Work in a process of its own that is killed at one of the statements that it sends: no `finally` runs."""

import os
import signal
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections


class AtStatement:
    """Lets so many statements pass, of all connections together, and kills the process at the next."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


class AtWords:
    """Kills the process at the first statement with these words."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if self.words in str(sql):
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


class Counting:
    """Counts the statements that pass."""

    def __init__(self) -> None:
        self.passed = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.passed += 1
        return execute(sql, params, many, context)


def is_killed(does: Callable[[], object], killer: Any) -> bool:
    """Do it in another process; return whether it was killed, which it is not where it sends fewer statements."""
    return _is_killed(_started(does, killer))


def _started(does: Callable[[], object], wrapper: Any) -> int:
    connections.close_all()  # the other process would end these by ending
    child = os.fork()
    if child:
        return child
    try:
        with everywhere(wrapper):
            does()
    except BaseException:  # noqa: BLE001 -- whatever it is, it must not go on as a second run of the tests
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _is_killed(child: int) -> bool:
    _number, ended = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ended) or os.WEXITSTATUS(ended) == 0, "it failed by itself"
    return os.WIFSIGNALED(ended)


def everywhere(wrapper: Any) -> ExitStack:
    """Enter a wrapper of statements for every alias."""
    stack = ExitStack()
    for alias in connections:
        stack.enter_context(connections[alias].execute_wrapper(wrapper))
    return stack
