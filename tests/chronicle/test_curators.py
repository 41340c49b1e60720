"""The table of roles: complete, in order, and what the database holds."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps

from chronicle.curators import ADMINISTRATOR, CONTRIBUTOR, EDITOR, ROLES, allowed, grant
from chronicle.models import Citation, CitationCounter, Edition, Event, Import, Merge, Voice
from tests.factories.whole import edited


def held(role: str) -> set[str]:
    codenames = Permission.objects.filter(group__name=role).values_list("content_type__app_label", "codename")
    return {f"{label}.{codename}" for label, codename in codenames}


def with_a_page() -> list[type[models.Model]]:
    pages = admin.site._registry.items()
    return [each for model, page in pages for each in (model, *(inline.model for inline in page.inlines))]


def test_roles_are_groups_and_each_may_more_than_the_one_before(db: None) -> None:
    contributor, editor, administrator = (held(role) for role in ROLES)

    assert contributor < editor < administrator
    assert editor - contributor >= {"chronicle.publish", "chronicle.withhold", "chronicle.delete_event"}
    assert {name for name in administrator - editor if not name.startswith(("auth.", "accounts."))} == set()
    assert administrator - editor == {
        "auth.view_user", "auth.add_user", "auth.change_user",
        "auth.view_group", "auth.add_group", "auth.change_group", "auth.delete_group",
        "accounts.view_auditentry",
        "accounts.view_onetimelink", "accounts.add_onetimelink", "accounts.delete_onetimelink",
    }  # fmt: skip


def test_contributor_deletes_parts_and_no_records() -> None:
    assert allowed(CONTRIBUTOR, Event) == {"view_event", "add_event", "change_event"}
    assert allowed(CONTRIBUTOR, Citation) == {"view_citation", "add_citation", "change_citation", "delete_citation"}
    assert allowed(CONTRIBUTOR, Edition) == {"view_edition"}
    assert allowed(EDITOR, Edition) == {"view_edition", "publish", "withhold"}


def test_computed_rows_and_revisions_are_nobodys() -> None:
    revision = apps.get_model("chronicle", "EventRevision")

    assert [allowed(ADMINISTRATOR, model) for model in (Voice, CitationCounter, revision)] == [frozenset()] * 3


@pytest.mark.parametrize("model", with_a_page(), ids=lambda model: model._meta.label)
def test_every_model_with_a_page_is_seen_in_some_role(db: None, model: type[models.Model]) -> None:
    assert f"{model._meta.app_label}.view_{model._meta.model_name}" in held(ADMINISTRATOR)


@pytest.mark.parametrize("model", edited(), ids=lambda model: model._meta.label)
def test_every_table_that_curators_edit_is_changed_in_some_role(db: None, model: type[models.Model]) -> None:
    change = OF_VERBS.get(model, f"change_{model._meta.model_name}")
    assert f"{model._meta.app_label}.{change}" in held(EDITOR)


OF_VERBS = {Merge: "merge", Import: "undo_import"}
"""The permission by which a table is changed that no form writes."""


@isolate_apps("chronicle")
def test_models_that_come_later_are_covered() -> None:
    options = type("Meta", (), {"app_label": "chronicle"})
    masthead = type("Masthead", (models.Model,), {"Meta": options, "__module__": __name__})
    term = type("Term", (models.Model,), {"Meta": options, "__module__": __name__})
    of_term = {"term": models.ForeignKey(term, on_delete=models.CASCADE)}
    use = type("TermUse", (models.Model,), {**of_term, "Meta": options, "__module__": __name__})

    assert allowed(CONTRIBUTOR, masthead) == {"view_masthead"}
    assert allowed(EDITOR, masthead) == {"view_masthead", "add_masthead", "change_masthead"}
    assert "delete_term" not in allowed(CONTRIBUTOR, term)
    assert "delete_term" in allowed(EDITOR, term)
    assert "delete_termuse" in allowed(CONTRIBUTOR, use)


def test_granting_again_mends_what_was_changed_by_hand(db: None) -> None:
    before = {role: held(role) for role in ROLES}
    Group.objects.get(name=CONTRIBUTOR).permissions.add(Permission.objects.get(codename="publish"))
    Group.objects.get(name=EDITOR).permissions.clear()
    Group.objects.get(name=ADMINISTRATOR).delete()
    assert held(CONTRIBUTOR) != before[CONTRIBUTOR]

    grant(apps, "default")
    first = {role: held(role) for role in ROLES}
    grant(apps, "default")

    assert first == before
    assert {role: held(role) for role in ROLES} == before


def test_migrating_grants(published: Any) -> None:
    before = held(EDITOR)
    Group.objects.get(name=EDITOR).permissions.clear()

    call_command("migrate", verbosity=0)

    assert held(EDITOR) == before
