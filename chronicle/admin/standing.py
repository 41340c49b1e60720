"""What stands alone in the admin: the masthead, contested terms, what is missing. Each is published by itself."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.editions import KeptForItsEditions
from chronicle.admin.publishing import PublishChanges, ReasonForm
from chronicle.admin.purging import Purge
from chronicle.admin.undeleting import Undeleting
from chronicle.admin.verb_pages import VerbPages
from chronicle.admin.verbs import Outcome, Preview, Verb, rehearsed
from chronicle.models import Masthead, MissingDocument, Term, TermUse
from chronicle.publication import Note, Report, withdraw_standing
from chronicle.secrecy import for_curator
from chronicle.vocabularies import NoteKind
from sources.admin.records import RecordAdmin, RowInline
from sources.models.record import Record


class PublishStanding(PublishChanges):
    """Publish records that need no event to be public, new ones and changed ones."""

    name = "publish"
    label = gettext_lazy("Publish…")
    button = gettext_lazy("Publish")
    explanation = gettext_lazy("Readers will see these as they are at the desk now.")


class WithdrawStanding(Verb):
    """Take records that stand alone off the public side."""

    name = "withdraw"
    label = gettext_lazy("Withdraw…")
    button = gettext_lazy("Withdraw")
    explanation = gettext_lazy("Readers will see these no longer. The desk keeps them: they can be published again.")
    permission = "chronicle.publish"
    form = ReasonForm

    def __init__(self, subject: str) -> None:
        self.subject = subject

    def foresee(self, records: list[Record]) -> Preview:
        """Return which of them are public."""
        report = rehearsed(lambda: withdraw_standing(self.subject, records, note=Note(words="-")))
        return Preview(_outcomes(records, report), is_possible=bool(report.done))

    def carry_out(self, records: list[Record], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Withdraw them."""
        note = Note(kind=NoteKind.TAKEDOWN, words=answers["reason"])
        return _outcomes(records, withdraw_standing(self.subject, records, editor=editor, note=note))


def _outcomes(records: list[Record], report: Report) -> list[Outcome]:
    done = set(report.done)
    return [
        Outcome(record, _("withdrawn from readers"))
        if record.pk in done
        else Outcome(record, _("not public: there is nothing to withdraw"), is_refused=True)
        for record in records
    ]


class StandingAdmin(VerbPages, Undeleting, KeptForItsEditions, RecordAdmin):
    """Pages of a record that is published by itself; `subject` is the edition's column for it."""

    subject: ClassVar[str]

    def __init__(self, *args: Any, **options: Any) -> None:
        self.verbs = (PublishStanding(self.subject), WithdrawStanding(self.subject), Purge())
        super().__init__(*args, **options)

    def next_step(self) -> str:
        """Return what to do instead of deleting."""
        return _("Withdraw it instead: the desk keeps it.")


@admin.register(Masthead)
class MastheadAdmin(StandingAdmin):
    """The chronicle's own name and texts: one row."""

    subject = "masthead"
    list_display = ("name", "editorial_body", "licence", "contact")
    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "subtitle", "introduction")}),
        (gettext_lazy("Who answers for it"), {"fields": ("editorial_body", "contact", "licence", "licence_url")}),
        (gettext_lazy("What goes out"), {"fields": ("quotation_context",)}),
        (gettext_lazy("Texts"), {"fields": ("about", "method", "imprint")}),
    )

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Lead to the one masthead where it is written already."""
        written = Masthead.objects.first()
        if written is None or not self.has_add_permission(request):
            return super().add_view(request, form_url, extra_context)
        return redirect("admin:chronicle_masthead_change", written.pk)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, tuple[str, ...]]:  # noqa: ARG002 - Django's signature
        """Suggest nothing: the slug of the masthead is given."""
        return {}


@admin.register(MissingDocument)
class MissingDocumentAdmin(StandingAdmin):
    """What should be in this collection and is not."""

    subject = "missing"
    slug_from = "title"
    list_display = ("title", "party")
    list_select_related = ("party",)
    list_filter = ("party",)
    search_fields = ("title_folded", "slug")
    autocomplete_fields = ("party",)
    fields = ("title", "slug", "party", "reason", "curators_note")


class TermUseInline(RowInline):
    """Which document uses which word how often."""

    model = TermUse
    autocomplete_fields = ("document",)


@admin.register(Term)
class TermAdmin(StandingAdmin):
    """Contested words."""

    subject = "term"
    list_display = ("name", "own_wording", "wordings")
    search_fields = ("name_folded", "slug")
    fields = ("name", "slug", "own_wording", "reason", "curators_note")
    inlines = (TermUseInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the terms with how many uses are counted."""
        uses = for_curator(TermUse.objects.filter(term=OuterRef("pk")), request).order_by().values("term")
        counted = Subquery(uses.annotate(count=Count("*")).values("count"))
        return super().get_queryset(request).annotate(use_count=Coalesce(counted, 0))

    @admin.display(description=gettext_lazy("uses counted"), ordering="use_count")
    def wordings(self, term: Any) -> int:
        """Return how many uses are counted."""
        return int(term.use_count)
