"""Who made a change, by what way, and why, as its context tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Told:
    """What is known of a change: who, the way it was made, the reason if one was given."""

    who: str
    way: str
    reason: str


class Contexts:
    """Tells of some contexts; the curators that they name are read at once."""

    def __init__(self, contexts: Iterable[Any]) -> None:
        numbers = {_user(each) for each in contexts} - {None}
        self.users = get_user_model()._default_manager.in_bulk(numbers) if numbers else {}  # noqa: SLF001 - Django documents it

    def told(self, context: Any) -> Told:
        """Return what a context tells."""
        metadata = _metadata(context)
        reason = metadata.get("reason")
        return Told(self._who(context), way(metadata), reason if isinstance(reason, str) else "")

    def _who(self, context: Any) -> str:
        user, metadata = self.users.get(_user(context)), _metadata(context)
        if user is not None:
            return str(user.get_username())
        account = metadata.get("account")
        if account:
            return _("%(account)s, on the server") % {"account": account}
        return _("the database login %(login)s") % {"login": metadata.get("login", "?")}


def way(metadata: dict[str, Any]) -> str:
    """Return the way that a change was made: a form, a list, a verb, a command, SQL."""
    source = metadata.get("source")
    if source:
        return _source(source, metadata)
    page = _page(metadata.get("url"))
    if page is None:
        return _("by a command or by SQL")
    return str(PAGES.get(page, _("on the page “%(page)s” of the desk") % {"page": page.replace("-", " ")}))


PAGES = {
    "add": gettext_lazy("as a new record, by its form"),
    "change": gettext_lazy("by the form"),
    "delete": gettext_lazy("by the page that deletes"),
    "changelist": gettext_lazy("by an action of the list"),
    "restore": gettext_lazy("by restoring"),
    "undelete": gettext_lazy("by undeleting"),
    "withhold": gettext_lazy("by withholding"),
    "release": gettext_lazy("by releasing"),
    "restrict": gettext_lazy("by restricting"),
    "publish": gettext_lazy("by publishing"),
}
"""Ways at the desk, by the page on which a change was made."""


def _source(source: str, metadata: dict[str, Any]) -> str:
    corpus, file = metadata.get("corpus"), metadata.get("file")
    if corpus:
        return _("from the corpus %(corpus)s, by the command %(command)s") % {"corpus": corpus, "command": source}
    if file:
        return _("by import of %(file)s") % {"file": file}
    return _("by the command %(command)s") % {"command": source}


def _page(url: Any) -> str | None:
    """Return the last part of the name of a page of the desk: "change" of chronicle_event_change."""
    try:
        name = resolve(url).url_name if isinstance(url, str) else None
    except Resolver404:
        return None
    return str(name).rsplit("_", 1)[-1] if name else None


def _metadata(context: Any) -> dict[str, Any]:
    return (context.metadata or {}) if context else {}


def _user(context: Any) -> int | None:
    number = _metadata(context).get("user")
    return number if isinstance(number, int) else None
