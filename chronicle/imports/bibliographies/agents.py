"""Which agents the makers and publishers of a bibliography are: those of that name, in any spelling, or new ones."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from chronicle.imports.folded import folded_texts
from chronicle.imports.outcomes import Fault
from chronicle.imports.said import Left
from chronicle.imports.tables import Line
from sources.interchange import Item, Maker
from sources.models import Agent, AgentName
from sources.slugs import free_slugs, slug_from
from sources.vocabularies import AgentKind


@dataclass
class Named:
    """A name of the file: who it is at the desk, where somebody is, and where it stands first."""

    maker: Maker
    line: int
    slugs: list[str] = field(default_factory=list)
    is_new: bool = False

    @property
    def slug(self) -> str:
        """The agent, if it is just one."""
        return self.slugs[0] if len(self.slugs) == 1 else ""


class Agents:
    """The agents that a bibliography names, by the folded form of their names."""

    def __init__(self, items: Sequence[Item]) -> None:
        makers = [(maker, item.line) for item in items for maker in item.makers]
        makers += [(Maker("publisher", item.publisher), item.line) for item in items if item.publisher]
        self.keys = folded_texts(maker.name for maker, _line in makers)
        self.named: dict[str, Named] = {}
        for maker, line in makers:
            self.named.setdefault(self.key(maker.name), Named(maker, line))
        for key, slugs in _stored([*self.named]).items():
            self.named[key].slugs = sorted(slugs)
        new = [named for named in self.named.values() if not named.slugs]
        for named, slug in zip(new, free_slugs(Agent, [_slug(named.maker) for named in new]), strict=True):
            named.slugs, named.is_new = [slug], True

    def key(self, name: str) -> str:
        """Return by what a name is known."""
        return self.keys.get(name) or name

    def of(self, name: str) -> Named:
        """Return who a name is."""
        return self.named[self.key(name)]

    def lines(self, *, kind: str) -> list[Line]:
        """Return the new ones as rows, of a kind that is said or of none."""
        return [
            Line(
                named.line,
                {"slug": named.slug, "name": named.maker.name, "name_sorted": named.maker.name_sorted, "kind": kind},
            )
            for named in self.named.values()
            if named.is_new
        ]

    def told(self, file: str, *, is_kind_said: bool) -> Iterator[Left]:
        """Say of which new ones the kind is unknown, and of which names nobody can be chosen."""
        for named in self.named.values():
            if named.is_new and not is_kind_said:
                words = _("its kind of body is “%(kind)s” until somebody says which") % {"kind": AgentKind.OTHER.label}
                yield Left(file, named.line, Fault("kind", named.maker.name, words))
            if len(named.slugs) > 1:
                words = _("several agents are called so: none is chosen; add who it is by hand, or merge them")
                yield Left(file, named.line, Fault("name", f"{named.maker.name}: {', '.join(named.slugs)}", words))


def _stored(keys: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    agents = Agent.objects.filter(name_folded__in=keys, merged_into=None).values_list("name_folded", "slug")
    others = AgentName.objects.filter(name_folded__in=keys, agent__merged_into=None)
    for key, slug in (*agents, *others.values_list("name_folded", "agent__slug")):
        found[key].add(slug)
    return found


def _slug(maker: Maker) -> str:
    return slug_from(maker.name) or "agent"
