"""What cases have to show in a preview: the page of the case, and the table of a casusoverleg for who only comes to that."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.disclosure import who_may
from luisterloket.convenant.previews import Sample, Stage, samples
from luisterloket.people.models import Unit
from luisterloket.people.roles import Permission
from luisterloket.platform.acting import acting

from . import actions
from .conference_table import can_lie_there
from .models import Involvement

# The first kind of overleg that gives this role a seat is shown.
TABLES = ("conference", "conference_safety")


@samples.register(order=10)
def the_case(stage: Stage) -> Sample:
    """With a part in it for who has parts in cases; to everyone else it does not exist, which the page itself says."""
    if stage.case is None:
        stage.case = actions.make_up_case(actor=stage.builder, unit=stage.team)
    part = _part(stage)
    if part:
        actions.give_part(actor=stage.builder, case=stage.case, user=stage.stand_in, kind=part)
    return Sample(gettext_lazy("The case"), stage.case.get_absolute_url())


def _part(stage: Stage) -> str:
    if stage.unit.kind != Unit.Kind.WIJKTEAM:
        return ""
    if Permission.LISTEN in stage.seat.role.permissions:
        return Involvement.Kind.CO_WORKER
    return Involvement.Kind.BUDDY if stage.seat.role.code == "buddy" else ""


@samples.register(order=30)
def the_table(stage: Stage) -> Sample | None:
    """Everything lies there that may lie there for this role, and it is held tomorrow."""
    if stage.seat.role.code != "participant":
        return None
    mine = (stage.seat.organisation.pk, stage.seat.role.code)
    kind = next((kind for kind in TABLES if mine in who_may(kind)), TABLES[0])
    conference = actions.plan_conference(
        actor=stage.builder, case=stage.case, kind=kind, starts_at=timezone.now() + timedelta(days=1),
        agenda=[_("What is needed now")], resident_part="informed",
    )  # fmt: skip
    guest = f"{stage.stand_in.pk}:{stage.unit.pk}:{stage.seat.role.code}"
    actions.invite(actor=stage.builder, conference=conference, guest=guest)
    with acting(stage.builder.acting):
        things = [key for key, item in can_lie_there(stage.builder, conference).items() if item.category in who_may(kind)[mine]]
    actions.lay_on_table(actor=stage.builder, conference=conference, items=things)
    return Sample(gettext_lazy("The table of a casusoverleg"), reverse("casework:conference", args=[conference.pk]))
