"""One box for words, names, dates, figures and numbers."""

import re
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.db import connections
from django.db.backends.postgresql.psycopg_any import NumericRange

from chronicle.fulltexts import hide, show
from chronicle.models import LocationName
from chronicle.publication import Note, publish, withdraw
from chronicle.search import names, texts
from chronicle.views import search
from sources.models import AgentName
from sources.models.fulltext.page import INDEXED
from tests import factories as make
from tests.chronicle.views.reading import main, queries_of, text

pytestmark = pytest.mark.usefixtures("published")


def ask(client, question, **more):
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return client.get(f"/search/?q={quote(question)}{asked}")


def found(response):
    """The titles of the hits by their kinds."""
    sections = re.findall(r'<h2 id="([a-z]+)".*?</section>', main(response), re.DOTALL)
    parts = re.split(r'<h2 id="[a-z]+"', main(response))[1:]
    titles = [re.findall(r'class="title"[^>]*>([^<]*)<', part) for part in parts]
    return {kind: hits for kind, hits in zip(sections, titles, strict=True) if hits}


def figure_of(event, low, high, **fields):
    bounds = "[)" if high is None else "[]"
    figure = NumericRange(Decimal(low), None if high is None else Decimal(high), bounds)
    return make.citation(event, aspect="killed", unit=make.unit(), asserted_figure=figure, **fields)


def published_event(title="The bridge", **fields):
    event = make.cited_event(title=title, **fields)
    publish([event])
    return event


def test_words_are_found_in_titles_and_summaries_the_title_first(client):
    published_event("The bridge", summary="Talks on prisoners.")
    published_event("Prisoners exchanged")
    published_event("Elsewhere")

    assert found(ask(client, "prisoners")) == {"events": ["Prisoners exchanged", "The bridge"]}
    assert found(ask(client, "exchanging prisoner")) == {"events": ["Prisoners exchanged"]}


def test_words_are_shown_where_they_were_found(client):
    long = "Before that, nothing is told of it. " * 12
    published_event("The bridge", summary=f"{long}Talks on R&D, prisoners and on one prisoner more.")
    published_event("Prisoners exchanged", summary="Of them nothing.")

    html = main(ask(client, "prisoner"))

    assert re.findall("<mark>(.*?)</mark>", html) == ["prisoners", "prisoner"]
    assert "R&amp;D, <mark>prisoners</mark> and on one <mark>prisoner</mark> more" in html
    assert html.count("nothing is told") < 4, "an excerpt, not the summary"


@pytest.mark.parametrize(
    ("question", "names"), [("şuşa", ["Şuşa"]), ("Շուշի", ["Շուշիի օրը"]), ("shush", ["Շուշիի օրը", "Şuşa"])]
)
def test_names_are_marked_by_which_a_record_was_found(client, question, names):
    town = make.location(name="Shusha")
    LocationName.objects.create(location=town, toponym="Şuşa", language="az-Latn")
    LocationName.objects.create(location=town, toponym="Qala", language="az-Latn")
    event = make.cited_event(title="A day", locations=(town,))
    event.names.create(name="Շուշիի օրը", language="hy")
    publish([event])

    marked = re.findall("<mark><bdi[^>]*>(.*?)</bdi></mark>", main(ask(client, question)))

    assert marked == (
        ["Շուշիի օրը", "Şuşa"] if question == "shush" else ["Շուշիի օրը"] if question == "Շուշի" else ["Şuşa"]
    )


def test_phrases_and_left_out_words_are_understood(client):
    published_event("First", summary="A red bridge over a river.")
    published_event("Second", summary="A bridge over a red river.")

    assert found(ask(client, '"red bridge"')) == {"events": ["First"]}
    assert found(ask(client, 'river -"red bridge"')) == {"events": ["Second"]}
    assert found(ask(client, "-river")) == {}


@pytest.mark.parametrize("question", ["Shusha", "şuşa", "Шуша", "Շուշի", "shush", "susha"])
def test_place_is_found_in_any_spelling_and_by_a_part(client, question):
    town = make.location(name="Shusha")
    for toponym, language in (("Şuşa", "az-Latn"), ("Շուշի", "hy"), ("Шуша", "ru")):
        LocationName.objects.create(location=town, toponym=toponym, language=language)
    published_event(locations=(town, make.location(name="Lachin")))

    response = ask(client, question)

    assert found(response)["places"] == ["Shusha"]
    assert '<bdi lang="hy">Շուշի</bdi>' in response.content.decode()


