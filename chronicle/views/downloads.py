"""Files that readers take along: made while they are sent where they may be long, else at once."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from chronicle import overload
from chronicle.context import masthead_of
from chronicle.exports.archives import Archive
from chronicle.exports.origin import Origin
from chronicle.exports.streaming import together
from chronicle.exports.workbooks import MEDIA_TYPE, Sheet, workbook
from chronicle.middleware import one_state
from chronicle.models import Masthead
from chronicle.views.base import PUBLISHED, GoneError, MovedError, PublicView, gone_page

Made = Callable[[Origin], Iterable[str]]
"""What makes the texts of a file."""
BEGINNING = datetime(1980, 1, 1, tzinfo=UTC)
"""The moment of a chronicle of which nothing was ever published: the earliest that ZIP archives can tell."""


def download(name: str, content_type: str, content: Iterator[bytes]) -> HttpResponse:
    """Return a file that is made while it is sent; of many at once some are asked to come back."""
    if not overload.downloads.acquire(blocking=False):
        raise overload.TooBusyError
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = StreamingHttpResponse(content, content_type=content_type, headers=headers)
    response._resource_closers.append(overload.downloads.release)  # type: ignore[attr-defined]  # noqa: SLF001 -- Django closes these
    return response  # type: ignore[return-value]  # the stubs know no response that streams


def streamed(request: HttpRequest, name: str, content_type: str, made: Made) -> HttpResponse:
    """Return a file whose texts are made in one state of the published side, while it is sent."""
    return download(name, content_type, in_one_state(request, lambda origin: together(made(origin))))


def as_workbook(request: HttpRequest, name: str, sheets: Callable[[], Iterable[Sheet]]) -> HttpResponse:
    """Return sheets as a workbook, which is made in one state of the published side, while it is sent."""
    made = in_one_state(request, lambda origin: workbook(sheets(), Archive(origin.changed_at)))
    return download(name, MEDIA_TYPE, made)


def in_one_state(request: HttpRequest, made: Callable[[Origin], Iterator[bytes]]) -> Iterator[bytes]:
    """Yield the pieces of a file, made in one state of the published side; the masthead is read where it is told."""
    root, masthead = root_of(request), SimpleLazyObject(Masthead.objects.using(PUBLISHED).current)
    with one_state() as changed_at:
        yield from made(Origin(root, masthead, changed_at or BEGINNING))  # type: ignore[arg-type]  # it is one


def root_of(request: HttpRequest) -> str:
    """Return the address of the site that was asked, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def origin_of(request: HttpRequest) -> Origin:
    """Return where a file comes from that is made at once."""
    return Origin(root_of(request), masthead_of(request), request.changed_at or BEGINNING)  # type: ignore[attr-defined]  # set by the middleware


class RecordFile(PublicView):
    """One record as a file: under its address, with an ending. What moved is led on to with the same ending."""

    ending = ""
    content_type = "application/json"

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Return the file, or say that the record was taken down."""
        try:
            made = self.made(address["slug"])
        except GoneError as gone:
            return gone_page(request, gone.edition)
        except MovedError as moved:
            return redirect(f"{moved.address.rstrip('/')}{self.ending}", permanent=True)
        return self.answer(f"{address['slug']}{self.ending}", made)

    def made(self, slug: str) -> Made:
        """Return what makes the texts of the file; Http404, GoneError or MovedError where there is no such record."""
        raise NotImplementedError

    def answer(self, name: str, made: Made) -> HttpResponse:
        """Return the file, made at once."""
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        text = "".join(made(origin_of(self.request)))
        return HttpResponse(text, content_type=self.content_type, headers=headers)


class LongRecordFile(RecordFile):
    """A file of one record that may be long."""

    def answer(self, name: str, made: Made) -> HttpResponse:
        """Return the file, made while it is sent."""
        return streamed(self.request, name, self.content_type, made)
