"""The whole story in one order, of which each sees what they may; and a search that finds no more than that and is kept nowhere."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from casework import actions
from casework.case_search import folded
from casework.domains import Severity
from casework.models import CaseConference, ConferenceParticipant, ContactMoment, FollowUp, Involvement
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.platform.acting import acting
from tests import writes
from tests.casework import files
from tests.casework.handing import planned
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    actions.join_case(actor=city.bram, case=case, reason="asked")
    return case


def spoke(city, case, *, by=None, days=0, text="Zij belde zelf", **more):
    on = timezone.localdate() - timedelta(days=days)
    told = {"on": on, "part_of_day": "morning", "kind": "phone", "result": "reached", "text": text} | more
    return actions.note_contact_moment(actor=by or city.marit, case=case, **told)


def page(client, case, **asked):
    return client.get(address("case-timeline", case), asked).context["page"]


def search(client, case, words):
    return client.post(address("case-search", case), {"woorden": words})


def found(client, case, words):
    return [hit.item.kind for hit in search(client, case, words).context["page"].hits]


def test_it_tells_all_in_the_order_in_which_it_happened(city, sign_in, case):
    spoke(city, case, days=3, text="Over de huur")
    files.add(city.marit, case, title="Aanmaning", received_on=timezone.localdate() - timedelta(days=5))
    actions.plan_meeting(actor=city.bram, case=case, kind="loket", starts_at=timezone.now() + timedelta(days=2), who=city.bram)
    lines = page(sign_in(city.marit), case).lines
    sorts = [line.sort for line in lines]
    assert sorts[0] == "afspraak"
    assert sorts[-2:] == ["contact", "document"]
    assert "gedaan" in sorts
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)


def test_it_is_narrowed_by_kind_by_whom_and_by_period_in_the_address(city, sign_in, case):
    client = sign_in(city.marit)
    spoke(city, case, days=3)
    spoke(city, case, by=city.bram, days=10)
    files.add(city.marit, case)
    assert {line.sort for line in page(client, case, soort="document").lines} == {"document"}
    assert [line.who for line in page(client, case, soort="contact", wie=city.bram.pk).lines] == ["Bram Oosterling"]
    since = timezone.localdate() - timedelta(days=4)
    assert len(page(client, case, soort="contact", van=f"{since:%Y-%m-%d}").lines) == 1
    nothing = client.get(address("case-timeline", case), {"soort": "brief", "tot": "2020-01-01"})
    assert nothing.context["page"].lines == []
    assert 'class="empty__action' in nothing.content.decode()
    for odd in ({"wie": uuid4()}, {"van": "gisteren"}, {"soort": "alles"}):
        assert page(client, case, **odd).lines


def test_what_is_older_stands_on_the_next_page_once(city, sign_in, case):
    for day in range(40):
        spoke(city, case, days=day, text=f"Dag {day}")
    client = sign_in(city.marit)
    first = page(client, case, soort="contact")
    rest = page(client, case, soort="contact", before=first.following)
    keys = [line.key for line in [*first.lines, *rest.lines]]
    assert len(keys) == len(set(keys)) == 40
    assert client.get(address("case-timeline", case), {"before": "onzin"}).status_code == 404


def test_of_what_one_may_not_see_there_is_no_line_and_no_hit(city, sign_in, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind=Involvement.Kind.BUDDY)
    markers = {"housing": "merkwonen", "health": "merkgezond", "household": "merkgezin", "justice": "merkrecht"}
    for category, marker in markers.items():
        files.add(city.marit, case, category=category, title=marker, content=marker.encode(), name=f"{marker}.txt")
    spoke(city, case, text="merkverhaal")
    with writes.allowed():
        Authorisation.objects.filter(category_id="justice", role="wijkwerker").delete()
    sees = {
        city.bram: {"merkwonen", "merkgezond", "merkgezin", "merkverhaal"},
        city.fatna: {"merkgezin"},
    }
    for user, may in sees.items():
        client = sign_in(user)
        html = client.get(address("case-timeline", case)).content.decode()
        for marker in [*markers.values(), "merkverhaal"]:
            assert (marker in html) == (marker in may), (user, marker)
            assert bool(found(client, case, marker)) == (marker in may), (user, marker)
    for user in (city.joost, city.noor):
        for name in ("case-timeline", "case-search"):
            assert sign_in(user).get(address(name, case)).status_code == 404


def test_words_are_found_without_accents_by_their_beginning_and_inside_a_long_word(city, sign_in, case):
    heard = {"domain": "finances", "severity": Severity.HEAVY, "text": "Huurschuld bij coöperatie De Één"}
    actions.add_concern(actor=city.marit, case=case, **heard)
    client = sign_in(city.marit)
    for words in ("huur", "SCHULD", "cooperatie", "coöp een", "een huurschuld"):
        assert "concern" in found(client, case, words), words
    for words in ("uur", "huurschuld regenboog", "'", "%"):
        assert "concern" not in found(client, case, words), words
    html = search(client, case, "schuld").content.decode()
    assert "Huur<mark>schuld</mark>" in html
    assert len(folded("Één İs ß ﬁn")) == len("Één İs ß ﬁn")


def test_the_words_sought_are_kept_nowhere(city, sign_in, case, caplog):
    client = sign_in(city.marit)
    with caplog.at_level(logging.DEBUG):
        answer = search(client, case, "zilverberkgeheim")
    assert answer.status_code == 200
    with acting(city.daan.acting):
        entries = list(AccessLogEntry.objects.filter(what="search in a case").values())
    assert len(entries) == 1
    assert "zilverberkgeheim" not in str(entries) + caplog.text
    # In the address they are no words to search for.
    assert not client.get(address("case-search", case), {"woorden": "zilverberkgeheim"}).context["page"].sought


# The course of a case --------------------------------------------------------------------------------------------


def a_course(city, case):
    """A goal, a step, how it goes, a next contact, an exception, an overleg, a handover and waakvlam."""
    today, later = timezone.localdate(), timezone.localdate() + timedelta(days=7)
    goal = actions.add_goal(actor=city.marit, case=case, text="merkdoel", domain="housing")
    step = actions.add_step(actor=city.marit, case=case, kind="loket", text="merkstap", guard=city.marit, due_on=later, goal=goal)
    actions.move_step(actor=city.bram, step=step, to="done", effect="helps", effect_word="merkeffect")
    actions.note_review(actor=city.marit, case=case, kind="start", on=today, readings={"finances": 2, "housing": 1})
    with acting(city.marit.acting):
        to_come = FollowUp.objects.get(case=case, done_at=None)
    actions.do_follow_up(actor=city.marit, follow_up=to_come, result="reached", next_on=later, next_about="merkvolgende")
    actions.ask_exception(
        actor=city.marit, case=case, kind="other_wijk", rule="merkregel", why="merkwaarom", since=today, review_on=later
    )
    overleg = actions.plan_conference(
        actor=city.marit, case=case, kind="conference_safety", starts_at=timezone.now() + timedelta(days=1),
        agenda=["merkagenda"], place="merkplek", resident_part="not_told", resident_why="merkreden",
    )  # fmt: skip
    handover = planned(city.marit, case, city.bram, city.unit("schilderswijk"))
    actions.write_handover_note(actor=city.marit, handover=handover, text="merknotitie", revision=0)
    actions.start_waakvlam(
        actor=city.marit, case=case, goes="better", changed="merkanders", own_words="merkwoorden", agreed_how="phone"
    )
    return overleg


def test_the_course_of_a_case_is_told_once_each_and_in_its_own_group(city, sign_in, case):
    a_course(city, case)
    client = sign_in(city.marit)
    groups = {
        "plan": ["merkdoel", "merkstap", "merkeffect"],
        "contact": [],
        "uitzondering": ["merkregel", "merkwaarom"],
        "verloop": ["merkanders", "merkwoorden"],
    }
    for sort, words in groups.items():
        told = page(client, case, soort=sort).lines
        assert {line.sort for line in told} == {sort}
        said = " ".join(f"{line.text} {line.more}" for line in told)
        assert [said.count(word) for word in words] == [1] * len(words), sort
    whole = [line.key.partition(":")[0] for line in page(client, case).lines]
    once = {"goal", "plan-step", "reading", "follow-up", "exception", "overleg", "handover", "ending"}
    assert {kind: whole.count(kind) for kind in once} == dict.fromkeys(once, 1) | {"follow-up": 2}
    # No sentence of the history says the same again.
    others = " ".join(str(line.text) for line in page(client, case, soort="gedaan").lines)
    for word in ("stap", "doel", "hoe het gaat", "uitzondering", "overleg", "waakvlam", "overdr"):
        assert word not in others, word
    assert [part.text for line in page(client, case, soort="plan").lines for part in line.parts]
    assert {line.sort for line in page(client, case, wie=city.bram.pk, soort="plan").lines} == {"plan"}


def test_a_contact_with_words_is_the_next_contact_that_was_done(city, sign_in, case):
    with acting(city.marit.acting):
        to_come = FollowUp.objects.get(case=case, done_at=None)
    later = timezone.localdate() + timedelta(days=7)
    actions.do_follow_up(actor=city.marit, follow_up=to_come, result="reached", next_on=later, text="Zij slaapt weer")
    told = page(sign_in(city.marit), case, soort="contact").lines
    assert [line.more for line in told] == ["Zij slaapt weer"]
    with acting(city.marit.acting), writes.allowed():
        FollowUp.objects.filter(pk=to_come.pk).update(done_at=timezone.now() - timedelta(hours=2))
        ContactMoment.objects.filter(case=case).update(noted_at=timezone.now() - timedelta(hours=2))
    # What it would be about stays with it.
    with acting(city.marit.acting):
        about = FollowUp.objects.get(case=case, done_at=None)
    actions.do_follow_up(actor=city.marit, follow_up=about, result="reached", next_on=later, next_about="De school")
    with acting(city.marit.acting), writes.allowed():
        FollowUp.objects.filter(pk=about.pk).update(done_at=timezone.now() - timedelta(hours=1))
        about = FollowUp.objects.get(case=case, done_at=None)
    actions.do_follow_up(actor=city.marit, follow_up=about, result="reached", next_on=later, text="Het gaat goed op school")
    told = page(sign_in(city.marit), case, soort="contact").lines
    assert [part.text.rpartition(" ")[2] for line in told for part in line.parts] == ["school"]
    assert len(told) == 3


def test_of_the_course_each_reads_what_is_theirs_and_nobody_what_was_said_at_the_table(city, sign_in, case):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind=Involvement.Kind.BUDDY)
    a_course(city, case)
    buddy = sign_in(city.fatna).get(address("case-timeline", case)).content.decode()
    for word in ("merkdoel", "merkstap", "merkregel", "merkanders", "merknotitie", "merkplek"):
        assert word not in buddy, word
    html = sign_in(city.bram).get(address("case-timeline", case)).content.decode()
    assert "merkdoel" in html
    for word in ("merkagenda", "merkplek", "merkreden", "veiligheid"):
        assert word not in html, word


def test_a_hit_leads_to_where_it_stands(city, sign_in, case):
    a_course(city, case)
    actions.plan_meeting(
        actor=city.marit,
        case=case,
        kind="loket",
        starts_at=timezone.now() + timedelta(days=3),
        who=city.marit,
        purpose="merkafspraak",
    )
    files.add(city.marit, case, title="merkstuk")
    actions.write_letter(actor=city.marit, case=case, text="verklaring.nl", to="outside", way="post", to_name="merkbrief")
    client = sign_in(city.marit)
    places = {
        "merkdoel": "/plan/#goal-", "merkstap": "/plan/#step-", "merkeffect": "/plan/#step-", "geld": "/plan/#how",
        "merkanders": "/tijdlijn/?soort=verloop#ending:", "merkwoorden": "#ending:", "merkregel": "/uitzonderingen/#exception-",
        "merkwaarom": "/uitzonderingen/#exception-", "merknotitie": "/overdracht/#note-", "merkafspraak": "/afspraken/#meeting-",
        "merkstuk": "/documenten/", "merkbrief": "/brieven/", "merkvolgende": "/tijdlijn/?soort=contact#follow-up:",
    }  # fmt: skip
    for word, place in places.items():
        hits = search(client, case, word).context["page"].hits
        assert any(place in hit.url for hit in hits), (word, [hit.url for hit in hits])
        url = next(hit.url for hit in hits if place in hit.url)
        answer = client.get(url)
        assert answer.status_code == 200
        anchor = url.partition("#")[2]
        assert not anchor or f'id="{anchor}"' in answer.content.decode(), url


def test_what_lies_on_a_table_and_what_was_said_there_is_never_found_in_the_case(city, sign_in, case):
    concern = actions.add_concern(actor=city.bram, case=case, domain="family", severity=Severity.HEAVY, text="merktafel")
    overleg = actions.plan_conference(
        actor=city.bram, case=case, kind="conference", starts_at=timezone.now() + timedelta(days=1),
        agenda=["merkagenda"], place="merkplek", resident_part="not_told", resident_why="merkreden",
    )  # fmt: skip
    guest = city.mirjam
    actions.invite(actor=city.bram, conference=overleg, guest=f"{guest.pk}:{guest.posts[0].unit_id}:{guest.posts[0].role.code}")
    actions.lay_on_table(actor=city.bram, conference=overleg, items=[f"concern:{concern.pk}"])
    # In the case it was put in other words since; on the table lies what was copied.
    actions.amend(actor=city.bram, case=case, thing=concern, text="Iets anders")
    with writes.allowed(), acting(city.bram.acting):
        CaseConference.objects.filter(pk=overleg.pk).update(starts_at=timezone.now() - timedelta(hours=2))
        seats = list(ConferenceParticipant.objects.filter(conference=overleg, user__in=[guest, city.bram]))
    overleg = actions.hold_conference(actor=city.bram, conference=overleg, came=seats)
    actions.write_record(actor=city.bram, conference=overleg, text="merkverslag", revision=0)
    for user in (city.marit, city.bram):
        client = sign_in(user)
        for word in ("merktafel", "merkagenda", "merkplek", "merkreden", "merkverslag"):
            assert found(client, case, word) == [], (user, word)
    for name in ("case-timeline", "case-search"):
        assert sign_in(guest).get(address(name, case)).status_code == 404
    assert sign_in(guest).post(address("case-search", case), {"woorden": "merkverslag"}).status_code == 404
