"""Which machines may be asked: those of the open internet, whatever an address or a redirect says.

Who can write an address into a document could otherwise make the server ask its own neighbours (server-side request
forgery, CWE-918). A name is looked up once and the connection goes to the address that was looked at, so that a name
cannot mean another machine a moment later.
"""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""Addresses of version 6 that a gateway turns into those of version 4 (RFC 6052, section 2.1)."""
LOW_32: Final = 0xFFFFFFFF


class RefusedError(Exception):
    """A host that leads to a machine which is not on the open internet."""


def guarded(host: str, port: int, exempt: Sequence[Network] = ()) -> str:
    """Return the address of a host, to be connected to; RefusedError where any of its addresses is not public.

    OSError where the host is not known.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(where[0]) for *_kind, where in found]
    if not addresses or not all(_may_be_asked(ip_address(address.partition("%")[0]), exempt) for address in addresses):
        raise RefusedError(host)
    return addresses[0]


def _may_be_asked(address: Address, exempt: Sequence[Network]) -> bool:
    if any(address in network for network in exempt):
        return True
    inner = _carried(address) if isinstance(address, IPv6Address) else None
    return (inner or address).is_global and not address.is_multicast


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The address of version 4 to which one of version 6 leads: mapped, translated, or of a 6to4 network."""
    if address in TRANSLATED:
        return IPv4Address(int(address) & LOW_32)
    return address.ipv4_mapped or address.sixtofour
