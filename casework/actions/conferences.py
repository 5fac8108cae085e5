"""Everything that changes an overleg before it is held: it is planned, people are invited, and things are laid on the table."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import conference_permissions as permissions
from casework.conference_table import can_lie_there
from casework.models import AgendaItem, Case, CaseConference, CaseMember, ConferenceItem, ConferenceParticipant
from casework.seats import guests, post_at
from luisterloket.convenant.review import refuse_when_review_is_overdue
from luisterloket.convenant.sharing import check_may_be_shared
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record
from luisterloket.platform.outbox import emit

from .cases import touch
from .next_contact import refuse_when_ended
from .refusals import ChangedMeanwhile, Missing

Status, ResidentPart = CaseConference.Status, CaseConference.ResidentPart
AGENDA_AT_MOST = 20


@command
def plan_conference(
    *,
    actor: User,
    case: Case,
    kind: str,
    starts_at: datetime,
    agenda: Iterable[str],
    resident_part: str,
    resident_why: str = "",
    **where: Any,
) -> CaseConference:
    """An overleg around this case, with who plans it in the chair. For who works on it and has a seat at a table of this kind.

    Raises `Missing` for a moment that has passed, an empty agenda, and for a resident who is not told without the reason.
    """
    permissions.check_may_plan_conference(actor, case, kind)
    post = post_at(actor, case, kind)
    if post is None:
        raise NotAllowed()
    refuse_when_ended(case)
    main = CaseMember.objects.get(case=case, part=CaseMember.Part.MAIN)
    conference = CaseConference(
        case=case,
        unit_id=case.unit_id,
        kind=kind,
        starts_at=starts_at,
        chair=actor,
        minute_taker=actor,
        subjects=[main.resident_id],
    )
    _is_to_come(starts_at)
    _fill(conference, where)
    _resident(conference, resident_part, resident_why)
    conference.put()
    ConferenceParticipant(
        conference=conference, case=case, unit_id=case.unit_id, user=actor, role=post.role.code, post_unit_id=post.unit_id,
        organisation_id=post.organisation_id, invited_by=actor,
    ).put()  # fmt: skip
    _agenda(conference, agenda)
    record(actor, "conference.planned", conference)
    touch(case)
    return conference


@command
def change_conference(
    *,
    actor: User,
    conference: CaseConference,
    revision: int,
    starts_at: datetime,
    agenda: Iterable[str],
    minute_taker: ConferenceParticipant | None = None,
    **where: Any,
) -> CaseConference:
    """Moved, elsewhere, or about something else. Only the chair, as long as it is planned; who was invited hears that it moved.

    `revision` is what the form began with: raises `ChangedMeanwhile` when it was changed since.
    """
    conference = planned(actor, conference)
    if conference.revision != revision:
        raise ChangedMeanwhile(conference)
    moved = conference.starts_at != starts_at
    if moved:
        _is_to_come(starts_at)
    conference.starts_at = starts_at
    if minute_taker is not None and minute_taker.user is not None:
        conference.minute_taker = minute_taker.user
    _fill(conference, where)
    conference.revision += 1
    conference.full_clean(exclude=["unit", "case", "chair", "minute_taker"])
    conference.save()
    AgendaItem.objects.filter(conference=conference).delete()
    _agenda(conference, agenda)
    record(actor, "conference.changed", conference, moved=moved)
    if moved:
        emit("conference.moved", conference)
    return conference


@command
def tell_resident(*, actor: User, conference: CaseConference, resident_part: str, resident_why: str = "") -> CaseConference:
    """Keep what the resident knows of the overleg; also afterwards, when they are told of it later.

    When they come, what is kept from anyone at home is taken off the table.
    """
    permissions.check_may_chair(actor, conference)
    conference = CaseConference.locked(conference.pk)
    _resident(conference, resident_part, resident_why)
    conference.save(update_fields=["resident_part", "resident_why"])
    if conference.status == Status.PLANNED and resident_part == ResidentPart.COMES:
        may_stay = can_lie_there(actor, conference)
        _take_off(one for one in _lying(conference) if one.key not in may_stay)
    record(actor, "conference.resident", conference, part=resident_part)
    return conference


@command
def invite(
    *, actor: User, conference: CaseConference, guest: str = "", name: str = "", comes_from: str = ""
) -> ConferenceParticipant:
    """Ask someone to the table: by their post (`guest`), or by name who has no account and so sees nothing here.

    Raises `Missing` when the convenant gives that post nothing for this kind, and when the case is kept for others, and `Refused`
    while the resident objects to sharing what lies on that table.
    """
    conference = planned(actor, conference)
    case = Case(pk=conference.case_id, unit_id=conference.unit_id)
    one = ConferenceParticipant(conference=conference, case_id=case.pk, unit_id=case.unit_id, invited_by=actor)
    if guest:
        taken = (
            ConferenceParticipant.objects.seated()
            .filter(conference=conference)
            .exclude(user=None)
            .values_list("user_id", flat=True)
        )
        found = next((who for who in guests(case, conference.kind, without=taken) if who.key == guest), None)
        if found is None:
            raise Missing(
                _("Under this kind of overleg the convenant gives this colleague no seat, or they have one already."),
                code="no_seat",
                field="guest",
            )
        # Who comes now reads what lies there already: to them it is new.
        check_may_be_shared({thing.subject_id for thing in _lying(conference)}, conference.kind)
        one.user, one.role, one.post_unit_id, one.organisation_id = found.user, found.role, found.unit_id, found.organisation_id
    elif name.strip():
        one.name, one.comes_from = name.strip(), comes_from.strip()
    else:
        raise Missing(_("Choose a colleague, or write who else comes."), code="nobody", field="guest")
    one.put()
    record(actor, "conference.invited", one, user=str(one.user_id or ""))
    if one.user_id:
        emit("conference.invited", one)
    return one


@command
def take_back_invitation(*, actor: User, participant: ConferenceParticipant) -> ConferenceParticipant:
    """Someone has no seat any more and sees nothing of it from now on. The chair keeps theirs."""
    conference = planned(actor, participant.conference)
    one = ConferenceParticipant.objects.select_for_update(no_key=True).get(pk=participant.pk, conference=conference)
    if one.user_id == conference.chair_id:
        raise Refused(_("The chair stays at the table."), code="chair")
    if one.withdrawn_at is None:
        one.withdrawn_at = timezone.now()
        one.save(update_fields=["withdrawn_at"])
        record(actor, "conference.uninvited", one, user=str(one.user_id or ""))
    if one.user_id and one.user_id == conference.minute_taker_id:
        conference.minute_taker_id = conference.chair_id
        conference.save(update_fields=["minute_taker"])
    return one


@command
def lay_on_table(*, actor: User, conference: CaseConference, items: list[str]) -> CaseConference:
    """Exactly these things lie on the table now, each copied as it is in the case; what was there and is not chosen is taken off.

    `items` are keys of things of the case. Raises `Refused` for a thing that cannot lie on this table, and for one that did not
    lie there yet when the review of the convenant is overdue.
    """
    conference = planned(actor, conference)
    can = can_lie_there(actor, conference)
    if set(items) - {one.key for one in _lying(conference)}:
        refuse_when_review_is_overdue()
    if not set(items) <= set(can):
        raise Refused(
            _("One of these things cannot lie on this table any more. Look at what is chosen."), code="not_for_this_table"
        )
    lying = {one.key: one for one in _lying(conference)}
    # What lies there stays; what is new is not laid when the resident objected.
    check_may_be_shared([can[key].subject_id for key in items if key not in lying], conference.kind)
    same = {key for key, one in lying.items() if key in items and one.text == can[key].told}
    _take_off(one for key, one in lying.items() if key not in same)
    for order, (key, item) in enumerate((key, item) for key, item in can.items() if key in items):
        if key not in same:
            ConferenceItem(
                conference=conference, case_id=conference.case_id, unit_id=conference.unit_id, category=item.category,
                kind=item.kind, ref=item.ref, subject_id=item.subject_id, label=str(item.label), text=item.told, order=order,
                laid_by=actor, also=sorted(item.also),
            ).put()  # fmt: skip
    chosen = [can[key] for key in items]
    conference.subjects = list(dict.fromkeys([*conference.subjects, *(item.subject_id for item in chosen)]))
    conference.save(update_fields=["subjects"])
    record(
        actor, "conference.table_laid", conference, items=len(chosen), categories=sorted({item.category for item in chosen})
    )  # fmt: skip
    return conference


def planned(actor: User, conference: CaseConference, check: Any = permissions.check_may_lay_down) -> CaseConference:
    """The overleg as it is now, held until the transaction ends. Raises `Refused` when it is not planned any more."""
    check(actor, conference)
    conference = CaseConference.locked(conference.pk)
    if conference.status != Status.PLANNED:
        raise Refused(_("This overleg is not planned any more, so this cannot be changed."), code="state")
    return conference


def _fill(conference: CaseConference, where: dict[str, Any]) -> None:
    conference.place = str(where.get("place", "")).strip()
    conference.online = bool(where.get("online"))
    conference.minutes = where.get("minutes") or conference.minutes


def _resident(conference: CaseConference, part: str, why: str) -> None:
    if part not in ResidentPart.values:
        raise Missing(_("Choose what the resident knows of it."), code="resident", field="resident_part")
    if part == ResidentPart.NOT_TOLD and not why.strip():
        raise Missing(_("Write down why the resident is not told."), code="not_told", field="resident_why")
    conference.resident_part, conference.resident_why = part, why.strip()


def _agenda(conference: CaseConference, agenda: Iterable[str]) -> None:
    lines = [line.strip() for line in agenda if line.strip()]
    if not lines:
        raise Missing(_("Write what will be spoken about, each on a line of its own."), code="no_agenda", field="agenda")
    if len(lines) > AGENDA_AT_MOST:
        raise Missing(_("This is too much for one overleg."), code="too_long", field="agenda")
    for order, text in enumerate(lines):
        AgendaItem(conference=conference, case_id=conference.case_id, unit_id=conference.unit_id, order=order, text=text).put()


def _lying(conference: CaseConference) -> list[ConferenceItem]:
    return list(ConferenceItem.objects.filter(conference=conference, taken_off_at=None))


def _take_off(items: Iterable[ConferenceItem]) -> None:
    for one in items:
        one.taken_off_at = timezone.now()
        one.save(update_fields=["taken_off_at"])


def _is_to_come(moment: datetime) -> None:
    if moment <= timezone.now():
        raise Missing(_("This moment has passed. Choose one that is to come."), code="past", field="on")
