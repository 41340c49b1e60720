"""The check at start: no breach where the walls stand, and every hole that is torn into them, in words.

Each hole is also tried, from among everything that there is to try: a hole that nothing goes through proves nothing.
"""

import pytest
from django.db import connections

from chronicle.database import roles, walls
from tests.chronicle.walls import matrix
from tests.chronicle.walls.faults import FAULTS, Fault, planted
from tests.chronicle.walls.sessions import LIFT_READ_ONLY, attempt, session

pytestmark = pytest.mark.usefixtures("nothing_written")


def breaches() -> list[str]:
    with connections["published"].cursor() as cursor:
        return [*walls.breaches(cursor, login=roles.READER), *walls.weaknesses(cursor)]


def test_sound_walls_have_no_breach():
    assert breaches() == []


def test_what_is_made_later_is_no_breach():
    with session("owner") as owner:
        owner.execute("CREATE TABLE desk.later (n integer); CREATE FUNCTION functions.later() RETURNS integer RETURN 1")
        try:
            told = breaches()
        finally:
            owner.execute("DROP TABLE desk.later; DROP FUNCTION functions.later()")

    assert told == []


def test_other_login_is_a_breach():
    with connections["default"].cursor() as cursor:
        assert walls.breaches(cursor, login=roles.READER) == [
            "Public pages log in as chronicle_desk; they must log in as chronicle_reader."
        ]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_planted_fault_is_told_and_found(fault: Fault):
    with planted(fault):
        told = breaches()
        found = goes_through(fault.opens)

    assert [sentence for sentence in told if fault.told in sentence]
    assert found == ([fault.opens] if fault.opens else [])
    assert breaches() == []


def goes_through(statement: str | None) -> list[str]:
    """Try, among everything there is now, the statement that should be refused, and take it back."""
    with session("owner") as owner, session("published") as reader:
        reader.execute(LIFT_READ_ONLY)
        known = [tried for tried in matrix.everything(owner) if tried == statement]
        reader.execute("BEGIN")
        return [tried for tried in known if attempt(reader, tried).sqlstate is None]
