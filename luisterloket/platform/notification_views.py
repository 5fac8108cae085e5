"""The pages of what someone was told: the list, the way to what it is about, and how many are new."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_GET, require_POST

from . import actions
from .forms import ActionForm
from .models import Notification
from .notifications import counted, text_of, unread_count
from .paging import key_of

PAGE = 30


@dataclass(frozen=True)
class Line:
    """One notification as it reads."""

    pk: UUID
    text: str
    at: datetime
    leads: bool
    is_new: bool

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)


@require_GET
def notifications(request: HttpRequest) -> HttpResponse:
    """All that one was told, newest first."""
    mine = _of(request).order_by("-at", "-pk")
    before = key_of(request.GET.get("before", ""))
    if before is not None:
        mine = mine.filter(Q(at__lt=before[0]) | Q(at=before[0], pk__lt=before[1]))
    found = list(mine[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    context = {
        "lines": [Line(one.pk, _(text_of(one.kind)), one.at, bool(one.path), one.read_at is None) for one in found[:PAGE]],
        "following": f"{last.at.isoformat()}_{last.pk}" if last else "",
        "form": ActionForm(),
        "unread": unread_count(request.user) if before is None else 0,
    }
    return render(request, "platform/notifications.html", context)


@require_GET
def notification(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To what it is about, which is read by that. What one may not see any more is not there, as anywhere."""
    one = get_object_or_404(_of(request), pk=pk)
    actions.open_notification(actor=request.user, notification=one)
    return redirect(one.path or "notifications")


@require_POST
def notification_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One that leads nowhere is read with a press."""
    ActionForm(request.POST).run(actions.open_notification, actor=request.user, notification=get_object_or_404(_of(request), pk=pk))
    return redirect("notifications")


@require_POST
def notifications_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that the page showed and what came before it."""
    ActionForm(request.POST).run(actions.read_up_to, actor=request.user, notification=get_object_or_404(_of(request), pk=pk))
    return redirect("notifications")


@require_GET
@condition(etag_func=lambda request: counted(request.user)["tag"])
def notifications_count(request: HttpRequest) -> JsonResponse:
    """What an open page asks now and then. It costs no question of its own: the number comes with the account."""
    return JsonResponse(counted(request.user))


def _of(request: Any) -> QuerySet[Notification]:
    return Notification.objects.filter(recipient_id=request.user.pk)
