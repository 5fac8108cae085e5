"""The pages about money: what each part sees, what it can do there, and that nothing typed is lost."""

import csv
import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from tests.casework.heard import a_case
from tests.wijkbegroting import scene
from wijkbegroting import actions, ledger
from wijkbegroting.models import BudgetLine, MaatwerkGrant, WijkBudget

pytestmark = pytest.mark.django_db
# Each of these may be seen by some and by no one else.
TEXT = "MERKTEKENdoel"
PAYEE = "Stichting MERKTEKENrekening"
IBAN = "NL91ABNA0417164300"
NAMES = ("Rachida", "Amrani")


def marked(city, at, *, amount=85_00):
    details = {**scene.BANK, "purpose": f"Voor {TEXT}", "payee_name": PAYEE}
    return at(city, amount, **details)


def text_of(answer):
    return answer.content.decode()


def url(name, *args):
    return reverse(f"wijkbegroting:{name}", args=args)


def grant_url(grant, act=None):
    return url("grant-act", grant.pk, act) if act else url("grant", grant.pk)


def every_page(grant):
    budget = grant.line.budget
    return [
        url("home"), url("budget", budget.pk), url("budget-csv", budget.pk), url("line", grant.line_id), url("grant", grant.pk),
        url("pay-list"), url("ledger"), reverse("today"),
    ]  # fmt: skip


# Where one begins ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "name"), [("eline", "wijkbegroting:home"), ("ravi", "wijkbegroting:pay-list"), ("gerda", "wijkbegroting:ledger")]
)
def test_who_works_with_money_only_begins_with_the_money(city, sign_in, who, name):
    assert sign_in(getattr(city, who)).get(reverse("start")).url == reverse(name)


def test_one_wijk_leads_to_its_budget_and_several_to_a_choice(city, sign_in):
    assert sign_in(city.eline).get(url("home")).url == url("budget", scene.the_budget().pk)
    page = text_of(sign_in(city.ravi).get(url("home")))
    assert "Luisterloket Schilderswijk" in page
    assert "Luisterloket Vreewijk" in page


@pytest.mark.parametrize("who", ["joost", "petra", "fatna", "daan"])
def test_who_has_no_part_in_the_money_gets_nowhere(city, sign_in, who):
    grant = scene.asked(city)
    client = sign_in(getattr(city, who))
    assert [client.get(page).status_code for page in every_page(grant)[:-1]] == [403, 404, 404, 404, 404, 403, 403]
    assert client.get(url("ask", grant.case_id)).status_code in (403, 404)


def test_another_wijk_looks_like_nothing(city, sign_in):
    grant = scene.asked(city)
    client = sign_in(city.noor)
    budget = grant.line.budget
    for page in (url("budget", budget.pk), url("budget-csv", budget.pk), url("line", grant.line_id), url("grant", grant.pk)):
        assert client.get(page).status_code == 404
    for act in ("meetekenen", "betalen", "weigeren"):
        assert client.post(grant_url(grant, act), {}).status_code == 404
    assert client.post(url("line-act", grant.line_id, "goedkeuren")).status_code == 404


@pytest.mark.parametrize(
    "page", ["budget", "line", "grant", "ask", "receive", "propose", "add-source", "mandate", "budget-csv", "line-resubmit"]
)
def test_an_address_that_was_made_up_is_not_there(city, sign_in, page):
    assert sign_in(city.marit).get(url(page, uuid4())).status_code == 404


@pytest.mark.parametrize("key", ["x", "2026-01-01_x", "_", "2026-01-01T00:00:00+00:00_" + "9" * 30, "9999999-01-01_1"])
@pytest.mark.parametrize("page", ["ledger", "line"])
def test_a_made_up_key_of_a_page_gives_no_error(city, sign_in, page, key):
    address = url("ledger") if page == "ledger" else url("line", scene.the_line().pk)
    assert sign_in(city.gerda).get(address, {"before": key}).status_code in (200, 404)


# What each part sees ---------------------------------------------------------------------------------------------


