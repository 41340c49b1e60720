from typing import Any

import pytest
from django.apps import apps
from pghistory.models import Context

from chronicle.models import Edition, Event
from chronicle.publication import publish
from sources.models import Document
from tests import factories
from tests.chronicle.admin.desk import confirmed, contributor, list_url, logged_in, saved, told, url


def page(verb: str) -> str:
    return list_url(Document, verb)


def test_page_foretells_which_events_change_and_does_nothing(desk: Any) -> None:
    document = factories.document()
    only, among = factories.event(title="Only"), factories.event(title="Among others")
    factories.citation(only, document)
    factories.citation(among, document)
    factories.citation(among)
    publish([only, among])

    response = desk.get(page("withhold"), {"id": document.pk})

    assert response.context["preview"].others == [
        "Only: left without a citation, so it is gone for readers",
        "Among others: stays public without it",
    ]
    document.refresh_from_db()
    assert document.access == "open"
    assert not Edition.objects.filter(is_tombstone=True).exists()


def test_document_is_withheld_at_once(committed_desk: Any) -> None:
    document = factories.document(title_short="Bayramov 2021")
    event = factories.event(title="First ceasefire")
    factories.citation(event, document)
    factories.citation(event)
    publish([event])
    assert Document.objects.using("published").filter(pk=document.pk).exists()

    response = confirmed(committed_desk, Document, "withhold", {"id": document.pk, "access": "withheld"}, follow=True)

    assert told(response) == ["Bayramov 2021: withheld: nothing. First ceasefire: stays public without it"]
    document.refresh_from_db()
    assert document.access == "withheld"
    assert not Document.objects.using("published").filter(pk=document.pk).exists()
    assert Event.objects.using("published").get().citations.count() == 1


def test_withholding_is_on_record_with_curator_and_page(desk: Any) -> None:
    document = factories.document()

    confirmed(desk, Document, "withhold", {"id": document.pk, "access": "withheld"})

    revision = apps.get_model("sources", "DocumentRevision").objects.latest("pgh_id")
    assert revision.access == "withheld"
    metadata = Context.objects.get(pk=revision.pgh_context_id).metadata
    assert (metadata["user"], metadata["url"]) == (int(desk.session["_auth_user_id"]), page("withhold"))


def test_described_document_needs_a_description(desk: Any) -> None:
    document = factories.document()

    refused = confirmed(desk, Document, "withhold", {"id": document.pk, "access": "described"})

    assert refused.status_code == 200
    assert "a described document needs one" in str(refused.context["form"].non_field_errors())
    document.refresh_from_db()
    assert document.access == "open"

    saved(desk, url(document), public_description="testimony of a resident")
    confirmed(desk, Document, "withhold", {"id": document.pk, "access": "described"})
    document.refresh_from_db()
    assert document.access == "described"


def test_document_is_released(desk: Any) -> None:
    document = factories.document()
    confirmed(desk, Document, "withhold", {"id": document.pk, "access": "withheld"})
    assert page("withhold") not in desk.get(url(document)).text

    response = confirmed(desk, Document, "release", {"id": document.pk, "access": "open"}, follow=True)

    assert told(response) == [f"{document}: open: the whole record may be published"]
    document.refresh_from_db()
    assert document.access == "open"


def test_public_document_is_not_shown_less_of_by_releasing(committed_desk: Any) -> None:
    document = factories.document(public_description="testimony of a resident")
    event = factories.event()
    factories.citation(event, document)
    publish([event])

    response = confirmed(committed_desk, Document, "release", {"id": document.pk, "access": "described"})

    assert "use withhold to show less of a document that is public" in response.text
    document.refresh_from_db()
    assert document.access == "open"


@pytest.mark.parametrize("verb", ["withhold", "release", "publish-changes"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_verbs_are_refused_without_their_permission(db: None, verb: str, method: str) -> None:
    document = factories.document()
    desk = logged_in(contributor())

    response = getattr(desk, method)(page(verb), {"id": document.pk, "access": "withheld", "kind": "wording"})

    assert response.status_code == 403
    document.refresh_from_db()
    assert document.access == "open"
    assert desk.get(url(document)).status_code == 200


def test_access_is_not_changed_by_the_form(desk: Any) -> None:
    document = factories.document(title="A report")

    response = saved(desk, url(document), access="withheld", title="Another report")

    assert response.status_code == 302
    document.refresh_from_db()
    assert (document.title, document.access) == ("Another report", "open")
