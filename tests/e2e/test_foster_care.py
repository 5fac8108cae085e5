"""Story 3, its first half: a boy in foster care turns 18 and loses it by rule. Refused with a ground and a next step, asked again as
bijzondere bijstand, granted, told; and some weeks later it worked.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice.models import SpecialistRequest
from luisterloket.platform.acting import acting
from tests import writes
from tests.backoffice import scene

pytestmark = pytest.mark.browser

NAME = "Jayden Pinas"
GROUND = "Jeugdwet, artikel 1.1: jeugdhulp na 18 jaar moet vóór de verjaardag zijn bepaald"
NEXT = "Vraag bijzondere bijstand aan voor de kamer bij zijn pleegouders."


def submit(page, address):
    page.locator(f"form[action*='{address}'] button[type=submit]").last.click()
    page.wait_for_load_state()


def text_of(page):
    return page.locator("main").inner_text()


def test_refused_with_a_next_step_then_granted_elsewhere_told_and_it_worked(person, site, city):
    case = scene.a_case(city, name=NAME)
    asked = {"title": "Pleegzorg stopt bij 18 jaar", "question": "Kan hij bij zijn pleegouders blijven tot zijn examen?"}
    request = scene.sent(city, case, to="jeugd", **asked)
    marit, karim = person("Marit Zwanenveld", phone=True), person(city.karim.name)
    page = karim.page

    # The desk takes it up and refuses. Without a ground and a next step nothing leaves, and what was typed stays.
    karim.reach(request.get_absolute_url())
    submit(page, "oppakken")
    karim.looks_right()
    page.locator("[name=result][value=refused]").check(force=True)
    page.locator("[name=answer]").fill("Zijn pleegzorg is niet op tijd verlengd.")
    submit(page, "beantwoorden")
    karim.looks_right()
    assert page.locator("[name=answer]").input_value() == "Zijn pleegzorg is niet op tijd verlengd."
    page.locator("[name=refused_under]").fill(GROUND)
    page.locator("[name=next_step]").fill(NEXT)
    submit(page, "beantwoorden")
    karim.looks_right()

    # Marit reads why, on which rule and what can be done now, tells it, and asks the next desk from the same question.
    marit.reach(request.get_absolute_url())
    for part in (GROUND, NEXT):
        assert part in text_of(marit.page)
    again = marit.page.locator("a[href*='vervolg=']").get_attribute("href")
    marit.page.locator("[name=told_how][value=phone]").check(force=True)
    marit.page.locator("[name=outcome][value=not]").check(force=True)
    submit(marit.page, "vertellen")
    marit.looks_right()
    income = scene.desk(city, "inkomen")
    marit.reach(f"{again}&desk={income.pk}")
    assert marit.page.locator("[name=question]").input_value() == asked["question"]
    marit.page.locator("[name=title]").fill("Bijzondere bijstand voor de kamer")
    marit.page.locator("#send").click()
    marit.page.wait_for_load_state()
    marit.looks_right()
    with acting(city.marit.acting):
        second = SpecialistRequest.objects.get(case=case, follows=request)

    # The desk of income grants it, by a letter that says until when one objects.
    anouk = person(city.anouk.name)
    anouk.reach(second.get_absolute_url())
    submit(anouk.page, "oppakken")
    anouk.page.locator("[name=result][value=granted]").check(force=True)
    anouk.page.locator("[name=answer]").fill("De kamer wordt een jaar betaald.")
    anouk.page.locator("form[action*='beantwoorden'] summary").click()
    anouk.page.locator("[name=decided_on]").fill(str(timezone.localdate()))
    anouk.page.locator("[name=object_how]").fill("Schriftelijk, bij het college van de gemeente.")
    submit(anouk.page, "beantwoorden")
    anouk.looks_right()

    # Told; and when it is time Vandaag asks whether it worked.
    marit.reach(second.get_absolute_url())
    assert "Awb 6:7" in text_of(marit.page)
    marit.page.locator("[name=told_how][value=in_person]").check(force=True)
    marit.page.locator("[name=outcome][value=too_early]").check(force=True)
    submit(marit.page, "vertellen")
    marit.looks_right()
    with acting(city.marit.acting), writes.allowed():
        SpecialistRequest.objects.filter(pk=second.pk).update(due_at=timezone.now() + timedelta(days=1))
    marit.reach("/vandaag/")
    marit.page.locator(f"a[href*='{second.pk}']").first.click()
    marit.page.wait_for_load_state()
    marit.looks_right()
    marit.page.locator("[name=worked][value=worked]").check(force=True)
    submit(marit.page, "gewerkt")
    marit.looks_right()
    with acting(city.marit.acting):
        assert SpecialistRequest.objects.get(pk=second.pk).worked == "worked"

    # The first desk keeps its question, answer and ground, and nothing of the boy.
    karim.reach(request.get_absolute_url())
    assert GROUND in text_of(page)
    assert NAME not in page.content()
