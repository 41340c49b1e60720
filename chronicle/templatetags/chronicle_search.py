"""Where in a record the words of a question were found."""

from django import template

from chronicle import search

register = template.Library()
register.filter("stretches", search.stretches)
register.filter("has_words", search.has_words)
