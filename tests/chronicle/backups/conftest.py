"""Another database to restore into."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from chronicle.database.config import LOGINS

ELSEWHERE = "test_restored"


@pytest.fixture
def empty_database(published: None) -> Iterator[Any]:
    """Another database of the same server, empty; calling it turns every alias to it."""
    name = f"{ELSEWHERE}_{connections['owner'].settings_dict['NAME']}"
    before = connections["owner"].settings_dict["NAME"]

    def turn(to: str) -> None:
        for alias in LOGINS:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = to

    with connections["owner"].cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield lambda: turn(name)
    turn(before)
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')
