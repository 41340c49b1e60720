"""What the attacks on the walls share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections


@pytest.fixture
def nothing_written(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Allow to ask the catalogue with each login's own session; the test commits no row, so nothing is emptied."""
    with django_db_blocker.unblock():
        yield
        for connection in connections.all():
            connection.close()


@pytest.fixture(autouse=True)
def _alone(whole_server: None) -> None:
    """Nobody else plants or looks for faults meanwhile."""
