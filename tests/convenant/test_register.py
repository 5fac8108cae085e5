"""The register of processing activities (AVG article 30) says what the convenant in force says, and nothing else."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import translation

from luisterloket.convenant.models import Authorisation, ConvenantParty, ConvenantVersion, LegalGround, RetentionTerm
from luisterloket.convenant.register import iso_duration, register
from tests import writes

pytestmark = pytest.mark.django_db


def agreed():
    """Party, purpose and category of every cell that holds today."""
    cells = Authorisation.objects.filter(version=ConvenantVersion.in_force(), party__left_on=None)
    return set(cells.values_list("party__organisation__name", "purpose__name", "category_id"))


def registered():
    return {(one.controller.name, one.purpose.name, held.category.pk) for one in register()[1] for held in one.held}


def test_all_that_is_agreed_is_in_it_and_nothing_else(city):
    assert registered() == agreed()
    assert ("Politie Eenheid Den Haag", "Overleg over zorgwekkend gedrag en veiligheid", "justice") in registered()


def test_a_cell_that_goes_and_a_party_that_leaves_are_gone_from_it(city):
    version = ConvenantVersion.in_force()
    with writes.allowed():
        Authorisation.objects.filter(version=version, purpose="debt", category="story").delete()
        ConvenantParty.objects.filter(version=version, organisation__name__startswith="Politie").update(left_on="2026-01-01")
    assert registered() == agreed()
    assert not any(controller.startswith("Politie") for controller, _purpose, _category in registered())
    assert ("Gemeente Den Haag", "Schulden regelen", "story") not in registered()


def test_it_names_ground_recipients_and_how_long(city):
    version = ConvenantVersion.in_force()
    with writes.allowed():
        RetentionTerm.objects.filter(version=version, category="health").delete()
        RetentionTerm.objects.create(
            version=version, category_id="health", months=180, law="Wmo 2015", article="art. 5.3.4", checked_on="2026-11-01"
        )
    [listening] = [
        one for one in register()[1] if one.purpose.pk == "listening" and one.controller.name == "Stichting Buurthuis De Mussen"
    ]
    [health] = [held for held in listening.held if held.category.pk == "health"]
    assert (health.ground.law.name, health.ground.exception, health.duration) == ("Wmo 2015", "UAVG art. 30 lid 1", "P15Y")
    assert "Stichting Wijkkracht Zuid" in [party.name for party, _roles in listening.recipients]
    assert [iso_duration(months) for months in (6, 12, 18)] == ["P6M", "P1Y", "P1Y6M"]


def test_its_json_has_the_names_of_the_register_model(city, sign_in):
    answer = sign_in(city.marit).get(reverse("processing-register-json"))
    assert answer["Content-Disposition"].startswith("attachment")
    told = answer.json()
    for one in told["processingActivities"]:
        assert {
            "id", "name", "version", "validFrom", "purpose", "legalBasis", "dataSubjects", "personalData", "processingOptions",
            "recipients", "measures",
        } <= set(one)  # fmt: skip
        assert one["uri"].endswith(f"{one['controller']['entityId']}-{one['uri'].rpartition('-')[2]}")
        assert set(one["legalBasis"]) <= {"PublicInterest", "LegalObligation", "Consent", "VitalInterest"}
        assert all(measure["measureType"] in {"Technical", "Organisational"} for measure in one["measures"])
    names = {one["id"]: one["name"] for one in told["entities"]}
    pairs = {
        (names[one["controller"]["entityId"]], one["purpose"], category)
        for one in told["processingActivities"]
        for category in one["personalData"]["categories"]
    }
    assert pairs == agreed()


def test_its_csv_has_a_row_for_each_and_its_page_shows_all(city, sign_in):
    client = sign_in(city.joost)
    text = client.get(reverse("processing-register-csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {(row["controller"], row["purpose"], row["category"]) for row in rows} == agreed()
    html = client.get(reverse("processing-register")).content.decode()
    for controller, purpose, _category in agreed():
        assert controller in html
        assert purpose in html
    assert reverse("processing-register") in client.get(reverse("convenant")).content.decode()


def test_without_a_convenant_there_is_nothing_to_register(city, sign_in):
    with writes.allowed():
        ConvenantVersion.objects.update(status="ended")
    assert register() == (None, [])
    assert sign_in(city.petra).get(reverse("processing-register")).status_code == 200


@pytest.mark.parametrize(
    ("article", "basis", "exception", "beside"),
    [
        ("art. 2.2.4", "6(1)(e)", "UAVG art. 30 lid 1", "AVG 6(1)(e), UAVG art. 30 lid 1"),
        ("art. 6 lid 1 onder a en art. 9 lid 2 onder a", "6(1)(a)", "9(2)(a)", ""),
        ("art. 6(1)(d)", "6(1)(d)", "", ""),
    ],
)
def test_a_ground_says_its_article_once(article, basis, exception, beside):
    assert LegalGround(article=article, avg_basis=basis, exception=exception).beside == beside


@pytest.mark.parametrize(("months", "length"), [(180, "15 jaar"), (12, "1 jaar"), (1, "1 maand"), (18, "18 maanden")])
def test_a_term_is_said_as_one_says_it(months, length):
    with translation.override("nl"):
        assert RetentionTerm(months=months).length == length
