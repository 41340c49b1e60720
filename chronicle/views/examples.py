"""What can be asked, shown with questions to which this chronicle has an answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chronicle.figures import Figure, figure_words
from chronicle.models import Citation, Event, LocationName
from chronicle.views.base import PUBLISHED
from sources.edtf import parse, words


@dataclass(frozen=True)
class Example:
    """A kind of question, and one of the kind, with its language if that is not the page's."""

    kind: str | Promise
    question: str
    language: str = ""


def examples() -> list[Example]:
    """Return examples made of what is published: the newest event, a name, a figure; none where nothing is."""
    return list(_examples())


def _examples() -> Iterator[Example]:
    event = Event.objects.using(PUBLISHED).filed().order_by("-pk").first()
    name = LocationName.objects.using(PUBLISHED).order_by("-pk").first()
    figure = Citation.objects.using(PUBLISHED).figures().first()
    if event:
        yield Example(_("words, in titles, summaries, statements, quotations and texts"), event.title)
    if name:
        yield Example(
            _("a name in any spelling, whole or a part of it, of a place, an event, a document or a speaker"),
            name.toponym,
            name.language,
        )
    if event and event.date_edtf:
        yield Example(
            _("a date, in words or in EDTF"),
            words(parse(event.date_edtf)) if _is_plain(event.date_edtf) else event.date_edtf,
        )
    if figure:
        given = Figure.from_range(figure.asserted_figure)
        yield Example(_("a figure: who gives it, and through which document"), figure_words(given))
    if event:
        yield Example(_("the number of an event or of an assertion"), f"E{event.pk}")


def _is_plain(date: str) -> bool:
    """Whether it is a day, a month or a year, whose words are read here as well."""
    return date.replace("-", "").isdigit() and not date.startswith("-")
