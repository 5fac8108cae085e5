"""Signing in, being signed out, and what happens to what was typed."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_log_in_page_shows_who_one_can_be(client, city):
    page = client.get(reverse("account_login"))
    assert page.status_code == 200
    assert "Marit Zwanenveld" in page.content.decode()


def test_a_demo_person_signs_in_with_one_button(client, city):
    answer = client.post(reverse("sign-in-as"), {"person": "petra@oefenstad.example"})
    assert answer.status_code == 302
    assert client.get(reverse("convenant")).status_code == 200


def test_signing_in_as_someone_outside_the_demo_city_is_not_there(client, city):
    assert client.post(reverse("sign-in-as"), {"person": "echt@gemeente.nl"}).status_code == 404


def test_the_passphrase_signs_in_and_a_wrong_one_says_so_and_keeps_the_address(client, city):
    from luisterloket.convenant.demo import PASSPHRASE

    wrong = client.post(reverse("account_login"), {"login": "marit@oefenstad.example", "password": "iets heel anders dan dat"})
    assert wrong.status_code == 200
    assert "marit@oefenstad.example" in wrong.content.decode()
    right = client.post(reverse("account_login"), {"login": "marit@oefenstad.example", "password": PASSPHRASE})
    assert right.status_code == 302


def test_five_wrong_passphrases_lock_the_account_for_a_while(client, city):
    from luisterloket.convenant.demo import PASSPHRASE

    for _ in range(5):
        client.post(reverse("account_login"), {"login": "marit@oefenstad.example", "password": "iets heel anders dan dat"})
    locked = client.post(reverse("account_login"), {"login": "marit@oefenstad.example", "password": PASSPHRASE})
    assert locked.status_code == 200
    assert "_auth_user_id" not in client.session


def test_what_was_typed_comes_back_when_the_session_ended(client, city):
    answer = client.post(
        reverse("sign-in-as").replace("inloggen/als", "vandaag"), {"question": "Kan Rachida vannacht ergens slapen?"}
    )
    assert answer.status_code == 401
    assert "Kan Rachida vannacht ergens slapen?" in answer.content.decode()


def test_a_passphrase_is_never_given_back(client, city):
    answer = client.post("/vandaag/", {"password": "geheim dat niemand ziet"})
    assert "geheim dat niemand ziet" not in answer.content.decode()


def test_an_ended_appointment_opens_nothing(city, sign_in):
    from datetime import timedelta

    from django.utils import timezone

    from luisterloket.people.models import Appointment
    from tests import writes

    with writes.allowed():
        Appointment.objects.filter(user=city.petra).update(until=timezone.localdate() - timedelta(days=1))
    assert sign_in(city.petra).get(reverse("convenant")).status_code == 403
