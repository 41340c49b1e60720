"""What a citation knows of its quotation: rules of its state and its place in a text, and indexes to find it by."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.vocabularies import PLACED, QuotationState

NO_PLACE = Q(
    quotation_text__isnull=True,
    quotation_page__isnull=True,
    quotation_start__isnull=True,
    quotation_end__isnull=True,
)

QUOTATION_RULES = [
    models.CheckConstraint(
        name="citation_quotation_state_is_known",
        condition=Q(quotation_state="") | (Q(quotation_state__in=QuotationState.values) & ~Q(quotation="")),
        violation_error_code="quotation_state",
        violation_error_message=_("State of the quotation: one of those listed, where there is a quotation."),
    ),
    models.CheckConstraint(
        name="citation_quotation_place_is_whole",
        condition=NO_PLACE
        | (
            Q(quotation_text__isnull=False, quotation_page__gt=0, quotation_start__isnull=False)
            & Q(quotation_end__gt=F("quotation_start"), quotation_state__in=PLACED)
        ),
        violation_error_code="quotation_start",
        violation_error_message=_(
            "Start of the quotation: its place is a text, a page, a start and a later end, or nothing."
        ),
    ),
    models.CheckConstraint(
        name="citation_quotation_confirmed_is_changed",
        condition=Q(quotation_confirmed_at__isnull=True, quotation_confirmed_by__isnull=True)
        | Q(quotation_confirmed_at__isnull=False, quotation_state=QuotationState.CHANGED),
        violation_error_code="quotation_confirmed_at",
        violation_error_message=_("Confirmed at: only a quotation that is changed can be confirmed."),
    ),
]

QUOTATION_INDEXES = [
    models.Index(
        name="citation_by_quoted_page",
        fields=["quotation_text", "quotation_page", "id"],
        condition=Q(quotation_text__isnull=False),
    ),
    models.Index(
        name="citation_by_quotation_state",
        fields=["quotation_state", "id"],
        condition=~Q(quotation=""),
    ),
    models.Index(name="citation_quoted", fields=["id"], condition=~Q(quotation="")),
]
