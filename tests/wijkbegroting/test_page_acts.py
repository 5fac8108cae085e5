"""What one does on the pages about money: it happens once, nothing typed is lost, and nobody does what is not theirs."""

from datetime import date
from uuid import uuid4

import pytest

from luisterloket.platform.acting import acting
from tests.casework.heard import a_case
from tests.wijkbegroting import scene
from tests.wijkbegroting.marked import grant_url, text_of, url
from wijkbegroting import actions, ledger
from wijkbegroting.models import BudgetLine, MaatwerkGrant, WijkBudget

pytestmark = pytest.mark.django_db


def ask_data(line, **changes):
    return {
        "line": str(line.pk), "amount": "480,00", "purpose": "Zes rijlessen", "why_not_regular": "Duurt te lang",
        "expected_return": "Een baan", "payee_kind": "supplier", "method": "bank", "payee_name": "Rijschool Rondom",
        "iban": "NL91 ABNA 0417 1643 00", "command_key": str(uuid4()),
    } | changes  # fmt: skip


def test_asking_shows_what_each_line_has_free_and_leads_to_the_grant(city, sign_in):
    case, line = a_case(city.marit, city.unit("schilderswijk")), scene.the_line("Kansen op werk")
    client = sign_in(city.marit)
    assert "60.000" in text_of(client.get(url("ask", case.pk)))
    answer = client.post(url("ask", case.pk), ask_data(line))
    with acting(city.marit.acting):
        grant = MaatwerkGrant.objects.get(case=case)
    assert (answer.status_code, answer.url, grant.amount) == (302, grant_url(grant), 480_00)


def test_sending_the_form_twice_asks_once(city, sign_in):
    case, client = a_case(city.marit, city.unit("schilderswijk")), sign_in(city.marit)
    data = ask_data(scene.the_line())
    assert client.post(url("ask", case.pk), data).url == client.post(url("ask", case.pk), data).url
    with acting(city.marit.acting):
        assert MaatwerkGrant.objects.filter(case=case).count() == 1


@pytest.mark.parametrize("amount", ["-5", "1e9", "NaN", "0", "", "1.65", "vijftig", "40.000,01", "999.999.999"])
def test_a_bad_amount_is_told_and_all_that_was_typed_is_kept(city, sign_in, amount):
    case, client = a_case(city.marit, city.unit("schilderswijk")), sign_in(city.marit)
    page = client.post(url("ask", case.pk), ask_data(scene.the_line(), amount=amount))
    assert page.status_code == 200
    assert "amount" in page.context["form"].errors
    for typed in (f'value="{amount}"' if amount else "", "Zes rijlessen", "Duurt te lang", "Een baan", "Rijschool Rondom"):
        assert typed in text_of(page)
    with acting(city.marit.acting):
        assert not MaatwerkGrant.objects.filter(case=case).exists()


def test_a_name_in_the_purpose_is_told_on_that_field(city, sign_in):
    case, client = a_case(city.marit, city.unit("schilderswijk")), sign_in(city.marit)
    page = client.post(url("ask", case.pk), ask_data(scene.the_line(), purpose="Rijlessen voor Rachida"))
    assert list(page.context["form"].errors) == ["purpose"]
    assert "Rijlessen voor Rachida" in text_of(page)


@pytest.mark.parametrize("who", ["bram", "eline", "ravi", "joost"])
def test_who_cannot_open_the_case_finds_no_form_to_ask(city, sign_in, who):
    case = a_case(city.marit, city.unit("schilderswijk"))
    assert sign_in(getattr(city, who)).get(url("ask", case.pk)).status_code == 404


def test_a_story_from_asking_to_paying(city, sign_in):
    grant = scene.cosigned(city)
    assert grant_url(grant, "akkoord") in text_of(sign_in(city.eline).get(url("budget", grant.line.budget_id)))
    assert sign_in(city.eline).post(grant_url(grant, "akkoord"), {"command_key": str(uuid4())}).status_code == 302
    client = sign_in(city.ravi)
    assert grant_url(grant) in text_of(client.get(url("pay-list")))
    empty = client.post(grant_url(grant, "betalen"), {"reference": " "})
    assert empty.status_code == 200
    assert "reference" in empty.context["form"].errors
    assert client.post(grant_url(grant, "betalen"), {"reference": "B-77"}).status_code == 302
    assert scene.now_of(grant, city.eline).payment_reference == "B-77"
    assert grant_url(grant) not in text_of(client.get(url("pay-list")))


def test_pressing_twice_says_yes_twice_and_happens_once(city, sign_in):
    grant, key = scene.asked(city), {"command_key": str(uuid4())}
    client = sign_in(city.bram)
    assert [client.post(grant_url(grant, "meetekenen"), key).status_code for _ in range(2)] == [302, 302]
    assert ledger.line_balances([grant.line_id])[grant.line_id].reserved == 85_00


def test_a_decision_that_came_too_late_says_so_and_keeps_the_reason(city, sign_in):
    grant, client = scene.cosigned(city), sign_in(city.eline)
    assert client.get(grant_url(grant, "weigeren")).status_code == 200
    actions.decide_grant(actor=city.eline, grant=grant)
    page = client.post(grant_url(grant, "weigeren"), {"reason": "Vraag eerst de corporatie"})
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert "Vraag eerst de corporatie" in text_of(page)
    assert scene.now_of(grant, city.eline).status == "approved"


