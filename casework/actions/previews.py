"""A made-up case for a preview, and the part that someone made up gets in a case. All of it is taken back."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Case, CaseGuard, Involvement
from luisterloket.convenant.previews import is_running
from luisterloket.people.models import Unit, User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed

from .cases import involve
from .contacts import note_contact_moment
from .goals import add_goal
from .households import add_member
from .intakes import conclude_intake, mark_concern, mark_person, mark_strength, save_sheet, start_intake
from .letters import write_letter
from .money import add_debt, add_income
from .plans import add_step


@command
def make_up_case(*, actor: User, unit: Unit) -> Case:
    """Something in every category that a case can hold, told by nobody. Only inside a preview."""
    if not is_running():
        raise NotAllowed()
    intake = start_intake(actor=actor, unit=unit)
    told = {
        "name": _("Robin Example"),
        "born": "1984-05-06",
        "phone": "06 12 34 56 78",
        "address": _("Example street 1"),
        "own_words": _("We have to leave the house on Friday. I lie awake of it, and the children notice."),
        "quote": _("I only want the children to sleep well."),
        "asked_question": _("A place to live"),
    }
    intake = save_sheet(actor=actor, intake=intake, revision=intake.revision, values=told)
    heard = {
        "housing": (1, _("Must leave the house on Friday")),
        "finances": (2, _("Three months behind with the rent")),
        "work": (3, _("Works on call, some weeks not at all")),
        "family": (2, _("The eldest does not want to go to school")),
        "participation": (3, _("Finds letters of the government hard to read")),
        "physical_health": (3, _("Often has a headache")),
        "mental_health": (2, _("Lies awake and worries")),
        "addiction": (3, _("Smokes more than before")),
        "justice": (3, _("A fine that was raised twice")),
        "daytime": (3, _("The days have no shape")),
    }
    for domain, (severity, text) in heard.items():
        mark_concern(actor=actor, intake=intake, domain=domain, severity=severity, text=text)
    mark_strength(actor=actor, intake=intake, text=_("Cooks for the whole street"), domain="network")
    mark_person(actor=actor, intake=intake, name=_("Chris"), relation=_("neighbour"), can_do=_("take the children to school"))
    case = conclude_intake(actor=actor, intake=intake)
    add_member(actor=actor, case=case, name=_("Sam Example"), part="child", born="2016")
    mark = {"actor": actor, "case": case}
    note_contact_moment(
        **mark, on=timezone.localdate(), part_of_day="morning", kind="phone", result="reached", text=_("Called about the landlord")
    )
    goal = add_goal(**mark, text=_("A house in which the children sleep well"), domain="housing")
    day = timezone.localdate() + timedelta(days=7)
    add_step(**mark, kind="loket", text=_("Call the landlord together"), guard=actor, due_on=day, goal=goal)
    add_income(**mark, kind="wage", sureness="about", least=1_450_00)
    add_debt(**mark, creditor=_("The landlord"), kind="rent", sureness="exact", least=2_100_00)
    write_letter(**mark, text="verklaring.nl", to="outside", way="post", to_name=_("The landlord"))
    return case


@command
def give_part(*, actor: User, case: Case, user: User, kind: str) -> Involvement:
    """Someone made up plays a part in a case, and is named at its door when it is kept for named people. Only inside a preview."""
    permissions.check_may_work_on(actor, case)
    if not is_running():
        raise NotAllowed()
    if CaseGuard.objects.filter(case=case, kind=CaseGuard.Kind.NAMED).exists():
        CaseGuard.objects.create(unit_id=case.unit_id, case=case, user=user, kind=CaseGuard.Kind.NAMED)
    return involve(actor=actor, case=case, user=user, kind=kind)
