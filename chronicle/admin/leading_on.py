"""Where the form of an event leads after saving: to the next page of a document, to the next event of the list."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters, ModelAdmin
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from chronicle.models import Citation, Event

FILTERS = "_changelist_filters"
"""What of a list's address the links of its rows carry along, as Django calls it."""


class LeadingOn(ModelAdmin):
    """Mixin for the admin of events: ways on after saving."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Save; look before what comes next in the list, of which this event may then be no part any more."""
        request.following = self._following(request, obj.pk) if "_next" in request.POST else None
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 - the same
        """Save rows, and find out the number of the citation that is to be copied, which may be new."""
        super().save_formset(request, form, formset, change)
        if formset.model is Citation:
            asked = request.POST.get("_copy", "")
            numbers = {row.prefix: row.instance.pk for row in formset.forms}
            request.copied = numbers.get(asked, asked)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Lead on after adding: to the copy of a citation that was asked for."""
        return self._copying(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Lead on after saving: to a copy in the same way, or to the next event of the list."""
        return self._copying(request, obj) or self._going_on(request) or super().response_change(request, obj)

    def _copying(self, request: HttpRequest, event: Event) -> HttpResponse | None:
        """Return the way to the form that has the citation of the next page as its last row, if that was asked for."""
        if "_copy" not in request.POST:
            return None
        self.message_user(request, _("Saved. The citation of the next page is the last row."), messages.SUCCESS)
        address = reverse("admin:chronicle_event_change", args=[event.pk])
        return HttpResponseRedirect(f"{address}?{urlencode({'copy': request.copied})}#citations-group")

    def _going_on(self, request: HttpRequest) -> HttpResponse | None:
        if request.following is None:
            return None
        self.message_user(request, _("Saved. This is the next event of the list."), messages.SUCCESS)
        address, filters = reverse("admin:chronicle_event_change", args=[request.following]), request.GET.get(FILTERS)
        return HttpResponseRedirect(f"{address}?{urlencode({FILTERS: filters})}" if filters else address)

    def _following(self, request: HttpRequest, number: int) -> int | None:
        """Return the number of the event after this one on its page of the list, from which the form was opened.

        None for the last one there, and where the address of the form names no list that can be shown.
        """
        listing = HttpRequest()
        listing.method, listing.user, listing.path = "GET", request.user, request.path
        listing.GET = QueryDict(request.GET.get(FILTERS, ""))
        try:
            with transaction.atomic():
                shown = [event.pk for event in self.get_changelist_instance(listing).result_list]
        except (IncorrectLookupParameters, SuspiciousOperation, ValidationError, DataError):
            return None
        place = shown.index(number) + 1 if number in shown else len(shown)
        return shown[place] if place < len(shown) else None
