"""Who saved what, when, as the history has it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


class Authors:
    """The names of those who made some revisions, read at once; `reader` is told of her own as such."""

    def __init__(self, revisions: Iterable[Any], reader: Any) -> None:
        numbers = {_user(revision) for revision in revisions}
        numbers.discard(None)
        self.users = get_user_model()._default_manager.in_bulk(numbers) if numbers else {}  # noqa: SLF001 - Django documents it
        self.reader = reader

    def name(self, revision: Any) -> str:
        """Return who made a revision: a curator, an import, or whoever used a database login."""
        number, told = _user(revision), _metadata(revision)
        if number == self.reader.pk:
            return _("you yourself, in another window")
        if number in self.users:
            return self.users[number].get_username()
        if told.get("source"):
            return _("the command %(command)s") % {"command": told["source"]}
        return _("the database login %(login)s") % {"login": told.get("login", "?")}

    def line(self, revision: Any) -> str:
        """Return who made a revision, and when."""
        return _("%(who)s, %(when)s") % {"who": self.name(revision), "when": moment(revision.pgh_created_at)}


def moment(when: Any) -> str:
    """Return a moment to the minute, with the name of its time zone: "21 November 2026, 14:02 UTC"."""
    return date_format(timezone.localtime(when), "j F Y, H:i e")


def _metadata(revision: Any) -> dict[str, Any]:
    context = revision.pgh_context
    return context.metadata if context else {}


def _user(revision: Any) -> int | None:
    number = _metadata(revision).get("user")
    return number if isinstance(number, int) else None