def test_documents_and_speakers_are_found_by_all_their_names(client):
    speaker = make.agent(name="Jeyhun Bayramov")
    AgentName.objects.create(agent=speaker, name="Ceyhun Bayramov", language="az-Latn")
    report = make.document(title="Azerbaijan’s foreign policy", title_short="Bayramov 2021")
    event = make.event(title="The bridge")
    event.names.create(name="Körpü", language="az-Latn")
    make.citation(event, report, claimed_by=speaker)
    publish([event])

    assert found(ask(client, "bayramov")) == {
        "documents": ["Azerbaijan’s foreign policy"],
        "speakers": ["Jeyhun Bayramov"],
    }
    assert found(ask(client, "Bayramov Ceyhun")) == {"speakers": ["Jeyhun Bayramov"]}
    assert found(ask(client, "foreign pol")) == {"documents": ["Azerbaijan’s foreign policy"]}
    assert found(ask(client, "korpu")) == {"events": ["The bridge"]}


def test_whole_names_stand_before_parts(client):
    places = [make.location(name=name) for name in ("Upper Goris", "Gorisberg", "Goris", "Goris District", "Magoris")]
    published_event(locations=places)

    assert found(ask(client, "goris"))["places"] == ["Goris", "Goris District", "Gorisberg", "Upper Goris", "Magoris"]


@pytest.mark.parametrize("question", ["Ganca", "Gaanja", "Ganjaa"])
def test_misspelt_name_is_found_and_said_to_be(client, question):
    published_event(locations=(make.location(name="Ganja"), make.location(name="Lachin")))

    response = ask(client, question)

    assert found(response) == {"places": ["Ganja"]}
    assert f"Nothing has “{question}” in its words or names: these names are spelt like it." in text(response)


def test_titles_of_very_many_events_are_not_compared_by_spelling(client, monkeypatch):
    published_event("Ceasefire")
    assert found(ask(client, "ceasfire")) == {"events": ["Ceasefire"]}

    monkeypatch.setattr(search, "TITLES_COMPARED", 0)

    assert found(ask(client, "ceasfire")) == {}


@pytest.mark.parametrize(("question", "places"), [("al", ["Alar", "Aleph"]), ("ü", ["U"]), ("u", ["U"])])
def test_names_shorter_than_a_trigram_are_looked_for_at_the_beginning(client, question, places):
    published_event(locations=[make.location(name=name) for name in ("Alar", "Aleph", "Baltal", "U")])

    assert found(ask(client, question))["places"] == places


@pytest.mark.parametrize("question", ["100%", "a_b", "\\", "%%%", "___"])
def test_signs_of_patterns_are_letters_like_others(client, question):
    published_event("The bridge")

    assert found(ask(client, question)) == {}


def test_who_gives_a_figure_is_answered_with_document_and_through(client):
    armenia = make.party(slug="armenia")
    speaker = make.agent(name="Nikol Pashinyan", party=armenia)
    event = make.event(title="Losses")
    report, agency = make.document(title_short="Huseynov 2024"), make.document(title_short="Armenpress 2021")
    give = {"claimed_by": speaker, "through": agency, "value_as_printed": "3,773 servicemen", "side": armenia}
    citation = figure_of(event, 3773, 3773, by=report, locator_label="note", locator="18", **give)
    figure_of(event, 3774, 3774)
    publish([event])

    for question in ("3,773", "3773", "3,773 servicemen"):
        response = ask(client, question)

        assert found(response)["figures"] == ["Losses"]
        shown = text(response)
        for part in (
            *("3,773 persons", "3,773 servicemen", f"C{citation.pk}"),
            "Nikol Pashinyan (Armenia), in Huseynov 2024, note 18, leaning on Armenpress 2021",
        ):
            assert part in shown
        assert f'href="/events/{event.slug}/#C{citation.pk}"' in response.content.decode()


