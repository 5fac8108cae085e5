"""The page on which several desks are asked at once."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from backoffice import actions, permissions
from backoffice.actions.several import RefusedPart
from backoffice.models import Desk
from backoffice.several import MOST, Part, parts_begun, parts_sent, prefix, to_ask
from casework.models import Case
from luisterloket.people.requests import SignedIn
from luisterloket.platform.drafts import draft_of, values_of
from luisterloket.platform.exceptions import Refused

# Before the id of a step, the name of the field that says which desk is asked for it.
OF_STEP = "stap-"


@require_http_methods(["GET", "POST"])
def new_requests(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask several desks about a case: first which, for which steps of the plan; then a question and what goes along for each."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    permissions.check_may_route(request.user, case)
    desks = {desk.pk: desk for desk in Desk.objects.select_related("unit")}
    if request.method == "POST":
        return _send(request, case, desks)
    chosen = _chosen(request.GET, desks)
    if chosen:
        return _show(request, case, parts_begun(case, request.user, chosen))
    draft = values_of(draft_of(request.user, f"requests:{case.pk}"))
    if draft and "opnieuw" not in request.GET:
        parts = parts_sent(case, request.user, _as_sent(draft), desks, bound=False)
        if parts:
            return _show(request, case, parts)
    context = {"case": case, "steps": to_ask(case, request.user), "desks": list(desks.values()), "most": MOST}
    return render(request, "backoffice/requests_choose.html", context)


def _chosen(asked: QueryDict, desks: dict[UUID, Desk]) -> list[tuple[Desk, str]]:
    """The desks with the step each is asked for: `stap-<step>` names the desk of a step, `desk` those without one."""
    by_text = {str(pk): desk for pk, desk in desks.items()}
    of_steps = [
        (by_text[desk], name.removeprefix(OF_STEP)) for name, desk in asked.items() if name.startswith(OF_STEP) and desk in by_text
    ]
    return [*of_steps, *((by_text[desk], "") for desk in asked.getlist("desk") if desk in by_text)]


def _as_sent(draft: dict[str, Any]) -> QueryDict:
    """A draft as a form would send it: what can be ticked more than once is kept as a list."""
    found = QueryDict(mutable=True)
    for name, value in draft.items():
        if name.endswith("-items"):
            found.setlist(name, _listed(value))
        else:
            found[name] = value
    return found


def _listed(value: Any) -> list[str]:
    """What was ticked, however it was kept: as a list, as the text of one, or one alone."""
    if isinstance(value, str):
        try:
            value = json.loads(value or "[]")
        except ValueError:
            value = [value]
    return [str(one) for one in value] if isinstance(value, list) else []


def _send(request: SignedIn, case: Case, desks: dict[UUID, Desk]) -> HttpResponse:
    sent = request.POST
    looks = "preview" in sent
    parts = parts_sent(case, request.user, sent, desks, bound=not looks)
    if not parts:
        return redirect("backoffice:requests-new", pk=case.pk)
    # Every part is looked at, so that each says what is wrong in it.
    wrong = [part for part in parts if not looks and not part.form.is_valid()]
    if looks or wrong:
        return _show(request, case, parts, looks=looks)
    details = [
        {
            **{name: value for name, value in part.form.details().items() if name != "command_key"},
            "desk": part.page.desk, "step": part.step,
        }
        for part in parts
    ]  # fmt: skip
    try:
        key = parts[0].form.cleaned_data["command_key"]
        actions.route_requests(actor=request.user, case=case, parts=details, command_key=key)
    except Refused as refusal:
        part = parts[refusal.part] if isinstance(refusal, RefusedPart) else parts[0]
        field = getattr(refusal, "field", None)
        part.form.add_error(field if field in part.form.fields else None, refusal)
        return _show(request, case, parts)
    sent_to = ngettext("Sent to %(n)d desk.", "Sent to %(n)d desks.", len(parts)) % {"n": len(parts)}
    messages.success(request, sent_to)
    return redirect(f"{case.get_absolute_url()}#requests")


def _show(request: SignedIn, case: Case, parts: list[Part], *, looks: bool = False) -> HttpResponse:
    draft = draft_of(request.user, f"requests:{case.pk}")
    refused = next((part for part in parts if part.form.is_bound and part.form.errors), None)
    context = {
        "case": case, "parts": parts, "draft": draft, "looks": looks, "refused": refused, "who": parts[0].page.who,
        "names": [part.page.desk for part in parts], "first": prefix(0),
    }  # fmt: skip
    return render(request, "backoffice/requests_new.html", context)
