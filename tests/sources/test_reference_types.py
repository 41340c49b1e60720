"""Every CSL type in the house style, by itself and in a container; and what is hard to cite."""

import pytest
from django.utils.html import strip_tags

from sources.references import render
from sources.vocabularies import ContributionRole, DocumentType

ALONE = {
    "title": "The Title",
    "issued": {"literal": "10 October 2020"},
    "publisher": "A Body",
    "publisher-place": "Geneva",
}
CONTAINED = ALONE | {"container-title": "The Container", "volume": "3", "page": "10–20", "number": "S/2020/1"}

GOLDEN = {
    DocumentType.ARTICLE: (
        "“The Title.” Article or preprint, Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, A Body, 10 October 2020, 10–20.",
    ),
    DocumentType.ARTICLE_JOURNAL: (
        "“The Title.” Journal article, Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container 3 (10 October 2020): 10–20.",
    ),
    DocumentType.ARTICLE_MAGAZINE: (
        "“The Title.” Magazine article, Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, 10 October 2020, 10–20.",
    ),
    DocumentType.ARTICLE_NEWSPAPER: (
        "“The Title.” Newspaper article, Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, 10 October 2020, 10–20.",
    ),
    DocumentType.BILL: (
        "“The Title.” Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, 10–20. Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.BOOK: (
        "The Title. Geneva: A Body, 10 October 2020.",
        "The Title. The Container, vol. 3, S/2020/1, 10–20. Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.BROADCAST: (
        "“The Title.” Broadcast, Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, A Body, 10 October 2020, 10–20.",
    ),
    DocumentType.CHAPTER: (
        "“The Title.” Chapter, Geneva: A Body, 10 October 2020.",
        "“The Title.” In The Container, vol. 3, S/2020/1, 10–20. Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.DATASET: (
        "The Title. Data set, Geneva: A Body, 10 October 2020.",
        "The Title. The Container, vol. 3, S/2020/1, 10–20. Data set, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.DOCUMENT: (
        "“The Title.” Geneva: A Body, 10 October 2020.",
        "“The Title.” In The Container, vol. 3, S/2020/1, 10–20. Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.ENTRY_ENCYCLOPEDIA: (
        "“The Title.” Encyclopedia entry, Geneva: A Body, 10 October 2020.",
        "“The Title.” In The Container, vol. 3, S/2020/1, 10–20. Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.GRAPHIC: (
        "“The Title.” Photograph or picture, Geneva: A Body, 10 October 2020.",
        "“The Title.” In The Container, vol. 3, S/2020/1, 10–20. "  # noqa: ISC004
        "Photograph or picture, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.HEARING: (
        "The Title. Hearing, Geneva: A Body, 10 October 2020.",
        "The Title. The Container, vol. 3, S/2020/1, 10–20. Hearing, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.INTERVIEW: (
        "“The Title.” Interview, Geneva: A Body, 10 October 2020.",
        "“The Title.” In The Container, vol. 3, S/2020/1, 10–20. Interview, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.LEGAL_CASE: (
        "“The Title.” Legal case, Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, 10–20. Legal case, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.LEGISLATION: (
        "“The Title.” Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, 10–20. Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.MANUSCRIPT: (
        "“The Title.” Manuscript, Geneva: A Body, 10 October 2020.",
        "“The Title.” In The Container, vol. 3, S/2020/1, 10–20. Manuscript, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.MAP: (
        "The Title. Map, Geneva: A Body, 10 October 2020.",
        "The Title. The Container, vol. 3, S/2020/1, 10–20. Map, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.MOTION_PICTURE: (
        "The Title. Film or video, Geneva: A Body, 10 October 2020.",
        "The Title. The Container, vol. 3, S/2020/1, 10–20. Film or video, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.PAMPHLET: (
        "The Title. Geneva: A Body, 10 October 2020.",
        "The Title. The Container, vol. 3, S/2020/1, 10–20. Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.PERSONAL_COMMUNICATION: (
        "“The Title.” Letter or testimony, Geneva: A Body, 10 October 2020.",
        "“The Title.” In The Container, vol. 3, S/2020/1, 10–20. Letter or testimony, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.POST: (
        "“The Title.” Post, Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, A Body, 10 October 2020, 10–20.",
    ),
    DocumentType.POST_WEBLOG: (
        "“The Title.” Weblog post, Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, A Body, 10 October 2020, 10–20.",
    ),
    DocumentType.REPORT: (
        "The Title. Geneva: A Body, 10 October 2020.",
        "The Title. The Container, vol. 3, S/2020/1, 10–20. Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.SPEECH: (
        "“The Title.” Speech, Geneva: A Body, 10 October 2020.",
        "“The Title.” In The Container, vol. 3, S/2020/1, 10–20. Speech, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.THESIS: (
        "“The Title.” Thesis, Geneva: A Body, 10 October 2020.",
        "“The Title.” In The Container, vol. 3, S/2020/1, 10–20. Thesis, Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.TREATY: (
        "“The Title.” Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, 10–20. Geneva: A Body, 10 October 2020.",
    ),
    DocumentType.WEBPAGE: (
        "“The Title.” Geneva: A Body, 10 October 2020.",
        "“The Title.” The Container, vol. 3, S/2020/1, A Body, 10 October 2020, 10–20.",
    ),
}


