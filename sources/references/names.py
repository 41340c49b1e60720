"""Names of those who made a document, as a reference prints them."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources.references.csl import Record

MOST_NAMES: Final = 10
"""How many names a reference prints; of more, the first seven (Chicago 14.76)."""
OF_MORE: Final = 7
MOST_AGAIN: Final = 3
"""How many names a document is called by when it is cited again (Chicago 14.30)."""

BESIDES: Final[dict[str, Promise]] = {
    "editor": gettext_lazy("Edited by {names}."),
    "compiler": gettext_lazy("Compiled by {names}."),
    "translator": gettext_lazy("Translated by {names}."),
    "interviewer": gettext_lazy("Interview by {names}."),
    "recipient": gettext_lazy("Addressed to {names}."),
    "director": gettext_lazy("Directed by {names}."),
    "illustrator": gettext_lazy("Illustrated by {names}."),
    "contributor": gettext_lazy("With {names}."),
}
"""Roles other than that of the author, in the order in which they follow the title."""


def heading_names(record: Record) -> tuple[SafeString | str, str]:
    """Return the names that a reference begins with, and their role: the authors, else those who edited or compiled."""
    for role in ("author", "editor", "compiler"):
        if record.get(role):
            return _heading(record[role], role), role
    return "", ""


def besides(record: Record, heading_role: str) -> list[SafeString]:
    """Return a sentence for every other role."""
    return [
        format_html(str(template), names=in_reading_order(record[role]))
        for role, template in BESIDES.items()
        if record.get(role) and role != heading_role
    ]


def in_reading_order(names: Sequence[Record]) -> SafeString:
    """Return names as they are read: "Ali Asker and Zeynep Gizem Özpınar"."""
    return _joined([_bdi(_straight(name)) for name in names])


def short_names(record: Record) -> SafeString | str:
    """Return the names by which a document is cited again: families, of more than three the first (Chicago 14.30)."""
    role = heading_names(record)[1]
    if not role:
        return ""
    shown = [_bdi(str(name.get("family") or name.get("literal"))) for name in record[role]]
    if len(shown) > MOST_AGAIN:
        return format_html(_("{first} et al."), first=shown[0])
    return _joined(shown)


def _heading(names: Sequence[Record], role: str) -> SafeString:
    """The first name by its family, the others as they are read (Chicago 14.76)."""
    first, *others = names
    shown = _joined([_bdi(_inverted(first)), *(_bdi(_straight(name)) for name in others)], after_inverted=True)
    suffixes = {
        "editor": ngettext("{names}, ed.", "{names}, eds.", len(names)),
        "compiler": ngettext("{names}, comp.", "{names}, comps.", len(names)),
    }
    return format_html(suffixes.get(role, "{names}"), names=shown)


def _inverted(name: Record) -> str:
    return _("%(family)s, %(given)s") % name if "family" in name else str(name["literal"])


def _straight(name: Record) -> str:
    return _("%(given)s %(family)s") % name if "family" in name else str(name["literal"])


def _bdi(name: str) -> SafeString:
    return format_html("<bdi>{}</bdi>", name)


def _joined(names: Sequence[SafeString], *, after_inverted: bool = False) -> SafeString:
    if len(names) > MOST_NAMES:
        return format_html(_("{names}, et al."), names=_commas(names[:OF_MORE]))
    *before, last = names
    if not before:
        return last
    if len(before) == 1 and not after_inverted:
        return format_html(_("{first} and {last}"), first=before[0], last=last)
    return format_html(_("{others}, and {last}"), others=_commas(before), last=last)


def _commas(names: Sequence[Any]) -> SafeString:
    return format_html_join(_(", "), "{}", ((name,) for name in names))
