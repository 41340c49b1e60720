"""What machines are told of a running chronicle, and what its log keeps: nothing of who a reader is or looked for."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import DataError, connections
from django.test import Client, RequestFactory, override_settings
from prometheus_client.parser import text_string_to_metric_families

from chronicle.operation.logs import JsonLines
from chronicle.publication import publish
from tests import factories as make

TOKEN = "a token of this test"
WORDS = "witnessoffirstnight"
ADDRESS = "203.0.113.77"


@pytest.fixture
def readers(published: None) -> Client:
    publish([make.cited_event(slug="ceasefire")])
    return Client(REMOTE_ADDR=ADDRESS)


@pytest.fixture
def broken_desk(published: None) -> Iterator[None]:
    """A desk whose database is not there."""
    name = connections["default"].settings_dict["NAME"]
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = f"{name}_which_is_not_there"
    yield
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = name


def figures(client: Client, token: str = TOKEN) -> dict[tuple[str, ...], float]:
    response = client.get("/health/metrics", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200
    families = text_string_to_metric_families(response.content.decode())
    return {(one.name, *sorted(one.labels.values())): one.value for family in families for one in family.samples}


def test_process_lives_and_is_ready_whatever_the_host_is_called(readers: Client) -> None:
    live, ready = (readers.get(f"/health/{name}", headers={"Host": "10.0.0.7:8000"}) for name in ("live", "ready"))

    assert (live.status_code, live.json()) == (200, {"live": True})
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "databases": {"readers": True, "desk": True}})
    assert ready["Cache-Control"] == "no-store"
    assert not ready.cookies


def test_process_lives_and_is_not_ready_without_its_database(broken_desk: None) -> None:
    client = Client()

    ready = client.get("/health/ready")

    assert (ready.status_code, ready.json()) == (503, {"ready": False, "databases": {"readers": True, "desk": False}})
    assert client.get("/health/live").status_code == 200
    with override_settings(METRICS_TOKEN=TOKEN):
        found = figures(client)
    assert (found["chronicle_database_up", "published"], found["chronicle_database_up", "default"]) == (1, 0)


@override_settings(METRICS_TOKEN=TOKEN)
def test_metrics_count_requests_queries_editions_and_what_waits(readers: Client) -> None:
    before = figures(readers)
    for address in ("/events/", "/events/", "/events/nothing/", f"/search/?q={WORDS}"):
        readers.get(address)

    after = figures(readers)

    def more(*key: str) -> float:
        return after.get((key[0], *sorted(key[1:])), 0) - before.get((key[0], *sorted(key[1:])), 0)

    assert more("chronicle_requests_total", "readers", "events", "200") == 2
    assert more("chronicle_requests_total", "readers", "event", "404") == 1
    assert more("chronicle_requests_total", "readers", "search", "200") == 1
    assert more("chronicle_request_seconds_count", "readers") == 4
    assert more("chronicle_queries_total", "published") > 20
    assert more("chronicle_query_seconds_total", "published") > 0
    assert more("chronicle_queries_total", "default") == 0
    assert after["chronicle_editions_total",] > 0
    assert after["chronicle_waiting", "event_ready"] == 0
    assert after["chronicle_published_changed_timestamp_seconds",] > 1_700_000_000
    assert WORDS not in repr(after)


@pytest.mark.parametrize("token", ["", "a token of this tesu", "Bearer", "\N{LATIN SMALL LETTER SCHWA}"])
@override_settings(METRICS_TOKEN=TOKEN)
def test_metrics_are_for_those_who_have_the_token(token: str) -> None:
    response = Client().get("/health/metrics", HTTP_AUTHORIZATION=f"Bearer {token}")

    assert response.status_code == 401
    assert b"chronicle_" not in response.content


def test_without_a_token_there_are_no_metrics(readers: Client) -> None:
    assert settings.METRICS_TOKEN == ""
    assert readers.get("/health/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@override_settings(LOG_REQUESTS=True)
def test_line_of_a_request_has_figures_and_nothing_of_the_reader(
    readers: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        readers.get(f"/search/?q={WORDS}", headers={"User-Agent": WORDS, "Referer": f"https://{WORDS}.example/"})

    lines = [JsonLines().format(record) for record in caplog.records]
    line = json.loads(lines[-1])
    assert (line["message"], line["side"], line["page"], line["status"]) == ("GET search", "readers", "search", 200)
    assert line["ms"] > 0
    assert line["queries"]["published"] > 5
    assert not any(WORDS in each or ADDRESS in each for each in lines)


@pytest.mark.parametrize(("path", "is_told"), [("/search/", False), ("/admin/chronicle/event/", True)])
def test_error_of_a_readers_page_is_told_without_what_she_asked(db: None, path: str, is_told: bool) -> None:
    with pytest.raises(DataError) as raised, connections["default"].cursor() as cursor:
        cursor.execute("SELECT %s::integer", [WORDS])
    error = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Failed: %s", (path,), error)
    record.request = RequestFactory().get(path)

    line: dict[str, Any] = json.loads(JsonLines().format(record))

    assert (line["level"], line["message"], line["error"]["kind"]) == ("error", f"Failed: {path}", "DataError")
    assert "test_operation.py" in line["error"]["stack"][0]
    assert (WORDS in json.dumps(line)) is is_told
