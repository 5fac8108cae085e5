"""Someone tells of violence: the steps are there in one tap, lose nothing, and close with two decisions."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.browser

TOLD = "Hij slaat mij als de kinderen slapen"


def write(someone, number, **values):
    """Fill in one step and save it."""
    step = someone.page.locator(f"#step-{number}")
    if step.locator("details[open]").count() == 0:
        step.locator("summary").click()
    for name, value in values.items():
        field = step.locator(f"[name={name}]").first
        if field.get_attribute("type") == "radio":
            step.locator(f"[name={name}][value={value}]").check(force=True)
        else:
            field.fill(value)
    step.locator("button[type=submit]").click()
    someone.page.wait_for_load_state()
    someone.looks_right()


@pytest.mark.parametrize("phone", [True, pytest.param(False, marks=pytest.mark.proof)])
def test_from_the_alarm_to_both_decisions(person, site, phone):
    marit = person("Marit Zwanenveld", phone=phone)
    page = marit.page
    page.locator("form[action$='/intakes/nieuw/'] button").first.click()
    page.wait_for_load_state()
    page.locator("[name=own_words]").fill("Ik durf niet naar huis.")
    page.locator("form#sheet button.button--primary").last.click()
    page.wait_for_load_state()
    form = page.locator("form#mark")
    form.locator("[name$=severity][value='1']").check(force=True)
    form.locator("[name$=sign]").select_option("violence")
    form.locator("[name$=domain]").first.select_option("family")
    form.locator("textarea[name$=text]").first.fill(TOLD)
    form.locator("button[value=concern]").click()
    page.wait_for_load_state()
    marit.looks_right()

    # One tap in the alarm; the steps are written in the case.
    page.locator(".alarm form[action$='/meldcode/'] button").click()
    page.wait_for_load_state()
    marit.looks_right()
    intake = re.search(r"/intakes/([0-9a-f-]{36})/", page.url)[1]
    page.goto(f"{site}/casework/intakes/{intake}/afronden/")
    assert TOLD not in page.locator("main").inner_text()
    page.locator("[name=name]").fill("Samira")
    page.locator("main form button.button--primary").last.click()
    page.wait_for_url("**/casussen/**")
    marit.looks_right()
    page.locator("#safety a").click()
    page.wait_for_load_state()
    marit.looks_right()
    assert TOLD in page.locator("main").inner_text()

    # Without a day for what comes next it is refused, and what was typed is still there.
    write(marit, 1, found="Blauwe plek op haar arm", due_on="")
    assert page.locator("#step-1 [name=found]").input_value() == "Blauwe plek op haar arm"
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    write(marit, 1, due_on=tomorrow)
    assert "Blauwe plek op haar arm" in page.locator("#step-1").inner_text()
    write(marit, 3, why_not="Hij zit er altijd bij", due_on=tomorrow)
    write(marit, 5, reports="no", found="Zij is nu veilig bij haar zus", helps="yes", help="Gesprekken met Hakan", due_on=tomorrow)
    page.locator("form[action$='/afsluiten/'] button").click()
    page.wait_for_load_state()
    marit.looks_right()
    assert page.locator("#step-1").count() == 0
    assert page.locator("main details summary").count() == 1
