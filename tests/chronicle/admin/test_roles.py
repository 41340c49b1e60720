"""Every address of the desk and every verb, asked for by every role, with and without the pages that lead there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chronicle.accounts.models import AuditEntry, OneTimeLink
from chronicle.merging import merge
from chronicle.models import Citation, Edition, Event, Purge
from chronicle.publication import Note, publish, withdraw, withhold
from chronicle.purging import purge
from sources.models import Agent, Document
from tests import factories
from tests.chronicle.admin.desk import curator, errors, list_url, logged_in, row, saved, shown, tokens, url

DESK_ITSELF = {
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site",
    "app_list", "first-steps", "login-code", "invitation", "new-password", "own-account", "end-other-sessions",
    "second-factor", "second-factor-remove", "recovery-codes",
}  # fmt: skip
"""Pages that belong to no model: open to every curator, and each is tested elsewhere or Django's own."""

STANDING = ("missingdocument", "term")
RECORDS = (*STANDING, "event", "location", "document", "agent", "party", "eventkind", "unit", "population")
REFERENCE_VERBS = ("publish-changes", "purge")
VERBS = {
    "event": ("send-back", "publish", "withdraw", "purge", "purge-whole"),
    "document": (*REFERENCE_VERBS, "withhold", "release", "restrict", "purge-whole"),
    **dict.fromkeys((*STANDING, "masthead"), ("publish", "withdraw", "purge")),
    "agent": (*REFERENCE_VERBS, "naming", "purge-whole"),
    **dict.fromkeys(("location", "party", "eventkind", "unit", "population"), REFERENCE_VERBS),
}
LOOK = ("changelist", "history", "change")
WORK = (*LOOK, "add", "restore")
GONE = ("delete", "deleted", "undelete")
TOGETHER = ("remarks", "assign")
"""What curators of every role do with an event, a document or a location: speak about it, and take it into hands."""
REVIEW = ("review", "propose", "take-back")
ENTRY = ("entry", "entry-choice", "entry-names", "entry-read")
"""The grid of a document, which whoever may cite fills in."""

MAY = {
    "contributor": {
        **dict.fromkeys(RECORDS, WORK),
        "event": (*WORK, *TOGETHER, *REVIEW, "rework"),
        "location": (*WORK, *TOGETHER),
        "document": (*WORK, *ENTRY, *TOGETHER, "files"),
        "citation": LOOK,
        "import": (*LOOK, "add", "template"),
        "merge": LOOK,
        "edition": LOOK,
        "masthead": LOOK,
    },
    "editor": {
        **{name: (*WORK, *GONE, *VERBS[name]) for name in RECORDS},
        "event": (*WORK, *TOGETHER, *REVIEW, "rework", *GONE, *VERBS["event"], "merge"),
        "location": (*WORK, *TOGETHER, *GONE, *VERBS["location"], "merge"),
        "document": (*WORK, *ENTRY, *TOGETHER, "files", *GONE, *VERBS["document"], "merge"),
        "agent": (*WORK, *GONE, *VERBS["agent"], "merge"),
        "citation": LOOK,
        "import": (*LOOK, "add", "template", "undo-import", "purge"),
        "merge": (*LOOK, "undo"),
        "edition": LOOK,
        "purge": LOOK,
        "masthead": (*WORK, *VERBS["masthead"]),
    },
}
MAY["administrator"] = {
    **MAY["editor"], "user": (*LOOK, "add", "password_change", "access"), "group": (*LOOK, "add", "delete"),
    "auditentry": LOOK, "onetimelink": (*LOOK, "add", "delete"),
}  # fmt: skip
"""Role, model and the pages that open; every other page answers 403."""


def subject_of(model: type[Model]) -> Model:
    """A row of each model, made so that nothing stands in the way of a page but the role."""
    if model is User:
        return User.objects.get_or_create(username="somebody")[0]
    if model is Group:
        return Group.objects.get_or_create(name="readers of proofs")[0]
    if model is Citation:
        return factories.citation(factories.event(), quotation="Its own words.")
    if model is Edition:
        publish([factories.cited_event()])
        return Edition.objects.first()
    if model is AuditEntry:
        return AuditEntry.objects.create(kind="login")
    if model is OneTimeLink:
        return invitation()
    return MAKERS[model._meta.model_name]()


def invitation() -> OneTimeLink:
    """An invitation into the least of the groups, made by somebody else."""
    maker, _ = User.objects.get_or_create(username="somebody")
    number = OneTimeLink.objects.count()
    return OneTimeLink.objects.create(
        purpose="invitation",
        digest=f"{number:064}",
        group=Group.objects.get(name="contributor"),
        made_by=maker,
        expires_at=timezone.now() + timedelta(days=1),
    )


