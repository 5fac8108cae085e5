"""Ways by which something that is kept from someone at home could still reach them (decision 0018)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import timezone

from backoffice.models import Desk
from backoffice.sharing import shareable
from casework import actions
from casework.disclosures import scope_with_others
from casework.domains import CATEGORY_OF
from casework.models import CaseMember, Withheld
from casework.withholding import kept_in, may_go_on_paper
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.convenant.models import Authorisation
from luisterloket.people.models import Appointment
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.backoffice.scene import sent
from tests.casework.heard import a_case
from tests.casework.test_withholding import at, compose, concern, keep, main_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"), household=1, asked_question="Waar kan ik heen?")
    actions.add_member(actor=city.marit, case=case, name="Karim Amrani", part="partner")
    actions.join_case(actor=city.hakan, case=case, reason="asked")
    return case


def row_of(city, case, name):
    with acting(city.marit.acting):
        return CaseMember.objects.select_related("resident").get(case=case, resident=member(city, case, name))


def beside(city, case, kind):
    """What stands beside the things of this kind, as the pages of the case get them."""
    with acting(city.marit.acting):
        disclosed = disclose(
            scope_with_others(case, city.marit),
            to=city.marit,
            purpose="listening",
            ground=Ground("involvement", case.pk),
            what="case page",
        )
        return [(item.text, item.beside) for item in disclosed.of(kind)]


# Who lives there -------------------------------------------------------------------------------------------------


def test_who_comes_to_live_there_stays_kept_when_the_day_has_come(city, case):
    """It was kept back when she did not live there yet: that is the same thing, by another kind."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    actions.add_member(actor=city.marit, case=case, name="Samira Amrani", part="other", since=tomorrow)
    samira = row_of(city, case, "Samira")
    keep(city, case, ("former_member", samira.pk))
    actions.change_member(
        actor=city.marit, case=case, member=samira, name="Samira Amrani", part="other", since=timezone.localdate()
    )
    assert "Samira" not in compose(city, case).as_composed.text


def test_who_left_stays_marked(city, case):
    child = row_of(city, case, "Kind 0")
    keep(city, case, ("member", child.pk))
    actions.end_member(actor=city.marit, case=case, member=child, until=timezone.localdate())
    ((_text, marks),) = beside(city, case, "former_member")
    assert "Karim" in str(marks)


def test_who_was_written_down_twice_is_kept_back_by_either_row(city, case):
    child = row_of(city, case, "Kind 0")
    keep(city, case, ("member", child.pk))
    actions.add_member(actor=city.marit, case=case, name="Kind Een", part="child")
    again = row_of(city, case, "Kind Een")
    for keep_name in ("this", "other"):
        merge = actions.merge_residents(
            actor=city.marit, case=case, other=case, keep=keep_name, reason="Eén kind.",
            resident=child.resident_id, other_resident=again.resident_id,
        )  # fmt: skip
        assert "Kind" not in compose(city, case).as_composed.text
        actions.undo_merge(actor=city.marit, merge=merge)


# One person, two cases -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("counts", ["this", "other"])
def test_an_address_that_is_kept_in_the_other_case_is_marked_here_and_not_printed(city, sign_in, case, counts):
    other = a_case(city.marit, city.unit("schilderswijk"), address="Opvang, Geheimpad 1")
    actions.add_member(actor=city.marit, case=other, name="Karim Amrani", part="partner")
    keep(city, other, ("address", main_of(city, other).pk))
    actions.merge_residents(actor=city.marit, case=case, other=other, keep=counts, reason="Zelfde vrouw.")
    ((text, marks),) = beside(city, case, "address")
    assert text == "Opvang, Geheimpad 1"
    assert marks
    html = sign_in(city.marit).get(at("case-person", case, main_of(city, case).pk)).content.decode()
    assert "Geheimpad" in html
    assert "not-on-paper" in html


def test_the_mark_is_not_lost_when_both_rows_say_the_same(city, sign_in, case):
    other = a_case(city.marit, city.unit("schilderswijk"))
    keep(city, case, ("phone", main_of(city, case).pk))
    actions.merge_residents(actor=city.marit, case=case, other=other, keep="other", reason="Zelfde vrouw.")
    html = sign_in(city.marit).get(at("case-person", case, main_of(city, case).pk)).content.decode()
    assert "Niet voor Karim" in html


def test_a_number_of_someone_who_is_there_twice_is_not_ticked_for_a_desk(city, case):
    actions.add_member(actor=city.marit, case=case, name="Rachida A.", part="other")
    again = row_of(city, case, "Rachida A.")
    actions.set_reach(actor=city.marit, case=case, resident=again.resident, phone=main_of(city, case).phone)
    keep(city, case, ("phone", again.resident_id))
    actions.merge_residents(
        actor=city.marit, case=case, other=case, keep="this", reason="Zelfde vrouw.", other_resident=again.resident_id
    )
    with acting(city.marit.acting):
        for desk in Desk.objects.all():
            phones = [item for item in shareable(city.marit, case, desk).items.values() if item.kind == "phone"]
            assert all(item.careful for item in phones)


