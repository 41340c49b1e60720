"""Pages with several records: what was shown of each, and which of them others have changed since."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from sources.admin.stale.authors import Authors
from sources.admin.stale.positions import (
    NoTokenError,
    Part,
    Position,
    opened,
    packed,
    positions,
    revisions_since,
    sealed,
    unpacked,
)


def selection_token(parts: Iterable[Part], shown: Mapping[int, Position]) -> str:
    """Return the token of a page that shows these records; `parts` begins with the records' own."""
    seen = {str(number): packed(position) for number, position in shown.items()}
    return sealed(_kind(parts), {"seen": seen})


def _kind(parts: Iterable[Part]) -> str:
    return f"several.{next(iter(parts)).model._meta.label_lower}"  # noqa: SLF001 - Django documents _meta


def changed_since(
    parts: list[Part], token: str | None, records: Collection[int], reader: Any, *, is_beyond: bool = False
) -> list[str]:
    """Return a line for each of these records that is not as it was shown: which one, who, when.

    A record that the page did not show is one of them, unless `is_beyond`: more were marked than a page shows. A page
    that does not say what it showed raises NoTokenError.
    """
    seen = {int(number): unpacked(each) for number, each in opened(_kind(parts), token)["seen"].items()}
    now = positions(parts, records)
    differing = {
        number: {prefix: now.get(number, {}).get(prefix, {}) for prefix in seen[number]}
        for number in records
        if number in seen and any(now.get(number, {}).get(prefix) != rows for prefix, rows in seen[number].items())
    }
    unseen = [] if is_beyond else [number for number in records if number not in seen]
    return _lines(parts, {number: seen[number] for number in differing}, differing, reader) + [
        _("number %(number)d was not shown") % {"number": number} for number in unseen
    ]


def _lines(parts: list[Part], seen: Mapping[int, Position], now: Mapping[int, Position], reader: Any) -> list[str]:
    newest: dict[int, list[Any]] = {number: [] for number in now}
    for part in parts:
        for number, revisions in _revisions(part, seen, now).items():
            newest[number] += revisions
    authors = Authors([revision for revisions in newest.values() for revision in revisions], reader)
    records = parts[0].model._default_manager.in_bulk(list(now))  # noqa: SLF001 - Django documents it
    return [
        _line(records.get(number), number, max(revisions, key=_when, default=None), authors)
        for number, revisions in newest.items()
    ]


def _when(revision: Any) -> Any:
    return revision.pgh_created_at


def _revisions(part: Part, seen: Mapping[int, Position], now: Mapping[int, Position]) -> dict[int, list[Any]]:
    """Return the revisions of a part's rows since they were shown, by record."""
    record_of, starts, added = {}, {}, []
    for number, position in seen.items():
        before, after = position.get(part.prefix), now[number].get(part.prefix, {})
        if before is None:
            continue
        starts |= {row: revision for row, revision in before.items() if after.get(row) != revision}
        added += [revision for row, revision in after.items() if row not in before]
        record_of |= dict.fromkeys(before.keys() | after.keys(), number)
    found: dict[int, list[Any]] = {}
    for row, revisions in revisions_since(part, starts, added).items():
        newer = [revision for revision in revisions if revision.pgh_id > starts.get(row, 0)]
        found.setdefault(record_of[row], []).extend(newer)
    return found


def _line(record: Any, number: int, revision: Any, authors: Authors) -> str:
    told = authors.line(revision) if revision else _("by whom is not recorded")
    if record is None:
        return _("number %(number)d: deleted (%(told)s)") % {"number": number, "told": told}
    return _("%(record)s: changed (%(told)s)") % {"record": record, "told": told}


__all__ = ["NoTokenError", "changed_since", "selection_token"]
