"""An overleg: planned around a case, and its table for who has a seat there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions, conference_permissions
from casework.actions.refusals import ChangedMeanwhile
from casework.conference_disclosures import keep_look
from casework.conference_page import conference_page, conferences_page, my_conferences
from casework.forms import ConfirmForm
from casework.forms.conferences import (
    AdditionForm,
    AgreeForm,
    ChangeConferenceForm,
    HoldForm,
    PlanConferenceForm,
    RecordForm,
    ResidentForm,
)
from casework.meetings import calendar_of_conference
from casework.models import CaseConference, ConferenceAgreement, ConferenceRecord

from . import SignedIn
from .visible import case_to_work_on


@require_http_methods(["GET", "POST"])
def of_case(request: SignedIn, pk: UUID) -> HttpResponse:
    """The overleggen around a case; sending plans one more."""
    case = case_to_work_on(request, pk)
    form = PlanConferenceForm(request.POST or None)
    if form.is_bound and (conference := form.run(actions.plan_conference, actor=request.user, case=case)):
        messages.success(request, _("Planned. Now invite people, and choose what lies on the table."))
        return redirect("casework:conference-table", conference.pk)
    return render(request, "casework/conferences.html", {"page": conferences_page(case, request.user), "form": form})


@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """One's own overleggen."""
    to_come, past = my_conferences(request.user)
    return render(request, "casework/conferences_mine.html", {"to_come": to_come, "past": past})


@require_GET
def conference(request: SignedIn, pk: UUID) -> HttpResponse:
    """The table of one overleg, for who has a seat there. Each look is kept."""
    return _show(request, seat_at(request, pk))


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: UUID) -> HttpResponse:
    """Move it, or put right where and about what."""
    found = laid_by(request, pk)
    if found.status != CaseConference.Status.PLANNED:
        raise Http404
    keep_look(found, request.user, "conference agenda")
    form = ChangeConferenceForm(request.POST or None, conference=found, initial=_values(found))
    if form.is_bound and form.run(_renewing(actions.change_conference, form), actor=request.user, conference=found):
        messages.success(request, _("Changed."))
        return redirect("casework:conference", pk)
    return render(request, "casework/conference_change.html", {"conference": found, "form": form})


@require_POST
def resident(request: SignedIn, pk: UUID) -> HttpResponse:
    """Keep what the resident knows of it."""
    return _do(request, chaired_by(request, pk), actions.tell_resident, ResidentForm(request.POST), _("Noted."), "resident")


@require_POST
def hold(request: SignedIn, pk: UUID) -> HttpResponse:
    """It took place, with these people."""
    found = chaired_by(request, pk)
    said = _("Noted. Now write the agreements and the record.")
    return _do(request, found, actions.hold_conference, HoldForm(request.POST, conference=found), said, "hold")


@require_POST
def call_off(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, chaired_by(request, pk), actions.call_off_conference, ConfirmForm(request.POST), _("Called off."), "off")


@require_POST
def agree(request: SignedIn, pk: UUID) -> HttpResponse:
    """Note what was agreed."""
    found = chaired_by(request, pk)
    return _do(request, found, actions.agree, AgreeForm(request.POST, conference=found), _("Noted."), "agree")


@require_POST
def agreement_done(request: SignedIn, pk: UUID, agreement: UUID) -> HttpResponse:
    """Whoever promised it did it."""
    tables = CaseConference.objects.visible_to(request.user).filter(pk=pk)
    one = get_object_or_404(ConferenceAgreement.objects.select_related("conference"), pk=agreement, conference__in=tables)
    conference_permissions.check_may_finish(request.user, one)
    form = ConfirmForm(request.POST)
    if form.run(actions.finish_agreement, actor=request.user, agreement=one):
        messages.success(request, _("Noted."))
    else:
        messages.error(request, form.refusal)
    return redirect("casework:conference", pk)


