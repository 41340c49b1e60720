"""Review: an event is proposed, looked at beside what readers see, and published or returned."""

from typing import Any

from django import forms
from django.contrib.admin.options import ModelAdmin
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.publishing import NoteForm, Publish
from chronicle.admin.verbs import Outcome, Preview, Verb
from chronicle.curators import PUBLISH
from chronicle.editions.foreseen import foreseen
from chronicle.models import Event
from chronicle.models.team import LONGEST_REMARK
from chronicle.proposals import propose, send_back, take_back
from chronicle.publication import Report
from chronicle.vocabularies import RemarkKind, WorkState
from sources.admin.stale.positions import positions
from sources.admin.stale.selection import selection_token
from sources.validators import validate_plain_text


def words_field(label: Any, help_text: Any, *, required: bool) -> forms.CharField:
    """Return the field for what is said along with a step of the work."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_REMARK,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class ProposalForm(forms.Form):
    """What is said to whoever reviews."""

    words = words_field(
        gettext_lazy("Remark"),
        gettext_lazy("For whoever looks at it: The second figure is from a new document; @anna knows it. Private."),
        required=False,
    )


class ReturnForm(forms.Form):
    """What is still to do."""

    words = words_field(
        gettext_lazy("What is still to do"),
        gettext_lazy("Whoever handed it in finds it on the first page: Citation 3 needs its page. Private."),
        required=True,
    )


class Step(Verb):
    """A step of the work: it changes the state of work and nothing else."""

    from_states: tuple[str, ...]
    done: Any

    def is_offered(self, record: Event) -> bool:
        """Return whether the event is where the step begins."""
        return record.state in self.from_states

    def take(self, records: list[Event], words: str, user: Any) -> Report:
        """Take it."""
        raise NotImplementedError

    def foresee(self, records: list[Event]) -> Preview:
        """Return which of them it moves."""
        outcomes = [
            Outcome(record, self.done)
            if self.is_offered(record)
            else Outcome(record, _("not moved: %(state)s") % {"state": record.get_state_display()}, is_refused=True)
            for record in records
        ]
        return Preview(outcomes, is_possible=any(not each.is_refused for each in outcomes))

    def carry_out(self, records: list[Event], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Take it; what somebody else moved meanwhile is refused."""
        report = self.take(records, answers.get("words", ""), editor)
        reasons = {refused.subject.pk: refused.reason for refused in report.refused}
        return [
            Outcome(record, reasons.get(record.pk, self.done), is_refused=record.pk in reasons) for record in records
        ]


class Propose(Step):
    """Hand drafts in."""

    name = "propose"
    label = gettext_lazy("Propose…")
    button = gettext_lazy("Propose")
    explanation = gettext_lazy("An editor looks at it, then publishes or returns it. You can take it back until then.")
    permission = "chronicle.change_event"
    form = ProposalForm
    from_states = (WorkState.DRAFT,)
    done = gettext_lazy("in review")

    def take(self, records: list[Event], words: str, user: Any) -> Report:
        """Hand them in."""
        return propose(records, by=user, words=words)


class TakeBack(Step):
    """Make drafts again of what was handed in."""

    name = "take-back"
    label = gettext_lazy("Take back…")
    button = gettext_lazy("Take back")
    explanation = gettext_lazy("It is a draft again, and no editor waits for it.")
    permission = "chronicle.change_event"
    from_states = (WorkState.IN_REVIEW,)
    done = gettext_lazy("a draft again")

    def take(self, records: list[Event], words: str, user: Any) -> Report:  # noqa: ARG002 - nothing is said
        """Take them back."""
        return take_back(records, by=user)


class SendBack(Step):
    """Return what was handed in."""

    name = "send-back"
    label = gettext_lazy("Return…")
    button = gettext_lazy("Return")
    explanation = gettext_lazy("It is a draft again; whoever handed it in is told what is still to do.")
    permission = PUBLISH
    form = ReturnForm
    from_states = (WorkState.IN_REVIEW, WorkState.READY)
    done = gettext_lazy("returned, a draft again")

    def take(self, records: list[Event], words: str, user: Any) -> Report:
        """Return them."""
        return send_back(records, by=user, words=words)


class Reviewing(ModelAdmin):
    """Shows an event beside what readers see of it; from there an editor publishes or returns it.

    Both are forms of the verbs' own pages, which carry what was shown: what changed meanwhile is refused there.
    """

    def get_urls(self) -> list[URLPattern]:
        """Return the address of this page, before all that could be the number of an event."""
        page = self.admin_site.admin_view(self.review_view)
        return [path("<path:object_id>/review/", page, name="chronicle_event_review"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Show the form with a way to the review."""
        event = context.get("original")
        context["review_url"] = reverse("admin:chronicle_event_review", args=[event.pk]) if event else ""
        return super().render_change_form(request, context, *args, **options)

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what publishing would change for readers, and what was said."""
        event = self.get_object(request, object_id)
        if not self.has_change_permission(request, event):
            raise PermissionDenied
        if event is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        parts = self.parts(request)
        shown = selection_token(parts, positions(parts, [event.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Review of %(event)s") % {"event": event},
            "original": event,
            "foreseen": foreseen(event),
            "remarks": list(_said(event)),
            "shown": shown,
            "back": reverse("admin:chronicle_event_change", args=[event.pk]),
            "steps": self._steps(request, event),
        }
        return TemplateResponse(request, "admin/chronicle/review.html", context)

    def _steps(self, request: HttpRequest, event: Event) -> list[dict[str, Any]]:
        """Return the forms that lead on: publish and return, for those who may, where they do something."""
        if not request.user.has_perm(PUBLISH):
            return []
        verbs = [(Publish(), NoteForm(auto_id="publish_%s")), (SendBack(), ReturnForm(auto_id="return_%s"))]
        previews = [(verb, form, verb.foreseen_by([event], request.user)) for verb, form in verbs]
        return [
            {"verb": verb, "form": form, "preview": preview, "url": reverse(f"admin:chronicle_event_{verb.name}")}
            for verb, form, preview in previews
            if preview.is_possible
        ]


def _said(event: Event) -> Any:
    """Return the last remarks that went along with steps of the work."""
    kinds = (RemarkKind.HANDED_IN, RemarkKind.RETURNED)
    return event.remarks.filter(kind__in=kinds).select_related("author").order_by("-pk")[:MOST_SAID]


MOST_SAID = 5