def test_the_wijkwethouder_never_reads_a_name_or_who_is_paid(city, sign_in):
    grant = marked(city, scene.cosigned, amount=1_650_00)
    client = sign_in(city.eline)
    pages = [client.get(page) for page in every_page(grant)]
    seen = "".join(text_of(page) for page in pages if page.status_code == 200)
    assert TEXT in seen
    for secret in (*NAMES, "MERKTEKENrekening", IBAN, "0417"):
        assert secret not in seen
    assert client.get(reverse("casework:case", args=[grant.case_id])).status_code == 404


def test_the_auditor_reads_amounts_and_decisions_and_no_argument(city, sign_in):
    grant = marked(city, scene.paid)
    client = sign_in(city.gerda)
    pages = [client.get(page) for page in every_page(grant)]
    seen = "".join(text_of(page) for page in pages if page.status_code == 200)
    for secret in (*NAMES, TEXT, "MERKTEKENrekening", IBAN, "0417"):
        assert secret not in seen
    page = text_of(client.get(grant_url(grant)))
    for part in ("Marit Zwanenveld", "Bram Oosterling", "Ravi Jagesar", "Eline Stokvisch", "85"):
        assert part in page


def test_the_auditor_does_not_read_why_it_was_refused_either(city, sign_in):
    grant = marked(city, scene.asked)
    actions.decline_cosign(actor=city.bram, grant=grant, reason="MERKTEKENreden")
    assert "MERKTEKENreden" not in text_of(sign_in(city.gerda).get(grant_url(grant)))
    assert "MERKTEKENreden" in text_of(sign_in(city.marit).get(grant_url(grant)))


def test_the_treasurer_reads_the_account_to_pay_and_not_the_argument_and_the_look_is_kept(city, sign_in):
    grant = marked(city, scene.approved)
    page = text_of(sign_in(city.ravi).get(grant_url(grant)))
    assert PAYEE in page
    assert "NL91 ABNA 0417 1643 00" in page
    assert TEXT not in page
    with acting(city.daan.acting):
        look = AccessLogEntry.objects.filter(actor_id=city.ravi.pk).get()
    assert (look.purpose, look.ground_kind, look.ground_id, look.categories) == ("payment", "payment", grant.pk, ["payment"])
    assert (look.subjects, look.case_id, look.role) == ([grant.resident_id], grant.case_id, "treasurer")


@pytest.mark.parametrize("at", [scene.asked, scene.cosigned, scene.paid])
def test_before_and_after_paying_the_treasurer_has_no_use_for_the_whole_account(city, sign_in, at):
    grant = marked(city, at, amount=1_650_00 if at is scene.cosigned else 85_00)
    page = text_of(sign_in(city.ravi).get(grant_url(grant)))
    assert IBAN not in page.replace(" ", "")
    assert (PAYEE in page) == (grant.status == "paid")


def test_the_pay_list_names_no_payee(city, sign_in):
    marked(city, scene.approved)
    page = text_of(sign_in(city.ravi).get(url("pay-list")))
    assert "85" in page
    for secret in (*NAMES, TEXT, "MERKTEKENrekening", IBAN):
        assert secret not in page


def test_the_co_signer_reads_the_argument_and_not_the_case_and_the_look_is_kept(city, sign_in):
    grant = marked(city, scene.asked)
    client = sign_in(city.bram)
    page = text_of(client.get(grant_url(grant)))
    assert TEXT in page
    for secret in (*NAMES, "MERKTEKENrekening", IBAN):
        assert secret not in page
    assert reverse("casework:case", args=[grant.case_id]) not in page
    with acting(city.daan.acting):
        look = AccessLogEntry.objects.filter(actor_id=city.bram.pk).get()
    assert (look.what, look.subjects) == ("maatwerk argument", [grant.resident_id])


def test_a_colleague_who_did_not_sign_does_not_read_it_once_it_is_decided(city, sign_in):
    grant = marked(city, scene.approved)
    assert sign_in(city.hakan).get(grant_url(grant)).status_code == 404
    assert sign_in(city.bram).get(grant_url(grant)).status_code == 200


