"""The life of a version: drafted, offered, signed by each party, in force on its day, replaced or ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luisterloket.convenant import actions
from luisterloket.convenant.calendar import follow_the_calendar
from luisterloket.convenant.disclosure import who_may
from luisterloket.convenant.models import Authorisation, ConvenantParty, ConvenantVersion
from luisterloket.people.models import Organisation
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.backoffice.scene import as_jobs

from .drafting import a_draft, cells_of, days, in_force, offered, party_of, save, sign, signed

GEMEENTE, SCHOOL = "Gemeente Den Haag", "Basisschool De Hoefkring"


def again(version):
    return ConvenantVersion.objects.get(pk=version.pk)


def test_a_new_version_has_all_of_the_present_one_but_the_signatures(city):
    present, draft = ConvenantVersion.in_force(), a_draft(city)
    assert draft.number == present.number + 1
    for related in ("parties", "authorisations", "retention_terms", "clauses", "purposes"):
        assert getattr(draft, related).count() == getattr(present, related).count() > 0
    assert not draft.parties.exclude(signed_on=None).exists()
    assert ConvenantVersion.in_force() == present


def test_it_is_signed_when_the_last_core_party_signed_and_not_before(city):
    version = offered(city, a_draft(city))
    *others, last = ConvenantParty.objects.filter(version=version)
    for party in others:
        sign(city, party)
    assert again(version).status == "offered"
    done = sign(city, last)
    assert again(version).status == "signed"
    assert (done.signed_by, done.signed_function, done.signature_recorded_by) == ("Joke Tielens", "Bestuurder", city.petra)


def test_into_force_replaces_the_one_before_in_the_same_moment(city):
    present = ConvenantVersion.in_force()
    version = in_force(city, a_draft(city))
    assert ConvenantVersion.in_force() == version
    assert again(present).status == "superseded"


def test_before_its_first_day_it_does_not_come_into_force(city):
    version = signed(city, a_draft(city, starts_in=3))
    with pytest.raises(Refused) as refusal:
        actions.bring_into_force(actor=city.petra, version=version)
    assert refusal.value.code == "early"
    with as_jobs():
        assert follow_the_calendar() == 0


def test_on_its_first_day_the_job_brings_it_into_force(city):
    version = signed(city, a_draft(city, starts_in=3))
    with writes.allowed():
        ConvenantVersion.objects.filter(pk=version.pk).update(starts_on=timezone.localdate())
    with as_jobs():
        assert follow_the_calendar() == 1
        assert follow_the_calendar() == 0
    assert ConvenantVersion.in_force() == again(version)


def test_a_version_whose_last_day_passed_is_ended_by_the_job(city):
    present = ConvenantVersion.in_force()
    with writes.allowed():
        ConvenantVersion.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    with as_jobs():
        assert follow_the_calendar() == 1
    assert again(present).status == "ended"


def test_back_to_a_draft_makes_the_signatures_void(city):
    version = offered(city, a_draft(city))
    sign(city, party_of(version, GEMEENTE))
    actions.take_back(actor=city.petra, version=version)
    party = party_of(version, GEMEENTE)
    assert (again(version).status, party.signed_by, party.signed_on) == ("draft", "", None)
    offered(city, again(version))
    assert sign(city, party_of(version, GEMEENTE)).signed_on == timezone.localdate()


def test_only_an_offered_version_is_signed_and_only_once(city):
    draft = a_draft(city)
    with pytest.raises(Refused):
        sign(city, party_of(draft, GEMEENTE))
    offered(city, draft)
    sign(city, party_of(draft, GEMEENTE))
    with pytest.raises(Refused) as refusal:
        sign(city, party_of(draft, GEMEENTE))
    assert refusal.value.code == "signed"


def test_a_signature_is_not_of_a_day_to_come(city):
    version = offered(city, a_draft(city))
    with pytest.raises(Refused) as refusal:
        actions.sign_for_party(
            actor=city.petra, party=party_of(version, GEMEENTE), name="A", function="B",
            signed_on=timezone.localdate() + timedelta(days=1),
        )  # fmt: skip
    assert refusal.value.code == "future"


@pytest.mark.parametrize("person", ["daan", "marit", "hakan", "gerda"])
def test_nobody_else_changes_a_convenant(city, person):
    someone, draft = getattr(city, person), a_draft(city)
    party = party_of(draft, GEMEENTE)
    for action, details in (
        (actions.start_draft, days()),
        (actions.offer_convenant, {"version": draft}),
        (actions.take_back, {"version": draft}),
        (actions.bring_into_force, {"version": draft}),
        (actions.end_convenant, {"version": ConvenantVersion.in_force(), "reason": "x"}),
        (actions.remove_party, {"party": party}),
        (actions.leave, {"party": party}),
        (actions.discard_draft, {"version": draft}),
    ):
        with pytest.raises(NotAllowed):
            action(actor=someone, **details)


def test_an_incidental_partner_gets_nothing_before_it_signed_for_secrecy_too_and_nothing_after_its_last_day(city):
    version = a_draft(city)
    school, today = party_of(version, SCHOOL), timezone.localdate()
    place = (school.organisation_id, "participant")
    actions.change_party(
        actor=city.petra, party=school, organisation=school.organisation, kind="incidental", ends_on=today + timedelta(days=30)
    )
    version = in_force(city, again(version))
    assert place not in who_may("conference")
    with pytest.raises(Refused) as refusal:
        sign(city, party_of(version, SCHOOL))
    assert refusal.value.code == "secrecy"
    sign(city, party_of(version, SCHOOL), secrecy_signed_on=today)
    assert place in who_may("conference")
    with writes.allowed():
        ConvenantParty.objects.filter(pk=school.pk).update(ends_on=today - timedelta(days=1))
    assert place not in who_may("conference")


def test_an_incidental_partner_needs_a_last_day(city):
    version = a_draft(city)
    other = Organisation.objects.get(name=GEMEENTE)
    actions.remove_party(actor=city.petra, party=party_of(version, GEMEENTE))
    with pytest.raises(Refused) as refusal:
        actions.add_party(actor=city.petra, version=version, organisation=other, kind="incidental")
    assert refusal.value.field == "ends_on"


def test_who_leaves_is_given_nothing_from_that_moment(city):
    gemeente = party_of(ConvenantVersion.in_force(), GEMEENTE)
    assert (gemeente.organisation_id, "specialist") in who_may("shelter")
    actions.leave(actor=city.petra, party=gemeente)
    assert who_may("shelter") == {}
    assert not a_draft(city).parties.filter(organisation=gemeente.organisation).exists()


def test_ending_the_convenant_stops_everything(city):
    actions.end_convenant(actor=city.petra, version=ConvenantVersion.in_force(), reason="De partijen gaan uit elkaar")
    assert who_may("listening") == {}


def test_a_draft_that_nobody_wants_is_thrown_away_whole(city):
    draft = a_draft(city)
    actions.discard_draft(actor=city.petra, version=draft)
    assert not ConvenantVersion.objects.filter(pk=draft.pk).exists()
    assert not Authorisation.objects.filter(version=draft.pk).exists()


def test_a_version_without_a_party_or_without_cells_is_not_offered(city):
    empty = actions.start_draft(actor=city.petra, **days())
    with pytest.raises(Refused) as refusal:
        offered(city, empty)
    assert refusal.value.code == "no_party"
    actions.add_party(actor=city.petra, version=empty, organisation=Organisation.objects.get(name=GEMEENTE))
    with pytest.raises(Refused) as refusal:
        offered(city, again(empty))
    assert refusal.value.code == "no_cells"


def test_who_saves_over_a_colleague_is_told(city):
    draft = a_draft(city)
    seen = again(draft).revision
    actions.edit_details(actor=city.petra, version=draft, revision=seen, **{**days(), "name": "Eerst"})
    with pytest.raises(Refused) as refusal:
        actions.edit_details(actor=city.petra, version=draft, revision=seen, **{**days(), "name": "Daarna"})
    assert refusal.value.code == "changed"
    with pytest.raises(Refused):
        save(city, draft, "debt", dict.fromkeys(cells_of(draft, "debt")), revision=seen)
    assert again(draft).name == "Eerst"
