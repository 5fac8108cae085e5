"""What must not be read by someone at home is in no copy for them, and a second person reads the copy (decision 0018)."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from backoffice.models import Desk
from backoffice.sharing import shareable, usual
from casework import actions
from casework.disclosures import scope_of
from casework.models import CaseMember, Concern, CopyCheck, SupportPerson, Withheld
from casework.withholding import kept_in, may_go_on_paper
from casework.withholding_pages import checks_for, sent_back_to
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests.backoffice.scene import sent
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"), household=1, asked_question="Waar kan ik heen?")
    actions.add_member(actor=city.marit, case=case, name="Karim Amrani", part="partner")
    actions.join_case(actor=city.hakan, case=case, reason="asked")
    return case


def member(city, case, name):
    with acting(city.marit.acting):
        return next(
            one.resident for one in CaseMember.objects.filter(case=case).select_related("resident") if name in one.resident.name
        )


def concern(city, case, text="Nog veertig euro"):
    with acting(city.marit.acting):
        return next(one for one in Concern.objects.filter(case=case) if one.text == text)


def keep(city, case, *things, who="Karim", actor=None):
    things = things or (("concern", concern(city, case).pk),)
    residents = [member(city, case, who)]
    return actions.withhold(actor=actor or city.marit, case=case, things=things, residents=residents, reason="Hij weet het niet.")


def compose(city, case, reader=None):
    return actions.compose_summary(actor=city.marit, case=case, language="nl", reader=reader)


def main_of(city, case):
    with acting(city.marit.acting):
        return CaseMember.objects.select_related("resident").get(case=case, part="main").resident


def to_read(user):
    with acting(user.acting):
        return [check.version_id for check in checks_for(user, at_most=5)]


def sent_back(user):
    with acting(user.acting):
        return [check.pk for check in sent_back_to(user, at_most=5)]


def at(name, case, *rest):
    return reverse(f"casework:{name}", args=[case.pk, *rest])


def seen(city, case, readers=()):
    with acting(city.marit.acting):
        return disclose(
            scope_of(case),
            to=city.marit,
            purpose="listening",
            ground=Ground("involvement", case.pk),
            what="case page",
            readers=[one.pk for one in readers],
        )


# The one place that discloses ------------------------------------------------------------------------------------


def test_a_copy_for_whom_it_is_kept_from_does_not_have_it_and_the_worker_sees_a_mark(city, case):
    keep(city, case)
    karim, rachida = member(city, case, "Karim"), member(city, case, "Rachida")
    texts = {item.text for item in seen(city, case, [karim])}
    assert "Nog veertig euro" not in texts
    assert "Vannacht geen plek" in texts
    assert "Nog veertig euro" in {item.text for item in seen(city, case, [rachida])}
    assert "Nog veertig euro" not in {item.text for item in seen(city, case, [rachida, karim])}
    marked = next(item for item in seen(city, case) if item.text == "Nog veertig euro")
    assert "Karim" in str(marked.beside[0])


def test_a_desk_is_told_to_keep_it_back_and_it_is_never_ticked_beforehand(city, case):
    keep(city, case)
    with acting(city.marit.acting):
        for desk in Desk.objects.all():
            items = shareable(city.marit, case, desk).items
            marked = [item for item in items.values() if item.text == "Nog veertig euro"]
            assert all(item.careful and item.beside for item in marked)
            assert not {item.key for item in marked} & set(usual(items.values(), desk, member(city, case, "Rachida").pk))
        assert any(
            item.text == "Nog veertig euro"
            for desk in Desk.objects.all()
            for item in shareable(city.marit, case, desk).items.values()
        )


def test_every_page_of_the_case_marks_what_is_kept(city, sign_in, case):
    """Everything of the case is kept from Karim: each page that shows a thing says so beside it."""
    actions.add_debt(actor=city.marit, case=case, creditor="Woonbron", kind="rent", sureness="about", least=90_000)
    actions.add_income(actor=city.marit, case=case, kind="benefit", sureness="about", least=118_000, period="month")
    actions.note_contact_moment(
        actor=city.marit, case=case, on=timezone.localdate(), part_of_day="morning", kind="phone", result="reached"
    )
    items = [item for item in seen(city, case) if item.kind not in ("name", "born")]
    keep(city, case, *((item.kind, item.ref) for item in items))
    client, mark = sign_in(city.marit), "Niet voor Karim Amrani"
    html = client.get(at("case", case)).content.decode()
    shown = [item for item in items if item.text in html and item.kind not in ("debt", "income", "contact_moment")]
    assert len(shown) >= 8
    assert html.count(mark) >= len(shown)
    for page, kinds in (("case-money", {"debt", "income"}), ("case-contact", {"contact_moment", "support_person"})):
        here = [item for item in items if item.kind in kinds]
        assert len(here) >= len(kinds)
        assert client.get(at(page, case)).content.decode().count(mark) >= len(here)


def test_what_is_kept_from_someone_is_kept_from_them_under_their_other_row_too(city, case):
    keep(city, case, who="Rachida")
    other = a_case(city.marit, city.unit("schilderswijk"))
    actions.merge_residents(actor=city.marit, case=case, other=other, keep="other", reason="Zelfde vrouw.")
    for row in (main_of(city, case), main_of(city, other)):
        assert "Nog veertig euro" not in {item.text for item in seen(city, case, [row])}


# The summary -----------------------------------------------------------------------------------------------------


def test_the_summary_for_everyone_at_home_leaves_out_what_is_kept_from_one_of_them(city, case):
    keep(city, case)
    assert "Nog veertig euro" not in compose(city, case).as_composed.text
    assert "Nog veertig euro" in compose(city, case, member(city, case, "Rachida")).as_composed.text
    assert "Nog veertig euro" not in compose(city, case, member(city, case, "Karim")).as_composed.text


def test_a_request_that_would_betray_is_left_out_of_the_summary(city, case):
    request = sent(city, case)
    assert request.title in compose(city, case).as_composed.text
    keep(city, case, ("request", request.pk))
    assert request.title not in compose(city, case).as_composed.text


def test_who_left_the_household_reads_no_paper_there(city, case):
    keep(city, case)
    with acting(city.marit.acting):
        row = CaseMember.objects.get(case=case, resident=member(city, case, "Karim"))
    actions.end_member(actor=city.marit, case=case, member=row, until=timezone.localdate())
    assert "Nog veertig euro" in compose(city, case).as_composed.text


def test_a_version_from_before_goes_on_paper_no_more(city, sign_in, case):
    version = compose(city, case)
    client = sign_in(city.marit)
    assert client.get(at("case-summary-paper", case, 1))["Content-Type"] == "application/pdf"
    keep(city, case)
    assert client.get(at("case-summary-paper", case, 1)).url == version.get_absolute_url()
    html = client.get(version.get_absolute_url()).content.decode()
    assert "not-on-paper" in html
    assert at("case-summary-paper", case, 1) not in html
    with pytest.raises(Refused):
        actions.ask_copy_check(actor=city.marit, version=version)


@pytest.mark.parametrize("kind", ["quote", "asked_question", "own_words"])
def test_the_own_words_are_kept_back_as_any_other_thing(city, case, kind):
    version = compose(city, case)
    with acting(city.marit.acting):
        item = seen(city, case).of(kind)[0]
    keep(city, case, (kind, item.ref))
    with acting(city.marit.acting):
        version.case = case
        assert may_go_on_paper(version, kept_in(case.pk)) is False
        assert item.text not in compose(city, case).as_composed.text


# A second person -------------------------------------------------------------------------------------------------


def checked(city, version, *, by=None, found="right", note=""):
    check = actions.ask_copy_check(actor=city.marit, version=version)
    return actions.check_copy(actor=by or city.hakan, check=check, found=found, note=note)


def test_a_copy_goes_on_paper_after_a_colleague_read_it(city, sign_in, case):
    keep(city, case)
    version = compose(city, case)
    client = sign_in(city.marit)
    assert client.get(at("case-summary-paper", case, 1)).status_code == 302
    client.post(at("case-summary-ask", case, 1))
    assert to_read(city.hakan) == [version.pk]
    assert to_read(city.marit) == []
    colleague = sign_in(city.hakan)
    assert at("case-summary-check", case, 1) in colleague.get("/vandaag/").content.decode()
    html = colleague.get(at("case-summary-check", case, 1)).content.decode()
    assert "Vannacht geen plek" in html
    colleague.post(at("case-summary-check", case, 1), {"found": "right", "command_key": str(uuid4())})
    assert to_read(city.hakan) == []
    assert sign_in(city.marit).get(at("case-summary-paper", case, 1))["Content-Type"] == "application/pdf"


def test_who_made_or_worded_it_does_not_judge_it(city, case):
    keep(city, case)
    version = compose(city, case)
    check = actions.ask_copy_check(actor=city.marit, version=version)
    with pytest.raises(Refused):
        actions.check_copy(actor=city.marit, check=check, found="right")
    key = version.as_composed.parts[0].key
    version = actions.edit_summary(actor=city.hakan, version=version, revision=0, wording={key: "In mijn woorden."})
    check = actions.ask_copy_check(actor=city.marit, version=version)
    with pytest.raises(Refused):
        actions.check_copy(actor=city.hakan, check=check, found="right")


@pytest.mark.parametrize("change", ["other words", "more kept"])
def test_a_check_holds_for_the_text_that_was_read(city, case, change):
    keep(city, case)
    version = compose(city, case)
    checked(city, version)
    with acting(city.marit.acting):
        version.case = case
        assert may_go_on_paper(version, kept_in(case.pk))
    if change == "other words":
        key = version.as_composed.parts[0].key
        version = actions.edit_summary(actor=city.marit, version=version, revision=0, wording={key: "Anders gezegd."})
    else:
        with acting(city.marit.acting):
            hatice = SupportPerson.objects.filter(case=case).first()
        keep(city, case, ("support_person", hatice.pk), who="Rachida")
        version = compose(city, case)
    with acting(city.marit.acting):
        version.case = case
        assert not may_go_on_paper(version, kept_in(case.pk))


def test_what_is_wrong_goes_back_with_what_it_is(city, sign_in, case):
    keep(city, case)
    version = compose(city, case)
    with pytest.raises(Refused):
        checked(city, version, found="wrong")
    with acting(city.marit.acting):
        check = CopyCheck.objects.get(version=version, done_at=None)
    actions.check_copy(actor=city.hakan, check=check, found="wrong", note="De naam van de opvang staat erin.")
    assert sent_back(city.marit) == [check.pk]
    html = sign_in(city.marit).get(version.get_absolute_url()).content.decode()
    assert "De naam van de opvang staat erin." in html
    compose(city, case, member(city, case, "Rachida"))
    assert sent_back(city.marit) == []


# The page --------------------------------------------------------------------------------------------------------


def test_one_keeps_something_back_and_lifts_it_again(city, sign_in, case):
    client, address = sign_in(city.marit), at("case-withheld", case)
    assert "Nog veertig euro" in client.get(address).content.decode()
    thing = f"concern:{concern(city, case).pk}"
    form = {
        "things": [thing],
        "residents": [member(city, case, "Karim").pk],
        "reason": "Hij slaat haar.",
        "command_key": str(uuid4()),
    }
    assert client.post(address, form).status_code == 302
    with acting(city.marit.acting):
        row = Withheld.objects.in_force().get(case=case)
    html = client.get(address).content.decode()
    assert "Hij slaat haar." in html
    assert "not-on-paper" in client.get(at("case", case)).content.decode()
    client.post(at("case-withheld-lift", case), {"withheld": row.pk})
    assert "not-on-paper" not in client.get(at("case", case)).content.decode()
    with acting(city.marit.acting):
        assert Withheld.objects.get(pk=row.pk).lifted_by == city.marit


@pytest.mark.parametrize("left_out", ["things", "residents", "reason"])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(city, sign_in, case, left_out):
    form = {
        "things": [f"concern:{concern(city, case).pk}"],
        "residents": [str(member(city, case, "Karim").pk)],
        "reason": "Hij slaat haar.",
    }
    answer = sign_in(city.marit).post(at("case-withheld", case), {**form, left_out: []})
    html = answer.content.decode()
    assert f"id_{left_out}_error" in html
    assert html.count(" checked") == (2 if left_out == "reason" else 1)
    assert ("Hij slaat haar." in html) == (left_out != "reason")
    with acting(city.marit.acting):
        assert not Withheld.objects.exists()


def test_something_that_is_not_of_this_case_cannot_be_kept(city, sign_in, case):
    other = a_case(city.marit, city.unit("schilderswijk"), name="Sanne Bos")
    form = {
        "things": [f"concern:{concern(city, other).pk}"],
        "residents": [str(member(city, case, "Karim").pk)],
        "reason": "Hij slaat haar.",
    }
    assert "id_things_error" in sign_in(city.marit).post(at("case-withheld", case), form).content.decode()


def test_it_is_for_who_works_on_the_case(city, sign_in, case):
    with pytest.raises(NotAllowed):
        keep(city, case, ("concern", uuid4()), actor=city.joost)
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    assert sign_in(city.fatna).get(at("case-withheld", case)).status_code == 403
    assert sign_in(city.joost).get(at("case-withheld", case)).status_code == 404


def test_the_action_itself_keeps_only_what_is_in_the_case(city, case):
    other = a_case(city.marit, city.unit("schilderswijk"), name="Sanne Bos")
    for thing in (("concern", concern(city, other).pk), ("concern", uuid4()), ("nothing", concern(city, case).pk)):
        with pytest.raises(Refused):
            keep(city, case, thing)
    with acting(city.marit.acting):
        assert not Withheld.objects.exists()
