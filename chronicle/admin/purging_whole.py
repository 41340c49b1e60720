"""The page that purges a whole record: it says what leans on it, or takes it away for good."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.editions import UNSEEN
from chronicle.admin.for_good import reason_field, sure_field
from chronicle.admin.verbs import Outcome, Preview, Verb
from chronicle.curators import PUBLISH
from chronicle.purging_whole import purge_whole, refusal, without_words
from chronicle.secrecy import has_hidden, hidden_from_user
from sources.models.record import MergeableRecord


class PurgeWholeForm(forms.Form):
    """Why, and that it is meant."""

    reason = reason_field(
        gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "Without its words: such as order of a court of 3 May 2026. It stays at the desk. Private."
        ),
        missing=gettext_lazy("Reason: say why; it is all that will tell what became of it."),
    )
    is_sure = sure_field(
        gettext_lazy("All of it is to be gone for good"),
        help_text=gettext_lazy("Nobody can bring it back, neither you nor an operator."),
        missing=gettext_lazy("All of it is to be gone for good: mark it, or cancel."),
    )


class PurgeWhole(Verb):
    """Take whole records away for good."""

    name = "purge-whole"
    label = gettext_lazy("Purge whole…")
    button = gettext_lazy("Purge whole")
    explanation = gettext_lazy(
        "For what should never have been here. The record goes with all its rows, remarks, files and texts: from the "
        "desk, the history, every edition, and at once from readers. What stays is its number, when it was purged, by "
        "whom and why. What leans on it does not go along: settle that first. Backups and releases are the operator’s."
    )
    permission = PUBLISH
    form = PurgeWholeForm
    takes_away = True

    def foreseen_by(self, records: list[MergeableRecord], editor: AbstractBaseUser) -> Preview:
        """Return that they go, or what stands in the way."""
        outcomes = [self._foreseen(record, editor) for record in records]
        return Preview(outcomes, is_possible=not all(outcome.is_refused for outcome in outcomes))

    def carry_out(
        self, records: list[MergeableRecord], answers: dict[str, Any], editor: AbstractBaseUser
    ) -> list[Outcome]:
        """Purge those on which nothing leans; each is told by its number."""
        return [self._purged(record, answers["reason"], editor) for record in records]

    def _foreseen(self, record: MergeableRecord, editor: AbstractBaseUser) -> Outcome:
        words = _(UNSEEN) if has_hidden([record], hidden_from_user(editor)) else refusal(record)
        return Outcome(record, words or _("goes for good, with all that was ever said in it"), is_refused=bool(words))

    def _purged(self, record: MergeableRecord, reason: str, editor: AbstractBaseUser) -> Outcome:
        foreseen = self._foreseen(record, editor)
        if foreseen.is_refused:
            return foreseen
        purge_whole(record, reason=reason, by=editor)
        return Outcome(without_words(record), _("gone for good"))
