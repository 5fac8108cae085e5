"""Accounts: opened, kept right, blocked. What someone may do is another matter: that follows from their appointments."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.people import invitations, permissions
from luisterloket.people.models import Appointment, User
from luisterloket.people.reasons import BlockReason, FactorReason
from luisterloket.people.separation import NEEDS_TWO
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.outbox import emit

from .appointments import check_someone_stays

# So long the same account administrator does not change both the address and the second factor of one account.
TWO_FOR_BOTH = timedelta(days=90)


@command
def open_account(*, actor: Any, email: str, name: str) -> User:
    """An account of one person (never of a group, BIO2 5.16.02), who gets a link to choose a passphrase. It opens nothing yet."""
    permissions.check_may_manage_accounts(actor)
    user = User(email=_address(email), name=_name(name))
    user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    record(actor, "account.opened", user)
    invitations.send(user)
    return user


@command
def send_link_again(*, actor: Any, user: User) -> User:
    """For who has not chosen a passphrase yet. Whoever forgot one asks for a new one on the log-in page."""
    permissions.check_may_manage_account(actor, user)
    user = _locked(user)
    if user.has_usable_password():
        raise Refused(_("This person chose a passphrase already. A new one is asked on the log-in page."), code="chosen")
    if not user.is_active:
        raise Refused(_("This account is blocked. Unblock it first."), code="blocked")
    record(actor, "account.link_sent", user)
    invitations.send(user)
    return user


@command
def change_account(*, actor: Any, user: User, email: str, name: str) -> User:
    """Another name or address. A new address is told to the old one as well, so that nobody loses an account unseen.

    Raises `Refused` for another address by who took away the second factor of this account, and for that of someone with a role
    that nobody gives alone: with the address one could ask a new passphrase, and so take the role.
    """
    permissions.check_may_manage_account(actor, user)
    user = _locked(user)
    old = user.email
    user.email, user.name = _address(email, user), _name(name)
    if old != user.email:
        _check_not_taken_over(actor, user, "account.second_factor_reset")
        _check_role_not_taken(user)
    user.full_clean()
    user.save(update_fields=["email", "name"])
    if old != user.email:
        invitations.tell_old_address(old)
    record(actor, "account.changed", user, address=old != user.email)
    return user


@command
def block_account(*, actor: Any, user: User, reason: str) -> User:
    """From now on nobody signs in with it, and whoever is signed in with it is out (ASVS 7.4.2). Appointments stay as they are."""
    permissions.check_may_manage_account(actor, user)
    user = _locked(user)
    if reason not in BlockReason.values:
        raise Refused(_("Choose why the account is blocked."), code="reason")
    if not user.is_active:
        raise Refused(_("This account is blocked already."), code="blocked")
    check_someone_stays(user, list(Appointment.objects.in_force().filter(user=user)))
    user.is_active = False
    user.session_round = F("session_round") + 1
    user.save(update_fields=["is_active", "session_round"])
    record(actor, "account.blocked", user, reason=reason)
    user.refresh_from_db(fields=["session_round"])
    return user


@command
def unblock_account(*, actor: Any, user: User) -> User:
    permissions.check_may_manage_account(actor, user)
    user = _locked(user)
    if user.is_active:
        raise Refused(_("This account is not blocked."), code="open")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(actor, "account.unblocked", user)
    return user


@command
def reset_second_factor(*, actor: Any, user: User, reason: str) -> User:
    """The second factor is gone: at the next log-in a new one is set up. All sessions end, and the person is told.

    Raises `Refused` for who gave this account another address.
    """
    permissions.check_may_manage_account(actor, user)
    user = _locked(user)
    if reason not in FactorReason.values:
        raise Refused(_("Choose why the second factor is taken away."), code="reason")
    _check_not_taken_over(actor, user, "account.changed", details__address=True)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Refused(_("This person has no second factor yet."), code="none")
    user.session_round = F("session_round") + 1
    user.save(update_fields=["session_round"])
    record(actor, "account.second_factor_reset", user, reason=reason)
    emit("account.second_factor_reset", user)
    user.refresh_from_db(fields=["session_round"])
    return user


def _check_not_taken_over(actor: Any, user: User, other: str, **details: Any) -> None:
    """Who gives an account another address and takes its second factor away is in it: no one person does both."""
    since = timezone.now() - TWO_FOR_BOTH
    if HistoryEntry.objects.filter(actor_id=actor.pk, verb=other, thing_id=user.pk, at__gt=since, **details).exists():
        raise Refused(
            _("You changed the address or the second factor of this account lately. Another account administrator does this."),
            code="two",
        )


def _check_role_not_taken(user: User) -> None:
    """Raises `Refused` while someone has, or is about to have, a role that two people give."""
    if user.has_usable_password() and Appointment.objects.in_force_or_later().filter(user=user, role__in=NEEDS_TWO).exists():
        raise Refused(
            _(
                "This person has a role that nobody gives alone, and with another address the account could be taken over. "
                "End that appointment first, change the address, and propose the role anew."
            ),
            code="needs_two",
        )


def _locked(user: User) -> User:
    found: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return found


def _address(email: str, whose: User | None = None) -> str:
    address = email.strip().lower()
    if not address:
        raise Refused(_("Write down the e-mail address."), code="no_address")
    others = User.objects.exclude(pk=whose.pk) if whose else User.objects.all()
    if others.filter(email__iexact=address).exists():
        raise Refused(_("There is an account with this address already."), code="taken")
    return address


def _name(name: str) -> str:
    if not name.strip():
        raise Refused(_("Write down the name."), code="no_name")
    return name.strip()
