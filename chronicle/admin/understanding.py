"""How the desk understands a date or a figure, told while it is typed: by the same parsers that read the saved form."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.views.decorators.http import require_safe

from chronicle.figures.forms import FigureFormField
from chronicle.figures.understood import understood_figure
from chronicle.models import Unit
from sources.admin.widgets import understood
from sources.edtf.forms import EDTFFormField


@require_safe
def understanding(request: HttpRequest) -> Any:
    """Answer with the words for `text` as a `date`, or a `figure` counted in `unit`; or why it is refused."""
    explain = EXPLAINED.get(request.GET.get("as", ""))
    if explain is None:
        return HttpResponseBadRequest("as=date or as=figure")
    try:
        answer = {"words": explain(request.GET.get("text", ""), request.GET.get("unit", "")), "is_refused": False}
    except ValidationError as error:
        answer = {"words": " ".join(error.messages), "is_refused": True}
    return JsonResponse(answer, headers={"Cache-Control": "private, max-age=60"})


def _date(text: str, _unit: str) -> str:
    return understood(EDTFFormField(required=False).clean(text))


def _figure(text: str, number: str) -> str:
    unit = _unit(number)
    is_whole = bool(unit and unit.counts_whole_things)
    figure = FigureFormField(required=False, counts_whole_things=is_whole).clean(text)
    return understood_figure(figure, unit.name_plural if unit else "", is_whole=is_whole) if figure else ""


def _unit(number: str) -> Unit | None:
    is_number = number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER
    return Unit.objects.filter(pk=number).first() if is_number else None


EXPLAINED = {"date": _date, "figure": _figure}
LONGEST_NUMBER = 19  # digits of a bigint
