"""From which address a request comes, as far as that may be believed."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV6_SUBSCRIBER = 64
"""Bits of an IPv6 address that name a subscriber, who has all the rest (RFC 6177): the rest tells nobody apart."""


def client_address(request: HttpRequest) -> str | None:
    """Return the address of who asks; of IPv6 the first of its subscriber's; None where there is none.

    Each of the proxies (`TRUSTED_PROXIES`) adds the address it was asked from at the end of X-Forwarded-For. What
    stands before those, anybody may have written, and it is not read.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    number = settings.TRUSTED_PROXIES
    told = hops[-number] if 0 < number <= len(hops) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(told)
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), IPV6_SUBSCRIBER), strict=False).network_address)
