"""Every drill by its name, in the order in which they run."""

from tests.trust import (
    brought,
    browser,
    canaries,
    crashes,
    files,
    fuzz,
    hardening,
    inputs,
    purges,
    races,
    rebuilding,
    records,
    servers,
    states,
    typed,
)
from tests.trust.drills import Drill

DRILLS: dict[str, Drill] = {
    drill.name: drill
    for drill in (
        canaries.DRILL,
        states.DRILL,
        *races.DRILLS,
        *crashes.DRILLS,
        servers.DRILL,
        *rebuilding.DRILLS,
        records.DRILL,
        purges.DRILL,
        inputs.DRILL,
        typed.DRILL,
        brought.DRILL,
        browser.DRILL,
        files.DRILL,
        fuzz.DRILL,
        hardening.DRILL,
    )
}
