"""The house style, by the kinds of documents that chronicles cite."""

import pytest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from sources.models import Document
from sources.references import csl, format, locator_words, short_form  # noqa: A004 -- its public name
from sources.vocabularies import Access, LocatorLabel
from tests import factories as make

pytestmark = pytest.mark.django_db


def document(*authors, editors=(), **fields):
    made = make.document(**fields)
    for role, names in (("author", authors), ("editor", editors)):
        for position, name in enumerate(names, start=1):
            reading_order = " ".join(reversed(name.split(", ")))
            agent = make.agent(name=reading_order, name_sorted=name if ", " in name else "")
            made.contributions.create(agent=agent, role=role, position=position)
    return Document.objects.get(pk=made.pk)


def shown(document):
    return strip_tags(format(document)).replace("&#x27;", "'")


def test_report_with_place_and_publisher():
    report = document(
        "Huseynov, Vasif",
        document_type="report",
        title="Revisiting the War",
        publisher=make.agent(name="A Research Centre"),
        publisher_place="Baku",
        issued_edtf="2024",
        language="en",
    )

    assert format(report) == (
        '<bdi>Huseynov, Vasif</bdi>. <i lang="en" dir="auto">Revisiting the War</i>. Baku: A Research Centre, 2024.'
    )


def test_journal_article_of_two_authors_with_doi():
    article = document(
        "Asker, Ali",
        "Özpınar, Zeynep Gizem",
        document_type="article-journal",
        title="The Anatomy of a War",
        container_title="Journal of Inquiries",
        volume="10",
        issue="1",
        pages="83–106",
        issued_edtf="2021-03-31",
        doi="10.26650/jes.2021.004",
        url="https://example.org/ignored",
    )

    assert format(article) == (
        "<bdi>Asker, Ali</bdi>, and <bdi>Zeynep Gizem Özpınar</bdi>. "
        '“<span dir="auto">The Anatomy of a War.</span>” '
        '<i dir="auto">Journal of Inquiries</i> 10, no. 1 (31 March 2021): 83–106. '
        '<a href="https://doi.org/10.26650/jes.2021.004">https://doi.org/10.26650/jes.2021.004</a>.'
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"document_type": "article-magazine", "title": "Leading to Victory", "issued_edtf": "2021?"},
            "“Leading to Victory.” Magazine article, possibly 2021.",
        ),
        (
            {"document_type": "article-newspaper", "title": "Who said “no”", "container_title": "The Paper"},
            "“Who said ‘no.’” The Paper, n.d.",
        ),
        (
            {"document_type": "webpage", "title": "What now?", "container_title": "A Site", "issued_edtf": "2021-08"},
            "“What now?” A Site, August 2021.",
        ),
        (
            {"document_type": "pamphlet", "title": "A Leader", "issued_edtf": "[2023-12-26..2024-02-07]"},
            "A Leader. Between 26 December 2023 and 7 February 2024.",
        ),
        (
            {"document_type": "book", "title": "A Land", "edition": "2nd", "volume": "3", "issued_edtf": "1822~"},
            "A Land. 2nd ed. Vol. 3. About 1822.",
        ),
        (
            {"document_type": "legislation", "title": "Resolution", "number": "S/RES/822", "issued_edtf": "1993"},
            "“Resolution.” S/RES/822. 1993.",
        ),
        (
            {"document_type": "treaty", "title": "Statement", "publisher_place": "Moscow", "issued_edtf": "2020-11-09"},
            "“Statement.” Moscow, 9 November 2020.",
        ),
        (
            {"document_type": "speech", "title": "Address", "publisher_place": "Baku", "issued_edtf": "2020-10-10"},
            "“Address.” Speech, Baku, 10 October 2020.",
        ),
        (
            {"document_type": "map", "title": "The Region", "issued_edtf": "199X"},
            "The Region. Map, the 1990s.",
        ),
    ],
)
def test_documents_without_author_begin_with_their_title(fields, expected):
    assert shown(document(**fields)) == expected


def test_chapter_names_its_book_and_the_editors():
    chapter = document(
        "Smith, Ann",
        editors=["Jones, Bob", "Brown, Cy"],
        document_type="chapter",
        title="A Part",
        container_title="The Whole",
        pages="1–20",
        publisher_place="London",
        issued_edtf="1999",
    )

    assert shown(chapter) == "Smith, Ann. “A Part.” In The Whole, edited by Bob Jones and Cy Brown, 1–20. London, 1999."


