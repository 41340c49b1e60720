"""`manage.py migrate`, with the steps around it that make the walls.

There is no way to migrate without them: before, schemas are made and views put aside; after, the views, functions,
published tables and rights are made anew, and curators get what their roles may do.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections, transaction

from chronicle.curators import grant
from chronicle.database import build, replication


class Command(Migrate):
    """Migrates as the owner of the database, and makes what stands around the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run Django's own command between our two steps."""
        alias = options["database"] = self._owner(options["database"])
        if alias == "published" or options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        connection = connections[alias]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [build.ONE_AT_A_TIME])
            try:
                with transaction.atomic(using=alias):
                    self._prepare(cursor)
                super().handle(*args, **options)
                with transaction.atomic(using=alias):
                    if not options["app_label"] or self._is_whole(alias):
                        build.after_migrations(cursor)
                        grant(apps, alias)
                        if replication.left_out(cursor):
                            self.stderr.write(f"Logical replicas have lost published tables. {replication.REMEDY}")
                    else:
                        build.after_reversal(cursor)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [build.ONE_AT_A_TIME])

    def _prepare(self, cursor: Any) -> None:
        try:
            build.before_migrations(cursor)
        except build.UnfitDatabaseError as error:
            raise CommandError(str(error)) from error

    def _owner(self, alias: str) -> str:
        if alias != "default" or connections["default"].settings_dict["USER"] == build.roles.OWNER:
            return alias
        if "owner" not in settings.DATABASES:
            raise CommandError("OWNER_DATABASE_URL is not set: migrations run as the owner of the database.")
        return "owner"

    def _is_whole(self, alias: str) -> bool:
        from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

        executor = MigrationExecutor(connections[alias])
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
