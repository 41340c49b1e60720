"""Rules that PostgreSQL keeps with triggers because no constraint can say them."""

import pgtrigger


class NeverWithinItself(pgtrigger.Trigger):
    """Refuses a chain of `child` to `parent` that comes back to where it began, at any depth.

    One lock per table makes two curators who close a ring together wait for each other: the second is refused.
    """

    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self, *, name: str, child: str, parent: str, message: str) -> None:
        self.child, self.parent, self.message = child, parent, message
        super().__init__(name=name)

    def get_func(self, model: type) -> str:
        """Return the body that follows the chain upwards from the new row."""
        table = model._meta.db_table  # type: ignore[attr-defined]
        return f"""
            PERFORM pg_advisory_xact_lock(hashtext('{table}'));
            IF EXISTS (
                WITH RECURSIVE above AS (
                    SELECT NEW."{self.parent}" AS id
                    UNION
                    SELECT t."{self.parent}" FROM "{table}" t JOIN above a ON t."{self.child}" = a.id
                    WHERE t."{self.parent}" IS NOT NULL
                )
                SELECT 1 FROM above WHERE id = NEW."{self.child}"
            ) THEN
                RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}';
            END IF;
            RETURN NULL;
        """
