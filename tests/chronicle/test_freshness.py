"""An unchanged page is not made again; whatever changes what readers see changes every tag."""

import pytest
from django.db import connections

from chronicle import freshness
from chronicle.database.publishing import turns
from chronicle.models import Event
from chronicle.publication import Note, publish, publish_references, release, withdraw, withdraw_standing, withhold
from sources.vocabularies import Access
from tests import factories as make

pytestmark = pytest.mark.usefixtures("published")

GONE = Note(words="A family asked for it.")


def tag(client, address="/events/", **headers):
    return client.get(address, headers=headers).headers["ETag"]


def test_unchanged_page_is_answered_without_being_made(client):
    event = make.cited_event()
    publish([event])
    address = event.get_absolute_url()
    known = tag(client, address)

    with counted() as queries:
        response = client.get(address, headers={"if-none-match": known})

    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == known
    assert "Content-Security-Policy" not in response.headers  # it would replace that of a page which may be framed
    assert [query["sql"] for query in queries] == [
        "LOCK TABLE chronicle_edition IN ACCESS SHARE MODE; SELECT made_at FROM chronicle_change"
    ]
    assert client.head(address, headers={"if-none-match": f'"other", {known}'}).status_code == 304
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_tag_is_of_its_address_alone(client):
    publish([make.cited_event()])

    assert tag(client, "/events/") == tag(client, "/events/")
    assert len({tag(client, address) for address in ("/", "/events/", "/events/?period=2020", "/terms/")}) == 4
    known = tag(client, "/events/")
    assert client.get("/events/nothing/", headers={"if-none-match": known}).status_code == 404
    assert client.get("/nothing/", headers={"if-none-match": "*"}).status_code == 404


def test_verb_that_changes_what_readers_see_changes_every_tag(client):
    document = make.document()
    event, other = make.cited_event(), make.event(title="Other")
    make.citation(other, document)
    masthead = make.masthead()
    tags = [tag(client)]

    for change in (
        lambda: publish([event, other]),
        lambda: publish_references("masthead", [masthead]),
        lambda: withdraw_standing("masthead", [masthead], note=GONE),
        lambda: withhold([document]),
        lambda: withdraw([event], note=GONE),
    ):
        change()
        tags.append(tag(client))

    assert len(set(tags)) == len(tags)


def test_verb_that_changes_nothing_that_readers_see_changes_no_tag(client):
    event, draft, document = make.cited_event(), make.cited_event(), make.document(access=Access.WITHHELD)
    publish([event])
    known = tag(client)

    for change in (
        lambda: publish([event]),
        lambda: publish_references("kind", [event.kind]),
        lambda: withdraw([draft], note=GONE),
        lambda: withhold([document]),
        lambda: release([document], access=Access.OPEN),
    ):
        change()
        assert tag(client) == known

    event.title = "Reworked"
    event.save()
    publish([event])

    assert tag(client) != known


def test_every_verb_counts_where_postgresql_does_not(client):
    event = make.cited_event()
    publish([event])
    known = tag(client)

    with connections["owner"].cursor() as cursor:  # the setting is the superuser's
        cursor.execute(turns.END_VERB.replace("current_setting('track_counts')", "'off'"))
        try:
            publish([event])
        finally:
            cursor.execute(turns.END_VERB)

    assert tag(client) != known


def test_withheld_source_is_not_shown_to_those_who_know_the_page(client):
    event = make.cited_event()
    document = make.document(title="Testimony", title_short="Testimony 2020")
    make.citation(event, document, statement="It names somebody.")
    publish([event])
    known = tag(client, event.get_absolute_url())

    withhold([document])
    response = client.get(event.get_absolute_url(), headers={"if-none-match": known})

    assert response.status_code == 200
    assert "It names somebody." not in response.content.decode()


def test_withdrawn_event_is_gone_for_those_who_know_the_page(client):
    event = make.cited_event()
    publish([event])
    known = tag(client, event.get_absolute_url())

    withdraw([event], note=GONE)
    response = client.get(event.get_absolute_url(), headers={"if-none-match": known})

    assert response.status_code == 410
    assert response.headers["Cache-Control"] == "no-cache"
    assert "ETag" not in response.headers


def test_work_at_the_desk_changes_no_tag(client):
    event = make.cited_event()
    publish([event])
    known = tag(client)

    Event.objects.update(title="Reworked")
    make.cited_event()

    assert tag(client) == known


def test_release_of_the_software_changes_tags(client, monkeypatch):
    publish([make.cited_event()])
    known = tag(client)

    monkeypatch.setattr(freshness, "release", lambda: "another")

    assert tag(client) != known
    assert client.get("/events/", headers={"if-none-match": known}).status_code == 200


def test_language_is_part_of_the_tag_where_there_are_several(client, settings):
    known = tag(client)
    assert tag(client, **{"accept-language": "hy"}) == known

    settings.LANGUAGES = [("en-gb", "English"), ("hy", "Armenian")]

    assert tag(client, **{"accept-language": "hy"}) != tag(client, **{"accept-language": "en"})
    assert client.get("/events/").headers["Vary"] == "Accept-Language"


def test_pages_may_be_kept_and_are_asked_for_again(client, settings):
    publish([make.cited_event()])

    response = client.get("/events/")
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response.headers["Last-Modified"].endswith(" GMT")
    assert "Vary" not in response.headers
    assert client.get("/events/", headers={"if-modified-since": response.headers["Last-Modified"]}).status_code == 200
    assert client.get("/nothing/").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(("seconds", "fresh", "stale"), [(60, 30, 30), (7, 4, 3), (1, 1, 0)])
def test_cache_shows_a_page_no_longer_than_a_takedown_may_take(client, settings, seconds, fresh, stale):
    settings.PAGES_MAX_AGE = seconds
    event = make.cited_event()
    publish([event])

    response = client.get(event.get_absolute_url())
    assert response.headers["Cache-Control"] == (
        f"public, max-age={fresh}, stale-while-revalidate={stale}, stale-if-error=0"
    )
    assert fresh + stale == seconds
    withdraw([event], note=GONE)
    assert client.get(event.get_absolute_url()).headers["Cache-Control"] == "no-cache"


def test_moment_of_the_last_change_is_one_row(client):
    for _ in range(3):
        publish([make.cited_event()])

    with connections["published"].cursor() as cursor:
        cursor.execute("SELECT count(*), min(id) FROM chronicle_change")
        assert cursor.fetchone() == (1, 1)


class counted:  # noqa: N801 -- reads as a verb
    """The queries that are made meanwhile; transactions are none."""

    def __enter__(self):
        connection = connections["published"]
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        self.queries = []
        return self.queries

    def __exit__(self, *_):
        connection = connections["published"]
        connection.force_debug_cursor = False
        self.queries += [query for query in connection.queries_log if query["sql"] not in {"BEGIN", "COMMIT"}]
