"""`manage.py check_links`: ask whether the addresses of documents and their copies elsewhere can still be found."""

from argparse import ArgumentParser
from collections import Counter
from datetime import timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone

from chronicle.links.checking import check
from chronicle.links.manners import agent
from chronicle.links.vocabularies import LinkState
from chronicle.models import Masthead, Restriction
from sources.models import Document
from sources.vocabularies import Access


class Command(BaseCommand):
    """Nothing else asks: a chronicle that never runs this makes no request.

    Documents that are withheld, described or restricted are left out: to ask for their addresses would tell others.
    """

    help = "Ask, slowly, whether the addresses of open documents still answer; the desk shows what was seen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a document, an age and a number."""
        parser.add_argument("--document", metavar="SLUG", help="the addresses of this document alone, whenever asked")
        parser.add_argument("--days", type=int, default=30, help="what was asked for within so many days is left (30)")
        parser.add_argument("--most", type=int, help="stop after so many addresses; the next run goes on from there")

    def handle(self, *, document: str | None, days: int, most: int | None, **_options: Any) -> None:
        """Ask, name what was not found, and count."""
        masthead = Masthead.objects.current()
        now = timezone.now()
        before = now if document else now - timedelta(days=days)
        seen = check(
            _asked(document), before=before, agent=agent(masthead.name, masthead.contact), manners=settings.LINK_MANNERS
        )
        counts: Counter[str] = Counter()
        for one in islice(seen, most):
            counts[one.answer.state] += 1
            if one.answer.state != LinkState.FOUND:
                self.stdout.write(f"{one.answer.state} ({one.answer.told}): {one.address}")
        told = ", ".join(f"{state} {counts[state]}" for state in LinkState if counts[state])
        self.stdout.write(told or "nothing to ask for")


def _asked(slug: str | None) -> QuerySet[Document]:
    open_ones = Document.objects.filter(access=Access.OPEN, merged_into=None)
    rows: QuerySet[Document] = open_ones.exclude(pk__in=Restriction.objects.values("document"))
    if slug is None:
        return rows
    if not rows.filter(slug=slug).exists():
        raise CommandError(
            f"There is no open document with the slug {slug}; the list of documents at the desk has them."
        )
    return rows.filter(slug=slug)
