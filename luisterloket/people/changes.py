"""What was done to accounts, appointments and units, as sentences for who supervises (BIO2 5.18.02)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.platform.models import HistoryEntry

from .models import Appointment, Organisation, Proposal, Unit, User
from .reasons import BlockReason, FactorReason
from .roles import ROLES
from .separation import NEEDS_TWO

PAGE = 50
LABELS = ["people.user", "people.appointment", "people.proposal", "people.unit", "people.organisation", "people.accessreview"]
SENTENCES = {
    "account.opened": gettext_lazy("%(who)s opened the account of %(whom)s."),
    "account.link_sent": gettext_lazy("%(who)s sent %(whom)s a new link to choose a passphrase."),
    "account.changed": gettext_lazy("%(who)s changed the name or address of %(whom)s."),
    "account.blocked": gettext_lazy("%(who)s blocked the account of %(whom)s."),
    "account.unblocked": gettext_lazy("%(who)s unblocked the account of %(whom)s."),
    "account.second_factor_reset": gettext_lazy("%(who)s took away the second factor of %(whom)s."),
    "appointment.made": gettext_lazy("%(who)s appointed %(whom)s."),
    "appointment.proposed": gettext_lazy("%(who)s proposed to appoint %(whom)s."),
    "appointment.refused": gettext_lazy("%(who)s refused to appoint %(whom)s."),
    "appointment.ended": gettext_lazy("%(who)s ended an appointment of %(whom)s."),
    "review.opened": gettext_lazy("The yearly review began."),
    "review.near": gettext_lazy("A reminder of the yearly review went out."),
    "review.late": gettext_lazy("The yearly review was not done in time."),
    "review.proposed": gettext_lazy("%(who)s looked at the access of %(whom)s."),
    "review.confirmed": gettext_lazy("%(who)s confirmed the access of %(whom)s."),
    "review.ended": gettext_lazy("%(who)s ended the access of %(whom)s in the yearly review."),
    "review.closed": gettext_lazy("The yearly review was finished."),
    "unit.opened": gettext_lazy("%(who)s opened this team, desk or office."),
    "unit.renamed": gettext_lazy("%(who)s gave this team, desk or office another name."),
    "unit.closed": gettext_lazy("%(who)s closed this team, desk or office."),
    "organisation.opened": gettext_lazy("%(who)s added this organisation."),
    "organisation.renamed": gettext_lazy("%(who)s changed this organisation."),
    "organisation.closed": gettext_lazy("%(who)s closed this organisation."),
}


def also(label: str, sentences: dict[str, Any]) -> None:
    """What a higher floor does to access, with how it reads; a policy of the database lets who supervises read it."""
    LABELS.append(label)
    SENTENCES.update(sentences)


REASONS = {**dict(BlockReason.choices), **dict(FactorReason.choices)}


@dataclass(frozen=True)
class Change:
    """One thing done: when, the sentence, what role and where, and whether it is about someone who can read or give much."""

    at: datetime
    text: str
    role: str
    where: str
    why: Any
    privileged: bool


def newest(*, before: tuple[datetime, UUID] | None = None, privileged: bool = False) -> tuple[list[Change], str]:
    """A page of changes, newest first, and the key of the next page. `privileged` narrows to who reads logs or gives rights."""
    entries = HistoryEntry.objects.filter(thing_label__in=LABELS).order_by("-at", "-id")
    if privileged:
        entries = entries.filter(Q(details__role__in=NEEDS_TWO) | Q(thing_id__in=_privileged_people()))
    if before is not None:
        entries = entries.filter(Q(at__lt=before[0]) | Q(at=before[0], pk__lt=before[1]))
    found = list(entries[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return _in_words(found[:PAGE]), f"{last.at.isoformat()}_{last.pk}" if last else ""


def _privileged_people() -> Any:
    return Appointment.objects.filter(role__in=NEEDS_TWO).values("user_id")


def _in_words(entries: list[HistoryEntry]) -> list[Change]:
    """Six queries, whatever the number of entries."""
    about = {entry.pk: _whom(entry) for entry in entries}
    people = dict(
        User.objects.filter(pk__in={*about.values(), *(entry.actor_id for entry in entries)} - {None}).values_list("pk", "name")
    )
    posts = {one.pk: one for model in (Appointment, Proposal) for one in _those(model, entries).select_related("unit")}
    units = {one.pk: one for one in Unit.objects.filter(pk__in=[e.unit_id or e.thing_id for e in entries])}
    organisations = {one.pk: one for one in _those(Organisation, entries)}
    privileged = set(_privileged_people().filter(user__in=set(about.values()) - {None}).values_list("user_id", flat=True))
    changes = []
    for entry in entries:
        thing: Any = posts.get(entry.thing_id) or organisations.get(entry.thing_id)
        unit = units.get(entry.unit_id or entry.thing_id)
        role = entry.details.get("role", "")
        names = {"who": people.get(entry.actor_id) or _("The installation"), "whom": people.get(about[entry.pk], "")}
        changes.append(
            Change(
                at=entry.at,
                text=str(SENTENCES.get(entry.verb, entry.verb)) % names,
                role=str(ROLES[role].name) if role in ROLES else "",
                where=str(unit or getattr(thing, "unit", None) or thing or ""),
                why=REASONS.get(entry.details.get("reason", ""), ""),
                privileged=role in NEEDS_TWO or about[entry.pk] in privileged,
            )
        )
    return changes


def _whom(entry: HistoryEntry) -> UUID | None:
    if entry.thing_label == "people.user":
        return entry.thing_id
    return UUID(entry.details["user"]) if "user" in entry.details else None


def _those(model: Any, entries: list[HistoryEntry]) -> Any:
    label = model._meta.label_lower
    return model.objects.filter(pk__in=[entry.thing_id for entry in entries if entry.thing_label == label])
