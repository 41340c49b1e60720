"""The words of remarks as a page shows them: plain text, in which the numbers of records are links."""

import re
from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from chronicle.models import Citation, Remark
from chronicle.secrecy import for_curator

NUMBER = re.compile(r"(?<![\w@])([ECDL])([1-9]\d{0,17})(?!\w)|(?<![\w@.+-])(@[\w@.+-]*\w)", re.ASCII)
PAGES = {"E": "chronicle_event", "D": "sources_document", "L": "chronicle_location"}
"""The pages that a number leads to, by its letter; a citation stands on the page of its event."""


def told(remarks: Iterable[Remark], request: HttpRequest) -> list[SafeString]:
    """Return the words of each: numbers as links, names set off; one query for the citations of all of them."""
    texts = [remark.words for remark in remarks]
    cited = {int(number) for text in texts for letter, number, _name in NUMBER.findall(text) if letter == "C"}
    events = _events_of(cited, request) if cited else {}
    return [_told(text, events) for text in texts]


def _events_of(citations: set[int], request: HttpRequest) -> dict[int, int]:
    return dict(for_curator(Citation.objects.filter(pk__in=citations), request).values_list("pk", "event"))


def _told(text: str, events: dict[int, int]) -> SafeString:
    parts, end = [], 0
    for match in NUMBER.finditer(text):
        parts += [format_html("{}", text[end : match.start()]), _link(match, events)]
        end = match.end()
    parts.append(format_html("{}", text[end:]))
    return mark_safe(linebreaks(mark_safe("".join(parts))))  # noqa: S308 - every part is escaped above


def _link(match: re.Match[str], events: dict[int, int]) -> SafeString:
    letter, number, name = match.groups()
    if name:
        return format_html("<strong>{}</strong>", name)
    record = events.get(int(number)) if letter == "C" else int(number)
    if record is None:
        return format_html("{}", match.group())
    page = PAGES["E" if letter == "C" else letter]
    return format_html('<a href="{}">{}</a>', reverse(f"admin:{page}_change", args=[record]), match.group())
