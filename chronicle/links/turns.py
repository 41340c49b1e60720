"""One request at a time to each host, with a pause after each."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Turn:
    def __init__(self) -> None:
        self.lock, self.free_at = Lock(), 0.0


class Turns:
    """Who asks a host waits here until it may."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._lock = Lock()
        self._turns: dict[str, _Turn] = {}

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        """Wait for the turn of a host, and give it on when done."""
        with self._lock:
            turn = self._turns.setdefault(host, _Turn())
        with turn.lock:
            time.sleep(max(0.0, turn.free_at - time.monotonic()))
            try:
                yield
            finally:
                turn.free_at = time.monotonic() + self._pause
