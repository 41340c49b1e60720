"""Which revision of each row a page shows: a position in the history, which every path writes and nobody can rewrite.

The newest revision of one row is a sure sign of its state, since changes of a row are made one after another. The
newest number of a whole table is not: a transaction that took its number earlier may commit later.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db import connections, models
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

Rows = dict[int, int]
"""The number of each row, and of its newest revision."""

Position = dict[str, Rows]
"""The rows of a record, by the part of its form; the record itself is the part with the empty name."""


@dataclass(frozen=True)
class Part:
    """A table of which a record's form shows rows.

    `link` is the column that says to which record a row belongs, `label` what the form calls a row, `seen` which of the
    rows whoever asks may see.
    """

    prefix: str
    model: type[models.Model]
    link: str = "pk"
    label: Any = field(default="", compare=False)
    seen: Callable[[QuerySet], QuerySet] = field(default=lambda rows: rows, compare=False)

    @property
    def revisions(self) -> QuerySet:
        """Every revision of every row."""
        return self.model.pgh_event_model._default_manager.order_by("pgh_id")  # noqa: SLF001 - Django documents it


def lock(parts: Iterable[Part], records: Collection[int], strength: str = "UPDATE") -> None:
    """Wait for whoever is changing these records, and keep their rows from others until the transaction ends.

    One statement, the records first. A new row of a record needs it too (its foreign key locks it), so none appears
    meanwhile. With the strength SHARE others may still refer to the records, as the verbs of publication do.
    """
    clauses, arguments = [], []
    for number, part in enumerate(parts):
        options = part.model._meta  # noqa: SLF001 - Django documents _meta
        key = options.pk.column
        column = key if part.link == "pk" else options.get_field(part.link).column
        clauses.append(
            f'locked_{number} AS MATERIALIZED (SELECT "{key}" FROM "{options.db_table}" '  # noqa: S608 - names of our own tables
            f'WHERE "{column}" = ANY(%s) ORDER BY "{key}" FOR {strength})'
        )
        arguments.append(list(records))
    counts = " UNION ALL ".join(f"SELECT count(*) FROM locked_{number}" for number in range(len(clauses)))  # noqa: S608 - the same
    with connections["default"].cursor() as cursor:
        cursor.execute(f"WITH {', '.join(clauses)} {counts}", arguments)


def positions(parts: Iterable[Part], records: Collection[int]) -> dict[int, Position]:
    """Return where the records stand in the history, each that is there, in one query.

    Read it before the rows themselves: then what is shown is never older than its position says, and a change that
    falls between the two is asked about once too often instead of once too seldom.
    """
    parts = list(parts)
    first, *others = (_newest(part, records) for part in parts)
    found: dict[int, Position] = {}
    for prefix, record, row, revision in first.union(*others, all=True):
        if not prefix:
            found[record] = {part.prefix: {} for part in parts}
        if record in found:
            found[record][prefix][row] = revision
    return found


def revisions_since(part: Part, starts: Rows, added: Collection[int]) -> dict[int, list[Any]]:
    """Return the revisions of rows from the given ones on, and these new ones, in order, by the row's number."""
    if not starts and not added:
        return {}
    since = Q(pgh_obj__in=starts, pgh_id__gte=min(starts.values(), default=0)) | Q(pgh_id__in=added)
    found: dict[int, list[Any]] = {}
    for revision in part.revisions.filter(since).select_related("pgh_context"):
        found.setdefault(revision.pgh_obj_id, []).append(revision)
    return found


def _newest(part: Part, records: Collection[int]) -> QuerySet:
    rows = part.model._default_manager.order_by().filter(**{f"{part.link}__in": list(records)})  # noqa: SLF001 - the same
    return part.seen(rows).values_list(Value(part.prefix), F(part.link), F("pk"), newest_revision(part))


def newest_revision(part: Part) -> Coalesce:
    """Return the expression for the number of a row's newest revision; of one without any, its own below zero."""
    of_row = part.revisions.order_by().filter(pgh_obj=OuterRef("pk")).values("pgh_obj")
    return Coalesce(Subquery(of_row.annotate(newest=Max("pgh_id")).values("newest")), -F("pk"))


SALT = "sources.admin.stale"


class NoTokenError(Exception):
    """A page did not say what it showed, or what it says was not written here."""


def sealed(kind: str, content: Mapping[str, Any]) -> str:
    """Return a token that nobody else can write; `kind` says for which page it is good."""
    return signing.dumps(content, salt=f"{SALT}.{kind}", compress=True)


def opened(kind: str, token: str | None) -> dict[str, Any]:
    """Return what a token says; raise NoTokenError for one that is missing, forged, or of another page."""
    try:
        return signing.loads(token or "", salt=f"{SALT}.{kind}")
    except (signing.BadSignature, ValueError) as error:
        raise NoTokenError from error


def packed(position: Position) -> dict[str, list[list[int]]]:
    """Return a position as JSON keeps it."""
    return {prefix: sorted([row, revision] for row, revision in rows.items()) for prefix, rows in position.items()}


def unpacked(content: Mapping[str, list[list[int]]]) -> Position:
    """Return a position from what JSON kept."""
    return {prefix: dict(rows) for prefix, rows in content.items()}
