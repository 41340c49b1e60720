"""The page of a record's remarks, in whose hands it is, and the verb that puts many into somebody's."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.admin.remark_words import told
from chronicle.admin.verbs import Outcome, Preview, Verb
from chronicle.models import Assignment
from chronicle.models.team import LONGEST_REMARK
from chronicle.reviews import revisions
from chronicle.team import assign, column_of, remark, reopen, resolve, review
from sources.models.record import Record
from sources.validators import validate_plain_text

MOST_SHOWN = 200
"""How many remarks a page shows, the newest."""


def curators() -> QuerySet:
    """Return those who can work at the desk."""
    accounts = get_user_model()._default_manager  # noqa: SLF001 - Django documents it
    return accounts.filter(is_active=True, is_staff=True).order_by("username")


class RemarkForm(forms.Form):
    """What a curator says."""

    words = forms.CharField(
        label=gettext_lazy("Remark"),
        max_length=LONGEST_REMARK,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Plain text, for curators alone: never public. E147, C1187, D12 and L5 become links; @name shows it to "
            "that curator on the first page."
        ),
    )


class HandsForm(forms.Form):
    """In whose hands something is."""

    curator = forms.ModelChoiceField(
        curators(),
        required=False,
        label=gettext_lazy("Assigned to"),
        empty_label=gettext_lazy("nobody"),
        help_text=gettext_lazy("Who works on it. Others may go on changing it. Private."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["curator"].queryset = curators()


class Assign(Verb):
    """Put records into a curator's hands."""

    name = "assign"
    label = gettext_lazy("Assign…")
    button = gettext_lazy("Assign")
    explanation = gettext_lazy(
        "These go into one curator’s hands, or into nobody’s. Nobody is kept from working on them."
    )
    permission = "chronicle.add_assignment"
    form = HandsForm

    def is_offered(self, record: Record) -> bool:  # noqa: ARG002 - Django's signature
        """Leave it to the page of remarks, which each record has."""
        return False

    def foresee(self, records: list[Record]) -> Preview:
        """Return in whose hands they are now."""
        column = column_of(records[0])
        held = Assignment.objects.filter(**{f"{column}__in": records}).select_related("curator")
        now = {getattr(each, f"{column}_id"): each.curator for each in held}
        return Preview([Outcome(record, _hands(now.get(record.pk))) for record in records])

    def carry_out(self, records: list[Record], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Assign them."""
        del editor
        assign(records, answers["curator"])
        return [Outcome(record, _hands(answers["curator"])) for record in records]


def _hands(curator: Any) -> str:
    return _("in the hands of %(name)s") % {"name": curator} if curator else _("in nobody’s hands")


class WorkedOnTogether(ModelAdmin):
    """Gives a record a page of remarks; its form says how many are open, and in whose hands it is."""

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, that of the remarks among them."""
        page = self.admin_site.admin_view(self.remarks_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_remarks"
        return [path("<path:object_id>/remarks/", page, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Show the form with the way to the remarks."""
        record = context.get("original")
        if record:
            still_open = record.remarks.filter(resolved_at=None)[: MOST_SHOWN + 1].count()
            held = record.assignments.select_related("curator").first()
            context["team"] = {"url": self._remarks_url(record), "open": still_open, "held": held}
        return super().render_change_form(request, context, *args, **options)

    def _remarks_url(self, record: Record) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_remarks", args=[record.pk])

    def remarks_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what was said of a record; say something, settle it, look the record through, or put it into hands."""
        record = self.get_object(request, object_id)
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        form = RemarkForm()
        if request.method == "POST":
            form = RemarkForm(request.POST if {"say", "review"} & set(request.POST) else None)
            if self._done(request, record, form):
                return HttpResponseRedirect(self._remarks_url(record))
        return TemplateResponse(request, "admin/chronicle/remarks.html", self._remarks_page(request, record, form))

    def _done(self, request: HttpRequest, record: Record, form: RemarkForm) -> bool:
        """Do what was asked for, if it may be and can be."""
        asked = next((name for name in DEEDS if name in request.POST), None)
        if asked is None:
            return False
        permission, deed = DEEDS[asked]
        if not request.user.has_perm(permission):
            raise PermissionDenied
        try:
            words = deed(request, record, form)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return False
        if words:
            self.message_user(request, words, messages.SUCCESS)
        return bool(words)

    def _remarks_page(self, request: HttpRequest, record: Record, form: RemarkForm) -> dict[str, Any]:
        newest = record.remarks.select_related("author", "resolved_by").order_by("-pk")[: MOST_SHOWN + 1]
        remarks = list(reversed(newest[:MOST_SHOWN]))
        held = record.assignments.select_related("curator").first()
        number = revisions(column_of(record), [record.pk])[record.pk]
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "title": _("Remarks on %(record)s") % {"record": record},
            "change_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk]),
            "remarks": [
                (each, words, each.revision == number)
                for each, words in zip(remarks, told(remarks, request), strict=True)
            ],
            "has_more": len(newest) > MOST_SHOWN,
            "form": form,
            "hands": HandsForm(initial={"curator": held.curator_id if held else None}),
            "may_remark": request.user.has_perm("chronicle.add_remark"),
            "may_resolve": request.user.has_perm("chronicle.change_remark"),
            "may_assign": request.user.has_perm("chronicle.add_assignment"),
        }


Deed = Callable[[HttpRequest, Record, RemarkForm], str]


def _say(request: HttpRequest, record: Record, form: RemarkForm) -> str:
    if not form.is_valid():
        return ""
    remark(record, form.cleaned_data["words"], author=request.user)
    return _("Your remark stands below.")


def _review(request: HttpRequest, record: Record, form: RemarkForm) -> str:
    form.fields["words"].required = False
    if not form.is_valid():
        return ""
    review(record, form.cleaned_data["words"], by=request.user)
    return _("It is on record that you looked this state through.")


def _resolve(request: HttpRequest, record: Record, form: RemarkForm) -> str:  # noqa: ARG001 - the same for all deeds
    is_done = resolve(_own(request, record, "resolve"), by=request.user)
    return _("The remark is settled.") if is_done else ""


def _reopen(request: HttpRequest, record: Record, form: RemarkForm) -> str:  # noqa: ARG001 - the same for all deeds
    is_done = reopen(_own(request, record, "reopen"))
    return _("The remark is open again.") if is_done else ""


def _own(request: HttpRequest, record: Record, name: str) -> list[int]:
    """Return the remark that was named, if it is one on this record."""
    number = request.POST[name]
    is_number = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    return list(record.remarks.filter(pk=int(number)).values_list("pk", flat=True)) if is_number else []


LONGEST_NUMBER = 18  # digits that surely fit a number of the database


def _assign(request: HttpRequest, record: Record, form: RemarkForm) -> str:  # noqa: ARG001 - the same for all deeds
    hands = HandsForm(request.POST)
    if not hands.is_valid():
        raise ValidationError(_("Assigned to: choose one of the curators who can open the desk, or nobody."))
    assign([record], hands.cleaned_data["curator"])
    return _hands(hands.cleaned_data["curator"]).capitalize() + "."


DEEDS: dict[str, tuple[str, Deed]] = {
    "say": ("chronicle.add_remark", _say),
    "review": ("chronicle.add_remark", _review),
    "resolve": ("chronicle.change_remark", _resolve),
    "reopen": ("chronicle.change_remark", _reopen),
    "assign": ("chronicle.add_assignment", _assign),
}
"""What the buttons of the page do, by their names, and what one must be allowed to."""
