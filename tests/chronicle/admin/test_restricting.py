"""The page that says which groups see a document."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from chronicle.models import Restriction
from chronicle.publication import publish, release
from chronicle.secrecy import restrict
from sources.models import Document
from tests import factories as make
from tests.chronicle.admin.desk import confirmed, curator, list_url, logged_in, told, url

pytestmark = pytest.mark.django_db
PAGE = "restrict"


@pytest.fixture
def keepers() -> Group:
    return Group.objects.create(name="keepers")


@pytest.fixture
def editor(keepers: Group) -> Client:
    user = curator("editor")
    user.groups.add(keepers)
    return logged_in(user)


def answered(client: Client, document: Document, who: str, *groups: Group) -> Any:
    answers = {"id": document.pk, "who": who, "groups": [group.pk for group in groups]}
    return confirmed(client, Document, PAGE, answers, follow=True)


def test_page_says_what_readers_lose_and_does_nothing(editor: Client) -> None:
    document, event = make.document(), make.event(title="First ceasefire")
    make.citation(event, document)
    publish([event])

    page = editor.get(list_url(Document, PAGE), {"id": document.pk})

    (outcome,) = page.context["preview"].outcomes
    assert outcome.words == "now for everybody at the desk; readers: open: the whole record may be published"
    assert page.context["preview"].others == ["First ceasefire: left without a citation, so it is gone for readers"]
    document.refresh_from_db()
    assert (document.access, Restriction.objects.count()) == ("open", 0)


def test_open_document_is_withheld_and_restricted_and_opened_again(editor: Client, keepers: Group) -> None:
    document = make.document(title_short="Testimony 7")

    response = answered(editor, document, "groups", keepers)

    document.refresh_from_db()
    assert told(response) == ["Testimony 7: at the desk for keepers only"]
    assert (document.access, document.restrictions.get().group) == ("withheld", keepers)
    assert "At the desk for keepers only" in editor.get(url(document)).text

    response = answered(editor, document, "everybody")

    document.refresh_from_db()
    assert told(response) == ["Testimony 7: for everybody at the desk"]
    assert (document.access, document.restrictions.count()) == ("withheld", 0)


def test_editor_goes_on_seeing_what_she_restricts(editor: Client, keepers: Group) -> None:
    document, others = make.document(), Group.objects.create(name="court")

    of_none, of_others = answered(editor, document, "groups"), answered(editor, document, "groups", others)

    assert of_none.context["form"].errors["groups"] == ["Groups: mark at least one, or choose “everybody”."]
    assert of_others.context["form"].errors["groups"] == [
        "Groups: mark one that you are in; else you could not see them any more."
    ]
    assert document.restrictions.count() == 0
    answered(editor, document, "groups", others, keepers)
    assert document.restrictions.count() == 2


def test_restricted_document_is_released_to_nobody_before_the_desk_sees_it(editor: Client, keepers: Group) -> None:
    document = make.document()
    restrict(document, [keepers])

    refused = confirmed(editor, Document, "release", {"id": document.pk, "access": "open"})

    assert "it is for named groups of curators only" in str(refused.context["form"].non_field_errors())
    document.refresh_from_db()
    assert document.access == "withheld"
    restrict(document, [])
    release([document])
    document.refresh_from_db()
    assert document.access == "open"


def test_contributors_restrict_nothing(keepers: Group) -> None:
    document, client = make.document(), logged_in(curator("contributor"))

    assert client.get(list_url(Document, PAGE), {"id": document.pk}).status_code == 403
    assert client.post(list_url(Document, PAGE), {"id": document.pk, "who": "everybody"}).status_code == 403
    assert "Restrict…" not in client.get(url(document)).text
