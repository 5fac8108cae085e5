"""What happens to a version as a whole: offered, signed, into force, ended; and a version from a file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luisterloket.convenant import actions, exchange, permissions
from luisterloket.convenant.forms import versions as forms

from .pages import days_of, form_page
from .visible import do, kept_version

both = require_http_methods(["GET", "POST"])


@require_POST
def offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = kept_version(request, pk)
    done = do(
        request, actions.offer_convenant, _("Offered. From now on nothing in it changes; note here who signs."), version=version
    )
    return redirect("convenant-version" if done or not version.is_draft else "convenant-edit", pk)


@require_POST
def back_to_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = kept_version(request, pk)
    done = do(request, actions.take_back, _("A draft again. The signatures are void."), version=version)
    return redirect("convenant-edit" if done else "convenant-version", pk)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = kept_version(request, pk)
    if do(request, actions.discard_draft, _("The draft is gone."), version=version):
        return redirect("convenant-versions")
    return redirect("convenant-version", pk)


@require_POST
def into_force(request: HttpRequest, pk: UUID) -> HttpResponse:
    do(request, actions.bring_into_force, _("In force. From now on this version decides."), version=kept_version(request, pk))
    return redirect("convenant-version", pk)


@both
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a version: says first what that means."""
    version = kept_version(request, pk)
    form = forms.EndForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.run(actions.end_convenant, actor=request.user, version=version):
        messages.success(request, _("Ended."))
        return redirect("convenant-version", pk)
    lead = _("Without a convenant in force nothing is shared with anyone, and workers do not see their own cases any more.")
    back = reverse("convenant-version", args=[pk])
    return form_page(request, form, _("End this version"), back, lead=lead, button=_("End it"), danger=True)


@both
def sign(request: HttpRequest, pk: UUID, party: UUID) -> HttpResponse:
    """Note that a party signed."""
    version = kept_version(request, pk)
    found = get_object_or_404(version.parties.select_related("organisation"), pk=party)
    form = forms.SignForm(request.POST if request.method == "POST" else None, incidental=found.is_incidental)
    if form.is_bound and form.run(actions.sign_for_party, actor=request.user, party=found):
        messages.success(request, _("Noted."))
        return redirect("convenant-version", pk)
    lead = _("As it stands on the paper that was signed. Your name is kept with it.")
    back = reverse("convenant-version", args=[pk])
    return form_page(
        request, form, _("Signature for %(party)s") % {"party": found}, back, lead=lead, button=_("Note the signature")
    )


@require_POST
def leave(request: HttpRequest, pk: UUID, party: UUID) -> HttpResponse:
    version = kept_version(request, pk)
    do(request, actions.leave, _("Noted. It is given nothing any more."), party=get_object_or_404(version.parties, pk=party))
    return redirect("convenant-version", pk)


@both
def read_in(request: HttpRequest) -> HttpResponse:
    """A draft from a file or from the starter: first the text, then which of our organisations its parties are."""
    permissions.check_may_configure(request.user)
    if request.method == "GET" and "starter" not in request.GET:
        return _choose_file(request, forms.FileForm())
    if request.FILES or (request.method == "POST" and "content" not in request.POST):
        return _file(request)
    content = request.POST.get("content") or exchange.starter()
    try:
        parsed = exchange.parse(content)
    except exchange.FileRefused as refusal:
        return _choose_file(request, forms.FileForm(), refusal.problems)
    if request.method == "GET":
        return _parties(request, _begin(parsed, ""), parsed)
    form = forms.ChoosePartiesForm(request.POST, parties=parsed.parties)
    made = form.run(actions.import_convenant, actor=request.user) if form.is_valid() else None
    if made is None:
        return _parties(request, form, parsed)
    messages.success(request, _("A draft. Read it well: it is yours to change."))
    return redirect("convenant-edit", made.pk)


def _file(request: HttpRequest) -> HttpResponse:
    form = forms.FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose_file(request, form)
    file = form.cleaned_data["file"]
    try:
        if file.size > 4 * exchange.LONGEST_FILE:
            raise exchange.FileRefused([("", _("This file is too large for a convenant."))])
        content = file.read().decode("utf-8-sig")
        parsed = exchange.parse(content)
    except UnicodeDecodeError:
        return _choose_file(request, form, [("", _("This is no text file."))])
    except exchange.FileRefused as refusal:
        return _choose_file(request, form, refusal.problems)
    return _parties(request, _begin(parsed, content), parsed)


def _begin(parsed: exchange.Parsed, content: str) -> forms.ChoosePartiesForm:
    named = {name: getattr(parsed, name) for name in ("name", "starts_on", "ends_on", "review_on") if getattr(parsed, name)}
    return forms.ChoosePartiesForm(parties=parsed.parties, initial={**days_of(None), **named, "content": content})


def _choose_file(request: HttpRequest, form: Any, problems: Any = ()) -> HttpResponse:
    return render(request, "convenant/read_in.html", {"form": form, "problems": problems})


def _parties(request: HttpRequest, form: Any, parsed: exchange.Parsed) -> HttpResponse:
    lead = _("Choose for each party which of your organisations take its place. One that you leave open does not go along.")
    return form_page(
        request, form, _("Whose convenant is it?"), reverse("convenant-read-in"), lead=lead, button=_("Make the draft"),
        action=reverse("convenant-read-in"), aside=(reverse("convenant-organisation"), _("New organisation")),
    )  # fmt: skip
