"""Places as files: one, or the gazetteer as it is narrowed down, for other programs."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from chronicle.exports import linked_places, place_table
from chronicle.exports.streaming import json_text
from chronicle.models import Location
from chronicle.views.addresses import at_address
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.downloads import Made, RecordFile, streamed
from chronicle.views.locations import LocationList, Selection, selection

AT_A_TIME = 500
"""How many places are read at a time; a cursor of the server keeps the others."""


class PlaceCollection(PublicView):
    """The gazetteer as Linked Places, which is GeoJSON."""

    parameters = LocationList.parameters

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the places one after another."""
        chosen = selection(self.asked)
        return streamed(
            request,
            "places.geojson",
            "application/geo+json",
            lambda origin: linked_places.collection(_places(chosen), origin),
        )


class PlaceTable(PublicView):
    """The gazetteer as a table, LP-TSV."""

    parameters = LocationList.parameters

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the places row by row."""
        chosen = selection(self.asked)
        content_type = "text/tab-separated-values; charset=utf-8"
        return streamed(
            request, "places.lp.tsv", content_type, lambda origin: place_table.table(_places(chosen), origin)
        )


def _places(chosen: Selection) -> Iterable[Location]:
    return chosen.rows.with_page().order_by("name_folded", "pk").iterator(chunk_size=AT_A_TIME)


class PlaceFeature(RecordFile):
    """A place as a feature of Linked Places."""

    ending = ".geojson"
    content_type = "application/geo+json"

    def made(self, slug: str) -> Made:
        """Return the place as it is published now."""
        place = at_address(Location.objects.using(PUBLISHED).with_page(), "location", slug)
        return lambda origin: [json_text(linked_places.document(place, origin))]


place_collection = PlaceCollection.as_view()
place_rows = PlaceTable.as_view()
place_feature = PlaceFeature.as_view()