@require_http_methods(["GET", "POST"])
def record(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write the record, until it is fixed."""
    found = seat_at(request, pk)
    conference_permissions.check_may_write_record(request.user, found)
    keep_look(found, request.user, "conference record")
    written = ConferenceRecord.objects.filter(conference=found).first()
    initial = {"text": written.text, "revision": written.revision} if written else {"revision": 0}
    form = RecordForm(request.POST or None, initial=initial)
    if form.is_bound and form.run(_renewing(actions.write_record, form), actor=request.user, conference=found):
        messages.success(request, _("Kept."))
        return redirect("casework:conference", pk)
    context = {"conference": found, "form": form, "record": written}
    return render(request, "casework/conference_record.html", context)


@require_POST
def fix_record(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, chaired_by(request, pk), actions.fix_record, ConfirmForm(request.POST), _("The record is fixed."), "fix")


@require_POST
def add_to_record(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put something right below the record."""
    found = seat_at(request, pk)
    conference_permissions.check_was_there(request.user, found)
    return _do(request, found, actions.add_to_record, AdditionForm(request.POST), _("Noted."), "addition")


@require_GET
def calendar(request: SignedIn, pk: UUID) -> HttpResponse:
    """For one's own calendar: when and where to look it up, without a name."""
    found = seat_at(request, pk)
    headers = {"Content-Disposition": 'attachment; filename="overleg.ics"'}
    return HttpResponse(calendar_of_conference(found), content_type="text/calendar; charset=utf-8", headers=headers)


def seat_at(request: SignedIn, pk: UUID) -> CaseConference:
    """The overleg, for who has a seat at its table: to everyone else it is not there."""
    return get_object_or_404(CaseConference.objects.visible_to(request.user).select_related("chair", "minute_taker"), pk=pk)


def chaired_by(request: SignedIn, pk: UUID) -> CaseConference:
    found = seat_at(request, pk)
    conference_permissions.check_may_chair(request.user, found)
    return found


def laid_by(request: SignedIn, pk: UUID) -> CaseConference:
    """The overleg, for the chair who works on its case too."""
    found = seat_at(request, pk)
    conference_permissions.check_may_lay_down(request.user, found)
    return found


def _do(request: SignedIn, found: CaseConference, action: Any, form: Any, said: Any, name: str) -> HttpResponse:
    """One small form of the page: when it is refused the page comes back with what was typed."""
    if form.run(action, actor=request.user, conference=found):
        messages.success(request, said)
        return redirect("casework:conference", found.pk)
    if form.fields.keys() <= {"command_key"}:
        messages.error(request, form.refusal)
        return redirect("casework:conference", found.pk)
    return _show(request, seat_at(request, found.pk), {name: form})


def _show(request: SignedIn, found: CaseConference, sent: dict[str, Any] | None = None) -> HttpResponse:
    page = conference_page(found, request.user)
    known = {"resident_part": found.resident_part, "resident_why": found.resident_why}
    forms = {
        "resident": ResidentForm(initial=known, auto_id="id_r_%s"),
        "hold": HoldForm(conference=found, auto_id="id_h_%s"),
        "agree": AgreeForm(conference=found, auto_id="id_a_%s"),
        "addition": AdditionForm(auto_id="id_c_%s"),
        "confirm": ConfirmForm(auto_id=False),
    } | (sent or {})
    refused = next(iter(sent.values())) if sent else None
    return render(request, "casework/conference.html", {"page": page, "conference": found, "forms": forms, "refused": refused})


def _renewing(action: Any, form: Any) -> Any:
    """When a colleague changed it meanwhile the form comes back with what was typed; who sends that again has seen it."""

    def run(**details: Any) -> Any:
        try:
            return action(**details)
        except ChangedMeanwhile as changed:
            form.data = form.data.copy()
            form.data["revision"] = changed.current.revision if changed.current else 0
            raise

    return run


def _values(found: CaseConference) -> dict[str, Any]:
    starts_at = timezone.localtime(found.starts_at)
    values = {name: getattr(found, name) for name in ("minutes", "place", "online", "revision")}
    agenda = "\n".join(one.text for one in found.agenda.all())
    taker = found.participants.filter(user=found.minute_taker_id).values_list("pk", flat=True).first()
    return values | {"on": starts_at.date(), "at": starts_at.time(), "agenda": agenda, "minute_taker": taker}
