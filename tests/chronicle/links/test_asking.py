"""Asking for addresses: what each answer means, how little is taken, and which machines are never asked."""

import time
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from chronicle.links.asking import Answer, ask
from chronicle.links.guard import RefusedError, guarded
from chronicle.links.manners import Manners, agent
from chronicle.links.turns import Turns
from chronicle.links.vocabularies import LinkState
from tests.chronicle.links.servers import Server, serving

FOUND, GONE, BARRED, UNANSWERED, REFUSED = LinkState
HERE = Manners(pause=0, seconds=2, exempt=(ip_network("127.0.0.1"),))


@pytest.fixture(scope="module")
def everybody() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def server(everybody: Server) -> Server:
    everybody.asked.clear()
    everybody.most_at_once = 0
    return everybody


def answer(address: str, manners: Manners = HERE) -> Answer:
    return ask(address, agent("A chronicle", "editors@example.org"), manners, Turns(manners.pause))


@pytest.mark.parametrize(
    ("path", "expected", "asked"),
    [
        ("/page?a=1#part", Answer(FOUND, "200"), ["HEAD /page?a=1"]),
        ("/Şuşa 1", Answer(FOUND, "200"), ["HEAD /%C5%9Eu%C5%9Fa%201"]),
        ("", Answer(FOUND, "200"), ["HEAD /"]),
        ("?a", Answer(FOUND, "200"), ["HEAD /?a"]),
        ("/no-head", Answer(FOUND, "200"), ["HEAD /no-head", "GET /no-head"]),
        ("/status/404", Answer(GONE, "404"), ["HEAD /status/404", "GET /status/404"]),
        ("/status/410", Answer(GONE, "410"), ["HEAD /status/410", "GET /status/410"]),
        ("/status/403", Answer(BARRED, "403"), ["HEAD /status/403", "GET /status/403"]),
        ("/status/429", Answer(BARRED, "429"), ["HEAD /status/429"]),
        ("/status/503", Answer(UNANSWERED, "503"), ["HEAD /status/503", "GET /status/503"]),
    ],
)
def test_state_of_an_address(server, path, expected, asked):
    assert answer(server.url(path)) == expected
    assert server.paths == asked


def test_who_asks_is_said(server):
    answer(server.url("/"))

    assert [asked[2] for asked in server.asked] == ["chronicle-link-check/1.0 (A chronicle; editors@example.org)"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "chronicle-link-check/1.0"),
        ("Ա\r\nX: 1", "chronicle-link-check/1.0 (X: 1)"),
        ("A (b)\\", "chronicle-link-check/1.0 (A b)"),
    ],
)
def test_name_of_a_chronicle_never_breaks_out_of_its_header(name, expected):
    assert agent(name, "") == expected


def test_redirect_is_followed_and_told(server):
    assert answer(server.url("/to/to/page")) == Answer(FOUND, "200", server.url("/page"))
    assert answer(server.url("/to/status/404")) == Answer(GONE, "404", server.url("/status/404"))


def test_circle_of_redirects_ends(server):
    manners = replace(HERE, redirects=2)
    assert answer(server.url("/to/to/to/to/page"), manners) == Answer(UNANSWERED, "redirected too often")
    assert len(server.asked) == 3


def test_answer_that_drips_is_cut_off(server):
    began = time.monotonic()

    found = answer(server.url("/drip"), replace(HERE, seconds=0.3))

    assert found == Answer(UNANSWERED, "too slow")
    assert time.monotonic() - began < 1


def test_answer_without_end_is_not_read_to_it(server):
    assert answer(server.url("/endless"), replace(HERE, bytes=1000)) == Answer(FOUND, "200")


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://nowhere.invalid/"])
def test_server_that_is_not_there(address):
    assert answer(address).state == UNANSWERED


# Which machines


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "localhost",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *("::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
        *("224.0.0.1", "ff02::1", "255.255.255.255", "2130706433", "127.1"),
    ],
)
def test_machine_that_is_not_on_the_open_internet_is_never_asked(host):
    with pytest.raises(RefusedError, match=host.replace(".", "[.]")):
        guarded(host, 80)


@pytest.mark.parametrize("host", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_machine_on_the_open_internet_may_be_asked(host):
    assert guarded(host, 80) == host


def test_nothing_private_is_asked_without_the_exemption_of_tests(server):
    assert answer(server.url("/page"), replace(HERE, exempt=())) == Answer(REFUSED, "127.0.0.1")
    assert server.asked == []


def test_redirect_into_a_private_network_is_not_followed(server):
    target = server.url("/secret").replace("127.0.0.1", "127.0.0.2")

    assert answer(server.url(f"/to/{target}")) == Answer(REFUSED, "127.0.0.2")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "http://user:word@example.org/",
        "http://[::1",
        "http://a:99999/",
        "x" * 50,
    ],
)
def test_what_is_no_web_address_is_not_asked(address):
    assert answer(address).state == REFUSED


# Manners


def test_one_host_is_asked_one_request_at_a_time_with_a_pause(server):
    answer(server.url("/no-head"), replace(HERE, pause=0.2))

    first, second = (asked[3] for asked in server.asked)
    assert second - first >= 0.2
