"""Who may open a case: protection, named people, and who is kept out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions, permissions
from casework.forms.safety import KeepOutForm, LiftForm, NameForm, ProtectForm, TakeOverForm
from casework.models import Case
from casework.safety import ProtectionPage, colleagues_of_wijken, protection_page

from . import SignedIn
from .visible import case_to_work_on, visible_case

# What can be done, with what is said of it afterwards.
DONE = {
    "beschermen": gettext_lazy("This case is now there for the named people only."),
    "opheffen": gettext_lazy("The protection is lifted."),
    "noemen": gettext_lazy("Added. This colleague can open the case."),
    "weghalen": gettext_lazy("Taken off. For this colleague the case is no longer there."),
    "buitenhouden": gettext_lazy("For this colleague the case is not there."),
    "toelaten": gettext_lazy("This colleague may join again."),
}


@require_GET
def protection(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who may open this case, and why; who may change that gets the forms."""
    case = case_to_work_on(request, pk)
    return _show(request, protection_page(case, request.user))


@require_POST
def act(request: SignedIn, pk: UUID, act: str) -> HttpResponse:
    """Carry out one of these; when it is refused the page comes back with what was typed."""
    case = visible_case(request, pk)
    permissions.check_may_guard(request.user, case)
    if act not in DONE:
        raise Http404
    page = protection_page(case, request.user)
    form = _form(page, act, request.POST)
    if not _run(act, form, request.user, case):
        return _show(request, page, {act: form})
    messages.success(request, DONE[act])
    # Who took themself off cannot see the case any more.
    here = Case.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect("casework:case-protection", pk) if here else redirect("start")


@require_http_methods(["GET", "POST"])
def take_over(request: SignedIn, pk: UUID) -> HttpResponse:
    """A protected case has nobody left. Nothing of it is told before the coordinator has taken it over."""
    if pk not in permissions.left_alone(request.user):
        raise Http404
    form = TakeOverForm(request.POST or None, colleagues=colleagues_of_wijken(request.user))
    if form.is_bound:
        case = form.run(actions.take_over_guarded, actor=request.user, case_id=pk)
        if case:
            messages.success(request, _("You are the owner of this case now."))
            return redirect(case)
    return render(request, "casework/take_over.html", {"form": form})


def _run(act: str, form: Any, user: Any, case: Case) -> Any:
    if act == "opheffen":
        return form.run(actions.lift_protection, actor=user)
    action: Any = {
        "beschermen": actions.protect,
        "noemen": actions.name_person,
        "weghalen": actions.unname_person,
        "buitenhouden": actions.keep_out,
        "toelaten": actions.let_in,
    }[act]
    return form.run(action, actor=user, case=case)


def _form(page: ProtectionPage, act: str, data: Any = None) -> Any:
    if act == "beschermen":
        return ProtectForm(data, residents=page.residents, colleagues=page.not_named, auto_id="id_protect_%s")
    if act == "opheffen":
        return LiftForm(data, protections=[one.protection for one in page.protected], auto_id=False)
    if act == "buitenhouden":
        return KeepOutForm(data, colleagues=page.could_be_kept_out, auto_id="id_out_%s")
    people = {
        "noemen": page.not_named,
        "weghalen": [guard.user for guard in page.named],
        "toelaten": [guard.user for guard in page.kept_out],
    }
    return NameForm(data, colleagues=people[act], auto_id="id_name_%s")


def _show(request: SignedIn, page: ProtectionPage, sent: dict[str, Any] | None = None) -> HttpResponse:
    sent = sent or {}
    shown = {"protect": "beschermen", "name": "noemen", "keep_out": "buitenhouden"}
    forms = {name: sent.get(act) or _form(page, act) for name, act in shown.items()} if page.may_guard else {}
    refused = next(iter(sent.values()), None)
    context = {"page": page, "forms": forms, "refused": refused}
    return render(request, "casework/protection.html", context)
