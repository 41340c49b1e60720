"""No question reads a whole table, whatever PostgreSQL expects of it."""

import pytest
from django.db import connections, transaction

from chronicle.publication import publish
from chronicle.search import searching
from tests import factories as make

pytestmark = pytest.mark.usefixtures("published")

COMBED = (" LIKE ", " @@ ", " %> ")
LISTED_BY_HAND = ("sources_party", "chronicle_term", "chronicle_missingdocument")
"""Tables of a few rows, which are read whole."""


def looks_of(client, question):
    """The queries of a search that look for words, fragments and spellings."""
    client.get("/")
    connection = connections["published"]
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    client.get(f"/search/?q={question}")
    connection.force_debug_cursor = False
    queries = [query["sql"] for query in connection.queries_log if any(sign in query["sql"] for sign in COMBED)]
    return [query for query in queries if not any(f'FROM "{table}"' in query for table in LISTED_BY_HAND)]


def plan(cursor, query):
    cursor.execute(f"EXPLAIN {query}")
    return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(("question", "looks"), [("bridge", 7), ("nowhere", 11), ("brdge+ovr", 11)])
def test_words_fragments_and_spellings_are_looked_up_in_indexes(client, question, looks):
    publish([make.cited_event(title="The bridge", locations=(make.location(),))])
    queries = looks_of(client, question)
    assert len(queries) == looks

    with transaction.atomic(using="published"), connections["published"].cursor() as cursor, searching("published"):
        plans = [plan(cursor, query) for query in queries]

    assert all("Bitmap Index Scan" in found for found in plans)
    assert not [found for found in plans if "Seq Scan" in found]
