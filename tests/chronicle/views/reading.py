"""How tests read pages: what they say, and how many queries they ask."""

import re

from django.db import connections
from django.utils.html import strip_tags


def text(response):
    """What a page says, without its marks and with single blanks."""
    return " ".join(strip_tags(response.content.decode()).split())


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
