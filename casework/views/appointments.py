"""Appointments with a resident: made, moved, and how they went."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions
from casework.forms.appointments import EndMeetingForm, MeetingForm
from casework.meetings import calendar_of, meetings_page
from casework.models import Case, ContactMoment, Meeting
from casework.permissions import may_contribute, works_on
from casework.safety import colleagues_of
from luisterloket.people.models import User

from . import SignedIn
from .visible import case_with

# As what kind of contact an appointment that took place is noted.
NOTED_AS = {
    Meeting.Kind.HOME: ContactMoment.Kind.HOME_VISIT,
    Meeting.Kind.LOKET: ContactMoment.Kind.LOKET,
    Meeting.Kind.PHONE: ContactMoment.Kind.PHONE,
    Meeting.Kind.ELSEWHERE: ContactMoment.Kind.OTHER,
}


@require_http_methods(["GET", "POST"])
def meetings(request: SignedIn, pk: UUID) -> HttpResponse:
    """What is to come and how the others went; sending makes one more."""
    case = case_with(request, pk, Meeting.CATEGORY)
    sent = request.POST if request.method == "POST" else None
    form = MeetingForm(sent, colleagues=_colleagues(case), initial={"who": request.user.pk})
    if form.is_bound and form.run(actions.plan_meeting, actor=request.user, case=case):
        messages.success(request, _("The appointment is made."))
        return redirect("casework:case-meetings", pk)
    context = {"page": meetings_page(case, request.user), "form": form, "ends": Meeting.Ended.choices}
    return render(request, "casework/meetings.html", context)


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: UUID, meeting: UUID) -> HttpResponse:
    """Move it, or put right who goes and where."""
    case = case_with(request, pk, Meeting.CATEGORY)
    found = _meeting(case, meeting)
    page = meetings_page(case, request.user)
    if found.ended or all(item.ref != found.pk for item in page.to_come):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = MeetingForm(sent, colleagues=_colleagues(case), initial=_values(found))
    if form.is_bound and form.run(actions.change_meeting, actor=request.user, meeting=found):
        messages.success(request, _("Changed."))
        return redirect("casework:case-meetings", pk)
    return render(request, "casework/meeting_change.html", {"page": page, "form": form})


@require_POST
def end(request: SignedIn, pk: UUID, meeting: UUID) -> HttpResponse:
    """Keep how it went."""
    found = _meeting(case_with(request, pk, Meeting.CATEGORY), meeting)
    form = EndMeetingForm(request.POST)
    if form.run(actions.end_meeting, actor=request.user, meeting=found):
        messages.success(request, _("Noted."))
        if form.cleaned_data["ended"] == Meeting.Ended.HELD and may_contribute(request.user, "story", found.unit_id):
            # What was said is noted while one still knows: how stands ready.
            return redirect(f"{reverse('casework:case-contact', args=[pk])}?soort={NOTED_AS[Meeting.Kind(found.kind)]}")
    else:
        messages.error(request, form.refusal)
    return redirect("casework:case-meetings", pk)


@require_GET
def calendar(request: SignedIn, pk: UUID, meeting: UUID) -> HttpResponse:
    """For one's own calendar: when and what kind, without a name or an address."""
    found = _meeting(case_with(request, pk, Meeting.CATEGORY), meeting)
    headers = {"Content-Disposition": 'attachment; filename="afspraak.ics"'}
    return HttpResponse(calendar_of(found), content_type="text/calendar; charset=utf-8", headers=headers)


def _meeting(case: Case, meeting: UUID) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("case"), pk=meeting, case=case)


def _colleagues(case: Case) -> list[User]:
    return [user for user in colleagues_of(case) if works_on(user, case)]


def _values(meeting: Meeting) -> dict[str, Any]:
    starts_at = timezone.localtime(meeting.starts_at)
    names = ("kind", "minutes", "place", "alone_because", "interpreter", "interpreter_booked", "purpose")
    values = {name: getattr(meeting, name) for name in names}
    return values | {"on": starts_at.date(), "at": starts_at.time(), "who": meeting.who_id, "along": meeting.along_id}
