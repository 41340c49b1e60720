"""Every page of the desk: the addresses that the resolver has, with rows that there are, and all that they link to."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urljoin, urlsplit

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import get_resolver, resolve

from chronicle.merging import merge
from sources.models import DocumentFile, DocumentText
from tests import factories as make
from tests.chronicle.admin.test_crafted import routes
from tests.trust.crawling import Answer, asked
from tests.trust.markup import Page

LEADS_OUT = ("/admin/logout/", "/admin/account/sessions/end/", "/admin/jsi18n/")
WORDS = {"app_label": "chronicle", "url": "nothing/at/all", "token": "x" * 43, "content_type_id": "1"}
WAY_BACK = "_changelist_filters"
"""By what a form leads back to its list; the page is the same without."""


def furnish(words: str) -> None:
    """Leave traces of work at the desk: a merge of which a row could not go along, and what was deleted."""
    kept, away = make.location(), make.location()
    for place in (kept, away):
        place.names.create(toponym=words, language="az-Latn")
    make.citation(make.event(), aspect="location", asserted_location=away, asserted_location_role="site")
    merge(kept, away, reason=words)
    for gone in (make.event(title=words), make.document(title=words), make.party(name=words)):
        gone.delete()


def crawled(client: Client, *, width: int, turn: int = 0, thin: int = 1) -> Iterator[tuple[Answer, Page]]:
    """Ask for every page of the desk and for those that they link to, so many of each kind.

    With `thin`, for one of so many addresses of the resolver, beginning with another one each turn, and for no links.
    """
    waiting, seen, kinds = deque(islice(doors(), turn % thin, None, thin)), set(), Counter[Any]()
    while waiting:
        address = waiting.popleft()
        if address in seen or all(kinds[kind] >= width for kind in kinds_of(address)):
            continue
        seen.add(address)
        kinds.update(kinds_of(address))
        answer = asked(client, address)
        page = Page(answer.markup)
        yield answer, page
        if thin == 1:
            waiting.extend(within(address, page.links))


def kinds_of(address: str) -> Iterator[tuple[str, str]]:
    """What pages have in common of which one looks like the other: the route, and each thing that is asked of it."""
    whole = urlsplit(address)
    route = resolve(whole.path).route
    yield route, ""
    yield from ((route, name) for name in parse_qs(whole.query, keep_blank_values=True))


def within(address: str, links: list[str]) -> Iterator[str]:
    """The links of a page that stay at the desk."""
    for link in links:
        whole = urlsplit(urljoin(address, link))
        asked_for = [each for each in parse_qsl(whole.query, keep_blank_values=True) if each[0] != WAY_BACK]
        if not whole.netloc and whole.path.startswith("/admin/") and whole.path not in LEADS_OUT:
            yield whole._replace(fragment="", query=urlencode(asked_for)).geturl()


def doors() -> Iterator[str]:
    """The addresses of the resolver, each with the first row of its model, and verbs with one and two."""
    for route, _name in routes(get_resolver().url_patterns):
        model = model_of(route)
        rows = list(model._default_manager.order_by("pk").values_list("pk", flat=True)[:2]) if model else [1]
        address = filled(route, model, rows)
        if address in LEADS_OUT:
            continue
        yield address
        if model and "<" not in route:
            yield from (f"{address}?{'&'.join(f'id={row}' for row in some)}" for some in (rows[:1], rows) if some)


def model_of(route: str) -> type[Model] | None:
    """The model to whose pages a route belongs."""
    parts = route.split("/")
    labels = {model._meta.app_label for model in admin.site._registry}
    return apps.get_model(parts[1], parts[2]) if len(parts) > 3 and parts[1] in labels else None


def filled(route: str, model: type[Model] | None, rows: list[Any]) -> str:
    """A route with the numbers of rows that there are."""
    words = WORDS | ({"page": "1", **beside()} if "<int:file>" in route or "<int:text>" in route else {})
    plain = re.sub(r"[\^$]|\(\?P(<\w+>)[^)]*\)", lambda found: found[1] or "", route)
    number = str(rows[0]) if rows else "1"
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: words.get(found[1], number), plain)


def beside() -> dict[str, str]:
    """The numbers of a text, of its file and of their document."""
    text = DocumentText.objects.exclude(pages=None).order_by("pk").first()
    file = text.file if text else DocumentFile.objects.order_by("pk").first()
    numbers = {"number": file.document_id if file else 1, "text": text.number if text else 1, "file": file and file.pk}
    return {name: str(number) for name, number in numbers.items()}
