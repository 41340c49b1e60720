"""Who may do what at the desk: three roles of curators, as rules over whatever models there are.

This table is the only place where permissions are written. `grant` brings the groups of the database in line with it,
after every migration: a model that comes later is covered by the rule for its kind. The groups of these names belong to
this table; what is ticked for them by hand is taken away again. (`chronicle.database.roles` are the database's logins.)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import models

CONTRIBUTOR, EDITOR, ADMINISTRATOR = ROLES = ("contributor", "editor", "administrator")
"""From the least to the most: each may do what those before it may, and more."""

PUBLISH = "chronicle.publish"
"""The permission that tells an editor from a contributor."""


@dataclass(frozen=True)
class Rule:
    """What each role may do to the rows of a model, beyond what the roles before it may."""

    contributor: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    administrator: tuple[str, ...] = ()

    def allows(self, role: str) -> Iterator[str]:
        """Return everything that the role may do."""
        for each in ROLES[: ROLES.index(role) + 1]:
            yield from getattr(self, each)


RECORD = Rule(contributor=("view", "add", "change"), editor=("delete",))
"""Events, locations, documents…: anybody drafts; what others may rely on is deleted by an editor."""
PART = Rule(contributor=("view", "add", "change", "delete"))
"""Rows on the page of a record, such as a name or a citation."""
NOBODY = Rule()

EXCEPTIONS = {
    "chronicle.edition": Rule(contributor=("view",), editor=("publish", "withhold")),
    "chronicle.masthead": Rule(contributor=("view",), editor=("add", "change")),
    "chronicle.citationcounter": NOBODY,
    "chronicle.restriction": Rule(contributor=("view",), editor=("add", "change", "delete")),
    "chronicle.purge": Rule(editor=("view",)),
    "chronicle.merge": Rule(contributor=("view",), editor=("merge",)),
    "chronicle.import": Rule(contributor=("view", "add"), editor=("undo_import",)),
    "chronicle.remark": Rule(contributor=("view", "add", "change")),
    "sources.documentfile": Rule(contributor=("view", "add", "change")),
    "sources.documenttext": Rule(contributor=("view", "add", "change")),
    "sources.documentpage": Rule(contributor=("view",)),
    "accounts.auditentry": Rule(administrator=("view",)),
    "accounts.onetimelink": Rule(administrator=("view", "add", "delete")),
    "auth.user": Rule(administrator=("view", "add", "change")),
    "auth.group": Rule(administrator=("view", "add", "change", "delete")),
}
"""Models that follow neither rule, by label. Remarks are resolved, and go with their record only.

What was deposited stays, since editions may quote it. Users are deactivated, never deleted: the history names them.
"""

DRAFTED = ("chronicle", "sources")
"""The applications whose models follow the two rules."""


def rule_for(model: type[models.Model]) -> Rule:
    """Return the rule for a model, which may be a historical one of a migration."""
    options = model._meta  # noqa: SLF001 - Django documents _meta
    if options.label_lower in EXCEPTIONS:
        return EXCEPTIONS[options.label_lower]
    if options.app_label not in DRAFTED or not options.managed or _is_revision(model):
        return NOBODY
    return PART if _goes_with_its_record(model) else RECORD


def _is_revision(model: type[models.Model]) -> bool:
    return any(field.name == "pgh_id" for field in model._meta.concrete_fields)  # noqa: SLF001 - Django documents _meta


def _goes_with_its_record(model: type[models.Model]) -> bool:
    links = (field.remote_field for field in model._meta.concrete_fields if field.remote_field)  # noqa: SLF001 - the same
    return any(link.on_delete is models.CASCADE for link in links)


def allowed(role: str, model: type[models.Model]) -> frozenset[str]:
    """Return the code names of the permissions that a role has on a model: "change_event", "publish"."""
    options = model._meta  # noqa: SLF001 - Django documents _meta
    own = {name for name, _ in options.permissions}
    actions = rule_for(model).allows(role)
    return frozenset(action if action in own else f"{action}_{options.model_name}" for action in actions)


def grant(registry: Any, alias: str) -> None:
    """Make the groups and give them exactly what the table says of the models in the registry of apps.

    `registry` is Django's own, or a migration's. It may be repeated at any time.
    """
    for label in (*DRAFTED, "auth", "accounts"):
        if label in registry.app_configs:  # a migration knows the applications that it depends on, and no others
            _make_permissions(registry.get_app_config(label), registry, alias)
    permissions = registry.get_model("auth", "Permission").objects.using(alias).select_related("content_type")
    numbers = {(one.content_type.app_label, one.content_type.model, one.codename): one.pk for one in permissions}
    for role in ROLES:
        group, _ = registry.get_model("auth", "Group").objects.using(alias).get_or_create(name=role)
        group.permissions.set([numbers[key] for key in _keys(role, registry)])


def _make_permissions(application: Any, registry: Any, alias: str) -> None:
    """Make permissions that Django would make only after all migrations; those of a migration's registry too."""
    if not getattr(application, "models_module", None):
        application.models_module = True  # a migration's stub of an application does not say that it has models
    create_permissions(application, verbosity=0, using=alias, apps=registry)


def _keys(role: str, registry: Any) -> Iterator[tuple[str, str, str]]:
    for model in registry.get_models():
        options = model._meta  # noqa: SLF001 - Django documents _meta
        yield from ((options.app_label, options.model_name, codename) for codename in allowed(role, model))
