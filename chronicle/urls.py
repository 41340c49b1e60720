"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from chronicle.api import site as api
from chronicle.exports.bibliographies import FORMS
from chronicle.views import (
    agents,
    changes,
    data,
    disputes,
    document_files,
    documents,
    editions,
    embeds,
    event_files,
    event_list,
    events,
    home,
    leaning,
    locations,
    machines,
    map_page,
    oembed,
    pairs,
    pictures,
    place_files,
    preview,
    releases,
    search,
    sitemaps,
    standing,
    telling,
    texts,
    timeline,
)

handler500 = "chronicle.overload.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("events/", event_list.event_list, name="events"),
    path("events.csv", event_files.event_table, name="events-csv"),
    path("events.xlsx", event_files.event_workbook, name="events-xlsx"),
    path("events.jsonld", event_files.event_graph, name="events-jsonld"),
    path("events.timeline.json", event_files.event_timeline, name="events-timeline"),
    path("data/", data.data, name="data"),
    path("data/releases/", releases.releases, name="releases"),
    path("data/chronicle.zip", data.whole, name="data-package"),
    path("data/chronicle.xlsx", data.workbook, name="data-workbook"),
    path("data/<slug:name>.csv", data.table, name="data-table"),
    path("data/<slug:name>.json", data.table_records, name="data-table-json"),
    path("data/<slug:name>.xlsx", data.table_workbook, name="data-table-xlsx"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>.jsonld", event_files.event_node, name="event-jsonld"),
    path("events/<slug:slug>.annotations.json", event_files.event_annotations, name="event-annotations"),
    path("events/<slug:slug>/sources/", leaning.event_sources, name="event-sources"),
    path("events/<slug:slug>/editions/<int:number>/", events.edition, name="edition"),
    path("locations/", locations.locations, name="locations"),
    path("locations.geojson", place_files.place_collection, name="locations-geojson"),
    path("locations.lp.tsv", place_files.place_rows, name="locations-tsv"),
    path("locations/<slug:slug>.geojson", place_files.place_feature, name="location-geojson"),
    path("locations/<slug:slug>/", locations.location, name="location"),
    path("map/", map_page.map_page, name="map"),
    path("map/places.geojson", map_page.map_places, name="map-places"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<slug:slug>/", documents.document, name="document"),
    path("documents/<slug:slug>.annotations.json", document_files.document_annotations, name="document-annotations"),
    path("documents/<slug:slug>/text/<int:number>/", texts.text, name="document-text"),
    path("documents/<slug:slug>/files/<int:number>/", texts.copy, name="document-copy"),
    path("agents/", agents.agents, name="agents"),
    path("agents/<slug:slug>/", agents.agent, name="agent"),
    path("telling/", telling.telling, name="telling"),
    path("telling/<slug:left>/<slug:right>/", pairs.pair, name="telling-pair"),
    path("events/<slug:slug>/editions/<int:number>/changes/", changes.changes, name="changes"),
    path("embed/events/<slug:slug>/<slug:aspect>/", embeds.embed, name="embed"),
    path("embed/events/<slug:slug>/<slug:aspect>.svg", pictures.picture, name="picture"),
    path("embed/events/<slug:slug>/<slug:aspect>.png", pictures.picture_png, name="picture-png"),
    path("embed/events/<slug:slug>/editions/<int:number>/<slug:aspect>/", embeds.embed, name="embed-edition"),
    path("embed/events/<slug:slug>/editions/<int:number>/<slug:aspect>.svg", pictures.picture, name="picture-edition"),
    path(
        "embed/events/<slug:slug>/editions/<int:number>/<slug:aspect>.png",
        pictures.picture_png,
        name="picture-png-edition",
    ),
    path("embed/timeline/", embeds.timeline, name="embed-timeline"),
    path("embed/map/", embeds.atlas, name="embed-map"),
    path("embed/timeline.svg", pictures.timeline, name="picture-timeline"),
    path("embed/timeline.png", pictures.timeline_png, name="picture-timeline-png"),
    path("embed/map.svg", pictures.atlas, name="picture-map"),
    path("embed/map.png", pictures.atlas_png, name="picture-map-png"),
    path("oembed", oembed.oembed, name="oembed"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("search/", search.search, name="search"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("editions/", editions.editions, name="editions"),
    path("editions/feed.atom", editions.feed, name="editions-feed"),
    path("e/<int:number>", events.event_by_number, name="event-by-number"),
    path("method/", standing.method, name="method"),
    path("method/figures/", standing.in_figures, name="figures"),
    path("about/", standing.about, name="about"),
    path("terms/", standing.terms, name="terms"),
    path("missing/", standing.missing, name="missing"),
    path("c/<int:number>", events.citation_by_number, name="citation-by-number"),
    path("accessibility/", standing.accessibility, name="accessibility"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("site.webmanifest", machines.manifest, name="manifest"),
    path("search/description.xml", machines.search_description, name="search-description"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/<slug:kind>-<int:part>.xml", sitemaps.part, name="sitemap-part"),
    path("api/", include((api.urlpatterns, "api"))),
]
for form in FORMS:  # of reference managers
    urlpatterns += [
        path(f"documents.{form}", document_files.bibliography(form), name=f"documents-{form}"),
        path(f"documents/<slug:slug>.{form}", document_files.reference(form), name=f"document-{form}"),
        path(f"events/<slug:slug>.{form}", event_files.references(form), name=f"event-{form}"),
    ]
if settings.HAS_DESK:
    from chronicle.admin.understanding import understanding  # a public site has no admin to import
    from chronicle.presence.views import present  # nor this table

    explained = admin.site.admin_view(understanding, cacheable=True)
    urlpatterns += [
        path("admin/present/", admin.site.admin_view(present), name="present"),
        path("admin/understood/", explained, name="understood"),
        path("admin/chronicle/event/<int:number>/preview/", admin.site.admin_view(preview.preview), name="preview"),
        path("admin/", admin.site.urls),
    ]
