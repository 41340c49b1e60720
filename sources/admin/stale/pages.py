"""What the form of a record does so that no stale save overwrites anything in silence."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sources.admin.seeing import seen
from sources.admin.stale.authors import Authors
from sources.admin.stale.positions import (
    NoTokenError,
    Part,
    Position,
    lock,
    opened,
    packed,
    positions,
    sealed,
    unpacked,
)
from sources.admin.stale.typed import Side, rewritten, typed_rows
from sources.admin.stale.unchecked import unchecked_form, unchecked_formset
from sources.admin.stale.weighing import Known, Sheet, Weighing
from sources.admin.stale.wording import Wording

TOKEN = "seen"  # noqa: S105 - the name of a field of the form


class RefusingStale:
    """Mixin for the admin of records whose history is kept: a save is compared with what its form showed."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the form with its token; save what comes back only over what it showed, or over what is decided."""
        number = self.number_of(object_id)
        if number is None or "_saveasnew" in request.POST or not self.has_change_permission(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method != "POST":
            found = positions(self.parts(request), [number])
            request.token = self._token(number, found.get(number, {}))
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            conflict = self._looked_at(request, number)
            if conflict.get("is_gone"):
                object_id, form_url = None, reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
            response = super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **conflict})
        if conflict:
            response.status_code = CONFLICT
        return response

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        """Put the token into the form."""
        context[TOKEN] = getattr(request, "token", "")
        return super().render_change_form(request, context, *args, **options)

    def get_form(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Return the form; on the page of a conflict, one that shows what was typed and checks nothing of it yet."""
        form = super().get_form(request, *args, **options)
        return unchecked_form(form) if getattr(request, "is_conflict", False) else form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Iterator[tuple[Any, Any]]:
        """Return the rows of the form, in the same way."""
        is_conflict = getattr(request, "is_conflict", False)
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            yield unchecked_formset(formset) if is_conflict else formset, inline

    def number_of(self, object_id: str | None) -> int | None:
        """Return the number in an address, if it is one."""
        try:
            return None if object_id is None else self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return None

    def parts(self, request: HttpRequest) -> list[Part]:
        """Return the tables whose rows the form edits, the record's own first."""
        own = Part("", self.model, seen=partial(seen, self.admin_site, request))
        return [own, *(part for part, _inline in self._inlines(request))]

    def _inlines(self, request: HttpRequest) -> Iterator[tuple[Part, Any]]:
        for inline in self.get_inline_instances(request):
            if hasattr(inline.model, "pgh_event_model") and inline.has_change_permission(request, None):
                link = _link(self.model, inline)
                name = link.remote_field.get_accessor_name()
                rows = partial(seen, self.admin_site, request)
                yield Part(name, inline.model, link.name, inline.verbose_name, rows), inline

    def _token(self, number: int, seen: Position, asked: dict[str, int] | None = None) -> str:
        return sealed(self._kind(number), {"seen": packed(seen), "open": asked or {}})

    def _kind(self, number: int) -> str:
        return f"{self.opts.label_lower}.{number}"

    def _known(self, request: HttpRequest, number: int) -> Known | None:
        try:
            content = opened(self._kind(number), request.POST.get(TOKEN))
        except NoTokenError:
            return None
        return Known(unpacked(content["seen"]), content["open"])

    def _looked_at(self, request: HttpRequest, number: int) -> dict[str, Any]:
        """Lock the record and compare; return what the page of a conflict needs, nothing if there is none.

        What was sent is brought in line with what stands there now: a form is made of it either way.
        """
        parts = self.parts(request)
        lock(parts, [number])
        now = positions(parts, [number]).get(number)
        if now is None:
            return self._gone(request, number)
        known = self._known(request, number)
        request.token = self._token(number, now)
        if known and known.seen == now and not known.open:
            return {}
        record = self.get_object(request, str(number))
        weighing = Weighing(list(self._sheets(request, record)), known or Known({}), now, request.POST)
        request.POST = weighing.agreed()
        if known and weighing.is_settled:
            return {}
        request.token = self._token(number, now, weighing.open)
        request.is_conflict = True
        words = UNKNOWN if known is None else TO_DECIDE if weighing.conflicts else TO_CONFIRM
        wording = Wording(weighing.entries, request.user)
        return {"conflict": {"words": _(words), "groups": wording.groups(), "savings": wording.savings()}}

    def _gone(self, request: HttpRequest, number: int) -> dict[str, Any]:
        """Turn the form of a record that is deleted into one that adds it again; nothing where there never was one."""
        revisions = Part("", self.model).revisions.filter(pgh_obj=number).select_related("pgh_context")
        revision = seen(self.admin_site, request, revisions).last()
        if revision is None or not self.has_add_permission(request):
            return {}
        data = request.POST.copy()
        for part, _inline in self._inlines(request):
            rows = [row for row in typed_rows(data, part.prefix, part.model) if not row.is_removed]
            own = {part.model._meta.pk.name, part.link}  # noqa: SLF001 - Django documents _meta
            sent = [{name: values for name, values in row.sent.items() if name not in own} for row in rows]
            rewritten(data, part.prefix, [], sent)
        request.POST = data
        request.is_conflict = True
        savings = [Authors([revision], request.user).line(revision)]
        return {"is_gone": True, "conflict": {"words": _(DELETED), "savings": savings}}

    def _sheets(self, request: HttpRequest, record: models.Model) -> Iterator[Sheet]:
        """Return the forms of the record and of its rows as they stand now."""
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        form = self.get_form(request, record, change=True, fields=fields)
        columns = {column.name for column in self.opts.concrete_fields}
        shown = tuple(name for name in self.get_readonly_fields(request, record) if name in columns)
        number = record.pk
        yield Sheet(
            Part("", self.model),
            {number: Side(form(instance=record), shown=shown)},
            lambda row: Side(form(instance=row), shown=shown),
        )
        parts = {inline.model: part for part, inline in self._inlines(request)}
        for formset_class, inline in self.get_formsets_with_inlines(request, record):
            if inline.model in parts:
                part = parts[inline.model]
                formset = formset_class(
                    instance=record, prefix=part.prefix, queryset=inline.get_queryset(request), auto_id=False
                )
                yield _sheet(part, formset)


def _sheet(part: Part, formset: Any) -> Sheet:
    def make(row: models.Model) -> Side:
        return Side(formset.form(instance=row, **formset.get_form_kwargs(None)), link=part.link)

    return Sheet(part, {form.instance.pk: Side(form, link=part.link) for form in formset.initial_forms}, make)


def _link(record: type[models.Model], inline: Any) -> Any:
    """Return the column by which an inline's rows hang on their record."""
    columns = (column for column in inline.model._meta.concrete_fields if column.related_model is record)  # noqa: SLF001 - Django documents _meta
    return next(column for column in columns if inline.fk_name in (None, column.name))


CONFLICT = 409
TO_DECIDE = gettext_noop(
    "Others saved this record while you had it open. All that you typed is still here. Decide what you both changed, "
    "then save again."
)
TO_CONFIRM = gettext_noop(
    "Others saved this record while you had it open. All that you typed is still here, and what they changed is put in "
    "beside it. Look at it, then save again."
)
UNKNOWN = gettext_noop(
    "The form did not say what it showed, so that it cannot be told whether others changed something since. All that "
    "you typed is still here. Decide where it differs, then save again."
)
DELETED = gettext_noop(
    "This record was deleted while you had it open. All that you typed is still here. Save it to make it a new record, "
    "or leave the page."
)
