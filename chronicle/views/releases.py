"""Releases of the whole: which there were, how to check one, and where it is kept."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from chronicle.models import Release
from chronicle.views.base import PUBLISHED, PublicView
from chronicle.views.paging import page_back


class Releases(PublicView):
    """Every release, the newest first."""

    template_name = "chronicle/releases.html"
    description = _("Numbered releases of everything that was published here, with checksums, for citing and keeping.")
    parameters = ()

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- one list
        """Return a page of releases."""
        return {"list": page_back(Release.objects.using(PUBLISHED), "number", after=self.asked("after"), read=int)}


releases = Releases.as_view()
