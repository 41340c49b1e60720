"""Random tokens in every text of the desk that readers may not see, found from the models and the published lists."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import DatabaseError, connections, models, transaction

from chronicle.database.published import EDITION, RECORDS, REDIRECT, RELEASE, Table
from tests.trust.ground import as_owner

WORD = "canary"
"""Stands beside the tokens where a text takes several words, so that searches have something to ask for."""

LEFT_ALONE = {
    "contenttypes.ContentType", "auth.Permission", "auth.Group", "migrations.Migration", "sites.Site",
}  # fmt: skip
"""Tables that outlive a drill; nobody's words are in them."""

MOST_BY_ONE = 20
"""Rows that are tried one by one in a column of which a rule refuses some."""

LISTED: dict[str, Table] = {table.name: table for record in RECORDS for table in record.tables} | {
    EDITION.name: EDITION
}
PUBLIC_ALONE = {RELEASE, REDIRECT}

SHAPES = ("canary {}", "{}", "https://{}.example/canary", "10.1234/{}", "sha{}")
"""What a token looks like where a rule binds the text: words, a name, an address, a DOI."""


@dataclass
class Tokens:
    """What was planted: columns by number, how many tokens, and which columns hold no free words."""

    mark: str = field(default_factory=lambda: secrets.token_hex(4))
    columns: list[str] = field(default_factory=list)
    planted: int = 0
    bound: list[str] = field(default_factory=list)

    def pattern(self) -> re.Pattern[str]:
        """What every token looks like, and no other word."""
        return re.compile(f"zq{self.mark}n([0-9]+)x([0-9]+)qz")

    def named(self, number: str, row: str) -> str:
        """Say where a token was planted."""
        return f"{self.columns[int(number)]} of row {row}"

    def plant(self) -> None:
        """Write a token of its own into every text of every hidden row, and into the private ones of public rows."""
        tables = tables_of_the_desk()
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table in tables and model._meta.label not in LEFT_ALONE:
                self._plant_in(model)

    def _plant_in(self, model: type[models.Model]) -> None:
        name = model._meta.db_table
        if name in PUBLIC_ALONE or model._meta.pk is None:
            return
        for column in texts(model):
            hidden = condition(name, column)
            if hidden:
                self._plant(name, column, str(model._meta.pk.column), hidden)

    def _plant(self, table: str, column: str, key: str, hidden: str) -> None:
        number = len(self.columns)
        self.columns.append(f"{table}.{column}")
        for shape in SHAPES:
            before, after = shape.split("{}")
            token = f"'{before}zq{self.mark}n{number}x' || abs(hashtext(t.{key}::text)) || 'qz{after}'"
            done = written(f'UPDATE desk.{table} t SET "{column}" = {token} WHERE {hidden}')
            if done is not None:
                self.planted += done
                return
        if not (one_by_one := self._one_by_one(table, column, key, hidden)):
            self.bound.append(f"{table}.{column}")
        self.planted += one_by_one

    def _one_by_one(self, table: str, column: str, key: str, hidden: str) -> int:
        """Plant where a rule refuses some of the rows only."""
        token = f"'{WORD} zq{self.mark}n{len(self.columns) - 1}x' || abs(hashtext(t.{key}::text)) || 'qz'"
        rows = as_owner(f"SELECT t.{key} FROM desk.{table} t WHERE {hidden} LIMIT {MOST_BY_ONE}")
        done = (
            written(f'UPDATE desk.{table} t SET "{column}" = {token} WHERE t.{key} = {row} AND ({hidden})')
            for (row,) in rows
            if isinstance(row, int)
        )
        return sum(one or 0 for one in done)


def tables_of_the_desk() -> set[str]:
    """The tables that are no views."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'desk'::regnamespace")
        return {name for (name,) in cursor.fetchall()}


def texts(model: type[models.Model]) -> Iterator[str]:
    """Yield the columns of a table that hold text and are no choice of a few words."""
    for column in model._meta.concrete_fields:
        is_text = isinstance(column, models.CharField | models.TextField) and not column.generated
        if is_text and not column.choices and not column.primary_key:
            yield str(column.column)


def condition(table: str, column: str) -> str:
    """Say in SQL which rows of the desk hide this column from readers; nothing if none does."""
    listed = LISTED.get(table)
    if listed is None:
        return "TRUE"
    absent = f"NOT EXISTS (SELECT FROM published.{table} p WHERE p.id = t.id)"
    if table == EDITION.name:
        return "TRUE" if column in EDITION.private else ""
    if column in listed.private:
        return "TRUE"
    described = "EXISTS (SELECT FROM desk.sources_document d WHERE d.access = 'described' AND d.id = t.{})"
    expression = listed.public.get(column, "")
    if expression == f"t.{column}" or column == "public_description":
        return absent
    if table == "sources_agent":
        return f"{absent} OR t.name_shown <> 'full'"
    if table == "sources_document":
        return f"{absent} OR {described.format('id')}"
    return f"{absent} OR {described.format('document_id')}" if table == "chronicle_citation" else absent


def written(statement: str) -> int | None:
    """Run a statement as owner; return how many rows it changed, or nothing where a rule refused it."""
    try:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(statement)
            return int(cursor.rowcount)
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", "") or ""
        if state[:2] not in {"22", "23"} and state != "P0001":
            raise
        return None
