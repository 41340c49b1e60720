"""Reads of editions, and of where merged records went."""

from typing import Self

from django.db import models
from django.db.models import Prefetch, Q

from chronicle.querysets.related import rows_of
from chronicle.vocabularies import NoteKind


class EditionQuerySet(models.QuerySet):
    """Reads of editions, which leave the snapshot where it is: it is read by `chronicle.editions`."""

    def listed(self) -> Self:
        """Bring what a list of editions shows."""
        return self.only(*LISTED)

    def of_events(self) -> Self:
        """Return editions of events that readers can open, the newest first, with the titles of today."""
        opened = self.filter(event__isnull=False, is_tombstone=False).order_by("-made_at", "-id")
        return opened.select_related("event").only(*LISTED, "event__slug", "event__title", "event__date_edtf")

    def told(self, kind: str = "") -> Self:
        """Return all editions of events, those that were taken down too, with the titles that are public today.

        The events come with a query of their own: a join would leave out the editions of what is no longer public.
        """
        editions = self.listed().filter(event__isnull=False, **({"note_kind": kind} if kind else {}))
        return editions.prefetch_related(Prefetch("event", rows_of("chronicle.Event").only("slug", "title")))

    def of_feed(self) -> Self:
        """Return editions that readers can open, and takedowns, the newest first."""
        opened_or_taken_down = Q(is_tombstone=False) | Q(note_kind=NoteKind.TAKEDOWN)
        return self.told().filter(opened_or_taken_down).order_by("-made_at", "-id")

    def of_slug(self, slug: str, subject: str = "event") -> Self:
        """Return the editions that went out under the address of a record of this kind, the newest first."""
        column = f"{subject}_id"
        return self.only(*LISTED, column).filter(slug=slug, **{f"{column}__isnull": False}).order_by("-id")

    def of_event(self, number: int) -> Self:
        """Return the editions of one event, the newest first, tombstones included."""
        return self.listed().filter(event_id=number).order_by("-number")

    def opened(self) -> Self:
        """Leave out what was taken down."""
        return self.filter(is_tombstone=False)

    def tombstones_from(self, number: int) -> Self:
        """Return the takedowns that closed the edition with this number."""
        return self.filter(number__gte=number, note_kind=NoteKind.TAKEDOWN)


LISTED = ("event_id", "number", "made_at", "signed_as", "note_kind", "note", "is_tombstone", "sources_removed")


class RedirectQuerySet(models.QuerySet):
    """Reads of where records went that were merged into others."""

    def from_slug(self, subject: str, slug: str) -> int | None:
        """Return the number of the record that stands for the one that was published at this address, if any does."""
        numbers = self.filter(subject=subject, slug=slug).order_by("-number").values_list("number", flat=True)
        first = numbers.first()
        return None if first is None else self.from_number(subject, first)

    def from_number(self, subject: str, number: int) -> int | None:
        """Return the number of the record that stands for this one; what was merged twice is followed to the end."""
        found = None
        for _step in range(MOST_STEPS):
            step = self.filter(subject=subject, number=number).values_list("into_number", flat=True).first()
            if step is None:
                break
            found = number = step
        return found


MOST_STEPS = 10
"""Merges after one another. The database refuses to merge into what is merged away, so they form no ring."""
