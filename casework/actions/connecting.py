"""A conversation with someone who is known already: it goes into the case that is there."""

from django.utils.translation import gettext as _

from casework import permissions, search_keys
from casework.models import Case, CaseMember, Intake, Resident
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import join_case, touch
from .intakes import check_fits, hand_to_case, household_of, put_in_household
from .next_contact import wake
from .refusals import Missing

# What a conversation may fill in of a person as long as it is empty there; what was known before is never replaced unseen.
FILLED_IN = ("known_as", "born", "phone", "address", "language")


@command
def connect_intake(
    *, actor: User, intake: Intake, case: Case, reason: str = "", explanation: str = "", own_words: str = ""
) -> Case:
    """Who tells this is known: what was heard goes into that case, and no second resident is made.

    For who holds the conversation, with a case of the same wijk; who is not involved in it yet joins with `reason`, and the
    owner is told. Raises `Missing` without a story or a reason.
    """
    intake = Intake.locked(intake.pk)
    permissions.check_may_hand_on(actor, intake)
    permissions.check_may_join(actor, case)
    if case.unit_id != intake.unit_id:
        raise Refused(_("This case is of another wijk."), code="other_wijk")
    intake.move_to(Intake.Status.CONCLUDED)
    check_fits({"own_words": own_words})
    intake.own_words = intake.own_words if intake.own_words.strip() else own_words
    if not intake.own_words.strip():
        raise Missing(_("Write down first what the resident told, in their own words."), code="no_story", field="own_words")
    if not Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        if not reason:
            raise Missing(_("Choose why you join."), code="no_reason", field="reason")
        join_case(actor=actor, case=case, reason=reason, explanation=explanation)
    permissions.check_may_work_on(actor, case)
    intake.case = case
    intake.save(update_fields=["status", "case", "own_words"])
    hand_to_case(intake, case)
    _fill_in(case, intake)
    wake(actor, case)
    record(actor, "case.conversation_added", case, intake=str(intake.pk))
    touch(case)
    return case


def _fill_in(case: Case, intake: Intake) -> None:
    """What was told of the person and is not known yet; and who of the household is not there yet, by name."""
    members = list(CaseMember.objects.filter(case=case).select_related("resident"))
    main = next(member.resident for member in members if member.part == CaseMember.Part.MAIN)
    main = Resident.objects.select_for_update(no_key=True).get(pk=main.pk)
    changed = [name for name in FILLED_IN if not getattr(main, name).strip() and getattr(intake, name).strip()]
    for name in changed:
        setattr(main, name, getattr(intake, name))
    if changed:
        main.save(update_fields=changed)
        search_keys.refresh(main)
    there = [search_keys.words(member.resident.name) for member in members]
    for person in household_of(intake):
        if search_keys.words(person.name) not in there:
            put_in_household(case, Resident(unit_id=case.unit_id, name=person.name, born=person.born), person.part)
