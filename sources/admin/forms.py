"""The curators' forms: nothing is asked of the database twice, and what it refuses is told beside its field."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.admin.widgets import RememberedSelect, understood
from sources.edtf.forms import EDTFFormField
from sources.slugs import free_slug, holder_of, slug_from


class RecordForm(forms.ModelForm):
    """A form that knows the chosen records already, and which of its fields a message is about.

    The slug of a new record may be left empty: it is made from the field `slug_from`.
    """

    slug_from: ClassVar[str] = ""
    seen: Callable[[QuerySet], QuerySet] = staticmethod(lambda rows: rows)
    """What of some records whoever fills in the form may see."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, RememberedSelect) and name in self.instance._state.fields_cache:  # noqa: SLF001 - the one way to ask whether a relation is loaded
                widget.chosen = getattr(self.instance, name)
        if self._makes_slug():
            self.fields["slug"].required = False
            self.fields["slug"].help_text = f"{self.fields['slug'].help_text} {LEFT_EMPTY}"

    def _makes_slug(self) -> bool:
        is_new: bool = self.instance._state.adding  # noqa: SLF001 - Django documents _state
        return is_new and bool(self.slug_from) and "slug" in self.fields

    def clean_slug(self) -> str:
        """Return the slug; one that is taken is told with its holder and the next that is free."""
        slug: str = self.cleaned_data["slug"]
        if not slug or "slug" not in self.changed_data:
            return slug
        holder = holder_of(type(self.instance), slug)
        if holder is None or holder.pk == self.instance.pk:
            return slug
        free = free_slug(type(self.instance), slug)
        raise ValidationError(_taken(slug, free, self._told(holder)), code="unique")

    def _told(self, holder: Any) -> str:
        """Return what a record is called, to whoever may see it."""
        return str(holder) if self.seen(type(holder)._default_manager.filter(pk=holder.pk)).exists() else ""  # noqa: SLF001 - Django documents it

    def clean(self) -> Any:
        """Make the slug that was left empty."""
        super().clean()
        cleaned = self.cleaned_data
        if self._makes_slug() and not self.data.get(self.add_prefix("slug")) and cleaned.get(self.slug_from):
            cleaned["slug"] = free_slug(type(self.instance), slug_from(cleaned[self.slug_from]))
            if not cleaned["slug"]:
                self.add_error("slug", NO_SLUG)
        return cleaned

    def understood(self) -> Iterator[tuple[Any, str, str]]:
        """Return how what was typed was understood: label, what stands there now, and the words for it."""
        for name in self.changed_data:
            words = isinstance(self.fields[name], EDTFFormField) and understood(self.cleaned_data.get(name))
            if words:
                yield capfirst(self.fields[name].label), self.cleaned_data[name], words

    def named_field(self, message: str) -> str | None:
        """Return the field with whose label a message begins: "Part of: …" is about `parent`."""
        labels = {str(field.label).casefold(): name for name, field in self.fields.items() if field.label}
        for label in sorted(labels, key=len, reverse=True):
            rest = message.casefold().removeprefix(label)
            if rest != message.casefold() and not rest[:1].isalnum():
                return labels[label]
        return None


LEFT_EMPTY = gettext_lazy("Left empty, it is made for you.")
NO_SLUG = gettext_lazy("Slug: none can be made from these words; write one, such as first-ceasefire-october-2020.")


def _taken(slug: str, free: str, holder: str) -> str:
    words = _("Slug: “%(slug)s” is the address of “%(holder)s”.") if holder else _("Slug: “%(slug)s” is taken.")
    told = words % {"slug": slug, "holder": holder}
    advice = _("“%(free)s” is free.") % {"free": free} if free else _("Write another one.")
    return f"{told} {advice}"


class RowForm(RecordForm):
    """A form for a row of an inline: what was stored and not touched is not validated again, nor asked for again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance._state.adding:  # noqa: SLF001 - Django documents _state
            self.empty_permitted = True

    def understood(self) -> Iterator[tuple[Any, str, str]]:
        """Return the same, with the kind of row before the label."""
        kind = capfirst(self._meta.model._meta.verbose_name)  # noqa: SLF001 - Django documents _meta
        yield from ((f"{kind}, {str(label).lower()}", typed, words) for label, typed, words in super().understood())

    def _post_clean(self) -> None:
        """Keep also the rules between the row and its record, which Django leaves out of inlines."""
        super()._post_clean()
        if self._errors:
            return
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions())
        except ValidationError as errors:
            self._update_errors(errors)


class RowFormSet(forms.BaseInlineFormSet):
    """Rows of a table: their labels stand in its head, so every field says its own to those who do not see that."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Add Django's own fields, and the labels."""
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            if field.label and not widget.is_hidden:
                widget.attrs.setdefault("aria-label", capfirst(str(field.label)))


def refused(form: type[RecordForm], words: str) -> type[RecordForm]:
    """Return a form that refuses whatever it is sent, with what the database said when it was saved."""

    class RefusedForm(form):  # type: ignore[valid-type]  # a class made for each form
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(self.named_field(words), words)
            return cleaned

    return RefusedForm