def purged() -> Purge:
    """A purge of words, which no form writes."""
    purge(factories.event(title="Testimony of a resident"), words="resident", reason="Order of a court.")
    return Purge.objects.latest("pk")


MAKERS: dict[str, Callable[[], Model]] = {
    "event": factories.event,
    "location": factories.location,
    "document": factories.document,
    "agent": factories.agent,
    "party": factories.party,
    "eventkind": factories.kind,
    "import": factories.imported,
    "masthead": factories.masthead,
    "merge": lambda: merge(factories.location(), factories.location()),
    "missingdocument": factories.missing,
    "term": factories.term,
    "unit": factories.unit,
    "population": factories.population,
    "purge": purged,
}


def addresses(model: type[Model]) -> dict[str, str]:
    """The addresses of a model's pages by their names, for one row."""
    record = subject_of(model)
    page = admin.site._registry[model]
    found = {}
    for pattern in page.get_urls():
        if pattern.name is None:
            continue  # Django's redirect from addresses of before 1.9
        if str(pattern.pattern).count("<") > 1:
            continue  # a file of the record: tests of crafted requests ask for it
        name = pattern.name.removeprefix(f"{model._meta.app_label}_{model._meta.model_name}_")
        name = name.removeprefix("auth_user_")
        takes = [record.pk] if "<" in str(pattern.pattern) else []
        found[name] = reverse(f"admin:{pattern.name}", args=takes) + ("" if takes else f"?id={record.pk}")
    return found


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.model_name)
def test_pages_open_to_the_roles_that_may_see_them(published: None, model: type[Model], role: str) -> None:
    client = logged_in(curator(role))

    answers = {name: client.get(address).status_code for name, address in addresses(model).items()}

    opens = MAY[role].get(model._meta.model_name, ())
    assert set(opens) <= set(answers)
    assert answers == {name: opened(model, name) if name in opens else 403 for name in answers}


def opened(model: type[Model], name: str) -> int:
    """How a page answers that opens: a second masthead cannot be added, and the first is shown instead."""
    leads_away = (model._meta.model_name, name) == ("masthead", "add") or name in LEADING_AWAY
    return 302 if leads_away else 200


LEADING_AWAY = ("restore", "undelete")
"""Pages that lead to the history, or to what was deleted, where nothing is asked for or nothing is deleted."""


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.model_name)
def test_strangers_and_accounts_without_the_desk_are_sent_to_the_login(
    db: None, model: type[Model], method: str
) -> None:
    pages = [*addresses(model).values(), reverse("admin:index"), reverse("admin:autocomplete")]
    outsider = User.objects.create_user("outsider")
    outsider.groups.add(Group.objects.get(name="administrator"))

    for client in (Client(), logged_in(outsider)):
        responses = [getattr(client, method)(page, {"post": "yes"}) for page in pages]
        assert {response.status_code for response in responses} == {302}
        assert all(response.url.startswith("/admin/login/") for response in responses)


def test_every_page_of_the_desk_is_known_here() -> None:
    of_models = {pattern.name for page in admin.site._registry.values() for pattern in page.get_urls() if pattern.name}
    names = {pattern.name for pattern in admin.site.get_urls() if getattr(pattern, "name", None)}

    assert names - of_models == DESK_ITSELF


def test_someone_without_a_role_sees_an_empty_desk(db: None) -> None:
    client = logged_in(User.objects.create_user("newcomer", is_staff=True))

    assert client.get(reverse("admin:index")).status_code == 200
    assert {client.get(list_url(model)).status_code for model in admin.site._registry} == {403}


# Verbs: the same request of a contributor, a stranger and an editor; what it would do is seen to be undone, then done.

ANSWERS = {
    "kind": "wording", "words": "Because.", "reason": "Because.", "access": "withheld", "post": "yes",
    "name_shown": "initials",
}  # fmt: skip


def is_public(event: Event) -> bool:
    newest = Edition.objects.filter(event=event).order_by("number").last()
    return newest is not None and not newest.is_tombstone


def to_publish() -> tuple[Model, Callable[[], bool]]:
    event = factories.cited_event()
    return event, lambda: is_public(event)


def to_withdraw() -> tuple[Model, Callable[[], bool]]:
    event = factories.cited_event()
    publish([event])
    return event, lambda: not is_public(event)


