"""What waits for whoever asks: what is in her hands, and the open remarks that are for her."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle.desk.waiting import Section, Waiting, bounded, list_url, may_see
from chronicle.models import Assignment, Event, Location, Remark
from chronicle.models.team import WORKED_ON
from chronicle.secrecy import for_curator
from chronicle.team import COLUMNS
from sources.models import Document

MOST_REMARKS = 10
"""How many remarks are shown; the oldest wait behind the newest."""


@dataclass(frozen=True)
class Said:
    """An open remark for somebody, with where it is read and answered."""

    remark: Remark
    record: Any
    url: str


def mine(request: HttpRequest) -> Section:
    """Return how much is in the hands of whoever asks, by kind of record."""
    held = for_curator(Assignment.objects.filter(curator=request.user.pk), request)
    counts = {model: bounded(held.filter(**_of(model))) for model in LABELS if may_see(request, model)}
    entries = (Waiting(LABELS[model](count), count, list_url(model, hands="me")) for model, count in counts.items())
    return Section(_("In your hands"), tuple(entries))


LABELS: dict[type[Any], Callable[[int], str]] = {
    Event: lambda count: ngettext("event", "events", count),
    Document: lambda count: ngettext("document", "documents", count),
    Location: lambda count: ngettext("location", "locations", count),
}
"""What follows the number of each kind of record."""


def _of(model: type[Any]) -> dict[str, bool]:
    return {f"{COLUMNS[model]}__isnull": False}


def remarks_for(request: HttpRequest) -> list[Said]:
    """Return the newest open remarks that name whoever asks or were returned to her, one more than are shown."""
    if not may_see(request, Event):
        return []
    remarks = for_curator(Remark.objects.filter(mentions__curator=request.user.pk, resolved_at=None), request)
    newest = remarks.select_related(*WORKED_ON, "author").order_by("-pk")[: MOST_REMARKS + 1]
    return [_said(remark) for remark in newest]


def _said(remark: Remark) -> Said:
    record = next(found for column in WORKED_ON if (found := getattr(remark, column)))
    options = record._meta  # noqa: SLF001 - Django documents _meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_remarks", args=[record.pk])
    return Said(remark, record, f"{address}#remark-{remark.pk}")
