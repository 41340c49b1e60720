"""What the pages of every reference have: publishing its changes, and a clear word when it cannot be deleted."""

from typing import Any, ClassVar

from chronicle.admin.editions import KeptForItsEditions
from chronicle.admin.publishing import PublishChanges
from chronicle.admin.undeleting import Undeleting
from chronicle.admin.verb_pages import VerbPages
from chronicle.admin.verbs import Verb
from sources.admin.once import AddedOnce
from sources.admin.records import RecordAdmin


class ReferenceAdmin(AddedOnce, VerbPages, Undeleting, KeptForItsEditions, RecordAdmin):
    """Pages of a reference, the record that events need; `subject` is the edition's column for it."""

    more_verbs: ClassVar[tuple[Verb, ...]] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        self.verbs = (PublishChanges(self.subject), *self.more_verbs)
        super().__init__(*args, **options)
