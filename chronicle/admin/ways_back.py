"""Going back as a curator does it: tried beforehand, then done, with words for what stands in the way."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from chronicle.curators import PUBLISH
from chronicle.history.restoring import Plan, carry_out
from chronicle.history.story import Row
from chronicle.models import Event
from chronicle.vocabularies import WorkState
from sources.admin.reasons import reason_field
from sources.admin.refusals import refusal, rule_broken


class RestoreForm(forms.Form):
    """Why a curator goes back."""

    reason = reason_field(required=True)


def seal(plan: Plan) -> str:
    """Return what tells this plan from another."""
    told = [(row.part.name, row.number, _stands(row)) for row in plan.rows]
    return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()


def _stands(row: Row) -> list[str]:
    return [str(getattr(row.after, column.attname)) for column in row.part.fields] if row.after else []


def foreseen(plan: Plan, user: Any) -> list[str]:
    """Return what would stand in the way: it is tried, and taken back."""
    with transaction.atomic():
        problems = done(plan, user)
        transaction.set_rollback(True)
    return problems


def done(plan: Plan, user: Any) -> list[str]:
    """Carry a plan out; return why not, if anything stands in the way. Then nothing is written."""
    problems = plan.obstacles()
    if problems:
        return problems
    try:
        with transaction.atomic():
            carry_out(plan)
            _back_to_review(plan, user)
    except ValidationError as error:
        return _words(error)
    except ProtectedError:
        return [_("Something refers to a row that would go. Bring back single fields instead.")]
    except DatabaseError as error:
        words = rule_broken(error) or refusal(error)
        if words is None:
            raise
        return [words]
    return []


def _words(error: ValidationError) -> list[str]:
    told = error.message_dict.items()
    return [" ".join(words) if name == NON_FIELD_ERRORS else f"{name}: {' '.join(words)}" for name, words in told]


def _back_to_review(plan: Plan, user: Any) -> None:
    """Let an event that was ready go back to review when somebody reworks it who cannot call it ready."""
    if plan.model is Event and not user.has_perm(PUBLISH):
        Event.objects.filter(pk=plan.number, state=WorkState.READY).update(state=WorkState.IN_REVIEW)
