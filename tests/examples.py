"""How many examples a property is tried with: few as a rule, as many as `EXAMPLES` says where somebody has the time."""

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings


def examples(few: int) -> Any:
    """Return the settings of a property that needs the database or files: the same examples each time."""
    asked = int(os.environ.get("EXAMPLES", "0"))
    return settings(
        max_examples=max(few, asked),
        deadline=None,
        derandomize=not asked,
        database=None,
        phases=[Phase.generate],  # to make a failure smaller takes longer than to read it
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
