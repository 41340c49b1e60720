"""Where a file comes from: what stands in every one of them, whatever its format."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from chronicle.models import Masthead


@dataclass(frozen=True)
class Origin:
    """A chronicle as a file names it: its address (without a slash at the end), its masthead, the state that is told.

    `using` is the alias that is read.
    """

    root: str
    masthead: Masthead
    changed_at: datetime
    using: str = "published"

    def page(self, kind: str, *arguments: Any) -> str:
        """Return the whole address of a page for readers."""
        return f"{self.root}{reverse(kind, args=arguments)}"

    @property
    def name(self) -> str:
        """What the chronicle is called."""
        return self.masthead.name

    @property
    def licence(self) -> str:
        """The licence of its own texts and data, by its address where it has one; empty where none is stated."""
        return self.masthead.licence_url or self.masthead.licence
