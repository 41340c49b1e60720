"""Which address is believed: the one that our own proxies saw."""

from typing import Any

import pytest
from django.test import RequestFactory

from chronicle.accounts.addresses import client_address

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", PROXY),
        (0, "203.0.113.9", PROXY),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", PROXY),
        (1, "", None),
        (1, "nonsense", None),
        (1, "\x00", None),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_address_is_that_before_our_own_proxies(
    settings: Any, proxies: int, forwarded: str, address: str | None
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/admin/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR=PROXY)

    assert client_address(request) == address


def test_socket_has_no_address() -> None:
    assert client_address(RequestFactory().get("/admin/", REMOTE_ADDR="")) is None
