"""Story 8: a worried school, a table with school and youth desk, the police only for safety; and the day he is gone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.models import CaseConference, PlanStep
from luisterloket.platform.acting import acting
from tests import writes
from tests.casework.heard import a_case

pytestmark = [pytest.mark.browser, pytest.mark.proof]
STORY = "Bilal is elf en de juf maakt zich zorgen"


def press(someone, form, button="button"):
    someone.page.locator(f"{form} {button}").last.click()
    someone.page.wait_for_load_state()
    someone.looks_right()


def plan(someone, case, kind, part):
    someone.reach(reverse("casework:case-conferences", args=[case.pk]))
    page = someone.page
    page.locator(f"[name=kind][value={kind}]").check(force=True)
    page.locator("[name=on]").fill(f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}")
    page.locator("[name=at]").fill("10:00")
    page.locator("[name=agenda]").fill("Hoe gaat het op school\nWie doet wat")
    page.locator(f"[name=resident_part][value={part}]").check(force=True)
    press(someone, "main form", "button.button--primary")
    return re.search(r"/overleggen/([0-9a-f-]{36})/", page.url)[1]


def invite(someone, name):
    option = someone.page.locator("[name=guest] option", has_text=name)
    someone.page.locator("[name=guest]").select_option(option.get_attribute("value"))
    press(someone, "form[action$='/uitnodigen/']")


def test_a_table_for_the_household_and_another_for_safety(person, site, city):
    told = {"name": "Samira el Haddaoui", "born": "1985-03-14", "own_words": STORY}
    case = a_case(city.marit, city.unit("schilderswijk"), household=1, **told)
    actions.add_concern(actor=city.marit, case=case, domain="family", severity=2, text="Spullen die niet van hem zijn")
    actions.add_concern(actor=city.marit, case=case, domain="justice", severity=3, text="De wijkagent kwam langs")

    # The chair plans it, sees who may come and what each would see, and that the police may not.
    marit = person("Marit Zwanenveld")
    page = marit.page
    table = plan(marit, case, "conference", "comes")
    invite(marit, "Mirjam Schenkel")
    invite(marit, "Karim Belhadj")
    assert page.locator("[name=guest] option", has_text="Ruud").count() == 0
    assert "Politie Eenheid Den Haag" in page.locator("main").inner_text()
    page.locator("label.check", has_text="Spullen die niet van hem zijn").click()
    page.locator("label.check", has_text=STORY).click()
    assert page.locator("label.check", has_text="De wijkagent kwam langs").count() == 0
    press(marit, "form[action$='/tafel/']", "button.button--primary")

    # The school sees the family, and not the story.
    mirjam = person("Mirjam Schenkel", phone=True)
    assert mirjam.page.url.endswith("/overleggen/")
    mirjam.looks_right()
    mirjam.page.locator("main .lines a").first.click()
    mirjam.page.wait_for_load_state()
    mirjam.looks_right()
    seen = mirjam.page.locator("main").inner_text()
    assert "Spullen die niet van hem zijn" in seen
    assert STORY not in seen
    assert mirjam.page.request.get(site + case.get_absolute_url()).status == 404

    # It was held; an agreement lands in the plan, and the record is of who was there.
    with writes.allowed(), acting(city.marit.acting):
        CaseConference.objects.filter(pk=table).update(starts_at=timezone.now() - timedelta(hours=2))
    marit.reach(f"/casework/overleggen/{table}/")
    page.locator("label", has_text="Mirjam Schenkel").click()
    press(marit, "form[action$='/gehouden/']")
    page.locator("[name=text]").first.fill("Bilal mag twee middagen tekenen")
    page.locator("[name=owner]").select_option(label="Mirjam Schenkel")
    page.locator("[name=due_on]").fill(f"{timezone.localdate():%Y-%m-%d}")
    press(marit, "form[action$='/besluiten/']")
    marit.reach(f"/casework/overleggen/{table}/verslag/")
    page.locator("[name=text]").fill("Niemand wil dat hij van school moet")
    press(marit, "main form.form")
    assert "Niemand wil dat hij van school moet" in page.locator("main").inner_text()
    with acting(city.marit.acting):
        assert PlanStep.objects.get(case=case).text == "Bilal mag twee middagen tekenen"
    mirjam.reach("/vandaag/")
    assert "Wat je afsprak op een overleg" in mirjam.page.locator("main").inner_text()
    mirjam.reach(f"/casework/overleggen/{table}/")
    assert "Niemand wil dat hij van school moet" in mirjam.page.locator("main").inner_text()
    press(mirjam, "form[action$='/gedaan/']")

    # Safety has a table of its own: there the police sit, and see what is theirs.
    safety = plan(marit, case, "conference_safety", "informed")
    invite(marit, "Ruud van Gelderen")
    page.locator("label.check", has_text="De wijkagent kwam langs").click()
    page.locator("label.check", has_text="Spullen die niet van hem zijn").click()
    press(marit, "form[action$='/tafel/']", "button.button--primary")
    ruud = person("Ruud van Gelderen")
    ruud.reach(f"/casework/overleggen/{safety}/")
    seen = ruud.page.locator("main").inner_text()
    assert "De wijkagent kwam langs" in seen
    assert "Spullen die niet van hem zijn" not in seen
    assert ruud.page.request.get(f"{site}/casework/overleggen/{table}/").status == 404

    # And who looked, for what purpose, is on record.
    marit.reach(reverse("casework:case-access", args=[case.pk]))
    told = page.locator("main").inner_text()
    assert "Overleg over een gezin" in told
    assert "Overleg over zorgwekkend gedrag en veiligheid" in told
    assert "Ruud van Gelderen" in told


def test_the_day_he_is_gone_one_opens_what_is_needed_and_answers_for_it(person, site, city):
    told = {"name": "Samira el Haddaoui", "born": "1985-03-14", "own_words": STORY}
    case = a_case(city.marit, city.unit("schilderswijk"), household=1, **told)

    # Nobody of the wijk answers. The youth desk knows who his mother is, and must reach her.
    karim = person("Karim Belhadj", phone=True)
    page = karim.page
    karim.reach("/casework/nood/")
    karim.looks_right()
    page.locator("[name=sought]").fill("Samira el Haddaoui 14-3-1985")
    page.locator("[name=reason]").fill("Bilal liep weg van school en wij bereiken niemand")
    for category in ("identity", "contact"):
        page.locator(f"[name=categories][value={category}]").check(force=True)
    assert page.locator("[name=categories][value=story]").count() == 0
    press(karim, "main form.form", "button.button--primary")
    seen = page.locator("main").inner_text()
    assert "06 00 00 45 12" in seen
    assert STORY not in seen
    assert page.request.get(site + case.get_absolute_url()).status == 404
    # On every other page it says that it is open.
    karim.reach("/casework/nood/")
    assert page.locator(".emergency-bar").count() == 1
    karim.looks_right()
    page.locator(".emergency-bar form button").click()
    page.wait_for_load_state()
    assert page.locator(".emergency-bar").count() == 0
    assert "06 00 00 45 12" not in page.locator("main").inner_text()

    # A wijkwethouder never may.
    eline = person("Eline Stokvisch")
    assert eline.page.request.get(f"{site}/casework/nood/").status == 403

    # The coordinator was told at once, and says a word; the privacy officer judges without the file.
    hakan = person("Hakan Erdoğmuş")
    hakan.reach("/vandaag/")
    hakan.page.locator("main a[href*='/nood/']").first.click()
    hakan.page.wait_for_load_state()
    hakan.looks_right()
    hakan.page.locator("[name=text]").fill("Ik zat in een ander gezin en nam niet op")
    press(hakan, "form[action$='/woord/']")
    daan = person("Daan Terpstra")
    daan.reach("/casework/nood/toetsen/")
    daan.looks_right()
    daan.page.locator("main .lines a").first.click()
    daan.page.wait_for_load_state()
    seen = daan.page.locator("main").inner_text()
    assert "Bilal liep weg van school" in seen
    assert "Ik zat in een ander gezin" in seen
    assert "06 00 00 45 12" not in seen
    daan.page.locator("[name=outcome][value=rightful]").check(force=True)
    daan.page.locator("[name=text]").fill("Het kon niet wachten")
    press(daan, "form[action$='/toetsen/']")
    karim.reach("/casework/nood/")
    page.locator("main .lines a").first.click()
    page.wait_for_load_state()
    assert "Het kon niet wachten" in page.locator("main").inner_text()

    # And his mother can read who looked.
    marit = person("Marit Zwanenveld")
    marit.reach(reverse("casework:case-access", args=[case.pk]))
    assert "Karim Belhadj" in marit.page.locator("main").inner_text()
