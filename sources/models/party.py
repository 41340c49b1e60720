"""Parties to a conflict."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.edtf import EDTFField, EDTFRangeField
from sources.models.columns import curators_note, folded, language_field, parent_of, text_line
from sources.models.constraints import language_constraint, slug_constraint
from sources.models.record import PartManager, Record, Row
from sources.models.tracking import tracked


@tracked("PartyRevision", exclude=["name_folded"])
class Party(Record):
    """A party to a conflict: that acts, suffers, or is spoken for. It is not a judgement on who is right."""

    name = text_line(_("name"), max_length=200, help_text=_("For headings: Republic of Armenia. Public."))
    name_short = text_line(_("short name"), max_length=40, help_text=_("For tables and sentences: Armenia. Public."))
    name_folded = folded("name")
    period_edtf = EDTFField(
        verbose_name=_("period"),
        range_field="period_range",
        blank=True,
        help_text=_("When it existed or took part, EDTF: 1991-09-02/2023-09-28. Public."),
    )
    period_range = EDTFRangeField(null=True, editable=False)
    curators_note = curators_note()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["name_folded", "id"]
        constraints = [
            slug_constraint("party_slug_is_plain"),
            models.CheckConstraint(
                name="party_has_names",
                condition=~models.Q(name="") & ~models.Q(name_short=""),
                violation_error_code="name",
                violation_error_message=_(
                    "Name: a party has one and a short one, such as Republic of Armenia, Armenia."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name_short


@tracked("PartyNameRevision")
class PartyName(Row):
    """What a party is called in a language."""

    party = parent_of(Party, "names", _("party"))
    name = text_line(_("name"), max_length=200, help_text=_("As that language writes it: Հայաստան. Public."))
    language = language_field()

    objects = PartManager("party__slug", "language", "name")

    class Meta:
        verbose_name = _("name of a party")
        verbose_name_plural = _("names of parties")
        ordering = ["language", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "language", "name"],
                name="party_name_is_given_once",
                violation_error_code="name",
                violation_error_message=_(
                    "Name: it is given in this language already; change one of the two, or remove one."
                ),
            ),
            language_constraint("party_name_language_is_tag"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        """Return the party's slug, the language and the name."""
        return (*self.party.natural_key(), self.language, self.name)

    natural_key.dependencies = ["sources.party"]  # type: ignore[attr-defined]  # where Django looks
