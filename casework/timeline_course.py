"""How the course of a case is told in its timeline: the plan, the next contacts, endings, exceptions, overleggen and handovers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Disclosure, Item
from luisterloket.platform.templatetags.ui import when_amid

from .models import Case, CaseConference, FollowUp, Handover, PlanStep
from .plan_page import OURSELVES
from .timeline_lines import Line, Part, Sort, at_noon, key_of

# What one action noted, it noted within this time.
AT_ONCE = timedelta(seconds=2)


def _goal(case: Case, item: Item, works: bool) -> Line:
    text = _("Goal: %(text)s") % {"text": item.text}
    url = reverse("casework:case-plan", args=[case.pk]) + f"#goal-{item.ref}"
    more = str(item.details["status_name"])
    return Line(item.details["begun_at"], key_of(item), Sort.PLAN, "flag", text, more=more, url=url, item=item)


def _step(case: Case, item: Item, works: bool) -> Line:
    """Where it stands by now: when it ended, or else when it came in the plan."""
    details: Any = item.details
    who = details["guard"] if details["kind"] in OURSELVES else details["who"]
    answer = f"{PlanStep.Answer(details['answer']).label}, {when_amid(details['answered_on'])}" if details["answer"] else ""
    said = [who, details["status_name"], answer, details["effect_name"], details["effect_word"]]
    more = ". ".join(str(part).rstrip(".") for part in said if part)
    url = reverse("casework:case-plan", args=[case.pk]) + f"#step-{item.ref}"
    text = _("Step: %(text)s") % {"text": details["says"]}
    return Line(
        details["ended_at"] or details["begun_at"], key_of(item), Sort.PLAN, "clipboard", text, more=more, url=url, item=item
    )


def readings(case: Case, disclosed: Disclosure) -> Iterator[tuple[UUID, Line]]:
    """One line for each time that it was asked, with what this person may see of it."""
    asked: dict[UUID, list[Item]] = {}
    for item in disclosed.of("reading"):
        asked.setdefault(item.details["review"], []).append(item)
    url = reverse("casework:case-plan", args=[case.pk]) + "#how"
    for review, items in asked.items():
        first = items[0].details
        text = _("How it goes: %(moment)s") % {"moment": str(first["moment_name"]).lower()}
        at, key = at_noon(first["on"]), f"reading:{review}"
        parts = tuple(Part(f"{one.details['domain'].label}: {one.details['severity'].label}", one) for one in items)
        yield review, Line(at, key, Sort.PLAN, "chart", text, url=url, day_only=True, parts=parts)


def _follow_up(case: Case, item: Item, works: bool) -> Line | None:
    """What was done. That one was not needed any more is told by what came instead; only its words would be lost."""
    details = item.details
    not_needed = details["result_code"] == FollowUp.Result.CHANGED and not details["about"]
    if details["done_at"] is None or not_needed:
        return None
    text = _("Next contact: %(result)s") % {"result": str(details["result"]).lower()}
    who, ids = details["done_by"], (details["done_by_id"],)
    url = reverse("casework:case-follow-up", args=[case.pk]) if works else ""
    return Line(details["done_at"], key_of(item), Sort.CONTACT, "chat", text, who, ids, details["about"], url, item)


def told_by_contacts(disclosed: Disclosure) -> dict[UUID, list[Item]]:
    """Next contacts that were done with words, by the contact that those words became: noted by one person, at one moment."""
    found: dict[UUID, list[Item]] = defaultdict(list)
    done = [item for item in disclosed.of("follow_up") if item.details["done_at"]]
    for contact in disclosed.of("contact_moment"):
        for item in done:
            same = contact.details["by_id"] == item.details["done_by_id"]
            if same and abs(contact.details["noted_at"] - item.details["done_at"]) < AT_ONCE:
                found[contact.ref].append(item)
    return found


def _early_sign(case: Case, item: Item, works: bool) -> Line:
    """What somebody else saw before there was a case."""
    text = f"{item.label}: {item.details['kind']}"
    return Line(item.details["noted_at"], key_of(item), Sort.CONTACT, "eye", text, more=item.text, item=item)


def endings(case: Case, disclosed: Disclosure) -> Iterator[Line]:
    """How it ended, with what was decided on what was still open then."""
    for item in disclosed.of("ending"):
        details = item.details
        said = [details["goes"], details["changed"], details["own_words"]]
        more = ". ".join(str(part).rstrip(".") for part in said if part)
        parts = tuple(
            Part(f"{one.label}: {one.text} ({one.details['who']}, {when_amid(one.details['until'])})", one)
            for one in disclosed.of("loose_end")
            if one.details["ending"] == item.ref
        )
        who, ids = details["by"], (details["by_id"],)
        yield Line(details["at"], key_of(item), Sort.COURSE, "flame", details["into"], who, ids, more, item=item, parts=parts)


def _exception(case: Case, item: Item, works: bool) -> Line:
    details = item.details
    said = [details["kind_name"], details["why"], details["status_name"], details["answered_by"], details["answer"]]
    more = ". ".join(str(part).rstrip(".") for part in said if part)
    url = reverse("casework:case-exceptions", args=[case.pk]) + f"#exception-{item.ref}" if works else ""
    text = _("Exception: %(rule)s") % {"rule": item.text}
    ids = tuple(details["who_ids"])
    return Line(details["asked_at"], key_of(item), Sort.EXCEPTION, "scale", text, details["asked_by"], ids, more, url, item)


def overleggen(case: Case) -> Iterator[Line]:
    """That there was one, and with whom in the chair: never of which kind, who else was there, or what was said."""
    found = CaseConference.objects.filter(case=case).select_related("chair").defer("place", "resident_why")
    url = reverse("casework:case-conferences", args=[case.pk])
    for one in found:
        text, more, ids = _("Casusoverleg"), str(one.get_status_display()), (one.chair_id,)
        yield Line(one.starts_at, f"overleg:{one.pk}", Sort.MEETING, "people", text, one.chair.name, ids, more, url)


def handovers(case: Case) -> Iterator[Line]:
    """Who handed the case over to whom. Why, and what they wrote to each other, stands on its own page."""
    url = reverse("casework:case-handover", args=[case.pk])
    people = ("from_user", "to_user", "ended_by")
    found = Handover.objects.filter(case=case).select_related(*people).defer("no_meeting_because", "given_back_because")
    for one in found:
        names = {"from": one.from_user.name, "to": one.to_user.name if one.to_user else "…"}
        text = _("Handing over from %(from)s to %(to)s") % names
        ids = tuple(filter(None, {one.from_user_id, one.to_user_id, one.asked_by_id, one.ended_by_id}))
        at, more = one.ended_at or one.asked_at, str(one.get_status_display())
        yield Line(at, f"handover:{one.pk}", Sort.COURSE, "swap", text, "", ids, more, url)


TELL_BY_ITEM = {
    "goal": _goal,
    "plan_step": _step,
    "follow_up": _follow_up,
    "exception": _exception,
    "early_sign": _early_sign,
}