# Words that someone chose ----------------------------------------------------------------------------------------


def reword(city, version, text, *, actor=None):
    key = next(part.key for part in version.as_composed.parts if "Vannacht" in part.text)
    return actions.edit_summary(actor=actor or city.marit, version=version, revision=version.revision, wording={key: text})


def test_words_of_a_copy_for_one_do_not_come_along_in_a_copy_for_another(city, case):
    keep(city, case)
    reword(city, compose(city, case, member(city, case, "Rachida")), "Geen plek, want zij vlucht voor Karim.")
    for reader in (None, member(city, case, "Karim")):
        assert "vlucht" not in compose(city, case, reader).as_written.text


def test_whose_words_came_along_does_not_judge_them(city, case):
    keep(city, case)
    reword(city, compose(city, case), "Zij slapen nergens.", actor=city.hakan)
    actions.add_strength(actor=city.marit, case=case, text="Kookt graag")
    version = compose(city, case)
    assert "Zij slapen nergens." in version.as_written.text
    check = actions.ask_copy_check(actor=city.marit, version=version)
    with pytest.raises(Refused):
        actions.check_copy(actor=city.hakan, check=check, found="right")


def test_everyone_who_worded_it_is_no_second_reader(city, case):
    keep(city, case)
    version = reword(city, compose(city, case), "Zij slapen nergens.", actor=city.hakan)
    key = version.as_composed.parts[0].key
    actions.join_case(actor=city.bram, case=case, reason="asked")
    version = actions.edit_summary(actor=city.bram, version=version, revision=1, wording={key: "Anders."})
    check = actions.ask_copy_check(actor=city.marit, version=version)
    with pytest.raises(Refused):
        actions.check_copy(actor=city.hakan, check=check, found="right")


def on_paper(city, case, version):
    with acting(city.marit.acting):
        version.case = case
        return may_go_on_paper(version, kept_in(case.pk))


def read_by_hakan(city, version):
    check = actions.ask_copy_check(actor=city.marit, version=version)
    return actions.check_copy(actor=city.hakan, check=check, found="right")


@pytest.mark.parametrize("who", ["new", "back"])
def test_a_copy_for_everyone_is_read_again_when_someone_comes_to_live_there(city, case, who):
    """Whoever read it did not think of them."""
    child = row_of(city, case, "Kind 0")
    actions.end_member(actor=city.marit, case=case, member=child, until=timezone.localdate())
    keep(city, case)
    for_all = compose(city, case)
    read_by_hakan(city, for_all)
    for_one = compose(city, case, member(city, case, "Rachida"))
    read_by_hakan(city, for_one)
    assert on_paper(city, case, for_all)
    if who == "new":
        actions.add_member(actor=city.marit, case=case, name="Oom Driss", part="other")
    else:
        actions.change_member(actor=city.marit, case=case, member=child, name="Kind 0", part="child")
    assert not on_paper(city, case, for_all)
    assert on_paper(city, case, for_one)
    read_by_hakan(city, for_all)
    assert on_paper(city, case, for_all)


def test_a_new_version_without_the_one_who_is_kept_goes_on_paper_with_the_others(city, case):
    child = row_of(city, case, "Kind 0")
    before = compose(city, case)
    keep(city, case, ("member", child.pk))
    with pytest.raises(Refused):
        actions.ask_copy_check(actor=city.marit, version=before)
    version = compose(city, case)
    assert "Karim" in version.as_composed.text
    assert "Kind 0" not in version.as_composed.text
    read_by_hakan(city, version)
    assert on_paper(city, case, version)
    assert not on_paper(city, case, before)


def test_a_version_for_someone_who_turns_out_to_be_the_one_it_is_kept_from_stays_off_paper(city, case):
    keep(city, case, ("member", row_of(city, case, "Kind 0").pk))
    actions.add_member(actor=city.marit, case=case, name="K. Amrani", part="other")
    again, karim = row_of(city, case, "K. Amrani"), member(city, case, "Karim")
    version = compose(city, case, again.resident)
    assert "Kind 0" in version.as_composed.text
    read_by_hakan(city, version)
    assert on_paper(city, case, version)
    actions.merge_residents(
        actor=city.marit, case=case, other=case, keep="this", reason="Zelfde man.",
        resident=karim.pk, other_resident=again.resident_id,
    )  # fmt: skip
    assert not on_paper(city, case, version)


def test_who_leaves_asks_for_no_other_check(city, case):
    keep(city, case)
    version = compose(city, case)
    read_by_hakan(city, version)
    child = row_of(city, case, "Kind 0")
    actions.end_member(actor=city.marit, case=case, member=child, until=timezone.localdate())
    assert on_paper(city, case, version)


