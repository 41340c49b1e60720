"""What the database refuses of files and texts: changes of what was deposited, and hiding past the verb."""

import pgtrigger

NEVER_CHANGES = """
    RAISE EXCEPTION '{subject}: what was deposited stays as it is; deposit the other one beside it'
        USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
"""


def never_changes(name: str, subject: str, *columns: str) -> pgtrigger.Trigger:
    """Return the trigger that keeps these columns as they were first written."""
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf(*columns),
        condition=pgtrigger.Condition(changed),
        func=NEVER_CHANGES.format(subject=subject, name=name),
    )


HIDDEN_BY_VERB = """
    IF current_user <> pg_catalog.pg_get_userbyid((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)) THEN
        RAISE EXCEPTION 'Readers: use the action "hide"; it changes what readers see at once'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
"""


PURGED_BY_VERB = """
    IF current_user <> pg_catalog.pg_get_userbyid((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)) THEN
        RAISE EXCEPTION 'Purged: use “Purge”, which takes away what was deposited; it cannot be undone'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
"""


def purged_by_verb(name: str, *columns: str) -> pgtrigger.Trigger:
    """Return the trigger that lets the owner's verb alone say that something was purged; what is purged stays so."""
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf(*columns),
        condition=pgtrigger.Condition(changed),
        func=PURGED_BY_VERB.format(name=name),
    )


def hidden_by_verb(name: str, column: str) -> pgtrigger.Trigger:
    """Return the trigger that lets the owner's verb alone take away what readers were given."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf(column),
        condition=pgtrigger.Condition(f'OLD."{column}" AND NOT NEW."{column}"'),
        func=HIDDEN_BY_VERB.format(name=name),
    )
