"""The collection in figures: what the command prints and what the page shows are counted, not typed in."""

import pytest
from django.core.management import call_command

from chronicle.models import Event
from chronicle.publication import publish
from chronicle.report import Report
from tests import factories as make
from tests.chronicle.views.reading import queries_of, text

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def corpus():
    """Two documents on three events of two kinds in three periods, a draft beside them."""
    west, east = make.party(name_short="West"), make.party(name_short="East")
    war, talks = make.kind(slug="war", name="war"), make.kind(slug="talks", name="talks")
    report = make.document(title="Report", title_short="Report", party=west, party_basis="Its own ministry's.")
    note = make.document(title="Note", title_short="Note")
    person = make.unit()
    old = make.event(kind=talks, date_edtf="1748")
    make.citation(old, note)
    first = make.event(kind=war, date_edtf="1993-07", parties=(west, east), locations=(make.location(name="Hill"),))
    make.citation(first, report, aspect="killed", asserted_figure="[10,11)", unit=person)
    make.citation(first, note, aspect="killed", stance="mentions")
    make.citation(first, report, aspect="date", asserted_date_edtf="1993-07-23", date_of="whole")
    make.citation(first, note, aspect="date", asserted_date_edtf="1993-07-24", date_of="whole", through=report)
    second = make.event(kind=war, date_edtf="../1995", parties=(east,))
    make.citation(second, report)
    make.citation(make.event(kind=war, date_edtf="2001"), note)
    make.document(title="Never cited", title_short="Never cited")
    publish([old, first, second])


def lines(using, slug, **options):
    section = next(one for one in Report(using, **options).sections if one.slug == slug)
    return [(str(line.label), line.number, {str(part): count for part, count in line.parts}) for line in section.lines]


def test_events_are_counted_by_period_and_kind(corpus):
    assert lines("published", "periods") == [
        ("1700–1799", 1, {"talks": 1}),
        ("1990–1999", 1, {"war": 1}),
        ("undated or of an open start", 1, {"war": 1}),
    ]
    assert lines("published", "kinds") == [("war", 2, {}), ("talks", 1, {})]
    assert lines("default", "kinds") == [("war", 3, {}), ("talks", 1, {})]


def test_assertions_are_counted_by_text_and_aspect(corpus):
    assert lines("published", "texts") == [
        ("Note", 3, {"date": 1, "killed": 1, "description": 1}),
        ("Report", 3, {"date": 1, "killed": 1, "description": 1}),
    ]
    assert lines("published", "untyped") == [("killed", 1, {"Note": 1})]


def test_verdicts_and_voices_are_counted_by_event(corpus):
    assert lines("published", "disputes") == [("date", 1, {"disagree": 1})]
    assert lines("published", "voices") == [
        (
            "East",
            2,
            {
                "a document speaks for it": 0,
                "it is heard through documents of others alone": 0,
                "no document and no speaker": 2,
            },
        ),
        (
            "West",
            1,
            {
                "a document speaks for it": 1,
                "it is heard through documents of others alone": 0,
                "no document and no speaker": 0,
            },
        ),
    ]


def test_what_is_not_placed_and_what_is_not_cited_is_listed(corpus):
    assert lines("published", "unplaced") == [("Hill", 1, {})]
    assert lines("published", "uncited") == []
    assert lines("default", "uncited") == [("Never cited", 1, {})]


def test_lists_of_a_large_corpus_are_cut_and_say_so_while_the_sums_are_whole(corpus):
    sections = {one.slug: one for one in Report("published", lines=1, names=1, searched=1).sections}

    texts = sections["texts"]
    assert [(line.label, line.number) for line in texts.lines] == [("Report", 3)]
    assert texts.is_cut
    assert texts.total == 6
    assert sections["uncited"].is_cut
    assert not sections["unplaced"].is_cut
    assert not any(one.is_cut for one in Report("published", lines=2, names=2, searched=2).sections)


def test_both_sides_are_counted_by_one_rule(corpus):
    publish(Event.objects.all())

    desk, readers = (
        [(one.slug, one.total, one.lines) for one in Report(using).sections if one.slug != "uncited"]
        for using in ("default", "published")
    )

    assert desk == readers


def test_page_shows_the_sections_with_links_to_what_they_count(corpus, client):
    response = client.get("/method/figures/")

    words = text(response)
    assert "Events by period" in words
    assert words.index("1990–1999") < words.index("war 1")
    assert "Not all of them are listed" not in words
    html = response.content.decode()
    assert 'href="/events/?period=199X"' in html
    assert client.get("/events/?period=17XX").status_code == 200
    assert 'href="/method/figures/"' in client.get("/method/").content.decode()


def test_page_asks_as_often_whatever_there_is(corpus, client):
    assert queries_of(client, "/method/figures/") == 12


def test_command_prints_the_sections_and_lists_on_request(corpus, capsys):
    call_command("corpus_report", "--published", "--voices", "--untyped")

    said = capsys.readouterr().out
    assert "Assertions by text and aspect (6)" in said
    assert "East 0, 0; West 1, 0" in said
    assert "killed, " in said
    assert said.count("\nVoices by event") == said.count("\nAssertions without a value to compare\n") == 1
