"""Someone new comes to work here: an account, a role, and one that needs two. And a data breach, from report to decision."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("phone", [True, pytest.param(False, marks=pytest.mark.proof)])
def test_an_account_a_role_and_one_that_needs_two(person: Any, phone: bool) -> None:
    olga = person("Olga Vermeulen", phone=phone)
    olga.reach("/beheer/accounts/")
    olga.page.locator("main a[href$='/accounts/nieuw/']").click()
    olga.looks_right()
    olga.page.locator("[name=name]").fill("Sietske Brouwer")
    olga.page.locator("[name=email]").fill("sietske@oefenstad.example")
    olga.page.locator("main form button[type=submit]").click()
    olga.looks_right()
    olga.page.locator("[name=role]").select_option("auditor")
    olga.page.locator("[name=unit]").select_option(label="Stadhuis")
    olga.page.locator("main form button[type=submit]").click()
    olga.page.wait_for_url(re.compile(r"/beheer/accounts/[0-9a-f-]{36}/$"))
    olga.looks_right()
    daan = person("Daan Terpstra", phone=phone)
    daan.reach("/beheer/voorstellen/")
    daan.page.locator("button[value=yes]").click()
    daan.looks_right()
    daan.reach("/beheer/wijzigingen/")
    assert "Sietske Brouwer" in daan.page.locator("main").inner_text()
    assert olga.errors == daan.errors == []


@pytest.mark.parametrize("phone", [True, pytest.param(False, marks=pytest.mark.proof)])
def test_a_breach_from_report_to_decision(person: Any, phone: bool) -> None:
    marit = person("Marit Zwanenveld", phone=phone)
    marit.reach("/casework/inwoners/")
    marit.page.locator("footer a[href$='/datalekken/melden/']").click()
    marit.looks_right()
    marit.page.locator("[name=what]").fill("Een brief lag bij de buren.")
    marit.page.locator("[name=data][value=names]").check()
    marit.page.locator("[name=people][value=one]").check()
    marit.page.locator("main form button[type=submit]").click()
    marit.looks_right()
    daan = person("Daan Terpstra", phone=phone)
    daan.reach("/vandaag/")
    daan.page.locator("main a[href*='/datalekken/']").first.click()
    daan.looks_right()
    daan.page.locator("main summary").nth(0).click()
    daan.page.locator("details[open] [name=risk][value=risk]").check()
    daan.page.locator("details[open] [name=text]").fill("De buren lazen hem.")
    daan.page.locator("details[open] button[type=submit]").click()
    daan.looks_right()
    daan.reach("/convenant/datalekken/")
    assert marit.errors == daan.errors == []
