"""What the chronicle says of itself: its method, its contested terms, what it lacks, who makes it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from chronicle.models import MissingDocument, Term
from chronicle.report import Report
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.paging import counted, page_of
from chronicle.vocabularies import Aspect, Verdict


class Method(PublicView):
    """The rules by which everything here is made: the editors' own, then those that the software keeps."""

    template_name = "chronicle/method.html"
    description = _("The rules by which everything here is made: what is recorded, and how far documents agree.")
    parameters = ()

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one method
        """Return the words that the rules are told with."""
        return {"aspects": [aspect.label for aspect in Aspect], "verdicts": {v.name.lower(): v.label for v in Verdict}}


class About(PublicView):
    """Who makes the chronicle, its imprint and its licence."""

    template_name = "chronicle/about.html"
    description = _("Who makes this chronicle, its imprint and its licence.")
    parameters = ()

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- all of it is the masthead's
        """Return nothing more than every page has."""
        return {}


class Terms(PublicView):
    """Contested words, and which document uses which how often."""

    template_name = "chronicle/terms.html"
    description = _("Contested words: which document uses which of them, and how often.")
    parameters = ()

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one list
        """Return one page of the terms, each with its uses."""
        terms = Term.objects.using(PUBLISHED)
        return {
            "list": page_of(terms.with_uses(), "name_folded", after=self.asked("after")),
            "count": counted(terms),
        }


class Missing(PublicView):
    """Not in this collection: what should be there."""

    template_name = "chronicle/missing.html"
    description = _("What should be in this collection and is not: documents that would bear on its events.")
    parameters = ()

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one list
        """Return one page of what is missing, each entry with the events that it bears on."""
        missing = MissingDocument.objects.using(PUBLISHED)
        return {
            "list": page_of(missing.with_events(), "title_folded", after=self.asked("after")),
            "count": counted(missing),
        }


class Accessibility(PublicView):
    """How far the site conforms to WCAG 2.2, what was tested, what is known to fall short, where to report."""

    template_name = "chronicle/accessibility.html"
    description = _("How far this site conforms to WCAG 2.2, what was tested, and what is known to fall short.")
    parameters = ()

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one statement
        """Return nothing more than every page has."""
        return {}


LINES = 40
"""How many lines of a section the page in figures shows."""
NAMES = 200
"""How many names of a section it shows."""
SEARCHED = 1_000
"""Among how many documents it looks for those that are not cited."""


class InFigures(PublicView):
    """What is published, counted."""

    template_name = "chronicle/report.html"
    description = _("What this collection holds, counted.")
    parameters = ()

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one report
        """Return the sections of the report, each with no more lines than can be read."""
        return {"sections": Report(PUBLISHED, lines=LINES, names=NAMES, searched=SEARCHED).sections}


method = Method.as_view()
in_figures = InFigures.as_view()
about = About.as_view()
terms = Terms.as_view()
missing = Missing.as_view()
accessibility = Accessibility.as_view()
