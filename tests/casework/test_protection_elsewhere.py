"""A protected case on Vandaag, at a desk and in the money (capability C35)."""

import pytest
from django.urls import reverse

from backoffice import actions as backoffice
from backoffice.models import Desk
from tests.backoffice.scene import raised, sent
from tests.casework.heard import a_case
from tests.casework.protected import protect
from tests.wijkbegroting.scene import ARGUMENT, SHOP, the_line
from wijkbegroting import actions as money

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), household=1, address="Hoefkade 12")


def test_what_stalls_in_a_protected_case_is_not_on_the_coordinators_day(city, sign_in, case):
    request = sent(city, case, to="inkomen", actor=city.marit)
    raised(request, city.marit, "coordinator")
    client = sign_in(city.hakan)
    assert str(case.pk) in client.get("/vandaag/").content.decode()
    protect(city, case)
    assert str(case.pk) not in client.get("/vandaag/").content.decode()


def test_a_request_that_is_at_a_desk_is_answered_as_any_other(city, sign_in, case):
    request = sent(city, case, to="inkomen", actor=city.marit)
    protect(city, case)
    client = sign_in(city.anouk)
    assert client.get(request.get_absolute_url()).status_code == 200
    backoffice.take_up_request(actor=city.anouk, request=request)
    backoffice.answer_request(actor=city.anouk, request=request, result="granted", answer="Het kan", next_step="")
    assert sign_in(city.bram).get(request.get_absolute_url()).status_code == 200
    assert sign_in(city.hakan).get(request.get_absolute_url()).status_code == 404


def test_a_grant_waits_for_a_named_colleague_and_who_decides_on_money_sees_it(city, sign_in, case):
    grant = money.ask_maatwerk(actor=city.marit, case=case, line=the_line(), amount=25_00, **(ARGUMENT | SHOP))
    url = grant.get_absolute_url()
    assert sign_in(city.hakan).get(url).status_code == 200
    protect(city, case)
    client = sign_in(city.hakan)
    assert client.get(url).status_code == 404
    assert str(grant.pk) not in client.get("/vandaag/").content.decode()
    money.cosign_grant(actor=city.bram, grant=grant)
    assert sign_in(city.eline).get(url).status_code == 200
    assert sign_in(city.ravi).get(url).status_code == 200


def test_a_secret_address_goes_to_a_desk_only_when_someone_ticks_it(city, sign_in, case):
    protect(city, case, reason="secret_address")
    desk = Desk.objects.get(unit=city.unit("inkomen"))
    page = sign_in(city.marit).get(reverse("backoffice:request-new", args=[case.pk]), {"desk": str(desk.pk)}).context["page"]
    [line] = [line for line in page.lines if line.item.kind == "address"]
    assert line.item.careful
    assert not line.ticked
    assert (
        str(line.item.careful)
        in sign_in(city.marit).get(reverse("backoffice:request-new", args=[case.pk]), {"desk": str(desk.pk)}).content.decode()
    )
