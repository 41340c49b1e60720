"""What filters with a form of their own have in common: they keep everything else that the address asks for."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.admin import ListFilter
from django.http import HttpRequest


class Asked(ListFilter):
    """A filter that is typed or chosen in a small form, by the names of its fields in the address."""

    names: ClassVar[tuple[str, ...]]

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: type[Any], model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.model_admin = model_admin
        for name in self.names:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1].strip()

    def expected_parameters(self) -> list[str]:
        """Return the names of its fields."""
        return list(self.names)

    def has_output(self) -> bool:
        """Offer it always."""
        return True

    def typed(self, name: str) -> str:
        """Return what was typed into a field."""
        return self.used_parameters.get(name, "")

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """Yield what its form must send along, and the address without it."""
        kept = changelist.get_query_string(remove=[*self.names, "p"])
        others = [(name, values) for name, values in self.request.GET.lists() if name not in (*self.names, "p", "e")]
        yield {
            "query_string": kept,
            "is_on": any(self.used_parameters.values()),
            "hidden": [(name, value) for name, values in others for value in values],
        }
