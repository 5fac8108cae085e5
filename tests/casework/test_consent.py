"""Informing and consent in a case: step by step, by whom it must be said, on the page, on paper, and behind the wall."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework import actions, paper
from casework.conference_disclosures import on_the_table
from casework.conference_table import can_lie_there
from casework.consent_rules import OTHER, SELF, ages_of, must_say_yes
from casework.consents import in_force
from casework.disclosures import scope_of
from casework.models import ConsentStep, Informing, Resident
from luisterloket.convenant.disclosure import Ground, Item, Scope, collect, disclose, disclose_fixed
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.registries import grounds_end
from tests import writes
from tests.backoffice.consenting import CATEGORY, FAMILY, PURPOSE, SECRET, a_case, main_of, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city)


def steps_of(city, case):
    with acting(city.marit.acting):
        return list(ConsentStep.objects.filter(case=case).values_list("state", flat=True))


def url(name, case, resident=None):
    return reverse(f"casework:{name}", args=[case.pk, *([resident.pk] if resident else [])])


def about(city, case, sign_in):
    page = sign_in(city.marit).get(url("case-consent", case)).context["page"]
    return page.lines[0].key


@pytest.mark.parametrize(
    ("before", "step", "may"),
    [
        ([], "given", True),
        ([], "refused", True),
        ([], "withdrawn", False),
        (["given"], "given", False),
        (["given"], "withdrawn", True),
        (["given"], "refused", False),
        (["refused"], "given", True),
        (["refused"], "withdrawn", False),
        (["given", "withdrawn"], "withdrawn", False),
        (["given", "withdrawn"], "refused", True),
    ],
)
def test_a_step_follows_the_last_one_or_is_refused(city, case, before, step, may):
    for one in before:
        says(city, case, one)
    if may:
        says(city, case, step)
        assert steps_of(city, case) == [*before, step]
    else:
        with pytest.raises(Refused):
            says(city, case, step)
        assert steps_of(city, case) == before


def test_consent_is_asked_only_where_it_is_the_ground(city, case):
    for purpose, category in (("youth", "family"), ("debt", "mental_health"), ("shelter", "health")):
        with pytest.raises(Refused):
            says(city, case, "given", purpose=purpose, category=category)


def test_a_yes_is_taken_back_also_when_the_agreement_asks_it_no_more(city, case):
    says(city, case, "given")
    with writes.allowed():
        ConvenantVersion.objects.update(status="ended")
    says(city, case, "withdrawn")
    assert steps_of(city, case) == ["given", "withdrawn"]
    with pytest.raises(Refused):
        says(city, case, "given")


def test_the_words_and_the_version_stay_as_they_were_put(city, case):
    step = says(city, case, "given")
    assert step.convenant_version_id == ConvenantVersion.in_force().pk
    assert "Hulp voor kinderen en gezin" in step.words
    assert says(city, case, "withdrawn").words == step.words


def test_nothing_of_it_is_changed_or_removed(city, case):
    step = says(city, case, "given")
    with acting(city.marit.acting), writes.allowed():
        for change in (
            lambda: ConsentStep.objects.filter(pk=step.pk).update(state="refused"),
            lambda: ConsentStep.objects.filter(pk=step.pk).delete(),
            lambda: Informing.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_only_who_works_on_the_case_notes_anything_and_nobody_else_reads_it(city, case):
    resident = main_of(case, city.marit)
    says(city, case, "given")
    actions.note_informing(actor=city.marit, case=case, resident=resident, purposes=["youth"], how="spoken")
    for user in (city.noor, city.fatna, city.karim, city.petra, city.daan):
        with pytest.raises(NotAllowed):
            says(city, case, "withdrawn", actor=user, resident=resident)
        with pytest.raises(NotAllowed):
            actions.note_informing(actor=user, case=case, resident=resident, purposes=["youth"], how="spoken")
        with pytest.raises(NotAllowed):
            actions.withdraw_all_consent(actor=user, case=case, resident=resident)
        with acting(user.acting):
            assert not ConsentStep.objects.exists()
            assert not Informing.objects.exists()


def test_the_database_tells_who_cannot_read_the_steps_only_of_a_yes(city, case):
    resident = main_of(case, city.marit)
    party = says(city, case, "given").organisation_id
    with acting(city.karim.acting):
        assert in_force(case.pk, PURPOSE, [resident.pk]) == {(resident.pk, CATEGORY, party)}
        assert in_force(case.pk, "debt", [resident.pk]) == set()
    says(city, case, "withdrawn")
    with acting(city.karim.acting):
        assert in_force(case.pk, PURPOSE, [resident.pk]) == set()


def test_who_was_written_down_twice_says_it_once(city, case):
    first, second = (
        actions.add_member(actor=city.marit, case=case, name=name, part="partner", born="1980").resident
        for name in ("Ilyas Amrani", "Ilias")
    )
    actions.merge_residents(
        actor=city.marit, case=case, other=case, resident=first.pk, other_resident=second.pk, keep="this", reason="Dezelfde"
    )
    party = says(city, case, "given", resident=first).organisation_id
    with acting(city.karim.acting):
        assert in_force(case.pk, PURPOSE, [first.pk, second.pk]) == {(one.pk, CATEGORY, party) for one in (first, second)}
    says(city, case, "withdrawn", resident=second)
    with acting(city.karim.acting):
        assert in_force(case.pk, PURPOSE, [first.pk, second.pk]) == set()


# Who must say it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "must"),
    [(3, {OTHER}), (11, {OTHER}), (12, {SELF, OTHER}), (15, {SELF, OTHER}), (16, {SELF}), (40, {SELF})],
)
def test_who_must_say_yes_follows_the_age(city, age, must):
    today = timezone.localdate()
    assert must_say_yes(Resident(born=today.replace(year=today.year - age, day=1).isoformat()), CATEGORY) == must


def test_of_a_year_alone_the_strictest_counts():
    assert ages_of("2010", date(2026, 3, 1)) == [15, 16]
    assert ages_of("", date(2026, 3, 1)) == [16]
    assert ages_of("ongeveer veertig", date(2026, 3, 1)) == [16]


def guardian_of(city, case, child, **more):
    told = {"kind": "guardian", "scope": "both", "name": "Jeugdbescherming West"} | more
    return actions.add_representative(actor=city.marit, case=case, resident=child, **told)


def test_for_a_child_of_thirteen_both_say_yes_and_one_of_them_takes_it_back(city, case):
    child = main_of(case, city.marit, part="child")
    child.born = _years_ago(13)
    with acting(city.marit.acting), writes.allowed():
        child.save()
    guardian = guardian_of(city, case, child)
    for given_by, who in (("self", ""), ("other", str(guardian.pk)), ("both", "")):
        with pytest.raises(Refused):
            says(city, case, "given", resident=child, given_by=given_by, who=who)
    step = says(city, case, "given", resident=child, given_by="both", who=str(guardian.pk))
    assert step.representative == guardian
    says(city, case, "withdrawn", resident=child, given_by="other", who=str(guardian.pk))
    assert steps_of(city, case) == ["given", "withdrawn"]


def test_a_curator_says_yes_and_nobody_else_is_made_one(city, case):
    resident = main_of(case, city.marit)
    curator = guardian_of(city, case, resident, kind="curator", name="Mr. De Wit")
    child = main_of(case, city.marit, part="child")
    stranger = guardian_of(city, case, child)
    for given_by, who in (("self", ""), ("other", ""), ("other", str(stranger.pk))):
        with pytest.raises(Refused):
            says(city, case, "given", given_by=given_by, who=who)
    assert says(city, case, "given", given_by="other", who=str(curator.pk)).representative == curator


def test_everything_is_taken_back_at_once(city, case):
    resident = main_of(case, city.marit)
    with pytest.raises(Refused):
        actions.withdraw_all_consent(actor=city.marit, case=case, resident=resident)
    says(city, case, "given")
    actions.withdraw_all_consent(actor=city.marit, case=case, resident=resident)
    assert steps_of(city, case) == ["given", "withdrawn"]


def test_what_closes_belongs_to_the_same_moment_as_taking_back(city, case):
    says(city, case, "given")

    def fails(actor, ended):
        raise Refused("Nee", code="x")

    grounds_end.register(order=99)(fails)
    try:
        with pytest.raises(Refused):
            says(city, case, "withdrawn")
    finally:
        grounds_end._entries = [entry for entry in grounds_end._entries if entry[1] is not fails]
    assert steps_of(city, case) == ["given"]


# Disclosure ------------------------------------------------------------------------------------------------------


def needs_yes(purpose, category, name):
    """From now on the agreement gives this only with a yes."""
    with writes.allowed():
        party = ConvenantVersion.in_force().parties.get(organisation__name=name)
        party.grounds.filter(purpose=purpose, category=category).update(avg_basis="6(1)(a)")
    return party.organisation


def test_every_page_and_copy_follows_the_ground_also_that_of_listening(city, sign_in, case):
    loket = needs_yes("listening", "mental_health", "Stichting Buurthuis De Mussen")
    places = ["case", "case-summary", "case-plan", "case-timeline"]

    def seen():
        return {name for name in places if SECRET in sign_in(city.marit).get(url(name, case)).content.decode()}

    assert seen() == set()
    says(city, case, "given", purpose="listening", organisation=loket)
    assert {"case", "case-summary"} <= seen()
    says(city, case, "withdrawn", purpose="listening", organisation=loket)
    assert seen() == set()
    with acting(city.marit.acting), writes.allowed():
        given = disclose(
            Scope((main_of(case, city.marit).pk,), case.pk), to=city.marit, purpose="listening",
            ground=Ground("involvement", case.pk), what="case page",
        )  # fmt: skip
    assert not [item for item in given if item.category == "mental_health"]


def test_a_copy_that_tells_of_two_things_closes_with_either(city, case):
    needs_yes("listening", "mental_health", "Stichting Buurthuis De Mussen")
    resident = main_of(case, city.marit)
    copied = [
        Item("finances", "letter", resident.pk, case.pk, "Brief", "Over geld", also=frozenset({"finances", "mental_health"})),
        Item("finances", "concern", resident.pk, resident.pk, "Geld", "Alleen over geld"),
    ]
    with acting(city.marit.acting), writes.allowed():
        given = disclose_fixed(
            copied, Scope((resident.pk,), case.pk), to=city.marit, purpose="listening", ground=Ground("involvement", case.pk),
            what="case page",
        )  # fmt: skip
    assert [item.text for item in given] == ["Alleen over geld"]


def at_a_table(city, case, *people):
    """An overleg with these people, and on its table everything that may lie there."""
    conference = actions.plan_conference(
        actor=city.marit, case=case, kind="conference", starts_at=timezone.now() + timedelta(days=1), agenda=["School"],
        resident_part="informed",
    )  # fmt: skip
    for user in people:
        post = user.posts[0]
        actions.invite(actor=city.marit, conference=conference, guest=f"{user.pk}:{post.unit_id}:{post.role.code}")
    return conference


def lies(city, conference):
    with acting(city.marit.acting):
        return {item.text: key for key, item in can_lie_there(city.marit, conference).items()}


def reads(user, conference):
    with acting(user.acting), writes.allowed():
        return [item.text for item in on_the_table(conference, user)]


def test_at_a_table_each_party_reads_what_was_said_yes_to_for_them(city, sign_in, case):
    school = needs_yes("conference", "family", "Basisschool De Hoefkring")
    conference = at_a_table(city, case, city.mirjam, city.karim)
    actions.lay_on_table(actor=city.marit, conference=conference, items=list(lies(city, conference).values()))
    assert FAMILY in reads(city.karim, conference)
    assert FAMILY not in reads(city.mirjam, conference)
    says(city, case, "given", purpose="conference", category="family", organisation=school)
    assert FAMILY in reads(city.mirjam, conference)
    assert FAMILY in sign_in(city.mirjam).get(reverse("casework:conference", args=[conference.pk])).content.decode()
    says(city, case, "withdrawn", purpose="conference", category="family", organisation=school)
    assert FAMILY not in reads(city.mirjam, conference)
    assert FAMILY not in sign_in(city.mirjam).get(reverse("casework:conference", args=[conference.pk])).content.decode()


def test_what_nobody_at_the_table_may_have_without_a_yes_cannot_be_laid_there(city, sign_in, case):
    for party in ("Basisschool De Hoefkring", "Stichting Buurthuis De Mussen"):
        needs_yes("conference", "family", party)
    conference = at_a_table(city, case, city.mirjam)
    with acting(city.marit.acting):
        key = next(item.key for item in collect(scope_of(case), frozenset({"family"})) if item.text == FAMILY)
    assert FAMILY not in lies(city, conference)
    with pytest.raises(Refused):
        actions.lay_on_table(actor=city.marit, conference=conference, items=[key])
    page = sign_in(city.marit).get(reverse("casework:conference-table", args=[conference.pk])).context["page"]
    assert page.waits == ["Kinderen en familie"]
    assert FAMILY not in [line.item.text for line in page.lines]


# Pages -----------------------------------------------------------------------------------------------------------


def test_one_press_notes_a_yes_a_no_and_that_it_was_told(city, sign_in, case):
    resident = main_of(case, city.marit)
    client = sign_in(city.marit)
    key = about(city, case, sign_in)
    for state in ("refused", "given", "withdrawn"):
        client.post(url("case-consent-answer", case, resident), {"about": key, "state": state, "given_by": "self", "how": "spoken"})
    assert steps_of(city, case) == ["refused", "given", "withdrawn"]
    client.post(url("case-consent-inform", case, resident), {"purposes": ["youth", "debt"], "how": "paper"})
    with acting(city.marit.acting):
        assert set(Informing.objects.values_list("purpose_id", "how")) == {("youth", "paper"), ("debt", "paper")}
        verbs = set(HistoryEntry.objects.filter(case_id=case.pk).values_list("verb", flat=True))
    assert {"consent.given", "consent.refused", "consent.withdrawn", "resident.informed"} <= verbs


def test_a_press_without_a_choice_or_about_something_else_says_so_and_changes_nothing(city, sign_in, case):
    resident = main_of(case, city.marit)
    client = sign_in(city.marit)
    for sent in ({"about": "youth.family.x", "state": "given"}, {"about": about(city, case, sign_in), "state": "withdrawn"}, {}):
        answer = client.post(url("case-consent-answer", case, resident), {"given_by": "self", "how": "spoken"} | sent)
        assert answer.status_code == 200
    assert steps_of(city, case) == []


def test_the_way_back_is_only_ever_one_of_our_own(city, sign_in, case):
    for target, is_ours in (
        ("/verzoeken/", True),
        ("https://evil.example/", False),
        ("//evil.example", False),
        ("javascript:x", False),
    ):
        page = sign_in(city.marit).get(url("case-consent", case), {"terug": target})
        assert bool(page.context["back"]) is is_ours


def test_someone_who_is_not_of_the_case_is_not_there(city, sign_in, case):
    other = main_of(a_case(city, city.noor, unit="vreewijk"), city.noor)
    assert sign_in(city.marit).get(url("case-consent-of", case, other)).status_code == 404
    assert sign_in(city.marit).get(url("case-consent-paper", case, other)).status_code == 404


def test_the_paper_says_who_gets_what_and_how_to_take_it_back_and_nothing_that_was_told(city, sign_in, case):
    resident = main_of(case, city.marit)
    text = sign_in(city.marit).get(url("case-consent-paper", case, resident)).content.decode()
    for there in ("Jayden Cruden", "Hulp voor kinderen en gezin", "Gemeente Den Haag", "Jeugdwet art. 2.3"):
        assert there in text
    # Who listens in another wijk has nothing to do with this.
    assert "Stichting Wijkkracht Zuid" not in text
    assert SECRET not in text
    assert FAMILY not in text
    answer = sign_in(city.marit).get(url("case-consent-pdf", case, resident))
    if paper.can_make_pdf():
        assert answer.content.startswith(b"%PDF")
        assert "Jayden" not in answer["Content-Disposition"]


def test_a_moved_case_takes_its_steps_along(city):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tables_of_a_case()")
        moved = {name for (name,) in cursor.fetchall()}
    assert {"casework_consentstep", "casework_informing"} <= moved


def _years_ago(years):
    today = timezone.localdate()
    return today.replace(year=today.year - years, day=1).isoformat()
