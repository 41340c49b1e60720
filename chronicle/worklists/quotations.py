"""Quotations that a curator has to decide on."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chronicle.models import Citation
from chronicle.worklists.worklist import Narrow, Worklist
from sources.vocabularies import QuotationState

UNDECIDED = (QuotationState.MISSING, QuotationState.AMBIGUOUS, QuotationState.CHANGED)
QUOTED = ~Q(quotation="")
"""What the index of states holds: every condition on a state says so too, since that is how it is found."""
WAITING = QUOTED & Q(quotation_state__in=UNDECIDED, quotation_confirmed_at__isnull=True)
"""What only a curator can decide."""


def _in_state(state: QuotationState) -> Narrow:
    """Return what narrows citations down to those of which the quotation is in a state, and not confirmed in it."""

    def narrowed(citations: QuerySet, _hidden: Collection[int]) -> QuerySet:
        return citations.filter(QUOTED, quotation_state=state.value, quotation_confirmed_at__isnull=True)

    return narrowed


WORKLISTS = (
    Worklist(
        "quotation-missing",
        Citation,
        _("quotations that the text does not have"),
        _("Correct them on the page of the event, or see whether the text is of another edition."),
        _in_state(QuotationState.MISSING),
    ),
    Worklist(
        "quotation-ambiguous",
        Citation,
        _("quotations that fit several passages"),
        _("Open each and choose the passage that is meant."),
        _in_state(QuotationState.AMBIGUOUS),
    ),
    Worklist(
        "quotation-changed",
        Citation,
        _("quotations that differ from the text"),
        _("Open each: correct it, or confirm the passage."),
        _in_state(QuotationState.CHANGED),
    ),
)
