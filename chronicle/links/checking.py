"""The verb that asks for the addresses of documents, and writes down what it sees."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from queue import SimpleQueue
from threading import Event
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from chronicle.links.asking import Answer, ask, host_of
from chronicle.links.manners import Manners
from chronicle.links.models import Link
from chronicle.links.turns import Turns
from chronicle.links.vocabularies import LinkState
from sources.models import Document, DocumentFile

SLICE: Final = 200
"""Documents whose addresses are asked for together, host by host."""


@dataclass(frozen=True)
class Seen:
    """An address, what it answered, and the documents that have it."""

    address: str
    answer: Answer
    documents: tuple[int, ...]


def check(documents: QuerySet[Document], *, before: datetime, agent: str, manners: Manners) -> Iterator[Seen]:
    """Ask for the addresses of documents that were not asked for since `before`; yield each when it is written down.

    Whoever stops, and begins again with the same moment, goes on where it stopped.
    """
    turns = Turns(manners.pause)
    after = 0
    while numbers := list(documents.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:SLICE]):
        waiting = _waiting(numbers, before)
        for address, answer in _asked(list(waiting), agent, manners, turns):
            seen = Seen(address, answer, waiting[address])
            _write(seen)
            yield seen
        after = numbers[-1]


def _waiting(numbers: Sequence[int], before: datetime) -> dict[str, tuple[int, ...]]:
    """The addresses of these documents that are to be asked for; what they have no more is forgotten."""
    own = _addresses(numbers)
    links = Link.objects.filter(document__in=numbers)
    left = [link.pk for link in links if link.address not in own.get(link.document_id, ())]
    Link.objects.filter(pk__in=left).delete()
    fresh = {(link.document_id, link.address) for link in links if link.checked_at >= before}
    waiting: dict[str, tuple[int, ...]] = {}
    for number, addresses in own.items():
        for address in addresses:
            if (number, address) not in fresh:
                waiting[address] = (*waiting.get(address, ()), number)
    return waiting


def _addresses(numbers: Sequence[int]) -> Mapping[int, set[str]]:
    rows = Document.objects.filter(pk__in=numbers).values_list("pk", "url", "archive_url")
    found = {number: {address for address in own if address} for number, *own in rows}
    for number, address in DocumentFile.objects.filter(document__in=numbers).values_list("document", "archive_url"):
        found[number].update({address} if address else ())
    return found


def _asked(addresses: Sequence[str], agent: str, manners: Manners, turns: Turns) -> Iterator[tuple[str, Answer]]:
    """Ask several hosts at a time, and each for one address after the other; yield as they answer."""
    by_host: dict[str, list[str]] = {}
    for address in addresses:
        by_host.setdefault(host_of(address), []).append(address)
    answers: SimpleQueue[tuple[str, Answer | Exception]] = SimpleQueue()
    stopped = Event()

    def ask_all(some: Iterable[str]) -> None:
        for address in some:
            if not stopped.is_set():
                answers.put((address, _answer(address, agent, manners, turns)))

    with ThreadPoolExecutor(manners.hosts) as pool:
        for some in by_host.values():
            pool.submit(ask_all, some)
        try:
            for _address in addresses:
                address, answer = answers.get()
                if isinstance(answer, Exception):
                    raise answer
                yield address, answer
        finally:
            stopped.set()


def _answer(address: str, agent: str, manners: Manners, turns: Turns) -> Answer | Exception:
    """Hand over an error of ours too: it is raised where somebody waits for the answer."""
    try:
        return ask(address, agent, manners, turns)
    except Exception as error:  # noqa: BLE001 -- see above
        return error


WRITE: Final = """
INSERT INTO links_link AS l (document_id, address, state, told, moved_to, failures, checked_at)
SELECT d.id, %(address)s, %(state)s, %(told)s, %(moved_to)s, CASE WHEN %(is_found)s THEN 0 ELSE 1 END, %(now)s
FROM sources_document d WHERE d.id = ANY(%(documents)s)
ON CONFLICT (document_id, md5(address)) DO UPDATE
SET state = EXCLUDED.state, told = EXCLUDED.told, moved_to = EXCLUDED.moved_to, checked_at = EXCLUDED.checked_at,
    failures = CASE WHEN %(is_found)s THEN 0 ELSE l.failures + 1 END
"""


def _write(seen: Seen) -> None:
    values: dict[str, Any] = {
        "documents": list(seen.documents),
        "address": seen.address,
        "state": seen.answer.state.value,
        "is_found": seen.answer.state == LinkState.FOUND,
        "told": seen.answer.told,
        "moved_to": seen.answer.moved_to,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)
