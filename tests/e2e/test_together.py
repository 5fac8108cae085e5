"""Two colleagues in one conversation, each at their own browser: each sees the other, and nothing is silently overwritten."""

import pytest
from playwright.sync_api import expect

from casework import actions
from tests.casework.heard import an_intake

pytestmark = pytest.mark.browser


def saved(page):
    page.wait_for_selector("[data-saved][data-state=saved]")


def test_each_sees_what_the_other_writes_and_one_field_of_two_is_asked_about(person, site, city):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    actions.let_write_along(actor=city.marit, intake=intake, colleague=city.bram)
    marit, bram = person("Marit Zwanenveld"), person("Bram Oosterling")
    for one in (marit, bram):
        one.reach(f"/casework/intakes/{intake.pk}/verhaal/")
    marit.page.get_by_text("Bram Oosterling").wait_for()
    bram.page.get_by_text("Marit Zwanenveld").wait_for()
    marit.page.locator("[name=quote]").fill("Ik wil slapen.")
    bram.page.locator("[name=asked_question]").fill("Een bed voor vannacht")
    saved(marit.page)
    saved(bram.page)
    for one in (marit, bram):
        expect(one.page.locator("[name=quote]")).to_have_value("Ik wil slapen.", timeout=20_000)
        expect(one.page.locator("[name=asked_question]")).to_have_value("Een bed voor vannacht", timeout=20_000)
    # The same field at the same moment: both texts are shown to who came second, and the first stays saved.
    marit.page.locator("[name=question_behind]").fill("Van Marit")
    bram.page.locator("[name=question_behind]").fill("Van Bram")
    conflicted = "[...document.querySelectorAll('[data-conflict]')].some((one) => !one.hidden)"
    for _second in range(40):
        if any(one.page.evaluate(conflicted) for one in (marit, bram)):
            break
        marit.page.wait_for_timeout(250)
    second = next(one for one in (marit, bram) if one.page.evaluate(conflicted))
    text = second.page.locator("[data-conflict]").inner_text()
    assert "Van Marit" in text
    assert "Van Bram" in text
