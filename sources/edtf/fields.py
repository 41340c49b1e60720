"""Model fields: the string that a curator enters, and the ranges that PostgreSQL searches and sorts by."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Final

from django.contrib.postgres.fields import DateRangeField
from django.core import checks
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.psycopg_any import Range
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import cached_property
from psycopg import DataError, adapters
from psycopg.abc import Buffer
from psycopg.types.range import DateRangeLoader

from sources.edtf.days import Bounds, Day
from sources.edtf.errors import EDTFError
from sources.edtf.forms import EDTFFormField, validate_edtf
from sources.edtf.parsing import MAX_LENGTH, parse
from sources.edtf.ranges import ISO, range_text, read_range
from sources.edtf.values import EDTF

RANGE_FIELD: Final = "date_range"


class EDTFAttribute(DeferredAttribute):
    """The attribute of the string: once it is set, its ranges count as loaded, so that they are saved with it."""

    field: EDTFField

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value
        for name in self.field.range_names:
            instance.__dict__.setdefault(name, None)


class EDTFField(models.CharField):
    """A date in EDTF. In Python and in the database it is the string as entered.

    The model's fields named by `range_field` and `widened_field`, if any, always hold the bounds of this string and its
    widened bounds (None where it is blank): they follow an assignment at once and are saved with the instance, also by
    `bulk_create` and from fixtures. Whoever saves single columns (`update`, `bulk_update`, `save(update_fields=…)`) has
    to name the string and its ranges together. A string that is not EDTF is never saved: EDTFError.
    """

    default_validators = [validate_edtf]
    descriptor_class = EDTFAttribute

    def __init__(
        self, *args: Any, range_field: str | None = RANGE_FIELD, widened_field: str | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("max_length", MAX_LENGTH)
        super().__init__(*args, **kwargs)
        self.range_field = range_field
        self.widened_field = widened_field

    @cached_property
    def range_names(self) -> list[str]:
        """The names of the ranges that follow the string."""
        return [name for name in (self.range_field, self.widened_field) if name]

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """What a migration has to know, the names of the ranges included: they are filled in data migrations too."""
        name, path, args, kwargs = super().deconstruct()
        if self.range_field != RANGE_FIELD:
            kwargs["range_field"] = self.range_field
        if self.widened_field is not None:
            kwargs["widened_field"] = self.widened_field
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """The usual checks, and that the ranges exist."""
        missing = [name for name in self.range_names if not self._is_range(name)]
        return [*super().check(**kwargs), *(self._missing(name) for name in missing)]

    def _is_range(self, name: str) -> bool:
        try:
            field = self.model._meta.get_field(name)  # noqa: SLF001 -- Django documents _meta
        except FieldDoesNotExist:
            return False
        return isinstance(field, EDTFRangeField)

    def _missing(self, name: str) -> checks.Error:
        hint = f"Add {name} = EDTFRangeField(), or name another field (or None) in range_field and widened_field."
        return checks.Error(f"The model has no EDTFRangeField {name!r}.", hint=hint, obj=self, id="edtf.E001")

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """The string, which has to be EDTF on every way into the table, `update` and fixtures included."""
        if value and isinstance(value, str):
            parse(value)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        """The form field that explains EDTF."""
        return super().formfield(**{"form_class": EDTFFormField, **kwargs})

    def derived(self, name: str, text: str) -> Bounds | None:
        """The value of the range field of that name; none for a blank string or one that validation will refuse."""
        if not text:
            return None
        try:
            edtf = parse(text)
        except EDTFError:
            return None
        return edtf.widened if name == self.widened_field else edtf.bounds


class TolerantLoader(DateRangeLoader):
    """Loads a `daterange` that a query selects as it is, and leaves one that Python's dates cannot hold as text.

    Django selects the bare column besides the text when a query has both DISTINCT and ORDER BY.
    """

    def load(self, data: Buffer) -> Any:
        """The range, or its text."""
        try:
            return super().load(data)
        except DataError:
            return bytes(data).decode()


adapters.register_loader("daterange", TolerantLoader)


class DerivedRange(DeferredAttribute):
    """The attribute of a range field: worked out from the string wherever that is loaded, else read from the row."""

    @cached_property
    def source(self) -> EDTFField | None:
        """The field that this range follows, if any."""
        name = self.field.name
        columns = self.field.model._meta.concrete_fields  # noqa: SLF001 -- Django documents _meta
        fields = [field for field in columns if isinstance(field, EDTFField)]
        return next((field for field in fields if name in field.range_names), None)

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        text = None if self.source is None else instance.__dict__.get(self.source.attname)
        if self.source is not None and isinstance(text, str):
            return self.source.derived(self.field.name, text)
        return super().__get__(instance, cls)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EDTFRangeField(DateRangeField):
    """The days between which a date lies, derived from an EDTFField: `Bounds` in Python, `daterange` in PostgreSQL.

    It is selected as text, since psycopg cannot load dates before the year 1 and after 9999. Lookups are those of
    Django's DateRangeField; each takes Bounds, an EDTF, or a Day or date, which stands for that one day. Order by the
    field itself: ranges sort by their lower bound. The transforms `startswith` and `endswith` are for conditions only;
    selected, they are dates again.
    """

    descriptor_class = DerivedRange

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """What a migration has to know."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, kwargs

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Text in what Python reads, the range itself in what PostgreSQL reads on."""
        return (sql, params) if compiler.query.subquery else (f"({sql})::text", params)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Bounds | None:  # noqa: ARG002
        """The bounds of a range that was selected as text, or by SQL of somebody else as a range."""
        if isinstance(value, str):
            return read_range(value, connection.connection.info.parameter_status("DateStyle") or ISO)
        return self.to_python(value)

    def to_python(self, value: Any) -> Bounds | None:
        """The bounds that a fixture holds as text, or that any other accepted value stands for."""
        if value is None or isinstance(value, Bounds):
            return value
        try:
            return read_range(value if isinstance(value, str) else self.get_prep_value(value))
        except (TypeError, ValueError) as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> Any:
        """The text of the range that a value stands for. Raises TypeError."""
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, Range):
            return _text_of_loaded(value)
        if isinstance(value, EDTF):
            return range_text(value.bounds)
        if isinstance(value, datetime.date):
            value = Day(value.year, value.month, value.day)
        if isinstance(value, Day):
            value = Bounds(value, value)
        if isinstance(value, Bounds):
            return range_text(value)
        raise TypeError(f"{self.name}: {value!r} is no range of days; give Bounds, an EDTF, a Day or a date")

    def value_to_string(self, obj: models.Model) -> str | None:  # type: ignore[override]
        """The text of the range, for fixtures."""
        value: str | None = self.get_prep_value(self.value_from_object(obj))
        return value


def _text_of_loaded(value: Any) -> str:
    """The text of a range that psycopg has loaded, which only has days from 1 to 9999."""
    if value.isempty:
        return "empty"
    opening = "[" if value.lower_inc else "("
    closing = "]" if value.upper_inc else ")"
    return f"{opening}{value.lower or ''},{value.upper or ''}{closing}"
