"""Which stored citation a line means: the one with its number, else one that says just the same."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from chronicle.imports.rows import Read, differences
from chronicle.models import Citation
from chronicle.models.citation import CitationCounter


class Numbering:
    """Which events take the numbers that a file gives their citations: those that had given none before it.

    So a chronicle that is taken in again keeps the numbers by which its citations are cited.
    """

    def __init__(self) -> None:
        self._takes: dict[int, bool] = {}

    def look_at(self, rows: Sequence[Read]) -> None:
        """Ask for the events of rows with a number, those that were not asked for before: then they had none of it."""
        asked = {read.row.event_id for read in rows if has_number(read)} - self._takes.keys()  # type: ignore[attr-defined]  # of citations
        if asked:
            counted = {*CitationCounter.objects.filter(event_id__in=asked).values_list("event_id", flat=True)}
            self._takes.update((number, number not in counted) for number in asked)

    def takes(self, event: int) -> bool:
        """Return whether an event takes the numbers of the file."""
        return self._takes.get(event, False)


def like_this(rows: Sequence[Read], numbering: Numbering) -> dict[int, Model]:
    """Return the stored citations that lines mean; a line without a number means one that it does not differ from.

    So a file without numbers can be imported twice, and a line that was changed in it adds a citation: to change one,
    a line has to name it.
    """
    found: dict[int, Model] = {}
    numbering.look_at(rows)
    stored = _of_events(rows)
    for read in rows:
        row: Any = read.row
        candidates = stored[row.event_id]
        if has_number(read):
            match = next((one for one in candidates if one.number == row.number), None)
            if match is None and not numbering.takes(row.event_id):
                read.fault("number", _("The event has no citation with this number; leave it empty for a new one."))
        else:
            same = (one for one in candidates if one.document_id == row.document_id and not differences(read, one))
            match = next(same, None)
        if match is not None:
            found[id(read)] = match
    return found


def has_number(read: Read) -> bool:
    """Whether a line names the citation that it means."""
    return bool(read.line.cells.get("number", "").strip())


def _of_events(rows: Sequence[Read]) -> dict[int, list[Any]]:
    """The citations of the events that the lines are about, of the same documents or with a number that is given."""
    events = {read.row.event_id for read in rows}  # type: ignore[attr-defined]  # of citations
    documents = {read.row.document_id for read in rows}  # type: ignore[attr-defined]
    numbers = {read.row.number for read in rows if has_number(read)}  # type: ignore[attr-defined]
    meant = Q(document__in=documents) | Q(number__in=numbers)
    stored: dict[int, list[Any]] = defaultdict(list)
    related = ("claimed_by", "through", "asserted_location", "asserted_party", "unit", "population", "side")
    kept = Citation.objects.filter(meant, event__in=events).select_related("document", *related)
    for citation in kept.select_for_update(no_key=True, of=("self",)):
        stored[citation.event_id].append(citation)
    return stored
