"""The pages of withhold and release: how much of a document may leave the desk."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.editions import newest_of
from chronicle.admin.verbs import Outcome, Preview, Verb, rehearsed
from chronicle.models import Event
from chronicle.publication import release, withhold
from sources.models import Document
from sources.vocabularies import Access


def access_field(*offered: Access, help_text: Any) -> forms.ChoiceField:
    """Return the choice of how much may leave the desk from now on."""
    return forms.ChoiceField(
        label=gettext_lazy("Access"),
        choices=[(access.value, access.label) for access in offered],
        widget=forms.RadioSelect,
        initial=offered[0],
        help_text=help_text,
    )


class WithholdForm(forms.Form):
    """How little may leave the desk."""

    access = access_field(
        Access.WITHHELD,
        Access.DESCRIBED,
        help_text=gettext_lazy("Both cut it out of every edition at once. Described ones need a public description."),
    )


class ReleaseForm(forms.Form):
    """How much more may leave the desk."""

    access = access_field(
        Access.OPEN,
        Access.DESCRIBED,
        help_text=gettext_lazy("From the next edition on. A public document is shown less of by withholding it."),
    )


class Withhold(Verb):
    """Cut documents out of everything that readers see."""

    name = "withhold"
    label = gettext_lazy("Withhold…")
    button = gettext_lazy("Withhold")
    explanation = gettext_lazy(
        "These documents, and all that is cited from them, leave the public side at once, older editions included. "
        "Readers are told that a source was removed today, and no more. What was cut out of an edition stays out. The "
        "editors’ notes on what they spoke of go too: look through these, the summary and the reason for the filing "
        "before you publish an event again."
    )
    permission = "chronicle.withhold"
    form = WithholdForm

    def is_offered(self, record: Document) -> bool:
        """Return whether anything of it could still leave the desk."""
        return record.access != Access.WITHHELD

    def foresee(self, records: list[Document]) -> Preview:
        """Return the events whose pages would change, and those that would be left without a citation."""
        changed = rehearsed(lambda: changed_events(withhold(records).done))
        outcomes = [Outcome(record, _("cut out of whatever readers see")) for record in records]
        return Preview(outcomes, others=changed, others_title=_("Public events that change at once"))

    def carry_out(self, records: list[Document], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Withhold them."""
        report = withhold(records, access=Access(answers["access"]), editor=editor)
        changed = "; ".join(changed_events(report.done)) or _("no public event changed")
        return [Outcome(record, f"{Access(answers['access']).label}. {changed}") for record in records]


def changed_events(numbers: Iterable[int]) -> list[str]:
    """Return in a line each what becomes of public events from which a document was cut out."""
    events = Event.objects.filter(pk__in=list(numbers)).order_by("pk")
    newest = newest_of("event", [event.pk for event in events])
    return [
        _("%(event)s: left without a citation, so it is gone for readers") % {"event": event}
        if newest[event.pk].is_tombstone
        else _("%(event)s: stays public without it") % {"event": event}
        for event in events
    ]


class Release(Verb):
    """Let more of documents leave the desk."""

    name = "release"
    label = gettext_lazy("Release…")
    button = gettext_lazy("Release")
    explanation = gettext_lazy(
        "More of these documents may leave the desk from now on. Readers see no change until the events that cite them "
        "are published again."
    )
    permission = "chronicle.withhold"
    form = ReleaseForm

    def is_offered(self, record: Document) -> bool:
        """Return whether there is more to release; one that never was public can be made a described one."""
        return record.access != Access.OPEN or not record.editions.exists()

    def foresee(self, records: list[Document]) -> Preview:
        """Return how much of each may leave the desk now."""
        return Preview([Outcome(record, _now(record)) for record in records])

    def carry_out(self, records: list[Document], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Release them; nobody signs that, since readers see nothing of it."""
        del editor
        release(records, access=Access(answers["access"]))
        return [Outcome(record, Access(answers["access"]).label) for record in records]


def _now(document: Document) -> str:
    return _("now %(access)s") % {"access": document.get_access_display()}
