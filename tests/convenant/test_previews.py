"""A preview is the page itself, for a person who is made up; nothing of it stays, and nobody sees more by it than they may."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casework import actions as casework
from casework.models import Case
from luisterloket.convenant import previewing
from luisterloket.convenant.actions.previews import set_stage
from luisterloket.convenant.models import AccessLogEntry, Authorisation, ConvenantParty, ConvenantVersion, Law, LegalGround
from luisterloket.convenant.previews import running, seat_for
from luisterloket.people.models import Unit
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed
from luisterloket.platform.inert import inert
from luisterloket.platform.models import HistoryEntry
from tests import writes
from tests.backoffice.scene import sent
from tests.casework.heard import a_case, address
from tests.casework.protected import protect

pytestmark = pytest.mark.django_db
STORY = "Wij moeten vrijdag ons huis uit"


def numbers():
    """How many rows there are in every table, whoever may see them."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            found[model._meta.db_table] = cursor.fetchone()[0]
        cursor.execute("SET ROLE luisterloket_app")
    return found


def look(client, role, place, version=None):
    version = version or ConvenantVersion.objects.get(status="in_force")
    answer = client.get(reverse("convenant-preview"), {"role": role, "place": place.pk, "version": version.pk})
    assert answer.status_code == 200
    return answer


def seen(answer):
    return " ".join(str(page.content) for page in answer.context["preview"].seen)


def given(answer):
    return {row.category.code for row in answer.context["preview"].given if row.cells}


# What each role sees ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "place", "there", "not_there"),
    [
        ("wijkwerker", "Luisterloket Schilderswijk", ["Robin", "06 12 34 56 78", "Three months behind", "Lies awake"], []),
        ("coordinator", "Luisterloket Schilderswijk", ["Robin", "Three months behind"], []),
        ("buddy", "Luisterloket Schilderswijk", ["Robin", "06 12 34 56 78"], ["Three months behind", "lie awake", "Lies awake"]),
        ("specialist", "Desk Wonen en opvang", ["06 12 34 56 78", "Must leave the house"], ["Three months behind", "Lies awake"]),
        ("desk_lead", "Desk Schuldhulp", ["Three months behind"], ["Must leave the house"]),
        (
            "participant",
            "Basisschool De Hoefkring, zorgteam",
            ["does not want to go to school"],
            ["Three months behind", "Lies awake"],
        ),
        ("participant", "Wijkpolitie Schilderswijk", ["A fine that was raised"], ["does not want to go to school"]),
        ("wijkwethouder", "Luisterloket Schilderswijk", ["The regular way takes eight weeks"], ["Robin", "06 12 34 56 78"]),
        ("treasurer", "Luisterloket Schilderswijk", ["450"], ["06 12 34 56 78", "Three months behind"]),
        ("auditor", "Luisterloket Schilderswijk", ["450"], ["Robin", "06 12 34 56 78"]),
        ("convenant_admin", "Stadhuis", [], ["Robin"]),
        ("privacy_officer", "Stadhuis", [], ["Robin"]),
        ("rights_handler", "Stadhuis", [], ["Robin"]),
    ],
)
def test_each_role_sees_its_own_page_of_a_made_up_case(city, sign_in, role, place, there, not_there):
    client = sign_in(city.petra)
    client.cookies["language"] = "en"
    answer = look(client, role, Unit.objects.get(name=place))
    html = seen(answer)
    for text in there:
        assert text in html, text
    for text in not_there:
        assert text not in html, text
    assert bool(html) == bool(there)
    assert [page.refused for page in answer.context["preview"].pages if page.refused] == []


def test_nothing_stays_but_that_it_was_made(city, sign_in):
    client = sign_in(city.petra)
    before = numbers()
    places = [
        ("wijkwerker", city.unit("schilderswijk")),
        ("specialist", city.unit("wonen")),
        ("wijkwethouder", city.unit("vreewijk")),
    ]
    for role, place in [*places, ("participant", Unit.objects.get(name__startswith="Basisschool"))]:
        look(client, role, place)
    after = numbers()
    changed = {table: (before[table], after[table]) for table in before if before[table] != after[table]}
    assert changed == {"platform_historyentry": (before["platform_historyentry"], before["platform_historyentry"] + 4)}
    assert mail.outbox == []
    with acting(city.petra.acting):
        assert HistoryEntry.objects.filter(verb="convenant.previewed", actor_id=city.petra.pk).count() == 4
    with acting(city.daan.acting):
        assert not AccessLogEntry.objects.filter(actor_id=city.petra.pk).exists()


