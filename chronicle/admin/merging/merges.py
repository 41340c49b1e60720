"""The list of merges, and the page that undoes one."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.edition import ReadOnly
from chronicle.admin.editions import UNSEEN
from chronicle.admin.merging.pages import MERGE, WHEN_EMPTY
from chronicle.admin.merging.wording import moved, solved, without
from chronicle.admin.verb_pages import VerbPages
from chronicle.admin.verbs import Outcome, Preview, Verb, rehearsed
from chronicle.merging import MergeRefusedError, undo
from chronicle.models import Merge
from chronicle.secrecy import hidden_from, hidden_from_user
from chronicle.vocabularies import Mergeable
from sources.admin.lists import LargeList
from sources.admin.stale.lists import RefusingStaleActions
from sources.admin.stale.pages import RefusingStale


class Undo(Verb):
    """Undo merges: both records and every reference as they were."""

    name = "undo"
    label = gettext_lazy("Undo…")
    button = gettext_lazy("Undo")
    explanation = gettext_lazy(
        "Both records come back, and everything that moved moves back. What was added since stays with the record that "
        "stayed. Where readers see what moved, they are shown both again at once."
    )
    permission = MERGE

    def is_offered(self, record: Merge) -> bool:
        """Return whether it is still in force."""
        return record.undone_at is None

    def foreseen_by(self, records: list[Merge], editor: AbstractBaseUser) -> Preview:
        """Return what would come back, or what stands in the way."""
        outcomes = [outcome for each in records for outcome in rehearsed(lambda each=each: _undone(each, editor))]
        others = [line for record in records for line in moved(record)]
        is_possible = not any(outcome.is_refused for outcome in outcomes)
        return Preview(outcomes, others=others, others_title=_("What moves back"), is_possible=is_possible)

    def carry_out(self, records: list[Merge], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Undo them."""
        del answers
        return [outcome for record in records for outcome in _undone(record, editor)]


def _undone(record: Merge, editor: Any) -> list[Outcome]:
    if without(record, hidden_from_user(editor)) is not record:
        return [Outcome(record, _(UNSEEN), is_refused=True)]
    try:
        undo(record, editor=editor)
    except MergeRefusedError as error:
        return [Outcome(record, reason, is_refused=True) for reason in error.reasons]
    return [Outcome(record, _("undone: both records are there again"))]


@admin.register(Merge)
class MergeAdmin(ReadOnly, VerbPages, RefusingStale, RefusingStaleActions, LargeList, admin.ModelAdmin):
    """What was merged, when, by whom and why."""

    verbs: ClassVar[tuple[Verb, ...]] = (Undo(),)
    list_display = ("merged_name", "kept_name", "subject", "editor", "made_at", "undone_at")
    list_select_related = ("editor",)
    list_filter = ("subject",)
    sorting: ClassVar[dict[str, Any]] = {"made_at": "id"}
    fields = readonly_fields = (
        "subject",
        "merged_name",
        "merged_number",
        "kept_name",
        "kept_number",
        "reason",
        "editor",
        "made_at",
        "what_moved",
        "what_stayed",
        "undone_by",
        "undone_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the merges, without those of documents that whoever asks may not see."""
        hidden = hidden_from(request)
        of_hidden = Q(kept_number__in=hidden) | Q(merged_number__in=hidden)
        merges = super().get_queryset(request)
        return merges.exclude(of_hidden, subject=Mergeable.DOCUMENT) if hidden else merges

    def get_object(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Return the merge, as far as whoever asks may see what it did."""
        made = super().get_object(request, *args, **options)
        return without(made, hidden_from(request)) if made else None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list, and how it is filled."""
        return super().changelist_view(request, {"when_empty": WHEN_EMPTY, **(extra_context or {})})

    @admin.display(description=gettext_lazy("what moved"))
    def what_moved(self, made: Merge) -> str:
        """Return the kinds of rows that moved."""
        return "\n".join(moved(made)) or _("nothing")

    @admin.display(description=gettext_lazy("what could not go along"))
    def what_stayed(self, made: Merge) -> str:
        """Return the rows that the record that stayed had already."""
        return "\n".join(solved(made)) or _("nothing")
