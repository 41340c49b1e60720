"""What was seen of the links of a document, on its page at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.links.models import Link
from sources.models import Document


class ShowsLinks:
    """Shows below the addresses of a document how each answered when `manage.py check_links` last asked."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Return the fields that nobody types."""
        return (*super().get_readonly_fields(request, obj), "links_seen")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the fieldsets; the one with the addresses says what was seen of them, once there are any."""
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is None or not (obj.url or obj.archive_url):
            return fieldsets
        return [_with_links(title, options) for title, options in fieldsets]

    @admin.display(description=gettext_lazy("When last asked"))
    def links_seen(self, document: Document) -> SafeString:
        """Return how each address answered; what the document has no more is left out."""
        own = {document.url: _("URL"), document.archive_url: _("Archive URL")}
        links = {link.address: link for link in document.links.filter(address__in=[one for one in own if one])}
        lines = [(label, _told(links[address])) for address, label in own.items() if address in links]
        if not lines:
            return format_html("{}", _("Not asked yet: an operator does that by manage.py check_links."))
        return format_html_join("", "<p>{}: {}</p>", lines)


def _with_links(title: Any, options: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    fields = options["fields"]
    return (title, {**options, "fields": (*fields, "links_seen")} if "archive_url" in fields else options)


def _told(link: Link) -> str:
    words = {
        "state": link.get_state_display(),
        "told": link.told,
        "day": date_format(link.checked_at, "j F Y"),
        "target": link.moved_to,
        "number": link.failures,
    }
    if link.moved_to:
        return _("%(state)s (%(told)s), %(day)s; led to %(target)s") % words
    if link.is_dead and link.failures > 1:
        return _("%(state)s (%(told)s), %(day)s; %(number)d times in a row") % words
    return _("%(state)s (%(told)s), %(day)s") % words
