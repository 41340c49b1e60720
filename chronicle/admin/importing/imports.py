"""The list of imports, and the page that undoes one."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chronicle.admin.edition import ReadOnly
from chronicle.admin.editions import UNSEEN
from chronicle.admin.importing.pages import ImportPages
from chronicle.admin.purging import Purge
from chronicle.admin.verb_pages import VerbPages
from chronicle.admin.verbs import Outcome, Preview, Verb, rehearsed
from chronicle.imports import Importer, NotUndoneError, undo
from chronicle.models import Import
from chronicle.secrecy import has_hidden_changes, hidden_from_user
from sources.admin.lists import LargeList
from sources.admin.stale.lists import RefusingStaleActions
from sources.admin.stale.pages import RefusingStale

UNDO = "chronicle.undo_import"
"""The permission that undoing needs, since it may delete records."""
WHEN_EMPTY = gettext_lazy("Nothing was imported yet. “Add import” takes a file.")


class Undo(Verb):
    """Undo imports: what they created goes, what they changed is as it was."""

    name = "undo-import"
    label = gettext_lazy("Undo…")
    button = gettext_lazy("Undo")
    explanation = gettext_lazy(
        "What the import created is deleted, and what it changed is as it was before, at the desk. What readers see "
        "does not change. It is refused where somebody has worked on a row since, or where others rely on one."
    )
    permission = UNDO

    def is_offered(self, record: Import) -> bool:
        """Return whether it is still in force."""
        return record.undone_at is None

    def foreseen_by(self, records: list[Import], editor: AbstractBaseUser) -> Preview:
        """Return what would go and come back, or what stands in the way."""
        outcomes = rehearsed(lambda: [one for record in records for one in _undone(record, editor, _foreseen)])
        return Preview(outcomes, is_possible=not any(outcome.is_refused for outcome in outcomes))

    def carry_out(self, records: list[Import], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Undo them."""
        del answers
        return [outcome for record in records for outcome in _undone(record, editor, _done)]


def _undone(record: Import, editor: Any, words: Callable[[dict[str, int]], str]) -> list[Outcome]:
    if has_hidden_changes(record.context, hidden_from_user(editor)):
        return [Outcome(record, _(UNSEEN), is_refused=True)]
    try:
        counts = undo(str(record.context), importer=Importer(editor))
    except NotUndoneError as error:
        return [Outcome(record, reason, is_refused=True) for reason in error.reasons]
    return [Outcome(record, words(counts))]


def _foreseen(counts: dict[str, int]) -> str:
    restored = ngettext("%(count)d row comes back", "%(count)d rows come back", counts["restored"])
    deleted = ngettext("%(count)d row is deleted", "%(count)d rows are deleted", counts["deleted"])
    return f"{restored % {'count': counts['restored']}}; {deleted % {'count': counts['deleted']}}"


def _done(counts: dict[str, int]) -> str:
    return _("undone: %(restored)d rows came back, %(deleted)d were deleted") % counts


@admin.register(Import)
class ImportAdmin(ReadOnly, ImportPages, VerbPages, RefusingStale, RefusingStaleActions, LargeList, admin.ModelAdmin):
    """What was imported, when and by whom."""

    verbs: ClassVar[tuple[Verb, ...]] = (Undo(), Purge())
    list_display = ("files", "editor", "made_at", "created", "changed", "unchanged", "undone_at")
    list_select_related = ("editor",)
    sorting: ClassVar[dict[str, Any]] = {"made_at": "id"}
    fields = readonly_fields = (
        *("files", "editor", "made_at", "created", "changed", "unchanged"),
        *("context", "undone_by", "undone_at"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether this curator may import."""
        return request.user.has_perm("chronicle.add_import")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list, and how it is filled."""
        return super().changelist_view(request, {"when_empty": WHEN_EMPTY, **(extra_context or {})})
