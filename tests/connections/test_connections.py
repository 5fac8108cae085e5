"""A system is let in by one and gets its token from another; each step can be taken back at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luisterloket.connections import actions
from luisterloket.connections.models import ApiToken, Connection
from luisterloket.connections.tokens import hash_of, new_secret
from luisterloket.people import actions as people
from luisterloket.people.models import Appointment, User
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from tests.api.scene import HANDLES, READS, System, a_connection

pytestmark = pytest.mark.django_db


def issue(city, connection, actor=None, **details):
    usual = {"secret": new_secret(), "for_what": [READS], "until": timezone.localdate() + timedelta(days=30)}
    return actions.issue_token(actor=actor or city.ilse, connection=connection, **{**usual, **details})


def test_a_system_works_at_its_desk_as_a_specialist_and_is_no_colleague(city):
    connection = a_connection(city)
    (post,) = Appointment.objects.filter(user=connection.user)
    assert (post.role, post.unit) == ("specialist", city.unit("wonen"))
    assert connection.user not in User.objects.holding(Permission.ANSWER, unit_id=post.unit_id)
    assert not connection.user.has_usable_password()


def test_who_keeps_accounts_makes_no_token_and_who_leads_the_desk_lets_nobody_in(city):
    connection = a_connection(city)
    with pytest.raises(NotAllowed):
        issue(city, connection, actor=city.olga)
    with pytest.raises(NotAllowed):
        issue(city, connection, actor=city.wim)
    with pytest.raises(NotAllowed):
        actions.open_connection(
            actor=city.ilse, name="Eigen", unit=city.unit("wonen"), contact="ilse@oefenstad.example", for_what=[READS]
        )


@pytest.mark.parametrize(
    "details",
    [
        {"name": " "},
        {"for_what": []},
        {"for_what": ["alles"]},
        {"unit": "schilderswijk"},
        {"name": "Zaaksysteem"},
    ],
)
def test_what_is_no_whole_connection_is_refused(city, details):
    a_connection(city)
    asked = {"name": "Ander systeem", "unit": "wonen", "contact": "a@b.example", "for_what": [READS], **details}
    with pytest.raises(Refused):
        actions.open_connection(actor=city.olga, **{**asked, "unit": city.unit(asked["unit"])})
    assert Connection.objects.count() == 1
    assert User.objects.filter(is_machine=True).count() == 1


def test_a_token_is_good_for_no_more_than_its_connection_and_not_for_ever(city, settings):
    connection = a_connection(city, scopes=(READS,))
    today = timezone.localdate()
    for wrong in (
        {"for_what": [HANDLES]}, {"for_what": []}, {"until": today - timedelta(days=1)},
        {"until": today + timedelta(days=settings.API_TOKEN_DAYS + 1)},
    ):  # fmt: skip
        with pytest.raises(Refused):
            issue(city, connection, **wrong)
    assert not ApiToken.objects.exists()


def test_no_other_role_is_given_to_a_system(city):
    with pytest.raises(Refused):
        people.appoint(actor=city.olga, user=a_connection(city).user, unit=city.unit("schilderswijk"), role="wijkwerker")


def test_ending_ends_all_of_it_and_the_desk_can_be_closed_later(city):
    system = System(city)
    webhook = actions.add_webhook(
        actor=city.ilse, connection=system.connection, address="https://zaken.example/in",
        for_what=["nl.luisterloket.verzoek.verzonden"],
    )  # fmt: skip
    actions.end_connection(actor=city.olga, connection=system.connection)
    webhook.refresh_from_db()
    assert webhook.switched_off_why == "ended"
    assert not ApiToken.objects.usable().exists()
    assert not User.objects.get(pk=system.user.pk).is_active
    assert Appointment.objects.get(user=system.user).until == timezone.localdate()
    with pytest.raises(Refused):
        actions.end_connection(actor=city.ilse, connection=system.connection)
    with pytest.raises(Refused):
        issue(city, system.connection)


def test_the_secret_stands_on_one_page_and_on_no_other(city, sign_in):
    connection = a_connection(city)
    page = sign_in(city.ilse)
    sent = {"for_what": [READS], "until": timezone.localdate().isoformat(), "command_key": "7d8f1a2e-0000-4000-8000-000000000001"}
    answer = page.post(f"/beheer/koppelingen/{connection.pk}/tokens/", sent)
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert ApiToken.objects.get().secret_hash == hash_of(secret)
    again = page.post(f"/beheer/koppelingen/{connection.pk}/tokens/", sent)
    assert ApiToken.objects.count() == 1
    assert secret not in again.content.decode() + page.get(f"/beheer/koppelingen/{connection.pk}/").content.decode()


def test_the_pages_go_round(city, sign_in):
    page = sign_in(city.olga)
    sent = {"name": "Zaaksysteem", "unit": str(city.unit("wonen").pk), "contact": "beheer@zaken.example", "for_what": [READS]}
    answer = page.post("/beheer/koppelingen/nieuw/", sent, follow=True)
    assert "Zaaksysteem" in answer.content.decode()
    connection = Connection.objects.get()
    assert answer.redirect_chain[-1][0] == f"/beheer/koppelingen/{connection.pk}/"
    token = issue(city, connection)
    page.post(f"/beheer/koppelingen/{connection.pk}/tokens/{token.pk}/intrekken/")
    assert ApiToken.objects.get().revoked_by == city.olga
    page.post(f"/beheer/koppelingen/{connection.pk}/stoppen/")
    assert Connection.objects.get().ended_by == city.olga
    assert "Zaaksysteem" in page.get("/beheer/koppelingen/").content.decode()


def test_accounts_are_of_people_only(city, sign_in):
    system = System(city)
    page = sign_in(city.olga)
    assert system.user.name not in page.get("/beheer/accounts/").content.decode()
    assert page.get(f"/beheer/accounts/{system.user.pk}/").status_code == 404


def test_what_was_done_to_connections_is_read_by_who_supervises(city, sign_in):
    system = System(city)
    actions.revoke_token(actor=city.olga, token=system.token)
    assert HistoryEntry.objects.filter(thing_label="connections.connection").count() == 0
    page = sign_in(city.daan).get("/beheer/wijzigingen/?all")
    verbs = [change.text for change in page.context["changes"]][:4]
    assert len([text for text in verbs if "Zaaksysteem" in text or "token" in text.lower()]) == 4
