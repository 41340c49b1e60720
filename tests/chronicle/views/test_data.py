"""Everything as tables: what is published, nothing else, and in a form that can be taken in again."""

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from chronicle import overload
from chronicle.exports import public_tables
from chronicle.imports import Verdict, import_tables, preview, read_file
from chronicle.models import Citation, Event, Location
from chronicle.publication import Note, publish, publish_references, withdraw
from sources.models import Document
from tests import factories as make
from tests.conftest import empty_tables

pytestmark = pytest.mark.usefixtures("published")


def content(address: str) -> bytes:
    response: Any = Client().get(address)
    assert response.status_code == 200
    data = b"".join(response.streaming_content)
    response.close()
    return data


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(f"/data/{name}.csv").decode("utf-8-sig"))))


def small_chronicle() -> Event:
    here, there = make.party(slug="here"), make.party(slug="there")
    town = make.location(
        slug="town", name="Town", latitude="39.758", longitude="-46.749", coordinate_uncertainty_m=2000
    )
    town.names.create(toponym="Շուշի", language="hy", party=there, is_preferred=True)
    event = make.event(
        slug="losses",
        title="=Losses",
        parties=(here, there),
        locations=(town,),
        date_edtf="1994-05~",
        curators_note="SECRET",
        summary="It was so.",
    )
    report = make.document(slug="report", title="Report", issued_edtf="1994", party=here, curators_note="SECRET")
    person = make.unit(slug="person")
    figure = {"aspect": "killed", "unit": person, "asserted_figure": (81, None), "statement": "Many, it says."}
    make.citation(event, report, curators_note="SECRET", **figure)
    make.citation(event, report, aspect="date", date_of="began", asserted_date_edtf="[1994-05-09..1994-05-10]")
    publish([event])
    publish_references("masthead", [make.masthead(name="A chronicle", licence="CC BY 4.0")])
    return event


def test_tables_hold_what_is_published_and_nothing_private() -> None:
    event = small_chronicle()
    make.cited_event(slug="draft")
    event.summary = "Changed at the desk."
    event.save()

    (row,) = rows("event")

    assert (row["id"], row["slug"], row["title"], row["summary"]) == (str(event.pk), "losses", "'=Losses", "It was so.")
    assert (row["kind"], row["date_edtf"]) == (event.kind.slug, "1994-05~")
    (town,) = rows("location")
    assert (town["latitude"], town["longitude"]) == ("39.758000", "-46.749000")
    killed, dated = rows("citation")
    assert (killed["asserted_figure"], killed["unit"], killed["document"]) == ("at least 81", "person", "report")
    assert dated["asserted_date_edtf"] == "[1994-05-09..1994-05-10]"
    for name in public_tables():
        assert b"SECRET" not in content(f"/data/{name}.csv")
    assert not {"curators_note", "state"} & set(row)


def test_package_describes_every_table_and_its_checksums_hold() -> None:
    small_chronicle()

    archive = zipfile.ZipFile(io.BytesIO(content("/data/chronicle.zip")))

    assert archive.testzip() is None
    about = json.loads(archive.read("datapackage.json"))
    assert (about["title"], about["licenses"]) == ("A chronicle", [{"title": "CC BY 4.0"}])
    assert {resource["name"] for resource in about["resources"]} == set(public_tables())
    for resource in about["resources"]:
        data = archive.read(resource["path"])
        assert (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}") == (resource["bytes"], resource["hash"])
        headings = next(csv.reader(io.StringIO(data.decode())))
        assert headings == [field["name"] for field in resource["schema"]["fields"]]
    assert "CC BY 4.0" in archive.read("README.txt").decode()


def test_same_state_gives_the_same_bytes() -> None:
    small_chronicle()

    assert content("/data/chronicle.zip") == content("/data/chronicle.zip")


