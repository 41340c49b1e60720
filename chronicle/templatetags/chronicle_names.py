"""Names of places and speakers, as the reader chose them."""

from typing import Any

from django import template
from django.template import Context

register = template.Library()


@register.inclusion_tag("chronicle/_called.html", takes_context=True)
def called(context: Context, record: Any, address: str = "") -> dict[str, Any]:
    """Show what a place or a speaker is called, the first name leading to its page where an address is given."""
    naming = context["naming"]
    return {"called": naming.called(record), "address": f"{address}{naming.query}" if address else ""}


@register.inclusion_tag("chronicle/_called_briefly.html", takes_context=True)
def called_briefly(context: Context, record: Any) -> dict[str, Any]:
    """Show what a place is called inside a line about something else: the heading name, until a language is chosen."""
    return {"called": context["naming"].called(record)}
