"""My residents, finding someone in the wijk, and joining a case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import actions, finding, permissions
from casework.forms import JoinForm, SearchForm
from casework.models import Case, Involvement
from luisterloket.people.roles import Permission
from luisterloket.platform.paging import key_of

from . import SignedIn


@require_http_methods(["GET", "POST"])
def residents(request: SignedIn) -> HttpResponse:
    """My cases, the newest first. A search is sent by POST: a name does not belong in an address."""
    text = request.POST.get("q", "").strip()
    # While someone types only the results come back; without a script the same address gives the whole page.
    part = "#results" if request.htmx else ""
    ways = [post for post in request.user.posts if Permission.LISTEN in post.role.permissions]
    context: dict[str, Any] = {"may_listen": bool(ways), "ways": ways}
    if request.method == "POST" and text:
        context |= {"form": SearchForm({"q": text[:200]}), "found": finding.search(request.user, text[:200])}
        return render(request, f"casework/search.html{part}", context)
    ended = "afgesloten" in request.GET
    rows, following = finding.my_cases(request.user, before=key_of(request.GET.get("before", "")), ended=ended)
    context["ended"] = ended
    return render(
        request,
        f"casework/residents.html{part}",
        context | {"form": SearchForm(), "rows": rows, "following": following, "first_page": "before" not in request.GET},
    )


@require_http_methods(["GET", "POST"])
def join(request: SignedIn, pk: UUID) -> HttpResponse:
    """Join a case of one's own wijk with a reason in one tap; the owner is told."""
    case = get_object_or_404(Case.objects.known_to(request.user).select_related("owner"), pk=pk)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.run(actions.join_case, actor=request.user, case=case):
        messages.success(request, _("You have joined. %(owner)s is told.") % {"owner": case.owner.name})
        return redirect(case)
    if Case.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect(case)
    permissions.check_may_join(request.user, case)
    reasons = [(value, label) for value, label in Involvement.Reason.choices if value != Involvement.Reason.OTHER]
    return render(
        request,
        "casework/join.html",
        {"form": form, "known": finding.known_as(case, request.user), "reasons": reasons, "case": case},
    )
