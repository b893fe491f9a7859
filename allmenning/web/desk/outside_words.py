"""Why a repository could not be fetched from, in plain words, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from allmenning.web.desk.words import Words, in_words

#: The codes of allmenning.groundwork.outside.NoAnswer and of the harvest.
TROUBLES: Words = {
    "too_slow": _("The server did not answer in time."),
    "not_reached": _("The server cannot be reached."),
    "no_such_host": _("There is no server with that name. Check the address."),
    "address_refused": _("The address may not be fetched from: it is no web address, or lies on a private network."),
    "too_many_redirects": _("The address leads on and on to others. Check it."),
    "too_large": _("The server gave a larger answer than may be taken in. Ask for smaller pages."),
    "broken_answer": _("The server's answer breaks off."),
    "answer_cut_off": _("The server's answer breaks off."),
    "asked_to_wait": _("The server asked us to come back later."),
    "server_trouble": _("The server has trouble of its own."),
    "not_let_in": _("The server does not let us in. Ask its owner to open it for us."),
    "not_there": _("The server has nothing at this address. Check it."),
    "not_oai": _("What answers at this address is no OAI-PMH repository. Check the address."),
    "xml_broken": _("The server's answer is broken."),
    "xml_entity": _("The server's answer holds entities, which are refused."),
    "in_circles": _("The repository goes in circles and never comes to the end of its list. Tell its owner."),
    "no_marc_offered": _("The repository offers no form of MARC. Name the form (prefix) if it does."),
    "nothing_there": _("The repository answers, but has no record to show for these settings."),
    "rereading": _("The stored records are being read anew. Try again when that is done."),
    "oai_badArgument": _("The repository does not take these settings. Check set and form (prefix)."),
    "oai_cannotDisseminateFormat": _("The repository does not have its records in that form (prefix)."),
    "oai_idDoesNotExist": _("The repository has no record with that identifier."),
    "oai_noSetHierarchy": _("The repository has no sets. Leave the set out."),
    "oai_badResumptionToken": _("The repository lost our place in its list. The next harvest begins it anew."),
}


def trouble_in_words(code: str, detail: str) -> str:
    """A code without words of its own is told by the English sentence that came with it."""
    return in_words(TROUBLES, code, detail)
