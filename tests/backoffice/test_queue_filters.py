"""Looking at a part of the queue, and keeping that under a name of one's own."""

import pytest
from django.urls import reverse

from backoffice import actions
from backoffice.models import SavedFilter
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests.backoffice import scene
from tests.backoffice.test_pages import titles


@pytest.fixture
def queue(city):
    """Four requests of two wijken: acute, in hand, of nobody."""
    case = scene.a_case(city)
    scene.sent(city, case, title="Acuut", urgency="today")
    actions.take_up_request(actor=city.joost, request=scene.sent(city, case, title="Van Joost"))
    scene.sent(city, case, title="Van niemand")
    elsewhere = scene.a_case(city, city.noor, unit="vreewijk")
    scene.sent(city, elsewhere, actor=city.noor, title="Uit Vreewijk")
    return scene.desk(city).get_absolute_url()


def shown(client, url, **query):
    return set(titles(client.get(url, query)))


def test_each_part_of_a_filter_narrows_and_what_is_no_code_is_left_out(city, sign_in, queue):
    joost, wijk = sign_in(city.joost), city.unit("vreewijk").wijk_id
    everything = {"Acuut", "Van Joost", "Van niemand", "Uit Vreewijk"}
    assert shown(joost, queue) == everything
    assert shown(joost, queue, urgency="today") == {"Acuut"}
    assert shown(joost, queue, kind="advice") == everything
    reported = scene.sent(city, title="Een melding", kind="report")
    assert shown(joost, queue, kind="report") == {"Een melding"}
    actions.withdraw_request(actor=city.marit, request=reported, reason="solved")
    assert shown(joost, queue, assigned="nobody") == everything - {"Van Joost"}
    assert shown(joost, queue, assigned=str(city.joost.pk)) == {"Van Joost"}
    assert shown(joost, queue, wijk=str(wijk)) == {"Uit Vreewijk"}
    assert shown(joost, queue, wijk=str(wijk), urgency="today") == set()
    assert shown(joost, queue, kind="x", urgency="x' OR 1=1", assigned="x", wijk="x", filter="x", saved="x") == everything


def test_a_filter_is_kept_by_name_and_the_queue_begins_with_the_default(city, sign_in, queue):
    joost = sign_in(city.joost)
    page = reverse("backoffice:queue-filters", args=[scene.desk(city).pk])
    kept = joost.post(page, {"filter": "open", "urgency": "today", "name": "Spoed", "is_default": "on"})
    assert shown(joost, kept.url) == {"Acuut"}
    assert shown(joost, queue) == {"Acuut"}, "it begins with the default"
    assert len(shown(joost, queue, filter="open")) == 4, "and one can still see all"
    with acting(city.joost.acting):
        [own] = SavedFilter.objects.all()
    joost.post(reverse("backoffice:queue-filter", args=[own.pk]))
    assert len(shown(joost, queue)) == 4
    joost.post(reverse("backoffice:queue-filter-remove", args=[own.pk]))
    assert shown(joost, queue, saved=str(own.pk)) == shown(joost, queue)
    with acting(city.joost.acting):
        assert not SavedFilter.objects.exists()


def test_looking_once_keeps_nothing_and_puts_no_name_in_the_address(city, sign_in, queue):
    page = reverse("backoffice:queue-filters", args=[scene.desk(city).pk])
    answer = sign_in(city.joost).post(page, {"filter": "open", "urgency": "today", "name": "Mevrouw Amrani", "show": "1"})
    assert answer.url == f"{queue}?filter=open&urgency=today"
    with acting(city.joost.acting):
        assert not SavedFilter.objects.exists()


def test_a_filter_is_of_one_person_alone(city, sign_in, queue):
    own = actions.save_filter(actor=city.joost, desk=scene.desk(city), name="Spoed", criteria={"urgency": "today"})
    ilse = sign_in(city.ilse)
    assert "Spoed" not in ilse.get(queue).content.decode()
    assert len(shown(ilse, queue, saved=str(own.pk))) == 4
    for name in ("queue-filter", "queue-filter-remove"):
        assert ilse.post(reverse(f"backoffice:{name}", args=[own.pk])).status_code == 404
    with pytest.raises((NotAllowed, Refused)):
        actions.remove_filter(actor=city.ilse, chosen=own)
    with pytest.raises(NotAllowed):
        actions.save_filter(actor=city.marit, desk=scene.desk(city), name="x", criteria={})


def test_the_list_beside_a_request_stays_as_it_was_and_leads_to_the_next(city, sign_in, queue):
    joost = sign_in(city.joost)
    page = joost.get(queue, {"filter": "open", "assigned": "nobody"}).content.decode()
    link = next(part.split('"')[0] for part in page.split('class="queue__link" href="')[1:])
    beside = joost.get(link.replace("&amp;", "&"))
    assert set(titles(beside)) == {"Acuut", "Van niemand", "Uit Vreewijk"}
    assert 'rel="next"' in beside.content.decode()
    assert 'rel="prev"' not in beside.content.decode()
