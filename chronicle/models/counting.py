"""What figures count, and whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.columns import text_line
from sources.models.constraints import slug_constraint
from sources.models.record import Record
from sources.models.tracking import tracked


@tracked("UnitRevision")
class Unit(Record):
    """What a figure counts or measures: person, house, km²."""

    name = text_line(_("name"), max_length=60, help_text=_("In the singular: person. Public."))
    name_plural = text_line(_("plural"), max_length=60, help_text=_("As it follows a number: persons. Public."))
    counts_whole_things = models.BooleanField(
        _("counts whole things"),
        default=True,
        help_text=_("Persons and houses are counted whole; square kilometres and per cent are measured. Public."),
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name", "id"]
        constraints = [slug_constraint("unit_slug_is_plain")]

    def __str__(self) -> str:
        return self.name


@tracked("PopulationRevision")
class Population(Record):
    """Whom a figure counts: all, military, civilians, women, children."""

    name = text_line(_("name"), max_length=100, help_text=_("As it follows a unit: military. Public."))

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        ordering = ["name", "id"]
        constraints = [slug_constraint("population_slug_is_plain")]

    def __str__(self) -> str:
        return self.name
