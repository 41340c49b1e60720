"""Documents that only named groups may see: who they are hidden from, and that nothing of them is open to readers."""

import pytest
from django.contrib.auth.models import Group, User

from chronicle.models import Restriction
from chronicle.publication import publish
from chronicle.secrecy import hidden_from_user, restrict
from sources.models import Document
from tests import factories as make
from tests.chronicle.admin.desk import curator, logged_in
from tests.factories.whole import revisions


def group(name: str) -> Group:
    return Group.objects.get_or_create(name=name)[0]


def member(name: str, *groups: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set([group(each) for each in groups])
    return user


@pytest.mark.django_db
def test_restricted_document_is_hidden_from_all_but_the_groups() -> None:
    document, other = make.document(), make.document()
    outsider, keeper, both = member("a"), member("b", "keepers"), member("c", "keepers", "court")
    administrator = curator("administrator")
    assert hidden_from_user(outsider) == frozenset()

    restrict(document, [group("keepers"), group("court")])
    restrict(other, [group("court")])

    assert hidden_from_user(outsider) == hidden_from_user(administrator) == {document.pk, other.pk}
    assert (hidden_from_user(keeper), hidden_from_user(both)) == ({other.pk}, frozenset())
    assert hidden_from_user(User.objects.create_superuser("root")) == frozenset()


@pytest.mark.django_db
def test_restriction_is_changed_and_lifted_and_on_record() -> None:
    document, keeper = make.document(), member("b", "keepers")
    restrict(document, [group("court")])
    restrict(document, [group("keepers")])
    assert hidden_from_user(keeper) == frozenset()
    restrict(document, [group("keepers")])
    assert Restriction.objects.count() == 1

    restrict(document, [])

    assert hidden_from_user(member("a")) == frozenset()
    assert list(revisions(Restriction).values_list("pgh_label", flat=True)) == ["insert", "delete", "insert", "delete"]


@pytest.mark.usefixtures("published")
def test_open_document_is_withheld_from_readers_when_it_is_restricted() -> None:
    event, document = make.event(), make.document()
    make.citation(event, document)
    make.citation(event)
    publish([event])
    assert Document.objects.using("published").filter(pk=document.pk).exists()

    restrict(document, [group("keepers")])

    document.refresh_from_db()
    assert document.access == "withheld"
    assert not Document.objects.using("published").filter(pk=document.pk).exists()


@pytest.mark.django_db
def test_described_document_stays_described() -> None:
    document = make.document(access="described", public_description="Testimony")

    restrict(document, [group("keepers")])

    document.refresh_from_db()
    assert document.access == "described"


@pytest.mark.django_db
def test_first_page_counts_nothing_that_is_hidden() -> None:
    document = make.document()
    restrict(document, [group("keepers")])
    keeper, outsider = curator("editor", "keeper"), curator("editor", "outsider")
    keeper.groups.add(group("keepers"))

    counted = {
        user.username: {
            entry.url: entry.count
            for section in logged_in(user).get("/admin/").context["waiting"]
            for entry in section.entries
        }
        for user in (keeper, outsider)
    }

    differing = {url for url, count in counted["keeper"].items() if counted["outsider"][url] != count}
    assert differing == {
        "/admin/sources/document/?work=never-cited", "/admin/sources/document/?access__exact=withheld",
    }  # fmt: skip
    assert {counted["outsider"][url] for url in differing} == {0}
