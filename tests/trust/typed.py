"""Payloads typed into every form of the desk: refused with words beside it, or kept and shown again as they were typed.

The forms are found as a browser finds them, on the pages. Each is sent in a transaction that is taken back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connections, transaction
from django.forms import BaseForm, BaseFormSet
from django.test import Client
from django.urls import resolve

from tests.trust.canaries import public_ones
from tests.trust.drills import Drill, Seen
from tests.trust.inputs import at_the_desk, unescaped
from tests.trust.markup import Form, Page
from tests.trust.payloads import NEVER_STORED, PAYLOADS
from tests.trust.rooms import crawled, furnish

LEFT_AS_IT_IS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS", "__prefix__")
ENDS_IT = ("/admin/logout/", "/admin/account/sessions/end/", "/delete/")
"""Forms into which nobody types, and that leave nothing to look at."""
TRIES = 8
"""How often a form is sent again without what it refused."""
FEW, THIN = 10, 13
"""In a few rounds forms are looked for at one address of the resolver in thirteen, in others on every page."""
OF_THE_HISTORY = "saving_reason"
"""Goes with a change into the history, and stands empty in the form of the next one."""
SENT_ON = 302
PLAIN = {"checkbox": "on", "select": "1", "url": "https://example.org/", "number": "1", "email": "zq@example.org"}
"""What a field that refuses a payload is answered with, where it may not stay empty."""


@dataclass
class Asked:
    """A form on a page, and where it is sent."""

    address: str
    form: Form

    @property
    def target(self) -> str:
        """Where a browser sends it."""
        path, _sign, _question = self.address.partition("?")
        action = self.form.action or self.address
        return f"{path}{action}" if action.startswith("?") else action

    def typed(self) -> list[str]:
        """The names of the fields that a drill fills in."""
        return [name for name in self.form.typed() if not any(word in name for word in LEFT_AS_IT_IS)]


def attack(rounds: int) -> Seen:
    """In each round every field of every form gets another of the payloads."""
    seen, fields, kept, refused = Seen(rounds=rounds), 0, 0, 0
    public_ones()
    furnish("zq")
    desk = at_the_desk()
    forms = list(found(desk, thin=THIN if rounds <= FEW else 1))
    for turn in range(rounds):
        for place, asked in enumerate(forms):
            payloads = {
                name: PAYLOADS[(place + turn + (0 if "password" in name else number)) % len(PAYLOADS)]
                for number, name in enumerate(asked.typed())
            }
            with taken_back(desk, seen, asked):
                left = sent(desk, asked, payloads, seen)
                kept, refused = kept + len(left), refused + len(payloads) - len(left)
            fields = fields + len(payloads) if turn == 0 else fields
        seen.found += never_stored(desk, forms[turn % len(forms)])
    seen.figures = {"payloads": len(PAYLOADS), "forms": len(forms), "fields": fields, "kept": kept, "refused": refused}
    return seen


def found(desk: Client, *, thin: int) -> Iterator[Asked]:
    """Every form of the desk into which somebody can type, each of its kind once."""
    seen = set()
    for answer, page in crawled(desk, width=1, thin=thin):
        for form in page.forms:
            asked = Asked(answer.address, form)
            if form.method != "post" or not asked.typed() or any(asked.target.startswith(e) for e in ENDS_IT[:2]):
                continue
            kind = (resolve(asked.target.partition("?")[0]).route, tuple(asked.typed()))
            if kind not in seen and not asked.target.endswith(ENDS_IT[2]):
                seen.add(kind)
                yield asked


@contextmanager
def taken_back(desk: Client, seen: Seen, asked: Asked) -> Iterator[None]:
    """A transaction that ends as if nothing had been sent, once what it leaves until then was checked."""
    cookies = deepcopy(desk.cookies)
    with transaction.atomic():
        yield
        try:
            with transaction.atomic(), connections["default"].cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except DatabaseError as error:
            seen.found.append(f"{asked.address} leaves what the database refuses: {error}")
        transaction.set_rollback(True)
    desk.cookies = cookies


def sent(desk: Client, asked: Asked, payloads: dict[str, str], seen: Seen) -> dict[str, str]:
    """Send a form, and again without what it refused; return what was kept of it."""
    left, others = dict(payloads), dict[str, list[str]]()
    for _ in range(TRIES):
        response = posted(desk, asked, left, others)
        page = Page(response.text if not response.streaming else "")
        seen.found += [f"{asked.address} sent has {each}" for each in dict.fromkeys(page.wrong)]
        if response.status_code >= 500:
            seen.found.append(f"{asked.address} fails: {response.status_code} for {left}")
            return {}
        if response.status_code == SENT_ON:
            seen.found += altered(desk, asked, left, str(response.headers["Location"]))
            return left
        seen.found += lost(asked, page, left)
        wrong = complained(response)
        others_before, refused = len(others), wrong & left.keys()
        fill_in(asked, wrong - left.keys(), others)
        if not refused and len(others) == others_before:
            refused = {name for name in left if name.rpartition("-")[0] in rows_of(wrong)}
        if not refused and len(others) == others_before:
            return {}  # refused as a whole, or shown first what it would do
        left = {name: text for name, text in left.items() if name not in refused}
    return {}


def rows_of(names: set[str]) -> set[str]:
    """The rows of an inline, or of a grid, that have these fields."""
    return {row for name in names if (row := name.rpartition("-")[0])}


def fill_in(asked: Asked, wrong: set[str], others: dict[str, list[str]]) -> None:
    """Answer what a form insists on with the first choice, or with plain words."""
    for field in asked.form.fields:
        if field.name in wrong and field.name not in others:
            others[field.name] = [next(filter(None, (field.value, *field.options, PLAIN.get(field.kind, "zq"))))]


def posted(desk: Client, asked: Asked, payloads: dict[str, str], others: dict[str, list[str]] | None = None) -> Any:
    """Send a form with these payloads and other answers, and everything else as it stood there."""
    typed = {name: [text] for name, text in payloads.items()}
    data: dict[str, Any] = asked.form.sent() | (others or {}) | typed
    for field in asked.form.fields:
        if field.kind == "file":
            data[field.name] = [SimpleUploadedFile(f"{PAYLOADS[len(payloads) % len(PAYLOADS)]}.txt", b"One text.")]
    button = next((each for each in asked.form.fields if each.kind == "submit"), None)
    return desk.post(asked.target, data | ({button.name: [button.value]} if button and button.name else {}))


def complained(response: Any) -> set[str]:
    """The fields, by their names in the page, beside which an answer has an error."""
    found: set[str] = set()
    for layer in response.context or ():
        for each in layer if isinstance(layer, list) else [layer]:
            for value in each.flatten().values() if hasattr(each, "flatten") else each.values():
                found |= errors_of(value)
    return found


def errors_of(value: Any) -> set[str]:
    """The names of the fields with errors in a form, in rows of forms, or in what the admin makes of either."""
    if isinstance(value, BaseForm):
        return {value.add_prefix(name) for name in value.errors if name != "__all__"} if value.is_bound else set()
    if isinstance(value, BaseFormSet):
        return {name for form in value.forms for name in errors_of(form)}
    if isinstance(value, list | tuple):
        return {name for each in value for name in errors_of(each)}
    inner = getattr(value, "formset", None) or getattr(value, "form", None)
    return errors_of(inner) if isinstance(inner, BaseForm | BaseFormSet) else set()


def lost(asked: Asked, page: Page, typed: dict[str, str]) -> list[str]:
    """What a form that came back does not show as it was typed."""
    shown = {field.name: field.value for form in page.forms for field in form.fields if field.kind != "password"}
    return [
        f"{asked.address} came back with {name} = {shown[name]!r} for {text!r}"
        for name, text in typed.items()
        if name in shown and not is_same(shown[name], text)
    ]


def altered(desk: Client, asked: Asked, typed: dict[str, str], leads_to: str) -> list[str]:
    """What a form does not show as it was typed, once it was saved; and what is wrong with the page that follows."""
    following = desk.get(leads_to)
    told = Page("" if following.streaming else following.text).wrong
    again = desk.get(asked.address)
    failed = [f"after {asked.address}: {each.status_code}" for each in (following, again) if each.status_code >= 500]
    is_record = resolve(asked.address.partition("?")[0]).route.endswith("/change/")
    page = Page(again.text) if is_record and again.status_code == 200 else Page()
    stays = {name: text for name, text in typed.items() if name != OF_THE_HISTORY}
    return [*failed, *(f"after {asked.address}: {each}" for each in told), *lost(asked, page, stays)]


def is_same(shown: str, typed: str) -> bool:
    """Whether a field shows what was typed, but for blanks around it."""
    return shown.strip() == typed.strip()


def never_stored(desk: Client, asked: Asked) -> list[str]:
    """What PostgreSQL cannot hold, typed into every field of a form."""
    found = []
    for text in NEVER_STORED:
        with transaction.atomic():
            response = posted(desk, asked, dict.fromkeys(asked.typed(), f"x{text}"))
            transaction.set_rollback(True)
        if response.status_code >= 500:
            found.append(f"{asked.address} answers {response.status_code} to {text!r}")
    return found


DRILL = Drill("forms", attack, unescaped, promised=len(PAYLOADS), few=1, enough=1)
