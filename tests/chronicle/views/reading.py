"""What a reader sees of an answer, and what it took to make it."""

import re
from html import unescape

from django.db import connections
from django.utils.html import strip_tags


def text(response):
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", unescape(strip_tags(response.content.decode())))


def titles(response):
    """The titles of the entries of its lists, in their order."""
    found = re.findall(r'class="title"[^>]*>(?:<a [^>]*>)?(?:<bdi[^>]*>)?(.*?)<', response.content.decode())
    return [unescape(title) for title in found]


def main(response):
    """The main part of a page."""
    return re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]


def queries_of(client, address):
    """How many queries a page asks, the lock that makes it one state included; transactions are no queries."""
    client.get("/")  # a new connection tells PostgreSQL of itself first
    connection = connections["published"]
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    assert client.get(address).status_code == 200
    connection.force_debug_cursor = False
    return len([query for query in connection.queries_log if query["sql"] not in {"BEGIN", "COMMIT"}])