def test_it_shows_nothing_of_the_real_wijk_or_desk(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"), name="Zilverberk Noordhof")
    sent(city, case, to="wonen", title="Vraag van een ander")
    client = sign_in(city.petra)
    for role, place in (
        ("specialist", "wonen"),
        ("desk_lead", "wonen"),
        ("wijkwerker", "schilderswijk"),
        ("coordinator", "schilderswijk"),
    ):
        html = seen(look(client, role, city.unit(place)))
        assert "Zilverberk" not in html
        assert "Vraag van een ander" not in html


def test_links_and_forms_are_dead(city, sign_in):
    html = seen(look(sign_in(city.petra), "wijkwerker", city.unit("schilderswijk")))
    for alive in ("href=", "<form", "action=", "hx-", "<script", "csrfmiddlewaretoken", " onclick", 'name="'):
        assert alive not in html.replace('<use href="', ""), alive
    assert len(re.findall(r"<button", html)) == len(re.findall(r"<button[^>]* disabled>", html)) > 0
    assert inert('<p>x</p><main id="a"><a href="/x">y</a><script>z</script><input name=q value="&lt;b&gt;"></main><p>w</p>') == (
        '<div id="seen-a"><a role="link" aria-disabled="true">y</a><input value="&lt;b&gt;" disabled></div>'
    )


def test_it_is_the_same_page_as_the_real_one_for_the_same_role(city, sign_in):
    """Bram, a co-worker in a case with the same content; but for ids, the two are one page."""
    client = sign_in(city.petra)
    shown = str(look(client, "wijkwerker", city.unit("schilderswijk")).context["preview"].seen[0].content)
    with running():
        case = casework.make_up_case(actor=city.marit, unit=city.unit("schilderswijk"))
    casework.involve(actor=city.marit, case=case, user=city.bram, kind="co_worker")
    real = inert(sign_in(city.bram).get(case.get_absolute_url()).content.decode())

    def plain(text, *names):
        text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|seen-[\w-]*|\d?\d[:.]\d\d", "", text)
        for name in names:
            text = text.replace(name, "")
        return re.sub(r"\s+", " ", text)

    made_up = [str(name) for name in ("Een wijkwerker", "Iemand in deze rol", "A wijkwerker", "Someone in this role")]
    assert plain(shown, *made_up) == plain(real, "Marit Zwanenveld", "Bram Oosterling")


# Under which version ---------------------------------------------------------------------------------------------


def a_draft(city):
    """A next version in which buddies hear of money and wijkwerkers of nothing but the name."""
    with writes.allowed():
        day = timezone.localdate() + timedelta(days=600)
        draft = ConvenantVersion.objects.create(
            name="Concept", number=2, starts_on=day, ends_on=day + timedelta(days=300), review_on=day
        )
        mussen = city.unit("schilderswijk").organisation
        party = ConvenantParty.objects.create(version=draft, organisation=mussen, signed_by="x", signed_on=timezone.localdate())
        law = Law.objects.get(code="wmo-2015")
        for role, category in (("buddy", "finances"), ("buddy", "identity"), ("wijkwerker", "identity")):
            ground, _new = LegalGround.objects.get_or_create(
                party=party, purpose_id="listening", category_id=category, defaults={"law": law, "avg_basis": "6(1)(e)"}
            )
            Authorisation.objects.create(
                version=draft, party=party, role=role, purpose_id="listening", category_id=category, level="read", ground=ground
            )
    return draft


def test_a_draft_is_previewed_as_if_it_were_in_force_and_decides_nothing_else(city, sign_in):
    draft, unit = a_draft(city), city.unit("schilderswijk")
    client = sign_in(city.petra)
    client.cookies["language"] = "en"
    buddy, worker = look(client, "buddy", unit, draft), look(client, "wijkwerker", unit, draft)
    assert "Three months behind" in seen(buddy)
    assert given(buddy) == {"finances", "identity"}
    assert "Robin" in seen(worker)
    assert "06 12 34 56 78" not in seen(worker)
    assert "Three months behind" not in seen(worker)
    # To a desk that the draft gives nothing nothing can be sent, and that is said.
    desk = look(client, "specialist", city.unit("wonen"), draft)
    assert seen(desk) == ""
    assert any(page.refused for page in desk.context["preview"].pages)
    assert "Three months behind" not in seen(look(client, "buddy", unit))


# Who may ---------------------------------------------------------------------------------------------------------


def test_only_who_keeps_the_convenant_and_only_made_up_cases(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    told = {"role": "wijkwerker", "place": city.unit("schilderswijk").pk, "version": ConvenantVersion.in_force().pk}
    for user in (city.marit, city.eline, city.daan, city.joost):
        assert sign_in(user).get(reverse("convenant-preview"), told).status_code == 403
    assert sign_in(city.petra).get(address("case-preview", case), told).status_code == 404


def test_a_role_is_played_only_where_it_is_played(city, sign_in):
    client = sign_in(city.petra)
    answer = client.get(
        reverse("convenant-preview"),
        {"role": "specialist", "place": city.unit("schilderswijk").pk, "version": ConvenantVersion.in_force().pk},
    )
    assert "preview" not in answer.context
    assert answer.context["form"].errors["place"]


def test_what_makes_people_up_works_only_inside_a_preview(city):
    seat = seat_for("wijkwerker", city.unit("schilderswijk"))
    case = a_case(city.marit, city.unit("schilderswijk"))
    for act in (
        lambda: set_stage(actor=city.petra, seat=seat),
        lambda: casework.make_up_case(actor=city.marit, unit=city.unit("schilderswijk")),
        lambda: casework.give_part(actor=city.marit, case=case, user=city.bram, kind="co_worker"),
    ):
        with pytest.raises(NotAllowed):
            act()


# Of a real case --------------------------------------------------------------------------------------------------


def of_case(client, case, role, place):
    answer = client.get(address("case-preview", case), {"role": role, "place": place.pk})
    assert answer.status_code == 200
    return answer


def test_of_a_real_case_who_works_on_it_sees_what_the_other_would(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"), own_words=STORY)
    client = sign_in(city.marit)
    before = numbers()
    buddy = seen(of_case(client, case, "buddy", city.unit("schilderswijk")))
    assert "Rachida Amrani" in buddy
    assert "Nog veertig euro" not in buddy
    assert STORY not in buddy
    desk = seen(of_case(client, case, "specialist", city.unit("wonen")))
    assert "Vannacht geen plek" in desk
    assert "Nog veertig euro" not in desk
    assert seen(of_case(client, case, "wijkwethouder", city.unit("schilderswijk"))) == ""
    after = numbers()
    changed = {table: after[table] - before[table] for table in before if before[table] != after[table]}
    assert changed == {"convenant_accesslogentry": 3, "convenant_processinglogentry": 3}
    with acting(city.daan.acting):
        kept = AccessLogEntry.objects.filter(what="preview", case_id=case.pk, actor_id=city.marit.pk, ground_kind="preview")
        assert kept.count() == 3
        assert "finances" not in kept.order_by("at")[0].categories


def test_nobody_sees_more_by_it_than_they_may_see_themself(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"), own_words=STORY)
    with writes.allowed():
        Authorisation.objects.filter(role="wijkwerker", category="finances").delete()
    client = sign_in(city.marit)
    # The coordinator may see it, and so may the desk; who asks may not.
    for role, place in (("coordinator", "schilderswijk"), ("specialist", "inkomen"), ("specialist", "schuldhulp")):
        assert "Nog veertig euro" not in seen(of_case(client, case, role, city.unit(place))), role


def test_who_is_not_in_it_finds_no_preview_and_a_buddy_is_told_no(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    casework.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    url = address("case-preview", case)
    for user in (city.bram, city.hakan, city.noor, city.eline, city.joost, city.petra, city.daan):
        assert sign_in(user).get(url).status_code == 404, user
    assert sign_in(city.fatna).get(url).status_code == 403


def test_a_protected_case_is_previewed_by_who_was_named_and_leads_to_no_other_case(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    protect(city, case, city.bram)
    shown = seen(of_case(sign_in(city.bram), case, "wijkwerker", city.unit("schilderswijk")))
    assert "Rachida Amrani" in shown
    assert sign_in(city.hakan).get(address("case-preview", case)).status_code == 404


def test_through_the_eyes_of_another_a_case_that_is_closed_to_who_asks_stays_closed(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    casework.keep_out(actor=city.marit, case=case, user=city.bram, reason="kin")
    with acting(city.hakan.acting):
        assert Case.objects.filter(pk=case.pk).exists()
    with acting(replace(city.hakan.acting, behind=city.bram.pk)):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_the_preview_is_taken_back_also_when_it_fails(city, monkeypatch, rf):
    before = numbers()
    monkeypatch.setattr(previewing, "given_to", lambda seat: 1 / 0)
    request = rf.get("/")
    request.user = city.petra
    with pytest.raises(ZeroDivisionError):
        previewing.of_made_up_case(
            request, seat_for("privacy_officer", Unit.objects.get(name="Stadhuis")), ConvenantVersion.in_force()
        )
    assert numbers() == before
