"""Files of the interface have addresses that change with them, and are kept for good."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from chronicle import staticfiles

NAME = "chronicle/icon.svg"


@pytest.mark.usefixtures("published")  # to close a response closes old connections
def test_address_has_the_folder_of_all_files_and_is_kept_for_good(client):
    address = static(NAME)

    response = client.get(address)

    assert re.fullmatch(rf"/static/v-[0-9a-f]{{16}}/{NAME}", address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert response.getvalue() == Path(finders.find(NAME)).read_bytes()
    response.close()


@pytest.mark.parametrize("folder", ["", "v-0123456789abcdef/"])
def test_file_without_the_folder_or_with_that_of_an_older_release_is_kept_for_a_minute(client, folder):
    response = client.head(f"/static/{folder}{NAME}")

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "max-age=60, public"


@pytest.mark.usefixtures("published")
def test_what_is_no_file_is_not_found(client):
    for address in ("/static/v-0123456789abcdef/", "/static/v-1/chronicle/icon.svg", "/static/nothing.css"):
        assert client.get(address).status_code == 404


def test_folder_changes_with_the_contents_of_any_file(tmp_path):
    (tmp_path / "style.css").write_text("a { color: black }")
    changed = staticfiles.digest([("style.css", tmp_path / "style.css")])
    (tmp_path / "style.css").write_text("a { color: white }")

    assert staticfiles.digest([("style.css", tmp_path / "style.css")]) != changed


def test_style_sheets_and_scripts_of_a_page_lie_in_the_folder(client, published):
    html = client.get("/").content.decode()

    found = re.findall(r'(?:href|src)="(/static/[^"]*)"', html)
    assert found
    assert {address.split("/")[2] for address in found} == {staticfiles.version()}
