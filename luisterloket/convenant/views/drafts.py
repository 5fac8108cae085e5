"""Making and changing a draft: its details, parties, purposes, clauses and terms."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luisterloket.convenant import actions, permissions, selectors
from luisterloket.convenant.diff import difference
from luisterloket.convenant.forms import versions as forms
from luisterloket.convenant.models import Clause, ConvenantParty, ConvenantVersion, PurposeOfVersion, RetentionTerm

from .pages import days_of, form_page
from .visible import do, of_a_draft, version_or_404

both = require_http_methods(["GET", "POST"])


@both
def new(request: HttpRequest) -> HttpResponse:
    """A new version from the one in force, or from the one that is named; empty when there is none."""
    permissions.check_may_configure(request.user)
    named = request.GET.get("van")
    source = version_or_404(request, _uuid(named)) if named else ConvenantVersion.in_force()
    form = forms.DetailsForm(request.POST or None, initial=days_of(source))
    if form.is_bound:
        made = form.run(actions.start_draft, actor=request.user, source=source)
        if made:
            messages.success(
                request, _("A draft. It decides nothing before all core partners signed it and its first day has come.")
            )
            return redirect("convenant-edit", made.pk)
    lead = _("Everything of “%(source)s” goes along but the signatures.") % {"source": source} if source else _("It begins empty.")
    return form_page(request, form, _("New version"), reverse("convenant-versions"), button=_("Make the draft"), lead=lead)


@require_GET
@of_a_draft
def edit(request: HttpRequest, version: ConvenantVersion) -> HttpResponse:
    """The draft with all its parts, each with a way to change it."""
    changes = difference(ConvenantVersion.in_force(), version)
    return render(request, "convenant/edit.html", {"page": selectors.version_page(version), "difference": changes})


@both
@of_a_draft
def details(request: HttpRequest, version: ConvenantVersion) -> HttpResponse:
    names = ("name", "starts_on", "ends_on", "review_on", "reason", "revision")
    form = forms.EditDetailsForm(request.POST or None, initial={name: getattr(version, name) for name in names})
    if form.is_bound and form.run(actions.edit_details, actor=request.user, version=version):
        return _kept(request, version)
    return form_page(request, form, _("Name and days"), _edit(version))


@both
@of_a_draft
def parties(request: HttpRequest, version: ConvenantVersion) -> HttpResponse:
    form = forms.PartyForm(request.POST or None)
    if form.is_bound and form.run(actions.add_party, actor=request.user, version=version):
        return _kept(request, version, "parties")
    lead = _("Is the organisation not in the list? Add it first.")
    return form_page(
        request, form, _("Add a party"), _edit(version), lead=lead, aside=(reverse("convenant-organisation"), _("New organisation"))
    )


@both
@of_a_draft
def party(request: HttpRequest, version: ConvenantVersion, party: ConvenantParty) -> HttpResponse:
    names = ("organisation", "kind", "ends_on", "task", "contact")
    form = forms.PartyForm(request.POST or None, initial={name: getattr(party, name) for name in names})
    if form.is_bound and form.run(actions.change_party, actor=request.user, party=party):
        return _kept(request, version, "parties")
    away = (reverse("convenant-party-remove", args=[version.pk, party.pk]), _("Take out, with its grounds and its cells"))
    return form_page(request, form, party.organisation.name, _edit(version), away=away)


@require_POST
@of_a_draft
def party_remove(request: HttpRequest, version: ConvenantVersion, party: ConvenantParty) -> HttpResponse:
    do(request, actions.remove_party, _("Taken out."), party=party)
    return redirect(f"{_edit(version)}#parties")


@both
def organisation(request: HttpRequest) -> HttpResponse:
    """An organisation that is not known here yet."""
    permissions.check_may_configure(request.user)
    form = forms.OrganisationForm(request.POST or None)
    if form.is_bound and form.run(actions.register_organisation, actor=request.user):
        messages.success(request, _("Kept. It can be chosen as a party now."))
        return redirect("convenant-versions")
    return form_page(request, form, _("New organisation"), reverse("convenant-versions"))


@both
@of_a_draft
def purposes(request: HttpRequest, version: ConvenantVersion) -> HttpResponse:
    form = forms.PurposeForm(request.POST or None)
    made = form.run(actions.add_purpose, actor=request.user, version=version) if form.is_bound else None
    if made:
        return redirect("convenant-matrix", version.pk, made.pk)
    return form_page(request, form, _("Add a purpose"), _edit(version), button=_("Add, and go to its matrix"))


@both
@of_a_draft
def purpose(request: HttpRequest, version: ConvenantVersion, purpose: PurposeOfVersion) -> HttpResponse:
    """Why this purpose needs data."""
    form = forms.WhyForm(request.POST or None, initial={"why": purpose.why})
    if form.is_bound and form.run(actions.explain_purpose, actor=request.user, of_version=purpose):
        return _kept(request, version, "purposes")
    away = (reverse("convenant-purpose-remove", args=[version.pk, purpose.pk]), _("Take out, with its grounds and its matrix"))
    return form_page(request, form, purpose.purpose.name, _edit(version), away=away)


@require_POST
@of_a_draft
def purpose_remove(request: HttpRequest, version: ConvenantVersion, purpose: PurposeOfVersion) -> HttpResponse:
    do(request, actions.remove_purpose, _("Taken out."), of_version=purpose)
    return redirect(f"{_edit(version)}#purposes")


@both
@of_a_draft
def clauses(request: HttpRequest, version: ConvenantVersion) -> HttpResponse:
    last = version.clauses.last()
    form = forms.ClauseForm(request.POST or None, initial={"number": last.number + 1 if last else 1})
    if form.is_bound and form.run(actions.add_clause, actor=request.user, version=version):
        return _kept(request, version, "clauses")
    return form_page(request, form, _("Add an article"), _edit(version))


@both
@of_a_draft
def clause(request: HttpRequest, version: ConvenantVersion, clause: Clause) -> HttpResponse:
    form = forms.ClauseForm(request.POST or None, initial={name: getattr(clause, name) for name in ("number", "title", "text")})
    if form.is_bound and form.run(actions.change_clause, actor=request.user, clause=clause):
        return _kept(request, version, "clauses")
    away = (reverse("convenant-clause-remove", args=[version.pk, clause.pk]), _("Take this article out"))
    return form_page(request, form, str(clause), _edit(version), away=away)


@require_POST
@of_a_draft
def clause_remove(request: HttpRequest, version: ConvenantVersion, clause: Clause) -> HttpResponse:
    do(request, actions.remove_clause, _("Taken out."), clause=clause)
    return redirect(f"{_edit(version)}#clauses")


@both
@of_a_draft
def retention(request: HttpRequest, version: ConvenantVersion) -> HttpResponse:
    """A term for a category; `?van=` begins with the one there is."""
    chosen = version.retention_terms.filter(pk=_uuid(request.GET.get("van", ""))).first()
    names = ("category", "months", "starts", "law", "article", "checked_on")
    initial = {name: getattr(chosen, name) for name in names} if chosen else {"checked_on": timezone.localdate()}
    form = forms.RetentionForm(request.POST or None, initial=initial)
    if form.is_bound and form.run(actions.set_retention, actor=request.user, version=version):
        return _kept(request, version, "retention")
    away = (reverse("convenant-retention-remove", args=[version.pk, chosen.pk]), _("Take this term out")) if chosen else None
    lead = _("Without a term nothing of that kind is thrown away.")
    return form_page(request, form, _("How long data are kept"), _edit(version), lead=lead, away=away)


@require_POST
@of_a_draft
def retention_remove(request: HttpRequest, version: ConvenantVersion, term: RetentionTerm) -> HttpResponse:
    do(request, actions.remove_retention, _("Taken out."), term=term)
    return redirect(f"{_edit(version)}#retention")


def _edit(version: ConvenantVersion) -> str:
    return reverse("convenant-edit", args=[version.pk])


def _kept(request: HttpRequest, version: ConvenantVersion, part: str = "") -> HttpResponse:
    messages.success(request, _("Kept."))
    return redirect(f"{_edit(version)}#{part}" if part else _edit(version))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        # Of nothing that exists.
        return UUID(int=0)
