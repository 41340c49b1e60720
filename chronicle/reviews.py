"""Who made a record what it is, and who looked at it since: what history and remarks say of its newest state."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connections

from chronicle.database.published import Table, record_of
from chronicle.models import Remark
from chronicle.vocabularies import RemarkKind

COUNTED = "(SELECT count(*) FROM {table}revision r WHERE r.{link} = i.id)"
NEWEST = """(SELECT r.pgh_created_at, r.pgh_context_id FROM {table}revision r
    WHERE r.{link} = i.id ORDER BY r.pgh_created_at DESC LIMIT 1)"""
LAST_AUTHOR = """
SELECT i.id, c.metadata ->> 'user' FROM unnest(%s::bigint[]) AS i(id)
CROSS JOIN LATERAL (SELECT * FROM ({newest}) t ORDER BY pgh_created_at DESC LIMIT 1) n
JOIN pghistory_context c ON c.id = n.pgh_context_id"""


def revisions(subject: str, numbers: Collection[int]) -> dict[int, int]:
    """Return the number of each record's state: how many changes of it and of its rows there were.

    It grows with every change and with nothing else; `subject` is the edition's column.
    """
    counts = " + ".join(_of_tables(COUNTED, subject))
    return dict(_asked(f"SELECT i.id, {counts} FROM unnest(%s::bigint[]) AS i(id)", numbers))  # noqa: S608 - our own tables


def last_authors(subject: str, numbers: Collection[int]) -> dict[int, int | None]:
    """Return the curator who made the newest change of each record, or none for a command or a database login."""
    newest = " UNION ALL ".join(_of_tables(NEWEST, subject))
    found = _asked(LAST_AUTHOR.format(newest=newest), numbers)
    return {record: int(user) if user and user.isdecimal() else None for record, user in found}


def seen_by_one(numbers: Collection[int], curator: int | None) -> list[int]:
    """Return the events that this curator changed last and that nobody else looked through as they are now."""
    own = [number for number, author in last_authors("event", numbers).items() if author == curator]
    states = revisions("event", own)
    reviews = Remark.objects.filter(kind=RemarkKind.REVIEWED, event__in=own).exclude(author=curator)
    seen = {number for number, revision in reviews.values_list("event", "revision") if states[number] == revision}
    return [number for number in own if number not in seen]


def _of_tables(clause: str, subject: str) -> Iterator[str]:
    return (clause.format(table=table.name, link=_link(table)) for table in record_of(subject).tables)


def _link(table: Table) -> str:
    return "pgh_obj_id" if table.belongs_to == "id" else table.belongs_to


def _asked(query: str, numbers: Iterable[int]) -> list[Any]:
    with connections["default"].cursor() as cursor:
        cursor.execute(query, [list(numbers)])
        return cursor.fetchall()
