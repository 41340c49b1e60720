"""History complete: changes by every path, in any order; each is on record once, with who did it."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import DatabaseError, connections, transaction
from django.test import Client

from chronicle.imports import import_tables
from chronicle.merging import merge
from chronicle.models import Citation, Event
from chronicle.publication import withhold
from sources.models import Agent, Party
from tests import factories as make
from tests.chronicle.admin.desk import deleted, logged_in, row, saved, url
from tests.chronicle.imports.lines import table
from tests.factories.whole import edited
from tests.trust.drills import Drill, Seen
from tests.trust.ground import as_owner

SEED = 2020

Expected = dict[str, int]
"""How many records a change leaves, by label."""

HISTORIES = [f"desk.{model.pgh_event_model._meta.db_table}" for model in edited()]
NOBODYS = " UNION ALL ".join(
    f"SELECT '{model.__name__}' FROM desk.{model.pgh_event_model._meta.db_table} r "
    "LEFT JOIN desk.pghistory_context c ON c.id = r.pgh_context_id WHERE c.metadata ->> 'login' IS NULL"
    for model in edited()
)
LATEST = "SELECT metadata ->> 'user', metadata ->> 'login' FROM desk.pghistory_context ORDER BY created_at DESC LIMIT 1"


class Changes:
    """A small chronicle and every way to change it; each returns what should be on record of it."""

    def __init__(self) -> None:
        self.dice, self.number = random.Random(SEED), 0
        self.user = get_user_model().objects.create_superuser("curator")
        self.client: Client = logged_in(self.user)
        self.events = [make.cited_event(parties=(make.party(),)) for _ in range(5)]
        self.ways: tuple[Callable[[], Expected], ...] = (
            self.saved_by_the_models, self.updated_in_bulk, self.created_in_bulk, self.deleted_in_bulk,
            self.added_to_a_list,
            self.said_in_sql, self.said_in_sql_by_the_owner, self.copied_in, self.saved_in_a_form, self.saved_in_a_row,
            self.added_in_a_form, self.deleted_on_its_page, self.deleted_by_an_action, self.imported,
            self.withheld, self.merged,
        )  # fmt: skip

    def word(self) -> str:
        """A word that was not there before."""
        self.number += 1
        return f"word {self.number}"

    def event(self) -> Event:
        """One of the events as it is now."""
        return Event.objects.get(pk=self.dice.choice(self.events).pk)

    def saved_by_the_models(self) -> Expected:
        """`save()`."""
        event = self.event()
        event.title = self.word()
        event.save()
        return {"update": 1}

    def updated_in_bulk(self) -> Expected:
        """`update()` of several rows."""
        return {"update": Citation.objects.update(statement=self.word())}

    def created_in_bulk(self) -> Expected:
        """`bulk_create()`."""
        Party.objects.bulk_create(Party(slug=f"p-{self.word()[5:]}", name="P", name_short="P") for _ in range(3))
        return {"insert": 3}

    def deleted_in_bulk(self) -> Expected:
        """`delete()` of several rows."""
        parties = Party.objects.filter(slug__startswith="p-")
        count = parties.count()
        parties.delete()
        return {"delete": count}

    def added_to_a_list(self) -> Expected:
        """`add()` and `remove()` of many-to-many."""
        event, party = self.event(), make.party()
        event.parties_concerned.add(party)
        event.parties_concerned.remove(party)
        return {"insert": 2, "delete": 1}

    def said_in_sql(self) -> Expected:
        """SQL as the curators' login."""
        with connections["default"].cursor() as cursor:
            cursor.execute("UPDATE chronicle_event SET summary = %s", [self.word()])
            return {"update": cursor.rowcount}

    def said_in_sql_by_the_owner(self) -> Expected:
        """SQL as the owner of the tables."""
        with connections["owner"].cursor() as cursor:
            cursor.execute("UPDATE desk.sources_document SET rights = %s", [self.word()])
            return {"update": cursor.rowcount}

    def copied_in(self) -> Expected:
        """COPY."""
        columns = "slug, name, name_short, period_edtf, curators_note"
        with (
            connections["default"].cursor() as cursor,
            cursor.copy(f"COPY sources_party ({columns}) FROM STDIN") as copy,
        ):
            for _ in range(2):
                copy.write_row((f"p-{self.word()[5:]}", "P", "P", "", ""))
        return {"insert": 2}

    def saved_in_a_form(self) -> Expected:
        """The form of an event."""
        assert saved(self.client, url(self.event()), title=self.word()).status_code == 302
        return {"update": 1}

    def saved_in_a_row(self) -> Expected:
        """A row within the form of an event."""
        answer = saved(self.client, url(self.event()), **row("citations", 0, statement=self.word()))
        assert answer.status_code == 302
        return {"update": 1}

    def added_in_a_form(self) -> Expected:
        """A new row within the form."""
        count = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0"}
        event = make.event()
        answer = saved(self.client, url(event), **row("names", 0, name=self.word(), language="en"), **count)
        assert answer.status_code == 302
        return {"insert": 2}

    def deleted_on_its_page(self) -> Expected:
        """The page that asks whether to delete."""
        party = make.party()
        assert deleted(self.client, party).status_code == 302
        return {"insert": 1, "delete": 1}

    def deleted_by_an_action(self) -> Expected:
        """The action of a list."""
        agents = [make.agent(), make.agent()]
        page = self.client.get("/admin/sources/agent/")
        marked = {"action": "delete_selected", "_selected_action": [agent.pk for agent in agents], "post": "yes"}
        self.client.post("/admin/sources/agent/", {**marked, "seen": page.context["seen"]})
        assert not Agent.objects.filter(pk__in=[agent.pk for agent in agents]).exists()
        return {"insert": 2, "delete": 2}

    def imported(self) -> Expected:
        """A spreadsheet."""
        event = self.event()
        lines = table(Event, {"slug": event.slug, "title": self.word()})
        assert import_tables([lines]).is_written
        return {"update": 1, "insert": 1}

    def withheld(self) -> Expected:
        """A verb."""
        document = make.document()
        withhold([document])
        return {"insert": 1, "update": 1}

    def merged(self) -> Expected:
        """Two records of a place, of which nothing tells, become one: the row, and the record of the merge itself."""
        kept, away = make.location(), make.location()
        merge(kept, away)
        return {"insert": 3, "update": 1}


