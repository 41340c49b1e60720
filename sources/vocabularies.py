"""The closed vocabularies of the sources: their words are the field's own.

Document types, contributor roles and locator labels are those of the Citation Style Language 1.0.2.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgentKind(TextChoices):
    """What kind of body or person an agent is."""

    GOVERNMENT = "government", _("government")
    INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental body")
    PRESS = "press", _("press")
    SCHOLARSHIP = "scholarship", _("scholarship")
    NON_GOVERNMENTAL = "non_governmental", _("non-governmental organisation")
    CAMPAIGN = "campaign", _("campaign")
    MILITARY = "military", _("military")
    OTHER = "other", _("other")


class DocumentType(TextChoices):
    """CSL 1.0.2 item types, as far as chronicles cite them."""

    ARTICLE = "article", _("article or preprint")
    ARTICLE_JOURNAL = "article-journal", _("journal article")
    ARTICLE_MAGAZINE = "article-magazine", _("magazine article")
    ARTICLE_NEWSPAPER = "article-newspaper", _("newspaper article")
    BILL = "bill", _("bill")
    BOOK = "book", _("book")
    BROADCAST = "broadcast", _("broadcast")
    CHAPTER = "chapter", _("chapter")
    DATASET = "dataset", _("data set")
    DOCUMENT = "document", _("document")
    ENTRY_ENCYCLOPEDIA = "entry-encyclopedia", _("encyclopedia entry")
    GRAPHIC = "graphic", _("photograph or picture")
    HEARING = "hearing", _("hearing")
    INTERVIEW = "interview", _("interview")
    LEGAL_CASE = "legal_case", _("legal case")
    LEGISLATION = "legislation", _("legislation or resolution")
    MANUSCRIPT = "manuscript", _("manuscript")
    MAP = "map", _("map")
    MOTION_PICTURE = "motion_picture", _("film or video")
    PAMPHLET = "pamphlet", _("pamphlet")
    PERSONAL_COMMUNICATION = "personal_communication", _("letter or testimony")
    POST = "post", _("post")
    POST_WEBLOG = "post-weblog", _("weblog post")
    REPORT = "report", _("report")
    SPEECH = "speech", _("speech")
    THESIS = "thesis", _("thesis")
    TREATY = "treaty", _("treaty")
    WEBPAGE = "webpage", _("web page")


class ContributionRole(TextChoices):
    """CSL 1.0.2 name variables: in which role an agent took part in a document."""

    AUTHOR = "author", _("author")
    EDITOR = "editor", _("editor")
    TRANSLATOR = "translator", _("translator")
    COMPILER = "compiler", _("compiler")
    CONTRIBUTOR = "contributor", _("contributor")
    INTERVIEWER = "interviewer", _("interviewer")
    RECIPIENT = "recipient", _("recipient")
    DIRECTOR = "director", _("director")
    ILLUSTRATOR = "illustrator", _("illustrator")


class Access(TextChoices):
    """How much of a document may ever leave the desk."""

    OPEN = "open", _("open: the whole record may be published")
    DESCRIBED = "described", _("described: only a public description, its type and its year")
    WITHHELD = "withheld", _("withheld: nothing")


class NameShown(TextChoices):
    """How readers see the name of a person whom it could put at risk."""

    FULL = "full", _("in full")
    INITIALS = "initials", _("as initials")
    WITHHELD = "withheld", _("not at all")


class LocatorLabel(TextChoices):
    """All locator labels of CSL 1.0.2 (specification, appendix “Locators”): what a locator counts."""

    PAGE = "page", _("page")
    CHAPTER = "chapter", _("chapter")
    SECTION = "section", _("section")
    PARAGRAPH = "paragraph", _("paragraph")
    NOTE = "note", _("note")
    LINE = "line", _("line")
    COLUMN = "column", _("column")
    FOLIO = "folio", _("folio")
    PART = "part", _("part")
    BOOK = "book", _("book")
    APPENDIX = "appendix", _("appendix")
    SUPPLEMENT = "supplement", _("supplement")
    FIGURE = "figure", _("figure")
    TABLE = "table", _("table")
    EQUATION = "equation", _("equation")
    ENTRY = "sub-verbo", _("entry under a word")
    VERSE = "verse", _("verse")
    ACT = "act", _("act")
    SCENE = "scene", _("scene")
    CANON = "canon", _("canon")
    OPUS = "opus", _("opus")
    VOLUME = "volume", _("volume")
    ISSUE = "issue", _("issue")
    ELOCATION = "elocation", _("electronic place")
    ARTICLE = "article-locator", _("article")
    RULE = "rule", _("rule")
    TITLE = "title-locator", _("title of a law")
    TIMESTAMP = "timestamp", _("time code")


class FileKind(TextChoices):
    """What a deposited file holds."""

    TEXT = "text", _("text")
    IMAGE = "image", _("picture or map")
    SOUND = "sound", _("sound recording")
    FILM = "film", _("film or video")


class QuotationState(TextChoices):
    """How a quotation stands to the stored text of its document, as it was found there; nothing: not checked."""

    EXACT = "exact", _("exact")
    NORMALISED = "normalised", _("exact after normalisation")
    CHANGED = "changed", _("changed")
    AMBIGUOUS = "ambiguous", _("found in several places")
    MISSING = "missing", _("not found")
    NO_TEXT = "no_text", _("no text to check it against")


PLACED = (QuotationState.EXACT, QuotationState.NORMALISED, QuotationState.CHANGED)
"""The states in which a quotation has one place in the text."""
