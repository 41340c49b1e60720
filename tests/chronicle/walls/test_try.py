import pytest
from django.db import connections
from tests.chronicle.walls import races
from tests.chronicle.walls.test_races import found
from chronicle.database import takedown
@pytest.mark.parametrize("race", races.RACES, ids=lambda r: r.__name__)
def test_x(published, race):
    with connections["owner"].cursor() as c:
        c.execute("CREATE OR REPLACE FUNCTION functions.begin_verb() RETURNS void LANGUAGE plpgsql AS 'BEGIN DELETE FROM staging.outgoing; DELETE FROM staging.needed; END'")
    try:
        r = races.run(race, 60)
    finally:
        with connections["owner"].cursor() as c: c.execute(takedown.BEGIN_VERB)
    print("RESULT", race.__name__, r.words().strip(), len(found()), found()[:1])
