"""How a wijk listens."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import actions, permissions, selectors
from casework.forms.ways import WayForm
from luisterloket.people.models import Unit
from luisterloket.people.roles import Permission
from luisterloket.wijken.models import WayOfWorking

from . import SignedIn


@require_http_methods(["GET", "POST"])
def way_of_working(request: SignedIn, pk: UUID) -> HttpResponse:
    """For who works in the wijk to read, and for who divides the work to choose anew."""
    mine = [post.unit_id for post in request.user.posts if Permission.LISTEN in post.role.permissions]
    unit = get_object_or_404(Unit.objects.filter(pk__in=mine, kind=Unit.Kind.WIJKTEAM).select_related("wijk"), pk=pk)
    way = WayOfWorking.objects.filter(wijk=unit.wijk_id).order_by("-version").first()
    may_choose = request.user.has(Permission.DIVIDE_WORK, unit_id=unit.pk)
    if request.method == "POST":
        permissions.check_may_choose_way(request.user, unit.pk)
    order = selectors.domains_in_order(unit.pk)
    form = WayForm(request.POST if request.method == "POST" else None, way=way, order=order) if may_choose else None
    if form is not None and form.is_bound and form.run(actions.choose_way_of_working, actor=request.user, unit=unit):
        messages.success(request, _("From now on this wijk works like this. What was asked before stays as it was asked."))
        return redirect("casework:way-of-working", pk)
    return render(request, "casework/way_of_working.html", {"unit": unit, "way": way, "form": form, "order": order})