def test_book_without_author_begins_with_its_editors():
    book = document(editors=["Jones, Bob", "Brown, Cy"], document_type="book", title="Papers", issued_edtf="1999")

    assert shown(book) == "Jones, Bob, and Cy Brown, eds. Papers. 1999."


def test_organisation_as_author_is_one_name():
    report = document("Human Rights Body", document_type="report", title="Findings", issued_edtf="2020")

    assert shown(report) == "Human Rights Body. Findings. 2020."


def test_three_and_eleven_authors():
    three = document("A, B", "C, D", "E, F", title="Report")
    eleven = document(*(f"Name{n}, X" for n in range(11)), title="Report")

    assert shown(three).startswith("A, B, D C, and F E. ")
    assert shown(eleven).startswith("Name0, X, X Name1, X Name2, X Name3, X Name4, X Name5, X Name6, et al. Report")


def test_address_with_day_of_access_and_lasting_copy():
    page = document(
        document_type="webpage",
        title="Page",
        container_title="Site",
        issued_edtf="2020",
        url="https://example.org/?a=1&b=2",
        archive_url="https://archive.example/1",
        accessed_on="2026-05-31",
    )

    assert format(page).endswith(
        "Accessed 31 May 2026. "
        '<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>. '
        'Archived at <a href="https://archive.example/1">https://archive.example/1</a>.'
    )


def test_described_document_shows_its_description_kind_and_year_only():
    testimony = document(
        document_type="personal_communication",
        title="Testimony of a resident",
        title_short="Testimony of a resident",
        public_description="Testimony of a resident",
        access=Access.DESCRIBED,
        issued_edtf="2020",
    )

    assert format(testimony) == "Testimony of a resident. Letter or testimony, 2020."


def test_markup_in_a_record_is_escaped():
    report = document("<b>, <i>", title="<script>", url="https://example.org/<b>", publisher_place="<u>")

    assert isinstance(format(report), SafeString)
    assert "<script>" not in format(report)
    assert "&lt;script&gt;" in format(report)
    assert "<b>" not in format(report)
    assert "<u>" not in format(report)


def test_address_that_is_none_is_no_link():
    report = document(title="Report", url="javascript:alert(1)")

    assert "href" not in format(report)


def test_csl_has_names_in_parts_and_dates_with_their_words():
    record = csl(document("Bayramov, Jeyhun", "A Body", title="Title", issued_edtf="2021?"))

    assert record["author"] == [{"family": "Bayramov", "given": "Jeyhun"}, {"literal": "A Body"}]
    assert record["issued"] == {"literal": "possibly 2021", "raw": "2021?", "date-parts": [[2021]], "circa": True}


@pytest.mark.parametrize(
    ("edtf", "parts"),
    [
        ("2020-10-10", [[2020, 10, 10]]),
        ("2020-09-27/2020-11-10", [[2020, 9, 27], [2020, 11, 10]]),
        ("2020-21", [[2020]]),
        ("[2023-12-26..2024-02-07]", None),
        ("2020-10-10/..", None),
        ("199X", None),
    ],
)
def test_csl_has_date_parts_only_for_what_csl_can_say(edtf, parts):
    assert csl(document(issued_edtf=edtf))["issued"].get("date-parts") == parts


@pytest.mark.parametrize(
    ("label", "locator", "expected"),
    [
        (LocatorLabel.PAGE, "214", "p. 214"),
        (LocatorLabel.PAGE, "211–230", "pp. 211–230"),
        (LocatorLabel.PAGE, "A-12", "p. A-12"),
        (LocatorLabel.NOTE, "18", "note 18"),
        (LocatorLabel.PARAGRAPH, "10 and 12", "paragraphs 10 and 12"),
        (LocatorLabel.SECTION, "3", "section 3"),
        (LocatorLabel.SECTION, "“The Road”, paragraph 2", "“The Road”, paragraph 2"),
        (LocatorLabel.SECTION, "extended abstract, paragraph 4", "extended abstract, paragraph 4"),
        (LocatorLabel.TIMESTAMP, "00:12:03", "00:12:03"),
        (LocatorLabel.FOLIO, "12r", "fol. 12r"),
        (LocatorLabel.FOLIO, "12r–13v", "fols. 12r–13v"),
        (LocatorLabel.COLUMN, "7, 9", "cols. 7, 9"),
        (LocatorLabel.ENTRY, "Shusha, fortress of", "s.v. Shusha, fortress of"),
        (LocatorLabel.ELOCATION, "e12", "loc. e12"),
        (LocatorLabel.ARTICLE, "3–5", "articles 3–5"),
    ],
)
def test_locator_says_what_it_counts(label, locator, expected):
    assert locator_words(label, locator) == expected


