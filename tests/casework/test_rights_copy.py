"""A copy of everything holds all that is kept of one person, and nothing of another; a second person reads it before it is given."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.models import Concern, RightsCopy, RightsRequest
from casework.rights_copy import WHY, Why
from casework.rights_permissions import could_read
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from tests import writes
from tests.backoffice.scene import answered
from tests.casework.files import PDF, add
from tests.casework.heard import a_case
from tests.casework.rights import asked, in_hand, now_of, read_and_right, resident_of
from tests.wijkbegroting.scene import also, the_line
from wijkbegroting import actions as money

pytestmark = pytest.mark.django_db
# One for every place where something about a person is written.
MINE = "zilverberk"
OTHERS = "kastanje"


def mark(number: int) -> str:
    return f"{MINE}{number:02}x"


@pytest.fixture
def case(city):
    """A case with something in every corner, each with a mark of its own."""
    case = a_case(
        city.marit, city.unit("schilderswijk"), own_words=mark(1), quote=mark(2), asked_question=mark(3), question_behind=mark(4),
        name="Rachida Wilgenhof",
    )  # fmt: skip
    actions.add_concern(
        actor=city.marit, case=case, domain="work", severity=2, text=mark(6), quote=mark(7), since=mark(8), who_helps=mark(9),
        tried=mark(10), wanted=mark(11),
    )  # fmt: skip
    actions.add_strength(actor=city.marit, case=case, text=mark(12), quote=mark(13))
    actions.add_person(actor=city.marit, case=case, name=mark(14), relation=mark(15), can_do=mark(16))
    how = {"on": timezone.localdate(), "part_of_day": "morning", "kind": "phone", "result": "reached", "text": mark(17)}
    actions.note_contact_moment(actor=city.marit, case=case, **how)
    soon = timezone.now() + timedelta(days=3)
    actions.plan_meeting(actor=city.marit, case=case, kind="phone", starts_at=soon, who=city.marit, place=mark(18))
    goal = actions.add_goal(actor=city.marit, case=case, text=mark(19), domain="housing")
    day = timezone.localdate() + timedelta(days=7)
    actions.add_step(actor=city.marit, case=case, kind="loket", text=mark(20), guard=city.marit, due_on=day, goal=goal)
    actions.add_debt(actor=city.marit, case=case, creditor=mark(21), kind="energy", sureness="about", least=800_00)
    actions.ask_exception(
        actor=city.marit, case=case, kind="other_wijk", rule=mark(22), why=mark(23), since=timezone.localdate(), review_on=day
    )
    add(city.marit, case, name=f"{mark(24)}.pdf", category="story", title=mark(25))
    answered(city, case=case, title=mark(26), question=mark(27))
    money.ask_maatwerk(
        actor=city.marit, case=case, line=the_line(), amount=85_00, purpose=mark(28), why_not_regular=mark(29), expected_return=mark(30),
        payee_kind="resident", method="cash",
    )  # fmt: skip
    actions.add_member(actor=city.marit, case=case, name=f"Karim {OTHERS}", part="partner", born="1990")
    return case


# The name cannot hold the word that stands everywhere: some texts may not have a name.
MARKS = ["Wilgenhof", *(mark(number) for number in range(1, 31) if number != 5)]


def as_file(client, request):
    answer = client.get(reverse("casework:rights-copy-json", args=[request.pk]))
    assert answer.status_code == 200, answer.url
    return answer.content.decode()


def copy_page(client, request):
    return client.get(reverse("casework:rights-copy", args=[request.pk]))


# What it holds ---------------------------------------------------------------------------------------------------


def test_the_file_holds_every_mark_of_the_person_and_none_of_another(city, case, sign_in):
    request = in_hand(city, case)
    read_and_right(city, request)
    told = as_file(sign_in(city.lotte), request)
    assert [one for one in MARKS if one not in told] == []
    assert OTHERS not in told
    parsed = json.loads(told)
    assert (parsed["format"], parsed["version"]) == ("luisterloket-copy", 1)
    assert {"request", "made_at", "about", "data", "sections", "kept_back"} < set(parsed)
    assert parsed["kept_back"]["count"] >= 1
    assert [one["purpose"] for one in parsed["about"]["purposes"]]
    assert any("Autoriteit Persoonsgegevens" in text for text in parsed["about"]["complaint"])
    assert {"cases", "sources", "requests", "shared_with_desks", "grants", "who_looked", "history"} <= set(parsed["sections"])
    assert any("Lotte Hagendoorn" in line["text"] for line in parsed["sections"]["who_looked"])


def test_the_copy_of_who_lives_there_holds_what_is_theirs_alone(city, case, sign_in):
    request = in_hand(city, case, of="Karim")
    read_and_right(city, request)
    told = as_file(sign_in(city.lotte), request)
    assert f"Karim {OTHERS}" in told
    assert [one for one in MARKS if one in told] == []


def test_it_holds_another_case_and_another_row_of_the_same_person(city, case, sign_in):
    other = a_case(city.marit, city.unit("schilderswijk"), own_words="In een ander gesprek verteld", name="Rachida B.")
    actions.merge_residents(actor=city.marit, case=case, other=other, keep="other", reason="Zelfde vrouw.")
    elsewhere = a_case(city.noor, city.unit("vreewijk"), own_words="Van iemand anders in Vreewijk", name="Iemand Anders")
    request = in_hand(city, case)
    read_and_right(city, request)
    told = as_file(sign_in(city.lotte), request)
    assert "In een ander gesprek verteld" in told
    assert "Van iemand anders" not in told
    assert str(elsewhere.pk) not in told
    with acting(city.daan.acting):
        looked = AccessLogEntry.objects.filter(actor_id=city.lotte.pk, what="copy of everything on paper")
        assert set(looked.values_list("case_id", flat=True)) == {case.pk, other.pk}
        assert set(looked.values_list("purpose", "ground_kind")) == {("rights", "rights_request")}


def test_what_is_kept_from_this_person_or_tells_of_unsafety_is_kept_back_until_the_handler_decides(city, case, sign_in):
    actions.add_concern(
        actor=city.marit, case=case, domain="family", severity=5, sign="violence", text="Geheim van het meldcodespoor"
    )
    with acting(city.marit.acting):
        secret = next(one for one in Concern.objects.filter(case=case) if one.text == mark(6))
    me = resident_of(city.marit, case)
    actions.withhold(actor=city.marit, case=case, things=[("concern", secret.pk)], residents=[me], reason="Nog niet")
    request = in_hand(city, case)
    page = copy_page(sign_in(city.lotte), request).context["copy"]
    assert page.kept_counts["withheld"] == 1
    assert page.kept_counts["safety"] >= 1
    read_and_right(city, request)
    told = as_file(sign_in(city.lotte), request)
    assert mark(6) not in told
    assert "Geheim van het meldcodespoor" not in told
    # Who reads along at home does not learn from what is missing that there is a meldcode.
    paper = render_to_string("casework/rights_copy_sheet.html", {"copy": page, "about": {}})
    assert page.kept_in_words in paper
    reasons = [str(WHY[Why.SAFETY]), str(WHY[Why.WITHHELD])]
    assert [reason for reason in reasons if reason in told or reason in paper] == []
    assert json.loads(told)["kept_back"]["count"] >= 2
    with pytest.raises(Refused):
        actions.choose_for_copy(actor=city.lotte, request=request, key=f"concern:{secret.pk}", give=True, reason="")
    actions.choose_for_copy(actor=city.lotte, request=request, key=f"concern:{secret.pk}", give=True, reason="Zij weet het al")
    # Another copy than the one that was read: it is read anew.
    assert sign_in(city.lotte).get(reverse("casework:rights-copy-json", args=[request.pk])).status_code == 302
    read_and_right(city, request)
    assert mark(6) in as_file(sign_in(city.lotte), request)


def test_one_thing_is_kept_back_after_all(city, case, sign_in):
    request = in_hand(city, case)
    client = sign_in(city.lotte)
    item = next(one.item for one in copy_page(client, request).context["copy"].given if one.item.text == mark(12))
    client.post(
        reverse("casework:rights-copy-choose", args=[request.pk]), {"key": item.key, "give": "no", "reason": "Van haar zus"}
    )
    read_and_right(city, request)
    told = as_file(sign_in(city.lotte), request)
    assert mark(12) not in told
    assert copy_page(client, request).context["copy"].kept_counts["chosen"] == 1


def test_the_files_of_the_documents_go_along_and_one_that_is_gone_says_so(city, case, sign_in, settings):
    request = in_hand(city, case)
    read_and_right(city, request)
    url = reverse("casework:rights-copy-files", args=[request.pk])
    with zipfile.ZipFile(io.BytesIO(sign_in(city.lotte).get(url).getvalue())) as whole:
        assert [name for name in whole.namelist() if mark(24) in name]
        assert whole.read(whole.namelist()[0]) == PDF
    for path in Path(settings.DOCUMENTS_DIR).glob("??/*"):
        path.unlink()
    with zipfile.ZipFile(io.BytesIO(sign_in(city.lotte).get(url).getvalue())) as whole:
        assert whole.namelist()[0].endswith(".txt")


def test_the_readable_copy_says_it_all_on_paper(city, case, sign_in):
    request = in_hand(city, case)
    read_and_right(city, request)
    client = sign_in(city.lotte)
    html = copy_page(client, request).content.decode()
    assert [one for one in MARKS if one not in html] == []
    assert client.get(reverse("casework:rights-copy-paper", args=[request.pk]))["Content-Type"].startswith(
        ("application/pdf", "text/html")
    )


# A second person, and giving it ----------------------------------------------------------------------------------


def test_nothing_leaves_before_a_second_person_found_it_right(city, case, sign_in):
    request = in_hand(city, case)
    client = sign_in(city.lotte)
    for name in ("paper", "json", "files"):
        assert client.get(reverse(f"casework:rights-copy-{name}", args=[request.pk])).status_code == 302
    with pytest.raises(Refused):
        actions.give_copy(actor=city.lotte, request=request, how="desk")
    for wrong in (city.lotte, city.daan, city.noor):
        with pytest.raises(Refused):
            actions.ask_copy_reader(actor=city.lotte, request=request, reader=wrong)
    copy = actions.ask_copy_reader(actor=city.lotte, request=request, reader=city.hakan)
    assert MINE in copy_page(sign_in(city.hakan), request).content.decode()
    assert copy_page(sign_in(city.bram), request).status_code == 404
    with pytest.raises(Refused):
        actions.read_copy(actor=city.hakan, copy=copy, found="wrong")
    actions.read_copy(actor=city.hakan, copy=copy, found="wrong", note="De naam van haar zus")
    assert copy_page(sign_in(city.hakan), request).status_code == 404
    assert "De naam van haar zus" in copy_page(sign_in(city.lotte), request).content.decode()
    with pytest.raises(Refused):
        actions.give_copy(actor=city.lotte, request=request, how="desk")
    with pytest.raises(NotAllowed):
        actions.read_copy(actor=city.hakan, copy=copy, found="right")


def test_who_is_kept_out_of_the_case_is_not_asked_to_read_its_copy(city, case):
    request = in_hand(city, case)
    actions.keep_out(actor=city.marit, case=case, user=city.bram, reason="kin")
    assert city.hakan in could_read(city.lotte, request)
    assert city.bram not in could_read(city.lotte, request)
    with pytest.raises(Refused):
        actions.ask_copy_reader(actor=city.lotte, request=request, reader=city.bram)


def test_a_reader_from_elsewhere_sees_every_case_of_the_person_until_it_is_read(city, case):
    also(city.ilse, city.unit("schilderswijk"), "rights_handler")
    request = in_hand(city, case)
    copy = actions.ask_copy_reader(actor=city.lotte, request=request, reader=city.ilse)
    with acting(city.ilse.acting):
        assert Concern.objects.filter(case=case).exists()
    actions.read_copy(actor=city.ilse, copy=copy, found="right")
    with acting(city.ilse.acting):
        assert not Concern.objects.exists()


def test_what_is_changed_after_it_was_read_is_read_again(city, case, sign_in):
    request = in_hand(city, case)
    read_and_right(city, request)
    actions.add_strength(actor=city.marit, case=case, text="Kan goed koken")
    with pytest.raises(Refused):
        actions.give_copy(actor=city.lotte, request=request, how="desk")
    copy = actions.ask_copy_reader(actor=city.lotte, request=request, reader=city.hakan)
    actions.add_strength(actor=city.marit, case=case, text="En zingen")
    with pytest.raises(Refused):
        actions.read_copy(actor=city.hakan, copy=copy, found="right")


def test_it_is_told_after_it_was_given_and_what_it_held_is_kept_by_kind(city, case, sign_in):
    request = in_hand(city, case)
    request = actions.decide_rights_request(actor=city.lotte, request=request, decision="granted")
    with pytest.raises(Refused):
        actions.tell_rights_decision(actor=city.lotte, request=request, told_how="desk")
    read_and_right(city, request)
    given = actions.give_copy(actor=city.lotte, request=request, how="desk")
    assert given.held["work"] == 1
    assert given.held["grants"] == 1
    assert MINE not in json.dumps([given.held, given.kept_back])
    actions.tell_rights_decision(actor=city.lotte, request=request, told_how="desk")
    client = sign_in(city.lotte)
    for name in ("", "-paper", "-json", "-files"):
        assert client.get(reverse(f"casework:rights-copy{name}", args=[request.pk])).status_code == 403
    html = client.get(reverse("casework:rights-request", args=[request.pk])).content.decode()
    assert MINE not in html
    with acting(city.marit.acting):
        [entry] = HistoryEntry.objects.filter(verb="rights.copy_given")
        assert MINE not in json.dumps(entry.details)


def test_the_database_lets_no_copy_be_given_unread_or_read_by_who_made_it(city, case):
    request = in_hand(city, case)
    copy = actions.ask_copy_reader(actor=city.lotte, request=request, reader=city.hakan)
    for wrong in ({"given_at": timezone.now(), "given_by": city.lotte}, {"reader": city.lotte}):
        with writes.allowed(), acting(city.marit.acting), pytest.raises(IntegrityError), transaction.atomic():
            RightsCopy.objects.filter(pk=copy.pk).update(**wrong)


def test_another_kind_of_request_gives_no_copy(city, case, sign_in):
    request = in_hand(city, case, "objection")
    assert sign_in(city.lotte).get(reverse("casework:rights-copy", args=[request.pk])).status_code == 404
    with pytest.raises(Refused):
        actions.ask_copy_reader(actor=city.lotte, request=request, reader=city.hakan)
    assert now_of(asked(city, case), city.marit).status == RightsRequest.Status.IDENTIFIED


def test_of_who_lives_alone_nothing_is_kept_back(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    request = in_hand(city, case)
    read_and_right(city, request)
    assert json.loads(as_file(sign_in(city.lotte), request))["kept_back"] == {"count": 0, "reason": ""}
