"""Agents: who makes documents and who says things."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.columns import curators_note, folded, language_field, parent_of, text_block, text_line
from sources.models.constraints import (
    known_constraint,
    language_constraint,
    slug_constraint,
    undisclosed_constraint,
)
from sources.models.party import Party
from sources.models.querysets import AgentQuerySet
from sources.models.record import MergeableRecord, PartManager, Row
from sources.models.tracking import tracked
from sources.vocabularies import AgentKind, NameShown

ONLY_BY_VERB = """
    IF current_user <> pg_catalog.pg_get_userbyid((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)) THEN
        RAISE EXCEPTION 'Name to readers: use the action "name to readers"; it changes what they see at once'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'agent_name_shown_changes_by_verb';
    END IF;
    RETURN NEW;
"""


@tracked("AgentRevision", exclude=["name_folded"])
class Agent(MergeableRecord):
    """A person or body that makes documents or says things.

    Which party it speaks for is stated with the public basis for saying so, or not at all.
    """

    left_to_verbs = ("name_shown",)

    name = text_line(_("name"), max_length=300, help_text=_("In reading order: Jeyhun Bayramov. Public."))
    name_sorted = text_line(
        _("name for sorting"),
        max_length=300,
        blank=True,
        help_text=_("A person's family name first, with a comma: Bayramov, Jeyhun. Empty for bodies. Public."),
    )
    name_folded = folded("name")
    kind = models.CharField(
        _("kind of body"),
        max_length=20,
        choices=AgentKind,
        help_text=_("What kind of body it is, or the person speaks from. Public."),
    )
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agents",
        verbose_name=_("speaks for"),
        help_text=_("The party to the conflict that it speaks for, if any. Public, and needs a basis."),
    )
    basis = text_block(
        _("basis"),
        help_text=_("The public basis for saying so: minister of foreign affairs since 16 July 2020. Public."),
    )
    name_shown = models.CharField(
        _("name to readers"),
        max_length=10,
        choices=NameShown,
        default=NameShown.FULL,
        help_text=_(
            "How readers see the name of a victim, a witness or another person at risk: in full, as initials (N. N.), "
            "or not at all. Changed by the action “name to readers” alone. Which of the three it is, is public."
        ),
    )
    curators_note = curators_note()

    objects = AgentQuerySet.as_manager()  # type: ignore[misc]  # the stubs see a variable of the class and of the instance

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["name_folded", "id"]
        indexes = [
            GinIndex(name="agent_name_trigrams", fields=["name_folded"], opclasses=["functions.gin_trgm_ops"]),
            models.Index(name="agent_by_folded_name", fields=["name_folded", "id"]),
        ]
        constraints = [
            slug_constraint("agent_slug_is_plain"),
            undisclosed_constraint("agent_slug_is_not_of_another"),
            known_constraint(
                "agent_name_shown_is_known",
                "name_shown",
                NameShown,
                told=_("Name to readers: full, initials or withheld."),
            ),
            models.CheckConstraint(
                name="agent_has_name",
                condition=~models.Q(name=""),
                violation_error_code="name",
                violation_error_message=_("Name: an agent has one, such as Ministry of Foreign Affairs of Azerbaijan."),
            ),
            known_constraint(
                "agent_kind_is_known",
                "kind",
                AgentKind,
                told=_("Kind of body: choose one of the listed ones, such as government."),
            ),
            models.CheckConstraint(
                name="agent_party_has_basis",
                condition=models.Q(party__isnull=True) | ~models.Q(basis=""),
                violation_error_code="basis",
                violation_error_message=_(
                    "Basis: say on what public basis the agent speaks for this party, such as “founded by decree of …”."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="agent_name_shown_changes_by_verb",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("name_shown"),
                condition=pgtrigger.Condition("OLD.name_shown IS DISTINCT FROM NEW.name_shown"),
                func=ONLY_BY_VERB,
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked("AgentNameRevision", exclude=["name_folded"])
class AgentName(Row):
    """What an agent is called in a language."""

    agent = parent_of(Agent, "names", _("agent"))
    name = text_line(_("name"), max_length=300, help_text=_("As that language writes it: Ceyhun Bayramov. Public."))
    name_folded = folded("name")
    language = language_field()

    objects = PartManager("agent__slug", "language", "name")

    class Meta:
        verbose_name = _("name of an agent")
        verbose_name_plural = _("names of agents")
        ordering = ["language", "name", "id"]
        indexes = [
            GinIndex(name="agent_name_other_trigrams", fields=["name_folded"], opclasses=["functions.gin_trgm_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "language", "name"],
                name="agent_name_is_given_once",
                violation_error_code="name",
                violation_error_message=_(
                    "Name: it is given in this language already; change one of the two, or remove one."
                ),
            ),
            language_constraint("agent_name_language_is_tag"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        """Return the agent's slug, the language and the name."""
        return (*self.agent.natural_key(), self.language, self.name)

    natural_key.dependencies = ["sources.agent"]  # type: ignore[attr-defined]  # where Django looks
