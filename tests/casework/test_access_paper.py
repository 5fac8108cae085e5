"""“Who looked at my data”: plain, complete, short enough to read, and betraying nothing to who shares the kitchen table."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework import actions, paper
from casework.access_paper import access_paper
from casework.disclosures import scope_of
from casework.models import CaseMember
from luisterloket.convenant.access_log import keep_look, reference_of
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from tests.backoffice.scene import sent
from tests.casework.heard import a_case, address
from tests.casework.test_withholding import keep, member

pytestmark = pytest.mark.django_db
needs_pdf = pytest.mark.skipif(not paper.can_make_pdf(), reason="WeasyPrint or pango is not on this machine")


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"), household=1)
    actions.add_member(actor=city.marit, case=case, name="Karim Amrani", part="partner")
    return case


def looked(who, case, *, times=1, **details):
    with acting(who.acting):
        subjects = details.pop("subjects", None) or scope_of(case).subjects or details.pop("of")
        for _ in range(times):
            keep_look(
                actor_id=who.pk, subjects=subjects, case_id=case.pk,
                **{"post": who.posts[0], "purpose": "listening", "ground_kind": "involvement", "what": "plan", "categories": ["housing"]}
                | details,
            )  # fmt: skip


def people_of(city, case):
    with acting(city.marit.acting):
        return scope_of(case).subjects


def sheet(city, case, reader=None):
    with acting(city.marit.acting):
        return access_paper(case, city.marit, reader=reader)


def page(city, case, sign_in, reader=None):
    return sign_in(city.marit).get(address("case-access-paper", case), {"voor": reader} if reader else {}).content.decode()


def test_it_says_who_by_function_when_why_what_and_on_what_law_and_no_worker_by_name(city, case, sign_in):
    looked(city.hakan, case, times=3)
    html = page(city, case, sign_in)
    body = html[html.index("<h1") : html.index("</article>") if "</article>" in html else len(html)]
    assert "Stichting Buurthuis De Mussen" in body
    assert "Wmo 2015" in body
    assert "Wonen" in body
    assert timezone.localdate().strftime("%Y") in body
    assert "Hakan" not in body
    assert reference_of(people_of(city, case)[0]) in body


def test_two_hundred_looks_stay_a_page(city, case):
    looked(city.marit, case, times=200)
    looked(city.hakan, case, times=30)
    looked(city.ilse, case, times=5, subjects=people_of(city, case), purpose="shelter", ground_kind="request", what="request")
    found = sheet(city, case)
    assert found.times >= 235
    assert len(found.groups) <= 8


def test_the_emergency_stands_on_top_and_is_said_plainly(city, case, sign_in):
    looked(city.marit, case)
    looked(
        city.sef,
        case,
        subjects=people_of(city, case),
        ground_kind="break_glass",
        categories=["housing", "health"],
    )
    first, *_others = sheet(city, case).groups
    assert first.break_glass
    assert (first.organisation, first.times) == ("Stichting Wijkkracht Zuid", 1)
    html = page(city, case, sign_in)
    assert "emergency" in html or "noodgeval" in html


def test_a_list_in_which_they_stood_at_a_desk_is_there_too(city, case):
    residents = people_of(city, case)
    with acting(city.joost.acting):
        keep_look(
            actor_id=city.joost.pk, post=city.joost.posts[0], purpose="shelter", ground_kind="request", what="requests",
            categories=["identity"], subjects=residents[:1],
        )  # fmt: skip
    assert "Gemeente Den Haag" in {one.organisation for one in sheet(city, case).groups}
    assert "Gemeente Den Haag" not in {one.organisation for one in sheet(city, case, reader=residents[-1]).groups}


def test_who_was_refused_is_not_said_to_have_looked(city, case, sign_in):
    looked(city.sef, case, subjects=people_of(city, case), result="denied", categories=[])
    assert "Stichting Wijkkracht Zuid" not in {one.organisation for one in sheet(city, case).groups}
    assert "Sef Bontenbal" not in sign_in(city.marit).get(address("case-access", case)).content.decode()


def test_safety_is_never_on_it_and_the_worker_is_told_so(city, case, sign_in):
    looked(city.marit, case, what="meldcode", categories=["safety"])
    looked(
        city.ruud,
        case,
        subjects=people_of(city, case),
        purpose="conference_safety",
        ground_kind="conference",
        categories=["justice"],
    )
    looked(city.hakan, case, categories=["housing", "safety"])
    for reader in (None, member(city, case, "Karim").pk):
        found = sheet(city, case, reader)
        assert "Politie Eenheid Den Haag" not in {one.organisation for one in found.groups}
        assert not any("meldcode" in kind for one in found.groups for kind in one.kinds)
        assert found.leaves_out_safety


def test_a_request_that_is_kept_from_someone_at_home_is_not_betrayed_by_who_looked(city, case):
    request = sent(city, case, to="wonen", actor=city.marit)
    residents = people_of(city, case)
    for_desk = {"subjects": residents, "purpose": "shelter", "ground_kind": "request", "ground_id": request.pk, "what": "request"}
    looked(city.joost, case, **for_desk)
    karim, rachida = member(city, case, "Karim"), member(city, case, "Rachida")
    keep(city, case, ("request", request.pk))
    desk = "Gemeente Den Haag"
    # For everyone at home is the strictest; for her alone it is there.
    assert desk not in {one.organisation for one in sheet(city, case).groups}
    assert desk not in {one.organisation for one in sheet(city, case, karim.pk).groups}
    assert desk in {one.organisation for one in sheet(city, case, rachida.pk).groups}


def test_not_even_the_kind_of_what_is_kept_is_said(city, case):
    looked(city.hakan, case, categories=["finances", "housing"])
    keep(city, case)
    kinds = {kind for one in sheet(city, case).groups for kind in one.kinds}
    assert "Geld" not in kinds
    assert "Wonen" in kinds
    assert "Geld" in {kind for one in sheet(city, case, member(city, case, "Rachida").pk).groups for kind in one.kinds}


def test_of_someone_else_at_home_only_their_own_kinds_of_data_are_named(city, case):
    looked(city.hakan, case, categories=["finances", "housing", "identity"])
    kinds = {kind for one in sheet(city, case, member(city, case, "Karim").pk).groups for kind in one.kinds}
    assert "Geld" not in kinds
    assert "Naam en geboortejaar" in kinds


def test_a_childs_paper_is_read_by_everyone_at_home(city, case):
    with acting(city.marit.acting):
        child = CaseMember.objects.get(case=case, part="child").resident_id
    assert sheet(city, case, child).for_everyone
    assert not sheet(city, case, member(city, case, "Karim").pk).for_everyone


@needs_pdf
def test_the_pdf_says_the_same_and_making_it_is_a_look_too(city, case, sign_in):
    looked(city.hakan, case, times=2)
    answer = sign_in(city.marit).get(address("case-access-pdf", case))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Rachida" not in answer.headers["Content-Disposition"]
    text = " ".join(one.extract_text() for one in pytest.importorskip("pypdf").PdfReader(BytesIO(answer.content)).pages)
    assert "Stichting Buurthuis De Mussen" in " ".join(text.split())
    assert "Hakan" not in text
    with acting(city.marit.acting):
        assert AccessLogEntry.objects.filter(what="who looked on paper", case_id=case.pk).exists()


def test_nobody_of_another_household_can_be_chosen(city, case, sign_in):
    other = a_case(city.marit, city.unit("schilderswijk"), name="Iemand Anders")
    client = sign_in(city.marit)
    for reader in (people_of(city, other)[0], "x"):
        assert client.get(address("case-access-paper", case), {"voor": reader}).status_code == 404


def test_the_database_tells_of_looks_only_to_who_may_open_that_case_and_of_its_people(city, case):
    residents = list(people_of(city, case))
    looked(city.hakan, case)
    other = a_case(city.noor, city.unit("vreewijk"))

    def told(who, of, people):
        with acting(who.acting), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM looks_at_people(%s, %s::uuid[], '{}')", [of.pk, people])
            return cursor.fetchone()[0]

    assert told(city.marit, case, residents) > 0
    assert told(city.noor, case, residents) == 0
    assert told(city.noor, other, residents) == 0
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE luisterloket_jobs; SELECT * FROM looks_at_people(gen_random_uuid(), '{}', '{}')")


def test_the_days_are_those_of_the_looks(city, case):
    looked(city.hakan, case)
    [group] = [one for one in sheet(city, case).groups if one.times and str(one.role) != "Wijkwerker"]
    assert group.first == group.last == timezone.localdate()
    assert group.last - group.first == timedelta(0)
