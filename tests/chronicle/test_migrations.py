"""Migrations: complete, reversible, and the walls stand again afterwards."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from chronicle.database import roles, walls
from chronicle.models import Event
from chronicle.publication import publish
from tests import factories as make

pytestmark = pytest.mark.usefixtures("whole_server", "published")


def tables():
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace('desk') "
            "AND (relname LIKE 'chronicle%' OR relname LIKE 'sources%')"
        )
        return cursor.fetchone()[0]


def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_go_back_to_nothing_and_forth_again():
    publish([make.cited_event()])
    before = tables()

    call_command("migrate", "chronicle", "zero", database="owner", verbosity=0)
    call_command("migrate", "sources", "zero", database="owner", verbosity=0)
    emptied = tables()
    call_command("migrate", database="owner", verbosity=0)

    assert (before > 30, emptied, tables()) == (True, 0, before)
    event = make.cited_event()
    assert publish([event]).done == (event.pk,)
    assert Event.objects.using("published").get() == event
    with connections["published"].cursor() as cursor:
        assert walls.breaches(cursor, login=roles.READER) == []


def test_database_that_knows_no_letters_but_ascii_is_refused():
    here = connections["owner"].settings_dict["NAME"]
    name = f"{here}_ascii"
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
    connections["owner"].close()
    connections["owner"].settings_dict["NAME"] = name
    try:
        with pytest.raises(CommandError, match="Make one in UTF-8 with the locale"):
            call_command("migrate", database="owner", verbosity=0)
    finally:
        connections["owner"].close()
        connections["owner"].settings_dict["NAME"] = here
        with connections["owner"].cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')
