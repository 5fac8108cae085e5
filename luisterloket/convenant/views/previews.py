"""What a role would see of a made-up case, under the version in force or under a draft."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luisterloket.convenant import actions, permissions, previewing
from luisterloket.convenant.forms.previews import VersionPreviewForm
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.people.models import Unit


@require_GET
def preview(request: HttpRequest) -> HttpResponse:
    """Which role, where and under which version; then the pages themselves, of which nothing works. That it was made is kept."""
    permissions.check_may_configure(request.user)
    in_force = ConvenantVersion.in_force()
    form = VersionPreviewForm(request.GET or None, places=Unit.objects.all(), initial={"version": in_force})
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        seat, version = form.seat, form.cleaned_data["version"]
        assert seat is not None
        actions.note_preview(actor=request.user, version=version, seat=seat)
        context |= {"preview": previewing.of_made_up_case(request, seat, version), "version": version}
    return render(request, "convenant/preview.html", context)
