"""The page that explains the interface to people: every operation, its parameters, and a real answer to look at."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chronicle.models import Citation, Event, Location
from chronicle.views.base import PUBLISHED, PublicView
from sources.models import Agent, Document


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation: its name, what it is, and what could be written."""

    name: str
    words: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Operation:
    """What can be asked for; `example` is an address that answers with a record of this chronicle."""

    path: str
    title: str
    words: str
    parameters: tuple[Parameter, ...]
    example: str


class Reference(PublicView):
    """How to read this chronicle with a program."""

    template_name = "chronicle/api.html"
    description = _("A JSON interface to everything that is published here: addresses, parameters, examples.")
    parameters = ()

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- one address
        """Return the operations, described by the interface itself."""
        from chronicle.api.site import described  # noqa: PLC0415 -- the interface has this page among its addresses

        examples = _examples()
        paths = described()["paths"].items()
        return {"operations": [_operation(path, found["get"], examples) for path, found in paths]}


def _operation(path: str, described: dict[str, Any], examples: dict[str, str]) -> Operation:
    given = [each for each in described.get("parameters", []) if each["in"] == "query"]
    parameters = tuple(
        Parameter(each["name"], _told(each["schema"].get("description")), _written(each["schema"])) for each in given
    )
    title, words = _told(described["summary"]), _told(described.get("description"))
    return Operation(path, title, words, parameters, _example(path, examples))


def _told(words: str | None) -> str:
    """What the interface says of itself in English, in the language of the page; `tools/messages.py` gathers it."""
    return gettext(words) if words else ""


def _written(schema: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(example) for example in schema.get("examples", []))


def _example(path: str, examples: dict[str, str]) -> str:
    """An address that can be opened: that of a record of this chronicle, or of the whole list."""
    if "{" not in path:
        return f"{path}?q=1" if path.endswith("search") else path
    kind = path.split("/")[2]
    known = examples.get(kind, "")
    if not known:
        return ""
    filled = path.replace("{slug}", known)
    return filled.replace("{number}", known if kind == "citations" else "1")


def _examples() -> dict[str, str]:
    """A slug, or a number, of one published record of each kind: five queries."""
    records = {"events": Event, "locations": Location, "documents": Document, "agents": Agent}
    found = {
        kind: str(model._default_manager.using(PUBLISHED).order_by("pk").values_list("slug", flat=True).first() or "")  # noqa: SLF001 -- Django documents it
        for kind, model in records.items()
    }
    citation = Citation.objects.using(PUBLISHED).order_by("pk").values_list("pk", flat=True).first()
    return {**found, "citations": str(citation or "")}


reference = Reference.as_view()
