"""Pages on which systems of partners are let in, and get their tokens and their messages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luisterloket.connections import actions, page, permissions
from luisterloket.connections.forms import ConnectionForm, PressForm, TokenForm, WebhookForm
from luisterloket.connections.messages import secret_of
from luisterloket.connections.models import ApiToken, Connection, Webhook
from luisterloket.connections.tokens import new_secret
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn


@require_GET
def connections(request: SignedIn) -> HttpResponse:
    """All systems for who keeps the accounts, those of one's desk for who leads it."""
    permissions.check_may_see_connections(request.user)
    may_add = may(permissions.check_may_manage_accounts, request.user)
    return render(request, "connections/list.html", {"lines": page.lines(request.user), "may_add": may_add})


@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Let a system in at a desk."""
    permissions.check_may_manage_accounts(request.user)
    form = ConnectionForm(request.POST or None)
    if form.is_bound and (found := form.run(actions.open_connection, actor=request.user)):
        messages.success(request, _("The system may come in. Who leads the desk makes a token for it."))
        return redirect("connections-one", found.pk)
    return render(request, "connections/new.html", {"form": form})


@require_GET
def one(request: SignedIn, pk: UUID) -> HttpResponse:
    return _show(request, _found(request, pk))


@require_POST
def end(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, _found(request, pk), actions.end_connection, _("Ended. No token of it works any more."))


@require_POST
def token(request: SignedIn, pk: UUID) -> HttpResponse:
    """Make a token. Its secret is on this page and on no other, so the page is not left for another address."""
    connection = _found(request, pk)
    permissions.check_may_keep_connections(request.user, connection)
    form = TokenForm(request.POST, connection=connection, auto_id="id_token_%s")
    secret = new_secret()
    if form.run(actions.issue_token, actor=request.user, connection=connection, secret=secret):
        return render(request, "connections/secret.html", {"connection": connection, "secret": secret, "what": "token"})
    return _show(request, connection, {"token_form": form})


@require_POST
def revoke(request: SignedIn, pk: UUID, token: UUID) -> HttpResponse:
    connection = _found(request, pk)
    found = get_object_or_404(ApiToken.objects.select_related("connection"), pk=token, connection=connection)
    return _do(request, connection, actions.revoke_token, _("Taken away. It opens nothing any more."), token=found)


@require_POST
def webhook(request: SignedIn, pk: UUID) -> HttpResponse:
    """Tell an address from now on; the page shows the secret with which it knows that it is us."""
    connection = _found(request, pk)
    permissions.check_may_keep_connections(request.user, connection)
    form = WebhookForm(request.POST, auto_id="id_webhook_%s", connection=connection)
    if found := form.run(actions.add_webhook, actor=request.user, connection=connection):
        return _secret(request, connection, found)
    return _show(request, connection, {"webhook_form": form})


@require_POST
def webhook_secret(request: SignedIn, pk: UUID, webhook: UUID) -> HttpResponse:
    connection = _found(request, pk)
    found = _webhook(connection, webhook)
    permissions.check_may_keep_connections(request.user, connection)
    form = PressForm(request.POST)
    if renewed := form.run(actions.renew_secret, actor=request.user, webhook=found):
        return _secret(request, connection, renewed)
    return _show(request, connection, {"refused": form})


@require_POST
def webhook_off(request: SignedIn, pk: UUID, webhook: UUID) -> HttpResponse:
    connection = _found(request, pk)
    told = _("Switched off. Nothing is told to it any more.")
    return _do(request, connection, actions.switch_off, told, webhook=_webhook(connection, webhook))


@require_POST
def webhook_trial(request: SignedIn, pk: UUID, webhook: UUID) -> HttpResponse:
    connection = _found(request, pk)
    found = _webhook(connection, webhook)
    permissions.check_may_keep_connections(request.user, connection)
    told = _("A trial message goes out within a minute. Reload this page to see whether it arrived.")
    return _do(request, connection, actions.try_webhook, told, webhook=found)


def _found(request: SignedIn, pk: UUID) -> Connection:
    """Systems are there for who keeps the accounts and who leads their desk; for anyone else no address of one exists."""
    if not may(permissions.check_may_see_connections, request.user):
        raise Http404
    found: Connection = get_object_or_404(Connection.objects.visible_to(request.user).select_related("unit__organisation"), pk=pk)
    return found


def _webhook(connection: Connection, pk: UUID) -> Webhook:
    return get_object_or_404(Webhook.objects.select_related("connection"), pk=pk, connection=connection)


def _secret(request: SignedIn, connection: Connection, webhook: Webhook) -> HttpResponse:
    context = {"connection": connection, "secret": secret_of(webhook), "what": "webhook", "renewed": webhook.both_until}
    return render(request, "connections/secret.html", context)


def _do(request: SignedIn, connection: Connection, action: Any, told: str, **things: Any) -> HttpResponse:
    """One press about this connection or something of it."""
    form = PressForm(request.POST)
    if form.run(action, actor=request.user, **(things or {"connection": connection})):
        messages.success(request, told)
        return redirect("connections-one", connection.pk)
    return _show(request, connection, {"refused": form})


def _show(request: SignedIn, connection: Connection, sent: dict[str, Any] | None = None) -> HttpResponse:
    context = {
        "page": page.connection_page(connection, request.user),
        "token_form": TokenForm(connection=connection, auto_id="id_token_%s"),
        "webhook_form": WebhookForm(auto_id="id_webhook_%s", connection=connection),
        "press": PressForm(auto_id=False),
        "refused": next(iter((sent or {}).values()), None),
        **(sent or {}),
    }
    return render(request, "connections/one.html", context)