def shown(record):
    return strip_tags(render(record)).replace("&#x27;", "'").replace("&amp;", "&")


def test_every_type_has_its_reference():
    assert set(GOLDEN) == set(DocumentType)


@pytest.mark.parametrize("kind", DocumentType)
def test_reference_of_every_type_alone_and_in_a_container(kind):
    alone, contained = GOLDEN[kind]

    assert shown({**ALONE, "type": kind.value}) == alone
    assert shown({**CONTAINED, "type": kind.value}) == contained


@pytest.mark.parametrize("kind", DocumentType)
def test_reference_of_every_type_loses_nothing_and_escapes_everything(kind):
    record = {name: f"<{name}>" for name in ("title", "container-title", "volume", "number", "page", "edition")} | {
        "type": kind.value,
        "author": [{"family": "<family>", "given": "<given>"}, {"literal": "<body>"}],
    }
    lost = {"edition", "number"} if kind == DocumentType.ARTICLE_JOURNAL else set()

    html = render(record)

    for name in {*record, "family", "given", "body"} - {"type", "author"} - lost:
        assert f"&lt;{name}&gt;" in html
        assert f"<{name}>" not in html


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            {"type": "book", "author": [{"family": "de Waal", "given": "Thomas"}], "title": "Black Garden",
             "edition": "rev. ed.", "issued": {"literal": "2013"}},
            "de Waal, Thomas. Black Garden. Rev. ed. 2013.",
        ),
        (
            {"type": "book", "author": [{"family": "al-Tabari", "given": "Muhammad"}], "title": "Annals",
             "edition": "reprint of 1879", "publisher-place": "Leiden", "issued": {"literal": "1964"}},
            "al-Tabari, Muhammad. Annals. Reprint of 1879 ed. Leiden, 1964.",
        ),
        (
            {"type": "legal_case", "title": "A State v. Another State", "genre": "Order",
             "container-title": "Reports of a Court", "page": "361", "issued": {"literal": "7 December 2021"}},
            "“A State v. Another State.” Reports of a Court, 361. Legal case, 7 December 2021.",
        ),
        (
            {"type": "legislation", "author": [{"literal": "UN Security Council"}], "title": "Resolution 822",
             "number": "S/RES/822", "issued": {"literal": "30 April 1993"}},
            "UN Security Council. “Resolution 822.” S/RES/822. 30 April 1993.",
        ),
        (
            {"type": "report", "author": [{"literal": "UN Secretary-General"}], "title": "Report on the Situation",
             "number": "A/49/1", "publisher": "United Nations", "publisher-place": "New York"},
            "UN Secretary-General. Report on the Situation. A/49/1. New York: United Nations, n.d.",
        ),
        (
            {"type": "map", "title": "Five-Verst Map", "issued": {"literal": "about 1903"}},
            "Five-Verst Map. Map, about 1903.",
        ),
        (
            {"type": "webpage", "title": "Statement", "container-title": "mfa.example", "publisher": "A Ministry",
             "issued": {"literal": "27 September 2020"}, "accessed": {"date-parts": [[2026, 5, 31]]},
             "URL": "https://mfa.example/1", "custom": {"archive-url": "https://archive.example/1"}},
            "“Statement.” mfa.example, A Ministry, 27 September 2020. Accessed 31 May 2026. "  # noqa: ISC004
            "https://mfa.example/1. Archived at https://archive.example/1.",
        ),
        (
            {"type": "webpage", "title": "Statement", "container-title": "A Ministry", "publisher": "A Ministry"},
            "“Statement.” A Ministry, n.d.",
        ),
    ],
)  # fmt: skip
def test_what_is_hard_to_cite(record, expected):
    assert shown(record) == expected


@pytest.mark.parametrize("role", ContributionRole)
def test_every_role_is_named(role):
    record = {"type": "book", "title": "Title", role.value: [{"family": "Family", "given": "Given"}]}

    assert any(name in shown(record) for name in ("Family, Given", "Given Family"))
