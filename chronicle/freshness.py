"""Whether a page is still what it was: validators, by which browsers and caches ask for it only when it has changed.

A page is made of nothing but what is published, the software, and its own address. So its tag is made of the moment at
which what readers see was last changed (by any verb, takedowns included, or a migration), of the release, and of the
address; an unchanged page is answered without being made (RFC 9110, section 13).
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags

CODE = ("*.py", "*.html", "*.css", "*.js", "*.mo", "*.ttf")
"""The files of the two packages that make pages."""

ASKED_AGAIN = "public, max-age=0, must-revalidate"
"""Anybody may keep a page, and asks before showing it: what is taken down is gone at once."""

KEPT = "public, max-age={fresh}, stale-while-revalidate={stale}, stale-if-error=0"
"""Anybody may show a page for a while, and for another while they ask meanwhile (RFC 5861); then no longer."""


def conditional(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse], changed_at: datetime | None
) -> HttpResponse:
    """Return the page, or that it has not changed; no cache keeps what failed, nor an answer that is no page.

    If-Modified-Since is not asked: two changes may fall into one second, and a release changes pages too.
    """
    tag = _tag(request, changed_at)
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    is_known = request.method in {"GET", "HEAD"} and tag in asked and not settings.DEBUG
    response = _unchanged() if is_known else get_response(request)
    if settings.DEBUG or response.status_code not in {200, 304}:
        response.headers.setdefault("Cache-Control", "no-store" if response.status_code >= 500 else "no-cache")  # noqa: PLR2004
        return response
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", shown_for(settings.PAGES_MAX_AGE))
    if changed_at:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    if len(settings.LANGUAGES) > 1:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def shown_for(seconds: int) -> str:
    """Return what caches are told that may show a page for so many seconds at most, both halves together.

    `must-revalidate` would forbid the second half; `stale-if-error` says that a page is not shown for longer, not even
    where the site does not answer.
    """
    if not seconds:
        return ASKED_AGAIN
    return KEPT.format(fresh=seconds - seconds // 2, stale=seconds // 2)


def _unchanged() -> HttpResponse:
    """The answer without a page; it brings no policy, which would take the place of the page's own in every cache."""
    response = HttpResponseNotModified()
    response._csp_exempt = True  # type: ignore[attr-defined]  # noqa: SLF001 -- what csp.decorators.csp_exempt sets
    return response


def _tag(request: HttpRequest, changed_at: datetime | None) -> str:
    """The tag of what is at an address now; a weak one, since a proxy may compress the page."""
    language = request.headers.get("Accept-Language", "") if len(settings.LANGUAGES) > 1 else ""
    parts = (request.build_absolute_uri(), changed_at.isoformat() if changed_at else "", release(), language)
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


@lru_cache(maxsize=1)
def release() -> str:
    """Return a digest of the software as it was when this process began: our files, and the releases of libraries."""
    digest = hashlib.blake2b(digest_size=16)
    folders = [settings.BASE_DIR / package for package in ("chronicle", "sources")]
    for path in sorted(path for folder in folders for pattern in CODE for path in folder.rglob(pattern)):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + _content(path))
    digest.update(repr(sorted((library.name, library.version) for library in distributions())).encode())
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    return hashlib.blake2b(path.read_bytes()).digest()
