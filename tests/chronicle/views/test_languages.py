"""Every word that readers see can be translated: in a language of marks, none stands outside them but data."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation

from chronicle.models import Event
from tests import pseudo
from tests.chronicle.views.reading import text
from tools.messages import template_of

pytestmark = pytest.mark.usefixtures("published")

PAGES = (
    "/",
    "/events/",
    "/events/?period=2020-10&place=ganja&disputed=killed",
    "/events/?period=1.2.3&place=ףף",
    "/events/?place=א",
    "/events/?silent=armenia&party=azerbaijan&names=hy",
    "/events/no-such-event/",
    "/timeline/",
    "/timeline/?period=2020-10",
    "/timeline/?period=2020-10-10",
    "/timeline/?kind=battle&period=1992/2021",
    "/map/",
    "/map/?names=hy&at=39.8,46.7&zoom=9",
    "/locations/",
    "/locations/?q=ףףףף",
    "/locations/?within=azerbaijan",
    "/locations/shusha/",
    "/locations/azerbaijan/?names=az",
    "/agents/",
    "/agents/?q=ףףףף",
    "/agents/ministry-of-defence-of-azerbaijan/",
    "/documents/",
    "/documents/?q=ףףףף",
    "/documents/aliyev-campaign-2024/",
    "/disputes/",
    "/disputes/killed/",
    "/telling/",
    "/telling/aliyev-campaign-2024/huseynov-2024/",
    "/search/",
    "/search/?q=2020-10-10",
    "/search/?q=98",
    "/search/?q=גהאקהוטצה",
    "/search/?q=ףףףףףף",
    "/search/?q=E999999999",
    "/editions/",
    "/editions/?kind=correction",
    "/method/",
    "/method/figures/",
    "/about/",
    "/terms/",
    "/missing/",
    "/accessibility/",
    "/api/",
    "/embed/timeline/",
    "/embed/map/",
)
FORMATS = "BibTeX|RIS|CSL|JSON-LD|JSON|CSV|XLSX|LP-TSV|TimelineJS|SVG|PNG|EDTF"
DATA = re.compile(rf"\b({FORMATS}|GeoNames|Wikidata|DOI|ISBN|[A-Z][0-9]+)\b")
"""Names of formats and of other people's lists, which are the same in every language."""


@pytest.fixture
def language(tmp_path):
    """The language of marks, and no other."""
    pseudo.written(tmp_path / "locale")
    marks = {"LANGUAGE_CODE": pseudo.LANGUAGE, "LANGUAGES": [(pseudo.LANGUAGE, "Marks")]}
    with override_settings(LOCALE_PATHS=[tmp_path / "locale"], **marks), translation.override(pseudo.LANGUAGE):
        yield


def test_every_word_can_be_translated_and_every_name_stands_apart(client, tmp_path, language):
    pseudo.corpus_in_hebrew(tmp_path / "corpus")
    call_command("load_corpus", str(tmp_path / "corpus"), verbosity=0)

    pages = {address: client.get(address).content.decode() for address in addresses()}

    assert pseudo.OPENED in text(client.get("/"))
    assert {address: found for address, html in pages.items() if (found := unmarked(html))} == {}
    assert {address: found for address, html in pages.items() if (found := pseudo.joined(html))} == {}


def unmarked(html):
    words = pseudo.unmarked(html)
    return sorted(piece for piece in words if re.search(r"[A-Za-z]{2}", DATA.sub("", piece)))


def addresses():
    """Pages of every type, and of every third event."""
    events = [event.get_absolute_url() for event in Event.objects.using("published").order_by("pk")[::3]]
    return (*events, *PAGES)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>⟦Where⟧ גאנג׳ה</p>", set()),
        ("<p>⟦Where⟧ Ganja</p>", {" Ganja"}),
        ('<p title="Ganja">⟦said by ⟦the ministry⟧⟧</p>', {" Ganja"}),
        ("<p>⟦seen⟧ https://example.org/page</p><script>var word</script>", set()),
    ],
)
def test_what_is_unmarked_is_found(html, words):
    assert {piece.rstrip() for piece in pseudo.unmarked(html)} == words


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>⟦\u2068גאנג׳ה\u2069 says⟧ <bdi>שושה</bdi>, 9</p>", set()),
        ("<li><a href='/'>גאנג׳ה</a></li><li dir=auto>⟦שושה⟧ 9</li>", set()),
        ("<li><a href='/'>גאנג׳ה</a> <span>9</span></li>", {"גאנג׳ה9"}),
        ("<p>⟦גאנג׳ה says⟧</p><p>שושה</p>", {"⟦גאנג׳ה says⟧"}),
        ("<td data-label='⟦of שושה⟧'>9</td>", {"⟦of שושה⟧"}),
    ],
)
def test_names_that_touch_other_words_are_found(html, lines):
    assert pseudo.joined(html) == lines


def test_messages_are_found_in_code_and_in_templates():
    found = {message.id: message for message in template_of("chronicle")}

    assert found["Skip to the page"].locations == [("chronicle/templates/chronicle/base.html", None)]
    assert ("%(count)s assertion added", "%(count)s assertions added") in found
    assert ("%(number)d value", "%(number)d values") in found


def test_only_english_is_released_and_catalogues_of_the_parties_are_ready():
    catalogues = {path.parts[-3] for path in Path(settings.BASE_DIR).glob("chronicle/locale/*/LC_MESSAGES/django.po")}

    assert [code for code, _name in settings.LANGUAGES] == ["en-gb"]
    assert catalogues == {"az", "hy", "ru"}
