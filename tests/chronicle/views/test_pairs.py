"""Two texts side by side, as a reader's browser meets them."""

import re

import pytest
from django.utils.html import strip_tags

from chronicle.publication import publish, publish_references
from sources.models import Document
from tests import factories as make
from tests.chronicle.views.reading import queries_of, text

pytestmark = pytest.mark.usefixtures("published")

DATE = {"aspect": "date", "date_of": "agreed"}


def texts():
    left = make.document(slug="left", title_short="Left 2020", party=make.party(slug="armenia"))
    return left, make.document(slug="right", title_short="Right 2021", party=make.party(slug="azerbaijan"))


def events_shown(response):
    return re.findall(r'<h2 id="E\d+"><a [^>]*>(.*?)</a>', response.content.decode())


def cells(response):
    """Aspect, left and right of every row."""
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", response.content.decode(), re.DOTALL)
    return [[_words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def _words(html):
    return re.sub(r"\s+", " ", strip_tags(html)).strip()


def test_values_stand_against_each_other_with_the_verdict_of_the_rule(client):
    left, right = texts()
    event = make.event(title="First ceasefire")
    ninth = make.citation(event, left, asserted_date_edtf="2020-10-09", locator_label="page", locator="7", **DATE)
    tenth = make.citation(event, right, asserted_date_edtf="2020-10-10", **DATE)
    only = make.citation(event, right, statement="Only here.")
    publish([event])

    response = client.get("/telling/left/right/")

    assert cells(response) == [
        [
            "Date disagree",
            f"9 October 2020 for the agreement. It says so. p. 7 · C{ninth.pk}",
            f"10 October 2020 for the agreement. It says so. C{tenth.pk}",
        ],
        ["Description", "no assertion in this collection", f"Only here. C{only.pk}"],
    ]
    assert "speaks for Armenia" in text(response)


def test_equal_values_agree_also_where_others_give_them_too(client):
    left, right = texts()
    event = make.event()
    for document in (make.document(), left, right):
        make.citation(event, document, asserted_date_edtf="2020-10-09", **DATE)
    make.citation(event, make.document(), asserted_date_edtf="2020-10-20", **DATE)
    publish([event])

    assert cells(client.get("/telling/left/right/"))[0][0] == "Date agree"


def test_verdict_with_a_third_document_is_not_shown(client):
    left, right = texts()
    event = make.event()
    make.citation(event, left, asserted_date_edtf="2020-10-09", **DATE)
    make.citation(event, make.document(), asserted_date_edtf="2020-10-20", **DATE)
    make.citation(event, right)
    publish([event])

    assert [row[0] for row in cells(client.get("/telling/left/right/"))] == ["Date", "Description"]


def test_pair_is_narrowed_to_what_both_or_one_of_them_tells(client):
    left, right = texts()
    for title, documents in (("Both", (left, right)), ("Left alone", (left,)), ("Right alone", (right,))):
        event = make.event(title=title)
        for document in documents:
            make.citation(event, document)
        publish([event])

    def shown(told):
        return events_shown(client.get("/telling/left/right/", {"told": told} if told else {}))

    assert shown("") == ["Both", "Left alone", "Right alone"]
    assert shown("both") == ["Both"]
    assert shown("left") == ["Left alone"]
    assert shown("right") == ["Right alone"]
    assert "by both (1) by Left 2020 and not the other (1)" in text(client.get("/telling/left/right/"))
    assert client.get("/telling/left/right/", {"told": "x"}).status_code == 404


def test_form_of_the_matrix_leads_to_the_pair(client):
    response = client.get("/telling/", {"left": "left", "right": "right"})

    assert (response.status_code, response["Location"]) == (301, "/telling/left/right/")


def test_form_with_what_is_no_slug_is_not_found(client):
    assert client.get("/telling/", {"left": "a/b", "right": "right"}).status_code == 404


def test_pair_of_former_addresses_leads_to_those_of_today(client):
    left, right = texts()
    event = make.event()
    make.citation(event, left)
    make.citation(event, right)
    publish([event])
    Document.objects.filter(pk=left.pk).update(slug="renamed")
    publish_references("document", [Document.objects.get(pk=left.pk)])

    assert client.get("/telling/left/right/")["Location"] == "/telling/renamed/right/"
    assert client.get("/telling/right/right/")["Location"] == "/documents/right/"
    assert client.get("/telling/left/nowhere/").status_code == 404


def test_events_are_narrowed_down_to_a_place(client):
    left, right = texts()
    town, other = make.location(slug="shusha", name="Shusha"), make.location(slug="shusha-fort", name="Shusha fort")
    for title, place in (("In the town", town), ("In the fort", other)):
        event = make.event(title=title, locations=(place,))
        make.citation(event, left)
        make.citation(event, right)
        publish([event])

    assert events_shown(client.get("/telling/left/right/")) == ["In the town", "In the fort"]
    response = client.get("/telling/left/right/?place=Shusha")
    assert events_shown(response) == ["In the town"]
    assert "Place: Shusha remove" in text(response)
    for typed, told in (("shush", "fits several"), ("Nowhere", "nothing published is called")):
        response = client.get("/telling/left/right/", {"place": typed})
        assert events_shown(response) == []
        assert told in text(response)
    moved = client.get("/telling/", {"left": "left", "right": "right", "place": "Şuşa"})
    assert moved["Location"] == "/telling/left/right/?place=%C5%9Eu%C5%9Fa"


@pytest.mark.parametrize("rows", [1, 3])
def test_pair_takes_the_same_queries_for_one_row_and_three(client, rows):
    left, right = texts()
    for _ in range(rows):
        event = make.event()
        for document in (left, right):
            make.citation(event, document, asserted_date_edtf="2020", claimed_by=make.agent(), **DATE)
        publish([event])
    client.get("/telling/left/right/")

    assert queries_of(client, "/telling/left/right/") == 9
