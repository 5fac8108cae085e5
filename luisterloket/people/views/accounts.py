"""Accounts: the list, one account, and what is done to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luisterloket.people import accounts_page, actions, changes, permissions
from luisterloket.people.forms.accounts import AccountForm, BlockForm, ConfirmForm, FactorForm
from luisterloket.people.models import User
from luisterloket.people.requests import SignedIn
from luisterloket.people.roles import Permission
from luisterloket.platform.paging import key_of


@require_http_methods(["GET", "POST"])
def accounts(request: SignedIn) -> HttpResponse:
    """Everyone with an account, by name. What one searches for is sent, so that no name is in an address."""
    permissions.check_may_manage_accounts(request.user)
    sought = request.POST.get("q", "")[:100]
    found, following = accounts_page.accounts(sought, after=request.GET.get("after", ""))
    return render(request, "people/accounts.html", {"found": found, "following": following, "sought": sought})


@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """An account for someone, who gets a link by mail."""
    permissions.check_may_manage_accounts(request.user)
    form = AccountForm(request.POST or None)
    if form.is_bound:
        user = form.run(actions.open_account, actor=request.user)
        if user:
            messages.success(request, _("The account is there, and a link went out by mail. Now say what this person does here."))
            return redirect("accounts-appoint", user.pk)
    return render(request, "people/account_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def one(request: SignedIn, pk: UUID) -> HttpResponse:
    """One account; sending changes the name or address."""
    user = account_of(request, pk)
    form = AccountForm(request.POST or None, initial={"name": user.name, "email": user.email})
    if form.is_bound:
        permissions.check_may_manage_account(request.user, user)
        if form.run(actions.change_account, actor=request.user, user=user):
            messages.success(request, _("Changed."))
            return redirect("accounts-one", pk)
    return _show(request, User.objects.get(pk=pk), {"form": form})


@require_POST
def link(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, actions.send_link_again, ConfirmForm(request.POST), "link", _("A new link went out by mail."))


@require_POST
def block(request: SignedIn, pk: UUID) -> HttpResponse:
    """All sessions end at once."""
    return _do(
        request,
        pk,
        actions.block_account,
        BlockForm(request.POST, auto_id="id_block_%s"),
        "block",
        _("Blocked. Whoever was signed in is out."),
    )


@require_POST
def unblock(request: SignedIn, pk: UUID) -> HttpResponse:
    return _do(request, pk, actions.unblock_account, ConfirmForm(request.POST), "unblock", _("Unblocked."))


@require_POST
def second_factor(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take the second factor away; a new one is set up at the next log-in."""
    done = _("The second factor is gone, and all sessions ended.")
    return _do(request, pk, actions.reset_second_factor, FactorForm(request.POST, auto_id="id_factor_%s"), "factor", done)


@require_GET
def account_changes(request: SignedIn) -> HttpResponse:
    """What was done to accounts and rights, for who supervises."""
    permissions.check_may_supervise_access(request.user)
    everything = "all" in request.GET
    found, following = changes.newest(before=key_of(request.GET.get("before", "")), privileged=not everything)
    return render(request, "people/changes.html", {"changes": found, "following": following, "everything": everything})


def account_of(request: SignedIn, pk: UUID) -> User:
    """Accounts are there for who keeps them; for anyone else no address of one exists."""
    if not request.user.has(Permission.MANAGE_ACCOUNTS):
        raise Http404
    return get_object_or_404(User, pk=pk, is_machine=False)


def _do(request: SignedIn, pk: UUID, action: Any, form: Any, name: str, done: str) -> HttpResponse:
    user = account_of(request, pk)
    permissions.check_may_manage_account(request.user, user)
    if form.run(action, actor=request.user, user=user):
        messages.success(request, done)
        return redirect("accounts-one", pk)
    return _show(request, user, {name: form})


def _show(request: SignedIn, user: User, sent: dict[str, Any]) -> HttpResponse:
    context = {
        "page": accounts_page.account_page(user, request.user),
        "form": AccountForm(initial={"name": user.name, "email": user.email}),
        "block": BlockForm(auto_id="id_block_%s"),
        "factor": FactorForm(auto_id="id_factor_%s"),
        "confirm": ConfirmForm(auto_id=False),
        "refused": next(iter(sent.values()), None),
        **sent,
    }
    return render(request, "people/account_one.html", context)
