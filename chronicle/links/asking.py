"""Asking for one address: HEAD, and where that is refused GET of a little; every redirect is guarded anew."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPMethod, HTTPStatus
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from chronicle.links.guard import RefusedError, guarded
from chronicle.links.manners import Manners
from chronicle.links.turns import Turns
from chronicle.links.vocabularies import LinkState

PORTS: Final = {"http": 80, "https": 443}
MOST_TOLD: Final = 200
"""Characters of a reason."""
LONGEST: Final = 2_000
"""How many characters of an address are kept, as columns of addresses do."""
KEPT: Final = "!#$%&'()*+,/:;=?@[]~"
"""What stands in an address as it is (RFC 3986, section 2.2), and signs that are escaped already."""
GONE: Final = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
MOVED: Final = {
    *(HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER),
    *(HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT),
}


@dataclass(frozen=True)
class Answer:
    """What was seen of an address: its state, the status of HTTP or the reason, and where it led."""

    state: LinkState
    told: str = ""
    moved_to: str = ""


@dataclass(frozen=True)
class _Heard:
    status: int
    location: str


def host_of(address: str) -> str:
    """Return the host of an address, by which requests take turns; empty for what has none."""
    with suppress(ValueError):
        return urlsplit(address).hostname or ""
    return ""


def ask(address: str, agent: str, manners: Manners, turns: Turns) -> Answer:
    """Return what an address answers; nothing that a server does raises an error here."""
    here = address
    try:
        for _redirect in range(manners.redirects + 1):
            heard = _hear(here, agent, manners, turns)
            if heard.status not in MOVED or not heard.location:
                return Answer(_state(heard.status), str(heard.status), here[:LONGEST] if here != address else "")
            here = urljoin(here, heard.location)
    except RefusedError as refusal:
        return Answer(LinkState.REFUSED, str(refusal)[:MOST_TOLD])
    except (OSError, HTTPException) as error:
        return Answer(LinkState.UNANSWERED, _reason(error))
    except ValueError:
        return Answer(LinkState.REFUSED, "no web address")
    return Answer(LinkState.UNANSWERED, "redirected too often")


def _state(status: int) -> LinkState:
    if status < HTTPStatus.BAD_REQUEST:
        return LinkState.FOUND
    if status in GONE:
        return LinkState.GONE
    return LinkState.BARRED if status < HTTPStatus.INTERNAL_SERVER_ERROR else LinkState.UNANSWERED


def _reason(error: Exception) -> str:
    """The kind of failure in a few words; messages of other people's servers are not kept."""
    if isinstance(error, socket.gaierror):
        return "host not known"
    if isinstance(error, ssl.SSLError):
        return "no valid certificate"
    if isinstance(error, TimeoutError):
        return "too slow"
    return "no connection" if isinstance(error, OSError) else "no answer of HTTP"


def _hear(address: str, agent: str, manners: Manners, turns: Turns) -> _Heard:
    """Ask by HEAD; by GET too where a server has no good answer to that, as many have none."""
    parts = urlsplit(address)
    host = parts.hostname
    if parts.scheme not in PORTS or not host or "@" in parts.netloc:
        raise RefusedError(host or parts.scheme)
    heard = _Heard(0, "")
    for method in (HTTPMethod.HEAD, HTTPMethod.GET):
        with turns.of(host):
            heard = _requested(method, parts, agent, manners)
        if heard.status < HTTPStatus.BAD_REQUEST or heard.status == HTTPStatus.TOO_MANY_REQUESTS:
            break
    return heard


def _requested(method: str, parts: SplitResult, agent: str, manners: Manners) -> _Heard:
    with _connected(parts, manners) as connection:
        target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=KEPT)
        connection.request(method, target, headers={"User-Agent": agent, "Accept": "*/*", "Connection": "close"})
        response = connection.getresponse()
        if method == HTTPMethod.GET:
            response.read(manners.bytes)
        return _Heard(response.status, _location(response.headers.get("Location", "")))


def _location(sent: str) -> str:
    """Where an answer leads; what is no ASCII in it is taken for UTF-8, as browsers do."""
    return quote(sent.encode("latin-1", "replace"), safe=KEPT)


@contextmanager
def _connected(parts: SplitResult, manners: Manners) -> Iterator[HTTPConnection]:
    """A connection to the machine that was guarded, cut off when the time is over, however slowly it drips."""
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    address = guarded(host, port, manners.exempt)
    connection = HTTPConnection(host, port, timeout=manners.seconds)
    connection.sock = socket.create_connection((address, port), timeout=manners.seconds)
    over = Event()
    end = Timer(manners.seconds, _cut, [connection, over])
    end.daemon = True
    end.start()
    try:
        if parts.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
            connection.sock.do_handshake()
        yield connection
    finally:
        end.cancel()
        connection.close()
        if over.is_set():
            raise TimeoutError


def _cut(connection: HTTPConnection, over: Event) -> None:
    over.set()
    with suppress(OSError):  # it is closed already
        if connection.sock:
            connection.sock.shutdown(socket.SHUT_RDWR)
