"""Languages in words."""

from typing import Final

from django import template
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

SCRIPTS: Final = {
    "Latn": gettext_lazy("Latin letters"),
    "Cyrl": gettext_lazy("Cyrillic letters"),
    "Armn": gettext_lazy("Armenian letters"),
    "Geor": gettext_lazy("Georgian letters"),
    "Arab": gettext_lazy("Arabic letters"),
    "Hebr": gettext_lazy("Hebrew letters"),
    "Grek": gettext_lazy("Greek letters"),
}


@register.filter
def language_words(tag: str) -> str:
    """Return a BCP 47 tag in words, as "Azerbaijani, Latin letters"; a tag that nobody here knows stays as it is."""
    language, *parts = tag.split("-")
    name = LANG_INFO.get(language.lower(), {}).get("name")
    script = next((SCRIPTS[part.title()] for part in parts if part.title() in SCRIPTS), None)
    if name is None:
        return tag
    return _("%(language)s, %(script)s") % {"language": _(name), "script": script} if script else _(name)
