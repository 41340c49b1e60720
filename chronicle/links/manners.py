"""How other people's servers are asked: slowly, briefly, and saying who asks."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from typing import Final

NAME: Final = "chronicle-link-check/1.0"
"""What asks, as a rule for robots could name it (RFC 9309, section 2.2.1)."""


@dataclass(frozen=True)
class Manners:
    """What a check may take of a host, and of us."""

    pause: float = 5.0
    """Seconds between two requests to one host."""
    seconds: float = 20.0
    """Of one request, from its connection to what is read of its answer."""
    bytes: int = 64 * 1024
    """Read of an answer that has to be fetched; what is left is not."""
    redirects: int = 5
    hosts: int = 4
    """How many hosts are asked at a time, one request each."""
    exempt: tuple[IPv4Network | IPv6Network, ...] = ()
    """Private networks that may be asked all the same: none, but for servers that tests start."""


def agent(name: str, contact: str) -> str:
    """Return how a chronicle presents itself, in printable ASCII (RFC 9110, section 10.1.5)."""
    told = "; ".join(part for part in (_plain(name), _plain(contact)) if part)
    return f"{NAME} ({told})" if told else NAME


def _plain(words: str) -> str:
    kept = "".join(letter for letter in words if letter.isascii() and letter.isprintable() and letter not in "()\\")
    return " ".join(kept.split())[:200]
