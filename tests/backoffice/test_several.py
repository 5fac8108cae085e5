"""Several desks are asked at once from the plan: each with its own decision on what goes along, and all of it or nothing."""

from uuid import uuid4

import pytest
from django.urls import reverse

from backoffice.models import RequestItem, SpecialistRequest
from luisterloket.platform.acting import acting
from luisterloket.platform.drafts import draft_of, save_draft
from tests.backoffice import scene
from tests.backoffice.test_from_the_plan import a_step, now_of


@pytest.fixture
def case(city):
    return scene.a_case(city)


def page_of(case):
    return reverse("backoffice:requests-new", args=[case.pk])


def part(city, case, number, to, **changes):
    desk = scene.desk(city, to)
    values = {
        "desk": str(desk.pk), "title": f"Vraag aan {to}", "question": "Kan dat?", "urgency": "normal",
        "items": scene.usual(city.marit, case, desk), "knows": "on", "step": "", "command_key": str(uuid4()), **changes,
    }  # fmt: skip
    return {f"deel{number}-{name}": value for name, value in values.items()}


def requests_of(city, case):
    with acting(city.marit.acting):
        return list(SpecialistRequest.objects.filter(case=case).select_related("desk_unit").order_by("title"))


def test_two_steps_become_two_requests_in_one_send_and_only_once(city, sign_in, case):
    client, steps = sign_in(city.marit), [a_step(city.marit, case, "request") for _two in range(2)]
    plan = client.get(reverse("casework:case-plan", args=[case.pk])).content.decode()
    assert page_of(case) in plan
    chosen = {f"stap-{steps[0].pk}": scene.desk(city).pk, f"stap-{steps[1].pk}": scene.desk(city, "inkomen").pk}
    assert "Vraagt hulp" in client.get(page_of(case)).content.decode()
    begun = client.get(page_of(case), chosen).content.decode()
    assert begun.count('value="Vraagt hulp"') == 2
    data = {**part(city, case, 0, "wonen", step=str(steps[0].pk)), **part(city, case, 1, "inkomen", step=str(steps[1].pk))}
    for _twice in range(2):
        assert client.post(page_of(case), data).status_code == 302
    found = requests_of(city, case)
    assert {one.desk_unit.name for one in found} == {"Desk Wonen en opvang", scene.desk(city, "inkomen").unit.name}
    assert len(found) == 2
    assert {now_of(city.marit, step).link_key for step in steps} == {f"request:{one.pk}" for one in found}
    with acting(city.marit.acting):
        along = {
            one.desk_unit.name: set(RequestItem.objects.filter(request=one).values_list("category", flat=True)) for one in found
        }
    assert "housing" in along["Desk Wonen en opvang"]
    assert "finances" not in along["Desk Wonen en opvang"]


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": "Rachida heeft geld nodig"}, {"items": ["made-up"]}])
def test_one_part_that_cannot_be_sent_stops_all_and_everything_typed_stays(city, sign_in, case, wrong):
    data = {
        **part(city, case, 0, "wonen"),
        **part(city, case, 1, "inkomen", **{"question": "Kan er een voorschot komen?", **wrong}),
    }
    answer = sign_in(city.marit).post(page_of(case), data)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert requests_of(city, case) == []
    assert "Vraag aan wonen" in text
    assert "Kan er een voorschot komen?" in text
    assert "data-error-summary" in text


def test_looking_first_sends_nothing_and_shows_each_desk_its_own(city, sign_in, case):
    data = {**part(city, case, 0, "wonen"), **part(city, case, 1, "inkomen"), "preview": "1"}
    text = sign_in(city.marit).post(page_of(case), data).content.decode()
    assert requests_of(city, case) == []
    assert 'id="deel0-letter"' in text
    assert 'id="deel1-letter"' in text


def test_what_was_being_typed_is_there_again_and_in_the_list_of_requests(city, sign_in, case):
    typed = {name: value for name, value in part(city, case, 0, "wonen").items() if not isinstance(value, list)}
    save_draft(actor=city.marit, form=f"requests:{case.pk}", revision=0, values={**typed, "deel0-items": "[]"})
    client = sign_in(city.marit)
    listed = client.get(reverse("backoffice:requests")).content.decode()
    assert "Vraag aan wonen" in listed
    assert page_of(case) in listed
    assert "Vraag aan wonen" not in sign_in(city.bram).get(reverse("backoffice:requests")).content.decode()
    client = sign_in(city.marit)
    assert 'value="Vraag aan wonen"' in client.get(page_of(case)).content.decode()
    client.post(page_of(case), part(city, case, 0, "wonen"))
    with acting(city.marit.acting):
        assert draft_of(city.marit, f"requests:{case.pk}") is None


def test_another_desk_at_work_is_told_of_as_another_desk_and_no_more(city, sign_in, case):
    for to in ("wonen", "inkomen"):
        scene.sent(city, case, to=to)
    request = next(one for one in requests_of(city, case) if one.desk_unit.name == "Desk Wonen en opvang")
    text = sign_in(city.joost).get(request.get_absolute_url()).content.decode()
    assert scene.desk(city, "inkomen").unit.name not in text
    assert "Nog een andere desk" in text
