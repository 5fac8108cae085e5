"""The first two account administrators come from the command line; everyone after them from the pages."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from luisterloket.people import actions
from luisterloket.people.models import User
from tests import writes

pytestmark = pytest.mark.django_db


def made(number):
    """As the owner of the database, who runs it."""
    said = StringIO()
    details = ["--email", f"beheer{number}@oefenstad.example", "--name", f"Beheerder {number}", "--organisation", "Gemeente Nieuw"]
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    try:
        call_command("create_administrator", *details, stdout=said)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE luisterloket_app")
    return said.getvalue()


def test_two_and_no_more_and_together_they_appoint_who_supervises(city):
    # There is one in this city already.
    link = made(1).split()[-1]
    assert Client().get("/" + link.split("/", 3)[3], follow=True).status_code == 200
    first = User.objects.get(email="beheer1@oefenstad.example")
    assert [(post.role, post.unit.organisation.name) for post in first.appointments.all()] == [("account_admin", "Gemeente Nieuw")]
    with pytest.raises(CommandError):
        made(2)
    unit = first.appointments.get().unit
    supervisor = actions.open_account(actor=first, email="fg@oefenstad.example", name="Toezicht Houder")
    proposal = actions.propose_appointment(actor=first, user=supervisor, unit=unit, role="privacy_officer")
    actions.answer_proposal(actor=city.olga, proposal=proposal, agreed=True)
    assert supervisor.appointments.get().role == "privacy_officer"


def test_it_helps_out_when_one_is_left(city):
    made(1)
    with writes.allowed():
        User.objects.filter(email="beheer1@oefenstad.example").update(is_active=False)
    assert "/wachtzin/nieuw/" in made(2)


def test_a_wrong_address_is_refused(city):
    with pytest.raises(CommandError):
        call_command("create_administrator", "--email", "x", "--name", "X", "--organisation", "Y", stdout=StringIO())
