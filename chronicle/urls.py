"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from chronicle.views import event_list, events, home, standing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("events/", event_list.event_list, name="events"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/editions/<int:number>/", events.edition, name="edition"),
    path("e/<int:number>", events.event_by_number, name="event-by-number"),
    path("method/", standing.method, name="method"),
    path("about/", standing.about, name="about"),
    path("terms/", standing.terms, name="terms"),
    path("missing/", standing.missing, name="missing"),
    path("c/<int:number>", events.citation_by_number, name="citation-by-number"),
]
if settings.HAS_DESK:
    urlpatterns.append(path("admin/", admin.site.urls))
