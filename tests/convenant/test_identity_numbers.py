"""The identity number is off, until the convenant administrator names the law for an organisation."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from luisterloket.convenant import actions
from luisterloket.convenant.disclosure import authorised
from luisterloket.convenant.models import IdentityNumberUse
from luisterloket.people.models import Organisation
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from tests import writes

from .numbers import LAW, cell, organisation_of, switch_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def mussen(city):
    return organisation_of(city.unit("schilderswijk"))


def on_page(organisation):
    return reverse("identity-numbers-on", args=[organisation.pk])


def off_page(organisation):
    return reverse("identity-numbers-off", args=[organisation.pk])


def test_in_the_demo_city_nobody_may_use_it(city):
    assert not IdentityNumberUse.objects.exists()
    for name in ("marit", "hakan", "fatna", "joost", "ilse", "noor"):
        assert "bsn" not in authorised(getattr(city, name).posts, "listening")


def test_switching_on_is_signed_dated_and_names_the_law(city, sign_in, mussen):
    client = sign_in(city.petra)
    assert client.post(on_page(mussen), LAW).url == reverse("identity-numbers")
    [use] = IdentityNumberUse.objects.all()
    assert (use.organisation, use.switched_on_by, use.law, use.article, use.reason) == (mussen, city.petra, *LAW.values())
    html = client.get(reverse("identity-numbers")).content.decode()
    assert "Een wet art. 1" in html
    assert "Petra Wiersinga" in html
    with acting(city.petra.acting):
        assert HistoryEntry.objects.filter(verb="identity_number.switched_on", thing_id=use.pk).count() == 1


@pytest.mark.parametrize("missing", LAW)
def test_without_a_ground_it_stays_off_and_the_page_says_why(city, sign_in, mussen, missing):
    answer = sign_in(city.petra).post(on_page(mussen), LAW | {missing: "  "})
    assert answer.status_code == 200
    assert answer.context["form"].errors[missing]
    assert not IdentityNumberUse.objects.exists()
    with pytest.raises(Refused):
        actions.switch_on_identity_numbers(actor=city.petra, organisation=mussen, **LAW | {missing: " "})


@pytest.mark.parametrize("name", ["marit", "hakan", "daan", "lotte", "joost", "eline"])
def test_only_the_convenant_administrator_switches(city, mussen, name):
    with pytest.raises(NotAllowed):
        actions.switch_on_identity_numbers(actor=getattr(city, name), organisation=mussen, **LAW)
    switch_on(city, mussen)
    with pytest.raises(NotAllowed):
        actions.switch_off_identity_numbers(actor=getattr(city, name), organisation=mussen, reason="Zomaar")


def test_it_is_on_once_at_a_time_and_the_earlier_entry_stays(city, sign_in, mussen):
    first = switch_on(city, mussen)
    with pytest.raises(Refused):
        switch_on(city, mussen)
    client = sign_in(city.petra)
    assert client.post(off_page(mussen), {"reason": "De wet is vervallen"}).status_code == 302
    with pytest.raises(Refused):
        actions.switch_off_identity_numbers(actor=city.petra, organisation=mussen, reason="Nog eens")
    second = switch_on(city, mussen)
    first.refresh_from_db()
    assert (first.switched_off_by, first.reason_off, first.erased) == (city.petra, "De wet is vervallen", 0)
    assert second.switched_off_at is None
    assert "De wet is vervallen" in client.get(reverse("identity-numbers")).content.decode()


def test_switching_off_needs_a_reason(city, sign_in, mussen):
    switch_on(city, mussen)
    answer = sign_in(city.petra).post(off_page(mussen), {"reason": ""})
    assert answer.context["form"].errors["reason"]
    assert IdentityNumberUse.objects.filter(switched_off_at=None).exists()


def test_an_organisation_that_is_no_gemeente_is_warned_of(city, sign_in, mussen):
    client = sign_in(city.petra)
    gemeente = Organisation.objects.get(name="Gemeente Den Haag")
    warning = "note--waiting"
    assert warning in client.get(on_page(mussen)).content.decode()
    assert warning not in client.get(on_page(gemeente)).content.decode()


def test_the_switch_alone_gives_nobody_anything_and_the_cell_alone_neither(city, mussen):
    posts = city.marit.posts
    switch_on(city, mussen)
    assert "bsn" not in authorised(posts, "listening")
    cell(mussen, "wijkwerker")
    assert "bsn" in authorised(posts, "listening")
    actions.switch_off_identity_numbers(actor=city.petra, organisation=mussen, reason="Niet meer nodig")
    assert "bsn" not in authorised(posts, "listening")
    assert "story" in authorised(posts, "listening")


def test_the_switch_of_another_organisation_gives_nothing(city, mussen):
    cell(mussen, "wijkwerker")
    switch_on(city, Organisation.objects.get(name="Gemeente Den Haag"))
    assert "bsn" not in authorised(city.marit.posts, "listening")


@pytest.mark.parametrize(
    "change", [{"law": "Een andere wet"}, {"switched_on_by_id": "00000000-0000-0000-0000-000000000000"}, {"reason": "Anders"}]
)
def test_the_database_keeps_a_signed_entry_as_it_was_signed(city, mussen, change):
    use = switch_on(city, mussen)
    with writes.allowed():
        with pytest.raises(DatabaseError), transaction.atomic():
            IdentityNumberUse.objects.filter(pk=use.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            IdentityNumberUse.objects.filter(pk=use.pk).delete()


def test_the_database_does_not_open_an_ended_entry_again(city, mussen):
    use = switch_on(city, mussen)
    actions.switch_off_identity_numbers(actor=city.petra, organisation=mussen, reason="Niet meer nodig")
    with writes.allowed(), pytest.raises(DatabaseError), transaction.atomic():
        IdentityNumberUse.objects.filter(pk=use.pk).update(switched_off_at=None, switched_off_by=None)
