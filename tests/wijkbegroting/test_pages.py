"""The pages about money: where one begins, what each part sees, and how much they ask of the database."""

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
from tests.wijkbegroting.marked import IBAN, NAMES, PAYEE, TEXT, every_page, grant_url, marked, text_of, url
from wijkbegroting import actions

pytestmark = pytest.mark.django_db


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
