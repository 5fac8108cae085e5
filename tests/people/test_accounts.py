"""Accounts are opened, blocked and freed by who keeps them; a link by mail lets someone in, once."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from luisterloket.people import actions
from luisterloket.people.models import User
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs

pytestmark = pytest.mark.django_db
NEW = {"email": "Sietske@oefenstad.example", "name": "Sietske Brouwer"}
PASSPHRASE = "een heel lange zin die niemand raadt"


@pytest.fixture
def sanne(city, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return actions.open_account(actor=city.olga, **NEW)


def has_factor(user):
    with writes.allowed():
        Authenticator.objects.create(user=user, type="totp", data={"secret": "00"})


def test_only_who_keeps_accounts_opens_one_and_each_is_of_one_person(city, sanne):
    assert sanne.email == "sietske@oefenstad.example"
    for user in (city.marit, city.hakan, city.petra, city.daan):
        with pytest.raises(NotAllowed):
            actions.open_account(actor=user, email="x@oefenstad.example", name="X")
    for wrong in ({"email": " "}, {"name": ""}, {"email": "sietske@OEFENSTAD.example"}):
        with pytest.raises(Refused):
            actions.open_account(actor=city.olga, **({"email": "y@oefenstad.example", "name": "Y"} | wrong))


def test_the_link_lets_someone_choose_a_passphrase_once_and_the_account_opens_nothing_yet(city, sanne, mailoutbox):
    [mail] = mailoutbox
    assert mail.to == [sanne.email]
    path = re.search(re.escape(settings.BASE_URL) + r"(/wachtzin/nieuw/\S+)", mail.body)[1]
    browser = Client()
    page = browser.get(path, follow=True)
    form = page.redirect_chain[-1][0]
    done = browser.post(form, {"password1": PASSPHRASE, "password2": PASSPHRASE})
    assert done.status_code == 302
    again = Client().get(path, follow=True)
    assert "password1" not in again.content.decode()
    signed_in = Client()
    signed_in.post(reverse("account_login"), {"login": sanne.email, "password": PASSPHRASE})
    assert signed_in.get(reverse("account")).status_code == 200
    assert signed_in.get(reverse("convenant")).status_code == 403
    with pytest.raises(Refused):
        actions.send_link_again(actor=city.olga, user=sanne)


def test_blocking_ends_every_session_at_once_and_for_good(city):
    browsers = [Client(), Client()]
    for browser in browsers:
        with writes.allowed():
            browser.force_login(city.bram)
        assert browser.get(reverse("today")).status_code == 200
    actions.block_account(actor=city.olga, user=city.bram, reason="lost")
    assert [browser.get(reverse("today")).status_code for browser in browsers] == [302, 302]
    actions.unblock_account(actor=city.olga, user=city.bram)
    # Who had the session does not get it back.
    assert [browser.get(reverse("today")).status_code for browser in browsers] == [302, 302]


def test_a_session_does_not_come_alive_again_when_the_account_was_not_used_while_it_was_blocked(city):
    browser = Client()
    with writes.allowed():
        browser.force_login(city.bram)
    actions.block_account(actor=city.olga, user=city.bram, reason="lost")
    actions.unblock_account(actor=city.olga, user=city.bram)
    assert browser.get(reverse("today")).status_code == 302


def test_a_second_factor_is_taken_away_with_a_reason_ends_sessions_and_is_told(city, mailoutbox):
    browser = Client()
    with writes.allowed():
        browser.force_login(city.marit)
    with pytest.raises(Refused):
        actions.reset_second_factor(actor=city.olga, user=city.marit, reason="lost")
    has_factor(city.marit)
    with pytest.raises(Refused):
        actions.reset_second_factor(actor=city.olga, user=city.marit, reason="zomaar")
    actions.reset_second_factor(actor=city.olga, user=city.marit, reason="lost")
    assert not Authenticator.objects.filter(user=city.marit).exists()
    assert browser.get(reverse("today")).status_code == 302
    with as_jobs():
        deliver_outbox()
    assert [mail.to for mail in mailoutbox] == [[city.marit.email]]


def test_nobody_does_any_of_it_to_themself(city):
    has_factor(city.olga)
    for act in (
        lambda: actions.block_account(actor=city.olga, user=city.olga, reason="left"),
        lambda: actions.reset_second_factor(actor=city.olga, user=city.olga, reason="lost"),
        lambda: actions.change_account(actor=city.olga, user=city.olga, email="o@oefenstad.example", name="Olga"),
        lambda: actions.appoint(actor=city.olga, user=city.olga, unit=city.unit("wonen"), role="specialist"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_last_who_supervises_cannot_be_blocked(city):
    with pytest.raises(Refused) as refusal:
        actions.block_account(actor=city.olga, user=city.daan, reason="left")
    assert refusal.value.code == "last"


def test_a_new_address_is_told_to_the_old_one(city, mailoutbox, django_capture_on_commit_callbacks):
    old = city.bram.email
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_account(actor=city.olga, user=city.bram, email="b.oosterling@oefenstad.example", name="Bram Oosterling")
    assert [mail.to for mail in mailoutbox] == [[old]]


def test_the_pages_show_find_and_change(city, sign_in):
    client = sign_in(city.olga)
    html = client.get(reverse("accounts")).content.decode()
    assert city.marit.name in html
    html = client.post(reverse("accounts"), {"q": "inkomen"}).content.decode()
    assert city.anouk.name in html
    assert city.marit.name not in html
    page = client.post(reverse("accounts-new"), NEW)
    user = User.objects.get(email="sietske@oefenstad.example")
    assert page.headers["Location"] == reverse("accounts-appoint", args=[user.pk])
    html = client.post(reverse("accounts-block", args=[user.pk]), {"reason": ""}).content.decode()
    assert "id_block_reason" in html
    client.post(reverse("accounts-block", args=[user.pk]), {"reason": "left"})
    assert not User.objects.get(pk=user.pk).is_active
    assert reverse("accounts-unblock", args=[user.pk]) in client.get(reverse("accounts-one", args=[user.pk])).content.decode()


def test_the_address_of_who_has_a_role_that_two_give_stays_until_that_ended(city):
    """With the address one asks a new passphrase; so it would be a role that one person gave."""
    with pytest.raises(Refused) as refused:
        actions.change_account(actor=city.olga, user=city.daan, email="nieuw@oefenstad.example", name=city.daan.name)
    assert refused.value.code == "needs_two"
    renamed = actions.change_account(actor=city.olga, user=city.daan, email=city.daan.email, name="Daan de Groot")
    assert renamed.name == "Daan de Groot"
    moved = actions.change_account(actor=city.olga, user=city.bram, email="bram.nieuw@oefenstad.example", name=city.bram.name)
    assert moved.email == "bram.nieuw@oefenstad.example"
