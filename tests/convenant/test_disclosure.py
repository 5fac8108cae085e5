"""One place discloses: by the convenant in force, on a ground that holds, and never unseen."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.disclosures import scope_of
from luisterloket.convenant.disclosure import Ground, Scope, disclose
from luisterloket.convenant.models import AccessLogEntry, Authorisation, ConvenantParty, ConvenantVersion
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed
from tests import writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    marit = city.marit
    intake = actions.start_intake(actor=marit, unit=city.unit("schilderswijk"))
    actions.save_sheet(
        actor=marit,
        intake=intake,
        revision=0,
        values={"own_words": "Ik wil slapen waar het veilig is.", "name": "Rachida Amrani", "phone": "06 00 00 45 12"},
    )
    actions.mark_concern(actor=marit, intake=intake, domain="finances", severity=2, text="Nog € 40 tot vrijdag")
    actions.mark_concern(actor=marit, intake=intake, domain="mental_health", severity=3, text="Slaapt slecht van de zorgen")
    return actions.conclude_intake(actor=marit, intake=intake)


def look(who, case, purpose="listening"):
    with acting(who.acting):
        return disclose(scope_of(case), to=who, purpose=purpose, ground=Ground("involvement", case.pk), what="test")


def test_the_owner_sees_the_whole_situation(city, case):
    seen = look(city.marit, case)
    assert seen.text("name") == "Rachida Amrani"
    assert len(seen.of("concern")) == 2
    assert seen.may_contribute("finances")


def test_a_buddy_sees_name_and_telephone_and_not_the_debts(city, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    seen = look(city.fatna, case)
    assert seen.text("name") == "Rachida Amrani"
    assert seen.text("phone")
    assert seen.of("concern") == []
    assert seen.of("own_words") == []


@pytest.mark.parametrize("name", ["bram", "hakan", "noor", "joost", "eline", "ravi", "petra", "daan", "gerda"])
def test_whoever_has_no_part_in_it_is_refused(city, case, name):
    who = getattr(city, name)
    with acting(who.acting), pytest.raises(NotAllowed):
        disclose(
            Scope(tuple(case.residents.values_list("pk", flat=True)) or (case.pk,), case.pk),
            to=who,
            purpose="listening",
            ground=Ground("involvement", case.pk),
            what="test",
        )


def test_a_ground_for_one_case_gives_nothing_of_another(city, case):
    noor = city.noor
    intake = actions.start_intake(actor=noor, unit=city.unit("vreewijk"))
    actions.save_sheet(actor=noor, intake=intake, revision=0, values={"own_words": "Ik slaap op de bank", "name": "Orlando"})
    own = actions.conclude_intake(actor=noor, intake=intake)
    with acting(city.marit.acting):
        foreign = scope_of(case).subjects
    with acting(noor.acting), pytest.raises(NotAllowed):
        disclose(Scope(foreign, own.pk), to=noor, purpose="listening", ground=Ground("involvement", own.pk), what="test")


@pytest.mark.parametrize(
    "end",
    [
        lambda: ConvenantVersion.objects.update(ends_on=timezone.localdate() - timedelta(days=1)),
        lambda: ConvenantVersion.objects.update(status="ended"),
        lambda: ConvenantParty.objects.update(left_on=timezone.localdate()),
        lambda: ConvenantParty.objects.update(signed_on=None),
        lambda: Authorisation.objects.all().delete(),
    ],
    ids=["past its end", "ended", "party left", "never signed", "no cells"],
)
def test_without_a_convenant_nothing_is_shown(city, case, end):
    with writes.allowed():
        end()
    assert list(look(city.marit, case)) == []


def test_an_unknown_purpose_or_ground_gives_nothing(city, case):
    assert list(look(city.marit, case, purpose="curiosity")) == []
    marit = city.marit
    with acting(marit.acting), pytest.raises(NotAllowed):
        disclose(scope_of(case), to=marit, purpose="listening", ground=Ground("because I want to", case.pk), what="test")


def test_every_look_is_kept_with_who_whose_what_and_why(city, case):
    marit = city.marit
    look(marit, case)
    with acting(marit.acting):
        entry = AccessLogEntry.objects.latest("at")
        assert (entry.actor_id, entry.case_id, entry.purpose, entry.role) == (marit.pk, case.pk, "listening", "wijkwerker")
        assert entry.subjects == list(scope_of(case).subjects)
        assert "finances" in entry.categories
        assert entry.convenant_version_id == ConvenantVersion.in_force().pk


@pytest.mark.parametrize(
    "statement",
    ["UPDATE convenant_accesslogentry SET what = ''", "DELETE FROM convenant_accesslogentry", "TRUNCATE convenant_accesslogentry"],
)
@pytest.mark.parametrize("role", ["luisterloket_app", None])
def test_the_log_never_changes_not_even_for_the_owner(city, case, statement, role):
    look(city.marit, case)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        writes.allowed(),
        acting(city.marit.acting),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement if role else f"RESET ROLE; {statement}")


def test_the_privacy_officer_reads_the_log_and_that_is_kept_too(city, case, sign_in):
    look(city.marit, case)
    page = sign_in(city.daan).get(reverse("access-log"))
    assert page.status_code == 200
    assert "Marit Zwanenveld" in page.content.decode()
    assert "Rachida" not in page.content.decode()
    with acting(city.daan.acting):
        assert AccessLogEntry.objects.filter(actor_id=city.daan.pk, what="access log").exists()


def test_others_do_not_read_the_log(city, sign_in):
    assert sign_in(city.petra).get(reverse("access-log")).status_code == 403


def test_everyone_with_an_appointment_reads_the_convenant(city, sign_in):
    page = sign_in(city.joost).get(reverse("convenant"))
    assert page.status_code == 200
    assert "Convenant Luisterloket Den Haag en Rotterdam" in page.content.decode()