def attack(rounds: int) -> Seen:
    """Make so many changes by chance, and compare the record after each."""
    changes, seen, by_path = Changes(), Seen(rounds=rounds), {}
    record = Record()
    for turn in range(rounds):
        way = changes.ways[turn % len(changes.ways)]
        expected = way()
        found = record.since()
        if found != {label: count for label, count in expected.items() if count}:
            seen.found.append(f"{way.__name__}: on record {found}, done {expected}")
        by_path[way.__name__] = by_path.get(way.__name__, 0) + 1
    seen.found += record.altered()
    seen.found += [f"a record of {name} says of nobody who did it" for (name,) in as_owner(NOBODYS)]
    seen.found += forged()
    seen.figures = {"records": record.total, "paths": len(by_path)}
    return seen


class Record:
    """What the history holds, and how far it was read: what is new is counted, however much there is."""

    def __init__(self) -> None:
        self.read, self.total = dict.fromkeys(HISTORIES, 0), 0
        self.since()

    def since(self) -> Expected:
        """How many records there are of each label that were not read before."""
        new = "SELECT '{0}', pgh_label, count(*), max(pgh_id) FROM {0} WHERE pgh_id > {1} GROUP BY pgh_label"
        found: Expected = {}
        for name, label, count, newest in as_owner(" UNION ALL ".join(new.format(*each) for each in self.read.items())):
            found[label] = found.get(label, 0) + count
            self.read[name] = max(self.read[name], newest)
        self.total += sum(found.values())
        return found

    def altered(self) -> list[str]:
        """What has come or gone among that which was read before."""
        counts = " + ".join(f"(SELECT count(*) FROM {name})" for name in HISTORIES)
        held = as_owner(f"SELECT {counts}")[0][0]
        return [] if held == self.total else [f"{held} records are held, {self.total} were made"]


def forged() -> list[str]:
    """What the curators' login could do to the history, which should be nothing."""
    found = []
    for model in edited():
        name = model.pgh_event_model._meta.db_table
        for act in (f"UPDATE {name} SET pgh_label = 'x'", f"DELETE FROM {name}", f"TRUNCATE {name}"):
            try:
                with transaction.atomic(), connections["default"].cursor() as cursor:
                    cursor.execute(act)
            except DatabaseError:
                continue
            found.append(f"the desk's login may {act}")
    return found


@contextmanager
def unseen() -> Iterator[None]:
    """A table of which updates are not recorded."""
    name = as_owner(
        "SELECT quote_ident(tgname) FROM pg_trigger WHERE tgrelid = 'desk.chronicle_event'::regclass "
        "AND tgname LIKE 'pgtrigger_update_update%'"
    )[0][0]
    as_owner(f"ALTER TABLE desk.chronicle_event DISABLE TRIGGER {name}")
    try:
        yield
    finally:
        as_owner(f"ALTER TABLE desk.chronicle_event ENABLE TRIGGER {name}")


DRILL = Drill("history", attack, unseen, promised=10_000, few=16, enough=1)
