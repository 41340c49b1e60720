"""The home page: what this chronicle is, who speaks in it, and what was published last."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from chronicle.context import masthead_of
from chronicle.models import Edition, Tally
from chronicle.sentences import voices
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.filters import MOST_OPTIONS, Option
from chronicle.views.metadata import Metadata, of_collection
from chronicle.views.timeline import overview
from chronicle.vocabularies import Aspect
from sources.directions import isolated
from sources.models import Party

NEWEST = 8
"""How many editions the home page lists."""


class Home(PublicView):
    """What this chronicle is, what it leans on, and what was published last."""

    template_name = "chronicle/home.html"
    parameters = ()

    def described(self, page: dict[str, Any]) -> str:  # noqa: ARG002 -- the masthead's words
        """Return what this chronicle is."""
        name = masthead_of(self.request).name
        return _(
            "%(name)s records what documents say about contested events. Where they differ, every value is shown "
            "with those who give it, and none is chosen."
        ) % {"name": name}

    def metadata(self, page: dict[str, Any]) -> Metadata:
        """Return the whole chronicle as a dataset, with the search for it."""
        return of_collection(self.request, self.described(page))

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one home
        """Return the newest editions, the events in time, their number, and the parties heard or missing."""
        tallies = Tally.objects.using(PUBLISHED).filter(facet__in=("kind", "party", "silent", "disputed"))
        counts = {tally.id: tally.number for tally in tallies}
        return {
            "editions": Edition.objects.using(PUBLISHED).of_events()[:NEWEST],
            "count": sum(number for facet, number in counts.items() if facet.startswith("kind:")),
            "overview": overview(),
            "leanings": leanings(counts),
            "disputed": [
                Option(aspect.value, str(aspect.label), counts[f"disputed:{aspect}"])
                for aspect in Aspect
                if f"disputed:{aspect}" in counts
            ],
        }


@dataclass(frozen=True)
class Leaning:
    """A party, in how many of the events that concern it it has no voice, and the sentence that says so."""

    slug: str
    silent: int
    sentence: str


def leanings(counts: dict[str, int]) -> list[Leaning]:
    """Return, for every party that published events concern, where it is heard; alphabetically."""
    parties = Party.objects.using(PUBLISHED).order_by("name_short", "pk")[:MOST_OPTIONS]
    return [
        Leaning(party.slug, silent, voices.heard_in(isolated(party.name_short), concerned, silent))
        for party in parties
        if (concerned := counts.get(f"party:{party.pk}", 0))
        for silent in (counts.get(f"silent:{party.pk}", 0),)
    ]


home = Home.as_view()
