"""A data breach: reported in a minute by anyone, 72 hours from when it was found, handled by who supervises, every step kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from luisterloket.convenant import actions
from luisterloket.convenant.models import Breach, BreachStep
from luisterloket.convenant.tasks import warn_of_breaches
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.tasks import deliver_outbox
from tests import writes
from tests.backoffice.scene import as_jobs

pytestmark = pytest.mark.django_db
WHAT = "Een brief over Rachida lag bij de buren"


def reported(actor, hours=1, **more):
    told = {"what": WHAT, "discovered_at": timezone.now() - timedelta(hours=hours), "data": ["names", "money"], "people": "one"}
    return actions.report_breach(actor=actor, **told | more)


def fresh(breach):
    return Breach.objects.get(pk=breach.pk)


def test_anyone_who_works_here_reports_in_one_form_and_sees_only_how_it_stands(city, sign_in):
    client = sign_in(city.fatna)
    assert reverse("breach-new") in client.get(reverse("account")).content.decode()
    assert "look:" in client.get(reverse("breach-new") + "?about=look:x").content.decode()
    moment = timezone.localtime() - timedelta(hours=1)
    sent = {"what": WHAT, "discovered_at": moment.strftime("%Y-%m-%dT%H:%M"), "data": ["names"], "people": "few"}
    page = client.post(reverse("breach-new"), sent, follow=True)
    assert page.status_code == 200
    with acting(city.daan.acting):
        breach = Breach.objects.get()
        assert breach.what == WHAT
    actions.assess_breach(actor=city.daan, breach=breach, risk="risk", text="De buren lazen het")
    html = client.get(reverse("breach", args=[breach.pk])).content.decode()
    assert "De buren lazen het" not in html
    assert WHAT not in html
    assert sign_in(city.marit).get(reverse("breach", args=[breach.pk])).status_code == 404


def test_a_form_that_is_not_filled_in_keeps_what_was_typed(city, sign_in):
    html = sign_in(city.marit).post(reverse("breach-new"), {"what": WHAT, "discovered_at": "", "people": ""}).content.decode()
    assert WHAT in html
    assert "id_discovered_at_error" in html
    with pytest.raises(Refused):
        reported(city.marit, hours=-1)


def test_the_clock_runs_from_when_it_was_found(city):
    breach = reported(city.marit, hours=70)
    assert breach.hours_left == 1
    assert not breach.is_late
    assert reported(city.marit, hours=73).is_late
    with acting(city.daan.acting), writes.allowed():
        page = vandaag.page(city.daan, everything=True)
    assert page.alarm is not None
    assert page.alarm.item.due_at is not None


def test_the_job_warns_at_24_48_and_72_hours_once_each_and_tells_nothing(city, mailoutbox):
    breach = reported(city.marit, hours=25)
    for hours in (25, 25, 49, 73, 100):
        with writes.allowed(), acting(city.daan.acting), connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute(
                "UPDATE convenant_breach SET discovered_at = now() - make_interval(hours => %s) WHERE id = %s", [hours, breach.pk]
            )
            cursor.execute("SET ROLE luisterloket_app")
        with as_jobs():
            warn_of_breaches()
            deliver_outbox()
    to_daan = [mail for mail in mailoutbox if mail.to == [city.daan.email]]
    assert len(to_daan) == 1 + 3
    assert not [mail for mail in mailoutbox if "Rachida" in mail.body or "buren" in mail.body]
    actions.tell_authority(actor=city.daan, breach=breach, moment=timezone.now(), text="Nummer 12")
    with as_jobs():
        assert warn_of_breaches() == 0


def test_a_risk_must_be_told_and_what_is_spared_says_why(city):
    breach = reported(city.marit)
    with pytest.raises(Refused):
        actions.spare_authority(actor=city.daan, breach=breach, text="Valt mee")
    actions.assess_breach(actor=city.daan, breach=breach, risk="unlikely", text="Ongeopend terug")
    with pytest.raises(Refused):
        actions.spare_authority(actor=city.daan, breach=breach, text=" ")
    assert actions.spare_authority(actor=city.daan, breach=breach, text="Ongeopend terug").ap == "not"
    # It turns out to be worse: the decision falls.
    breach = actions.assess_breach(actor=city.daan, breach=breach, risk="high", text="Toch gelezen")
    assert breach.clock_runs
    with pytest.raises(Refused):
        actions.spare_authority(actor=city.daan, breach=breach, text="Liever niet")
    with writes.allowed(), acting(city.daan.acting), pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.filter(pk=breach.pk).update(ap="not")


def test_it_closes_when_everything_was_decided_and_then_nothing_is_added(city):
    breach = reported(city.marit)
    for act in (
        lambda: actions.assess_breach(actor=city.daan, breach=breach, risk="high", text="Gelezen"),
        lambda: actions.tell_authority(actor=city.daan, breach=breach, moment=timezone.now(), text="Nummer 12"),
        lambda: actions.tell_residents(actor=city.daan, breach=breach, moment=timezone.now(), text="Gebeld"),
        lambda: actions.note_measure(actor=city.daan, breach=breach, text="Adres hersteld"),
    ):
        with pytest.raises(Refused):
            actions.close_breach(actor=city.daan, breach=breach, text="Adres nalezen")
        act()
    assert actions.close_breach(actor=city.daan, breach=breach, text="Adres nalezen").closed_at
    with pytest.raises(Refused):
        actions.note_measure(actor=city.daan, breach=breach, text="Nog iets")


def test_only_who_supervises_handles_it_and_the_database_holds_that(city):
    breach = reported(city.marit)
    for user in (city.marit, city.hakan, city.petra, city.olga, city.lotte):
        with pytest.raises(NotAllowed):
            actions.note_measure(actor=user, breach=breach, text="Iets")
        with acting(user.acting):
            assert Breach.objects.exists() == (user == city.marit)
            assert not BreachStep.objects.exists()
    actions.note_measure(actor=city.daan, breach=breach, text="Iets")
    with writes.allowed(), acting(city.marit.acting):
        assert Breach.objects.filter(pk=breach.pk).update(risk="unlikely") == 0
        assert not BreachStep.objects.exists()
    for change in (
        "UPDATE convenant_breachstep SET kind = 'closed'",
        "DELETE FROM convenant_breachstep",
        "DELETE FROM convenant_breach",
    ):
        with writes.allowed(), acting(city.daan.acting), transaction.atomic(), connection.cursor() as cursor:
            with pytest.raises(Exception, match="permission denied"):
                cursor.execute(change)
            transaction.set_rollback(True)


def test_the_register_is_listed_printed_and_given_without_personal_data(city, sign_in):
    breach = reported(city.marit)
    actions.assess_breach(actor=city.daan, breach=breach, risk="risk", text="De buren lazen het")
    client = sign_in(city.daan)
    assert breach.number in client.get(reverse("breaches")).content.decode()
    paper = client.get(reverse("breach-paper", args=[breach.pk])).content.decode()
    for told in (WHAT, "De buren lazen het", city.daan.email):
        assert told in paper
    table = client.get(reverse("breaches-csv"))
    text = table.content.decode("utf-8-sig")
    assert breach.number in text
    for secret in ("Rachida", "buren", "Marit"):
        assert secret not in text
    html = client.post(reverse("breach-act", args=[breach.pk, "ap-gemeld"]), {"moment": "", "text": ""}).content.decode()
    assert "id_ap-gemeld_text_error" in html
    assert client.post(reverse("breach-act", args=[breach.pk, "maatregel"]), {"text": "Teruggehaald"}).status_code == 302
