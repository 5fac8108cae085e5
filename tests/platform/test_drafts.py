"""What is being typed is kept, and nobody overwrites it unseen."""

import pytest
from django.urls import reverse

from luisterloket.platform.acting import acting
from luisterloket.platform.drafts import draft_of, values_of

pytestmark = pytest.mark.django_db
ADDRESS = "?form=request:1"


def save(client, revision, **values):
    return client.patch(reverse("draft") + ADDRESS, {"revision": revision, "values": values}, content_type="application/json")


def test_a_draft_is_kept_and_belongs_to_one_person(city, sign_in):
    client = sign_in(city.marit)
    assert save(client, 0, question="Kan zij").json()["revision"] == 1
    assert save(client, 1, question="Kan zij vannacht ergens slapen?").status_code == 200
    marit, bram = city.marit, city.bram
    with acting(marit.acting):
        assert values_of(draft_of(marit, "request:1")) == {"question": "Kan zij vannacht ergens slapen?"}
    with acting(bram.acting):
        assert draft_of(marit, "request:1") is None


def test_an_older_window_gets_the_other_text_and_overwrites_nothing(city, sign_in):
    client = sign_in(city.marit)
    save(client, 0, question="Eerste venster")
    answer = save(client, 0, question="Tweede venster")
    assert answer.status_code == 409
    assert answer.json()["values"] == {"question": "Eerste venster"}


def test_whoever_is_signed_out_is_told_so(client, city):
    answer = client.patch(
        reverse("draft") + ADDRESS,
        {"revision": 0, "values": {}},
        content_type="application/json",
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 401


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"revision": "x", "values": {}}', '{"revision": 0, "values": 5}'])
def test_nonsense_is_refused(city, sign_in, body):
    assert sign_in(city.marit).patch(reverse("draft") + ADDRESS, body, content_type="application/json").status_code == 400