def test_figure_finds_the_ranges_that_it_bounds(client):
    event = make.event()
    for number, (low, high) in enumerate(
        ((80, 80), (80, None), (81, None), (0, 80), (0, 79), (60, 80), (60, 90), (8, 8))
    ):
        figure_of(event, low, high, statement=f"Statement {number}")
    publish([event])
    citations = list(event.citations.order_by("number").values_list("pk", flat=True))

    def numbers(question):
        return [int(n) for n in re.findall(r'<span class="note">C(\d+)</span>', main(ask(client, question)))]

    assert numbers("80") == citations[:6]
    assert numbers("more than 80") == citations[:6]
    assert numbers("90") == [citations[6]]
    assert numbers("60 to 80") == citations[:7]
    assert numbers("12") == []


def test_none_is_a_figure(client):
    event = make.event()
    none = figure_of(event, 0, 0)
    figure_of(event, 0, 20)
    publish([event])

    shown = text(ask(client, "none"))

    assert f"C{none.pk}" in shown


def test_what_happened_on_a_day_is_answered(client):
    published_event("The day", date_edtf="2020-10-17")
    published_event("The day before", date_edtf="2020-10-16")
    published_event("The war", date_edtf="2020-09-27/2020-11-10")
    published_event("Another war", date_edtf="2020-10-18/2020-11-10")

    for question in ("17 October 2020", "2020-10-17"):
        response = ask(client, question)

        assert found(response)["filed"] == ["The day", "The war"]
        assert "1 event begins in it" in text(response)


def test_month_holds_what_begins_in_it(client):
    titles = [published_event(f"Day {day}", date_edtf=f"2020-10-{day:02}").title for day in range(20, 27)]
    published_event("Later", date_edtf="2020-11-01")

    response = ask(client, "October 2020")

    assert found(response)["filed"] == titles[:5]
    assert "7 events begin in it" in text(response)


def test_assertions_that_give_exactly_a_date_are_listed(client):
    event = make.event(title="The ceasefire", date_edtf="1999")
    for date in ("2020-10-17", "2020-10-17?", "2020-10", "2020-10-16/2020-10-17"):
        make.citation(event, aspect="date", asserted_date_edtf=date, date_of="agreed")
    publish([event])

    hits = re.findall(r'<span class="note">C(\d+)</span>', main(ask(client, "17 October 2020")))

    assert [int(hit) for hit in hits] == list(event.citations.order_by("pk").values_list("pk", flat=True))[:2]


@pytest.mark.parametrize("question", ["-0043-03-15", "Y-170000002", "Y170000002", "../2020", "2020/..", "12020"])
def test_far_and_open_dates_are_questions(client, question):
    published_event(date_edtf="-0043-03-15")

    assert ask(client, question).status_code == 200


def test_numbers_lead_to_what_they_number(client):
    event = published_event()
    citation = event.citations.get()

    assert ask(client, f"E{event.pk}")["Location"] == f"/e/{event.pk}"
    assert ask(client, f"c {citation.pk}")["Location"] == f"/c/{citation.pk}"
    withdraw([event], note=Note(words="A family asked for it."))
    assert client.get(ask(client, f"E{event.pk}")["Location"]).status_code == 410
    assert ask(client, f"C{citation.pk}").status_code == 200


def test_number_that_was_never_given_is_said_to_be_none(client):
    draft = make.cited_event()

    response = ask(client, f"E{draft.pk}")

    assert response.status_code == 200
    assert "which was never given to one that is public" in text(response)


def test_without_a_question_what_can_be_asked_is_shown_with_examples_that_have_answers(client):
    town = make.location(name="Shusha")
    LocationName.objects.create(location=town, toponym="Şuşa", language="az-Latn")
    event = make.event(title="The bridge", date_edtf="2020-10-17", locations=(town,))
    figure_of(event, 3773, 3773)
    publish([event])

    html = main(client.get("/search/"))

    asked = re.findall(r'<dd><a href="(\?q=[^"]+)"><bdi[^>]*>([^<]+)</bdi>', html)
    assert [words for _address, words in asked] == [
        *("The bridge", "Şuşa", "17 October 2020", "3,773", f"E{event.pk}"),
    ]
    for address, _words in asked:
        response = client.get(f"/search/{address}")
        assert response.status_code == 302 or found(response)


