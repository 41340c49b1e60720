"""Records named in a box: by what stands in brackets, by number or slug, or by any spelling of a name."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chronicle.models import Event, Location
from sources.models import Agent
from sources.models.record import Record


@dataclass(frozen=True)
class Names:
    """Where the names of a kind of record stand, folded: its own, and those of its rows; and what to say of none."""

    own: str
    others: str
    unknown: str


NAMES: dict[type[Model], Names] = {
    Event: Names(
        "title_folded",
        "names__name_folded",
        gettext_noop(
            "Event: none is called “%(text)s”. Choose one from the list that opens while you type, write its number, "
            "such as E147, or make it under “New event”."
        ),
    ),
    Location: Names(
        "name_folded",
        "names__toponym_folded",
        gettext_noop(
            "Value: no location is called “%(text)s”. Choose one from the list that opens while you type, or add it "
            "among the locations first."
        ),
    ),
    Agent: Names(
        "name_folded",
        "names__name_folded",
        gettext_noop(
            "Speaker: no agent is called “%(text)s”. Choose one from the list that opens while you type, or add it "
            "among the agents first."
        ),
    ),
}
AMBIGUOUS = gettext_noop("“%(text)s” is the name of several: %(found)s. Write one of them as it stands here.")
MOST_NAMED = 5  # records that a message about an ambiguous name lists

ADDRESS = re.compile(r"\[([^\[\]]+)\]\s*$")
NUMBER = re.compile(r"[eE]([0-9]{1,9})")


def written(record: Any) -> str:
    """Return a record as a box names it for certain: “First ceasefire [E147]”, “Shusha [shusha]”."""
    return f"{record} [E{record.pk}]" if isinstance(record, Event) else f"{record} [{record.slug}]"


def folded_texts(texts: Iterable[str]) -> dict[str, str]:
    """Return the folded key of each text; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT u.t, functions.folded(u.t) FROM unnest(%s::text[]) AS u(t)", [list(texts)])
        return dict(cursor.fetchall())


class Found:
    """The records of one kind that some texts name: a constant number of queries, none where nothing is named."""

    def __init__(self, model: type[Record], texts: Iterable[str]) -> None:
        self.model = model
        self.by_key: dict[str, dict[int, Any]] = defaultdict(dict)
        wanted = {text for text in texts if text}
        if wanted:
            self._read(wanted)

    def _read(self, texts: set[str]) -> None:
        names = NAMES[self.model]
        self.folded = folded_texts(texts)
        addresses = {_address(text) for text in texts}
        numbers = [int(match[1]) for text in addresses if (match := NUMBER.fullmatch(text))]
        keys = [key for key in self.folded.values() if key]
        known = Q(slug__in=addresses) | Q(**{f"{names.own}__in": keys})
        if self.model is Event:
            known |= Q(pk__in=numbers)
        records = self.model._default_manager.filter(merged_into=None).order_by("pk")  # noqa: SLF001 - Django documents it
        for record in records.filter(known):
            self._keep(record, f"[{record.slug}]", f"[E{record.pk}]", getattr(record, names.own))
        others = records.filter(**{f"{names.others}__in": keys}).annotate(called=F(names.others))
        for record in others:
            self._keep(record, record.called)

    def _keep(self, record: Any, *keys: str) -> None:
        for key in keys:
            self.by_key[key][record.pk] = record

    def all_named(self, text: str) -> list[Any]:
        """Return every record that the text can mean, in the order of their numbers."""
        address = _address(text)
        certain = self.by_key.get(f"[{address}]") or self.by_key.get(f"[{address.upper()}]")
        found = certain or self.by_key.get(self.folded.get(text, ""), {})
        return [found[number] for number in sorted(found)]

    def named(self, text: str) -> Any:
        """Return the record that the text names; raise ValidationError where there is none, or more than one."""
        found = self.all_named(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_(NAMES[self.model].unknown) % {"text": text})
        several = " · ".join(written(record) for record in found[:MOST_NAMED])
        raise ValidationError(_(AMBIGUOUS) % {"text": text, "found": several})


def _address(text: str) -> str:
    match = ADDRESS.search(text)
    return (match[1] if match else text).strip()
