"""The register of laws: which are in force, since when."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luisterloket.convenant import actions, permissions
from luisterloket.convenant.forms.versions import AddLawForm, LawForm, law_initial
from luisterloket.convenant.models import Law, of_today

from .visible import do


@require_http_methods(["GET", "POST"])
def laws(request: HttpRequest) -> HttpResponse:
    """All laws, with how many cells of the convenant in force rest on each; sending adds one, off."""
    permissions.check_may_configure(request.user)
    form = AddLawForm(request.POST or None)
    if form.is_bound and form.run(actions.add_law, actor=request.user):
        messages.success(request, _("Added, and off. Switch it on with the day from which it is in force."))
        return redirect("convenant-laws")
    cells = Count("grounds__authorisations", filter=Q(of_today("grounds__authorisations__version__")))
    found = [(law, law.is_in_force(timezone.localdate())) for law in Law.objects.annotate(cells=cells)]
    return render(request, "convenant/laws.html", {"laws": found, "form": form})


@require_http_methods(["GET", "POST"])
def law(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Switch a law on, or give it another day."""
    found = _law(request, pk)
    form = LawForm(request.POST if request.method == "POST" else None, initial=law_initial(found))
    if form.is_bound and form.run(actions.switch_on_law, actor=request.user, law=found):
        messages.success(request, _("Kept."))
        return redirect("convenant-laws")
    lead = _("What rests on this law may be shared from this day on. Read the law, or ask a lawyer, before you switch it on.")
    off = (
        (reverse("convenant-law-off", args=[pk]), _("Switch off: what rests on it is shared no more"))
        if found.in_force_since
        else None
    )
    context = {"form": form, "title": found.name, "back": reverse("convenant-laws"), "lead": lead, "away": off}
    return render(request, "convenant/form.html", context)


@require_POST
def law_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    do(request, actions.switch_off_law, _("Off. What rests on it is shared no more."), law=_law(request, pk))
    return redirect("convenant-laws")


def _law(request: HttpRequest, pk: UUID) -> Law:
    found = get_object_or_404(Law, pk=pk)
    permissions.check_may_configure(request.user)
    return found
