"""Events in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import DateField, Exists, Func, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from chronicle.admin.citation import CitationInline
from chronicle.admin.edition import EditionInline
from chronicle.admin.editions import KeptForItsEditions, closing, with_newest_edition
from chronicle.admin.publishing import Publish, Withdraw
from chronicle.admin.verb_pages import VerbPages
from chronicle.models import Edition, Event, EventLocation, EventName, EventParty, Participation
from sources.admin.records import RecordAdmin, RowInline


class EventNameInline(RowInline):
    """What the event is called, by whom."""

    model = EventName
    autocomplete_fields = ("party",)
    verbose_name = _("name")
    verbose_name_plural = _("names by language and party")


class EventPartyInline(RowInline):
    """Whom the event concerns."""

    model = EventParty
    autocomplete_fields = ("party",)


class EventLocationInline(RowInline):
    """Where the event is filed."""

    model = EventLocation
    autocomplete_fields = ("location",)
    verbose_name = _("location")
    verbose_name_plural = _("locations")


class ParticipationInline(RowInline):
    """Who did what in the event."""

    model = Participation
    autocomplete_fields = ("agent",)


class IsPublic(admin.SimpleListFilter):
    """What readers see of an event."""

    title = _("published")
    parameter_name = "published"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002 - Django's signature
        """Return the answers."""
        return [("yes", _("public")), ("never", _("never published")), ("gone", _("withdrawn or taken down"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:  # noqa: ARG002 - Django's signature
        """Return the events of the chosen answer."""
        published, gone = Exists(Edition.objects.filter(event=OuterRef("pk"))), Exists(closing(OuterRef("pk")))
        with_first = Q(editions__number=1)  # a join: it is walked in the order of the list, which no EXISTS is
        conditions = {"yes": with_first & ~Q(gone), "never": ~Q(published), "gone": Q(gone)}
        return queryset.filter(conditions.get(self.value() or "", Q()))


FIRST_DAY = Func("date_range", function="lower", output_field=DateField())
"""Dates sort by their first day."""


@admin.register(Event)
class EventAdmin(VerbPages, KeptForItsEditions, RecordAdmin):
    """Events with everything that is said about them."""

    subject = "event"
    slug_from = "title"
    verbs = (Publish(), Withdraw())
    list_display = ("title", "filed_under", "kind", "state", "citations", "published")
    list_select_related = ("kind",)
    list_filter = (IsPublic, "state", "kind", "parties_concerned")
    sorting = {"title": "title_folded", "filed_under": FIRST_DAY}
    search_fields = ("title_folded", "names__name_folded", "slug")
    ordering = ("-id",)
    autocomplete_fields = ("kind", "parent", "companion")
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind")}),
        (_("Filed under"), {"fields": ("date_edtf", "reading_note")}),
        (_("In words"), {"fields": ("summary",)}),
        (_("Among other events"), {"fields": ("parent", "companion")}),
        (_("At the desk"), {"fields": ("state", "curators_note")}),
    )
    inlines = (
        EventNameInline,
        EventPartyInline,
        EventLocationInline,
        ParticipationInline,
        CitationInline,
        EditionInline,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the events with what the list says of them."""
        return with_newest_edition(super().get_queryset(request))

    def next_step(self) -> str:
        """Return what to do instead of deleting."""
        return _("Withdraw it instead: readers are told when and why, and the desk keeps it.")

    def view_on_site(self, obj: Event) -> str | None:
        """Return the address of the public page, if readers see one."""
        return obj.get_absolute_url() if getattr(obj, "is_gone", None) is False else None

    @admin.display(description=_("filed under"))
    def filed_under(self, event: Event) -> SafeString:
        """Return the date, which breaks between its ends and nowhere else."""
        ends = ((end,) for end in event.date_edtf.split("/"))
        return format_html_join(mark_safe("/<wbr>"), '<span class="unbroken">{}</span>', ends)

    @admin.display(description=_("citations"))
    def citations(self, event: Event) -> int:
        """Return how many citations the desk has."""
        return event.citation_count

    @admin.display(description=_("published"))
    def published(self, event: Event) -> str:
        """Return the newest edition, and whether readers still see it."""
        if event.newest_edition is None:
            return _("never")
        words = _("withdrawn, edition %(number)d") if event.is_gone else _("edition %(number)d")
        return words % {"number": event.newest_edition}
