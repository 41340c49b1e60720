"""How much waits at the desk, for metrics: numbers alone, of all records, restricted ones included."""

from collections.abc import Iterator
from typing import Final

from django.conf import settings

MOST: Final = 1_000
"""As far as the desk itself counts."""


def lengths() -> Iterator[tuple[str, int]]:
    """Yield every worklist's name and length."""
    if not settings.HAS_DESK:
        return
    from chronicle.worklists import WORKLISTS  # noqa: PLC0415 -- of tables that a public site has not

    for worklist in WORKLISTS:
        records = worklist.narrowed(worklist.model._default_manager.order_by(), ())  # noqa: SLF001 -- documented
        name = f"{worklist.model._meta.model_name}_{worklist.name}"  # noqa: SLF001 -- documented
        yield name, records.order_by().values("pk")[:MOST].count()