def test_the_asker_reads_it_all_with_the_account_masked(city, sign_in):
    grant = marked(city, scene.approved)
    page = text_of(sign_in(city.marit).get(grant_url(grant)))
    assert TEXT in page
    assert PAYEE in page
    assert "4300" in page
    assert IBAN not in page.replace(" ", "")
    assert reverse("casework:case", args=[grant.case_id]) in page


def test_the_line_shows_grants_by_amount_and_state_without_names(city, sign_in):
    grant = marked(city, scene.approved)
    page = text_of(sign_in(city.hakan).get(url("line", grant.line_id)))
    assert "85" in page
    for secret in (*NAMES, TEXT, "MERKTEKENrekening", IBAN, str(grant.pk)):
        assert secret not in page


# What one does there ---------------------------------------------------------------------------------------------


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
    from datetime import date

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


def test_the_table_for_a_spreadsheet_holds_no_formula_and_no_one(city, sign_in):
    for name in ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx"):
        actions.approve_line(actor=city.eline, line=scene.proposed(city, amount=100, name=name, intention=f"{name}; test"))
    marked(city, scene.approved)
    answer = sign_in(city.hakan).get(url("budget-csv", scene.the_budget().pk))
    content = text_of(answer)
    rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff")), delimiter=";"))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert ["40000,00", "0,00", "85,00", "39915,00"] in [row[4:] for row in rows]
    for secret in (*NAMES, TEXT, "MERKTEKENrekening", IBAN):
        assert secret not in content


def test_the_ledger_says_whether_the_books_balance(city, sign_in, monkeypatch):
    scene.paid(city)
    page = sign_in(city.gerda).get(url("ledger"))
    assert page.context["broken"] == []
    assert page.context["rows"]
    monkeypatch.setattr("wijkbegroting.views.ledger.check_ledger", lambda: [ledger.Broken("entries_sum_to_zero", (uuid4(),))])
    assert "entries_sum_to_zero" in text_of(sign_in(city.ravi).get(url("ledger")))


# However much there is -------------------------------------------------------------------------------------------


def test_a_page_asks_the_database_as_often_for_fifty_as_for_five(city, sign_in):
    case, line = a_case(city.marit, city.unit("schilderswijk")), scene.the_line()
    pages = [
        (city.eline, url("budget", line.budget_id)),
        (city.marit, url("budget", line.budget_id)),
        (city.eline, url("line", line.pk)),
        (city.gerda, url("ledger")),
        (city.ravi, url("pay-list")),
        (city.marit, reverse("casework:case", args=[case.pk])),
        (city.bram, reverse("today")),
        (city.eline, reverse("today")),
    ]

    def fill(number):
        for count in range(number):
            scene.asked(city, 10_00, case=case)
            scene.approved(city, 10_00, case=case)
            scene.cosigned(city, 1_000_01, case=case, line=scene.the_line("Huis op orde"))
            scene.proposed(city, amount=100, name=f"Regel {count}")

    def queries():
        counts = []
        for person, address in pages:
            client = sign_in(person)
            client.get(address)
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200
            counts.append(len(caught))
        return counts

    fill(5)
    few = queries()
    fill(45)
    assert queries() == few


def test_a_long_list_goes_on_by_key_without_gap_or_double(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    grants = [scene.approved(city, 1_00, case=case) for _ in range(30)]
    client, seen, key = sign_in(city.ravi), [], ""
    for _ in range(2):
        page = client.get(url("pay-list"), {"after": key} if key else {})
        seen += [row.grant.pk for row in page.context["rows"]]
        key = page.context["following"]
    assert seen == [grant.pk for grant in grants]
    assert key == ""
    auditor, seen, key = sign_in(city.gerda), [], ""
    while True:
        page = auditor.get(url("ledger"), {"before": key} if key else {})
        seen += [row.entry.pk for row in page.context["rows"]]
        key = page.context["following"]
        if not key:
            break
    assert len(seen) == len(set(seen))
    assert len(seen) >= 30
