"""A citation as one line: what it says, and who says it where."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from chronicle.disputes.groups import ValueGroup
from chronicle.disputes.wording import locator_words, value_words
from chronicle.models import Citation
from chronicle.models.asserted import ASPECT_VALUES
from chronicle.vocabularies import Aspect, Stance


@dataclass(frozen=True)
class CitationLine:
    """The cells of the line. `value` is empty where no value is asserted; `stance` where the document supports it."""

    number: int
    document: str
    locator: str
    aspect: str
    value: str
    statement: str
    speaker: str
    stance: str


def citation_line(citation: Citation) -> CitationLine:
    """Return the line of a stored citation of which the records are loaded that it points to."""
    return CitationLine(
        number=citation.number,
        document=str(citation.document),
        locator=locator_words(citation),
        aspect=citation.get_aspect_display(),
        value=_value(citation),
        statement=citation.statement,
        speaker=str(citation.claimed_by or ""),
        stance="" if citation.stance == Stance.SUPPORTS else citation.get_stance_display(),
    )


def _value(citation: Citation) -> str:
    if citation.asserts_unknown:
        return _("said to be unknown")
    columns = (Citation._meta.get_field(name).attname for name in ASPECT_VALUES.get(Aspect(citation.aspect), ()))  # noqa: SLF001 - Django documents _meta
    given = [getattr(citation, column) not in (None, "") for column in columns]
    return value_words(ValueGroup(Aspect(citation.aspect), (citation,))) if given and all(given) else ""
