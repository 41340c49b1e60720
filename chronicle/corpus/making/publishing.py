"""Publishing a made-up corpus with the verbs, in calls of bounded size."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from chronicle.models import Event
from chronicle.publication import publish
from chronicle.vocabularies import WorkState


@dataclass(frozen=True)
class Published:
    """How far publishing has come: events done, refused for want of a public citation, and the seconds so far."""

    done: int
    refused: int
    seconds: float

    @property
    def rate(self) -> float:
        """Events a second."""
        return self.done / self.seconds if self.seconds else 0.0


def publish_all(*, together: int) -> Iterator[Published]:
    """Publish every event that is no draft, so many numbers in a call and a transaction; yield how far it has come."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    done = refused = 0
    began = time.monotonic()
    for lowest in range(1, last + 1, together):
        events = Event.objects.filter(pk__range=(lowest, lowest + together - 1)).exclude(state=WorkState.DRAFT)
        report = publish(events)
        done, refused = done + len(report.done), refused + len(report.refused)
        yield Published(done, refused, time.monotonic() - began)
