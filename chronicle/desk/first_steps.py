"""From nothing to the first published event: what is done, and what comes next.

Every question to the database is whether there is a row at all; how many there are is never asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from chronicle.curators import PUBLISH
from chronicle.models import Citation, Edition, Event, EventKind, Location
from sources.models import Document, Party


@dataclass(frozen=True)
class Link:
    """Where a step is taken, and whether that part of it is done; no address for those who may not take it."""

    label: str
    url: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class Step:
    """One thing to do, in words, with the pages where it is done."""

    title: str
    words: str
    links: tuple[Link, ...]
    is_next: bool = False

    @property
    def is_done(self) -> bool:
        """Return whether nothing of it is left to do."""
        return all(link.is_done for link in self.links)


def is_anything_public() -> bool:
    """Return whether there is an event that readers can open."""
    return _public().exists()


def _public() -> Any:
    later = Edition.objects.filter(event=OuterRef("event"), number__gt=OuterRef("number"))
    return Edition.objects.filter(~Exists(later), event__isnull=False, is_tombstone=False)


def first_steps(user: Any) -> list[Step]:
    """Return the steps in their order, with the first that is not done as the next one."""
    steps = list(_steps(user))
    undone = next((number for number, step in enumerate(steps) if not step.is_done), None)
    return [replace(step, is_next=number == undone) for number, step in enumerate(steps)]


def _steps(user: Any) -> Iterator[Step]:
    yield from _masthead(user)
    yield Step(
        _("The parties"),
        _("Those whom the events concern: who acts, who suffers, who is spoken for. None is more true than another."),
        (_adding(user, Party, _("Add a party")),),
    )
    yield Step(
        _("A document with its publisher"),
        _("What you cite from. The publisher is an agent; the party it speaks for is said there, with the reason."),
        (_adding(user, Document, _("Add a document"), publisher__isnull=False),),
    )
    yield Step(
        _("A kind of event, and a location"),
        _("In words that either side could use: ceasefire, strike. A location has its names by language and party."),
        (_adding(user, EventKind, _("Add a kind of event")), _adding(user, Location, _("Add a location"))),
    )
    yield Step(
        _("An event with a citation"),
        _("A neutral title, a date to file it under, the parties concerned, and at least one citation: this document, "
          "at this page, says this. Without one an event cannot be published."),
        (replace(_adding(user, Event, _("Add an event")), is_done=Citation.objects.exists()),),
    )  # fmt: skip
    newest = _public().only("slug").order_by("-id").first()
    yield _publishing(user, is_done=newest is not None)
    yield Step(
        _("Look at it as readers do"),
        _("Readers see what was published, and none of what is only at the desk."),
        (Link(_("Open the public page"), reverse("event", args=[newest.slug]) if newest else "", is_done=False),),
    )


def _masthead(user: Any) -> Iterator[Step]:
    """The name of the chronicle, where this chronicle keeps one at the desk."""
    registry: Any = apps
    try:
        url, model = reverse("admin:chronicle_masthead_changelist"), registry.get_model("chronicle", "Masthead")
    except (NoReverseMatch, LookupError):
        return
    may = user.has_perm("chronicle.change_masthead")
    link = Link(_("Name the chronicle"), url if may else "", is_done=model.objects.exists())
    yield Step(_("The name of the chronicle"), _("How it is called, who makes it, how to reach them. Public."), (link,))


def _adding(user: Any, model: Any, label: str, **needed: Any) -> Link:
    options = model._meta  # noqa: SLF001 - Django documents _meta
    may = user.has_perm(f"{options.app_label}.add_{options.model_name}")
    url = reverse(f"admin:{options.app_label}_{options.model_name}_add") if may else ""
    return Link(label, url, is_done=model.objects.filter(**needed).exists())


def _newest_cited() -> Event | None:
    citations = Citation.objects.filter(event=OuterRef("pk"))
    event: Event | None = Event.objects.filter(Exists(citations)).only("title").order_by("-pk").first()
    return event


def _publishing(user: Any, *, is_done: bool) -> Step:
    event = None if is_done else _newest_cited()
    if not user.has_perm(PUBLISH):
        words = _("An editor does this. Set the event’s state of work to “in review”, so that it is found.")
        return Step(_("Publish it"), words, (Link(_("An editor publishes it"), is_done=is_done),))
    words = _("A page shows what would go out, and asks. Afterwards every change waits until it is published again.")
    url = f"{reverse('admin:chronicle_event_publish')}?id={event.pk}" if event else ""
    if is_done:
        url = reverse("admin:chronicle_event_changelist")
    label = _("Publish “%(event)s”") % {"event": event} if event else _("Publish an event")
    return Step(_("Publish it"), words, (Link(label, url, is_done=is_done),))
