"""Help of a minute, and reaching someone."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework import actions, contacts, permissions, selectors
from casework.choosing import choices
from casework.forms import AmendShortContactForm, LinkForm, MomentForm, ShortContactForm
from casework.models import ContactMoment, ShortContact
from luisterloket.people.roles import Permission
from luisterloket.platform import drafts
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.paging import key_of

from . import SignedIn
from .visible import case_to_work_on, visible_case


@require_http_methods(["GET", "POST"])
def short(request: SignedIn) -> HttpResponse:
    """Note a short contact; below it one's own last ones."""
    units = request.user.units_with(Permission.LISTEN)
    if not units:
        permissions.check_may_listen(request.user, UUID(int=0))
    if request.method == "POST" and not request.POST.keys() & {"done", "text", "who"}:
        # The button on Vandaag sends nothing: it leads here.
        return redirect("casework:short-contacts")
    draft = drafts.draft_of(request.user, actions.SHORT_CONTACT)
    form = ShortContactForm(
        request.POST if request.method == "POST" else None,
        order=selectors.domains_in_order(units[0]),
        units=units,
        initial=drafts.values_of(draft),
    )
    if form.is_bound and form.run(actions.note_short_contact, actor=request.user):
        messages.success(request, _("Noted."))
        return redirect(reverse("casework:short-contacts") + "#noted")
    rows, following = contacts.short_contacts(request.user, before=key_of(request.GET.get("before", "")))
    context = {
        "form": form,
        "draft": draft,
        "kept_as": actions.SHORT_CONTACT,
        "rows": rows,
        "following": following,
        "first_page": "before" not in request.GET,
        "one": len(units) == 1,
    }
    return render(request, "casework/short_contacts.html", context)


@require_POST
def short_to_intake(request: SignedIn, pk: UUID) -> HttpResponse:
    """There is more to it: a conversation with what was typed already in it."""
    try:
        # A second tap finds the same conversation, so this needs no key.
        return redirect(actions.start_intake_from(actor=request.user, contact=_contact(request, pk)))
    except Refused as refusal:
        messages.info(request, " ".join(refusal.messages))
        return redirect("casework:short-contacts")


@require_http_methods(["GET", "POST"])
def short_amend(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put right what one noted oneself."""
    contact = _contact(request, pk)
    if contact.case_id or contact.intake_id:
        return _went_on(request)
    initial = {name: getattr(contact, name) for name in ("done", "text", "domain", "who")}
    sent = request.POST if request.method == "POST" else None
    form = AmendShortContactForm(sent, order=selectors.domains_in_order(contact.unit_id), initial=initial)
    if form.is_bound and form.run(actions.amend_short_contact, actor=request.user, contact=contact):
        messages.success(request, _("Changed."))
        return redirect(reverse("casework:short-contacts") + "#noted")
    return render(request, "casework/short_contact_amend.html", {"form": form})


@require_http_methods(["GET", "POST"])
def short_link(request: SignedIn, pk: UUID) -> HttpResponse:
    """The person turns out to be known: choose the case. A name is searched by POST, so that it stands in no address."""
    contact = _contact(request, pk)
    if contact.case_id or contact.intake_id:
        return _went_on(request)
    form = LinkForm(request.POST if "case" in request.POST else None)
    if form.is_bound and form.is_valid():
        case = visible_case(request, form.cleaned_data["case"])
        if form.run(actions.link_to_case, actor=request.user, contact=contact, case=case):
            messages.success(request, _("It is part of this case now."))
            return redirect("casework:case-contact", case.pk)
    context = {"contact": contact, **choices(request.user, request.POST.get("q", ""), form)}
    return render(request, "casework/short_contact_link.html", context)


@require_http_methods(["GET", "POST"])
def moments(request: SignedIn, pk: UUID) -> HttpResponse:
    """How this person is reached: note one more time, and see how it went before."""
    case = case_to_work_on(request, pk)
    kept_as = f"contact {case.pk}"
    draft = drafts.draft_of(request.user, kept_as)
    asked = {"kind": request.GET["soort"], "result": "reached"} if request.GET.get("soort") in ContactMoment.Kind.values else {}
    form = MomentForm(request.POST if request.method == "POST" else None, initial=asked | drafts.values_of(draft))
    if form.is_bound and form.run(actions.note_contact_moment, actor=request.user, case=case):
        messages.success(request, _("Noted."))
        return redirect(case.get_absolute_url() + "#timeline")
    context = {"page": contacts.contact_page(case, request.user), "form": form, "draft": draft, "kept_as": kept_as}
    return render(request, "casework/case_contact.html", context)


@require_http_methods(["GET", "POST"])
def amend_moment(request: SignedIn, pk: UUID, moment: UUID) -> HttpResponse:
    """Put right how it went."""
    case = case_to_work_on(request, pk)
    page = contacts.contact_page(case, request.user)
    item = next((item for item in page.all_moments if item.ref == moment), None)
    if item is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = MomentForm(sent, initial={**item.details, "text": item.details["words"]})
    found = get_object_or_404(ContactMoment, pk=moment, case=case)
    if form.is_bound and form.run(actions.amend_contact_moment, actor=request.user, case=case, moment=found):
        messages.success(request, _("Changed."))
        return redirect("casework:case-contact", pk)
    return render(request, "casework/case_contact_amend.html", {"page": page, "form": form})


def _went_on(request: SignedIn) -> HttpResponse:
    messages.info(request, _("This went on in a conversation or a case already."))
    return redirect("casework:short-contacts")


def _contact(request: SignedIn, pk: UUID) -> ShortContact:
    return get_object_or_404(ShortContact.objects.visible_to(request.user), pk=pk)
