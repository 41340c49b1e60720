"""Checking the links of documents: what is written down, what is left out, and where a run goes on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from ipaddress import ip_network

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from chronicle.links.models import Link
from chronicle.models import Restriction
from chronicle.worklists.documents import dead_links
from sources.models import Document
from tests import factories as make
from tests.chronicle.admin.desk import contributor, logged_in, url
from tests.chronicle.links.servers import Server, serving
from tests.refusals import run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def everybody() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def server(everybody: Server, settings) -> Server:
    everybody.asked.clear()
    everybody.most_at_once = 0
    settings.LINK_MANNERS = replace(settings.LINK_MANNERS, pause=0, seconds=2, exempt=(ip_network("127.0.0.1"),))
    return everybody


def checked(**options) -> list[str]:
    said = StringIO()
    call_command("check_links", stdout=said, **options)
    return said.getvalue().splitlines()


def states() -> list[tuple[str, str, int]]:
    return [(link.address.rpartition("/")[2], link.state, link.failures) for link in Link.objects.order_by("address")]


def test_addresses_and_copies_of_documents_are_asked_for_once_each(server):
    first, second = server.url("/first"), server.url("/status/404")
    one = make.document(url=first, archive_url=second)
    make.document(url=first)
    make.file(one, archive_url=server.url("/file"))

    said = checked()

    assert sorted(server.paths) == ["GET /status/404", "HEAD /file", "HEAD /first", "HEAD /status/404"]
    assert states() == [("file", "found", 0), ("first", "found", 0), ("first", "found", 0), ("404", "gone", 1)]
    assert said == [f"gone (404): {second}", "found 2, gone 1"]


def test_run_goes_on_where_the_last_one_stopped(server):
    for number in range(3):
        make.document(url=server.url(f"/{number}"))

    checked(most=1)
    first = Link.objects.count()
    asked_first = len(server.asked)
    checked()

    assert (first, Link.objects.count()) == (1, 3)
    assert asked_first <= 3
    assert checked() == ["nothing to ask for"]


def test_old_answers_are_asked_for_again_and_failures_counted(server):
    document = make.document(url=server.url("/status/500"))
    for _time in range(3):
        checked()
        Link.objects.update(checked_at=timezone.now() - timedelta(days=31))
    assert states() == [("500", "unanswered", 3)]

    document.url = server.url("/found")
    document.save()
    checked()

    assert states() == [("found", "found", 0)]


def test_what_must_not_be_told_is_not_asked(server):
    make.document(url=server.url("/withheld"), access="withheld")
    make.document(url=server.url("/described"), access="described", public_description="A testimony")
    restricted = make.document(url=server.url("/restricted"))
    Restriction.objects.create(document=restricted, group=Group.objects.first())
    make.document(url=server.url("/open"))

    checked()

    assert server.paths == ["HEAD /open"]
    with pytest.raises(CommandError, match="no open document"):
        checked(document=restricted.slug)


def test_one_document_is_asked_for_whenever_that_was(server):
    document = make.document(url=server.url("/a"))
    make.document(url=server.url("/b"))

    checked(document=document.slug)
    checked(document=document.slug)

    assert server.paths == ["HEAD /a", "HEAD /a"]


def test_hosts_are_asked_together_and_each_for_itself(server):
    for number in range(4):
        make.document(url=server.url(f"/{number}"))

    checked()

    assert (len(server.asked), server.most_at_once) == (4, 1)


@pytest.mark.parametrize("documents", [1, 3])
def test_asks_the_database_as_often_for_each_address(server, django_assert_num_queries, documents):
    for number in range(documents):
        make.document(url=server.url(f"/{number}"))

    with django_assert_num_queries(6 + documents):
        checked()


# At the desk

COLUMNS = "document_id, address, state, told, moved_to, failures, checked_at"


@pytest.mark.parametrize(
    ("state", "failures", "copy", "copy_state", "is_listed"),
    [
        ("gone", 1, "", "", True),
        ("gone", 1, "https://archive.example/1", "", False),
        ("gone", 1, "https://archive.example/1", "found", False),
        ("gone", 1, "https://archive.example/1", "gone", True),
        ("unanswered", 2, "", "", False),
        ("unanswered", 3, "", "", True),
        ("barred", 9, "", "", False),
        ("found", 0, "", "", False),
    ],
)
def test_worklist_of_dead_links_without_a_copy(state, failures, copy, copy_state, is_listed):
    document = make.document(url="https://example.org/1", archive_url=copy)
    link(document, "https://example.org/1", state, failures)
    if copy_state:
        link(document, copy, copy_state, int(copy_state != "found"))
    link(make.document(url="https://example.org/2"), "https://example.org/former", "gone", 1)

    assert list(dead_links(Document.objects.all(), ())) == ([document] if is_listed else [])


def link(document, address, state, failures, **fields):
    values = {"document": document, "address": address, "state": state, "failures": failures}
    return Link.objects.create(**values, checked_at=make.DEPOSITED, told="404", **fields)


def test_page_of_a_document_tells_what_was_seen():
    desk = logged_in(contributor())
    document = make.document(url="https://example.org/<1>", archive_url="https://archive.example/1")
    assert "Not asked yet" in desk.get(url(document)).content.decode()

    link(document, document.url, "gone", 1, moved_to="https://example.org/<home>")
    link(document, "https://example.org/former", "gone", 1)
    page = desk.get(url(document)).content.decode()

    told = "URL: gone: its server does not have it any more (404), 31 May 2026; led to https://example.org/&lt;home&gt;"
    assert told in page
    assert page.count("31 May 2026") == 1
    assert "When last asked" not in desk.get(url(make.document())).content.decode()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("UPDATE links_link SET state = 'well', failures = 1", "link_state_is_known"),
        ("UPDATE links_link SET failures = 1", "link_found_has_no_failures"),
        ("UPDATE links_link SET state = 'gone'", "link_found_has_no_failures"),
        (f"INSERT INTO links_link ({COLUMNS}) SELECT {COLUMNS} FROM links_link", "link_is_kept_once"),
    ],
)
def test_database_keeps_what_is_seen_in_order(change, name):
    link(make.document(), "https://example.org/", "found", 0)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        run(change)


def test_links_go_with_their_document_and_are_not_for_readers():
    document = make.document(url="https://example.org/")
    link(document, document.url, "found", 0)

    document.delete()

    assert Link.objects.count() == 0
    assert run("SELECT to_regclass('published.links_link') IS NULL") == [(True,)]