def test_a_line_decided_meanwhile_says_so_and_keeps_the_reason(city, sign_in):
    line, client = scene.proposed(city), sign_in(city.eline)
    actions.approve_line(actor=city.eline, line=line)
    page = client.post(url("line-act", line.pk, "terugsturen"), {"reason": "Liever volgend jaar"})
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert "Liever volgend jaar" in text_of(page)


def test_opening_an_act_that_is_no_longer_possible_leads_to_the_grant(city, sign_in):
    grant = scene.paid(city)
    assert sign_in(city.ravi).get(grant_url(grant, "betalen")).url == grant_url(grant)


@pytest.mark.parametrize(
    ("at", "who", "act"),
    [
        (scene.asked, "marit", "meetekenen"),
        (scene.asked, "eline", "meetekenen"),
        (scene.asked, "bram", "intrekken"),
        (scene.cosigned, "bram", "akkoord"),
        (scene.cosigned, "ravi", "weigeren"),
        (scene.approved, "marit", "betalen"),
        (scene.approved, "gerda", "vrijgeven"),
    ],
)
def test_who_may_not_gets_a_page_that_says_who_may(city, sign_in, at, who, act):
    grant = at(city)
    answer = sign_in(getattr(city, who)).post(grant_url(grant, act), {"reason": "x", "reference": "x"})
    assert answer.status_code == 403
    assert scene.now_of(grant, city.eline).status == grant.status


@pytest.mark.parametrize(
    ("at", "who", "offered"),
    [
        (scene.asked, "bram", {"meetekenen", "niet-meetekenen"}),
        (scene.asked, "marit", {"intrekken"}),
        (scene.asked, "eline", set()),
        (scene.cosigned, "eline", {"akkoord", "weigeren"}),
        (scene.cosigned, "bram", set()),
        (scene.approved, "ravi", {"betalen", "vrijgeven"}),
        (scene.approved, "gerda", set()),
        (scene.paid, "ravi", set()),
        (scene.refused, "marit", set()),
    ],
)
def test_a_page_offers_what_this_person_can_do_now_and_nothing_else(city, sign_in, at, who, offered):
    grant = at(city)
    page = sign_in(getattr(city, who)).get(grant_url(grant))
    assert {act.slug for act in page.context["page"].acts} == offered
    assert all(grant_url(grant, act) in text_of(page) for act in offered)


def test_an_act_that_does_not_exist_is_not_there(city, sign_in):
    grant = scene.asked(city)
    assert sign_in(city.bram).post(grant_url(grant, "weggeven")).status_code == 404
    assert sign_in(city.eline).post(url("line-act", grant.line_id, "weggeven")).status_code == 404


def test_proposing_returning_and_proposing_again(city, sign_in):
    budget = scene.the_budget()
    data = {
        "name": "Warme winter", "intention": "Folie", "effect": "physical", "amount": "18.000",
        "source": str(budget.sources.get(name="Woningcorporatie Haagwonen").pk),
    }  # fmt: skip
    assert sign_in(city.hakan).post(url("propose", budget.pk), data).status_code == 302
    line = BudgetLine.objects.get(name="Warme winter")
    assert sign_in(city.eline).post(url("line-act", line.pk, "terugsturen"), {"reason": "Minder"}).status_code == 302
    client = sign_in(city.hakan)
    page = text_of(client.get(url("line-resubmit", line.pk)))
    assert "Minder" in page
    assert 'value="18000"' in page
    assert client.post(url("line-resubmit", line.pk), data | {"amount": "9.000"}).status_code == 302
    assert sign_in(city.eline).post(url("line-act", line.pk, "goedkeuren"), {}).status_code == 302
    line.refresh_from_db()
    assert (line.status, line.amount) == ("approved", 9_000_00)


def test_the_treasurer_opens_a_year_adds_a_source_and_books_what_came_in(city, sign_in, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: date(2031, 1, 2))
    client = sign_in(city.ravi)
    unit = city.unit("schilderswijk")
    assert client.post(url("open-budget"), {"unit": str(unit.pk)}).status_code == 302
    budget = WijkBudget.objects.get(unit=unit, year=2031)
    assert client.post(url("open-budget"), {"unit": str(unit.pk)}).url == url("home")
    assert client.post(url("add-source", budget.pk), {"name": "Fonds 1818"}).status_code == 302
    source = budget.sources.get()
    bad = client.post(url("receive", source.pk), {"amount": "-5"})
    assert bad.status_code == 200
    assert 'value="-5"' in text_of(bad)
    assert client.post(url("receive", source.pk), {"amount": "117.000"}).status_code == 302
    assert ledger.source_balances([source])[source.pk].unallocated == 117_000_00


def test_the_wijkwethouder_signs_a_mandate(city, sign_in):
    client, budget = sign_in(city.eline), scene.the_budget()
    data = {"role": "coordinator", "amount": "2.000", "starts_on": "2026-01-01", "ends_on": "2025-01-01"}
    assert client.post(url("mandate", budget.pk), data).context["form"].errors.keys() == {"ends_on"}
    assert client.post(url("mandate", budget.pk), data | {"ends_on": "2036-01-01"}).status_code == 302
    assert "2.000" in text_of(client.get(url("budget", budget.pk)))


def test_the_ledger_says_whether_the_books_balance(city, sign_in, monkeypatch):
    scene.paid(city)
    page = sign_in(city.gerda).get(url("ledger"))
    assert page.context["broken"] == []
    assert page.context["rows"]
    monkeypatch.setattr("wijkbegroting.views.ledger.check_ledger", lambda: [ledger.Broken("entries_sum_to_zero", (uuid4(),))])
    assert "entries_sum_to_zero" in text_of(sign_in(city.ravi).get(url("ledger")))
