"""Recording releases of the whole: what was made, and where it was deposited. Readers see both."""

from dataclasses import dataclass
from datetime import date

from django.db import connections, transaction

DESK = "default"


@dataclass(frozen=True)
class Made:
    """A release as it was made."""

    number: int
    day: date
    sha256: str
    size: int
    events: int
    note: str = ""


def record(made: Made) -> None:
    """Tell readers of a release; IntegrityError where its number is not the next one."""
    _call("record_release", [made.day, made.sha256, made.size, made.events, made.note, made.number])


def deposited(number: int, address: str) -> None:
    """Tell readers where a release was deposited; IntegrityError where there is no such release."""
    _call("record_deposit", [number, address])


def _call(verb: str, values: list[object]) -> None:
    with transaction.atomic(using=DESK), connections[DESK].cursor() as cursor:
        cursor.callproc(verb, values)
