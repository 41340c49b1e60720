"""Names of either direction in templates: `{{ event.title|isolated }}`."""

from django import template

from sources.directions import isolated

register = template.Library()
register.filter("isolated", isolated)
