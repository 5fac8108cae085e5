"""The people of a case: who live together, how each is reached, and who decides or speaks for them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions, finding, identity_numbers, permissions
from casework.forms.people import ChangeMemberForm, LeavesForm, MemberForm, ReachForm, RepresentativeForm, TieForm
from casework.models import Case, CaseMember, ParentalTie, Representative
from casework.people import Person, people_page, person_page, with_number
from luisterloket.people.permissions import may
from luisterloket.platform.exceptions import Refused

from . import SignedIn
from .visible import case_to_work_on, visible_case


@require_GET
def people(request: SignedIn, pk: UUID) -> HttpResponse:
    """Everyone of a case, of now and of before."""
    return render(request, "casework/people.html", {"page": people_page(visible_case(request, pk), request.user)})


@require_GET
def person(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """One of them."""
    page = person_page(visible_case(request, pk), request.user, resident)
    if page is None:
        raise Http404
    return render(request, "casework/person.html", {"page": with_number(page, request.user)})


@require_http_methods(["GET", "POST"])
def add(request: SignedIn, pk: UUID) -> HttpResponse:
    """Someone came to live there, or was not spoken of before."""
    case = visible_case(request, pk)
    permissions.check_may_add(request.user, case, "household")
    form = MemberForm(request.POST or None)
    if form.is_bound:
        member = form.run(actions.add_member, actor=request.user, case=case)
        if member:
            messages.success(request, _("Added."))
            return redirect("casework:case-person", case.pk, member.resident_id)
    back = reverse("casework:case-people", args=[case.pk])
    return _form(request, case, form, _("Who belongs to the household?"), back)


@require_http_methods(["GET", "POST"])
def household(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """Put right who this is, from when until when."""
    case, member = _member(request, pk, resident)
    one = member.resident
    known = {
        "name": one.name or one.known_as,
        "part": member.part,
        "born": one.born,
        "authority": member.authority or CaseMember.Authority.UNKNOWN,
        "since": member.since,
        "until": member.until,
    }
    form = ChangeMemberForm(
        request.POST or None, initial=known, is_main=member.part == CaseMember.Part.MAIN, **_number_fields(request, case, resident)
    )
    if form.is_bound and form.run(actions.change_member, actor=request.user, case=case, member=member):
        if form.cleaned_data.get("identity_number"):
            _tell_of_double(request, case, resident)
        return _changed(request, case, resident)
    return _form(request, case, form, _("Who is this?"), _of(case, resident))


@require_http_methods(["GET", "POST"])
def leaves(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """Someone no longer belongs to the household."""
    case, member = _member(request, pk, resident)
    form = LeavesForm(request.POST or None)
    if form.is_bound and form.run(actions.end_member, actor=request.user, case=case, member=member):
        return _changed(request, case, resident)
    lead = _("What you know of this person stays in the case. In the summary and in new requests they are no longer part of it.")
    return _form(request, case, form, _("No longer in the household"), _of(case, resident), lead)


@require_http_methods(["GET", "POST"])
def reach(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """How someone is reached, and what may never be done."""
    case, member = _member(request, pk, resident, "contact")
    one = member.resident
    form = ReachForm(
        request.POST or None, initial={name: getattr(one, name) for name in ReachForm.base_fields if hasattr(one, name)}
    )
    if form.is_bound and form.run(actions.set_reach, actor=request.user, case=case, resident=one):
        return _changed(request, case, resident)
    lead = _("What may never be done stands beside the number, everywhere.")
    return _form(request, case, form, _("How do we reach this person?"), _of(case, resident), lead)


@require_http_methods(["GET", "POST"])
def add_tie(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """A parent or guardian of a child."""
    case, member = _member(request, pk, resident)
    if member.part != CaseMember.Part.CHILD:
        raise Http404
    others = CaseMember.objects.filter(case=case).exclude(pk=member.pk).exclude(part=CaseMember.Part.CHILD)
    adults = [(one, one.resident.name or one.resident.known_as) for one in others.select_related("resident")]
    form = TieForm(request.POST or None, adults=adults)
    if form.is_bound and form.run(actions.add_tie, actor=request.user, case=case, child=member):
        return _changed(request, case, resident)
    return _form(request, case, form, _("Who is a parent or guardian?"), _of(case, resident))


@require_http_methods(["GET", "POST"])
def end_tie(request: SignedIn, pk: UUID, resident: UUID, thing: UUID) -> HttpResponse:
    """Someone is no longer the parent or guardian."""
    case, member = _member(request, pk, resident)
    tie = get_object_or_404(ParentalTie.objects.of_today(), pk=thing, case=case, child=member)
    form = LeavesForm(request.POST or None)
    if form.is_bound and form.run(actions.end_tie, actor=request.user, case=case, tie=tie):
        return _changed(request, case, resident)
    return _form(request, case, form, _("No longer parent or guardian"), _of(case, resident))


@require_http_methods(["GET", "POST"])
def add_representative(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """Someone decides or speaks for a resident."""
    case, member = _member(request, pk, resident, "contact")
    form = RepresentativeForm(request.POST or None)
    if form.is_bound and form.run(actions.add_representative, actor=request.user, case=case, resident=member.resident):
        return _changed(request, case, resident)
    return _form(request, case, form, _("Who decides or speaks for this person?"), _of(case, resident))


@require_http_methods(["GET", "POST"])
def representative(request: SignedIn, pk: UUID, resident: UUID, thing: UUID) -> HttpResponse:
    """Put right what is known of a representative, or that it ended."""
    case, _page, one = _representative(request, pk, resident, thing)
    known = {name: getattr(one, name) for name in RepresentativeForm.base_fields if hasattr(one, name)}
    known |= {"pass_phrase": "", "document_seen": one.document_seen_on is not None}
    form = RepresentativeForm(request.POST or None, initial=known, has_phrase=bool(one.pass_phrase))
    if form.is_bound and form.run(actions.change_representative, actor=request.user, case=case, representative=one):
        return _changed(request, case, resident)
    return _form(request, case, form, _("Who decides or speaks for this person?"), _of(case, resident))


@require_POST
def phrase(request: SignedIn, pk: UUID, resident: UUID, thing: UUID) -> HttpResponse:
    """The pass phrase, for who has this person on the phone now. Each showing is kept."""
    case, person, one = _representative(request, pk, resident, thing)
    try:
        shown = actions.show_pass_phrase(actor=request.user, case=case, representative=one)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(person.url)
    item = next(each.item for each in person.spokespeople if each.item.ref == thing)
    context = {"case": case, "person": person, "item": item, "phrase": shown.pass_phrase}
    return render(request, "casework/person_phrase.html", context)


@require_POST
def number(request: SignedIn, pk: UUID, resident: UUID) -> HttpResponse:
    """The identity number in full, when someone asks for it. Each showing is kept."""
    case = visible_case(request, pk)
    page = person_page(case, request.user, resident)
    if page is None:
        raise Http404
    member = get_object_or_404(CaseMember.objects.select_related("resident"), case=case, resident=resident)
    try:
        shown = actions.show_identity_number(actor=request.user, case=case, resident=member.resident)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(page.person.url)
    return render(request, "casework/person_number.html", {"case": case, "person": page.person, "number": shown.number})


def _number_fields(request: SignedIn, case: Case, resident: UUID) -> dict[str, Any]:
    """Whether the form asks for the identity number: only of who may write it down here."""
    if not may(permissions.check_may_write_number, request.user, case):
        return {}
    line = identity_numbers.line_of(case, request.user, resident)
    return {"with_number": True, "number_known": line.masked if line else ""}


def _tell_of_double(request: SignedIn, case: Case, resident: UUID) -> None:
    """The same number under another name is no error; whom to ask is told, as far as this person may know that."""
    if contacts := finding.owners_with_same_number(request.user, case, resident):
        text = _("Perhaps this person is known already in this wijk. The contact is %(owner)s.") % {"owner": ", ".join(contacts)}
        messages.warning(request, text)


def _member(request: SignedIn, pk: UUID, resident: UUID, category: str = "household") -> tuple[Case, CaseMember]:
    """Someone of a case whom this person may change. Looking at the form is a look, and is kept."""
    case = visible_case(request, pk)
    found = get_object_or_404(CaseMember.objects.select_related("resident"), case=case, resident=resident)
    permissions.check_may_add(request.user, case, category)
    if person_page(case, request.user, resident) is None:
        raise Http404
    return case, found


def _representative(request: SignedIn, pk: UUID, resident: UUID, thing: UUID) -> tuple[Case, Person, Representative]:
    """A representative that was disclosed to this person."""
    case = case_to_work_on(request, pk)
    page = person_page(case, request.user, resident)
    if page is None or thing not in {each.item.ref for each in page.person.spokespeople}:
        raise Http404
    return case, page.person, get_object_or_404(Representative, pk=thing, case=case)


def _of(case: Case, resident: UUID) -> str:
    return reverse("casework:case-person", args=[case.pk, resident])


def _changed(request: SignedIn, case: Case, resident: UUID) -> HttpResponse:
    messages.success(request, _("Changed."))
    return redirect(_of(case, resident))


def _form(request: SignedIn, case: Case, form: Any, title: str, back: str, lead: str = "") -> HttpResponse:
    context = {"case": case, "form": form, "title": title, "back": back, "lead": lead}
    return render(request, "casework/person_form.html", context)
