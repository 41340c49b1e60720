"""What is public besides events and names is found too: statements, quotations, parties, terms, what is missing."""

import re
from urllib.parse import quote

import pytest
from django.test import Client

from chronicle.models import Citation
from chronicle.publication import Note, publish, publish_references, withdraw, withhold
from chronicle.search import texts
from chronicle.views import search
from sources.vocabularies import Access
from tests import factories as make
from tests.chronicle.views.reading import main, queries_of, text

pytestmark = pytest.mark.usefixtures("published")


def section(question: str, kind: str, **more: str) -> str:
    """What the page shows of one kind of hits; empty where it has none."""
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    html = main(Client().get(f"/search/?q={quote(question)}{asked}"))
    shown = re.search(rf'<section aria-labelledby="{kind}">.*?</section>', html, re.DOTALL)
    return shown[0] if shown else ""


def numbers(question: str, **more: str) -> list[int]:
    return [int(number) for number in re.findall(r'href="/c/(\d+)"', section(question, "statements", **more))]


def marked(html: str) -> list[str]:
    return re.findall(r"<mark>(?:<bdi[^>]*>)?(.*?)<", html)


def in_api(question: str, kind: str) -> list[dict]:
    groups = Client().get(f"/api/search?q={quote(question)}").json()["groups"]
    return next((group["hits"] for group in groups if group["kind"] == kind), [])


def stated(**fields) -> Citation:
    """A published assertion of an event called The bridge."""
    event = fields.pop("of", None) or make.event(title="The bridge")
    citation = make.citation(event, **fields)
    publish([event])
    return citation


def test_statement_is_found_with_who_says_it_where_and_its_own_address(client):
    armenia = make.party(name_short="Armenia")
    speaker = make.agent(name="Nikol Pashinyan", party=armenia)
    report, agency = make.document(title_short="Huseynov 2024"), make.document(title_short="Armenpress 2021")
    of = make.event(title="Losses")
    citation = stated(
        of=of,
        by=report,
        statement="It counts 5 < 6, R&D, the garrison & its guards.",
        quotation="Of the garrison nobody is left.",
        value_as_printed="nobody",
        claimed_by=speaker,
        through=agency,
        locator_label="page",
        locator="214",
    )

    shown = section("garrisons", "statements")

    assert "It counts 5 &lt; 6, R&amp;D, the <mark>garrison</mark> &amp; its guards" in shown
    assert "Of the <mark>garrison</mark> nobody is left" in shown
    words = text(client.get("/search/?q=garrisons"))
    assert "Nikol Pashinyan (Armenia), in Huseynov 2024, p. 214, leaning on Armenpress 2021" in words
    assert f'href="/c/{citation.pk}">C{citation.pk}</a>' in shown
    assert f'href="/events/{of.slug}/"' in shown
    assert client.get(f"/c/{citation.pk}")["Location"].endswith(f"/events/{of.slug}/#C{citation.pk}")


@pytest.mark.parametrize(
    ("question", "field"),
    [("garrison", "statement"), ("garrison", "quotation"), ("garrison", "comment"), ('"long garrison"', "statement")],
)
def test_words_are_found_wherever_an_assertion_has_them(question, field):
    citation = stated(**{"statement": "Nothing.", field: "A long garrison."})
    stated(statement="A garrison which is not long.") if " " in question else stated(statement="Another thing.")

    assert numbers(question) == [citation.pk]
    assert "garrison" in marked(section(question, "statements"))


def test_what_a_document_states_stands_before_what_it_quotes_and_what_editors_remark():
    of = make.event()
    for field in ("comment", "quotation", "statement"):
        make.citation(of, **{"statement": "Nothing.", field: "The garrison."})
    publish([of])
    comment, quotation, statement = of.citations.order_by("pk").values_list("pk", flat=True)

    assert numbers("garrison") == [statement, quotation, comment]


def test_silence_and_dissent_are_not_shown_as_saying_so():
    stated(stance="disputes", statement="No garrison was there.")

    assert "<strong>Disputes.</strong>" in section("garrison", "statements")


def test_api_finds_what_the_page_finds():
    report, speaker = make.document(slug="report"), make.agent(slug="minister")
    here = {"locator_label": "page", "locator": "214", "claimed_by": speaker, "quotation": "The garrison left."}
    citation = stated(by=report, **here)

    (hit,) = in_api("garrison", "statements")

    assert (hit["citation"], hit["statement"], hit["event"]["slug"]) == (
        citation.pk,
        citation.statement,
        citation.event.slug,
    )
    said = hit["said"]
    assert said["url"].endswith(f"/c/{citation.pk}")
    assert (said["document"]["slug"], said["claimed_by"]["slug"], said["through"]) == ("report", "minister", None)
    assert (said["locator_label"], said["locator"], said["quotation"]) == ("page", "214", "The garrison left.")
    assert Client().get("/api/search?q=garrison&kind=statements").json()["groups"][0]["hits"] == [hit]


