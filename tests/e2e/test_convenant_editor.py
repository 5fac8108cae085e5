"""A new version of the convenant by keyboard: the matrix, the draft, and what it changes."""

import pytest

from luisterloket.convenant.models import ConvenantVersion
from tests.convenant.drafting import a_draft, cells_of, party_of, purpose_of

pytestmark = pytest.mark.browser
FOCUSED = "() => document.activeElement.name"


@pytest.mark.parametrize("phone", [False, pytest.param(True, marks=pytest.mark.proof)])
def test_the_matrix_is_filled_in_without_a_mouse(person, city, phone):
    draft = a_draft(city)
    desk = party_of(draft, "Gemeente Den Haag").pk
    petra = person("Petra Wiersinga", phone=phone)
    petra.reach(f"/convenant/versies/{draft.pk}/bewerken/")
    petra.reach(f"/convenant/versies/{draft.pk}/doelen/{purpose_of(draft, 'debt').pk}/matrix/")
    page = petra.page
    first = f"cell:{desk.hex}:specialist:known"
    page.locator(f"[name='{first}']").focus()
    # Down to the contact data, one to the right, and back along the row.
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate(FOCUSED) == f"cell:{desk.hex}:desk_lead:contact"
    page.keyboard.press("n")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    assert page.locator(f"[name='cell:{desk.hex}:specialist:contact']").input_value() == "contribute"
    page.keyboard.press("Home")
    page.keyboard.press("Control+End")
    assert page.evaluate(FOCUSED) == f"cell:{desk.hex}:desk_lead:bsn"
    page.keyboard.press("Control+Home")
    assert page.evaluate(FOCUSED) == first
    # The whole grid is one stop.
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == first
    page.locator("button[value=keep]").press("Enter")
    page.wait_for_load_state()
    petra.looks_right()
    cells = cells_of(draft, "debt")
    assert cells[desk, "specialist", "contact"] == "contribute"
    assert (desk, "desk_lead", "contact") not in cells

    page.locator(f"[name='cell:{desk.hex}:specialist:work']").press("r")
    page.locator("button[value=keep]").press("Enter")
    page.wait_for_load_state()
    petra.looks_right()
    assert "Werk en leren" in page.locator("[data-error-summary]").inner_text()
    petra.reach(f"/convenant/versies/{draft.pk}/verschil/")
    assert "Bereikbaarheid" in page.locator("main").inner_text()


def test_everyone_reads_the_convenant_on_a_phone(person, city):
    marit = person("Marit Zwanenveld", phone=True)
    marit.reach("/convenant/")
    marit.reach(f"/convenant/versies/{ConvenantVersion.in_force().pk}/")
    marit.reach("/convenant/versies/")
