"""The page that erases words for good: out of a record, its rows, its history, its editions and what readers see."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chronicle.admin.for_good import reason_field, sure_field
from chronicle.admin.verbs import Outcome, Preview, Verb
from chronicle.curators import PUBLISH
from chronicle.purging import SHORTEST, purge
from sources.models.record import Record
from sources.validators import validate_plain_text


class PurgeForm(forms.Form):
    """Which words, why, and that it is meant."""

    words = forms.CharField(
        label=gettext_lazy("Words that must go"),
        min_length=SHORTEST,
        max_length=500,
        validators=[validate_plain_text],
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Such as the name of a witness. Every field that holds them, or ever did, is erased whole. They are not "
            "kept."
        ),
        error_messages={"required": gettext_lazy("Words that must go: write those that nobody may read any more.")},
    )
    reason = reason_field(
        gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "Without the words: such as order of a court of 3 May 2026. It stays at the desk. Private."
        ),
        missing=gettext_lazy("Reason: say why; it is all that will tell what became of them."),
    )
    is_sure = sure_field(
        gettext_lazy("They are to be gone for good"),
        help_text=gettext_lazy("Nobody can bring them back, neither you nor an operator."),
        missing=gettext_lazy("They are to be gone for good: mark it, or cancel."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a reason that would keep the words."""
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("words", "").casefold() in answers.get("reason", "").casefold() and "words" in answers:
            self.add_error("reason", _("Reason: it repeats the words, and is kept; say why without them."))
        return answers


class Purge(Verb):
    """Erase words from records for good."""

    name = "purge"
    label = gettext_lazy("Purge words…")
    button = gettext_lazy("Purge")
    explanation = gettext_lazy(
        "Every field of these records and of their rows that holds the words, or ever held them, is erased: at the "
        "desk, in the history, in all editions, and at once for readers. A field that may not be empty says “removed” "
        "instead. So are remarks on them, notes to readers and the reasons of their changes. What stays is that a "
        "field was purged, when, by whom and why. Other records are not searched, nor files and their texts: purge "
        "those too. Backups and releases are the operator’s."
    )
    permission = PUBLISH
    form = PurgeForm

    def foresee(self, records: list[Record]) -> Preview:
        """Return that it depends on the words, which are not known yet."""
        return Preview([Outcome(record, _("every field that ever held the words is erased")) for record in records])

    def carry_out(self, records: list[Record], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Purge them; each record is told by the name that is left to it."""
        return [self._purged(record, answers, editor) for record in records]

    def _purged(self, record: Record, answers: dict[str, Any], editor: AbstractBaseUser) -> Outcome:
        found = purge(record, words=answers["words"], reason=answers["reason"], by=editor)
        record.refresh_from_db()
        if not found:
            return Outcome(record, _("no field holds these words, or ever did"), is_refused=True)
        return Outcome(
            record, ngettext("%(number)s field erased", "%(number)s fields erased", len(found)) % {"number": len(found)}
        )
