"""What browsers are told, at every address of both sites: no page, file or error goes without its walls.

What is asked of programs (settings, timeouts, turns, locked names) stands in `tests/chronicle/test_hardening.py` and
`tests/chronicle/accounts/test_login.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

from chronicle.isolation import NEVER_USED
from tests.chronicle.admin.desk import logged_in
from tests.trust.canaries import public_ones
from tests.trust.crawling import Addresses, slugs
from tests.trust.drills import Drill, Seen

FORBIDDEN = ("'unsafe-inline'", "'unsafe-eval'", "https:", "http:", "data:text", "blob:")
DETAILS = ("Traceback", "urlconf", "chronicle.urls", "psycopg", "SELECT ", "site-packages", str(settings.BASE_DIR))
DESK = (
    "/admin/", "/admin/login/", "/admin/chronicle/event/", "/admin/chronicle/event/add/", "/admin/sources/document/",
    "/admin/nothing/", "/admin/account/", "/admin/invitation/x/", "/admin/chronicle/event/999999/change/",
)  # fmt: skip


def attack(rounds: int) -> Seen:
    """Ask for so many addresses, and look at what goes with each answer."""
    public_ones()
    desk = logged_in(get_user_model().objects.create_superuser("curator"))
    reader, seen = Client(raise_request_exception=False), Seen()
    asking = [(desk, address) for address in DESK]
    asking += [(reader, address) for address in islice(Addresses(slugs("published"), width=3), rounds)]
    for client, address in asking:
        response = client.get(address)
        response.close()
        seen.rounds += 1
        seen.found += [f"{address} ({response.status_code}): {each}" for each in missing(response, address)]
        if client is reader and (reader.cookies or response.cookies):
            seen.found.append(f"{address} gives a reader a cookie")
    seen.figures = {"of the desk": len(DESK), "of readers": seen.rounds - len(DESK)}
    return seen


def missing(response: Any, address: str) -> Iterator[str]:
    """Yield what an answer lacks."""
    if address.startswith("/health/"):
        return  # a word for machines, before anything else is done
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "base-uri 'none'" not in policy:
        yield f"its policy is {policy!r}"
    yield from (f"its policy allows {each}" for each in FORBIDDEN if each in policy)
    for name, value in WALLS.items():
        is_page = "text/html" in response.headers.get("Content-Type", "") and not address.startswith(
            ("/embed/", "/api/")
        )
        allowed = {value} if is_page or not name.endswith("Resource-Policy") else {value, "cross-origin"}
        if response.headers.get(name) not in allowed:
            yield f"{name} is {response.headers.get(name)!r}"
    used = [each for each in NEVER_USED if f"{each}=()" not in response.headers.get("Permissions-Policy", "")]
    yield from (f"pages may use {each}" for each in used)
    if response.status_code >= 400 and not response.streaming:
        yield from (f"an error tells {each}" for each in DETAILS if each in response.text)


WALLS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


@contextmanager
def without_walls() -> Iterator[None]:
    """A site of which somebody took out the middleware that tells browsers what no page needs."""
    kept = [name for name in settings.MIDDLEWARE if "csp" not in name.lower()]
    assert len(kept) < len(settings.MIDDLEWARE)
    with override_settings(MIDDLEWARE=kept):
        yield


DRILL = Drill("hardening", attack, without_walls, promised=400, few=60, enough=1)
