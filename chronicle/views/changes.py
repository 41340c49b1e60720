"""What changed between two editions of an event."""

from typing import Any

from django.utils.translation import gettext as _

from chronicle.editions import differences, read
from chronicle.models import Edition, Event
from chronicle.querysets import EditionQuerySet
from chronicle.views.base import PUBLISHED, GoneError, PublicView, not_found
from chronicle.views.events import NEWEST, closed_by, gone_or_not_found
from sources.directions import isolated


class Changes(PublicView):
    """An edition beside the one before it, or beside any other one of the same event."""

    template_name = "chronicle/changes.html"
    parameters = ("from",)

    def described(self, page: dict[str, Any]) -> str:
        """Return the title of the event, and which edition it is."""
        words = {"title": isolated(page["event"].title), "number": page["edition"].number}
        return _("%(title)s: what changed in edition %(number)d.") % words

    def page(self, **address: Any) -> dict[str, Any]:
        """Return what differs, the earlier edition first; nothing where there is no earlier one to compare with."""
        number = Event.objects.using(PUBLISHED).filter(slug=address["slug"]).values_list("pk", flat=True).first()
        if number is None:
            gone_or_not_found(address["slug"])
        editions = Edition.objects.using(PUBLISHED).of_event(number)
        edition = _opened(editions, number, address["number"])
        other = self._other(editions, number, edition)
        before, after = (
            sorted((one for one in (edition, other) if one), key=lambda one: one.number) if other else (None, edition)
        )
        event = read(after, PUBLISHED)
        return {
            "slug": address["slug"],
            "event": event,
            "edition": edition,
            "other": other,
            "before": before,
            "after": after,
            "differences": differences(read(before, PUBLISHED), event) if before else None,
            "choices": self._choices(editions, edition, other),
        }

    def _other(self, editions: EditionQuerySet, number: int, edition: Edition) -> Edition | None:
        """The edition that is asked for, or the newest before this one that can be opened."""
        asked = self.asked("from")
        if not asked:
            return editions.opened().filter(number__lt=edition.number).first()
        if not (asked.isascii() and asked.isdigit()):
            not_found()
        return _opened(editions, number, int(asked))

    def _choices(self, editions: EditionQuerySet, edition: Edition, other: Edition | None) -> list[Edition]:
        """The newest editions that can be opened, with the one that is chosen."""
        found = {one.number: one for one in editions.opened()[:NEWEST]}
        if other:
            found[other.number] = other
        return [found[number] for number in sorted(found, reverse=True) if number != edition.number]


def _opened(editions: EditionQuerySet, event: int, number: int) -> Edition:
    """An edition with this number, unless it was taken down."""
    edition = editions.filter(number=number).first()
    if edition is None:
        not_found()
    if edition.is_tombstone:
        raise GoneError(closed_by(event, edition))
    return edition


changes = Changes.as_view()
