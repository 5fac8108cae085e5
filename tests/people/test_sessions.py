"""A form of an earlier session, a second factor that is obliged."""

import pytest
from django.test import Client
from django.urls import reverse

from luisterloket.convenant.demo import PASSPHRASE
from tests import writes

pytestmark = pytest.mark.django_db


def test_a_form_of_an_earlier_session_is_given_back_to_send_again(city):
    client = Client(enforce_csrf_checks=True)
    with writes.allowed():
        client.force_login(city.marit)
    answer = client.post(
        "/taal/", {"csrfmiddlewaretoken": "of-yesterday", "note": "Lange tekst"}, headers={"Origin": "http://testserver"}
    )
    assert answer.status_code == 401
    assert "Lange tekst" in answer.content.decode()


def test_a_form_of_a_strange_site_is_refused_and_not_shown(city):
    client = Client(enforce_csrf_checks=True)
    with writes.allowed():
        client.force_login(city.marit)
    answer = client.post("/taal/", {"note": "Van een vreemde"}, headers={"Origin": "https://strange.example"})
    assert answer.status_code == 403
    assert "Van een vreemde" not in answer.content.decode()


def test_without_a_second_factor_one_first_sets_it_up(city, sign_in, settings):
    settings.MFA_REQUIRED = True
    answer = sign_in(city.marit).get(reverse("convenant"))
    assert answer.status_code == 302
    assert answer.url == reverse("mfa_activate_totp")


def test_setting_up_a_second_factor_asks_for_the_passphrase_and_shows_a_code(city, settings, client):
    settings.MFA_REQUIRED = True
    client.post(reverse("account_login"), {"login": "marit@oefenstad.example", "password": PASSPHRASE})
    asks = client.get(reverse("mfa_activate_totp"))
    page = client.post(asks.url, {"password": PASSPHRASE}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_activate_totp")
    assert "data:image/svg+xml" in page.content.decode()


def test_the_secret_of_the_second_factor_is_unreadable_in_the_database(city):
    from allauth.mfa.totp.internal.auth import TOTP

    from luisterloket.people.adapter import MFAAdapter

    with writes.allowed():
        totp = TOTP.activate(city.marit, "JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in str(totp.instance.data)
    assert MFAAdapter().decrypt(totp.instance.data["secret"]) == "JBSWY3DPEHPK3PXP"


def test_pages_are_kept_nowhere_and_run_no_strange_script(city, sign_in):
    page = sign_in(city.petra).get(reverse("convenant"))
    policy = page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_language_is_chosen_and_leads_nowhere_else(client):
    answer = client.post(reverse("set-language"), {"language": "en", "next": "https://strange.example/"})
    assert answer.url == "/"
    assert answer.cookies["language"].value == "en"


def test_health_says_that_the_database_is_there(client):
    assert client.get("/healthz").json() == {"database": "ok"}
