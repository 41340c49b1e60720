"""The grid: its rows read together, with the same number of look-ups for one row as for fifty, and saved together."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chronicle.admin.entry.naming import Found
from chronicle.admin.entry.reading import Vocabularies
from chronicle.admin.entry.rows import AssertionForm
from chronicle.curators import PUBLISH
from chronicle.models import Citation, Event, Location
from chronicle.quotations import check
from chronicle.vocabularies import WorkState
from sources.models import Agent, Document
from sources.slugs import free_slugs, slug_from

MOST_ROWS = 200
"""Rows that are saved at once: more than an afternoon's work, and a page that a browser still carries."""


class Grid(forms.BaseFormSet):
    """The assertions of one document.

    `made_above` are titles of events that rows which are not sent along would make.
    """

    def __init__(self, *args: Any, document: Document, made_above: list[str] | None = None, **options: Any) -> None:
        self.document = document
        self.made_above = made_above or []
        super().__init__(*args, **options)

    @cached_property
    def vocabularies(self) -> Vocabularies:
        """What every row chooses from."""
        return Vocabularies()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Return what every row is made with."""
        return super().get_form_kwargs(index) | {"vocabularies": self.vocabularies}

    @property
    def filled(self) -> list[AssertionForm]:
        """The rows in which something stands."""
        return [form for form in self.forms if form.is_filled]

    def clean(self) -> None:
        """Look up what the rows name, all at once, and make their citations."""
        rows = self.filled
        above: dict[str, Any] = {}
        for form in rows:
            form.repeat(above)
            above = form.cleaned_data
        typed = [form.cleaned_data for form in rows]
        titles = [each.get(name, "") for each in typed for name in ("event", "new_title")]
        found = {
            "events": Found(Event, titles),
            "locations": Found(Location, [form.names_location for form in rows]),
            "agents": Found(Agent, [each.get("speaker", "") for each in typed]),
        }
        new = {title.casefold(): Event(title=title) for title in self.made_above}
        for form in rows:
            form.settle(self.document, new=new, **found)
        self.new_events = [event for title, event in new.items() if title not in map(str.casefold, self.made_above)]
        if not rows:
            raise forms.ValidationError(_(NOTHING))

    def save(self, user: Any) -> list[Citation]:
        """Save the new events and every citation, in one transaction: all or nothing.

        An event that was ready goes back to review when somebody adds to it who cannot call it ready.
        """
        citations = [form.citation for form in self.filled]
        with transaction.atomic():
            slugs = free_slugs(Event, [slug_from(event.title) or "event" for event in self.new_events])
            for event, slug in zip(self.new_events, slugs, strict=True):
                event.slug = slug
            Event.objects.bulk_create(self.new_events)
            for citation in citations:
                citation.event_id = citation.event.pk
            saved = Citation.objects.bulk_create(citations)
            check(citation for citation in saved if citation.quotation)
            if not user.has_perm(PUBLISH):
                touched = Event.objects.filter(pk__in={citation.event_id for citation in citations})
                touched.filter(state=WorkState.READY).update(state=WorkState.IN_REVIEW)
        return saved


NOTHING = gettext_noop(
    "Nothing is filled in: write what the document says into a row, at least its place and a statement or a value."
)


def grid_of(document: Document, data: Any = None, *, rows: int = 0, **options: Any) -> Any:
    """Return the grid of a document: empty with so many rows, or as it was sent."""
    kind: Any = forms.formset_factory(
        AssertionForm, formset=Grid, extra=rows, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    return kind(data, prefix="row", document=document, **options)
