"""Who may do what with residents, intakes and cases. Each check is the first line of its action."""

from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import authorised
from luisterloket.convenant.identity_numbers import CATEGORY
from luisterloket.convenant.models import Authorisation
from luisterloket.people.models import Post
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .domains import CATEGORY_OF, LifeDomain
from .models import Case, EarlySign, Intake, IntakeWriter, Involvement, MeldcodeTrack, ShortContact
from .signs import SAFETY

NO_NUMBERS = _("Your organisation may not use identity numbers here.")
WORKS_IN_THE_WIJK = _("A wijkwerker or the team coordinator of this wijk may do this.")


def check_may_listen(actor: Any, unit_id: UUID) -> None:
    if not actor.has(Permission.LISTEN, unit_id=unit_id):
        raise NotAllowed(WORKS_IN_THE_WIJK)


def check_may_choose_way(actor: Any, unit_id: UUID) -> None:
    """How a wijk works is chosen by who divides its work."""
    if not actor.has(Permission.DIVIDE_WORK, unit_id=unit_id):
        raise NotAllowed(_("The team coordinator of this wijk chooses how it works."))


def check_may_write_intake(actor: Any, intake: Intake) -> None:
    """Who holds the conversation, and who was asked to write along."""
    if intake.held_by_id != actor.pk and not IntakeWriter.objects.in_force().filter(intake=intake, user=actor.pk).exists():
        raise NotAllowed(_("Only the colleague who holds this conversation may write in it."))
    check_may_listen(actor, intake.unit_id)


def check_may_hand_on(actor: Any, intake: Intake) -> None:
    """Conclude it, throw it away, ask someone along, leave it to another: the one who holds it."""
    if intake.held_by_id != actor.pk:
        raise NotAllowed(_("The colleague who holds this conversation may do this."))
    check_may_listen(actor, intake.unit_id)


def check_may_take_up(actor: Any, intake: Intake) -> None:
    """A colleague it was left to, or who divides the work of this wijk."""
    check_may_listen(actor, intake.unit_id)
    if intake.held_by_id == actor.pk or actor.has(Permission.DIVIDE_WORK, unit_id=intake.unit_id):
        return
    if intake.offered_at is None or intake.offered_to_id not in (None, actor.pk):
        raise NotAllowed(_("This conversation was not left for you to take up. Ask the colleague who holds it."))


def check_may_verify(actor: Any, intake: Intake) -> None:
    """Whoever may write in the conversation, or works on the case that came of it; never before there is a story."""
    if intake.case_id is None:
        check_may_write_intake(actor, intake)
    else:
        check_may_work_on(actor, Case(pk=intake.case_id, unit_id=intake.unit_id))
    if not intake.own_words.strip():
        raise NotAllowed(_("First listen: write down what the resident told. Checking can come later, and is never a condition."))


def check_may_work_on(actor: Any, case: Case) -> None:
    """Whoever may open the case and works in the wijk may do something about it."""
    if Case.objects.worked_on_by(actor).filter(pk=case.pk).exists():
        return
    if Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        raise NotAllowed(WORKS_IN_THE_WIJK)
    raise NotAllowed(_("You are not involved in this case. Join it first."))


def works_on(user: Any, case: Case) -> bool:
    """Whether someone works on this case now: to be its visitor, or the colleague who goes along."""
    return user.is_active and may(check_may_work_on, user, case)


def check_may_add(actor: Any, case: Case, category: str) -> None:
    """Whoever works on the case, in the categories to which the convenant lets them contribute."""
    check_may_work_on(actor, case)
    if not may_contribute(actor, category, case.unit_id, case.pk):
        raise NotAllowed(_("The convenant does not let you add this."))


def posts_for(actor: Any, unit_id: UUID) -> tuple[Post, ...]:
    """The posts in which someone looks into a case of this unit: those there, or what they brought from elsewhere."""
    there = tuple(post for post in actor.posts if post.unit_id == unit_id)
    return there or tuple(post for post in actor.posts if post.unit_kind == "wijkteam")


def may_contribute(actor: Any, category: str, unit_id: UUID, case_id: UUID | None = None) -> bool:
    """Whether the convenant lets this person write in a category, in a case of this unit. What holds in one phase of the work
    only counts when it is said which case it is.
    """
    allowed = authorised(posts_for(actor, unit_id), "listening", case_id).get(category)
    return allowed is not None and allowed.level == Authorisation.Level.CONTRIBUTE


def check_may_mark_safety(actor: Any, unit_id: UUID) -> None:
    """That someone is not safe is written down only by whom the convenant lets write about that, in this unit."""
    if not may_contribute(actor, SAFETY, unit_id):
        raise NotAllowed(_("The convenant does not let you add this."))


def check_may_handle_safety(actor: Any, track: MeldcodeTrack) -> None:
    """The steps of a case: whoever works on it and may write about safety. Before there is a case: who hears the conversation."""
    if track.case is not None:
        check_may_add(actor, track.case, SAFETY)
    elif track.intake is not None:
        check_may_write_intake(actor, track.intake)
        check_may_mark_safety(actor, track.unit_id)


