"""What belongs to an event: its names, the parties concerned, its locations, and who took part."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chronicle.models.event.event import Event
from chronicle.models.location import Location
from chronicle.vocabularies import Certainty, LocationRole, ParticipationRole
from sources.models import Agent, Party
from sources.models.columns import folded, language_field, parent_of, text_line
from sources.models.constraints import known_constraint, language_constraint
from sources.models.record import PartManager, Row
from sources.models.tracking import tracked


@tracked("EventNameRevision", exclude=["name_folded"])
class EventName(Row):
    """What an event is called, in which language and by which party."""

    event = parent_of(Event, "names", _("event"))
    name = text_line(_("name"), max_length=300, help_text=_("As that language writes it. Public."))
    name_folded = folded("name")
    language = language_field()
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("used by"),
        help_text=_("The party that uses it, if it is one party's name. Public."),
    )

    objects = PartManager("event__slug", "language", "name")

    class Meta:
        verbose_name = _("name of an event")
        verbose_name_plural = _("names of events")
        ordering = ["language", "name", "id"]
        indexes = [
            GinIndex(name="event_name_trigrams", fields=["name_folded"], opclasses=["functions.gin_trgm_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "language", "name"],
                name="event_name_is_given_once",
                violation_error_code="name",
                violation_error_message=_(
                    "Name: it is given in this language already; change one of the two, or remove one."
                ),
            ),
            models.CheckConstraint(
                name="event_name_is_not_empty",
                condition=~Q(name=""),
                violation_error_code="name",
                violation_error_message=_("Name: write what the event is called, such as Vətən müharibəsi."),
            ),
            language_constraint("event_name_language_is_tag"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        """Return the event's slug, the language and the name."""
        return (*self.event.natural_key(), self.language, self.name)

    natural_key.dependencies = ["chronicle.event"]  # type: ignore[attr-defined]  # where Django looks


@tracked("EventPartyRevision")
class EventParty(Row):
    """A party that an event concerns, whether or not it has a voice here."""

    event = parent_of(Event, "event_parties", _("event"))
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="event_parties", verbose_name=_("party"))

    objects = PartManager("event__slug", "party__slug")

    class Meta:
        verbose_name = _("party concerned")
        verbose_name_plural = _("parties concerned")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "party"],
                name="event_party_is_given_once",
                violation_error_code="party",
                violation_error_message=_("Party: it is listed already; choose another one, or remove one of the two."),
            )
        ]

    def __str__(self) -> str:
        return str(self.party)

    def natural_key(self) -> tuple[str, ...]:
        """Return the slugs of event and party."""
        return (*self.event.natural_key(), *self.party.natural_key())

    natural_key.dependencies = ["chronicle.event", "sources.party"]  # type: ignore[attr-defined]  # where Django looks


@tracked("EventLocationRevision")
class EventLocation(Row):
    """Where the editors file an event, in which role, and how sure they are."""

    event = parent_of(Event, "event_locations", _("event"))
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="event_locations", verbose_name=_("location")
    )
    role = models.CharField(
        _("role"),
        max_length=12,
        choices=LocationRole,
        default=LocationRole.SITE,
        help_text=_("What the location was to the event. Public."),
    )
    certainty = models.CharField(
        _("certainty"),
        max_length=10,
        choices=Certainty,
        default=Certainty.CERTAIN,
        help_text=_("How sure the editors are. Public."),
    )

    objects = PartManager("event__slug", "location__slug", "role")

    class Meta:
        verbose_name = _("location of an event")
        verbose_name_plural = _("locations of events")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "location", "role"],
                name="event_location_is_given_once",
                violation_error_code="location",
                violation_error_message=_("Location: it has this role already; change one of the two, or remove one."),
            ),
            known_constraint(
                "event_location_role_is_known",
                "role",
                LocationRole,
                told=_("Role: choose one of the listed ones, such as site."),
            ),
            known_constraint(
                "event_location_certainty_is_known",
                "certainty",
                Certainty,
                told=_("Certainty: certain, probable or possible."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location}, {self.get_role_display()}"

    def natural_key(self) -> tuple[str, ...]:
        """Return the slugs of event and location, and the role."""
        return (*self.event.natural_key(), *self.location.natural_key(), self.role)

    natural_key.dependencies = ["chronicle.event", "chronicle.location"]  # type: ignore[attr-defined]  # where Django looks


@tracked("ParticipationRevision")
class Participation(Row):
    """The part that an agent had in an event."""

    event = parent_of(Event, "participations", _("event"))
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="participations", verbose_name=_("agent"))
    role = models.CharField(
        _("role"),
        max_length=10,
        choices=ParticipationRole,
        default=ParticipationRole.TOOK_PART,
        help_text=_("What the agent did. Public."),
    )

    objects = PartManager("event__slug", "agent__slug", "role")

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "agent", "role"],
                name="participation_is_given_once",
                violation_error_code="agent",
                violation_error_message=_("Agent: it has this role already; change one of the two, or remove one."),
            ),
            known_constraint(
                "participation_role_is_known",
                "role",
                ParticipationRole,
                told=_("Role: choose one of the listed ones, such as signed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent}, {self.get_role_display()}"

    def natural_key(self) -> tuple[str, ...]:
        """Return the slugs of event and agent, and the role."""
        return (*self.event.natural_key(), *self.agent.natural_key(), self.role)

    natural_key.dependencies = ["chronicle.event", "sources.agent"]  # type: ignore[attr-defined]  # where Django looks
