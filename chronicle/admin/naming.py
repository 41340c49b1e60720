"""The page of “name to readers”: how readers see the names of victims, witnesses and other persons at risk."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.verbs import Outcome, Preview, Verb
from chronicle.publication import name_agents
from sources.models import Agent
from sources.vocabularies import NameShown


class NameForm(forms.Form):
    """How readers see the name from now on."""

    name_shown = forms.ChoiceField(
        label=gettext_lazy("Name to readers"),
        choices=[(shown.value, shown.label) for shown in (NameShown.INITIALS, NameShown.WITHHELD, NameShown.FULL)],
        widget=forms.RadioSelect,
        initial=NameShown.INITIALS,
        help_text=gettext_lazy(
            "Initials, or N. N. for none, take the place of the name at once, in every edition; the full name comes "
            "back when the agent is published again."
        ),
    )


class NameToReaders(Verb):
    """Hide or show the names of persons at risk."""

    name = "naming"
    label = gettext_lazy("Name to readers…")
    button = gettext_lazy("Apply")
    explanation = gettext_lazy(
        "The name, its spellings in other languages and the address with the name in it leave the public side, older "
        "editions included. What is written in words stays as it is: look through titles, summaries, statements, "
        "quotations and the basis, and publish anew what names the person."
    )
    permission = "chronicle.withhold"
    form = NameForm

    def foresee(self, records: list[Agent]) -> Preview:
        """Return how readers see each name now."""
        return Preview(
            [Outcome(agent, _("now %(shown)s") % {"shown": agent.get_name_shown_display()}) for agent in records]
        )

    def carry_out(self, records: list[Agent], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Hide or show them; the history says who did it."""
        del editor
        shown = NameShown(answers["name_shown"])
        name_agents(records, shown=shown)
        return [Outcome(agent, str(shown.label)) for agent in records]
