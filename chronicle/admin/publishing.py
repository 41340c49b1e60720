"""The pages of publish and withdraw, and of publishing what changed of references."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.editions import contents_since, in_a_line, made_since, newest_number, newest_of
from chronicle.admin.verbs import Outcome, Preview, Verb, rehearsed
from chronicle.curators import PUBLISH
from chronicle.models import Edition, Event
from chronicle.publication import Note, Report, privately_because, publish, publish_references, withdraw
from chronicle.vocabularies import NoteKind
from sources.models.record import Record
from sources.validators import validate_plain_text

OFFERED_KINDS = (NoteKind.NEW_SOURCE, NoteKind.CORRECTION, NoteKind.WORDING)


class NoteForm(forms.Form):
    """What readers are told of a new edition, and what colleagues are told of its reasons."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of note"),
        choices=[(kind.value, kind.label) for kind in OFFERED_KINDS],
        help_text=gettext_lazy("Why there is a new edition. A first edition is always noted as such. Public."),
    )
    words = forms.CharField(
        label=gettext_lazy("Note to readers"),
        required=False,
        max_length=2000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What changed, in a sentence: The figure on page 12 is a slip of ours. Public."),
    )
    private_reason = forms.CharField(
        label=gettext_lazy("Private reason"),
        required=False,
        max_length=2000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Why now, and why so, for colleagues: The ministry confirmed the page by letter. It stands in the history. "
            "Private: never published."
        ),
    )


class ReasonForm(forms.Form):
    """What readers are told instead of the page."""

    reason = forms.CharField(
        label=gettext_lazy("Public reason"),
        max_length=2000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers see it with today’s date: Two events were taken for one. Public."),
    )


class Publish(Verb):
    """Publish events as they are at the desk."""

    name = "publish"
    label = gettext_lazy("Publish…")
    button = gettext_lazy("Publish")
    explanation = gettext_lazy("Readers will see these events as they are at the desk now.")
    permission = PUBLISH
    form = NoteForm

    def foreseen_by(self, records: list[Event], editor: AbstractBaseUser) -> Preview:
        """Return the editions that would be made: of the events, and of what they need that is new or changed."""
        report, editions, contents = rehearsed(lambda: _published(records, editor))
        others = [in_a_line(edition) for edition in editions if not edition.event_id]
        return Preview(
            _outcomes(records, report, {edition.event_id: edition for edition in editions if edition.event_id}),
            others=others,
            others_title=_("New editions that go out with them"),
            is_possible=bool(report.done),
            contents=contents,
        )

    def carry_out(self, records: list[Event], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Publish them."""
        note = Note(kind=answers["kind"], words=answers["words"])
        with privately_because(answers["private_reason"]):
            report = publish(records, editor=editor, note=note)
        return _outcomes(records, report, newest_of("event", list(report.done)))


def _published(records: list[Event], editor: AbstractBaseUser) -> tuple[Report, list[Edition], str]:
    before = newest_number()
    return publish(records, editor=editor), made_since(before, editor), contents_since(before)


def _outcomes(records: list[Event], report: Report, editions: dict[int, Edition]) -> list[Outcome]:
    reasons = {refused.subject.pk: refused.reason for refused in report.refused}
    return [
        Outcome(record, reasons[record.pk], is_refused=True)
        if record.pk in reasons
        else Outcome(record, _edition_words(editions.get(record.pk)))
        for record in records
    ]


def _edition_words(edition: Edition | None) -> str:
    if edition is None:
        return _("unchanged since its newest edition: it gets no new one")
    if edition.number == 1:
        return _("first edition")
    return _("new edition, number %(number)d") % {"number": edition.number}


class Withdraw(Verb):
    """Take events off the public side."""

    name = "withdraw"
    label = gettext_lazy("Withdraw…")
    button = gettext_lazy("Withdraw")
    explanation = gettext_lazy(
        "The pages of these events and of all their editions will answer that they are gone, with the day and your "
        "reason. The desk keeps them: they can be published again."
    )
    permission = PUBLISH
    form = ReasonForm

    def is_offered(self, record: Event) -> bool:
        """Return whether readers see it."""
        return getattr(record, "is_gone", None) is False

    def foresee(self, records: list[Event]) -> Preview:
        """Return which of them are public."""
        report = rehearsed(lambda: withdraw(records, note=Note(words="-")))
        return Preview(_withdrawn(records, report), is_possible=bool(report.done))

    def carry_out(self, records: list[Event], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Withdraw them."""
        note = Note(kind=NoteKind.TAKEDOWN, words=answers["reason"])
        return _withdrawn(records, withdraw(records, editor=editor, note=note))


def _withdrawn(records: list[Event], report: Report) -> list[Outcome]:
    done = set(report.done)
    return [
        Outcome(record, _("withdrawn from readers"))
        if record.pk in done
        else Outcome(record, _("not public: there is nothing to withdraw"), is_refused=True)
        for record in records
    ]


class PublishChanges(Verb):
    """Publish what changed of references that are public already: a name, a basis, a position."""

    name = "publish-changes"
    label = gettext_lazy("Publish changes…")
    button = gettext_lazy("Publish changes")
    explanation = gettext_lazy("Every public page that shows these will show them as they are at the desk now.")
    permission = PUBLISH
    form = NoteForm

    def __init__(self, subject: str) -> None:
        self.subject = subject

    def foreseen_by(self, records: list[Record], editor: AbstractBaseUser) -> Preview:
        """Return the editions that would be made: of these, and of what they need that is new or changed."""
        editions, contents = rehearsed(lambda: self._made(records, editor))
        outcomes = self._outcomes(records, editions)
        return Preview(
            outcomes,
            others=[in_a_line(edition) for edition in editions if not self._is_of(edition, records)],
            others_title=_("New editions that go out with them"),
            is_possible=bool(editions),
            contents=contents,
        )

    def carry_out(self, records: list[Record], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Publish them."""
        note = Note(kind=answers["kind"], words=answers["words"])
        with privately_because(answers["private_reason"]):
            editions, _contents = self._made(records, editor, note)
        return self._outcomes(records, editions)

    def _made(
        self, records: list[Record], editor: AbstractBaseUser, note: Note | None = None
    ) -> tuple[list[Edition], str]:
        before = newest_number()
        publish_references(self.subject, records, editor=editor, note=note)
        return made_since(before, editor), contents_since(before)

    def _is_of(self, edition: Edition, records: list[Record]) -> bool:
        return getattr(edition, f"{self.subject}_id") in {record.pk for record in records}

    def _outcomes(self, records: list[Record], editions: list[Edition]) -> list[Outcome]:
        made = {getattr(edition, f"{self.subject}_id"): edition for edition in editions}
        public = type(records[0]).objects.using("published").in_bulk([record.pk for record in records])
        return [
            Outcome(record, _edition_words(made.get(record.pk)))
            if record.pk in public or record.pk in made
            else Outcome(record, NOT_PUBLIC, is_refused=True)
            for record in records
        ]


NOT_PUBLIC = gettext_lazy("not public: it goes out with the first event that needs it; publish that event")
