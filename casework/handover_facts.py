"""What a handover's checklist sees of the plan, the next contact, letters and overleggen to come. No word of the story."""

from typing import Any

from django.utils.translation import gettext as _

from luisterloket.platform.registries import handover_facts
from luisterloket.platform.templatetags.ui import when

from .models import Case, CaseConference, ConferenceAgreement, FollowUp, Handover, HandoverCheck, Letter, PlanStep, RuleException
from .permissions import may_read
from .seats import post_at

Code = HandoverCheck.Code
Facts = dict[str, list[Any]]


@handover_facts.register(order=11)
def next_contact(user: Any, case: Case) -> Facts:
    """Without one, of a case that was ended, there is nothing to agree."""
    if not may_read(user, FollowUp.CATEGORY, case.unit_id, case.pk):
        return {}
    found = FollowUp.objects.to_come().filter(case=case).select_related("who").defer("about", "moved_because")
    return {Code.CONTACT: [f"{one.get_kind_display()}, {when(one.due_on)}, {one.who.name}" for one in found]}


@handover_facts.register(order=12)
def plan(user: Any, case: Case) -> Facts:
    """Steps that wait, exceptions that run, and what the owner promised at a table.

    Whether the plan is right nobody can see from here: without any of these it is still something to tick.
    """
    steps = PlanStep.objects.open().filter(case=case).select_related("guard").defer("text", "where", "without_because")
    lines = [
        _("A step that waits: %(kind)s, %(day)s, %(who)s")
        % {"kind": one.get_kind_display(), "day": when(one.due_on), "who": one.guard.name}
        for one in steps
        if may_read(user, one.category, case.unit_id, case.pk)
    ]
    running = RuleException.objects.open().filter(case=case).defer("rule", "why", "answer").order_by("review_on")
    lines += [
        _("An exception, %(state)s: to be looked at again %(day)s")
        % {"state": str(one.get_status_display()).lower(), "day": when(one.review_on)}
        for one in running
        if may_read(user, one.category, case.unit_id, case.pk)
    ]
    promised = ConferenceAgreement.objects.filter(case=case, owner_user=user.pk, done_at=None).defer("text").order_by("due_on")
    lines += [
        _("You promised something at an overleg, by %(day)s. It stays yours: put it in the plan, or agree who does it.")
        % {"day": when(one.due_on)}
        for one in promised
    ]
    return {Code.PLAN: lines} if lines else {}


@handover_facts.register(order=13)
def letters(user: Any, case: Case) -> Facts:
    """Letters that are ready and did not go out. Whether all papers are in the case nobody can see from here."""
    found = Letter.objects.filter(case=case, status=Letter.Status.FIXED).select_related("fixed_by").order_by("fixed_at")
    lines = [
        _("A letter is ready since %(day)s, and is not sent") % {"day": when(one.fixed_at)}
        for one in found.defer("subject", "body", "to_name", "to_address", "note")
        if all(may_read(user, category, case.unit_id, case.pk) for category in one.categories)
    ]
    return {Code.DOCUMENTS: lines} if lines else {}


@handover_facts.register(order=14)
def tables(user: Any, case: Case) -> Facts:
    """When, and who is in the chair; of which kind is read at the table only."""
    found = CaseConference.objects.planned().filter(case=case).select_related("chair").defer("place", "resident_why")
    coming = Handover.objects.open().filter(case=case).exclude(to_user=None).select_related("to_user").first()
    lines = []
    for one in found:
        lines.append(_("Overleg, %(when)s. In the chair: %(who)s") % {"when": when(one.starts_at), "who": one.chair.name})
        stays = one.chair_id == case.owner_id
        if stays and coming and coming.to_user and post_at(coming.to_user, case, one.kind) is None:
            lines.append(
                _("%(who)s stays in the chair: the convenant gives %(new)s no seat at that table. Call it off, or plan another.")
                % {"who": one.chair.name, "new": coming.to_user.name}
            )
    return {Code.MEETINGS: lines}
