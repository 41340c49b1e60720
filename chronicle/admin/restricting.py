"""The page that says which groups of curators may see a document; for all others it is as if it were not there."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser, Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.verbs import Outcome, Preview, Verb, rehearsed
from chronicle.admin.withholding import changed_events
from chronicle.models import Restriction
from chronicle.publication import withhold
from chronicle.secrecy import restrict
from sources.models import Document
from sources.vocabularies import Access

EVERYBODY, GROUPS = "everybody", "groups"


class RestrictForm(forms.Form):
    """Who sees documents at the desk. `editor` is who decides it, and goes on seeing them."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who sees them at the desk"),
        choices=[(GROUPS, gettext_lazy("only the groups marked below")), (EVERYBODY, gettext_lazy("everybody"))],
        widget=forms.RadioSelect,
        initial=GROUPS,
        help_text=gettext_lazy("Everybody else finds neither the document nor what is cited from it. Private."),
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        required=False,
        label=gettext_lazy("Groups"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Those who may see them, one that you are in among them. Administrators make groups."),
    )

    def __init__(self, *args: Any, editor: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.editor = editor
        self.fields["groups"].queryset = Group.objects.order_by("name")

    def clean(self) -> dict[str, Any]:
        """Refuse what would leave nobody, or not the editor, to see them."""
        answers: dict[str, Any] = super().clean() or {}
        if "groups" not in answers or answers.get("who") != GROUPS:
            return answers
        if not answers["groups"]:
            self.add_error("groups", _("Groups: mark at least one, or choose “everybody”."))
        elif not (self.editor.is_superuser or answers["groups"].filter(user=self.editor).exists()):
            self.add_error("groups", _("Groups: mark one that you are in; else you could not see them any more."))
        return answers


class Restrict(Verb):
    """Let only some groups of curators see documents."""

    name = "restrict"
    label = gettext_lazy("Restrict…")
    button = gettext_lazy("Restrict")
    explanation = gettext_lazy(
        "Only the groups that you mark will see these documents, their files and texts, and what is cited from them. "
        "What is open to readers is withheld from them first, older editions included. Opening documents to everybody "
        "at the desk again shows readers nothing: that is for Release."
    )
    permission = "chronicle.change_restriction"

    def asking(self, data: Any, editor: AbstractBaseUser) -> forms.Form:
        """Return the form, which knows who fills it in."""
        return RestrictForm(data, editor=editor)

    def foresee(self, records: list[Document]) -> Preview:
        """Return who sees each now, here and on the public side, and what readers would lose."""
        still_open = [record for record in records if record.access == Access.OPEN]
        changed = rehearsed(lambda: changed_events(withhold(still_open).done)) if still_open else []
        outcomes = [Outcome(record, _now(record)) for record in records]
        return Preview(outcomes, others=changed, others_title=_("Public events that change at once, if restricted"))

    def carry_out(self, records: list[Document], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Restrict them, or open them to everybody at the desk."""
        groups = list(answers["groups"]) if answers["who"] == GROUPS else []
        for record in records:
            restrict(record, groups, editor=editor)
        return [Outcome(record, seen_by(group.name for group in groups)) for record in records]


def with_groups(documents: QuerySet) -> QuerySet:
    """Add the names of the groups that documents are restricted to."""
    groups = Restriction.objects.filter(document=OuterRef("pk")).order_by("group__name")
    return documents.annotate(restricted_to=ArraySubquery(groups.values("group__name")))


def seen_by(groups: Iterable[str]) -> str:
    """Return in words who sees a document at the desk."""
    names = ", ".join(groups)
    return _("at the desk for %(groups)s only") % {"groups": names} if names else _("for everybody at the desk")


def _now(document: Any) -> str:
    words = {"who": seen_by(document.restricted_to), "access": document.get_access_display()}
    return _("now %(who)s; readers: %(access)s") % words
