"""Only its group ever meets the marker that stands in every field of a restricted document and of all that tells of it.

Every address of the desk is asked, and those that the pages of the group lead to, by a curator of the group and by an
administrator who is not in it. What shows the marker to the first is an address at which it could have leaked.
"""

import pytest
from django.urls import resolve

from chronicle.desk.site import Desk
from tests.chronicle.admin.desk import logged_in, url
from tests.chronicle.admin.restricted import Scene, has_marker, showing

pytestmark = pytest.mark.usefixtures("published")


def test_nothing_at_the_desk_tells_an_outsider_of_a_restricted_document() -> None:
    scene = Scene()
    addresses = scene.addresses()
    insider, outsider = logged_in(scene.insider), logged_in(scene.outsider)

    shown_inside, ways_back = showing(insider, [each for each in addresses if page_of(each) in MUST_SHOW])
    shown_outside, _none = showing(outsider, [*addresses, *ways_back])

    assert shown_outside == set()
    assert {page_of(address) for address in shown_inside} == MUST_SHOW
    assert any(has_marker(insider.get(address)) for address in ways_back)


def page_of(address: str) -> str:
    name = str(resolve(address.split("?", maxsplit=1)[0]).url_name)
    return name.removeprefix("sources_").removeprefix("chronicle_")


MUST_SHOW = {
    "autocomplete", "citation_change", "citation_changelist", "document_assign", "document_change",
    "document_changelist", "document_delete", "document_deleted", "document_entry", "document_entry-choice",
    "document_files", "document_history", "document_merge", "document_original", "document_publish-changes",
    "document_reader", "document_release", "document_remarks", "document_restrict", "document_undelete",
    "document_withhold", "event_change", "event_history", "location_change", "location_history",
    "merge_change", "merge_changelist", "merge_undo", "term_change", "term_delete", "term_history",
}  # fmt: skip
"""The pages that show the marker to the group: where there is nothing to hide, nothing is proved."""


def test_page_that_forgot_to_ask_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene()
    addresses = [url(scene.document), url(scene.event)]
    outsider = logged_in(scene.outsider)
    assert showing(outsider, addresses)[0] == set()

    monkeypatch.setattr(Desk, "seen", lambda _desk, _request, rows: rows)

    assert showing(outsider, addresses)[0] == set(addresses)
