"""What a curator is told when PostgreSQL refuses a change that no form could foresee."""

from django.apps import apps
from django.db import DatabaseError
from django.utils.translation import gettext as _
from psycopg import Error, errors

RAISED = "exec_stmt_raise"
"""Where PostgreSQL says that a message comes from when one of our own triggers wrote it (RAISE in PL/pgSQL)."""


def refusal(error: DatabaseError) -> str | None:
    """Return what to tell the curator, with the next step; None for an error that is a defect of ours."""
    cause = error.__cause__
    if not isinstance(cause, Error):
        return None
    if cause.diag.source_function == RAISED:
        return cause.diag.message_primary
    if isinstance(cause, errors.CheckViolation):
        return _violation(cause.diag.constraint_name)
    if isinstance(cause, errors.UniqueViolation):
        return _("Nothing was saved: somebody has saved the same thing just now. Look at the list, then save again.")
    if isinstance(cause, errors.ForeignKeyViolation):
        return _("Nothing was saved: something that is chosen here was deleted just now. Choose again, then save.")
    if isinstance(cause, errors.DeadlockDetected):
        return _("Nothing was saved: somebody else was saving the same thing in the same moment. Save again.")
    return None


def rule_broken(error: DatabaseError) -> str | None:
    """Return what the model says of the constraint that was broken; None for anything else."""
    cause = error.__cause__
    return _violation(cause.diag.constraint_name) if isinstance(cause, Error) else None


def _violation(name: str | None) -> str | None:
    """Return the message that a model gives to the constraint of this name."""
    constraints = (constraint for model in apps.get_models() for constraint in model._meta.constraints)  # noqa: SLF001 - Django documents _meta
    return next((str(each.get_violation_error_message()) for each in constraints if name and each.name == name), None)
