"""Rules that PostgreSQL keeps with triggers because no constraint can say them.

Their bodies name every table with its schema: they hold under any search path.
"""

from typing import Any

import pgtrigger
from django.db import DEFAULT_DB_ALIAS, connections, models

RING = """
WITH RECURSIVE above AS (
    SELECT {start} AS id
    UNION
    SELECT t."{parent}" FROM desk."{table}" t JOIN above a ON t."{child}" = a.id
    WHERE t."{parent}" IS NOT NULL AND t.id IS DISTINCT FROM {own}
)
SELECT FROM above WHERE id = {end}
"""
"""A row if the chain upwards from `start` comes to `end`, leaving the row with the id `own` aside."""


class NeverWithinItself(pgtrigger.Trigger):
    """Refuses a chain of `child` to `parent` that comes back to where it began, at any depth.

    One lock per table makes two curators who close a ring together wait for each other: the second is refused. Its
    sight must then be fresh, which it never is in transactions that read repeatably. Rows that are not moved do not
    wait.

    The chain is planned for every row anew (EXECUTE): a plan that was made while the table was small reads all of it at
    every step, and an import of many rows in one transaction never gets another.
    """

    when = pgtrigger.After

    def __init__(self, *, name: str, child: str, parent: str, message: str) -> None:
        self.child, self.parent, self.message = child, parent, message
        super().__init__(
            name=name,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf(child, parent),
            condition=pgtrigger.Condition(f'NEW."{parent}" IS NOT NULL'),
            declare=[("closes", "boolean")],
        )

    def get_func(self, model: Any) -> str:
        """Return the body that follows the chain upwards from the new row."""
        table = model._meta.db_table  # noqa: SLF001 - Django documents _meta
        ring = self._ring(table, start="$1", end="$2", own="$3")
        return f"""
            IF TG_OP = 'UPDATE' AND (OLD."{self.child}", OLD."{self.parent}")
                IS NOT DISTINCT FROM (NEW."{self.child}", NEW."{self.parent}") THEN
                RETURN NULL;
            END IF;
            IF pg_catalog.current_setting('transaction_isolation') = 'repeatable read' THEN
                RAISE EXCEPTION '{self.message}: this cannot be seen in a transaction that reads repeatably'
                    USING ERRCODE = 'invalid_transaction_state';
            END IF;
            PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('desk.{table}'));
            EXECUTE $ring$SELECT EXISTS ({ring})$ring$ INTO closes
                USING NEW."{self.parent}", NEW."{self.child}", NEW.id;
            IF closes THEN
                RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}';
            END IF;
            RETURN NULL;
        """

    def is_broken_by(self, row: models.Model) -> bool:
        """Return whether the database would refuse this row, which need not be saved, as far as can be seen now."""
        values = {"start": getattr(row, self.parent), "end": getattr(row, self.child), "own": row.pk}
        if values["start"] is None or values["end"] is None:
            return False
        ring = self._ring(row._meta.db_table, start="%(start)s::bigint", end="%(end)s", own="%(own)s")  # noqa: SLF001 - Django documents _meta
        with connections[row._state.db or DEFAULT_DB_ALIAS].cursor() as cursor:  # noqa: SLF001 - Django documents _state
            cursor.execute(ring, values)
            return cursor.fetchone() is not None

    def _ring(self, table: str, **ends: Any) -> str:
        return RING.format(table=table, child=self.child, parent=self.parent, **ends)


NUMBERED_WITHIN_EVENT = """
    INSERT INTO desk.chronicle_citationcounter AS counter (event_id, last_number) VALUES (NEW.event_id, 1)
    ON CONFLICT (event_id) DO UPDATE SET last_number = counter.last_number + 1
    RETURNING last_number INTO NEW.number;
    RETURN NEW;
"""
COUNTER_NEVER_BEHIND = """
    INSERT INTO desk.chronicle_citationcounter AS counter (event_id, last_number)
    SELECT event_id, pg_catalog.max(number) FROM new_values GROUP BY event_id
    ON CONFLICT (event_id) DO UPDATE SET last_number = EXCLUDED.last_number
    WHERE counter.last_number < EXCLUDED.last_number;
    RETURN NULL;
"""
STAYS_WITH_ITS_EVENT = """
    IF EXISTS (SELECT FROM desk.chronicle_merge m WHERE m.subject = 'event' AND m.undone_at IS NULL
               AND ((m.merged_number = OLD.event_id AND m.kept_number = NEW.event_id)
                    OR (m.kept_number = OLD.event_id AND m.merged_number = NEW.event_id))) THEN
        IF NEW.number = 0 THEN
            INSERT INTO desk.chronicle_citationcounter AS counter (event_id, last_number) VALUES (NEW.event_id, 1)
            ON CONFLICT (event_id) DO UPDATE SET last_number = counter.last_number + 1
            RETURNING last_number INTO NEW.number;
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Event and number: a citation stays with its event; make a new one there and delete this one'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'citation_stays_with_its_event';
"""
"""It moves where two events are merged, and back where that is undone; it gets a number there if it brings none."""

NUMBERING = [
    pgtrigger.Trigger(
        name="citation_is_numbered_within_its_event",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition("NEW.number = 0"),
        func=NUMBERED_WITHIN_EVENT,
    ),
    pgtrigger.Trigger(
        name="citation_counter_is_never_behind",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="new_values"),
        func=COUNTER_NEVER_BEHIND,
    ),
    pgtrigger.Trigger(
        name="citation_stays_with_its_event",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("event_id", "number"),
        condition=pgtrigger.Condition(
            "OLD.event_id IS DISTINCT FROM NEW.event_id OR OLD.number IS DISTINCT FROM NEW.number"
        ),
        func=STAYS_WITH_ITS_EVENT,
    ),
]
"""How the database numbers the citations of an event."""

NOT_COMPARED = """
    IF (OLD.quotation_state, OLD.quotation_text_id, OLD.quotation_start, OLD.quotation_end)
        IS NOT DISTINCT FROM (NEW.quotation_state, NEW.quotation_text_id, NEW.quotation_start, NEW.quotation_end) THEN
        NEW.quotation_state := '';
        NEW.quotation_text_id := NULL;
        NEW.quotation_page := NULL;
        NEW.quotation_start := NULL;
        NEW.quotation_end := NULL;
    END IF;
    NEW.quotation_confirmed_at := NULL;
    NEW.quotation_confirmed_by_id := NULL;
    RETURN NEW;
"""
QUOTED = ("quotation", "quotation_prefix", "quotation_suffix", "document_id")

QUOTATION_IS_COMPARED_AGAIN = pgtrigger.Trigger(
    name="quotation_is_compared_again",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf(*QUOTED),
    condition=pgtrigger.Condition(" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in QUOTED)),
    func=NOT_COMPARED,
)
"""What is quoted changed, so what was found of it holds no more, nor what a curator confirmed: by whatever path.

Whoever compares writes the state in a statement of its own, after this one.
"""
