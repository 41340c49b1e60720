"""What must hold when a chronicle starts: lists complete, walls standing."""

import logging
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  # Django's name for it
from django.db import DatabaseError, connections
from django.db.models import Model

from chronicle.database import replication, roles, snapshots, walls
from chronicle.database.published import EDITION, FACTS, PAGES, RECORDS, REDIRECT, RELEASE, TALLY

logger = logging.getLogger(__name__)

COMPUTED = (*FACTS, TALLY, REDIRECT, RELEASE)
PRIVATE_TABLES = (
    "chronicle_citationcounter",
    "chronicle_merge",
    "chronicle_purge",
    "chronicle_import",
    "chronicle_assignment",
    "chronicle_remark",
    "chronicle_mention",
    "chronicle_restriction",
)
"""Tables of which nothing ever leaves the desk."""


@register(Tags.models)
def every_column_is_listed(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Find columns that stand neither among the public nor among the private ones of their table."""
    listed = {table.name: table for record in RECORDS for table in record.tables}
    listed |= {table.name: table for table in (EDITION, PAGES)}
    found: list[CheckMessage] = []
    for model in [*apps.get_app_config("sources").get_models(), *apps.get_app_config("chronicle").get_models()]:
        name = model._meta.db_table  # noqa: SLF001  # Django's documented API
        if hasattr(model, "pgh_tracked_model") or name in (*COMPUTED, *PRIVATE_TABLES):
            continue
        columns = {str(field.column) for field in model._meta.concrete_fields}  # noqa: SLF001
        table = listed.get(name)
        known = {*table.public, *table.private, *table.generated} if table else set()
        found += [_unlisted(model, column) for column in sorted(columns ^ known)]
    return found


def _unlisted(model: type[Model], column: str) -> Error:
    return Error(
        f"{model.__name__}.{column} is in neither list of its table, or in a list and not in the table.",
        hint="Say in chronicle/database/published.py whether readers may see it.",
        obj=model,
        id="chronicle.E001",
    )


@register(Tags.models)
def public_columns_have_a_shape(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Find a change of the public columns that has no lift, so that older editions could not be read."""
    if snapshots.digest() == snapshots.DIGESTS[-1] and len(snapshots.DIGESTS) == snapshots.shape():
        return []
    return [
        Error(
            "The public columns changed, and older editions have no way to today's.",
            hint=f"Add a lift and the digest {snapshots.digest()} to chronicle/database/snapshots.py.",
            id="chronicle.E002",
        )
    ]


@register(Tags.database)
def walls_stand(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    """Compare what the readers' login may do with what it should be able to."""
    if "published" not in (databases or ()) or "published" not in settings.DATABASES:
        return []
    try:
        with connections["published"].cursor() as cursor:
            breaches = walls.breaches(cursor, login=roles.READER)
            weaknesses = walls.weaknesses(cursor)
            left_out = replication.left_out(cursor)
            is_closed = walls.is_closed(cursor)
    except DatabaseError as error:
        return [
            Error(f"The published side cannot be asked: {error}", hint="Run manage.py migrate.", id="chronicle.E003")
        ]
    return [
        *(Error(breach, hint=HINT, id="chronicle.E004") for breach in breaches),
        *(Warning(weakness, hint="See docs/logins.sql.", id="chronicle.W001") for weakness in weaknesses),
        *([_not_replicated(left_out)] if left_out else []),
        *([CLOSED] if is_closed else []),
    ]


CLOSED = Error(
    "Readers see nothing: a restore did not come to its end.",
    hint="Run manage.py restore again, with --replace.",
    id="chronicle.E005",
)


def _not_replicated(tables: list[str]) -> Warning:
    return Warning(
        f"Logical replicas do not get {len(tables)} of the published tables, such as {tables[0]}.",
        hint=replication.REMEDY,
        id="chronicle.W002",
    )


HINT = (
    "Run manage.py migrate as the owner, which takes rights away again; what is set on the login itself is reset by a "
    "superuser, as docs/logins.sql has it."
)


class BreachedWallError(Exception):
    """The readers' login may do what it should not: the site does not start, and the message says what it may."""


def refuse_to_serve_behind_breached_walls() -> None:
    """Ask the database at the start of every server process; one that cannot be asked yet is no reason not to start."""
    errors = walls_stand(None, databases=["published"])
    connections["published"].close()
    breached = [str(error.msg) for error in errors if error.id == "chronicle.E004"]
    if breached:
        raise BreachedWallError(" ".join([*breached, "Run manage.py migrate as the owner."]))
    for error in errors:
        logger.warning("%s", error.msg)
