"""What a verb is to a curator: what it would do, what it asks, and what it did."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from sources.models.record import Record

Result = TypeVar("Result")


def rehearsed(act: Callable[[], Result]) -> Result:
    """Do something to the desk's database, take it back, and return what it returned: what would happen, exactly."""
    with transaction.atomic():
        result = act()
        transaction.set_rollback(True)
    return result


@dataclass(frozen=True)
class Outcome:
    """What a verb does to one record, in words; or why it does nothing, with the next step."""

    record: Record
    words: str
    is_refused: bool = False


@dataclass(frozen=True)
class Preview:
    """What a verb would do: to each chosen record, and to others along with them.

    `contents` stands for what would go out, word for word.
    """

    outcomes: list[Outcome]
    others: list[str] = field(default_factory=list)
    others_title: str = ""
    is_possible: bool = True
    contents: str = ""

    @property
    def seal(self) -> str:
        """Return what tells this preview from another: of the same records, with the same contents and outcomes."""
        told = [(each.record.pk, str(each.words), each.is_refused) for each in self.outcomes]
        return hashlib.sha256(repr((told, [str(line) for line in self.others], self.contents)).encode()).hexdigest()


class Verb:
    """One verb of publication, as a page."""

    name: ClassVar[str]
    label: ClassVar[Any]
    button: ClassVar[Any]
    explanation: ClassVar[Any]
    permission: ClassVar[str]
    form: ClassVar[type[forms.Form]] = forms.Form
    takes_away: ClassVar[bool] = False
    """Whether there is no page of the record afterwards."""

    def is_allowed(self, user: Any) -> bool:
        """Return whether this user may do it at all."""
        return user.has_perm(self.permission)

    def is_offered(self, record: Record) -> bool:  # noqa: ARG002 - for verbs that have a condition
        """Return whether the page of this record has a button for it."""
        return True

    def asking(self, data: Any, editor: AbstractBaseUser) -> forms.Form:  # noqa: ARG002 - for verbs to which it matters
        """Return the form of what it asks, of this curator; `data` is what was sent, None where nothing was."""
        return self.form(data)

    def foresee(self, records: list[Record]) -> Preview:
        """Return what would happen, without doing it."""
        raise NotImplementedError

    def foreseen_by(self, records: list[Record], editor: AbstractBaseUser) -> Preview:  # noqa: ARG002 - for verbs to which it matters
        """Return what would happen if this curator did it."""
        return self.foresee(records)

    def carry_out(self, records: list[Record], answers: dict[str, Any], editor: AbstractBaseUser) -> list[Outcome]:
        """Do it, in one transaction, and return what was done and what was refused."""
        raise NotImplementedError
