"""Events in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import DateField, Exists, Func, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from chronicle.admin.citation import CitationInline, continuing
from chronicle.admin.comparing import ComparesQuotations
from chronicle.admin.dispute_notes import DisputeNoteInline, asked_aspect
from chronicle.admin.edition import EditionInline
from chronicle.admin.editions import KeptForItsEditions, closing, with_newest_edition
from chronicle.admin.filters import AtPlace, Citing, FilteredByChoice, InHands, InPeriod, InWorklist
from chronicle.admin.leading_on import LeadingOn
from chronicle.admin.merging import MergePages
from chronicle.admin.publishing import Publish, Withdraw
from chronicle.admin.purging import Purge
from chronicle.admin.purging_whole import PurgeWhole
from chronicle.admin.reviewing import Propose, Reviewing, SendBack, TakeBack
from chronicle.admin.reworking import Reworks
from chronicle.admin.team import Assign, WorkedOnTogether
from chronicle.admin.undeleting import Undeleting
from chronicle.admin.verb_pages import VerbPages
from chronicle.curators import PUBLISH
from chronicle.models import (
    Citation,
    Edition,
    Event,
    EventLocation,
    EventMissingDocument,
    EventName,
    EventParty,
    Participation,
)
from chronicle.secrecy import for_curator
from chronicle.vocabularies import WorkState
from sources.admin.forms import RecordForm
from sources.admin.once import AddedOnce
from sources.admin.records import RecordAdmin, RowInline


class EventRows(RowInline):
    """Rows of an event, in a table."""

    template = "admin/chronicle/rows.html"


class EventNameInline(EventRows):
    """What the event is called, by whom."""

    model = EventName
    autocomplete_fields = ("party",)
    verbose_name = _("name")
    verbose_name_plural = _("names by language and party")


class EventPartyInline(EventRows):
    """Whom the event concerns."""

    model = EventParty
    autocomplete_fields = ("party",)
    help_texts = {"party": _("Whom it concerns, also if no document here speaks for it. Public.")}


class EventLocationInline(EventRows):
    """Where the event is filed."""

    model = EventLocation
    autocomplete_fields = ("location",)
    help_texts = {"location": _("Where the editors file it; what documents say is in the citations. Public.")}
    verbose_name = _("location")
    verbose_name_plural = _("locations")


class ParticipationInline(EventRows):
    """Who did what in the event."""

    model = Participation
    autocomplete_fields = ("agent",)
    help_texts = {"agent": _("The person or body, such as Ilham Aliyev. Public.")}


class EventMissingDocumentInline(EventRows):
    """What would bear on the event and is not in this collection."""

    model = EventMissingDocument
    autocomplete_fields = ("missing",)
    verbose_name_plural = _("not in this collection")


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


LONGEST_NUMBER = 18  # digits that surely fit a bigint
FIRST_DAY = Func("date_range", function="lower", output_field=DateField())
"""Dates sort by their first day."""


class EventForm(RecordForm):
    """An event; what is ready goes back to review when somebody works on it who cannot call it ready."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        state = self.fields.get("state")
        if state and self.initial.get("state") not in dict(state.choices):
            self.initial["state"] = WorkState.IN_REVIEW


@admin.register(Event)
class EventAdmin(
    AddedOnce,
    LeadingOn,
    MergePages,
    ComparesQuotations,
    FilteredByChoice,
    WorkedOnTogether,
    Reworks,
    Reviewing,
    VerbPages,
    Undeleting,
    KeptForItsEditions,
    RecordAdmin,
):
    """Events with everything that is said about them."""

    form = EventForm
    subject = "event"
    slug_from = "title"
    verbs = (Propose(), TakeBack(), SendBack(), Publish(), Withdraw(), Assign(), Purge(), PurgeWhole())
    when_empty = _(
        "No events yet. An event needs a kind, a date to file it under, and a citation of a document to be published."
    )
    list_display = ("title", "filed_under", "kind", "state", "citations", "published")
    list_select_related = ("kind",)
    list_filter = (
        *(InWorklist, "state", IsPublic, InHands, InPeriod, AtPlace, Citing),
        *("kind", "parties_concerned"),
    )
    sorting = {"title": "title_folded", "filed_under": FIRST_DAY}
    search_fields = ("title_folded", "names__name_folded", "slug")
    ordering = ("-id",)
    autocomplete_fields = ("kind", "parent", "companion")
    help_texts = {"kind": _("What kind of event it is: ceasefire. The plus sign makes a new kind. Public.")}
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind")}),
        (_("Filed under"), {"fields": ("date_edtf", "reading_note")}),
        (_("In words"), {"fields": ("summary",)}),
        (_("Among other events"), {"fields": ("parent", "companion")}),
        (_("At the desk"), {"fields": ("state", "curators_note")}),
    )
    inlines = (
        EventPartyInline,
        EventLocationInline,
        EventNameInline,
        ParticipationInline,
        CitationInline,
        DisputeNoteInline,
        EventMissingDocumentInline,
        EditionInline,
    )

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Show the editions of an event that can have some."""
        return [each for each in super().get_inlines(request, obj) if obj or each is not EditionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the events with what the list says of them."""
        return with_newest_edition(super().get_queryset(request), for_curator(Citation.objects.all(), request))

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Let editors call the work ready; contributors hand it in for review."""
        if db_field.name == "state" and not request.user.has_perm(PUBLISH):
            options["choices"] = [choice for choice in WorkState.choices if choice[0] != WorkState.READY]
        return super().formfield_for_choice_field(db_field, request, **options)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Return what rows are made of; a citation to be copied is where the next one begins."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        copied = request.GET.get("copy", "")
        if isinstance(inline, CitationInline) and obj.pk and copied.isascii() and copied.isdigit():
            citation = for_curator(obj.citations.filter(pk=int(copied[:LONGEST_NUMBER])), request).first()
            options["initial"] = [continuing(citation)] if citation else []
        if isinstance(inline, DisputeNoteInline) and asked_aspect(request):
            options["initial"] = [{"aspect": asked_aspect(request)}]
        return options

    def beside_name(self, event: Event) -> str:
        """Return what a picker says of an event besides its title: its kind, and the date it is filed under."""
        return " · ".join(str(fact) for fact in (event.kind, event.date_edtf) if fact)

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