@pytest.mark.parametrize("by", ["resident", "representative"])
def test_a_name_that_agreeing_puts_on_the_paper_is_read_too(city, case, by):
    keep(city, case)
    version = compose(city, case)
    read_by_hakan(city, version)
    version = actions.agree_summary(
        actor=city.marit, version=version, agreed_on=timezone.localdate(), agreed_how="in_person", agreed_by=by,
        representative="Ans van de opvang" if by == "representative" else "",
    )  # fmt: skip
    assert on_paper(city, case, version) == (by == "resident")


# Paper -----------------------------------------------------------------------------------------------------------


def test_no_page_of_the_case_prints_what_is_kept(city, sign_in, case):
    request = sent(city, case)
    actions.open_meldcode(actor=city.marit, case=case)
    keep(city, case)
    compose(city, case, member(city, case, "Rachida"))
    karim = member(city, case, "Karim")
    client = sign_in(city.marit)
    thing = concern(city, case).pk
    pages = [
        at("case", case),
        at("case-update", case),
        at("case-amend", case, "concern", thing),
        at("case-who", case),
        at("case-double", case),
        at("case-meldcode", case),
        at("case-money", case),
        at("case-contact", case),
        at("case-people", case),
        at("case-person", case, karim.pk),
        at("case-history", case),
        at("case-access", case),
        at("case-summary-version", case, 1),
        at("case-summary-wording", case, 1),
        at("case-person-household", case, karim.pk),
        at("case-person-reach", case, karim.pk),
        request.get_absolute_url(),
        reverse("backoffice:request-new", args=[case.pk]),
    ]
    bare = []
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        if "not-on-paper" not in answer.content.decode():
            bare.append(page)
    assert bare == []


# Who may not -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fatna", "bram", "noor", "joost", "eline", "petra", "kept out", "left"])
def test_the_actions_refuse_whoever_does_not_work_on_the_case(city, case, name):
    """Also with things of the case in hand, past every form."""
    keep(city, case)
    version = compose(city, case)
    check = actions.ask_copy_check(actor=city.marit, version=version)
    with acting(city.marit.acting):
        row = Withheld.objects.select_related("case").get(case=case)
        main = main_of(city, case)
        check.version = version
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    actor = getattr(city, {"kept out": "hakan", "left": "hakan"}.get(name, name))
    if name == "kept out":
        actions.keep_out(actor=city.marit, case=case, user=city.hakan, reason="kin")
    if name == "left":
        with writes.allowed():
            Appointment.objects.filter(user=city.hakan).update(until=timezone.localdate() - timedelta(days=1))
        actor = city.hakan
    other = a_case(actor, city.unit("schilderswijk"), name="Sanne Bos") if name in ("bram", "kept out") else case
    for attempt in (
        lambda: keep(city, case, ("concern", uuid4()), actor=actor),
        lambda: actions.lift_withholding(actor=actor, withheld=row),
        lambda: actions.compose_summary(actor=actor, case=case, language="nl", reader=main),
        lambda: actions.edit_summary(actor=actor, version=version, revision=0, wording={}),
        lambda: actions.ask_copy_check(actor=actor, version=version),
        lambda: actions.check_copy(actor=actor, check=check, found="right"),
        lambda: actions.merge_residents(actor=actor, case=case, other=other, keep="this", reason="x"),
        lambda: actions.merge_residents(actor=actor, case=other, other=case, keep="this", reason="x"),
        lambda: actions.show_identity_number(actor=actor, case=case, resident=main),
    ):
        with pytest.raises((NotAllowed, ObjectDoesNotExist)):
            attempt()


def test_a_reader_of_another_household_is_refused(city, case):
    other = a_case(city.marit, city.unit("schilderswijk"), name="Sanne Bos")
    keep(city, case)
    with pytest.raises(Refused):
        actions.compose_summary(actor=city.marit, case=case, language="nl", reader=main_of(city, other))
    with pytest.raises(Refused):
        actions.withhold(actor=city.marit, case=case, things=[("concern", uuid4())], residents=[main_of(city, other)], reason="x")


def test_what_someone_may_not_see_is_not_theirs_to_lift(city, sign_in, case):
    """Who works on the case without this category cannot judge whether it may be read again."""
    keep(city, case)
    with acting(city.marit.acting):
        row = Withheld.objects.select_related("case").get(case=case)
    category = CATEGORY_OF[concern(city, case).domain]
    with writes.allowed():
        Authorisation.objects.filter(purpose="listening", role="coordinator", category=category).delete()
    with pytest.raises(NotAllowed):
        actions.lift_withholding(actor=city.hakan, withheld=row)
    page = sign_in(city.hakan).get(reverse("casework:case-withheld", args=[case.pk])).content.decode()
    assert "Nog veertig euro" not in page
    assert reverse("casework:case-withheld-lift", args=[case.pk]) not in page
    assert actions.lift_withholding(actor=city.marit, withheld=row).lifted_at
