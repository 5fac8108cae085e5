"""Mails that only the site can write: a job may read no more of an account than its address."""

from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .models import User

DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def link_of(user: User) -> str:
    """Where this person chooses a passphrase, once. In production the second factor comes right after."""
    key = default_token_generator.make_token(user)
    return settings.BASE_URL + reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


def send(user: User) -> None:
    """The link, after commit."""
    with translation.override("nl"):
        lines = [
            _("There is an account of Luisterloket for you."),
            _("Choose your passphrase: %(link)s") % {"link": link_of(user)},
            _("The link works once, and for %(days)d days. After that, ask your account administrator for a new one.")
            % {"days": DAYS},
        ]
        _after_commit(_("Your account of Luisterloket"), lines, user.email)


def tell_old_address(address: str) -> None:
    """After commit, to where mail about this account went until now."""
    with translation.override("nl"):
        lines = [
            _("The account of Luisterloket that used this address now has another one."),
            _("Did you not ask for that? Then call your account administrator or the privacy officer at once."),
        ]
        _after_commit(_("Your account of Luisterloket"), lines, address)


def _after_commit(subject: str, lines: list[str], to: str) -> None:
    mail = EmailMessage(subject, "\n\n".join(lines), to=[to], headers={"Auto-Submitted": "auto-generated"})
    # A mail server that is down does not undo the account: the link can be sent again.
    transaction.on_commit(partial(mail.send, fail_silently=True))
