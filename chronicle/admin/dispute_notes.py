"""The editors' notes on disputes, on the form of their event: with the disputes that have none yet."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chronicle.models import Citation, Dispute, DisputeNote, Event
from chronicle.secrecy import for_curator
from chronicle.vocabularies import RIVALS, Aspect
from sources.admin.forms import RowForm
from sources.admin.records import RowInline


class DisputeNoteForm(RowForm):
    """A note; a new one is of today, unless another day is typed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance._state.adding:  # noqa: SLF001 - Django documents _state
            self.initial.setdefault("written_on", timezone.localdate())


class DisputeNoteInline(RowInline):
    """What the editors say of disputes, in their own words."""

    model = DisputeNote
    form = DisputeNoteForm
    template = "admin/chronicle/dispute_notes.html"
    verbose_name = _("note")
    verbose_name_plural = _("notes on disputes")

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """Return the rows, which know on what documents part here."""
        formset = super().get_formset(request, obj, **options)
        formset.contested = staticmethod(partial(without_note, obj, request)) if obj else staticmethod(list)
        return formset

    def get_extra(self, request: HttpRequest, obj: Any = None, **options: Any) -> int:  # noqa: ARG002 - Django's signature
        """Return how many empty rows the address asks for: one, on the aspect that it names."""
        return int(asked_aspect(request) is not None)


def asked_aspect(request: HttpRequest) -> Aspect | None:
    """Return the aspect of which the address asks for a note."""
    asked = request.GET.get("note", "")
    return Aspect(asked) if asked in Aspect.values else None


def without_note(event: Event, request: HttpRequest) -> list[Aspect]:
    """Return the aspects on which documents part, as the desk has them now, and on which there is no note.

    What a curator may not see parts from nothing for her.
    """
    seen = set(for_curator(Citation.objects.filter(event=event), request).values_list("pk", flat=True))
    rows = Dispute.objects.filter(event=event, verdict__in=RIVALS).values_list("aspect", "left", "right")
    contested = {aspect for aspect, *sides in rows if all(seen.intersection(side) for side in sides)}
    noted = set(event.dispute_notes.values_list("aspect", flat=True))
    return [aspect for aspect in Aspect if aspect in contested - noted]
