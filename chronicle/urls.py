"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from chronicle.views import changes, disputes, editions, events, search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", events.home, name="home"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/editions/<int:number>/", events.edition, name="edition"),
    path("events/<slug:slug>/editions/<int:number>/changes/", changes.changes, name="changes"),
    path("search/", search.search, name="search"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("editions/", editions.editions, name="editions"),
    path("editions/feed.atom", editions.feed, name="editions-feed"),
    path("e/<int:number>", events.event_by_number, name="event-by-number"),
    path("c/<int:number>", events.citation_by_number, name="citation-by-number"),
]
if settings.HAS_DESK:
    urlpatterns.append(path("admin/", admin.site.urls))
