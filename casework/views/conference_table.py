"""What the chair does before an overleg: invite people, see what each would see, and choose what lies on the table."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework import actions
from casework.conference_table import table_page
from casework.forms import ConfirmForm
from casework.forms.conferences import InviteToTableForm, LayForm
from casework.models import CaseConference, ConferenceParticipant

from . import SignedIn
from .conferences import laid_by


@require_http_methods(["GET", "POST"])
def table(request: SignedIn, pk: UUID) -> HttpResponse:
    """What lies on the table; sending lays exactly what is ticked."""
    found = _planned(request, pk)
    ticked = request.POST.getlist("items") if request.method == "POST" else None
    page = table_page(found, request.user, ticked=ticked)
    form = LayForm(request.POST or None, keys=[line.item.key for line in page.lines])
    if form.is_bound and form.run(actions.lay_on_table, actor=request.user, conference=found):
        messages.success(request, _("This lies on the table now, for each as far as they may see it."))
        return redirect("casework:conference-table", pk)
    invite_form = InviteToTableForm(guests=page.guests, auto_id="id_i_%s")
    return render(request, "casework/conference_table.html", {"page": page, "form": form, "invite": invite_form})


@require_POST
def invite(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask someone to the table."""
    found = _planned(request, pk)
    page = table_page(found, request.user)
    form = InviteToTableForm(request.POST, guests=page.guests, auto_id="id_i_%s")
    form.fields["guest"].error_messages["invalid_choice"] = _(
        "Under this kind of overleg the convenant gives this colleague no seat, or they have one already."
    )
    if form.run(actions.invite, actor=request.user, conference=found):
        messages.success(request, _("Invited."))
        return redirect("casework:conference-table", pk)
    context = {"page": page, "form": LayForm(keys=[]), "invite": form}
    return render(request, "casework/conference_table.html", context)


@require_POST
def take_back(request: SignedIn, pk: UUID, participant: UUID) -> HttpResponse:
    """Someone has no seat any more."""
    found = _planned(request, pk)
    one = get_object_or_404(ConferenceParticipant.objects.seated().select_related("conference"), pk=participant, conference=found)
    form = ConfirmForm(request.POST)
    if form.run(actions.take_back_invitation, actor=request.user, participant=one):
        messages.success(request, _("Taken back. They see nothing of it any more."))
    else:
        messages.error(request, form.refusal)
    return redirect("casework:conference-table", pk)


def _planned(request: SignedIn, pk: UUID) -> CaseConference:
    found = laid_by(request, pk)
    if found.status != CaseConference.Status.PLANNED:
        raise Http404
    return found
