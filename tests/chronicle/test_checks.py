"""A site does not start when its walls are breached, and says what stands open."""

import pytest
from django.db import connections

from chronicle import checks
from chronicle.database import walls
from tests.chronicle.walls.sessions import superuser

pytestmark = pytest.mark.usefixtures("whole_server", "published")


def owner(statement):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def test_site_starts_behind_sound_walls():
    assert checks.refuse_to_serve_behind_breached_walls() is None


def test_site_does_not_start_when_readers_can_see_the_desk():
    owner("GRANT SELECT ON desk.auth_user TO chronicle_reader")
    try:
        with pytest.raises(checks.BreachedWallError, match=r"desk\.auth_user.*manage\.py migrate"):
            checks.refuse_to_serve_behind_breached_walls()
    finally:
        owner("REVOKE SELECT ON desk.auth_user FROM chronicle_reader")


def test_every_column_is_in_a_list_and_every_shape_has_its_lift():
    assert checks.every_column_is_listed(None) == []
    assert checks.public_columns_have_a_shape(None) == []


def test_published_tables_that_logical_replicas_do_not_get_are_told():
    def told():
        return [one.msg for one in checks.walls_stand(None, databases=["published"]) if one.id == "chronicle.W002"]

    with superuser() as session:
        assert told() == []
        session.execute("CREATE PUBLICATION chronicle_published FOR TABLE published.chronicle_event")
        try:
            (message,) = told()
            session.execute("ALTER PUBLICATION chronicle_published SET TABLES IN SCHEMA published")
            assert told() == []
        finally:
            session.execute("DROP PUBLICATION chronicle_published")

    assert message.startswith(f"Logical replicas do not get {len(walls.TABLES) - 1} of the published tables, such as ")
    assert "chronicle_event." not in message
