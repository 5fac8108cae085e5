"""What one chooses of one's own notifications; and what waits to go out, for who keeps the accounts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luisterloket.people import actions, permissions, reaching
from luisterloket.people.forms.accounts import ConfirmForm
from luisterloket.people.forms.notifications import NotificationSettingsForm
from luisterloket.people.requests import SignedIn
from luisterloket.platform import delivery
from luisterloket.platform.notifications import groups


@require_http_methods(["GET", "POST"])
def notification_settings(request: SignedIn) -> HttpResponse:
    """By group: only here, by mail at once, or in one mail a day; and the hours of rest."""
    mine = [one for one in groups.values() if one.concerns(request.user)]
    kept = reaching.settings_of(request.user)
    form = NotificationSettingsForm(request.POST or None, kept=kept, groups=[one for one in mine if not one.duty])
    if form.is_bound and form.run(actions.choose_notifications, actor=request.user):
        messages.success(request, _("Saved."))
        return redirect("notification-settings")
    return render(request, "people/notification_settings.html", {"form": form, "duties": [one for one in mine if one.duty]})


@require_GET
def deliveries(request: SignedIn) -> HttpResponse:
    """How much waits, since when and why: never what, or for whom."""
    permissions.check_may_manage_accounts(request.user)
    return render(request, "people/deliveries.html", {"waiting": delivery.waiting(), "form": ConfirmForm()})


@require_POST
def deliveries_retry(request: SignedIn) -> HttpResponse:
    permissions.check_may_manage_accounts(request.user)
    if ConfirmForm(request.POST).run(actions.retry_deliveries, actor=request.user):
        messages.success(request, _("What waits is tried again within a minute."))
    return redirect("deliveries")
