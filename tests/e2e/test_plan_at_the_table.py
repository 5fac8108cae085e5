"""At the table, on a phone and by keyboard: a goal in the resident's words, three steps, a no, something that helps, and the paper."""

import pytest
from django.urls import reverse

from casework.models import PlanStep
from luisterloket.platform.acting import acting
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.browser
WISH = "Dat mijn kinderen slapen waar ze niet bang zijn."
STEPS = [
    ("resident", "Belt zelf de juf van Ilyas", {}),
    ("network", "Past woensdag op de kinderen", {}),
    ("local_offer", "Gaat op dinsdag wandelen", {"where": "Buurthuis De Mussen"}),
]


def tab_to(page, selector):
    """Go to a control with the Tab key, as who cannot use a mouse does."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(250):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    pytest.fail(f"Tab never comes to {selector} on {page.url}")


def press(someone, selector, key="Enter"):
    tab_to(someone.page, selector)
    with someone.page.expect_navigation():
        someone.page.keyboard.press(key)
    someone.looks_right()


def write(page, selector, text):
    tab_to(page, selector)
    page.keyboard.insert_text(text)


def test_a_plan_is_made_at_the_table_by_keyboard_on_a_phone(person, site, city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    marit = person("Marit Zwanenveld", phone=True)
    page, plan = marit.page, address("case-plan", case)
    page.goto(site + case.get_absolute_url())
    press(marit, f'a[href="{plan}"]')
    write(page, "[name=text]", WISH)
    press(marit, "main form button[type=submit]")
    assert page.locator(".goal-title").inner_text() == WISH

    press(marit, "a[href*='/plan/stappen/?doel=']")
    for kind, text, more in STEPS:
        # The arrows go through the kinds; the first Tab comes to the group.
        tab_to(page, "[name=kind]")
        page.keyboard.press("Space")
        while not page.locator(f"[name=kind][value={kind}]").is_checked():
            page.keyboard.press("ArrowDown")
        write(page, "[name=text]", text)
        for name, value in more.items():
            write(page, f"[name={name}]", value)
        press(marit, "[name=again]")
    page.goto(site + plan)
    with acting(city.marit.acting):
        ids = {step.kind: step.pk for step in PlanStep.objects.filter(case=case)}
    assert set(ids) == {kind for kind, _text, _more in STEPS}

    # The resident hears each of them: one is not wanted, and one is done and helps.
    press(marit, f"#step-{ids['local_offer']} [name=answer][value=declined]")
    press(marit, f"#step-{ids['resident']} [name=answer][value=agreed]")
    press(marit, f"#step-{ids['resident']} [name=to][value=done-helps]")
    with acting(city.marit.acting):
        found = {step.kind: (step.status, step.answer, step.effect) for step in PlanStep.objects.filter(case=case)}
    assert found["resident"] == ("done", "agreed", "helps")
    assert found["local_offer"] == ("planned", "declined", "")

    press(marit, f'a[href="{reverse("casework:case-plan-paper", args=[case.pk])}"]')
    page.emulate_media(media="print")
    sheet = page.locator(".plan-sheet")
    assert sheet.is_visible()
    assert WISH in sheet.inner_text()
    assert STEPS[0][1] in sheet.inner_text()
    assert STEPS[1][1] in sheet.inner_text()
    assert STEPS[2][1] not in sheet.inner_text()
