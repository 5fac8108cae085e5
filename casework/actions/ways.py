"""How a wijk listens is its own choice; each choice is a new version, so that what was asked before keeps its rule."""

from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.domains import LifeDomain
from casework.questions import ASKABLE
from luisterloket.people.models import Unit, User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.wijken.models import WayOfWorking, Wijk

from .refusals import Missing

QUESTIONS_AT_MOST = 20
LONGEST_QUESTION = 300


@command
def choose_way_of_working(
    *,
    actor: User,
    unit: Unit,
    domain_order: list[str],
    questions: list[dict[str, Any]],
    team_is_involved: bool,
    first_contact_days: int | None = None,
    waakvlam_rhythm: list[int] | None = None,
    late_after_days: int | None = None,
) -> WayOfWorking:
    """A new version of how this wijk works, from today: in what order it asks, what it asks of its own, who is involved.

    And when one asks how it goes; what is not given stays as it was. Who divides the work of the wijk may. A question
    without a `code` is a new one and gets it here.
    """
    permissions.check_may_choose_way(actor, unit.pk)
    # Two who choose at once make two versions, one after the other.
    wijk = Wijk.objects.select_for_update(no_key=True).get(units=unit)
    if len(questions) > QUESTIONS_AT_MOST:
        raise Refused(_("At most %(most)s questions: nobody wants to be questioned.") % {"most": QUESTIONS_AT_MOST}, code="many")
    last = WayOfWorking.objects.filter(wijk=wijk).order_by("-version").first()
    before = last or WayOfWorking()
    if waakvlam_rhythm is not None and waakvlam_rhythm != sorted(waakvlam_rhythm):
        raise Missing(
            _("Waakvlam fades out: each number of days is at least the one before."), code="order", field="waakvlam_rhythm"
        )
    way = WayOfWorking.objects.create(
        wijk=wijk,
        version=last.version + 1 if last else 1,
        starts_on=timezone.localdate(),
        team_is_involved=team_is_involved,
        domain_order=[code for code in dict.fromkeys(domain_order) if code in LifeDomain.values],
        greeting=last.greeting if last else "",
        questions=[_question(one) for one in questions],
        first_contact_days=first_contact_days or before.first_contact_days,
        waakvlam_rhythm=waakvlam_rhythm or before.waakvlam_rhythm,
        late_after_days=late_after_days or before.late_after_days,
    )
    record(actor, "way.chosen", way, version=way.version)
    return way


def _question(given: dict[str, Any]) -> dict[str, str]:
    category = given["category"] if given["category"] in ASKABLE else "story"
    return {"code": given.get("code") or uuid4().hex[:12], "text": given["text"].strip()[:LONGEST_QUESTION], "category": category}