def to_withhold() -> tuple[Model, Callable[[], bool]]:
    document = factories.document()
    return document, lambda: Document.objects.get(pk=document.pk).access == "withheld"


def to_release() -> tuple[Model, Callable[[], bool]]:
    document = factories.document()
    withhold([document])
    return document, lambda: Document.objects.get(pk=document.pk).access == "open"


def to_naming() -> tuple[Model, Callable[[], bool]]:
    agent = factories.agent()
    return agent, lambda: Agent.objects.get(pk=agent.pk).name_shown == "initials"


def to_publish_changes() -> tuple[Model, Callable[[], bool]]:
    party = factories.party()
    publish([_cited(factories.event(parties=(party,)))])
    party.name = "Another name"
    party.save()
    return party, lambda: party.editions.count() == 2


def _cited(event: Event) -> Event:
    factories.citation(event)
    return event


def to_purge() -> tuple[Model, Callable[[], bool]]:
    event = factories.event(summary="It names a witness.")
    return event, lambda: not Event.objects.get(pk=event.pk).summary


def to_send_back() -> tuple[Model, Callable[[], bool]]:
    event = factories.event(state="in_review")
    return event, lambda: Event.objects.get(pk=event.pk).state == "draft"


DEEDS = {
    "send-back": to_send_back,
    "publish": to_publish,
    "withdraw": to_withdraw,
    "withhold": to_withhold,
    "release": to_release,
    "publish-changes": to_publish_changes,
    "naming": to_naming,
    "purge": to_purge,
}


def page_alone(client: Client, verb: str, record: Model) -> Any:
    """The verb's own page is sent; what it shows is taken from an editor's, who alone is shown it."""
    return client.post(list_url(type(record), verb), _sent(verb, record))


def page_in_a_popup(client: Client, verb: str, record: Model) -> Any:
    return client.post(f"{list_url(type(record), verb)}?_popup=1", _sent(verb, record))


def action(client: Client, verb: str, record: Model) -> Any:
    """The list's action, confirmed at once and followed to wherever it leads."""
    sent = {**ANSWERS, **_access(verb), "action": verb, "_selected_action": record.pk, "select_across": "1"}
    sent |= {"seen": _editor().get(list_url(type(record))).context["seen"]}
    return client.post(list_url(type(record)), sent, follow=True)


def action_in_a_popup(client: Client, verb: str, record: Model) -> Any:
    sent = {**ANSWERS, "action": verb, "_selected_action": record.pk, "_popup": "1"}
    return client.post(f"{list_url(type(record))}?_popup=1", sent, follow=True)


def _editor() -> Client:
    return logged_in(User.objects.filter(username="shown").first() or curator("editor", "shown"))


def _sent(verb: str, record: Model) -> dict[str, Any]:
    page = _editor().get(list_url(type(record), verb), {"id": record.pk})
    return {**ANSWERS, **_access(verb), **tokens(page), "id": record.pk}


def _access(verb: str) -> dict[str, str]:
    if verb == "purge":
        return {"words": "witness", "is_sure": "on"}
    return {"access": "open"} if verb == "release" else {}


@pytest.mark.parametrize("way", [page_alone, page_in_a_popup, action, action_in_a_popup])
@pytest.mark.parametrize("verb", DEEDS)
def test_verbs_are_done_for_no_contributor_and_no_stranger(published: None, verb: str, way: Any) -> None:
    record, is_done = DEEDS[verb]()
    assert not is_done()

    of_contributor = way(logged_in(curator("contributor")), verb, record)
    way(Client(), verb, record)

    assert of_contributor.status_code == 403
    assert not is_done()


@pytest.mark.parametrize("role", ["editor", "administrator"])
@pytest.mark.parametrize("verb", DEEDS)
def test_verbs_are_done_for_editors(published: None, verb: str, role: str) -> None:
    record, is_done = DEEDS[verb]()
    client = logged_in(curator(role))

    confirmation = action(client, verb, record)
    assert confirmation.status_code == 200
    assert not is_done()  # an action leads to the page that asks, and does nothing by itself

    page_alone(client, verb, record)
    assert is_done()


