"""What every page says of the chronicle itself, error pages included, which have no context of their own."""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def chronicle_name() -> str:
    """Return the name of this chronicle."""
    return str(settings.CHRONICLE_NAME)


@register.simple_tag
def address_for_errors(page: str = "") -> str:
    """Return where to report an error, as a link: the contact, with the page as subject if it is a mailbox."""
    contact = str(settings.CHRONICLE_CONTACT)
    if "@" not in contact or contact.startswith(("http://", "https://", "mailto:")):
        return contact
    subject = _("Error on %(page)s") % {"page": page} if page else _("Error")
    return f"mailto:{contact}?subject={quote(subject)}"
