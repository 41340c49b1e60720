"""Every drill in a few rounds: it finds nothing, and it finds the fault that is planted for it."""

import pytest

from tests.browsing import needs_chromium
from tests.trust.drills import Drill
from tests.trust.listed import DRILLS

EACH = [
    pytest.param(drill, marks=needs_chromium if name == "browser" else [], id=name) for name, drill in DRILLS.items()
]
pytestmark = pytest.mark.usefixtures("published")


@pytest.mark.parametrize("drill", EACH)
def test_drill_finds_nothing(drill: Drill) -> None:
    seen = drill.attack(drill.few)

    assert seen.found == []
    assert seen.rounds >= drill.few


@pytest.mark.parametrize("drill", EACH)
def test_drill_finds_its_planted_fault(drill: Drill) -> None:
    with drill.fault():
        seen = drill.attack(drill.enough)

    assert seen.found
