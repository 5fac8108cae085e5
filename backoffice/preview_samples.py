"""What a desk has to show in a preview: the page of a request, with exactly what would go along as a rule."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.previews import Sample, Stage, purposes_elsewhere, samples
from luisterloket.people.models import Unit
from luisterloket.platform.acting import acting

from . import actions, sharing
from .models import Desk
from .sending import usual_kind


@purposes_elsewhere.register(order=20)
def of_other_desks(unit: Unit) -> set[str]:
    """What only other desks ask for."""
    return set(Desk.objects.exclude(unit=unit).values_list("purpose_id", flat=True)) - set(
        Desk.objects.filter(unit=unit).values_list("purpose_id", flat=True)
    )


@samples.register(order=20)
def a_request(stage: Stage) -> Sample | None:
    """Sent to a desk that is as the chosen one and has no other requests."""
    if stage.unit.kind != Unit.Kind.DESK:
        return None
    real = Desk.objects.filter(unit=stage.seat.unit).first()
    if real is None:
        return None
    desk = actions.make_up_desk(actor=stage.builder, real=real, unit=stage.unit)
    with acting(stage.builder.acting):
        what = sharing.shareable(stage.builder, stage.case, desk)
    items = sharing.usual(what.items.values(), desk, what.subjects[0])
    asked = actions.route_request(
        actor=stage.builder, case=stage.case, desk=desk, title=_("A made-up question"),
        question=_("What can you do in this situation?"), urgency="normal", items=items, knows=True,
        kind=usual_kind(desk),
    )  # fmt: skip
    return Sample(gettext_lazy("A request to this desk"), asked.get_absolute_url())
