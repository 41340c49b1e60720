"""What can be seen of a link."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LinkState(TextChoices):
    """How an address answered when it was last asked."""

    FOUND = "found", _("found")
    GONE = "gone", _("gone: its server does not have it any more")
    BARRED = "barred", _("barred: its server does not answer programs; look yourself")
    UNANSWERED = "unanswered", _("no answer")
    REFUSED = "refused", _("not asked: it leads into a private network, or is no web address")
