"""The audit of accounts: the desk's login adds to it and reads it; only time takes away from it."""

from chronicle.database.publishing.functions import function

AUDIT = "accounts_auditentry"

SHORTEST_DAYS = 30
"""For how long entries are kept at least, whatever the desk's login says: who came in by stealth deletes no trace."""

FORGET_AUDIT = function(
    "forget_audit",
    "p_days integer, p_address_days integer",
    f"""BEGIN
    DELETE FROM desk.{AUDIT} WHERE at < now() - make_interval(days => greatest(p_days, {SHORTEST_DAYS}));
    UPDATE desk.{AUDIT} SET address = NULL
    WHERE address IS NOT NULL AND at < now() - make_interval(days => greatest(p_address_days, 1));
END""",
    is_verb=True,
)
"""Deletes old entries, and takes the addresses out of those that are not so old."""
