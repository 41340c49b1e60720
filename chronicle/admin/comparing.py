"""Quotations are compared with the text of their document when the page that they were typed on is saved."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from chronicle.models import Citation
from chronicle.quotations import check, unchecked
from chronicle.secrecy import for_curator
from sources.vocabularies import QuotationState

SURE = (QuotationState.EXACT, QuotationState.NORMALISED)
MOST_TOLD = 12
"""Lines of messages; whoever typed more goes through the list of citations."""


class ComparesQuotations:
    """Mixin for the admin of events."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 -- Django's signature
        """Save the rows, compare the quotations among them that are new or changed, and tell what was not found."""
        super().save_related(request, form, formsets, change)
        own = for_curator(Citation.objects.filter(event_id=form.instance.pk), request)
        typed = list(unchecked(own).only("document_id"))
        if not typed or not check(typed).changed:
            return
        found = Citation.objects.filter(pk__in=[one.pk for one in typed]).exclude(quotation_state__in=SURE)
        for citation in found.exclude(quotation_state=QuotationState.NO_TEXT).order_by("number")[:MOST_TOLD]:
            words = {"citation": citation, "state": citation.get_quotation_state_display()}
            self.message_user(
                request, _("Quotation of %(citation)s: %(state)s. See Citations.") % words, messages.WARNING
            )