@pytest.mark.parametrize("name", RECORDS)
def test_records_are_deleted_by_editors_alone(db: None, name: str) -> None:
    record = MAKERS[name]()
    seen = _editor().get(list_url(type(record))).context["seen"]
    marked = {"action": "delete_selected", "_selected_action": record.pk, "post": "yes", "seen": seen}
    client, stranger = logged_in(curator("contributor")), Client()

    assert client.post(url(record, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(f"{url(record, 'delete')}?_popup=1", {"post": "yes"}).status_code == 403
    client.post(list_url(type(record)), marked)
    stranger.post(url(record, "delete"), {"post": "yes"})
    stranger.post(list_url(type(record)), marked)
    assert type(record).objects.filter(pk=record.pk).exists()

    logged_in(curator("editor")).post(list_url(type(record)), marked)
    assert not type(record).objects.filter(pk=record.pk).exists()


def test_contributor_reworks_a_published_event_and_readers_see_nothing(published: None) -> None:
    event = factories.cited_event(title="First ceasefire")
    publish([event])

    response = saved(logged_in(curator("contributor")), url(event), title="Another title")

    assert response.status_code == 302
    assert Event.objects.get().title == "Another title"
    assert Event.objects.using("published").get().title == "First ceasefire"


def test_address_of_what_was_published_is_an_editors(db: None) -> None:
    event, draft = factories.cited_event(slug="first"), factories.event(slug="draft")
    publish([event])
    client = logged_in(curator("contributor"))

    saved(client, url(event), slug="crafted")
    saved(client, url(draft), slug="another-draft")
    assert set(Event.objects.values_list("slug", flat=True)) == {"first", "another-draft"}

    saved(logged_in(curator("editor")), url(event), slug="mended")
    assert Event.objects.filter(slug="mended").exists()


def test_citation_of_a_published_event_is_deleted_by_editors_alone(db: None) -> None:
    event, draft = factories.cited_event(), factories.cited_event()
    publish([event])
    client = logged_in(curator("contributor"))
    delete = row("citations", 0, DELETE="on")

    saved(client, url(event), **delete)
    saved(client, url(draft), **delete)
    assert (event.citations.count(), draft.citations.count()) == (1, 0)

    saved(logged_in(curator("editor")), url(event), **delete)
    assert event.citations.count() == 0


def test_work_is_called_ready_by_editors_alone(db: None) -> None:
    event, ready = factories.event(), factories.event(state="ready")
    client = logged_in(curator("contributor"))

    assert list(errors(saved(client, url(event), state="ready"))) == ["state"]
    assert saved(client, url(event), state="in_review").status_code == 302
    assert shown(client.get(url(ready)))["state"] == "in_review"
    event.refresh_from_db()
    assert event.state == "in_review"

    saved(logged_in(curator("editor")), url(event), state="ready")
    event.refresh_from_db()
    assert event.state == "ready"


def test_crafted_fields_change_neither_access_nor_editions(db: None) -> None:
    document, event = factories.document(), factories.cited_event()
    publish([event], note=Note(words="As it was."))
    edition = Edition.objects.get(event=event)
    crafted = row("editions", 0, id=edition.pk, event=event.pk, note="Crafted.", is_tombstone="on", DELETE="on")
    counted = {"editions-TOTAL_FORMS": "1", "editions-INITIAL_FORMS": "1"}

    for role in ("contributor", "editor"):
        client = logged_in(curator(role))
        saved(client, url(document), access="withheld", title=f"Changed by {role}")
        saved(client, url(event), **crafted, **counted, title=f"Changed by {role}")

    document.refresh_from_db()
    event.refresh_from_db()
    edition.refresh_from_db()
    assert (document.access, document.title, event.title) == ("open", "Changed by editor", "Changed by editor")
    assert (edition.note, edition.is_tombstone, Edition.objects.filter(event=event).count()) == ("As it was.", False, 1)


@pytest.mark.parametrize(("role", "status"), [("contributor", 403), ("editor", 403), ("administrator", 200)])
def test_names_of_accounts_are_completed_for_administrators_alone(db: None, role: str, status: int) -> None:
    client = logged_in(curator(role))
    of_user = {"app_label": "chronicle", "model_name": "edition", "field_name": "editor", "term": "c"}
    of_kind = {"app_label": "chronicle", "model_name": "event", "field_name": "kind", "term": "b"}
    factories.kind()

    assert client.get(reverse("admin:autocomplete"), of_kind).json()["results"]
    assert client.get(reverse("admin:autocomplete"), of_user).status_code == status


def test_withdrawn_event_comes_back_by_an_editor_alone(db: None) -> None:
    event = factories.cited_event()
    publish([event])
    withdraw([event], note=Note(words="Taken for another."))

    page_alone(logged_in(curator("contributor")), "publish", event)
    assert not is_public(event)

    page_alone(logged_in(curator("editor")), "publish", event)
    assert is_public(event)