def test_drafts_and_what_was_withdrawn_or_withheld_are_not_found():
    kept, withdrawn = stated(statement="A garrison stayed."), stated(statement="A garrison left.")
    secret = make.document()
    of = stated(statement="A garrison fell.").event
    make.citation(of, secret, statement="A garrison hid.")
    publish([of])
    make.citation(of, statement="A garrison in draft.")
    assert len(numbers("garrison")) == 4

    withdraw([withdrawn.event], note=Note(words="A family asked for it."))
    withhold([secret])

    assert numbers("garrison") == [kept.pk, of.citations.order_by("pk").first().pk]


def test_own_words_of_a_described_document_are_not_found():
    shown = {"statement": "It tells of a garrison.", "quotation": "We hid in the vineyard."}
    stated(by=make.document(), **shown)
    described = make.document(access=Access.DESCRIBED, public_description="A testimony, 1994.")
    told = stated(by=described, **shown)
    assert len(numbers("garrison")) == 2

    assert told.pk not in numbers("vineyard")
    assert len(numbers("vineyard")) == 1


def test_notes_of_curators_are_not_found():
    stated(statement="A garrison.", curators_note="Ask the vineyard keeper.")

    assert len(numbers("garrison")) == 1
    assert numbers("vineyard") == []


def test_assertions_are_ranked_within_a_bound_and_said_to_be(monkeypatch):
    monkeypatch.setattr(texts, "RANKED", 3)
    of = make.event()
    for _ in range(5):
        make.citation(of, statement="The garrison.")
    publish([of])

    shown = section("garrison", "statements")

    assert len(numbers("garrison")) == 3
    assert "those found first were put in order" in shown


def test_assertions_can_be_paged_through(monkeypatch):
    monkeypatch.setattr(search, "FEW", 2)
    monkeypatch.setattr(search, "SIZE", 2)
    of = make.event()
    for _ in range(3):
        make.citation(of, statement="The garrison.")
    publish([of])

    first = numbers("garrison", **{"in": "statements"})
    rest = numbers("garrison", **{"in": "statements", "after": str(first[-1])})

    assert len({*first, *rest}) == 3


def test_very_long_statements_are_kept_and_found_by_what_stands_first():
    words = " ".join(f"ю{number:07}" for number in range(60_000))
    citation = stated(statement=f"garrison {words} vineyard", quotation=f"{words}", comment=words)

    assert numbers("garrison") == [citation.pk]
    assert numbers("vineyard") == []


@pytest.mark.parametrize(
    ("question", "marks"),
    [("republic of the hills", []), ("hills", []), ("Տավուշ", ["Տավուշ"]), ("tavush", ["Տավուշ"])],
)
def test_party_is_found_by_all_its_names_and_leads_to_its_events(client, question, marks):
    party = make.party(slug="hills", name="Republic of the Hills", name_short="Hills")
    party.names.create(name="Տավուշ", language="hy")
    other = make.party(name="Republic of the Plain")
    publish([make.cited_event(title="The bridge", parties=(party, other))])

    shown = section(question, "parties")

    assert re.findall(r'class="title" href="([^"]+)">([^<]+)<', shown) == [
        ("/events/?party=hills", "Republic of the Hills")
    ]
    assert marked(shown) == marks
    assert "The bridge" in text(client.get("/events/?party=hills"))
    (hit,) = in_api(question, "parties")
    assert (hit["listed"]["slug"], hit["record"]) == ("hills", None)
    assert hit["listed"]["url"].endswith("/events/?party=hills")


def test_terms_and_what_is_missing_are_found_and_led_to(client):
    report = make.document()
    publish([make.cited_event()])
    first, term = make.term(name="A river"), make.term(name="The war", own_wording="Second War")
    term.uses.create(wording="Patriotic struggle", document=report, times=3)
    missing = make.missing(title="Lists of the garrison")
    for subject, record in (("term", first), ("term", term), ("missing", missing)):
        publish_references(subject, [record])

    for question, kind, title in (
        ("the war", "terms", "The war"),
        ("second war", "terms", "The war"),
        ("patriotic", "terms", "The war"),
        ("lists", "missing", "Lists of the garrison"),
    ):
        ((address, shown),) = re.findall(r'class="title" href="([^"]+)">([^<]+)<', section(question, kind))
        assert shown == title
        page, _, anchor = address.replace("&amp;", "&").partition("#")
        led_to = main(client.get(page))
        assert f'id="{anchor}"' in led_to
        assert "A river" not in led_to
        assert in_api(question, kind)[0]["listed"]["url"].endswith(address)
    assert marked(section("patriotic", "terms")) == ["Patriotic struggle"]


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_parties_and_lists_take_the_same_queries_for_one_hit_and_three(client, rows):
    for number in range(rows):
        party = make.party(name=f"Garrison {number}")
        party.names.create(name=f"Garrison {number}", language="hy")
        speaker, by = make.agent(party=party), make.document(publisher=make.agent(party=party))
        stated(by=by, claimed_by=speaker, through=make.document(), statement="The garrison.", quotation="Garrison!")
        term, missing = make.term(name=f"Garrison {number}"), make.missing(title=f"Garrison {number}", party=party)
        term.uses.create(wording="garrison", document=by, times=1)
        for subject, record in (("term", term), ("missing", missing)):
            publish_references(subject, [record])

    assert queries_of(client, "/search/?q=garrison") == 23
    assert queries_of(client, "/search/?q=garrison&in=statements") == 9
    assert queries_of(client, "/search/?q=garrison&in=parties") == 8