def test_package_can_be_imported_into_an_empty_chronicle_and_gives_the_same_package() -> None:
    small_chronicle()
    first = {name: rows(name) for name in public_tables()}
    files = {name: content(f"/data/{name}.csv") for name in public_tables()}
    empty_tables()

    for name, data in files.items():
        read = read_file(f"{name}.csv", data)
        report = import_tables(read.tables)
        assert report.is_clean, (name, list(report.lines()))
    assert (Event.objects.count(), Location.objects.count(), Document.objects.count()) == (1, 1, 1)
    assert Citation.objects.count() == 2
    publish(Event.objects.all())

    again = {name: rows(name) for name in public_tables()}
    for name in set(first) - {"masthead"}:
        assert [_plain(row) for row in again[name]] == [_plain(row) for row in first[name]], name


def test_workbook_is_taken_in_again_with_its_numbers() -> None:
    small_chronicle()
    Citation.objects.filter(aspect="killed").delete()
    publish(Event.objects.all())
    book, records = content("/data/chronicle.xlsx"), json.loads(content("/data/citation.json"))
    empty_tables()

    read = read_file("chronicle.xlsx", book)
    report = import_tables(read.tables)

    assert report.is_written, list(report.lines())
    assert "chronicle.xlsx, event: id is not read: the database gives every row a number of its own." in read.remarks
    assert list(Citation.objects.values_list("number", flat=True)) == [2] == [one["number"] for one in records]
    assert Event.objects.get().title == "=Losses"
    assert Location.objects.get().names.get().is_preferred
    assert preview(read.tables).number(Verdict.UNCHANGED) == sum(report.counts.values())


@pytest.mark.parametrize("address", ["/data/location.xlsx", "/data/location.json", "/events.xlsx?place=town"])
def test_table_alone_can_be_had_in_every_form(address: str) -> None:
    small_chronicle()
    publish([make.cited_event(slug="other", date_edtf="2001")])

    data = content(address)

    if address.endswith("json"):
        (town,) = json.loads(data)
        assert (town["slug"], town["latitude"], town["geometry"]) == ("town", 39.758, None)
        return
    sheet = load_workbook(io.BytesIO(data)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(cells) == 2
    assert dict(zip(*cells, strict=True))["slug"] == ("town" if "location" in address else "losses")


def _plain(row: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if name != "id"}


def test_list_of_events_is_downloaded_as_it_is_narrowed_down() -> None:
    small_chronicle()
    publish([make.cited_event(slug="other", date_edtf="2001")])

    found = list(csv.DictReader(io.StringIO(content("/events.csv?place=town").decode("utf-8-sig"))))

    assert [(row["slug"], row["earliest"], row["places"], row["documents"]) for row in found] == [
        ("losses", "1994-05-01", "Town", "1")
    ]
    assert len(list(csv.DictReader(io.StringIO(content("/events.csv").decode("utf-8-sig"))))) == 2
    assert Client().get("/events.csv?period=nonsense").status_code == 404


def test_what_was_taken_down_is_gone_from_every_table() -> None:
    event = small_chronicle()
    withdraw([event], note=Note(words="A family asked for it."))

    assert all(rows(name) == [] for name in ("event", "citation", "document", "location"))


def test_page_leads_to_every_table() -> None:
    small_chronicle()
    client = Client()

    page = client.get("/data/").content.decode()

    for name in public_tables():
        assert all(f'href="/data/{name}.{ending}"' in page for ending in ("csv", "xlsx", "json"))
    assert [client.get(f"/data/nothing.{one}").status_code for one in ("csv", "xlsx", "json")] == [404, 404, 404]
    assert client.get("/data/restriction.csv").status_code == 404


def test_too_many_downloads_at_once_are_asked_to_come_back() -> None:
    small_chronicle()
    client = Client()
    held = [client.get("/data/event.csv") for _ in range(2)]

    refused = client.get("/data/event.csv")
    for response in held:
        response.close()

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, str(overload.RETRY_AFTER))
    assert client.get("/data/event.csv").status_code == 200


def test_download_asks_a_number_of_queries_that_does_not_grow(django_assert_num_queries: Any) -> None:
    small_chronicle()
    with django_assert_num_queries(7, using="published"):
        content("/data/citation.csv")
    publish([make.cited_event() for _ in range(3)])

    with django_assert_num_queries(7, using="published"):
        content("/data/citation.csv")
