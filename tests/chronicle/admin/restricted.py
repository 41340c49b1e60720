"""A restricted document with a marker in all of its fields, rows that tell of it, and every address of the desk."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import CharField, Model, TextField
from django.test import Client
from django.urls import get_resolver

from chronicle.merging import merge
from chronicle.models import Citation, Event, LocationWithin, Merge, Remark, TermUse
from chronicle.publication import publish
from chronicle.secrecy import restrict
from chronicle.worklists import WORKLISTS
from sources.edtf import EDTFField
from sources.fulltexts.storing import place_of
from sources.models import CitedDocument, Contribution, Document
from tests import factories as make
from tests.chronicle.admin.desk import (
    curator,
    list_url,
    url,
)
from tests.chronicle.admin.test_crafted import Address, filled, routes, subject_for

MARKER = "zxqwv"
FOUND_BY = "plover"
"""A word of the hidden title that addresses may hold: what was typed is shown again to whoever typed it."""

LEANING = "qxzvw"
"""The marker of what a document that is not restricted says by it: readers see that, without the footnote."""


def marked(model: type[Model], **fields: Any) -> dict[str, Any]:
    """Every text of a table that takes any words, with the marker in it."""
    texts = (
        column.name
        for column in model._meta.concrete_fields
        if isinstance(column, CharField | TextField) and not isinstance(column, EDTFField) and not column.generated
        if not column.choices and column.name not in BOUND
    )
    return dict.fromkeys(texts, MARKER) | fields


BOUND = {
    "language", "doi", "isbn", "url", "archive_url", "stated_on", "sha256", "copy_sha256", "media_type",
    "copy_media_type", "quotation_state", "quotation_page", "value_as_printed", "purge_reason",
}  # fmt: skip
"""Texts that a rule binds; addresses get the marker below."""


class Scene:
    """A restricted document with rows of every table that can tell of it, and what an outsider sees beside it."""

    def __init__(self) -> None:
        keepers = Group.objects.create(name="keepers")
        self.insider, self.outsider = curator("administrator", "insider"), curator("administrator", "outsider")
        self.insider.groups.add(keepers)
        self.agent, self.seen = make.agent(), make.document(title="In sight")
        self.document = make.document(
            **marked(
                Document, title=f"{MARKER} {FOUND_BY}", slug=f"{MARKER}-slug", party=make.party(), publisher=self.agent,
                doi=f"10.1234/{MARKER}", url=f"https://{MARKER}.example/", archive_url=f"https://{MARKER}.example/a",
            )
        )  # fmt: skip
        self.place, self.term = make.location(), make.term()
        self.event = make.event(title="What happened", locations=(self.place,))
        self.rows()
        self.merged = merge(self.document, make.document(title_short=MARKER, title=MARKER, slug=f"{MARKER}-twin"))
        publish([self.event])
        restrict(self.document, [keepers])
        self.gone = make.document(**marked(Document, party=None, party_basis="", slug=f"{MARKER}-gone"))
        was_cited = make.citation(self.event, self.gone, **marked(Citation, locator_label="page"))
        restrict(self.gone, [keepers])
        was_cited.delete()
        self.gone_number = self.gone.pk
        self.gone.delete()

    def rows(self) -> None:
        document, seen, event = self.document, self.seen, self.event
        make.citation(event, seen)
        self.cited = make.citation(event, document, **marked(Citation, locator_label="page", claimed_by=self.agent))
        leaning = dict.fromkeys(marked(Citation), LEANING)
        self.leaning = make.citation(event, seen, **leaning | {"locator_label": "page", "through": document})
        self.moved = make.citation(event, seen, **marked(Citation, locator_label="page"))
        self.moved.document = document
        self.moved.save()
        self.file = make.file(document, **marked(document.files.model))
        storages["originals"].save(place_of(self.file.sha256), ContentFile(MARKER.encode()))
        make.text(document, f"{MARKER} on a page", file=self.file, **marked(document.texts.model))
        Contribution.objects.create(document=document, agent=self.agent, role="editor", position=1)
        CitedDocument.objects.create(document=document, cited=seen, locator=MARKER)
        CitedDocument.objects.create(document=seen, cited=document, locator=MARKER)
        LocationWithin.objects.create(
            location=self.place, within=make.location(), basis="nature", period_edtf="1888", source=document
        )
        TermUse.objects.create(term=self.term, document=document, wording=MARKER, times=3)
        remark = Remark.objects.create(document=document, author=self.insider, words=MARKER)
        remark.mentions.create(curator=self.outsider)
        Remark.objects.create(event=event, author=self.insider, words=f"See C{self.cited.pk} and D{document.pk}.")
        document.assignments.create(curator=self.outsider)

    def addresses(self) -> list[str]:
        """Every address under /admin/, filled with what tells of the document; and questions to lists and pickers."""
        subjects = {
            Document: self.document, Event: self.event, Citation: self.cited, Merge: self.merged,
            type(self.place): self.place, type(self.term): self.term, type(self.agent): self.agent,
        }  # fmt: skip
        others = {model: subject_for(model) for model in admin.site._registry if model not in subjects}
        found = [
            filled(route, name, subjects | others, file=str(self.file.pk), text="1", page="1")
            for route, name in routes(get_resolver().url_patterns)
            if name != "logout"
        ]
        lists = [each.url.split("?")[0] for each in found if each.page == "changelist"]
        return [*(each.url for each in found), *pages_of_others(self, found), *questions(self, lists)]


def pages_of_others(scene: Scene, found: list[Address]) -> list[str]:
    """The same pages of the record that is seen beside it, of what leans on it, and of what is gone."""
    of_documents = [each for each in found if each.model is Document and each.page not in OF_ONE_ALONE]
    others = [url(scene.seen, each.page) for each in of_documents if f"/{scene.document.pk}/" in each.url]
    twin = Document.objects.get(pk=scene.merged.merged_number)
    ways_back = [f"{list_url(Document)}{scene.gone_number}/{page}/" for page in ("change", "history", "undelete")]
    return [*others, url(twin), url(twin, "history"), *ways_back, url(scene.leaning), url(scene.moved)]


OF_ONE_ALONE = {"original", "purge", "reader", ""}
"""Pages of a file and a text, of which the document that is seen has none, and an address without a name."""


def questions(scene: Scene, lists: list[str]) -> list[str]:
    pickers = [
        ("sources", "citeddocument", "cited"), ("chronicle", "citation", "document"),
        ("chronicle", "citation", "through"), ("chronicle", "locationwithin", "source"),
        ("chronicle", "termuse", "document"),
    ]  # fmt: skip
    kind = "/admin/autocomplete/?app_label={}&model_name={}&field_name={}&term=" + FOUND_BY
    return [
        *(f"{each}?q={FOUND_BY}" for each in lists),
        *(f"{list_url(each.model)}?work={each.name}" for each in WORKLISTS),
        *(kind.format(*each) for each in pickers),
        f"{list_url(Event)}?document={scene.document.pk}",
        f"{list_url(Document)}?hands=me",
        f"{list_url(Citation)}?document__id__exact={scene.document.pk}",
        f"/admin/sources/document/entry/?words={FOUND_BY}",
        *(f"{url(scene.event)}?copy={each.pk}" for each in (scene.cited, scene.leaning, scene.moved)),
        f"{list_url(Document, 'merge')}?id={scene.seen.pk}&id={scene.document.pk}",
        f"{list_url(Document, 'merge')}?id={scene.seen.pk}&other={scene.document.pk}",
        *(f"/admin/r/{kind_of(each)}/{each.pk}/" for each in (scene.document, scene.event)),
    ]


def kind_of(record: Model) -> int:
    return int(ContentType.objects.get_for_model(record).pk)


def has_marker(response: Any) -> bool:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = f"{content.decode()} {response.headers.get('Location')}".lower()
    is_public = response.request["PATH_INFO"].endswith("/preview/")
    return MARKER in text or (LEANING in text and not is_public)


def links_in(response: Any) -> list[str]:
    """Where a page of the history leads: to single saves, and to the ways back."""
    found = re.findall(r'href="([^"]*/(?:history|restore)/\?[^"]+)"', response.text)
    return [each.replace("&amp;", "&") for each in found]


def showing(client: Client, addresses: list[str]) -> tuple[set[str], list[str]]:
    """The addresses that show the marker, and those that pages of the history lead to."""
    shows, further = set(), []
    for address in addresses:
        response = client.get(address)
        assert response.status_code < 500, address
        if has_marker(response):
            shows.add(address)
        if "/history/" in address and response.status_code == 200:
            further += links_in(response)
    return shows, further
