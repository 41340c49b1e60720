"""The form field for a figure: curators type the source's words, the form gets a range."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import NumericRange

from chronicle.figures.figure import Figure, FigureError
from chronicle.figures.parsing import EXAMPLES, MAX_LENGTH, parse_figure
from chronicle.figures.words import figure_words

HELP_TEXT = f"The number, in digits or English words, without its unit. Examples: {EXAMPLES}. Becomes public."


class FigureFormField(forms.CharField):
    """Text that cleans to a Figure, or to None when left empty.

    Whether things are counted whole depends on the unit: a form that learns the unit sets `counts_whole_things` on its
    field before cleaning. Models store "approximate" in a column of its own, so a form takes it from the figure, and
    gives it back with `initial` as a whole Figure.
    """

    def __init__(self, *, counts_whole_things: bool = True, **options: Any) -> None:
        self.counts_whole_things = counts_whole_things
        options.setdefault("help_text", HELP_TEXT)
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The longest figure that can be typed; the parser holds to it whatever the browser sends."""
        return {**super().widget_attrs(widget), "maxlength": str(MAX_LENGTH)}

    def to_python(self, value: Any) -> Any:
        """The figure that was typed; a figure or a stored range stays what it is."""
        if isinstance(value, NumericRange):
            return Figure.from_range(value)
        if isinstance(value, Figure):
            return value
        words = super().to_python(value)
        if not words:
            return None
        try:
            return parse_figure(words, counts_whole_things=self.counts_whole_things)
        except FigureError as error:
            raise ValidationError(str(error), code="figure") from error

    def prepare_value(self, value: Any) -> Any:
        """The words that the curator sees for a stored figure or range."""
        if isinstance(value, NumericRange):
            value = Figure.from_range(value)
        return figure_words(value) if isinstance(value, Figure) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the figure changed, not its wording: "3773" and "3,773" are one."""
        if self.disabled:
            return False
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True
