"""A worker photographs a letter on a phone, finds it again by a word, and writes a letter about it."""

import pytest
from django.urls import reverse

from tests.casework import files
from tests.casework.heard import a_case

pytestmark = pytest.mark.browser


def test_a_letter_is_photographed_found_and_answered(person, city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    marit = person("Marit Zwanenveld", phone=True)
    page = marit.page
    marit.reach(reverse("casework:case-documents", args=[case.pk]))
    page.locator("[name=photo]").set_input_files({"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": files.jpeg()})
    page.locator("[name=title]").fill("Aanmaning van de energie")
    page.locator("[name=sender]").select_option("money")
    with page.expect_navigation():
        page.locator("main form[enctype] button[type=submit]").click()
    assert page.get_by_text("Aanmaning van de energie").first.is_visible()
    marit.looks_right()
    page.goto(marit.site + case.get_absolute_url())
    page.locator("[name=woorden]").fill("aanman")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "aanman" not in page.url
    marit.looks_right()
    with page.expect_navigation():
        page.locator("main ol a").first.click()
    assert page.locator("img.document-picture").evaluate("one => one.complete && one.naturalWidth > 0")
    marit.looks_right()
    marit.reach(reverse("casework:case-letters", args=[case.pk]))
    page.locator("[name=text]").select_option("uitstel.nl")
    page.locator("[name=whom][value=outside]").check()
    page.locator("[name=to_name]").fill("Energie Zuid")
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").click()
    marit.looks_right()
    assert "Rachida Amrani" in page.locator("[name=body]").input_value()
    page.locator("[name=body]").fill("Wij vragen u om uitstel.\n\nMarit")
    with page.expect_navigation():
        page.locator(".form-end button[type=submit]").click()
    with page.expect_navigation():
        page.locator("form[action$='/klaar/'] button").click()
    marit.looks_right()
    page.emulate_media(media="print")
    assert page.locator(".letter-sheet").is_visible()
    assert page.locator("main form").first.is_hidden()
    assert page.locator(".not-on-paper").count() == 0