def check_may_give(actor: Any, case: Case) -> None:
    """Who moves a next contact or gives it to a colleague: whoever works on the case, and who divides the work of its wijk."""
    divides = actor.has(Permission.DIVIDE_WORK, unit_id=case.unit_id)
    if not (divides and Case.objects.filter(pk=case.pk).open_to(actor).exists()):
        check_may_work_on(actor, case)


def check_may_handle_sign(actor: Any, sign: EarlySign) -> None:
    """Early signs are of all who work in the wijk, as far as they may see it."""
    check_may_listen(actor, sign.unit_id)
    if not EarlySign.objects.visible_to(actor).filter(pk=sign.pk).exists():
        raise NotAllowed()


def may_read(actor: Any, category: str, unit_id: UUID, case_id: UUID | None = None) -> bool:
    """Whether the convenant lets this person read a category in cases of this unit, for who works on them already."""
    return category in authorised(posts_for(actor, unit_id), "listening", case_id)


def check_may_see(actor: Any, case: Case, category: str) -> None:
    """Whoever works on the case, in the categories that the convenant lets them read."""
    check_may_work_on(actor, case)
    if not may_read(actor, category, case.unit_id, case.pk):
        raise NotAllowed(_("The convenant does not let you see this."))


def post_for_number(actor: Any, unit_id: UUID, *, to_write: bool = False) -> Post | None:
    """The post in this unit in which someone may use identity numbers: it is switched on for the organisation that they work for
    there, and the convenant gives it to their role (decision 16).
    """
    for post in actor.posts:
        if post.unit_id == unit_id and Permission.LISTEN in post.role.permissions:
            cell = authorised([post], "listening").get(CATEGORY)
            if cell and (cell.level == Authorisation.Level.CONTRIBUTE or not to_write):
                return cast(Post, post)
    return None


def units_for_numbers(actor: Any) -> tuple[UUID, ...]:
    """The units in which someone may find residents by their identity number."""
    return tuple(unit for unit in actor.units_with(Permission.LISTEN) if post_for_number(actor, unit))


def check_may_see_number(actor: Any, case: Case) -> None:
    """Whoever works on the case, in its own unit, for an organisation that may use identity numbers."""
    check_may_work_on(actor, case)
    if post_for_number(actor, case.unit_id) is None:
        raise NotAllowed(NO_NUMBERS)


def check_may_write_number(actor: Any, case: Case) -> None:
    check_may_work_on(actor, case)
    if post_for_number(actor, case.unit_id, to_write=True) is None:
        raise NotAllowed(NO_NUMBERS)


def check_may_use_contact(actor: Any, contact: ShortContact) -> None:
    if contact.noted_by_id != actor.pk:
        raise NotAllowed(_("Only the colleague who noted this may do this."))


def category_of_contact(contact: ShortContact) -> str:
    """The category of personal data that a short contact belongs to."""
    return CATEGORY_OF[LifeDomain(contact.domain)] if contact.domain else "story"


def check_may_join(actor: Any, case: Case) -> None:
    check_may_listen(actor, case.unit_id)
    if not Case.objects.filter(pk=case.pk).open_to(actor).exists():
        raise NotAllowed()


def check_may_guard(actor: Any, case: Case) -> None:
    """Who decides who may open a case: its owner, and who divides the work and may open it themself. When the owner works in
    no wijk any more: whoever works on it, so that a protected case does not stay shut behind the one who left.
    """
    check_may_work_on(actor, case)
    if actor.has(Permission.DIVIDE_WORK, unit_id=case.unit_id):
        return
    owner = Case.objects.select_related("owner").get(pk=case.pk).owner
    if owner != actor and owner.is_active and owner.has(Permission.LISTEN):
        raise NotAllowed(_("The owner of the case or the team coordinator may do this."))


def could_be_named(case: Case, user: Any) -> bool:
    """Colleagues of the wijk, and whoever has a part in the case already, such as a buddy."""
    works_there = user.is_active and user.has(Permission.LISTEN, unit_id=case.unit_id)
    return works_there or Involvement.objects.in_force().filter(case=case, user=user, user__is_active=True).exists()


def left_alone(actor: Any) -> list[UUID]:
    """The protected cases in the wijken of this coordinator in which nobody who was named works any more. One query."""
    units = actor.units_with(Permission.DIVIDE_WORK)
    if not units:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id FROM guarded_without_people() WHERE unit_id = ANY (%s::uuid[])", [list(units)])
        return [pk for (pk,) in cursor.fetchall()]


def check_may_take_over(actor: Any, case_id: UUID) -> None:
    """The coordinator of the wijk, when nobody who was named works in a wijk any more."""
    if case_id not in left_alone(actor):
        raise NotAllowed(_("The team coordinator may do this, when nobody who was named is here any more."))


def check_may_see_languages(actor: Any) -> None:
    """Who makes summaries, and who sees to what the municipality supplies."""
    if not (actor.has(Permission.LISTEN) or actor.has(Permission.CONFIGURE_CONVENANT)):
        raise NotAllowed(_("A wijkwerker, the team coordinator or the convenant administrator may see this."))


def check_may_keep_letters(actor: Any) -> None:
    """Who divides the work, and who keeps the convenant: they decide with which letters a case begins."""
    if not (actor.has(Permission.DIVIDE_WORK) or actor.has(Permission.CONFIGURE_CONVENANT)):
        raise NotAllowed(_("The team coordinator or the convenant administrator may do this."))
