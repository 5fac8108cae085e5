"""What the plan adds to Vandaag and to the timeline."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.registries import TodayItem, sentence, today
from luisterloket.platform.templatetags.ui import when

from .models import Case, PlanStep
from .plan_page import END_OF_DAY
from .plan_paper import plans_to_read

AT_MOST = 20
READ_WITHIN = timedelta(days=1)

sentence("goal.added", "flag", gettext_lazy("%(who)s noted a goal of the resident."))
sentence("goal.changed", "edit", gettext_lazy("%(who)s changed a goal of the plan."))
sentence("goal.reached", "check", gettext_lazy("%(who)s noted that a goal was reached."))
sentence("goal.let_go", "minus", gettext_lazy("%(who)s noted that a goal was let go."))
sentence("goal.open", "undo", gettext_lazy("%(who)s took a goal up again."))
sentence("step.added", "clipboard", gettext_lazy("%(who)s added a step to the plan."))
sentence("step.changed", "edit", gettext_lazy("%(who)s changed a step of the plan."))
sentence("step.linked", "link", gettext_lazy("%(who)s began something from a step of the plan."))
sentence("step.agreed", "check", gettext_lazy("%(who)s noted that the resident agrees to a step."))
sentence("step.declined", "close", gettext_lazy("%(who)s noted that the resident does not want a step."))
sentence("step.doing", "hand", gettext_lazy("%(who)s noted that a step is under way."))
sentence("step.done", "check", gettext_lazy("%(who)s noted that a step is done."))
sentence("step.stopped", "minus", gettext_lazy("%(who)s noted that a step was stopped."))
sentence("step.planned", "undo", gettext_lazy("%(who)s planned a step again."))
sentence("step.effect", "sprout", gettext_lazy("%(who)s noted what a step brought."))
sentence("review.start", "chart", gettext_lazy("%(who)s noted how it goes at the start."))
sentence("review.review", "chart", gettext_lazy("%(who)s noted how it goes."))
sentence("review.end", "chart", gettext_lazy("%(who)s noted how it goes at the end."))
sentence("plan.check_asked", "eye", gettext_lazy("%(who)s asked a colleague to read the plan before it goes on paper."))
sentence("plan.read", "eye", gettext_lazy("%(who)s read the plan before it went on paper."))


@today.register(order=19)
def steps_past_their_day(user: Any) -> list[TodayItem]:
    """For who keeps an eye on them: steps that should be done by now, without what they are about. One line per case."""
    if not user.has(Permission.LISTEN):
        return []
    found = PlanStep.objects.open().filter(guard=user, due_on__lt=timezone.localdate()).exclude(answer=PlanStep.Answer.DECLINED)
    found = found.filter(case__in=Case.objects.visible_to(user).values("pk")).order_by("due_on", "pk")
    items: dict[Any, TodayItem] = {}
    for pk, case_id, kind, due_on in found.values_list("pk", "case_id", "kind", "due_on")[: 4 * AT_MOST]:
        items.setdefault(
            case_id,
            TodayItem(
                title=_("A step of the plan is past its day"),
                url=f"{reverse('casework:case-plan', args=[case_id])}#step-{pk}",
                action=_("Look at it"),
                why=_("%(kind)s, before %(day)s. Is it done, or does it need another day?")
                % {"kind": PlanStep.Kind(kind).label, "day": when(due_on)},
                due_at=timezone.make_aware(datetime.combine(due_on, END_OF_DAY)),
                tone="waiting",
                state=_("The plan"),
                icon="clipboard",
                case_id=case_id,
            ),
        )
    return list(items.values())[:AT_MOST]


@today.register(order=36)
def plans_before_paper(user: Any) -> list[TodayItem]:
    """Plans that a colleague asked this person to read before they go on paper; never one with their own words."""
    if not user.has(Permission.LISTEN):
        return []
    asked = plans_to_read(user)[:AT_MOST]
    names = dict(User.objects.filter(pk__in=[one.actor_id for one in asked]).values_list("pk", "name")) if asked else {}
    return [
        TodayItem(
            title=_("Read a plan before it goes on paper"),
            url=reverse("casework:case-plan-paper", args=[one.case_id])
            + (f"?voor={one.details['reader']}" if one.details["reader"] else ""),
            action=_("Read and judge"),
            why=_("%(who)s asks you. Something in this case is kept from someone at home.") % {"who": names.get(one.actor_id, "")},
            due_at=one.at + READ_WITHIN,
            tone="waiting",
            state=_("Second reader"),
            icon="eye",
            owner=names.get(one.actor_id, ""),
            case_id=one.case_id,
        )
        for one in asked
    ]
