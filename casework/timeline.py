"""The timeline of a case: its history as sentences, for who works on it and for who may only know that it is there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.people.models import User
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.registries import sentences

from .models import Case, ResidentMerge

# Lines at the most.
TIMELINE = 30
# What happened in a case that says nothing of anyone's situation: all that is told to who may not work on it.
TOLD_TO_ALL = {"case.opened", "case.joined", "case.involved", "case.conversation_added"}
# What happened to two cases at once.
TOLD_OF_TWO = {"resident.merged", "resident.parted"}


@dataclass(frozen=True)
class Moment:
    """Something that happened, as one line of the timeline."""

    at: datetime
    icon: str
    text: str
    # How often in a row on that day: five costs noted at the table are one line.
    times: int = 1


def case_history(case: Case, *, works: bool, where: Q | None = None) -> list[HistoryEntry]:
    """What is told of a case, newest first; to who does not work on it only what says nothing of anyone's situation."""
    entries = HistoryEntry.objects.filter(case_id=case.pk, verb__in=list(sentences) if works else TOLD_TO_ALL)
    if where is not None:
        entries = entries.filter(where)
    found = list(entries.order_by("-at")[: 4 * TIMELINE])
    merges = {entry.details["merge"] for entry in found if entry.verb in TOLD_OF_TWO}
    if not merges:
        return found
    # A merge tells that there is another case: of a closed one nothing is told.
    there = {str(pk) for pk in ResidentMerge.objects.filter(pk__in=merges).values_list("pk", flat=True)}
    return [entry for entry in found if entry.verb not in TOLD_OF_TWO or entry.details["merge"] in there]


def moments(entries: Iterable[HistoryEntry]) -> list[Moment]:
    """History as sentences. One query for all the names in it."""
    entries = list(entries)
    ids = {entry.actor_id for entry in entries} | {UUID(entry.details["user"]) for entry in entries if entry.details.get("user")}
    names = {str(pk): name for pk, name in User.objects.filter(pk__in=ids - {None}).values_list("pk", "name")}
    told = []
    for entry in entries:
        icon, text = sentences[entry.verb]
        words = defaultdict(str, {key: str(value) for key, value in entry.details.items()})
        words["who"] = names.get(str(entry.actor_id), "") or _("The system")
        words["user"] = names.get(str(entry.details.get("user")), "")
        told.append(Moment(entry.at, icon, str(text) % words))
    return told


def folded(told: Iterable[Moment]) -> list[Moment]:
    """The same done again at once becomes one line with how often, so that it does not push the rest away."""
    lines: list[Moment] = []
    for moment in told:
        last = lines[-1] if lines else None
        if last and last.text == moment.text and timezone.localdate(last.at) == timezone.localdate(moment.at):
            lines[-1] = replace(last, times=last.times + 1)
        else:
            lines.append(moment)
    return lines