def test_empty_chronicle_says_so(client):
    assert "Nothing is published yet." in text(client.get("/search/"))
    assert ask(client, "Shusha").status_code == 200


def test_vain_question_is_told_what_was_tried(client):
    published_event()

    shown = text(ask(client, "Qubadlı şəhəri"))

    assert "Nothing was found for “Qubadlı şəhəri”." in shown
    assert "in every spelling that comes down to “kubadli shahari”" in shown
    assert "as a date: May 1821" in text(ask(client, "May 1821"))
    assert "as a figure that a document gives" in text(ask(client, "123,456"))


@pytest.mark.parametrize(
    "question",
    [
        *(
            "\x00",
            "\ud800",
            "'",
            '"',
            "\\",
            "<script>alert(1)</script>",
            "{{ 1 }}",
            "%",
            "_",
            "&",
            "|",
            "!",
            "(",
            "a & (b",
        ),
        *(
            "-",
            "--",
            "- -",
            "or",
            "OR OR",
            '"',
            '""',
            ":*",
            "a:*",
            "...",
            "\u202e",
            "🌍",
            "ﬀ",
            "İ",
            "x" * 5000,
            "é" * 300,
        ),
        *(
            "the",
            "not",
            "0",
            "-1",
            "1e9",
            "9" * 199,
            "9" * 17,
            "E0",
            "C0",
            "E" + "9" * 18,
            "2020-13-45",
            "[..]",
            "/",
            "../..",
        ),
        *("at least", "1/0", "NaN", "Infinity", "0x10", "'; DROP TABLE chronicle_event; --", "\n\r\t"),
    ],
)
def test_rubbish_is_answered(client, question):
    published_event("The bridge")

    response = client.get("/search/", {"q": question.encode("utf-8", "surrogatepass")})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()
    assert 'content="noindex"' in response.content.decode()


@pytest.mark.parametrize(
    "more", ["in=x", "in=events&after=x", "in=events&after=99999999999999999999", "after=7", "in=%00"]
)
def test_rubbish_beside_the_question_is_read_over(client, more):
    published_event("The bridge")

    assert found(client.get(f"/search/?q=bridge&{more}")) == {"events": ["The bridge"]}


def test_bytes_that_are_no_text_are_answered(client):
    assert client.get("/search/?q=%ff%fe%ed%a0%80").status_code == 200


@pytest.mark.parametrize("kind", ["events", "places", "figures", "dates"])
def test_all_of_a_kind_can_be_paged_through(client, monkeypatch, kind):
    for name in ("FEW", "FEW_ASSERTIONS", "SIZE"):
        monkeypatch.setattr(search, name, 2)
    question = {"figures": "2020", "dates": "2020"}.get(kind, "bridge")
    events = [make.event(title=f"The bridge {n}", locations=(make.location(name=f"Bridge {n}"),)) for n in range(5)]
    for event in events:
        figure_of(event, 2020, 2020)
        make.citation(event, aspect="date", asserted_date_edtf="2020", date_of="began")
    publish(events)
    overview = ask(client, question)
    assert len(found(overview)[kind]) == 2
    (address,) = re.findall(rf'href="([^"]*in={kind}[^"]*)"', main(overview))
    hits = []

    while address:
        html = main(client.get("/search/" + address.replace("&amp;", "&")))
        hits += re.findall(r'class="title"[^>]*>([^<]*)<', html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        address = following and following[1]

    assert len(hits) == len(set(hits)) == 5


def test_very_many_hits_are_cut_and_said_to_be(client, monkeypatch):
    monkeypatch.setattr(texts, "RANKED", 2)
    monkeypatch.setattr(names, "LOOKED_AT", 1)
    publish([make.cited_event(title=f"Bridges {number}") for number in range(4)])

    shown = text(ask(client, "bridge"))

    assert "those found first were put in order" in shown
    assert "more than" in shown


def test_drafts_and_withdrawn_events_are_not_found(client):
    event = published_event("The bridge", summary="Over a river.")
    make.cited_event(title="The bridge in draft")
    assert found(ask(client, "bridge")) == {"events": ["The bridge"]}

    withdraw([event], note=Note(words="A family asked for it."))

    for question in ("bridge", "river", "10 October 2020"):
        assert found(ask(client, question)) == {}


def test_question_leaves_the_planner_as_it_was(client):
    published_event("The bridge")
    ask(client, "bridge")

    with connections["published"].cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)