@pytest.mark.parametrize("label", LocatorLabel)
def test_every_label_has_words_for_one_and_for_several(label):
    one, several = locator_words(label, "4"), locator_words(label, "4–7")

    assert one.endswith("4")
    assert several.endswith("4–7")
    changes = label not in {LocatorLabel.ENTRY, LocatorLabel.TIMESTAMP}
    assert (one.removesuffix("4") != several.removesuffix("4–7")) == changes
    assert (one == "4") == (label == LocatorLabel.TIMESTAMP)


# Cited again


@pytest.mark.parametrize(
    ("authors", "fields", "place", "expected"),
    [
        (["Doe, Ann"], {"title": "A Land: Its Past"}, ("page", "214"), "Doe, A Land, p. 214."),
        (["Doe, Ann"], {"title": "A Land"}, ("", ""), "Doe, A Land."),
        (
            ["Doe, Ann", "Roe, Bo"],
            {"title": "What now?", "document_type": "chapter"},
            ("page", "1–2"),
            "Doe and Roe, “What now?,” pp. 1–2.",
        ),
        (["A, B", "C, D", "E, F"], {"title": "Three"}, ("note", "1"), "A, C, and E, Three, note 1."),
        (["A, B", "C, D", "E, F", "G, H"], {"title": "Four"}, ("note", "1"), "A et al., Four, note 1."),
        (["A Body"], {"title": "Findings"}, ("paragraph", "7"), "A Body, Findings, paragraph 7."),
        ([], {"title": "“No”, he said", "document_type": "speech"}, ("", ""), "“‘No’, he said.”"),
        ([], {"title": "Law", "document_type": "legislation"}, ("article-locator", "3"), "“Law,” article 3."),
        ([], {"title": "On Losses and Gains", "title_short": "On losses"}, ("page", "2"), "On losses, p. 2."),
        ([], {"title": "Report 3.1 of May. Second part"}, ("page", "2"), "Report 3.1 of May, p. 2."),
        ([], {"title": "The War – A History"}, ("page", "2"), "The War, p. 2."),
        ([], {"title": "Post-war Years"}, ("page", "2"), "Post-war Years, p. 2."),
    ],
)
def test_document_is_cited_again_by_author_short_title_and_locator(authors, fields, place, expected):
    made = document(*authors, **{"title_short": "Siglum 2021", **fields})

    assert strip_tags(short_form(made, *place)).replace("&#x27;", "'") == expected


def test_editors_stand_for_authors_when_there_are_none():
    made = document(editors=["Jones, Bob"], document_type="book", title="Papers", title_short="Jones 1999")

    assert short_form(made, "page", "3") == '<bdi>Jones</bdi>, <i dir="auto">Papers</i>, p. 3.'


def test_described_document_is_cited_again_by_its_description_alone():
    described = {"access": Access.DESCRIBED, "public_description": "Testimony: a resident"}
    made = document("Known, Not", title="Testimony: a resident", **described)

    assert short_form(made, "page", "3") == "Testimony: a resident."


def test_markup_is_escaped_when_a_document_is_cited_again():
    made = document("<b>, <i>", title="<script>")

    assert short_form(made, "page", "<u>") == ('<bdi>&lt;b&gt;</bdi>, <i dir="auto">&lt;script&gt;</i>, p. &lt;u&gt;.')


# Reprints


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"issued_edtf": "2003"}, "A Land. 1925; repr. 2003."),
        ({}, "A Land. 1925; repr. n.d."),
        ({"issued_edtf": "2003", "publisher_place": "Baku"}, "A Land. 1925; repr., Baku, 2003."),
        (
            {"document_type": "article-journal", "container_title": "Studies", "volume": "2", "issued_edtf": "2003"},
            "“A Land.” Studies 2 (1925; repr. 2003).",
        ),
    ],
)
def test_reprint_names_the_date_of_the_original_first(fields, expected):
    made = document(**{"document_type": "book", "title": "A Land", "original_edtf": "1925", **fields})

    assert shown(made) == expected
    assert csl(made)["original-date"] == {"literal": "1925", "raw": "1925", "date-parts": [[1925]]}
