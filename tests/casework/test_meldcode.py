"""The five steps of the meldcode: begun from a sign, never blocked, closed with two decisions, and seen by few."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from backoffice.models import Desk
from backoffice.sharing import shareable, usual
from casework import actions
from casework.disclosures import scope_of
from casework.models import Concern, Involvement, MeldcodeStep, MeldcodeTrack
from luisterloket.convenant.disclosure import collect
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.registries import sentences
from tests import writes
from tests.casework.heard import a_case, an_intake

pytestmark = pytest.mark.django_db

WORDS = "Hij slaat mij als de kinderen slapen"
SIGN = {"domain": "network", "severity": 2, "text": WORDS, "sign": "violence"}


@pytest.fixture
def case(city):
    """A case with a buddy and a coordinator in it, in which someone told of violence."""
    case = a_case(city.marit, city.unit("schilderswijk"), household=1)
    for user, kind in ((city.fatna, Involvement.Kind.BUDDY), (city.hakan, Involvement.Kind.CO_WORKER)):
        actions.involve(actor=city.marit, case=case, user=user, kind=kind)
    actions.add_concern(actor=city.marit, case=case, **SIGN)
    return case


@pytest.fixture
def track(city, case):
    with acting(city.marit.acting):
        return MeldcodeTrack.objects.get(case=case)


def address(case, *rest, name="case-meldcode"):
    return reverse(f"casework:{name}", args=[case.pk, *rest])


def now(city, track):
    with acting(city.marit.acting):
        return MeldcodeTrack.objects.select_related("owner").get(pk=track.pk)


def write(city, track, number, **values):
    """As a form does: a day for the next step, and the revision that was seen."""
    with acting(city.marit.acting):
        seen = MeldcodeStep.objects.filter(track=track, number=number).values_list("revision", flat=True).first() or 0
    return actions.write_meldcode_step(
        actor=city.marit,
        track=track,
        number=number,
        **{"revision": seen, "due_on": timezone.localdate() + timedelta(days=1), **values},
    )


def decide(city, track, **values):
    told = {"reports": False, "found": "Geen acuut gevaar meer", "helps": True, "help": "Praktische hulp door het wijkteam"}
    return write(city, track, 5, **(told | values))


def lines(user, track):
    with acting(user.acting):
        shown = vandaag.page(user, everything=True)
    every = [*([shown.alarm] if shown.alarm else []), *shown.lines]
    return [line.item for line in every if line.item.url == reverse("casework:case-meldcode", args=[track.case_id])]


# Beginning -------------------------------------------------------------------------------------------------------


def test_a_sign_is_acute_and_lays_the_steps_ready_for_who_marked_it_today(city, case, track):
    with acting(city.marit.acting):
        assert Concern.objects.get(track=track).severity == 1
    assert (track.status, track.owner, track.due_on) == ("to_begin", city.marit, timezone.localdate())


def test_a_second_sign_goes_with_the_steps_that_are_there(city, case, track):
    actions.add_concern(actor=city.hakan, case=case, **(SIGN | {"sign": "child_at_risk"}))
    with acting(city.marit.acting):
        assert MeldcodeTrack.objects.count() == 1
        assert track.signs.count() == 2


def test_a_conversation_alarms_that_the_meldcode_applies_and_one_tap_begins(city, sign_in):
    client = sign_in(city.marit)
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    marks = reverse("casework:intake-marks", args=[intake.pk])
    begin = reverse("casework:intake-meldcode", args=[intake.pk])
    assert begin not in client.get(marks).content.decode()
    sent = {
        "kind": "concern",
        "concern-severity": "1",
        "concern-domain": "family",
        "concern-text": WORDS,
        "concern-sign": "violence",
    }
    assert client.post(marks, sent).status_code == 302
    assert begin in client.get(marks).content.decode()
    assert client.post(begin).url == marks
    assert begin not in client.get(marks).content.decode()
    case = actions.conclude_intake(actor=city.marit, intake=intake)
    with acting(city.marit.acting):
        track = MeldcodeTrack.objects.get(case=case)
    assert (track.status, track.begun_by, track.owner) == ("open", city.marit, city.marit)
    assert str(track.pk) in client.get(address(case)).content.decode()


def test_the_steps_follow_the_conversation_to_who_takes_it_over(city):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    actions.take_over_intake(actor=city.hakan, intake=intake)
    case = actions.conclude_intake(actor=city.hakan, intake=intake)
    with acting(city.hakan.acting):
        track = MeldcodeTrack.objects.get(case=case)
        assert (track.owner, track.noted_by) == (city.hakan, city.marit)


def test_a_sign_in_a_later_conversation_goes_on_in_the_steps_of_the_case(city, case, track):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    mark = actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    with acting(city.marit.acting):
        begun = MeldcodeTrack.objects.get(intake=intake)
    actions.begin_meldcode(actor=city.marit, track=begun)
    actions.connect_intake(actor=city.marit, intake=intake, case=case)
    with acting(city.marit.acting):
        assert MeldcodeTrack.objects.get() == track
        assert Concern.objects.get(pk=mark.pk).track == track
    assert now(city, track).status == "open"


def test_a_mark_that_is_taken_off_takes_steps_along_that_nobody_began(city):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    first = actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    second = actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    actions.unmark(actor=city.marit, thing=first)
    with acting(city.marit.acting):
        assert MeldcodeTrack.objects.count() == 1
    actions.unmark(actor=city.marit, thing=second)
    with acting(city.marit.acting):
        assert not MeldcodeTrack.objects.exists()
    third = actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    with acting(city.marit.acting):
        begun = MeldcodeTrack.objects.get()
    actions.begin_meldcode(actor=city.marit, track=begun)
    actions.unmark(actor=city.marit, thing=third)
    assert now(city, begun).status == "open"


def test_a_conversation_that_is_thrown_away_takes_its_steps_along(city):
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    actions.discard_intake(actor=city.marit, intake=intake)
    with acting(city.marit.acting):
        assert not MeldcodeTrack.objects.exists()


def test_the_steps_are_declined_only_with_a_reason(city, sign_in, case, track):
    client = sign_in(city.marit)
    client.post(address(case, track.pk, "niet-nodig", name="case-meldcode-act"), {"why": "  "})
    assert now(city, track).status == "to_begin"
    client.post(address(case, track.pk, "niet-nodig", name="case-meldcode-act"), {"why": "Het ging over een film"})
    after = now(city, track)
    assert (after.status, after.why, after.ended_by) == ("declined", "Het ging over een film", city.marit)
    assert "Het ging over een film" in client.get(address(case)).content.decode()


def test_the_steps_can_begin_without_a_mark(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    client = sign_in(city.marit)
    for _tap in range(2):
        assert client.post(address(case, name="case-meldcode-open")).url == address(case)
    with acting(city.marit.acting):
        assert MeldcodeTrack.objects.get(case=case).status == "open"


# The steps -------------------------------------------------------------------------------------------------------


def test_steps_are_written_in_any_order_and_the_first_that_is_left_is_next(city, case, track):
    write(city, track, 4, found="Ernstig, maar nu veilig bij haar zus")
    assert now(city, track).status == "open"
    write(city, track, 1, found="Blauwe plekken, zij schrikt van de telefoon")
    write(city, track, 2, with_whom="Hakan", veilig_thuis="unnamed", found="Eerst met haar alleen praten")
    [item] = lines_of_page(city, case, track)
    assert item.details["next"] == 3
    write(city, track, 3, why_not="Hij zit er altijd bij; een gesprek is niet veilig")
    [item] = lines_of_page(city, case, track)
    assert item.details["next"] == 5


def lines_of_page(city, case, track):
    with acting(city.marit.acting):
        return [item for item in collect(scope_of(case), frozenset({"safety"})) if item.kind == "meldcode"]


def test_an_empty_step_and_a_wait_without_a_day_are_refused_and_lose_nothing(city, sign_in, case, track):
    client = sign_in(city.marit)
    url = address(case, track.pk, 3, name="case-meldcode-step")
    html = client.post(url, {"revision": "0", "due_on": timezone.localdate().isoformat()}).content.decode()
    assert "error-summary" in html
    answer = client.post(url, {"revision": "0", "with_whom": "Met haar", "found": "Zij wil weg", "due_on": ""})
    html = answer.content.decode()
    assert "error-summary" in html
    assert "Zij wil weg" in html
    assert "Met haar" in html
    with acting(city.marit.acting):
        assert not MeldcodeStep.objects.exists()
    assert now(city, track).status == "to_begin"


def test_two_people_in_one_step_do_not_write_over_each_other_unseen(city, sign_in, case, track):
    write(city, track, 1, found="Wat Hakan zag")
    client = sign_in(city.marit)
    url = address(case, track.pk, 1, name="case-meldcode-step")
    sent = {"revision": "0", "found": "Wat Marit zag", "due_on": timezone.localdate().isoformat()}
    answer = client.post(url, sent)
    html = answer.content.decode()
    assert "Wat Hakan zag" in html
    assert "Wat Marit zag" in html
    form = answer.context["refused"]
    assert form["revision"].value() == 1
    assert client.post(url, sent | {"revision": "1"}).status_code == 302
    with acting(city.marit.acting):
        step = MeldcodeStep.objects.get(track=track, number=1)
        assert step.found == "Wat Marit zag"
        assert [row.found for row in step.history.order_by("history_date")] == ["Wat Hakan zag", "Wat Marit zag"]


def test_what_is_written_is_sealed(city, case, track):
    step = write(city, track, 1, found=WORDS)
    with acting(city.marit.acting), connection.cursor() as cursor:
        cursor.execute("SELECT found FROM casework_meldcodestep WHERE id = %s", [step.pk])
        assert WORDS.encode() not in bytes(cursor.fetchone()[0])


def test_a_day_that_is_past_is_no_day_for_what_waits(city, case, track):
    with pytest.raises(Refused):
        write(city, track, 1, found="Gezien", due_on=timezone.localdate() - timedelta(days=1))


def test_a_decision_about_reporting_says_why_and_help_says_which(city, case, track):
    with pytest.raises(Refused):
        decide(city, track, found="")
    with pytest.raises(Refused):
        decide(city, track, help="")
    with pytest.raises(Refused):
        write(city, track, 5, found="Nog niets")


# Closing ---------------------------------------------------------------------------------------------------------


def test_the_steps_close_with_both_decisions_and_not_before(city, sign_in, case, track):
    client = sign_in(city.marit)
    close = address(case, track.pk, "afsluiten", name="case-meldcode-act")
    actions.begin_meldcode(actor=city.marit, track=track)
    assert "error-summary" in client.post(close).content.decode()
    decide(city, track, helps=None, help="")
    assert "error-summary" in client.post(close).content.decode()
    decide(city, track)
    assert close in client.get(address(case)).content.decode()
    assert client.post(close).status_code == 302
    after = now(city, track)
    assert (after.status, after.ended_by) == ("closed", city.marit)
    assert lines(city.marit, track) == []


def test_who_decided_to_report_writes_when_that_was_done_before_closing(city, case, track):
    decide(city, track, reports=True)
    [item] = lines_of_page(city, case, track)
    assert item.details["next"] == 5
    with pytest.raises(Refused):
        actions.close_meldcode(actor=city.marit, track=track)
    with pytest.raises(Refused):
        decide(city, track, reports=True, reported_on=timezone.localdate() + timedelta(days=1))
    decide(city, track, reports=True, reported_on=timezone.localdate())
    assert actions.close_meldcode(actor=city.marit, track=track).status == "closed"


def test_closed_steps_are_taken_up_again_with_a_reason_and_keep_what_was_written(city, sign_in, case, track):
    decide(city, track)
    actions.close_meldcode(actor=city.marit, track=track)
    with pytest.raises(Refused):
        write(city, track, 1, found="Te laat")
    client = sign_in(city.hakan)
    again = address(case, track.pk, "weer", name="case-meldcode-act")
    assert "error-summary" in client.post(again, {"why": ""}).content.decode()
    client.post(again, {"why": "Nieuw letsel"})
    after = now(city, track)
    assert (after.status, after.owner, after.due_on, after.ended_at) == ("open", city.hakan, timezone.localdate(), None)
    with acting(city.marit.acting):
        assert MeldcodeStep.objects.get(track=track).help == "Praktische hulp door het wijkteam"


def test_each_act_is_kept_with_who_did_it_and_none_is_told_in_the_timeline(city, sign_in, case, track):
    decide(city, track)
    actions.plan_meldcode(actor=city.marit, track=track, owner=city.hakan, due_on=timezone.localdate())
    actions.close_meldcode(actor=city.hakan, track=track)
    with acting(city.marit.acting):
        entries = HistoryEntry.objects.filter(case_id=case.pk, thing_label="casework.meldcodetrack").order_by("at")
        kept = [(entry.verb, entry.actor_id) for entry in entries]
    assert kept == [
        ("meldcode.noted", city.marit.pk),
        ("meldcode.step_written", city.marit.pk),
        ("meldcode.planned", city.marit.pk),
        ("meldcode.closed", city.hakan.pk),
    ]
    assert not [verb for verb in sentences if verb.startswith("meldcode")]


# Whose turn ------------------------------------------------------------------------------------------------------


def test_vandaag_tells_the_owner_when_the_day_has_come_in_neutral_words(city, case, track):
    write(city, track, 1, found=WORDS, due_on=timezone.localdate() + timedelta(days=2))
    assert lines(city.marit, track) == []
    actions.plan_meldcode(actor=city.marit, track=track, owner=city.hakan, due_on=timezone.localdate())
    [item] = lines(city.hakan, track)
    assert "2" in str(item.title)
    assert WORDS not in f"{item.title} {item.why}"
    assert timezone.localtime(item.due_at).date() == timezone.localdate()
    assert lines(city.marit, track) == []


def test_the_owner_of_the_case_is_told_when_the_owner_of_the_steps_has_left_it(city, case, track):
    actions.plan_meldcode(actor=city.marit, track=track, owner=city.hakan, due_on=timezone.localdate())
    with writes.allowed(), acting(city.marit.acting):
        Involvement.objects.filter(case=case, user=city.hakan).update(until=timezone.now())
    assert len(lines(city.marit, track)) == 1


@pytest.mark.parametrize("name", ["fatna", "bram", "joost"])
def test_the_next_step_is_never_of_someone_who_may_not_read_it(city, case, track, name):
    with pytest.raises(Refused):
        actions.plan_meldcode(actor=city.marit, track=track, owner=getattr(city, name), due_on=timezone.localdate())


# Who sees it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"),
    [("marit", 200), ("hakan", 200), ("fatna", 403), ("bram", 404), ("noor", 404), ("joost", 404), ("eline", 404)],
)
def test_only_who_works_on_the_case_opens_the_steps(city, sign_in, case, name, status):
    assert sign_in(getattr(city, name)).get(address(case)).status_code == status


def test_nothing_on_a_buddys_pages_hints_at_it(city, sign_in, case, track):
    write(city, track, 1, found="Blauwe plekken", due_on=timezone.localdate())
    client = sign_in(city.fatna)
    # The address is what they typed themselves.
    refusal = client.get(address(case)).content.decode().replace(address(case), "")
    case_page, history = client.get(case.get_absolute_url()), client.get(reverse("casework:case-history", args=[case.pk]))
    today = client.get(reverse("today"), follow=True)
    for html in (refusal, case_page.content.decode(), history.content.decode(), today.content.decode()):
        for hint in (WORDS, "Blauwe plekken", "eldcode", "Veilig Thuis", "eweld", "iolence"):
            assert hint not in html
    assert case_page.context["page"].acute == []


def test_what_turned_out_to_be_a_sign_takes_its_past_along(city, sign_in, case):
    concern = actions.add_concern(actor=city.marit, case=case, domain="network", severity=3, text="Ruzie met de buurman")
    read = reverse("casework:case-history", args=[case.pk])
    assert "Ruzie met de buurman" in sign_in(city.fatna).get(read).content.decode()
    actions.amend(actor=city.marit, case=case, thing=concern, sign="violence")
    assert "Ruzie met de buurman" not in sign_in(city.fatna).get(read).content.decode()
    assert "Ruzie met de buurman" in sign_in(city.marit).get(read).content.decode()


def test_it_is_never_in_the_summary(city, sign_in, case, track):
    write(city, track, 1, found="Blauwe plekken")
    html = sign_in(city.marit).get(reverse("casework:case-summary", args=[case.pk])).content.decode()
    assert WORDS not in html
    assert "Blauwe plekken" not in html
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    actions.mark_concern(actor=city.marit, intake=intake, **SIGN)
    html = sign_in(city.marit).get(reverse("casework:intake-conclude", args=[intake.pk])).content.decode()
    assert WORDS not in html


def test_no_desk_is_offered_it_and_where_a_convenant_allows_it_it_is_never_ticked_beforehand(city, case, track):
    write(city, track, 1, found="Blauwe plekken")
    desk = Desk.objects.select_related("unit").get(unit=city.unit("jeugd"))
    with acting(city.marit.acting):
        offered = shareable(city.marit, case, desk).items
        assert not [item for item in offered.values() if item.category == "safety"]
        cell = Authorisation.objects.filter(purpose_id="youth", category_id="family").first()
        with writes.allowed():
            for role in ("specialist", "desk_lead"):
                Authorisation.objects.create(
                    version=cell.version, party=cell.party, role=role, purpose_id="youth", category_id="safety", level="read",
                    ground=cell.ground,
                )  # fmt: skip
        items = [item for item in shareable(city.marit, case, desk).items.values() if item.category == "safety"]
        assert {item.kind for item in items} == {"concern", "meldcode", "meldcode_step"}
        assert all(item.careful for item in items)
        desk.usually_needs = ["safety"]
        assert usual(items, desk, scope_of(case).subjects[0]) == []


def test_who_may_not_write_about_safety_is_not_offered_the_signs_and_cannot_mark_them(city, sign_in):
    with writes.allowed():
        Authorisation.objects.filter(category_id="safety", role="wijkwerker").delete()
    case = a_case(city.marit, city.unit("schilderswijk"))
    html = sign_in(city.marit).get(reverse("casework:case-update", args=[case.pk])).content.decode()
    assert 'value="violence"' not in html
    assert 'value="eviction"' in html
    with pytest.raises(NotAllowed):
        actions.add_concern(actor=city.marit, case=case, **SIGN)
    intake = an_intake(city.marit, city.unit("schilderswijk"))
    with pytest.raises(NotAllowed):
        actions.mark_concern(actor=city.marit, intake=intake, **SIGN)


def test_for_a_colleague_without_the_category_there_are_no_steps(city, sign_in, case, track):
    sign_in(city.marit).get(address(case))
    with writes.allowed():
        Authorisation.objects.filter(category_id="safety", role="coordinator").delete()
    actions.plan_meldcode(actor=city.marit, track=track, owner=city.marit, due_on=timezone.localdate())
    client = sign_in(city.hakan)
    assert client.get(address(case)).status_code == 403
    pages = [case.get_absolute_url(), reverse("today"), reverse("casework:case-access", args=[case.pk])]
    for html in (client.get(page).content.decode() for page in pages):
        assert address(case) not in html
        assert WORDS not in html
        assert "eldcode" not in html


def test_reading_the_steps_is_a_look_that_is_kept(city, sign_in, case, track):
    sign_in(city.hakan).get(address(case))
    with acting(city.daan.acting):
        entry = AccessLogEntry.objects.filter(what="meldcode").latest("at")
    assert (entry.actor_id, entry.case_id) == (city.hakan.pk, case.pk)
    assert "safety" in entry.categories


@pytest.mark.parametrize("name", ["fatna", "bram", "noor", "joost", "eline"])
def test_nobody_else_changes_the_steps(city, case, track, name):
    user = getattr(city, name)
    key = {"command_key": uuid4()}
    for refused in (
        lambda: actions.begin_meldcode(actor=user, track=track, **key),
        lambda: actions.decline_meldcode(actor=user, track=track, why="Nee"),
        lambda: actions.close_meldcode(actor=user, track=track),
        lambda: actions.open_meldcode(actor=user, case=case),
        lambda: actions.plan_meldcode(actor=user, track=track, owner=user, due_on=timezone.localdate()),
    ):
        with pytest.raises((NotAllowed, MeldcodeTrack.DoesNotExist)):
            refused()
    assert now(city, track).status == "to_begin"
