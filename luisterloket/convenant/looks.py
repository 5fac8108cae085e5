"""The access log as sentences: who looked, at what and why, with names in place of ids."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from luisterloket.people.models import Organisation, User
from luisterloket.people.roles import ROLES

from .access_log import reference_of
from .models import AccessLogEntry, DataCategory, Purpose

PAGE = 50
# Of a list of residents the first few stand there; the others are found by searching for one of them.
NAMED_AT_MOST = 3
CASE_SHOWN = 12

# What was looked at and on what ground, in words. The log keeps the plain English, so that it reads the same for ever.
WHERE = {
    "holds": gettext_lazy("What of the case must be kept"),
    "case page": gettext_lazy("The case"),
    "people of a case": gettext_lazy("The people of the case"),
    "person of a case": gettext_lazy("Someone of the case"),
    "protection of a case": gettext_lazy("Who may open the case"),
    "kept from someone at home": gettext_lazy("What is kept from someone at home"),
    "copy to read": gettext_lazy("A copy, read before it was given"),
    "summary": gettext_lazy("The summary"),
    "checking": gettext_lazy("What was checked"),
    "summary version": gettext_lazy("A version of the summary"),
    "summary on paper": gettext_lazy("The summary on paper"),
    "history of a case": gettext_lazy("What changed in the case"),
    "who looked": gettext_lazy("Who looked at the case"),
    "today": gettext_lazy("Today, by name"),
    "residents list": gettext_lazy("A list of own cases"),
    "search": gettext_lazy("A search by name"),
    "who it is": gettext_lazy("Who the case is about"),
    "bringing together": gettext_lazy("Bringing together what is one person"),
    "undoing a merge": gettext_lazy("Taking apart what was brought together"),
    "perhaps known": gettext_lazy("Whether someone is known already"),
    "connecting": gettext_lazy("Adding a conversation to a case"),
    "known elsewhere": gettext_lazy("Whether someone is known in another wijk"),
    "updating a case": gettext_lazy("Updating the case"),
    "joining a case": gettext_lazy("Joining the case"),
    "contact moments": gettext_lazy("How this person is reached"),
    "plan": gettext_lazy("The plan"),
    "plan on paper": gettext_lazy("The plan on paper"),
    "how it goes": gettext_lazy("How it goes"),
    "appointments": gettext_lazy("The appointments"),
    "next contact": gettext_lazy("The next contact"),
    "ending a case": gettext_lazy("Ending the case"),
    "early signs": gettext_lazy("The list of early signs"),
    "early sign": gettext_lazy("An early sign"),
    "documents": gettext_lazy("Which documents there are"),
    "document": gettext_lazy("What is known of a document"),
    "document opened": gettext_lazy("A document, opened"),
    "letters": gettext_lazy("Which letters there are"),
    "letter": gettext_lazy("A letter"),
    "letter on paper": gettext_lazy("A letter on paper"),
    "writing a letter": gettext_lazy("Writing a letter"),
    "timeline": gettext_lazy("The timeline"),
    "search in a case": gettext_lazy("Searching in the case"),
    "handover": gettext_lazy("The handover"),
    "money sheet": gettext_lazy("The money sheet"),
    "meldcode": gettext_lazy("The steps of the meldcode"),
    "conferences": gettext_lazy("The casusoverleggen"),
    "conference": gettext_lazy("A casusoverleg"),
    "conference agenda": gettext_lazy("The agenda of a casusoverleg"),
    "conference record": gettext_lazy("The record of a casusoverleg"),
    "queue": gettext_lazy("The queue of a desk"),
    "conference table": gettext_lazy("What lies on the table of a casusoverleg"),
    "emergency": gettext_lazy("What was opened in an emergency"),
    "emergency review": gettext_lazy("Why something was opened in an emergency"),
    "preview": gettext_lazy("What another role would see"),
    "exceptions": gettext_lazy("The exceptions"),
    "consent": gettext_lazy("Informing and consent"),
    "consent on paper": gettext_lazy("Informing and consent, on paper"),
    "rights of a case": gettext_lazy("What is asked about the data of the case"),
    "rights request": gettext_lazy("What the resident asks about their data"),
    "breach": gettext_lazy("A data breach"),
    "what is wrong": gettext_lazy("What the resident can say is wrong"),
    "copy of everything": gettext_lazy("Everything of the resident, for a copy"),
    "copy of everything on paper": gettext_lazy("The copy of everything, to give"),
    "request": gettext_lazy("A request to a desk"),
    "escalation": gettext_lazy("What was put before the wijkwethouder, without a name"),
    "request.new": gettext_lazy("Writing a request"),
    "maatwerk argument": gettext_lazy("The argument for maatwerk"),
    "maatwerk payment": gettext_lazy("To whom maatwerk is paid"),
    "identity number shown": gettext_lazy("The identity number, in full"),
    "kept before": gettext_lazy("What was kept before"),
    "who looked on paper": gettext_lazy("Who looked, on paper for the resident"),
    "access log": gettext_lazy("This log"),
    "access log export": gettext_lazy("This log, taken out as a file"),
    "requests": gettext_lazy("A list of requests"),
}
SUPERVISION = gettext_lazy("Supervision")
BECAUSE = {
    "involvement": gettext_lazy("is involved in the case"),
    "own_cases": gettext_lazy("has this case"),
    "wijk": gettext_lazy("works in the wijk"),
    "early_sign": gettext_lazy("works in the wijk"),
    "contact moments": gettext_lazy("How this person is reached"),
    "money sheet": gettext_lazy("The money sheet"),
    "whole_name": gettext_lazy("knew the whole name and day of birth"),
    "rights_request": gettext_lazy("carries out what the resident asks about their data"),
    "request": gettext_lazy("answers a request"),
    "escalation": gettext_lazy("decides on what was put before them"),
    "desk": gettext_lazy("works off the queue of a desk"),
    "conference": gettext_lazy("sits at the table of a casusoverleg"),
    "grant": gettext_lazy("decides on a grant"),
    "break_glass": gettext_lazy("had to know it in an emergency"),
    "emergency_review": gettext_lazy("judges an emergency"),
    "preview": gettext_lazy("sees what another role would see"),
    "payment": gettext_lazy("pays out"),
    "role": gettext_lazy("supervises"),
}


@dataclass(frozen=True)
class Look:
    """One entry of the access log, with names instead of ids of those who looked; of residents it says how many."""

    at: datetime
    who: str
    role: str
    organisation: str
    what: Any
    purpose: Any
    ground: Any
    categories: list[str]
    subjects: int
    entry_id: UUID
    # What the log itself names things by, for who may read no file.
    references: list[str]
    case: str
    result: Any
    given: bool
    break_glass: bool
    origin: str


def looks(entries: list[AccessLogEntry]) -> list[Look]:
    """Entries as people read them. Four queries, whatever their number."""
    people = dict(User.objects.filter(pk__in={entry.actor_id for entry in entries}).values_list("pk", "name"))
    organisations = dict(Organisation.objects.filter(pk__in={entry.organisation_id for entry in entries}).values_list("pk", "name"))
    purposes = dict(Purpose.objects.values_list("code", "name"))
    categories = dict(DataCategory.objects.values_list("code", "name"))
    return [
        Look(
            at=entry.at,
            who=people.get(entry.actor_id, ""),
            role=str(ROLES[entry.role].name) if entry.role in ROLES else "",
            organisation=organisations.get(entry.organisation_id, "") if entry.organisation_id else "",
            what=WHERE.get(entry.what, entry.what),
            purpose=purposes.get(entry.purpose) or SUPERVISION,
            ground=BECAUSE.get(entry.ground_kind, entry.ground_kind),
            categories=[categories.get(code, code) for code in entry.categories],
            subjects=len(entry.subjects),
            entry_id=entry.pk,
            references=[reference_of(one) for one in entry.subjects[:NAMED_AT_MOST]],
            case=entry.case_id.hex[:CASE_SHOWN] if entry.case_id else "",
            result=entry.get_result_display(),
            given=entry.result == AccessLogEntry.Result.GIVEN,
            break_glass=entry.break_glass,
            origin=entry.address,
        )
        for entry in entries
    ]


def a_page(entries: QuerySet[AccessLogEntry], before: tuple[datetime, UUID] | None = None) -> tuple[list[Look], str]:
    """A page of these entries, newest first, and the key of the next page (empty when this is the last)."""
    entries = entries.order_by("-at", "-id")
    if before is not None:
        at, pk = before
        entries = entries.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    found = list(entries[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return looks(found[:PAGE]), f"{last.at.isoformat()}_{last.pk}" if last else ""
