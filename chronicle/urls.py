"""Every address of the site."""

from django.contrib import admin
from django.urls import path

from chronicle.views import events

urlpatterns = [
    path("", events.home, name="home"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/editions/<int:number>/", events.edition, name="edition"),
    path("admin/", admin.site.urls),
]