@pytest.mark.parametrize("rows", [1, 3])
def test_search_takes_the_same_queries_for_one_hit_and_three(client, rows):
    for number in range(rows):
        town = make.location(name=f"Bridge {number}")
        event = make.event(title=f"The bridge {number}", date_edtf="2020-10-17", locations=(town,))
        party = make.party()
        give = {"claimed_by": make.agent(name=f"Bridge {number}", party=party), "through": make.document()}
        by = make.document(title=f"Bridge {number}", publisher=make.agent(party=party))
        figure_of(event, 2020, 2020, by=by, **give)
        make.citation(event, aspect="date", asserted_date_edtf="2020-10-17", date_of="began")
        publish([event])

        show(texts=[make.text(by, "The bridge fell.")])

    assert queries_of(client, "/search/") == 5
    assert queries_of(client, "/search/?q=bridge") == 23
    assert queries_of(client, "/search/?q=bridge&in=places") == 8
    assert queries_of(client, "/search/?q=bridge&in=pages") == 7
    assert queries_of(client, "/search/?q=2020") == 23
    assert queries_of(client, "/search/?q=17+October+2020") == 21
    assert queries_of(client, "/search/?q=nowhere") == 23


# Pages of texts


@pytest.fixture
def report():
    document = make.document(slug="report", title="An account", title_short="Account 1990")
    event = make.event(title="Elsewhere")
    make.citation(event, document)
    publish([event])
    return document


def test_pages_of_shown_texts_are_found_with_the_words_marked(client, report):
    text_of = make.text(
        report, "Nothing yet.", "Then, 5 < 6, the bridges fell & \U0001f30a the river <i>rose</i>.", language="en"
    )
    assert found(ask(client, "bridge river")) == {}

    show(texts=[text_of])
    page = main(ask(client, "bridge river"))

    assert found(ask(client, "bridge river")) == {"pages": ["Account 1990, page 2"]}
    assert 'href="/documents/report/text/2/"' in page
    marked = "Then, 5 &lt; 6, the <mark>bridges</mark> fell &amp; \U0001f30a the <mark>river</mark>"
    assert f'<p class="excerpt" dir="auto" lang="en">{marked}' in page
    assert "<i>" not in page
    assert found(ask(client, '"river fell"')) == found(ask(client, "-nothing")) == {}


def test_hidden_and_older_texts_are_not_found(client, report):
    first = make.text(report, "The ford was deep.")
    show(texts=[first])
    assert found(ask(client, "ford")) == {"pages": ["Account 1990, page 1"]}

    second = make.text(report, "The ferry was late.")
    show(texts=[second])
    assert found(ask(client, "ford")) == {}
    assert found(ask(client, "ferry")) == {"pages": ["Account 1990, page 1"]}

    hide(texts=[second])
    assert found(ask(client, "ferry")) == {}


def test_best_pages_come_first_and_are_paged(client, report, monkeypatch):
    monkeypatch.setattr(search, "FEW", 2)
    show(texts=[make.text(report, "A ford.", "A ford, and a ford.", *["A long way to the ford."] * 3)])

    hits = found(ask(client, "ford"))
    monkeypatch.setattr(texts, "RANKED_PAGES", 3)  # of these, whichever three are found first
    more = main(ask(client, "ford", **{"in": "pages"}))

    assert hits == {"pages": ["Account 1990, page 2", "Account 1990, page 1"]}
    assert more.count('class="excerpt"') == 3
    assert "more have it than were looked at" in more


def test_page_of_great_length_is_found_by_what_stands_first(client, report):
    show(texts=[make.text(report, "ford " + "x " * texts.EXCERPTED + "ferry " + "ü" * INDEXED + " ferryman")])

    assert found(ask(client, "ferry")) == {"pages": ["Account 1990, page 1"]}
    assert found(ask(client, "ferryman")) == {}
