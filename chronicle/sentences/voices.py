"""Who speaks, who reports and who is missing; and how much stands behind an event."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle.sentences.clauses import number_words


def party_with_documents(party: str, documents: str) -> str:
    """A party and the documents that speak for it."""
    return _("%(party)s: %(documents)s.") % {"party": party, "documents": documents}


def party_with_documents_and_speakers(party: str, documents: str, speakers: str) -> str:
    """A party, the documents that speak for it, and those of its speakers whom any document names."""
    words = {"party": party, "documents": documents, "speakers": speakers}
    return _("%(party)s: %(documents)s; named as speaking: %(speakers)s.") % words


def party_with_speakers(party: str, speakers: str) -> str:
    """A party that documents of others let speak."""
    words = {"party": party, "speakers": speakers}
    return _("%(party)s: no document in this collection; named as speaking: %(speakers)s.") % words


def party_without_document(party: str) -> str:
    """The empty chair."""
    return _("%(party)s: no document in this collection.") % {"party": party}


def documents_of_no_party(documents: str) -> str:
    """Documents that speak for no party."""
    return _("Speaking for no party: %(documents)s.") % {"documents": documents}


def of_no_party_with_speakers(documents: str, speakers: str) -> str:
    """Documents that speak for no party, and speakers of none whom any document names."""
    words = {"documents": documents, "speakers": speakers}
    return _("Speaking for no party: %(documents)s; named as speaking: %(speakers)s.") % words


def speakers_of_no_party(speakers: str) -> str:
    """Speakers of no party whom documents name that speak for one."""
    return _("Named as speaking, for no party: %(speakers)s.") % {"speakers": speakers}


def no_document_speaks_for(parties: str) -> str:
    """Which parties concerned have no document, said of the collection."""
    return _("no document that speaks for %(parties)s is in this collection") % {"parties": parties}


def all_speak_for(number: int, party: str) -> str:
    """All documents of an event speak for one party."""
    if number == 2:  # noqa: PLR2004 -- "both" is for two
        return _("both documents speak for %(party)s") % {"party": party}
    return ngettext(
        "the one document here speaks for %(party)s", "all %(number)s documents speak for %(party)s", number
    ) % {"number": number_words(number), "party": party}


def documents_speak_for(parties: str) -> str:
    """The parties for which documents of an event speak."""
    return _("documents here speak for %(parties)s") % {"parties": parties}


def no_document_speaks() -> str:
    """None of an event's documents speaks for a party."""
    return _("no document here speaks for a party")


def joined(*parts: str) -> str:
    """Parts of one sentence about who speaks."""
    return _("%(words)s.") % {"words": capfirst(_("; ").join(part for part in parts if part))}


def counts(documents: int, parties: int, independent: int) -> str:
    """How many documents stand behind an event, beside how many parties and how many of them are independent."""
    return _("%(documents)s, %(parties)s, %(independent)s.") % {
        "documents": ngettext("%(number)d document", "%(number)d documents", documents) % {"number": documents},
        "parties": ngettext("%(number)d party", "%(number)d parties", parties) % {"number": parties},
        "independent": _("%(number)d independent") % {"number": independent},
    }


def documents_and_dates(documents: int, dates: int) -> str:
    """How many documents give how many dates."""
    return _("%(documents)s, %(dates)s") % {
        "documents": ngettext("%(number)s document", "%(number)s documents", documents)
        % {"number": number_words(documents)},
        "dates": ngettext("%(number)s date", "%(number)s dates", dates) % {"number": number_words(dates)},
    }


def filed_under(words: str, filing: str) -> str:
    """What documents say, and under which date the editors file it."""
    return _("%(words)s; filed under %(filing)s") % {"words": words, "filing": filing}


def period(words: str) -> str:
    """A time that lasted, as that under which something is filed."""
    return _("the period %(words)s") % {"words": words}


def one_day(words: str) -> str:
    """A day that is not known, as that under which something is filed: "between 9 and 17 October 2020"."""
    return _("one day %(words)s") % {"words": words}


def no_document_dates_it() -> str:
    """No document gives a date."""
    return _("no document here dates it")


def are_cited(documents: str, number: int) -> str:
    """Documents of an event, where none gives a value."""
    return ngettext("%(documents)s is cited here.", "%(documents)s are cited here.", number) % {
        "documents": capfirst(documents)
    }


def heard_in(party: str, concerned: int, silent: int) -> str:
    """In how many of the events that concern it a party has no voice: said of the collection."""
    if silent:
        words = ngettext(
            "%(party)s is concerned by %(concerned)d event; in %(silent)d, no document and no speaker speaks for it.",
            "%(party)s is concerned by %(concerned)d events; in %(silent)d of them, no document and no speaker speaks "
            "for it.",
            concerned,
        )
    else:
        words = ngettext(
            "%(party)s is concerned by %(concerned)d event, and is heard in it.",
            "%(party)s is concerned by %(concerned)d events, and is heard in each of them.",
            concerned,
        )
    return words % {"party": party, "concerned": concerned, "silent": silent}
