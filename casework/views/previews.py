"""What another role would see of a real case, to who works on it."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework.disclosures import scope_of
from casework.permissions import posts_for
from luisterloket.convenant import previewing
from luisterloket.convenant.disclosure import Ground, authorised, log_look, open_to_all_of
from luisterloket.convenant.forms.previews import PreviewForm
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.convenant.previews import seen_by
from luisterloket.people.models import Unit

from . import SignedIn
from .visible import case_to_work_on

PURPOSE = "listening"


@require_GET
def preview(request: SignedIn, pk: UUID) -> HttpResponse:
    """The page as that role would get it, never more than who asks may see. The look is kept before anything is shown."""
    case = case_to_work_on(request, pk)
    form = PreviewForm(request.GET or None, places=Unit.objects.filter(~Q(kind="wijkteam") | Q(pk=case.unit_id)))
    context: dict[str, Any] = {"form": form, "case": case}
    if form.is_bound and form.is_valid():
        seat, team = form.seat, Unit.objects.select_related("organisation", "wijk").get(pk=case.unit_id)
        assert seat is not None
        posts, scope = posts_for(request.user, case.unit_id), scope_of(case)
        # What a resident closed to who asks is not to be read through the eyes of a party to which they opened it.
        most = frozenset(open_to_all_of(scope, PURPOSE, authorised(posts, PURPOSE, case.pk)))
        version = ConvenantVersion.in_force()
        log_look(
            scope, to=request.user, purpose=PURPOSE, ground=Ground("preview", case.pk), post=posts[0], what="preview",
            categories=most & seen_by((seat.post(),)), version_id=version.pk if version else None,
        )  # fmt: skip
        context["preview"] = previewing.of_case(request, seat, case, team, most=most)
    return render(request, "casework/preview.html", context)
